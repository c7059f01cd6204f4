"""Saved-value hooks: what a tape keeps goes through `pack`, and comes back through `unpack`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import ref

import numpy as np

from ..core.context import current, replace_levels
from .tape import GradientTape


class Packed:
    """What stands for an array in a record."""

    __slots__ = ("content", "packer", "facts")

    def __init__(self, content: Any, packer: Packer, array: np.ndarray):
        self.content, self.packer = content, packer
        self.facts = array.shape, array.dtype


class Packer:
    """The two hooks; an array that several records keep is packed once."""

    def __init__(self, pack: Callable, unpack: Callable):
        self.pack, self.unpack = pack, unpack
        self.known: dict[int, tuple[ref, Packed]] = {}

    def packed(self, value: Any) -> Any:
        if type(value) is not np.ndarray:
            return value
        found = self.known.get(id(value))
        if found is not None and found[0]() is value:
            return found[1]
        out = Packed(self.pack(value), self, value)
        self.known[id(value)] = ref(value), out
        return out

    def unpacked(self, packed: Packed) -> np.ndarray:
        array = self.unpack(packed.content)
        shape, dtype = packed.facts
        if not isinstance(array, np.ndarray) or array.shape != shape or array.dtype != dtype:
            got = f"{array.dtype}{list(array.shape)}" if isinstance(array, np.ndarray) else type(array).__name__
            raise TypeError(f"saved_value_hooks: {named(self.unpack)} returned {got} for a saved {dtype}{list(shape)}")
        return array.view(np.ndarray)


def named(hook: Callable) -> str:
    code = getattr(hook, "__code__", None)
    name = getattr(hook, "__qualname__", repr(hook))
    return name if code is None else f"{name} ({code.co_filename}:{code.co_firstlineno})"


class PackedRecords(list):
    """Records whose slices, which the sweep reads, are unpacked."""

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        if type(key) is slice:
            return [x.packer.unpacked(x) if type(x) is Packed else x for x in found]
        return found


@contextmanager
def packing(tape: GradientTape, pack: Callable, unpack: Callable) -> Iterator[None]:
    """What the tape saves inside goes through `pack(array)`; the sweep gets `unpack(packed)`, which must be as the array was.

    For keeping saved values compressed, in another precision, or on disk.

    Raises:
        TypeError: hooks that are no functions; in the sweep, an `unpack` that gives another shape or dtype.

    >>> import zlib
    >>> x = tf.ones([100])
    >>> with tf.GradientTape() as tape, tape.saved_value_hooks(
    ...     lambda a: zlib.compress(a.tobytes()), lambda b: np.frombuffer(zlib.decompress(b), "f4")
    ... ):
    ...     tape.watch(x)
    ...     y = tf.reduce_sum(x * x)
    >>> float(tf.reduce_sum(tape.gradient(y, x)))
    200.0
    """
    for name, hook in (("pack", pack), ("unpack", unpack)):
        if not callable(hook):
            raise TypeError(f"saved_value_hooks: {name} must be a function, got {type(hook).__name__}")
    if type(tape.records) is list:
        tape.records = PackedRecords(tape.records)
    before, tape.packer = tape.packer, Packer(pack, unpack)
    refreshed(tape, False)
    try:
        yield
    finally:
        tape.packer = before
        refreshed(tape, before is None)


def refreshed(tape: GradientTape, lone: bool) -> None:
    """Generated functions write into the tape, or leave it to the careful path."""
    tape.can_be_lone = lone
    context = current()
    if context is not None:
        replace_levels(context.levels, context.site, context.state)


GradientTape.saved_value_hooks = packing  # type: ignore[attr-defined]
