"""Written by `make calls` from the declarations of the diagonals family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def filled(x: TensorLike, shape: Any, number: Any, name: str | None = None) -> Tensor:
    """One number everywhere, in the dtype of x."""
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
            out.value = result = filled_kernel(x_value, shape=shape, number=number)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, filled_primitive)
            else:
                ring += (x_id, identity, *site, filled_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(filled_primitive, (x, ), {"shape": shape, "number": number})


def band_part(input: TensorLike, num_lower: Any, num_upper: Any, name: str | None = None) -> Tensor:
    """The elements of each matrix at most `num_lower` below and `num_upper` above the diagonal, zeros elsewhere.

    A negative number keeps the whole triangle: `band_part(x, -1, 0)` is the lower triangle.

    Raises:
        InvalidArgumentError: a rank below 2, or more diagonals than there are.
        TypeError: a number of diagonals that is no integer.

    >>> tf.linalg.band_part(tf.constant([[1, 2], [3, 4]]), -1, 0).numpy()
    array([[1, 0],
           [3, 4]], dtype=int32)
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
            params = band_part_canonical(input_value, num_lower=num_lower, num_upper=num_upper)
            num_lower = params['num_lower']
            num_upper = params['num_upper']
            out.value = result = band_part_kernel(input_value, num_lower=num_lower, num_upper=num_upper)
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
                    records += (num_lower, num_upper, input_id, identity, frame.f_code, frame.f_lasti, band_part_primitive)
                else:
                    records += (num_lower, num_upper, input_id, identity, *site, band_part_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, band_part_primitive)
            else:
                ring += (input_id, identity, *site, band_part_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(band_part_primitive, (input, ), {"num_lower": num_lower, "num_upper": num_upper})


def band_part_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    num_lower, num_upper, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = band_part_vjp_x(g, num_lower, num_upper)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def corner(x: TensorLike, rows: Any, columns: Any, name: str | None = None) -> Tensor:
    """The top left corner of each matrix with these extents; zeros where it is larger than the matrix."""
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
            out.value = result = corner_kernel(x_value, rows=rows, columns=columns)
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
                    records += (x_value.shape, x_id, identity, frame.f_code, frame.f_lasti, corner_primitive)
                else:
                    records += (x_value.shape, x_id, identity, *site, corner_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, corner_primitive)
            else:
                ring += (x_id, identity, *site, corner_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(corner_primitive, (x, ), {"rows": rows, "columns": columns})


def corner_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = corner_vjp_x(g, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def matrix_diag(x: TensorLike, k: Any, rows: Any, columns: Any, align: Any = 'RIGHT_LEFT', name: str | None = None) -> Tensor:
    """Matrices of zeros with the given diagonals."""
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
            out.value = result = matrix_diag_kernel(x_value, k=k, rows=rows, columns=columns, align=align)
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
                    records += (k, align, x_id, identity, frame.f_code, frame.f_lasti, matrix_diag_primitive)
                else:
                    records += (k, align, x_id, identity, *site, matrix_diag_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, matrix_diag_primitive)
            else:
                ring += (x_id, identity, *site, matrix_diag_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matrix_diag_primitive, (x, ), {"k": k, "rows": rows, "columns": columns, "align": align})


def matrix_diag_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    k, align, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = matrix_diag_vjp_x(g, k, align)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def matrix_diag_part(x: TensorLike, k: Any = (0, 0), align: Any = 'RIGHT_LEFT', name: str | None = None) -> Tensor:
    """The given diagonals of each matrix, packed."""
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
            out.value = result = matrix_diag_part_kernel(x_value, k=k, align=align)
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
                    records += (x_value.shape, k, align, x_id, identity, frame.f_code, frame.f_lasti, matrix_diag_part_primitive)
                else:
                    records += (x_value.shape, k, align, x_id, identity, *site, matrix_diag_part_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, matrix_diag_part_primitive)
            else:
                ring += (x_id, identity, *site, matrix_diag_part_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matrix_diag_part_primitive, (x, ), {"k": k, "align": align})


def matrix_diag_part_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, k, align, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = matrix_diag_part_vjp_x(g, x_shape, k, align)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def matrix_set_diag(x: TensorLike, diagonal: TensorLike, k: Any = (0, 0), align: Any = 'RIGHT_LEFT', name: str | None = None) -> Tensor:
    """Matrices whose given diagonals are replaced."""
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
            if type(diagonal) is Tensor:
                diagonal_value = diagonal.value
                diagonal_id = diagonal.id
            else:
                form = type(diagonal)
                if form is Variable:
                    diagonal_value = diagonal.value_
                    diagonal_id = 0 if tape is None else diagonal.read_id if diagonal.reader == tape.serial else tape.read(diagonal)
                else:
                    raise TypeError('diagonal')
            out = Tensor()
            if diagonal_value.dtype != x_value.dtype:
                raise TypeError('matrix_set_diag')
            out.value = result = matrix_set_diag_kernel(x_value, diagonal_value, k=k, align=align)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or diagonal_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (diagonal_value.shape, k, align, x_id, diagonal_id, identity, frame.f_code, frame.f_lasti, matrix_set_diag_primitive)
                else:
                    records += (diagonal_value.shape, k, align, x_id, diagonal_id, identity, *site, matrix_set_diag_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if diagonal_id == 0:
                diagonal_id = name_tensor(diagonal)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, diagonal_id, identity, frame.f_code, frame.f_lasti, matrix_set_diag_primitive)
            else:
                ring += (x_id, diagonal_id, identity, *site, matrix_set_diag_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matrix_set_diag_primitive, (x, diagonal, ), {"k": k, "align": align})


def matrix_set_diag_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    diagonal_shape, k, align, x_id, diagonal_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = matrix_set_diag_vjp_x(g, diagonal_shape, k, align)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step
    if diagonal_id in tracked:
        step = matrix_set_diag_vjp_diagonal(g, k, align)
        grads[diagonal_id] = accumulate(grads[diagonal_id], step) if diagonal_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
