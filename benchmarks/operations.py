"""What one elementwise operation on three float32 costs, in ratios to the bare ufunc call."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

import gradtape as tf

UNARY = {
    "negative": np.negative,
    "exp": np.exp,
    "math.log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "sin": np.sin,
    "square": np.square,
}
BINARY = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "pow": np.power,
    "maximum": np.maximum,
}
BUDGETS = {"idle": 2.2, "taped": 3.2, "untracked": 3.2, "float": 4.2, "variable": 3.4}  # the design's, section 3


def timed1(fn: Callable, a: Any, n: int) -> float:  # without a starred call, which would cost as much as what is measured
    start = perf_counter()
    for _ in range(n):
        fn(a)
    return (perf_counter() - start) / n


def timed2(fn: Callable, a: Any, b: Any, n: int) -> float:
    start = perf_counter()
    for _ in range(n):
        fn(a, b)
    return (perf_counter() - start) / n


def timed(fn: Callable, args: tuple, n: int) -> float:
    return timed1(fn, *args, n) if len(args) == 1 else timed2(fn, *args, n)


def interleaved(cases: dict, rounds: int = 31, n: int = 1500) -> dict[str, float]:
    """Median over rounds; a round runs every case once, under a tape of its own where it has something to watch."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (fn, args, watch) in cases.items():
            if watch is None:
                times[name].append(timed(fn, args, n))
                continue
            with tf.GradientTape() as tape:
                for x in watch:
                    tape.watch(x)
                times[name].append(timed(fn, args, n))
    return {name: statistics.median(t) for name, t in times.items()}


def found(name: str) -> Callable:
    where: Any = tf
    for part in name.split("."):
        where = getattr(where, part)
    return where


def cases_of(name: str, ufunc: np.ufunc) -> dict:
    op = found(name)
    arrays = [np.array([0.5, 1.5, 2.5], "f4"), np.array([1.5, 0.5, 3.5], "f4")][: ufunc.nin]
    args, watched, untracked = ([tf.constant(a) for a in arrays] for _ in range(3))
    cases = {
        "bare": (ufunc, tuple(arrays), None),
        "idle": (op, tuple(args), None),
        "taped": (op, tuple(watched), watched[:1]),
        "untracked": (op, tuple(untracked), ()),
    }
    if ufunc.nin == 2:
        x, v = tf.constant(arrays[0]), tf.Variable(arrays[0])
        cases["float"] = (op, (x, 2.0), (x,))
        cases["variable"] = (op, (v, tf.constant(arrays[1])), ())
    return cases


def main() -> None:
    print(f"{'':10s}" + "".join(f"{k:>11s}" for k in BUDGETS) + "   (bare ufunc = 1)")
    rows = []
    for name, ufunc in {**BINARY, **UNARY}.items():
        t = interleaved(cases_of(name, ufunc))
        rows.append([t[k] / t["bare"] if k in t else np.nan for k in BUDGETS])
        print(f"{name:10s}" + "".join(f"{r:11.2f}" for r in rows[-1]) + f"   bare {t['bare'] * 1e9:.0f} ns")
    print(f"{'median':10s}" + "".join(f"{m:11.2f}" for m in np.nanmedian(np.array(rows), axis=0)))
    print(f"{'budget':10s}" + "".join(f"{b:11.2f}" for b in BUDGETS.values()))


if __name__ == "__main__":
    main()
