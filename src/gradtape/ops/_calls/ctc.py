"""Written by `make calls` from the declarations of the ctc family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def share(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """exp(x - y), elementwise, and 0 where x is -inf."""
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in share_dtypes:
                raise TypeError('share')
            out.value = result = share_kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, share_primitive)
                else:
                    records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, result, x_id, y_id, identity, *site, share_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, share_primitive)
            else:
                ring += (x_id, y_id, identity, *site, share_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(share_primitive, (x, y, ), {})


def share_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a_shape, b_shape, y, a_id, b_id, y_id, code, offset, primitive = record
    if type(y) is ndarray:
        array = y
        y = Tensor()
        y.value = array
        y.id = y_id
    if a_id in tracked:
        factor = share_d_a(y)
        step = multiply(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = share_d_b(y)
        step = multiply(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def log_add(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """log(exp(x) + exp(y)), elementwise; where both are -inf, neither has a slope."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = log_add_kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = log_add_kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, log_add_primitive)
                    else:
                        records += (x_value, y_value, result, x_id, y_id, identity, *site, log_add_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, log_add_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, log_add_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(log_add_primitive, (x, y, ), {})


def log_add_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, y, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(y) is ndarray:
        array = y
        y = Tensor()
        y.value = array
        y.id = y_id
    if a_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = log_add_d_a(a, y)
        step = multiply(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = log_add_d_b(b, y)
        step = multiply(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def pick_places(x: TensorLike, at: TensorLike, axis: Any, name: str | None = None) -> Tensor:
    """x at the places `at` along the axis."""
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
            if type(at) is Tensor:
                at_value = at.value
                at_id = at.id
            else:
                form = type(at)
                if form is Variable:
                    at_value = at.value_
                    at_id = 0 if tape is None else at.read_id if at.reader == tape.serial else tape.read(at)
                else:
                    raise TypeError('at')
            out = Tensor()
            if x_value.dtype not in pick_places_dtypes:
                raise TypeError('pick_places')
            out.value = result = pick_places_kernel(x_value, at_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or at_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (at_value, x_value.shape, axis, x_id, at_id, identity, frame.f_code, frame.f_lasti, pick_places_primitive)
                else:
                    records += (at_value, x_value.shape, axis, x_id, at_id, identity, *site, pick_places_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if at_id == 0:
                at_id = name_tensor(at)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, at_id, identity, frame.f_code, frame.f_lasti, pick_places_primitive)
            else:
                ring += (x_id, at_id, identity, *site, pick_places_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(pick_places_primitive, (x, at, ), {"axis": axis})


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
            if type(at) is Tensor:
                at_value = at.value
                at_id = at.id
            else:
                form = type(at)
                if form is Variable:
                    at_value = at.value_
                    at_id = 0 if tape is None else at.read_id if at.reader == tape.serial else tape.read(at)
                else:
                    raise TypeError('at')
            out = Tensor()
            if u_value.dtype not in add_places_dtypes:
                raise TypeError('add_places')
            out.value = result = add_places_kernel(u_value, at_value, size=size, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or at_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (at_value, axis, u_id, at_id, identity, frame.f_code, frame.f_lasti, add_places_primitive)
                else:
                    records += (at_value, axis, u_id, at_id, identity, *site, add_places_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if at_id == 0:
                at_id = name_tensor(at)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, at_id, identity, frame.f_code, frame.f_lasti, add_places_primitive)
            else:
                ring += (u_id, at_id, identity, *site, add_places_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(add_places_primitive, (u, at, ), {"size": size, "axis": axis})


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


def ctc_states(labels: TensorLike, label_length: TensorLike, blank: Any, name: str | None = None) -> Tensor:
    """The class that each state emits."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(labels) is Tensor:
                labels_value = labels.value
                labels_id = labels.id
            else:
                form = type(labels)
                if form is Variable:
                    labels_value = labels.value_
                    labels_id = 0 if tape is None else labels.read_id if labels.reader == tape.serial else tape.read(labels)
                else:
                    raise TypeError('labels')
            if type(label_length) is Tensor:
                label_length_value = label_length.value
                label_length_id = label_length.id
            else:
                form = type(label_length)
                if form is Variable:
                    label_length_value = label_length.value_
                    label_length_id = 0 if tape is None else label_length.read_id if label_length.reader == tape.serial else tape.read(label_length)
                else:
                    raise TypeError('label_length')
            out = Tensor()
            if labels_value.dtype not in ctc_states_dtypes:
                raise TypeError('ctc_states')
            out.value = result = ctc_states_kernel(labels_value, label_length_value, blank=blank)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if label_length_id == 0:
                label_length_id = name_tensor(label_length)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (labels_id, label_length_id, identity, frame.f_code, frame.f_lasti, ctc_states_primitive)
            else:
                ring += (labels_id, label_length_id, identity, *site, ctc_states_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ctc_states_primitive, (labels, label_length, ), {"blank": blank})


def ctc_skips(states: TensorLike, name: str | None = None) -> Tensor:
    """Which states may be reached from two states before."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(states) is Tensor:
                states_value = states.value
                states_id = states.id
            else:
                form = type(states)
                if form is Variable:
                    states_value = states.value_
                    states_id = 0 if tape is None else states.read_id if states.reader == tape.serial else tape.read(states)
                else:
                    raise TypeError('states')
            out = Tensor()
            if states_value.dtype not in ctc_skips_dtypes:
                raise TypeError('ctc_skips')
            out.value = result = ctc_skips_kernel(states_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if states_id == 0:
                states_id = name_tensor(states)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (states_id, identity, frame.f_code, frame.f_lasti, ctc_skips_primitive)
            else:
                ring += (states_id, identity, *site, ctc_skips_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ctc_skips_primitive, (states, ), {})


def ctc_ends(label_length: TensorLike, states: Any, name: str | None = None) -> Tensor:
    """log 1 for the states in which a path may end, else log 0."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(label_length) is Tensor:
                label_length_value = label_length.value
                label_length_id = label_length.id
            else:
                form = type(label_length)
                if form is Variable:
                    label_length_value = label_length.value_
                    label_length_id = 0 if tape is None else label_length.read_id if label_length.reader == tape.serial else tape.read(label_length)
                else:
                    raise TypeError('label_length')
            out = Tensor()
            if label_length_value.dtype not in ctc_ends_dtypes:
                raise TypeError('ctc_ends')
            out.value = result = ctc_ends_kernel(label_length_value, states=states)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if label_length_id == 0:
                label_length_id = name_tensor(label_length)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (label_length_id, identity, frame.f_code, frame.f_lasti, ctc_ends_primitive)
            else:
                ring += (label_length_id, identity, *site, ctc_ends_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ctc_ends_primitive, (label_length, ), {"states": states})


def ctc(log_p: TensorLike, labels: TensorLike, label_length: TensorLike, logit_length: TensorLike, blank: Any, name: str | None = None) -> Tensor:
    """-log of the probability of each label sequence, from log probabilities [frames, batch, classes]."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
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
            if type(labels) is Tensor:
                labels_value = labels.value
                labels_id = labels.id
            else:
                form = type(labels)
                if form is Variable:
                    labels_value = labels.value_
                    labels_id = 0 if tape is None else labels.read_id if labels.reader == tape.serial else tape.read(labels)
                else:
                    raise TypeError('labels')
            if type(label_length) is Tensor:
                label_length_value = label_length.value
                label_length_id = label_length.id
            else:
                form = type(label_length)
                if form is Variable:
                    label_length_value = label_length.value_
                    label_length_id = 0 if tape is None else label_length.read_id if label_length.reader == tape.serial else tape.read(label_length)
                else:
                    raise TypeError('label_length')
            if type(logit_length) is Tensor:
                logit_length_value = logit_length.value
                logit_length_id = logit_length.id
            else:
                form = type(logit_length)
                if form is Variable:
                    logit_length_value = logit_length.value_
                    logit_length_id = 0 if tape is None else logit_length.read_id if logit_length.reader == tape.serial else tape.read(logit_length)
                else:
                    raise TypeError('logit_length')
            out = Tensor()
            if log_p_value.dtype not in ctc_dtypes:
                raise TypeError('ctc')
            out.value = result = ctc_kernel(log_p_value, labels_value, label_length_value, logit_length_value, blank=blank)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if log_p_id in tracked or labels_id in tracked or label_length_id in tracked or logit_length_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (log_p_value, labels_value, label_length_value, logit_length_value, blank, log_p_id, labels_id, label_length_id, logit_length_id, identity, frame.f_code, frame.f_lasti, ctc_primitive)
                else:
                    records += (log_p_value, labels_value, label_length_value, logit_length_value, blank, log_p_id, labels_id, label_length_id, logit_length_id, identity, *site, ctc_primitive)
                return out
            if log_p_id == 0:
                log_p_id = name_tensor(log_p)
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if label_length_id == 0:
                label_length_id = name_tensor(label_length)
            if logit_length_id == 0:
                logit_length_id = name_tensor(logit_length)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (log_p_id, labels_id, label_length_id, logit_length_id, identity, frame.f_code, frame.f_lasti, ctc_primitive)
            else:
                ring += (log_p_id, labels_id, label_length_id, logit_length_id, identity, *site, ctc_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ctc_primitive, (log_p, labels, label_length, logit_length, ), {"blank": blank})


def ctc_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    log_p, labels, label_length, logit_length, blank, log_p_id, labels_id, label_length_id, logit_length_id, y_id, code, offset, primitive = record
    if log_p_id in tracked:
        if type(log_p) is ndarray:
            array = log_p
            log_p = Tensor()
            log_p.value = array
            log_p.id = log_p_id
        if type(labels) is ndarray:
            array = labels
            labels = Tensor()
            labels.value = array
            labels.id = labels_id
        if type(label_length) is ndarray:
            array = label_length
            label_length = Tensor()
            label_length.value = array
            label_length.id = label_length_id
        if type(logit_length) is ndarray:
            array = logit_length
            logit_length = Tensor()
            logit_length.value = array
            logit_length.id = logit_length_id
        step = ctc_vjp_log_p(g, log_p, labels, label_length, logit_length, blank)
        grads[log_p_id] = accumulate(grads[log_p_id], step) if log_p_id in grads else step


def ctc_occupancy(log_p: TensorLike, labels: TensorLike, label_length: TensorLike, logit_length: TensorLike, blank: Any, name: str | None = None) -> Tensor:
    """The share of the paths that emit each class at each frame, by forward and backward sums: [frames, batch, classes]."""
    if current() is None and type(log_p) is Tensor and type(labels) is Tensor and type(label_length) is Tensor and type(logit_length) is Tensor:
        return ctc_occupancy_body(log_p, labels, label_length, logit_length, blank=blank)
    return careful(ctc_occupancy_primitive, (log_p, labels, label_length, logit_length, ), {"blank": blank})


def ctc_occupancy_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    log_p_id, labels_id, label_length_id, logit_length_id, y_id, code, offset, primitive = record


def ctc_unique(x: TensorLike, name: str | None = None) -> tuple[Tensor, ...]:
    """The different labels of each row, in order of appearance and padded with 0, and which of them each label is."""
    return careful(ctc_unique_primitive, (x, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
