"""Named stretches of a tape: the modules of a drawing."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ..autodiff.tape import GradientTape
from ..core.context import levels


class region:
    """`with tf.debugging.region("encoder"):` names what is recorded inside; drawings and summaries show it as a box.

    Keras layers do this by themselves.

    >>> x = tf.Variable(2.0)
    >>> with tf.GradientTape() as tape:
    ...     with tf.debugging.region("wave"):
    ...         y = tf.sin(x)
    >>> "wave" in str(tape.summary())
    True
    """

    __slots__ = ("name", "opened")
    name: str

    def __init__(self, name: str):
        self.name = name
        self.opened: list[Any] = []

    def __enter__(self) -> region:
        for level in levels():
            if isinstance(level, GradientTape):
                entry = [self.name, len(level.records), None]
                level.margin.regions.append(entry)
                self.opened.append((level, entry))
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for tape, entry in self.opened:
            entry[2] = len(tape.records)
        self.opened = []
