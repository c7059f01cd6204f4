"""What the random operations that keep a state draw from, and what `tf.random.set_seed` means.

An operation of TensorFlow with this kind of state has two numbers, its seeds: the global seed, and the operation's own or
one that the global seed's generator (Python's `random.Random`) gives.  Equal operations with equal seeds share one
stream, which goes on from call to call; setting the global seed forgets all streams.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from . import _philox
from ._philox import HALF, Philox

SEEDS = 2**31 - 1  # seeds are taken modulo this
DEFAULT_GLOBAL_SEED = 87654321  # where only the operation has a seed
VALUE_BLOCKS = 256  # blocks that a stream moves on for each value drawn


class Journal:
    """The states that a function drew from (tensors), to be given again, in order, when it runs a second time."""

    def __init__(self) -> None:
        self.states: list[Any] = []
        self.given: Iterator[Any] | None = None  # while the function runs again

    def state(self) -> Any:
        assert self.given is not None
        state = next(self.given, None)
        if state is None:
            raise RuntimeError("a function drew more random numbers when it ran a second time than in its first run")
        return state


journals: ContextVar[tuple[Journal, ...]] = ContextVar("gradtape_journals", default=())


@contextmanager
def noting(journal: Journal) -> Iterator[None]:
    """Note every state that is drawn from."""
    token = journals.set((*journals.get(), journal))
    try:
        yield
    finally:
        journals.reset(token)


@contextmanager
def giving_again(journal: Journal) -> Iterator[None]:
    """Draw from the noted states; nothing else moves on."""
    before, journal.given = journal.given, iter(journal.states)
    try:
        with noting(journal):
            yield
    finally:
        journal.given = before


def replayed() -> Journal | None:
    """The innermost journal whose states are given again."""
    return next((j for j in reversed(journals.get()) if j.given is not None), None)


def noted(state: Any) -> Any:
    """Let the journals inside the one that is given again, or all, remember a state."""
    for journal in reversed(journals.get()):
        if journal.given is not None:
            break
        journal.states.append(state)
    return state


class Stream:
    """A Philox stream that goes on from call to call."""

    def __init__(self, seeds: tuple[int, int] | None):
        self.seeds = seeds
        self.place = _philox.from_seeds(*(seeds or unpredictable(2)))
        self.lock = Lock()

    def reserve(self, blocks: int) -> Philox:
        """The place where the next `blocks` blocks begin; they will not be given again."""
        with self.lock:
            place = self.place
            self.place = place.skip(blocks & HALF)
        return place

    def __repr__(self) -> str:
        return f"Stream(seeds={self.seeds})"


def unpredictable(count: int) -> list[int]:
    """Integers of 64 bits that nobody can repeat."""
    source = random.SystemRandom()
    return [source.getrandbits(64) for _ in range(count)]


class Seeds:
    """The global seed and the streams that go on under it."""

    def __init__(self) -> None:
        self.seed: Any = None
        self.lock = Lock()
        self.source = random.Random()
        self.streams: dict[Hashable, Stream] = {}

    def set(self, seed: Any) -> None:
        source = generator_of(seed)
        with self.lock:
            self.seed, self.source = seed, source
            self.streams.clear()

    def pair(self, own: Any) -> tuple[int, int] | None:
        """The two seeds of an operation whose own seed is `own`; None where it has neither."""
        if replayed() is not None:
            return None
        if self.seed is None:
            return None if own is None else (DEFAULT_GLOBAL_SEED, truncated(own))
        with self.lock:
            second = self.source.randint(0, SEEDS) if own is None else own
        pair = truncated(self.seed), truncated(second)
        return (0, SEEDS) if pair == (0, 0) else pair

    def stream(self, operation: Hashable, own: Any) -> Stream:
        """The stream of an operation; calls with one description and seed share it."""
        pair = self.pair(own)
        if own is None and pair is not None:  # its second seed comes once only
            return Stream(pair)
        with self.lock:
            found = self.streams.get((operation, pair))
            if found is None:
                found = self.streams[operation, pair] = Stream(pair)
        return found


class Source(NamedTuple):
    """Where an operation draws from: its stream is found when it runs, also in a graph that was made before."""

    operation: Hashable
    own: Any

    def reserve(self, blocks: int) -> Philox:
        return SEED.stream(self.operation, self.own).reserve(blocks)


def generator_of(seed: Any) -> random.Random:
    try:
        return random.Random(seed)
    except TypeError:
        return random.Random(int(np.asarray(seed)[()]))


def truncated(seed: Any) -> int:
    if isinstance(seed, (str, bytes, list, tuple)):
        raise TypeError(f"a random seed must be an integer, got {seed!r} of type {type(seed).__name__}")
    return int(seed) % SEEDS


SEED = Seeds()
