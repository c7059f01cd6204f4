"""What the accumulator or batch that listens alone asks of the arguments of a call, in few words."""

from __future__ import annotations

from typing import Any

import numpy as np

from .numbers import FLOATS, INTS
from .primitive import Primitive
from .shapes import Spec
from .tensor import Tensor, tensor
from .variable import Variable


def settled(primitive: Primitive, args: Any) -> tuple[Any, ...] | None:
    """The arguments as tensors; None where that takes more than reading variables and giving numbers a dtype."""
    if type(args) is not tuple:
        return None
    for a in args:
        if not isinstance(a, Tensor):
            return read(primitive, args)
    return args


def canonical(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any]) -> dict[Any, Any]:
    """The static parameters in one spelling."""
    if primitive.canonical_rule is None:
        return params
    facts = [a.value if type(a) is Tensor else Spec(a.dims, a.dtype.numpy_dtype) for a in args]
    return {**params, **primitive.canonical_rule(*facts, **params)}


def read(primitive: Primitive, args: tuple[Any, ...]) -> tuple[Any, ...] | None:
    out: list[Any] = [a.read_value() if type(a) is Variable else a for a in args]
    names = primitive.args
    for k, a in enumerate(out):
        if not isinstance(a, Tensor):
            if type(a) not in (float, int) or primitive.variadic or names[k] not in primitive.numbers:
                return None
            number = like(primitive, out, a)
            if number is None:
                return None
            out[k] = number
    return tuple(out)


def like(primitive: Primitive, args: list[Any], number: Any) -> Tensor | None:
    """The number in the dtype of the tensor beside it."""
    for name, a in zip(primitive.args, args, strict=False):
        if name in primitive.numbers and isinstance(a, Tensor):
            table = (FLOATS if type(number) is float else INTS).get(a.dtype.numpy_dtype)
            array = None if table is None else table[number]
            return tensor(array) if type(array) is np.ndarray else None
    return None


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
