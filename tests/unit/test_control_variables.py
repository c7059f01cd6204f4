"""Variables that loops write, compiled and eager: values, gradients of both orders, what the variables hold at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.graph.text import parse


def step(v: Any, u: Any, a: Any) -> Any:
    """Reads before and after an assignment, of a value that depends on all there is."""
    v.assign(tf.sin(v * a + u))
    return a * v + tf.cos(v)


def while_loop(v: Any, u: Any, a: Any) -> Any:
    return tf.while_loop(lambda k, a: k < 3, lambda k, a: (k + 1, step(v, u, a)), (tf.constant(0), a))[1]


def until(v: Any, u: Any, a: Any) -> Any:
    """Nobody knows the number of steps before."""
    return tf.while_loop(lambda s, a: s < 2.0, lambda s, a: (s + 0.5 + a * a * 0.01, step(v, u, a)), (u * 0.0, a))[1]


def with_test(v: Any, u: Any, a: Any) -> Any:
    """The test writes too."""
    return tf.while_loop(lambda a: v.assign_add(0.3) + tf.reduce_sum(u) * 0.0 < 2.0, lambda a: [a * v + u], [a])[0]


def for_loop(v: Any, u: Any, a: Any) -> Any:
    for _ in tf.range(3):
        a = step(v, u, a)
    return a


def with_break(v: Any, u: Any, a: Any) -> Any:
    for k in tf.range(4):
        if tf.cast(k, a.dtype) + v * 0.0 > 1.5:
            break
        a = step(v, u, a)
        u.assign_add(v * 0.1)
    return a * u


def nested(v: Any, u: Any, a: Any) -> Any:
    for _ in tf.range(2):
        u.assign(tf.cos(u + v))
        for _ in tf.range(2):
            a = step(v, u, a) + u
    return a


def branch(v: Any, u: Any, a: Any) -> Any:
    for k in tf.range(4):
        if k % 2 == 0:
            a = step(v, u, a)
        a = a + u * v
    return a


def in_branch(v: Any, u: Any, a: Any) -> Any:
    return tf.cond(a > 0.0, lambda: for_loop(v, u, a), lambda: a * v)


def scan(v: Any, u: Any, a: Any) -> Any:
    rows = tf.constant([0.3, 0.5, 0.7], tf.float64)
    return tf.reduce_sum(tf.scan(lambda a, x: step(v, u, a) * x + v, rows, initializer=a))


def backwards(v: Any, u: Any, a: Any) -> Any:
    return tf.foldr(lambda a, x: step(v, u, a) * x, tf.constant([0.3, 0.5, 0.7], tf.float64), initializer=a)


def map_fn(v: Any, u: Any, a: Any) -> Any:
    return tf.reduce_sum(tf.map_fn(lambda x: step(v, u, a * x), tf.constant([0.3, 0.5, 0.7], tf.float64)))


def unread(v: Any, u: Any, a: Any) -> Any:
    """What the loop writes is read after it alone."""
    for _ in tf.range(3):
        v.assign(u * a)
        a = a * u
    return a + v * v


LOOPS = [while_loop, until, with_test, for_loop, with_break, nested, branch, in_branch, scan, backwards, map_fn, unread]


def around(loop: Callable) -> Callable:
    """The variables are read before and after."""

    def program(v: Any, u: Any, x: Any) -> Any:
        return loop(v, u, x + v * u) * v + u * x

    return program


def results(program: Callable, compiled: str) -> list[float]:
    v, u, x = tf.Variable(np.float64(0.5)), tf.Variable(np.float64(0.8)), tf.constant(np.float64(0.3))
    if compiled == "program":
        program = tf.function(program)

    def derivatives(v: Any, u: Any, x: Any) -> Any:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = program(v, u, x)
            first = tape.gradient(y, [v, u, x])
            total = tf.add_n([tf.sin(g) for g in first])
        return [y, *first, *outer.gradient(total, [v, u, x])]

    found = (tf.function(derivatives) if compiled == "derivatives" else derivatives)(v, u, x)
    return [*map(float, found), float(v), float(u)]


@pytest.mark.parametrize("compiled", ["program", "derivatives"])
@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__name__)
def test_a_variable_that_a_loop_writes(loop: Callable, compiled: str) -> None:
    """The tape around the compiled call, and inside it."""
    np.testing.assert_allclose(results(around(loop), compiled), results(around(loop), "eager"), rtol=1e-9, atol=1e-12)


def straight(v: Any, u: Any, a: Any) -> Any:
    """No loop at all."""
    return step(v, u, step(v, u, a))


@pytest.mark.parametrize("program", [straight, while_loop, until, scan], ids=lambda program: program.__name__)
def test_forward_mode_sees_the_same(program: Callable) -> None:
    def tangent(program: Callable) -> float:
        v, u, x = tf.Variable(np.float64(0.5)), tf.Variable(np.float64(0.8)), tf.constant(np.float64(0.3))
        with tf.autodiff.ForwardAccumulator(v, tf.constant(np.float64(1.0))) as accumulator:
            y = program(v, u, x)
        return float(accumulator.jvp(y))

    assert tangent(tf.function(around(program))) == pytest.approx(tangent(around(program)), rel=1e-9)


def test_a_map_over_reads_after_an_assignment() -> None:
    v = tf.Variable([1.0, 2.0])

    @tf.function
    def program(xs):
        v.assign(v * 3.0)
        with tf.GradientTape() as tape:
            y = tf.vectorized_map(lambda x: tf.reduce_sum(v * v * x), xs)
        return y, tape.jacobian(y, v)

    y, slopes = program(tf.constant([1.0, 2.0]))
    np.testing.assert_allclose(y, [45.0, 90.0])
    np.testing.assert_allclose(slopes, [[6.0, 12.0], [12.0, 24.0]])


def test_the_text_of_a_read_after_an_assignment() -> None:
    v = tf.Variable([1.0, 2.0])

    @tf.function
    def program(x):
        v.assign(v * x)
        return v * v + x

    text = str(program.get_concrete_function(tf.constant([1.0, 2.0])).graph)
    assert "variable_read" in text
    assert str(parse(text, [v])) == text


def test_a_float32_variable_by_hand() -> None:
    """y = x v0 v1 with v1 assigned: each read of v gives its own share, the assigned value none."""
    v, x = tf.Variable(2.0), tf.constant(3.0)

    @tf.function
    def program(x):
        for _ in tf.range(2):
            x = x * v
            v.assign(v * x)
        return x

    with tf.GradientTape() as tape:
        y = program(x)
    assert float(y) == 72.0  # 3 * 2 * 12
    assert float(tape.gradient(y, v)) == 42.0  # 3 * 12 + 3 * 2
    assert float(v) == 864.0


def test_a_shape_that_changes_is_refused() -> None:
    v = tf.Variable([1.0], shape=tf.TensorShape(None))

    @tf.function
    def program():
        for _ in tf.range(3):
            v.assign(tf.concat([v, v], 0))
        return v.read_value()

    with pytest.raises(ValueError, match="only variables that keep their shape"):
        program()


def test_what_a_branch_decides_by_the_counter() -> None:
    """The branches' results are worked out before the loop: scalars stay scalars."""

    @tf.function
    def program(x):
        for k in tf.range(4):
            if k % 2 == 0:
                continue
            x = tf.tanh(x) + tf.cast(k, x.dtype)
        return x

    x = tf.constant([[[0.3]]])
    np.testing.assert_allclose(program(x), np.tanh(np.tanh(0.3) + 1.0).reshape(1, 1, 1) + 3.0, rtol=1e-6)


