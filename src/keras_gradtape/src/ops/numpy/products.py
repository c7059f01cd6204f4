"""Products of tensors and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src.backend.common.backend_utils import slice_along_axis, vectorize_impl

import gradtape as tf

from ..conversion import counted, floating, native, same_dtype, tensor, tensor_pair
from .reduction import sum
from .shaping import moveaxis, rank

__all__ = [
    "correlate", "cross", "diagonal", "diff", "dot", "einsum", "inner", "kron", "matmul", "outer", "slogdet", "tensordot", "trace",
    "vdot", "vectorize",
]  # fmt: skip


def factors(x1: Any, x2: Any) -> tuple[Any, Any]:
    """Two operands of a product, of one dtype; where both are bytes they add up in 32 bits. Booleans count."""
    x1, x2 = native(x1), native(x2)
    if x1.dtype.name == x2.dtype.name == "int8":
        return tf.cast(x1, "int32"), tf.cast(x2, "int32")
    x1, x2 = tensor_pair(x1, x2)
    return counted(x1), counted(x2)


def matmul(x1: Any, x2: Any) -> Any:
    x1, x2 = factors(x1, x2)
    column, row = rank(x2) == 1, rank(x1) == 1
    if not (row or column):
        return tf.matmul(x1, x2)
    product = tf.matmul(tf.expand_dims(x1, 0) if row else x1, tf.expand_dims(x2, -1) if column else x2)
    product = tf.squeeze(product, [-1]) if column else product
    return tf.squeeze(product, [-1 if column else -2]) if row else product


def dot(x1: Any, x2: Any) -> Any:
    x1, x2 = factors(x1, x2)
    if not rank(x1) or not rank(x2):
        return tf.multiply(x1, x2)
    return tf.tensordot(x1, x2, [[rank(x1) - 1], [max(rank(x2) - 2, 0)]])


def inner(x1: Any, x2: Any) -> Any:
    x1, x2 = factors(x1, x2)
    if not rank(x1) or not rank(x2):
        return tf.multiply(x1, x2)
    return tf.tensordot(x1, x2, [[rank(x1) - 1], [rank(x2) - 1]])


def vdot(x1: Any, x2: Any) -> Any:
    x1, x2 = factors(x1, x2)
    return tf.reduce_sum(tf.reshape(tf.math.conj(x1), [-1]) * tf.reshape(x2, [-1]))


def outer(x1: Any, x2: Any) -> Any:
    x1, x2 = factors(x1, x2)
    return tf.reshape(x1, [-1, 1]) * tf.reshape(x2, [1, -1])


def kron(x1: Any, x2: Any) -> Any:
    """Every element of x1 times all of x2: axes of both side by side, then merged in pairs."""
    x1, x2 = factors(x1, x2)
    axes = max(rank(x1), rank(x2))
    d1, d2 = ([1] * (axes - rank(x)) + [int(n) for n in x.shape] for x in (x1, x2))
    left = tf.reshape(x1, [n for d in d1 for n in (d, 1)])
    right = tf.reshape(x2, [n for d in d2 for n in (1, d)])
    return tf.reshape(left * right, [a * b for a, b in zip(d1, d2, strict=True)])


def tensordot(x1: Any, x2: Any, axes: Any = 2) -> Any:
    x1, x2 = factors(x1, x2)
    if isinstance(axes, int):
        return tf.tensordot(x1, x2, axes)
    return tf.tensordot(x1, x2, [[a] if isinstance(a, int) else list(a) for a in axes])


def einsum(subscripts: str, *operands: Any, **kwargs: Any) -> Any:
    values = [tensor(x) for x in operands]
    if all(x.dtype.name == "int8" for x in values):
        return tf.einsum(subscripts, *(tf.cast(x, "int32") for x in values))
    return tf.einsum(subscripts, *(counted(x) for x in same_dtype(values)))


def cross(x1: Any, x2: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int | None = None) -> Any:
    if axis is not None:
        axisa = axisb = axisc = axis
    x1, x2 = factors(x1, x2)
    a, b = moveaxis(x1, axisa, -1), moveaxis(x2, axisb, -1)
    flat = a.shape[-1] == 2 and b.shape[-1] == 2
    a0, a1, a2 = components(a)
    b0, b1, b2 = components(b)
    z = a0 * b1 - a1 * b0
    if flat:
        return z
    out = tf.stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, z], -1)
    return moveaxis(out, -1, axisc)


def components(x: Any) -> tuple:
    """Three of them; a vector in the plane has none upwards."""
    if x.shape[-1] not in (2, 3):
        raise ValueError(f"`cross` takes vectors of 2 or 3 components. Received: shape={tuple(x.shape)}")
    third = x[..., 2] if x.shape[-1] == 3 else tf.zeros_like(x[..., 0])
    return x[..., 0], x[..., 1], third


def correlate(x1: Any, x2: Any, mode: str = "valid") -> Any:
    """Sums of products of the shorter row moved along the longer."""
    x1, x2 = (floating(x) for x in tensor_pair(x1, x2))
    n, m = int(x1.shape[0]), int(x2.shape[0])
    if m > n:
        return tf.reverse(tf.math.conj(correlate(x2, x1, mode)), [0])
    count, before = {"valid": (n - m + 1, 0), "full": (n + m - 1, m - 1), "same": (n, m // 2)}[mode]
    padded = tf.pad(x1, [[before, count + m - 1 - n - before]])
    places = np.arange(count, dtype=np.int32)[:, None] + np.arange(m, dtype=np.int32)
    return tf.linalg.matvec(tf.gather(padded, places), tf.math.conj(x2))


# -- of a matrix ------------------------------------------------------------------------------------------
def diagonal(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return tf.linalg.diag_part(moveaxis(native(x), (axis1, axis2), (-2, -1)), k=offset)


def trace(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return sum(diagonal(x, offset, axis1, axis2), -1)


def slogdet(x: Any) -> tuple:
    return tuple(tf.linalg.slogdet(floating(x)))


def diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    """Differences of neighbours, n times; booleans differ or not."""
    a = native(a)
    for _step in range(n):
        later, earlier = slice_along_axis(a, 1, None, 1, axis), slice_along_axis(a, 0, -1, 1, axis)
        a = tf.not_equal(later, earlier) if a.dtype.is_bool else later - earlier
    return tensor(a)


def vectorize(pyfunc: Callable, *, excluded: Any = None, signature: str | None = None) -> Callable:
    return vectorize_impl(pyfunc, mapped, excluded=excluded, signature=signature)


def mapped(function: Callable, in_axes: tuple) -> Callable:
    """`function` over the first axis of each argument that has one, all at once."""

    def call(*args: Any) -> Any:
        moving = [x for x, axis in zip(args, in_axes, strict=True) if axis is not None]

        def one(elements: list) -> Any:
            rest = iter(elements)
            return function(*[x if axis is None else next(rest) for x, axis in zip(args, in_axes, strict=True)])

        return tf.vectorized_map(one, moving)

    return call
