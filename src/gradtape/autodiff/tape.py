"""GradientTape: one flat list, one reverse sweep.

A record is a run of slots, its primitive last, because the sweep comes from the end (`core.record`). The generated
functions write the records; `save` below writes the same ones from the careful path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from types import TracebackType
from typing import Any

from ..core.context import (
    Level,
    Site,
    current,
    enter,
    leave,
    levels,
    line_of,
    new_id,
    replace_levels,
    site_of_caller,
    under,
)
from ..core.dispatch import RING, bind, named
from ..core.errors import exhausted, invalid
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import Primitive
from ..core.record import Node, nodes, recalled, record_of
from ..core.structures import flatten, leaves
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops.basic import accumulate, broadcast_to, fill_like, identity, seed_of
from ..ops.pieces import gather_axis
from .margin import Margin
from .sources import checked, flat_sources, identify, is_differentiable, logger, peel, plain, rewrap
from .unconnected import UnconnectedGradients, is_sound, report_hidden, report_unconnected, suspected

new_serial = count(1).__next__
NONE = type(None)
COMPLAINTS = 5  # as TensorFlow: more say nothing new
next_complaint = count().__next__
PASSES_SLICES = identity.primitive  # type: ignore[attr-defined]  # the one rule that takes IndexedSlices as they are


class GradientTape(Level):
    """Records operations for automatic differentiation.

    Args:
        persistent: may `gradient` be called more than once? Otherwise saved values are let go in the first sweep.
        watch_accessed_variables: do trainable variables that are read count as watched?
        strict: raise an UnconnectedError, which says why, where a source has no gradient?

    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * x
    >>> float(tape.gradient(y, x))
    6.0
    """

    __slots__ = (
        "records",  # what the sweep reads
        "tracked",  # identities with a path from something watched
        "ring",  # near misses: the last operations on untracked values, for `explain`
        "paused",  # the same for what happened inside stop_recording
        "reads",  # id of a variable -> [the variable, identities of its readings...]
        "margin_",  # notes for `explain` and drawings, or None
        "roots",  # identities that were watched
        "strict",
        "serial",
        "persistent",
        "watches_variables",
        "opened",  # the site of the first `with`
        "used",  # the site of the first gradient(), on a tape that is not persistent
        "recording",
        "packer",  # what saved values go through, or None
        "can_be_lone",
        "hooks",  # what listens to gradients, or None
        "__weakref__",
    )
    strict: bool
    serial: int
    persistent: bool
    watches_variables: bool
    recording: bool
    can_be_lone: bool
    hearing: Any = dict  # (tape, grads) -> the dictionary of a sweep with hooks; `hooks` sets it

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True, strict: bool = False):
        self.records: list[Any] = []
        self.tracked: set[int] = set()
        self.ring: list[Any] = []
        self.paused: list[Any] = []
        self.reads: dict[int, list[Any]] = {}
        self.margin_: Margin | None = None
        self.roots: set[int] = set()
        self.serial = new_serial()
        self.order = 0
        self.strict = strict
        self.persistent = persistent
        self.watches_variables = watch_accessed_variables
        self.opened: Site | None = None
        self.used: Site | None = None
        self.recording = False
        self.packer: Any = None
        self.can_be_lone = True
        self.hooks: list[Any] | None = None

    # -- being open -----------------------------------------------------------------------------------------
    def __enter__(self) -> GradientTape:
        if self.recording:
            raise ValueError("Tape is still recording, This can happen if you try to re-enter an already-active tape.")
        self.opened = self.opened or site_of_caller()
        self.recording = True
        enter(self)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.recording:
            self.close()

    def close(self) -> None:
        self.recording = False
        leave(self)

    @contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Nothing inside is recorded on this tape.

        Raises:
            RuntimeError: where the tape is not recording.
        """
        if not self.recording:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        replace(self, Paused(self))
        self.recording = False
        try:
            yield
        finally:
            replace(self, self)
            self.recording = True

    def reset(self) -> None:
        """Forget everything recorded so far; recording goes on."""
        self.margin_ = None
        self.margin.forgotten = (self.tracked, site_of_caller())
        self.tracked = set()
        for name in ("records", "ring", "paused"):
            getattr(self, name).clear()
        self.roots.clear()
        self.reads.clear()
        self.used = None
        self.serial = new_serial()

    # -- watching -------------------------------------------------------------------------------------------
    def watch(self, tensor: Any) -> None:
        """Track a tensor or variable, or each in a structure of them.

        Raises:
            ValueError: for what is neither (a NumPy array, a number, a symbolic KerasTensor).
        """
        for x in leaves(tensor):
            x = checked(x, "the argument", "GradientTape.watch")
            before = id(x) if isinstance(x, Variable) else x.values.id if isinstance(x, IndexedSlices) else named(x)
            self.watch_one(x)
            self.margin.watches[x.id if isinstance(x, Tensor) else before] = (before, site_of_caller())

    def watch_one(self, x: Any) -> None:
        if not is_differentiable(x):
            if next_complaint() < COMPLAINTS:
                logger().warning("The dtype of the watched tensor must be floating (e.g. tf.float32), got %r", x.dtype)
            return
        if isinstance(x, Variable):
            if id(x) not in self.reads:
                self.reads[id(x)] = [x]
                x.reader = 0
            return
        if isinstance(x, IndexedSlices):
            x = x.values
        identity = identify(peel(x, self.order)[0])
        self.tracked.add(identity)
        self.roots.add(identity)

    def watched_variables(self) -> tuple[Variable, ...]:
        """The variables this tape has watched, in the order of their first reading."""
        return tuple(ids[0] for ids in self.reads.values())

    def read(self, variable: Variable) -> int:
        """The fast path reads a variable whose present value this tape has not seen yet."""
        ids = self.reads.get(id(variable))
        if ids is None:
            if not (self.watches_variables and variable.trainable and is_differentiable(variable)):
                return self.margin.note_reading(variable, -new_id())
            ids = self.reads[id(variable)] = [variable]
        variable.reader = self.serial
        variable.read_id = identity = new_id()
        ids.append(identity)
        self.tracked.add(identity)
        return identity

    def read_into(self, variable: Variable, identity: int) -> int:
        ids = self.reads.get(id(variable))
        if ids is None:
            if not (self.watches_variables and variable.trainable and is_differentiable(variable)):
                return self.margin.note_reading(variable, identity or -new_id())
            ids = self.reads[id(variable)] = [variable]
        identity = identity if identity > 0 else new_id()
        ids.append(identity)
        self.tracked.add(identity)
        return identity

    @property
    def margin(self) -> Margin:
        if self.margin_ is None:
            self.margin_ = Margin()
        return self.margin_

    def note_write(self, variable: Variable, identity: int) -> None:
        self.margin.note_write(variable, identity)

    # -- recording from the careful path --------------------------------------------------------------------
    def owns(self, args: Any) -> bool:
        tracked = self.tracked
        for a in args:
            if a.id in tracked:
                return True
        return False

    def takes(self, primitive: Primitive) -> bool:
        return bool(primitive.vjps or primitive.joint_vjp or not primitive.differentiable)

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        out = bind(primitive, args, params, outer, site)
        ids = [a.id or named(a) for a in args]
        if primitive.differentiable:
            record = record_of(primitive, args, params, out, ids, self.track(out), site)
            self.records += record if self.packer is None else map(self.packer.packed, record)
        else:
            self.note(primitive, ids, named(out), site)
        return out

    def track(self, out: Any) -> Any:
        """The identity of a result, or of several, tracked from now on."""
        if type(out) is tuple:
            return tuple([self.track(o) if is_differentiable(o) else named(o) for o in out])
        identity = identify(out)
        self.tracked.add(identity)
        return identity

    def note(self, primitive: Any, input_ids: Any, out_id: Any, site: Site) -> None:
        if isinstance(primitive, Primitive) and primitive.variadic:
            primitive = primitive.arity(len(input_ids))
        self.ring += (*input_ids, out_id, *site, primitive)
        if len(self.ring) > RING:
            del self.ring[: RING // 2]

    @property
    def operations(self) -> tuple[Node, ...]:
        """What was recorded, first to last: each with name, line, file, shapes and inputs."""
        return tuple(nodes(self.records))[::-1]

    # -- derivatives ----------------------------------------------------------------------------------------
    def gradient(
        self, target: Any, sources: Any, output_gradients: Any = None, unconnected_gradients: Any = UnconnectedGradients.NONE
    ) -> Any:
        """The gradient of the sum of `target` with respect to each of `sources`, in their structure.

        Args:
            target: a tensor or a structure of them (they are summed).
            sources: tensors and variables in any structure.
            output_gradients: cotangents of `target`, in its structure; ones where nothing is given.
            unconnected_gradients: "none" or "zero", what a source without a path gets.

        Raises:
            RuntimeError: a second call on a tape that is not persistent.
            TypeError, ValueError: a target or source that is no tensor or variable; cotangents of another shape.
        """
        zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
        flat, pack = flat_sources(sources)
        seeds = self.seeds(target, output_gradients)
        self.spend()
        suspect = None
        for t, _ in seeds:
            if not is_sound(t):
                suspect = suspected(self)
                break
        try:
            found = self.gradients(seeds, flat)
        except MemoryError as error:
            raise exhausted("gradient", error) from None
        if suspect is not None:
            report_hidden(self, suspect, found)
        if not zero and NONE in map(type, found):
            told = found if not self.hooks else [self.taken(s) if g is None else g for s, g in zip(flat, found, strict=True)]
            if NONE in map(type, told):
                report_unconnected(self, target, flat, told)
        if zero:
            found = [fill_like(plain(s), 0) if g is None else g for g, s in zip(found, flat, strict=True)]
        return pack(found)

    def spend(self) -> None:
        """A tape that is not persistent gives one set of gradients, and stops recording for it."""
        if self.persistent:
            return
        if self.used is not None:
            code, _ = self.used
            raise RuntimeError(
                "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians). The first was "
                f"computed at {code.co_filename}:{line_of(self.used)}; write tf.GradientTape(persistent=True) for more."
            )
        if self.opened is None:
            raise RuntimeError(
                "This GradientTape was never entered, so it has recorded nothing: write `with tape:` around the forward pass."
            )
        self.used = site_of_caller(3)
        if self.recording:
            self.close()

    def taken(self, source: Any) -> bool | None:
        """True where a hook has consumed the gradient, None where there was none."""
        return any([id(plain(source)) in hook.taken for hook in self.hooks or ()]) or None

    def seeds(self, target: Any, cotangents: Any) -> list[tuple[Any, Any]]:
        """(target, cotangent) for each target; a cotangent of None stands for ones."""
        if target is None:
            raise TypeError(
                "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be "
                "differentiated, but received None."
            )
        if type(target) is Tensor and cotangents is None:
            return [(target, None)]
        targets = [checked(t, "target", "GradientTape.gradient") for t in leaves(target)]
        if cotangents is None:
            return [(t, None) for t in targets]
        given = [cotangents] if len(targets) == 1 and not isinstance(cotangents, (list, tuple, dict)) else flatten(cotangents)[0]
        if len(given) != len(targets):
            raise ValueError(
                f"GradientTape.gradient: output_gradients has {len(given)} entries for {len(targets)} targets; "
                "it must have the structure of target (None stands for ones)."
            )
        return [(t, None if g is None else fitting(g, t)) for g, t in zip(given, targets, strict=True)]

    def gradients(self, seeds: list[Any], sources: list[Any]) -> list[Any]:
        if current() is None:
            return self.pull(seeds, sources)
        return self.unheard(self.pull, seeds, sources, [level for level in levels() if level.guards])

    def unheard(self, work: Callable, *args: Any) -> Any:
        """A part of a sweep: a tape that is not persistent does not record its own."""
        if current() is None:
            return work(*args)
        listening = tuple([level for level in levels() if not level.guards and (self.persistent or level is not self)])
        return under(listening, site_of_caller(4), work, *args)

    def pull(self, seeds: list[Any], sources: list[Any], guards: Sequence[Level] = ()) -> list[Any]:
        starts: dict[int, Any] = {}
        inner: list[Any] = []
        for target, g in seeds:
            t, around = self.stripped(target)
            if t is None:
                continue
            inner = around or inner
            g = seed_of(t) if g is None else spread(g, around, t.dims)
            starts[t.id] = accumulate(starts[t.id], g) if t.id in starts else g
        readings = [self.readings(s) for s in sources]
        wanted = {i for ids in readings for i in ids}
        found = self.sweep(starts, wanted, guards)
        return [rewrapped(total([found[i] for i in ids if i in found]), inner) for ids in readings]

    def stripped(self, target: Any) -> tuple[Any, list[Any]]:
        """The target as this tape knows it; None where no path can lead to it."""
        if isinstance(target, Variable):
            ids = self.reads.get(id(target), [None])[1:]
            if not ids:
                return None, []
            reading = Tensor()
            reading.value, reading.id = target.value_, ids[-1]
            return reading, []
        if isinstance(target, IndexedSlices):
            target = target.values
        t, inner = peel(target, self.order)
        return (t, inner) if t.id in self.tracked else (None, [])

    def readings(self, source: Any) -> list[int]:
        source = checked(source, "a source", "GradientTape.gradient")
        if isinstance(source, Variable):
            return self.reads.get(id(source), [None])[1:]
        if isinstance(source, IndexedSlices):
            return [source.values.id]
        return [peel(source, self.order)[0].id]

    def sweep(self, grads: dict[int, Any], wanted: set[int], guards: Sequence[Level] = ()) -> dict[int, Any]:
        """Cotangents of the wanted identities.  Saved values are let go on the way, the skeleton stays."""
        records, keep = self.records, self.persistent
        if self.hooks:
            wanted = wanted.union(*[ids for hook in self.hooks for ids in hook.groups(self)])
        tracked = self.relevant(wanted)
        grads = {i: g for i, g in grads.items() if i in tracked}
        for guard in guards:
            grads = guard.guarded(self, grads)
        if self.hooks:
            grads = self.hearing(self, grads)
        found: dict[int, Any] = {}
        end = len(records)
        while end:
            primitive = records[end - 1]
            start = end - primitive.size
            out_id = records[end - 4]
            if type(out_id) is int:
                g = grads.pop(out_id, None)
                if g is not None:
                    if out_id in wanted:
                        found[out_id] = g
                    if type(g) is IndexedSlices and primitive is not PASSES_SLICES:
                        g = g.dense()
                    if primitive.back is not None:
                        primitive.back(grads, tracked, g, records[start:end])
                    else:
                        step(primitive, grads, tracked, g, records[start:end])
            else:
                gs = tuple([grads.pop(i, None) for i in out_id])
                if any(g is not None for g in gs):
                    found.update({i: g for i, g in zip(out_id, gs, strict=True) if g is not None and i in wanted})
                    gs = tuple([g.dense() if type(g) is IndexedSlices else g for g in gs])
                    if primitive.back is not None:
                        primitive.back(grads, tracked, gs, records[start:end])
                    else:
                        step(primitive, grads, tracked, gs, records[start:end])
            if not keep and primitive.blanks:
                records[start : start + len(primitive.blanks)] = primitive.blanks
            end = start
        found.update(grads)
        return found

    def relevant(self, wanted: set[int]) -> set[int]:
        """The identities that lie on a path from something wanted: rules for the others need not run."""
        starts = self.roots.union(*[ids[1:] for ids in self.reads.values()])
        if starts <= wanted:
            return self.tracked
        reached = wanted & self.tracked
        for inputs, output in reversed(list(skeleton(self.records))):
            if not reached.isdisjoint(inputs):
                if type(output) is int:
                    reached.add(output)
                else:
                    reached.update(output)
        return reached & self.tracked


def skeleton(records: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """(input identities, output identity) of each record, last first."""
    end = len(records)
    while end:
        primitive = records[end - 1]
        yield records[end - primitive.near_size : end - 4], records[end - 4]
        end -= primitive.size


def step(primitive: Primitive, grads: dict[Any, Any], tracked: set[Any], g: Any, record: list[Any]) -> None:
    """One operation backwards, where no step was generated for it."""
    known = recalled(primitive, record)
    ids = record[len(primitive.saved) : -4]
    if primitive.joint_vjp is not None:
        add_steps(grads, tracked, ids, primitive.joint_vjp(g, **known))
        return
    for arg, identity_ in zip(primitive.args, ids, strict=True):
        rule = primitive.vjps.get(arg)
        if rule is not None and identity_ in tracked:
            names = primitive.vjp_names[arg]
            add_steps(grads, tracked, [identity_], [rule(g, *[known[n] for n in names])])


def add_steps(grads: dict[Any, Any], tracked: set[Any], ids: Any, steps: Any) -> None:
    for i, contribution in zip(ids, steps, strict=True):
        if contribution is not None and i in tracked:
            grads[i] = accumulate(grads[i], contribution) if i in grads else contribution


def replace(tape: GradientTape, new: Level) -> None:
    """Put another level into the tape's place."""
    context = current()
    if context is None:
        return
    changed = tuple(new if level is tape or (type(level) is Paused and level.tape is tape) else level for level in context.levels)
    replace_levels(changed, context.site, context.state)


def fitting(g: Any, target: Any) -> Any:
    """A cotangent as a tensor of the target's shape and dtype."""
    g = plain(g)
    if not isinstance(g, IndexedSlices):
        g = to_tensor(g, target.dtype.numpy_dtype)
    if g.dims != target.dims:
        raise invalid(
            "gradient",
            f"GradientTape.gradient: Incompatible shapes: {list(target.dims)} (the target) vs. {list(g.dims)} "
            "(its output_gradients); they must be equal",
        )
    if g.dtype != target.dtype:
        raise invalid(
            "gradient",
            f"GradientTape.gradient: output_gradients have dtype {g.dtype.name}, the target "
            f"{target.dtype.name}; write tf.cast(g, tf.{target.dtype.name})",
        )
    if isinstance(target, IndexedSlices):  # what flows back to its rows
        return gather_axis(g.dense() if isinstance(g, IndexedSlices) else g, target.indices)
    return g


def spread(g: Any, around: list[Any], dims: tuple[Any, ...]) -> Any:
    """A cotangent given inside these batch levels, as it is outside them."""
    for level in around:
        if level.mine(g):
            g = g.value
    return g if g.dims == dims else broadcast_to(g, dims)


def rewrapped(g: Any, inner: list[Any]) -> Any:
    return g if g is None or not inner else rewrap(g, inner)


def total(terms: list[Any]) -> Any:
    out = None
    for term in terms:
        out = term if out is None else accumulate(out, term)
    return out


class Paused(Level):
    """Stands in a tape's place inside stop_recording: tracks nothing, but remembers for `explain`."""

    __slots__ = ("tape", "tracked", "ring", "serial")
    can_be_lone = True

    def __init__(self, tape: GradientTape):
        self.tape = tape
        self.tracked: frozenset = frozenset()
        self.ring = tape.paused
        self.serial = new_serial()
        self.order = tape.order

    def read(self, variable: Variable) -> int:
        return self.tape.margin.note_reading(variable, -new_id())

    def read_into(self, variable: Variable, identity: int) -> int:
        return self.tape.margin.note_reading(variable, identity or -new_id())

    def note_write(self, variable: Variable, identity: int) -> None:
        self.tape.note_write(variable, identity)

    def owns(self, args: Any) -> bool:
        return False

    note = GradientTape.note
