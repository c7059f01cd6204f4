"""Written by `make calls` from the declarations of the activations family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def relu(features: TensorLike, name: str | None = None) -> Tensor:
    """max(features, 0); the gradient at 0 is 0."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(relu_primitive, (features, ), {})
    kind = type(features)
    if kind is Tensor:
        features_value = features.value
        features_id = features.id
    elif kind is Variable:
        features_value = features.value_
        features_id = 0 if tape is None else features.read_id if features.reader == tape.serial else tape.read(features)
    else:
        return careful(relu_primitive, (features, ), {})
    out = Tensor()
    try:
        if features_value.dtype not in relu_dtypes:
            raise TypeError('relu')
        out.value = result = relu_kernel(features_value)
    except MISFIT:
        return careful(relu_primitive, (features, ), {})
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
    if features_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (result, features_id, identity, code, offset, relu_primitive)
        return out
    if features_id == 0:
        features_id = name_tensor(features)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (features_id, identity, code, offset, relu_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def relu_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = select(relu_d_x(y), g, 0.0)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def relu6(features: TensorLike, name: str | None = None) -> Tensor:
    """min(max(features, 0), 6); the gradient at both edges is 0."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(relu6_primitive, (features, ), {})
    kind = type(features)
    if kind is Tensor:
        features_value = features.value
        features_id = features.id
    elif kind is Variable:
        features_value = features.value_
        features_id = 0 if tape is None else features.read_id if features.reader == tape.serial else tape.read(features)
    else:
        return careful(relu6_primitive, (features, ), {})
    out = Tensor()
    try:
        if features_value.dtype not in relu6_dtypes:
            raise TypeError('relu6')
        out.value = result = relu6_kernel(features_value)
    except MISFIT:
        return careful(relu6_primitive, (features, ), {})
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
    if features_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (result, features_id, identity, code, offset, relu6_primitive)
        return out
    if features_id == 0:
        features_id = name_tensor(features)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (features_id, identity, code, offset, relu6_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def relu6_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = select(relu6_d_x(y), g, 0.0)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def elu(features: TensorLike, name: str | None = None) -> Tensor:
    """features, and exp(features) - 1 where negative (Clevert 2015)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(elu_primitive, (features, ), {})
    kind = type(features)
    if kind is Tensor:
        features_value = features.value
        features_id = features.id
    elif kind is Variable:
        features_value = features.value_
        features_id = 0 if tape is None else features.read_id if features.reader == tape.serial else tape.read(features)
    else:
        return careful(elu_primitive, (features, ), {})
    out = Tensor()
    try:
        if features_value.dtype not in elu_dtypes:
            raise TypeError('elu')
        out.value = result = elu_kernel(features_value)
    except MISFIT:
        return careful(elu_primitive, (features, ), {})
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
    if features_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (features_value, result, features_id, identity, code, offset, elu_primitive)
        return out
    if features_id == 0:
        features_id = name_tensor(features)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (features_id, identity, code, offset, elu_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def elu_back(grads: dict, tracked: set, g: Any, record: list) -> None:
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
        factor = elu_d_x(y, x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def selu(features: TensorLike, name: str | None = None) -> Tensor:
    """Scaled exponential linear unit (Klambauer 2017)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(selu_primitive, (features, ), {})
    kind = type(features)
    if kind is Tensor:
        features_value = features.value
        features_id = features.id
    elif kind is Variable:
        features_value = features.value_
        features_id = 0 if tape is None else features.read_id if features.reader == tape.serial else tape.read(features)
    else:
        return careful(selu_primitive, (features, ), {})
    out = Tensor()
    try:
        if features_value.dtype not in selu_dtypes:
            raise TypeError('selu')
        out.value = result = selu_kernel(features_value)
    except MISFIT:
        return careful(selu_primitive, (features, ), {})
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
    if features_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (features_value, result, features_id, identity, code, offset, selu_primitive)
        return out
    if features_id == 0:
        features_id = name_tensor(features)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (features_id, identity, code, offset, selu_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def selu_back(grads: dict, tracked: set, g: Any, record: list) -> None:
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
        factor = selu_d_x(y, x)
        step = multiply(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def leaky(features: TensorLike, alpha: Any = 0.2, name: str | None = None) -> Tensor:
    """features, and alpha * features where negative."""
    if current() is None and type(features) is Tensor:
        return leaky_body(features, alpha=alpha)
    return careful(leaky_primitive, (features, ), {"alpha": alpha})


def leaky_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record


def gelu(features: TensorLike, approximate: Any = False, name: str | None = None) -> Tensor:
    """features * P(X <= features) for a standard normal X (Hendrycks and Gimpel 2016).

    `approximate` takes the tanh form.

    >>> tf.nn.gelu(tf.constant([-1.0, 0.0, 1.0])).numpy().round(4)
    array([-0.1587,  0.    ,  0.8413], dtype=float32)
    """
    if current() is None and type(features) is Tensor:
        return gelu_body(features, approximate=approximate)
    return careful(gelu_primitive, (features, ), {"approximate": approximate})


def gelu_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record


def softmax(logits: TensorLike, axis: Any = -1, name: str | None = None) -> Tensor:
    """exp(logits) / sum(exp(logits)) along an axis.

    >>> tf.nn.softmax(tf.constant([0.0, 0.0])).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(softmax_primitive, (logits, ), {"axis": axis})
    kind = type(logits)
    if kind is Tensor:
        logits_value = logits.value
        logits_id = logits.id
    elif kind is Variable:
        logits_value = logits.value_
        logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
    else:
        return careful(softmax_primitive, (logits, ), {"axis": axis})
    out = Tensor()
    try:
        params = softmax_canonical(logits_value, axis=axis)
        axis = params['axis']
        if logits_value.dtype not in softmax_dtypes:
            raise TypeError('softmax')
        out.value = result = softmax_kernel(logits_value, axis=axis)
    except MISFIT:
        return careful(softmax_primitive, (logits, ), {"axis": axis})
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
    if logits_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (result, axis, logits_id, identity, code, offset, softmax_primitive)
        return out
    if logits_id == 0:
        logits_id = name_tensor(logits)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (logits_id, identity, code, offset, softmax_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


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


def log_softmax(logits: TensorLike, axis: Any = -1, name: str | None = None) -> Tensor:
    """logits - log(sum(exp(logits))) along an axis.

    >>> tf.nn.log_softmax(tf.constant([0.0, 0.0])).numpy().round(4)
    array([-0.6931, -0.6931], dtype=float32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(log_softmax_primitive, (logits, ), {"axis": axis})
    kind = type(logits)
    if kind is Tensor:
        logits_value = logits.value
        logits_id = logits.id
    elif kind is Variable:
        logits_value = logits.value_
        logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
    else:
        return careful(log_softmax_primitive, (logits, ), {"axis": axis})
    out = Tensor()
    try:
        params = log_softmax_canonical(logits_value, axis=axis)
        axis = params['axis']
        if logits_value.dtype not in log_softmax_dtypes:
            raise TypeError('log_softmax')
        out.value = result = log_softmax_kernel(logits_value, axis=axis)
    except MISFIT:
        return careful(log_softmax_primitive, (logits, ), {"axis": axis})
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
    if logits_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (result, axis, logits_id, identity, code, offset, log_softmax_primitive)
        return out
    if logits_id == 0:
        logits_id = name_tensor(logits)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (logits_id, identity, code, offset, log_softmax_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


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


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
