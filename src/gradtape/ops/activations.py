"""Layer 4: activations.  Elementwise ones are declared; the rest are bodies."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from ..core.context import library
from ..core.shapes import Spec, normalize_axis
from ._declare import FLOATS, REALS, bounded, fused, mask, primitive, publish, unary
from .basic import add, greater, less, multiply, negative, reduce_sum, select, subtract
from .math import exp, sigmoid, tanh
from .pieces import concatenate
from .special import erf


def relu_kernel(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, x.dtype.type(0), out=...)


def relu6_kernel(x: np.ndarray) -> np.ndarray:
    return np.minimum(np.maximum(x, x.dtype.type(0), out=...), x.dtype.type(6), out=...)


def elu_kernel(x: np.ndarray) -> np.ndarray:
    return np.where(x < 0, np.expm1(np.minimum(x, x.dtype.type(0))), x)


SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717


def selu_kernel(x: np.ndarray) -> np.ndarray:
    scale, bend = x.dtype.type(SELU_SCALE), x.dtype.type(SELU_SCALE * SELU_ALPHA)
    return np.where(x < 0, bend * np.expm1(np.minimum(x, x.dtype.type(0))), scale * x)


def elu_slope(y: Any, x: Any) -> Any:
    """exp(x) = y + 1 left of 0, else 1."""
    return select(less(x, 0.0), add(y, 1.0), 1.0)


def selu_slope(y: Any, x: Any) -> Any:
    return select(less(x, 0.0), add(y, SELU_SCALE * SELU_ALPHA), SELU_SCALE)


FEATURES = {"public": ("features",)}
relu = unary("relu", relu_kernel, mask(lambda y: greater(y, 0)), dtypes=REALS, doc="max(features, 0); the gradient at 0 is 0.", **FEATURES)
relu6 = unary(
    "relu6",
    relu6_kernel,
    mask(lambda y: inside(y)),
    dtypes=REALS,
    doc="min(max(features, 0), 6); the gradient at both edges is 0.",
    **FEATURES,
)
elu = unary("elu", elu_kernel, bounded(elu_slope), dtypes=FLOATS, doc="features, and exp(features) - 1 where negative (Clevert 2015).", **FEATURES)
selu = unary("selu", selu_kernel, bounded(selu_slope), dtypes=FLOATS, doc="Scaled exponential linear unit (Klambauer 2017).", **FEATURES)


def inside(y: Any) -> Any:
    """0 < y < 6, as one comparison."""
    return greater(multiply(y, subtract(6, y)), 0)


@fused(public=("features",), dtypes=FLOATS)
def leaky(x, *, alpha=0.2):
    """features, and alpha * features where negative."""
    return select(greater(x, 0.0), x, multiply(x, float(alpha)))


@leaky.shape
def leaky_shape(x, *, alpha):
    return Spec(x.shape, x.dtype)


@fused(public=("features",), dtypes=FLOATS)
def gelu(x, *, approximate=False):
    """features * P(X <= features) for a standard normal X (Hendrycks and Gimpel 2016).

    `approximate` takes the tanh form.

    >>> tf.nn.gelu(tf.constant([-1.0, 0.0, 1.0])).numpy().round(4)
    array([-0.1587,  0.    ,  0.8413], dtype=float32)
    """
    if approximate:
        inner = multiply(add(x, multiply(multiply(multiply(x, x), x), 0.044715)), sqrt(2 / np.pi))
        return multiply(multiply(x, 0.5), add(tanh(inner), 1.0))
    return multiply(multiply(x, 0.5), add(erf(multiply(x, sqrt(0.5))), 1.0))


@gelu.shape
def gelu_shape(x, *, approximate):
    return Spec(x.shape, x.dtype)


# -- softmax ----------------------------------------------------------------------------------------------
def softmax_axis(x: Any, *, axis: Any) -> dict:
    return {"axis": normalize_axis(axis, x.ndim, "softmax")}


def exponentials(x: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """x - max (where the maximum is finite), and its exponentials."""
    top = np.maximum.reduce(x, axis=axis, keepdims=True, initial=-np.inf)
    shifted = x - np.where(np.isfinite(top), top, x.dtype.type(0))
    return shifted, np.exp(shifted)


def wide(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32) if x.dtype.itemsize == 2 else x


@primitive(public=("logits",), dtypes=FLOATS, canonical=softmax_axis)
def softmax(x, *, axis=-1):
    """exp(logits) / sum(exp(logits)) along an axis.

    >>> tf.nn.softmax(tf.constant([0.0, 0.0])).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    _, e = exponentials(wide(x), axis)
    e /= np.add.reduce(e, axis=axis, keepdims=True)
    return e.astype(x.dtype, copy=False)


@softmax.shape
def softmax_shape(x, *, axis):
    return Spec(x.shape, x.dtype)


@softmax.vjp("x")
def softmax_vjp(g, y, axis):
    return multiply(subtract(g, reduce_sum(multiply(g, y), axis, True)), y)


@softmax.jvp
def softmax_jvp(y, ts, x, *, axis):
    return softmax_vjp(ts[0], y, axis)


@softmax.batch
def softmax_batch(size, batched, x, *, axis):
    return softmax(x, axis + 1)


@primitive(public=("logits",), dtypes=FLOATS, canonical=softmax_axis)
def log_softmax(x, *, axis=-1):
    """logits - log(sum(exp(logits))) along an axis.

    >>> tf.nn.log_softmax(tf.constant([0.0, 0.0])).numpy().round(4)
    array([-0.6931, -0.6931], dtype=float32)
    """
    shifted, e = exponentials(wide(x), axis)
    shifted -= np.log(np.add.reduce(e, axis=axis, keepdims=True))
    return shifted.astype(x.dtype, copy=False)


@log_softmax.shape
def log_softmax_shape(x, *, axis):
    return Spec(x.shape, x.dtype)


@log_softmax.vjp("x")
def log_softmax_vjp(g, y, axis):
    return subtract(g, multiply(exp(y), reduce_sum(g, axis, True)))


@log_softmax.jvp
def log_softmax_jvp(y, ts, x, *, axis):
    return subtract(ts[0], reduce_sum(multiply(exp(y), ts[0]), axis, True))


@log_softmax.batch
def log_softmax_batch(size, batched, x, *, axis):
    return log_softmax(x, axis + 1)


publish(globals())


# -- in terms of the above --------------------------------------------------------------------------------
@library
def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Any:
    """features, and alpha * features where negative (Maas 2013).

    >>> tf.nn.leaky_relu(tf.constant([-1.0, 2.0])).numpy()
    array([-0.2,  2. ], dtype=float32)
    """
    return leaky(features, alpha)


@library
def crelu(features: Any, axis: int = -1, name: str | None = None) -> Any:
    """relu of features and of -features side by side (Shang 2016)."""
    positive = relu(features)
    axis = normalize_axis(axis, positive.ndim, "crelu")
    return relu(concatenate(positive, relu(negative(features)), axis=axis))


@library
def silu(features: Any, beta: Any = 1.0, name: str | None = None) -> Any:
    """features * sigmoid(beta * features), also called swish (Ramachandran 2017).

    >>> tf.nn.silu(tf.constant([0.0, 1.0])).numpy().round(4)
    array([0.    , 0.7311], dtype=float32)
    """
    scaled = features if type(beta) is float and beta == 1.0 else multiply(features, beta)
    return multiply(features, sigmoid(scaled))


__all__ = ["crelu", "elu", "gelu", "leaky_relu", "log_softmax", "relu", "relu6", "selu", "silu", "softmax"]
