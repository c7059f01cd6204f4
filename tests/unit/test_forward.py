"""Forward mode: nesting to any order, several directions at once, lifetimes, what it refuses."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.primitive import REGISTRY

Accumulator = tf.autodiff.ForwardAccumulator
X = np.array([0.3, -1.2, 2.0])


def along(f: Callable, x: Any) -> Any:
    with Accumulator(x, tf.ones_like(x)) as acc:
        y = f(x)
    return acc.jvp(y, "zero")


def against(f: Callable, x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x, unconnected_gradients="zero")


def f(x: Any) -> Any:
    return tf.sin(x) * tf.exp(x) + x**3.0 / (1.0 + x * x)


@pytest.mark.parametrize(
    "modes", list(itertools.product([along, against], repeat=3)), ids=lambda m: "-".join(x.__name__ for x in m)
)
def test_three_orders_in_every_nesting(modes: Any) -> None:
    def derivative(g: Callable, mode: Callable) -> Callable:
        return lambda x: mode(g, x)

    g: Callable = f
    for mode in modes:
        g = derivative(g, mode)
    h = 1e-4
    second = [against(lambda z: against(f, z), tf.constant(X + d)).numpy() for d in (h, -h)]
    np.testing.assert_allclose(g(tf.constant(X)).numpy(), (second[0] - second[1]) / (2 * h), rtol=1e-6, atol=1e-6)


def test_five_accumulators() -> None:
    g: Callable = lambda x: x**6.0  # noqa: E731
    for _ in range(5):
        g = lambda x, g=g: along(g, x)  # noqa: E731
    assert float(g(tf.constant(np.float64(0.5)))) == pytest.approx(720 * 0.5)


def test_several_primals_and_structures() -> None:
    a, b, v = tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0]), tf.Variable([5.0, 6.0])
    with Accumulator(
        {"a": a, "rest": [b, v]}, {"a": tf.constant([1.0, 0.0]), "rest": [tf.constant([0.0, 1.0]), tf.ones([2])]}
    ) as acc:
        y = a * b * v
    np.testing.assert_allclose(acc.jvp(y).numpy(), [1 * 15 + 3, 1 * 12 + 2 * 4])
    assert set(acc.jvp({"y": y, "z": tf.constant(1.0)})) == {"y", "z"}
    np.testing.assert_allclose(acc.jvp(v).numpy(), [1, 1])
    assert acc.jvp(tf.constant(1.0)) is None
    assert float(acc.jvp(tf.constant(1.0), tf.UnconnectedGradients.ZERO)) == 0


def test_entering_again_changes_nothing() -> None:
    x = tf.constant(3.0)
    acc = Accumulator(x, tf.constant(1.0))
    with acc:
        y = x * x
    with acc:
        z = x * y
    assert (float(acc.jvp(y)), float(acc.jvp(z))) == (6, 27)
    with acc, pytest.raises(ValueError, match="already recording"), acc:
        pass


def test_a_primal_inside_a_map_and_a_map_inside() -> None:
    xs = tf.constant(X)
    whole = along(f, xs).numpy()
    np.testing.assert_allclose(tf.vectorized_map(lambda x: along(f, x), xs).numpy(), whole)
    np.testing.assert_allclose(along(lambda z: tf.vectorized_map(f, z), xs).numpy(), whole)
    twice = tf.vectorized_map(lambda x: along(lambda z: tf.vectorized_map(f, tf.stack([z, 2.0 * z])), x), xs)
    np.testing.assert_allclose(twice.numpy()[:, 0], whole)


# -- several directions ---------------------------------------------------------------------------------------
def test_a_jacobian_in_one_pass() -> None:
    a = np.random.default_rng(0).normal(size=(4, 3))
    x = tf.constant(X)
    with Accumulator.batched(x, tf.eye(3, dtype=tf.float64)) as acc:
        y = tf.tanh(tf.linalg.matvec(tf.constant(a), x))
        z = tf.constant(1.0)
    np.testing.assert_allclose(acc.jvp(y).numpy().T, (1 - y.numpy() ** 2)[:, None] * a)
    assert acc.jvp(z) is None
    assert acc.jvp(z, "zero").shape == (3,)
    assert acc.jvp(x).shape == (3, 3)


def test_a_hessian_by_directions_over_a_tape_and_the_other_way() -> None:
    x, eye = tf.constant(X), tf.eye(3, dtype=tf.float64)
    expected = np.diag(against(lambda z: against(f, z), x).numpy())
    with Accumulator.batched(x, eye) as acc:
        slope = against(f, x)
    np.testing.assert_allclose(acc.jvp(slope).numpy(), expected)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        with Accumulator.batched(x, eye) as acc:
            y = tf.reduce_sum(f(x))
        directional = acc.jvp(y)
    np.testing.assert_allclose(tape.jacobian(directional, x).numpy(), expected)
    with Accumulator.batched(x, eye) as outer, Accumulator.batched(x, eye) as inner:
        y = tf.reduce_sum(f(x))
        directional = inner.jvp(y)
    np.testing.assert_allclose(outer.jvp(directional).numpy(), expected)
    v = tf.Variable(X)
    with Accumulator.batched([v], [eye]) as acc:
        y = f(v)
    np.testing.assert_allclose(acc.jvp(y).numpy(), np.diag(along(f, x).numpy()))


def test_directions_inside_a_map() -> None:
    rows = tf.constant(np.stack([X, 2 * X]))

    def jacobian(x: Any) -> Any:
        with Accumulator.batched(x, tf.eye(3, dtype=tf.float64)) as acc:
            y = f(x)
        return acc.jvp(y)

    found = tf.vectorized_map(jacobian, rows).numpy()
    np.testing.assert_allclose(found, [np.diag(along(f, tf.constant(r)).numpy()) for r in rows.numpy()])


def test_what_several_directions_refuse() -> None:
    x = tf.constant([1.0, 2.0])
    with pytest.raises(ValueError, match="one number of directions"):
        Accumulator.batched([x, tf.constant(1.0)], [tf.ones([3, 2]), tf.ones([2])])
    with pytest.raises(ValueError, match=r"Expected shape \[3, 2\] for tangents"):
        Accumulator.batched(x, tf.ones([3, 4]))
    with pytest.raises(ValueError, match="scalar"):
        Accumulator.batched(x, tf.constant(1.0))


# -- every operation --------------------------------------------------------------------------------------------
def test_no_differentiable_operation_without_a_forward_rule() -> None:
    missing = [p.name for p in REGISTRY.values() if p.differentiable and not (p.partials or p.linear or p.jvp_rule or p.body)]
    assert not missing


# -- lifetimes ------------------------------------------------------------------------------------------------
def test_tangents_go_with_their_tensors() -> None:
    x = tf.ones([10])
    gc.disable()
    try:
        with Accumulator(x, tf.ones([10])) as acc:
            y = x
            for _ in range(500):
                y = tf.sin(y)
            assert len(acc.tangents) <= 3
    finally:
        gc.enable()
    assert acc.jvp(y) is not None


def test_a_tape_inside_keeps_what_it_may_give_back() -> None:
    x = tf.constant(np.float64(1.5))
    with Accumulator(x, tf.constant(np.float64(1.0))) as acc:
        h = tf.sin(x)
        with tf.GradientTape() as tape:
            tape.watch(h)
            y = h * h * h
            h0 = h
            h = None
        slope = tape.gradient(y, h0)
    assert float(acc.jvp(slope)) == pytest.approx(6 * np.sin(1.5) * np.cos(1.5))
    with Accumulator(x, tf.constant(np.float64(1.0))) as acc:
        h = tf.sin(x)
        with tf.GradientTape() as tape:
            w = tf.constant(np.float64(2.0))
            tape.watch(w)
            y = w * h
            h = None
            gc.collect()
        slope = tape.gradient(y, w)
    assert float(acc.jvp(slope)) == pytest.approx(np.cos(1.5))


# -- refusals ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("primals", "tangents", "said"),
    [
        (lambda: tf.constant([1.0, 2.0]), lambda: tf.constant([1.0]), r"Expected shape \[2\] for tangents, .* got \[1\]"),
        (lambda: [tf.constant(1.0), tf.constant(2.0)], lambda: [tf.constant(1.0), tf.ones([2])], r"tangents\[1\]"),
        (lambda: tf.constant(1.0), lambda: tf.constant(1.0, tf.float64), r"dtype float32.* float64; write tf.cast"),
        (lambda: tf.constant(1), lambda: tf.constant(1), "primals has dtype int32"),
        (
            lambda: [tf.constant(1.0), tf.constant(True)],
            lambda: [tf.constant(1.0), tf.constant(True)],
            r"primals\[1\] has dtype bool",
        ),
        (lambda: [tf.constant(1.0)], lambda: [tf.constant(1.0), tf.constant(1.0)], "structure"),
        (lambda: {"a": tf.constant(1.0)}, lambda: {"b": tf.constant(1.0)}, "structure"),
        (lambda: np.ones(2), lambda: np.ones(2), "primals must be a tf.Tensor"),
        (lambda: [tf.constant(1.0), 2.0], lambda: [1.0, 1.0], r"primals\[1\] must be a tf.Tensor"),
        (lambda: tf.constant(1.0), lambda: "up", "tangents cannot be a tensor"),
        (lambda: tf.constant(1.0), lambda: None, "tangents cannot be a tensor"),
    ],
)
def test_it_refuses(primals: Callable, tangents: Callable, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Accumulator(primals(), tangents())


def test_it_refuses_a_primal_twice() -> None:
    x = tf.constant(1.0)
    with pytest.raises(ValueError, match="multiple times"):
        Accumulator([x, x], [x, x])


def test_jvp_refuses_what_is_no_tensor() -> None:
    x = tf.constant(1.0)
    with Accumulator(x, x) as acc:
        pass
    with pytest.raises(ValueError, match=r"must be a tf\.Tensor"):
        acc.jvp(3.0)
