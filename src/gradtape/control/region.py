"""Regions: parts of a program as graphs without captures, what is derived from them, and how they run.

What an ordered operation gives (the place of a random stream, the results of a Python call) is an effect. A region that will be
differentiated keeps its effects beside its results, and its `pure` form takes them as inputs: so a rule that runs the region
again draws and prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..autodiff.forward import ForwardAccumulator
from ..autodiff.sources import is_differentiable
from ..autodiff.tape import GradientTape
from ..batching import Batch
from ..core.context import at_site, enter, leave, levels
from ..core.dtypes import OF_NUMPY
from ..core.shapes import Dim, Spec
from ..core.structures import flatten, pack
from ..core.tensor import Tensor, tensor, to_tensor
from ..core.variable import Variable
from ..graph.ir import FREE_DIMS, Graph, Node, Value, dims_in
from ..graph.sizes import FILL, filled, is_sized, learn, names_in, single_name, sizes_of, substitute
from ..graph.trace import record
from ..ops.basic import fill_like

PLANS = 64  # plans that a region of unknown sizes keeps


def prepare(graph: Graph) -> Any:
    """The plan of a graph: the executors, which stand above, put theirs in this place."""
    raise RuntimeError("no executor is loaded")


class Region:
    """A graph that captures nothing.  Equal only to itself; what is derived from it is kept with it."""

    __slots__ = ("derived", "free", "graph", "plans", "sized", "__weakref__")

    def __init__(self, graph: Graph):
        self.graph = graph
        self.free = free_dims(graph)  # unknown extents that no argument tells
        self.sized = is_sized(graph)
        self.plans: dict[Any, Any] = {}
        self.derived: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return "{" + "; ".join(str(self.graph).splitlines()) + "}"

    def filled(self, sizes: dict[str, Any]) -> Region:
        """The region where extents that come from around are these."""
        given = {name: sizes[name] for name in (single_name(d) for d in self.free) if name in sizes}
        if not given:
            return self
        key = "filled", tuple(sorted(given.items(), key=first))
        found = self.derived.get(key)
        if found is None:
            found = self.derived[key] = Region(substitute(self.graph, given))
        return found

    @property
    def is_ordered(self) -> bool:
        return any(node.primitive.ordered for node in self.graph.nodes)

    # -- running --------------------------------------------------------------------------------------------------
    def __call__(self, *given: Any) -> list[Any]:
        """The operations of the graph, once more, on tensors."""
        values: dict[int, Any] = {}
        extents: dict[str, Any] = {}

        def operand(x: Any) -> Any:
            return values[x.number] if isinstance(x, Value) else tensor(x)

        def take(own: Sequence[Value], tensors: Sequence[Any]) -> None:
            for v, x in zip(own, tensors, strict=True):
                values[v.number] = x
                if not self.sized:
                    learn(extents, v.spec, x)

        take(self.graph.inputs, given)
        for node in self.graph.nodes:
            params = node.params if self.sized else {k: filled(v, extents) for k, v in node.params.items()}
            take(node.outputs, at_site(node.site, operate, node, [operand(x) for x in node.inputs], params))
        return [operand(x) for x in self.graph.outputs]

    def run(self, arrays: Sequence[np.ndarray], targets: Sequence[Any] | None = None) -> list[np.ndarray]:
        """The same on arrays, by an executor's plan."""
        arrays = [np.ascontiguousarray(a) if a.ndim else a for a in arrays]
        key = () if self.sized else tuple([a.shape for a in arrays])
        plan = self.plans.get(key)
        if plan is None:
            if len(self.plans) >= PLANS:
                self.plans.clear()
            plan = self.plans[key] = self.planned(key)
        return plan(arrays, [None] * len(self.graph.outputs) if targets is None else targets)

    def planned(self, shapes: tuple[Any, ...]) -> Any:
        if self.sized:
            return prepare(self.graph)
        return prepare(substitute(self.graph, sizes_of([v.spec for v in self.graph.inputs], shapes)))

    def specs(self, given: Sequence[Spec]) -> tuple[Spec, ...]:
        """Of the results, for arguments of these specs."""
        own = [v.spec for v in self.graph.inputs]
        bindings = {} if repr(list(given)) == repr(own) else sizes_of(own, [s.shape for s in given])
        return tuple([filled(spec_of(x), bindings) for x in self.graph.outputs])

    # -- what is derived ------------------------------------------------------------------------------------------
    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self.derived:
            self.derived[key] = make()
        return self.derived[key]

    def parted(self) -> tuple[Region, Region, int]:
        """(the region that also gives its effects, the one that takes them, how many there are)."""
        return self.kept("parted", lambda: parted(self))

    def pullback(self, wanted: tuple[int, ...], given: tuple[int, ...]) -> Region:
        """(inputs, cotangents of the given results) -> cotangents of the wanted inputs, zeros where there is no path."""
        return self.kept(("pullback", wanted, given), lambda: pullback(self, wanted, given))

    def pushforward(self, moving: tuple[int, ...]) -> Region:
        """(inputs, tangents of the moving ones) -> tangents of the results that can have one, zeros where there is no path."""
        return self.kept(("pushforward", moving), lambda: pushforward(self, moving))

    def batched(self, size: Any, flags: tuple[bool, ...]) -> Region:
        """With a batch on axis 0 of the inputs that are flagged, and of every result."""
        return self.kept(("batched", size, flags), lambda: batched(self, size, flags))

    def moving_results(self) -> tuple[int, ...]:
        """The results that can have a tangent."""
        return tuple(k for k, spec in enumerate(output_specs(self)) if can_move(spec))


