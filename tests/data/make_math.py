"""Records beside this file what elementwise functions should give.

math.npz, special.npz: TensorFlow's values and gradients at awkward points; math_refused.json: the dtypes that it refuses, and how;
special_derivatives.json: mpmath's derivatives in the parameters of the incomplete functions and zeta.

Run it with a Python that has TensorFlow 2.21 and mpmath: python tests/data/make_math.py
"""

import itertools
import json
from pathlib import Path

import mpmath as mp
import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent
FLOATS = ("float16", "bfloat16", "float32", "float64")
COMPLEX = ("complex64", "complex128")
INTS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")

UNARY = [
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "ceil",
    "cos",
    "cosh",
    "exp",
    "expm1",
    "floor",
    "is_finite",
    "is_inf",
    "is_nan",
    "log",
    "log1p",
    "log_sigmoid",
    "negative",
    "reciprocal",
    "reciprocal_no_nan",
    "rint",
    "round",
    "rsqrt",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "softplus",
    "softsign",
    "sqrt",
    "square",
    "tan",
    "tanh",
    "real",
    "imag",
    "angle",
    "conj",
    "bitwise.invert",
]
BINARY = [
    "atan2",
    "divide_no_nan",
    "floordiv",
    "floormod",
    "maximum",
    "minimum",
    "multiply_no_nan",
    "nextafter",
    "pow",
    "squared_difference",
    "truncatediv",
    "truncatemod",
    "xdivy",
    "xlogy",
    "xlog1py",
    "bitwise.bitwise_and",
    "bitwise.bitwise_or",
    "bitwise.bitwise_xor",
    "bitwise.left_shift",
    "bitwise.right_shift",
]
SPECIAL_UNARY = (
    "digamma erf erfc erfcinv erfinv lgamma ndtri " + " ".join(
        f"special.{n}" for n in ["bessel_i0", "bessel_i0e", "bessel_i1", "bessel_i1e", "bessel_j0", "bessel_j1", "bessel_k0", "bessel_k0e", "bessel_k1", "bessel_k1e", "bessel_y0", "bessel_y1", "dawsn", "expint", "fresnel_cos", "fresnel_sin", "spence"]
    )
).split()  # fmt: skip
SPECIAL_BINARY = ["igamma", "igammac", "polygamma", "zeta"]


REFUSALS = (TypeError, ValueError, tf.errors.OpError)


def function(name):
    space = tf.bitwise if name.startswith("bitwise.") else tf.math
    for part in name.removeprefix("bitwise.").split("."):
        space = getattr(space, part) if hasattr(space, part) else getattr(tf, part)
    return space


def float_points(dtype):
    limits = tf.as_dtype(dtype)
    tiny = np.float64(np.finfo(np.float32).smallest_normal if dtype != "float16" else 6.1e-5)
    big = np.float64(limits.max)
    values = [
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        2,
        -2,
        1.5,
        2.5,
        -1.5,
        -2.5,
        3,
        10,
        -10,
        88,
        -88,
        1e-3,
        -1e-3,
        tiny,
        -tiny,
        tiny / 4,
        big,
        -big,
    ]
    return np.array([*values, np.inf, -np.inf, np.nan, 0.75, -0.25, 3.14159265, 20, -20, 7.25])


def points(dtype):
    if dtype in FLOATS:
        return float_points(dtype)
    if dtype in COMPLEX:
        parts = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.0]
        return np.array([complex(a, b) for a in parts for b in parts])
    limits = np.iinfo(dtype)
    return np.array([v for v in (0, 1, 2, 3, 7, -1, -2, -7, limits.min, limits.max) if limits.min <= v <= limits.max], dtype)


def pairs(dtype):
    if dtype in FLOATS:
        some = [0.0, -0.0, 1, -1, 0.5, 2, -2, 3, -7.5, np.inf, -np.inf, np.nan]
    elif dtype in COMPLEX:
        some = [0, 1, -1, 1j, 2 - 1j]
    else:
        some = [v for v in (0, 1, 2, 7, -1, -7, np.iinfo(dtype).max) if v >= np.iinfo(dtype).min]
    return [
        np.array(column, None if dtype in FLOATS + COMPLEX else dtype)
        for column in zip(*itertools.product(some, some), strict=True)
    ]


def special_pairs(dtype):
    a = [0.1, 0.5, 1, 1.5, 2, 3, 10, 50]
    x = [0.0, 1e-3, 0.5, 1, 2, 3.5, 9, 60]
    return [np.array(column) for column in zip(*itertools.product(a, x), strict=True)]


def stored(x):
    """bfloat16 as its bits."""
    return x.view(np.uint16) if x.dtype.name == "bfloat16" else x


def values(fn, arrays, dtype):
    args = [tf.cast(tf.constant(a), dtype) for a in arrays]
    with tf.GradientTape() as tape:
        tape.watch(args)
        y = fn(*args)
    nothing = [None] * len(args)
    if dtype in INTS or not (y.dtype.is_floating or y.dtype.is_complex):
        return y.numpy(), nothing
    try:
        return y.numpy(), [None if g is None else g.numpy() for g in tape.gradient(y, args)]
    except LookupError:  # TensorFlow has no rule
        return y.numpy(), nothing


