"""Rows added (or put) at row numbers, as a loop in which each thread takes the rows of the result that are its own.

So a number that comes twice needs no lock, and the sums have one order, whatever the number of threads.
"""

from __future__ import annotations

from typing import Any

from . import codegen, scalar
from . import index as ix
from .codegen import Kernel, Writer
from .emit import Value, source_of
from .expr import Scatter
from .fuse import Group, Reader


class ScatterWriter(Writer):
    """`begin` and `end` are rows of the result."""

    def plan_space(self) -> None:
        self.kind, self.flat, self.blocked, self.blocks, self.width = "map", False, False, 1, 1
        self.outer, self.folded, self.inner = [], [], []
        self.units = self.group.roots[0].shape[0]

    def text(self) -> Kernel:
        root = self.group.roots[0]
        x = root.expr
        assert isinstance(x, Scatter)
        _, rows, numbers = x.args
        n, j = ix.Var("n", rows.shape[0]), ix.Var("j", rows.shape[1])
        self.depths[n] = Value("%n", 1)
        here = ix.variable(n)
        self.row_number(numbers, here)
        found = source_of(numbers)
        if found is not None:
            self.ask_for(root.key, x.dtype, root.shape, found, n, True)
        inner = self.nested(j, lambda: self.add_row(x, here, j))
        lines = self.scopes[1].lines
        lines += ["%above = icmp uge i64 %row, %begin", "%below = icmp ult i64 %row, %end", "%mine = and i1 %above, %below"]
        guarded = ["br i1 %mine, label %take, label %pass", "take:", *inner, "br label %pass", "pass:"]
        body = self.loop("%n", "0", str(n.extent), lines, guarded, False)
        return self.finished(body, root)

    def row_number(self, numbers: Any, here: ix.Index) -> None:
        """%row, and a note where there is no such row."""
        self.noting = True
        value, t = self.value(numbers, (here,)), scalar.TYPES[numbers.dtype]
        b = self.at_depth(1)
        word = "sext" if t.kind == "i" else "zext"
        wide = f"{word} {t.llvm} {value.name} to i64" if t.bits < 64 else f"add i64 {value.name}, 0"
        b.lines.append(f"%row = {wide}")
        b.lines += [
            f"%stray = icmp uge i64 %row, {self.units}",
            "%sign = select i1 %stray, ptr %note, ptr %nowhere",
            "store i8 1, ptr %sign, align 1",
        ]

    def nested(self, j: ix.Var, emit: Any) -> list[str]:
        """The loop over a row, apart from the lines of the loop around it."""
        before = self.scopes[1].lines
        kept = list(before)
        text = self.nest([j] if j.extent != 1 else [], emit)
        if j.extent == 1:
            text = before[len(kept) :]
            del before[len(kept) :]
            return text
        del before[len(before) - len(text) :]
        return text

    def add_row(self, x: Scatter, here: ix.Index, j: ix.Var) -> None:
        root = self.group.roots[0]
        value = self.value(x.args[1], (here, ix.variable(j)))
        b, kind, t = self.at_depth(self.body), scalar.stored(x.dtype), scalar.TYPES[x.dtype]
        start = b(f"mul nuw nsw i64 %row, {j.extent}")
        place = b(f"add nuw nsw i64 {start}, {self.number(ix.variable(j)).name}")
        b = self.at_depth(self.body)
        address = b(f"getelementptr inbounds {kind}, ptr {self.buffer(root.key)}, i64 {place}")
        total = value.name
        if x.op != "put":
            raw = b(f"load {kind}, ptr {address}, align {x.dtype.itemsize}, !llvm.access.group !0")
            total = scalar.arithmetic(b, "add" if x.op == "add" else "sub", t, scalar.loaded(b, x.dtype, raw), value.name)
        b.lines.append(
            f"store {kind} {scalar.to_store(b, x.dtype, total)}, ptr {address}, align {x.dtype.itemsize}, !llvm.access.group !0"
        )

    def finished(self, body: list[str], root: Any) -> Kernel:
        made = self.kernel(body)
        cost = self.group.size * (root.expr.args[1].cost + 2) / self.units
        return made._replace(cost=cost, writes=(root.key,), title=f"scatter {list(self.group.shape)} into {list(root.shape)}")


def write(group: Group, reader: Reader, outside: set[Any]) -> Kernel:
    """The kernel of a group of any kind."""
    if isinstance(group.roots[0].expr, Scatter):
        return ScatterWriter(group, reader, outside).text()
    return codegen.write(group, reader, outside)
