"""Written by `make calls` from the declarations of the scattering family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def last_of_each(indices: TensorLike, size: Any, name: str | None = None) -> Tensor:
    """Is this the last place that names its row?  (The one that wins where rows are replaced.)"""
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
            if indices_value.dtype not in last_of_each_dtypes:
                raise TypeError('last_of_each')
            out.value = result = last_of_each_kernel(indices_value, size=size)
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
                ring += (indices_id, identity, frame.f_code, frame.f_lasti, last_of_each_primitive)
            else:
                ring += (indices_id, identity, *site, last_of_each_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(last_of_each_primitive, (indices, ), {"size": size})


def put_rows(x: TensorLike, indices: TensorLike, values: TensorLike, name: str | None = None) -> Tensor:
    """x with these values as its rows at the indices; where an index comes twice, the last counts."""
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
            if type(values) is Tensor:
                values_value = values.value
                values_id = values.id
            else:
                form = type(values)
                if form is Variable:
                    values_value = values.value_
                    values_id = 0 if tape is None else values.read_id if values.reader == tape.serial else tape.read(values)
                else:
                    raise TypeError('values')
            out = Tensor()
            if values_value.dtype != x_value.dtype:
                raise TypeError('put_rows')
            out.value = result = put_rows_kernel(x_value, indices_value, values_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or indices_id in tracked or values_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (indices_value, x_value.shape, values_value.shape, x_id, indices_id, values_id, identity, frame.f_code, frame.f_lasti, put_rows_primitive)
                else:
                    records += (indices_value, x_value.shape, values_value.shape, x_id, indices_id, values_id, identity, *site, put_rows_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if indices_id == 0:
                indices_id = name_tensor(indices)
            if values_id == 0:
                values_id = name_tensor(values)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, indices_id, values_id, identity, frame.f_code, frame.f_lasti, put_rows_primitive)
            else:
                ring += (x_id, indices_id, values_id, identity, *site, put_rows_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(put_rows_primitive, (x, indices, values, ), {})


def put_rows_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    indices, x_shape, values_shape, x_id, indices_id, values_id, y_id, code, offset, primitive = record
    if type(indices) is ndarray:
        array = indices
        indices = Tensor()
        indices.value = array
        indices.id = indices_id
    if x_id in tracked:
        step = put_rows_vjp_x(g, indices, values_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step
    if values_id in tracked:
        step = put_rows_vjp_values(g, indices, x_shape)
        grads[values_id] = accumulate(grads[values_id], step) if values_id in grads else step


def max_rows(x: TensorLike, indices: TensorLike, values: TensorLike, name: str | None = None) -> Tensor:
    """x with its rows at the indices replaced by the greatest of them and these values."""
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
            if type(values) is Tensor:
                values_value = values.value
                values_id = values.id
            else:
                form = type(values)
                if form is Variable:
                    values_value = values.value_
                    values_id = 0 if tape is None else values.read_id if values.reader == tape.serial else tape.read(values)
                else:
                    raise TypeError('values')
            out = Tensor()
            if x_value.dtype not in max_rows_dtypes:
                raise TypeError('max_rows')
            if values_value.dtype != x_value.dtype:
                raise TypeError('max_rows')
            out.value = result = max_rows_kernel(x_value, indices_value, values_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or indices_id in tracked or values_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, indices_value, values_value, result, x_id, indices_id, values_id, identity, frame.f_code, frame.f_lasti, max_rows_primitive)
                else:
                    records += (x_value, indices_value, values_value, result, x_id, indices_id, values_id, identity, *site, max_rows_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if indices_id == 0:
                indices_id = name_tensor(indices)
            if values_id == 0:
                values_id = name_tensor(values)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, indices_id, values_id, identity, frame.f_code, frame.f_lasti, max_rows_primitive)
            else:
                ring += (x_id, indices_id, values_id, identity, *site, max_rows_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(max_rows_primitive, (x, indices, values, ), {})


def min_rows(x: TensorLike, indices: TensorLike, values: TensorLike, name: str | None = None) -> Tensor:
    """x with its rows at the indices replaced by the least of them and these values."""
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
            if type(values) is Tensor:
                values_value = values.value
                values_id = values.id
            else:
                form = type(values)
                if form is Variable:
                    values_value = values.value_
                    values_id = 0 if tape is None else values.read_id if values.reader == tape.serial else tape.read(values)
                else:
                    raise TypeError('values')
            out = Tensor()
            if x_value.dtype not in min_rows_dtypes:
                raise TypeError('min_rows')
            if values_value.dtype != x_value.dtype:
                raise TypeError('min_rows')
            out.value = result = min_rows_kernel(x_value, indices_value, values_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or indices_id in tracked or values_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, indices_value, values_value, result, x_id, indices_id, values_id, identity, frame.f_code, frame.f_lasti, min_rows_primitive)
                else:
                    records += (x_value, indices_value, values_value, result, x_id, indices_id, values_id, identity, *site, min_rows_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if indices_id == 0:
                indices_id = name_tensor(indices)
            if values_id == 0:
                values_id = name_tensor(values)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, indices_id, values_id, identity, frame.f_code, frame.f_lasti, min_rows_primitive)
            else:
                ring += (x_id, indices_id, values_id, identity, *site, min_rows_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(min_rows_primitive, (x, indices, values, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
