"""Layer 3: windows laid out as channels, and blocks of space moved into the batch.  Each pair is one of adjoints:

<u, extract_patches(x)> = <add_patches(u), x>            <u, space_to_batch(x)> = <batch_to_space(u), x>
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Dim, Extent, Spec
from ._declare import BOOL, NUMBERS, primitive, publish
from ._folding import fold, unfold
from ._windows import out_sizes, padded, patches, tap_slices
from .basic import permute, reshape
from .pool import check_places, check_rank, window_of


# -- patches --------------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=NUMBERS | BOOL, public=("images",))
def extract_patches(x, *, over):
    """What each window of x (batch, *spatial, channels) reads, side by side in the last axis; 0 outside x."""
    check_rank("extract_patches", x.shape, over)
    win = window_of("extract_patches", x.shape[1:-1], over)
    return patches(padded(x, win), win).reshape(len(x), *win.out, win.taps * x.shape[-1])


@extract_patches.shape
def extract_patches_shape(x, *, over):
    check_rank("extract_patches", x.shape, over)
    places = out_sizes("extract_patches", x.shape[1:-1], over.window, over.strides, over.dilations, over.padding)
    return Spec((x.shape[0], *places, x.shape[-1] * prod(over.window)), x.dtype)


@extract_patches.vjp("x")
def extract_patches_vjp(g, x_shape, over):
    return add_patches(g, x_shape[1:-1], over)


@extract_patches.batch
def extract_patches_batch(size, batched, x, *, over):
    return unfold(extract_patches(fold(x, 0), over), 0, size)


@primitive(linear="all", dtypes=NUMBERS)
def add_patches(u, *, sizes, over):
    """Patches added up where they come from, in zeros with the spatial extents `sizes`."""
    win = window_of("add_patches", sizes, over)
    check_places("add_patches", u.shape[1:-1], win.out)
    channels = u.shape[-1] // win.taps
    parts = u.reshape(len(u), *win.out, win.taps, channels)
    out = np.zeros((len(u), *sizes, channels), np.float32 if u.dtype.char in "eE" else u.dtype)
    for tap, places, reads in tap_slices(win):
        target = out[reads]
        target += parts[..., tap, :][places]
    return out.astype(u.dtype, copy=False)


@add_patches.shape
def add_patches_shape(u, *, sizes, over):
    return Spec((u.shape[0], *sizes, u.shape[-1] // prod(over.window)), u.dtype)


@add_patches.vjp("u")
def add_patches_vjp(g, over):
    return extract_patches(g, over)


@add_patches.batch
def add_patches_batch(size, batched, u, *, sizes, over):
    return unfold(add_patches(fold(u, 0), sizes, over), 0, size)


# -- space and batch --------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=NUMBERS | BOOL, public=("input",))
def space_to_batch(x, *, block, paddings):
    """x padded with zeros, every `block`-th place of its spatial axes (those after the first) an example of its own."""
    outer = blocked_sizes(x.shape, block, paddings)
    rest = x.shape[1 + len(block) :]
    full = np.zeros((len(x), *(n * b for n, b in zip(outer, block, strict=True)), *rest), x.dtype)
    inside = [slice(lo, lo + n) for (lo, _), n in zip(paddings, x.shape[1:], strict=False)]
    full[:, *inside] = x
    pairs = [e for pair in zip(outer, block, strict=True) for e in pair]
    split = full.reshape(len(x), *pairs, *rest)
    m = len(block)
    order = (*range(2, 2 * m + 1, 2), 0, *range(1, 2 * m, 2), *range(2 * m + 1, split.ndim))
    return split.transpose(order).reshape(prod(block) * len(x), *outer, *rest)


@space_to_batch.shape
def space_to_batch_shape(x, *, block, paddings):
    return Spec((x.shape[0] * prod(block), *blocked_sizes(x.shape, block, paddings), *x.shape[1 + len(block) :]), x.dtype)


@space_to_batch.vjp("x")
def space_to_batch_vjp(g, block, paddings):
    return batch_to_space(g, block, paddings)


@space_to_batch.batch
def space_to_batch_batch(size, batched, x, *, block, paddings):
    y = space_to_batch(fold(x, 0), block, paddings)
    split = reshape(y, (prod(block), size, x.dims[1], *y.dims[1:]))
    return reshape(exchange(split), (size, x.dims[1] * prod(block), *y.dims[1:]))


@primitive(linear="all", dtypes=NUMBERS | BOOL, public=("input",))
def batch_to_space(x, *, block, crops):
    """The inverse: examples interleaved as places of the spatial axes, which are then cropped."""
    n, whole, kept = joined_sizes(x.shape, block, crops)
    m, rest = len(block), x.shape[1 + len(block) :]
    split = x.reshape(*block, n, *x.shape[1:])
    pairs = [axis for i in range(m) for axis in (m + 1 + i, i)]
    full = split.transpose(m, *pairs, *range(2 * m + 1, split.ndim)).reshape(n, *whole, *rest)
    inside = [slice(lo, lo + k) for (lo, _), k in zip(crops, kept, strict=True)]
    return np.ascontiguousarray(full[:, *inside])


@batch_to_space.shape
def batch_to_space_shape(x, *, block, crops):
    n, _, kept = joined_sizes(x.shape, block, crops)
    return Spec((n, *kept, *x.shape[1 + len(block) :]), x.dtype)


@batch_to_space.vjp("x")
def batch_to_space_vjp(g, block, crops):
    return space_to_batch(g, block, crops)


@batch_to_space.batch
def batch_to_space_batch(size, batched, x, *, block, crops):
    examples = x.dims[1] // prod(block)
    split = exchange(reshape(x, (size, prod(block), examples, *x.dims[2:])))
    return unfold(batch_to_space(reshape(split, (x.dims[1] * size, *x.dims[2:])), block, crops), 0, size)


def exchange(x: Any) -> Any:
    """The first two axes exchanged."""
    return permute(x, (1, 0, *range(2, x.ndim)))


publish(globals())


# -- what does not fit ------------------------------------------------------------------------------------------
def check_block(op: str, shape: tuple[Any, ...], block: tuple[Any, ...]) -> None:
    if len(shape) < len(block) + 1:
        raise invalid(op, f"{op}: input rank should be >= {len(block) + 1} instead of {len(shape)} (block_shape {list(block)})")
    for i, b in enumerate(block):
        if b < 1:
            raise invalid(op, f"{op}: All values in block_shape must be positive, got value, {b} at index {i}.")


def blocked_sizes(shape: tuple[Any, ...], block: tuple[Any, ...], paddings: tuple[Any, ...]) -> tuple[Any, ...]:
    """The spatial extents of space_to_batch."""
    op = "space_to_batch"
    check_block(op, shape, block)
    if any(p < 0 for pair in paddings for p in pair):
        raise invalid(op, f"{op}: Paddings must be non-negative, got {list(map(list, paddings))}")
    full = [n + lo + hi for n, (lo, hi) in zip(shape[1:], paddings, strict=False)]
    for i, (n, b) in enumerate(zip(full, block, strict=True)):
        if not isinstance(n, Dim) and n % b:
            raise invalid(op, f"{op}: padded_shape[{i}]={n} is not divisible by block_shape[{i}]={b}")
    return tuple(n // b for n, b in zip(full, block, strict=True))


def joined_sizes(shape: tuple[Any, ...], block: tuple[Any, ...], crops: tuple[Any, ...]) -> tuple[Extent, list[Any], list[Any]]:
    """Examples, spatial extents before and after cropping, of batch_to_space."""
    op = "batch_to_space"
    check_block(op, shape, block)
    if any(c < 0 for pair in crops for c in pair):
        raise invalid(op, f"{op}: Crops must be non-negative, got {list(map(list, crops))}")
    if not isinstance(shape[0], Dim) and shape[0] % prod(block):
        raise invalid(op, f"{op}: Input batch dimension ({shape[0]}) is not divisible by product of block sizes ({prod(block)})")
    whole = [n * b for n, b in zip(shape[1:], block, strict=False)]
    kept = [n - lo - hi for n, (lo, hi) in zip(whole, crops, strict=True)]
    for i, n in enumerate(kept):
        if not isinstance(n, Dim) and n < 0:
            raise invalid(op, f"{op}: cropped_shape[{i}]={n} must be non-negative")
    return shape[0] // prod(block), whole, kept
