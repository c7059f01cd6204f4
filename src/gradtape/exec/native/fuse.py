"""Groups of expressions that one loop nest computes.

What must lie in memory is a `Root`: results, inputs of other steps, reductions, and what is too dear to compute twice. Roots whose
elements are read where they are made share a group: one kernel, with one pass over its rows for each level of reductions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import Any

import numpy as np

from . import index as ix
from . import scalar
from .expr import Expr, Map, Number, Pieces, Reduce, Scatter, Source, Take, View

DEAR = 8.0  # an expression that costs as much is stored rather than computed twice
SPREAD = 5.0  # and as much, if it is repeated by a broadcast
LONGEST = 150.0  # chains are cut here
SMALL = 64  # groups of so few elements take anything in
SERIAL = 1 << 14  # a reduction to few results does not drag more elements than these into one thread
MOST = 24  # roots in a group


class Root:
    """An expression with memory of its own: `place` says where the element at an index of `domain` stands in `shape`.

    Of a buffer that several roots make, `apart` says that no two of them write one element, so that their order is free.
    """

    __slots__ = ("expr", "key", "domain", "axes", "place", "shape", "serial", "level", "full", "piece", "apart")

    def __init__(self, expr: Expr, key: Any, shape: Sequence[int], place: Callable | None = None, apart: bool = False):
        self.expr, self.key, self.shape, self.place = expr, key, tuple(shape), place
        self.piece, self.apart = place is not None, apart
        reduce = isinstance(expr, Reduce)
        self.domain = (
            expr.args[0].shape if isinstance(expr, Reduce) else expr.args[1].shape if isinstance(expr, Scatter) else expr.shape
        )
        self.axes = expr.axes if isinstance(expr, Reduce) else ()
        self.serial = expr.serial
        self.level = 0
        self.full = not reduce

    @property
    def is_reduce(self) -> bool:
        return isinstance(self.expr, Reduce)

    @property
    def dtype(self) -> np.dtype:
        return self.expr.dtype


class Group:
    """Roots over one iteration space. kind: map (no reduction), rows (the last axes are folded), columns (the last one is kept)."""

    def __init__(self, shape: Sequence[int]):
        self.shape = tuple(shape)
        self.reduced: tuple[int, ...] = ()
        self.roots: list[Root] = []
        self.needs: set[Any] = set()  # units that must come before
        self.reads: set[Any] = set()  # keys
        self.keys: set[Any] = set()  # what it makes

    @property
    def kind(self) -> str:
        if not self.reduced:
            return "map"
        last = max((i for i, n in enumerate(self.shape) if n != 1), default=self.reduced[0])
        return "rows" if last in self.reduced else "columns"

    @property
    def kept(self) -> tuple[int, ...]:
        return tuple(i for i in range(len(self.shape)) if i not in self.reduced)

    @property
    def size(self) -> int:
        return prod(self.shape)


def stripped(x: Expr) -> Expr:
    """The expression whose elements, in order, are those of x."""
    while (isinstance(x, View) and x.plain) or (isinstance(x, Map) and x.op == "identity"):
        x = x.args[0]
    return x


# -- which expressions are roots --------------------------------------------------------------------------------
def reachable(wanted: Iterable[Expr]) -> list[Expr]:
    """All expressions that these consist of, arguments first."""
    seen: dict[int, Expr] = {}
    waiting = list(wanted)
    while waiting:
        x = waiting.pop()
        if x.serial not in seen:
            seen[x.serial] = x
            waiting.extend(x.args)
    return [seen[k] for k in sorted(seen)]


def rooted(wanted: Sequence[Expr]) -> dict[int, Expr]:
    """The expressions that need memory, by serial number: those wanted and those that are dear to compute again."""
    order = reachable(wanted)
    users: dict[int, set[int]] = {}
    for x in order:
        for a in x.args:
            users.setdefault(stripped(a).serial, set()).add(x.serial)
    roots = {x.serial: x for x in wanted if not isinstance(x, Source)}
    for x in order:
        price(x, roots)
        if isinstance(x, (Reduce, Pieces, Scatter)) or (
            isinstance(x, Map) and x.cost >= DEAR and len(users.get(x.serial, ())) > 1
        ):
            roots[x.serial] = x
        for a in x.args:
            base = stripped(a)
            if base.serial not in roots and not isinstance(base, Source) and needs_memory(x, a, base):
                roots[base.serial] = base
    return roots


def price(x: Expr, roots: dict[int, Expr]) -> None:
    own = scalar.DEAR.get(x.op, 1.0) if isinstance(x, Map) else 0.0
    x.cost = own + sum(1.0 if a.serial in roots or isinstance(a, Source) else a.cost for a in x.args)


def needs_memory(x: Expr, a: Expr, base: Expr) -> bool:
    if (isinstance(x, Take) and a is x.args[0]) or (isinstance(x, Scatter) and a is not x.args[2]):
        return not (isinstance(x, Scatter) and isinstance(base, Number))
    if isinstance(x, View) and x.size > a.size:
        return base.cost >= SPREAD
    if isinstance(x, Reduce) and x.op in ("maximum", "minimum"):
        return base.cost >= DEAR or (base.dtype.itemsize == 2 and base.dtype.kind in "fV" and base.cost > 1)
    return base.cost >= LONGEST


# -- reading ------------------------------------------------------------------------------------------------------
Reads = list[tuple[Any, tuple[ix.Index, ...], Expr]]


class Reader:
    """What an expression reads at an index: (key, index) of each source and each root."""

    def __init__(self, keys: dict[int, Any]):
        self.keys = keys  # serial numbers of roots -> their keys

    def of(self, root: Root, at: tuple[ix.Index, ...]) -> Reads:
        found: Reads = []
        seen: set[Any] = set()
        if isinstance(root.expr, Reduce):
            self.walk(root.expr.args[0], at, found, seen)
        else:
            self.inner(root.expr, at, found, seen)
        return found

    def walk(self, x: Expr, at: tuple[ix.Index, ...], found: Reads, seen: set[Any]) -> None:
        if (x.serial, at) in seen:
            return
        seen.add((x.serial, at))
        if isinstance(x, Source):
            found.append((x.key, at, x))
        elif x.serial in self.keys:
            found.append((self.keys[x.serial], at, x))
        else:
            self.inner(x, at, found, seen)

    def inner(self, x: Expr, at: tuple[ix.Index, ...], found: Reads, seen: set[Any]) -> None:
        if isinstance(x, View):
            self.walk(x.args[0], x.move(at), found, seen)
        elif isinstance(x, Take):
            table, rows = x.args
            inside = at[x.axis : x.axis + len(rows.shape)]
            self.walk(rows, inside, found, seen)
            self.walk(table, taken(x, at), found, seen)
        elif isinstance(x, Scatter):  # its base is copied before
            self.walk(x.args[1], at, found, seen)
            self.walk(x.args[2], at[:1], found, seen)
        else:
            for a in x.args:
                self.walk(a, at, found, seen)


def taken(x: Take, at: tuple[ix.Index, ...]) -> tuple[ix.Index, ...]:
    """The index into the table."""
    table, rows = x.args
    n = len(rows.shape)
    loaded = ix.Loaded((rows.serial, at[x.axis : x.axis + n]), table.shape[x.axis])
    return (*at[: x.axis], ix.Index(0, ((loaded, 1),)), *at[x.axis + n :])


# -- the iteration space of a group ---------------------------------------------------------------------------------
class Space:
    """The loop variables of a group, neighbours joined where no access tells them apart."""

    def __init__(self, group: Group, joined: Sequence[tuple[int, ...]] | None = None, tiles: dict[int, int] | None = None):
        self.group = group
        joined = joined or [(k,) for k in range(len(group.shape))]
        self.axes = [axes for axes in joined if prod(group.shape[k] for k in axes) != 1]
        self.vars = [ix.Var(f"i{axes[0]}", prod(group.shape[k] for k in axes)) for axes in self.axes]
        self.tiles: list[ix.Var] = []  # the inner parts of variables that are cut into tiles
        at: list[ix.Index] = [ix.ZERO] * len(group.shape)
        for n, axes in enumerate(self.axes):
            whole = self.cut(n, (tiles or {}).get(n))
            for k, i in zip(axes, ix.unravelled(whole, [group.shape[k] for k in axes]), strict=True):
                at[k] = i
        self.at = tuple(at)

    def cut(self, n: int, size: int | None) -> ix.Index:
        """The variable as an index; in tiles of this size it is two variables."""
        var = self.vars[n]
        if size is None:
            return ix.variable(var)
        self.vars[n], inner = ix.Var(var.name, var.extent // size), ix.Var(f"{var.name}t", size)
        self.tiles.append(inner)
        return ix.total([(ix.variable(self.vars[n]), size), (ix.variable(inner), 1)])

    def own(self, root: Root) -> tuple[ix.Index, ...]:
        """The index of the root's element that is made at this point of the space."""
        shape, kept = self.group.shape, self.group.kept
        if root.is_reduce:
            if root.domain == shape:
                return self.at
            return ix.unravelled(ix.linear(self.at, shape), root.domain)
        if root.full:
            return self.at if root.domain == shape else ix.unravelled(ix.linear(self.at, shape), root.domain)
        index, dims = [self.at[i] for i in kept], [shape[i] for i in kept]
        return tuple(index) if root.domain == tuple(dims) else ix.unravelled(ix.linear(index, dims), root.domain)

    def result(self, root: Root) -> tuple[ix.Index, ...]:
        """Where the root's value stands in its own shape."""
        if root.is_reduce:
            index = [self.at[i] for i in self.group.kept]
            dims = [self.group.shape[i] for i in self.group.kept]
            return ix.unravelled(ix.linear(index, dims), root.shape) if tuple(dims) != root.shape else tuple(index)
        own = self.own(root)
        return own if root.place is None else root.place(own)

    @property
    def folded(self) -> list[ix.Var]:
        return [v for axes, v in zip(self.axes, self.vars, strict=True) if axes[0] in self.group.reduced]

    @property
    def outer(self) -> list[ix.Var]:
        return [v for axes, v in zip(self.axes, self.vars, strict=True) if axes[0] not in self.group.reduced]


