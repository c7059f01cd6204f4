"""Which elements of which memory a value is: a library step reads through transposes, reshapes and slices without a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ...graph.ir import Node, Value
from .steps import Known


class View(NamedTuple):
    """`stand_in` has the shape and the strides, and begins as far from its `origin` as the view does; it has no data."""

    value: Value | np.ndarray  # what lies in memory, plain
    stand_in: np.ndarray
    origin: int

    @property
    def start(self) -> int:
        """Bytes from the beginning of the value's memory."""
        return address(self.stand_in) - self.origin

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(s // self.stand_in.itemsize for s in self.stand_in.strides)

    def moved(self, stand_in: np.ndarray) -> View:
        return self._replace(stand_in=stand_in)


def address(x: np.ndarray) -> int:
    return x.__array_interface__["data"][0]


def plain(x: Value | np.ndarray) -> View:
    """The value as it lies in memory."""
    spec = x.spec if isinstance(x, Value) else x
    made = blank(spec.shape, spec.dtype)
    return View(x, made, address(made))


def blank(shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """An array of this shape that must not be read: one element stands for all its memory."""
    steps, step = [], dtype.itemsize
    for n in reversed(shape):
        steps.append(step)
        step *= n
    return as_strided(np.empty(1, dtype), tuple(shape), steps[::-1], writeable=False)


def regrouped(x: np.ndarray, shape: Sequence[int]) -> np.ndarray | None:
    """x in another shape where that needs no copy."""
    try:
        return np.reshape(x, tuple(shape), copy=False)
    except ValueError:
        return None


# -- operations that move no element: how they change a stand-in ------------------------------------------------------
def unpacked(x: np.ndarray, number: int, *, count: int, axis: int) -> np.ndarray:
    return x[(slice(None),) * axis + (number,)]


def divided(x: np.ndarray, number: int, *, sizes: Sequence[int], axis: int) -> np.ndarray:
    start = sum(sizes[:number])
    return x[(slice(None),) * axis + (slice(start, start + sizes[number]),)]


MOVES: dict[str, Callable[..., np.ndarray | None]] = {
    "identity": lambda x, number: x,
    "stop_gradient": lambda x, number: x,
    "permute": lambda x, number, *, perm: x.transpose(perm),
    "swap": lambda x, number, *, conjugate: None if conjugate else x.swapaxes(-1, -2),
    "reshape": lambda x, number, *, shape: regrouped(x, shape),
    "unpack": unpacked,
    "split_at": divided,
}


def view_of(x: Any, known: Known) -> View:
    """x as a view of the farthest value behind it that needs no copy."""
    node = known.producer.get(x.number) if isinstance(x, Value) else None
    if node is None or node.name not in MOVES:
        return plain(x)
    behind = view_of(node.inputs[0], known)
    found = MOVES[node.name](behind.stand_in, position(x, node), **node.params)
    return plain(x) if found is None else behind.moved(found)


def position(x: Value, node: Node) -> int:
    return [v.number for v in node.outputs].index(x.number)
