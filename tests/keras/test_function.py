"""Keras's training steps inside tf.function: the eager losses, also where the model is built in the first call."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

import gradtape as tf

RNG = np.random.default_rng(0)
DENSE = RNG.normal(size=(16, 8)).astype("f4")
IMAGES = RNG.normal(size=(4, 8, 8, 2)).astype("f4")
SERIES = RNG.normal(size=(4, 5, 3)).astype("f4")
WORDS = RNG.integers(0, 20, (4, 5))
INPUTS = {
    "norms and dropout": DENSE,
    "convolution": IMAGES,
    "recurrent": SERIES,
    "embedding": WORDS,
}


def model_of(kind: str) -> Any:
    if kind == "norms and dropout":
        body = [layers.Dense(16, "gelu"), layers.Dropout(0.5), layers.BatchNormalization(), layers.LayerNormalization()]
    elif kind == "convolution":
        body = [layers.Conv2D(4, 3, activation="relu"), layers.MaxPool2D(), layers.Flatten()]
    elif kind == "recurrent":
        body = [layers.LSTM(8)]
    else:
        body = [layers.Embedding(20, 8), layers.GlobalAveragePooling1D()]
    return keras.Sequential([*body, layers.Dense(3)])


def losses(kind: str, optimizer: Any, wrap: Any) -> list[float]:
    keras.utils.set_random_seed(1)
    x = tf.constant(INPUTS[kind])
    y = tf.constant(np.arange(len(x)) % 3)
    model, loss_of = model_of(kind), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    mean = keras.metrics.Mean()

    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
        mean.update_state(loss)
        return loss

    run = wrap(step)
    found = [float(run(x, y)) for _ in range(4)]
    tf.random.set_seed(None)
    return [*found, float(mean.result())]


@pytest.mark.parametrize("kind", INPUTS)
def test_a_step_gives_the_eager_losses(kind: str) -> None:
    have = losses(kind, keras.optimizers.Adam(1e-2), tf.function)
    want = losses(kind, keras.optimizers.Adam(1e-2), lambda f: f)
    np.testing.assert_allclose(have, want, rtol=1e-4)
