"""A network that solves u'' = -4 u, u(0) = 1, u'(0) = 0, by its own second derivative."""

import numpy as np
import tensorflow as tf

tf.keras.backend.set_floatx("float64")
rng = np.random.default_rng(2)
sizes = [1, 20, 20, 1]
weights = [tf.Variable(rng.normal(size=(a, b)) / np.sqrt(a)) for a, b in zip(sizes[:-1], sizes[1:])]
biases = [tf.Variable(np.zeros(b)) for b in sizes[1:]]
variables = weights + biases
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
times = tf.constant(np.linspace(0, 1, 24)[:, None])
zero = tf.zeros([1, 1], tf.float64)


def u(t):
    for w, b in zip(weights[:-1], biases[:-1]):
        t = tf.tanh(t @ w + b)
    return t @ weights[-1] + biases[-1]


def residual(t):
    with tf.GradientTape() as outer:
        outer.watch(t)
        with tf.GradientTape() as inner:
            inner.watch(t)
            value = u(t)
        slope = inner.gradient(value, t)
    return outer.gradient(slope, t) + 4.0 * value


def start():
    with tf.GradientTape() as tape:
        tape.watch(zero)
        value = u(zero)
    return tf.reduce_sum((value - 1.0) ** 2 + tape.gradient(value, zero) ** 2)


for step in range(150):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(residual(times) ** 2) + 10.0 * start()
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if step % 50 == 49:
        print(f"step {step}: loss {float(loss):.6f}")
error = tf.reduce_max(tf.abs(u(times) - tf.cos(2.0 * times)))
print(f"largest error {float(error):.5f}")
