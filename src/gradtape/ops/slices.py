"""What IndexedSlices mean: rows to add into zeros, at every order and in every level."""

from __future__ import annotations

from typing import Any

from ..core.indexed_slices import DENSE, IndexedSlices
from ..core.tensor import Tensor
from .basic import accumulate, add, reshape
from .pieces import concatenate, scatter_rows


def dense(slices: IndexedSlices) -> Tensor:
    """The tensor that the rows stand for."""
    dims = slices.dims
    return reshape(scatter_rows(slices.values, slices.indices, size=dims[0]), dims)


def plus(slices: IndexedSlices, other: Any) -> Any:
    """Slices and slices stay slices (rows side by side); with a tensor the sum is a tensor."""
    if type(other) is not IndexedSlices:
        return add(dense(slices), other)
    values = concatenate(slices.values, other.values, axis=0)
    return IndexedSlices(values, concatenate(slices.indices, other.indices, axis=0), slices.dims)


DENSE.update(dense=dense, plus=plus)

__all__ = ["accumulate", "dense", "plus"]
