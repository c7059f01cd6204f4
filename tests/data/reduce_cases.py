"""What tests/data/make_reduce.py records from TensorFlow and tests/unit/test_reduce.py compares with.

A case is a function of the names (TensorFlow's or ours) and of its arguments, and the arguments as arrays. REFUSED holds calls that
TensorFlow refuses. Points where ours is meant to be better (NaN gradients, cumprod at zeros, NaN in an order) are in the tests.
"""

import zlib

import ml_dtypes
import numpy as np

INF, NAN = np.inf, np.nan


def draw(*shape, dtype="f4"):
    rng = np.random.default_rng(zlib.crc32(repr((shape, dtype)).encode()))
    x = rng.normal(size=shape)
    if np.dtype(dtype).kind == "c":
        x = x + 1j * rng.normal(size=shape)
    return (x * 5 if np.dtype(dtype).kind in "iu" else x).astype(dtype)


def array(values, dtype="f4"):
    return np.array(values, dtype)


POINTS = {
    "float32": draw(2, 3, 4), "float64": draw(2, 3, 4, dtype="f8"), "float16": draw(2, 3, 4, dtype="f2"),
    "bfloat16": draw(2, 3, 4).astype(ml_dtypes.bfloat16), "ties": array([[[1, 3, 3], [3, 0, 3]]]), "zeros": array([[[0, 2, 3], [0, 0, 1]]]),
    "empty": np.zeros((2, 0, 3), "f4"), "infinite": array([[[INF, 1, -INF]], [[2, INF, 1]]]), "scalar": array(3.0), "vector": draw(70),
}  # fmt: skip
WHOLE = {"int32": draw(2, 3, 4, dtype="i4"), "int64": draw(2, 3, 4, dtype="i8"), "uint8": array([[[200, 100, 250]]], "u1"),
         "int8": array([[[100, -100, 27]]], "i1"), "no_int": np.zeros((2, 0, 3), "i4")}  # fmt: skip
COMPLEX = {"complex64": draw(2, 3, 4, dtype="c8"), "complex128": draw(2, 3, 4, dtype="c16")}
OF_ALL = {**POINTS, **WHOLE, **COMPLEX}
REDUCTIONS = {"reduce_sum": OF_ALL, "reduce_mean": OF_ALL, "reduce_max": {**POINTS, **WHOLE}, "reduce_min": {**POINTS, **WHOLE},
              "reduce_prod": OF_ALL, "reduce_variance": {**POINTS, **COMPLEX}, "reduce_std": {**POINTS, **COMPLEX},
              "reduce_euclidean_norm": {k: v for k, v in OF_ALL.items() if k not in ("uint8", "int8")}, "reduce_logsumexp": POINTS}  # fmt: skip
CASES = {}
VALUES_ONLY = (
    "cumprod|complex",
    "segment_prod|complex",
    "unsorted_segment_prod|complex",
)  # TensorFlow forgets to conjugate their gradients


def case(name, function, *arrays):
    CASES[name] = function, arrays


def reduction(name, axis, keepdims):
    return lambda m, x: getattr(m, name)(x, axis=axis, keepdims=keepdims)


for _name, _points in REDUCTIONS.items():
    for _point, _x in _points.items():
        case(f"{_name}|{_point}|all", reduction(_name, None, False), _x)
        if _x.ndim == 3:
            case(f"{_name}|{_point}|1", reduction(_name, 1, False), _x)
            case(f"{_name}|{_point}|02", reduction(_name, [0, -1], True), _x)
for _name in ("reduce_any", "reduce_all"):
    case(_name, reduction(_name, 1, False), draw(3, 4) > 0)
    case(f"{_name}|none", reduction(_name, 1, False), np.zeros((2, 0), bool))


def scan(name, **flags):
    return lambda m, x: getattr(m, name)(x, **flags)


for _name in ("cumsum", "cumprod", "cumulative_logsumexp"):
    _points = POINTS if _name == "cumulative_logsumexp" else {k: v for k, v in OF_ALL.items() if k not in ("zeros", "ties")}
    for _point, _x in _points.items():
        if _x.ndim == 3:
            case(f"{_name}|{_point}", scan(_name, axis=-1), _x)
            for _e, _r in ((True, False), (False, True), (True, True)):
                case(f"{_name}|{_point}|{_e}{_r}", scan(_name, axis=1, exclusive=_e, reverse=_r), _x)

