"""From graphs to callables: the executors, found by name and loaded on first use."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..control import region
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
    if not is_sized(graph):
        return reference.compile_graph(graph)
    return executor().compile_graph(simplified(graph))


region.prepare = prepared  # how the regions of control flow run
