"""Optimizers, losses, metrics, initialisers, Dense and small models give what Keras on TensorFlow gives."""

from pathlib import Path

import keras
import numpy as np
import pytest

import gradtape as tf

from .cases import everything, optimizer_steps, optimizers

RECORDED = np.load(Path(__file__).parent.parent / "data" / "keras.npz")
CLOSE = {"rtol": 1e-5, "atol": 1e-6}


def test_everything_is_recorded():
    assert set(RECORDED) == set(everything(keras))


@pytest.mark.filterwarnings("ignore:You are passing weight as `float`")
@pytest.mark.parametrize("key", sorted(RECORDED))
def test_recorded(key):
    got = np.asarray(everything(keras)[key](tf, keras))
    assert got.shape == RECORDED[key].shape
    np.testing.assert_allclose(got, RECORDED[key], **CLOSE)


@pytest.mark.parametrize("name", sorted(set(optimizers(keras)) - {"muon"}))  # Muon asks a variable for its Keras path
def test_plain_variables_train_alike(name):
    np.testing.assert_allclose(optimizer_steps(tf, keras, name, plain=True), RECORDED[f"optimizer/{name}"], **CLOSE)


@pytest.mark.parametrize("key", [k for k in sorted(RECORDED) if k.startswith(("initializer/", "draw/"))])
def test_equal_seeds_give_equal_numbers(key):
    exact = key.split("/")[1] in (
        "uniform",
        "random_uniform",
        "glorot_uniform",
        "he_uniform",
        "lecun_uniform",
        "randint",
        "shuffle",
    )
    np.testing.assert_allclose(everything(keras)[key](tf, keras), RECORDED[key], rtol=0, atol=0 if exact else 2e-6)


def test_reference_script():
    losses = everything(keras)["reference_script"](tf, keras)[:3]
    np.testing.assert_allclose(losses, [68.22916412353516, 0.6750779151916504, 0.04071860387921333], rtol=1e-5)