for _point in ("float32", "float16", "bfloat16", "ties", "int32", "uint8", "int8"):
    _x = OF_ALL[_point]
    for _direction in ("ASCENDING", "DESCENDING"):
        case(f"sort|{_point}|{_direction}", scan("sort", direction=_direction), _x)
        case(f"sort|{_point}|{_direction}|0", scan("sort", direction=_direction, axis=0), _x)
        case(f"argsort|{_point}|{_direction}", scan("argsort", direction=_direction, axis=1), _x)
    case(f"top_k|{_point}", scan("top_k", k=2), _x)
    case(f"top_k|{_point}|64", scan("top_k", k=3, index_type="int64"), _x)
case("top_k|long", scan("top_k", k=7), draw(3, 500))
case("top_k|many ties", scan("top_k", k=7), np.round(draw(3, 500)))
for _point in ("float32", "ties", "int32", "uint8", "bfloat16"):
    case(f"argmax|{_point}", scan("argmax"), OF_ALL[_point])
    case(f"argmax|{_point}|2", scan("argmax", axis=2, output_type="int32"), OF_ALL[_point])
    case(f"argmin|{_point}", scan("argmin", axis=-2), OF_ALL[_point])
case("argmax|bool", scan("argmax"), array([False, True, True], bool))
case("argmax|nan", scan("argmax"), array([1, NAN, 3, NAN]))
case("argmax|nan first", scan("argmax"), array([NAN, 1, 3]))
case("argmin|nan", scan("argmin"), array([NAN, 1, 3]))
case("argmax|all nan", scan("argmax"), array([NAN, NAN]))
for _k in (0, 1, 2, 5):
    case(f"in_top_k|{_k}", lambda m, t, p, k=_k: m.in_top_k(t, p, k), array([1, 0, 0, 1, 7, -1], "i4"),
         array([[0.1, 0.5, 0.2], [0.3, 0.3, 0.1], [NAN, 0.2, 0.3], [INF, 0.1, 0.2], [1, 2, 3], [1, 2, 3]]))  # fmt: skip
case("unique|int", scan("unique"), array([3, 1, 3, 2, 1], "i4"))
case("unique|float", scan("unique", out_idx="int64"), array([0.5, 0.0, -0.0, NAN, 0.5, NAN]))
case("unique|bool", scan("unique"), array([True, False, True], bool))
case("unique_with_counts", scan("unique_with_counts"), array([3, 1, 3, 2, 1], "i4"))
case("count_nonzero", scan("count_nonzero", axis=1, keepdims=True), draw(3, 4, dtype="i4"))
case("count_nonzero|float", scan("count_nonzero", dtype="float32"), array([0, -0.0, NAN, 2]))
case("zero_fraction", scan("zero_fraction"), array([0, 1, 0, NAN]))
case("zero_fraction|bool", scan("zero_fraction"), array([True, False, True], bool))
case("zero_fraction|empty", scan("zero_fraction"), array([]))
for _name, _x in {"up": [1, 2, 3], "flat": [1, 2, 2], "down": [2, 1, 3], "none": [], "one": [1], "nan": [NAN, 1]}.items():
    case(f"is_non_decreasing|{_name}", scan("is_non_decreasing"), array(_x))
    case(f"is_strictly_increasing|{_name}", scan("is_strictly_increasing"), array(_x))

NUMBERS = array([1, 4, 1, 0, 6], "i4")
MATRIX = array([[1, 4, 1], [0, 2, 2]], "i8")
for _name, _flags in {
    "plain": {}, "min": {"minlength": 9}, "max": {"maxlength": 3}, "both": {"minlength": 9, "maxlength": 3}, "none": {"maxlength": 0},
    "binary": {"binary_output": True}, "float": {"dtype": "float32"}, "negative": {"minlength": -1},
}.items():  # fmt: skip
    case(f"bincount|{_name}", scan("bincount", **_flags), NUMBERS)
    case(f"bincount|{_name}|rows", scan("bincount", axis=-1, **_flags), MATRIX)
    case(f"bincount|{_name}|all", scan("bincount", axis=0, **_flags), MATRIX)
