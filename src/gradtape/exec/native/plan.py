"""Plan: a compiled graph, called with arrays.

Whatever a call changes (the arena, oneDNN's memory objects, the tables of addresses) belongs to a `Slot`, one for each call in flight.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, NamedTuple, cast

import numpy as np

from ...core.shapes import Dim
from ...graph.ir import Graph, Value
from .. import reference
from . import driver as drivers
from . import guard, threads
from .blas import HOLD, PRODUCTS
from .codegen import Kernel
from .driver import Driver, Table, offsets, position
from .jit import Function, machine
from .program import ALIGN, Copy, Extern, Program, build
from .steps import Library, PrimitiveCall

NATIVE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.c_void_p)
BY_ADDRESS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
GUARD = guard.ON


class Description(NamedTuple):
    """What a plan consists of, for `explain`."""

    steps: tuple[str, ...]
    arena: int  # bytes
    native: int  # steps in machine code
    kernels: int  # steps that NumPy runs


class Slot:
    """Memory for one call in flight."""

    def __init__(self, plan: Plan, note: np.ndarray | None = None):
        program = plan.program
        self.memory = np.empty(program.arena + 2 * ALIGN, np.uint8)
        start = -self.memory.ctypes.data % ALIGN
        self.arena = self.memory[start : start + program.arena]
        self.note = np.zeros(1, np.uint8) if note is None else note
        self.table = np.zeros(drivers.FIRST + len(plan.table.slots), np.int64)
        self.memories: list[int] = []
        self.alive: list[Any] = []
        self.inner: list[tuple[Slot, Any]] = []
        self.free = plan.library.free_memory if plan.library else None
        self.fill(plan)
        self.address = self.table.ctypes.data

    def fill(self, plan: Plan) -> None:
        table, gomp = self.table, plan.threads
        table[drivers.ARENA], table[drivers.NOTE] = self.arena.ctypes.data, self.note.ctypes.data
        table[drivers.THREADS] = COUNT.ctypes.data
        if gomp is not None:
            table[drivers.PARALLEL], table[drivers.NUMBER], table[drivers.COUNT] = (
                gomp.parallel,
                gomp.thread_number,
                gomp.number_of_threads,
            )
        if plan.library is not None:
            table[drivers.SET_DATA], table[drivers.EXECUTE] = plan.library.set_data_handle, plan.library.execute
        units = {u.serial: u for stage in plan.program.stages for u in stage if isinstance(u, Extern)}
        for entry, k in plan.table.slots.items():
            table[k] = self.entry(plan, units, *entry)

    def entry(self, plan: Plan, units: dict[int, Extern], kind: str, name: Any, call: int = 0, argument: int = 0) -> int:
        if kind == "kernel":
            return plan.addresses[name]
        if kind == "constant":
            return plan.program.constants[name].ctypes.data
        if kind in ("body", "inner"):
            return self.of_loop(kind, units[name].step)
        made: Any = units[name].step.calls[call]  # type: ignore[union-attr]
        if kind == "arguments":
            return self.arguments(made, name, call)
        if kind == "memory":
            return self.memory_object(made, name, call, argument)
        return getattr(made, kind)

    def of_loop(self, kind: str, step: Any) -> int:
        """The function of a loop's body, and its memory, which notes what is wrong where this one does."""
        body = step.loop
        if kind == "body":
            return body.address
        inner = Slot(body.plan, self.note)
        self.inner.append((inner, body.plan.program.gaps))
        return inner.address

    def memory_object(self, made: PrimitiveCall, unit: int, call: int, argument: int) -> int:
        for found in self.alive:
            if found[0] == (unit, call, argument):
                return found[1]
        address = made.arguments[argument].make_memory()
        self.memories.append(address)
        self.alive.append(((unit, call, argument), address))
        return address

    def arguments(self, made: PrimitiveCall, unit: int, call: int) -> int:
        """oneDNN's list of arguments: (int, memory) each."""
        pairs = np.zeros((len(made.arguments), 2), np.int64)
        for k, a in enumerate(made.arguments):
            pairs[k] = a.number, self.memory_object(made, unit, call, k)
        self.alive.append((None, pairs))
        return pairs.ctypes.data

    def poison(self, gaps: Sequence[tuple[int, int]]) -> None:
        guard.fill(self.arena, gaps)
        for inner, own in self.inner:
            inner.poison(own)

    def check(self, gaps: Sequence[tuple[int, int]]) -> None:
        guard.check(self.arena, gaps)
        for inner, own in self.inner:
            inner.check(own)

    def __del__(self) -> None:
        for address in self.memories:
            self.free(address)  # type: ignore[misc]


