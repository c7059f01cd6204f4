"""Layer 4: fractional pooling (Graham 2014): over regions whose random sizes are the two integers next to the pooling ratio.

A region is a rectangle, so both poolings go one axis after the other: over spans (first, end) along an axis.  Each line holds a pair of
adjoints, all linear in their first argument:

    <u, span_sums(x)> = <spread_spans(u), x>            <u, pick_places(x, at)> = <add_places(u, at), x>
"""

from __future__ import annotations

from math import ceil, floor
from numbers import Real
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Spec
from ..core.tensor import Tensor, tensor
from ._arguments import operand
from ._declare import ANY, NUMBERS, REALS, primitive, publish
from ._discrete import permutation
from ._distributions import uniform
from ._philox import Philox, from_seeds
from ._streams import SEED, unpredictable
from .arithmetic import truncatediv
from .basic import cast, divide
from .pieces import lifted


# -- sums over spans ------------------------------------------------------------------------------------------
def wide(dtype: np.dtype) -> np.dtype:
    return np.dtype(np.float32) if dtype.itemsize == 2 and dtype.kind in "fV" else dtype


def cut(axis: int, first: int, end: int) -> tuple:
    return (slice(None),) * axis + (slice(first, end),)


@primitive(linear="all", dtypes=NUMBERS)
def span_sums(x, *, spans, axis):
    """The sum over each span along an axis."""
    parts = [np.add.reduce(x[cut(axis, *span)], axis=axis, keepdims=True, dtype=wide(x.dtype)) for span in spans]
    return np.concatenate(parts, axis).astype(x.dtype, copy=False)


@span_sums.shape
def span_sums_shape(x, *, spans, axis):
    return Spec((*x.shape[:axis], len(spans), *x.shape[axis + 1 :]), x.dtype)


@span_sums.vjp("x")
def span_sums_vjp(g, x_shape, spans, axis):
    return spread_spans(g, spans=spans, size=x_shape[axis], axis=axis)


@span_sums.batch
def span_sums_batch(size, batched, x, *, spans, axis):
    return span_sums(x, spans=spans, axis=axis + 1)


@primitive(linear="all", dtypes=NUMBERS)
def spread_spans(u, *, spans, size, axis):
    """Each value of u added to zeros (with `size` places along the axis) all over its span."""
    out = np.zeros((*u.shape[:axis], size, *u.shape[axis + 1 :]), wide(u.dtype))
    for i, span in enumerate(spans):
        out[cut(axis, *span)] += u[cut(axis, i, i + 1)]
    return out.astype(u.dtype, copy=False)


@spread_spans.shape
def spread_spans_shape(u, *, spans, size, axis):
    return Spec((*u.shape[:axis], size, *u.shape[axis + 1 :]), u.dtype)


@spread_spans.vjp("u")
def spread_spans_vjp(g, spans, axis):
    return span_sums(g, spans=spans, axis=axis)


@spread_spans.batch
def spread_spans_batch(batch, batched, u, *, spans, size, axis):
    return spread_spans(u, spans=spans, size=size, axis=axis + 1)


# -- the largest in each span -----------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=REALS)
def span_peaks(x, *, spans, axis):
    """Where along the axis each span has its maximum (the first of several)."""
    return np.concatenate([span[0] + x[cut(axis, *span)].argmax(axis, keepdims=True) for span in spans], axis)


@span_peaks.shape
def span_peaks_shape(x, *, spans, axis):
    return Spec((*x.shape[:axis], len(spans), *x.shape[axis + 1 :]), np.int64)


@span_peaks.batch
def span_peaks_batch(size, batched, x, *, spans, axis):
    return span_peaks(x, spans=spans, axis=axis + 1)


@primitive(linear="each", dtypes=ANY)
def pick_places(x, at, *, axis):
    """x at the places `at` along the axis."""
    return np.take_along_axis(x, at, axis)


@pick_places.shape
def pick_places_shape(x, at, *, axis):
    return Spec(at.shape, x.dtype)


