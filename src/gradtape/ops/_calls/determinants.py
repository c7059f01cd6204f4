"""Written by `make calls` from the declarations of the determinants family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def det(input: TensorLike, name: str | None = None) -> Tensor:
    """The determinant of each square matrix.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.det(tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy()
    np.float32(-2.0)
    """
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
            if input_value.dtype not in det_dtypes:
                raise TypeError('det')
            out.value = result = det_kernel(input_value)
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
                    records += (input_value, input_id, identity, frame.f_code, frame.f_lasti, det_primitive)
                else:
                    records += (input_value, input_id, identity, *site, det_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, det_primitive)
            else:
                ring += (input_id, identity, *site, det_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(det_primitive, (input, ), {})


def det_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = det_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cofactors(*matrices: TensorLike, name: str | None = None) -> Tensor:
    """The gradient, in the first matrix, of the derivative of its determinant along the others."""
    return careful(cofactors_primitive, matrices, {})


def sign_and_log_det(x: TensorLike, name: str | None = None) -> tuple[Tensor, ...]:
    """sign and log(|det|) of each matrix."""
    return careful(sign_and_log_det_primitive, (x, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
