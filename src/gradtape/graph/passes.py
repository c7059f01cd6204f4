"""Graph -> Graph: what need not be computed, or not twice, or in a simpler way."""

from __future__ import annotations

from .ir import Graph, Value


def without_dead_nodes(graph: Graph) -> Graph:
    """Nodes whose results nobody takes go, unless they have effects."""
    wanted = {x.number for x in graph.outputs if isinstance(x, Value)}
    kept = []
    for node in reversed(graph.nodes):
        if node.primitive.ordered or any(v.number in wanted for v in node.outputs):
            kept.append(node)
            wanted |= {x.number for x in node.inputs if isinstance(x, Value)}
    return graph._replace(nodes=tuple(reversed(kept)))


PASSES = (without_dead_nodes,)


def simplified(graph: Graph) -> Graph:
    """The graph after all passes."""
    for step in PASSES:
        graph = step(graph)
    return graph
