"""Layer 2: order: sorting, the k largest, what is unique.

take_along and put_along are each other's adjoints; a sorted result is a take along its order, and so is its tangent.
NaN counts as the largest value. The order of equal values is that of their places.
"""

from __future__ import annotations

from math import prod
from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.dtypes import int16, int32, int64
from ..core.errors import invalid
from ..core.shapes import Dim, Spec, normalize_axis
from ..core.tensor import Tensor, to_tensor
from ._arguments import extent
from ._data import unknown_extent
from ._declare import ANY, FLOATS, NUMBERS, REALS, primitive, publish
from .basic import broadcast_to, less, less_equal, negative, reshape
from .pieces import index, move_axis
from .reduce import index_dtype, reduce_all
from .scan import widened


# -- taking along an axis -----------------------------------------------------------------------------------------
@primitive(dtypes=ANY)
def take_along(x, indices, *, axis):
    """x[..., indices[..., i, ...], ...] along an axis: both have the same shape elsewhere."""
    return np.take_along_axis(x, indices, axis)


@take_along.shape
def take_along_shape(x, indices, *, axis):
    return Spec(indices.shape, x.dtype)


@take_along.vjp("x")
def take_along_vjp(g, indices, x_shape, axis):
    return put_along(g, indices, size=x_shape[axis], axis=axis)


@take_along.jvp
def take_along_jvp(y, ts, x, indices, *, axis):
    return take_along(ts[0], indices, axis)


@take_along.batch
def take_along_batch(size, batched, x, indices, *, axis):
    return take_along(*repeated(size, batched, x, indices), axis + 1)


@primitive(dtypes=NUMBERS)
def put_along(x, indices, *, size, axis):
    """Zeros with x at these indices along an axis; no index comes twice."""
    out = np.zeros((*x.shape[:axis], size, *x.shape[axis + 1 :]), x.dtype)
    np.put_along_axis(out, indices, x, axis)
    return out


@put_along.shape
def put_along_shape(x, indices, *, size, axis):
    return Spec((*x.shape[:axis], size, *x.shape[axis + 1 :]), x.dtype)


@put_along.vjp("x")
def put_along_vjp(g, indices, axis):
    return take_along(g, indices, axis)


@put_along.jvp
def put_along_jvp(y, ts, x, indices, *, size, axis):
    return put_along(ts[0], indices, size, axis)


@put_along.batch
def put_along_batch(batch, batched, x, indices, *, size, axis):
    return put_along(*repeated(batch, batched, x, indices), size, axis + 1)


def repeated(size: int, batched: tuple[Any, ...], *args: Any) -> list[Any]:
    """Every argument with the batch in front."""
    return [x if is_batched else broadcast_to(x, (size, *x.dims)) for x, is_batched in zip(args, batched, strict=True)]


# -- sorting --------------------------------------------------------------------------------------------------------
def order_of(x: np.ndarray, axis: int, descending: bool) -> np.ndarray:
    """The stable order along an axis."""
    x = widened(x)
    if not descending:
        return x.argsort(axis, kind="stable")
    backwards = np.flip(x, axis).argsort(axis, kind="stable")
    return x.shape[axis] - 1 - np.flip(backwards, axis)


@primitive(dtypes=REALS, public=("values",))
def sort_along(x, *, axis, descending):
    """The values in order along an axis."""
    if not descending and x.dtype.kind != "V":
        return np.sort(x, axis)
    return np.take_along_axis(x, order_of(x, axis, descending), axis)


@primitive(differentiable=False, dtypes=REALS, public=("values",))
def argsort_along(x, *, axis, descending):
    """The indices that sort along an axis; equal values stay in place."""
    return order_of(x, axis, descending).astype(np.int32)


def sorts(primitive: Any, op: str, dtype: Any) -> None:
    """The facets of both."""
    primitive.canonical(lambda x, *, axis, descending: {"axis": normalize_axis(axis, x.ndim, op), "descending": descending})
    primitive.shape(lambda x, *, axis, descending: Spec(x.shape, dtype or x.dtype))
    primitive.batch(lambda size, batched, x, *, axis, descending: primitive.function(x, axis + 1, descending))


sorts(sort_along, "sort", None)
sorts(argsort_along, "argsort", np.int32)


@sort_along.vjp("x")
def sort_along_vjp(g, x, axis, descending):
    return put_along(g, argsort_along(x, axis, descending), size=x.dims[axis], axis=axis)


@sort_along.jvp
def sort_along_jvp(y, ts, x, *, axis, descending):
    return take_along(ts[0], argsort_along(x, axis, descending), axis)


