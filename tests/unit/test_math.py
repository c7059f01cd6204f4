"""Elementwise functions at their edges: TensorFlow's recorded values, ties, zeros that stay zeros, dtypes, warnings."""

import doctest
import json
import warnings
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

import gradtape as tf
from gradtape import ops
from gradtape.api import elementwise
from gradtape.ops import arithmetic, bessel, special
from gradtape.ops.basic import select

DATA = Path(__file__).parents[1] / "data"
TOLERANCE = {"float16": 2e-3, "bfloat16": 3e-2, "float32": 4e-6, "float64": 1e-12, "complex64": 4e-6, "complex128": 1e-12}
SMALLEST = {
    "bfloat16": 1.2e-38,
    "float32": 1.2e-38,
    "float64": 2.3e-308,
    "complex64": 1.2e-38,
    "complex128": 2.3e-308,
}  # TF flushes


def function(name):
    space = tf.bitwise if name.startswith("bitwise.") else tf.math
    for part in name.removeprefix("bitwise.").split("."):
        space = getattr(space, part, None) or getattr(tf, part)
    return space


# -- TensorFlow's values -----------------------------------------------------------------------------------------
def zero(x, *_):
    return x == 0


def both_zero(x, y):
    return (x == 0) & (y == 0)


def is_complex(x, *_):
    return np.full(x.shape, np.iscomplexobj(x))


def on_a_cut(x):
    return np.iscomplexobj(x) & (x.imag == 0)


def everywhere(x, *_):
    return np.full(x.shape, True)


def is_far(x):
    return np.abs(x) > 1e30


BESSEL_SECOND_KIND = (
    "special.bessel_k0 special.bessel_k0e special.bessel_k1 special.bessel_k1e special.bessel_y0 special.bessel_y1"
)

# Where we differ on purpose: functions, results (y, or g0, g1 for the gradients), where, and why.
DIFFERENT = [
    ("angle", "g0", zero, "0 by convention; NaN in TensorFlow"),
    ("atan2", "g0 g1", both_zero, "0 by convention; NaN in TensorFlow"),
    ("pow", "g0", lambda x, y: y == 0, "x ** 0 is constant; NaN in TensorFlow at x = 0 and NaN"),
    ("pow", "g1", lambda x, y: np.isposinf(x.real) & (y.real < 0), "a zero that stays zero; NaN in TensorFlow"),
    ("pow", "y g0 g1", lambda x, y: is_complex(x) & (x == 0), "0 ** 0 is 1 as for real numbers; NaN in TensorFlow"),
    ("xdivy xlogy xlog1py", "g0", zero, "the slope of x / y in x is 1 / y at x = 0 too; 0 in TensorFlow"),
    ("xdivy xlogy xlog1py multiply_no_nan", "g0 g1", is_complex, "TensorFlow forgets the conjugate"),
    ("xdivy", "y", lambda x, y: is_complex(x) & (y == 0), "a complex infinity; NaN in TensorFlow"),
    ("reciprocal", "y g0", lambda x: is_complex(x) & (x == 0), "a complex infinity; NaN in TensorFlow"),
    ("rsqrt", "g0", zero, "the slope at -0 is that at 0"),
    ("asin acos rsqrt", "y g0", on_a_cut, "the sign of the zero says on which side of the cut x lies; lost in TensorFlow"),
    ("log1p", "y", lambda x: x == -1, "log(0) = -inf; the imaginary part is NaN in TensorFlow"),
    ("tanh tan sigmoid", "g0", lambda x: np.abs(x) > 2, "1 - y^2 and y (1 - y) round differently"),
    ("truncatemod", "g0 g1", everywhere, "TensorFlow has no rule"),
    ("digamma lgamma", "y g0", zero, "infinite at the pole; NaN in TensorFlow"),
    ("polygamma", "y g1", lambda a, x: (x == 0) | (a == 50), "infinite at the pole, finite where TensorFlow overflows"),
    ("zeta", "y g1", lambda x, q: q == 0, "infinite at the pole; NaN in TensorFlow for x that is no even number"),
    ("zeta", "g0", everywhere, "TensorFlow gives None"),
    ("erfinv", "y", lambda x: np.abs(x) < 2e-3, "TensorFlow is right to 4 digits there"),
    ("erfcinv", "y g0", lambda x: np.abs(x) < 1e-37, "9.19 at the smallest normal number; infinite in TensorFlow"),
    ("erf", "y", is_far, "1; NaN in TensorFlow's float64"),
    ("igamma igammac", "g1", lambda a, x: (a == 1) & (x == 0), "1; NaN in TensorFlow"),
    ("igamma igammac", "y g0 g1", lambda a, x: (a >= 10) & ((x < 0.01) | (a == 50)), "TensorFlow loses digits"),
    ("special.bessel_i1 special.bessel_i1e special.bessel_j1", "g0", lambda x: np.abs(x) < 1e-4, "1/2; TensorFlow's 1 is wrong"),
    ("special.bessel_i1", "g0", lambda x: np.abs(x) > 19, "infinite on overflow; NaN in TensorFlow"),
    ("special.bessel_j1", "g0", is_far, "no digit is right there"),
    ("special.bessel_j0 special.bessel_j1 special.bessel_y0 special.bessel_y1", "y g0", is_far, "SciPy 1.18 is right, no digit of TensorFlow's"),
    (BESSEL_SECOND_KIND, "y g0", lambda x: x < 2e-5, "not defined below 0, nor right at the smallest numbers in TensorFlow"),
    ("special.bessel_k0e special.bessel_k1e special.bessel_i1e", "g0", lambda x: np.abs(x) > 1, "differences of near equals"),
    ("special.dawsn", "g0", lambda x: np.abs(x) > 3, "differences of near equals"),
    ("special.expint", "y g0", lambda x: (x < 0) | is_far(x), "defined below 0 too; NaN in TensorFlow"),
    ("special.fresnel_cos special.fresnel_sin", "y", is_far, "SciPy overflows"),
    ("special.spence", "y", is_far, "TensorFlow overflows"),
]  # fmt: skip


