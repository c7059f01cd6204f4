"""Steps that choose among datasets or groups: sample_from_datasets, choose_from_datasets, group_by_window, resampling."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.tensor import tensor
from .arguments import padded_to
from .function import Function
from .node import INFINITE, UNKNOWN, Node, Step
from .shuffling import Epochs, draws
from .structure import COMPONENT, Composite, Row, Structure, as_component

WORDS = 2.0**32


def uniforms(epochs: Epochs) -> Iterator[float]:
    """Numbers in [0, 1)."""
    return (word / WORDS for word in draws(epochs.next()))


class Chosen(Node):
    """The next element of the dataset whose number comes next."""

    def __init__(self, parts: list[Node], choices: Callable[[], Iterator[int]], stop_on_empty: bool, specs: tuple[Any, ...]):
        self.inputs, self.choices, self.stop_on_empty, self._specs = tuple(parts), choices, stop_on_empty, specs

    def rows(self) -> Iterator[Row]:
        parts = [part.rows() for part in self.inputs]
        live = set(range(len(parts)))
        for choice in self.choices():
            if not 0 <= choice < len(parts):
                raise ValueError(f"choose_from_datasets: the choice {choice} names none of the {len(parts)} datasets")
            row = next(parts[choice], None) if choice in live else None
            if row is not None:
                yield row
                continue
            if self.stop_on_empty:
                return
            live.discard(choice)
            if not live:
                return

    @property
    def specs(self) -> tuple[Any, ...]:
        return self._specs

    @property
    def cardinality(self) -> int:
        if not self.stop_on_empty and all(part.cardinality == INFINITE for part in self.inputs):
            return INFINITE
        return UNKNOWN


def with_weight(parts: list[Node], weights: Any) -> tuple[list[Node], list[float]]:
    """The datasets whose weight is not 0, and these weights."""
    found = [1.0] * len(parts) if weights is None else as_component(weights).astype(float).tolist()
    if len(found) != len(parts):
        raise ValueError(f"`weights` must have the same length as `datasets`: {len(found)} weights, {len(parts)} datasets.")
    kept = [(part, weight) for part, weight in zip(parts, found, strict=True) if weight]
    return [part for part, _ in kept], [weight for _, weight in kept]


def weighted(weights: list[float], epochs: Epochs) -> Callable[[], Iterator[int]]:
    """Numbers of the weights, drawn with them."""
    edges = list(accumulate(weights))
    edges, last = [edge / edges[-1] for edge in edges], len(edges) - 1
    return lambda: (min(bisect_right(edges, x), last) for x in uniforms(epochs))


class GroupedByWindow(Step):
    """group_by_window: elements with one key gather in a window; a full window is what `reduce_func` makes a dataset of."""

    def __init__(self, source: Node, key: Callable, reduce: Callable, size: Callable[[int], int], held: Callable):
        super().__init__(source)
        self.known: Node | None = None  # a node whose specs are those of the results
        self.key, self.reduce, self.size, self.held = Function(key, source, "group_by_window"), reduce, size, held
        self.seen: Node | None = None

    def rows(self) -> Iterator[Row]:
        groups: dict[int, list[Row]] = {}
        for row in self.source.rows():
            key = int(as_component(self.key.value(row)))
            group = groups.setdefault(key, [])
            group.append(row)
            if len(group) >= self.size(key):
                yield from self.reduced(key, groups.pop(key)).rows()
        for key in sorted(groups):
            yield from self.reduced(key, groups[key]).rows()

    def reduced(self, key: int, rows: list[Row]) -> Node:
        result = self.reduce(tensor(np.array(key, np.int64)), self.held(rows))
        if not isinstance(result, Composite):
            raise TypeError(f"Dataset.group_by_window: `reduce_func` must return a Dataset. Got {type(result)}.")
        node: Node = result._node  # type: ignore[attr-defined]
        self.seen = node
        return node

    @property
    def sample(self) -> Node:
        if self.seen is None and next(self.rows(), None) is None:
            raise ValueError("Dataset.group_by_window: element_spec is found on the first element, and there is none.")
        assert self.seen is not None
        return self.seen

    @property
    def structure(self) -> Structure:
        return self.sample.structure if self.known is None else self.known.structure

    @property
    def specs(self) -> tuple[Any, ...]:
        return self.sample.specs if self.known is None else self.known.specs

    @property
    def cardinality(self) -> int:
        return UNKNOWN


class Resampled(Step):
    """rejection_resample: keeps each element with a probability that gives the classes their target frequencies."""

    def __init__(self, source: Node, classify: Callable, target: Any, initial: Any, epochs: Epochs):
        super().__init__(source)
        self.function = Function(classify, source, "rejection_resample")
        self.target = as_component(target).astype(float)
        self.initial = None if initial is None else as_component(initial).astype(float)
        self.epochs = epochs

    def rows(self) -> Iterator[Row]:
        seen = np.ones(len(self.target))
        random = uniforms(self.epochs)
        for row in self.source.rows():
            label = as_component(self.function.value(row))
            seen[int(label)] += 1
            frequency = seen / seen.sum() if self.initial is None else self.initial
            ratio = self.target / np.maximum(frequency, np.finfo(float).tiny)
            if next(random) * ratio.max() < ratio[int(label)]:
                yield (label, *row)

    @property
    def structure(self) -> Structure:
        return Structure(tuple, (), (COMPONENT, self.source.structure))

    @property
    def specs(self) -> tuple[Any, ...]:
        return (*self.function.result_specs()[1], *self.source.specs)

    @property
    def cardinality(self) -> int:
        return UNKNOWN


def buckets(length: Callable, edges: list[int], sizes: Any, padding: tuple[Any, Any], how: tuple[bool, bool, bool]) -> Any:
    """key_func and reduce_func of bucket_by_sequence_length."""
    (shapes, values), (to_boundary, no_padding, drop) = padding, how

    def bucket(*element: Any) -> Any:
        return np.searchsorted(edges, int(length(*element)), side="right")

    def batch(key: Any, window: Any) -> Any:
        number = int(key)
        if no_padding:
            return window.batch(sizes[number], drop)
        if not to_boundary:
            return window.padded_batch(sizes[number], shapes, values, drop)
        if number >= len(edges):
            raise invalid("Assert", "When pad_to_bucket_boundary=True, elements must have length < max(bucket_boundaries).")
        full = padded_to(edges[number] - 1, window.element_spec if shapes is None else shapes)
        return window.padded_batch(sizes[number], full, values, drop)

    return bucket, batch
