"""Ways to state an operation: a line for an elementwise one, a block for the rest.  `docs/develop/operations.md` explains."""

from __future__ import annotations

import importlib
import linecache
import os
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from ..core.dtypes import ANY, BOOL, COMPLEX, FLOATS, FLOATS_COMPLEX, INTEGERS, NUMBERS, REALS
from ..core.primitive import MINUS_ONE, ONE, REGISTRY, REQUIRED, Partial, Primitive, Static
from ..core.shapes import Spec, broadcast_shapes
from ..core.template import module_text

__all__ = [
    "ANY", "BOOL", "COMPLEX", "FLOATS", "FLOATS_COMPLEX", "INTEGERS", "MINUS_ONE", "NUMBERS", "ONE", "REALS",
    "Partial", "binary", "bounded", "comparison", "fused", "mask", "primitive", "provide", "publish", "unary",
]  # fmt: skip


CO_VARARGS = 4  # inspect.CO_VARARGS


# -- elementwise ------------------------------------------------------------------------------------------
def bounded(function: Callable) -> Partial:
    """A local derivative that is finite wherever the operation is: needs no guard against 0 * inf."""
    return Partial(function, "bounded")


def mask(function: Callable) -> Partial:
    """A local derivative that is 1 where the boolean function holds, else 0."""
    return Partial(function, "mask")


def unary(name: str, kernel: Callable, d: Any = None, **facts: Any) -> Any:
    """y = f(x); d is dy/dx."""
    return elementwise(name, kernel, ("x",), {"x": d}, facts)


def binary(name: str, kernel: Callable, a: Any = None, b: Any = None, **facts: Any) -> Any:
    """y = f(a, b), broadcasting; a and b are dy/da and dy/db."""
    facts.setdefault("public", ("x", "y"))
    facts.setdefault("numbers", ("a", "b"))
    return elementwise(name, kernel, ("a", "b"), {"a": a, "b": b}, facts)


def comparison(name: str, kernel: Callable, **facts: Any) -> Any:
    return binary(name, kernel, result_dtype=np.dtype(bool), **facts)


def elementwise(name: str, kernel: Callable, args: tuple[str, ...], partials: dict[Any, Any], facts: dict[Any, Any]) -> Primitive:
    out = Primitive(name, kernel, args)
    out.elementwise = True
    out.dtypes = NUMBERS
    out.doc = ""
    out.partials = {arg: partial for arg, partial in partials.items() if partial is not None}
    out.differentiable = bool(out.partials)
    out.shape_rule = elementwise_shape(out)
    return stated(out, facts)


def elementwise_shape(primitive: Primitive) -> Callable:
    def rule(*specs: Spec) -> Spec:
        dtype = primitive.result_dtype
        if dtype is None:
            dtype = specs[0].dtype
        elif not isinstance(dtype, np.dtype):
            dtype = dtype(*(s.dtype for s in specs))
        return Spec(broadcast_shapes(*(s.shape for s in specs), op=primitive.name), dtype)

    return rule


# -- structured and fused -------------------------------------------------------------------------------------
def primitive(kernel: Callable | None = None, **facts: Any) -> Any:
    """The decorated function is the kernel, on arrays; its rules follow as decorators."""
    if kernel is None:
        return lambda kernel: primitive(kernel, **facts)
    return stated(from_signature(kernel), facts)


def fused(body: Callable | None = None, **facts: Any) -> Any:
    """The decorated function is the meaning, in ordinary operations; kernels and rules are given where they are faster."""
    if body is None:
        return lambda body: fused(body, **facts)
    out = from_signature(body)
    out.kernel = None
    out.body = body
    return stated(out, facts)


def from_signature(function: Callable) -> Primitive:
    """Positional parameters are tensors, keyword-only ones static (read off the code object: `inspect.signature` is slow)."""
    code = function.__code__
    count = code.co_argcount
    tensors = code.co_varnames[:count]
    statics = code.co_varnames[count : count + code.co_kwonlyargcount]
    if code.co_flags & CO_VARARGS:
        tensors = (*tensors, code.co_varnames[count + len(statics)])
    defaults = function.__kwdefaults__ or {}
    return Primitive(function.__name__, function, tensors, [Static(name, defaults.get(name, REQUIRED)) for name in statics])


