"""What a plan consists of, for `explain`."""

from __future__ import annotations

from typing import NamedTuple


class Description(NamedTuple):
    """The steps of a plan in order, as text, and what they need."""

    steps: tuple[str, ...]
    arena: int  # bytes of the plan's own memory
    native: int  # steps in machine code
    kernels: int  # steps that NumPy runs
