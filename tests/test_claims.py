"""What the README and the guide say about gradtape's answers where TensorFlow's are NaN, missing or wrong."""

import numpy as np
import pytest

import gradtape as tf


def gradient(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x).numpy()


def hessian(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        slope = inner.gradient(y, x)
    return outer.jacobian(slope, x).numpy()


@pytest.mark.parametrize("branch", [tf.math.log, tf.math.reciprocal, tf.sqrt, lambda x: x**0.5, lambda x: x * tf.math.log(x)])
def test_a_masked_branch_adds_nothing(branch):
    def masked(x):
        return tf.where(x > 0, branch(x), 0.0)

    assert gradient(masked, [0.0, -1.0])[0] == 0
    assert np.isfinite(hessian(masked, [0.0, 2.0])).all()


def test_a_masked_overflow_adds_nothing():
    assert gradient(lambda x: tf.where(x > 0, 0.0, tf.exp(x)), [1000.0]) == 0


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (tf.norm, [0.0, 0.0]),
        (tf.math.reduce_euclidean_norm, [0.0, 0.0]),
        (tf.math.reduce_std, [3.0, 3.0]),
        (lambda x: x**0.0, 0.0),
    ],
)
def test_singular_points_have_slope_zero(f, x):
    assert np.array_equal(gradient(f, x), np.zeros_like(x))


def test_cumprod_with_a_zero():
    assert gradient(tf.math.cumprod, [0.0, 2.0, 3.0]).tolist() == [9.0, 0.0, 0.0]


def test_hessian_of_the_variance_of_moments():
    found = hessian(lambda x: tf.nn.moments(x, [0])[1], [1.0, 2.0, 4.0])
    assert found == pytest.approx(2 / 3 * (np.eye(3) - 1 / 3), rel=1e-5)


def test_cross_entropy_with_labels_that_depend_on_the_logits():
    def loss(v):
        return tf.nn.softmax_cross_entropy_with_logits(labels=tf.nn.softmax(2.0 * v), logits=v)

    assert hessian(loss, [0.1, 0.5, -0.3])[0, 0] == pytest.approx(-0.480, abs=1e-3)


def test_a_custom_gradient_called_by_keyword_is_used():
    @tf.custom_gradient
    def f(x):
        return x * x, lambda upstream: upstream * 1000.0

    assert gradient(lambda x: f(x=x), 3.0) == 1000.0


def test_conventions_at_ties_and_edges():
    assert gradient(lambda x: tf.maximum(x, 1.0), 1.0) == 1
    assert gradient(tf.reduce_max, [2.0, 2.0]).tolist() == [0.5, 0.5]
    assert gradient(lambda x: tf.clip_by_value(x, -1.0, 1.0), [-1.0, 1.0]).tolist() == [1, 1]
    assert gradient(tf.abs, 0.0) == gradient(tf.nn.relu, 0.0) == 0
    assert gradient(lambda z: z * z, 1 + 2j) == 2 - 4j
