"""Static arguments in one spelling: shapes, axes, permutations.  A tensor among them is read."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..core.dtypes import as_dtype, int32, int64
from ..core.errors import invalid
from ..core.shapes import Dim, TensorShape, product
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable


def operand(x: Any) -> Any:
    """A tensor argument of which the shape is asked before an operation reads it."""
    return x if isinstance(x, (Tensor, Variable)) else to_tensor(x)


def operands(values: Any, as_one_list: bool = True) -> list[Any]:
    """Tensors that shall share a dtype: Python values take that of the first tensor.

    Where there is none, they are converted as one list is, or take the dtype of the first value.
    """
    tensors = [v for v in values if isinstance(v, (Tensor, Variable))]
    common = common_dtype if as_one_list else dtype_of_first
    like = tensors[0].dtype.numpy_dtype if tensors else common(values)
    return [v if isinstance(v, (Tensor, Variable)) else to_tensor(v, like) for v in values]


def common_dtype(values: Any) -> np.dtype | None:
    """float32, if there are floats among Python's integers."""
    if any(isinstance(v, (np.ndarray, np.generic)) for v in values):
        return None
    kinds = {to_tensor(v).dtype.numpy_dtype for v in values}
    return np.dtype(np.float32) if {d.kind for d in kinds} == {"i", "f"} else None


def dtype_of_first(values: Any) -> np.dtype | None:
    return None if any(isinstance(v, (np.ndarray, np.generic)) for v in values) else to_tensor(values[0]).dtype.numpy_dtype


def is_open(x: Any) -> bool:
    """A tensor without a value: a function is being traced, or mapped over elements."""
    return isinstance(x, Tensor) and type(x) is not Tensor


def static(value: Any) -> Any:
    """A tensor, variable or array as plain Python numbers; anything else as it is."""
    if isinstance(value, Tensor):
        return value.extents()
    if hasattr(value, "__array__") and not isinstance(value, np.generic):
        return np.asarray(value).tolist()
    return value


def rank_of(value: Any) -> int:
    """Of a static argument, without reading the tensors in it."""
    if isinstance(value, (Tensor, Variable)):
        return value.ndim
    return 1 if isinstance(value, (list, tuple)) and value and isinstance(value[0], Tensor) else np.ndim(static(value))


def extent(value: Any, op: str, argument: str) -> Any:
    if type(value) is int or isinstance(value, Dim):
        return value
    value = static(value)
    if isinstance(value, Dim):
        return value
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{op}: {argument} must hold integers, got {value!r} of type {type(value).__name__}") from None


def extents(value: Any, op: str, argument: str = "shape") -> tuple[Any, ...]:
    """A shape-like argument as a tuple of ints (or Dims)."""
    if type(value) is TensorShape and value.rank is None:
        raise ValueError(f"{op}: {argument} has unknown rank")
    value = static(value)
    if not isinstance(value, (tuple, list)):
        try:
            value = list(value)
        except TypeError:
            value = [value]
    return tuple([extent(v, op, argument) for v in value])


def integers(value: Any, op: str, argument: str) -> tuple[Any, ...]:
    """Like extents, but what holds no integers is an InvalidArgumentError."""
    try:
        return extents(value, op, argument)
    except TypeError as error:
        raise invalid(op, str(error)) from None


def whole_number(value: Any, op: str, argument: str) -> Any:
    """A single integer, also as a tensor or list of one."""
    found = integers(value, op, argument)
    if len(found) != 1:
        raise invalid(op, f"{op}: {argument} must be a single integer, got {value!r}")
    return found[0]


def axis_within(axis: int, rank: int, op: str) -> int:
    if not -rank <= axis < rank:
        raise invalid(op, f"{op}: axis {axis} is out of range: it must be in [{-rank}, {rank})")
    return axis % rank


def axis_for(axis: Any, rank: int, op: str) -> int:
    """A single axis, given as a number or as a tensor or list of one number."""
    return axis_within(whole_number(axis, op, "axis"), rank, op)


def resolved_shape(shape: Any, old: tuple[Any, ...], op: str) -> tuple[Any, ...]:
    """A shape with at most one -1, which takes what is left."""
    dims = extents(shape, op)
    known = [d for d in dims if isinstance(d, Dim) or d != -1]
    if any(not isinstance(d, Dim) and d < 0 for d in known):
        raise invalid(
            op, f"{op}: Size {min(d for d in known if not isinstance(d, Dim))} must be non-negative, not as in {list(dims)}"
        )
    size = product(old)
    if len(known) == len(dims):
        if not product(dims) == size:
            raise invalid(
                op,
                f"{op}: Input to reshape is a tensor with {size} values, but the requested shape {list(dims)} has "
                f"{product(dims)}",
            )
        return dims
    rest = product(known)
    if len(known) < len(dims) - 1:
        raise invalid(op, f"{op}: Only one input size may be -1, not as in {list(dims)}")
    if rest == 0 or not (size // rest) * rest == size:
        raise invalid(
            op,
            f"{op}: Input to reshape is a tensor with {size} values, which is no multiple of {rest} "
            f"(the requested shape is {list(dims)})",
        )
    return tuple(size // rest if not isinstance(d, Dim) and d == -1 else d for d in dims)


def permutation(perm: Any, rank: int, op: str) -> tuple[int, ...]:
    if perm is None:
        return tuple(range(rank))[::-1]
    axes = extents(perm, op, "perm")
    if len(axes) != rank:
        raise invalid(
            op, f"{op} expects a vector of size {rank}. But input(1) is a vector of size {len(axes)}: perm={list(axes)}"
        )
    if any(not -rank <= a < rank for a in axes):
        raise invalid(op, f"{op}: perm {list(axes)} names an axis outside [{-rank}, {rank})")
    positive = tuple(a % rank for a in axes)
    if len(set(positive)) < rank:
        raise invalid(op, f"{op}: {next(a for a in range(rank) if a not in positive)} is missing from perm {list(axes)}")
    return positive


def index_dtype(out_type: Any, op: str) -> np.dtype:
    wanted = int32 if out_type is None else as_dtype(out_type)
    if wanted not in (int32, int64):
        raise invalid(op, f"{op}: out_type must be int32 or int64, not {wanted.name}")
    return wanted.numpy_dtype
