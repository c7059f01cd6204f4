"""What a source without a path gets."""

from __future__ import annotations

from enum import Enum


class UnconnectedGradients(Enum):
    """None, or zeros of the source's shape."""

    NONE = "none"
    ZERO = "zero"

    @classmethod
    def _missing_(cls, value: object) -> UnconnectedGradients:
        raise ValueError(f"Unknown value for unconnected_gradients: {value!r}; it is 'none' or 'zero'")
