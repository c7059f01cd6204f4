"""A Keras variable is a gradtape variable, to tapes, accumulators, optimizers and programs."""

import keras
import numpy as np
import pytest
from keras import ops

import gradtape as tf


def test_it_wraps_a_variable_of_the_same_buffer():
    inner = tf.Variable([1.0, 2.0])
    outer = keras.Variable(inner)
    outer.assign([3.0, 4.0])
    assert outer.value is inner and inner.numpy().tolist() == [3.0, 4.0]
    inner.assign_add([1.0, 1.0])
    assert outer.numpy().tolist() == [4.0, 5.0]


def test_tapes_take_it_as_source_target_and_watched():
    v = keras.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(v * v)
    assert tape.gradient(y, v).numpy().tolist() == [2.0, 4.0]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(v)
        y = ops.sum(v * 3.0)
    assert tape.gradient({"y": y}, {"v": v})["v"].numpy().tolist() == [3.0, 3.0]
    assert tape.watched_variables()[0] is v.value


def test_accumulators_take_it_as_primal():
    v = keras.Variable(3.0)
    with tf.autodiff.ForwardAccumulator(v, tf.constant(1.0)) as accumulator:
        y = v * v
    assert float(accumulator.jvp(y)) == 6.0


def test_functions_of_tf_take_it():
    v = keras.Variable([1.0, 2.0])
    assert tf.add(v, 1.0).numpy().tolist() == [2.0, 3.0]
    assert tf.convert_to_tensor(v).numpy().tolist() == [1.0, 2.0]
    assert np.asarray(v).tolist() == [1.0, 2.0] and np.array(v, "float64").dtype == np.float64


def test_trainable_reaches_the_inner_variable():
    v = keras.Variable(2.0)
    v.trainable = False
    with tf.GradientTape() as tape:
        y = v * 3.0
    assert not v.value.trainable and tape.gradient(y, v) is None
    v.trainable = True
    with tf.GradientTape() as tape:
        y = v * 3.0
    assert float(tape.gradient(y, v)) == 3.0


def test_freezing_a_layer_takes_it_off_the_tape():
    layer = keras.layers.Dense(2)
    x = tf.ones([1, 3])
    layer(x)
    layer.trainable = False
    with tf.GradientTape() as tape:
        y = ops.sum(layer(x))
    assert tape.gradient(y, layer.kernel) is None


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16", "int32", "int64", "uint8", "complex64"])
def test_updates_keep_the_dtype(dtype):
    v = keras.Variable([1, 2], dtype=dtype)
    v.assign_add(np.array([1, 1]))
    v.assign_sub([0.5, 1.5])
    v.assign(v + 1)
    assert v.dtype == dtype and v.value.dtype == dtype


def test_updates_broadcast_and_promote_as_on_every_back_end():
    v = keras.Variable([[1.0, 2.0]])
    assert v.assign_add(1).numpy().tolist() == [[2.0, 3.0]]
    count = keras.Variable(0, dtype="int32")
    assert count.assign_add(1).numpy() == 1 and count.assign_add(1.75).numpy() == 2
    with pytest.raises(ValueError, match="shape of the target variable"):
        v.assign([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="shape of the target variable"):
        v.assign_add([[1.0], [2.0]])


def test_an_update_does_not_change_what_was_read_before():
    v = keras.Variable([1.0, 2.0])
    before = ops.convert_to_tensor(v)
    v.assign_add([1.0, 1.0])
    assert before.numpy().tolist() == [1.0, 2.0]


def test_stateless_scope_keeps_updates_to_itself():
    v = keras.Variable([1.0, 2.0])
    with keras.StatelessScope(state_mapping=[(v, ops.ones(2))]) as scope:
        v.assign_add([1.0, 1.0])
        assert (v * 2.0).numpy().tolist() == [4.0, 4.0]
    assert scope.get_current_value(v).numpy().tolist() == [2.0, 2.0]
    assert v.numpy().tolist() == [1.0, 2.0]


def test_autocast_reads_in_the_compute_dtype():
    layer = keras.layers.Dense(2, dtype="mixed_float16")
    y = layer(tf.ones([1, 3]))
    assert y.dtype == tf.float16 and layer.kernel.value.dtype == tf.float32
    with tf.GradientTape() as tape:
        loss = ops.sum(layer(tf.ones([1, 3])))
    gradient = tape.gradient(loss, layer.kernel)
    assert gradient.dtype == tf.float32 and gradient.numpy().tolist() == [[1.0, 1.0]] * 3


def test_session_can_be_cleared():
    v = keras.Variable(1.0)
    keras.utils.clear_session()
    with keras.StatelessScope(state_mapping=[(v, ops.convert_to_tensor(5.0))]):
        assert float(v.value) == 5.0
    assert float(v.value) == 1.0