# -- the k largest ----------------------------------------------------------------------------------------------------
@primitive(results=("values", "indices"), dtypes=REALS, public=("input",))
def largest(x, *, k, dtype):
    """The k largest values of the last axis and where they stand, largest first."""
    rows = x.reshape(prod(x.shape[:-1]), x.shape[-1])
    order = largest_first(rows, k).reshape(*x.shape[:-1], k)
    return np.take_along_axis(x, order, -1), order.astype(dtype)


def largest_first(rows: np.ndarray, k: int) -> np.ndarray:
    n = rows.shape[1]
    if n > 64 and 0 < k < n // 4:
        order = picked_first(widened(rows), k)
        if order is not None:
            return order
    return order_of(rows, 1, True)[:, :k]


def picked_first(rows: np.ndarray, k: int) -> np.ndarray | None:
    """The same without sorting all, where exactly k values of each row reach the k-th largest."""
    n = rows.shape[1]
    least = np.partition(rows, n - k, axis=1)[:, n - k, None]
    chosen = rows >= least
    if not (chosen.sum(1) == k).all():
        return None
    indices = chosen.nonzero()[1].reshape(-1, k)
    values = np.take_along_axis(rows, indices, 1)
    return np.take_along_axis(indices, order_of(values, 1, True), 1)


@largest.canonical
def largest_canonical(x, *, k, dtype):
    k = extent(k, "top_k", "k")
    if not x.ndim:
        raise invalid("top_k", f"top_k: input must have at least one axis, got shape {list(x.shape)}")
    if not isinstance(k, Dim) and k < 0:
        raise invalid("top_k", f"top_k: Need k >= 0, got {k}")
    return {"k": k, "dtype": dtype}


@largest.shape
def largest_shape(x, *, k, dtype):
    n = x.shape[-1]
    if not isinstance(n, Dim) and not isinstance(k, Dim) and k > n:
        raise invalid("top_k", f"top_k: input must have at least k columns. Had {n}, needed {k}")
    return Spec((*x.shape[:-1], k), x.dtype), Spec((*x.shape[:-1], k), dtype)


@largest.vjp("x")
def largest_vjp(g, indices, x_shape):
    return None if g[0] is None else put_along(g[0], indices, size=x_shape[-1], axis=len(x_shape) - 1)


@largest.jvp
def largest_jvp(y, ts, x, *, k, dtype):
    return take_along(ts[0], y[1], x.ndim - 1), None


@largest.batch
def largest_batch(size, batched, x, *, k, dtype):
    return largest(x, k, dtype)


@primitive(differentiable=False, dtypes=FLOATS, public=("predictions", "targets"))
def among_largest(x, targets, *, k):
    """For each row: is the target's value finite, and are fewer than k values larger?"""
    if targets.ndim != x.ndim - 1 or targets.shape != x.shape[:-1] or targets.dtype.kind not in "iu":
        raise ValueError("predictions need one axis more than the targets, which are integers")
    known = (targets >= 0) & (targets < x.shape[-1])
    at = np.take_along_axis(x, np.where(known, targets, 0)[..., None], -1)
    return known & np.isfinite(x).all(-1) & ((x > at).sum(-1) < k)


@among_largest.shape
def among_largest_shape(x, targets, *, k):
    if x.ndim != targets.ndim + 1:
        raise invalid(
            "in_top_k",
            f"in_top_k: targets need one axis less than the predictions, got shapes {list(x.shape)} and {list(targets.shape)}",
        )
    if x.shape[:-1] != targets.shape:
        raise invalid(
            "in_top_k", f"in_top_k: First dimension of predictions {x.shape[0]} must match length of targets {targets.shape[0]}"
        )
    return Spec(targets.shape, bool)


@among_largest.batch
def among_largest_batch(size, batched, x, targets, *, k):
    return among_largest(*repeated(size, batched, x, targets), k)


# -- what is unique ---------------------------------------------------------------------------------------------------
@primitive(results=("first", "number", "times"), differentiable=False, dtypes=ANY)
def distinct(x, *, dtype):
    """Of a vector: where each distinct value stands first, for each element the number of its value, how often each comes."""
    if x.ndim != 1:
        raise ValueError("unique expects a 1D vector")
    _, first, inverse, times = np.unique(widened(x), return_index=True, return_inverse=True, return_counts=True, equal_nan=False)
    order = first.argsort()
    rank = np.empty(len(order), dtype)
    rank[order] = np.arange(len(order), dtype=dtype)
    return first[order].astype(dtype), rank[inverse], times[order].astype(dtype)


