"""Keras keeps the best weights of a training, and a whole model comes back from its file with the same predictions."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

iris = load_iris()
order = np.random.default_rng(1).permutation(150)
x, y = iris.data[order].astype("float32"), iris.target[order]
folder = tempfile.mkdtemp()
rng = np.random.default_rng(3)


def build():
    return tf.keras.Sequential(
        [
            tf.keras.Input((4,)),
            tf.keras.layers.Normalization(mean=x.mean(0), variance=x.var(0)),
            tf.keras.layers.Dense(8, "tanh", name="hidden"),
            tf.keras.layers.Dense(3, name="logits"),
        ]
    )


model = build()
model.get_layer("hidden").set_weights([rng.normal(size=(4, 8)) * 0.5, np.zeros(8)])
model.get_layer("logits").set_weights([rng.normal(size=(8, 3)) * 0.5, np.zeros(3)])
loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(tf.keras.optimizers.SGD(0.3), loss=loss, metrics=["accuracy"])
best = os.path.join(folder, "best.weights.h5")
keep = tf.keras.callbacks.ModelCheckpoint(best, monitor="val_loss", save_best_only=True, save_weights_only=True)
stop = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=2)
history = model.fit(
    x[:110],
    y[:110],
    validation_data=(x[110:], y[110:]),
    epochs=4,
    batch_size=22,
    shuffle=False,
    verbose=0,
    callbacks=[keep, stop],
)
print([round(v, 4) for v in history.history["val_loss"]])
model.load_weights(best)
model.save(os.path.join(folder, "whole.keras"))
again = tf.keras.models.load_model(os.path.join(folder, "whole.keras"))
print(np.array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0)))
print([round(float(v), 4) for v in again.evaluate(x[110:], y[110:], verbose=0)])
