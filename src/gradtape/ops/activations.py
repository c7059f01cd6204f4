"""Layer 4: activations, elementwise.  Softmax and its logarithm stand in `softmax`.

Kernels and slopes are sums of a positive and a negative part, without a choice: on large arrays of mixed signs `np.where` takes ten
times as long as a product.
"""

from __future__ import annotations

import numbers
from math import pi, sqrt
from typing import Any

import numpy as np

from ..core.context import library
from ..core.shapes import Spec, normalize_axis
from ..core.tensor import Tensor, to_tensor
from . import _math_kernels
from ._declare import FLOATS, REALS, bounded, mask, primitive, publish, unary
from ._docs import says
from ._math_kernels import rounded_once
from ._special_kernels import scipy_special
from .basic import add, all_finite, cast, divide, greater, less, multiply, negative, select, subtract
from .math import exp, sigmoid, square, tanh
from .pieces import concatenate, lifted
from .softmax import log_softmax, softmax
from .special import erfc


# -- rectified linear ---------------------------------------------------------------------------------------
@primitive(public=("features",), dtypes=REALS)
def relu(x):
    """max(features, 0), elementwise; the gradient at 0 is 0.

    >>> tf.nn.relu(tf.constant([-1.0, 2.0])).numpy()
    array([0., 2.], dtype=float32)
    """
    return np.maximum(x, x.dtype.type(0), out=...)


@relu.shape
def relu_shape(x):
    return Spec(x.shape, x.dtype)


@relu.vjp("x")
def relu_vjp(g, y):
    return relu_gradient(g, y)


@relu.jvp
def relu_jvp(y, ts, x):
    return relu_gradient(ts[0], y)


@relu.batch
def relu_batch(size, batched, x):
    return relu(x)


@primitive(dtypes=FLOATS, same=("u", "positive"))
def relu_gradient(u, positive):
    """u where `positive` is positive, else 0."""
    where = np.greater(positive, 0)
    out = np.multiply(u, where, out=...)
    return out if all_finite(out) else np.where(where, u, u.dtype.type(0))


@relu_gradient.shape
def relu_gradient_shape(u, positive):
    return Spec(u.shape, u.dtype)


@relu_gradient.vjp("u")
def relu_gradient_vjp(g, positive):
    return relu_gradient(g, positive)


@relu_gradient.jvp
def relu_gradient_jvp(y, ts, u, positive):
    return None if ts[0] is None else relu_gradient(ts[0], positive)


@relu_gradient.batch
def relu_gradient_batch(size, batched, u, positive):
    return relu_gradient(*lifted(size, batched, (u, positive)))


def relu6_kernel(x: np.ndarray) -> np.ndarray:
    out = np.maximum(x, x.dtype.type(0), out=...)
    return np.minimum(out, x.dtype.type(6), out=out)


relu6 = unary(
    "relu6",
    relu6_kernel,
    mask(lambda y: greater(multiply(y, subtract(6, y)), 0)),
    dtypes=REALS,
    public=("features",),
    doc=says(
        "min(max(features, 0), 6), elementwise; the gradient at both edges is 0.",
        "tf.nn.relu6(tf.constant([-1.0, 2.0, 8.0])).numpy()",
        "array([0., 2., 6.], dtype=float32)",
    ),
)


# -- exponential linear ---------------------------------------------------------------------------------------
SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717


