"""Deep hedging: a small network learns how much of a share to hold, so that selling a call costs as little as possible at the worst."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(81)
DAYS, VOLATILITY, STRIKE = 10, 0.2, 1.0
w1 = tf.Variable((rng.normal(size=(3, 16)) * 0.5).astype("float32"))
w2 = tf.Variable((rng.normal(size=(16, 1)) * 0.3).astype("float32"))
b1, b2, quantile = tf.Variable(tf.zeros([16])), tf.Variable(tf.zeros([1])), tf.Variable(0.0)
variables = [w1, b1, w2, b2, quantile]
optimizer = tf.keras.optimizers.Adam(0.02)


def prices(n):
    moves = rng.normal(size=(n, DAYS)) * VOLATILITY * np.sqrt(1 / 12 / DAYS)
    return np.exp(np.cumsum(np.concatenate([np.zeros((n, 1)), moves - (VOLATILITY**2) / 24 / DAYS], 1), 1)).astype("float32")


def losses(path):
    holding, gain = tf.zeros_like(path[:, :1]), tf.zeros_like(path[:, :1])
    for day in range(DAYS):
        price = path[:, day : day + 1]
        left = tf.fill(tf.shape(price), 1.0 - day / DAYS)
        state = tf.concat([10.0 * tf.math.log(price / STRIKE), left, holding], axis=1)
        new = tf.sigmoid(tf.nn.tanh(state @ w1 + b1) @ w2 + b2)
        gain += new * (path[:, day + 1 : day + 2] - price) - 0.0005 * price * tf.abs(new - holding)
        holding = new
    return tf.maximum(path[:, -1:] - STRIKE, 0.0) - gain


@tf.function
def step(path):
    with tf.GradientTape() as tape:
        loss = losses(path)
        risk = quantile + tf.reduce_mean(tf.nn.relu(loss - quantile)) / 0.2  # expected shortfall of the worst fifth
    optimizer.apply_gradients(zip(tape.gradient(risk, variables), variables))
    return risk, tf.reduce_mean(loss)


for n in range(60):
    risk, mean = step(prices(200))
    if n % 20 == 19:
        print(f"step {n + 1}: shortfall {float(risk):.4f}, mean {float(mean):.4f}, quantile {float(quantile):.4f}")
S = tf.constant([[0.95], [1.0], [1.05]])
with tf.GradientTape() as tape:
    tape.watch(S)
    d1 = (tf.math.log(S / STRIKE) + VOLATILITY**2 / 24) / (VOLATILITY * np.sqrt(1 / 12))
    d2 = d1 - VOLATILITY * np.sqrt(1 / 12)
    below = [0.5 * (1.0 + tf.math.erf(d / np.sqrt(2.0))) for d in (d1, d2)]
    value = S * below[0] - STRIKE * below[1]
print("deltas", tape.gradient(value, S).numpy().round(3).ravel().tolist(), "prices", value.numpy().round(4).ravel().tolist())
