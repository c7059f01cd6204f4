"""Values of a group's loops as LLVM text: each is emitted in the outermost loop that it depends on, once."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np

from . import index as ix
from . import scalar
from .expr import Expr, Iota, Map, Number, Source, Take, View
from .fuse import Group, Reader, Root, Space, stripped, taken
from .scalar import Builder


class Scope:
    """The body of a loop while its text is collected."""

    def __init__(self) -> None:
        self.lines: list[str] = []


class Value(NamedTuple):
    name: str
    depth: int


AHEAD = 12  # units between asking for a row and reading it
LARGE = 1 << 21  # bytes of a table that the nearest caches do not hold
MOST_OF_A_ROW = 1024


def source_of(numbers: Expr) -> Source | None:
    """The array in memory whose elements these are, once they are checked and cast."""
    while (isinstance(numbers, Map) and numbers.op in ("checked", "cast", "identity")) or (
        isinstance(numbers, View) and numbers.plain
    ):
        numbers = numbers.args[0]
    return numbers if isinstance(numbers, Source) and numbers.dtype.kind in "iu" else None


class Emitter:
    """Where instructions go, indices, memory and values. `codegen` lays the loops around them."""

    group: Group
    reader: Reader
    space: Space
    kind: str  # map | rows | columns: how the loops lie
    made: dict[Any, Root]
    storage: dict[Any, str]
    folded: list[ix.Var]
    inner: list[ix.Var]
    blocked: bool
    width: int
    flat: bool
    level: int
    current: Root | None

    def __init__(self) -> None:
        self.b = Builder()
        self.buffers: dict[Any, str] = {}
        self.reads: set[Any] = set()
        self.entry: list[str] = []
        self.values: dict[Any, Value] = {}
        self.scopes: list[Scope] = [Scope(), Scope()]
        self.depths: dict[Any, Value] = {}
        self.body = 1  # depth of the loop that is being filled
        self.noting = False
        self.accumulators: dict[Any, str] = {}
        self.locals: dict[Any, str] = {}
        self.taken_rows: dict[int, Expr] = {}

    @property
    def innermost(self) -> ix.Var | None:
        return self.inner[-1] if self.inner else None

    # -- places for instructions --------------------------------------------------------------------------------
    def at_depth(self, depth: int) -> Builder:
        self.b.lines = self.entry if depth == 0 else self.scopes[depth].lines
        return self.b

    def remember(self, key: Any, name: str, depth: int) -> Value:
        self.values[key] = out = Value(name, depth)
        return out

    def forget(self, depth: int) -> None:
        """What was emitted in loops that have ended."""
        self.values = {k: v for k, v in self.values.items() if v.depth <= depth}
        self.depths = {k: v for k, v in self.depths.items() if v.depth <= depth}

    # -- indices --------------------------------------------------------------------------------------------------
    def number(self, index: ix.Index) -> Value:
        """An index as an i64."""
        if index.is_constant:
            return Value(str(index.constant), 0)
        key = ("index", index)
        if key in self.values:
            return self.values[key]
        terms = sorted(((self.atom(a), f) for a, f in index.terms), key=lambda t: t[0].depth)
        name, depth = (str(index.constant), 0) if index.constant else ("", 0)
        for value, factor in terms:
            depth = max(depth, value.depth)
            b = self.at_depth(depth)
            part = value.name if factor == 1 else b(f"mul nsw i64 {value.name}, {factor}")
            name = part if not name else b(f"add nsw i64 {name}, {part}")
        return self.remember(key, name, depth)

    def atom(self, atom: Any) -> Value:
        if atom in self.depths:
            return self.depths[atom]
        if type(atom) is ix.Loaded:
            return self.loaded_number(atom)
        inner = self.number(atom.index)
        word = "udiv" if type(atom) is ix.Quotient else "urem"
        out = Value(self.at_depth(inner.depth)(f"{word} i64 {inner.name}, {atom.by}"), inner.depth)
        self.depths[atom] = out
        return out

    def loaded_number(self, atom: ix.Loaded) -> Value:
        serial, at = atom.name
        rows = self.taken_rows[serial]
        value = self.value(rows, at)
        t = scalar.TYPES[rows.dtype]
        name = value.name
        if t.bits < 64:
            name = self.at_depth(value.depth)(f"{'sext' if t.kind == 'i' else 'zext'} {t.llvm} {name} to i64")
        self.depths[atom] = out = Value(name, value.depth)
        return out

    # -- memory -----------------------------------------------------------------------------------------------------
    def buffer(self, key: Any) -> str:
        if key not in self.buffers:
            self.buffers[key] = f"%b{len(self.buffers)}"
        return self.buffers[key]

    def address(self, key: Any, dtype: np.dtype, place: ix.Index) -> tuple[str, int]:
        where = self.number(place)
        return self.at_depth(where.depth)(
            f"getelementptr inbounds {scalar.stored(dtype)}, ptr {self.buffer(key)}, i64 {where.name}"
        ), where.depth

    def load(self, key: Any, dtype: np.dtype, place: ix.Index) -> Value:
        memo = ("load", key, place)
        if memo not in self.values:
            if key not in self.made:
                self.reads.add(key)
            address, depth = self.address(key, dtype, place)
            b = self.at_depth(depth)
            raw = b(f"load {scalar.stored(dtype)}, ptr {address}, align {dtype.itemsize}, !llvm.access.group !0")
            self.remember(memo, scalar.loaded(b, dtype, raw), depth)
        return self.values[memo]

    def store(self, key: Any, dtype: np.dtype, place: ix.Index, value: Value) -> Value:
        """Store, and give the value back as it now stands in memory."""
        where = self.number(place)
        depth = max(where.depth, value.depth, self.body)
        b = self.at_depth(depth)
        raw = scalar.to_store(b, dtype, value.name)
        address = b(f"getelementptr inbounds {scalar.stored(dtype)}, ptr {self.buffer(key)}, i64 {where.name}")
        b.lines.append(f"store {scalar.stored(dtype)} {raw}, ptr {address}, align {dtype.itemsize}, !llvm.access.group !0")
        return Value(scalar.loaded(b, dtype, raw), depth) if dtype.itemsize == 2 and dtype.kind in "fV" else value

    def row_size(self) -> int:
        return prod(v.extent for v in self.folded) * (self.width if self.kind == "columns" else 1)

    def row_place(self) -> Value:
        """Where this point of the space stands in what a kernel keeps for itself."""
        place = self.number(
            ix.times(ix.linear([ix.variable(v) for v in self.folded], [v.extent for v in self.folded]), self.width)
        )
        if self.kind == "rows" or self.innermost is None:
            return place
        column = self.column()
        depth = max(place.depth, column.depth)
        return Value(self.at_depth(depth)(f"add nsw i64 {place.name}, {column.name}"), depth)

    def column(self) -> Value:
        """The innermost variable, from the beginning of the block."""
        where = self.number(ix.ZERO if self.innermost is None else ix.variable(self.innermost))
        if not self.blocked:
            return where
        return Value(self.at_depth(where.depth)(f"sub nsw i64 {where.name}, %first"), where.depth)

    def local(self, root: Root) -> str:
        if root.key not in self.locals:
            name = f"%row{len(self.locals)}"
            self.entry.append(f"{name} = alloca [{self.row_size()} x {self.memory_type(root)}], align 64")
            self.locals[root.key] = name
        return self.locals[root.key]

    def local_address(self, root: Root) -> str:
        where = self.row_place()
        return self.at_depth(where.depth)(
            f"getelementptr inbounds {self.memory_type(root)}, ptr {self.local(root)}, i64 {where.name}"
        )

    @staticmethod
    def memory_type(root: Root) -> str:
        t = scalar.TYPES[root.dtype]
        return "i8" if t.kind == "b" else t.llvm

    # -- values -------------------------------------------------------------------------------------------------------
    def value(self, x: Expr, at: tuple[ix.Index, ...]) -> Value:
        memo = (x.serial, at)
        if memo in self.values:
            return self.values[memo]
        if isinstance(x, Source):
            return self.load(x.key, x.dtype, ix.linear(at, x.shape))
        key = self.reader.keys.get(x.serial)
        if key is not None:
            root = self.made.get(key)
            if root is None:
                return self.load(key, x.dtype, ix.linear(at, x.shape))
            if root is not self.current:
                found = self.made_before(root, at)
                if found is not None:
                    self.values[memo] = found
                    return found
        out = self.compute(x, at)
        self.values[memo] = out
        return out

    def made_before(self, root: Root, at: tuple[ix.Index, ...]) -> Value | None:
        """A root of this group: from where an earlier pass left it; None where it is computed again."""
        if root.is_reduce:
            return self.accumulated(root)
        stored = self.storage[root.key]
        if root.full and root.level < self.level:
            if stored == "local":
                address = self.local_address(root)
                b = self.at_depth(self.body)
                raw = b(
                    f"load {self.memory_type(root)}, ptr {address}, align {max(root.dtype.itemsize, 1)}, !llvm.access.group !0"
                )
                return Value(b(f"icmp ne i8 {raw}, 0") if root.dtype.kind == "b" else raw, self.body)
            if stored == "memory":
                return self.load(root.key, root.dtype, ix.linear(at, root.shape))
        if not root.full and stored == "memory" and self.kind == "columns":
            return self.load(root.key, root.dtype, ix.linear(at, root.shape))
        return None

    def accumulated(self, root: Root) -> Value:
        """The finished result of a reduction of an earlier pass."""
        t = scalar.TYPES[root.dtype]
        if self.kind == "rows":
            return self.values[("result", root.key)]
        b = self.at_depth(self.body)
        raw = b(
            f"load {self.memory_type(root)}, ptr {self.strip_address(root)}, align {max(t.bits // 8, 1)}, !llvm.access.group !0"
        )
        return Value(b(f"icmp ne i8 {raw}, 0") if t.kind == "b" else raw, self.body)

    def compute(self, x: Expr, at: tuple[ix.Index, ...]) -> Value:
        if isinstance(x, Number):
            return Value(scalar.literal(x.value, scalar.TYPES[x.dtype]), 0)
        if isinstance(x, View):
            return self.value(x.args[0], x.move(at))
        if isinstance(x, Take):
            self.taken_rows[x.args[1].serial] = x.args[1]
            self.fetch_ahead(x, at)
            return self.value(x.args[0], taken(x, at))
        if isinstance(x, Iota):
            return self.iota(x, at)
        assert isinstance(x, Map), x
        return self.mapped(x, [self.value(a, at) for a in x.args])

    def fetch_ahead(self, x: Take, at: tuple[ix.Index, ...]) -> None:
        """Where each unit reads one row of a table that no cache holds, the rows of later units are asked for now."""
        table, numbers = stripped(x.args[0]), source_of(x.args[1])
        n = len(x.args[1].shape)
        if x.axis or numbers is None or not isinstance(table, Source) or table.key in self.made or self.flat:
            return
        place = ix.linear(at[:n], x.args[1].shape)
        if len(place.terms) == 1 and not place.constant and place.terms[0][1] == 1 and type(place.terms[0][0]) is ix.Var:
            self.ask_for(table.key, table.dtype, x.args[0].shape, numbers, place.terms[0][0], False)

    def ask_for(self, key: Any, dtype: np.dtype, shape: Sequence[int], numbers: Source, v: ix.Var, writing: bool) -> None:
        """Fetch the row of `shape` that is named some steps of v later."""
        row = prod(shape[1:]) * dtype.itemsize
        memo = ("ahead", key, v, writing)
        if (
            memo in self.values
            or shape[0] * row < LARGE
            or row > MOST_OF_A_ROW
            or v not in self.depths
            or self.depths[v].depth != 1
        ):
            return
        self.reads.add(numbers.key)
        b, t = self.at_depth(1), scalar.TYPES[numbers.dtype]
        b.declared["llvm.umin.i64"] = "declare i64 @llvm.umin.i64(i64, i64)"
        b.declared["llvm.prefetch.p0"] = "declare void @llvm.prefetch.p0(ptr, i32, i32, i32)"
        later = b(f"call i64 @llvm.umin.i64(i64 {b(f'add i64 {self.depths[v].name}, {AHEAD}')}, i64 {v.extent - 1})")
        number = b(f"load {t.llvm}, ptr {b(f'getelementptr {t.llvm}, ptr {self.buffer(numbers.key)}, i64 {later}')}")
        if t.bits < 64:
            number = b(f"{'sext' if t.kind == 'i' else 'zext'} {t.llvm} {number} to i64")
        start = b(f"mul i64 {number}, {row}")
        for k in range(0, row, 64):
            line = b(f"getelementptr i8, ptr {b(f'getelementptr i8, ptr {self.buffer(key)}, i64 {start}')}, i64 {k}")
            b.lines.append(f"call void @llvm.prefetch.p0(ptr {line}, i32 {int(writing)}, i32 3, i32 1)")
        self.values[memo] = Value("", 1)

    def iota(self, x: Iota, at: tuple[ix.Index, ...]) -> Value:
        where, t = self.number(at[x.axis]), scalar.TYPES[x.dtype]
        if t.bits == 64 or where.depth == 0:
            return where
        return Value(self.at_depth(where.depth)(f"trunc i64 {where.name} to {t.llvm}"), where.depth)

    def mapped(self, x: Map, args: Sequence[Value]) -> Value:
        depth = max(a.depth for a in args)
        b = self.at_depth(depth)
        t, names = scalar.TYPES[x.args[0].dtype], [a.name for a in args]
        if x.op == "cast":
            return Value(scalar.cast(b, t, scalar.TYPES[x.dtype], names[0]), depth)
        if x.op == "checked":
            return self.checked(x, args[0])
        if x.op == "select":
            t = scalar.TYPES[x.dtype]
        return Value(scalar.TABLE[x.op](b, t, *names), depth)

    def checked(self, x: Map, value: Value) -> Value:
        """The number if it is below the limit; else 0, and a note."""
        self.noting = True
        depth = max(value.depth, self.body if value.depth > 1 or self.flat else 1)
        b, t = self.at_depth(depth), scalar.TYPES[x.dtype]
        if (t.kind == "u" and x.limit >= 2**t.bits) or (t.kind == "i" and x.limit >= 2 ** (t.bits - 1)):
            bad = b(f"icmp slt {t.llvm} {value.name}, 0") if t.kind == "i" else "false"
        else:
            bad = b(f"icmp uge {t.llvm} {value.name}, {x.limit}")
        where = b(f"select i1 {bad}, ptr %note, ptr %nowhere")
        b.lines.append(f"store i8 1, ptr {where}, align 1, !llvm.access.group !0")
        return Value(b(f"select i1 {bad}, {t.llvm} 0, {t.llvm} {value.name}"), depth)

    def strip_address(self, root: Root) -> str:
        where = self.column()
        b = self.at_depth(where.depth)
        return b(f"getelementptr inbounds {self.memory_type(root)}, ptr {self.accumulator(root)}, i64 {where.name}")

    def accumulator(self, root: Root) -> str:
        if root.key not in self.accumulators:
            count = self.width if self.kind == "columns" else 1
            name = f"%acc{len(self.accumulators)}"
            kind = self.memory_type(root) if self.kind == "columns" else scalar.TYPES[root.dtype].llvm
            self.entry.append(f"{name} = alloca [{count} x {kind}], align 64")
            self.accumulators[root.key] = name
        return self.accumulators[root.key]
