"""Layer 2: elementwise functions: exponentials, powers, trigonometry, signs and complex parts.

Each line states a kernel and dy/dx.  The sources of the derivatives are the tables of DLMF, chapter 4.
"""

from __future__ import annotations

from math import log as log_of_number
from typing import Any

import numpy as np

from . import _math_kernels as kernels
from ._declare import COMPLEX, FLOATS, FLOATS_COMPLEX, NUMBERS, Partial, binary, bounded, publish, unary
from ._docs import says
from .arithmetic import divide_no_nan
from .basic import (
    add,
    cast,
    conj,
    divide,
    expand,
    greater,
    inverse,
    multiply,
    negative,
    not_equal,
    select,
    subtract,
    sum_to,
    zmul,
)

NUMBER_TYPES = (int, float)


def twice(d: Any) -> Any:
    return add(d, d)


# -- exponentials and logarithms ----------------------------------------------------------------------------
exp = unary(
    "exp",
    np.exp,
    Partial(lambda y: y),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "e to the power of x, elementwise.", "tf.exp([0.0, 1.0]).numpy().round(4)", "array([1.    , 2.7183], dtype=float32)"
    ),
)
expm1 = unary(
    "expm1",
    np.expm1,
    Partial(lambda x: exp(x)),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "exp(x) - 1, elementwise, exact for small x.",
        "tf.math.expm1([0.0, 1e-8]).numpy()",
        "array([0.e+00, 1.e-08], dtype=float32)",
    ),
)
log = unary(
    "log",
    np.log,
    Partial(lambda x: inverse(x)),
    dtypes=FLOATS_COMPLEX,
    doc=says("The natural logarithm, elementwise.", "tf.math.log([1.0, 0.0]).numpy()", "array([  0., -inf], dtype=float32)"),
)
log1p = unary(
    "log1p",
    np.log1p,
    Partial(lambda x: inverse(add(x, 1.0))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "log(1 + x), elementwise, exact for small x.",
        "tf.math.log1p([0.0, 1e-8]).numpy()",
        "array([0.e+00, 1.e-08], dtype=float32)",
    ),
)
sigmoid = unary(
    "sigmoid",
    kernels.sigmoid,
    bounded(lambda y: multiply(y, subtract(1.0, y))),
    dtypes=FLOATS_COMPLEX,
    doc=says("1 / (1 + exp(-x)), elementwise.", "tf.sigmoid([0.0, 100.0]).numpy()", "array([0.5, 1. ], dtype=float32)"),
)
log_sigmoid = unary(
    "log_sigmoid",
    kernels.log_sigmoid,
    bounded(lambda x: sigmoid(negative(x))),
    dtypes=FLOATS,
    doc=says(
        "log(sigmoid(x)), elementwise, without overflow.",
        "tf.math.log_sigmoid([0.0, -100.0]).numpy().round(4)",
        "array([  -0.6931, -100.    ], dtype=float32)",
    ),
)
softplus = unary(
    "softplus",
    kernels.softplus,
    bounded(lambda x: sigmoid(x)),
    dtypes=FLOATS,
    public=("features",),
    doc=says(
        "log(1 + exp(x)), elementwise, without overflow.",
        "tf.math.softplus([0.0, 100.0]).numpy().round(4)",
        "array([  0.6931, 100.    ], dtype=float32)",
    ),
)
softsign = unary(
    "softsign",
    kernels.softsign,
    bounded(lambda x: reciprocal(square(add(abs(x), 1.0)))),
    dtypes=FLOATS,
    public=("features",),
    doc=says("x / (1 + |x|), elementwise.", "tf.math.softsign([1.0, -3.0]).numpy()", "array([ 0.5 , -0.75], dtype=float32)"),
)

