"""Branches and loops: the same in Python, in a traced graph and in a map, with derivatives to second order in both modes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.shapes import Dim, Spec
from gradtape.core.variable import Variable
from gradtape.exec.reference import compile_graph
from gradtape.graph.ir import verify
from gradtape.graph.sizes import sizes_of, substitute
from gradtape.graph.trace import trace


@pytest.fixture(autouse=True)
def forget_the_seed() -> Any:
    yield
    tf.random.set_seed(None)


def traced(fn: Callable, *arrays: Any, specs: Any = None) -> list[np.ndarray]:
    """The results of fn's graph, and what it assigned done."""
    arrays = [np.asarray(a) for a in arrays]
    graph, _ = trace(fn, specs or [Spec(a.shape, a.dtype) for a in arrays])
    verify(graph)
    graph = substitute(graph, sizes_of([v.spec for v in graph.inputs], [a.shape for a in arrays]))
    taken = [s.value_ if isinstance(s, Variable) else s.value for _, s in graph.captured]
    outs = compile_graph(graph)([*arrays, *taken], [None] * len(graph.outputs))
    for position, output in graph.updates:
        graph.captured[position - len(arrays)][1].assign(outs[output])
    return outs[: len(graph.results)]


w = tf.Variable(np.float64(1.3))
X = np.linspace(-1.2, 1.5, 5)


def branch(x):
    return tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * x * w, lambda: tf.sin(x) + 1.0)


def nested(x):
    s = tf.reduce_sum(x)
    return tf.cond(s > 0.0, lambda: tf.cond(s > 2.0, lambda: x**3, lambda: tf.exp(x)), lambda: x * s)


def chosen(x):
    k = tf.cast(tf.reduce_max(x), tf.int32)
    return tf.switch_case(k, [lambda: x * x, lambda: tf.sinh(x)], default=lambda: x * w)


def first_case(x):
    s = tf.reduce_sum(x)
    return tf.case([(s < 0.0, lambda: x * x), (s > 2.0, lambda: tf.tanh(x))], default=lambda: tf.sin(x))


def power(x):
    return tf.while_loop(lambda i, y: i < 4, lambda i, y: (i + 1, y * tf.sin(x) * w), (tf.constant(0), x))[1]


def until_large(x):
    return tf.while_loop(lambda y: tf.reduce_sum(tf.abs(y)) < 20.0, lambda y: [y * y + tf.abs(y) + 0.5], [x])[0]


def bounded(x):
    return tf.while_loop(lambda y: True, lambda y: [tf.sin(y) * 2.0], [x], maximum_iterations=3)[0]


def recurrence(x):
    return tf.scan(lambda a, b: tf.tanh(a * w + b), x, tf.zeros([], x.dtype))


def backwards(x):
    return tf.scan(lambda a, b: (tf.sin(a[0] + b), a[1] * b), x, (x[0] * 0.5, x[1]), reverse=True)[1]


def without_start(x):
    return tf.scan(lambda a, b: a * b + 0.1, x)


def product(x):
    return tf.foldl(lambda a, b: a * b + a, x)


def continued(x):
    return tf.foldr(lambda a, b: b + 1.0 / (2.0 + a * a), x, tf.constant(1.0, x.dtype))


def each(x):
    return tf.map_fn(lambda e: tf.sin(e) * e * w, x)


def loop_in_loop(x):
    return tf.map_fn(lambda e: tf.while_loop(lambda y: y < 3.0, lambda y: [y + tf.exp(e)], [e])[0], x)


def branch_in_loop(x):
    return tf.scan(lambda a, e: tf.cond(e > 0.0, lambda: a * e + 1.0, lambda: tf.sin(a)), x, tf.constant(1.0, x.dtype))


def written(x):
    ta = tf.TensorArray(x.dtype, size=4)
    ta = tf.while_loop(
        lambda i, ta: i < 4, lambda i, ta: (i + 1, ta.write(i, x * tf.cast(i, x.dtype) * x)), (tf.constant(0), ta)
    )[1]
    return ta.stack()


