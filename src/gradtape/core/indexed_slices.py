"""IndexedSlices: a sparse gradient, rows of a larger tensor."""

from __future__ import annotations

from typing import Any

import numpy as np

from .dtypes import DType
from .shapes import Dim, TensorShape
from .tensor import CONVERTERS, Tensor, to_tensor


class IndexedSlices:
    """Rows `values[i]` that belong at `indices[i]` of a tensor of shape `dense_shape`; equal indices add up.

    The gradient of `tf.gather` with respect to a variable. It converts to a dense tensor wherever one is needed.

    >>> s = tf.IndexedSlices(tf.constant([[1.0, 2.0]]), tf.constant([1]), tf.constant([3, 2]))
    >>> tf.convert_to_tensor(s).numpy()
    array([[0., 0.],
           [1., 2.],
           [0., 0.]], dtype=float32)
    """

    __slots__ = ("_values", "_indices", "_dense_shape", "__weakref__")
    __array_priority__ = 100
    __array_ufunc__ = None  # an array beside slices leaves the operation to them, and to the tape

    def __init__(self, values: Any, indices: Any, dense_shape: Any = None):
        self._values = values  # a tensor, or what becomes one: Python numbers take a variable's dtype in its scatter methods
        self._indices = to_tensor(indices)
        self._dense_shape = dense_shape if dense_shape is None or type(dense_shape) is tuple else extents(dense_shape)

    @property
    def values(self) -> Tensor:
        if not isinstance(self._values, Tensor):
            self._values = to_tensor(self._values)
        return self._values

    def values_like(self, dtype: np.dtype) -> Tensor:
        """The values; Python numbers take this dtype where they can."""
        return to_tensor(self._values, dtype)

    @property
    def indices(self) -> Tensor:
        return self._indices

    @property
    def dense_shape(self) -> Tensor | None:
        return None if self._dense_shape is None else to_tensor(list(self._dense_shape))

    @property
    def shape(self) -> TensorShape:
        return TensorShape(None) if self._dense_shape is None else TensorShape.of(self._dense_shape)

    @property
    def dense_dims(self) -> tuple[Any, ...] | None:
        """The dense shape as a plain tuple, or None where none was given."""
        return self._dense_shape

    @property
    def dims(self) -> tuple[Any, ...]:
        """The dense shape as a plain tuple."""
        if self._dense_shape is None:
            raise ValueError("these IndexedSlices have no dense_shape; give one to make a tensor of them")
        return self._dense_shape

    @property
    def ndim(self) -> int:
        return len(self.dims)

    @property
    def dtype(self) -> DType:
        return self.values.dtype

    @property
    def kind(self) -> str:
        return self.values.kind

    @property
    def device(self) -> str:
        return self.values.device

    @property
    def name(self) -> str:
        return "IndexedSlices"

    # `ops.slices` gives these their meaning: they need operations.
    def dense(self) -> Tensor:
        """The tensor that these rows stand for."""
        return DENSE["dense"](self)

    def plus(self, other: Any) -> Any:
        """The sum with other slices (slices again) or with a tensor."""
        return DENSE["plus"](self, other)

    def coalesce(self) -> IndexedSlices:
        """The same with each row once, in order; rows with equal indices are added up."""
        return DENSE["coalesce"](self)

    def __neg__(self) -> IndexedSlices:
        return IndexedSlices(-self.values, self._indices, self._dense_shape)  # type: ignore[operator]

    def numpy(self) -> Any:
        return self.dense().numpy()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.dense().__array__(dtype, copy)

    def __repr__(self) -> str:
        shape = "" if self._dense_shape is None else f", dense_shape={self.dense_shape!s}"
        return f"IndexedSlices(indices={self._indices!s}, values={self.values!s}{shape})"


DENSE: dict[str, Any] = {}


def extents(shape: Any) -> tuple[Any, ...]:
    return tuple(n if isinstance(n, Dim) else int(n) for n in (shape.extents() if isinstance(shape, Tensor) else shape))


CONVERTERS[IndexedSlices] = IndexedSlices.dense
