"""Lines that TensorFlow and gradtape are both asked: conversions, operators, tensors, variables and what stands around them.

Each is an expression in `tf` and `np`, or statements that end in one. `answer` says in JSON what it gave or raised.
"""

from __future__ import annotations

import ast
import warnings
from typing import Any

import numpy as np

DTYPES = ["float16", "bfloat16", "float32", "float64", "complex64", "complex128", "int8", "int16", "int32", "int64",
          "uint8", "uint16", "uint32", "uint64", "bool", "string"]  # fmt: skip
COMMON = ["float16", "float32", "float64", "complex64", "int8", "int32", "int64", "uint8", "bool", "string"]


# -- conversions ----------------------------------------------------------------------------------------------
VALUES = ["1", "-1", "300", "2**31", "2**40", "2**64", "2**70", "-2**63", "1.5", "-1.0", "3e38", "3e200", "float('nan')", "float('inf')", "1j", "1 + 2j",
          "True", "'abc'", "b'abc'", "None", "object()", "[]", "()", "[[]]", "[[], []]", "[1, 2]", "(1, 2)", "[1.0, 2]", "[1, 2.5]", "[1, 300]", "[1, 2**40]",
          "[True, False]", "[True, 1]", "[1, True]", "[1.0, True]", "['a', 'bc']", "['a', 1]", "[1, 'a']", "[b'a', 'b']", "[1, None]", "[None]", "[1j, 1]", "[1, 1j]",
          "[1.0, 1j]", "[[1, 2], [3, 4]]", "[[1], [2, 3]]", "[[1, 2], [3]]", "[[1, 2], 3]", "[1, [2]]", "range(3)", "{'a': 1}", "{1, 2}",
          "np.float32(1.5)", "np.float64(1.5)", "np.float16(1.5)", "np.int32(3)", "np.int64(3)", "np.int64(2**40)", "np.int8(3)", "np.uint8(200)", "np.bool_(True)",
          "np.complex64(1j)", "np.str_('a')", "np.array([1, 2])", "np.array([1.5, 2.5])", "np.array([1.5], 'f4')", "np.array([True])", "np.array(['a', 'bc'])",
          "np.array(['a', 'bc'], object)", "np.array([1, 2], object)", "np.array([1j])", "np.array([], 'f4')", "np.zeros((0, 3))", "np.array([300, 1], 'i2')",
          "np.array([1, 2], 'u4')", "np.array([1, 2], 'u8')", "np.array(['2020-01-01'], 'M8[D]')", "np.longdouble(1)", "np.ones(2, '>f4')",
          "[np.float32(1), np.float32(2)]", "[np.float64(1), 2]", "[np.int64(1), 2]", "[1, np.int64(2)]", "[np.float32(1), 2.0]", "[np.array([1, 2]), np.array([3, 4])]",
          "[np.array([1, 2]), [3, 4]]", "[np.array([1.5])]", "[np.float64(1), np.float32(2)]", "[1.0, np.float64(2)]",
          "tf.constant(1)", "tf.constant([1.5])", "[tf.constant(1), 2]", "[1, tf.constant(2)]", "[tf.constant(1.0), 2]", "[1, tf.constant(2.0)]", "[tf.constant(1), 2.5]",
          "[tf.constant([1, 2]), [3, 4]]", "[[tf.constant(1.0), 2.0], [3.0, 4.0]]", "[tf.constant(1.0), tf.constant(1)]", "[tf.constant([1]), tf.constant([1, 2])]",
          "[tf.constant(1.0, tf.float64), 2.0]", "[tf.constant(1.0, tf.float64), np.float32(2)]", "[tf.constant(1.0), None]", "tf.Variable(1.0)", "[tf.Variable(1.0), 2.0]",
          "tf.float32", "tf.TensorShape([1, 2])", "tf.TensorShape([1, None])", "tf.TensorShape(None)", "tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([0]), tf.constant([2, 1]))",
          "memoryview(b'ab')", "bytearray(b'ab')", "[b'ab', b'c\\x00']", "'\\u00e4'", "[[[1.0]]]", "[np.array(1.0), np.array(2.0)]", "np.array(5)", "(x for x in [1, 2])",
          "lambda: 1", "1 << 31", "-(1 << 31)", "[2**63]", "[2**63 - 1]", "[2**64]", "[-2**63 - 1]", "[1.0, 2**70]", "[3e200]", "1e-50", "65520.0", "1e6"]  # fmt: skip


def conversions() -> list[str]:
    plain = [f"tf.{f}({v})" for f in ("constant", "convert_to_tensor") for v in VALUES]
    scalars = ["1", "300", "-1", "2**40", "2**70", "1.5", "2.0", "3e200", "1j", "True", "'a'", "None", "[]", "[1, 2]", "[1.5, 2]", "[True]", "['a']", "[1j]", "[1, None]",
               "np.float64(1.5)", "np.int64(3)", "np.array([1.5])", "np.array([1, 2])", "np.array([300])", "np.array([True])", "np.array([-1.0])", "np.array(['a'])",
               "np.array([1j])", "np.array([1, 'a'], object)", "tf.constant(1)", "tf.constant([1.5])", "tf.Variable(1.0)", "[tf.constant(1), 2]", "[tf.constant(1.0), 2]"]  # fmt: skip
    typed = [f"tf.{f}({v}, dtype='{d}')" for f in ("constant", "convert_to_tensor") for v in scalars for d in COMMON]
    others = [
        f"tf.constant({v}, '{d}')"
        for v in ("1", "1.5", "True", "[70000]", "np.array([70000.0])")
        for d in DTYPES
        if d not in COMMON
    ]
    hints = [f"tf.convert_to_tensor({v}, dtype_hint='{d}')" for v in ("1", "1.5", "'a'", "[1, 2]", "[]", "np.array([1])", "tf.constant(1)", "None")
             for d in ("float32", "int64", "string", "bool")]  # fmt: skip
    shapes = [f"tf.constant({v}, shape={s})" for v in ("1", "[1, 2, 3, 4]", "[[1, 2]]", "[]", "1.5", "np.ones(4)", "tf.constant([1, 2, 3, 4])", "'a'")
              for s in ("[2, 2]", "[4]", "()", "[0]", "[1]", "2", "[3]", "[2, -1]", "[None]", "'x'", "tf.TensorShape([4])")]  # fmt: skip
    return plain + typed + others + hints + shapes


