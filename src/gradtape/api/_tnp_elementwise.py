"""tf.experimental.numpy: functions that work element by element, from tables of the operations they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..control.loops import while_loop
from ..core.context import library
from ..core.tensor import Tensor, constant
from ..ops import arithmetic, basic, indexing, logic, math
from ..ops.reduce import reduce_all, reduce_any
from . import elementwise
from ._tnp_values import as_tensor, inexact, is_inexact, promoted

Function = Callable[..., Any]
LN2, LN10 = float(np.log(2.0)), float(np.log(10.0))


# -- makers: TensorFlow's parameter names, NumPy's dtypes --------------------------------------------------------------
def unary(operation: Callable[[Tensor], Any], to_float: bool = False) -> Callable[[Any], Any]:
    def function(x: Any) -> Any:
        return operation(inexact(x) if to_float else as_tensor(x))

    return library(function)


def binary(operation: Callable[[Tensor, Tensor], Any], to_float: bool = False) -> Callable[[Any, Any], Any]:
    def function(x1: Any, x2: Any) -> Any:
        a, b = promoted(x1, x2)
        return operation(inexact(a), inexact(b)) if to_float else operation(a, b)

    return library(function)


def on_truth(operation: Callable[..., Any]) -> Callable[..., Any]:
    """An operation on booleans, for numbers of which 0 is False."""

    def of_one(x: Any) -> Any:
        return operation(basic.cast(as_tensor(x), bool))

    def of_two(x1: Any, x2: Any) -> Any:
        return operation(basic.cast(as_tensor(x1), bool), basic.cast(as_tensor(x2), bool))

    return library(of_one if operation is logic.logical_not else of_two)


def on_booleans(numbers: Callable[..., Any], booleans: Callable[..., Any]) -> Callable[..., Any]:
    """NumPy adds booleans by `or` and multiplies them by `and`."""
    return lambda *xs: (booleans if xs[0].dtype.is_bool else numbers)(*xs)


def ordered(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Of booleans False is the smaller."""
    return lambda *xs: operation(*(basic.cast(x, np.int8) if x.dtype.is_bool else x for x in xs))


def on_floats(operation: Callable[[Tensor], Any], otherwise: bool) -> Callable[[Tensor], Any]:
    """A question that has one answer for every integer."""

    def function(x: Tensor) -> Any:
        return operation(x) if is_inexact(x) else basic.broadcast_to(constant(otherwise), tuple(x.dims))

    return function


# -- the formulas that are no operation of their own -------------------------------------------------------------------
def cube_root(x: Tensor) -> Any:
    return math.sign(x) * math.pow(math.abs(x), 1.0 / 3.0)


def sine_quotient(x: Tensor) -> Any:
    """sin(pi x) / (pi x); near 0 by its series, so that the derivatives are right there too."""
    y = x * np.pi
    at_zero = basic.equal(x, 0)
    safe = indexing.where(at_zero, constant(1, x.dtype), y)
    return indexing.where(at_zero, 1 - y * y / 6, math.sin(safe) / safe)


def bits_of_sign(x: Tensor) -> Any:
    if not x.dtype.is_floating:
        return basic.less(x, 0) if not x.dtype.is_bool else x & False
    integer = {2: np.int16, 4: np.int32, 8: np.int64}[x.dtype.size]
    return basic.less(elementwise.bitcast(x, integer), 0)


def step(x: Tensor, at_zero: Tensor) -> Any:
    zero, one = constant(0, x.dtype), constant(1, x.dtype)
    side = indexing.where(basic.greater(x, 0), one, indexing.where(basic.less(x, 0), zero, at_zero))
    return indexing.where(logic.is_nan(x), x, side)


def log_sum(x: Tensor, y: Tensor) -> Any:
    """log(e^x + e^y), the larger exponent taken out."""
    high = arithmetic.maximum(x, y)
    high = basic.stop_gradient(indexing.where(logic.is_finite(high), high, constant(0, high.dtype)))
    return high + math.log(math.exp(x - high) + math.exp(y - high))


def log_sum_of_twos(x: Tensor, y: Tensor) -> Any:
    return log_sum(x * LN2, y * LN2) / LN2


def towards_zero(x: Tensor) -> Any:
    return indexing.where(basic.less(x, 0), arithmetic.ceil(x), arithmetic.floor(x))


