"""IndexedSlices: gradients of gathers through everything that a program does with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf

TABLE = np.arange(12.0, dtype="f8").reshape(4, 3) / 7
ROWS = [2, 0, 2, 3]


def gathered(indices: Any = ROWS) -> tuple[Any, Any, Any]:
    """A table, the slices that are its gradient, and the same as an array."""
    v = tf.Variable(TABLE)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.gather(v, indices) ** 2.0)
    g = tape.gradient(y, v)
    expected = np.zeros_like(TABLE)
    np.add.at(expected, np.asarray(indices), 2 * TABLE[np.asarray(indices)])
    return v, g, expected


def test_duplicate_indices_are_kept() -> None:
    _, g, expected = gathered()
    assert isinstance(g, tf.IndexedSlices)
    assert g.indices.numpy().tolist() == ROWS
    np.testing.assert_allclose(tf.convert_to_tensor(g), expected)


KEEP = {
    "g * 0.1": lambda g, e: (g * 0.1, e * 0.1),
    "0.1 * g": lambda g, e: (0.1 * g, e * 0.1),
    "g / 2": lambda g, e: (g / 2, e / 2),
    "-g": lambda g, e: (-g, -e),
    "np.float64 * g": lambda g, e: (np.float64(0.1) * g, e * 0.1),
    "g + g": lambda g, e: (g + g, 2 * e),
    "g - g": lambda g, e: (g - g * 0.5, e / 2),
}
DENSIFY = {
    "scalar tensor * g": lambda g, e: (tf.constant(0.1, tf.float64) * g, e * 0.1),
    "scalar variable * g": lambda g, e: (tf.Variable(0.1, dtype=tf.float64) * g, e * 0.1),
    "g + 1": lambda g, e: (g + 1.0, e + 1),
    "1 - g": lambda g, e: (1.0 - g, 1 - e),
    "array - g": lambda g, e: (TABLE - g, TABLE - e),
    "g * array": lambda g, e: (g * TABLE, e * TABLE),
    "array * g": lambda g, e: (TABLE * g, e * TABLE),
    "g / tensor": lambda g, e: (g / tf.constant(TABLE + 1), e / (TABLE + 1)),
    "tensor + g": lambda g, e: (tf.constant(TABLE) + g, TABLE + e),
    "square": lambda g, e: (tf.square(g), e**2),
    "reduce_sum": lambda g, e: (tf.reduce_sum(g, axis=0), e.sum(0)),
    "add_n": lambda g, e: (tf.convert_to_tensor(tf.add_n([g, g])), 2 * e),
    "matmul": lambda g, e: (tf.matmul(g, TABLE, transpose_b=True), e @ TABLE.T),
    "convert": lambda g, e: (tf.convert_to_tensor(g), e),
}


@pytest.mark.parametrize("name", [*KEEP, *DENSIFY])
def test_arithmetic(name: str) -> None:
    _, g, expected = gathered()
    ours, theirs = {**KEEP, **DENSIFY}[name](g, expected)
    assert isinstance(ours, tf.IndexedSlices) == (name in KEEP)
    np.testing.assert_allclose(tf.convert_to_tensor(ours), theirs, rtol=1e-12)


STEPS: dict[str, Callable] = {
    "assign_sub(lr * g)": lambda v, g: v.assign_sub(0.1 * g),
    "assign_sub(g * lr)": lambda v, g: v.assign_sub(g * 0.1),
    "assign(v - lr * g)": lambda v, g: v.assign(v - 0.1 * g),
    "scatter_sub": lambda v, g: v.scatter_sub(g * 0.1),
    "convert": lambda v, g: v.assign_sub(tf.convert_to_tensor(g) * 0.1),
    "assign_add": lambda v, g: v.assign_add(-g * 0.1),
}


@pytest.mark.parametrize("name", STEPS)
def test_steps_of_optimizers(name: str) -> None:
    v, g, expected = gathered()
    STEPS[name](v, g)
    np.testing.assert_allclose(v.numpy(), TABLE - 0.1 * expected, rtol=1e-12)


def test_two_gathers_with_indices_of_two_dtypes() -> None:
    v = tf.Variable(TABLE)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.gather(v, tf.constant([0, 1]))) + tf.reduce_sum(tf.gather(v, tf.constant([1, 3], tf.int64)) * 2.0)
    g = tape.gradient(y, v)
    assert isinstance(g, tf.IndexedSlices)
    np.testing.assert_allclose(tf.convert_to_tensor(g), np.array([1.0, 3, 0, 2])[:, None] * np.ones(3))


@pytest.mark.parametrize("through", ["identity", "sum", "nested", "dense path", "reshape", "watched tensor"])
def test_through_operations(through: str) -> None:
    def f(v: Any) -> Any:
        if through == "identity":
            return tf.gather(tf.identity(v), ROWS)
        if through == "sum":
            return tf.gather(v, ROWS) + tf.gather(v, [1, 1, 0, 0])
        if through == "nested":
            return tf.gather(tf.gather(v, ROWS), [0, 0, 3])
        if through == "dense path":
            return tf.gather(v, ROWS) + v
        return tf.gather(tf.reshape(v, [12]), [0, 5, 5, 11]) if through == "reshape" else tf.gather(v, ROWS)

    source = tf.constant(TABLE) if through == "watched tensor" else tf.Variable(TABLE)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(source)
        y = f(source)
        z = tf.reduce_sum(y * y * y)
    g = tf.convert_to_tensor(tape.gradient(z, source)).numpy()
    moved = np.zeros_like(TABLE)
    for place in np.ndindex(TABLE.shape):
        step = np.zeros_like(TABLE)
        step[place] = 1e-6
        up, down = (float(tf.reduce_sum(f(tf.constant(TABLE + s)) ** 3.0)) for s in (step, -step))
        moved[place] = (up - down) / 2e-6
    np.testing.assert_allclose(g, moved, rtol=1e-6, atol=1e-8)
    rows = tape.jacobian(y, source).numpy()
    np.testing.assert_allclose(np.tensordot(3 * y.numpy() ** 2, rows, y.ndim), g, rtol=1e-9)


def test_second_order_through_slices() -> None:
    v = tf.Variable(TABLE)
    with tf.GradientTape(persistent=True) as outer:
        with tf.GradientTape() as inner:
            y = tf.reduce_sum(tf.gather(v, ROWS) ** 3.0)
        g = inner.gradient(y, v)
        s = tf.reduce_sum(tf.convert_to_tensor(g * 2.0) * TABLE)
        t = tf.reduce_sum(g.values * 2.0)
    counts = np.bincount(ROWS, minlength=4)[:, None]
    np.testing.assert_allclose(tf.convert_to_tensor(outer.gradient(s, v)), 2 * 6 * counts * TABLE * TABLE)
    np.testing.assert_allclose(tf.convert_to_tensor(outer.gradient(t, v)), 2 * 6 * counts * TABLE)


def test_as_targets_sources_and_cotangents() -> None:
    v, g, expected = gathered()
    with tf.GradientTape(persistent=True) as tape:
        y = v * 3.0
    given = tape.gradient(y, v, output_gradients=g)
    np.testing.assert_allclose(tf.convert_to_tensor(given), 3 * expected)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(g)
        s = tf.reduce_sum(tf.convert_to_tensor(g) * TABLE)
    np.testing.assert_allclose(tape.gradient(s, g).numpy(), TABLE[ROWS])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = tf.reduce_sum(tf.gather(v, ROWS) ** 2.0)
        slices = inner.gradient(y, v)
    expected = 2 * np.bincount(ROWS, minlength=4)[:, None] * np.ones(3)
    np.testing.assert_allclose(
        tf.convert_to_tensor(outer.gradient(slices, v, output_gradients=tf.ones([4, 3], tf.float64))), expected
    )


def test_in_maps() -> None:
    v = tf.Variable(TABLE)

    def f(indices: Any) -> Any:
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(tf.gather(v, indices) ** 2.0)
        return tf.convert_to_tensor(tape.gradient(y, v) * 0.5)

    batch = tf.constant([[0, 0], [1, 3]])
    out = tf.vectorized_map(f, batch)
    for row, indices in zip(out, batch, strict=True):
        np.testing.assert_allclose(row.numpy(), f(indices).numpy())


def test_what_is_refused() -> None:
    bare = tf.IndexedSlices(tf.constant([[1.0, 2.0]]), tf.constant([1]))
    with pytest.raises(ValueError, match="dense_shape"):
        tf.convert_to_tensor(bare)
    with pytest.raises(ValueError, match="dense_shape"):
        bare + 1.0
    assert (bare * 2.0).values.numpy().tolist() == [[2.0, 4.0]]
    for wrong in (lambda: bare * "a", lambda: bare * None, lambda: bare / object()):
        with pytest.raises((TypeError, ValueError)):
            wrong()
