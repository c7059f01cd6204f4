"""The passes over graphs: each changes what it should, and nothing else; random graphs compute the same before and after."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradtape as tf
from gradtape.core.primitive import REGISTRY
from gradtape.core.shapes import Dim, Spec
from gradtape.exec.reference import compile_graph
from gradtape.graph.ir import Graph, GraphError, Value, structural_hash, verify
from gradtape.graph.passes import PASSES, expanded, simplified
from gradtape.graph.text import parse
from gradtape.graph.trace import record
from gradtape.ops import basic, linalg, moves, pieces

F = np.float32


def graph_of(f: Any, *shapes: Any) -> Graph:
    def flat(*xs: Any) -> list[Any]:
        out = f(*xs)
        return list(out) if isinstance(out, (list, tuple)) else [out]

    return verify(record(flat, [Spec(s, F) for s in shapes]).graph)


def names(graph: Graph) -> list[str]:
    return [node.name for node in graph.nodes]


def run(graph: Graph, arrays: list[np.ndarray]) -> list[np.ndarray]:
    captured = [np.ascontiguousarray(source.value) for _, source in graph.captured]
    return compile_graph(graph)([*arrays, *captured], [None] * len(graph.outputs))


V = (3, 4)
CASES = [
    ("dead code goes", lambda x: (tf.exp(x), x * x)[1], [V], ["multiply"]),
    ("equal nodes are merged", lambda x: tf.exp(x) * tf.exp(x), [V], ["exp", "multiply"]),
    ("constants are computed", lambda x: x + (tf.constant(2.0) * tf.exp(tf.constant(0.5))), [V], ["add"]),
    ("identity", lambda x: tf.identity(tf.stop_gradient(x)) * 3.0, [V], ["multiply"]),
    ("neutral numbers", lambda x: ((x * 1.0 + 0.0) / 1.0 - 0.0) ** 1.0, [V], []),
    ("one on the left", lambda x: 1.0 * x + 0.0, [V], []),
    ("ones that broadcast", lambda x: tf.ones([3, 4]) * x, [(4,)], ["broadcast_to"]),
    ("negatives cancel", lambda x: tf.negative(tf.negative(x)), [V], []),
    ("reshapes in a row", lambda x: tf.reshape(tf.reshape(x, [12]), [3, 4]), [V], []),
    ("permutations in a row", lambda x: tf.transpose(tf.transpose(x)), [V], []),
    ("casts there and back", lambda x: tf.cast(tf.cast(x, tf.float64), tf.float32), [V], []),
    ("a narrow cast stays", lambda x: tf.cast(tf.cast(x, tf.float16), tf.float32), [V], ["cast_inexact", "cast_inexact"]),
    ("zmul with a finite constant", lambda x: basic.zmul(x, tf.constant(3.0)), [V], ["multiply"]),
    ("zmul of a constant without zeros", lambda x: basic.zmul(tf.constant(3.0), x), [V], ["multiply"]),
    ("zmul with an infinite constant stays", lambda x: basic.zmul(x, tf.constant(np.inf)), [V], ["zmul"]),
    ("zmul of zeros stays", lambda x: basic.zmul(tf.constant(0.0), x), [V], ["zmul"]),
    ("zmul of two values stays", lambda x, y: basic.zmul(x, y), [V, V], ["zmul"]),
    ("squares", lambda x: x**2.0, [V], ["square"]),
    ("broadcasts go into operations", lambda x, y: x * tf.broadcast_to(y, V), [V, (4,)], ["multiply"]),
    ("scalars are broadcast last", lambda x: tf.exp(tf.broadcast_to(x, V)), [()], ["exp", "broadcast_to"]),
    ("sums of broadcasts", lambda x: tf.reduce_sum(tf.broadcast_to(x, V), axis=0), [(4,)], ["multiply"]),
    ("means of broadcasts", lambda x: tf.reduce_mean(tf.broadcast_to(x, V), axis=0), [(4,)], []),
    ("sums over one element", lambda x: tf.reduce_sum(x, axis=1), [(3, 1)], ["reshape"]),
    ("transposes go into products", lambda x, y: tf.matmul(tf.transpose(x), linalg.swap(y)), [(2, 3), (4, 2)], ["matmul"]),
    ("effects stay", lambda x: (tf.debugging.assert_positive(tf.abs(x) + 1.0), x)[1], [V], ["abs", "add", "check_sign"]),
]


@pytest.mark.parametrize("what, f, shapes, left", CASES, ids=[c[0] for c in CASES])
def test_what_a_pass_leaves(what: str, f: Any, shapes: Any, left: list[str]) -> None:
    graph = graph_of(f, *shapes)
    clean = verify(simplified(graph))
    assert names(clean) == left
    rng = np.random.default_rng(0)
    arrays = [np.asarray(rng.normal(size=s), F) for s in shapes]
    for before, after in zip(run(graph, arrays), run(clean, arrays), strict=True):
        np.testing.assert_allclose(after, before, rtol=1e-6)


def test_zeros_still_win() -> None:
    graph = simplified(
        graph_of(lambda x, y: [basic.zmul(x, y), basic.zmul(x, tf.constant(np.inf)), basic.zzmul(y, x)], (2,), (2,))
    )
    for found in run(graph, [np.zeros(2, F), np.array([np.inf, np.nan], F)]):
        assert found.tolist() == [0.0, 0.0]


def test_random_draws_are_never_merged() -> None:
    graph = simplified(graph_of(lambda x: x + tf.random.normal(V, seed=1) + tf.random.normal(V, seed=1), V))
    assert names(graph).count("rng_reserve") == 2


def test_unknown_extents_pass_through() -> None:
    n = Dim("n")
    graph = graph_of(lambda x: tf.reduce_sum(tf.ones_like(x) * x * 1.0, axis=0) + tf.cast(tf.shape(x)[0], tf.float32), (n, 4))
    verify(simplified(graph))


def test_bodies_are_spelled_out() -> None:
    graph = graph_of(lambda x: tf.nn.softmax(x), V)
    open_ = verify(expanded(graph, lambda p: p.name == "exp"))
    fused = [p.name for p in REGISTRY.values() if p.body is not None]
    assert not {*names(open_)} & {*fused}
    x = np.random.default_rng(0).normal(size=V).astype(F)
    np.testing.assert_allclose(run(open_, [x])[0], run(graph, [x])[0], rtol=1e-6)


# -- text, hash, verifier --------------------------------------------------------------------------------------------------
def test_text_there_and_back() -> None:
    v = tf.Variable([1.0, 2.0], name="weights")

    def f(x: Any) -> Any:
        both = tf.concat([x, v], 0)
        v.assign_add(x * np.float32(0.1))
        return tf.reshape(tf.cast(x, tf.bfloat16), [2, 1]), both, tf.reduce_sum(x, axis=(0,), keepdims=True)

    graph = graph_of(f, (2,))
    text = str(graph)
    assert "= 'weights:0'" in text and ":= " in text
    again = parse(text, [v])
    assert str(again) == text and structural_hash(again) == structural_hash(graph)
    symbolic = graph_of(lambda x: tf.reshape(x, [-1, 2]) * 2.0, (Dim("n") * 2, 3))
    assert str(parse(str(symbolic))) == str(symbolic)


def test_the_hash_sees_structure_alone() -> None:
    a = graph_of(lambda x: x * 2.0 + 1.0, V)
    b = graph_of(lambda x: ((tf.exp(x), x)[1] * 2.0) + 1.0, V)
    assert structural_hash(a) == structural_hash(PASSES[0](b)) != structural_hash(b)
    assert structural_hash(a) != structural_hash(graph_of(lambda x: x * 3.0 + 1.0, V))


@pytest.mark.parametrize(
    "text, words",
    [
        ("graph(%0: float32[2]) {\n  %1: float32[2] = exp(%0)\n  %1: float32[2] = exp(%0)\n  return %1\n}", "defined twice"),
        ("graph(%0: float32[2]) {\n  %1: float32[3] = exp(%0)\n  return %1\n}", "shape facet"),
        ("graph(%0: float32[2], %0: float32[2]) {\n  return %0\n}", "one number"),
    ],
)
def test_the_verifier_refuses(text: str, words: str) -> None:
    with pytest.raises(GraphError, match=words):
        verify(parse(text))


def test_the_verifier_wants_definitions_first() -> None:
    graph = graph_of(lambda x: tf.exp(tf.sin(x)), V)
    with pytest.raises(GraphError, match="before its use"):
        verify(graph._replace(nodes=graph.nodes[::-1]))
    with pytest.raises(GraphError, match="is not defined"):
        verify(graph._replace(outputs=(Value(99, graph.outputs[0].spec),)))
    with pytest.raises(GraphError, match="last outputs"):
        verify(graph._replace(updates=((0, 5),)))


# -- random graphs -----------------------------------------------------------------------------------------------------------
NUMBERS = (0.0, 1.0, -1.0, 2.0, 0.5)
STEPS: list[Any] = [
    lambda x, y, k: x + y,
    lambda x, y, k: x * y,
    lambda x, y, k: x - y,
    lambda x, y, k: basic.zmul(x, y),
    lambda x, y, k: basic.zzmul(y, x),
    lambda x, y, k: x * tf.constant(NUMBERS[k % 5]),
    lambda x, y, k: tf.constant(NUMBERS[k % 5]) + x,
    lambda x, y, k: basic.zmul(x, tf.constant(NUMBERS[k % 5])),
    lambda x, y, k: basic.zmul(tf.constant(NUMBERS[k % 5]), x),
    lambda x, y, k: x / tf.constant(NUMBERS[1 + k % 4]),
    lambda x, y, k: -x,
    lambda x, y, k: tf.tanh(x),
    lambda x, y, k: x ** float(1 + k % 2),
    lambda x, y, k: tf.where(x > y, x, tf.broadcast_to(tf.constant(0.0), x.shape)),
    lambda x, y, k: tf.transpose(tf.reshape(x, [x.shape[1], x.shape[0]])),
    lambda x, y, k: tf.cast(tf.cast(x, tf.float64), tf.float32),
    lambda x, y, k: tf.broadcast_to(tf.reduce_sum(x, axis=k % 2, keepdims=True), x.shape),
    lambda x, y, k: tf.broadcast_to(tf.reduce_mean(x), x.shape),
    lambda x, y, k: tf.broadcast_to(tf.reduce_sum(tf.broadcast_to(x[:1], x.shape), axis=0), x.shape),
    lambda x, y, k: tf.matmul(tf.matmul(x, tf.transpose(y)), linalg.swap(tf.transpose(y))) * 0.1,
    lambda x, y, k: tf.identity(pieces.concatenate(x[:1], x[1:], axis=0)),
    lambda x, y, k: moves.roll(x, k % 3, 0) * tf.ones_like(x),
]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
        min_size=1,
        max_size=12,
    )
)
def test_random_graphs_compute_the_same(program: list[tuple[int, int, int, int]]) -> None:
    def f(x: Any, y: Any) -> Any:
        values = [x, y]
        with tf.GradientTape() as tape:
            tape.watch([x, y])
            for which, a, b, k in program:
                values.append(STEPS[which](values[a % len(values)], values[b % len(values)], k))
            loss = tf.reduce_sum(tf.tanh(values[-1]))
        return [values[-1], *list(tape.gradient(loss, [x, y], unconnected_gradients="zero"))]

    graph = graph_of(f, (3, 2), (3, 2))
    clean = verify(graph)
    for step in PASSES:
        clean = verify(step(clean))
    clean = verify(simplified(clean))
    rng = np.random.default_rng(1)
    arrays = [rng.normal(size=(3, 2)).astype(F), rng.integers(-1, 2, (3, 2)).astype(F)]
    for before, after in zip(run(graph, arrays), run(clean, arrays), strict=True):
        np.testing.assert_allclose(after, before, rtol=2e-4, atol=1e-5)


@pytest.mark.parametrize(("window", "strides", "padding"), [(2, 2, "VALID"), (3, 1, "SAME"), (3, 2, "SAME")])
def test_relu_s_gradient_is_taken_at_the_pool_s_results(window: int, strides: int, padding: str) -> None:
    def program(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.max_pool2d(tf.nn.relu(x), window, strides, padding)
            loss = tf.reduce_sum(y * y)
        return tape.gradient(loss, x)

    graph = graph_of(program, (2, 7, 7, 3))
    after = simplified(graph)
    (back,) = [node for node in after.nodes if node.name == "relu_gradient"]
    assert names(after).index("relu_gradient") < names(after).index("spread_tap")
    assert back.outputs[0].spec.shape == next(node for node in after.nodes if node.name == "max_pool").outputs[0].spec.shape
    x = np.round(np.random.default_rng(0).normal(size=(2, 7, 7, 3)), 1).astype("f")  # with ties
    np.testing.assert_array_equal(run(after, [x])[0], run(graph, [x])[0])
