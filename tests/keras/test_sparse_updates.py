"""Optimizers on IndexedSlices: the numbers of the dense update, in place, and the lazy way."""

import keras
import numpy as np
import pytest

import gradtape as tf

RNG = np.random.default_rng(0)
START = RNG.normal(size=(50, 4)).astype("float32")
ROWS = [np.array([3, 7, 3, 49]), np.array([7, 0]), np.array([3]), np.array([], "int64")]
UPDATES = [RNG.normal(size=(len(r), 4)).astype("float32") for r in ROWS]

RULES = {
    "sgd": lambda: keras.optimizers.SGD(0.1),
    "momentum": lambda: keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "ftrl": lambda: keras.optimizers.Ftrl(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.01),
    "ftrl with shrinkage": lambda: keras.optimizers.Ftrl(0.1, l2_shrinkage_regularization_strength=0.1),
    "adam": lambda: keras.optimizers.Adam(0.1, amsgrad=True),
    "adamw": lambda: keras.optimizers.AdamW(0.1, weight_decay=0.01),
    "adamax": lambda: keras.optimizers.Adamax(0.1),
    "nadam": lambda: keras.optimizers.Nadam(0.1),
    "adadelta": lambda: keras.optimizers.Adadelta(0.1),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.1, momentum=0.5, centered=True),
    "lion": lambda: keras.optimizers.Lion(0.1),
    "lamb": lambda: keras.optimizers.Lamb(0.1),
    "adafactor": lambda: keras.optimizers.Adafactor(0.1),
    "muon": lambda: keras.optimizers.Muon(0.1),
    "clipnorm": lambda: keras.optimizers.Adam(0.1, clipnorm=0.5),
    "global_clipnorm": lambda: keras.optimizers.SGD(0.1, global_clipnorm=0.5),
    "clipvalue": lambda: keras.optimizers.Adagrad(0.1, clipvalue=0.3),
    "loss scale": lambda: keras.optimizers.SGD(0.1, loss_scale_factor=8.0),
    "accumulation": lambda: keras.optimizers.Adam(0.1, gradient_accumulation_steps=2),
    "averages": lambda: keras.optimizers.Adam(0.1, use_ema=True, ema_overwrite_frequency=2),
    "dynamic loss scale": lambda: keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1), initial_scale=4.0),
    "schedule": lambda: keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)),
}


def slices(k):
    return tf.IndexedSlices(tf.constant(UPDATES[k]), tf.constant(ROWS[k]), START.shape)


def trained(rule, sparse, variable):
    optimizer, other = rule(), tf.Variable([1.0, 2.0])
    for k in range(len(ROWS)):
        g = slices(k)
        optimizer.apply_gradients([(g if sparse else tf.convert_to_tensor(g), variable), (tf.constant([0.5, -0.5]), other)])
    return variable.numpy(), other.numpy(), [v.numpy() for v in optimizer.variables]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("kind", [tf.Variable, keras.Variable])
def test_numbers_of_the_dense_update(name, kind, monkeypatch):
    monkeypatch.setattr("keras_gradtape.src.sparse_updates.BLOCK", 64)  # several blocks
    found, other, state = trained(RULES[name], True, kind(START))
    wanted, wanted_other, wanted_state = trained(RULES[name], False, kind(START))
    # Keras's dense Ftrl sets rows to 0 until they get a gradient; ours leaves them
    touched = [3, 7, 49] if name == "ftrl" else list(range(50))
    np.testing.assert_allclose(found[touched], wanted[touched], rtol=2e-5, atol=1e-6)
    np.testing.assert_allclose(other, wanted_other, rtol=1e-5)
    for a, b in zip(state, wanted_state, strict=True):
        pair = (a[touched], b[touched]) if a.shape == START.shape else (a, b)
        np.testing.assert_allclose(*pair, rtol=2e-5, atol=1e-6)


def test_ftrl_leaves_rows_without_a_gradient():
    found, _, _ = trained(RULES["ftrl"], True, tf.Variable(START))
    rest = np.setdiff1d(np.arange(50), [0, 3, 7, 49])
    np.testing.assert_array_equal(found[rest], START[rest])


@pytest.mark.parametrize("name", ["sgd", "adagrad", "momentum", "adam", "lion"])
def test_updates_stay_in_place(name):
    table = tf.Variable(START)
    before = table.value_.ctypes.data
    trained(RULES[name], True, table)
    assert table.value_.ctypes.data == before


@pytest.mark.parametrize("name", ["adam", "momentum", "rmsprop", "lion", "nadam"])
def test_lazy_touches_the_rows_alone(name):
    def lazy():
        optimizer = RULES[name]()
        optimizer.sparse_updates = "lazy"
        return optimizer

    found, _, _ = trained(lazy, True, tf.Variable(START))
    rest = np.setdiff1d(np.arange(50), [0, 3, 7, 49])
    np.testing.assert_array_equal(found[rest], START[rest])
    exact, _, _ = trained(RULES[name], True, tf.Variable(START))
    assert (exact[rest] == START[rest]).all() and (exact[3] != found[3]).any()  # moments of rows at rest decay, or do not


def test_another_word_is_refused():
    optimizer = keras.optimizers.SGD(0.1)
    optimizer.sparse_updates = "sloppy"
    with pytest.raises(ValueError, match=r"one of .*lazy.* got 'sloppy'"):
        optimizer.apply_gradients([(slices(0), tf.Variable(START))])


def test_an_embedding_layer_end_to_end():
    layers = [keras.layers.Embedding(20, 3) for _ in range(2)]
    ids = tf.constant([[1, 2], [2, 5]])
    for layer in layers:
        layer(ids)
    layers[1].embeddings.assign(layers[0].embeddings)
    optimizers = [keras.optimizers.Adam(0.1, global_clipnorm=0.1) for _ in layers]
    for _ in range(3):
        for layer, optimizer, dense in zip(layers, optimizers, (False, True), strict=True):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(layer(ids) ** 2.0)
            g = tape.gradient(loss, layer.trainable_weights)
            assert isinstance(g[0], tf.IndexedSlices)
            optimizer.apply([tf.convert_to_tensor(x) for x in g] if dense else g, layer.trainable_weights)
    np.testing.assert_allclose(layers[0].embeddings.numpy(), layers[1].embeddings.numpy(), rtol=1e-5, atol=1e-7)
