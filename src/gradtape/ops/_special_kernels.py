"""Kernels of the special functions: SciPy's, in the dtype of their arguments; 16-bit floats go through float32."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np


@cache
def scipy_special() -> Any:
    """SciPy is loaded where its first function is called: it takes as long to import as all of gradtape."""
    import scipy.special

    return scipy.special


def widened(args: tuple[Any, ...]) -> tuple[Sequence, np.dtype]:
    """The arguments as SciPy takes them, and the dtype that the result is to have."""
    dtypes = {a.dtype for a in args if isinstance(a, np.ndarray)}
    if len(dtypes) != 1:
        raise TypeError(f"one dtype is needed, got {sorted(map(str, dtypes))}")
    dtype = dtypes.pop()
    if dtype.itemsize != 2:
        return args, dtype
    return [a.astype(np.float32) if isinstance(a, np.ndarray) else a for a in args], dtype


def narrowed(y: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return y if y.dtype == dtype else y.astype(dtype)


def scipy_kernel(name: str) -> Callable:
    """The SciPy ufunc of this name as a kernel."""

    def kernel(*args: Any) -> np.ndarray:
        values, dtype = widened(args)
        return narrowed(getattr(scipy_special(), name)(*values, out=...), dtype)

    return kernel


def in_float64(formula: Callable) -> Callable:
    """A formula on float64 arrays as a kernel: computed in float64, rounded once.  Static parameters pass through."""

    def kernel(*args: Any, **params: Any) -> np.ndarray:
        _, dtype = widened(args)
        values = np.broadcast_arrays(*(np.asarray(a, np.float64) for a in args))
        return np.asarray(formula(*values, **params)).astype(dtype)

    return kernel


# -- the gamma function -----------------------------------------------------------------------------------
def lgamma(x: Any) -> np.ndarray:
    """log(|Gamma(x)|), infinite at both ends, as C's lgamma is; SciPy gives -inf at -inf."""
    values, dtype = widened((x,))
    y = scipy_special().gammaln(*values, out=...)
    y[np.isneginf(y)] = np.inf
    return narrowed(y, dtype)


def psi(k: int, x: Any) -> np.ndarray:
    """The k-th derivative of digamma: (-1)^(k+1) k! zeta(k+1, x) for k > 0 (DLMF 5.15.1 and 25.11.1)."""
    special = scipy_special()
    if k == 0:
        return special.psi(x)
    return (-1.0) ** (k + 1) * special.gamma(k + 1.0) * special.zeta(k + 1.0, x)


