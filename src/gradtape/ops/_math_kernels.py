"""Kernels of the elementwise family where NumPy has no ufunc of the same meaning.

Arrays in, arrays out; either argument of a binary kernel may be a Python number.  `casting="no"` refuses mixed dtypes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

NUMBER_TYPES = (int, float)


def array_dtype(*args: Any) -> np.dtype:
    """The dtype of the first array."""
    return next(a.dtype for a in args if isinstance(a, np.ndarray))


def is_integral(*args: Any) -> bool:
    return array_dtype(*args).kind in "iu"


def rounded_once(kernel: Callable) -> Callable:
    """16-bit floats go through float32: several steps in 16 bits lose digits, and are slower."""

    def wide(x: np.ndarray) -> np.ndarray:
        if x.dtype.itemsize == 2:
            return kernel(x.astype(np.float32)).astype(x.dtype)
        return kernel(x)

    return wide


# -- exponentials -----------------------------------------------------------------------------------------
@rounded_once
def rsqrt(x: np.ndarray) -> np.ndarray:
    return np.divide(1, np.sqrt(x), out=..., casting="no")


def reciprocal(x: np.ndarray) -> np.ndarray:
    return np.divide(1, x, out=..., casting="no")


@rounded_once
def sigmoid(x: np.ndarray) -> np.ndarray:
    y = np.negative(x, out=...)
    np.exp(y, out=y)
    np.add(y, 1, out=y)
    return np.reciprocal(y, out=y)


@rounded_once
def softplus(x: np.ndarray) -> np.ndarray:
    """max(x, 0) + log(1 + exp(-|x|)): neither overflows nor loses small results."""
    y = np.abs(x, out=...)
    np.negative(y, out=y)
    np.exp(y, out=y)
    np.log1p(y, out=y)
    return np.add(y, np.maximum(x, 0), out=y)


@rounded_once
def log_sigmoid(x: np.ndarray) -> np.ndarray:
    y = softplus(np.negative(x, out=...))
    return np.negative(y, out=y)


@rounded_once
def softsign(x: np.ndarray) -> np.ndarray:
    return np.divide(x, np.add(np.abs(x), 1), out=...)


# -- powers -----------------------------------------------------------------------------------------------
def power(a: Any, b: Any) -> np.ndarray:
    if type(b) in NUMBER_TYPES and b == 2 and (type(b) is int or a.dtype.kind not in "iu"):
        return np.square(a, out=..., casting="no")
    return np.power(a, b, out=..., casting="no")


def squared_difference(a: Any, b: Any) -> np.ndarray:
    d = np.subtract(a, b, out=..., casting="no")
    return np.multiply(d, np.conjugate(d) if d.dtype.kind == "c" else d, out=d)


# -- division ---------------------------------------------------------------------------------------------
def refuse_zero(b: Any) -> None:
    if not (b.all() if isinstance(b, np.ndarray) else b):
        raise ValueError("Integer division by zero")


def floordiv(a: Any, b: Any) -> np.ndarray:
    if is_integral(a, b):
        refuse_zero(b)
        return np.floor_divide(a, b, out=..., casting="no")
    y = np.divide(a, b, out=..., casting="no")
    return np.floor(y, out=y)


def floormod(a: Any, b: Any) -> np.ndarray:
    """The remainder with the sign of b."""
    if is_integral(a, b):
        refuse_zero(b)
    return np.remainder(a, b, out=..., casting="no")


def truncatediv(a: Any, b: Any) -> np.ndarray:
    if not is_integral(a, b):
        y = np.divide(a, b, out=..., casting="no")
        return np.trunc(y, out=y)
    refuse_zero(b)
    y = np.floor_divide(a, b, out=..., casting="no")
    inexact = np.multiply(y, b) != a
    return np.add(y, (inexact & (y < 0)).astype(y.dtype), out=y)


def truncatemod(a: Any, b: Any) -> np.ndarray:
    """The remainder with the sign of a."""
    if is_integral(a, b):
        refuse_zero(b)
    return np.fmod(a, b, out=..., casting="no")


# -- zero times anything ----------------------------------------------------------------------------------
def zeroed(where: Any, y: np.ndarray) -> np.ndarray:
    """y, and 0 where the condition holds."""
    if not where.any():
        return y
    return np.where(where, y.dtype.type(0), y)


def divide_no_nan(a: Any, b: Any) -> np.ndarray:
    return zeroed(np.equal(b, 0), np.divide(a, b, out=..., casting="no"))


def multiply_no_nan(a: Any, b: Any) -> np.ndarray:
    return zeroed(np.equal(b, 0), np.multiply(a, b, out=..., casting="no"))


def xdivy(a: Any, b: Any) -> np.ndarray:
    return zeroed(np.equal(a, 0), np.divide(a, b, out=..., casting="no"))


def xlogy(a: Any, b: Any) -> np.ndarray:
    return zeroed(np.equal(a, 0), np.multiply(a, np.log(b), out=..., casting="no"))


def xlog1py(a: Any, b: Any) -> np.ndarray:
    return zeroed(np.equal(a, 0), np.multiply(a, np.log1p(b), out=..., casting="no"))


# -- lengths and angles -----------------------------------------------------------------------------------
def hypot(a: Any, b: Any) -> np.ndarray:
    return np.hypot(a, b, out=..., casting="no")


def atan2(a: Any, b: Any) -> np.ndarray:
    return np.arctan2(a, b, out=..., casting="no")


# -- rounding and limits --------------------------------------------------------------------------------------
def floor(x: np.ndarray) -> np.ndarray:
    return np.floor(x, out=...)


def ceil(x: np.ndarray) -> np.ndarray:
    return np.ceil(x, out=...)


def round_half_even(x: np.ndarray) -> np.ndarray:
    return x if x.dtype.kind in "iu" else np.rint(x, out=...)


def rint(x: np.ndarray) -> np.ndarray:
    return np.rint(x, out=...)


def maximum(a: Any, b: Any) -> np.ndarray:
    return np.maximum(a, b, out=..., casting="no")


def minimum(a: Any, b: Any) -> np.ndarray:
    return np.minimum(a, b, out=..., casting="no")


def clip(x: Any, low: Any, high: Any) -> np.ndarray:
    y = np.maximum(np.minimum(x, high, casting="no"), low, out=..., casting="no")
    if y.shape != np.shape(x):
        raise ValueError("the limits would make the result larger than the input")
    return y


# -- complex parts --------------------------------------------------------------------------------------------
def sign(x: np.ndarray) -> np.ndarray:
    """x / |x|, and 0 at 0."""
    if x.dtype.kind != "c":
        return np.sign(x, out=...)
    return zeroed(np.equal(x, 0), np.divide(x, np.abs(x).astype(x.dtype), out=...))


def make_complex(real: np.ndarray, imag: np.ndarray) -> np.ndarray:
    if real.dtype != imag.dtype:
        raise TypeError(f"real is {real.dtype} and imag is {imag.dtype}")
    out = np.empty(np.broadcast_shapes(real.shape, imag.shape), np.result_type(real.dtype, np.complex64))
    out.real = real
    out.imag = imag
    return out


def real(x: Any) -> np.ndarray:
    return np.ascontiguousarray(x.real).reshape(x.shape)


def imag(x: Any) -> np.ndarray:
    return np.ascontiguousarray(x.imag).reshape(x.shape)


def angle(x: Any) -> np.ndarray:
    return np.arctan2(x.imag, x.real, out=...)


# -- logic and bits -------------------------------------------------------------------------------------------
def is_finite(x: np.ndarray) -> np.ndarray:
    return np.isfinite(x, out=...)


def is_inf(x: np.ndarray) -> np.ndarray:
    return np.isinf(x, out=...)


def is_nan(x: np.ndarray) -> np.ndarray:
    return np.isnan(x, out=...)


def logical_and(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.logical_and(a, b, out=..., casting="no", dtype=bool)


def logical_or(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.logical_or(a, b, out=..., casting="no", dtype=bool)


def logical_xor(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.logical_xor(a, b, out=..., casting="no", dtype=bool)


def logical_not(x: np.ndarray) -> np.ndarray:
    return np.logical_not(x, out=...)


def shift_by(x: Any, b: Any) -> Any:
    """TensorFlow holds the distance between 0 and the width less one."""
    return np.clip(b, 0, array_dtype(x, b).itemsize * 8 - 1)


def left_shift(a: Any, b: Any) -> np.ndarray:
    return np.left_shift(a, shift_by(a, b), out=..., casting="no")


def right_shift(a: Any, b: Any) -> np.ndarray:
    return np.right_shift(a, shift_by(a, b), out=..., casting="no")


UNSIGNED = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def population_count(x: np.ndarray) -> np.ndarray:
    return np.bitwise_count(x.view(UNSIGNED[x.dtype.itemsize]), out=...)
