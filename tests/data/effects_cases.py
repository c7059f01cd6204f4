"""What tests/data/make_effects.py records from TensorFlow: the errors of tf.debugging's checks, and what tf.print writes.

A check is a function of TensorFlow (or ours) and of its tf.debugging. A print is the arguments and keywords of tf.print.
"""

import numpy as np

INF, NAN = float("inf"), float("nan")
RELATIONS = {"equal": ([1, 2, 3, 4, 5], [1, 2, 0, 4, 7]), "none_equal": ([1, 2, 3], [4, 2, 3]), "less": ([1, 2, 3], [2, 2, 1]),
             "less_equal": ([1, 2, 3], [2, 2, 1]), "greater": ([1, 2, 3], [0, 2, 4]), "greater_equal": ([1, 2, 3], [0, 2, 4])}  # fmt: skip
# assert_non_positive is left out: TensorFlow forgets a line break in its message
SIGNS = {"positive": [1, 0, -2], "negative": [-1, 0, 2], "non_negative": [1, 0, -2]}
X, V, ONE = np.zeros((2, 3), "f4"), np.zeros(3, "f4"), np.ones((), "f4")


def relation(name, x, y, **options):
    return lambda tf, d: getattr(d, f"assert_{name}")(x, y, **options)


CHECKS = {
    **{f"{n} {k}": relation(n, *xy, **o) for n, xy in RELATIONS.items()
       for k, o in {"plain": {}, "message": {"message": "my message"}, "one": {"summarize": 1}, "all": {"summarize": -1}}.items()},
    **{f"{n} nothing": relation(n, [], []) for n in RELATIONS},
    **{f"{n} float": relation(n, [1.5, 2.5, 0.1], [1.5, 2.0, 0.1]) for n in RELATIONS},
    **{f"{n} broadcast": relation(n, [[1, 2], [3, 4]], 2) for n in RELATIONS},
    **{f"{n} scalars": relation(n, 1, 2) for n in RELATIONS},
    **{f"{n} sides": relation(n, 2, 1) for n in RELATIONS},
    "equal long": lambda tf, d: d.assert_equal(np.arange(100), np.arange(100) + 1),
    "equal matrix": lambda tf, d: d.assert_equal(np.zeros((3, 3)), np.ones((3, 3))),
    "equal nan": lambda tf, d: d.assert_equal([NAN], [NAN]),
    "equal strings": lambda tf, d: d.assert_equal(["a"], ["b"]),
    "equal complex": lambda tf, d: d.assert_equal([1j], [2j]),
    "equal bools": lambda tf, d: d.assert_equal(True, False),
    **{f"{n} {k}": lambda tf, d, n=n, o=o, x=x: getattr(d, f"assert_{n}")(x, **o) for n, x in SIGNS.items()
       for k, o in {"plain": {}, "message": {"message": "mm", "summarize": 1}}.items()},
    **{f"{n} scalar": lambda tf, d, n=n: getattr(d, f"assert_{n}")(0.0) for n in ("positive", "negative")},
    "positive matrix": lambda tf, d: d.assert_positive([[1, -2], [3, 4]]),
    "positive floats": lambda tf, d: d.assert_positive([1 / 3, -1e-8, 2.0, -4.0]),
    "positive nothing": lambda tf, d: d.assert_positive([]),
    "integer": lambda tf, d: d.assert_integer(1.0),
    "integer message": lambda tf, d: d.assert_integer(1.0, message="mm"),
    "integer ok": lambda tf, d: d.assert_integer([1, 2]),
    "proper ok": lambda tf, d: d.assert_proper_iterable([1]),
    "proper string": lambda tf, d: d.assert_proper_iterable("a"),
    "proper number": lambda tf, d: d.assert_proper_iterable(3),
    "proper array": lambda tf, d: d.assert_proper_iterable(np.ones(2)),
    "rank": lambda tf, d: d.assert_rank([1, 2], 2),
    "rank message": lambda tf, d: d.assert_rank([1, 2], 2, message="mm"),
    "rank ok": lambda tf, d: d.assert_rank([1, 2], np.int32(1)),
    "rank list": lambda tf, d: d.assert_rank([1, 2], [1]),
    "rank at least": lambda tf, d: d.assert_rank_at_least([1, 2], 2, message="mm"),
    "rank at least ok": lambda tf, d: d.assert_rank_at_least([[1, 2]], 1),
    "rank in": lambda tf, d: d.assert_rank_in([1, 2], (2, 3)),
    "rank in ok": lambda tf, d: d.assert_rank_in([1, 2], (1, 3)),
    "rank in list": lambda tf, d: d.assert_rank_in([1, 2], ([2], 3)),
    "same float": lambda tf, d: d.assert_same_float_dtype([tf.constant(1.0), tf.constant(2.0, tf.float64)]),
    "same float int": lambda tf, d: d.assert_same_float_dtype([tf.constant(1)]),
    "same float none": lambda tf, d: d.assert_same_float_dtype(),
    "same float given": lambda tf, d: d.assert_same_float_dtype([tf.constant(1.0)], tf.float16),
    "same float given int": lambda tf, d: d.assert_same_float_dtype(None, tf.int32),
    "scalar": lambda tf, d: d.assert_scalar([1], message="mm"),
    "scalar ok": lambda tf, d: d.assert_scalar(1),
    "type": lambda tf, d: d.assert_type(1, tf.float32),
    "type message": lambda tf, d: d.assert_type(1, "float32", message="mm"),
    "type ok": lambda tf, d: d.assert_type(1, tf.int32),
    "Assert": lambda tf, d: d.Assert(False, ["a", [1, 2, 3, 4, 5]]),
    "Assert ok": lambda tf, d: d.Assert(True, ["a"]),
    "Assert tensor": lambda tf, d: d.Assert(tf.constant(False), ["a", [1, 2, 3, 4, 5]], summarize=2),
    "Assert all": lambda tf, d: d.Assert(False, [np.arange(20)], summarize=-1),
    "Assert kinds": lambda tf, d: d.Assert(False, [[[1, 2], [3, 4]], 1.5, True, "s", [0.1, 1 / 3]]),
    "Assert nothing": lambda tf, d: d.Assert(False, []),
    "Assert no list": lambda tf, d: d.Assert(False, tf.constant(3)),
    "shapes ok": lambda tf, d: d.assert_shapes([(X, ("N", "Q")), (V, ("Q",))]),
    "shapes size": lambda tf, d: d.assert_shapes([(X, ("N", 4))]),
    "shapes message": lambda tf, d: d.assert_shapes([(X, ("N", 4))], message="mm"),
    "shapes rank": lambda tf, d: d.assert_shapes([(X, ("N", "Q", "D"))]),
    "shapes symbol": lambda tf, d: d.assert_shapes([(X, ("N", "Q")), (V, ("N",))]),
    "shapes same": lambda tf, d: d.assert_shapes([(X, ("N", "N"))]),
    "shapes any": lambda tf, d: d.assert_shapes([(X, (None, 3)), (X, (".", 3)), (X, ("*", 3)), (X, (..., 3)), (ONE, (..., "N"))]),
    "shapes late dots": lambda tf, d: d.assert_shapes([(X, ("N", ...))]),
    "shapes dots rank": lambda tf, d: d.assert_shapes([(X, (..., "A", "B", "C"))]),
    "shapes dots same": lambda tf, d: d.assert_shapes([(X, (..., "N", "N"))]),
    "shapes letters": lambda tf, d: d.assert_shapes([(X, "NQ"), (V, "N")]),
    "shapes digits": lambda tf, d: d.assert_shapes([(X, "24")]),
    "shapes scalar": lambda tf, d: d.assert_shapes([(ONE, ()), (ONE, (1,)), (ONE, ("N",))]),
    "shapes no scalar": lambda tf, d: d.assert_shapes([(X, ())]),
    "shapes vector": lambda tf, d: d.assert_shapes([(V, ())]),
    "shapes number": lambda tf, d: d.assert_shapes([(X, 3)]),
    "near": lambda tf, d: d.assert_near([1.0, 2.0], [1.0, 2.1]),
    "near ok": lambda tf, d: d.assert_near([1.0, 2.0], [1.0, 2.0000001]),
    "near tolerance": lambda tf, d: d.assert_near([1.0, 2.0], [1.0, 2.1], rtol=0.1),
    "near int": lambda tf, d: d.assert_near([1], [1]),
    "near dtypes": lambda tf, d: d.assert_near(tf.constant([1.0], tf.float64), tf.constant([1.0])),
    "near nan": lambda tf, d: d.assert_near([NAN], [NAN]),
    "near shapes": lambda tf, d: d.assert_near([1.0, 2.0], [1.0, 2.0, 3.0]),
    "equal shapes": lambda tf, d: d.assert_equal([1, 2], [1, 2, 3]),
    "equal dtypes": lambda tf, d: d.assert_equal([1], tf.constant([1.5])),
    "less bool": lambda tf, d: d.assert_less(True, False),
    "numerics nan": lambda tf, d: d.check_numerics(tf.constant([1.0, NAN]), "msg"),
    "numerics inf": lambda tf, d: d.check_numerics([1.0, -INF], "msg"),
    "numerics both": lambda tf, d: d.check_numerics([NAN, INF], "msg"),
    "numerics int": lambda tf, d: d.check_numerics([1], "msg"),
    "numerics ok": lambda tf, d: d.check_numerics([1.0], "msg"),
    "finite": lambda tf, d: d.assert_all_finite([1.0, NAN], "msg"),
}  # fmt: skip
START_ONLY = (
    "near",
    "numerics",
    "finite",
    "equal shapes",
    "equal dtypes",
    "less bool",
    "proper array",
    "Assert no list",
)  # the class, in words of our own


