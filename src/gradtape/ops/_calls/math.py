"""Written by `make calls` from the declarations of the math family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def exp(x: TensorLike, name: str | None = None) -> Tensor:
    """e to the power of x, elementwise.

    >>> tf.exp([0.0, 1.0]).numpy().round(4)
    array([1.    , 2.7183], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = exp_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = exp_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (result, x_id, identity, frame.f_code, frame.f_lasti, exp_primitive)
                    else:
                        records += (result, x_id, identity, *site, exp_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, exp_primitive)
                else:
                    ring += (x_id, identity, *site, exp_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(exp_primitive, (x, ), {})


def exp_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = exp_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def expm1(x: TensorLike, name: str | None = None) -> Tensor:
    """exp(x) - 1, elementwise, exact for small x.

    >>> tf.math.expm1([0.0, 1e-8]).numpy()
    array([0.e+00, 1.e-08], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = expm1_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = expm1_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, expm1_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, expm1_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, expm1_primitive)
                else:
                    ring += (x_id, identity, *site, expm1_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(expm1_primitive, (x, ), {})


def expm1_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = expm1_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def log(x: TensorLike, name: str | None = None) -> Tensor:
    """The natural logarithm, elementwise.

    >>> tf.math.log([1.0, 0.0]).numpy()
    array([  0., -inf], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = log_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = log_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, log_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, log_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, log_primitive)
                else:
                    ring += (x_id, identity, *site, log_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(log_primitive, (x, ), {})


def log_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = log_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def log1p(x: TensorLike, name: str | None = None) -> Tensor:
    """log(1 + x), elementwise, exact for small x.

    >>> tf.math.log1p([0.0, 1e-8]).numpy()
    array([0.e+00, 1.e-08], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = log1p_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = log1p_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, log1p_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, log1p_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, log1p_primitive)
                else:
                    ring += (x_id, identity, *site, log1p_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(log1p_primitive, (x, ), {})


def log1p_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = log1p_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sigmoid(x: TensorLike, name: str | None = None) -> Tensor:
    """1 / (1 + exp(-x)), elementwise.

    >>> tf.sigmoid([0.0, 100.0]).numpy()
    array([0.5, 1. ], dtype=float32)
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
            if x_value.dtype not in sigmoid_dtypes:
                raise TypeError('sigmoid')
            out.value = result = sigmoid_kernel(x_value)
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
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, sigmoid_primitive)
                else:
                    records += (result, x_id, identity, *site, sigmoid_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, sigmoid_primitive)
            else:
                ring += (x_id, identity, *site, sigmoid_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sigmoid_primitive, (x, ), {})


def sigmoid_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = sigmoid_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def log_sigmoid(x: TensorLike, name: str | None = None) -> Tensor:
    """log(sigmoid(x)), elementwise, without overflow.

    >>> tf.math.log_sigmoid([0.0, -100.0]).numpy().round(4)
    array([  -0.6931, -100.    ], dtype=float32)
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
            if x_value.dtype not in log_sigmoid_dtypes:
                raise TypeError('log_sigmoid')
            out.value = result = log_sigmoid_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, log_sigmoid_primitive)
                else:
                    records += (x_value, x_id, identity, *site, log_sigmoid_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, log_sigmoid_primitive)
            else:
                ring += (x_id, identity, *site, log_sigmoid_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(log_sigmoid_primitive, (x, ), {})


def log_sigmoid_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = log_sigmoid_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def softplus(features: TensorLike, name: str | None = None) -> Tensor:
    """log(1 + exp(x)), elementwise, without overflow.

    >>> tf.math.softplus([0.0, 100.0]).numpy().round(4)
    array([  0.6931, 100.    ], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(features) is Tensor:
                features_value = features.value
                features_id = features.id
            else:
                form = type(features)
                if form is Variable:
                    features_value = features.value_
                    features_id = 0 if tape is None else features.read_id if features.reader == tape.serial else tape.read(features)
                else:
                    raise TypeError('features')
            out = Tensor()
            if features_value.dtype not in softplus_dtypes:
                raise TypeError('softplus')
            out.value = result = softplus_kernel(features_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if features_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (features_value, features_id, identity, frame.f_code, frame.f_lasti, softplus_primitive)
                else:
                    records += (features_value, features_id, identity, *site, softplus_primitive)
                return out
            if features_id == 0:
                features_id = name_tensor(features)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (features_id, identity, frame.f_code, frame.f_lasti, softplus_primitive)
            else:
                ring += (features_id, identity, *site, softplus_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(softplus_primitive, (features, ), {})


def softplus_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = softplus_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def softsign(features: TensorLike, name: str | None = None) -> Tensor:
    """x / (1 + |x|), elementwise.

    >>> tf.math.softsign([1.0, -3.0]).numpy()
    array([ 0.5 , -0.75], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(features) is Tensor:
                features_value = features.value
                features_id = features.id
            else:
                form = type(features)
                if form is Variable:
                    features_value = features.value_
                    features_id = 0 if tape is None else features.read_id if features.reader == tape.serial else tape.read(features)
                else:
                    raise TypeError('features')
            out = Tensor()
            if features_value.dtype not in softsign_dtypes:
                raise TypeError('softsign')
            out.value = result = softsign_kernel(features_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if features_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (features_value, features_id, identity, frame.f_code, frame.f_lasti, softsign_primitive)
                else:
                    records += (features_value, features_id, identity, *site, softsign_primitive)
                return out
            if features_id == 0:
                features_id = name_tensor(features)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (features_id, identity, frame.f_code, frame.f_lasti, softsign_primitive)
            else:
                ring += (features_id, identity, *site, softsign_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(softsign_primitive, (features, ), {})


def softsign_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = softsign_d_x(x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sqrt(x: TensorLike, name: str | None = None) -> Tensor:
    """The square root, elementwise; NaN for negative numbers.

    >>> tf.sqrt([4.0, 9.0]).numpy()
    array([2., 3.], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = sqrt_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = sqrt_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (result, x_id, identity, frame.f_code, frame.f_lasti, sqrt_primitive)
                    else:
                        records += (result, x_id, identity, *site, sqrt_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, sqrt_primitive)
                else:
                    ring += (x_id, identity, *site, sqrt_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(sqrt_primitive, (x, ), {})


def sqrt_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = sqrt_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def rsqrt(x: TensorLike, name: str | None = None) -> Tensor:
    """1 / sqrt(x), elementwise.

    >>> tf.math.rsqrt([4.0, 0.0]).numpy()
    array([0.5, inf], dtype=float32)
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
            if x_value.dtype not in rsqrt_dtypes:
                raise TypeError('rsqrt')
            out.value = result = rsqrt_kernel(x_value)
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
                    records += (x_value, result, x_id, identity, frame.f_code, frame.f_lasti, rsqrt_primitive)
                else:
                    records += (x_value, result, x_id, identity, *site, rsqrt_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, rsqrt_primitive)
            else:
                ring += (x_id, identity, *site, rsqrt_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rsqrt_primitive, (x, ), {})


def rsqrt_back(grads: dict, tracked: set, g: Any, record: list) -> None:
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
        factor = rsqrt_d_x(x, y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def square(x: TensorLike, name: str | None = None) -> Tensor:
    """x times x, elementwise.

    >>> tf.square([2, -3]).numpy()
    array([4, 9], dtype=int32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = square_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = square_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, square_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, square_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, square_primitive)
                else:
                    ring += (x_id, identity, *site, square_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(square_primitive, (x, ), {})


def square_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = square_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reciprocal(x: TensorLike, name: str | None = None) -> Tensor:
    """1 / x, elementwise.

    >>> tf.math.reciprocal([4.0, 0.0]).numpy()
    array([0.25,  inf], dtype=float32)
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
            if x_value.dtype not in reciprocal_dtypes:
                raise TypeError('reciprocal')
            out.value = result = reciprocal_kernel(x_value)
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
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, reciprocal_primitive)
                else:
                    records += (result, x_id, identity, *site, reciprocal_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, reciprocal_primitive)
            else:
                ring += (x_id, identity, *site, reciprocal_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reciprocal_primitive, (x, ), {})


def reciprocal_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = reciprocal_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def pow(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x to the power of y, elementwise.

    Raises:
        InvalidArgumentError: integers to a negative power.

    >>> tf.pow([2.0, 3.0], 2.0).numpy()
    array([4., 9.], dtype=float32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in pow_dtypes:
                raise TypeError('pow')
            out.value = result = pow_kernel(x_value, y_value)
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
                    records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, pow_primitive)
                else:
                    records += (x_value, y_value, result, x_id, y_id, identity, *site, pow_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, pow_primitive)
            else:
                ring += (x_id, y_id, identity, *site, pow_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(pow_primitive, (x, y, ), {})


def pow_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, y, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = pow_d_a(a, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = pow_d_b(y, a)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def squared_difference(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """(x - y) squared, elementwise: |x - y| squared for complex numbers.

    >>> tf.math.squared_difference([3.0, 1.0], 2.0).numpy()
    array([1., 1.], dtype=float32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in squared_difference_dtypes:
                raise TypeError('squared_difference')
            out.value = result = squared_difference_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, squared_difference_primitive)
                else:
                    records += (x_value, y_value, x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, squared_difference_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, squared_difference_primitive)
            else:
                ring += (x_id, y_id, identity, *site, squared_difference_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(squared_difference_primitive, (x, y, ), {})


def squared_difference_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_shape, b_shape, a_id, b_id, y_id, code, offset, primitive = record
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
        step = squared_difference_vjp_a(g, a, b, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = squared_difference_vjp_b(g, a, b, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def sin(x: TensorLike, name: str | None = None) -> Tensor:
    """The sine of an angle in radians, elementwise.

    >>> tf.sin([0.0, 1.5707964]).numpy()
    array([0., 1.], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = sin_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = sin_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, sin_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, sin_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, sin_primitive)
                else:
                    ring += (x_id, identity, *site, sin_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(sin_primitive, (x, ), {})


def sin_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = sin_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cos(x: TensorLike, name: str | None = None) -> Tensor:
    """The cosine of an angle in radians, elementwise.

    >>> tf.cos([0.0, 3.1415927]).numpy()
    array([ 1., -1.], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = cos_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = cos_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, cos_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, cos_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, cos_primitive)
                else:
                    ring += (x_id, identity, *site, cos_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(cos_primitive, (x, ), {})


def cos_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = cos_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def tan(x: TensorLike, name: str | None = None) -> Tensor:
    """The tangent of an angle in radians, elementwise.

    >>> tf.tan([0.0, 0.7853982]).numpy()
    array([0., 1.], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = tan_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = tan_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (result, x_id, identity, frame.f_code, frame.f_lasti, tan_primitive)
                    else:
                        records += (result, x_id, identity, *site, tan_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, tan_primitive)
                else:
                    ring += (x_id, identity, *site, tan_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(tan_primitive, (x, ), {})


def tan_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = tan_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def asin(x: TensorLike, name: str | None = None) -> Tensor:
    """The angle in [-pi/2, pi/2] whose sine is x, elementwise; NaN outside [-1, 1].

    >>> tf.asin([0.0, 1.0]).numpy().round(4)
    array([0.    , 1.5708], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = asin_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = asin_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, asin_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, asin_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, asin_primitive)
                else:
                    ring += (x_id, identity, *site, asin_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(asin_primitive, (x, ), {})


def asin_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = asin_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def acos(x: TensorLike, name: str | None = None) -> Tensor:
    """The angle in [0, pi] whose cosine is x, elementwise; NaN outside [-1, 1].

    >>> tf.acos([1.0, -1.0]).numpy().round(4)
    array([0.    , 3.1416], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = acos_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = acos_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, acos_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, acos_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, acos_primitive)
                else:
                    ring += (x_id, identity, *site, acos_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(acos_primitive, (x, ), {})


def acos_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = acos_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def atan(x: TensorLike, name: str | None = None) -> Tensor:
    """The angle in (-pi/2, pi/2) whose tangent is x, elementwise.

    >>> tf.atan([0.0, 1.0]).numpy().round(4)
    array([0.    , 0.7854], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = atan_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = atan_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, atan_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, atan_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, atan_primitive)
                else:
                    ring += (x_id, identity, *site, atan_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(atan_primitive, (x, ), {})


def atan_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = atan_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sinh(x: TensorLike, name: str | None = None) -> Tensor:
    """The hyperbolic sine, elementwise.

    >>> tf.sinh([0.0, 1.0]).numpy().round(4)
    array([0.    , 1.1752], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = sinh_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = sinh_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, sinh_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, sinh_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, sinh_primitive)
                else:
                    ring += (x_id, identity, *site, sinh_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(sinh_primitive, (x, ), {})


def sinh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = sinh_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cosh(x: TensorLike, name: str | None = None) -> Tensor:
    """The hyperbolic cosine, elementwise.

    >>> tf.cosh([0.0, 1.0]).numpy().round(4)
    array([1.    , 1.5431], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = cosh_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = cosh_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, cosh_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, cosh_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, cosh_primitive)
                else:
                    ring += (x_id, identity, *site, cosh_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(cosh_primitive, (x, ), {})


def cosh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = cosh_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def tanh(x: TensorLike, name: str | None = None) -> Tensor:
    """The hyperbolic tangent, elementwise.

    >>> tf.tanh([0.0, 100.0]).numpy()
    array([0., 1.], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = tanh_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = tanh_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (result, x_id, identity, frame.f_code, frame.f_lasti, tanh_primitive)
                    else:
                        records += (result, x_id, identity, *site, tanh_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, tanh_primitive)
                else:
                    ring += (x_id, identity, *site, tanh_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(tanh_primitive, (x, ), {})


def tanh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = tanh_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def asinh(x: TensorLike, name: str | None = None) -> Tensor:
    """The number whose hyperbolic sine is x, elementwise.

    >>> tf.asinh([0.0, 1.0]).numpy().round(4)
    array([0.    , 0.8814], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = asinh_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = asinh_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (result, x_id, identity, frame.f_code, frame.f_lasti, asinh_primitive)
                    else:
                        records += (result, x_id, identity, *site, asinh_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, asinh_primitive)
                else:
                    ring += (x_id, identity, *site, asinh_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(asinh_primitive, (x, ), {})


def asinh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = asinh_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def acosh(x: TensorLike, name: str | None = None) -> Tensor:
    """The number from 0 whose hyperbolic cosine is x, elementwise; NaN below 1.

    >>> tf.acosh([1.0, 2.0]).numpy().round(4)
    array([0.   , 1.317], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = acosh_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = acosh_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (result, x_id, identity, frame.f_code, frame.f_lasti, acosh_primitive)
                    else:
                        records += (result, x_id, identity, *site, acosh_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, acosh_primitive)
                else:
                    ring += (x_id, identity, *site, acosh_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(acosh_primitive, (x, ), {})


def acosh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = acosh_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def atanh(x: TensorLike, name: str | None = None) -> Tensor:
    """The number whose hyperbolic tangent is x, elementwise; NaN outside [-1, 1].

    >>> tf.atanh([0.0, 1.0]).numpy()
    array([ 0., inf], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = atanh_kernel(x_value, out=..., casting='no')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = atanh_kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, atanh_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, atanh_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, atanh_primitive)
                else:
                    ring += (x_id, identity, *site, atanh_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(atanh_primitive, (x, ), {})


def atanh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = atanh_d_x(x)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sign(x: TensorLike, name: str | None = None) -> Tensor:
    """-1, 0 or 1 as x is negative, zero or positive; x / |x| for complex numbers.

    >>> tf.sign([-2.0, 0.0, 3.0]).numpy()
    array([-1.,  0.,  1.], dtype=float32)
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
            if x_value.dtype not in sign_dtypes:
                raise TypeError('sign')
            out.value = result = sign_kernel(x_value)
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
                    records += (x_value, result, x_id, identity, frame.f_code, frame.f_lasti, sign_primitive)
                else:
                    records += (x_value, result, x_id, identity, *site, sign_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, sign_primitive)
            else:
                ring += (x_id, identity, *site, sign_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sign_primitive, (x, ), {})


def sign_back(grads: dict, tracked: set, g: Any, record: list) -> None:
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
        step = sign_vjp_x(g, y, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def abs(x: TensorLike, name: str | None = None) -> Tensor:
    """The absolute value, elementwise; its gradient at 0 is 0.

    >>> tf.abs([-2.0, 3.0]).numpy()
    array([2., 3.], dtype=float32)
    """
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = abs_kernel(x_value, out=..., casting='no')
            if x_value.dtype not in abs_dtypes:
                raise TypeError('abs')
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
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = abs_kernel(x_value, out=..., casting='no')
                if x_value.dtype not in abs_dtypes:
                    raise TypeError('abs')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, abs_primitive)
                    else:
                        records += (x_value, x_id, identity, *site, abs_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, abs_primitive)
                else:
                    ring += (x_id, identity, *site, abs_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(abs_primitive, (x, ), {})


def abs_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = abs_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def real(input: TensorLike, name: str | None = None) -> Tensor:
    """The real part of complex numbers, elementwise (`tf.math.real` takes real numbers too)."""
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
            if input_value.dtype not in real_dtypes:
                raise TypeError('real')
            out.value = result = real_kernel(input_value)
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
                    records += (input_value.dtype if input_id in tracked else None, input_id, identity, frame.f_code, frame.f_lasti, real_primitive)
                else:
                    records += (input_value.dtype if input_id in tracked else None, input_id, identity, *site, real_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, real_primitive)
            else:
                ring += (input_id, identity, *site, real_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(real_primitive, (input, ), {})


def real_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_dtype, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = real_vjp_x(g, x_dtype)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def imag(input: TensorLike, name: str | None = None) -> Tensor:
    """The imaginary part of complex numbers, elementwise (`tf.math.imag` takes real numbers too)."""
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
            if input_value.dtype not in imag_dtypes:
                raise TypeError('imag')
            out.value = result = imag_kernel(input_value)
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
                    records += (input_id, identity, frame.f_code, frame.f_lasti, imag_primitive)
                else:
                    records += (input_id, identity, *site, imag_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, imag_primitive)
            else:
                ring += (input_id, identity, *site, imag_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(imag_primitive, (input, ), {})


def imag_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = imag_vjp_x(g)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def angle(input: TensorLike, name: str | None = None) -> Tensor:
    """The angle of complex numbers in (-pi, pi] (`tf.math.angle` takes real numbers too); its gradient at 0 is 0."""
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
            if input_value.dtype not in angle_dtypes:
                raise TypeError('angle')
            out.value = result = angle_kernel(input_value)
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
                    records += (input_value, input_id, identity, frame.f_code, frame.f_lasti, angle_primitive)
                else:
                    records += (input_value, input_id, identity, *site, angle_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, angle_primitive)
            else:
                ring += (input_id, identity, *site, angle_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(angle_primitive, (input, ), {})


def angle_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = angle_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def complex(real: TensorLike, imag: TensorLike, name: str | None = None) -> Tensor:
    """Complex numbers from real and imaginary parts, which broadcast.

    Raises:
        TypeError: other dtypes than float32 twice or float64 twice.

    >>> tf.complex([1.0, 2.0], 3.0).numpy()
    array([1.+3.j, 2.+3.j], dtype=complex64)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(real) is Tensor:
                real_value = real.value
                real_id = real.id
            else:
                form = type(real)
                if form is Variable:
                    real_value = real.value_
                    real_id = 0 if tape is None else real.read_id if real.reader == tape.serial else tape.read(real)
                else:
                    raise TypeError('real')
            if type(imag) is Tensor:
                imag_value = imag.value
                imag_id = imag.id
            else:
                form = type(imag)
                if form is Variable:
                    imag_value = imag.value_
                    imag_id = 0 if tape is None else imag.read_id if imag.reader == tape.serial else tape.read(imag)
                else:
                    raise TypeError('imag')
            out = Tensor()
            if real_value.dtype not in complex_dtypes:
                raise TypeError('complex')
            out.value = result = complex_kernel(real_value, imag_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if real_id in tracked or imag_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (real_value.shape if real_id in tracked else None, imag_value.shape if imag_id in tracked else None, real_id, imag_id, identity, frame.f_code, frame.f_lasti, complex_primitive)
                else:
                    records += (real_value.shape if real_id in tracked else None, imag_value.shape if imag_id in tracked else None, real_id, imag_id, identity, *site, complex_primitive)
                return out
            if real_id == 0:
                real_id = name_tensor(real)
            if imag_id == 0:
                imag_id = name_tensor(imag)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (real_id, imag_id, identity, frame.f_code, frame.f_lasti, complex_primitive)
            else:
                ring += (real_id, imag_id, identity, *site, complex_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(complex_primitive, (real, imag, ), {})


def complex_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a_shape, b_shape, a_id, b_id, y_id, code, offset, primitive = record
    if a_id in tracked:
        step = complex_vjp_a(g, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = complex_vjp_b(g, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
