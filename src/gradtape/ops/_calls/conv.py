"""Written by `make calls` from the declarations of the conv family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def conv(input: TensorLike, filters: TensorLike, strides: Any, padding: Any, dilations: Any, groups: Any, name: str | None = None) -> Tensor:
    """The sum over each window of x times w (TensorFlow's convolution: w is not mirrored).

    `strides` and `dilations` hold a number for each spatial axis; `padding` is "SAME", "VALID" or ((before, after), ...).
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input) is Tensor:
                input_value = input.value
                input_id = input.id
            else:
                form = type(input)
                if form is Variable:
                    input_value = input.value_
                    input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
                else:
                    raise TypeError('input')
            if type(filters) is Tensor:
                filters_value = filters.value
                filters_id = filters.id
            else:
                form = type(filters)
                if form is Variable:
                    filters_value = filters.value_
                    filters_id = 0 if tape is None else filters.read_id if filters.reader == tape.serial else tape.read(filters)
                else:
                    raise TypeError('filters')
            out = Tensor()
            if input_value.dtype not in conv_dtypes:
                raise TypeError('conv')
            if filters_value.dtype != input_value.dtype:
                raise TypeError('conv')
            out.value = result = conv_kernel(input_value, filters_value, strides=strides, padding=padding, dilations=dilations, groups=groups)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_id in tracked or filters_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_value, filters_value, input_value.shape, filters_value.shape, strides, padding, dilations, groups, input_id, filters_id, identity, frame.f_code, frame.f_lasti, conv_primitive)
                else:
                    records += (input_value, filters_value, input_value.shape, filters_value.shape, strides, padding, dilations, groups, input_id, filters_id, identity, *site, conv_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            if filters_id == 0:
                filters_id = name_tensor(filters)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, filters_id, identity, frame.f_code, frame.f_lasti, conv_primitive)
            else:
                ring += (input_id, filters_id, identity, *site, conv_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(conv_primitive, (input, filters, ), {"strides": strides, "padding": padding, "dilations": dilations, "groups": groups})


def conv_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, w, x_shape, w_shape, strides, padding, dilations, groups, x_id, w_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(w) is ndarray:
            array = w
            w = Tensor()
            w.value = array
            w.id = w_id
        step = conv_vjp_x(g, x_shape, w, strides, padding, dilations, groups)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step
    if w_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = conv_vjp_w(g, x, w_shape, strides, padding, dilations, groups)
        grads[w_id] = accumulate(grads[w_id], step) if w_id in grads else step


def conv_input(input: TensorLike, filters: TensorLike, sizes: Any, strides: Any, padding: Any, dilations: Any, groups: Any, name: str | None = None) -> Tensor:
    """The adjoint of conv in x: each value of u spread over its window of zeros (`sizes`: the spatial extents of x)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input) is Tensor:
                input_value = input.value
                input_id = input.id
            else:
                form = type(input)
                if form is Variable:
                    input_value = input.value_
                    input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
                else:
                    raise TypeError('input')
            if type(filters) is Tensor:
                filters_value = filters.value
                filters_id = filters.id
            else:
                form = type(filters)
                if form is Variable:
                    filters_value = filters.value_
                    filters_id = 0 if tape is None else filters.read_id if filters.reader == tape.serial else tape.read(filters)
                else:
                    raise TypeError('filters')
            out = Tensor()
            if input_value.dtype not in conv_input_dtypes:
                raise TypeError('conv_input')
            if filters_value.dtype != input_value.dtype:
                raise TypeError('conv_input')
            out.value = result = conv_input_kernel(input_value, filters_value, sizes=sizes, strides=strides, padding=padding, dilations=dilations, groups=groups)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_id in tracked or filters_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_value, filters_value, filters_value.shape, strides, padding, dilations, groups, input_id, filters_id, identity, frame.f_code, frame.f_lasti, conv_input_primitive)
                else:
                    records += (input_value, filters_value, filters_value.shape, strides, padding, dilations, groups, input_id, filters_id, identity, *site, conv_input_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            if filters_id == 0:
                filters_id = name_tensor(filters)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, filters_id, identity, frame.f_code, frame.f_lasti, conv_input_primitive)
            else:
                ring += (input_id, filters_id, identity, *site, conv_input_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(conv_input_primitive, (input, filters, ), {"sizes": sizes, "strides": strides, "padding": padding, "dilations": dilations, "groups": groups})


def conv_input_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    u, w, w_shape, strides, padding, dilations, groups, u_id, w_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        if type(w) is ndarray:
            array = w
            w = Tensor()
            w.value = array
            w.id = w_id
        step = conv_input_vjp_u(g, w, strides, padding, dilations, groups)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step
    if w_id in tracked:
        if type(u) is ndarray:
            array = u
            u = Tensor()
            u.value = array
            u.id = u_id
        step = conv_input_vjp_w(g, u, w_shape, strides, padding, dilations, groups)
        grads[w_id] = accumulate(grads[w_id], step) if w_id in grads else step


def conv_filter(input: TensorLike, out_backprop: TensorLike, kernel: Any, strides: Any, padding: Any, dilations: Any, groups: Any, name: str | None = None) -> Tensor:
    """The adjoint of conv in w: the products of x and u summed over all windows (`kernel`: the spatial extents of w)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input) is Tensor:
                input_value = input.value
                input_id = input.id
            else:
                form = type(input)
                if form is Variable:
                    input_value = input.value_
                    input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
                else:
                    raise TypeError('input')
            if type(out_backprop) is Tensor:
                out_backprop_value = out_backprop.value
                out_backprop_id = out_backprop.id
            else:
                form = type(out_backprop)
                if form is Variable:
                    out_backprop_value = out_backprop.value_
                    out_backprop_id = 0 if tape is None else out_backprop.read_id if out_backprop.reader == tape.serial else tape.read(out_backprop)
                else:
                    raise TypeError('out_backprop')
            out = Tensor()
            if input_value.dtype not in conv_filter_dtypes:
                raise TypeError('conv_filter')
            if out_backprop_value.dtype != input_value.dtype:
                raise TypeError('conv_filter')
            out.value = result = conv_filter_kernel(input_value, out_backprop_value, kernel=kernel, strides=strides, padding=padding, dilations=dilations, groups=groups)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_id in tracked or out_backprop_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_value, out_backprop_value, input_value.shape, strides, padding, dilations, groups, input_id, out_backprop_id, identity, frame.f_code, frame.f_lasti, conv_filter_primitive)
                else:
                    records += (input_value, out_backprop_value, input_value.shape, strides, padding, dilations, groups, input_id, out_backprop_id, identity, *site, conv_filter_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            if out_backprop_id == 0:
                out_backprop_id = name_tensor(out_backprop)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, out_backprop_id, identity, frame.f_code, frame.f_lasti, conv_filter_primitive)
            else:
                ring += (input_id, out_backprop_id, identity, *site, conv_filter_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(conv_filter_primitive, (input, out_backprop, ), {"kernel": kernel, "strides": strides, "padding": padding, "dilations": dilations, "groups": groups})


def conv_filter_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, u, x_shape, strides, padding, dilations, groups, x_id, u_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(u) is ndarray:
            array = u
            u = Tensor()
            u.value = array
            u.id = u_id
        step = conv_filter_vjp_x(g, x_shape, u, strides, padding, dilations, groups)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step
    if u_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = conv_filter_vjp_u(g, x, strides, padding, dilations, groups)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
