"""Graph to callable; each executor is found by name and imported on first use."""

from __future__ import annotations

from typing import Any


def compile_graph(graph: Any) -> Any:
    """The plan of a graph, by the best executor that is there."""
    from .reference import compile_graph

    return compile_graph(graph)
