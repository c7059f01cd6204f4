"""An optimizer that steps in the hooks of the backward sweep."""

import keras
import numpy as np

import gradtape as tf


def test_an_optimizer_inside_the_sweep():
    def trained(inside):
        ws = [tf.Variable(np.full((4, 4), 0.1 * (k + 1), "float32")) for k in range(3)]
        optimizer = keras.optimizers.Adam(0.1)
        optimizer.build(ws)
        x = tf.ones([2, 4])
        for _ in range(3):
            with tf.GradientTape() as tape:
                h = x
                for w in ws:
                    h = tf.tanh(tf.matmul(h, w))
                y = tf.reduce_sum(h)
            if inside:
                for w in ws:
                    tape.add_hook(w, lambda g, w=w: optimizer.update_step(g, w, optimizer.learning_rate), consume=True)
                tape.gradient(y, ws)
                optimizer.iterations.assign_add(1)
            else:
                optimizer.apply(tape.gradient(y, ws), ws)
        return [w.numpy() for w in ws]

    for a, b in zip(trained(True), trained(False), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6)
