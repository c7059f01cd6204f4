"""What depends on data: extents nobody knows before the values, and the values where they are there."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np

from ..core.shapes import Dim
from ..core.tensor import Tensor

serial = count(1).__next__


def unknown_extent(name: str) -> Dim:
    """An extent that depends on data; no two are the same."""
    return Dim(f"{name}{serial()}")


def known_array(x: Any) -> np.ndarray | None:
    """The numbers of a value, with the axes of the maps it stands in; None while they are only traced."""
    while isinstance(x, Tensor):
        x = x.value
    return x if isinstance(x, np.ndarray) else None
