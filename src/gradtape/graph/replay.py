"""Running a graph's operations again, one by one, under whatever listens: the meaning of a compiled call to every level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.context import Site, current, levels
from ..core.dispatch import bind
from ..core.primitive import Primitive
from ..core.tensor import tensor
from .ir import Graph, Value
from .sizes import filled, is_sized, learn


def replay(graph: Graph, tensors: Sequence[Any], site: Site | None = None) -> list[Any]:
    """The graph's outputs, from tensors for its arguments."""
    values: dict[int, Any] = {}
    extents: dict[str, Any] = {}  # those that depend on data, as they are here
    sized = is_sized(graph)

    def operand(x: Any) -> Any:
        return values[x.number] if isinstance(x, Value) else tensor(x)

    def take(own: Sequence[Value], tensors: Sequence[Any]) -> None:
        for v, x in zip(own, tensors, strict=True):
            values[v.number] = x
            if not sized:
                learn(extents, v.spec, x)

    take(graph.arguments, tensors)
    for node in graph.nodes:
        params = node.params if sized else {k: filled(v, extents) for k, v in node.params.items()}
        out = run(node.primitive, tuple(map(operand, node.inputs)), params, node.site or site or HERE)
        take(node.outputs, out if type(out) is tuple else (out,))
    return [operand(x) for x in graph.outputs]


def run(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], site: Site) -> Any:
    """One operation whose arguments and parameters were checked before."""
    if primitive.regions:
        return primitive.function(*args, **params)
    context = current()
    return bind(primitive, args, params, levels(), site if context is None or context.site is None else context.site)


HERE: Site = (replay.__code__, 0)
