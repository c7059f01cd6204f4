"""tf.summary.experimental: the default step, and summaries that are messages already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from ..core.errors import DataLossError
from ..core.names import current_scope, name_scope
from ..core.tensor import convert_to_tensor
from . import board
from .stage import put
from .state import STATE, change

NOT_IN_SCOPES = re.compile(r"[^-_/.A-Za-z0-9]")


def get_step() -> Any:
    """The default step of this thread: what `set_step` or a writer's `as_default(step)` set, else None."""
    return STATE.get().step


def set_step(step: Any) -> None:
    """The step of summaries that give none: an integer, or a variable that is read each time.

    >>> tf.summary.experimental.set_step(7)
    >>> tf.summary.experimental.get_step()
    7
    >>> tf.summary.experimental.set_step(None)
    """
    change("step", step)


@contextmanager
def summary_scope(name: str, default_name: str = "summary", values: Any = None) -> Iterator[tuple[str, str]]:
    """A name scope for an operation that writes a summary; gives the tag, with the scopes around, and the scope.

    >>> with tf.name_scope("encoder"), tf.summary.experimental.summary_scope("my summary") as (tag, scope):
    ...     print(tag, scope)
    encoder/my summary encoder/mysummary/
    """
    tag = tag_of(name, default_name)
    with name_scope(NOT_IN_SCOPES.sub("", name or default_name) or default_name) as scope:
        yield tag, scope


def tag_of(name: str | None, default_name: str) -> str:
    """The tag of a summary: its name behind the scopes around it.

    Raises:
        TypeError: a name that is no string.
    """
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tf.summary: name must be a string, got {name!r}")
    return current_scope.get() + (name or default_name)


def write_raw_pb(tensor: Any, step: Any = None, name: str | None = None) -> Any:
    """Write serialized `Summary` messages, a string tensor.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        DataLossError: no such message.
        ValueError: there is a writer and no step.
    """
    return put([convert_to_tensor(tensor)], RAW, "write_raw_pb", step, b"")


class Raw:
    """Writes messages as they are."""

    def __call__(self, writer: Any, tag: str, step: int, metadata: Any, values: np.ndarray) -> None:
        for k, data in enumerate(np.array(values, object).ravel()):
            try:
                summary = board.protos().Summary.FromString(data)
            except board.protos().DecodeError:
                raise DataLossError(None, None, f"write_raw_pb: string {k} is no serialized Summary message") from None
            writer.add_summary(summary, step)


RAW = Raw()
