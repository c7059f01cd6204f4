"""Boxes [y1, x1, y2, x2] on arrays: overlaps, suppression, outlines, random crops with TensorFlow's numbers."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ._distributions import uniform32
from ._philox import Philox, blocks_at

F = np.float32


# -- suppression ------------------------------------------------------------------------------------------------------
def overlaps_of(boxes: np.ndarray) -> Callable:
    """(i, js) -> the intersection of box i with boxes js over their union; 0 where a box has no area."""
    low, high = np.minimum(boxes[:, :2], boxes[:, 2:]), np.maximum(boxes[:, :2], boxes[:, 2:])
    area = np.prod(high - low, axis=1)

    def overlap(i: int, js: Any) -> np.ndarray:
        sides = np.maximum(np.minimum(high[i], high[js]) - np.maximum(low[i], low[js]), 0)
        shared = sides[:, 0] * sides[:, 1]
        union = area[i] + area[js] - shared
        return np.where((area[i] > 0) & (area[js] > 0), shared / np.where(union > 0, union, 1), 0)

    return overlap


def suppressed(
    overlap: Callable, scores: np.ndarray, count: int, overlap_threshold: float, score_threshold: float, sigma: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Indices and scores of boxes, the best first, none of which overlaps a better one by more than the threshold.

    With a sigma, a score sinks by exp(-overlap² / (2 sigma)) for each better box instead (Bodla et al., ICCV 2017); it is
    compared with the boxes chosen since it was last looked at.
    """
    queue = [(-score, k, 0) for k, score in enumerate(scores.tolist()) if score > score_threshold]
    heapq.heapify(queue)
    chosen: list[int] = []
    values: list[float] = []
    while queue and len(chosen) < count:
        negative, k, seen = heapq.heappop(queue)
        score, gone = F(-negative), False
        if len(chosen) > seen:
            found = overlap(k, np.array(chosen[seen:][::-1]))
            score, gone = weakened(score, found, overlap_threshold, score_threshold, sigma)
        if gone:
            continue
        if score == F(-negative):
            chosen.append(k)
            values.append(-negative)
        elif score > score_threshold:
            heapq.heappush(queue, (-float(score), k, len(chosen)))
    return np.array(chosen, np.int32), np.array(values, scores.dtype)


def weakened(score: Any, overlaps: np.ndarray, threshold: float, score_threshold: float, sigma: float) -> tuple[Any, bool]:
    if sigma <= 0:
        return score, bool(np.any(overlaps > threshold))
    for value in overlaps:
        score = score * F(np.exp(F(-0.5 / sigma) * value * value))
        if score <= score_threshold:
            break
    return score, False


# -- outlines -------------------------------------------------------------------------------------------------------------
def outlines(boxes: np.ndarray, height: int, width: int) -> np.ndarray:
    """(batch, height, width): the number of the last box whose outline covers a pixel, -1 where there is none."""
    out = np.full((len(boxes), height, width), -1, np.int32)
    for picture, rows in zip(out, boxes.astype(F), strict=True):
        for k, (y1, x1, y2, x2) in enumerate(rows):
            outline(picture, k, int(y1 * (height - 1)), int(x1 * (width - 1)), int(y2 * (height - 1)), int(x2 * (width - 1)))
    return out


def outline(picture: np.ndarray, k: int, top: int, left: int, bottom: int, right: int) -> None:
    height, width = picture.shape
    if top > bottom or left > right or top >= height or bottom < 0 or left >= width or right < 0:
        return
    rows = slice(max(top, 0), min(bottom, height - 1) + 1)
    columns = slice(max(left, 0), min(right, width - 1) + 1)
    for row in (top, bottom):
        if 0 <= row < height:
            picture[row, columns] = k
    for column in (left, right):
        if 0 <= column < width:
            picture[rows, column] = k


# -- random crops ------------------------------------------------------------------------------------------------------------
class Limits(NamedTuple):
    """What a random crop must satisfy."""

    covered: float
    ratios: tuple[float, float]
    areas: tuple[float, float]
    attempts: int


class Words:
    """The words of a Philox stream one by one, as TensorFlow's image kernels take them."""

    def __init__(self, place: Philox, blocks: int):
        self.values = iter(blocks_at(place, np.arange(blocks, dtype=np.uint64)).ravel().tolist())

    def fraction(self) -> Any:
        return uniform32(np.array([next(self.values)], np.uint32))[0]

    def below(self, n: int) -> int:
        """A whole number in [0, n), every one as likely."""
        if n & (n - 1) == 0:
            return next(self.values) & (n - 1)
        biased = 2**32 % n
        return next(w for w in self.values if w >= biased) % n


def random_crop(place: Philox, height: int, width: int, objects: np.ndarray, limits: Limits) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) of a crop that covers an object enough; the whole image where none was found."""
    words = Words(place, limits.attempts + 64)
    low, high = (F(v) for v in limits.ratios)
    for _ in range(limits.attempts):
        ratio = words.fraction() * (high - low) + low
        crop = crop_of_ratio(words, height, width, ratio, limits.areas)
        if crop is not None and covers(crop, objects, limits.covered):
            return crop
    return 0, 0, height, width


def crop_of_ratio(
    words: Words, height: int, width: int, ratio: Any, areas: tuple[float, float]
) -> tuple[int, int, int, int] | None:
    least, most = (F(a) * F(width) * F(height) for a in areas)
    if most <= 0 or ratio <= 0 or least > most:
        return None
    tall, tallest = (int(np.rint(np.sqrt(area / ratio))) for area in (least, most))
    if np.rint(F(tallest) * ratio) > width:
        tallest = int((width + 0.5 - float(F(1e-7))) / float(ratio))
        tallest -= int(np.rint(F(tallest) * ratio) > width)
    tallest = min(tallest, height)
    tall = min(tall, tallest)
    if tall < tallest:
        tall += words.below(tallest - tall + 1)
    tall, wide = rounded_within(tall, ratio, least, most)
    if not least <= tall * wide <= most or not 0 < wide <= width or not 0 < tall <= height:
        return None
    top = words.below(height - tall) if tall < height else 0
    left = words.below(width - wide) if wide < width else 0
    return top, left, top + tall, left + wide


def rounded_within(tall: int, ratio: Any, least: Any, most: Any) -> tuple[int, int]:
    """The height, changed by one where rounding put the area outside."""
    wide = int(np.rint(F(tall) * ratio))
    if tall * wide < least:
        tall += 1
        wide = int(np.rint(F(tall) * ratio))
    if tall * wide > most:
        tall -= 1
        wide = int(np.rint(F(tall) * ratio))
    return tall, wide


def covers(crop: tuple[int, int, int, int], objects: np.ndarray, share: float) -> bool:
    """Does a crop hold this share of some object (all in pixels)?"""
    top, left, bottom, right = crop
    for y1, x1, y2, x2 in objects.tolist():
        area = (y2 - y1) * (x2 - x1)
        if area < 1 or y2 < y1:
            continue
        inside = max(min(bottom, y2) - max(top, y1), 0) * max(min(right, x2) - max(left, x1), 0)
        if F(inside) / F(area) >= F(share):
            return True
    return False
