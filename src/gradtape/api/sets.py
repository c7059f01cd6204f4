"""tf.sets: the values along the last axis as sets."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..composites.rows import known
from ..composites.sparse import SparseTensor, raveled_places, sparse, unraveled
from ..core.dtypes import string
from ..core.errors import invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ._each_string import of_objects


def rows_of(x: Any, op: str) -> tuple[list[list[Any]], tuple[int, ...], Any]:
    """The values of each row, the extents of the other axes, the dtype."""
    if isinstance(x, SparseTensor):
        if x.ndim < 2:
            raise ValueError(f"{op}: sets must be at least matrices, got rank {x.ndim}")
        lead = x.extents[:-1]
        rows: list[list[Any]] = [[] for _ in range(int(np.prod(lead, dtype=np.int64)))]
        for row, value in zip(raveled_places(x.places[:, :-1], lead, op).tolist(), known(x.values).tolist(), strict=True):
            rows[row].append(value)
        return rows, lead, x.dtype
    t = convert_to_tensor(x)
    if t.ndim < 2:
        raise ValueError(f"{op}: sets must be at least matrices, got rank {t.ndim}")
    lead = t.dims[:-1]
    return known(t).reshape(int(np.prod(lead, dtype=np.int64)), t.dims[-1]).tolist(), lead, t.dtype


def combined(op: str, a: Any, b: Any, function: Any) -> SparseTensor:
    """The function of the sets of each row, in order."""
    (first, lead, dtype), (second, other, other_dtype) = rows_of(a, op), rows_of(b, op)
    if lead != other or dtype is not other_dtype:
        raise invalid(
            op, f"{op}: the shapes beside the last axis and the dtypes must agree: {lead} {dtype!r}, {other} {other_dtype!r}"
        )
    rows = [sorted(function(set(x), set(y))) for x, y in zip(first, second, strict=True)]
    flat = [v for row in rows for v in row]
    numbers = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    places = np.column_stack([unraveled(numbers, lead), [k for row in rows for k in range(len(row))]])
    values = of_objects(flat, len(flat)) if dtype is string else np.array(flat, dtype.numpy_dtype)
    return sparse(places.reshape(len(flat), len(lead) + 1), tensor(values), (*lead, max([len(row) for row in rows], default=0)))


def intersection(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """What both sets hold, row by row.

    >>> tf.sets.intersection(tf.constant([[1, 2], [3, 4]]), tf.constant([[2, 9], [4, 3]])).values.numpy()
    array([2, 3, 4], dtype=int32)
    """
    return combined("DenseToDenseSetOperation", a, b, set.intersection)


def union(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """What either set holds, row by row.

    >>> tf.sets.union(tf.constant([[1, 2]]), tf.constant([[2, 9]])).values.numpy()
    array([1, 2, 9], dtype=int32)
    """
    return combined("DenseToDenseSetOperation", a, b, set.union)


def difference(a: Any, b: Any, aminusb: bool = True, validate_indices: bool = True) -> SparseTensor:
    """What the first set holds and the second does not, row by row; with aminusb=False the other way round.

    >>> tf.sets.difference(tf.constant([[1, 2]]), tf.constant([[2, 9]])).values.numpy()
    array([1], dtype=int32)
    """
    return combined("DenseToDenseSetOperation", *((a, b) if aminusb else (b, a)), set.difference)


def size(a: Any, validate_indices: bool = True) -> Tensor:
    """How many different values each row holds.

    >>> tf.sets.size(tf.sparse.from_dense([[1, 1, 2], [0, 3, 0]])).numpy()
    array([2, 1], dtype=int32)
    """
    if not isinstance(a, SparseTensor):
        raise TypeError(f"Expected `SparseTensor`, got {type(a).__name__}.")
    rows, lead, _ = rows_of(a, "SetSize")
    return tensor(np.array([len(set(row)) for row in rows], np.int32).reshape(lead))


__all__ = ["difference", "intersection", "size", "union"]
