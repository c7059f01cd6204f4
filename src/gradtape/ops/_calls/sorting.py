"""Written by `make calls` from the declarations of the sorting family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def take_along(x: TensorLike, indices: TensorLike, axis: Any, name: str | None = None) -> Tensor:
    """x[..., indices[..., i, ...], ...] along an axis: both have the same shape elsewhere."""
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
            out.value = result = take_along_kernel(x_value, indices_value, axis=axis)
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
                    records += (indices_value, x_value.shape, axis, x_id, indices_id, identity, frame.f_code, frame.f_lasti, take_along_primitive)
                else:
                    records += (indices_value, x_value.shape, axis, x_id, indices_id, identity, *site, take_along_primitive)
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
                ring += (x_id, indices_id, identity, frame.f_code, frame.f_lasti, take_along_primitive)
            else:
                ring += (x_id, indices_id, identity, *site, take_along_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(take_along_primitive, (x, indices, ), {"axis": axis})


def take_along_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    indices, x_shape, axis, x_id, indices_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(indices) is ndarray:
            array = indices
            indices = Tensor()
            indices.value = array
            indices.id = indices_id
        step = take_along_vjp_x(g, indices, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def put_along(x: TensorLike, indices: TensorLike, size: Any, axis: Any, name: str | None = None) -> Tensor:
    """Zeros with x at these indices along an axis; no index comes twice."""
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
            if x_value.dtype not in put_along_dtypes:
                raise TypeError('put_along')
            out.value = result = put_along_kernel(x_value, indices_value, size=size, axis=axis)
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
                    records += (indices_value, axis, x_id, indices_id, identity, frame.f_code, frame.f_lasti, put_along_primitive)
                else:
                    records += (indices_value, axis, x_id, indices_id, identity, *site, put_along_primitive)
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
                ring += (x_id, indices_id, identity, frame.f_code, frame.f_lasti, put_along_primitive)
            else:
                ring += (x_id, indices_id, identity, *site, put_along_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(put_along_primitive, (x, indices, ), {"size": size, "axis": axis})


def put_along_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    indices, axis, x_id, indices_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(indices) is ndarray:
            array = indices
            indices = Tensor()
            indices.value = array
            indices.id = indices_id
        step = put_along_vjp_x(g, indices, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sort_along(values: TensorLike, axis: Any, descending: Any, name: str | None = None) -> Tensor:
    """The values in order along an axis."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
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
            params = sort_along_canonical(values_value, axis=axis, descending=descending)
            axis = params['axis']
            descending = params['descending']
            if values_value.dtype not in sort_along_dtypes:
                raise TypeError('sort_along')
            out.value = result = sort_along_kernel(values_value, axis=axis, descending=descending)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if values_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (values_value, axis, descending, values_id, identity, frame.f_code, frame.f_lasti, sort_along_primitive)
                else:
                    records += (values_value, axis, descending, values_id, identity, *site, sort_along_primitive)
                return out
            if values_id == 0:
                values_id = name_tensor(values)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (values_id, identity, frame.f_code, frame.f_lasti, sort_along_primitive)
            else:
                ring += (values_id, identity, *site, sort_along_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sort_along_primitive, (values, ), {"axis": axis, "descending": descending})


def sort_along_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, axis, descending, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = sort_along_vjp_x(g, x, axis, descending)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def argsort_along(values: TensorLike, axis: Any, descending: Any, name: str | None = None) -> Tensor:
    """The indices that sort along an axis; equal values stay in place."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
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
            params = argsort_along_canonical(values_value, axis=axis, descending=descending)
            axis = params['axis']
            descending = params['descending']
            if values_value.dtype not in argsort_along_dtypes:
                raise TypeError('argsort_along')
            out.value = result = argsort_along_kernel(values_value, axis=axis, descending=descending)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if values_id == 0:
                values_id = name_tensor(values)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (values_id, identity, frame.f_code, frame.f_lasti, argsort_along_primitive)
            else:
                ring += (values_id, identity, *site, argsort_along_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(argsort_along_primitive, (values, ), {"axis": axis, "descending": descending})


def largest(input: TensorLike, k: Any, dtype: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """The k largest values of the last axis and where they stand, largest first."""
    return careful(largest_primitive, (input, ), {"k": k, "dtype": dtype})


def among_largest(predictions: TensorLike, targets: TensorLike, k: Any, name: str | None = None) -> Tensor:
    """For each row: is the target's value finite, and are fewer than k values larger?"""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(predictions) is Tensor:
                predictions_value = predictions.value
                predictions_id = predictions.id
            else:
                form = type(predictions)
                if form is Variable:
                    predictions_value = predictions.value_
                    predictions_id = 0 if tape is None else predictions.read_id if predictions.reader == tape.serial else tape.read(predictions)
                else:
                    raise TypeError('predictions')
            if type(targets) is Tensor:
                targets_value = targets.value
                targets_id = targets.id
            else:
                form = type(targets)
                if form is Variable:
                    targets_value = targets.value_
                    targets_id = 0 if tape is None else targets.read_id if targets.reader == tape.serial else tape.read(targets)
                else:
                    raise TypeError('targets')
            out = Tensor()
            if predictions_value.dtype not in among_largest_dtypes:
                raise TypeError('among_largest')
            out.value = result = among_largest_kernel(predictions_value, targets_value, k=k)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if predictions_id == 0:
                predictions_id = name_tensor(predictions)
            if targets_id == 0:
                targets_id = name_tensor(targets)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (predictions_id, targets_id, identity, frame.f_code, frame.f_lasti, among_largest_primitive)
            else:
                ring += (predictions_id, targets_id, identity, *site, among_largest_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(among_largest_primitive, (predictions, targets, ), {"k": k})


def distinct(x: TensorLike, dtype: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Of a vector: where each distinct value stands first, for each element the number of its value, how often each comes."""
    return careful(distinct_primitive, (x, ), {"dtype": dtype})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
