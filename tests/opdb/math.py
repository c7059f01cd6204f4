"""Layer 2: elementwise functions.  tests/data/math.npz holds TensorFlow's values at awkward points."""

import numpy as np

import gradtape as tf
from gradtape.ops import arithmetic, logic

from ._record import Op, S, binary, bools, cplx, dotted, f, ints, unary

INVALID = tf.errors.InvalidArgumentError
INTS = ints(-9, 9, (2, 3))
POSITIVE_INTS = ints(1, 9, (3,))


def m(name, ref, low=-2.0, high=2.0, **facts):
    """A function of floats in tf.math; integers are refused."""
    return unary(name, ref, low, high, fn=dotted(f"math.{name}"), bad=[(S(INTS), INVALID)], **facts)


def m2(name, ref, *limits, **facts):
    return binary(name, ref, *limits, fn=dotted(f"math.{name}"), **facts)


def on_complex(name, ref, scale=0.5):
    """The same function at complex numbers inside the unit disc."""
    return Op(
        f"{name} of complex", lambda z: dotted(f"math.{name}")(z * scale), ref=lambda z: ref(z * scale), samples=[S(cplx(2, 3))]
    )


def refuses(name, sample, error=INVALID):
    return Op(name, dotted(name), bad=[(sample, error)])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def bit_count(x):
    return np.bitwise_count(x.view(np.uint32))


