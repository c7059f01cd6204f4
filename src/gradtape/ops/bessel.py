"""Layer 2: Bessel functions of whole order.

Six families, each closed under differentiation by the recurrences of DLMF 10.6.1 and 10.29.1, which are finite at 0:
2 J_n' = J_(n-1) - J_(n+1), the same for Y; 2 I_n' = I_(n-1) + I_(n+1), and -2 K_n' = K_(n-1) + K_(n+1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.context import library
from ._declare import FLOATS, primitive, publish
from ._families import closed
from ._special_kernels import bessel_kernel, second_kind_kernel
from .basic import add, divide, multiply, negative, subtract
from .math import sign

BESSEL_I, BESSEL_IE, BESSEL_J = (bessel_kernel(name) for name in ("iv", "ive", "jv"))
BESSEL_Y, BESSEL_K, BESSEL_KE = (second_kind_kernel(name) for name in ("yv", "kv", "kve"))


@primitive(dtypes=FLOATS)
def bessel_i(x, *, n):
    """The modified Bessel function I_n of whole order n, elementwise."""
    return BESSEL_I(x, n=n)


@primitive(dtypes=FLOATS)
def bessel_ie(x, *, n):
    """exp(-|x|) times the modified Bessel function I_n, elementwise."""
    return BESSEL_IE(x, n=n)


@primitive(dtypes=FLOATS)
def bessel_j(x, *, n):
    """The Bessel function J_n of whole order n, elementwise."""
    return BESSEL_J(x, n=n)


@primitive(dtypes=FLOATS)
def bessel_y(x, *, n):
    """The Bessel function Y_n of the second kind of whole order n, elementwise; x > 0."""
    return BESSEL_Y(x, n=n)


@primitive(dtypes=FLOATS)
def bessel_k(x, *, n):
    """The modified Bessel function K_n of the second kind of whole order n, elementwise; x > 0."""
    return BESSEL_K(x, n=n)


@primitive(dtypes=FLOATS)
def bessel_ke(x, *, n):
    """exp(x) times the modified Bessel function K_n of the second kind, elementwise; x > 0."""
    return BESSEL_KE(x, n=n)


def half_sum(f: Callable, x: Any, n: int) -> Any:
    """(f_(n-1) + f_(n+1)) / 2, for f_-1 = f_1."""
    return f(x, 1) if n == 0 else multiply(add(f(x, n - 1), f(x, n + 1)), 0.5)


def half_difference(f: Callable, x: Any, n: int) -> Any:
    """(f_(n-1) - f_(n+1)) / 2, for f_-1 = -f_1."""
    return negative(f(x, 1)) if n == 0 else multiply(subtract(f(x, n - 1), f(x, n + 1)), 0.5)


def scaled_k_slope(x: Any, y: Any, n: int) -> Any:
    """y - (f_(n-1) + f_(n+1)) / 2, in the form that is infinite, not undefined, at 0."""
    if n == 0:
        return subtract(y, bessel_ke(x, 1))
    return subtract(multiply(y, subtract(1.0, divide(float(n), x))), bessel_ke(x, n - 1))


closed(bessel_i, x=lambda x, n: half_sum(bessel_i, x, n))
closed(bessel_ie, x=lambda x, y, n: subtract(half_sum(bessel_ie, x, n), multiply(sign(x), y)))
closed(bessel_j, x=lambda x, n: half_difference(bessel_j, x, n))
closed(bessel_y, x=lambda x, n: half_difference(bessel_y, x, n))
closed(bessel_k, x=lambda x, n: negative(half_sum(bessel_k, x, n)))
closed(bessel_ke, x=lambda x, y, n: scaled_k_slope(x, y, n))

publish(globals())


# -- the orders that have names -----------------------------------------------------------------------------
@library
def bessel_i0(x: Any, name: str | None = None) -> Any:
    """The modified Bessel function I_0, elementwise.

    >>> tf.math.special.bessel_i0([0.5, 2.0]).numpy().round(4)
    array([1.0635, 2.2796], dtype=float32)
    """
    return bessel_i(x, 0)


@library
def bessel_i0e(x: Any, name: str | None = None) -> Any:
    """exp(-|x|) times the modified Bessel function I_0, elementwise.

    >>> tf.math.special.bessel_i0e([0.5, 2.0]).numpy().round(4)
    array([0.645 , 0.3085], dtype=float32)
    """
    return bessel_ie(x, 0)


@library
def bessel_i1(x: Any, name: str | None = None) -> Any:
    """The modified Bessel function I_1, elementwise.

    >>> tf.math.special.bessel_i1([0.5, 2.0]).numpy().round(4)
    array([0.2579, 1.5906], dtype=float32)
    """
    return bessel_i(x, 1)


@library
def bessel_i1e(x: Any, name: str | None = None) -> Any:
    """exp(-|x|) times the modified Bessel function I_1, elementwise.

    >>> tf.math.special.bessel_i1e([0.5, 2.0]).numpy().round(4)
    array([0.1564, 0.2153], dtype=float32)
    """
    return bessel_ie(x, 1)


@library
def bessel_j0(x: Any, name: str | None = None) -> Any:
    """The Bessel function J_0, elementwise.

    >>> tf.math.special.bessel_j0([0.5, 2.0]).numpy().round(4)
    array([0.9385, 0.2239], dtype=float32)
    """
    return bessel_j(x, 0)


@library
def bessel_j1(x: Any, name: str | None = None) -> Any:
    """The Bessel function J_1, elementwise.

    >>> tf.math.special.bessel_j1([0.5, 2.0]).numpy().round(4)
    array([0.2423, 0.5767], dtype=float32)
    """
    return bessel_j(x, 1)


@library
def bessel_y0(x: Any, name: str | None = None) -> Any:
    """The Bessel function Y_0 of the second kind, elementwise; x > 0.

    >>> tf.math.special.bessel_y0([0.5, 2.0]).numpy().round(4)
    array([-0.4445,  0.5104], dtype=float32)
    """
    return bessel_y(x, 0)


@library
def bessel_y1(x: Any, name: str | None = None) -> Any:
    """The Bessel function Y_1 of the second kind, elementwise; x > 0.

    >>> tf.math.special.bessel_y1([0.5, 2.0]).numpy().round(4)
    array([-1.4715, -0.107 ], dtype=float32)
    """
    return bessel_y(x, 1)


@library
def bessel_k0(x: Any, name: str | None = None) -> Any:
    """The modified Bessel function K_0 of the second kind, elementwise; x > 0.

    >>> tf.math.special.bessel_k0([0.5, 2.0]).numpy().round(4)
    array([0.9244, 0.1139], dtype=float32)
    """
    return bessel_k(x, 0)


@library
def bessel_k0e(x: Any, name: str | None = None) -> Any:
    """exp(x) times the modified Bessel function K_0 of the second kind, elementwise; x > 0.

    >>> tf.math.special.bessel_k0e([0.5, 2.0]).numpy().round(4)
    array([1.5241, 0.8416], dtype=float32)
    """
    return bessel_ke(x, 0)


@library
def bessel_k1(x: Any, name: str | None = None) -> Any:
    """The modified Bessel function K_1 of the second kind, elementwise; x > 0.

    >>> tf.math.special.bessel_k1([0.5, 2.0]).numpy().round(4)
    array([1.6564, 0.1399], dtype=float32)
    """
    return bessel_k(x, 1)


@library
def bessel_k1e(x: Any, name: str | None = None) -> Any:
    """exp(x) times the modified Bessel function K_1 of the second kind, elementwise; x > 0.

    >>> tf.math.special.bessel_k1e([0.5, 2.0]).numpy().round(4)
    array([2.731 , 1.0335], dtype=float32)
    """
    return bessel_ke(x, 1)