@pick_places.vjp("x")
def pick_places_vjp(g, at, x_shape, axis):
    return add_places(g, at, size=x_shape[axis], axis=axis)


@pick_places.batch
def pick_places_batch(size, batched, x, at, *, axis):
    return pick_places(*lifted(size, batched, (x, at)), axis=axis + 1)


@primitive(linear="each", dtypes=NUMBERS)
def add_places(u, at, *, size, axis):
    """Zeros with `size` places along the axis, to which u is added at the places `at`."""
    out = np.zeros((*u.shape[:axis], size, *u.shape[axis + 1 :]), u.dtype)
    index = list(np.ogrid[tuple(map(slice, at.shape))])
    index[axis] = at
    np.add.at(out, tuple(index), u)
    return out


@add_places.shape
def add_places_shape(u, at, *, size, axis):
    return Spec((*u.shape[:axis], size, *u.shape[axis + 1 :]), u.dtype)


@add_places.vjp("u")
def add_places_vjp(g, at, axis):
    return pick_places(g, at, axis=axis)


@add_places.batch
def add_places_batch(batch, batched, u, at, *, size, axis):
    return add_places(*lifted(batch, batched, (u, at)), size=size, axis=axis + 1)


publish(globals())


# -- random borders, as TensorFlow draws them ---------------------------------------------------------------------
def borders(place: Philox, length: int, count: int, pseudo_random: bool) -> tuple[list[int], Philox]:
    """Where `count` regions begin and the last ends along an axis; and the place in the stream after that."""
    sizes = regular_sizes(place, length, count) if pseudo_random else shuffled_sizes(place, length, count)
    used = 1 if pseudo_random else -(-count // 4)
    return np.concatenate([[0], np.cumsum(sizes)]).tolist(), place.skip(used)


def shuffled_sizes(place: Philox, length: int, count: int) -> np.ndarray:
    """The two sizes as often as needed, in random order."""
    small, extra = divmod(length, count)
    sizes = np.full(count, small)
    sizes[:extra] += 1
    return sizes[permutation(place, count)]


def regular_sizes(place: Philox, length: int, count: int) -> np.ndarray:
    """Borders at ceil(ratio (i + u)) for one random u, bounded so that no size leaves the two (Graham 2014, section 2)."""
    ratio, small = length / count, length // count
    limit = min((small + 2) / ratio - 1, (length + 1 - small) / ratio - (count - 1))
    u = float(uniform(place, (1,), np.dtype(np.float64))[0]) * limit
    inner = [ceil(ratio * (i + u)) for i in range(1, count)]
    return np.diff([1, *inner, length + 1])


def spans_between(edges: list[int], overlapping: bool) -> tuple[tuple[int, int], ...]:
    """The regions between the borders; overlapping ones also take the place at their end."""
    last = edges[-1]
    return tuple((a, min(b + overlapping, last)) for a, b in zip(edges[:-1], edges[1:], strict=True))


# -- TensorFlow's functions -----------------------------------------------------------------------------------------
def ratios(op: str, pooling_ratio: Any) -> tuple[float, float]:
    """Of rows and columns."""
    given = [1.0, pooling_ratio, pooling_ratio, 1.0] if isinstance(pooling_ratio, Real) else pooling_ratio
    if not isinstance(given, (list, tuple)) or not all(isinstance(r, Real) for r in given):
        raise unfit(op, "should be a number or a list of numbers", pooling_ratio)
    if len(given) != 4 or given[0] != 1.0 or given[-1] != 1.0:
        raise unfit(op, "should have four elements, of which first and last have value 1.0", pooling_ratio)
    if any(not r >= 1.0 for r in given):
        raise unfit(op, "elements should be >= 1.0", pooling_ratio)
    return given[1], given[2]


def unfit(op: str, wish: str, pooling_ratio: Any) -> Exception:
    message = f"{op}: `pooling_ratio` {wish}. Received: pooling_ratio={pooling_ratio!r}"
    return ValueError(message) if op == "fractional_max_pool" else invalid(op, message)


def regions(op: str, x: Any, pooling_ratio: Any, pseudo_random: bool, seed: Any) -> tuple[list[int], list[int]]:
    """The borders of rows and columns."""
    wanted = ratios(op, pooling_ratio)
    if x.ndim != 4:
        raise invalid(op, f"{op}: value must be 4-dimensional [batch, height, width, channels], got shape {list(x.shape)}")
    place = from_seeds(*(SEED.pair(seed) if seed else unpredictable(2)))
    found = []
    for axis, ratio in zip((1, 2), wanted, strict=True):
        length = int(x.dims[axis])
        count = floor(np.float32(length) / np.float32(ratio))
        if not count:
            raise invalid(op, f"{op}: Pooling ratio is higher than input dimension size for dimension {axis}. Input dim size: {length} "
                          f"pooling ratio: {ratio}")  # fmt: skip
        edges, place = borders(place, length, count, pseudo_random)
        found.append(edges)
    return found[0], found[1]


@library
def fractional_max_pool(
    value: Any, pooling_ratio: Any, pseudo_random: bool = False, overlapping: bool = False, seed: int = 0, name: str | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """The maximum over random regions, with the borders of their rows and columns (int64); the gradient goes to the first maximum.

    Args:
        value: [batch, height, width, channels].
        pooling_ratio: input size / output size, at least 1: one number, or [1.0, of the height, of the width, 1.0].
        pseudo_random: one random number for all borders instead of sizes in random order.
        overlapping: does a region take in the row and column at its end, where the next one begins?
        seed: equal seeds (and `tf.random.set_seed`) give equal regions; 0 is unpredictable.

    Raises:
        ValueError: a pooling_ratio of another form or below 1.
        InvalidArgumentError: value that is not 4-dimensional or smaller than pooling_ratio.

    >>> x = tf.reshape(tf.range(9.0), [1, 3, 3, 1])
    >>> y, rows, columns = tf.nn.fractional_max_pool(x, 1.5, seed=1)
    >>> y.shape, rows.numpy().tolist()[::2]
    (TensorShape([1, 2, 2, 1]), [0, 3])
    """
    x = operand(value)
    rows, columns = regions("fractional_max_pool", x, pooling_ratio, pseudo_random, seed)
    for axis, edges in ((2, columns), (1, rows)):  # in this order the first maximum in reading order is found
        x = pick_places(x, span_peaks(x, spans=spans_between(edges, overlapping), axis=axis), axis=axis)
    return x, tensor(np.array(rows)), tensor(np.array(columns))


@library
def fractional_avg_pool(
    value: Any, pooling_ratio: Any, pseudo_random: bool = False, overlapping: bool = False, seed: int = 0, name: str | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """The mean over random regions, with the borders of their rows and columns (int64).

    Arguments and errors as for `tf.nn.fractional_max_pool`, but a wrong pooling_ratio is an InvalidArgumentError.

    >>> x = tf.ones([1, 4, 4, 1])
    >>> float(tf.nn.fractional_avg_pool(x, [1.0, 1.5, 1.5, 1.0], seed=1)[0][0, 0, 0, 0])
    1.0
    """
    x = operand(value)
    rows, columns = regions("fractional_avg_pool", x, pooling_ratio, pseudo_random, seed)
    counts = np.ones((1, 1))
    for axis, edges in ((1, rows), (2, columns)):
        spans = spans_between(edges, overlapping)
        x = span_sums(x, spans=spans, axis=axis)
        counts = counts * np.diff(spans).reshape((-1, 1) if axis == 1 else (1, -1))
    share = cast(tensor(counts[..., None]), x.dtype)
    mean = divide(x, share) if x.dtype.is_floating else truncatediv(x, share)
    return mean, tensor(np.array(rows)), tensor(np.array(columns))


__all__ = ["fractional_avg_pool", "fractional_max_pool"]
