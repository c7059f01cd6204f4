"""Layer 4: images resized, an axis at a time: a matrix times the axis, and its transpose as the adjoint."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Spec
from ._declare import primitive, publish
from ._resampling import matrix

WORTH_A_PRODUCT = 64  # columns of a block
WIDE_FLOATS = frozenset(map(np.dtype, (np.float32, np.float64)))


@primitive(linear="all", dtypes=WIDE_FLOATS, public=("images",))
def resample(x, *, axis, source, target, method, antialias=False, transposed=False):
    """An axis of `source` pixels interpolated to `target` pixels; or the transpose of that."""
    if x.shape[axis] != (target if transposed else source):
        raise ValueError("another extent")
    if 0 in x.shape:
        return np.zeros(with_axis(x.shape, axis, source if transposed else target), x.dtype)
    weights = matrix(method, source, target, antialias).astype(x.dtype)
    weights = weights.T if transposed else weights
    return along_axis(weights, x, axis)


def along_axis(weights: Any, x: np.ndarray, axis: int) -> np.ndarray:
    """A sparse matrix times one axis; block by block where the axes behind it are long enough to be worth a product each."""
    lead, inner = prod(x.shape[:axis]), prod(x.shape[axis + 1 :])
    shape = with_axis(x.shape, axis, weights.shape[0])
    if lead == 1 or inner >= WORTH_A_PRODUCT:
        blocks = x.reshape(lead, x.shape[axis], inner)
        return np.stack([weights @ block for block in blocks]).reshape(shape)
    rows = np.moveaxis(x, axis, 0)
    out = weights @ rows.reshape(len(rows), -1)
    return np.ascontiguousarray(np.moveaxis(out.reshape(-1, *rows.shape[1:]), 0, axis))


def with_axis(shape: tuple[Any, ...], axis: int, extent: Any) -> tuple[Any, ...]:
    return (*shape[:axis], extent, *shape[axis + 1 :])


@resample.shape
def resample_shape(x, *, axis, source, target, method, antialias, transposed):
    have, need = x.shape[axis], target if transposed else source
    if isinstance(have, int) and isinstance(need, int) and have != need:
        raise invalid("resample", f"resample: axis {axis} has {have} pixels, where {need} are resampled")
    return Spec(with_axis(x.shape, axis, source if transposed else target), x.dtype)


@resample.vjp("x")
def resample_vjp(g, axis, source, target, method, antialias, transposed):
    return resample(g, axis, source, target, method, antialias, not transposed)


@resample.batch
def resample_batch(size, batched, x, *, axis, source, target, method, antialias, transposed):
    return resample(x, axis + 1, source, target, method, antialias, transposed)


publish(globals())

__all__ = ["resample"]
