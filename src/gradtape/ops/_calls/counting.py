"""Written by `make calls` from the declarations of the counting family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def count_bins(arr: TensorLike, minlength: Any, maxlength: Any, dtype: Any, binary: Any, name: str | None = None) -> Tensor:
    """How often each number from 0 on occurs along the last axis (`binary`: whether it does)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(arr) is Tensor:
                arr_value = arr.value
                arr_id = arr.id
            else:
                form = type(arr)
                if form is Variable:
                    arr_value = arr.value_
                    arr_id = 0 if tape is None else arr.read_id if arr.reader == tape.serial else tape.read(arr)
                else:
                    raise TypeError('arr')
            out = Tensor()
            if arr_value.dtype not in count_bins_dtypes:
                raise TypeError('count_bins')
            out.value = result = count_bins_kernel(arr_value, minlength=minlength, maxlength=maxlength, dtype=dtype, binary=binary)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if arr_id == 0:
                arr_id = name_tensor(arr)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (arr_id, identity, frame.f_code, frame.f_lasti, count_bins_primitive)
            else:
                ring += (arr_id, identity, *site, count_bins_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(count_bins_primitive, (arr, ), {"minlength": minlength, "maxlength": maxlength, "dtype": dtype, "binary": binary})


def weigh_bins(weights: TensorLike, arr: TensorLike, minlength: Any, maxlength: Any, name: str | None = None) -> Tensor:
    """The sum of the weights of each number from 0 on, along the last axis."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(weights) is Tensor:
                weights_value = weights.value
                weights_id = weights.id
            else:
                form = type(weights)
                if form is Variable:
                    weights_value = weights.value_
                    weights_id = 0 if tape is None else weights.read_id if weights.reader == tape.serial else tape.read(weights)
                else:
                    raise TypeError('weights')
            if type(arr) is Tensor:
                arr_value = arr.value
                arr_id = arr.id
            else:
                form = type(arr)
                if form is Variable:
                    arr_value = arr.value_
                    arr_id = 0 if tape is None else arr.read_id if arr.reader == tape.serial else tape.read(arr)
                else:
                    raise TypeError('arr')
            out = Tensor()
            if weights_value.dtype not in weigh_bins_dtypes:
                raise TypeError('weigh_bins')
            out.value = result = weigh_bins_kernel(weights_value, arr_value, minlength=minlength, maxlength=maxlength)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if weights_id in tracked or arr_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (arr_value, weights_id, arr_id, identity, frame.f_code, frame.f_lasti, weigh_bins_primitive)
                else:
                    records += (arr_value, weights_id, arr_id, identity, *site, weigh_bins_primitive)
                return out
            if weights_id == 0:
                weights_id = name_tensor(weights)
            if arr_id == 0:
                arr_id = name_tensor(arr)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (weights_id, arr_id, identity, frame.f_code, frame.f_lasti, weigh_bins_primitive)
            else:
                ring += (weights_id, arr_id, identity, *site, weigh_bins_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(weigh_bins_primitive, (weights, arr, ), {"minlength": minlength, "maxlength": maxlength})


def weigh_bins_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    numbers, weights_id, numbers_id, y_id, code, offset, primitive = record
    if weights_id in tracked:
        if type(numbers) is ndarray:
            array = numbers
            numbers = Tensor()
            numbers.value = array
            numbers.id = numbers_id
        step = weigh_bins_vjp_weights(g, numbers)
        grads[weights_id] = accumulate(grads[weights_id], step) if weights_id in grads else step


def pick_bins(x: TensorLike, numbers: TensorLike, name: str | None = None) -> Tensor:
    """What stands in the bin of each number; 0 for numbers beyond the last."""
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
            if type(numbers) is Tensor:
                numbers_value = numbers.value
                numbers_id = numbers.id
            else:
                form = type(numbers)
                if form is Variable:
                    numbers_value = numbers.value_
                    numbers_id = 0 if tape is None else numbers.read_id if numbers.reader == tape.serial else tape.read(numbers)
                else:
                    raise TypeError('numbers')
            out = Tensor()
            if x_value.dtype not in pick_bins_dtypes:
                raise TypeError('pick_bins')
            out.value = result = pick_bins_kernel(x_value, numbers_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or numbers_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (numbers_value, x_value.shape, x_id, numbers_id, identity, frame.f_code, frame.f_lasti, pick_bins_primitive)
                else:
                    records += (numbers_value, x_value.shape, x_id, numbers_id, identity, *site, pick_bins_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if numbers_id == 0:
                numbers_id = name_tensor(numbers)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, numbers_id, identity, frame.f_code, frame.f_lasti, pick_bins_primitive)
            else:
                ring += (x_id, numbers_id, identity, *site, pick_bins_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(pick_bins_primitive, (x, numbers, ), {})


def pick_bins_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    numbers, x_shape, x_id, numbers_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(numbers) is ndarray:
            array = numbers
            numbers = Tensor()
            numbers.value = array
            numbers.id = numbers_id
        step = pick_bins_vjp_x(g, numbers, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
