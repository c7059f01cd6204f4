"""`python -m gradtape compare SCRIPT`: the same script on TensorFlow and on gradtape, and what they print side by side."""

from __future__ import annotations

import difflib
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from . import install, keras_seam

PEERS = "GRADTAPE_PEERS"
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf|nan)(?!\w)")
WIDTH = 48


@dataclass
class Run:
    """A finished run: what it printed, its seconds, and its peak memory in MiB where the system tells."""

    name: str
    status: int
    lines: list[str]
    errors: str
    seconds: float
    memory: float | None


class Row(NamedTuple):
    """A line of either output (None where the other has none), and the largest relative difference of its numbers."""

    there: str | None
    here: str | None
    difference: float | None


def main(words: list[str], peer: str | None, tolerance: float, as_json: bool) -> int:
    """0 if the numbers agree, 1 if not, 2 if a run failed or there is no TensorFlow to compare with."""
    python = peer or os.environ.get(PEERS)
    if not python or shutil.which(python) is None:
        asked = f"no Python at {python}" if python else f"name the Python that has TensorFlow: --with PYTHON, or {PEERS}"
        sys.stderr.write(f"gradtape compare: {asked}.\n")
        return 2
    sys.stderr.write(f"gradtape compares: {words[0]} on TensorFlow ({python}), then on gradtape.\n")
    runs = [
        run("TensorFlow", [python, *words], peer_environment()),
        run("gradtape", [sys.executable, "-m", "gradtape", "run", *words], None),
    ]
    failed = [r for r in runs if r.status]
    rows = aligned(runs[0].lines, runs[1].lines)
    agree = all(row.difference is not None and row.difference <= tolerance for row in rows if has_numbers(row))
    if as_json:
        print(json.dumps({"runs": [asdict(r) for r in runs], "lines": [row._asdict() for row in rows], "agree": agree}, indent=1))
    else:
        show(rows, runs, tolerance)
    for r in failed:
        sys.stderr.write(f"{r.name} left with status {r.status}:\n{r.errors}")
    return 2 if failed else int(not agree)


def peer_environment() -> dict[str, str]:
    """This environment without what leads to gradtape, and without TensorFlow's chatter."""
    kept = {k: v for k, v in os.environ.items() if k not in ("KERAS_BACKEND", "PYTHONHOME")}
    ours = (keras_seam.FOLDER, install.ROOT)
    path = [entry for entry in kept.pop("PYTHONPATH", "").split(os.pathsep) if entry and os.path.realpath(entry) not in ours]
    return {**kept, "TF_CPP_MIN_LOG_LEVEL": "3", **({"PYTHONPATH": os.pathsep.join(path)} if path else {})}


def run(name: str, command: Sequence[str], environment: dict[str, str] | None) -> Run:
    """Runs a command to its end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
        status, memory = wait(process)
        seconds = time.perf_counter() - start
        out.seek(0)
        errors.seek(0)
        return Run(name, status, out.read().splitlines(), errors.read(), seconds, memory)


def wait(process: subprocess.Popen) -> tuple[int, float | None]:
    """The exit status and the peak memory in MiB; Windows does not tell the second."""
    if sys.platform == "win32":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return process.returncode, usage.ru_maxrss / unit


# -- comparing --------------------------------------------------------------------------------------------------------
def aligned(there: list[str], here: list[str]) -> list[Row]:
    """The lines of both, matched by what is left when numbers are taken out."""
    shapes = [[NUMBER.sub("#", line) for line in lines] for lines in (there, here)]
    rows: list[Row] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, *shapes, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [Row(x, y, difference(x, y)) for x, y in zip(there[a:b], here[c:d], strict=True)]
        else:
            rows += [Row(x, None, None) for x in there[a:b]] + [Row(None, y, None) for y in here[c:d]]
    return rows


def difference(there: str, here: str) -> float:
    """The largest relative difference between the numbers of two lines."""
    pairs = zip(NUMBER.findall(there), NUMBER.findall(here), strict=True)
    return max((relative(float(x), float(y)) for x, y in pairs), default=0.0)


def relative(x: float, y: float) -> float:
    if x == y or (math.isnan(x) and math.isnan(y)):
        return 0.0
    if not (math.isfinite(x) and math.isfinite(y)):
        return math.inf
    return abs(x - y) / max(abs(x), abs(y))


def has_numbers(row: Row) -> bool:
    return any(line is not None and NUMBER.search(line) for line in (row.there, row.here))


# -- showing ----------------------------------------------------------------------------------------------------------
def show(rows: list[Row], runs: list[Run], tolerance: float) -> None:
    shown = [row for row in rows if has_numbers(row)]
    width = min(WIDTH, max([len(row.there or "") for row in shown] + [len("TensorFlow")]))
    print(f"  {'TensorFlow':{width}}  {'gradtape':{width}}  relative difference")
    for row in shown:
        mark = " " if row.difference is not None and row.difference <= tolerance else "≠"
        told = "only one side prints it" if row.difference is None else f"{row.difference:.1e}" if row.difference else "0"
        print(f"{mark} {cut(row.there, width)}  {cut(row.here, width)}  {told}")
    print(f"\n  {'':12}{'TensorFlow':>12}{'gradtape':>12}{'ratio':>8}")
    print(figures("time", "s", [r.seconds for r in runs]))
    print(figures("peak memory", "MiB", [r.memory for r in runs]))


def cut(line: str | None, width: int) -> str:
    text = line or ""
    return f"{text if len(text) <= width else text[: width - 1] + '…':{width}}"


def figures(name: str, unit: str, values: list[Any]) -> str:
    if None in values:
        return f"  {name:12}{'not told by this system':>24}"
    there, here = (f"{value:.1f} {unit}" for value in values)
    return f"  {name:12}{there:>12}{here:>12}{values[1] / values[0]:8.2f}"
