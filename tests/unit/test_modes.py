"""Tapes, accumulators and maps inside each other; custom gradients; singular points; no warnings."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.context import current

ForwardAccumulator = tf.autodiff.ForwardAccumulator


def at(x: float) -> tf.Tensor:
    return tf.constant(np.float64(x))


def jvp(f: Callable, x: Any) -> Any:
    with ForwardAccumulator(x, tf.ones_like(x)) as acc:
        y = f(x)
    return acc.jvp(y, "zero")


def vjp(f: Callable, x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x, unconnected_gradients="zero")


# -- zero stays zero ----------------------------------------------------------------------------------------
MASKED = {
    "x log x": lambda x: tf.where(x > 0.0, x * tf.math.log(x), 0.0),
    "log": lambda x: tf.where(x > 0.0, tf.math.log(x), 0.0),
    "sqrt": lambda x: tf.where(x > 0.0, tf.sqrt(x), 0.0),
    "1/x": lambda x: tf.where(x > 0.0, 1.0 / x, 0.0),
    "x/x": lambda x: tf.where(x > 0.0, x / x, 0.0),
    "pow": lambda x: tf.where(x > 0.0, x**-0.5, 0.0),
    "pow 1.5": lambda x: tf.where(x > 0.0, x**1.5, 0.0),
    "sqrt log": lambda x: tf.where(x > 0.0, tf.sqrt(x) * tf.math.log(x) / x, 0.0),
}


@pytest.mark.parametrize("name", MASKED)
def test_zero_stays_zero(name: str) -> None:
    f = MASKED[name]
    for first in (jvp, vjp):
        assert float(first(f, at(0.0))) == 0
        for second in (jvp, vjp):
            assert float(second(lambda x, first=first: first(f, x), at(0.0))) == 0, (first, second)
    for x in (0.7, 2.0):  # and nothing is lost elsewhere
        np.testing.assert_allclose(float(jvp(f, at(x))), float(vjp(f, at(x))), rtol=1e-12)
        a, b = (float(s(lambda z: vjp(f, z), at(x))) for s in (jvp, vjp))
        np.testing.assert_allclose(a, b, rtol=1e-12)


def test_a_factor_of_zero_kills_a_hidden_nan() -> None:
    assert float(vjp(lambda x: tf.math.log(x - 1.0) * 0.0 + tf.where(x > 9.0, x, 0.0), at(0.0))) == 0


def test_zmul_does_not_cut_curvature() -> None:
    def loss(x: Any) -> Any:
        y = tf.math.log(x)
        return 0.5 * y * y

    for first in (jvp, vjp):
        assert float(first(loss, at(1.0))) == 0
        for second in (jvp, vjp):
            assert float(second(lambda x, first=first: first(loss, x), at(1.0))) == 1


def test_zero_times_unknown() -> None:
    from gradtape.ops.basic import zmul

    inf, nan = np.inf, np.nan
    for shape in ((4,), (2, 2), (4, 25)):
        g, d = np.resize([0.0, 0.0, 2.0, 0.0], shape), np.resize([inf, nan, inf, 3.0], shape)
        np.testing.assert_array_equal(zmul(tf.constant(g), tf.constant(d)).numpy(), np.resize([0.0, 0.0, inf, 0.0], shape))
    assert np.isnan(float(zmul(at(inf), at(0.0))))


@pytest.mark.parametrize("p", [0.0, 1.0, 2.0, 3.0])
def test_whole_powers_at_zero(p: float) -> None:
    expected = p * 0.0 ** max(p - 1, 0) if p else 0.0
    assert float(vjp(lambda x: x**p, at(0.0))) == expected
    assert float(jvp(lambda x: x**p, at(0.0))) == expected
    second = {2.0: 2.0}.get(p, 0.0)
    assert float(vjp(lambda x: vjp(lambda z: z**p, x), at(0.0))) == second


# -- accumulators -------------------------------------------------------------------------------------------
def test_forward_over_reverse_and_the_other_way() -> None:
    x = at(2.0)
    with ForwardAccumulator(x, at(1.0)) as acc:
        with tf.GradientTape() as t:
            t.watch(x)
            y = x**3.0
        g = t.gradient(y, x)
    assert float(acc.jvp(g)) == 12
    with tf.GradientTape() as t:
        t.watch(x)
        with ForwardAccumulator(x, at(1.0)) as acc:
            y = x**3.0
        j = acc.jvp(y)
    assert float(t.gradient(j, x)) == 12
    with ForwardAccumulator(x, at(1.0)) as outer:
        with ForwardAccumulator(x, at(1.0)) as inner:
            y = x**3.0
        j = inner.jvp(y)
    assert float(outer.jvp(j)) == 12


def test_variables_as_primals() -> None:
    v = tf.Variable(2.0)
    with ForwardAccumulator(v, tf.constant(1.0)) as acc:
        y = v * v
    assert float(acc.jvp(y)) == 4
    assert acc.jvp(tf.constant(1.0)) is None


def test_an_accumulator_refuses_other_shapes() -> None:
    with pytest.raises(ValueError, match="shape"):
        ForwardAccumulator(tf.constant([1.0, 2.0]), tf.constant([1.0]))


# -- maps ---------------------------------------------------------------------------------------------------
XS = np.array([1.0, 2.0, 3.0])


def test_a_tape_inside_a_map_under_a_tape() -> None:
    xs, w = tf.constant(XS), at(2.0)

    def slope(x: Any) -> Any:
        with tf.GradientTape() as t:
            t.watch(x)
            y = w * x**3.0
        return t.gradient(y, x)

    with tf.GradientTape() as outer:
        outer.watch(w)
        r = tf.vectorized_map(slope, xs)
    np.testing.assert_allclose(r.numpy(), [6, 24, 54])
    np.testing.assert_allclose(float(outer.gradient(r, w)), 42)


def test_maps_inside_maps() -> None:
    xs, ys = tf.constant(XS), tf.constant(np.array([10.0, 20.0]))
    table = tf.vectorized_map(lambda x: tf.vectorized_map(lambda y: x * y, ys), xs)
    np.testing.assert_allclose(table.numpy(), np.outer(XS, [10, 20]))
    nested = tf.vectorized_map(lambda x: tf.vectorized_map(lambda y: vjp(lambda z: x * z * z, y), ys), xs)
    np.testing.assert_allclose(nested.numpy(), 2 * np.outer(XS, [10, 20]))
    hessians = tf.vectorized_map(lambda x: vjp(lambda u: vjp(lambda z: z**4.0, u), x), xs)
    np.testing.assert_allclose(hessians.numpy(), 12 * XS**2)


def test_an_accumulator_around_and_inside_a_map() -> None:
    xs = tf.constant(XS)
    with ForwardAccumulator(xs, tf.ones_like(xs)) as acc:
        y = tf.vectorized_map(lambda x: x**3.0, xs)
    np.testing.assert_allclose(acc.jvp(y).numpy(), 3 * XS**2)
    inside = tf.vectorized_map(lambda x: jvp(lambda z: z**3.0, x), xs)
    np.testing.assert_allclose(inside.numpy(), 3 * XS**2)
    both = tf.vectorized_map(lambda x: jvp(lambda u: vjp(lambda z: z**3.0, u), x), xs)
    np.testing.assert_allclose(both.numpy(), 6 * XS)


def test_an_outer_tape_watches_a_value_of_the_map() -> None:
    xs = tf.constant(XS)
    with tf.GradientTape(persistent=True) as t:

        def f(x: Any) -> Any:
            t.watch(x)
            y = x * x * x
            return y, t.gradient(y, x)

        _, g = tf.vectorized_map(f, xs)
    np.testing.assert_allclose(g.numpy(), 3 * XS**2)
    with ForwardAccumulator(xs, tf.ones_like(xs)) as acc:
        j = tf.vectorized_map(lambda x: acc.jvp(x * x), xs)
    np.testing.assert_allclose(j.numpy(), 2 * XS)


def test_a_variable_inside_a_map() -> None:
    v = tf.Variable(np.float64(3.0))
    with tf.GradientTape() as t:
        y = tf.vectorized_map(lambda x: x * v * v, tf.constant(XS))
    np.testing.assert_allclose(float(t.gradient(y, v)), 36)


def test_structures_in_and_out_of_a_map() -> None:
    out = tf.vectorized_map(
        lambda d: {"sum": d["a"] + d["b"], "one": tf.constant(1.0)}, {"a": tf.constant(XS), "b": tf.constant(XS)}
    )
    np.testing.assert_allclose(out["sum"].numpy(), 2 * XS)
    np.testing.assert_allclose(out["one"].numpy(), np.ones(3))


def test_what_a_map_refuses() -> None:
    with pytest.raises(ValueError, match="rank"):
        tf.vectorized_map(lambda x: x, tf.constant(1.0))
    with pytest.raises(ValueError, match="length"):
        tf.vectorized_map(lambda x: x[0], (tf.ones([2]), tf.ones([3])))
    with pytest.raises(TypeError, match=r"tf\.where"):
        tf.vectorized_map(lambda x: x if x > 0.0 else -x, tf.constant(XS))
    leaked = []
    tf.vectorized_map(lambda x: leaked.append(x) or x, tf.constant(XS))
    with pytest.raises(tf.errors.InvalidArgumentError, match="ended"):
        leaked[0] + 1.0


# -- Jacobians ----------------------------------------------------------------------------------------------
def test_jacobian_and_hessian() -> None:
    rng = np.random.default_rng(0)
    a, x = tf.constant(rng.normal(size=(4, 3))), tf.constant(rng.normal(size=3))
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.tanh(tf.linalg.matvec(a, x))
    np.testing.assert_allclose(t.jacobian(y, x).numpy(), (1 - y.numpy() ** 2)[:, None] * a.numpy())
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as t:
            t.watch(x)
            y = x * x * x
        j = t.jacobian(y, x)
        trace = tf.reduce_sum(j)
    np.testing.assert_allclose(j.numpy(), np.diag(3 * x.numpy() ** 2))
    np.testing.assert_allclose(outer.gradient(trace, x).numpy(), 6 * x.numpy())
    with tf.GradientTape() as outer:
        outer.watch(x)
        g = vjp(lambda z: tf.reduce_sum(z * z * z), x)
    np.testing.assert_allclose(outer.jacobian(g, x).numpy(), np.diag(6 * x.numpy()))


def test_jacobian_options() -> None:
    x, v = tf.constant([1.0, 2.0, 3.0]), tf.Variable([2.0, 2.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y, z = x * v, {"a": x * x, "b": tf.reduce_sum(x)}
    for options in ({}, {"experimental_use_pfor": False}, {"parallel_iterations": 2}):
        jx, jv = t.jacobian(y, [x, v], **options)
        np.testing.assert_allclose(jx.numpy(), 2 * np.eye(3))
        np.testing.assert_allclose(jv.numpy(), np.diag(x.numpy()))
    assert t.jacobian(z["a"], v) is None
    assert t.jacobian(z["a"], v, unconnected_gradients="zero").shape == (3, 3)
    nested = t.jacobian(z, x)
    assert nested["a"].shape == (3, 3)
    assert nested["b"].shape == (3,)


def test_batch_jacobian() -> None:
    x = tf.constant(np.arange(6.0).reshape(2, 3))
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x * tf.reduce_sum(x, axis=1, keepdims=True)
    full = t.jacobian(y, x).numpy()
    for options in ({}, {"parallel_iterations": 2}):
        rows = t.batch_jacobian(y, x, **options).numpy()
        np.testing.assert_allclose(rows, np.stack([full[i, :, i] for i in range(2)]))
    with pytest.raises(ValueError, match="rank at least 2"):
        t.batch_jacobian(tf.reduce_sum(y, axis=1), x)


def test_a_jacobian_inside_a_map() -> None:
    def f(x: Any) -> Any:
        with tf.GradientTape() as t:
            t.watch(x)
            y = x * x
        return t.jacobian(y, x)

    out = tf.vectorized_map(f, tf.constant(np.arange(6.0).reshape(2, 3)))
    np.testing.assert_allclose(out.numpy(), [np.diag(2 * r) for r in np.arange(6.0).reshape(2, 3)])


# -- custom_gradient ----------------------------------------------------------------------------------------
@tf.custom_gradient
def log1pexp(x: Any) -> Any:
    e = tf.exp(x)

    def grad(upstream: Any) -> Any:
        return upstream * (1.0 - 1.0 / (1.0 + e))

    return tf.math.log(1.0 + e), grad


def test_a_rule_that_closes_over_an_inner_value_has_a_second_derivative() -> None:
    assert abs(float(vjp(lambda x: vjp(log1pexp, x), at(0.5))) - 0.2350037) < 1e-7
    assert abs(float(vjp(log1pexp, at(0.5))) - 0.6224593) < 1e-7
    batched = tf.vectorized_map(lambda x: vjp(log1pexp, x), tf.constant(np.array([0.5, 1000.0])))
    np.testing.assert_allclose(batched.numpy(), [0.6224593, 1.0], rtol=1e-6)


def test_positional_keyword_and_mixed_calls() -> None:
    @tf.custom_gradient
    def f(a: Any, b: Any) -> Any:
        return a * b, lambda g: (g * 1000.0, g * 2000.0)

    a, b = at(2.0), at(3.0)
    for call in (lambda: f(a, b), lambda: f(a=a, b=b), lambda: f(a, b=b), lambda: f(b=b, a=a)):
        with tf.GradientTape() as t:
            t.watch([a, b])
            y = call()
        assert [float(g) for g in t.gradient(y, [a, b])] == [1000, 2000]


def test_variables_are_found_by_themselves() -> None:
    v = tf.Variable(np.float64(3.0))

    @tf.custom_gradient
    def f(x: Any) -> Any:
        def grad(g: Any, variables: Any = None) -> Any:
            assert variables[0] is v
            return g * 10.0, [g * 20.0]

        return x * v, grad

    x = at(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    assert [float(g) for g in t.gradient(y, [x, v])] == [10, 20]

    @tf.custom_gradient
    def g(x: Any) -> Any:
        return x * v, lambda up: up

    with tf.GradientTape() as t, pytest.raises(TypeError, match="variables"):
        t.watch(x)
        g(x)


def test_nested_custom_gradients_and_several_results() -> None:
    @tf.custom_gradient
    def f(x: Any) -> Any:
        @tf.custom_gradient
        def grad(g: Any) -> Any:
            return g * 3.0, lambda gg: gg * 7.0

        return x * 1.0, grad

    x = at(2.0)
    with tf.GradientTape() as outer:
        outer.watch(x)
        g = vjp(lambda z: f(z) * z, x)
    assert float(g) == 3.0 * 2.0 + 2.0
    assert outer.gradient(g, x) is not None

    @tf.custom_gradient
    def two(x: Any) -> Any:
        return (x * 2.0, x * 3.0), lambda a, b: a * 5.0 + b * 7.0

    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        a, b = two(x)
    assert float(t.gradient(a, x)) == 5
    assert float(t.gradient([a, b], x)) == 12


def test_what_a_rule_returns_is_checked() -> None:
    @tf.custom_gradient
    def f(x: Any) -> Any:
        return x * 1.0, lambda g: (g, g)

    @tf.custom_gradient
    def h(x: Any) -> Any:
        return x * 1.0, lambda g: tf.ones([5], tf.float64)

    for wrong in (f, h):
        with pytest.raises(ValueError, match=r"gradient function .* of"):
            vjp(wrong, at(1.0))


def test_recompute_grad() -> None:
    v = tf.Variable(np.float64(3.0))

    @tf.recompute_grad
    def f(x: Any) -> Any:
        return tf.tanh(x * v) * v

    x = at(0.2)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
        assert [n.name for n in t.operations] == ["f"]
        v.assign(100.0)  # the second run sees the value of the first
    gx, gv = t.gradient(y, [x, v])
    th = np.tanh(0.6)
    np.testing.assert_allclose(float(gx), 9 * (1 - th**2))
    np.testing.assert_allclose(float(gv), th + 3 * 0.2 * (1 - th**2))
    v.assign(3.0)
    np.testing.assert_allclose(float(vjp(lambda z: vjp(f, z), x)), float(vjp(lambda z: vjp(lambda q: tf.tanh(q * v) * v, z), x)))


def test_forward_mode_goes_through_recompute_and_custom() -> None:
    f = tf.recompute_grad(lambda x: tf.tanh(x) * x)
    np.testing.assert_allclose(float(jvp(f, at(0.3))), float(vjp(f, at(0.3))))
    np.testing.assert_allclose(float(jvp(log1pexp, at(0.5))), 0.6224593, rtol=1e-6)


# -- the rest -----------------------------------------------------------------------------------------------
def test_no_warnings_whatever_the_filters_in_any_thread() -> None:
    def work() -> None:
        assert float(tf.math.log(at(0.0))) == -np.inf
        assert float(1.0 / at(0.0)) == np.inf
        assert np.isnan(float(tf.sqrt(at(-1.0))))
        assert float(vjp(lambda x: tf.where(x > 0.0, tf.math.log(x), 0.0), at(0.0))) == 0
        with tf.GradientTape(), tf.GradientTape():
            assert float(tf.math.log(at(0.0))) == -np.inf
        tf.vectorized_map(tf.math.log, tf.constant(np.zeros(3)))

    failures: list = []

    def guarded() -> None:
        try:
            work()
        except (Warning, AssertionError) as error:
            failures.append(error)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        work()
        thread = threading.Thread(target=guarded)
        thread.start()
        thread.join()
    assert not failures


def test_numpy_functions_stay_on_the_tape() -> None:
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as t:
        t.watch(x)
        y = np.sum(np.square(x))
    assert isinstance(y, tf.Tensor)
    np.testing.assert_array_equal(t.gradient(y, x).numpy(), [2, 4])


# -- recompute_grad and variables -------------------------------------------------------------------------------
def test_recomputation_assigns_nothing_and_sees_what_the_forward_pass_saw() -> None:
    v, calls = tf.Variable(np.float64(3.0)), tf.Variable(0, trainable=False)
    scale = tf.Variable(np.float64(2.0), trainable=False)

    @tf.recompute_grad
    def f(x: Any) -> Any:
        calls.assign_add(1)
        y = x * v * scale  # the variable as it was, then as it is after an assignment inside
        v.assign(5.0)
        return y * v

    x = at(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    v.assign(100.0)
    scale.assign(100.0)
    gx, gv = t.gradient(y, [x, v])
    assert float(y) == 2 * 3 * 2 * 5
    assert float(gx) == 3 * 2 * 5
    assert float(gv) == 2 * 2 * 5 + 2 * 3 * 2
    assert (float(v), int(calls), float(scale)) == (100.0, 1, 100.0)


def test_recompute_grad_in_itself() -> None:
    v = tf.Variable(np.float64(0.7))
    inner = tf.recompute_grad(lambda x: tf.tanh(x * v))
    outer = tf.recompute_grad(lambda x: inner(x) * v + inner(x * v))

    def plain(x: Any) -> Any:
        return tf.tanh(x * v) * v + tf.tanh(x * v * v)

    def slopes(f: Callable) -> list:
        x = at(0.4)
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                y = f(x)
            gx, gv = first.gradient(y, [x, v])
            s = gx * 2.0 + gv
        return [float(g) for g in (gx, gv, *second.gradient(s, [x, v]))]

    np.testing.assert_allclose(slopes(outer), slopes(plain), rtol=1e-12)


def test_an_error_in_the_second_run_leaves_everything_as_it_was() -> None:
    runs = []

    @tf.recompute_grad
    def f(x: Any) -> Any:
        runs.append(1)
        if len(runs) > 1:
            raise KeyError("second run")
        return x * tf.random.normal([], dtype=tf.float64)

    tf.random.set_seed(3)
    x = at(1.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    tf.random.set_seed(3)
    tf.random.normal([])
    expected = tf.random.normal([])
    tf.random.set_seed(3)
    tf.random.normal([])
    with pytest.raises(KeyError):
        t.gradient(y, x)
    assert current() is None
    assert float(tf.random.normal([])) == float(expected)
