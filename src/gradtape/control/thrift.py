"""Loops that compute nothing twice: Graph -> Graph, for graphs of known sizes.

A loop's derivative runs its step again for every slice. Three passes take out of the two loops what need not be in them:

  reuse    what the step back (or forward, for tangents) computes again is kept by the first loop, one row a step
  before   products that do not depend on what is carried are one product over all steps, before the loop; what is the same in
           every step is computed once
  after    products and sums that nothing carried depends on (the gradients of weights) are one product over all steps, after it

They only move operations: the derivatives' rules know nothing of them, and every order and mode gains.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from ..graph.ir import Graph, Node, Value
from ..graph.passes import operand_key, simplified
from .batched_loop import after, before
from .loop_form import Loop, is_regular, numbers_in, spec_of, values_of

CHEAP = frozenset(
    ("index", "split_at", "reshape", "permute", "broadcast_to", "negative", "add", "subtract", "multiply", "square", "identity",
     "cast_inexact", "cast_discrete", "swap", "stop_gradient", "logical_not")
)  # fmt: skip


def thrifty(graph: Graph) -> Graph:
    """The graph with its loops made thrifty; itself where it has none that fit."""
    if not any(map(is_regular, graph.nodes)):
        return graph
    numbers = count(1 + max(v.number for v in values_of(graph)))
    parts: list[Any] = [Loop(node, numbers) if is_regular(node) else node for node in graph.nodes]
    loops = [part for part in parts if isinstance(part, Loop)]
    fill_in(loops, graph)
    pruned(parts, graph)
    for k, loop in enumerate(loops):
        for earlier in loops[:k]:
            reuse(earlier, loop)
    pruned(parts, graph)
    moved: dict[int, tuple[list[Node], list[Node]]] = {id(loop): (before(loop), after(loop)) for loop in loops}
    pruned([step for part in parts for step in around(part, moved)], graph)
    nodes = [
        node for part in parts for step in around(part, moved) for node in (step.closed() if isinstance(step, Loop) else [step])
    ]
    return simplified(graph._replace(nodes=tuple(nodes)))


def around(part: Any, moved: dict[int, tuple[list[Node], list[Node]]]) -> list[Any]:
    if not isinstance(part, Loop):
        return [part]
    first, last = moved[id(part)]
    return [*first, part, *last]


def pruned(parts: Sequence[Any], graph: Graph) -> None:
    """Loops without the results that nobody takes."""
    wanted = numbers_in(graph.outputs)
    for part in reversed(parts):
        if isinstance(part, Loop):
            part.prune(wanted)
            wanted |= numbers_in(part.outside)
        elif part.primitive.ordered or numbers_in(part.outputs) & wanted:
            wanted |= numbers_in(part.inputs)


def fill_in(loops: Sequence[Loop], graph: Graph) -> None:
    """A sequence of one number is that number in the body."""
    makers = {v.number: node for node in graph.nodes if node.name == "broadcast_to" for v in node.outputs}
    for loop in loops:
        places, spreads = {}, []
        for own, sequence in zip(loop.slices, loop.sequences, strict=True):
            maker = makers.get(sequence.number) if isinstance(sequence, Value) else None
            if maker is not None and not isinstance(maker.inputs[0], Value) and maker.inputs[0].ndim == 0:
                value = places[own.number] = loop.new_inside(own.spec)
                spreads.append(maker._replace(params={"shape": own.spec.shape}, outputs=(value,)))
        if spreads:
            loop.replace(places)
            body = Graph((*loop.carried, *loop.slices, *loop.constants), (*spreads, *loop.nodes), (*loop.nexts, *loop.rows))
            body = simplified(body)
            loop.nodes = list(body.nodes)
            a = len(loop.carried)
            loop.nexts, loop.rows = list(body.outputs[:a]), list(body.outputs[a:])
            loop.inner = count(1 + max(v.number for v in values_of(body)))


# -- reuse ------------------------------------------------------------------------------------------------------------
def reuse(earlier: Loop, loop: Loop) -> None:
    """Values of the loop's body that the earlier loop has computed in the same step are taken from there."""
    if earlier.length != loop.length or not numbers_in(earlier.stacks) & numbers_in(loop.sequences):
        return
    same = matched(earlier, loop)
    wanted = frontier(loop, same)
    places = {number: loop.slice_of(earlier.stack_of(row)) for number, row in wanted.items()}
    loop.replace(places)


def matched(earlier: Loop, loop: Loop) -> dict[int, Value]:
    """Values of the loop's body, by number, that are values of the earlier body."""
    rows = {v.number: row for v, row in zip(earlier.stacks, earlier.rows, strict=True) if isinstance(row, Value)}
    rows |= {operand_key(x): own for x, own in zip(earlier.sequences, earlier.slices, strict=True)}
    constants = {operand_key(x): own for x, own in zip(earlier.operands, earlier.constants, strict=True)}
    same: dict[int, Value] = {}
    for own, x in zip(loop.slices, loop.sequences, strict=True):
        if operand_key(x) in rows:
            same[own.number] = rows[operand_key(x)]
    for own, x in zip(loop.constants, loop.operands, strict=True):
        if operand_key(x) in constants:
            same[own.number] = constants[operand_key(x)]
    known = {key: node for node in earlier.nodes if (key := key_of(node, {})) is not None}
    for node in loop.nodes:
        if any(x.number not in same for x in node.inputs if isinstance(x, Value)) or not numbers_in(node.inputs):
            continue
        found = known.get(key_of(node, same))
        if found is not None and [v.spec for v in found.outputs] == [v.spec for v in node.outputs]:
            same |= {v.number: other for v, other in zip(node.outputs, found.outputs, strict=True)}
    return same


def key_of(node: Node, same: dict[int, Value]) -> Any:
    """Equal for operations that compute the same; None where that cannot be said."""
    if node.primitive.ordered:
        return None
    inputs = [same.get(x.number, x) if isinstance(x, Value) else x for x in node.inputs]
    key = (node.primitive, tuple(map(operand_key, inputs)), tuple(sorted(node.params.items(), key=lambda pair: pair[0])))
    try:
        hash(key)
    except TypeError:  # a parameter without a hash
        return None
    return key


def frontier(loop: Loop, same: dict[int, Value]) -> dict[int, Value]:
    """The values that the loop takes from the earlier one: number in the loop -> value there."""
    makers = {v.number: node for node in loop.nodes for v in node.outputs}
    given = numbers_in(loop.slices) | numbers_in(loop.constants)
    taken: dict[int, Value] = {}

    def take(x: Any) -> None:
        if not isinstance(x, Value) or x.number in given or x.number in taken or x.number not in same:
            return
        node = makers[x.number]
        sources = {v.number: v for v in node.inputs if isinstance(v, Value)}
        if node.name in CHEAP and len(sources) == 1 and not is_larger(node):
            for v in sources.values():
                take(v)
        else:
            taken[x.number] = same[x.number]

    for node in loop.nodes:
        if not all(v.number in same for v in node.outputs):
            for x in node.inputs:
                take(x)
    for x in (*loop.nexts, *loop.rows):
        take(x)
    return taken


def is_larger(node: Node) -> bool:
    """Is what it takes larger than what it gives? Then the result is kept rather than computed again."""
    given = sum(size(x) for x in node.inputs)
    return given > 2 * sum(size(x) for x in node.outputs)


def size(x: Any) -> int:
    out = 1
    for n in spec_of(x).shape:
        out *= n
    return out
