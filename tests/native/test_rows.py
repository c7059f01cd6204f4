"""Rows of large tables in compiled steps: read, added and put where they lie."""

import numpy as np
import pytest

import gradtape as tf
from gradtape.exec import executor, reference

pytest.importorskip("llvmlite")
ROWS, WIDTH = 20_000, 64  # 5 MB: more than the nearest caches hold
TABLE = np.random.default_rng(0).normal(size=(ROWS, WIDTH)).astype("float32")
IDS = np.random.default_rng(1).integers(0, ROWS, 300)
IDS[-20:] = [ROWS - 1, 0] * 10


def plan_of(f):
    (found,) = [s.plan for c in f._concretes.values() for s in c.sizes.values()]
    return found


def test_rows_that_are_read_and_added():
    table = tf.Variable(TABLE)

    @tf.function
    def run(ids):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(tf.tanh(tf.gather(table, ids))))
        g = tape.gradient(loss, table)
        assert isinstance(g, tf.IndexedSlices)
        table.scatter_sub(g * 0.1)
        return loss

    before = table.value_.ctypes.data
    loss = run(tf.constant(IDS))
    t = np.tanh(TABLE[IDS].astype("float64"))
    wanted = TABLE.astype("float64")
    np.subtract.at(wanted, IDS, 0.1 * 2 * t * (1 - t * t))
    np.testing.assert_allclose(loss, (t * t).sum(), rtol=1e-5)
    np.testing.assert_allclose(table, wanted, rtol=1e-4, atol=1e-6)
    assert table.value_.ctypes.data == before  # where it lay
    assert plan_of(run).describe().arena < TABLE.nbytes // 4


@pytest.mark.parametrize("dtype", ["float32", "int32", "float16"])
def test_rows_that_are_put(dtype):
    table, rows = tf.Variable(TABLE.astype(dtype)), (np.arange(300 * WIDTH).reshape(300, WIDTH) % 100).astype(dtype)

    @tf.function
    def run(ids, rows):
        table.scatter_update(tf.IndexedSlices(rows + 1, ids))

    before = table.value_.ctypes.data
    run(tf.constant(IDS), tf.constant(rows))
    wanted = TABLE.astype(dtype)
    wanted[IDS] = rows + 1  # of rows that come twice the last counts
    np.testing.assert_array_equal(table.numpy(), wanted)
    assert table.value_.ctypes.data == before
    assert plan_of(run).describe().kernels == 0 or executor() is reference


@pytest.mark.parametrize("index", [-1, ROWS])
def test_rows_that_are_not_there(index):
    run = tf.function(lambda x, ids, rows: tf.tensor_scatter_nd_update(x, ids[:, None], rows))
    with pytest.raises(tf.errors.InvalidArgumentError):
        run(tf.constant(TABLE), tf.constant([0, index]), tf.ones([2, WIDTH]))


def test_the_same_sums_for_every_number_of_threads():
    def summed(threads):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        try:
            return tf.function(lambda x, ids: tf.convert_to_tensor(tf.IndexedSlices(x, ids, (ROWS, WIDTH))))(
                tf.constant(TABLE[:300]), tf.constant(IDS)
            ).numpy()
        finally:
            tf.config.threading.set_intra_op_parallelism_threads(0)

    np.testing.assert_array_equal(summed(1), summed(2))
