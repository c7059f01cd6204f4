"""Where a NaN or an infinity comes from, forwards and backwards."""

from __future__ import annotations

import inspect
import time
import warnings
from contextlib import nullcontext

import numpy as np
import pytest

import gradtape as tf
from gradtape.inspect import voice

AnomalyError = tf.debugging.AnomalyError
detect = tf.debugging.detect_anomaly


def here() -> int:
    return inspect.currentframe().f_back.f_lineno


def found(caught, line: int, index: tuple, *words: str) -> None:
    error = caught.value
    assert isinstance(error, tf.errors.InvalidArgumentError)
    assert (error.file, error.line, error.index) == (__file__, line, index), str(error)
    assert f"{__file__}:{line}\n" in str(error)
    assert all(word in str(error) for word in words), str(error)


# -- forwards --------------------------------------------------------------------------------------------------
def test_nan_names_line_operation_shapes_index_and_operands():
    a, b = tf.constant([[1.0, 2.0, 3.0]]), tf.constant([[1.0], [-2.0]])
    with pytest.raises(AnomalyError) as caught, detect():
        line = here() + 1
        tf.pow(b, a + 0.5)
    found(
        caught,
        line,
        (1, 0),
        "NaN was made by pow, first at [1, 0] of shape [2, 3]",
        "float32[2, 1], -2.0 there",
        "[1, 3], 1.5 there",
    )


def test_infinity():
    x = tf.constant([1.0, 0.0])
    with pytest.raises(AnomalyError) as caught, detect():
        line = here() + 1
        1.0 / x
    found(caught, line, (1,), "an infinity was made by divide", "0.0 there")


def test_a_nan_that_comes_in():
    v = tf.Variable([1.0, np.nan])
    with pytest.raises(AnomalyError) as caught, detect():
        line = here() + 1
        v * 2.0
    found(caught, line, (1,), "NaN came into multiply with x")


def test_a_mask_of_infinities_passes():
    mask = tf.constant([0.0, -np.inf])
    x = tf.Variable([1.0, 2.0])
    with detect(), tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.nn.softmax(x + mask) * [1.0, 2.0])
    assert np.isfinite(tape.gradient(y, x).numpy()).all()
    with pytest.raises(AnomalyError):
        tf.debugging.enable_check_numerics()
        try:
            x + mask
        finally:
            tf.debugging.disable_check_numerics()


def test_masked_branch_forwards():
    x = tf.constant([1.0, -1.0])
    with pytest.raises(AnomalyError) as caught, detect():
        line = here() + 1
        root = tf.sqrt(x)
        tf.where(x > 0.0, root, 0.0)
    found(caught, line, (1,), f"masked branch of the tf.where in line {line + 1}")


def test_a_predicate():
    x = tf.constant([1.0, 50.0, 200.0])
    with pytest.raises(AnomalyError) as caught, detect(lambda a: np.abs(a) > 300):
        line = here() + 1
        x * 2.0
    found(caught, line, (2,), "a value that the predicate finds", "200.0 there")
    with detect(lambda a: np.abs(a) > 300):
        x * 1.5


def test_library_functions_name_the_users_line():
    x = tf.constant([-1.0, 1.0])
    with pytest.raises(AnomalyError) as caught, detect():
        line = here() + 1
        tf.nn.moments(tf.math.log(x), axes=[0])
    assert caught.value.line == line


@pytest.mark.parametrize("inside", [False, True])
def test_on_either_side_of_the_tape(inside):
    x = tf.Variable(0.0)
    line = 0
    with pytest.raises(AnomalyError) as caught:
        if inside:
            with tf.GradientTape(), detect():
                line = here() + 1
                tf.math.log(x)
        else:
            with detect(), tf.GradientTape():
                line = here() + 1
                tf.math.log(x)
    found(caught, line, (), "an infinity was made by log")


def test_inside_a_map():
    with pytest.raises(AnomalyError) as caught, detect():
        tf.vectorized_map(tf.math.log, tf.constant([1.0, 0.0]))
    assert caught.value.index == (1,)


def test_low_precision():
    for dtype in (tf.float16, tf.bfloat16):
        with pytest.raises(AnomalyError, match="an infinity"), detect():
            tf.exp(tf.constant(200.0, dtype))


# -- backwards --------------------------------------------------------------------------------------------------
def test_infinite_gradient_names_the_forward_line():
    x = tf.Variable([4.0, 0.0])
    with detect():
        with tf.GradientTape() as tape:
            line = here() + 1
            y = tf.sqrt(x)
            z = tf.reduce_sum(y * 3.0)
        with pytest.raises(AnomalyError) as caught:
            tape.gradient(z, x)
    found(caught, line, (1,), "an infinity in the gradient of sqrt with respect to x", "The forward line", "the result: float32[2], 0.0 there",
          "incoming gradient: float32[2], 3.0 there")  # fmt: skip


