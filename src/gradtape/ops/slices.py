"""What IndexedSlices mean: rows to add into zeros, at every order and in every level; and their arithmetic.

TensorFlow's have only the minus sign, so that `0.1 * gradient` fails as soon as an embedding is trained. Here a number scales the
rows, and everything else makes a tensor of them first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.indexed_slices import DENSE, IndexedSlices
from ..core.tensor import Tensor, is_tensor, tensor
from .basic import accumulate, add, cast, divide, multiply, reshape, subtract
from .pieces import concatenate, gather_axis, scatter_rows


def dense(slices: IndexedSlices) -> Tensor:
    """The tensor that the rows stand for."""
    dims = slices.dims
    return reshape(scatter_rows(slices.values, slices.indices, size=dims[0]), dims)


def plus(slices: IndexedSlices, other: Any) -> Any:
    """Slices and slices stay slices (rows side by side); with a tensor the sum is a tensor."""
    if type(other) is not IndexedSlices:
        return add(dense(slices), other)
    values = concatenate(slices.values, other.values, axis=0)
    indices = slices.indices, other.indices
    if indices[0].dtype != indices[1].dtype:
        indices = cast(indices[0], np.int64), cast(indices[1], np.int64)
    return IndexedSlices(values, concatenate(*indices, axis=0), slices.dims)


def coalesce(slices: IndexedSlices) -> IndexedSlices:
    """The same with each row once, in order; rows with equal indices are added up."""
    indices = slices.indices.escape().reshape(-1)
    if (indices[1:] > indices[:-1]).all():
        return slices
    rows, places = np.unique(indices, return_inverse=True)
    if rows.size == indices.size:
        values = gather_axis(slices.values, tensor(indices.argsort()))
    else:
        values = scatter_rows(slices.values, tensor(places), size=rows.size)
    return IndexedSlices(values, tensor(rows), slices.dense_dims)


# -- operators ------------------------------------------------------------------------------------------------------
def is_number(x: Any) -> bool:
    return isinstance(x, (int, float, complex, np.number)) or (is_tensor(x) and not isinstance(x, IndexedSlices) and not x.ndim)


def rows_or_dense(operation: Callable) -> Callable:
    """slices op other: a number meets the rows alone."""

    def method(slices: IndexedSlices, other: Any) -> Any:
        if is_number(other):
            return IndexedSlices(operation(slices.values, other), slices.indices, slices.dense_dims)
        return operation(dense(slices), other)

    return method


def sum_of(slices: IndexedSlices, other: Any) -> Any:
    return plus(slices, other) if isinstance(other, IndexedSlices) else add(dense(slices), other)


def difference(slices: IndexedSlices, other: Any) -> Any:
    return plus(slices, -other) if isinstance(other, IndexedSlices) else subtract(dense(slices), other)


def reflected_difference(slices: IndexedSlices, other: Any) -> Any:
    return subtract(other, dense(slices))


def reflected_quotient(slices: IndexedSlices, other: Any) -> Any:
    return divide(other, dense(slices))


OPERATORS = {
    "__mul__": rows_or_dense(multiply),
    "__rmul__": rows_or_dense(multiply),
    "__truediv__": rows_or_dense(divide),
    "__rtruediv__": reflected_quotient,
    "__add__": sum_of,
    "__radd__": sum_of,
    "__sub__": difference,
    "__rsub__": reflected_difference,
}


def install() -> None:
    DENSE.update(dense=dense, plus=plus, coalesce=coalesce)
    for name, method in OPERATORS.items():
        setattr(IndexedSlices, name, method)


install()

__all__ = ["accumulate", "dense", "plus"]
