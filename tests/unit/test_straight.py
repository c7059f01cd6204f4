"""Common calls take the straight lines; whatever else happens, results and errors are those of the careful path."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.ops._declare import fused

x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0, 6.0])
m, n, b = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([1, 2, 3]), tf.constant([True, False, True])
v, w = tf.Variable([1.0, 2.0, 3.0]), tf.Variable(2)

CALLS: dict[str, Callable[[], Any]] = {
    **{f"x {o} y": eval(f"lambda: x {o} y") for o in ("+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=")},
    **{f"x {o} 2.0": eval(f"lambda: x {o} 2.0") for o in ("+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=")},
    **{f"2.0 {o} x": eval(f"lambda: 2.0 {o} x") for o in ("+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=")},
    **{f"x {o} 2": eval(f"lambda: x {o} 2") for o in ("+", "-", "*", "/", "//", "%", "**", "<", ">", "==")},
    **{f"n {o} 2": eval(f"lambda: n {o} 2") for o in ("+", "-", "*", "//", "%", "**", "<", ">", "==", "!=")},
    **{f"v {o} x": eval(f"lambda: v {o} x") for o in ("+", "-", "*", "/", "<", "==")},
    **{f"x {o} v": eval(f"lambda: x {o} v") for o in ("+", "-", "*", "/", ">", "!=")},
    **{f"v {o} 2.0": eval(f"lambda: v {o} 2.0") for o in ("+", "-", "*", "/", "**")},
    "v + v": lambda: v + v,
    "w * 2": lambda: w * 2,
    "-x": lambda: -x,
    "abs": lambda: abs(x),
    "m @ m": lambda: m @ m,
    "matmul": lambda: tf.matmul(m, m),
    "x[0]": lambda: x[0],
    "x[-1]": lambda: x[-1],
    "x[1:]": lambda: x[1:],
    "m[:, 0]": lambda: m[:, 0],
    "m[0, 1]": lambda: m[0, 1],
    "x[None]": lambda: x[None],
    "v[0]": lambda: v[0],
    "reduce_sum": lambda: tf.reduce_sum(m),
    "reduce_sum axis": lambda: tf.reduce_sum(m, axis=1),
    "reduce_sum keepdims": lambda: tf.reduce_sum(m, axis=-1, keepdims=True),
    "reduce_mean": lambda: tf.reduce_mean(m),
    "reduce_mean axis": lambda: tf.reduce_mean(m, axis=0),
    "reduce_max": lambda: tf.reduce_max(m, axis=[0, 1]),
    "square": lambda: tf.square(v),
    "exp": lambda: tf.exp(x),
    "tanh": lambda: tf.tanh(x),
    "sigmoid": lambda: tf.sigmoid(x),
    "relu": lambda: tf.nn.relu(x),
    "softmax": lambda: tf.nn.softmax(m),
    "maximum": lambda: tf.maximum(x, 0.0),
    "pow": lambda: tf.pow(x, 2.0),
    "where": lambda: tf.where(x > 2.0, x, 0.0),
    "cast": lambda: tf.cast(n, tf.float32),
    "reshape": lambda: tf.reshape(m, [4]),
    "transpose": lambda: tf.transpose(m),
    "identity": lambda: tf.identity(x),
    "stop_gradient": lambda: tf.stop_gradient(x),
    "gather": lambda: tf.gather(x, n - 1),
    "expand_dims": lambda: tf.expand_dims(x, 0),
    "argmax": lambda: tf.argmax(m, axis=1),
    "one_hot": lambda: tf.one_hot(n, 4),
    "clip_by_value": lambda: tf.clip_by_value(x, 0.0, 2.0),
    "logical_and": lambda: tf.logical_and(b, b),
}


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[list]:
    """The names of the operations that the straight lines hand over."""
    names: list = []
    for module in [m for k, m in sys.modules.items() if k.startswith("gradtape.ops._calls.") and "careful" in vars(m)]:
        monkeypatch.setitem(vars(module), "careful", counting(vars(module)["careful"], names))
    yield names


def counting(careful: Callable, names: list) -> Callable:
    def count(primitive: Any, *rest: Any) -> Any:
        names.append(primitive.name)
        return careful(primitive, *rest)

    return count


@pytest.mark.parametrize("name", CALLS)
def test_common_calls(name: str, handed_over: list) -> None:
    CALLS[name]()
    with tf.GradientTape() as tape:
        tape.watch([x, m])
        CALLS[name]()
    with tf.GradientTape():
        CALLS[name]()
    assert handed_over == []


def test_dtypes_that_numpy_takes_and_tensorflow_refuses() -> None:
    t, s, c = tf.constant([True]), tf.constant(["a"]), tf.constant([1j])
    for call in (
        lambda: t + t,
        lambda: t * t,
        lambda: t > t,
        lambda: s > s,
        lambda: s * 2,
        lambda: c > c,
        lambda: abs(t),
        lambda: c < 2.0,
    ):
        with pytest.raises(tf.errors.InvalidArgumentError):
            call()
        with tf.GradientTape(), pytest.raises(tf.errors.InvalidArgumentError):
            call()
    assert (s + s).numpy().tolist() == [b"aa"]
    assert (s == s).numpy().tolist() == [True]
    assert (t == t).numpy().tolist() == [True]


def test_arguments_without_a_tensor_take_the_first_ones_dtype() -> None:
    assert tf.pow([2.0, 3.0], 2).numpy().tolist() == [4.0, 9.0]
    assert tf.add(np.array([1.0, 2.0]), 1.0).dtype == tf.float64
    assert tf.add(1.0, np.array([1.0, 2.0])).dtype == tf.float32
    assert tf.maximum(np.float64(1.0), 2).dtype == tf.float64
    assert (np.int64(2) * tf.constant([1, 2])).dtype == tf.int32
    assert (np.array([1, 2]) * tf.constant([1.0, 2.0])).dtype == tf.float32
    for wrong in (
        lambda: tf.add(1, 2.5),
        lambda: tf.constant(1) * np.array([1.5]),
        lambda: tf.constant([1]) + [1.5],
        lambda: tf.constant(1.0) - 1j,
    ):
        for kind in (TypeError, ValueError, tf.errors.InvalidArgumentError):
            with pytest.raises(kind):
                wrong()


def test_division_of_two_dtypes_is_a_type_error() -> None:
    one, two = tf.constant(1.0), tf.constant(2.0, tf.float64)
    for call in (lambda: one / two, lambda: tf.divide(one, two), lambda: tf.constant(1) / 2.0):
        with pytest.raises(TypeError) as info:
            call()
        assert info.type.__name__ == "TypeError"
    for call in (lambda: one + two, lambda: one * two, lambda: one**two, lambda: one < two, lambda: tf.subtract(one, two)):
        with pytest.raises(tf.errors.InvalidArgumentError) as info:
            call()
        assert info.type.__name__ == "InvalidArgumentError"


def test_a_kernel_beside_a_body_needs_its_vjp() -> None:
    @fused
    def doubled(x):
        return x + x

    doubled.fast_kernel(lambda x: 2 * x)
    with pytest.raises(TypeError, match="needs a vjp"):
        doubled.freeze()
