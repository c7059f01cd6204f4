"""Layer 2: reductions over segments: the rows that share an id.

segments_sum and rows_of_segments (the row of each id) are each other's adjoints. A num of None means sorted ids, as many
segments as the last id says; a negative id belongs to none.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import OF_NUMPY
from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor
from ._arguments import extent
from ._data import known_array, unknown_extent
from ._declare import NUMBERS, REALS, primitive, publish
from .basic import broadcast_to, cast, divide, equal, multiply, reshape, select, zmul
from .pieces import gather_axis, move_axis
from .reduce import highest, lowest, matches
from .scan import conjugate, linear_scan, narrowed, shift, wide_dtype
from .sorting import argsort_along, repeated

INDICES = frozenset(np.dtype(t) for t in ("i4", "i8"))


# -- kernels ----------------------------------------------------------------------------------------------------------
def segment_count(ids: np.ndarray, num: int | None) -> int:
    """How many segments there are; wrong ids are refused."""
    if ids.dtype not in INDICES:
        raise TypeError(f"segment_ids must be int32 or int64, got {ids.dtype}")
    if num is None:
        if ids.ndim != 1:
            raise ValueError("segment_ids should be a vector")
        return sorted_count(ids)
    if ids.size and ids.max() >= num:
        at = np.argwhere(ids >= num)[0].tolist()
        raise ValueError(f"segment_ids{at} = {ids[tuple(at)]} is out of range [0, {num})")
    return num


def sorted_count(ids: np.ndarray) -> int:
    """How many segments sorted ids have, of all rows together."""
    if not ids.size:
        return 0
    if (ids[..., 1:] < ids[..., :-1]).any():
        raise ValueError("segment ids are not increasing; sort them, or use tf.math.unsorted_segment_*")
    if ids.min() < 0:
        raise ValueError(f"segment id {ids.min()} is out of range: segment ids must be >= 0")
    return int(ids.max()) + 1


def reduced(ufunc: np.ufunc, data: np.ndarray, ids: np.ndarray, num: int | None, empty: Any) -> np.ndarray:
    """ufunc over the rows of each id; segments without rows are `empty`."""
    k = ids.ndim
    if data.shape[:k] != ids.shape:
        raise ValueError("data must start with the shape of segment_ids")
    dtype = wide_dtype(data.dtype)
    out = np.full((segment_count(ids, num), *data.shape[k:]), empty, dtype)
    rows, places = data.reshape(ids.size, *data.shape[k:]), ids.reshape(-1)
    if num is not None:
        order = places.argsort(kind="stable")
        order = order[np.searchsorted(places[order], 0) :]
        rows, places = rows[order], places[order]
    if places.size:
        starts = np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))
        out[places[starts]] = ufunc.reduceat(rows, starts, axis=0, dtype=dtype)
    return narrowed(out, data.dtype)


# -- facets that all have -----------------------------------------------------------------------------------------------
def segments_shape(kind: str) -> Any:
    def shape(data: Spec, segment_ids: Spec, *, num: Any, **_: Any) -> Spec:
        k = segment_ids.ndim
        op = f"segment_{kind}" if num is None else f"unsorted_segment_{kind}"
        if segment_ids.dtype not in INDICES:
            raise invalid(op, f"{op}: segment_ids must be int32 or int64, got {OF_NUMPY[segment_ids.dtype].name}")
        if num is None and k != 1:
            raise invalid(op, f"{op}: segment_ids should be a vector, got shape {list(segment_ids.shape)}")
        if data.shape[:k] != segment_ids.shape:
            raise invalid(
                op, f"{op}: data.shape = {list(data.shape)} does not start with segment_ids.shape = {list(segment_ids.shape)}"
            )
        return Spec((unknown_extent("segments") if num is None else num, *data.shape[k:]), data.dtype)

    return shape


def segments_batch(primitive: Any) -> Any:
    def batch(size: int, batched: tuple[Any, ...], data: Any, segment_ids: Any, *, num: Any, **rest: Any) -> Any:
        if not batched[1]:
            k = segment_ids.ndim
            return move_axis(primitive.function(move_axis(data, 0, k), segment_ids, num, **rest), 1, 0)
        data, segment_ids = repeated(size, batched, data, segment_ids)
        num = common_count(segment_ids) if num is None else num
        flat = primitive.function(data, end_to_end(segment_ids, num), num * size, **rest)
        return reshape(flat, (size, num, *flat.dims[1:]))

    return batch


def common_count(segment_ids: Any) -> int:
    """Enough segments for every sample of a map."""
    ids = known_array(segment_ids)
    if ids is None:
        raise ValueError(
            "segment_*: inside a map that is traced the number of segments is unknown; use tf.math.unsorted_segment_*"
        )
    try:
        return sorted_count(ids)
    except ValueError as error:
        raise invalid("segment", f"segment_*: {error}") from None


@primitive(differentiable=False, dtypes=INDICES)
def end_to_end(segment_ids, *, num, axis=0):
    """Ids into the segments of all samples (those of an axis) laid end to end; negative ones stay negative."""
    samples = np.arange(segment_ids.shape[axis]).reshape(-1, *(1,) * (segment_ids.ndim - 1 - axis))
    return np.where(segment_ids < 0, segment_ids, segment_ids + num * samples).astype(segment_ids.dtype)


@end_to_end.shape
def end_to_end_shape(segment_ids, *, num, axis):
    return segment_ids


@end_to_end.batch
def end_to_end_batch(size, batched, segment_ids, *, num, axis):
    return end_to_end(segment_ids, num, axis + 1)


def segmented(primitive: Any, kind: str) -> None:
    primitive.shape(segments_shape(kind))
    primitive.batch(segments_batch(primitive))


# -- sums ---------------------------------------------------------------------------------------------------------------
@primitive(dtypes=NUMBERS)
def segments_sum(data, segment_ids, *, num):
    """The sum of the rows of each id."""
    return reduced(np.add, data, segment_ids, num, 0)


segmented(segments_sum, "sum")


@segments_sum.vjp("data")
def segments_sum_vjp(g, segment_ids):
    return rows_of_segments(g, segment_ids)


@segments_sum.jvp
def segments_sum_jvp(y, ts, data, segment_ids, *, num):
    return segments_sum(ts[0], segment_ids, num)


@primitive(dtypes=NUMBERS)
def rows_of_segments(x, segment_ids):
    """The row of x at each id; zeros for negative ones."""
    absent = segment_ids < 0
    if not x.shape[0]:
        return np.zeros((*segment_ids.shape, *x.shape[1:]), x.dtype)
    out = np.asarray(x[np.where(absent, 0, segment_ids)])
    if absent.any():
        out = np.where(absent.reshape(*absent.shape, *(1,) * (x.ndim - 1)), x.dtype.type(0), out)
    return out


@rows_of_segments.shape
def rows_of_segments_shape(x, segment_ids):
    return Spec((*segment_ids.shape, *x.shape[1:]), x.dtype)


@rows_of_segments.vjp("x")
def rows_of_segments_vjp(g, segment_ids, x_shape):
    return segments_sum(g, segment_ids, x_shape[0])


@rows_of_segments.jvp
def rows_of_segments_jvp(y, ts, x, segment_ids):
    return rows_of_segments(ts[0], segment_ids)


@rows_of_segments.batch
def rows_of_segments_batch(size, batched, x, segment_ids):
    if not batched[1]:
        return move_axis(rows_of_segments(move_axis(x, 0, 1), segment_ids), segment_ids.ndim, 0)
    if not batched[0]:
        return rows_of_segments(x, segment_ids)
    rows = x.dims[1]
    return rows_of_segments(reshape(x, (size * rows, *x.dims[2:])), end_to_end(segment_ids, rows))


@primitive(differentiable=False, dtypes=INDICES)
def segment_sizes(segment_ids, *, num, dtype, root):
    """How many rows each id has, at least 1, as divisors; `root`: the square root of that."""
    found = segment_ids[segment_ids >= 0]
    sizes = np.maximum(np.bincount(found, minlength=segment_count(segment_ids, num)), 1)
    return (np.sqrt(sizes) if root else sizes).astype(dtype)


@segment_sizes.shape
def segment_sizes_shape(segment_ids, *, num, dtype, root):
    return Spec((unknown_extent("segments") if num is None else num,), dtype)


@segment_sizes.batch
def segment_sizes_batch(size, batched, segment_ids, *, num, dtype, root):
    num = common_count(segment_ids) if num is None else num
    return reshape(segment_sizes(end_to_end(segment_ids, num), num * size, dtype, root), (size, num))


# -- extremes: elements that tie share the gradient --------------------------------------------------------------------
@primitive(dtypes=REALS)
def segments_max(data, segment_ids, *, num, zero=False):
    """The largest of the rows of each id; of none the lowest finite number, or 0."""
    return reduced(np.maximum, data, segment_ids, num, 0 if zero else finite_limit(lowest(data.dtype), data.dtype))


@primitive(dtypes=REALS)
def segments_min(data, segment_ids, *, num, zero=False):
    """The smallest of the rows of each id; of none the highest finite number, or 0."""
    return reduced(np.minimum, data, segment_ids, num, 0 if zero else finite_limit(highest(data.dtype), data.dtype))


def finite_limit(limit: Any, dtype: np.dtype) -> Any:
    return limit if dtype.kind in "iu" else np.copysign(float(OF_NUMPY[dtype].max), limit)


segmented(segments_max, "max")
segmented(segments_min, "min")


def segment_extreme_vjp(g, data, segment_ids, y):
    return multiply(rows_of_segments(g, segment_ids), share_in_segment(data, segment_ids, y))


def segment_extreme_jvp(y, ts, data, segment_ids, *, num, zero):
    return segments_sum(multiply(ts[0], share_in_segment(data, segment_ids, y)), segment_ids, y.dims[0])


for extreme in (segments_max, segments_min):
    extreme.vjp("data")(segment_extreme_vjp)
    extreme.jvp(segment_extreme_jvp)


def share_in_segment(data: Any, segment_ids: Any, y: Any) -> Any:
    """1/n for the n elements that equal the extreme of their segment; 0 for rows of none."""
    chosen = cast(matches(data, rows_of_segments(y, segment_ids)), data.dtype)
    ties = rows_of_segments(segments_sum(chosen, segment_ids, y.dims[0]), segment_ids)
    return select(equal(ties, 0.0), 0.0, divide(chosen, ties))


# -- products -------------------------------------------------------------------------------------------------------------
@primitive(dtypes=NUMBERS)
def segments_prod(data, segment_ids, *, num):
    """The product of the rows of each id; 1 of none."""
    return reduced(np.multiply, data, segment_ids, num, 1)


segmented(segments_prod, "prod")


@segments_prod.vjp("data")
def segments_prod_vjp(g, data, segment_ids):
    return zmul(rows_of_segments(g, segment_ids), conjugate(others_in_segment(data, segment_ids)))


@segments_prod.jvp
def segments_prod_jvp(y, ts, data, segment_ids, *, num):
    return segments_sum(zmul(ts[0], others_in_segment(data, segment_ids)), segment_ids, y.dims[0])


def others_in_segment(data: Any, segment_ids: Any) -> Any:
    """For each element the product of all others of its segment: in sorted order, those before times those after."""
    k = segment_ids.ndim
    flat_ids = reshape(segment_ids, (-1,))
    order = argsort_along(flat_ids, 0, False)
    ids = gather_axis(flat_ids, order)
    rows = gather_axis(reshape(data, (*flat_ids.dims, *data.dims[k:])), order)
    joined = reshape(equal(ids, shift(ids, 0, False, -1)), (*ids.dims, *(1,) * (rows.ndim - 1)))
    followed = shift(joined, 0, True)
    before = linear_scan(select(joined, shift(rows, 0), 0.0), starts(joined, rows), 0)
    after = linear_scan(select(followed, shift(rows, 0, True), 0.0), starts(followed, rows), 0, True)
    return reshape(gather_axis(multiply(before, after), argsort_along(order, 0, False)), data.dims)


def starts(joined: Any, rows: Any) -> Any:
    """1 where a segment begins, in the shape of the rows."""
    return broadcast_to(cast(equal(joined, False), rows.dtype), rows.dims)


publish(globals())


# -- TensorFlow's functions -----------------------------------------------------------------------------------------------
def segments(num_segments: Any, op: str) -> Any:
    num = extent(num_segments, op, "num_segments")
    if not isinstance(num, Dim) and num < 0:
        raise invalid(op, f"{op}: Input num_segments == {num} must not be negative.")
    return num


def per_size(total: Any, segment_ids: Any, root: bool = False) -> Any:
    """Sums of segments divided by how many rows each has, or by the root of that."""
    sizes = segment_sizes(segment_ids, total.dims[0], total.dtype.numpy_dtype, root)
    return divide(total, reshape(sizes, (*sizes.dims, *(1,) * (total.ndim - 1))))


@library
def segment_sum(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """The sum of the rows with each id (sorted ids); 0 for an id without rows.

    Args:
        data: rows along axis 0.
        segment_ids: a vector of the same length, sorted, int32 or int64.

    Raises:
        InvalidArgumentError: ids that are not sorted, negative, or do not match the data.

    >>> tf.math.segment_sum(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2]).numpy()
    array([6., 0., 5.], dtype=float32)
    """
    return segments_sum(data, segment_ids, None)


@library
def segment_mean(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """The mean of the rows with each id (sorted ids); 0 for an id without rows.

    Args:
        data: rows along axis 0.
        segment_ids: a vector of the same length, sorted, int32 or int64.

    Raises:
        InvalidArgumentError: ids that are not sorted, negative, or do not match the data.

    >>> tf.math.segment_mean(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2]).numpy()
    array([3., 0., 5.], dtype=float32)
    """
    total = segments_sum(data, segment_ids, None)
    return cast(per_size(total, segment_ids), total.dtype)


@library
def segment_max(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """The largest of the rows with each id (sorted ids); 0 for an id without rows.

    Args:
        data: rows along axis 0.
        segment_ids: a vector of the same length, sorted, int32 or int64.

    Raises:
        InvalidArgumentError: ids that are not sorted, negative, or do not match the data.

    >>> tf.math.segment_max(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2]).numpy()
    array([4., 0., 5.], dtype=float32)
    """
    return segments_max(data, segment_ids, None, True)


@library
def segment_min(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """The smallest of the rows with each id (sorted ids); 0 for an id without rows.

    Args:
        data: rows along axis 0.
        segment_ids: a vector of the same length, sorted, int32 or int64.

    Raises:
        InvalidArgumentError: ids that are not sorted, negative, or do not match the data.

    >>> tf.math.segment_min(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2]).numpy()
    array([2., 0., 5.], dtype=float32)
    """
    return segments_min(data, segment_ids, None, True)


@library
def segment_prod(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
    """The product of the rows with each id (sorted ids); 1 for an id without rows.

    Args:
        data: rows along axis 0.
        segment_ids: a vector of the same length, sorted, int32 or int64.

    Raises:
        InvalidArgumentError: ids that are not sorted, negative, or do not match the data.

    >>> tf.math.segment_prod(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2]).numpy()
    array([8., 1., 5.], dtype=float32)
    """
    return segments_prod(data, segment_ids, None)


@library
def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The sum of the rows with each id, in any order; 0 for an id without rows.

    Args:
        data: any tensor.
        segment_ids: int32 or int64, in the shape that the shape of data begins with; negative ones belong to no segment.
        num_segments: how many segments there are.

    Raises:
        InvalidArgumentError: an id that is not below num_segments, or ids that do not match the data.

    >>> tf.math.unsorted_segment_sum(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2], 3).numpy()
    array([6., 0., 5.], dtype=float32)
    """
    return segments_sum(data, segment_ids, segments(num_segments, "unsorted_segment_sum"))


