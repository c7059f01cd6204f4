"""Loops in compiled functions: the eager numbers in all modes and orders on both executors, and what leaves the loop."""

import numpy as np
import pytest

import gradtape as tf
from gradtape import exec as executors
from gradtape.control.thrift import thrifty
from gradtape.core.shapes import Spec
from gradtape.exec import reference
from gradtape.graph.passes import simplified
from gradtape.graph.trace import record

RNG = np.random.default_rng(3)
T, BATCH, INPUTS, UNITS = 6, 3, 4, 5


def normal(*shape):
    return tf.constant(RNG.normal(size=shape).astype("float32"))


SEQUENCE, WEIGHTS = normal(T, BATCH, INPUTS), [normal(INPUTS, 4 * UNITS), normal(UNITS, 4 * UNITS), normal(4 * UNITS)]


@pytest.fixture(params=["native", "reference"])
def executor(request, monkeypatch):
    if request.param == "reference":
        monkeypatch.setattr(executors, "executor", lambda: reference)


# -- loops ----------------------------------------------------------------------------------------------------------------
def cell(h, c, x, w):
    i, f, g, o = tf.split(tf.matmul(x, w[0]) + tf.matmul(h, w[1]) + w[2], 4, axis=1)
    c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
    return tf.sigmoid(o) * tf.tanh(c), c


def blank(xs):
    return tf.zeros([tf.shape(xs)[1], UNITS])


def by_scan(xs, *w):
    return tf.scan(lambda s, x: cell(s[0], s[1], x, w), xs, (blank(xs), blank(xs)))[0]


def by_scan_backwards(xs, *w):
    return tf.scan(lambda s, x: cell(s[0], s[1], x, w), xs, (blank(xs), blank(xs)), reverse=True)[1]


def by_while(xs, *w):
    out = tf.TensorArray(tf.float32, T, element_shape=[xs.shape[1], UNITS])

    def body(t, h, c, out):
        h, c = cell(h, c, xs[t], w)
        return t + 1, h, c, out.write(t, h)

    return tf.while_loop(lambda t, *_: t < T, body, (0, blank(xs), blank(xs), out), maximum_iterations=T + 1)[3].stack()


def by_steps_of_two(xs, *w):
    """Rows from both ends, every second row written, the counter among the values."""
    out = tf.TensorArray(tf.float32, T, element_shape=[xs.shape[1], UNITS])
    inner = tf.TensorArray(tf.float32, T).unstack(xs)

    def body(t, h, c, out):
        h, c = cell(h, c, inner.read(t) + xs[T - 1 - t, :, :] * tf.cast(t, tf.float32), w)
        return t + 2, h, c, out.write(t + 1, h)

    return tf.while_loop(lambda t, *_: t <= T - 2, body, (0, blank(xs), blank(xs), out))[3].stack()


def with_memory(xs, *w):
    """A step that reads what earlier steps have written: the array stays carried."""
    out = tf.TensorArray(tf.float32, T + 1, element_shape=[BATCH, UNITS], clear_after_read=False).write(0, blank(xs))

    def body(t, c, out):
        h, c = cell(out.read(t), c, xs[t], w)
        return t + 1, c, out.write(t + 1, h)

    return tf.while_loop(lambda t, *_: t < T, body, (0, blank(xs), out))[2].stack()


def nested(xs, *w):
    def outer(h, x):
        return tf.while_loop(lambda k, _: k < 3, lambda k, h: (k + 1, cell(h, h, x, w)[0]), (0, h))[1]

    return tf.scan(outer, xs, blank(xs))


def by_values(xs, *w):
    """The number of steps depends on the data."""
    return tf.while_loop(
        lambda h, c: tf.reduce_sum(c) < 4.0, lambda h, c: (cell(h, h, xs[0], w)[0], c + 1.0), (blank(xs), tf.constant([0.0]))
    )[0]


def one_step(xs, *w):
    return tf.scan(lambda s, x: cell(s[0], s[1], x, w), xs[:1], (blank(xs), blank(xs)))[0]


LOOPS = [by_scan, by_scan_backwards, by_while, by_steps_of_two, with_memory, nested, by_values, one_step]


