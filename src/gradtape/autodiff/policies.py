"""What recompute_grad keeps of a function's inner values: nothing, some results, what fits a budget, or all in a file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import ref

import numpy as np

from ..core.context import Level, Site, current, current_context, levels, replace_levels
from ..core.dispatch import bind
from ..core.primitive import Primitive
from ..core.record import bare
from ..core.tensor import tensor
from ..core.variable import Variable
from .saved import packing
from .sources import is_differentiable
from .tape import GradientTape, Paused

PRODUCTS = frozenset({"matmul", "einsum_single", "einsum_pair", "conv", "conv_input", "conv_filter"})


class Report:
    """What a policy did: `calls` recorded, `again` of them run a second time, `spared` bytes that the tape did not hold."""

    calls: int
    again: int
    spared: int
    kept: int

    def __init__(self) -> None:
        self.calls = 0
        self.again = 0
        self.spared = 0
        self.kept = 0

    def ran_again(self, call: Any, tape: GradientTape) -> None:
        """The second run's recording shows what the first would have kept."""
        self.again += 1
        kept = 0 if call.kept is None else call.kept.bytes
        own = {id(root(x.value)) for x in call.tensors if type(x.value) is np.ndarray}
        own |= call.buffers | {id(root(v.value_)) for v, _ in call.readings}
        arrays = {id(root(a)): root(a).nbytes for a in tape.records if type(a) is np.ndarray}
        self.spared += max(0, sum(n for block, n in arrays.items() if block not in own) - kept)
        self.kept += kept

    def __repr__(self) -> str:
        return f"{self.calls} calls, {self.again} of them run again; {self.spared:,} bytes not held, {self.kept:,} kept"


class Policy:
    """Keep nothing: the function runs again."""

    report: Report

    def __init__(self) -> None:
        self.report = Report()

    def first(self, call: Any) -> Any:
        """The first run, which no tape sees."""
        return quietly(call.run)

    @contextmanager
    def again(self, call: Any) -> Iterator[None]:
        """Around the second run."""
        yield


def quietly(f: Callable) -> Any:
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


@contextmanager
def outermost(level: Level) -> Iterator[None]:
    """A level that sees what all others leave to do."""
    context = current()
    level.order = 0
    token = replace_levels(
        (level, *levels()), None if context is None else context.site, None if context is None else context.state
    )
    try:
        yield
    finally:
        current_context.reset(token)


def tapes_alone() -> bool:
    """Only then are the operations of the first run those of the second."""
    return all([isinstance(level, (GradientTape, Paused)) or not level.owns_values for level in levels()])


# -- keeping results ----------------------------------------------------------------------------------------------
class Kept:
    """Results of the first run: number of the operation -> (its primitive, arrays)."""

    def __init__(self) -> None:
        self.results: dict[int, tuple[Primitive, Any]] = {}

    @property
    def bytes(self) -> int:
        return sum(a.nbytes for _, out in self.results.values() for a in (out if type(out) is tuple else (out,)))


class Keeping(Level):
    """Numbers the operations of the first run and keeps the results that are asked for."""

    __slots__ = ("kept", "number", "last", "wanted")

    def __init__(self, kept: Kept, wanted: Callable):
        self.kept, self.wanted = kept, wanted
        self.number = 0
        self.last: dict[
            int, tuple[int, Primitive]
        ] = {}  # array -> what made it; the arrays live at least as long as a name is given

    def owns(self, args: Any) -> bool:
        return True

    def takes(self, primitive: Primitive) -> bool:
        return primitive.kernel is not None

    def process(self, primitive: Primitive, args: Any, params: dict[Any, Any], outer: tuple[Any, ...], site: Site) -> Any:
        out = bind(primitive, args, params, outer, site)
        if self.wanted(primitive.name):
            self.kept.results[self.number] = primitive, arrays_of(out)
        elif type(out) is not tuple:
            self.last[id(out.value)] = self.number, primitive
        self.number += 1
        return out

    def name(self, x: Any, name: str) -> None:
        found = self.last.get(id(x.value))
        if found is not None and self.wanted(name):
            number, primitive = found
            self.kept.results[number] = primitive, x.value


