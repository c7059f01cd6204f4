"""Meta-learning: a start from which one gradient step fits a new sine, by the gradient through that step."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(9)
sizes = [1, 20, 1]
weights = []
for a, b in zip(sizes[:-1], sizes[1:]):
    weights += [tf.Variable((rng.normal(size=(a, b)) / np.sqrt(a)).astype("float32")), tf.Variable(tf.zeros([b]))]
optimizer = tf.keras.optimizers.Adam(0.005)


def network(w, x):
    return tf.tanh(x @ w[0] + w[1]) @ w[2] + w[3]


def task():
    amplitude, phase = rng.uniform(0.5, 2), rng.uniform(0, np.pi)
    x = rng.uniform(-3, 3, (20, 1)).astype("float32")
    y = (amplitude * np.sin(x + phase)).astype("float32")
    return (x[:10], y[:10]), (x[10:], y[10:])


def loss_of(w, data):
    return tf.reduce_mean(tf.square(network(w, data[0]) - data[1]))


for step in range(40):
    with tf.GradientTape() as outer:
        total = 0.0
        for _ in range(4):
            support, query = task()
            with tf.GradientTape() as inner:
                inner_loss = loss_of(weights, support)
            adapted = [w - 0.05 * g for w, g in zip(weights, inner.gradient(inner_loss, weights))]
            total += loss_of(adapted, query)
        meta_loss = total / 4.0
    optimizer.apply_gradients(zip(outer.gradient(meta_loss, weights), weights))
    if step % 10 == 9:
        print(f"step {step}: loss before {float(inner_loss):.4f}, meta-loss {float(meta_loss):.4f}")
