"""Operations whose parameters hold regions: their public function is the careful path itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.dispatch import careful
from ..core.primitive import REGISTRY, Primitive

Call = Callable[..., Any]


def published(primitive: Primitive, module: str, kept: Callable[[Call, Any, Any], Any]) -> Primitive:
    """Freeze and register a primitive, and give it its function.

    `kept(call, xs, params)` calls the primitive so that what its rules need is among the results, where somebody will ask for them;
    so it is decided anew whenever a graph is run on tensors.
    """

    def call(*xs: Any, **params: Any) -> Any:
        return careful(primitive, xs, params)

    def function(*xs: Any, name: str | None = None, **params: Any) -> Any:
        return kept(call, xs, params)

    function.__name__ = function.__qualname__ = primitive.name
    function.__doc__ = primitive.doc
    function.__module__ = primitive.module = module
    function.primitive = primitive  # type: ignore[attr-defined]
    primitive.regions = True
    primitive.freeze()
    primitive.function = function
    REGISTRY[primitive.name] = primitive
    return primitive
