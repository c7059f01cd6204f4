"""Steps about when and how rows are made: cache, prefetch, window, unique, options, a claimed cardinality."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ..core.errors import FailedPreconditionError, OpError
from .node import INFINITE, UNKNOWN, Base, Kept, Node, Order, Step
from .structure import COMPONENT, Row, Structure
from .threads import AUTO_DEPTH, Prefetched

SKIPPED = (OpError, TypeError, ValueError, ArithmeticError, LookupError, RuntimeError)


class Cached(Step):
    """cache in memory: the first complete iteration keeps its rows, all later ones read them."""

    def __init__(self, source: Node):
        super().__init__(source)
        self.kept: Base | None = None

    def rows(self) -> Iterator[Row]:
        return self.filling() if self.kept is None else map(self.kept.row, range(self.kept.length))

    def filling(self) -> Iterator[Row]:
        rows: list[Row] = []
        for row in self.source.rows():
            rows.append(row)
            yield row
        self.kept = Kept(rows)

    def base(self) -> Base | None:
        return self.kept


class Prefetch(Step):
    """prefetch: a thread reads ahead."""

    def __init__(self, source: Node, depth: int):
        super().__init__(source)
        self.depth = AUTO_DEPTH if depth < 0 else depth

    def rows(self) -> Iterator[Row]:
        return Prefetched(self.source.rows, self.depth) if self.depth else self.source.rows()

    def order(self) -> None:
        return None  # whoever reads it wants the rows ready


class Window(Step):
    """window: datasets of `size` rows, each beginning `shift` rows after the one before, of every `stride`-th row."""

    def __init__(self, source: Node, size: int, shift: int, stride: int, drop: bool):
        super().__init__(source)
        self.size, self.shift, self.stride, self.drop = size, shift, stride, drop

    def windows(self) -> Iterator[list[Row]]:
        rows, buffer = self.source.rows(), deque[Row]()
        reach = (self.size - 1) * self.stride + 1
        while True:
            buffer.extend(islice(rows, reach - len(buffer)))
            window = list(islice(buffer, 0, reach, self.stride))
            if not window or (self.drop and len(window) < self.size):
                return
            yield window
            gone = min(self.shift, len(buffer))
            for _ in range(gone):
                buffer.popleft()
            deque(islice(rows, self.shift - gone), maxlen=0)

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if n < 0:
            return n
        if not self.drop:
            return -(-n // self.shift)
        whole = n - ((self.size - 1) * self.stride + 1)
        return 0 if whole < 0 else whole // self.shift + 1


class Unique(Step):
    """unique: every element once."""

    def rows(self) -> Iterator[Row]:
        seen: set[Any] = set()
        for row in self.source.rows():
            (array,) = row
            key = array.item() if array.dtype == object else array.tobytes()
            if key not in seen:
                seen.add(key)
                yield row

    @property
    def cardinality(self) -> int:
        return UNKNOWN


class IgnoreErrors(Step):
    """ignore_errors: leaves out the elements that raise."""

    def __init__(self, source: Node, tell: Callable[[BaseException], None]):
        super().__init__(source)
        self.tell = tell

    def rows(self) -> Iterator[Row]:
        rows = self.source.rows()
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except SKIPPED as error:
                self.tell(error)
                continue
            yield row

    @property
    def cardinality(self) -> int:
        return UNKNOWN


class Claimed(Step):
    """assert_cardinality: the number of elements as the user says, checked while they come."""

    def __init__(self, source: Node, expected: int):
        super().__init__(source)
        self.expected = expected

    def rows(self) -> Iterator[Row]:
        found = 0
        for row in self.source.rows():
            found += 1
            if 0 <= self.expected < found:
                raise FailedPreconditionError(
                    None, None, f"Input dataset was expected to contain {self.expected} elements but contained at least {found}."
                )
            yield row
        if found != self.expected and self.expected != UNKNOWN:
            wanted = "an infinite number of" if self.expected == INFINITE else str(self.expected)
            raise FailedPreconditionError(
                None, None, f"Input dataset was expected to contain {wanted} elements but contained only {found} elements."
            )

    @property
    def cardinality(self) -> int:
        return self.expected


class Held(Node):
    """The rows of one window, as a dataset."""

    def __init__(self, rows: list[Row], structure: Structure, source: Node):
        self.held, self._structure, self.inputs = Kept(rows), structure, (source,)

    def base(self) -> Base:
        return self.held

    @property
    def structure(self) -> Structure:
        return self._structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return self.inputs[0].specs

    @property
    def cardinality(self) -> int:
        return self.held.length


def at(node: Node, index: int) -> Row | None:
    """The element with this number, or None past the end."""
    base = node.base()
    if base is not None:
        return base.row(index) if 0 <= index < base.length else None
    return next(islice(node.rows(), index, None), None) if index >= 0 else None


class Passing(Step):
    """with_options: nothing changes but what the dataset says of itself."""

    def __init__(self, source: Node, options: Any):
        super().__init__(source)
        self.options = options

    def rows(self) -> Iterator[Row]:
        return self.source.rows()

    def order(self) -> Order | None:
        return self.source.order()

    def base(self) -> Base | None:
        return self.source.base()


class Windows(Node):
    """Rows of datasets, one a component, from the lists of rows that a Window gives."""

    def __init__(self, source: Window, wrap: Callable[[Node], Any], wrap_spec: Callable[[Any], Any]):
        self.inputs, self.window = (source.source,), source
        self.wrap, self.wrap_spec = wrap, wrap_spec

    def rows(self) -> Any:
        return map(self.datasets, self.window.windows())

    def datasets(self, rows: list[Any]) -> tuple[Any, ...]:
        return tuple(
            [self.wrap(Column([(x,) for x in column], self.inputs[0], k)) for k, column in enumerate(zip(*rows, strict=True))]
        )

    @property
    def specs(self) -> tuple[Any, ...]:
        return tuple([self.wrap_spec(spec) for spec in self.inputs[0].specs])

    @property
    def cardinality(self) -> int:
        return self.window.cardinality


class Column(Held):
    """One component of the rows of a window."""

    def __init__(self, rows: list[Any], source: Node, k: int):
        super().__init__(rows, COMPONENT, source)
        self.k = k

    @property
    def specs(self) -> tuple[Any, ...]:
        return (self.inputs[0].specs[self.k],)
