"""Values that a trace needs at once: what a variable that is made inside starts with."""

from __future__ import annotations

from typing import Any

from ..core.context import under
from ..core.dispatch import evaluate
from ..core.errors import InvalidArgumentError
from ..core.tensor import Tensor, tensor
from ..core.variable import Variable
from .ir import Node, Value


def settled(level: Any, symbol: Any) -> Tensor:
    """The number that the symbol has in the call that is being traced.

    Effects that it needs (random draws) happen now, and their results stand in the graph as captured values.
    """
    values = {v.number: current(source) for v, source in level.captured.values()}
    values |= {v.number: x for v, x in zip(level.inputs, level.arguments, strict=False)}
    nodes = nodes_of(level.nodes, symbol.value.number, values)
    for node in nodes:
        args = tuple(values[x.number] if isinstance(x, Value) else tensor(x) for x in node.inputs)
        if any(type(a) is not Tensor for a in args):
            raise unknown(symbol)
        out = under((), None, evaluate, node.primitive, args, node.params)
        values |= {v.number: x for v, x in zip(node.outputs, out if type(out) is tuple else (out,), strict=True)}
        if node.primitive.ordered:
            level.nodes.remove(node)
            level.captured |= {("settled", v.number): (v, values[v.number]) for v in node.outputs}
    found = values.get(symbol.value.number)
    if type(found) is not Tensor:
        raise unknown(symbol)
    return found


def current(source: Any) -> Any:
    return tensor(source.value_) if isinstance(source, Variable) else source


def nodes_of(nodes: list[Node], number: int, known: dict[int, Any]) -> list[Node]:
    """The operations that lead to a value, in order."""
    wanted, found = {number}, []
    for node in reversed(nodes):
        if any(v.number in wanted and v.number not in known for v in node.outputs):
            found.append(node)
            wanted |= {x.number for x in node.inputs if isinstance(x, Value)}
    return found[::-1]


def unknown(symbol: Any) -> InvalidArgumentError:
    return InvalidArgumentError(
        None,
        None,
        f"Variable: the initial value {symbol!r} depends on arguments whose values are not known while the function is traced. Make the "
        "variable outside the function, or give a function as its initial value.",
    )
