"""Batches of elements whose lengths differ: as ragged and as sparse tensors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..composites.ragged import RaggedTensor, RaggedTensorSpec
from ..composites.ragged_operations import stack_rows
from ..composites.sparse import SparseTensorSpec, sparse
from ..core.dtypes import as_dtype
from ..core.errors import DataLossError
from ..core.shapes import TensorShape
from ..core.tensor import tensor
from ..core.tensor_spec import TensorSpec
from .batching import Grouped, as_shape, batch_spec
from .node import Node, stack_column
from .structure import Row


class RaggedBatched(Grouped):
    """ragged_batch: components of unknown shape become ragged, the others are stacked."""

    def __init__(self, source: Node, size: int, drop: bool, split_dtype: Any):
        super().__init__(source, size, drop)
        self.split_dtype = as_dtype(split_dtype)

    def rows(self) -> Iterator[Row]:
        inner = self.source.specs
        return (
            tuple([self.together(k, spec, column) for k, (spec, column) in enumerate(zip(inner, columns(g), strict=True))])
            for g in self.groups()
        )

    def together(self, k: int, spec: Any, column: tuple[Any, ...]) -> Any:
        if not isinstance(spec, TensorSpec) or spec.shape.is_fully_defined():
            return stack_column(k, column)
        rank = column[0].ndim
        parts = [tensor(a) if rank == 1 else RaggedTensor.from_tensor(a, ragged_rank=rank - 1) for a in column]
        out = stack_rows(parts, 0)
        return out.with_row_splits_dtype(self.split_dtype) if isinstance(out, RaggedTensor) else out.value

    @property
    def specs(self) -> tuple[Any, ...]:
        return tuple([self.spec(s) for s in self.source.specs])

    def spec(self, spec: Any) -> Any:
        if not isinstance(spec, TensorSpec) or spec.shape.is_fully_defined():
            return batch_spec(spec, self.extent)
        return RaggedTensorSpec(TensorShape([self.extent]).concatenate(spec.shape), spec.dtype, spec.shape.rank, self.split_dtype)


def columns(group: list[Row]) -> list[tuple[Any, ...]]:
    return list(zip(*group, strict=True))


class SparseBatched(Grouped):
    """sparse_batch: every value at its own place, in rows of one shape."""

    def __init__(self, source: Node, size: int, row_shape: Any):
        super().__init__(source, size, drop=False)
        self.row_shape = as_shape(row_shape)
        if len(source.specs) != 1 or not isinstance(source.specs[0], TensorSpec):
            raise TypeError("Dataset.sparse_batch: the elements must be single tensors.")

    def rows(self) -> Iterator[Row]:
        return ((self.together([row[0] for row in group]),) for group in self.groups())

    def together(self, arrays: list[np.ndarray]) -> Any:
        rank = len(self.row_shape)
        largest = [max(sizes) for sizes in zip(*[a.shape for a in arrays], strict=True)]
        extents = [n if want is None else want for n, want in zip(largest, self.row_shape, strict=True)]
        places = []
        for i, a in enumerate(arrays):
            if any(n > m for n, m in zip(a.shape, extents, strict=True)):
                raise DataLossError(
                    None, None, f"Input element had shape ({list(a.shape)}) that is larger than the row shape ({extents})."
                )
            places.append(np.insert(np.indices(a.shape).reshape(rank, a.size).T, 0, i, axis=1))
        flat = np.concatenate([a.ravel() for a in arrays])
        return sparse(np.concatenate(places), tensor(flat), (len(arrays), *extents))

    @property
    def specs(self) -> tuple[Any, ...]:
        return (SparseTensorSpec([None, *self.row_shape], self.source.specs[0].dtype),)
