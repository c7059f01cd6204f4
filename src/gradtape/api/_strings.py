"""String tensors as bytes, and back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.dtypes import string
from ..core.errors import NotTraceable, invalid
from ..core.tensor import Tensor, constant, tensor
from ..ops._arguments import operand


def strings_of(op: str, value: Any, argument: str = "contents") -> np.ndarray:
    """The bytes that a string tensor (or bytes, or str) holds."""
    x = operand(os.fspath(value) if isinstance(value, os.PathLike) else value)
    if x.dtype is not string:
        raise invalid(op, f"{op}: {argument} must hold strings, got {x.dtype.name}")
    if isinstance(x, Tensor) and type(x.value) is not np.ndarray:
        raise NotTraceable(f"{op} needs the strings themselves, which are not known while a function is traced")
    return np.array(x.numpy(), object)


def one_string(op: str, argument: str, value: Any) -> bytes:
    found = strings_of(op, value, argument)
    if found.ndim:
        raise invalid(op, f"{op}: `{argument}` must be scalar but got shape{list(found.shape)}")
    return found.item()


def string_tensor(values: Sequence[bytes], shape: tuple[Any, ...]) -> Tensor:
    out = np.empty(len(values), object)
    out[:] = values
    return tensor(out.reshape(shape)) if shape else constant(values[0])
