"""Keras's recurrent layers in a compiled function, and updates of embedding tables that stay rows."""

import keras
import numpy as np
import pytest

import gradtape as tf

RNG = np.random.default_rng(5)
X = tf.constant(RNG.normal(size=(3, 7, 4)).astype("float32"))


def layers(kind, **options):
    return {
        "lstm": lambda: keras.layers.LSTM(5, **options),
        "gru": lambda: keras.layers.GRU(5, **options),
        "simple": lambda: keras.layers.SimpleRNN(5, **options),
        "both ways": lambda: keras.layers.Bidirectional(keras.layers.LSTM(5, **options)),
        "two cells": lambda: keras.layers.RNN([keras.layers.LSTMCell(5), keras.layers.GRUCell(3)], **options),
    }[kind]()


def step(layer, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.add_n([tf.reduce_sum(tf.sin(out)) for out in tf.nest.flatten(layer(x))])
    return [y, *tape.gradient(y, [x, *[v.value for v in layer.trainable_variables]])]


@pytest.mark.parametrize("kind", ["lstm", "gru", "simple", "both ways", "two cells"])
@pytest.mark.parametrize("options", [{}, {"return_sequences": True}, {"return_state": True, "go_backwards": True}], ids=str)
def test_compiled_layers_give_eager_numbers(kind, options):
    layer = layers(kind, **(options if kind != "both ways" else {k: v for k, v in options.items() if k != "go_backwards"}))
    wanted = step(layer, X)
    found = tf.function(lambda x: step(layer, x))(X)
    for a, b in zip(found, wanted, strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-5, atol=2e-5)


def test_a_recurrence_is_one_operation():
    layer = keras.layers.LSTM(5)
    layer(X)
    names = [node.name for node in tf.function(lambda x: layer(x)).get_concrete_function(X)._concrete.graph.nodes]
    assert names.count("loop_over") == 1


# -- tables -----------------------------------------------------------------------------------------------------------------
RULES = {
    "sgd": lambda: keras.optimizers.SGD(0.1),
    "adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "adam": lambda: keras.optimizers.Adam(0.1),
    "clipnorm": lambda: keras.optimizers.Adagrad(0.1, clipnorm=0.5),
}
IDS = [np.array([3, 7, 3, 49]), np.array([7, 0, 0, 0]), np.array([3, 2, 1, 0])]


def trained(rule, compiled, lazy=False):
    table, w = tf.Variable(np.linspace(-1, 1, 200).reshape(50, 4).astype("float32")), tf.Variable([[1.0], [2.0], [-1.0], [0.5]])
    optimizer = rule()
    if lazy:
        optimizer.sparse_updates = "lazy"
    optimizer.build([table, w])

    def run(ids):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.matmul(tf.gather(table, ids), w) - 1.0))
        optimizer.apply_gradients(zip(tape.gradient(loss, [table, w]), [table, w], strict=True))
        return loss

    run = tf.function(run) if compiled else run
    losses = [run(tf.constant(ids)).numpy() for ids in IDS]
    return [*losses, table.numpy(), w.numpy(), *[v.numpy() for v in optimizer.variables]]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("lazy", [False, True])
def test_compiled_updates_of_rows_are_eager_ones(rule, lazy):
    for a, b in zip(trained(RULES[rule], True, lazy), trained(RULES[rule], False, lazy), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)
