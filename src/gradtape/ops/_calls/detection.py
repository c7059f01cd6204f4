"""Written by `make calls` from the declarations of the detection family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def suppress_boxes(boxes: TensorLike, scores: TensorLike, count: Any, overlap: Any, score: Any, sigma: Any = 0.0, name: str | None = None) -> tuple[Tensor, ...]:
    """Indices and scores of the boxes, the best first, that no better one overlaps more than `overlap` or weakens below `score`."""
    return careful(suppress_boxes_primitive, (boxes, scores, ), {"count": count, "overlap": overlap, "score": score, "sigma": sigma})


def suppress_overlaps(overlaps: TensorLike, scores: TensorLike, count: Any, overlap: Any, score: Any, name: str | None = None) -> Tensor:
    """The same from a matrix of overlaps."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(overlaps) is Tensor:
                overlaps_value = overlaps.value
                overlaps_id = overlaps.id
            else:
                form = type(overlaps)
                if form is Variable:
                    overlaps_value = overlaps.value_
                    overlaps_id = 0 if tape is None else overlaps.read_id if overlaps.reader == tape.serial else tape.read(overlaps)
                else:
                    raise TypeError('overlaps')
            if type(scores) is Tensor:
                scores_value = scores.value
                scores_id = scores.id
            else:
                form = type(scores)
                if form is Variable:
                    scores_value = scores.value_
                    scores_id = 0 if tape is None else scores.read_id if scores.reader == tape.serial else tape.read(scores)
                else:
                    raise TypeError('scores')
            out = Tensor()
            if overlaps_value.dtype not in suppress_overlaps_dtypes:
                raise TypeError('suppress_overlaps')
            if scores_value.dtype != overlaps_value.dtype:
                raise TypeError('suppress_overlaps')
            out.value = result = suppress_overlaps_kernel(overlaps_value, scores_value, count=count, overlap=overlap, score=score)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if overlaps_id == 0:
                overlaps_id = name_tensor(overlaps)
            if scores_id == 0:
                scores_id = name_tensor(scores)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (overlaps_id, scores_id, identity, frame.f_code, frame.f_lasti, suppress_overlaps_primitive)
            else:
                ring += (overlaps_id, scores_id, identity, *site, suppress_overlaps_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(suppress_overlaps_primitive, (overlaps, scores, ), {"count": count, "overlap": overlap, "score": score})


def box_outlines(boxes: TensorLike, height: Any, width: Any, name: str | None = None) -> Tensor:
    """(batch, height, width): the number of the last box whose outline covers a pixel, -1 where there is none."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(boxes) is Tensor:
                boxes_value = boxes.value
                boxes_id = boxes.id
            else:
                form = type(boxes)
                if form is Variable:
                    boxes_value = boxes.value_
                    boxes_id = 0 if tape is None else boxes.read_id if boxes.reader == tape.serial else tape.read(boxes)
                else:
                    raise TypeError('boxes')
            out = Tensor()
            if boxes_value.dtype not in box_outlines_dtypes:
                raise TypeError('box_outlines')
            out.value = result = box_outlines_kernel(boxes_value, height=height, width=width)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if boxes_id == 0:
                boxes_id = name_tensor(boxes)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (boxes_id, identity, frame.f_code, frame.f_lasti, box_outlines_primitive)
            else:
                ring += (boxes_id, identity, *site, box_outlines_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(box_outlines_primitive, (boxes, ), {"height": height, "width": width})


def distorted_crop(objects: TensorLike, state: TensorLike, height: Any, width: Any, covered: Any, ratios: Any, areas: Any, attempts: Any, name: str | None = None) -> Tensor:
    """[top, left, bottom, right] in pixels of a random crop that covers a share of some object ([n, 4], in pixels)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(objects) is Tensor:
                objects_value = objects.value
                objects_id = objects.id
            else:
                form = type(objects)
                if form is Variable:
                    objects_value = objects.value_
                    objects_id = 0 if tape is None else objects.read_id if objects.reader == tape.serial else tape.read(objects)
                else:
                    raise TypeError('objects')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if objects_value.dtype not in distorted_crop_dtypes:
                raise TypeError('distorted_crop')
            out.value = result = distorted_crop_kernel(objects_value, state_value, height=height, width=width, covered=covered, ratios=ratios, areas=areas, attempts=attempts)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if objects_id == 0:
                objects_id = name_tensor(objects)
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (objects_id, state_id, identity, frame.f_code, frame.f_lasti, distorted_crop_primitive)
            else:
                ring += (objects_id, state_id, identity, *site, distorted_crop_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(distorted_crop_primitive, (objects, state, ), {"height": height, "width": width, "covered": covered, "ratios": ratios, "areas": areas, "attempts": attempts})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
