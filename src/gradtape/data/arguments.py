"""Arguments of a dataset's methods, checked."""

from __future__ import annotations

from typing import Any

from ..core.errors import invalid
from ..core.tensor_spec import TensorSpec
from .batching import as_shape
from .mapping import scalar
from .node import Node
from .structure import is_composite, pack_specs


def positive(value: Any, name: str) -> int:
    number = scalar(value, name)
    if number < 1:
        raise invalid("Dataset", f"{name} must be greater than zero, got {number}.")
    return number


def common_specs(parts: list[Node]) -> tuple[Any, ...]:
    """Specs that all parts fit.

    Raises:
        TypeError: other structures or dtypes.
    """
    if not parts:
        raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
    first = parts[0]
    for other in parts[1:]:
        same = other.structure == first.structure
        if not same or any([a.dtype != b.dtype for a, b in zip(first.specs, other.specs, strict=True)]):
            raise TypeError(
                f"The datasets have elements of different types: {pack_specs(first.structure, first.specs)} and "
                f"{pack_specs(other.structure, other.specs)}."
            )
    columns = zip(*[part.specs for part in parts], strict=True)
    return tuple([widest(column) for column in columns])


def widest(specs: tuple[Any, ...]) -> Any:
    if is_composite(specs[0]):
        return specs[0].loosened()
    shape = specs[0].shape
    for spec in specs[1:]:
        shape = shape.most_specific_compatible_shape(spec.shape)
    return TensorSpec(shape, specs[0].dtype)


def padded_to(longest: int, shapes: Any) -> Any:
    """Padded shapes in which every unknown dimension is `longest`."""
    if isinstance(shapes, dict):
        return {key: padded_to(longest, value) for key, value in shapes.items()}
    if isinstance(shapes, tuple) and not all([d is None or isinstance(d, int) for d in shapes]):
        return tuple([padded_to(longest, value) for value in shapes])
    dims = shapes.shape if isinstance(shapes, TensorSpec) else as_shape(shapes)
    return [longest if d is None else d for d in dims]
