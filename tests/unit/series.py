"""The reference of the random programs: power series in a hidden parameter, in plain NumPy; they nest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

new_level = count(1).__next__


class Series:
    """c[0] + c[1] e + c[2] e^2 ... of one level; a coefficient is an array or a series of a level below."""

    def __init__(self, level: int, c: list):
        self.level, self.c = level, c

    def map(self, f: Callable) -> Series:
        """A linear function, coefficient by coefficient."""
        return Series(self.level, [f(a) for a in self.c])

    def __add__(self, other: Any) -> Any:
        a, b = together(self, other)
        return Series(a.level, [x + y for x, y in zip(a.c, b.c, strict=True)])

    def __mul__(self, other: Any) -> Any:
        a, b = together(self, other)
        return Series(a.level, [total(a.c[i] * b.c[k - i] for i in range(k + 1)) for k in range(len(a.c))])

    def __neg__(self) -> Series:
        return self.map(lambda x: -x)

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__
    __array_ufunc__ = None  # an array on the left asks us


def total(terms: Any) -> Any:
    first, *rest = terms
    for term in rest:
        first = first + term
    return first


def together(a: Any, b: Any) -> tuple[Series, Series]:
    """Both as series of the higher level."""
    level = max(getattr(a, "level", 0), getattr(b, "level", 0))
    order = len(a.c) if getattr(a, "level", 0) == level else len(b.c)
    return lifted(a, level, order), lifted(b, level, order)


def lifted(a: Any, level: int, order: int) -> Series:
    return a if getattr(a, "level", 0) == level else Series(level, [a, *[a * 0.0] * (order - 1)])


def solved(x: Any, start: Callable, slope: Callable) -> Any:
    """y with y' = slope(x, y) x': the coefficients follow one from the other."""
    if not isinstance(x, Series):
        return start(x)
    y = [solved(x.c[0], start, slope)]
    for k in range(1, len(x.c)):
        known = Series(x.level, y)
        d = slope(Series(x.level, x.c[:k]), known)
        d = d.c if isinstance(d, Series) else [d, *[d * 0.0] * (k - 1)]
        y.append(total(d[i] * x.c[k - i] * ((k - i) / k) for i in range(k)))
    return Series(x.level, y)


def exp(x: Any) -> Any:
    return solved(x, np.exp, lambda x, y: y)


def tanh(x: Any) -> Any:
    return solved(x, np.tanh, lambda x, y: 1.0 - y * y)


def sin(x: Any) -> Any:
    return solved(x, np.sin, lambda x, y: cos(x))


def cos(x: Any) -> Any:
    return solved(x, np.cos, lambda x, y: -sin(x))


def sigmoid(x: Any) -> Any:
    return solved(x, lambda a: 1 / (1 + np.exp(-a)), lambda x, y: y - y * y)


def softplus(x: Any) -> Any:
    return solved(x, lambda a: np.log1p(np.exp(a)), lambda x, y: sigmoid(x))


def square(x: Any) -> Any:
    return x * x


def linear(f: Callable, x: Any) -> Any:
    """A linear function of arrays, on a series of any depth."""
    return x.map(lambda c: linear(f, c)) if isinstance(x, Series) else f(x)


def base(x: Any) -> Any:
    """The value alone."""
    return base(x.c[0]) if isinstance(x, Series) else x


def derivative(f: Callable, x: Any) -> Any:
    """f'(x) of an elementwise function."""
    y = f(Series(new_level(), [x, 1.0 + x * 0.0]))
    return y.c[1] if isinstance(y, Series) else x * 0.0
