"""Layer 2: scattering: values put, added or compared at rows that indices name.

Everything runs on rows: the axes that index vectors name are merged into one. scatter_rows is the adjoint of gather_axis; put_rows
replaces rows, max_rows and min_rows compare them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, Spec, product
from ..core.tensor import Tensor, tensor, to_tensor
from ._arguments import extents, operand
from ._declare import ANY, INTEGERS, REALS, primitive, publish
from .basic import add, broadcast_to, cast, divide, equal, multiply, not_equal, reshape, select, subtract
from .gathering import integer_indices, ravel_index, zero_like
from .pieces import check_range, concatenate, gather_axis, index, row_numbers, scatter_rows, zeros_for


@primitive(differentiable=False, dtypes=INTEGERS)
def last_of_each(indices, *, size):
    """Is this the last place that names its row?  (The one that wins where rows are replaced.)"""
    flat = indices.reshape(-1)
    places = np.arange(flat.size)
    last = np.empty(size, np.int64)
    last[flat] = places
    return (last[flat] == places).reshape(indices.shape)


@last_of_each.shape
def last_of_each_shape(indices, *, size):
    return Spec(indices.shape, np.dtype(bool))


@last_of_each.batch
def last_of_each_batch(batch, batched, indices, *, size):
    return last_of_each(row_numbers(indices, rows=size), size=batch * size)


# -- rows replaced ------------------------------------------------------------------------------------------------
@primitive(dtypes=ANY, same=("x", "values"))
def put_rows(x, indices, values):
    """x with these values as its rows at the indices; where an index comes twice, the last counts."""
    check_range(indices, x.shape[0], "scatter")
    out = x.copy()
    out[indices] = values
    return out


@put_rows.shape
def put_rows_shape(x, indices, values):
    return Spec(x.shape, x.dtype)


@put_rows.vjp("x")
def put_rows_vjp_x(g, indices, values_shape):
    return put_rows(g, indices, broadcast_to(zero_like(g), values_shape))


@put_rows.vjp("values")
def put_rows_vjp_values(g, indices, x_shape):
    return chosen(last_of_each(indices, size=x_shape[0]), gather_axis(g, indices))


@put_rows.jvp
def put_rows_jvp(y, ts, x, indices, values):
    tx, tv = (zeros_for(v) if t is None else t for t, v in ((ts[0], x), (ts[2], values)))
    return put_rows(tx, indices, tv)


@put_rows.batch
def put_rows_batch(size, batched, x, indices, values):
    return over_batches(put_rows, size, batched, x, indices, values)


def over_batches(operation: Any, size: int, batched: tuple[Any, ...], x: Any, indices: Any, values: Any) -> Any:
    """The samples' rows laid end to end."""
    x, indices, values = (
        a if b else broadcast_to(a, (size, *a.dims)) for a, b in zip((x, indices, values), batched, strict=True)
    )
    rows = x.dims[1]
    flat = operation(reshape(x, (size * rows, *x.dims[2:])), row_numbers(indices, rows=rows), values)
    return reshape(flat, x.dims)


def chosen(mask: Any, rows: Any) -> Any:
    """The rows where the mask holds, else zeros."""
    return select(reshape(mask, (*mask.dims, *(1,) * (rows.ndim - mask.ndim))), rows, zero_like(rows))


# -- rows compared: a tie shares the gradient equally -------------------------------------------------------------------
def extreme_rows(name: str, ufunc: np.ufunc, what: str) -> Any:
    def kernel(x, indices, values):
        out = x.copy()
        ufunc.at(out, indices, values)
        return out

    kernel.__name__, kernel.__doc__ = name, f"x with its rows at the indices replaced by the {what} of them and these values."
    operation = primitive(kernel, dtypes=REALS, same=("x", "values"))

    @operation.shape
    def shape(x, indices, values):
        return Spec(x.shape, x.dtype)

    @operation.vjp()
    def vjp(g, y, x, indices, values):
        winner, rivals, ties = shares(g.dtype, y, x, indices, values)
        share = divide(g, ties)
        return multiply(share, winner), None, multiply(gather_axis(share, indices), rivals)

    @operation.jvp
    def jvp(y, ts, x, indices, values):
        winner, rivals, ties = shares(y.dtype, y, x, indices, values)
        parts = [] if ts[0] is None else [multiply(ts[0], winner)]
        parts += [] if ts[2] is None else [scatter_rows(multiply(ts[2], rivals), indices, size=x.dims[0])]
        return divide(parts[0] if len(parts) == 1 else add(*parts), ties)

    @operation.batch
    def batch(size, batched, x, indices, values):
        return over_batches(operation, size, batched, x, indices, values)

    return operation


def shares(dtype: Any, y: Any, x: Any, indices: Any, values: Any) -> tuple[Any, ...]:
    """Who attains the result: x, the values, and how many do in all."""
    winner = cast(equal(x, y), dtype)
    rivals = cast(equal(values, gather_axis(y, indices)), dtype)
    return winner, rivals, add(winner, scatter_rows(rivals, indices, size=x.dims[0]))


