"""name_scope: prefixes for the names of variables."""

from __future__ import annotations

from contextvars import ContextVar, Token
from types import TracebackType

current_scope: ContextVar[str] = ContextVar("gradtape_name_scope", default="")


class name_scope:
    """Variables made inside have this prefix in their names; a name that ends in "/" begins at the root.

    >>> with tf.name_scope("encoder"):
    ...     v = tf.Variable(1.0, name="scale")
    >>> v.name
    'encoder/scale:0'
    """

    def __init__(self, name: str):
        if not isinstance(name, str):
            raise ValueError(f"name for name_scope must be a string, got {name!r}")
        self._name = name
        self._tokens: list[Token] = []

    @property
    def name(self) -> str:
        return self._name

    def __enter__(self) -> str:
        outer = current_scope.get()
        scope = self._name if self._name.endswith("/") else f"{outer}{self._name}/" if self._name else ""
        self._tokens.append(current_scope.set(scope))
        return scope

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        current_scope.reset(self._tokens.pop())


def scoped(name: str) -> str:
    return current_scope.get() + name
