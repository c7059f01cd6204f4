"""trace_on, trace_export, trace_off: the graphs of the compiled functions that run in between."""

from __future__ import annotations

from typing import Any

from ..autodiff.sources import logger
from ..core.tensor import constant
from ..function import Collected
from ..graph.afterwards import present_trace
from . import board
from .experimental import tag_of
from .graphs import graph_def
from .kinds import write
from .state import STATE

PLUGIN = "graph_run_metadata_graph"


def trace_on(graph: bool = True, profiler: bool = False, profiler_outdir: Any = None) -> None:
    """From here on the graphs of the functions that are called are remembered, for `trace_export`.

    Args:
        graph: False: remember nothing.
        profiler: gradtape has no profiler of its own; asking for it says what to use.

    >>> f = tf.function(lambda x: x * x)
    >>> tf.summary.trace_on()
    >>> y = f(tf.constant(3.0))
    >>> tf.summary.trace_export("square", step=0)  # no writer
    >>> tf.summary.trace_off()
    """
    if present_trace() is not None:
        logger().warning("tf.summary.trace_on: Cannot enable trace inside a tf.function.")
    elif Collected.on:
        logger().warning("tf.summary.trace_on: Trace already enabled")
    else:
        if profiler:
            logger().warning(
                "tf.summary.trace_on: there is no profiler here; Python's see the whole program (cProfile, py-spy), and "
                "f.explain() tells what a function was compiled to."
            )
        Collected.begin(graph)


def trace_export(name: str, step: Any = None, profiler_outdir: Any = None) -> None:
    """Write the graphs of the functions that were called since `trace_on` to the default writer, and end the trace.

    Raises:
        ValueError: there was no `trace_on`; a writer and no step.
    """
    if present_trace() is not None:
        logger().warning("tf.summary.trace_export: Cannot export trace inside a tf.function.")
        return
    if not Collected.on:
        raise ValueError("Must enable trace before export through tf.summary.trace_on.")
    if STATE.get().writer is not None:
        write(tag_of(name, "trace"), lambda: constant(run_metadata()), step, board.plugin_metadata(PLUGIN, b"1"))
    trace_off()


def run_metadata() -> bytes:
    found = board.protos().RunMetadata()
    for graph in Collected.graphs():
        found.function_graphs.add().pre_optimization_graph.CopyFrom(graph_def(graph))
    return found.SerializeToString()


def trace_off() -> None:
    """End the trace and forget what it found."""
    Collected.end()
