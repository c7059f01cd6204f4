"""Building graphs: run a Python function on Symbols.

A trace stands alone in the Context: what listens outside sees the finished graph as one operation. Variables are read and written
through its Store. Whatever else comes from outside, a foreign Symbol included, is a captured value. So graphs nest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from sys import getrefcount
from typing import Any, NamedTuple

import numpy as np

from ..core.context import Level, Site, State, current_context, levels, replace_levels
from ..core.dispatch import name_tensor
from ..core.errors import DimensionError
from ..core.primitive import REGISTRY, Primitive
from ..core.shapes import Spec, product
from ..core.structures import flatten
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from .ir import Graph, Node, Value, dims_in
from .rule import as_read, with_rule
from .settle import settled
from .symbol import Symbol

SMALL = 64  # elements of a constant that stands in the graph itself


class Trace(Level):
    """Collects nodes while a function runs on symbols."""

    __slots__ = ("nodes", "count", "captured", "store", "inputs", "arguments", "local", "rooms")
    count: int
    store: Store
    inputs: tuple[Value, ...]
    arguments: Sequence[Tensor]  # the tensors of the call that is traced, where there are any

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.count = 0
        self.captured: dict[Any, tuple[Value, Any]] = {}  # identity of what came from outside -> (its value here, itself)
        self.store = Store(self)
        self.inputs = self.arguments = ()
        self.local: set[int] = set()  # identities of constants that were made while tracing
        self.rooms: dict[int, list[Symbol]] = {}  # of values that are used as shapes

    def new_value(self, spec: Spec) -> Value:
        self.count += 1
        return Value(self.count - 1, spec)

    def wrap(self, value: Value) -> Symbol:
        out = Symbol()
        out.value, out.level, out.id, out.known = value, self, 0, None
        return out

    def owns(self, args: Any) -> bool:
        """Symbols, foreign ones and values of a map around too; and floats from outside, through which gradients may flow."""
        local = self.local
        return any(type(a) is not Tensor or (a.id not in local and a.value.dtype.kind in "fcV") for a in args)

    def note(self, primitive: Any, input_ids: Sequence[int], out_id: Any, site: Site) -> None:
        """A constant was made here, or computed from such."""
        self.local.update(out_id if type(out_id) is tuple else (out_id,))

    def claims(self, primitive: Primitive, params: dict[Any, Any]) -> bool:  # type: ignore[override]
        """Effects keep their order, and what has an unknown extent cannot run now."""
        return primitive.ordered or primitive.name == "broadcast_to" or unknown(params)

    def takes(self, primitive: Primitive) -> bool:
        return primitive.kernel is not None

    def operand(self, x: Any) -> Value:
        """What stands in a node for an argument: a Value of this graph."""
        if isinstance(x, Symbol) and x.level is self:
            return x.value
        return self.capture(x.id or name_tensor(x), x)

    def capture(self, key: Any, source: Any) -> Value:
        found = self.captured.get(key)
        if found is None:
            found = self.captured[key] = (self.new_value(Spec(source.dims, source.dtype.numpy_dtype)), source)
        return found[0]

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        operands = tuple(map(self.operand, args))
        specs = primitive.shape_rule(*(v.spec for v in operands), **params)  # type: ignore[misc]
        values = tuple(map(self.new_value, specs if type(specs) is tuple else (specs,)))
        self.nodes.append(Node(primitive, operands, params, values, site))
        outs = tuple(map(self.wrap, values))
        if type(specs) is tuple:
            return outs
        outs[0].known = known_elements(primitive, args, params)
        return outs[0]

    def extents_of_data(self, x: Symbol) -> np.ndarray:
        """The elements of an integer scalar or vector as extents: unknown ones, which are those of nodes' results."""
        rooms = self.rooms.get(x.value.number)
        if rooms is None:
            room = REGISTRY["room"]
            rooms = [self.process(room, (x,), {"at": at}, (), HERE) for at in range(product(x.dims))]
            self.rooms[x.value.number] = rooms
        inner = next((level for level in reversed(levels()) if isinstance(level, Trace)), self)
        if inner is not self:
            for array in rooms:
                inner.operand(array)  # a part of the program learns its extents from what it is given
        return object_array([array.dims[0] for array in rooms]).reshape(x.dims)

    def custom(self, pull: Callable, inputs: Sequence[Any], outs: Sequence[Any]) -> list[Any]:  # type: ignore[override]
        return with_rule(pull, inputs, outs, record)

    def value_of(self, x: Any) -> Value:
        """A result or a new value of a variable, which may be no tensor yet."""
        return self.operand(x if isinstance(x, Tensor) else to_tensor(x))

    def graph(self, inputs: tuple[Value, ...], results: Sequence[Value]) -> Graph:
        """What was collected; constants that nobody outside can see stand in it."""
        written = self.store.written()
        captured = list(self.captured.values())
        self.captured.clear()
        constants, kept = {}, []
        while captured:
            value, source = captured.pop()
            if type(source) is Tensor and getrefcount(source) == ALONE and is_constant(source.value):
                constants[value.number] = source.value
            else:
                kept.append((value, source))
        kept.reverse()
        places = {id(source): len(inputs) + k for k, (_, source) in enumerate(kept)}
        updates = tuple((places[id(variable)], len(results) + k) for k, (variable, _) in enumerate(written))
        graph = Graph(inputs, tuple(self.nodes), (*results, *(value for _, value in written)), tuple(kept), updates)
        return with_constants(graph, constants, self.new_value) if constants else graph


