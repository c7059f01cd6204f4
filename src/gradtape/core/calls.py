"""What the generated functions use."""

from __future__ import annotations

from sys import _getframe as getframe
from typing import Any

from numpy import dtype, ndarray

from .context import NUMBER, current, new_id
from .dispatch import MISFIT, RING, careful, name_tensor
from .numbers import FLOATS, INTS, NOTHING
from .tensor import Tensor
from .variable import Variable

BOOL = dtype(bool)
TensorLike = Any  # a Tensor, a Variable, a number, an array, or a nested list of these

__all__ = [
    "BOOL", "FLOATS", "INTS", "MISFIT", "NOTHING", "NUMBER", "RING", "Tensor", "Variable", "careful", "current", "getframe", "name_tensor",
    "ndarray", "new_id",
]  # fmt: skip