class Giving(Level):
    """Gives the kept results in the second run instead of computing them."""

    __slots__ = ("kept", "number")

    def __init__(self, kept: Kept):
        self.kept = kept
        self.number = 0

    owns, takes = Keeping.owns, Keeping.takes

    def process(self, primitive: Primitive, args: Any, params: dict[Any, Any], outer: tuple[Any, ...], site: Site) -> Any:
        found = self.kept.results.get(self.number)
        self.number += 1
        if found is None:
            return bind(primitive, args, params, outer, site)
        if found[0] is not primitive:
            raise RuntimeError(
                f"recompute_grad: the function ran {found[0].name} first and {primitive.name} the second time; it must do the same both times"
            )
        out = found[1]
        return tuple(map(tensor, out)) if type(out) is tuple else tensor(out)


def arrays_of(out: Any) -> Any:
    return tuple(map(bare, out)) if type(out) is tuple else bare(out)


class Keep(Policy):
    def __init__(self, wanted: Callable):
        super().__init__()
        self.wanted = wanted

    def first(self, call: Any) -> Any:
        if not tapes_alone():
            return super().first(call)
        call.kept = Kept()
        with outermost(Keeping(call.kept, self.wanted)):
            return quietly(call.run)

    @contextmanager
    def again(self, call: Any) -> Iterator[None]:
        if call.kept is None:
            yield
            return
        with outermost(Giving(call.kept)):
            yield


def save_nothing() -> Policy:
    """Keep the arguments alone: the least memory, one more forward pass. What `tf.recompute_grad(f)` does."""
    return Policy()


def save_products() -> Policy:
    """Keep the results of matrix products and convolutions; what is cheap, activations and norms, runs again.

    >>> layer = tf.recompute_grad(lambda x: tf.tanh(tf.matmul(x, x)), policy=tf.autodiff.save_products())
    >>> x = tf.eye(2)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = layer(x)
    >>> tape.gradient(y, x).shape
    TensorShape([2, 2])
    """
    return Keep(PRODUCTS.__contains__)


def save_names(*names: str) -> Policy:
    """Keep the results of the operations with these names, and the values that `checkpoint_name` gave them to.

    Raises:
        ValueError: no name, or one that is no text.

    >>> def f(x):
    ...     h = tf.autodiff.checkpoint_name(tf.exp(x), "h")
    ...     return tf.sin(h) * h
    >>> g = tf.recompute_grad(f, policy=tf.autodiff.save_names("h"))
    >>> x = tf.constant(0.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = g(x)
    >>> round(float(tape.gradient(y, x)), 4)
    1.3818
    """
    if not names or not all([isinstance(n, str) for n in names]):
        raise ValueError(f"save_names: give the names of operations or of checkpoint_name, as text; got {names}")
    return Keep(frozenset(names).__contains__)


def checkpoint_name(x: Any, name: str) -> Any:
    """x itself; `save_names(name)` keeps it instead of the operation that made it running again."""
    for level in levels():
        if isinstance(level, Keeping):
            level.name(x, name)
    return x


# -- what fits ----------------------------------------------------------------------------------------------------
class Inner(GradientTape):
    """Records the first run; every variable counts, since the tapes around it decide which are watched."""

    __slots__ = ()

    def read(self, variable: Variable) -> int:
        self.admit(variable)
        return super().read(variable)

    def read_into(self, variable: Variable, identity: int) -> int:
        self.admit(variable)
        return super().read_into(variable, identity)

    def admit(self, variable: Variable) -> None:
        if id(variable) not in self.reads and is_differentiable(variable):
            self.reads[id(variable)] = [variable]


def taped(call: Any, hooks: tuple[Callable, Callable] | None = None) -> Any:
    """The first run on a tape of its own, which the sweep may use instead of a second run."""
    context = current()
    tape = Inner(persistent=True)
    lookers = tuple([level for level in levels() if not level.owns_values])
    token = replace_levels(lookers, None if context is None else context.site, None if context is None else context.state)
    try:
        with tape:
            for x in call.tensors:
                if is_differentiable(x):
                    tape.watch_one(x)
            if hooks is None:
                y = call.run()
            else:
                with packing(tape, *hooks):
                    y = call.run()
    finally:
        current_context.reset(token)
    call.tape = tape
    return y