class Store(State):
    """Variables as a trace sees them: what it read first is captured, what it wrote last is an output."""

    __slots__ = ("level", "present", "made_here")
    level: Trace

    def __init__(self, level: Trace):
        self.level = level
        self.present: dict[int, tuple[Variable, Value]] = {}  # variables that were written, and what they hold now
        self.made_here: list[Variable] = []

    def read(self, variable: Variable) -> Symbol:
        out = self.peek(variable)
        before = self.level.capture(("variable", id(variable)), variable)
        if out.value is not before:
            read = self.level.new_value(out.value.spec)
            self.level.nodes.append(as_read(out.value, before, read))
            out = self.level.wrap(read)
        for level in levels():
            out.id = level.read_into(variable, out.id)
        return out

    def peek(self, variable: Variable) -> Symbol:
        found = self.present.get(id(variable))
        return self.level.wrap(self.level.capture(("variable", id(variable)), variable) if found is None else found[1])

    def write(self, variable: Variable, value: Any) -> bool:
        self.level.capture(("variable", id(variable)), variable)  # so that there is a buffer to write into
        self.present[id(variable)] = variable, self.level.operand(value)
        return True

    def written(self) -> list[tuple[Variable, Value]]:
        return list(self.present.values())

    def start(self, initial_value: Any) -> Any:
        return settled(self.level, initial_value) if isinstance(initial_value, Symbol) else initial_value

    def made(self, variable: Variable) -> None:
        self.made_here.append(variable)


def calibrated() -> int:
    """What getrefcount says in `Trace.graph` of a source that only the trace holds."""
    captured = [(None, Tensor())]
    while captured:
        _, source = captured.pop()
        return getrefcount(source)
    raise AssertionError


ALONE = calibrated()


def is_constant(array: np.ndarray) -> bool:
    return array.size <= SMALL or is_uniform(array)


def is_uniform(array: np.ndarray) -> bool:
    return array.dtype != object and bool((array == array[(0,) * array.ndim]).all())


def with_constants(graph: Graph, constants: dict[int, np.ndarray], new_value: Callable) -> Graph:
    """The graph with arrays in the place of these values; a large one of equal elements is a broadcast."""
    placed: dict[int, Any] = {}
    spreads = []
    for number, array in constants.items():
        if array.size <= SMALL:
            placed[number] = np.array(array)
            continue
        value = placed[number] = new_value(Spec(array.shape, array.dtype))
        one = np.array(array[(0,) * array.ndim])
        spreads.append(Node(REGISTRY["broadcast_to"], (one,), {"shape": array.shape}, (value,), None))

    def operand(x: Any) -> Any:
        return placed.get(x.number, x) if isinstance(x, Value) else x

    nodes = [node._replace(inputs=tuple(map(operand, node.inputs))) for node in graph.nodes]
    return graph._replace(nodes=(*spreads, *nodes), outputs=tuple(map(operand, graph.outputs)))


