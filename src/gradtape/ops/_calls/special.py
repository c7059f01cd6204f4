"""Written by `make calls` from the declarations of the special family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def erf(x: TensorLike, name: str | None = None) -> Tensor:
    """2 / sqrt(pi) times the integral of exp(-t^2) over (0, x), elementwise.

    >>> tf.math.erf([0.0, 1.0]).numpy().round(4)
    array([0.    , 0.8427], dtype=float32)
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
            if x_value.dtype not in erf_dtypes:
                raise TypeError('erf')
            out.value = result = erf_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, erf_primitive)
                else:
                    records += (x_value, x_id, identity, *site, erf_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, erf_primitive)
            else:
                ring += (x_id, identity, *site, erf_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(erf_primitive, (x, ), {})


def erf_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = erf_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def erfc(x: TensorLike, name: str | None = None) -> Tensor:
    """1 - erf(x), elementwise, exact for large x.

    >>> tf.math.erfc([0.0, 1.0]).numpy().round(4)
    array([1.    , 0.1573], dtype=float32)
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
            if x_value.dtype not in erfc_dtypes:
                raise TypeError('erfc')
            out.value = result = erfc_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, erfc_primitive)
                else:
                    records += (x_value, x_id, identity, *site, erfc_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, erfc_primitive)
            else:
                ring += (x_id, identity, *site, erfc_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(erfc_primitive, (x, ), {})


def erfc_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = erfc_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def erfinv(x: TensorLike, name: str | None = None) -> Tensor:
    """The number whose erf is x, elementwise; NaN outside [-1, 1].

    >>> tf.math.erfinv([0.0, 0.5]).numpy().round(4)
    array([0.    , 0.4769], dtype=float32)
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
            if x_value.dtype not in erfinv_dtypes:
                raise TypeError('erfinv')
            out.value = result = erfinv_kernel(x_value)
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
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, erfinv_primitive)
                else:
                    records += (result, x_id, identity, *site, erfinv_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, erfinv_primitive)
            else:
                ring += (x_id, identity, *site, erfinv_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(erfinv_primitive, (x, ), {})


def erfinv_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = erfinv_d_x(y)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def erfcinv(x: TensorLike, name: str | None = None) -> Tensor:
    """The number whose erfc is x, elementwise; NaN outside [0, 2].

    >>> tf.math.erfcinv([0.5, 1.5]).numpy().round(4)
    array([ 0.4769, -0.4769], dtype=float32)
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
            if x_value.dtype not in erfcinv_dtypes:
                raise TypeError('erfcinv')
            out.value = result = erfcinv_kernel(x_value)
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
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, erfcinv_primitive)
                else:
                    records += (result, x_id, identity, *site, erfcinv_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, erfcinv_primitive)
            else:
                ring += (x_id, identity, *site, erfcinv_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(erfcinv_primitive, (x, ), {})


def erfcinv_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = erfcinv_d_x(y)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def ndtri(x: TensorLike, name: str | None = None) -> Tensor:
    """The number below which a standard normal variable lies with probability x.

    >>> tf.math.ndtri([0.5, 0.975]).numpy().round(4)
    array([0.  , 1.96], dtype=float32)
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
            if x_value.dtype not in ndtri_dtypes:
                raise TypeError('ndtri')
            out.value = result = ndtri_kernel(x_value)
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
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, ndtri_primitive)
                else:
                    records += (result, x_id, identity, *site, ndtri_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, ndtri_primitive)
            else:
                ring += (x_id, identity, *site, ndtri_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ndtri_primitive, (x, ), {})