def recorded(file):
    """(arity, dtype, name) -> {part: array}, and the points of each (arity, dtype)."""
    found, points = {}, {}
    with np.load(DATA / file) as z:
        for i, keys in enumerate(json.loads(str(z["index"]))):
            for key, a in zip(keys, z[f"group{i}"], strict=True):
                arity, dtype, name, *part = key.split("/")
                if part:
                    found.setdefault((int(arity), dtype, name), {})[part[0]] = a
                else:
                    points.setdefault((int(arity), dtype), {})[name] = restored(a, dtype)
    return found, points


def restored(a, dtype):
    return a.view(ml_dtypes.bfloat16) if dtype == "bfloat16" and a.dtype == np.uint16 else a


MATH, MATH_POINTS = recorded("math.npz")
SPECIAL, SPECIAL_POINTS = recorded("special.npz")
CASES = [pytest.param(k, parts, points[k[:2]], id="-".join(map(str, k)))
         for cases, points in ((MATH, MATH_POINTS), (SPECIAL, SPECIAL_POINTS)) for k, parts in cases.items()]  # fmt: skip


@pytest.mark.parametrize("case, parts, points", CASES)
def test_as_in_tensorflow(case, parts, points):
    arity, dtype, name = case
    args = without_errors(name, [points[f"x{k}"] for k in range(arity)], dtype)
    tensors = [tf.constant(a) for a in args]
    with tf.GradientTape() as tape:
        for t in tensors:
            if dtype in TOLERANCE:
                tape.watch(t)
        y = function(name)(*tensors)
    results = {"y": y.numpy()}
    if dtype in TOLERANCE and (y.dtype.is_floating or y.dtype.is_complex):
        results |= {f"g{k}": None if g is None else g.numpy() for k, g in enumerate(tape.gradient(y, tensors))}
    for part, ours in results.items():
        compare(name, dtype, part, args, ours, parts.get(part))


def without_errors(name, args, dtype):
    if dtype not in TOLERANCE and name in ("floordiv", "floormod", "truncatediv", "truncatemod"):
        return [args[0], np.where(args[1] == 0, 1, args[1]).astype(dtype)]
    return [args[0], np.abs(args[1])] if dtype not in TOLERANCE and name == "pow" else args


