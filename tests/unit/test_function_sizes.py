"""Shapes, ranges, indices and slices that data gives, inside a function: the same as eagerly, with one trace."""

import numpy as np
import pytest

import gradtape as tf

X = tf.constant([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
M = tf.reshape(tf.range(24.0), (6, 4))

SIZED = {
    "zeros": lambda n: tf.zeros([n, 3]),
    "zeros of a vector": lambda n: tf.zeros(tf.stack([n, 2])),
    "fill": lambda n: tf.fill([n, 2], tf.cast(n, tf.float32)),
    "random": lambda n: tf.shape(tf.random.normal([n, n])),
    "range": lambda n: tf.range(n) + 1,
    "range from": lambda n: tf.range(1, n),
    "range by steps": lambda n: tf.range(1, n, 2),
    "range of floats": lambda n: tf.range(0.0, tf.cast(n, tf.float32), 0.5),
    "linspace": lambda n: tf.linspace(0.0, 1.0, n),
    "linspace along an axis": lambda n: tf.linspace([0.0, 1.0], [1.0, 3.0], n, axis=1),
    "eye": lambda n: tf.eye(n),
    "one_hot": lambda n: tf.one_hot([0, 1], n),
    "sequence_mask": lambda n: tf.sequence_mask(n // 2, n),
    "sequence_mask to the longest": lambda n: tf.sequence_mask(tf.stack([n, n - 1])),
    "tile": lambda n: tf.tile(M[:1], [n, 1]),
    "repeat": lambda n: tf.repeat([1.0, 2.0], n),
    "broadcast_to": lambda n: tf.broadcast_to(X[0], [n, 2]),
    "pad": lambda n: tf.pad(X, [[n, 0]]),
    "roll": lambda n: tf.roll(X, n, 0),
    "concat": lambda n: tf.concat([tf.zeros([n]), X], 0),
    "split": lambda n: tf.split(X, [n, 6 - n])[0],
    "top_k": lambda n: tf.math.top_k(X, n).values,
    "segments": lambda n: tf.math.unsorted_segment_sum(X, [0, 1, 0, 1, 0, 1], n),
    "bincount": lambda n: tf.math.bincount([1, 2, 2], minlength=n),
    "scatter_nd": lambda n: tf.scatter_nd([[0], [1]], [1.0, 2.0], [n]),
    "map_fn": lambda n: tf.map_fn(lambda i: tf.cast(i, tf.float32) * 2.0, tf.range(n), fn_output_signature=tf.float32),
    "size": lambda n: tf.size(tf.zeros([n, 3])),
    "matmul": lambda n: tf.ones([2, n]) @ tf.ones([n, 3]),
    "TensorArray": lambda n: tf.TensorArray(tf.float32, size=n).unstack(tf.ones([n])).stack(),
    "shuffle": lambda n: tf.sort(tf.random.shuffle(tf.range(n))),
    "where": lambda n: tf.where(tf.range(n) > 1, 1.0, 0.0),
    "band": lambda n: tf.linalg.band_part(tf.ones([n, n]), -1, 0),
    "index": lambda n: X[n],
    "index from the end": lambda n: X[-n],
    "index of an axis": lambda n: M[:, n - 1],
    "two indices": lambda n: M[n, n - 2],
    "index and new axis": lambda n: M[None, n, ..., None],
    "slice to": lambda n: X[:n],
    "slice from": lambda n: M[n:],
    "slice to the end but": lambda n: X[:-n],
    "slice between": lambda n: M[1:n, :2],
    "slice of both": lambda n: M[n - 1 : n + 1, ::2],
    "slice beyond the end": lambda n: X[n : n + 100],
    "tf.slice": lambda n: tf.slice(M, [n - 1, 0], [2, -1]),
    "tf.slice of a size": lambda n: tf.slice(X, [0], [n]),
}


@pytest.mark.parametrize("name", SIZED)
def test_sizes_that_data_gives(name):
    eager, traced = SIZED[name], tf.function(SIZED[name], input_signature=[tf.TensorSpec([], tf.int32)])
    for n in (2, 4):
        want, found = eager(tf.constant(n)), traced(tf.constant(n))
        assert found.dtype == want.dtype
        np.testing.assert_array_equal(found, want)
    assert traced.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("name", ["slice to", "slice between", "index", "tile", "pad", "roll", "tf.slice"])
def test_their_gradients(name):
    def of(x, n):
        pick = {"slice to": lambda: x[:n], "slice between": lambda: x[1:n], "index": lambda: x[n], "tile": lambda: tf.tile(x, [n]),
                "pad": lambda: tf.pad(x, [[n, 0]]), "roll": lambda: tf.roll(x, n, 0), "tf.slice": lambda: tf.slice(x, [n], [2])}  # fmt: skip
        y = tf.reshape(pick[name](), [-1])
        return tf.reduce_sum(y**3 * tf.cumsum(tf.ones_like(y)))

    for n in (2, 4):
        values = []
        for f in (of, tf.function(of)):
            with tf.GradientTape() as outer:
                outer.watch(X)
                with tf.GradientTape() as tape:
                    tape.watch(X)
                    loss = f(X, tf.constant(n))
                slope = tape.gradient(loss, X)
            values.append((loss, slope, outer.gradient(slope, X)))
        for want, found in zip(*values, strict=True):
            np.testing.assert_allclose(found, want, rtol=1e-6)


def test_a_size_inside_a_loop_body():
    @tf.function
    def total(n, x):
        return tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s + tf.reduce_sum(tf.ones([n, 2]) * x)), (0, 0.0))[1]

    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = total(tf.constant(4), x)
    assert (float(y), float(tape.gradient(y, x))) == (48.0, 24.0)
    assert float(total(tf.constant(5), x)) == 60.0


def test_an_extent_of_the_signature_inside_a_loop_body():
    @tf.function(input_signature=[tf.TensorSpec([None]), tf.TensorSpec([])])
    def total(q, x):
        n = tf.shape(q)[0]
        return tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s + tf.reduce_sum(tf.ones([n, 2]) * x)), (0, 0.0))[1]

    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = total(tf.ones(4), x)
    assert (float(y), float(tape.gradient(y, x))) == (48.0, 24.0)
    assert float(total(tf.ones(5), x)) == 60.0


