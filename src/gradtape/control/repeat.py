"""loop_over: a region run once for each slice of its sequences, with values carried from run to run.

    (carried..., slices..., constants...) -> (carried..., slice of each result...)

Its rules are loops of derived regions. The pullback runs from the end, with the cotangents of what is carried as its own carried
values; it needs what was carried into each step, which the loop gives as further results where somebody will differentiate. A
constant's cotangent is carried too, and adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..core.errors import invalid
from ..core.primitive import Primitive, Static
from ..core.shapes import Spec
from ..ops.basic import add, broadcast_to, fill_like, permute
from .publish import published
from .region import Region, can_move, input_specs, is_differentiated, output_specs, region_of


class Plan(NamedTuple):
    """How a loop's operands and results divide."""

    carried: int
    sequences: int
    reverse: bool = False
    kept: int = 0  # effects, the last results of the region; what is carried into each step stands before them

    def parts(self, xs: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
        xs = list(xs)
        return xs[: self.carried], xs[self.carried : self.carried + self.sequences], xs[self.carried + self.sequences :]


# -- the operation ------------------------------------------------------------------------------------------------------
def loop_kernel(*xs: np.ndarray, region: Region, pure: Region, plan: Plan, length: int, states: bool) -> tuple[np.ndarray, ...]:
    """Run a region for each slice; the last carried values, then the results of all runs in one array each."""
    carried, sequences, constants = plan.parts(xs)
    steps = range(length)[::-1] if plan.reverse else range(length)
    specs = region.specs([Spec(x.shape, x.dtype) for x in (*carried, *[s[:1].reshape(s.shape[1:]) if len(s) else np.empty(s.shape[1:], s.dtype) for s in sequences], *constants)])
    stacks = [np.empty((length, *s.shape), s.dtype) for s in specs[plan.carried :]]
    befores = [np.empty((length, *x.shape), x.dtype) for x in carried] if states else []
    for k in steps:
        for before, x in zip(befores, carried, strict=False):
            before[k] = x
        targets = [None] * plan.carried + [stack[k, ...] for stack in stacks]
        outs = region.run([*carried, *[s[k, ...] for s in sequences], *constants], targets)
        carried = outs[: plan.carried]
    return (*[np.array(x) if any(x is given for given in xs) else x for x in carried], *stacks, *befores)


def loop_shape(*specs: Spec, region: Region, pure: Region, plan: Plan, length: Any, states: bool) -> tuple[Spec, ...]:
    carried, sequences, constants = plan.parts(specs)
    slices = [Spec(s.shape[1:], s.dtype) for s in sequences]
    outs = region.specs([*carried, *slices, *constants])
    stacks = [*outs[plan.carried :], *(carried if states else [])]
    return (*outs[: plan.carried], *[Spec((length, *s.shape), s.dtype) for s in stacks])


def loop_vjp(g: Any, xs: Any, y: Any, pure: Region, plan: Plan, length: Any, states: bool) -> list[Any]:
    carried, sequences, constants = plan.parts(xs)
    if not states:
        raise AssertionError("a loop that is differentiated keeps its states")
    outs = len(y) - plan.carried  # stacks of results, then of effects, then of states
    befores, effects = y[outs:], y[outs - plan.kept : outs]
    stacked = tuple(k for k in range(plan.carried, outs - plan.kept) if g[k] is not None)
    back = Backward(pure, plan, stacked, len(constants))
    moving = back.moving
    starts = [seed(g[k], y[k]) for k in moving] + [fill_like(constants[k], 0) for k in back.constants]
    more = [fill_like(befores[k], 0) if g[outs + k] is None else g[outs + k] for k in moving]
    found = looped(
        back.region(),
        Plan(len(starts), plan.carried + plan.sequences + plan.kept + len(stacked) + len(more), not plan.reverse),
        starts,
        [*befores, *sequences, *effects, *[g[k] for k in stacked], *more],
        constants,
        length,
    )
    return back.placed(found, len(xs))


def seed(g: Any, y: Any) -> Any:
    return fill_like(y, 0) if g is None else g


class Backward:
    """The region that takes one step of a loop backwards.

    Carried: cotangents of the carried values that can have one, sums for the constants that can. Sequences: what was carried into
    the step, its slices and effects, cotangents of its results, cotangents of what was carried into it.
    """

    def __init__(self, pure: Region, plan: Plan, stacked: tuple[int, ...], constants: int):
        self.pure, self.plan, self.stacked = pure, plan, stacked
        specs = input_specs(pure)
        first = plan.carried + plan.sequences
        self.moving = tuple(k for k in range(plan.carried) if can_move(specs[k]))
        self.slices = tuple(k for k in range(plan.sequences) if can_move(specs[plan.carried + k]))
        self.constants = tuple(k for k in range(constants) if can_move(specs[first + k]))
        self.count = constants

    def region(self) -> Region:
        return self.pure.kept(("backward", self.plan, self.stacked), self.made)

    def made(self) -> Region:
        plan, pure = self.plan, self.pure
        first = plan.carried + plan.sequences
        wanted = (
            *self.moving,
            *[plan.carried + k for k in self.slices],
            *[first + k for k in self.constants],
        )
        pulled = pure.pullback(wanted, (*self.moving, *self.stacked))
        specs, results = input_specs(pure), output_specs(pure)
        groups = [
            [specs[k] for k in self.moving],  # carried cotangents
            [specs[first + k] for k in self.constants],  # sums
            specs[:first],  # states and slices
            specs[first + self.count :],  # effects
            [results[k] for k in self.stacked],
            [specs[k] for k in self.moving],  # cotangents of the states
            specs[first : first + self.count],  # constants
        ]

        def step(*symbols: Any) -> list[Any]:
            rest = list(symbols)
            gs, sums, values, effects, gys, more, constants = [[rest.pop(0) for _ in group] for group in groups]
            steps = pulled(*values, *constants, *effects, *gs, *gys)
            a, b = len(self.moving), len(self.moving) + len(self.slices)
            before = [add(x, m) for x, m in zip(steps[:a], more, strict=True)]
            return [*before, *[add(s, x) for s, x in zip(sums, steps[b:], strict=True)], *steps[a:b]]

        return region_of(step, [spec for group in groups for spec in group])

    def placed(self, found: Sequence[Any], count: int) -> list[Any]:
        plan, out = self.plan, [None] * count
        places = [
            *self.moving,
            *[plan.carried + plan.sequences + k for k in self.constants],
            *[plan.carried + k for k in self.slices],
        ]
        for place, x in zip(places, found, strict=True):
            out[place] = x
        return out


def loop_jvp(y: Any, ts: Any, *xs: Any, region: Region, pure: Region, plan: Plan, length: Any, states: bool) -> tuple[Any, ...]:
    carried, sequences, constants = plan.parts(xs)
    outs = len(y) - (plan.carried if states else 0)
    effects = y[outs - plan.kept : outs]
    forward = Forward(pure, plan, tuple(t is not None for t in ts))
    t_carried, t_sequences, t_constants = plan.parts(ts)
    starts = [*carried, *[seed(t_carried[k], carried[k]) for k in forward.moving]]
    moving_slices = [t for t in t_sequences if t is not None]
    found = looped(
        forward.region(),
        Plan(len(starts), plan.sequences + plan.kept + len(moving_slices), plan.reverse),
        starts,
        [*sequences, *effects, *moving_slices],
        [*constants, *[t for t in t_constants if t is not None]],
        length,
    )
    return forward.placed(found, len(y), outs)


class Forward:
    """The region that takes one step together with its tangents.

    Carried: the values and the tangents of those that can have one. Results: tangents of the region's, and of what was carried in.
    """

    def __init__(self, pure: Region, plan: Plan, given: tuple[bool, ...]):
        self.pure, self.plan, self.given = pure, plan, given
        specs = input_specs(pure)
        first = plan.carried + plan.sequences
        self.moving = tuple(k for k in range(plan.carried) if can_move(specs[k]))
        self.others = tuple(k for k in range(plan.carried, len(given)) if given[k])
        self.first, self.last = first, len(given)

    def region(self) -> Region:
        return self.pure.kept(("forward", self.plan, self.given), self.made)

    def made(self) -> Region:
        plan, pure = self.plan, self.pure
        pushed = pure.pushforward((*self.moving, *self.others))
        specs = input_specs(pure)
        slices = [specs[k] for k in self.others if k < self.first]
        groups = [
            specs[: plan.carried],
            [specs[k] for k in self.moving],
            specs[plan.carried : self.first],
            specs[self.last :],  # effects
            slices,
            specs[self.first : self.last],  # constants
            [specs[k] for k in self.others if k >= self.first],
        ]

        def step(*symbols: Any) -> list[Any]:
            rest = list(symbols)
            values, t_values, parts, effects, t_parts, constants, t_constants = [[rest.pop(0) for _ in g] for g in groups]
            given = [*values, *parts, *constants, *effects]
            outs = pure(*given)
            tangents = dict(zip(pure.moving_results(), pushed(*given, *t_values, *t_parts, *t_constants), strict=True))
            t_carried = [tangents.pop(k) for k in self.moving]
            return [*outs[: plan.carried], *t_carried, *tangents.values(), *t_values]

        return region_of(step, [spec for group in groups for spec in group])

    def placed(self, found: Sequence[Any], count: int, outs: int) -> tuple[Any, ...]:
        plan, out = self.plan, [None] * count
        rest = list(found[plan.carried :])
        results = [k for k in self.pure.moving_results() if k >= plan.carried]
        places = [*self.moving, *results, *[outs + k for k in self.moving]]
        for place, t in zip(places, rest, strict=False):
            if place < count:
                out[place] = t
        return tuple(out)


def loop_batch(
    size: Any, batched: Sequence[bool], *xs: Any, region: Region, pure: Region, plan: Plan, length: Any, states: bool
) -> tuple[Any, ...]:
    carried, sequences, constants = plan.parts(xs)
    _, b_sequences, b_constants = plan.parts(batched)
    flags = (*[True] * plan.carried, *b_sequences, *b_constants)
    starts = [x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip(carried, batched, strict=False)]
    turned = [swapped(s) if b else s for s, b in zip(sequences, b_sequences, strict=True)]
    out = loop(
        *starts, *turned, *constants,
        region=region.batched(size, flags), pure=pure.batched(size, (*flags, *[True] * plan.kept)), plan=plan, length=length, states=states,
    )  # fmt: skip
    return (*out[: plan.carried], *map(swapped, out[plan.carried :]))


def swapped(x: Any) -> Any:
    return permute(x, perm=(1, 0, *range(2, x.ndim)))


STATICS = [Static("region", None), Static("pure", None), Static("plan", None), Static("length", 0), Static("states", False)]


def declared(name: str, ordered: bool) -> Primitive:
    p = Primitive(name, loop_kernel, ("xs",), STATICS)
    p.doc = loop_kernel.__doc__ or ""
    p.variadic, p.results, p.ordered, p.dtypes = True, True, ordered, None
    p.shape_rule, p.joint_vjp, p.jvp_rule, p.batch_rule = loop_shape, loop_vjp, loop_jvp, loop_batch
    return published(p, __name__)


LOOP = declared("loop_over", False)
LOOP_IN_ORDER = declared("loop_over_in_order", True)  # where the region prints, checks or draws


def loop(*xs: Any, region: Region, pure: Region, plan: Plan, length: Any, states: bool) -> tuple[Any, ...]:
    primitive = LOOP_IN_ORDER if region.is_ordered else LOOP
    return primitive.function(*xs, region=region, pure=pure, plan=plan, length=length, states=states)


def looped(region: Region, plan: Plan, carried: Sequence[Any], sequences: Sequence[Any], constants: Sequence[Any], length: Any) -> list[Any]:
    """The last carried values and the stacked results of a region run `length` times."""
    operands = [*carried, *sequences, *constants]
    count = len(output_specs(region))
    if not is_differentiated(operands):
        return list(loop(*operands, region=region, pure=region, plan=plan, length=length, states=False))
    giving, pure, kept = region.parted()
    out = loop(*operands, region=giving, pure=pure, plan=plan._replace(kept=kept), length=length, states=True)
    return list(out[:count])


def length_of(sequences: Sequence[Any], what: str) -> Any:
    """The extent of axis 0, which all share."""
    extents = [s.dims[0] for s in sequences if s.ndim]
    if len(extents) < len(sequences):
        raise invalid(what, f"{what}: elems must have rank at least 1, a scalar has no slices")
    known = sorted({d for d in extents if isinstance(d, int)})
    if len(known) > 1:
        raise invalid(what, f"{what}: the elems have different lengths along axis 0: {known}")
    return known[0] if known else extents[0]