def growing() -> tuple[Any, Any]:
    v = tf.Variable([1.0, 2.0], shape=tf.TensorShape([None]))

    @tf.function
    def program(x):
        v.assign(tf.concat([v, x], 0))
        return tf.reduce_sum(v * v)

    return v, program


def test_a_variable_takes_another_shape() -> None:
    v, program = growing()
    x = tf.constant([0.5, 0.25])
    assert float(program(x)) == 5.3125
    assert float(program(x)) == 5.625
    np.testing.assert_array_equal(v, [1.0, 2.0, 0.5, 0.25, 0.5, 0.25])


def test_derivatives_of_a_variable_that_took_another_shape() -> None:
    """From outside they would have two shapes; inside, the variable has the last one."""
    v, program = growing()
    with pytest.raises(tf.errors.InvalidArgumentError, match="has no one shape"), tf.GradientTape():
        program(tf.constant([0.5, 0.25]))

    @tf.function
    def inside(x):
        with tf.GradientTape() as tape:
            v.assign(tf.concat([v, x], 0))
            y = tf.reduce_sum(v * v)
        return tape.gradient(y, v)

    v.assign([1.0, 2.0])
    np.testing.assert_array_equal(inside(tf.constant([0.5, 0.25])), [2.0, 4.0, 1.0, 0.5])
