"""What listens to the operations of this thread or task.

A Context never changes: entering or leaving a level puts another Context in place, so asyncio tasks and copied
contexts cannot leak into each other.  Idle is None, because `is None` is the cheapest test there is.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextvars import ContextVar, Token
from itertools import count
from sys import _getframe
from types import CodeType
from typing import Any, TypeVar

from .errors import CompositeOperand, exhausted

Site = tuple[CodeType, int]
F = TypeVar("F", bound=Callable[..., Any])

new_id = count(1).__next__  # identities: > 0 tracked by some tape, < 0 known but untracked, 0 made while nothing listened
PACKAGE = __file__.removesuffix("context.py").rstrip("/\\").removesuffix("core")  # gradtape's own folder
TRANSPARENT: set[CodeType] = set()  # functions that call in the name of the user's code: their frames are passed over
NUMBER = -1  # what stands for the identity of a Python number
new_id()  # so that -new_id() is never NUMBER


class Level:
    """A listener: a tape, an accumulator, a batch or a trace."""

    __slots__ = ("order",)
    can_be_lone = False  # may the generated functions write into it directly?
    owns_values = True  # does it take part in operations, or only look on?
    guards = False  # does it look at the cotangents of a sweep?  (Then it does not see the operations inside the rules.)
    order: int  # larger where the level was entered later
    size: int | None = None  # of a map: how many elements run at once
    can_be_single = False  # has it a shorter way for when nothing else listens?

    def alone(self, primitive: Any, args: Any, params: dict[Any, Any]) -> Any:
        """The whole call where this is the only level; None leaves it to the careful path."""

    def wrap(self, value: Any) -> Any:
        """A value of this level; of a map: one whose axis 0 holds the elements."""
        raise NotImplementedError

    def takes(self, primitive: Any) -> bool:
        """Has the operation what this level needs?  If not, its body runs instead."""
        raise NotImplementedError

    def owns(self, args: Sequence[Any]) -> bool:
        """Is one of the arguments mine?  The innermost owner handles the operation."""
        raise NotImplementedError

    def process(self, primitive: Any, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Level, ...], site: Site) -> Any:
        """Run the operation; `outer` are the levels outside this one."""
        raise NotImplementedError

    custom: Callable[..., list[Any]] | None = None  # (pull, inputs, outs): results whose gradient the user's function gives
    claims: Callable[[Any, dict[Any, Any]], bool] | None = None  # (primitive, params): is it mine whatever its arguments?

    def note(self, primitive: Any, input_ids: Sequence[int], out_id: Any, site: Site) -> None:
        """Remember something for `explain`, if this level explains."""

    def read_into(self, variable: Any, identity: int) -> int:
        """A variable was read outside the fast path.  The identity of the result, which inner levels share."""
        return identity

    def seen(self, variable: Any, reading: Any) -> None:
        """A variable was read: `reading` is what the program got."""

    def note_write(self, variable: Any, identity: int) -> None:
        """A variable takes a value: remember it for `explain`, if this level explains."""

    def guarded(self, tape: Any, grads: dict[Any, Any]) -> dict[Any, Any]:
        """The cotangents of a sweep, in a dictionary that looks at what is put into it."""
        return grads


class State:
    """Stands between operations and variables: `function`, recompute_grad and control flow put one in the Context."""

    __slots__ = ()

    def read(self, variable: Any) -> Any:
        """The value to use instead of the variable's own (a Tensor), or None for its own."""
        raise NotImplementedError

    def peek(self, variable: Any) -> Any:
        """The same for an update, which is no reading to the tapes."""
        return self.read(variable)

    def write(self, variable: Any, value: Any) -> bool:
        """Take the new value; False lets the variable take it."""
        raise NotImplementedError

    def start(self, initial_value: Any) -> Any:
        """The initial value of a variable that is made here, as a Tensor."""
        return initial_value

    def made(self, variable: Any) -> None:
        """A variable was made."""


class Context:
    __slots__ = (
        "levels",  # innermost last
        "lone",  # the only level, if the generated functions may write into it
        "tapes",  # all levels, if every one of them may be written into
        "single",  # the only level, if it has a way of its own for that
        "site",  # (code, offset) of the user's line while a library function runs
        "state",  # a State, or None
    )


