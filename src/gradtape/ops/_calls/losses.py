"""Written by `make calls` from the declarations of the losses family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def sigmoid_loss(labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """The cross entropy of labels and sigmoid(logits), elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(sigmoid_loss_primitive, (labels, logits, ), {})
    kind = type(labels)
    if kind is Tensor:
        labels_value = labels.value
        labels_id = labels.id
    elif kind is Variable:
        labels_value = labels.value_
        labels_id = 0 if tape is None else labels.read_id if labels.reader == tape.serial else tape.read(labels)
    else:
        return careful(sigmoid_loss_primitive, (labels, logits, ), {})
    kind = type(logits)
    if kind is Tensor:
        logits_value = logits.value
        logits_id = logits.id
    elif kind is Variable:
        logits_value = logits.value_
        logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
    else:
        return careful(sigmoid_loss_primitive, (labels, logits, ), {})
    out = Tensor()
    try:
        if labels_value.dtype not in sigmoid_loss_dtypes:
            raise TypeError('sigmoid_loss')
        if logits_value.dtype != labels_value.dtype:
            raise TypeError('sigmoid_loss')
        out.value = result = sigmoid_loss_kernel(labels_value, logits_value)
    except MISFIT:
        return careful(sigmoid_loss_primitive, (labels, logits, ), {})
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
    if labels_id in tracked or logits_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (labels_value, logits_value, labels_id, logits_id, identity, code, offset, sigmoid_loss_primitive)
        return out
    if labels_id == 0:
        labels_id = name_tensor(labels)
    if logits_id == 0:
        logits_id = name_tensor(logits)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (labels_id, logits_id, identity, code, offset, sigmoid_loss_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def sigmoid_loss_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = sigmoid_loss_d_a(b)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = sigmoid_loss_d_b(a, b)
        step = multiply(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def softmax_loss(labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """-sum(labels * log_softmax(logits)) over the last axis."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(softmax_loss_primitive, (labels, logits, ), {})
    kind = type(labels)
    if kind is Tensor:
        labels_value = labels.value
        labels_id = labels.id
    elif kind is Variable:
        labels_value = labels.value_
        labels_id = 0 if tape is None else labels.read_id if labels.reader == tape.serial else tape.read(labels)
    else:
        return careful(softmax_loss_primitive, (labels, logits, ), {})
    kind = type(logits)
    if kind is Tensor:
        logits_value = logits.value
        logits_id = logits.id
    elif kind is Variable:
        logits_value = logits.value_
        logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
    else:
        return careful(softmax_loss_primitive, (labels, logits, ), {})
    out = Tensor()
    try:
        if labels_value.dtype not in softmax_loss_dtypes:
            raise TypeError('softmax_loss')
        if logits_value.dtype != labels_value.dtype:
            raise TypeError('softmax_loss')
        out.value = result = softmax_loss_kernel(labels_value, logits_value)
    except MISFIT:
        return careful(softmax_loss_primitive, (labels, logits, ), {})
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
    if labels_id in tracked or logits_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (labels_value, logits_value, labels_id, logits_id, identity, code, offset, softmax_loss_primitive)
        return out
    if labels_id == 0:
        labels_id = name_tensor(labels)
    if logits_id == 0:
        logits_id = name_tensor(logits)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (labels_id, logits_id, identity, code, offset, softmax_loss_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def softmax_loss_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    labels, logits, labels_id, logits_id, y_id, code, offset, primitive = record
    if type(logits) is ndarray:
        array = logits
        logits = Tensor()
        logits.value = array
        logits.id = logits_id
    if labels_id in tracked:
        step = softmax_loss_vjp_labels(g, logits)
        grads[labels_id] = accumulate(grads[labels_id], step) if labels_id in grads else step
    if logits_id in tracked:
        if type(labels) is ndarray:
            array = labels
            labels = Tensor()
            labels.value = array
            labels.id = labels_id
        step = softmax_loss_vjp_logits(g, labels, logits)
        grads[logits_id] = accumulate(grads[logits_id], step) if logits_id in grads else step


def sparse_softmax_loss(labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """-log_softmax(logits)[label] for each row."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(sparse_softmax_loss_primitive, (labels, logits, ), {})
    kind = type(labels)
    if kind is Tensor:
        labels_value = labels.value
        labels_id = labels.id
    elif kind is Variable:
        labels_value = labels.value_
        labels_id = 0 if tape is None else labels.read_id if labels.reader == tape.serial else tape.read(labels)
    else:
        return careful(sparse_softmax_loss_primitive, (labels, logits, ), {})
    kind = type(logits)
    if kind is Tensor:
        logits_value = logits.value
        logits_id = logits.id
    elif kind is Variable:
        logits_value = logits.value_
        logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
    else:
        return careful(sparse_softmax_loss_primitive, (labels, logits, ), {})
    out = Tensor()
    try:
        out.value = result = sparse_softmax_loss_kernel(labels_value, logits_value)
    except MISFIT:
        return careful(sparse_softmax_loss_primitive, (labels, logits, ), {})
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
    if labels_id in tracked or logits_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (labels_value, logits_value, labels_id, logits_id, identity, code, offset, sparse_softmax_loss_primitive)
        return out
    if labels_id == 0:
        labels_id = name_tensor(labels)
    if logits_id == 0:
        logits_id = name_tensor(logits)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (labels_id, logits_id, identity, code, offset, sparse_softmax_loss_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def sparse_softmax_loss_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    labels, logits, labels_id, logits_id, y_id, code, offset, primitive = record
    if logits_id in tracked:
        if type(labels) is ndarray:
            array = labels
            labels = Tensor()
            labels.value = array
            labels.id = labels_id
        if type(logits) is ndarray:
            array = logits
            logits = Tensor()
            logits.value = array
            logits.id = logits_id
        step = sparse_softmax_loss_vjp_logits(g, labels, logits)
        grads[logits_id] = accumulate(grads[logits_id], step) if logits_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
