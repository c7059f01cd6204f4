"""fit, evaluate and predict on arrays, tensors, generators and data sets; custom steps; saving."""

import keras
import numpy as np
import pytest

import gradtape as tf

random = np.random.default_rng(0)
X = random.normal(size=(48, 3)).astype("float32")
Y = (X @ np.array([[1.0], [-2.0], [0.5]]) + 0.3).astype("float32")


def line(**options):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(**{"optimizer": keras.optimizers.SGD(0.1), "loss": "mse", "metrics": ["mae"], **options})
    return model


def test_fit_finds_the_line():
    model = line()
    history = model.fit(X, Y, epochs=40, batch_size=16, verbose=0)
    assert history.history["loss"][-1] < 1e-6
    np.testing.assert_allclose(model.get_weights()[0].ravel(), [1.0, -2.0, 0.5], atol=1e-3)
    assert model.evaluate(X, Y, verbose=0)[0] < 1e-6
    np.testing.assert_allclose(model.predict(X, verbose=0), Y, atol=1e-3)


def batches():
    while True:
        yield X[:16], Y[:16]


class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 3

    def __getitem__(self, i):
        return X[16 * i : 16 * (i + 1)], Y[16 * i : 16 * (i + 1)]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        ((tf.constant(X), tf.constant(Y)), {"batch_size": 16, "validation_split": 0.25}),
        ((X, Y), {"batch_size": 16, "sample_weight": np.ones(48)}),
        ((batches(),), {"steps_per_epoch": 3, "shuffle": False}),
        ((Batches(),), {"validation_data": (X, Y)}),
    ],
)
def test_kinds_of_data(data, options):
    model = line(steps_per_execution=2)
    losses = model.fit(*data, epochs=5, verbose=0, **options).history["loss"]
    assert losses[-1] < losses[0] and len(losses) == 5


def test_custom_train_step():
    class Custom(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(1)
            self.seen = keras.metrics.Mean(name="seen")

        def call(self, x):
            return self.dense(x)

        def train_step(self, data):
            x, y = data
            assert tf.is_tensor(x) and x.shape[0] == y.shape[0]
            with tf.GradientTape() as tape:
                tape.watch(x)
                loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            self.seen.update_state(loss)
            return {"seen": self.seen.result()}

    model = Custom()
    model.compile(optimizer=keras.optimizers.SGD(0.1))
    seen = model.fit(X, Y, epochs=10, batch_size=16, verbose=0).history["seen"]
    assert seen[-1] < seen[0] / 10


def test_single_batches():
    model = line()
    first = model.train_on_batch(X, Y, return_dict=True)
    assert set(first) == {"loss", "mae"} and model.train_on_batch(X, Y)[0] < first["loss"]
    assert len(model.test_on_batch(X, Y)) == 2 and model.predict_on_batch(X).shape == (48, 1)
    with pytest.raises(ValueError, match="cannot be specified at the same time"):
        model.train_on_batch(X, Y, sample_weight=np.ones(48), class_weight={0: 1.0})


def test_callbacks_stop_and_listen(capsys):
    model = line()
    stop = keras.callbacks.EarlyStopping("loss", min_delta=0.01, patience=1)
    seen = []
    listen = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: seen.append(float(logs["loss"])))
    history = model.fit(X, Y, epochs=50, batch_size=16, verbose=2, callbacks=[stop, listen])
    assert len(history.epoch) < 50 and len(seen) == 3 * len(history.epoch)
    assert "Epoch 1/50" in capsys.readouterr().out


def test_frozen_models_and_uncompiled_ones():
    model = line()
    model.trainable = False
    model.compile(optimizer="sgd", loss="mse")
    with pytest.warns(UserWarning, match="does not have any trainable weights"):
        model.fit(X, Y, verbose=0)
    with pytest.raises(ValueError, match="compile"):
        keras.Sequential([keras.layers.Dense(1)]).fit(X, Y)


def test_a_wrong_shape_names_the_layer():
    with pytest.raises(ValueError, match=r"incompatible with the layer|expected shape"):
        line().fit(X[:, :2], Y, verbose=0)


@pytest.mark.filterwarnings("ignore:Layer 'lstm")  # Keras 3.16 says so of every recurrent layer whose mask ends there
def test_recurrence_with_masks():
    model = keras.Sequential(
        [keras.Input((None,)), keras.layers.Embedding(7, 4, mask_zero=True), keras.layers.LSTM(5), keras.layers.Dense(1)]
    )
    short, padded = np.array([[1, 2, 3]]), np.array([[1, 2, 3, 0, 0]])
    np.testing.assert_allclose(model.predict(short, verbose=0), model.predict(padded, verbose=0), rtol=1e-5)
    model.compile(optimizer="adam", loss="mse")
    tokens = random.integers(1, 7, (16, 5))
    losses = model.fit(tokens, tokens.mean(1), epochs=3, verbose=0).history["loss"]
    assert losses[-1] < losses[0]


def test_batch_norm_and_dropout_know_training():
    model = keras.Sequential([keras.Input((3,)), keras.layers.BatchNormalization(), keras.layers.Dropout(0.5, seed=1)])
    x = tf.constant(X)
    assert (np.array(model(x, training=True)) == 0).any() and not (np.array(model(x)) == 0).any()
    assert abs(model.layers[0].moving_mean.numpy()).max() > 0


def test_saving(tmp_path):
    model = line()
    model.fit(X, Y, epochs=2, verbose=0)
    want = model.predict(X, verbose=0)
    model.save(tmp_path / "m.keras")
    np.testing.assert_array_equal(keras.saving.load_model(tmp_path / "m.keras").predict(X, verbose=0), want)
    model.save_weights(tmp_path / "m.weights.h5")
    other = line()
    other.load_weights(tmp_path / "m.weights.h5")
    np.testing.assert_array_equal(other.predict(X, verbose=0), want)
    with pytest.raises(NotImplementedError, match=r"model\.keras"):
        model.export(tmp_path / "m", verbose=False)


def test_no_gradients_provided_says_why():
    class Cut(keras.layers.Layer):
        def call(self, x):
            return tf.stop_gradient(x)

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1), Cut()])
    model.compile("sgd", "mse")
    with pytest.raises(ValueError, match=r"No gradients provided for any variable.*stop_gradient cuts the path") as caught:
        model.fit(np.ones((4, 3), "float32"), np.ones((4, 1), "float32"), verbose=0)
    assert "return tf.stop_gradient(x)" in str(caught.value)


def test_layers_are_boxes_of_a_summary():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="first"), keras.layers.Dense(1, name="second")])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(np.ones((4, 3), "float32")))
    rows = [line.split()[0] for line in str(tape.summary()).splitlines()]
    assert loss is not None and rows.index("first") < rows.index("matmul") < rows.index("second")
