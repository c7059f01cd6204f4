"""Kernels of the densities under the incomplete gamma and beta functions, and of these functions' derivatives in their
parameters at every order.

With p(a, x) = x^(a-1) e^-x / Gamma(a), P(a, x) is the integral of p over (0, x), so d^n/da^n P is the integral of d^n/da^n p,
which is p times a polynomial (Bell's) in log x and the polygammas of a.  The integral is computed on the side of the mean on
which nothing cancels, in the logarithm of the variable, by the exp-sinh rule (Takahasi and Mori 1974); for small x
by the series P(a, x) = sum over k of p(a + k + 1, x) (DLMF 8.7.1).  The beta function likewise.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Any

import numpy as np

from ._special_kernels import in_float64, psi, scipy_special

STEP = 1 / 20
T = np.arange(-4.4, 2.9, STEP)
NODES = np.exp(np.pi / 2 * np.sinh(T))
WEIGHTS = NODES * np.cosh(T) * np.pi / 2 * STEP
BLOCK = 1024  # elements at once: nodes times elements stay in the cache
SMALL_X = 3.0
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)
LARGE = 10.0


# -- pieces -----------------------------------------------------------------------------------------------
def stirling_error(a: np.ndarray) -> np.ndarray:
    """log Gamma(a + 1) minus Stirling's formula, for large a (DLMF 5.11.1)."""
    total = np.zeros_like(a)
    for c in reversed(STIRLING):
        total = total / (a * a) + c
    return total / a


def bell(n: int, m: int, h: Callable[[int, int], Any]) -> Any:
    """The factor in d^n/da^n d^m/db^m exp(H) = factor * exp(H); h(j, k) is that derivative of H."""
    if n == 0 and m == 0:
        return 1.0
    total: Any = 0.0
    if n == 0:
        for k in range(m):
            total = total + comb(m - 1, k) * bell(0, m - 1 - k, h) * h(0, k + 1)
        return total
    for j in range(n):
        for k in range(m + 1):
            total = total + comb(n - 1, j) * comb(m, k) * bell(n - 1 - j, m - k, h) * h(j + 1, k)
    return total


def falling(a: np.ndarray, count: int, order: int) -> np.ndarray:
    """The derivative of this order of (a - 1)(a - 2)...(a - count)."""
    coefficients = np.polynomial.polynomial.polyfromroots(np.arange(1.0, count + 1))
    total = np.zeros_like(a)
    for c in np.polynomial.polynomial.polyder(coefficients, order)[::-1]:
        total = total * a + c
    return total


def zero_wins(c: Any, x: Any) -> np.ndarray:
    return np.where(c == 0, 0.0, c * x)


def in_blocks(formula: Callable, *args: np.ndarray) -> np.ndarray:
    """formula(...) over flat blocks, each argument with an axis for the nodes in front."""
    flat = [a.ravel() for a in args]
    out = np.empty(flat[0].size)
    for start in range(0, out.size, BLOCK):
        out[start : start + BLOCK] = formula(*(a[start : start + BLOCK] for a in flat))
    return out.reshape(args[0].shape)


