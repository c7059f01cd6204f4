"""oneDNN for eager code: kernels on large arrays. Each returns None for what the library has no better way to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np

from ...core import large
from ...ops._windows import Window
from . import blas, memory, onednn, threads
from .onednn import Call, Layout, Primitive, Unsupported
from .spatial import BYTE, Convolution, Pool

PREPARED = 512  # how many shapes are remembered
KEPT_BYTES = 1 << 24  # of scratch memory between calls


class Prepared:
    """Primitives in order, with the scratch memory between them; any number of calls may be in flight."""

    def __init__(self, *steps: tuple[Primitive, Sequence[tuple[int, Layout, int | str]]]):
        self.steps = steps
        self.pieces: dict[str, int] = {}  # name of a piece of scratch memory -> where it begins
        self.scratch = 0
        for i, (primitive, arguments) in enumerate(steps):
            for _, layout, place in arguments:
                if isinstance(place, str):
                    self.reserve(place, layout.nbytes)
            self.reserve(f"scratch {i}", primitive.scratch)
        self.idle: list[Running] = []

    def reserve(self, name: str, nbytes: int) -> None:
        if name not in self.pieces:
            self.pieces[name] = self.scratch
            self.scratch += memory.rounded(nbytes)

    def run(self, *arrays: np.ndarray) -> None:
        """Runs on C-contiguous arrays."""
        threads.prepare()
        try:
            running = self.idle.pop()
        except IndexError:
            running = Running(self)
        running([x.ctypes.data for x in arrays])
        if self.scratch <= KEPT_BYTES:
            self.idle.append(running)


class Running:
    """The memory objects and the scratch memory of one call in flight."""

    def __init__(self, prepared: Prepared):
        self.scratch = memory.aligned(prepared.scratch)
        base = self.scratch.ctypes.data
        self.calls: list[tuple[Call, list[Any]]] = []
        for i, (primitive, arguments) in enumerate(prepared.steps):
            layouts = [(number, layout) for number, layout, _ in arguments]
            places = [base + prepared.pieces[p] if isinstance(p, str) else p for _, _, p in arguments]
            if primitive.scratch:
                layouts.append((onednn.SCRATCHPAD, primitive.scratch_layout))
                places.append(base + prepared.pieces[f"scratch {i}"])
            self.calls.append((Call(primitive, layouts), places))

    def __call__(self, data: Sequence[int]) -> None:
        for call, places in self.calls:
            call(*(data[p] if p < len(data) else p for p in places))


def prepared(make: Callable[..., Prepared]) -> Callable[..., Prepared | None]:
    """Remembers what was made for each shape and number of threads; None where oneDNN cannot."""

    @lru_cache(PREPARED)
    def found(count: int, *args: Any) -> Prepared | None:
        try:
            made = make(*args)
        except Unsupported:
            return None
        if count > 1:
            large.products_too |= blas.hold_for_good()
        return made

    return lambda *args: found(threads.count(), *args)


# -- products -----------------------------------------------------------------------------------------------------
@prepared
def product_of(m: int, k: int, n: int, a_turned: bool, b_turned: bool, dtype: np.dtype) -> Prepared:
    a, b = (onednn.plain(s, dtype, (1, 0) if turned else None) for s, turned in (((m, k), a_turned), ((k, n), b_turned)))
    y = onednn.plain((m, n), dtype)
    return Prepared(
        (Primitive("matmul", a, b, None, y), [(onednn.SRC, a, 0), (onednn.WEIGHTS, b, 1), (onednn.DST, y, 2)]),
    )


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    """Of two float32 matrices, each or its transpose contiguous."""
    turned = [not x.flags.c_contiguous for x in (a, b)]
    plain = [x.T if t else x for x, t in zip((a, b), turned, strict=True)]
    if a.dtype != np.float32 or b.dtype != np.float32 or not all(x.flags.c_contiguous for x in plain):
        return None
    found = product_of(*a.shape, b.shape[1], *turned, a.dtype)
    return found and ran(found, plain, (a.shape[0], b.shape[1]), a.dtype)


# -- convolution --------------------------------------------------------------------------------------------------
@prepared
def forward(n: int, win: Window, c: int, m: int, groups: int, dtype: np.dtype) -> Prepared:
    conv = Convolution(n, win, c, m, groups, dtype)
    main = conv.forward()
    wanted = conv.wanted(main, onednn.WEIGHTS)
    return Prepared(
        (onednn.reorder(conv.w, wanted), [(onednn.SRC, conv.w, 1), (onednn.DST, wanted, "filters")]),
        (main, [(onednn.SRC, conv.x, 0), (onednn.WEIGHTS, wanted, "filters"), (onednn.DST, conv.y, 2)]),
    )


@prepared
def by_input(n: int, win: Window, c: int, m: int, groups: int, dtype: np.dtype) -> Prepared:
    conv = Convolution(n, win, c, m, groups, dtype)
    main = conv.by_input()
    wanted = conv.wanted(main, onednn.WEIGHTS)
    return Prepared(
        (onednn.reorder(conv.w, wanted), [(onednn.SRC, conv.w, 1), (onednn.DST, wanted, "filters")]),
        (main, [(onednn.DIFF_DST, conv.y, 0), (onednn.WEIGHTS, wanted, "filters"), (onednn.DIFF_SRC, conv.x, 2)]),
    )


@prepared
def by_filter(n: int, win: Window, c: int, m: int, groups: int, dtype: np.dtype) -> Prepared:
    conv = Convolution(n, win, c, m, groups, dtype)
    main = conv.by_filter()
    wanted = conv.wanted(main, onednn.DIFF_WEIGHTS)
    return Prepared(
        (main, [(onednn.SRC, conv.x, 0), (onednn.DIFF_DST, conv.y, 1), (onednn.DIFF_WEIGHTS, wanted, "filters")]),
        (onednn.reorder(wanted, conv.w), [(onednn.SRC, wanted, "filters"), (onednn.DST, conv.w, 2)]),
    )


def convolve(x: np.ndarray, w: np.ndarray, win: Window, groups: int) -> np.ndarray | None:
    found = forward(len(x), win, w.shape[-2], w.shape[-1] // groups, groups, x.dtype)
    return found and ran(found, (x, w), (len(x), *win.out, w.shape[-1]), x.dtype)


def convolve_input(g: np.ndarray, w: np.ndarray, win: Window, groups: int) -> np.ndarray | None:
    found = by_input(len(g), win, w.shape[-2], w.shape[-1] // groups, groups, g.dtype)
    return found and ran(found, (g, w), (len(g), *win.sizes, w.shape[-2] * groups), g.dtype)


def convolve_filter(x: np.ndarray, g: np.ndarray, win: Window, groups: int) -> np.ndarray | None:
    c, m = x.shape[-1] // groups, g.shape[-1] // groups
    found = by_filter(len(x), win, c, m, groups, x.dtype)
    return found and ran(found, (x, g), (*win.kernel, c, groups * m), x.dtype)


def ran(found: Prepared, arrays: Sequence[np.ndarray], shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    out = np.empty(shape, dtype)
    found.run(*map(np.ascontiguousarray, arrays), out)
    return out


# -- pooling ------------------------------------------------------------------------------------------------------
@prepared
def maximum(n: int, win: Window, channels: int, dtype: np.dtype) -> Prepared:
    pool = Pool(n, win, channels, dtype)
    return Prepared((pool.forward(onednn.MAXIMUM), [(onednn.SRC, pool.x, 0), (onednn.DST, pool.y, 1)]))


@prepared
def choice(n: int, win: Window, channels: int, dtype: np.dtype) -> Prepared:
    pool = Pool(n, win, channels, dtype)
    arguments = [(onednn.SRC, pool.x, 0), (onednn.DST, pool.y, "peak"), (onednn.WORKSPACE, pool.tap, 1)]
    return Prepared((pool.choosing(), arguments))


@prepared
def spread(n: int, win: Window, channels: int, dtype: np.dtype) -> Prepared:
    pool = Pool(n, win, channels, dtype)
    arguments = [(onednn.DIFF_DST, pool.y, 0), (onednn.WORKSPACE, pool.tap, 1), (onednn.DIFF_SRC, pool.x, 2)]
    return Prepared((pool.backward(onednn.MAXIMUM), arguments))


@prepared
def mean(n: int, win: Window, channels: int, dtype: np.dtype) -> Prepared:
    pool = Pool(n, win, channels, dtype)
    return Prepared((pool.forward(onednn.MEAN), [(onednn.SRC, pool.x, 0), (onednn.DST, pool.y, 1)]))


@prepared
def share(n: int, win: Window, channels: int, dtype: np.dtype) -> Prepared:
    pool = Pool(n, win, channels, dtype)
    return Prepared((pool.backward(onednn.MEAN), [(onednn.DIFF_DST, pool.y, 0), (onednn.DIFF_SRC, pool.x, 1)]))


def all_finite(x: np.ndarray) -> bool:
    """Surely no infinity and no NaN in it: oneDNN's maximum passes NaN over, and begins at the lowest finite number."""
    flat = np.ascontiguousarray(x).reshape(-1)
    return isfinite(flat.dot(flat))