def grown(x):
    ta = tf.TensorArray(x.dtype, size=0, dynamic_size=True)

    def body(i, y, ta):
        return i + 1, tf.sin(y) * w, ta.write(i, y * y)

    ta = tf.while_loop(lambda i, y, ta: i < 6, body, (tf.constant(0), x, ta))[2]
    return tf.reduce_sum(ta.stack() ** 2, 0)


PROGRAMS = [
    branch, nested, chosen, first_case, power, until_large, bounded, recurrence, backwards, without_start, product, continued, each,
    loop_in_loop, branch_in_loop, written, grown,
]  # fmt: skip
SAMPLES = [X, -X, X + 1.0]


def derivatives(fn: Callable) -> Callable:
    """The value, its gradients for x and w, a second derivative, a tangent and the tangent of a gradient."""

    def call(x):
        with tf.GradientTape(persistent=True) as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = fn(x)
                s = tf.reduce_sum(y * y)
            gx, gw = tape.gradient(s, [x, w], unconnected_gradients="zero")
            total = tf.reduce_sum(tf.sin(gx))
        seconds = outer.gradient(total, [x, w], unconnected_gradients="zero")
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = fn(x)
                s = tf.reduce_sum(y * y)
            g = tape.gradient(s, x)
        return [y, gx, gw, *seconds, accumulator.jvp(y, "zero"), accumulator.jvp(g, "zero")]

    return call


