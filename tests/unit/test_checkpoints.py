"""tf.train's checkpoints: object graphs, deferred restoring, files that are whole or not there, TensorFlow's own files."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf

FIXTURES = Path(__file__).resolve().parents[1] / "data" / "checkpoints"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text())


class Net(tf.Module):
    def __init__(self, scale=1.0):
        super().__init__()
        self.w = tf.Variable([1.5 * scale, -2.0 * scale])
        self.items = [tf.Variable(int(3 * scale)), {"k": tf.Variable([[4.0 * scale]], dtype=tf.float64)}]
        self._hidden = tf.Variable(int(2**40 * scale), dtype=tf.int64)
        self.text = tf.Variable(["a", "", "ccc"] if scale else ["", "", ""])
        self.half = tf.Variable(1.25 * scale, dtype=tf.bfloat16)
        self.flag = tf.Variable(bool(scale))
        self.wave = tf.Variable((1.0 + 2.0j) * scale)


def values(net):
    return [np.asarray(v).tolist() for v in net.variables]


# -- ours ---------------------------------------------------------------------------------------------------------------------
def test_save_and_restore(tmp_path):
    net, step = Net(), tf.Variable(7)
    checkpoint = tf.train.Checkpoint(step=step, net=net)
    path = checkpoint.save(tmp_path / "ckpt")
    assert path == str(tmp_path / "ckpt-1") == tf.train.latest_checkpoint(tmp_path)
    assert int(checkpoint.save_counter) == 1
    other, step = Net(0.0), tf.Variable(0)
    again = tf.train.Checkpoint(step=step, net=other)
    again.restore(path).assert_consumed().assert_existing_objects_matched().assert_nontrivial_match().expect_partial()
    assert values(other) == values(net)
    assert (int(step), int(again.save_counter)) == (7, 1)
    assert again.save(tmp_path / "ckpt") == str(tmp_path / "ckpt-2")


def test_the_root_may_be_the_module_itself(tmp_path):
    path = tf.train.Checkpoint(Net()).write(tmp_path / "net")
    other = Net(0.0)
    tf.train.Checkpoint(other).read(path).assert_consumed()
    assert values(other) == values(Net())
    names = [name for name, _ in tf.train.list_variables(path)]
    assert names == sorted(f"{n}/.ATTRIBUTES/VARIABLE_VALUE" for n in
                           ("_hidden", "flag", "half", "items/0", "items/1/k", "text", "w", "wave"))  # fmt: skip


def test_other_programs_read_the_file(tmp_path):
    safetensors = pytest.importorskip("safetensors.numpy", reason="the package safetensors reads the same files")
    path = tf.train.Checkpoint(a=tf.Variable([1.0, 2.0]), b=tf.Variable([[3]])).write(tmp_path / "c")
    found = safetensors.load_file(path + ".safetensors")
    assert found["a/.ATTRIBUTES/VARIABLE_VALUE"].tolist() == [1.0, 2.0]
    assert found["b/.ATTRIBUTES/VARIABLE_VALUE"].dtype == np.int32
    safetensors.save_file({"x": np.arange(3.0)}, tmp_path / "foreign.safetensors")
    assert tf.train.load_checkpoint(tmp_path / "foreign").get_tensor("x").tolist() == [0.0, 1.0, 2.0]
    with pytest.raises(ValueError, match="without a graph of objects"):
        tf.train.Checkpoint(x=tf.Variable(0.0)).read(tmp_path / "foreign")


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "bfloat16", "complex64", "complex128", "int8", "int16", "int32",
                                   "int64", "uint8", "uint16", "uint32", "uint64", "bool", "string"])  # fmt: skip
@pytest.mark.parametrize("shape", [(), (0, 3), (2, 2)])
def test_every_dtype(dtype, shape, tmp_path):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    array = array.astype("S").astype(object) if dtype == "string" else array.astype(tf.as_dtype(dtype).as_numpy_dtype)
    path = tf.train.Checkpoint(v=tf.Variable(array)).write(tmp_path / "c")
    v = tf.Variable(np.zeros_like(array) if dtype != "string" else np.full(shape, b"?", object))
    tf.train.Checkpoint(v=v).read(path).assert_consumed()
    assert np.asarray(v).dtype == array.dtype
    assert np.asarray(v).tolist() == array.tolist()


def test_shared_objects_and_cycles(tmp_path):
    a, b = tf.Module(), tf.Module()
    a.other, b.other, a.v = b, a, tf.Variable(1.0)
    b.same = a.v
    path = tf.train.Checkpoint(a=a, b=b).write(tmp_path / "c")
    assert len(tf.train.list_variables(path)) == 1
    a.v.assign(5.0)
    tf.train.Checkpoint(a=a, b=b).read(path).assert_consumed()
    assert float(b.same) == 1.0


def test_variables_that_are_made_later(tmp_path):
    class Lazy(tf.Module):
        def __call__(self):
            if not hasattr(self, "w"):
                self.w = tf.Variable(0.0)
                self.inner = tf.Module()
                self.inner.parts = [tf.Variable(0), tf.Variable(0)]
            return self.w

    lazy = Lazy()
    lazy()
    lazy.w.assign(3.0)
    lazy.inner.parts[1].assign(4)
    path = tf.train.Checkpoint(lazy=lazy).save(tmp_path / "c")
    fresh = Lazy()
    checkpoint = tf.train.Checkpoint(lazy=fresh)
    status = checkpoint.restore(path)
    with pytest.raises(AssertionError, match=r"lazy\.w.* found no variable"):
        status.assert_consumed()
    status.assert_existing_objects_matched()
    assert float(fresh()) == 3.0
    assert int(fresh.inner.parts[1]) == 4
    status.assert_consumed()
    fresh.w = tf.Variable(9.0)  # a value is given once
    assert float(fresh.w) == 9.0
    late = tf.train.Checkpoint()
    late.restore(path)
    late.lazy = Lazy()
    assert float(late.lazy()) == 3.0


def test_nobody_waits_for_what_is_gone(tmp_path):
    from gradtape.core import module
    from gradtape.train import restoring

    path = tf.train.Checkpoint(m=Net(), more=tf.Variable(1)).write(tmp_path / "c")
    tf.train.Checkpoint(m=tf.Module()).read(path)
    assert restoring.WAITING
    tf.train.Checkpoint().read(path)
    tf.Module().x = 1  # settles: nobody is left
    assert restoring.WAITING == []
    assert module.ATTACHED == []


def test_what_does_not_match(tmp_path):
    path = tf.train.Checkpoint(a=tf.Variable(1.0), b=tf.Variable(2.0)).write(tmp_path / "c")
    status = tf.train.Checkpoint(a=tf.Variable(0.0), c=tf.Variable(5.0)).read(path)
    with pytest.raises(AssertionError, match=r"\(root\)\.b"):
        status.assert_consumed()
    with pytest.raises(AssertionError, match=r"\(root\)\.c"):
        status.assert_existing_objects_matched()
    with pytest.raises(AssertionError, match="Nothing except the root"):
        tf.train.Checkpoint(x=tf.Variable(0.0)).read(path).assert_nontrivial_match()
    with pytest.raises(ValueError, match="incompatible tensor with shape"):
        tf.train.Checkpoint(a=tf.Variable([0.0, 1.0])).read(path)
    with pytest.raises(ValueError, match="trackable"):
        tf.train.Checkpoint(a=3)
    with pytest.raises(tf.errors.NotFoundError):
        tf.train.Checkpoint().restore(str(tmp_path / "nothing"))
    with pytest.raises(AssertionError, match="No checkpoint specified"):
        tf.train.Checkpoint().restore(None).assert_consumed()


def test_a_generator_is_restored(tmp_path):
    generator = tf.random.Generator.from_seed(3)
    path = tf.train.Checkpoint(g=generator).write(tmp_path / "c")
    expected = generator.normal([3]).numpy()
    tf.train.Checkpoint(g=generator).read(path).assert_consumed()
    assert (generator.normal([3]).numpy() == expected).all()


# -- the manager ----------------------------------------------------------------------------------------------------------------
def test_an_iterator_goes_on_where_it_was(tmp_path):
    data = tf.data.Dataset.range(100).shuffle(10, seed=3).batch(4)
    iterator = iter(data)
    taken = [next(iterator).numpy().tolist() for _ in range(5)]
    path = tf.train.Checkpoint(iterator=iterator, step=tf.Variable(5)).save(tmp_path / "ckpt")
    following = [next(iterator).numpy().tolist() for _ in range(3)]
    other = iter(tf.data.Dataset.range(100).shuffle(10, seed=3).batch(4))
    assert next(other).numpy().tolist() == taken[0]
    step = tf.Variable(0)
    tf.train.Checkpoint(iterator=other, step=step).restore(path).assert_consumed()
    assert [next(other).numpy().tolist() for _ in range(3)] == following and step.numpy() == 5
    plain = iter(tf.data.Dataset.range(9))
    path = tf.train.Checkpoint(iterator=plain).save(tmp_path / "plain")
    assert [next(plain).numpy() for _ in range(3)] == [0, 1, 2]
    tf.train.Checkpoint(iterator=plain).restore(path)  # backwards
    assert next(plain).numpy() == 0


def test_manager(tmp_path):
    step = tf.Variable(0)
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(step=step), tmp_path / "m", max_to_keep=2)
    assert manager.latest_checkpoint is None
    assert manager.restore_or_initialize() is None
    paths = [(step.assign_add(1), manager.save())[1] for _ in range(4)]
    assert manager.checkpoints == paths[2:]
    assert manager.latest_checkpoint == paths[3] == tf.train.latest_checkpoint(tmp_path / "m")
    assert sorted(p.name for p in (tmp_path / "m").iterdir()) == ["checkpoint", "ckpt-3.safetensors", "ckpt-4.safetensors"]
    fresh = tf.Variable(0)
    again = tf.train.CheckpointManager(tf.train.Checkpoint(step=fresh), tmp_path / "m", max_to_keep=2)
    assert again.restore_or_initialize() == paths[3]
    assert int(fresh) == 4
    assert again.save() == str(tmp_path / "m" / "ckpt-5")
    assert again.save(checkpoint_number=99) == str(tmp_path / "m" / "ckpt-99")
    shutil.move(tmp_path / "m", tmp_path / "moved")
    assert tf.train.latest_checkpoint(tmp_path / "moved") == str(tmp_path / "moved" / "ckpt-99")


def test_manager_by_steps(tmp_path):
    step = tf.Variable(0)
    manager = tf.train.CheckpointManager(
        tf.train.Checkpoint(step=step), tmp_path, None, step_counter=step, checkpoint_interval=3, checkpoint_name="x"
    )
    saved = [(manager.save() is not None, step.assign_add(1))[0] for _ in range(7)]
    assert saved == [True, False, False, True, False, False, True]
    assert manager.save() is None
    assert manager.save(check_interval=False) is not None
    with pytest.raises(ValueError):
        tf.train.CheckpointManager(tf.train.Checkpoint(), tmp_path, 0)
    with pytest.raises(ValueError):
        tf.train.CheckpointManager(tf.train.Checkpoint(), tmp_path, 1, checkpoint_interval=3)


def test_one_in_so_many_hours_stays(tmp_path):
    checkpoint = tf.train.Checkpoint(v=tf.Variable(1))
    manager = tf.train.CheckpointManager(checkpoint, tmp_path, 1, keep_checkpoint_every_n_hours=1e-9)
    for _ in range(3):
        manager.save()
    assert len(manager.checkpoints) == 1
    assert len(list(tmp_path.glob("*.safetensors"))) == 3


def test_what_killed_processes_left_is_removed_later(tmp_path):
    for name in ("ckpt-1.safetensors.5-0.tmp", "ckpt-2.safetensors.5-1.tmp", "other.tmp"):
        (tmp_path / name).write_bytes(b"part")
    os.utime(tmp_path / "ckpt-1.safetensors.5-0.tmp", (0, 0))
    tf.train.CheckpointManager(tf.train.Checkpoint(), tmp_path, 1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ckpt-2.safetensors.5-1.tmp", "other.tmp"]


def test_iterating_over_checkpoints(tmp_path):
    checkpoint = tf.train.Checkpoint(v=tf.Variable(1))
    found = []
    for path in tf.train.checkpoints_iterator(
        tmp_path, timeout=0.01, timeout_fn=lambda: len(found) == 2 or not checkpoint.save(tmp_path / "c")
    ):
        found.append(path)
    assert found == [str(tmp_path / "c-1"), str(tmp_path / "c-2")]


# -- whole or not there -----------------------------------------------------------------------------------------------------------
WRITER = """
import os, sys, gradtape as tf