RECORDS = [
    m("exp", np.exp),
    m("expm1", np.expm1),
    m("log", np.log, 0.2, 3.0),
    m("log1p", np.log1p, -0.5, 3.0),
    m("sigmoid", sigmoid),
    m("log_sigmoid", lambda x: np.log(sigmoid(x))),
    m("softplus", lambda x: np.log1p(np.exp(x))),
    m("softsign", lambda x: x / (1 + np.abs(x)), 0.1, 2.0),
    m("sqrt", np.sqrt, 0.2, 3.0),
    m("rsqrt", lambda x: 1 / np.sqrt(x), 0.2, 3.0),
    unary("square", np.square),
    Op("square of integers", lambda x: tf.square(x), ref=np.square, samples=[S(INTS)], grad=False),
    m("reciprocal", lambda x: 1 / x, 0.3, 2.0),
    m2("pow", np.power, 0.3, 2.0, low2=-2.0, high2=2.0),
    Op("power of integers", lambda x, y: tf.pow(x, y), ref=np.power, samples=[S(INTS, ints(0, 5, (3,)))], grad=False,
       bad=[(S(INTS, np.array([1, 0, -1], np.int32)), INVALID)]),
    *(Op(f"x ** {p}", lambda x, p=p: tf.pow(x, p), ref=lambda x, p=p: x**p, samples=[S(f(2, 3))]) for p in (0, 1, 2, 2.0, 3)),
    Op("x ** -1.5", lambda x: tf.pow(x, -1.5), ref=lambda x: x**-1.5, samples=[S(f(2, 3, low=0.4, high=2.0))]),
    Op("2 ** x", lambda x: tf.pow(2.0, x), ref=lambda x: 2.0**x, samples=[S(f(2, 3))]),
    Op("power of complex", lambda a, b: tf.pow(a + 3.0, b), ref=lambda a, b: (a + 3.0) ** b, samples=[S(cplx(2, 3), cplx(3))]),
    m2("squared_difference", lambda a, b: (a - b) ** 2),
    Op("squared_difference of complex", lambda a, b: tf.math.squared_difference(a, b), ref=lambda a, b: (a - b) * np.conj(a - b),
       samples=[S(cplx(2, 3), cplx(3))]),
    m("sin", np.sin),
    m("cos", np.cos),
    m("tan", np.tan, -1.0, 1.0),
    m("asin", np.arcsin, -0.9, 0.9),
    m("acos", np.arccos, -0.9, 0.9),
    m("atan", np.arctan),
    m("sinh", np.sinh),
    m("cosh", np.cosh),
    m("tanh", np.tanh),
    m("asinh", np.arcsinh),
    m("acosh", np.arccosh, 1.2, 3.0),
    m("atanh", np.arctanh, -0.9, 0.9),
    *(on_complex(n, getattr(np, n)) for n in ("exp", "expm1", "log1p", "sqrt", "square", "sin", "cos", "tan", "sinh", "cosh", "tanh")),
    *(on_complex(n, getattr(np, "arc" + n[1:])) for n in ("asin", "acos", "atan", "asinh", "atanh", "acosh")),
    on_complex("log", np.log),
    on_complex("reciprocal", np.reciprocal),
    on_complex("rsqrt", lambda z: 1 / np.sqrt(z)),
    on_complex("sigmoid", sigmoid),
    # -- signs and complex parts
    unary("sign", np.sign, 0.1, 2.0),
    Op("sign of complex", lambda z: tf.sign(z), ref=lambda z: z / np.abs(z), samples=[S(cplx(2, 3))]),
    unary("abs", np.abs, 0.1, 2.0),
    Op("abs of complex", lambda z: tf.abs(z), ref=np.abs, samples=[S(cplx(2, 3))]),
    Op("abs of integers", lambda x: tf.abs(x), ref=np.abs, samples=[S(INTS)], grad=False),
    Op("real", lambda z: tf.math.real(z), ref=np.real, samples=[S(cplx(2, 3)), S(f(2, 3)), S(INTS)],
       bad=[(S(bools(2)), TypeError)]),
    Op("imag", lambda z: tf.math.imag(z), ref=np.imag, samples=[S(cplx(2, 3))]),
    Op("angle", lambda z: tf.math.angle(z), ref=np.angle, samples=[S(cplx(2, 3)), S(cplx())]),
    Op("angle of real", lambda x: tf.math.angle(x), ref=np.angle, samples=[S(f(2, 3))], grad=False),
    Op("conj of real", lambda x: tf.math.conj(x), ref=np.conj, samples=[S(f(2, 3)), S(INTS)], bad=[(S(bools(2)), TypeError)]),
    Op("complex", lambda a, b: tf.complex(a, b), ref=lambda a, b: a + 1j * b, samples=[S(f(2, 3), f(3)), S(f(), f(2))],
       bad=[(S(INTS, INTS), TypeError), (S(f(2), f(3)), INVALID)]),
    Op("parts", lambda z: tf.math.real(z) * tf.math.imag(z) + tf.abs(tf.sign(z) + z * z), samples=[S(cplx(2, 3))]),
    # -- division
    binary("floordiv", np.floor_divide, fn=dotted("math.floordiv"), grad=False),
    binary("floormod", np.remainder, 0.3, 2.0, fn=dotted("math.floormod")),
    binary("truncatediv", lambda a, b: np.trunc(a / b), grad=False),
    binary("truncatemod", np.fmod, 0.3, 2.0),
    *(Op(f"{n} of negatives", fn, ref=ref, samples=[S(np.array([5.3, -5.3, 7.1, -7.1]), np.array([2.0, 2.0, -3.0, -3.0]))])
      for n, fn, ref in (("floormod", arithmetic.floormod, np.remainder), ("truncatemod", arithmetic.truncatemod, np.fmod))),
    *(Op(f"{n} of integers", fn, ref=ref, samples=[S(INTS, POSITIVE_INTS), S(INTS, -np.arange(1, 4, dtype=np.int32))], grad=False,
         bad=[(S(INTS, np.array([1, 0, 2], np.int32)), INVALID)])
      for n, fn, ref in (("floordiv", arithmetic.floordiv, np.floor_divide), ("floormod", arithmetic.floormod, np.remainder),
                         ("truncatediv", arithmetic.truncatediv, lambda a, b: np.trunc(a / b).astype(np.int32)),
                         ("truncatemod", arithmetic.truncatemod, np.fmod))),
    binary("realdiv", np.divide, 0.3, 2.0, bad=[(S(INTS, INTS), INVALID)]),
    m2("divide_no_nan", np.divide, 0.3, 2.0, bad=[(S(f(2), ints(1, 3, (2,))), TypeError), (S(bools(2), bools(2)), TypeError)]),
    Op("divide_no_nan of integers", lambda a, b: tf.math.divide_no_nan(a, b), ref=np.divide, samples=[S(INTS, POSITIVE_INTS)], grad=False),
    m2("multiply_no_nan", np.multiply, bad=[(S(f(2), ints(1, 3, (2,))), ValueError)]),
    m2("xdivy", np.divide, 0.3, 2.0),
    m2("xlogy", lambda a, b: a * np.log(b), 0.3, 2.0),
    m2("xlog1py", lambda a, b: a * np.log1p(b), 0.3, 2.0),
    m("reciprocal_no_nan", lambda x: 1 / x, 0.3, 2.0),
    # -- lengths, rounding, extremes
    binary("hypot", np.hypot, fn=arithmetic.hypot),
    m2("atan2", np.arctan2),
    m("floor", np.floor, grad=False),
    m("ceil", np.ceil, grad=False),
    m("rint", np.rint, grad=False),
    unary("round", np.round, grad=False),
    m2("maximum", np.maximum),
    m2("minimum", np.minimum),
    Op("maximum of integers", lambda a, b: tf.maximum(a, b), ref=np.maximum, samples=[S(INTS, POSITIVE_INTS)], grad=False,
       bad=[(S(bools(2), bools(2)), INVALID), (S(cplx(2), cplx(2)), INVALID)]),
    Op("clip_by_value", lambda t, a, b: tf.clip_by_value(t, a, b), ref=np.clip,
       samples=[S(f(2, 3), f(3, low=-1.0, high=-0.1), f(low=0.1, high=1.0)), S(f(4, low=-3, high=3), -1.0, 1.0), S(INTS, -2, 3)],
       bad=[(S(f(2), f(2, 2), 1.0), ValueError), (S(INTS, 0.5, 2.5), TypeError), (S(f(2), f(3), 1.0), INVALID)]),
    # -- sums of many
    Op("add_all", lambda *xs: tf.add_n(xs), ref=lambda *xs: sum(xs), samples=[S(f(2, 3), f(2, 3), f(2, 3)), S(f(2)), S(INTS, INTS)],
       bad=[(S(f(2), f(3)), INVALID), (S(f(2), ints(0, 3, (2,))), INVALID), (S(), ValueError)]),
    Op("accumulate_n", lambda *xs: tf.math.accumulate_n(list(xs)), ref=lambda *xs: sum(xs), samples=[S(f(2, 3), f(2, 3))],
       bad=[(S(f(2), f(3)), ValueError), (S(f(2), ints(0, 3, (2,))), ValueError), (S(), ValueError)]),
    Op("scalar_mul", lambda a, x: tf.math.scalar_mul(a, x), ref=np.multiply, samples=[S(f(), f(2, 3)), S(2, f(3))], batch=False,
       bad=[(S(f(2), f(2)), ValueError)]),
    Op("polyval", lambda a, b, c, x: tf.math.polyval([a, b, c], x), ref=lambda a, b, c, x: (a * x + b) * x + c,
       samples=[S(f(), f(), f(), f(2, 3))]),
    Op("is_non_decreasing", lambda x: tf.math.is_non_decreasing(x), ref=lambda x: np.all(np.diff(x.ravel()) >= 0), grad=False,
       samples=[S(np.array([[1, 2], [2, 3]])), S(np.array([2.0, 1.0])), S(np.array([1.0, np.nan])), S(np.zeros(0))], batch=False,
       symbolic=False, bad=[(S(bools(2)), TypeError)]),
    Op("is_strictly_increasing", lambda x: tf.math.is_strictly_increasing(x), ref=lambda x: np.all(np.diff(x.ravel()) > 0), grad=False,
       samples=[S(np.array([1, 2, 2])), S(np.array([1.0, 2.0]))], bad=[(S(bools(2)), TypeError)]),
    # -- questions and bits
    *(Op(n, dotted(f"math.{n}"), ref=getattr(np, n), samples=[S(bools(2, 3), bools(3))], grad=False, bad=[(S(INTS, INTS), INVALID)])
      for n in ("logical_and", "logical_or", "logical_xor")),
    Op("logical_not", lambda x: tf.logical_not(x), ref=np.logical_not, samples=[S(bools(2, 3))], grad=False, bad=[(S(INTS), INVALID)]),
    *(m(f"is_{n}", getattr(np, f"is{n}"), grad=False) for n in ("finite", "inf", "nan")),
    Op("approximate_equal", lambda a, b, **p: logic.approximate_equal(a, b, **p), ref=lambda a, b, tolerance=1e-5: np.abs(a - b) < tolerance,
       samples=[S(f(2, 3), f(3), tolerance=0.5)], grad=False),
    *(Op(n, dotted(f"bitwise.{n}"), ref=getattr(np, n), samples=[S(INTS, ints(0, 9, (3,)))], grad=False,
         bad=[(S(f(2), f(2)), INVALID), (S(bools(2), bools(2)), INVALID)])
      for n in ("bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift")),
    Op("invert", lambda x: tf.bitwise.invert(x), ref=np.invert, samples=[S(INTS)], grad=False, bad=[(S(bools(2)), INVALID), (S(f(2)), INVALID)]),
    Op("population_count", logic.population_count, ref=bit_count, samples=[S(INTS)], grad=False),
    Op("reinterpret", lambda x, **p: tf.bitcast(x, **p), ref=lambda x, type: x.view(type.as_numpy_dtype), grad=False, f32=False,
       samples=[S(f(2, 3), type=tf.int64), S(ints(0, 9, (2, 3)), type=tf.float32)],
       bad=[(S(f(2, 3), type=tf.complex128), INVALID), (S(f(2), type=tf.bool), INVALID), (S(f(2), type="nope"), TypeError)]),
    Op("bitcast to smaller", lambda x: tf.bitcast(x, tf.uint8), ref=lambda x: x[..., None].view(np.uint8), samples=[S(INTS)], grad=False),
    Op("bitcast to larger", lambda x: tf.bitcast(x, tf.int64), ref=lambda x: x.view(np.int64)[..., 0], samples=[S(ints(0, 9, (3, 2)))],
       grad=False, symbolic=False),
    Op("nextafter", lambda a, b: tf.math.nextafter(a, b), ref=np.nextafter, samples=[S(f(2, 3), f(3))], order=1, f32=False),
    Op("saturate_cast", lambda x, t: tf.saturate_cast(x, t), ref=lambda x, t: np.clip(x, -128, 127).astype(np.int8),
       samples=[S(f(2, 3, low=-300.0, high=300.0), "int8"), S(ints(-300, 300, (2, 3)), "int8")], grad=False, bad=[(S(bools(2), "int8"), TypeError)]),
    Op("saturate_cast to floats", lambda x: tf.saturate_cast(x, x.dtype), ref=lambda x: x, samples=[S(f(2, 3)), S(cplx(2))]),
]  # fmt: skip
