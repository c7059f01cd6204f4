"""Elementwise operations with static parameters, whose derivatives are operations of the same family."""

from __future__ import annotations

from collections.abc import Callable

from ..core.primitive import Partial, Primitive
from ..core.shapes import Spec, broadcast_shapes
from .basic import add, expand, zmul


def closed(operation: Primitive, **slopes: Callable) -> None:
    """Make it an elementwise operation with static parameters: slopes say its derivatives, and may name the parameters."""
    operation.elementwise = True
    operation.partials = {arg: Partial(slope) for arg, slope in slopes.items()}

    @operation.shape
    def shape(*specs, **params):
        return Spec(broadcast_shapes(*(s.shape for s in specs), op=operation.name), specs[0].dtype)

    @operation.jvp
    def jvp(y, ts, *args, **params):
        known = dict(zip(operation.args, args, strict=True), y=y, **params)
        total = None
        for arg, t in zip(operation.args, ts, strict=True):
            if t is not None and arg in operation.partials:
                partial = operation.partials[arg]
                term = zmul(t, partial.function(*[known[name] for name in partial.names]))
                total = term if total is None else add(total, term)
        return total if total is None else expand(total, y.dims)
