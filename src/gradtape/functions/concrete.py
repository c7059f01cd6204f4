"""One traced signature: the graph, the plans for its sizes, and how a call goes through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from sys import getrefcount
from typing import Any

import numpy as np

from ..core import variable as variables
from ..core.composite import CompositeTensor
from ..core.context import Site, current
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import Spec, TensorShape
from ..core.structures import flatten, pack
from ..core.tensor import Tensor, is_tensor, leaked, tensor, to_tensor
from ..core.variable import Variable, unshared
from ..exec import prepared
from ..graph.ir import Graph, spec_of_operand
from ..graph.sizes import sizes_of, substitute
from ..graph.trace import record
from .call import GraphCall, call
from .quick_call import Result
from .signature import Call, put_together

FIRST_CALL_ONLY = (
    "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only created once or "
    "created outside tf.function: in an object's __init__, or guarded by `if self.v is None`."
)


class Outputs:
    """The structure of a function's results, and what stands in it."""

    def __init__(self) -> None:
        self.structure: Any = None
        # a Result; (IndexedSlices, Result, Result, dense shape); (CompositeTensor, Result, itself); or an object that is no tensor
        self.items: list[Any] = []
        self.count = 0

    def taken(self, result: Any) -> list[Any]:
        """The tensors in a result; everything else is remembered."""
        leaves, self.structure = flatten(result)
        tensors: list[Any] = []
        for x in leaves:
            self.items.append(self.item(x, tensors))
        self.count = len(tensors)
        return tensors

    def item(self, x: Any, tensors: list[Any]) -> Any:
        if isinstance(x, IndexedSlices):
            tensors += [x.values, x.indices]
            return IndexedSlices, Result(len(tensors) - 2), Result(len(tensors) - 1), x.dense_dims
        if isinstance(x, CompositeTensor):
            tensors.append(x.differentiated)
            return CompositeTensor, Result(len(tensors) - 1), x
        if isinstance(x, (int, float, complex, bool, str, bytes, np.ndarray, np.generic)) or is_tensor(x):
            tensors.append(to_tensor(x))
            return Result(len(tensors) - 1)
        if isinstance(x, TensorShape) and x.is_fully_defined():
            return self.item(np.array(x, np.int32), tensors)
        if x is None:
            return None
        raise TypeError(
            "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or None values; "
            f"found return value of type {type(x).__name__}, which is not a Tensor. Return what it is made of, or keep it outside."
        )

    @property
    def plain(self) -> bool:
        return not any(type(item) is tuple and item and item[0] in (IndexedSlices, CompositeTensor) for item in self.items)

    def packed(self, tensors: Sequence[Any]) -> Any:
        return pack(self.structure, [self.leaf(item, tensors) for item in self.items])

    def leaf(self, item: Any, tensors: Sequence[Any]) -> Any:
        if isinstance(item, Result):
            return tensors[item.place]
        if type(item) is tuple and item and item[0] is IndexedSlices:
            return IndexedSlices(tensors[item[1].place], tensors[item[2].place], item[3])
        if type(item) is tuple and item and item[0] is CompositeTensor:
            return item[2].with_differentiated(tensors[item[1].place])
        return item


class Concrete:
    """A function traced for one signature."""

    def __init__(self, name: str, function: Callable, given: Call, specs: Sequence[Spec]):
        self.name, self.given = name, given
        self.outputs = Outputs()

        def flat(*symbols: Any) -> list[Any]:
            args, kwargs = put_together(given, symbols)
            return self.outputs.taken(function(*args, **kwargs))

        traced = record(flat, specs, given.tensors)
        self.graph = traced.graph
        self.made = traced.level.store.made_here
        self.sizes: dict[tuple[Any, ...], Sized] = {}
        self.flexible = [
            (v, source) for v, source in self.graph.captured if isinstance(source, Variable) and source._shape is not None
        ]

    def lost_variables(self) -> bool:
        """Were variables made that nobody kept?"""
        captured = [id(source) for _, source in self.graph.captured]
        return any(holders(self.made, k) <= HELD + captured.count(id(self.made[k])) for k in range(len(self.made)))

    def fits(self) -> bool:
        """Have the variables the shapes for which this was traced?"""
        return all(source.dims == value.spec.shape for value, source in self.flexible)

    def sized(self, tensors: Sequence[Any]) -> Sized:
        shapes = tuple([x.dims for x in tensors])
        found = self.sizes.get(shapes)
        if found is None:
            graph = substitute(self.graph, sizes_of([v.spec for v in self.graph.inputs], shapes))
            found = self.sizes[shapes] = Sized(self.name, graph)
        return found

    def run(self, tensors: Sequence[Any], site: Site) -> Any:
        sized = self.sized(tensors)
        return self.outputs.packed(sized.alone(tensors) if current() is None else sized.heard(tensors, site))


def holders(made: list[Any], k: int) -> int:
    variable = made[k]
    return getrefcount(variable)


HELD = holders([Variable(0.0)], 0)


class Sized:
    """A graph whose extents are known, as a plan and as an operation."""

    def __init__(self, name: str, graph: Graph):
        self.name, self.graph = name, graph
        self.sources = [source for _, source in graph.captured]
        self.first = len(graph.results)
        self.quick_written = False
        self.written = [(self.sources[position - len(graph.inputs)], output) for position, output in graph.updates]
        self.in_place = [graph.arguments[k].spec == spec_of_operand(graph.outputs[output]) for k, output in graph.updates]

    @cached_property
    def plan(self) -> Any:
        return prepared(self.graph)

    @cached_property
    def operation(self) -> GraphCall:
        """The graph without variables: they are read before it and written after it."""
        open_ = Graph(self.graph.arguments, self.graph.nodes, self.graph.outputs)
        return GraphCall(open_, self.name)

    def alone(self, tensors: Sequence[Any]) -> list[Tensor]:
        """The call where nothing listens."""
        for source in self.sources:
            if type(source) is not Tensor and not isinstance(source, Variable):
                raise leaked(self.operation, source)
        given = [np.ascontiguousarray(x.value) if x.value.ndim else x.value for x in tensors]
        if not self.written:
            return list(map(tensor, self.plan([*given, *map(array_of, self.sources)], [None] * self.first)))
        with variables.WRITING:
            targets = [
                v.value_ if keeps and unshared(v) else None for (v, _), keeps in zip(self.written, self.in_place, strict=True)
            ]
            found = self.plan([*given, *map(array_of, self.sources)], [*[None] * self.first, *targets])
            for v, output in self.written:
                v.value_, v.reader = found[output], 0
        return list(map(tensor, found[: self.first]))

    def heard(self, tensors: Sequence[Any], site: Site) -> list[Any]:
        """The call as tapes, accumulators, maps, traces and States see it."""
        read = [source.read_value() if isinstance(source, Variable) else source for source in self.sources]
        found = call(self.operation, [*tensors, *read], site)
        for v, output in self.written:
            v.put(found[output])
        return list(found[: self.first])


def array_of(source: Any) -> np.ndarray:
    if isinstance(source, Variable):
        return source.value_
    return np.ascontiguousarray(source.value) if source.value.ndim else source.value