# -- operators ------------------------------------------------------------------------------------------------
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "@", "<", "<=", ">", ">=", "==", "!=", "&", "|", "^"]
LEFT = ["tf.constant([1.0, 2.0])", "tf.constant([4, 2])", "tf.Variable([1.0, 2.0])", "tf.constant([True, False])", "tf.constant(['a', 'b'])", "tf.constant([1j, 2.0])",
        "tf.constant([1.0, 2.0], tf.float64)", "tf.constant([1, 2], tf.uint8)", "tf.constant([1, 2], tf.int64)", "tf.constant([1.0, 2.0], tf.float16)",
        "tf.constant([1.0, 2.0], tf.bfloat16)"]  # fmt: skip
RIGHT = ["tf.constant([3.0, 4.0])", "tf.constant([3, 4])", "tf.constant([1, 2, 3])", "tf.constant([True, True])", "2", "2.0", "-1", "2.5", "True", "1j", "'a'", "None", "300",
         "2**40", "2**70", "1e300", "[1, 2]", "[1.0, 2.0]", "(1.0, 2.0)", "[1.5, 2]", "np.array([1.0, 2.0])", "np.array([1.0, 2.0], 'f4')", "np.array([1, 2])", "np.float64(2)",
         "np.float32(2)", "np.int64(2)", "np.int32(2)", "object()", "[]", "'ab'", "tf.Variable([1.0, 2.0])", "tf.constant([3.0, 4.0], tf.float64)", "[[1.0], [2.0]]", "{}"]  # fmt: skip


def operators() -> list[str]:
    every = [f"{a} {op} {b}" for a in LEFT[:3] for op in ("+", "-", "/", "%", "@", "<", "==", "&") for b in RIGHT]
    reflected = [
        f"{b} {op} {a}" for a in LEFT[:3] for op in ("+", "/", "**", ">=") for b in RIGHT if "tf." not in b and "None" not in b
    ]
    rest = [
        f"{a} {op} {b}"
        for a in LEFT[3:]
        for op in ("+", "*", "/", "//", "**", "!=", "|")
        for b in [a, "2", "2.0", "True", "'a'", "tf.constant([3.0, 4.0])", "np.array([1, 2])", "300", "-1", "[1, 2]", "None"]
    ]
    unary = [
        f"{f}({a})"
        for f in (
            "-",
            "+",
            "~",
            "abs",
            "not ",
            "round",
            "len",
            "hash",
            "bool",
            "float",
            "int",
            "complex",
            "iter",
            "list",
            "str",
            "repr",
        )
        for a in LEFT
    ]
    more = [
        "divmod(tf.constant(7), 2)", "divmod(7, tf.constant(2))", "pow(tf.constant(2), 3)", "pow(2, tf.constant(3))", "2 in tf.constant([1, 2])", "0 < tf.constant(1) < 2",
        "tf.constant(1) < 2 < 3", "tf.constant(7) // -2", "tf.constant(-7) // 2", "tf.constant(-7) % 3", "tf.constant(7) % -3", "tf.constant(-7.5) % 2.0", "tf.constant(7.5) // -2.0",
        "tf.constant(1) // 0", "tf.constant(1) % 0", "tf.constant(1.0) // 0.0", "tf.constant(1.0) % 0.0", "tf.constant(1) / 0", "tf.constant(1.0) / 0.0", "tf.constant(2) ** -1",
        "tf.constant(2.0) ** -1", "tf.constant(-8.0) ** (1 / 3)", "tf.constant(0.0) ** 0.0", "tf.constant(0) ** 0", "tf.constant([1, 2]) ** tf.constant([-1, 2])",
        "tf.constant([[1.0, 2.0]]) @ tf.constant([[1.0], [2.0]])", "tf.constant([1.0]) @ tf.constant([1.0])", "tf.constant([[1.0]]) @ tf.constant([1.0])", "[[1.0, 2.0]] @ tf.constant([[1.0], [2.0]])",
        "tf.constant([[1.0, 2.0]]) @ [[1.0], [2.0]]", "tf.constant([[1, 2]]) @ [[1], [2]]", "np.ones((1, 2), 'f4') @ tf.constant([[1.0], [2.0]])", "tf.constant([[1.0, 2.0]]) @ tf.constant([[1.0, 2.0]])",
        "tf.constant(2.0) @ tf.constant([[1.0]])", "tf.constant(3) << 1", "tf.constant(3) >> 1", "tf.constant(3) < 'a'", "tf.constant(True) & 1", "tf.constant(1) & True", "tf.constant(6) & 3",
        "tf.constant(6) | 3", "tf.constant(6) ^ 3", "~tf.constant(6)", "True & tf.constant([True, False])", "tf.constant([1.0]) == [1.0]", "tf.constant([1, 2]) == [1, 2, 3]", "tf.constant([1, 2]) != [1, 2, 3]",
        "tf.constant([1, 2]) == None", "tf.constant([1, 2]) != None", "None == tf.constant([1, 2])", "tf.constant(1) == 'a'", "tf.constant('a') == 'a'", "tf.constant('a') != b'a'", "tf.constant(1) == 1.0",
        "tf.constant(1.0) == 1", "tf.constant(1.0) == tf.constant(1)", "tf.constant('a') + 'b'", "'b' + tf.constant('a')", "tf.constant('a') * 2", "tf.constant(['a']) + ['b']", "tf.constant('a') < 'b'",
        "sum([tf.constant(1), tf.constant(2)])", "sum(tf.constant([1.0, 2.0]))", "max(tf.constant([1.0, 2.0]))", "min(tf.constant(1.0), 2.0)", "sorted([tf.constant(2), tf.constant(1)])",
        "np.float64(2) * tf.constant(1.0)", "np.float32(2) * tf.constant(1)", "np.array([1.0, 2.0]) * tf.Variable([1.0, 2.0])", "np.int64(2) ** tf.constant(2)", "np.array([1, 2]) < tf.constant([2, 1])",
        "np.array([1, 2]) == tf.constant([2, 1], tf.int64)", "np.float64(2) < tf.constant(1.0)", "tf.constant(1.0) + tf.constant([1, 2])", "tf.constant([1.0, 2.0]) + tf.ones([3])", "tf.ones([2, 3]) * tf.ones([2])",
        "tf.constant(1) + tf.constant(1, tf.int64)", "tf.constant(1) / tf.constant(2)", "tf.constant(1, tf.int8) / tf.constant(2, tf.int8)", "tf.constant(1, tf.int64) / 2", "tf.constant(1, tf.uint8) / 2",
        "tf.constant(1, tf.uint8) - 2", "tf.constant(1, tf.uint8) + 300", "tf.constant(127, tf.int8) + 1", "-tf.constant(1, tf.uint8)", "abs(tf.constant(-1j))", "abs(tf.constant(-128, tf.int8))",
        "1.5 + tf.constant(1)", "tf.constant(1) + 1.5", "tf.constant(1) * 2.0", "tf.constant(5) / 2.5", "1e40 * tf.constant(1.0)", "2**40 + tf.constant(1)", "tf.constant(1, tf.int64) + 2**40", "1j * tf.constant(1.0)",
        "tf.constant(1j) * 2", "tf.constant(1j) * 2.5", "tf.constant(1j) / 2", "tf.constant(1j) < 2", "tf.constant(1j) // 2", "tf.constant(1j) % 2", "tf.constant(1j) ** 2", "tf.Variable(1.0) + tf.Variable(2.0)",
        "tf.Variable(2) ** 2", "-tf.Variable(2.0)", "abs(tf.Variable(-2.0))", "tf.Variable([1.0, 2.0]) == tf.Variable([1.0, 3.0])", "tf.Variable(1.0) == None", "tf.Variable(True) & False",
        "~tf.Variable(True)", "2 // tf.Variable(3)", "2.0 ** tf.Variable(3.0)", "tf.Variable(2) / 4", "tf.Variable([[1.0]]) @ tf.Variable([[2.0]])", "tf.Variable([1, 2]) < 2",
    ]  # fmt: skip
    return every + reflected + rest + unary + more


