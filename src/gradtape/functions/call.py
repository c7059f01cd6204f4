"""A graph as one operation: its kernel is a compiled plan, its derivative another graph, its meaning the replay of its nodes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ..core.context import Site, levels, site_outside
from ..core.dispatch import bind
from ..core.primitive import Primitive
from ..core.tensor import tensor
from ..exec import prepared
from ..graph.ir import Graph, spec_of_operand
from ..graph.replay import replay
from ..graph.trace import Trace
from ..ops.basic import fill_like
from .derive import Derived, derive, draws, joint, repeatable


class GraphCall(Primitive):
    """The operation that a graph without variables is: all its arguments are inputs, all its outputs results.

    Under a tape `taped(wanted)` is called in its place: its results are the outputs and what the backward pass needs of the rest.
    """

    drawn: tuple[int, ...] = ()  # results that came of effects

    def __init__(self, graph: Graph, name: str = "function"):
        super().__init__(name, self.run, ("xs",))
        self.graph = graph
        self.variadic, self.results = True, True
        self.constants = [source.value for _, source in graph.captured]
        self.count = len(graph.inputs)
        self.derived: dict[Any, Any] = {}
        self.has_effects = any(map(draws, graph.nodes))
        self.shape_rule = self.specs
        self.body = self.replayed
        self.joint_vjp = lambda g, xs, y: self.pull(g, xs, y)
        self.freeze()

    @cached_property
    def plan(self) -> Any:
        return prepared(self.graph)

    def run(self, *arrays: np.ndarray) -> tuple[np.ndarray, ...]:
        given = [x if x.flags.c_contiguous else np.ascontiguousarray(x) for x in arrays]
        return tuple(self.plan([*given, *self.constants], [None] * len(self.graph.outputs)))

    def specs(self, *specs: Any) -> tuple[Any, ...]:
        return tuple(map(spec_of_operand, self.graph.outputs))

    def replayed(self, *xs: Any) -> tuple[Any, ...]:
        return tuple(replay(self.graph, [*xs, *(source for _, source in self.graph.captured)]))

    def __call__(self, *xs: Any) -> tuple[Any, ...]:
        """Run it; under a trace its operations become part of that one."""
        return call(self, xs)

    # -- derivatives ----------------------------------------------------------------------------------------
    def taped(self, wanted: tuple[int, ...]) -> TapedCall:
        """The call that also gives what the gradients of these inputs need."""
        if wanted not in self.derived:
            given = tuple(k for k, x in enumerate(self.graph.outputs) if is_inexact(x))
            self.derived[wanted] = TapedCall(self, wanted, given)
        return self.derived[wanted]

    def pull(self, gs: tuple[Any, ...], xs: tuple[Any, ...], ys: tuple[Any, ...]) -> list[Any]:
        """The gradients of all inputs, the forward pass computed again: what higher orders ask of values kept for a backward pass."""
        given = tuple(k for k, g in enumerate(gs) if g is not None)
        if given not in self.derived:
            wanted = tuple(k for k, v in enumerate(self.graph.inputs) if is_inexact(v))
            whole, found = joint(repeatable(self.graph), wanted, given)
            gradients = whole._replace(outputs=whole.outputs[len(self.graph.outputs) :])
            self.derived[given] = GraphCall(gradients, f"gradient of {self.name}"), wanted, found
        backward, wanted, found = self.derived[given]
        return placed(self.count, wanted, found, backward(*xs, *(ys[k] for k in self.drawn), *(gs[k] for k in given)))


class TapedCall(GraphCall):
    """The forward half of a derivative; its gradient is the backward half."""

    def __init__(self, plain: GraphCall, wanted: tuple[int, ...], given: tuple[int, ...]):
        self.halves: Derived = derive(plain.graph, wanted, given)
        self.wanted, self.given = wanted, given
        self.outputs = len(plain.graph.outputs)
        super().__init__(self.halves.forward, plain.name)
        self.drawn = self.halves.drawn
        self.backward = GraphCall(self.halves.backward, f"gradient of {plain.name}")

    def pull(self, gs: tuple[Any, ...], xs: tuple[Any, ...], ys: tuple[Any, ...]) -> list[Any]:
        if any(g is not None for g in gs[self.outputs :]):
            return super().pull(gs, xs, ys)
        cotangents = [fill_like(ys[k], 0) if gs[k] is None else gs[k] for k in self.given]
        kept = [xs[k] if where == "input" else ys[k] for where, k in self.halves.kept]
        return placed(self.count, self.wanted, self.halves.found, self.backward(*kept, *cotangents))


def is_inexact(x: Any) -> bool:
    return spec_of_operand(x).dtype.kind in "fcV"


def placed(count: int, wanted: Sequence[int], found: Sequence[bool], gradients: Sequence[Any]) -> list[Any]:
    """A gradient or None for each input."""
    out: list[Any] = [None] * count
    given = iter(gradients)
    for k, there in zip(wanted, found, strict=True):
        out[k] = next(given) if there else None
    return out


def call(primitive: GraphCall, xs: Sequence[Any], site: Site | None = None) -> tuple[Any, ...]:
    """The call as the levels here see it."""
    around = levels()
    if not around:
        return tuple(map(tensor, primitive.run(*[x.value for x in xs])))
    lone = all(level.can_be_lone for level in around)
    if any(isinstance(level, Trace) for level in around) or (primitive.has_effects and not lone):
        return primitive.replayed(*xs)
    return bind(chosen(primitive, xs, around), tuple(xs), {}, around, site or site_outside())


def chosen(primitive: GraphCall, xs: Sequence[Any], around: Sequence[Any]) -> GraphCall:
    """Under tapes alone, the call that keeps what their gradients need."""
    if isinstance(primitive, TapedCall) or not all(level.can_be_lone for level in around):
        return primitive
    tracked = [level.tracked for level in around]  # type: ignore[attr-defined]  # what can be lone has it
    wanted = tuple(
        k
        for k, (x, v) in enumerate(zip(xs, primitive.graph.inputs, strict=True))
        if is_inexact(v) and any(x.id in ids for ids in tracked)
    )
    return primitive.taped(wanted) if wanted else primitive
