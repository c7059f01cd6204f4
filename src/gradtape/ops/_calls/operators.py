"""Written by `make calls` from the declarations of the operators family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def __add__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x + y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__add___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__add___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__add___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__add___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __add___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is BOOL:
            raise TypeError('__add__')
    except MISFIT:
        return careful(__add___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, x_id, y_id, identity, code, offset, __add___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __add___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __sub__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x - y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__sub___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__sub___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__sub___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__sub___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __sub___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is OBJECT:
            raise TypeError('__sub__')
    except MISFIT:
        return careful(__sub___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, x_id, y_id, identity, code, offset, __sub___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __sub___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __mul__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x * y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__mul___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__mul___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__mul___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__mul___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __mul___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is BOOL or dtype is OBJECT:
            raise TypeError('__mul__')
    except MISFIT:
        return careful(__mul___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, x_id, y_id, identity, code, offset, __mul___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __mul___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __truediv__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y, elementwise; integers divide as floats."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__truediv___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__truediv___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__truediv___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__truediv___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __truediv___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is OBJECT:
            raise TypeError('__truediv__')
    except MISFIT:
        return careful(__truediv___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (y_value, x_value.shape if x_id != NUMBER else None, result, x_id, y_id, identity, code, offset, __truediv___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __truediv___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __floordiv__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y rounded down, elementwise.

    Raises:
        InvalidArgumentError: integers divided by zero.

    >>> tf.math.floordiv([7, -7], 2).numpy()
    array([ 3, -4], dtype=int32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__floordiv___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__floordiv___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__floordiv___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__floordiv___primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in __floordiv___dtypes:
            raise TypeError('__floordiv__')
        out.value = result = __floordiv___kernel(x_value, y_value)
    except MISFIT:
        return careful(__floordiv___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __floordiv___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __mod__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x - floordiv(x, y) * y, elementwise: the remainder with the sign of y.

    Raises:
        InvalidArgumentError: integers divided by zero.

    >>> tf.math.floormod([7, -7], 2).numpy()
    array([1, 1], dtype=int32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__mod___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__mod___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__mod___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__mod___primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in __mod___dtypes:
            raise TypeError('__mod__')
        out.value = result = __mod___kernel(x_value, y_value)
    except MISFIT:
        return careful(__mod___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, x_id, y_id, identity, code, offset, __mod___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __mod___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __pow__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x to the power of y, elementwise.

    Raises:
        InvalidArgumentError: integers to a negative power.

    >>> tf.pow([2.0, 3.0], 2.0).numpy()
    array([4., 9.], dtype=float32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__pow___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__pow___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__pow___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__pow___primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in __pow___dtypes:
            raise TypeError('__pow__')
        out.value = result = __pow___kernel(x_value, y_value)
    except MISFIT:
        return careful(__pow___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, result, x_id, y_id, identity, code, offset, __pow___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __pow___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __matmul__(a: TensorLike, b: TensorLike, transpose_a: Any = False, transpose_b: Any = False, adjoint_a: Any = False, adjoint_b: Any = False, a_is_sparse: Any = False, b_is_sparse: Any = False, output_type: Any = None, grad_a: Any = False, grad_b: Any = False, name: str | None = None) -> Tensor:
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
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__matmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
    kind = type(a)
    if kind is Tensor:
        a_value = a.value
        a_id = a.id
    elif kind is Variable:
        a_value = a.value_
        a_id = 0 if tape is None else a.read_id if a.reader == tape.serial else tape.read(a)
    else:
        return careful(__matmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
    kind = type(b)
    if kind is Tensor:
        b_value = b.value
        b_id = b.id
    elif kind is Variable:
        b_value = b.value_
        b_id = 0 if tape is None else b.read_id if b.reader == tape.serial else tape.read(b)
    else:
        return careful(__matmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
    out = Tensor()
    try:
        if a_value.dtype not in __matmul___dtypes:
            raise TypeError('__matmul__')
        if b_value.dtype != a_value.dtype:
            raise TypeError('__matmul__')
        out.value = result = __matmul___kernel(a_value, b_value, transpose_a=transpose_a, transpose_b=transpose_b, adjoint_a=adjoint_a, adjoint_b=adjoint_b, a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse, output_type=output_type, grad_a=grad_a, grad_b=grad_b)
    except MISFIT:
        return careful(__matmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
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
        records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, code, offset, __matmul___primitive)
        return out
    if a_id == 0:
        a_id = name_tensor(a)
    if b_id == 0:
        b_id = name_tensor(b)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (a_id, b_id, identity, code, offset, __matmul___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __lt__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x < y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__lt___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__lt___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__lt___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__lt___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __lt___kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in __lt___dtypes:
            raise TypeError('__lt__')
    except MISFIT:
        return careful(__lt___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __lt___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __le__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x <= y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__le___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__le___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__le___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__le___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __le___kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in __le___dtypes:
            raise TypeError('__le__')
    except MISFIT:
        return careful(__le___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __le___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __gt__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x > y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__gt___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__gt___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__gt___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__gt___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __gt___kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in __gt___dtypes:
            raise TypeError('__gt__')
    except MISFIT:
        return careful(__gt___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __gt___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __ge__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x >= y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__ge___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__ge___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__ge___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__ge___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __ge___kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in __ge___dtypes:
            raise TypeError('__ge__')
    except MISFIT:
        return careful(__ge___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __ge___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __eq__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x == y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__eq___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__eq___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__eq___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__eq___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __eq___kernel(x_value, y_value, out=..., casting='no')
    except MISFIT:
        return careful(__eq___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __eq___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __ne__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x != y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__ne___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__ne___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__ne___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__ne___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __ne___kernel(x_value, y_value, out=..., casting='no')
    except MISFIT:
        return careful(__ne___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __ne___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __neg__(x: TensorLike, name: str | None = None) -> Tensor:
    """-x, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__neg___primitive, (x, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(__neg___primitive, (x, ), {})
    out = Tensor()
    try:
        out.value = result = __neg___kernel(x_value, out=..., casting='no')
    except MISFIT:
        return careful(__neg___primitive, (x, ), {})
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
        records += (x_id, identity, code, offset, __neg___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, __neg___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __radd__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__radd___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__radd___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__radd___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__radd___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __radd___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is BOOL:
            raise TypeError('__radd__')
    except MISFIT:
        return careful(__radd___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, x_id, y_id, identity, code, offset, __radd___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __radd___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rsub__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rsub___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__rsub___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__rsub___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__rsub___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __rsub___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is OBJECT:
            raise TypeError('__rsub__')
    except MISFIT:
        return careful(__rsub___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, x_id, y_id, identity, code, offset, __rsub___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __rsub___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rmul__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rmul___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__rmul___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__rmul___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__rmul___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __rmul___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is BOOL or dtype is OBJECT:
            raise TypeError('__rmul__')
    except MISFIT:
        return careful(__rmul___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, x_id, y_id, identity, code, offset, __rmul___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __rmul___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rtruediv__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rtruediv___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__rtruediv___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__rtruediv___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__rtruediv___primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = __rtruediv___kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is OBJECT:
            raise TypeError('__rtruediv__')
    except MISFIT:
        return careful(__rtruediv___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (y_value, x_value.shape if x_id != NUMBER else None, result, x_id, y_id, identity, code, offset, __rtruediv___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __rtruediv___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rfloordiv__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rfloordiv___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__rfloordiv___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__rfloordiv___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__rfloordiv___primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in __rfloordiv___dtypes:
            raise TypeError('__rfloordiv__')
        out.value = result = __rfloordiv___kernel(x_value, y_value)
    except MISFIT:
        return careful(__rfloordiv___primitive, (x, y, ), {})
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
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __rfloordiv___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rmod__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rmod___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__rmod___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__rmod___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__rmod___primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in __rmod___dtypes:
            raise TypeError('__rmod__')
        out.value = result = __rmod___kernel(x_value, y_value)
    except MISFIT:
        return careful(__rmod___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, x_id, y_id, identity, code, offset, __rmod___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __rmod___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rpow__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rpow___primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(__rpow___primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(__rpow___primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(__rpow___primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in __rpow___dtypes:
            raise TypeError('__rpow__')
        out.value = result = __rpow___kernel(x_value, y_value)
    except MISFIT:
        return careful(__rpow___primitive, (x, y, ), {})
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
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, result, x_id, y_id, identity, code, offset, __rpow___primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, __rpow___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def __rmatmul__(b: TensorLike, a: TensorLike, transpose_a: Any = False, transpose_b: Any = False, adjoint_a: Any = False, adjoint_b: Any = False, a_is_sparse: Any = False, b_is_sparse: Any = False, output_type: Any = None, grad_a: Any = False, grad_b: Any = False, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(__rmatmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
    kind = type(a)
    if kind is Tensor:
        a_value = a.value
        a_id = a.id
    elif kind is Variable:
        a_value = a.value_
        a_id = 0 if tape is None else a.read_id if a.reader == tape.serial else tape.read(a)
    else:
        return careful(__rmatmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
    kind = type(b)
    if kind is Tensor:
        b_value = b.value
        b_id = b.id
    elif kind is Variable:
        b_value = b.value_
        b_id = 0 if tape is None else b.read_id if b.reader == tape.serial else tape.read(b)
    else:
        return careful(__rmatmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
    out = Tensor()
    try:
        if a_value.dtype not in __rmatmul___dtypes:
            raise TypeError('__rmatmul__')
        if b_value.dtype != a_value.dtype:
            raise TypeError('__rmatmul__')
        out.value = result = __rmatmul___kernel(a_value, b_value, transpose_a=transpose_a, transpose_b=transpose_b, adjoint_a=adjoint_a, adjoint_b=adjoint_b, a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse, output_type=output_type, grad_a=grad_a, grad_b=grad_b)
    except MISFIT:
        return careful(__rmatmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})
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
        records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, code, offset, __rmatmul___primitive)
        return out
    if a_id == 0:
        a_id = name_tensor(a)
    if b_id == 0:
        b_id = name_tensor(b)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (a_id, b_id, identity, code, offset, __rmatmul___primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
