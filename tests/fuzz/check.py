"""Does a compiled program compute what the eager one computes? Native code and NumPy's kernels against eager execution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

import numpy as np

import gradtape as tf
from gradtape import exec as execution
from gradtape.core.errors import DimensionError
from gradtape.exec import reference

from .program import FLOATS, HELPERS, PYTHON_FLOW, Program, W, load

CLOSE = {"float64": 1e-9, "float32": 1e-4, "float16": 2e-2, "bfloat16": 8e-2}
JITTERS = 8


class Finding(Exception):
    """What is wrong: `kind` stays the same while the program shrinks."""

    def __init__(self, kind: str, text: str):
        super().__init__(text)
        self.kind = kind


class Invalid(Exception):
    """Eager execution refuses the program."""


def outcome(p: Program, executors: Sequence[str] = ("native",)) -> str:
    """ "same", "sensitive" where rounding alone moves the results, or "refused"; raises Finding.

    Refused are programs that compare sizes which depend on data: that is a DimensionError in a trace.
    """
    wanted = eager(p)
    return min(compared(p, name, wanted) for name in executors)


def compared(p: Program, executor: str, wanted: list[np.ndarray]) -> str:
    try:
        with using(executor):
            found = twice(p, compiled=True)
    except DimensionError:
        return "refused"
    except AssertionError as error:
        raise Finding("guard", f"{executor}: {error}") from error
    except Exception as error:
        raise Finding(f"{executor} raises {type(error).__name__}", f"{executor}: {type(error).__name__}: {error}") from error
    if agree(p, found, wanted, [np.zeros(())] * len(wanted)):
        return "same"
    moved = [eager(p, JITTER.format(phase=phase)) for phase in range(JITTERS)]
    spread = [deviation(want, [run[k] for run in moved]) for k, want in enumerate(wanted)]
    if worst(p) >= CLOSE["float16"]:  # native code keeps in float32 what eager operations round, and overflow, in between
        spread = [np.where(np.isfinite(want.astype(np.float64)), s, np.inf) for want, s in zip(wanted, spread, strict=True)]
    if agree(p, found, wanted, spread):
        return "sensitive"
    raise Finding(f"{executor} differs", differences(executor, found, wanted, spread))


@contextmanager
def using(executor: str) -> Iterator[None]:
    if executor == "native":
        yield
    else:
        with mock.patch.object(execution, "executor", lambda: reference):
            yield


# -- running ----------------------------------------------------------------------------------------------------------------
JITTER = """
def J(x):
    if not isinstance(x, tf.Tensor) or not x.dtype.is_floating:
        return x
    value = x.numpy().astype(np.float64)
    noise = 4 * EPS[x.dtype.name] * np.sin(1e5 * value / (1e-300 + np.abs(value).max(initial=0)) + {phase})
    return x * tf.stop_gradient(tf.cast(1.0 + noise, x.dtype) if x.dtype.size > 2 else tf.constant(1.0 + noise, x.dtype))
"""
EPS = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}


def eager(p: Program, jitter: str = "") -> list[np.ndarray]:
    """The results of two runs, and the variable's final value. `jitter`: equal values move by the same few units in the last place."""
    try:
        return twice(p, compiled=False, jitter=jitter)
    except Exception as error:
        raise Invalid(str(error)) from error


def twice(p: Program, compiled: bool, jitter: str = "") -> list[np.ndarray]:
    w = tf.Variable(W)
    space = load(HELPERS + jitter + p.text((lambda e: f"J({e})") if jitter else str), w=w, EPS=EPS)
    if jitter:
        w.assign(space["J"](w.read_value()))
    if compiled:
        name = "program" if p.mode == "outside" else "step"
        space[name] = tf.function(space[name], autograph=PYTHON_FLOW.search(p.text()) is not None)
    given = [tf.constant(x) for x in p.inputs.values()]
    out: list[np.ndarray] = []
    with np.errstate(all="ignore"):
        for _ in range(2):
            out += [np.asarray(x) for x in space["step"](*given)]
    for x, array in zip(given, p.inputs.values(), strict=True):
        if x.numpy().tobytes() != array.tobytes():
            raise AssertionError("an argument was written to")
    return [*out, w.numpy()]


# -- comparing --------------------------------------------------------------------------------------------------------------
def worst(p: Program) -> float:
    """What the coarsest dtype in the program allows."""
    used = {np.dtype(x.dtype).name for x in p.inputs.values()} | {
        x.dtype.name for x in p.values.values() if isinstance(x, tf.Tensor)
    }
    text = p.text()
    return max(CLOSE[name] for name in FLOATS if name in used or f"tf.{name}" in text or (name == "float32" and p.uses_variable))


def agree(p: Program, found: list[np.ndarray], wanted: list[np.ndarray], spread: list[np.ndarray]) -> bool:
    return len(found) == len(wanted) and all(
        same(a, b, worst(p), moved) for a, b, moved in zip(found, wanted, spread, strict=True)
    )


def same(have: np.ndarray, want: np.ndarray, close: float, moved: np.ndarray) -> bool:
    """Elements may differ by 30 times as much as rounding moves them; and as many may jump as jump by rounding."""
    if have.shape != want.shape or have.dtype != want.dtype:
        return False
    a, b = have.astype(np.float64), want.astype(np.float64)
    finite = np.isfinite(b)
    limit = np.zeros(b.shape) if want.dtype.kind in "iub" else close * (np.abs(b) + np.abs(b[finite]).max(initial=1e-3))
    with np.errstate(invalid="ignore"):
        alike = np.where(finite, np.abs(a - b) <= limit + 30 * moved, (a == b) | (np.isnan(a) & np.isnan(b)))
    return int((~alike & np.isfinite(moved)).sum()) <= 2 * int((moved > limit).sum())


def deviation(want: np.ndarray, moved: list[np.ndarray]) -> np.ndarray:
    out = np.zeros(want.shape)
    for x in moved:
        if x.shape != want.shape:
            return np.full(want.shape, np.inf)
        a, b = x.astype(np.float64), want.astype(np.float64)
        equal = (a == b) | (np.isnan(a) & np.isnan(b))
        with np.errstate(invalid="ignore"):
            apart = np.where(np.isfinite(a) & np.isfinite(b), np.abs(a - b), np.inf)
        out = np.maximum(out, np.where(equal, 0.0, apart))
    return out


def differences(executor: str, found: list[np.ndarray], wanted: list[np.ndarray], spread: list[np.ndarray]) -> str:
    lines = [f"{executor}:"] + [f"{len(found)} results, not {len(wanted)}"] * (len(found) != len(wanted))
    for k, (a, b, moved) in enumerate(zip(found, wanted, spread, strict=False)):
        if a.shape != b.shape or a.dtype != b.dtype:
            lines.append(f"result {k}: {a.dtype}{a.shape}, eagerly {b.dtype}{b.shape}")
        elif not np.array_equal(a, b, equal_nan=a.dtype.kind not in "iub"):
            error = np.abs(a.astype(np.float64) - b.astype(np.float64))
            at = np.unravel_index(int(np.argmax(np.where(np.isnan(error), np.inf, error))), a.shape) if a.size else ()
            lines.append(
                f"result {k}: {a[at]} at {tuple(map(int, at))}, eagerly {b[at]}; rounding moves it by {moved[at] if moved.ndim else moved}"
            )
    return "\n".join(lines)
