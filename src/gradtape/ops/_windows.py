"""Windows that slide over the spatial axes of an array (batch, *spatial, channels): sizes, padding, taps, patches.

A window has `taps`: the points of its kernel. Tap t of the window at output place o reads the input at
o * stride - before + t * dilation; places outside the input are padding.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..core.errors import InvalidArgumentError, invalid
from ..core.shapes import Dim, Extent

Pads = Any  # "SAME", "VALID", or ((before, after), ...) for each spatial axis
COLUMN_BYTES = 1 << 21  # a block of columns that still lies in the cache when it is multiplied


# -- sizes, which may be unknown --------------------------------------------------------------------------
def reach(kernel: Extent, dilation: int) -> Extent:
    """How far a dilated kernel extends."""
    return (kernel - 1) * dilation + 1


def out_size(n: Extent, kernel: Extent, stride: int, dilation: int, pad: Any) -> Extent:
    """Places of a window along one axis, by TensorFlow's formulas; below 0 where it fits nowhere."""
    if pad == "SAME":
        return (n + stride - 1) // stride
    free = n - reach(kernel, dilation) + stride + (0 if pad == "VALID" else pad[0] + pad[1])
    if isinstance(free, Dim) or free >= 0:
        return free // stride
    return -(-free // stride)  # rounded towards 0: a window that is just too large has no place


def out_sizes(
    op: str, sizes: tuple[Any, ...], kernel: tuple[Any, ...], strides: tuple[Any, ...], dilations: tuple[Any, ...], padding: Pads
) -> tuple[Any, ...]:
    """Places along each axis; an InvalidArgumentError where the window is larger than the padded input."""
    pads = (padding,) * len(sizes) if isinstance(padding, str) else padding
    out = tuple(map(out_size, sizes, kernel, strides, dilations, pads))
    for axis, places in enumerate(out):
        if not isinstance(places, Dim) and places < 0:
            raise too_large(op, axis, sizes[axis], reach(kernel[axis], dilations[axis]), pads[axis])
    return out


def too_large(op: str, axis: int, size: Extent, reached: Extent, pad: Any) -> InvalidArgumentError:
    return invalid(
        op,
        f"{op}: Computed output size would be negative: on spatial axis {axis} the window reaches over {reached} places, the "
        f"input has {size}, padding is {pad!r}. Use padding='SAME', a smaller window or a larger input",
    )


# -- a window of known size ---------------------------------------------------------------------------------
class Window(NamedTuple):
    """Where a window reads, axis by axis."""

    sizes: tuple[int, ...]  # of the input
    kernel: tuple[int, ...]
    strides: tuple[int, ...]
    dilations: tuple[int, ...]
    before: tuple[int, ...]  # padding places ahead of the input
    out: tuple[int, ...]  # places of the window
    taps: int
    spans: tuple[int, ...]  # the extents of the padded input that the window reads
    in_place: bool  # is the padded input the input itself?


@lru_cache(maxsize=1024)
def window(
    op: str, sizes: tuple[Any, ...], kernel: tuple[Any, ...], strides: tuple[Any, ...], dilations: tuple[Any, ...], padding: Pads
) -> Window:
    out = out_sizes(op, sizes, kernel, strides, dilations, padding)
    spans = tuple(
        (o - 1) * s + reach(k, d) if o else reach(k, d) for o, s, k, d in zip(out, strides, kernel, dilations, strict=True)
    )
    if padding == "SAME":
        before = tuple(max(span - n, 0) // 2 if o else 0 for span, n, o in zip(spans, sizes, out, strict=True))
    elif padding == "VALID":
        before = (0,) * len(sizes)
    else:
        before = tuple(pad[0] for pad in padding)
    in_place = not any(before) and all(span <= n for span, n in zip(spans, sizes, strict=True))
    return Window(sizes, kernel, strides, dilations, before, out, prod(kernel), spans, in_place)


@lru_cache(maxsize=128)
def tap_slices(win: Window) -> tuple[tuple[int, tuple[Any, ...], tuple[Any, ...]], ...]:
    """For each tap that reads anything: its number, the output places and the input places it joins.

    Both are indices into (batch, *spatial, channels) and select equally many places: padding is never touched.
    """
    found = []
    for number, tap in enumerate(product(*map(range, win.kernel))):
        axes = [tap_axis(win, axis, t) for axis, t in enumerate(tap)]
        if all(axes):
            places, reads = zip(*axes, strict=True) if axes else ((), ())
            found.append((number, (slice(None), *places), (slice(None), *reads)))
    return tuple(found)


def tap_axis(win: Window, axis: int, tap: int) -> tuple[slice, slice] | None:
    stride = win.strides[axis]
    start = tap * win.dilations[axis] - win.before[axis]  # where place 0 reads
    first = max(0, -(start // stride))
    last = min(win.out[axis] - 1, (win.sizes[axis] - 1 - start) // stride)
    if last < first:
        return None
    read = start + first * stride
    return slice(first, last + 1), slice(read, start + last * stride + 1, stride)


# -- patches --------------------------------------------------------------------------------------------------
def padded(x: np.ndarray, win: Window, planar: bool = False) -> np.ndarray:
    """x with zeros around it as far as the window reads; `planar` lays each channel out by itself."""
    if win.in_place and not planar:
        return x
    n, channels = x.shape[0], x.shape[-1]
    target, source = insides(win)
    if planar:
        out = np.zeros((channels, n, *win.spans), x.dtype).transpose(*range(1, x.ndim), 0)
    else:
        out = np.zeros((n, *win.spans, channels), x.dtype)
    out[target] = x[source]
    return out


@lru_cache(maxsize=1024)
def insides(win: Window) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The input's places in the padded input, and those of them that are there."""
    kept = [max(min(n, span - lo), 0) for n, span, lo in zip(win.sizes, win.spans, win.before, strict=True)]
    target = [slice(lo, lo + k) for lo, k in zip(win.before, kept, strict=True)]
    return (slice(None), *target), (slice(None), *map(slice, kept))


def patches(x: np.ndarray, win: Window) -> np.ndarray:
    """A view (batch, *out, *kernel, channels) of a padded x; its places overlap, so it is for reading only."""
    spatial = x.strides[1:-1]
    steps = [t * s for t, s in zip(spatial, win.strides, strict=True)]
    inner = [t * d for t, d in zip(spatial, win.dilations, strict=True)]
    shape = (x.shape[0], *win.out, *win.kernel, x.shape[-1])
    return as_strided(x, shape, (x.strides[0], *steps, *inner, x.strides[-1]), writeable=False)


def blocks(examples: int, rows: int, row_bytes: int, budget: int = COLUMN_BYTES) -> Iterator[tuple[slice, slice]]:
    """Cuts (examples, rows) into pieces of about `budget` bytes: several whole examples, or some rows of one."""
    if examples == 0 or rows == 0:
        return
    together = budget // max(rows * row_bytes, 1)
    if together >= 1:
        for i in range(0, examples, together):
            yield slice(i, min(i + together, examples)), slice(0, rows)
        return
    step = max(budget // max(row_bytes, 1), 1)
    for i in range(examples):
        for r in range(0, rows, step):
            yield slice(i, i + 1), slice(r, min(r + step, rows))