# -- forming groups -----------------------------------------------------------------------------------------------
class Fuser:
    """Takes roots in order and finds a group for each."""

    def __init__(self, keys: dict[int, Any], reader: Reader, maker: dict[Any, Any], parallel: int):
        self.keys, self.reader, self.parallel = keys, reader, parallel
        self.maker = maker  # key -> the units that make it
        self.needs: dict[Any, set[Any]] = {}  # other units -> what they need
        self.recent: list[Group] = []

    def place(self, root: Root) -> Group:
        alone = isinstance(root.expr, Scatter)
        for group in reversed(self.recent[-12:]):
            if not alone and self.join(group, root):
                return group
        group = Group(root.domain)
        group.reduced = root.axes
        if not alone:
            self.recent.append(group)
        self.add(group, root)
        return group

    def add(self, group: Group, root: Root) -> None:
        group.roots.append(root)
        group.keys.add(root.key)
        for key, _, _ in self.reader.of(root, Space(group).own(root)):
            group.reads.add(key)
            group.needs |= {u for u in self.maker.get(key, ()) if u is not group}
        if root.piece and not root.apart:
            group.needs |= {u for u in self.maker.get(root.key, ()) if u is not group}
        self.maker.setdefault(root.key, []).append(group)

    # -- may it join? -----------------------------------------------------------------------------------------
    def join(self, group: Group, root: Root) -> bool:
        if len(group.roots) >= MOST or (root.piece and not root.apart and root.key in group.keys):
            return False
        before = group.shape, group.reduced
        full = root.full
        if not (
            self.fits(group, root) and self.related(group, root) and self.aligned(group, root) and not self.cyclic(group, root)
        ):
            group.shape, group.reduced = before
            root.full = full
            return False
        self.add(group, root)
        return True

    def fits(self, group: Group, root: Root) -> bool:
        """Can the root run over the group's space, which a first reduction may give its shape?"""
        size = prod(root.domain)
        if root.is_reduce:
            if not group.reduced:
                if size != group.size or any(not r.full for r in group.roots) or self.too_serial(root, size):
                    return False
                group.shape, group.reduced = root.domain, root.axes
                return True
            return root.domain == group.shape and root.axes == group.reduced
        if size == group.size and (root.domain == group.shape or not group.reduced or plain_match(root.domain, group)):
            root.full = True
            return not (group.reduced and self.too_serial_group(group, root))
        if group.reduced and size == prod(group.shape[i] for i in group.kept) and not root.piece:
            root.full = False
            return True
        return False

    def too_serial(self, root: Root, size: int) -> bool:
        results = prod(n for i, n in enumerate(root.domain) if i not in root.axes)
        return size > SERIAL and results < 4 * self.parallel

    def too_serial_group(self, group: Group, root: Root) -> bool:
        return group.size > SERIAL and prod(group.shape[i] for i in group.kept) < 4 * self.parallel

    def related(self, group: Group, root: Root) -> bool:
        """Do they share what they read, or is it little?"""
        if group.size <= SMALL and prod(root.domain) <= SMALL:
            return True
        if group.size == 0 or prod(root.domain) == 0:
            return False
        dims = root.domain
        reads = {
            key for key, at, _ in self.reader.of(root, tuple(ix.variable(ix.Var(f"d{k}", n)) for k, n in enumerate(dims))) if at
        }
        return bool(reads & (group.reads | group.keys))

    def aligned(self, group: Group, root: Root) -> bool:
        """Is every root of the group read at the element that is made at the same point (or the same row)?"""
        space = Space(group)
        made = {r.key: r for r in group.roots}
        for r in [*group.roots, root]:
            for key, at, _ in self.reader.of(r, space.own(r)):
                if key in made and (made[key].piece or at != space.result(made[key])):
                    return False
        return True

    def cyclic(self, group: Group, root: Root) -> bool:
        """Does anything that the root needs, itself need the group?"""
        direct = set()
        for key, _, _ in self.reader.of(root, Space(group).own(root)):
            direct |= {u for u in self.maker.get(key, ()) if u is not group}
        if root.piece and not root.apart:
            direct |= {u for u in self.maker.get(root.key, ()) if u is not group}
        seen: set[Any] = set()
        waiting = list(direct)
        while waiting:
            unit = waiting.pop()
            if unit is group:
                return True
            if unit not in seen:
                seen.add(unit)
                waiting.extend(self.needs_of(unit))
        return False

    def needs_of(self, unit: Any) -> set[Any]:
        return unit.needs if isinstance(unit, Group) else self.needs.get(unit, set())