def test_nothing_where_a_zero_stays_zero():
    x = tf.Variable([4.0, 0.0])
    with detect(), tf.GradientTape() as tape:
        z = tf.reduce_sum(tf.where(x > 0.0, tf.sqrt(x), 0.0))
    with detect():
        assert tape.gradient(z, x).numpy().tolist() == [0.25, 0.0]


def test_masked_branch_backwards():
    @tf.custom_gradient
    def unsafe_log(x):
        return tf.math.log(tf.maximum(x, 1e-30)), lambda g: tf.stack([g[0] / x[0], g[1] * np.inf])

    x = tf.Variable([4.0, 0.0])
    with detect(), tf.GradientTape() as tape:
        line = here() + 1
        y = unsafe_log(x)
        z = tf.reduce_sum(tf.where(x > 0.0, y, 0.0))
    with pytest.raises(AnomalyError) as caught, detect():
        tape.gradient(z, x)
    found(caught, line, (1,), f"masked branch of the tf.where in line {line + 1}", "NaN in the gradient of unsafe_log")


def test_a_sweep_of_a_product_with_an_infinity():
    x, w = tf.Variable([[1.0, 2.0]]), tf.Variable([[np.inf], [1.0]])
    with tf.GradientTape() as tape:
        line = here() + 1
        y = tf.matmul(x, w)
    with pytest.raises(AnomalyError) as caught, detect(forward=False):
        tape.gradient(y, x)
    found(caught, line, (0, 0), "gradient of matmul with respect to a")


def test_a_cotangent_that_is_given():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        line = here() + 1
        y = x * 2.0
    with pytest.raises(AnomalyError, match="cotangent of the target") as caught, detect():
        tape.gradient(y, x, output_gradients=tf.constant([1.0, np.nan]))
    assert caught.value.line == line


def test_backward_predicate_and_jacobian():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as tape:
        y = x * 1e6
    with pytest.raises(AnomalyError), detect(lambda a: np.abs(a) > 1e5, forward=False):
        tape.gradient(y, x)
    with pytest.raises(AnomalyError), detect(lambda a: np.abs(a) > 1e5, forward=False):
        tape.jacobian(y, x)


def test_gradients_are_the_same_under_it():
    x = tf.Variable([0.3, 0.7])

    def second():
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = tf.reduce_sum(tf.sin(x) * tf.gather(x, [1, 0]))
            g = tf.reduce_sum(inner.gradient(y, x) ** 2)
        return outer.gradient(g, x)

    plain = second()
    with detect():
        assert np.array_equal(second(), plain)


# -- switches -----------------------------------------------------------------------------------------------------
def test_check_numerics_on_and_off():
    x = tf.constant(0.0)
    tf.debugging.enable_check_numerics()
    tf.debugging.enable_check_numerics()
    try:
        with pytest.raises(tf.errors.InvalidArgumentError):
            tf.math.log(x)
    finally:
        tf.debugging.disable_check_numerics()
    assert tf.math.log(x) == -np.inf
    tf.debugging.disable_check_numerics()


# -- a masked zero hides a NaN ----------------------------------------------------------------------------------------
def test_a_target_that_is_not_finite_with_finite_gradients_warns_once():
    def step():
        with tf.GradientTape() as tape:
            a = tf.exp(x) - x
            b = tf.math.log(x) * 0.0
            loss = tf.reduce_sum(a + b)
        return loss, tape.gradient(loss, x)

    x = tf.Variable([1.0, 0.0])
    voice.told.clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        loss, g = step()
        step()
    assert np.isnan(loss.numpy()) and np.isfinite(g.numpy()).all()
    (warning,) = caught
    line = inspect.getsourcelines(step)[1] + 3
    assert warning.category is tf.NonFiniteWarning and warning.filename == __file__ and warning.lineno == line + 2
    assert f"made by log, first at [1] of shape [2]: {__file__}:{line}\n    b = tf.math.log(x) * 0.0" in str(warning.message)


def test_a_target_that_is_not_finite_with_gradients_that_are_not_says_nothing():
    x = tf.Variable([1.0, 0.0])
    voice.told.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(tf.math.log(x))
        assert np.isinf(tape.gradient(y, x).numpy()).any()


# -- cost -------------------------------------------------------------------------------------------------------------
def test_it_costs_little_beside_real_work():
    x = tf.constant(np.random.default_rng(0).normal(size=(256, 256)).astype(np.float32) / 16)

    def seconds(level):
        start = time.process_time()
        y = x
        with level:
            for _ in range(20):
                y = tf.matmul(x, y)
        return time.process_time() - start

    pairs = [(seconds(detect()), seconds(nullcontext())) for _ in range(15)]  # in turns: a busy machine slows both
    watched, plain = (min(column) for column in zip(*pairs, strict=True))
    assert watched < 3 * plain + 0.01
