"""x[key] as TensorFlow means it (ints, slices, new axes, an ellipsis, integer scalar tensors, boolean masks), and its kin.

Everything is the primitive `index`; a mask first turns into the numbers of the slices that it keeps.
"""

from __future__ import annotations

import operator
from functools import partial
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import dtype_of
from ..core.dtypes import BOOL, bool_
from ..core.errors import OperatorNotAllowedInGraphError, invalid
from ..core.shapes import Dim, Spec, TensorShape, unnamed
from ..core.tensor import Tensor, convert_to_tensor, tensor, to_tensor
from ..core.variable import Variable
from ._arguments import integers, is_open, operand
from ._declare import ANY, NUMBERS, primitive, publish
from .basic import broadcast_to, lift, reshape, select, sum_to
from .openings import elements, is_unknown, open_block, open_item
from .pieces import FULL, gather_axis, index, to_slices, zeros_for

EXPECTED = ("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid "
            "indices, got {!r:.200}")  # fmt: skip


# -- keys -------------------------------------------------------------------------------------------------
def getitem(x: Any, key: Any) -> Tensor:
    """x[key].

    Raises:
        TypeError: a key that is none of int, slice, ..., None, integer scalar tensor, or one boolean mask.
        InvalidArgumentError: an index out of bounds, too many indices, two ellipses, a step of 0.
        ValueError: a mask that does not fit x, or is a scalar.
    """
    kind = type(key)
    if kind is int:
        key = (key,)
    else:
        if kind is list:
            key = without_masks(key)
        elif kind is not tuple:
            if kind is not slice and is_mask(key):
                return masked(x, key)
            key = (key,)
        if any(map(is_unknown, key)):
            return open_item(x, key)
        key = full_key(key, x)
    out = index(x, key)
    if type(x) is Variable:
        own_slice(out, x, key)
    return out


class Rows:
    """The slices along axis 0, each recorded under the line that asks for it."""

    __slots__ = ("at", "count", "x")

    def __init__(self, x: Any, count: int):
        self.x, self.count, self.at = x, count, 0

    def __iter__(self) -> Rows:
        return self

    def __next__(self) -> Tensor:
        if self.at >= self.count:
            raise StopIteration
        self.at += 1
        return index(self.x, (self.at - 1,))


def iterate(x: Any) -> Rows:
    """for row in x."""
    if not x.ndim:
        raise TypeError("Cannot iterate over a scalar tensor.")
    if isinstance(x.dims[0], Dim):
        raise OperatorNotAllowedInGraphError(
            f"Python cannot iterate over a tensor of shape {x.shape} before the extent of its first axis is known"
        )
    return Rows(x, x.dims[0])


def full_key(items: tuple[Any, ...], x: Any) -> tuple[Any, ...]:
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


def with_ellipsis(key: list[Any], rank: int) -> tuple[Any, ...]:
    at = key.index(...)
    if ... in key[at + 1 :]:
        raise invalid("strided_slice", "x[...]: Multiple ellipses in slice spec not allowed")
    named = sum(k is not None for k in key) - 1
    return (*key[:at], *[FULL] * (rank - named), *key[at + 1 :])


def bound(k: Any) -> Any:
    return k if k is None or type(k) is int or isinstance(k, Dim) else whole(k)


def whole(k: Any) -> Any:
    """An integer scalar of any kind as an int."""
    if isinstance(k, (int, np.integer)):
        return int(k)
    if isinstance(k, np.ndarray) and not k.shape and k.dtype.kind in "iu":
        return int(k)
    if isinstance(k, (Tensor, Variable)) and not k.ndim and k.dtype.name in ("int16", "int32", "int64"):
        return k.extents() if isinstance(k, Tensor) else operator.index(k)
    raise TypeError(EXPECTED.format(k))


def without_masks(key: list[Any]) -> tuple[Any, ...]:
    if any(isinstance(k, (bool, np.bool_)) for k in key):
        raise invalid(
            "strided_slice", f"x[{key!r}]: a list stands for a tuple of indices; write x[tf.constant({key!r})] for a mask"
        )
    return tuple(key)


def own_slice(out: Tensor, variable: Variable, key: tuple[Any, ...]) -> None:
    """A slice of a variable has its own array (so that updates need not copy the rest), and can be assigned to."""
    if type(out) is Tensor:
        out.value = out.value.copy()
    out.origin = (variable, key)


