"""keras.callbacks.TensorBoard without TensorFlow, and the watcher at Keras's optimizers."""

import numpy as np
import pytest

import gradtape as tf
from tests.board import started
from tests.unit.test_summary import graphs, in_folder

keras = tf.keras
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorBoard's own imports
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(48, 4)).astype("float32"), RNG.integers(0, 3, 48)


def fitted(folder, layers=None, epochs=2, **options):
    model = keras.Sequential([keras.Input((4,)), *(layers or [keras.layers.Dense(5, activation="relu", name="hidden")]),
                              keras.layers.Dense(3, name="logits")], name="net")  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=["accuracy"])
    callback = keras.callbacks.TensorBoard(folder, **options)
    history = model.fit(X, Y, epochs=epochs, batch_size=16, validation_split=1 / 3, callbacks=[callback], verbose=0)
    return model, history


def steps(folder):
    found = {}
    for step, tag, _, value in in_folder(folder):
        found.setdefault(tag, []).append((step, value))
    return found


def test_metrics_by_epoch(tmp_path):
    _, history = fitted(tmp_path, write_graph=False)
    train, validation = steps(tmp_path / "train"), steps(tmp_path / "validation")
    assert set(train) == {"epoch_loss", "epoch_accuracy", "epoch_learning_rate"}
    assert [s for s, _ in train["epoch_loss"]] == [0, 1]
    np.testing.assert_allclose([v for _, v in train["epoch_loss"]], history.history["loss"], rtol=1e-6)
    np.testing.assert_allclose([v for _, v in validation["epoch_loss"]], history.history["val_loss"], rtol=1e-6)
    assert [s for s, _ in validation["evaluation_loss_vs_iterations"]] == [2, 4]


@pytest.mark.parametrize("every, expected", [("batch", [1, 2, 3, 4]), (2, [2, 4])])
def test_metrics_by_batch(tmp_path, every, expected):
    fitted(tmp_path, update_freq=every, write_steps_per_second=True)
    train = steps(tmp_path / "train")
    assert [s for s, _ in train["batch_loss"]] == expected
    assert [s for s, _ in train["batch_steps_per_second"]] == expected
    assert all(v > 0 for _, v in train["epoch_steps_per_second"])


def test_histograms_and_pictures_of_weights(tmp_path):
    fitted(tmp_path, histogram_freq=2, write_images=True, epochs=3)
    train = steps(tmp_path / "train")
    assert [s for s, _ in train["net/hidden/kernel/histogram"]] == [0, 2]
    assert train["net/hidden/kernel/histogram"][0][1][:, 2].sum() == 20
    assert train["net/hidden/kernel/image"][0][1].ravel()[:2].tolist() == [b"5", b"4"]


def test_summaries_of_a_layer_while_it_trains(tmp_path):
    class Watching(keras.layers.Layer):
        def call(self, x):
            tf.summary.histogram("activations", x)
            return x

    fitted(tmp_path, [keras.layers.Dense(5), Watching()], update_freq=1)
    assert [s for s, _ in steps(tmp_path / "train")["activations"]] == [1, 2, 3, 4]


def test_the_graph_of_the_layers(tmp_path):
    fitted(tmp_path)
    (graph,) = graphs(tmp_path / "train")
    scopes = {part for node in graph.node for part in node.name.split("/")[:-1]}
    assert {"hidden", "logits"} <= scopes
    assert {"matmul", "relu"} <= {node.op for node in graph.node}


def test_several_inputs_and_a_subclass(tmp_path):
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    two = keras.Model({"a": a, "b": b}, keras.layers.Dense(1)(keras.layers.Add()([a, b])))
    two.compile("sgd", "mse")
    two.fit({"a": X, "b": X}, X[:, :1], callbacks=[keras.callbacks.TensorBoard(tmp_path / "two")], verbose=0)
    assert len(graphs(tmp_path / "two" / "train")) == 1

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(1)

        def call(self, x):
            return self.dense(x)

    own = Own()
    own.compile("sgd", "mse")
    own.fit(X, X[:, :1], callbacks=[keras.callbacks.TensorBoard(tmp_path / "own")], verbose=0)
    assert "epoch_loss" in steps(tmp_path / "own" / "train")


