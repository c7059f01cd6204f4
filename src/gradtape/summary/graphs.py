"""Graphs for TensorBoard's page of that name: a tape's operations, or those of a traced function, as a GraphDef.

Its nodes are boxes by the slashes in their names: Keras layers and `tf.debugging.region`s, or functions where a tape has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..autodiff.tape import GradientTape
from ..core.context import line_of
from ..core.dtypes import OF_NUMPY
from ..core.shapes import Dim
from ..core.tensor import constant
from ..core.variable import Variable
from ..graph.afterwards import present_trace
from ..graph.ir import Graph, Value, spec_of_operand
from ..inspect.outline import Box, Operation, Outline
from . import board
from .state import STATE, truth

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.\-]+")
LAYERS = ("module", "repeated", "turn")  # boxes of a tape's tree; its lines are too many
FUNCTIONS = ("function", "repeated", "turn")


class Item(NamedTuple):
    """A node to be."""

    name: str
    op: str
    inputs: tuple[str, ...]
    specs: tuple[Any, ...]  # of its results
    place: str  # file:line


def graph(graph_data: Any) -> Any:
    """Write a graph for TensorBoard's page Graphs; of several in one run it shows the last.

    Args:
        graph_data: a tape, which shows what it recorded; the graph of a traced function (`f.get_concrete_function(...).graph`);
            or a GraphDef message. Ask a tape before `gradient` for the shapes, which it lets go.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        ValueError: something else; inside a traced function.

    >>> x = tf.Variable(2.0)
    >>> with tf.GradientTape() as tape:
    ...     y = tf.exp(x) * x
    >>> tf.summary.graph(tape).numpy()  # no writer
    np.False_
    """
    if present_trace() is not None:
        raise ValueError("tf.summary.graph() cannot be invoked inside a graph context: call it outside the function.")
    state = STATE.get()
    if state.writer is None or not truth(state.condition):
        return constant(False)
    state.writer.add_event(graph_def=graph_def(graph_data).SerializeToString())
    return constant(True)


def graph_def(data: Any) -> Any:
    """The GraphDef message of a tape, a graph, or of itself."""
    if isinstance(data, GradientTape):
        return message(of_tape(data))
    if isinstance(data, Graph):
        return message(of_graph(data))
    serialize = getattr(data, "SerializeToString", None)
    if serialize is None or type(data).__name__ != "GraphDef":
        raise ValueError(
            "tf.summary.graph: Argument 'graph_data' is not a GradientTape, the graph of a traced function or a GraphDef. Received "
            f"graph_data={data} of type {type(data).__name__}."
        )
    return board.protos().GraphDef.FromString(serialize())


def message(items: Iterable[Item]) -> Any:
    out = board.protos().GraphDef()
    out.versions.producer = 1
    for item in items:
        node = out.node.add(name=item.name, op=item.op, input=item.inputs)
        shapes = node.attr["_output_shapes"].list.shape
        for spec in item.specs:
            shape = shapes.add(unknown_rank=spec is None)
            for extent in () if spec is None else spec.shape:
                shape.dim.add(size=-1 if isinstance(extent, Dim) else extent)
        if item.specs and item.specs[0] is not None:
            node.attr["dtype"].type = OF_NUMPY[item.specs[0].dtype].enum
        if item.place:
            node.attr["line"].s = item.place.encode()
    return out


class Names:
    """Names that TensorBoard accepts, each once."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}

    def fresh(self, scope: str, name: str) -> str:
        """scope/name, with a number where that is there already."""
        parts = [NOT_IN_NAMES.sub("_", part).strip("_") or "part" for part in name.split("/") if part]
        full = "/".join([*([scope] if scope else []), *(parts or ["part"])])
        count = self.taken[full] = self.taken.get(full, -1) + 1
        return f"{full}_{count}" if count else full


