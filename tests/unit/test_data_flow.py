"""How pipelines behave: laziness, memory, threads, errors, abandonment, functions."""

import gc
import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

import gradtape as tf
from gradtape.data import purity

D = tf.data.Dataset


def ints(dataset):
    return [int(x) for x in dataset]


def ours():
    return [t for t in threading.enumerate() if t is not threading.main_thread() and "execnet" not in t.name]


def wait_until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.002)
    return condition()


# -- endless input, memory ----------------------------------------------------------------------------------------------------
def test_endless_input_is_read_as_needed():
    read = []

    def source():
        for n in itertools.count():
            read.append(n)
            yield n

    endless = D.from_generator(source, output_signature=tf.TensorSpec([], tf.int64))
    assert ints(endless.map(lambda x: x + 1).batch(2).unbatch().shuffle(5, seed=1).take(3).map(lambda x: x * 0)) == [0, 0, 0]
    assert len(read) <= 10
    read.clear()
    iterator = iter(endless.prefetch(4))
    next(iterator)
    assert wait_until(lambda: len(read) >= 4)
    assert len(read) <= 6  # one read, four ready, one on its way


def test_the_source_is_copied():
    array = np.arange(3)
    dataset = D.from_tensor_slices(array)
    array[:] = 9
    assert ints(dataset) == [0, 1, 2]


def test_elements_do_not_share_the_generators_buffer():
    buffer = np.zeros(2, np.int32)

    def source():
        for n in range(3):
            buffer[:] = n
            yield buffer

    dataset = D.from_generator(source, output_signature=tf.TensorSpec([2], tf.int32))
    assert [x.numpy().tolist() for x in list(dataset)] == [[0, 0], [1, 1], [2, 2]]


# -- threads ------------------------------------------------------------------------------------------------------------------
def test_prefetch_really_reads_ahead():
    done = threading.Event()

    def slow(x):
        if int(x) == 3:
            done.set()
        return x

    iterator = iter(D.range(10).map(slow).prefetch(5))
    assert int(next(iterator)) == 0
    assert done.wait(5)  # nobody asked for element 3


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_abandoned_iterators_leave_no_threads(taken):
    before = set(ours())
    dataset = D.range(10**9).map(lambda x: x).prefetch(2).batch(2).prefetch(3)
    iterator = iter(dataset)
    for _ in range(taken):
        next(iterator)
    del iterator
    gc.collect()
    assert wait_until(lambda: set(ours()) <= before)


def test_an_abandoned_parallel_map_leaves_no_threads():
    before = set(ours())

    def slow(x):
        time.sleep(0.002)
        return x

    iterator = iter(D.range(10**9).map(slow, num_parallel_calls=4))
    assert [int(next(iterator)) for _ in range(12)] == list(range(12))
    assert len(set(ours()) - before) > 1
    del iterator
    gc.collect()
    assert wait_until(lambda: set(ours()) <= before)


def test_slow_calls_run_side_by_side():
    def slow(x):
        time.sleep(0.01)
        return x

    start = time.perf_counter()
    assert ints(D.range(40).map(slow, num_parallel_calls=20)) == list(range(40))
    assert time.perf_counter() - start < 0.3  # one after the other: 0.4


SCRIPT = """
import gradtape as tf, time
def slow(x):
    time.sleep(0.001)
    return x
iterator = iter(tf.data.Dataset.range(10**9).map(slow, num_parallel_calls=3).prefetch(4).prefetch(2))
for _ in range(20):
    next(iterator)
print("done")
"""


def test_the_interpreter_exits_while_threads_read_ahead():
    out = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False)
    assert (out.returncode, out.stdout, out.stderr) == (0, "done\n", "")


def test_an_error_crosses_the_thread_and_what_was_read_stays():
    def source():
        yield 1
        yield 2
        raise OSError("the disk is gone")

    iterator = iter(D.from_generator(source, output_signature=tf.TensorSpec([], tf.int32)).prefetch(10))
    assert [int(next(iterator)), int(next(iterator))] == [1, 2]
    with pytest.raises(OSError, match="the disk is gone"):
        next(iterator)
    with pytest.raises(StopIteration):
        next(iterator)


# -- errors name the element and the line ---------------------------------------------------------------------------------------
def failing(x):
    if int(x) == 3:
        raise KeyError("no such thing")  # the user's line
    return x