def compare(name, dtype, part, args, ours, theirs):
    wide = [np.asarray(a, complex if np.iscomplexobj(a) else np.float64) if dtype in TOLERANCE else a for a in args]
    fine = np.zeros(args[0].shape, bool)
    for names, parts, where, _ in DIFFERENT:
        if name in names.split() and part in parts.split():
            fine = fine | where(*wide)
    if np.all(fine):
        return
    assert (ours is None) == (theirs is None)
    if ours is not None:
        theirs = restored(theirs, ours.dtype.name)
        assert ours.dtype == theirs.dtype
        right = fine | close(ours, theirs, TOLERANCE.get(dtype, 0) * (4 if part != "y" else 1), SMALLEST.get(dtype, 0))
        at = np.flatnonzero(~right)
        assert not at.size, [(tuple(a[i] for a in args), ours[i], theirs[i]) for i in at]


def close(a, b, rtol, atol):
    if a.dtype.kind not in "fcV":
        return a == b
    a, b = (np.asarray(v, complex if np.iscomplexobj(v) else np.float64) for v in (a, b))
    with np.errstate(all="ignore"):
        near = (np.abs(a - b) <= rtol * np.abs(b) + atol) & np.isfinite(a) & np.isfinite(b)
    same = [(p == q) | (np.isnan(p) & np.isnan(q)) for p, q in ((a.real, b.real), (a.imag, b.imag))]
    return near | (same[0] & same[1])


# -- the dtypes that TensorFlow refuses -----------------------------------------------------------------------------
WIDER = {  # taken although TensorFlow's list lacks it
    "abs": "uint8 uint16 uint32 uint64", "negative": "uint8 uint16 uint32 uint64", "sign": "uint8 uint16 uint32 uint64",
    "angle": "uint8 uint16 uint32 uint64", "pow": "uint8 uint16 uint32 uint64",
    "squared_difference": "int8 int16 uint8 uint16 uint32 uint64", "truncatemod": "int8 int16 uint8 uint16 uint32 uint64",
    "nextafter": "float16 bfloat16", "digamma": "float16", "polygamma": "float16 bfloat16", "zeta": "float16 bfloat16",
}  # fmt: skip
TWO = {name for _, _, name in (*MATH, *SPECIAL) if (2, "float32", name) in MATH or (2, "float32", name) in SPECIAL}
TWO |= {name for _, _, name in MATH if name.startswith("bitwise.") and name != "bitwise.invert"}
REFUSED = [
    pytest.param(name, dtype, error, id=f"{name}-{dtype}")
    for name, classes in json.loads((DATA / "math_refused.json").read_text())
    for error, dtypes in classes.items() if error != "NotFoundError" and name != "erfcinv"  # no kernel; a composite
    for dtype in dtypes.split() if dtype not in WIDER.get(name, "").split()
]  # fmt: skip


@pytest.mark.parametrize("name, dtype, error", REFUSED)
def test_refuses_what_tensorflow_refuses(name, dtype, error):
    x = tf.constant(["a"]) if dtype == "string" else tf.cast(tf.constant([1]), dtype)
    wanted = {"InvalidArgumentError": tf.errors.InvalidArgumentError, "TypeError": TypeError, "ValueError": ValueError}[error]
    with pytest.raises(wanted) as info:
        function(name)(*[x] * (2 if name in TWO else 1))
    assert len(str(info.value)) > 15


# -- derivatives in parameters: mpmath's values ----------------------------------------------------------------------
@pytest.mark.parametrize("name, params, args, expected", json.loads((DATA / "special_derivatives.json").read_text()))
def test_derivatives_in_parameters(name, params, args, expected):
    params = [tuple(p) if isinstance(p, list) else p for p in params]
    got = getattr(special, name)(*[tf.constant(v, tf.float64) for v in args], *params)
    np.testing.assert_allclose(float(got), expected, rtol=1e-10)


def gradients(f, *args, dtype="float64", order=1):
    """All derivatives of this order along the diagonal: d^n f / dx_i^n."""
    xs = [tf.constant(a, dtype) for a in args]
    for i in range(len(xs)):
        yield nth_derivative(f, xs, i, order)


def nth_derivative(f, xs, i, order):
    if order == 0:
        return f(*xs)
    with tf.GradientTape() as tape:
        tape.watch(xs[i])
        y = nth_derivative(f, xs, i, order - 1)
    return tape.gradient(y, xs[i])


