"""What tf.image asks of images."""

from __future__ import annotations

from typing import Any

from ..core.errors import invalid
from ..core.shapes import Dim
from ..ops._arguments import operand


def at_least_3d(op: str, image: Any) -> Any:
    """The image as a tensor (…, height, width, channels) without empty axes."""
    x = operand(image)
    if x.ndim < 3:
        raise ValueError(f"{op}: 'image' (shape {tuple(x.dims)}) must be at least three-dimensional.")
    if any(not isinstance(n, Dim) and n == 0 for n in x.dims[-3:]):
        raise ValueError(f"{op}: inner 3 dims of 'image.shape' must be > 0: {tuple(x.dims)}")
    return x


def three_or_four(op: str, image: Any) -> Any:
    """The image as a tensor ([batch,] height, width, channels)."""
    x = operand(image)
    if x.ndim not in (3, 4):
        raise ValueError(f"{op}: 'image' (shape {tuple(x.dims)}) must have either 3 or 4 dimensions.")
    return x


def three_channels(op: str, image: Any) -> Any:
    x = operand(image)
    if x.ndim < 3:
        raise invalid(op, f"{op}: input must be at least 3-D, got shape {list(x.dims)}")
    if not isinstance(x.dims[-1], Dim) and x.dims[-1] != 3:
        raise invalid(op, f"{op}: input must have 3 channels but instead has {x.dims[-1]} channels")
    return x


def demand(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)
