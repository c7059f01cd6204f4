"""Facets that a body in ordinary operations implies.

Tapes, accumulators and batches run the body where a fused operation lacks their rule (`core.dispatch.bind`); what is left
to derive is the shape facet, by tracing the body.
"""

from __future__ import annotations

from ..core.primitive import REGISTRY
from .trace import shape_of_body


def derive() -> None:
    """Complete every fused operation."""
    for primitive in REGISTRY.values():
        if primitive.body is not None and primitive.shape_rule is None:
            primitive.shape_rule = shape_of_body(primitive)


derive()
