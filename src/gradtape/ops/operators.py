"""The one place where Tensor and Variable learn of operations: + * @ [] and the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core import errors
from ..core.dispatch import operate
from ..core.primitive import REGISTRY, Primitive
from ..core.template import operators_text
from ..core.tensor import Tensor, tensor
from ..core.variable import Variable
from . import basic, indexing
from ._declare import connect_as, family_module

BINARY = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "floordiv": "floordiv", "mod": "floormod", "pow": "pow",
          "matmul": "matmul"}  # fmt: skip
ORDER = {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal"}

OPERATORS = {f"__{k}__": (name, None) for k, name in {**BINARY, **ORDER, "neg": "negative"}.items()}
OPERATORS |= {f"__r{k}__": (name, (1, 0)) for k, name in BINARY.items()}


def written() -> list[tuple[str, Any, Any]]:
    """(method, primitive, argument order) of each operator that is generated."""
    return [(method, REGISTRY[name], order) for method, (name, order) in OPERATORS.items() if name in REGISTRY]


def install() -> None:
    module = family_module("operators", lambda: operators_text(written()))
    space = vars(module)
    space |= {"careful": operate, "compared": compared}
    for method, primitive, _ in written():
        connect_as(method, primitive, space)
        for cls in (Tensor, Variable):
            setattr(cls, method, space[method])
    for method, function in PLAIN.items():
        for cls in (Tensor, Variable):
            setattr(cls, method, function)


UNEQUAL = {"equal": False, "not_equal": True}  # what None and values of other shapes give


def compared(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """None is simply unequal, and so are shapes that do not broadcast."""
    if args[1] is None:
        return UNEQUAL[primitive.name]
    try:
        return operate(primitive, args, params, 5)
    except errors.IncompatibleShapesError:
        return tensor(np.array(UNEQUAL[primitive.name]))


# -- logic: on booleans logical, on integers bitwise ---------------------------------------------------------------
def logic(logical: str, bitwise: str, reflected: bool = False) -> Any:
    def method(x: Any, y: Any) -> Any:
        name = logical if x.dtype.is_bool else bitwise
        return operate(REGISTRY[name], (y, x) if reflected else (x, y), {})

    return method


def inverted(x: Any) -> Any:
    return REGISTRY["logical_not" if x.dtype.is_bool else "invert"].function(x)


def absolute(x: Any) -> Any:
    return REGISTRY["abs"].function(x)


PLAIN = {
    "__and__": logic("logical_and", "bitwise_and"),
    "__rand__": logic("logical_and", "bitwise_and", True),
    "__or__": logic("logical_or", "bitwise_or"),
    "__ror__": logic("logical_or", "bitwise_or", True),
    "__xor__": logic("logical_xor", "bitwise_xor"),
    "__rxor__": logic("logical_xor", "bitwise_xor", True),
    "__invert__": inverted,
    "__abs__": absolute,
    "__pos__": basic.identity,
    "__getitem__": indexing.getitem,
    "__iter__": indexing.iterate,
}