# -- derivatives ------------------------------------------------------------------------------------------------------------
def value(loop, *xs):
    out = loop(*xs)
    return tf.reduce_sum(tf.sin(out) * tf.cumsum(tf.ones_like(out)))


def gradient(loop, *xs):
    with tf.GradientTape() as tape:
        tape.watch(xs)
        y = value(loop, *xs)
    return [y, *tape.gradient(y, xs)]


def gradient_of_gradient(loop, *xs):
    with tf.GradientTape() as tape:
        tape.watch(xs)
        y = tf.add_n([tf.reduce_sum(tf.square(g)) for g in gradient(loop, *xs)[1:]])
    return tape.gradient(y, xs)


def tangent(loop, *xs):
    with tf.autodiff.ForwardAccumulator(xs, [tf.ones_like(x) for x in xs]) as accumulator:
        y = value(loop, *xs)
    return [accumulator.jvp(y)]


def tangent_of_gradient(loop, *xs):
    with tf.autodiff.ForwardAccumulator(xs, [tf.ones_like(x) for x in xs]) as accumulator:
        gs = gradient(loop, *xs)
    return [accumulator.jvp(g) for g in gs]


def mapped_gradient(loop, *xs):
    return tf.vectorized_map(lambda s: gradient(loop, xs[0] * s, *xs[1:])[1], tf.constant([1.0, 0.5]))


MODES = [gradient, gradient_of_gradient, tangent, tangent_of_gradient, mapped_gradient]


def check(found, wanted, tolerance=2e-5):
    for a, b in zip(tf.nest.flatten(found), tf.nest.flatten(wanted), strict=True):
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance * np.abs(b.numpy()).max() + 1e-12)


COMPILED = [(loop, mode) for loop in LOOPS for mode in MODES if mode is gradient or loop is by_while]


@pytest.mark.parametrize(("loop", "mode"), COMPILED)
def test_compiled_loops_are_eager_ones(loop, mode):
    found = tf.function(lambda *xs: mode(loop, *xs))(SEQUENCE, *WEIGHTS)
    check(found, mode(loop, SEQUENCE, *WEIGHTS))


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("mode", MODES)
def test_loops_on_the_reference_executor_are_eager_ones(loop, mode, monkeypatch):
    monkeypatch.setattr(executors, "executor", lambda: reference)
    found = tf.function(lambda *xs: mode(loop, *xs))(SEQUENCE, *WEIGHTS)
    check(found, mode(loop, SEQUENCE, *WEIGHTS))


@pytest.mark.parametrize("loop", [by_scan, by_while])
def test_gradient_of_a_compiled_loop_from_outside(loop, executor):
    compiled = tf.function(loop)
    check(gradient(compiled, SEQUENCE, *WEIGHTS), gradient(loop, SEQUENCE, *WEIGHTS))


def test_unknown_sizes(executor):
    def by_count(xs, *w):
        step = lambda t, h, c: (t + 1, *cell(h, c, xs[t], w))  # noqa: E731
        return tf.while_loop(lambda t, *_: t < tf.shape(xs)[0], step, (0, blank(xs), blank(xs)))[1]

    signature = [tf.TensorSpec([None, None, INPUTS]), *[tf.TensorSpec(w.shape) for w in WEIGHTS]]
    for loop in (by_scan, by_count):
        compiled = tf.function(lambda *xs, loop=loop: gradient(loop, *xs), input_signature=signature)
        for xs in (SEQUENCE, SEQUENCE[:3, :2], SEQUENCE[:1]):
            check(compiled(xs, *WEIGHTS), gradient(loop, xs, *WEIGHTS))
        assert compiled.experimental_get_tracing_count() == 1


def test_an_index_out_of_range_is_an_error_in_the_loop(executor):
    @tf.function
    def run(x, n):
        return tf.while_loop(lambda t, s: t < 5, lambda t, s: (t + 1, s + tf.gather(x, t + n)), (0, 0.0))[1]

    assert float(run(tf.range(8.0), tf.constant(3))) == 25.0
    with pytest.raises(tf.errors.InvalidArgumentError):
        run(tf.range(8.0), tf.constant(4))


def test_loops_of_no_step(executor):
    run = tf.function(lambda x: tf.while_loop(lambda t, s: t < 0, lambda t, s: (t + 1, s * x), (0, x)))
    assert [float(v) for v in run(tf.constant(2.0))] == [0.0, 2.0]


