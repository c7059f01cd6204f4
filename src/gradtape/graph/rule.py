"""Gradients that users give, in graphs: the user's function is traced at once, and a node that changes nothing carries it.

    results = custom_rule(results, inputs, residuals)

The residuals are what the gradient function takes from around it. Backwards the node gives the inputs the gradients that the traced
function computes, and nothing to what it got the results from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..batching import vectorized_map
from ..core.context import levels, site_outside
from ..core.dispatch import bind, spec_of
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import REGISTRY, Primitive
from ..core.tensor import to_tensor
from ..core.variable import Variable
from ..ops.basic import broadcast_to, fill_like
from .ir import Graph, Node, Value
from .replay import replay


class Rule(NamedTuple):
    """A traced gradient function: cotangents and residuals in, the gradients of the inputs that have one out."""

    graph: Graph
    found: tuple[bool, ...]
    maps: int = 0  # vectorized maps around it

    def gradients(self, tensors: Sequence[Any]) -> list[Any]:
        steps = iter(self.mapped(list(tensors), self.maps))
        return [next(steps) if there else None for there in self.found]

    def mapped(self, tensors: list[Any], depth: int) -> list[Any]:
        if depth:
            return vectorized_map(lambda rows: self.mapped(rows, depth - 1), tensors)
        return replay(self.graph, tensors)


def kernel(*arrays: Any, results: int, inputs: int, rule: Rule) -> Any:
    return arrays[:results]


def shape(*specs: Any, results: int, inputs: int, rule: Rule) -> Any:
    return specs[:results]


def vjp(g: Any, xs: Any, results: int, inputs: int, rule: Rule) -> list[Any]:
    given = [fill_like(x, 0) if d is None else d for d, x in zip(g, xs[:results], strict=True)]
    steps = rule.gradients([*given, *xs[results + inputs :]])
    return [*[None] * results, *steps, *[None] * (len(xs) - results - inputs)]


def jvp(y: Any, ts: Any, *xs: Any, results: int, inputs: int, rule: Rule) -> Any:
    return ts[:results]


def batch(size: int, batched: Sequence[bool], *xs: Any, results: int, inputs: int, rule: Rule) -> Any:
    whole = [x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip(xs, batched, strict=True)]
    return applied(whole, results, inputs, rule._replace(maps=rule.maps + 1))


def function(*xs: Any, results: int, inputs: int, rule: Rule) -> Any:
    return applied(xs, results, inputs, rule)


def made() -> Primitive:
    primitive = Primitive("custom_rule", kernel, ("xs",))
    primitive.variadic, primitive.results = True, True
    primitive.param_names = ("results", "inputs", "rule")
    primitive.shape_rule, primitive.joint_vjp, primitive.jvp_rule, primitive.batch_rule = shape, vjp, jvp, batch
    primitive.freeze()
    primitive.function = function
    return primitive


CUSTOM_RULE = made()


def applied(xs: Sequence[Any], results: int, inputs: int, rule: Rule) -> Any:
    params = {"results": results, "inputs": inputs, "rule": rule}
    return bind(CUSTOM_RULE, tuple(xs), params, levels(), site_outside())


def rule_of(pull: Callable, specs: Sequence[Any], record: Callable) -> tuple[Rule, list[Any]]:
    """The traced gradient function, and its residuals as they are here."""
    found: list[bool] = []

    def flat(*gs: Any) -> list[Any]:
        steps = pull(*gs)
        found[:] = [s is not None for s in steps]
        return [s.dense() if isinstance(s, IndexedSlices) else to_tensor(s) for s in steps if s is not None]

    graph = record(flat, specs).graph
    residuals = [source.read_value() if isinstance(source, Variable) else source for _, source in graph.captured]
    return Rule(graph._replace(updates=(), outputs=graph.results), tuple(found)), residuals


def with_rule(pull: Callable, inputs: Sequence[Any], outs: Sequence[Any], record: Callable) -> list[Any]:
    """The results, whose gradient `pull` gives; `record` traces."""
    rule, residuals = rule_of(pull, [spec_of(x) for x in outs], record)
    return list(applied([*outs, *inputs, *residuals], len(outs), len(inputs), rule))


def as_read(new: Value, before: Value, cut: Value, read: Value) -> list[Node]:
    """Nodes that give `new`, the value that a variable was given, to `read`: its cotangent belongs to the variable, of which `before`
    is the value at the start, and not to what was assigned."""
    passes_on = Rule(Graph((new,), (), (new,)), (True,))
    params = {"results": 1, "inputs": 1, "rule": passes_on}
    return [Node(REGISTRY["stop_gradient"], (new,), {}, (cut,), None), Node(CUSTOM_RULE, (cut, before), params, (read,), None)]
