"""Layer 3: convolution over 1 to 3 spatial axes, and its two transposes.

Channels come last: x (batch, *spatial, groups * c), w (*kernel, c, groups * m), u (batch, *out, groups * m). The three are
each other's adjoints, which is all that their rules say:

    <u, conv(x, w)> = <conv_input(u, w), x> = <conv_filter(x, u), w>

A batch of any two of x, w, u is folded into the axis that they share: x and u have `batch`, x and w have c, w and u have m;
a batch of all three is one of groups.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..core.errors import InvalidArgumentError, invalid
from ..core.shapes import Dim, Extent, Spec
from ._conv_kernels import convolve, convolve_filter, convolve_input
from ._declare import FLOATS, primitive, publish
from ._folding import fold, fold_within, unfold, unfold_within
from ._windows import Window, out_sizes, window

TAKES = FLOATS | {np.dtype(np.int32)}  # what TensorFlow's convolutions take


# -- the three ----------------------------------------------------------------------------------------------
@primitive(linear="each", same=("x", "w"), public=("input", "filters"), dtypes=TAKES)
def conv(x, w, *, strides, padding, dilations, groups):
    """The sum over each window of x times w (TensorFlow's convolution: w is not mirrored).

    `strides` and `dilations` hold a number for each spatial axis; `padding` is "SAME", "VALID" or ((before, after), ...).
    """
    win = conv_window(x, w, strides, padding, dilations, groups)
    return convolve(x, w, win, groups)


@conv.shape
def conv_shape(x, w, *, strides, padding, dilations, groups):
    op = f"conv{len(strides)}d"
    check_conv(op, x.shape, w.shape, groups)
    out = out_sizes(op, x.shape[1:-1], w.shape[:-2], strides, dilations, padding)
    return Spec((x.shape[0], *out, w.shape[-1]), x.dtype)


@conv.vjp("x")
def conv_vjp_x(g, x_shape, w, strides, padding, dilations, groups):
    return conv_input(g, w, x_shape[1:-1], strides, padding, dilations, groups)


@conv.vjp("w")
def conv_vjp_w(g, x, w_shape, strides, padding, dilations, groups):
    return conv_filter(x, g, w_shape[:-2], strides, padding, dilations, groups)


@conv.batch
def conv_batch(size, batched, x, w, *, strides, padding, dilations, groups):
    if batched == (True, True):
        y = conv(fold(x, -1), fold(w, -1), strides, padding, dilations, size * groups)
        return unfold(y, -1, size)
    if batched[0]:
        return unfold(conv(fold(x, 0), w, strides, padding, dilations, groups), 0, size)
    return unfold_within(conv(x, fold_within(w, groups), strides, padding, dilations, groups), groups, size)


@primitive(linear="each", same=("u", "w"), public=("input", "filters"), dtypes=TAKES)
def conv_input(u, w, *, sizes, strides, padding, dilations, groups):
    """The adjoint of conv in x: each value of u spread over its window of zeros (`sizes`: the spatial extents of x)."""
    shape = (u.shape[0], *sizes, w.shape[-2] * groups)
    win = adjoint_window("conv_input", shape, w.shape, u.shape, strides, padding, dilations, groups)
    check_one_dtype(u, w)
    return convolve_input(u, w, win, groups)


@conv_input.shape
def conv_input_shape(u, w, *, sizes, strides, padding, dilations, groups):
    shape = (u.shape[0], *sizes, w.shape[-2] * groups)
    check_adjoint("conv_input", shape, w.shape, u.shape, strides, padding, dilations, groups)
    return Spec(shape, u.dtype)


@conv_input.vjp("u")
def conv_input_vjp_u(g, w, strides, padding, dilations, groups):
    return conv(g, w, strides, padding, dilations, groups)


@conv_input.vjp("w")
def conv_input_vjp_w(g, u, w_shape, strides, padding, dilations, groups):
    return conv_filter(g, u, w_shape[:-2], strides, padding, dilations, groups)


@conv_input.batch
def conv_input_batch(size, batched, u, w, *, sizes, strides, padding, dilations, groups):
    if batched == (True, True):
        x = conv_input(fold(u, -1), fold(w, -1), sizes, strides, padding, dilations, size * groups)
        return unfold(x, -1, size)
    if batched[0]:
        return unfold(conv_input(fold(u, 0), w, sizes, strides, padding, dilations, groups), 0, size)
    return unfold_within(conv_input(u, fold(w, -2), sizes, strides, padding, dilations, groups), groups, size)


@primitive(linear="each", same=("x", "u"), public=("input", "out_backprop"), dtypes=TAKES)
def conv_filter(x, u, *, kernel, strides, padding, dilations, groups):
    """The adjoint of conv in w: the products of x and u summed over all windows (`kernel`: the spatial extents of w)."""
    check_groups("conv_filter", x.shape[-1], groups)
    shape = (*kernel, x.shape[-1] // groups, u.shape[-1])
    win = adjoint_window("conv_filter", x.shape, shape, u.shape, strides, padding, dilations, groups)
    check_one_dtype(x, u)
    return convolve_filter(x, u, win, groups)


@conv_filter.shape
def conv_filter_shape(x, u, *, kernel, strides, padding, dilations, groups):
    check_groups("conv_filter", x.shape[-1], groups)
    shape = (*kernel, x.shape[-1] // groups, u.shape[-1])
    check_adjoint("conv_filter", x.shape, shape, u.shape, strides, padding, dilations, groups)
    return Spec(shape, x.dtype)


@conv_filter.vjp("x")
def conv_filter_vjp_x(g, x_shape, u, strides, padding, dilations, groups):
    return conv_input(u, g, x_shape[1:-1], strides, padding, dilations, groups)


@conv_filter.vjp("u")
def conv_filter_vjp_u(g, x, strides, padding, dilations, groups):
    return conv(x, g, strides, padding, dilations, groups)


@conv_filter.batch
def conv_filter_batch(size, batched, x, u, *, kernel, strides, padding, dilations, groups):
    if batched == (True, True):
        w = conv_filter(fold(x, -1), fold(u, -1), kernel, strides, padding, dilations, size * groups)
        return unfold(w, -1, size)
    if batched[0]:
        return unfold(conv_filter(fold_within(x, groups), u, kernel, strides, padding, dilations, groups), -2, size)
    return unfold_within(conv_filter(x, fold_within(u, groups), kernel, strides, padding, dilations, groups), groups, size)


publish(globals())


# -- what does not fit ----------------------------------------------------------------------------------------
def conv_window(
    x: np.ndarray, w: np.ndarray, strides: tuple[Any, ...], padding: Any, dilations: tuple[Any, ...], groups: int
) -> Window:
    check_one_dtype(x, w)
    return checked_window(f"conv{len(strides)}d", x.shape, w.shape, strides, padding, dilations, groups)


@lru_cache(maxsize=1024)
def checked_window(
    op: str,
    x_shape: tuple[Any, ...],
    w_shape: tuple[Any, ...],
    strides: tuple[Any, ...],
    padding: Any,
    dilations: tuple[Any, ...],
    groups: int,
) -> Window:
    check_conv(op, x_shape, w_shape, groups)
    return window(op, x_shape[1:-1], w_shape[:-2], strides, dilations, padding)


@lru_cache(maxsize=1024)
def adjoint_window(
    op: str,
    x_shape: tuple[Any, ...],
    w_shape: tuple[Any, ...],
    u_shape: tuple[Any, ...],
    strides: tuple[Any, ...],
    padding: Any,
    dilations: tuple[Any, ...],
    groups: int,
) -> Window:
    check_adjoint(op, x_shape, w_shape, u_shape, strides, padding, dilations, groups)
    return window(op, x_shape[1:-1], w_shape[:-2], strides, dilations, padding)


def check_one_dtype(a: np.ndarray, b: np.ndarray) -> None:
    if a.dtype != b.dtype:
        raise TypeError(f"one dtype is needed, got {a.dtype} and {b.dtype}")


def check_conv(op: str, x_shape: tuple[Any, ...], w_shape: tuple[Any, ...], groups: int) -> None:
    """An InvalidArgumentError where images and filters do not fit each other."""
    if len(w_shape) < 3 or len(x_shape) != len(w_shape):
        raise invalid(
            op,
            f"{op}: input and filters must have one rank, 3, 4 or 5; input has shape {list(x_shape)}, filters have "
            f"shape {list(w_shape)} (kernel extents, input channels, output channels)",
        )
    check_groups(op, x_shape[-1], groups)
    channels, wanted = x_shape[-1], w_shape[-2] * groups
    if differ(channels, wanted):
        raise invalid(op, f"{op}: input depth must be evenly divisible by filter depth: {channels} vs {w_shape[-2]} "
                          f"(input {list(x_shape)}, filters {list(w_shape)}, {groups} groups)")  # fmt: skip
    if known(w_shape[-1]) and w_shape[-1] % groups:
        raise invalid(op, f"{op}: output depth must be evenly divisible by number of groups: {w_shape[-1]} vs {groups}")


def check_groups(op: str, channels: Extent, groups: int) -> None:
    if groups < 1 or (known(channels) and channels % groups):
        raise invalid(op, f"{op}: input depth {channels} cannot be divided into {groups} groups")


def check_adjoint(
    op: str,
    x_shape: tuple[Any, ...],
    w_shape: tuple[Any, ...],
    u_shape: tuple[Any, ...],
    strides: tuple[Any, ...],
    padding: Any,
    dilations: tuple[Any, ...],
    groups: int,
) -> None:
    """An InvalidArgumentError unless u has the shape of conv(x, w)."""
    check_conv(op, x_shape, w_shape, groups)
    expected = (x_shape[0], *out_sizes(op, x_shape[1:-1], w_shape[:-2], strides, dilations, padding), w_shape[-1])
    if len(u_shape) != len(expected) or any(map(differ, u_shape, expected)):
        raise mismatch(op, x_shape, w_shape, u_shape, expected)


def mismatch(
    op: str, x_shape: tuple[Any, ...], w_shape: tuple[Any, ...], u_shape: tuple[Any, ...], expected: tuple[Any, ...]
) -> InvalidArgumentError:
    return invalid(
        op,
        f"{op}: Size of out_backprop doesn't match computed: filters {list(w_shape)} over an input of shape "
        f"{list(x_shape)} give {list(expected)}, but the argument has shape {list(u_shape)}",
    )


def known(n: Extent) -> bool:
    return not isinstance(n, Dim)


def differ(a: Extent, b: Extent) -> bool:
    """Are these two extents certainly not equal?"""
    return known(a - b) and a - b != 0
