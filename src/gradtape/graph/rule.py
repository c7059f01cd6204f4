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
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import Primitive
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


# -- what a variable was given, as a read of the variable --------------------------------------------------------------
def read_kernel(now: Any, variable: Any) -> Any:
    """`now`, the value that a variable was given, as a read of the variable, whose value at the start is `variable`: derivatives pass
    through the variable, not through what was assigned."""
    return now


def read_shape(now: Any, variable: Any) -> Any:
    return now


def read_vjp(g: Any, now_shape: Any, variable_shape: Any) -> Any:
    check_shape(now_shape, variable_shape)
    return g


def read_jvp(y: Any, ts: Any, now: Any, variable: Any) -> Any:
    if ts[1] is not None:
        check_shape(now.dims, variable.dims)
    return ts[1]


def check_shape(now: Any, before: Any) -> None:
    if repr(tuple(now)) != repr(tuple(before)):
        raise invalid(
            "function",
            f"function: a variable of shape {list(before)} is assigned a value of shape {list(now)} and then read, so a derivative from "
            "outside the tf.function has no one shape. Open the GradientTape inside the function, return the assigned tensor beside "
            "the result, or make the variable with trainable=False.",
        )


def read_batch(size: int, batched: Sequence[bool], now: Any, variable: Any) -> Any:
    whole = [x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip((now, variable), batched, strict=True)]
    return read_again(*whole)


def read_again(now: Any, variable: Any, name: str | None = None) -> Any:
    return bind(VARIABLE_READ, (now, variable), {}, levels(), site_outside())


def reader() -> Primitive:
    primitive = Primitive("variable_read", read_kernel, ("now", "variable"))
    primitive.shape_rule, primitive.jvp_rule, primitive.batch_rule = read_shape, read_jvp, read_batch
    primitive.vjps["variable"] = read_vjp
    primitive.freeze()
    primitive.function = read_again
    return primitive


VARIABLE_READ = reader()


def as_read(new: Value, before: Value, read: Value) -> Node:
    """The node that gives `new` to `read`."""
    return Node(VARIABLE_READ, (new, before), {}, (read,), None)
