"""Pools as library steps: the mean, its adjoint, and the adjoint of a maximum.

The maximum itself is a loop (oneDNN's passes NaN over), and so are the adjoints of windows that do not overlap, which then
join the loops beside them (`windows`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ...graph.ir import Node, Value
from ...ops._windows import Window, window
from . import onednn
from .onednn import Primitive, Unsupported
from .products import FLOATS
from .spatial import Pool
from .steps import INPUT, OUTPUT, SCRATCH, Argument, Known, LibraryStep, Operand, PrimitiveCall
from .windows import is_tiled, is_unpadded


def pool_of(node: Node, sizes: Sequence[int], channels: int) -> tuple[Window, Pool]:
    over, spec = node.params["over"], node.outputs[0].spec
    if spec.dtype not in FLOATS:
        raise Unsupported(f"a pool of {spec.dtype}")
    win = window(node.name, tuple(sizes), over.window, over.strides, over.dilations, over.padding)
    return win, Pool(spec.shape[0], win, channels, spec.dtype)


def spread_tap(node: Node, known: Known) -> LibraryStep | None:
    spec = node.outputs[0].spec
    win, pool = pool_of(node, spec.shape[1:-1], spec.shape[-1])
    tap = node.inputs[1]
    if is_tiled(win) or not (isinstance(tap, Value) and tap.spec.dtype.itemsize == 1):
        return None
    arguments = [
        Argument(onednn.DIFF_DST, pool.y.memory, Operand(INPUT, 0)),
        Argument(onednn.WORKSPACE, pool.tap.memory, Operand(INPUT, 1)),
        Argument(onednn.DIFF_SRC, pool.x.memory, Operand(OUTPUT, 0)),
    ]
    return step(node, pool.backward(onednn.MAXIMUM), arguments)


def avg_pool(node: Node, known: Known) -> LibraryStep | None:
    x = node.inputs[0]
    spec = x.spec if isinstance(x, Value) else x
    win, pool = pool_of(node, spec.shape[1:-1], spec.shape[-1])
    if is_unpadded(win):
        return None
    arguments = [
        Argument(onednn.SRC, pool.x.memory, Operand(INPUT, 0)),
        Argument(onednn.DST, pool.y.memory, Operand(OUTPUT, 0)),
    ]
    return step(node, pool.forward(onednn.MEAN), arguments)


def avg_pool_input(node: Node, known: Known) -> LibraryStep | None:
    spec = node.outputs[0].spec
    win, pool = pool_of(node, spec.shape[1:-1], spec.shape[-1])
    if is_tiled(win):
        return None
    arguments = [
        Argument(onednn.DIFF_DST, pool.y.memory, Operand(INPUT, 0)),
        Argument(onednn.DIFF_SRC, pool.x.memory, Operand(OUTPUT, 0)),
    ]
    return step(node, pool.backward(onednn.MEAN), arguments)


def step(node: Node, made: Primitive, arguments: list[Argument]) -> LibraryStep:
    if made.scratch:
        arguments = [*arguments, Argument(onednn.SCRATCHPAD, made.scratch_layout.memory, Operand(SCRATCH, 0))]
    call = PrimitiveCall(made.address, onednn.library().stream, tuple(arguments))
    what = f"{node.name}: oneDNN {made.implementation}"
    return LibraryStep((node,), node.inputs, node.outputs, (call,), made.scratch, description=what, keep=made)
