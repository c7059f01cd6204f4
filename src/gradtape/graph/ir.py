"""Graph: an immutable list of nodes in single-assignment form, its verifier and its printer."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..core.primitive import Primitive
from ..core.shapes import Spec


class Value(NamedTuple):
    """One result in a graph: its number and what is known of it."""

    number: int
    spec: Spec

    def __repr__(self) -> str:
        return f"%{self.number}"


class Node(NamedTuple):
    """One operation: `outputs = primitive(inputs, params)`; an input is a Value or an array (a constant)."""

    primitive: Primitive
    inputs: tuple[Any, ...]
    params: dict[Any, Any]
    outputs: tuple[Value, ...]
    site: Any

    @property
    def name(self) -> str:
        return self.primitive.name


class Graph(NamedTuple):
    """A function of its inputs and of what it captured: (Value, source), the source a Tensor or a Variable.

    `updates` pairs a position among inputs and captured with the output that is the new value of the variable standing there.
    """

    inputs: tuple[Value, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[Any, ...]
    captured: tuple[tuple[Value, Any], ...] = ()
    updates: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        head = ", ".join(f"{v}: {spec_text(v.spec)}" for v in (*self.inputs, *(v for v, _ in self.captured)))
        lines = [f"graph({head}) {{"]
        lines += [f"  {node_text(node)}" for node in self.nodes]
        lines += [f"  return {', '.join(map(operand_text, self.outputs))}", "}"]
        return "\n".join(lines)


def spec_text(spec: Spec) -> str:
    return f"{spec.dtype.name}[{', '.join(map(str, spec.shape))}]"


def operand_text(x: Any) -> str:
    return repr(x) if isinstance(x, Value) else f"const({spec_text(Spec(x.shape, x.dtype))})"


def node_text(node: Node) -> str:
    outputs = ", ".join(f"{v}: {spec_text(v.spec)}" for v in node.outputs)
    params = "".join(f", {k}={v!r}" for k, v in node.params.items())
    return f"{outputs} = {node.name}({', '.join(map(operand_text, node.inputs))}{params})"


class GraphError(AssertionError):
    """A graph that breaks the rules."""


def verify(graph: Graph) -> Graph:
    """Every value is defined once, before its use, and each node's specs are what its shape facet says."""
    known = {v.number: v.spec for v in (*graph.inputs, *(v for v, _ in graph.captured))}
    if len(known) != len(graph.inputs) + len(graph.captured):
        raise GraphError("two inputs have one number")
    for node in graph.nodes:
        for x in node.inputs:
            if isinstance(x, Value) and known.get(x.number) is not x.spec:
                raise GraphError(f"{node_text(node)}: {x} is not defined before its use")
        for out in node.outputs:
            if out.number in known:
                raise GraphError(f"{node_text(node)}: {out} is defined twice")
            known[out.number] = out.spec
        checked_specs(node)
    for x in graph.outputs:
        if isinstance(x, Value) and x.number not in known:
            raise GraphError(f"the result {x} is not defined")
    return graph


def checked_specs(node: Node) -> None:
    specs = [x.spec if isinstance(x, Value) else Spec(x.shape, x.dtype) for x in node.inputs]
    expected = node.primitive.shape_rule(*specs, **node.params)  # type: ignore[misc]
    expected = expected if type(expected) is tuple else (expected,)
    if tuple(v.spec for v in node.outputs) != expected:
        raise GraphError(f"{node_text(node)}: its shape facet says {expected}")