@library
def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The mean of the rows with each id, in any order; 0 for an id without rows.

    Args:
        data: any tensor.
        segment_ids: int32 or int64, in the shape that the shape of data begins with; negative ones belong to no segment.
        num_segments: how many segments there are.

    Raises:
        InvalidArgumentError: an id that is not below num_segments, or ids that do not match the data.

    >>> tf.math.unsorted_segment_mean(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2], 3).numpy()
    array([3., 0., 5.], dtype=float32)
    """
    return per_size(segments_sum(data, segment_ids, segments(num_segments, "unsorted_segment_mean")), segment_ids)


@library
def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The sum of the rows with each id, divided by the square root of their number, in any order; 0 for an id without rows.

    Args:
        data: any tensor.
        segment_ids: int32 or int64, in the shape that the shape of data begins with; negative ones belong to no segment.
        num_segments: how many segments there are.

    Raises:
        InvalidArgumentError: an id that is not below num_segments, or ids that do not match the data.

    >>> tf.math.unsorted_segment_sqrt_n(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2], 3).numpy()
    array([4.242641, 0.      , 5.      ], dtype=float32)
    """
    total = segments_sum(data, segment_ids, segments(num_segments, "unsorted_segment_sqrt_n"))
    if total.dtype.is_integer:
        raise invalid(
            "unsorted_segment_sqrt_n",
            f"unsorted_segment_sqrt_n: data must be floating or complex, got {total.dtype.name}; cast it first",
        )
    return per_size(total, segment_ids, root=True)


