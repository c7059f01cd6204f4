"""tf.gradients inside a function: derivatives of what was traced before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..autodiff.tape import GradientTape
from ..batching import vectorized_map
from ..core.context import levels
from ..core.tensor import tensor, to_tensor
from ..core.variable import Variable
from ..ops.basic import fill_like, reshape
from .ir import Value
from .replay import HERE, run
from .trace import Trace


def present_trace() -> Trace | None:
    """The trace that runs now, if one does."""
    return next((level for level in reversed(levels()) if isinstance(level, Trace)), None)


def gradients_of_trace(
    trace: Trace, ys: Sequence[Any], xs: Sequence[Any], grad_ys: Sequence[Any] | None, stops: Sequence[Any], zero: bool
) -> list[Any]:
    """d(sum of ys)/dx for each x, by running what leads from the xs to the ys once more on a tape.

    The operations that then stand twice in the graph are merged by its passes.
    """
    places = [number_of(trace, x) for x in xs]
    stopped = {number_of(trace, x) for x in stops}
    with GradientTape(watch_accessed_variables=False) as tape:
        known = again(trace, tape, set(places), stopped)
        targets = [known.get(number_of(trace, y)) for y in ys]
    given = grad_ys or [None] * len(ys)
    pairs = [(t, ones_for(t) if g is None else to_tensor(g)) for t, g in zip(targets, given, strict=True) if t is not None]
    found = tape.gradients(pairs, [known[place] for place in places]) if pairs else [None] * len(xs)
    return [fill_like(to_tensor(x), 0) if g is None and zero else g for g, x in zip(found, xs, strict=True)]


def ones_for(x: Any) -> Any:
    return fill_like(x, 1)


def number_of(trace: Trace, x: Any) -> int:
    if isinstance(x, Variable):
        return trace.capture(("variable", id(x)), x).number
    return trace.operand(to_tensor(x)).number


def again(trace: Trace, tape: GradientTape, sources: set[int], stopped: set[int]) -> dict[int, Any]:
    """The values that depend on the sources, computed under the tape; the sources themselves are watched."""
    known: dict[int, Any] = {}

    def keep(value: Value, x: Any) -> None:
        if value.number in sources:
            tape.watch_one(x)
        known[value.number] = x

    def operand(x: Any) -> Any:
        if not isinstance(x, Value):
            return tensor(x)
        return known[x.number] if x.number in known else trace.wrap(x)

    given = [*trace.inputs, *(value for value, _ in trace.captured.values()), *(v for node in trace.nodes for v in node.outputs)]
    nodes = list(trace.nodes)
    for value in given:
        if value.number in sources:
            keep(value, trace.wrap(value))
    for node in nodes:
        if not any(isinstance(x, Value) and x.number in known for x in node.inputs) or not node.outputs:
            continue
        if all(v.number in stopped for v in node.outputs):
            continue
        args = tuple(operand(x) for x in node.inputs)
        out = run(node.primitive, args, node.params, node.site or HERE)
        for value, x in zip(node.outputs, out if type(out) is tuple else (out,), strict=True):
            keep(value, x)
    return known


def hessian_of_trace(trace: Trace, ys: Sequence[Any], x: Any) -> Any:
    """The second derivatives of the sum of ys, of x's shape twice over."""
    (first,) = gradients_of_trace(trace, ys, [x], None, (), True)
    size = int(np.prod(first.dims))
    units = tensor(np.eye(size, dtype=first.dtype.numpy_dtype).reshape(size, *first.dims))
    rows = vectorized_map(lambda unit: gradients_of_trace(trace, [first], [x], [unit], (), True)[0], units)
    return reshape(rows, (*first.dims, *first.dims))
