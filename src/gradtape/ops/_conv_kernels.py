"""Convolution on arrays: products of matrices over columns, or, for one channel a group, a multiplication a tap.

x (batch, *spatial, groups * c)     w (*kernel, c, groups * m)     y (batch, *out, groups * m)
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from ..core.large import attempt
from ._windows import Window, blocks, padded, patches, tap_slices

FEW_CHANNELS = 4  # up to here a row of the image is a longer run to copy than the channels of a tap
WIDE_GROUP = 32  # groups with fewer channels are multiplied together, as blocks on the diagonal of one matrix
TAP_BYTES = 1 << 20  # a block of examples that lies in the cache while tap after tap is added to it
LARGE = 1 << 22  # multiply-adds (an eighth of it for one channel a group): from here oneDNN saves more than it costs to set up
HALVES = frozenset("eE")  # dtype.char of float16 and bfloat16, which are summed in float32


def widened(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32) if x.dtype.char in HALVES else x


def matrix(x: np.ndarray) -> np.ndarray:
    """All axes but the last as one."""
    return x.reshape(prod(x.shape[:-1]), x.shape[-1])


def grouped(x: np.ndarray, groups: int) -> np.ndarray:
    """(rows, groups * m) as (groups, rows, m); a single group stays a matrix."""
    if groups == 1:
        return x
    return x.reshape(len(x), groups, x.shape[1] // groups).transpose(1, 0, 2)


def is_depthwise(groups: int, channels: int) -> bool:
    return channels == groups > 1


def large(images: int, win: Window, w_channels: int, c: int, groups: int) -> bool:
    """Is this work for oneDNN?"""
    return images * prod(win.out) * win.taps * c * w_channels * (8 if is_depthwise(groups, groups * c) else 1) >= LARGE


# -- y from x and w -----------------------------------------------------------------------------------------
def convolve(x: np.ndarray, w: np.ndarray, win: Window, groups: int) -> np.ndarray:
    if large(len(x), win, w.shape[-1], w.shape[-2], groups):
        done = attempt("convolve", x, w, win, groups)
        if done is not None:
            return done
    wide, filters = widened(x), widened(w)
    if is_depthwise(groups, x.shape[-1]):
        out = depthwise(wide, filters, win)
    else:
        out = np.empty((len(x), *win.out, w.shape[-1]), wide.dtype)
        filters, groups = merged(filters, groups)
        weights = grouped(matrix(filters), groups)
        for piece, columns in column_blocks(wide, win, groups):
            np.matmul(columns, weights, out=grouped(matrix(out[piece]), groups))
    return out.astype(x.dtype, copy=False)


def column_blocks(x: np.ndarray, win: Window, groups: int) -> Iterator[tuple[tuple[Any, ...], np.ndarray]]:
    """Piece by piece of the output: its place and its columns ([groups,] rows, taps * c)."""
    channels = x.shape[-1]
    if win.taps == 1 and groups == 1 and win.in_place and win.out == win.sizes and x.flags.c_contiguous:
        yield (slice(None),), matrix(x)
        return
    planar = channels <= FEW_CHANNELS and groups == 1
    view = patches(padded(x, win, planar), win)
    rest = prod(win.out[1:])
    width = win.taps * channels
    buffer = np.empty(0, x.dtype)
    for piece in blocks(len(x), win.out[0], rest * width * x.itemsize):
        part = view[piece]
        if buffer.size < part.size:
            buffer = np.empty(part.size, x.dtype)
        yield piece, columns_of(part, buffer[: part.size], len(win.kernel), groups, planar)


def columns_of(part: np.ndarray, buffer: np.ndarray, spatial: int, groups: int, planar: bool) -> np.ndarray:
    """Patches, copied as a matrix for each group."""
    places, kernel, channels = part.shape[: 1 + spatial], part.shape[1 + spatial : -1], part.shape[-1]
    rows, width = prod(places), prod(kernel) * channels
    if planar:
        order = (*range(1 + spatial, part.ndim), *range(1 + spatial))
        np.copyto(buffer.reshape(*kernel, channels, *places), part.transpose(order))
        return buffer.reshape(width, rows).T
    if groups == 1:
        np.copyto(buffer.reshape(part.shape), part)
        return buffer.reshape(rows, width)
    split = part.reshape(*places, *kernel, groups, channels // groups)
    np.copyto(buffer.reshape(groups, *places, *kernel, channels // groups), np.moveaxis(split, -2, 0))
    return buffer.reshape(groups, rows, width // groups)


# -- x from y's cotangent and w -----------------------------------------------------------------------------
def convolve_input(g: np.ndarray, w: np.ndarray, win: Window, groups: int) -> np.ndarray:
    channels = w.shape[-2] * groups
    if channels > 1 and large(len(g), win, w.shape[-1], w.shape[-2], groups):
        done = attempt("convolve_input", g, w, win, groups)
        if done is not None:
            return done
    wide, filters = widened(g), widened(w)
    if is_depthwise(groups, channels):
        out = depthwise_input(wide, filters, win, groups)
    elif channels <= FEW_CHANNELS and groups == 1:
        out = planes_added(wide, filters, win)
    else:
        out = taps_added(wide, *merged(filters, groups), win)
    return out.astype(g.dtype, copy=False)


def taps_added(g: np.ndarray, w: np.ndarray, groups: int, win: Window) -> np.ndarray:
    c, m = w.shape[-2], w.shape[-1] // groups
    weights = np.ascontiguousarray(w.reshape(win.taps, c, groups, m).transpose(0, 2, 3, 1))
    out = np.zeros((len(g), *win.sizes, groups * c), g.dtype)
    for piece, _ in blocks(len(g), 1, prod(win.out) * groups * max(c, m) * g.itemsize):
        part = np.ascontiguousarray(g[piece])
        factors = grouped(matrix(part), groups)
        step = np.empty((*part.shape[:-1], groups * c), g.dtype)
        products = grouped(matrix(step), groups)
        for tap, places, reads in tap_slices(win):
            np.matmul(factors, weights[tap] if groups > 1 else weights[tap, 0], out=products)
            target = out[piece][reads]
            target += step[places]
    return out


def planes_added(g: np.ndarray, w: np.ndarray, win: Window) -> np.ndarray:
    """The same for few channels: one product for all taps, each channel laid out by itself."""
    channels = w.shape[-2]
    weights = w.reshape(win.taps * channels, w.shape[-1])
    out = np.zeros((channels, len(g), *win.sizes), g.dtype)
    for piece, _ in blocks(len(g), 1, prod(win.out) * len(weights) * g.itemsize):
        part = g[piece]
        steps = (weights @ matrix(part).T).reshape(win.taps, channels, *part.shape[:-1])
        for tap, places, reads in tap_slices(win):
            target = out[:, piece][:, *reads]
            target += steps[tap][:, *places]
    return np.ascontiguousarray(np.moveaxis(out, 0, -1))


# -- w from x and y's cotangent -----------------------------------------------------------------------------
def convolve_filter(x: np.ndarray, g: np.ndarray, win: Window, groups: int) -> np.ndarray:
    if large(len(x), win, g.shape[-1], x.shape[-1] // groups, groups):
        done = attempt("convolve_filter", x, g, win, groups)
        if done is not None:
            return done
    wide, cotangent = widened(x), widened(g)
    if is_depthwise(groups, x.shape[-1]):
        out = depthwise_filter(wide, cotangent, win)
    else:
        out = products_added(wide, np.ascontiguousarray(cotangent), win, groups)
    return out.reshape(*win.kernel, x.shape[-1] // groups, g.shape[-1]).astype(x.dtype, copy=False)


def products_added(x: np.ndarray, g: np.ndarray, win: Window, groups: int) -> np.ndarray:
    together = merging(x.shape[-1] // groups, groups)
    wide = groups // together  # that many matrices, each with `together` blocks on its diagonal
    total = np.zeros((wide, win.taps * x.shape[-1] // wide, g.shape[-1] // wide), x.dtype)
    for piece, columns in column_blocks(x, win, wide):
        total += np.matmul(columns.swapaxes(-1, -2), grouped(matrix(g[piece]), wide))
    c, m = x.shape[-1] // groups, g.shape[-1] // groups
    blocks_of_each = total.reshape(wide, win.taps, together, c, together, m)
    on_diagonal = np.diagonal(blocks_of_each, axis1=2, axis2=4)  # (wide, taps, c, m, together)
    return on_diagonal.transpose(1, 2, 0, 4, 3)


# -- narrow groups --------------------------------------------------------------------------------------------
def merging(channels: int, groups: int) -> int:
    """How many groups of so many channels to multiply together: a divisor of their number."""
    limit = max(WIDE_GROUP // max(channels, 1), 1)
    return max(n for n in range(1, min(limit, groups) + 1) if groups % n == 0)


def merged(w: np.ndarray, groups: int) -> tuple[np.ndarray, int]:
    """Filters with fewer, wider groups: zero where an input channel is of another group."""
    c, m = w.shape[-2], w.shape[-1] // groups
    together = merging(c, groups)
    if together == 1:
        return w, groups
    kernel = w.shape[:-2]
    out = np.zeros((*kernel, together, c, groups // together, together, m), w.dtype)
    split = w.reshape(*kernel, c, groups // together, together, m)
    for i in range(together):
        out[..., i, :, :, i, :] = split[..., i, :]
    return out.reshape(*kernel, together * c, groups * m), groups // together


# -- one input channel a group ----------------------------------------------------------------------------------
def repeated(x: np.ndarray, channels: int) -> np.ndarray:
    """Each channel as often as it has filters."""
    return x if x.shape[-1] == channels else np.repeat(x, channels // x.shape[-1], axis=-1)


def tap_rows(w: np.ndarray, length: int) -> np.ndarray:
    """Each tap's weights, repeated along a row of places: NumPy then works on long runs."""
    weights = w.reshape(prod(w.shape[:-1]), 1, w.shape[-1])
    return np.repeat(weights, length, axis=1)


