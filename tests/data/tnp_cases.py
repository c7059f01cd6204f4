"""Calls of every function of tf.experimental.numpy, for the tests and for the script that records TensorFlow's dtypes. NumPy only."""

import numpy as np

X = np.array([[0.55, -1.25, 2.1], [3.6, 0.3, -0.75]])
U = np.array([[0.5, -0.25, 0.75], [0.1, 0.9, -0.6]])  # inside (-1, 1)
P = np.array([[0.5, 1.25, 2.0], [3.5, 0.25, 0.75]])  # positive
Y = np.array([[1.5, 0.5, -2.5], [0.47, 2.2, 1.1]])  # no ties, no whole quotients
I = np.array([[12, 18, 7], [5, 0, 9]])  # noqa: E741
J = np.array([[8, 27, 2], [3, 4, 6]])
B = np.array([[True, False, True], [False, False, True]])
N = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, np.nan]])
V, W = np.array([1.3, -2.0, 3.1]), np.array([0.5, 4.0, -1.0])
S = np.array([[2.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, 0.0, 4.0]])
C = np.array([1.0 + 2.0j, -3.0j, 2.5])

UNARY_FLOAT = [
    "sqrt",
    "exp",
    "expm1",
    "log",
    "log1p",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "arctan",
    "arcsinh",
    "log2",
    "log10",
    "exp2",
    "cbrt",
    "sinc",
    "deg2rad",
    "rad2deg",
    "reciprocal",
    "arccosh",
]
ON_UNIT = ["arcsin", "arccos", "arctanh"]
UNARY = [
    "floor",
    "ceil",
    "fix",
    "abs",
    "absolute",
    "fabs",
    "negative",
    "positive",
    "square",
    "conj",
    "conjugate",
    "sign",
    "around",
    "round",
    "isnan",
    "isinf",
    "isfinite",
    "isposinf",
    "isneginf",
]
QUESTIONS = ["signbit", "isreal", "iscomplex", "logical_not", "real", "imag", "angle"]
BINARY = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "true_divide",
    "maximum",
    "minimum",
    "arctan2",
    "hypot",
    "logaddexp",
    "logaddexp2",
    "floor_divide",
    "mod",
    "remainder",
]
COMPARED = [
    "equal",
    "not_equal",
    "greater",
    "greater_equal",
    "less",
    "less_equal",
    "logical_and",
    "logical_or",
    "logical_xor",
    "nextafter",
]
INTEGER = ["gcd", "lcm", "bitwise_and", "bitwise_or", "bitwise_xor"]
REDUCED = [
    "sum",
    "prod",
    "mean",
    "var",
    "std",
    "max",
    "min",
    "amax",
    "amin",
    "ptp",
    "all",
    "any",
    "count_nonzero",
    "argmax",
    "argmin",
    "nansum",
    "nanprod",
    "nanmean",
    "cumsum",
    "cumprod",
    "average",
]
SAME = [
    "copy",
    "ravel",
    "flip",
    "flipud",
    "fliplr",
    "transpose",
    "rot90",
    "zeros_like",
    "ones_like",
    "empty_like",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "sort",
    "argsort",
    "diff",
]

