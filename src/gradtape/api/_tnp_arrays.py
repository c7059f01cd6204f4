"""tf.experimental.numpy: moving the elements of arrays about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.context import library
from ..core.tensor import Tensor, constant
from ..ops import array as pieces
from ..ops import basic, diagonals, gathering, indexing, moves, sorting
from ._tnp_elementwise import logical_not
from ._tnp_values import as_tensor, promoted, shape_of, typed


def dims_of(shape: Any) -> tuple[Any, ...]:
    value = shape if isinstance(shape, (list, tuple)) else np.asarray(shape).tolist()
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


# -- shapes -----------------------------------------------------------------------------------------------------------
@library
def reshape(a: Any, newshape: Any, order: str = "C") -> Any:
    """The same elements in another shape, in C's order or Fortran's.

    Raises:
        ValueError: another order.
    """
    value = as_tensor(a)
    if order not in ("C", "F"):
        raise ValueError(f"tf.experimental.numpy.reshape: order is {order!r}; it takes 'C' or 'F'.")
    if order == "C":
        return basic.reshape(value, dims_of(newshape))
    return pieces.transpose(basic.reshape(pieces.transpose(value), dims_of(newshape)[::-1]))


@library
def ravel(a: Any) -> Any:
    """One axis of all elements."""
    return basic.reshape(as_tensor(a), (-1,))


@library
def flatten(a: Any, order: str = "C") -> Any:
    """One axis of all elements, in C's order or Fortran's."""
    return reshape(a, -1, order)


@library
def transpose(a: Any, axes: Any = None) -> Any:
    """The axes reversed, or in the given order."""
    return pieces.transpose(as_tensor(a), axes)


def order_of_axes(rank: int, function: Any, *args: Any) -> tuple[int, ...]:
    """What a function of NumPy's makes of an array whose extents are the numbers of its axes."""
    return function(np.broadcast_to(np.zeros((), bool), tuple(range(rank))), *args).shape


@library
def moveaxis(a: Any, source: Any, destination: Any) -> Any:
    """Some axes at other places, the rest in order."""
    value = as_tensor(a)
    return pieces.transpose(value, order_of_axes(value.ndim, np.moveaxis, source, destination))


@library
def swapaxes(a: Any, axis1: int, axis2: int) -> Any:
    """Two axes exchanged."""
    value = as_tensor(a)
    return pieces.transpose(value, order_of_axes(value.ndim, np.swapaxes, axis1, axis2))


@library
def expand_dims(a: Any, axis: Any) -> Any:
    """New axes of extent 1."""
    value = as_tensor(a)
    places = {i % (value.ndim + len(np.atleast_1d(axis))) for i in np.atleast_1d(axis).tolist()}
    rest = iter(tuple(value.dims))
    return basic.reshape(value, tuple([1 if i in places else next(rest) for i in range(value.ndim + len(places))]))


@library
def squeeze(a: Any, axis: Any = None) -> Any:
    """Without axes of extent 1."""
    return pieces.squeeze(as_tensor(a), list(axis) if isinstance(axis, tuple) else axis)


@library
def broadcast_to(array: Any, shape: Any) -> Any:
    """Repeated along new axes and those of extent 1."""
    return basic.broadcast_to(as_tensor(array), dims_of(shape))


@library
def broadcast_arrays(*args: Any, **kwargs: Any) -> list[Any]:
    """All in their common shape; each keeps its dtype.

    Raises:
        ValueError: a keyword other than subok.
    """
    if set(kwargs) - {"subok"}:
        raise ValueError(f"tf.experimental.numpy.broadcast_arrays takes no {', '.join(kwargs)}.")
    values = [as_tensor(v) for v in args]
    common = np.broadcast_shapes(*(shape_of(v, "broadcast_arrays") for v in values))
    return [basic.broadcast_to(v, common) for v in values]


def at_least(rank: int, arys: Sequence[Any]) -> Any:
    out = [basic.reshape(v, lifted(tuple(v.dims), rank)) for v in map(as_tensor, arys)]
    return out[0] if len(out) == 1 else out


def lifted(dims: tuple[Any, ...], rank: int) -> tuple[Any, ...]:
    if rank == 3 and len(dims) == 2:
        return (*dims, 1)
    return {0: (1,) * rank, 1: ((1,) * (rank > 1)) + dims + ((1,) * (rank > 2))}.get(len(dims), dims)


@library
def atleast_1d(*arys: Any) -> Any:
    """With one axis at least."""
    return at_least(1, arys)


@library
def atleast_2d(*arys: Any) -> Any:
    """With two axes at least, the new ones in front."""
    return at_least(2, arys)


