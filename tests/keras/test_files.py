"""Files that Keras wrote on other back ends, and safetensors."""

import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest

import gradtape as tf

FOLDER = Path(__file__).resolve().parents[1] / "data" / "keras_files"
CASES = [(name, backend) for name in ("image", "words") for backend in ("tensorflow", "jax", "torch")]
safetensors = tf.experimental.safetensors


@pytest.mark.parametrize(("name", "backend"), CASES)
def test_models_of_other_back_ends(name, backend):
    with np.load(FOLDER / f"{name}_{backend}.npz") as recorded:
        x, y = recorded["x"], recorded["y"]
    model = keras.saving.load_model(FOLDER / f"{name}_{backend}.keras")
    np.testing.assert_allclose(model.predict(x, verbose=0), y, rtol=1e-5, atol=1e-6)
    assert int(model.optimizer.iterations) == 2 and any((np.array(v) != 0).any() for v in model.optimizer.variables[2:])
    other = keras.Model.from_config(model.get_config())
    assert abs(other.predict(x, verbose=0) - y).max() > 1e-3
    other.load_weights(FOLDER / f"{name}_{backend}.weights.h5")
    np.testing.assert_allclose(other.predict(x, verbose=0), y, rtol=1e-5, atol=1e-6)


def test_training_goes_on_where_another_back_end_left_it():
    losses = {}
    for backend in ("tensorflow", "jax"):
        model = keras.saving.load_model(FOLDER / f"image_{backend}.keras")
        with np.load(FOLDER / f"image_{backend}.npz") as recorded:
            x = recorded["x"]
        losses[backend] = model.fit(x, np.ones((4, 3), "float32"), epochs=8, verbose=0).history["loss"]
        assert losses[backend][-1] < losses[backend][0]


def test_what_is_written_has_keras_layout(tmp_path):
    model = keras.saving.load_model(FOLDER / "image_jax.keras")
    model.save(tmp_path / "again.keras")
    names = []
    for path in (FOLDER / "image_jax.keras", tmp_path / "again.keras"):
        with zipfile.ZipFile(path) as archive:
            names.append(sorted(archive.namelist()))
    assert names[0] == names[1] == ["config.json", "metadata.json", "model.weights.h5"]


# -- safetensors --------------------------------------------------------------------------------------------------
def dense():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.BatchNormalization(), keras.layers.Dense(1)])


def test_safetensors_of_a_model(tmp_path):
    first, second = dense(), dense()
    for path, model in zip("ab", (first, second), strict=True):
        for v in model.weights:
            v.assign(tf.random.normal(v.shape, seed=ord(path)))
    safetensors.save_file({v.path.partition("/")[2]: v for v in first.weights}, tmp_path / "w.safetensors", {"made by": "test"})
    loaded = safetensors.load_file(tmp_path / "w.safetensors")
    assert len(loaded) == len(first.weights) == 8
    safetensors.save_file(first, tmp_path / "first.safetensors")
    with pytest.raises(ValueError, match="lacks"):
        safetensors.load_into(second, tmp_path / "first.safetensors")
    for v in first.weights:
        v.assign(tf.zeros_like(v))
    safetensors.load_into(first, tmp_path / "first.safetensors")
    for v, (name, want) in zip(
        sorted(first.weights, key=lambda v: v.path.partition("/")[2]), sorted(loaded.items()), strict=True
    ):
        assert v.path.endswith(name)
        np.testing.assert_array_equal(v.numpy(), want.numpy())


def test_safetensors_of_a_module_and_dtypes(tmp_path):
    class Net(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable([[1.0, 2.0]], name="w", dtype=tf.bfloat16)
            self.n = tf.Variable([1, 2, 3], name="n", dtype=tf.int64)

    net = Net()
    safetensors.save_file(net, tmp_path / "n.safetensors")
    net.w.assign(net.w * 0), net.n.assign(net.n * 0)
    safetensors.load_into(net, tmp_path / "n.safetensors")
    assert net.w.dtype == tf.bfloat16 and net.w.numpy().tolist() == [[1.0, 2.0]] and net.n.numpy().tolist() == [1, 2, 3]
    kept = tf.Variable([5.0, 6.0], name="w")
    with pytest.raises(ValueError, match="has shape"):
        safetensors.load_into({"w": kept, "n": tf.Variable([0, 0, 0])}, tmp_path / "n.safetensors")
    assert kept.numpy().tolist() == [5.0, 6.0]


def test_safetensors_of_other_programs(tmp_path):
    package = pytest.importorskip("safetensors.numpy", reason="the package safetensors writes and reads the same files")
    values = {"a": np.arange(6.0).reshape(2, 3), "b": np.array(True), "c": np.ones((2, 0), np.float16)}
    package.save_file(values, tmp_path / "theirs", {"made by": "others"})
    for name, value in safetensors.load_file(tmp_path / "theirs").items():
        np.testing.assert_array_equal(value.numpy(), values[name], strict=True)
    safetensors.save_file(values, tmp_path / "ours", {"made by": "us"})
    for name, value in package.load_file(tmp_path / "ours").items():
        np.testing.assert_array_equal(value, values[name], strict=True)


def test_safetensors_says_what_is_wrong(tmp_path):
    (tmp_path / "bad").write_bytes(b"no tensors in here")
    with pytest.raises(ValueError, match="cannot be read"):
        safetensors.load_file(tmp_path / "bad")
    with pytest.raises(FileNotFoundError):
        safetensors.load_file(tmp_path / "absent")
    with pytest.raises(ValueError, match="has dtype"):
        safetensors.save_file({"s": tf.constant(["text"])}, tmp_path / "s")

    class Twins(tf.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = tf.Variable(1.0, name="same"), tf.Variable(2.0, name="same")

    with pytest.raises(ValueError, match=r"called \['same'\]"):
        safetensors.save_file(Twins(), tmp_path / "t")