RENAMED = {"jvp": "jvp_rule", "batch": "batch_rule", "shape": "shape_rule", "canonical": "canonical_rule"}
FACTS = {"public", "dtypes", "doc", "linear", "numbers", "same", "results", "variadic", "ordered", "differentiable",
         "result_dtype", "adapt", "depth", "label", "refusals", *RENAMED}  # fmt: skip


def stated(out: Primitive, facts: dict[Any, Any]) -> Primitive:
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"{out.name}: there is no fact called {sorted(unknown)}; there are {sorted(FACTS)}")
    for name, value in facts.items():
        setattr(out, str(RENAMED.get(name, name)), tuple(value) if name in ("public", "numbers", "same") else value)
    if "public" not in facts:
        out.public = out.args
    if len(out.public) != len(out.args):
        raise TypeError(f"{out.name}: public {out.public} must name each of {out.args}")
    return out


# -- publishing: descriptions become functions ------------------------------------------------------------------
TOOLS: dict[str, Any] = {}  # what the generated backward steps call; the basic family provides them
MODULES: list[ModuleType] = []
TEXTS: dict[str, str] = {}  # what was generated in this process
FRESH = os.environ.get("GRADTAPE_FRESH_CALLS", "") not in ("", "0")


def provide(**tools: Any) -> None:
    TOOLS.update(tools)
    for module in MODULES:
        vars(module).update(tools)


def publish(namespace: dict[str, Any]) -> None:
    """Replace each Primitive in an ops file by its public function."""
    family = namespace["__name__"].rpartition(".")[2]
    primitives = declared(namespace)
    for p in primitives:
        p.freeze()
        p.module = namespace["__name__"]
        if REGISTRY.setdefault(p.name, p) is not p:
            raise TypeError(f"two operations are called {p.name}: in {REGISTRY[p.name].module} and {p.module}")
    module = family_module(family, lambda: module_text(family, primitives))
    MODULES.append(module)
    vars(module).update(TOOLS)
    for p in primitives:
        connect(p, module)
        namespace[p.name] = p.function


def declared(namespace: dict[str, Any]) -> list[Primitive]:
    return [p for key, p in namespace.items() if isinstance(p, Primitive) and key == p.name and not p.module]


def family_module(family: str, text: Callable[[], str]) -> ModuleType:
    """The generated functions of a family: the committed file, or the text made now."""
    name = f"{__package__}._calls.{family}"
    if not FRESH:
        return importlib.import_module(name)
    TEXTS[family] = text()
    return module_from_text(name, TEXTS[family])


def module_from_text(name: str, text: str) -> ModuleType:
    module = ModuleType(name)
    module.__package__ = name.rpartition(".")[0]
    file = f"<{name}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    exec(compile(text, file, "exec"), vars(module))
    sys.modules[name] = module
    return module


def connect(p: Primitive, module: ModuleType) -> None:
    """Give the generated functions what they name, and the primitive its functions."""
    space = vars(module)
    connect_as(p.name, p, space)
    space.update({f"{p.name}_vjp_{arg}": rule for arg, rule in p.vjps.items()})
    space.update({f"{p.name}_d_{arg}": part.function for arg, part in p.partials.items() if isinstance(part, Partial)})
    p.function = space[p.name]
    p.function.__module__ = p.module
    p.function.primitive = p
    p.back = space.get(f"{p.name}_back")


def connect_as(name: str, p: Primitive, space: dict[str, Any]) -> None:
    """What the straight line of one function names."""
    space[f"{name}_primitive"] = p
    space[f"{name}_kernel"] = p.kernel
    space[f"{name}_body"] = p.body
    space[f"{name}_canonical"] = p.canonical_rule
    space[f"{name}_dtypes"] = p.dtypes