# -- tensors --------------------------------------------------------------------------------------------------
TENSORS = {
    "scalar": "tf.constant(1.5)", "int": "tf.constant(3)", "bool": "tf.constant(True)", "string": "tf.constant('abc')", "complex": "tf.constant(1 + 2j)", "bf": "tf.constant(1.5, tf.bfloat16)",
    "half": "tf.constant(1.5, tf.float16)", "u8": "tf.constant(200, tf.uint8)", "vector": "tf.constant([1.0, 2.5])", "ints": "tf.constant([1, 2, 3])", "bools": "tf.constant([True, False])",
    "strings": "tf.constant(['a', 'bc'])", "bfs": "tf.constant([1.5, 2.0], tf.bfloat16)", "matrix": "tf.constant([[1.0, 2.0], [3.0, 4.0]])", "empty": "tf.constant([])", "empty2": "tf.zeros([0, 3])",
    "big": "tf.constant(np.arange(2000.0, dtype='f4'))", "big2": "tf.reshape(tf.range(10000), [100, 100])", "cube": "tf.zeros([2, 1, 2])", "nan": "tf.constant([np.nan, np.inf, -np.inf])",
    "mixed": "tf.constant([1e-10, 1e10])", "complexes": "tf.constant([1j, 2.0])", "doubles": "tf.constant([0.1, 0.2], tf.float64)", "tiny": "tf.constant(0.1)", "halves": "tf.constant([0.1], tf.float16)",
    "long": "tf.constant('a' * 100)", "unicode": "tf.constant('\\u00e4')", "i64": "tf.constant([2**40])", "var": "tf.Variable(1.5)", "vars": "tf.Variable([1.0, 2.0], name='w')",
    "varm": "tf.Variable([[1, 2], [3, 4]], name='m')", "varb": "tf.Variable(True)", "vars_": "tf.Variable('abc')", "varbf": "tf.Variable([1.5], dtype=tf.bfloat16)", "varu": "tf.Variable([1.0], shape=tf.TensorShape(None))",
    "varn": "tf.Variable([1.0], shape=[None])", "varbig": "tf.Variable(np.arange(2000.0, dtype='f4'))",
}  # fmt: skip
ASKED = ["repr({x})", "str({x})", "format({x})", "format({x}, '.2f')", "format({x}, '>30')", "'%s' % ({x},)", "'%.2f' % {x}", "'%d' % {x}", "len({x})", "bool({x})", "float({x})", "int({x})",
         "complex({x})", "hash({x})", "list({x})", "{x}.numpy()", "type({x}.numpy()).__name__", "{x}.shape", "{x}.dtype", "{x}.ndim", "{x}.device", "{x}.get_shape()", "np.array({x})",
         "np.asarray({x}).dtype.name", "np.array({x}, dtype='f8')", "np.array({x}, copy=True)", "np.asarray({x}, copy=False).shape", "np.array({x}).flags.writeable", "{x}.numpy().flags.writeable", "tf.is_tensor({x})",
         "isinstance({x}, tf.Tensor)", "isinstance({x}, tf.Variable)", "{x}[0]", "{x}[...]", "[0, 1, 2, 3, 4][{x}]", "range(5)[{x}]", "{x}.ref() == {x}.ref()", "hash({x}.ref()) is not None", "{x}.ref().deref().shape",
         "copy.copy({x})", "copy.deepcopy({x})", "pickle.loads(pickle.dumps({x}))", "math.sqrt({x})", "np.ndim({x})", "operator.index({x})",
         "{x}.foo", "{x}.name", "{x}.mean()", "{x}.astype('f8')", "{x}.item()", "{x}.tolist()", "{x}.size", "{x}.reshape([1])", "{x}.assign(1.0)",
         "{x}.set_shape([1])", "next(iter({x}))", "[a for a in {x}]", "tuple({x})", "{x} is {x}", "{{ {x}: 1 }}", "{{ {x} }}", "{x} in [1]", "tf.size({x})", "tf.rank({x})", "tf.shape({x})",
         "{x}.trainable", "{x}.read_value()", "{x}.initial_value", "{x}.constraint", "{x}.shape.as_list()", "{x}.sparse_read([0])", "{x}.gather_nd([[0]])"]  # fmt: skip


