"""TensorFlow's public names beside gradtape's: what is present, and why the rest is absent.

`absent.tsv` gives a reason for a name, or for all names that begin with it. `signatures.tsv` gives a reason for a function
whose parameter names differ from TensorFlow's.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import gradtape

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "data" / "tf_api_2.21.tsv"
MISSING = object()


class Name(NamedTuple):
    """A public name of TensorFlow: what it is there, its signature there, its value here (or MISSING)."""

    path: str
    kind: str
    signature: str
    value: Any

    @property
    def present(self) -> bool:
        return self.value is not MISSING


def names() -> list[Name]:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return [Name(path, kind, signature, value_of(path)) for path, kind, signature in rows]


def value_of(path: str) -> Any:
    value: Any = gradtape
    for part in path.split(".")[1:]:
        value = getattr(value, part, MISSING)
    return value


def reasons(file: str) -> dict[str, str]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line)


def reason_for(path: str, table: dict[str, str]) -> str | None:
    """The reason of the longest entry that is the name or one of its namespaces."""
    parts = path.split(".")
    entries = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((table[entry] for entry in entries if entry in table), None)


def parameters_there(signature: str) -> list[str]:
    """The parameter names in a signature as TensorFlow's table writes it."""
    depth, words, quoted = 0, [""], False
    for letter in signature[1:-1]:
        quoted ^= letter == "'"
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0 and not quoted:
            words.append("")
        else:
            words[-1] += letter
    return [word.split("=")[0].strip() for word in words if word.strip() and word.strip() not in ("self", "/", "*")]


def parameters_here(value: Any) -> list[str] | None:
    """The parameter names of a callable, None where Python does not tell."""
    try:
        found = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return None
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return [stars.get(p.kind, "") + p.name for p in found if p.name != "self"]


def different_signatures() -> Iterator[tuple[str, list[str], list[str]]]:
    """Functions that cannot be called as TensorFlow's: path, parameters there, parameters here."""
    for name in names():
        if name.present and name.kind in ("function", "method") and name.signature:
            there, here = parameters_there(name.signature), parameters_here(name.value)
            if here is not None and here[: len(there)] != there:
                yield name.path, there, here
