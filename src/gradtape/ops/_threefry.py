"""ThreeFry2x32-20 and the draws on it as XLA lays them out, on NumPy arrays.

Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.  A generator is a key and a counter
of 64 bits each; counter + n is hashed to two words of 32 bits.  Where 32 bits a value are wanted, XLA halves an axis:
the two words of one hash become neighbours on it.  So a value depends on the whole shape of the draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ._distributions import BFLOAT16, SMALLEST_UNIFORM, WIDE
from ._philox import HALF

ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
PARITY = 0x1BD11BDA
Shape = tuple[int, ...]


class ThreeFry(NamedTuple):
    """A place in a stream."""

    key: int
    counter: int

    def skip(self, hashes: int) -> ThreeFry:
        return ThreeFry(self.key, (self.counter + hashes) & HALF)


def from_seed_pair(seed: int, seed2: int) -> ThreeFry:
    """Where the stateless operations with seed=[seed, seed2] begin: their low words are the key."""
    return ThreeFry((seed & 0xFFFFFFFF) | (seed2 & 0xFFFFFFFF) << 32, 0)


def hashes(stream: ThreeFry, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The two words of the next `count` counters: uint32[count] each."""
    counter = np.arange(count, dtype=np.uint64) + np.uint64(stream.counter)
    keys = [stream.key & 0xFFFFFFFF, stream.key >> 32]
    keys.append(PARITY ^ keys[0] ^ keys[1])
    a = counter.astype(np.uint32) + np.uint32(keys[0])
    b = (counter >> 32).astype(np.uint32) + np.uint32(keys[1])
    for group in range(5):
        for rotation in ROTATIONS[group % 2]:
            a += b
            b = (b << rotation | b >> 32 - rotation) ^ a
        a += np.uint32(keys[(group + 1) % 3])
        b += np.uint32((keys[(group + 2) % 3] + group + 1) & 0xFFFFFFFF)
    return a, b


# -- which word goes where ------------------------------------------------------------------------------------
def halved_axis(shape: Shape) -> int:
    """The first even axis, or the longest."""
    return next((i for i, d in enumerate(shape) if d % 2 == 0), shape.index(max(shape)))


def paired_shape(shape: Shape) -> Shape:
    """The shape in which pairs stand on an axis of their own, behind the halved one."""
    if not shape:
        return (1, 2)
    axis = halved_axis(shape)
    return (*shape[:axis], -(-shape[axis] // 2), 2, *shape[axis + 1 :])


def joined(first: np.ndarray, second: np.ndarray, shape: Shape) -> np.ndarray:
    """Pairs become neighbours on the halved axis: the array of the wanted shape."""
    if not shape:
        return first.reshape(())
    axis = halved_axis(shape)
    half = (*shape[:axis], -(-shape[axis] // 2), *shape[axis + 1 :])
    both = np.stack([first.reshape(half), second.reshape(half)], axis + 1)
    return both.reshape(*shape[:axis], 2 * half[axis], *shape[axis + 1 :])[(slice(None),) * axis + (slice(shape[axis]),)]


def bits(stream: ThreeFry, shape: Shape, width: int) -> np.ndarray:
    """Random bits: uint16, uint32 or uint64."""
    if width == 64:
        low, high = hashes(stream, int(np.prod(shape)))
        return (low | high.astype(np.uint64) << 32).reshape(shape)
    words = joined(*hashes(stream, int(np.prod(paired_shape(shape))) // 2), shape)
    return words.astype(np.uint16) if width == 16 else words


# -- draws ----------------------------------------------------------------------------------------------------
def uniform(stream: ThreeFry, shape: Shape, dtype: np.dtype) -> np.ndarray:
    """Floats in [0, 1)."""
    if dtype == BFLOAT16:
        return truncate_to_bfloat16(uniform(stream, shape, np.dtype(np.float32)))
    if dtype == np.float16:
        mantissa = bits(stream, shape, 16) & np.uint16(0x3FF)
        return (mantissa | np.uint16(15 << 10)).view(np.float16) - np.float16(1)
    width, mantissa = (64, 52) if dtype in WIDE else (32, 23)
    return (bits(stream, shape, width) >> width - mantissa).astype(dtype) * dtype.type(2.0**-mantissa)


def truncate_to_bfloat16(x: np.ndarray) -> np.ndarray:
    return (x.view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32).astype(BFLOAT16)


def full_int(stream: ThreeFry, shape: Shape, dtype: np.dtype) -> np.ndarray:
    """Integers over the whole range of the dtype."""
    return bits(stream, shape, 8 * dtype.itemsize).view(dtype)


def uniform_int(stream: ThreeFry, shape: Shape, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Integers in [low, high), by the remainder (slightly biased)."""
    unsigned = np.dtype(f"u{low.dtype.itemsize}")
    base = low.view(unsigned)
    drawn = bits(stream, shape, 8 * low.dtype.itemsize) % (high.view(unsigned) - base) + base
    return np.asarray(drawn).view(low.dtype)


def normal(stream: ThreeFry, shape: Shape, dtype: np.dtype) -> np.ndarray:
    """Standard normals (Box and Muller, 1958): pairs of uniforms along the halved axis."""
    if dtype == BFLOAT16:
        return truncate_to_bfloat16(normal(stream, shape, np.dtype(np.float32)))
    if 0 in shape:
        return np.empty(shape, dtype)
    axis = halved_axis(shape) + 1 if shape else 1
    pairs = uniform(stream, paired_shape(shape) if shape else (2,), dtype).reshape(paired_shape(shape))
    radius, angle = np.take(pairs, 0, axis), np.take(pairs, 1, axis)
    r = np.sqrt(dtype.type(-2) * np.log(np.maximum(radius, dtype.type(SMALLEST_UNIFORM))))
    angle = dtype.type(2 * np.pi) * angle
    return joined(np.sin(angle) * r, np.cos(angle) * r, shape)


def truncated_normal(stream: ThreeFry, shape: Shape, dtype: np.dtype, erf: Callable, erfinv: Callable) -> np.ndarray:
    """Normals with magnitude below 2: sqrt(2) erfinv(2 p - 1) for p uniform in [cdf(-2), cdf(2)), in the dtype's steps."""
    if dtype == BFLOAT16:
        return truncate_to_bfloat16(truncated_normal(stream, shape, np.dtype(np.float32), erf, erfinv))
    one, two, root = dtype.type(1), dtype.type(2), dtype.type(np.sqrt(2))
    wide = np.float32 if dtype.itemsize == 2 else dtype.type
    edge = dtype.type(erf(wide(two / root)))
    lowest, highest = (one - edge) / two, (one + edge) / two
    p = lowest + (highest - lowest) * uniform(stream, shape, dtype)
    return root * np.asarray(erfinv((two * p - one).astype(wide))).astype(dtype)