def largest(x: np.ndarray, win: Window) -> np.ndarray | None:
    found = maximum(len(x), win, x.shape[-1], x.dtype)
    if found is None or not all_finite(x):
        return None
    return ran(found, (x,), (len(x), *win.out, x.shape[-1]), x.dtype)


def chosen_tap(x: np.ndarray, win: Window) -> np.ndarray | None:
    found = choice(len(x), win, x.shape[-1], x.dtype)
    if found is None or not all_finite(x):
        return None
    return ran(found, (x,), (len(x), *win.out, x.shape[-1]), BYTE)


def spread_chosen(g: np.ndarray, tap: np.ndarray, win: Window) -> np.ndarray | None:
    found = spread(len(g), win, g.shape[-1], g.dtype)
    return found and ran(found, (g, tap), (len(g), *win.sizes, g.shape[-1]), g.dtype)


def window_means(x: np.ndarray, win: Window) -> np.ndarray | None:
    found = mean(len(x), win, x.shape[-1], x.dtype)
    return found and ran(found, (x,), (len(x), *win.out, x.shape[-1]), x.dtype)


def spread_means(g: np.ndarray, win: Window) -> np.ndarray | None:
    found = share(len(g), win, g.shape[-1], g.dtype)
    return found and ran(found, (g,), (len(g), *win.sizes, g.shape[-1]), g.dtype)
