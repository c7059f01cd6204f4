"""The vector field of a spiral is learnt through Runge-Kutta's steps; the initial value's gradient by the same tape."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(12)
matrix = np.array([[-0.1, 2.0], [-2.0, -0.1]], "float32")
w1 = tf.Variable((rng.normal(size=(2, 24)) * 0.5).astype("float32"))
b1 = tf.Variable(tf.zeros([24]))
w2 = tf.Variable((rng.normal(size=(24, 2)) * 0.2).astype("float32"))
variables = [w1, b1, w2]
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)


def field(y):
    return tf.tanh(y @ w1 + b1) @ w2


def step(f, y, h):
    k1 = f(y)
    k2 = f(y + h / 2 * k1)
    k3 = f(y + h / 2 * k2)
    k4 = f(y + h * k3)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def solve(f, y, n=8, h=0.1):
    path = [y]
    for _ in range(n):
        path.append(step(f, path[-1], h))
    return tf.stack(path)


start = tf.constant(rng.uniform(-2, 2, (16, 2)).astype("float32"))
true = solve(lambda y: y @ matrix, start)
for iteration in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.abs(solve(field, start) - true))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if iteration % 20 == 19:
        print(f"iteration {iteration}: loss {float(loss):.4f}")
with tf.GradientTape() as tape:
    tape.watch(start)
    end = solve(field, start)[-1]
jacobian = tape.batch_jacobian(end, start)
print(f"mean determinant of the flow's Jacobian: {float(tf.reduce_mean(tf.linalg.det(jacobian))):.4f}")
