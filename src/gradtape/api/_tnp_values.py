"""tf.experimental.numpy: what becomes of arguments. NumPy's promotion, with Python numbers taking the other operand's dtype."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..core.dtypes import as_dtype
from ..core.tensor import Tensor, constant, to_tensor
from ..core.variable import Variable
from ..ops import array, basic


class Preference:
    """What `experimental_enable_numpy_behavior` sets."""

    float32 = False


def float_type() -> np.dtype:
    """The dtype of Python's floats."""
    return np.dtype(np.float32 if Preference.float32 else np.float64)


def numpy_dtype(dtype: Any) -> np.dtype:
    """NumPy's dtype of a dtype however it is written; Python's float is the preferred one."""
    return float_type() if dtype is float else np.dtype(dtype) if dtype in (int, bool, complex) else as_dtype(dtype).numpy_dtype


def as_tensor(x: Any) -> Tensor:
    """A tensor of NumPy's dtype for the value: int64 and float64 for Python's numbers."""
    if isinstance(x, Tensor):
        return x
    if isinstance(x, Variable):
        return to_tensor(x)
    if isinstance(x, (list, tuple)) and any(holds_path(v) for v in x):
        return array.stack(promoted(*x))
    value = np.asarray(x)
    if Preference.float32 and value.dtype == np.float64 and not isinstance(x, (np.ndarray, np.generic)):
        value = value.astype(np.float32)
    return constant(value)


def holds_path(x: Any) -> bool:
    return any(map(holds_path, x)) if isinstance(x, (list, tuple)) else isinstance(x, (Tensor, Variable))


def type_or_number(x: Any) -> Any:
    """What np.result_type takes: a dtype, or a Python number, which promotes weakly."""
    if isinstance(x, (Tensor, Variable)):
        return x.dtype.numpy_dtype
    if isinstance(x, bool):
        return np.dtype(bool)
    if isinstance(x, (int, float, complex, np.dtype)):
        return float_type() if isinstance(x, float) and Preference.float32 else x
    if isinstance(x, (np.ndarray, np.generic)):
        return x.dtype
    return numpy_dtype(x)


def flattened(values: Any) -> Iterator[Any]:
    """The members of lists one by one: numbers in them promote weakly too."""
    for v in values:
        yield from flattened(v) if isinstance(v, (list, tuple)) else (v,)


def promotion(*values: Any) -> np.dtype:
    """The dtype that NumPy computes in.

    Raises:
        TypeError: NumPy promotes no such pair (bfloat16 and int64).
    """
    values = tuple(flattened(values))
    found = [type_or_number(v) for v in values]
    if Preference.float32 and all(isinstance(v, (int, float)) or f == np.float32 for v, f in zip(values, found, strict=True)):
        found = [np.float32 if isinstance(v, float) else f for v, f in zip(values, found, strict=True)]
    return np.result_type(*found) if found else np.dtype(np.float64)


def promoted(*values: Any) -> list[Tensor]:
    """The values as tensors of one dtype."""
    dtype = promotion(*values)
    return [basic.cast(as_tensor(v), dtype) for v in values]


def inexact(x: Any) -> Tensor:
    """x as it is if it is a float or complex, else as floats."""
    value = as_tensor(x)
    return value if is_inexact(value) else basic.cast(value, float_type())


def is_inexact(x: Tensor) -> bool:
    return x.dtype.is_floating or x.dtype.is_complex


def typed(x: Any, dtype: Any) -> Tensor:
    """x in a dtype, or as it is where that is None."""
    return as_tensor(x) if dtype is None else basic.cast(as_tensor(x), numpy_dtype(dtype))


def shape_of(x: Tensor, what: str) -> tuple[int, ...]:
    """The known extents.

    Raises:
        ValueError: one is unknown while a function is traced.
    """
    dims = tuple(x.dims)
    if not all(isinstance(d, (int, np.integer)) for d in dims):
        raise ValueError(f"tf.experimental.numpy.{what} needs known extents, and the shape is {x.shape}.")
    return dims
