"""Jacobians that begin with a diagonal are those of one gradient for each element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf


def array(*shape: int, seed: int = 0, dtype: str = "f8") -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


W, B, ROW, ROWS = (tf.constant(array(*shape, seed=k)) for k, shape in enumerate([(4, 3), (3,), (1, 4), (5, 4)]))
V = tf.Variable(array(4, 3, seed=7))

PROGRAMS: dict[str, tuple[Callable, Any]] = {
    "elementwise": (lambda x: tf.tanh(x) * tf.exp(x) + x, ROW),
    "a constant factor": (lambda x: tf.sin(x) * tf.constant(array(5, 4)) / 2.0, ROWS),
    "broadcast": (lambda x: tf.sin(x) * tf.constant(array(5, 4)), ROW),
    "broadcast twice": (lambda x: x + tf.reduce_sum(x, 1, keepdims=True), ROWS),
    "one row": (lambda x: tf.tanh(x @ W), ROW),
    "rows": (lambda x: tf.tanh(x @ W), ROWS),
    "layer": (lambda x: tf.tanh(x @ W + B), ROWS),
    "product, then more below": (lambda x: tf.exp(tf.sin(x) @ W), ROWS),
    "used again": (lambda x: tf.pad(tf.tanh(x @ W), [[0, 0], [0, 1]]) * x, ROWS),
    "used beside the product": (lambda x: tf.tanh(x @ W) + x[:, :3], ROWS),
    "twice the same product": (lambda x: (h := tf.sin(x)) @ W + h @ W, ROWS),
    "square": (lambda x: (s := x[:, :4]) @ s, tf.constant(array(4, 4))),
    "flipped": (lambda x: tf.sin(tf.matmul(W, x, transpose_a=True, transpose_b=True)), ROWS),
    "stacked": (lambda x: tf.sin(tf.reshape(x, (5, 1, 4)) @ W), ROWS),
    "reshape": (lambda x: tf.reshape(tf.nn.relu(tf.reshape(x, (2, 10))), (20,)), ROWS),
    "parts": (lambda x: tf.add(*tf.split(tf.sin(x), 2, axis=1)), ROWS),
    "reduction": (lambda x: tf.exp(tf.reduce_sum(x * x, axis=1)), ROWS),
    "rank 0": (lambda x: tf.exp(tf.reduce_sum(x * x)), ROW),
    "three arguments": (lambda x: tf.clip_by_value(x, -0.5, x * 0.0 + 0.5), ROWS),
}


def one_by_one(tape: tf.GradientTape, y: Any, x: Any) -> np.ndarray:
    flat, rows = int(np.prod(y.shape)), []
    for k in range(flat):
        unit = np.zeros(flat)
        unit[k] = 1.0
        seed = tf.constant(unit.reshape(y.shape).astype(y.dtype.as_numpy_dtype))
        rows.append(tape.gradient(y, x, seed, unconnected_gradients="zero").numpy())
    return np.stack(rows).reshape(*y.shape, *x.shape)


@pytest.mark.parametrize("name", PROGRAMS)
def test_as_one_by_one(name: str) -> None:
    f, x = PROGRAMS[name]
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = f(x)
    np.testing.assert_allclose(tape.jacobian(y, x).numpy(), one_by_one(tape, y, x), rtol=1e-12, atol=1e-14)


def test_weights_and_several_sources() -> None:
    x = ROWS
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, B])
        h = x @ V
        y = tf.tanh(h + B)
    for source, found in zip([x, V, B, h], tape.jacobian(y, [x, V, B, h]), strict=True):
        np.testing.assert_allclose(found.numpy(), one_by_one(tape, y, source), rtol=1e-12, atol=1e-14)


def test_a_source_on_the_way_and_one_behind_it() -> None:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(ROW)
        h = tf.sin(ROW)
        y = tf.exp(h)
    of_h, of_x, of_y = tape.jacobian(y, [h, ROW, y])
    np.testing.assert_allclose(of_h.numpy(), one_by_one(tape, y, h))
    np.testing.assert_allclose(of_x.numpy(), one_by_one(tape, y, ROW))
    np.testing.assert_array_equal(of_y.numpy().reshape(4, 4), np.eye(4))


def test_complex_values() -> None:
    z = tf.constant(array(3) + 1j * array(3, seed=1))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(z)
        y = tf.exp(z) * tf.math.conj(z) * (2.0 + 1.0j)
    np.testing.assert_allclose(tape.jacobian(y, z).numpy(), one_by_one(tape, y, z), rtol=1e-12)


def test_an_infinite_slope_stays_in_its_row() -> None:
    x = tf.constant([0.0, 4.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.sqrt(x)
    np.testing.assert_array_equal(tape.jacobian(y, x).numpy(), [[np.inf, 0.0], [0.0, 0.25]])


@pytest.mark.parametrize("name", ["elementwise", "layer"])
def test_second_order(name: str) -> None:
    f, x = PROGRAMS[name]
    with tf.GradientTape(persistent=True) as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        first = tf.reduce_sum(tf.sin(inner.jacobian(y, x)), axis=range(y.ndim))
    second = outer.jacobian(first, x).numpy()
    step = 1e-5 * array(*x.shape, seed=9)

    def moved(x: tf.Tensor) -> np.ndarray:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return tf.reduce_sum(tf.sin(tape.jacobian(y, x)), axis=range(y.ndim)).numpy()

    difference = moved(x + step) - moved(x - step)
    np.testing.assert_allclose(np.tensordot(second, 2 * step, x.ndim), difference, rtol=1e-5, atol=1e-9)


def test_inside_a_map_and_under_an_accumulator() -> None:
    def rows(x: tf.Tensor) -> tf.Tensor:
        x = tf.reshape(x, (1, 4))
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.tanh(x @ W)
        return tape.jacobian(y, x)

    expected = np.stack([rows(x).numpy() for x in ROWS])
    np.testing.assert_allclose(tf.vectorized_map(rows, ROWS).numpy(), expected, rtol=1e-12)
    x, direction = ROWS[0], tf.constant(array(4, seed=3))
    with tf.autodiff.ForwardAccumulator(x, direction) as acc:
        j = rows(x)
    step = 1e-6 * direction
    np.testing.assert_allclose(acc.jvp(j).numpy(), (rows(x + step) - rows(x - step)).numpy() / 2e-6, rtol=1e-6)