# -- elements that follow from shapes alone -------------------------------------------------------------------------
def unknown(params: dict[Any, Any]) -> bool:
    return any(True for value in params.values() for _ in dims_in(value))


HERE: Site = (Trace.extents_of_data.__code__, 0)
ON_OBJECTS = frozenset(
    ("identity", "stop_gradient", "index", "concatenate", "pack", "reshape", "add", "subtract", "multiply", "floordiv", "floormod",
     "negative", "reduce_prod", "reduce_sum", "gather_axis", "broadcast_to")
)  # fmt: skip


def known_elements(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """The result's elements, where the arguments' are known and the kernel can compute with Dims."""
    if primitive.name == "extents_of":
        return object_array(args[0].dims)
    if primitive.name == "cast_discrete":
        return getattr(args[0], "known", None) if params["dtype"].kind in "iu" else None
    if primitive.name not in ON_OBJECTS or not any(isinstance(a, Symbol) and a.known is not None for a in args):
        return None
    arrays = [elements_of(a) for a in args]
    if any(a is None for a in arrays):
        return None
    try:
        kernel = primitive.kernel
        found = kernel(*arrays, out=...) if isinstance(kernel, np.ufunc) else kernel(*arrays, **params)
    except (DimensionError, TypeError):
        return None
    return np.asarray(found, object)


def elements_of(x: Any) -> Any:
    if isinstance(x, Symbol):
        return x.known
    return x.value.astype(object) if type(x) is Tensor and x.kind in "iu" and x.value.size <= SMALL else None


def object_array(values: Sequence[Any]) -> np.ndarray:
    out = np.empty(len(values), object)
    out[:] = values
    return out


# -- tracing a function -------------------------------------------------------------------------------------------
class Traced(NamedTuple):
    """What a trace gave: the graph, and the level that collected it."""

    graph: Graph
    level: Trace


def record(fn: Callable[..., Sequence[Any]], specs: Sequence[Spec], arguments: Sequence[Tensor] = ()) -> Traced:
    """The graph of a function that takes Symbols of these specs and returns a flat list of tensors."""
    level = Trace()
    level.arguments = arguments
    inputs = level.inputs = tuple(map(level.new_value, specs))
    token = replace_levels((level,), None, level.store)
    try:
        results = [level.value_of(x) for x in fn(*map(level.wrap, inputs))]
    finally:
        current_context.reset(token)
    return Traced(level.graph(inputs, results), level)


def trace(fn: Callable, specs: Sequence[Spec]) -> tuple[Graph, Any]:
    """The graph of fn on values of these specs, and the structure of its results."""
    structure = []

    def flat(*symbols: Symbol) -> list[Any]:
        leaves, treedef = flatten(fn(*symbols))
        structure.append(treedef)
        return leaves

    graph = record(flat, specs).graph
    return graph, structure[0]


def eval_shape(fn: Callable, *specs: Spec) -> Any:
    """The specs of fn's results, without computing them."""
    level = Trace()
    inputs = level.inputs = tuple(map(level.new_value, specs))
    token = replace_levels((level,), None, level.store)
    try:
        leaves, treedef = flatten(fn(*map(level.wrap, inputs)))
        return treedef.unflatten([level.value_of(x).spec for x in leaves])
    finally:
        current_context.reset(token)


def shape_of_body(primitive: Primitive) -> Callable:
    """The shape facet that a body implies."""

    def rule(*specs: Spec, **params: Any) -> Any:
        return eval_shape(lambda *xs: primitive.body(*xs, **params), *specs)  # type: ignore[misc]

    return rule
