"""Iterators of datasets, the specs of both, and Optional."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import Any
from weakref import ref

import numpy as np

from ..core.composite import CompositeTensor
from ..core.context import current, under
from ..core.errors import OutOfRangeError, invalid
from ..core.module import Trackable
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, tensor
from ..core.variable import Variable
from .node import Node
from .structure import Composite, as_tensor, pack_specs, packer


class Iterator(Trackable):
    """Goes through the elements of a dataset: `iter(dataset)`.

    It may be dropped at any point; threads that read ahead for it end then. A checkpoint holds its place: restored, it passes over
    as many elements, which are the same where the dataset gives the same each time (a shuffle needs a seed).

    >>> iterator = iter(tf.data.Dataset.range(2))
    >>> next(iterator).numpy(), iterator.get_next().numpy()
    (np.int64(0), np.int64(1))
    """

    __slots__ = ("_given", "_node", "_pack", "_place", "_rows", "__weakref__")

    def __init__(self, node: Node):
        if not isinstance(node, Node):
            raise TypeError(f"an iterator is made by iter(dataset), not from {type(node)}")
        self._node = node
        self._rows = node.rows() if current() is None else under((), None, node.rows)
        self._pack: Any = None
        self._given = 0
        self._place: Place | None = None

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        row = next(self._rows) if current() is None else under((), None, next, self._rows)
        self._given += 1
        if self._pack is None:
            self._pack = packer(self._node.structure, as_tensor)
        return self._pack(row)

    def _children(self) -> dict[str, Any]:
        """What a checkpoint saves and restores: the place."""
        if self._place is None:
            self._place = Place(self)
        self._place.read_from(self)
        return {"place": self._place}

    def _go_to(self, place: int) -> None:
        if place < self._given:
            self._rows, self._given = under((), None, self._node.rows), 0
        missing, self._given = place - self._given, place
        under((), None, lambda: deque(islice(self._rows, missing), 0))

    def get_next(self) -> Any:
        """The next element.

        Raises:
            OutOfRangeError: there is none.
        """
        for element in self:
            return element
        raise OutOfRangeError(None, None, "End of sequence [Op:IteratorGetNext]")

    def get_next_as_optional(self) -> Optional:
        """The next element, or that there is none, as an Optional."""
        for element in self:
            return Optional.from_value(element)
        return Optional.empty(self.element_spec)

    @property
    def element_spec(self) -> Any:
        return pack_specs(self._node.structure, self._node.specs)

    @property
    def _type_spec(self) -> Any:
        return IteratorSpec(self.element_spec)


class Place(Variable):
    """How many elements an iterator has given; assigning it moves the iterator there."""

    def __init__(self, iterator: Iterator):
        super().__init__(np.int64(iterator._given), trainable=False, name="place")
        self._iterator = ref(iterator)

    def read_from(self, iterator: Iterator) -> None:
        super().assign(np.int64(iterator._given))

    def assign(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        out, iterator = super().assign(value, *args, **kwargs), self._iterator()
        if iterator is not None:
            iterator._go_to(int(self.numpy()))
        return out


class NumpyIterator:
    """Goes through the elements as NumPy arrays (strings as bytes, datasets as iterators of their own)."""

    __slots__ = ("_node", "_pack", "_rows")

    def __init__(self, dataset: Any):
        if not isinstance(dataset, Composite) or not isinstance(getattr(dataset, "_node", None), Node):
            raise TypeError(f"NumpyIterator takes a dataset, got {type(dataset)}")
        self._node: Node = dataset._node  # type: ignore[attr-defined]
        self._rows = self._node.rows() if current() is None else under((), None, self._node.rows)
        self._pack: Any = None

    def __iter__(self) -> NumpyIterator:
        return self

    def __next__(self) -> Any:
        row = next(self._rows) if current() is None else under((), None, next, self._rows)
        if self._pack is None:
            self._pack = packer(self._node.structure, as_numpy)
        return self._pack(row)

    next = __next__


def as_numpy(component: Any) -> Any:
    if isinstance(component, Composite):
        return NumpyIterator(component)
    if isinstance(component, CompositeTensor):
        return component.numpy()
    return component[()] if component.ndim == 0 else np.array(component)


class DatasetSpec:
    """What is known of a dataset that is an element itself.

    >>> tf.data.DatasetSpec(tf.TensorSpec([], tf.int64))
    DatasetSpec(TensorSpec(shape=(), dtype=tf.int64, name=None), TensorShape([]))
    """

    def __init__(self, element_spec: Any, dataset_shape: Any = ()):
        self._element_spec = element_spec
        self._dataset_shape = TensorShape(dataset_shape)

    @property
    def element_spec(self) -> Any:
        return self._element_spec

    @property
    def shape(self) -> TensorShape:
        return self._dataset_shape

    def is_compatible_with(self, other: Any) -> bool:
        return isinstance(other, DatasetSpec) and self._element_spec == other._element_spec

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DatasetSpec) and self._element_spec == other._element_spec

    def __hash__(self) -> int:
        return hash(DatasetSpec)

    def __repr__(self) -> str:
        return f"DatasetSpec({self._element_spec!r}, {self._dataset_shape!r})"


class IteratorSpec:
    """What is known of an iterator."""

    def __init__(self, element_spec: Any):
        self._element_spec = element_spec

    @property
    def element_spec(self) -> Any:
        return self._element_spec

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IteratorSpec) and self._element_spec == other._element_spec

    def __hash__(self) -> int:
        return hash(IteratorSpec)

    def __repr__(self) -> str:
        return f"IteratorSpec({self._element_spec!r})"


class Optional:
    """A value, or that there is none: what `get_next_as_optional` gives.

    >>> bool(tf.data.experimental.Optional.from_value(3).has_value())
    True
    """

    __slots__ = ("_spec", "_values")

    def __init__(self, values: tuple[Any, ...], spec: Any):
        self._values, self._spec = values, spec

    @staticmethod
    def from_value(value: Any) -> Optional:
        return Optional((value,), None)

    @staticmethod
    def empty(element_spec: Any) -> Optional:
        return Optional((), element_spec)

    def has_value(self, name: str | None = None) -> Tensor:
        return tensor(np.array(bool(self._values)))

    def get_value(self, name: str | None = None) -> Any:
        """The value.

        Raises:
            InvalidArgumentError: there is none.
        """
        if not self._values:
            raise invalid("OptionalGetValue", "The given optional does not have a value.")
        return self._values[0]

    @property
    def element_spec(self) -> Any:
        return self._spec
