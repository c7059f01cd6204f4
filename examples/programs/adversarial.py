"""Images of digits that a classifier gets wrong: one step along the gradient's sign, and ten small ones."""

import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

digits = load_digits()
x, y = (digits.data / 16.0).astype("float32"), digits.target
fitted = LogisticRegression(max_iter=300).fit(x[:1000], y[:1000])
weights, bias = tf.constant(fitted.coef_.T.astype("float32")), tf.constant(fitted.intercept_.astype("float32"))
images, labels = tf.constant(x[1000:1200]), tf.constant(y[1000:1200])
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def logits(inputs):
    return inputs @ weights + bias


def sign_of_gradient(inputs):
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        loss = loss_object(labels, logits(inputs))
    return tf.sign(tape.gradient(loss, inputs)), loss


def accuracy(inputs):
    return float(tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits(inputs), 1), tf.cast(labels, tf.int64)), tf.float32)))


sign, loss = sign_of_gradient(images)
print(f"clean: loss {float(loss):.4f}, accuracy {accuracy(images):.3f}")
for size in (0.02, 0.05, 0.1):
    attacked = tf.clip_by_value(images + size * sign, 0.0, 1.0)
    print(f"one step of {size}: loss {float(loss_object(labels, logits(attacked))):.4f}, accuracy {accuracy(attacked):.3f}")
attacked = images
for _ in range(10):
    sign, loss = sign_of_gradient(attacked)
    attacked = tf.clip_by_value(attacked + 0.02 * sign, images - 0.1, images + 0.1)
    attacked = tf.clip_by_value(attacked, 0.0, 1.0)
print(
    f"ten steps within 0.1: accuracy {accuracy(attacked):.3f}, largest change {float(tf.reduce_max(tf.abs(attacked - images))):.3f}"
)
