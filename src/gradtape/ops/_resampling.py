"""The matrices of resizing: row k holds what each of the input's places gives to place k of the output.

The pixel of index k has its centre at k + 1/2; a scale is input / output.  Kernels: Lanczos, Mitchell-Netravali (SIGGRAPH 1988),
Keys (IEEE Trans. ASSP 29, 1981), with TensorFlow's conventions at the borders.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

F = np.float32
CUBIC_STEPS = 1024  # TensorFlow reads the cubic kernel from a table so fine


# -- kernels of a distance x >= 0 ----------------------------------------------------------------------------------
def triangle(x: np.ndarray) -> np.ndarray:
    return np.maximum(1.0 - x, 0.0)


def gaussian(x: np.ndarray) -> np.ndarray:
    return np.where(x < 1.5, np.exp(-2.0 * x * x), 0.0)


def lanczos(radius: float) -> Callable:
    def kernel(x: np.ndarray) -> np.ndarray:
        return np.where(x <= radius, np.sinc(x) * np.sinc(x / radius), 0.0)

    return kernel


def keys(x: np.ndarray) -> np.ndarray:
    near, far = (1.5 * x - 2.5) * x * x + 1.0, ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


def mitchell(x: np.ndarray) -> np.ndarray:
    near = (7.0 / 6.0 * x - 2.0) * x * x + 8.0 / 9.0
    far = ((-7.0 / 18.0 * x + 2.0) * x - 10.0 / 3.0) * x + 16.0 / 9.0
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


KERNELS: dict[str, tuple[Callable, float]] = {
    "bilinear": (triangle, 1.0),
    "bicubic": (keys, 2.0),
    "lanczos3": (lanczos(3.0), 3.0),
    "lanczos5": (lanczos(5.0), 5.0),
    "gaussian": (gaussian, 1.5),
    "mitchellcubic": (mitchell, 2.0),
}
SPANNED = frozenset({"lanczos3", "lanczos5", "gaussian", "mitchellcubic"})  # always by spans, as antialiased resizing is


# -- matrices --------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=64)
def matrix(method: str, source: int, target: int, antialias: bool) -> Any:
    """The sparse matrix [target, source] of a method."""
    if method == "area":
        rows, columns, weights = areas(source, target)
    elif antialias or method in SPANNED:
        rows, columns, weights = spans(method, source, target, antialias)
    elif method == "bilinear":
        rows, columns, weights = neighbours(source, target)
    else:
        rows, columns, weights = cubic(source, target)
    from scipy import sparse

    return sparse.csr_array((weights, (rows, columns)), shape=(target, source))


def centres(source: int, target: int) -> np.ndarray:
    """Where the centres of the output's pixels lie in the input; in float32, for a kernel that jumps shows the last digit."""
    return (np.arange(target, dtype=F) + F(0.5)) * (F(1) / (F(target) / F(source)))


def neighbours(source: int, target: int) -> tuple[Any, ...]:
    """Linear between the two nearest centres."""
    at = centres(source, target).astype(np.float64) - 0.5
    low = np.floor(at)
    share = at - low
    columns = np.stack([np.maximum(low, 0), np.minimum(np.ceil(at), source - 1)], 1)
    return listed(columns, np.stack([1.0 - share, share], 1))


def cubic(source: int, target: int) -> tuple[Any, ...]:
    """Cubic through the four nearest centres; those outside have no share."""
    at = centres(source, target).astype(np.float64) - 0.5
    low = np.floor(at)
    share = np.rint((at - low) * CUBIC_STEPS) / CUBIC_STEPS
    columns = low[:, None] + np.arange(-1, 3)
    weights = keys(np.abs(share[:, None] - np.arange(-1, 3)))
    return normalised(columns, weights, source)


def spans(method: str, source: int, target: int, antialias: bool) -> tuple[Any, ...]:
    """Any kernel; with antialiasing as wide as the output's pixels are in the input."""
    kernel, radius = KERNELS[method]
    width = max(source / target, 1.0) if antialias else 1.0
    at = centres(source, target)
    first = np.ceil(at - F(radius * width) - F(0.5))
    columns = first[:, None] + np.arange(2 * int(np.ceil(radius * width)) + 1, dtype=F)
    return normalised(columns, kernel(np.abs(columns + F(0.5) - at[:, None]) / F(width)), source)


def areas(source: int, target: int) -> tuple[Any, ...]:
    """The mean over the pixel's area; what reaches over the border counts for the outermost pixel."""
    scale = source / target
    start = np.arange(target) * scale
    columns = np.floor(start)[:, None] + np.arange(int(np.ceil(scale)) + 1)
    shares = np.minimum(columns + 1, start[:, None] + scale) - np.maximum(columns, start[:, None])
    return listed(np.minimum(columns, source - 1), np.maximum(shares, 0.0) / scale)


def normalised(columns: np.ndarray, weights: np.ndarray, source: int) -> tuple[Any, ...]:
    """Weights of places that exist, their sum 1."""
    weights = np.where((columns >= 0) & (columns < source), weights, 0.0)
    total = weights.sum(1, keepdims=True)
    return listed(np.clip(columns, 0, source - 1), weights / np.where(np.abs(total) > 1e-30, total, 1.0))


def listed(columns: np.ndarray, weights: np.ndarray) -> tuple[Any, ...]:
    rows = np.repeat(np.arange(len(columns)), columns.shape[1])
    return rows, columns.astype(np.int64).ravel(), weights.ravel()


def nearest(source: int, target: int) -> np.ndarray:
    """The input's pixel in which the centre of each output pixel lies."""
    scale = np.float32(source) / np.float32(target)
    at = (np.arange(target, dtype=np.float32) + np.float32(0.5)) * scale
    return np.minimum(np.floor(at), source - 1).astype(np.int32)
