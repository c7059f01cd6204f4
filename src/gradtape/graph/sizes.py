"""Unknown extents get their sizes: a graph of Dims becomes a graph of plain integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from .ir import Graph, Node, Value, dims_in


def single_name(dim: Any) -> str | None:
    """The name of a Dim that is one unknown and nothing else."""
    if isinstance(dim, Dim) and len(dim.terms) == 1:
        (monomial, factor) = dim.terms[0]
        if factor == 1 and len(monomial) == 1 and monomial[0][0] == "n":
            return monomial[0][1]
    return None


def names_in(dim: Dim) -> set[str]:
    """All the unknowns that it is computed from."""
    found: set[str] = set()
    for monomial, _ in dim.terms:
        for atom in monomial:
            inner = [atom[1]] if atom[0] == "n" else [n for x in atom[3:] if isinstance(x, Dim) for n in names_in(x)]
            found.update(inner)
    return found


def solved(dim: Any, n: int) -> tuple[str, int] | None:
    """(name, size) where a Dim is a multiple of one unknown plus a number, and n a possible extent for it."""
    if not isinstance(dim, Dim):
        return None
    terms = dict(dim.terms)
    start = terms.pop((), 0)
    if len(terms) != 1:
        return None
    ((monomial, factor),) = terms.items()
    if len(monomial) != 1 or monomial[0][0] != "n" or (n - start) % factor:
        return None
    return monomial[0][1], (n - start) // factor


def sizes_of(specs: Iterable[Spec], shapes: Iterable[tuple[int, ...]]) -> dict[str, int]:
    """What the unknowns of these specs are in values of these shapes."""
    sizes: dict[str, int] = {}
    for spec, shape in zip(specs, shapes, strict=True):
        for dim, n in zip(spec.shape, shape, strict=True):
            found = solved(dim, n) if isinstance(n, int) else None if (name := single_name(dim)) is None else (name, n)
            if found is not None and sizes.setdefault(*found) != found[1]:
                raise invalid("function", f"the extents {sizes[found[0]]} and {n} must be equal: both stand for {found[0]}")
    return sizes


def learn(extents: dict[str, Any], spec: Spec, x: Any) -> None:
    """What an unknown extent is here: a size, or another unknown."""
    for dim, n in zip(spec.shape, x.dims, strict=True):
        name = single_name(dim)
        if name is not None:
            extents.setdefault(name, n)


def filled(x: Any, sizes: dict[str, int]) -> Any:
    """A shape or parameter with the sizes in it."""
    if isinstance(x, Dim):
        return x.substitute(sizes)
    if isinstance(x, Graph):
        return substitute(x, sizes)
    if isinstance(x, Spec):
        return Spec(filled(x.shape, sizes), x.dtype)
    if type(x) in FILL:
        return FILL[type(x)](x, sizes)
    if isinstance(x, tuple):
        parts = [filled(part, sizes) for part in x]
        return type(x)(*parts) if type(x) is not tuple and "_fields" in vars(type(x)) else tuple(parts)
    return x


FILL: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}  # of a class of parameters: the same with sizes in it


def substitute(graph: Graph, sizes: dict[str, int]) -> Graph:
    """The graph for these sizes."""
    if not sizes:
        return graph

    def operand(x: Any) -> Any:
        return Value(x.number, filled(x.spec, sizes)) if isinstance(x, Value) else x

    def sized(node: Node) -> Node:
        params = {k: filled(v, sizes) for k, v in node.params.items()}
        return node._replace(inputs=tuple(map(operand, node.inputs)), params=params, outputs=tuple(map(operand, node.outputs)))

    captured = tuple((operand(value), source) for value, source in graph.captured)
    return Graph(
        tuple(map(operand, graph.inputs)),
        tuple(map(sized, graph.nodes)),
        tuple(map(operand, graph.outputs)),
        captured,
        graph.updates,
    )


def is_sized(graph: Graph) -> bool:
    """Are all extents known?  They are not where a result's size depends on data."""
    values = [*graph.arguments, *(v for node in graph.nodes for v in node.outputs)]
    shapes = [value.spec.shape for value in values]
    return not any(True for shape in shapes for _ in dims_in(shape)) and not any(
        True for node in graph.nodes for v in node.params.values() for _ in dims_in(v)
    )
