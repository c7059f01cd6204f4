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
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(matrix_inverse_primitive, (x, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(matrix_inverse_primitive, (x, ), {})
    out = Tensor()
    try:
        if x_value.dtype not in matrix_inverse_dtypes:
            raise TypeError('matrix_inverse')
        out.value = result = matrix_inverse_kernel(x_value)
    except MISFIT:
        return careful(matrix_inverse_primitive, (x, ), {})
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
    if x_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (result, x_id, identity, code, offset, matrix_inverse_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, matrix_inverse_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


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
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(matrix_solve_primitive, (a, b, ), {})
    kind = type(a)
    if kind is Tensor:
        a_value = a.value
        a_id = a.id
    elif kind is Variable:
        a_value = a.value_
        a_id = 0 if tape is None else a.read_id if a.reader == tape.serial else tape.read(a)
    else:
        return careful(matrix_solve_primitive, (a, b, ), {})
    kind = type(b)
    if kind is Tensor:
        b_value = b.value
        b_id = b.id
    elif kind is Variable:
        b_value = b.value_
        b_id = 0 if tape is None else b.read_id if b.reader == tape.serial else tape.read(b)
    else:
        return careful(matrix_solve_primitive, (a, b, ), {})
    out = Tensor()
    try:
        if a_value.dtype not in matrix_solve_dtypes:
            raise TypeError('matrix_solve')
        if b_value.dtype != a_value.dtype:
            raise TypeError('matrix_solve')
        out.value = result = matrix_solve_kernel(a_value, b_value)
    except MISFIT:
        return careful(matrix_solve_primitive, (a, b, ), {})
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
    if a_id in tracked or b_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (a_value, b_value.shape, result, a_id, b_id, identity, code, offset, matrix_solve_primitive)
        return out
    if a_id == 0:
        a_id = name_tensor(a)
    if b_id == 0:
        b_id = name_tensor(b)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (a_id, b_id, identity, code, offset, matrix_solve_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


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
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(triangular_solve_primitive, (matrix, rhs, ), {"lower": lower, "adjoint": adjoint})
    kind = type(matrix)
    if kind is Tensor:
        matrix_value = matrix.value
        matrix_id = matrix.id
    elif kind is Variable:
        matrix_value = matrix.value_
        matrix_id = 0 if tape is None else matrix.read_id if matrix.reader == tape.serial else tape.read(matrix)
    else:
        return careful(triangular_solve_primitive, (matrix, rhs, ), {"lower": lower, "adjoint": adjoint})
    kind = type(rhs)
    if kind is Tensor:
        rhs_value = rhs.value
        rhs_id = rhs.id
    elif kind is Variable:
        rhs_value = rhs.value_
        rhs_id = 0 if tape is None else rhs.read_id if rhs.reader == tape.serial else tape.read(rhs)
    else:
        return careful(triangular_solve_primitive, (matrix, rhs, ), {"lower": lower, "adjoint": adjoint})
    out = Tensor()
    try:
        if matrix_value.dtype not in triangular_solve_dtypes:
            raise TypeError('triangular_solve')
        if rhs_value.dtype != matrix_value.dtype:
            raise TypeError('triangular_solve')
        out.value = result = triangular_solve_kernel(matrix_value, rhs_value, lower=lower, adjoint=adjoint)
    except MISFIT:
        return careful(triangular_solve_primitive, (matrix, rhs, ), {"lower": lower, "adjoint": adjoint})
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
    if matrix_id in tracked or rhs_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (matrix_value, rhs_value.shape, result, lower, adjoint, matrix_id, rhs_id, identity, code, offset, triangular_solve_primitive)
        return out
    if matrix_id == 0:
        matrix_id = name_tensor(matrix)
    if rhs_id == 0:
        rhs_id = name_tensor(rhs)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (matrix_id, rhs_id, identity, code, offset, triangular_solve_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


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
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(banded_triangular_solve_primitive, (bands, rhs, ), {"lower": lower, "adjoint": adjoint})
    kind = type(bands)
    if kind is Tensor:
        bands_value = bands.value
        bands_id = bands.id
    elif kind is Variable:
        bands_value = bands.value_
        bands_id = 0 if tape is None else bands.read_id if bands.reader == tape.serial else tape.read(bands)
    else:
        return careful(banded_triangular_solve_primitive, (bands, rhs, ), {"lower": lower, "adjoint": adjoint})
    kind = type(rhs)
    if kind is Tensor:
        rhs_value = rhs.value
        rhs_id = rhs.id
    elif kind is Variable:
        rhs_value = rhs.value_
        rhs_id = 0 if tape is None else rhs.read_id if rhs.reader == tape.serial else tape.read(rhs)
    else:
        return careful(banded_triangular_solve_primitive, (bands, rhs, ), {"lower": lower, "adjoint": adjoint})
    out = Tensor()
    try:
        if bands_value.dtype not in banded_triangular_solve_dtypes:
            raise TypeError('banded_triangular_solve')
        if rhs_value.dtype != bands_value.dtype:
            raise TypeError('banded_triangular_solve')
        out.value = result = banded_triangular_solve_kernel(bands_value, rhs_value, lower=lower, adjoint=adjoint)
    except MISFIT:
        return careful(banded_triangular_solve_primitive, (bands, rhs, ), {"lower": lower, "adjoint": adjoint})
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
    if bands_id in tracked or rhs_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (bands_value, rhs_value.shape, result, lower, adjoint, bands_id, rhs_id, identity, code, offset, banded_triangular_solve_primitive)
        return out
    if bands_id == 0:
        bands_id = name_tensor(bands)
    if rhs_id == 0:
        rhs_id = name_tensor(rhs)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (bands_id, rhs_id, identity, code, offset, banded_triangular_solve_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def tridiagonal_system(diagonals: TensorLike, rhs: TensorLike, name: str | None = None) -> Tensor:
    """x with A x = rhs; the three diagonals of A, from above to below, are the rows of `diagonals`."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(tridiagonal_system_primitive, (diagonals, rhs, ), {})
    kind = type(diagonals)
    if kind is Tensor:
        diagonals_value = diagonals.value
        diagonals_id = diagonals.id
    elif kind is Variable:
        diagonals_value = diagonals.value_
        diagonals_id = 0 if tape is None else diagonals.read_id if diagonals.reader == tape.serial else tape.read(diagonals)
    else:
        return careful(tridiagonal_system_primitive, (diagonals, rhs, ), {})
    kind = type(rhs)
    if kind is Tensor:
        rhs_value = rhs.value
        rhs_id = rhs.id
    elif kind is Variable:
        rhs_value = rhs.value_
        rhs_id = 0 if tape is None else rhs.read_id if rhs.reader == tape.serial else tape.read(rhs)
    else:
        return careful(tridiagonal_system_primitive, (diagonals, rhs, ), {})
    out = Tensor()
    try:
        if diagonals_value.dtype not in tridiagonal_system_dtypes:
            raise TypeError('tridiagonal_system')
        if rhs_value.dtype != diagonals_value.dtype:
            raise TypeError('tridiagonal_system')
        out.value = result = tridiagonal_system_kernel(diagonals_value, rhs_value)
    except MISFIT:
        return careful(tridiagonal_system_primitive, (diagonals, rhs, ), {})
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
    if diagonals_id in tracked or rhs_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (diagonals_value, rhs_value.shape, result, diagonals_id, rhs_id, identity, code, offset, tridiagonal_system_primitive)
        return out
    if diagonals_id == 0:
        diagonals_id = name_tensor(diagonals)
    if rhs_id == 0:
        rhs_id = name_tensor(rhs)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (diagonals_id, rhs_id, identity, code, offset, tridiagonal_system_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
