"""Grad-CAM: the channels of a convolution weighted by the gradient of a class score say where the network looks."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits(n_class=5)
x = (digits.images / 16.0).astype("float32")[..., None]
y = digits.target
rng = np.random.default_rng(21)
filters = tf.Variable((rng.normal(size=(3, 3, 1, 12)) * 0.4).astype("float32"))
weights = tf.Variable((rng.normal(size=(12 * 16, 5)) * 0.05).astype("float32"))
optimizer = tf.keras.optimizers.Adam(0.01)


def features(images):
    return tf.nn.relu(tf.nn.conv2d(images, filters, strides=1, padding="SAME"))


def scores(maps):
    pooled = tf.nn.max_pool2d(maps, 2, 2, "VALID")
    return tf.reshape(pooled, [tf.shape(pooled)[0], -1]) @ weights


for step in range(30):
    rows = slice(30 * step % 600, 30 * step % 600 + 30)
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y[rows], logits=scores(features(x[rows])))
        loss = tf.reduce_mean(losses)
    optimizer.apply_gradients(zip(tape.gradient(loss, [filters, weights]), [filters, weights]))
print(f"loss {float(loss):.3f}, accuracy {np.mean(np.argmax(scores(features(x[600:])), 1) == y[600:]):.3f}")
for index in (700, 801):
    maps = features(x[index : index + 1])
    with tf.GradientTape() as tape:
        tape.watch(maps)
        score = scores(maps)[0, int(y[index])]
    importance = tf.reduce_mean(tape.gradient(score, maps), axis=[1, 2], keepdims=True)
    cam = tf.abs(tf.reduce_sum(importance * maps, axis=-1))[0]
    cam = cam / (tf.reduce_max(cam) + 1e-8)
    rows = tf.reduce_sum(cam, axis=1)
    print(int(y[index]), f"score {float(score):.2f}, seen {float(tf.reduce_mean(cam)):.3f}, rows", rows.numpy().round(1).tolist())