def tensors() -> list[str]:
    return [ask.format(x=x) for x in TENSORS.values() for ask in ASKED]


# -- indexing -------------------------------------------------------------------------------------------------
KEYS = ["0", "-1", "2", "5", "-5", "1.0", "1.5", "True", "False", "None", "'a'", "...", ":", "::2", "::-1", "1:", ":-1", "1:2", "5:2", "2:0:-1", "::0", "0:100", "0, 1", "0, ...", "..., 0", ":, 1", "None, 0",
        "0, None", "..., None", "0, 1, 2", "..., ...", ":, ::-1", "[0, 1]", "[True, False]", "[0]", "(0, 1)", "tf.constant(1)", "tf.constant(1, tf.int64)", "tf.constant(1.0)", "tf.constant([0, 1])",
        "tf.constant([True, False, True])", "np.array([0, 1])", "np.int64(1)", "np.float32(1)", "tf.constant(1):", "np.int64(1):2", "1.0:2", "'a':", "tf.newaxis", "tf.Variable(1)", "0, [1]", "2**40", "None, None",
        "tf.constant([[True, False], [False, True], [True, True]])", "0:tf.constant(2)", "tf.constant(1), tf.constant(0)", "tf.newaxis, ..., tf.newaxis", "slice(None)", "slice(0, 2), 0", "{}", "object()"]  # fmt: skip


def indexing() -> list[str]:
    bases = [
        "tf.constant([1.0, 2.0, 3.0])",
        "tf.constant([[1, 2], [3, 4], [5, 6]])",
        "tf.constant(1.0)",
        "tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])",
        "tf.zeros([0, 2])",
    ]
    return [f"{b}[{k}]" for b in bases for k in KEYS] + [
        "x = tf.constant([1, 2])\nx[0] = 1",
        "x = tf.Variable([1, 2])\nx[0] = 1",
        "x = tf.constant([1, 2])\ndel x[0]",
    ]


