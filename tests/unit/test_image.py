"""tf.image: TensorFlow's recorded values and gradients, gradients that TensorFlow lacks, bad input."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf

DATA = Path(__file__).resolve().parents[1] / "data"


def load(name):
    spec = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases, values_and_gradients = load("image_cases"), load("signal_cases").values_and_gradients
RECORDED = np.load(DATA / "image.npz")


def test_all_is_recorded():
    assert {key.rpartition("|")[0] for key in RECORDED} == set(cases.CASES)


@pytest.mark.parametrize("name", cases.CASES)
def test_as_recorded_from_tensorflow(name):
    found = values_and_gradients(tf, *cases.CASES[name])
    expected_values = [RECORDED[key] for key in (f"{name}|{k}" for k in range(9)) if key in RECORDED]
    for array, expected in zip(found, expected_values, strict=False):  # TensorFlow has fewer gradients
        assert array.dtype == expected.dtype
        assert array.shape == expected.shape
        if expected.dtype.kind in "iu":
            assert np.max(np.abs(array.astype(np.int64) - expected.astype(np.int64)), initial=0) <= tolerated(name)
        else:
            np.testing.assert_allclose(array, expected, rtol=2e-4, atol=3e-5)


def tolerated(name):
    """Whole numbers agree, but for intensities that round from the last digit of a float32."""
    return 1 if "bytes" in name or "floats as" in name else 0


# -- what TensorFlow has no gradient for ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "program",
    [
        lambda x: tf.image.hsv_to_rgb(x),
        lambda x: tf.image.adjust_hue(x, 0.3),
        lambda x: tf.image.adjust_saturation(x, 0.7),
        lambda x: tf.image.adjust_contrast(x, 1.3),
        lambda x: tf.image.draw_bounding_boxes(x, cases.BOXES[None, :2].repeat(2, 0), None),
        lambda x: tf.image.extract_glimpse(x, [3, 3], [[0.2, 0.1], [0.9, -0.9]], noise="zero"),
        lambda x: tf.image.resize(x, [3, 7], "area"),
        lambda x: tf.image.resize(x, [3, 4], "bicubic", antialias=True),
        lambda x: tf.image.stateless_random_flip_left_right(x, [1, 2]),
        lambda x: tf.image.random_crop(x, [2, 2, 2, 3]),
    ],
)
def test_a_gradient_reaches_the_images(program):
    x = tf.constant(cases.PHOTO)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = program(x)
    grad = tape.gradient(y, x)
    assert grad.shape == x.shape
    assert np.abs(grad.numpy()).sum() > 0


def test_noise_stays_within_the_image():
    x = tf.constant(cases.PHOTO[:1])
    y = tf.image.extract_glimpse(x, [9, 9], [[0.0, 0.0]]).numpy()
    assert y.shape == (1, 9, 9, 3)
    assert x.numpy().min() <= y.min() <= y.max() <= x.numpy().max()
    assert tf.image.extract_glimpse(x, [9, 9], [[9.0, 0.0]], noise="gaussian").shape == (1, 9, 9, 3)


def test_adjoints_of_a_large_resize():
    x, u = tf.constant(cases.shades(1, 64, 48, 2)), tf.constant(cases.shades(1, 20, 90, 2, seed=3))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.image.resize(x, [20, 90], "lanczos3", antialias=True)
    g = tape.gradient(y, x, u)
    np.testing.assert_allclose(tf.reduce_sum(y * u), tf.reduce_sum(x * g), rtol=1e-5)


# -- bad input ---------------------------------------------------------------------------------------------------------------
X = np.ones((1, 4, 4, 3), np.float32)
INVALID = tf.errors.InvalidArgumentError
REFUSED = {
    "resize rank": (lambda i: i.resize(X[0, 0], [2, 2]), ValueError),
    "resize size": (lambda i: i.resize(X, [2]), ValueError),
    "resize float size": (lambda i: i.resize(X, [2.0, 3.0]), ValueError),
    "resize method": (lambda i: i.resize(X, [2, 2], "cubic"), ValueError),
    "resize to nothing": (lambda i: i.resize(X, [2, 0]), INVALID),
    "resize nothing": (lambda i: i.resize(X[:, :0], [2, 2]), INVALID),
    "resize booleans": (lambda i: i.resize(X > 0, [2, 2]), INVALID),
    "crop outside": (lambda i: i.crop_to_bounding_box(X, 1, 1, 4, 2), ValueError),
    "crop before": (lambda i: i.crop_to_bounding_box(X, -1, 1, 2, 2), ValueError),
    "crop nothing": (lambda i: i.crop_to_bounding_box(X, 1, 1, 0, 2), ValueError),
    "pad too little": (lambda i: i.pad_to_bounding_box(X, 3, 1, 6, 6), ValueError),
    "pad before": (lambda i: i.pad_to_bounding_box(X, -1, 1, 6, 6), ValueError),
    "central too much": (lambda i: i.central_crop(X, 1.1), ValueError),
    "central none": (lambda i: i.central_crop(X, 0.0), ValueError),
    "dtype": (lambda i: i.convert_image_dtype(X, tf.bool), TypeError),
    "grey of three": (lambda i: i.grayscale_to_rgb(X), ValueError),
    "grey of a line": (lambda i: i.grayscale_to_rgb(X[0, 0, 0]), ValueError),
    "standardize a line": (lambda i: i.per_image_standardization(X[0, 0]), ValueError),
    "random brightness": (lambda i: i.random_brightness(X, -1.0), ValueError),
    "random hue": (lambda i: i.random_hue(X, 0.6), ValueError),
    "random contrast": (lambda i: i.stateless_random_contrast(X, 0.5, 0.5, [1, 2]), ValueError),
    "random saturation": (lambda i: i.random_saturation(X, -0.5, 0.5), ValueError),
    "random quality": (lambda i: i.random_jpeg_quality(X[0], 80, 70), ValueError),
    "random crop": (lambda i: i.random_crop(X, [1, 5, 4, 3]), INVALID),
    "boxes kept": (lambda i: i.non_max_suppression(cases.RIVALS, cases.SCORES, -1), INVALID),
    "boxes threshold": (lambda i: i.non_max_suppression(cases.RIVALS, cases.SCORES, 2, 1.5), INVALID),
    "soft sigma": (lambda i: i.non_max_suppression_with_scores(cases.RIVALS, cases.SCORES, 2, soft_nms_sigma=-1.0), INVALID),
    "combined ranks": (lambda i: i.combined_non_max_suppression(cases.RIVALS[None], cases.SCORES[None], 2, 3), INVALID),
    "crop method": (lambda i: i.crop_and_resize(X, [[0.0, 0.0, 1.0, 1.0]], [0], [2, 2], "cubic"), INVALID),
    "crop size": (lambda i: i.crop_and_resize(X, [[0.0, 0.0, 1.0, 1.0]], [0], [0, 2]), INVALID),
    "glimpse noise": (lambda i: i.extract_glimpse(X, [2, 2], [[0.0, 0.0]], noise="loud"), INVALID),
    "glimpse offsets": (lambda i: i.extract_glimpse(X, [2, 2], [[0.0, 0.0, 0.0]]), INVALID),
    "boxes outside": (lambda i: i.sample_distorted_bounding_box([4, 4, 3], [[[0.0, 0.0, 1.2, 1.0]]]), INVALID),
    "no boxes": (lambda i: i.sample_distorted_bounding_box([4, 4, 3], np.zeros((1, 0, 4), np.float32)), INVALID),
    "image size": (lambda i: i.sample_distorted_bounding_box([4, 4], [[[0.0, 0.0, 1.0, 1.0]]]), INVALID),
    "area range": (lambda i: i.sample_distorted_bounding_box([4, 4, 3], cases.OBJECTS, area_range=[0.5, 1.2]), INVALID),
    "attempts": (lambda i: i.sample_distorted_bounding_box([4, 4, 3], cases.OBJECTS, max_attempts=0), INVALID),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input(name):
    call, error = REFUSED[name]
    with pytest.raises(error) as info:
        call(tf.image)
    assert len(str(info.value)) > 20


def test_no_boxes_may_mean_the_whole_image():
    found = tf.image.sample_distorted_bounding_box(
        [4, 4, 3], np.zeros((1, 0, 4), np.float32), min_object_covered=1.0, max_attempts=1, use_image_if_no_bounding_boxes=True
    )
    np.testing.assert_array_equal(found.bboxes, [[[0.0, 0.0, 1.0, 1.0]]])


def test_random_crop_while_traced():
    x = np.arange(60, dtype="f4").reshape(5, 4, 3)
    crop = tf.function(lambda v: tf.image.random_crop(v, [3, 2, 3]))
    found = [crop(tf.constant(x)).numpy() for _ in range(20)]
    blocks = [x[i : i + 3, j : j + 2] for i in range(3) for j in range(3)]
    assert all(any(np.array_equal(f, b) for b in blocks) for f in found) and len({f[0, 0, 0] for f in found}) > 1
