"""Conversion, control flow, slices and scatters, derivatives."""

import keras
import numpy as np
import pytest
from keras import ops

import gradtape as tf


def same(got, want):
    np.testing.assert_allclose(np.array(got), want, rtol=1e-6, atol=1e-6)


# -- conversion -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "dtype", "expected"),
    [
        (1.5, None, "float32"),
        (1, None, "int32"),
        (True, None, "bool"),
        (np.float64(1.5), None, "float64"),
        ([1, 2.5], None, "float32"),
        ([[1, 2]], "float16", "float16"),
        (1.9, "int32", "int32"),
        (True, "float32", "float32"),
        (np.arange(3), "uint8", "uint8"),
        (np.array([1.5, np.inf]), "bfloat16", "bfloat16"),
        (2, "complex64", "complex64"),
        (1.0, "float8_e4m3fn", "float8_e4m3fn"),
    ],
)
def test_conversion(value, dtype, expected):
    assert keras.backend.standardize_dtype(ops.convert_to_tensor(value, dtype).dtype) == expected
    if dtype is not None:
        assert ops.cast(value, dtype).dtype == expected


def test_numbers_keep_all_digits():
    assert ops.convert_to_tensor(0.1, "float64").numpy() == 0.1
    assert ops.cast([0.1], "float64").numpy()[0] == 0.1


def test_lists_of_tensors_stay_on_the_tape():
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = ops.convert_to_tensor([x[0] * 2.0, [x[1]][0]])
    same(tape.gradient(y, x), [2.0, 1.0])


def test_sparse_is_refused_with_the_mend():
    with pytest.raises(ValueError, match="dense"):
        ops.convert_to_tensor([1.0], sparse=True)


def test_numpy_and_shape():
    array = ops.convert_to_numpy(tf.constant([1.0, 2.0]))
    array[0] = 5.0
    assert isinstance(array, np.ndarray) and ops.shape(tf.ones([2, 3])) == (2, 3) == ops.shape(np.ones((2, 3)))
    assert ops.is_tensor(tf.constant(1.0)) and not ops.is_tensor(np.ones(2)) and not ops.is_tensor([1.0])


def test_values_of_other_libraries():
    class Foreign:
        """A tensor without numbers, as in another library's graph."""

        shape = (None, 3)

    assert ops.shape(Foreign()) == (None, 3) and ops.shape([[1.0, 2.0]]) == (1, 2)
    assert ops.shape(keras.Input((3,))) == (None, 3)
    assert not hasattr(tf.Tensor, "__tf_tensor__")  # another TensorFlow in the process would take gradtape's tensors for its own


# -- control flow -----------------------------------------------------------------------------------------
def test_cond_and_switch():
    assert ops.cond(tf.constant(True), lambda: 1, lambda: 2) == 1
    assert ops.cond(keras.Variable(False, dtype="bool"), lambda: 1, lambda: 2) == 2
    branches = [lambda x: x + 1.0, lambda x: x * 2.0]
    same([ops.switch(i, branches, tf.constant(3.0)) for i in (-1, 0, 1, 7)], [4, 4, 6, 6])


def test_loops():
    i, total = ops.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s + i), (0, tf.constant(0)))
    assert int(i) == 4 and int(total) == 6
    assert int(ops.while_loop(lambda x: x < 100, lambda x: x * 2, 1, maximum_iterations=3)) == 8
    assert int(ops.fori_loop(0, 4, lambda i, s: s + i, 0)) == 6


def test_scan_map_and_vectorized_map():
    xs = tf.constant([1.0, 2.0, 3.0])
    carry, ys = ops.scan(lambda c, x: (c + x, c * x), tf.constant(0.0), xs)
    same(carry, 6.0), same(ys, [0.0, 2.0, 9.0])
    carry, ys = ops.scan(lambda c, x: (c + x, c), tf.constant(0.0), xs, reverse=True)
    same(ys, [5.0, 3.0, 0.0])
    carry, ys = ops.scan(lambda c, _: (c * 2.0, c), tf.constant(1.0), length=3)
    same(ys, [1.0, 2.0, 4.0])
    same(ops.map(lambda x: x * x, xs), [1.0, 4.0, 9.0])
    same(ops.vectorized_map(lambda x: ops.sum(x * x), tf.constant([[1.0, 2.0], [3.0, 4.0]])), [5.0, 25.0])


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 8])
@pytest.mark.parametrize("reverse", [False, True])
def test_associative_scan(n, reverse):
    x = np.random.default_rng(n).normal(size=(2, n))
    want = np.cumsum(x[:, ::-1], 1)[:, ::-1] if reverse else np.cumsum(x, 1)
    same(ops.associative_scan(lambda a, b: a + b, tf.constant(x), reverse=reverse, axis=1), want)


# -- pieces -----------------------------------------------------------------------------------------------
def test_slices():
    x = tf.reshape(tf.range(12.0), [3, 4])
    same(ops.slice(x, [1, 1], [2, 2]), [[5, 6], [9, 10]])
    want = np.arange(12.0).reshape(3, 4)
    want[1:, 2:] = -1
    same(ops.slice_update(x, [1, 2], -tf.ones([2, 2])), want)
    same(ops.slice_update(x, [5, 2], -tf.ones([2, 2])), want)  # moved inside, as JAX does
    assert [int(v) for v in ops.unstack(tf.constant([1, 2]))] == [1, 2]


def test_scatters():
    indices = tf.constant([[0], [2], [0]])
    same(ops.scatter(indices, tf.constant([1.0, 2.0, 3.0]), (4,)), [4, 0, 2, 0])
    x = tf.constant([1.0, 2.0, 3.0])
    same(ops.scatter_update(x, [[1]], [9.0]), [1, 9, 3])
    for reduction, want in (("add", [6, 2, 4]), ("max", [3, 2, 3]), ("min", [1, 2, 1]), ("mul", [6, 2, 3])):
        same(ops.scatter_update(x, indices, tf.constant([2.0, 1.0, 3.0]), reduction=reduction), want)
    with pytest.raises(ValueError, match="reduction"):
        ops.scatter_update(x, [[1]], [9.0], reduction="mean")


def test_scatters_have_gradients():
    x, updates = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, updates])
        y = ops.scatter_update(x, [[1], [1]], updates, reduction="mul")
        z = ops.slice_update(x, [1], updates)
    same(tape.gradient(y, x), [1, 20, 1]), same(tape.gradient(y, updates), [10, 8])
    same(tape.gradient(z, x), [1, 0, 0]), same(tape.gradient(z, updates), [1, 1])


# -- derivatives ------------------------------------------------------------------------------------------
def test_derivatives():
    gradient = ops.grad(lambda x, y: ops.sum(x * x * y), argnums=(0, 1))
    dx, dy = gradient(tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0]))
    same(dx, [6, 16]), same(dy, [1, 4])
    same(ops.grad(lambda x, y: ops.sum(y))(tf.constant([1.0]), tf.constant([2.0])), [0.0])
    value, tangent = ops.jvp(lambda x: x * x, (tf.constant(3.0),), (tf.constant(1.0),))
    same(value, 9.0), same(tangent, 6.0)

    @ops.custom_gradient
    def doubled(x):
        return x * 1.0, lambda upstream: upstream * 2.0

    v = keras.Variable(3.0)
    with tf.GradientTape() as tape:
        y = doubled(v) + ops.stop_gradient(v) + keras.remat(ops.tanh)(v) * 0.0
    same(tape.gradient(y, v), 2.0)
