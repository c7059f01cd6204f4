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
            if labels_value.dtype not in sigmoid_loss_dtypes:
                raise TypeError('sigmoid_loss')
            if logits_value.dtype != labels_value.dtype:
                raise TypeError('sigmoid_loss')
            out.value = result = sigmoid_loss_kernel(labels_value, logits_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if labels_id in tracked or logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(2)
                    records += (labels_value, logits_value, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, sigmoid_loss_primitive)
                else:
                    records += (labels_value, logits_value, labels_id, logits_id, identity, *site, sigmoid_loss_primitive)
                return out
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(2)
                ring += (labels_id, logits_id, identity, frame.f_code, frame.f_lasti, sigmoid_loss_primitive)
            else:
                ring += (labels_id, logits_id, identity, *site, sigmoid_loss_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sigmoid_loss_primitive, (labels, logits, ), {}, 4)


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
            if labels_value.dtype not in softmax_loss_dtypes:
                raise TypeError('softmax_loss')
            out.value = result = softmax_loss_kernel(labels_value, logits_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if labels_id in tracked or logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(2)
                    records += (labels_value, logits_value, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, softmax_loss_primitive)
                else:
                    records += (labels_value, logits_value, labels_id, logits_id, identity, *site, softmax_loss_primitive)
                return out
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(2)
                ring += (labels_id, logits_id, identity, frame.f_code, frame.f_lasti, softmax_loss_primitive)
            else:
                ring += (labels_id, logits_id, identity, *site, softmax_loss_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(softmax_loss_primitive, (labels, logits, ), {}, 4)


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


def softmax_loss_gradient(u: TensorLike, labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """u (softmax(logits) sum(labels) - labels), with one u a row."""
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
            if u_value.dtype not in softmax_loss_gradient_dtypes:
                raise TypeError('softmax_loss_gradient')
            if labels_value.dtype != u_value.dtype or logits_value.dtype != u_value.dtype:
                raise TypeError('softmax_loss_gradient')
            out.value = result = softmax_loss_gradient_kernel(u_value, labels_value, logits_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or labels_id in tracked or logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (u_value, labels_value, logits_value, u_id, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, softmax_loss_gradient_primitive)
                else:
                    records += (u_value, labels_value, logits_value, u_id, labels_id, logits_id, identity, *site, softmax_loss_gradient_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, softmax_loss_gradient_primitive)
            else:
                ring += (u_id, labels_id, logits_id, identity, *site, softmax_loss_gradient_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(softmax_loss_gradient_primitive, (u, labels, logits, ), {})


def softmax_loss_gradient_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    u, labels, logits, u_id, labels_id, logits_id, y_id, code, offset, primitive = record
    if type(u) is ndarray:
        array = u
        u = Tensor()
        u.value = array
        u.id = u_id
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
    if u_id in tracked:
        step = softmax_loss_gradient_vjp_u(g, labels, logits)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step
    if labels_id in tracked:
        step = softmax_loss_gradient_vjp_labels(g, u, logits)
        grads[labels_id] = accumulate(grads[labels_id], step) if labels_id in grads else step
    if logits_id in tracked:
        step = softmax_loss_gradient_vjp_logits(g, u, labels, logits)
        grads[logits_id] = accumulate(grads[logits_id], step) if logits_id in grads else step


def sparse_softmax_cross_entropy_with_logits(labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """-log_softmax(logits)[label] for each row of logits.

    Raises:
        ValueError: labels whose shape is not that of logits without the classes.
        InvalidArgumentError: a label outside, labels that are no integers, logits that are no floats.

    >>> tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=[[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
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
            if labels_value.dtype not in sparse_softmax_cross_entropy_with_logits_dtypes:
                raise TypeError('sparse_softmax_cross_entropy_with_logits')
            out.value = result = sparse_softmax_cross_entropy_with_logits_kernel(labels_value, logits_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if labels_id in tracked or logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (labels_value, logits_value, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, sparse_softmax_cross_entropy_with_logits_primitive)
                else:
                    records += (labels_value, logits_value, labels_id, logits_id, identity, *site, sparse_softmax_cross_entropy_with_logits_primitive)
                return out
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (labels_id, logits_id, identity, frame.f_code, frame.f_lasti, sparse_softmax_cross_entropy_with_logits_primitive)
            else:
                ring += (labels_id, logits_id, identity, *site, sparse_softmax_cross_entropy_with_logits_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sparse_softmax_cross_entropy_with_logits_primitive, (labels, logits, ), {})


def sparse_softmax_cross_entropy_with_logits_back(grads: dict, tracked: set, g: Any, record: list) -> None:
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
        step = sparse_softmax_cross_entropy_with_logits_vjp_logits(g, labels, logits)
        grads[logits_id] = accumulate(grads[logits_id], step) if logits_id in grads else step


def sparse_softmax_loss_gradient(u: TensorLike, labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """u (softmax(logits) - one_hot(labels)), with one u a row."""
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
            if u_value.dtype not in sparse_softmax_loss_gradient_dtypes:
                raise TypeError('sparse_softmax_loss_gradient')
            out.value = result = sparse_softmax_loss_gradient_kernel(u_value, labels_value, logits_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked or labels_id in tracked or logits_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (u_value, labels_value, logits_value, u_id, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, sparse_softmax_loss_gradient_primitive)
                else:
                    records += (u_value, labels_value, logits_value, u_id, labels_id, logits_id, identity, *site, sparse_softmax_loss_gradient_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            if labels_id == 0:
                labels_id = name_tensor(labels)
            if logits_id == 0:
                logits_id = name_tensor(logits)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, labels_id, logits_id, identity, frame.f_code, frame.f_lasti, sparse_softmax_loss_gradient_primitive)
            else:
                ring += (u_id, labels_id, logits_id, identity, *site, sparse_softmax_loss_gradient_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sparse_softmax_loss_gradient_primitive, (u, labels, logits, ), {})


def sparse_softmax_loss_gradient_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    u, labels, logits, u_id, labels_id, logits_id, y_id, code, offset, primitive = record
    if type(logits) is ndarray:
        array = logits
        logits = Tensor()
        logits.value = array
        logits.id = logits_id
    if u_id in tracked:
        if type(labels) is ndarray:
            array = labels
            labels = Tensor()
            labels.value = array
            labels.id = labels_id
        step = sparse_softmax_loss_gradient_vjp_u(g, labels, logits)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step
    if logits_id in tracked:
        if type(u) is ndarray:
            array = u
            u = Tensor()
            u.value = array
            u.id = u_id
        step = sparse_softmax_loss_gradient_vjp_logits(g, u, logits)
        grads[logits_id] = accumulate(grads[logits_id], step) if logits_id in grads else step


def l2_loss(t: TensorLike, name: str | None = None) -> Tensor:
    """sum(t ** 2) / 2.

    >>> float(tf.nn.l2_loss(tf.constant([3.0, 4.0])))
    12.5
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(t) is Tensor:
                t_value = t.value
                t_id = t.id
            else:
                form = type(t)
                if form is Variable:
                    t_value = t.value_
                    t_id = 0 if tape is None else t.read_id if t.reader == tape.serial else tape.read(t)
                else:
                    raise TypeError('t')
            out = Tensor()
            if t_value.dtype not in l2_loss_dtypes:
                raise TypeError('l2_loss')
            out.value = result = l2_loss_kernel(t_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if t_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (t_value, t_id, identity, frame.f_code, frame.f_lasti, l2_loss_primitive)
                else:
                    records += (t_value, t_id, identity, *site, l2_loss_primitive)
                return out
            if t_id == 0:
                t_id = name_tensor(t)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (t_id, identity, frame.f_code, frame.f_lasti, l2_loss_primitive)
            else:
                ring += (t_id, identity, *site, l2_loss_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(l2_loss_primitive, (t, ), {})


def l2_loss_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = l2_loss_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
