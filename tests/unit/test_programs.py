"""Random programs: every mode and nesting gives the derivatives of the reference (`series`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradtape as tf

from . import series as sr

ForwardAccumulator = tf.autodiff.ForwardAccumulator
WIDTH = 3  # every value is a vector of so many float64
MATRIX = np.array([[0.5, -0.2, 0.1], [0.3, 0.4, -0.6], [-0.1, 0.2, 0.7]])
UNARY = {
    "tanh": (tf.tanh, sr.tanh),
    "sin": (tf.sin, sr.sin),
    "sigmoid": (tf.sigmoid, sr.sigmoid),
    "softplus": (tf.nn.softplus, sr.softplus),
    "square": (tf.square, sr.square),
    "exp": (lambda x: tf.exp(x * 0.1), lambda x: sr.exp(x * 0.1)),
    "negative": (lambda x: -x, lambda x: -x),
}
LINEAR = {
    "turn": (lambda x: tf.concat([x[1:], x[:1]], 0), lambda a: np.roll(a, -1)),
    "mean": (lambda x: tf.reduce_mean(x) * tf.ones([WIDTH], tf.float64), lambda a: np.full(WIDTH, a.mean())),
    "gather": (lambda x: tf.gather(x, [2, 0, 2]), lambda a: a[[2, 0, 2]]),
    "product": (lambda x: tf.linalg.matvec(MATRIX, x), lambda a: MATRIX @ a),
    "mask": (lambda x: tf.where([True, False, True], x, 0.0), lambda a: a * [1.0, 0.0, 1.0]),
    "stack": (lambda x: tf.stack([x[0], x[0], x[2]]), lambda a: a[[0, 0, 2]]),
    "cumsum": (lambda x: tf.cumsum(x), np.cumsum),
}
BINARY = {"add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y}


# -- programs ---------------------------------------------------------------------------------------------------
chains = st.lists(st.sampled_from(sorted(UNARY)), min_size=1, max_size=3)
places = st.integers(0, 50)
steps = st.one_of(
    st.tuples(st.just("unary"), st.sampled_from(sorted(UNARY)), places),
    st.tuples(st.just("linear"), st.sampled_from(sorted(LINEAR)), places),
    st.tuples(st.just("binary"), st.sampled_from(sorted(BINARY)), places, places),
    st.tuples(st.just("number"), st.sampled_from(sorted(BINARY)), places, st.sampled_from([2.0, -0.5, 3])),
    st.tuples(st.just("read"), st.integers(0, 1)),
    st.tuples(st.just("variable"), st.sampled_from(sorted(BINARY)), places, st.integers(0, 1)),
    st.tuples(st.just("assign"), st.integers(0, 1), places),
    st.tuples(st.just("stop"), places),
    st.tuples(st.just("recompute"), chains, places),
    st.tuples(st.just("inner"), chains, places),
    st.tuples(st.just("forward"), chains, places),
    st.tuples(st.just("map"), chains, places),
    st.tuples(st.just("jacobian"), chains, places),
)
programs = st.lists(steps, min_size=1, max_size=7)
custom = st.tuples(st.just("doubled"), places)  # forward mode does not know it: it goes through the function itself


def chained(names: list, side: int) -> Callable:
    def chain(x: Any) -> Any:
        for name in names:
            x = UNARY[name][side](x)
        return x

    return chain


@tf.custom_gradient
def doubled(x: Any) -> Any:
    return x * 1.0, lambda g: g * 2.0


def derivative_by_tape(f: Callable, x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x, unconnected_gradients="zero")


def derivative_forward(f: Callable, x: Any) -> Any:
    with ForwardAccumulator(x, tf.ones_like(x)) as acc:
        y = f(x)
    return acc.jvp(y, "zero")


def diagonal_of_jacobian(f: Callable, x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tf.linalg.diag_part(tape.jacobian(y, x, unconnected_gradients="zero"))


def run_here(program: list, x: Any, variables: list) -> Any:
    """The program on tensors."""
    values = [x]
    for kind, *rest in program:
        pick = [values[r % len(values)] if isinstance(r, int) else r for r in rest]
        if kind == "unary":
            out = UNARY[rest[0]][0](pick[1])
        elif kind == "linear":
            out = LINEAR[rest[0]][0](pick[1])
        elif kind == "binary":
            out = BINARY[rest[0]](pick[1], pick[2])
        elif kind == "number":
            out = BINARY[rest[0]](pick[1], rest[2])
        elif kind == "read":
            out = variables[rest[0]].read_value()
        elif kind == "variable":
            out = BINARY[rest[0]](pick[1], variables[rest[2]])
        elif kind == "assign":
            variables[rest[0]].assign_add(0.1 * tf.tanh(tf.stop_gradient(pick[1])))
            out = pick[1] * 1.0
        elif kind == "stop":
            out = tf.stop_gradient(pick[0])
        elif kind == "doubled":
            out = doubled(pick[0])
        elif kind == "recompute":
            out = tf.recompute_grad(chained(rest[0], 0))(pick[1])
        elif kind == "map":
            out = tf.vectorized_map(chained(rest[0], 0), pick[1])
        else:
            way = {"inner": derivative_by_tape, "forward": derivative_forward, "jacobian": diagonal_of_jacobian}[kind]
            out = way(chained(rest[0], 0), pick[1])
        values.append(tf.tanh(out))
    return tf.reduce_sum(values[-1] * tf.constant([1.0, -2.0, 0.5], tf.float64))


def run_reference(program: list, x: Any, states: list, moves: list) -> Any:
    """The program on series; a reading of a variable moves in its direction, an assignment cuts."""
    values, states = [x], [s.copy() for s in states]

    def reading(k: int) -> Any:
        return sr.Series(x.level, [states[k], moves[k], moves[k] * 0.0]) if isinstance(x, sr.Series) else states[k]

    for kind, *rest in program:
        pick = [values[r % len(values)] if isinstance(r, int) else r for r in rest]
        if kind == "unary":
            out = UNARY[rest[0]][1](pick[1])
        elif kind == "linear":
            out = sr.linear(LINEAR[rest[0]][1], pick[1])
        elif kind == "binary":
            out = BINARY[rest[0]](pick[1], pick[2])
        elif kind == "number":
            out = BINARY[rest[0]](pick[1], rest[2])
        elif kind == "read":
            out = reading(rest[0])
        elif kind == "variable":
            out = BINARY[rest[0]](pick[1], reading(rest[2]))
        elif kind == "assign":
            states[rest[0]] = states[rest[0]] + 0.1 * np.tanh(sr.base(pick[1]))
            out = pick[1]
        elif kind == "stop":
            out = sr.base(pick[0])
        elif kind == "doubled":
            out = scaled(pick[0], x)
        elif kind in ("recompute", "map"):
            out = chained(rest[0], 1)(pick[1])
        else:
            out = sr.derivative(chained(rest[0], 1), pick[1])
        values.append(sr.tanh(out))
    return sr.linear(lambda a: (a * [1.0, -2.0, 0.5]).sum(), values[-1])


def scaled(value: Any, x: Any) -> Any:
    """Twice the derivatives."""
    return sr.Series(value.level, [value.c[0], *[c * 2.0 for c in value.c[1:]]]) if isinstance(value, sr.Series) else value


# -- comparing ----------------------------------------------------------------------------------------------------
X, STATES = np.array([0.3, -0.7, 1.1]), [np.array([0.2, 0.5, -0.4]), np.array([-0.3, 0.8, 0.1])]
MOVE, MOVES = np.array([0.4, -1.0, 0.7]), [np.array([0.9, 0.1, -0.2]), np.array([-0.6, 0.3, 0.5])]


def expected(program: list) -> tuple[float, float, float]:
    """The value, and the first and second derivative along the moves."""
    y = run_reference(program, sr.Series(sr.new_level(), [X, MOVE, MOVE * 0.0]), STATES, MOVES)
    c = y.c if isinstance(y, sr.Series) else [y, 0.0, 0.0]
    return float(c[0]), float(c[1]), 2 * float(c[2])


def fresh() -> tuple[Any, list]:
    return tf.constant(X), [tf.Variable(s) for s in STATES]


def along(grads: list) -> Any:
    return tf.add_n([tf.reduce_sum(g * d) for g, d in zip(grads, [MOVE, *MOVES], strict=True)])


def close(*pairs: tuple) -> None:
    for ours, reference in pairs:
        np.testing.assert_allclose(float(ours), reference, rtol=1e-9, atol=1e-10)


def settled(test: Callable) -> Callable:
    return settings(max_examples=60, deadline=None, derandomize=True)(test)


@settled
@given(st.lists(st.one_of(steps, custom), min_size=1, max_size=8), st.booleans())
def test_first_order_reverse(program: list, persistent: bool) -> None:
    value, first, _ = expected(program)
    x, variables = fresh()
    with tf.GradientTape(persistent=persistent) as tape:
        tape.watch(x)
        y = run_here(program, x, variables)
    grads = tape.gradient(y, [x, *variables], unconnected_gradients="zero")
    close((y, value), (along(grads), first))
    if persistent:
        close((along(tape.gradient(y, [x, *variables], unconnected_gradients="zero")), first))
        close((along(tape.gradient([y, y], [x, *variables], unconnected_gradients="zero")), 2 * first))


@settled
@given(programs)
def test_first_order_forward(program: list) -> None:
    value, first, _ = expected(program)
    x, variables = fresh()
    with ForwardAccumulator([x, *variables], [tf.constant(d) for d in (MOVE, *MOVES)]) as acc:
        y = run_here(program, x, variables)
    close((y, value), (acc.jvp(y, "zero"), first))


@settled
@given(st.lists(st.one_of(steps, custom), min_size=1, max_size=6))
def test_reverse_over_reverse(program: list) -> None:
    value, first, second = expected(program)
    x, variables = fresh()
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = run_here(program, x, variables)
        slope = along(inner.gradient(y, [x, *variables], unconnected_gradients="zero"))
    curve = along(outer.gradient(slope, [x, *variables], unconnected_gradients="zero"))
    close((y, value), (slope, first), (curve, second))


@pytest.mark.parametrize("order", ["forward over reverse", "reverse over forward", "forward over forward"])
@settled
@given(programs)
def test_other_second_orders(order: str, program: list) -> None:
    value, first, second = expected(program)
    x, variables = fresh()
    sources, moves = [x, *variables], [tf.constant(d) for d in (MOVE, *MOVES)]
    if order == "reverse over forward":
        with tf.GradientTape() as outer:
            outer.watch(x)
            with ForwardAccumulator(sources, moves) as inner:
                y = run_here(program, x, variables)
            slope = inner.jvp(y, "zero")
        curve = along(outer.gradient(slope, sources, unconnected_gradients="zero"))
    else:
        with ForwardAccumulator(sources, moves) as outer:
            if order == "forward over reverse":
                with tf.GradientTape() as inner:
                    inner.watch(x)
                    y = run_here(program, x, variables)
                slope = along(inner.gradient(y, sources, unconnected_gradients="zero"))
            else:
                with ForwardAccumulator(sources, moves) as inner:
                    y = run_here(program, x, variables)
                slope = inner.jvp(y, "zero")
        curve = outer.jvp(slope, "zero")
    close((y, value), (slope, first), (curve, second))


@settled
@given(st.lists(steps.filter(lambda s: s[0] not in ("assign",)), min_size=1, max_size=5))
def test_inside_a_map(program: list) -> None:
    _, variables = fresh()
    rows = np.stack([X, X * 0.5, -X])

    def slopes(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = run_here(program, x, variables)
        return y, tape.gradient(y, x, unconnected_gradients="zero")

    ys, grads = tf.vectorized_map(slopes, tf.constant(rows))
    for row, y, g in zip(rows, ys, grads, strict=True):
        alone_y, alone_g = slopes(tf.constant(row))
        np.testing.assert_allclose(y.numpy(), alone_y.numpy(), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(g.numpy(), alone_g.numpy(), rtol=1e-10, atol=1e-12)


@settled
@given(programs)
def test_a_jacobian_of_everything(program: list) -> None:
    x, variables = fresh()
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = run_here(program, x, variables) * tf.constant([1.0, 2.0], tf.float64)
        parts = tf.unstack(y)
    sources = [x, *variables]
    for rows, *columns in zip(
        tape.jacobian(y, sources, unconnected_gradients="zero"),
        *[tape.gradient(p, sources, unconnected_gradients="zero") for p in parts],
        strict=True,
    ):
        np.testing.assert_allclose(rows.numpy(), np.stack([c.numpy() for c in columns]), rtol=1e-10, atol=1e-12)