def derivative(f, x, order=1, dtype="float64"):
    return next(gradients(f, x, dtype=dtype, order=order)).numpy()


# -- zeros that stay zeros, at orders 1 and 2 -------------------------------------------------------------------------
SINGULAR = [
    (tf.math.log, 0.0), (tf.sqrt, 0.0), (tf.math.rsqrt, 0.0), (tf.math.reciprocal, 0.0), (tf.asin, 1.0), (tf.acos, 1.0), (tf.atanh, 1.0),
    (tf.acosh, 1.0), (tf.math.log1p, -1.0), (lambda x: tf.pow(x, 0.5), 0.0), (lambda x: tf.pow(x, -1.0), 0.0), (tf.exp, 1e4),
    (tf.math.erfinv, 1.0), (tf.math.ndtri, 0.0), (tf.math.digamma, 0.0), (tf.math.lgamma, 0.0), (tf.math.special.bessel_k0, 0.0),
    (lambda x: tf.math.igamma(0.5, x), 0.0), (lambda x: tf.math.xlogy(1.0, x), 0.0), (tf.math.special.expint, 0.0),
    (lambda x: x * tf.math.log(x), 0.0), (tf.square, np.inf), (tf.math.expm1, 1e4), (tf.sinh, 1e4),
]  # fmt: skip


@pytest.mark.parametrize("f, edge", SINGULAR)
def test_masked_branches_give_zero(f, edge):
    def masked(x):
        return select(x == edge, 0.0, f(x))

    for order in (1, 2):
        assert derivative(masked, edge, order) == 0.0


@pytest.mark.parametrize("p, expected", [(0, (0, 0)), (0.0, (0, 0)), (1, (1, 0)), (2, (0, 2)), (3, (0, 0))])
def test_powers_at_zero(p, expected):
    assert (derivative(lambda x: tf.pow(x, p), 0.0), derivative(lambda x: tf.pow(x, p), 0.0, 2)) == expected
    q = tf.constant(float(p), tf.float64)
    assert (derivative(lambda x: tf.pow(x, q), 0.0), derivative(lambda x: tf.pow(x, q), 0.0, 2)) == expected


def test_power_of_zero_in_the_exponent():
    assert derivative(lambda p: tf.pow(tf.constant(0.0, tf.float64), p), 2.0) == 0
    assert derivative(lambda p: tf.pow(tf.constant(-2.0, tf.float64), p), 2.0) == 0


def test_entropy_at_zero():
    assert derivative(lambda p: tf.math.xlogy(p, p), 0.0) == 0
    np.testing.assert_allclose(derivative(lambda p: tf.math.xlogy(p, tf.constant(0.5, tf.float64)), 0.0), np.log(0.5))
    np.testing.assert_allclose(derivative(lambda p: tf.math.xdivy(p, tf.constant(4.0, tf.float64)), 0.0), 0.25)


# -- ties and edges ------------------------------------------------------------------------------------------------
def both(f, a, b):
    return [float(g) for g in gradients(f, a, b)]


def test_a_tie_goes_to_the_first():
    assert both(tf.maximum, 1.0, 1.0) == [1, 0]
    assert both(tf.minimum, 1.0, 1.0) == [1, 0]
    assert both(tf.maximum, 1.0, np.nan) == [0, 1]
    assert both(tf.minimum, 1.0, np.nan) == [0, 1]


def test_extremes_keep_nan():
    assert np.isnan(tf.maximum([np.nan, 1.0], [1.0, np.nan]).numpy()).all()
    assert np.isnan(tf.minimum([np.nan, 1.0], [1.0, np.nan]).numpy()).all()


def test_clip_at_its_edges():
    x = tf.constant([-2.0, -1.0, 0.0, 1.0, 2.0])
    low, high = tf.constant(-1.0), tf.constant(1.0)
    with tf.GradientTape() as tape:
        for t in (x, low, high):
            tape.watch(t)
        y = tf.clip_by_value(x, low, high)
    g, g_low, g_high = tape.gradient(y, (x, low, high))
    assert g.numpy().tolist() == [0, 1, 1, 1, 0]
    assert (float(g_low), float(g_high)) == (1, 1)
    assert tf.clip_by_value([1.0, 5.0], 3.0, 2.0).numpy().tolist() == [3, 3]


