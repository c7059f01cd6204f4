"""The variables of a block of code: which are tensors, which are Python's own, which do not exist yet."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any, NamedTuple

import numpy as np

from ..control.branches import is_open
from ..control.tensor_array import TensorArray
from ..core.dispatch import spec_of
from ..core.shapes import Spec
from ..core.structures import OPTIONS, trees
from ..core.tensor import Tensor, converter_of, to_tensor
from ..core.variable import Variable
from ..ops.basic import fill_like

NUMBERS = (bool, int, float, complex, np.generic)
trying: ContextVar[bool] = ContextVar("gradtape_autograph_trial", default=False)  # is a block run only to see what it makes?


class Undefined:
    """Stands for a variable that has no value yet."""

    __slots__ = ("symbol_name",)

    def __init__(self, symbol_name: str):
        self.symbol_name = symbol_name

    def read(self) -> Any:
        raise UnboundLocalError(f"'{self.symbol_name}' is used before assignment")

    def __repr__(self) -> str:
        return self.symbol_name


class UndefinedReturnValue:
    """Stands for the value of a function that has not returned yet."""


def ld(value: Any) -> Any:
    return value.read() if isinstance(value, Undefined) else value


def ldu(load: Any, name: str) -> Any:
    """What `load` gives, or Undefined."""
    try:
        return load()
    except (KeyError, AttributeError, NameError):
        return Undefined(name)


def opened(x: Any) -> Any:
    """The tensor, if x is one whose value is not known while the program is traced; else None."""
    if isinstance(x, Tensor):
        return x if is_open(x) else None
    if isinstance(x, Variable) or (not isinstance(x, (*NUMBERS, str, list, tuple, dict)) and converter_of(x) is not None):
        x = to_tensor(x)
        return x if is_open(x) else None
    return None


def is_missing(x: Any) -> bool:
    return isinstance(x, (Undefined, UndefinedReturnValue))


def is_leaf(x: Any) -> bool:
    """Tensors, numbers, and objects that stay what they are."""
    return not isinstance(x, (tuple, list, dict, TensorArray)) or type(x).__module__ == "gradtape.core.shapes"


class Leaves(NamedTuple):
    """A variable taken apart."""

    values: list[Any]
    treedef: Any


def taken_apart(x: Any) -> Leaves:
    return Leaves(*trees().tree_flatten(x, **OPTIONS))


def put_together(treedef: Any, values: Sequence[Any]) -> Any:
    return trees().tree_unflatten(treedef, values)


def is_array(x: Any) -> bool:
    """Can a loop or branch carry it?"""
    return isinstance(x, (Tensor, np.ndarray))


def as_tensor(x: Any) -> Any:
    return to_tensor(x)


def zeros_of(spec: Spec) -> Any:
    return fill_like(Like(spec), 0)


class Like:
    """Enough of a tensor to make zeros like it."""

    def __init__(self, spec: Spec):
        self.dims = spec.shape
        self.dtype = to_tensor(np.zeros((), spec.dtype)).dtype


__all__ = ["Leaves", "Spec", "Undefined", "UndefinedReturnValue", "is_array", "is_missing", "opened", "spec_of"]
