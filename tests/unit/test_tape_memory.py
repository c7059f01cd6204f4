"""tape.memory: what is held, by what, and what recomputing would save."""

from __future__ import annotations

import inspect

import numpy as np

import gradtape as tf


def test_bytes_by_line_operation_and_variable():
    w = tf.Variable(np.ones((100, 50), np.float32), name="w")
    x = tf.constant(np.ones((20, 100), np.float32))
    with tf.GradientTape(persistent=True) as tape:
        line = inspect.currentframe().f_lineno + 1
        h = tf.matmul(x, w)
        y = tf.exp(h)
        z = tf.reduce_sum(y * y)
    held = tape.memory()
    assert held.by_operation == (("matmul", 28_000), ("exp", 4_000))  # y * y keeps what exp keeps already
    assert held.by_line[:2] == ((__file__, line, 28_000), (__file__, line + 1, 4_000))
    assert held.by_variable == (("w:0", 20_000),) and held.variables == 20_000
    assert held.total == 32_000 and held.arrays == 3 and held.operations == 4 and not held.released
    assert held.peak == held.total + 4_000 + 20_000  # the gradients of h and of w
    assert "holds 31.2 KiB in 3 arrays of 4 operations, 19.5 KiB of it variables" in str(held)
    assert f"{__file__}:{line}  h = tf.matmul(x, w)" in str(held)
    tape.gradient(z, w)
    assert tape.memory().total == 32_000


def test_after_the_sweep_nothing_is_held():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.exp(x))
    tape.gradient(y, x)
    held = tape.memory()
    assert held.released and held.total == 0 and "Ask before gradient()" in str(held)


def test_a_hint_which_function_to_recompute():
    def block(x):
        return tf.tanh(tf.sin(x) * tf.cos(x))

    x = tf.Variable(np.ones(1000, np.float32))

    def run(f):
        with tf.GradientTape(persistent=True) as tape:
            y = x * 1.0
            for _ in range(5):
                y = f(y)
        return tape

    held = run(block).memory()
    hint = held.saving
    assert hint.function.endswith("block") and hint.line == inspect.getsourcelines(block)[1] and hint.calls == 5
    assert "tf.recompute_grad(" in str(held) and "its 5 calls" in str(held)
    assert hint.bytes == 60_000  # sine, cosine and tanh of 5 calls; the products' operands are these


def test_the_peak_counts_gradients():
    layers = [tf.Variable(np.eye(64, dtype=np.float32)) for _ in range(8)]
    x = tf.constant(np.ones((256, 64), np.float32))
    with tf.GradientTape() as tape:
        h = x
        for w in layers:
            h = tf.tanh(tf.matmul(h, w))
    held = tape.memory()
    activations = 8 * 256 * 64 * 4
    assert held.total == held.variables + activations + x.numpy().nbytes
    assert held.peak >= held.total + 256 * 64 * 4
