"""Layer 2: special functions.  SciPy computes them; their derivatives stay inside families that are closed at every order.

A family has a static parameter for the order: lgamma, digamma, polygamma; zeta with its derivatives in either argument (DLMF
25.11.17).  P(a, x), the regularised incomplete gamma function: dP/dx is the gamma density p, whose derivatives are again
densities times falling factorials, and dP/da is the integral of dp/da.  The incomplete beta function likewise (DLMF 8.2.4, 8.17.1).
"""

from __future__ import annotations

from math import pi, sqrt
from typing import Any

from ..core.context import library
from . import _incomplete_kernels as incomplete
from . import _special_kernels as kernels
from ._declare import FLOATS, Partial, binary, bounded, elementwise, primitive, publish, unary
from ._docs import says
from ._families import closed
from .basic import add, divide, multiply, negative, reduce_sum, subtract
from .math import cos, exp, sin, square

NUMBER_TYPES = (int, float)


def plus_one(a: Any) -> Any:
    return a + 1 if type(a) in NUMBER_TYPES else add(a, 1.0)


# -- the error function -------------------------------------------------------------------------------------
def bell_curve(x: Any, scale: float) -> Any:
    return multiply(exp(negative(square(x))), scale)


erf = unary(
    "erf",
    kernels.scipy_kernel("erf"),
    bounded(lambda x: bell_curve(x, 2 / sqrt(pi))),
    dtypes=FLOATS,
    doc=says(
        "2 / sqrt(pi) times the integral of exp(-t^2) over (0, x), elementwise.",
        "tf.math.erf([0.0, 1.0]).numpy().round(4)",
        "array([0.    , 0.8427], dtype=float32)",
    ),
)
erfc = unary(
    "erfc",
    kernels.scipy_kernel("erfc"),
    bounded(lambda x: bell_curve(x, -2 / sqrt(pi))),
    dtypes=FLOATS,
    doc=says(
        "1 - erf(x), elementwise, exact for large x.",
        "tf.math.erfc([0.0, 1.0]).numpy().round(4)",
        "array([1.    , 0.1573], dtype=float32)",
    ),
)
erfinv = unary(
    "erfinv",
    kernels.scipy_kernel("erfinv"),
    Partial(lambda y: multiply(exp(square(y)), sqrt(pi) / 2)),
    dtypes=FLOATS,
    doc=says(
        "The number whose erf is x, elementwise; NaN outside [-1, 1].",
        "tf.math.erfinv([0.0, 0.5]).numpy().round(4)",
        "array([0.    , 0.4769], dtype=float32)",
    ),
)
erfcinv = unary(
    "erfcinv",
    kernels.scipy_kernel("erfcinv"),
    Partial(lambda y: multiply(exp(square(y)), -sqrt(pi) / 2)),
    dtypes=FLOATS,
    doc=says(
        "The number whose erfc is x, elementwise; NaN outside [0, 2].",
        "tf.math.erfcinv([0.5, 1.5]).numpy().round(4)",
        "array([ 0.4769, -0.4769], dtype=float32)",
    ),
)
ndtri = unary(
    "ndtri",
    kernels.scipy_kernel("ndtri"),
    Partial(lambda y: multiply(exp(multiply(square(y), 0.5)), sqrt(2 * pi))),
    dtypes=FLOATS,
    doc=says(
        "The number below which a standard normal variable lies with probability x.",
        "tf.math.ndtri([0.5, 0.975]).numpy().round(4)",
        "array([0.  , 1.96], dtype=float32)",
    ),
)

# -- the gamma function -------------------------------------------------------------------------------------
lgamma = unary(
    "lgamma",
    kernels.lgamma,
    Partial(lambda x: digamma(x)),
    dtypes=FLOATS,
    doc=says(
        "log(|Gamma(x)|), elementwise.", "tf.math.lgamma([1.0, 5.0]).numpy().round(4)", "array([0.    , 3.1781], dtype=float32)"
    ),
)
digamma = unary(
    "digamma",
    kernels.scipy_kernel("psi"),
    Partial(lambda x: polygamma(1.0, x)),
    dtypes=FLOATS,
    doc=says(
        "The derivative of lgamma, elementwise.",
        "tf.math.digamma([1.0, 2.0]).numpy().round(4)",
        "array([-0.5772,  0.4228], dtype=float32)",
    ),
)
polygamma = binary(
    "polygamma",
    kernels.polygamma,
    b=Partial(lambda a, b: polygamma(plus_one(a), b)),
    dtypes=FLOATS,
    public=("a", "x"),
    doc=says(
        "The a-th derivative of digamma at x, elementwise; NaN where a is not a whole number from 0.",
        "tf.math.polygamma(1.0, [1.0, 2.0]).numpy().round(4)",
        "array([1.6449, 0.6449], dtype=float32)",
    ),
)
zeta = binary(
    "zeta",
    kernels.zeta,
    a=Partial(lambda a, b: zeta_derivative(a, b, 1)),
    b=Partial(lambda a, b: negative(multiply(zeta(plus_one(a), b), a))),
    dtypes=FLOATS,
    public=("x", "q"),
    doc=says(
        "The Hurwitz zeta function, elementwise: the sum of (q + k)^-x over k = 0, 1, ...; x > 1.",
        "tf.math.zeta([2.0, 4.0], 1.0).numpy().round(4)",
        "array([1.6449, 1.0823], dtype=float32)",
        "It has a derivative in x as well as in q.",
    ),
)


