"""Features of different lengths in tf.train.Example messages: as sparse and as ragged tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..composites.ragged import RaggedTensor, of_lengths
from ..composites.ragged_operations import stack_rows
from ..composites.sparse import SparseTensor, sparse
from ..core.dtypes import as_dtype, int32
from ..core.tensor import Tensor, tensor
from .values import feature_of, values_of


class VarLenFeature(NamedTuple):
    """A feature with any number of values, which becomes a SparseTensor.

    >>> tf.io.VarLenFeature(tf.int64)
    VarLenFeature(dtype=tf.int64)
    """

    dtype: Any


class SparseFeature(NamedTuple):
    """A SparseTensor whose indices and values are features of their own.

    Args:
        index_key: the feature that holds the indices, or a list of them, one for each dimension.
        value_key: the feature that holds the values.
        dtype: tf.float32, tf.int64 or tf.string.
        size: the extent, or a list of them.
        already_sorted: are the indices in order?

    >>> tf.io.SparseFeature("place", "value", tf.float32, 10).size
    10
    """

    index_key: Any
    value_key: str
    dtype: Any
    size: Any
    already_sorted: bool = False


class RowSplits(NamedTuple):
    key: str


class RowLengths(NamedTuple):
    key: str


class RowStarts(NamedTuple):
    key: str


class RowLimits(NamedTuple):
    key: str


class ValueRowIds(NamedTuple):
    key: str


class UniformRowLength(NamedTuple):
    length: int


MAKERS = {
    RowSplits: RaggedTensor.from_row_splits,
    RowLengths: RaggedTensor.from_row_lengths,
    RowStarts: RaggedTensor.from_row_starts,
    RowLimits: RaggedTensor.from_row_limits,
    ValueRowIds: RaggedTensor.from_value_rowids,
}


class RaggedFields(NamedTuple):
    dtype: Any
    value_key: str | None
    partitions: Any
    row_splits_dtype: Any
    validate: bool


class RaggedFeature(RaggedFields):
    """A feature with any number of values, which becomes a RaggedTensor.

    Args:
        dtype: tf.float32, tf.int64 or tf.string.
        value_key: the feature that holds the values; the feature's own name where nothing is said.
        partitions: how they are cut into rows, the outermost first: RaggedFeature.RowLengths(key) and its like.
        row_splits_dtype: tf.int32 or tf.int64.

    >>> tf.io.RaggedFeature(tf.int64, partitions=[tf.io.RaggedFeature.RowLengths("lengths")]).partitions
    (RowLengths(key='lengths'),)
    """

    __slots__ = ()
    RowSplits: Any = RowSplits
    RowLengths: Any = RowLengths
    RowStarts: Any = RowStarts
    RowLimits: Any = RowLimits
    ValueRowIds: Any = ValueRowIds
    UniformRowLength: Any = UniformRowLength

    def __new__(
        cls,
        dtype: Any,
        value_key: str | None = None,
        partitions: Any = (),
        row_splits_dtype: Any = int32,
        validate: bool = False,
    ) -> RaggedFeature:
        cuts = tuple(partitions) if isinstance(partitions, (list, tuple)) and type(partitions) not in KINDS else (partitions,)
        for part in cuts:
            if type(part) not in KINDS:
                raise TypeError(f"partitions must hold RaggedFeature partitions, got {part!r}")
        return super().__new__(cls, dtype, value_key, cuts, as_dtype(row_splits_dtype), validate)


KINDS = (*MAKERS, UniformRowLength)


# -- VarLenFeature -----------------------------------------------------------------------------------------------------------------
def found(op: str, key: str, dtype: Any, features: Any) -> np.ndarray:
    """The values of a feature, none where it is missing."""
    values = values_of(op, key, dtype, feature_of(features, key))
    return np.empty(0, as_dtype(dtype).numpy_dtype) if values is None else values


def variable(op: str, key: str, kind: VarLenFeature, maps: Sequence[Any], batched: bool) -> SparseTensor:
    rows = [found(op, key, kind.dtype, features) for features in maps]
    return sparse_rows(rows, kind.dtype) if batched else row_alone(rows[0])


def row_alone(values: np.ndarray) -> SparseTensor:
    return sparse(np.arange(len(values))[:, None], tensor(values), (len(values),))


def sparse_rows(rows: Sequence[np.ndarray], dtype: Any) -> SparseTensor:
    """Rows filled from the left."""
    lengths = [len(row) for row in rows]
    places = [(i, k) for i, n in enumerate(lengths) for k in range(n)]
    flat = np.concatenate([np.empty(0, as_dtype(dtype).numpy_dtype), *rows])
    return sparse(np.array(places, np.int64).reshape(len(places), 2), tensor(flat), (len(rows), max(lengths, default=0)))


def variable_steps(op: str, key: str, kind: VarLenFeature, examples: Sequence[Any], batched: bool) -> SparseTensor:
    """The same for the steps of sequences."""
    rows = [steps_of(op, key, kind.dtype, lists) for lists in examples]
    parts = [sparse_rows(steps, kind.dtype) for steps in rows]
    if not batched:
        return parts[0]
    extents = [len(parts), *[max([p.extents[k] for p in parts], default=0) for k in (0, 1)]]
    places = [np.insert(p.places, 0, i, axis=1) for i, p in enumerate(parts)]
    flat = np.concatenate([np.empty(0, as_dtype(kind.dtype).numpy_dtype), *[step for steps in rows for step in steps]])
    return sparse(np.concatenate([np.empty((0, 3), np.int64), *places]), tensor(flat), extents)


def steps_of(op: str, key: str, dtype: Any, lists: Any) -> list[np.ndarray]:
    return [found(op, key, dtype, {key: step}) for step in lists[key].feature] if key in lists else []


# -- SparseFeature ------------------------------------------------------------------------------------------------------------------
def sparse_feature(op: str, key: str, kind: SparseFeature, maps: Sequence[Any], batched: bool) -> SparseTensor:
    keys = kind.index_key if isinstance(kind.index_key, (list, tuple)) else [kind.index_key]
    sizes = kind.size if isinstance(kind.size, (list, tuple)) else [kind.size]
    if len(keys) != len(sizes):
        raise ValueError(f"feature {key!r}: index_key has {len(keys)} entries, size {len(sizes)}")
    places, values = [], []
    for i, features in enumerate(maps):
        columns = [found(op, k, "int64", features) for k in keys]
        mine = found(op, kind.value_key, kind.dtype, features)
        for column, name in zip(columns, keys, strict=True):
            if len(column) != len(mine):
                raise ValueError(
                    f"feature {key!r}: Dimensions {len(column)} and {len(mine)} are not compatible: {name} and values"
                )
        at = np.stack(columns, 1)
        order = np.arange(len(mine)) if kind.already_sorted else np.lexsort(at.T[::-1])
        places.append(np.insert(at, 0, i, axis=1)[order] if batched else at[order])
        values.append(mine[order])
    return sparse(np.concatenate(places), tensor(np.concatenate(values)), (*([len(maps)] if batched else []), *sizes))


# -- RaggedFeature --------------------------------------------------------------------------------------------------------------------
def ragged_feature(op: str, key: str, kind: RaggedFeature, maps: Sequence[Any], batched: bool) -> Any:
    parts = [cut(op, key, kind, features) for features in maps]
    if not batched:
        return parts[0]
    return typed(of_rows(parts) if isinstance(parts[0], Tensor) else stack_rows(parts, 0), kind)


def of_rows(parts: Sequence[Any]) -> RaggedTensor:
    lengths = np.array([p.dims[0] for p in parts], np.int64)
    return of_lengths(tensor(np.concatenate([p.value for p in parts])), lengths)


def cut(op: str, key: str, kind: RaggedFeature, features: Any) -> Any:
    """The values of one example, cut into rows."""
    values = found(op, kind.value_key or key, kind.dtype, features)
    parts = list(kind.partitions)
    while parts and isinstance(parts[-1], UniformRowLength):  # inside all ragged axes: a dense one
        values = values.reshape(-1, parts.pop().length, *values.shape[1:])
    out: Any = tensor(values)
    for part in reversed(parts):
        if isinstance(part, UniformRowLength):
            out = RaggedTensor.from_uniform_row_length(out, part.length)
        else:
            numbers = found(op, part.key, "int64", features)
            if isinstance(part, RowSplits) and not len(numbers):
                numbers = np.zeros(1, np.int64)
            out = MAKERS[type(part)](out, numbers)
    return typed(out, kind)


def typed(x: Any, kind: RaggedFeature) -> Any:
    return x.with_row_splits_dtype(kind.row_splits_dtype) if isinstance(x, RaggedTensor) else x


def ragged_steps(op: str, key: str, kind: RaggedFeature, examples: Sequence[Any], batched: bool) -> Any:
    """One row a step of a sequence."""
    if kind.partitions:
        raise ValueError(f"feature {key!r}: a RaggedFeature of a sequence takes no partitions")
    parts = []
    for lists in examples:
        steps = [tensor(row) for row in steps_of(op, kind.value_key or key, kind.dtype, lists)]
        nothing = tensor(np.empty(0, as_dtype(kind.dtype).numpy_dtype))
        parts.append(of_rows(steps) if steps else of_lengths(nothing, np.zeros(0, np.int64)))
    return typed(stack_rows(parts, 0) if batched else parts[0], kind)


READERS = {VarLenFeature: variable, SparseFeature: sparse_feature, RaggedFeature: ragged_feature}
STEPS = {VarLenFeature: variable_steps, RaggedFeature: ragged_steps}