current_context: ContextVar[Context | None] = ContextVar("gradtape_context", default=None)
current = current_context.get


def levels() -> tuple[Level, ...]:
    context = current()
    return () if context is None else context.levels


def replace_levels(new: tuple[Level, ...], site: Site | None = None, state: State | None = None) -> Token:
    """Put these levels in place; the token undoes it."""
    if not new and state is None:
        return current_context.set(None)
    context = Context()
    context.levels = new
    context.tapes = context.lone = context.single = None
    if state is None and new:
        if len(new) == 1 and new[0].can_be_single:
            context.single = new[0]
        elif new[0].can_be_lone:
            if len(new) == 1:
                context.lone = new[0]
            elif all([level.can_be_lone for level in new]):
                context.tapes = new
    context.site = site
    context.state = state
    return current_context.set(context)


def present_state() -> State | None:
    context = current()
    return None if context is None else context.state


new_order = count(1).__next__


def enter(level: Level) -> None:
    level.order = new_order()
    replace_levels((*levels(), level), state=present_state())


def leave(level: Level) -> None:
    """Lifetimes need not nest: the level goes, wherever it stands."""
    replace_levels(tuple(other for other in levels() if other is not level), state=present_state())


def under(new: tuple[Level, ...], site: Site | None, fn: Callable, *args: Any, **kwargs: Any) -> Any:
    """Run a rule with only these levels listening; what it does is recorded under `site`."""
    token = replace_levels(new, site, present_state())
    try:
        return fn(*args, **kwargs)
    finally:
        current_context.reset(token)


def at_site(site: Site, fn: Callable, *args: Any) -> Any:
    """Run `fn`; what it does is recorded under `site`."""
    context = current()
    if context is None or context.site is not None:
        return fn(*args)
    token = replace_levels(context.levels, site, context.state)
    try:
        return fn(*args)
    finally:
        current_context.reset(token)


def with_state(state: State | None, fn: Callable, *args: Any, **kwargs: Any) -> Any:
    """Run `fn` with variables read and written through `state`."""
    context = current()
    token = replace_levels(levels(), None if context is None else context.site, state)
    try:
        return fn(*args, **kwargs)
    finally:
        current_context.reset(token)


def site_of_caller(depth: int = 2) -> Site:
    """(code, offset) of the user's line; `depth` counts the frames between, as sys._getframe does."""
    context = current()
    if context is not None and context.site is not None:
        return context.site
    return site_of_frame(_getframe(depth))


def site_of_frame(frame: Any) -> Site:
    while frame.f_code in TRANSPARENT:
        frame = frame.f_back
    return frame.f_code, frame.f_lasti


def site_outside() -> Site:
    """(code, offset) of the line that called into gradtape, however deep inside this is asked."""
    context = current()
    if context is not None and context.site is not None:
        return context.site
    frame = _getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(PACKAGE):
        frame = frame.f_back
    return frame.f_code, frame.f_lasti


COMPOSITE: dict[Callable[..., Any], Callable[..., Any]] = {}  # what library functions mean where an argument is ragged or sparse


def library(fn: F, depth: int = 1) -> F:
    """Operations inside `fn` are recorded under the line that called `fn` (or, with a depth of 2, its caller)."""

    @functools.wraps(fn)
    def call(*args: Any, **kwargs: Any) -> Any:
        context = current()
        try:
            if context is None or context.site is not None:
                return fn(*args, **kwargs)
            token = replace_levels(context.levels, site_of_frame(_getframe(depth)), context.state)
            try:
                return fn(*args, **kwargs)
            finally:
                current_context.reset(token)
        except CompositeOperand:
            if fn not in COMPOSITE:
                raise
        except MemoryError as error:
            raise exhausted(fn.__name__, error) from None
        return COMPOSITE[fn](*args, **kwargs)

    return call  # type: ignore[return-value]


def line_of(site: Site) -> int:
    """The line an instruction stands in: looked up only when somebody asks."""
    code, offset = site
    return next((line for start, end, line in code.co_lines() if start <= offset < end and line), code.co_firstlineno)
