"""Where a NaN or an infinity comes from: a level that looks at every result and at every cotangent.

Forwards it raises where a bad value is made, or where a NaN comes in from outside; an infinity that is only handed on (a mask
of -inf) passes. Backwards it looks at what each operation hands to its inputs, not at the steps inside a rule: a rule may
divide by zero where its cotangent is zero.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any

import numpy as np

from ..autodiff.tape import GradientTape
from ..core.context import Level, Site, enter, leave, levels, line_of
from ..core.dispatch import bind
from ..core.errors import InvalidArgumentError
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import Primitive
from ..core.tensor import Tensor
from .lazy import load


class AnomalyError(InvalidArgumentError):
    """A NaN, an infinity, or what the user's predicate finds. `file`, `line`, `op` and `index` say where it comes from."""

    file: str
    line: int

    def __init__(self, node_def: Any, op: Any, message: str, site: Site | None = None, index: tuple[Any, ...] = ()):
        super().__init__(node_def, op, message)
        self.file, self.line = ("?", 0) if site is None else (site[0].co_filename, line_of(site))
        self.index = index


Finder = Callable[[np.ndarray], Any]


def not_finite(array: np.ndarray) -> Any:
    return ~np.isfinite(array)


class Anomalies(Level):
    """Looks at what operations and backward sweeps give."""

    __slots__ = ("backward", "bad", "forward", "passes_infinity")
    guards = True
    bad: Finder
    forward: bool
    backward: bool
    passes_infinity: bool

    def __init__(self, bad: Finder | None, forward: bool, backward: bool, passes_infinity: bool):
        self.bad = bad or not_finite
        self.forward, self.backward = forward, backward
        self.passes_infinity = passes_infinity and bad is None

    def __enter__(self) -> Anomalies:
        enter(self)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        leave(self)

    # -- forwards ---------------------------------------------------------------------------------------------
    def owns(self, args: Any) -> bool:
        return self.forward

    def takes(self, primitive: Primitive) -> bool:
        return primitive.kernel is not None

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        out = bind(primitive, args, params, outer, site)
        for result in out if type(out) is tuple else (out,):
            value = array_of(result)
            if value is not None:
                index = first_bad(self.bad, value)
                if index is not None and not self.is_handed_on(args, value):
                    raise load("blame").forward_error(self.bad, primitive, args, value, index, site)
        return out

    def is_handed_on(self, args: tuple[Any, ...], value: np.ndarray) -> bool:
        """An infinity that an operand already had, and no NaN was made of it."""
        if not self.passes_infinity or np.isnan(value).any():
            return False
        return any(first_bad(self.bad, v) is not None for v in map(array_of, args) if v is not None)

    # -- backwards --------------------------------------------------------------------------------------------
    def guarded(self, tape: GradientTape, grads: dict[Any, Any]) -> dict[Any, Any]:
        return GuardedCotangents(self.bad, tape, grads) if self.backward else grads


class GuardedCotangents(dict[Any, Any]):
    """Cotangents by identity; what a rule puts in is looked at."""

    def __init__(self, bad: Finder, tape: GradientTape, seeds: dict[Any, Any]):
        super().__init__(seeds)
        self.bad, self.tape = bad, tape
        self.out_id: Any = None
        self.g: Any = None
        for identity, g in seeds.items():
            value = array_of(g)
            index = None if value is None else first_bad(bad, value)
            if value is not None and index is not None:
                raise load("blame").seed_error(tape, identity, value, index)

    def pop(self, identity: int, default: Any = None) -> Any:
        g = super().pop(identity, default)
        if g is not None:
            self.out_id, self.g = identity, g
        return g

    def __setitem__(self, identity: int, g: Any) -> None:
        value = array_of(g)
        index = None if value is None else first_bad(self.bad, value)
        if value is not None and index is not None:
            raise load("blame").backward_error(self, identity, value, index)
        super().__setitem__(identity, g)


# -- values -----------------------------------------------------------------------------------------------------
def array_of(x: Any) -> np.ndarray | None:
    """The floating array behind a value, inside maps too."""
    if isinstance(x, IndexedSlices):
        x = x.values
    while isinstance(x, Tensor):
        x = x.value
    return x if type(x) is np.ndarray and x.dtype.kind in "fcV" and x.dtype.names is None else None


def first_bad(bad: Finder, value: np.ndarray) -> tuple[int, ...] | None:
    """The index of the first element that the finder finds."""
    found = np.asarray(bad(value))
    if not found.any():
        return None
    if found.shape != value.shape:
        return ()
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(found)), found.shape))


# -- the switches ---------------------------------------------------------------------------------------------------
def detect_anomaly(check: Finder | None = None, forward: bool = True, backward: bool = True) -> Anomalies:
    """`with tf.debugging.detect_anomaly():` raises where a NaN or an infinity is made, in the forward pass or in a gradient.

    The error names the forward line, the operation, the first bad index, and the operands there.

    Args:
        check: a function of an array that says which elements are bad (an array of booleans, or one); not finite where
            nothing is said.
        forward, backward: where to look.

    Raises:
        AnomalyError (an InvalidArgumentError): at the first bad value.

    >>> with tf.debugging.detect_anomaly():
    ...     tf.math.log(tf.constant([1.0, -1.0]))
    Traceback (most recent call last):
        ...
    gradtape.inspect.anomaly.AnomalyError: NaN was made by log, first at [1] of shape [2] (float32): ...
    """
    return Anomalies(check, forward, backward, passes_infinity=True)


def enable_check_numerics(stack_height_limit: int = 30, path_length_limit: int = 50) -> None:
    """Raise at the first NaN or infinity that any operation of this thread gives, from now on; in gradients too.

    Stricter than `detect_anomaly`: an infinity that is only handed on counts as well. The two limits do nothing.

    >>> tf.debugging.enable_check_numerics()
    >>> tf.debugging.disable_check_numerics()
    """
    disable_check_numerics()
    enter(CheckNumerics(None, forward=True, backward=True, passes_infinity=False))


class CheckNumerics(Anomalies):
    """The level that enable_check_numerics leaves in place."""

    __slots__ = ()


def disable_check_numerics() -> None:
    """End what enable_check_numerics began."""
    for level in levels():
        if isinstance(level, CheckNumerics):
            leave(level)
