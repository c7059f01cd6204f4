"""Why a gradient is None: where the path from a source to a target is cut, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from types import FrameType
from typing import Any, NamedTuple

from ..autodiff.sources import checked, is_differentiable, peel, plain
from ..autodiff.tape import GradientTape
from ..core.context import Site, line_of
from ..core.indexed_slices import IndexedSlices
from ..core.structures import leaves
from ..core.tensor import CONSTANT
from ..core.variable import Variable
from .causes import CUTS, MENDS, cut_key
from .script import (
    assignments,
    flows,
    is_called,
    is_rebinding,
    line_text,
    line_text_of,
    names_in,
    simple_statement,
    site_in,
    statements,
    tainted,
    used,
    user_frame,
    with_range,
)  # fmt: skip
from .trail import Step, Trail, moment, outputs, shown

SHOWN_AT_EACH_END = 4  # steps of a long path that are printed
IN_THREADS = ("Thread", "submit", "run_in_executor", "to_thread", "apply_async", "starmap", "ThreadPoolExecutor")


class Explanation(NamedTuple):
    """Why `target` has a gradient with respect to `source`, or has none. `str()` says it in sentences."""

    cause: str  # "connected", or the kind of cut: one of the keys of MENDS
    sentence: str
    file: str
    line: int
    text: str  # the source text of that line
    mend: str  # what to write instead
    path: tuple[Step, ...] = ()  # source to target; of a cut one: source to the cut
    cut: Step | None = None
    origins: frozenset[int] = frozenset()  # the identities of the source that the path begins at

    @property
    def connected(self) -> bool:
        return self.cause == "connected"

    def __str__(self) -> str:
        if self.connected:
            return "\n".join([self.sentence, *path_lines(self.path)])
        lines = [f"{self.sentence} ({self.file}:{self.line})"]
        lines += [f"    {self.text}"] if self.text else []
        return "\n".join([*lines, *([f"Instead: {self.mend}"] if self.mend else [])])

    def __repr__(self) -> str:
        return f"<Explanation: {self}>"


def explain(self: GradientTape, target: Any, source: Any) -> Explanation:
    """Why `target` has a gradient with respect to `source`, or where the path between them is cut."""
    return explained(self, target, source, user_frame())


def explained(tape: GradientTape, target: Any, source: Any, frame: FrameType | None) -> Explanation:
    if type(source).__name__ == "KerasTensor":
        return Question(tape, (), source, frame).symbolic()
    targets = [checked(t, "target", "GradientTape.explain") for t in leaves(target)]
    return Question(tape, targets, checked(source, "the source", "GradientTape.explain"), frame, target, source).answer()


class Question:
    """One target, one source, and what is known about them."""

    def __init__(self, tape: GradientTape, targets: Iterable, source: Any, frame: FrameType | None, *given: Any):
        self.tape, self.targets, self.source, self.frame = tape, list(targets), source, frame
        given_target, given_source = given or (None, source)
        self.asked = site_in(frame)
        self.target_name = next(iter(names_in(frame, given_target, plain(given_target))), "")
        self.source_name = next(iter(names_in(frame, given_source, source)), "") or variable_name(source)
        self.trail = Trail(tape)
        self.target_ids = {i for t in self.targets for i in self.ids_of_target(t) if i}
        self.tracked_ids = self.ids_of_source()
        self.known_ids = self.tracked_ids | self.other_ids()
        self.reached = self.trail.connected(self.tracked_ids)
        self.ancestors: set[int] = set()
        self.passed: list[Step] = []

    # -- identities -----------------------------------------------------------------------------------------
    def ids_of_target(self, target: Any) -> list[int]:
        if isinstance(target, Variable):
            return self.trail.readings.get(id(target), [])[-1:]
        if isinstance(target, IndexedSlices):
            return [target.values.id]
        return [peel(target, self.tape.order)[0].id]

    def ids_of_source(self) -> set[int]:
        source = self.source
        if isinstance(source, Variable):
            ids = self.trail.readings.get(id(source), [])
        elif isinstance(source, IndexedSlices):
            ids = [source.values.id]
        else:
            ids = [peel(source, self.tape.order)[0].id if type(source).__name__ != "KerasTensor" else 0]
        return {i for i in ids if i and i in self.tape.tracked}

    def other_ids(self) -> set[int]:
        """Identities that the tape knows the source by, without tracking them."""
        if isinstance(self.source, Variable):
            return {i for i in self.trail.readings.get(id(self.source), []) if i not in self.tape.tracked}
        ids = (
            {self.source.id}
            if not isinstance(self.source, IndexedSlices) and type(self.source).__name__ != "KerasTensor"
            else set()
        )
        return {i for own in ids for i in (own, self.tape.margin.watches.get(own, (0, None))[0]) if i}

    # -- the answer -------------------------------------------------------------------------------------------
    def answer(self) -> Explanation:
        if not is_differentiable(self.source):
            return self.integer_source()
        goal = next((i for i in self.target_ids if i in self.reached), None)
        if goal is not None:
            return self.connected(goal)
        self.ancestors, self.passed = self.trail.ancestors(self.target_ids, self.reached)
        return self.cut_in_the_trail() or self.late_watch() or self.cut_off_the_trail() or self.unused()

    def connected(self, goal: int) -> Explanation:
        path = self.path_to(goal)
        operations = "1 operation" if len(path) == 1 else f"{len(path)} operations"
        sentence = f"{self.target_called} depends on {self.source_called} through {operations}:"
        if not path:
            sentence = f"{self.target_called} is {self.source_called} itself."
        site = path[-1].site if path else self.tape.opened
        return told("connected", sentence, site, "", path)._replace(origins=frozenset(self.tracked_ids))

    def path_to(self, goal: int) -> tuple[Step, ...]:
        """One path to an identity: back from it by the first input of each operation that reaches the source."""
        path: list[Step] = []
        end = self.reached[goal]
        while end:
            path.append(self.trail.recorded(end))
            for i in path[-1].inputs:
                if i in self.reached:
                    end = self.reached[i]
                    break
        return tuple(path[::-1])

    def cut_in_the_trail(self) -> Explanation | None:
        """An operation on the way that no gradient passes: the last one whose input still reaches the source."""
        cuts = [
            s for s in self.passed if not self.reached.keys().isdisjoint(s.inputs) and self.reached.keys().isdisjoint(outputs(s))
        ]
        if not cuts:
            return None
        step = max(cuts, key=moment)
        start = next(i for i in step.inputs if i in self.reached)
        if step.kind == "recorded":
            return self.cut("no rule", step, f"{shown(step.primitive)} has no derivative with respect to this argument", start)
        if step.kind == "paused":
            return self.cut("stop_recording", step, f"{shown(step.primitive)} ran inside tape.stop_recording()", start)
        if step.kind == "watched":
            return self.cut("late watch", step, "tape.watch came after the value was made, and began a new path", start)
        key = cut_key(step.primitive)
        return self.cut(key, step, CUTS.get(key, "{} has no derivative").format(shown(step.primitive)), start)

    def cut(self, key: str, step: Step, why: str, start: int) -> Explanation:
        found = told(key, self.begun(why), step.site, self.mend(key, step), self.path_to(start), step)
        return found._replace(origins=frozenset(self.tracked_ids))

    def late_watch(self) -> Explanation | None:
        """The source was used before tape.watch."""
        if self.forgotten_by_reset():
            return None
        key = (
            id(self.source)
            if isinstance(self.source, Variable)
            else self.source.id
            if not isinstance(self.source, IndexedSlices)
            else 0
        )
        if key not in self.tape.margin.watches:
            return None
        untracked = self.known_ids - self.tracked_ids
        uses = [s for s in self.trail.users(untracked) if s.kind == "missed" and self.leads_on(s)]
        if not uses:
            return None
        _, site = self.tape.margin.watches[key]
        why = f"{self.source_called} was watched only in line {line_of(site)}, after its use"
        return told("late watch", self.begun(why), uses[0].site, self.mend("late watch", uses[0]), (), uses[0])

    def leads_on(self, step: Step) -> bool:
        """Does the target come from its result?"""
        return not self.ancestors.isdisjoint(step.output if type(step.output) is tuple else (step.output,))

    # -- the source never was on this tape --------------------------------------------------------------------
    def cut_off_the_trail(self) -> Explanation | None:
        if self.forgotten_by_reset():
            return self.reset()
        if not self.tracked_ids:
            found = self.not_on_this_tape()
            if found is not None:
                return found
        return self.through_numpy() or self.outside()

    def forgotten_by_reset(self) -> bool:
        """Did reset() drop the source, or a value that the target was made of?"""
        if self.tape.margin.forgotten is None:
            return False
        dropped = self.tape.margin.forgotten[0]
        own = {self.source.id} if not isinstance(self.source, (Variable, IndexedSlices)) else set()
        return bool(own & dropped - self.tracked_ids or self.ancestors & dropped - self.tape.tracked)

    def reset(self) -> Explanation:
        _, site = self.tape.margin.forgotten or ((), None)
        return told("reset", self.begun("tape.reset() dropped what was recorded and watched before it"), site, self.mend("reset"))

    def not_on_this_tape(self) -> Explanation | None:
        uses = self.trail.users(self.known_ids)
        near = [s for s in uses if self.leads_on(s)]
        step = next(iter(near or uses), None)
        if not isinstance(self.source, Variable):
            return self.unwatched_tensor(step)
        if step is None:
            return None
        if step.kind == "paused":
            why = f"{self.source_called} was read inside tape.stop_recording()"
            return told("stop_recording", self.begun(why), step.site, self.mend("stop_recording"), (), step)
        if not self.source.trainable:
            why = f"{self.source_called} is not trainable (trainable=False), so tapes do not watch it by themselves"
            return told("not trainable", self.begun(why), step.site, self.mend("not trainable"), (), step)
        why = f"{self.source_called} was never watched: the tape was opened with watch_accessed_variables=False"
        return told("never watched", self.begun(why), step.site, self.mend("never watched"), (), step)

    def unwatched_tensor(self, step: Step | None) -> Explanation | None:
        rebound = self.rebound()
        if rebound is not None:
            return rebound
        if step is None:
            return None
        why = f"{self.source_called} was never watched"
        return told("never watched", self.begun(why + "; it is used here"), step.site, self.mend("never watched"), (), step)

    def rebound(self) -> Explanation | None:
        """`x = x - step * g` made a tensor of what was a variable."""
        if self.asked is None or not self.source_name:
            return None
        code = self.asked[0]
        given = list(assignments(code, self.source_name))
        if not any(is_called(n, ("Variable", "Parameter", "add_weight")) for n in given):
            return None
        bound = next((n for n in given if is_rebinding(n, self.source_name)), None)
        if bound is None:
            return None
        why = f"{self.source_called} is a tensor, no longer a tf.Variable: this line bound the name to the result of an operation"
        mend = self.mend("rebound")
        line = bound.lineno
        return Explanation("rebound", self.begun(why), code.co_filename, line, text_at(code, line), mend)

    # -- paths that left the tape -------------------------------------------------------------------------------
    def through_numpy(self) -> Explanation | None:
        """A value left as an array or number, and what was made of it came back as a constant."""
        exits = [s for s in self.trail.escapes if not self.reached.keys().isdisjoint(s.inputs)]
        if not exits:
            return None
        entries = one_a_line(s for s in self.passed if s.primitive is CONSTANT or self.takes_foreign(s))
        pairs = [(out, entry) for out in exits for entry in entries if can_follow(out, entry)]
        if not pairs and not self.target_ids & self.trail.made.keys():  # even the target is unknown: made of what left
            pairs = [(out, out) for out in exits if self.target_follows(out)]
        if not pairs:
            return None
        step = max((out for out, _ in pairs), key=moment)
        why = "the value left the tape here as a NumPy array or Python number, and came back as a constant"
        start = next(i for i in step.inputs if i in self.reached)
        return self.cut("numpy", step, why, start)

    def target_follows(self, out: Step) -> bool:
        given = assignments(out.site[0], self.target_name) if self.target_name else ()
        return any(flows(out.site[0], line_of(out.site), n.lineno) for n in given)

    def takes_foreign(self, step: Step) -> bool:
        """Is one of the inputs a number, or a value that this tape knows nothing of?"""
        return any(i == -1 or (i not in self.trail.made and i not in self.tape.tracked) for i in step.inputs)

    def outside(self) -> Explanation | None:
        """Computed where the tape does not listen: before or after the `with`, or in another thread."""
        if not self.target_ids or self.target_ids.isdisjoint({*self.trail.made, *self.tape.tracked}):
            return self.target_outside()
        entries = one_a_line(s for s in self.passed if self.takes_foreign(s))
        found = [e for e in map(self.enters_at, sorted(entries, key=moment)) if e is not None]
        if found:
            return found[0]
        return self.started_thread() if entries else None

    def target_outside(self) -> Explanation:
        thread = self.started_thread()
        if thread is not None:
            return thread
        inside, site = with_range(self.tape.opened), self.asked or self.tape.opened
        given = list(assignments(site[0], self.target_name)) if site and self.target_name else []
        node = next((n for n in given if n.lineno not in inside), next(iter(given), None))
        why = f"{self.target_called} was computed outside the `with` block of the tape"
        if node is None or site is None:
            return told("outside", self.begun(why + ", which was opened here"), self.tape.opened, self.mend("outside"))
        return Explanation(
            "outside", self.begun(why), site[0].co_filename, node.lineno, text_at(site[0], node.lineno), self.mend("outside")
        )

    def enters_at(self, step: Step) -> Explanation | None:
        code, line = step.site[0], line_of(step.site)
        node = simple_statement(code, line)
        if node is None or not self.source_name:
            return None
        inside = with_range(self.tape.opened)
        roots = {self.source_name}
        foreign = used(node) & (tainted(code, roots) - roots)
        made_outside = [n for n in foreign for a in list(assignments(code, n))[:1] if a.lineno not in inside]
        if not made_outside:
            return None
        why = f"`{made_outside[0]}` was computed outside the `with` block of the tape; it enters here"
        return told("outside", self.begun(why), step.site, self.mend("outside"), (), step)

    def started_thread(self) -> Explanation | None:
        """A thread that was started inside the `with` block."""
        site = self.tape.opened
        if site is None:
            return None
        inside = with_range(site)
        node = next((n for n in statements(site[0]) if n.lineno in inside and n.lineno != inside.start and hands_over(n)), None)
        if node is None:
            return None
        why = "this line hands work to another thread, where the tape does not listen"
        return Explanation(
            "thread", self.begun(why), site[0].co_filename, node.lineno, text_at(site[0], node.lineno), self.mend("thread")
        )

    # -- the rest -----------------------------------------------------------------------------------------------
    def unused(self) -> Explanation:
        uses = self.trail.users(self.known_ids | self.tracked_ids)
        site = uses[-1].site if uses else self.site_of_target()
        last = "; its last use is here" if uses else ""
        return told(
            "unused", self.begun(f"{self.target_called} does not depend on {self.source_called}{last}"), site, self.mend("unused")
        )

    def site_of_target(self) -> Site | None:
        made = [s for s in map(self.trail.maker, self.target_ids) if s is not None]
        return made[0].site if made else self.tape.opened

    def integer_source(self) -> Explanation:
        uses = self.trail.users({*self.known_ids, getattr(self.source, "id", 0)} - {0})
        watch = self.tape.margin.watches.get(id(self.source)) or self.tape.margin.watches.get(getattr(self.source, "id", 0))
        site = watch[1] if watch else uses[0].site if uses else self.asked
        why = f"{self.source_called} has dtype {self.source.dtype.name}, and only floating and complex values have gradients"
        return told("integer", self.begun(why), site, self.mend("integer"))

    def symbolic(self) -> Explanation:
        why = f"{self.source_called} is a symbolic KerasTensor: a place in a model under construction, without a value"
        return told("symbolic", self.begun(why), self.asked, self.mend("symbolic"))

    # -- words ----------------------------------------------------------------------------------------------------
    @property
    def target_called(self) -> str:
        return f"`{self.target_name}`" if self.target_name else "the target"

    @property
    def source_called(self) -> str:
        return f"`{self.source_name}`" if self.source_name else "the source"

    def begun(self, why: str) -> str:
        return f"No gradient of {self.target_called} with respect to {self.source_called}: {why}."

    def mend(self, key: str, step: Step | None = None) -> str:
        text = MENDS.get(key) or MENDS["no rule"]
        name = shown(step.primitive) if step is not None else ""
        return text.format(source=self.source_name or "x", target=self.target_name or "y", op=name)


def variable_name(source: Any) -> str:
    return source.name.removesuffix(":0") if isinstance(source, Variable) and source.name != "Variable:0" else ""


def told(
    cause: str, sentence: str, site: Site | None, mend: str, path: tuple[Any, ...] = (), cut: Step | None = None
) -> Explanation:
    if site is None:
        return Explanation(cause, sentence, "?", 0, "", mend, path, cut)
    return Explanation(cause, sentence, site[0].co_filename, line_of(site), line_text(site), mend, path, cut)


def text_at(code: Any, line: int) -> str:
    node = simple_statement(code, line)
    return line_text_of(code.co_filename, node.lineno if node is not None else line)


def can_follow(out: Step, entry: Step) -> bool:
    """Can the constant have been made of the value that left?"""
    if entry.primitive is CONSTANT and moment(entry) < moment(out):
        return False
    if entry.site[0] is not out.site[0]:
        return entry.primitive is CONSTANT
    return flows(out.site[0], line_of(out.site), line_of(entry.site))


def one_a_line(steps: Iterable[Step]) -> list[Step]:
    """One step of each instruction, the nearest: a loop makes many."""
    found: dict[Site, Step] = {}
    for step in steps:
        found.setdefault(step.site, step)
    return list(found.values())


def hands_over(node: Any) -> bool:
    return is_called(node, IN_THREADS)


def path_lines(path: tuple[Step, ...]) -> list[str]:
    """One line an operation; of a long path the two ends."""
    k = SHOWN_AT_EACH_END
    parts = list(path) if len(path) <= 2 * k + 1 else [*path[:k], None, *path[-k:]]
    width = max((len(shown(s.primitive)) for s in parts if s is not None), default=0)
    skipped = f"    ... {len(path) - 2 * k} more ..."
    return [skipped if s is None else path_line(s, width) for s in parts]


def path_line(step: Step, width: int) -> str:
    place = f"{step.site[0].co_filename}:{line_of(step.site)}"
    return f"    {shown(step.primitive):<{width}}  {place}  {line_text(step.site)}".rstrip()
