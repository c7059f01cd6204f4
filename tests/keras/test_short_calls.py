"""The shorter way of calling a layer: what it gives, and the errors, are those of Keras's own way."""

import keras
import numpy as np
import pytest
from keras.src.backend.common.masking import get_keras_mask

import gradtape as tf

WHOLE = keras.Layer.__call__.__wrapped__.__wrapped__


def both(layer, *args, **kwargs):
    """What the layer's call gives, and what Keras's own way gives."""
    return layer(*args, **kwargs), WHOLE(layer, *args, **kwargs)


def model():
    inputs = keras.Input((4,))
    x = keras.layers.Dense(6, activation="relu")(inputs)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.Dropout(0.5, seed=1)(x)
    return keras.Model(inputs, keras.layers.Dense(2)(x))


def test_same_results_and_same_training():
    net, x = model(), tf.constant(np.random.default_rng(0).normal(size=(8, 4)).astype("float32"))
    ours, whole = both(net, x)
    np.testing.assert_array_equal(ours.numpy(), whole.numpy())
    moving = net.layers[2].moving_mean
    before = moving.numpy()
    net(x, training=True)
    assert (moving.numpy() != before).any()
    after = moving.numpy()
    net(x, training=False), net(x, training=None), net(x)
    np.testing.assert_array_equal(moving.numpy(), after)


def test_training_reaches_inner_layers_and_no_further():
    class Inner(keras.Layer):
        def call(self, x, training=None):
            seen.append(training)
            return x

    class Outer(keras.Layer):
        def __init__(self, **options):
            super().__init__()
            self.inner, self.options = Inner(), options

        def call(self, x):
            return self.inner(x, **self.options)

    seen, x = [], tf.ones([2, 2])
    plain, fixed = Outer(), Outer(training=False)
    plain(x), fixed(x)
    seen.clear()
    for layer_call in (lambda layer, **options: layer(x, **options), lambda layer, **options: WHOLE(layer, x, **options)):
        layer_call(plain), layer_call(plain, training=True), layer_call(fixed, training=True), layer_call(plain)
    assert seen == [None, True, False, None] * 2


@pytest.mark.parametrize("shape", [(3, 5), (4,), ()])
def test_a_wrong_shape_is_refused_in_the_same_words(shape):
    layer = keras.layers.Dense(3)
    layer(tf.ones([2, 4])), layer(tf.ones([2, 4]))
    messages = []
    for call in (layer, lambda x: WHOLE(layer, x)):
        with pytest.raises(ValueError) as caught:
            call(tf.ones(shape))
        messages.append(str(caught.value))
    assert messages[0] == messages[1] and "dense" in messages[0]


def test_an_error_inside_names_the_arguments():
    class Broken(keras.Layer):
        broken = False

        def call(self, x, training=None):
            if self.broken:
                raise ValueError("no such luck")
            return x

    layer = Broken()
    layer(tf.ones([2])), layer(tf.ones([2]))
    layer.broken = True
    messages = []
    for call in (layer, lambda x: WHOLE(layer, x)):
        with pytest.raises(ValueError) as caught:
            call(tf.ones([2]))
        messages.append(str(caught.value))
    assert messages[0] == messages[1]
    assert "no such luck" in messages[0] and "Arguments received by Broken.call()" in messages[0]
    layer.broken = False
    assert layer(tf.ones([2])).numpy().tolist() == [1.0, 1.0]  # the call context was left


@pytest.mark.filterwarnings("ignore:Layer 'lstm")
def test_masks_go_on():
    embedding, lstm = keras.layers.Embedding(5, 3, mask_zero=True), keras.layers.LSTM(2)
    tokens = tf.constant([[1, 2, 0], [3, 0, 0]], tf.int32)
    for _ in range(2):
        vectors = embedding(tokens)
        ours, whole = both(lstm, vectors)
        np.testing.assert_array_equal(ours.numpy(), whole.numpy())
        assert get_keras_mask(vectors).numpy().tolist() == [[True, True, False], [True, False, False]]
    assert (lstm(vectors).numpy() != lstm(tf.identity(vectors)).numpy()).any()


def test_losses_are_those_of_the_last_call():
    layer = keras.layers.Dense(2, activity_regularizer="l2", kernel_regularizer="l1")
    for _ in range(3):
        layer(tf.ones([2, 3]))
        assert len(layer.losses) == 2

    class Penalty(keras.Layer):
        def call(self, x):
            self.add_loss(tf.reduce_sum(x))
            return x

    penalty = Penalty()
    for _ in range(3):
        penalty(tf.ones([2]))
        assert [float(v) for v in penalty.losses] == [2.0]


def test_other_dtypes_are_cast():
    layer = keras.layers.Dense(2)
    for _ in range(2):
        assert layer(tf.ones([2, 3], tf.float64)).dtype == tf.float32
    half = keras.layers.Dense(2, dtype="mixed_float16")
    for _ in range(2):
        assert half(tf.ones([2, 3])).dtype == tf.float16 and half(tf.ones([2, 3], tf.float16)).dtype == tf.float16


def test_lists_arrays_and_symbols_go_keras_way():
    layer = keras.layers.Dense(2)
    layer(tf.ones([2, 3])), layer(tf.ones([2, 3]))
    assert layer(np.ones((2, 3))).shape == (2, 2)
    assert isinstance(layer(keras.Input((3,))), keras.KerasTensor)
    with pytest.raises(ValueError, match="Only input tensors may be passed"):
        layer("text")
    with pytest.raises(TypeError):
        layer(tf.ones([2, 3]), unknown=1)


def test_layers_are_regions_of_a_tape():
    layer = keras.layers.Dense(2, name="seen")
    layer(tf.ones([2, 3])), layer(tf.ones([2, 3]))
    with tf.GradientTape() as tape:
        tf.reduce_sum(layer(tf.ones([2, 3])))
    assert "seen" in str(tape.summary())