def degrees_of(z: Tensor) -> Any:
    return elementwise.angle(z) * (180.0 / np.pi)


def wide_power(x: Tensor, y: Tensor) -> Any:
    """NumPy's float_power computes in double precision at least."""
    dtype = np.complex128 if x.dtype.is_complex else np.float64
    return math.pow(basic.cast(x, dtype), basic.cast(y, dtype))


def divisor(x: Tensor, y: Tensor) -> Any:
    """The greatest common divisor, by Euclid."""

    def smaller(a: Tensor, b: Tensor) -> tuple[Any, Any]:
        none = basic.equal(b, 0)
        rest = arithmetic.floormod(a, indexing.where(none, constant(1, b.dtype), b))
        return indexing.where(none, a, b), indexing.where(none, b, rest)

    a, b = (basic.broadcast_to(v, tuple(np.broadcast_shapes(tuple(x.dims), tuple(y.dims)))) for v in (x, y))
    if not x.dtype.is_unsigned:
        a, b = math.abs(a), math.abs(b)
    return while_loop(lambda a, b: reduce_any(basic.not_equal(b, 0)), smaller, (a, b))[0]


def multiple(x: Tensor, y: Tensor) -> Any:
    """The least common multiple."""
    common = divisor(x, y)
    product = basic.multiply(x, arithmetic.floordiv(y, arithmetic.maximum(common, constant(1, common.dtype))))
    return product if x.dtype.is_unsigned else math.abs(product)


def integers(operation: Callable[[Tensor, Tensor], Any], name: str) -> Callable[[Tensor, Tensor], Any]:
    def function(x: Tensor, y: Tensor) -> Any:
        if not x.dtype.is_integer:
            raise ValueError(f"tf.experimental.numpy.{name}: Arguments to {name} must be integers, not {x.dtype.name}.")
        return operation(x, y)

    return function


def infinite(sign: float) -> Callable[[Tensor], Any]:
    return lambda x: logic.logical_and(logic.is_inf(x), basic.equal(math.sign(x), sign))


def nan_of(x: Tensor) -> Any:
    if x.dtype.is_complex:
        return logic.logical_or(logic.is_nan(math.real(x)), logic.is_nan(math.imag(x)))
    return logic.is_nan(x)


def inf_of(x: Tensor) -> Any:
    if x.dtype.is_complex:
        return logic.logical_or(logic.is_inf(math.real(x)), logic.is_inf(math.imag(x)))
    return logic.is_inf(x)


def finite_of(x: Tensor) -> Any:
    return logic.logical_not(logic.logical_or(nan_of(x), inf_of(x)))


def has_imaginary(x: Tensor) -> Any:
    imaginary = math.imag(x) if x.dtype.is_complex else basic.cast(basic.multiply(basic.cast(x, np.float32), 0.0), bool)
    return basic.not_equal(imaginary, 0) if x.dtype.is_complex else imaginary