def depthwise(x: np.ndarray, w: np.ndarray, win: Window) -> np.ndarray:
    x, weights = repeated(x, w.shape[-1]), tap_rows(w, win.out[-1])
    out = np.zeros((len(x), *win.out, w.shape[-1]), x.dtype)
    for piece, _ in blocks(len(x), 1, out[:1].nbytes, TAP_BYTES):
        step = np.empty_like(out[piece])
        for tap, places, reads in tap_slices(win):
            source, target = x[piece][reads], out[piece][places]
            target += np.multiply(source, weights[tap, : source.shape[-2]], out=step[places])
    return out


def depthwise_input(g: np.ndarray, w: np.ndarray, win: Window, groups: int) -> np.ndarray:
    weights = tap_rows(w, win.out[-1])
    out = np.zeros((len(g), *win.sizes, g.shape[-1]), g.dtype)
    for piece, _ in blocks(len(g), 1, out[:1].nbytes, TAP_BYTES):
        step = np.empty_like(g[piece])
        for tap, places, reads in tap_slices(win):
            source, target = g[piece][places], out[piece][reads]
            target += np.multiply(source, weights[tap, : source.shape[-2]], out=step[places])
    if groups == g.shape[-1]:
        return out
    return np.add.reduce(out.reshape(*out.shape[:-1], groups, g.shape[-1] // groups), axis=-1)


def depthwise_filter(x: np.ndarray, g: np.ndarray, win: Window) -> np.ndarray:
    x = repeated(x, g.shape[-1])
    axes = "nhwd"[: g.ndim - 1]
    out = np.zeros((win.taps, g.shape[-1]), x.dtype)
    for piece, _ in blocks(len(g), 1, g[:1].nbytes, TAP_BYTES):
        for tap, places, reads in tap_slices(win):
            out[tap] += np.einsum(f"{axes}c,{axes}c->c", x[piece][reads], g[piece][places])
    return out
