"""Embeddings of several ids together, and edit distance: functions of sparse tensors outside tf.sparse."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..composites.ragged import RaggedTensor
from ..composites.rows import known
from ..composites.sparse import SparseTensor, raveled_places
from ..composites.sparse_operations import fill_empty_rows, retain
from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor
from ..ops import segment
from ..ops._calls.math import sqrt
from ..ops.basic import broadcast_to, reshape, select
from ..ops.embedding import embedding_lookup

COMBINERS = ("mean", "sqrtn", "sum")


@library
def embedding_lookup_sparse(
    params: Any,
    sp_ids: Any,
    sp_weights: Any,
    combiner: str | None = None,
    max_norm: Any = None,
    name: str | None = None,
    allow_fast_lookup: bool = False,
) -> Tensor:
    """The embeddings of each row's ids added up, weighted where there are weights.

    Args:
        sp_ids: a sparse (or ragged) matrix of ids.
        sp_weights: as sp_ids; None: all are 1.
        combiner: "sum", "mean" (by the sum of weights, the default) or "sqrtn" (by the root of the sum of their squares).

    Raises:
        ValueError: another combiner. TypeError: no sparse or ragged ids.

    >>> ids = tf.ragged.constant([[0, 1], [2]])
    >>> tf.nn.embedding_lookup_sparse(tf.constant([[1.0], [2.0], [4.0]]), ids, None, combiner="sum").numpy()
    array([[3.],
           [4.]], dtype=float32)
    """
    how = "mean" if combiner is None else combiner
    if how not in COMBINERS:
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum', got {combiner}")
    rows, ids, count = rows_and_values(sp_ids, "sp_ids")
    vectors = embedding_lookup(params, ids, max_norm)
    if sp_weights is None:
        total = {"sum": segment.unsorted_segment_sum, "mean": segment.unsorted_segment_mean}.get(
            how, segment.unsorted_segment_sqrt_n
        )
        return total(vectors, rows, count)
    weights = rows_and_values(sp_weights, "sp_weights")[1]
    spread = broadcast_to(reshape(weights, (-1, *[1] * (vectors.ndim - 1))), vectors.dims)
    sums = segment.unsorted_segment_sum(vectors * spread, rows, count)
    if how == "sum":
        return sums
    sizes = segment.unsorted_segment_sum(weights if how == "mean" else weights * weights, rows, count)
    sizes = reshape(sizes if how == "mean" else sqrt(sizes), (-1, *[1] * (vectors.ndim - 1)))
    there = broadcast_to(sizes != 0, sums.dims)
    return select(there, sums / select(sizes != 0, sizes, 1.0), 0.0)


def rows_and_values(x: Any, what: str) -> tuple[Tensor, Tensor, int]:
    if isinstance(x, RaggedTensor):
        return x.value_rowids(), x.values, x.row_count
    if not isinstance(x, SparseTensor):
        raise TypeError(f"{what} must be SparseTensor or RaggedTensor, got {type(x).__name__}")
    rows = x.places[:, 0]
    return tensor(np.ascontiguousarray(rows)), x.values, int(rows.max(initial=-1)) + 1


@library
def safe_embedding_lookup_sparse(
    embedding_weights: Any,
    sparse_ids: Any,
    sparse_weights: Any = None,
    combiner: str = "mean",
    default_id: Any = None,
    max_norm: Any = None,
    name: str | None = None,
    allow_fast_lookup: bool = False,
) -> Tensor:
    """embedding_lookup_sparse without ids below 0 and weights of 0 and less; rows without ids get `default_id`, or zeros.

    >>> ids = tf.SparseTensor([[0, 0], [0, 1]], tf.constant([1, -1], tf.int64), [2, 2])
    >>> tf.nn.safe_embedding_lookup_sparse(tf.constant([[1.0], [2.0]]), ids).numpy()
    array([[2.],
           [0.]], dtype=float32)
    """
    ids = sparse_ids.to_sparse() if isinstance(sparse_ids, RaggedTensor) else sparse_ids
    weights = sparse_weights.to_sparse() if isinstance(sparse_weights, RaggedTensor) else sparse_weights
    lead = ids.extents[:-1]
    if ids.ndim > 2:
        ids, weights = flat_rows(ids), None if weights is None else flat_rows(weights)
    good = known(ids.values) >= 0
    if weights is not None and combiner != "sum":
        good &= known(weights.values) > 0
    ids, weights = retain(ids, good), None if weights is None else retain(weights, good)
    ids, empty = fill_empty_rows(ids, 0 if default_id is None else default_id)
    if weights is not None:
        weights, _ = fill_empty_rows(weights, 1.0)
    out = embedding_lookup_sparse(embedding_weights, ids, weights, combiner, max_norm)
    if default_id is None:
        blank = broadcast_to(reshape(empty, (-1, *[1] * (out.ndim - 1))), out.dims)
        out = select(blank, 0.0, out)
    return reshape(out, (*lead, *out.dims[1:]))


def flat_rows(x: SparseTensor) -> SparseTensor:
    rows = raveled_places(x.places[:, :-1], x.extents[:-1], "safe_embedding_lookup_sparse")
    count = int(np.prod(x.extents[:-1], dtype=np.int64))
    return SparseTensor(np.stack([rows, x.places[:, -1]], 1), x.values, np.array([count, x.extents[-1]], np.int64))


def edit_distance(hypothesis: Any, truth: Any, normalize: bool = True, name: str = "edit_distance") -> Tensor:
    """The least number of insertions, deletions and changes (Levenshtein) that make each row of hypothesis that of truth.

    Args:
        normalize: by the length of the truth; where that is 0: 0 for two empty rows, else infinity.

    Raises:
        TypeError: no SparseTensors. InvalidArgumentError: shapes or dtypes that do not fit.

    >>> a, b = tf.sparse.from_dense([["k", "i", "t"]]), tf.sparse.from_dense([["s", "i", "t"]])
    >>> tf.edit_distance(a, b, normalize=False).numpy()
    array([1.], dtype=float32)
    """
    for x, what in ((hypothesis, "hypothesis"), (truth, "truth")):
        if not isinstance(x, SparseTensor):
            raise TypeError(f"{what.capitalize()} must be a SparseTensor, got {type(x).__name__}.")
    if hypothesis.ndim != truth.ndim or hypothesis.ndim < 2 or hypothesis.dtype is not truth.dtype:
        raise invalid("EditDistance", "EditDistance: hypothesis and truth must have one rank, 2 or more, and one dtype")
    lead = tuple(max(a, b) for a, b in zip(hypothesis.extents[:-1], truth.extents[:-1], strict=True))
    first, second = sequences(hypothesis, lead), sequences(truth, lead)
    found = [distance(a, b) for a, b in zip(first, second, strict=True)]
    if normalize:
        found = [d / len(b) if b else (np.inf if d else 0.0) for d, b in zip(found, second, strict=True)]
    return tensor(np.array(found, np.float32).reshape(lead))


def sequences(x: SparseTensor, lead: tuple[int, ...]) -> list[list[Any]]:
    out: list[list[Any]] = [[] for _ in range(int(np.prod(lead, dtype=np.int64)))]
    rows = raveled_places(x.places[:, :-1], lead, "EditDistance")
    for row, value in zip(rows.tolist(), known(x.values).tolist(), strict=True):
        out[row].append(value)
    return out


def distance(a: list[Any], b: list[Any]) -> int:
    """One row of the table of distances after the other."""
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
        above = row
    return above[-1]


__all__ = ["edit_distance", "embedding_lookup_sparse", "safe_embedding_lookup_sparse"]