@library
def unsorted_segment_max(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The largest of the rows with each id, in any order; the lowest finite number for an id without rows.

    Args:
        data: any tensor.
        segment_ids: int32 or int64, in the shape that the shape of data begins with; negative ones belong to no segment.
        num_segments: how many segments there are.

    Raises:
        InvalidArgumentError: an id that is not below num_segments, or ids that do not match the data.

    >>> tf.math.unsorted_segment_max(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2], 3).numpy()
    array([ 4.0000000e+00, -3.4028235e+38,  5.0000000e+00], dtype=float32)
    """
    return segments_max(data, segment_ids, segments(num_segments, "unsorted_segment_max"))


@library
def unsorted_segment_min(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The smallest of the rows with each id, in any order; the highest finite number for an id without rows.

    Args:
        data: any tensor.
        segment_ids: int32 or int64, in the shape that the shape of data begins with; negative ones belong to no segment.
        num_segments: how many segments there are.

    Raises:
        InvalidArgumentError: an id that is not below num_segments, or ids that do not match the data.

    >>> tf.math.unsorted_segment_min(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2], 3).numpy()
    array([2.0000000e+00, 3.4028235e+38, 5.0000000e+00], dtype=float32)
    """
    return segments_min(data, segment_ids, segments(num_segments, "unsorted_segment_min"))


@library
def unsorted_segment_prod(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The product of the rows with each id, in any order; 1 for an id without rows.

    Args:
        data: any tensor.
        segment_ids: int32 or int64, in the shape that the shape of data begins with; negative ones belong to no segment.
        num_segments: how many segments there are.

    Raises:
        InvalidArgumentError: an id that is not below num_segments, or ids that do not match the data.

    >>> tf.math.unsorted_segment_prod(tf.constant([2.0, 4.0, 5.0]), [0, 0, 2], 3).numpy()
    array([8., 1., 5.], dtype=float32)
    """
    return segments_prod(data, segment_ids, segments(num_segments, "unsorted_segment_prod"))


__all__ = [
    "segment_max",
    "segment_mean",
    "segment_min",
    "segment_prod",
    "segment_sum",
    "unsorted_segment_max",
    "unsorted_segment_mean",
    "unsorted_segment_min",
    "unsorted_segment_prod",
    "unsorted_segment_sqrt_n",
    "unsorted_segment_sum",
]
