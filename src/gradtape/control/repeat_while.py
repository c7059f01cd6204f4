"""loop_while: a region run as long as another says so, with values carried from run to run.

    (carried..., constants...) -> (carried...)

Where somebody will differentiate, it also gives the effects and the carried values of each run, in arrays whose length nobody knows
before. Its rules are loops over these: `loop_over` of the same derived regions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.primitive import Primitive, Static
from ..core.shapes import Dim, Spec, unnamed
from ..ops.basic import broadcast_to, fill_like, reshape, select
from ..ops.growing import shaped_like
from ..ops.reduce import reduce_any
from .counted import counted_while
from .publish import published
from .region import Region, input_specs, is_differentiated, output_specs, region_of
from .repeat import Backward, Forward, Plan, looped, seed, settled, shortened, stacked, swapped


def while_kernel(*xs: np.ndarray, test: Region, region: Region, pure: Region, plan: Plan, states: bool) -> tuple[np.ndarray, ...]:
    """Run a region while the test holds; the last carried values, then what was kept of all runs in one array each."""
    carried, _, constants = plan.parts(xs)
    befores: list[list[np.ndarray]] = [[] for _ in carried] if states else []
    effects: list[list[np.ndarray]] = [[] for _ in range(plan.kept)]
    while bool(test.run([*carried, *constants])[0]):
        for column, x in zip(befores, carried, strict=False):
            column.append(x)
        outs = region.run([*carried, *constants])
        carried = outs[: plan.carried]
        for column, x in zip(effects, outs[plan.carried :], strict=True):
            column.append(x)
    specs = output_specs(region)
    own = input_specs(region)
    kept = [stacked(column, s, np.empty(s.shape, s.dtype)) for column, s in zip(effects, specs[plan.carried :], strict=True)]
    kept += [stacked(column, s, x) for column, s, x in zip(befores, own, carried, strict=False)]
    return (*[np.array(x) if any(x is given for given in xs) else x for x in carried], *kept)


def while_shape(*specs: Spec, test: Region, region: Region, pure: Region, plan: Plan, states: bool) -> tuple[Spec, ...]:
    outs = region.specs(specs)
    length = Dim(f"loop{unnamed()}")
    kept = [*outs[plan.carried :], *(outs[: plan.carried] if states else [])]
    return (*outs[: plan.carried], *[Spec((length, *s.shape), s.dtype) for s in kept])


def while_vjp(g: Any, xs: Any, y: Any, pure: Region, plan: Plan, states: bool) -> list[Any]:
    _, _, constants = plan.parts(xs)
    split = plan.carried + plan.kept
    effects, befores = y[plan.carried : split], y[split:]
    back = Backward(pure, plan, (), len(constants))
    moving = back.moving
    starts = [seed(g[k], y[k]) for k in moving] + [fill_like(constants[k], 0) for k in back.constants]
    more = [seed(g[split + k], befores[k]) for k in moving]
    found = looped(
        back.region(),
        Plan(len(starts), plan.carried + plan.kept + len(more), True),
        starts,
        [*befores, *effects, *more],
        constants,
        befores[0].dims[0],
    )
    placed = back.placed(found, len(xs))
    return [g if g is None else shortened(g, x.dims) for g, x in zip(placed, xs, strict=True)]


def while_jvp(y: Any, ts: Any, *xs: Any, test: Region, region: Region, pure: Region, plan: Plan, states: bool) -> tuple[Any, ...]:
    _, _, constants = plan.parts(xs)
    split = plan.carried + plan.kept
    effects, befores = y[plan.carried : split], y[split:]
    forward = Forward(pure, plan, tuple(t is not None for t in ts))
    return forward.placed(forward.run(y, ts, [*befores, *effects], constants, befores[0].dims[0]), len(y), split)


def while_batch(
    size: Any, batched: Sequence[bool], *xs: Any, test: Region, region: Region, pure: Region, plan: Plan, states: bool
) -> tuple[Any, ...]:
    """The elements whose test holds no longer stand still while the others go on."""
    carried, _, constants = plan.parts(xs)
    _, _, b_constants = plan.parts(batched)
    flags = (*[True] * plan.carried, *b_constants)
    starts = [x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip(carried, batched, strict=False)]
    holds = test.batched(size, flags)
    out = loop(
        *starts, *constants,
        test=holds.kept("any", lambda: any_of(holds)),
        region=region.kept(("masked", size, flags), lambda: masked(holds, region.batched(size, flags), plan)),
        pure=pure.batched(size, (*flags, *[True] * plan.kept)),
        plan=plan, states=states,
    )  # fmt: skip
    return (*out[: plan.carried], *map(swapped, out[plan.carried :]))


def any_of(holds: Region) -> Region:
    return region_of(lambda *symbols: [reduce_any(holds(*symbols)[0])], input_specs(holds))


def masked(holds: Region, region: Region, plan: Plan) -> Region:
    """The region where the test holds, else what was carried."""
    count = len(input_specs(holds))

    def run(*symbols: Any) -> list[Any]:
        mask = holds(*symbols[:count])[0]
        outs = region(*symbols)
        kept = [chosen(mask, new, old) for new, old in zip(outs, symbols[: plan.carried], strict=False)]
        return [*kept, *outs[plan.carried :]]

    return region_of(run, input_specs(region))


def chosen(mask: Any, new: Any, old: Any) -> Any:
    if repr(tuple(new.dims)) != repr(tuple(old.dims)):
        old = shaped_like(old, new)
    return select(reshape(mask, (*mask.dims, *[1] * (new.ndim - mask.ndim))), new, old)


STATICS = [Static("test", None), Static("region", None), Static("pure", None), Static("plan", None), Static("states", False)]


def masked_pure(test: Region, pure: Region, plan: Plan) -> Region:
    return pure.kept(("while", test), lambda: masked(test, pure, plan))


def with_what_rules_need(call: Any, xs: Any, params: dict[str, Any]) -> Any:
    """The effects and what is carried into each run are kept where somebody will differentiate."""
    if params["states"] or not is_differentiated(xs):
        return call(*xs, **params)
    test, region, plan = params["test"], params["region"], params["plan"]
    giving, pure, kept = region.parted()
    if not test.is_ordered:  # inside a map some elements stand still while others go on; the rules must know
        pure = masked_pure(test, settled(pure, plan), plan)
    out = call(*xs, test=test, region=giving, pure=pure, plan=plan._replace(kept=kept), states=True)
    return out[: plan.carried]


def declared(name: str, ordered: bool) -> Primitive:
    p = Primitive(name, while_kernel, ("xs",), STATICS)
    p.doc = while_kernel.__doc__ or ""
    p.variadic, p.results, p.ordered, p.dtypes = True, True, ordered, None
    p.shape_rule, p.joint_vjp, p.jvp_rule, p.batch_rule = while_shape, while_vjp, while_jvp, while_batch
    return published(p, __name__, with_what_rules_need)


LOOP = declared("loop_while", False)
LOOP_IN_ORDER = declared("loop_while_in_order", True)  # where the regions print, check or draw


def loop(*xs: Any, test: Region, region: Region, pure: Region, plan: Plan, states: bool) -> tuple[Any, ...]:
    primitive = LOOP_IN_ORDER if region.is_ordered or test.is_ordered else LOOP
    return primitive.function(*xs, test=test, region=region, pure=pure, plan=plan, states=states)


def looped_while(test: Region, region: Region, carried: Sequence[Any], constants: Sequence[Any]) -> list[Any]:
    """The carried values once the test no longer holds."""
    found = counted_while(test, region, carried, constants)
    if found is not None:
        return found
    plan = Plan(len(carried), 0)
    return list(loop(*carried, *constants, test=test, region=region, pure=region, plan=plan, states=False))