# name: calls, each (arguments, keywords). The first argument that is a float array is the one the gradient is taken by.
CALLS = {
    **{name: [((P + 1,), {})] for name in UNARY_FLOAT},
    **{name: [((U,), {})] for name in ON_UNIT},
    **{name: [((X,), {})] for name in (*UNARY, *QUESTIONS)},
    **{name: [((X, Y), {}), ((X, 2.0), {}), ((V, X), {})] for name in BINARY},
    **{name: [((X, Y), {}), ((X, 0.25), {})] for name in COMPARED},
    **{name: [((I, J), {}), ((I, 6), {})] for name in INTEGER},
    **{name: [((P,), {}), ((P, 0), {}), ((P, 1), {})] for name in REDUCED},
    **{name: [((X,), {})] for name in SAME},
    "nansum": [((N,), {}), ((N, 0), {})],
    "nanprod": [((N,), {}), ((N, 1), {})],
    "nanmean": [((N,), {}), ((N, 0), {})],
    "average": [((X,), {}), ((X, 0, np.array([1.0, 3.0])), {}), ((X, None, P), {})],
    "sum": [((X,), {}), ((X, (0, 1)), {}), ((B,), {}), ((X,), {"axis": 1, "keepdims": True}), ((I, -1, np.float32), {})],
    "var": [((X,), {}), ((X, 1), {"ddof": 1}), ((X, None), {"ddof": 2}), ((C,), {})],
    "power": [((P, Y), {}), ((P, 2), {}), ((2.0, X), {})],
    "float_power": [((P, Y), {}), ((I, 2), {})],
    "heaviside": [((X, Y), {}), (([0.0, -0.0, 1.0], 0.5), {})],
    "divmod": [((X, Y), {}), ((I, J), {})],
    "bitwise_not": [((I,), {}), ((B,), {})],
    "sinc": [((X,), {}), ((np.array([0.0, 1.0, 0.5]),), {})],
    "isnan": [((N,), {}), ((I,), {})],
    "angle": [((C,), {}), ((C, True), {}), ((X,), {})],
    "real": [((C,), {}), ((X,), {})],
    "imag": [((C,), {}), ((X,), {})],
    "conj": [((C,), {}), ((X,), {})],
    "iscomplex": [((C,), {}), ((X,), {})],
    "isreal": [((C,), {}), ((X,), {})],
    "iscomplexobj": [((C,), {}), ((X,), {})],
    "isrealobj": [((C,), {}), ((X,), {})],
    "around": [((X * 1.37, 1), {}), ((I, -1), {}), ((X,), {})],
    "round": [((X * 1.37, 1), {}), ((X,), {})],
    "clip": [((X, -1.0, 1.0), {}), ((X, None, 0.5), {}), ((X, Y, None), {})],
    "isclose": [((X, X + 1e-9), {}), ((N, N), {"equal_nan": True}), ((X, Y), {})],
    "allclose": [((X, X + 1e-9), {}), ((X, Y), {})],
    "array_equal": [((X, X), {}), ((X, V), {}), ((X, Y), {})],
    "polyval": [((V, X), {}), ((V, 2.0), {})],
    "matmul": [((X, S), {}), ((X, V), {}), ((np.array([1.0, 2.0]), X), {})],
    "dot": [((X, S), {}), ((X, V), {}), ((V, W), {}), ((2.0, X), {})],
    "inner": [((X, Y), {}), ((V, W), {}), ((X, V), {})],
    "outer": [((V, W), {}), ((X, W), {})],
    "vdot": [((X, Y), {}), ((C, C * 1j), {})],
    "tensordot": [((X, S, 1), {}), ((X, Y, ((0, 1), (0, 1))), {})],
    "einsum": [(("ij,jk->ik", X, S), {}), (("ii->i", S), {})],
    "kron": [((X, S), {}), ((V, X), {})],
    "cross": [((V, W), {}), ((X, Y), {}), ((V[:2], W), {}), ((V[:2], W[:2]), {}), ((X.T, Y.T), {"axis": 0})],
    "argmax": [((X,), {}), ((X, 1), {})],
    "argmin": [((X,), {}), ((X, 0), {})],
    "sort": [((X,), {}), ((X, 0), {}), ((X, None), {})],
    "argsort": [((X,), {}), ((X, 0), {}), ((X, None), {"kind": "stable"})],
    "cumsum": [((X,), {}), ((X, 1), {}), ((I, 0), {})],
    "cumprod": [((X,), {}), ((X, 0), {})],
    "array": [((X,), {}), (([1, 2],), {"ndmin": 3}), (([1, 2.5],), {"dtype": np.float32})],
    "asarray": [((X,), {}), (([[1, 2], [3, 4]],), {})],
    "asanyarray": [((X,), {})],
    "ascontiguousarray": [((X,), {}), ((1.5,), {})],
    "zeros": [((3,), {}), (((2, 3), np.int32), {})],
    "ones": [((3,), {}), (((2, 3), np.float32), {})],
    "empty": [(((0, 3),), {})],
    "full": [(((2, 3), 1.5), {}), ((2, 7), {}), ((2, V[:2]), {})],
    "full_like": [((X, 2.0), {}), ((I, 2.5), {}), ((X, 1), {"shape": (2,)})],
    "eye": [((3,), {}), ((2, 4, 1), {}), ((3, None, -1, np.float32), {})],
    "identity": [((3,), {})],
    "tri": [((3,), {}), ((2, 4, 1), {})],
    "arange": [((5,), {}), ((1, 7, 2), {}), ((0.0, 1.0, 0.25), {}), ((5, 0, -2), {}), ((3,), {"dtype": np.float32})],
    "linspace": [((0, 1, 5), {}), ((0.0, 1.0, 4, False), {}), ((V, W, 3), {}), ((V, W, 3), {"axis": 1}), ((2, 3, 1), {})],
    "logspace": [((0, 2, 3), {}), ((0.0, 1.0, 4, False, 2.0), {})],
    "geomspace": [((1, 1000, 4), {}), ((P[0], P[1], 3), {})],
    "vander": [((V,), {}), ((V, 2), {}), ((V, 4, True), {})],
    "reshape": [((X, (3, 2)), {}), ((X, -1), {}), ((X, (3, 2), "F"), {})],
    "flatten": [((X,), {}), ((X, "F"), {})],
    "moveaxis": [((X[None], 0, 2), {}), ((X[None], (0, 1), (-1, 0)), {})],
    "swapaxes": [((X[None], 0, 2), {})],
    "transpose": [((X,), {}), ((X[None], (2, 0, 1)), {})],
    "expand_dims": [((X, 0), {}), ((X, -1), {}), ((X, (0, 3)), {})],
    "squeeze": [((X[None],), {}), ((X[None, :, None], 2), {}), ((X[None, :, None], (0, 2)), {})],
    "broadcast_to": [((V, (2, 3)), {})],
    "broadcast_arrays": [((V, X), {})],
    "atleast_3d": [((X,), {}), ((V,), {}), ((1.0,), {}), ((V, X), {})],
    "shape": [((X,), {})],
    "ndim": [((X,), {})],
    "size": [((X,), {}), ((X, 1), {})],
    "isscalar": [((1.0,), {}), ((X,), {})],
    "concatenate": [(([X, Y],), {}), (([X, Y], 1), {}), (([X, V], None), {}), (([X, I],), {})],
    "stack": [(([X, Y],), {}), (([X, I], -1), {})],
    "hstack": [(((V, W),), {}), (((X, Y),), {})],
    "vstack": [(((V, W),), {}), (((X, V[None]),), {})],
    "dstack": [(((X, Y),), {}), (((V, W),), {})],
    "append": [((X, V), {}), ((X, Y, 0), {})],
    "split": [((X, 3, 1), {}), ((X, [1, 2], 1), {})],
    "hsplit": [((X, 3), {}), ((V, [1]), {})],
    "vsplit": [((X, 2), {})],
    "dsplit": [((X[None], 3), {})],
    "tile": [((X, 2), {}), ((X, (2, 1, 2)), {}), ((V, (2, 2)), {})],
    "repeat": [((X, 2), {}), ((X, 2, 0), {}), ((X, [1, 2], 0), {})],
    "flip": [((X,), {}), ((X, 1), {}), ((X, (0, 1)), {})],
    "roll": [((X, 1), {}), ((X, 1, 1), {}), ((X, (1, 2), (0, 1)), {})],
    "rot90": [((X,), {}), ((X, 2), {}), ((X, 3), {}), ((X[None], -1, (1, 2)), {}), ((X, 0), {})],
    "pad": [((X, 1, "constant"), {"constant_values": 2.0}), ((X, ((0, 1), (2, 0)), "reflect"), {}), ((X, 1, "symmetric"), {})],
    "take": [((X, [0, 4]), {}), ((X, [2, 0], 1), {}), ((X, [-1, 7], 1), {"mode": "wrap"}), ((X, [-1, 7], 1), {"mode": "clip"})],
    "take_along_axis": [((X, np.argsort(X, 1), 1), {}), ((X, np.array([[-1], [0]]), 1), {}), ((X, np.array([3, 0]), None), {})],
    "compress": [(([True, False], X, 0), {}), (([0, 1, 1], X), {})],
    "where": [((B, X, Y), {}), ((B, X, 0.0), {}), ((B,), {}), ((I > 6, I, X), {})],
    "nonzero": [((I,), {}), ((V,), {})],
    "select": [(([X > 1, X < 0], [X, Y], 9.0), {}), (([B], [I]), {})],
    "ix_": [(([0, 2], [1, 3, 5]), {}), (([True, False, True], [1]), {})],
    "meshgrid": [((V, W[:2]), {}), ((V, W[:2]), {"indexing": "ij"})],
    "diag": [((V,), {}), ((V, 1), {}), ((V, -2), {}), ((S,), {}), ((X, 1), {})],
    "diagflat": [((X,), {}), ((V, -1), {})],
    "diagonal": [((S,), {}), ((X, 1), {}), ((X[None], 0, 1, 2), {})],
    "trace": [((S,), {}), ((X, 1), {}), ((I,), {"dtype": np.float32})],
    "tril": [((S,), {}), ((X, 1), {})],
    "triu": [((S,), {}), ((X, -1), {})],
    "diag_indices": [((3,), {}), ((2, 3), {})],
    "diff": [((X,), {}), ((X, 2), {}), ((X, 1, 0), {}), ((B,), {})],
    "issubdtype": [((np.float32, np.inexact), {}), ((np.int32, np.inexact), {})],
    "promote_types": [((np.int32, np.float32), {}), ((np.int8, np.uint8), {})],
    "result_type": [((X, I), {}), ((I.astype(np.int32), 1.5), {}), ((np.float32, 2.0), {})],
    "finfo": [((np.float32,), {})],
}
VALUES = ["e", "pi", "inf", "newaxis"]
TYPES = [
    "bool_",
    "object_",
    "inexact",
    "iinfo",
    "int8",
    "int16",
    "int32",
    "int64",
    "int_",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float16",
    "float32",
    "float64",
    "float_",
    "complex64",
    "complex128",
    "complex_",
    "string_",
    "unicode_",
]
OTHERS = {"ndarray", "random", "experimental_enable_numpy_behavior"}

