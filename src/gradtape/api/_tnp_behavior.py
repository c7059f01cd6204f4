"""`experimental_enable_numpy_behavior`: operators that promote as NumPy does, NumPy's methods and indices on tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.tensor import Tensor
from ..core.variable import Variable
from ..ops import basic, indexing, operators
from . import _tnp_arrays, _tnp_elementwise, _tnp_reduce
from ._tnp_values import Preference, as_tensor, numpy_dtype, promoted

ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
ORDER = ("lt", "le", "gt", "ge", "eq", "ne")
LOGIC = ("and", "or", "xor")
OPERANDS = (int, float, complex, bool, np.ndarray, np.generic, list, tuple, Tensor, Variable)
MODES = ("legacy", "off")


def experimental_enable_numpy_behavior(prefer_float32: bool = False, dtype_conversion_mode: str = "legacy") -> None:
    """From here on tensors promote as NumPy's arrays do, and have their methods and indices, in the whole process.

    `prefer_float32` makes float32 of Python's floats in tf.experimental.numpy.

    Raises:
        ValueError: a mode other than "legacy" and "off". "all" and "safe" follow other tables of promotion.
    """
    if dtype_conversion_mode not in MODES:
        raise ValueError(
            f"experimental_enable_numpy_behavior: dtype_conversion_mode is {dtype_conversion_mode!r}; gradtape promotes as NumPy does,"
            ' which is "legacy".'
        )
    Preference.float32 = bool(prefer_float32)
    if dtype_conversion_mode == "off":
        return
    for name in (*ARITHMETIC, *(f"r{n}" for n in ARITHMETIC), *ORDER, *LOGIC, *(f"r{n}" for n in LOGIC)):
        put(f"__{name}__", promoting(ORIGINAL[f"__{name}__"]))
    put("__getitem__", getitem)
    for name, method in METHODS.items():
        put(name, method)


def disable() -> None:
    """Takes the change back: for tests, which share a process."""
    Preference.float32 = False
    for name, method in ORIGINAL.items():
        put(name, method)
    for cls in (Tensor, Variable):
        for name in METHODS:
            if name in vars(cls):
                delattr(cls, name)


def put(name: str, method: Any) -> None:
    for cls in (Tensor, Variable):
        setattr(cls, name, method)


def promoting(original: Any) -> Any:
    """An operator whose operands are brought to one dtype first; Python's numbers give way."""

    def operator(x: Any, y: Any) -> Any:
        if isinstance(y, OPERANDS) and needs_promotion(x, y):
            x, y = promoted(x, y)
        return original(x, y)

    return operator


def needs_promotion(x: Any, y: Any) -> bool:
    if isinstance(y, (Tensor, Variable, np.ndarray, np.generic)):
        return np.dtype(numpy_dtype(y.dtype)) != x.dtype.numpy_dtype
    return (isinstance(y, (float, complex)) and not (x.dtype.is_floating or x.dtype.is_complex)) or isinstance(
        y, (list, tuple, complex)
    )


def getitem(x: Any, key: Any) -> Any:
    """NumPy's indices: lists, arrays and vectors of places or booleans, mixed with slices."""
    parts = key if isinstance(key, tuple) else (key,)
    if not any(is_advanced(part) for part in parts):
        return indexing.getitem(x, key)
    value = as_tensor(x)
    places = _tnp_arrays.positions(_tnp_arrays.shape_of(value, "indexing"))
    plain = tuple([np.asarray(p) if isinstance(p, (Tensor, Variable, list, tuple)) else p for p in parts])
    return _tnp_arrays.chosen(value, places[plain])


def is_advanced(part: Any) -> bool:
    return isinstance(part, (list, tuple, np.ndarray)) or (isinstance(part, (Tensor, Variable)) and bool(part.shape.rank))


# -- methods -----------------------------------------------------------------------------------------------------
def reshape(self: Any, *newshape: Any, order: str = "C") -> Any:
    return _tnp_arrays.reshape(self, newshape[0] if len(newshape) == 1 else newshape, order)


def transposed(self: Any, *axes: Any) -> Any:
    return _tnp_arrays.transpose(self, (axes[0] if len(axes) == 1 else axes) or None)


def astype(self: Any, dtype: Any) -> Any:
    return basic.cast(as_tensor(self), numpy_dtype(dtype))


def tolist(self: Any) -> Any:
    return np.asarray(self).tolist()


METHODS = {
    "T": property(_tnp_arrays.transpose), "size": property(_tnp_arrays.size), "data": property(lambda self: self), "reshape": reshape,
    "transpose": transposed, "astype": astype, "tolist": tolist, "ravel": _tnp_arrays.ravel, "flatten": _tnp_arrays.flatten,
    "clip": _tnp_elementwise.clip, "max": _tnp_reduce.max, "min": _tnp_reduce.min, "mean": _tnp_reduce.mean,
}  # fmt: skip
ORIGINAL = {
    name: getattr(Tensor, name)
    for name in (*operators.OPERATORS, *operators.PLAIN)
    if name not in ("__neg__", "__invert__", "__abs__", "__pos__", "__iter__")
}
