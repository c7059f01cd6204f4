"""Convolutions and their two adjoints as library steps.

Filters are reordered in each call into what the kernel wants: 10 µs beside the milliseconds of the work.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...graph.ir import Node, Value
from ...ops._windows import Window, window
from . import memory, onednn
from .absorb import Added, additions, binary
from .onednn import Layout, Primitive, Unsupported
from .products import FLOATS
from .spatial import Convolution, images
from .steps import INPUT, OUTPUT, SCRATCH, Argument, Known, LibraryStep, Operand, PrimitiveCall

FILTERS = Operand(SCRATCH, 0)  # the reordered filters


def window_of(node: Node, sizes: Sequence[int], kernel: Sequence[int]) -> Window:
    p = node.params
    return window(node.name, tuple(sizes), tuple(kernel), p["strides"], p["dilations"], p["padding"])


def convolution(node: Node, x: Sequence[int], w: Sequence[int]) -> Convolution:
    """For the shapes of the images and of the filters."""
    groups, dtype = node.params["groups"], node.outputs[0].spec.dtype
    if dtype not in FLOATS:
        raise Unsupported(f"a convolution of {dtype}")
    return Convolution(x[0], window_of(node, x[1:-1], w[:-2]), w[-2], w[-1] // groups, groups, dtype)


def shape_of(x: Value | np.ndarray) -> tuple[int, ...]:
    return (x.spec if isinstance(x, Value) else x).shape


def conv(node: Node, known: Known) -> LibraryStep | None:
    """With the additions of a bias and of a residual that follow."""
    x, w = node.inputs
    made = convolution(node, shape_of(x), shape_of(w))
    added = additions(node, known)
    for n in range(len(added), -1, -1):
        try:
            return forward(node, made, added[:n])
        except Unsupported:
            continue
    return None


def forward(node: Node, conv: Convolution, added: Sequence[Added]) -> LibraryStep:
    extra = [images(x.shape[0], x.shape[1:-1], x.shape[-1], conv.dtype) for x in added]
    main = conv.forward(post=binary(extra))
    wanted = conv.wanted(main, onednn.WEIGHTS)
    arguments = [
        Argument(onednn.SRC, conv.x.memory, Operand(INPUT, 0)),
        Argument(onednn.WEIGHTS, wanted.memory, FILTERS),
        Argument(onednn.DST, conv.y.memory, Operand(OUTPUT, 0)),
    ]
    for k, layout in enumerate(extra):
        number = onednn.POST_OPERATION * (k + 1) | onednn.SRC_1
        arguments.append(Argument(number, layout.memory, Operand(INPUT, 2 + k)))
    nodes = (node, *(x.node for x in added))
    inputs = (*node.inputs, *(x.operand for x in added))
    return step(nodes, inputs, reordered(conv.w, wanted, Operand(INPUT, 1)), main, arguments, wanted)


def conv_input(node: Node, known: Known) -> LibraryStep | None:
    u, w = node.inputs
    groups = node.params["groups"]
    conv = convolution(node, (shape_of(u)[0], *node.params["sizes"], shape_of(w)[-2] * groups), shape_of(w))
    main = conv.by_input()
    wanted = conv.wanted(main, onednn.WEIGHTS)
    arguments = [
        Argument(onednn.DIFF_DST, conv.y.memory, Operand(INPUT, 0)),
        Argument(onednn.WEIGHTS, wanted.memory, FILTERS),
        Argument(onednn.DIFF_SRC, conv.x.memory, Operand(OUTPUT, 0)),
    ]
    return step((node,), node.inputs, reordered(conv.w, wanted, Operand(INPUT, 1)), main, arguments, wanted)


def conv_filter(node: Node, known: Known) -> LibraryStep | None:
    conv = convolution(node, shape_of(node.inputs[0]), node.outputs[0].spec.shape)
    main = conv.by_filter()
    wanted = conv.wanted(main, onednn.DIFF_WEIGHTS)
    back = onednn.reorder(wanted, conv.w)
    arguments = [
        Argument(onednn.SRC, conv.x.memory, Operand(INPUT, 0)),
        Argument(onednn.DIFF_DST, conv.y.memory, Operand(INPUT, 1)),
        Argument(onednn.DIFF_WEIGHTS, wanted.memory, FILTERS),
    ]
    last = [Argument(onednn.SRC, wanted.memory, FILTERS), Argument(onednn.DST, conv.w.memory, Operand(OUTPUT, 0))]
    return step((node,), node.inputs, None, main, arguments, wanted, (back, last))


Part = tuple[Primitive, list[Argument]]


def reordered(source: Layout, target: Layout, operand: Operand) -> Part:
    return onednn.reorder(source, target), [
        Argument(onednn.SRC, source.memory, operand),
        Argument(onednn.DST, target.memory, FILTERS),
    ]


def step(
    nodes: tuple[Node, ...],
    inputs: Sequence[Value | np.ndarray],
    before: Part | None,
    main: Primitive,
    arguments: list[Argument],
    wanted: Layout,
    behind: Part | None = None,
) -> LibraryStep:
    """A step of the main primitive, with a reorder of the filters before or behind it."""
    start = memory.rounded(wanted.nbytes)  # of the primitives' own scratch memory, one after the other
    parts = [part for part in (before, (main, arguments), behind) if part]
    calls = []
    for primitive, given in parts:
        if primitive.scratch:
            given = [*given, Argument(onednn.SCRATCHPAD, primitive.scratch_layout.memory, Operand(SCRATCH, 0, start))]
        calls.append(PrimitiveCall(primitive.address, onednn.library().stream, tuple(given)))
    added = "".join(" + " + n.name for n in nodes[1:])
    return LibraryStep(
        nodes,
        tuple(inputs),
        nodes[-1].outputs,
        tuple(calls),
        start + max(primitive.scratch for primitive, _ in parts),
        description=f"{nodes[0].name}{added}: oneDNN {main.implementation}",
        keep=[primitive for primitive, _ in parts],
    )