def guarded(slot: Slot, gaps: Sequence[tuple[int, int]], outs: Sequence[Any], targets: Sequence[Any]) -> guard.Fence:
    slot.poison(gaps)
    return guard.Fence(outs, targets)


COUNT = np.ones(1, np.int64)  # threads of a parallel region, where generated code looks


class Generation:
    seen = -1


def refresh() -> None:
    """Threads as they are now."""
    if Generation.seen != threads.State.generation:
        COUNT[0] = threads.count()
        Generation.seen = threads.State.generation


class Segment(NamedTuple):
    """A run of native stages."""

    function: Callable
    stages: tuple[Any, ...]


class Plan:
    """Called with one array an argument and one target (or None) an output; gives the outputs."""

    def __init__(
        self,
        graph: Graph,
        library: Library | None = None,
        lower: Callable | None = None,
        apart: bool = False,
        by_address: bool = False,
    ):
        self.graph = graph
        self.library = library
        self.apart = apart  # every stage a call of its own, so that it can be timed
        self.threads = threads.find()
        self.jit = machine()  # before any text is written: it knows which vector functions there are
        refresh()
        self.given, self.count, self.generation = (graph, library, lower), int(COUNT[0]), Generation.seen
        self.others: dict[int, Plan] = {}  # for other numbers of threads
        self.program = build(graph, lower, self.count)
        self.table = Table()
        self.direct = not by_address and offsets().items > 0 and offsets().data > 0
        self.compile(self.split())
        self.pool: list[Slot] = [Slot(self)]
        self.prepare_outputs()

    # -- compilation ------------------------------------------------------------------------------------------------
    def split(self) -> list[Any]:
        """Runs of native stages, and the nodes between them that Python runs."""
        out: list[Any] = []
        for stage in self.program.stages:
            if isinstance(stage[0], Extern) and not stage[0].native:
                out.extend(stage)
            elif out and isinstance(out[-1], list) and not self.apart:
                out[-1].append(stage)
            else:
                out.append([stage])
        return out

    def compile(self, parts: list[Any]) -> None:
        wanted = [
            Function(k.name, k.text, k.declarations) for stage in self.program.stages for k in stage if isinstance(k, Kernel)
        ]
        runs: list[tuple[Function, list[Any]]] = []
        for part in parts:
            if isinstance(part, list):
                writer = Driver(self.program, self.table, self.direct)
                for stage in part:
                    writer.stage(stage)
                runs.append((writer.finished(), part))
        functions = [*wanted, *(f for f, _ in runs)]
        self.addresses = dict(zip([f.name for f in functions], self.jit.functions(functions), strict=True))
        kind = NATIVE if self.direct else BY_ADDRESS
        made = iter([Segment(kind(self.addresses[f.name]), tuple(stages)) for f, stages in runs])
        self.parts = [next(made) if isinstance(part, list) else KernelStep(self, part) for part in parts]

    def prepare_outputs(self) -> None:
        places = [p for p in self.program.places.values() if p.kind == "output"]
        by_python = {
            self.program.places[key].index
            for stage in self.program.stages
            for u in stage
            if isinstance(u, Extern) and not u.native
            for key in u.outputs
            if self.program.places[key].kind == "output"
        }
        written = {p.index for p in places}
        self.shapes: list[Any] = []
        self.copies: list[tuple[int, int | Any]] = []
        placed: dict[int, int] = {}
        made = {
            place.index: self.program.layouts[key].shape for key, place in self.program.places.items() if place.kind == "output"
        }
        self.reshaped = [
            (k, x.spec.shape) for k, x in enumerate(self.graph.outputs) if k in by_python and sized(x) and x.spec.shape != made[k]
        ]
        for k, x in enumerate(self.graph.outputs):
            spec = x.spec if isinstance(x, Value) else x
            plain = k in written and k not in by_python
            self.shapes.append((spec.shape, spec.dtype) if plain else None)
            if k not in written:
                self.copies.append((k, x if not isinstance(x, Value) else self.origin(x, placed)))
            elif isinstance(x, Value):
                placed.setdefault(x.number, len(self.graph.arguments) + k)
        self.arguments = len(self.graph.arguments)
        self.native_only = len(self.parts) == 1 and isinstance(self.parts[0], Segment) and not self.copies
        shared = self.count > 1 and any(isinstance(part, Segment) for part in self.parts)
        self.products = shared and any(isinstance(part, KernelStep) and part.step.node.name in PRODUCTS for part in self.parts)
        only = self.parts[0] if self.native_only else None
        self.single = only.function if isinstance(only, Segment) else None
        self.address = ctypes.cast(cast(Any, self.single), ctypes.c_void_p).value if self.single is not None else None

    def origin(self, x: Value, placed: dict[int, int]) -> int:
        """Where the array stands of which an output is a copy."""
        place = self.program.places.get(("value", x.number))
        return position(self.program, place) if place is not None else placed[x.number]

    # -- calls ----------------------------------------------------------------------------------------------------------
    def __call__(self, arrays: Sequence[np.ndarray], targets: Sequence[np.ndarray | None]) -> list[np.ndarray]:
        if self.generation != threads.State.generation or threads.SEEN.generation != threads.State.generation:
            plan = self.adapted()
            if plan is not self:
                return plan(arrays, targets)
        outs: list[Any] = [
            np.empty(*shape) if target is None and shape is not None else target
            for target, shape in zip(targets, self.shapes, strict=True)
        ]
        try:
            slot = self.pool.pop()
        except IndexError:
            slot = Slot(self)
        fence = guarded(slot, self.program.gaps, outs, targets) if GUARD else None
        outs = outs if fence is None else fence.outs
        try:
            if self.single is not None and self.direct:
                status = self.single((*arrays, *outs), slot.address)
                if status or slot.note[0]:
                    self.failed(status, slot, arrays)
            elif self.products:
                with HOLD:
                    outs = self.run(arrays, outs, slot)
            else:
                outs = self.run(arrays, outs, slot)
        finally:
            if fence is not None:
                slot.check(self.program.gaps)
            self.pool.append(slot)
        return outs if fence is None else fence.opened(outs)

    def adapted(self) -> Plan:
        """The plan for the present number of threads: oneDNN's primitives are made for one. Calls in flight go on with their own."""
        threads.prepare()
        refresh()
        count = int(COUNT[0])
        if self.library is None or self.count == count:
            self.generation = Generation.seen
            return self
        return self.others.get(count) or self.others.setdefault(count, Plan(*self.given))

    def run(self, arrays: Sequence[np.ndarray], outs: list[Any], slot: Slot) -> list[Any]:
        values: list[Any] = [*arrays, *outs, *(None,) * self.program.held]
        sizes: dict[str, int] = {}
        for part in self.parts:
            if isinstance(part, Segment):
                status = self.call(part, values, slot)
                if status or slot.note[0]:
                    self.failed(status, slot, arrays)
            else:
                part.run(values, slot, sizes)
        outs = values[self.arguments : self.arguments + len(outs)]
        for k, shape in self.reshaped:
            if outs[k].shape != shape:
                outs[k] = outs[k].reshape(shape)
        for k, source in self.copies:
            found = values[source] if isinstance(source, int) else source
            if outs[k] is None:
                outs[k] = np.array(found, order="C")
            else:
                outs[k][...] = found
        return outs

    def call(self, part: Segment, values: list[Any], slot: Slot) -> int:
        if self.direct:
            return part.function(tuple(values), slot.address)
        pointers = np.array([0 if x is None else x.ctypes.data for x in values], np.uintp)
        return part.function(pointers.ctypes.data, slot.address)

    def failed(self, status: int, slot: Slot, arrays: Sequence[np.ndarray]) -> None:
        """A number was out of its range: the kernels say which, and where."""
        slot.note[0] = 0
        reference.compile_graph(self.graph)(arrays, [None] * len(self.graph.outputs))
        raise RuntimeError(f"native code failed with status {status}; NumPy's kernels did not")

    # -- what it is -------------------------------------------------------------------------------------------------------
    def describe(self) -> Description:
        lines = []
        native = kernels = 0
        for stage in self.program.stages:
            for u in stage:
                lines.append(text_of(u))
                kernels += isinstance(u, Extern) and not u.native
                native += not (isinstance(u, Extern) and not u.native)
        return Description(tuple(lines), self.program.arena, native, kernels)


