"""What a product or a convolution takes over from the nodes behind it: additions of a bias and of a residual.

Activations are not among it. oneDNN's relu makes 0 of NaN, its gelu makes NaN of infinity, and the loop that follows computes
either on its way: a pass more over the data only where a product follows at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ...graph.ir import Node, Value
from . import onednn
from .onednn import Binary, Layout
from .steps import Known


class Added(NamedTuple):
    """y + operand."""

    node: Node
    operand: Value | np.ndarray
    shape: tuple[int, ...]  # of the operand, with as many axes as y


def additions(node: Node, known: Known) -> list[Added]:
    """The additions that follow a node's result, each the only reader of the one before, whose operands are there in time."""
    out: list[Added] = []
    order = {id(n): k for k, n in enumerate(known.graph.nodes)}
    last = node
    while (follower := only_reader(last.outputs[0], known)) is not None and follower.name == "add":
        y = last.outputs[0]
        operand = next((x for x in follower.inputs if not is_same(x, y)), None)
        if operand is None or follower.outputs[0].spec != y.spec or not ready(operand, node, known, order):
            break
        shape = broadcast(operand, y.spec.shape)
        if shape is None:
            break
        out.append(Added(follower, operand, shape))
        last = follower
    return out


def only_reader(y: Value, known: Known) -> Node | None:
    """The one node that reads a value, if it is no result of the graph."""
    readers = known.users.get(y.number, [])
    if y.number in known.kept or len(readers) != 1 or readers[0].outputs[0].number in known.taken:
        return None
    return readers[0]


def is_same(x: Any, y: Value) -> bool:
    return isinstance(x, Value) and x.number == y.number


def ready(x: Any, node: Node, known: Known, order: dict[int, int]) -> bool:
    """Is x there when the node runs?"""
    maker = known.producer.get(x.number) if isinstance(x, Value) else None
    return maker is None or order[id(maker)] < order[id(node)]


def broadcast(x: Any, shape: Sequence[int]) -> tuple[int, ...] | None:
    """The operand's shape in full rank, if it is whole, a row, or one number."""
    spec = x.spec if isinstance(x, Value) else x
    full = (*(1,) * (len(shape) - len(spec.shape)), *spec.shape)
    row = (*(1,) * (len(shape) - 1), shape[-1])
    return full if full in (tuple(shape), row, (1,) * len(shape)) else None


def binary(layouts: Sequence[Layout]) -> list[Binary]:
    return [Binary(onednn.ADD, layout) for layout in layouts]
