"""One step of a pipeline.

A node gives its rows one by one.  Where a pipeline only picks and reorders elements that can be reached by number
(slices of arrays, shuffled, repeated, mapped), it gives an Order instead: those elements, and the numbers in the order in
which they come.  `batch` then gathers a whole batch at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import starmap
from typing import Any, NamedTuple

import numpy as np

from ..core.composite import CompositeTensor
from ..core.errors import invalid
from ..core.tensor_spec import TensorSpec
from .structure import COMPONENT, Row, Structure

INFINITE = -1
UNKNOWN = -2


class Base:
    """Elements that can be reached by number."""

    __slots__ = ("length",)
    length: int

    def row(self, index: int) -> Row:
        raise NotImplementedError

    def gather(self, indices: np.ndarray) -> Row:
        """The components of these elements, each stacked along a new first axis."""
        return stack([self.row(i) for i in indices.tolist()])


class Order(NamedTuple):
    """Elements of `base` in the order of `indices`."""

    base: Base
    indices: Iterator[int]


class Node:
    """A step of a pipeline; `inputs` are the nodes that it reads."""

    inputs: tuple[Node, ...] = ()

    def rows(self) -> Iterator[Row]:
        order = self.order()
        assert order is not None, "a node gives its rows or an order"
        return map(order.base.row, order.indices)

    def base(self) -> Base | None:
        """The elements by number, where they all can be reached so."""
        return None

    def order(self) -> Order | None:
        base = self.base()
        return None if base is None else Order(base, iter(range(base.length)))

    def pass_over(self) -> None:
        """Count an iteration that begins and that nobody reads."""
        for source in self.inputs:
            source.pass_over()

    @property
    def structure(self) -> Structure:
        return self.inputs[0].structure

    @property
    def specs(self) -> tuple[Any, ...]:
        """A TensorSpec (or DatasetSpec) a component."""
        return self.inputs[0].specs

    @property
    def cardinality(self) -> int:
        return self.inputs[0].cardinality


class Step(Node):
    """A node that reads one other."""

    def __init__(self, source: Node):
        self.inputs = (source,)

    @property
    def source(self) -> Node:
        return self.inputs[0]


# -- sources -----------------------------------------------------------------------------------------------------
class Arrays(Base):
    """Slices of arrays along their first axis."""

    __slots__ = ("arrays",)

    def __init__(self, arrays: Row):
        self.arrays = arrays
        self.length = len(arrays[0])

    def row(self, index: int) -> Row:
        return tuple([a[index, ...] for a in self.arrays])

    def gather(self, indices: np.ndarray) -> Row:
        first, count = int(indices[0]), len(indices)
        if int(indices[-1]) - first == count - 1 and (count < 3 or (np.diff(indices) == 1).all()):
            return tuple([a[first : first + count] for a in self.arrays])
        return tuple([a.take(indices, 0) for a in self.arrays])


class MixedRows(Base):
    """The same where ragged or sparse tensors stand among the arrays."""

    __slots__ = ("parts",)

    def __init__(self, parts: Row):
        self.parts = parts
        self.length = row_count(parts[0])

    def row(self, index: int) -> Row:
        return tuple([p.row_at(index) if isinstance(p, CompositeTensor) else p[index, ...] for p in self.parts])

    def gather(self, indices: np.ndarray) -> Row:
        return tuple([p.rows_at(indices) if isinstance(p, CompositeTensor) else p.take(indices, 0) for p in self.parts])


def row_count(component: Any) -> int:
    return component.row_count if isinstance(component, CompositeTensor) else len(component)


class Slices(Node):
    """from_tensor_slices."""

    def __init__(self, row: Row, structure: Structure):
        self.arrays, self._structure = row, structure

    @cached_property
    def _base(self) -> Base:
        return MixedRows(self.arrays) if any([isinstance(a, CompositeTensor) for a in self.arrays]) else Arrays(self.arrays)

    def base(self) -> Base:
        return self._base

    @property
    def structure(self) -> Structure:
        return self._structure

    @cached_property
    def specs(self) -> tuple[Any, ...]:
        return tuple([row_spec(a) for a in self.arrays])

    @property
    def cardinality(self) -> int:
        return row_count(self.arrays[0])


class Single(Node):
    """from_tensors: one element."""

    def __init__(self, row: Row, structure: Structure, specs: tuple[Any, ...]):
        self.row, self._structure, self._specs = row, structure, specs

    def rows(self) -> Iterator[Row]:
        return iter((self.row,))

    @property
    def structure(self) -> Structure:
        return self._structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return self._specs

    @property
    def cardinality(self) -> int:
        return 1


class Numbers(Base):
    """The numbers of a range, as arrays of rank 0."""

    __slots__ = ("dtype", "numbers")

    def __init__(self, numbers: range, dtype: np.dtype):
        self.numbers, self.dtype = numbers, dtype
        self.length = len(numbers)

    def row(self, index: int) -> Row:
        return (np.array(self.numbers[index], self.dtype),)

    def gather(self, indices: np.ndarray) -> Row:
        return ((self.numbers.start + indices * self.numbers.step).astype(self.dtype),)


class Range(Node):
    """range."""

    def __init__(self, numbers: range, dtype: np.dtype):
        self.numbers, self.dtype = numbers, dtype

    @cached_property
    def _base(self) -> Base:
        return Numbers(self.numbers, self.dtype)

    def base(self) -> Base:
        return self._base

    @property
    def structure(self) -> Structure:
        return COMPONENT

    @property
    def specs(self) -> tuple[Any, ...]:
        return (array_spec((), self.dtype),)

    @property
    def cardinality(self) -> int:
        return len(self.numbers)


class Made(Node):
    """Rows that a function makes anew for every iteration: generators, files, counters, random numbers."""

    def __init__(self, make: Any, structure: Structure, specs: tuple[Any, ...], cardinality: int = UNKNOWN):
        self.make, self._structure, self._specs, self._cardinality = make, structure, specs, cardinality

    def rows(self) -> Iterator[Row]:
        return self.make()

    @property
    def structure(self) -> Structure:
        return self._structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return self._specs

    @property
    def cardinality(self) -> int:
        return self._cardinality


# -- elements by number ------------------------------------------------------------------------------------------
class Picked(Base):
    """Some elements of another base: a range of its numbers."""

    __slots__ = ("chosen", "inner")

    def __init__(self, inner: Base, chosen: range):
        self.inner, self.chosen = inner, chosen
        self.length = len(chosen)

    def row(self, index: int) -> Row:
        return self.inner.row(self.chosen[index])

    def gather(self, indices: np.ndarray) -> Row:
        return self.inner.gather(self.chosen.start + indices * self.chosen.step)


class Beside(Base):
    """The components of several bases side by side."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[Base]):
        self.parts = parts
        self.length = min(part.length for part in parts)

    def row(self, index: int) -> Row:
        return tuple([x for part in self.parts for x in part.row(index)])

    def gather(self, indices: np.ndarray) -> Row:
        return tuple([x for part in self.parts for x in part.gather(indices)])


