"""The native executor: a graph as machine code, where llvmlite is installed.

GRADTAPE_NATIVE=0 switches it off, GRADTAPE_ONEDNN=0, GRADTAPE_LIBMVEC=0, GRADTAPE_GOMP=0 and GRADTAPE_CACHE=0 its parts;
GRADTAPE_KEEP_MEMORY=0 gives freed memory back to the system at once.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from typing import Any

from ...graph.ir import Graph
from .. import reference
from . import memory

memory.keep_freed()  # for eager code as well: its large results come and go with each step


def missing() -> str | None:
    """Why there is no native executor: a sentence, or None where there is one."""
    if os.environ.get("GRADTAPE_NATIVE", "1") in ("", "0"):
        return "switched off by GRADTAPE_NATIVE=0"
    if sys.maxsize < 2**32:
        return "it needs a 64-bit Python"
    if importlib.util.find_spec("llvmlite") is None:
        return "llvmlite is not installed: pip install llvmlite"
    return None


def compile_graph(graph: Graph) -> Any:
    """A plan in machine code; NumPy's kernels where it is missing."""
    if missing() is not None:
        return reference.compile_graph(graph)
    library = importlib.import_module(f"{__name__}.library")
    found = library.addresses()
    loops = importlib.import_module(f"{__name__}.loops")
    return importlib.import_module(f"{__name__}.plan").Plan(graph, found, loops.lowering(found, library.lower if found else None))