# -- powers -------------------------------------------------------------------------------------------------
sqrt = unary(
    "sqrt",
    np.sqrt,
    Partial(lambda y: divide(0.5, y)),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The square root, elementwise; NaN for negative numbers.", "tf.sqrt([4.0, 9.0]).numpy()", "array([2., 3.], dtype=float32)"
    ),
)
rsqrt = unary(
    "rsqrt",
    kernels.rsqrt,
    Partial(lambda x, y: multiply(divide(y, x), -0.5)),
    dtypes=FLOATS_COMPLEX,
    doc=says("1 / sqrt(x), elementwise.", "tf.math.rsqrt([4.0, 0.0]).numpy()", "array([0.5, inf], dtype=float32)"),
)
square = unary(
    "square",
    np.square,
    Partial(lambda x: twice(x)),
    dtypes=NUMBERS,
    doc=says("x times x, elementwise.", "tf.square([2, -3]).numpy()", "array([4, 9], dtype=int32)"),
)
reciprocal = unary(
    "reciprocal",
    kernels.reciprocal,
    Partial(lambda y: negative(square(y))),
    dtypes=FLOATS_COMPLEX,
    doc=says("1 / x, elementwise.", "tf.math.reciprocal([4.0, 0.0]).numpy()", "array([0.25,  inf], dtype=float32)"),
)


def log_or_zero(a: Any) -> Any:
    """log(a), and 0 where a power of a has no derivative in its exponent, as in TensorFlow."""
    if type(a) in NUMBER_TYPES:
        return log_of_number(a) if a > 0 else 0.0
    return select(not_equal(a, 0.0) if a.kind == "c" else greater(a, 0.0), log(a), 0.0)


def minus_one(b: Any) -> Any:
    return b - 1 if type(b) in NUMBER_TYPES else subtract(b, 1.0)


# 0 * log(0) and 0 * 0^-1 inside the local derivatives are zeros too: hence zmul.
pow = binary(
    "pow",
    kernels.power,
    a=Partial(lambda a, b: zmul(b, pow(a, minus_one(b)))),
    b=Partial(lambda y, a: zmul(y, log_or_zero(a))),
    dtypes=NUMBERS,
    doc=says(
        "x to the power of y, elementwise.",
        "tf.pow([2.0, 3.0], 2.0).numpy()",
        "array([4., 9.], dtype=float32)",
        "Raises:\n    InvalidArgumentError: integers to a negative power.",
    ),
)
squared_difference = binary(
    "squared_difference",
    kernels.squared_difference,
    dtypes=NUMBERS,
    differentiable=True,
    doc=says(
        "(x - y) squared, elementwise: |x - y| squared for complex numbers.",
        "tf.math.squared_difference([3.0, 1.0], 2.0).numpy()",
        "array([1., 1.], dtype=float32)",
    ),
)


def real_part(g: Any) -> Any:
    """In g's own dtype."""
    return multiply(add(g, conj(g)), 0.5) if g.kind == "c" else g


@squared_difference.vjp("a")
def squared_difference_vjp_a(g, a, b, a_shape):
    return sum_to(zmul(real_part(g), twice(subtract(a, b))), a_shape)


@squared_difference.vjp("b")
def squared_difference_vjp_b(g, a, b, b_shape):
    return sum_to(zmul(real_part(g), twice(subtract(b, a))), b_shape)


@squared_difference.jvp
def squared_difference_jvp(y, ts, a, b):
    ta, tb = ts
    t = negative(tb) if ta is None else ta if tb is None else subtract(ta, tb)
    return expand(twice(real_part(zmul(t, conj(subtract(a, b))))), y.dims)


# -- trigonometry -------------------------------------------------------------------------------------------
sin = unary(
    "sin",
    np.sin,
    bounded(lambda x: cos(x)),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The sine of an angle in radians, elementwise.", "tf.sin([0.0, 1.5707964]).numpy()", "array([0., 1.], dtype=float32)"
    ),
)
cos = unary(
    "cos",
    np.cos,
    bounded(lambda x: negative(sin(x))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The cosine of an angle in radians, elementwise.", "tf.cos([0.0, 3.1415927]).numpy()", "array([ 1., -1.], dtype=float32)"
    ),
)
tan = unary(
    "tan",
    np.tan,
    Partial(lambda y: add(square(y), 1.0)),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The tangent of an angle in radians, elementwise.", "tf.tan([0.0, 0.7853982]).numpy()", "array([0., 1.], dtype=float32)"
    ),
)


