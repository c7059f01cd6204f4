"""Written by `make calls` from the declarations of the logic family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def logical_not(x: TensorLike, name: str | None = None) -> Tensor:
    """True where x is False, elementwise.

    >>> tf.logical_not([True, False]).numpy()
    array([False,  True])
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
                else:
                    raise TypeError('x')
            out = Tensor()
            if x_value.dtype not in logical_not_dtypes:
                raise TypeError('logical_not')
            out.value = result = logical_not_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, logical_not_primitive)
            else:
                ring += (x_id, identity, *site, logical_not_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(logical_not_primitive, (x, ), {})


def logical_and(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """True where both are, elementwise.

    >>> tf.logical_and([True, False], True).numpy()
    array([ True, False])
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
                else:
                    raise TypeError('y')
            out = Tensor()
            if x_value.dtype not in logical_and_dtypes:
                raise TypeError('logical_and')
            if y_value.dtype != x_value.dtype:
                raise TypeError('logical_and')
            out.value = result = logical_and_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, logical_and_primitive)
            else:
                ring += (x_id, y_id, identity, *site, logical_and_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(logical_and_primitive, (x, y, ), {})


def logical_or(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """True where either is, elementwise.

    >>> tf.logical_or([True, False], False).numpy()
    array([ True, False])
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
                else:
                    raise TypeError('y')
            out = Tensor()
            if x_value.dtype not in logical_or_dtypes:
                raise TypeError('logical_or')
            if y_value.dtype != x_value.dtype:
                raise TypeError('logical_or')
            out.value = result = logical_or_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, logical_or_primitive)
            else:
                ring += (x_id, y_id, identity, *site, logical_or_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(logical_or_primitive, (x, y, ), {})


def logical_xor(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """True where exactly one is, elementwise.

    >>> tf.math.logical_xor([True, False], True).numpy()
    array([False,  True])
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
                else:
                    raise TypeError('y')
            out = Tensor()
            if x_value.dtype not in logical_xor_dtypes:
                raise TypeError('logical_xor')
            if y_value.dtype != x_value.dtype:
                raise TypeError('logical_xor')
            out.value = result = logical_xor_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, logical_xor_primitive)
            else:
                ring += (x_id, y_id, identity, *site, logical_xor_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(logical_xor_primitive, (x, y, ), {})


def is_finite(x: TensorLike, name: str | None = None) -> Tensor:
    """True where x is neither infinite nor NaN.

    >>> tf.math.is_finite([1.0, np.inf, np.nan]).numpy()
    array([ True, False, False])
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
                else:
                    raise TypeError('x')
            out = Tensor()
            if x_value.dtype not in is_finite_dtypes:
                raise TypeError('is_finite')
            out.value = result = is_finite_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, is_finite_primitive)
            else:
                ring += (x_id, identity, *site, is_finite_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(is_finite_primitive, (x, ), {})


def is_inf(x: TensorLike, name: str | None = None) -> Tensor:
    """True where x is infinite.

    >>> tf.math.is_inf([1.0, np.inf, np.nan]).numpy()
    array([False,  True, False])
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
                else:
                    raise TypeError('x')
            out = Tensor()
            if x_value.dtype not in is_inf_dtypes:
                raise TypeError('is_inf')
            out.value = result = is_inf_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, is_inf_primitive)
            else:
                ring += (x_id, identity, *site, is_inf_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(is_inf_primitive, (x, ), {})


def is_nan(x: TensorLike, name: str | None = None) -> Tensor:
    """True where x is not a number.

    >>> tf.math.is_nan([1.0, np.inf, np.nan]).numpy()
    array([False, False,  True])
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
                else:
                    raise TypeError('x')
            out = Tensor()
            if x_value.dtype not in is_nan_dtypes:
                raise TypeError('is_nan')
            out.value = result = is_nan_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, is_nan_primitive)
            else:
                ring += (x_id, identity, *site, is_nan_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(is_nan_primitive, (x, ), {})


def approximate_equal(x: TensorLike, y: TensorLike, tolerance: Any = 1e-05, name: str | None = None) -> Tensor:
    """True where |x - y| is below the tolerance, elementwise."""
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
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                else:
                    raise TypeError('y')
            out = Tensor()
            if x_value.dtype not in approximate_equal_dtypes:
                raise TypeError('approximate_equal')
            if y_value.dtype != x_value.dtype:
                raise TypeError('approximate_equal')
            out.value = result = approximate_equal_kernel(x_value, y_value, tolerance=tolerance)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, approximate_equal_primitive)
            else:
                ring += (x_id, y_id, identity, *site, approximate_equal_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(approximate_equal_primitive, (x, y, ), {"tolerance": tolerance})


def bitwise_and(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits set in both, elementwise.

    >>> tf.bitwise.bitwise_and([6, 5], 3).numpy()
    array([2, 1], dtype=int32)
    """
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
            out.value = result = bitwise_and_kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('bitwise_and')
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
                out.value = result = bitwise_and_kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('bitwise_and')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, bitwise_and_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, bitwise_and_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(bitwise_and_primitive, (x, y, ), {})


def bitwise_or(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits set in either, elementwise.

    >>> tf.bitwise.bitwise_or([6, 5], 3).numpy()
    array([7, 7], dtype=int32)
    """
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
            out.value = result = bitwise_or_kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('bitwise_or')
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
                out.value = result = bitwise_or_kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('bitwise_or')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, bitwise_or_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, bitwise_or_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(bitwise_or_primitive, (x, y, ), {})


def bitwise_xor(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits set in exactly one, elementwise.

    >>> tf.bitwise.bitwise_xor([6, 5], 3).numpy()
    array([5, 6], dtype=int32)
    """
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
            out.value = result = bitwise_xor_kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('bitwise_xor')
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
                out.value = result = bitwise_xor_kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('bitwise_xor')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, bitwise_xor_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, bitwise_xor_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(bitwise_xor_primitive, (x, y, ), {})


def invert(x: TensorLike, name: str | None = None) -> Tensor:
    """Every bit turned over, elementwise.

    >>> tf.bitwise.invert([0, 5]).numpy()
    array([-1, -6], dtype=int32)
    """
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
            out.value = result = invert_kernel(x_value, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('invert')
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
                out.value = result = invert_kernel(x_value, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('invert')
            except MISFIT:
                pass
            else:
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, invert_primitive)
                else:
                    ring += (x_id, identity, *site, invert_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(invert_primitive, (x, ), {})


def left_shift(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits of x moved y places up; y is held between 0 and the width less one.

    >>> tf.bitwise.left_shift([1, -3], 2).numpy()
    array([  4, -12], dtype=int32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in left_shift_dtypes:
                raise TypeError('left_shift')
            out.value = result = left_shift_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, left_shift_primitive)
            else:
                ring += (x_id, y_id, identity, *site, left_shift_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(left_shift_primitive, (x, y, ), {})


def right_shift(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits of x moved y places down, the sign kept; y is held between 0 and the width less one.

    >>> tf.bitwise.right_shift([8, -8], 2).numpy()
    array([ 2, -2], dtype=int32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in right_shift_dtypes:
                raise TypeError('right_shift')
            out.value = result = right_shift_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, right_shift_primitive)
            else:
                ring += (x_id, y_id, identity, *site, right_shift_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(right_shift_primitive, (x, y, ), {})


def population_count(x: TensorLike, name: str | None = None) -> Tensor:
    """How many bits are set, elementwise, as uint8."""
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
            if x_value.dtype not in population_count_dtypes:
                raise TypeError('population_count')
            out.value = result = population_count_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, population_count_primitive)
            else:
                ring += (x_id, identity, *site, population_count_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(population_count_primitive, (x, ), {})


def reinterpret(input: TensorLike, dtype: Any, name: str | None = None) -> Tensor:
    """The same bytes read as another dtype (`tf.bitcast`)."""
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
            params = reinterpret_canonical(input_value, dtype=dtype)
            dtype = params['dtype']
            if input_value.dtype not in reinterpret_dtypes:
                raise TypeError('reinterpret')
            out.value = result = reinterpret_kernel(input_value, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, reinterpret_primitive)
            else:
                ring += (input_id, identity, *site, reinterpret_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reinterpret_primitive, (input, ), {"dtype": dtype})


def nextafter(x1: TensorLike, x2: TensorLike, name: str | None = None) -> Tensor:
    """The number next to x1 in the direction of x2, elementwise.

    >>> tf.math.nextafter(0.0, 1.0).numpy()
    np.float32(1e-45)
    """
    context = current()
    if context is None:
        try:
            if type(x1) is Tensor:
                x1_array = x1.value
            else:
                form = type(x1)
                if form is Variable:
                    x1_array = x1.value_
                elif form is float or form is int:
                    x1_array = (FLOATS if form is float else INTS)[(x2.value if type(x2) is Tensor else x2.value_ if type(x2) is Variable else NOTHING).dtype][x1]
                else:
                    raise TypeError('x1')
            if type(x2) is Tensor:
                x2_array = x2.value
            else:
                form = type(x2)
                if form is Variable:
                    x2_array = x2.value_
                elif form is float or form is int:
                    x2_array = (FLOATS if form is float else INTS)[x1_array.dtype][x2]
                else:
                    raise TypeError('x2')
            out = Tensor()
            out.value = result = nextafter_kernel(x1_array, x2_array, out=..., casting='no')
        except MISFIT:
            pass
        else:
            out.id = 0
            return out
    else:
        tape = context.lone
        if tape is not None:
            try:
                if type(x1) is Tensor:
                    x1_array = x1_value = x1.value
                    x1_id = x1.id
                else:
                    form = type(x1)
                    if form is Variable:
                        x1_array = x1_value = x1.value_
                        x1_id = x1.read_id if x1.reader == tape.serial else tape.read(x1)
                    elif form is float or form is int:
                        x1_value = x1
                        x1_id = NUMBER
                        x1_array = (FLOATS if form is float else INTS)[(x2.value if type(x2) is Tensor else x2.value_ if type(x2) is Variable else NOTHING).dtype][x1]
                    else:
                        raise TypeError('x1')
                if type(x2) is Tensor:
                    x2_array = x2_value = x2.value
                    x2_id = x2.id
                else:
                    form = type(x2)
                    if form is Variable:
                        x2_array = x2_value = x2.value_
                        x2_id = x2.read_id if x2.reader == tape.serial else tape.read(x2)
                    elif form is float or form is int:
                        x2_value = x2
                        x2_id = NUMBER
                        x2_array = (FLOATS if form is float else INTS)[x1_array.dtype][x2]
                    else:
                        raise TypeError('x2')
                out = Tensor()
                out.value = result = nextafter_kernel(x1_array, x2_array, out=..., casting='no')
            except MISFIT:
                pass
            else:
                tracked = tape.tracked
                if x1_id in tracked or x2_id in tracked:
                    out.id = identity = new_id()
                    tracked.add(identity)
                    records = tape.records
                    site = context.site
                    if site is None:
                        frame = getframe(1)
                        records += (x2_value, x1_value.shape if x1_id in tracked else None, x1_id, x2_id, identity, frame.f_code, frame.f_lasti, nextafter_primitive)
                    else:
                        records += (x2_value, x1_value.shape if x1_id in tracked else None, x1_id, x2_id, identity, *site, nextafter_primitive)
                    return out
                if x1_id == 0:
                    x1_id = name_tensor(x1)
                if x2_id == 0:
                    x2_id = name_tensor(x2)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x1_id, x2_id, identity, frame.f_code, frame.f_lasti, nextafter_primitive)
                else:
                    ring += (x1_id, x2_id, identity, *site, nextafter_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(nextafter_primitive, (x1, x2, ), {})


def nextafter_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    b, a_shape, a_id, b_id, y_id, code, offset, primitive = record
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        step = g
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = nextafter_d_b(b)
        step = multiply(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
