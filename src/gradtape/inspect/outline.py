"""A tape as a tree: modules and functions hold lines, lines hold operations.

A record knows the innermost line of the user's code alone. That one function called another shows in the order: the caller
goes on behind the callee, further down in its own code. Keras layers say themselves where they begin and end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from ..autodiff.tape import GradientTape
from ..core.record import Node
from ..core.shapes import Spec
from .script import is_library, line_text
from .sizes import held_by, records, specs
from .trail import ends, shown

REPEATED = 3  # equal neighbours that are put into one box
LONGEST_PERIOD = 8


class Operation:
    """A leaf: an operation, or a source (a variable, a watched tensor)."""

    def __init__(self, number: int, name: str, node: Node | None, output: tuple[int, ...], spec: Spec | None):
        self.number, self.name, self.node, self.output, self.spec = number, name, node, output, spec
        self.inputs: list[tuple[int, int]] = []  # (number of the operation it comes from, identity)
        self.held = sum(h.array.nbytes for h in held_by(node)) if node else 0
        self.norm: float | None = None
        self.mark = ""  # "path" or "cut" of an explanation
        self.note = ""  # what a cut has to say

    @property
    def file(self) -> str:
        return self.node.file if self.node else ""

    @property
    def line(self) -> int:
        return self.node.line if self.node else 0

    @property
    def text(self) -> str:
        return line_text(self.node.site) if self.node else ""

    @property
    def shape_text(self) -> str:
        return "" if self.spec is None else f"{self.spec.dtype.name}{list(self.spec.shape)}".replace(" ", "")


class Box:
    """A run of operations that belong together."""

    def __init__(self, label: str, kind: str, place: str = ""):
        self.label, self.kind, self.place = label, kind, place
        self.children: list[Box | Operation] = []

    def operations(self) -> Iterator[Operation]:
        for child in self.children:
            if isinstance(child, Box):
                yield from child.operations()
            else:
                yield child


class Outline:
    """The operations of a tape, their sources and the tree above them."""

    def __init__(self, tape: GradientTape):
        self.tape = tape
        nodes = list(records(tape))
        known = specs(tape)
        self.sources = [Operation(k, name, None, ids, spec) for k, (name, ids, spec) in enumerate(sources_of(tape, nodes, known))]
        first = len(self.sources)
        self.operations = [operation(first + k, node, known) for k, node in enumerate(nodes)]
        makers = {i: o.number for o in (*self.sources, *self.operations) for i in o.output}
        for o in self.operations:
            assert o.node is not None
            o.inputs = list(dict.fromkeys((makers[i], i) for i in o.node.inputs if i in makers))
        self.root = Box("tape", "tape")
        self.root.children = tree_of(self.operations, self.fed(), regions_of(tape))

    def fed(self) -> dict[int, list[Operation]]:
        """The sources by the operation that takes them first: they stand in front of it."""
        found: dict[int, list[Operation]] = {}
        seen: set[int] = set()
        for o in self.operations:
            for number, _ in o.inputs:
                if number < len(self.sources) and number not in seen:
                    seen.add(number)
                    found.setdefault(o.number, []).append(self.sources[number])
        return found

    @property
    def all(self) -> list[Operation]:
        return [*self.sources, *self.operations]


def operation(number: int, node: Node, known: dict[int, Spec]) -> Operation:
    output = node.output if type(node.output) is tuple else (node.output,)
    return Operation(number, shown(node.primitive), node, output, known.get(output[0]))


def sources_of(
    tape: GradientTape, nodes: list[Node], known: dict[int, Spec]
) -> Iterator[tuple[str, tuple[Any, ...], Spec | None]]:
    """Variables, watched tensors, in the order of their first use."""
    found: list[tuple[str, tuple[Any, ...], Spec | None]] = []
    for variable, *ids in tape.reads.values():
        if ids:
            found.append((variable.name.removesuffix(":0"), tuple(ids), Spec(variable.dims, variable.dtype.numpy_dtype)))
    made = {i for node in nodes for i in (node.output if type(node.output) is tuple else (node.output,))}
    found += [("watched", (i,), known.get(i)) for i in sorted(tape.roots - made)]
    yield from sorted(found, key=lambda entry: min(entry[1]))


# -- the tree -------------------------------------------------------------------------------------------------------
def tree_of(operations: list[Operation], fed: dict[int, list[Operation]], regions: Regions) -> list[Box | Operation]:
    """Named regions first, functions in them and around them, then lines."""
    root = Box("", "tape")
    root.children = function_boxes(with_regions(operations, regions), fed)
    return tidy(root).children


Regions = list[tuple[str, int, int]]  # name, numbers of the first operation and of the one behind the last


def regions_of(tape: GradientTape) -> Regions:
    """The named stretches of the tape that hold something, outer ones first."""
    places = {end: k for k, end in enumerate(ends(tape.records), 1)} | {0: 0}
    closed = [
        (name, places[start], places[len(tape.records) if end is None else end]) for name, start, end in tape.margin.regions
    ]
    return [(name, start, end) for name, start, end in closed if start < end]


def with_regions(operations: list[Operation], regions: Regions) -> list[Any]:
    """Operations and, where a region was, a list that begins with its name."""
    return stretch(operations, deque(regions), 0, len(operations))


def stretch(operations: list[Operation], waiting: deque, start: int, end: int) -> list[Any]:
    found: list[Any] = []
    k = start
    while k < end:
        while waiting and waiting[0][1] < k:  # regions of two threads may overlap: the later one has no box
            waiting.popleft()
        if waiting and waiting[0][1] == k and waiting[0][2] <= end:
            name, _, behind = waiting.popleft()
            found.append([name, *stretch(operations, waiting, k, behind)])
            k = behind
        else:
            found.append(operations[k])
            k += 1
    return found


def function_boxes(items: list[Any], fed: dict[int, list[Operation]]) -> list[Box | Operation]:
    """Each call of a function in a box of its own; library code has none."""
    root = Box("", "tape")
    open_boxes: list[tuple[Box, Any, int, int]] = []  # box, code, last offset, number of its last operation
    after = next_of_same_code(items)
    for k, item in enumerate(items):
        code, offset = site_of(item)
        close_finished(open_boxes, items, after, k)
        if code is not None and (not open_boxes or open_boxes[-1][1] is not code):
            box = Box(*label_of(code))
            (open_boxes[-1][0] if open_boxes else root).children.append(box)
            open_boxes.append((box, code, offset, k))
        box = open_boxes[-1][0] if open_boxes else root
        if code is not None:
            open_boxes[-1] = (box, code, offset, k)
        if isinstance(item, Operation):
            box.children += [*fed.get(item.number, ()), item]
        else:
            module = Box(item[0], "module")
            module.children = function_boxes(item[1:], fed)
            box.children.append(module)
    return root.children


def site_of(item: Any) -> tuple[Any, int]:
    """The code that an operation belongs to; None for a region and for library code, which belong to what is around them."""
    if isinstance(item, Operation) and item.node is not None and not is_library(item.file):
        return item.node.site
    return None, 0


def next_of_same_code(items: list[Any]) -> list[int | None]:
    """For each operation, the next one of the same code."""
    last: dict[int, int] = {}
    after: list[int | None] = [None] * len(items)
    for k, item in enumerate(items):
        key = id(site_of(item)[0])
        if key in last:
            after[last[key]] = k
        last[key] = k
    return after


def close_finished(open_boxes: list[Any], items: list[Any], after: list[Any], k: int) -> None:
    """Leave the functions that have ended: the operation k is no continuation of them, and none comes later."""
    code, offset = site_of(items[k])
    while open_boxes:
        _, own, last, number = open_boxes[-1]
        if own is code:
            if offset > last:
                return
        else:
            following = after[number]
            caller_goes_on = any(c is code and offset > o for _, c, o, _ in open_boxes)
            if following is not None and site_of(items[following])[1] > last and not caller_goes_on:
                return
        open_boxes.pop()


def label_of(code: Any) -> tuple[str, str, str]:
    name = code.co_qualname.replace("<locals>.", "")
    place = f"{code.co_filename}:{code.co_firstlineno}"
    return (code.co_filename.rpartition("/")[2], "file", code.co_filename) if name == "<module>" else (name, "function", place)


def tidy(box: Box) -> Box:
    """Lines with several operations become boxes, and what repeats goes into one."""
    children = lines(box.children)
    if len(children) == 1 and isinstance(children[0], Box) and children[0].kind == "line" and box.kind in ("function", "module"):
        children = children[0].children
    for child in children:
        if isinstance(child, Box) and child.kind != "line":
            tidy(child)
    box.children = repeated(children)
    return box


def lines(children: list[Any]) -> list[Any]:
    """Neighbours of the same line in one box."""
    found: list[Any] = []
    waiting: list[Any] = []  # sources, for the operation that follows
    for child in children:
        if isinstance(child, Box):
            found.append(child)
        elif child.node is None:
            waiting.append(child)
        else:
            last, key = found[-1] if found else None, f"{child.file}:{child.line}"
            if not (isinstance(last, Box) and last.kind == "line" and last.place == key):
                last = Box(child.text or f"line {child.line}", "line", key)
                found.append(last)
            last.children += [*waiting, child]
            waiting = []
    return [part for c in found for part in (c.children if is_plain(c) else [c])]


def is_plain(child: Box) -> bool:
    """A line with a single operation needs no box."""
    return child.kind == "line" and sum(isinstance(o, Operation) and o.node is not None for o in child.children) == 1


def repeated(children: list[Any]) -> list[Any]:
    """The turns of a loop, or equal layers one after another, in one box."""
    keys = [key_of(child) for child in children]
    found: list[Any] = []
    k = 0
    while k < len(children):
        period, times = repetition(keys, k)
        if times < REPEATED:
            found.append(children[k])
            k += 1
            continue
        turns = [children[k + t * period : k + (t + 1) * period] for t in range(times)]
        box = Box(f"{' · '.join(dict.fromkeys(map(label_shown, turns[0])))} x {times}", "repeated")
        box.children = [turn[0] if period == 1 else turn_box(number, turn) for number, turn in enumerate(turns, 1)]
        found.append(box)
        k += period * times
    return found


def repetition(keys: list[Any], start: int) -> tuple[int, int]:
    """(length, how often) of what repeats from here on, the shortest that does."""
    for period in range(1, LONGEST_PERIOD + 1):
        pattern, times = keys[start : start + period], 1
        if all(key[0] == "operation" for key in pattern):  # operations of a line have a box already
            continue
        while keys[start + times * period : start + (times + 1) * period] == pattern:
            times += 1
        if times >= REPEATED:
            return period, times
    return 1, 1


def key_of(child: Any) -> tuple[Any, ...]:
    return (child.kind, child.label, child.place) if isinstance(child, Box) else ("operation", child.name, child.line)


def label_shown(child: Any) -> str:
    return child.label if isinstance(child, Box) else child.name


def turn_box(number: int, turn: list[Any]) -> Box:
    box = Box(f"turn {number}", "turn")
    box.children = turn
    return box


# -- as text ---------------------------------------------------------------------------------------------------------
class Summary:
    """The tree of a tape as a table; `str()` gives it."""

    def __init__(self, outline: Outline, depth: int):
        self.rows = [("operation", "count", "result", "held")]
        self.add(outline.root.children, 0, depth)
        total = len(outline.operations)
        self.head = (
            f"{total} operations, {len(outline.sources)} sources, {held_text(sum(o.held for o in outline.operations))} saved"
        )

    def add(self, children: list[Any], level: int, depth: int) -> None:
        for child in children:
            if isinstance(child, Operation) and child.node is None:
                continue
            inside = [o for o in child.operations() if o.node] if isinstance(child, Box) else [child]
            name = child.label if isinstance(child, Box) else child.name
            count = str(len(inside)) if isinstance(child, Box) else ""
            last = inside[-1] if inside else None
            held = sum(o.held for o in inside)
            self.rows.append(
                ("  " * level + shortened(name), count, last.shape_text if last else "", held_text(held) if held else "")
            )
            if isinstance(child, Box) and level + 1 < depth:
                self.add(child.children, level + 1, depth)

    def __str__(self) -> str:
        widths = [max(len(row[k]) for row in self.rows) for k in range(4)]
        table = ["  ".join(cell.ljust(w) if k in (0, 2) else cell.rjust(w) for k, (cell, w) in enumerate(zip(row, widths, strict=True))).rstrip()
                 for row in self.rows]  # fmt: skip
        return "\n".join([table[0], "-" * (sum(widths) + 6), *table[1:], "-" * (sum(widths) + 6), self.head])

    __repr__ = __str__


def shortened(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def held_text(n: int) -> str:
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if n >= size:
            return f"{n / size:.1f} {unit}"
    return f"{n} B"


def summary(self: GradientTape, depth: int = 4) -> Summary:
    """The operations on the tape by module, function and line: how many, what they give, how much they keep."""
    return Summary(Outline(self), depth)
