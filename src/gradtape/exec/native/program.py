"""A graph as units of work in an order, with a place in memory for every value that needs one.

Units are groups of loops, library steps, and nodes that only their NumPy kernel serves. Units that do not need one another and
follow each other form a stage, which one parallel region may run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ...core.shapes import Dim
from ...graph.ir import Graph, Node, Value
from . import guard, scalar
from . import index as ix
from .codegen import Kernel
from .expr import NUMBERS, Expr, Map, Number, Pieces, Scatter, Source
from .fuse import Fuser, Group, Reader, Root, Space, rooted, stripped
from .lower import lower
from .scatter import write
from .steps import Known, LibraryStep

ALIGN = 64


class Extern:
    """A node that its kernel serves, or a library step: what it reads and makes, by key."""

    def __init__(self, step: Node | LibraryStep, inputs: Sequence[Any], shapes: Sequence[Any], outputs: Sequence[Any]):
        self.step = step
        self.inputs, self.shapes, self.outputs = list(inputs), list(shapes), list(outputs)
        self.serial = next(NUMBERS)
        self.needs: set[Any] = set()

    @property
    def native(self) -> bool:
        return isinstance(self.step, LibraryStep)


class Place(NamedTuple):
    """Where a value lies: input or output of this number, constant, held (an array that a kernel made), or arena (at this byte)."""

    kind: str
    index: int


class Layout(NamedTuple):
    shape: tuple[int, ...]
    dtype: np.dtype
    bytes: int


class Program(NamedTuple):
    graph: Graph
    stages: list[list[Any]]  # each a list of Kernel, LibraryStep as Extern, Extern, or Copy
    places: dict[Any, Place]
    layouts: dict[Any, Layout]
    constants: dict[Any, np.ndarray]
    arena: int
    held: int
    gaps: list[tuple[int, int]]  # bytes of the arena that nothing may touch: (begin, end)


class Copy(NamedTuple):
    """At the end: an output that could not be written where it belongs."""

    source: Any
    target: Any
    bytes: int


def is_sized(node: Node) -> bool:
    """Are all its extents numbers?"""
    specs = [x.spec for x in (*node.inputs, *node.outputs) if isinstance(x, Value)]
    return not any(isinstance(d, Dim) for s in specs for d in s.shape)


class Builder:
    """Makes the program of a graph."""

    def __init__(self, graph: Graph, library: Callable | None, parallel: int):
        self.graph, self.library = graph, library
        self.constants: dict[Any, np.ndarray] = {}
        self.layouts: dict[Any, Layout] = {}
        self.exprs: dict[int, Expr] = {}
        self.externs: list[Extern] = []
        self.wanted: list[Expr] = []
        self.fresh = count()
        self.parallel = parallel

    # -- expressions ----------------------------------------------------------------------------------------------
    def operand(self, x: Any) -> Expr:
        if isinstance(x, Value):
            return self.exprs[x.number]
        if x.size == 1 and x.dtype in scalar.TYPES:
            return Number(
                x.reshape(-1)[0].item() if x.dtype not in (scalar.BRAIN, scalar.HALF) else float(x.reshape(-1)[0]),
                x.dtype,
                x.shape,
            )
        return self.constant(x)

    def constant(self, x: np.ndarray) -> Source:
        key = ("constant", id(x))
        if key not in self.constants:
            self.constants[key] = np.ascontiguousarray(x)
            self.layouts[key] = Layout(x.shape, x.dtype, x.nbytes)
        return Source(x.shape, x.dtype, key)

    def source(self, v: Value) -> Source:
        key = ("value", v.number)
        sized = not any(isinstance(d, Dim) for d in v.spec.shape)
        size = prod(v.spec.shape) * v.spec.dtype.itemsize if sized else 0
        self.layouts[key] = Layout(v.spec.shape, v.spec.dtype, size)
        return Source(v.spec.shape, v.spec.dtype, key)

    def expressions(self) -> None:
        graph = self.graph
        for v in graph.arguments:
            self.exprs[v.number] = self.source(v)
        known = self.known()
        for node in graph.nodes:
            if any(v.number in known.taken for v in node.outputs):
                continue
            step = self.library(node, known) if self.library is not None and is_sized(node) else None
            if step is not None:
                known.taken.update(v.number for n in step.nodes for v in n.outputs)
                self.extern(step, step.inputs, step.outputs)
                continue
            made = lower(node, [self.operand(x) for x in node.inputs]) if is_sized(node) and not node.primitive.ordered else None
            if made is None:
                self.extern(node, node.inputs, node.outputs)
            else:
                self.exprs.update((v.number, x) for v, x in zip(node.outputs, made, strict=True))

    def known(self) -> Known:
        users: dict[int, list[Node]] = {}
        producer: dict[int, Node] = {}
        for node in self.graph.nodes:
            for x in node.inputs:
                if isinstance(x, Value):
                    users.setdefault(x.number, []).append(node)
            producer.update((v.number, node) for v in node.outputs)
        kept = frozenset(x.number for x in self.graph.outputs if isinstance(x, Value))
        return Known(self.graph, users, producer, kept, {}, set())

    def extern(self, step: Any, inputs: Sequence[Any], outputs: Sequence[Value]) -> None:
        keys, shapes = [], []
        for x in inputs:
            base = self.memory_of(self.operand(x) if isinstance(x, Value) else self.constant(x))
            keys.append(base)
            shapes.append(x.spec.shape if isinstance(x, Value) else x.shape)
        unit = Extern(step, keys, shapes, [("value", v.number) for v in outputs])
        for v in outputs:
            self.exprs[v.number] = self.source(v)
        self.externs.append(unit)

    def memory_of(self, x: Expr) -> Expr:
        """The expression that must lie in memory for x to be read as an array."""
        base = stripped(x)
        if isinstance(base, Number):
            value = np.full(x.shape, base.value, x.dtype)
            return self.constant(self.alive(value))
        if not isinstance(base, Source):
            self.wanted.append(base)
        return base

    def alive(self, x: np.ndarray) -> np.ndarray:
        self.constants.setdefault(("kept", id(x)), x)
        return x

    # -- outputs ----------------------------------------------------------------------------------------------------
    def claim_outputs(self) -> list[Expr]:
        """For each output the expression whose memory is the output: never another's, nor an input's."""
        taken: set[Any] = set()
        made = {key for unit in self.externs for key in unit.outputs}
        out = []
        for x in self.graph.outputs:
            full = self.operand(x) if isinstance(x, Value) else self.operand(np.asarray(x))
            base = stripped(full)
            name = base.key if isinstance(base, Source) else base.serial
            fresh = isinstance(base, Number) or name in taken or (isinstance(base, Source) and base.key not in made)
            if fresh and full.dtype in scalar.TYPES:
                base = Map("identity", (full,))
            taken.add(base.key if isinstance(base, Source) else base.serial)
            if not isinstance(base, Source):
                self.wanted.append(base)
            out.append(base)
        return out

    # -- units ---------------------------------------------------------------------------------------------------------
    def build(self) -> Program:
        self.expressions()
        outputs = self.claim_outputs()
        roots = rooted(list({x.serial: x for x in self.wanted}.values()))
        keys = {serial: ("root", serial) for serial in roots}
        for serial, x in roots.items():
            self.layouts[keys[serial]] = Layout(x.shape, x.dtype, x.size * x.dtype.itemsize)
        key_of = lambda x: x.key if isinstance(x, Source) else keys[x.serial]  # noqa: E731
        for unit in self.externs:
            unit.inputs = [key_of(x) for x in unit.inputs]
        groups = self.groups(roots, keys)
        output_keys = [key_of(x) for x in outputs]
        kernels = self.kernels(groups, output_keys)
        return Scheduler(self, kernels, output_keys).program()

    def groups(self, roots: dict[int, Expr], keys: dict[int, Any]) -> list[Any]:
        """Units in an order: groups where their first root stands."""
        self.reader = Reader(keys)
        maker: dict[Any, list[Any]] = {}
        fuser = Fuser(keys, self.reader, maker, self.parallel)
        ordered: list[Any] = sorted([*self.externs, *roots.values()], key=lambda x: x.serial)
        units: list[Any] = []
        previous = None
        for x in ordered:
            if isinstance(x, Extern):
                x.needs = {u for key in x.inputs for u in maker.get(key, ())}
                if isinstance(x.step, Node) and x.step.primitive.ordered:
                    x.needs |= {previous} if previous is not None else set()
                    previous = x
                fuser.needs[x] = x.needs
                for key in x.outputs:
                    maker[key] = [x]
                units.append(x)
                continue
            if isinstance(x, Scatter) and not isinstance(stripped(x.args[0]), Number):
                start = self.start(x, keys[x.serial], stripped(x.args[0]), keys)
                start.needs = set(maker.get(start.inputs[0], ()))
                fuser.needs[start] = start.needs
                maker[keys[x.serial]] = [start]
                units.append(start)
            for root in roots_of(x, keys[x.serial]):
                group = fuser.place(root)
                if group not in units:
                    units.append(group)
        return units

    @staticmethod
    def start(x: Scatter, key: Any, base: Expr, keys: dict[int, Any]) -> Extern:
        """What is scattered into begins as a copy of its base, unless it lies there already."""
        step = LibraryStep((), (), (), (), starts_as=((0, 0),), description="a copy, where it is not updated in place")
        return Extern(step, [base.key if isinstance(base, Source) else keys[base.serial]], [x.shape], [key])

    def kernels(self, units: list[Any], outputs: Sequence[Any]) -> list[tuple[Any, Any]]:
        """(unit, its kernel or itself)."""
        read: dict[Any, set[Any]] = {}
        for unit in units:
            for key in unit.inputs if isinstance(unit, Extern) else unit.reads:
                read.setdefault(key, set()).add(unit)
        out = []
        for unit in units:
            if isinstance(unit, Extern):
                out.append((unit, unit))
                continue
            outside = {
                key
                for key in unit.keys
                if key in outputs or read.get(key, set()) - {unit} or any(r.piece for r in unit.roots if r.key == key)
            }
            out.append((unit, write(unit, self.reader, outside)))
        return out


def roots_of(x: Expr, key: Any) -> list[Root]:
    if isinstance(x, Scatter):
        here = lambda at: at  # noqa: E731
        zeros = [Root(copied(x.args[0]), key, x.shape, here)] if isinstance(stripped(x.args[0]), Number) else []
        return [*zeros, Root(x, key, x.shape, here)]
    if not isinstance(x, Pieces):
        return [Root(x, key, x.shape)]
    return [Root(copied(a), key, x.shape, place, x.apart) for a, place in zip(x.args, x.places, strict=True)]


def copied(x: Expr) -> Expr:
    out = Map("identity", (x,))
    out.cost = x.cost + 1
    return out


# -- schedule and memory --------------------------------------------------------------------------------------------------
class Scheduler:
    """Puts units in an order, gives their values places."""

    def __init__(self, builder: Builder, kernels: list[tuple[Any, Any]], outputs: list[Any]):
        self.builder, self.graph, self.outputs = builder, builder.graph, outputs
        self.kernels = dict(kernels)
        self.units = [u for u, _ in kernels]
        self.places: dict[Any, Place] = {}
        self.late: list[Copy] = []

    def program(self) -> Program:
        for k, v in enumerate(self.graph.arguments):
            self.places[("value", v.number)] = Place("input", k)
        for k, key in enumerate(self.builder.constants):
            self.places[key] = Place("constant", k)
        self.place_outputs()
        stages = self.stages()
        held = self.place_held()
        arena, gaps = self.place_arena(stages)
        done = [[self.kernels[u] for u in stage] for stage in stages]
        done = [[u for u in stage if not (isinstance(u, Kernel) and not u.units)] for stage in done]
        if self.late:
            done.append(list(self.late))
        b = self.builder
        return Program(self.graph, [s for s in done if s], self.places, b.layouts, b.constants, arena, held, gaps)

    def reads_of(self, unit: Any) -> Sequence[Any]:
        return unit.inputs if isinstance(unit, Extern) else self.kernels[unit].reads

    def writes_of(self, unit: Any) -> Sequence[Any]:
        return unit.outputs if isinstance(unit, Extern) else self.kernels[unit].writes

    # -- results ------------------------------------------------------------------------------------------------------
    def place_outputs(self) -> None:
        updated = {o: i for i, o in self.graph.updates}
        arguments = self.graph.arguments
        for k, key in enumerate(self.outputs):
            place = Place("output", k)
            if key in self.places:  # an output that is an argument or a constant of a type without loops: Python copies it
                continue
            if k in updated and not self.may_update(("value", arguments[updated[k]].number), key):
                late = ("late", k)
                self.builder.layouts[late] = self.builder.layouts[key]
                self.places[late] = place
                self.late.append(Copy(key, late, self.builder.layouts[key].bytes))
                continue
            self.places[key] = place
        self.look_first([self.places.get(key, Place("", 0)) for key in self.outputs], set(updated))

    def look_first(self, places: list[Place], updated: set[int]) -> None:
        """What notes numbers out of their range comes before what writes variables, where it can."""
        noting = [u for u in self.units if isinstance(u, Group) and self.kernels[u].noting]
        keys = {key for key, p in zip(self.outputs, places, strict=True) if p.kind == "output" and p.index in updated}
        for maker in self.units if noting and keys else ():
            if keys.intersection(self.writes_of(maker)):
                maker.needs |= {u for u in noting if u is not maker and not self.depends(u, maker)}

    def may_update(self, old: Any, new: Any) -> bool:
        """Can `new` be written over `old`: after or at every read of it? Then its maker comes after the other readers."""
        makers = [u for u in self.units if new in self.writes_of(u)]
        if (
            len(makers) == 2
            and isinstance(makers[0], Extern)
            and makers[0].inputs == [old]
            and old not in self.reads_of(makers[1])
        ):
            readers = [u for u in self.units if old in self.reads_of(u) and u is not makers[0]]
            if any(self.depends(u, makers[0]) for u in readers):
                return False
            makers[0].needs |= set(readers)
            return True
        if len(makers) != 1 or (isinstance(makers[0], Extern) and makers[0].native):
            return False
        maker = makers[0]
        readers = [u for u in self.units if old in self.reads_of(u) and u is not maker]
        if isinstance(maker, Group) and not self.reads_first(maker, old, new):
            return False
        if any(self.depends(u, maker) for u in readers):
            return False
        maker.needs |= set(readers)
        return True

    def reads_first(self, group: Group, old: Any, new: Any) -> bool:
        """Within a group: is each element of `old` read where `new` is made, and not later?"""
        space = Space(group)
        root = next(r for r in group.roots if r.key == new)
        if root.piece:
            return False
        here = space.result(root)
        for r in group.roots:
            for key, at, x in self.builder.reader.of(r, space.own(r)):
                if key == old and (
                    r.serial > root.serial or r.level > root.level or not same_place(at, x.shape, here, root.shape)
                ):
                    return False
        return True

    def depends(self, unit: Any, other: Any) -> bool:
        seen: set[Any] = set()
        waiting = [unit]
        while waiting:
            u = waiting.pop()
            if u is other:
                return True
            if u not in seen:
                seen.add(u)
                waiting.extend(u.needs)
        return False

    # -- order ---------------------------------------------------------------------------------------------------------
    def stages(self) -> list[list[Any]]:
        """Kernels that Python runs as early as possible, then all native units that are ready together."""
        left = {u: set(u.needs) for u in self.units}
        users: dict[Any, list[Any]] = {}
        for u in self.units:
            for need in u.needs:
                users.setdefault(need, []).append(u)
        rank = {u: k for k, u in enumerate(self.units)}
        ready = [u for u in self.units if not left[u]]
        out: list[list[Any]] = []
        while ready:
            ready.sort(key=rank.__getitem__)
            groups = [u for u in ready if isinstance(u, Group)]
            externs = [u for u in ready if isinstance(u, Extern)]
            native = [u for u in externs if u.native]
            stage = groups if groups else native[:1] if native else externs[:1]
            out.append(stage)
            for u in stage:
                ready.remove(u)
                for user in users.get(u, ()):
                    left[user].discard(u)
                    if not left[user]:
                        ready.append(user)
        if sum(map(len, out)) != len(self.units):
            raise AssertionError("the units need one another in a circle")
        return out

    # -- memory ----------------------------------------------------------------------------------------------------------
    def place_held(self) -> int:
        """Values that Python's kernels make stay the arrays that they are."""
        n = 0
        for u in self.units:
            if isinstance(u, Extern) and not u.native:
                for key in u.outputs:
                    if self.places.get(key, Place("held", 0)).kind != "output" or any(c.source == key for c in self.late):
                        self.places[key] = Place("held", n)
                        n += 1
        return n

    def place_arena(self, stages: list[list[Any]]) -> tuple[int, list[tuple[int, int]]]:
        first: dict[Any, int] = {}
        last: dict[Any, int] = {}
        for time, stage in enumerate(stages):
            for u in stage:
                for key in (*self.reads_of(u), *self.writes_of(u)):
                    if key not in self.places:
                        first.setdefault(key, time)
                        last[key] = time
                if isinstance(u, Extern) and isinstance(u.step, LibraryStep) and u.step.scratch:
                    key = ("scratch", u.serial)
                    self.builder.layouts[key] = Layout((u.step.scratch,), np.dtype(np.uint8), u.step.scratch)
                    first[key] = last[key] = time
        for copy in self.late:
            if copy.source in last:
                last[copy.source] = len(stages)
        return Arena(self.sizes(stages)).place(first, last, self.places)

    def sizes(self, stages: list[list[Any]]) -> dict[Any, int]:
        out = {key: layout.bytes for key, layout in self.builder.layouts.items()}
        for stage in stages:
            for u in stage:
                if isinstance(u, Extern) and isinstance(u.step, LibraryStep) and u.step.sizes:
                    out.update((key, n) for key, n in zip(u.outputs, u.step.sizes, strict=True) if n)
        return out


