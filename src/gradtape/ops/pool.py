"""Layer 3: pooling over 1 to 3 spatial axes and grayscale dilation, on x (batch, *spatial, channels).

A maximum remembers for each place the tap of its window that attained it (the first of several, as in TensorFlow). Given the taps
everything is linear, and each line holds a pair of adjoints:

    <u, pick_tap(x, tap)> = <spread_tap(u, tap), x>            <u, avg_pool(x)> = <avg_pool_input(u), x>
    <u, pick_weight(w, tap)> = <sum_tap(u, tap), w>
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Spec, product
from ._declare import FLOATS, REALS, primitive, publish
from ._folding import all_batched, fold, unfold
from ._pool_kernels import (
    chosen_tap,
    flat_positions,
    largest,
    pick_chosen,
    spread_chosen,
    spread_means,
    sum_by_tap,
    tap_dtype,
    window_means,
)
from ._windows import Window, out_sizes, window
from .basic import add


class Over(NamedTuple):
    """What a pooling slides over its input: one number for each spatial axis, and the padding."""

    window: tuple[int, ...]
    strides: tuple[int, ...]
    padding: Any
    dilations: tuple[int, ...]


def pooled(op: str, sizes: tuple[Any, ...], over: Over) -> tuple[Any, ...]:
    return out_sizes(op, sizes, over.window, over.strides, over.dilations, over.padding)


def window_of(op: str, sizes: tuple[Any, ...], over: Over) -> Window:
    return window(op, sizes, over.window, over.strides, over.dilations, over.padding)


def check_rank(op: str, shape: tuple[Any, ...], over: Over) -> None:
    if len(shape) != len(over.window) + 2:
        raise invalid(
            op,
            f"{op}: a window over {len(over.window)} spatial axes needs an input of rank {len(over.window) + 2} "
            f"(batch, spatial axes, channels), got shape {list(shape)}",
        )


def check_places(op: str, shape: tuple[Any, ...], places: tuple[Any, ...]) -> None:
    if shape != places:
        raise invalid(op, f"{op}: the windows have the places {list(places)}, but the argument has shape {list(shape)}")


def one_by_one(op: Any, size: Any, batched: tuple[Any, ...], args: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """Batching for operations that treat examples independently: more examples."""
    args = [fold(x, 0) for x in all_batched(size, batched, args)]  # type: ignore[assignment]
    return unfold(op(*args, **params), 0, size)


def more_channels(op: Any, size: Any, batched: tuple[Any, ...], args: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """Batching for operations that treat channels independently: more channels."""
    args = [fold(x, -1) for x in all_batched(size, batched, args)]  # type: ignore[assignment]
    return unfold(op(*args, **params), -1, size)


# -- maximum ------------------------------------------------------------------------------------------------
@primitive(public=("input",), dtypes=REALS)
def max_pool(x, *, over):
    """The maximum over each window; NaN where the window holds one."""
    check_rank("max_pool", x.shape, over)
    return largest(x, window_of("max_pool", x.shape[1:-1], over))


@max_pool.shape
def max_pool_shape(x, *, over):
    check_rank("max_pool", x.shape, over)
    return Spec((x.shape[0], *pooled("max_pool", x.shape[1:-1], over), x.shape[-1]), x.dtype)


@max_pool.vjp("x")
def max_pool_vjp(g, x, y, over):
    return spread_tap(g, max_pool_tap(x, y, over), x.dims[1:-1], over)


@max_pool.jvp
def max_pool_jvp(y, ts, x, *, over):
    return pick_tap(ts[0], max_pool_tap(x, y, over), over)


@max_pool.batch
def max_pool_batch(size, batched, x, *, over):
    return one_by_one(max_pool, size, batched, (x,), {"over": over})


@primitive(differentiable=False, dtypes=REALS)
def max_pool_tap(x, peak, *, over):
    """The number of the first tap of each window that attains the maximum `peak`."""
    win = window_of("max_pool", x.shape[1:-1], over)
    return chosen_tap(x, peak, win, dtype=tap_dtype(win.taps))


@max_pool_tap.shape
def max_pool_tap_shape(x, peak, *, over):
    return Spec(peak.shape, tap_dtype(product(over.window)))


@max_pool_tap.batch
def max_pool_tap_batch(size, batched, x, peak, *, over):
    return one_by_one(max_pool_tap, size, batched, (x, peak), {"over": over})


@primitive(differentiable=False, batch="loop")
def tap_position(tap, *, sizes, over, with_batch, dtype):
    """Where in the flattened input (example by example, or of the whole batch) each window's tap reads."""
    win = window_of("max_pool", sizes, over)
    return flat_positions(tap, win, with_batch).astype(dtype)