# -- dtypes -----------------------------------------------------------------------------------------------------------
DTYPES = ["bool", "int8", "uint8", "int32", "int64", "float16", "float32", "float64", "complex64"]
ONE = [*UNARY_FLOAT, *ON_UNIT, *UNARY, *QUESTIONS, *REDUCED, "ravel", "sort", "diff"]
TWO = [*BINARY, *COMPARED, *INTEGER, "power", "matmul", "dot", "where", "concatenate", "heaviside"]
NUMBERS = {"1": 1, "1.5": 1.5, "1j": 1j, "True": True, "[1.0]": [1.0], "[1]": [1], "float64(1)": np.float64(1)}


def with_two(module, name, x, y):
    """A call of a function of two arrays."""
    if name == "where":
        return module.where(module.ones_like(x, np.bool_), x, y)
    return module.concatenate([x, y]) if name == "concatenate" else getattr(module, name)(x, y)


def dtypes(module):
    """The names of the dtypes that the functions of a module like tf.experimental.numpy give; None where it refuses."""

    def told(function, *args):
        try:
            return function(*args).dtype.name
        except Exception:  # noqa: BLE001  TensorFlow refuses in many ways
            return None

    def array(dtype, shape=(2,)):
        return module.asarray(np.ones(shape, dtype))

    one = {name: [told(getattr(module, name), array(d)) for d in DTYPES] for name in ONE}
    square = {name: (2, 2) if name == "matmul" else (2,) for name in TWO}
    two = {
        name: [told(with_two, module, name, array(a, square[name]), array(b, square[name])) for a in DTYPES for b in DTYPES]
        for name in TWO
    }
    numbers = {text: [told(module.add, array(d), number) for d in DTYPES] for text, number in NUMBERS.items()}
    return {"one": one, "two": two, "numbers": numbers}
