"""Progression of diabetes (scikit-learn's): ridge regression by gradient descent with a schedule, its Hessian, robust loss."""

import tensorflow as tf
from sklearn.datasets import load_diabetes

data = load_diabetes()
x = tf.constant((data.data / data.data.std(0)).astype("float32"))
y = tf.constant(((data.target - data.target.mean()) / data.target.std()).astype("float32")[:, None])
w = tf.Variable(tf.zeros([10, 1]))
schedule = tf.keras.optimizers.schedules.ExponentialDecay(0.05, decay_steps=20, decay_rate=0.8)
optimizer = tf.keras.optimizers.SGD(learning_rate=schedule, nesterov=True, momentum=0.8)


def objective(weights):
    return tf.reduce_mean(tf.square(x @ weights - y)) + 0.01 * tf.reduce_sum(tf.square(weights))


for step in range(80):
    with tf.GradientTape() as tape:
        loss = objective(w)
    optimizer.apply_gradients([(tape.gradient(loss, w), w)])
    if step % 20 == 19:
        print(f"step {step}: loss {float(loss):.6f}")

with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = objective(w)
    slope = inner.gradient(loss, w)
hessian = tf.reshape(outer.jacobian(slope, w), [10, 10])
eigenvalues = tf.linalg.eigvalsh(hessian)
print(f"eigenvalues of the Hessian from {float(eigenvalues[0]):.5f} to {float(eigenvalues[-1]):.4f}")
exact = w - tf.linalg.solve(hessian, slope)
print(f"one Newton step: loss {float(objective(exact)):.6f}, largest weight {float(tf.reduce_max(tf.abs(exact))):.5f}")
huber = tf.reduce_mean(tf.keras.losses.huber(y, x @ exact))
print(f"Huber loss {float(huber):.5f}")
