"""Fits y = w x + b to three points with a GradientTape. Run it with: python -m gradtape run examples/linear_regression.py

It starts at the solution w = 2, b = 1; `... linear_regression.py -1.5 0.25` starts elsewhere.
"""

import sys

import tensorflow as tf


class LinearModel(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(2.0)
        self.b = tf.Variable(1.0)

    def __call__(self, x):
        return self.w * x + self.b


def loss_fn(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred))


x_train = tf.constant([1.0, 2.0, 3.0])
y_train = tf.constant([3.0, 5.0, 7.0])

model = LinearModel()
if len(sys.argv) == 3:
    model.w.assign(float(sys.argv[1]))
    model.b.assign(float(sys.argv[2]))
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

for epoch in range(100):
    with tf.GradientTape() as tape:
        loss = loss_fn(y_train, model(x_train))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    if epoch % 10 == 0:
        print(f"Epoch {epoch}: loss = {loss.numpy()}")

print(f"w = {model.w.numpy()}, b = {model.b.numpy()}")