# -- slices as functions -----------------------------------------------------------------------------------
def slice_of(input_: Any, begin: Any, size: Any, name: str | None = None) -> Tensor:
    """The block of `input_` that starts at `begin` and has this size; -1 takes the rest of an axis.

    Raises:
        InvalidArgumentError: a block that does not lie in `input_`, or not one number an axis.

    >>> tf.slice(tf.constant([[1, 2, 3], [4, 5, 6]]), [0, 1], [2, -1]).numpy()
    array([[2, 3],
           [5, 6]], dtype=int32)
    """
    x = operand(input_)
    if not hold_numbers(begin, size):
        return open_block(x, elements(begin), elements(size))
    starts, sizes = integers(begin, "slice", "begin"), integers(size, "slice", "size")
    if len(starts) != x.ndim or len(sizes) != x.ndim:
        raise invalid(
            "slice",
            f"slice: Expected begin and size arguments to be 1-D tensors of size {x.ndim}, but got begin={list(starts)} "
            f"and size={list(sizes)}",
        )
    return index(x, tuple([block(i, *extents) for i, extents in enumerate(zip(x.dims, starts, sizes, strict=True))]))


def hold_numbers(*values: Any) -> bool:
    """Are these positions known, or follow from shapes?"""
    return not any(is_unknown(v) or (is_open(v) and v.known is None) for x in values for v in ([x] if is_open(x) else x))


def block(axis: int, n: Any, start: int, size: int) -> tuple[Any, ...]:
    known = not isinstance(n, Dim)
    if start < 0 or (known and start > n):
        raise invalid("slice", f"slice: Expected begin[{axis}] in [0, {n}], but got {start}")
    if size == -1:
        return (start, None, 1)
    if size < 0 or (known and start + size > n):
        raise invalid("slice", f"slice: Expected size[{axis}] in [0, {n - start}], but got {size}")
    return (start, start + size, 1)


def strided_slice(
    input_: Any,
    begin: Any,
    end: Any,
    strides: Any = None,
    begin_mask: int = 0,
    end_mask: int = 0,
    ellipsis_mask: int = 0,
    new_axis_mask: int = 0,
    shrink_axis_mask: int = 0,
    var: Any = None,
    name: str | None = None,
) -> Tensor:
    """`input_[begin:end:strides]`, an axis each; a bit i of a mask changes what entry i means.

    Args:
        begin_mask, end_mask: from the start, to the end of the axis.
        ellipsis_mask, new_axis_mask, shrink_axis_mask: the entry is `...`, `tf.newaxis`, the single index `begin[i]`.

    >>> tf.strided_slice(tf.constant([1, 2, 3, 4]), [0], [4], [2]).numpy()
    array([1, 3], dtype=int32)
    """
    x = operand(input_)
    starts, stops = integers(begin, "strided_slice", "begin"), integers(end, "strided_slice", "end")
    steps = (1,) * len(starts) if strides is None else integers(strides, "strided_slice", "strides")
    if not len(starts) == len(stops) == len(steps):
        raise invalid(
            "strided_slice",
            "strided_slice: Expected begin, end, and strides to be 1D equal size tensors, but got "
            f"{list(starts)}, {list(stops)}, and {list(steps)}",
        )
    entries = []
    for i, (start, stop, step) in enumerate(zip(starts, stops, steps, strict=True)):
        bit = 1 << i
        if ellipsis_mask & bit:
            entries.append(...)
        elif new_axis_mask & bit:
            entries.append(None)
        elif shrink_axis_mask & bit:
            entries.append(start)
        else:
            entries.append((None if begin_mask & bit else start, None if end_mask & bit else stop, step))
    out = index(x, with_ellipsis(entries, x.ndim) if ... in entries else tuple(entries))
    if isinstance(var, Variable):
        own_slice(out, var, with_ellipsis(entries, x.ndim) if ... in entries else tuple(entries))
    return out


# -- a slice replaced: index and embed are its adjoints ----------------------------------------------------------
@primitive(linear="all", dtypes=ANY, same=("x", "value"))
def slice_update(x, value, *, key):
    """x with `value` (broadcast) at [key]."""
    out = x.copy()
    out[to_slices(key)] = value
    return out


@slice_update.shape
def slice_update_shape(x, value, *, key):
    return Spec(x.shape, x.dtype)


@slice_update.vjp("x")
def slice_update_vjp_x(g, key):
    return slice_update(g, tensor(np.zeros((), g.dtype.numpy_dtype)), key=key)


