"""TensorBoard shows what tf.summary wrote: its plug-ins are asked over HTTP for the data."""

import numpy as np
import pytest

import gradtape as tf
from tests.board import started

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorBoard's own imports
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
PIXELS = np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3)
TONE = np.sin(np.arange(80) / 9).astype(np.float32)[None, :, None]


def write_all(folder):
    with tf.summary.create_file_writer(folder).as_default():
        for step in range(3):
            tf.summary.scalar("loss", 1.0 / (step + 1), step=step, description="the *mean* loss")
            tf.summary.histogram("weights", [0.0, 1.0, 1.0, 2.0], step=step, buckets=2)
        tf.summary.image("pixels", PIXELS, step=1)
        tf.summary.audio("tone", TONE, 8000, step=1)
        tf.summary.text("note", "**bold**", step=1)
        tf.summary.text("table", [["a", "b"]], step=1)
        w = tf.Variable(tf.ones([3, 2]), name="kernel")
        with tf.GradientTape() as tape, tf.debugging.region("encoder"):
            tf.tanh(tf.matmul(tf.ones([4, 3]), w))
        tf.summary.graph(tape)
        f = tf.function(lambda x: tf.exp(x) * w)
        tf.summary.trace_on()
        f(tf.ones([3, 1]))
        tf.summary.trace_export("forward", step=0)


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logs")
    write_all(str(folder / "run"))
    with started(folder) as found:
        yield found


def test_the_run_and_its_pages(board):
    assert board.json("runs") == ["run"]
    listed = board.json("plugins_listing")
    active = {name for name, plugin in listed.items() if plugin["enabled"]}
    assert {"scalars", "histograms", "distributions", "images", "audio", "text", "graphs"} <= active


def test_scalars(board):
    tag = board.json("plugin/scalars/tags")["run"]["loss"]
    assert tag["description"] == "<p>the <em>mean</em> loss</p>"
    values = board.json("plugin/scalars/scalars", run="run", tag="loss")
    assert [(step, value) for _, step, value in values] == [(k, float(np.float32(1 / (k + 1)))) for k in range(3)]


def test_histograms_and_distributions(board):
    found = board.json("plugin/histograms/histograms", run="run", tag="weights")
    assert [(step, rows) for _, step, rows in found] == [(k, [[0.0, 1.0, 1.0], [1.0, 2.0, 3.0]]) for k in range(3)]
    compressed = board.json("plugin/distributions/distributions", run="run", tag="weights")
    assert [step for _, step, _ in compressed] == [0, 1, 2] and len(compressed[0][2]) == 9


def test_images(board):
    assert board.json("plugin/images/tags")["run"]["pixels"]["samples"] == 2
    for sample in range(2):
        (entry,) = board.json("plugin/images/images", run="run", tag="pixels", sample=sample)
        assert entry["step"] == 1
        file = board.bytes("plugin/images/individualImage?" + entry["query"])
        np.testing.assert_array_equal(tf.io.decode_png(file).numpy(), PIXELS[sample])


def test_audio(board):
    (entry,) = board.json("plugin/audio/audio", run="run", tag="tone", sample=0)
    assert entry["contentType"] == "audio/wav"
    samples, rate = tf.audio.decode_wav(board.bytes("plugin/audio/individualAudio?" + entry["query"]))
    assert int(rate) == 8000
    np.testing.assert_allclose(samples.numpy(), TONE[0], atol=1 / 32768)


def test_text(board):
    assert sorted(board.json("plugin/text/tags")["run"]) == ["note", "table"]
    (note,) = board.json("plugin/text/text", run="run", tag="note")
    assert note["text"] == "<p><strong>bold</strong></p>"
    (table,) = board.json("plugin/text/text", run="run", tag="table")
    assert "<table>" in table["text"]


def test_graphs(board):
    info = board.json("plugin/graphs/info")["run"]
    assert info["run_graph"] and info["tags"]["forward"]["op_graph"]
    tape = board.bytes("plugin/graphs/graph", run="run").decode()
    assert 'name: "encoder/matmul"' in tape and 'input: "kernel"' in tape and 'input: "encoder/matmul"' in tape
    traced = board.bytes("plugin/graphs/graph", run="run", tag="forward").decode()
    assert 'op: "exp"' in traced and traced.count("node {") >= 5
