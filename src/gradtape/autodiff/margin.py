"""What a tape writes in its margin: nothing that the sweep needs, only what `explain` and drawings ask for."""

from __future__ import annotations

from typing import Any

from ..core.context import Site, new_id, site_outside
from ..core.dispatch import RING
from ..core.variable import Variable


class Margin:
    """Made by the first note; most tapes have none."""

    __slots__ = ("forgotten", "regions", "unread", "watches", "writes")

    def __init__(self) -> None:
        self.unread: list[Any] = []  # readings that are not tracked: id of the variable, identity, ...
        self.writes: list[Any] = []  # assignments: (id of the variable, identity of the value, identity of the moment, site)
        self.watches: dict[int, tuple[int, Site]] = {}  # identity or id of a variable -> (its identity before, the site of watch)
        self.regions: list[list[Any]] = []  # named stretches of the records: [name, start, end]
        self.forgotten: tuple[set[Any], Site] | None = None  # what reset() dropped: (identities, the site of the call)

    def note_reading(self, variable: Variable, identity: int) -> int:
        self.unread += (id(variable), identity)
        if len(self.unread) > RING:
            del self.unread[: RING // 2]
        return identity

    def note_write(self, variable: Variable, identity: int) -> None:
        if identity:
            self.writes.append((id(variable), identity, -new_id(), site_outside()))
            if len(self.writes) > RING:
                del self.writes[: RING // 2]
