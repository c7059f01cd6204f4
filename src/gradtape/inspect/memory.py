"""What a tape keeps alive for its backward sweep: by line, by operation, by variable; and what recomputing would save."""

from __future__ import annotations

from collections import Counter
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

from ..autodiff.tape import GradientTape
from ..core.record import Node
from .script import line_text_of
from .sizes import Held, held_by, records, specs
from .trail import shown

ROWS = 10


class Saving(NamedTuple):
    """What recomputing one function in the backward sweep would save."""

    function: str
    file: str
    line: int
    bytes: int
    calls: int

    def __str__(self) -> str:
        calls = "its call" if self.calls == 1 else f"its {self.calls} calls"
        return (f"tf.recompute_grad({self.function}) ({self.file}:{self.line}) would not hold {size_text(self.bytes)}, the inner values of "
                f"{calls}, but compute them again in the sweep.")  # fmt: skip


class Memory(NamedTuple):
    """The bytes that a tape keeps alive. `str()` is a table."""

    total: int  # of saved arrays; one that is saved twice counts once
    variables: int  # of these, the buffers of variables, which are there anyway
    peak: int  # the most that saved values and gradients hold together during the sweep
    by_line: tuple[tuple[str, int, int], ...]  # (file, line, bytes), largest first
    by_operation: tuple[tuple[str, int], ...]
    by_variable: tuple[tuple[str, int], ...]
    arrays: int
    operations: int
    saving: Saving | None
    released: bool  # the sweep has been: what was saved is gone

    def __str__(self) -> str:
        if self.released:
            return (f"The tape recorded {self.operations} operations and holds nothing: the sweep has let the saved values go. "
                    "Ask before gradient(), or open the tape with persistent=True.")  # fmt: skip
        lines = [f"The tape holds {size_text(self.total)} in {self.arrays} arrays of {self.operations} operations"
                 + (f", {size_text(self.variables)} of it variables, which are there anyway" if self.variables else "")
                 + f"; the sweep needs up to {size_text(self.peak)}."]  # fmt: skip
        lines += [
            "By line:",
            *(
                f"  {size_text(n):>10}  {file}:{line}  {line_text_of(file, line)}".rstrip()
                for file, line, n in self.by_line[:ROWS]
            ),
        ]
        lines += ["By operation:", *(f"  {size_text(n):>10}  {name}" for name, n in self.by_operation[:ROWS])]
        if self.by_variable:
            lines += ["By variable:", *(f"  {size_text(n):>10}  {name}" for name, n in self.by_variable[:ROWS])]
        return "\n".join([*lines, *([str(self.saving)] if self.saving else [])])

    __repr__ = __str__


def memory(self: GradientTape) -> Memory:
    """What the tape keeps alive for the backward sweep: bytes by line, operation and variable, the peak, and a hint."""
    nodes = list(records(self))
    held = once([h for node in nodes for h in held_by(node)])
    names = {id(root(v.value_)): v.name for v, *_ in self.reads.values()}
    lines: Counter = Counter()
    operations: Counter = Counter()
    variables: Counter = Counter()
    for h in held:
        lines[h.node.file, h.node.line] += h.array.nbytes
        operations[shown(h.node.primitive)] += h.array.nbytes
        if id(root(h.array)) in names:
            variables[names[id(root(h.array))]] += h.array.nbytes
    total = sum(h.array.nbytes for h in held)
    return Memory(
        total=total,
        variables=sum(variables.values()),
        peak=peak_of(self, nodes, total),
        by_line=tuple((file, line, n) for (file, line), n in lines.most_common()),
        by_operation=tuple(operations.most_common()),
        by_variable=tuple(variables.most_common()),
        arrays=len(held),
        operations=len(nodes),
        saving=saving(nodes, held, set(names)),
        released=self.used is not None and not held,
    )


def root(array: np.ndarray) -> np.ndarray:
    """The array that owns the memory."""
    while type(array.base) is np.ndarray:
        array = array.base
    return array


def once(held: list[Held]) -> list[Held]:
    """Each block of memory by the first record that keeps it."""
    seen: set[int] = set()
    found = []
    for h in held:
        if id(root(h.array)) not in seen:
            seen.add(id(root(h.array)))
            found.append(h)
    return found


def peak_of(tape: GradientTape, nodes: list[Node], total: int) -> int:
    """Saved bytes and live cotangents together, along the sweep of the last value on the tape."""
    known = specs(tape)
    last_use: dict[int, int] = {}  # block of memory -> the first record that keeps it: the sweep lets it go there
    freed: Counter = Counter()
    for k, node in enumerate(nodes):
        for h in held_by(node):
            if last_use.setdefault(id(root(h.array)), k) == k:
                freed[k] += h.array.nbytes
    wanted = {i for _, *ids in tape.reads.values() for i in ids} | tape.roots
    live = {i: bytes_of(known, i) for i in outputs(nodes[-1])} if nodes else {}
    now = peak = total + sum(live.values())
    for k in range(len(nodes) - 1, -1, -1):
        outs = [i for i in outputs(nodes[k]) if i in live]
        for i in nodes[k].inputs if outs else ():
            if i in tape.tracked and i not in live:
                live[i] = bytes_of(known, i)
                now += live[i]
        peak = max(peak, now)
        now -= sum(live.pop(i) for i in outs if i not in wanted)
        if not tape.persistent:
            now -= freed[k]
    return peak


def outputs(node: Node) -> tuple[int, ...]:
    return node.output if type(node.output) is tuple else (node.output,)


def bytes_of(known: dict[Any, Any], identity: int) -> int:
    spec = known.get(identity)
    return 0 if spec is None else int(np.prod(spec.shape, dtype=np.int64)) * spec.dtype.itemsize


# -- a hint -------------------------------------------------------------------------------------------------------
def saving(nodes: list[Node], held: list[Held], variables: set[int]) -> Saving | None:
    """The function whose inner values weigh most: recomputing it keeps its inputs alone."""
    made_in: dict[int, CodeType] = {i: node.site[0] for node in nodes for i in outputs(node)}
    inner: Counter = Counter()
    for h in held:
        code = h.node.site[0]
        if (
            id(root(h.array)) not in variables
            and made_in.get(h.identity) is code
            and code.co_name not in ("<module>", "<lambda>")
        ):
            inner[code] += h.array.nbytes
    if not inner:
        return None
    code, saved = inner.most_common(1)[0]
    return Saving(code.co_qualname, code.co_filename, code.co_firstlineno, saved, calls_of(nodes, code))


def calls_of(nodes: list[Node], code: CodeType) -> int:
    """How often the function seems to have run: its first instruction comes again."""
    offsets = [node.site[1] for node in nodes if node.site[0] is code]
    return offsets.count(min(offsets))


def size_text(n: int) -> str:
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if n >= size:
            return f"{n / size:.1f} {unit}"
    return f"{n} B"
