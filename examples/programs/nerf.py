"""A radiance field: density and brightness of a volume (digits in a stack) are learned from its pictures along rays."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
volume = (digits.images[[0, 10, 20, 30, 36, 48, 49, 55]] / 16.0).astype("float32")  # eight zeros, one behind the other
rng = np.random.default_rng(51)
POINTS = 12


def look_up(points):
    cells = np.clip(((points + 1) * 4).astype(int), 0, 7)
    inside = (np.abs(points) < 1).all(-1)
    return volume[cells[..., 2], cells[..., 1], cells[..., 0]] * inside


def rays(n):
    angle = rng.uniform(-0.6, 0.6, n)
    direction = np.stack([np.sin(angle), np.zeros(n), np.cos(angle)], 1)
    place = rng.uniform(-0.9, 0.9, (n, 2))
    start = np.stack([place[:, 0], place[:, 1], np.zeros(n)], 1) - 1.4 * direction
    depth = np.linspace(0.0, 2.8, POINTS)
    return (start[:, None] + depth[:, None] * direction[:, None]).astype("float32")


def encoded(points):
    angles = tf.concat([points * (2.0**k) * np.pi / 2 for k in range(3)], -1)
    return tf.concat([points, tf.sin(angles), tf.cos(angles)], -1)


def rendered(density, brightness):
    alpha = 1.0 - tf.exp(-tf.nn.relu(density) * (2.8 / POINTS))
    passing = tf.math.cumprod(1.0 - alpha + 1e-10, axis=1, exclusive=True)
    return tf.reduce_sum(alpha * passing * brightness, axis=1)


sizes = (21, 32, 32, 2)
layers = [tf.Variable((rng.normal(size=s) / np.sqrt(s[0])).astype("float32")) for s in zip(sizes, sizes[1:])]
optimizer = tf.keras.optimizers.Adam(0.005)


@tf.function
def step(points, picture):
    with tf.GradientTape() as tape:
        x = encoded(points)
        for w in layers[:-1]:
            x = tf.nn.relu(x @ w)
        out = x @ layers[-1]
        loss = tf.reduce_mean(tf.square(rendered(out[..., 0], tf.sigmoid(out[..., 1])) - picture))
    optimizer.apply_gradients(zip(tape.gradient(loss, layers), layers))
    return loss


for n in range(90):
    points = rays(150)
    solid = look_up(points)
    loss = step(points, rendered(tf.constant(6.0 * solid), tf.constant(solid)))
    if n % 30 == 29:
        print(f"step {n + 1}: loss {float(loss):.5f}, psnr {float(-10 * tf.math.log(loss) / np.log(10.0)):.2f}")
