"""Written by `make calls` from the declarations of the decompositions family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def cholesky(input: TensorLike, name: str | None = None) -> Tensor:
    """The lower triangular L with L Lᴴ = input, for each Hermitian positive definite matrix.

    Only the lower triangle of the input is read, and its gradient is Hermitian. A matrix that is not positive definite
    gives NaN.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.cholesky(tf.constant([[4.0, 2.0], [2.0, 5.0]])).numpy()
    array([[2., 0.],
           [1., 2.]], dtype=float32)
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
            if input_value.dtype not in cholesky_dtypes:
                raise TypeError('cholesky')
            out.value = result = cholesky_kernel(input_value)
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
                    records += (result, input_id, identity, frame.f_code, frame.f_lasti, cholesky_primitive)
                else:
                    records += (result, input_id, identity, *site, cholesky_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, cholesky_primitive)
            else:
                ring += (input_id, identity, *site, cholesky_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cholesky_primitive, (input, ), {})


def cholesky_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = cholesky_vjp_x(g, y)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def lu_factors(x: TensorLike, index_dtype: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """L (below the diagonal, where it has ones) and U in one matrix; the rows of x in this order are L U."""
    return careful(lu_factors_primitive, (x, ), {"index_dtype": index_dtype})


def permute_rows(x: TensorLike, order: TensorLike, inverse: Any = False, name: str | None = None) -> Tensor:
    """The rows of each matrix in the given order (`order` holds permutations), or back from it."""
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
            if type(order) is Tensor:
                order_value = order.value
                order_id = order.id
            else:
                form = type(order)
                if form is Variable:
                    order_value = order.value_
                    order_id = 0 if tape is None else order.read_id if order.reader == tape.serial else tape.read(order)
                else:
                    raise TypeError('order')
            out = Tensor()
            out.value = result = permute_rows_kernel(x_value, order_value, inverse=inverse)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or order_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (order_value, x_value.shape, inverse, x_id, order_id, identity, frame.f_code, frame.f_lasti, permute_rows_primitive)
                else:
                    records += (order_value, x_value.shape, inverse, x_id, order_id, identity, *site, permute_rows_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if order_id == 0:
                order_id = name_tensor(order)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, order_id, identity, frame.f_code, frame.f_lasti, permute_rows_primitive)
            else:
                ring += (x_id, order_id, identity, *site, permute_rows_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(permute_rows_primitive, (x, order, ), {"inverse": inverse})


def permute_rows_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    order, x_shape, inverse, x_id, order_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(order) is ndarray:
            array = order
            order = Tensor()
            order.value = array
            order.id = order_id
        step = permute_rows_vjp_x(g, order, x_shape, inverse)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def qr_factors(x: TensorLike, full_matrices: Any = False, name: str | None = None) -> tuple[Tensor, ...]:
    """q with orthonormal columns and r upper triangular: x = q r."""
    return careful(qr_factors_primitive, (x, ), {"full_matrices": full_matrices})


def svd_factors(x: TensorLike, full_matrices: Any = False, name: str | None = None) -> tuple[Tensor, ...]:
    """x = u diag(s) vᴴ with s descending."""
    return careful(svd_factors_primitive, (x, ), {"full_matrices": full_matrices})


def singular_values(x: TensorLike, name: str | None = None) -> Tensor:
    """The singular values of each matrix, descending."""
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
            if x_value.dtype not in singular_values_dtypes:
                raise TypeError('singular_values')
            out.value = result = singular_values_kernel(x_value)
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
                    records += (x_value, x_id, identity, frame.f_code, frame.f_lasti, singular_values_primitive)
                else:
                    records += (x_value, x_id, identity, *site, singular_values_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, singular_values_primitive)
            else:
                ring += (x_id, identity, *site, singular_values_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(singular_values_primitive, (x, ), {})


def singular_values_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = singular_values_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def eigh(tensor: TensorLike, name: str | None = None) -> tuple[Tensor, ...]:
    """Eigenvalues (ascending) and eigenvectors (columns) of each Hermitian matrix, of which only the lower triangle is read.

    The gradient stands in the lower triangle too. Equal eigenvalues give no gradient through their vectors.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> e, v = tf.linalg.eigh(tf.constant([[2.0, 0.0], [0.0, 1.0]]))
    >>> e.numpy()
    array([1., 2.], dtype=float32)
    """
    return careful(eigh_primitive, (tensor, ), {})


def eigvalsh(tensor: TensorLike, name: str | None = None) -> Tensor:
    """The eigenvalues (ascending) of each Hermitian matrix, of which only the lower triangle is read.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> tf.linalg.eigvalsh(tf.constant([[2.0, 0.0], [0.0, 1.0]])).numpy()
    array([1., 2.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(tensor) is Tensor:
                tensor_value = tensor.value
                tensor_id = tensor.id
            else:
                form = type(tensor)
                if form is Variable:
                    tensor_value = tensor.value_
                    tensor_id = 0 if tape is None else tensor.read_id if tensor.reader == tape.serial else tape.read(tensor)
                else:
                    raise TypeError('tensor')
            out = Tensor()
            if tensor_value.dtype not in eigvalsh_dtypes:
                raise TypeError('eigvalsh')
            out.value = result = eigvalsh_kernel(tensor_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (tensor_value, tensor_id, identity, frame.f_code, frame.f_lasti, eigvalsh_primitive)
                else:
                    records += (tensor_value, tensor_id, identity, *site, eigvalsh_primitive)
                return out
            if tensor_id == 0:
                tensor_id = name_tensor(tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (tensor_id, identity, frame.f_code, frame.f_lasti, eigvalsh_primitive)
            else:
                ring += (tensor_id, identity, *site, eigvalsh_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(eigvalsh_primitive, (tensor, ), {})


def eigvalsh_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = eigvalsh_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def eig(tensor: TensorLike, name: str | None = None) -> tuple[Tensor, ...]:
    """Complex eigenvalues and eigenvectors (columns of length 1) of each square matrix, in no particular order.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> e, v = tf.linalg.eig(tf.constant([[0.0, 2.0], [-2.0, 0.0]]))
    >>> e.numpy()
    array([0.+2.j, 0.-2.j], dtype=complex64)
    """
    return careful(eig_primitive, (tensor, ), {})


def eigvals(tensor: TensorLike, name: str | None = None) -> Tensor:
    """The complex eigenvalues of each square matrix, in no particular order.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> tf.linalg.eigvals(tf.constant([[0.0, 2.0], [-2.0, 0.0]])).numpy()
    array([0.+2.j, 0.-2.j], dtype=complex64)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(tensor) is Tensor:
                tensor_value = tensor.value
                tensor_id = tensor.id
            else:
                form = type(tensor)
                if form is Variable:
                    tensor_value = tensor.value_
                    tensor_id = 0 if tape is None else tensor.read_id if tensor.reader == tape.serial else tape.read(tensor)
                else:
                    raise TypeError('tensor')
            out = Tensor()
            if tensor_value.dtype not in eigvals_dtypes:
                raise TypeError('eigvals')
            out.value = result = eigvals_kernel(tensor_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (tensor_value, tensor_value.dtype, tensor_id, identity, frame.f_code, frame.f_lasti, eigvals_primitive)
                else:
                    records += (tensor_value, tensor_value.dtype, tensor_id, identity, *site, eigvals_primitive)
                return out
            if tensor_id == 0:
                tensor_id = name_tensor(tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (tensor_id, identity, frame.f_code, frame.f_lasti, eigvals_primitive)
            else:
                ring += (tensor_id, identity, *site, eigvals_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(eigvals_primitive, (tensor, ), {})


def eigvals_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_dtype, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = eigvals_vjp_x(g, x, x_dtype)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