def nodes(slope: np.ndarray, curvature: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Nodes over w > 0, and their scale, for an integrand whose logarithm starts as -slope w - curvature w^2 / 2."""
    scale = 1 / (np.abs(slope) + np.sqrt(np.maximum(curvature, 0)))
    return NODES[:, None] * scale, scale


def integrated(values: np.ndarray) -> np.ndarray:
    """The integral over w > 0 in units of the scale, from the values at the nodes."""
    return WEIGHTS @ np.where(np.isfinite(values), values, 0.0)


# -- gamma ------------------------------------------------------------------------------------------------
def gamma_power(a: np.ndarray, x: np.ndarray, shift: int) -> np.ndarray:
    """x^(a - shift) e^-x / Gamma(a), without overflow; for large a as Loader (2000) does for the Poisson probabilities."""
    special = scipy_special()
    plain = np.exp(special.xlogy(a - shift, x) - x - special.gammaln(a))
    if not np.any(a >= LARGE):
        return np.where(np.isinf(x), 0.0, plain)
    big = np.where(a >= LARGE, a, LARGE)
    u = (x - big) / big
    saddle = np.exp(big * (np.log1p(u) - u) - stirling_error(big)) * np.sqrt(big / (2 * np.pi)) * np.power(x, -float(shift))
    return np.where(np.isinf(x), 0.0, np.where((a >= LARGE) & (x > 0), saddle, plain))


def gamma_h(a: np.ndarray, log_x: np.ndarray) -> Callable[[int, int], Any]:
    """The derivatives in a of log p(a, x)."""
    return lambda j, k: log_x - psi(0, a) if j == 1 else -psi(j - 1, a)


@in_float64
def gamma_density(a: np.ndarray, x: np.ndarray, *, order: int, shift: int) -> np.ndarray:
    """d^order/da^order of (a - 1)...(a - shift) x^(a - 1 - shift) e^-x / Gamma(a)."""
    base = gamma_power(a, x, shift + 1)
    h = gamma_h(a, np.log(x))
    total = np.zeros_like(a)
    for k in range(min(order, shift) + 1):
        factor = comb(order, k) * falling(a, shift, k)
        total = total + zero_wins(factor, zero_wins(base, bell(order - k, 0, h)))
    return np.where((a < 0) | (x < 0), np.nan, total)


@in_float64
def igamma_grad_a(a: np.ndarray, x: np.ndarray, *, order: int) -> np.ndarray:
    """d^order/da^order of P(a, x)."""
    small = x <= SMALL_X
    a_in, x_in = np.where(a > 0, a, 1.0), np.where((x > 0) & np.isfinite(x), x, 1.0)
    y = np.empty_like(a)
    y[small] = gamma_series(a_in[small], x_in[small], order)
    y[~small] = in_blocks(lambda a, x: gamma_integral(a, x, order), a_in[~small], x_in[~small])
    y = np.where((x == 0) | np.isposinf(x), 0.0, y)
    return np.where((a > 0) & (x >= 0), y, np.nan)


def gamma_series(a: np.ndarray, x: np.ndarray, order: int) -> np.ndarray:
    total = np.zeros_like(a)
    term = gamma_power(a + 1, x, 1)
    log_x = np.log(x)
    for k in range(45):  # x <= 3: 3^45 / 45! is 2e-35
        total = total + term * bell(order, 0, gamma_h(a + 1 + k, log_x))
        term = term * x / (a + 1 + k)
    return total


def gamma_integral(a: np.ndarray, x: np.ndarray, order: int) -> np.ndarray:
    """Over t = x e^-w below the mean, and minus that over t = x e^w above it."""
    side = np.where(x <= a, 1.0, -1.0)
    w, scale = nodes(a - x, x)
    w = w * side
    values = np.exp(-a * w - x * np.expm1(-w)) * bell(order, 0, gamma_h(a, np.log(x) - w))
    return side * gamma_power(a, x, 0) * scale * integrated(values)


# -- beta -------------------------------------------------------------------------------------------------
def beta_power(a: np.ndarray, b: np.ndarray, x: np.ndarray, i: int, j: int) -> np.ndarray:
    """x^(a - i) (1 - x)^(b - j) / B(a, b); for large a and b as Loader (2000) does for the binomial probabilities."""
    special = scipy_special()
    plain = np.exp(special.xlogy(a - i, x) + special.xlog1py(b - j, -x) - special.betaln(a, b))
    large = (a >= LARGE) & (b >= LARGE) & (x > 0) & (x < 1)
    if not np.any(large):
        return plain
    a1, b1, x1 = np.where(large, a, LARGE), np.where(large, b, LARGE), np.where(large, x, 0.5)
    n = a1 + b1
    u = (x1 * n - a1) / a1
    deviance = a1 * np.log1p(u) + b1 * np.log1p(-u * a1 / b1)
    errors = stirling_error(n) - stirling_error(a1) - stirling_error(b1)
    saddle = (
        np.exp(deviance + errors) * np.sqrt(a1 * b1 / (2 * np.pi * n)) * np.power(x1, -float(i)) * np.power(1 - x1, -float(j))
    )
    return np.where(large, saddle, plain)


def beta_h(a: np.ndarray, b: np.ndarray, log_x: np.ndarray, log_1mx: np.ndarray) -> Callable[[int, int], Any]:
    """The derivatives in a and b of log(x^(a-1) (1-x)^(b-1) / B(a, b))."""

    def h(j: int, k: int) -> Any:
        common = psi(j + k - 1, a + b)
        if j and k:
            return common
        own = common - psi(j + k - 1, a if j else b)
        if j + k > 1:
            return own
        return own + (log_x if j else log_1mx)

    return h


@in_float64
def beta_density(a, b, x, *, orders: tuple[int, int], shifts: tuple[int, int]) -> np.ndarray:
    """d^n/da^n d^m/db^m of (a-1)...(a-i) (b-1)...(b-j) x^(a-1-i) (1-x)^(b-1-j) / B(a, b); (n, m) = orders, (i, j) = shifts."""
    (n, m), (i, j) = orders, shifts
    base = beta_power(a, b, x, i + 1, j + 1)
    h = beta_h(a, b, np.log(x), np.log1p(-x))
    total = np.zeros_like(a)
    for k in range(min(n, i) + 1):
        for r in range(min(m, j) + 1):
            factor = comb(n, k) * comb(m, r) * falling(a, i, k) * falling(b, j, r)
            total = total + zero_wins(factor, zero_wins(base, bell(n - k, m - r, h)))
    return np.where((a < 0) | (b < 0) | (x < 0) | (x > 1), np.nan, total)


@in_float64
def betainc_grad(a: np.ndarray, b: np.ndarray, x: np.ndarray, *, orders: tuple[int, int]) -> np.ndarray:
    """d^n/da^n d^m/db^m of the regularised incomplete beta function; (n, m) = orders."""
    fine = (a > 0) & (b > 0) & (x > 0) & (x < 1)
    a1, b1, x1 = (np.where(fine, v, 0.5) for v in (a, b, x))
    y = in_blocks(lambda a, b, x: beta_integral(a, b, x, orders), a1, b1, x1)
    return np.where(fine, y, np.where((a > 0) & (b > 0) & ((x == 0) | (x == 1)), 0.0, np.nan))


def beta_integral(a: np.ndarray, b: np.ndarray, x: np.ndarray, orders: tuple[int, int]) -> np.ndarray:
    """Over t = x e^-w below the mean; above it the mirror image I(a, b, x) = 1 - I(b, a, 1 - x)."""
    below = x * (a + b) <= a
    y = np.empty_like(a)
    y[below] = beta_lower(a[below], b[below], x[below], 1 - x[below], orders)
    above = ~below
    y[above] = -beta_lower(b[above], a[above], 1 - x[above], x[above], (orders[1], orders[0]))
    return y


def beta_lower(a: np.ndarray, b: np.ndarray, x: np.ndarray, y: np.ndarray, orders: tuple[int, int]) -> np.ndarray:
    """y is 1 - x."""
    odds = x / y
    w, scale = nodes(a - (b - 1) * odds, (b - 1) * odds * (1 + odds))
    rise = np.log1p(-np.expm1(-w) * odds)  # log((1 - t) / (1 - x))
    h = beta_h(a, b, np.log(x) - w, np.log(y) + rise)
    values = np.exp(-a * w + (b - 1) * rise) * bell(*orders, h)
    return beta_power(a, b, x, 0, 1) * scale * integrated(values)
