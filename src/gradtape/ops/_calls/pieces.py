"""Written by `make calls` from the declarations of the pieces family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def index(x: TensorLike, key: Any, name: str | None = None) -> Tensor:
    """x[key] for a key in canonical form; `x[...]` makes one."""
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
            out.value = result = index_kernel(x_value, key=key)
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
                    frame = getframe(2)
                    records += (x_value.shape, key, x_id, identity, frame.f_code, frame.f_lasti, index_primitive)
                else:
                    records += (x_value.shape, key, x_id, identity, *site, index_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(2)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, index_primitive)
            else:
                ring += (x_id, identity, *site, index_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(index_primitive, (x, ), {"key": key}, 4)


def index_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, key, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = index_vjp_x(g, x_shape, key)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def embed(x: TensorLike, key: Any, shape: Any, name: str | None = None) -> Tensor:
    """Zeros of this shape with x at [key]."""
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
            out.value = result = embed_kernel(x_value, key=key, shape=shape)
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
                    records += (key, x_id, identity, frame.f_code, frame.f_lasti, embed_primitive)
                else:
                    records += (key, x_id, identity, *site, embed_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, embed_primitive)
            else:
                ring += (x_id, identity, *site, embed_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(embed_primitive, (x, ), {"key": key, "shape": shape})


def embed_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    key, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = embed_vjp_x(g, key)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def gather_axis(params: TensorLike, indices: TensorLike, axis: Any = 0, name: str | None = None) -> Tensor:
    """Slices of x along an axis, one for each index."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(params) is Tensor:
                params_value = params.value
                params_id = params.id
            else:
                form = type(params)
                if form is Variable:
                    params_value = params.value_
                    params_id = 0 if tape is None else params.read_id if params.reader == tape.serial else tape.read(params)
                else:
                    raise TypeError('params')
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
            out.value = result = gather_axis_kernel(params_value, indices_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if params_id in tracked or indices_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (indices_value, params_value.shape, axis, params_id, indices_id, identity, frame.f_code, frame.f_lasti, gather_axis_primitive)
                else:
                    records += (indices_value, params_value.shape, axis, params_id, indices_id, identity, *site, gather_axis_primitive)
                return out
            if params_id == 0:
                params_id = name_tensor(params)
            if indices_id == 0:
                indices_id = name_tensor(indices)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (params_id, indices_id, identity, frame.f_code, frame.f_lasti, gather_axis_primitive)
            else:
                ring += (params_id, indices_id, identity, *site, gather_axis_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(gather_axis_primitive, (params, indices, ), {"axis": axis})


def gather_axis_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    indices, x_shape, axis, x_id, indices_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(indices) is ndarray:
            array = indices
            indices = Tensor()
            indices.value = array
            indices.id = indices_id
        step = gather_axis_vjp_x(g, indices, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def scatter_rows(x: TensorLike, indices: TensorLike, size: Any, axis: Any = 0, name: str | None = None) -> Tensor:
    """Zeros with `size` slices along an axis, to which each slice of x is added at its index."""
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
            out = Tensor()
            if x_value.dtype not in scatter_rows_dtypes:
                raise TypeError('scatter_rows')
            out.value = result = scatter_rows_kernel(x_value, indices_value, size=size, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or indices_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (indices_value, axis, x_id, indices_id, identity, frame.f_code, frame.f_lasti, scatter_rows_primitive)
                else:
                    records += (indices_value, axis, x_id, indices_id, identity, *site, scatter_rows_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if indices_id == 0:
                indices_id = name_tensor(indices)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, indices_id, identity, frame.f_code, frame.f_lasti, scatter_rows_primitive)
            else:
                ring += (x_id, indices_id, identity, *site, scatter_rows_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(scatter_rows_primitive, (x, indices, ), {"size": size, "axis": axis})


def scatter_rows_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    indices, axis, x_id, indices_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(indices) is ndarray:
            array = indices
            indices = Tensor()
            indices.value = array
            indices.id = indices_id
        step = scatter_rows_vjp_x(g, indices, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def row_numbers(indices: TensorLike, rows: Any, axis: Any = 0, name: str | None = None) -> Tensor:
    """Indices into the rows of all samples laid end to end: along `axis`, each sample has `rows` rows of its own."""
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
            if indices_value.dtype not in row_numbers_dtypes:
                raise TypeError('row_numbers')
            out.value = result = row_numbers_kernel(indices_value, rows=rows, axis=axis)
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
                ring += (indices_id, identity, frame.f_code, frame.f_lasti, row_numbers_primitive)
            else:
                ring += (indices_id, identity, *site, row_numbers_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(row_numbers_primitive, (indices, ), {"rows": rows, "axis": axis})


def concatenate(*values: TensorLike, axis: Any, name: str | None = None) -> Tensor:
    """The values end to end along an existing axis."""
    return careful(concatenate_primitive, values, {"axis": axis})


def pack(*values: TensorLike, axis: Any, name: str | None = None) -> Tensor:
    """The values side by side along a new axis."""
    return careful(pack_primitive, values, {"axis": axis})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