@primitive(public=("x", "q"), numbers=("a", "b"), dtypes=FLOATS)
def zeta_derivative(a, b, *, order):
    """The derivative of this order of zeta(x, q) in x, elementwise; x > 1, q > 0.

    By Euler and Maclaurin's formula (DLMF 25.11.7), differentiated.
    """
    return kernels.zeta_derivative(a, b, order=order)


def zeta_derivative_in_q(a: Any, b: Any, order: int) -> Any:
    """The derivative in x of this order of -x zeta(x + 1, q), by Leibniz."""
    up = plus_one(a)
    lower = zeta(up, b) if order == 1 else zeta_derivative(up, b, order - 1)
    return negative(add(multiply(zeta_derivative(up, b, order), a), multiply(lower, float(order))))


closed(
    zeta_derivative,
    a=lambda a, b, order: zeta_derivative(a, b, order + 1),
    b=lambda a, b, order: zeta_derivative_in_q(a, b, order),
)

# -- the incomplete gamma function --------------------------------------------------------------------------
igamma = binary(
    "igamma",
    kernels.scipy_kernel("gammainc"),
    a=Partial(lambda a, b: igamma_grad_a(a, b, 1)),
    b=Partial(lambda a, b: gamma_density(a, b, 0, 0)),
    dtypes=FLOATS,
    public=("a", "x"),
    doc=says(
        "P(a, x), the integral of t^(a-1) e^-t / Gamma(a) over (0, x), elementwise.",
        "tf.math.igamma(1.0, [0.0, 1.0]).numpy().round(4)",
        "array([0.    , 0.6321], dtype=float32)",
        "It has derivatives of every order in a as well as in x.",
    ),
)
igammac = binary(
    "igammac",
    kernels.scipy_kernel("gammaincc"),
    a=Partial(lambda a, b: negative(igamma_grad_a(a, b, 1))),
    b=Partial(lambda a, b: negative(gamma_density(a, b, 0, 0))),
    dtypes=FLOATS,
    public=("a", "x"),
    doc=says(
        "1 - igamma(a, x), elementwise, exact for large x.",
        "tf.math.igammac(1.0, [0.0, 1.0]).numpy().round(4)",
        "array([1.    , 0.3679], dtype=float32)",
    ),
)


@primitive(public=("a", "x"), numbers=("a", "b"), dtypes=FLOATS)
def igamma_grad_a(a, b, *, order):
    """The derivative of this order of igamma(a, x) in a, elementwise.

    By the integral of the density's derivative, in the logarithm of the variable, with the exp-sinh rule of Takahasi and Mori
    (1974); for small x by the series of DLMF 8.7.1, differentiated.
    """
    return incomplete.igamma_grad_a(a, b, order=order)


@primitive(public=("a", "x"), numbers=("a", "b"), dtypes=FLOATS)
def gamma_density(a, b, *, order, shift):
    """The derivative of this order in a of (a - 1)...(a - shift) x^(a - 1 - shift) e^-x / Gamma(a), elementwise.

    For order = shift = 0 it is the density of the gamma distribution.
    """
    return incomplete.gamma_density(a, b, order=order, shift=shift)


closed(
    igamma_grad_a,
    a=lambda a, b, order: igamma_grad_a(a, b, order + 1),
    b=lambda a, b, order: gamma_density(a, b, order, 0),
)
closed(
    gamma_density,
    a=lambda a, b, order, shift: gamma_density(a, b, order + 1, shift),
    b=lambda a, b, order, shift: subtract(gamma_density(a, b, order, shift + 1), gamma_density(a, b, order, shift)),
)

# -- the incomplete beta function ---------------------------------------------------------------------------
betainc = elementwise(
    "betainc",
    kernels.scipy_kernel("betainc"),
    ("a", "b", "x"),
    {
        "a": Partial(lambda a, b, x: betainc_grad(a, b, x, (1, 0))),
        "b": Partial(lambda a, b, x: betainc_grad(a, b, x, (0, 1))),
        "x": Partial(lambda a, b, x: beta_density(a, b, x, (0, 0), (0, 0))),
    },
    {
        "numbers": ("a", "b", "x"),
        "dtypes": FLOATS,
        "doc": says(
            "The integral of t^(a-1) (1-t)^(b-1) / B(a, b) over (0, x), elementwise: the regularised incomplete beta function.",
            "tf.math.betainc(2.0, 2.0, [0.0, 0.5, 1.0]).numpy()",
            "array([0. , 0.5, 1. ], dtype=float32)",
            "It has derivatives of every order in a, b and x.",
        ),
    },
)