def one_minus_square(x: Any) -> Any:
    """(1 - x) (1 + x), exact near 1; a zero imaginary part keeps its sign, which says on which side of a cut x lies."""
    if x.kind == "c":
        return negative(multiply(subtract(x, 1.0), subtract(x, -1.0)))
    return multiply(subtract(1.0, x), add(x, 1.0))


asin = unary(
    "asin",
    np.arcsin,
    Partial(lambda x: rsqrt(one_minus_square(x))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The angle in [-pi/2, pi/2] whose sine is x, elementwise; NaN outside [-1, 1].",
        "tf.asin([0.0, 1.0]).numpy().round(4)",
        "array([0.    , 1.5708], dtype=float32)",
    ),
)
acos = unary(
    "acos",
    np.arccos,
    Partial(lambda x: negative(rsqrt(one_minus_square(x)))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The angle in [0, pi] whose cosine is x, elementwise; NaN outside [-1, 1].",
        "tf.acos([1.0, -1.0]).numpy().round(4)",
        "array([0.    , 3.1416], dtype=float32)",
    ),
)
atan = unary(
    "atan",
    np.arctan,
    bounded(lambda x: inverse(add(square(x), 1.0))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The angle in (-pi/2, pi/2) whose tangent is x, elementwise.",
        "tf.atan([0.0, 1.0]).numpy().round(4)",
        "array([0.    , 0.7854], dtype=float32)",
    ),
)

# -- hyperbolic functions -----------------------------------------------------------------------------------
sinh = unary(
    "sinh",
    np.sinh,
    Partial(lambda x: cosh(x)),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The hyperbolic sine, elementwise.", "tf.sinh([0.0, 1.0]).numpy().round(4)", "array([0.    , 1.1752], dtype=float32)"
    ),
)
cosh = unary(
    "cosh",
    np.cosh,
    Partial(lambda x: sinh(x)),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The hyperbolic cosine, elementwise.", "tf.cosh([0.0, 1.0]).numpy().round(4)", "array([1.    , 1.5431], dtype=float32)"
    ),
)
tanh = unary(
    "tanh",
    np.tanh,
    bounded(lambda y: subtract(1.0, multiply(y, y))),
    dtypes=FLOATS_COMPLEX,
    doc=says("The hyperbolic tangent, elementwise.", "tf.tanh([0.0, 100.0]).numpy()", "array([0., 1.], dtype=float32)"),
)
asinh = unary(
    "asinh",
    np.arcsinh,
    bounded(lambda y: inverse(cosh(y))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The number whose hyperbolic sine is x, elementwise.",
        "tf.asinh([0.0, 1.0]).numpy().round(4)",
        "array([0.    , 0.8814], dtype=float32)",
    ),
)
acosh = unary(
    "acosh",
    np.arccosh,
    Partial(lambda y: inverse(sinh(y))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The number from 0 whose hyperbolic cosine is x, elementwise; NaN below 1.",
        "tf.acosh([1.0, 2.0]).numpy().round(4)",
        "array([0.   , 1.317], dtype=float32)",
    ),
)
atanh = unary(
    "atanh",
    np.arctanh,
    Partial(lambda x: inverse(one_minus_square(x))),
    dtypes=FLOATS_COMPLEX,
    doc=says(
        "The number whose hyperbolic tangent is x, elementwise; NaN outside [-1, 1].",
        "tf.atanh([0.0, 1.0]).numpy()",
        "array([ 0., inf], dtype=float32)",
    ),
)

# -- signs and complex parts --------------------------------------------------------------------------------
# For a real result of a complex argument the cotangent is real and the gradient that of a function of two reals,
# d/dRe + i d/dIm: what TensorFlow's convention makes of it.
REAL_OF = {np.dtype(c): np.dtype(r) for c, r in (("c8", "f4"), ("c16", "f8"))}
COMPLEX_OF = {r: c for c, r in REAL_OF.items()}


def real_dtype(dtype: np.dtype) -> np.dtype:
    return REAL_OF.get(dtype, dtype)