class Kept(Base):
    """Rows that stand in a list."""

    __slots__ = ("kept",)

    def __init__(self, kept: list[Row]):
        self.kept = kept
        self.length = len(kept)

    def row(self, index: int) -> Row:
        return self.kept[index]


class Zip(Node):
    """zip: rows side by side, as long as the shortest."""

    def __init__(self, parts: list[Node], structure: Structure):
        self.inputs, self._structure = tuple(parts), structure

    @cached_property
    def _base(self) -> Base | None:
        bases = [part.base() for part in self.inputs]
        known = [base for base in bases if base is not None]
        return Beside(known) if len(known) == len(bases) else None

    def base(self) -> Base | None:
        return self._base

    def rows(self) -> Iterator[Row]:
        columns = [part.rows() for part in self.inputs]
        if len(columns) == 2:
            return starmap(tuple.__add__, zip(*columns, strict=False))
        return map(joined, zip(*columns, strict=False))

    @property
    def structure(self) -> Structure:
        return self._structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return joined([part.specs for part in self.inputs])

    @property
    def cardinality(self) -> int:
        counts = [part.cardinality for part in self.inputs]
        finite = [n for n in counts if n != INFINITE]
        return UNKNOWN if UNKNOWN in counts else min(finite) if finite else INFINITE


def joined(rows: Any) -> Row:
    return tuple([x for row in rows for x in row])


# -- arrays of rows ----------------------------------------------------------------------------------------------
def array_spec(shape: Any, dtype: Any) -> TensorSpec:
    return TensorSpec(shape, dtype)


def row_spec(component: Any) -> Any:
    """What is known of the rows of a component."""
    if isinstance(component, CompositeTensor):
        return component._type_spec.unbatched()
    return array_spec(component.shape[1:], component.dtype)


def stack(rows: list[Row]) -> Row:
    """The components of rows, each stacked along a new first axis."""
    return tuple([stack_column(k, column) for k, column in enumerate(zip(*rows, strict=True))])


def stack_column(k: int, column: tuple[Any, ...]) -> Any:
    first = column[0]
    if isinstance(first, CompositeTensor):
        return first.stacked(column)
    if type(first) is not np.ndarray:
        raise TypeError(f"Dataset.batch: component {k} is a {type(first).__name__}, which cannot be batched; flat_map it first.")
    shape, dtype = first.shape, first.dtype
    for i, other in enumerate(column):
        if other.shape != shape:
            raise invalid(
                "IteratorGetNext",
                f"Cannot batch tensors with different shapes in component {k}. First element had shape {list(shape)} and "
                f"element {i} had shape {list(other.shape)}. Dataset.padded_batch pads them to one shape.",
            )
        if other.dtype != dtype:
            raise invalid(
                "IteratorGetNext",
                f"Cannot batch tensors with different dtypes in component {k}. First element had {dtype} and element {i} "
                f"had {other.dtype}.",
            )
    if dtype.kind != "O":
        return np.array(column)
    out = np.empty((len(column), *shape), object)
    for i, other in enumerate(column):
        out[i] = other[()]
    return out