class Budget(Policy):
    """Records calls while their values fit; then the oldest ones run again in the sweep."""

    def __init__(self, limit: int):
        super().__init__()
        self.limit = limit
        self.calls: list[tuple[ref, list[tuple[int, int]]]] = []  # each call, and the blocks (address, bytes) that it holds
        self.holders: Counter[int] = Counter()
        self.held = 0
        self.largest = 0

    def first(self, call: Any) -> Any:
        if not tapes_alone():
            return super().first(call)
        self.make_room(self.largest)
        before = self.held
        y = taped(call)
        self.calls.append((ref(call), []))
        self.hold(self.calls[-1][1], blocks(call))
        self.largest = max(self.largest, self.held - before)
        self.make_room(0)
        return y

    def make_room(self, need: int) -> None:
        """Let the oldest recordings go until `need` more bytes fit; what a dead call held is free."""
        alive = []
        for entry in self.calls:
            if entry[0]() is None:
                self.release(entry[1])
            else:
                alive.append(entry)
        self.calls = alive
        for found, held in alive:
            if self.held + need <= self.limit:
                return
            call = found()
            if call is not None and call.tape is not None:
                call.tape = None
                self.release(held)
                self.hold(held, blocks(call))

    def hold(self, held: list[tuple[int, int]], found: dict[int, int]) -> None:
        for block, size in found.items():
            held.append((block, size))
            self.holders[block] += 1
            if self.holders[block] == 1:
                self.held += size

    def release(self, held: list[tuple[int, int]]) -> None:
        for block, size in held:
            self.holders[block] -= 1
            if not self.holders[block]:
                del self.holders[block]
                self.held -= size
        held.clear()


def blocks(call: Any) -> dict[int, int]:
    """The blocks of memory that a call keeps alive, besides the buffers of variables."""
    arrays = [x.value for x in call.tensors if type(x.value) is np.ndarray]
    arrays += [] if call.tape is None else [a for a in call.tape.records if type(a) is np.ndarray]
    buffers = call.buffers | (set() if call.tape is None else {id(root(v.value_)) for v, *_ in call.tape.reads.values()})
    roots = [root(a) for a in arrays]
    return {id(r): r.nbytes for r in roots if id(r) not in buffers}


def root(array: np.ndarray) -> np.ndarray:
    """The array that owns the memory."""
    while type(array.base) is np.ndarray:
        array = array.base
    return array


def save_budget(limit: int) -> Policy:
    """Keep what fits into so many bytes, over all calls of all functions that share this policy; the oldest calls run again.

    Raises:
        ValueError: a limit that is no positive number of bytes.

    >>> budget = tf.autodiff.save_budget(100 * 2**20)
    >>> layers = [tf.recompute_grad(lambda x: tf.tanh(x), policy=budget) for _ in range(3)]
    """
    if not isinstance(limit, int) or limit <= 0:
        raise ValueError(f"save_budget: limit must be a positive number of bytes, got {limit!r}")
    return Budget(limit)


# -- in a file --------------------------------------------------------------------------------------------------
class Offload(Policy):
    """Everything is kept, in a file."""

    def __init__(self, folder: Any, smallest: int):
        super().__init__()
        self.folder, self.smallest = folder, smallest

    def first(self, call: Any) -> Any:
        if not tapes_alone():
            return super().first(call)
        return taped(call, (self.pack, np.asarray))

    def pack(self, array: np.ndarray) -> Any:
        if array.nbytes < self.smallest or array.dtype.hasobject:
            return array
        import tempfile  # on first use, since few programs offload

        with tempfile.TemporaryFile(dir=self.folder) as file:  # the mapping outlives the name and the handle
            file.truncate(array.nbytes)
            mapped = np.memmap(file, dtype=array.dtype, mode="r+", shape=array.shape)
        mapped[...] = array
        return mapped


def offload(folder: Any = None, smallest: int = 1 << 16) -> Policy:
    """Keep everything, but arrays of at least `smallest` bytes in memory-mapped files without a name in `folder`.

    The system takes their pages out of memory when it needs room. The files go with the arrays.

    Raises:
        ValueError: no such folder.
    """
    if folder is not None and not os.path.isdir(folder):
        raise ValueError(f"offload: there is no folder {str(folder)!r}")
    return Offload(folder, smallest)
