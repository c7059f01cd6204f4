"""Nested structures: lists, tuples, named tuples, dicts (keys sorted), None as a leaf, as `tf.nest` has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import optree

NAMESPACE = "gradtape"


def flatten(structure: Any) -> tuple[list[Any], Any]:
    """The leaves, and what `pack` needs to put them back."""
    return optree.tree_flatten(structure, none_is_leaf=True, namespace=NAMESPACE)  # type: ignore[return-value]


def leaves(structure: Any) -> list[Any]:
    return optree.tree_leaves(structure, none_is_leaf=True, namespace=NAMESPACE)


def pack(treedef: Any, values: Any) -> Any:
    return optree.tree_unflatten(treedef, values)


def map_structure(f: Callable, *structures: Any) -> Any:
    first, *rest = structures
    return optree.tree_map(f, first, *rest, none_is_leaf=True, namespace=NAMESPACE)