@primitive(numbers=("a", "b", "x"), dtypes=FLOATS)
def betainc_grad(a, b, x, *, orders):
    """The derivative of betainc(a, b, x) in a and b, elementwise; orders says how often in each."""
    return incomplete.betainc_grad(a, b, x, orders=orders)


@primitive(numbers=("a", "b", "x"), dtypes=FLOATS)
def beta_density(a, b, x, *, orders, shifts):
    """Derivatives in a and b of (a-1)...(a-i) (b-1)...(b-j) x^(a-1-i) (1-x)^(b-1-j) / B(a, b), elementwise.

    orders says how often in a and in b, shifts is (i, j); with zeros it is the density of the beta distribution.
    """
    return incomplete.beta_density(a, b, x, orders=orders, shifts=shifts)


def beta_density_slope(a: Any, b: Any, x: Any, orders: tuple[Any, ...], shifts: tuple[Any, ...]) -> Any:
    i, j = shifts
    return subtract(beta_density(a, b, x, orders, (i + 1, j)), beta_density(a, b, x, orders, (i, j + 1)))


def once_more(orders: tuple[int, int], place: int) -> tuple[int, int]:
    return (orders[0] + 1, orders[1]) if place == 0 else (orders[0], orders[1] + 1)


closed(
    betainc_grad,
    a=lambda a, b, x, orders: betainc_grad(a, b, x, once_more(orders, 0)),
    b=lambda a, b, x, orders: betainc_grad(a, b, x, once_more(orders, 1)),
    x=lambda a, b, x, orders: beta_density(a, b, x, orders, (0, 0)),
)
closed(
    beta_density,
    a=lambda a, b, x, orders, shifts: beta_density(a, b, x, once_more(orders, 0), shifts),
    b=lambda a, b, x, orders, shifts: beta_density(a, b, x, once_more(orders, 1), shifts),
    x=beta_density_slope,
)


# -- integrals ----------------------------------------------------------------------------------------------
dawsn = unary(
    "dawsn",
    kernels.scipy_kernel("dawsn"),
    bounded(lambda x, y: subtract(1.0, multiply(multiply(x, y), 2.0))),
    dtypes=FLOATS,
    doc=says(
        "Dawson's integral: exp(-x^2) times the integral of exp(t^2) over (0, x).",
        "tf.math.special.dawsn([0.0, 1.0]).numpy().round(4)",
        "array([0.    , 0.5381], dtype=float32)",
    ),
)
expint = unary(
    "expint",
    kernels.scipy_kernel("expi"),
    Partial(lambda x: divide(exp(x), x)),
    dtypes=FLOATS,
    doc=says(
        "The exponential integral Ei: the integral of exp(t) / t over (-inf, x).",
        "tf.math.special.expint([1.0, 2.0]).numpy().round(4)",
        "array([1.8951, 4.9542], dtype=float32)",
    ),
)


def quarter_turns(x: Any) -> Any:
    return multiply(square(x), pi / 2)


fresnel_cos = unary(
    "fresnel_cos",
    kernels.fresnel_kernel(1),
    bounded(lambda x: cos(quarter_turns(x))),
    dtypes=FLOATS,
    doc=says(
        "Fresnel's integral of cos(pi t^2 / 2) over (0, x).",
        "tf.math.special.fresnel_cos([0.0, 1.0]).numpy()",
        "array([0.       , 0.7798934], dtype=float32)",
    ),
)
fresnel_sin = unary(
    "fresnel_sin",
    kernels.fresnel_kernel(0),
    bounded(lambda x: sin(quarter_turns(x))),
    dtypes=FLOATS,
    doc=says(
        "Fresnel's integral of sin(pi t^2 / 2) over (0, x).",
        "tf.math.special.fresnel_sin([0.0, 1.0]).numpy()",
        "array([0.        , 0.43825915], dtype=float32)",
    ),
)
spence = unary(
    "spence",
    kernels.scipy_kernel("spence"),
    Partial(lambda x: negative(log_quotient(x, 0))),
    dtypes=FLOATS,
    doc=says(
        "Spence's function, the dilogarithm of 1 - x: the integral of log(t) / (1 - t) over (1, x).",
        "tf.math.special.spence([1.0, 2.0]).numpy().round(4)",
        "array([ 0.    , -0.8225], dtype=float32)",
    ),
)


@primitive(dtypes=FLOATS)
def log_quotient(x, *, order):
    """The derivative of this order of log(x) / (x - 1), which is 1 at x = 1, elementwise."""
    return kernels.log_quotient(x, order=order)


closed(log_quotient, x=lambda x, order: log_quotient(x, order + 1))

publish(globals())


# -- in terms of the above ----------------------------------------------------------------------------------
@library
def lbeta(x: Any, name: str | None = None) -> Any:
    """log(|B(x)|) over the last axis: the sum of lgamma(x) less lgamma of the sum.

    >>> tf.math.lbeta([1.0, 1.0]).numpy()
    np.float32(0.0)
    """
    return subtract(reduce_sum(lgamma(x), axis=-1), lgamma(reduce_sum(x, axis=-1)))