def test_tensorboard_shows_the_model_and_its_embeddings(tmp_path):
    words = keras.layers.Embedding(7, 3, name="words")
    model = keras.Sequential([keras.Input((5,), dtype="int32"), words, keras.layers.Flatten(), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    (tmp_path / "names.tsv").write_text("\n".join("abcdefg"), encoding="utf-8")
    callback = keras.callbacks.TensorBoard(tmp_path, embeddings_freq=1, embeddings_metadata={"words": "names.tsv"})
    model.fit(RNG.integers(0, 7, (16, 5)), np.zeros(16), callbacks=[callback], verbose=0)
    with started(tmp_path) as board:
        assert board.json("plugin/graphs/info")["train"]["tags"]["keras"]["conceptual_graph"]
        conceptual = board.bytes("plugin/graphs/graph", run="train", tag="keras", conceptual="true").decode()
        assert "words" in conceptual
        (embedding,) = board.json("plugin/projector/info", run=".")["embeddings"]
        assert (embedding["tensorName"], embedding["tensorShape"], embedding["metadataPath"]) == ("words", [7, 3], "names.tsv")
        values = np.frombuffer(board.bytes("plugin/projector/tensor", run=".", name="words"), np.float32).reshape(7, 3)
    np.testing.assert_allclose(values, words.embeddings.numpy(), rtol=1e-5)


# -- the watcher ------------------------------------------------------------------------------------------------------------
def test_the_watcher_in_fit(tmp_path):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="logits")], name="net")
    model.compile(keras.optimizers.SGD(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    with tf.debugging.Watcher(tmp_path, every=2) as watcher:
        watcher.attach(model.optimizer)
        model.fit(X, Y, batch_size=16, epochs=2, verbose=0)
    assert watcher.steps == 6
    assert [row.name for row in watcher.rows] == ["net/logits/kernel", "net/logits/bias"]
    found = steps(tmp_path)
    assert [s for s, _ in found["update_ratio/net/logits/kernel"]] == [0, 2, 4]
    row = watcher.rows[0]
    assert row.ratio == pytest.approx(0.1 * row.gradient / row.weight, rel=1e-4)


@pytest.mark.parametrize("kind", ["SGD", "Adam", "RMSprop"])
def test_the_watcher_at_an_optimizer_of_a_custom_loop(kind):
    w = tf.Variable(np.ones(6, np.float32), name="w")
    optimizer = getattr(keras.optimizers, kind)(0.01)
    watcher, ratios = tf.debugging.Watcher(every=1), []
    handle = watcher.attach(optimizer)
    for _ in range(4):
        before = w.numpy()
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(w) * np.arange(6, dtype=np.float32))
        optimizer.apply_gradients([(tape.gradient(loss, w), w)])
        ratios.append((watcher.rows[0].ratio, np.linalg.norm(w.numpy() - before) / np.linalg.norm(before)))
    handle.remove()
    optimizer.apply_gradients([(tf.ones(6), w)])
    assert watcher.steps == 4 and ratios[0][0] > 0
    np.testing.assert_allclose(*zip(*ratios, strict=True), rtol=1e-5)


def test_watching_changes_no_number():
    def trained(watch):
        w = tf.Variable(np.linspace(-1, 1, 8, dtype=np.float32))
        optimizer = keras.optimizers.Adam(0.05)
        watcher = tf.debugging.Watcher(every=2)
        if watch:
            watcher.attach(optimizer)
        for _ in range(7):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(tf.square(tf.sin(w)))
            optimizer.apply_gradients([(tape.gradient(loss, w), w)])
        return w.numpy()

    np.testing.assert_array_equal(trained(True), trained(False))
