"""A batch as part of another axis: how windows, which know one batch axis only, work on a batch of images or filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.shapes import Extent
from .basic import broadcast_to, permute, reshape


def fold(x: Any, axis: int) -> Any:
    """The batch (axis 0) as the slower part of an axis of each element."""
    axis %= x.ndim - 1
    dims = x.dims
    moved = permute(x, (*range(1, axis + 1), 0, *range(axis + 1, x.ndim))) if axis else x
    return reshape(moved, (*dims[1 : axis + 1], dims[0] * dims[axis + 1], *dims[axis + 2 :]))


def unfold(x: Any, axis: int, size: Extent) -> Any:
    """The batch back from where `fold` put it."""
    axis %= x.ndim
    dims = x.dims
    split = reshape(x, (*dims[:axis], size, dims[axis] // size, *dims[axis + 1 :]))
    return permute(split, (axis, *range(axis), *range(axis + 1, x.ndim + 1))) if axis else split


def fold_within(x: Any, groups: int) -> Any:
    """The batch as more channels of each group."""
    if groups == 1:
        return fold(x, -1)
    dims = x.dims
    split = fold(reshape(x, (*dims[:-1], groups, dims[-1] // groups)), -1)
    return reshape(split, (*split.dims[:-2], groups * split.dims[-1]))


def unfold_within(x: Any, groups: int, size: Extent) -> Any:
    if groups == 1:
        return unfold(x, -1, size)
    dims = x.dims
    split = unfold(reshape(x, (*dims[:-1], groups, dims[-1] // groups)), -1, size)
    return reshape(split, (*split.dims[:-2], groups * split.dims[-1]))


def all_batched(size: Extent, batched: Sequence[bool], args: Sequence[Any]) -> list[Any]:
    """Each argument with the batch in front."""
    return [x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip(args, batched, strict=True)]
