"""A Hamiltonian network: the vector field of a pendulum is the turned gradient of a learned energy, which is then kept along a path."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(41)
states = rng.uniform(-2, 2, (120, 2)).astype("float32")  # angle, momentum
field = np.stack([states[:, 1], -np.sin(states[:, 0])], 1)
w1 = tf.Variable((rng.normal(size=(2, 32)) * 0.7).astype("float32"))
b1 = tf.Variable(tf.zeros([32]))
w2 = tf.Variable((rng.normal(size=(32, 1)) * 0.3).astype("float32"))
variables = [w1, b1, w2]
optimizer = tf.keras.optimizers.Adam(0.02)


def energy(state):
    return tf.tanh(state @ w1 + b1) @ w2


def motion(state):
    with tf.GradientTape() as tape:
        tape.watch(state)
        value = energy(state)
    slope = tape.gradient(value, state)
    return tf.stack([slope[:, 1], -slope[:, 0]], axis=1)


@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(motion(tf.constant(states)) - field))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for n in range(150):
    loss = step()
    if n % 50 == 49:
        print(f"step {n + 1}: loss {float(loss):.5f}")


@tf.function
def path(state, steps, h):
    for _ in range(steps):
        k1 = motion(state)
        k2 = motion(state + 0.5 * h * k1)
        k3 = motion(state + 0.5 * h * k2)
        state = state + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + motion(state + h * k3))
    return state


begin = tf.constant([[1.0, 0.0]])
end = path(begin, 20, 0.1)
print("end", end.numpy().round(3).ravel().tolist(), f"energy drift {abs(float(energy(end)[0, 0] - energy(begin)[0, 0])):.4f}")
