"""A share of what `make fuzz` runs: random programs, compiled and eager; and the fuzzer finds and shrinks what is wrong."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest

from gradtape.core.primitive import REGISTRY
from gradtape.exec.native import missing

from . import check
from .check import Finding, Invalid, outcome
from .program import made
from .shrink import shrunk

SEEDS = [seed for seed in range(10_000, 10_025) if seed % 25 != 24]  # those of large arrays take long


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_program_computes_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing() is None:
        monkeypatch.setattr(importlib.import_module("gradtape.exec.native.plan"), "GUARD", True)
    program = made(seed)
    try:
        outcome(program, ("native", "reference") if seed % 4 == 0 else ("native",))
    except Finding as found:
        kind = found.kind
        small = shrunk(program, lambda p: kind_of(p) == kind)
        pytest.fail(f"{found}\n{small}")


def kind_of(program: Any) -> str | None:
    try:
        outcome(program)
    except Finding as found:
        return found.kind
    except Invalid:
        return "invalid"
    return None


def test_a_wrong_kernel_is_found_and_the_program_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """cumsum has no loop of its own: in a plan its NumPy kernel runs, here a wrong one."""
    program = next(p for p in map(made, range(20_000, 20_400)) if fails_when_spoilt(p, monkeypatch))
    assert len(shrunk(program, lambda p: fails_when_spoilt(p, monkeypatch)).statements) <= 2


def fails_when_spoilt(program: Any, monkeypatch: pytest.MonkeyPatch) -> bool:
    if "tf.cumsum(" not in program.text():
        return False
    plain = REGISTRY["cumsum"].kernel
    with monkeypatch.context() as patch:
        twice = check.twice

        def spoilt(p: Any, compiled: bool, jitter: str = "") -> list[np.ndarray]:
            patch.setattr(REGISTRY["cumsum"], "kernel", (lambda x, **k: plain(x, **k) + x.dtype.type(1)) if compiled else plain)
            return twice(p, compiled, jitter)

        patch.setattr(check, "twice", spoilt)
        return kind_of(program) == "native differs"
