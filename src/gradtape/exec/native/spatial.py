"""Convolutions and pools as oneDNN primitives, for a Window of `ops._windows`.

Images are (batch, *spatial, channels) and filters (*kernel, c, groups * m) in memory, as everywhere in gradtape. Images stay as they are:
on AVX-512 the library's kernels are as fast on them as on its own blocked layouts (measured within 10 %, both passes), and nothing
has to be reordered at the borders. Filters, small beside the images, are reordered into what the kernel wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...ops._windows import Window, reach
from . import onednn
from .onednn import Layout, Primitive, Unsupported

NARROW = 4  # channels: up to here the gradient by the input is faster with filters as they are
BYTE = np.dtype(np.uint8)


def images(n: int, sizes: Sequence[int], channels: int, dtype: np.dtype) -> Layout:
    """(batch, *spatial, channels) in memory."""
    return onednn.plain((n, channels, *sizes), dtype, (0, *range(2, 2 + len(sizes)), 1))


def filter_shape(kernel: Sequence[int], c: int, m: int, groups: int) -> tuple[int, ...]:
    """In the library's order; c and m are those of one group."""
    return (m, c, *kernel) if groups == 1 else (groups, m, c, *kernel)


def filters(kernel: Sequence[int], c: int, m: int, groups: int, dtype: np.dtype) -> Layout:
    """(*kernel, c, groups * m) in memory."""
    shape = filter_shape(kernel, c, m, groups)
    lead = len(shape) - len(kernel)
    order = (*range(lead, len(shape)), 1, 0) if groups == 1 else (*range(lead, len(shape)), 2, 0, 1)
    return onednn.plain(shape, dtype, order)


def after(win: Window) -> tuple[int, ...]:
    """Padding behind the input; 0 where the last places of the input are not even read."""
    return tuple(max(span - n - lo, 0) for span, n, lo in zip(win.spans, win.sizes, win.before, strict=True))


def geometry(win: Window) -> tuple[tuple[int, ...], ...]:
    """Strides, dilations (0 for none), padding before and behind."""
    return win.strides, tuple(d - 1 for d in win.dilations), win.before, after(win)


def checked(primitive: Primitive) -> Primitive:
    """A primitive that oneDNN has a real kernel for: its reference loops are slower than NumPy."""
    if primitive.implementation.startswith(("ref", "simple")):
        raise Unsupported(f"only {primitive.implementation} for {primitive.kind}")
    return primitive


class Convolution:
    """The layouts of y = conv(x, w), plain in memory, and the three primitives."""

    def __init__(self, n: int, win: Window, c: int, m: int, groups: int, dtype: np.dtype):
        """c and m are the channels of one group."""
        self.win, self.dtype = win, dtype
        self.x = images(n, win.sizes, c * groups, dtype)
        self.y = images(n, win.out, m * groups, dtype)
        self.w = filters(win.kernel, c, m, groups, dtype)
        self.any_w = onednn.free(self.w.shape, dtype)
        self.bias = onednn.plain((m * groups,), dtype)
        self.narrow = c <= NARROW and groups == 1

    def forward(self, bias: bool = False, post: Sequence[Any] = ()) -> Primitive:
        b = self.bias if bias else None
        how = geometry(self.win)
        kind = onednn.INFERENCE
        return checked(Primitive("convolution_forward", kind, onednn.DIRECT, self.x, self.any_w, b, self.y, *how, post=post))

    def hint(self) -> Primitive:
        kind = onednn.TRAINING
        return Primitive("convolution_forward", kind, onednn.DIRECT, self.x, self.any_w, None, self.y, *geometry(self.win))

    def by_input(self) -> Primitive:
        w = self.w if self.narrow else self.any_w
        how = geometry(self.win)
        return checked(Primitive("convolution_backward_data", onednn.DIRECT, self.x, w, self.y, *how, self.hint()))

    def by_filter(self, bias: bool = False) -> Primitive:
        b = self.bias if bias else None
        how = geometry(self.win)
        return checked(Primitive("convolution_backward_weights", onednn.DIRECT, self.x, self.any_w, b, self.y, *how, self.hint()))

    def wanted(self, primitive: Primitive, argument: int) -> Layout:
        """The layout of the filters that a primitive wants."""
        return primitive.layout(argument, self.w.shape, self.dtype)


def pool_geometry(win: Window) -> tuple[tuple[int, ...], ...]:
    strides, dilations, before, behind = geometry(win)
    return strides, win.kernel, dilations, before, behind


def sees_input(win: Window) -> bool:
    """Does every window read at least one place of the input?"""
    edges = zip(win.kernel, win.dilations, win.before, after(win), strict=True)
    return not any((d > 1 and (lo or hi)) or max(lo, hi) >= reach(k, d) for k, d, lo, hi in edges)


class Pool:
    """The layouts of a pool and its primitives; the workspace of a maximum is the number of each window's tap."""

    def __init__(self, n: int, win: Window, channels: int, dtype: np.dtype):
        if not sees_input(win):
            raise Unsupported("a window that reads padding only")
        self.win, self.dtype = win, dtype
        self.x = images(n, win.sizes, channels, dtype)
        self.y = images(n, win.out, channels, dtype)
        self.tap = images(n, win.out, channels, BYTE)

    def forward(self, algorithm: int, kind: int = onednn.INFERENCE) -> Primitive:
        return checked(Primitive("pooling_forward", kind, algorithm, self.x, self.y, *pool_geometry(self.win)))

    def choosing(self) -> Primitive:
        """The maximum together with the number of the tap that it came from."""
        made = self.forward(onednn.MAXIMUM, onednn.TRAINING)
        if made.layout(onednn.WORKSPACE, self.tap.shape, BYTE) != self.tap:
            raise Unsupported("the workspace is not one byte for each window")
        return made

    def backward(self, algorithm: int) -> Primitive:
        hint = self.choosing() if algorithm == onednn.MAXIMUM else self.forward(algorithm, onednn.TRAINING)
        return checked(Primitive("pooling_backward", algorithm, self.x, self.y, *pool_geometry(self.win), hint))
