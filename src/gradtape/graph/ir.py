"""Graph: an immutable list of nodes in single-assignment form, its verifier and its printer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from ..core.primitive import Primitive
from ..core.shapes import Dim, Spec
from ..core.variable import Variable

SHOWN = 8  # elements of a constant that stand in the text


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

    `outputs` are the results, then the new values of variables: `updates` pairs a position among inputs and captured with the
    output that is the new value of the variable standing there.
    """

    inputs: tuple[Value, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[Any, ...]
    captured: tuple[tuple[Value, Any], ...] = ()
    updates: tuple[tuple[int, int], ...] = ()

    @property
    def arguments(self) -> tuple[Value, ...]:
        """What a plan is called with: the inputs, then the captured values."""
        return (*self.inputs, *(value for value, _ in self.captured))

    @property
    def results(self) -> tuple[Any, ...]:
        """The outputs without the new values of variables."""
        return self.outputs[: len(self.outputs) - len(self.updates)]

    def __str__(self) -> str:
        inputs = ", ".join(f"{v}: {spec_text(v.spec)}" for v in self.inputs)
        captured = ", ".join(f"{v}: {spec_text(v.spec)}{source_text(source)}" for v, source in self.captured)
        lines = [f"graph({inputs}{'; ' if captured else ''}{captured}) {{"]
        lines += [f"  {node_text(node)}" for node in self.nodes]
        place = {output: self.arguments[position] for position, output in self.updates}
        returned = [f"{place[k]} := {operand_text(x)}" if k in place else operand_text(x) for k, x in enumerate(self.outputs)]
        return "\n".join([*lines, f"  return {', '.join(returned)}", "}"])


# -- text -------------------------------------------------------------------------------------------------------
def spec_text(spec: Spec) -> str:
    return f"{spec.dtype.name}[{', '.join(map(str, spec.shape))}]"


def source_text(source: Any) -> str:
    return f" = {source.name!r}" if isinstance(source, Variable) else ""


def operand_text(x: Any) -> str:
    if isinstance(x, Value):
        return repr(x)
    shown = f" {x.tolist()}" if x.size <= SHOWN else ""
    return f"const({spec_text(Spec(x.shape, x.dtype))}{shown})"


def node_text(node: Node) -> str:
    outputs = ", ".join(f"{v}: {spec_text(v.spec)}" for v in node.outputs)
    given = [*map(operand_text, node.inputs), *(f"{k}={param_text(v)}" for k, v in node.params.items())]
    return f"{outputs}{' = ' if outputs else ''}{node.name}({', '.join(given)})"


def param_text(x: Any) -> str:
    if isinstance(x, Graph):
        return "{" + "; ".join(str(x).splitlines()) + "}"
    return repr(x)


# -- walking ----------------------------------------------------------------------------------------------------
def dims_in(x: Any) -> Iterator[Dim]:
    """The unknown extents in a parameter."""
    if isinstance(x, Dim):
        yield x
    elif isinstance(x, (tuple, list)) and not isinstance(x, Graph):
        for part in x:
            yield from dims_in(part)
    elif type(x) in FREE_DIMS:
        yield from FREE_DIMS[type(x)](x)


FREE_DIMS: dict[type, Callable[[Any], Iterable[Dim]]] = {}  # of a class of parameters: the unknown extents that come from around


def spec_of_operand(x: Any) -> Spec:
    return x.spec if isinstance(x, Value) else Spec(x.shape, x.dtype)


def renumbered(graph: Graph) -> Graph:
    """The same graph with its values numbered as they come: equal graphs become equal texts."""
    numbers: dict[int, Value] = {}

    def fresh(value: Value) -> Value:
        return numbers.setdefault(value.number, Value(len(numbers), value.spec))

    def operand(x: Any) -> Any:
        return numbers[x.number] if isinstance(x, Value) else x

    inputs = tuple(map(fresh, graph.inputs))
    captured = tuple((fresh(value), source) for value, source in graph.captured)
    nodes = []
    for node in graph.nodes:
        given = tuple(map(operand, node.inputs))
        nodes.append(node._replace(inputs=given, outputs=tuple(map(fresh, node.outputs))))
    return Graph(inputs, tuple(nodes), tuple(map(operand, graph.outputs)), captured, graph.updates)


def structural_hash(graph: Graph) -> str:
    """Equal for graphs that compute the same in the same way, whatever their values are numbered and captured from."""
    plain = renumbered(graph)
    plain = plain._replace(captured=tuple((value, None) for value, _ in plain.captured))
    import hashlib  # on first use: it loads OpenSSL

    digest = hashlib.sha256(str(plain).encode())
    for node in plain.nodes:
        for x in node.inputs:
            if isinstance(x, np.ndarray) and x.size > SHOWN:
                digest.update(x.tobytes() if x.dtype != object else repr(x.tolist()).encode())
    return digest.hexdigest()


# -- the verifier -----------------------------------------------------------------------------------------------
class GraphError(AssertionError):
    """A graph that breaks the rules."""


def verify(graph: Graph) -> Graph:
    """Every value is defined once, before its use, and each node's specs are what its shape facet says."""
    known = {v.number: v.spec for v in graph.arguments}
    if len(known) != len(graph.arguments):
        raise GraphError("two inputs have one number")
    for node in graph.nodes:
        check_operands(node, known)
        for out in node.outputs:
            if out.number in known:
                raise GraphError(f"{node_text(node)}: {out} is defined twice")
            known[out.number] = out.spec
        check_specs(node)
    for x in graph.outputs:
        if isinstance(x, Value) and known.get(x.number) != x.spec:
            raise GraphError(f"the result {x} is not defined")
    check_updates(graph)
    return graph


def check_operands(node: Node, known: dict[int, Spec]) -> None:
    for x in node.inputs:
        if isinstance(x, Value) and known.get(x.number) != x.spec:
            raise GraphError(f"{node_text(node)}: {x} is not defined before its use")
        if not isinstance(x, (Value, np.ndarray)):
            raise GraphError(f"{node_text(node)}: {x!r} is neither a value nor an array")


def check_specs(node: Node) -> None:
    specs = [spec_of_operand(x) for x in node.inputs]
    found = node.primitive.shape_rule(*specs, **node.params)  # type: ignore[misc]
    expected = found if type(found) is tuple else (found,)
    own = tuple(v.spec for v in node.outputs)
    sized = not any(isinstance(d, Dim) for spec in expected for d in spec.shape)
    if sized and own != expected:
        raise GraphError(f"{node_text(node)}: its shape facet says {expected}")


def check_updates(graph: Graph) -> None:
    first = len(graph.outputs) - len(graph.updates)
    if sorted(output for _, output in graph.updates) != list(range(first, len(graph.outputs))):
        raise GraphError("the new values of variables must be the last outputs, each once")
    arguments = graph.arguments
    for position, output in graph.updates:
        old, new = arguments[position].spec, spec_of_operand(graph.outputs[output])
        if old.dtype != new.dtype:
            raise GraphError(f"{arguments[position]} is {old.dtype.name}, its new value {new.dtype.name}")