max_rows = extreme_rows("max_rows", np.maximum, "greatest")
min_rows = extreme_rows("min_rows", np.minimum, "least")

publish(globals())


# -- scatter ------------------------------------------------------------------------------------------------------
@library
def scatter_nd(indices: Any, updates: Any, shape: Any, bad_indices_policy: str = "", name: str | None = None) -> Tensor:
    """Zeros of this shape to which each update is added at its index vector (the last axis of `indices`).

    Raises:
        InvalidArgumentError: an index outside, updates of another shape than indices and shape ask for.

    >>> tf.scatter_nd([[1], [3], [1]], [9, 10, 11], [5]).numpy()
    array([ 0, 20,  0, 10,  0], dtype=int32)
    """
    dims = extents(shape, "scatter_nd", "shape")
    if any(not isinstance(n, Dim) and n < 0 for n in dims):
        raise invalid("scatter_nd", f"scatter_nd: Dimension {min(dims)} must be >= 0 in shape {list(dims)}")
    i, u = integer_indices(indices, "scatter_nd"), operand(updates)
    depth = fitted("scatter_nd", dims, i, u)
    lenient = bad_indices_policy == "IGNORE"
    size = product(dims[:depth])
    numbers = ravel_index(i, dims=dims[:depth], lenient=lenient)
    rows = scatter_rows(cast(u, np.int32) if u.dtype.is_bool else u, numbers, size=size + lenient)
    if lenient:
        rows = index(rows, ((None, size, 1),))
    out = reshape(rows, dims)
    return not_equal(out, 0) if u.dtype.is_bool else out


def fitted(op: str, dims: tuple[Any, ...], i: Any, u: Any) -> int:
    """How many axes an index vector names; updates must have the shape that is left."""
    if not i.ndim or not u.ndim:
        raise invalid(op, f"{op}: indices and updates must have rank at least one. Found: {list(i.dims)} and {list(u.dims)}")
    depth = i.dims[-1]
    wanted = (*i.dims[:-1], *dims[depth:])
    if depth > len(dims) or len(u.dims) != len(wanted) or any(a != b for a, b in zip(u.dims, wanted, strict=True)):
        raise invalid(
            op,
            f"{op}: updates must have the shape indices.shape[:-1] + shape[indices.shape[-1]:], but indices are {list(i.dims)}, "
            f"the shape is {list(dims)}, and updates are {list(u.dims)}",
        )
    return depth


def on_rows(op: str, operation: Any) -> Any:
    """operation(rows, numbers, updates) as tensor_scatter_nd_*."""

    def function(tensor: Any, indices: Any, updates: Any, policy: str = "") -> Tensor:
        x, i = operand(tensor), integer_indices(indices, op)
        u = operand(updates) if isinstance(updates, Tensor) else to_tensor(updates, x.dtype.numpy_dtype)
        depth = fitted(op, x.dims, i, u)
        rows = reshape(x, (product(x.dims[:depth]), *x.dims[depth:]))
        if policy != "IGNORE":
            return reshape(operation(rows, ravel_index(i, dims=x.dims[:depth]), u), x.dims)
        size = rows.dims[0]
        longer = concatenate(rows, broadcast_to(zero_like(x), (1, *rows.dims[1:])), axis=0)
        out = operation(longer, ravel_index(i, dims=x.dims[:depth], lenient=True), u)
        return reshape(index(out, ((None, size, 1),)), x.dims)

    return function


def added(x: Any, numbers: Any, updates: Any) -> Any:
    return add(x, scatter_rows(updates, numbers, size=x.dims[0]))


def subtracted(x: Any, numbers: Any, updates: Any) -> Any:
    return subtract(x, scatter_rows(updates, numbers, size=x.dims[0]))


scatter_add, scatter_sub = on_rows("tensor_scatter_nd_add", added), on_rows("tensor_scatter_nd_sub", subtracted)
scatter_max, scatter_min = on_rows("tensor_scatter_nd_max", max_rows), on_rows("tensor_scatter_nd_min", min_rows)
scatter_update = on_rows("tensor_scatter_nd_update", put_rows)


