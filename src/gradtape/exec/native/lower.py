"""TABLE: primitive name -> the expressions that its results are, or None where only its kernel serves.

A rule gets the expressions of the node's inputs and its parameters. Elementwise primitives that `scalar` knows need no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np

from ...graph.ir import Node
from . import index as ix
from . import scalar
from .expr import Expr, Iota, Map, Number, Pieces, Reduce, Scatter, Take, View

CHUNKS = 64  # a long reduction to few results is first made this many shorter ones
LONG, FEW = 1 << 16, 1 << 10

TABLE: dict[str, Callable] = {}


def lowering(*names: str) -> Callable:
    def put(rule: Callable) -> Callable:
        TABLE.update(dict.fromkeys(names, rule))
        return rule

    return put


def lower(node: Node, args: Sequence[Expr]) -> tuple[Expr, ...] | None:
    """The expressions of a node's results, of its specs exactly."""
    if not all(x.dtype in scalar.TYPES for x in (*args, *(v.spec for v in node.outputs))):
        return None
    rule = TABLE.get(node.name)
    if rule is not None:
        out = rule(*args, **node.params)
    elif node.primitive.elementwise and node.name in scalar.TABLE:
        out = elementwise(node, args)
    else:
        return None
    return out if out is None or type(out) is tuple else (out,)


def kind(x: Expr) -> str:
    return scalar.TYPES[x.dtype].kind


def elementwise(node: Node, args: Sequence[Expr]) -> Expr | None:
    spec = node.outputs[0].spec
    if node.name == "pow" and (simple := power(*args)) is not None:
        return simple
    if not all(kind(x) in scalar.KINDS[node.name] for x in args):
        return None
    if node.name in ("add", "subtract") and (into := scattered_into(node.name, *args)) is not None:
        return into
    return Map(node.name, tuple(spread(x, spec.shape) for x in args), spec.dtype)


def power(a: Expr, b: Expr) -> Expr | None:
    """Powers with small constant exponents are products."""
    shape = np.broadcast_shapes(a.shape, b.shape)
    if isinstance(b, Number) and b.value in (1, 2):
        return Map("square" if b.value == 2 else "identity", (spread(a, shape),))
    return None


# -- views --------------------------------------------------------------------------------------------------------
def spread(x: Expr, shape: Sequence[int]) -> Expr:
    """Broadcast."""
    shape = tuple(shape)
    if x.shape == shape:
        return x
    if isinstance(x, Number):
        return Number(x.value, x.dtype, shape)
    lead, dims = len(shape) - len(x.shape), x.shape
    return View(x, shape, lambda at: tuple(ix.ZERO if n == 1 else i for i, n in zip(at[lead:], dims, strict=True)))


def reshaped(x: Expr, shape: Sequence[int]) -> Expr:
    shape, dims = tuple(shape), x.shape
    if shape == dims:
        return x
    if isinstance(x, Number):
        return Number(x.value, x.dtype, shape)
    return View(x, shape, lambda at: ix.unravelled(ix.linear(at, shape), dims), plain=True)


def transposed(x: Expr, perm: Sequence[int]) -> Expr:
    back = [list(perm).index(i) for i in range(len(perm))]
    return View(x, tuple(x.shape[i] for i in perm), lambda at: tuple(at[i] for i in back))


@lowering("identity", "stop_gradient")
def identity(x):
    return x


@lowering("reshape")
def reshape(x, *, shape):
    return reshaped(x, shape)


@lowering("permute")
def permute(x, *, perm):
    return transposed(x, perm)


@lowering("broadcast_to")
def broadcast_to(x, *, shape):
    return spread(x, shape)


@lowering("spread_mean")
def spread_mean(x, *, shape, axis):
    axes = range(len(shape)) if axis is None else axis
    n = prod(shape[i] for i in axes)
    share = Map("divide", (x, Number(n or 1, x.dtype, x.shape)))
    return spread(reshaped(share, [1 if i in axes else d for i, d in enumerate(shape)]), shape)


