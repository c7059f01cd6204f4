"""What a source without a path gets, and what is said about results that are missing or too good."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import numpy as np

from ..core.indexed_slices import IndexedSlices
from ..core.tensor import Tensor
from ..core.variable import Variable


class UnconnectedGradients(Enum):
    """None, or zeros of the source's shape."""

    NONE = "none"
    ZERO = "zero"

    @classmethod
    def _missing_(cls, value: object) -> UnconnectedGradients:
        raise ValueError(f"Unknown value for unconnected_gradients: {value!r}; it is 'none' or 'zero'")


class UnconnectedWarning(UserWarning):
    """`gradient` gave None; the text says why. `gradtape.config.unconnected = "silent"` turns it off."""


class UnconnectedError(ValueError):
    """`gradient` would give None, where the tape is strict or `gradtape.config.unconnected` is "raise"."""


class NonFiniteWarning(RuntimeWarning):
    """A target is NaN or infinite, but its gradients are finite: what is wrong in the forward pass does not show in them."""


class Reports:
    """What `gradient` says about its results, and how: `inspect` registers its readers here."""

    unconnected = "warn"
    explain: Callable | None = None  # (tape, target, sources, found)
    suspect: Callable | None = None  # (tape) -> where the first non-finite value comes from
    hidden: Callable | None = None  # (tape, what suspect returned)


def report_unconnected(tape: Any, target: Any, sources: list[Any], found: list[Any]) -> None:
    if Reports.explain is not None:
        Reports.explain(tape, target, sources, found)


def suspected(tape: Any) -> Any:
    """Where a target's NaN or infinity comes from: asked before the sweep, which lets the values go."""
    return None if Reports.suspect is None else Reports.suspect(tape)


def report_hidden(tape: Any, suspect: Any, found: list[Any]) -> None:
    if Reports.hidden is not None and any([g is not None for g in found]) and all([g is None or is_sound(g) for g in found]):
        Reports.hidden(tape, suspect)


def is_sound(x: Any) -> bool:
    """Are all elements finite?  One number is asked without NumPy."""
    value = (
        x.value
        if type(x) is Tensor
        else x.values.value
        if type(x) is IndexedSlices
        else x.value_
        if isinstance(x, Variable)
        else None
    )
    if type(value) is not np.ndarray:
        return True
    if value.size == 1:
        number = value.item()
        return type(number) not in (float, complex) or number - number == 0
    return value.dtype.kind not in "fcV" or bool(np.isfinite(value).all())
