"""map_fn over ragged and sparse tensors, and to ragged results: row by row, since the rows differ in length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.composite import ROWS, CompositeTensor
from ..core.structures import flatten, leaves, pack
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops.pieces import pick, stack_values
from .ragged import RaggedTensorSpec
from .ragged_operations import stack_rows


def map_rows(fn: Callable[[Any], Any], elems: Any, signature: Any) -> Any:
    """fn of each row; results of different lengths become ragged."""
    flat, structure = flatten(elems)
    flat = [x if isinstance(x, CompositeTensor) else to_tensor(x) for x in flat]
    counts = {x.row_count if isinstance(x, CompositeTensor) else x.dims[0] for x in flat}
    if len(counts) != 1:
        raise ValueError(f"map_fn: elems have different numbers of rows: {sorted(counts)}")
    count = counts.pop()
    if not count:
        raise ValueError("map_fn: elems have no rows, and what fn makes of one is unknown")
    results = [fn(pack(structure, [row_of(x, k) for x in flat])) for k in range(count)]
    shape = flatten(results[0])[1]
    wanted = [None] * shape.num_leaves if signature is None else leaves(signature)
    columns = zip(*[leaves(r) for r in results], strict=True)
    return pack(shape, [together(column, spec) for column, spec in zip(columns, wanted, strict=True)])


def row_of(x: Any, k: int) -> Any:
    if not isinstance(x, CompositeTensor):
        return pick(x, k)
    row = x[k] if hasattr(type(x), "__getitem__") else x.row_at(k)
    return tensor(row) if isinstance(row, np.ndarray) else row


def together(column: Sequence[Any], spec: Any) -> Any:
    """The results of all rows as one: dense where they are single values, or where the signature says so."""
    first = column[0]
    if isinstance(first, CompositeTensor):
        return first.stacked(column)
    parts = [v if isinstance(v, Tensor) else to_tensor(v) for v in column]
    if parts[0].ndim == 0 or (spec is not None and not isinstance(spec, RaggedTensorSpec)):
        return stack_values(parts)
    return stack_rows(parts, 0)


ROWS["map"] = map_rows
