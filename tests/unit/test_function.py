"""tf.function: what a call gives, when it is traced, and what is refused. Everything is compared with the plain Python function."""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from typing import Any, NamedTuple

import numpy as np
import pytest

import gradtape as tf
from gradtape.function import Function


@pytest.fixture(autouse=True)
def forget_the_seed() -> Any:
    yield
    tf.random.set_seed(None)


def same(a: Any, b: Any) -> None:
    np.testing.assert_allclose(np.asarray(a), np.asarray(b), rtol=1e-6)


# -- structures, signatures, traces -----------------------------------------------------------------------------------
def test_structures_go_in_and_come_out() -> None:
    class Pair(NamedTuple):
        first: Any
        second: Any

    @tf.function
    def f(a: Any, *rest: Any, scale: float = 2.0, **more: Any) -> Any:
        total = sum(rest, a["x"]) * scale
        return {"total": total, "pair": Pair(a["y"][0], None), "more": [more["z"] + 1, 3, "text", total.shape]}

    for _ in range(2):
        out = f({"x": tf.constant(1.0), "y": (tf.constant([5]),)}, tf.constant(2.0), tf.constant(3.0), z=np.float32(1.5))
        assert float(out["total"]) == 12.0 and type(out["pair"]) is Pair and out["pair"].second is None
        assert out["pair"].first.numpy().tolist() == [5]
        assert float(out["more"][0]) == 2.5 and int(out["more"][1]) == 3 and out["more"][2].numpy() == b"text"
        assert out["more"][3].numpy().tolist() == []
    assert f.experimental_get_tracing_count() == 1


def test_python_values_are_part_of_the_signature() -> None:
    seen = []

    @tf.function
    def f(x: Any, n: Any, flag: bool = True) -> Any:
        seen.append((n, flag))
        return x * n if flag else x

    x = tf.constant([1.0, 2.0])
    for n, flag in [(2, True), (3, True), (2, True), (2, False), (2.0, True), (True, True)]:
        same(f(x, n, flag), x.numpy() * n if flag else x)
    assert seen == [(2, True), (3, True), (2, False), (2.0, True), (True, True)]
    f(x, n=2, flag=True)
    assert f.experimental_get_tracing_count() == 5


def test_shapes_and_dtypes_are_part_of_the_signature() -> None:
    @tf.function
    def f(x: Any) -> Any:
        return x + x

    for x in (np.ones(2, "f4"), np.ones(3, "f4"), np.ones(3), np.ones(2, "f4"), [1.0, 2.0]):
        same(f(x if isinstance(x, np.ndarray) else tf.constant(x)), 2 * np.asarray(x))
    assert f.experimental_get_tracing_count() == 3
    same(f(np.ones((4, 6), "f4").T[::2]), np.full((3, 4), 2.0))  # no contiguous array


def test_input_signature_serves_every_size() -> None:
    @tf.function(input_signature=[tf.TensorSpec([None, 2]), tf.TensorSpec([None])])
    def f(x: Any, y: Any) -> Any:
        w = tf.reshape(x, [tf.shape(x)[0], -1]) * y[:, None]
        return tf.reduce_mean(w), tf.zeros([tf.shape(x)[0], 3])

    for n in (3, 1, 7, 3):
        x, y = np.ones((n, 2), "f4"), np.arange(n).astype("f4")
        mean, zeros = f(x, y)
        same(mean, y.mean())
        assert zeros.shape == (n, 3)
    assert f.experimental_get_tracing_count() == 1
    same(f([[1, 2]], [3])[0], 4.5)
    with pytest.raises(TypeError, match="Can not cast"):
        f(tf.constant([1.0]), tf.constant([1.0]))
    with pytest.raises(TypeError, match="Can not cast"):
        f(tf.constant([[1, 2]]), tf.constant([1.0]))
    with pytest.raises(TypeError):
        f(tf.constant([[1.0, 2.0]]))


