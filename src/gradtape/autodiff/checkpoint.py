"""recompute_grad: the forward values of a function are computed again in the backward sweep instead of kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..core.context import State, current, current_context, levels, present_state, replace_levels, with_state
from ..core.structures import flatten
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops._streams import Journal, giving_again, noting
from .custom import record, renamed, watched
from .forward import ForwardAccumulator
from .sources import identify, plain
from .tape import GradientTape, Paused


class Frozen(State):
    """Variables as they were in the forward pass; what the second run assigns stays in here."""

    __slots__ = ("values", "outer")

    def __init__(self, values: dict[int, Tensor], outer: State | None = None):
        self.values, self.outer = values, outer

    def read(self, variable: Variable) -> Any:
        found = self.values.get(id(variable))
        return self.outer.read(variable) if found is None and self.outer is not None else found

    def write(self, variable: Variable, value: Any) -> bool:
        """A reading of the new value is one more reading of the variable: it has the identity of the first."""
        first = self.values.get(id(variable))
        self.values[id(variable)] = value.twin(0 if first is None else first.id)
        return True


def recompute_grad(f: Callable) -> Callable:
    """f, whose inner values the tapes do not keep: the backward sweep runs f again.

    The second run sees the arguments, the variables and the random state of the first.

    >>> layer = tf.recompute_grad(lambda x: tf.tanh(tf.tanh(x)))
    >>> x = tf.constant(0.5)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = layer(x)
    >>> round(float(tape.gradient(y, x)), 5)
    0.63981
    """

    @wraps(f)
    def call(*args: Any, **kwargs: Any) -> Any:
        if tangents_are_taped():
            return f(*args, **kwargs)
        flat, treedef = flatten((args, kwargs))
        flat = [plain(x) for x in flat]
        flat = [x.read_value() if isinstance(x, Variable) else x for x in flat]
        draws = Journal()
        with noting(draws):
            y, read = watched(without_tapes, lambda: apply(f, treedef, flat))
        return recorded(f, treedef, flat, [reading_of(v, first) for v, first in read], draws, y)

    return call


def tangents_are_taped() -> bool:
    """Does an accumulator run inside a tape?  Then the tape must see how the tangents come about, and nothing can be left out."""
    kinds = [type(level) for level in levels()]
    return any(issubclass(kind, GradientTape) and ForwardAccumulator in kinds[k:] for k, kind in enumerate(kinds))


def reading_of(variable: Variable, first: Tensor) -> tuple[Variable, Tensor]:
    """A reading that the tapes know, of the value that the function saw first."""
    return variable, first.twin(variable.read_value().id)


def apply(f: Callable, treedef: Any, flat: list[Any]) -> Any:
    args, kwargs = treedef.unflatten(flat)
    return f(*args, **kwargs)


def without_tapes(f: Callable) -> Any:
    """Run f with every tape paused."""
    context = current()
    if context is None:
        return f()
    quiet = tuple(Paused(level) if isinstance(level, GradientTape) else level for level in context.levels)
    token = replace_levels(quiet, context.site, context.state)
    try:
        return f()
    finally:
        current_context.reset(token)


def recorded(f: Callable, treedef: Any, flat: list[Any], readings: list[Any], draws: Journal, y: Any) -> Any:
    """The results under new identities, with one record for the whole call."""
    outs, out_def = flatten(y)
    outs = [to_tensor(t) for t in outs]
    inputs = [x for x in flat if isinstance(x, Tensor)] + [x for _, x in readings]
    tapes = [level for level in levels() if isinstance(level, GradientTape) and level.owns(inputs)]
    if not tapes:
        return out_def.unflatten(outs)
    outs = [renamed(t) for t in outs]

    def pull(*gs: Any) -> list[Any]:
        frozen = Frozen({id(v): x for v, x in readings}, present_state())
        with GradientTape(watch_accessed_variables=False) as tape, giving_again(draws):
            for x in inputs:
                if x.dtype.is_floating or x.dtype.is_complex:
                    identify(x)
                    tape.watch_one(x)
            again = with_state(frozen, apply, f, treedef, flat)
        targets = [to_tensor(t) for t in flatten(again)[0]]
        return tape.gradients(list(zip(targets, gs, strict=True)), inputs)

    record(tapes, f, pull, inputs, outs)
    return out_def.unflatten(outs)
