"""Canaries in memory, for tests: GRADTAPE_GUARD=1 switches them on, GRADTAPE_GUARD=apart also gives each value bytes of its own.

Before each call the arena is filled: with NaN (all bits set) where values lie, so that nothing is read before it was written, and with
another pattern between them. Results lie between two such borders. After the call the borders and gaps must be as they were.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

ON = os.environ.get("GRADTAPE_GUARD", "") not in ("", "0")
APART = os.environ.get("GRADTAPE_GUARD", "") == "apart"
POISON, UNWRITTEN = 0xA5, 0xFF
BORDER = 64


def fill(arena: np.ndarray, gaps: Sequence[tuple[int, int]]) -> None:
    arena[:] = UNWRITTEN
    for begin, end in gaps:
        arena[begin:end] = POISON


def check(arena: np.ndarray, gaps: Sequence[tuple[int, int]]) -> None:
    """Did anybody write where nothing lies?"""
    for begin, end in gaps:
        if (arena[begin:end] != POISON).any():
            raise AssertionError(f"a kernel wrote between its buffers, at byte {begin} of the arena")


class Fence:
    """New results between borders."""

    def __init__(self, outs: Sequence[Any], targets: Sequence[Any]):
        self.blocks: dict[int, np.ndarray] = {}
        self.outs = [
            self.fenced(k, x) if target is None and x is not None else x
            for k, (x, target) in enumerate(zip(outs, targets, strict=True))
        ]

    def fenced(self, k: int, x: np.ndarray) -> np.ndarray:
        block = self.blocks[k] = np.full(x.nbytes + 2 * BORDER, POISON, np.uint8)
        block[BORDER : BORDER + x.nbytes] = UNWRITTEN
        return block[BORDER : BORDER + x.nbytes].view(x.dtype).reshape(x.shape)

    def opened(self, outs: Sequence[Any]) -> list[Any]:
        """The results in arrays of their own, after a look at the borders."""
        for k, block in self.blocks.items():
            if (block[:BORDER] != POISON).any() or (block[-BORDER:] != POISON).any():
                raise AssertionError(f"a kernel wrote beside result {k}")
        return [x.copy() if k in self.blocks else x for k, x in enumerate(outs)]
