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
from ..graph.sizes import single_name
from ..ops.basic import add, broadcast_to, fill_like, permute
from ..ops.growing import shaped_like
from ..ops.pieces import index
from .publish import published
from .region import Region, can_move, input_specs, is_differentiated, output_specs, region_of

GROWING = "array"  # how the unknown lengths of arrays that may grow are called


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
    specs = region.specs([*map(spec_of, carried), *map(slice_spec, sequences), *map(spec_of, constants)])
    stacks = [np.empty((length, *s.shape), s.dtype) for s in specs[plan.carried :]]
    befores: list[list[np.ndarray]] = [[] for _ in carried] if states else []
    for k in steps:
        for column, x in zip(befores, carried, strict=False):
            column.append(x)
        targets = [None] * plan.carried + [stack[k, ...] for stack in stacks]
        outs = region.run([*carried, *[s[k, ...] for s in sequences], *constants], targets)
        carried = outs[: plan.carried]
    own = input_specs(region)
    kept = [
        stacked(column[::-1] if plan.reverse else column, spec, x) for column, spec, x in zip(befores, own, carried, strict=False)
    ]
    return (*[np.array(x) if any(x is given for given in xs) else x for x in carried], *stacks, *kept)


def stacked(column: Sequence[np.ndarray], spec: Spec, like: np.ndarray) -> np.ndarray:
    """What a loop carried, in one array of the last one's shape; the rows that an array grew later are zeros before."""
    out = np.zeros((len(column), *like.shape), like.dtype)
    for k, x in enumerate(column):
        if x.shape != like.shape and not may_grow(spec):
            raise invalid(
                "while_loop",
                f"while_loop: the gradient needs loop variables that keep their shape; one has shape {list(x.shape)} in a step and "
                f"{list(like.shape)} at the end. Collect its parts in a tf.TensorArray, or write the loop outside tf.function.",
            )
        out[(k, *map(slice, x.shape))] = x
    return out


def may_grow(spec: Spec) -> bool:
    return any((single_name(n) or "").startswith(GROWING) for n in spec.shape)


def settled(pure: Region, plan: Plan) -> Region:
    """For the rules, which see every state in its last shape: a step leaves the shape of what is carried as it is."""
    ins, outs = input_specs(pure)[: plan.carried], output_specs(pure)
    changing = [k for k in range(plan.carried) if repr(ins[k].shape) != repr(outs[k].shape)]
    if not changing:
        return pure

    def run(*symbols: Any) -> list[Any]:
        found = pure(*symbols)
        return [shaped_like(x, symbols[k]) if k in changing else x for k, x in enumerate(found)]

    return pure.kept(("settled", plan), lambda: region_of(run, input_specs(pure)))


def slice_spec(x: np.ndarray) -> Spec:
    return Spec(x.shape[1:], x.dtype)


def spec_of(x: np.ndarray) -> Spec:
    return Spec(x.shape, x.dtype)


def loop_shape(*specs: Spec, region: Region, pure: Region, plan: Plan, length: Any, states: bool) -> tuple[Spec, ...]:
    carried, sequences, constants = plan.parts(specs)
    slices = [Spec(s.shape[1:], s.dtype) for s in sequences]
    outs = region.specs([*carried, *slices, *constants])
    stacks = [*outs[plan.carried :], *(carried if states else [])]
    return (*outs[: plan.carried], *[Spec((length, *s.shape), s.dtype) for s in stacks])


def loop_vjp(g: Any, xs: Any, y: Any, pure: Region, plan: Plan, length: Any, states: bool) -> list[Any]:
    _, sequences, constants = plan.parts(xs)
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
    return [g if g is None else shortened(g, x.dims) for g, x in zip(back.placed(found, len(xs)), xs, strict=True)]


def shortened(g: Any, dims: tuple[Any, ...]) -> Any:
    """The cotangent of what has grown in the loop, for what it was before."""
    if repr(tuple(g.dims)) == repr(tuple(dims)):
        return g
    return index(g, key=tuple((0, n, 1) for n in dims))


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
    _, sequences, constants = plan.parts(xs)
    outs = len(y) - plan.carried
    befores, effects = y[outs:], y[outs - plan.kept : outs]
    forward = Forward(pure, plan, tuple(t is not None for t in ts))
    return forward.placed(forward.run(y, ts, [*befores, *sequences, *effects], constants, length), len(y), outs)


