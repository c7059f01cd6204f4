"""Layer 4: clipping by norms."""

from __future__ import annotations

from typing import Any

from ..core.context import library
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import normalize_axes
from ..core.tensor import Tensor, to_tensor
from .arithmetic import maximum, minimum
from .basic import add, cast, divide, greater, multiply, reduce_sum, select
from .logic import is_finite
from .math import sqrt, square


def square_sum(t: Any) -> Tensor:
    values = t.values if isinstance(t, IndexedSlices) else to_tensor(t)
    return reduce_sum(square(values))


def scaled(t: Any, factor: Any) -> Any:
    if isinstance(t, IndexedSlices):
        return IndexedSlices(multiply(t.values, factor), t.indices, t.dims)
    return multiply(t, factor)


@library
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Any:
    """t, scaled down where its L2 norm over the axes exceeds clip_norm.

    >>> tf.clip_by_norm(tf.constant([3.0, 4.0]), 1.0).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    values = t.values if isinstance(t, IndexedSlices) else to_tensor(t)
    axis = normalize_axes(axes, values.ndim, "clip_by_norm")
    total = reduce_sum(square(values), axis, True)
    positive = greater(total, 0.0)
    norm = select(positive, sqrt(select(positive, total, 1.0)), total)
    clipped = divide(multiply(values, clip_norm), maximum(norm, clip_norm))
    return IndexedSlices(clipped, t.indices, t.dims) if isinstance(t, IndexedSlices) else clipped


@library
def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """sqrt of the sum of all squares in the list; None entries are passed over.

    >>> float(tf.linalg.global_norm([tf.constant([3.0]), None, tf.constant([4.0])]))
    5.0
    """
    if isinstance(t_list, (Tensor, str, bytes)) or not isinstance(t_list, (list, tuple)):
        raise TypeError("`t_list` should be a sequence of tensors, not a single one: write [t]")
    total: Any = None
    for t in t_list:
        if t is not None:
            part = square_sum(t)
            total = part if total is None else add(total, part)
    return sqrt(to_tensor(0.0) if total is None else total)


@library
def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None) -> tuple[list, Tensor]:
    """The tensors scaled by clip_norm / max(global norm, clip_norm), and the global norm (Pascanu 2012).

    A norm that is not finite makes every result NaN.

    >>> clipped, norm = tf.clip_by_global_norm([tf.constant([3.0]), tf.constant([4.0])], 1.0)
    >>> float(norm), [round(float(t[0]), 2) for t in clipped]
    (5.0, [0.6, 0.8])
    """
    if isinstance(t_list, (Tensor, str, bytes)) or not isinstance(t_list, (list, tuple)):
        raise TypeError("`t_list` should be a sequence of tensors, not a single one: write [t]")
    norm = global_norm(t_list) if use_norm is None else to_tensor(use_norm)
    limit = to_tensor(clip_norm, norm.dtype.numpy_dtype)
    scale = multiply(limit, minimum(divide(1.0, norm), divide(1.0, limit)))
    scale = select(is_finite(norm), scale, float("nan"))
    return [t if t is None else scaled(t, cast(scale, t.dtype)) for t in t_list], norm