sign = unary(
    "sign",
    kernels.sign,
    dtypes=NUMBERS,
    differentiable=True,
    doc=says(
        "-1, 0 or 1 as x is negative, zero or positive; x / |x| for complex numbers.",
        "tf.sign([-2.0, 0.0, 3.0]).numpy()",
        "array([-1.,  0.,  1.], dtype=float32)",
    ),
)
abs = unary(
    "abs",
    np.absolute,
    dtypes=NUMBERS,
    differentiable=True,
    result_dtype=real_dtype,
    doc=says(
        "The absolute value, elementwise; its gradient at 0 is 0.",
        "tf.abs([-2.0, 3.0]).numpy()",
        "array([2., 3.], dtype=float32)",
    ),
)


def sign_change(t: Any, y: Any, x: Any) -> Any:
    """What a change t of x makes of x / |x|: its part across x, over |x|.  Its own adjoint."""
    if x.kind != "c":
        return zmul(0.0, t)
    across = subtract(t, multiply(y, real_part(multiply(conj(y), t))))
    return divide_no_nan(across, cast(abs(x), x.dtype))


@sign.vjp("x")
def sign_vjp(g, y, x):
    return sign_change(g, y, x)


@sign.jvp
def sign_jvp(y, ts, x):
    return sign_change(ts[0], y, x)


@abs.vjp("x")
def abs_vjp(g, x):
    return multiply(cast(g, x.dtype), sign(x))


@abs.jvp
def abs_jvp(y, ts, x):
    t = multiply(conj(sign(x)), ts[0])
    return real(t) if t.kind == "c" else t


real = unary(
    "real",
    kernels.real,
    linear="all",
    differentiable=True,
    dtypes=COMPLEX,
    result_dtype=real_dtype,
    public=("input",),
    doc=says("The real part of complex numbers, elementwise (`tf.math.real` takes real numbers too)."),
)
imag = unary(
    "imag",
    kernels.imag,
    linear="all",
    differentiable=True,
    dtypes=COMPLEX,
    result_dtype=real_dtype,
    public=("input",),
    doc=says("The imaginary part of complex numbers, elementwise (`tf.math.imag` takes real numbers too)."),
)
angle = unary(
    "angle",
    kernels.angle,
    differentiable=True,
    dtypes=COMPLEX,
    result_dtype=real_dtype,
    public=("input",),
    doc=says("The angle of complex numbers in (-pi, pi] (`tf.math.angle` takes real numbers too); its gradient at 0 is 0."),
)


def complex_adapt(a: Any, b: Any) -> tuple[Any, Any]:
    if a.dtype != b.dtype or a.dtype.numpy_dtype not in COMPLEX_OF:
        raise TypeError(f"complex: real and imag must both be float32 or both float64, not {a.dtype.name} and {b.dtype.name}. "
                        "Write tf.cast(x, tf.float32).")  # fmt: skip
    return a, b


complex = binary(
    "complex",
    kernels.make_complex,
    differentiable=True,
    numbers=(),
    dtypes=frozenset(COMPLEX_OF),
    result_dtype=lambda real, imag: COMPLEX_OF[real],
    public=("real", "imag"),
    adapt=complex_adapt,
    doc=says(
        "Complex numbers from real and imaginary parts, which broadcast.",
        "tf.complex([1.0, 2.0], 3.0).numpy()",
        "array([1.+3.j, 2.+3.j], dtype=complex64)",
        "Raises:\n    TypeError: other dtypes than float32 twice or float64 twice.",
    ),
)


@real.vjp("x")
def real_vjp(g, x_dtype):
    return cast(g, x_dtype)


@imag.vjp("x")
def imag_vjp(g):
    return complex(zmul(0.0, g), g)


@angle.vjp("x")
def angle_vjp(g, x):
    """i g x / |x|^2, as -g / (Im x + i Re x)."""
    return negative(divide_no_nan(cast(g, x.dtype), complex(imag(x), real(x))))


@angle.jvp
def angle_jvp(y, ts, x):
    return imag(divide_no_nan(ts[0], x))


@complex.vjp("a")
def complex_vjp_a(g, a_shape):
    return sum_to(real(g), a_shape)


@complex.vjp("b")
def complex_vjp_b(g, b_shape):
    return sum_to(imag(g), b_shape)


@complex.jvp
def complex_jvp(y, ts, a, b):
    ta, tb = (zmul(0.0, x) if t is None else t for t, x in zip(ts, (a, b), strict=True))
    return complex(ta, tb)


publish(globals())
