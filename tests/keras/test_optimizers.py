"""Optimizers on plain variables, on modules, on sparse gradients; their state, their errors."""

import keras
import numpy as np
import pytest

import gradtape as tf


def step(optimizer, variables, loss):
    with tf.GradientTape() as tape:
        value = loss()
    optimizer.apply_gradients(zip(tape.gradient(value, variables), variables, strict=True))
    return float(value)


def test_plain_variables_change_themselves():
    w, b = tf.Variable([1.0, -2.0]), tf.Variable(0.5)
    optimizer = keras.optimizers.Adam(0.1)
    losses = [step(optimizer, [w, b], lambda: tf.reduce_sum(tf.square(w)) + b * b) for _ in range(60)]
    assert losses[-1] < 0.01 * losses[0] and int(optimizer.iterations) == 60
    assert type(w) is tf.Variable and abs(w.numpy()).max() < 0.3


def test_module_variables():
    class Net(tf.Module):
        def __init__(self):
            super().__init__()
            self.inner = [tf.Variable(tf.ones([2, 2])), tf.Variable(tf.zeros([2]))]

    net = Net()
    optimizer = keras.optimizers.SGD(0.1, momentum=0.9)
    x, y = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[0.0, 1.0], [1.0, 0.0]])
    w, b = net.inner
    losses = [
        step(optimizer, net.trainable_variables, lambda: tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))) for _ in range(40)
    ]
    assert losses[-1] < losses[0] / 10


def test_plain_and_keras_variables_together():
    plain, own = tf.Variable(2.0), keras.Variable(3.0)
    optimizer = keras.optimizers.RMSprop(0.1)
    for _ in range(5):
        step(optimizer, [plain, own], lambda: plain * plain + own * own)
    assert float(plain) < 2.0 and float(own) < 3.0


def test_another_set_of_variables_gives_keras_error():
    optimizer = keras.optimizers.Adam(0.1)
    first, other = tf.Variable(1.0), tf.Variable(1.0)
    step(optimizer, [first], lambda: first * first)
    with pytest.raises(ValueError, match="Unknown variable"):
        step(optimizer, [other], lambda: other * other)
    optimizer = keras.optimizers.SGD(0.1)
    optimizer.build([first, other])
    for v in (first, other):
        step(optimizer, [v], lambda v=v: v * 1.0)
    assert float(first) == pytest.approx(0.8) and float(other) == pytest.approx(0.9)


@pytest.mark.parametrize("kind", ["SGD", "Adam", "Adagrad", "Ftrl"])
@pytest.mark.parametrize("options", [{}, {"clipnorm": 0.1}, {"global_clipnorm": 0.1}, {"gradient_accumulation_steps": 2}])
def test_rows_of_a_table(kind, options):
    start = np.arange(8.0, dtype="float32").reshape(4, 2)
    table, dense = tf.Variable(start), tf.Variable(start)
    rows = tf.constant([1, 3, 1])
    sparse_optimizer, dense_optimizer = (getattr(keras.optimizers, kind)(0.1, **options) for _ in range(2))
    for _ in range(4):
        with tf.GradientTape() as tape:
            value = tf.reduce_sum(tf.square(tf.gather(table, rows)))
        gradient = tape.gradient(value, table)
        assert isinstance(gradient, tf.IndexedSlices)
        sparse_optimizer.apply_gradients([(gradient, table)])
        with tf.GradientTape() as tape:
            value = tf.reduce_sum(tf.square(tf.gather(dense * 1.0, rows)))
        dense_optimizer.apply_gradients([(tape.gradient(value, dense), dense)])
    known = [1, 3] if kind == "Ftrl" else [0, 1, 2, 3]  # a row without a gradient keeps its value under our Ftrl
    np.testing.assert_allclose(table.numpy()[known], dense.numpy()[known], rtol=2e-5)
    assert (table.numpy()[1] != start[1]).all()


def test_missing_gradients():
    used, unused = tf.Variable(1.0, name="used"), tf.Variable(1.0, name="unused")
    optimizer = keras.optimizers.SGD(0.1)
    with pytest.warns(UserWarning, match="unused"):
        step(optimizer, [used, unused], lambda: used * used)
    with pytest.raises(ValueError, match="No gradients provided for any variable"):
        step(optimizer, [unused], lambda: used * used)


def test_constraints_hold_after_an_update():
    v = tf.Variable([1.0, -1.0], constraint=lambda x: tf.clip_by_value(x, -1.0, 1.0))
    step(keras.optimizers.SGD(1.0), [v], lambda: -tf.reduce_sum(tf.square(v)))
    assert v.numpy().tolist() == [1.0, -1.0]


def test_state_goes_out_and_in():
    def trained(optimizer, v, steps):
        for _ in range(steps):
            step(optimizer, [v], lambda: tf.reduce_sum(tf.square(v)))

    first, copy = keras.optimizers.Adam(0.1), keras.optimizers.Adam(0.1)
    a, b = tf.Variable([1.0, 2.0]), tf.Variable([1.0, 2.0])
    trained(first, a, 3)
    copy.build([b])
    copy.set_weights([w.numpy() for w in first.variables])
    b.assign(a)
    trained(first, a, 2), trained(copy, b, 2)
    assert a.numpy().tolist() == b.numpy().tolist() and int(copy.iterations) == 5


def test_learning_rate_can_be_set():
    v, optimizer = tf.Variable(1.0), keras.optimizers.SGD(0.1)
    optimizer.learning_rate = 0.5
    step(optimizer, [v], lambda: v * 1.0)
    assert float(v) == 0.5 and float(optimizer.learning_rate) == 0.5


def test_loss_scaling_skips_steps_that_overflow():
    v = tf.Variable(1.0)
    optimizer = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1), initial_scale=4.0)
    optimizer.build([v])
    with tf.GradientTape() as tape:
        loss = optimizer.scale_loss(v * v)
    optimizer.apply_gradients([(tape.gradient(loss, v), v)])
    assert float(v) == pytest.approx(0.8)
    optimizer.apply_gradients([(tf.constant(float("inf")), v)])
    assert float(v) == pytest.approx(0.8) and float(optimizer.dynamic_scale) == 2.0


def test_stateless_apply():
    v = keras.Variable([1.0, 2.0])
    optimizer = keras.optimizers.SGD(0.5)
    optimizer.build([v])
    (new,), _ = optimizer.stateless_apply([w.value for w in optimizer.variables], [tf.ones([2])], [v.value])
    assert new.numpy().tolist() == [0.5, 1.5] and v.numpy().tolist() == [1.0, 2.0]
