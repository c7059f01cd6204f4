"""Twenty architectures train as they do with Keras on other back ends: logits, losses and gradients over ten steps.

The recorded values are the means of the back ends that the file names. Where these differ among themselves by more than 4e-6
of the largest value in float32, everything is in float64 on all sides (tests/data/make_architectures.py).
"""

from functools import cache
from pathlib import Path

import keras
import numpy as np
import pytest

import gradtape as tf
from tests.keras import architectures

PATH = Path(__file__).resolve().parents[1] / "data" / "architectures.npz"
TOLERANCE = 1e-5  # of the largest value


@cache
def recorded():
    with np.load(PATH) as values:
        return {key: values[key] for key in values if key != "backends"}


def gradients(loss, model):
    with tf.GradientTape() as tape:
        value, outputs = loss()
    return value, outputs, tape.gradient(value, model.trainable_variables)


def test_all_are_recorded():
    assert {key.split("|")[0] for key in recorded()} == set(architectures.NAMES) and len(architectures.NAMES) == 20


@pytest.mark.parametrize("name", architectures.NAMES)
def test_same_training(name):
    expected = {tuple(key.split("|")[1:]): value for key, value in recorded().items() if key.startswith(f"{name}|")}
    (floatx,) = {floatx for floatx, _ in expected}
    before = keras.config.floatx()
    keras.config.set_floatx(floatx)
    try:
        ours = architectures.trained(architectures.case_of(name, keras), keras, gradients)
    finally:
        keras.config.set_floatx(before)
    assert set(ours) == {key for _, key in expected} and ours["losses"][-1] != ours["losses"][0]
    for (_, key), want in expected.items():
        assert abs(ours[key] - want).max() <= TOLERANCE * abs(want).max(), key
