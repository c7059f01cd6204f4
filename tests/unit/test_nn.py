"""Activations, softmax, losses, normalisations, dropout, embeddings, CTC: TensorFlow's recorded results, and where ours are better."""

import importlib.util
import warnings
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

import gradtape as tf
from gradtape.api import nn_experimental
from gradtape.ops import ctc

DATA = Path(__file__).resolve().parents[1] / "data"
SPEC = importlib.util.spec_from_file_location("nn_cases", DATA / "nn_cases.py")
nn_cases = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(nn_cases)
CASES = nn_cases.cases(tf, nn_experimental)
RECORDED = np.load(DATA / "nn.npz")
TOLERANCE = {"float16": 4e-3, "bfloat16": 3e-2, "float32": 4e-6, "float64": 1e-12, "complex64": 4e-6, "complex128": 1e-12}
IN_FLOAT32 = {  # what TensorFlow computes with constants, or wholly, in float32
    *(f"{name} float64" for name in ("leaky_relu", "leaky_relu steep", "gelu", "gelu tanh")),
    *("ctc", "ctc last blank", "ctc inner blank", "ctc batch first", "ctc large", "ctc unique", "ctc no labels"),
}
COARSE = {"lrn", "lrn near", "gelu edges", "selu edges", "elu edges", "l2_normalize zero"}  # TensorFlow's own rounding
BIT_EQUAL = ("dropout", "stateless_dropout", "general_dropout")


@pytest.fixture(autouse=True)
def unseeded():
    """No global seed is left behind."""
    yield
    tf.random.set_seed(None)


def recorded(name):
    return [RECORDED[f"{name}|{k}"] for k in range(len(RECORDED[f"{name}|dtypes"]))]


# -- TensorFlow's results ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [n for n in CASES if f"{n}|error" not in RECORDED])
def test_as_recorded_from_tensorflow(name):
    ours = tf.nest.flatten(CASES[name]())
    assert [y.dtype.name for y in ours] == RECORDED[f"{name}|dtypes"].tolist()
    for y, expected in zip(ours, recorded(name), strict=True):
        compare(name, y, expected)


def compare(name, y, expected):
    value = y.numpy()
    value = value.astype("f4") if value.dtype == ml_dtypes.bfloat16 else value
    assert value.shape == expected.shape
    if name.startswith(BIT_EQUAL) and "gradient" not in name:
        np.testing.assert_array_equal(value, expected)
    elif value.dtype.kind in "fc":
        loose = 2e-5 if name in COARSE else 1e-6 if name in IN_FLOAT32 else 0
        tolerance = max(TOLERANCE[y.dtype.name], loose)
        np.testing.assert_allclose(value, expected, rtol=tolerance, atol=tolerance)
    else:
        np.testing.assert_array_equal(value, expected)


@pytest.mark.parametrize("name", [n for n in CASES if f"{n}|error" in RECORDED])
def test_refused_as_by_tensorflow(name):
    with pytest.raises(Exception, match=r".{20}") as info:
        CASES[name]()
    assert type(info.value).__name__ == str(RECORDED[f"{name}|error"])


def test_every_case_is_recorded():
    assert {key.rpartition("|")[0] for key in RECORDED} == set(CASES)


# -- where TensorFlow is wrong ------------------------------------------------------------------------------------
def hessian(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        g = inner.gradient(y, x)
    return outer.jacobian(g, x).numpy()


def test_hessian_of_the_variance_in_moments():
    found = hessian(lambda x: tf.nn.moments(x, [0])[1], np.array([1.0, 2.0, 4.0]))
    np.testing.assert_allclose(found, 2 / 3 * (np.eye(3) - 1 / 3), atol=1e-12)


def test_hessian_of_the_cross_entropy_with_labels_that_depend_on_the_logits():
    v = np.array([0.1, 0.5, -0.3])
    found = hessian(lambda x: tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(2.0 * x), x), v)
    expected = hessian(lambda x: -tf.reduce_sum(tf.exp(2.0 * x - tf.reduce_logsumexp(2.0 * x)) * (x - tf.reduce_logsumexp(x))), v)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert round(float(found[0, 0]), 3) == -0.480


