"""Gives the tape its readers, and `gradient` its voice. What they do stands in the modules that they load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..autodiff.tape import GradientTape
from ..autodiff.unconnected import Reports
from .lazy import load

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from .explain import Explanation
    from .memory import Memory
    from .outline import Summary


def explain(self: GradientTape, target: Any, source: Any) -> Explanation:
    """Why `target` has a gradient with respect to `source`, or where the path between them is cut.

    Works before and after `gradient`. The result prints as a sentence with the file, the line and what to write instead; its
    fields `cause`, `file`, `line`, `text`, `mend` and `path` hold the same.

    Raises:
        ValueError: a target or source that is no tensor or variable.

    >>> x = tf.Variable(2.0)
    >>> with tf.GradientTape() as tape:
    ...     y = tf.cast(tf.cast(x, tf.int32), tf.float32) * 3.0
    >>> tape.explain(y, x).cause
    'cast'
    """
    return load("explain").explain(self, target, source)


def memory(self: GradientTape) -> Memory:
    """What the tape keeps alive for the backward sweep: bytes by line, operation and variable, the peak, and a hint.

    Ask before `gradient`, which lets the values go (a persistent tape keeps them).

    >>> w = tf.Variable(tf.ones([4, 2]))
    >>> with tf.GradientTape() as tape:
    ...     y = tf.exp(tf.matmul(tf.ones([8, 4]), w))
    >>> held = tape.memory()
    >>> held.total, held.by_operation
    (224, (('matmul', 160), ('exp', 64)))
    """
    return load("memory").memory(self)


def draw(self: GradientTape, file: str | os.PathLike, target: Any = None, cut: Explanation | None = None) -> Path:
    """Draw the tape into `file`, as its ending says: .html (fold, search, zoom), .svg or .dot.

    Args:
        file: where the picture goes.
        target: of a persistent tape: the edges show the norms of this tensor's gradients.
        cut: what `tape.explain` said; its path and the cut are drawn in red.

    Raises:
        ValueError: another ending; a target on a tape whose one set of gradients is taken.

    >>> import tempfile
    >>> x = tf.Variable(2.0)
    >>> with tf.GradientTape() as tape:
    ...     y = tf.exp(x) * x
    >>> tape.draw(tempfile.mkdtemp() + "/tape.svg").name
    'tape.svg'
    """
    return load("draw").draw(self, file, target, cut)


def summary(self: GradientTape, depth: int = 4) -> Summary:
    """The operations on the tape by module, function and line: how many, what they give, how much they keep.

    Args:
        depth: levels of the tree that are shown.

    >>> x = tf.Variable([1.0, 2.0], name="x")
    >>> with tf.GradientTape() as tape:
    ...     y = tf.reduce_sum(tf.exp(x))
    >>> print(str(tape.summary()).splitlines()[-1])
    2 operations, 1 sources, 8 B saved
    """
    return load("outline").summary(self, depth)


def repr_html(self: GradientTape) -> str:
    """In a notebook: the page, in a frame."""
    return load("draw").repr_html(self)


def tell_unconnected(tape: GradientTape, target: Any, sources: list[Any], found: list[Any]) -> None:
    if Reports.unconnected != "silent" or tape.strict:
        load("voice").tell_unconnected(tape, target, sources, found)


def suspected(tape: GradientTape) -> str:
    return load("blame").suspected(tape)


def tell_hidden(tape: GradientTape, place: str) -> None:
    load("voice").tell_hidden(tape, place)


GradientTape.explain = explain  # type: ignore[attr-defined]
GradientTape.memory = memory  # type: ignore[attr-defined]
GradientTape.draw = draw  # type: ignore[attr-defined]
GradientTape.summary = summary  # type: ignore[attr-defined]
GradientTape._repr_html_ = repr_html  # type: ignore[attr-defined]
Reports.explain = tell_unconnected
Reports.suspect = suspected
Reports.hidden = tell_hidden
