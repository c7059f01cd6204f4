"""tf.sparse: counts, crosses, and sums over segments of chosen rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..composites.ragged import RaggedTensor
from ..composites.rows import known
from ..composites.sparse import SparseTensor, sparse
from ..core.context import library
from ..core.dtypes import string
from ..core.errors import invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ..ops import segment
from ..ops._arguments import static
from ..ops.basic import reshape
from ..ops.pieces import gather_axis
from ._crosses import as_hash, as_text, crossed_rows
from ._each_string import of_objects


# -- counts ----------------------------------------------------------------------------------------------------------------------
@library
def bincount(
    values: Any,
    weights: Any = None,
    axis: int | None = 0,
    minlength: Any = None,
    maxlength: Any = None,
    binary_output: bool = False,
    name: str | None = None,
) -> SparseTensor:
    """How often each number occurs, or the sum of its weights: of all (axis 0), or row by row (axis -1).

    Args:
        minlength, maxlength: the least and the largest extent of the last axis; numbers beyond it are not counted.
        binary_output: 1 for every number that occurs.

    Raises:
        InvalidArgumentError: negative numbers, weights of another shape. ValueError: another axis.

    >>> tf.sparse.bincount([[1, 1, 2], [0, 0, 3]], axis=-1).values.numpy()
    array([2, 1, 2, 1], dtype=int32)
    """
    op = "SparseCount"
    if axis not in (None, 0, -1):
        raise ValueError(f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    rows, numbers, count = numbered(values, op)
    weight = None if weights is None else weights_of(weights, len(numbers), op)
    if (numbers < 0).any():
        raise invalid(op, "Input values must all be non-negative")
    if axis != -1 or count is None:
        rows, count = np.zeros(len(numbers), np.int64), None
    limit = None if maxlength is None else int(static(maxlength))
    kept = np.flatnonzero(numbers < limit) if limit is not None else np.arange(len(numbers))
    rows, numbers = rows[kept], numbers[kept]
    extent = max(int(numbers.max(initial=-1)) + 1, 0 if minlength is None else int(static(minlength)))
    extent = extent if limit is None else min(extent, limit)
    places, groups = np.unique(rows * max(extent, 1) + numbers, return_inverse=True)
    if weight is not None and not binary_output:
        found = segment.unsorted_segment_sum(gather_axis(weight, tensor(kept)), tensor(groups.reshape(-1)), len(places))
    else:
        total = np.bincount(groups.reshape(-1), minlength=len(places)).astype(np.int32)
        found = tensor(np.minimum(total, 1) if binary_output else total)
    at = np.stack(np.divmod(places, max(extent, 1)), 1)
    return sparse(at, found, (count, extent)) if count is not None else sparse(at[:, 1:], found, (extent,))


def numbered(values: Any, op: str) -> tuple[np.ndarray, np.ndarray, int | None]:
    """The row of each number, the numbers, and how many rows there are (None: a vector)."""
    if isinstance(values, SparseTensor):
        rows = values.places[:, 0] if values.ndim > 1 else np.zeros(len(values.places), np.int64)
        return rows, known(values.values).astype(np.int64), values.extents[0] if values.ndim > 1 else None
    if isinstance(values, RaggedTensor):
        return known(values.value_rowids()).astype(np.int64), known(values.values).astype(np.int64), values.row_count
    array = known(convert_to_tensor(values))
    if array.dtype.kind not in "iu":
        raise invalid(op, f"{op}: values must be integers, got {array.dtype.name}")
    if array.ndim > 2:
        raise invalid(op, f"Input must be a 1 or 2-dimensional tensor. Got: [{','.join(map(str, array.shape))}]")
    rows = np.repeat(np.arange(len(array)), array.shape[1]) if array.ndim == 2 else np.zeros(array.size, np.int64)
    return rows, array.astype(np.int64).ravel(), len(array) if array.ndim == 2 else None


def weights_of(weights: Any, count: int, op: str) -> Tensor:
    flat = weights.values if isinstance(weights, (SparseTensor, RaggedTensor)) else reshape(convert_to_tensor(weights), (-1,))
    if flat.dims[0] != count:
        raise invalid(op, f"Weights and values must have the same shape. Got {flat.dims[0]} weights for {count} values")
    return flat


# -- crosses -----------------------------------------------------------------------------------------------------------------------
def cross(inputs: Any, name: str | None = None, separator: Any = None) -> SparseTensor:
    """Every choice of one value from each input, row by row, as strings joined by `separator` ("_X_").

    >>> x = tf.sparse.from_dense([["a", "b"]])
    >>> tf.sparse.cross([x, tf.constant([["c"]])]).values.numpy()
    array([b'a_X_c', b'b_X_c'], dtype=object)
    """
    between = b"_X_" if separator is None else known(convert_to_tensor(separator, string)).item()
    rows = crossed_rows(columns(inputs), as_text(between))
    return crossed(rows, lambda flat: of_objects(flat, len(flat)))


def cross_hashed(inputs: Any, num_buckets: int = 0, hash_key: Any = None, name: str | None = None) -> SparseTensor:
    """Every choice of one value from each input, row by row, as hashes (below num_buckets where it is not 0).

    >>> x, y = tf.sparse.from_dense([["a"]]), tf.sparse.from_dense([["d"]])
    >>> tf.sparse.cross_hashed([x, y], num_buckets=100).values.numpy()
    array([82])
    """
    rows = crossed_rows(columns(inputs), as_hash(int(num_buckets), hash_key))
    return crossed(rows, lambda flat: np.array(flat, np.int64))


def crossed(rows: list[list[Any]], array: Callable[[list[Any]], np.ndarray]) -> SparseTensor:
    places = [(i, k) for i, row in enumerate(rows) for k in range(len(row))]
    flat = tensor(array([v for row in rows for v in row]))
    widest = max([len(row) for row in rows], default=0)
    return sparse(np.array(places, np.int64).reshape(len(places), 2), flat, (len(rows), widest))


def columns(inputs: Any) -> Sequence[Sequence[list[Any]]]:
    if not isinstance(inputs, (list, tuple)):
        raise TypeError(f"Inputs must be a list, got {type(inputs).__name__}")
    return [column(x) for x in inputs]


def column(x: Any) -> Sequence[list[Any]]:
    if isinstance(x, SparseTensor):
        out: list[list[Any]] = [[] for _ in range(x.extents[0])]
        for row, value in zip(x.places[:, 0].tolist(), known(x.values).tolist(), strict=True):
            out[row].append(value)
        return out
    return x.to_list() if isinstance(x, RaggedTensor) else known(convert_to_tensor(x)).tolist()


# -- segments -------------------------------------------------------------------------------------------------------------------------
def chosen_rows(op: str, data: Any, indices: Any, segment_ids: Any, num_segments: Any) -> tuple[Tensor, Tensor, int]:
    """The rows, their segments, and how many segments there are."""
    x, at, ids = convert_to_tensor(data), known(convert_to_tensor(indices)), convert_to_tensor(segment_ids)
    numbers = known(ids)
    if at.shape != numbers.shape or at.ndim != 1:
        raise invalid(op, f"{op}: segment_ids and indices should be vectors of one length: {at.shape} and {numbers.shape}")
    if ((at < 0) | (at >= x.dims[0])).any():
        k = int(np.flatnonzero((at < 0) | (at >= x.dims[0]))[0])
        raise invalid(op, f"Bad: indices[{k}] == {at[k]} out of range [0, {x.dims[0]})")
    if (np.diff(numbers) < 0).any():
        raise invalid(op, "segment ids are not increasing")
    count = int(numbers.max(initial=-1)) + 1 if num_segments is None else int(static(num_segments))
    if numbers.size and (numbers[0] < 0 or numbers[-1] >= count):
        raise invalid(op, f"{op}: segment ids must be in [0, {count})")
    return gather_axis(x, tensor(at)), ids, count


@library
def segment_sum(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None, sparse_gradient: bool = False
) -> Tensor:
    """The sum of the rows data[indices] of each segment.

    >>> tf.sparse.segment_sum(tf.constant([[1, 2], [3, 4], [5, 6]]), [0, 2], [0, 0]).numpy()
    array([[6, 8]], dtype=int32)
    """
    return segment.unsorted_segment_sum(*chosen_rows("SparseSegmentSum", data, indices, segment_ids, num_segments))


@library
def segment_mean(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None, sparse_gradient: bool = False
) -> Tensor:
    """The mean of the rows data[indices] of each segment; 0 where there are none.

    >>> tf.sparse.segment_mean(tf.constant([[1.0], [3.0], [5.0]]), [0, 2], [0, 0]).numpy()
    array([[3.]], dtype=float32)
    """
    return segment.unsorted_segment_mean(*chosen_rows("SparseSegmentMean", data, indices, segment_ids, num_segments))


@library
def segment_sqrt_n(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None, sparse_gradient: bool = False
) -> Tensor:
    """The sum of the rows data[indices] of each segment by the root of their number.

    >>> tf.sparse.segment_sqrt_n(tf.constant([[1.0], [3.0], [4.0], [8.0]]), [0, 1, 2, 3], [0, 0, 0, 0]).numpy()
    array([[8.]], dtype=float32)
    """
    return segment.unsorted_segment_sqrt_n(*chosen_rows("SparseSegmentSqrtN", data, indices, segment_ids, num_segments))


__all__ = ["bincount", "cross", "cross_hashed", "segment_mean", "segment_sqrt_n", "segment_sum"]
