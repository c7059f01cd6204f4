"""Pools as expressions: each tap of a window is a view of the input, so that a pool joins the loops around it.

Taps are unrolled, hence few of them; a maximum with padding reads a padded copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

from ...ops._windows import Window, window
from . import index as ix
from .expr import Expr, Iota, Map, Number, Pieces, View
from .lower import kind, lowering

MOST_TAPS = 16


def is_unpadded(win: Window) -> bool:
    return win.in_place and win.taps <= MOST_TAPS


def is_tiled(win: Window) -> bool:
    """Do the windows cover the input, each place once?"""
    exact = all(n == o * s for n, o, s in zip(win.sizes, win.out, win.strides, strict=True))
    return exact and win.in_place and win.kernel == win.strides and set(win.dilations) <= {1} and win.taps <= MOST_TAPS


def window_over(sizes: Sequence[int], over: Any) -> Window:
    return window("pool", tuple(sizes), over.window, over.strides, over.dilations, over.padding)


def taps(x: Expr, win: Window, before: Sequence[int]) -> list[Expr]:
    """For each tap of the kernel what it reads, at every place of the window; x begins `before` places ahead of the input."""
    shape = (x.shape[0], *win.out, x.shape[-1])
    return [View(x, shape, reading(win, tap, before)) for tap in product(*map(range, win.kernel))]


def reading(win: Window, tap: Sequence[int], before: Sequence[int]) -> Callable:
    starts = [t * d - lo + pad for t, d, lo, pad in zip(tap, win.dilations, win.before, before, strict=True)]

    def move(at: tuple[Any, ...]) -> tuple[Any, ...]:
        inner = [ix.total([(a, s), (ix.constant(start), 1)]) for a, s, start in zip(at[1:-1], win.strides, starts, strict=True)]
        return (at[0], *inner, at[-1])

    return move


def padded(x: Expr, win: Window, value: float) -> tuple[Expr, tuple[int, ...]]:
    """x with a value around it as far as the window reads, and how many places that adds ahead of it."""
    if win.in_place:
        return x, (0,) * len(win.sizes)
    behind = tuple(max(span - n - lo, 0) for span, n, lo in zip(win.spans, win.sizes, win.before, strict=True))
    sizes = tuple(lo + n + hi for lo, n, hi in zip(win.before, win.sizes, behind, strict=True))
    shape = (x.shape[0], *sizes, x.shape[-1])

    def inside(at: tuple[Any, ...]) -> tuple[Any, ...]:
        return (at[0], *(ix.plus(a, ix.constant(lo)) for a, lo in zip(at[1:-1], win.before, strict=True)), at[-1])

    around = Number(value, x.dtype, shape)
    return Pieces(shape, x.dtype, (around, x), (lambda at: at, inside)), win.before


def folded(op: str, values: Sequence[Expr]) -> Expr:
    out = values[0]
    for x in values[1:]:
        out = Map(op, (out, x))
    return out


@lowering("max_pool")
def max_pool(x, *, over):
    win = window_over(x.shape[1:-1], over)
    if win.taps > MOST_TAPS or kind(x) != "f":
        return None
    return folded("maximum", taps(*args_of(x, win)))


def args_of(x: Expr, win: Window) -> tuple[Expr, Window, tuple[int, ...]]:
    around, before = padded(x, win, float("-inf"))
    return around, win, before


@lowering("max_pool_tap")
def max_pool_tap(x, peak, *, over):
    win = window_over(x.shape[1:-1], over)
    if win.taps > MOST_TAPS or kind(x) != "f" or not win.in_place:
        return None
    values = taps(x, win, (0,) * len(win.sizes))
    shape = values[0].shape
    out: Expr = Number(win.taps - 1, np.uint8, shape)
    for number in reversed(range(win.taps - 1)):
        below = Map("less", (values[number], peak), bool)  # also false for NaN, which is then the first tap
        out = Map("select", (below, out, Number(number, np.uint8, shape)), np.uint8)
    return out


def tiles(win: Window) -> Callable:
    """The window's place that an input's place belongs to."""

    def move(at: tuple[Any, ...]) -> tuple[Any, ...]:
        return (at[0], *(ix.divided(a, s)[0] for a, s in zip(at[1:-1], win.strides, strict=True)), at[-1])

    return move


def tap_numbers(win: Window, shape: Sequence[int]) -> Expr:
    """At each place of the input, the number of the tap that reads it."""

    def move(at: tuple[Any, ...]) -> tuple[Any, ...]:
        within = [ix.divided(a, s)[1] for a, s in zip(at[1:-1], win.strides, strict=True)]
        return (ix.linear(within, win.kernel),)

    return View(Iota((win.taps,), np.uint8, 0), tuple(shape), move)


@lowering("spread_tap")
def spread_tap(u, tap, *, sizes, over):
    win = window_over(sizes, over)
    if not is_tiled(win):
        return None
    shape = (u.shape[0], *sizes, u.shape[-1])
    chosen = Map("equal", (View(tap, shape, tiles(win)), tap_numbers(win, shape)), bool)
    return Map("select", (chosen, View(u, shape, tiles(win)), Number(0, u.dtype, shape)), u.dtype)


@lowering("avg_pool")
def avg_pool(x, *, over):
    win = window_over(x.shape[1:-1], over)
    if not is_unpadded(win) or kind(x) != "f":
        return None
    total = folded("add", taps(x, win, (0,) * len(win.sizes)))
    return Map("divide", (total, Number(win.taps, x.dtype, total.shape)))


@lowering("avg_pool_input")
def avg_pool_input(u, *, sizes, over):
    win = window_over(sizes, over)
    if not is_tiled(win):
        return None
    share = Map("divide", (u, Number(win.taps, u.dtype, u.shape)))
    return View(share, (u.shape[0], *sizes, u.shape[-1]), tiles(win))