def test_rows_written_one_by_one():
    @tf.function
    def rows(n, x):
        start = tf.zeros([n, 3])
        return tf.while_loop(
            lambda i, z: i < n, lambda i, z: (i + 1, tf.tensor_scatter_nd_update(z, [[i]], [x * 2.0])), (0, start)
        )[1]

    x = tf.Variable(tf.ones(3))
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(rows(tf.constant(4), x))
    assert float(y) == 24.0
    np.testing.assert_array_equal(tape.gradient(y, x), [8.0, 8.0, 8.0])


@pytest.mark.parametrize("size", ["known", "data", "growing"])
def test_an_array_that_a_for_fills(size):
    @tf.function
    def doubled(n, x):
        array = {"known": lambda: tf.TensorArray(tf.float32, 3), "data": lambda: tf.TensorArray(tf.float32, n),
                 "growing": lambda: tf.TensorArray(tf.float32, 0, dynamic_size=True)}[size]()  # fmt: skip
        for i in tf.range(n):
            array = array.write(i, x * tf.cast(i, tf.float32))
        return array.stack()

    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = doubled(tf.constant(3), x)
    np.testing.assert_array_equal(y, [[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]])
    np.testing.assert_array_equal(tape.gradient(y, x), [3.0, 3.0])


def test_a_negative_size_is_refused_when_it_runs():
    with pytest.raises(tf.errors.InvalidArgumentError, match="not negative; the traced function computed -2"):
        tf.function(lambda n: tf.zeros([n]))(tf.constant(-2))
