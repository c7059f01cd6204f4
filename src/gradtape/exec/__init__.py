"""From graphs to callables: the executors, found by name and loaded on first use."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..control import region
from ..control.thrift import thrifty
from ..graph.ir import Graph
from ..graph.passes import simplified
from ..graph.sizes import is_sized
from . import reference


@cache
def executor() -> Any:
    """What compiles graphs: machine code where its parts are there and GRADTAPE_NATIVE is not 0, else NumPy's kernels."""
    if os.environ.get("GRADTAPE_NATIVE", "1") == "0" or find_spec("gradtape.exec.native") is None:
        return reference
    return import_module("gradtape.exec.native")


def prepared(graph: Graph) -> Any:
    """The plan of a graph; one whose extents depend on data runs its kernels."""
    shown("graph", graph)
    if not is_sized(graph):
        return reference.compile_graph(graph)
    graph = thrifty(simplified(graph))
    shown("passes", graph)
    plan = executor().compile_graph(graph)
    shown("plan", "\n".join(plan.describe().steps))
    return plan


def shown(what: str, text: Any) -> None:
    """Print it where GRADTAPE_DEBUG asks for it: graph, plan, llvm (which the native executor prints)."""
    if what in os.environ.get("GRADTAPE_DEBUG", "").split(","):
        print(f"-- {what}\n{text}", file=sys.stderr)


region.prepare = prepared  # how the regions of control flow run
