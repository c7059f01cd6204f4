"""How a gamma draw moves with its parameter, at every order.

A draw x of Gamma(a) keeps its place in the distribution when a moves: P(a, x(a)) stays what it is, so
dx/da = -(dP/da) / p with p = dP/dx (Figurnov, Mohamed, Mnih, "Implicit reparameterization gradients", NeurIPS 2018).
Here are the quotients D_n(a, x) = (d^n P / da^n) / p.  With p^(n) = d^n p / da^n:

    d D_n / da = D_(n+1) - D_n (log x - digamma(a))
    d D_n / dx = p^(n) / p - D_n ((a - 1) / x - 1)

so all derivatives of a draw are made of them, and p^(n) / p is a Bell polynomial in the derivatives of log p.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb

import numpy as np

SERIES_ALPHA = 16.0  # below it a power series is short enough
TERMS = 4000
NODES = 96
PART = 4096  # values worked on at once
REACH = 44.0  # exp(-44) does not count beside 1 in float64


def bell(cumulants: list) -> list:
    """The complete Bell polynomials B_0 ... B_n of n numbers (or arrays, or tensors)."""
    out = [1.0]
    for n in range(len(cumulants)):
        out.append(sum(comb(n, k) * out[n - k] * cumulants[k] for k in range(n + 1)))
    return out


def quotients(alpha: np.ndarray, x: np.ndarray, order: int, polygamma: Callable) -> np.ndarray:
    """D_order for float64 arrays of one length; 0 where x is 0, NaN where alpha <= 0 or something is not finite."""
    parts = [slice(start, start + PART) for start in range(0, alpha.size, PART)]
    return np.concatenate([np.empty(0), *(quotients_part(alpha[p], x[p], order, polygamma) for p in parts)])


def quotients_part(alpha: np.ndarray, x: np.ndarray, order: int, polygamma: Callable) -> np.ndarray:
    out = np.full(alpha.shape, np.nan)
    good = (alpha > 0) & (x > 0) & np.isfinite(alpha) & np.isfinite(x)
    upper = good & (x > np.maximum(alpha, 1.0) + 1.0)
    series = good & ~upper & (alpha < SERIES_ALPHA)
    for where, method in ((upper, by_upper_tail), (series, by_series), (good & ~upper & ~series, by_lower_tail)):
        if where.any():
            out[where] = method(alpha[where], x[where], order, polygamma)
    out[(alpha > 0) & (x == 0)] = 0.0
    return out


def log_density_derivatives(alpha: np.ndarray, log_x: np.ndarray, order: int, polygamma: Callable) -> list:
    """d^k/da^k log p(x; a), k = 1 ... order, for log p = (a - 1) log x - x - log Gamma(a)."""
    first = log_x - polygamma(0, alpha)
    return [first, *(np.broadcast_to(-polygamma(k, alpha), first.shape) for k in range(1, order))]


def by_series(alpha: np.ndarray, x: np.ndarray, order: int, polygamma: Callable) -> np.ndarray:
    """P / p = sum of x^(k+1) / (a (a+1) ... (a+k)), with the derivatives of each term carried along."""
    term = [x / alpha]
    for n in range(1, order + 1):
        term.append(-n * term[-1] / alpha)
    total = list(term)
    for k in range(1, TERMS):
        step = []
        for n in range(order + 1):  # (a + k) t_k = x t_(k-1), differentiated n times
            step.append((x * term[n] - (n * step[n - 1] if n else 0.0)) / (alpha + k))
        term = step
        total = [s + t for s, t in zip(total, term, strict=True)]
        if all(np.all(np.abs(t) <= 1e-17 * np.abs(s)) for s, t in zip(total, term, strict=True)):
            break
    b = bell(log_density_derivatives(alpha, np.log(x), order, polygamma))
    return sum(comb(order, n) * b[order - n] * total[n] for n in range(order + 1))  # type: ignore[return-value]


def by_lower_tail(alpha: np.ndarray, x: np.ndarray, order: int, polygamma: Callable) -> np.ndarray:
    """The integral of p^(n)(t) / p(x) over t < x."""
    width = np.minimum(x, reach(alpha, x))
    return integral(alpha, x, -width, order, polygamma)


def by_upper_tail(alpha: np.ndarray, x: np.ndarray, order: int, polygamma: Callable) -> np.ndarray:
    """P = 1 - Q, so minus the integral over t > x."""
    return -integral(alpha, x, reach(alpha, x) + REACH, order, polygamma)


def reach(alpha: np.ndarray, x: np.ndarray) -> np.ndarray:
    """How far from x the density may matter: log p falls like slope s + s^2 / (2 spread^2)."""
    slope = np.abs((alpha - 1) / x - 1)
    spread = np.maximum(alpha, x)
    return 2 * REACH / (slope + np.sqrt(slope * slope + 2 * REACH / spread))


def integral(alpha: np.ndarray, x: np.ndarray, width: np.ndarray, order: int, polygamma: Callable) -> np.ndarray:
    """Over t between x and x + width, by Gauss and Legendre."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    ratio = width[:, None] * (nodes + 1) / 2 / x[:, None]  # t / x - 1
    inside = ratio > -1
    grown = np.log1p(np.where(inside, ratio, 0.0))
    a = alpha[:, None]
    density = np.exp((a - 1) * grown - x[:, None] * ratio)
    b = bell(log_density_derivatives(a, np.log(x)[:, None] + grown, order, polygamma))[order]
    return np.abs(width) / 2 * ((density * b * inside) @ weights)


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
