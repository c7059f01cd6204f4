"""A run of native stages as one function `i32 driver(PyObject* arrays, i64* table)`.

`arrays` is a tuple of NumPy arrays, of which the data pointers are read here; `table` holds every address: the arena, the kernels,
constants, oneDNN's primitives. So the text has no address in it and can be cached like any other.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from .codegen import Kernel
from .jit import Function
from .program import Copy, Extern, Program
from .steps import INPUT, OUTPUT, SCRATCH, FunctionCall, Operand, PrimitiveCall

ARENA, NOTE, THREADS, PARALLEL, NUMBER, COUNT, SET_DATA, EXECUTE, FIRST = range(9)  # slots of every table
SHARED = 1_000_000.0  # additions from which a stage is shared out among threads: some 25 µs in one
GRAIN = 64  # elements that stay with one thread


# -- where CPython and NumPy keep things ------------------------------------------------------------------------
class Offsets:
    """Bytes from the start of a tuple to its first item, and of an array to its data pointer; found by looking at examples."""

    def __init__(self) -> None:
        marks = (np.zeros(3), np.zeros((2, 2)))
        self.items = found(marks, lambda at: words(marks, at) == tuple(map(id, marks)))
        self.data = found(marks[0], lambda at: all(words(a, at, 1) == (a.ctypes.data,) for a in marks))


def words(x: Any, at: int, count: int = 2) -> tuple[int, ...]:
    return tuple((ctypes.c_size_t * count).from_address(id(x) + at))


def found(x: Any, fits: Callable[[int], bool]) -> int:
    """The first offset at which an object of this kind holds what is expected; -1 where there is none."""
    size = max(type(x).__basicsize__, 24)
    return next((at for at in range(16, size, 8) if fits(at)), -1) if not isinstance(x, tuple) else tuple_offset(fits)


def tuple_offset(fits: Callable[[int], bool]) -> int:
    return next((at for at in range(16, tuple.__basicsize__ + 8, 8) if fits(at)), -1)


@lru_cache(1)
def offsets() -> Offsets:
    return Offsets()


# -- the table ------------------------------------------------------------------------------------------------------
class Table:
    """What stands in which slot."""

    def __init__(self) -> None:
        self.slots: dict[Any, int] = {}

    def slot(self, entry: Any) -> int:
        return self.slots.setdefault(entry, FIRST + len(self.slots))


# -- the text ---------------------------------------------------------------------------------------------------------
class Driver:
    """Writes the function of one run of stages."""

    write_loop: Callable  # `loops` puts its writer here

    def __init__(self, program: Program, table: Table, direct: bool):
        self.program, self.table, self.direct = program, table, direct
        self.lines: list[str] = []
        self.regions: list[str] = []
        self.pointers: dict[Any, str] = {}
        self.count = 0
        self.frame = 1  # words; the first is the table
        self.rooms: list[str] = []
        self.updated = {o for _, o in program.graph.updates}
        self.noting = False  # may a kernel have noted something since the last look?

    def new(self, text: str) -> str:
        self.count += 1
        self.lines.append(f"%d{self.count} = {text}")
        return f"%d{self.count}"

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def room(self, name: str, words: int) -> str:
        """Memory on the stack under this name."""
        self.rooms.append(f"%{name} = alloca [{words} x i64], align 64")
        return f"%{name}"

    def entry(self, slot: int, kind: str = "ptr") -> str:
        key = ("entry", slot, kind)
        if key not in self.pointers:
            self.pointers[key] = self.new(f"load {kind}, ptr {self.offset('%table', 8 * slot)}")
        return self.pointers[key]

    def offset(self, base: str, n: int) -> str:
        return base if not n else self.new(f"getelementptr i8, ptr {base}, i64 {n}")

    def pointer(self, key: Any) -> str:
        if key not in self.pointers:
            self.pointers[key] = self.found(key)
        return self.pointers[key]

    def found(self, key: Any) -> str:
        place = self.program.places[key]
        if place.kind == "arena":
            return self.offset(self.entry(ARENA), place.index)
        if place.kind == "constant":
            return self.entry(self.table.slot(("constant", key)))
        return self.array(position(self.program, place))

    def array(self, k: int) -> str:
        """The data of the k-th array: read out of the objects, or given as an integer."""
        if not self.direct:
            return self.new(f"load ptr, ptr {self.offset('%arrays', 8 * k)}")
        at = offsets()
        item = self.new(f"load ptr, ptr {self.offset('%arrays', at.items + 8 * k)}")
        return self.new(f"load ptr, ptr {self.offset(item, at.data)}")

    # -- stages ---------------------------------------------------------------------------------------------------
    def stage(self, units: Sequence[Any]) -> None:
        kernels = [u for u in units if isinstance(u, Kernel)]
        if self.noting and any(map(self.updates, units)):
            self.stop_if_noted()
        if kernels:
            self.launch(kernels)
            self.noting |= any(k.noting for k in kernels)
        for u in units:
            if isinstance(u, Extern):
                self.library(u)
            elif isinstance(u, Copy):
                self.copy(self.pointer(u.source), self.pointer(u.target), u.bytes)

    def updates(self, unit: Any) -> bool:
        """Does it write what a variable will be?"""
        keys = [unit.target] if isinstance(unit, Copy) else unit.writes if isinstance(unit, Kernel) else unit.outputs
        places = [self.program.places[key] for key in keys]
        return any(p.kind == "output" and p.index in self.updated for p in places)

    def stop_if_noted(self) -> None:
        """An error leaves the variables as they were."""
        self.noting = False
        note = self.new(f"load i8, ptr {self.entry(NOTE)}")
        bad = self.new(f"icmp ne i8 {note}, 0")
        self.count += 1
        self.lines += [f"br i1 {bad}, label %stop, label %go{self.count}", f"go{self.count}:"]

    def copy(self, source: str, target: str, size: int) -> None:
        if size:
            self.lines.append(f"call void @llvm.memmove.p0.p0.i64(ptr {target}, ptr {source}, i64 {size}, i1 false)")

    def launch(self, kernels: Sequence[Kernel]) -> None:
        """All of them, in one thread or in as many as there are."""
        buffers = [self.buffers(k) for k in kernels]
        if sum(k.units * k.cost for k in kernels) < SHARED or all(k.units < 2 for k in kernels):
            self.serial(kernels, buffers)
            return
        n = len(self.regions)
        region = self.region(n, kernels, buffers)
        self.regions.append(region)
        before = dict(self.pointers)
        parallel, threads = self.entry(PARALLEL), self.new(f"load i64, ptr {self.entry(THREADS)}")
        many = self.new(f"icmp sgt i64 {threads}, 1")
        self.lines += [f"br i1 {many}, label %many{n}, label %one{n}", f"many{n}:", "store ptr %table, ptr %frame"]
        narrow = self.new(f"trunc i64 {threads} to i32")
        self.lines += [
            f"call void {parallel}(ptr @KERNEL_r{n}, ptr %frame, i32 {narrow}, i32 0)",
            f"br label %done{n}",
            f"one{n}:",
        ]
        self.serial(kernels, buffers)
        self.lines += [f"br label %done{n}", f"done{n}:"]
        self.pointers = before  # what was loaded in a branch does not hold after it

    def buffers(self, kernel: Kernel) -> int:
        """The kernel's pointers in the frame; the word where they begin."""
        start = self.frame
        pointers = [self.pointer(key) for key in kernel.buffers] + ([self.entry(NOTE)] if kernel.noting else [])
        for k, p in enumerate(pointers):
            self.lines.append(f"store ptr {p}, ptr {self.offset('%frame', 8 * (start + k))}")
        self.frame += len(pointers)
        return start

    def serial(self, kernels: Sequence[Kernel], buffers: Sequence[int]) -> None:
        for k, start in zip(kernels, buffers, strict=True):
            function = self.new(f"load ptr, ptr {self.offset('%table', 8 * self.table.slot(('kernel', k.name)))}")
            self.lines.append(f"call void {function}(ptr {self.offset('%frame', 8 * start)}, i64 0, i64 {k.units})")

    def region(self, n: int, kernels: Sequence[Kernel], buffers: Sequence[int]) -> str:
        """What each thread does: its share of every kernel."""
        slot = lambda k: f"getelementptr i8, ptr %table, i64 {8 * k}"  # noqa: E731
        lines = [
            f"define internal void @KERNEL_r{n}(ptr %frame) #0 {{", "%table = load ptr, ptr %frame",
            f"%s1 = {slot(NUMBER)}", "%f1 = load ptr, ptr %s1", "%t32 = call i32 %f1()", "%t = zext i32 %t32 to i64",
            f"%s2 = {slot(COUNT)}", "%f2 = load ptr, ptr %s2", "%n32 = call i32 %f2()", "%n = zext i32 %n32 to i64",
            "%u = add i64 %t, 1",
        ]  # fmt: skip
        for k, (kernel, start) in enumerate(zip(kernels, buffers, strict=True)):
            grain = grain_of(kernel)
            pieces = -(-kernel.units // grain)
            lines += [
                f"%a{k} = mul i64 %t, {pieces}", f"%b{k} = udiv i64 %a{k}, %n", f"%lo{k} = mul i64 %b{k}, {grain}",
                f"%c{k} = mul i64 %u, {pieces}", f"%e{k} = udiv i64 %c{k}, %n", f"%g{k} = mul i64 %e{k}, {grain}",
                f"%hi{k} = call i64 @llvm.umin.i64(i64 %g{k}, i64 {kernel.units})",
                f"%w{k} = icmp ult i64 %lo{k}, %hi{k}", f"br i1 %w{k}, label %do{k}, label %skip{k}", f"do{k}:",
                f"%s{k}k = {slot(self.table.slot(('kernel', kernel.name)))}", f"%k{k} = load ptr, ptr %s{k}k",
                f"%p{k} = getelementptr i8, ptr %frame, i64 {8 * start}", f"call void %k{k}(ptr %p{k}, i64 %lo{k}, i64 %hi{k})",
                f"br label %skip{k}", f"skip{k}:",
            ]  # fmt: skip
        return "\n".join([*lines, "ret void", "}"])

    # -- library steps ------------------------------------------------------------------------------------------------
    def library(self, unit: Extern) -> None:
        step: Any = unit.step
        for output, source in step.starts_as:
            layout = self.program.layouts[unit.inputs[source]]
            self.begin_as(self.pointer(unit.inputs[source]), self.pointer(unit.outputs[output]), layout.bytes)
        for k, call in enumerate(step.calls):
            if isinstance(call, PrimitiveCall):
                self.primitive(unit, k, call)
            else:
                self.function(unit, k, call)
        if step.loop is not None:
            self.write_loop(self, unit, step.loop)
            self.noting = True  # the body's kernels note where this one's do

    def begin_as(self, source: str, target: str, size: int) -> None:
        """A copy, unless both are one buffer."""
        self.count += 1
        n, same = self.count, self.new(f"icmp eq ptr {source}, {target}")
        self.lines += [f"br i1 {same}, label %same{n}, label %differ{n}", f"differ{n}:"]
        self.copy(source, target, size)
        self.lines += [f"br label %same{n}", f"same{n}:"]

    def operand(self, unit: Extern, operand: Operand) -> str:
        keys = {INPUT: unit.inputs, OUTPUT: unit.outputs, SCRATCH: [("scratch", unit.serial)]}[operand.kind]
        pointer = self.pointer(keys[operand.index])
        return self.offset(pointer, operand.start) if operand.start else pointer

    def primitive(self, unit: Extern, k: int, call: PrimitiveCall) -> None:
        set_data, execute = self.entry(SET_DATA), self.entry(EXECUTE)
        for n, argument in enumerate(call.arguments):
            memory = self.entry(self.table.slot(("memory", unit.serial, k, n)))
            status = self.new(f"call i32 {set_data}(ptr {memory}, ptr {self.operand(unit, argument.operand)})")
            self.failed(status)
        primitive = self.entry(self.table.slot(("primitive", unit.serial, k)))
        stream = self.entry(self.table.slot(("stream", unit.serial, k)))
        arguments = self.entry(self.table.slot(("arguments", unit.serial, k)))
        self.failed(self.new(f"call i32 {execute}(ptr {primitive}, ptr {stream}, i32 {len(call.arguments)}, ptr {arguments})"))

    def function(self, unit: Extern, k: int, call: FunctionCall) -> None:
        address = self.entry(self.table.slot(("function", unit.serial, k)))
        given = []
        for kind, x in call.arguments:
            if isinstance(x, Operand):
                x = self.operand(unit, x)
            elif kind in ("float", "double"):
                x = f"{np.float32(x) if kind == 'float' else x:.17e}"
                x = "0x" + np.float64(x).view(np.uint64).item().to_bytes(8, "big").hex().upper()
            given.append(f"{kind} {x}")
        self.failed(self.new(f"call i32 {address}({', '.join(given)})"))

    def failed(self, status: str) -> None:
        old = self.new("load i32, ptr %status")
        self.lines.append(f"store i32 {self.new(f'or i32 {old}, {status}')}, ptr %status")

    def finished(self) -> Function:
        lines = [
            "define i32 @KERNEL(ptr %arrays, ptr %table) #0 {", "entry:",
            f"%frame = alloca [{self.frame} x ptr], align 64", *self.rooms, "%status = alloca i32", "store i32 0, ptr %status",
            *self.lines, "br label %stop", "stop:", "%result = load i32, ptr %status", "ret i32 %result", "}",
        ]  # fmt: skip
        text = "\n".join([*self.regions, *lines])
        declarations = {
            "llvm.memmove.p0.p0.i64": "declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)",
            "llvm.umin.i64": "declare i64 @llvm.umin.i64(i64, i64)",
        }
        return Function("d" + hashlib.sha256(text.encode()).hexdigest()[:24], text, declarations)


def grain_of(kernel: Kernel) -> int:
    """Units that one thread takes at least: a kernel over elements hands out whole cache lines."""
    return GRAIN if kernel.units > 16 * GRAIN and kernel.cost < 1000 else 1


def position(program: Program, place: Any) -> int:
    """Where an array stands in the tuple: inputs, outputs, held."""
    start = {"input": 0, "output": len(program.graph.arguments)}
    base = start.get(place.kind, len(program.graph.arguments) + len(program.graph.outputs))
    return base + place.index