# -- the tables: to floats first, as they are, two operands ----------------------------------------------------------------
sqrt: Function
exp: Function
expm1: Function
log: Function
log1p: Function
sqrt, exp, expm1, log, log1p = (unary(f, True) for f in (math.sqrt, math.exp, math.expm1, math.log, math.log1p))
sin: Function
cos: Function
tan: Function
sinh: Function
cosh: Function
tanh: Function
sin, cos, tan, sinh, cosh, tanh = (unary(f, True) for f in (math.sin, math.cos, math.tan, math.sinh, math.cosh, math.tanh))
arcsin: Function
arccos: Function
arctan: Function
arcsin, arccos, arctan = (unary(f, True) for f in (math.asin, math.acos, math.atan))
arcsinh: Function
arccosh: Function
arctanh: Function
arcsinh, arccosh, arctanh = (unary(f, True) for f in (math.asinh, math.acosh, math.atanh))
log2: Function
log10: Function
log2, log10 = unary(lambda x: math.log(x) / LN2, True), unary(lambda x: math.log(x) / LN10, True)
exp2: Function
cbrt: Function
sinc: Function
exp2, cbrt, sinc = unary(lambda x: math.exp(x * LN2), True), unary(cube_root, True), unary(sine_quotient, True)
floor: Function
ceil: Function
fix: Function
floor, ceil, fix = unary(arithmetic.floor, True), unary(arithmetic.ceil, True), unary(towards_zero, True)
deg2rad: Function
rad2deg: Function
deg2rad, rad2deg = unary(lambda x: x * (np.pi / 180.0), True), unary(lambda x: x * (180.0 / np.pi), True)
isnan: Function
isinf: Function
isnan, isinf = unary(on_floats(nan_of, False)), unary(on_floats(inf_of, False))
isfinite: Function
iscomplex: Function
isfinite, iscomplex = unary(on_floats(finite_of, True)), unary(has_imaginary)
isposinf: Function
isneginf: Function
isposinf, isneginf = unary(on_floats(infinite(1.0), False)), unary(on_floats(infinite(-1.0), False))
isreal: Function = unary(lambda x: logic.logical_not(has_imaginary(x)))
abs: Function
absolute: Function
fabs: Function
abs = absolute = fabs = unary(on_booleans(math.abs, basic.identity))
negative: Function
positive: Function
square: Function
negative, positive, square = unary(basic.negative), unary(basic.identity), unary(math.square)
conj: Function
conjugate: Function
conj = conjugate = unary(on_booleans(elementwise.conj, basic.identity))
reciprocal: Function
bitwise_not: Function
signbit: Function
reciprocal, bitwise_not, signbit = (
    unary(math.reciprocal, True),
    unary(on_booleans(logic.invert, logic.logical_not)),
    unary(bits_of_sign),
)
logical_not: Function = on_truth(logic.logical_not)

add: Function
subtract: Function
add, subtract = binary(on_booleans(basic.add, logic.logical_or)), binary(basic.subtract)
multiply: Function = binary(on_booleans(basic.multiply, logic.logical_and))
divide: Function
true_divide: Function
divide = true_divide = binary(basic.divide, True)
power: Function
float_power: Function
power, float_power = binary(math.pow), binary(wide_power)
maximum: Function = binary(on_booleans(arithmetic.maximum, logic.logical_or))
minimum: Function = binary(on_booleans(arithmetic.minimum, logic.logical_and))
arctan2: Function
hypot: Function
heaviside: Function
arctan2, hypot, heaviside = binary(arithmetic.atan2, True), binary(arithmetic.hypot, True), binary(step, True)
logaddexp: Function
logaddexp2: Function
logaddexp, logaddexp2 = binary(log_sum, True), binary(log_sum_of_twos, True)
nextafter: Function = binary(logic.nextafter, True)
gcd: Function
lcm: Function
gcd, lcm = binary(integers(divisor, "gcd")), binary(integers(multiple, "lcm"))
equal: Function
not_equal: Function
equal, not_equal = binary(basic.equal), binary(basic.not_equal)
greater: Function
greater_equal: Function
greater, greater_equal = binary(ordered(basic.greater)), binary(ordered(basic.greater_equal))
less: Function
less_equal: Function
less, less_equal = binary(ordered(basic.less)), binary(ordered(basic.less_equal))
logical_and: Function
logical_or: Function
logical_xor: Function
logical_and, logical_or, logical_xor = (on_truth(f) for f in (logic.logical_and, logic.logical_or, logic.logical_xor))
bitwise_and: Function = binary(on_booleans(logic.bitwise_and, logic.logical_and))
bitwise_or: Function = binary(on_booleans(logic.bitwise_or, logic.logical_or))
bitwise_xor: Function = binary(on_booleans(logic.bitwise_xor, logic.logical_xor))


# -- functions with parameters of their own ----------------------------------------------------------------------------
def whole_numbers(operation: Callable[[Tensor, Tensor], Any]) -> Callable[[Any, Any], Any]:
    """Floored division and its rest; booleans count as int8, as NumPy has it."""

    def function(x1: Any, x2: Any) -> Any:
        a, b = promoted(x1, x2)
        return operation(*(basic.cast(v, np.int8) if v.dtype.is_bool else v for v in (a, b)))

    return library(function)


floor_divide: Function
mod: Function
floor_divide, mod = whole_numbers(arithmetic.floordiv), whole_numbers(arithmetic.floormod)
remainder = mod


@library
def divmod(x1: Any, x2: Any) -> tuple[Any, Any]:
    """The floored quotient and the rest."""
    return floor_divide(x1, x2), mod(x1, x2)


