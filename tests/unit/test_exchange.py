"""Tensors handed to other libraries and taken from them: copies, pickles, NumPy, DLPack."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.api.experimental import dlpack

DTYPES = ["float16", "bfloat16", "float32", "float64", "complex64", "complex128", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
          "uint64", "bool", "string"]  # fmt: skip
SHAPES = [(), (3,), (2, 3), (0,), (2, 0, 1)]


def example(dtype: str, shape: tuple) -> Any:
    values = np.arange(int(np.prod(shape))).reshape(shape) % 3
    return tf.constant(values.astype(str), tf.string) if dtype == "string" else tf.cast(tf.constant(values), dtype)


def same(x: Any, y: Any) -> bool:
    return x.dtype == y.dtype and x.shape == y.shape and np.array_equal(np.asarray(x), np.asarray(y))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_copies_and_pickles(dtype: str, shape: tuple) -> None:
    x = example(dtype, shape)
    for protocol in range(2, 6):
        assert same(pickle.loads(pickle.dumps(x, protocol)), x)
    assert copy.copy(x) is x
    assert same(copy.deepcopy(x), x)
    v = tf.Variable(x, trainable=False, name="part/w", shape=tf.TensorShape(None))
    for protocol in range(2, 6):
        w = pickle.loads(pickle.dumps(v, protocol))
        assert same(w, v)
        assert (w.name, w.trainable, w.shape.rank) == ("part/w:0", False, None)
    twice = copy.deepcopy([v, v])
    assert twice[0] is twice[1]
    assert twice[0] is not v


@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays(dtype: str) -> None:
    x = example(dtype, (2, 3))
    array = np.asarray(x)
    assert array.dtype == x.dtype.numpy_dtype
    assert np.shares_memory(array, np.asarray(x))
    assert not array.flags.writeable
    assert np.array(x).flags.writeable
    assert not np.shares_memory(np.array(x), array)
    assert not np.shares_memory(x.numpy(), array)
    assert np.asarray(x, copy=False).shape == (2, 3)
    if dtype not in ("complex64", "complex128"):
        assert np.asarray(x, dtype=np.float64).dtype == np.float64


@pytest.mark.parametrize("dtype", [d for d in DTYPES if d not in ("bfloat16", "string")])
def test_dlpack_both_ways(dtype: str) -> None:
    x = example(dtype, (2, 3))
    shown = np.from_dlpack(x)
    assert np.shares_memory(shown, np.asarray(x))
    assert not shown.flags.writeable
    assert same(dlpack.from_dlpack(dlpack.to_dlpack(x)), x)
    assert same(tf.constant(np.from_dlpack(tf.Variable(x))), x)
    taken = dlpack.from_dlpack(shown)
    assert same(taken, x)


def test_what_is_taken_never_changes() -> None:
    source = np.ones(3, np.float32)
    taken = [
        tf.constant(source),
        tf.convert_to_tensor(source),
        dlpack.from_dlpack(source.__dlpack__()),
        tf.Variable(source).read_value(),
    ]
    source[0] = 5.0
    for x in taken:
        assert x.numpy().tolist() == [1.0, 1.0, 1.0]


def test_bad_capsules() -> None:
    for wrong in ("a", [1.0], np.ones(2), tf.constant("a"), tf.constant(1.0, tf.bfloat16)):
        with pytest.raises(tf.errors.InvalidArgumentError, match="to_dlpack"):
            dlpack.to_dlpack(wrong)
    used = dlpack.to_dlpack(tf.constant([1.0]))
    dlpack.from_dlpack(used)
    for wrong in (used, 3, None, "a"):
        with pytest.raises(tf.errors.InvalidArgumentError, match="from_dlpack"):
            dlpack.from_dlpack(wrong)


def test_references() -> None:
    x, v = tf.constant([1.0, 2.0]), tf.Variable(1.0)
    table = {x.ref(): 1, v.ref(): 2}
    assert table[x.ref()] + table[v.ref()] == 3
    assert x.ref().deref() is x
    assert tf.constant([1.0, 2.0]).ref() not in table
    for value in (x, v):
        with pytest.raises(TypeError, match="unhashable"):
            hash(value)


class Foreign:
    """Knows how to become an array, and nothing else."""

    def __array__(self, dtype=None, copy=None):
        return np.array([1, 2], dtype or np.int64)


def test_foreign_values() -> None:
    assert tf.constant(Foreign()).dtype == tf.int64
    np.testing.assert_array_equal(tf.constant(Foreign(), tf.float32).numpy(), [1.0, 2.0])
    for value in (object(), None, Foreign):
        with pytest.raises(ValueError, match="unsupported type"):
            tf.constant(value)
