"""The meaning of every graph: each node's kernel, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.context import line_of
from ..core.dispatch import run_kernel
from ..core.primitive import Primitive
from ..core.tensor import tensor
from ..graph.ir import Graph, Node, Value, dims_in, node_text
from ..graph.sizes import filled, solved
from .description import Description


class Plan:
    """Runs a graph's kernels in order; lets go of each value after its last use."""

    def __init__(self, graph: Graph):
        self.graph = graph
        unsized = any(True for v in graph.arguments for _ in dims_in(v.spec.shape))
        self.open = graph.arguments if unsized else ()
        self.steps = [Step(node, dead) for node, dead in zip(graph.nodes, last_uses(graph), strict=True)]

    def __call__(self, arrays: Sequence[np.ndarray], targets: Sequence[np.ndarray | None]) -> list[np.ndarray]:
        values = {v.number: x for v, x in zip(self.graph.arguments, arrays, strict=True)}
        sizes: dict[str, int] = {}
        for value, x in zip(self.open, arrays, strict=False):
            learn(value.spec.shape, x.shape, sizes)
        for step in self.steps:
            step.run(values, sizes)
        found = [values[x.number] if isinstance(x, Value) else x for x in self.graph.outputs]
        taken = [id(x) for x in arrays]
        owned = []
        for x in found:
            owned.append(x if is_own(x) and id(x) not in taken else np.array(x, order="C"))
            taken.append(id(owned[-1]))
        return [put(x, target) for x, target in zip(owned, targets, strict=True)]

    def describe(self) -> Description:
        return Description(tuple(node_text(step.node) for step in self.steps), 0, 0, len(self.steps))


def is_own(x: np.ndarray) -> bool:
    return x.base is None and x.flags.c_contiguous and x.flags.writeable


def put(x: np.ndarray, target: np.ndarray | None) -> np.ndarray:
    if target is None:
        return x
    target[...] = x
    return target


def last_uses(graph: Graph) -> list[list[int]]:
    """For each node, the values that nothing needs after it."""
    kept = {x.number for x in graph.outputs if isinstance(x, Value)}
    dead: list[list[int]] = []
    for node in reversed(graph.nodes):
        used = {x.number for x in node.inputs if isinstance(x, Value)} | {v.number for v in node.outputs}
        dead.append([n for n in used if n not in kept])
        kept |= used
    return dead[::-1]


class Step:
    """One node: its kernel, its operands, and what is done with the results."""

    __slots__ = ("node", "inputs", "outputs", "dead", "unsized")

    def __init__(self, node: Node, dead: list[int]):
        self.node, self.dead = node, dead
        self.inputs = [(x.number, None) if isinstance(x, Value) else (-1, x) for x in node.inputs]
        self.outputs = [v.number for v in node.outputs]
        shapes = [v.spec.shape for v in node.outputs]
        self.unsized = any(True for x in (*shapes, *node.params.values()) for _ in dims_in(x))

    def run(self, values: dict[int, np.ndarray], sizes: dict[str, int]) -> None:
        node = self.node
        given: list[Any] = [values[number] if number >= 0 else x for number, x in self.inputs]
        params = {k: filled(v, sizes) for k, v in node.params.items()} if self.unsized else node.params
        try:
            results = apply(node.primitive, given, params)
        except BaseException as error:
            locate(error, node)
            raise
        if self.unsized:
            for value, x in zip(node.outputs, results, strict=True):
                learn(value.spec.shape, x.shape, sizes)
        for number, x in zip(self.outputs, results, strict=True):
            values[number] = x
        for number in self.dead:
            del values[number]


def apply(primitive: Primitive, arrays: list[np.ndarray], params: dict[Any, Any]) -> Sequence[np.ndarray]:
    if primitive.kernel is None:
        found = primitive.meaning(*map(tensor, arrays), **params)
        return [x.value for x in (found if type(found) is tuple else (found,))]
    found = run_kernel(primitive, arrays, params)
    return found if primitive.results else (found,)


def learn(dims: Sequence[Any], shape: Sequence[int], sizes: dict[str, int]) -> None:
    """An extent that depends on data is known from here on."""
    for dim, n in zip(dims, shape, strict=True):
        found = solved(dim, n)
        if found is not None:
            sizes.setdefault(*found)


def locate(error: BaseException, node: Node) -> None:
    """Tell the error which line of the traced function it belongs to."""
    if node.site is not None:
        code = node.site[0]
        error.add_note(
            f"in the traced function, {code.co_filename}:{line_of(node.site)}, {code.co_name} [Op:{node.primitive.label}]"
        )


def compile_graph(graph: Graph) -> Plan:
    """The plan that runs the graph's kernels."""
    return Plan(graph)
