"""python -m compare [ROW ...] [CONTENDER ...]: measures these rows (all), keeps their figures, writes the page and the plot in docs.

To be run in the folder benchmarks. GRADTAPE_PEERS is the interpreter that has TensorFlow, PyTorch and JAX. `page` as the only argument
writes the page from the figures that are there.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from . import page
from .rows import CONTENDERS, ROWS, THREADS, measured


def machine() -> dict[str, str]:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {"Processor:": f"{model}, {THREADS} threads;", "system:": f"{platform.system()} {platform.machine()}"}


def main(names: list[str]) -> None:
    chosen = [name for name in ROWS if name in names] if names else list(ROWS)
    contenders = [who for who in CONTENDERS if who in names] or list(CONTENDERS)
    for name in chosen:
        found = measured(name, contenders)
        print(name, found, flush=True)
        page.keep(name, found)
    if chosen:
        page.keep("machine", machine())
    page.write()


main(sys.argv[1:])
