"""Python functions as nodes of a graph: tf.py_function and tf.numpy_function while a function is traced.

What shape they return is not known before they run. So the first run happens while tracing, with the values of the call that is being
traced, and its results serve that call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..autodiff.forward import ForwardAccumulator
from ..autodiff.tape import GradientTape
from ..batching import loop
from ..core.context import current_context, levels, replace_levels, site_outside
from ..core.dispatch import bind, spec_of
from ..core.errors import invalid
from ..core.primitive import Primitive
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._data import unknown_extent
from ..ops.basic import fill_like
from .settle import current, glimpsed
from .symbol import Symbol
from .trace import Trace


class Tensors:
    """A function of tensors as one of arrays; it runs outside all traces."""

    first: Any = None  # a FirstRun of this function

    def __init__(self, function: Callable[..., Sequence[Any]]):
        self.function = function

    def __call__(self, *arrays: np.ndarray) -> tuple[np.ndarray, ...]:
        token = replace_levels(())
        try:
            return tuple(x.value for x in self.run([tensor(np.array(a)) for a in arrays]))
        finally:
            current_context.reset(token)

    def run(self, xs: Sequence[Tensor]) -> Sequence[Any]:
        return self.function(*xs)


class Pulled(Tensors):
    """(inputs, cotangents) -> gradients of the inputs, zeros where there is none."""

    def __init__(self, function: Tensors, count: int):
        self.inner, self.count = function, count

    def run(self, xs: Sequence[Tensor]) -> Sequence[Any]:
        inputs, gs = xs[: self.count], xs[self.count :]
        with GradientTape(watch_accessed_variables=False) as tape:
            for x in inputs:
                tape.watch(x)
            ys = self.inner.run(inputs)
        found = tape.gradients([(y, g) for y, g in zip(ys, gs, strict=True) if inexact(y)], list(inputs))
        return [fill_like(x, 0) if g is None else to_tensor(g) for g, x in zip(found, inputs, strict=True)]


class Pushed(Tensors):
    """(inputs, tangents) -> tangents of the results, zeros where there is none."""

    def __init__(self, function: Tensors, count: int):
        self.inner, self.count = function, count

    def run(self, xs: Sequence[Tensor]) -> Sequence[Any]:
        inputs, ts = xs[: self.count], xs[self.count :]
        moving = [k for k, x in enumerate(inputs) if inexact(x)]
        with ForwardAccumulator([inputs[k] for k in moving], [ts[k] for k in moving]) as accumulator:
            ys = self.inner.run(inputs)
        found = [accumulator.jvp(y) for y in ys]
        return [fill_like(y, 0) if t is None else t for t, y in zip(found, ys, strict=True)]


def inexact(x: Any) -> bool:
    return x.dtype.is_floating or x.dtype.is_complex


def kernel(*arrays: np.ndarray, function: Tensors, specs: Any) -> tuple[np.ndarray, ...]:
    return (function.first or function)(*arrays)


def shape(*given: Spec, function: Tensors, specs: Any) -> Any:
    return specs


def vjp(g: Any, xs: Any, y: Any, function: Tensors, specs: Any) -> list[Any]:
    gs = [fill_like(r, 0) if d is None else d for d, r in zip(g, y, strict=True)]
    gradients = run_python([*xs, *gs], Pulled(function, len(xs)), tuple(spec_of(x) for x in xs))
    return [d if inexact(x) else None for d, x in zip(gradients, xs, strict=True)]


def jvp(y: Any, ts: Any, *xs: Any, function: Tensors, specs: Any) -> Any:
    whole = [fill_like(x, 0) if t is None else t for t, x in zip(ts, xs, strict=True)]
    tangents = run_python([*xs, *whole], Pushed(function, len(xs)), specs)
    return tuple(t if inexact(r) else None for t, r in zip(tangents, y, strict=True))


def batch(size: int, batched: Any, *xs: Any, **params: Any) -> Any:
    return loop(size, RUN_PYTHON, batched, xs, params)


def run_python(xs: Sequence[Any], function: Tensors, specs: Any) -> tuple[Any, ...]:
    return bind(RUN_PYTHON, tuple(xs), {"function": function, "specs": specs}, levels(), site_outside())


def made() -> Primitive:
    primitive = Primitive("run_python", kernel, ("xs",))
    primitive.variadic, primitive.results, primitive.ordered = True, True, True
    primitive.param_names = ("function", "specs")
    primitive.shape_rule, primitive.joint_vjp, primitive.jvp_rule, primitive.batch_rule = shape, vjp, jvp, batch
    primitive.function = lambda *xs, function, specs: run_python(xs, function, specs)
    primitive.freeze()
    return primitive


RUN_PYTHON = made()


# -- what they return -----------------------------------------------------------------------------------------------
class FirstRun:
    """Gives the results of a run that has happened already to the next call, if it has the same arguments."""

    def __init__(self, function: Callable[..., Any]):
        self.function = function
        self.pending: list[tuple[list[np.ndarray], Any]] = []

    def now(self, arrays: list[np.ndarray]) -> Any:
        results = self.function(*arrays)
        self.pending.append((arrays, results))
        return results

    def __call__(self, *arrays: np.ndarray) -> Any:
        if self.pending:
            given, results = self.pending.pop()
            if all(
                a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
                for a, b in zip(given, arrays, strict=True)
            ):
                return results
        return self.function(*arrays)


def traced_python(
    trace: Trace, function: Callable[..., Any], xs: Sequence[Any], shapes: Sequence[Any], op: str
) -> tuple[Any, Any]:
    """(the function, the specs of its results): `shapes` are Specs, or dtypes where the shape is not given."""
    if all(isinstance(s, Spec) for s in shapes):
        return function, tuple(shapes)
    arrays = [array_now(trace, x) for x in xs]
    if any(a is None for a in arrays):
        raise invalid(
            op,
            f"{op}: what shape {function!r} returns is not known while a function is traced without values: write "
            "Tout=tf.TensorSpec(shape, dtype)",
        )
    first = FirstRun(function)
    results = first.now([np.array(a) for a in arrays])
    fixed = not any(isinstance(n, Dim) for v in trace.inputs for n in v.spec.shape)
    return first, tuple(spec_of_result(r, fixed) for r in results)


def spec_of_result(x: np.ndarray, fixed: bool) -> Spec:
    return Spec(x.shape if fixed else tuple(unknown_extent("python") for _ in x.shape), x.dtype)


def array_now(trace: Trace, x: Any) -> np.ndarray | None:
    found = glimpsed(trace, x) if isinstance(x, Symbol) and x.level is trace else current(x)
    return found.value if type(found) is Tensor else None
