"""Shapes and dtypes of the values on a tape, as far as its records tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ..autodiff.tape import GradientTape
from ..core.primitive import Primitive
from ..core.record import Node
from ..core.shapes import Spec
from .trail import ends


class Held(NamedTuple):
    """One saved array."""

    node: Node
    name: str
    array: np.ndarray
    identity: int  # of the value it is; 0: it is none of the operation's values


def records(tape: GradientTape) -> Iterator[Node]:
    """The operations, first to last."""
    slots = tape.records
    for end in ends(slots):
        primitive = slots[end - 1]
        start, split = end - primitive.size, end - primitive.near_size
        yield Node(primitive.name, tuple(slots[split : end - 4]), slots[end - 4], (slots[end - 3], slots[end - 2]), primitive,
                   tuple(slots[start:split]))  # fmt: skip


def held_by(node: Node) -> Iterator[Held]:
    """The arrays that a record keeps."""
    primitive = node.primitive
    for name, value in zip(primitive.saved, node.saved, strict=False):
        for array, identity in values_of(primitive, node, name, value):
            if type(array) is np.ndarray:
                yield Held(node, name, array, identity)


def values_of(primitive: Any, node: Node, name: str, value: Any) -> Iterator[tuple[Any, int]]:
    if not isinstance(primitive, Primitive):
        return
    if name == "y":
        outs = node.output if type(node.output) is tuple else (node.output,)
        yield from zip(value if type(value) is tuple else (value,), outs, strict=False)
    elif isinstance(primitive.results, tuple) and name in primitive.results:
        yield value, node.output[primitive.results.index(name)]
    elif primitive.variadic and name == primitive.args[0]:
        yield from zip(value or (), node.inputs, strict=False)
    elif name in primitive.args:
        yield value, node.inputs[primitive.args.index(name)]
    else:
        yield value, 0


def specs(tape: GradientTape) -> dict[int, Spec]:
    """The shapes and dtypes that are known: of saved values, of variables, and what follows from them."""
    known = {i: Spec(v.dims, v.dtype.numpy_dtype) for v, *ids in tape.reads.values() for i in ids}
    nodes = list(records(tape))
    for node in nodes:
        for identity, spec in zip(node.inputs, told_of_inputs(node), strict=False):
            if spec is not None and identity > 0:
                known.setdefault(identity, spec)
    for node in nodes:
        for held in held_by(node):
            if held.identity > 0 or held.identity < -1:
                known[held.identity] = Spec(held.array.shape, held.array.dtype)
    for node in nodes:
        infer(known, node)
    for node in reversed(nodes):
        if (
            isinstance(node.primitive, Primitive)
            and node.primitive.elementwise
            and len(node.inputs) == 1
            and node.output in known
        ):
            known.setdefault(node.inputs[0], known[node.output])
    return known


def infer(known: dict[int, Spec], node: Node) -> None:
    """The shape of an operation's result from its shape rule, where the inputs and parameters are known."""
    primitive: Any = node.primitive
    output: Any = node.output
    if isinstance(output, tuple):
        results: Any = getattr(primitive, "results", None)
        specs: Any = results if type(results) is tuple else ()  # a custom gradient's call says what its results are
        for identity, spec in zip(output, specs, strict=False):
            if type(spec) is tuple:
                known.setdefault(identity, Spec(*spec))
        return
    if node.output in known:
        return
    if not isinstance(primitive, Primitive):  # a call of custom_gradient
        (dims, dtype), *_ = primitive.results
        known[node.output] = Spec(dims, dtype.numpy_dtype)
        return
    saved = dict(zip(primitive.saved, node.saved, strict=True))
    spec = elementwise(known, node, saved) if primitive.elementwise else ruled(known, node, saved)
    if spec is not None:
        known[node.output] = spec


def elementwise(known: dict[int, Spec], node: Node, saved: dict[Any, Any]) -> Spec | None:
    """Operands broadcast; one whose shape is not known is taken to be no larger than the others."""
    names = node.primitive.args
    shapes = [known[i].shape if i in known else saved.get(f"{a}_shape") for a, i in zip(names, node.inputs, strict=True)]
    given = [s for s in shapes if s is not None]
    if not given:
        return None
    dtypes = [known[i].dtype for i in node.inputs if i in known]
    return Spec(np.broadcast_shapes(*given), node.primitive.result_dtype or (dtypes or [np.dtype(np.float32)])[0])


def ruled(known: dict[int, Spec], node: Node, saved: dict[Any, Any]) -> Spec | None:
    """By the shape rule, if the record tells all that it asks for."""
    primitive = node.primitive
    inputs = [known.get(i) or told(saved, a) for a, i in zip(primitive.args, node.inputs, strict=False)]
    params = {name: saved[name] for name in primitive.param_names if name in saved}
    if primitive.shape_rule is None or primitive.variadic or None in inputs or len(params) < len(primitive.param_names):
        return None
    spec = primitive.shape_rule(*inputs, **params)
    return spec if isinstance(spec, Spec) else None


def told_of_inputs(node: Node) -> list[Spec | None]:
    """What a record says about the inputs that it does not keep."""
    saved = dict(zip(node.primitive.saved, node.saved, strict=True))
    args: Any = getattr(node.primitive, "args", ())
    if isinstance(node.primitive, Primitive) and node.primitive.variadic:  # a fact of each input
        shapes, dtypes = (saved.get(f"{args[0]}_{fact}") for fact in ("shape", "dtype"))
        return [Spec(shape, dtype) for shape, dtype in zip(shapes or (), dtypes or [np.float32] * len(shapes or ()), strict=True)]
    return [told(saved, arg) for arg in args]


def told(saved: dict[Any, Any], arg: str) -> Spec | None:
    """What a record says about an argument that it does not keep."""
    shape = saved.get(f"{arg}_shape")
    return None if shape is None else Spec(shape, saved.get(f"{arg}_dtype") or np.float32)
