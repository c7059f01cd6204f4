"""Control flow in Python: conditions are looked at, loops run, each step on the tapes like any other code.

While a function is traced, conditions have no values yet: then gradtape's own control flow takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from keras.src import tree
from keras.src.backend.common.backend_utils import slice_along_axis

import gradtape as tf

from .conversion import tensor


def cond(pred: Any, true_fn: Callable, false_fn: Callable) -> Any:
    pred = tensor(pred)
    if tf.is_symbolic_tensor(pred):
        return tf.cond(tf.cast(pred, "bool"), true_fn, false_fn)
    return true_fn() if pred else false_fn()


def switch(index: Any, branches: Sequence[Callable], *operands: Any) -> Any:
    """The branch at `index`, the nearest one where there is none."""
    index = tensor(index)
    if tf.is_symbolic_tensor(index):
        chosen = tf.clip_by_value(tf.cast(index, "int32"), 0, len(branches) - 1)
        return tf.switch_case(chosen, [partial(branch, *operands) for branch in branches])
    return branches[min(max(int(index), 0), len(branches) - 1)](*operands)


def while_loop(cond: Callable, body: Callable, loop_vars: Any, maximum_iterations: int | None = None) -> Any:
    several = isinstance(loop_vars, (tuple, list))
    values: Any = tree.map_structure(tensor, tuple(loop_vars) if several else (loop_vars,))

    def step(*values: Any) -> tuple:
        new = body(*values)
        return tuple(new) if isinstance(new, (tuple, list)) else (new,)

    if any(tf.is_symbolic_tensor(x) for x in tree.flatten(values)):
        values = tf.while_loop(cond, step, values, maximum_iterations=maximum_iterations)
        return tuple(values) if several else values[0]
    steps = 0
    while cond(*values) and (maximum_iterations is None or steps < maximum_iterations):
        values = step(*values)
        steps += 1
    return values if several else values[0]


def fori_loop(lower: Any, upper: Any, body_fun: Callable, init_val: Any) -> Any:
    value = init_val
    for i in range(int(tensor(lower)), int(tensor(upper))):
        value = body_fun(tensor(i), value)
    return value


def vectorized_map(function: Callable, elements: Any) -> Any:
    return tf.vectorized_map(function, elements)


def map(f: Callable, xs: Any) -> Any:
    _, ys = scan(lambda carry, x: (carry, f(x)), (), xs)
    return ys


# -- scans ------------------------------------------------------------------------------------------------
def scan(f: Callable, init: Any, xs: Any = None, length: int | None = None, reverse: bool = False, unroll: Any = 1) -> Any:
    """`carry, y = f(carry, x)` for each x in turn: the last carry, and the ys stacked."""
    check_scan(f, xs, length, unroll)
    rows = () if xs is None else tree.map_structure(tensor, xs)
    carry = tree.map_structure(tensor, init)
    n = int(tree.flatten(rows)[0].shape[0]) if length is None else int(length)
    ys: list = [None] * n
    for i in range(n)[::-1] if reverse else range(n):
        x = None if xs is None else tree.map_structure(lambda row, i=i: row[i], rows)
        carry, ys[i] = f(carry, x)
    return carry, stacked(ys)


def check_scan(f: Any, xs: Any, length: Any, unroll: Any) -> None:
    if not callable(f):
        raise TypeError(f"`f` should be a callable. Received: f={f}")
    if not isinstance(unroll, bool) and (not isinstance(unroll, int) or unroll < 1):
        raise ValueError(f"`unroll` must be an positive integer or boolean. Received: unroll={unroll}")
    if xs is None and length is None:
        raise ValueError("Got no `xs` to scan over and `length` not provided.")


def stacked(ys: list) -> Any:
    """Structures side by side along a new first axis; None where the steps gave none."""
    if not ys or ys[0] is None:
        return None
    return tree.map_structure(lambda *parts: tf.stack([tensor(p) for p in parts]), *ys)


def associative_scan(f: Callable, elems: Any, reverse: bool = False, axis: int = 0) -> Any:
    """All prefixes combined by an associative f, in a number of calls that grows with the logarithm of the length."""
    if not callable(f):
        raise TypeError(f"`f` should be a callable. Received: f={f}")
    flat = [tensor(x) for x in tree.flatten(elems)]
    lengths = {int(x.shape[axis]) for x in flat}
    if len(lengths) > 1:
        raise ValueError(
            f"Array inputs to associative_scan must have the same first dimension. (saw: {[tuple(x.shape) for x in flat]})"
        )
    axis = axis % len(flat[0].shape)

    def combined(a: list, b: list) -> list:
        result = f(tree.pack_sequence_as(elems, a), tree.pack_sequence_as(elems, b))
        return [tensor(x) for x in tree.flatten(result)]

    turned = [tf.reverse(x, [axis]) for x in flat] if reverse else flat
    out = prefixes(combined, turned, lengths.pop(), axis)
    out = [tf.reverse(x, [axis]) for x in out] if reverse else out
    return tree.pack_sequence_as(elems, out)


def prefixes(combined: Callable, xs: list, n: int, axis: int) -> list:
    """Neighbours are combined, the half as long row is scanned, and the places between are filled from it."""
    if n < 2:
        return xs

    def part(values: list, start: int, stop: int | None, step: int = 1) -> list:
        return [slice_along_axis(x, start, stop, step, axis) for x in values]

    pairs = combined(part(xs, 0, n - 1, 2), part(xs, 1, None, 2))
    odd = prefixes(combined, pairs, n // 2, axis)
    first = part(xs, 0, 1)
    if n == 2:
        even = first
    else:
        later = combined(part(odd, 0, (n - 1) // 2), part(xs, 2, None, 2))
        even = [tf.concat(both, axis) for both in zip(first, later, strict=True)]
    return [interleaved(a, b, axis) for a, b in zip(even, odd, strict=True)]


def interleaved(a: Any, b: Any, axis: int) -> Any:
    """a0 b0 a1 b1 ...; a may be longer by one."""
    n = int(b.shape[axis])
    head = slice_along_axis(a, 0, n, 1, axis)
    dims = [int(d) for d in b.shape]
    dims[axis] = 2 * n
    mixed = tf.reshape(tf.stack([head, b], axis + 1), dims)
    return mixed if int(a.shape[axis]) == n else tf.concat([mixed, slice_along_axis(a, n, None, 1, axis)], axis)
