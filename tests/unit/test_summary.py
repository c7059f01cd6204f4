"""tf.summary: what is in the event files, and when it gets there."""

import gc
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
from tensorboard.compat.proto.config_pb2 import RunMetadata
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboard.util.tensor_util import make_ndarray

import gradtape as tf
from tests.data import summary_cases

RECORDED = Path(__file__).resolve().parents[1] / "data" / "summary.tfevents"


def raw_events(path):
    return [Event.FromString(data) for data in RawEventFileLoader(str(path)).Load()]


def summaries(path):
    """(step, tag, metadata, values) of each."""
    return [
        (event.step, value.tag, value.metadata, make_ndarray(value.tensor))
        for event in raw_events(path)
        for value in event.summary.value
    ]


def in_folder(folder):
    return [summary for file in sorted(Path(folder).iterdir()) for summary in summaries(file)]


def shown(folder):
    return [(step, tag, value.tolist()) for step, tag, _, value in in_folder(folder)]


@pytest.fixture
def writer(tmp_path):
    made = tf.summary.create_file_writer(str(tmp_path / "run"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_step_is_left():
    yield
    tf.summary.experimental.set_step(None)


# -- the files ------------------------------------------------------------------------------------------------------------
def pixels(item):
    return tf.io.decode_png(item).numpy().tolist() if item.startswith(b"\x89PNG") else item


def comparable(tag, values):
    if values.dtype != object:
        return values.dtype, values.tolist()
    return "strings", values.shape, [pixels(item) for item in values.ravel()]


def test_they_hold_what_tensorflow_writes(tmp_path):
    writer = tf.summary.create_file_writer(tmp_path)
    with writer.as_default():
        summary_cases.write(tf)
    here, there = in_folder(tmp_path), summaries(RECORDED)
    assert [s[:3] for s in here] == [s[:3] for s in there]
    for (_, tag, _, x), (_, _, _, y) in zip(here, there, strict=True):
        assert (x.dtype, x.shape) == (y.dtype, y.shape), tag
        if x.dtype == np.float64:
            np.testing.assert_allclose(x, y, rtol=1e-12, atol=1e-12, err_msg=tag)
        else:
            assert comparable(tag, x) == comparable(tag, y), tag


def test_the_file_has_tensorflows_name_and_version(writer, tmp_path):
    writer.flush()
    (file,) = (tmp_path / "run").iterdir()
    assert file.name.startswith("events.out.tfevents.") and file.name.endswith(".v2")
    assert raw_events(file)[0].file_version == "brain.Event:2"


def test_several_writers_of_a_folder_have_files_of_their_own(tmp_path):
    writers = [tf.summary.create_file_writer(tmp_path, filename_suffix=suffix) for suffix in (".a", ".b")]
    for k, writer in enumerate(writers):
        with writer.as_default():
            tf.summary.scalar("k", k, step=k)
    assert sorted(shown(tmp_path)) == [(0, "k", 0.0), (1, "k", 1.0)]


def test_a_histogram_leaves_out_what_is_not_finite(writer, tmp_path):
    with writer.as_default(step=0):
        tf.summary.histogram("h", [1.0, np.nan, 3.0, np.inf, -np.inf], buckets=2)
        tf.summary.histogram("n", [np.nan, np.inf], buckets=2)
    assert shown(tmp_path / "run") == [(0, "h", [[1.0, 2.0, 1.0], [2.0, 3.0, 1.0]]), (0, "n", [[0.0] * 3] * 2)]


def test_raw_messages(writer, tmp_path):
    message = Summary()
    message.value.add(tag="old", simple_value=1.5)
    with writer.as_default():
        assert tf.summary.experimental.write_raw_pb(message.SerializeToString(), step=4)
        with pytest.raises(tf.errors.DataLossError, match="string 0"):
            tf.summary.experimental.write_raw_pb("junk", step=4)
    (file,) = (tmp_path / "run").iterdir()
    assert [(e.step, v.simple_value) for e in raw_events(file) for v in e.summary.value] == [(4, 1.5)]


def test_it_is_written_when_the_program_ends_or_forgets_the_writer(tmp_path):
    code = "import gradtape as tf, sys\ntf.summary.create_file_writer(sys.argv[1]).set_as_default(3)\ntf.summary.scalar('x', 1.0)"
    subprocess.run([sys.executable, "-c", code, tmp_path / "ended"], check=True)
    assert shown(tmp_path / "ended") == [(3, "x", 1.0)]
    writer = tf.summary.create_file_writer(tmp_path / "forgotten", flush_millis=10**9)
    with writer.as_default():
        tf.summary.scalar("x", 2.0, step=0)
    del writer
    gc.collect()
    assert shown(tmp_path / "forgotten") == [(0, "x", 2.0)]


# -- when -------------------------------------------------------------------------------------------------------------------
def test_without_a_writer_nothing_is_written_and_arguments_are_still_checked():
    assert not tf.summary.scalar("x", 1.0)
    assert not tf.summary.should_record_summaries()
    with pytest.raises(ValueError, match=r"Expected scalar shape, saw shape: \(2,\)"):
        tf.summary.scalar("x", [1.0, 2.0])


def test_the_condition_is_asked_each_time(writer, tmp_path):
    step = tf.Variable(0, dtype=tf.int64)
    with writer.as_default(step=step), tf.summary.record_if(lambda: step % 2 == 0):
        for _ in range(4):
            tf.summary.scalar("x", 1.0)
            step.assign_add(1)
    assert shown(tmp_path / "run") == [(0, "x", 1.0), (2, "x", 1.0)]


def test_what_is_not_written_is_not_made(writer):
    def never():
        raise AssertionError

    assert not tf.summary.write("x", never, step=0)
    with writer.as_default(), tf.summary.record_if(False):
        assert not tf.summary.write("x", never, step=0)


def test_writers_nest_and_come_back(tmp_path):
    outer, inner = (tf.summary.create_file_writer(tmp_path / name) for name in ("outer", "inner"))
    with outer.as_default(step=10):
        tf.summary.scalar("a", 1.0)
        with inner.as_default(step=20) as given:
            assert given is inner
            tf.summary.scalar("b", 1.0)
        with tf.summary.create_noop_writer().as_default() as none:
            assert none is None
            tf.summary.scalar("c", 1.0)
    assert tf.summary.experimental.get_step() is None
    assert [s[:2] for s in shown(tmp_path / "outer")] == [(10, "a"), (10, "c")]
    assert [s[:2] for s in shown(tmp_path / "inner")] == [(20, "b")]


def test_a_closed_writer(tmp_path):
    writer = tf.summary.create_file_writer(tmp_path)
    writer.close()
    writer.close()
    writer.flush()
    for ask in (writer.init, writer.as_default, writer.set_as_default):
        with pytest.raises(RuntimeError, match="already closed"):
            ask()
    other = tf.summary.create_file_writer(tmp_path)
    with other.as_default():
        other.close()
        with pytest.raises(tf.errors.NotFoundError, match="is closed"):
            tf.summary.scalar("x", 1.0, step=0)


# -- inside a function ------------------------------------------------------------------------------------------------------
def test_a_compiled_step_writes_where_the_caller_says(tmp_path):
    @tf.function
    def square(x):
        y = x * x
        tf.summary.scalar("y", y)
        return y

    assert float(square(tf.constant(2.0))) == 4.0  # traced without a writer
    writers = [tf.summary.create_file_writer(tmp_path / name) for name in "ab"]
    for k, writer in enumerate(writers):
        with writer.as_default(step=k):
            square(tf.constant(3.0 + k))
            with tf.summary.record_if(False):
                square(tf.constant(9.0))
    assert square.experimental_get_tracing_count() == 1
    assert shown(tmp_path / "a") == [(0, "y", 9.0)]
    assert shown(tmp_path / "b") == [(1, "y", 16.0)]


def test_a_writer_step_and_condition_of_the_function_itself(writer, tmp_path):
    count = tf.Variable(0, dtype=tf.int64)

    @tf.function
    def f(x):
        with writer.as_default(step=7):
            tf.summary.scalar("fixed", x)
            count.assign_add(1)
            tf.summary.scalar("counted", x, step=count)
            with tf.summary.record_if(lambda: x > 2.0):
                tf.summary.scalar("large", x, step=count)
            if x > 2.5:
                tf.summary.text("in a branch", "yes")
        return x

    f(tf.constant(1.0))
    f(tf.constant(3.0))
    writer.flush()
    assert [s[:2] for s in shown(tmp_path / "run")] == [
        (7, "fixed"), (1, "counted"), (7, "fixed"), (2, "counted"), (2, "large"), (7, "in a branch"),
    ]  # fmt: skip


def test_a_function_on_a_tape_has_its_gradient(writer, tmp_path):
    w = tf.Variable(2.0)

    @tf.function
    def loss(x):
        y = tf.square(x * w)
        tf.summary.scalar("loss", y)
        tf.summary.histogram("x", x, buckets=1)
        return y

    with writer.as_default(step=0), tf.GradientTape() as tape:
        y = loss(tf.constant(3.0))
    assert float(tape.gradient(y, w)) == 36.0
    assert shown(tmp_path / "run") == [(0, "loss", 36.0), (0, "x", [[3.0, 3.0, 1.0]])]


def test_a_variable_as_default_step_is_read_in_order(writer, tmp_path):
    step = tf.Variable(0, dtype=tf.int64)
    tf.summary.experimental.set_step(step)

    @tf.function
    def f():
        for _ in range(3):
            tf.summary.scalar("x", 1.0)
            step.assign_add(1)

    with writer.as_default():
        f()
        f()
    assert [s[0] for s in shown(tmp_path / "run")] == list(range(6))


def test_no_step_inside_a_function(writer):
    f = tf.function(lambda x: tf.summary.scalar("x", x))
    assert not f(1.0)
    with writer.as_default(), pytest.raises(ValueError, match="No step set"):
        f(1.0)


def test_once_an_element_inside_a_map(writer, tmp_path):
    with writer.as_default(step=0):
        tf.vectorized_map(lambda x: tf.summary.scalar("x", x), tf.constant([1.0, 2.0]))
    assert shown(tmp_path / "run") == [(0, "x", 1.0), (0, "x", 2.0)]


# -- graphs -------------------------------------------------------------------------------------------------------------------
def graphs(folder):
    return [GraphDef.FromString(e.graph_def) for file in Path(folder).iterdir() for e in raw_events(file) if e.graph_def]


def test_a_tape_as_a_graph(writer, tmp_path):
    w = tf.Variable(tf.ones([3, 2]), name="kernel")
    x = tf.constant(np.ones((4, 3), np.float32))
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tf.debugging.region("encoder"):
            y = tf.tanh(tf.matmul(x, w))
        loss = tf.reduce_sum(y * y)
    with writer.as_default():
        assert tf.summary.graph(tape)
    (graph,) = graphs(tmp_path / "run")
    nodes = {node.name.rpartition("/")[2]: node for node in graph.node}
    assert {name: node.op for name, node in nodes.items()} == {
        "kernel": "Variable", "watched": "Placeholder", "matmul": "matmul", "tanh": "tanh", "multiply": "multiply", "reduce_sum": "reduce_sum",
    }  # fmt: skip
    assert list(nodes["matmul"].input) == ["watched", "kernel"]
    assert list(nodes["multiply"].input) == [nodes["tanh"].name]
    assert "encoder" in nodes["tanh"].name.split("/") and "encoder" not in nodes["multiply"].name.split("/")
    assert [d.size for d in nodes["tanh"].attr["_output_shapes"].list.shape[0].dim] == [4, 2]
    assert nodes["tanh"].attr["line"].s.decode().startswith(__file__)
    assert float(loss) == float(tf.reduce_sum(tf.square(tf.tanh(x @ w))))


def test_names_are_given_once_and_refer_to_what_is_there(writer, tmp_path):
    with tf.GradientTape(persistent=True) as tape:
        xs = [tf.Variable(float(k), name="a b:c") for k in range(3)]
        y = tf.add_n([tf.exp(x) for x in xs])
        parts = tf.split(tf.stack([y, y]), 2)
        z = parts[0] * parts[1]
    with writer.as_default():
        tf.summary.graph(tape)
    (graph,) = graphs(tmp_path / "run")
    names = [node.name for node in graph.node]
    assert len(set(names)) == len(names) and z is not None
    assert {part.partition(":")[0] for node in graph.node for part in node.input} <= set(names)


def test_the_graph_of_a_traced_function(writer, tmp_path):
    w = tf.Variable(2.0, name="w")

    @tf.function
    def f(x):
        return tf.exp(x) * w + 1.0

    concrete = f.get_concrete_function(tf.TensorSpec([None], tf.float32))
    with writer.as_default():
        tf.summary.graph(concrete.graph)
    (graph,) = graphs(tmp_path / "run")
    ops = [node.op for node in graph.node]
    assert sorted(ops) == sorted(["Placeholder", "Variable", "exp", "multiply", "Const", "add", "Identity"])
    names = {node.name for node in graph.node}
    assert {part for node in graph.node for part in node.input} <= names
    assert graph.node[0].attr["_output_shapes"].list.shape[0].dim[0].size == -1


def test_a_graph_message_is_written_as_it_is(writer, tmp_path):
    message = GraphDef()
    message.node.add(name="one", op="Const")
    with writer.as_default():
        tf.summary.graph(message)
        with pytest.raises(ValueError, match="of type int"):
            tf.summary.graph(3)
    assert graphs(tmp_path / "run") == [message]
    assert not tf.summary.graph(message)


def test_a_trace_collects_the_functions_that_ran(writer, tmp_path):
    f, g, h = (tf.function(lambda x, k=k: x * k) for k in (2.0, 3.0, 4.0))
    x = tf.constant(1.0)
    for function in (f, g, h):
        function(x)
    tf.summary.trace_on()
    f(x), f(x), h(x)
    with writer.as_default():
        tf.summary.trace_export("ran", step=5)
    ((step, tag, metadata, value),) = in_folder(tmp_path / "run")
    assert (step, tag, metadata.plugin_data.plugin_name) == (5, "ran", "graph_run_metadata_graph")
    assert len(RunMetadata.FromString(value.item()).function_graphs) == 2
    assert float(f(x)) == 2.0
    with pytest.raises(ValueError, match="Must enable trace"):
        tf.summary.trace_export("ran", step=6)


# -- bad calls ----------------------------------------------------------------------------------------------------------------
BAD = [
    (lambda s: s.scalar("a", 1.0), ValueError, "No step set"),
    (lambda s: s.scalar("a", 1.0, step=1.5), TypeError, "step must be an integer"),
    (lambda s: s.scalar("a", 1.0, step="x"), TypeError, "step must be an integer"),
    (lambda s: s.scalar("a", 1.0, step=[1, 2]), ValueError, "must be a scalar"),
    (lambda s: s.scalar("a", 1.0, step=tf.constant(3.0)), ValueError, "tf.cast"),
    (lambda s: s.scalar("a", "x", step=0), tf.errors.UnimplementedError, "tf.summary.text"),
    (lambda s: s.scalar(3, 1.0, step=0), TypeError, "name must be a string"),
    (lambda s: s.histogram("a", ["x"], step=0), tf.errors.UnimplementedError, "numbers"),
    (lambda s: s.histogram("a", [1.0], step=0, buckets=2.5), TypeError, "buckets"),
    (lambda s: s.image("a", np.zeros((2, 2, 1)), step=0), ValueError, "rank 4"),
    (lambda s: s.image("a", np.zeros((1, 2, 2, 5)), step=0), tf.errors.InvalidArgumentError, "channels"),
    (lambda s: s.image("a", np.zeros((1, 2, 2, 1)), step=0, max_outputs=-1), tf.errors.InvalidArgumentError, "max_outputs"),
    (lambda s: s.audio("a", np.zeros((2, 3)), 8000, step=0), ValueError, "rank 3"),
    (lambda s: s.audio("a", np.zeros((1, 2, 1)), 8000, step=0, encoding="mp3"), ValueError, "mp3"),
    (lambda s: s.audio("a", np.zeros((1, 2, 1), int), 8000, step=0), tf.errors.InvalidArgumentError, "floats"),
    (lambda s: s.audio("a", np.zeros((1, 2, 1), "f4"), 0, step=0), tf.errors.InvalidArgumentError, "sample_rate"),
    (lambda s: s.text("a", 1.0, step=0), TypeError, "tf.string"),
    (lambda s: s.write(3, 1, step=0), TypeError, "tag must be a string"),
    (lambda s: s.write("a", 1, step=0, metadata="abc"), tf.errors.InvalidArgumentError, "SummaryMetadata"),
    (lambda s: s.flush(3), ValueError, "Invalid argument to flush"),
    (lambda s: s.create_file_writer(None), ValueError, "cannot be None"),
    (lambda s: s.create_file_writer(3), TypeError, "must be a string"),
    (lambda s: s.create_file_writer(__file__), tf.errors.FailedPreconditionError, "no folder"),
    (lambda s: s.create_file_writer(__file__ + "/below"), tf.errors.FailedPreconditionError, "no folder"),
]


@pytest.mark.parametrize("k", range(len(BAD)))
def test_bad_calls(k, writer, tmp_path):
    call, kind, text = BAD[k]
    with writer.as_default(), pytest.raises(kind, match=text):
        call(tf.summary)
    assert in_folder(tmp_path / "run") == []


@pytest.mark.parametrize("condition, kind", [("x", TypeError), ([True, False], ValueError), (1, TypeError)])
def test_bad_conditions(writer, condition, kind):
    with writer.as_default(), tf.summary.record_if(condition), pytest.raises(kind, match="record_if"):
        tf.summary.scalar("a", 1.0, step=0)


def test_metadata_as_a_message(writer, tmp_path):
    metadata = SummaryMetadata(summary_description="mine")
    with writer.as_default():
        tf.summary.write("a", 1, step=0, metadata=metadata)
    assert in_folder(tmp_path / "run")[0][2] == metadata


# -- without TensorBoard ------------------------------------------------------------------------------------------------------
def test_one_sentence_where_tensorboard_is_absent():
    code = (
        "import sys; sys.modules['tensorboard'] = None\n"
        "import gradtape as tf\n"
        "print(tf.summary.scalar('x', 1.0).numpy())\n"
        "try: tf.summary.create_file_writer('.')\n"
        "except ModuleNotFoundError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "False", "tf.summary writes through TensorBoard, which is not installed: pip install 'gradtape[summary]'",
    ]  # fmt: skip
    assert done.stderr == ""


def test_what_loads_and_when():
    code = (
        "import sys, gradtape as tf, tempfile\n"
        "print('gradtape.summary' in sys.modules)\n"
        "tf.summary.scalar\n"
        "print('tensorboard' in sys.modules)\n"
        "tf.summary.create_file_writer(tempfile.mkdtemp())\n"
        "print(any(m.partition('.')[0] in ('tensorflow', 'grpc', 'werkzeug') for m in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False"] * 3
