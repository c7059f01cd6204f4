"""Written by `make calls` from the declarations of the inverses family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def pseudo_inverse(x: TensorLike, rcond: TensorLike, name: str | None = None) -> Tensor:
    """The pseudoinverse; singular values up to rcond times the largest count as 0."""
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
            if type(rcond) is Tensor:
                rcond_value = rcond.value
                rcond_id = rcond.id
            else:
                form = type(rcond)
                if form is Variable:
                    rcond_value = rcond.value_
                    rcond_id = 0 if tape is None else rcond.read_id if rcond.reader == tape.serial else tape.read(rcond)
                else:
                    raise TypeError('rcond')
            out = Tensor()
            if x_value.dtype not in pseudo_inverse_dtypes:
                raise TypeError('pseudo_inverse')
            out.value = result = pseudo_inverse_kernel(x_value, rcond_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or rcond_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, result, x_id, rcond_id, identity, frame.f_code, frame.f_lasti, pseudo_inverse_primitive)
                else:
                    records += (x_value, result, x_id, rcond_id, identity, *site, pseudo_inverse_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if rcond_id == 0:
                rcond_id = name_tensor(rcond)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, rcond_id, identity, frame.f_code, frame.f_lasti, pseudo_inverse_primitive)
            else:
                ring += (x_id, rcond_id, identity, *site, pseudo_inverse_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(pseudo_inverse_primitive, (x, rcond, ), {})


def pseudo_inverse_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, x_id, rcond_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = pseudo_inverse_vjp_x(g, y, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