def sliced(key: Sequence[Any], shape: Sequence[int]) -> tuple[tuple[int, ...], Callable]:
    """The shape of x[key], and where its elements stand in x."""
    moves: list[tuple[int | None, int, int]] = []  # for each axis of x: which axis of the result, step, start
    dims: list[int] = []
    for k in key:
        if k is None:
            dims.append(1)
            continue
        n = shape[len(moves)]
        if type(k) is tuple:
            places = range(*slice(*k).indices(n))
            moves.append((len(dims), places.step, places.start))
            dims.append(len(places))
        else:
            moves.append((None, 0, k % n))
    for n in shape[len(moves) :]:
        moves.append((len(dims), 1, 0))
        dims.append(n)

    def move(at: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            ix.constant(start) if axis is None else ix.total([(at[axis], step), (ix.constant(start), 1)])
            for axis, step, start in moves
        )

    return tuple(dims), move


@lowering("index")
def index(x, *, key):
    shape, move = sliced(key, x.shape)
    return View(x, shape, move)


@lowering("split_at")
def split_at(x, *, sizes, axis):
    out, start = [], 0
    for n in sizes:
        out.append(index(x, key=((None, None, 1),) * axis + ((start, start + n, 1),)))
        start += n
    return tuple(out)


@lowering("unpack")
def unpack(x, *, count, axis):
    return tuple(index(x, key=((None, None, 1),) * axis + (i,)) for i in range(count))


@lowering("tile")
def tile(x, *, multiples):
    pairs = tuple(n for m, d in zip(multiples, x.shape, strict=True) for n in (m, d))
    single = reshaped(x, tuple(n for d in x.shape for n in (1, d)))
    return reshaped(spread(single, pairs), tuple(m * d for m, d in zip(multiples, x.shape, strict=True)))


# -- pieces ---------------------------------------------------------------------------------------------------------
@lowering("embed")
def embed(x, *, key, shape):
    dims, move = sliced(key, shape)
    here = lambda at: at  # noqa: E731
    return Pieces(shape, x.dtype, (Number(0, x.dtype, shape), spread(x, dims)), (here, move))


@lowering("concatenate")
def concatenate(*values, axis):
    return side_by_side(values, axis)


@lowering("pack")
def pack(*values, axis):
    return side_by_side([reshaped(v, (*v.shape[:axis], 1, *v.shape[axis:])) for v in values], axis)


def side_by_side(values: Sequence[Expr], axis: int) -> Expr:
    dims = list(values[0].shape)
    dims[axis] = sum(v.shape[axis] for v in values)
    places, start = [], 0
    for v in values:
        key = ((None, None, 1),) * axis + ((start, start + v.shape[axis], 1),)
        places.append(sliced(key, dims)[1])
        start += v.shape[axis]
    return Pieces(tuple(dims), values[0].dtype, tuple(values), tuple(places), apart=True)


# -- elementwise primitives that are not declared as such ---------------------------------------------------------------
@lowering("select")
def select(c, a, b):
    shape = np.broadcast_shapes(c.shape, a.shape, b.shape)
    return Map("select", (spread(c, shape), spread(a, shape), spread(b, shape)), a.dtype)


@lowering("cast_inexact", "cast_discrete")
def cast(x, *, dtype):
    return x if x.dtype == dtype else Map("cast", (x,), dtype)


@lowering("relu")
def relu(x):
    return Map("relu", (x,))


@lowering("relu_gradient")
def relu_gradient(u, positive):
    return Map("relu_gradient", (u, spread(positive, u.shape)))


@lowering("leaky_relu")
def leaky_relu(x, *, alpha):
    below = Map("multiply", (Map("minimum", (x, zeros(x))), Number(alpha, x.dtype, x.shape)))
    return Map("add", (below, Map("maximum", (x, zeros(x)))))