@library
def atleast_3d(*arys: Any) -> Any:
    """With three axes at least."""
    return at_least(3, arys)


def shape(a: Any) -> tuple[Any, ...]:
    """The extents, as a tuple."""
    return tuple(as_tensor(a).dims)


def ndim(a: Any) -> int:
    """The number of axes."""
    return as_tensor(a).ndim


def size(x: Any, axis: Any = None) -> int:
    """The number of elements, or the extent of an axis."""
    dims = shape_of(as_tensor(x), "size")
    return int(np.prod(dims)) if axis is None else dims[axis]


def isscalar(num: Any) -> bool:
    """Whether a value has rank 0."""
    return as_tensor(num).ndim == 0


# -- joining and splitting ------------------------------------------------------------------------------------------
@library
def concatenate(arys: Any, axis: Any = 0) -> Any:
    """One behind the other along an axis; flattened first where that is None."""
    parts = promoted(*(arys if isinstance(arys, (list, tuple)) else list(as_tensor(arys))))
    return pieces.concat([ravel(p) for p in parts], 0) if axis is None else pieces.concat(parts, axis)


@library
def stack(arrays: Any, axis: int = 0) -> Any:
    """One behind the other along a new axis."""
    return pieces.stack(promoted(*(arrays if isinstance(arrays, (list, tuple)) else list(as_tensor(arrays)))), axis)


def joined(arrays: Any, rank: int, axis: int) -> Any:
    parts = [at_least(rank, [p]) for p in promoted(*arrays)]
    return pieces.concat(parts, 0 if parts[0].ndim == 1 else axis)


@library
def hstack(tup: Any) -> Any:
    """Side by side: along the second axis, vectors along their only one."""
    return joined(tup, 1, 1)


@library
def vstack(tup: Any) -> Any:
    """One above the other; vectors are rows."""
    return joined(tup, 2, 0)


@library
def dstack(tup: Any) -> Any:
    """Along the third axis."""
    return joined(tup, 3, 2)


@library
def append(arr: Any, values: Any, axis: Any = None) -> Any:
    """`values` behind `arr`."""
    return concatenate([arr, values], axis)


@library
def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """In equal parts, or before each of the given places.

    Raises:
        ValueError: an extent that is no multiple of the number of parts.
    """
    value = as_tensor(ary)
    n = value.dims[axis]
    if isinstance(indices_or_sections, (int, np.integer)):
        if n % indices_or_sections:
            raise ValueError(
                f"tf.experimental.numpy.split: {n} elements along axis {axis} make no {indices_or_sections} equal parts."
            )
        return list(pieces.split(value, int(indices_or_sections), axis))
    places = [0, *np.clip(np.asarray(indices_or_sections), 0, n).tolist(), n]
    return list(pieces.split(value, np.maximum(np.diff(places), 0).tolist(), axis))


@library
def hsplit(ary: Any, indices_or_sections: Any) -> list[Any]:
    """`split` along the second axis, of vectors along their only one."""
    value = as_tensor(ary)
    return split(value, indices_or_sections, 0 if value.ndim == 1 else 1)


@library
def vsplit(ary: Any, indices_or_sections: Any) -> list[Any]:
    """`split` along the first axis."""
    return split(ary, indices_or_sections, 0)


@library
def dsplit(ary: Any, indices_or_sections: Any) -> list[Any]:
    """`split` along the third axis."""
    return split(ary, indices_or_sections, 2)


@library
def tile(a: Any, reps: Any) -> Any:
    """Repeated as a whole."""
    value, counts = as_tensor(a), np.atleast_1d(np.asarray(reps)).tolist()
    rank = value.ndim if value.ndim > len(counts) else len(counts)
    lifted_value = basic.reshape(value, (*(1,) * (rank - value.ndim), *value.dims))
    return moves.tile(lifted_value, [*(1,) * (rank - len(counts)), *counts])


@library
def repeat(a: Any, repeats: Any, axis: Any = None) -> Any:
    """Each element several times, one number for all or one for each."""
    value = as_tensor(a)
    return pieces.repeat(ravel(value) if axis is None else value, repeats, 0 if axis is None else axis)


@library
def flip(m: Any, axis: Any = None) -> Any:
    """In reverse order along one axis, several or all."""
    value = as_tensor(m)
    return pieces.reverse(value, list(range(value.ndim)) if axis is None else np.atleast_1d(axis).tolist())


@library
def flipud(m: Any) -> Any:
    """In reverse order along the first axis."""
    return flip(m, 0)


@library
def fliplr(m: Any) -> Any:
    """In reverse order along the second axis."""
    return flip(m, 1)


