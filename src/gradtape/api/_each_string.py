"""Functions of strings, applied to each element of a tensor or ragged tensor; in a traced function as one call of Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..composites.ragged import RaggedTensor
from ..composites.rows import known
from ..composites.sparse import SparseTensor
from ..core.dtypes import DType, as_dtype, string
from ..core.errors import NotTraceable, invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ..core.tensor_spec import TensorSpec
from .printing import numpy_function


def strings_in(value: Any, op: str) -> Any:
    """A tensor (or ragged, or sparse tensor) of strings.

    Raises:
        TypeError, ValueError: what holds no strings.
    """
    if isinstance(value, (RaggedTensor, SparseTensor)):
        if value.dtype is not string:
            raise ValueError(f"{op}: the input must hold strings, got {value.dtype.name}")
        return value
    return convert_to_tensor(value, string)


def is_known(x: Tensor) -> bool:
    """Has it a value, or is it a stand-in while a function is traced?"""
    return type(x.value) is np.ndarray


def array_of(x: Any, op: str) -> np.ndarray:
    """The strings themselves.

    Raises:
        NotTraceable: while a function is traced.
    """
    if isinstance(x, Tensor) and not is_known(x):
        raise NotTraceable(f"{op} gives as many values as the strings say, which are not known while a function is traced")
    return x.value


def each(op: str, x: Any, function: Callable[[bytes], Any], dtype: Any = string) -> Any:
    """function of each string, in the same shape."""
    x = strings_in(x, op)
    if not isinstance(x, Tensor):
        return x.with_differentiated(each(op, x.differentiated, function, dtype))
    wanted = as_dtype(dtype)
    return whole(op, [x], lambda array: over(array, function, wanted), wanted, x.dims)


def over(array: np.ndarray, function: Callable[[bytes], Any], dtype: DType) -> np.ndarray:
    out = np.empty(array.size, dtype.numpy_dtype)
    out[:] = [function(s) for s in array.ravel().tolist()]
    return out.reshape(array.shape)


def whole(op: str, xs: list[Tensor], function: Callable[..., np.ndarray], dtype: DType, shape: Any) -> Tensor:
    """function of arrays at once, or as a node of the graph where one is a stand-in."""
    if all([is_known(x) for x in xs]):
        return tensor(function(*[x.value for x in xs]))
    return numpy_function(function, xs, TensorSpec(list(shape), dtype))


def of_objects(values: Any, shape: Any) -> np.ndarray:
    """Strings as an array."""
    out = np.empty(len(values), object)
    out[:] = values
    return out.reshape(shape)


def one_of(op: str, argument: str, value: Any, choices: tuple[str, ...]) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value)
    if text not in choices:
        listed = ", ".join(f'"{c}"' for c in choices)
        raise invalid(op, f"Value for attr '{argument}' of \"{text}\" is not in the list of allowed values: {listed}")
    return text


def text_of(value: Any, op: str, argument: str) -> bytes:
    """A single string, given as str, bytes or a tensor."""
    x = convert_to_tensor(value, string)
    if x.ndim:
        raise invalid(op, f"{op}: {argument} must be scalar, but received {list(x.dims)}")
    return known(x).item()
