"""Reading einsum equations, and the array kernels of a contraction.  Knows no operation.

A canonical equation has no ellipsis and no blanks: the axes of an ellipsis are called 0, 1, ... from the right, so
"...ij,jk" on ranks 3 and 2 is "0ij,jk->0ik".  Axes called by a digit broadcast, axes called by a letter do not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Dim, Extent, is_one

TERM = re.compile(r"[a-zA-Z]*(?:\.\.\.)?[a-zA-Z]*")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ELLIPSIS_AXES = 10
UNKNOWN = 32  # what an unknown extent counts as when an order is looked for


# -- equations ------------------------------------------------------------------------------------------------
@lru_cache(maxsize=4096)
def canonical_equation(equation: str, ranks: tuple[int, ...]) -> str:
    """The equation for operands of these ranks, in canonical spelling; a ValueError or InvalidArgumentError says what is wrong."""
    inputs, output = terms(equation)
    if len(inputs) != len(ranks):
        raise ValueError(f'einsum: Got {len(ranks)} inputs for equation "{equation}", expecting {len(inputs)}')
    spread = [spread_axes(term, rank, i, equation) for i, (term, rank) in enumerate(zip(inputs, ranks, strict=True))]
    widest = max(map(len, spread), default=0)
    if widest > ELLIPSIS_AXES:
        raise invalid(
            "einsum", f'einsum: the ellipsis in "{equation}" stands for {widest} axes; at most {ELLIPSIS_AXES} are possible'
        )
    if widest and "..." not in output:
        raise invalid(
            "einsum",
            f"einsum: Output contains {widest} broadcasting dimension(s) but no ellipsis (...) was found in the "
            f'output subscripts of "{equation}"',
        )
    named = [term.replace("...", digits(len(axes))) for term, axes in zip(inputs, spread, strict=True)]
    return ",".join(named) + "->" + output.replace("...", digits(widest))


def terms(equation: str) -> tuple[list[str], str]:
    """The subscripts of the inputs and of the output; where there is no arrow, what occurs once, in alphabetical order."""
    text = equation.replace(" ", "")
    left, arrow, output = text.partition("->")
    inputs = left.split(",")
    if not all(TERM.fullmatch(term) for term in (*inputs, output)):
        raise ValueError(
            f"einsum: Subscripts have incorrect format: {equation}. Write letters and at most one ellipsis (...) for each "
            "operand, as in '...ij,jk->...ik'"
        )
    letters = left.replace("...", "").replace(",", "")
    if not arrow:
        once = "".join(sorted(c for c in set(letters) if letters.count(c) == 1))
        return inputs, ("..." if "..." in left else "") + once
    for c in output.replace("...", ""):
        if c not in letters:
            raise ValueError(f"einsum: Output subscripts contain the label {c} not present in the input subscripts: {equation}")
        if output.count(c) > 1:
            raise ValueError(f"einsum: Output subscripts contain a label appearing more than once: {equation}")
    return inputs, output


def spread_axes(term: str, rank: int, position: int, equation: str) -> range:
    """As many items as the ellipsis of a term has axes."""
    names = len(term.replace("...", ""))
    if rank == names or (rank > names and "..." in term):
        return range(rank - names)
    wanted = f"at least {names}" if "..." in term else str(names)
    raise invalid("einsum", f'einsum: Expected input {position} to have rank {wanted} but got: {rank} (equation "{equation}")')


def digits(n: int) -> str:
    return "".join(str(i) for i in reversed(range(n)))


def split(equation: str) -> tuple[list[str], str]:
    """The labels of the inputs and of the output of a canonical equation."""
    left, _, output = equation.partition("->")
    return left.split(","), output


def unique(labels: str) -> str:
    return "".join(dict.fromkeys(labels))


def fresh_label(equation: str) -> str:
    return next(c for c in LETTERS if c not in equation)


def label_extents(labels: list[str], shapes: list[tuple[Any, ...]]) -> dict[str, Extent]:
    """The extent of every label; an InvalidArgumentError where two disagree."""
    found: dict[str, Extent] = {}
    for names, shape in zip(labels, shapes, strict=True):
        for axis, (c, n) in enumerate(zip(names, shape, strict=True)):
            known = found.setdefault(c, n)
            if c.isdigit() and (is_one(known) or is_one(n)):
                found[c] = n if is_one(known) else known
            elif known != n:
                raise invalid(
                    "einsum",
                    f"einsum: Expected dimension {known} at axis {axis} of the input shaped {list(shape)} but got "
                    f"dimension {n}: both axes are called {c!r}",
                )
    return found


@lru_cache(maxsize=1024)
def contraction_order(equation: str, shapes: tuple[Any, ...], optimize: str) -> tuple[tuple[int, int], ...]:
    """Which two operands meet, step by step, as NumPy finds the order."""
    labels, output = split(equation)
    number = {c: i for i, c in enumerate(unique("".join(labels)))}
    interleaved: list[Any] = []
    for names, shape in zip(labels, shapes, strict=True):
        known = [UNKNOWN if isinstance(n, Dim) else n for n in shape]
        interleaved += [np.broadcast_to(np.empty(()), known), [number[c] for c in names]]
    path = np.einsum_path(*interleaved, [number[c] for c in output], optimize=optimize)[0]
    return pairwise([sorted(step) for step in path[1:]], len(shapes))


def pairwise(steps: list[list[int]], count: int) -> tuple[tuple[int, int], ...]:
    """Steps that take more than two operands become several; a result always goes to the end."""
    pairs = []
    for step in steps:
        i, j, *rest = step
        pairs.append((i, j))
        count -= 1
        for k in rest:
            pairs.append((k - len(step[: step.index(k)]), count - 1))
            count -= 1
    return tuple(pairs)


# -- kernels --------------------------------------------------------------------------------------------------
class Plan(NamedTuple):
    """How a product of two operands becomes one product of (stacked) matrices."""

    left: str  # the operands' labels, each once, only those that the product needs
    right: str
    left_order: tuple[int, ...]  # their axes in the order batch, kept, summed
    right_order: tuple[int, ...]  # batch, summed, kept
    batch: int  # how many labels are of each kind
    rows: int
    summed: int
    output_order: tuple[int, ...]
    flips: tuple[bool, bool, bool] | None  # of left, right and result, where all it takes is one product of two matrices


@lru_cache(maxsize=4096)
def plan(equation: str) -> Plan:
    (a, b), output = split(equation)
    left = "".join(c for c in unique(a) if c in b or c in output)
    right = "".join(c for c in unique(b) if c in a or c in output)
    batch = [c for c in left if c in right and c in output]
    summed = [c for c in left if c in right and c not in output]
    rows = [c for c in left if c not in right]
    columns = [c for c in right if c not in left]
    made = [*batch, *rows, *columns]
    left_order, right_order = order(left, [*batch, *rows, *summed]), order(right, [*batch, *summed, *columns])
    output_order = tuple(made.index(c) for c in output)
    flat = (a, b) == (left, right) and (len(batch), len(rows), len(summed), len(columns)) == (0, 1, 1, 1)
    flips = (left_order[0] == 1, right_order[0] == 1, output_order[0] == 1) if flat else None
    return Plan(left, right, left_order, right_order, len(batch), len(rows), len(summed), output_order, flips)


def order(labels: str, wanted: list[str]) -> tuple[int, ...]:
    return tuple(labels.index(c) for c in wanted)


def multiply_pair(a: np.ndarray, b: np.ndarray, equation: str) -> np.ndarray:
    """The contraction of two arrays; 16-bit floats are summed in float32."""
    if a.dtype != b.dtype:
        raise TypeError(f"einsum needs one dtype, got {a.dtype} and {b.dtype}")
    p = plan(equation)
    if p.flips and a.itemsize > 2:
        flip_left, flip_right, flip_output = p.flips
        out = (a.T if flip_left else a).dot(b.T if flip_right else b)
        return out.T if flip_output else out
    small = is_small_float(a.dtype)
    if small:
        a, b = a.astype(np.float32), b.astype(np.float32)
    labels, _ = split(equation)
    a = reduced(a, labels[0], p.left).transpose(p.left_order)
    b = reduced(b, labels[1], p.right).transpose(p.right_order)
    out = matrix_product(a, b, p).transpose(p.output_order)
    return out.astype(small) if small else out


def matrix_product(a: np.ndarray, b: np.ndarray, p: Plan) -> np.ndarray:
    """(batch, rows, summed) times (batch, summed, columns)."""
    n, k = p.batch, p.batch + p.rows
    lead, rows, columns = a.shape[:n], a.shape[n:k], b.shape[n + p.summed :]
    if not p.summed:
        return np.multiply(a.reshape(a.shape + (1,) * len(columns)), b.reshape(b.shape[:n] + (1,) * p.rows + columns), out=...)
    if a.shape[k:] != b.shape[n : n + p.summed]:
        raise ValueError("einsum: summed axes differ in extent")
    depth = prod(a.shape[k:])
    a = a.reshape(*lead, prod(rows), depth)
    b = b.reshape(*b.shape[:n], depth, prod(columns))
    out = a.dot(b) if n == 0 else np.matmul(a, b)
    return out.reshape(out.shape[:n] + rows + columns)


def reduced(x: np.ndarray, labels: str, wanted: str) -> np.ndarray:
    """Diagonals where a label repeats, sums over labels that nobody wants."""
    if labels == wanted:
        return x
    for c in unique(labels):
        while labels.count(c) > 1:
            i = labels.index(c)
            j = labels.index(c, i + 1)
            if x.shape[i] != x.shape[j]:
                raise ValueError(f"einsum: the axes called {c!r} differ in extent")
            x = np.diagonal(x, axis1=i, axis2=j)
            labels = labels[:i] + labels[i + 1 : j] + labels[j + 1 :] + c
    unwanted = tuple(i for i, c in enumerate(labels) if c not in wanted)
    if unwanted:
        x = np.add.reduce(x, axis=unwanted, dtype=x.dtype, out=...)
        labels = "".join(c for c in labels if c in wanted)
    return x if labels == wanted else x.transpose(order(labels, list(wanted)))


def rearranged(x: np.ndarray, equation: str) -> np.ndarray:
    """The contraction of one array; a label that repeats in the output spreads along a diagonal of zeros."""
    (labels,), output = split(equation)
    small = is_small_float(x.dtype)
    if small:
        x = x.astype(np.float32)
    wanted = unique(output)
    x = reduced(x, labels, wanted)
    if wanted != output:
        extents = dict(zip(wanted, x.shape, strict=True))
        out = np.zeros([extents[c] for c in output], x.dtype)
        diagonal_view(out, output, wanted)[...] = x
        x = out
    return x.astype(small) if small else x


def diagonal_view(x: np.ndarray, labels: str, wanted: str) -> np.ndarray:
    """The elements of x where equal labels have equal indices, writable."""
    strides = [sum(s for s, c in zip(x.strides, labels, strict=True) if c == w) for w in wanted]
    return np.lib.stride_tricks.as_strided(x, [x.shape[labels.index(w)] for w in wanted], strides)


def is_small_float(dtype: np.dtype) -> np.dtype | None:
    """The dtype, if it is a float of 16 bits."""
    return dtype if dtype.itemsize == 2 and dtype.kind in "fV" else None


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
