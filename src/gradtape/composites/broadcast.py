"""Elementwise operations on ragged tensors and tensors beside each other: rows of one value stretch, all others must fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.composite import CompositeTensor, no_tensor
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops.basic import reshape
from ..ops.pieces import gather_axis
from .ragged import RaggedTensor, ragged
from .rows import known, spans, splits_of

PLAIN = (bool, int, float, complex, str, bytes)  # take the dtype of the tensors that they meet


class Levels:
    """A value axis by axis: where the rows along each axis begin, and how long they are."""

    def __init__(self, x: Any, rank: int, depth: int):
        """`rank` with the axes of extent 1 in front that broadcasting adds; the first `depth` axes are walked."""
        self.axes: list[np.ndarray] = []  # the splits along each axis
        self.lead = rank - len(x.shape)
        for _ in range(min(self.lead, depth)):
            self.axes.append(np.array([0, 1], np.int64))
        inner = x
        if len(self.axes) < depth:
            self.axes.append(np.array([0, x.shape[0]], np.int64))
        while len(self.axes) < depth:
            if isinstance(inner, RaggedTensor):
                self.axes.append(inner.splits.astype(np.int64))
                inner = inner.values
            else:
                rows, extent = inner.dims[0], inner.dims[1]
                self.axes.append(np.arange(rows + 1, dtype=np.int64) * extent)
                inner = reshape(inner, (rows * extent, *inner.dims[2:]))
        self.flat = inner


def broadcast(op: str, values: Sequence[Any]) -> tuple[list[Tensor], Callable[[Any], RaggedTensor]]:
    """The flat values of all, brought to the same rows, and what makes a ragged tensor of a result for them."""
    first = next(x for x in values if isinstance(x, RaggedTensor))
    if all([same_rows(x, first) for x in values]):
        return [x.flat_values if isinstance(x, RaggedTensor) else x for x in values], first.with_flat_values
    values = [x if isinstance(x, RaggedTensor) else reshape(x, (1,)) if is_single(x) else x for x in values]
    rank = max(len(x.shape) for x in values)
    depth = 1 + max(rank - len(x.shape) + x.ragged_rank for x in values if isinstance(x, RaggedTensor))
    levels = [Levels(x, rank, depth) for x in values]
    places = [np.zeros(1, np.int64) for _ in values]
    splits = []
    for axis in range(depth):
        lengths = [np.diff(each.axes[axis])[at] for each, at in zip(levels, places, strict=True)]
        common = lengths[0]
        for other in lengths[1:]:
            common = np.where(common == 1, other, common)
        for each in lengths:
            if not ((each == common) | (each == 1)).all():
                raise invalid(op, f"{op}: the rows along axis {axis} have different lengths: {[n.tolist() for n in lengths]}")
        places = [stretched(each.axes[axis], at, n, common) for each, at, n in zip(levels, places, lengths, strict=True)]
        splits.append(splits_of(common))
    flats = [gather_axis(each.flat, tensor(at)) for each, at in zip(levels, places, strict=True)]
    return flats, lambda flat: nested(flat, splits[1:])


def same_rows(x: Any, first: RaggedTensor) -> bool:
    """A single number, or a ragged tensor with the same rows."""
    if not isinstance(x, RaggedTensor):
        return is_single(x)
    mine, others = x.nested_row_splits, first.nested_row_splits
    if len(mine) != len(others) or x.flat_values.ndim != first.flat_values.ndim:
        return False
    return all([a is b or np.array_equal(known(a), known(b)) for a, b in zip(mine, others, strict=True)])


def is_single(x: Any) -> bool:
    return not isinstance(x, Tensor) or x.ndim == 0


def stretched(splits: np.ndarray, at: np.ndarray, lengths: np.ndarray, common: np.ndarray) -> np.ndarray:
    """The places of the values of these rows; a row of one value gives it as often as there is need."""
    starts = splits[:-1][at]
    repeated = (lengths == 1) & (common != 1)
    places = spans(starts, common)
    if repeated.any():
        places = np.where(np.repeat(repeated, common), np.repeat(starts, common), places)
    return places


def nested(flat: Any, splits: Sequence[np.ndarray]) -> Any:
    for each in reversed(splits):
        flat = ragged(flat, tensor(each))
    return flat


def elementwise(op: str, function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """function of ragged tensors, element by element."""
    if any(isinstance(a, CompositeTensor) and not isinstance(a, RaggedTensor) for a in args):
        raise no_tensor([a for a in args if isinstance(a, CompositeTensor) and not isinstance(a, RaggedTensor)], op)
    kinds = [a.dtype.numpy_dtype for a in args if isinstance(a, RaggedTensor)]
    like = next((kind for kind in kinds if kind.kind != "b"), kinds[0])
    values = [a if isinstance(a, (RaggedTensor, *PLAIN)) else to_tensor(a, like) for a in args]
    flats, wrap = broadcast(op, values)
    return wrap(function(*flats))