def operate(node: Node, operands: list[Any], params: dict[str, Any]) -> Sequence[Any]:
    out = node.primitive.function(*operands, **params)
    return out if type(out) is tuple else (out,)


def free_dims(graph: Graph) -> tuple[Dim, ...]:
    """The unknown extents in parameters that neither an argument nor the result of a node before tells."""
    told = {single_name(d) for v in graph.arguments for d in v.spec.shape}
    found: dict[str, Dim] = {}
    for node in graph.nodes:
        for name in {name for dim in dims_in(tuple(node.params.values())) for name in names_in(dim)} - told:
            found[name] = Dim(name)
        told |= {single_name(d) for v in node.outputs for d in v.spec.shape} - set(found)
    return tuple(found.values())


def first(pair: tuple[str, Any]) -> str:
    return pair[0]


FREE_DIMS[Region] = lambda region: region.free
FILL[Region] = Region.filled


def can_move(spec: Spec) -> bool:
    dtype = OF_NUMPY[spec.dtype]
    return dtype.is_floating or dtype.is_complex


def spec_of(x: Any) -> Spec:
    return x.spec if isinstance(x, Value) else Spec(x.shape, x.dtype)


def region_of(fn: Callable[..., Sequence[Any]], specs: Sequence[Spec]) -> Region:
    """The region of a function that takes nothing from outside."""
    graph = record(fn, specs).graph
    constants = {value.number: source.value for value, source in graph.captured}

    def operand(x: Any) -> Any:
        return constants.get(x.number, x) if isinstance(x, Value) else x

    nodes = tuple(node._replace(inputs=tuple(map(operand, node.inputs))) for node in graph.nodes)
    return Region(Graph(graph.inputs, nodes, tuple(map(operand, graph.outputs))))


def input_specs(region: Region) -> list[Spec]:
    return [v.spec for v in region.graph.inputs]


def output_specs(region: Region) -> list[Spec]:
    return [spec_of(x) for x in region.graph.outputs]


def parted(region: Region) -> tuple[Region, Region, int]:
    graph = region.graph
    ordered = [node for node in graph.nodes if node.primitive.ordered]
    effects = tuple(v for node in ordered for v in node.outputs)
    rest = tuple(node for node in graph.nodes if not node.primitive.ordered)
    if not ordered:
        return region, region, 0
    giving = Region(graph._replace(outputs=(*graph.outputs, *effects)))
    return giving, Region(Graph((*graph.inputs, *effects), rest, graph.outputs)), len(effects)


def pullback(region: Region, wanted: tuple[int, ...], given: tuple[int, ...]) -> Region:
    specs, results = input_specs(region), output_specs(region)

    def pull(*symbols: Any) -> list[Any]:
        inputs, cotangents = symbols[: len(specs)], symbols[len(specs) :]
        with GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([inputs[k] for k in wanted])
            outs = region(*inputs)
        found = tape.gradients([(outs[k], g) for k, g in zip(given, cotangents, strict=True)], [inputs[k] for k in wanted])
        return [fill_like(inputs[k], 0) if g is None else dense(g) for k, g in zip(wanted, found, strict=True)]

    return region_of(pull, [*specs, *[results[k] for k in given]])


def pushforward(region: Region, moving: tuple[int, ...]) -> Region:
    specs = input_specs(region)

    def push(*symbols: Any) -> list[Any]:
        inputs, tangents = symbols[: len(specs)], symbols[len(specs) :]
        with ForwardAccumulator([inputs[k] for k in moving], list(tangents)) as accumulator:
            outs = region(*inputs)
        return [accumulator.jvp(outs[k], "zero") for k in region.moving_results()]

    return region_of(push, [*specs, *[specs[k] for k in moving]])


def batched(region: Region, size: Any, flags: tuple[bool, ...]) -> Region:
    specs = [Spec((size, *s.shape), s.dtype) if b else s for s, b in zip(input_specs(region), flags, strict=True)]

    def run(*symbols: Any) -> list[Any]:
        level = Batch(size)
        enter(level)
        try:
            outs = region(*[level.wrap(x) if b else x for x, b in zip(symbols, flags, strict=True)])
        finally:
            leave(level)
        return [level.unwrap(x) for x in outs]

    return region_of(run, specs)


def dense(g: Any) -> Any:
    return g if isinstance(g, Tensor) else g.dense()


