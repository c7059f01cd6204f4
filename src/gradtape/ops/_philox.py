"""Philox4x32-10, the counter-based generator of TensorFlow's random operations, on NumPy arrays.

Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.  A generator is a key of 64 bits
and a counter of 128, both Python integers here; block n of its stream is the hash of counter + n: four words of 32
bits.  Word 0 of a counter is its least significant one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)  # what the key grows by from round to round
ROUNDS = 10
SCRAMBLE_KEY = 0x02461E293EC8F720  # hashes the two seeds of a stateless operation
WORD, HALF, WHOLE = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF, (1 << 128) - 1

CHUNK = 16384  # blocks hashed at once: the arrays stay in the cache
FEW = 12  # up to here Python integers are faster than arrays

FACTORS = np.array(MULTIPLIERS, np.uint64)[:, None]
STEPS = [(r * WEYL[0], r * WEYL[1]) for r in range(ROUNDS)]
KEY_STEPS = np.array(STEPS, np.uint64)[:, :, None]


class Philox(NamedTuple):
    """A place in a stream."""

    key: int
    counter: int

    def skip(self, blocks: int) -> Philox:
        """So many blocks (below 2**64) further on; as in TensorFlow, 2**64 - n may lose its carry and go n back."""
        carry = (self.counter & WORD) + (blocks & WORD) > WORD
        lost = HALF + 1 if carry and blocks >> 32 == WORD else 0
        return Philox(self.key, (self.counter + blocks - lost) & WHOLE)


def from_seeds(seed: int, seed2: int) -> Philox:
    """Where the stateful operations with these two seeds begin."""
    return Philox(seed & HALF, (seed2 & HALF) << 64)


def from_seed_pair(seed: int, seed2: int) -> Philox:
    """Where the stateless operations with seed=[seed, seed2] begin: the seeds, scrambled by one hash."""
    a, b, c, d = hash_block(SCRAMBLE_KEY, (seed & HALF) | (seed2 & HALF) << 64)
    return Philox(a | b << 32, (c | d << 32) << 64)


def hash_block(key: int, counter: int) -> tuple[int, int, int, int]:
    """One block with Python integers."""
    a, b, c, d = counter & WORD, counter >> 32 & WORD, counter >> 64 & WORD, counter >> 96 & WORD
    k0, k1 = key & WORD, key >> 32 & WORD
    for s0, s1 in STEPS:
        p, q = a * 0xD2511F53, c * 0xCD9E8D57
        a, b, c, d = q >> 32 ^ b ^ (k0 + s0) & WORD, q & WORD, p >> 32 ^ d ^ (k1 + s1) & WORD, p & WORD
    return a, b, c, d


def hash_blocks(key: int, low: np.ndarray, high: Any) -> np.ndarray:
    """The blocks of the counters low + 2**64 high (uint64 arrays or scalars): uint32[n, 4]."""
    even = np.empty((2, low.size), np.uint64)  # words 0 and 2
    odd = np.empty_like(even)  # words 1 and 3
    even[0], odd[0] = low & WORD, low >> 32
    even[1], odd[1] = high & WORD, high >> 32
    product = np.empty_like(even)
    halves = np.array([[key & WORD], [key >> 32]], np.uint64)
    for keys in (halves + KEY_STEPS) & WORD:
        np.multiply(even, FACTORS, out=product)
        np.right_shift(product, 32, out=even)
        odd ^= even[::-1]
        odd ^= keys
        product &= WORD
        even, odd, product = odd, product[::-1], even
    out = np.empty((low.size, 4), np.uint32)
    out[:, 0::2], out[:, 1::2] = even.T, odd.T
    return out


def blocks_at(stream: Philox, offsets: np.ndarray) -> np.ndarray:
    """The blocks at these distances (uint64[n]) from the stream's place: uint32[n, 4]."""
    if offsets.size <= FEW:
        return few_blocks(stream, [int(o) for o in offsets])
    base = np.uint64(stream.counter & HALF)
    low = offsets + base
    high = np.uint64(stream.counter >> 64)
    if int(base) + int(offsets.max()) > HALF:
        high = high + (low < base)
    return hash_blocks(stream.key, low, high)


def few_blocks(stream: Philox, offsets: list[int]) -> np.ndarray:
    words = [hash_block(stream.key, (stream.counter + o) & WHOLE) for o in offsets]
    return np.array(words, np.uint32).reshape(-1, 4)


def chunks(stream: Philox, count: int) -> Iterator[tuple[int, np.ndarray]]:
    """The next `count` blocks: (index of the first, uint32[n, 4]), a chunk at a time."""
    for start in range(0, count, CHUNK):
        yield start, blocks_at(stream, np.arange(start, min(count, start + CHUNK), dtype=np.uint64))
