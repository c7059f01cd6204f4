"""x[...] of a ragged tensor."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.tensor import Tensor, tensor
from .ragged import RaggedTensor, of_lengths, ragged, take_rows, take_values
from .rows import spans


@library
def getitem(x: RaggedTensor, key: Any) -> Any:
    """Rows by number or slice, then what is inside each row; a single number cannot pick from rows of different lengths.

    >>> x = tf.ragged.constant([[1, 2, 3], [4], [5, 6]])
    >>> x[0].numpy(), x[1:], x[:, :1], x[2, 1].numpy()
    (array([1, 2, 3], dtype=int32), <tf.RaggedTensor [[4], [5, 6]]>, <tf.RaggedTensor [[1], [4], [5]]>, np.int32(6))
    """
    if isinstance(key, RaggedTensor) or (isinstance(key, Tensor) and key.dtype.name == "bool"):
        raise TypeError("x[mask] is not for ragged tensors: write tf.ragged.boolean_mask(x, mask)")
    keys = list(key) if isinstance(key, (list, tuple)) else [key]
    return picked(x, with_ellipsis(keys, x.ndim))


def with_ellipsis(keys: list[Any], rank: int) -> list[Any]:
    """The ellipsis written out."""
    at = [k for k, key in enumerate(keys) if key is Ellipsis]
    if not at:
        return keys
    if len(at) > 1:
        raise ValueError("only one ellipsis may stand in an index")
    missing = rank - sum(key is not None and key is not Ellipsis for key in keys)
    return [*keys[: at[0]], *[slice(None)] * missing, *keys[at[0] + 1 :]]


def picked(x: Any, keys: list[Any]) -> Any:
    if not keys:
        return x
    if not isinstance(x, RaggedTensor):
        return x[tuple(keys)]
    key, rest = keys[0], keys[1:]
    if key is None:
        whole = picked(x, rest)
        return rows_of_one(whole)
    if isinstance(key, slice):
        return inside(take_rows(x, np.arange(x.row_count)[whole_slice(key)]), rest)
    return picked(row(x, number(key)), rest)


def number(key: Any) -> int:
    try:
        return key.__index__()
    except (AttributeError, TypeError):
        raise TypeError(f"an index of a ragged tensor must be an integer, a slice, None or ..., got {key!r:.80}") from None


def whole_slice(key: slice) -> slice:
    return slice(*[None if part is None else number(part) for part in (key.start, key.stop, key.step)])


def row(x: RaggedTensor, k: int) -> Any:
    count = x.row_count
    if not -count <= k < count:
        raise IndexError(f"row {k} is out of bounds: the ragged tensor has {count} rows")
    start, stop = x.splits[k % count : k % count + 2].tolist()
    return x.values[start:stop]


def rows_of_one(x: Any) -> RaggedTensor:
    count = len(x) if isinstance(x, RaggedTensor) else x.dims[0]
    return ragged(x, tensor(np.array([0, count], np.int64)), count)


def inside(x: RaggedTensor, keys: list[Any]) -> Any:
    """The keys of each row."""
    if not keys:
        return x
    key, rest = keys[0], keys[1:]
    if key is None:
        return ragged(inside(x, rest), tensor(np.arange(x.row_count + 1, dtype=x.splits.dtype)), 1)
    if isinstance(key, slice):
        cut = x if key == slice(None) else sliced_rows(x, whole_slice(key))
        if not rest:
            return cut
        return cut.with_values(inner(cut.values, rest))
    if x.uniform_row_length is None:
        raise ValueError("Cannot index into an inner ragged dimension: its rows have different lengths.")
    length, k = int(x.uniform_row_length), number(key)
    if not -length <= k < length:
        raise IndexError(f"index {k} is out of bounds: the rows have {length} values")
    chosen = take_values(x.values, x.splits[:-1] + k % length)
    return inside(chosen, rest) if isinstance(chosen, RaggedTensor) else inner_rows(chosen, rest)


def inner(values: Any, keys: list[Any]) -> Any:
    return inside(values, keys) if isinstance(values, RaggedTensor) else inner_rows(values, keys)


def inner_rows(values: Any, keys: list[Any]) -> Any:
    return values[(slice(None), *keys)] if keys else values


def sliced_rows(x: RaggedTensor, key: slice) -> RaggedTensor:
    """The slice of each row."""
    splits = x.splits
    starts, lengths = splits[:-1], np.diff(splits)
    if key.step in (None, 1):
        first = bounded(0 if key.start is None else key.start, lengths)
        last = lengths if key.stop is None else bounded(key.stop, lengths)
        kept = np.maximum(last - first, 0)
        return of_lengths(take_values(x.values, spans(starts + first, kept)), kept)
    ranges = [range(n)[key] for n in lengths.tolist()]
    places = [np.arange(r.start, r.stop, r.step, dtype=splits.dtype) + s for r, s in zip(ranges, starts, strict=True)]
    kept = np.array([len(p) for p in places], splits.dtype)
    return of_lengths(take_values(x.values, np.concatenate([np.zeros(0, splits.dtype), *places])), kept)


def bounded(k: int, lengths: np.ndarray) -> np.ndarray:
    return np.clip(k if k >= 0 else lengths + k, 0, lengths)


RaggedTensor.__getitem__ = getitem  # type: ignore[method-assign, assignment]
