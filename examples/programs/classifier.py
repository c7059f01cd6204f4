"""Handwritten digits (scikit-learn's), a convolutional classifier in a custom training loop."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
images = (digits.images[:600, :, :, None] / 16.0).astype("float32")
labels = digits.target[:600].astype("int64")
rng = np.random.default_rng(0)


def weight(*shape):
    scale = np.sqrt(2.0 / np.prod(shape[:-1]))
    return tf.Variable((rng.normal(size=shape) * scale).astype("float32"))


kernel, shift = weight(3, 3, 1, 8), tf.Variable(tf.zeros([8]))
dense, bias = weight(4 * 4 * 8, 10), tf.Variable(tf.zeros([10]))
variables = [kernel, shift, dense, bias]
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)


def logits(x):
    x = tf.nn.relu(tf.nn.conv2d(x, kernel, strides=1, padding="SAME") + shift)
    x = tf.nn.max_pool2d(x, ksize=2, strides=2, padding="VALID")
    return tf.reshape(x, [tf.shape(x)[0], -1]) @ dense + bias


for epoch in range(4):
    order = rng.permutation(500)
    total = 0.0
    for start in range(0, 500, 50):
        batch = order[start : start + 50]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels[batch], logits=logits(images[batch]))
            )
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        total += float(loss)
    print(f"epoch {epoch}: loss {total / 10:.4f}")

predicted = tf.argmax(logits(images[500:]), axis=1)
print(f"accuracy on 100 others: {np.mean(predicted.numpy() == labels[500:]):.2f}")