def write_for_ever(parent):
    n, big = tf.Variable(0, dtype=tf.int64), tf.Variable(tf.zeros([20000], tf.int64))
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(n=n, big=big), sys.argv[1], max_to_keep=2)
    manager.restore_or_initialize()
    while os.getppid() == parent:
        n.assign_add(1)
        big.assign(tf.fill([20000], n.read_value()))
        manager.save()
    os._exit(0)

tf.train
print("ready", flush=True)
while sys.stdin.readline():
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        write_for_ever(parent)
    print(child, flush=True)
    sys.stdin.readline()
    os.waitpid(child, 0)
"""


def kill_and_look(writer, checkpoint, folder, pause):
    """Let a process write for a moment, kill it, restore what it left."""
    print(file=writer.stdin, flush=True)
    child = int(writer.stdout.readline())
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    print(file=writer.stdin, flush=True)
    checkpoint.restore(tf.train.latest_checkpoint(folder)).assert_consumed()


@pytest.mark.skipif(sys.platform == "win32", reason="processes fork here, which Windows cannot")
def test_200_kills_leave_a_good_checkpoint(tmp_path):
    n, big = tf.Variable(0, dtype=tf.int64), tf.Variable(tf.zeros([20000], tf.int64))
    checkpoint, pauses, seen = tf.train.Checkpoint(n=n, big=big), np.random.default_rng(0), set()
    tf.train.CheckpointManager(checkpoint, tmp_path, 2).save()
    command = [sys.executable, "-W", "ignore", "-c", WRITER, str(tmp_path)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline() == "ready\n"
        for pause in pauses.uniform(0.001, 0.02, 200):
            kill_and_look(writer, checkpoint, tmp_path, pause)
            assert (np.asarray(big) == int(n)).all()
            seen.add(int(n))
    finally:
        writer.kill()
        writer.communicate()
    assert len(seen) > 1  # there was writing between the kills, however busy the machine


@pytest.mark.parametrize("place", [0, 3, 8, 40, 300, 600, -1, -20])
def test_a_broken_file_is_named(place, tmp_path):
    path = tf.train.Checkpoint(net=Net()).write(tmp_path / "c")
    file = tmp_path / "c.safetensors"
    data = bytearray(file.read_bytes())
    data[place] ^= 0x41
    file.write_bytes(data)
    with pytest.raises(tf.errors.DataLossError, match=r"c\.safetensors: broken at \d+") as info:
        tf.train.Checkpoint(net=Net(0.0)).read(path)
    assert info.value.error_code == tf.errors.DATA_LOSS


def test_every_flipped_bit_is_noticed(tmp_path):
    path = tf.train.Checkpoint(v=tf.Variable([1, 2]), w=tf.Variable(3.0)).write(tmp_path / "c")
    file = tmp_path / "c.safetensors"
    whole = file.read_bytes()
    for place in range(0, len(whole), 3):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        file.write_bytes(data)
        try:
            v, w = tf.Variable([0, 0]), tf.Variable(0.0)
            tf.train.Checkpoint(v=v, w=w).read(path)
        except tf.errors.DataLossError:
            continue
        assert (v.numpy().tolist(), float(w)) == ([1, 2], 3.0)  # white space behind the header


@pytest.mark.parametrize("length", [0, 5, 30, 400])
def test_a_file_that_ends_early(length, tmp_path):
    path = tf.train.Checkpoint(net=Net()).write(tmp_path / "c")
    file = tmp_path / "c.safetensors"
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(tf.errors.DataLossError, match=r"c\.safetensors"):
        tf.train.load_checkpoint(path)


# -- TensorFlow's files ----------------------------------------------------------------------------------------------------------
def test_a_checkpoint_of_tensorflow(tmp_path):
    net, step = Net(0.0), tf.Variable(0)
    latest = tf.train.latest_checkpoint(FIXTURES / "plain")
    assert Path(latest).name == "ckpt-3"
    checkpoint = tf.train.Checkpoint(step=step, net=net)
    checkpoint.restore(latest).assert_consumed()
    assert values(net) == values(Net())
    assert (int(step), int(checkpoint.save_counter)) == (7, 3)
    found = [[name, shape] for name, shape in tf.train.list_variables(FIXTURES / "plain")]
    assert found == EXPECTED["variables"]
    assert tf.train.load_variable(FIXTURES / "plain", "net/text/.ATTRIBUTES/VARIABLE_VALUE").tolist() == [b"a", b"", b"ccc"]


def test_a_manager_goes_on_where_tensorflow_stopped(tmp_path):
    shutil.copytree(FIXTURES / "plain", tmp_path / "m")
    checkpoint = tf.train.Checkpoint(step=tf.Variable(0), net=Net(0.0))
    manager = tf.train.CheckpointManager(checkpoint, tmp_path / "m", max_to_keep=2)
    assert [Path(p).name for p in manager.checkpoints] == ["ckpt-2", "ckpt-3"]
    manager.restore_or_initialize()
    manager.save()
    assert sorted(p.name for p in (tmp_path / "m").iterdir()) == [
        "checkpoint", "ckpt-3.data-00000-of-00001", "ckpt-3.index", "ckpt-4.safetensors"
    ]  # fmt: skip


def test_readers():
    reader = tf.train.load_checkpoint(FIXTURES / "plain")
    shapes, dtypes = reader.get_variable_to_shape_map(), reader.get_variable_to_dtype_map()
    key = "net/w/.ATTRIBUTES/VARIABLE_VALUE"
    assert (shapes[key], dtypes[key]) == ([2], tf.float32)
    assert reader.get_tensor(key).tolist() == [1.5, -2.0]
    assert isinstance(reader.get_tensor("_CHECKPOINTABLE_OBJECT_GRAPH"), bytes)
    assert key.encode() in reader.debug_string()
    with pytest.raises(tf.errors.NotFoundError, match="nothing"):
        reader.get_tensor("nothing")
    with pytest.raises(ValueError, match="Couldn't find"):
        tf.train.load_checkpoint(FIXTURES)
    assert tf.train.get_checkpoint_state(FIXTURES / "plain").all_model_checkpoint_paths[-1].endswith("ckpt-3")


@pytest.mark.parametrize("suffix", [".index", ".data-00000-of-00001"])
def test_every_flipped_bit_of_tensorflows_files_is_noticed(suffix, tmp_path):
    for kind in (".index", ".data-00000-of-00001"):
        shutil.copy(FIXTURES / "plain" / f"ckpt-3{kind}", tmp_path)
    file = tmp_path / f"ckpt-3{suffix}"
    whole, harmless = file.read_bytes(), 0
    for place in range(0, len(whole), 7):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        file.write_bytes(data)
        net, step = Net(0.0), tf.Variable(0)
        try:
            tf.train.Checkpoint(step=step, net=net).read(tmp_path / "ckpt-3")
        except tf.errors.DataLossError as error:
            assert f"ckpt-3{suffix}: broken at" in str(error)
            continue
        harmless += 1
        assert values(net) == values(Net())
    assert harmless <= (8 if suffix == ".index" else 0)  # the padding of the footer, and the index of blocks nobody needs


def test_a_missing_part_of_tensorflows_files(tmp_path):
    shutil.copy(FIXTURES / "plain" / "ckpt-3.index", tmp_path)
    with pytest.raises(tf.errors.NotFoundError, match="data-00000-of-00001"):
        tf.train.Checkpoint(net=Net()).read(tmp_path / "ckpt-3")
    (tmp_path / "ckpt-3.data-00000-of-00001").write_bytes(b"short")
    with pytest.raises(tf.errors.DataLossError, match="data-00000-of-00001: broken at "):
        tf.train.Checkpoint(net=Net()).read(tmp_path / "ckpt-3")


# -- moving averages ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name, settings", [("averages", {}), ("averages by updates", {"num_updates": 3})])
def test_moving_averages(name, settings):
    variable = tf.Variable([1.0, 10.0])
    average = tf.train.ExponentialMovingAverage(decay=0.9, **settings)
    for value, expected in zip(([1.0, 10.0], [2.0, 20.0], [4.0, 5.0]), EXPECTED[name], strict=True):
        variable.assign(value)
        average.apply([variable])
        np.testing.assert_allclose(average.average(variable).numpy(), expected, rtol=1e-6)
    assert average.average(tf.Variable(0.0)) is None
    with pytest.raises(TypeError):
        average.apply([tf.Variable(1)])
    with pytest.raises(ValueError):
        average.apply()
