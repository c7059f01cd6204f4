"""Symbol: a value that a traced function will have."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np

from ..core.dtypes import OF_NUMPY
from ..core.errors import DimensionError, OperatorNotAllowedInGraphError
from ..core.shapes import Dim
from ..core.tensor import Tensor

AUTOGRAPH = (
    "tf.function turns Python's if, while, for, and, or, not and assert on tensors into graph operations (autograph), but this "
    "code was not converted: it was reached with autograph=False, or its source cannot be found, or it stands inside a library. "
    "Write tf.cond, tf.while_loop, tf.where or tf.logical_and there."
)


class Dims(tuple):
    """A shape with unknown extents: other ranks make it another shape, whatever the extents are."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and len(self) == len(other) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__


class Symbol(Tensor):
    """A value that a traced function will have: `value` is its Value in the graph of `level`.

    `known` holds its elements (an array of objects, Dims among them) where they follow from shapes alone.
    """

    __slots__ = ("level", "known")
    level: Any
    known: Any

    @property
    def dims(self) -> tuple[Any, ...]:
        shape = self.value.spec.shape
        return Dims(shape) if Dim in map(type, shape) else shape

    @property
    def dtype(self) -> Any:
        return OF_NUMPY[self.value.spec.dtype]

    @property
    def kind(self) -> str:
        return self.value.spec.dtype.kind

    @property
    def numpy(self) -> Any:  # type: ignore[override]  # so that hasattr(x, "numpy") tells it from a value, as in TensorFlow
        raise AttributeError(
            "a symbolic tf.Tensor has no numbers yet, so it has no numpy(): the function is being traced. Use tf operations, "
            "tf.print to see values, or tf.py_function to run Python on them",
            name="numpy",
            obj=self,
        )

    def escape(self) -> np.ndarray:
        raise NotImplementedError(
            f"Cannot convert a symbolic tf.Tensor ({self!r}) to a numpy array: a function is being traced, and the value has no numbers "
            "yet. NumPy cannot be used on it; use the tf operation of that name, or tf.numpy_function."
        )

    def extents(self) -> Any:
        if self.known is None:
            if self.kind not in "iu" or len(self.dims) > 1 or Dim in map(type, self.dims):
                raise DimensionError(
                    f"{self!r} says a shape or an index that depends on data, which is not known while a function is traced"
                )
            return self.level.extents_of_data(self).tolist()
        return self.known.tolist()

    def twin(self, identity: int) -> Symbol:
        out = Symbol()
        out.value, out.level, out.known, out.id = self.value, self.level, self.known, identity
        return out

    def scalar(self, kind: Any) -> Any:
        raise TypeError(
            f"{kind.__name__}() cannot take a symbolic tf.Tensor ({self!r}): a function is being traced, and the value has no number "
            "yet. Use tf.cast for another dtype."
        )

    def __index__(self) -> int:
        if self.known is not None and not self.ndim:
            return self.known.item().__index__()
        return self.scalar(int)

    def __bool__(self) -> bool:
        raise OperatorNotAllowedInGraphError(f"Using a symbolic `tf.Tensor` as a Python `bool` is not allowed. {AUTOGRAPH}")

    def __len__(self) -> int:
        if self.ndim and type(self.dims[0]) is int:
            return self.dims[0]
        raise TypeError(f"len() is not defined for a symbolic tf.Tensor of shape {self.shape}: write tf.shape(x)[0].")

    def __deepcopy__(self, memo: dict[Any, Any]) -> Symbol:
        return self

    def __reduce__(self) -> NoReturn:  # type: ignore[override]
        raise TypeError("a symbolic tf.Tensor cannot be pickled")

    def __repr__(self) -> str:
        return f"<tf.Tensor: shape={tuple(self.shape)}, dtype={self.dtype.name}, symbolic>"

    __str__ = __repr__
