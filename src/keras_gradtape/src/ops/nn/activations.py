"""Activation functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keras.src.backend.common.backend_utils import canonicalize_axis

import gradtape as tf

from ..conversion import cast, floating, in_floats, native

__all__ = [
    "celu", "elu", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh", "leaky_relu", "log_sigmoid",
    "log_softmax", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus",
    "sparse_sigmoid", "sparsemax", "squareplus", "tanh", "tanh_shrink", "threshold",
]  # fmt: skip


sigmoid = in_floats(tf.sigmoid)
tanh = in_floats(tf.tanh)
softplus = in_floats(tf.math.softplus)
softsign = in_floats(tf.nn.softsign)
silu = in_floats(tf.nn.silu)
selu = in_floats(tf.nn.selu)
log_sigmoid = in_floats(tf.math.log_sigmoid)


def relu(x: Any) -> Any:
    return tf.nn.relu(native(x))


def relu6(x: Any) -> Any:
    return tf.nn.relu6(native(x))


def leaky_relu(x: Any, negative_slope: float = 0.2) -> Any:
    return tf.nn.leaky_relu(floating(x), alpha=negative_slope)


def elu(x: Any, alpha: float = 1.0) -> Any:
    x = floating(x)
    return tf.nn.elu(x) if alpha == 1.0 else tf.where(tf.greater(x, 0.0), x, tf.math.expm1(tf.minimum(x, 0.0)) * alpha)


def celu(x: Any, alpha: float = 1.0) -> Any:
    x = floating(x)
    return tf.where(tf.greater(x, 0.0), x, tf.math.expm1(tf.minimum(x, 0.0) / alpha) * alpha)


def gelu(x: Any, approximate: bool = True) -> Any:
    return tf.nn.gelu(floating(x), approximate)


def glu(x: Any, axis: int = -1) -> Any:
    x = floating(x)
    canonicalize_axis(axis, len(x.shape))
    if x.shape[axis] % 2:
        raise ValueError(f"axis size must be divisible by 2. Received: x.shape={tuple(x.shape)} with axis={axis}")
    value, gate = tf.split(x, 2, axis)
    return value * tf.sigmoid(gate)


def squareplus(x: Any, b: float = 4) -> Any:
    x = floating(x)
    return (x + tf.sqrt(tf.square(x) + float(b))) * 0.5


# -- made of straight pieces --------------------------------------------------------------------------------
def hard_sigmoid(x: Any) -> Any:
    return tf.nn.relu6(floating(x) + 3.0) / 6.0


def hard_silu(x: Any) -> Any:
    x = floating(x)
    return x * hard_sigmoid(x)


def hard_tanh(x: Any) -> Any:
    x = native(x)
    return tf.clip_by_value(x, cast(-1, x.dtype), cast(1, x.dtype))


def hard_shrink(x: Any, threshold: float = 0.5) -> Any:
    x = floating(x)
    return tf.where(tf.greater(tf.abs(x), threshold), x, tf.zeros_like(x))


def soft_shrink(x: Any, threshold: float = 0.5) -> Any:
    x = floating(x)
    inner = tf.where(tf.less(x, -threshold), x + threshold, tf.zeros_like(x))
    return tf.where(tf.greater(x, threshold), x - threshold, inner)


def tanh_shrink(x: Any) -> Any:
    x = floating(x)
    return x - tf.tanh(x)


def threshold(x: Any, threshold: float, default_value: float) -> Any:
    x = native(x)
    return tf.where(tf.greater(x, cast(threshold, x.dtype)), x, cast(default_value, x.dtype))


def sparse_plus(x: Any) -> Any:
    """0 up to -1, x from 1 on, a parabola between."""
    x = floating(x)
    inner = tf.where(tf.less(x, 1.0), tf.square(x + 1.0) * 0.25, x)
    return tf.where(tf.less_equal(x, -1.0), tf.zeros_like(x), inner)


def sparse_sigmoid(x: Any) -> Any:
    """The derivative of sparse_plus: 0, then a straight line, then 1."""
    x = floating(x)
    return tf.clip_by_value((x + 1.0) * 0.5, cast(0.0, x.dtype), cast(1.0, x.dtype))


# -- over an axis -----------------------------------------------------------------------------------------
def softmax(x: Any, axis: int | None = -1) -> Any:
    return along(tf.nn.softmax, floating(x), axis)


def log_softmax(x: Any, axis: int | None = -1) -> Any:
    return along(tf.nn.log_softmax, floating(x), axis)


def along(op: Callable, x: Any, axis: int | None) -> Any:
    """Over one axis, or over all of them."""
    return tf.reshape(op(tf.reshape(x, [-1])), x.shape) if axis is None else op(x, axis)


def sparsemax(x: Any, axis: int = -1) -> Any:
    """The point of the simplex that is nearest to x (Martins and Astudillo, 2016, algorithm 1)."""
    x = floating(x)
    ordered = tf.sort(x, axis, "DESCENDING")
    places = tf.reshape(tf.range(1, x.shape[axis] + 1), [-1 if k == axis % len(x.shape) else 1 for k in range(len(x.shape))])
    places = tf.cast(places, x.dtype)
    inside = tf.greater(ordered * places + 1.0, tf.cumsum(ordered, axis))
    count = tf.reduce_sum(tf.cast(inside, x.dtype), axis, True)
    threshold = (tf.reduce_sum(tf.where(inside, ordered, tf.zeros_like(ordered)), axis, True) - 1.0) / count
    return tf.maximum(x - threshold, 0.0)
