"""Operations whose parameters hold regions: their public function is the careful path itself."""

from __future__ import annotations

from typing import Any

from ..core.dispatch import careful
from ..core.primitive import REGISTRY, Primitive


def published(primitive: Primitive, module: str) -> Primitive:
    """Freeze and register a primitive, and give it its function."""

    def function(*xs: Any, name: str | None = None, **params: Any) -> Any:
        return careful(primitive, xs, params)

    function.__name__ = function.__qualname__ = primitive.name
    function.__doc__ = primitive.doc
    function.__module__ = primitive.module = module
    function.primitive = primitive  # type: ignore[attr-defined]
    primitive.freeze()
    primitive.function = function
    REGISTRY[primitive.name] = primitive
    return primitive
