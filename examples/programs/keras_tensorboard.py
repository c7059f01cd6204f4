"""Breast tumours (scikit-learn's), Keras's fit with its TensorBoard callback, and what TensorBoard then finds."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

data = load_breast_cancer()
features = ((data.data - data.data.mean(axis=0)) / data.data.std(axis=0)).astype("float32")
labels = data.target.astype("float32")[:, None]
rng = np.random.default_rng(0)

model = tf.keras.Sequential(
    [
        tf.keras.layers.Input((30,)),
        tf.keras.layers.Dense(8, activation="tanh", name="hidden"),
        tf.keras.layers.Dense(1, name="logit"),
    ],
    name="net",
)
model.set_weights([(rng.normal(size=w.shape) * 0.2).astype("float32") for w in model.get_weights()])
model.compile(
    optimizer=tf.keras.optimizers.SGD(learning_rate=0.1),
    loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")],
)
folder = tempfile.mkdtemp()
board = tf.keras.callbacks.TensorBoard(log_dir=folder, histogram_freq=1, update_freq=10)
model.fit(
    features[:400], labels[:400], batch_size=40, epochs=3, shuffle=False, verbose=0,
    validation_data=(features[400:], labels[400:]), callbacks=[board],
)  # fmt: skip

for run in ("train", "validation"):
    events = EventAccumulator(os.path.join(folder, run), size_guidance={"tensors": 0})
    events.Reload()
    print(run)
    for tag in sorted(events.Tags()["tensors"]):
        found = events.Tensors(tag)
        plugin = events.SummaryMetadata(tag).plugin_data.plugin_name
        if plugin == "scalars":
            shown = [round(float(make_ndarray(event.tensor_proto)), 4) for event in found]
        elif plugin == "histograms":
            rows = [make_ndarray(event.tensor_proto) for event in found]
            shown = [[round(float(r[0, 0]), 4), round(float(r[-1, 1]), 4), float(r[:, 2].sum())] for r in rows]
        else:
            shown = "the model"
        print(f"  {tag} ({plugin}) {[event.step for event in found]}: {shown}")
