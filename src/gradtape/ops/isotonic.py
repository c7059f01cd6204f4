"""Layer 4: isotonic regression.

The solution is the mean over each of its blocks, and the blocks do not move with small changes of the input: given them, everything is
linear, and block_mean is its own adjoint.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.shapes import Spec, normalize_axis
from ..core.tensor import Tensor
from ._arguments import operand
from ._declare import FLOATS, primitive, publish
from .basic import cast, negative
from .create import zeros_like
from .pieces import lifted, move_axis

SINGLE = ("int8", "int16")  # integers that float32 holds; the others become float64


# -- blocks on the last axis ------------------------------------------------------------------------------------
def pooled_blocks(row: list[Any]) -> list[int]:
    """The sizes of the blocks of the non-increasing solution: neighbours that violate the order are pooled (Ayer and others 1955)."""
    means: list[float] = []
    sizes: list[int] = []
    for value in row:
        mean, size = value, 1
        while means and means[-1] < mean:
            last = sizes.pop()
            mean = (mean * size + means.pop() * last) / (size + last)
            size += last
        means.append(mean)
        sizes.append(size)
    return sizes


@primitive(differentiable=False, dtypes=FLOATS)
def isotonic_blocks(x):
    """The number of the block of each element in the non-increasing solution along the last axis."""
    out = np.empty((x.size // max(x.shape[-1], 1), x.shape[-1]), np.int32)
    for target, row in zip(out, x.reshape(out.shape).tolist(), strict=True):
        sizes = pooled_blocks(row)
        target[:] = np.repeat(np.arange(len(sizes)), sizes)
    return out.reshape(x.shape)


@isotonic_blocks.shape
def isotonic_blocks_shape(x):
    return Spec(x.shape, np.int32)


@isotonic_blocks.batch
def isotonic_blocks_batch(size, batched, x):
    return isotonic_blocks(x)


@primitive(linear="each", dtypes=FLOATS)
def block_mean(x, blocks):
    """Each element replaced by the mean of its block along the last axis."""
    n = max(x.shape[-1], 1)
    flat = (blocks.reshape(-1, n) + np.arange(0, x.size, n)[:, None]).reshape(-1) if x.size else blocks.reshape(-1)
    sums = np.bincount(flat, x.reshape(-1).astype(np.float64), x.size)
    counts = np.maximum(np.bincount(flat, minlength=x.size), 1)
    return (sums / counts)[flat].astype(x.dtype).reshape(x.shape)


@block_mean.shape
def block_mean_shape(x, blocks):
    return Spec(x.shape, x.dtype)


@block_mean.vjp("x")
def block_mean_vjp(g, blocks):
    return block_mean(g, blocks)


@block_mean.batch
def block_mean_batch(size, batched, x, blocks):
    return block_mean(*lifted(size, batched, (x, blocks)))


publish(globals())


@library
def isotonic_regression(inputs: Any, decreasing: bool = True, axis: int = -1) -> tuple[Tensor, Tensor]:
    """The monotonous sequence next to the inputs in squares, along an axis, and the number of each element's block of equal values.

    Args:
        inputs: floats; small integers become float32, others float64.
        decreasing: non-increasing (else non-decreasing).

    Raises:
        InvalidArgumentError: no such axis.

    Source: Best and Chakravarti, "Active set algorithms for isotonic regression", 1990.

    >>> y, blocks = tf.nn.isotonic_regression(tf.constant([3.0, 1.0, 2.0]))
    >>> y.numpy(), blocks.numpy()
    (array([3. , 1.5, 1.5], dtype=float32), array([0, 1, 1], dtype=int32))
    """
    x = operand(inputs)
    if x.dtype.is_integer:
        x = cast(x, "float32" if x.dtype.name in SINGLE else "float64")
    if not x.ndim:
        return x, zeros_like(x, "int32")
    last = x.ndim - 1
    place = normalize_axis(axis, x.ndim, "isotonic_regression")
    x = move_axis(x, place, last)
    blocks = isotonic_blocks(x if decreasing else negative(x))
    return move_axis(block_mean(x, blocks), last, place), move_axis(blocks, last, place)


__all__ = ["isotonic_regression"]
