"""Elementwise functions of one argument, rounding, complex parts and tests of values."""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from typing import Any

import numpy as np

import gradtape as tf

from ..conversion import cast, counted, floating, in_floats, native, tensor

__all__ = [
    "abs",
    "absolute",
    "angle",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctanh",
    "cbrt",
    "ceil",
    "clip",
    "conj",
    "conjugate",
    "copy",
    "cos",
    "cosh",
    "deg2rad",
    "exp",
    "exp2",
    "expm1",
    "fabs",
    "floor",
    "i0",
    "imag",
    "isfinite",
    "isinf",
    "isnan",
    "isneginf",
    "isposinf",
    "isreal",
    "log",
    "log1p",
    "log2",
    "log10",
    "nan_to_num",
    "negative",
    "rad2deg",
    "real",
    "reciprocal",
    "round",
    "sign",
    "signbit",
    "sin",
    "sinc",
    "sinh",
    "sqrt",
    "square",
    "tan",
    "tanh",
    "trunc",
    "view",
]  # fmt: skip


exp = in_floats(tf.exp)
expm1 = in_floats(tf.math.expm1)
log = in_floats(tf.math.log)
log1p = in_floats(tf.math.log1p)
sqrt = in_floats(tf.sqrt)
sin = in_floats(tf.sin)
cos = in_floats(tf.cos)
tan = in_floats(tf.tan)
sinh = in_floats(tf.sinh)
cosh = in_floats(tf.cosh)
tanh = in_floats(tf.tanh)
arcsin = in_floats(tf.asin)
arccos = in_floats(tf.acos)
arctan = in_floats(tf.atan)
arcsinh = in_floats(tf.asinh)
arccosh = in_floats(tf.acosh)
arctanh = in_floats(tf.atanh)
reciprocal = in_floats(tf.math.reciprocal)
i0 = in_floats(tf.math.bessel_i0)


def exp2(x: Any) -> Any:
    x = floating(x)
    return tf.pow(tf.constant(2.0, x.dtype), x)


def log2(x: Any) -> Any:
    return tf.math.log(floating(x)) / math.log(2)


def log10(x: Any) -> Any:
    return tf.math.log(floating(x)) / math.log(10)


def cbrt(x: Any) -> Any:
    x = floating(x)
    return tf.sign(x) * tf.pow(tf.abs(x), 1 / 3)


def sinc(x: Any) -> Any:
    """sin(pi x) / (pi x), 1 at 0: there numerator and denominator are both put to 1."""
    x = floating(x) * math.pi
    zero = tf.equal(x, 0.0)
    ones = tf.ones_like(x)
    return tf.where(zero, ones - tf.square(x) * (1 / 6), tf.sin(x) / tf.where(zero, ones, x))


def deg2rad(x: Any) -> Any:
    return floating(x) * (math.pi / 180)


def rad2deg(x: Any) -> Any:
    return floating(x) * (180 / math.pi)


# -- sign, size, order ------------------------------------------------------------------------------------
def absolute(x: Any) -> Any:
    x = native(x)
    return tensor(x) if x.dtype.is_bool or x.dtype.is_unsigned else tf.abs(x)


abs = absolute


def fabs(x: Any) -> Any:
    return tf.abs(floating(x))


def negative(x: Any) -> Any:
    return tf.negative(native(x))


def sign(x: Any) -> Any:
    return tf.sign(counted(x))


def square(x: Any) -> Any:
    return tf.square(counted(x))


def clip(x: Any, x_min: Any, x_max: Any) -> Any:
    x = counted(x)
    return tf.clip_by_value(x, cast(x_min, x.dtype), cast(x_max, x.dtype))


def signbit(x: Any) -> Any:
    """The sign of zeros counts too: 1 / -0 is -inf."""
    x = native(x)
    if not x.dtype.is_floating:
        return tf.zeros_like(x, "bool") if x.dtype.is_bool or x.dtype.is_unsigned else tf.less(x, 0)
    return tf.logical_or(tf.less(x, 0.0), tf.less(1.0 / tf.where(tf.equal(x, 0.0), x, tf.ones_like(x)), 0.0))