def sized(x: Any) -> bool:
    return isinstance(x, Value) and not any(isinstance(d, Dim) for d in x.spec.shape)


def text_of(unit: Any) -> str:
    if isinstance(unit, Kernel):
        return f"loop    {unit.title}"
    if isinstance(unit, Copy):
        return f"copy    {unit.bytes} bytes into a variable that is still read"
    if unit.native:
        return f"library {unit.step.description or ', '.join(n.name for n in unit.step.nodes)}"
    return f"kernel  {unit.step.name}"


class KernelStep:
    """A node that its NumPy kernel serves."""

    def __init__(self, plan: Plan, unit: Extern):
        node: Any = unit.step
        program = plan.program
        operands = zip(node.inputs, unit.inputs, unit.shapes, strict=True)
        self.inputs = [(x.number, self.source(program, key, shape)) for x, key, shape in operands if isinstance(x, Value)]
        self.outputs = [(position(program, program.places[key]), program.places[key].kind == "output") for key in unit.outputs]
        self.step = reference.Step(node, [])

    @staticmethod
    def source(program: Program, key: Any, shape: tuple[Any, ...]) -> tuple[str, Any, Any, Any]:
        place, layout = program.places[key], program.layouts[key]
        wanted = None if any(isinstance(d, Dim) for d in shape) else tuple(shape)
        if place.kind == "arena":
            return "arena", place.index, layout, wanted
        if place.kind == "constant":
            return "constant", program.constants[key], layout, wanted
        return "array", position(program, place), layout, wanted

    def run(self, values: list[Any], slot: Slot, sizes: dict[str, int]) -> None:
        known = {number: fetched(x, values, slot) for number, x in self.inputs}
        given = list(known.values())
        self.step.run(known, sizes)
        for (k, is_output), number in zip(self.outputs, self.step.outputs, strict=True):
            x = known[number]
            if x.base is not None or not x.flags.c_contiguous or any(x is g for g in given):
                x = np.array(x, order="C")
            if is_output and values[k] is not None:
                values[k].reshape(x.shape)[...] = x  # the result may be a reshape of what the kernel gives
            else:
                values[k] = x


