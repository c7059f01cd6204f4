"""Shapes and places: reshaping, moving axes, joining, splitting, repeating, turning."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from keras.src.backend.common.backend_utils import canonicalize_axis, normalize_shift_and_axis

import gradtape as tf

from ..conversion import cast, extent, extents, native, tensor, tensor_pair, tensors

__all__ = [
    "append", "array_split", "broadcast_to", "column_stack", "concatenate", "dsplit", "dstack", "expand_dims", "flip", "fliplr",
    "flipud", "hsplit", "hstack", "meshgrid", "moveaxis", "ndim", "pad", "ravel", "repeat", "reshape", "roll", "rot90", "size",
    "split", "squeeze", "stack", "swapaxes", "tile", "transpose", "unravel_index", "vsplit", "vstack",
]  # fmt: skip


def rank(x: Any) -> int:
    return len(x.shape)


def ndim(x: Any) -> int:
    return len(native(x).shape)


def size(x: Any) -> int:
    return int(np.prod([int(n) for n in native(x).shape]))


def static(values: Any) -> Any:
    """A tensor among static arguments as Python numbers."""
    if isinstance(values, (list, tuple)):
        return type(values)(map(extent, values))
    return native(values).numpy().tolist() if isinstance(values, (tf.Tensor, tf.Variable)) else values


# -- one tensor in another shape ------------------------------------------------------------------------------
def reshape(x: Any, newshape: Any) -> Any:
    newshape = static(newshape)
    return tf.reshape(native(x), [newshape] if isinstance(newshape, int) else newshape)


def ravel(x: Any) -> Any:
    return tf.reshape(native(x), [-1])


def broadcast_to(x: Any, shape: Any) -> Any:
    return tf.broadcast_to(native(x), static(shape))


def expand_dims(x: Any, axis: Any) -> Any:
    x = native(x)
    if isinstance(axis, int):
        return tf.expand_dims(x, axis)
    total = rank(x) + len(axis)
    new = {canonicalize_axis(a, total) for a in axis}
    old = iter(extents(x))
    return tf.reshape(x, [1 if k in new else next(old) for k in range(total)])


def squeeze(x: Any, axis: Any = None) -> Any:
    x = native(x)
    if axis is None:
        return tf.squeeze(x)
    axes = [canonicalize_axis(a, rank(x)) for a in ([axis] if isinstance(axis, int) else axis)]
    wrong = [a for a in axes if x.shape[a] != 1]
    if wrong:
        raise ValueError(f"Cannot squeeze axis={axis}, because the dimension is not 1. Received: x.shape={tuple(x.shape)}")
    return tf.squeeze(x, axes) if axes else tensor(x)


def transpose(x: Any, axes: Sequence[int] | None = None) -> Any:
    x = native(x)
    return tf.transpose(x, None if axes is None else [a % rank(x) for a in axes])


def swapaxes(x: Any, axis1: int, axis2: int) -> Any:
    x = native(x)
    order = list(range(rank(x)))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return tf.transpose(x, order)


def moveaxis(x: Any, source: Any, destination: Any) -> Any:
    x = native(x)
    sources, places = ([canonicalize_axis(a, rank(x)) for a in ([v] if isinstance(v, int) else v)] for v in (source, destination))
    order = [k for k in range(rank(x)) if k not in sources]
    for place, axis in sorted(zip(places, sources, strict=True)):
        order.insert(place, axis)
    return tensor(x) if order == sorted(order) else tf.transpose(x, order)


# -- turning ----------------------------------------------------------------------------------------------
def flip(x: Any, axis: Any = None) -> Any:
    x = native(x)
    axes = range(rank(x)) if axis is None else [axis] if isinstance(axis, int) else axis
    return tf.reverse(x, list(axes))


def flipud(x: Any) -> Any:
    return flip(x, 0)


def fliplr(x: Any) -> Any:
    return flip(x, 1)


def rot90(array: Any, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Any:
    array = native(array)
    if rank(array) < 2:
        raise ValueError(f"Input array must have at least 2 dimensions. Received: array.ndim={rank(array)}")
    if len(axes) != 2 or axes[0] == axes[1]:
        raise ValueError(f"Invalid axes: {axes}. Axes must be a tuple of two different dimensions.")
    turns = k % 4
    if turns == 0:
        return tensor(array)
    if turns == 2:
        return flip(array, axes)
    first, then = (axes[1], None) if turns == 1 else (None, axes[1])
    turned = array if first is None else flip(array, first)
    turned = swapaxes(turned, *axes)
    return turned if then is None else flip(turned, then)


def roll(x: Any, shift: Any, axis: Any = None) -> Any:
    x = native(x)
    if axis is None:
        return tf.reshape(tf.roll(tf.reshape(x, [-1]), static(shift), 0), extents(x))
    return tf.roll(x, *normalize_shift_and_axis(static(shift), axis))


# -- joining ----------------------------------------------------------------------------------------------
def concatenate(xs: Any, axis: int = 0) -> Any:
    return tf.concat(tensors(xs), axis)


def stack(x: Any, axis: int = 0) -> Any:
    return tf.stack(tensors(x), axis)


def append(x1: Any, x2: Any, axis: int | None = None) -> Any:
    pair = tensor_pair(x1, x2)
    return tf.concat([tf.reshape(x, [-1]) for x in pair], 0) if axis is None else tf.concat(list(pair), axis)


def hstack(xs: Any) -> Any:
    xs = [at_least(x, 1) for x in tensors(xs)]
    return tf.concat(xs, 0 if rank(xs[0]) == 1 else 1)


def vstack(xs: Any) -> Any:
    return tf.concat([at_least(x, 2) for x in tensors(xs)], 0)


def dstack(xs: Any) -> Any:
    xs = [at_least(x, 2) for x in tensors(xs)]
    return tf.concat([tf.expand_dims(x, -1) if rank(x) == 2 else x for x in xs], 2)


def column_stack(xs: Any) -> Any:
    xs = [tf.reshape(x, [-1, 1]) if rank(x) < 2 else x for x in tensors(xs)]
    return tf.concat(xs, 1)


def at_least(x: Any, axes: int) -> Any:
    """x with ones in front until it has this many axes."""
    return x if rank(x) >= axes else tf.reshape(x, [1] * (axes - rank(x)) + list(extents(x)))


def meshgrid(*x: Any, indexing: str = "xy") -> list:
    return list(tf.meshgrid(*[tf.reshape(native(v), [-1]) for v in x], indexing=indexing))


# -- splitting --------------------------------------------------------------------------------------------
def split(x: Any, indices_or_sections: Any, axis: int = 0) -> list:
    x = native(x)
    if isinstance(indices_or_sections, int):
        return list(tf.split(x, indices_or_sections, axis))
    return between(x, static(list(indices_or_sections)), axis)


def array_split(x: Any, indices_or_sections: Any, axis: int = 0) -> list:
    """Sections may be unequal: the first ones are longer by one."""
    if not isinstance(indices_or_sections, int):
        return split(x, indices_or_sections, axis)
    x = native(x)
    length, longer = divmod(int(x.shape[axis]), indices_or_sections)
    starts = np.cumsum([length + 1] * longer + [length] * (indices_or_sections - longer))[:-1]
    return between(x, starts.tolist(), axis)


def between(x: Any, cuts: list[int], axis: int) -> list:
    """The pieces between these places; places past the end give empty ones."""
    n = int(x.shape[axis])
    places = [0, *(min(max(c + n if c < 0 else c, 0), n) for c in cuts), n]
    return list(tf.split(x, [max(b - a, 0) for a, b in pairwise(places)], axis))


def hsplit(x: Any, indices_or_sections: Any) -> list:
    return split(x, indices_or_sections, 0 if ndim(x) == 1 else 1)


def vsplit(x: Any, indices_or_sections: Any) -> list:
    return split(x, indices_or_sections, 0)


def dsplit(x: Any, indices_or_sections: Any) -> list:
    return split(x, indices_or_sections, 2)


# -- repeating and padding ----------------------------------------------------------------------------------
def tile(x: Any, repeats: Any) -> Any:
    repeats = static(repeats)
    counts = [repeats] if isinstance(repeats, int) else list(repeats)
    x = at_least(native(x), len(counts))
    return tf.tile(x, [1] * (rank(x) - len(counts)) + counts)


def repeat(x: Any, repeats: Any, axis: int | None = None) -> Any:
    return tf.repeat(native(x), static(repeats), axis)


def pad(x: Any, pad_width: Any, mode: str = "constant", constant_values: Any = None) -> Any:
    x = native(x)
    widths = np.broadcast_to(np.asarray(static_rows(pad_width), np.int32), (rank(x), 2)).tolist()
    if mode != "constant":
        if constant_values is not None:
            raise ValueError(f"Argument `constant_values` can only be provided when `mode == 'constant'`. Received: mode={mode}")
        return tf.pad(x, widths, PADDINGS[mode]) if mode in PADDINGS else edges(x, widths, mode)
    value = 0 if constant_values is None else constant_values
    return tf.pad(x, widths, "CONSTANT", cast(value, x.dtype))


PADDINGS = {"reflect": "REFLECT", "symmetric": "SYMMETRIC"}


def static_rows(pad_width: Any) -> Any:
    """Widths may be one number, one pair, or a pair an axis, with tensors in them."""
    if isinstance(pad_width, (list, tuple)):
        return [static_rows(w) for w in pad_width]
    return static(pad_width)


def edges(x: Any, widths: list, mode: str) -> Any:
    """The other modes of NumPy, by where each value comes from."""
    if mode not in ("edge", "wrap"):
        raise ValueError(f"pad: mode must be 'constant', 'reflect', 'symmetric', 'edge' or 'wrap'. Received: mode={mode}")
    for axis, (before, after) in enumerate(widths):
        if before or after:
            places = np.pad(np.arange(int(x.shape[axis]), dtype=np.int32), (before, after), mode=mode)  # type: ignore[call-overload]
            x = tf.gather(x, places, axis=axis)
    return tensor(x)


def unravel_index(indices: Any, shape: Any) -> tuple:
    """Places in a flattened array as places along each axis."""
    indices = native(indices)
    rest, found = indices, []
    for n in reversed(static(tuple(shape))):
        found.append(tf.math.floormod(rest, tf.cast(n, rest.dtype)))
        rest = tf.math.floordiv(rest, tf.cast(n, rest.dtype))
    return tuple(reversed(found))
