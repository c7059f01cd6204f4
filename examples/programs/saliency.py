"""Which pixels decide? Gradients of a class score by the input: plain, times the input, integrated, and smoothed."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

digits = load_digits()
x = (digits.data / 16.0).astype("float32")
linear = LogisticRegression(max_iter=300).fit(x[:800], digits.target[:800])
hidden = np.random.default_rng(4).normal(size=(64, 64)).astype("float32") * 0.05 + np.eye(64, dtype="float32")
weights, bias = tf.constant(linear.coef_.T.astype("float32")), tf.constant(linear.intercept_.astype("float32"))


def score(images, label):
    return tf.nn.log_softmax(tf.nn.elu(images @ hidden) @ weights + bias)[:, label]


def gradient(images, label):
    images = tf.convert_to_tensor(images)
    with tf.GradientTape() as tape:
        tape.watch(images)
        value = score(images, label)
    return tape.gradient(value, images)


image, label = x[900:901], int(digits.target[900])
plain = gradient(image, label)
alphas = np.linspace(0, 1, 41, dtype="float32")[:, None]
path = gradient(alphas * image, label)
integrated = image * tf.reduce_mean((path[1:] + path[:-1]) / 2, axis=0, keepdims=True)
noisy = image + np.random.default_rng(1).normal(size=(25, 64)).astype("float32") * 0.1
smooth = tf.reduce_mean(gradient(noisy, label), axis=0)

print("label", label, "score", f"{float(score(image, label)[0]):.5f}")
print(f"plain: norm {float(tf.norm(plain)):.4f}, largest at {int(tf.argmax(tf.abs(plain)[0]))}")
print(f"times input: sum {float(tf.reduce_sum(plain * image)):.4f}")
gain = float(score(image, label)[0] - score(0 * image, label)[0])
print(f"integrated: sum {float(tf.reduce_sum(integrated)):.4f}, gain of the score {gain:.4f}")
print("smoothed, five largest:", tf.math.top_k(tf.abs(smooth), k=5).indices.numpy().tolist())
