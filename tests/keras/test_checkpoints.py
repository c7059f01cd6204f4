"""Checkpoints of Keras models and optimizers, ours and TensorFlow's."""

import json
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape import keras

FIXTURES = Path(__file__).resolve().parents[1] / "data" / "checkpoints"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text())["keras"]
X = np.linspace(-1, 1, 12).reshape(4, 3).astype("f4")
Y = np.array([[0.0], [1.0], [1.0], [0.0]], "f4")


def made(built=True, seed=5):
    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(2, activation="tanh"), keras.layers.Dense(1)]
    return keras.Sequential(([keras.layers.Input((3,))] if built else []) + layers), keras.optimizers.Adam(0.1)


def step(model, optimizer):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(X) - Y) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
    return float(loss)


@pytest.mark.parametrize("built", [True, False])
def test_training_goes_on_from_our_checkpoint(built, tmp_path):
    model, optimizer = made(built)
    for _ in range(3):
        step(model, optimizer)
    path = tf.train.Checkpoint(model=model, optimizer=optimizer).save(tmp_path / "c")
    losses = [step(model, optimizer) for _ in range(3)]
    model, optimizer = made(built, seed=6)
    status = tf.train.Checkpoint(model=model, optimizer=optimizer).restore(path)
    assert [step(model, optimizer) for _ in range(3)] == losses
    status.assert_consumed()


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = keras.layers.Dense(2, activation="tanh")
        self.rest = [keras.layers.Dense(1)]

    def call(self, x):
        return self.rest[0](self.first(x))


def test_a_model_that_is_built_later(tmp_path):
    keras.utils.set_random_seed(1)
    model = Subclassed()
    expected = model(X).numpy()
    path = tf.train.Checkpoint(model).write(tmp_path / "c")
    fresh = Subclassed()
    status = tf.train.Checkpoint(fresh).read(path)
    np.testing.assert_array_equal(fresh(X).numpy(), expected)
    status.assert_existing_objects_matched()


def test_training_goes_on_from_tensorflows_checkpoint():
    model, optimizer = made()
    tf.train.Checkpoint(model=model, optimizer=optimizer).read(FIXTURES / "keras" / "model")
    assert step(model, optimizer) == pytest.approx(EXPECTED["loss"], rel=1e-5)
    np.testing.assert_allclose(model(X).numpy(), EXPECTED["after"], rtol=1e-4, atol=1e-6)
