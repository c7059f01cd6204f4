"""The way of the usual call, as straight lines of text: look at the arguments, run the plan, wrap the results.

One function a traced signature and sizes. It gives MISS where the call is not the one it was written for, or where anything
listens; `function` then takes the careful way.
"""

from __future__ import annotations

import inspect
from sys import getrefcount
from typing import Any

import numpy as np

from ..core import variable as variables
from ..core.context import current
from ..core.dtypes import OF_NUMPY
from ..core.structures import pack
from ..core.tensor import Tensor
from ..core.variable import UNSHARED, Variable

MISS = object()
INDENT = "    "
FEW = 24  # variables up to which each has its own lines


NAMES = {
    "_MISS": MISS, "_current": current, "_Tensor": Tensor, "_ndarray": np.ndarray, "_getrefcount": getrefcount, "_type": type,
    "_variables": variables, "_pack": pack, "_contiguous": np.ascontiguousarray, "_len": len, "_tuple": tuple, "_list": list,
    "_dict": dict, "_int": int, "_float": float, "_str": str, "_bytes": bytes, "_complex": complex, "_zip": zip,
}  # fmt: skip


class Unquick(Exception):
    """A structure that the text does not cover."""


class Writer:
    """Collects lines and the objects that they name."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, Any] = dict(NAMES)  # a parameter of the user's may be called list or Tensor: ours begin with _
        self.serial = 0

    def constant(self, value: Any, stem: str = "c") -> str:
        self.serial += 1
        name = f"_{stem}{self.serial}"
        self.names[name] = value
        return name

    def fresh(self, stem: str) -> str:
        self.serial += 1
        return f"_{stem}{self.serial}"

    def add(self, *lines: str) -> None:
        self.lines += lines

    def miss_unless(self, condition: str) -> None:
        self.add(f"if not ({condition}):", INDENT + "return _MISS")


# -- arguments ----------------------------------------------------------------------------------------------------
def argument_text(w: Writer, name: str, example: Any, arrays: list[str]) -> None:
    """Lines that miss where `name` is not like the example; the arrays in it are added to the list."""
    kind = type(example)
    if kind is Tensor or kind is np.ndarray:
        array_text(w, name, example, arrays)
    elif kind is tuple or kind is list:
        items_text(w, name, example, arrays)
    elif kind is dict:
        w.miss_unless(f"_type({name}) is _dict and _len({name}) == {len(example)}")
        for key in sorted(example):
            part = w.fresh("a")
            w.add(f"{part} = {name}.get({w.constant(key)}, _MISS)")
            argument_text(w, part, example[key], arrays)
    elif example is None or kind is bool:
        w.miss_unless(f"{name} is {example}")
    elif kind in (int, float, str, bytes, complex):
        w.miss_unless(f"_type({name}) is _{kind.__name__} and {name} == {w.constant(example)}")
    elif isinstance(example, (tuple, list, dict, Tensor)) or inspect.isgenerator(example):
        raise Unquick
    elif isinstance(example, np.generic) or kind.__eq__ is not object.__eq__:
        if not isinstance(example, Variable):
            raise Unquick
        w.miss_unless(f"{name} is {w.constant(example)}")
    else:
        w.miss_unless(f"{name} is {w.constant(example)}")


def items_text(w: Writer, name: str, example: Any, arrays: list[str]) -> None:
    w.miss_unless(f"_type({name}) is _{type(example).__name__} and _len({name}) == {len(example)}")
    parts = [w.fresh("a") for _ in example]
    if parts:
        w.add(f"{', '.join(parts)}, = {name}")
    for part, value in zip(parts, example, strict=True):
        argument_text(w, part, value, arrays)


def array_text(w: Writer, name: str, example: Any, arrays: list[str]) -> None:
    array = w.fresh("x")
    found = example.value if type(example) is Tensor else example
    if found.dtype not in OF_NUMPY or found.dtype.kind in "SUO":
        raise Unquick
    w.miss_unless(f"_type({name}) is {'_Tensor' if type(example) is Tensor else '_ndarray'}")
    w.add(f"{array} = {name}.value" if type(example) is Tensor else f"{array} = {name}")
    w.miss_unless(f"{array}.dtype is {w.constant(found.dtype)} and {array}.shape == {found.shape}")
    if found.ndim:
        w.add(f"if not {array}.flags.c_contiguous:", INDENT + f"{array} = _contiguous({array})")
    arrays.append(array)


def parameters_text(w: Writer, signature: inspect.Signature) -> str:
    """The parameter list of the user's function, its defaults as constants."""
    parts, keywords = [], False
    for p in signature.parameters.values():
        default = "" if p.default is p.empty else f"={w.constant(p.default, 'd')}"
        if p.kind is p.VAR_KEYWORD:
            parts.append(f"**{p.name}")
        elif p.kind is p.VAR_POSITIONAL:
            parts.append(f"*{p.name}")
            keywords = True
        else:
            if p.kind is p.KEYWORD_ONLY and not keywords:
                parts.append("*")
                keywords = True
            parts.append(p.name + default)
    return ", ".join(parts)


def all_arguments(w: Writer, signature: inspect.Signature, bound: tuple[Any, Any]) -> list[str]:
    """The arrays in the arguments, in the order in which a call is taken apart."""
    arrays: list[str] = []
    args, kwargs = bound
    given = list(args)
    keyword: list[tuple[str, str, Any]] = []
    for p in signature.parameters.values():
        if p.kind is p.VAR_POSITIONAL:
            argument_text(w, p.name, tuple(given), arrays)
            given = []
        elif p.kind is p.KEYWORD_ONLY:
            keyword.append((p.name, p.name, kwargs[p.name]))
        elif p.kind is p.VAR_KEYWORD:
            extra = {k: v for k, v in kwargs.items() if k not in signature.parameters}
            if extra:
                raise Unquick
            w.miss_unless(f"not {p.name}")
        else:
            argument_text(w, p.name, given.pop(0), arrays)
    for _, name, value in sorted(keyword):
        argument_text(w, name, value, arrays)
    return arrays


# -- variables ----------------------------------------------------------------------------------------------------
def sole_holder_count() -> int:
    """What the text's getrefcount says of a buffer that only its variable holds."""
    if UNSHARED < 0:
        return -1
    names: dict[str, Any] = {"getrefcount": getrefcount, "v": Variable(np.zeros(1, np.float32))}
    exec("def count():\n    w = v.value_\n    return getrefcount(w)", names)
    return names["count"]()


def sole_holder_count_in_list() -> int:
    if UNSHARED < 0:
        return -1
    names: dict[str, Any] = {"getrefcount": getrefcount, "vs": (Variable(np.zeros(1, np.float32)),)}
    exec("def count():\n    ws = [v.value_ for v in vs]\n    return [getrefcount(w) for w in ws][0]", names)
    return names["count"]()


ALONE, ALONE_IN_LIST = sole_holder_count(), sole_holder_count_in_list()
__name__ = "gradtape.functions.quick"
