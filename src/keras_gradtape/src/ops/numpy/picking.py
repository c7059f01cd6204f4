"""Choosing, finding and ordering values: where, take, sorting, searching, counting, quantiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from keras.src.backend.common import dtypes
from keras.src.backend.common.backend_utils import canonicalize_axis

import gradtape as tf

from ..conversion import cast, cast_native, counted, floating, highest, native, tensor_pair
from .shaping import rank

__all__ = [
    "argpartition", "argsort", "bincount", "digitize", "histogram", "isin", "median", "nanmedian", "nanpercentile", "nanquantile",
    "nonzero", "percentile", "quantile", "searchsorted", "select", "sort", "take", "take_along_axis", "unique", "where",
]  # fmt: skip


# -- choosing ---------------------------------------------------------------------------------------------
def where(condition: Any, x1: Any = None, x2: Any = None) -> Any:
    condition = cast(condition, "bool")
    if x1 is None and x2 is None:
        return nonzero(condition)
    return tf.where(condition, *tensor_pair(x1, x2))


def select(condlist: Sequence, choicelist: Sequence, default: Any = 0) -> Any:
    """The choice of the first condition that holds."""
    out = default
    for condition, choice in list(zip(condlist, choicelist, strict=True))[::-1]:
        out = where(condition, choice, out)
    return out


def nonzero(x: Any) -> tuple:
    x = native(x)
    places = tf.where(x if x.dtype.is_bool else tf.not_equal(x, tf.zeros_like(x)))
    return tuple(tf.cast(column, "int32") for column in tf.unstack(places, rank(x), 1))


def take(x: Any, indices: Any, axis: int | None = None) -> Any:
    """Slices of x; an index below 0 counts from the end."""
    x, indices = native(x), cast(indices, "int32")
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    return tf.gather(x, from_start(indices, x.shape[axis]), axis=axis)


def take_along_axis(x: Any, indices: Any, axis: int | None = None) -> Any:
    x, indices = native(x), cast(indices, "int32")
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    axis = canonicalize_axis(axis, rank(x))
    indices = from_start(indices, x.shape[axis])
    order = [k for k in range(rank(x)) if k != axis] + [axis]
    back = [order.index(k) for k in range(rank(x))]
    rows, places = (tf.transpose(v, order) for v in spread(x, indices, axis))
    return tf.transpose(tf.gather(rows, places, axis=rank(x) - 1, batch_dims=rank(x) - 1), back)


def spread(x: Any, indices: Any, axis: int) -> tuple:
    """Both repeated along the axes on which the other is longer, the axis of the search left alone."""
    common = [max(int(n), int(m)) for n, m in zip(x.shape, indices.shape, strict=True)]
    sizes = [[v.shape[k] if k == axis else n for k, n in enumerate(common)] for v in (x, indices)]
    return tuple(tf.broadcast_to(v, size) for v, size in zip((x, indices), sizes, strict=True))


def from_start(indices: Any, n: Any) -> Any:
    return tf.where(tf.less(indices, 0), indices + int(n), indices)


# -- ordering ---------------------------------------------------------------------------------------------
def sort(x: Any, axis: int | None = -1) -> Any:
    x = native(x)
    if x.dtype.is_bool:
        return cast_native(sort(tf.cast(x, "int8"), axis), "bool")
    return tf.sort(tf.reshape(x, [-1]), 0) if axis is None else tf.sort(x, axis)


def argsort(x: Any, axis: int | None = -1) -> Any:
    x = native(x)
    x = tf.cast(x, "int8") if x.dtype.is_bool else x
    if axis is None or not rank(x):
        return tf.argsort(tf.reshape(x, [-1]), 0, stable=True)
    return tf.argsort(x, axis, stable=True)


def argpartition(x: Any, kth: int, axis: int | None = -1) -> Any:
    """Sorted is partitioned at every place."""
    return argsort(x, axis)


def searchsorted(sorted_sequence: Any, values: Any, side: str = "left") -> Any:
    sequence, values = tensor_pair(sorted_sequence, values)
    if rank(sequence) != 1:
        raise ValueError(f"`searchsorted` only supports 1-D sorted sequences. Received: shape={tuple(sequence.shape)}")
    found = tf.searchsorted(sequence, tf.reshape(values, [-1]), side=side)
    return tf.reshape(found, values.shape)


def digitize(x: Any, bins: Any) -> Any:
    return tf.cast(searchsorted(counted(bins), counted(x), "right"), "int32")


# -- sets and counts: their sizes depend on values, and nothing is differentiated through ---------------------------
def isin(x1: Any, x2: Any, assume_unique: bool = False, invert: bool = False) -> Any:
    x1, x2 = tensor_pair(x1, x2)
    return tf.convert_to_tensor(np.isin(x1.numpy(), x2.numpy(), assume_unique=assume_unique, invert=invert))


def bincount(x: Any, weights: Any = None, minlength: int = 0, sparse: bool = False) -> Any:
    """How often each number occurs (or the sum of its weights), for each row where there are rows."""
    if sparse:
        raise ValueError("`sparse=True` is not supported with the gradtape backend; leave it out.")
    x = cast(x, "int32")
    n = max(highest(x, "bincount", "Use ops.segment_sum of ones with num_segments.") + 1, minlength)
    amounts = tf.ones_like(x) if weights is None else counted(weights)
    rows = int(x.shape[0]) if rank(x) == 2 else 1
    offsets = x + n * tf.reshape(tf.range(rows), [-1] + [1] * (rank(x) - 1)) if rank(x) == 2 else x
    flat = tf.math.unsorted_segment_sum(tf.reshape(amounts, [-1]), tf.reshape(offsets, [-1]), rows * n)
    return tf.reshape(flat, [rows, n]) if rank(x) == 2 else flat


def histogram(x: Any, bins: Any = 10, range: Any = None) -> tuple:
    x = native(x)
    counts, edges = np.histogram(x.numpy(), bins, range)
    return cast(counts, "int32"), cast(edges, dtypes.result_type(x.dtype.name, float))


def unique(
    x: Any,
    sorted: bool = True,
    return_index: bool = False,
    return_inverse: bool = False,
    return_counts: bool = False,
    axis: int | None = None,
    size: int | None = None,
    fill_value: Any = None,
) -> Any:
    """The different values (or slices along an axis), gathered from x, so that gradients reach it; each NaN is one."""
    x = native(x)
    flat, along = (tf.reshape(x, [-1]), 0) if axis is None else (x, axis)
    _, first, inverse, counts = np.unique(flat.numpy(), True, True, True, along, equal_nan=False)
    inverse = inverse.reshape(x.shape if axis is None else -1)
    found = len(first)
    size = found if size is None else size
    rest = max(size - found, 0)  # where there are no more, the first value or `fill_value` stands
    first = np.pad(first[:size], (0, rest), constant_values=first[0] if found else 0)
    counts = np.pad(counts[:size], (0, rest))
    values = tf.gather(flat, first.astype(np.int32), axis=along)
    if rest and fill_value is not None:
        kept, others = tf.split(values, [found, rest], along)
        values = tf.concat([kept, tf.broadcast_to(cast(fill_value, x.dtype), others.shape)], along)
    extras = ((return_index, first), (return_inverse, inverse), (return_counts, counts))
    asked = [cast(extra, "int32") for wanted, extra in extras if wanted]
    return (values, *asked) if asked else values


# -- quantiles --------------------------------------------------------------------------------------------
def quantile(x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: bool = False) -> Any:
    return quantiles(x, q, axis, method, keepdims, False)


def nanquantile(x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: bool = False) -> Any:
    return quantiles(x, q, axis, method, keepdims, True)


def percentile(x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: bool = False) -> Any:
    return quantiles(x, floating(q) / 100.0, axis, method, keepdims, False)


def nanpercentile(x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: bool = False) -> Any:
    return quantiles(x, floating(q) / 100.0, axis, method, keepdims, True)


def median(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return quantiles(x, 0.5, axis, "linear", keepdims, False)


def nanmedian(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return quantiles(x, 0.5, axis, "linear", keepdims, True)


def quantiles(x: Any, q: Any, axis: Any, method: str, keepdims: bool, skip_nan: bool) -> Any:
    """Sorted, then read between two places; a NaN makes the result NaN, or is left out."""
    if method not in PLACES:
        raise ValueError(f"Invalid method. Received: method={method}. Expected one of {list(PLACES)}.")
    x = floating(x)
    q = cast(q, x.dtype)
    rows, kept = rows_of(x, axis)
    ordered = tf.sort(rows, -1)  # NaN come last
    bad = tf.math.is_nan(ordered)
    last = tf.reduce_sum(tf.cast(tf.logical_not(bad), x.dtype), -1) - 1.0 if skip_nan else cast(int(rows.shape[-1]) - 1, x.dtype)
    shape = [int(k) for k in (kept if keepdims else [k for a, k in enumerate(kept) if a not in axes_of(x, axis)])]
    found = [read_at(ordered, last, bad, one, method, skip_nan) for one in tf.unstack(tf.reshape(q, [-1]))]
    found = [tf.reshape(v, shape) for v in found]
    return tf.stack(found) if rank(q) else found[0]


PLACES: dict[str, Callable] = {
    "linear": lambda place, low: place - low,
    "lower": lambda place, low: tf.zeros_like(place),
    "higher": lambda place, low: tf.math.ceil(place - low),
    "midpoint": lambda place, low: tf.math.ceil(place - low) * 0.5,
    "nearest": lambda place, low: tf.round(place) - low,
}


def axes_of(x: Any, axis: Any) -> list[int]:
    if axis is None:
        return list(range(rank(x)))
    return [canonicalize_axis(a, rank(x)) for a in ([axis] if isinstance(axis, int) else axis)]


def rows_of(x: Any, axis: Any) -> tuple[Any, list]:
    """x with the axes of the reduction merged at the end, and its shape with ones in their place."""
    axes = axes_of(x, axis)
    rest = [k for k in range(rank(x)) if k not in axes]
    rows = tf.reshape(tf.transpose(x, [*rest, *axes]), [*(int(x.shape[k]) for k in rest), -1])
    return rows, [1 if k in axes else int(n) for k, n in enumerate(x.shape)]


def read_at(ordered: Any, last: Any, bad: Any, q: Any, method: str, skip_nan: bool) -> Any:
    """The value at the fraction q of each sorted row."""
    place = last * q
    low = tf.floor(place)
    weight = PLACES[method](place, low)
    below, above = (pick_last(ordered, v) for v in (low, tf.math.ceil(place)))
    value = tf.where(tf.equal(weight, 0.0), below, below + (above - below) * weight)
    no_number = tf.less(last, 0.0) if skip_nan else tf.reduce_any(bad, -1)
    return tf.where(no_number, tf.constant(np.nan, value.dtype), value)


def pick_last(rows: Any, places: Any) -> Any:
    places = tf.broadcast_to(places, rows.shape[:-1])
    places = tf.cast(tf.maximum(places, 0.0), "int32")
    axes = rank(rows) - 1
    return tf.squeeze(tf.gather(rows, tf.expand_dims(places, -1), axis=axes, batch_dims=axes), [-1])
