"""The page of the docs that lists TensorFlow's public names, present and absent: a hook of mkdocs.

The list, the reasons and the comparison are those of tests/parity, which fails when a name is neither here nor explained.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.parity.names import Name, names, reason_for, reasons

PAGE = "reference/names.md"
HEAD = """# TensorFlow's names

All public names of TensorFlow {version} but those of Keras and of `tf.compat`, `tf.lite`, `tf.raw_ops`, `tf.tpu`: {present} of {all}
are here. `tf.keras` is Keras itself. A test holds this list against the library, and the parameter names of what is
present against TensorFlow's.
"""


def on_files(files: Any, config: Any) -> Any:
    """Adds the page to the files that mkdocs builds."""
    files.append(File.generated(config, PAGE, content=page()))
    return files


def page() -> str:
    found, absent = names(), reasons("absent.tsv")
    spaces: defaultdict[str, list[Name]] = defaultdict(list)
    for name in found:
        if name.kind not in ("method", "property"):
            spaces[name.path.rpartition(".")[0]].append(name)
    present = sum(name.present for names in spaces.values() for name in names)
    head = HEAD.format(version="2.21", present=present, all=sum(map(len, spaces.values())))
    return "\n".join([head, *(section(space, spaces[space], absent) for space in sorted(spaces))])


def section(space: str, members: list[Name], absent: dict[str, str]) -> str:
    """A namespace: what is present in one line, then the absent names by reason."""
    here = [name for name in members if name.present]
    lines = [f"## {space}", "", f"{len(here)} of {len(members)}.", ""]
    if here:
        lines += [listed(here), ""]
    by_reason: defaultdict[str, list[Name]] = defaultdict(list)
    for name in members:
        if not name.present:
            by_reason[reason_for(name.path, absent) or "absent"].append(name)
    rows = [f"| {reason} | {listed(group)} |" for reason, group in sorted(by_reason.items())]
    return "\n".join([*lines, *(["| absent, because | names |", "|---|---|", *rows, ""] if rows else [])])


def listed(group: list[Name]) -> str:
    return ", ".join(f"`{name.path.rpartition('.')[2]}`" for name in group)
