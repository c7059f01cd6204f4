"""A graph of updates as one straight line of NumPy calls, which write into buffers that the next run uses again.

The values are those of the graph's operations one after the other, to the last bit: the same kernels on the same dtypes.
What a run costs less is what lies between the kernels, equal operations that are done once, and memory that is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..core.shapes import Spec
from ..core.tensor import tensor
from ..graph.ir import Graph, Node, Value

SMALL = 16  # constants up to this many elements are compared by their values
FOREVER = 1 << 60


class Place(NamedTuple):
    """A variable's value before the run, and after it (the same where the run does not change it)."""

    start: Value
    final: Any  # a Value, or an array: a constant


class Straight(NamedTuple):
    """`run(inputs, buffers)`, on lists of arrays; buffers of the places in `written` are overwritten."""

    run: Callable
    written: tuple[bool, ...]
    text: str


def straight(graph: Graph, places: Sequence[Place]) -> Straight:
    """The straight line for a graph whose inputs are arrays and whose results are the places' final values."""
    return Writer(*simplified(graph, places)).written()


# -- equal operations are one, unused ones none -------------------------------------------------------------------
def simplified(graph: Graph, places: Sequence[Place]) -> tuple[Graph, list[Place], dict[int, np.ndarray]]:
    """The graph and its places with equal values as one; the constants, small ones of equal contents as one."""
    constants = Constants()
    same = {value.number: constants.value_of(x.value) for value, x in graph.captured}
    seen: dict[Any, Node] = {}
    nodes: list[Node] = []
    for node in graph.nodes:
        inputs = tuple(same.get(x.number, x) if isinstance(x, Value) else constants.value_of(x) for x in node.inputs)
        key = (node.primitive, inputs, tuple((k, facts(v)) for k, v in node.params.items()))
        first = seen.setdefault(key, node)
        if first is node:
            nodes.append(node._replace(inputs=inputs))
        else:
            same.update({v.number: other for v, other in zip(node.outputs, first.outputs, strict=True)})
    finals = [same.get(p.final.number, p.final) if isinstance(p.final, Value) else constants.value_of(p.final) for p in places]
    kept = [Place(p.start, final) for p, final in zip(places, finals, strict=True)]
    return graph._replace(nodes=tuple(useful(nodes, kept)), captured=()), kept, constants.arrays


def facts(parameter: Any) -> Any:
    """What equal static parameters have in common."""
    return id(parameter) if isinstance(parameter, np.ndarray) else repr(parameter)


class Constants:
    """Arrays that do not change from run to run, numbered below 0."""

    def __init__(self) -> None:
        self.arrays: dict[int, np.ndarray] = {}
        self.known: dict[Any, Value] = {}

    def value_of(self, array: np.ndarray) -> Value:
        key = (array.dtype, array.shape, array.tobytes()) if array.size <= SMALL else id(array)
        if key not in self.known:
            value = self.known[key] = Value(-1 - len(self.arrays), Spec(array.shape, array.dtype))
            self.arrays[value.number] = array
        return self.known[key]


def useful(nodes: list[Node], places: list[Place]) -> list[Node]:
    needed = {p.final.number for p in places}
    kept = []
    for node in reversed(nodes):
        if any(v.number in needed for v in node.outputs):
            kept.append(node)
            needed.update(x.number for x in node.inputs)
    return kept[::-1]


# -- where every value lies -------------------------------------------------------------------------------------
class Arenas:
    """Memory for values that do not outlive a run."""

    def __init__(self) -> None:
        self.free: list[np.ndarray] = []

    def take(self, nbytes: int) -> np.ndarray:
        """The smallest free arena that is large enough, or a new one."""
        fitting = [k for k, arena in enumerate(self.free) if arena.nbytes >= nbytes]
        if not fitting:
            return np.empty(nbytes, np.uint8)
        return self.free.pop(min(fitting, key=lambda k: self.free[k].nbytes))


def is_elementwise(node: Node) -> bool:
    """Is it one ufunc, which can write into an array that it is given?"""
    return isinstance(node.primitive.kernel, np.ufunc) and not node.params


