"""recompute_grad with policies, and saved-value hooks."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf

RNG = np.random.default_rng(0)
W = [tf.Variable(RNG.normal(size=(8, 8)) / 4) for _ in range(6)]
X = tf.constant(RNG.normal(size=(5, 8)))
POLICIES: dict[str, Callable] = {
    "nothing": tf.autodiff.save_nothing,
    "products": tf.autodiff.save_products,
    "names": lambda: tf.autodiff.save_names("h", "exp"),
    "budget of all": lambda: tf.autodiff.save_budget(1 << 30),
    "budget of some": lambda: tf.autodiff.save_budget(4000),
    "budget of none": lambda: tf.autodiff.save_budget(1),
    "offload": lambda: tf.autodiff.offload(smallest=1),
}


def block(w: Any) -> Callable:
    def f(x: Any) -> Any:
        h = tf.autodiff.checkpoint_name(tf.tanh(tf.matmul(x, w)), "h")
        return x + tf.exp(-h * h) * tf.random.uniform(x.shape, dtype=tf.float64)

    return f


def outcome(wrap: Callable) -> list[np.ndarray]:
    tf.random.set_seed(1)
    blocks = [wrap(block(w)) for w in W]
    with tf.GradientTape() as tape:
        tape.watch(X)
        h = X
        for f in blocks:
            h = f(h)
        y = tf.reduce_sum(h * h)
    found = [y.numpy(), *[g.numpy() for g in tape.gradient(y, [X, *W])], tf.random.uniform([]).numpy()]
    tf.random.set_seed(None)
    return found


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_gives_the_same(name: str) -> None:
    policy = POLICIES[name]()
    for a, b in zip(outcome(lambda f: tf.recompute_grad(f, policy=policy)), outcome(lambda f: f), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)
    report = policy.report
    assert report.calls == 6
    again = {"budget of all": 0, "offload": 0}.get(name, 6)
    assert report.again == again or (name == "budget of some" and 0 < report.again < 6)
    assert (report.spared > 0) == (report.again > 0)
    assert (report.kept > 0) == (name in ("products", "names"))
    assert "run again" in str(report)


def test_products_are_not_computed_again() -> None:
    calls = []
    f = tf.recompute_grad(lambda x: tf.tanh(tf.matmul(x, x)), policy=tf.autodiff.save_products())
    primitive = tf.matmul.primitive
    kernel = primitive.kernel
    x = tf.constant(RNG.normal(size=(3, 3)))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    try:
        primitive.kernel = lambda *args, **params: calls.append(1) or kernel(*args, **params)
        g = tape.gradient(y, x).numpy()
    finally:
        primitive.kernel = kernel
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.tanh(tf.matmul(x, x))
    np.testing.assert_allclose(g, tape.gradient(y, x).numpy())
    assert not calls


@pytest.mark.parametrize("name", POLICIES)
def test_second_order_and_forward_mode(name: str) -> None:
    w = W[0]
    f = tf.recompute_grad(lambda x: tf.tanh(tf.matmul(x, w)) ** 3.0, policy=POLICIES[name]())
    plain = lambda x: tf.tanh(tf.matmul(x, w)) ** 3.0  # noqa: E731

    def second(g: Callable) -> list[np.ndarray]:
        with tf.GradientTape() as outer:
            outer.watch(X)
            with tf.GradientTape() as inner:
                inner.watch(X)
                y = tf.reduce_sum(g(X))
            slope = inner.gradient(y, X)
        return [s.numpy() for s in outer.gradient(slope, [X, w])]

    for a, b in zip(second(f), second(plain), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12)
    with tf.autodiff.ForwardAccumulator(X, tf.ones_like(X)) as acc:
        y, z = f(X), plain(X)
    np.testing.assert_allclose(acc.jvp(y).numpy(), acc.jvp(z).numpy())
    with tf.GradientTape() as tape:
        tape.watch(X)
        y = f(X)
    with tf.GradientTape() as other:
        other.watch(X)
        z = plain(X)
    np.testing.assert_allclose(tape.jacobian(y, X).numpy(), other.jacobian(z, X).numpy())
    rows = tf.vectorized_map(lambda x: f(tf.reshape(x, [1, 8])), X)
    np.testing.assert_allclose(rows.numpy()[:, 0], plain(X).numpy())


def test_a_budget_holds_no_more_than_it_says() -> None:
    x = tf.constant(RNG.normal(size=(64, 64)))
    one = x.value.nbytes
    policy: Any = tf.autodiff.save_budget(30 * one)
    layer = tf.recompute_grad(lambda h: h + tf.tanh(tf.sin(h)) * 0.1, policy=policy)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = x
        for _ in range(20):
            h = layer(h)
            assert policy.held <= 30 * one
        y = tf.reduce_sum(h)
    assert policy.held > 20 * one
    tape.gradient(y, x)
    del h, y
    gc.collect()
    policy.make_room(0)
    assert policy.held == 0
    assert 0 < policy.report.again < 20


def test_a_variable_assigned_between_the_runs() -> None:
    for name in POLICIES:
        v = tf.Variable(np.float64(3.0))
        f = tf.recompute_grad(lambda x, v=v: tf.tanh(x * v) * v, policy=POLICIES[name]())
        x = tf.constant(np.float64(0.2))
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        v.assign(100.0)
        gx, gv = tape.gradient(y, [x, v])
        th = np.tanh(0.6)
        np.testing.assert_allclose([float(gx), float(gv)], [9 * (1 - th**2), th + 0.6 * (1 - th**2)], err_msg=name)


def test_a_function_that_does_something_else_the_second_time() -> None:
    runs = []

    def f(x: Any) -> Any:
        runs.append(1)
        return tf.matmul(x, x) if len(runs) == 1 else tf.tanh(x)

    g = tf.recompute_grad(f, policy=tf.autodiff.save_products())
    with tf.GradientTape() as tape:
        tape.watch(X)
        x = tf.matmul(X, X, transpose_a=True)
        y = g(x)
    with pytest.raises(RuntimeError, match="matmul first and tanh the second time"):
        tape.gradient(y, X)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: tf.autodiff.save_budget(0), "positive number of bytes"),
        (lambda: tf.autodiff.save_budget("1 GiB"), "positive number of bytes"),
        (lambda: tf.autodiff.save_names(), "as text"),
        (lambda: tf.autodiff.save_names(3), "as text"),
        (lambda: tf.autodiff.offload("/no/such/folder"), "no folder"),
    ],
)
def test_policies_refuse(make: Callable, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()


def test_recompute_grad_refuses_another_policy() -> None:
    with pytest.raises(TypeError, match="policy must come from"):
        tf.recompute_grad(lambda x: x, policy="products")


# -- saved-value hooks --------------------------------------------------------------------------------------------
def test_what_is_saved_goes_through_the_hooks() -> None:
    packed, unpacked = [], []

    def pack(a: np.ndarray) -> Any:
        packed.append(a.shape)
        return zlib.compress(a.tobytes()), a.dtype, a.shape

    def unpack(content: Any) -> np.ndarray:
        unpacked.append(1)
        return np.frombuffer(zlib.decompress(content[0]), content[1]).reshape(content[2])

    x, w = tf.constant(X.numpy()), W[0]
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tape.saved_value_hooks(pack, unpack):
            h = tf.exp(tf.matmul(x, w)) * x
        y = tf.reduce_sum(tf.tanh(h))
        assert not any(isinstance(a, np.ndarray) for a in list(tape.records)[:8])
    found = tape.gradient(y, [x, w])
    assert packed == [(5, 8), (8, 8), (5, 8)]  # x is kept twice and packed once
    assert unpacked
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(tf.tanh(tf.exp(tf.matmul(x, w)) * x))
    for a, b in zip(found, tape.gradient(y, [x, w]), strict=True):
        np.testing.assert_allclose(a.numpy(), b.numpy())


def test_a_hook_that_returns_the_wrong_thing() -> None:
    x = tf.constant([1.0, 2.0])
    for wrong, got in ((lambda b: b[:1], r"float32\[1\]"), (lambda b: "text", "str"), (lambda b: b.astype("f8"), "float64")):
        with tf.GradientTape() as tape, tape.saved_value_hooks(lambda a: a, wrong):
            tape.watch(x)
            y = x * x
        with pytest.raises(TypeError, match=rf"(?s)lambda.*test_recompute.py:\d+.* returned {got}.* for a saved float32\[2\]"):
            tape.gradient(y, x)
    with pytest.raises(TypeError, match="pack must be a function"), tf.GradientTape() as tape, tape.saved_value_hooks(None, None):
        pass
