"""Layer 2: the primitives that move values about: mirrored borders, roll, tile, splitting, reversed sequences.

All of it is linear. mirror_pad and mirror_unpad, split_at and concatenate, unpack and pack are pairs of adjoints, the adjoint of
tile is a sum, and roll and reverse_sequence are their own: the rules below restate that.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from ..core.tensor import tensor
from ._arguments import axis_within, integers, rank_of
from ._declare import ANY, INTEGERS, NUMBERS, primitive, publish
from .basic import broadcast_to, reduce_sum, reshape
from .pieces import concatenate, move_axis, pack


# -- mirrored borders -----------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=ANY)
def mirror_pad(x, *, paddings, skip):
    """x with borders that mirror it; `skip` is 1 where the outermost values are not repeated, else 0."""
    check_mirrored(x.shape, paddings, skip)
    for axis, (before, after) in enumerate(paddings):
        if before or after:
            x = x.take(mirrored(x.shape[axis], before, after, skip), axis)
    return x


def mirrored(n: int, before: int, after: int, skip: int) -> np.ndarray:
    """Which element stands at each place."""
    return np.concatenate((np.arange(skip, skip + before)[::-1], np.arange(n), np.arange(n - skip - after, n - skip)[::-1]))


def check_mirrored(shape: tuple[Any, ...], paddings: tuple[Any, ...], skip: int) -> None:
    for n, pair in zip(shape, paddings, strict=True):
        if not isinstance(n, Dim) and max(pair) > n - skip:
            bound = "less than" if skip else "no greater than"
            raise invalid("mirror_pad", f"pad: paddings must be {bound} the dimension size: {list(pair)} for {n}")


@mirror_pad.shape
def mirror_pad_shape(x, *, paddings, skip):
    check_mirrored(x.shape, paddings, skip)
    return Spec(padded_shape(x.shape, paddings), x.dtype)


@mirror_pad.vjp("x")
def mirror_pad_vjp(g, paddings, skip):
    return mirror_unpad(g, paddings=paddings, skip=skip)


@mirror_pad.batch
def mirror_pad_batch(size, batched, x, *, paddings, skip):
    return mirror_pad(x, paddings=((0, 0), *paddings), skip=skip)


@primitive(linear="all", dtypes=NUMBERS)
def mirror_unpad(x, *, paddings, skip):
    """The inner part of x, to which the borders are added where they came from."""
    for axis, (before, after) in enumerate(paddings):
        if before or after:
            x = np.moveaxis(folded(np.moveaxis(x, axis, 0), before, after, skip), 0, axis)
    return x


def folded(x: np.ndarray, before: int, after: int, skip: int) -> np.ndarray:
    n = len(x) - before - after
    out = x[before : before + n].copy()
    out[skip : skip + before] += x[:before][::-1]
    out[n - skip - after : n - skip] += x[before + n :][::-1]
    return out


@mirror_unpad.shape
def mirror_unpad_shape(x, *, paddings, skip):
    return Spec(tuple(n - before - after for n, (before, after) in zip(x.shape, paddings, strict=True)), x.dtype)


@mirror_unpad.vjp("x")
def mirror_unpad_vjp(g, paddings, skip):
    return mirror_pad(g, paddings=paddings, skip=skip)


@mirror_unpad.batch
def mirror_unpad_batch(size, batched, x, *, paddings, skip):
    return mirror_unpad(x, paddings=((0, 0), *paddings), skip=skip)


def padded_shape(shape: tuple[Any, ...], paddings: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(before + n + after for n, (before, after) in zip(shape, paddings, strict=True))


# -- roll, tile -------------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=ANY, public=("input",))
def roll(x, *, shift, axis):
    """The elements moved by `shift` places along each axis, those that fall off coming in again at the other end.

    Raises:
        InvalidArgumentError: an axis that the input does not have, as many shifts as axes not given.

    >>> tf.roll(tf.constant([1, 2, 3, 4]), shift=1, axis=0).numpy()
    array([4, 1, 2, 3], dtype=int32)
    """
    for s, i in zip(shift, axis, strict=True):
        s = s % x.shape[i] if x.shape[i] else 0
        if s:
            lead = (slice(None),) * i
            x = np.concatenate((x[(*lead, slice(-s, None))], x[(*lead, slice(None, -s))]), i)
    return x


@roll.canonical
def roll_canonical(x, *, shift, axis):
    shifts, axes = integers(shift, "roll", "shift"), integers(axis, "roll", "axis")
    if not x.ndim:
        raise invalid("roll", "roll: input must be 1-D or higher")
    if len(shifts) != len(axes) or rank_of(shift) != rank_of(axis):
        raise invalid("roll", f"roll: shift and axis must have the same size, got shift={shift!r} and axis={axis!r}")
    return {"shift": shifts, "axis": tuple([axis_within(i, x.ndim, "roll") for i in axes])}


@roll.shape
def roll_shape(x, *, shift, axis):
    return Spec(x.shape, x.dtype)


@roll.vjp("x")
def roll_vjp(g, shift, axis):
    return roll(g, tuple(-s for s in shift), axis)


@roll.batch
def roll_batch(size, batched, x, *, shift, axis):
    return roll(x, shift, tuple(i + 1 for i in axis))


@primitive(linear="all", dtypes=ANY, public=("input",))
def tile(x, *, multiples):
    """The input repeated `multiples[i]` times along axis i.

    Raises:
        InvalidArgumentError: not one number an axis, or a negative one.

    >>> tf.tile(tf.constant([[1, 2]]), [2, 2]).numpy()
    array([[1, 2, 1, 2],
           [1, 2, 1, 2]], dtype=int32)
    """
    single = x.reshape(interleaved((1,) * x.ndim, x.shape))
    return np.broadcast_to(single, interleaved(multiples, x.shape)).reshape(
        [m * n for m, n in zip(multiples, x.shape, strict=True)]
    )


def interleaved(a: tuple[Any, ...], b: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(n for pair in zip(a, b, strict=True) for n in pair)


@tile.canonical
def tile_canonical(x, *, multiples):
    counts = integers(multiples, "tile", "multiples")
    if not rank_of(multiples):
        raise invalid("tile", f"tile: Expected multiples to be 1-D, but got {multiples!r}")
    if len(counts) != x.ndim:
        raise invalid("tile", f"tile: Expected multiples argument to be a vector of length {x.ndim} but got length {len(counts)}")
    for i, m in enumerate(counts):
        if not isinstance(m, Dim) and m < 0:
            raise invalid("tile", f"tile: Expected multiples[{i}] >= 0, but got {m}")
    return {"multiples": counts}


@tile.shape
def tile_shape(x, *, multiples):
    return Spec(tuple(m * n for m, n in zip(multiples, x.shape, strict=True)), x.dtype)


@tile.vjp("x")
def tile_vjp(g, x_shape, multiples):
    return reduce_sum(reshape(g, interleaved(multiples, x_shape)), tuple(range(0, 2 * len(x_shape), 2)))


@tile.batch
def tile_batch(size, batched, x, *, multiples):
    return tile(x, (1, *multiples))


# -- taking apart: split_at is the adjoint of concatenate, unpack of pack -------------------------------------------
@primitive(linear="all", dtypes=ANY, results=True)
def split_at(value, *, sizes, axis):
    """Consecutive pieces of these sizes along an axis."""
    ends = np.add.accumulate(sizes)
    lead = (slice(None),) * axis
    return tuple([value[(*lead, slice(end - n, end))] for n, end in zip(sizes, ends.tolist(), strict=True)])


@split_at.shape
def split_at_shape(value, *, sizes, axis):
    return tuple([Spec((*value.shape[:axis], n, *value.shape[axis + 1 :]), value.dtype) for n in sizes])


@split_at.vjp("value")
def split_at_vjp(g, value_shape, value_dtype, sizes, axis):
    shapes = [(*value_shape[:axis], n, *value_shape[axis + 1 :]) for n in sizes]
    return concatenate(*filled_up(g, shapes, value_dtype), axis=axis)


def filled_up(gs: tuple[Any, ...], shapes: list[Any], dtype: np.dtype) -> list[Any]:
    """Zeros for the results that nobody used."""
    zero = tensor(np.zeros((), dtype))
    return [broadcast_to(zero, shape) if g is None else g for g, shape in zip(gs, shapes, strict=True)]


@split_at.jvp
def split_at_jvp(y, ts, value, *, sizes, axis):
    return split_at(ts[0], sizes=sizes, axis=axis)


@split_at.batch
def split_at_batch(size, batched, value, *, sizes, axis):
    return split_at(value, sizes=sizes, axis=axis + 1)


@primitive(linear="all", dtypes=ANY, results=True)
def unpack(value, *, count, axis):
    """Each slice along an axis."""
    lead = (slice(None),) * axis
    return tuple([value[(*lead, i, ...)] for i in range(count)])


@unpack.shape
def unpack_shape(value, *, count, axis):
    return (Spec((*value.shape[:axis], *value.shape[axis + 1 :]), value.dtype),) * count


@unpack.vjp("value")
def unpack_vjp(g, value_shape, value_dtype, axis):
    return pack(*filled_up(g, [(*value_shape[:axis], *value_shape[axis + 1 :])] * len(g), value_dtype), axis=axis)


@unpack.jvp
def unpack_jvp(y, ts, value, *, count, axis):
    return unpack(ts[0], count=count, axis=axis)


@unpack.batch
def unpack_batch(size, batched, value, *, count, axis):
    return unpack(value, count=count, axis=axis + 1)


# -- sequences of different lengths ---------------------------------------------------------------------------------
@primitive(dtypes=ANY, public=("input", "seq_lengths"))
def reverse_sequence(x, lengths, *, seq_axis: Any = None, batch_axis: Any = None):
    """The input with the first `seq_lengths[i]` elements along `seq_axis` reversed, in each slice i along `batch_axis` (0).

    Raises:
        TypeError: no seq_axis.
        InvalidArgumentError: a length that is negative or more than there is, or not one length a slice.

    >>> tf.reverse_sequence(tf.constant([[1, 2, 3], [4, 5, 6]]), [2, 3], seq_axis=1).numpy()
    array([[2, 1, 3],
           [6, 5, 4]], dtype=int32)
    """
    n = x.shape[seq_axis]
    if lengths.shape != (x.shape[batch_axis],):
        raise ValueError("lengths")
    wrong = np.flatnonzero((lengths < 0) | (lengths > n))
    if wrong.size:
        raise invalid("reverse_sequence", f"reverse_sequence: seq_lens({wrong[0]}) = {lengths[wrong[0]]} is not in [0, {n}]")
    places = np.arange(n)
    limits = lengths[:, None]
    source = np.where(places < limits, limits - 1 - places, places)
    rows = np.moveaxis(x, (batch_axis, seq_axis), (0, 1))
    return np.moveaxis(rows[np.arange(len(rows))[:, None], source], (0, 1), (batch_axis, seq_axis))


@reverse_sequence.canonical
def reverse_sequence_canonical(x, lengths, *, seq_axis, batch_axis):
    if seq_axis is None:
        raise TypeError("reverse_sequence: seq_axis must be given: the axis along which to reverse")
    axes = [operator.index(seq_axis), 0 if batch_axis is None else operator.index(batch_axis)]
    for i, what in zip(axes, ("seq_axis", "batch_axis"), strict=True):
        if not 0 <= i < x.ndim:
            raise invalid("reverse_sequence", f"reverse_sequence: {what} must be in [0, {x.ndim}), got {i}")
    if axes[0] == axes[1]:
        raise invalid("reverse_sequence", f"reverse_sequence: batch_axis and seq_axis are both {axes[0]}")
    return {"seq_axis": axes[0], "batch_axis": axes[1]}


@reverse_sequence.shape
def reverse_sequence_shape(x, lengths, *, seq_axis, batch_axis):
    if lengths.dtype.kind not in "iu" or len(lengths.shape) != 1 or lengths.shape[0] != x.shape[batch_axis]:
        raise invalid(
            "reverse_sequence",
            f"reverse_sequence: seq_lengths must hold one integer for each of the {x.shape[batch_axis]} slices "
            f"along batch_axis {batch_axis}; its shape is {list(lengths.shape)}, its dtype {lengths.dtype}",
        )
    return Spec(x.shape, x.dtype)


@reverse_sequence.vjp("x")
def reverse_sequence_vjp(g, lengths, seq_axis, batch_axis):
    return reverse_sequence(g, lengths, seq_axis, batch_axis)


@reverse_sequence.jvp
def reverse_sequence_jvp(y, ts, x, lengths, *, seq_axis, batch_axis):
    return reverse_sequence(ts[0], lengths, seq_axis, batch_axis)


@reverse_sequence.batch
def reverse_sequence_batch(size, batched, x, lengths, *, seq_axis, batch_axis):
    if not batched[1]:
        return reverse_sequence(x, lengths, seq_axis + 1, batch_axis + 1)
    if not batched[0]:
        x = broadcast_to(x, (size, *x.dims))
    rows = move_axis(x, batch_axis + 1, 1)
    flat = reshape(rows, (rows.dims[0] * rows.dims[1], *rows.dims[2:]))
    where = seq_axis + (seq_axis < batch_axis)  # the axes before batch_axis have moved behind it
    out = reverse_sequence(flat, reshape(lengths, (-1,)), where, 0)
    return move_axis(reshape(out, rows.dims), 1, batch_axis + 1)


@primitive(differentiable=False, dtypes=INTEGERS)
def inverse_order(x):
    """The permutation (along the last axis) that undoes x."""
    n = x.shape[-1]
    if x.size and (x.min() < 0 or x.max() >= n):
        bad = x[(x < 0) | (x >= n)][0]
        raise invalid("invert_permutation", f"invert_permutation: {bad} is not between 0 and {n}")
    out = np.full(x.shape, -1, x.dtype)
    np.put_along_axis(out, x, np.arange(n, dtype=x.dtype), -1)
    if (out < 0).any():
        raise invalid(
            "invert_permutation",
            f"invert_permutation: {np.argwhere(out < 0)[0, -1]} is missing: a value is duplicated in the input",
        )
    return out


@inverse_order.shape
def inverse_order_shape(x):
    return Spec(x.shape, x.dtype)


@inverse_order.batch
def inverse_order_batch(size, batched, x):
    return inverse_order(x)


publish(globals())

__all__ = ["inverse_order", "mirror_pad", "padded_shape", "reverse_sequence", "roll", "split_at", "tile", "unpack"]
