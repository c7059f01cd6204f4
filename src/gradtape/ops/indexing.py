"""x[key] as TensorFlow means it: ints, slices, new axes, an ellipsis, integer scalar tensors, boolean masks."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import dtype_of
from ..core.errors import invalid
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, tensor
from ..core.variable import Variable
from .basic import reshape
from .pieces import gather_axis, index

FULL = (None, None, 1)
EXPECTED = ("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid "
            "indices, got {!r:.200}")  # fmt: skip


def getitem(x: Any, key: Any) -> Tensor:
    """x[key].

    Raises:
        TypeError: a key that is none of int, slice, ..., None, integer scalar tensor, or one boolean mask.
        InvalidArgumentError: an index out of bounds, too many indices, two ellipses, a step of 0.
        ValueError: a mask that does not fit x, or is a scalar.
    """
    kind = type(key)
    if kind is int:
        return index(x, (key,))
    if kind is list:
        key = without_masks(key)
    elif kind is not tuple:
        if kind is not slice and is_mask(key):
            return masked(x, key)
        key = (key,)
    return index(x, full_key(key, x))


def full_key(items: tuple, x: Any) -> tuple:
    """The canonical key of the primitive `index`."""
    key = []
    for k in items:
        if type(k) is slice:
            start, stop, step = k.start, k.stop, k.step  # in this line, not in a function: the commonest case
            plain = step is None and (start is None or type(start) is int) and (stop is None or type(stop) is int)
            key.append((start, stop, 1) if plain else (bound(start), bound(stop), 1 if step is None else bound(step)))
        else:
            key.append(k if k is None or k is ... or type(k) is int else whole(k))
    return with_ellipsis(key, x.ndim) if ... in key else tuple(key)


def with_ellipsis(key: list, rank: int) -> tuple:
    at = key.index(...)
    if ... in key[at + 1 :]:
        raise invalid("strided_slice", "x[...]: Multiple ellipses in slice spec not allowed")
    named = sum(k is not None for k in key) - 1
    return (*key[:at], *[FULL] * (rank - named), *key[at + 1 :])


def bound(k: Any) -> int | None:
    return k if k is None or type(k) is int else whole(k)


def whole(k: Any) -> int:
    """An integer scalar of any kind as an int."""
    if isinstance(k, (int, np.integer)):
        return int(k)
    if isinstance(k, (Tensor, Variable, np.ndarray)) and not k.shape and dtype_of(k).kind in "iu":
        return operator.index(k)
    raise TypeError(EXPECTED.format(k))


def without_masks(key: list) -> tuple:
    if any(isinstance(k, (bool, np.bool_)) for k in key):
        raise invalid("strided_slice", f"x[{key!r}]: a list stands for a tuple of indices; write x[tf.constant({key!r})] for a mask")
    return tuple(key)


# -- boolean masks ----------------------------------------------------------------------------------------
def is_mask(key: Any) -> bool:
    return type(key) is bool or (isinstance(key, (Tensor, Variable, np.ndarray)) and dtype_of(key).kind == "b")


@library
def masked(x: Any, mask: Any, axis: int = 0) -> Tensor:
    """The slices of x, along the axes from `axis` that the mask covers, at which it holds."""
    where = np.asarray(mask)
    if where.ndim == 0:
        raise ValueError("boolean_mask: mask cannot be scalar.")
    dims = tuple(x.dims)
    covered = dims[axis : axis + where.ndim]
    if covered != where.shape:
        raise ValueError(f"boolean_mask: Shapes {TensorShape.of(covered)} and {where.shape} are incompatible: the mask must have the "
                         f"extents of the tensor (shape {TensorShape.of(dims)}) from axis {axis} on")
    flat = reshape(x, (*dims[:axis], where.size, *dims[axis + where.ndim :]))
    return gather_axis(flat, tensor(np.flatnonzero(where)), axis)


__all__ = ["full_key", "getitem", "masked"]