def test_labels_that_do_not_sum_to_one():
    z, x = tf.constant([[2.0, 1.0]], tf.float64), tf.constant([[0.5, -0.5]], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.nn.softmax_cross_entropy_with_logits(z, x)
    np.testing.assert_allclose(tape.gradient(loss, x), 3 * tf.nn.softmax(x).numpy() - z.numpy(), rtol=1e-12)


def test_weighted_cross_entropy_at_zero():
    x = tf.constant(0.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.nn.weighted_cross_entropy_with_logits(0.5, x, 2.0)
    assert float(tape.gradient(loss, x)) == -0.25


def test_a_label_of_zero_at_a_probability_of_zero():
    loss = tf.nn.softmax_cross_entropy_with_logits([[0.0, 1.0]], [[-np.inf, 0.0]])
    assert loss.numpy().tolist() == [0.0]


def test_isotonic_regression_of_rank_3():
    x = tf.constant(np.random.default_rng(0).normal(size=(2, 3, 4)))
    tf.test.check_grads(lambda x: tf.nn.isotonic_regression(x, axis=1)[0], [x], 2)


# -- zero stays zero ------------------------------------------------------------------------------------------------
MASKED = np.array([[0.0, 1.0, -1.0], [-np.inf, -np.inf, -np.inf]], "f4")


@pytest.mark.parametrize("f", [tf.nn.softmax, tf.nn.log_softmax], ids=["softmax", "log_softmax"])
def test_a_masked_row_has_a_finite_gradient(f):
    x = tf.constant(MASKED)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            total = tf.reduce_sum(tf.where(tf.math.is_finite(x), f(x), 0.0) ** 2)
        g = inner.gradient(total, x)
    h = outer.gradient(g, x).numpy()
    assert np.isfinite(g.numpy()).all() and np.isfinite(h).all()
    assert not g.numpy()[1].any() and g.numpy()[0].any() and not h[1].any()


def test_a_masked_row_of_a_loss_has_a_finite_gradient():
    x = tf.constant(MASKED)
    for f in (
        lambda: tf.nn.sparse_softmax_cross_entropy_with_logits([1, 0], x),
        lambda: tf.nn.softmax_cross_entropy_with_logits(np.eye(2, 3), x),
    ):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.where([True, False], f(), 0.0)
        g = tape.gradient(loss, x).numpy()
        assert np.isfinite(g).all() and g[0].any() and not g[1].any()


def test_relu_keeps_zero_beside_an_infinite_cotangent():
    x = tf.constant([-1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.relu(x)
    assert tape.gradient(y, x, output_gradients=tf.constant([np.inf, np.inf])).numpy().tolist() == [0.0, np.inf]


def test_dropped_values_do_not_spread():
    x = tf.constant([np.nan, np.inf, 1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = nn_experimental.general_dropout(x, 0.5, lambda shape, dtype: tf.constant([0.1, 0.2, 0.8, 0.9]))
    assert y.numpy().tolist() == [0.0, 0.0, 2.0, 4.0]
    assert tape.gradient(y, x).numpy().tolist() == [0.0, 0.0, 2.0, 2.0]


# -- accuracy and layout ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("spread", [1.0, 30.0, 1e3])
@pytest.mark.parametrize("shape", [(5,), (7, 10), (3, 300), (2, 3, 40)], ids=str)
def test_softmax_in_float32_is_exact_to_its_digits(shape, spread):
    x = (np.random.default_rng(1).normal(size=shape) * spread).astype("f4")
    wide = x.astype(np.longdouble)
    shifted = wide - wide.max(-1, keepdims=True)
    total = np.log(np.exp(shifted).sum(-1, keepdims=True))
    np.testing.assert_allclose(tf.nn.softmax(x).numpy(), np.exp(shifted - total), rtol=6e-6 * max(1.0, spread / 30), atol=1e-37)
    np.testing.assert_allclose(tf.nn.log_softmax(x).numpy(), shifted - total, rtol=1e-6, atol=3e-7)


def test_a_confident_prediction_has_an_exact_small_loss():
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits([0], [[30.0, 14.0]])
    np.testing.assert_allclose(loss.numpy(), [np.log1p(np.exp(-16.0))], rtol=0.3)


@pytest.mark.parametrize("layout", ["transposed", "strided", "broadcast"])
def test_any_layout_of_memory(layout):
    base = np.random.default_rng(2).normal(size=(4, 6))
    x = {"transposed": base.T.copy().T, "strided": np.repeat(base, 2, 1)[:, ::2], "broadcast": np.broadcast_to(base[0], (4, 6))}[
        layout
    ]
    labels = np.array([0, 5, 2, 2])
    plain = np.ascontiguousarray(x)
    for f in (tf.nn.softmax, tf.nn.log_softmax, lambda v: tf.nn.sparse_softmax_cross_entropy_with_logits(labels, v)):
        outs = []
        for value in (tf.transpose(tf.constant(x.T)), tf.constant(plain)):
            with tf.GradientTape() as tape:
                tape.watch(value)
                y = f(value)
            outs.append((y.numpy(), tape.gradient(y, value).numpy()))
        for a, b in zip(*outs, strict=True):
            np.testing.assert_allclose(a, b, atol=1e-15)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "int64", "uint64"])
def test_labels_of_any_integer_dtype(dtype):
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant([1, 0], dtype), tf.constant([[0.0, 1.0], [0.0, 1.0]]))
    np.testing.assert_allclose(loss.numpy(), [0.3132617, 1.3132617], rtol=1e-6)


def test_half_precision_sums_do_not_overflow():
    assert float(tf.nn.l2_loss(tf.cast([300.0, 1.0], tf.float16))) == 44992.0  # the float16 next to 45000.5
    assert float(tf.nn.moments(tf.cast([300.0, -300.0], tf.float16), [0])[0]) == 0.0


def test_no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tf.nn.softmax([[-np.inf, -np.inf], [np.inf, 1.0]])
        tf.nn.log_softmax([[-np.inf, 0.0]])
        tf.nn.softmax_cross_entropy_with_logits([[0.0, 1.0]], [[-np.inf, 1e30]])
        tf.nn.sigmoid_cross_entropy_with_logits([0.0], [1e30])
        tf.nn.ctc_loss([[1]], tf.zeros([2, 1, 2]), [1], [0])


# -- CTC ----------------------------------------------------------------------------------------------------------
def ctc_gradients(logits, logit_length):
    x = tf.constant(logits)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            loss = tf.nn.ctc_loss([[1, 2], [3, 3]], x, [2, 2], logit_length)
        g = inner.gradient(loss, x)
        total = tf.reduce_sum(tf.where(tf.math.is_finite(x), g, 0.0) * nn_cases.weights(tf, x))
    return loss.numpy(), g.numpy(), outer.gradient(total, x).numpy()


def test_ctc_with_impossible_classes():
    x = np.random.default_rng(3).normal(size=(5, 2, 4))
    x[1, 0, 3] = x[3, 1, 2] = x[0, 1, 0] = -np.inf
    expected = ctc_gradients(np.where(np.isneginf(x), -1e3, x), [5, 4])
    for ours, theirs in zip(ctc_gradients(x, [5, 4]), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-10)


def test_ctc_of_labels_that_do_not_fit():
    loss, g, h = ctc_gradients(np.random.default_rng(3).normal(size=(5, 2, 4)), [5, 2])
    assert np.isinf(loss).tolist() == [False, True]
    assert np.isfinite(g).all() and g[:, 0].any() and not g[:, 1].any()
    assert np.isfinite(h).all() and not h[:, 1].any()


def test_ctc_without_frames_or_examples():
    assert tf.nn.ctc_loss(np.zeros((2, 1), int), tf.zeros([0, 2, 3]), [0, 1], [0, 0]).numpy().tolist() == [0.0, np.inf]
    assert tf.nn.ctc_loss(np.zeros((0, 1), int), tf.zeros([4, 0, 3]), np.zeros(0, int), np.zeros(0, int)).shape == [0]


@pytest.mark.parametrize(
    "changed", [{"labels": [[5]]}, {"labels": [[-1]]}, {"label_length": [2]}, {"logit_length": [3]}, {"blank_index": 3}]
)
def test_ctc_refuses_values_outside(changed):
    arguments = {"labels": [[1]], "logits": tf.zeros([2, 1, 3]), "label_length": [1], "logit_length": [2], **changed}
    with pytest.raises(tf.errors.InvalidArgumentError, match=next(iter(changed))):
        tf.nn.ctc_loss(**arguments)


def test_ctc_occupancy_sums_to_one_for_each_frame():
    log_p = tf.nn.log_softmax(np.random.default_rng(4).normal(size=(5, 1, 4)))
    there = ctc.ctc_occupancy(log_p, tf.constant([[1, 2]]), tf.constant([2]), tf.constant([4]), blank=0)
    np.testing.assert_allclose(there.numpy().sum(-1)[:, 0], [1, 1, 1, 1, 0], atol=1e-12)


# -- embeddings ---------------------------------------------------------------------------------------------------
def test_the_gradient_of_an_embedding_is_sparse():
    table = tf.Variable(np.ones((5, 2), "f4"))
    with tf.GradientTape() as tape:
        y = tf.nn.embedding_lookup(table, [[1, 3], [1, 1]])
    g = tape.gradient(y, table)
    assert isinstance(g, tf.IndexedSlices) and g.indices.numpy().tolist() == [1, 3, 1, 1]


def test_forward_mode_through_a_sparse_gradient():
    x, t = tf.constant([[1.0], [2.0], [3.0]]), tf.constant([[1.0], [1.0], [1.0]])
    with tf.autodiff.ForwardAccumulator(x, t) as acc:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.embedding_lookup(x, [0, 2]) ** 3
        g = tape.gradient(y, x)
    assert tf.convert_to_tensor(acc.jvp(g)).numpy().ravel().tolist() == [6.0, 0.0, 18.0]


# -- the public functions ----------------------------------------------------------------------------------------------
def test_a_tensor_for_alpha_is_refused_where_its_gradient_would_be_lost():
    with pytest.raises(TypeError, match="alpha"):
        tf.nn.leaky_relu([1.0], alpha=tf.Variable(0.1))


@pytest.mark.parametrize(
    "call, error",
    [
        (lambda: tf.nn.bias_add([[1.0]], [1.0], 3), ValueError),
        (lambda: tf.nn.embedding_lookup([tf.constant(1.0), tf.constant(2.0)], [0]), tf.errors.InvalidArgumentError),
        (lambda: tf.clip_by_value(1, tf.constant([True]), 2), TypeError),
    ],
    ids=["bias_add", "embedding_lookup", "clip_by_value"],
)
def test_other_bad_input(call, error):
    with pytest.raises(error):
        call()
