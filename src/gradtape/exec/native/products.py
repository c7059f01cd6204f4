"""Products of matrices as oneDNN primitives: `matmul`, and the contractions of `einsum` that are products.

The factors are read where they lie, transposed or cut out of a larger array; oneDNN's kernels copy what they need in blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ...graph.ir import Node, Value
from ...ops._contract import plan, split
from . import onednn
from .absorb import Added, additions, binary, only_reader
from .lower import TINY
from .onednn import Layout, Primitive, Unsupported
from .spatial import checked
from .steps import INPUT, OUTPUT, SCRATCH, Argument, Known, LibraryStep, Operand, PrimitiveCall
from .views import View, blank, plain, regrouped, view_of

FLOATS = [dtype for dtype in onednn.DTYPES if dtype.kind != "i" and dtype.kind != "u"]


class Operands(NamedTuple):
    """a (..., rows, depth) times b (..., depth, columns), and how the result lies in its memory."""

    a: View
    b: View
    y: np.ndarray  # a stand-in
    nodes: tuple[Node, ...]
    output: Value
    packs: Any = None


def matmul(node: Node, known: Known) -> LibraryStep | None:
    p, spec = node.params, node.outputs[0].spec
    if p["output_type"] is not None or spec.dtype not in FLOATS:
        return None
    a = factor(node.inputs[0], p["transpose_a"] or p["adjoint_a"], known)
    b = factor(node.inputs[1], p["transpose_b"] or p["adjoint_b"], known)
    if 1 in spec.shape[-2:] or prod(spec.shape) * a.stand_in.shape[-1] <= TINY:
        return None  # a loop does it, together with the loops beside it
    return product(node, a, b, known)


def factor(x: Any, flip: bool, known: Known) -> View:
    """A factor where it lies, if its rows or its columns are runs there; else as an array of its own."""
    view = view_of(x, known)
    if not runs(view.stand_in):
        view = plain(x)
    return view.moved(view.stand_in.swapaxes(-1, -2)) if flip else view


def runs(x: np.ndarray) -> bool:
    return x.itemsize in x.strides[-2:] or 1 in x.shape[-2:]


def product(node: Node, a: View, b: View, known: Known) -> LibraryStep | None:
    """The node with what it can absorb: as many additions as there are, or else one exchange of axes."""
    added = additions(node, known)
    for n in range(len(added), -1, -1):
        last = added[n - 1].node if n else node
        y = last.outputs[0]
        whole = Operands(a, b, blank(y.spec.shape, y.spec.dtype), (node, *(x.node for x in added[:n])), y, known.packs)
        for operands in (permuted(whole, known), whole):
            step = operands and attempt(operands, added[:n])
            if step:
                return step
    return None


def permuted(whole: Operands, known: Known) -> Operands | None:
    """The result written with its axes exchanged, where only that is read of it."""
    follower = only_reader(whole.output, known)
    if follower is None or follower.name != "permute":
        return None
    perm, out = follower.params["perm"], follower.outputs[0]
    y = blank(out.spec.shape, out.spec.dtype).transpose(np.argsort(perm))
    return whole._replace(y=y, nodes=(*whole.nodes, follower), output=out)


def attempt(operands: Operands, added: Sequence[Added]) -> LibraryStep | None:
    a, b, y = operands.a, operands.b, operands.y
    shapes = [x.shape for x in added]
    rows = joined_rows(a, b, y)
    if rows is not None:
        a, y = rows
        shapes = [(prod(s[:-1]), s[-1]) for s in shapes]
    try:
        return step_of(operands, leading(a, y.ndim), leading(b, y.ndim), y, added, shapes)
    except Unsupported:
        return None


def joined_rows(a: View, b: View, y: np.ndarray) -> tuple[View, np.ndarray] | None:
    """One tall product instead of a stack of products with the same b."""
    if a.stand_in.ndim <= 2 or b.stand_in.ndim != 2:
        return None
    tall = regrouped(a.stand_in, (prod(a.stand_in.shape[:-1]), a.stand_in.shape[-1]))
    out = regrouped(y, (prod(y.shape[:-1]), y.shape[-1]))
    return None if tall is None or out is None else (a.moved(tall), out)


def leading(x: View, rank: int) -> View:
    lead = (1,) * (rank - x.stand_in.ndim)
    return x.moved(x.stand_in[(None,) * len(lead)]) if lead else x


def layout(x: np.ndarray) -> Layout:
    """The layout of a stand-in; the step of an axis with one place is what it would be if it had more."""
    steps = [s // x.itemsize for s in x.strides]
    for axis in reversed(range(x.ndim)):
        if x.shape[axis] == 1:
            steps[axis] = steps[axis + 1] * x.shape[axis + 1] if axis + 1 < x.ndim else 1
    return onednn.strided(x.shape, x.dtype, steps)


def step_of(
    operands: Operands, a: View, b: View, y: np.ndarray, added: Sequence[Added], shapes: Sequence[tuple[int, ...]]
) -> LibraryStep:
    layouts = [layout(a.stand_in), layout(b.stand_in), layout(y)]
    extra = [onednn.plain(shape, y.dtype) for shape in shapes]
    packs: Any = operands.packs
    packed = packs is not None and packs.takes(b)
    weights = onednn.free(b.stand_in.shape, b.stand_in.dtype) if packed else layouts[1]
    made = checked(Primitive("matmul", layouts[0], weights, None, layouts[2], post=binary(extra)))
    if packed:
        layouts[1] = packs.packed(b.value, layouts[1], made.layout(onednn.WEIGHTS, weights.shape, weights.dtype))
    arguments = [
        Argument(onednn.SRC, layouts[0].memory, Operand(INPUT, 0, a.start)),
        Argument(onednn.WEIGHTS, layouts[1].memory, Operand(INPUT, 1, b.start)),
        Argument(onednn.DST, layouts[2].memory, Operand(OUTPUT, 0)),
    ]
    return finished(made, arguments, extra, operands.nodes, (a.value, b.value), operands.output, added)


def finished(
    made: Primitive,
    arguments: Sequence[Argument],
    extra: Sequence[Layout],
    nodes: tuple[Node, ...],
    inputs: tuple[Any, ...],
    output: Value,
    added: Sequence[Added],
) -> LibraryStep:
    """A step of one primitive, with the operands of its post-operations and its scratch memory."""
    arguments = list(arguments)
    for k, x in enumerate(extra):
        number = onednn.POST_OPERATION * (k + 1) | onednn.SRC_1
        arguments.append(Argument(number, x.memory, Operand(INPUT, len(inputs) + k)))
    if made.scratch:
        arguments.append(Argument(onednn.SCRATCHPAD, made.scratch_layout.memory, Operand(SCRATCH, 0)))
    call = PrimitiveCall(made.address, onednn.library().stream, tuple(arguments))
    names = " + ".join([nodes[0].name, *("residual" if prod(x.shape[:-1]) > 1 else "bias" for x in added)])
    return LibraryStep(
        nodes,
        (*inputs, *(x.operand for x in added)),
        (output,),
        (call,),
        made.scratch,
        description=f"{names}: oneDNN {made.implementation}",
        keep=made,
    )


# -- einsum -----------------------------------------------------------------------------------------------------------
def einsum(node: Node, known: Known) -> LibraryStep | None:
    """A contraction of two whose axes join into rows, columns and depth without a copy."""
    out = node.outputs[0]
    if len(node.inputs) != 2 or out.spec.dtype not in FLOATS:
        return None
    equation = node.params["equation"]
    p = plan(equation)
    labels, _ = split(equation)
    if not p.summed or labels[0] != p.left or labels[1] != p.right:
        return None
    n, k = p.batch, p.batch + p.rows
    for a, b in ((view_of(x, known) for x in node.inputs), map(plain, node.inputs)):
        left, right = a.stand_in.transpose(p.left_order), b.stand_in.transpose(p.right_order)
        lead, rows, depth, columns = left.shape[:n], left.shape[n:k], left.shape[k:], right.shape[n + p.summed :]
        y = blank(out.spec.shape, out.spec.dtype).transpose(np.argsort(p.output_order))
        joined = (
            regrouped(left, (*lead, prod(rows), prod(depth))),
            regrouped(right, (*right.shape[:n], prod(depth), prod(columns))),
            regrouped(y, (*y.shape[:n], prod(rows), prod(columns))),
        )
        if all(x is not None for x in joined):
            left, right, y = joined
            step = attempt(Operands(a.moved(left), b.moved(right), y, (node,), out), ())  # type: ignore[arg-type]
            if step:
                return step
    return None
