"""Written by `make calls` from the declarations of the image family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def resample(images: TensorLike, axis: Any, source: Any, target: Any, method: Any, antialias: Any = False, transposed: Any = False, name: str | None = None) -> Tensor:
    """An axis of `source` pixels interpolated to `target` pixels; or the transpose of that."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(images) is Tensor:
                images_value = images.value
                images_id = images.id
            else:
                form = type(images)
                if form is Variable:
                    images_value = images.value_
                    images_id = 0 if tape is None else images.read_id if images.reader == tape.serial else tape.read(images)
                else:
                    raise TypeError('images')
            out = Tensor()
            if images_value.dtype not in resample_dtypes:
                raise TypeError('resample')
            out.value = result = resample_kernel(images_value, axis=axis, source=source, target=target, method=method, antialias=antialias, transposed=transposed)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if images_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (axis, source, target, method, antialias, transposed, images_id, identity, frame.f_code, frame.f_lasti, resample_primitive)
                else:
                    records += (axis, source, target, method, antialias, transposed, images_id, identity, *site, resample_primitive)
                return out
            if images_id == 0:
                images_id = name_tensor(images)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (images_id, identity, frame.f_code, frame.f_lasti, resample_primitive)
            else:
                ring += (images_id, identity, *site, resample_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(resample_primitive, (images, ), {"axis": axis, "source": source, "target": target, "method": method, "antialias": antialias, "transposed": transposed})


def resample_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    axis, source, target, method, antialias, transposed, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = resample_vjp_x(g, axis, source, target, method, antialias, transposed)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
