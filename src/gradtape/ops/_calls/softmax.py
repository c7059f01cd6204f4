"""Written by `make calls` from the declarations of the softmax family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def softmax(logits: TensorLike, axis: Any = None, name: str | None = None) -> Tensor:
    """exp(logits) / sum(exp(logits)) along an axis (the last, where none is given).

    A row of which every logit is -inf gives NaN, and a gradient of 0 where the result does not count.

    Raises:
        InvalidArgumentError: no such axis, logits that are a scalar or no floats.

    >>> tf.nn.softmax(tf.constant([0.0, 0.0])).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(logits) is Tensor:
                logits_value = logits.value
                logits_id = logits.id
            else:
                form = type(logits)
                if form is Variable:
                    logits_value = logits.value_
                    logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
                else:
                    raise TypeError('logits')
            out = Tensor()
            if axis is not None:
                params = softmax_canonical(logits_value, axis=axis)
                axis = params['axis']
            if logits_value.dtype not in softmax_dtypes:
                raise TypeError('softmax')
            out.value = result = softmax_kernel(logits_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (result, axis, logits_id, identity, frame.f_code, frame.f_lasti, softmax_primitive)
                else:
                    records += (result, axis, logits_id, identity, *site, softmax_primitive)
                return out
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (logits_id, identity, frame.f_code, frame.f_lasti, softmax_primitive)
            else:
                ring += (logits_id, identity, *site, softmax_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(softmax_primitive, (logits, ), {"axis": axis})


def softmax_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = softmax_vjp_x(g, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def log_softmax(logits: TensorLike, axis: Any = None, name: str | None = None) -> Tensor:
    """logits - log(sum(exp(logits))) along an axis (the last, where none is given).

    Raises:
        InvalidArgumentError: no such axis, logits that are a scalar or no floats.

    >>> tf.nn.log_softmax(tf.constant([0.0, 0.0])).numpy().round(4)
    array([-0.6931, -0.6931], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(logits) is Tensor:
                logits_value = logits.value
                logits_id = logits.id
            else:
                form = type(logits)
                if form is Variable:
                    logits_value = logits.value_
                    logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
                else:
                    raise TypeError('logits')
            out = Tensor()
            if axis is not None:
                params = log_softmax_canonical(logits_value, axis=axis)
                axis = params['axis']
            if logits_value.dtype not in log_softmax_dtypes:
                raise TypeError('log_softmax')
            out.value = result = log_softmax_kernel(logits_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (result, axis, logits_id, identity, frame.f_code, frame.f_lasti, log_softmax_primitive)
                else:
                    records += (result, axis, logits_id, identity, *site, log_softmax_primitive)
                return out
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (logits_id, identity, frame.f_code, frame.f_lasti, log_softmax_primitive)
            else:
                ring += (logits_id, identity, *site, log_softmax_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(log_softmax_primitive, (logits, ), {"axis": axis})


def log_softmax_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = log_softmax_vjp_x(g, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def softmax_gradient(u: TensorLike, p: TensorLike, axis: Any = None, name: str | None = None) -> Tensor:
    """(u - sum(u p)) p along an axis."""
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
            if type(p) is Tensor:
                p_value = p.value
                p_id = p.id
            else:
                form = type(p)
                if form is Variable:
                    p_value = p.value_
                    p_id = 0 if tape is None else p.read_id if p.reader == tape.serial else tape.read(p)
                else:
                    raise TypeError('p')
            out = Tensor()
            if u_value.dtype not in softmax_gradient_dtypes:
                raise TypeError('softmax_gradient')
            if p_value.dtype != u_value.dtype:
                raise TypeError('softmax_gradient')
            out.value = result = softmax_gradient_kernel(u_value, p_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or p_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (u_value, p_value, axis, u_id, p_id, identity, frame.f_code, frame.f_lasti, softmax_gradient_primitive)
                else:
                    records += (u_value, p_value, axis, u_id, p_id, identity, *site, softmax_gradient_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if p_id == 0:
                p_id = name_tensor(p)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, p_id, identity, frame.f_code, frame.f_lasti, softmax_gradient_primitive)
            else:
                ring += (u_id, p_id, identity, *site, softmax_gradient_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(softmax_gradient_primitive, (u, p, ), {"axis": axis})


def softmax_gradient_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    u, p, axis, u_id, p_id, y_id, code, offset, primitive = record
    if type(p) is ndarray:
        array = p
        p = Tensor()
        p.value = array
        p.id = p_id
    if u_id in tracked:
        step = softmax_gradient_vjp_u(g, p, axis)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step
    if p_id in tracked:
        if type(u) is ndarray:
            array = u
            u = Tensor()
            u.value = array
            u.id = u_id
        step = softmax_gradient_vjp_p(g, u, p, axis)
        grads[p_id] = accumulate(grads[p_id], step) if p_id in grads else step


def log_softmax_gradient(u: TensorLike, log_p: TensorLike, axis: Any = None, name: str | None = None) -> Tensor:
    """u - exp(log_p) sum(u) along an axis."""
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
            if type(log_p) is Tensor:
                log_p_value = log_p.value
                log_p_id = log_p.id
            else:
                form = type(log_p)
                if form is Variable:
                    log_p_value = log_p.value_
                    log_p_id = 0 if tape is None else log_p.read_id if log_p.reader == tape.serial else tape.read(log_p)
                else:
                    raise TypeError('log_p')
            out = Tensor()
            if u_value.dtype not in log_softmax_gradient_dtypes:
                raise TypeError('log_softmax_gradient')
            if log_p_value.dtype != u_value.dtype:
                raise TypeError('log_softmax_gradient')
            out.value = result = log_softmax_gradient_kernel(u_value, log_p_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or log_p_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (u_value, log_p_value, axis, u_id, log_p_id, identity, frame.f_code, frame.f_lasti, log_softmax_gradient_primitive)
                else:
                    records += (u_value, log_p_value, axis, u_id, log_p_id, identity, *site, log_softmax_gradient_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if log_p_id == 0:
                log_p_id = name_tensor(log_p)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, log_p_id, identity, frame.f_code, frame.f_lasti, log_softmax_gradient_primitive)
            else:
                ring += (u_id, log_p_id, identity, *site, log_softmax_gradient_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(log_softmax_gradient_primitive, (u, log_p, ), {"axis": axis})


def log_softmax_gradient_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    u, log_p, axis, u_id, log_p_id, y_id, code, offset, primitive = record
    if type(log_p) is ndarray:
        array = log_p
        log_p = Tensor()
        log_p.value = array
        log_p.id = log_p_id
    if u_id in tracked:
        step = log_softmax_gradient_vjp_u(g, log_p, axis)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step
    if log_p_id in tracked:
        if type(u) is ndarray:
            array = u
            u = Tensor()
            u.value = array
            u.id = u_id
        step = log_softmax_gradient_vjp_log_p(g, u, log_p, axis)
        grads[log_p_id] = accumulate(grads[log_p_id], step) if log_p_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
