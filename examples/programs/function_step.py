"""A whole training step as one tf.function: several variables, momentum kept by hand, a schedule, and clipping by the global norm."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
x = (digits.data[:1200] / 16.0).astype("float32")
y = digits.target[:1200]
rng = np.random.default_rng(10)
sizes = (64, 32, 24, 16, 10)
weights = [tf.Variable((rng.normal(size=s) / np.sqrt(s[0])).astype("float32")) for s in zip(sizes, sizes[1:])]
biases = [tf.Variable(tf.zeros([n])) for n in sizes[1:]]
variables = weights + biases
velocities = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]
step = tf.Variable(0.0, trainable=False)
mean_loss = tf.keras.metrics.Mean()


def network(x):
    for w, b in zip(weights[:-1], biases[:-1]):
        x = tf.nn.gelu(x @ w + b)
    return x @ weights[-1] + biases[-1]


@tf.function
def train(images, labels):
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, network(images))
        loss = tf.reduce_mean(losses) + 1e-4 * tf.add_n([tf.nn.l2_loss(w) for w in weights])
    gradients, norm = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
    rate = 0.2 * 0.5 * (1.0 + tf.cos(step / 60.0 * np.pi))
    for v, velocity, g in zip(variables, velocities, gradients):
        velocity.assign(0.9 * velocity + g)
        v.assign_sub(rate * velocity)
    step.assign_add(1.0)
    mean_loss.update_state(loss)


for epoch in range(3):
    mean_loss.reset_state()
    for start in range(0, 1200, 60):
        train(x[start : start + 60], y[start : start + 60])
    print(f"epoch {epoch}: loss {float(mean_loss.result()):.4f}")
print("norms", [round(float(tf.norm(w)), 3) for w in weights])
