"""Steps that call a user's function: map, filter, flat_map, interleave, scan, take_while."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from ..core.errors import OpError
from ..core.tensor import convert_to_tensor
from .function import Function, packed
from .node import UNKNOWN, Base, Node, Order, Step
from .structure import Composite, Row, Structure, as_component, spec_of, take_apart
from .threads import parallel_map

AUTOTUNE = -1


class Mapped(Base):
    """The results of a function on elements that can be reached by number."""

    __slots__ = ("function", "inner")

    def __init__(self, inner: Base, function: Function):
        self.inner, self.function = inner, function
        self.length = inner.length

    def row(self, index: int) -> Row:
        try:
            return self.function.row(self.inner.row(index))
        except BaseException as error:
            if isinstance(error, StopIteration):
                raise self.function.stopped(index) from error
            self.function.explain(error, index)
            raise

    def gather(self, indices: np.ndarray) -> Row:
        """At once where that makes no difference; where it fails, one by one, which says what is wrong with which element."""
        if self.function.takes_batches(self.inner.row(int(indices[0]))):
            try:
                return self.function.batch(self.inner.gather(indices))
            except (TypeError, ValueError, ArithmeticError, LookupError, RuntimeError, OpError):
                self.function.whole = False
        return Base.gather(self, indices)


class Map(Step):
    """map."""

    def __init__(self, source: Node, fn: Callable, workers: int | None):
        super().__init__(source)
        self.function, self.workers = Function(fn, source, "map"), workers
        self.bases: dict[int, Base] = {}

    def rows(self) -> Iterator[Row]:
        call, source = Calls(self.function, self.function.row), self.source.rows()
        return map(call, source) if self.workers is None else parallel_map(call.numbered, source, max(self.workers, 0))

    def order(self) -> Order | None:
        if not self.quick:
            return None
        order = self.source.order()
        return None if order is None else Order(self.mapped(order.base), order.indices)

    def base(self) -> Base | None:
        inner = self.source.base() if self.quick else None
        return None if inner is None else self.mapped(inner)

    def mapped(self, inner: Base) -> Base:
        return self.bases.setdefault(id(inner), Mapped(inner, self.function))

    @cached_property
    def quick(self) -> bool:
        """Does the function run on whole batches, should there be any?"""
        order = self.source.order()
        if order is None or not order.base.length:
            return False
        return self.function.takes_batches(order.base.row(0))

    @property
    def structure(self) -> Structure:
        return self.function.structure or self.inferred[0]

    @property
    def specs(self) -> tuple[Any, ...]:
        return self.inferred[1]

    @cached_property
    def inferred(self) -> tuple[Structure, tuple[Any, ...]]:
        return self.function.result_specs()


class Calls:
    """Calls a function on row after row, and tells an exception which row it was."""

    __slots__ = ("call", "done", "function")

    def __init__(self, function: Function, call: Callable[[Row], Any]):
        self.function, self.call, self.done = function, call, 0

    def __call__(self, row: Row) -> Any:
        self.done += 1
        try:
            return self.call(row)
        except BaseException as error:
            self.failed(error, self.done - 1)
            raise

    def numbered(self, number: int, row: Row) -> Any:
        """The same where several threads call, which know the number."""
        try:
            return self.call(row)
        except BaseException as error:
            self.failed(error, number)
            raise

    def failed(self, error: BaseException, number: int) -> None:
        if isinstance(error, StopIteration):
            raise self.function.stopped(number) from error
        self.function.explain(error, number)


class Filter(Step):
    """filter."""

    def __init__(self, source: Node, predicate: Callable):
        super().__init__(source)
        self.function = Function(predicate, source, "filter")

    def rows(self) -> Iterator[Row]:
        return filter(Calls(self.function, lambda row: truth(self.function.value(row), "filter")), self.source.rows())

    @property
    def cardinality(self) -> int:
        return UNKNOWN


class TakeWhile(Step):
    """take_while."""

    def __init__(self, source: Node, predicate: Callable):
        super().__init__(source)
        self.function = Function(predicate, source, "take_while")

    def rows(self) -> Iterator[Row]:
        holds = Calls(self.function, lambda row: truth(self.function.value(row), "take_while"))
        for row in self.source.rows():
            if not holds(row):
                return
            yield row

    @property
    def cardinality(self) -> int:
        return UNKNOWN


def truth(value: Any, what: str) -> bool:
    array = as_component(value)
    if not isinstance(array, np.ndarray) or array.dtype != bool or array.ndim:
        raise ValueError(
            f"`predicate` return type must be convertible to a scalar boolean tensor. Dataset.{what} got {value!r:.100}"
        )
    return bool(array)


# -- one element to many ------------------------------------------------------------------------------------------
class Nested(Step):
    """Base of the steps whose function returns datasets."""

    def __init__(self, source: Node, fn: Callable, what: str):
        super().__init__(source)
        self.function = Function(fn, source, what)
        self.seen: Node | None = None

    def nodes(self) -> Iterator[Node]:
        return map(Calls(self.function, self.node), self.source.rows())

    def node(self, row: Row) -> Node:
        result = self.function.value(row)
        if not isinstance(result, Composite) or not isinstance(getattr(result, "_node", None), Node):
            raise TypeError(f"Dataset.{self.function.what}: `map_func` must return a `Dataset` object. Got {type(result)}.")
        node: Node = result._node  # type: ignore[attr-defined]
        self.seen = node
        return node

    @property
    def sample(self) -> Node:
        """A dataset that the function returned; for the specs it runs on the first element."""
        if self.seen is None and next(self.nodes(), None) is None:
            raise ValueError(f"Dataset.{self.function.what}: element_spec is found on the first element, and there is none.")
        assert self.seen is not None
        return self.seen

    @property
    def structure(self) -> Structure:
        return self.sample.structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return self.sample.specs

    @property
    def cardinality(self) -> int:
        return UNKNOWN


class FlatMap(Nested):
    """flat_map."""

    def __init__(self, source: Node, fn: Callable):
        super().__init__(source, fn, "flat_map")

    def rows(self) -> Iterator[Row]:
        for node in self.nodes():
            yield from node.rows()


class Interleave(Nested):
    """interleave: `block` elements of each of `cycle` datasets in turn."""

    def __init__(self, source: Node, fn: Callable, cycle: int | None, block: int | None):
        super().__init__(source, fn, "interleave")
        self.cycle = (os.cpu_count() or 1) if cycle is None or cycle == AUTOTUNE else cycle
        self.block = 1 if block is None else block

    def rows(self) -> Iterator[Row]:
        """A dataset that ends gives its place to the next one, which begins at the next turn of that place."""
        nodes = self.nodes()
        places: deque[Iterator[Row] | None] = deque([None] * self.cycle)
        idle = 0
        while idle < self.cycle:
            place = places.popleft()
            if place is None:
                node = next(nodes, None)
                place = None if node is None else node.rows()
            if place is None:
                idle += 1
                places.append(None)
                continue
            idle = 0
            given = 0
            for row in islice(place, self.block):
                given += 1
                yield row
            places.append(place if given == self.block else None)


# -- a state ------------------------------------------------------------------------------------------------------
class Scan(Step):
    """scan: a state goes from element to element; the function returns (new state, element)."""

    def __init__(self, source: Node, initial: Any, fn: Callable):
        super().__init__(source)
        self.initial = take_apart(initial, as_component)
        self.function = Function(fn, source, "scan")
        self.out: Structure | None = None

    def rows(self) -> Iterator[Row]:
        state = self.initial[0]
        for row in self.source.rows():
            state, out = self.step(state, row)
            yield out

    def step(self, state: Row, row: Row) -> tuple[Row, Row]:
        element = packed(self.source.structure, row)
        result = self.function.fn(packed(self.initial[1], state), element)
        if not (isinstance(result, tuple) and len(result) == 2):
            raise TypeError("The scan function must return a pair comprising the new state and the output value.")
        new = checked_state(self.initial, take_apart(result[0], as_component), "scan")
        out, self.out = take_apart(result[1], as_component)
        return new, out

    @cached_property
    def first(self) -> tuple[Structure, tuple[Any, ...]]:
        row = next(self.rows(), None)
        if row is None or self.out is None:
            raise ValueError("Dataset.scan: element_spec is found on the first element, and there is none.")
        return self.out, tuple([spec_of(x) for x in row])

    @property
    def structure(self) -> Structure:
        return self.out or self.first[0]

    @property
    def specs(self) -> tuple[Any, ...]:
        return self.first[1]


def checked_state(initial: tuple[Row, Structure], new: tuple[Row, Structure], what: str) -> Row:
    """A new state has the structure and dtypes of the first one."""
    (old_row, old), (row, structure) = initial, new
    if structure != old:
        raise TypeError(f"Dataset.{what}: the state must keep its structure; it was {old} and became {structure}.")
    for before, after in zip(old_row, row, strict=True):
        if isinstance(before, np.ndarray) and before.dtype != after.dtype:
            raise TypeError(
                f"The element types for the new state must match the initial state. Dataset.{what}: expected {before.dtype}; "
                f"got {after.dtype}."
            )
    return row


def reduced(source: Node, initial: Any, fn: Callable) -> Any:
    """reduce: the last state."""
    first = take_apart(initial, as_component)
    state = first[0]
    for number, row in enumerate(source.rows()):
        try:
            result = fn(packed(first[1], state), packed(source.structure, row))
        except BaseException as error:
            Function(fn, source, "reduce").explain(error, number)
            raise
        state = checked_state(first, take_apart(result, as_component), "reduce")
    return packed(first[1], state)


def scalar(value: Any, name: str) -> int:
    """An integer argument, given as a number or a tensor."""
    array = convert_to_tensor(value).value
    if array.ndim or array.dtype.kind not in "iu":
        raise ValueError(f"{name} must be a scalar integer, got {value!r:.80}")
    return int(array)