def plain_match(domain: tuple[int, ...], group: Group) -> bool:
    """Is another shape of the same size split between rows and what is folded where the group's is?"""
    if group.kind != "rows" or group.reduced != tuple(range(len(group.kept), len(group.shape))):
        return False
    rows, n = prod(group.shape[i] for i in group.kept), 1
    for d in domain:
        if n == rows:
            return True
        n *= d
    return n == rows


# -- levels ---------------------------------------------------------------------------------------------------------
def set_levels(group: Group, reader: Reader) -> None:
    """Each root's pass over the row: one more than that of the reductions that it reads."""
    space = Space(group)
    made = {r.key: r for r in group.roots}
    for root in group.roots:
        root.level = 0
        for key, _, _ in reader.of(root, space.own(root)):
            if key in made and made[key] is not root:
                other = made[key]
                root.level = max(root.level, other.level + 1 if other.is_reduce else other.level)


def joined_axes(group: Group, reader: Reader) -> list[tuple[int, ...]]:
    """Neighbouring axes that every access runs through as if they were one."""
    space = Space(group)
    accesses = []
    for root in group.roots:
        accesses.append(ix.linear(space.result(root), root.shape))
        for _, at, x in reader.of(root, space.own(root)):
            accesses.append(ix.linear(at, x.shape))
    numbers = [space.at[k] for k in iota_axes(group, reader, space)]
    sizes = group.shape
    out: list[tuple[int, ...]] = []
    for k in range(len(sizes)):
        if sizes[k] == 1:
            continue
        if out and same_run(group, space, out[-1][-1], k, accesses, numbers):
            out[-1] = (*out[-1], k)
        else:
            out.append((k,))
    return out