class Writer:
    """Decides where each value lies and writes the text.

    `roots` says for each value whose memory it may look at: a kernel that is no ufunc may return a view of what it got.
    """

    def __init__(self, graph: Graph, places: list[Place], constants: dict[int, np.ndarray]):
        self.graph, self.places = graph, places
        self.names: dict[int, str] = {v.number: f"x{k}" for k, v in enumerate(graph.inputs)}
        self.names.update({p.start.number: f"v{k}" for k, p in enumerate(places)})
        self.globals: dict[str, Any] = {"__name__": None, "copyto": np.copyto, "by_tensors": by_tensors}  # no name: no warnings
        for number, array in constants.items():
            self.names[number] = name = f"c{-number}"
            self.globals[name] = array
        self.roots = {number: frozenset([number]) for number in self.names}
        self.arenas, self.lent = Arenas(), {}
        self.starts = {p.start.number for p in places}
        self.in_place: set[int] = set()
        self.loose: set[int] = set()
        self.last = self.last_uses()

    def last_uses(self) -> dict[int, int]:
        """By root: the last node that looks at its memory."""
        last: dict[int, int] = {}
        for k, node in enumerate(self.graph.nodes):
            below = frozenset().union(*(self.roots[x.number] for x in node.inputs))
            last.update(dict.fromkeys(below, k))
            for v in node.outputs:
                self.roots[v.number] = frozenset([v.number]) | (frozenset() if is_elementwise(node) else below)
        for p in self.places:
            if p.final.number != p.start.number:
                last.update(dict.fromkeys(self.roots[p.final.number], FOREVER))
        return last

    def written(self) -> Straight:
        lines = [line for k, node in enumerate(self.graph.nodes) for line in self.node_lines(k, node)] + self.copies()
        inputs = "".join(f"x{k}, " for k in range(len(self.graph.inputs)))
        buffers = "".join(f"v{k}, " for k in range(len(self.places)))
        head = [f"{inputs}= inputs"] if inputs else []
        head += [f"{buffers}= buffers"] if buffers else []
        text = "\n    ".join(["def run(inputs, buffers):", *head, *lines, "return None"])
        exec(compile(text, "<straight line of updates>", "exec"), self.globals)
        return Straight(self.globals.pop("run"), tuple(p.start.number != p.final.number for p in self.places), text)

    def node_lines(self, k: int, node: Node) -> list[str]:
        operands = [self.names[x.number] for x in node.inputs]
        kernel = self.constant(f"{node.name}_kernel", node.primitive.kernel)
        if is_elementwise(node):
            (out,) = node.outputs
            self.release(k, node, out.spec)
            self.names[out.number] = target = self.target(k, node, out)
            call = f"{kernel}({', '.join(operands)}, out={target or '...'}, casting='no')"
            self.names[out.number] = target or f"t{out.number}"
            lines = [call if target else f"t{out.number} = {call}"]
        else:
            results = [f"t{v.number}" for v in node.outputs]
            self.names.update({v.number: name for v, name in zip(node.outputs, results, strict=True)})
            self.loose.update(v.number for v in node.outputs if len(v.spec.shape) > 1)
            lines = [f"{', '.join(results)}{',' if node.primitive.results else ''} = {self.call(node, kernel, operands)}"]
        self.release(k, node, None)
        return lines

    def call(self, node: Node, kernel: str, operands: list[str]) -> str:
        params = [f"{name}={self.constant(f'{node.name}_{name}', value)}" for name, value in node.params.items()]
        if node.primitive.kernel is not None:
            return f"{kernel}({', '.join([*operands, *params])})"
        function = self.constant(f"{node.name}_function", node.primitive.function)
        return f"by_tensors({', '.join([function, *operands, *params])})"

    def constant(self, name: str, value: Any) -> str:
        """The name under which the text finds an object."""
        while self.globals.setdefault(name, value) is not value:
            name += "_"
        return name

    def is_loose(self, node: Node) -> bool:
        """Whether the rows and columns of the result may lie in another order: products that follow depend on it in the last bit."""
        return any(x.number in self.loose for x in node.inputs)

    def target(self, k: int, node: Node, out: Value) -> str:
        """The variable whose final value this is, where its old one is needed no more; else an arena, or nothing."""
        for i, place in enumerate(self.places):
            if place.final.number == out.number and i not in self.in_place and self.may_overwrite(k, node, place.start):
                self.in_place.add(i)
                return f"v{i}"
        if self.is_loose(node):
            self.loose.add(out.number)
            return ""
        dtype, shape = out.spec.dtype, out.spec.shape
        nbytes = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        arena = self.arenas.take(nbytes)
        self.lent[out.number] = arena
        return self.constant(f"s{out.number}", arena[:nbytes].view(dtype).reshape(shape))

    def may_overwrite(self, k: int, node: Node, start: Value) -> bool:
        last = self.last.get(start.number, -1)
        views = [x for x in node.inputs if start.number in self.roots[x.number] and x.number != start.number]
        return last < k or (last == k and not views)

    def release(self, k: int, node: Node, spec: Any) -> None:
        """Give back the arenas that no later node looks at; with a spec, those that its result may overwrite."""
        touched = {root for x in (*node.inputs, *node.outputs) for root in self.roots[x.number]}
        for number in touched & self.lent.keys():
            if self.last.get(number, -1) <= k and (spec is None or self.fits(node, number, spec)):
                self.arenas.free.append(self.lent.pop(number))

    def fits(self, node: Node, number: int, spec: Any) -> bool:
        """Is it an operand of just the result's layout, which a ufunc may overwrite as it goes?"""
        return any(x.number == number and x.spec == spec for x in node.inputs) and not any(
            number in self.roots[x.number] and x.number != number for x in node.inputs
        )

    def copies(self) -> list[str]:
        """What did not come about in its place is copied there, after copies of old values that places exchange."""
        rest = [(i, p) for i, p in enumerate(self.places) if p.final.number != p.start.number and i not in self.in_place]
        old = [(i, p) for i, p in rest if self.roots[p.final.number] & self.starts]
        lines = [f"o{i} = {self.names[p.final.number]}.copy()" for i, p in old]
        moved = {i for i, _ in old}
        return lines + [f"copyto(v{i}, {f'o{i}' if i in moved else self.names[p.final.number]})" for i, p in rest]


def by_tensors(function: Callable, *arrays: Any, **params: Any) -> Any:
    """An operation without a kernel of its own, through its public function."""
    result = function(*map(tensor, arrays), **params)
    return tuple(x.value for x in result) if type(result) is tuple else result.value
