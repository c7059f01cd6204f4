"""Written by `make calls` from the declarations of the solves family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def matrix_inverse(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of each matrix."""
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
            if x_value.dtype not in matrix_inverse_dtypes:
                raise TypeError('matrix_inverse')
            out.value = result = matrix_inverse_kernel(x_value)
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
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, matrix_inverse_primitive)
                else:
                    records += (result, x_id, identity, *site, matrix_inverse_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, matrix_inverse_primitive)
            else:
                ring += (x_id, identity, *site, matrix_inverse_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matrix_inverse_primitive, (x, ), {})


def matrix_inverse_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = matrix_inverse_vjp_x(g, y)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def matrix_solve(a: TensorLike, b: TensorLike, name: str | None = None) -> Tensor:
    """x with a x = b."""
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
            if a_value.dtype not in matrix_solve_dtypes:
                raise TypeError('matrix_solve')
            if b_value.dtype != a_value.dtype:
                raise TypeError('matrix_solve')
            out.value = result = matrix_solve_kernel(a_value, b_value)
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
                    records += (a_value, b_value.shape, result, a_id, b_id, identity, frame.f_code, frame.f_lasti, matrix_solve_primitive)
                else:
                    records += (a_value, b_value.shape, result, a_id, b_id, identity, *site, matrix_solve_primitive)
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
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, matrix_solve_primitive)
            else:
                ring += (a_id, b_id, identity, *site, matrix_solve_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matrix_solve_primitive, (a, b, ), {})


