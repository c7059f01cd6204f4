"""Hooks: functions that see, and may change, gradients while the backward sweep computes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

from ..core.indexed_slices import IndexedSlices
from ..core.tensor import to_tensor
from ..core.variable import Variable
from .saved import named
from .sources import checked, peel
from .tape import GradientTape, skeleton, total


class Handle:
    """What `add_hook` gives: `remove()`, or the end of a `with` block, takes the hook away."""

    def __init__(self, hooks: list[Hook], hook: Hook):
        self.hooks, self.hook = hooks, hook

    def remove(self) -> None:
        if self.hook in self.hooks:
            self.hooks.remove(self.hook)

    def __enter__(self) -> Handle:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.remove()


class Hook:
    """One hook and what it listens to: groups of identities, one group a tensor or variable."""

    def __init__(self, function: Callable, sources: list[Any], several: bool, consume: bool):
        self.function, self.sources, self.several, self.consume = function, sources, several, consume
        self.taken: set[int] = set()  # variables (their id()) whose gradients it has consumed

    def groups(self, tape: GradientTape) -> list[list[int]]:
        return [tape.readings(x) for x in self.sources]


def add_hook(self: GradientTape, sources: Any, hook: Callable, consume: bool = False) -> Handle:
    """Call `hook` in the backward sweep, as soon as the gradient of `sources` is complete.

    Args:
        sources: a tensor on this tape or a variable: `hook(gradient)` may return another gradient, which goes on in its place. Or
            a list of them: `hook([gradients])`, once all are there, returns nothing (None stands for what has no gradient).
        consume: for variables: the gradient is let go after the hook, and `gradient` gives None for it. An optimizer that
            steps in its hooks so never needs all gradients at once.

    Returns:
        A handle; `handle.remove()` takes the hook away.

    Raises:
        ValueError: a source that this tape does not track, or is no tensor or variable; in the sweep, a hook that returns
            another shape or dtype.
        TypeError: a hook that is no function; in the sweep, one that returns no gradient.

    >>> x, w = tf.constant([3.0, 4.0]), tf.Variable(2.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = w * x
    ...     z = tf.reduce_sum(y * y)
    >>> handle = tape.add_hook(y, lambda g: tf.clip_by_norm(g, 1.0))
    >>> other = tape.add_hook(w, lambda g: print("w gets", round(float(g), 3)), consume=True)
    >>> tape.gradient(z, [x, w])[1] is None
    w gets 5.0
    True
    """
    if not callable(hook):
        raise TypeError(f"GradientTape.add_hook: hook must be a function, got {type(hook).__name__}")
    several = isinstance(sources, (list, tuple))
    flat = [checked(x, "sources", "GradientTape.add_hook") for x in (sources if several else [sources])]
    for x in flat:
        refuse_untracked(self, x)
    if consume and not all([isinstance(x, Variable) for x in flat]):
        raise ValueError("GradientTape.add_hook: consume=True is for variables: a tensor's gradient is needed further on")
    if self.hooks is None:
        self.hooks = []
    self.hooks.append(Hook(hook, flat, several, consume))
    return Handle(self.hooks, self.hooks[-1])


def refuse_untracked(tape: GradientTape, x: Any) -> None:
    if isinstance(x, Variable):
        tape.watch_one(x)
    elif isinstance(x, IndexedSlices) or peel(x, tape.order)[0].id not in tape.tracked:
        raise ValueError(
            "GradientTape.add_hook: the tensor is not on this tape: it depends on nothing watched, or was made elsewhere. Watch it, "
            "tape.watch(x), before it is used"
        )


class Hearing:
    """The cotangents of a sweep with hooks. The sweep asks for each once, the last value first: then it is complete."""

    def __init__(self, tape: GradientTape, grads: dict[int, Any]):
        self.grads = grads
        self.due: dict[int, list[tuple[Hook, int]]] = {}  # what the sweep asks for -> (hook, which of its sources) to call first
        self.last: list[tuple[Hook, int]] = []  # complete when the sweep ends
        self.groups = {hook: hook.groups(tape) for hook in tape.hooks or ()}
        self.heard: dict[Hook, dict[int, Any]] = {hook: {} for hook in self.groups}
        asked = when_complete(tape.records, {i for groups in self.groups.values() for ids in groups for i in ids})
        for hook, groups in self.groups.items():
            for k, ids in enumerate(groups):
                place = min([asked[i] for i in ids if i in asked], default=None)  # the sweep counts records down
                moment = None if place is None else place[1]
                (self.last if moment is None else self.due.setdefault(moment, [])).append((hook, k))

    # -- what a sweep does with its dictionary ----------------------------------------------------------------
    def __contains__(self, identity: int) -> bool:
        return identity in self.grads

    def __getitem__(self, identity: int) -> Any:
        return self.grads[identity]

    def __setitem__(self, identity: int, g: Any) -> None:
        self.grads[identity] = g

    def pop(self, identity: int, default: Any = None) -> Any:
        for hook, k in self.due.pop(identity, ()):
            self.call(hook, k)
        return self.grads.pop(identity, default)

    def keys(self) -> Iterable[int]:
        """The sweep is over."""
        for hook, k in self.last:
            self.call(hook, k)
        return list(self.grads)

    # -- calling ----------------------------------------------------------------------------------------------
    def call(self, hook: Hook, k: int) -> None:
        ids = self.groups[hook][k]
        g = total([self.grads[i] for i in ids if i in self.grads])
        if hook.several:
            self.heard[hook][k] = g
            if len(self.heard[hook]) == len(hook.sources):
                refuse_result(hook, hook.function([self.heard[hook][n] for n in range(len(hook.sources))]))
                for n, _ in enumerate(hook.sources if hook.consume else ()):
                    self.consume(hook, n)
            return
        if g is None:
            return
        new = fitting(hook, hook.function(g), g)
        if hook.consume:
            self.consume(hook, k)
        elif new is not g:
            for i in ids:
                self.grads.pop(i, None)
            self.grads[ids[0]] = new

    def consume(self, hook: Hook, k: int) -> None:
        for i in self.groups[hook][k]:
            if self.grads.pop(i, None) is not None:
                hook.taken.add(id(hook.sources[k]))


def when_complete(records: list[Any], listened: set[int]) -> dict[int, tuple[int, int | None]]:
    """For each identity: (place from the end, what the sweep asks for when its cotangent is complete; None: at the end).

    A result is complete when its own operation's turn comes; a source, when the turn of its first user is over.
    """
    found: dict[int, tuple[int, int | None]] = {}
    pending: list[int] = []  # used by the record just passed; if no earlier one uses them, they are complete now
    place = 0
    for place, (inputs, output) in enumerate(skeleton(records)):  # last first
        outs = (output,) if type(output) is int else output
        for i in pending:
            found[i] = (-place, outs[0])
        pending = list(listened.intersection(inputs))
        for i in listened.intersection(outs):
            found[i] = (-place, outs[0])
    for i in pending:
        found[i] = (-place - 1, None)
    return found


def fitting(hook: Hook, new: Any, g: Any) -> Any:
    """What a hook returned, as a gradient in the place of g."""
    if new is None:
        return g
    if not isinstance(new, IndexedSlices):
        try:
            new = to_tensor(new, g.dtype.numpy_dtype)
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"GradientTape.add_hook: the hook {named(hook.function)} returned {type(new).__name__}, which is no gradient ({error}); "
                "return a tensor, or None to leave it as it is"
            ) from None
    if new.dims != g.dims or new.dtype != g.dtype:
        raise ValueError(
            f"GradientTape.add_hook: the hook {named(hook.function)} returned {new.dtype.name}{list(new.dims)} for a gradient that "
            f"is {g.dtype.name}{list(g.dims)}"
        )
    return new


def refuse_result(hook: Hook, result: Any) -> None:
    if result is not None:
        raise TypeError(
            f"GradientTape.add_hook: the hook {named(hook.function)} listens to several gradients and must return None, it returned "
            f"{type(result).__name__}; hooks on single ones may change them"
        )


GradientTape.add_hook = add_hook  # type: ignore[attr-defined]
GradientTape.hearing = Hearing
