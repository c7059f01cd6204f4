"""Nested structures: lists, tuples, named tuples, dicts (keys sorted), None as a leaf, as `tf.nest` has them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

OPTIONS: dict[str, Any] = {"none_is_leaf": True, "namespace": "gradtape"}


@cache
def trees() -> Any:
    """optree, on first use: loading it takes a tenth of the time of NumPy."""
    import optree

    return optree


def flatten(structure: Any) -> tuple[list[Any], Any]:
    """The leaves, and what `pack` needs to put them back."""
    return trees().tree_flatten(structure, **OPTIONS)


def leaves(structure: Any) -> list[Any]:
    return trees().tree_leaves(structure, **OPTIONS)


def is_leaf(x: Any) -> bool:
    return trees().all_leaves([x], **OPTIONS)


def pack(treedef: Any, values: Any) -> Any:
    return trees().tree_unflatten(treedef, values)


def map_structure(f: Callable, *structures: Any) -> Any:
    first, *rest = structures
    return trees().tree_map(f, first, *rest, **OPTIONS)