@tap_position.shape
def tap_position_shape(tap, *, sizes, over, with_batch, dtype):
    return Spec(tap.shape, dtype)


# -- by the number of the tap -------------------------------------------------------------------------------------
@primitive(linear="each", dtypes=FLOATS)
def spread_tap(u, tap, *, sizes, over):
    """Each value of u added to zeros (spatial extents `sizes`) where its window's tap reads."""
    win = window_of("spread_tap", sizes, over)
    check_places("spread_tap", u.shape, tap.shape)
    return spread_chosen(u, tap, win)


@spread_tap.shape
def spread_tap_shape(u, tap, *, sizes, over):
    return Spec((u.shape[0], *sizes, u.shape[-1]), u.dtype)


@spread_tap.vjp("u")
def spread_tap_vjp(g, tap, over):
    return pick_tap(g, tap, over)


@spread_tap.batch
def spread_tap_batch(size, batched, u, tap, *, sizes, over):
    return one_by_one(spread_tap, size, batched, (u, tap), {"sizes": sizes, "over": over})


@primitive(linear="each", dtypes=FLOATS)
def pick_tap(x, tap, *, over):
    """What the chosen tap of each window reads."""
    win = window_of("pick_tap", x.shape[1:-1], over)
    check_places("pick_tap", tap.shape, (x.shape[0], *win.out, x.shape[-1]))
    return pick_chosen(x, tap, win)


@pick_tap.shape
def pick_tap_shape(x, tap, *, over):
    return Spec(tap.shape, x.dtype)


@pick_tap.vjp("x")
def pick_tap_vjp(g, tap, x_shape, over):
    return spread_tap(g, tap, x_shape[1:-1], over)


@pick_tap.batch
def pick_tap_batch(size, batched, x, tap, *, over):
    return one_by_one(pick_tap, size, batched, (x, tap), {"over": over})


@primitive(linear="each", dtypes=FLOATS)
def sum_tap(u, tap, *, kernel):
    """For each tap of a kernel of this shape, and each channel, the sum of u over the places that chose it."""
    check_places("sum_tap", u.shape, tap.shape)
    return sum_by_tap(u, tap, product(kernel)).reshape(*kernel, u.shape[-1])


@sum_tap.shape
def sum_tap_shape(u, tap, *, kernel):
    return Spec((*kernel, u.shape[-1]), u.dtype)


@sum_tap.vjp("u")
def sum_tap_vjp(g, tap):
    return pick_weight(g, tap)


@sum_tap.batch
def sum_tap_batch(size, batched, u, tap, *, kernel):
    return more_channels(sum_tap, size, batched, (u, tap), {"kernel": kernel})


@primitive(linear="each", dtypes=FLOATS)
def pick_weight(w, tap):
    """The weight (*kernel, channels) of each place's tap, channel by channel."""
    channels = w.shape[-1]
    return w.reshape(product(w.shape[:-1]), channels)[tap, np.arange(channels)]


@pick_weight.shape
def pick_weight_shape(w, tap):
    return Spec(tap.shape, w.dtype)


@pick_weight.vjp("w")
def pick_weight_vjp(g, tap, w_shape):
    return sum_tap(g, tap, w_shape[:-1])


@pick_weight.batch
def pick_weight_batch(size, batched, w, tap):
    return more_channels(pick_weight, size, batched, (w, tap), {})


# -- mean ---------------------------------------------------------------------------------------------------
@primitive(linear="all", public=("input",), dtypes=FLOATS)
def avg_pool(x, *, over):
    """The mean over each window; padding does not count."""
    check_rank("avg_pool", x.shape, over)
    return window_means(x, window_of("avg_pool", x.shape[1:-1], over))


@avg_pool.shape
def avg_pool_shape(x, *, over):
    check_rank("avg_pool", x.shape, over)
    return Spec((x.shape[0], *pooled("avg_pool", x.shape[1:-1], over), x.shape[-1]), x.dtype)


@avg_pool.vjp("x")
def avg_pool_vjp(g, x_shape, over):
    return avg_pool_input(g, x_shape[1:-1], over)


