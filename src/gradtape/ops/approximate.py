"""Layer 4: approximate k largest and smallest.  Here they are exact, which is the best recall there is."""

from __future__ import annotations

from typing import Any

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import normalize_axis
from ..core.tensor import Tensor
from ._arguments import operand
from .basic import negative
from .pieces import move_axis
from .sorting import top_k


@library
def approx_max_k(
    operand: Any,
    k: int,
    reduction_dimension: int = -1,
    recall_target: float = 0.95,
    reduction_input_size_override: int = -1,
    aggregate_to_topk: bool = True,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The k largest values along an axis, largest first, and where they stand (int32).

    `recall_target` and what follows it are for accelerators: the result is exact.

    Raises:
        InvalidArgumentError: no such axis, fewer than k values along it, no floats.

    >>> values, indices = tf.nn.approx_max_k(tf.constant([1.0, 5.0, 3.0]), k=2)
    >>> values.numpy(), indices.numpy()
    (array([5., 3.], dtype=float32), array([1, 2], dtype=int32))
    """
    return first_k("approx_max_k", operand, k, reduction_dimension)


@library
def approx_min_k(
    operand: Any,
    k: int,
    reduction_dimension: int = -1,
    recall_target: float = 0.95,
    reduction_input_size_override: int = -1,
    aggregate_to_topk: bool = True,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The k smallest values along an axis, smallest first, and where they stand (int32).

    Arguments and errors as for `tf.nn.approx_max_k`.

    >>> values, indices = tf.nn.approx_min_k(tf.constant([1.0, 5.0, 3.0]), k=2)
    >>> values.numpy(), indices.numpy()
    (array([1., 3.], dtype=float32), array([0, 2], dtype=int32))
    """
    values, indices = first_k("approx_min_k", negative(operand), k, reduction_dimension)
    return negative(values), indices


def first_k(op: str, x: Any, k: int, axis: int) -> tuple[Tensor, Tensor]:
    x = operand(x)
    if not x.dtype.is_floating:
        raise invalid(op, f"{op}: operand must be floats, got {x.dtype.name}; write tf.cast(x, tf.float32)")
    place, last = normalize_axis(axis, x.ndim, op), x.ndim - 1
    values, indices = top_k(move_axis(x, place, last), k)
    return move_axis(values, last, place), move_axis(indices, last, place)


__all__ = ["approx_max_k", "approx_min_k"]