def test_counters_of_all_kinds():
    def steps(test, step, start):
        return int(tf.function(lambda: tf.while_loop(test, lambda t: (t + step,), (start,))[0])())

    assert steps(lambda t: t < 10, 3, 0) == 12
    assert steps(lambda t: t <= 9, 3, 0) == 12
    assert steps(lambda t: tf.constant(10) > t, 1, 4) == 10
    assert steps(lambda t: tf.constant(10) >= t, 4, 3) == 11
    assert steps(lambda t: tf.logical_and(t < 10, t < 7), 2, 0) == 8
    assert steps(lambda t: t < -3, 2, 0) == 0


# -- what stands where ------------------------------------------------------------------------------------------------------
def thrifty_graph(fn, *xs):
    specs = [Spec(tuple(x.shape), x.dtype.numpy_dtype) for x in xs]
    return thrifty(simplified(record(lambda *symbols: tf.nest.flatten(fn(*symbols)), specs).graph))


def bodies(graph):
    return [[n.name for n in node.params["region"].graph.nodes] for node in graph.nodes if node.name == "loop_over"]


@pytest.mark.parametrize("loop", [by_scan, by_while])
def test_a_gradient_keeps_only_the_recurrence_in_its_loops(loop):
    graph = thrifty_graph(lambda *w: gradient(loop, SEQUENCE, *w)[2:], *WEIGHTS)
    forward, backward = bodies(graph)
    assert forward.count("matmul") == 1  # the input's product stands before the loop
    assert backward.count("matmul") == 1  # the weights' gradients stand after it, the input's is not asked for
    assert forward.count("sigmoid") == 3
    assert not {"sigmoid", "tanh", "reduce_sum"} & set(backward)  # kept, not computed again; sums over all steps at once
    assert [n.name for n in graph.nodes].count("matmul") == 3


def test_what_is_the_same_in_every_step_is_computed_once():
    graph = thrifty_graph(
        lambda x, w: tf.scan(lambda h, x: tf.tanh(h @ tf.exp(w) + x), x, x[0]), SEQUENCE, normal(INPUTS, INPUTS)
    )
    assert bodies(graph) == [["matmul", "add", "tanh"]]


def test_results_that_nobody_takes_are_not_computed():
    graph = thrifty_graph(lambda x: tf.scan(lambda s, x: (s[0] + x, tf.exp(s[1] * x)), x, (x[0], x[0]))[0], SEQUENCE)
    assert bodies(graph) == [["add"]]


def test_a_counting_loop_reads_and_writes_slices():
    graph = thrifty_graph(by_while, SEQUENCE, *WEIGHTS)
    (body,) = bodies(graph)
    assert not {"gather_axis", "put_rows", "less", "select"} & set(body)


def test_native_loops_call_no_python():
    pytest.importorskip("llvmlite")
    run = tf.function(lambda *xs: gradient(by_scan, *xs))
    run(SEQUENCE, *WEIGHTS)
    (plan,) = [s.plan for c in run._concretes.values() for s in c.sizes.values()]
    found = plan.describe()
    assert found.kernels == 0
    assert sum("loop of 6 steps" in step for step in found.steps) == 2


# -- tensors at indices that are not known -----------------------------------------------------------------------------------
KEYS = [
    lambda x, i: x[i],
    lambda x, i: x[:, i],
    lambda x, i: x[i, 1:],
    lambda x, i: x[..., i],
    lambda x, i: x[None, i, :, None, 2],
    lambda x, i: x[i, i],
    lambda x, i: x[1, ..., i],
    lambda x, i: x[i - 3],
]


@pytest.mark.parametrize("key", KEYS)
def test_an_index_may_be_a_tensor(key, executor):
    x, i = normal(3, 4, 5), tf.constant(2)
    for fn in (key, lambda x, i: gradient_at(key, x, i)):
        check(tf.function(fn)(x, i), fn(x, i))


def gradient_at(key, x, i):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(tf.square(key(x, i)))
    return tf.convert_to_tensor(tape.gradient(y, x))


def test_a_tensor_as_an_index_out_of_range():
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.function(lambda x, i: x[i])(normal(3), tf.constant(3))
