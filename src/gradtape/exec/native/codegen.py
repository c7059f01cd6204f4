"""A group of roots -> one LLVM function `void kernel(ptr* buffers, i64 begin, i64 end)` over a range of its rows (or elements).

Innermost loops promise LLVM that their accesses are independent, which holds by construction (`fuse` lets a group read what it
makes only where it makes it), so that no overlap is tested at run time and a buffer may be updated in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np

from . import index as ix
from . import scalar
from .emit import Emitter, Scope, Value
from .expr import Map, Reduce, Source
from .fuse import Group, Reader, Root, Space, joined_axes, set_levels, tiling
from .scalar import Builder, Type

WIDTH = 2048  # elements of the last axis that a unit of a map takes, where there are several axes
STRIP = 512  # the same of a reduction over the axes before
SHORT = 24  # rows of fewer elements are computed side by side
UNROLL = 4  # rows that a reduction over the axes before takes at once
LOCAL = 1 << 15  # bytes of a row that a kernel keeps for itself

IDENTITY = {"add": 0, "multiply": 1, "or": False, "and": True}


class Kernel(NamedTuple):
    """Text with the name in it; the buffers in the order of its pointers; how many units there are, and what one costs."""

    name: str
    text: str
    declarations: dict[str, str]
    reads: tuple[Any, ...]
    writes: tuple[Any, ...]
    buffers: tuple[Any, ...]
    units: int
    cost: float
    noting: bool  # the last pointer is a byte that is set where a number was out of its range
    title: str


def extreme_of(op: str, t: Type) -> Any:
    if t.kind == "f":
        return float("-inf") if op == "maximum" else float("inf")
    info = np.iinfo(f"{t.kind}{t.bits // 8}")
    return int(info.min) if op == "maximum" else int(info.max)


def identity_of(op: str, t: Type) -> str:
    return scalar.literal(IDENTITY[op] if op in IDENTITY else extreme_of(op, t), t)


def folded(b: Builder, op: str, t: Type, x: str, y: str) -> str:
    """One step of a reduction; the order of floats' sums and products is free."""
    if op in ("add", "multiply"):
        word = "add" if op == "add" else "mul"
        return b(f"f{word} reassoc {t.llvm} {x}, {y}") if t.kind == "f" else b(f"{word} {t.llvm} {x}, {y}")
    if op in ("or", "and"):
        return b(f"{op} i1 {x}, {y}")
    if t.kind == "f":
        return scalar.intrinsic(b, op, t, x, y)
    return scalar.intrinsic(b, ("s" if t.kind == "i" else "u") + op[:3], t, x, y)


