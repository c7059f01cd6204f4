"""What summaries go to: the default writer and step of this thread or task, and the condition under which they are written.

What stands outside a compiled function is looked up when the function runs, not when it is traced: the writer of the call, its
step, its condition. What the function sets itself belongs to its trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

import numpy as np

from ..core.tensor import Tensor, convert_to_tensor, is_tensor, tensor
from ..graph.afterwards import present_trace


class State(NamedTuple):
    writer: Any = None
    step: Any = None
    condition: Any = None
    traced: frozenset[str] = frozenset()  # those of the three that were set while a function was traced


NOTHING = State()
STATE: ContextVar[State] = ContextVar("gradtape_summary", default=NOTHING)


def change(name: str, value: Any) -> Any:
    """Put a value in place; the one that stood there."""
    state = STATE.get()
    traced = state.traced - {name} if present_trace() is None else state.traced | {name}
    STATE.set(state._replace(**{name: value, "traced": traced}))
    return getattr(state, name)


@contextmanager
def record_if(condition: Any) -> Iterator[None]:
    """Write summaries inside only where the condition is true.

    Args:
        condition: a bool, a scalar bool tensor, or a function that gives one and is called for each summary.

    >>> with tf.summary.record_if(lambda: step % 100 == 0):
    ...     pass
    """
    before = change("condition", condition)
    try:
        yield
    finally:
        change("condition", before)


def should_record_summaries() -> Tensor:
    """A bool tensor: is there a default writer, and does the condition of `record_if` hold?

    >>> tf.summary.should_record_summaries().numpy()
    np.False_
    """
    state = STATE.get()
    if state.writer is None:
        return tensor(np.array(False))
    return truth(state.condition)


def truth(condition: Any) -> Any:
    """The value of a condition now, a scalar bool tensor.

    Raises:
        TypeError: it is no bool.
        ValueError: it has several elements.
    """
    value = condition() if callable(condition) and not is_tensor(condition) else condition
    if value is None:
        return tensor(np.array(True))
    x = convert_to_tensor(value)
    if x.dtype.name != "bool":
        raise TypeError(f"tf.summary.record_if: the condition must be a bool or a function that gives one, got {value!r}")
    if x.ndim:
        raise ValueError(f"tf.summary.record_if: the condition must be a single bool, got one of the shape {list(x.dims)}")
    return x