def test_unknown_extents_have_gradients() -> None:
    @tf.function(input_signature=[tf.TensorSpec([None, None])])
    def f(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.reduce_sum(tf.nn.softmax(x) * tf.cast(tf.shape(x)[1], tf.float32)) + tf.reduce_logsumexp(x)
        return tape.gradient(y, x)

    for shape in ((2, 3), (4, 2), (1, 5)):
        x = tf.constant(np.random.default_rng(0).normal(size=shape).astype("f4"))
        np.testing.assert_allclose(f(x), f.python_function(x), rtol=1e-5, atol=1e-6)
    assert f.experimental_get_tracing_count() <= 2  # 4 x 2 and 2 x 3: both extents are free


def test_undecidable_extents_are_traced_by_size() -> None:
    @tf.function(input_signature=[tf.TensorSpec([None]), tf.TensorSpec([None])])
    def f(x: Any, y: Any) -> Any:
        return x + y

    assert f(np.ones(3), np.ones(1)).shape == (3,)
    assert f(np.ones(5), np.ones(1)).shape == (5,)
    assert f(np.ones(2), np.ones(2)).shape == (2,)


def test_reduce_retracing() -> None:
    @tf.function(reduce_retracing=True)
    def f(x: Any) -> Any:
        return x * 2

    for n in range(2, 8):
        same(f(tf.ones([n])), np.full(n, 2.0))
    assert f.experimental_get_tracing_count() == 2


def test_concrete_functions() -> None:
    @tf.function
    def f(x: Any, k: int = 2) -> Any:
        return {"y": x * k}

    concrete = f.get_concrete_function(tf.TensorSpec([None, 2]), k=3)
    same(concrete(tf.ones([4, 2]))["y"], np.full((4, 2), 3.0))
    same(concrete(x=tf.ones([1, 2]))["y"], np.full((1, 2), 3.0))
    assert concrete.structured_outputs == {"y": tf.TensorSpec([None, 2])}
    assert concrete.structured_input_signature == ((tf.TensorSpec([None, 2]), 3), {})
    assert "multiply" in str(concrete.graph)
    with pytest.raises(tf.errors.InvalidArgumentError):
        concrete(tf.ones([4, 2], tf.int32))
    text = f.pretty_printed_concrete_signatures()
    assert "x (POSITIONAL_OR_KEYWORD): TensorSpec(shape=(None, 2), dtype=tf.float32, name=None)" in text and "Literal[3]" in text


def test_slices_go_in_and_come_out() -> None:
    table = tf.Variable(np.arange(6.0).reshape(3, 2))

    @tf.function
    def f(i: Any) -> Any:
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(tf.gather(table, i) ** 2)
        return tape.gradient(y, table)

    @tf.function
    def g(s: Any) -> Any:
        return s * 2.0

    found = f(tf.constant([0, 2, 0]))
    assert isinstance(found, tf.IndexedSlices) and isinstance(g(found), tf.IndexedSlices)
    same(tf.convert_to_tensor(g(found)), [[0, 8], [0, 0], [16, 20]])


# -- variables and state ------------------------------------------------------------------------------------------------
def test_variables_are_read_and_written_in_order() -> None:
    v, w = tf.Variable([1.0, 2.0]), tf.Variable(np.zeros((3, 2), "f4"))

    def program(x: Any) -> Any:
        before = v * 1.0
        v.assign_add(x)
        middle = v * 1.0
        v.assign(v * 2.0)
        w[1].assign(x)
        w.scatter_add(tf.IndexedSlices([[1.0, 1.0]], [2]))
        v.assign_sub([0.5, 0.5])
        return before, middle, v.read_value(), w + 0.0

    compiled = tf.function(program)
    for k in range(3):
        x = tf.constant([k + 1.0, 1.0])
        start = v.numpy(), w.numpy()
        expected = [t.numpy() for t in program(x)]
        after = v.numpy(), w.numpy()
        v.assign(start[0])
        w.assign(start[1])
        for have, want in zip(compiled(x), expected, strict=True):
            same(have, want)
        same(v, after[0])
        same(w, after[1])
    assert compiled.experimental_get_tracing_count() == 1


def test_two_reads_around_an_assign_both_count() -> None:
    v = tf.Variable(3.0)

    @tf.function
    def f() -> Any:
        with tf.GradientTape() as tape:
            a = v * v
            v.assign(5.0)
            y = a + v
        return tape.gradient(y, v)

    assert float(f()) == 7.0


def test_values_held_elsewhere_do_not_change() -> None:
    v = tf.Variable([1.0, 2.0])
    step = tf.function(lambda: (v.assign_add([1.0, 1.0]), None)[1])
    step()
    held = v.read_value()
    array = np.asarray(v)
    step()
    assert held.numpy().tolist() == [2.0, 3.0] and array.tolist() == [2.0, 3.0] and v.numpy().tolist() == [3.0, 4.0]
    buffer = id(v.value_)
    del held, array
    step()
    step()
    assert id(v.value_) == buffer  # nobody looks: in place


def test_many_variables_and_no_result() -> None:
    variables = [tf.Variable(float(n)) for n in range(30)]

    @tf.function
    def step(x):
        for v in variables:
            v.assign_add(x)

    for _ in range(3):
        assert step(tf.constant(1.0)) is None
    assert [v.numpy() for v in variables] == [n + 3.0 for n in range(30)]


def test_many_variables() -> None:
    variables = [tf.Variable(np.full(3, float(k), "f4")) for k in range(40)]

    @tf.function
    def step(x: Any) -> Any:
        for v in variables:
            v.assign_add(x)
        return tf.add_n(list(variables))

    for k in range(1, 4):
        same(step(tf.ones([3])), np.full(3, 780.0 + 40 * k))
    assert variables[7].numpy().tolist() == [10.0] * 3


def test_variables_made_on_the_first_call() -> None:
    class Layer:
        def __init__(self) -> None:
            self.w: Any = None

        @tf.function
        def __call__(self, x: Any) -> Any:
            if self.w is None:
                self.w = tf.Variable(tf.random.normal([x.shape[-1], 2]) * 0.0 + 1.0)
                self.b = tf.Variable(lambda: tf.zeros([2]))
            return x @ self.w + self.b

    layer, other = Layer(), Layer()
    same(layer(tf.ones([1, 3])), [[3.0, 3.0]])
    same(layer(tf.ones([1, 3])), [[3.0, 3.0]])
    same(other(tf.ones([1, 5])), [[5.0, 5.0]])
    assert layer.w is not other.w


def test_variables_made_in_every_call_are_refused() -> None:
    @tf.function
    def f(x: Any) -> Any:
        return tf.Variable(1.0) + x

    with pytest.raises(ValueError, match=r"singleton tf\.Variables"):
        f(tf.constant(1.0))
    kept = []

    @tf.function
    def g(x: Any) -> Any:
        kept.append(tf.Variable(1.0))
        return x + kept[-1]

    g(tf.constant(1.0))
    with pytest.raises(ValueError, match=r"singleton tf\.Variables"):
        g(tf.constant([1.0]))


def test_random_numbers_are_the_eager_ones() -> None:
    generator = tf.random.Generator.from_seed(3)

    def draws() -> Any:
        return [tf.random.normal([2]), tf.random.uniform([2], seed=4), generator.normal([2]), tf.nn.dropout(tf.ones([8]), 0.5)]

    def run(f: Any) -> list[np.ndarray]:
        tf.random.set_seed(11)
        generator.reset_from_seed(3)
        return [t.numpy() for _ in range(3) for t in f()]

    for have, want in zip(run(tf.function(draws)), run(draws), strict=True):
        same(have, want)


def test_effects_keep_their_order(capfd: Any) -> None:
    log: list[Any] = []
    v = tf.Variable(1.0)

    @tf.function
    def f(x: Any) -> Any:
        tf.print("first", x, v)
        v.assign(x)
        tf.py_function(lambda a: log.append(float(a)), [v * 2.0], [])
        tf.debugging.assert_positive(x, message="too small")
        tf.print("last", v)
        return tf.numpy_function(np.cosh, [x * 0.0], tf.float32)

    for k in (2.0, 3.0):
        assert float(f(tf.constant(k))) == 1.0
    assert log == [4.0, 6.0]
    assert capfd.readouterr().err.split("\n")[:-1] == ["first 2 1", "last 2", "first 3 2", "last 3"]
    with pytest.raises(tf.errors.InvalidArgumentError, match="too small") as info:
        f(tf.constant(-1.0))
    assert "test_function.py" in "".join(info.value.__notes__)
    assert log == [4.0, 6.0, -2.0]


def test_python_state_is_seen_while_tracing() -> None:
    log, scale = [], [2.0]

    @tf.function
    def f(x: Any) -> Any:
        log.append("traced")
        return x * scale[0]

    f(tf.constant(1.0))
    scale[0] = 3.0
    assert float(f(tf.constant(1.0))) == 2.0 and log == ["traced"]
    assert float(f(tf.constant([1.0]))[0]) == 3.0


# -- derivatives ------------------------------------------------------------------------------------------------------
def test_gradients_from_outside_at_every_order() -> None:
    w = tf.Variable([0.3, -0.2])

    def f(x: Any) -> Any:
        h = tf.tanh(x * w) * tf.exp(x)
        return tf.reduce_sum(h * h * x), h

    def third(g: Any) -> list[np.ndarray]:
        x = tf.constant([0.5, -1.0])
        with tf.GradientTape() as a:
            a.watch(x)
            with tf.GradientTape() as b:
                b.watch(x)
                with tf.GradientTape() as c:
                    c.watch(x)
                    y, h = g(x)
                first = c.gradient([y, h], [x, w])
            second = b.gradient(first, [x, w])
        return [t.numpy() for t in (y, *first, *second, *a.gradient(second, [x, w]))]

    for have, want in zip(third(tf.function(f)), third(f), strict=True):
        np.testing.assert_allclose(have, want, rtol=2e-5, atol=1e-6)


def test_nothing_is_computed_twice_under_a_tape() -> None:
    calls: list[int] = []

    def host(x: np.ndarray) -> np.ndarray:
        calls.append(1)
        return x

    @tf.function
    def f(x: Any) -> Any:
        return tf.numpy_function(host, [tf.stop_gradient(x)], tf.float32) * tf.exp(x)

    x = tf.constant([1.0, 2.0])
    f(x)
    calls.clear()
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    same(tape.gradient(y, x), x.numpy() * np.exp(x))
    assert len(calls) == 1


def test_random_numbers_are_drawn_once_for_all_orders() -> None:
    @tf.function
    def f(x: Any) -> Any:
        return tf.random.normal([3]) * x**3

    x = tf.constant([1.0, 2.0, 3.0])
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        g = inner.gradient(y, x)
    draws = y.numpy() / x.numpy() ** 3
    np.testing.assert_allclose(g, 3 * draws * x.numpy() ** 2, rtol=1e-5)
    np.testing.assert_allclose(outer.gradient(g, x), 6 * draws * x.numpy(), rtol=1e-5)


def test_forward_mode_maps_and_jacobians() -> None:
    w = tf.Variable(2.0)

    def f(x: Any) -> Any:
        return tf.sin(x) * w + x**2

    compiled = tf.function(f)
    x = tf.constant([0.1, 0.7])
    with tf.autodiff.ForwardAccumulator([x, w], [tf.ones([2]), tf.constant(1.0)]) as have:
        y = compiled(x)
    with tf.autodiff.ForwardAccumulator([x, w], [tf.ones([2]), tf.constant(1.0)]) as want:
        z = f(x)
    same(have.jvp(y), want.jvp(z))
    same(tf.vectorized_map(compiled, x), f(x))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = compiled(x)
    same(tape.jacobian(y, x), np.diag(np.cos(x) * 2 + 2 * x.numpy()))
    mapped = tf.function(lambda x: tf.vectorized_map(compiled, x))
    same(mapped(x), f(x))


def test_closures_over_watched_tensors() -> None:
    x = tf.constant([1.0, 2.0])
    f = tf.function(lambda: x * x)
    f()
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f()
    same(tape.gradient(y, x), [2.0, 4.0])


def test_gradients_and_hessians_after_the_fact() -> None:
    v = tf.Variable(3.0)

    @tf.function
    def f(x: Any) -> Any:
        y = x * x * v
        z = y * x
        return tf.gradients(z, [x, y, v]), tf.hessians(z, x)[0], tf.gradients(z, x, stop_gradients=[y])[0], tf.gradients(x, v)

    (dx, dy, dv), hessian, stopped, nothing = f(tf.constant([1.0, 2.0]))
    same(dx, [9.0, 36.0])
    same(dy, [1.0, 2.0])
    assert float(dv) == 9.0 and nothing == [None]
    same(hessian, [[18.0, 0.0], [0.0, 36.0]])
    same(stopped, [3.0, 12.0])
    with pytest.raises(RuntimeError, match="GradientTape"):
        tf.gradients(v, v)


def test_recompute_and_custom_gradients_inside() -> None:
    v = tf.Variable(2.0)
    heavy = tf.recompute_grad(lambda x: tf.tanh(tf.tanh(x * v)) * tf.random.normal([2], seed=3))

    @tf.custom_gradient
    def clipped(x: Any) -> Any:
        e = tf.exp(x)
        return tf.math.log(1 + e), lambda g: g * (1 - 1 / (1 + e))

    def run(x: Any) -> Any:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = heavy(clipped(x * 50.0))
            gradients = tape.gradient(y, [x, v])
        return [y, *gradients, outer.gradient(gradients[0], x)]

    x = tf.constant([0.001, -0.002])
    tf.random.set_seed(1)
    expected = run(x)
    tf.random.set_seed(1)
    for have, want in zip(tf.function(run)(x), expected, strict=True):
        np.testing.assert_allclose(have, want, rtol=1e-5)

    outside = tf.function(clipped)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = outside(x * 1e5)
    np.testing.assert_allclose(tape.gradient(y, x)[0], 1e5, rtol=1e-5)


# -- nesting, methods, eager ---------------------------------------------------------------------------------------------
def test_functions_inside_functions_are_traced_once() -> None:
    log: list[int] = []
    v = tf.Variable(1.0)

    @tf.function
    def inner(x: Any) -> Any:
        log.append(1)
        v.assign_add(1.0)
        return x * v

    @tf.function
    def outer(x: Any) -> Any:
        return inner(inner(x)) + inner(x)

    assert float(outer(tf.constant(1.0))) == 2 * 3 + 4
    assert log == [1] and float(v) == 4.0
    assert float(outer(tf.constant(1.0))) == 5 * 6 + 7


def test_a_function_closing_over_values_of_another_trace() -> None:
    @tf.function
    def outer(x: Any) -> Any:
        @tf.function
        def inner(y: Any) -> Any:
            return x * y

        return inner(x + 1.0)

    assert float(outer(tf.constant(2.0))) == 6.0


def test_methods_and_properties() -> None:
    class Model:
        def __init__(self, scale: float):
            self.scale = tf.Variable(scale)

        @tf.function
        def step(self, x: Any) -> Any:
            self.scale.assign_add(1.0)
            return x * self.scale

        @property
        @tf.function
        def twice(self) -> Any:
            return self.scale * 2.0

    a, b = Model(1.0), Model(10.0)
    assert [float(m.step(tf.constant(1.0))) for m in (a, b, a)] == [2.0, 11.0, 3.0]
    assert a.step.experimental_get_tracing_count() == 1
    assert float(a.twice) == 6.0 and float(b.twice) == 22.0
    assert isinstance(Model.step, Function)
    c = Model(0.0)
    assert float(c.step(tf.constant(1.0))) == 1.0
    gone = weakref.ref(c)
    del c
    gc.collect()
    assert gone() is None


def test_functions_run_eagerly() -> None:
    log: list[Any] = []

    @tf.function
    def f(x: Any) -> Any:
        log.append(tf.executing_eagerly())
        return x

    f(tf.constant(1.0))
    tf.config.run_functions_eagerly(True)
    try:
        assert tf.config.functions_run_eagerly()
        f(tf.constant(1.0))
        f(tf.constant(1.0))
    finally:
        tf.config.run_functions_eagerly(False)
    f(tf.constant(1.0))
    assert log == [False, True, True]


def test_what_cannot_be_traced_runs_eagerly_with_one_explanation(caplog: Any) -> None:
    @tf.function
    def f(rows: Any) -> Any:
        return next(rows) * 2.0

    @tf.function
    def generated(x: Any) -> Any:
        yield x
        yield x + 1

    with caplog.at_level(logging.WARNING, "gradtape"):
        rows = iter([tf.constant(1.0), tf.constant(2.0)])
        assert [float(f(rows)), float(f(rows))] == [2.0, 4.0]
        assert [int(x) for x in generated(tf.constant(1))] == [1, 2]
    assert [r.getMessage().count("without compiling it") for r in caplog.records] == [1, 1]


@pytest.mark.parametrize(
    "body, error, words",
    [
        (lambda x: x.numpy(), AttributeError, "being traced"),
        (lambda x: np.array(x), NotImplementedError, "symbolic tf.Tensor"),
        (lambda x: float(x), TypeError, "symbolic"),
        (lambda x: object(), TypeError, "must return zero or more Tensors"),
    ],
)
def test_what_a_trace_refuses(body: Any, error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        tf.function(body, autograph=False)(tf.constant(1.0))


def test_leaked_symbols_are_named() -> None:
    kept: list[Any] = []
    tf.function(lambda x: kept.append(x + 1))(tf.constant(1.0))
    for use in (lambda: kept[0] + 1, tf.function(lambda: kept[0] + 1)):
        with pytest.raises(TypeError, match="out of scope"):
            use()


def test_a_bool_of_a_symbol_names_autograph() -> None:
    @tf.function(autograph=False)
    def f(x: Any) -> Any:
        return x if x > 0 else -x

    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match="autograph"):
        f(tf.constant(1.0))


def test_errors_come_from_the_users_line() -> None:
    @tf.function
    def f(x: Any) -> Any:
        return x.missing

    with pytest.raises(AttributeError) as info:
        f(tf.constant(1.0))
    assert any(entry.path.name == "test_function.py" and "x.missing" in str(entry.statement) for entry in info.traceback)


def test_calls_from_threads() -> None:
    v = tf.Variable(0.0)
    step = tf.function(lambda x: v.assign_add(x).read_value() * 2.0)
    step(tf.constant(0.0))

    def work() -> None:
        for _ in range(200):
            step(tf.constant(1.0))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert float(v) == 800.0


def test_the_function_looks_like_the_python_one() -> None:
    @tf.function(jit_compile=True)
    def named(x: Any, type: Any = 1, list: Any = None) -> Any:
        """What it does."""
        return x * type

    assert named.__name__ == "named" and named.__doc__ == "What it does."
    assert int(named(tf.constant(2), 3)) == int(named(tf.constant(2), 3)) == 6
    with pytest.raises(TypeError, match="named"):
        named()
    assert int(named.python_function(tf.constant(2))) == 2


def test_explain(monkeypatch: Any, capfd: Any) -> None:
    v = tf.Variable([1.0, 2.0], name="weights")

    @tf.function
    def f(x: Any) -> Any:
        return tf.exp(x) * v

    monkeypatch.setenv("GRADTAPE_DEBUG", "graph,plan")
    f(tf.constant([1.0, 2.0]))
    shown = capfd.readouterr().err
    assert "-- graph" in shown and "-- plan" in shown
    text = f.explain()
    assert "f: 1 trace" in text and "= 'weights:0'" in text and "plan for [[2]]" in text and "microseconds" in text
    page = f.explain(html=True)
    assert page.startswith("<!doctype html>") and "exp(%0)" in page and "src=" not in page


def test_a_read_after_an_assignment_is_the_variable_to_a_tape() -> None:
    """As eagerly: what flows to the variable does not go on into what was assigned."""
    w = tf.Variable(2.0)

    def f(x: Any) -> Any:
        w.assign(w * x)
        return w * w * x

    def gradients(f: Any) -> list[float]:
        w.assign(2.0)
        x = tf.constant(3.0)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return [float(g) for g in tape.gradient(y, [x, w])]

    assert gradients(tf.function(f)) == gradients(f) == [36.0, 36.0]


def test_sizes_that_depend_on_data_in_a_derivative() -> None:
    x = tf.constant([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.function(lambda x: tf.math.segment_mean(x, [0, 0, 1]))(x)
    assert tape.gradient(y, x).numpy().tolist() == [0.5, 0.5, 1.0]
