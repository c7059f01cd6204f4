"""tf.image: non-maximum suppression."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._arguments import whole_number
from ..ops.array import pad, stack
from ..ops.basic import cast, reshape
from ..ops.detection import suppress_boxes, suppress_overlaps


@library
def non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    name: str | None = None,
) -> Tensor:
    """The numbers of at most `max_output_size` boxes [y1, x1, y2, x2], the best first, none overlapping a better one much.

    The overlap is the intersection over the union; equal scores go to the first.

    Raises:
        InvalidArgumentError: shapes that do not fit, a negative size, an iou_threshold outside [0, 1].

    >>> boxes = [[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.1], [0.0, 2.0, 1.0, 3.0]]
    >>> tf.image.non_max_suppression(boxes, [0.6, 0.9, 0.3], 3).numpy()
    array([1, 2], dtype=int32)
    """
    return suppressed("non_max_suppression", boxes, scores, max_output_size, iou_threshold, score_threshold)[0]


@library
def non_max_suppression_with_scores(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    soft_nms_sigma: Any = 0.0,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The numbers and scores of the boxes that `tf.image.non_max_suppression` keeps.

    Args:
        soft_nms_sigma: above 0: boxes are not dropped, but their scores times exp(-overlap² / (2 sigma)) for each better box.

    >>> boxes = [[0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0]]
    >>> tf.image.non_max_suppression_with_scores(boxes, [0.5, 1.0], 2, soft_nms_sigma=0.5)[1].numpy().round(3)
    array([1.   , 0.184], dtype=float32)
    """
    op = "non_max_suppression_with_scores"
    return suppressed(op, boxes, scores, max_output_size, iou_threshold, score_threshold, soft_nms_sigma)


@library
def non_max_suppression_padded(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    pad_to_max_output_size: bool = False,
    name: str | None = None,
    sorted_input: bool = False,
    canonicalized_coordinates: bool = False,
    tile_size: int = 512,
) -> tuple[Tensor, Tensor]:
    """The numbers of the boxes that `tf.image.non_max_suppression` keeps, filled up with zeros, and how many they are.

    Boxes (..., n, 4) with leading axes are batches, and always filled up. The last three arguments change nothing but speed in
    TensorFlow, and nothing here.

    >>> tf.image.non_max_suppression_padded([[0.0, 0.0, 1.0, 1.0]], [0.9], 3, pad_to_max_output_size=True)[0].numpy()
    array([0, 0, 0], dtype=int32)
    """
    op = "non_max_suppression_padded"
    boxes, scores = to_tensor(boxes), to_tensor(scores)
    size = whole_number(max_output_size, op, "max_output_size")
    if boxes.ndim == 2:
        found = suppressed(op, boxes, scores, size, iou_threshold, score_threshold)[0]
        count = tensor(np.array(found.dims[0], np.int32))
        return (filled_up(found, size) if pad_to_max_output_size else found), count
    lead = boxes.dims[:-2]
    flat_boxes, flat_scores = reshape(boxes, (-1, *boxes.dims[-2:])), reshape(scores, (-1, scores.dims[-1]))
    each = [
        suppressed(op, flat_boxes[k], flat_scores[k], size, iou_threshold, score_threshold)[0] for k in range(flat_boxes.dims[0])
    ]
    counts = np.array([found.dims[0] for found in each], np.int32).reshape(lead)
    return reshape(stack([filled_up(found, size) for found in each], 0), (*lead, size)), tensor(counts)


def filled_up(found: Any, size: int) -> Any:
    return pad(found, [[0, size - found.dims[0]]])


@library
def non_max_suppression_overlaps(
    overlaps: Any,
    scores: Any,
    max_output_size: Any,
    overlap_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    name: str | None = None,
) -> Tensor:
    """`tf.image.non_max_suppression` from a matrix of overlaps.

    >>> tf.image.non_max_suppression_overlaps([[1.0, 0.6], [0.6, 1.0]], [0.2, 0.3], 2).numpy()
    array([1], dtype=int32)
    """
    op = "non_max_suppression_overlaps"
    size = checked_size(op, max_output_size)
    limits = {"overlap": float(overlap_threshold), "score": float(score_threshold)}
    return suppress_overlaps(cast(to_tensor(overlaps), np.float32), cast(to_tensor(scores), np.float32), count=size, **limits)


