"""tf.signal: TensorFlow's recorded values and gradients, dtypes, round trips."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.shapes import Dim, Spec
from gradtape.graph.trace import eval_shape

DATA = Path(__file__).resolve().parents[1] / "data"
SPEC = importlib.util.spec_from_file_location("signal_cases", DATA / "signal_cases.py")
cases = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cases)
RECORDED = np.load(DATA / "signal.npz")


def test_all_is_recorded():
    assert {key.rpartition("|")[0] for key in RECORDED} == set(cases.CASES)


@pytest.mark.parametrize("name", cases.CASES)
def test_as_recorded_from_tensorflow(name):
    found = cases.values_and_gradients(tf, *cases.CASES[name])
    expected_values = [RECORDED[key] for key in (f"{name}|{k}" for k in range(9)) if key in RECORDED]
    for array, expected in zip(found, expected_values, strict=False):  # TensorFlow has no gradient where a transform crops
        assert array.dtype == expected.dtype
        np.testing.assert_allclose(array, expected, rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize("norm", ["backward", "forward", "ortho"])
def test_the_inverse_over_any_axes(norm):
    x = tf.constant(cases.waves(3, 4, 5).astype(np.complex128))
    y = tf.signal.ifftnd(tf.signal.fftnd(x, axes=[0, 2], norm=norm), axes=[0, 2], norm=norm)
    np.testing.assert_allclose(y, x, atol=1e-12)


def test_real_transforms_over_any_axes_give_numpys_values():
    x = np.random.default_rng(0).normal(size=(3, 4, 6))
    half = tf.signal.rfftnd(tf.constant(x), fft_length=[5, 4], axes=[2, 0])
    np.testing.assert_allclose(half, np.fft.rfftn(x, [5, 4], axes=[2, 0]), atol=1e-12)
    np.testing.assert_allclose(tf.signal.irfftnd(tf.signal.rfftnd(tf.constant(x))), x, atol=1e-12)


def test_a_short_time_transform_is_undone():
    x = tf.constant(cases.numbers(64))
    y = tf.signal.inverse_stft(tf.signal.stft(x, 16, 4), 16, 4, window_fn=tf.signal.inverse_stft_window_fn(4))
    np.testing.assert_allclose(y[16:48], x[16:48], atol=1e-5)


def test_single_precision_stays():
    x = tf.constant(cases.numbers(8))
    assert tf.signal.rfft(x).dtype == tf.complex64
    assert tf.signal.irfft(tf.signal.rfft(x)).dtype == tf.float32
    assert tf.signal.dct(x).dtype == tf.float32


def test_unknown_extents():
    n = Dim("n")
    assert eval_shape(tf.signal.rfft, Spec((n, 8), np.dtype(np.float32))) == Spec((n, 5), np.dtype(np.complex64))
    assert eval_shape(tf.signal.rfft, Spec((n,), np.dtype(np.float32))) == Spec((n // 2 + 1,), np.dtype(np.complex64))
    frames = eval_shape(lambda x: tf.signal.stft(x, 8, 4), Spec((2, n), np.dtype(np.float32)))
    assert frames == Spec((2, (n - 4) // 4, 5), np.dtype(np.complex64))


def test_the_derivative_by_the_shape_of_a_window():
    beta = tf.constant(3.0, tf.float64)
    tf.test.check_grads(lambda b: tf.signal.kaiser_window(5, b, tf.float64), [beta])
    tf.test.check_grads(lambda b: tf.signal.kaiser_bessel_derived_window(6, b, tf.float64), [beta])


@pytest.mark.parametrize(
    "call, error",
    [
        (lambda: tf.signal.hann_window(3, dtype=tf.int32), ValueError),
        (lambda: tf.signal.hann_window([3]), ValueError),
        (lambda: tf.signal.hann_window(3.5), TypeError),
        (lambda: tf.signal.hann_window(-1), tf.errors.InvalidArgumentError),
        (lambda: tf.signal.rfft(tf.ones([4]), 4), TypeError),
        (lambda: tf.signal.linear_to_mel_weight_matrix(0), ValueError),
        (lambda: tf.signal.linear_to_mel_weight_matrix(lower_edge_hertz=-1.0), ValueError),
        (lambda: tf.signal.linear_to_mel_weight_matrix(lower_edge_hertz=4000.0), ValueError),
        (lambda: tf.signal.linear_to_mel_weight_matrix(upper_edge_hertz=4001.0), ValueError),
        (lambda: tf.signal.linear_to_mel_weight_matrix(sample_rate=0, upper_edge_hertz=130.0), ValueError),
        (lambda: tf.signal.linear_to_mel_weight_matrix(dtype=tf.int32), ValueError),
    ],
)
def test_bad_input(call, error):
    with pytest.raises(error):
        call()
