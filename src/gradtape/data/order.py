"""Steps that pick, repeat and reorder elements without looking at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from ..core.tensor_spec import TensorSpec
from . import shuffling
from .node import INFINITE, UNKNOWN, Base, Beside, Node, Numbers, Order, Picked, Step
from .structure import COMPONENT, Row, Structure


class Reorder(Step):
    """A step that treats rows and their numbers alike: `change` takes an iterator and gives one."""

    def change(self, items: Iterator[Any]) -> Iterator[Any]:
        raise NotImplementedError

    def rows(self) -> Iterator[Row]:
        order = self.order()
        return self.change(self.source.rows()) if order is None else map(order.base.row, order.indices)

    def order(self) -> Order | None:
        order = self.source.order()
        return None if order is None else Order(order.base, self.change(order.indices))


class Picking(Reorder):
    """take, skip, shard: a slice of what comes."""

    def __init__(self, source: Node, chosen: slice, count: Callable[[int], int]):
        super().__init__(source)
        self.chosen, self.count = chosen, count

    def change(self, items: Iterator[Any]) -> Iterator[Any]:
        return islice(items, self.chosen.start, self.chosen.stop, self.chosen.step)

    def base(self) -> Base | None:
        inner = self.source.base()
        return None if inner is None else Picked(inner, range(inner.length)[self.chosen])

    @property
    def cardinality(self) -> int:
        return self.count(self.source.cardinality)


def take(source: Node, count: int) -> Node:
    def left(n: int) -> int:
        if n == INFINITE or count < 0:
            return count if count >= 0 else n
        return UNKNOWN if n == UNKNOWN and count else min(n, count) if count else 0

    return Picking(source, slice(0, None if count < 0 else count, 1), left)


def skip(source: Node, count: int) -> Node:
    if count < 0:  # all of them
        return take(source, 0)
    return Picking(source, slice(count, None, 1), lambda n: n if n < 0 else max(n - count, 0))


def shard(source: Node, shards: int, index: int) -> Node:
    def left(n: int) -> int:
        return n if n < 0 else n // shards + (index < n % shards)

    return Picking(source, slice(index, None, shards), left)


class Repeat(Step):
    """repeat: `count` times, for ever where it is None or negative."""

    def __init__(self, source: Node, count: int | None):
        super().__init__(source)
        self.count = None if count is None or count < 0 else count

    def rows(self) -> Iterator[Row]:
        return chain.from_iterable(self.rounds(self.source.rows))

    def order(self) -> Order | None:
        first = self.source.order()
        if first is None:
            return None
        rounds = self.rounds(lambda first=[first]: (first.pop() if first else self.again()).indices)
        return Order(first.base, chain.from_iterable(rounds))

    def again(self) -> Order:
        order = self.source.order()
        assert order is not None
        return order

    def rounds(self, start: Callable[[], Iterator[Any]]) -> Iterator[Iterator[Any]]:
        """One iterator a round; an empty round ends an endless repetition."""
        if self.count is not None:
            for _ in range(self.count):
                yield start()
            if not isinstance(self.source, Shuffle):
                self.source.pass_over()  # TensorFlow begins one round more, which costs a shuffle above two numbers
            return
        while True:
            items = start()
            first = list(islice(items, 1))
            if not first:
                return
            yield chain(first, items)

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if self.count is None:
            return n if n in (0, INFINITE) else INFINITE
        if self.count == 0:
            return 0
        return n if n < 0 else n * self.count


class Shuffle(Reorder):
    """shuffle: each element is drawn from a buffer of the next `size`."""

    def __init__(self, source: Node, size: int, seeds: shuffling.Epochs):
        super().__init__(source)
        self.size, self.seeds = size, seeds

    def change(self, items: Iterator[Any]) -> Iterator[Any]:
        return shuffling.shuffled(items, self.size, self.seeds)

    def pass_over(self) -> None:
        self.seeds.next()


class Concatenate(Node):
    """concatenate."""

    def __init__(self, first: Node, second: Node, specs: tuple[Any, ...]):
        self.inputs, self._specs = (first, second), specs

    def rows(self) -> Iterator[Row]:
        first, second = self.inputs
        return chain.from_iterable(part.rows() for part in (first, second))

    @property
    def specs(self) -> tuple[Any, ...]:
        return self._specs

    @property
    def cardinality(self) -> int:
        counts = [part.cardinality for part in self.inputs]
        return INFINITE if INFINITE in counts else UNKNOWN if UNKNOWN in counts else sum(counts)


class Enumerate(Step):
    """enumerate: a number before each element."""

    def __init__(self, source: Node, start: int):
        super().__init__(source)
        self.start = start
        self._structure = Structure(tuple, (), (COMPONENT, source.structure))

    def numbers(self) -> Numbers:
        return Numbers(range(self.start, 2**63 - 1), TensorSpec([], "int64").dtype.numpy_dtype)

    def rows(self) -> Iterator[Row]:
        count = self.numbers()
        return (count.row(i) + row for i, row in enumerate(self.source.rows()))

    def base(self) -> Base | None:
        inner = self.source.base()
        return None if inner is None else Beside([self.numbers(), inner])

    def order(self) -> Order | None:
        return Step.order(self)

    @property
    def structure(self) -> Structure:
        return self._structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return (TensorSpec([], "int64"), *self.source.specs)
