"""The diffusivity in u_t = k u_xx is found from 40 measurements, with the equation as a penalty."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(8)
TRUE = 0.3
x = rng.uniform(0, np.pi, (40, 1)).astype("float32")
t = rng.uniform(0, 1, (40, 1)).astype("float32")
measured = np.exp(-TRUE * t) * np.sin(x)
w1 = tf.Variable((rng.normal(size=(2, 24)) * 0.7).astype("float32"))
b1 = tf.Variable(tf.zeros([24]))
w2 = tf.Variable((rng.normal(size=(24, 1)) * 0.3).astype("float32"))
diffusivity = tf.Variable(1.0)
variables = [w1, b1, w2, diffusivity]
optimizer = tf.keras.optimizers.Adam(0.02)


def u(x, t):
    return tf.tanh(tf.concat([x, t], axis=1) @ w1 + b1) @ w2


def loss_terms():
    xs, ts = tf.constant(x), tf.constant(t)
    with tf.GradientTape(persistent=True) as second:
        second.watch(xs)
        with tf.GradientTape(persistent=True) as first:
            first.watch([xs, ts])
            value = u(xs, ts)
        u_x = first.gradient(value, xs)
        u_t = first.gradient(value, ts)
    u_xx = second.gradient(u_x, xs)
    return tf.reduce_mean((value - measured) ** 2), tf.reduce_mean((u_t - diffusivity * u_xx) ** 2)


for step in range(150):
    with tf.GradientTape() as tape:
        data, equation = loss_terms()
        loss = data + 0.1 * equation
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if step % 50 == 49:
        print(f"step {step}: data {float(data):.5f}, equation {float(equation):.5f}, k = {float(diffusivity):.4f}")