def suppressed(op: str, boxes: Any, scores: Any, size: Any, overlap: Any, score: Any, sigma: Any = 0.0) -> Any:
    overlap, score, sigma = float(overlap), float(score), float(sigma)
    if not 0.0 <= overlap <= 1.0:
        raise invalid(op, f"{op}: iou_threshold must be in [0, 1], got {overlap}")
    if sigma < 0.0:
        raise invalid(op, f"{op}: soft_nms_sigma must be at least 0, got {sigma}")
    return suppress_boxes(
        to_tensor(boxes), to_tensor(scores), count=checked_size(op, size), overlap=overlap, score=score, sigma=sigma
    )


def checked_size(op: str, size: Any) -> int:
    count = whole_number(size, op, "max_output_size")
    if count < 0:
        raise invalid(op, f"{op}: output size must be non-negative, got {count}")
    return count


# -- all classes together ---------------------------------------------------------------------------------------------------
class CombinedNonMaxSuppression(NamedTuple):
    """What `tf.image.combined_non_max_suppression` gives."""

    nmsed_boxes: Any
    nmsed_scores: Any
    nmsed_classes: Any
    valid_detections: Any


@library
def combined_non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size_per_class: Any,
    max_total_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    pad_per_class: bool = False,
    clip_boxes: bool = True,
    name: str | None = None,
) -> CombinedNonMaxSuppression:
    """Suppression in each class for itself, then the best of all classes, filled up with zeros.

    Args:
        boxes: (batch, n, q, 4), q the number of classes or 1 where all share their boxes.
        scores: (batch, n, classes).
        pad_per_class: fill up to max_output_size_per_class * classes at most, instead of max_total_size.
        clip_boxes: hold the boxes in [0, 1].

    Raises:
        InvalidArgumentError: shapes that do not fit, sizes below 1, an iou_threshold outside [0, 1].

    >>> boxes = [[[[0.0, 0.0, 1.0, 1.0]], [[0.0, 0.0, 1.0, 0.9]]]]
    >>> found = tf.image.combined_non_max_suppression(boxes, [[[0.9, 0.1], [0.8, 0.3]]], 1, 2)
    >>> found.nmsed_scores.numpy(), found.nmsed_classes.numpy()
    (array([[0.9, 0.3]], dtype=float32), array([[0., 1.]], dtype=float32))
    """
    op = "combined_non_max_suppression"
    places, values = cast(to_tensor(boxes), np.float32).numpy(), cast(to_tensor(scores), np.float32).numpy()
    check_combined(op, places, values)
    per_class, total = checked_size(op, max_output_size_per_class), checked_size(op, max_total_size)
    if min(per_class, total) < 1:
        raise invalid(op, f"{op}: max_output_size_per_class and max_total_size must be > 0, got {per_class} and {total}")
    rows = min(total, per_class * values.shape[2]) if pad_per_class else total
    limits = (per_class, iou_threshold, score_threshold)
    pictures = [best_of_classes(op, b, s, limits, rows, clip_boxes) for b, s in zip(places, values, strict=True)]
    return CombinedNonMaxSuppression(*(tensor(np.stack(column)) for column in zip(*pictures, strict=True)))


def check_combined(op: str, places: np.ndarray, values: np.ndarray) -> None:
    if places.ndim != 4 or places.shape[3] != 4:
        raise invalid(op, f"{op}: boxes must have the shape [batch, n, q, 4], got {list(places.shape)}")
    if values.ndim != 3 or values.shape[:2] != places.shape[:2]:
        raise invalid(
            op, f"{op}: scores must have the shape [batch, n, classes], got {list(values.shape)} for boxes {list(places.shape)}"
        )
    if places.shape[2] not in (1, values.shape[2]):
        raise invalid(op, f"{op}: third dimension of boxes must be either 1 or {values.shape[2]}, got {places.shape[2]}")


def best_of_classes(
    op: str, boxes: np.ndarray, scores: np.ndarray, limits: tuple[Any, ...], rows: int, clip: bool
) -> tuple[np.ndarray, ...]:
    per_class, overlap, score = limits
    found = []
    for c in range(scores.shape[1]):
        own = boxes[:, min(c, boxes.shape[1] - 1)]
        kept, values = suppressed(op, tensor(own), tensor(scores[:, c].copy()), per_class, overlap, score)
        found += [(-v, c, own[k]) for k, v in zip(kept.numpy(), values.numpy(), strict=True)]
    found = sorted(found, key=lambda entry: entry[0])[:rows]
    out = np.zeros((rows, 4), np.float32), np.zeros(rows, np.float32), np.zeros(rows, np.float32)
    for k, (negative, c, box) in enumerate(found):
        out[0][k], out[1][k], out[2][k] = np.clip(box, 0.0, 1.0) if clip else box, -negative, c
    return *out, np.array(len(found), np.int32)
