"""Running a graph's operations again, one by one, under whatever listens: the meaning of a compiled call to every level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.context import Site, current, levels
from ..core.dispatch import bind
from ..core.primitive import Primitive
from ..core.tensor import tensor
from .ir import Graph, Value, dims_in
from .sizes import filled, sizes_of


def replay(graph: Graph, tensors: Sequence[Any], site: Site | None = None) -> list[Any]:
    """The graph's outputs, from tensors for its arguments."""
    values = {v.number: x for v, x in zip(graph.arguments, tensors, strict=True)}

    extents: dict[str, Any] = {}  # those that depend on data, as they are here

    def operand(x: Any) -> Any:
        return values[x.number] if isinstance(x, Value) else tensor(x)

    for node in graph.nodes:
        params = {k: filled(v, extents) for k, v in node.params.items()} if extents else node.params
        out = run(node.primitive, tuple(map(operand, node.inputs)), params, node.site or site or HERE)
        for v, x in zip(node.outputs, out if type(out) is tuple else (out,), strict=True):
            values[v.number] = x
            if unknown(v.spec.shape):
                extents |= {name: n for name, n in sizes_of([v.spec], [x.dims]).items() if name not in extents}
    return [operand(x) for x in graph.outputs]


def unknown(shape: Sequence[Any]) -> bool:
    return any(True for _ in dims_in(shape))


def run(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], site: Site) -> Any:
    """One operation whose arguments and parameters were checked before."""
    if primitive.regions:
        return primitive.function(*args, **params)
    context = current()
    return bind(primitive, args, params, levels(), site if context is None or context.site is None else context.site)


HERE: Site = (replay.__code__, 0)
