"""The order in which TensorFlow's shuffle gives elements, and the streams of 32-bit numbers that it draws from.

A shuffle keeps a ring of the next `size` elements; each step draws one of those that wait, gives it, and moves the oldest
one to its place.  The numbers are the words of a Philox stream; each new iteration takes the two seeds of its stream from
the dataset's own stream, or the same two again where `reshuffle_each_iteration` is False.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np

from ..ops._philox import blocks_at, from_seeds
from ..ops._streams import SEED, unpredictable

FIRST, MOST = 64, 4096  # blocks of four words hashed at once


def words(seeds: tuple[int, int]) -> Iterator[np.ndarray]:
    """The stream of 32-bit words of these seeds, in arrays that grow."""
    place, start, count = from_seeds(*seeds), 0, FIRST
    while True:
        yield blocks_at(place, np.arange(start, start + count, dtype=np.uint64)).reshape(-1)
        start, count = start + count, min(count * 4, MOST)


def draws(seeds: tuple[int, int]) -> Iterator[int]:
    """The same words one by one."""
    for block in words(seeds):
        yield from block.tolist()


class Epochs:
    """The seeds of one iteration after the other."""

    def __init__(self, seed: Any, anew: bool = True):
        pair = SEED.pair(seed)
        first, second = unpredictable(2) if pair is None else pair
        self.pair = (first, second)
        self.anew = anew
        self.stream = draws(self.pair)
        self.lock = Lock()

    def next(self) -> tuple[int, int]:
        if not self.anew:
            return self.pair
        with self.lock:
            return next(self.stream), next(self.stream)


def shuffled(items: Iterator[Any], size: int, epochs: Epochs) -> Iterator[Any]:
    """The items, each drawn from the next `size`; the seeds are taken when the first item is asked for."""
    random = draws(epochs.next())
    ring = list(islice(items, size))
    start = 0
    if len(ring) == size:
        for item, number in zip(items, random, strict=False):
            place = (start + number) % size
            found = ring[place]
            ring[place] = ring[start]
            ring[start] = item
            start = start + 1 if start + 1 < size else 0
            yield found
    for place, oldest in last_places(len(ring), size, start, random):
        found = ring[place]
        ring[place] = ring[oldest]
        ring[oldest] = None
        yield found


def last_places(count: int, size: int, start: int, random: Iterator[int]) -> Iterator[tuple[int, int]]:
    """For each of the last `count` items: its place in the ring, and the place of the oldest that waits."""
    numbers = np.fromiter(islice(random, count), np.int64, count)
    oldest = start + np.arange(count)
    places = (oldest + numbers % np.arange(count, 0, -1)) % size
    return zip(places.tolist(), (oldest % size).tolist(), strict=True)