# -- variables ------------------------------------------------------------------------------------------------
def variables() -> list[str]:
    made = ["tf.Variable()", "tf.Variable(None)", "tf.Variable(1.0, name='w').name", "tf.Variable(1.0).name", "tf.Variable(1.0, trainable=False).trainable", "tf.Variable(1).trainable", "tf.Variable(1.0, dtype='int32')",
            "tf.Variable(1, dtype='float32')", "tf.Variable(1.5, dtype=tf.float64).dtype", "tf.Variable(lambda: 3.0)", "tf.Variable(lambda: tf.ones([2]))", "tf.Variable(tf.ones)", "tf.Variable([1.0], shape=[2])",
            "tf.Variable([1.0], shape=[None]).shape", "tf.Variable([1.0], shape=tf.TensorShape(None)).shape", "tf.Variable([1.0], shape=tf.TensorShape(None)).assign([[1.0, 2.0]])", "tf.Variable([1.0], shape=[None]).assign([1.0, 2.0])",
            "tf.Variable([1.0], shape=[None]).assign([[1.0]])", "tf.Variable(1.0, constraint=1)", "tf.Variable(1.0, constraint=lambda x: x).constraint is not None", "tf.Variable(1.0, name='a/b').name", "tf.Variable(1.0, name='a b').name",
            "tf.Variable(1.0, name=3)", "tf.Variable('a')", "tf.Variable(['a', 'b']).dtype", "tf.Variable(np.ones(2)).dtype", "tf.Variable(np.ones(2), dtype=tf.float32)", "tf.Variable(tf.Variable(2.0))", "tf.Variable([[1], [2, 3]])",
            "tf.Variable(tf.ones([2]), dtype=tf.float64)", "tf.Variable(tf.ones([2]), dtype=tf.int32)", "tf.Variable(object())", "tf.Variable(1.0, bogus=1)", "tf.Variable(1.0, True, True).trainable", "tf.Variable(1.0, validate_shape=False)",
            "tf.Variable(1.0, synchronization=tf.VariableSynchronization.AUTO, aggregation=tf.VariableAggregation.MEAN).aggregation.name", "tf.Variable(1.0, dtype='bogus')", "tf.Variable(1.0, shape='a')", "tf.Variable({'a': 1})",
            "tf.Variable(1j).dtype", "tf.Variable(True).dtype", "tf.Variable(2**40).dtype", "tf.Variable([]).dtype", "tf.Variable(3).assign(2.5)", "tf.Variable(3).assign(2.0)", "tf.Variable(3.0).assign(2)", "tf.Variable(3.0).assign(True)",
            "tf.Variable(3.0).assign('a')", "tf.Variable(3.0).assign(None)", "tf.Variable(3.0).assign([1.0])", "tf.Variable([3.0]).assign(1.0)", "tf.Variable([3.0]).assign([[1.0]])", "tf.Variable([3.0]).assign([1.0, 2.0])",
            "tf.Variable(3.0).assign(tf.constant(1))", "tf.Variable(3.0).assign(tf.constant(1.0, tf.float64))", "tf.Variable(3.0).assign(np.float64(2))", "tf.Variable([3.0]).assign(np.array([2.0]))", "tf.Variable([3.0]).assign(np.array([2]))",
            "tf.Variable([3]).assign(np.array([2.5]))", "tf.Variable(3.0).assign(tf.Variable(2.0))", "tf.Variable(3.0).assign(object())", "tf.Variable(3, dtype=tf.uint8).assign(300)", "tf.Variable(3).assign(2**40)"]  # fmt: skip
    updates = [f"tf.Variable({v}).{f}({d})" for f in ("assign_add", "assign_sub") for v in ("3.0", "[1.0, 2.0]", "3") for d in
               ("1", "1.0", "1.5", "[1.0]", "[1.0, 2.0]", "[[1.0, 2.0]]", "'a'", "None", "True", "tf.constant(1)", "tf.constant(1.0)", "np.float64(1)", "np.array([1.0, 2.0])", "tf.Variable(1.0)", "1j",
                "tf.IndexedSlices(tf.constant([1.0]), tf.constant([0]), tf.constant([2]))")]  # fmt: skip
    programs = [
        "v = tf.Variable(1.0)\nw = v.assign_add(1.0)\nw is v", "v = tf.Variable(1.0)\n(v.assign_add(1.0).assign_sub(3.0), v.numpy())", "v = tf.Variable(1.0)\nv.assign(2.0, read_value=False)",
        "v = tf.Variable(1.0)\nv.assign_add(v)\nv.numpy()", "v = tf.Variable([1.0, 2.0])\nv.assign_sub(v * v)\nv.numpy()", "v = tf.Variable(1.0)\ny = v.assign(3.0) + v.assign(4.0)\n(y, v.numpy())",
        "v = tf.Variable(1.0)\ny = v.assign_add(1.0) * v.assign_add(1.0)\n(y, v.numpy())", "v = tf.Variable(1.0)\nv += 1.0\n(isinstance(v, tf.Variable), v)", "v = tf.Variable(1.0)\nv -= 1.0\ntype(v).__name__ == 'ResourceVariable'",
        "v = tf.Variable([1.0, 2.0])\nv[0].assign(5.0)\nv.numpy()", "v = tf.Variable([1.0, 2.0])\nv[0].assign_add(5.0)\nv.numpy()", "v = tf.Variable([1.0, 2.0])\nv[:1].assign([5.0])\nv.numpy()", "v = tf.Variable([1.0, 2.0])\nv[:1].assign([5.0, 6.0])",
        "v = tf.Variable([1.0, 2.0])\nv[5].assign(1.0)", "v = tf.Variable([1.0, 2.0])\nv[0].assign(tf.constant(1))", "v = tf.Variable([1.0, 2.0])\nv[::-1].assign([5.0, 6.0])\nv.numpy()", "v = tf.Variable([[1.0, 2.0]])\nv[0, 1].assign(7.0)\nv.numpy()",
        "v = tf.Variable([[1.0, 2.0]])\nv[..., None].assign([[[7.0], [8.0]]])\nv.numpy()", "v = tf.Variable([1.0, 2.0])\nv[0].assign(None)", "v = tf.Variable([1.0, 2.0])\nv[[True, False]].assign(1.0)", "v = tf.Variable([1.0, 2.0])\nv[:].assign(3.0)\nv.numpy()",
        "v = tf.Variable([1.0])\nw = copy.deepcopy(v)\nv.assign([2.0])\n(w.numpy(), w.name, v.name)", "v = tf.Variable([1.0], trainable=False, name='q')\nw = copy.deepcopy(v)\n(w.trainable, w.name)", "v = tf.Variable([1.0])\nw = copy.copy(v)\nv.assign([2.0])\nw.numpy()",
        "v = tf.Variable([1.0], trainable=False, name='q')\nw = pickle.loads(pickle.dumps(v))\n(w.trainable, w.name, w.numpy())", "d = copy.deepcopy({'a': tf.Variable(1.0), 'b': [tf.constant(2.0)]})\n(d['a'].numpy(), d['b'][0])",
        "v = tf.Variable([1.0, 2.0])\n[x.numpy() for x in v]", "v = tf.Variable(1.0)\n{v.ref(): 1}[v.ref()]", "v = tf.Variable(1.0)\nv in [v]", "v = tf.Variable([1.0, 2.0])\nv in [v]", "t = tf.constant(1.0)\nt in [t]", "t = tf.constant([1.0, 2.0])\nt in [t]",
        "v = tf.Variable([1.0, 2.0])\n[v].index(v)", "t = tf.constant([1.0, 2.0])\n[t, t].count(t)", "v = tf.Variable([1.0, 2.0])\nv.scatter_add(tf.IndexedSlices(tf.constant([5.0]), tf.constant([1]))).numpy()", "tf.Variable([1.0, 2.0]).shape.as_list()",
        "v = tf.Variable([1.0, 2.0])\nw = v.numpy()\nv.assign([3.0, 4.0])\nw", "v = tf.Variable([1.0, 2.0])\nw = v.read_value()\nv.assign_add([3.0, 4.0])\nw", "v = tf.Variable([1.0, 2.0])\nw = v.value()\nv.assign_add([3.0, 4.0])\nw",
        "v = tf.Variable([1.0, 2.0])\nw = tf.convert_to_tensor(v)\nv.assign_add([3.0, 4.0])\nw", "v = tf.Variable([1.0, 2.0])\nw = tf.identity(v)\nv.assign_add([3.0, 4.0])\nw", "v = tf.Variable([1.0, 2.0])\nw = v[:]\nv.assign_add([3.0, 4.0])\nw",
        "v = tf.Variable([1.0, 2.0])\nw = np.asarray(v)\nv.assign_add([3.0, 4.0])\nw", "v = tf.Variable([1.0, 2.0])\nv.trainable = False", "v = tf.Variable([1.0, 2.0])\nv.foo = 3\nv.foo", "t = tf.constant([1.0, 2.0])\nt.foo = 3\nt.foo",
        "v = tf.Variable([1.0, 2.0])\nv.shape = [1]", "t = tf.constant(1.0)\nt.dtype = tf.int32", "with tf.name_scope('a'):\n    v = tf.Variable(1.0, name='b')\nv.name", "with tf.name_scope('a'):\n    with tf.name_scope('b/'):\n        v = tf.Variable(1.0)\nv.name",
        "with tf.name_scope('a'):\n    with tf.name_scope('b'):\n        v = tf.Variable(1.0)\nv.name", "with tf.name_scope('a') as s:\n    pass\ns", "with tf.name_scope('') as s:\n    pass\ns", "tf.name_scope(3)", "tf.name_scope(None)", "tf.name_scope('a b').name",
        "x = np.ones(2, 'f4')\nt = tf.constant(x)\nx[0] = 5\nt", "x = np.ones(2, 'f4')\nt = tf.convert_to_tensor(x)\nx[0] = 5\nt", "x = np.ones(2, 'f4')\nv = tf.Variable(x)\nx[0] = 5\nv.numpy()", "t = tf.constant([1.0])\nt.numpy()[0] = 5\nt",
        "t = tf.constant([1.0])\nnp.asarray(t)[0] = 5", "t = tf.constant([1.0])\nnp.array(t)[0] = 5\nt", "v = tf.Variable([1.0])\nv.numpy()[0] = 5\nv.numpy()",
    ]  # fmt: skip
    return made + updates + programs


