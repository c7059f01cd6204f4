"""tf.keras is the installed Keras, on gradtape, with what TensorFlow shows of it."""

import importlib
import subprocess
import sys

import numpy as np
import pytest

import gradtape as tf


def test_it_is_keras_itself():
    plain = importlib.import_module("keras")
    assert tf.keras.layers.Dense is plain.layers.Dense and tf.keras.Model is plain.Model
    assert plain.config.backend() == "gradtape"


@pytest.mark.parametrize("name", ["saving.save_model", "backend.mean", "losses.mse", "metrics.MSE", "layers.Dense", "ops.add"])
def test_names_of_either_namespace(name):
    value = tf.keras
    for part in name.split("."):
        value = getattr(value, part)
    assert callable(value)


def test_legacy_back_end_functions_compute_on_gradtape():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        y = tf.keras.backend.mean(tf.keras.backend.square(x))
    assert tape.gradient(y, x).numpy() == pytest.approx([2 / 3, 4 / 3, 2])


def test_keras_seeds_reach_tf_random():
    draws = []
    for _ in range(2):
        tf.keras.utils.set_random_seed(3)
        draws.append(tf.random.normal([4]).numpy())
    assert np.array_equal(*draws)


def test_shapes_and_dtypes_of_gradtape_are_serialised():
    serialize = tf.keras.saving.serialize_keras_object
    assert list(serialize(tf.TensorShape([None, 3]))) == [None, 3]
    assert serialize(tf.float32) == "float32"


def test_what_keras_needs_for_one_function_waits_for_it():
    program = (
        "import sys, gradtape, keras; assert not {'IPython', 'rich', 'matplotlib', 'sklearn'} & set(sys.modules);"
        "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).summary(); assert 'rich' in sys.modules;"
        "assert keras.wrappers.SKLearnClassifier and 'sklearn' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "Dense" in done.stdout
