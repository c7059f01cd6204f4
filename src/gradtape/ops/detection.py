"""Layer 4: which boxes stay, where their outlines are, a random crop: whole numbers, which have no derivative."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Spec
from ._boxes import Limits, outlines, overlaps_of, random_crop, suppressed
from ._data import unknown_extent
from ._declare import FLOATS, INTEGERS, primitive, publish
from .random import PHILOX, place_of

INT32, FLOAT32 = np.dtype(np.int32), np.dtype(np.float32)
NARROW = frozenset(map(np.dtype, (np.float16, np.float32)))


# -- suppression ------------------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=FLOATS, same=("boxes", "scores"), batch="loop", results=("indices", "kept"))
def suppress_boxes(boxes, scores, *, count, overlap, score, sigma=0.0):
    """Indices and scores of the boxes, the best first, that no better one overlaps more than `overlap` or weakens below `score`."""
    if boxes.ndim != 2 or boxes.shape[-1] != 4 or scores.shape != boxes.shape[:1]:
        raise ValueError("boxes are [n, 4], scores [n]")
    return suppressed(overlaps_of(boxes), scores, count, overlap, score, sigma)


@suppress_boxes.shape
def suppress_boxes_shape(boxes, scores, *, count, overlap, score, sigma):
    op = "non_max_suppression"
    if len(boxes.shape) != 2 or (isinstance(boxes.shape[1], int) and boxes.shape[1] != 4):
        raise invalid(op, f"{op}: boxes must be [num_boxes, 4], got {list(boxes.shape)}")
    if len(scores.shape) != 1 or (
        isinstance(scores.shape[0], int) and isinstance(boxes.shape[0], int) and scores.shape != boxes.shape[:1]
    ):
        raise invalid(op, f"{op}: scores has incompatible shape {list(scores.shape)} with boxes {list(boxes.shape)}")
    kept = unknown_extent("kept")
    return Spec((kept,), INT32), Spec((kept,), scores.dtype)


@primitive(differentiable=False, dtypes=FLOATS, same=("overlaps", "scores"), batch="loop")
def suppress_overlaps(overlaps, scores, *, count, overlap, score):
    """The same from a matrix of overlaps."""
    if overlaps.ndim != 2 or overlaps.shape != scores.shape * 2:
        raise ValueError("overlaps are [n, n], scores [n]")
    return suppressed(lambda i, js: overlaps[i, js], scores, count, overlap, score)[0]


@suppress_overlaps.shape
def suppress_overlaps_shape(overlaps, scores, *, count, overlap, score):
    op = "non_max_suppression_overlaps"
    if len(overlaps.shape) != 2 or len(scores.shape) != 1:
        raise invalid(op, f"{op}: overlaps must be [n, n] and scores [n], got {list(overlaps.shape)} and {list(scores.shape)}")
    if all(isinstance(n, int) for n in (*overlaps.shape, *scores.shape)) and overlaps.shape != scores.shape * 2:
        raise invalid(op, f"{op}: overlaps must be square and fit scores, got {list(overlaps.shape)} and {list(scores.shape)}")
    return Spec((unknown_extent("kept"),), INT32)


# -- outlines -------------------------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=frozenset({FLOAT32}), batch="loop")
def box_outlines(boxes, *, height, width):
    """(batch, height, width): the number of the last box whose outline covers a pixel, -1 where there is none."""
    return outlines(boxes, height, width)


@box_outlines.shape
def box_outlines_shape(boxes, *, height, width):
    return Spec((boxes.shape[0], height, width), INT32)


# -- a random crop ----------------------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=INTEGERS, batch="loop")
def distorted_crop(objects, state, *, height, width, covered, ratios, areas, attempts):
    """[top, left, bottom, right] in pixels of a random crop that covers a share of some object ([n, 4], in pixels)."""
    limits = Limits(covered, ratios, areas, attempts)
    return np.array(random_crop(place_of(state, PHILOX), height, width, objects, limits), np.int32)


@distorted_crop.shape
def distorted_crop_shape(objects, state, **limits: Any):
    return Spec((4,), INT32)


publish(globals())

__all__ = ["box_outlines", "distorted_crop", "suppress_boxes", "suppress_overlaps"]
