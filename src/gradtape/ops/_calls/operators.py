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
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __add___kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('__add__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __add___kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('__add__')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, __add___primitive)
                    else:
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, __add___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __add___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __add___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__add___primitive, (x, y, ), {})


def __sub__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x - y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __sub___kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __sub___kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, __sub___primitive)
                    else:
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, __sub___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __sub___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __sub___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__sub___primitive, (x, y, ), {})


def __mul__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x * y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __mul___kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('__mul__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __mul___kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('__mul__')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, __mul___primitive)
                    else:
                        records += (x_value, y_value, x_id, y_id, identity, *site, __mul___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __mul___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __mul___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__mul___primitive, (x, y, ), {})


def __truediv__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y, elementwise; integers divide as floats."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __truediv___kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __truediv___kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, __truediv___primitive)
                    else:
                        records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, *site, __truediv___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __truediv___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __truediv___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__truediv___primitive, (x, y, ), {})


def __floordiv__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y rounded down, elementwise.

    Raises:
        InvalidArgumentError: integers divided by zero.

    >>> tf.math.floordiv([7, -7], 2).numpy()
    array([ 3, -4], dtype=int32)
    """
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in __floordiv___dtypes:
                raise TypeError('__floordiv__')
            out.value = result = __floordiv___kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __floordiv___primitive)
            else:
                ring += (x_id, y_id, identity, *site, __floordiv___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__floordiv___primitive, (x, y, ), {})


def __mod__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x - floordiv(x, y) * y, elementwise: the remainder with the sign of y.

    Raises:
        InvalidArgumentError: integers divided by zero.

    >>> tf.math.floormod([7, -7], 2).numpy()
    array([1, 1], dtype=int32)
    """
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in __mod___dtypes:
                raise TypeError('__mod__')
            out.value = result = __mod___kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, __mod___primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, __mod___primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __mod___primitive)
            else:
                ring += (x_id, y_id, identity, *site, __mod___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__mod___primitive, (x, y, ), {})