def ndtri_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = ndtri_d_x(y)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def lgamma(x: TensorLike, name: str | None = None) -> Tensor:
    """log(|Gamma(x)|), elementwise.

    >>> tf.math.lgamma([1.0, 5.0]).numpy().round(4)
    array([0.    , 3.1781], dtype=float32)
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
            if x_value.dtype not in lgamma_dtypes:
                raise TypeError('lgamma')
            out.value = result = lgamma_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, lgamma_primitive)
                else:
                    records += (x_value, x_id, identity, *site, lgamma_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, lgamma_primitive)
            else:
                ring += (x_id, identity, *site, lgamma_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(lgamma_primitive, (x, ), {})


def lgamma_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = lgamma_d_x(x)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def digamma(x: TensorLike, name: str | None = None) -> Tensor:
    """The derivative of lgamma, elementwise.

    >>> tf.math.digamma([1.0, 2.0]).numpy().round(4)
    array([-0.5772,  0.4228], dtype=float32)
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
            if x_value.dtype not in digamma_dtypes:
                raise TypeError('digamma')
            out.value = result = digamma_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, digamma_primitive)
                else:
                    records += (x_value, x_id, identity, *site, digamma_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, digamma_primitive)
            else:
                ring += (x_id, identity, *site, digamma_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(digamma_primitive, (x, ), {})


def digamma_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = digamma_d_x(x)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def polygamma(a: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """The a-th derivative of digamma at x, elementwise; NaN where a is not a whole number from 0.

    >>> tf.math.polygamma(1.0, [1.0, 2.0]).numpy().round(4)
    array([1.6449, 0.6449], dtype=float32)
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
                else:
                    raise TypeError('a')
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
                    if a_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else x_value).dtype not in polygamma_dtypes:
                raise TypeError('polygamma')
            out.value = result = polygamma_kernel(a_value, x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, x_value, a_id, x_id, identity, frame.f_code, frame.f_lasti, polygamma_primitive)
                else:
                    records += (a_value, x_value, a_id, x_id, identity, *site, polygamma_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, x_id, identity, frame.f_code, frame.f_lasti, polygamma_primitive)
            else:
                ring += (a_id, x_id, identity, *site, polygamma_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(polygamma_primitive, (a, x, ), {})


def polygamma_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = polygamma_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def zeta(x: TensorLike, q: TensorLike, name: str | None = None) -> Tensor:
    """The Hurwitz zeta function, elementwise: the sum of (q + k)^-x over k = 0, 1, ...; x > 1.

    It has a derivative in x as well as in q.

    >>> tf.math.zeta([2.0, 4.0], 1.0).numpy().round(4)
    array([1.6449, 1.0823], dtype=float32)
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(q) is Tensor:
                q_value = q.value
                q_id = q.id
            else:
                form = type(q)
                if form is Variable:
                    q_value = q.value_
                    q_id = 0 if tape is None else q.read_id if q.reader == tape.serial else tape.read(q)
                elif form is float or form is int:
                    q_value = q
                    q_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('q')
                else:
                    raise TypeError('q')
            out = Tensor()
            if (x_value if x_id != NUMBER else q_value).dtype not in zeta_dtypes:
                raise TypeError('zeta')
            out.value = result = zeta_kernel(x_value, q_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or q_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, q_value, x_id, q_id, identity, frame.f_code, frame.f_lasti, zeta_primitive)
                else:
                    records += (x_value, q_value, x_id, q_id, identity, *site, zeta_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if q_id == 0:
                q_id = name_tensor(q)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, q_id, identity, frame.f_code, frame.f_lasti, zeta_primitive)
            else:
                ring += (x_id, q_id, identity, *site, zeta_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(zeta_primitive, (x, q, ), {})


def zeta_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = zeta_d_a(a, b)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = zeta_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def zeta_derivative(x: TensorLike, q: TensorLike, order: Any, name: str | None = None) -> Tensor:
    """The derivative of this order of zeta(x, q) in x, elementwise; x > 1, q > 0.

    By Euler and Maclaurin's formula (DLMF 25.11.7), differentiated.
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(q) is Tensor:
                q_value = q.value
                q_id = q.id
            else:
                form = type(q)
                if form is Variable:
                    q_value = q.value_
                    q_id = 0 if tape is None else q.read_id if q.reader == tape.serial else tape.read(q)
                elif form is float or form is int:
                    q_value = q
                    q_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('q')
                else:
                    raise TypeError('q')
            out = Tensor()
            if (x_value if x_id != NUMBER else q_value).dtype not in zeta_derivative_dtypes:
                raise TypeError('zeta_derivative')
            out.value = result = zeta_derivative_kernel(x_value, q_value, order=order)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or q_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, q_value, order, x_id, q_id, identity, frame.f_code, frame.f_lasti, zeta_derivative_primitive)
                else:
                    records += (x_value, q_value, order, x_id, q_id, identity, *site, zeta_derivative_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if q_id == 0:
                q_id = name_tensor(q)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, q_id, identity, frame.f_code, frame.f_lasti, zeta_derivative_primitive)
            else:
                ring += (x_id, q_id, identity, *site, zeta_derivative_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(zeta_derivative_primitive, (x, q, ), {"order": order})


def zeta_derivative_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, order, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = zeta_derivative_d_a(a, b, order)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = zeta_derivative_d_b(a, b, order)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def igamma(a: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """P(a, x), the integral of t^(a-1) e^-t / Gamma(a) over (0, x), elementwise.

    It has derivatives of every order in a as well as in x.

    >>> tf.math.igamma(1.0, [0.0, 1.0]).numpy().round(4)
    array([0.    , 0.6321], dtype=float32)
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
                else:
                    raise TypeError('a')
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
                    if a_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else x_value).dtype not in igamma_dtypes:
                raise TypeError('igamma')
            out.value = result = igamma_kernel(a_value, x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, x_value, a_id, x_id, identity, frame.f_code, frame.f_lasti, igamma_primitive)
                else:
                    records += (a_value, x_value, a_id, x_id, identity, *site, igamma_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, x_id, identity, frame.f_code, frame.f_lasti, igamma_primitive)
            else:
                ring += (a_id, x_id, identity, *site, igamma_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(igamma_primitive, (a, x, ), {})


def igamma_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = igamma_d_a(a, b)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = igamma_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def igammac(a: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """1 - igamma(a, x), elementwise, exact for large x.

    >>> tf.math.igammac(1.0, [0.0, 1.0]).numpy().round(4)
    array([1.    , 0.3679], dtype=float32)
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
                else:
                    raise TypeError('a')
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
                    if a_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else x_value).dtype not in igammac_dtypes:
                raise TypeError('igammac')
            out.value = result = igammac_kernel(a_value, x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, x_value, a_id, x_id, identity, frame.f_code, frame.f_lasti, igammac_primitive)
                else:
                    records += (a_value, x_value, a_id, x_id, identity, *site, igammac_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, x_id, identity, frame.f_code, frame.f_lasti, igammac_primitive)
            else:
                ring += (a_id, x_id, identity, *site, igammac_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(igammac_primitive, (a, x, ), {})


def igammac_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = igammac_d_a(a, b)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = igammac_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def igamma_grad_a(a: TensorLike, x: TensorLike, order: Any, name: str | None = None) -> Tensor:
    """The derivative of this order of igamma(a, x) in a, elementwise.

    By the integral of the density's derivative, in the logarithm of the variable, with the exp-sinh rule of Takahasi and Mori
    (1974); for small x by the series of DLMF 8.7.1, differentiated.
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
                else:
                    raise TypeError('a')
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
                    if a_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else x_value).dtype not in igamma_grad_a_dtypes:
                raise TypeError('igamma_grad_a')
            out.value = result = igamma_grad_a_kernel(a_value, x_value, order=order)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, x_value, order, a_id, x_id, identity, frame.f_code, frame.f_lasti, igamma_grad_a_primitive)
                else:
                    records += (a_value, x_value, order, a_id, x_id, identity, *site, igamma_grad_a_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, x_id, identity, frame.f_code, frame.f_lasti, igamma_grad_a_primitive)
            else:
                ring += (a_id, x_id, identity, *site, igamma_grad_a_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(igamma_grad_a_primitive, (a, x, ), {"order": order})


def igamma_grad_a_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, order, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = igamma_grad_a_d_a(a, b, order)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = igamma_grad_a_d_b(a, b, order)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def gamma_density(a: TensorLike, x: TensorLike, order: Any, shift: Any, name: str | None = None) -> Tensor:
    """The derivative of this order in a of (a - 1)...(a - shift) x^(a - 1 - shift) e^-x / Gamma(a), elementwise.

    For order = shift = 0 it is the density of the gamma distribution.
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
                else:
                    raise TypeError('a')
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
                    if a_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else x_value).dtype not in gamma_density_dtypes:
                raise TypeError('gamma_density')
            out.value = result = gamma_density_kernel(a_value, x_value, order=order, shift=shift)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, x_value, order, shift, a_id, x_id, identity, frame.f_code, frame.f_lasti, gamma_density_primitive)
                else:
                    records += (a_value, x_value, order, shift, a_id, x_id, identity, *site, gamma_density_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, x_id, identity, frame.f_code, frame.f_lasti, gamma_density_primitive)
            else:
                ring += (a_id, x_id, identity, *site, gamma_density_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(gamma_density_primitive, (a, x, ), {"order": order, "shift": shift})


def gamma_density_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, order, shift, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = gamma_density_d_a(a, b, order, shift)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = gamma_density_d_b(a, b, order, shift)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def betainc(a: TensorLike, b: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """The integral of t^(a-1) (1-t)^(b-1) / B(a, b) over (0, x), elementwise: the regularised incomplete beta function.

    It has derivatives of every order in a, b and x.

    >>> tf.math.betainc(2.0, 2.0, [0.0, 0.5, 1.0]).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
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
                elif form is float or form is int:
                    b_value = b
                    b_id = NUMBER
                else:
                    raise TypeError('b')
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
                    if a_id == NUMBER and b_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else b_value if b_id != NUMBER else x_value).dtype not in betainc_dtypes:
                raise TypeError('betainc')
            out.value = result = betainc_kernel(a_value, b_value, x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or b_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, b_value, x_value, a_id, b_id, x_id, identity, frame.f_code, frame.f_lasti, betainc_primitive)
                else:
                    records += (a_value, b_value, x_value, a_id, b_id, x_id, identity, *site, betainc_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if b_id == 0:
                b_id = name_tensor(b)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, b_id, x_id, identity, frame.f_code, frame.f_lasti, betainc_primitive)
            else:
                ring += (a_id, b_id, x_id, identity, *site, betainc_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(betainc_primitive, (a, b, x, ), {})


def betainc_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, x, a_id, b_id, x_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    x_shape = x.shape if type(x) is ndarray else getattr(x, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if type(x) is ndarray:
        array = x
        x = Tensor()
        x.value = array
        x.id = x_id
    if a_id in tracked:
        factor = betainc_d_a(a, b, x)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = betainc_d_b(a, b, x)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step
    if x_id in tracked:
        factor = betainc_d_x(a, b, x)
        step = zmul(g, factor)
        if step.dims != x_shape:
            step = sum_to(step, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def betainc_grad(a: TensorLike, b: TensorLike, x: TensorLike, orders: Any, name: str | None = None) -> Tensor:
    """The derivative of betainc(a, b, x) in a and b, elementwise; orders says how often in each."""
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
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
                elif form is float or form is int:
                    b_value = b
                    b_id = NUMBER
                else:
                    raise TypeError('b')
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
                    if a_id == NUMBER and b_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else b_value if b_id != NUMBER else x_value).dtype not in betainc_grad_dtypes:
                raise TypeError('betainc_grad')
            out.value = result = betainc_grad_kernel(a_value, b_value, x_value, orders=orders)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or b_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, b_value, x_value, orders, a_id, b_id, x_id, identity, frame.f_code, frame.f_lasti, betainc_grad_primitive)
                else:
                    records += (a_value, b_value, x_value, orders, a_id, b_id, x_id, identity, *site, betainc_grad_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if b_id == 0:
                b_id = name_tensor(b)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, b_id, x_id, identity, frame.f_code, frame.f_lasti, betainc_grad_primitive)
            else:
                ring += (a_id, b_id, x_id, identity, *site, betainc_grad_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(betainc_grad_primitive, (a, b, x, ), {"orders": orders})


def betainc_grad_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, x, orders, a_id, b_id, x_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    x_shape = x.shape if type(x) is ndarray else getattr(x, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if type(x) is ndarray:
        array = x
        x = Tensor()
        x.value = array
        x.id = x_id
    if a_id in tracked:
        factor = betainc_grad_d_a(a, b, x, orders)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = betainc_grad_d_b(a, b, x, orders)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step
    if x_id in tracked:
        factor = betainc_grad_d_x(a, b, x, orders)
        step = zmul(g, factor)
        if step.dims != x_shape:
            step = sum_to(step, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def beta_density(a: TensorLike, b: TensorLike, x: TensorLike, orders: Any, shifts: Any, name: str | None = None) -> Tensor:
    """Derivatives in a and b of (a-1)...(a-i) (b-1)...(b-j) x^(a-1-i) (1-x)^(b-1-j) / B(a, b), elementwise.

    orders says how often in a and in b, shifts is (i, j); with zeros it is the density of the beta distribution.
    """
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
                elif form is float or form is int:
                    a_value = a
                    a_id = NUMBER
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
                elif form is float or form is int:
                    b_value = b
                    b_id = NUMBER
                else:
                    raise TypeError('b')
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
                    if a_id == NUMBER and b_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (a_value if a_id != NUMBER else b_value if b_id != NUMBER else x_value).dtype not in beta_density_dtypes:
                raise TypeError('beta_density')
            out.value = result = beta_density_kernel(a_value, b_value, x_value, orders=orders, shifts=shifts)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked or b_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (a_value, b_value, x_value, orders, shifts, a_id, b_id, x_id, identity, frame.f_code, frame.f_lasti, beta_density_primitive)
                else:
                    records += (a_value, b_value, x_value, orders, shifts, a_id, b_id, x_id, identity, *site, beta_density_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            if b_id == 0:
                b_id = name_tensor(b)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, b_id, x_id, identity, frame.f_code, frame.f_lasti, beta_density_primitive)
            else:
                ring += (a_id, b_id, x_id, identity, *site, beta_density_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(beta_density_primitive, (a, b, x, ), {"orders": orders, "shifts": shifts})


def beta_density_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, x, orders, shifts, a_id, b_id, x_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    x_shape = x.shape if type(x) is ndarray else getattr(x, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if type(x) is ndarray:
        array = x
        x = Tensor()
        x.value = array
        x.id = x_id
    if a_id in tracked:
        factor = beta_density_d_a(a, b, x, orders, shifts)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = beta_density_d_b(a, b, x, orders, shifts)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step
    if x_id in tracked:
        factor = beta_density_d_x(a, b, x, orders, shifts)
        step = zmul(g, factor)
        if step.dims != x_shape:
            step = sum_to(step, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def dawsn(x: TensorLike, name: str | None = None) -> Tensor:
    """Dawson's integral: exp(-x^2) times the integral of exp(t^2) over (0, x).

    >>> tf.math.special.dawsn([0.0, 1.0]).numpy().round(4)
    array([0.    , 0.5381], dtype=float32)
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
            if x_value.dtype not in dawsn_dtypes:
                raise TypeError('dawsn')
            out.value = result = dawsn_kernel(x_value)
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
                    records += (x_value, result, x_id, identity, frame.f_code, frame.f_lasti, dawsn_primitive)
                else:
                    records += (x_value, result, x_id, identity, *site, dawsn_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, dawsn_primitive)
            else:
                ring += (x_id, identity, *site, dawsn_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(dawsn_primitive, (x, ), {})


def dawsn_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, x_id, y_id, code, offset, primitive = record
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
        factor = dawsn_d_x(x, y)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def expint(x: TensorLike, name: str | None = None) -> Tensor:
    """The exponential integral Ei: the integral of exp(t) / t over (-inf, x).

    >>> tf.math.special.expint([1.0, 2.0]).numpy().round(4)
    array([1.8951, 4.9542], dtype=float32)
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
            if x_value.dtype not in expint_dtypes:
                raise TypeError('expint')
            out.value = result = expint_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, expint_primitive)
                else:
                    records += (x_value, x_id, identity, *site, expint_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, expint_primitive)
            else:
                ring += (x_id, identity, *site, expint_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(expint_primitive, (x, ), {})


def expint_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = expint_d_x(x)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def fresnel_cos(x: TensorLike, name: str | None = None) -> Tensor:
    """Fresnel's integral of cos(pi t^2 / 2) over (0, x).

    >>> tf.math.special.fresnel_cos([0.0, 1.0]).numpy()
    array([0.       , 0.7798934], dtype=float32)
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
            if x_value.dtype not in fresnel_cos_dtypes:
                raise TypeError('fresnel_cos')
            out.value = result = fresnel_cos_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, fresnel_cos_primitive)
                else:
                    records += (x_value, x_id, identity, *site, fresnel_cos_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, fresnel_cos_primitive)
            else:
                ring += (x_id, identity, *site, fresnel_cos_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(fresnel_cos_primitive, (x, ), {})


def fresnel_cos_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = fresnel_cos_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def fresnel_sin(x: TensorLike, name: str | None = None) -> Tensor:
    """Fresnel's integral of sin(pi t^2 / 2) over (0, x).

    >>> tf.math.special.fresnel_sin([0.0, 1.0]).numpy()
    array([0.        , 0.43825915], dtype=float32)
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
            if x_value.dtype not in fresnel_sin_dtypes:
                raise TypeError('fresnel_sin')
            out.value = result = fresnel_sin_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, fresnel_sin_primitive)
                else:
                    records += (x_value, x_id, identity, *site, fresnel_sin_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, fresnel_sin_primitive)
            else:
                ring += (x_id, identity, *site, fresnel_sin_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(fresnel_sin_primitive, (x, ), {})


def fresnel_sin_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = fresnel_sin_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def spence(x: TensorLike, name: str | None = None) -> Tensor:
    """Spence's function, the dilogarithm of 1 - x: the integral of log(t) / (1 - t) over (1, x).

    >>> tf.math.special.spence([1.0, 2.0]).numpy().round(4)
    array([ 0.    , -0.8225], dtype=float32)
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
            if x_value.dtype not in spence_dtypes:
                raise TypeError('spence')
            out.value = result = spence_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, spence_primitive)
                else:
                    records += (x_value, x_id, identity, *site, spence_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, spence_primitive)
            else:
                ring += (x_id, identity, *site, spence_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(spence_primitive, (x, ), {})


def spence_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = spence_d_x(x)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def log_quotient(x: TensorLike, order: Any, name: str | None = None) -> Tensor:
    """The derivative of this order of log(x) / (x - 1), which is 1 at x = 1, elementwise."""
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
            if x_value.dtype not in log_quotient_dtypes:
                raise TypeError('log_quotient')
            out.value = result = log_quotient_kernel(x_value, order=order)
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
                    records += (x_value, order, x_id, identity, frame.f_code, frame.f_lasti, log_quotient_primitive)
                else:
                    records += (x_value, order, x_id, identity, *site, log_quotient_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, log_quotient_primitive)
            else:
                ring += (x_id, identity, *site, log_quotient_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(log_quotient_primitive, (x, ), {"order": order})


def log_quotient_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, order, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = log_quotient_d_x(x, order)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
