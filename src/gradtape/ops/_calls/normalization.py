"""Written by `make calls` from the declarations of the normalization family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def window_sum(x: TensorLike, radius: Any, name: str | None = None) -> Tensor:
    """Sums over 2 * radius + 1 neighbours on the last axis, as far as they exist: the operation is its own adjoint."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
                x_id = x.id
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                    x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
                else:
                    raise TypeError('x')
            out = Tensor()
            if x_value.dtype not in window_sum_dtypes:
                raise TypeError('window_sum')
            out.value = result = window_sum_kernel(x_value, radius=radius)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (radius, x_id, identity, frame.f_code, frame.f_lasti, window_sum_primitive)
                else:
                    records += (radius, x_id, identity, *site, window_sum_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, window_sum_primitive)
            else:
                ring += (x_id, identity, *site, window_sum_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(window_sum_primitive, (x, ), {"radius": radius})


def window_sum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    radius, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = window_sum_vjp_x(g, radius)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