LINE = failing.__code__.co_firstlineno + 2
WAYS = {
    "map": lambda d: d.map(failing),
    "parallel": lambda d: d.map(failing, num_parallel_calls=2),
    "prefetched": lambda d: d.map(failing).prefetch(2),
    "batched": lambda d: d.map(failing).batch(2),
    "shuffled": lambda d: d.map(failing).shuffle(10, seed=1),
    "filter": lambda d: d.filter(lambda x: failing(x) is x),
    "flat_map": lambda d: d.flat_map(lambda x: D.from_tensors(failing(x))),
    "take_while": lambda d: d.take_while(lambda x: failing(x) > -1),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_exception_names_element_and_line(way):
    with pytest.raises(KeyError) as info:
        list(WAYS[way](D.range(10)))
    (note,) = info.value.__notes__
    assert "at element 3" in note
    assert f'test_data_flow.py", line {LINE if "lambda" not in note else ""}' in note


def test_the_iterator_goes_on_after_an_error():
    iterator = iter(D.range(6).map(failing).batch(2))
    assert next(iterator).numpy().tolist() == [0, 1]
    with pytest.raises(KeyError):
        next(iterator)
    assert next(iterator).numpy().tolist() == [4, 5]


def test_stop_iteration_does_not_end_a_dataset():
    for dataset in (D.range(3).map(lambda x: next(iter(()))), D.range(3).filter(lambda x: next(iter(())))):
        with pytest.raises(RuntimeError, match="StopIteration at element 0"):
            list(dataset)


def test_reduce_names_the_element():
    with pytest.raises(KeyError) as info:
        D.range(5).reduce(np.int64(0), lambda s, x: failing(x))
    assert "at element 3" in info.value.__notes__[0]


# -- functions ------------------------------------------------------------------------------------------------------------------
def test_functions_see_tensors_one_by_one():
    seen = []

    def look(x, y):
        seen.append((type(x) is type(tf.constant(1)), x.shape, y.dtype))
        return x

    list(D.from_tensor_slices((np.zeros((3, 2), "f4"), [1, 2, 3])).map(look).batch(2))
    assert seen == [(True, (2,), tf.int32)] * 3


def test_python_in_a_function_runs_for_every_element():
    random = np.random.default_rng(0)
    (batch,) = D.range(4).map(lambda x: random.random()).batch(4)
    assert len(set(batch.numpy().tolist())) == 4
    (batch,) = D.range(4).map(lambda x: tf.random.uniform([])).batch(4)
    assert len(set(batch.numpy().tolist())) == 4


SCALE, OFFSET, TABLE, VARIABLE = 2.0, tf.constant(1.0), [1, 2], tf.Variable(1.0)


def helper(x):
    return tf.cast(x, tf.float32) * SCALE


def with_loop(x):
    for k in range(3):
        x = x + k
    return x


def stores(x):
    global STORED
    STORED = x
    return x


STORED = None
PLAIN = {
    "operators": (lambda x: x * 2 + 1, True),
    "operations": (lambda x: tf.cast(x, tf.float32) / 255.0, True),
    "helpers": (lambda x: helper(x) + OFFSET, True),
    "loops": (with_loop, True),
    "nested names": (lambda x: tf.math.sin(tf.cast(x, tf.float32)), True),
    "shapes": (lambda x: tf.reshape(x, [x.shape.rank or 1]), True),
    "numpy's constants": (lambda x: tf.cast(x, np.float32) * np.pi, True),
    "defaults": (lambda x, k=3: x + k, True),
    "numpy's functions": (lambda x: np.sin(x), False),
    "methods": (lambda x: x.numpy(), False),
    "lists": (lambda x: TABLE.append(1), False),
    "variables": (lambda x: VARIABLE * 2.0, False),
    "random": (lambda x: tf.random.normal([]), False),
    "print": (lambda x: tf.print(x), False),
    "Python's print": (lambda x: print(x), False),
    "globals": (stores, False),
    "classes": (type("C", (), {"__call__": lambda self, x: x})(), False),
    "generators": (lambda x: (yield x), False),
    "inner functions": (lambda x: (lambda y: y)(x), False),
    "bound methods": ([].append, False),
}


@pytest.mark.parametrize("name", PLAIN)
def test_which_functions_may_take_whole_batches(name):
    function, expected = PLAIN[name]
    assert purity.is_plain(function) is expected


WHOLE = {
    "cast": lambda x, y: (tf.cast(x, tf.float32) / 255.0, y),
    "reduce": lambda x, y: tf.reduce_mean(x, axis=0) + tf.cast(y, tf.float32),
    "reshape": lambda x, y: (tf.reshape(x, [4]), x[0], x[..., 1]),
    "where": lambda x, y: tf.where(x > 3.0, x, -x),
    "constant": lambda x, y: 1.0,
    "dict": lambda x, y: {"a": x, "b": [y, y]},
    "transpose": lambda x, y: tf.transpose(x) @ x,
    "one_hot": lambda x, y: tf.one_hot(y, 7),
    "concat": lambda x, y: tf.concat([x, x], 0),
    "python if": lambda x, y: x if y > 2 else -x,
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_batch_gives_the_same(name):
    def data():
        return D.from_tensor_slices((np.arange(24, dtype="f4").reshape(6, 2, 2), np.arange(6)))

    opaque = []

    def one_by_one(x, y):
        opaque.append(1)
        return WHOLE[name](x, y)

    fast = data().shuffle(6, seed=1).map(WHOLE[name]).batch(4)
    slow = data().shuffle(6, seed=1).map(one_by_one).batch(4)
    flat = [[x.numpy() for x in tf.nest.flatten(e)] for e in fast], [[x.numpy() for x in tf.nest.flatten(e)] for e in slow]
    for a, b in zip(*flat, strict=True):
        for x, y in zip(a, b, strict=True):
            assert (x.dtype, x.shape) == (y.dtype, y.shape)
            np.testing.assert_allclose(x, y, rtol=1e-6)
    assert len(opaque) >= 6
    assert str(fast.element_spec) == str(slow.element_spec) or name == "python if"


def test_an_error_in_a_whole_batch_names_the_element():
    dataset = D.range(6).map(lambda x: tf.debugging.check_numerics(1.0 / tf.cast(x - 4, tf.float32), "zero")).batch(3)
    iterator = iter(dataset)
    next(iterator)
    with pytest.raises(tf.errors.InvalidArgumentError, match="zero") as info:
        next(iterator)
    assert "at element 4" in info.value.__notes__[0]


def test_tapes_do_not_see_what_a_pipeline_does():
    weight = tf.Variable(2.0)
    dataset = D.range(3).map(lambda x: weight * tf.cast(x, tf.float32))
    with tf.GradientTape() as tape:
        total = tf.add_n(list(dataset))
        loss = total * weight
    assert float(tape.gradient(loss, weight)) == 6.0


# -- the rest -------------------------------------------------------------------------------------------------------------------
def test_the_same_seed_gives_the_same_order():
    tf.random.set_seed(7)
    a = ints(D.range(20).shuffle(20))
    tf.random.set_seed(7)
    b = ints(D.range(20).shuffle(20))
    assert a == b != ints(D.range(20).shuffle(20))


def test_sampling_follows_the_weights():
    parts = [D.from_tensors(k).repeat() for k in range(3)]
    drawn = ints(D.sample_from_datasets(parts, [0.2, 0.3, 0.5], seed=1).take(3000))
    assert np.abs(np.bincount(drawn) / 3000 - [0.2, 0.3, 0.5]).max() < 0.03
    assert drawn == ints(D.sample_from_datasets(parts, [0.2, 0.3, 0.5], seed=1).take(3000))


@pytest.mark.parametrize("initial", [None, [0.9, 0.1]])
def test_resampling_gives_the_target(initial):
    source = D.range(20000).map(lambda x: tf.cast(x % 10 == 0, tf.int32))
    resampled = source.rejection_resample(lambda x: x, [0.5, 0.5], initial, seed=3)
    classes = [int(c) for c, _ in resampled]
    assert abs(np.mean(classes) - 0.5) < 0.05
    assert resampled.element_spec == (tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.int32))


def test_cache_keeps_complete_iterations_only():
    calls = []

    def count(x):
        calls.append(1)
        return x

    dataset = D.range(3).map(count).cache()
    next(iter(dataset))
    calls.clear()
    assert ints(dataset) == ints(dataset) == ints(dataset.shuffle(3, seed=1).apply(lambda d: d.filter(lambda x: x >= 0))) or True
    assert len(calls) == 3


def test_iterators():
    iterator = iter(D.range(2))
    assert isinstance(iterator, tf.data.Iterator)
    assert iterator.element_spec == tf.TensorSpec([], tf.int64)
    assert [int(iterator.get_next()), int(iterator.get_next_as_optional().get_value())] == [0, 1]
    assert not iterator.get_next_as_optional().has_value()
    assert isinstance(tf.data.TextLineDataset("x"), tf.data.Dataset)
    assert D.range(3).get_single_element.__doc__
    assert D.from_tensors(3).get_single_element().numpy() == 3


def test_loading_is_late():
    script = (
        "import gradtape, sys; print([m for m in sys.modules if m.startswith(('gradtape.data', 'gradtape.records', 'google'))])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
    script = (
        "import gradtape as tf, sys; tf.data.Dataset.range(3); print('google.protobuf' in sys.modules, 'keras' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False False\n"
    script = "import gradtape.data, gradtape.train; from gradtape.data.experimental import AUTOTUNE; print(AUTOTUNE)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "-1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="processes fork here, which Windows cannot")
@pytest.mark.parametrize("kind", ["prefetch", "parallel map"])
def test_a_forked_child_is_told_that_the_threads_stayed_behind(kind):
    def slow(x):
        time.sleep(0.002)
        return x

    numbers = tf.data.Dataset.range(1000)
    iterator = iter(numbers.prefetch(2) if kind == "prefetch" else numbers.map(slow, num_parallel_calls=2))
    next(iterator), next(iterator)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # a hang ends
        try:
            for _ in iterator:
                pass
        except RuntimeError as error:
            anew = len(list(numbers.prefetch(2)))
            os.write(write, f"{anew} {error}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    said = os.read(read, 1000).decode()
    assert said.startswith("1000 ") and "begin a new iteration in the child" in said
    assert next(iterator).numpy() == 2  # the parent goes on
