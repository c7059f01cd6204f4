"""Pooling on arrays (batch, *spatial, channels): a pass a tap, without branches.

Which tap of its window a value came from is kept as a small integer, the tap's number. Values are taken where a tap was chosen by
masks of bits: a product with 0 or 1 would turn an infinity elsewhere into NaN, and a copy under a mask takes five times the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from ..core.large import attempt
from ._windows import Window, blocks, tap_slices

BLOCK_BYTES = 1 << 20  # examples that lie in the cache while tap after tap goes over them
LARGE = 1 << 18  # elements of the larger side: from here oneDNN saves more than it costs to set up
SIGNED = {1: np.int8, 2: np.int16, 4: np.int32, 8: np.int64}


def tap_dtype(taps: int) -> np.dtype:
    """The smallest type that numbers so many taps."""
    return np.dtype(np.uint8 if taps < 255 else np.int32)


def lowest(dtype: np.dtype) -> Any:
    return np.iinfo(dtype).min if dtype.kind in "iu" else np.array(-np.inf, dtype)


def pieces(like: np.ndarray) -> Iterator[slice]:
    for piece, _ in blocks(len(like), 1, like[:1].nbytes, BLOCK_BYTES):
        yield piece


# -- the largest --------------------------------------------------------------------------------------------
def largest(x: np.ndarray, win: Window, w: np.ndarray | None = None) -> np.ndarray:
    """The maximum over each window of x, or of x + w with w (taps, channels); NaN where one is NaN."""
    if x.size >= LARGE and w is None:
        done = attempt("largest", x, win)
        if done is not None:
            return done
    out = np.full((len(x), *win.out, x.shape[-1]), lowest(x.dtype), x.dtype)
    for piece in pieces(out):
        for tap, places, reads in tap_slices(win):
            source, target = x[piece][reads], out[piece][places]
            np.maximum(target, source if w is None else source + w[tap], out=target)
    return out


def chosen_tap(x: np.ndarray, y: np.ndarray, win: Window, w: np.ndarray | None = None, dtype: Any = np.int32) -> np.ndarray:
    """The number of the first tap that attains the maximum y."""
    dtype = np.dtype(dtype)
    if x.size >= LARGE and w is None and dtype == np.uint8:
        done = attempt("chosen_tap", x, win)
        if done is not None:
            return done
    none = np.iinfo(dtype).max
    out = np.full(y.shape, none, dtype)
    for piece in pieces(y):
        for tap, places, reads in tap_slices(win):
            source, target = x[piece][reads], out[piece][places]
            # "not less" also holds for NaN, which is then the first tap
            below = np.less(source if w is None else source + w[tap], y[piece][places]).astype(dtype)
            np.multiply(below, dtype.type(none), out=below)
            np.bitwise_or(below, dtype.type(tap), out=below)
            np.minimum(target, below, out=target)
    return out


def flat_positions(tap: np.ndarray, win: Window, with_batch: bool) -> np.ndarray:
    """The place that each tap reads, in the row-major order of ([batch,] *spatial, channels)."""
    flat = np.zeros(tap.shape, np.int64)
    if with_batch:
        flat += np.arange(len(tap)).reshape(-1, *(1,) * (tap.ndim - 1))
    steps = np.unravel_index(tap, win.kernel)
    for axis, step in enumerate(steps):
        place = np.arange(win.out[axis]).reshape(-1, *(1,) * (tap.ndim - 2 - axis))
        flat = flat * win.sizes[axis] + place * win.strides[axis] - win.before[axis] + step * win.dilations[axis]
    return flat * tap.shape[-1] + np.arange(tap.shape[-1])


# -- by the number of the tap -------------------------------------------------------------------------------------
def bits(x: np.ndarray) -> np.ndarray:
    return x.view(SIGNED[x.dtype.itemsize])


def masked(x: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """x where chosen, 0 elsewhere."""
    mask = chosen.astype(SIGNED[x.dtype.itemsize])
    np.negative(mask, out=mask)
    return np.bitwise_and(bits(x), mask, out=mask).view(x.dtype)


def spread_chosen(g: np.ndarray, tap: np.ndarray, win: Window) -> np.ndarray:
    """Each value of g added to zeros where its window's chosen tap reads."""
    if prod(win.sizes) * len(g) * g.shape[-1] >= LARGE and tap.dtype.itemsize == 1:
        done = attempt("spread_chosen", g, tap, win)
        if done is not None:
            return done
    out = np.zeros((len(g), *win.sizes, g.shape[-1]), g.dtype)
    for piece in pieces(g):
        for number, places, reads in tap_slices(win):
            target = out[piece][reads]
            target += masked(g[piece][places], tap[piece][places] == number)
    return out


def pick_chosen(x: np.ndarray, tap: np.ndarray, win: Window) -> np.ndarray:
    """What each window's chosen tap reads."""
    out = np.zeros(tap.shape, x.dtype)
    for piece in pieces(out):
        for number, places, reads in tap_slices(win):
            target = bits(out[piece][places])
            target |= bits(masked(x[piece][reads], tap[piece][places] == number))
    return out


def sum_by_tap(g: np.ndarray, tap: np.ndarray, taps: int) -> np.ndarray:
    """(taps, channels): the sum of g over the places that chose each tap."""
    axes = tuple(range(g.ndim - 1))
    dtype = np.float32 if g.dtype.itemsize == 2 else g.dtype
    return np.stack([masked(g, tap == number).sum(axes, dtype=dtype) for number in range(taps)]).astype(g.dtype, copy=False)


# -- the mean -----------------------------------------------------------------------------------------------
def window_means(x: np.ndarray, win: Window) -> np.ndarray:
    """The mean over each window; padding does not count."""
    if x.size >= LARGE:
        done = attempt("window_means", x, win)
        if done is not None:
            return done
    out = np.zeros((len(x), *win.out, x.shape[-1]), wide(x.dtype))
    counts = tap_counts(win).astype(out.dtype)
    for piece in pieces(out):
        for _, places, reads in tap_slices(win):
            target = out[piece][places]
            target += x[piece][reads]
        out[piece] /= counts
    return out.astype(x.dtype, copy=False)


def spread_means(g: np.ndarray, win: Window) -> np.ndarray:
    """Its adjoint: each value of g, divided by its window's count, added wherever the window reads."""
    if prod(win.sizes) * len(g) * g.shape[-1] >= LARGE:
        done = attempt("spread_means", g, win)
        if done is not None:
            return done
    out = np.zeros((len(g), *win.sizes, g.shape[-1]), wide(g.dtype))
    counts = tap_counts(win).astype(out.dtype)
    for piece in pieces(g):
        share = g[piece] / counts
        for _, places, reads in tap_slices(win):
            target = out[piece][reads]
            target += share[places]
    return out.astype(g.dtype, copy=False)


def tap_counts(win: Window) -> np.ndarray:
    """How many taps of each window read the input (1 where none does), broadcasting against (batch, *out, channels)."""
    counts = np.zeros((1, *win.out, 1), np.int64)
    for _, places, _ in tap_slices(win):
        counts[places] += 1
    return np.maximum(counts, 1)


def wide(dtype: np.dtype) -> np.dtype:
    return np.dtype(np.float32) if dtype.itemsize == 2 else dtype
