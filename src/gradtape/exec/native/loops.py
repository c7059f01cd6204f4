"""A loop over steps as part of the native call: its body is a plan of its own, which generated code calls once a step.

Carried values stay in the result's memory and are updated in place; one whose values are all asked for is carried along the rows of
that array. A body that needs a NumPy kernel is left to the loop in Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import prod
from typing import Any, NamedTuple

from ...control.loop_form import NAMES, is_regular, nbytes, spec_of
from ...control.thrift import thrifty
from ...graph.ir import Graph, Node, Value
from ...graph.passes import simplified
from . import onednn
from .driver import Driver
from .plan import Plan
from .program import ALIGN
from .steps import INPUT, SCRATCH, Argument, Known, Library, LibraryStep, Operand, PrimitiveCall
from .views import View

Lower = Callable[[Node, Known], LibraryStep | None]


class Carried(NamedTuple):
    """A carried value: its bytes, and the output of the loop that holds what was carried into each step, or None."""

    bytes: int
    stack: int | None


class Body(NamedTuple):
    """What the generated code needs to know. Arguments of the plan: carried, slices, constants; then results: carried, rows."""

    plan: Plan
    address: int
    length: int
    reverse: bool
    carried: tuple[Carried, ...]
    slices: tuple[int, ...]  # bytes of a row of each sequence
    constants: tuple[int | None, ...]  # where in the scratch memory each lies that has a layout of its own
    rows: tuple[tuple[int, int], ...]  # for each other stack: its output of the loop, bytes of a row


def lowering(library: Library | None, lower: Lower | None) -> Lower:
    """What makes library steps, loops among them."""

    def rule(node: Node, known: Known) -> LibraryStep | None:
        if node.name in NAMES:
            return loop_step(node, library, rule)
        return lower(node, known) if lower is not None else None

    return rule


def loop_step(node: Node, library: Library | None, lower: Lower) -> LibraryStep | None:
    """The loop as one native step, or None."""
    region, plan = node.params["region"], node.params["plan"]
    if not is_regular(node) or node.params["states"] or region.is_ordered:
        return None
    graph = region.kept("thrifty", lambda: thrifty(simplified(region.graph)))
    found = divided(graph, plan.carried)
    packs = Packs(found.graph, graph.inputs[plan.carried + plan.sequences :])
    made = Plan(found.graph, library, packs.lowering(lower), by_address=True)
    if made.address is None:
        return None
    first = plan.carried + plan.sequences
    carried = tuple(Carried(nbytes(v.spec), found.stacks.get(k)) for k, v in enumerate(graph.inputs[: plan.carried]))
    body = Body(
        made, made.address, node.params["length"], plan.reverse, carried,
        tuple(nbytes(v.spec) for v in graph.inputs[plan.carried : first]),
        tuple(packs.starts.get(v.number) for v in graph.inputs[first:]),
        tuple((k, nbytes(spec_of(graph.outputs[k]))) for k in found.rows),
    )  # fmt: skip
    text = f"loop of {body.length} steps: " + " | ".join(made.describe().steps)
    calls = tuple(packs.call(v.number, k) for k, v in enumerate(graph.inputs[first:], first) if v.number in packs.starts)
    return LibraryStep((node,), node.inputs, node.outputs, calls, packs.size, description=text, keep=packs, loop=body)


class Packs:
    """Constants of a loop that one product reads: they are put in its own layout once, before the loop."""

    def __init__(self, graph: Graph, constants: Sequence[Value]):
        readers = Counter(x.number for node in graph.nodes for x in node.inputs if isinstance(x, Value))
        readers += Counter(x.number for x in graph.outputs if isinstance(x, Value))
        self.alone = {v.number for v in constants if readers[v.number] == 1}
        self.starts: dict[int, int] = {}  # where each lies in the scratch memory
        self.reorders: dict[int, tuple[Any, Any, Any]] = {}
        self.size = 0

    def lowering(self, lower: Lower) -> Lower:
        return lambda node, known: lower(node, known._replace(packs=self))

    def takes(self, view: View) -> bool:
        x = view.value
        return (
            isinstance(x, Value)
            and x.number in self.alone
            and view.stand_in.ndim == 2
            and view.stand_in.size == prod(x.spec.shape)
        )

    def packed(self, x: Value, source: onednn.Layout, target: onednn.Layout) -> onednn.Layout:
        """The layout in which the product finds it."""
        self.reorders[x.number] = onednn.reorder(source, target), source, target
        self.starts[x.number] = self.size
        self.size += -(-target.nbytes // ALIGN) * ALIGN
        return target

    def call(self, number: int, place: int) -> PrimitiveCall:
        made, source, target = self.reorders[number]
        arguments = (
            Argument(onednn.SRC, source.memory, Operand(INPUT, place)),
            Argument(onednn.DST, target.memory, Operand(SCRATCH, 0, self.starts[number])),
        )
        return PrimitiveCall(made.address, onednn.library().stream, arguments)


class Divided(NamedTuple):
    graph: Graph
    stacks: dict[int, int]  # carried value -> the output that is the stack of what is carried into each step
    rows: tuple[int, ...]  # the other stacks, by output


def divided(graph: Graph, carried: int) -> Divided:
    """The body without the rows that are carried values; values that are carried in place are updated."""
    own = {v.number: k for k, v in enumerate(graph.inputs[:carried])}
    stacks: dict[int, int] = {}
    rows = []
    for k, x in enumerate(graph.outputs[carried:], carried):
        place = own.get(x.number) if isinstance(x, Value) else None
        if place is None or place in stacks:
            rows.append(k)
        else:
            stacks[place] = k
    outputs = (*graph.outputs[:carried], *[graph.outputs[k] for k in rows])
    updates = tuple((k, k) for k in range(carried) if k not in stacks)
    return Divided(graph._replace(outputs=outputs, updates=updates), stacks, tuple(rows))


# -- the text ---------------------------------------------------------------------------------------------------------
def write(driver: Driver, unit: Any, body: Body) -> None:
    """The loop in the driver's text. The arrays' addresses stand in one table, of which each step changes what moves on."""
    n, last = driver.fresh(), body.length - 1
    inputs = [driver.pointer(key) for key in unit.inputs]
    outputs = [driver.pointer(key) for key in unit.outputs]
    first, ends = len(body.carried), len(body.carried) + len(body.slices)
    results = ends + len(body.constants)
    table, counter = driver.room(f"arrays{n}", results + first + len(body.rows)), driver.room(f"counter{n}", 1)
    function = driver.entry(driver.table.slot(("body", unit.serial)))
    memory = driver.entry(driver.table.slot(("inner", unit.serial)))
    begin = last if body.reverse else 0
    put = lambda place, pointer: driver.lines.append(f"store ptr {pointer}, ptr {driver.offset(table, 8 * place)}")  # noqa: E731
    for k, c in enumerate(body.carried):
        home = outputs[k] if c.stack is None else driver.offset(outputs[c.stack], begin * c.bytes)
        driver.begin_as(inputs[k], home, c.bytes)
        put(k, home)
        put(results + k, outputs[k])
    for k, start in enumerate(body.constants, ends):
        put(k, inputs[k] if start is None else driver.operand(unit, Operand(SCRATCH, 0, start)))
    driver.lines += [f"store i64 0, ptr {counter}", f"br label %loop{n}", f"loop{n}:"]
    count = driver.new(f"load i64, ptr {counter}")
    row = driver.new(f"sub i64 {last}, {count}") if body.reverse else count
    for k, size in enumerate(body.slices, first):
        put(k, row_of(driver, inputs[k], row, size))
    for k, (output, size) in enumerate(body.rows, results + first):
        put(k, row_of(driver, outputs[output], row, size))
    is_last = driver.new(f"icmp eq i64 {count}, {last}")
    follower = driver.new(f"add i64 {row}, {-1 if body.reverse else 1}")
    for k, c in enumerate(body.carried):
        if c.stack is not None:
            put(k, row_of(driver, outputs[c.stack], row, c.bytes))
            onward = row_of(driver, outputs[c.stack], follower, c.bytes)
            put(results + k, driver.new(f"select i1 {is_last}, ptr {outputs[k]}, ptr {onward}"))
    driver.failed(driver.new(f"call i32 {function}(ptr {table}, ptr {memory})"))
    following = driver.new(f"add i64 {count}, 1")
    driver.lines += [f"store i64 {following}, ptr {counter}", f"br i1 {is_last}, label %end{n}, label %loop{n}", f"end{n}:"]


def row_of(driver: Driver, base: str, row: str, size: int) -> str:
    return driver.new(f"getelementptr i8, ptr {base}, i64 {driver.new(f'mul i64 {row}, {size}')}")


Driver.write_loop = staticmethod(write)  # type: ignore[method-assign]