def fetched(x: tuple[str, Any, Any, Any], values: list[Any], slot: Slot) -> np.ndarray:
    kind, where, layout, shape = x
    if kind == "arena":
        found = slot.arena[where : where + layout.bytes].view(layout.dtype).reshape(layout.shape)
    else:
        found = where if kind == "constant" else values[where]
    return found if shape is None or found.shape == shape else found.reshape(shape)


def step_times(plan: Plan, arrays: Sequence[np.ndarray], n: int = 50) -> list[tuple[str, float]]:
    """Seconds that each stage takes, the least of n runs; on copies of the arrays."""
    apart = Plan(*plan.given, apart=True)
    values = [np.array(a) for a in arrays]
    slot = apart.pool.pop()
    best = [float("inf")] * len(apart.parts)
    for _ in range(n):
        outs = [None if shape is None else np.empty(*shape) for shape in apart.shapes]
        held: list[Any] = [*values, *outs, *(None,) * apart.program.held]
        sizes: dict[str, int] = {}
        for k, part in enumerate(apart.parts):
            start = perf_counter()
            if isinstance(part, Segment):
                apart.call(part, held, slot)
            else:
                part.run(held, slot, sizes)
            best[k] = min(best[k], perf_counter() - start)
    names = [part.stages[0] if isinstance(part, Segment) else None for part in apart.parts]
    return [("; ".join(map(text_of, stage)) if stage else "kernel", t) for stage, t in zip(names, best, strict=True)]


def seconds(plan: Plan, arrays: Sequence[np.ndarray], n: int = 20) -> float:
    """The time of a call, the least of some."""
    best = float("inf")
    for _ in range(n):
        start = perf_counter()
        plan(arrays, [None] * len(plan.graph.outputs))
        best = min(best, perf_counter() - start)
    return best
