"""What leaves a loop: operations that need not wait for the step before run for all steps at once, before or after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..graph.ir import Graph, Node, Value
from ..ops.basic import add, identity, reduce_sum, reshape
from ..ops.linalg import matmul
from .loop_form import Loop, depending, nbytes, needed_by, numbers_in, spec_of
from .region import Region, region_of

PRODUCTS = frozenset(("matmul", "einsum_pair", "conv", "conv_input", "conv_filter"))
SUMS = frozenset(("reduce_sum",))


# -- before ---------------------------------------------------------------------------------------------------------------
def before(loop: Loop) -> list[Node]:
    """The operations outside that replace what does not depend on carried values."""
    return [*invariants(loop), *products_first(loop)]


def invariants(loop: Loop) -> list[Node]:
    """What is the same in every step, where it is not larger than what it is made of."""
    varying = depending(loop.nodes, numbers_in([*loop.carried, *loop.slices]))
    fixed = [n for n in loop.nodes if is_fixed(n, varying)]
    found = depending_only(fixed, numbers_in(loop.constants))
    if not found:
        return []
    made = numbers_in(v for n in found for v in n.outputs)
    rest = [n for n in loop.nodes if not numbers_in(n.outputs) & made]
    read = numbers_in([*loop.nexts, *loop.rows, *(x for n in rest for x in n.inputs)])
    outside = dict(zip([v.number for v in loop.constants], loop.operands, strict=True))
    nodes = []
    for node in found:
        outputs = tuple(loop.new_outside(v.spec) for v in node.outputs)
        nodes.append(node._replace(inputs=tuple(moved(x, outside) for x in node.inputs), outputs=outputs))
        outside |= {v.number: new for v, new in zip(node.outputs, outputs, strict=True)}
    for v in (v for n in found for v in n.outputs if v.number in read):
        loop.constants.append(v)
        loop.operands.append(outside[v.number])
    loop.nodes = rest
    return nodes


def is_fixed(node: Node, varying: set[int]) -> bool:
    values = [x for x in node.inputs if isinstance(x, Value)]
    small = sum(nbytes(v.spec) for v in node.outputs) <= sum(nbytes(spec_of(x)) for x in node.inputs)
    return not node.primitive.ordered and bool(values) and small and not numbers_in(values) & varying


def depending_only(nodes: Sequence[Node], known: set[int]) -> list[Node]:
    """Those that follow from these values alone."""
    known, out = set(known), []
    for node in nodes:
        if numbers_in(node.inputs) <= known:
            out.append(node)
            known |= numbers_in(node.outputs)
    return out


def moved(x: Any, outside: dict[int, Any]) -> Any:
    return outside.get(x.number, x) if isinstance(x, Value) else x


def products_first(loop: Loop) -> list[Node]:
    """Products of slices, with what leads to them and follows from them alone, for all steps at once."""
    waiting = depending(loop.nodes, numbers_in(loop.carried) | effects(loop))
    free = [n for n in loop.nodes if not n.primitive.ordered and not numbers_in(n.outputs) & waiting]
    varying = depending(free, numbers_in(loop.slices))
    free = [n for n in free if numbers_in(n.outputs) & varying]
    ready: set[int] = set()
    for node in free:
        if node.name in PRODUCTS or (numbers_in(node.inputs) & varying <= ready and not grows(node)):
            ready |= numbers_in(node.outputs)
    ready -= spared(free, ready)
    if not ready:
        return []
    outer = [n for n in loop.nodes if not numbers_in(n.outputs) & ready]
    read = numbers_in([*loop.nexts, *loop.rows, *(x for n in outer for x in n.inputs)])
    wanted = [v for n in free for v in n.outputs if v.number in ready & read]
    nodes, found = at_once(loop, wanted, lambda values: values)
    loop.replace({v.number: loop.slice_of(stack) for v, stack in zip(wanted, found, strict=True)})
    return nodes


def spared(free: Sequence[Node], ready: set[int]) -> set[int]:
    """What follows from no product: it stays in the loop."""
    products = depending(free, numbers_in(v for n in free if n.name in PRODUCTS for v in n.outputs))
    return ready - products


def effects(loop: Loop) -> set[int]:
    return numbers_in(v for n in loop.nodes if n.primitive.ordered for v in n.outputs)


def grows(node: Node) -> bool:
    return sum(nbytes(v.spec) for v in node.outputs) > max((nbytes(spec_of(x)) for x in node.inputs), default=0)


# -- after ----------------------------------------------------------------------------------------------------------------
class Sum(NamedTuple):
    """A carried value to which each step adds these terms, and which nobody reads in between."""

    place: int
    terms: tuple[Any, ...]


def after(loop: Loop) -> list[Node]:
    """The operations outside that replace what no carried value depends on."""
    return [node for names in (PRODUCTS, SUMS) for node in moved_behind(loop, names)]


def moved_behind(loop: Loop, names: frozenset[str]) -> list[Node]:
    """Operations of these names, and what follows from them, where no later step needs them."""
    sums = sums_of(loop)
    core = {id(n) for n in needed_by(loop.nodes, steady(loop, sums))[0]}
    rest = [n for n in loop.nodes if id(n) not in core]
    late = depending(rest, numbers_in(v for n in rest if n.name in names for v in n.outputs))
    late &= numbers_in(v for n in rest for v in n.outputs)
    if names is SUMS:
        late -= unready(loop, rest, late)
    late_sums = [s for s in sums if s.terms and all(isinstance(t, Value) and t.number in late for t in s.terms) and fits(loop, s)]
    rows = [k for k, x in enumerate(loop.rows) if isinstance(x, Value) and x.number in late]
    if not late_sums and not rows:
        return []
    wanted = [loop.rows[k] for k in rows]
    nodes, found = behind(loop, late, wanted, late_sums)
    finals = [*[loop.stacks[k] for k in rows], *[loop.finals[s.place] for s in late_sums]]
    drop(loop, rows, [s.place for s in late_sums])
    return [*nodes, *renamed(found, finals)]


def steady(loop: Loop, sums: Sequence[Sum]) -> list[Any]:
    places = {s.place for s in sums}
    return [x for k, x in enumerate(loop.nexts) if k not in places]


def sums_of(loop: Loop) -> list[Sum]:
    makers = {v.number: n for n in loop.nodes for v in n.outputs}
    readers: dict[int, int] = {}
    for x in (*loop.nexts, *loop.rows, *(x for n in loop.nodes for x in n.inputs)):
        if isinstance(x, Value):
            readers[x.number] = readers.get(x.number, 0) + 1
    out = []
    for k, (own, new) in enumerate(zip(loop.carried, loop.nexts, strict=True)):
        terms = terms_of(new, own, makers, readers)
        mine = [t for t in terms if isinstance(t, Value) and t.number == own.number]
        if len(mine) == 1 and readers.get(own.number) == 1:
            out.append(Sum(k, tuple(t for t in terms if t is not mine[0])))
    return out


def terms_of(x: Any, own: Value, makers: dict[int, Node], readers: dict[int, int]) -> list[Any]:
    """x as a sum of values of its own shape, none of which has another reader."""
    node = makers.get(x.number) if isinstance(x, Value) else None
    if node is None or node.name not in ("add", "add_all") or readers[x.number] > 1:
        return [x]
    if any(spec_of(a) != own.spec for a in node.inputs):
        return [x]
    return [t for a in node.inputs for t in terms_of(a, own, makers, readers)]


def unready(loop: Loop, rest: Sequence[Node], late: set[int]) -> set[int]:
    """Sums of what no stack holds stay where they are."""
    ready = numbers_in([*loop.rows, *loop.slices, *loop.constants])
    bad: set[int] = set()
    for node in rest:
        if numbers_in(node.outputs) & late and (numbers_in(node.inputs) - late - ready or numbers_in(node.inputs) & bad):
            bad |= numbers_in(node.outputs)
    return depending(rest, bad)


def fits(loop: Loop, s: Sum) -> bool:
    """Are the terms of all steps found without an array of them all, or is that small?"""
    makers = {v.number: n for n in loop.nodes for v in n.outputs}
    return all(is_gradient(makers[t.number]) or loop.length * nbytes(t.spec) <= MOST for t in s.terms)


MOST = 1 << 24


def is_gradient(node: Node) -> bool:
    """a^T b of two matrices, whose sum over steps is one product."""
    p = node.params
    return (
        node.name == "matmul"
        and (p["transpose_a"] or p["adjoint_a"])
        and not (p["transpose_b"] or p["adjoint_b"])
        and p["output_type"] is None
        and node.outputs[0].spec.dtype.kind != "c"
        and all(len(spec_of(x).shape) == 2 for x in node.inputs)
    )


def behind(loop: Loop, late: set[int], wanted: Sequence[Value], sums: Sequence[Sum]) -> tuple[list[Node], list[Any]]:
    """The nodes that give the stacks of these values, and the sums."""
    makers = {v.number: n for n in loop.nodes for v in n.outputs}
    values: list[Any] = list(wanted)
    plans: list[list[tuple[bool, int]]] = []
    for s in sums:
        plan = []
        for t in s.terms:
            node = makers[t.number]
            product = is_gradient(node) and all(isinstance(x, Value) and varies(loop, x) for x in node.inputs)
            plan.append((product, len(values)))
            values += node.inputs if product else [t]
        plans.append(plan)
    starts = [loop.starts[s.place] for s in sums]
    count = len(wanted)

    def finish(stacks: Sequence[Any], starts: Sequence[Any]) -> list[Any]:
        out = list(stacks[:count])
        for total, plan in zip(starts, plans, strict=True):
            for product, k in plan:
                total = add(total, long_product(stacks[k], stacks[k + 1]) if product else reduce_sum(stacks[k], axis=(0,)))
            out.append(total)
        return out

    return at_once(loop, values, lambda stacks, *xs: finish(stacks, xs), late, starts)


def varies(loop: Loop, x: Value) -> bool:
    return x.number not in numbers_in(loop.constants)


def long_product(a: Any, b: Any) -> Any:
    """The sum over steps of a^T b."""
    rows = a.dims[0] * a.dims[1]
    return matmul(reshape(a, (rows, a.dims[2])), reshape(b, (rows, b.dims[2])), transpose_a=True)


def drop(loop: Loop, rows: Sequence[int], places: Sequence[int]) -> None:
    loop.rows = [x for k, x in enumerate(loop.rows) if k not in rows]
    loop.stacks = [x for k, x in enumerate(loop.stacks) if k not in rows]
    for name in ("carried", "starts", "nexts", "finals"):
        setattr(loop, name, [x for k, x in enumerate(getattr(loop, name)) if k not in places])


def renamed(found: Sequence[Any], finals: Sequence[Value]) -> list[Node]:
    """Results under the names that the rest of the graph knows."""
    return [Node(IDENTITY, (x,), {}, (v,), None) for x, v in zip(found, finals, strict=True)]


IDENTITY: Any = identity.primitive  # type: ignore[attr-defined]


# -- all steps at once ----------------------------------------------------------------------------------------------------
def at_once(
    loop: Loop, wanted: Sequence[Any], finish: Callable, late: set[int] | None = None, others: Sequence[Any] = ()
) -> tuple[list[Node], list[Any]]:
    """(nodes outside, operands): `finish` of the stacks of these values of the body, computed from stacks of what they need.

    Values that are not `late` come as stacks from the loop itself.
    """
    kept, needed = needed_by([n for n in loop.nodes if late is None or numbers_in(n.outputs) & late], wanted)
    made = numbers_in(v for n in kept for v in n.outputs)
    inputs = [v for v in values_read(loop, kept, wanted) if v.number in needed and v.number not in made]
    flags = tuple(v.number not in numbers_in(loop.constants) for v in inputs)
    outside = [operand_of(loop, v) for v in inputs]
    region = Region(Graph(tuple(inputs), tuple(kept), tuple(wanted)))
    whole = region.batched(loop.length, flags)
    count = len(inputs)
    specs = [spec_of(x) for x in (*outside, *others)]
    traced = region_of(lambda *xs: finish(whole(*xs[:count]), *xs[count:]), specs)
    return spliced(loop, traced.graph, [*outside, *others])


def values_read(loop: Loop, nodes: Sequence[Node], wanted: Sequence[Any]) -> list[Value]:
    found: dict[int, Value] = {}
    for x in (*(x for n in nodes for x in n.inputs), *wanted):
        if isinstance(x, Value):
            found.setdefault(x.number, x)
    return list(found.values())


def operand_of(loop: Loop, v: Value) -> Any:
    """What stands outside for a value of the body: a constant itself, else the stack of its values."""
    for own, outside in ((loop.constants, loop.operands), (loop.slices, loop.sequences)):
        for mine, x in zip(own, outside, strict=True):
            if mine.number == v.number:
                return x
    return loop.stack_of(v)


def spliced(loop: Loop, inner: Graph, operands: Sequence[Any]) -> tuple[list[Node], list[Any]]:
    """The nodes of a graph under numbers of the outer one, and its outputs there."""
    places: dict[int, Any] = dict(zip([v.number for v in inner.inputs], operands, strict=True))
    nodes = []
    for node in inner.nodes:
        outputs = tuple(loop.new_outside(v.spec) for v in node.outputs)
        nodes.append(node._replace(inputs=tuple(moved(x, places) for x in node.inputs), outputs=outputs))
        places |= {v.number: new for v, new in zip(node.outputs, outputs, strict=True)}
    return nodes, [moved(x, places) for x in inner.outputs]