def parts(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """max(x, 0) and exp(min(x, 0)) - 1."""
    zero = x.dtype.type(0)
    below = np.minimum(x, zero, out=...)
    return np.maximum(x, zero, out=...), np.expm1(below, out=below)


@rounded_once
def elu_kernel(x: np.ndarray) -> np.ndarray:
    above, below = parts(x)
    return np.add(above, below, out=above)


@rounded_once
def selu_kernel(x: np.ndarray) -> np.ndarray:
    above, below = parts(x)
    below *= x.dtype.type(SELU_ALPHA)
    above += below
    return np.multiply(above, x.dtype.type(SELU_SCALE), out=above)


def selu_slope(y: Any) -> Any:
    return select(less(y, 0.0), add(y, SELU_SCALE * SELU_ALPHA), SELU_SCALE)


elu = unary(
    "elu",
    elu_kernel,
    bounded(lambda y: subtract(1.0, relu(negative(y)))),  # exp(x) = y + 1 left of 0, else 1
    dtypes=FLOATS,
    public=("features",),
    doc=says(
        "features, and exp(features) - 1 where negative (Clevert, Unterthiner, Hochreiter 2015).",
        "tf.nn.elu(tf.constant([-1.0, 2.0])).numpy().round(4)",
        "array([-0.6321,  2.    ], dtype=float32)",
    ),
)
selu = unary(
    "selu",
    selu_kernel,
    bounded(selu_slope),
    dtypes=FLOATS,
    public=("features",),
    doc=says(
        "scale * elu with 1.6733 (exp(features) - 1) where negative, scale = 1.0507 (Klambauer 2017).",
        "tf.nn.selu(tf.constant([-1.0, 2.0])).numpy().round(4)",
        "array([-1.1113,  2.1014], dtype=float32)",
    ),
)


# -- leaky --------------------------------------------------------------------------------------------------
def leaky_adapt(x: Tensor) -> tuple[Tensor]:
    """Integers become float32, as in TensorFlow."""
    return (cast(x, "float32") if x.kind in "iu" else x,)


@primitive(public=("features",), dtypes=FLOATS, adapt=leaky_adapt)
def leaky_relu(x, *, alpha=0.2):
    """features, and alpha * features where not positive (Maas, Hannun, Ng 2013).

    Raises:
        TypeError: alpha that is no Python number (no gradient flows to it).

    >>> tf.nn.leaky_relu(tf.constant([-1.0, 2.0])).numpy()
    array([-0.2,  2. ], dtype=float32)
    """
    zero = x.dtype.type(0)
    below = np.minimum(x, zero, out=...)
    below *= x.dtype.type(alpha)
    return np.add(below, np.maximum(x, zero), out=below)


@leaky_relu.canonical
def leaky_relu_canonical(x, *, alpha):
    if type(alpha) is not float and not isinstance(alpha, (numbers.Real, np.ndarray)):
        raise TypeError(f"leaky_relu: Expected float for argument 'alpha' not {alpha!r}.")
    return {"alpha": float(alpha)}


@leaky_relu.shape
def leaky_relu_shape(x, *, alpha):
    return Spec(x.shape, x.dtype)


@leaky_relu.vjp("x")
def leaky_relu_vjp(g, x, alpha):
    return select(greater(x, 0.0), g, multiply(g, alpha))


@leaky_relu.jvp
def leaky_relu_jvp(y, ts, x, *, alpha):
    return leaky_relu_vjp(ts[0], x, alpha)


@leaky_relu.batch
def leaky_relu_batch(size, batched, x, *, alpha):
    return leaky_relu(x, alpha)


# -- gated --------------------------------------------------------------------------------------------------
ROOT_HALF, ROOT_2_OVER_PI, ROOT_2_PI = sqrt(0.5), sqrt(2 / pi), sqrt(2 * pi)
CUBIC = 0.044715  # the coefficient of Hendrycks and Gimpel's approximation


@rounded_once
def gelu_kernel(x: np.ndarray) -> np.ndarray:
    """x Phi(x) = x erfc(-x / sqrt 2) / 2, which keeps its digits where Phi is small."""
    y = np.multiply(x, x.dtype.type(-ROOT_HALF), out=...)
    scipy_special().erfc(y, out=y)
    y *= x
    return np.multiply(y, x.dtype.type(0.5), out=y)


def gelu_slope(x: Any) -> Any:
    """Phi(x) + x phi(x)."""
    density = divide(exp(multiply(square(x), -0.5)), ROOT_2_PI)
    return add(multiply(erfc(multiply(x, -ROOT_HALF)), 0.5), multiply(x, density))


@rounded_once
def gelu_tanh_kernel(x: np.ndarray) -> np.ndarray:
    y = np.square(x, out=...)
    y *= x.dtype.type(ROOT_2_OVER_PI * CUBIC)
    y += x.dtype.type(ROOT_2_OVER_PI)
    y *= x
    np.tanh(y, out=y)
    y += 1
    y *= x
    return np.multiply(y, x.dtype.type(0.5), out=y)


def gelu_tanh_slope(x: Any) -> Any:
    """(1 + t) / 2 + x (1 - t^2) inner' / 2 for t = tanh(inner), inner = sqrt(2 / pi) (x + 0.044715 x^3)."""
    squared = square(x)
    t = tanh(multiply(multiply(x, add(multiply(squared, CUBIC), 1.0)), ROOT_2_OVER_PI))
    inner = multiply(add(multiply(squared, 3 * CUBIC), 1.0), ROOT_2_OVER_PI)
    return multiply(add(add(t, 1.0), multiply(multiply(x, inner), subtract(1.0, square(t)))), 0.5)


@rounded_once
def silu_kernel(x: np.ndarray) -> np.ndarray:
    y = _math_kernels.sigmoid(x)
    return np.multiply(y, x, out=y)


def silu_slope(x: Any) -> Any:
    """s (1 + x (1 - s)) for s = sigmoid(x)."""
    s = sigmoid(x)
    return multiply(s, add(multiply(x, subtract(1.0, s)), 1.0))


gelu_exact = unary(
    "gelu_exact", gelu_kernel, bounded(gelu_slope), dtypes=FLOATS, doc="x * P(X <= x) for a standard normal X.", depth=2
)
gelu_tanh = unary(
    "gelu_tanh", gelu_tanh_kernel, bounded(gelu_tanh_slope), dtypes=FLOATS, doc="gelu with a tanh for the normal.", depth=2
)
silu_plain = unary("silu_plain", silu_kernel, bounded(silu_slope), dtypes=FLOATS, doc="x * sigmoid(x).", depth=2)

publish(globals())


# -- in terms of the above --------------------------------------------------------------------------------------
def gelu(features: Any, approximate: bool = False, name: str | None = None) -> Tensor:
    """features * P(X <= features) for a standard normal X (Hendrycks and Gimpel 2016).

    `approximate` takes the tanh form.

    Raises:
        ValueError: features that are no floats.

    >>> tf.nn.gelu(tf.constant([-1.0, 0.0, 1.0])).numpy().round(4)
    array([-0.1587,  0.    ,  0.8413], dtype=float32)
    """
    x = features if isinstance(features, Tensor) else to_tensor(features)
    if not x.dtype.is_floating:
        raise ValueError(f"gelu: `features.dtype` must be a floating point tensor. Received: features.dtype={x.dtype!r}")
    return gelu_tanh(x) if approximate else gelu_exact(x)


@library
def crelu(features: Any, axis: int = -1, name: str | None = None) -> Tensor:
    """relu of features and of -features side by side (Shang, Sohn, Almeida, Lee 2016).

    >>> tf.nn.crelu(tf.constant([-1.0, 2.0])).numpy()
    array([0., 2., 1., 0.], dtype=float32)
    """
    positive = relu(features)
    axis = normalize_axis(axis, positive.ndim, "crelu")
    return concatenate(positive, relu(negative(features)), axis=axis)


def silu(features: Any, beta: Any = 1.0) -> Tensor:
    """features * sigmoid(beta * features), also called swish (Ramachandran, Zoph, Le 2017); beta may be a tensor with a gradient.

    >>> tf.nn.silu(tf.constant([0.0, 1.0])).numpy().round(4)
    array([0.    , 0.7311], dtype=float32)
    """
    if type(beta) is float and beta == 1.0 and isinstance(features, Tensor) and features.kind in "fV":
        return silu_plain(features)
    return scaled_silu(features, beta)


@library
def scaled_silu(features: Any, beta: Any) -> Tensor:
    x = to_tensor(features)
    return multiply(x, sigmoid(multiply(cast(to_tensor(beta), x.dtype), x)))


__all__ = ["crelu", "elu", "gelu", "leaky_relu", "log_softmax", "relu", "relu6", "selu", "silu", "softmax"]
