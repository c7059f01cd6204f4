"""Elementwise functions of two arguments: arithmetic, comparison, logic, bits."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

import gradtape as tf

from ..conversion import cast, counted, float_pair, floating, native, pair, tensor_pair
from .elementwise import signbit

__all__ = [
    "add", "allclose", "arctan2", "bitwise_and", "bitwise_invert", "bitwise_left_shift", "bitwise_not", "bitwise_or",
    "bitwise_right_shift", "bitwise_xor", "copysign", "divide", "divide_no_nan", "equal", "float_power", "floor_divide", "fmax",
    "fmin", "fmod", "gcd", "greater", "greater_equal", "heaviside", "hypot", "isclose", "lcm", "ldexp", "left_shift", "less",
    "less_equal", "logaddexp", "logaddexp2", "logical_and", "logical_not", "logical_or", "logical_xor", "maximum", "minimum",
    "mod", "multiply", "nextafter", "not_equal", "power", "right_shift", "subtract", "true_divide",
]  # fmt: skip


# -- arithmetic -------------------------------------------------------------------------------------------
def promoting(op: Callable, on_bools: Callable | None = None) -> Callable:
    """A function of two numbers that meet in Keras's common dtype; on two booleans it may be another function."""

    def function(x1: Any, x2: Any) -> Any:
        x1, x2 = pair(x1, x2)
        if on_bools is not None and are_bools(x1, x2):
            return on_bools(x1, x2)
        return op(x1, x2)

    return function


def are_bools(x1: Any, x2: Any) -> bool:
    """Asked of a pair of one dtype; a Python number never stands beside a boolean."""
    x = x2 if type(x1) in (float, int) else x1
    return x.dtype.is_bool


add = promoting(tf.add, tf.logical_or)
multiply = promoting(tf.multiply, tf.logical_and)
maximum = promoting(tf.maximum, tf.logical_or)
minimum = promoting(tf.minimum, tf.logical_and)


def subtract(x1: Any, x2: Any) -> Any:
    return tf.subtract(*pair(x1, x2))


def true_divide(x1: Any, x2: Any) -> Any:
    x1, x2 = pair(x1, x2)
    if type(x1) in (float, int):
        return tf.divide(x1, floating(x2))
    return tf.divide(floating(x1), x2 if type(x2) in (float, int) else floating(x2))


divide = true_divide


def divide_no_nan(x1: Any, x2: Any) -> Any:
    return tf.math.divide_no_nan(*float_pair(x1, x2))


def floor_divide(x1: Any, x2: Any) -> Any:
    return tf.math.floordiv(*counted_pair(x1, x2))


def mod(x1: Any, x2: Any) -> Any:
    """The remainder with the sign of the divisor."""
    return tf.math.floormod(*counted_pair(x1, x2))


def fmod(x1: Any, x2: Any) -> Any:
    """The remainder with the sign of the dividend."""
    return tf.truncatemod(*counted_pair(x1, x2))


def power(x1: Any, x2: Any) -> Any:
    return tf.pow(*counted_pair(x1, x2))


def counted_pair(x1: Any, x2: Any) -> tuple[Any, Any]:
    x1, x2 = tensor_pair(x1, x2)
    return counted(x1), counted(x2)


def float_power(x1: Any, x2: Any) -> Any:
    return tf.pow(*float_pair(x1, x2))


def arctan2(x1: Any, x2: Any) -> Any:
    return tf.atan2(*float_pair(x1, x2))


def hypot(x1: Any, x2: Any) -> Any:
    """Scaled by the larger side, so that squares neither overflow nor vanish."""
    x1, x2 = (tf.abs(x) for x in float_pair(x1, x2))
    longer, shorter = tf.maximum(x1, x2), tf.minimum(x1, x2)
    ratio = tf.math.divide_no_nan(shorter, longer)
    infinite = tf.logical_or(tf.math.is_inf(x1), tf.math.is_inf(x2))  # whatever the other side is
    return tf.where(infinite, tf.constant(np.inf, x1.dtype), longer * tf.sqrt(tf.square(ratio) + 1.0))


def logaddexp(x1: Any, x2: Any) -> Any:
    return log_of_sum(*float_pair(x1, x2))


def logaddexp2(x1: Any, x2: Any) -> Any:
    x1, x2 = float_pair(x1, x2)
    return log_of_sum(x1 * math.log(2), x2 * math.log(2)) * (1 / math.log(2))


def log_of_sum(x1: Any, x2: Any) -> Any:
    """Equal infinities give themselves: their difference would be no number."""
    difference = x1 - x2
    usual = tf.maximum(x1, x2) + tf.math.log1p(tf.exp(-tf.abs(difference)))
    return tf.where(tf.math.is_nan(difference), x1 + x2, usual)


def ldexp(x1: Any, x2: Any) -> Any:
    x1 = floating(x1)
    return x1 * tf.pow(tf.constant(2.0, x1.dtype), tf.cast(native(x2), x1.dtype))


