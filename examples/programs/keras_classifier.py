"""Wine cultivars (scikit-learn's), Keras layers and losses in a custom loop with metrics."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine

data = load_wine()
x = ((data.data - data.data.mean(0)) / data.data.std(0)).astype("float32")
y = data.target.astype("int32")
order = np.random.default_rng(3).permutation(len(x))
x, y = x[order], y[order]

model = tf.keras.Sequential(
    [
        tf.keras.Input(shape=(13,)),
        tf.keras.layers.Dense(16, activation="relu", kernel_initializer=tf.keras.initializers.GlorotUniform(seed=1)),
        tf.keras.layers.Dense(3, kernel_initializer=tf.keras.initializers.GlorotUniform(seed=2)),
    ]
)
loss_function = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.SGD(learning_rate=0.2, momentum=0.5)
train_loss = tf.keras.metrics.Mean()
accuracy = tf.keras.metrics.SparseCategoricalAccuracy()

for epoch in range(6):
    train_loss.reset_state()
    for start in range(0, 120, 40):
        with tf.GradientTape() as tape:
            loss = loss_function(y[start : start + 40], model(x[start : start + 40], training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        train_loss.update_state(loss)
    print(f"epoch {epoch}: loss {float(train_loss.result()):.5f}")

accuracy.update_state(y[120:], model(x[120:], training=False))
print(f"accuracy on the rest: {float(accuracy.result()):.3f}")
