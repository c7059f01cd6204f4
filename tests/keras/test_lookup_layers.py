"""Keras's layers for words and categories: what they give on gradtape is what they give on TensorFlow."""

import json

import numpy as np
import pytest

import gradtape as tf
from tests.data.words_cases import CASES, outcome
from tests.unit.test_words import RECORDED, difference


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("keras")])
def test_as_on_tensorflow(name):
    found = json.loads(json.dumps(outcome(tf, CASES[name])))
    assert difference(found, RECORDED[name]) == ""


def test_a_model_learns_from_texts():
    texts, labels = ["good film", "bad film", "good plot", "bad plot"], np.array([1.0, 0.0, 1.0, 0.0], np.float32)
    words = tf.keras.layers.TextVectorization(output_sequence_length=4)
    words.adapt(texts)
    data = tf.data.Dataset.from_tensor_slices((texts, labels)).batch(2).map(lambda text, label: (words(text), label))
    layers = tf.keras.layers
    model = tf.keras.Sequential([layers.Embedding(10, 4), layers.GlobalAveragePooling1D(), layers.Dense(1)])
    model.compile(tf.keras.optimizers.Adam(0.1), "mse")
    losses = model.fit(data, epochs=20, verbose=0).history["loss"]
    assert losses[-1] < 0.1 * losses[0]


def test_ragged_output_is_refused():
    with pytest.raises(ValueError, match="TensorFlow backend"):
        tf.keras.layers.TextVectorization(ragged=True)