# -- a tape ------------------------------------------------------------------------------------------------------------
def of_tape(tape: GradientTape) -> list[Item]:
    outline, names = Outline(tape), Names()
    kinds = LAYERS if any(name for name, *_ in tape.margin.regions) else FUNCTIONS
    scopes = {o.number: scope for scope, o in operations(outline.root, "", names, kinds)}
    found: dict[int, str] = {}  # number of an operation -> its name
    for o in outline.sources:
        scope, name = beside(o.name, scopes.get(o.number, ""))
        found[o.number] = names.fresh(scope, name)
    for o in outline.operations:
        found[o.number] = names.fresh(scopes[o.number], o.name)
    makers = {i: port(found[o.number], k) for o in outline.all for k, i in enumerate(o.output)}
    items = [Item(found[o.number], source_op(o), (), (o.spec,), "") for o in outline.sources]
    for o in outline.operations:
        inputs = tuple(makers[i] for _, i in o.inputs)
        specs = (o.spec, *[None] * (len(o.output) - 1))
        items.append(Item(found[o.number], o.name, inputs, specs, f"{o.file}:{o.line}"))
    return items


def operations(box: Box, scope: str, names: Names, kinds: tuple[str, ...]) -> Iterator[tuple[str, Operation]]:
    """(scope, operation) of everything below a box; a source stands with the first operation that takes it."""
    for child in box.children:
        if isinstance(child, Operation):
            yield scope, child
        else:
            inner = names.fresh(scope, child.label.replace("/", "_")) if child.kind in kinds else scope
            yield from operations(child, inner, names, kinds)


def beside(name: str, scope: str) -> tuple[str, str]:
    """Where a variable goes: net/hidden/kernel stands in the box of the layer hidden, if that is where it is used."""
    *above, last = name.split("/")
    parts = scope.split("/")
    if not above or above[-1] not in parts:
        return "", name
    return "/".join(parts[: parts.index(above[-1]) + 1]), last


def source_op(o: Operation) -> str:
    return "Placeholder" if o.name == "watched" else "Variable"


def port(name: str, place: int) -> str:
    return f"{name}:{place}" if place else name


# -- a traced function ---------------------------------------------------------------------------------------------------
def of_graph(graph: Graph) -> list[Item]:
    names, items = Names(), []
    found: dict[int, str] = {}

    def add(name: str, op: str, inputs: tuple[str, ...], values: tuple[Any, ...], place: str = "") -> str:
        items.append(Item(name, op, inputs, tuple(spec_of_operand(v) for v in values), place))
        for k, value in enumerate(values):
            if isinstance(value, Value):
                found[value.number] = port(name, k)
        return name

    for k, value in enumerate(graph.inputs):
        add(names.fresh("", f"argument_{k}"), "Placeholder", (), (value,))
    for value, source in graph.captured:
        kind = ("Variable", source.name.removesuffix(":0")) if isinstance(source, Variable) else ("Const", "captured")
        add(names.fresh("", kind[1]), kind[0], (), (value,))
    for node in graph.nodes:
        scope = scope_of(node.site)
        inputs = tuple(
            found[x.number] if isinstance(x, Value) else add(names.fresh(scope, "const"), "Const", (), (x,)) for x in node.inputs
        )
        add(names.fresh(scope, node.name), node.name, inputs, node.outputs, place_of(node.site))
    for k, x in enumerate(graph.results):
        source = found[x.number] if isinstance(x, Value) else add(names.fresh("", "const"), "Const", (), (x,))
        items.append(Item(names.fresh("", f"result_{k}"), "Identity", (source,), (spec_of_operand(x),), ""))
    return items


def scope_of(site: Any) -> str:
    """The function of the program that the operation stands in."""
    name = site[0].co_qualname.replace("<locals>.", "") if site else ""
    return "" if name in ("", "<module>") else NOT_IN_NAMES.sub("_", name).strip("_")


def place_of(site: Any) -> str:
    return f"{site[0].co_filename}:{line_of(site)}" if site else ""
