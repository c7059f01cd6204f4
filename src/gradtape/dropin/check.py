"""`python -m gradtape check`: what a program uses of TensorFlow, and whether gradtape has it, without running the program."""

from __future__ import annotations

import difflib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import gradtape

from . import explain_names, keras2, names_used

PRESENT, ABSENT, DIFFERENT, UNREADABLE = "present", "absent", "different", "unreadable"
SKIPPED = {".git", ".venv", "__pycache__", "node_modules", "site-packages", ".ipynb_checkpoints"}
MISSING = object()


class Finding(NamedTuple):
    """One name at one place; `cell` is 0 in a file that is no notebook."""

    file: str
    cell: int
    line: int
    name: str
    state: str
    advice: str = ""


def main(paths: list[str], as_json: bool = False, everything: bool = False) -> int:
    """Prints the findings; 2 if something could not be read, 1 if something is absent, else 0."""
    findings = [finding for path in paths for file in files(Path(path)) for finding in check_file(file)]
    shown = [f for f in findings if everything or f.state != PRESENT]
    if as_json:
        print(json.dumps([finding._asdict() for finding in shown], indent=1, ensure_ascii=False))
    else:
        for finding in shown:
            print(line_for(finding))
        sys.stderr.write(summary(findings) + "\n")
    states = {finding.state for finding in findings}
    return 2 if UNREADABLE in states else int(ABSENT in states)


def files(path: Path) -> Iterator[Path]:
    """The programs in a folder, in order; a file itself."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix in (".py", ".ipynb") and file.is_file() and not SKIPPED & set(file.relative_to(path).parts):
            yield file


def line_for(finding: Finding) -> str:
    place = f"{finding.file}:cell {finding.cell}:{finding.line}" if finding.cell else f"{finding.file}:{finding.line}"
    return f"{place}: {finding.state}: {finding.name}" + (f". {finding.advice}" if finding.advice else "")


def summary(findings: list[Finding]) -> str:
    names = Counter(state for _, state in {(f.name, f.state) for f in findings})
    read = len({f.file for f in findings})
    parts = [f"{names[state]} {state}" for state in (PRESENT, DIFFERENT, ABSENT) if names[state] or state != DIFFERENT]
    unread = f", {names[UNREADABLE]} unreadable" if names[UNREADABLE] else ""
    return f"{read} files that use TensorFlow; different names: {', '.join(parts)}{unread}."


def check_file(file: Path) -> Iterator[Finding]:
    """Every use in a file once a line."""
    seen, aliases = set(), {}
    try:
        for cell in names_used.cells(file):
            for use in names_used.uses(cell.text, aliases):
                for name, state, advice in judged(use):
                    finding = Finding(str(file), cell.number, use.line, name, state, advice)
                    if finding not in seen:
                        seen.add(finding)
                        yield finding
    except names_used.Unreadable as error:
        yield Finding(str(file), 0, 0, "", UNREADABLE, f"{error}.")


def judged(use: names_used.Use) -> Iterator[tuple[str, str, str]]:
    """The verdicts on a use: on the name, and on its keyword arguments."""
    if use.method:
        if use.name in keras2.METHODS:
            yield f"model.{use.name}", DIFFERENT, f"Keras 2's; write {keras2.METHODS[use.name]}."
        return
    if use.name in names_used.ROOTS.values():
        return
    yield (use.name, *verdict(use.name))
    for keyword in use.keywords:
        new = old_argument(use.name, keyword)
        if new is not None:
            yield f"{use.name}({keyword}=)", DIFFERENT, f"Keras 2's; write {new}."


def old_argument(name: str, keyword: str) -> str | None:
    if ".optimizers." in name and ".schedules." not in name:
        return keras2.OPTIMIZER_ARGUMENTS.get(keyword)
    if ".layers." in name and not name.endswith(("Embedding", "InputLayer")):
        return keras2.LAYER_ARGUMENTS.get(keyword)
    return None


@cache
def verdict(name: str) -> tuple[str, str]:
    """The state of a name, and what to write instead."""
    root, _, rest = name.partition(".")
    if root not in ("tf", "keras"):
        return ABSENT, explain_names.sentence_for(name) or ""
    value = root_module(root)
    if value is None:
        return ABSENT, "tf.keras is Keras, which is not installed: pip install 'gradtape[keras]'."
    reached = root
    for part in rest.split("."):
        if not isinstance(value, (ModuleType, type)):
            return PRESENT, ""  # an attribute of a value: not ours to judge
        inner = getattr(value, part, MISSING)
        if inner is MISSING:
            accepted = explain_names.sentence_for(name, "differences.tsv")
            if accepted:
                return DIFFERENT, accepted
            return ABSENT, absent_advice(name, reached, part, value)
        value, reached = inner, f"{reached}.{part}"
    different = explain_names.table("differences.tsv").get(name)
    return (DIFFERENT, different) if different else (PRESENT, "")


@cache
def root_module(root: str) -> Any:
    if root == "tf":
        return gradtape
    try:
        return import_module("keras")
    except ModuleNotFoundError:
        return None


def absent_advice(name: str, reached: str, part: str, value: Any) -> str:
    """The substitute, or the name that was perhaps meant."""
    known = explain_names.substitute(name) or explain_names.substitute(name.replace("keras.", "tf.keras.", 1))
    if known:
        return known
    close = difflib.get_close_matches(part, dir(value), 1, 0.8)
    return f"Perhaps {reached}.{close[0]} is meant." if close else "gradtape does not have it."
