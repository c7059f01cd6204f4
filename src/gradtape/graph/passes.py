"""Graph -> Graph: what need not be computed, or not twice, or in a simpler way."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from ..core.dispatch import run_kernel
from ..core.shapes import Dim, product
from . import algebra
from .ir import Graph, Node, Value
from .rewrite import Builder, Rule, rewritten
from .trace import record

SMALL = 64  # elements of a constant that is computed at once
ROUNDS = 4


def without_dead_nodes(graph: Graph) -> Graph:
    """Nodes whose results nobody takes go, unless they have effects."""
    wanted = {x.number for x in graph.outputs if isinstance(x, Value)}
    kept = []
    for node in reversed(graph.nodes):
        if node.primitive.ordered or any(v.number in wanted for v in node.outputs):
            kept.append(node)
            wanted |= {x.number for x in node.inputs if isinstance(x, Value)}
    return graph._replace(nodes=tuple(reversed(kept)))


# -- equal nodes ------------------------------------------------------------------------------------------------------
def without_doubles(graph: Graph) -> Graph:
    """Nodes that compute the same become one."""
    seen: dict[Hashable, Node] = {}

    def same_node(b: Builder, node: Node) -> Sequence[Any] | None:
        if node.primitive.ordered:
            return None
        try:
            key = node.primitive, tuple(map(operand_key, node.inputs)), tuple(sorted(node.params.items(), key=first))
            found = seen.setdefault(key, node)
        except TypeError:  # a parameter without a hash
            return None
        return None if found is node or [v.spec for v in found.outputs] != [v.spec for v in node.outputs] else found.outputs

    return rewritten(graph, same_node)


def first(pair: tuple[str, Any]) -> str:
    return pair[0]


def operand_key(x: Any) -> Hashable:
    if isinstance(x, Value):
        return x.number
    return (x.dtype.str, x.dtype.name, x.shape, x.tobytes()) if x.dtype != object else id(x)


# -- constants ----------------------------------------------------------------------------------------------------------
def computed_now(b: Builder, node: Node) -> Sequence[Any] | None:
    """What follows from constants and shapes alone."""
    if node.name == "extents_of":
        shape = algebra.shape_of(node.inputs[0])
        return None if any(isinstance(n, Dim) for n in shape) else (np.array(shape, node.outputs[0].spec.dtype),)
    if node.primitive.ordered or node.primitive.kernel is None or not all(isinstance(x, np.ndarray) for x in node.inputs):
        return None
    sizes = [product(v.spec.shape) for v in node.outputs]
    if not node.inputs or any(isinstance(n, Dim) or n > SMALL for n in sizes) or any(x.size > SMALL for x in node.inputs):
        return None
    with np.errstate(all="ignore"):
        out = run_kernel(node.primitive, list(node.inputs), node.params)
    return [np.array(x, order="C") for x in (out if node.primitive.results else (out,))]


def with_constants_computed(graph: Graph) -> Graph:
    return rewritten(graph, computed_now)


# -- algebra --------------------------------------------------------------------------------------------------------------
CLEANING: tuple[Rule, ...] = (
    algebra.custom_rule, algebra.no_move, algebra.moves_in_a_row, algebra.neutral_number, algebra.plain_product, algebra.squares,
    algebra.small_operands, algebra.broadcast_later, algebra.sum_of_broadcast, algebra.sum_over_nothing, algebra.relu_before_spreading,
)  # fmt: skip


def cleaned(graph: Graph) -> Graph:
    """Neutral numbers, moves that cancel, broadcasts that an operation does by itself."""
    return rewritten(graph, *CLEANING)


def with_transposed_products(graph: Graph) -> Graph:
    return rewritten(graph, algebra.transposed_products)


PASSES = (without_dead_nodes, cleaned, with_constants_computed, with_transposed_products, without_doubles, without_dead_nodes)


def simplified(graph: Graph) -> Graph:
    """The graph after all passes, until they change nothing."""
    for _ in range(ROUNDS):
        before = [node.name for node in graph.nodes]
        for step in PASSES:
            graph = step(graph)
        if [node.name for node in graph.nodes] == before:
            break
    return graph


# -- bodies -----------------------------------------------------------------------------------------------------------------
def expanded(graph: Graph, kept: Any) -> Graph:
    """The graph with the bodies of fused operations in their place, except those whose primitive `kept` holds for."""

    def spell_out(b: Builder, node: Node) -> Sequence[Any] | None:
        if node.primitive.body is None or kept(node.primitive):
            return None
        given = [x.spec if isinstance(x, Value) else algebra.spec_of_operand(x) for x in node.inputs]
        inner = record(lambda *xs: as_list(node.primitive.body(*xs, **node.params)), given).graph  # type: ignore[misc]
        return spliced(b, inner, node)

    return rewritten(graph, spell_out)


def as_list(x: Any) -> list[Any]:
    return list(x) if isinstance(x, tuple) else [x]


def spliced(b: Builder, inner: Graph, node: Node) -> list[Any]:
    """The inner graph's nodes added to the outer one; its results."""
    places: dict[int, Any] = {v.number: x for v, x in zip(inner.inputs, node.inputs, strict=True)}
    places |= {v.number: source.value for v, source in inner.captured}

    def operand(x: Any) -> Any:
        return places[x.number] if isinstance(x, Value) else x

    for step in inner.nodes:
        outs = tuple(b.new_value(v.spec) for v in step.outputs)
        found = b.add(step._replace(inputs=tuple(map(operand, step.inputs)), outputs=outs, site=node.site))
        places |= {v.number: x for v, x in zip(step.outputs, found, strict=True)}
    return [operand(x) for x in inner.outputs]


__all__ = ["PASSES", "cleaned", "expanded", "simplified", "with_constants_computed", "without_dead_nodes", "without_doubles"]
