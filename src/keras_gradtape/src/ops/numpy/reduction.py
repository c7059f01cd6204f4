"""Sums, means, extremes and their kin over axes; cumulative ones; the same without NaN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src.backend.common import standardize_dtype
from keras.src.backend.common.backend_utils import canonicalize_axes
from keras.src.backend.config import floatx

import gradtape as tf

from ..conversion import cast, cast_native, counted, floating, native, tensor_pair
from .elementwise import isnan

__all__ = [
    "all", "any", "argmax", "argmin", "average", "corrcoef", "count_nonzero", "cov", "cumprod", "cumsum", "max",
    "mean", "min", "nanargmax", "nanargmin", "nancumprod", "nancumsum", "nanmax", "nanmean", "nanmin", "nanprod", "nanstd",
    "nansum", "nanvar", "prod", "ptp", "std", "sum", "trapezoid", "var",
]  # fmt: skip

SMALL = {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}


def summed(x: Any) -> Any:
    """x in the dtype that its sums have: small integers would overflow."""
    x = native(x)
    name = x.dtype.name
    return tf.cast(x, SMALL[name]) if name in SMALL else x


def precise(x: Any) -> tuple[Any, str]:
    """x in a dtype in which means are computed, and the dtype of the result: 16 bits are too few on the way."""
    x = floating(x)
    name = x.dtype.name
    return (tf.cast(x, "float32"), name) if x.dtype.size == 2 else (x, name)


# -- sums -------------------------------------------------------------------------------------------------
def sum(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return tf.reduce_sum(summed(x), axis, keepdims)


def prod(x: Any, axis: Any = None, keepdims: bool = False, dtype: Any = None) -> Any:
    return tf.reduce_prod(summed(x) if dtype is None else cast(x, dtype), axis, keepdims)


def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    x, dtype = precise(x)
    return cast_native(tf.reduce_mean(x, axis, keepdims), dtype)


def var(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    x, dtype = precise(x)
    return cast_native(tf.math.reduce_variance(x, axis, keepdims), real_name(dtype))


def std(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    x, dtype = precise(x)
    return cast_native(tf.math.reduce_std(x, axis, keepdims), real_name(dtype))


def real_name(dtype: str) -> str:
    return tf.as_dtype(dtype).real_dtype.name


def average(x: Any, axis: Any = None, weights: Any = None) -> Any:
    if weights is None:
        return mean(x, axis)
    x, weights = (floating(v) for v in tensor_pair(x, weights))
    if axis is not None and len(weights.shape) == 1 and len(x.shape) > 1:
        along, *more = canonicalize_axes(axis, len(x.shape))
        if more or weights.shape[0] != x.shape[along]:
            raise ValueError(
                "`weights` must have the shape of `x`, or be 1D with the length of the one axis. Received: "
                f"weights.shape={tuple(weights.shape)}, x.shape={tuple(x.shape)}, axis={axis}"
            )
        weights = tf.reshape(weights, [-1 if k == along else 1 for k in range(len(x.shape))])
    return tf.reduce_sum(x * weights, axis) / tf.reduce_sum(weights * tf.ones_like(x), axis)


def trapezoid(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:
    y = tf.cast(floating(y), floatx()) if not native(y).dtype.is_floating else floating(y)
    y = last_axis(y, axis)
    steps = dx
    if x is not None:
        x = tf.cast(native(x), y.dtype)
        x = last_axis(x, axis) if len(x.shape) > 1 else x
        steps = x[..., 1:] - x[..., :-1]
    return tf.reduce_sum((y[..., 1:] + y[..., :-1]) * steps, -1) / 2.0


def last_axis(x: Any, axis: int) -> Any:
    """x with this axis moved to the end."""
    rank = len(x.shape)
    axis %= rank
    return x if axis == rank - 1 else tf.transpose(x, [*(k for k in range(rank) if k != axis), axis])


# -- extremes ---------------------------------------------------------------------------------------------
def max(x: Any, axis: Any = None, keepdims: bool = False, initial: Any = None) -> Any:
    return extreme(tf.reduce_max, tf.reduce_any, tf.maximum, x, axis, keepdims, initial)


def min(x: Any, axis: Any = None, keepdims: bool = False, initial: Any = None) -> Any:
    return extreme(tf.reduce_min, tf.reduce_all, tf.minimum, x, axis, keepdims, initial)


def extreme(op: Callable, on_bools: Callable, both: Callable, x: Any, axis: Any, keepdims: bool, initial: Any) -> Any:
    x = native(x)
    if x.dtype.is_bool:
        out = on_bools(x, axis, keepdims)
        return out if initial is None else on_bools(tf.stack([out, tf.broadcast_to(cast(initial, "bool"), out.shape)]), 0)
    if initial is None:
        if 0 in x.shape:
            raise ValueError("Cannot compute the max or min of an empty tensor without `initial`.")
        return op(x, axis, keepdims)
    return both(op(x, axis, keepdims), cast(initial, x.dtype))


def ptp(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return max(x, axis, keepdims) - min(x, axis, keepdims)


def argmax(x: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return position(tf.argmax, x, axis, keepdims)


def argmin(x: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return position(tf.argmin, x, axis, keepdims)


def position(op: Callable, x: Any, axis: int | None, keepdims: bool) -> Any:
    x = counted(x)
    rank = len(x.shape)
    found = op(tf.reshape(x, [-1]) if axis is None else x, 0 if axis is None else axis, "int32")
    if not keepdims:
        return found
    return tf.reshape(found, [1] * rank) if axis is None else tf.expand_dims(found, axis)


# -- tests and counts -------------------------------------------------------------------------------------
def all(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return tf.reduce_all(cast(x, "bool"), axis, keepdims)


def any(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return tf.reduce_any(cast(x, "bool"), axis, keepdims)


def count_nonzero(x: Any, axis: Any = None) -> Any:
    x = native(x)
    hits = x if x.dtype.is_bool else tf.not_equal(x, tf.zeros_like(x))
    return tf.reduce_sum(tf.cast(hits, "int32"), axis)


# -- cumulative -------------------------------------------------------------------------------------------
def cumsum(x: Any, axis: int | None = None, dtype: Any = None) -> Any:
    return cumulative(tf.cumsum, x, axis, dtype)


def cumprod(x: Any, axis: int | None = None, dtype: Any = None) -> Any:
    return cumulative(tf.math.cumprod, x, axis, dtype)


def cumulative(op: Callable, x: Any, axis: int | None, dtype: Any) -> Any:
    x = counted(x) if dtype is None else cast(x, standardize_dtype(dtype))
    if x.dtype.is_bool:
        x = tf.cast(x, "int32")
    return op(tf.reshape(x, [-1])) if axis is None else op(x, axis)


# -- statistics of variables ------------------------------------------------------------------------------
def cov(x: Any) -> Any:
    """The covariance of rows."""
    x = floating(x)
    x = x if len(x.shape) > 1 else tf.reshape(x, [1, -1])
    centred = x - tf.reduce_mean(x, -1, True)
    out = tf.matmul(centred, centred, adjoint_b=True) / (x.shape[-1] - 1.0)
    return tf.squeeze(out)


def corrcoef(x: Any) -> Any:
    """The correlation of rows."""
    c = cov(x)
    if not len(c.shape):
        return c / c
    deviation = tf.sqrt(tf.linalg.diag_part(c))
    return c / tf.expand_dims(deviation, 0) / tf.expand_dims(deviation, 1)


# -- without NaN ------------------------------------------------------------------------------------------
def without_nan(x: Any, value: float) -> Any:
    x = native(x)
    return tf.where(tf.math.is_nan(x), tf.constant(value, x.dtype), x) if x.dtype.is_floating else x


def nansum(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return sum(without_nan(x, 0.0), axis, keepdims)


def nanprod(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return prod(without_nan(x, 1.0), axis, keepdims)


def nancumsum(x: Any, axis: int | None = None, dtype: Any = None) -> Any:
    return cumsum(without_nan(x, 0.0), axis, dtype)


def nancumprod(x: Any, axis: int | None = None, dtype: Any = None) -> Any:
    return cumprod(without_nan(x, 1.0), axis, dtype)


def nanmax(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return nan_where_empty(max(without_nan(x, -np.inf), axis, keepdims), x, axis, keepdims)


def nanmin(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return nan_where_empty(min(without_nan(x, np.inf), axis, keepdims), x, axis, keepdims)


def nan_where_empty(out: Any, x: Any, axis: Any, keepdims: bool) -> Any:
    """NaN where every value was one."""
    if not out.dtype.is_floating:
        return out
    return tf.where(tf.reduce_all(isnan(x), axis, keepdims), tf.constant(np.nan, out.dtype), out)


def nanmean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    x, dtype = precise(x)
    return cast_native(tf.reduce_sum(without_nan(x, 0.0), axis, keepdims) / numbers(x, axis, keepdims), dtype)


def nanvar(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    x, dtype = precise(x)
    centred = x - nanmean(x, axis, True)
    squares = without_nan(tf.square(centred), 0.0)
    return cast_native(tf.reduce_sum(squares, axis, keepdims) / numbers(x, axis, keepdims), dtype)


def nanstd(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return tf.sqrt(nanvar(x, axis, keepdims))


def numbers(x: Any, axis: Any, keepdims: bool) -> Any:
    """How many values are numbers."""
    return tf.reduce_sum(tf.cast(tf.logical_not(tf.math.is_nan(x)), x.dtype), axis, keepdims)


def nanargmax(x: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return nan_position(argmax, x, -np.inf, axis, keepdims)


def nanargmin(x: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return nan_position(argmin, x, np.inf, axis, keepdims)


def nan_position(op: Callable, x: Any, value: float, axis: int | None, keepdims: bool) -> Any:
    """-1 where every value is NaN."""
    out = op(without_nan(x, value), axis, keepdims)
    return tf.where(tf.reduce_all(isnan(x), axis, keepdims), -1, out)
