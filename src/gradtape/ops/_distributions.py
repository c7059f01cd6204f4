"""Uniform and normal draws from a Philox stream: arrays of words in, arrays of values out.

Every block of four 32-bit words gives as many values as fit, in order, so a draw of n values is a prefix of a longer
one.  The bits become floats the way TensorFlow does it: they are the mantissa of a number in [1, 2), minus one.
"""

from __future__ import annotations

from collections.abc import Callable

import ml_dtypes
import numpy as np

from ._philox import CHUNK, Philox, blocks_at, chunks

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
SMALLEST_UNIFORM = 1e-7  # what Box-Muller takes the logarithm of, at least
GROUP_BLOCKS = 64  # blocks reserved for each value of a truncated normal
WIDE = frozenset(map(np.dtype, (np.float64, np.int64, np.uint64)))  # two words a value


# -- one stream, many values --------------------------------------------------------------------------------
def fill(stream: Philox, shape: tuple[int, ...], dtype: np.dtype, convert: Callable) -> np.ndarray:
    """An array whose values are `convert(words)`, words uint32[n, 4], block after block."""
    out = np.empty(shape, dtype)
    flat = out.reshape(-1)
    width = 2 if dtype in WIDE else 4
    for start, words in chunks(stream, -(-flat.size // width)):
        values = convert(words).reshape(-1)
        place = flat[start * width : start * width + values.size]
        place[:] = values[: place.size]
    return out


def words64(words: np.ndarray, low: int = 0) -> np.ndarray:
    """Two words a value, of which word `low` is the low one: uint64[n, 2]."""
    return words[:, 1 - low :: 2].astype(np.uint64) << 32 | words[:, low::2]


# -- uniform --------------------------------------------------------------------------------------------------
def mantissa_float(words: np.ndarray, integer: type, bits: int, exponent: int, dtype: np.dtype) -> np.ndarray:
    mantissa = words.astype(integer) & integer((1 << bits) - 1)
    return (mantissa | integer(exponent << bits)).view(dtype) - dtype.type(1)


def uniform32(words: np.ndarray) -> np.ndarray:
    return mantissa_float(words, np.uint32, 23, 127, np.dtype(np.float32))


def uniform64(words: np.ndarray) -> np.ndarray:
    """Two words a value, here the high one first."""
    return mantissa_float(words64(words, low=1), np.uint64, 52, 1023, np.dtype(np.float64))


def uniform16(words: np.ndarray) -> np.ndarray:
    return mantissa_float(words, np.uint16, 10, 15, np.dtype(np.float16))


def uniform_bfloat16(words: np.ndarray) -> np.ndarray:
    return mantissa_float(words, np.uint16, 7, 127, BFLOAT16)


UNIFORM = {np.dtype(np.float16): uniform16, BFLOAT16: uniform_bfloat16}
UNIFORM |= {np.dtype(np.float32): uniform32, np.dtype(np.float64): uniform64}


def uniform(stream: Philox, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Floats in [0, 1)."""
    return fill(stream, shape, dtype, UNIFORM[dtype])


def full_int(stream: Philox, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Integers over the whole range of the dtype."""
    convert = words64 if dtype in WIDE else np.asarray
    return fill(stream, shape, dtype, lambda words: convert(words).view(dtype))


def uniform_int(stream: Philox, shape: tuple[int, ...], low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Integers in [low, high): low plus the remainder of the bits by the range, as TensorFlow has it (slightly biased)."""
    unsigned = np.dtype(f"u{low.dtype.itemsize}")
    base = low.view(unsigned)
    span = high.view(unsigned) - base
    convert = words64 if low.dtype in WIDE else np.asarray
    return fill(stream, shape, low.dtype, lambda words: (convert(words) % span + base).view(low.dtype))


# -- normal ---------------------------------------------------------------------------------------------------
def box_muller(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Two uniforms to two normals, in the precision of the arguments (Box and Muller, 1958): [..., 2]."""
    u = np.maximum(radius, radius.dtype.type(SMALLEST_UNIFORM))
    r = np.sqrt(-2 * np.log(u))
    out = np.empty((*r.shape, 2), r.dtype)
    np.multiply(np.sin(angle), r, out=out[..., 0])
    np.multiply(np.cos(angle), r, out=out[..., 1])
    return out


def normal32(words: np.ndarray) -> np.ndarray:
    """Each pair of words gives two values."""
    u = uniform32(words)
    angle = (u[:, 1::2] * np.float64(2 * np.pi)).astype(np.float32)
    return box_muller(u[:, 0::2], angle)


def normal64(words: np.ndarray) -> np.ndarray:
    u = uniform64(words)
    return box_muller(u[:, 0], 2 * np.pi * u[:, 1])


def normal(stream: Philox, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Standard normals; those of 16 bits are rounded ones of 32."""
    return fill(stream, shape, dtype, normal64 if dtype == np.float64 else normal32)


def truncated_normal(stream: Philox, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Standard normals, drawn again while their magnitude is not below 2.

    As many values as a block holds are a group, and each group has blocks of its own, which it reads until it is full.
    """
    convert, width = (normal64, 2) if dtype == np.float64 else (normal32, 4)
    out = np.empty(shape, dtype)
    flat = out.reshape(-1)
    groups = -(-flat.size // width)
    for start in range(0, groups, CHUNK):
        index = np.arange(start, min(groups, start + CHUNK), dtype=np.uint64)
        values = truncated_groups(stream, index * np.uint64(width * GROUP_BLOCKS), convert, width).reshape(-1)
        place = flat[start * width : start * width + values.size]
        place[:] = values[: place.size]
    return out


def truncated_groups(stream: Philox, offsets: np.ndarray, convert: Callable, width: int) -> np.ndarray:
    """The groups whose blocks begin at these offsets: [n, width]."""
    values = convert(blocks_at(stream, offsets)).reshape(-1, width)
    keep = np.abs(values) < 2
    open_groups = np.flatnonzero(~keep.all(axis=1))
    filled = np.zeros(offsets.size, np.intp)
    drawn, keep, block = values[open_groups], keep[open_groups], 1
    while open_groups.size:
        slots = filled[open_groups, None] + np.cumsum(keep, axis=1) - 1
        rows, columns = np.nonzero(keep & (slots < width))
        values[open_groups[rows], slots[rows, columns]] = drawn[rows, columns]
        filled[open_groups] += keep.sum(axis=1)
        open_groups = open_groups[filled[open_groups] < width]
        drawn = convert(blocks_at(stream, offsets[open_groups] + np.uint64(block))).reshape(-1, width)
        keep, block = np.abs(drawn) < 2, block + 1
    return values
