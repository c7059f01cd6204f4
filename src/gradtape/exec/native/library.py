"""TABLE: primitive name -> a library step (oneDNN), or None where it does not fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ...graph.ir import Node
from . import convolutions, onednn, pools, products, steps
from .onednn import Unsupported
from .steps import Known, LibraryStep

TABLE: dict[str, Callable[[Node, Known], LibraryStep | None]] = {
    "matmul": products.matmul,
    "einsum_pair": products.einsum,
    "conv": convolutions.conv,
    "conv_input": convolutions.conv_input,
    "conv_filter": convolutions.conv_filter,
    "spread_tap": pools.spread_tap,
    "avg_pool": pools.avg_pool,
    "avg_pool_input": pools.avg_pool_input,
}


def lower(node: Node, known: Known) -> LibraryStep | None:
    """The step that serves a node and what it absorbs; None where the library has no real kernel for it."""
    rule = TABLE.get(node.name)
    if rule is None:
        return None
    try:
        return rule(node, known)
    except Unsupported:
        return None


@lru_cache(1)
def addresses() -> steps.Library | None:
    """What a plan's native function calls; None where there is no oneDNN."""
    found = onednn.find()
    if found is None:
        return None
    return steps.Library(found.address("memory_set_data_handle"), found.address("primitive_execute"), onednn.free_memory)