def copysign(x1: Any, x2: Any) -> Any:
    x1, x2 = float_pair(x1, x2)
    size = tf.abs(x1)
    return tf.where(signbit(x2), -size, size)


def heaviside(x1: Any, x2: Any) -> Any:
    x1, x2 = float_pair(x1, x2)
    step = tf.where(tf.equal(x1, 0.0), x2, tf.cast(tf.greater(x1, 0.0), x1.dtype))
    return tf.where(tf.math.is_nan(x1), x1, step)


def nextafter(x1: Any, x2: Any) -> Any:
    x1, x2 = float_pair(x1, x2)
    if x1.dtype.name in ("float32", "float64"):
        return tf.math.nextafter(x1, x2)
    return tf.constant(np.nextafter(x1.numpy(), x2.numpy()))


def fmax(x1: Any, x2: Any) -> Any:
    """The larger; where one is no number, the other."""
    return skipping_nan(maximum, x1, x2)


def fmin(x1: Any, x2: Any) -> Any:
    return skipping_nan(minimum, x1, x2)


def skipping_nan(op: Callable, x1: Any, x2: Any) -> Any:
    x1, x2 = tensor_pair(x1, x2)
    if not x1.dtype.is_floating:
        return op(x1, x2)
    return tf.where(tf.math.is_nan(x1), x2, tf.where(tf.math.is_nan(x2), x1, op(x1, x2)))


# -- comparison -------------------------------------------------------------------------------------------
equal = promoting(tf.equal)
not_equal = promoting(tf.not_equal)
less = promoting(tf.less, lambda a, b: tf.logical_and(tf.logical_not(a), b))
less_equal = promoting(tf.less_equal, lambda a, b: tf.logical_or(tf.logical_not(a), b))
greater = promoting(tf.greater, lambda a, b: tf.logical_and(a, tf.logical_not(b)))
greater_equal = promoting(tf.greater_equal, lambda a, b: tf.logical_or(a, tf.logical_not(b)))


def isclose(x1: Any, x2: Any, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False) -> Any:
    x1, x2 = float_pair(x1, x2)
    near = tf.less_equal(tf.abs(x1 - x2), tf.abs(x2) * rtol + atol)
    finite = tf.logical_and(tf.math.is_finite(x1), tf.math.is_finite(x2))
    close = tf.where(finite, near, tf.equal(x1, x2))
    return tf.logical_or(close, tf.logical_and(tf.math.is_nan(x1), tf.math.is_nan(x2))) if equal_nan else close


def allclose(x1: Any, x2: Any, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False) -> Any:
    return tf.reduce_all(isclose(x1, x2, rtol, atol, equal_nan))


# -- logic ------------------------------------------------------------------------------------------------
def logical(op: Callable) -> Callable:
    def function(x1: Any, x2: Any) -> Any:
        return op(cast(x1, "bool"), cast(x2, "bool"))

    return function


logical_and = logical(tf.logical_and)
logical_or = logical(tf.logical_or)
logical_xor = logical(tf.math.logical_xor)


def logical_not(x: Any) -> Any:
    return tf.logical_not(cast(x, "bool"))


# -- bits and whole numbers -------------------------------------------------------------------------------
def bitwise(op: Callable, on_bools: Callable) -> Callable:
    def function(x: Any, y: Any) -> Any:
        x, y = tensor_pair(x, y)
        return on_bools(x, y) if x.dtype.is_bool else op(x, y)

    return function


bitwise_and = bitwise(tf.bitwise.bitwise_and, tf.logical_and)
bitwise_or = bitwise(tf.bitwise.bitwise_or, tf.logical_or)
bitwise_xor = bitwise(tf.bitwise.bitwise_xor, tf.math.logical_xor)


def bitwise_invert(x: Any) -> Any:
    x = native(x)
    return tf.logical_not(x) if x.dtype.is_bool else tf.bitwise.invert(x)


bitwise_not = bitwise_invert


def left_shift(x: Any, y: Any) -> Any:
    return tf.bitwise.left_shift(*counted_pair(x, y))


def right_shift(x: Any, y: Any) -> Any:
    return tf.bitwise.right_shift(*counted_pair(x, y))


bitwise_left_shift, bitwise_right_shift = left_shift, right_shift


def gcd(x1: Any, x2: Any) -> Any:
    return whole(np.gcd, x1, x2)


def lcm(x1: Any, x2: Any) -> Any:
    return whole(np.lcm, x1, x2)


def whole(op: np.ufunc, x1: Any, x2: Any) -> Any:
    """Functions of whole numbers, which nothing is differentiated through, by NumPy."""
    x1, x2 = counted_pair(x1, x2)
    if not x1.dtype.is_integer:
        raise TypeError(f"{op.__name__} takes integers, got {x1.dtype.name}; write keras.ops.cast(x, 'int32').")
    return tf.convert_to_tensor(np.asarray(op(x1.numpy(), x2.numpy())))
