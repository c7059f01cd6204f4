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
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(indices) is Tensor:
                indices_value = indices.value
                indices_id = indices.id
            else:
                form = type(indices)
                if form is Variable:
                    indices_value = indices.value_
                    indices_id = 0 if tape is None else indices.read_id if indices.reader == tape.serial else tape.read(indices)
                else:
                    raise TypeError('indices')
            out = Tensor()
            if indices_value.dtype not in hot_dtypes:
                raise TypeError('hot')
            out.value = result = hot_kernel(indices_value, depth=depth, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if indices_id == 0:
                indices_id = name_tensor(indices)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (indices_id, identity, frame.f_code, frame.f_lasti, hot_primitive)
            else:
                ring += (indices_id, identity, *site, hot_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(hot_primitive, (indices, ), {"depth": depth, "axis": axis})


def extents_of(x: TensorLike, dtype: Any, name: str | None = None) -> Tensor:
    """The shape as a tensor."""
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
            out.value = result = extents_of_kernel(x_value, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, extents_of_primitive)
            else:
                ring += (x_id, identity, *site, extents_of_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(extents_of_primitive, (x, ), {"dtype": dtype})


def filled_like(x: TensorLike, value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """One value everywhere, in the shape of x."""
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
            out.value = result = filled_like_kernel(x_value, value=value, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, filled_like_primitive)
            else:
                ring += (x_id, identity, *site, filled_like_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(filled_like_primitive, (x, ), {"value": value, "dtype": dtype})


def counted(start: TensorLike, length: Any, name: str | None = None) -> Tensor:
    """start, start + 1, ... along a new last axis."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(start) is Tensor:
                start_value = start.value
                start_id = start.id
            else:
                form = type(start)
                if form is Variable:
                    start_value = start.value_
                    start_id = 0 if tape is None else start.read_id if start.reader == tape.serial else tape.read(start)
                else:
                    raise TypeError('start')
            out = Tensor()
            if start_value.dtype not in counted_dtypes:
                raise TypeError('counted')
            out.value = result = counted_kernel(start_value, length=length)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if start_id == 0:
                start_id = name_tensor(start)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (start_id, identity, frame.f_code, frame.f_lasti, counted_primitive)
            else:
                ring += (start_id, identity, *site, counted_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(counted_primitive, (start, ), {"length": length})


def range_of_data(start: TensorLike, limit: TensorLike, delta: TensorLike, name: str | None = None) -> Tensor:
    """tf.range of tensors that are not known when a function is traced."""
    return careful(range_of_data_primitive, (start, limit, delta, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
