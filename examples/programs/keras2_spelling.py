"""An old tutorial as it was written for Keras 2; where a spelling is refused, the modern one follows."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

x, y = load_iris(return_X_y=True)
x, y = x.astype("float32"), tf.keras.utils.to_categorical(y)
rng = np.random.default_rng(2)
try:
    optimizer = tf.keras.optimizers.SGD(lr=0.05, momentum=0.9)
except (TypeError, ValueError):
    optimizer = tf.keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)
model = tf.keras.models.Sequential()
try:
    model.add(tf.keras.layers.Dense(6, activation="relu", input_dim=4))
except (TypeError, ValueError):
    model.add(tf.keras.layers.Dense(6, activation="relu", input_shape=(4,)))
model.add(tf.keras.layers.Dense(3, activation="softmax"))
model.set_weights([rng.normal(size=s).astype("float32") * 0.4 for s in ((4, 6), (6,), (6, 3), (3,))])
model.compile(loss="categorical_crossentropy", optimizer=optimizer, metrics=["accuracy"])
history = model.fit(x, y, epochs=3, batch_size=30, shuffle=False, verbose=0)
print([round(v, 4) for v in history.history["loss"]])
if hasattr(model, "predict_classes"):
    classes = model.predict_classes(x)
else:
    classes = model.predict(x, verbose=0).argmax(-1)
print(classes[::15].tolist(), model.count_params())
metric = tf.keras.metrics.Mean()
metric.update_state([1.0, 2.0])
(metric.reset_states if hasattr(metric, "reset_states") else metric.reset_state)()
metric.update_state([4.0])
print(float(metric.result()), round(float(tf.keras.losses.MSE([1.0, 2.0], [2.0, 4.0])), 4))