@in_float64
def polygamma(a: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The a-th derivative of digamma at x; NaN where a is not a whole number from 0."""
    special = scipy_special()
    even = np.floor(a / 2) * 2 == a
    tail = np.where(even, -1.0, 1.0) * special.gamma(a + 1) * special.zeta(a + 1, x)
    y = np.where(a == 0, special.psi(x), tail)
    return np.where((a >= 0) & (np.floor(a) == a), y, np.nan)


def zeta(x: Any, q: Any) -> np.ndarray:
    values, dtype = widened((x, q))
    return narrowed(np.asarray(scipy_special().zeta(*values)), dtype)


def fresnel_kernel(part: int) -> Callable:
    """SciPy's fresnel gives the sine and the cosine integral together."""

    def kernel(x: np.ndarray) -> np.ndarray:
        (value,), dtype = widened((x,))
        return narrowed(np.asarray(scipy_special().fresnel(value)[part]), dtype)

    return kernel


# -- Bessel functions of whole order ----------------------------------------------------------------------
NAMED = {
    "iv": ("i0", "i1"),
    "ive": ("i0e", "i1e"),
    "jv": ("j0", "j1"),
    "yv": ("y0", "y1"),
    "kv": ("k0", "k1"),
    "kve": ("k0e", "k1e"),
}
RECURRENCE = {"iv": (-1, 1), "ive": (-1, 1), "yv": (1, -1), "kv": (1, 1), "kve": (1, 1)}
FAR = 1e4  # beyond it SciPy's scaled I_n of general order fails, and its recurrence is stable


def bessel_kernel(name: str) -> Callable:
    """kernel(x, n=order): SciPy's own functions of orders 0 and 1, its general one above."""

    def kernel(x: np.ndarray, *, n: int) -> np.ndarray:
        (value,), dtype = widened((x,))
        special = scipy_special()
        if n < 2:
            return narrowed(getattr(special, NAMED[name][n])(value, out=...), dtype)
        y = getattr(special, name)(n, value, out=...)
        if name == "ive" and np.any(np.abs(value) > FAR):
            y = np.where(np.abs(value) > FAR, upward(name, value, n), y)
        return narrowed(y, dtype)

    return kernel


def second_kind_kernel(name: str) -> Callable:
    """kernel(x, n=order): the recurrence is stable upwards for the functions of the second kind."""

    def kernel(x: np.ndarray, *, n: int) -> np.ndarray:
        (value,), dtype = widened((x,))
        if n < 2:
            return narrowed(getattr(scipy_special(), NAMED[name][n])(value, out=...), dtype)
        return narrowed(upward(name, value, n), dtype)

    return kernel


def upward(name: str, x: np.ndarray, n: int) -> np.ndarray:
    """f_(k+1) = +-(2 k / x) f_k +- f_(k-1), with the signs of DLMF 10.6.1 and 10.29.1; at 0 they are all infinite alike."""
    x = np.asarray(x, np.float64)
    below, here = (getattr(scipy_special(), part)(x) for part in NAMED[name])
    at_zero, (a, b) = here, RECURRENCE[name]
    for k in range(1, n):
        below, here = here, a * (2 * k / x) * here + b * below
    return np.where(x == 0, at_zero, here)


# -- log(x) / (x - 1) and its derivatives -------------------------------------------------------------------
NEAR_ONE = 0.35  # within this distance of 1 the power series is used


@in_float64
def log_quotient(x: np.ndarray, *, order: int) -> np.ndarray:
    """The derivative of this order of log(x) / (x - 1), which is 1 at x = 1.

    Away from 1 by Leibniz's rule on (x - 1) f = log x; near 1 from log(1 + u) / u = sum (-u)^k / (k + 1).
    """
    u = x - 1
    near = np.abs(u) < NEAR_ONE
    far_u = np.where(near, 1.0, u)
    y = np.log(x) / far_u
    for k in range(1, order + 1):
        y = (-((-1.0) ** k) * factorial(k - 1) * np.power(x, -float(k)) - k * y) / far_u
    return np.where(near, log_quotient_series(np.where(near, u, 0.0), order), y)


def log_quotient_series(u: np.ndarray, order: int) -> np.ndarray:
    """Term by term: the k-th term's derivative is (-1)^k k! / (k - order)! u^(k - order) / (k + 1)."""
    total = np.zeros_like(u)
    for k in range(order + 80, order - 1, -1):  # Horner's rule from the smallest term
        total = total * u + (-1.0) ** k * factorial(k) / factorial(k - order) / (k + 1)
    return total


def factorial(n: int) -> float:
    return float(scipy_special().gamma(n + 1.0))


# -- the Hurwitz zeta function's derivatives in its first argument --------------------------------------------
BERNOULLI_OVER_FACTORIAL = (1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000, 1 / 74724249600,
                            -3617 / 10670622842880000)  # fmt: skip  # B_2j / (2j)!, j = 1 ... 8
DIRECT_TERMS = 16


@in_float64
def zeta_derivative(s: np.ndarray, q: np.ndarray, *, order: int) -> np.ndarray:
    """d^n/ds^n of sum over k of (q + k)^-s, for s > 1 and q > 0, by Euler and Maclaurin's formula (DLMF 25.11.7)."""
    total = np.zeros_like(s)
    for k in range(DIRECT_TERMS):
        total = total + log_power(q + k, s, order)
    t = q + DIRECT_TERMS
    total = total + tail_integral(t, s, order) + log_power(t, s, order) / 2
    series = [np.zeros_like(s)] * order + [np.full_like(s, (-1.0) ** order)]  # coefficients of log(t)^i
    log_t = np.log(t)
    scale = np.power(t, -s)
    for m in range(2 * len(BERNOULLI_OVER_FACTORIAL) - 1):
        series = derived(series, s + m)
        scale = scale / t
        if m % 2 == 0:
            total = total - BERNOULLI_OVER_FACTORIAL[m // 2] * scale * polynomial(series, log_t)
    return np.where((s > 1) & (q > 0), np.where(np.isinf(q), 0.0, total), np.where(s == 1, -np.inf, np.nan))


def log_power(t: np.ndarray, s: np.ndarray, order: int) -> np.ndarray:
    return np.power(-np.log(t), order) * np.power(t, -s)


def tail_integral(t: np.ndarray, s: np.ndarray, order: int) -> np.ndarray:
    """The integral of (-log v)^n v^-s over v > t: by parts, n times."""
    log_t, r = np.log(t), 1 / (s - 1)
    total = np.zeros_like(s)
    for i in range(order, -1, -1):
        total = total + factorial(order) / factorial(i) * np.power(log_t, i) * np.power(r, order - i + 1)
    return (-1.0) ** order * np.power(t, 1 - s) * total


def derived(series: list[Any], s: np.ndarray) -> list[Any]:
    """Coefficients of t^(s+1) d/dt [t^-s sum c_i log(t)^i]."""
    raised = [i * c for i, c in enumerate(series)][1:] + [np.zeros_like(s)]
    return [up - s * c for up, c in zip(raised, series, strict=True)]


def polynomial(series: list[Any], x: np.ndarray) -> np.ndarray:
    total = np.zeros_like(x)
    for c in reversed(series):
        total = total * x + c
    return total
