"""Layer 2: gathering by indices and by index vectors.

The axes that index vectors name are merged into one, a vector becomes a row number (ravel_index), and gather_axis does the rest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Spec, product
from ..core.tensor import Tensor, tensor
from ._arguments import axis_for, operand, whole_number
from ._declare import INTEGERS, primitive, publish
from .basic import broadcast_to, permute, reshape
from .pieces import concatenate, gather_axis, move_axis, row_numbers


@primitive(differentiable=False, dtypes=INTEGERS)
def ravel_index(indices, *, dims, lenient=False):
    """The row number of each index vector (the last axis) in an array of these extents; lenient: one past the end where outside."""
    if dims and not lenient:
        try:
            return np.asarray(np.ravel_multi_index(tuple([indices[..., i] for i in range(len(dims))]), dims))
        except ValueError:  # it finds the range violated, but not where
            pass
    outside = ((indices < 0) | (indices >= np.array(dims, np.int64))).any(-1)
    numbers = np.asarray(indices.astype(np.int64) @ np.array([product(dims[i + 1 :]) for i in range(len(dims))], np.int64))
    if not outside.any():
        return numbers
    if lenient:
        return np.where(outside, product(dims), numbers)
    where = np.argwhere(outside)[0]
    at = f"[{', '.join(map(str, where))}]" if where.size else ""
    raise invalid("gather_nd", f"indices{at} = {indices[tuple(where)].tolist()} does not index into shape {list(dims)}")


@ravel_index.shape
def ravel_index_shape(indices, *, dims, lenient):
    return Spec(indices.shape[:-1], np.int64)


@ravel_index.batch
def ravel_index_batch(size, batched, indices, *, dims, lenient):
    return ravel_index(indices, dims=dims, lenient=lenient)


publish(globals())


def zero_like(x: Any) -> Tensor:
    return tensor(np.zeros((), x.dtype.numpy_dtype))


@library
def gather(
    params: Any,
    indices: Any,
    validate_indices: bool | None = None,
    axis: Any = None,
    batch_dims: int = 0,
    name: str | None = None,
) -> Tensor:
    """Slices of `params` along an axis, one for each index.

    Args:
        axis: the axis that is indexed; `batch_dims`, where nothing is said.
        batch_dims: so many leading axes go in step in `params` and `indices`.

    The gradient for a variable on axis 0 is an IndexedSlices: only the rows that were used.

    Raises:
        InvalidArgumentError: an index outside, indices that are no integers, no such axis.

    >>> tf.gather(tf.constant([10, 20, 30]), [2, 0, 2]).numpy()
    array([30, 10, 30], dtype=int32)
    """
    x, i = operand(params), operand(indices)
    if not batch_dims and axis is None and x.ndim:
        return gather_axis(x, i)
    if not x.ndim:
        raise invalid("gather", "gather: params must be at least 1 dimensional")
    batch = leading(whole_number(batch_dims, "gather", "batch_dims"), i.ndim)
    place = axis_for(batch if axis is None else axis, x.ndim, "gather")
    if not batch:
        return gather_axis(x, i, place)
    if place < batch:
        raise invalid("gather", f"gather: axis {place} must not be less than batch_dims {batch}")
    return gather_in_step(x, i, place, batch)


def leading(batch_dims: int, rank: int) -> int:
    if not -rank <= batch_dims <= rank:
        raise invalid("gather", f"gather: batch_dims must be in [{-rank}, {rank}], the rank of indices, got {batch_dims}")
    return batch_dims + rank if batch_dims < 0 else batch_dims


def gather_in_step(x: Any, indices: Any, axis: int, batch: int) -> Tensor:
    """gather where `batch` leading axes go in step: they and the axis are merged, so that it is a gather of rows."""
    for k in range(batch):
        if x.dims[k] != indices.dims[k]:
            raise invalid(
                "gather", f"gather: params.shape[{k}]: {x.dims[k]} should be equal to indices.shape[{k}]: {indices.dims[k]}"
            )
    lead, own = x.dims[:batch], indices.dims[batch:]
    x = move_axis(x, axis, batch)
    size, n, rest = product(lead), x.dims[batch], x.dims[batch + 1 :]
    rows = gather_axis(reshape(x, (size * n, *rest)), row_numbers(reshape(indices, (size, *own)), rows=n))
    out = reshape(rows, (*lead, *own, *rest))
    between = axis - batch
    k = batch + len(own)
    return (
        permute(out, (*range(batch), *range(k, k + between), *range(batch, k), *range(k + between, out.ndim))) if between else out
    )


@library
def gather_nd(params: Any, indices: Any, batch_dims: int = 0, name: str | None = None, bad_indices_policy: str = "") -> Tensor:
    """Slices of `params` at index vectors, which stand along the last axis of `indices`.

    Args:
        batch_dims: so many leading axes go in step in `params` and `indices`.
        bad_indices_policy: "IGNORE" gives zeros for indices outside; else they are an error.

    Raises:
        InvalidArgumentError: an index outside, longer index vectors than params has axes.

    >>> tf.gather_nd(tf.constant([[1, 2], [3, 4]]), [[0, 1], [1, 0]]).numpy()
    array([2, 3], dtype=int32)
    """
    x, i = operand(params), integer_indices(indices, "gather_nd")
    batch = whole_number(batch_dims, "gather_nd", "batch_dims")
    if not i.ndim:
        raise invalid("gather_nd", "gather_nd: indices must be at least a vector")
    if not 0 <= batch < i.ndim:
        raise ValueError(f"gather_nd: Argument `batch_dims` = {batch} must be less than rank(`indices`) = {i.ndim}")
    depth = i.dims[-1]
    if depth > x.ndim - batch:
        raise invalid(
            "gather_nd", f"gather_nd: index innermost dimension length must be <= params rank; saw: {depth} vs. {x.ndim - batch}"
        )
    dims = x.dims[batch : batch + depth]
    if bad_indices_policy == "IGNORE":
        return gather_lenient(x, i, dims, batch)
    numbers = ravel_index(i, dims=dims)
    if not batch:
        return gather_axis(merged(x, depth), numbers)
    return gather_in_step(reshape(x, (*x.dims[:batch], product(dims), *x.dims[batch + depth :])), numbers, batch, batch)


def gather_lenient(x: Any, i: Any, dims: tuple[Any, ...], batch: int) -> Tensor:
    """One more row, of zeros, for the indices outside."""
    flat = reshape(x, (*x.dims[:batch], product(dims), *x.dims[batch + len(dims) :]))
    extra = broadcast_to(zero_like(x), (*flat.dims[:batch], 1, *flat.dims[batch + 1 :]))
    numbers = ravel_index(i, dims=dims, lenient=True)
    return gather_in_step(concatenate(flat, extra, axis=batch), numbers, batch, batch)


def merged(x: Any, depth: int) -> Any:
    """The first `depth` axes as one."""
    return x if depth == 1 else reshape(x, (product(x.dims[:depth]), *x.dims[depth:]))


def integer_indices(indices: Any, op: str) -> Any:
    i = operand(indices)
    if not i.dtype.is_integer:
        raise invalid(op, f"{op}: indices must be integers (int16, int32, int64), not {i.dtype.name}")
    return i


__all__ = ["gather", "gather_nd", "integer_indices", "ravel_index", "zero_like"]
