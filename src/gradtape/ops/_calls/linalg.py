"""Written by `make calls` from the declarations of the linalg family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def swap(x: TensorLike, conjugate: Any = False, name: str | None = None) -> Tensor:
    """Rows and columns exchanged, and complex elements conjugated where asked."""
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
            out.value = result = swap_kernel(x_value, conjugate=conjugate)
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
                    records += (conjugate, x_id, identity, frame.f_code, frame.f_lasti, swap_primitive)
                else:
                    records += (conjugate, x_id, identity, *site, swap_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, swap_primitive)
            else:
                ring += (x_id, identity, *site, swap_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(swap_primitive, (x, ), {"conjugate": conjugate})


def swap_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    conjugate, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = swap_vjp_x(g, conjugate)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def matmul(a: TensorLike, b: TensorLike, transpose_a: Any = False, transpose_b: Any = False, adjoint_a: Any = False, adjoint_b: Any = False, a_is_sparse: Any = False, b_is_sparse: Any = False, output_type: Any = None, grad_a: Any = False, grad_b: Any = False, name: str | None = None) -> Tensor:
    """The product of the matrices in the last two axes of a and b; the axes before them broadcast.

    Either factor may be transposed, or transposed and conjugated (`adjoint_a`), first. The hints `a_is_sparse`,
    `b_is_sparse`, `grad_a` and `grad_b` change nothing. `output_type=tf.int32` sums products of int8 without overflow.
    Products of 16-bit floats are summed in float32.

    Raises:
        InvalidArgumentError: a rank below 2, inner extents or batch extents that do not fit, two dtypes.
        ValueError: `transpose_a` together with `adjoint_a` (the same for b).

    >>> tf.matmul(tf.constant([[1.0, 2.0]]), tf.constant([[3.0], [4.0]])).numpy()
    array([[11.]], dtype=float32)
    """
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
            if a_value.dtype not in matmul_dtypes:
                raise TypeError('matmul')
            if b_value.dtype != a_value.dtype:
                raise TypeError('matmul')
            out.value = result = matmul_kernel(a_value, b_value, transpose_a=transpose_a, transpose_b=transpose_b, adjoint_a=adjoint_a, adjoint_b=adjoint_b, a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse, output_type=output_type, grad_a=grad_a, grad_b=grad_b)
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
                    records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, frame.f_code, frame.f_lasti, matmul_primitive)
                else:
                    records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, *site, matmul_primitive)
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
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, matmul_primitive)
            else:
                ring += (a_id, b_id, identity, *site, matmul_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matmul_primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})


def matmul_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, y_id, code, offset, primitive = record
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
        step = matmul_vjp_a(g, a, b, transpose_a, transpose_b, adjoint_a, adjoint_b)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = matmul_vjp_b(g, a, b, transpose_a, transpose_b, adjoint_a, adjoint_b)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def einsum_single(x: TensorLike, equation: Any, name: str | None = None) -> Tensor:
    """Diagonals, sums and permutations of one operand, by a canonical equation."""
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
            if x_value.dtype not in einsum_single_dtypes:
                raise TypeError('einsum_single')
            out.value = result = einsum_single_kernel(x_value, equation=equation)
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
                    records += (x_value.shape, equation, x_id, identity, frame.f_code, frame.f_lasti, einsum_single_primitive)
                else:
                    records += (x_value.shape, equation, x_id, identity, *site, einsum_single_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, einsum_single_primitive)
            else:
                ring += (x_id, identity, *site, einsum_single_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(einsum_single_primitive, (x, ), {"equation": equation})


def einsum_single_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, equation, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = einsum_single_vjp_x(g, x_shape, equation)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def einsum_pair(a: TensorLike, b: TensorLike, equation: Any, name: str | None = None) -> Tensor:
    """The contraction of two operands, by a canonical equation."""
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
            if a_value.dtype not in einsum_pair_dtypes:
                raise TypeError('einsum_pair')
            if b_value.dtype != a_value.dtype:
                raise TypeError('einsum_pair')
            out.value = result = einsum_pair_kernel(a_value, b_value, equation=equation)
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
                    records += (a_value, b_value, a_value.shape, b_value.shape, equation, a_id, b_id, identity, frame.f_code, frame.f_lasti, einsum_pair_primitive)
                else:
                    records += (a_value, b_value, a_value.shape, b_value.shape, equation, a_id, b_id, identity, *site, einsum_pair_primitive)
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
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, einsum_pair_primitive)
            else:
                ring += (a_id, b_id, identity, *site, einsum_pair_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(einsum_pair_primitive, (a, b, ), {"equation": equation})


def einsum_pair_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_shape, b_shape, equation, a_id, b_id, y_id, code, offset, primitive = record
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        step = einsum_pair_vjp_a(g, a_shape, b, equation)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        step = einsum_pair_vjp_b(g, a, b_shape, equation)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def cross(a: TensorLike, b: TensorLike, name: str | None = None) -> Tensor:
    """The cross product of the 3-vectors in the last axis.

    Raises:
        InvalidArgumentError: two shapes, or rank 0.
        FailedPreconditionError: a last axis whose extent is not 3.

    >>> tf.linalg.cross(tf.constant([1.0, 0.0, 0.0]), tf.constant([0.0, 1.0, 0.0])).numpy()
    array([0., 0., 1.], dtype=float32)
    """
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
            if a_value.dtype not in cross_dtypes:
                raise TypeError('cross')
            if b_value.dtype != a_value.dtype:
                raise TypeError('cross')
            out.value = result = cross_kernel(a_value, b_value)
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
                    records += (a_value, b_value, a_id, b_id, identity, frame.f_code, frame.f_lasti, cross_primitive)
                else:
                    records += (a_value, b_value, a_id, b_id, identity, *site, cross_primitive)
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
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, cross_primitive)
            else:
                ring += (a_id, b_id, identity, *site, cross_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cross_primitive, (a, b, ), {})


def cross_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        step = cross_vjp_a(g, b)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        step = cross_vjp_b(g, a)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