@library
def roll(a: Any, shift: Any, axis: Any = None) -> Any:
    """Shifted along axes, what falls off coming in again at the other end."""
    value = as_tensor(a)
    if axis is None:
        return basic.reshape(moves.roll(ravel(value), shift, 0), tuple(value.dims))
    shifts, axes = np.broadcast_arrays(np.atleast_1d(np.asarray(shift)), np.atleast_1d(axis))
    return moves.roll(value, shifts.tolist(), axes.tolist())


@library
def rot90(m: Any, k: Any = 1, axes: tuple[int, int] = (0, 1)) -> Any:
    """Turned by k quarters, from the first of two axes towards the second."""
    value, turns = as_tensor(m), int(k) % 4
    if turns == 0:
        return value
    if turns == 2:
        return flip(value, axes)
    turned = flip(value, axes[1]) if turns == 1 else value
    turned = swapaxes(turned, *axes)
    return turned if turns == 1 else flip(turned, axes[1])


@library
def pad(array: Any, pad_width: Any, mode: str, **kwargs: Any) -> Any:
    """With a border of constants, of a reflection or a symmetric one.

    Raises:
        ValueError: another mode.
    """
    value = as_tensor(array)
    if mode not in ("constant", "reflect", "symmetric"):
        raise ValueError(f"tf.experimental.numpy.pad: mode is {mode!r}; it takes 'constant', 'reflect' or 'symmetric'.")
    widths = np.broadcast_to(np.asarray(pad_width), (value.ndim, 2)).tolist()
    filling = constant(kwargs.get("constant_values", 0), value.dtype) if mode == "constant" else 0
    return pieces.pad(value, widths, mode.upper(), filling)


# -- choosing ------------------------------------------------------------------------------------------------------------
def positions(dims: tuple[int, ...]) -> np.ndarray:
    """The place of each element among all, in the shape of the array: what NumPy makes of it says which elements a result has."""
    return np.arange(int(np.prod(dims))).reshape(dims)


def chosen(value: Tensor, places: np.ndarray) -> Any:
    return gathering.gather(ravel(value), places)


@library
def take(a: Any, indices: Any, axis: Any = None, out: Any = None, mode: str = "clip") -> Any:
    """The elements at `indices` along an axis; those outside are clipped, or wrapped around, or refused by `raise`.

    Raises:
        ValueError: another mode, or `out`.
    """
    if out is not None:
        raise ValueError("tf.experimental.numpy.take: out= is not supported; use the result.")
    if mode not in ("raise", "clip", "wrap"):
        raise ValueError(f"tf.experimental.numpy.take: mode is {mode!r}; it takes 'raise', 'clip' or 'wrap'.")
    value, places = as_tensor(a), as_tensor(indices)
    value, axis = (ravel(value), 0) if axis is None else (value, axis)
    n = constant(value.dims[axis], places.dtype)
    if mode == "wrap":
        places = places % n
    elif mode == "clip":
        places = clipped(places, n - 1)
    return gathering.gather(value, places, axis=axis)


def clipped(places: Any, last: Any) -> Any:
    zero = constant(0, places.dtype)
    inside: Any = indexing.where(basic.greater(places, last), last, places)
    return indexing.where(basic.less(places, zero), zero, inside)


@library
def take_along_axis(arr: Any, indices: Any, axis: Any) -> Any:
    """The elements at `indices`, which differ along every other axis too; those below 0 count from the end."""
    value, places = as_tensor(arr), as_tensor(indices)
    if axis is None:
        value, axis = ravel(value), 0
    axis = axis % value.ndim
    places = indexing.where(places < 0, places + constant(value.dims[axis], places.dtype), places)
    common = list(np.broadcast_shapes(outside(value, axis), outside(places, axis)))
    value, places = (basic.broadcast_to(v, [*common[:axis], v.dims[axis], *common[axis + 1 :]]) for v in (value, places))
    return sorting.take_along(value, places, axis)


def outside(value: Tensor, axis: int) -> tuple[int, ...]:
    dims = tuple(value.dims)
    return (*dims[:axis], 1, *dims[axis + 1 :])


@library
def compress(condition: Any, a: Any, axis: Any = None) -> Any:
    """The slices along an axis where the condition, which may be short, holds."""
    value = as_tensor(a)
    value, axis = (ravel(value), 0) if axis is None else (value, axis)
    places = np.flatnonzero(np.asarray(as_tensor(condition)))
    return gathering.gather(value, places, axis=axis)