def triangular_solve(matrix: TensorLike, rhs: TensorLike, lower: Any = True, adjoint: Any = False, name: str | None = None) -> Tensor:
    """x with matrix x = rhs, or matrixᴴ x = rhs where `adjoint`; only the lower (or upper) triangle of the matrix counts.

    Leading axes broadcast. Zeros on the diagonal give infinities or NaN.

    Raises:
        InvalidArgumentError: a matrix that is not square, or a right-hand side that does not fit it.

    >>> tf.linalg.triangular_solve(tf.constant([[2.0, 9.0], [1.0, 1.0]]), tf.constant([[2.0], [3.0]])).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(matrix) is Tensor:
                matrix_value = matrix.value
                matrix_id = matrix.id
            else:
                form = type(matrix)
                if form is Variable:
                    matrix_value = matrix.value_
                    matrix_id = 0 if tape is None else matrix.read_id if matrix.reader == tape.serial else tape.read(matrix)
                else:
                    raise TypeError('matrix')
            if type(rhs) is Tensor:
                rhs_value = rhs.value
                rhs_id = rhs.id
            else:
                form = type(rhs)
                if form is Variable:
                    rhs_value = rhs.value_
                    rhs_id = 0 if tape is None else rhs.read_id if rhs.reader == tape.serial else tape.read(rhs)
                else:
                    raise TypeError('rhs')
            out = Tensor()
            if matrix_value.dtype not in triangular_solve_dtypes:
                raise TypeError('triangular_solve')
            if rhs_value.dtype != matrix_value.dtype:
                raise TypeError('triangular_solve')
            out.value = result = triangular_solve_kernel(matrix_value, rhs_value, lower=lower, adjoint=adjoint)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if matrix_id in tracked or rhs_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (matrix_value, rhs_value.shape, result, lower, adjoint, matrix_id, rhs_id, identity, frame.f_code, frame.f_lasti, triangular_solve_primitive)
                else:
                    records += (matrix_value, rhs_value.shape, result, lower, adjoint, matrix_id, rhs_id, identity, *site, triangular_solve_primitive)
                return out
            if matrix_id == 0:
                matrix_id = name_tensor(matrix)
            if rhs_id == 0:
                rhs_id = name_tensor(rhs)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (matrix_id, rhs_id, identity, frame.f_code, frame.f_lasti, triangular_solve_primitive)
            else:
                ring += (matrix_id, rhs_id, identity, *site, triangular_solve_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(triangular_solve_primitive, (matrix, rhs, ), {"lower": lower, "adjoint": adjoint})


def banded_triangular_solve(bands: TensorLike, rhs: TensorLike, lower: Any = True, adjoint: Any = False, name: str | None = None) -> Tensor:
    """x with A x = rhs (or Aᴴ x = rhs), for a triangular A given by its bands.

    `bands[..., k, i]` is A[i, i - k] for a lower triangle; for an upper one the main diagonal is the last band, and
    `bands[..., -1 - k, i]` is A[i, i + k]. Elements that stand for places outside A are ignored.

    Raises:
        InvalidArgumentError: extents that do not fit, or a zero on the main diagonal.

    >>> tf.linalg.banded_triangular_solve(tf.constant([[1.0, 2.0], [0.0, 3.0]]), tf.constant([[1.0], [7.0]])).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(bands) is Tensor:
                bands_value = bands.value
                bands_id = bands.id
            else:
                form = type(bands)
                if form is Variable:
                    bands_value = bands.value_
                    bands_id = 0 if tape is None else bands.read_id if bands.reader == tape.serial else tape.read(bands)
                else:
                    raise TypeError('bands')
            if type(rhs) is Tensor:
                rhs_value = rhs.value
                rhs_id = rhs.id
            else:
                form = type(rhs)
                if form is Variable:
                    rhs_value = rhs.value_
                    rhs_id = 0 if tape is None else rhs.read_id if rhs.reader == tape.serial else tape.read(rhs)
                else:
                    raise TypeError('rhs')
            out = Tensor()
            if bands_value.dtype not in banded_triangular_solve_dtypes:
                raise TypeError('banded_triangular_solve')
            if rhs_value.dtype != bands_value.dtype:
                raise TypeError('banded_triangular_solve')
            out.value = result = banded_triangular_solve_kernel(bands_value, rhs_value, lower=lower, adjoint=adjoint)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if bands_id in tracked or rhs_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (bands_value, rhs_value.shape, result, lower, adjoint, bands_id, rhs_id, identity, frame.f_code, frame.f_lasti, banded_triangular_solve_primitive)
                else:
                    records += (bands_value, rhs_value.shape, result, lower, adjoint, bands_id, rhs_id, identity, *site, banded_triangular_solve_primitive)
                return out
            if bands_id == 0:
                bands_id = name_tensor(bands)
            if rhs_id == 0:
                rhs_id = name_tensor(rhs)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (bands_id, rhs_id, identity, frame.f_code, frame.f_lasti, banded_triangular_solve_primitive)
            else:
                ring += (bands_id, rhs_id, identity, *site, banded_triangular_solve_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(banded_triangular_solve_primitive, (bands, rhs, ), {"lower": lower, "adjoint": adjoint})


def tridiagonal_system(diagonals: TensorLike, rhs: TensorLike, name: str | None = None) -> Tensor:
    """x with A x = rhs; the three diagonals of A, from above to below, are the rows of `diagonals`."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(diagonals) is Tensor:
                diagonals_value = diagonals.value
                diagonals_id = diagonals.id
            else:
                form = type(diagonals)
                if form is Variable:
                    diagonals_value = diagonals.value_
                    diagonals_id = 0 if tape is None else diagonals.read_id if diagonals.reader == tape.serial else tape.read(diagonals)
                else:
                    raise TypeError('diagonals')
            if type(rhs) is Tensor:
                rhs_value = rhs.value
                rhs_id = rhs.id
            else:
                form = type(rhs)
                if form is Variable:
                    rhs_value = rhs.value_
                    rhs_id = 0 if tape is None else rhs.read_id if rhs.reader == tape.serial else tape.read(rhs)
                else:
                    raise TypeError('rhs')
            out = Tensor()
            if diagonals_value.dtype not in tridiagonal_system_dtypes:
                raise TypeError('tridiagonal_system')
            if rhs_value.dtype != diagonals_value.dtype:
                raise TypeError('tridiagonal_system')
            out.value = result = tridiagonal_system_kernel(diagonals_value, rhs_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if diagonals_id in tracked or rhs_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (diagonals_value, rhs_value.shape, result, diagonals_id, rhs_id, identity, frame.f_code, frame.f_lasti, tridiagonal_system_primitive)
                else:
                    records += (diagonals_value, rhs_value.shape, result, diagonals_id, rhs_id, identity, *site, tridiagonal_system_primitive)
                return out
            if diagonals_id == 0:
                diagonals_id = name_tensor(diagonals)
            if rhs_id == 0:
                rhs_id = name_tensor(rhs)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (diagonals_id, rhs_id, identity, frame.f_code, frame.f_lasti, tridiagonal_system_primitive)
            else:
                ring += (diagonals_id, rhs_id, identity, *site, tridiagonal_system_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(tridiagonal_system_primitive, (diagonals, rhs, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
