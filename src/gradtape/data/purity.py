"""Can a user's function run once for a whole batch instead of once for each element?

Only where nobody could tell the difference: its code calls gradtape's operations on its arguments and on constants and
does nothing else (no assignment outside, no import, no random number, no printing, no unknown object), and a trace of it
shows only operations without effects that have a rule for batches.
"""

from __future__ import annotations

import dis
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from ..core.dtypes import DType
from ..core.shapes import Spec, TensorShape
from ..core.tensor import Tensor
from ..graph.trace import trace

CONSTANTS = (
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    type(None),
    np.number,
    np.bool_,
    np.dtype,
    np.ndarray,
    DType,
    Tensor,
    TensorShape,
)
BUILTINS = (len, range, int, float, bool, tuple, abs, min, max, zip, enumerate, sum, isinstance, dict)
ACTIONS = (
    "STORE_",
    "DELETE_",
    "IMPORT_",
    "MAKE_",
    "YIELD",
    "SEND",
    "RAISE",
    "BEFORE_",
    "LOAD_SPECIAL",
    "LOAD_BUILD",
    "LOAD_NAME",
)
HARMLESS = ("STORE_FAST",)
LOADS = ("LOAD_GLOBAL", "LOAD_DEREF", "LOAD_ATTR", "LOAD_METHOD")
METHODS = frozenset({"shape", "dtype", "ndim", "rank", "get_shape", "as_list", "ndims", "name", "items", "values", "keys", "get"})
STATEFUL = frozenset({"Variable", "print", "py_function", "numpy_function", "timestamp", "GradientTape", "vectorized_map"})
DRAWING = ("random", "dropout", "_draws", "_streams", "generator")  # modules whose functions draw random numbers
ROOTS = ("gradtape", "tensorflow", "numpy")
GENERATOR = 0x20 | 0x80 | 0x200
DEPTH = 8


def is_plain(fn: Any, above: tuple[Any, ...] = ()) -> bool:
    """Does the code of fn nothing but call operations on its arguments and on constants?"""
    if not isinstance(fn, FunctionType) or fn.__kwdefaults__ or fn.__code__.co_flags & GENERATOR or len(above) > DEPTH:
        return False
    if fn.__code__ in above:
        return True
    above = (*above, fn.__code__)
    return all([allowed(value, above) for value in fn.__defaults__ or ()]) and all([allowed(v, above) for v in uses(fn)])


def uses(fn: FunctionType) -> list[Any]:
    """The objects from outside that the code of fn names, modules followed to what is asked of them; `fn` itself for an act."""
    cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=True))
    out: list[Any] = []
    for step in dis.get_instructions(fn.__code__):
        if step.opname.startswith(ACTIONS) and not step.opname.startswith(HARMLESS):
            return [dis]
        if step.opname == "LOAD_GLOBAL":
            out.append(global_named(fn, step.argval))
        elif step.opname == "LOAD_DEREF" and step.argval in cells:
            out.append(cells[step.argval].cell_contents)
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            if out and is_ours(out[-1]):
                out[-1] = getattr(out[-1], step.argval, dis)
            elif step.argval not in METHODS:
                return [dis]
    return out


def global_named(fn: FunctionType, name: str) -> Any:
    return fn.__globals__.get(name, fn.__builtins__.get(name, dis))


def is_ours(value: Any) -> bool:
    return isinstance(value, ModuleType) and value.__name__.partition(".")[0] in ROOTS


def allowed(value: Any, above: tuple[Any, ...]) -> bool:
    """A constant, an operation of ours, or a function that is plain itself."""
    if isinstance(value, CONSTANTS) or any([value is known for known in BUILTINS]):
        return True
    if isinstance(value, type):
        return issubclass(value, np.generic)
    if isinstance(value, FunctionType) and str(value.__module__).startswith("gradtape."):
        return not any([word in value.__module__ for word in DRAWING]) and value.__name__ not in STATEFUL
    return is_plain(value, above)


def has_batch_rules(call: Callable, specs: Sequence[Spec]) -> bool:
    """Does a trace of `call` show only operations that a whole batch can go through?"""
    try:
        graph, _ = trace(call, specs)
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RuntimeError):
        return False  # what it does is not for symbols: it runs element by element
    primitives = [node.primitive for node in graph.nodes]
    return all([not p.ordered and (p.elementwise or p.batch_rule not in (None, "loop")) for p in primitives])
