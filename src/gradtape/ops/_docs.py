"""The docstrings of one-line operations."""

from __future__ import annotations


def says(line: str, call: str = "", shown: str = "", note: str = "") -> str:
    """One line, a note, and an example with what Python shows for it."""
    example = f">>> {call}\n{shown}" if call else ""
    return "\n\n".join(part for part in (line, note, example) if part)
