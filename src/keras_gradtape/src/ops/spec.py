"""Shapes of what Keras code returns for symbolic arguments.

The code runs once on values without numbers, whose unknown extents have names, and gradtape's rules for shapes follow it; nothing
is computed. Code that cannot go on without an extent, because Python counts up to it or compares it, runs twice more with sizes
put in, still without numbers; what changes with the sizes is unknown in the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from keras.src import tree
from keras.src.backend.common import KerasTensor, StatelessScope, SymbolicScope

import gradtape as tf

from .conversion import NATIVE

# What stands for an unknown batch, and for any other unknown extent. The sizes divide often, as strides want.
NAMES = ("batch", "n")
SIZES = ((4, 64), (6, 96))
# What Python and the rules for shapes raise where they need a number
UNDECIDED = (TypeError, ValueError, AttributeError, NotImplementedError, tf.errors.OpError)


def compute_output_spec(fn: Callable, *args: Any, **kwargs: Any) -> Any:
    """What fn returns, with KerasTensors in place of tensors."""
    given = [x for x in tree.flatten((args, kwargs)) if isinstance(x, KerasTensor)]

    def described(*symbols: tf.Tensor) -> Any:
        left = iter(symbols)
        filled: Any = tree.map_structure(lambda x: next(left) if isinstance(x, KerasTensor) else x, (args, kwargs))
        return tree.map_structure(spec_of, fn(*filled[0], **filled[1]))

    with StatelessScope(), SymbolicScope():
        try:
            return inferred(described, given)
        except tf.errors.OpError as error:  # Keras makes another error of this class, from a message alone
            raise ValueError(error.message).with_traceback(error.__traceback__) from None


def inferred(described: Callable, given: Sequence[KerasTensor]) -> Any:
    try:
        return traced(described, given, NAMES)
    except UNDECIDED as error:
        if all(None not in x.shape for x in given):
            raise
        refusal = error
    try:
        return with_sizes(described, given, SIZES)
    except UNDECIDED as error:
        batch = known_batch(given)
        if batch is None:  # a rule's words name no sizes that nobody gave
            raise (refusal if isinstance(refusal, tf.errors.OpError) else error) from None
    return with_sizes(described, given, [(batch, other) for _, other in SIZES])


def with_sizes(described: Callable, given: Sequence[KerasTensor], sizes: Sequence[Sequence[int]]) -> Any:
    return tree.map_structure(agreed, *[traced(described, given, pair) for pair in sizes])


def known_batch(given: Sequence[KerasTensor]) -> int | None:
    """The first extent, where some of the tensors have it and the others do not say."""
    extents = {x.shape[0] for x in given if x.shape}
    known = extents - {None}
    return known.pop() if None in extents and len(known) == 1 else None


def traced(described: Callable, given: Sequence[KerasTensor], unknown: Sequence[Any]) -> Any:
    return tf.experimental.eval_shape(described, *[(extents(x, unknown), x.dtype) for x in given])


def extents(x: KerasTensor, unknown: Sequence[Any]) -> list[Any]:
    return [unknown[min(axis, 1)] if n is None else n for axis, n in enumerate(x.shape)]


def spec_of(x: Any) -> Any:
    return KerasTensor(tuple(x.shape), x.dtype.name) if isinstance(x, NATIVE) else x


def agreed(x: Any, again: Any) -> Any:
    """A spec, without the extents that are others in the second."""
    if not isinstance(x, KerasTensor):
        return x
    return KerasTensor([n if n == m else None for n, m in zip(x.shape, again.shape, strict=True)], x.dtype)