def wide(tf, *values):
    return [tf.constant(v) for v in values]


PRINTS = {
    "vector": lambda tf: (wide(tf, np.arange(8)), {}),
    "all": lambda tf: (wide(tf, np.arange(8)), {"summarize": -1}),
    "one": lambda tf: (wide(tf, np.arange(8)), {"summarize": 1}),
    "two": lambda tf: (wide(tf, np.arange(24).reshape(2, 3, 4)), {"summarize": 1}),
    "six": lambda tf: (wide(tf, np.arange(6), np.arange(7)), {}),
    "floats": lambda tf: (wide(tf, np.array([1.5, 2, 3e10, 1e-7, 123456789.0, 123456.7, 1234567.8, 1e15, 0.1, -0.0], "f4")), {"summarize": 9}),
    "doubles": lambda tf: (wide(tf, np.array([0.1, 1 / 3, 1e-300, 1e16])), {}),
    "halves": lambda tf: (wide(tf, np.array([0.1, 1 / 3], "f2")), {}),
    "infinite": lambda tf: (wide(tf, np.array([NAN, INF, -INF], "f4")), {}),
    "matrix": lambda tf: (wide(tf, np.arange(100).reshape(10, 10)), {}),
    "cube": lambda tf: (wide(tf, np.zeros((8, 2, 2), "f4")), {}),
    "scalars": lambda tf: ([*wide(tf, 3.0, True, -1), tf.constant("abc"), tf.constant([b"a", "b"])], {}),
    "one string": lambda tf: ([tf.constant("multi\nline")], {}),
    "strings": lambda tf: ([tf.constant([["a", "b"], ["c", "d"]])], {}),
    "mixed": lambda tf: (["x =", tf.constant([1, 2]), 3, 4.5, None, [1, "a", 2.5], (tf.constant(1), tf.constant([1.0])),
                          {"a": tf.constant(1), "b": [tf.constant(2), 3]}], {}),
    "structures": lambda tf: ([(1,), {}, [], b"bytes", 1e100, 100000.0, "{} %d"], {}),
    "array": lambda tf: ([np.array([[1, 2], [3, 4]])], {}),
    "separated": lambda tf: (["a", tf.constant(1), "b"], {"sep": "|", "end": "."}),
    "nothing": lambda tf: ([], {}),
    "empty": lambda tf: (wide(tf, np.zeros(0, "f4"), np.zeros((0, 3), "f4")), {}),
    "variable": lambda tf: ([tf.Variable([1.0, 2.0])], {}),
    "shape": lambda tf: ([tf.TensorShape([1, 2]), tf.float32], {}),
    "bools": lambda tf: (wide(tf, np.array([True, False])), {}),
}  # fmt: skip