@library
def sign(x: Any, out: Any = None, where: Any = None, **kwargs: Any) -> Any:
    """-1, 0 or 1.

    Raises:
        ValueError: `out`, `where` or another argument is given: a tensor cannot be written into.
    """
    if out is not None or where is not None or kwargs:
        raise ValueError(
            "tf.experimental.numpy.sign: out, where and other keywords of NumPy's are not supported; leave them out."
        )
    value = as_tensor(x)
    if value.dtype.is_complex:  # the sign of the real part, as TensorFlow has it
        part = math.real(value)
        return basic.cast(math.sign(indexing.where(basic.equal(part, 0), math.imag(value), part)), value.dtype)
    return value if value.dtype.is_bool else math.sign(value)


@library
def angle(z: Any, deg: Any = False) -> Any:
    """The argument of complex numbers, in radians or degrees; 0 or pi for real ones."""
    value = inexact(z)
    return degrees_of(value) if deg else elementwise.angle(value)


@library
def real(val: Any) -> Any:
    """The real part; a real value is its own."""
    value = as_tensor(val)
    return math.real(value) if value.dtype.is_complex else value


@library
def imag(val: Any) -> Any:
    """The imaginary part; zeros for a real value."""
    value = as_tensor(val)
    return math.imag(value) if value.dtype.is_complex else basic.cast(basic.cast(value, bool) & False, value.dtype)


@library
def around(a: Any, decimals: int = 0) -> Any:
    """Rounded to `decimals` places, halves to even; with a negative number to tens, hundreds …"""
    value = as_tensor(a)
    if not is_inexact(value):
        if decimals >= 0:
            return value
        return basic.cast(around(basic.cast(value, np.float64), decimals), value.dtype)
    scale = 10.0**decimals
    return arithmetic.rint(value * scale) / scale if decimals else arithmetic.rint(value)


round = around


@library
def clip(a: Any, a_min: Any, a_max: Any) -> Any:
    """Held between two bounds, of which one may be None.

    Raises:
        ValueError: both bounds are None.
    """
    if a_min is None and a_max is None:
        raise ValueError("tf.experimental.numpy.clip: Not more than one of `a_min` and `a_max` may be `None`.")
    value, *bounds = promoted(a, *(b for b in (a_min, a_max) if b is not None))
    if a_min is None:
        return arithmetic.minimum(value, bounds[0])
    if a_max is None:
        return arithmetic.maximum(value, bounds[0])
    return arithmetic.minimum(arithmetic.maximum(value, bounds[0]), bounds[1])


@library
def isclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Any:
    """Where |a - b| <= atol + rtol |b|; infinities are close to themselves."""
    x, y = (inexact(v) for v in promoted(a, b))
    same = basic.equal(x, y)
    near = logic.logical_and(basic.less_equal(math.abs(x - y), atol + rtol * math.abs(y)), finite_of(y))
    close = logic.logical_or(same, near)
    return logic.logical_or(close, logic.logical_and(nan_of(x), nan_of(y))) if equal_nan else close


@library
def allclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Any:
    """Whether all elements are close."""
    return reduce_all(isclose(a, b, rtol, atol, equal_nan))


@library
def array_equal(a1: Any, a2: Any) -> Any:
    """Whether shapes and all elements are equal."""
    x, y = promoted(a1, a2)
    return reduce_all(basic.equal(x, y)) if tuple(x.dims) == tuple(y.dims) else constant(False)


def iscomplexobj(x: Any) -> bool:
    """Whether the dtype is complex."""
    return as_tensor(x).dtype.is_complex


def isrealobj(x: Any) -> bool:
    """Whether the dtype is not complex."""
    return not iscomplexobj(x)


@library
def polyval(p: Any, x: Any) -> Any:
    """A polynomial by Horner's rule, the highest coefficient first."""
    coefficients, value = promoted(p, x)
    total = basic.multiply(value, 0)
    for n in range(coefficients.dims[0]):
        total = total * value + coefficients[n]
    return total


for name, function in list(globals().items()):  # made by the makers: they know their names now
    if callable(function) and getattr(function, "__name__", "") in ("function", "of_one", "of_two"):
        function.__name__ = function.__qualname__ = name
        function.__doc__ = f"NumPy's `{name}` on tensors, differentiable where it is. See `numpy.{name}`."