case("bincount|scalar", scan("bincount"), array(3, "i4"))
case("bincount|floats", scan("bincount"), array([1.0, 2.9]))
case("bincount|empty", scan("bincount", minlength=3), np.zeros(0, "i4"))
for _dtype in ("f4", "f8", "i4", "i8"):
    case(f"bincount|weights {_dtype}", lambda m, a, w: m.bincount(a, w), NUMBERS, draw(5, dtype=_dtype))
    case(
        f"bincount|weights rows {_dtype}",
        lambda m, a, w: m.bincount(a, w, axis=-1, maxlength=3),
        MATRIX,
        draw(2, 3, dtype=_dtype),
    )
case("confusion_matrix", lambda m, a, b: m.confusion_matrix(a, b), array([1, 2, 4], "i4"), array([2, 2, 4], "i4"))
case(
    "confusion_matrix|more",
    lambda m, a, b: m.confusion_matrix(a, b, 4, dtype="float32"),
    array([1, 2], "i4"),
    array([2, 2], "i4"),
)
case("confusion_matrix|column", lambda m, a, b: m.confusion_matrix(a, b), array([[1], [2]], "i4"), array([2, 2], "i4"))
case("confusion_matrix|weights", lambda m, a, b, w: m.confusion_matrix(a, b, weights=w, dtype="float32"), array([1, 2, 1], "i4"),
     array([2, 2, 2], "i4"), draw(3))  # fmt: skip
case(
    "confusion_matrix|whole",
    lambda m, a, b, w: m.confusion_matrix(a, b, weights=w),
    array([1, 2], "i4"),
    array([2, 2], "i4"),
    array([0.5, 2.5]),
)

SORTED, ANY = array([0, 0, 1, 3, 3], "i4"), array([2, 0, -1, 2, 0], "i4")
ROWS = {"float32": draw(5, 2), "float16": draw(5, 2, dtype="f2"), "bfloat16": draw(5).astype(ml_dtypes.bfloat16), "int32": draw(5, dtype="i4"),
        "ties": array([2, 2, 3, 1, 1]), "nothing": np.zeros((0, 2), "f4")}  # fmt: skip
for _kind in ("sum", "mean", "max", "min", "prod", "sqrt_n"):
    for _point, _x in {**ROWS, **({"complex": draw(5, dtype="c8")} if _kind in ("sum", "prod") else {})}.items():
        if _kind == "sqrt_n" and _point == "int32":
            continue
        if _kind != "sqrt_n":
            case(f"segment_{_kind}|{_point}", lambda m, x, i, k=_kind: getattr(m, f"segment_{k}")(x, i), _x, SORTED[: len(_x)])
        case(
            f"unsorted_segment_{_kind}|{_point}",
            lambda m, x, i, k=_kind: getattr(m, f"unsorted_segment_{k}")(x, i, 4),
            _x,
            ANY[: len(_x)],
        )
    case(f"unsorted_segment_{_kind}|pairs", lambda m, x, i, k=_kind: getattr(m, f"unsorted_segment_{k}")(x, i, 3), draw(2, 3),
         array([[0, 2, 0], [2, -1, 0]], "i8"))  # fmt: skip
    case(
        f"unsorted_segment_{_kind}|scalar",
        lambda m, x, i, k=_kind: getattr(m, f"unsorted_segment_{k}")(x, i, 2),
        draw(3),
        array(1, "i4"),
    )

