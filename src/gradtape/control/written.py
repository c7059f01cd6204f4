"""Variables that a loop writes: it carries their values, and a step reads them as it would outside.

What a step reads was assigned by the step before, but its cotangent belongs to the variable and not to what was assigned. So the
value that is carried passes nothing back; a constant of the loop, the variable as it was read before, takes the cotangents of all
steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from ..core.shapes import Spec
from ..core.variable import Variable
from ..graph.ir import Value
from ..graph.rule import as_read
from .region import Region, can_move, key_of, operand, output_specs


class Written:
    """The variables that a loop writes, among what it takes from outside."""

    def __init__(self, written: Sequence[Variable], sources: Sequence[Any]):
        keys = [key_of(s) for s in sources]
        self.variables = written
        self.places = [keys.index(key_of(v)) for v in written]
        self.rest = [k for k in range(len(sources)) if k not in self.places]
        self.starts = [operand(v) for v in written]
        self.read = [k for k, x in enumerate(self.starts) if can_move(Spec(x.dims, x.dtype.numpy_dtype))]

    def constants(self, sources: Sequence[Any]) -> list[Any]:
        """What the loop takes and does not carry."""
        return [*[operand(sources[k]) for k in self.rest], *[self.starts[k] for k in self.read]]

    def carried_by(self, region: Region, first: int, between: int) -> Region:
        """The region with the variables behind its `first` carried inputs; `between` further inputs stand before the constants."""
        if not self.variables:
            return region
        graph = region.graph
        own, split = first, first + between
        taken = graph.inputs[split:]
        fresh = count(1 + max(v.number for v in (*graph.inputs, *(v for node in graph.nodes for v in node.outputs))))
        carried = [taken[k] for k in self.places]
        nodes, befores = [], []
        for k in self.read:
            now = carried[k]
            carried[k], before = Value(next(fresh), now.spec), Value(next(fresh), now.spec)
            nodes.append(as_read(carried[k], before, now))
            befores.append(before)
        inputs = (*graph.inputs[:own], *carried, *graph.inputs[own:split], *[taken[k] for k in self.rest], *befores)
        return Region(graph._replace(inputs=inputs, nodes=(*nodes, *graph.nodes)))

    def check(self, region: Region) -> None:
        """A loop can carry only what keeps its shape and dtype."""
        after = output_specs(region)[len(region.graph.outputs) - len(self.variables) :]
        for variable, x, spec in zip(self.variables, self.starts, after, strict=True):
            if repr(tuple(x.dims)) != repr(spec.shape):
                raise ValueError(
                    f"while_loop: {variable.name} has shape {list(x.dims)} before the loop, but is given shape {list(spec.shape)} in a "
                    "step. Inside tf.function a loop can write only variables that keep their shape: carry the tensor as a loop "
                    "variable with `shape_invariants=`, and assign it after the loop."
                )
