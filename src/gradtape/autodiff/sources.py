"""What may stand as target or source of a derivative, and the identities it has."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..batching import BatchTensor
from ..core.composite import CompositeTensor
from ..core.context import new_id
from ..core.indexed_slices import IndexedSlices
from ..core.structures import flatten
from ..core.tensor import Tensor
from ..core.variable import Variable
from ..ops.pieces import move_axis


@cache
def logger() -> Any:
    """Where complaints go that are no errors; on first use, since most programs give no reason for one."""
    import logging

    return logging.getLogger("gradtape")


def plain(x: Any) -> Any:
    """A Keras variable as the variable behind it."""
    return getattr(x, "__gradtape_variable__", x) if not isinstance(x, (Tensor, Variable)) else x


def checked(x: Any, what: str, method: str) -> Any:
    """A tensor or variable; anything else is refused with the mend."""
    x = plain(x)
    if isinstance(x, (Tensor, Variable, IndexedSlices)):
        return x
    if isinstance(x, CompositeTensor):
        return x.differentiated
    raise ValueError(f"{method}: {what} must be a tf.Tensor or tf.Variable, got {type(x).__name__}{mend(x)}")


def mend(x: Any) -> str:
    if isinstance(x, (np.ndarray, np.generic, float, int, list)):
        return ". Make it a tensor first, tf.convert_to_tensor(x), and compute with that tensor under the tape."
    if type(x).__name__ == "KerasTensor":
        return (
            ". A KerasTensor is a symbol of a model under construction and has no value; build a keras.Model that also"
            " returns it, call that model under the tape, and use the tensors it returns."
        )
    return "."


def flat_sources(sources: Any) -> tuple[list[Any], Any]:
    """The sources as a flat list (quick for the usual cases), and how to pack the results again."""
    kind = type(sources)
    if kind is Variable or isinstance(sources, (Tensor, Variable)):
        return [sources], first
    if kind is list and all(type(s) is Variable for s in sources):
        return sources, same
    if not isinstance(sources, (list, tuple, dict)) and hasattr(sources, "__gradtape_variable__"):
        return [sources.__gradtape_variable__], first
    flat, treedef = flatten(sources)
    if any(isinstance(s, CompositeTensor) for s in flat):
        return [s.differentiated if isinstance(s, CompositeTensor) else s for s in flat], lambda g: treedef.unflatten(
            formed(flat, g)
        )
    return flat, treedef.unflatten


def formed(sources: list[Any], gradients: list[Any]) -> list[Any]:
    """The gradient of a ragged or sparse tensor is one too."""
    pairs = zip(sources, gradients, strict=True)
    return [s.with_differentiated(g) if isinstance(s, CompositeTensor) else g for s, g in pairs]


def first(values: list[Any]) -> Any:
    return values[0]


def same(values: list[Any]) -> list[Any]:
    return values


def identify(x: Any) -> int:
    """A positive identity for something that is to be tracked."""
    if x.id <= 0:
        x.id = new_id()
    return x.id


def is_differentiable(x: Any) -> bool:
    return x.dtype.is_floating or x.dtype.is_complex


def peel(x: Any, order: int) -> tuple[Any, list[Any]]:
    """The value as a level that was entered at `order` knows it, and the batch levels inside that level (inner first)."""
    inner = []
    while type(x) is BatchTensor and x.level.order > order:
        inner.append(x.level)
        x = x.value
    return x, inner


def rewrap(x: Any, inner: list[Any]) -> Any:
    """The value again as code inside these batch levels sees it."""
    if type(x) is IndexedSlices and inner:
        x = x.dense()
    for level in reversed(inner):
        x = wrap_inside(x, level)
    return x


def wrap_inside(x: Any, level: Any) -> Any:
    """Wrap x, keeping the batches of levels that were entered later around it."""
    if type(x) is BatchTensor and x.level.order > level.order:
        return x.level.wrap(wrap_inside(move_axis(x.value, 1, 0), level))
    return level.wrap(x)
