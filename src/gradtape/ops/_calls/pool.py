"""Written by `make calls` from the declarations of the pool family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def max_pool(input: TensorLike, over: Any, name: str | None = None) -> Tensor:
    """The maximum over each window; NaN where the window holds one."""
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
            out = Tensor()
            if input_value.dtype not in max_pool_dtypes:
                raise TypeError('max_pool')
            out.value = result = max_pool_kernel(input_value, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_value, result, over, input_id, identity, frame.f_code, frame.f_lasti, max_pool_primitive)
                else:
                    records += (input_value, result, over, input_id, identity, *site, max_pool_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, max_pool_primitive)
            else:
                ring += (input_id, identity, *site, max_pool_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(max_pool_primitive, (input, ), {"over": over})


def max_pool_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, over, x_id, y_id, code, offset, primitive = record
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
        step = max_pool_vjp_x(g, x, y, over)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def max_pool_tap(x: TensorLike, peak: TensorLike, over: Any, name: str | None = None) -> Tensor:
    """The number of the first tap of each window that attains the maximum `peak`."""
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
            if type(peak) is Tensor:
                peak_value = peak.value
                peak_id = peak.id
            else:
                form = type(peak)
                if form is Variable:
                    peak_value = peak.value_
                    peak_id = 0 if tape is None else peak.read_id if peak.reader == tape.serial else tape.read(peak)
                else:
                    raise TypeError('peak')
            out = Tensor()
            if x_value.dtype not in max_pool_tap_dtypes:
                raise TypeError('max_pool_tap')
            out.value = result = max_pool_tap_kernel(x_value, peak_value, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if peak_id == 0:
                peak_id = name_tensor(peak)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, peak_id, identity, frame.f_code, frame.f_lasti, max_pool_tap_primitive)
            else:
                ring += (x_id, peak_id, identity, *site, max_pool_tap_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(max_pool_tap_primitive, (x, peak, ), {"over": over})


def tap_position(tap: TensorLike, sizes: Any, over: Any, with_batch: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Where in the flattened input (example by example, or of the whole batch) each window's tap reads."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(tap) is Tensor:
                tap_value = tap.value
                tap_id = tap.id
            else:
                form = type(tap)
                if form is Variable:
                    tap_value = tap.value_
                    tap_id = 0 if tape is None else tap.read_id if tap.reader == tape.serial else tape.read(tap)
                else:
                    raise TypeError('tap')
            out = Tensor()
            out.value = result = tap_position_kernel(tap_value, sizes=sizes, over=over, with_batch=with_batch, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if tap_id == 0:
                tap_id = name_tensor(tap)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (tap_id, identity, frame.f_code, frame.f_lasti, tap_position_primitive)
            else:
                ring += (tap_id, identity, *site, tap_position_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(tap_position_primitive, (tap, ), {"sizes": sizes, "over": over, "with_batch": with_batch, "dtype": dtype})


def spread_tap(u: TensorLike, tap: TensorLike, sizes: Any, over: Any, name: str | None = None) -> Tensor:
    """Each value of u added to zeros (spatial extents `sizes`) where its window's tap reads."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(u) is Tensor:
                u_value = u.value
                u_id = u.id
            else:
                form = type(u)
                if form is Variable:
                    u_value = u.value_
                    u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
                else:
                    raise TypeError('u')
            if type(tap) is Tensor:
                tap_value = tap.value
                tap_id = tap.id
            else:
                form = type(tap)
                if form is Variable:
                    tap_value = tap.value_
                    tap_id = 0 if tape is None else tap.read_id if tap.reader == tape.serial else tape.read(tap)
                else:
                    raise TypeError('tap')
            out = Tensor()
            if u_value.dtype not in spread_tap_dtypes:
                raise TypeError('spread_tap')
            out.value = result = spread_tap_kernel(u_value, tap_value, sizes=sizes, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or tap_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (tap_value, over, u_id, tap_id, identity, frame.f_code, frame.f_lasti, spread_tap_primitive)
                else:
                    records += (tap_value, over, u_id, tap_id, identity, *site, spread_tap_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if tap_id == 0:
                tap_id = name_tensor(tap)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, tap_id, identity, frame.f_code, frame.f_lasti, spread_tap_primitive)
            else:
                ring += (u_id, tap_id, identity, *site, spread_tap_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(spread_tap_primitive, (u, tap, ), {"sizes": sizes, "over": over})


def spread_tap_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    tap, over, u_id, tap_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        if type(tap) is ndarray:
            array = tap
            tap = Tensor()
            tap.value = array
            tap.id = tap_id
        step = spread_tap_vjp_u(g, tap, over)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


def pick_tap(x: TensorLike, tap: TensorLike, over: Any, name: str | None = None) -> Tensor:
    """What the chosen tap of each window reads."""
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
            if type(tap) is Tensor:
                tap_value = tap.value
                tap_id = tap.id
            else:
                form = type(tap)
                if form is Variable:
                    tap_value = tap.value_
                    tap_id = 0 if tape is None else tap.read_id if tap.reader == tape.serial else tape.read(tap)
                else:
                    raise TypeError('tap')
            out = Tensor()
            if x_value.dtype not in pick_tap_dtypes:
                raise TypeError('pick_tap')
            out.value = result = pick_tap_kernel(x_value, tap_value, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or tap_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (tap_value, x_value.shape, over, x_id, tap_id, identity, frame.f_code, frame.f_lasti, pick_tap_primitive)
                else:
                    records += (tap_value, x_value.shape, over, x_id, tap_id, identity, *site, pick_tap_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if tap_id == 0:
                tap_id = name_tensor(tap)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, tap_id, identity, frame.f_code, frame.f_lasti, pick_tap_primitive)
            else:
                ring += (x_id, tap_id, identity, *site, pick_tap_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(pick_tap_primitive, (x, tap, ), {"over": over})


def pick_tap_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    tap, x_shape, over, x_id, tap_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(tap) is ndarray:
            array = tap
            tap = Tensor()
            tap.value = array
            tap.id = tap_id
        step = pick_tap_vjp_x(g, tap, x_shape, over)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sum_tap(u: TensorLike, tap: TensorLike, kernel: Any, name: str | None = None) -> Tensor:
    """For each tap of a kernel of this shape, and each channel, the sum of u over the places that chose it."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(u) is Tensor:
                u_value = u.value
                u_id = u.id
            else:
                form = type(u)
                if form is Variable:
                    u_value = u.value_
                    u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
                else:
                    raise TypeError('u')
            if type(tap) is Tensor:
                tap_value = tap.value
                tap_id = tap.id
            else:
                form = type(tap)
                if form is Variable:
                    tap_value = tap.value_
                    tap_id = 0 if tape is None else tap.read_id if tap.reader == tape.serial else tape.read(tap)
                else:
                    raise TypeError('tap')
            out = Tensor()
            if u_value.dtype not in sum_tap_dtypes:
                raise TypeError('sum_tap')
            out.value = result = sum_tap_kernel(u_value, tap_value, kernel=kernel)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or tap_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (tap_value, u_id, tap_id, identity, frame.f_code, frame.f_lasti, sum_tap_primitive)
                else:
                    records += (tap_value, u_id, tap_id, identity, *site, sum_tap_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if tap_id == 0:
                tap_id = name_tensor(tap)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, tap_id, identity, frame.f_code, frame.f_lasti, sum_tap_primitive)
            else:
                ring += (u_id, tap_id, identity, *site, sum_tap_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sum_tap_primitive, (u, tap, ), {"kernel": kernel})


def sum_tap_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    tap, u_id, tap_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        if type(tap) is ndarray:
            array = tap
            tap = Tensor()
            tap.value = array
            tap.id = tap_id
        step = sum_tap_vjp_u(g, tap)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


def pick_weight(w: TensorLike, tap: TensorLike, name: str | None = None) -> Tensor:
    """The weight (*kernel, channels) of each place's tap, channel by channel."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(w) is Tensor:
                w_value = w.value
                w_id = w.id
            else:
                form = type(w)
                if form is Variable:
                    w_value = w.value_
                    w_id = 0 if tape is None else w.read_id if w.reader == tape.serial else tape.read(w)
                else:
                    raise TypeError('w')
            if type(tap) is Tensor:
                tap_value = tap.value
                tap_id = tap.id
            else:
                form = type(tap)
                if form is Variable:
                    tap_value = tap.value_
                    tap_id = 0 if tape is None else tap.read_id if tap.reader == tape.serial else tape.read(tap)
                else:
                    raise TypeError('tap')
            out = Tensor()
            if w_value.dtype not in pick_weight_dtypes:
                raise TypeError('pick_weight')
            out.value = result = pick_weight_kernel(w_value, tap_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if w_id in tracked or tap_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (tap_value, w_value.shape, w_id, tap_id, identity, frame.f_code, frame.f_lasti, pick_weight_primitive)
                else:
                    records += (tap_value, w_value.shape, w_id, tap_id, identity, *site, pick_weight_primitive)
                return out
            if w_id == 0:
                w_id = name_tensor(w)
            if tap_id == 0:
                tap_id = name_tensor(tap)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (w_id, tap_id, identity, frame.f_code, frame.f_lasti, pick_weight_primitive)
            else:
                ring += (w_id, tap_id, identity, *site, pick_weight_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(pick_weight_primitive, (w, tap, ), {})


def pick_weight_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    tap, w_shape, w_id, tap_id, y_id, code, offset, primitive = record
    if w_id in tracked:
        if type(tap) is ndarray:
            array = tap
            tap = Tensor()
            tap.value = array
            tap.id = tap_id
        step = pick_weight_vjp_w(g, tap, w_shape)
        grads[w_id] = accumulate(grads[w_id], step) if w_id in grads else step


def avg_pool(input: TensorLike, over: Any, name: str | None = None) -> Tensor:
    """The mean over each window; padding does not count."""
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
            out = Tensor()
            if input_value.dtype not in avg_pool_dtypes:
                raise TypeError('avg_pool')
            out.value = result = avg_pool_kernel(input_value, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_value.shape, over, input_id, identity, frame.f_code, frame.f_lasti, avg_pool_primitive)
                else:
                    records += (input_value.shape, over, input_id, identity, *site, avg_pool_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, avg_pool_primitive)
            else:
                ring += (input_id, identity, *site, avg_pool_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(avg_pool_primitive, (input, ), {"over": over})


def avg_pool_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, over, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = avg_pool_vjp_x(g, x_shape, over)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def avg_pool_input(u: TensorLike, sizes: Any, over: Any, name: str | None = None) -> Tensor:
    """The adjoint of avg_pool: each value of u shared out over what its window reads (spatial extents `sizes`)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(u) is Tensor:
                u_value = u.value
                u_id = u.id
            else:
                form = type(u)
                if form is Variable:
                    u_value = u.value_
                    u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
                else:
                    raise TypeError('u')
            out = Tensor()
            if u_value.dtype not in avg_pool_input_dtypes:
                raise TypeError('avg_pool_input')
            out.value = result = avg_pool_input_kernel(u_value, sizes=sizes, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (over, u_id, identity, frame.f_code, frame.f_lasti, avg_pool_input_primitive)
                else:
                    records += (over, u_id, identity, *site, avg_pool_input_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, identity, frame.f_code, frame.f_lasti, avg_pool_input_primitive)
            else:
                ring += (u_id, identity, *site, avg_pool_input_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(avg_pool_input_primitive, (u, ), {"sizes": sizes, "over": over})


def avg_pool_input_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    over, u_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        step = avg_pool_input_vjp_u(g, over)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


def dilation(input: TensorLike, filters: TensorLike, strides: Any, padding: Any, dilations: Any, name: str | None = None) -> Tensor:
    """The maximum over each window of x + w, with weights w (*kernel, channels); places outside x do not take part."""
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
            if input_value.dtype not in dilation_dtypes:
                raise TypeError('dilation')
            if filters_value.dtype != input_value.dtype:
                raise TypeError('dilation')
            out.value = result = dilation_kernel(input_value, filters_value, strides=strides, padding=padding, dilations=dilations)
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
                    records += (input_value, filters_value, result, strides, padding, dilations, input_id, filters_id, identity, frame.f_code, frame.f_lasti, dilation_primitive)
                else:
                    records += (input_value, filters_value, result, strides, padding, dilations, input_id, filters_id, identity, *site, dilation_primitive)
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
                ring += (input_id, filters_id, identity, frame.f_code, frame.f_lasti, dilation_primitive)
            else:
                ring += (input_id, filters_id, identity, *site, dilation_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(dilation_primitive, (input, filters, ), {"strides": strides, "padding": padding, "dilations": dilations})


def dilation_tap(x: TensorLike, w: TensorLike, peak: TensorLike, strides: Any, padding: Any, dilations: Any, name: str | None = None) -> Tensor:
    """The number of the first tap of each window that attains the maximum `peak`."""
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
            if type(w) is Tensor:
                w_value = w.value
                w_id = w.id
            else:
                form = type(w)
                if form is Variable:
                    w_value = w.value_
                    w_id = 0 if tape is None else w.read_id if w.reader == tape.serial else tape.read(w)
                else:
                    raise TypeError('w')
            if type(peak) is Tensor:
                peak_value = peak.value
                peak_id = peak.id
            else:
                form = type(peak)
                if form is Variable:
                    peak_value = peak.value_
                    peak_id = 0 if tape is None else peak.read_id if peak.reader == tape.serial else tape.read(peak)
                else:
                    raise TypeError('peak')
            out = Tensor()
            if x_value.dtype not in dilation_tap_dtypes:
                raise TypeError('dilation_tap')
            out.value = result = dilation_tap_kernel(x_value, w_value, peak_value, strides=strides, padding=padding, dilations=dilations)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if w_id == 0:
                w_id = name_tensor(w)
            if peak_id == 0:
                peak_id = name_tensor(peak)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, w_id, peak_id, identity, frame.f_code, frame.f_lasti, dilation_tap_primitive)
            else:
                ring += (x_id, w_id, peak_id, identity, *site, dilation_tap_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(dilation_tap_primitive, (x, w, peak, ), {"strides": strides, "padding": padding, "dilations": dilations})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