@library
def tensor_scatter_nd_add(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """The tensor with each update added at its index vector (the last axis of `indices`).

    Raises:
        InvalidArgumentError: an index outside, updates of another shape than indices and tensor ask for.

    >>> tf.tensor_scatter_nd_add(tf.constant([1, 1, 1]), [[0], [2], [0]], [1, 2, 3]).numpy()
    array([5, 1, 3], dtype=int32)
    """
    return scatter_add(tensor, indices, updates, bad_indices_policy)


@library
def tensor_scatter_nd_sub(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """The tensor with each update subtracted at its index vector, as tensor_scatter_nd_add.

    >>> tf.tensor_scatter_nd_sub(tf.constant([1, 1, 1]), [[0], [2]], [1, 2]).numpy()
    array([ 0,  1, -1], dtype=int32)
    """
    return scatter_sub(tensor, indices, updates, bad_indices_policy)


@library
def tensor_scatter_nd_max(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """The tensor with the greater of itself and each update at its index vector; those that attain it share the gradient.

    >>> tf.tensor_scatter_nd_max(tf.constant([1, 1, 1]), [[0], [2]], [0, 2]).numpy()
    array([1, 1, 2], dtype=int32)
    """
    return scatter_max(tensor, indices, updates, bad_indices_policy)


@library
def tensor_scatter_nd_min(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """The tensor with the lesser of itself and each update at its index vector; those that attain it share the gradient.

    >>> tf.tensor_scatter_nd_min(tf.constant([1, 1, 1]), [[0], [2]], [0, 2]).numpy()
    array([0, 1, 1], dtype=int32)
    """
    return scatter_min(tensor, indices, updates, bad_indices_policy)


@library
def tensor_scatter_nd_update(tensor: Any, indices: Any, updates: Any, name: str | None = None) -> Tensor:
    """The tensor with each update in place of what was at its index vector; the last of equal indices counts.

    >>> tf.tensor_scatter_nd_update(tf.constant([1, 1, 1]), [[0], [2]], [5, 6]).numpy()
    array([5, 1, 6], dtype=int32)
    """
    return scatter_update(tensor, indices, updates)


# -- partition and stitch ---------------------------------------------------------------------------------------------
@library
def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: str | None = None) -> list[Tensor]:
    """The slices of `data` sorted into `num_partitions` tensors by their numbers.

    Raises:
        InvalidArgumentError: a number outside, a shape of partitions that does not begin data's.

    >>> [t.numpy().tolist() for t in tf.dynamic_partition([10, 20, 30], [0, 1, 0], 2)]
    [[10, 30], [20]]
    """
    x = operand(data)
    numbers = np.asarray(operand(partitions) if isinstance(partitions, Tensor) else to_tensor(partitions, np.dtype(np.int32)))
    if not 1 <= num_partitions < 1 << 31:
        raise invalid(
            "dynamic_partition", f"dynamic_partition: num_partitions must be at least 1 and fit int32, got {num_partitions}"
        )
    if numbers.dtype.kind not in "iu" or x.dims[: numbers.ndim] != numbers.shape:
        raise invalid(
            "dynamic_partition",
            f"dynamic_partition: data.shape must start with partitions.shape (integers), got data.shape = "
            f"{list(x.dims)}, partitions.shape = {list(numbers.shape)} of {numbers.dtype}",
        )
    outside = np.argwhere((numbers < 0) | (numbers >= num_partitions))
    if outside.size:
        at = tuple(outside[0])
        raise invalid(
            "dynamic_partition",
            f"dynamic_partition: partitions{list(map(int, at))} = {numbers[at]} is not in [0, {num_partitions})",
        )
    rows = reshape(x, (numbers.size, *x.dims[numbers.ndim :]))
    flat = numbers.reshape(-1)
    return [gather_axis(rows, tensor(np.flatnonzero(flat == k))) for k in range(num_partitions)]


@library
def dynamic_stitch(indices: Any, data: Any, name: str | None = None) -> Tensor:
    """The inverse of dynamic_partition: `result[indices[m][i]] = data[m][i]`; the last of equal indices counts.

    Raises:
        ValueError: as many indices as data are not given.
        InvalidArgumentError: a negative index, data that does not begin with the shape of its indices.

    >>> tf.dynamic_stitch([[0, 2], [1]], [[10, 30], [20]]).numpy()
    array([10, 20, 30], dtype=int32)
    """
    if len(indices) != len(data):
        raise ValueError(
            f"dynamic_stitch: List argument 'data' with length {len(data)} must match length {len(indices)} of 'indices'."
        )
    if not len(data):
        raise invalid("dynamic_stitch", "dynamic_stitch: there must be at least one tensor to stitch")
    numbers, values = [np.asarray(integer_indices(i, "dynamic_stitch")) for i in indices], [operand(d) for d in data]
    rest = values[0].dims[numbers[0].ndim :]
    for k, (i, x) in enumerate(zip(numbers, values, strict=True)):
        if x.dims != (*i.shape, *rest):
            raise invalid(
                "dynamic_stitch",
                f"dynamic_stitch: data[{k}].shape = {list(x.dims)} does not start with indices[{k}].shape = "
                f"{list(i.shape)}, or does not go on with {list(rest)}",
            )
    flat = np.concatenate([i.reshape(-1) for i in numbers])
    if flat.size and flat.min() < 0:
        raise invalid("dynamic_stitch", f"dynamic_stitch: the index {flat.min()} is out of range")
    rows = concatenate(*(reshape(x, (i.size, *rest)) for i, x in zip(numbers, values, strict=True)), axis=0)
    start = broadcast_to(zero_like(rows), (int(flat.max()) + 1 if flat.size else 0, *rest))
    return put_rows(start, tensor(flat), rows)


__all__ = ["added", "dynamic_partition", "dynamic_stitch", "fitted", "max_rows", "min_rows", "put_rows", "scatter_nd", "subtracted",
           "tensor_scatter_nd_add", "tensor_scatter_nd_max", "tensor_scatter_nd_min", "tensor_scatter_nd_sub",
           "tensor_scatter_nd_update"]  # fmt: skip
