"""choose: one of several regions, by an index that is not known before the program runs.

The rules choose among derived regions: the cotangents of the region that ran, its tangents, all regions where a batch has an index
for each element.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.primitive import Primitive, Static
from ..core.shapes import Spec
from ..core.tensor import tensor
from ..ops.basic import broadcast_to, equal, reshape, select
from .publish import published
from .region import (
    Region,
    differentiable_places,
    input_specs,
    is_differentiated,
    merged_specs,
    output_specs,
    region_of,
)


def choose_kernel(*xs: np.ndarray, branches: Any, pure: Any, kept: int) -> tuple[np.ndarray, ...]:
    """The results of branches[xs[0]] for the other arguments; the last branch where there is no such index."""
    index = int(xs[0])
    return tuple(branches[index if 0 <= index < len(branches) else -1].run(xs[1:]))


def choose_shape(*specs: Spec, branches: Any, pure: Any, kept: int) -> tuple[Spec, ...]:
    return merged_specs([branch.specs(specs[1:]) for branch in branches], "cond")


def choose_vjp(g: Any, xs: Any, y: Any, pure: Any, kept: int) -> list[Any]:
    index, *operands = xs
    count = len(y) - kept
    given = tuple(k for k in range(count) if g[k] is not None)
    wanted = differentiable_places(operands)
    pulled = [region.pullback(wanted, given) for region in pure]
    steps = chosen(index, [*operands, *y[count:], *[g[k] for k in given]], pulled)
    found: list[Any] = [None] * len(xs)
    for place, step in zip(wanted, steps, strict=True):
        found[1 + place] = step
    return found


def choose_jvp(y: Any, ts: Any, *xs: Any, branches: Any, pure: Any, kept: int) -> tuple[Any, ...]:
    index, *operands = xs
    count = len(y) - kept
    moving = tuple(k for k, t in enumerate(ts[1:]) if t is not None)
    pushed = [region.pushforward(moving) for region in pure]
    tangents = chosen(index, [*operands, *y[count:], *[ts[1 + k] for k in moving]], pushed)
    found: list[Any] = [None] * len(y)
    for place, t in zip(pure[0].moving_results(), tangents, strict=True):
        found[place] = t
    return tuple(found)


def choose_batch(size: Any, batched: Sequence[bool], *xs: Any, branches: Any, pure: Any, kept: int) -> Any:
    flags = tuple(batched[1:])
    wide = [branch.batched(size, flags) for branch in branches]
    index, *operands = xs
    if not batched[0]:
        taken = [region.batched(size, (*flags, *[True] * kept)) for region in pure]
        return choose(index, *operands, branches=tuple(wide), pure=tuple(taken), kept=kept)
    every = [region(*operands) for region in wide]
    return tuple(picked(index, column) for column in zip(*every, strict=True))


def picked(index: Any, values: Sequence[Any]) -> Any:
    """For each element of a batch, the value that its index names; the last where there is none."""
    out = values[-1]
    for k, value in enumerate(values[:-1]):
        mask = reshape(equal(index, tensor(np.array(k, index.dtype.numpy_dtype))), (*index.dims, *[1] * (value.ndim - 1)))
        out = select(mask, value, out)
    return out


def with_what_rules_need(call: Any, xs: Any, params: dict[str, Any]) -> Any:
    """The effects are kept where somebody will differentiate."""
    if params["kept"] or not is_differentiated(xs[1:]):
        return call(*xs, **params)
    giving, pure, kept = with_effects(params["branches"])
    out = call(*xs, branches=giving, pure=pure, kept=kept)
    return out[: len(out) - kept]


def declared(name: str, ordered: bool) -> Primitive:
    p = Primitive(name, choose_kernel, ("xs",), [Static("branches", ()), Static("pure", ()), Static("kept", 0)])
    p.doc = choose_kernel.__doc__ or ""
    p.variadic, p.results, p.ordered, p.dtypes = True, True, ordered, None
    p.shape_rule, p.joint_vjp, p.jvp_rule, p.batch_rule = choose_shape, choose_vjp, choose_jvp, choose_batch
    return published(p, __name__, with_what_rules_need)


CHOOSE = declared("choose", False)
CHOOSE_IN_ORDER = declared("choose_in_order", True)  # where a branch prints, checks or draws


def choose(*xs: Any, branches: tuple[Region, ...], pure: tuple[Region, ...], kept: int) -> Any:
    primitive = CHOOSE_IN_ORDER if any(branch.is_ordered for branch in branches) else CHOOSE
    return primitive.function(*xs, branches=branches, pure=pure, kept=kept)


def chosen(index: Any, operands: Sequence[Any], regions: Sequence[Region]) -> list[Any]:
    """The results of the region that the index names."""
    return list(choose(index, *operands, branches=tuple(regions), pure=tuple(regions), kept=0))


def with_effects(regions: tuple[Region, ...]) -> tuple[tuple[Region, ...], tuple[Region, ...], int]:
    """Every region gives the effects of all: its own, and zeros for the others'."""
    parts = [region.parted() for region in regions]
    counts = [kept for _, _, kept in parts]
    if not any(counts):
        return regions, regions, 0
    specs = [output_specs(giving)[len(output_specs(giving)) - kept :] for giving, _, kept in parts]
    every = [spec for column in specs for spec in column]
    giving, pure = [], []
    for k, (region, (gives, takes, kept)) in enumerate(zip(regions, parts, strict=True)):
        before = sum(counts[:k])
        giving.append(padded(gives, kept, specs, k))
        pure.append(narrowed(takes, len(input_specs(region)), every, before, kept))
    return tuple(giving), tuple(pure), len(every)


def padded(region: Region, kept: int, specs: list[list[Spec]], which: int) -> Region:
    """`region` with zeros among its effects where other regions have theirs."""

    def run(*symbols: Any) -> list[Any]:
        outs = region(*symbols)
        results, own = outs[: len(outs) - kept], outs[len(outs) - kept :]
        effects = [own if k == which else list(map(zeros_of, column)) for k, column in enumerate(specs)]
        return [*results, *[x for column in effects for x in column]]

    return region_of(run, input_specs(region))


def zeros_of(spec: Spec) -> Any:
    return broadcast_to(tensor(np.zeros((), spec.dtype)), spec.shape)


def narrowed(region: Region, own: int, every: list[Spec], before: int, kept: int) -> Region:
    """`region` with all effects as inputs, of which it uses its own."""

    def run(*symbols: Any) -> list[Any]:
        effects = symbols[own:]
        return region(*symbols[:own], *effects[before : before + kept])

    return region_of(run, [*input_specs(region)[:own], *every])
