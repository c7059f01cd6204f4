"""SparseTensor: the elements of a tensor that are there, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..core.composite import CompositeTensor
from ..core.dtypes import DType, as_dtype, int64
from ..core.errors import invalid
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, convert_to_tensor, is_tensor, tensor
from .rows import known


class SparseTensorValue(NamedTuple):
    """The arrays of a sparse tensor."""

    indices: Any
    values: Any
    dense_shape: Any


class SparseTensor(CompositeTensor):
    """The elements `values[i]` at `indices[i]` of a tensor of shape `dense_shape`; everything else is zero.

    The functions of `tf.sparse` work on it; most want the indices in order (`tf.sparse.reorder`). The gradient belongs to the values:
    `tape.gradient(loss, x)` is sparse with the indices of x.

    Raises:
        ValueError: indices that are no matrix, or do not fit values or dense_shape.

    >>> x = tf.SparseTensor([[0, 1], [1, 0]], [3.0, 4.0], [2, 2])
    >>> tf.sparse.to_dense(x).numpy()
    array([[0., 3.],
           [4., 0.]], dtype=float32)
    """

    __slots__ = ("_dense_shape", "_indices", "_values")

    def __init__(self, indices: Any, values: Any, dense_shape: Any):
        self._indices = integers(indices, "indices")
        self._values = values if isinstance(values, Tensor) else convert_to_tensor(values)
        self._dense_shape = integers(dense_shape, "dense_shape")
        rank = self._dense_shape.dims[0] if self._dense_shape.ndim == 1 else None
        if self._indices.ndim != 2 or self._values.ndim != 1 or rank is None:
            raise ValueError(
                f"SparseTensor: indices must be a matrix, values and dense_shape vectors; got the shapes {self._indices.shape}, "
                f"{self._values.shape}, {self._dense_shape.shape}"
            )
        if self._indices.dims != (self._values.dims[0], rank):
            raise ValueError(
                f"SparseTensor: the indices have the shape {self._indices.shape}, which does not fit {self._values.dims[0]} values "
                f"and a dense_shape of {rank} dimensions"
            )

    @classmethod
    def from_value(cls, sparse_tensor_value: Any) -> SparseTensor:
        """Of a SparseTensor or the arrays of one."""
        return cls(sparse_tensor_value.indices, sparse_tensor_value.values, sparse_tensor_value.dense_shape)

    @property
    def indices(self) -> Tensor:
        return self._indices

    @property
    def values(self) -> Tensor:
        return self._values

    @property
    def dense_shape(self) -> Tensor:
        return self._dense_shape

    @property
    def dtype(self) -> DType:
        return self._values.dtype

    @property
    def extents(self) -> tuple[Any, ...]:
        """The dense shape as numbers."""
        return tuple(self._dense_shape.extents())

    @property
    def shape(self) -> TensorShape:
        return TensorShape(list(self.extents))

    def get_shape(self) -> TensorShape:
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Check the shape."""
        if not self.shape.is_compatible_with(TensorShape(shape)):
            raise ValueError(f"Shapes {self.shape} and {TensorShape(shape)} are not compatible")

    @property
    def ndim(self) -> int:
        return self._indices.dims[1]

    @property
    def places(self) -> np.ndarray:
        """The indices as an array."""
        return known(self._indices)

    def with_values(self, new_values: Any) -> SparseTensor:
        """Other values at the same places."""
        return SparseTensor(self._indices, new_values, self._dense_shape)

    def consumers(self) -> list[Any]:
        return []

    @property
    def differentiated(self) -> Tensor:
        return self._values

    def with_differentiated(self, values: Any) -> Any:
        return None if values is None else self.with_values(convert_to_tensor(values))

    def components(self) -> list[Any]:
        return [self._indices, self._values, self._dense_shape]

    def recomposed(self, components: Sequence[Any]) -> SparseTensor:
        return SparseTensor(*components)

    @property
    def _type_spec(self) -> SparseTensorSpec:
        return SparseTensorSpec(self.shape, self.dtype)

    def numpy(self) -> SparseTensorValue:
        return SparseTensorValue(*[x.numpy() for x in self.components()])

    def __len__(self) -> int:
        raise TypeError("object of type 'SparseTensor' has no len(): write x.dense_shape[0]")

    def __repr__(self) -> str:
        return f"SparseTensor(indices={self._indices!s}, values={self._values!s}, dense_shape={self._dense_shape!s})"

    __str__ = __repr__

    def __reduce__(self) -> Any:
        return SparseTensor, tuple(self.components())

    # -- rows, as datasets take them -----------------------------------------------------------------------------------------
    @property
    def row_count(self) -> int:
        return self.extents[0]