@pytest.mark.parametrize("fn", PROGRAMS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("sample", range(len(SAMPLES)))
def test_a_graph_gives_what_python_gives(fn: Callable, sample: int) -> None:
    x = SAMPLES[sample]
    plain = [t.numpy() for t in derivatives(fn)(tf.constant(x))]
    for a, b in zip(plain, traced(derivatives(fn), x), strict=True):
        np.testing.assert_allclose(b, a, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("fn", PROGRAMS, ids=lambda f: f.__name__)
def test_the_gradient_is_right(fn: Callable) -> None:
    x = tf.constant(X[:3] + 0.05)
    theory, numeric = tf.test.compute_gradient(fn, [x])
    np.testing.assert_allclose(theory[0], numeric[0], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("fn", PROGRAMS, ids=lambda f: f.__name__)
def test_a_map_gives_what_a_loop_gives(fn: Callable) -> None:
    xs = np.stack([X, -X, X + 1.0, X * 0.3])

    def value_and_gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = fn(x)
            s = tf.reduce_sum(tf.sin(y))
        return y, tape.gradient(s, x)

    mapped = tf.vectorized_map(value_and_gradient, tf.constant(xs))
    alone = [value_and_gradient(tf.constant(x)) for x in xs]
    for got, column in zip(mapped, zip(*alone, strict=True), strict=True):
        np.testing.assert_allclose(got, np.stack([t.numpy() for t in column]), rtol=1e-12, atol=1e-12)


def test_unknown_lengths() -> None:
    def fn(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.reduce_sum(tf.scan(lambda a, b: tf.tanh(a + b), x, tf.constant(0.0, x.dtype)))
        return y, tape.gradient(y, x)

    spec = [Spec((Dim("n"),), np.float64)]
    for x in (X, X[:2]):
        for a, b in zip(traced(fn, x, specs=spec), fn(tf.constant(x)), strict=True):
            np.testing.assert_allclose(a, b.numpy(), rtol=1e-12)


def test_a_shape_may_vary() -> None:
    def fn(x):
        return tf.while_loop(
            lambda x: tf.shape(x)[0] < 5,
            lambda x: [tf.concat([x, x[:1] * 2.0], 0)],
            [x],
            shape_invariants=[tf.TensorShape([None])],
        )[0]

    np.testing.assert_array_equal(traced(fn, X[:2])[0], fn(tf.constant(X[:2])))


def test_random_numbers_are_the_same() -> None:
    def fn(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.scan(lambda a, b: a * tf.random.uniform([], dtype=x.dtype) + b, x, tf.constant(0.5, x.dtype))
            z = tf.cond(x[0] < 0.0, lambda: x * tf.random.uniform([5], dtype=x.dtype), lambda: x)
            s = tf.reduce_sum(y * y) + tf.reduce_sum(z * z)
        return y, z, tape.gradient(s, x)

    tf.random.set_seed(3)
    plain = [t.numpy() for t in fn(tf.constant(X))]
    tf.random.set_seed(3)
    for a, b in zip(plain, traced(fn, X), strict=True):
        np.testing.assert_allclose(b, a, rtol=1e-12)


def test_variables_are_written_in_branches_and_loops() -> None:
    v = tf.Variable(np.float64(1.0))

    def fn(x):
        def body(i):
            v.assign_add(x)
            return [i + 1]

        tf.while_loop(lambda i: i < 3, body, [tf.constant(0)])
        tf.cond(x > 0.0, lambda: v.assign(v * 2.0).read_value(), lambda: v.read_value())
        tf.map_fn(lambda e: v.assign_add(e).read_value(), tf.constant([1.0, 2.0], tf.float64))
        return v.read_value()

    for x in (2.0, -2.0):
        v.assign(1.0)
        wanted = fn(tf.constant(x, tf.float64)).numpy()
        v.assign(1.0)
        assert traced(fn, np.float64(x))[0] == wanted == v.numpy()


def test_printing_keeps_its_order(capsys: pytest.CaptureFixture) -> None:
    import sys

    def fn(n):
        def body(i):
            tf.print("step", i, output_stream=sys.stdout)
            return [i + 1]

        tf.cond(n > 2, lambda: tf.print("many", output_stream=sys.stdout), lambda: tf.print("few", output_stream=sys.stdout))
        return tf.while_loop(lambda i: i < n, body, [tf.constant(0)])[0]

    traced(fn, np.int32(2))
    assert capsys.readouterr().out == "few\nstep 0\nstep 1\n"


def test_the_gradient_of_a_variable_that_changes_its_shape_is_refused() -> None:
    def fn(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.while_loop(
                lambda x: tf.shape(x)[0] < 5, lambda x: [tf.concat([x, x], 0)], [x], shape_invariants=[tf.TensorShape([None])]
            )[0]
        return tape.gradient(y, x)

    with pytest.raises(tf.errors.InvalidArgumentError, match="TensorArray"):
        traced(fn, X[:2])


# -- what is refused ------------------------------------------------------------------------------------------------
def test_branches_must_agree() -> None:
    with pytest.raises(TypeError, match="float64 in one and int32 in the other"):
        traced(lambda x: tf.cond(x > 0.0, lambda: 1, lambda: x), np.float64(1.0))
    with pytest.raises(TypeError, match="same structure"):
        traced(lambda x: tf.cond(x > 0.0, lambda: (x, x), lambda: x), np.float64(1.0))


def test_a_loop_variable_keeps_its_dtype_and_shape() -> None:
    with pytest.raises(TypeError, match=r"float64 and has dtype int32 after a step; write tf\.cast"):
        traced(lambda x: tf.while_loop(lambda x: x > 0.0, lambda x: [tf.cast(x, tf.int32)], [x]), np.float64(1.0))
    with pytest.raises(ValueError, match="shape_invariants"):
        traced(lambda x: tf.while_loop(lambda x: True, lambda x: [tf.concat([x, x], 0)], [x]), X)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: tf.cond(True, 1, lambda: 2), TypeError, "'true_fn' must be callable"),
        (lambda: tf.cond(tf.constant([True]), lambda: 1, lambda: 2), tf.errors.InvalidArgumentError, "must be a scalar"),
        (lambda: tf.cond(tf.constant(1.0), lambda: 1, lambda: 2), TypeError, "pred must be a boolean"),
        (lambda: tf.while_loop(1, lambda x: x, [1]), TypeError, "'cond' must be callable"),
        (lambda: tf.while_loop(lambda: True, lambda: 1, []), ValueError, "No loop variables"),
        (lambda: tf.while_loop(lambda x: x < 3, lambda x: (x, x), [1]), ValueError, "structure"),
        (lambda: tf.switch_case(0, []), TypeError, "at least one function"),
        (lambda: tf.switch_case(0, {1: lambda: 1}), ValueError, "contiguous"),
        (lambda: tf.case([(True, lambda: 1), (True, lambda: 2)], exclusive=True), tf.errors.InvalidArgumentError, "exclusive"),
        (lambda: tf.scan(1, [1.0]), TypeError, "must be callable"),
        (lambda: tf.scan(lambda a, x: a, 1.0), tf.errors.InvalidArgumentError, "rank at least 1"),
        (lambda: tf.map_fn(lambda x: x > 0, tf.constant([1.0])), tf.errors.InvalidArgumentError, r"fn_output_signature=tf\.bool"),
        (lambda: tf.map_fn(lambda x: x, [tf.constant([1.0]), tf.constant([1.0, 2.0])]), tf.errors.InvalidArgumentError, "lengths"),
    ],
)  # fmt: skip
def test_bad_calls(call: Callable, error: type, words: str) -> None:
    with pytest.raises(error, match=words):
        call()


# -- TensorArray ------------------------------------------------------------------------------------------------------
def test_tensor_array_as_in_tensorflow() -> None:
    ta = tf.TensorArray(tf.float32, size=2)
    ta.write(0, 1.0)
    assert float(ta.read(0)) == 1.0 and float(ta.read(1)) == 0.0
    with pytest.raises(tf.errors.InvalidArgumentError, match="twice"):
        ta.read(0)
    with pytest.raises(tf.errors.OutOfRangeError, match="not resizeable and size is: 2"):
        ta.write(5, 1.0)
    with pytest.raises(tf.errors.OutOfRangeError, match="negative"):
        ta.write(-1, 1.0)
    ta = tf.TensorArray(tf.float32, size=2, clear_after_read=False).write(0, [1.0, 2.0])
    with pytest.raises(ValueError, match=r"\(\(3,\)\), expected \(\(2,\)\)"):
        ta.write(1, [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(ta.stack(), [[1.0, 2.0], [0.0, 0.0]])
    np.testing.assert_array_equal(ta.write(1, [3.0, 4.0]).concat(), [1.0, 2.0, 3.0, 4.0])
    np.testing.assert_array_equal(ta.gather([1, 1]), [[3.0, 4.0], [3.0, 4.0]])
    grows = tf.TensorArray(tf.float32, size=0, dynamic_size=True).write(3, 1.0)
    np.testing.assert_array_equal(grows.stack(), [0.0, 0.0, 0.0, 1.0])
    assert int(grows.size()) == 4 and grows.dynamic_size and grows.element_shape == []
    with pytest.raises(ValueError, match="Cannot unstack 3 tensors into a TensorArray of static size 2"):
        tf.TensorArray(tf.float32, size=2).unstack([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(tf.TensorArray(tf.float32, size=2).scatter([1, 0], [5.0, 6.0]).stack(), [6.0, 5.0])
    pieces = tf.TensorArray(tf.float32, size=2).split([1.0, 2.0, 3.0], [1, 2])
    np.testing.assert_array_equal(pieces.read(1), [2.0, 3.0])
    with pytest.raises(ValueError, match="Size must be declared"):
        tf.TensorArray(tf.float32)
    with pytest.raises(tf.errors.InvalidArgumentError, match="trying to write dtype int32"):
        tf.TensorArray(tf.float32, size=1).write(0, tf.constant(1))
