"""Written by `make calls` from the declarations of the norms family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def power_or_zero(x: TensorLike, p: Any, name: str | None = None) -> Tensor:
    """x to the power p for x > 0, and 0 at 0 whatever p is."""
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
            if x_value.dtype not in power_or_zero_dtypes:
                raise TypeError('power_or_zero')
            out.value = result = power_or_zero_kernel(x_value, p=p)
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
                    records += (x_value, p, x_id, identity, frame.f_code, frame.f_lasti, power_or_zero_primitive)
                else:
                    records += (x_value, p, x_id, identity, *site, power_or_zero_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, power_or_zero_primitive)
            else:
                ring += (x_id, identity, *site, power_or_zero_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(power_or_zero_primitive, (x, ), {"p": p})


def power_or_zero_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, p, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = power_or_zero_vjp_x(g, x, p)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def positive_p_norm(x: TensorLike, p: Any, axis: Any, name: str | None = None) -> Tensor:
    """(sum of x to the power p) to the power 1 / p over axes that stay with extent 1; x is not negative."""
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
            if x_value.dtype not in positive_p_norm_dtypes:
                raise TypeError('positive_p_norm')
            out.value = result = positive_p_norm_kernel(x_value, p=p, axis=axis)
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
                    records += (x_value, result, p, x_id, identity, frame.f_code, frame.f_lasti, positive_p_norm_primitive)
                else:
                    records += (x_value, result, p, x_id, identity, *site, positive_p_norm_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, positive_p_norm_primitive)
            else:
                ring += (x_id, identity, *site, positive_p_norm_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(positive_p_norm_primitive, (x, ), {"p": p, "axis": axis})


def positive_p_norm_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, p, x_id, y_id, code, offset, primitive = record
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
        step = positive_p_norm_vjp_x(g, x, y, p)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