@distinct.shape
def distinct_shape(x, *, dtype):
    if x.ndim != 1:
        raise invalid(
            "unique", f"unique: unique expects a 1D vector, got shape {list(x.shape)}; flatten it with tf.reshape(x, [-1])"
        )
    found = unknown_extent("unique")
    return Spec((found,), dtype), Spec(x.shape, dtype), Spec((found,), dtype)


@distinct.batch
def distinct_batch(size, batched, x, *, dtype):
    raise invalid("unique", "unique: inside vectorized_map the results would have different lengths; use tf.map_fn or a loop")


publish(globals())


# -- TensorFlow's functions ---------------------------------------------------------------------------------------------
class TopKV2(NamedTuple):
    values: Tensor
    indices: Tensor


class ApproxTopK(NamedTuple):
    values: Tensor
    indices: Tensor


class Unique(NamedTuple):
    y: Tensor
    idx: Tensor


class UniqueWithCounts(NamedTuple):
    y: Tensor
    idx: Tensor
    count: Tensor


def is_descending(direction: str, op: str) -> bool:
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(f"{op}: Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}")
    return direction == "DESCENDING"


@library
def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """The values in order along an axis; NaN counts as the largest.

    Raises:
        InvalidArgumentError: an axis that the values do not have.
        ValueError: a direction other than "ASCENDING" and "DESCENDING".

    >>> tf.sort(tf.constant([3, 1, 2]), direction="DESCENDING").numpy()
    array([3, 2, 1], dtype=int32)
    """
    if axis is None:
        raise ValueError(
            "sort: axis must be an integer, got None; flatten the values with tf.reshape(values, [-1]) to sort them all"
        )
    return sort_along(values, axis, is_descending(direction, "sort"))


@library
def argsort(values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: str | None = None) -> Tensor:
    """The indices that sort along an axis, as int32; always stable.

    Raises:
        InvalidArgumentError: an axis that the values do not have.
        ValueError: a direction other than "ASCENDING" and "DESCENDING".

    >>> tf.argsort(tf.constant([3, 1, 2])).numpy()
    array([1, 2, 0], dtype=int32)
    """
    if axis is None:
        raise ValueError("argsort: axis must be an integer, got None; flatten the values with tf.reshape(values, [-1])")
    return argsort_along(values, axis, is_descending(direction, "argsort"))


@library
def top_k(input: Any, k: Any = 1, sorted: bool = True, index_type: Any = int32, name: str | None = None) -> TopKV2:
    """The k largest entries of the last axis and their indices, largest first; of equal ones the lower index comes first.

    Raises:
        InvalidArgumentError: k larger than the last axis or negative, input of rank 0, an index_type other than int16, int32, int64.

    >>> values, indices = tf.math.top_k(tf.constant([1.0, 5.0, 3.0]), k=2)
    >>> values.numpy(), indices.numpy()
    (array([5., 3.], dtype=float32), array([1, 2], dtype=int32))
    """
    return TopKV2(*largest(input, k, index_dtype(index_type, (int16, int32, int64), "top_k", "index_type")))


@library
def approx_max_k(
    operand: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95, reduction_input_size_override: int = -1,
    aggregate_to_topk: bool = True, name: str | None = None,
) -> ApproxTopK:  # fmt: skip
    """The k largest entries along an axis and their indices: always the exact ones, so every recall_target is met.

    Raises:
        InvalidArgumentError: k larger than the axis or negative.

    >>> tf.math.approx_max_k(tf.constant([[1.0, 5.0, 3.0]]), k=2).values.numpy()
    array([[5., 3.]], dtype=float32)
    """
    x = to_tensor(operand)
    axis = normalize_axis(reduction_dimension, x.ndim, "approx_max_k")
    values, indices = largest(move_axis(x, axis, x.ndim - 1), k, np.dtype(np.int32))
    return ApproxTopK(move_axis(values, x.ndim - 1, axis), move_axis(indices, x.ndim - 1, axis))


@library
def approx_min_k(
    operand: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95, reduction_input_size_override: int = -1,
    aggregate_to_topk: bool = True, name: str | None = None,
) -> ApproxTopK:  # fmt: skip
    """The k smallest entries along an axis and their indices: always the exact ones, so every recall_target is met.

    Raises:
        InvalidArgumentError: k larger than the axis or negative.

    >>> tf.math.approx_min_k(tf.constant([[1.0, 5.0, 3.0]]), k=2).values.numpy()
    array([[1., 3.]], dtype=float32)
    """
    values, indices = approx_max_k(negative(operand), k, reduction_dimension)
    return ApproxTopK(negative(values), indices)


