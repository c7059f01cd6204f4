"""From a graph to the graphs of its derivative: one that also keeps what the backward pass needs, and the backward pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..autodiff.tape import GradientTape
from ..core.dispatch import spec_of
from ..core.indexed_slices import IndexedSlices
from ..core.tensor import Tensor
from ..graph.afterwards import present_trace
from ..graph.ir import Graph, Node, Value, dims_in
from ..graph.replay import replay
from ..graph.sizes import names_in, single_name
from ..graph.trace import record


class Derived(NamedTuple):
    """`forward` gives the outputs, then the values kept; `backward` takes (kept, cotangents) and gives the gradients.

    `kept` says for each leading input of `backward` where it is: ("input", k) or ("output", k) of `forward`. `found` says which of
    the wanted gradients there are: the others are None.
    """

    forward: Graph
    backward: Graph
    kept: tuple[tuple[str, int], ...]
    found: tuple[bool, ...]
    drawn: tuple[int, ...]  # outputs of `forward` that came of effects: a second run takes them from here


def joint(graph: Graph, wanted: Sequence[int], given: Sequence[int]) -> tuple[Graph, tuple[bool, ...]]:
    """The graph of (inputs, cotangents of the outputs `given`) -> (outputs, gradients of the inputs `wanted`)."""
    found: list[bool] = []
    captured = [source for _, source in graph.captured]

    cotangents: list[Value] = []

    def run(*xs: Any) -> list[Any]:
        with GradientTape(watch_accessed_variables=False) as tape:
            for k in wanted:
                tape.watch_one(xs[k])
            ys = replay(graph, [*xs, *captured])
        trace = present_trace()
        assert trace is not None
        cotangents.extend(trace.new_value(spec_of(ys[k])) for k in given)  # of the shapes that the outputs have here
        seeds = [(ys[k], trace.wrap(value)) for k, value in zip(given, cotangents, strict=True)]
        gradients = tape.gradients(seeds, [xs[k] for k in wanted])
        found.extend(g is not None for g in gradients)
        return [*ys, *(g.dense() if isinstance(g, IndexedSlices) else g for g in gradients if g is not None)]

    whole = record(run, [v.spec for v in graph.inputs]).graph
    return whole._replace(inputs=(*whole.inputs, *cotangents)), tuple(found)


def derive(graph: Graph, wanted: Sequence[int], given: Sequence[int]) -> Derived:
    """Both halves of the joint graph: what the outputs need runs in the forward one, all else in the backward one."""
    whole, found = joint(graph, wanted, given)
    count = len(graph.inputs)
    outputs, gradients = whole.outputs[: len(graph.outputs)], whole.outputs[len(graph.outputs) :]
    first = needed(whole, outputs, effects_of(whole, len(graph.nodes)))
    forward = [node for node in whole.nodes if id(node) in first]
    rest = needed(whole, gradients, [node for node in whole.nodes if node.primitive.ordered and id(node) not in first])
    backward = [node for node in whole.nodes if id(node) in rest and id(node) not in first]
    inputs, cotangents = whole.inputs[:count], whole.inputs[count:]
    kept, saved = residuals(backward, gradients, inputs, forward, outputs)
    drawn = [v for node in forward if draws(node) for v in node.outputs]
    saved += [v for v in drawn if v not in saved]
    captured = {v.number: (v, source) for v, source in whole.captured}
    return Derived(
        Graph(inputs, tuple(forward), (*outputs, *saved), used(captured, forward, (*outputs, *saved))),
        Graph((*(v for _, v in kept), *cotangents), tuple(backward), gradients, used(captured, backward, gradients)),
        tuple(place for place, _ in kept),
        found,
        tuple(len(outputs) + saved.index(v) for v in drawn),
    )


def draws(node: Node) -> bool:
    """Does it give other results the next time?"""
    return node.primitive.ordered and not node.primitive.differentiable


def repeatable(graph: Graph) -> Graph:
    """The graph without its effects; what they gave are further inputs."""
    nodes = [node for node in graph.nodes if not draws(node)]
    drawn = tuple(v for node in graph.nodes if draws(node) for v in node.outputs)
    return Graph((*graph.inputs, *drawn), tuple(nodes), graph.outputs, graph.captured)


def effects_of(whole: Graph, count: int) -> list[Node]:
    """The ordered operations of the forward pass: of the nodes that the replay made first."""
    return [node for node in whole.nodes[:count] if node.primitive.ordered]


def needed(graph: Graph, values: Sequence[Any], roots: Sequence[Node]) -> set[int]:
    """The nodes (by id) that these values and nodes need."""
    wanted = {x.number for x in values if isinstance(x, Value)} | {
        x.number for node in roots for x in node.inputs if isinstance(x, Value)
    }
    found = {id(node) for node in roots}
    for node in reversed(graph.nodes):
        if id(node) in found or any(v.number in wanted for v in node.outputs):
            found.add(id(node))
            wanted |= {x.number for x in node.inputs if isinstance(x, Value)}
    return found


def residuals(
    backward: Sequence[Node], gradients: Sequence[Any], inputs: Sequence[Value], forward: Sequence[Node], outputs: Sequence[Any]
) -> tuple[list[tuple[tuple[str, int], Value]], list[Value]]:
    """What the backward pass takes from the forward one: where each value is, and the values that become outputs for it."""
    arguments = {v.number: k for k, v in enumerate(inputs)}
    results = {x.number: k for k, x in reversed(list(enumerate(outputs))) if isinstance(x, Value)}
    made = {v.number for node in forward for v in node.outputs}
    kept: dict[int, tuple[tuple[str, int], Value]] = {}
    saved: list[Value] = []
    taken = [x for node in backward for x in node.inputs] + list(gradients)
    for x in (*taken, *tellers(backward, taken, (*inputs, *(v for node in forward for v in node.outputs)))):
        if not isinstance(x, Value) or x.number in kept:
            continue
        if x.number in arguments:
            kept[x.number] = ("input", arguments[x.number]), x
        elif x.number in results:
            kept[x.number] = ("output", results[x.number]), x
        elif x.number in made:
            kept[x.number] = ("output", len(outputs) + len(saved)), x
            saved.append(x)
    return list(kept.values()), saved


def tellers(backward: Sequence[Node], taken: Sequence[Any], values: Sequence[Value]) -> list[Value]:
    """Those values whose shapes tell the extents that the backward pass names and nothing that it takes tells."""
    told = {single_name(d) for x in taken if isinstance(x, Value) for d in x.spec.shape}
    named = {name for node in backward for d in dims_in(tuple(node.params.values())) for name in names_in(d)}
    found: list[Value] = []
    for v in sorted(values, key=lambda v: 0 not in v.spec.shape):
        tells = {single_name(d) for d in v.spec.shape} & (named - told)
        if tells:
            found.append(v)
            told |= tells
    return found


def used(captured: dict[int, Any], nodes: Sequence[Node], outputs: Sequence[Any]) -> tuple[tuple[Value, Tensor], ...]:
    """The captured tensors that these nodes and outputs take."""
    numbers = {x.number for node in nodes for x in node.inputs if isinstance(x, Value)}
    numbers |= {x.number for x in outputs if isinstance(x, Value)}
    return tuple(pair for number, pair in captured.items() if number in numbers)
