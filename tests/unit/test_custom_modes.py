"""custom_gradient with rules for forward mode and for maps; what its rules return is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf

X = tf.constant(np.array([0.5, 1.5, -1.0]))


def rules() -> tuple[Callable, list[str]]:
    """y = x**3 * w by rules that leave traces: derivatives 10 times too large in reverse, 100 times in forward mode."""
    used: list[str] = []

    def jvp(y: Any, ts: Any, x: Any, w: Any) -> Any:
        used.append("jvp")
        terms = [t * d for t, d in zip(ts, (300.0 * x * x * w, 100.0 * x**3.0), strict=True) if t is not None]
        return sum(terms[1:], terms[0])

    def batch(size: int, batched: Any, x: Any, w: Any) -> Any:
        used.append(f"batch {size} {batched}")

        def grad(g: Any) -> Any:
            used.append("batch grad")
            gw = 10.0 * x**3.0 * g
            return 30.0 * x * x * w * g, gw if batched[1] else tf.reduce_sum(gw, 0)

        return x**3.0 * w, grad

    @tf.custom_gradient(jvp=jvp, batch=batch)
    def f(x: Any, w: Any) -> Any:
        used.append("f")

        def grad(g: Any) -> Any:
            used.append("grad")
            return 30.0 * x * x * w * g, 10.0 * x**3.0 * g

        return x**3.0 * w, grad

    return f, used


def test_forward_mode_uses_the_jvp_rule() -> None:
    f, used = rules()
    w = tf.constant(np.float64(2.0)) * tf.ones_like(X)
    with tf.autodiff.ForwardAccumulator([X, w], [tf.ones_like(X), tf.ones_like(X)]) as acc:
        y = f(X, w)
    np.testing.assert_allclose(acc.jvp(y).numpy(), 600 * X.numpy() ** 2 + 100 * X.numpy() ** 3)
    assert used == ["f", "jvp"]
    with tf.autodiff.ForwardAccumulator.batched(X, tf.eye(3, dtype=tf.float64)) as acc:
        y = f(X, w)
    np.testing.assert_allclose(acc.jvp(y).numpy(), np.diag(600 * X.numpy() ** 2))


def test_second_orders_differentiate_the_rules() -> None:
    f, _ = rules()
    w = tf.ones_like(X)
    with tf.autodiff.ForwardAccumulator(X, tf.ones_like(X)) as outer, tf.autodiff.ForwardAccumulator(X, tf.ones_like(X)) as inner:
        y = f(X, w)
        j = inner.jvp(y)
    np.testing.assert_allclose(outer.jvp(j).numpy(), 600 * X.numpy())
    np.testing.assert_allclose(outer.jvp(y).numpy(), 300 * X.numpy() ** 2)
    with tf.autodiff.ForwardAccumulator(X, tf.ones_like(X)) as acc:
        with tf.GradientTape() as tape:
            tape.watch(X)
            y = f(X, w)
        g = tape.gradient(y, X)
    np.testing.assert_allclose(g.numpy(), 30 * X.numpy() ** 2)
    np.testing.assert_allclose(acc.jvp(g).numpy(), 60 * X.numpy())
    with tf.GradientTape() as tape:
        tape.watch(X)
        with tf.autodiff.ForwardAccumulator(X, tf.ones_like(X)) as acc:
            y = f(X, w)
        j = acc.jvp(y)
    np.testing.assert_allclose(tape.gradient(j, X).numpy(), 600 * X.numpy())


def test_maps_use_the_batch_rule() -> None:
    f, used = rules()
    w = tf.constant(np.float64(2.0))
    y = tf.vectorized_map(lambda x: f(x, w), X)
    np.testing.assert_allclose(y.numpy(), 2 * X.numpy() ** 3)
    assert used == ["batch 3 (True, False)"]

    def slope(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x, w)
        return tape.gradient(y, x)

    np.testing.assert_allclose(tf.vectorized_map(slope, X).numpy(), 60 * X.numpy() ** 2)
    assert "grad" not in used and "batch grad" in used
    with tf.GradientTape() as tape:
        tape.watch([X, w])
        y = tf.reduce_sum(tf.vectorized_map(lambda x: f(x, w), X))
    gx, gw = tape.gradient(y, [X, w])
    np.testing.assert_allclose(gx.numpy(), 60 * X.numpy() ** 2)
    np.testing.assert_allclose(float(gw), 10 * (X.numpy() ** 3).sum())


def failing(rule: str, returns: Any) -> Callable:
    if rule == "grad":
        return tf.custom_gradient(lambda x: (x * 1.0, lambda g: returns))
    if rule == "jvp":
        return tf.custom_gradient(lambda x: (x * 1.0, lambda g: g), jvp=lambda y, ts, x: returns)
    return tf.custom_gradient(lambda x: (x * 1.0, lambda g: g), batch=lambda size, batched, x: (returns, lambda g: g))


@pytest.mark.parametrize(
    ("rule", "returns", "said"),
    [
        ("grad", [tf.ones([3], tf.float64)] * 2, "returned 2 gradients"),
        ("grad", tf.ones([2], tf.float64), r"returned float64\[2\] for an input that is float64\[3\]"),
        ("grad", tf.ones([3]), r"returned float32\[3\]"),
        ("grad", "text", "returned str"),
        ("jvp", [tf.ones([3], tf.float64)] * 2, "returned 2 tangents for 1 results"),
        ("jvp", tf.ones([2], tf.float64), r"returned float64\[2\] for a result that is float64\[3\]"),
        ("jvp", tf.ones([3]), r"returned float32\[3\]"),
        ("batch", tf.ones([2], tf.float64), r"returned a result of shape \[2\]"),
    ],
)
def test_what_a_rule_returns_is_checked(rule: str, returns: Any, said: str) -> None:
    f = failing(rule, returns)
    with pytest.raises(ValueError, match=rf"lambda.*test_custom_modes.py:\d+.*{said}"):
        if rule == "grad":
            with tf.GradientTape() as tape:
                tape.watch(X)
                y = f(X)
            tape.gradient(y, X)
        elif rule == "jvp":
            with tf.autodiff.ForwardAccumulator(X, tf.ones_like(X)):
                f(X)
        else:
            tf.vectorized_map(f, X)


def test_rules_must_be_functions() -> None:
    with pytest.raises(TypeError, match="jvp must be a function"):
        tf.custom_gradient(lambda x: x, jvp=3)