@library
def in_top_k(targets: Any, predictions: Any, k: Any, name: str | None = None) -> Tensor:
    """Is each target's prediction among the k largest of its row? Ties count; a row that is not all finite gives False.

    Raises:
        InvalidArgumentError: predictions that are not 2-dimensional or do not match the targets.

    >>> tf.math.in_top_k([1, 0], [[0.1, 0.7, 0.2], [0.1, 0.7, 0.2]], k=2).numpy()
    array([ True, False])
    """
    x = to_tensor(predictions)
    if x.ndim != 2:
        raise invalid("in_top_k", f"in_top_k: predictions must be 2-dimensional, got shape {list(x.shape)}")
    return among_largest(x, targets, extent(k, "in_top_k", "k"))


@library
def nth_element(input: Any, n: Any, reverse: bool = False, name: str | None = None) -> Tensor:
    """The n-th smallest (`reverse`: largest) value of the last axis, counted from 0.

    Raises:
        InvalidArgumentError: n outside the last axis, input of rank 0.

    >>> from gradtape.ops.sorting import nth_element
    >>> float(nth_element(tf.constant([3.0, 1.0, 2.0]), 1))
    2.0
    """
    x = to_tensor(input)
    n = extent(n, "nth_element", "n")
    if not x.ndim:
        raise invalid("nth_element", "nth_element: Input must be at least rank 1 but is rank 0")
    if n < 0 or (not isinstance(x.dims[-1], Dim) and n >= x.dims[-1]):
        raise invalid("nth_element", f"nth_element: Input must have last dimension > n = {n} >= 0, got shape {list(x.dims)}")
    return index(sort_along(x, -1, bool(reverse)), key=((None, None, 1),) * (x.ndim - 1) + (n,))


@library
def unique(x: Any, out_idx: Any = int32, name: str | None = None) -> Unique:
    """The distinct values of a vector in the order they first come in, and for each element the place of its value.

    The gradient of y flows to the first occurrences.

    Raises:
        InvalidArgumentError: x that is not a vector, an out_idx other than int32 and int64.

    >>> y, idx = tf.unique(tf.constant([7, 3, 7]))
    >>> y.numpy(), idx.numpy()
    (array([7, 3], dtype=int32), array([0, 1, 0], dtype=int32))
    """
    return Unique(*unique_with_counts(x, out_idx)[:2])


@library
def unique_with_counts(x: Any, out_idx: Any = int32, name: str | None = None) -> UniqueWithCounts:
    """The distinct values of a vector in the order they first come in, the place of each element's value, and the counts.

    Raises:
        InvalidArgumentError: x that is not a vector, an out_idx other than int32 and int64.

    >>> tf.unique_with_counts(tf.constant([7, 3, 7])).count.numpy()
    array([2, 1], dtype=int32)
    """
    x = to_tensor(x)
    first, number, times = distinct(x, index_dtype(out_idx, (int32, int64), "unique", "out_idx"))
    return UniqueWithCounts(take_along(x, first, 0), number, times)


def increasing(x: Any, relation: Any, op: str) -> Tensor:
    """Does the relation hold between all neighbours of the flattened tensor?"""
    x = to_tensor(x)
    if not x.dtype.is_numeric:
        raise TypeError(f"{op}: Expected x to be numeric, instead found: {x.dtype.name}")
    flat = reshape(x, (-1,))
    return reduce_all(relation(index(flat, key=((None, -1, 1),)), index(flat, key=((1, None, 1),))))


@library
def is_non_decreasing(x: Any, name: str | None = None) -> Tensor:
    """Is no element of the flattened tensor less than the one before it? True of nothing.

    Raises:
        TypeError: a dtype that is not numeric.

    >>> bool(tf.math.is_non_decreasing([1, 2, 2]))
    True
    """
    return increasing(x, less_equal, "is_non_decreasing")


@library
def is_strictly_increasing(x: Any, name: str | None = None) -> Tensor:
    """Is every element of the flattened tensor greater than the one before it? True of nothing.

    Raises:
        TypeError: a dtype that is not numeric.

    >>> bool(tf.math.is_strictly_increasing([1, 2, 2]))
    False
    """
    return increasing(x, less, "is_strictly_increasing")


__all__ = ["approx_max_k", "approx_min_k", "argsort", "in_top_k", "is_non_decreasing", "is_strictly_increasing", "nth_element",
           "put_along", "sort", "take_along", "top_k", "unique", "unique_with_counts"]  # fmt: skip