@library
def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """x where the condition holds, y elsewhere; with the condition alone the places where it holds.

    Raises:
        ValueError: only one of x and y is given.
    """
    truth = basic.cast(as_tensor(condition), bool)
    if x is None and y is None:
        return nonzero(truth)
    if x is None or y is None:
        raise ValueError("tf.experimental.numpy.where: Both x and y must be ndarrays, or both must be None.")
    a, b = promoted(x, y)
    return indexing.where(truth, a, b)


@library
def nonzero(a: Any) -> list[Any]:
    """The places of the elements other than 0, one vector an axis."""
    value = atleast_1d(a)
    found = indexing.where(basic.cast(value, bool))
    return [found[:, i] for i in range(value.ndim)]


@library
def select(condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    """For each element the first choice whose condition holds.

    Raises:
        ValueError: lists of two lengths, or none at all.
    """
    if len(condlist) != len(choicelist) or not condlist:
        raise ValueError(
            f"tf.experimental.numpy.select: {len(condlist)} conditions and {len(choicelist)} choices; give as many of both, at least one."
        )
    *choices, out = promoted(*choicelist, default)
    for condition, choice in reversed(list(zip(condlist, choices, strict=True))):
        out = indexing.where(basic.cast(as_tensor(condition), bool), choice, out)
    return out


@library
def ix_(*args: Any) -> tuple[Any, ...]:
    """Vectors along one axis each, of booleans the places that are True."""
    out = []
    for i, value in enumerate(map(as_tensor, args)):
        if value.ndim != 1:
            raise ValueError(f"tf.experimental.numpy.ix_: argument {i} must be a vector, and its shape is {value.shape}.")
        value = nonzero(value)[0] if value.dtype.is_bool else value
        out.append(basic.reshape(value, [-1 if j == i else 1 for j in range(len(args))]))
    return tuple(out)


@library
def meshgrid(*xi: Any, **kwargs: Any) -> list[Any]:
    """Grids of the coordinates; `indexing="ij"` keeps the order of the axes. `sparse` and `copy` are accepted."""
    grids = [as_tensor(x) for x in xi]
    return list(pieces.meshgrid(*grids, indexing=kwargs.get("indexing", "xy")))


# -- diagonals --------------------------------------------------------------------------------------------------------
@library
def diag(v: Any, k: int = 0) -> Any:
    """A matrix with the given diagonal, or the diagonal of a matrix.

    Raises:
        ValueError: another rank.
    """
    value = as_tensor(v)
    if value.ndim not in (1, 2):
        raise ValueError(f"tf.experimental.numpy.diag: v has rank {value.ndim}; it takes 1 or 2.")
    return diagonals.diag(value, k=int(k)) if value.ndim == 1 else diagonal(value, int(k))


@library
def diagflat(v: Any, k: int = 0) -> Any:
    """A matrix with all elements on a diagonal."""
    return diag(ravel(v), k)


@library
def diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The diagonals of two axes, along a new last one."""
    value = as_tensor(a)
    return chosen(value, np.diagonal(positions(shape_of(value, "diagonal")), offset, axis1, axis2))


@library
def trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None) -> Any:
    """The sum of a diagonal."""
    return basic.reduce_sum(typed(diagonal(a, offset, axis1, axis2), dtype), -1)


def triangle(m: Any, k: Any, lower: bool) -> Any:
    value = as_tensor(m)
    rows, columns = value.dims[-2:]
    kept = constant(np.tri(rows, columns, k if lower else k - 1, dtype=bool))
    return indexing.where(kept if lower else logical_not(kept), value, constant(0, value.dtype))


@library
def tril(m: Any, k: int = 0) -> Any:
    """What stands on and below a diagonal, zeros elsewhere."""
    return triangle(m, k, True)


@library
def triu(m: Any, k: int = 0) -> Any:
    """What stands on and above a diagonal, zeros elsewhere."""
    return triangle(m, k, False)


def diag_indices(n: int, ndim: int = 2) -> tuple[Any, ...]:
    """The places of the main diagonal."""
    return (constant(np.arange(n)),) * ndim


@library
def diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    """The differences of neighbours, n times over.

    Raises:
        ValueError: a negative n, or rank 0.
    """
    value = as_tensor(a)
    if n < 0 or not value.ndim:
        raise ValueError(
            f"tf.experimental.numpy.diff: n is {n} and the rank {value.ndim}; n is at least 0 and the rank at least 1."
        )
    for _ in range(n):
        head, tail = between(value, axis, 1, None), between(value, axis, None, -1)
        value = basic.not_equal(head, tail) if value.dtype.is_bool else basic.subtract(head, tail)
    return value


def between(value: Tensor, axis: int, start: Any, stop: Any) -> Any:
    return value[tuple([slice(start, stop) if i == axis % value.ndim else slice(None) for i in range(value.ndim)])]
