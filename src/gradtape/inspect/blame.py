"""The words for a value that is not finite: which line, which operation, which element, what came in."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autodiff.tape import GradientTape
from ..core.context import Site, line_of
from ..core.dispatch import run_kernel
from ..core.primitive import Primitive
from ..core.record import Node
from ..core.tensor import Tensor
from .anomaly import AnomalyError, Finder, GuardedCotangents, array_of, first_bad, not_finite
from .script import assigned, is_called, line_text, simple_statement, statements, used
from .trail import ends, shown

BRANCHES = ("where", "select", "where_v2", "cond", "switch_case")


def kind_of(bad: Finder, value: np.ndarray, index: tuple[Any, ...]) -> str:
    if bad is not not_finite:
        return "a value that the predicate finds"
    return "NaN" if np.isnan(value[index]) else "an infinity"


def element(value: np.ndarray, index: tuple[Any, ...], shape: tuple[Any, ...]) -> str:
    """The element of an operand that went into the result's element `index`, if the shapes say which."""
    if value.size == 1:
        return f"{value.reshape(())[()]!s}"
    if len(index) == len(shape) and value.ndim <= len(index):
        own = index[len(index) - value.ndim :]
        if all(n in (1, shape[k + len(index) - value.ndim]) for k, n in enumerate(value.shape)):
            return f"{value[tuple(0 if n == 1 else i for i, n in zip(own, value.shape, strict=True))]!s} there"
    return ranged(value)


def ranged(value: np.ndarray) -> str:
    plain = value if value.dtype.kind in "fiu" else np.abs(value) if value.dtype.kind == "c" else value.astype(np.float32)
    if not plain.size:
        return "no elements"
    if not np.isfinite(plain).all():
        return f"with {int((~np.isfinite(plain)).sum())} elements that are not finite"
    return f"between {plain.min()!s} and {plain.max()!s}"


# -- sentences ----------------------------------------------------------------------------------------------------
def placed(site: Site) -> str:
    text = line_text(site)
    return f"{site[0].co_filename}:{line_of(site)}" + (f"\n    {text}" if text else "")


def forward_error(
    bad: Finder, primitive: Primitive, args: tuple[Any, ...], value: np.ndarray, index: tuple[Any, ...], site: Site
) -> AnomalyError:
    kind = kind_of(bad, value, index)
    names = [f"{primitive.public[0]}[{k}]" for k in range(len(args))] if primitive.variadic else primitive.public
    operands = [(name, v) for name, v in zip(names, map(raw_array, args), strict=False) if v is not None]
    given = [name for name, v in operands if v.dtype.kind in "fcV" and first_bad(bad, v) is not None]
    made = f"came into {shown(primitive)} with {' and '.join(given)}" if given else f"was made by {shown(primitive)}"
    lines = [f"{kind} {made}, first at {list(index)} of shape {list(value.shape)} ({value.dtype}): {placed(site)}"]
    lines += [f"  {name}: {v.dtype}{list(v.shape)}, {element(v, index, value.shape)}" for name, v in operands]
    masked = None if given else branch_line(site)
    if masked is not None:
        lines.append(
            f"This may be a masked branch of the tf.where in line {masked}. If so it harms neither the value nor the gradient "
            "(zero stays zero); to make it finite, give the operation a safe operand: tf.where(condition, x, 1.0) first."
        )
    return AnomalyError(None, None, "\n".join(lines), site, index)


def raw_array(x: Any) -> np.ndarray | None:
    while isinstance(x, Tensor):
        x = x.value
    return x if type(x) is np.ndarray and x.dtype.kind in "fciubV" else None


def branch_line(site: Site) -> int | None:
    """The line of a tf.where that takes what the line of the site makes."""
    code, line = site[0], line_of(site)
    node = simple_statement(code, line)
    if node is None:
        return None
    if is_called(node, BRANCHES):
        return node.lineno
    made = assigned(node)
    later = (n for n in statements(code) if n.lineno > line and is_called(n, BRANCHES) and used(n) & made)
    return next((n.lineno for n in later), None)


def seed_error(tape: GradientTape, identity: int, value: np.ndarray, index: tuple[Any, ...]) -> AnomalyError:
    node = node_of(tape, identity)
    where = "" if node is None else f" The target is the result of {shown(node.primitive)}: {placed(node.site)}"
    text = f"The cotangent of the target is not finite at {list(index)} of shape {list(value.shape)}.{where}"
    return AnomalyError(None, None, text, None if node is None else node.site, index)