def tiling(group: Group, reader: Reader, joined: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """Which variables to cut, and how: where something is read across the order in which it lies in memory."""
    space = Space(group, joined)
    if group.kind != "map" or len(space.vars) < 2 or group.size < 1 << 12:
        return {}
    last = space.vars[-1]
    for root in group.roots:
        for _, at, x in reader.of(root, space.own(root)):
            place = ix.linear(at, x.shape)
            across = [n for n, v in enumerate(space.vars[:-1]) if place.factor(v) == 1]
            if place.factor(last) > 1 and across:
                sizes = [tile_of(space.vars[n].extent) for n in (across[0], len(space.vars) - 1)]
                return dict(zip((across[0], len(space.vars) - 1), sizes, strict=True)) if all(sizes) else {}  # type: ignore[arg-type]
    return {}


def tile_of(n: int) -> int | None:
    return next((size for size in (16, 8) if n % size == 0), None)


def iota_axes(group: Group, reader: Reader, space: Space) -> list[int]:
    """Axes whose index itself is a value somewhere: none is joined then."""
    return list(range(len(group.shape))) if any(has_iota(r.expr, reader.keys) for r in group.roots) else []


def has_iota(x: Expr, keys: dict[int, Any]) -> bool:
    waiting, seen = [x], set()
    while waiting:
        y = waiting.pop()
        if type(y).__name__ == "Iota":
            return True
        for a in y.args:
            if a.serial not in keys and a.serial not in seen:
                seen.add(a.serial)
                waiting.append(a)
    return False


def same_run(group: Group, space: Space, i: int, j: int, accesses: list[ix.Index], numbers: list[ix.Index]) -> bool:
    if (i in group.reduced) != (j in group.reduced):
        return False
    a, b = ix.Var(f"i{i}", group.shape[i]), ix.Var(f"i{j}", group.shape[j])
    if any(v in (a, b) for n in numbers for v in ix.variables(n)):
        return False
    for access in accesses:
        if access.factor(a) != access.factor(b) * b.extent:
            return False
        for atom, _ in access.terms:
            if type(atom) in (ix.Quotient, ix.Remainder) and {a, b} & ix.variables(atom.index):
                return False
            if type(atom) is ix.Loaded and any({a, b} & ix.variables(n) for n in atom.name[1]):
                return False
    return True
