"""tf.data datasets in fit, evaluate and predict."""

import numpy as np
import pytest

import gradtape as tf
from gradtape import keras

X = np.random.default_rng(0).normal(size=(64, 3)).astype("f4")
Y = (X.sum(1) > 0).astype("i4")


def model():
    keras.utils.set_random_seed(1)
    out = keras.Sequential([keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(2)])
    out.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return out


def batches():
    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(16)


def test_fit_gives_what_arrays_give():
    by_dataset = model().fit(batches(), epochs=3, verbose=0, validation_data=batches())
    by_arrays = model().fit(X, Y, batch_size=16, shuffle=False, epochs=3, verbose=0, validation_data=(X, Y))
    np.testing.assert_allclose(by_dataset.history["loss"], by_arrays.history["loss"], rtol=1e-6)
    np.testing.assert_allclose(by_dataset.history["val_accuracy"], by_arrays.history["val_accuracy"], rtol=1e-6)


def test_class_weights():
    weights = {0: 1.0, 1: 3.0}
    by_dataset = model().fit(batches(), verbose=0, class_weight=weights)
    by_arrays = model().fit(X, Y, batch_size=16, shuffle=False, verbose=0, class_weight=weights)
    np.testing.assert_allclose(by_dataset.history["loss"], by_arrays.history["loss"], rtol=1e-6)


def test_evaluate_and_predict():
    one = model()
    np.testing.assert_allclose(one.evaluate(batches(), verbose=0), one.evaluate(X, Y, batch_size=16, verbose=0), rtol=1e-6)
    np.testing.assert_allclose(one.predict(batches().map(lambda x, y: x), verbose=0), one.predict(X, verbose=0), rtol=1e-6)


def test_endless_datasets_need_a_number_of_steps():
    history = model().fit(batches().repeat().prefetch(2), steps_per_epoch=3, epochs=2, verbose=0)
    assert len(history.history["loss"]) == 2


def test_targets_stand_in_the_dataset():
    with pytest.raises(ValueError, match="`y` should not be passed"):
        model().fit(batches(), Y, verbose=0)


def test_adapt():
    layer = keras.layers.Normalization()
    layer.adapt(tf.data.Dataset.from_tensor_slices(X).batch(16))
    np.testing.assert_allclose(np.asarray(layer(X)).mean(0), 0, atol=1e-6)
