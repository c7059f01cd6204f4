"""Layer 4: looking up rows of a table, which may lie in several tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import product
from ..core.tensor import Tensor, tensor, to_tensor
from ._arguments import operand
from .basic import reshape, subtract
from .clip import clip_by_norm
from .pieces import gather_axis
from .scattering import dynamic_partition, dynamic_stitch


@library
def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: str | None = None) -> Tensor:
    """The rows of `params` at `ids`: shape ids.shape + params.shape[1:].

    Args:
        params: a tensor or variable, or a list of them that hold the rows of one table one after another ("div": equal shares,
            the first ones a row larger where the number of rows does not divide).
        ids: integers.
        max_norm: rows of a larger L2 norm are scaled down to it.

    The gradient for a variable is an IndexedSlices: only the rows that were used.

    Raises:
        ValueError: no params. InvalidArgumentError: an id outside, ids that are no integers.

    >>> table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    >>> tf.nn.embedding_lookup(table, [2, 0]).numpy()
    array([[5., 6.],
           [1., 2.]], dtype=float32)
    """
    if params is None:
        raise ValueError("embedding_lookup: params must be specified, got None")
    if isinstance(params, (list, tuple)) and not params:
        raise ValueError("embedding_lookup: Length of params is currently 0. Need at least one param.")
    ids = operand(ids)
    shards = [operand(p) for p in params] if isinstance(params, list) else [operand(params)]
    if not all(shard.ndim for shard in shards):
        raise invalid("embedding_lookup", "embedding_lookup: params must have rows, got a scalar")
    rows = gather_axis(shards[0], ids) if len(shards) == 1 else from_shards(shards, to_tensor(ids))
    return rows if max_norm is None else clip_by_norm(rows, max_norm, tuple(range(ids.ndim, rows.ndim)))


def from_shards(shards: list[Any], ids: Tensor) -> Tensor:
    """Each shard's own rows, put back into the order of the ids."""
    flat = reshape(ids, (product(ids.dims),))
    total = sum(shard.dims[0] for shard in shards)
    starts = shard_starts(total, len(shards))
    owner = np.searchsorted(starts, np.asarray(flat), side="right") - 1
    if owner.size and owner.min() < 0:
        raise invalid("embedding_lookup", f"embedding_lookup: id {np.asarray(flat).min()} is not in [0, {total})")
    local = dynamic_partition(subtract(flat, tensor(starts[owner].astype(flat.dtype.numpy_dtype))), owner, len(shards))
    places = dynamic_partition(np.arange(owner.size, dtype=np.int32), owner, len(shards))
    found = [gather_axis(shard, rows) for shard, rows in zip(shards, local, strict=True)]
    stitched = dynamic_stitch(places, found)
    return reshape(stitched, (*ids.dims, *shards[0].dims[1:]))


def shard_starts(total: int, shards: int) -> np.ndarray:
    """The first row of each shard."""
    share, extra = divmod(total, shards)
    numbers = np.arange(shards)
    return numbers * share + np.minimum(numbers, extra)


__all__ = ["embedding_lookup"]
