"""Building graphs: run a Python function on Symbols, values that know only their shape and dtype."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.context import Level, Site, enter, leave
from ..core.dtypes import OF_NUMPY
from ..core.errors import OperatorNotAllowedInGraphError
from ..core.primitive import Primitive
from ..core.shapes import Spec
from ..core.structures import flatten
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from .ir import Graph, Node, Value


class Symbol(Tensor):
    """A value that a traced function will have: `value` is its Value in the graph of `level`."""

    __slots__ = ("level",)
    level: Trace

    @property
    def dims(self) -> tuple[Any, ...]:
        return self.value.spec.shape

    @property
    def dtype(self) -> Any:
        return OF_NUMPY[self.value.spec.dtype]

    @property
    def kind(self) -> str:
        return self.value.spec.dtype.kind

    def escape(self) -> np.ndarray:
        raise OperatorNotAllowedInGraphError(
            "a symbolic value has no numbers yet: NumPy, float(), bool() and Python's if cannot use it while a function is traced"
        )

    def __repr__(self) -> str:
        return f"<tf.Tensor: shape={tuple(self.shape)}, dtype={self.dtype.name}, symbolic>"

    __str__ = __repr__


class Trace(Level):
    """Collects nodes while a function runs on symbols."""

    __slots__ = ("nodes", "count", "captured")
    count: int

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.count = 0
        self.captured: dict[int, tuple[Value, Any]] = {}  # id of what came from outside -> (its value here, itself)

    def new_value(self, spec: Spec) -> Value:
        self.count += 1
        return Value(self.count - 1, spec)

    def wrap(self, value: Value) -> Symbol:
        out = Symbol()
        out.value, out.level, out.id = value, self, 0
        return out

    def owns(self, args: Any) -> bool:
        return any(type(a) is Symbol and a.level is self for a in args)

    def takes(self, primitive: Primitive) -> bool:
        return primitive.shape_rule is not None

    def operand(self, x: Any) -> Any:
        """What stands in a node for an argument: a Value of this graph."""
        if type(x) is Symbol and x.level is self:
            return x.value
        if id(x) not in self.captured:
            self.captured[id(x)] = (self.new_value(Spec(x.dims, x.dtype.numpy_dtype)), x)
        return self.captured[id(x)][0]

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        operands = tuple(map(self.operand, args))
        specs = primitive.shape_rule(*(v.spec for v in operands), **params)  # type: ignore[misc]
        values = tuple(map(self.new_value, specs if type(specs) is tuple else (specs,)))
        self.nodes.append(Node(primitive, operands, params, values, site))
        outs = tuple(map(self.wrap, values))
        return outs if type(specs) is tuple else outs[0]

    def read_into(self, variable: Variable, identity: int) -> int:
        return identity


def trace(fn: Callable, specs: Sequence[Spec]) -> tuple[Graph, Any]:
    """The graph of fn on values of these specs, and the structure of its results."""
    level = Trace()
    inputs = tuple(level.new_value(s) for s in specs)
    enter(level)
    try:
        flat, treedef = flatten(fn(*map(level.wrap, inputs)))
        outputs = tuple(level.operand(to_tensor(x)) for x in flat)
    finally:
        leave(level)
    return Graph(inputs, tuple(level.nodes), outputs, tuple(level.captured.values())), treedef


def eval_shape(fn: Callable, *specs: Spec) -> Any:
    """The specs of fn's results, without computing them."""
    graph, treedef = trace(fn, specs)
    return treedef.unflatten([v.spec for v in graph.outputs])


def shape_of_body(primitive: Primitive) -> Callable:
    """The shape facet that a body implies."""

    def rule(*specs: Spec, **params: Any) -> Any:
        return eval_shape(lambda *xs: primitive.body(*xs, **params), *specs)  # type: ignore[misc]

    return rule
