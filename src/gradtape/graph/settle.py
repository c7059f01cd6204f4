"""Values that a trace needs at once: what a variable that is made inside starts with, and what a Python function will be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..batching import BatchTensor
from ..core.context import under
from ..core.dispatch import evaluate
from ..core.errors import InvalidArgumentError
from ..core.tensor import Tensor, tensor
from ..core.variable import Variable
from .ir import Node, Value


def settled(level: Any, symbol: Any) -> Tensor:
    """The value that the symbol has in the call that is being traced.

    Effects that it needs (random draws) happen now, and their results stand in the graph as captured values.
    """

    def once(node: Node, args: Any) -> tuple[Any, ...]:
        outs = executed(node, args)
        level.nodes.remove(node)
        level.captured |= {("settled", v.number): (v, x) for v, x in zip(node.outputs, outs, strict=True)}
        return outs

    found = value_now(level, symbol, once)
    if found is None:
        raise InvalidArgumentError(
            None,
            None,
            f"Variable: the initial value {symbol!r} depends on arguments whose values are not known while the function is traced. Make "
            "the variable outside the function, or give a function as its initial value.",
        )
    return found


def glimpsed(level: Any, symbol: Any) -> Tensor | None:
    """What the symbol is like in the call that is being traced: no effect happens, zeros stand for what would come of it."""

    def zeros(node: Node, args: Any) -> tuple[Any, ...]:
        return tuple(tensor(np.zeros(v.spec.shape, v.spec.dtype)) for v in node.outputs)

    return value_now(level, symbol, zeros)


def value_now(level: Any, symbol: Any, effect: Callable) -> Tensor | None:
    values = {v.number: current(source) for v, source in level.captured.values()}
    values |= {v.number: current(x) for v, x in zip(level.inputs, level.arguments, strict=False)}
    number = symbol.value.number
    for node in nodes_of(level.nodes, number, values):
        args = tuple(values.get(x.number) if isinstance(x, Value) else tensor(x) for x in node.inputs)
        if any(type(a) is not Tensor for a in args):
            return None
        outs = effect(node, args) if node.primitive.ordered else executed(node, args)
        values |= {v.number: x for v, x in zip(node.outputs, outs, strict=True)}
    found = values.get(number)
    return found if type(found) is Tensor else None


def executed(node: Node, args: tuple[Any, ...]) -> tuple[Any, ...]:
    out = under((), None, evaluate, node.primitive, args, node.params)
    return out if type(out) is tuple else (out,)


def current(source: Any) -> Any:
    """The value now; of what a map holds, the first element's."""
    if isinstance(source, Variable):
        return tensor(source.value_)
    if isinstance(source, BatchTensor):
        whole = current(source.value)
        return tensor(whole.value[0]) if type(whole) is Tensor and len(whole.value) else None
    return source


def nodes_of(nodes: list[Node], number: int, known: dict[int, Any]) -> list[Node]:
    """The operations that lead to a value, in order."""
    wanted, found = {number}, []
    for node in reversed(nodes):
        if any(v.number in wanted and v.number not in known for v in node.outputs):
            found.append(node)
            wanted |= {x.number for x in node.inputs if isinstance(x, Value)}
    return found[::-1]
