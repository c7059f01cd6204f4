"""Reductions, scans, order, counts and segments: TensorFlow's recorded values, and the points where ours is meant to be better."""

from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

import gradtape as tf
from gradtape.api import math_reduce as m
from gradtape.ops.scan import linear_scan
from gradtape.ops.sorting import nth_element

from ..data.reduce_cases import CASES, REFUSED

RECORDED = np.load(Path(__file__).resolve().parents[1] / "data" / "reduce.npz")
INF, NAN = float("inf"), float("nan")
BF16 = np.dtype(ml_dtypes.bfloat16)
INVALID = tf.errors.InvalidArgumentError


def gradient(f, *xs):
    xs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as tape:
        tape.watch(xs)
        y = f(*xs)
    return tape.gradient(y, xs)


def hessian(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        g = inner.gradient(y, x)
    return outer.jacobian(g, x, unconnected_gradients="zero").numpy()


def loss(ys):
    total = tf.constant(0.0, "float64")
    for y in ys:
        weights = np.cos(np.arange(np.prod(tuple(y.shape)))).reshape(tuple(y.shape))
        total = total + m.reduce_sum(tf.cast(y, "float64") * weights)
    return total


def as_list(ys):
    return list(ys) if isinstance(ys, tuple) else [ys]


TOLERANCE = {"float16": 2e-3, "bfloat16": 2e-2, "float32": 1e-5, "complex64": 1e-5}


def agree(actual, expected, dtype):
    tolerance = TOLERANCE.get(dtype.name, 1e-12)
    np.testing.assert_allclose(actual.astype("f4") if actual.dtype == BF16 else actual, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_as_tensorflow(name):
    function, arrays = CASES[name]
    args = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as tape:
        for a in args:
            if a.dtype.is_floating or a.dtype.is_complex:
                tape.watch(a)
        ys = as_list(function(m, *args))
        total = loss([y for y in ys if y.dtype.is_floating or y.dtype.is_complex])
    for k, y in enumerate(ys):
        expected = RECORDED[f"{name}|y{k}"]
        assert tuple(y.shape) == expected.shape
        assert (np.float32 if y.numpy().dtype == BF16 else y.numpy().dtype) == expected.dtype
        agree(np.asarray(y), expected, arrays[0].dtype)
    for k, g in enumerate(tape.gradient(total, args)):
        if f"{name}|g{k}" in RECORDED:
            agree(np.asarray(g), RECORDED[f"{name}|g{k}"], arrays[0].dtype)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_by_tensorflow(name):
    expected = str(RECORDED[f"{name}|error"])
    error = getattr(tf.errors, expected, None) or {"ValueError": ValueError, "TypeError": TypeError}[expected]
    with pytest.raises(error) as info:
        REFUSED[name](m)
    assert len(str(info.value)) > 20


# -- better than TensorFlow ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "f, x, expected",
    [
        (m.reduce_std, [2.0, 2.0], [0.0, 0.0]),
        (m.reduce_euclidean_norm, [0.0, 0.0], [0.0, 0.0]),
        (m.reduce_logsumexp, [-INF, -INF], [0.0, 0.0]),
        (m.reduce_logsumexp, [INF, 1.0], [1.0, 0.0]),
        (m.reduce_max, [1.0, NAN, 3.0], [0.0, 1.0, 0.0]),
        (m.reduce_max, [3.0, 1.0, 3.0], [0.5, 0.0, 0.5]),
        (m.cumprod, [0.0, 2.0, 3.0], [9.0, 0.0, 0.0]),
        (m.cumprod, [2.0, 0.0, 0.0], [1.0, 2.0, 0.0]),
        (m.cumulative_logsumexp, [-INF, -INF, 1.0], [0.0, 0.0, 1.0]),
        (m.reduce_prod, [0.0, 2.0, 3.0], [6.0, 0.0, 0.0]),
        (m.reduce_prod, [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]),
        (lambda x: m.segment_prod(x, [0, 0, 1]), [0.0, 2.0, 0.0], [2.0, 0.0, 1.0]),
        (lambda x: m.unsorted_segment_max(x, [0, 0, -1], 1), [2.0, 2.0, 5.0], [0.5, 0.5, 0.0]),
        (lambda x: m.unique(x).y, [3.0, 1.0, 3.0], [1.0, 1.0, 0.0]),
        (lambda w: m.bincount([1, 1, 9], weights=w, maxlength=3), [1.0, 2.0, 3.0], [1.0, 1.0, 0.0]),
        (lambda x: m.top_k(x, 2, index_type="int64").values, [1.0, 3.0, 3.0], [0.0, 1.0, 1.0]),
        (lambda x: m.sort(x)[0], [2.0, 1.0, NAN], [0.0, 1.0, 0.0]),
    ],
)
def test_gradients_at_awkward_points(f, x, expected):
    (g,) = gradient(f, x)
    np.testing.assert_array_equal(g.numpy(), expected)


@pytest.mark.parametrize("f", [m.reduce_std, m.reduce_euclidean_norm, m.reduce_logsumexp, m.reduce_max, m.reduce_variance])
def test_second_order_stays_finite_where_all_are_equal(f):
    assert np.isfinite(hessian(f, [0.0, 0.0, 0.0])).all()


def test_hessian_of_a_variance():
    np.testing.assert_allclose(hessian(m.reduce_variance, [1.0, 2.0, 4.0]), 2 / 3 * (np.eye(3) - 1 / 3), rtol=1e-6)


@pytest.mark.parametrize("x", [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
def test_second_order_of_products_at_zeros(x):
    pairs = [[0.0 if i == j else np.prod([v for k, v in enumerate(x) if k not in (i, j)]) for j in range(3)] for i in range(3)]
    np.testing.assert_array_equal(hessian(m.reduce_prod, x), pairs)
    np.testing.assert_array_equal(hessian(lambda v: m.cumprod(v)[2], x), pairs)
    np.testing.assert_array_equal(hessian(lambda v: m.unsorted_segment_prod(v, [1, 1, 1], 2)[1], x), pairs)


def test_third_order_of_a_product_with_zeros():
    x = tf.constant([0.0, 0.0, 3.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tf.GradientTape() as middle:
            middle.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = m.reduce_prod(x)
            first = inner.gradient(y, x)[0]
        second = middle.gradient(first, x)[1]
    np.testing.assert_array_equal(tape.gradient(second, x).numpy(), [0.0, 0.0, 1.0])


def test_masked_infinities_leave_no_trace():
    x = [0.0, 1.0, 2.0]
    (g,) = gradient(lambda v: m.reduce_sum(m.cumprod(1.0 / v) * [0.0, 0.0, 0.0]), x)
    np.testing.assert_array_equal(g.numpy(), [0.0, 0.0, 0.0])


# -- halves accumulate in float32 ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_halves(dtype):
    x = tf.cast([256.0] + [0.25] * 64, dtype)
    assert float(m.reduce_mean(x)) == pytest.approx(272 / 65, rel=1e-2)
    assert float(m.cumsum(x)[-1]) == pytest.approx(272, rel=1e-2)
    assert float(m.unsorted_segment_sum(x, [0] * 65, 1)[0]) == pytest.approx(272, rel=1e-2)
    assert m.reduce_std(x).dtype == dtype


def test_a_mean_of_more_elements_than_float16_counts():
    assert float(m.reduce_mean(tf.cast(np.ones(100_000), "float16"))) == 1.0
    (g,) = gradient(m.reduce_mean, np.ones(70_000, np.float16))
    assert g.numpy()[0] == np.float16(1 / 70_000)


# -- empties -----------------------------------------------------------------------------------------------------------------------
def test_of_nothing():
    nothing = tf.constant(np.zeros(0, np.float32))
    assert float(m.reduce_sum(nothing)) == 0.0
    assert float(m.reduce_max(nothing)) == -INF
    assert float(m.reduce_min(nothing)) == INF
    assert float(m.reduce_prod(nothing)) == 1.0
    assert float(m.reduce_logsumexp(nothing)) == -INF
    assert np.isnan(float(m.reduce_mean(nothing)))
    assert bool(m.is_non_decreasing(nothing))
    for scan in (m.cumsum, m.cumprod, m.cumulative_logsumexp):
        assert tuple(scan(nothing, exclusive=True).shape) == (0,)
        assert tuple(gradient(scan, np.zeros(0))[0].shape) == (0,)
    assert tuple(m.top_k(nothing, 0).values.shape) == (0,)
    assert tuple(m.bincount(np.zeros(0, np.int32)).shape) == (0,)
    assert tuple(m.confusion_matrix(np.zeros(0, np.int32), np.zeros(0, np.int32)).shape) == (0, 0)
    for f in (m.reduce_max, m.reduce_prod, m.reduce_logsumexp, m.reduce_mean):
        assert tuple(gradient(f, np.zeros((0, 2)))[0].shape) == (0, 2)


# -- orders -------------------------------------------------------------------------------------------------------------------------
def test_nan_is_the_largest():
    x = tf.constant([NAN, 1.0, 0.0])
    np.testing.assert_array_equal(m.sort(x).numpy(), [0.0, 1.0, NAN])
    np.testing.assert_array_equal(m.argsort(x, direction="DESCENDING").numpy(), [0, 1, 2])
    np.testing.assert_array_equal(m.sort(tf.cast(x, "bfloat16")).numpy().astype("f4"), [0.0, 1.0, NAN])
    np.testing.assert_array_equal(m.top_k(x, 2).indices.numpy(), [0, 1])


@pytest.mark.parametrize("levels", [3, 1000])
def test_a_long_row_needs_no_full_sort(levels):
    x = np.random.default_rng(0).integers(0, levels, (4, 700)).astype(np.float32)
    expected = np.argsort(-x, 1, kind="stable")[:, :9]
    found = m.top_k(x, 9)
    np.testing.assert_array_equal(found.indices.numpy(), expected)
    np.testing.assert_array_equal(found.values.numpy(), np.take_along_axis(x, expected, 1))


def test_results_have_names():
    assert m.top_k([1.0, 2.0])._fields == ("values", "indices")
    assert m.unique([1.0, 2.0])._fields == ("y", "idx")
    assert m.unique_with_counts([1.0, 2.0])._fields == ("y", "idx", "count")
    assert m.approx_max_k([1.0, 2.0], 1)._fields == ("values", "indices")


def test_unique_of_strings():
    y, idx = m.unique(["b", "a", "b"])
    assert y.numpy().tolist() == [b"b", b"a"]
    assert idx.numpy().tolist() == [0, 1, 0]


def test_unique_in_a_map_says_why_not():
    with pytest.raises(INVALID, match="different lengths"):
        tf.vectorized_map(lambda x: m.unique(x).y, tf.constant([[1.0, 1.0], [1.0, 2.0]]))


def test_nth_element():
    x = [[3.0, 1.0, 2.0], [6.0, 5.0, 4.0]]
    assert nth_element(x, 1).numpy().tolist() == [2.0, 5.0]
    assert nth_element(x, 0, reverse=True).numpy().tolist() == [3.0, 6.0]


# -- maps ----------------------------------------------------------------------------------------------------------------------------
def test_sorted_segments_with_other_ids_in_every_sample():
    data = np.arange(8, dtype=np.float32).reshape(2, 4)
    ids = np.array([[0, 0, 1, 1], [0, 1, 1, 3]], np.int32)
    found = tf.vectorized_map(lambda a: m.segment_max(*a), (tf.constant(data), tf.constant(ids)))
    np.testing.assert_array_equal(found.numpy(), [[1, 3, 0, 0], [4, 6, 0, 7]])
    with pytest.raises(INVALID, match="not increasing"):
        tf.vectorized_map(lambda a: m.segment_sum(*a), (tf.constant(data), tf.constant(ids[:, ::-1].copy())))


def test_maps_in_maps():
    x = tf.constant(np.random.default_rng(1).normal(size=(2, 3, 4)).astype(np.float32))
    found = tf.vectorized_map(lambda a: tf.vectorized_map(lambda b: m.cumprod(m.sort(b)), a), x)
    np.testing.assert_allclose(found.numpy(), np.cumprod(np.sort(x.numpy(), -1), -1), rtol=1e-5)


def test_segments_in_maps_in_maps():
    rng = np.random.default_rng(2)
    data, ids = rng.normal(size=(2, 3, 5)).astype(np.float32), rng.integers(-1, 4, (2, 3, 5)).astype(np.int32)
    by_row = lambda a: tf.vectorized_map(lambda b: m.unsorted_segment_sum(*b, 4), a)  # noqa: E731
    found = tf.vectorized_map(by_row, (tf.constant(data), tf.constant(ids)))
    rows = [[m.unsorted_segment_sum(data[i, j], ids[i, j], 4).numpy() for j in range(3)] for i in range(2)]
    np.testing.assert_allclose(found.numpy(), rows, rtol=1e-6)


def test_counts_of_every_sample_have_one_length():
    found = tf.vectorized_map(lambda a: m.bincount(a), tf.constant([[0, 1, 1], [3, 3, 0]]))
    np.testing.assert_array_equal(found.numpy(), [[1, 2, 0, 0], [1, 0, 0, 2]])


# -- forward mode ----------------------------------------------------------------------------------------------------------------------
def test_forward_over_forward_of_a_recurrence():
    a, b = tf.constant([0.0, 2.0, 0.5]), tf.constant([1.0, -1.0, 3.0])
    with tf.autodiff.ForwardAccumulator(a, tf.constant([1.0, 1.0, 1.0])) as outer:
        with tf.autodiff.ForwardAccumulator(a, tf.constant([0.0, 1.0, 1.0])) as inner:
            y = linear_scan(a, b, 0)
        t = inner.jvp(y)
    np.testing.assert_allclose(t.numpy(), [0.0, 1.0, 1.5])
    np.testing.assert_allclose(outer.jvp(t).numpy(), [0.0, 0.0, 2.0])


def test_arguments_in_any_form():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    for axis in (0, [0], (0,), np.array(0), tf.constant(0), tf.constant([0]), -2, np.int64(0)):
        assert m.reduce_mean(x, axis).numpy().tolist() == [2.0, 3.0]
        assert m.reduce_max(x, axis=axis, keepdims=True).numpy().tolist() == [[3.0, 4.0]]
    assert m.reduce_mean(x, keepdims=None).numpy() == 2.5
    assert m.top_k(x, tf.constant(1)).indices.numpy().tolist() == [[1], [1]]
    assert m.cumsum(x, tf.constant(1)).numpy().tolist() == [[1.0, 3.0], [3.0, 7.0]]
    assert m.unsorted_segment_sum(x, [1, 1], tf.constant(2)).numpy().tolist() == [[0.0, 0.0], [4.0, 6.0]]
    variable = tf.Variable([1.0, 5.0])
    assert m.reduce_mean(variable).numpy() == 3.0
    assert m.argmax(variable).numpy() == 1
