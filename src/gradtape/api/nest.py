"""tf.nest: structures of lists, tuples, dicts (keys sorted)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.structures import flatten as flatten_with_definition
from ..core.structures import is_leaf, leaves


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
    """The leaves in order.

    >>> tf.nest.flatten({"b": 2, "a": [1, (3,)]})
    [1, 3, 2]
    """
    return leaves(structure)


def is_nested(seq: Any) -> bool:
    """Is it a list, tuple or dict?"""
    return not is_leaf(seq)


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raises ValueError where the structures differ, TypeError where only their types do.

    >>> tf.nest.assert_same_structure([1, 2], [3, 4])
    """
    (flat1, first), (flat2, second) = flatten_with_definition(nest1), flatten_with_definition(nest2)
    if first == second:
        return
    if len(flat1) != len(flat2):
        raise ValueError(
            f"The two structures don't have the same nested structure: {nest1!r:.200} has {len(flat1)} leaves, "
            f"{nest2!r:.200} has {len(flat2)}"
        )
    if check_types:
        raise TypeError(f"The two structures don't have the same sequence type: {first} and {second}")


def map_structure(func: Callable, *structure: Any, **kwargs: Any) -> Any:
    """func of the leaves at each place, in the first one's structure.

    Raises:
        TypeError, ValueError: func is not callable, or the structures differ.

    >>> tf.nest.map_structure(lambda a, b: a + b, [1, {"k": 2}], [10, {"k": 20}])
    [11, {'k': 22}]
    """
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func!r}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types=kwargs.get("check_types", True))
    flat, definition = flatten_with_definition(structure[0])
    columns = [flat, *(leaves(s) for s in structure[1:])]
    return definition.unflatten([func(*row) for row in zip(*columns, strict=True)])


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """The values in the structure's shape.

    >>> tf.nest.pack_sequence_as({"b": 0, "a": [0]}, [1, 2])
    {'b': 2, 'a': [1]}
    """
    if not is_nested(flat_sequence):
        raise TypeError(
            f"Attempted to pack value:\n  {flat_sequence}\ninto a structure, but found incompatible type `{type(flat_sequence)}` instead."
        )
    flat, definition = flatten_with_definition(structure)
    values = list(flat_sequence)
    if len(values) != len(flat):
        raise ValueError(f"Could not pack sequence. Structure had {len(flat)} atoms, but flat_sequence had {len(values)} items.")
    return definition.unflatten(values)
