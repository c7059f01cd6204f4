"""Written by `make calls` from the declarations of the indexing family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def slice_update(x: TensorLike, value: TensorLike, key: Any, name: str | None = None) -> Tensor:
    """x with `value` (broadcast) at [key]."""
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
            if type(value) is Tensor:
                value_value = value.value
                value_id = value.id
            else:
                form = type(value)
                if form is Variable:
                    value_value = value.value_
                    value_id = 0 if tape is None else value.read_id if value.reader == tape.serial else tape.read(value)
                else:
                    raise TypeError('value')
            out = Tensor()
            if value_value.dtype != x_value.dtype:
                raise TypeError('slice_update')
            out.value = result = slice_update_kernel(x_value, value_value, key=key)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or value_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (value_value.shape, key, x_id, value_id, identity, frame.f_code, frame.f_lasti, slice_update_primitive)
                else:
                    records += (value_value.shape, key, x_id, value_id, identity, *site, slice_update_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if value_id == 0:
                value_id = name_tensor(value)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, value_id, identity, frame.f_code, frame.f_lasti, slice_update_primitive)
            else:
                ring += (x_id, value_id, identity, *site, slice_update_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(slice_update_primitive, (x, value, ), {"key": key})


def slice_update_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    value_shape, key, x_id, value_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = slice_update_vjp_x(g, key)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step
    if value_id in tracked:
        step = slice_update_vjp_value(g, value_shape, key)
        grads[value_id] = accumulate(grads[value_id], step) if value_id in grads else step


def nonzero(condition: TensorLike, name: str | None = None) -> Tensor:
    """The places where x is not zero, one row of indices each."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(condition) is Tensor:
                condition_value = condition.value
                condition_id = condition.id
            else:
                form = type(condition)
                if form is Variable:
                    condition_value = condition.value_
                    condition_id = 0 if tape is None else condition.read_id if condition.reader == tape.serial else tape.read(condition)
                else:
                    raise TypeError('condition')
            out = Tensor()
            if condition_value.dtype not in nonzero_dtypes:
                raise TypeError('nonzero')
            out.value = result = nonzero_kernel(condition_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if condition_id == 0:
                condition_id = name_tensor(condition)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (condition_id, identity, frame.f_code, frame.f_lasti, nonzero_primitive)
            else:
                ring += (condition_id, identity, *site, nonzero_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(nonzero_primitive, (condition, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