def test_clip_keeps_indexed_slices():
    out = tf.clip_by_value(tf.IndexedSlices([[-3.0, 0.5]], [1], [2, 2]), -1.0, 1.0)
    assert isinstance(out, tf.IndexedSlices)
    assert out.values.numpy().tolist() == [[-1, 0.5]]


def test_signs_at_zero():
    assert derivative(tf.abs, 0.0) == 0
    assert derivative(tf.sign, 2.0) == 0
    z = tf.constant(0j)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(z)
        length, unit, turn = tf.abs(z), tf.sign(z), tf.math.angle(z)
    assert [complex(tape.gradient(y, z)) for y in (length, unit, turn)] == [0, 0, 0]
    assert both(tf.atan2, 0.0, 0.0) == [0, 0]
    assert both(arithmetic.hypot, 0.0, 0.0) == [0, 0]


def test_atan2_does_not_overflow():
    np.testing.assert_allclose(both(tf.atan2, np.float64(3e200), np.float64(4e200)), [4 / 25e200, -3 / 25e200])


def test_rounding_cuts_the_path():
    for f in (tf.floor, tf.math.ceil, tf.round, tf.math.rint):
        assert next(gradients(f, 1.5)) is None
    assert tf.round([0.5, 1.5, -0.5, 2.5]).numpy().tolist() == [0, 2, 0, 2]
    assert tf.round([1, 2]).dtype == tf.int32


# -- integers -------------------------------------------------------------------------------------------------------
def test_integer_division():
    a, b = tf.constant([7, -7, 7, -7, 6]), tf.constant([2, 2, -2, -2, 3])
    assert tf.math.floordiv(a, b).numpy().tolist() == [3, -4, -4, 3, 2]
    assert tf.math.floormod(a, b).numpy().tolist() == [1, 1, -1, -1, 0]
    assert arithmetic.truncatediv(a, b).numpy().tolist() == [3, -3, -3, 3, 2]
    assert arithmetic.truncatemod(a, b).numpy().tolist() == [1, -1, 1, -1, 0]


@pytest.mark.parametrize("f", [tf.math.floordiv, tf.math.floormod, arithmetic.truncatediv, arithmetic.truncatemod])
def test_division_by_zero(f):
    with pytest.raises(tf.errors.InvalidArgumentError, match="division by zero"):
        f(tf.constant([1, 2]), tf.constant([1, 0]))
    with pytest.raises(tf.errors.InvalidArgumentError, match="division by zero"):
        f(tf.constant([1, 2]), 0)


def test_float_division_rounds_the_quotient():
    assert float(tf.math.floordiv(1.0, 0.1)) == 10
    assert tf.math.floormod([-1.0, 6.0], [np.inf, -3.0]).numpy().tolist() == [np.inf, 0]


def test_negative_powers_of_integers():
    with pytest.raises(tf.errors.InvalidArgumentError, match="negative integer powers"):
        tf.pow(tf.constant([2]), -1)


@pytest.mark.parametrize("dtype", ["int8", "int32", "uint16", "uint64"])
def test_bits(dtype):
    x = tf.constant([1, 2, 3], dtype)
    for f in (tf.bitwise.bitwise_and, tf.bitwise.left_shift, tf.square, tf.bitwise.invert, tf.maximum):
        assert (f(x, x) if f not in (tf.square, tf.bitwise.invert) else f(x)).dtype == dtype


# -- saturate_cast -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("x, dtype, expected", [
    (np.float32([-1, 300, np.inf, 3.7]), "uint8", [0, 255, 255, 3]),
    (np.float32([-1, 1e20, 3e9]), "int32", [-1, 2147483520, 2147483520]),
    (np.int32([-1, 1000]), "int8", [-1, 127]),
    (np.float64([1e300, -1e300, np.inf]), "float32", [np.finfo("f4").max, np.finfo("f4").min, np.finfo("f4").max]),
    (np.complex128([1e300 + 1j]), "complex64", [np.finfo("f4").max + 1j]),
    (np.complex128([1e300 + 1j]), "float32", [np.finfo("f4").max]),
    (np.int64([2**40]), "uint8", [255]),
    (np.uint64([2**63]), "int64", [2**63 - 1]),
])  # fmt: skip
def test_saturate_cast(x, dtype, expected):
    out = tf.saturate_cast(x, dtype)
    assert out.dtype == dtype
    assert out.numpy().tolist() == expected