def backward_error(grads: GuardedCotangents, identity: int, value: np.ndarray, index: tuple[Any, ...]) -> AnomalyError:
    node = node_of(grads.tape, grads.out_id)
    if node is None:
        return AnomalyError(None, None, f"{kind_of(grads.bad, value, index)} in a gradient at {list(index)}", None, index)
    kind, name = kind_of(grads.bad, value, index), shown(node.primitive)
    operand = operand_name(node, identity)
    where = f"first at {list(index)} of shape {list(value.shape)}. The forward line: {placed(node.site)}"
    lines = [f"{kind} in the gradient of {name} with respect to {operand}, {where}"]
    g = array_of(grads.g)
    if g is not None:
        lines.append(f"  incoming gradient: {g.dtype}{list(g.shape)}, {element(g, index, value.shape)}")
    saved = [(n, v) for n, v in zip(getattr(node.primitive, "saved", ()), node.saved, strict=False) if type(v) is np.ndarray]
    lines += [f"  {'the result' if n == 'y' else public_name(node.primitive, n)}: {v.dtype}{list(v.shape)}, {element(v, index, value.shape)}"
              for n, v in saved]  # fmt: skip
    masked = masked_branch(grads, node, g, index, value.shape)
    if masked:
        lines.append(masked)
    return AnomalyError(None, None, "\n".join(lines), node.site, index)


def masked_branch(
    grads: GuardedCotangents, node: Node, g: np.ndarray | None, index: tuple[Any, ...], shape: tuple[Any, ...]
) -> str:
    """Zero came in and something bad goes out: 0 * inf, and the zero is a mask's."""
    zero_there = g is not None and ((g.size == 1 and not g.any()) or (g.shape == shape and not g[index]))
    line = branch_after(grads.tape, node)
    if line is None or not (zero_there or g is None or (g.shape != shape and bool((g == 0).any()))):
        return ""
    return (
        f"This looks like the masked branch of the tf.where in line {line}: its gradient there is zero, and the local derivative is not "
        "finite. Give the operation a safe operand, tf.where(condition, x, 1.0), before it is used."
    )


def branch_after(tape: GradientTape, node: Node) -> int | None:
    """The line of the first tf.where that the result of this operation leads to."""
    reached = set(node.output if type(node.output) is tuple else (node.output,))
    for other in [node_at(tape.records, end) for end in ends(tape.records)]:
        if not reached.isdisjoint(other.inputs):
            if shown(other.primitive) in BRANCHES:
                return other.line
            reached.update(other.output if type(other.output) is tuple else (other.output,))
    return None


def node_at(records: list[Any], end: int) -> Node:
    primitive = records[end - 1]
    start, split = end - primitive.size, end - primitive.near_size
    name = getattr(primitive, "name", "")
    return Node(name, tuple(records[split : end - 4]), records[end - 4], (records[end - 3], records[end - 2]), primitive,
                tuple(records[start:split]))  # fmt: skip


def node_of(tape: GradientTape, identity: Any) -> Node | None:
    """The operation that a value is the result of."""
    for end in ends(tape.records):
        output = tape.records[end - 4]
        if output == identity or (type(output) is tuple and identity in output):
            return node_at(tape.records, end)
    return None


def operand_name(node: Node, identity: int) -> str:
    k = node.inputs.index(identity) if identity in node.inputs else 0
    public = getattr(node.primitive, "public", ())
    return public[k] if k < len(public) and not node.primitive.variadic else f"argument {k}"


def public_name(primitive: Any, name: str) -> str:
    return primitive.public[primitive.args.index(name)] if name in primitive.args else name


# -- a target that is not finite, with gradients that are ------------------------------------------------------------
def suspected(tape: GradientTape) -> str:
    """Where the first value that is not finite comes from, as far as the saved values tell."""
    known: dict[int, np.ndarray] = {}
    for end in ends(tape.records):
        node = node_at(tape.records, end)
        learn(known, node)
        culprit = next((i for i in node.inputs if i in known and first_bad(not_finite, known[i]) is not None), None)
        if culprit is not None:
            maker = node_of(tape, culprit) or node
            return told(maker, known[culprit])
        result = known.get(node.output) if type(node.output) is int else None
        if result is not None and first_bad(not_finite, result) is not None:
            return told(node, result)
    return "Run it again inside `with gradtape.debugging.detect_anomaly():` to see where."


def learn(known: dict[int, np.ndarray], node: Node) -> None:
    """The values that a record holds, and the result of an elementwise operation on such values."""
    primitive = node.primitive
    if not isinstance(primitive, Primitive) or primitive.variadic or primitive.results:
        return
    saved = dict(zip(primitive.saved, node.saved, strict=True))
    for arg, identity in zip(primitive.args, node.inputs, strict=True):
        value = array_of_saved(saved.get(arg))
        if value is not None and identity != -1:
            known[identity] = value
    y = array_of_saved(saved.get("y"))
    if y is None and isinstance(primitive.kernel, np.ufunc):
        values = [saved[a] if i == -1 and a in saved else known.get(i) for a, i in zip(primitive.args, node.inputs, strict=True)]
        if all(v is not None for v in values):
            y = array_of_saved(run_kernel(primitive, values, {}))
    if y is not None:
        known[node.output] = y


def array_of_saved(value: Any) -> np.ndarray | None:
    return value if type(value) is np.ndarray and value.dtype.kind in "fcV" else None


def told(node: Node, value: np.ndarray) -> str:
    index = first_bad(not_finite, value) or ()
    return f"It was made by {shown(node.primitive)}, first at {list(index)} of shape {list(value.shape)}: {placed(node.site)}"