@avg_pool.batch
def avg_pool_batch(size, batched, x, *, over):
    return one_by_one(avg_pool, size, batched, (x,), {"over": over})


@primitive(linear="all", dtypes=FLOATS)
def avg_pool_input(u, *, sizes, over):
    """The adjoint of avg_pool: each value of u shared out over what its window reads (spatial extents `sizes`)."""
    win = window_of("avg_pool_input", sizes, over)
    check_places("avg_pool_input", u.shape[1:-1], win.out)
    return spread_means(u, win)


@avg_pool_input.shape
def avg_pool_input_shape(u, *, sizes, over):
    return Spec((u.shape[0], *sizes, u.shape[-1]), u.dtype)


@avg_pool_input.vjp("u")
def avg_pool_input_vjp(g, over):
    return avg_pool(g, over)


@avg_pool_input.batch
def avg_pool_input_batch(size, batched, u, *, sizes, over):
    return one_by_one(avg_pool_input, size, batched, (u,), {"sizes": sizes, "over": over})


# -- grayscale dilation ---------------------------------------------------------------------------------------
@primitive(same=("x", "w"), public=("input", "filters"), dtypes=REALS)
def dilation(x, w, *, strides, padding, dilations):
    """The maximum over each window of x + w, with weights w (*kernel, channels); places outside x do not take part."""
    check_dilation(x.shape, w.shape)
    if x.dtype != w.dtype:
        raise TypeError(f"one dtype is needed, got {x.dtype} and {w.dtype}")
    win = window_of("dilation2d", x.shape[1:-1], Over(w.shape[:-1], strides, padding, dilations))
    return largest(x, win, w.reshape(win.taps, w.shape[-1]))


@dilation.shape
def dilation_shape(x, w, *, strides, padding, dilations):
    check_dilation(x.shape, w.shape)
    places = pooled("dilation2d", x.shape[1:-1], Over(w.shape[:-1], strides, padding, dilations))
    return Spec((x.shape[0], *places, x.shape[-1]), x.dtype)


@dilation.vjp()
def dilation_vjp(g, x, w, y, strides, padding, dilations):
    tap = dilation_tap(x, w, y, strides, padding, dilations)
    over = Over(w.dims[:-1], strides, padding, dilations)
    return spread_tap(g, tap, x.dims[1:-1], over), sum_tap(g, tap, w.dims[:-1])


@dilation.jvp
def dilation_jvp(y, ts, x, w, *, strides, padding, dilations):
    tap = dilation_tap(x, w, y, strides, padding, dilations)
    over = Over(w.dims[:-1], strides, padding, dilations)
    from_x = None if ts[0] is None else pick_tap(ts[0], tap, over)
    from_w = None if ts[1] is None else pick_weight(ts[1], tap)
    if from_x is None or from_w is None:
        return from_w if from_x is None else from_x
    return add(from_x, from_w)


@dilation.batch
def dilation_batch(size, batched, x, w, **how):
    if batched == (True, False):
        return unfold(dilation(fold(x, 0), w, **how), 0, size)
    return more_channels(dilation, size, batched, (x, w), how)


@primitive(differentiable=False, dtypes=REALS)
def dilation_tap(x, w, peak, *, strides, padding, dilations):
    """The number of the first tap of each window that attains the maximum `peak`."""
    win = window_of("dilation2d", x.shape[1:-1], Over(w.shape[:-1], strides, padding, dilations))
    return chosen_tap(x, peak, win, w.reshape(win.taps, w.shape[-1]))


@dilation_tap.shape
def dilation_tap_shape(x, w, peak, *, strides, padding, dilations):
    return Spec(peak.shape, np.int32)


@dilation_tap.batch
def dilation_tap_batch(size, batched, x, w, peak, **how):
    return more_channels(dilation_tap, size, batched, (x, w, peak), how)


def check_dilation(x_shape: tuple[Any, ...], w_shape: tuple[Any, ...]) -> None:
    if len(w_shape) < 2 or len(x_shape) != len(w_shape) + 1:
        raise invalid(
            "dilation2d",
            f"dilation2d: filter must be {max(len(x_shape) - 1, 2)}-dimensional (kernel extents, channels) for an "
            f"input of shape {list(x_shape)}: {list(w_shape)}",
        )
    if not x_shape[-1] == w_shape[-1]:
        raise invalid("dilation2d", f"dilation2d: input and filter must have the same depth: {x_shape[-1]} vs {w_shape[-1]}")


publish(globals())
