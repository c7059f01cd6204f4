"""The second half of a quick call: the plan, the variables that it reads and writes, the results."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from ..core.variable import Variable
from ..graph.ir import Graph
from .quick import ALONE, ALONE_IN_LIST, FEW, INDENT, Unquick, Writer, all_arguments, parameters_text


def quick_call(
    name: str, signature: inspect.Signature, bound: Any, graph: Graph, plan: Callable, packed: tuple[Any, Sequence[Any]]
) -> Callable | None:
    """The function that serves calls like this one; None where its text would not cover them."""
    w = Writer()
    try:
        head = f"def quick({parameters_text(w, signature)}):"
        w.add("if _current() is not None:", INDENT + "return _MISS")
        arrays = all_arguments(w, signature, bound)
    except Unquick:
        return None
    w.names["_plan"] = plan
    run_text(w, graph, arrays)
    results_text(w, *packed)
    source = "\n".join([head, *(INDENT + line for line in w.lines)])
    exec(compile(source, f"<{name}, compiled>", "exec"), w.names)
    quick = w.names["quick"]
    quick.__qualname__ = quick.__name__ = name
    return quick


def run_text(w: Writer, graph: Graph, arrays: list[str]) -> None:
    """Read the variables, run the plan, give the written variables their new values."""
    sources = [source for _, source in graph.captured]
    written = {position - len(graph.inputs) for position, _ in graph.updates}
    if not written:
        w.add(
            f"_r = _plan(({list_text([*arrays, *(captured_text(w, s) for s in sources)])}), {w.constant((None,) * len(graph.outputs))})"
        )
        return
    w.add("with _variables.WRITING:")
    start = len(w.lines)
    if len(written) <= FEW:
        each_text(w, graph, arrays, sources, written)
    else:
        many_text(w, graph, arrays, sources)
    w.lines[start:] = [INDENT + line for line in w.lines[start:]]


def list_text(parts: Sequence[str]) -> str:
    return "".join(part + ", " for part in parts)


def captured_text(w: Writer, source: Any) -> str:
    return f"{w.constant(source, 'v')}.value_" if isinstance(source, Variable) else w.constant(source.value)


def each_text(w: Writer, graph: Graph, arrays: list[str], sources: list[Any], written: set[int]) -> None:
    names, holders = [], {}
    for k, source in enumerate(sources):
        if k not in written:
            names.append(captured_text(w, source))
            continue
        holders[k] = w.constant(source, "v")
        names.append(f"_w{k}")
        w.add(f"_w{k} = {holders[k]}.value_")
    count = len(graph.inputs)
    targets = ["None"] * len(graph.results)
    targets += [
        f"_w{position - count} if _getrefcount(_w{position - count}) == {ALONE} else None" for position, _ in graph.updates
    ]
    w.add(f"_t = ({list_text(targets)})")  # first: the tuple of arrays would count too
    w.add(f"_r = _plan(({list_text([*arrays, *names])}), _t)")
    for position, output in graph.updates:
        holder = holders[position - count]
        w.add(f"{holder}.value_ = _r[{output}]", f"{holder}.reader = 0")


def many_text(w: Writer, graph: Graph, arrays: list[str], sources: list[Any]) -> None:
    """Loops: the written variables first, then what else was captured, brought into the plan's order."""
    count, first = len(graph.inputs), len(graph.results)
    places = [position - count for position, _ in graph.updates]
    holders = w.constant(tuple(sources[k] for k in places), "vs")
    w.add(f"_ws = [_v.value_ for _v in {holders}]")
    w.add(f"_t = [_w if _getrefcount(_w) == {ALONE_IN_LIST} else None for _w in _ws]")
    at = {k: f"_ws[{n}]" for n, k in enumerate(places)}
    names = [at[k] if k in at else captured_text(w, source) for k, source in enumerate(sources)]
    w.add(f"_r = _plan(({list_text([*arrays, *names])}), ({'None, ' * first}*_t,))")
    w.add(f"for _v, _new in _zip({holders}, _r[{first}:]):", INDENT + "_v.value_ = _new", INDENT + "_v.reader = 0")


# -- results --------------------------------------------------------------------------------------------------------
def results_text(w: Writer, structure: Any, items: Sequence[Any]) -> None:
    """`items` are the leaves of the structure: Result(k) for the k-th array, or an object."""
    leaves = []
    for item in items:
        if isinstance(item, Result):
            name = f"_t{item.place}"
            w.add(f"{name} = _Tensor()", f"{name}.value = _r[{item.place}]", f"{name}.id = 0")
            leaves.append(name)
        else:
            leaves.append(w.constant(item) if item is not None else "None")
    try:
        w.add(f"return {structure_text(structure.unflatten(leaves))}")
    except Unquick:
        w.add(f"return _pack({w.constant(structure)}, [{list_text(leaves)}])")


def structure_text(x: Any) -> str:
    """The text of a structure whose leaves are texts."""
    kind = type(x)
    if kind is str:
        return x
    if kind is tuple:
        return f"({list_text([structure_text(part) for part in x])})"
    if kind is list:
        return f"[{list_text([structure_text(part) for part in x])}]"
    if kind is dict and all(type(key) is str for key in x):
        return "{" + list_text([f"{key!r}: {structure_text(part)}" for key, part in x.items()]) + "}"
    raise Unquick


class Result:
    """Stands among the leaves of a result for one of the plan's arrays."""

    __slots__ = ("place",)

    def __init__(self, place: int):
        self.place = place
