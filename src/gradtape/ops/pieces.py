"""Layer 1: taking pieces and putting them together: basic indexing, gather, concatenation.  Closed under both modes.

embed is the adjoint of index, scatter_rows that of gather, and concat is a sum of embeds: the rules below restate that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import Dim, Spec, normalize_axis, product
from ..core.tensor import SEQUENCES, Tensor, is_tensor, tensor, to_tensor
from ._declare import ANY, INTEGERS, NUMBERS, primitive, publish
from .basic import add, align, broadcast_to, cast, fill_like, permute, reshape

# -- basic indexing: a key holds ints, None (a new axis) and (start, stop, step), which mean what they mean to Python ----------------
FULL = (None, None, 1)  # a whole axis


@lru_cache(4096)
def to_slices(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """The key as NumPy takes it; with `...` at its end a result of rank 0 stays an array."""
    return (*(slice(*k) if type(k) is tuple else k for k in key), ...)


@primitive(label="strided_slice", linear="all", dtypes=ANY, depth=2)
def index(x, *, key):
    """x[key] for a key in canonical form; `x[...]` makes one."""
    return x[key[0], ...] if len(key) == 1 and type(key[0]) is int else x[to_slices(key)]


@index.shape
def index_shape(x, *, key):
    dims, axis = [], 0
    for k in key:
        if k is None:
            dims.append(1)
            continue
        n = named_extent(x.shape, axis)
        if type(k) is tuple:
            start, stop, step = k
            dims.append(slice_extent(n, start, stop, step, axis))
        elif not isinstance(n, Dim) and not -n <= k < n:
            raise invalid("strided_slice", f"slice index {k} of dimension {axis} out of bounds: the extent is {n}")
        axis += 1
    return Spec((*dims, *x.shape[axis:]), x.dtype)


def named_extent(shape: tuple[Any, ...], axis: int) -> Any:
    if axis < len(shape):
        return shape[axis]
    if not shape:
        raise invalid("strided_slice", "Attempting to slice scalar input.")
    raise invalid("strided_slice", f"Index out of range using input dim {axis}; input has only {len(shape)} dims")


def slice_extent(n: Any, start: Any, stop: Any, step: Any, axis: int) -> Any:
    """How many elements a slice of an axis of extent n has."""
    if step == 0:
        raise invalid("strided_slice", f"strides[{axis}] must be non-zero")
    if start is None and stop is None and step in (1, -1):
        return n
    if not isinstance(n, Dim):
        return len(range(*slice(start, stop, step).indices(n)))
    first = (0 if step > 0 else n - 1) if start is None else start if start >= 0 else n + start
    last = (n if step > 0 else -1) if stop is None else stop if stop >= 0 else n + stop
    return (last - first + step - (1 if step > 0 else -1)) // step


@index.vjp("x")
def index_vjp(g, x_shape, key):
    return embed(g, key=key, shape=x_shape)


@index.batch
def index_batch(size, batched, x, *, key):
    return index(x, key=(FULL, *key))


@primitive(linear="all", dtypes=ANY)
def embed(x, *, key, shape):
    """Zeros of this shape with x at [key]."""
    out = np.zeros(shape, x.dtype)
    out[to_slices(key)] = x
    return out


@embed.shape
def embed_shape(x, *, key, shape):
    return Spec(shape, x.dtype)


@embed.vjp("x")
def embed_vjp(g, key):
    return index(g, key=key)


@embed.batch
def embed_batch(size, batched, x, *, key, shape):
    return embed(x, key=(FULL, *key), shape=(size, *shape))


# -- gather and scatter_rows ------------------------------------------------------------------------------------
def check_range(indices: np.ndarray, n: int, op: str) -> None:
    if indices.dtype.kind not in "iu":
        raise TypeError(f"{op}: indices must be integers, got {indices.dtype}")
    if indices.size and (np.minimum.reduce(indices, axis=None) < 0 or np.maximum.reduce(indices, axis=None) >= n):
        where = np.argwhere((indices < 0) | (indices >= n))[0].tolist()
        at = f"[{', '.join(map(str, where))}]" if where else ""
        raise invalid(op, f"{op}: indices{at} = {indices[tuple(where)]} is not in [0, {n})")


@primitive(label="gather", dtypes=ANY, public=("params", "indices"))
def gather_axis(x, indices, *, axis=0):
    """Slices of x along an axis, one for each index."""
    if not indices.ndim or indices.dtype.kind not in "iu":
        check_range(indices, x.shape[axis], "gather")
        return x[(*(slice(None),) * axis, int(indices), ...)]
    try:
        if not indices.size or np.minimum.reduce(indices, axis=None) >= 0:
            return x.take(indices, axis)
    except IndexError:  # take looks at the upper bound itself
        pass
    check_range(indices, x.shape[axis], "gather")
    raise TypeError("indices")


@gather_axis.shape
def gather_axis_shape(x, indices, *, axis):
    return Spec(x.shape[:axis] + indices.shape + x.shape[axis + 1 :], x.dtype)


@gather_axis.vjp("x")
def gather_axis_vjp(g, indices, x_shape, axis):
    if axis:
        return scatter_rows(g, indices, size=x_shape[axis], axis=axis)
    rows = product(indices.dims)
    return IndexedSlices(reshape(g, (rows, *x_shape[1:])), reshape(indices, (rows,)), x_shape)


@gather_axis.jvp
def gather_axis_jvp(y, ts, x, indices, *, axis):
    return gather_axis(ts[0], indices, axis)


@gather_axis.batch
def gather_axis_batch(size, batched, x, indices, *, axis):
    if not batched[1]:
        return gather_axis(x, indices, axis + 1)
    if not batched[0]:
        return move_axis(gather_axis(x, indices, axis), axis, 0)
    merged = merge_front(move_axis(x, axis + 1, 1))  # (size * n, before..., after...)
    rows = gather_axis(merged, row_numbers(indices, rows=x.dims[axis + 1]))
    return spread_axes(rows, 1, indices.ndim - 1, axis)


@primitive(dtypes=NUMBERS)
def scatter_rows(x, indices, *, size, axis=0):
    """Zeros with `size` slices along an axis, to which each slice of x is added at its index."""
    check_range(indices, size, "scatter")
    k = indices.ndim
    rows = x.transpose(*range(axis, axis + k), *range(axis), *range(axis + k, x.ndim)) if axis else x
    rows = rows.reshape(-1, *rows.shape[k:])
    out = add_rows(indices.reshape(-1), rows, size)
    return np.moveaxis(out, 0, axis) if axis else out


def add_rows(indices: np.ndarray, rows: np.ndarray, size: int) -> np.ndarray:
    """Sums of rows with equal indices: sorted first, so that each sum is one pass and always the same."""
    out = np.zeros((size, *rows.shape[1:]), rows.dtype)
    if indices.size < 16:
        np.add.at(out, indices, rows)
        return out
    order = indices.argsort(kind="stable")
    ordered = indices[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    starts = np.flatnonzero(first)
    if starts.size < FEW * indices.size:
        out[ordered[starts]] = np.add.reduceat(rows[order], starts, axis=0)
        return out
    out[ordered[starts]] = rows[order[starts]]
    again = np.flatnonzero(~first)
    np.add.at(out, ordered[again], rows[order[again]])
    return out


FEW = 0.9  # where fewer of the indices than this differ, summing run by run is quicker


@scatter_rows.shape
def scatter_rows_shape(x, indices, *, size, axis):
    return Spec((*x.shape[:axis], size, *x.shape[axis + len(indices.shape) :]), x.dtype)


@scatter_rows.vjp("x")
def scatter_rows_vjp(g, indices, axis):
    return gather_axis(g, indices, axis)


@scatter_rows.jvp
def scatter_rows_jvp(y, ts, x, indices, *, size, axis):
    return scatter_rows(ts[0], indices, size=size, axis=axis)


@scatter_rows.batch
def scatter_rows_batch(batch, batched, x, indices, *, size, axis):
    if not batched[1]:
        return scatter_rows(x, indices, size=size, axis=axis + 1)
    if not batched[0]:
        x = broadcast_to(x, (batch, *x.dims))
    k = indices.ndim - 1
    front = permute(x, (0, *range(axis + 1, axis + 1 + k), *range(1, axis + 1), *range(axis + 1 + k, x.ndim)))
    flat = scatter_rows(front, row_numbers(indices, rows=size), size=batch * size)
    return move_axis(reshape(flat, (batch, size, *flat.dims[1:])), 1, axis + 1)


@primitive(differentiable=False, dtypes=INTEGERS)
def row_numbers(indices, *, rows, axis=0):
    """Indices into the rows of all samples laid end to end: along `axis`, each sample has `rows` rows of its own."""
    check_range(indices, rows, "gather")
    starts = np.arange(indices.shape[axis]) * rows
    return indices + starts.reshape(-1, *(1,) * (indices.ndim - 1 - axis))


@row_numbers.shape
def row_numbers_shape(indices, *, rows, axis):
    return Spec(indices.shape, np.int64)


@row_numbers.batch
def row_numbers_batch(size, batched, indices, *, rows, axis):
    return row_numbers(indices, rows=rows, axis=axis + 1)


def offset(indices: Any, batch: int, rows: int) -> Any:
    """The same without the check, for callers that have made their own."""
    dtype = indices.dtype.numpy_dtype
    starts = np.arange(batch, dtype=dtype).reshape(batch, *(1,) * (indices.ndim - 1)) * dtype.type(rows)
    return add(indices, tensor(starts.astype(dtype)))


def move_axis(x: Any, source: int, target: int) -> Any:
    """The axis `source` at place `target`, the others in order."""
    if source == target:
        return x
    rest = [i for i in range(x.ndim) if i != source]
    return permute(x, (*rest[:target], source, *rest[target:]))


def merge_front(x: Any) -> Any:
    return reshape(x, (x.dims[0] * x.dims[1], *x.dims[2:]))


def spread_axes(x: Any, start: int, count: int, shift: int) -> Any:
    """Move `count` axes that begin at `start` by `shift` places to the right."""
    block = list(range(start, start + count))
    rest = [i for i in range(x.ndim) if i not in block]
    return permute(x, (*rest[: start + shift], *block, *rest[start + shift :]))


# -- putting together -------------------------------------------------------------------------------------------
@primitive(label="concat", variadic=True, linear="all", dtypes=ANY, same=("values",))
def concatenate(*values, axis):
    """The values end to end along an existing axis."""
    return np.concatenate(values, axis)


@concatenate.shape
def concatenate_shape(*values, axis):
    first = values[0].shape
    for i, v in enumerate(values):
        same = len(v.shape) == len(first) and all(
            a == b for d, (a, b) in enumerate(zip(v.shape, first, strict=True)) if d != axis
        )
        if not same:
            raise invalid(
                "concat",
                f"concat: Dimensions of inputs should match except along axis {axis}: shape[0] = {list(first)} vs. "
                f"shape[{i}] = {list(v.shape)}",
            )
    return Spec((*first[:axis], sum(v.shape[axis] for v in values), *first[axis + 1 :]), values[0].dtype)


@concatenate.vjp()
def concatenate_vjp(g, values_shape, axis):
    out, start = [], 0
    for shape in values_shape:
        out.append(index(g, key=(FULL,) * axis + ((start, start + shape[axis], 1),)))
        start = start + shape[axis]
    return out


@concatenate.jvp
def concatenate_jvp(y, ts, *values, axis):
    return concatenate(*(zeros_for(v) if t is None else t for t, v in zip(ts, values, strict=True)), axis=axis)


@concatenate.batch
def concatenate_batch(size, batched, *values, axis):
    return concatenate(*lifted(size, batched, values), axis=axis + 1)


@primitive(label="stack", variadic=True, linear="all", dtypes=ANY, same=("values",))
def pack(*values, axis):
    """The values side by side along a new axis."""
    key = (slice(None),) * axis + (None,)
    return np.concatenate([v[key] for v in values], axis)


@pack.shape
def pack_shape(*values, axis):
    first = values[0].shape
    for i, v in enumerate(values):
        if v.shape != first:
            raise invalid(
                "stack",
                f"stack: Shapes of all inputs must match: values[0].shape = {list(first)} != values[{i}].shape = {list(v.shape)}",
            )
    return Spec((*first[:axis], len(values), *first[axis:]), values[0].dtype)


@pack.vjp()
def pack_vjp(g, values_shape, axis):
    return [index(g, key=(FULL,) * axis + (i,)) for i in range(len(values_shape))]


@pack.jvp
def pack_jvp(y, ts, *values, axis):
    return pack(*(zeros_for(v) if t is None else t for t, v in zip(ts, values, strict=True)), axis=axis)


@pack.batch
def pack_batch(size, batched, *values, axis):
    return pack(*lifted(size, batched, values), axis=axis + 1)


publish(globals())


def lifted(size: int, batched: tuple[Any, ...], values: tuple[Any, ...]) -> list[Any]:
    """Every value with the batch in front."""
    return [v if b else broadcast_to(v, (size, *v.dims)) for v, b in zip(values, batched, strict=True)]


def zeros_for(x: Any) -> Tensor:
    return fill_like(x, 0)


def expand_axis(x: Any, axis: int) -> Any:
    return reshape(x, (*x.dims[:axis], 1, *x.dims[axis:]))


def stack_values(values: list[Any], axis: int = 0) -> Any:
    """The values side by side along a new axis."""
    return pack(*values, axis=normalize_axis(axis, values[0].ndim + 1, "stack"))


def packed(values: Any, dtype: Any = None) -> Tensor:
    """A list that holds tensors as one tensor; its other entries take the dtype of the first of them."""
    own = first_dtype(values)
    out = stacked(values, own.numpy_dtype)
    return out if dtype is None else cast(out, dtype)


def stacked(values: Any, dtype: np.dtype) -> Tensor:
    if not values:
        return tensor(np.zeros(0, dtype))
    return stack_values([stacked(v, dtype) if isinstance(v, (list, tuple)) else to_tensor(v, dtype) for v in values])


def first_dtype(values: Any) -> Any:
    for v in values:
        found = first_dtype(v) if isinstance(v, (list, tuple)) else v.dtype if is_tensor(v) else None
        if found is not None:
            return found
    return None


SEQUENCES["pack"] = packed


def pick(x: Any, k: int) -> Any:
    """x[k] for a plain number."""
    return index(x, key=(k,))


__all__ = ["FULL", "align", "concatenate", "embed", "expand_axis", "gather_axis", "index", "lifted", "move_axis", "offset", "pack", "pick",
           "row_numbers", "scatter_rows", "stack_values", "zeros_for"]  # fmt: skip