# -- from a Python function ------------------------------------------------------------------------------------------
class Layout(NamedTuple):
    """A structure of results in which some places may hold None."""

    treedef: Any
    present: tuple[bool, ...]

    def pack(self, values: Sequence[Any]) -> Any:
        rest = iter(values)
        return pack(self.treedef, [next(rest) if there else None for there in self.present])


class Built(NamedTuple):
    """The region of a function that may use what stands outside, and what it used."""

    region: Region
    sources: dict[Any, Any]  # key -> the tensor or variable from outside, in the order of the region's last inputs
    written: dict[int, tuple[Variable, int]]  # id -> (variable, the output that is its new value)
    layout: Layout
    own: int  # inputs that are the function's arguments


def built(fn: Callable[..., Any], specs: Sequence[Spec]) -> Built:
    """`fn` on symbols of these specs; it may return any structure of tensors."""
    layout: list[Layout] = []

    def flat(*symbols: Any) -> list[Any]:
        leaves, treedef = flatten(fn(*symbols))
        layout.append(Layout(treedef, tuple(x is not None for x in leaves)))
        return [to_tensor(x) for x in leaves if x is not None]

    graph = record(flat, specs).graph
    sources = {key_of(source): source for _, source in graph.captured}
    written = {}
    for position, output in graph.updates:
        variable = graph.captured[position - len(graph.inputs)][1]
        written[id(variable)] = variable, output
    region = Region(graph._replace(inputs=graph.arguments, captured=(), updates=()))
    return Built(region, sources, written, layout[0], len(graph.inputs))


def key_of(source: Any) -> Any:
    return ("variable", id(source)) if isinstance(source, Variable) else source.id


def joined(parts: Sequence[Built]) -> tuple[list[Region], list[Any], list[Variable]]:
    """Regions that take and give the same: (regions, sources, variables whose new values come last)."""
    sources: dict[Any, Any] = {}
    written: dict[int, Variable] = {}
    for part in parts:
        sources.update(part.sources)
        written.update({k: variable for k, (variable, _) in part.written.items()})
    for variable in written.values():
        sources.setdefault(key_of(variable), variable)
    return [aligned(part, sources, written) for part in parts], list(sources.values()), list(written.values())


def aligned(part: Built, sources: dict[Any, Any], written: dict[int, Variable]) -> Region:
    graph = part.region.graph
    taken = dict(zip(part.sources, graph.inputs[part.own :], strict=True))
    fresh = 1 + max([v.number for v in graph.inputs] + [v.number for node in graph.nodes for v in node.outputs], default=-1)
    for key, source in sources.items():
        if key not in taken:
            taken[key] = Value(fresh, Spec(source.dims, source.dtype.numpy_dtype))
            fresh += 1
    results = graph.outputs[: len(graph.outputs) - len(part.written)]
    news = [
        graph.outputs[part.written[k][1]] if k in part.written else taken[key_of(variable)] for k, variable in written.items()
    ]
    if (*sources,) == (*part.sources,) and [*written] == [*part.written]:
        return part.region
    inputs = (*graph.inputs[: part.own], *[taken[key] for key in sources])
    return Region(graph._replace(inputs=inputs, outputs=(*results, *news)))


def operand(source: Any) -> Any:
    """What a source from outside is now."""
    return source.read_value() if isinstance(source, Variable) else source


# -- who listens -------------------------------------------------------------------------------------------------------
def is_differentiated(operands: Sequence[Any]) -> bool:
    """Does a tape or an accumulator follow one of these?"""
    return any(isinstance(level, (GradientTape, ForwardAccumulator)) and level.owns(operands) for level in levels())


def differentiable_places(xs: Sequence[Any]) -> tuple[int, ...]:
    return tuple(k for k, x in enumerate(xs) if is_differentiable(x))


def merged_specs(all_specs: Sequence[Sequence[Spec]], what: str) -> tuple[Spec, ...]:
    """Of results that come from one of several regions: an extent is unknown where they differ."""
    return tuple([merged(column, what, k) for k, column in enumerate(zip(*all_specs, strict=True))])


def merged(specs: Sequence[Spec], what: str, place: int) -> Spec:
    first = specs[0]
    for other in specs[1:]:
        if other.dtype != first.dtype:
            raise TypeError(
                f"{what}: true_fn and false_fn must return the same dtypes; result {place} is {first.dtype.name} in one and "
                f"{other.dtype.name} in the other. Write tf.cast in one of them."
            )
        if other.ndim != first.ndim:
            raise ValueError(
                f"{what}: the branches must return tensors of one rank; result {place} has shape {list(first.shape)} in one and "
                f"{list(other.shape)} in the other"
            )
    extents = [
        one_extent(column, f"{what}_{place}_{axis}") for axis, column in enumerate(zip(*[s.shape for s in specs], strict=True))
    ]
    return Spec(tuple(extents), first.dtype)


def one_extent(column: Sequence[Any], name: str) -> Any:
    return column[0] if all(is_same(column[0], d) for d in column[1:]) else Dim(name)


def is_same(a: Any, b: Any) -> bool:
    return repr(a) == repr(b)
