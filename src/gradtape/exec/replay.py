"""Replay: a function that changes variables, recorded once and run again without its Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..core import variable as variables
from ..core.context import State, current, with_state
from ..core.shapes import Spec
from ..core.tensor import Tensor
from ..core.variable import Variable, unshared
from ..graph.ir import Value
from ..graph.trace import Trace, trace
from .straight import Place, Straight, straight


class Replay:
    """An update of variables, recorded from `fn` on tensors like `examples` and run without it from then on.

    `fn` runs once, on symbols: its Python must not depend on the values, and what it does besides reading and assigning
    variables is not repeated. Its result is not used. The numbers are those that `fn` gives, to the last bit.

    Raises:
        OperatorNotAllowedInGraphError: where `fn` asks for a value (`if`, `float`, NumPy).
        ValueError: where `fn` has effects besides those on variables, or changes variables of changing shapes.

    >>> v = tf.Variable([1.0, 2.0])
    >>> step = tf.experimental.Replay(lambda g: v.assign(v - 0.5 * g), [tf.constant([0.0, 0.0])])
    >>> step(tf.constant([2.0, 2.0])), step(tf.constant([2.0, 2.0]))
    (True, True)
    >>> v.numpy()
    array([-1.,  0.], dtype=float32)
    """

    __slots__ = ("specs", "variables", "line")
    specs: list[tuple[Any, Any]]
    variables: list[Variable]
    line: Straight

    def __init__(self, fn: Callable, examples: Sequence[Tensor]):
        self.specs = [(x.value.shape, x.value.dtype) for x in examples]
        found = Places()
        graph, _ = trace(partial(run_on, found, fn), [Spec(*spec) for spec in self.specs])
        if any(node.primitive.ordered for node in graph.nodes):
            raise ValueError("Replay records operations without effects and assignments to variables; this function has others.")
        if any(v._shape is not None for v in found.variables):
            raise ValueError("Replay needs variables whose shapes do not change.")
        self.variables = found.variables
        self.line = straight(graph, [Place(found.starts[id(v)], x) for v, x in zip(found.variables, graph.outputs, strict=True)])

    def __call__(self, *tensors: Tensor) -> bool:
        """Run the update; False, and nothing is done, where something listens or the tensors differ from the examples."""
        if current() is not None:
            return False
        arrays = []
        for x, (shape, dtype) in zip(tensors, self.specs, strict=True):
            if type(x) is not Tensor or x.value.shape != shape or x.value.dtype != dtype:
                return False
            arrays.append(x.value)
        with variables.WRITING:  # of this buffers' memory too, which two runs must not share
            for v, written in zip(self.variables, self.line.written, strict=True):
                if written:
                    v.reader = 0
                    if not unshared(v):
                        v.value_ = np.array(v.value_)
            self.line.run(arrays, [v.value_ for v in self.variables])
        return True


class Places(State):
    """Variables while an update is recorded: readings are symbols, and assignments change what is read."""

    __slots__ = ("variables", "starts", "values")

    def __init__(self) -> None:
        self.variables: list[Variable] = []
        self.starts: dict[int, Value] = {}
        self.values: dict[int, Any] = {}

    def read(self, variable: Variable) -> Any:
        if id(variable) not in self.values:
            level = recording()
            start = level.new_value(Spec(variable.value_.shape, variable.value_.dtype))
            self.variables.append(variable)
            self.starts[id(variable)] = start
            self.values[id(variable)] = level.wrap(start)
        return self.values[id(variable)]

    def write(self, variable: Variable, value: Any) -> bool:
        self.read(variable)
        level = recording()
        self.values[id(variable)] = level.wrap(level.operand(value))
        return True


def run_on(places: Places, fn: Callable, *symbols: Any) -> tuple:
    with_state(places, fn, *symbols)
    return tuple(places.values[id(v)] for v in places.variables)


def recording() -> Trace:
    """The trace that runs."""
    context = current()
    level = None if context is None else context.levels[-1]
    if not isinstance(level, Trace):
        raise ValueError("Replay records functions in which no tape, map or accumulator runs.")
    return level
