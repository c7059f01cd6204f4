"""Rules that replace an operation by a simpler one of the same value.

zmul's zeros stay zeros: where its second factor cannot be infinite or undefined, or its first is not zero, it is a product.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.shapes import Dim, product
from .ir import Node, Value, spec_of_operand
from .rewrite import Builder, number_in

Found = Sequence[Any] | None
SAME = frozenset(("identity", "stop_gradient"))
INVERSE = frozenset(("negative", "logical_not", "conj"))
WIDER = {
    "float16": ("float32", "float64"),
    "bfloat16": ("float32", "float64"),
    "float32": ("float64",),
    "complex64": ("complex128",),
}


def shape_of(x: Any) -> Any:
    return spec_of_operand(x).shape


def same_spec(x: Any, node: Node) -> bool:
    return spec_of_operand(x) == node.outputs[0].spec


def fixed(x: Any) -> bool:
    return not any(isinstance(n, Dim) for n in shape_of(x))


# -- moves ----------------------------------------------------------------------------------------------------------
def no_move(b: Builder, node: Node) -> Found:
    """identity, and moves and casts to what is there already."""
    if node.name in SAME:
        return node.inputs
    if node.name in ("reshape", "broadcast_to", "cast_inexact", "cast_discrete") and same_spec(node.inputs[0], node):
        return node.inputs
    if node.name == "permute" and node.params["perm"] == tuple(range(len(node.params["perm"]))):
        return node.inputs
    return None


def custom_rule(b: Builder, node: Node) -> Found:
    """Where nothing is differentiated any more, a gradient of the user's own changes nothing, nor does a read of a variable."""
    if node.name == "variable_read":
        return node.inputs[:1]
    return node.inputs[: node.params["results"]] if node.name == "custom_rule" else None


def moves_in_a_row(b: Builder, node: Node) -> Found:
    """Two reshapes, permutations, broadcasts, casts or inverses after each other."""
    inner = b.made_by(node.inputs[0], node.name) if len(node.inputs) == 1 else None
    if inner is None:
        return None
    x = inner.inputs[0]
    if node.name in INVERSE:
        return (x,)
    if node.name == "reshape":
        return (b.emit("reshape", (x,), node.params, node.site),)
    if node.name == "broadcast_to":
        return (b.emit("broadcast_to", (x,), node.params, node.site),)
    if node.name == "permute":
        perm = tuple(inner.params["perm"][k] for k in node.params["perm"])
        return (b.emit("permute", (x,), {"perm": perm}, node.site),)
    if node.name == "cast_inexact" and spec_of_operand(inner.outputs[0]).dtype.name in WIDER.get(
        spec_of_operand(x).dtype.name, ()
    ):
        return (x,) if same_spec(x, node) else (b.emit("cast_inexact", (x,), node.params, node.site),)
    return None


# -- numbers --------------------------------------------------------------------------------------------------------
def neutral_number(b: Builder, node: Node) -> Found:
    """x * 1, x + 0, x - 0, x / 1, x ** 1."""
    if node.name not in ("multiply", "zmul", "zzmul", "add", "subtract", "divide", "pow"):
        return None
    left, right = node.inputs
    wanted = 0 if node.name in ("add", "subtract") else 1
    if number_in(right) == wanted and isinstance(left, Value) and same_spec(left, node):
        return (left,)
    if node.name in ("multiply", "add", "zmul", "zzmul") and number_in(left) == wanted and isinstance(right, Value):
        if same_spec(right, node):
            return (right,)
        if node.name != "add" or fixed(right):
            return (b.emit("broadcast_to", (right,), {"shape": node.outputs[0].spec.shape}, node.site),)
    return None


def plain_product(b: Builder, node: Node) -> Found:
    """zmul(g, d) is g * d where d is finite or g is not zero; the same for zzmul."""
    if node.name not in ("zmul", "zzmul"):
        return None
    g, d = node.inputs
    constants = [x for x in (g, d) if isinstance(x, np.ndarray)]
    if not constants:
        return None
    finite = isinstance(d, np.ndarray) and all_finite(d) and (node.name == "zmul" or all_nonzero(d))
    nonzero = isinstance(g, np.ndarray) and all_nonzero(g) and (node.name == "zmul" or all_finite(g))
    return (b.emit("multiply", (g, d), {}, node.site),) if finite or nonzero else None


def all_finite(x: np.ndarray) -> bool:
    return bool(np.isfinite(x).all())


def all_nonzero(x: np.ndarray) -> bool:
    return bool((x != 0).all() and all_finite(x))


def squares(b: Builder, node: Node) -> Found:
    """x ** 2 is a product."""
    if node.name == "pow" and number_in(node.inputs[1]) == 2 and same_spec(node.inputs[0], node):
        return (b.emit("square", node.inputs[:1], {}, node.site),)
    return None


# -- broadcasts -----------------------------------------------------------------------------------------------------
def takes_broadcasts(node: Node) -> bool:
    return (node.primitive.elementwise or node.name == "select") and len(node.outputs) == 1


def small_operands(b: Builder, node: Node) -> Found:
    """An elementwise operation does its own broadcasting: it takes the small value, and constants of one number as that number."""
    if not takes_broadcasts(node) or len(node.inputs) < 2 or not fixed(node.outputs[0]):
        return None
    inputs = list(node.inputs)
    for k, x in enumerate(inputs):
        spread = b.made_by(x, "broadcast_to")
        small = spread.inputs[0] if spread is not None else np.array(number_in(x), x.dtype) if is_uniform(x) else None
        if small is not None and covers([small if j == k else y for j, y in enumerate(inputs)], node):
            inputs[k] = small
    if all(new is old for new, old in zip(inputs, node.inputs, strict=True)):
        return None
    return (b.emit(node.name, inputs, node.params, node.site),)


