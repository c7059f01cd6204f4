"""Writes the checkpoints of tests/data/checkpoints with TensorFlow 2.21: run it where that is installed.

python tests/data/make_checkpoints.py
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent / "checkpoints"
X = np.linspace(-1, 1, 12).reshape(4, 3).astype("f4")
Y = np.array([[0.0], [1.0], [1.0], [0.0]], "f4")


class Net(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable([1.5, -2.0])
        self.items = [tf.Variable(3), {"k": tf.Variable([[4.0]], dtype=tf.float64)}]
        self._hidden = tf.Variable(2**40, dtype=tf.int64)
        self.text = tf.Variable(["a", "", "ccc"])
        self.half = tf.Variable(1.25, dtype=tf.bfloat16)
        self.flag = tf.Variable(True)
        self.wave = tf.Variable(1.0 + 2.0j)


def plain():
    checkpoint = tf.train.Checkpoint(step=tf.Variable(7), net=Net())
    manager = tf.train.CheckpointManager(checkpoint, str(HERE / "plain"), max_to_keep=2)
    for _ in range(3):
        manager.save()


def keras():
    tf.keras.utils.set_random_seed(1)
    layers = [tf.keras.layers.Input((3,)), tf.keras.layers.Dense(2, activation="tanh"), tf.keras.layers.Dense(1)]
    model, optimizer = tf.keras.Sequential(layers), tf.keras.optimizers.Adam(0.1)
    for _ in range(3):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(X) - Y) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
    tf.train.Checkpoint(model=model, optimizer=optimizer).write(str(HERE / "keras" / "model"))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(X) - Y) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
    return {"loss": float(loss), "after": model(X).numpy().tolist()}


def averages(**settings):
    variable, found = tf.Variable([1.0, 10.0]), []
    average = tf.train.ExponentialMovingAverage(**settings)
    for value in ([1.0, 10.0], [2.0, 20.0], [4.0, 5.0]):
        variable.assign(value)
        average.apply([variable])
        found.append(average.average(variable).numpy().tolist())
    return found


if __name__ == "__main__":
    (HERE / "keras").mkdir(parents=True, exist_ok=True)
    plain()
    expected = {
        "keras": keras(),
        "variables": tf.train.list_variables(str(HERE / "plain")),
        "averages": averages(decay=0.9),
        "averages by updates": averages(decay=0.9, num_updates=3),
    }
    (HERE / "expected.json").write_text(json.dumps(expected) + "\n")
