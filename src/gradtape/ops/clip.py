"""Layer 4: clipping by norms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import normalize_axes
from ..core.tensor import Tensor, to_tensor
from .arithmetic import maximum, minimum
from .basic import add, cast, divide, greater, multiply, reduce_sum, select
from .logic import is_finite
from .math import sqrt, square


@library
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Any:
    """t, scaled down where its L2 norm over the axes exceeds clip_norm (0, if that is negative).

    An IndexedSlices gives one with its values clipped. The gradient at 0 is 1.

    Raises:
        InvalidArgumentError: no such axis, integers. ValueError: a clip_norm that would enlarge t.

    >>> tf.clip_by_norm(tf.constant([3.0, 4.0]), 1.0).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    if isinstance(t, IndexedSlices):
        return IndexedSlices(clipped(t.values, clip_norm, axes), t.indices, t.dense_shape)
    return clipped(to_tensor(t), clip_norm, axes)


def clipped(values: Tensor, clip_norm: Any, axes: Any) -> Tensor:
    if values.dtype.is_integer or not values.dtype.is_numeric:
        raise invalid("clip_by_norm", f"clip_by_norm: t must be floats, got {values.dtype.name}; write tf.cast(t, tf.float32)")
    axis = normalize_axes(axes, values.ndim, "clip_by_norm")
    limit = maximum(cast(to_tensor(clip_norm), values.dtype), 0.0)
    total = reduce_sum(square(values), axis, True)
    positive = greater(total, 0.0)
    norm = select(positive, sqrt(select(positive, total, 1.0)), total)
    scaled_up = multiply(values, limit)
    if scaled_up.ndim != values.ndim or not scaled_up.shape.is_compatible_with(values.shape):
        raise ValueError(
            f"clip_by_norm: Shapes {values.shape} and {scaled_up.shape} are incompatible: clip_norm must not enlarge t"
        )
    return divide(scaled_up, maximum(norm, limit))


# -- several tensors at once ----------------------------------------------------------------------------------
def values_in(t_list: Any, op: str) -> list[Any]:
    """The entries as tensors; IndexedSlices and None stay."""
    if (
        isinstance(t_list, (Tensor, np.ndarray, dict, str, bytes))
        or not isinstance(t_list, Iterable)
        or not hasattr(t_list, "__len__")
    ):
        raise TypeError(
            f"{op}: `t_list` should be a sequence of tensors, not {type(t_list).__name__}: write [t] for a single one"
        )
    return [t if t is None or isinstance(t, IndexedSlices) else to_tensor(t) for t in t_list]


def square_sum(t: Any) -> Tensor:
    return reduce_sum(square(t.values if isinstance(t, IndexedSlices) else t))


def norm_of(values: list[Any]) -> Tensor:
    total: Any = None
    for t in values:
        if t is not None:
            total = square_sum(t) if total is None else add(total, square_sum(t))
    return sqrt(to_tensor(0.0) if total is None else total)


@library
def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """sqrt of the sum of all squares in the list; None entries are passed over.

    Raises:
        TypeError: a single tensor instead of a list.

    >>> float(tf.linalg.global_norm([tf.constant([3.0]), None, tf.constant([4.0])]))
    5.0
    """
    return norm_of(values_in(t_list, "global_norm"))


@library
def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None) -> tuple[list[Any], Tensor]:
    """The tensors scaled by clip_norm / max(global norm, clip_norm), and the global norm (Pascanu, Mikolov, Bengio 2012).

    A norm that is not finite makes every result NaN.

    Raises:
        TypeError: a single tensor instead of a list, a clip_norm of another dtype than the norm.

    >>> clipped, norm = tf.clip_by_global_norm([tf.constant([3.0]), tf.constant([4.0])], 1.0)
    >>> float(norm), [round(float(t[0]), 2) for t in clipped]
    (5.0, [0.6, 0.8])
    """
    values = values_in(t_list, "clip_by_global_norm")
    norm = norm_of(values) if use_norm is None else to_tensor(use_norm)
    limit = to_tensor(clip_norm, norm.dtype.numpy_dtype)
    if limit.dtype != norm.dtype:
        raise TypeError(f"clip_by_global_norm: clip_norm must have the dtype of the norm, got {limit.dtype.name} and {norm.dtype.name}. "
                        f"Write tf.cast(clip_norm, tf.{norm.dtype.name}).")  # fmt: skip
    scale = multiply(limit, minimum(divide(1.0, norm), divide(1.0, limit)))
    scale = select(is_finite(norm), scale, float("nan"))
    return [t if t is None else scaled(t, cast(scale, t.dtype)) for t in values], norm


def scaled(t: Any, factor: Any) -> Any:
    if isinstance(t, IndexedSlices):
        return IndexedSlices(multiply(t.values, factor), t.indices, t.dense_shape)
    return multiply(t, factor)


__all__ = ["clip_by_global_norm", "clip_by_norm", "global_norm"]