# -- rounding: whole numbers stay what they are ---------------------------------------------------------------
ceil = in_floats(tf.math.ceil)
floor = in_floats(tf.floor)


def trunc(x: Any) -> Any:
    x = native(x)
    return tf.sign(x) * tf.floor(tf.abs(x)) if x.dtype.is_floating else tensor(x)


def round(x: Any, decimals: int = 0) -> Any:
    x = counted(x)
    if not decimals:
        return tf.round(x)
    unit = 10.0 ** builtins.abs(decimals)
    values = floating(x)
    rounded = tf.round(values * unit) / unit if decimals > 0 else tf.round(values / unit) * unit
    return tf.cast(rounded, x.dtype)


# -- complex parts ----------------------------------------------------------------------------------------
def conjugate(x: Any) -> Any:
    return tf.math.conj(native(x))


conj = conjugate


def real(x: Any) -> Any:
    return tf.math.real(native(x))


def imag(x: Any) -> Any:
    return tf.math.imag(native(x))


def angle(x: Any) -> Any:
    return tf.math.angle(floating(x))


def isreal(x: Any) -> Any:
    x = native(x)
    return tf.equal(tf.math.imag(x), 0.0) if x.dtype.is_complex else tf.ones_like(x, "bool")


# -- tests of values --------------------------------------------------------------------------------------
def isfinite(x: Any) -> Any:
    x = native(x)
    if x.dtype.is_complex:
        return tf.logical_and(isfinite(tf.math.real(x)), isfinite(tf.math.imag(x)))
    return tf.math.is_finite(x) if x.dtype.is_floating else tf.ones_like(x, "bool")


def isnan(x: Any) -> Any:
    return some_part(tf.math.is_nan, x)


def isinf(x: Any) -> Any:
    return some_part(tf.math.is_inf, x)


def some_part(test: Callable, x: Any) -> Any:
    """A test that no whole number passes, and a complex one with either part."""
    x = native(x)
    if x.dtype.is_complex:
        return tf.logical_or(test(tf.math.real(x)), test(tf.math.imag(x)))
    return test(x) if x.dtype.is_floating else tf.zeros_like(x, "bool")


def isposinf(x: Any) -> Any:
    return infinite(x, np.inf)


def isneginf(x: Any) -> Any:
    return infinite(x, -np.inf)


def infinite(x: Any, value: float) -> Any:
    x = native(x)
    return tf.equal(x, value) if x.dtype.is_floating else tf.zeros_like(x, "bool")


def nan_to_num(x: Any, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None) -> Any:
    x = native(x)
    if not x.dtype.is_floating:
        return tensor(x)
    largest, smallest = (float(limit) for limit in (x.dtype.max, x.dtype.min))
    x = tf.where(tf.math.is_nan(x), tf.cast(nan, x.dtype), x)
    x = tf.where(tf.equal(x, np.inf), tf.cast(largest if posinf is None else posinf, x.dtype), x)
    return tf.where(tf.equal(x, -np.inf), tf.cast(smallest if neginf is None else neginf, x.dtype), x)


# -- the same values ----------------------------------------------------------------------------------------
def copy(x: Any) -> Any:
    return tf.identity(native(x))


def view(x: Any, dtype: Any = None) -> Any:
    """The same bytes as another dtype; the last axis takes up the difference in size."""
    x = native(x)
    if dtype is None:
        return tensor(x)
    wanted = tf.as_dtype(dtype)
    if not len(x.shape) and wanted.size != x.dtype.size:
        raise ValueError(
            f"`view` of a tensor without axes needs a dtype of the same size. Received: {x.dtype.name} as {wanted.name}"
        )
    if wanted.size > x.dtype.size:
        x = tf.reshape(x, [*x.shape[:-1], -1, wanted.size // x.dtype.size])
        return tf.bitcast(x, wanted)
    cast = tf.bitcast(x, wanted)
    return cast if wanted.size == x.dtype.size else tf.reshape(cast, [*x.shape[:-1], -1])
