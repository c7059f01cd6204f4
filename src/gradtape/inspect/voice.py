"""What `gradient` says by itself: a source without a path, a NaN that the gradients hide."""

from __future__ import annotations

import warnings
from typing import Any

from ..autodiff.tape import GradientTape
from ..autodiff.unconnected import NonFiniteWarning, Reports, UnconnectedError, UnconnectedWarning
from ..core.primitive import Primitive
from .explain import Explanation, explained
from .script import user_frame
from .trail import shown

told: set[tuple[str, int, str]] = set()  # (file, line, kind) of the calls that have had their warning


def tell_unconnected(tape: GradientTape, target: Any, sources: list[Any], found: list[Any]) -> None:
    """Raise, warn or keep silent about the first source without a gradient."""
    raising = tape.strict or Reports.unconnected == "raise"
    if not raising and Reports.unconnected == "silent":
        return
    frame = user_frame()
    file, line = ("?", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
    if not raising and (file, line, "unconnected") in told:
        return
    told.add((file, line, "unconnected"))
    missing = [s for s, g in zip(sources, found, strict=True) if g is None]
    text = sentence(explained(tape, target, missing[0], frame), len(missing) - 1)
    if raising:
        raise UnconnectedError(text)
    warnings.warn_explicit(text, UnconnectedWarning, file, line)


def sentence(why: Explanation, others: int) -> str:
    if why.connected:  # by the operations' declarations; one of the rules gave None all the same
        last = why.path[-1] if why.path else None
        rules = sorted({shown(s.primitive) for s in why.path if not isinstance(s.primitive, Primitive)})
        named = (
            f"custom_gradient of {' or '.join(rules)}" if rules else f"the rule of {shown(last.primitive)}" if last else "a rule"
        )
        text = f"No gradient, though there is a path: {named} returned None for it.\n{why}"
    else:
        text = str(why)
    return text + (f"\n{others} more of the sources {'has' if others == 1 else 'have'} no gradient: tape.explain(target, source) says why."
                   if others else "")  # fmt: skip


def tell_hidden(tape: GradientTape, place: str) -> None:
    """A target is not finite, and its gradients are."""
    frame = user_frame()
    file, line = ("?", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
    if (file, line, "hidden") in told:
        return
    told.add((file, line, "hidden"))
    text = f"The target is NaN or infinite, but its gradients are finite: a zero cotangent hides what went wrong. {place}"
    warnings.warn_explicit(text, NonFiniteWarning, file, line)
