"""Shapes of Keras code on symbolic arguments: by the rules for shapes, with unknown extents, without computing anything."""

import keras
import numpy as np
import pytest
from keras import layers, ops

import gradtape as tf


class Does(layers.Layer):
    """A layer whose call is a function, so that no shape function of Keras's own answers for it."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def call(self, *args):
        return self.function(*args)


def shape(function, *given):
    return Does(function)(*[keras.KerasTensor(s, *dtype) for s, *dtype in given]).shape


# -- unknown extents --------------------------------------------------------------------------------------
def test_plain_python():
    def pooled(x):
        length = ops.shape(x)[1]
        return ops.reshape(x, (-1, length * 3)), ops.mean(x, axis=1), ops.ones((2, 2))

    wide, mean, fixed = Does(pooled)(keras.Input((None, 3)))
    assert wide.shape == (None, None) and mean.shape == (None, 3) and fixed.shape == (2, 2)
    half = ops.cast(keras.Input((4,)), "float16")
    assert half.shape == (None, 4) and half.dtype == "float16"


SHAPES = {
    "reshape": (lambda x: ops.reshape(x, (ops.shape(x)[0], -1)), (None, None)),
    "flat": (lambda x: ops.reshape(x[:, :2], (ops.shape(x)[0], -1)), (None, 6)),
    "arange": (lambda x: ops.arange(ops.shape(x)[1]), (None,)),
    "arange by 2": (lambda x: ops.arange(1, ops.shape(x)[1], 2), (None,)),
    "positions": (lambda x: x + ops.cast(ops.arange(ops.shape(x)[1]), "float32")[:, None], (None, None, 3)),
    "tile": (lambda x: ops.tile(x[:, :1], [1, ops.shape(x)[1], 2]), (None, None, 6)),
    "broadcast": (lambda x: ops.broadcast_to(x[:1], ops.shape(x)), (None, None, 3)),
    "zeros": (lambda x: ops.zeros((ops.shape(x)[0], 7)), (None, 7)),
    "noise": (lambda x: keras.random.normal(ops.shape(x), seed=1), (None, None, 3)),
    "dropout": (lambda x: keras.random.dropout(x, 0.5, seed=1), (None, None, 3)),
    "concatenate": (lambda x: ops.concatenate([x, x], -1), (None, None, 6)),
    "einsum": (lambda x: ops.einsum("btd,bsd->bts", x, x), (None, None, None)),
    "top_k": (lambda x: ops.top_k(x, 2)[0], (None, None, 2)),
    "strided": (lambda x: x[:, ::2, -1], (None, None)),
    "number of steps": (lambda x: [x + k for k in range(x.shape[-1])][-1], (None, None, 3)),
    "half the steps": (lambda x: x[:, : x.shape[1] // 2], (None, None, 3)),  # Python counts: sizes are put in
    "scan": (lambda x: ops.scan(lambda c, v: (c + v, c), ops.zeros(3), x[:, 0])[1], (None, 3)),
    "recurrence": (lambda x: layers.LSTM(5, return_sequences=True)(x), (None, None, 5)),
    "cond": (lambda x: ops.cond(ops.sum(x) > 0, lambda: x, lambda: -x), (None, None, 3)),
    "switch": (lambda x: ops.switch(ops.argmax(x[0, 0]), [lambda v: v, lambda v: -v], x), (None, None, 3)),
    "while": (lambda x: ops.while_loop(lambda v: ops.sum(v) < 9.0, lambda v: v + 1.0, x), (None, None, 3)),
    "mask": (lambda x: tf.boolean_mask(x, x[..., 0] > 0), (None, 3)),
}


@pytest.mark.parametrize("name", SHAPES)
def test_unknown_extents(name):
    function, expected = SHAPES[name]
    assert shape(function, ((None, None, 3),)) == expected
    made = Does(function)(tf.constant(np.linspace(-1.0, 1.0, 24, dtype="float32").reshape(2, 4, 3)))
    assert len(made.shape) == len(expected)
    assert all(want in (None, have) for have, want in zip(made.shape, expected, strict=True))


def test_segments_of_an_unknown_number_of_rows():
    rows, ids = ((None, 3),), ((None,), "int32")
    assert shape(lambda x, i: ops.segment_sum(x, i, num_segments=4), rows[0:1] + ("float32",), ids) == (4, 3)
    assert shape(lambda x, i: tf.math.segment_mean(x, i), rows[0:1] + ("float32",), ids) == (None, 3)
    known = shape(lambda x, i: ops.segment_max(x, i, num_segments=4), rows[0:1] + ("float32",), ((8,), "int32"))
    assert known == (4, 3)


def test_an_extent_that_one_argument_knows():
    assert shape(lambda x, y: x + y, ((None, 3),), ((8, 3),)) == (8, 3)


# -- nothing happens --------------------------------------------------------------------------------------
def test_nothing_is_computed():
    count = keras.Variable(0.0)
    seen = []

    def counted(x):
        count.assign_add(1.0)
        return tf.numpy_function(lambda v: seen.append(v) or v, [x], tf.float32) if seen else x @ ops.ones((10**6, 2))

    assert shape(counted, ((10**9, 10**6),)) == (10**9, 2)
    assert float(count) == 0.0 and not seen


def test_models_run():
    inputs = keras.Input((3,))
    hidden = layers.Dense(4, activation="relu")(inputs)
    model = keras.Model(inputs, ops.sum(hidden, axis=-1) * 2.0)
    assert model.output_shape == (None,) and model(tf.ones([5, 3])).shape == (5,)


# -- what cannot be ---------------------------------------------------------------------------------------
def test_a_wrong_shape_names_the_shapes():
    with pytest.raises(ValueError, match=r"\[batch, 3\], In\[1\]: \[7, 2\]"):
        shape(lambda x: x @ ops.ones((7, 2)), ((None, 3),))
    with pytest.raises(ValueError, match="does not start with"):
        shape(lambda x, i: tf.math.segment_sum(x, i), ((6, 3),), ((4,), "int32"))


ABSENT = {
    "segments": (lambda i: ops.segment_sum(ops.ones_like(i), i), "Give num_segments"),
    "bincount": (lambda i: ops.bincount(i), "segment_sum"),
}


@pytest.mark.parametrize("name", ABSENT)
def test_what_does_not_exist_names_the_nearest(name):
    function, nearest = ABSENT[name]
    with pytest.raises(NotImplementedError, match=nearest):
        shape(function, ((None,), "int32"))


def test_a_number_that_depends_on_data():
    with pytest.raises(TypeError, match="no number"):
        shape(lambda x: x if float(ops.sum(x)) > 0 else -x, ((None, 3),))


# -- the same inside tf.function --------------------------------------------------------------------------
def test_function_with_an_unknown_batch():
    traces = []

    @tf.function(input_signature=[tf.TensorSpec([None, None, 3])])
    def flat(x):
        traces.append(1)
        places = ops.cast(ops.arange(ops.shape(x)[1]), "float32")
        return ops.reshape(x, (ops.shape(x)[0], -1)), tf.range(2, tf.shape(x)[1], 2), places

    for n, t in ((2, 4), (3, 5)):
        rows, even, places = flat(tf.ones([n, t, 3]))
        assert rows.shape == (n, 3 * t)
        np.testing.assert_array_equal(even, np.arange(2, t, 2))
        np.testing.assert_array_equal(places, np.arange(t))
    assert len(traces) == 1