def integers(value: Any, what: str) -> Tensor:
    out = value if is_tensor(value) else convert_to_tensor(np.asarray(value).astype(np.int64) if empty(value) else value)
    out = convert_to_tensor(out)
    if out.dtype is int64:
        return out
    if out.dtype.numpy_dtype.kind not in "iu" or is_tensor(value):
        raise ValueError(f"SparseTensor: {what} must be int64, got {out.dtype.name}; write tf.cast({what}, tf.int64)")
    return tensor(known(out).astype(np.int64))


def empty(value: Any) -> bool:
    return np.size(value) == 0


class SparseTensorSpec:
    """What is known of a sparse tensor: its shape and dtype.

    >>> tf.SparseTensorSpec([None, 3], tf.float32)
    SparseTensorSpec(TensorShape([None, 3]), tf.float32)
    """

    __slots__ = ("_dtype", "_shape")

    def __init__(self, shape: Any = None, dtype: Any = "float32"):
        self._shape, self._dtype = TensorShape(shape), as_dtype(dtype)

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @property
    def dtype(self) -> DType:
        return self._dtype

    @property
    def value_type(self) -> type[SparseTensor]:
        return SparseTensor

    @classmethod
    def from_value(cls, value: Any) -> SparseTensorSpec:
        """The spec of a sparse tensor."""
        return cls(value.shape, value.dtype)

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Could a sparse tensor be of both?"""
        if not isinstance(spec_or_value, (SparseTensor, SparseTensorSpec)):
            return False
        return self._dtype == spec_or_value.dtype and self._shape.is_compatible_with(spec_or_value.shape)

    def batched(self, extent: int | None) -> SparseTensorSpec:
        return SparseTensorSpec(TensorShape([extent]).concatenate(self._shape), self._dtype)

    def loosened(self) -> SparseTensorSpec:
        """Any extents."""
        return SparseTensorSpec([None] * (self._shape.rank or 0), self._dtype)

    def unbatched(self) -> SparseTensorSpec:
        return SparseTensorSpec(self._shape[1:], self._dtype)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SparseTensorSpec) and (self._shape, self._dtype) == (other._shape, other._dtype)

    def __hash__(self) -> int:
        return hash((None if self._shape.rank is None else tuple(self._shape), self._dtype))

    def __repr__(self) -> str:
        return f"SparseTensorSpec({self._shape!r}, {self._dtype!r})"


def as_sparse(x: Any, op: str) -> SparseTensor:
    """The argument of a function of sparse tensors."""
    if isinstance(x, SparseTensor):
        return x
    if isinstance(x, SparseTensorValue):
        return SparseTensor.from_value(x)
    raise TypeError(f"{op}: Input must be a SparseTensor, got {type(x).__name__}.")


def raveled(x: SparseTensor, op: str) -> np.ndarray:
    """The number of each element in the dense tensor.

    Raises:
        InvalidArgumentError: an index outside the dense shape.
    """
    return raveled_places(x.places, x.extents, op)


def raveled_places(places: np.ndarray, extents: Sequence[int], op: str) -> np.ndarray:
    dims = np.array(extents, np.int64)
    outside = ((places < 0) | (places >= dims)).any(1)
    if outside.any():
        k = int(np.flatnonzero(outside)[0])
        raise invalid(op, f"{op}: indices[{k}] = {places[k].tolist()} is out of bounds: need 0 <= index < {list(extents)}")
    strides = np.array([int(np.prod(dims[i + 1 :])) for i in range(len(dims))], np.int64)
    return places @ strides if len(dims) else np.zeros(len(places), np.int64)


def unraveled(numbers: np.ndarray, extents: Sequence[int]) -> np.ndarray:
    if not len(extents):
        return np.zeros((len(numbers), 0), np.int64)
    return np.stack(np.unravel_index(numbers, tuple(extents)), 1).astype(np.int64).reshape(len(numbers), len(extents))


def sparse(indices: np.ndarray, values: Tensor, extents: Sequence[int]) -> SparseTensor:
    """Of arrays that fit."""
    return SparseTensor(tensor(np.ascontiguousarray(indices, np.int64)), values, tensor(np.array(extents, np.int64)))