# -- what stands around them ----------------------------------------------------------------------------------
def around() -> list[str]:
    shapes = [
        "tf.TensorShape([1, 2])",
        "tf.TensorShape([None, 2])",
        "tf.TensorShape(None)",
        "tf.TensorShape([])",
        "tf.TensorShape(())",
        "tf.TensorShape([3])",
    ]
    asked = ["repr({x})", "str({x})", "len({x})", "list({x})", "{x}.rank", "{x}.ndims", "{x}.as_list()", "{x}.num_elements()", "{x}.is_fully_defined()", "{x}[0]", "{x}[-1]", "{x}[0:1]", "{x}[1:]", "{x}[5]", "bool({x})", "hash({x}) is not None",
             "{x} == [1, 2]", "{x} == (1, 2)", "{x} == tf.TensorShape([1, 2])", "{x} == [None, 2]", "{x} != [1, 2]", "{x} == None", "{x} == 3", "{x}.is_compatible_with([1, 2])", "{x}.is_compatible_with([1, 2, 3])", "{x}.is_compatible_with(None)",
             "{x}.merge_with([1, 2])", "{x}.merge_with([None, None])", "{x}.concatenate([4])", "{x} + [4]", "[4] + {x}", "{x}.with_rank(2)", "{x}.with_rank_at_least(2)", "{x}.with_rank_at_most(1)", "{x}.assert_has_rank(2)",
             "{x}.assert_same_rank([1, 2])", "{x}.assert_is_compatible_with([1, 2])", "{x}.assert_is_fully_defined()", "{x}.dims", "isinstance({x}, tuple)", "tuple({x})", "1 in {x}", "{x}.most_specific_compatible_shape([1, 3])",
             "pickle.loads(pickle.dumps({x}))", "copy.deepcopy({x})", "np.zeros({x}).shape", "tf.zeros({x}).shape", "sum({x})", "max({x})", "reversed({x})", "{x} < [2]",
             "np.prod({x})", "{x}.unknown"]  # fmt: skip
    made = ["tf.TensorShape(3)", "tf.TensorShape('a')", "tf.TensorShape([-1])", "tf.TensorShape(['a'])", "tf.TensorShape([1.5])", "tf.TensorShape([1.0])", "tf.TensorShape(tf.constant([1, 2]))", "tf.TensorShape(np.array([1, 2]))", "tf.TensorShape([tf.constant(1)])",
            "tf.TensorShape((2, None))", "tf.TensorShape({1: 2})", "tf.TensorShape(range(2))", "tf.TensorShape([True])", "tf.TensorShape(tf.TensorShape([1]))"]  # fmt: skip
    dtypes = [
        f"tf.{d}"
        for d in ("float32", "int64", "bool", "string", "bfloat16", "complex64", "uint8", "float16", "resource", "variant")
    ]
    of_dtype = ["repr({x})", "str({x})", "{x}.name", "{x}.size", "{x}.min", "{x}.max", "{x}.limits", "{x}.is_floating", "{x}.is_integer", "{x}.is_complex", "{x}.is_bool", "{x}.is_unsigned", "{x}.is_numeric", "{x}.is_quantized", "{x}.is_numpy_compatible", "{x}.as_numpy_dtype.__name__",
                "{x}.as_datatype_enum", "{x}.base_dtype", "{x}.real_dtype", "{x} == 'float32'", "{x} == np.float32", "{x} == np.dtype('float32')", "{x} == float", "{x} == 1", "{x} == None", "{x} != 'int64'", "{x} == {x}.as_numpy_dtype", "'float32' == {x}", "hash({x}) is not None",
                "{x}.is_compatible_with('float32')", "pickle.loads(pickle.dumps({x}))", "copy.deepcopy({x}) is {x}", "np.dtype({x}).name", "np.zeros(2, {x}).dtype.name", "tf.as_dtype({x}.name)", "{{ {x}: 1 }}[{x}]", "{x} in ['float32', 'int64']", "{x} < tf.float64", "{x}.foo", "tf.cast([1, 0], {x})",
                "tf.zeros([2], {x})", "int({x})"]  # fmt: skip
    named = [f"tf.as_dtype({v})" for v in ("'float32'", "'float'", "'double'", "'half'", "'int'", "'str'", "'string'", "'bogus'", "''", "None", "float", "int", "bool", "complex", "str", "bytes", "object", "np.float32", "np.dtype('i8')", "np.int64(3)", "1", "2", "0",
             "1000", "'bool'", "'bfloat16'", "'f4'", "'<f4'", "'>f4'", "np.longdouble", "np.datetime64", "[]", "'resource'", "'float32_ref'", "'qint8'", "tf.constant(1.0).dtype", "'complex'", "np.str_", "np.object_", "np.bool_", "'uint4'", "'int4'", "'float8_e5m2'", "tf.constant(1)", "list")]  # fmt: skip
    specs = ["tf.TensorSpec([None, 3], tf.float32)", "tf.TensorSpec(None)", "tf.TensorSpec([], 'int32', name='n')", "tf.TensorSpec(3)", "tf.TensorSpec('a')", "tf.TensorSpec([1], 'bogus')", "tf.TensorSpec([1])", "tf.TensorSpec()",
             "tf.TensorSpec([1]) == tf.TensorSpec([1])", "tf.TensorSpec([1]) == tf.TensorSpec([2])", "tf.TensorSpec([1]).is_compatible_with(tf.ones([1]))", "tf.TensorSpec([None]).is_compatible_with(tf.ones([5]))", "tf.TensorSpec([None]).is_compatible_with(tf.ones([5, 1]))",
             "tf.TensorSpec([1]).is_compatible_with(3)", "tf.TensorSpec([1]).is_compatible_with([3.0])", "tf.TensorSpec([1]).is_compatible_with(tf.TensorSpec([None]))", "tf.TensorSpec.from_tensor(tf.ones([2]))", "tf.TensorSpec.from_tensor(tf.ones([2]), 'x')", "tf.TensorSpec.from_tensor([1.0])",
             "tf.TensorSpec.from_spec(tf.TensorSpec([1], name='q'))", "tf.TensorSpec.from_spec(tf.TensorSpec([1], name='q'), name='r')", "hash(tf.TensorSpec([1])) == hash(tf.TensorSpec([1]))", "pickle.loads(pickle.dumps(tf.TensorSpec([1, None])))", "tf.TensorSpec([1]).is_subtype_of(tf.TensorSpec([None]))",
             "tf.TensorSpec([2, 3]).most_specific_compatible_type(tf.TensorSpec([2, 4]))", "tf.TensorSpec([2, 3]).most_specific_common_supertype([tf.TensorSpec([2, 4])])", "tf.TensorSpec([1]).value_type is not None", "tf.TensorSpec([1]).shape", "tf.TensorSpec([1]).dtype", "tf.TensorSpec([1]).name",
             "repr(tf.TensorSpec(None, tf.int8, 'a'))", "str(tf.TensorSpec([1]))", "tf.type_spec_from_value(tf.ones([2]))", "tf.type_spec_from_value([1, 2])"]  # fmt: skip
    return (
        [a.format(x=x) for x in shapes for a in asked]
        + made
        + [a.format(x=x) for x in dtypes for a in of_dtype]
        + named
        + specs
        + slices()
        + structures()
        + modules()
    )


