"""Written by `make calls` from the declarations of the scan family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def shift(x: TensorLike, axis: Any, back: Any = False, fill: Any = 0.0, name: str | None = None) -> Tensor:
    """Each element one place further along an axis (`back`: one place nearer); the free place takes `fill`."""
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
            out.value = result = shift_kernel(x_value, axis=axis, back=back, fill=fill)
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
                    records += (axis, back, x_id, identity, frame.f_code, frame.f_lasti, shift_primitive)
                else:
                    records += (axis, back, x_id, identity, *site, shift_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, shift_primitive)
            else:
                ring += (x_id, identity, *site, shift_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(shift_primitive, (x, ), {"axis": axis, "back": back, "fill": fill})


def shift_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    axis, back, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = shift_vjp_x(g, axis, back)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def linear_scan(a: TensorLike, b: TensorLike, axis: Any, reverse: Any = False, name: str | None = None) -> Tensor:
    """y with y[k] = a[k] y[k-1] + b[k] along an axis; `reverse` runs from the end. The first a counts for nothing."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(a) is Tensor:
                a_value = a.value
                a_id = a.id
            else:
                form = type(a)
                if form is Variable:
                    a_value = a.value_
                    a_id = 0 if tape is None else a.read_id if a.reader == tape.serial else tape.read(a)
                else:
                    raise TypeError('a')
            if type(b) is Tensor:
                b_value = b.value
                b_id = b.id
            else:
                form = type(b)
                if form is Variable:
                    b_value = b.value_
                    b_id = 0 if tape is None else b.read_id if b.reader == tape.serial else tape.read(b)
                else:
                    raise TypeError('b')
            out = Tensor()
            if a_value.dtype not in linear_scan_dtypes:
                raise TypeError('linear_scan')
            if b_value.dtype != a_value.dtype:
                raise TypeError('linear_scan')
            out.value = result = linear_scan_kernel(a_value, b_value, axis=axis, reverse=reverse)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or b_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, result, axis, reverse, a_id, b_id, identity, frame.f_code, frame.f_lasti, linear_scan_primitive)
                else:
                    records += (a_value, result, axis, reverse, a_id, b_id, identity, *site, linear_scan_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if b_id == 0:
                b_id = name_tensor(b)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, linear_scan_primitive)
            else:
                ring += (a_id, b_id, identity, *site, linear_scan_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(linear_scan_primitive, (a, b, ), {"axis": axis, "reverse": reverse})


def linear_scan_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, y, axis, reverse, a_id, b_id, y_id, code, offset, primitive = record
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if a_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = linear_scan_vjp_a(g, a, y, axis, reverse)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = linear_scan_vjp_b(g, a, axis, reverse)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def cumsum(x: TensorLike, axis: Any = 0, exclusive: Any = False, reverse: Any = False, name: str | None = None) -> Tensor:
    """Running sums along an axis; `exclusive` leaves each element out of its own sum, `reverse` runs from the end.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.cumsum(tf.constant([1, 2, 3])).numpy()
    array([1, 3, 6], dtype=int32)
    >>> tf.cumsum(tf.constant([1, 2, 3]), exclusive=True, reverse=True).numpy()
    array([5, 3, 0], dtype=int32)
    """
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
            params = cumsum_canonical(x_value, axis=axis, exclusive=exclusive, reverse=reverse)
            axis = params['axis']
            exclusive = params['exclusive']
            reverse = params['reverse']
            if x_value.dtype not in cumsum_dtypes:
                raise TypeError('cumsum')
            out.value = result = cumsum_kernel(x_value, axis=axis, exclusive=exclusive, reverse=reverse)
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
                    records += (axis, exclusive, reverse, x_id, identity, frame.f_code, frame.f_lasti, cumsum_primitive)
                else:
                    records += (axis, exclusive, reverse, x_id, identity, *site, cumsum_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, cumsum_primitive)
            else:
                ring += (x_id, identity, *site, cumsum_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cumsum_primitive, (x, ), {"axis": axis, "exclusive": exclusive, "reverse": reverse})


def cumsum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    axis, exclusive, reverse, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = cumsum_vjp_x(g, axis, exclusive, reverse)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cumprod(x: TensorLike, axis: Any = 0, exclusive: Any = False, reverse: Any = False, name: str | None = None) -> Tensor:
    """Running products along an axis; `exclusive` leaves each element out of its own product, `reverse` runs from the end.

    The gradient is right at zeros, too.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.math.cumprod(tf.constant([2.0, 3.0, 4.0])).numpy()
    array([ 2.,  6., 24.], dtype=float32)
    >>> x = tf.constant([0.0, 2.0, 3.0])
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.math.cumprod(x)
    >>> tape.gradient(y, x).numpy()
    array([9., 0., 0.], dtype=float32)
    """
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
            params = cumprod_canonical(x_value, axis=axis, exclusive=exclusive, reverse=reverse)
            axis = params['axis']
            exclusive = params['exclusive']
            reverse = params['reverse']
            if x_value.dtype not in cumprod_dtypes:
                raise TypeError('cumprod')
            out.value = result = cumprod_kernel(x_value, axis=axis, exclusive=exclusive, reverse=reverse)
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
                    records += (x_value, axis, exclusive, reverse, x_id, identity, frame.f_code, frame.f_lasti, cumprod_primitive)
                else:
                    records += (x_value, axis, exclusive, reverse, x_id, identity, *site, cumprod_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, cumprod_primitive)
            else:
                ring += (x_id, identity, *site, cumprod_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cumprod_primitive, (x, ), {"axis": axis, "exclusive": exclusive, "reverse": reverse})


def cumprod_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, axis, exclusive, reverse, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = cumprod_vjp_x(g, x, axis, exclusive, reverse)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def exp_difference(a: TensorLike, b: TensorLike, name: str | None = None) -> Tensor:
    """exp(a - b); 0 where both are -inf and 1 where both are inf."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(a) is Tensor:
                a_value = a.value
                a_id = a.id
            else:
                form = type(a)
                if form is Variable:
                    a_value = a.value_
                    a_id = 0 if tape is None else a.read_id if a.reader == tape.serial else tape.read(a)
                else:
                    raise TypeError('a')
            if type(b) is Tensor:
                b_value = b.value
                b_id = b.id
            else:
                form = type(b)
                if form is Variable:
                    b_value = b.value_
                    b_id = 0 if tape is None else b.read_id if b.reader == tape.serial else tape.read(b)
                else:
                    raise TypeError('b')
            out = Tensor()
            if a_value.dtype not in exp_difference_dtypes:
                raise TypeError('exp_difference')
            out.value = result = exp_difference_kernel(a_value, b_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or b_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value.shape if a_id in tracked else None, b_value.shape if b_id in tracked else None, result, a_id, b_id, identity, frame.f_code, frame.f_lasti, exp_difference_primitive)
                else:
                    records += (a_value.shape if a_id in tracked else None, b_value.shape if b_id in tracked else None, result, a_id, b_id, identity, *site, exp_difference_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if b_id == 0:
                b_id = name_tensor(b)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, exp_difference_primitive)
            else:
                ring += (a_id, b_id, identity, *site, exp_difference_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(exp_difference_primitive, (a, b, ), {})


def exp_difference_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a_shape, b_shape, y, a_id, b_id, y_id, code, offset, primitive = record
    if type(y) is ndarray:
        array = y
        y = Tensor()
        y.value = array
        y.id = y_id
    if a_id in tracked:
        factor = exp_difference_d_a(y)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = exp_difference_d_b(y)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def running_logsumexp(x: TensorLike, axis: Any, reverse: Any = False, name: str | None = None) -> Tensor:
    """log(sum(exp(x))) over the elements up to each one, along an axis."""
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
            params = running_logsumexp_canonical(x_value, axis=axis, reverse=reverse)
            axis = params['axis']
            reverse = params['reverse']
            if x_value.dtype not in running_logsumexp_dtypes:
                raise TypeError('running_logsumexp')
            out.value = result = running_logsumexp_kernel(x_value, axis=axis, reverse=reverse)
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
                    records += (x_value, result, axis, reverse, x_id, identity, frame.f_code, frame.f_lasti, running_logsumexp_primitive)
                else:
                    records += (x_value, result, axis, reverse, x_id, identity, *site, running_logsumexp_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, running_logsumexp_primitive)
            else:
                ring += (x_id, identity, *site, running_logsumexp_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(running_logsumexp_primitive, (x, ), {"axis": axis, "reverse": reverse})


def running_logsumexp_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, axis, reverse, x_id, y_id, code, offset, primitive = record
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
        step = running_logsumexp_vjp_x(g, x, y, axis, reverse)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