@slice_update.vjp("value")
def slice_update_vjp_value(g, value_shape, key):
    return sum_to(index(g, key), value_shape)


@slice_update.jvp
def slice_update_jvp(y, ts, x, value, *, key):
    tx, tv = (zeros_for(a) if t is None else t for t, a in zip(ts, (x, value), strict=True))
    return slice_update(tx, tv, key=key)


@slice_update.batch
def slice_update_batch(size, batched, x, value, *, key):
    rank = x.ndim - batched[0]
    if not batched[0]:
        x = broadcast_to(x, (size, *x.dims))
    if batched[1]:
        value = lift(value, rank - sum(type(k) is int for k in key) + sum(k is None for k in key))
    return slice_update(x, value, key=(FULL, *key))


# -- boolean masks ----------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=NUMBERS | BOOL, public=("condition",))
def nonzero(x):
    """The places where x is not zero, one row of indices each."""
    if not x.ndim:
        raise invalid("where", "where: a condition without x and y must have rank at least 1; this one is a scalar")
    return np.argwhere(x)


@nonzero.shape
def nonzero_shape(x):
    return Spec((Dim(f"nonzero{unnamed()}"), len(x.shape)), np.int64)


@nonzero.batch
def nonzero_batch(size, batched, x):
    raise invalid(
        "where",
        "where(condition), boolean_mask and x[mask] inside vectorized_map: the number of true elements may differ "
        "from element to element; write tf.where(mask, x, 0) there",
    )


publish(globals())


def is_mask(key: Any) -> bool:
    return type(key) is bool or (isinstance(key, (Tensor, Variable, np.ndarray)) and dtype_of(key).kind == "b")


@partial(library, depth=2)  # called by what the user calls
def masked(x: Any, mask: Any, axis: int = 0) -> Tensor:
    """The slices of x, along the axes from `axis` that the mask covers, at which it holds."""
    mask = to_tensor(mask)
    if mask.ndim == 0:
        raise ValueError("boolean_mask: mask cannot be scalar.")
    dims, rank = tuple(x.dims), mask.ndim
    covered = dims[axis : axis + rank]
    if covered != mask.dims:
        raise ValueError(
            f"boolean_mask: Shapes {TensorShape.of(covered)} and {mask.shape} are incompatible: the mask must have the "
            f"extents of the tensor (shape {TensorShape.of(dims)}) from axis {axis} on"
        )
    mask = reshape(mask, (-1,)) if rank > 1 else mask
    flat = reshape(x, (*dims[:axis], mask.dims[0], *dims[axis + rank :]))
    return gather_axis(flat, index(nonzero(mask), (FULL, 0)), axis)


@library
def boolean_mask(tensor: Any, mask: Any, axis: int | None = None, name: str | None = "boolean_mask") -> Tensor:
    """The slices of `tensor` at which the mask holds, as `tensor[mask]`; the mask covers the axes from `axis` on.

    Raises:
        ValueError: a scalar mask, or one that does not have the extents of the tensor there.

    >>> tf.boolean_mask(tf.constant([[1, 2], [3, 4], [5, 6]]), [True, False, True]).numpy()
    array([[1, 2],
           [5, 6]], dtype=int32)
    """
    x = operand(tensor)
    start = 0 if axis is None else operator.index(axis)
    return masked(x, mask, start + x.ndim if start < 0 else start)


@library
def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """x where the condition holds and y elsewhere, all three broadcast; without x and y, where it holds (indices, int64).

    A value that is not chosen gets an exact zero of a gradient, even where its own derivative is infinite.

    Raises:
        ValueError: only one of x and y.
        TypeError, InvalidArgumentError: a condition that is not boolean, different dtypes, shapes that do not broadcast.

    >>> tf.where(tf.constant([True, False]), 1.0, tf.constant([5.0, 6.0])).numpy()
    array([1., 6.], dtype=float32)
    >>> tf.where([[True, False], [True, True]]).numpy().tolist()
    [[0, 0], [1, 0], [1, 1]]
    """
    if x is None and y is None:
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError("where: x and y must both be non-None or both be None.")
    if not isinstance(condition, (Tensor, Variable)):
        condition = convert_to_tensor(condition, bool_)
    if not (isinstance(x, (Tensor, Variable)) or isinstance(y, (Tensor, Variable))):
        x = to_tensor(x)
    return select(condition, x, y)


__all__ = ["boolean_mask", "full_key", "getitem", "masked", "nonzero", "slice_of", "slice_update", "strided_slice", "where"]