# -- families at awkward points ------------------------------------------------------------------------------------------
def test_bessel_functions_at_zero_to_third_order():
    expected = {bessel.bessel_j0: (1, 0, -0.5, 0), bessel.bessel_j1: (0, 0.5, 0, -0.375), bessel.bessel_i0: (1, 0, 0.5, 0),
                bessel.bessel_i1: (0, 0.5, 0, 0.375)}  # fmt: skip
    for f, values in expected.items():
        assert tuple(derivative(f, 0.0, order) for order in range(4)) == values


def test_bessel_functions_far_out():
    x = np.array([1e5, 1e38, np.inf])
    for f in (bessel.bessel_i1e, bessel.bessel_k1e):
        assert np.isfinite(derivative(f, x)).all()


def test_spence_at_one():
    values = [derivative(tf.math.special.spence, 1.0, order) for order in range(5)]
    np.testing.assert_allclose(values, [0, -1, 1 / 2, -2 / 3, 6 / 4], atol=1e-12)


def test_exponential_distribution_at_zero():
    """P(1, x) = 1 - exp(-x), also at x = 0, where TensorFlow gives NaN."""
    one = tf.constant(1.0, tf.float64)
    assert [derivative(lambda x: tf.math.igamma(one, x), 0.0, order) for order in (1, 2, 3)] == [1, -1, 1]


def test_beta_distribution_at_its_ends():
    one, two = tf.constant(1.0, tf.float64), tf.constant(2.0, tf.float64)
    for x in (0.0, 1.0):
        assert [derivative(lambda x: tf.math.betainc(one, one, x), x, order) for order in (1, 2)] == [1, 0]
        np.testing.assert_allclose(derivative(lambda x: tf.math.betainc(two, one, x), x, 2), 2, rtol=1e-12)


def test_polygamma_has_no_derivative_in_its_order():
    a, x = tf.constant(1.0), tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(a)
        y = tf.math.polygamma(a, x)
    assert tape.gradient(y, a) is None


def test_special_functions_take_16_bits():
    for dtype in ("float16", "bfloat16"):
        for f in (tf.math.erf, tf.math.lgamma, tf.math.digamma, bessel.bessel_i0, tf.math.special.spence):
            assert f(tf.constant([0.5, 1.5], dtype)).dtype == dtype


# -- the examples in the docstrings ----------------------------------------------------------------------------------------
OURS = {f"gradtape.{m}" for m in ("ops.arithmetic", "ops.bessel", "ops.logic", "ops.math", "ops.special", "api.elementwise")}
MODULES = (ops.arithmetic, ops.bessel, ops.logic, ops.math, ops.special, elementwise)
FUNCTIONS = [
    f for m in MODULES for f in vars(m).values() if getattr(f, "__module__", None) in OURS and ">>> " in (f.__doc__ or "")
]
EXAMPLES = sorted({(f.__name__, f.__doc__) for f in FUNCTIONS})


@pytest.mark.parametrize("name, text", EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_examples(name, text):
    test = doctest.DocTestParser().get_doctest(text, {"tf": tf, "np": np}, name, None, None)
    shown = []
    failed = doctest.DocTestRunner(verbose=False).run(test, out=shown.append).failed
    assert not failed, "".join(shown)


# -- warnings ------------------------------------------------------------------------------------------------------------
def test_nothing_warns():
    x = tf.constant([0.0, -0.0, -1.0, 2.0, 1e38, np.inf, -np.inf, np.nan])
    names = {name for _, _, name in (*MATH, *SPECIAL)}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in sorted(names):
            if (1, "float32", name) in MATH or (1, "float32", name) in SPECIAL:
                derivative(function(name), x.numpy(), 1, "float32") if name not in NO_GRADIENT else function(name)(x)


NO_GRADIENT = {"angle", "imag", "ceil", "floor", "rint", "round", "is_finite", "is_inf", "is_nan"}