def slices() -> list[str]:
    s = "tf.IndexedSlices(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([1, 1]), tf.constant([3, 2]))"
    n = "tf.IndexedSlices(tf.constant([[1.0, 2.0]]), tf.constant([1]))"
    asked = ["{x}.values", "{x}.indices", "{x}.dense_shape", "{x}.shape", "{x}.dtype", "{x}.device", "-{x}", "{x} * 2.0", "2.0 * {x}", "{x} + 1.0", "{x} / 2.0", "tf.convert_to_tensor({x})", "tf.convert_to_tensor({x}, tf.float64)", "tf.convert_to_tensor({x}, tf.float32)",
             "tf.negative({x})", "tf.identity({x}).shape", "len({x})", "{x}[0]", "tf.add({x}, 1.0)", "tf.reduce_sum({x})", "tf.is_tensor({x})", "isinstance({x}, tf.IndexedSlices)", "str({x})", "hash({x}) is not None", "{x} == {x}",
             "tf.math.scalar_mul(2.0, {x}).values", "tf.Variable(tf.ones([3, 2])).assign({x}).numpy()", "tf.Variable(tf.ones([3, 2])).assign_sub({x}).numpy()", "tf.nest.flatten({x})", "tf.nest.flatten({x}, expand_composites=True)", "{x}.op", "{x}.graph", "{x}.consumers()",
             "tf.cast({x}, tf.float64)", "tf.square({x})", "bool({x})", "tf.clip_by_norm({x}, 1.0).values", "tf.linalg.global_norm([{x}])", "pickle.loads(pickle.dumps({x})).values", "copy.copy({x}).values", "copy.deepcopy({x}).values", "tf.clip_by_global_norm([{x}], 1.0)[0][0].values",
             "tf.gather({x}, [0])", "tf.math.add_n([{x}, {x}])", "{x}.foo"]  # fmt: skip
    made = ["tf.IndexedSlices([1.0], [0])", "tf.IndexedSlices([1.0], [0]).values", "tf.IndexedSlices(tf.constant([1.0]), tf.constant([0.5]))", "tf.IndexedSlices(values=tf.constant([1.0]), indices=tf.constant([0]), dense_shape=[2]).dense_shape", "tf.IndexedSlices(1)", "tf.IndexedSlices(None, None)",
            "tf.convert_to_tensor(tf.IndexedSlices(tf.constant([1.0]), tf.constant([5]), tf.constant([3])))", "tf.convert_to_tensor(tf.IndexedSlices(tf.constant([1.0]), tf.constant([-1]), tf.constant([3])))"]  # fmt: skip
    return [a.format(x=x) for x in (s, n) for a in asked] + made


def structures() -> list[str]:
    nests = ["[1, [2, 3]]", "(1, (2,))", "{'b': 1, 'a': [2]}", "None", "[None, 1]", "[]", "3", "'abc'", "np.array([1, 2])", "[np.array([1]), 2]", "collections.OrderedDict([('b', 1), ('a', 2)])", "collections.namedtuple('P', 'x y')(1, [2])", "{1, 2}", "range(3)",
             "{'a': {'b': None}}", "collections.defaultdict(int, {'a': 1})", "[tf.constant(1), {'x': tf.constant(2)}]", "{2: 'a', 1: 'b'}", "{'a': 1, 2: 3}", "(1, [], {})", "types.SimpleNamespace(a=1)", "b'ab'", "bytearray(b'ab')", "collections.deque([1, 2])"]  # fmt: skip
    asked = [
        "tf.nest.flatten({x})",
        "tf.nest.is_nested({x})",
        "tf.nest.map_structure(lambda v: v, {x})",
        "tf.nest.pack_sequence_as({x}, tf.nest.flatten({x}))",
        "tf.nest.map_structure(lambda a, b: (a, b), {x}, {x})",
        "tf.nest.pack_sequence_as({x}, [7])",
        "tf.nest.assert_same_structure({x}, [1, [2, 3]])",
    ]
    more = ["tf.nest.assert_same_structure([1, 2], (1, 2))", "tf.nest.assert_same_structure([1, 2], (1, 2), check_types=False)", "tf.nest.assert_same_structure([1], [1, 2])", "tf.nest.map_structure(lambda a, b: a + b, [1, 2], (3, 4))", "tf.nest.map_structure(lambda a, b: a + b, [1, 2], (3, 4), check_types=False)",
            "tf.nest.map_structure(lambda a, b: a + b, [1, 2], [3])", "tf.nest.map_structure(3, [1])", "tf.nest.map_structure(lambda a: a)", "tf.nest.pack_sequence_as([1, 2], [1])", "tf.nest.pack_sequence_as([1, 2], [1, 2, 3])", "tf.nest.pack_sequence_as([1, 2], 3)", "tf.nest.pack_sequence_as('a', ['b'])",
            "tf.nest.map_structure(lambda a, b: a, {'a': 1}, {'b': 1})", "tf.nest.flatten([1, 2], bogus=1)", "tf.nest.map_structure(lambda a, b: a, {'a': 1, 'b': 2}, {'b': 1, 'a': 3})"]  # fmt: skip
    grads = [
        "tf.UnconnectedGradients.NONE",
        "tf.UnconnectedGradients('none')",
        "tf.UnconnectedGradients('zero')",
        "tf.UnconnectedGradients('bogus')",
        "tf.UnconnectedGradients.ZERO.value",
        "list(tf.UnconnectedGradients)",
        "tf.UnconnectedGradients.NONE == 'none'",
        "repr(tf.UnconnectedGradients.ZERO)",
    ]
    return [a.format(x=x) for x in nests for a in asked] + more + grads


