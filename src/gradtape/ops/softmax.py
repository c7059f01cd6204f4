"""Layer 4: softmax and its logarithm.  Each has its backward pass as an operation of its own, with exact rules again.

With p = softmax(x) along an axis, the Jacobian is diag(p) - p p': symmetric, so its product with a cotangent is also the forward
rule.  That of log_softmax is 1 - 1 p'.  A zero cotangent wins over a NaN, as in a row of which every logit is -inf.
"""

from __future__ import annotations

from typing import Any

from ..core.errors import invalid
from ..core.shapes import Spec, normalize_axis
from . import _softmax_kernels as kernels
from ._declare import FLOATS, primitive, publish
from .basic import add, negative, reduce_sum, subtract, zmul, zzmul
from .math import exp
from .pieces import lifted


def softmax_axis(x: Any, *, axis: Any) -> dict[Any, Any]:
    """None is the last axis."""
    last = x.ndim - 1
    if last < 0:
        raise invalid("softmax", "softmax: logits must have an axis of classes, got a scalar")
    number = last if axis is None else normalize_axis(axis, x.ndim, "softmax")
    return {"axis": None if number == last else number}


def deeper(axis: int | None) -> int | None:
    """The same axis behind a batch axis."""
    return None if axis is None else axis + 1


def total(x: Any, axis: int | None) -> Any:
    return reduce_sum(x, -1 if axis is None else axis, True)


@primitive(public=("logits",), dtypes=FLOATS, canonical=softmax_axis)
def softmax(x, *, axis=None):
    """exp(logits) / sum(exp(logits)) along an axis (the last, where none is given).

    A row of which every logit is -inf gives NaN, and a gradient of 0 where the result does not count.

    Raises:
        InvalidArgumentError: no such axis, logits that are a scalar or no floats.

    >>> tf.nn.softmax(tf.constant([0.0, 0.0])).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    return kernels.softmax(x, axis)


@primitive(public=("logits",), dtypes=FLOATS, canonical=softmax_axis)
def log_softmax(x, *, axis=None):
    """logits - log(sum(exp(logits))) along an axis (the last, where none is given).

    Raises:
        InvalidArgumentError: no such axis, logits that are a scalar or no floats.

    >>> tf.nn.log_softmax(tf.constant([0.0, 0.0])).numpy().round(4)
    array([-0.6931, -0.6931], dtype=float32)
    """
    return kernels.log_softmax(x, axis)


@softmax.shape
@log_softmax.shape
def softmax_shape(x, *, axis):
    softmax_axis(x, axis=axis)
    return Spec(x.shape, x.dtype)


@softmax.vjp("x")
def softmax_vjp(g, y, axis):
    return softmax_gradient(g, y, axis)


@softmax.jvp
def softmax_jvp(y, ts, x, *, axis):
    return softmax_gradient(ts[0], y, axis)


@softmax.batch
def softmax_batch(size, batched, x, *, axis):
    return softmax(x, deeper(axis))


@log_softmax.vjp("x")
def log_softmax_vjp(g, y, axis):
    return log_softmax_gradient(g, y, axis)


@log_softmax.jvp
def log_softmax_jvp(y, ts, x, *, axis):
    return centred(ts[0], y, axis)


@log_softmax.batch
def log_softmax_batch(size, batched, x, *, axis):
    return log_softmax(x, deeper(axis))


# -- the backward passes ------------------------------------------------------------------------------------
@primitive(dtypes=FLOATS, same=("u", "p"))
def softmax_gradient(u, p, *, axis=None):
    """(u - sum(u p)) p along an axis."""
    return kernels.softmax_gradient(u, p, axis)


@softmax_gradient.vjp("u")
def softmax_gradient_vjp_u(g, p, axis):
    return softmax_gradient(g, p, axis)


@softmax_gradient.vjp("p")
def softmax_gradient_vjp_p(g, u, p, axis):
    return subtract(zzmul(g, subtract(u, total(zmul(u, p), axis))), zzmul(u, total(zmul(g, p), axis)))


@softmax_gradient.jvp
def softmax_gradient_jvp(y, ts, u, p, *, axis):
    return both_terms(
        None if ts[0] is None else softmax_gradient(ts[0], p, axis),
        None if ts[1] is None else softmax_gradient_along(ts[1], u, p, axis),
    )


def softmax_gradient_along(t: Any, u: Any, p: Any, axis: int | None) -> Any:
    """Its derivative as p moves by t."""
    return subtract(zzmul(t, subtract(u, total(zmul(u, p), axis))), zmul(total(zzmul(u, t), axis), p))


@primitive(dtypes=FLOATS, same=("u", "log_p"))
def log_softmax_gradient(u, log_p, *, axis=None):
    """u - exp(log_p) sum(u) along an axis."""
    return kernels.log_softmax_gradient(u, log_p, axis)


@log_softmax_gradient.vjp("u")
def log_softmax_gradient_vjp_u(g, log_p, axis):
    return centred(g, log_p, axis)


@log_softmax_gradient.vjp("log_p")
def log_softmax_gradient_vjp_log_p(g, u, log_p, axis):
    return negative(zzmul(zmul(g, exp(log_p)), total(u, axis)))


@log_softmax_gradient.jvp
def log_softmax_gradient_jvp(y, ts, u, log_p, *, axis):
    return both_terms(
        None if ts[0] is None else log_softmax_gradient(ts[0], log_p, axis),
        None if ts[1] is None else negative(zzmul(zmul(ts[1], exp(log_p)), total(u, axis))),
    )


def centred(t: Any, log_p: Any, axis: int | None) -> Any:
    """t minus its mean under p."""
    return subtract(t, total(zmul(t, exp(log_p)), axis))


def both_terms(a: Any, b: Any) -> Any:
    if a is None or b is None:
        return b if a is None else a
    return add(a, b)


@softmax_gradient.shape
@log_softmax_gradient.shape
def gradient_shape(u, p, *, axis):
    return Spec(u.shape, u.dtype)


@softmax_gradient.batch
def softmax_gradient_batch(size, batched, u, p, *, axis):
    return softmax_gradient(*lifted(size, batched, (u, p)), deeper(axis))


@log_softmax_gradient.batch
def log_softmax_gradient_batch(size, batched, u, log_p, *, axis):
    return log_softmax_gradient(*lifted(size, batched, (u, log_p)), deeper(axis))


publish(globals())
