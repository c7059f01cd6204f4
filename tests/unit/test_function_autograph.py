"""Python's control flow on tensors inside tf.function: everything gives what the plain Python function gives."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import numpy as np
import pytest

import gradtape as tf


def absolute(x: Any) -> Any:
    if x > 0:
        y = x * x
    else:
        y = -x
    return y


def early(x: Any) -> Any:
    if x > 10:
        return x / 2
    if x > 5 and x != 7:
        return x * 10
    return helper(x) + 1


def helper(x: Any) -> Any:
    return x * 2 if not x < 0 else -x


def summed(x: Any) -> Any:
    total = 0.0
    while x > 0:
        total += x
        x -= 1
    return total


def skipping(x: Any) -> Any:
    total = 0
    for i in tf.range(x):
        if i == 2:
            continue
        if i > 5:
            break
        total += i
    return total


def found(x: Any) -> Any:
    for i in tf.range(5):
        if x > i and x != 4:
            return i
    return -1


def python_break(x: Any) -> Any:
    i = 0
    for i in range(5):
        if x > i:
            break
    return i


def last_of_loop(x: Any) -> Any:
    for i in range(x):
        last = i * 3
    return last


def nested(x: Any) -> Any:
    total = 0
    for i in tf.range(x):
        j = 0
        while j < i:
            if (i + j) % 2 == 0 or j == 3:
                total += j
            j += 1
    return total


def pairs(x: Any) -> Any:
    state = {"a": (x, x * 2), "n": 0.0}
    while state["a"][0] < 50:
        state = {"a": (state["a"][0] + state["a"][1], state["a"][1]), "n": state["n"] + 1}
    return state["a"][0] * state["n"]


def mixed(x: Any) -> Any:
    scale, y = "double", x
    if x > 1:
        y = 0
    return y * 2 if scale == "double" else y


def numbers(x: Any) -> Any:
    return float(x) + float(int(x)) + len([1, 2])


CASES = [
    (absolute, [2.0, -3.0]),
    (early, [20.0, 7.0, 6.0, 1.0, -1.0]),
    (summed, [3.0, 0.0]),
    (skipping, [0, 3, 10]),
    (found, [3, -3, 4]),
    (python_break, [3, 0, -9]),
    (last_of_loop, [4, 1]),
    (nested, [6]),
    (pairs, [3.0]),
    (mixed, [0.5, 2.0]),
    (numbers, [2.5]),
]


@pytest.mark.parametrize("f, values", CASES, ids=[f.__name__ for f, _ in CASES])
def test_as_python(f: Any, values: list[Any]) -> None:
    compiled = tf.function(f)
    for value in values:
        x = tf.constant(value)
        np.testing.assert_allclose(compiled(x), f(x), rtol=1e-6)
    assert compiled.experimental_get_tracing_count() == 1


def test_rows_of_a_tensor() -> None:
    def f(x: Any) -> Any:
        total = tf.zeros([2])
        for row in x:
            if tf.reduce_sum(row) > 0:
                total += row
        return total

    x = tf.constant([[1.0, 2.0], [-5.0, 3.0], [2.0, 1.0]])
    np.testing.assert_allclose(tf.function(f)(x), f(x))
    open_ = tf.function(f, input_signature=[tf.TensorSpec([None, 2])])
    np.testing.assert_allclose(open_(x), f(x))
    np.testing.assert_allclose(open_(x[:1]), f(x[:1]))


def test_gradients_go_through() -> None:
    def f(x: Any) -> Any:
        y = x
        for _ in tf.range(3):
            if tf.reduce_sum(y) < 20:
                y = y * x
        return y

    x = tf.constant([1.5, 2.0])

    def derivatives(g: Any) -> list[np.ndarray]:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = g(x)
            first = tape.gradient(y, x)
        return [y.numpy(), first.numpy(), outer.gradient(first, x).numpy()]

    for have, want in zip(derivatives(tf.function(f)), derivatives(f), strict=True):
        np.testing.assert_allclose(have, want, rtol=1e-5)


def test_variables_and_effects_in_branches(capfd: Any) -> None:
    v = tf.Variable(1.0)

    @tf.function
    def f(x: Any) -> Any:
        if x > 0:
            v.assign_add(x)
            tf.print("added", x)
        for _ in tf.range(2):
            v.assign(v * 2.0)
        return v.read_value()

    assert [float(f(tf.constant(k))) for k in (1.0, -1.0)] == [8.0, 32.0]
    assert capfd.readouterr().err == "added 1\n"


def test_lambdas_methods_and_callable_objects() -> None:
    class Doubler:
        def __init__(self, limit: float):
            self.limit = limit

        def __call__(self, x: Any) -> Any:
            while tf.reduce_sum(x) < self.limit:
                x = x * 2
            return x

    class Child(Doubler):
        @tf.function
        def __call__(self, x: Any) -> Any:
            return super().__call__(x) + 1

    assert float(Child(10.0)(tf.constant(1.0))) == 17.0
    assert float(tf.function(Doubler(10.0))(tf.constant(3.0))) == 12.0
    assert float(tf.function(lambda x: x if x > 0 else -x)(tf.constant(-2.0))) == 2.0


def test_assertions() -> None:
    @tf.function
    def f(x: Any) -> Any:
        assert x > 0, "must be positive"
        return x

    assert float(f(tf.constant(1.0))) == 1.0
    with pytest.raises(tf.errors.InvalidArgumentError, match="must be positive") as info:
        f(tf.constant(-1.0))
    assert "test_function_autograph.py" in info.value.__notes__[0]


def test_loop_options() -> None:
    @tf.function
    def f(x: Any) -> Any:
        i = tf.constant(0)
        while i < 3:
            tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([None]))])
            x = tf.concat([x, x], 0)
            i += 1
        return x

    assert f(tf.constant([1.0])).shape == (8,)


def only_one(x: Any) -> Any:
    if x > 0:
        y = x
    return y


def none_in_one(x: Any) -> Any:
    y = x
    if x > 0:
        y = None
    return y


def kinds(x: Any) -> Any:
    if x > 0:
        y = 1
    else:
        y = 2.0
    return y


def returns_in_one(x: Any) -> Any:
    if x > 0:
        return x


def grows(x: Any) -> Any:
    x, i = tf.reshape(x, [1]), tf.constant(0)
    while i < 3:
        x = tf.concat([x, x], 0)
        i += 1
    return x


def changes_dtype(x: Any) -> Any:
    i = 0
    while i < x:
        i = i + 0.5
    return i


@pytest.mark.parametrize(
    "f, error, words",
    [
        (only_one, ValueError, "'y' must also be initialized in the else branch"),
        (none_in_one, ValueError, "'y' is None at the end of the main branch"),
        (kinds, TypeError, "'y' has dtype int32 in the main branch, but dtype float32 in the else branch"),
        (returns_in_one, ValueError, "the else branch must also have a return statement"),
        (grows, ValueError, "shape_invariants"),
        (changes_dtype, TypeError, ""),
    ],
    ids=lambda x: getattr(x, "__name__", None),
)
def test_what_cannot_become_operations(f: Any, error: Any, words: str) -> None:
    with pytest.raises(error) as info:
        tf.function(f)(tf.constant(1.0))
    assert words in str(info.value)
    lines = traceback.extract_tb(info.value.__traceback__)
    assert any(entry.filename.endswith("test_function_autograph.py") and entry.name == f.__name__ for entry in lines)


def test_what_is_not_converted(caplog: Any) -> None:
    @tf.autograph.experimental.do_not_convert
    def f(x: Any) -> Any:
        return x if x > 0 else -x

    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        tf.function(f)(tf.constant(1.0))
    made: dict[str, Any] = {"__name__": "made"}
    exec("def hidden(x):\n    if x is not None:\n        return x + 1\n", made)
    with caplog.at_level(logging.WARNING, "gradtape"):
        assert float(tf.function(made["hidden"])(tf.constant(1.0))) == 2.0
    assert "could not convert hidden" in caplog.text


def test_code_and_graph() -> None:
    assert "ag__.if_stmt" in tf.autograph.to_code(absolute)
    assert tf.autograph.to_graph(absolute)(-2.0) == 2.0
    with pytest.raises(ValueError, match="python_function"):
        tf.autograph.to_code(tf.function(absolute))