class Writer(Emitter):
    """Writes the function of one group."""

    def __init__(self, group: Group, reader: Reader, outside: set[Any]):
        super().__init__()
        set_levels(group, reader)
        self.group, self.reader, self.outside = group, reader, outside
        joined = joined_axes(group, reader)
        self.space = Space(group, joined, tiling(group, reader, joined))
        self.kind = group.kind
        self.made = {r.key: r for r in group.roots}
        self.steps: dict[ix.Var, int] = {}  # variables of which a loop takes several values at once
        self.loops = 0
        self.metadata: list[str] = []
        self.current, self.level = None, 0
        self.plan_space()
        self.storage = {r.key: self.storage_of(r) for r in group.roots}

    # -- the shape of the loops -------------------------------------------------------------------------------
    def plan_space(self) -> None:
        space = self.space
        self.outer, self.folded = space.outer, space.folded
        self.inner: list[ix.Var] = []  # loops within a unit, besides those over what is folded
        self.blocked, self.blocks, self.width = False, 1, 1
        if self.kind == "rows" and self.short_rows():
            self.kind = "columns"  # neighbouring rows side by side in a vector
        if space.tiles:
            self.inner = space.tiles
        elif self.kind != "rows" and self.outer and not (self.kind == "map" and len(self.outer) == 1):
            self.inner = [self.outer.pop()]
            self.choose_blocks(self.inner[0].extent)
        self.flat = self.kind == "map" and not self.inner  # one loop over elements
        empty = not prod(self.group.shape[i] for i in self.group.kept)
        self.units = 0 if empty else prod(v.extent for v in self.outer) * self.blocks

    def short_rows(self) -> bool:
        return 1 <= prod(v.extent for v in self.folded) < SHORT and bool(self.outer) and self.outer[-1].extent >= 16

    def choose_blocks(self, n: int) -> None:
        rows = prod(v.extent for v in self.outer)
        width = STRIP if self.kind == "columns" else WIDTH
        if rows < 16 and self.group.size > 1 << 15:
            width = max(64, min(width, -(-n * rows // 16 // 16) * 16))
        self.blocked = n > width
        self.width = width if self.blocked else n
        self.blocks = -(-n // width) if self.blocked else 1

    def storage_of(self, root: Root) -> str:
        """memory: the buffer of its key | local: the kernel keeps a row of it | none."""
        if root.is_reduce or root.key in self.outside:
            return "memory" if root.key in self.outside else "none"
        later = any(
            r.level > root.level and any(key == root.key for key, _, _ in self.reader.of(r, self.space.own(r)))
            for r in self.group.roots
        )
        if not (later and root.full) or self.kind == "map":
            return "none"
        if self.row_size() * 8 <= LOCAL:
            return "local"
        return "memory" if root.expr.cost > 3 else "none"

    # -- reductions -----------------------------------------------------------------------------------------------------
    def accumulate(self, root: Root, values: Sequence[str]) -> None:
        """Fold these into what the row, or the column, has so far."""
        expr = root.expr
        assert isinstance(expr, Reduce)
        t = scalar.TYPES[root.dtype]
        if self.kind == "rows":
            b, address, group = self.at_depth(self.body), self.accumulator(root), ""
        else:
            address, group = self.strip_address(root), ", !llvm.access.group !0"
            b = self.at_depth(self.body)
        boolean = t.kind == "b" and self.kind == "columns"
        kind = "i8" if boolean else t.llvm
        total = b(f"load {kind}, ptr {address}{group}")
        total = b(f"icmp ne i8 {total}, 0") if boolean else total
        for value in values:
            total = folded(b, expr.op, t, total, value)
        total = b(f"zext i1 {total} to i8") if boolean else total
        b.lines.append(f"store {kind} {total}, ptr {address}{group}")

    # -- loops ------------------------------------------------------------------------------------------------------------
    def loop(self, name: str, low: str, high: str, lines: Sequence[str], inner: Sequence[str], independent: bool) -> list[str]:
        n = self.loops = self.loops + 1
        self.metadata += [f"!{n + 2} = distinct !{{!{n + 2}, !{1 if independent else 2}}}"]
        return [
            f"br label %p{n}", f"p{n}:", f"br label %l{n}", f"l{n}:",
            f"{name} = phi i64 [ {low}, %p{n} ], [ %n{n}, %e{n} ]", *lines, *inner,
            f"br label %e{n}", f"e{n}:", f"%n{n} = add nuw nsw i64 {name}, 1", f"%c{n} = icmp slt i64 %n{n}, {high}",
            f"br i1 %c{n}, label %l{n}, label %x{n}, !llvm.loop !{n + 2}", f"x{n}:",
        ]  # fmt: skip

    def nest(self, loops: Sequence[ix.Var], emit: Any) -> list[str]:
        """Loops over these variables around what `emit` emits, and the lines that it leaves in the row."""
        first = len(self.scopes)
        stamp = self.loops
        for k, v in enumerate(loops):
            self.scopes.append(Scope())
            self.depths[v] = Value(f"%{v.name}_{stamp}_{k}", first + k)
        names = [self.depths[v].name for v in loops]
        before, self.body = self.body, len(self.scopes) - 1
        emit()
        text: list[str] = []
        for k in range(len(loops) - 1, -1, -1):
            v = loops[k]
            low, high = (
                ("%first", "%last") if v is self.innermost and self.blocked else ("0", str(v.extent // self.steps.get(v, 1)))
            )
            text = self.loop(names[k], low, high, self.scopes[first + k].lines, text, k == len(loops) - 1)
        del self.scopes[first:]
        self.body = before
        self.forget(first - 1)
        row = self.scopes[-1]
        row.lines += text
        return text

    # -- the passes ---------------------------------------------------------------------------------------------------------
    def finish(self, root: Root) -> None:
        """A root's value at this point of the space: into memory, or kept."""
        self.current = root
        at = self.space.own(root)
        value = self.compute(root.expr, at) if not isinstance(root.expr, Source) else self.value(root.expr, at)
        value = self.kept(root, value)
        self.values[(root.expr.serial, at)] = value
        self.current = None

    def kept(self, root: Root, value: Value) -> Value:
        stored = self.storage[root.key]
        if stored == "memory":
            return self.store(root.key, root.dtype, ix.linear(self.space.result(root), root.shape), value)
        if stored == "local":
            address = self.local_address(root)
            b = self.at_depth(self.body)
            raw = b(f"zext i1 {value.name} to i8") if root.dtype.kind == "b" else value.name
            b.lines.append(f"store {self.memory_type(root)} {raw}, ptr {address}, !llvm.access.group !0")
        return value

    def begin_reductions(self, roots: Sequence[Root]) -> None:
        if self.kind == "rows":
            for root in roots:
                t = scalar.TYPES[root.dtype]
                name = self.accumulator(root)
                self.scopes[-1].lines.append(f"store {t.llvm} {identity_of(root.expr.op, t)}, ptr {name}")  # type: ignore[attr-defined]
            return

        def fill() -> None:
            for root in roots:
                t, kind = scalar.TYPES[root.dtype], self.memory_type(root)
                start = identity_of(root.expr.op, t)  # type: ignore[attr-defined]
                start = {"true": "1", "false": "0"}.get(start, start)
                address = self.strip_address(root)
                self.at_depth(self.body).lines.append(f"store {kind} {start}, ptr {address}, !llvm.access.group !0")

        if roots:
            self.nest(self.inner, fill)

    def end_reductions(self, roots: Sequence[Root]) -> None:
        """rows: the results become values of the row. columns: they go to memory where that is asked for."""
        if self.kind == "rows":
            for root in roots:
                self.end_row(root)
            return
        stored = [r for r in roots if self.storage[r.key] == "memory"]

        def copy() -> None:
            for root in stored:
                self.kept(root, self.accumulated(root))

        if stored:
            self.nest(self.inner, copy)

    def end_row(self, root: Root) -> None:
        t = scalar.TYPES[root.dtype]
        depth = len(self.scopes) - 1
        b = self.at_depth(depth)
        value = Value(b(f"load {t.llvm}, ptr {self.accumulator(root)}"), depth)
        self.values[("result", root.key)] = self.kept(root, value)

    def passes(self) -> None:
        group = self.group
        top = max(r.level for r in group.roots)
        for level in range(top + 1):
            self.level = level
            here = [r for r in group.roots if r.level == level]
            singles = [r for r in here if not r.is_reduce and not r.full]
            wholes = [r for r in here if not r.is_reduce and r.full]
            sums = [r for r in here if r.is_reduce]
            if singles:
                self.nest(self.inner, lambda roots=singles: [self.finish(r) for r in roots])
            self.begin_reductions(sums)
            loops = [*self.folded, *self.inner]
            if (sums or wholes) and all(v.extent for v in loops):
                self.steps = self.unrolling(wholes, sums)
                self.nest(loops, lambda wholes=wholes, sums=sums: self.whole_pass(wholes, sums))
                self.steps = {}
            self.end_reductions(sums)

    def unrolling(self, wholes: Sequence[Root], sums: Sequence[Root]) -> dict[ix.Var, int]:
        """A reduction over columns takes several rows at once, so that its sums are loaded and stored less often."""
        cheap = sum(r.expr.cost for r in [*wholes, *sums]) < 24
        if self.kind != "columns" or not self.folded or not sums or not cheap or self.folded[-1].extent % UNROLL:
            return {}
        return {self.folded[-1]: UNROLL}

    def whole_pass(self, wholes: Sequence[Root], sums: Sequence[Root]) -> None:
        parts: dict[Any, list[str]] = {root.key: [] for root in sums}
        order = sorted([*wholes, *sums], key=lambda r: r.serial)
        for _ in self.unrolled():
            for root in order:
                if root.is_reduce:
                    parts[root.key].append(self.value(root.expr.args[0], self.space.own(root)).name)
                else:
                    self.finish(root)
        for root in sums:
            self.accumulate(root, parts[root.key])

    def unrolled(self) -> Iterator[None]:
        """Once, or once for each of the values that a loop takes at once."""
        if not self.steps:
            yield
            return
        ((v, count),) = self.steps.items()
        start = self.depths[v]
        first = self.at_depth(start.depth)(f"mul nuw nsw i64 {start.name}, {count}")
        for k in range(count):
            self.values = {key: value for key, value in self.values.items() if value.depth < start.depth}
            self.depths = {key: value for key, value in self.depths.items() if type(key) is ix.Var or value.depth < start.depth}
            self.depths[v] = Value(self.at_depth(start.depth)(f"add nuw nsw i64 {first}, {k}"), start.depth)
            yield
        self.depths[v] = start

    # -- the function ---------------------------------------------------------------------------------------------------------
    def text(self) -> Kernel:
        if self.flat:
            for v in self.outer:
                self.depths[v] = Value("%unit", 1)
        else:
            self.decompose()
        self.passes()
        body = self.loop("%unit", "%begin", "%end", self.scopes[1].lines, [], self.flat)
        return self.kernel(body)

    def decompose(self) -> None:
        """The outer variables and the block, from the number of the unit."""
        b = self.at_depth(1)
        rest = "%unit"
        if self.blocked:
            assert self.innermost is not None
            block = b(f"urem i64 {rest}, {self.blocks}")
            rest = b(f"udiv i64 {rest}, {self.blocks}")
            b.lines.append(f"%first = mul nuw nsw i64 {block}, {self.width}")
            end = b(f"add nuw nsw i64 %first, {self.width}")
            b.lines.append(f"%last = call i64 @llvm.umin.i64(i64 {end}, i64 {self.innermost.extent})")
            b.declared["llvm.umin.i64"] = "declare i64 @llvm.umin.i64(i64, i64)"
        for k in range(len(self.outer) - 1, -1, -1):
            v = self.outer[k]
            if k == 0:
                self.depths[v] = Value(rest, 1)
            else:
                self.depths[v] = Value(b(f"urem i64 {rest}, {v.extent}"), 1)
                rest = b(f"udiv i64 {rest}, {v.extent}")

    def kernel(self, body: list[str]) -> Kernel:
        keys = list(self.buffers)
        pointers = []
        for k, name in enumerate(self.buffers.values()):
            pointers += [f"%q{k} = getelementptr ptr, ptr %buffers, i64 {k}", f"{name} = load ptr, ptr %q{k}"]
        if self.noting:
            pointers += [
                f"%qn = getelementptr ptr, ptr %buffers, i64 {len(keys)}",
                "%note = load ptr, ptr %qn",
                "%nowhere = alloca i8",
            ]
        lines = [
            "define void @KERNEL(ptr %buffers, i64 %begin, i64 %end) #0 {",
            "entry:",
            *pointers,
            *self.entry,
            *body,
            "ret void",
            "}",
        ]
        text = "\n".join([*lines, *self.metadata])
        name = "k" + hashlib.sha256(text.encode()).hexdigest()[:24]
        writes = tuple(r.key for r in self.group.roots if self.storage[r.key] == "memory")
        return Kernel(
            name,
            text,
            dict(self.b.declared),
            tuple(self.reads),
            writes,
            tuple(keys),
            self.units,
            self.cost(),
            self.noting,
            self.title(),
        )

    def cost(self) -> float:
        """Of one unit, in additions."""
        whole = sum(r.expr.cost + 1 for r in self.group.roots if r.full or r.is_reduce)
        return whole * self.group.size / max(self.units, 1)

    def title(self) -> str:
        names = []
        for r in self.group.roots:
            x = r.expr
            names.append(x.op if isinstance(x, (Map, Reduce)) else type(x).__name__.lower())
        return f"{self.group.kind} {list(self.group.shape)}: {', '.join(names)}"


def write(group: Group, reader: Reader, outside: set[Any]) -> Kernel:
    return Writer(group, reader, outside).text()
