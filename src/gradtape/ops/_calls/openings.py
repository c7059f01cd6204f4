"""Written by `make calls` from the declarations of the openings family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def places(start: TensorLike, stop: TensorLike, n: TensorLike, step: Any, ends: Any, name: str | None = None) -> Tensor:
    """The indices that a slice of an axis of extent n names; `ends` says which of its ends are given."""
    return careful(places_primitive, (start, stop, n, ), {"step": step, "ends": ends})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
