"""The meaning of every graph: each node's operation, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.tensor import tensor
from ..graph.ir import Graph, Value


def compile_graph(graph: Graph) -> Callable:
    """A function of tensors that runs the graph's nodes in order."""

    def run(*inputs: Any) -> list[Any]:
        values = {v.number: x for v, x in zip(graph.inputs, inputs, strict=True)}
        values.update({v.number: x for v, x in graph.captured})

        def operand(x: Any) -> Any:
            return values[x.number] if isinstance(x, Value) else tensor(x)

        for node in graph.nodes:
            outs = node.primitive.function(*map(operand, node.inputs), **node.params)
            outs = outs if type(outs) is tuple else (outs,)
            values.update({v.number: out for v, out in zip(node.outputs, outs, strict=True)})
        return [operand(x) for x in graph.outputs]

    return run
