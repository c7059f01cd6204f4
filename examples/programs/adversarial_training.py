"""A classifier that withstands projected gradient descent: attacked in every step of its training, and compared with one that was not."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
x = ((data.data - data.data.mean(0)) / data.data.std(0)).astype("float32")
y = data.target.astype("float32")[:, None]
EPSILON = 0.3


def model():
    rng = np.random.default_rng(17)
    return [tf.Variable((rng.normal(size=s) * 0.3).astype("float32")) for s in ((30, 12), (12, 1))]


def logits(w, x):
    return tf.tanh(x @ w[0]) @ w[1]


def loss_of(w, x, y):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits(w, x)))


def attacked(w, x, y, steps):
    around = tf.constant(x)
    found = around
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(found)
            loss = loss_of(w, found, y)
        found = found + EPSILON / steps * 1.5 * tf.sign(tape.gradient(loss, found))
        found = tf.clip_by_value(found, around - EPSILON, around + EPSILON)
    return found


def accuracy(w, x, y):
    return float(np.mean((logits(w, x).numpy() > 0) == (y > 0.5)))


for name, steps in (("plain", 0), ("hardened", 3)):
    w, optimizer = model(), tf.keras.optimizers.Adam(0.02)
    for n in range(30):
        rows = slice(16 * n % 400, 16 * n % 400 + 64)
        seen = attacked(w, x[rows], y[rows], steps) if steps else x[rows]
        with tf.GradientTape() as tape:
            loss = loss_of(w, seen, y[rows])
        optimizer.apply_gradients(zip(tape.gradient(loss, w), w))
    bad = attacked(w, x[400:], y[400:], 5)
    print(
        f"{name}: loss {float(loss):.4f}, accuracy {accuracy(w, x[400:], y[400:]):.3f}, attacked {accuracy(w, bad, y[400:]):.3f}"
    )
    print(f"  loss under attack {float(loss_of(w, bad, y[400:])):.4f}")
