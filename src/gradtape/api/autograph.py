"""tf.autograph: how Python's control flow becomes operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..autograph.convert import source_of, to_graph
from . import autograph_experimental as experimental


def set_verbosity(level: int, alsologtostdout: bool = False) -> None:
    """How much is said about conversions: 0 is silence, 1 and more also the reasons why something was not converted.

    >>> tf.autograph.set_verbosity(0)
    """
    import logging

    logging.getLogger("gradtape").setLevel(logging.ERROR if level == 0 else logging.INFO)


def to_code(entity: Callable[..., Any], recursive: bool = True, experimental_optional_features: Any = None) -> str:
    """The code that a function becomes.

    >>> def f(x):
    ...     return x
    >>> type(tf.autograph.to_code).__name__
    'function'
    """
    return source_of(entity)


def trace(*args: Any) -> None:
    """Print the arguments, once for each trace."""
    print(*args)


__all__ = ["experimental", "set_verbosity", "to_code", "to_graph", "trace"]
