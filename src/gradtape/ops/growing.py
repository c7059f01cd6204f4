"""Layer 2: arrays whose length depends on values: room for one more row, the rows up to a count.

Both are linear in their array, and each other's adjoint but for zeros at the end.
"""

from __future__ import annotations

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Dim, Spec, unnamed
from ._declare import ANY, INTEGERS, primitive, publish
from .basic import broadcast_to
from .pieces import embed, index, move_axis


@primitive(ordered=True, differentiable=False, dtypes=INTEGERS)
def room(x, *, at):
    """An array without elements whose first extent is the element `at` of x: in a graph, the extent that data gives."""
    size = int(x.flat[at])
    if size < 0:
        raise invalid("shape", f"a shape must hold numbers that are not negative; the traced function computed {size}")
    return np.zeros((size, 0), bool)


@room.shape
def room_shape(x, *, at):
    return Spec((Dim(f"data{unnamed()}"), 0), np.dtype(bool))


@room.batch
def room_batch(size, batched, x, *, at):
    raise invalid("shape", "inside vectorized_map a shape cannot depend on the element: each could have another one")


@primitive(dtypes=ANY)
def grown(x, at):
    """x with zeros behind it, so that there is a row `at` (or each of several); its length doubles, as often as needed."""
    length, wanted = x.shape[0], int(at.max()) + 1
    if wanted <= length:
        return x.copy()
    capacity = max(length, 1)
    while capacity < wanted:
        capacity *= 2
    out = np.zeros((capacity, *x.shape[1:]), x.dtype)
    out[:length] = x
    return out


@grown.shape
def grown_shape(x, at):
    return Spec((Dim(f"grown{unnamed()}"), *x.shape[1:]), x.dtype)


@grown.vjp("x")
def grown_vjp(g, x_shape):
    return index(g, key=((0, x_shape[0], 1),))


@grown.jvp
def grown_jvp(y, ts, x, at):
    return None if ts[0] is None else shaped_like(ts[0], y)


@grown.batch
def grown_batch(size, batched, x, at):
    if not batched[0]:
        x = broadcast_to(x, (size, *x.dims))
    return move_axis(grown(move_axis(x, 1, 0), at), 1, 0)


@primitive(dtypes=ANY)
def leading_rows(x, count):
    """The first `count` rows of x; several counts must be equal."""
    first = int(count.flat[0])
    if (count != first).any():
        raise invalid("TensorArray.stack", "TensorArray.stack: inside vectorized_map all elements must have written as many")
    return x[:first].copy()


@leading_rows.shape
def leading_rows_shape(x, count):
    return Spec((Dim(f"rows{unnamed()}"), *x.shape[1:]), x.dtype)


@leading_rows.vjp("x")
def leading_rows_vjp(g, x_shape):
    return embed(g, key=((0, g.dims[0], 1),), shape=tuple(x_shape))


@leading_rows.jvp
def leading_rows_jvp(y, ts, x, count):
    return None if ts[0] is None else shaped_like(ts[0], y)


@leading_rows.batch
def leading_rows_batch(size, batched, x, count):
    if not batched[0]:
        x = broadcast_to(x, (size, *x.dims))
    return move_axis(leading_rows(move_axis(x, 1, 0), count), 1, 0)


@primitive(dtypes=ANY)
def shaped_like(x, like):
    """x in the shape of `like`, which has the same rank: what has no place is left out, zeros stand where nothing was."""
    if x.ndim != like.ndim:
        raise ValueError(f"the shape {list(x.shape)} does not become {list(like.shape)}")
    out = np.zeros(like.shape, x.dtype)
    common = tuple(map(slice, map(min, x.shape, like.shape)))
    out[common] = x[common]
    return out


@shaped_like.shape
def shaped_like_shape(x, like):
    return Spec(like.shape, x.dtype)


@shaped_like.vjp("x")
def shaped_like_vjp(g, x):
    return shaped_like(g, x)


@shaped_like.jvp
def shaped_like_jvp(y, ts, x, like):
    return None if ts[0] is None else shaped_like(ts[0], like)


@shaped_like.batch
def shaped_like_batch(size, batched, x, like):
    x, like = (a if b else broadcast_to(a, (size, *a.dims)) for a, b in zip((x, like), batched, strict=True))
    return shaped_like(x, like)


publish(globals())

__all__ = ["grown", "leading_rows", "shaped_like"]
