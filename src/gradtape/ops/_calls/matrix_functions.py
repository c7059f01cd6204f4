"""Written by `make calls` from the declarations of the matrix_functions family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def matrix_exponential(x: TensorLike, name: str | None = None) -> Tensor:
    """exp of each matrix, by scaling, Padé's approximant and squaring."""
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
            if x_value.dtype not in matrix_exponential_dtypes:
                raise TypeError('matrix_exponential')
            out.value = result = matrix_exponential_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, matrix_exponential_primitive)
                else:
                    records += (x_value, x_id, identity, *site, matrix_exponential_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, matrix_exponential_primitive)
            else:
                ring += (x_id, identity, *site, matrix_exponential_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matrix_exponential_primitive, (x, ), {})


def matrix_exponential_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = matrix_exponential_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def logm(input: TensorLike, name: str | None = None) -> Tensor:
    """The principal logarithm of each complex matrix: expm(logm(x)) = x; NaN for singular matrices.

    Raises:
        InvalidArgumentError: a matrix that is not square, or not complex.

    >>> tf.linalg.logm(tf.constant([[1.0 + 0j, 0.0], [0.0, 1.0]])).numpy()
    array([[0.+0.j, 0.+0.j],
           [0.+0.j, 0.+0.j]])
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
            if input_value.dtype not in logm_dtypes:
                raise TypeError('logm')
            out.value = result = logm_kernel(input_value)
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
                    records += (input_value, input_id, identity, frame.f_code, frame.f_lasti, logm_primitive)
                else:
                    records += (input_value, input_id, identity, *site, logm_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, logm_primitive)
            else:
                ring += (input_id, identity, *site, logm_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(logm_primitive, (input, ), {})


def logm_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = logm_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def sqrtm(input: TensorLike, name: str | None = None) -> Tensor:
    """The principal square root of each matrix: sqrtm(x) sqrtm(x) = x; NaN for a real matrix without a real root.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.sqrtm(tf.constant([[4.0, 0.0], [0.0, 9.0]])).numpy()
    array([[2., 0.],
           [0., 3.]], dtype=float32)
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
            if input_value.dtype not in sqrtm_dtypes:
                raise TypeError('sqrtm')
            out.value = result = sqrtm_kernel(input_value)
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
                    records += (input_value, input_id, identity, frame.f_code, frame.f_lasti, sqrtm_primitive)
                else:
                    records += (input_value, input_id, identity, *site, sqrtm_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, sqrtm_primitive)
            else:
                ring += (input_id, identity, *site, sqrtm_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(sqrtm_primitive, (input, ), {})


def sqrtm_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = sqrtm_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
