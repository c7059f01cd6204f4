"""Hooks on gradients in the backward sweep."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf


def setting() -> Any:
    x, w, v = tf.constant([1.0, 2.0]), tf.Variable([3.0, 4.0]), tf.Variable(5.0)
    tape = tf.GradientTape(persistent=True)
    with tape:
        tape.watch(x)
        h = x * w
        y = tf.reduce_sum(h * h * v)
    return tape, x, w, v, h, y


def test_a_hook_sees_and_changes_the_gradient_of_a_result() -> None:
    tape, x, w, v, h, y = setting()
    seen = []
    handle = tape.add_hook(h, lambda g: seen.append(g.numpy()))
    plain = [g.numpy() for g in tape.gradient(y, [x, w, v])]
    np.testing.assert_allclose(seen, [2 * h.numpy() * 5])
    handle.remove()
    with tape.add_hook(h, lambda g: g * 2.0), tape.add_hook(h, lambda g: g + 1.0):
        gx, gh, gv = tape.gradient(y, [x, h, v])
    np.testing.assert_allclose(gh.numpy(), 2 * 2 * h.numpy() * 5 + 1)
    np.testing.assert_allclose(gx.numpy(), gh.numpy() * w.numpy())
    np.testing.assert_allclose(gv.numpy(), plain[2])
    np.testing.assert_allclose(tape.gradient(y, x).numpy(), plain[0])
    assert len(seen) == 1


def test_hooks_on_sources() -> None:
    tape, x, w, v, _, y = setting()
    with tape.add_hook(x, lambda g: g * 0.0), tape.add_hook(v, lambda g: -g):
        gx, gv = tape.gradient(y, [x, v])
    assert gx.numpy().tolist() == [0, 0] and float(gv) == -(9 + 64)
    assert tape.gradient(y, [x, w])[0].numpy().any()
    with tape.add_hook(y, lambda g: g * 3.0):
        assert float(tape.gradient(y, v)) == 3 * 73


def test_a_variable_that_is_read_often_is_heard_once() -> None:
    v, seen, order = tf.Variable(2.0), [], []
    with tf.GradientTape() as tape:
        y = v * v
        v.assign(3.0)
        z = y * v + v.read_value()
        u = tf.exp(z)
    tape.add_hook(v, lambda g: seen.append(float(g)))
    for name, t in (("u", u), ("z", z), ("y", y)):
        tape.add_hook(t, lambda g, name=name: order.append(name))
    g = tape.gradient(u, v)
    assert seen == [pytest.approx(float(g))] and order == ["u", "z", "y"]
    assert float(g) == pytest.approx(np.exp(15.0) * (2 * 2 * 3 + 4 + 1), rel=1e-5)


def test_gradients_of_variables_need_not_live_at_once() -> None:
    ws = [tf.Variable(np.full((4, 4), 0.5)) for _ in range(8)]
    x = tf.ones([2, 4], tf.float64)
    alive: list[Any] = []
    most = []

    def hook(g: Any) -> None:
        alive.append(weakref.ref(g))
        most.append(sum(r() is not None for r in alive))

    with tf.GradientTape() as tape:
        h = x
        for w in ws:
            h = tf.tanh(tf.matmul(h, w))
        y = tf.reduce_sum(h)
    for w in ws:
        tape.add_hook(w, hook, consume=True)
    assert tape.gradient(y, ws) == [None] * 8
    assert len(most) == 8 and max(most) <= 2


def test_several_at_once() -> None:
    tape, x, w, v, h, y = setting()
    seen: list[Any] = []
    lost = tf.Variable(1.0)
    tape.add_hook([h, w, v, lost], seen.append)
    gw, gv = tape.gradient(y, [w, v])
    assert len(seen) == 1
    gh, hw, hv, nothing = seen[0]
    np.testing.assert_allclose(gh.numpy(), 10 * h.numpy())
    assert (hw.numpy() == gw.numpy()).all() and float(hv) == float(gv) and nothing is None
    np.testing.assert_allclose(gw.numpy(), gh.numpy() * x.numpy())


def test_hooks_in_a_second_order_and_a_jacobian() -> None:
    x = tf.constant(np.array([0.5, 1.5]))
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            h = tf.sin(x)
            y = tf.reduce_sum(h * h)
        inner.add_hook(h, lambda g: g * g)
        slope = inner.gradient(y, x)
    wanted = (2 * np.sin(0.5)) ** 2 * np.cos(0.5)
    assert float(slope[0]) == pytest.approx(wanted)
    s, c = np.sin(0.5), np.cos(0.5)
    assert float(outer.gradient(slope, x)[0]) == pytest.approx(8 * s * c * c - 4 * s**3)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = tf.sin(x)
        y = h * h
    tape.add_hook(h, lambda g: g * 2.0)
    np.testing.assert_allclose(tape.jacobian(y, x).numpy(), np.diag(4 * np.sin(x.numpy()) * np.cos(x.numpy())))


def test_rows_of_a_table() -> None:
    table, seen = tf.Variable(np.ones((5, 2))), []
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.gather(table, [1, 1]))
    tape.add_hook(table, lambda g: seen.append(type(g)) or g * 2.0)
    g = tape.gradient(y, table)
    assert seen == [tf.IndexedSlices] and g.numpy()[1].tolist() == [4, 4]


@pytest.mark.parametrize(
    ("hook", "kind", "said"),
    [
        (lambda g: g[:1], ValueError, r"float32\[1\] for a gradient that is float32\[2\]"),
        (lambda g: tf.cast(g, tf.float64), ValueError, r"float64\[2\]"),
        (lambda g: "no", TypeError, "returned str, which is no gradient"),
    ],
)
def test_a_hook_that_returns_the_wrong_thing(hook: Callable, kind: Any, said: str) -> None:
    tape, x, _, _, h, y = setting()
    tape.add_hook(h, hook)
    with pytest.raises(kind, match=rf"lambda.*test_hooks.py:\d+.*{said}"):
        tape.gradient(y, x)


def test_what_is_refused() -> None:
    tape, x, w, _, h, y = setting()
    with pytest.raises(ValueError, match="not on this tape"):
        tape.add_hook(tf.constant(1.0), print)
    with pytest.raises(ValueError, match=r"must be a tf\.Tensor or tf\.Variable"):
        tape.add_hook(3.0, print)
    with pytest.raises(TypeError, match="must be a function"):
        tape.add_hook(h, 3)
    with pytest.raises(ValueError, match="consume=True is for variables"):
        tape.add_hook(h, print, consume=True)
    with tape.add_hook([h, w], lambda gs: gs), pytest.raises(TypeError, match="must return None, it returned list"):
        tape.gradient(y, x)