def record(names, make, arity, refused):
    out = {}
    for dtype in FLOATS + COMPLEX + INTS:
        arrays = make(dtype)
        found = {}
        for name in names:
            given = nonzero(name, arrays, dtype)
            try:
                found[name] = values(function(name), given, dtype)
            except REFUSALS as error:
                refused.setdefault(name, {})[dtype] = type(error).__name__
        for k, a in enumerate(arrays):
            out[f"{arity}/{dtype}/x{k}"] = stored(tf.cast(tf.constant(a), dtype).numpy())
        for name, (y, grads) in found.items():
            out[f"{arity}/{dtype}/{name}/y"] = stored(y)
            for k, g in enumerate(grads):
                if g is not None:
                    out[f"{arity}/{dtype}/{name}/g{k}"] = stored(g)
    return out


def nonzero(name, arrays, dtype):
    """Integers are not divided by zero, nor raised to a negative power: other tests hold the errors."""
    if dtype not in INTS:
        return arrays
    if name in ("floordiv", "floormod", "truncatediv", "truncatemod"):
        return [arrays[0], np.where(arrays[1] == 0, 1, arrays[1]).astype(dtype)]
    if name == "pow":
        return [arrays[0], np.abs(arrays[1])]
    return arrays


def refuse_with_number(names, refused):
    for name in names:
        for dtype in ("bool", "string"):
            try:
                x = tf.constant(["a"]) if dtype == "string" else tf.constant([True])
                function(name)(*[x] * (2 if name in BINARY + SPECIAL_BINARY else 1))
            except REFUSALS as error:
                refused.setdefault(name, {})[dtype] = type(error).__name__


GAMMA_POINTS = [
    (0.001, 0.01),
    (0.001, 2.9),
    (0.5, 1e-5),
    (0.5, 3.5),
    (0.5, 20.0),
    (1, 1),
    (2.5, 2),
    (5, 5.1),
    (50, 30),
    (50, 53),
    (50, 90),
]
BETA_POINTS = [
    (0.2, 1, 0.1),
    (0.2, 1, 0.5),
    (0.5, 0.5, 0.3),
    (0.5, 0.5, 0.9),
    (2, 3, 0.1),
    (2, 3, 0.9),
    (20, 30, 0.4),
    (20, 30, 0.6),
]
ZETA_POINTS = [(1.001, 5), (1.1, 1), (1.5, 0.01), (2, 1), (3, 0.5), (10, 2), (2, 100)]


def lower_gamma(a, x):
    """P(a, x), or P - 1 where it is nearly 1: both have the same derivatives in a."""
    if x < a + 1:
        return mp.gammainc(a, 0, x, regularized=True)
    return -mp.gammainc(a, x, mp.inf, regularized=True)


def lower_beta(a, b, x):
    if x < a / (a + b):
        return mp.betainc(a, b, 0, x, regularized=True)
    return -mp.betainc(b, a, 0, 1 - mp.mpf(x), regularized=True)


def derivatives():
    mp.mp.dps = 30
    rows = []
    for n, (a, x) in itertools.product((1, 2, 3), GAMMA_POINTS):
        rows.append(["igamma_grad_a", [n], [a, x], float(mp.diff(lambda v, x=x: lower_gamma(v, x), mp.mpf(a), n))])
    for n, (a, b, x) in itertools.product(((1, 0), (0, 1), (1, 1), (2, 0), (0, 2)), BETA_POINTS):
        rows.append(
            ["betainc_grad", [n], [a, b, x], float(mp.diff(lambda u, v, x=x: lower_beta(u, v, x), (mp.mpf(a), mp.mpf(b)), n))]
        )
    for n, (s, q) in itertools.product((1, 2, 3), ZETA_POINTS):
        rows.append(["zeta_derivative", [n], [s, q], float(mp.zeta(mp.mpf(s), mp.mpf(q), n))])
    return rows


def main():
    refused = {}
    np.savez_compressed(
        HERE / "math.npz", **packed({**record(UNARY, lambda d: [points(d)], 1, refused), **record(BINARY, pairs, 2, refused)})
    )
    floats: dict = {}
    for arity, names, make in ((1, SPECIAL_UNARY, lambda d: [points(d)]), (2, SPECIAL_BINARY, special_pairs)):
        floats |= record(
            names,
            lambda d, make=make: make(d) if d in FLOATS else [points(d)] * (1 if make is not special_pairs else 2),
            arity,
            refused,
        )
    np.savez_compressed(HERE / "special.npz", **packed(floats))
    refuse_with_number(UNARY + BINARY + SPECIAL_UNARY + SPECIAL_BINARY, refused)
    (HERE / "math_refused.json").write_text(one_a_line([[name, by_class(classes)] for name, classes in sorted(refused.items())]))
    (HERE / "special_derivatives.json").write_text(one_a_line(derivatives()))


def by_class(classes):
    found = {}
    for dtype, error in sorted(classes.items()):
        found.setdefault(error, []).append(dtype)
    return {error: " ".join(dtypes) for error, dtypes in found.items()}


def one_a_line(rows):
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"


def packed(arrays):
    """One array for each dtype and shape, and a list of what its rows are: thousands of small files would be large."""
    rows = {}
    for key, a in arrays.items():
        rows.setdefault((a.dtype.str, a.shape), []).append((key, a))
    out = {"index": json.dumps([[key for key, _ in group] for group in rows.values()])}
    out |= {f"group{i}": np.stack([a for _, a in group]) for i, group in enumerate(rows.values())}
    return {k: np.array(v) for k, v in out.items()}


if __name__ == "__main__":
    main()
