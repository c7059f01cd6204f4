"""keras.ops.image and the Fourier family of keras.ops give what Keras on TensorFlow gives; images have gradients."""

import importlib.util
from pathlib import Path

import keras
import numpy as np
import pytest
from scipy import ndimage

import gradtape as tf

DATA = Path(__file__).resolve().parents[1] / "data"
SPEC = importlib.util.spec_from_file_location("keras_pixel_cases", DATA / "keras_pixel_cases.py")
cases = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cases)
RECORDED = np.load(DATA / "keras_pixels.npz")


def test_everything_is_recorded():
    assert {key.rpartition("|")[0] for key in RECORDED} == set(cases.CASES)


@pytest.mark.parametrize("name", cases.CASES)
def test_as_recorded_from_tensorflow(name):
    found = cases.results(keras, *cases.CASES[name])
    assert f"{name}|{len(found)}" not in RECORDED
    for k, array in enumerate(found):
        expected = RECORDED[f"{name}|{k}"]
        assert array.dtype == expected.dtype
        np.testing.assert_allclose(array, expected, rtol=1e-4, atol=2e-5)


FLOATS = [name for name, (_, arrays) in cases.CASES.items() if arrays[0].dtype == np.float32]


@pytest.mark.parametrize("name", FLOATS)
def test_a_gradient_reaches_the_first_argument(name):
    program, arrays = cases.CASES[name]
    inputs = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as tape:
        tape.watch(inputs[0])
        y = program(keras, *inputs)
    grad = tape.gradient(y, inputs[0])
    assert grad.shape == inputs[0].shape
    assert np.isfinite(grad.numpy()).all()


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("mode", ["mirror", "reflect", "nearest"])
def test_coordinates_outside_as_in_scipy(order, mode):
    x, places = cases.PHOTO[0], cases.PLACES
    expected = ndimage.map_coordinates(x, places, order=order, mode=mode)
    np.testing.assert_allclose(keras.ops.image.map_coordinates(x, places, order, mode), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("mode", "as_in_scipy"), [("mirror", "mirror"), ("wrap", "grid-wrap")])
def test_transforms_that_reach_far_outside(mode, as_in_scipy):
    x = np.random.default_rng(0).normal(size=(7, 5, 1)).astype("float32")
    transform = np.array([0.7, 0.9, -4.0, -0.5, 1.3, 2.0, 0, 0], "float32")
    rows, columns = np.mgrid[:7, :5].astype("float32")
    places = [-0.5 * columns + 1.3 * rows + 2.0, 0.7 * columns + 0.9 * rows - 4.0]
    expected = ndimage.map_coordinates(x[..., 0], places, order=1, mode=as_in_scipy)
    got = keras.ops.image.affine_transform(x, transform, fill_mode=mode)
    np.testing.assert_allclose(got[..., 0], expected, rtol=1e-4, atol=1e-5)


def test_a_blurred_point_shows_the_kernel():
    x = np.zeros((9, 9, 1), np.float32)
    x[4, 4] = 1.0
    y = keras.ops.image.gaussian_blur(x, (3, 5), (0.8, 1.5))[..., 0].numpy()
    column, row = (np.exp(-0.5 * (np.arange(-n, n + 1) / s) ** 2) for n, s in ((1, 0.8), (2, 1.5)))
    np.testing.assert_allclose(y[3:6, 2:7], np.outer(column / column.sum(), row / row.sum()), rtol=1e-5)


def test_bytes_scaled_stay_bytes():
    x = cases.BYTES
    y = keras.ops.image.scale_and_translate(x, x.shape, np.ones(2, np.float32), np.zeros(2, np.float32), (0, 1), "cubic")
    assert y.dtype == tf.uint8
    np.testing.assert_array_equal(y, x)


@pytest.mark.parametrize(
    "call",
    [
        lambda o, x: o.resize(x, (2, 2), "cubic"),
        lambda o, x: o.resize(x, (2, 2), fill_mode="wrap"),
        lambda o, x: o.resize(x, (2, 2), crop_to_aspect_ratio=True, pad_to_aspect_ratio=True),
        lambda o, x: o.affine_transform(x, np.ones(7, np.float32)),
        lambda o, x: o.affine_transform(x, np.ones(8, np.float32), fill_mode="edge"),
        lambda o, x: o.map_coordinates(x, np.ones((2, 5), np.float32), 1),
        lambda o, x: o.rgb_to_hsv(x[0, 0]),
        lambda o, x: o.rgb_to_grayscale(x[..., :2]),
    ],
)
def test_bad_input(call):
    with pytest.raises(ValueError):
        call(keras.ops.image, np.ones((1, 4, 4, 3), np.float32))


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.RandomRotation(0.2),
        keras.layers.RandomPerspective(),
        keras.layers.RandomElasticTransform(),
        keras.layers.RandomHue(0.2),
        keras.layers.RandomGaussianBlur(),
        keras.layers.RandAugment(),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_layers_of_images(layer):
    assert layer(keras.Input((8, 8, 3))).shape == (None, 8, 8, 3)
    assert layer(cases.shades(2, 8, 8, 3), training=True).shape == (2, 8, 8, 3)


def test_spectrograms():
    assert keras.layers.MelSpectrogram()(cases.shades(2, 4000)).shape == (2, 128, 8)