def is_uniform(x: Any) -> bool:
    return isinstance(x, np.ndarray) and x.ndim > 0 and number_in(x) is not None


def covers(inputs: Sequence[Any], node: Node) -> bool:
    """Do these broadcast to the result's shape by themselves?"""
    shapes = [shape_of(x) for x in inputs]
    if any(isinstance(n, Dim) for shape in shapes for n in shape):
        return False
    try:
        return np.broadcast_shapes(*shapes) == node.outputs[0].spec.shape
    except ValueError:
        return False


def broadcast_later(b: Builder, node: Node) -> Found:
    """f(broadcast of a scalar) is the broadcast of f(scalar)."""
    if not takes_broadcasts(node) or not node.outputs[0].spec.shape or not fixed(node.outputs[0]):
        return None
    parts = [scalar_behind(b, x) for x in node.inputs]
    if any(part is None for part in parts) or not any(isinstance(part, Value) for part in parts):
        return None
    one = b.emit(node.name, parts, node.params, node.site)
    return (b.emit("broadcast_to", (one,), {"shape": node.outputs[0].spec.shape}, node.site),)


def scalar_behind(b: Builder, x: Any) -> Any:
    """The scalar that fills an operand, or None."""
    if shape_of(x) == ():
        return x
    if isinstance(x, np.ndarray):
        found = number_in(x)
        return None if found is None else np.array(found, x.dtype)
    spread = b.made_by(x, "broadcast_to")
    return spread.inputs[0] if spread is not None and shape_of(spread.inputs[0]) == () else None


def sum_of_broadcast(b: Builder, node: Node) -> Found:
    """The sum over axes along which a value was repeated is a multiple of it."""
    spread = b.made_by(node.inputs[0], "broadcast_to") if node.name in ("reduce_sum", "reduce_mean") else None
    if spread is None or not fixed(node.inputs[0]) or not fixed(spread.inputs[0]):
        return None
    x, whole = spread.inputs[0], shape_of(node.inputs[0])
    axes = range(len(whole)) if node.params["axis"] is None else node.params["axis"]
    lifted = (1,) * (len(whole) - len(shape_of(x))) + tuple(shape_of(x))
    repeated = [k for k in axes if lifted[k] == 1 and whole[k] != 1]
    dtype = spec_of_operand(x).dtype
    if len(repeated) < len([k for k in axes if whole[k] != 1]) or dtype.kind not in "fc":
        return None
    left = tuple(1 if k in axes else n for k, n in enumerate(whole))
    if node.name == "reduce_sum":
        x = b.emit("multiply", (x, np.array(product(whole[k] for k in repeated), dtype)), {}, node.site)
    out = b.emit("broadcast_to", (b.emit("reshape", (x,), {"shape": lifted}, node.site),), {"shape": left}, node.site)
    return (b.emit("reshape", (out,), {"shape": node.outputs[0].spec.shape}, node.site),)


def sum_over_nothing(b: Builder, node: Node) -> Found:
    """A reduction over axes of extent 1 moves nothing."""
    if node.name not in ("reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod") or not fixed(node.inputs[0]):
        return None
    whole = shape_of(node.inputs[0])
    axes = range(len(whole)) if node.params["axis"] is None else node.params["axis"]
    if any(whole[k] != 1 for k in axes) or spec_of_operand(node.inputs[0]).dtype != node.outputs[0].spec.dtype:
        return None
    return (b.emit("reshape", node.inputs[:1], {"shape": node.outputs[0].spec.shape}, node.site),)


# -- products of matrices ---------------------------------------------------------------------------------------------
def transposed_products(b: Builder, node: Node) -> Found:
    """A matrix that is only turned over becomes a flag of the product."""
    if node.name != "matmul":
        return None
    inputs, params = list(node.inputs), dict(node.params)
    for k, name in enumerate("ab"):
        turned = b.maker(inputs[k])
        if turned is None or not turns_over(turned) or params[f"adjoint_{name}"]:
            continue
        inputs[k] = turned.inputs[0]
        params[f"transpose_{name}"] = not params[f"transpose_{name}"]
    if params == node.params:
        return None
    return (b.emit("matmul", inputs, params, node.site),)


def turns_over(node: Node) -> bool:
    if node.name == "swap":
        return not node.params["conjugate"]
    if node.name != "permute" or len(node.params["perm"]) < 2:
        return False
    rank = len(node.params["perm"])
    return node.params["perm"] == (*range(rank - 2), rank - 1, rank - 2)


def relu_before_spreading(b: Builder, node: Node) -> Found:
    """relu's gradient behind a maximum pool, at the pool's results: what a window chose is its maximum, and elsewhere all is 0."""
    spread = b.made_by(node.inputs[0], "spread_tap") if node.name == "relu_gradient" else None
    tap = b.made_by(spread.inputs[1], "max_pool_tap") if spread is not None else None
    peak = b.made_by(tap.inputs[1], "max_pool") if tap is not None else None
    if spread is None or tap is None or peak is None:
        return None
    y, over = node.inputs[1], spread.params["over"]
    if any(x.inputs[0] is not y or x.params["over"] != over for x in (tap, peak)):
        return None
    u = b.emit("relu_gradient", (spread.inputs[0], tap.inputs[1]), {}, node.site)
    return (b.emit("spread_tap", (u, spread.inputs[1]), spread.params, node.site),)