class Forward:
    """The region that takes the tangents one step further.

    Carried: tangents of the carried values that can have one. Sequences: what was carried into each step, its slices and effects,
    the slices' tangents. Results: tangents of the region's results, and of what was carried in.
    """

    def __init__(self, pure: Region, plan: Plan, given: tuple[bool, ...]):
        self.pure, self.plan, self.given = pure, plan, given
        specs = input_specs(pure)
        first = plan.carried + plan.sequences
        self.moving = tuple(k for k in range(plan.carried) if can_move(specs[k]))
        self.others = tuple(k for k in range(plan.carried, len(given)) if given[k])
        self.first, self.last = first, len(given)

    def run(self, y: Any, ts: Any, known: Sequence[Any], constants: Sequence[Any], length: Any) -> list[Any]:
        t_carried, t_sequences, t_constants = self.plan.parts(ts)
        starts = [start(t_carried[k], y[k]) for k in self.moving]
        slices = [t for t in t_sequences if t is not None]
        plan = Plan(len(starts), len(known) + len(slices), self.plan.reverse)
        return looped(
            self.region(), plan, starts, [*known, *slices], [*constants, *[t for t in t_constants if t is not None]], length
        )

    def region(self) -> Region:
        return self.pure.kept(("forward", self.plan, self.given), self.made)

    def made(self) -> Region:
        pure = self.pure
        pushed = pure.pushforward((*self.moving, *self.others))
        specs = input_specs(pure)
        groups = [
            [specs[k] for k in self.moving],
            specs[: self.first],  # states and slices
            specs[self.last :],  # effects
            [specs[k] for k in self.others if k < self.first],
            specs[self.first : self.last],  # constants
            [specs[k] for k in self.others if k >= self.first],
        ]

        def step(*symbols: Any) -> list[Any]:
            rest = list(symbols)
            moving, values, effects, t_slices, constants, t_constants = [[rest.pop(0) for _ in group] for group in groups]
            found = pushed(*values, *constants, *effects, *moving, *t_slices, *t_constants)
            tangents = dict(zip(pure.moving_results(), found, strict=True))
            return [*[tangents.pop(k) for k in self.moving], *tangents.values(), *moving]

        return region_of(step, [spec for group in groups for spec in group])

    def placed(self, found: Sequence[Any], count: int, outs: int) -> tuple[Any, ...]:
        """`outs`: where the states stand in the loop's results."""
        out: list[Any] = [None] * count
        results = [k for k in self.pure.moving_results() if k >= self.plan.carried]
        places = [*self.moving, *results, *[outs + k for k in self.moving]]
        for place, t in zip(places, found, strict=True):
            out[place] = t
        return tuple(out)


def start(t: Any, y: Any) -> Any:
    """The tangent that is carried into the first step, in the shape that it has after the last."""
    if t is None:
        return fill_like(y, 0)
    return t if repr(tuple(t.dims)) == repr(tuple(y.dims)) else shaped_like(t, y)


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


def with_what_rules_need(call: Any, xs: Any, params: dict[str, Any]) -> Any:
    """The effects and what is carried into each step are kept where somebody will differentiate."""
    if params["states"] or not is_differentiated(xs):
        return call(*xs, **params)
    region, plan = params["region"], params["plan"]
    giving, pure, kept = region.parted()
    pure = settled(pure, plan)
    out = call(*xs, region=giving, pure=pure, plan=plan._replace(kept=kept), length=params["length"], states=True)
    return out[: len(region.graph.outputs)]


def declared(name: str, ordered: bool) -> Primitive:
    p = Primitive(name, loop_kernel, ("xs",), STATICS)
    p.doc = loop_kernel.__doc__ or ""
    p.variadic, p.results, p.ordered, p.dtypes = True, True, ordered, None
    p.shape_rule, p.joint_vjp, p.jvp_rule, p.batch_rule = loop_shape, loop_vjp, loop_jvp, loop_batch
    return published(p, __name__, with_what_rules_need)


LOOP = declared("loop_over", False)
LOOP_IN_ORDER = declared("loop_over_in_order", True)  # where the region prints, checks or draws


def loop(*xs: Any, region: Region, pure: Region, plan: Plan, length: Any, states: bool) -> tuple[Any, ...]:
    primitive = LOOP_IN_ORDER if region.is_ordered else LOOP
    return primitive.function(*xs, region=region, pure=pure, plan=plan, length=length, states=states)


def looped(
    region: Region, plan: Plan, carried: Sequence[Any], sequences: Sequence[Any], constants: Sequence[Any], length: Any
) -> list[Any]:
    """The last carried values and the stacked results of a region run `length` times."""
    operands = [*carried, *sequences, *constants]
    return list(loop(*operands, region=region, pure=region, plan=plan, length=length, states=False))


def length_of(sequences: Sequence[Any], what: str) -> Any:
    """The extent of axis 0, which all share."""
    extents = [s.dims[0] for s in sequences if s.ndim]
    if len(extents) < len(sequences):
        raise invalid(what, f"{what}: elems must have rank at least 1, a scalar has no slices")
    known = sorted({d for d in extents if isinstance(d, int)})
    if len(known) > 1:
        raise invalid(what, f"{what}: the elems have different lengths along axis 0: {known}")
    return known[0] if known else extents[0]
