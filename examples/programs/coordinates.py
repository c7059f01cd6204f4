"""A picture as a network of its coordinates: with the sines of random frequencies it becomes sharp, without them it stays a blur."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_sample_image

picture = load_sample_image("flower.jpg")[100:356:8, 200:456:8].astype("float32") / 255.0
rows, columns = np.meshgrid(np.linspace(0, 1, 32), np.linspace(0, 1, 32), indexing="ij")
places = np.stack([rows, columns], -1).reshape(-1, 2).astype("float32")
colours = picture.reshape(-1, 3)


def network(inputs):
    rng = np.random.default_rng(61)
    sizes = (inputs, 48, 48, 3)
    return [tf.Variable((rng.normal(size=s) * np.sqrt(2 / s[0])).astype("float32")) for s in zip(sizes, sizes[1:])]


def run(layers, x):
    for w in layers[:-1]:
        x = tf.nn.relu(x @ w)
    return tf.sigmoid(x @ layers[-1])


frequencies = np.random.default_rng(62).normal(size=(2, 24)).astype("float32") * 4.0
angles = 2 * np.pi * places @ frequencies
inputs = {"coordinates": places * 2 - 1, "sines": np.concatenate([np.sin(angles), np.cos(angles)], 1)}
for name, x in inputs.items():
    layers, optimizer = network(x.shape[1]), tf.keras.optimizers.Adam(0.005)

    @tf.function
    def step(x, layers=layers, optimizer=optimizer):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(run(layers, x) - colours))
        optimizer.apply_gradients(zip(tape.gradient(loss, layers), layers))
        return loss

    psnr = [float(-10.0 * tf.math.log(step(tf.constant(x, tf.float32))) / np.log(10.0)) for _ in range(60)]
    print(f"{name}: psnr {psnr[0]:.3f}, {psnr[29]:.3f}, {psnr[59]:.3f}")
