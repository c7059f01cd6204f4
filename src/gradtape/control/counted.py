"""While loops that count: their number of steps is known before they run, so they are loops over slices.

    i = start; while i < n: ...; i = i + step

What the counters alone decide (indices above all) is worked out for all steps at once. So rows that are read by the counter become
slices, rows that are written by it become a stack of results, and an array that no step changes is a constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeGuard

import numpy as np

from ..core.dispatch import run_kernel
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor, to_tensor
from ..graph.ir import Graph, Node, Value
from ..graph.symbol import Symbol
from ..ops.basic import reshape
from ..ops.pieces import gather_axis, index
from ..ops.scattering import put_rows
from .region import Region, input_specs, output_specs
from .repeat import Plan, looped

LONGEST = 4096  # steps for which the counters' values are written down
SMALL = 64  # elements of a value that the counters decide
IN_ORDER: Any = "0, 1, 2 ..."  # the values of a counter whose end is not known


class Counter(NamedTuple):
    start: int
    step: int


def counted_while(test: Region, region: Region, carried: Sequence[Any], constants: Sequence[Any]) -> list[Any] | None:
    """The values that the loop leaves, by a loop over slices; None where nobody knows the number of steps."""
    count = len(carried)
    if test.is_ordered or [repr(s) for s in input_specs(region)[:count]] != [repr(s) for s in output_specs(region)]:
        return None
    numbers = {v.number: known_value(x) for v, x in zip(region.graph.inputs, [*carried, *constants], strict=True)}
    counters = counters_of(region.graph, count, numbers)
    if not counters:
        return None
    length = length_of(test, counters, constants, count)
    if length is None:
        return None
    loop = CountedLoop(region, list(carried), list(constants), length)
    if not isinstance(length, int) or 2 <= length <= LONGEST:
        loop.still()
        loop.decide(counters, numbers)
        loop.read()
        loop.write()
    return loop.run()


def known_value(x: Any) -> Any:
    """An integer or a small array of them, a Dim, or None."""
    if isinstance(x, Symbol):
        if x.known is None or x.known.size > SMALL:
            return None
        if x.known.ndim == 0 and isinstance(x.known[()], Dim):
            return x.known[()]
        whole = all(isinstance(n, (int, np.integer)) for n in x.known.flat)
        return x.known.astype(x.dtype.numpy_dtype) if whole else None
    return x.value if type(x) is Tensor and x.value.dtype.kind in "iub" and x.value.size <= SMALL else None


def makers_of(graph: Graph) -> dict[int, Node]:
    return {v.number: node for node in graph.nodes for v in node.outputs}


def counters_of(graph: Graph, count: int, numbers: dict[int, Any]) -> dict[int, Counter]:
    """Carried integers to which every step adds one number, by their place."""
    makers, found = makers_of(graph), {}
    for k, (own, new) in enumerate(zip(graph.inputs[:count], graph.outputs, strict=False)):
        node = makers.get(new.number) if isinstance(new, Value) else None
        start = numbers[own.number]
        if node is None or node.name != "add" or not is_integer(start):
            continue
        steps = [x for x in node.inputs if not (isinstance(x, Value) and x.number == own.number)]
        step = numbers.get(steps[0].number) if len(steps) == 1 and isinstance(steps[0], Value) else (steps or [None])[0]
        if is_integer(step) and int(step) > 0 and own.number not in {v.number for v in graph.inputs[:k]}:
            found[k] = Counter(int(start), int(step))
    return found


def is_integer(x: Any) -> TypeGuard[np.ndarray]:
    return isinstance(x, np.ndarray) and x.ndim == 0 and x.dtype.kind in "iu"


# -- how often ------------------------------------------------------------------------------------------------------------
def length_of(test: Region, counters: dict[int, Counter], constants: Sequence[Any], count: int) -> Any:
    """The number of steps after which the test fails: an int or a Dim, None where it depends on more than counters."""
    graph = test.graph
    makers = makers_of(graph)
    counting = {graph.inputs[k].number: c for k, c in counters.items()}
    limits = {v.number: known_value(x) for v, x in zip(graph.inputs[count:], constants, strict=True)}

    def limit(x: Any) -> Any:
        found = limits.get(x.number) if isinstance(x, Value) else x
        return int(found) if is_integer(found) else found if isinstance(found, Dim) else None

    def steps(x: Any) -> Any:
        node = makers.get(x.number) if isinstance(x, Value) else None
        if node is None:
            return None
        if node.name == "logical_and":
            return least([steps(a) for a in node.inputs])
        if node.name == "select" and isinstance(node.inputs[0], np.ndarray) and node.inputs[0].ndim == 0:
            return steps(node.inputs[1] if node.inputs[0] else node.inputs[2])
        if node.name not in BOUNDS:
            return None
        left, right = node.inputs if node.name in ("less", "less_equal") else node.inputs[::-1]
        counter = counting.get(left.number) if isinstance(left, Value) else None
        return None if counter is None else until(counter, limit(right), node.name.endswith("equal"))

    return steps(graph.outputs[0])


BOUNDS = ("less", "less_equal", "greater", "greater_equal")


def least(found: Sequence[Any]) -> Any:
    if all(isinstance(n, int) for n in found):
        return min(found)
    return found[0] if all(repr(n) == repr(found[0]) for n in found) else None


def until(counter: Counter, end: Any, included: bool) -> Any:
    if isinstance(end, Dim):
        return end if counter == (0, 1) and not included else None
    return None if end is None else max(0, -((counter.start - end - included) // counter.step))


# -- the loop -------------------------------------------------------------------------------------------------------------
class CountedLoop:
    """A while loop on its way to become a loop over slices."""

    def __init__(self, region: Region, starts: list[Any], constants: list[Any], length: Any):
        graph = region.graph
        count = len(starts)
        self.length = length
        self.places: list[Any] = list(
            range(count)
        )  # for each result: a place among the carried values, or a function of the stacks
        self.starts, self.operands, self.sequences = starts, constants, []
        self.carried, self.constants, self.slices = list(graph.inputs[:count]), list(graph.inputs[count:]), []
        self.nodes, self.nexts, self.rows = list(graph.nodes), list(graph.outputs), []
        self.values: dict[int, Any] = {}  # what the counters decide: one row a step, or IN_ORDER
        numbers = [v.number for v in (*graph.inputs, *(v for n in graph.nodes for v in n.outputs))]
        self.fresh = 1 + max(numbers)

    def readers(self, v: Value) -> list[Any]:
        """The nodes that read a value; None for each result that it is."""
        found: list[Any] = [node for node in self.nodes for x in node.inputs if isinstance(x, Value) and x.number == v.number]
        return [*found, *[None for x in (*self.nexts, *self.rows) if isinstance(x, Value) and x.number == v.number]]

    def still(self) -> None:
        """Carried values that no step changes are constants."""
        for k in range(len(self.carried))[::-1]:
            own, new = self.carried[k], self.nexts[k]
            if isinstance(new, Value) and new.number == own.number:
                self.constants.append(own)
                self.operands.append(self.starts[k])
                self.drop(k, self.starts[k])

    def drop(self, k: int, result: Any) -> None:
        """The k-th carried value is carried no more; its result is a tensor, or what a function makes of a stack's place."""
        for xs in (self.carried, self.starts, self.nexts):
            del xs[k]
        at = self.places.index(k)
        self.places = [p - 1 if isinstance(p, int) and p > k else p for p in self.places]
        self.places[at] = (result,)

    def decide(self, counters: dict[int, Counter], numbers: dict[int, Any]) -> None:
        """Work out what follows from the counters alone."""
        moving = {k: self.places[k] for k in counters}
        if not isinstance(self.length, int):
            self.values = {self.carried[p].number: IN_ORDER for k, p in moving.items() if counters[k] == (0, 1)}
            for node in self.nodes:
                self.in_order(node)
            return
        for k, p in moving.items():
            own = self.carried[p]
            self.values[own.number] = (counters[k].start + counters[k].step * np.arange(self.length)).astype(own.spec.dtype)
        fixed = {v.number: numbers[v.number] for v in self.constants if isinstance(numbers[v.number], np.ndarray)}
        for node in self.nodes:
            self.evaluate(node, fixed)

    def in_order(self, node: Node) -> None:
        """A counter in another shape, or from the end where it is negative, which it never is."""
        if node.name == "reshape" and isinstance(node.inputs[0], Value):
            source = node.inputs[0]
        elif node.name == "select" and all(isinstance(x, Value) for x in node.inputs):
            source = node.inputs[2]
            test = next((n for n in self.nodes if node.inputs[0] in n.outputs), None)
            if test is None or test.name != "less" or test.inputs[0] != source or np.any(test.inputs[1]):
                return
        else:
            return
        if source.number in self.values:
            self.values[node.outputs[0].number] = IN_ORDER

    def evaluate(self, node: Node, fixed: dict[int, np.ndarray]) -> None:
        inputs = [x for x in node.inputs if isinstance(x, Value)]
        small = all(v.spec.dtype.kind in "iub" and is_small(v.spec.shape) for v in node.outputs)
        if node.primitive.ordered or node.primitive.kernel is None or not small or len(node.outputs) != 1:
            return
        if any(x.number not in self.values and x.number not in fixed for x in inputs) or all(x.number in fixed for x in inputs):
            return
        try:
            rows = [self.at_step(node, k, fixed) for k in range(self.length)]
        except (ValueError, TypeError, ArithmeticError, IndexError):  # it fails in the loop, where its line is known
            return
        self.values[node.outputs[0].number] = np.array(rows)

    def at_step(self, node: Node, k: int, fixed: dict[int, np.ndarray]) -> np.ndarray:
        def operand(x: Any) -> np.ndarray:
            if not isinstance(x, Value):
                return x
            return fixed[x.number] if x.number in fixed else np.asarray(self.values[x.number][k])

        with np.errstate(all="ignore"):
            found = run_kernel(node.primitive, [operand(x) for x in node.inputs], node.params)
        return found[0] if type(found) is tuple else found

    # -- rows that are read and written by the counter ------------------------------------------------------------
    def read(self) -> None:
        """Rows of constants that the counter names are slices."""
        tables = {v.number: x for v, x in zip(self.constants, self.operands, strict=True)}
        for node in self.nodes:
            if node.name != "gather_axis" or node.params["axis"] or not all(isinstance(x, Value) for x in node.inputs):
                continue
            table, index = node.inputs
            at = self.values.get(index.number)
            if at is None or table.number not in tables or index.spec.shape:
                continue
            rows = self.rows_of(tables[table.number], at)
            if rows is not None:
                self.replace(node, self.slice_of(rows))

    def rows_of(self, table: Any, at: Any) -> Any:
        size = table.dims[0]
        in_order = at is IN_ORDER or np.array_equal(at, np.arange(self.length))
        if in_order and repr(size) == repr(self.length):
            return table
        if at is IN_ORDER or not isinstance(size, int) or at.min() < 0 or at.max() >= size:
            return None
        if np.array_equal(at, np.arange(at[0], at[0] + len(at))):
            return index(table, key=((int(at[0]), int(at[-1]) + 1, 1),))
        return gather_axis(table, to_tensor(at), axis=0)

    def replace(self, node: Node, new: Value) -> None:
        old = node.outputs[0].number
        put = lambda x: new if isinstance(x, Value) and x.number == old else x  # noqa: E731
        self.nodes = [n._replace(inputs=tuple(map(put, n.inputs))) for n in self.nodes if n.outputs != node.outputs]
        self.nexts, self.rows = list(map(put, self.nexts)), list(map(put, self.rows))

    def slice_of(self, rows: Any) -> Value:
        for found, own in zip(self.sequences, self.slices, strict=True):
            if found is rows:
                return own
        self.fresh += 1
        self.slices.append(Value(self.fresh - 1, Spec(tuple(rows.dims[1:]), rows.dtype.numpy_dtype)))
        self.sequences.append(rows)
        return self.slices[-1]

    def write(self) -> None:
        """An array of which each step writes the row that the counter names, and which no step reads, is a stack of results."""
        for k in range(len(self.carried))[::-1]:
            own, new = self.carried[k], self.nexts[k]
            node = next((n for n in self.nodes if isinstance(new, Value) and new in n.outputs), None)
            if node is None or node.name != "put_rows" or node.inputs[0] != own or not isinstance(node.inputs[1], Value):
                continue
            at = self.values.get(node.inputs[1].number)
            if at is None or len(self.readers(own)) != 1 or len(self.readers(new)) != 1 or node.inputs[1].spec.shape != (1,):
                continue
            if self.all_rows(own, at) or at is not IN_ORDER:
                self.rows.append(node.inputs[2])
                start, whole, place = self.starts[k], self.all_rows(own, at), len(self.rows) - 1
                self.nodes = [n for n in self.nodes if n is not node]
                self.drop(
                    k, lambda stacks, start=start, at=at, whole=whole, place=place: rows_put(start, stacks[place], at, whole)
                )

    def all_rows(self, own: Value, at: Any) -> bool:
        in_order = at is IN_ORDER or np.array_equal(np.ravel(at), np.arange(self.length))
        return in_order and repr(own.spec.shape[0]) == repr(self.length)

    # -- running --------------------------------------------------------------------------------------------------
    def run(self) -> list[Any]:
        for own in list(self.values.items()) if isinstance(self.length, int) else ():
            self.supply(*own)
        inputs = (*self.carried, *self.slices, *self.constants)
        region = Region(Graph(inputs, tuple(self.nodes), (*self.nexts, *self.rows)))
        plan = Plan(len(self.carried), len(self.slices))
        outs = looped(region, plan, self.starts, self.sequences, self.operands, self.length)
        stacks = outs[len(self.carried) :]
        return [outs[p] if isinstance(p, int) else p[0](stacks) if callable(p[0]) else p[0] for p in self.places]

    def supply(self, number: int, rows: np.ndarray) -> None:
        """What the counters decide comes as a slice where others read it."""
        own = next((v for node in self.nodes for v in node.outputs if v.number == number), None)
        if own is None or all(n is None or all(v.number in self.values for v in n.outputs) for n in self.readers(own)):
            return
        node = next(n for n in self.nodes if own in n.outputs)
        self.replace(node, self.slice_of(to_tensor(rows)))


def rows_put(start: Any, stack: Any, at: Any, whole: bool) -> Any:
    """The array after all steps; each step's row came as an array of one row."""
    rows = reshape(stack, (stack.dims[0], *stack.dims[2:]))
    return rows if whole else put_rows(start, to_tensor(np.ravel(at)), rows)


def is_small(shape: Sequence[Any]) -> bool:
    return not any(isinstance(n, Dim) for n in shape) and int(np.prod(shape)) <= SMALL