X, V = draw(2, 3), draw(3)
REFUSED = {
    **{f"{n} axis": lambda m, n=n: getattr(m, n)(X, axis=2) for n in REDUCTIONS},
    **{f"{n} axis twice": lambda m, n=n: getattr(m, n)(X, axis=[0, -2]) for n in REDUCTIONS},
    **{f"{n} scalar axis": lambda m, n=n: getattr(m, n)(array(1.0), axis=0) for n in REDUCTIONS},
    **{f"{n} bool": lambda m, n=n: getattr(m, n)(X > 0) for n in REDUCTIONS},
    **{
        f"{n} complex": lambda m, n=n: getattr(m, n)(draw(3, dtype="c8"))
        for n in ("reduce_max", "reduce_min", "reduce_logsumexp", "argmax")
    },
    **{f"{n} int": lambda m, n=n: getattr(m, n)(array([1], "i4")) for n in ("reduce_logsumexp", "cumulative_logsumexp")},
    **{
        f"{n} axis": lambda m, n=n: getattr(m, n)(V, axis=1)
        for n in ("cumsum", "cumprod", "cumulative_logsumexp", "argmax", "sort", "argsort")
    },
    **{
        f"{n} scalar": lambda m, n=n: getattr(m, n)(array(1.0))
        for n in ("cumsum", "cumprod", "argmin", "sort", "argsort", "top_k", "unique")
    },
    **{f"{n} direction": lambda m, n=n: getattr(m, n)(V, direction="UP") for n in ("sort", "argsort")},
    **{f"{n} no axis": lambda m, n=n: getattr(m, n)(V, axis=None) for n in ("sort", "argsort")},
    "argmax empty": lambda m: m.argmax(np.zeros((0, 3), "f4")),
    "argmax type": lambda m: m.argmax(V, output_type="float32"),
    "argmin type": lambda m: m.argmin(V, output_type="int16"),
    "count axis": lambda m: m.count_nonzero(V, axis=1),
    "top_k much": lambda m: m.top_k(V, 4),
    "top_k negative": lambda m: m.top_k(V, -1),
    "top_k type": lambda m: m.top_k(V, 1, index_type="float32"),
    "in_top_k lengths": lambda m: m.in_top_k([0], X, 1),
    "in_top_k ranks": lambda m: m.in_top_k(0, V, 1),
    "unique rank": lambda m: m.unique(X),
    "unique type": lambda m: m.unique(V, out_idx="int16"),
    "not numeric": lambda m: m.is_non_decreasing(X > 0),
    "bincount negative": lambda m: m.bincount([-1, 2]),
    "bincount axis": lambda m: m.bincount([[1, 2]], axis=1),
    "bincount rank": lambda m: m.bincount([[[1, 2]]], axis=-1),
    "bincount weights": lambda m: m.bincount([1, 2], weights=[1.0]),
    "bincount binary weights": lambda m: m.bincount([1, 2], weights=[1.0, 1.0], binary_output=True),
    "bincount maxlength": lambda m: m.bincount([1], maxlength=-1),
    "bincount dtype": lambda m: m.bincount([1], dtype="int8"),
    "confusion labels": lambda m: m.confusion_matrix([1, 5], [2, 2], num_classes=3),
    "confusion predictions": lambda m: m.confusion_matrix([1, 2], [2, 5], num_classes=3),
    "confusion negative": lambda m: m.confusion_matrix([-1, 2], [2, 1]),
    "confusion shapes": lambda m: m.confusion_matrix([1, 2], [2, 2, 2]),
    "confusion weights": lambda m: m.confusion_matrix([1, 2], [2, 2], weights=[1.0], dtype="float32"),
    **{
        f"segment {k} order": lambda m, k=k: getattr(m, f"segment_{k}")(V, [0, 2, 1])
        for k in ("sum", "mean", "max", "min", "prod")
    },
    **{f"segment {k} negative": lambda m, k=k: getattr(m, f"segment_{k}")(V, [-1, 0, 1]) for k in ("sum", "max", "prod")},
    "segment length": lambda m: m.segment_sum(V, [0, 1]),
    "segment rank": lambda m: m.segment_sum(X, [[0, 0, 0], [0, 0, 0]]),
    "segment float ids": lambda m: m.segment_sum(V, [0.0, 0.0, 1.0]),
    "segment scalar": lambda m: m.segment_sum(array(1.0), array(0, "i4")),
    **{
        f"unsorted {k} range": lambda m, k=k: getattr(m, f"unsorted_segment_{k}")(V, [0, 1, 5], 3)
        for k in ("sum", "mean", "max", "prod")
    },
    "unsorted shape": lambda m: m.unsorted_segment_sum(V, [0, 1], 3),
    "unsorted negative": lambda m: m.unsorted_segment_sum(V, [0, 0, 0], -1),
    "unsorted sqrt_n int": lambda m: m.unsorted_segment_sqrt_n(array([1, 2], "i4"), [0, 0], 1),
}
