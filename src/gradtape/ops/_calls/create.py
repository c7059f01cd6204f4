"""Written by `make calls` from the declarations of the create family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def hot(indices: TensorLike, depth: Any, axis: Any, name: str | None = None) -> Tensor:
    """True at each index along a new axis of extent `depth`, False elsewhere (everywhere, for an index outside)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(hot_primitive, (indices, ), {"depth": depth, "axis": axis})
    kind = type(indices)
    if kind is Tensor:
        indices_value = indices.value
        indices_id = indices.id
    elif kind is Variable:
        indices_value = indices.value_
        indices_id = 0 if tape is None else indices.read_id if indices.reader == tape.serial else tape.read(indices)
    else:
        return careful(hot_primitive, (indices, ), {"depth": depth, "axis": axis})
    out = Tensor()
    try:
        if indices_value.dtype not in hot_dtypes:
            raise TypeError('hot')
        out.value = result = hot_kernel(indices_value, depth=depth, axis=axis)
    except MISFIT:
        return careful(hot_primitive, (indices, ), {"depth": depth, "axis": axis})
    if tape is None:
        out.id = 0
        return out
    site = context.site
    if site is None:
        frame = getframe(1)
        code = frame.f_code
        offset = frame.f_lasti
    else:
        code, offset = site
    if indices_id == 0:
        indices_id = name_tensor(indices)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (indices_id, identity, code, offset, hot_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def extents_of(x: TensorLike, dtype: Any, name: str | None = None) -> Tensor:
    """The shape as a tensor."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(extents_of_primitive, (x, ), {"dtype": dtype})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(extents_of_primitive, (x, ), {"dtype": dtype})
    out = Tensor()
    try:
        out.value = result = extents_of_kernel(x_value, dtype=dtype)
    except MISFIT:
        return careful(extents_of_primitive, (x, ), {"dtype": dtype})
    if tape is None:
        out.id = 0
        return out
    site = context.site
    if site is None:
        frame = getframe(1)
        code = frame.f_code
        offset = frame.f_lasti
    else:
        code, offset = site
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, extents_of_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def filled_like(x: TensorLike, value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """One value everywhere, in the shape of x."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(filled_like_primitive, (x, ), {"value": value, "dtype": dtype})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(filled_like_primitive, (x, ), {"value": value, "dtype": dtype})
    out = Tensor()
    try:
        out.value = result = filled_like_kernel(x_value, value=value, dtype=dtype)
    except MISFIT:
        return careful(filled_like_primitive, (x, ), {"value": value, "dtype": dtype})
    if tape is None:
        out.id = 0
        return out
    site = context.site
    if site is None:
        frame = getframe(1)
        code = frame.f_code
        offset = frame.f_lasti
    else:
        code, offset = site
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, filled_like_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