@lowering("add_all")
def add_all(*values):
    total = values[0]
    for v in values[1:]:
        total = Map("add", (total, v))
    return total


def zeros(x: Expr) -> Expr:
    return Number(0, x.dtype, x.shape)


def both(op: str, a: Expr, b: Expr) -> Expr:
    return Map(op, (a, b))


@lowering("exp_difference")
def exp_difference(a, b):
    shape = np.broadcast_shapes(a.shape, b.shape)
    a, b = spread(a, shape), spread(b, shape)
    infinite = Map("logical_and", (Map("equal", (a, b), bool), Map("is_inf", (a,), bool)))
    top = Map("cast", (Map("greater", (a, zeros(a)), bool),), a.dtype)
    return Map("select", (infinite, top, Map("exp", (both("subtract", a, b),))), a.dtype)


# -- made from nothing ------------------------------------------------------------------------------------------------
@lowering("filled")
def filled(x, *, shape, number):
    return Number(number, x.dtype, shape)


@lowering("filled_like")
def filled_like(x, *, value, dtype):
    return Number(value, dtype, x.shape)


@lowering("hot")
def hot(indices, *, depth, axis):
    shape = (*indices.shape[:axis], depth, *indices.shape[axis:])
    wide = np.dtype("i4" if indices.dtype.itemsize < 4 or indices.dtype == np.int32 else "i8")
    given = spread(reshaped(indices, (*indices.shape[:axis], 1, *indices.shape[axis:])), shape)
    return Map("equal", (cast(given, dtype=wide), Iota(shape, wide, axis)), bool)


@lowering("band_part")
def band_part(x, *, num_lower, num_upper):
    n = len(x.shape)
    rows, columns = Iota(x.shape, np.int64, n - 2), Iota(x.shape, np.int64, n - 1)
    inside = None
    for count, a, b in ((num_lower, rows, columns), (num_upper, columns, rows)):
        if count >= 0:
            test = Map("less_equal", (both("subtract", a, b), Number(count, np.int64, x.shape)), bool)
            inside = test if inside is None else Map("logical_and", (inside, test))
    return x if inside is None else Map("select", (inside, x, zeros(x)), x.dtype)


# -- reductions ---------------------------------------------------------------------------------------------------------
def axes_of(x: Expr, axis: Any) -> tuple[int, ...]:
    return tuple(range(len(x.shape))) if axis is None else tuple(axis)


def fold(op: str, x: Expr, axis: Any, keepdims: bool = False) -> Expr:
    axes = axes_of(x, axis)
    out = (
        chunked(op, x, axes)
        if prod(x.shape[i] for i in axes) != 1
        else reshaped(x, [n for i, n in enumerate(x.shape) if i not in axes])
    )
    return reshaped(out, [1 if i in axes else n for i, n in enumerate(x.shape)]) if keepdims else out


