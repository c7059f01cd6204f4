"""recompute_grad: the forward values of a function are computed again in the backward sweep instead of kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..core.context import State, levels, present_state, with_state
from ..core.structures import flatten
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops._streams import Journal, giving_again, noting
from .custom import record, renamed, watched
from .forward import ForwardAccumulator
from .policies import Policy, save_nothing
from .sources import identify, is_differentiable, plain
from .tape import GradientTape


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


class Call:
    """One call of a recomputed function: what its second run needs."""

    def __init__(self, f: Callable, treedef: Any, given: list[Any], policy: Policy):
        self.f, self.treedef, self.policy = f, treedef, policy
        self.flat = flat = [x.read_value() if isinstance(x, Variable) else x for x in given]
        self.buffers = {id(x.value_) for x in given if isinstance(x, Variable)}  # they are there anyway
        self.tensors = [x for x in flat if isinstance(x, Tensor)]
        self.draws = Journal()
        self.readings: list[tuple[Variable, Tensor]] = []
        self.kept: Any = None  # results that a policy keeps
        self.tape: Any = None  # the recording of the first run, where the policy keeps that
        self.targets: list[Any] = []  # the results, as that recording knows them

    def run(self) -> Any:
        args, kwargs = self.treedef.unflatten(self.flat)
        return self.f(*args, **kwargs)

    def pull(self, *gs: Any) -> list[Any]:
        """The cotangents of the tensors and variables."""
        if self.tape is not None and not any([isinstance(x, (GradientTape, ForwardAccumulator)) for x in levels()]):
            sources = [*self.tensors, *[v for v, _ in self.readings]]
            return self.tape.gradients(list(zip(self.targets, gs, strict=True)), sources)
        inputs = [*self.tensors, *[x for _, x in self.readings]]
        frozen = Frozen({id(v): x for v, x in self.readings}, present_state())
        with GradientTape(watch_accessed_variables=False) as tape, giving_again(self.draws), self.policy.again(self):
            for x in inputs:
                if is_differentiable(x):
                    identify(x)
                    tape.watch_one(x)
            again = with_state(frozen, self.run)
        targets = [to_tensor(t) for t in flatten(again)[0]]
        self.policy.report.ran_again(self, tape)
        return tape.gradients(list(zip(targets, gs, strict=True)), inputs)


def recompute_grad(f: Callable | None = None, policy: Policy | None = None) -> Callable:
    """f, whose inner values the tapes do not keep: the backward sweep runs f again.

    The second run sees the arguments, the variables and the random state of the first.

    Args:
        policy: what is kept all the same: `tf.autodiff.save_products()`, `save_names(...)`, `save_budget(bytes)`, `offload()`.
            Functions may share one; `policy.report` counts calls and bytes.

    >>> layer = tf.recompute_grad(lambda x: tf.tanh(tf.tanh(x)))
    >>> x = tf.constant(0.5)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = layer(x)
    >>> round(float(tape.gradient(y, x)), 5)
    0.63981
    """
    if f is None:
        return lambda f: recompute_grad(f, policy)
    policy = save_nothing() if policy is None else policy
    if not isinstance(policy, Policy):
        raise TypeError(f"recompute_grad: policy must come from tf.autodiff.save_products() and the like, got {policy!r}")

    @wraps(f)
    def call(*args: Any, **kwargs: Any) -> Any:
        if tangents_are_taped():
            return f(*args, **kwargs)
        flat, treedef = flatten((args, kwargs))
        return recorded(Call(f, treedef, [plain(x) for x in flat], policy))

    return call


def tangents_are_taped() -> bool:
    """Does an accumulator run inside a tape?  Then the tape must see how the tangents come about, and nothing can be left out."""
    kinds = [type(level) for level in levels()]
    return any(issubclass(kind, GradientTape) and ForwardAccumulator in kinds[k:] for k, kind in enumerate(kinds))


def reading_of(variable: Variable, first: Tensor) -> tuple[Variable, Tensor]:
    """A reading that the tapes know, of the value that the function saw first."""
    return variable, first.twin(variable.read_value().id)


def recorded(call: Call) -> Any:
    """The results under new identities, with one record for the whole call."""
    with noting(call.draws):
        y, read = watched(call.policy.first, call)
    call.readings = [reading_of(v, first) for v, first in read]
    outs, out_def = flatten(y)
    outs = [to_tensor(t) for t in outs]
    inputs = [*call.tensors, *[x for _, x in call.readings]]
    tapes = [level for level in levels() if isinstance(level, GradientTape) and level.owns(inputs)]
    if not tapes:
        return out_def.unflatten(outs)
    call.targets = outs if call.tape is not None else []
    call.policy.report.calls += 1
    outs = [renamed(t) for t in outs]
    record(tapes, call.f, call.pull, inputs, outs)
    return out_def.unflatten(outs)