class Arena:
    """Places for what lives in the plan's own memory; two values share bytes only if they are never alive together."""

    GAP = ALIGN  # between two values, so that a guard can watch it

    def __init__(self, sizes: dict[Any, int]):
        self.sizes = sizes

    def place(self, first: dict[Any, int], last: dict[Any, int], places: dict[Any, Place]) -> tuple[int, list[tuple[int, int]]]:
        placed: list[tuple[int, int, Any]] = []  # begin, end, key
        total = 0
        for key in sorted(first, key=lambda k: (-self.sizes[k], first[k])):
            size = -(-max(self.sizes[key], 1) // ALIGN) * ALIGN + self.GAP
            begin = 0
            for b, e, other in sorted(placed, key=lambda p: p[0]):
                if not guard.APART and (last[other] < first[key] or last[key] < first[other]):
                    continue
                if begin + size <= b:
                    break
                begin = max(begin, e)
            placed.append((begin, begin + size, key))
            places[key] = Place("arena", begin)
            total = max(total, begin + size)
        return total, gaps_between([(b, b + self.sizes[key]) for b, _, key in placed], total)


def gaps_between(spans: list[tuple[int, int]], total: int) -> list[tuple[int, int]]:
    """What no value ever covers."""
    out, at = [], 0
    for begin, end in sorted(spans):
        if begin > at:
            out.append((at, begin))
        at = max(at, end)
    return [*out, (at, total)] if at < total else out


def same_place(a: Any, shape: Sequence[int], b: Any, other: Sequence[int]) -> bool:
    return ix.linear(a, shape) == ix.linear(b, other)


def build(graph: Graph, library: Callable | None, parallel: int) -> Program:
    return Builder(graph, library, parallel).build()
