"""Noise leaves a photograph: gradient descent on the distance to the noisy one plus its total variation."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_sample_image

clean = tf.image.resize(tf.constant(load_sample_image("flower.jpg")), [60, 90], antialias=True)[None] / 255.0
noisy = clean + np.random.default_rng(0).normal(size=clean.shape).astype("float32") * 0.1
image = tf.Variable(noisy)
optimizer = tf.keras.optimizers.Adam(0.02)
print(f"noisy: psnr {float(tf.image.psnr(clean, noisy, 1.0)[0]):.3f}")


@tf.function
def step():
    with tf.GradientTape() as tape:
        near = tf.reduce_sum(tf.square(image - noisy))
        loss = near + 0.12 * tf.reduce_sum(tf.image.total_variation(image))
    optimizer.apply_gradients([(tape.gradient(loss, image), image)])
    image.assign(tf.clip_by_value(image, 0.0, 1.0))
    return loss


for n in range(45):
    loss = step()
    if n % 15 == 14:
        print(f"step {n + 1}: loss {float(loss):.3f}, psnr {float(tf.image.psnr(clean, image, 1.0)[0]):.3f}")
