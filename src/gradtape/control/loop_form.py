"""A loop of a finished graph in a form that passes can change: what it takes and gives beside the nodes of its body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

import numpy as np

from ..core.shapes import Dim, Spec
from ..graph.ir import Graph, Node, Value
from ..graph.passes import simplified
from .region import Region, output_specs
from .repeat import LOOP, LOOP_IN_ORDER, Plan

NAMES = ("loop_over", "loop_over_in_order")


class Loop:
    """`carried`, `slices` and `constants` are the body's inputs; `starts`, `sequences` and `operands` what stands for them outside.

    `nexts` and `rows` are the body's results: the carried values after a step, and one row of each stack. `finals` and `stacks` are
    their values outside.
    """

    def __init__(self, node: Node, numbers: Any):
        region, plan = node.params["region"], node.params["plan"]
        body = region.kept("simplified", lambda: simplified(region.graph))
        a, b = plan.carried, plan.carried + plan.sequences
        self.node, self.length, self.reverse, self.numbers = node, node.params["length"], plan.reverse, numbers
        self.carried, self.slices, self.constants = list(body.inputs[:a]), list(body.inputs[a:b]), list(body.inputs[b:])
        self.starts, self.sequences, self.operands = list(node.inputs[:a]), list(node.inputs[a:b]), list(node.inputs[b:])
        self.nexts, self.rows = list(body.outputs[:a]), list(body.outputs[a:])
        self.finals, self.stacks = list(node.outputs[:a]), list(node.outputs[a:])
        if node.params["states"]:
            self.rows += self.carried
        self.nodes = list(body.nodes)
        self.inner = count(1 + max((v.number for v in values_of(body)), default=-1))

    # -- what is added --------------------------------------------------------------------------------------------
    def new_inside(self, spec: Spec) -> Value:
        return Value(next(self.inner), spec)

    def new_outside(self, spec: Spec) -> Value:
        return Value(next(self.numbers), spec)

    def stack_of(self, row: Value) -> Value:
        """The stack outside of a value of the body."""
        for place, found in enumerate(self.rows):
            if isinstance(found, Value) and found.number == row.number:
                return self.stacks[place]
        self.rows.append(row)
        self.stacks.append(self.new_outside(Spec((self.length, *row.spec.shape), row.spec.dtype)))
        return self.stacks[-1]

    def slice_of(self, stack: Any) -> Value:
        """The value in the body that is the slice of a stack outside."""
        for place, found in enumerate(self.sequences):
            if found is stack or (isinstance(stack, Value) and isinstance(found, Value) and found.number == stack.number):
                return self.slices[place]
        spec = spec_of(stack)
        self.sequences.append(stack)
        self.slices.append(self.new_inside(Spec(spec.shape[1:], spec.dtype)))
        return self.slices[-1]

    def replace(self, places: dict[int, Any]) -> None:
        """Other operands in the place of values of the body."""

        def put(x: Any) -> Any:
            return places.get(x.number, x) if isinstance(x, Value) else x

        self.nodes = [node._replace(inputs=tuple(map(put, node.inputs))) for node in self.nodes]
        self.nexts, self.rows = list(map(put, self.nexts)), list(map(put, self.rows))

    # -- what goes ------------------------------------------------------------------------------------------------
    def prune(self, wanted: set[int]) -> None:
        """Only what leads to results that somebody wants (numbers of values outside), or has effects."""
        rows = [k for k, v in enumerate(self.stacks) if v.number in wanted]
        alive = {k for k, v in enumerate(self.finals) if v.number in wanted}
        while True:
            roots = [*[self.rows[k] for k in rows], *[self.nexts[k] for k in alive]]
            kept, needed = needed_by(self.nodes, roots)
            more = {k for k, v in enumerate(self.carried) if v.number in needed} | alive
            if more == alive:
                break
            alive = more
        self.nodes = kept
        self.rows, self.stacks = chosen(rows, self.rows, self.stacks)
        order = sorted(alive)
        self.carried, self.starts, self.nexts, self.finals = chosen(order, self.carried, self.starts, self.nexts, self.finals)
        slices = [k for k, v in enumerate(self.slices) if v.number in needed]
        self.slices, self.sequences = chosen(slices, self.slices, self.sequences)
        constants = [k for k, v in enumerate(self.constants) if v.number in needed]
        self.constants, self.operands = chosen(constants, self.constants, self.operands)

    @property
    def outside(self) -> list[Any]:
        return [*self.starts, *self.sequences, *self.operands]

    def closed(self) -> list[Node]:
        """The loop as a node again; none where it does nothing."""
        if not self.finals and not self.stacks and not any(n.primitive.ordered for n in self.nodes):
            return []
        inputs = (*self.carried, *self.slices, *self.constants)
        region = Region(Graph(inputs, tuple(self.nodes), (*self.nexts, *self.rows)))
        plan = Plan(len(self.carried), len(self.slices), self.reverse)
        params = {"region": region, "pure": region, "plan": plan, "length": self.length, "states": False}
        primitive = LOOP_IN_ORDER if region.is_ordered else LOOP
        return [Node(primitive, tuple(self.outside), params, (*self.finals, *self.stacks), self.node.site)]


def is_regular(node: Node) -> bool:
    """A loop whose values keep their shapes, and whose length is known and at least 2."""
    if node.name not in NAMES or not isinstance(node.params["length"], int) or node.params["length"] < 2:
        return False
    region, plan = node.params["region"], node.params["plan"]
    if not region.sized:
        return False
    before, after = [v.spec for v in region.graph.inputs[: plan.carried]], output_specs(region)[: plan.carried]
    given = [spec_of(x) for x in node.inputs[: plan.carried]]
    return before == after == given


def values_of(graph: Graph) -> list[Value]:
    return [*graph.arguments, *(v for node in graph.nodes for v in node.outputs)]


def spec_of(x: Any) -> Spec:
    return x.spec if isinstance(x, Value) else Spec(x.shape, x.dtype)


def chosen(places: Sequence[int], *lists: list[Any]) -> tuple[list[Any], ...]:
    return tuple([xs[k] for k in places] for xs in lists)


def numbers_in(xs: Iterable[Any]) -> set[int]:
    return {x.number for x in xs if isinstance(x, Value)}


def needed_by(nodes: Sequence[Node], roots: Iterable[Any]) -> tuple[list[Node], set[int]]:
    """The nodes that lead to these values, and those with effects; the numbers of all values that are read."""
    needed = numbers_in(roots)
    kept = []
    for node in reversed(nodes):
        if node.primitive.ordered or any(v.number in needed for v in node.outputs):
            kept.append(node)
            needed |= numbers_in(node.inputs)
    return kept[::-1], needed


def depending(nodes: Sequence[Node], numbers: set[int]) -> set[int]:
    """The numbers of all values that depend on these, themselves among them."""
    found = set(numbers)
    for node in nodes:
        if numbers_in(node.inputs) & found:
            found |= numbers_in(node.outputs)
    return found


def is_sized(spec: Spec) -> bool:
    return not any(isinstance(n, Dim) for n in spec.shape)


def nbytes(spec: Spec) -> int:
    return int(np.prod(spec.shape, dtype=np.int64)) * spec.dtype.itemsize
