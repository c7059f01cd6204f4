"""Written by `make calls` from the declarations of the fractional family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def span_sums(x: TensorLike, spans: Any, axis: Any, name: str | None = None) -> Tensor:
    """The sum over each span along an axis."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(span_sums_primitive, (x, ), {"spans": spans, "axis": axis})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(span_sums_primitive, (x, ), {"spans": spans, "axis": axis})
    out = Tensor()
    try:
        if x_value.dtype not in span_sums_dtypes:
            raise TypeError('span_sums')
        out.value = result = span_sums_kernel(x_value, spans=spans, axis=axis)
    except MISFIT:
        return careful(span_sums_primitive, (x, ), {"spans": spans, "axis": axis})
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
    tracked = tape.tracked
    if x_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value.shape, spans, axis, x_id, identity, code, offset, span_sums_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, span_sums_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def span_sums_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, spans, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = span_sums_vjp_x(g, x_shape, spans, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def spread_spans(u: TensorLike, spans: Any, size: Any, axis: Any, name: str | None = None) -> Tensor:
    """Each value of u added to zeros (with `size` places along the axis) all over its span."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(spread_spans_primitive, (u, ), {"spans": spans, "size": size, "axis": axis})
    kind = type(u)
    if kind is Tensor:
        u_value = u.value
        u_id = u.id
    elif kind is Variable:
        u_value = u.value_
        u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
    else:
        return careful(spread_spans_primitive, (u, ), {"spans": spans, "size": size, "axis": axis})
    out = Tensor()
    try:
        if u_value.dtype not in spread_spans_dtypes:
            raise TypeError('spread_spans')
        out.value = result = spread_spans_kernel(u_value, spans=spans, size=size, axis=axis)
    except MISFIT:
        return careful(spread_spans_primitive, (u, ), {"spans": spans, "size": size, "axis": axis})
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
    tracked = tape.tracked
    if u_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (spans, axis, u_id, identity, code, offset, spread_spans_primitive)
        return out
    if u_id == 0:
        u_id = name_tensor(u)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (u_id, identity, code, offset, spread_spans_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def spread_spans_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    spans, axis, u_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        step = spread_spans_vjp_u(g, spans, axis)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


def span_peaks(x: TensorLike, spans: Any, axis: Any, name: str | None = None) -> Tensor:
    """Where along the axis each span has its maximum (the first of several)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(span_peaks_primitive, (x, ), {"spans": spans, "axis": axis})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(span_peaks_primitive, (x, ), {"spans": spans, "axis": axis})
    out = Tensor()
    try:
        if x_value.dtype not in span_peaks_dtypes:
            raise TypeError('span_peaks')
        out.value = result = span_peaks_kernel(x_value, spans=spans, axis=axis)
    except MISFIT:
        return careful(span_peaks_primitive, (x, ), {"spans": spans, "axis": axis})
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
    ring += (x_id, identity, code, offset, span_peaks_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def pick_places(x: TensorLike, at: TensorLike, axis: Any, name: str | None = None) -> Tensor:
    """x at the places `at` along the axis."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(pick_places_primitive, (x, at, ), {"axis": axis})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(pick_places_primitive, (x, at, ), {"axis": axis})
    kind = type(at)
    if kind is Tensor:
        at_value = at.value
        at_id = at.id
    elif kind is Variable:
        at_value = at.value_
        at_id = 0 if tape is None else at.read_id if at.reader == tape.serial else tape.read(at)
    else:
        return careful(pick_places_primitive, (x, at, ), {"axis": axis})
    out = Tensor()
    try:
        out.value = result = pick_places_kernel(x_value, at_value, axis=axis)
    except MISFIT:
        return careful(pick_places_primitive, (x, at, ), {"axis": axis})
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
    tracked = tape.tracked
    if x_id in tracked or at_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (at_value, x_value.shape, axis, x_id, at_id, identity, code, offset, pick_places_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if at_id == 0:
        at_id = name_tensor(at)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, at_id, identity, code, offset, pick_places_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def pick_places_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    at, x_shape, axis, x_id, at_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(at) is ndarray:
            array = at
            at = Tensor()
            at.value = array
            at.id = at_id
        step = pick_places_vjp_x(g, at, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def add_places(u: TensorLike, at: TensorLike, size: Any, axis: Any, name: str | None = None) -> Tensor:
    """Zeros with `size` places along the axis, to which u is added at the places `at`."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(add_places_primitive, (u, at, ), {"size": size, "axis": axis})
    kind = type(u)
    if kind is Tensor:
        u_value = u.value
        u_id = u.id
    elif kind is Variable:
        u_value = u.value_
        u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
    else:
        return careful(add_places_primitive, (u, at, ), {"size": size, "axis": axis})
    kind = type(at)
    if kind is Tensor:
        at_value = at.value
        at_id = at.id
    elif kind is Variable:
        at_value = at.value_
        at_id = 0 if tape is None else at.read_id if at.reader == tape.serial else tape.read(at)
    else:
        return careful(add_places_primitive, (u, at, ), {"size": size, "axis": axis})
    out = Tensor()
    try:
        if u_value.dtype not in add_places_dtypes:
            raise TypeError('add_places')
        out.value = result = add_places_kernel(u_value, at_value, size=size, axis=axis)
    except MISFIT:
        return careful(add_places_primitive, (u, at, ), {"size": size, "axis": axis})
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
    tracked = tape.tracked
    if u_id in tracked or at_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (at_value, axis, u_id, at_id, identity, code, offset, add_places_primitive)
        return out
    if u_id == 0:
        u_id = name_tensor(u)
    if at_id == 0:
        at_id = name_tensor(at)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (u_id, at_id, identity, code, offset, add_places_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def add_places_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    at, axis, u_id, at_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        if type(at) is ndarray:
            array = at
            at = Tensor()
            at.value = array
            at.id = at_id
        step = add_places_vjp_u(g, at, axis)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
