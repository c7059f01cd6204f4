"""Rewriting a graph node by node, in one sweep: the tool of the passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.primitive import REGISTRY, Primitive
from ..core.shapes import Spec
from .ir import Graph, GraphError, Node, Value, spec_of_operand

Rule = Callable[["Builder", Node], "Sequence[Any] | None"]  # operands in place of the node's results, or None


class Builder:
    """Collects the nodes of the new graph; a node that a rule replaces is not among them."""

    def __init__(self, graph: Graph, rules: Sequence[Rule]):
        self.rules = rules
        self.nodes: list[Node] = []
        self.makers: dict[int, Node] = {}  # value -> the node that computes it
        self.places: dict[int, Any] = {}  # value of the old graph -> operand in the new one
        values = [*graph.arguments, *(v for node in graph.nodes for v in node.outputs)]
        self.count = max((v.number for v in values), default=-1) + 1

    def operand(self, x: Any) -> Any:
        return self.places.get(x.number, x) if isinstance(x, Value) else x

    def maker(self, x: Any) -> Node | None:
        """The node that computes an operand."""
        return self.makers.get(x.number) if isinstance(x, Value) else None

    def made_by(self, x: Any, name: str) -> Node | None:
        found = self.maker(x)
        return found if found is not None and found.name == name else None

    def add(self, node: Node) -> Sequence[Any]:
        """The operands that stand for the node's results."""
        for rule in self.rules:
            found = rule(self, node)
            if found is not None:
                for new, old in zip(found, node.outputs, strict=True):
                    if spec_of_operand(new) != old.spec:
                        raise GraphError(f"{rule.__name__} put {spec_of_operand(new)} in place of {node.name}: {old.spec}")
                return found
        self.nodes.append(node)
        self.makers |= {v.number: node for v in node.outputs}
        return node.outputs

    def emit(self, name: str, inputs: Sequence[Any], params: dict[str, Any], site: Any) -> Any:
        """The operand for the one result of a new node, which the rules see as well."""
        primitive = REGISTRY[name]
        spec = primitive.shape_rule(*map(spec_of_operand, inputs), **params)  # type: ignore[misc]
        (out,) = self.add(Node(primitive, tuple(inputs), params, (self.new_value(spec),), site))
        return out

    def new_value(self, spec: Spec) -> Value:
        self.count += 1
        return Value(self.count - 1, spec)


def rewritten(graph: Graph, *rules: Rule) -> Graph:
    """The graph with the rules applied to every node, in order."""
    builder = Builder(graph, rules)
    for node in graph.nodes:
        found = builder.add(node._replace(inputs=tuple(map(builder.operand, node.inputs))))
        builder.places |= {v.number: x for v, x in zip(node.outputs, found, strict=True) if x is not v}
    return graph._replace(nodes=tuple(builder.nodes), outputs=tuple(map(builder.operand, graph.outputs)))


def is_pure(primitive: Primitive) -> bool:
    return not primitive.ordered


def constant(x: Any) -> np.ndarray | None:
    return x if isinstance(x, np.ndarray) else None


def number_in(x: Any) -> Any:
    """The one number that a constant is made of, or None."""
    if not isinstance(x, np.ndarray) or not x.size or x.dtype == object:
        return None
    first = x.reshape(-1)[0]
    return first if x.ndim == 0 or bool((x == first).all()) else None