def chunked(op: str, x: Expr, axes: tuple[int, ...]) -> Expr:
    """A long reduction to few results in two steps, of which the first can be shared out among threads."""
    kept = tuple(n for i, n in enumerate(x.shape) if i not in axes)
    length = prod(x.shape[i] for i in axes)
    leading = axes == tuple(range(len(axes)))
    if prod(kept) > FEW or length * prod(kept) < LONG or length < 4 * CHUNKS or not leading:
        return Reduce(op, x, axes)
    parts = next((n for n in range(CHUNKS, 1, -1) if length % n == 0), 1)
    if parts < 8:
        return Reduce(op, x, axes)
    first = Reduce(op, reshaped(x, (parts, length // parts, *kept)), (1,))
    return Reduce(op, first, (0,))


def over(x: Expr, axes: Sequence[int], y: Expr) -> Expr:
    """A reduced value (with its axes kept as ones, or gone) at every element of x."""
    return spread(reshaped(y, [1 if i in axes else n for i, n in enumerate(x.shape)]), x.shape)


def widened(x: Expr) -> Expr:
    """float16's and bfloat16's sums are float32 until they are finished: they may be larger than float16 reaches."""
    return cast(x, dtype=np.dtype(np.float32)) if x.dtype in (scalar.HALF, scalar.BRAIN) else x


def simple(op: str, kinds: str) -> Callable:
    def rule(x: Expr, *, axis: Any, keepdims: bool) -> Expr | None:
        return cast(fold(op, widened(x), axis, keepdims), dtype=x.dtype) if kind(x) in kinds else None

    return rule


TABLE["reduce_sum"] = simple("add", "fiu")
TABLE["reduce_prod"] = simple("multiply", "fiu")
TABLE["reduce_max"] = simple("maximum", "fiu")
TABLE["reduce_min"] = simple("minimum", "fiu")
TABLE["reduce_any"] = simple("or", "b")
TABLE["reduce_all"] = simple("and", "b")


def mean(x: Expr, axis: Any, keepdims: bool = False) -> Expr:
    n = prod(x.shape[i] for i in axes_of(x, axis))
    out = fold("add", widened(x), axis, keepdims)
    return cast(both("divide", out, Number(n, out.dtype, out.shape)), dtype=x.dtype)


@lowering("reduce_mean")
def reduce_mean(x, *, axis, keepdims):
    return mean(x, axis, keepdims) if kind(x) == "f" else None


@lowering("reduce_variance")
def reduce_variance(x, *, axis, keepdims):
    wide = widened(x)
    centred = both("subtract", wide, over(wide, axes_of(x, axis), mean(wide, axis)))
    return cast(mean(Map("square", (centred,)), axis, keepdims), dtype=x.dtype)


@lowering("reduce_std")
def reduce_std(x, *, axis, keepdims):
    return Map("sqrt", (reduce_variance(x, axis=axis, keepdims=keepdims),))


@lowering("reduce_euclidean_norm")
def reduce_euclidean_norm(x, *, axis, keepdims):
    if kind(x) != "f":
        return None
    return cast(Map("sqrt", (fold("add", Map("square", (widened(x),)), axis, keepdims),)), dtype=x.dtype)


@lowering("l2_loss")
def l2_loss(x):
    return both("multiply", fold("add", Map("square", (x,)), None), Number(0.5, x.dtype))


@lowering("reduce_logsumexp")
def reduce_logsumexp(x, *, axis, keepdims):
    top = fold("maximum", x, axis, keepdims)
    top = Map("select", (Map("is_finite", (top,), bool), top, zeros(top)), x.dtype)
    shifted = both("subtract", x, over(x, axes_of(x, axis), top))
    return both("add", Map("log", (fold("add", Map("exp", (shifted,)), axis, keepdims),)), top)


@lowering("share_of_extreme")
def share_of_extreme(x, top, *, axis):
    shape = np.broadcast_shapes(x.shape, top.shape)
    x, top = spread(x, shape), spread(top, shape)
    chosen = Map("cast", (Map("matches" if kind(x) == "f" else "equal", (x, top), bool),), x.dtype)
    ties = fold("add", chosen, axis)
    return both("divide", chosen, over(x, axes_of(x, axis), both("maximum", ties, Number(1, x.dtype, ties.shape))))


def first_extreme(op: str) -> Callable:
    """The first place where the extreme stands; NaN is the last choice. Floats are compared by integers in the same order."""

    def rule(x: Expr, *, axis: int, dtype: np.dtype) -> Expr:
        if kind(x) == "b":
            x = Map("cast", (x,), np.int32)
        if kind(x) == "f":
            whole = np.dtype("i8" if x.dtype == np.float64 else "i4")
            worst = np.iinfo(whole).min if op == "maximum" else np.iinfo(whole).max
            unknown = Map("is_nan", (x,), bool)
            x = Map("select", (unknown, Number(int(worst), whole, x.shape), Map("order_key", (x,), whole)), whole)
        top = over(x, (axis,), fold(op, x, (axis,)))
        place = Iota(x.shape, np.int32, axis)
        here = Map("select", (Map("equal", (x, top), bool), place, Number(2**31 - 1, np.int32, x.shape)), np.int32)
        return cast(fold("minimum", here, (axis,)), dtype=dtype)

    return rule


TABLE["index_of_max"] = first_extreme("maximum")
TABLE["index_of_min"] = first_extreme("minimum")


# -- softmax and its losses ------------------------------------------------------------------------------------------------
def last(x: Expr, axis: Any) -> tuple[int, ...]:
    return (len(x.shape) - 1 if axis is None else axis,)


def exponentials(x: Expr, axes: tuple[int, ...]) -> tuple[Expr, Expr, Expr]:
    """x less its maximum, the exponentials of that, and their sum."""
    shifted = both("subtract", x, over(x, axes, fold("maximum", x, axes)))
    e = Map("exp", (shifted,))
    return shifted, e, fold("add", e, axes)


@lowering("softmax")
def softmax(x, *, axis):
    axes = last(x, axis)
    _, e, total = exponentials(x, axes)
    return both("divide", e, over(x, axes, total))


@lowering("log_softmax")
def log_softmax(x, *, axis):
    axes = last(x, axis)
    shifted, _, total = exponentials(x, axes)
    return both("subtract", shifted, over(x, axes, Map("log", (total,))))


@lowering("softmax_gradient")
def softmax_gradient(u, p, *, axis):
    axes = last(u, axis)
    total = fold("add", both("zmul", u, p), axes)
    return both("zmul", both("subtract", u, over(u, axes, total)), p)


@lowering("log_softmax_gradient")
def log_softmax_gradient(u, log_p, *, axis):
    axes = last(u, axis)
    return both("subtract", u, both("zmul", over(u, axes, fold("add", u, axes)), Map("exp", (log_p,))))


@lowering("softmax_loss")
def softmax_loss(labels, logits):
    axes = last(logits, None)
    shifted, _, total = exponentials(logits, axes)
    below = both("subtract", over(logits, axes, Map("log", (total,))), shifted)
    return fold("add", both("zmul", labels, below), axes)


@lowering("softmax_loss_gradient")
def softmax_loss_gradient(u, labels, logits):
    axes = last(logits, None)
    mass = over(logits, axes, fold("add", labels, axes))
    excess = both("subtract", both("multiply", softmax(logits, axis=None), mass), labels)
    return both("zmul", over(logits, axes, u), excess)


def at_label(labels: Expr, logits: Expr) -> Expr:
    """Where each row's label stands."""
    labels = cast(Map("checked", (labels,), limit=logits.shape[-1]), dtype=np.dtype("i4"))
    return hot(labels, depth=logits.shape[-1], axis=len(labels.shape))


@lowering("sparse_softmax_cross_entropy_with_logits")
def sparse_softmax_loss(labels, logits):
    axes = last(logits, None)
    shifted, _, total = exponentials(logits, axes)
    chosen = Map("select", (at_label(labels, logits), shifted, zeros(logits)), logits.dtype)
    return both("subtract", Map("log", (total,)), fold("add", chosen, axes))


@lowering("sparse_softmax_loss_gradient")
def sparse_softmax_loss_gradient(u, labels, logits):
    p = softmax(logits, axis=None)
    less = both("subtract", p, Number(1, p.dtype, p.shape))
    excess = Map("select", (at_label(labels, logits), less, p), p.dtype)
    return both("zmul", over(logits, last(logits, None), u), excess)


# -- rows by number ----------------------------------------------------------------------------------------------------------
@lowering("gather_axis")
def gather_axis(x, indices, *, axis):
    if not x.shape[axis]:
        return None
    return Take(x, Map("checked", (indices,), limit=x.shape[axis]), axis)


@lowering("row_numbers")
def row_numbers(indices, *, rows, axis):
    checked = cast(Map("checked", (indices,), limit=rows), dtype=np.dtype("i8"))
    starts = both("multiply", Iota(indices.shape, np.int64, axis), Number(rows, np.int64, indices.shape))
    return both("add", checked, starts)


@lowering("scatter_rows")
def scatter_rows(x, indices, *, size, axis):
    if axis or not size or kind(x) == "b" or not x.size:
        return None
    count, width = indices.size, x.size // max(indices.size, 1)
    shape = (size, *x.shape[len(indices.shape) :])
    rows = Scatter("add", Number(0, x.dtype, (size, width)), reshaped(x, (count, width)), reshaped(indices, (count,)))
    return reshaped(rows, shape)


@lowering("put_rows")
def put_rows(x, indices, values):
    if kind(x) not in "fiu" or not x.size or not values.size:
        return None
    size, count = x.shape[0], indices.size
    rows = reshaped(values, (count, values.size // count))
    return reshaped(Scatter("put", reshaped(x, (size, x.size // size)), rows, reshaped(indices, (count,))), x.shape)


def scattered_into(op: str, a: Expr, b: Expr) -> Expr | None:
    """base + rows scattered into zeros: they are scattered into the base."""
    for base, other in ((a, b), (b, a)):
        found = other.args[0] if isinstance(other, View) and other.plain else other
        if isinstance(found, Scatter) and isinstance(found.args[0], Number) and base.shape == other.shape:
            if op == "subtract" and base is b:
                return None
            return reshaped(Scatter(op, reshaped(base, found.shape), found.args[1], found.args[2]), base.shape)
    return None


# -- products that are loops: with a vector, or so small that a library's call costs more -----------------------------------------
TINY = 4096  # multiplications


@lowering("matmul")
def matmul(a, b, *, transpose_a, transpose_b, adjoint_a, adjoint_b, output_type, **hints):
    if output_type is not None or a.dtype != b.dtype or kind(a) == "b":
        return None
    a = flipped(a) if transpose_a or adjoint_a else a
    b = flipped(b) if transpose_b or adjoint_b else b
    (m, k), n = a.shape[-2:], b.shape[-1]
    lead = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    count = len(lead)
    if n == 1:
        vector = spread(reshaped(b, (*b.shape[:-2], 1, k)), (*lead, m, k))
        return reshaped(inner_product(spread(a, (*lead, m, k)), vector), (*lead, m, 1))
    if m == 1:
        vector = spread(reshaped(a, (*a.shape[:-2], 1, k)), (*lead, n, k))
        return reshaped(inner_product(spread(flipped(b), (*lead, n, k)), vector), (*lead, 1, n))
    if prod(lead) * m * k * n > TINY:
        return None
    left = spread(reshaped(a, (*a.shape, 1)), (*lead, m, k, n))
    right = spread(reshaped(b, (*b.shape[:-2], 1, k, n)), (*lead, m, k, n))
    return fold("add", both("multiply", left, right), (count + 1,))


def flipped(x: Expr) -> Expr:
    n = len(x.shape)
    return transposed(x, (*range(n - 2), n - 1, n - 2))


def inner_product(a: Expr, vector: Expr) -> Expr:
    """The sums of a times the vector over the last axis, running through memory in its order."""
    n = len(a.shape)
    if runs_down(a):
        return fold("add", both("multiply", flipped(a), flipped(vector)), (n - 2,))
    return fold("add", both("multiply", a, vector), (n - 1,))


def runs_down(x: Expr) -> bool:
    """Do neighbours along the last axis but one lie side by side in memory?"""
    at = tuple(ix.variable(ix.Var(f"d{k}", n)) for k, n in enumerate(x.shape))
    down = ix.Var(f"d{len(x.shape) - 2}", x.shape[-2])
    while isinstance(x, View):
        x, at = x.args[0], x.move(at)
    return ix.linear(at, x.shape).factor(down) == 1
