"""How values look in tf.print and in the messages of failed checks."""

from __future__ import annotations

from typing import Any

import numpy as np


def entries_shown(summarize: Any) -> int:
    """How many entries are shown: 3 where nothing is said, -1 for all."""
    if summarize is None:
        return 3
    if isinstance(summarize, bool) or not isinstance(summarize, (int, np.integer)):
        raise TypeError(f"summarize must be an integer (or None), got {summarize!r}")
    return int(summarize)


def tensor_text(x: np.ndarray, summarize: int, quoted: bool = True) -> str:
    """As tf.print shows it: `[1 2 3 ... 7 8 9]`, at most `summarize` entries at each end of an axis (-1: all)."""
    return block_text(x, summarize, 1, quoted) if x.ndim else element_text(x[()], x.dtype, quoted)


def block_text(x: np.ndarray, summarize: int, depth: int, quoted: bool) -> str:
    n = len(x)
    edge = n if summarize < 0 else summarize
    shown = range(n) if n <= 2 * edge else [*range(edge), None, *range(n - edge, n)]
    if x.ndim == 1:
        between = " "
        parts = ["..." if i is None else element_text(x[i], x.dtype, quoted) for i in shown]
    else:
        between = "\n" * (x.ndim - 1) + " " * depth
        parts = ["..." if i is None else block_text(x[i], summarize, depth + 1, quoted) for i in shown]
    return f"[{between.join(parts)}]"


def element_text(value: Any, dtype: np.dtype, quoted: bool = True) -> str:
    if dtype.kind == "b":
        return str(int(value))
    if dtype.kind in "iu":
        return str(value)
    if dtype.kind == "c":
        imaginary = float_text(value.imag, value.imag.dtype)
        return f"{float_text(value.real, value.real.dtype)}{'' if imaginary.startswith(('-', '+')) else '+'}{imaginary}j"
    if dtype.kind == "O":
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        return f'"{text}"' if quoted else text
    return float_text(value, dtype)


def float_text(value: Any, dtype: np.dtype) -> str:
    """The digits that every such float keeps, or, where they do not give it back, those that always do."""
    short, full, kind = ("%.15g", "%.17g", np.float64) if dtype == np.float64 else ("%.6g", "%.9g", np.float32)
    number = float(value)
    text = short % number
    return text if kind(float(text)) == kind(number) or number != number else full % number


def listed(x: np.ndarray, summarize: int) -> str:
    """`1, 2, 3, ...`: the first entries of a tensor, as a failed check shows them."""
    flat = x.reshape(-1)
    count = flat.size if summarize < 0 else summarize
    return ", ".join([*map(str, flat[:count]), *(["..."] if flat.size > count else [])])


def quoted_list(x: np.ndarray, summarize: int) -> str:
    """`['1', '2', '...']`, or the number itself of rank 0: the form that the checks of signs have."""
    flat = x.reshape(-1)
    count = flat.size if summarize < 0 else summarize
    shown = [*map(str, flat[:count]), *(["..."] if flat.size > count else [])]
    return str(shown) if x.ndim else shown[0]


def described(name: str, x: np.ndarray, dtype: str, text: str) -> str:
    return f"{name} (shape={x.shape} dtype={dtype}) = \n{text}"


def mismatch_text(x: np.ndarray, y: np.ndarray, holds: np.ndarray, relation: str, summarize: int) -> str:
    """Where two tensors fail to stand in a relation."""
    lines = [f"Condition x {relation} y did not hold."]
    if x.shape == y.shape and x.ndim:
        places = np.argwhere(~holds)
        count = len(places) if summarize < 0 else min(summarize, len(places))
        lines += [f"Indices of first {count} different values:", str(places[:count])]
        lines += ["Corresponding x values:", str(x[~holds][:count]), "Corresponding y values:", str(y[~holds][:count])]
    for name, values in (("x", x), ("y", y)):
        count = values.size if summarize < 0 else min(summarize, values.size)
        lines += [f"First {count} elements of {name}:", str(values.reshape(-1)[:count])]
    return "\n".join(lines)