def __pow__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x to the power of y, elementwise.

    Raises:
        InvalidArgumentError: integers to a negative power.

    >>> tf.pow([2.0, 3.0], 2.0).numpy()
    array([4., 9.], dtype=float32)
    """
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in __pow___dtypes:
                raise TypeError('__pow__')
            out.value = result = __pow___kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, __pow___primitive)
                else:
                    records += (x_value, y_value, result, x_id, y_id, identity, *site, __pow___primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __pow___primitive)
            else:
                ring += (x_id, y_id, identity, *site, __pow___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__pow___primitive, (x, y, ), {})


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
            if a_value.dtype not in __matmul___dtypes:
                raise TypeError('__matmul__')
            if b_value.dtype != a_value.dtype:
                raise TypeError('__matmul__')
            out.value = result = __matmul___kernel(a_value, b_value, transpose_a=transpose_a, transpose_b=transpose_b, adjoint_a=adjoint_a, adjoint_b=adjoint_b, a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse, output_type=output_type, grad_a=grad_a, grad_b=grad_b)
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
                    records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, frame.f_code, frame.f_lasti, __matmul___primitive)
                else:
                    records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, *site, __matmul___primitive)
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
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, __matmul___primitive)
            else:
                ring += (a_id, b_id, identity, *site, __matmul___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__matmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})


def __lt__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x < y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __lt___kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in __lt___dtypes:
                raise TypeError('__lt__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __lt___kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in __lt___dtypes:
                    raise TypeError('__lt__')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __lt___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __lt___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__lt___primitive, (x, y, ), {})


def __le__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x <= y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __le___kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in __le___dtypes:
                raise TypeError('__le__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __le___kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in __le___dtypes:
                    raise TypeError('__le__')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __le___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __le___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__le___primitive, (x, y, ), {})


def __gt__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x > y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __gt___kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in __gt___dtypes:
                raise TypeError('__gt__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __gt___kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in __gt___dtypes:
                    raise TypeError('__gt__')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __gt___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __gt___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__gt___primitive, (x, y, ), {})


def __ge__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x >= y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __ge___kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in __ge___dtypes:
                raise TypeError('__ge__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __ge___kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in __ge___dtypes:
                    raise TypeError('__ge__')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __ge___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __ge___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__ge___primitive, (x, y, ), {})


def __eq__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x == y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __eq___kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __eq___kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __eq___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __eq___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return compared(__eq___primitive, (x, y, ), {})


def __ne__(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x != y, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __ne___kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __ne___kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __ne___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __ne___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return compared(__ne___primitive, (x, y, ), {})


def __neg__(x: TensorLike, name: str | None = None) -> Tensor:
    """-x, elementwise."""
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                else:
                    raise TypeError('x')
            out = Tensor()
            out.value = result = __neg___kernel(x_value, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    else:
                        raise TypeError('x')
                out = Tensor()
                out.value = result = __neg___kernel(x_value, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_id, identity, frame.f_code, frame.f_lasti, __neg___primitive)
                    else:
                        records += (x_id, identity, *site, __neg___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, __neg___primitive)
                else:
                    ring += (x_id, identity, *site, __neg___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__neg___primitive, (x, ), {})


def __radd__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __radd___kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('__radd__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __radd___kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('__radd__')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, __radd___primitive)
                    else:
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, __radd___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __radd___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __radd___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__radd___primitive, (x, y, ), {})


def __rsub__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __rsub___kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __rsub___kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, __rsub___primitive)
                    else:
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, __rsub___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __rsub___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __rsub___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__rsub___primitive, (x, y, ), {})


def __rmul__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __rmul___kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('__rmul__')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __rmul___kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('__rmul__')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, __rmul___primitive)
                    else:
                        records += (x_value, y_value, x_id, y_id, identity, *site, __rmul___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __rmul___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __rmul___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__rmul___primitive, (x, y, ), {})


def __rtruediv__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    context = current()
    if context is None:
        try:
            if type(x) is Tensor:
                x_array = x.value
            else:
                form = type(x)
                if form is Variable:
                    x_array = x.value_
                elif form is float or form is int:
                    x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_array = y.value
            else:
                form = type(y)
                if form is Variable:
                    y_array = y.value_
                elif form is float or form is int:
                    y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                else:
                    raise TypeError('y')
            out = Tensor()
            out.value = result = __rtruediv___kernel(x_array, y_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x) is Tensor:
                    x_array = x_value = x.value
                    x_id = x.id
                else:
                    form = type(x)
                    if form is Variable:
                        x_array = x_value = x.value_
                        x_id = x.read_id if x.reader == tape.serial else tape.read(x)
                    elif form is float or form is int:
                        x_value = x
                        x_id = NUMBER
                        x_array = (FLOATS if form is float else INTS)[(y.value if type(y) is Tensor else y.value_ if type(y) is Variable else NOTHING).dtype][x]
                    else:
                        raise TypeError('x')
                if type(y) is Tensor:
                    y_array = y_value = y.value
                    y_id = y.id
                else:
                    form = type(y)
                    if form is Variable:
                        y_array = y_value = y.value_
                        y_id = y.read_id if y.reader == tape.serial else tape.read(y)
                    elif form is float or form is int:
                        y_value = y
                        y_id = NUMBER
                        y_array = (FLOATS if form is float else INTS)[x_array.dtype][y]
                    else:
                        raise TypeError('y')
                out = Tensor()
                out.value = result = __rtruediv___kernel(x_array, y_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x_id in tracked or y_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, __rtruediv___primitive)
                    else:
                        records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, *site, __rtruediv___primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                if y_id == 0:
                    y_id = name_tensor(y)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __rtruediv___primitive)
                else:
                    ring += (x_id, y_id, identity, *site, __rtruediv___primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(__rtruediv___primitive, (x, y, ), {})


def __rfloordiv__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in __rfloordiv___dtypes:
                raise TypeError('__rfloordiv__')
            out.value = result = __rfloordiv___kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __rfloordiv___primitive)
            else:
                ring += (x_id, y_id, identity, *site, __rfloordiv___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__rfloordiv___primitive, (x, y, ), {})


def __rmod__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in __rmod___dtypes:
                raise TypeError('__rmod__')
            out.value = result = __rmod___kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, __rmod___primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, __rmod___primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __rmod___primitive)
            else:
                ring += (x_id, y_id, identity, *site, __rmod___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__rmod___primitive, (x, y, ), {})


def __rpow__(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
                else:
                    raise TypeError('x')
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in __rpow___dtypes:
                raise TypeError('__rpow__')
            out.value = result = __rpow___kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, __rpow___primitive)
                else:
                    records += (x_value, y_value, result, x_id, y_id, identity, *site, __rpow___primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, __rpow___primitive)
            else:
                ring += (x_id, y_id, identity, *site, __rpow___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__rpow___primitive, (x, y, ), {})


def __rmatmul__(b: TensorLike, a: TensorLike, transpose_a: Any = False, transpose_b: Any = False, adjoint_a: Any = False, adjoint_b: Any = False, a_is_sparse: Any = False, b_is_sparse: Any = False, output_type: Any = None, grad_a: Any = False, grad_b: Any = False, name: str | None = None) -> Tensor:
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
            if a_value.dtype not in __rmatmul___dtypes:
                raise TypeError('__rmatmul__')
            if b_value.dtype != a_value.dtype:
                raise TypeError('__rmatmul__')
            out.value = result = __rmatmul___kernel(a_value, b_value, transpose_a=transpose_a, transpose_b=transpose_b, adjoint_a=adjoint_a, adjoint_b=adjoint_b, a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse, output_type=output_type, grad_a=grad_a, grad_b=grad_b)
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
                    records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, frame.f_code, frame.f_lasti, __rmatmul___primitive)
                else:
                    records += (a_value, b_value, transpose_a, transpose_b, adjoint_a, adjoint_b, a_id, b_id, identity, *site, __rmatmul___primitive)
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
                ring += (a_id, b_id, identity, frame.f_code, frame.f_lasti, __rmatmul___primitive)
            else:
                ring += (a_id, b_id, identity, *site, __rmatmul___primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(__rmatmul___primitive, (a, b, ), {"transpose_a": transpose_a, "transpose_b": transpose_b, "adjoint_a": adjoint_a, "adjoint_b": adjoint_b, "a_is_sparse": a_is_sparse, "b_is_sparse": b_is_sparse, "output_type": output_type, "grad_a": grad_a, "grad_b": grad_b})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
