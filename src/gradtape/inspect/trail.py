"""A tape's skeleton read as steps from values to values: recorded ones, and those that no gradient passes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

from ..autodiff.tape import GradientTape
from ..core.context import NUMBER, Site
from ..core.primitive import Note, Primitive
from ..core.tensor import ESCAPE

ASSIGN = Note("assign", 1)
WATCH = Note("watch", 1)

NAMES = {  # of primitives that users know by another name
    "index_of_max": "argmax", "index_of_min": "argmin", "call_python": "numpy_function", "filled_like": "zeros_like", "extents_of": "shape",
    "hot": "one_hot", "argsort_along": "argsort", "count_bins": "bincount", "distinct": "unique", "search": "searchsorted",
    "reinterpret": "bitcast", "strided_slice": "indexing",
}  # fmt: skip


class Step(NamedTuple):
    inputs: tuple[int, ...]
    output: Any  # an identity, or several
    site: Site
    primitive: Any
    kind: str  # recorded | missed | paused | assigned | watched


def outputs(step: Step) -> tuple[int, ...]:
    return outputs_of(step.output)


def outputs_of(output: Any) -> tuple[int, ...]:
    return (output,) if type(output) is int else tuple(output)


def shown(primitive: Any) -> str:
    """The operation as users call it."""
    name = primitive.label if isinstance(primitive, Primitive) else primitive.name
    return NAMES.get(name, name)


def ends(records: list[Any]) -> list[int]:
    """Where each record ends, first to last."""
    found = []
    end = len(records)
    while end:
        found.append(end)
        end -= records[end - 1].size
    return found[::-1]


def steps(ring: list[Any], kind: str) -> Iterator[Step]:
    """The near misses, last first.  Trimming may have cut the first one of a ring in two."""
    end = len(ring)
    while end > 0:
        primitive = ring[end - 1]
        start = end - primitive.near_size
        if start < 0:
            return
        yield Step(tuple(ring[start : end - 4]), ring[end - 4], (ring[end - 3], ring[end - 2]), primitive, kind)
        end = start


class Trail:
    """Everything a tape knows about how values came from each other."""

    def __init__(self, tape: GradientTape):
        self.tape = tape
        self.ends = ends(tape.records)
        near = [*steps(tape.ring, "missed"), *steps(tape.paused, "paused")]
        self.escapes = [s for s in near if s.primitive is ESCAPE]
        self.near = [s for s in near if s.primitive is not ESCAPE]
        self.readings = readings(tape)
        self.made: dict[int, Any] = {}  # a value's step; of a recorded one, the place where its record ends
        for end in self.ends:
            output = tape.records[end - 4]
            if type(output) is int:
                self.made[output] = end
            else:
                self.made.update(dict.fromkeys(output, end))
        for step in self.near:
            self.made.update(dict.fromkeys(outputs(step), step))
        self.into: dict[int, list[Step]] = {}  # assignments and calls of watch lead to values that have another origin too
        for step in (*self.assigned(), *self.watched()):
            for i in outputs(step):
                self.into.setdefault(i, []).append(step)

    def maker(self, identity: int) -> Step | None:
        """The operation that a value is the result of."""
        found = self.made.get(identity)
        return self.recorded(found) if type(found) is int else found

    def recorded(self, end: int) -> Step:
        slots = self.tape.records
        primitive = slots[end - 1]
        return Step(
            tuple(slots[end - primitive.near_size : end - 4]),
            slots[end - 4],
            (slots[end - 3], slots[end - 2]),
            primitive,
            "recorded",
        )

    def assigned(self) -> Iterator[Step]:
        """From the value that was assigned to the readings that came later."""
        for variable, identity, moment, site in self.tape.margin.writes:
            later = tuple(i for i in self.readings.get(variable, ()) if abs(i) > abs(moment))
            if later:
                yield Step((identity,), later, site, ASSIGN, "assigned")

    def watched(self) -> Iterator[Step]:
        for identity, (before, site) in self.tape.margin.watches.items():
            if before != identity and before < 0:
                yield Step((before,), identity, site, WATCH, "watched")

    def makers(self, identity: int) -> list[Step]:
        made = self.maker(identity)
        extra = self.into.get(identity, [])
        return extra if made is None else [made, *extra]

    def ancestors(self, targets: Iterable[int], until: Container[int]) -> tuple[set[int], list[Step]]:
        """The identities that these came from, and the steps between, nearest first; not beyond those in `until`."""
        seen = {i for i in targets if i}
        queue, passed, several = list(seen), [], set()
        for identity in queue:
            for step in self.makers(identity):
                if type(step.output) is not int:  # each of its results leads here
                    if step.output in several:
                        continue
                    several.add(step.output)
                passed.append(step)
                for i in step.inputs:
                    if i not in seen and i != NUMBER and i != 0:
                        seen.add(i)
                        if i not in until:
                            queue.append(i)
        return seen, passed

    def connected(self, sources: Iterable[int]) -> dict[int, int]:
        """The identities that a gradient reaches the sources from, each with the place where the record that made it ends."""
        reached: dict[int, int] = dict.fromkeys((i for i in sources if i in self.tape.tracked), 0)
        slots = self.tape.records
        for end in self.ends:
            primitive = slots[end - 1]
            for k, i in enumerate(slots[end - primitive.near_size : end - 4]):
                if i in reached and has_rule(primitive, k):
                    for out in outputs_of(slots[end - 4]):
                        if out > 0:
                            reached.setdefault(out, end)
                    break
        return reached

    def users(self, identities: Iterable[int]) -> list[Step]:
        """The steps that take one of these, first to last."""
        wanted = set(identities)
        slots = self.tape.records
        ends = [end for end in self.ends if not wanted.isdisjoint(slots[end - slots[end - 1].near_size : end - 4])]
        found = [*map(self.recorded, ends), *(s for s in self.near if not wanted.isdisjoint(s.inputs))]
        return sorted(found, key=moment)


def readings(tape: GradientTape) -> dict[int, list[int]]:
    """id of a variable -> the identities of all its readings, tracked or not."""
    found = {key: list(ids[1:]) for key, ids in tape.reads.items()}
    unread = iter(tape.margin.unread)
    for key, identity in zip(unread, unread, strict=True):
        found.setdefault(key, []).append(identity)
    return found


def moment(step: Step) -> int:
    """Identities are counted upwards, so they are times."""
    return max((abs(i) for i in outputs(step)), default=0)


def has_rule(primitive: Any, k: int) -> bool:
    """Does the operation give a gradient for its input number k?"""
    if not isinstance(primitive, Primitive) or primitive.joint_vjp is not None or primitive.variadic:
        return True
    arg = primitive.args[k]
    return arg in primitive.vjps or arg in primitive.partials