def modules() -> list[str]:
    head = ("class M(tf.Module):\n    def __init__(self, name=None):\n        super().__init__(name)\n        self.w = tf.Variable(1.0, name='w')\n        self.b = tf.Variable([2], trainable=False, name='b')\n"
            "        self.d = {'z': tf.Variable(3.0, name='z'), 'a': [tf.Variable(4.0, name='a')]}\nclass N(tf.Module):\n    def __init__(self):\n        super().__init__()\n        self.m = M()\n        self.a = tf.Variable(0.0)\n"
            "        self.l = [M('k'), self.m]\n")  # fmt: skip
    asked = ["[v.name for v in N().variables]", "[v.name for v in N().trainable_variables]", "[v.name for v in N().non_trainable_variables]", "[m.name for m in N().submodules]", "N().name", "M('x').name", "M('x y')", "M('1x')", "M('')", "M().name_scope.name", "M('q').name_scope.name", "repr(M())[:3]",
             "len(N().variables)", "N().foo", "M().variables[0] is None", "type(N().variables).__name__", "M('a_1').name", "M(name=3)", "n = N()\nn.m.w is n.trainable_variables[1]", "[type(m).__name__ for m in N().submodules]",
             "import copy\nm = M()\nk = copy.deepcopy(m)\nm.w.assign(9.0)\nk.w.numpy()", "m = M()\nm.w = tf.Variable(7.0)\n[v.numpy() for v in m.trainable_variables]", "m = M()\nm.me = m\n[v.name for v in m.variables]", "m = M()\nm.t = tf.constant(1.0)\nlen(m.variables)",
             "class A(tf.Module):\n    @tf.Module.with_name_scope\n    def __call__(self):\n        return tf.Variable(1.0, name='v').name\nA()()", "class A(tf.Module):\n    @tf.Module.with_name_scope\n    def __call__(self):\n        return tf.Variable(1.0, name='v').name\nA('t')()", "class MyBigThing2D(tf.Module):\n    pass\nMyBigThing2D().name",
             "class A(tf.Module):\n    pass\na = A()\na.x = (tf.Variable(1.0), {'k': tf.Variable(2.0)})\nlen(a.variables)", "class A(tf.Module):\n    def __init__(self):\n        self.v = tf.Variable(1.0)\n[v.name for v in A().variables]", "class A(tf.Module):\n    def __init__(self):\n        self.v = tf.Variable(1.0)\nA().name",
             "class A(tf.Module):\n    @property\n    def p(self):\n        return tf.Variable(1.0)\nlen(A().variables)", "class A(tf.Module):\n    v = tf.Variable(1.0)\nlen(A().variables)"]  # fmt: skip
    return [head + a for a in asked]


GROUPS = {
    "conversions": conversions,
    "operators": operators,
    "tensors": tensors,
    "indexing": indexing,
    "variables": variables,
    "around": around,
}


def cases() -> dict[str, list[str]]:
    return {name: list(dict.fromkeys(group())) for name, group in GROUPS.items()}


# -- asking -----------------------------------------------------------------------------------------------------
def run(code: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    space = dict(names)
    exec(compile(tree, "<case>", "exec"), space)
    return None if last is None else eval(compile(ast.Expression(last.value), "<case>", "eval"), space)


def answer(tf: Any, code: str, names: dict[str, Any]) -> Any:
    """What a line gives, or the class of what it raises (and the classes above it), in JSON."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return described(tf, run(code, names))
        except Exception as error:  # noqa: BLE001  # the class is what is asked for
            return {"error": [kind.__name__ for kind in type(error).__mro__]}


def described(tf: Any, x: Any) -> Any:
    if x is None or isinstance(x, (bool, int, str)):
        return x if not isinstance(x, tf.TensorShape) else {"shape": str(x)}
    if isinstance(x, (float, complex)) and not isinstance(x, np.generic):
        return {type(x).__name__: repr(x)}
    if isinstance(x, bytes):
        return {"bytes": x.decode("latin-1")}
    if isinstance(x, tf.TensorShape):
        return {"shape": str(x)}
    if isinstance(x, tf.DType):
        return {"dtype": x.name}
    if isinstance(x, tf.Variable):
        return {"variable": array(x.numpy()), "dtype": x.dtype.name, "dims": str(x.shape)}
    if isinstance(x, tf.IndexedSlices):
        return {"slices": [described(tf, v) for v in (x.values, x.indices, x.dense_shape)]}
    if isinstance(x, tf.Tensor):
        return {"tensor": array(x.numpy()), "dtype": x.dtype.name, "dims": str(x.shape)}
    if isinstance(x, (np.ndarray, np.generic)):
        return {"numpy": array(x), "dtype": x.dtype.name, "dims": str(x.shape), "scalar": isinstance(x, np.generic)}
    if isinstance(x, dict):
        return {"dict": [[str(k), described(tf, v)] for k, v in x.items()], "type": type(x).__name__}
    if isinstance(x, (list, tuple, set)):
        return {"items": [described(tf, v) for v in list(x)[:4]], "len": len(x), "type": type(x).__name__}
    return {"object": type(x).__name__}


def array(x: Any) -> list:
    flat = np.asarray(x).reshape(-1)[:8]
    if flat.dtype.kind in "fV":
        return [repr(float(v)) for v in flat]
    if flat.dtype.kind == "c":
        return [repr(complex(v)) for v in flat]
    return [v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in flat.tolist()]


__all__ = ["answer", "array", "cases"]
