"""Written by `make calls` from the declarations of the arithmetic family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def floordiv(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            if (x_value if x_id != NUMBER else y_value).dtype not in floordiv_dtypes:
                raise TypeError('floordiv')
            out.value = result = floordiv_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, floordiv_primitive)
            else:
                ring += (x_id, y_id, identity, *site, floordiv_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(floordiv_primitive, (x, y, ), {})


def floormod(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            if (x_value if x_id != NUMBER else y_value).dtype not in floormod_dtypes:
                raise TypeError('floormod')
            out.value = result = floormod_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, floormod_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, floormod_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, floormod_primitive)
            else:
                ring += (x_id, y_id, identity, *site, floormod_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(floormod_primitive, (x, y, ), {})


def floormod_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        step = g
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
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
        factor = floormod_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def truncatediv(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y rounded towards zero, elementwise.

    Raises:
        InvalidArgumentError: integers divided by zero.

    >>> tf.truncatediv([7, -7], 2).numpy()
    array([ 3, -3], dtype=int32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in truncatediv_dtypes:
                raise TypeError('truncatediv')
            out.value = result = truncatediv_kernel(x_value, y_value)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, truncatediv_primitive)
            else:
                ring += (x_id, y_id, identity, *site, truncatediv_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(truncatediv_primitive, (x, y, ), {})


def truncatemod(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x - truncatediv(x, y) * y, elementwise: the remainder with the sign of x.

    Raises:
        InvalidArgumentError: integers divided by zero.

    >>> tf.truncatemod([7, -7], 2).numpy()
    array([ 1, -1], dtype=int32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in truncatemod_dtypes:
                raise TypeError('truncatemod')
            out.value = result = truncatemod_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, truncatemod_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, truncatemod_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, truncatemod_primitive)
            else:
                ring += (x_id, y_id, identity, *site, truncatemod_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(truncatemod_primitive, (x, y, ), {})


def truncatemod_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        step = g
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
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
        factor = truncatemod_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def divide_no_nan(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y, and 0 where y is 0, elementwise; integers divide as floats.

    Raises:
        TypeError: x and y of different dtypes, or booleans.

    >>> tf.math.divide_no_nan([3.0, 3.0], [2.0, 0.0]).numpy()
    array([1.5, 0. ], dtype=float32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in divide_no_nan_dtypes:
                raise TypeError('divide_no_nan')
            out.value = result = divide_no_nan_kernel(x_value, y_value)
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
                    records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, divide_no_nan_primitive)
                else:
                    records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, *site, divide_no_nan_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, divide_no_nan_primitive)
            else:
                ring += (x_id, y_id, identity, *site, divide_no_nan_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(divide_no_nan_primitive, (x, y, ), {})


def divide_no_nan_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    b, a_shape, y, a_id, b_id, y_id, code, offset, primitive = record
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = divide_no_nan_d_a(b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = divide_no_nan_d_b(y, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def multiply_no_nan(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x * y, and 0 where y is 0, even if x is infinite or NaN, elementwise.

    Raises:
        ValueError: x and y of different dtypes.

    >>> tf.math.multiply_no_nan([3.0, np.nan], [2.0, 0.0]).numpy()
    array([6., 0.], dtype=float32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in multiply_no_nan_dtypes:
                raise TypeError('multiply_no_nan')
            out.value = result = multiply_no_nan_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, multiply_no_nan_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, multiply_no_nan_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, multiply_no_nan_primitive)
            else:
                ring += (x_id, y_id, identity, *site, multiply_no_nan_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(multiply_no_nan_primitive, (x, y, ), {})


def multiply_no_nan_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = multiply_no_nan_d_a(b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zzmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = multiply_no_nan_d_b(a)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def xdivy(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y, and 0 where x is 0, elementwise.

    >>> tf.math.xdivy([0.0, 3.0], [0.0, 2.0]).numpy()
    array([0. , 1.5], dtype=float32)
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
            if x_value.dtype not in xdivy_dtypes:
                raise TypeError('xdivy')
            if y_value.dtype != x_value.dtype:
                raise TypeError('xdivy')
            out.value = result = xdivy_kernel(x_value, y_value)
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
                    records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, xdivy_primitive)
                else:
                    records += (x_value, y_value, result, x_id, y_id, identity, *site, xdivy_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, xdivy_primitive)
            else:
                ring += (x_id, y_id, identity, *site, xdivy_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(xdivy_primitive, (x, y, ), {})


def xdivy_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, y, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = xdivy_d_a(a, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = xdivy_d_b(y, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def xlogy(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x log(y), and 0 where x is 0, elementwise.

    >>> tf.math.xlogy([0.0, 2.0], [0.0, 1.0]).numpy()
    array([0., 0.], dtype=float32)
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
            if x_value.dtype not in xlogy_dtypes:
                raise TypeError('xlogy')
            if y_value.dtype != x_value.dtype:
                raise TypeError('xlogy')
            out.value = result = xlogy_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, xlogy_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, xlogy_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, xlogy_primitive)
            else:
                ring += (x_id, y_id, identity, *site, xlogy_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(xlogy_primitive, (x, y, ), {})


def xlogy_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
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
        factor = xlogy_d_a(a, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = xlogy_d_b(a, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def xlog1py(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x log(1 + y), and 0 where x is 0, elementwise.

    >>> tf.math.xlog1py([0.0, 2.0], [-1.0, 0.0]).numpy()
    array([0., 0.], dtype=float32)
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
            if x_value.dtype not in xlog1py_dtypes:
                raise TypeError('xlog1py')
            if y_value.dtype != x_value.dtype:
                raise TypeError('xlog1py')
            out.value = result = xlog1py_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, xlog1py_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, xlog1py_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, xlog1py_primitive)
            else:
                ring += (x_id, y_id, identity, *site, xlog1py_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(xlog1py_primitive, (x, y, ), {})


def xlog1py_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
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
        factor = xlog1py_d_a(a, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = xlog1py_d_b(a, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def hypot(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """sqrt(x^2 + y^2), elementwise, without overflow; its gradient at (0, 0) is 0."""
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
            if (x_value if x_id != NUMBER else y_value).dtype not in hypot_dtypes:
                raise TypeError('hypot')
            out.value = result = hypot_kernel(x_value, y_value)
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
                    records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, hypot_primitive)
                else:
                    records += (x_value, y_value, result, x_id, y_id, identity, *site, hypot_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, hypot_primitive)
            else:
                ring += (x_id, y_id, identity, *site, hypot_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(hypot_primitive, (x, y, ), {})


def hypot_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, y, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(y) is ndarray:
        array = y
        y = Tensor()
        y.value = array
        y.id = y_id
    if a_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = hypot_d_a(a, y)
        step = multiply(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = hypot_d_b(b, y)
        step = multiply(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def atan2(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """The angle of the point (x, y) in [-pi, pi], elementwise; its gradient at (0, 0) is 0.

    >>> tf.atan2([0.0, 1.0], [1.0, 0.0]).numpy().round(4)
    array([0.    , 1.5708], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
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
                else:
                    raise TypeError('y')
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
                    if y_id == NUMBER:
                        raise TypeError('x')
                else:
                    raise TypeError('x')
            out = Tensor()
            if (y_value if y_id != NUMBER else x_value).dtype not in atan2_dtypes:
                raise TypeError('atan2')
            out.value = result = atan2_kernel(y_value, x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if y_id in tracked or x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (y_value, x_value, y_id, x_id, identity, frame.f_code, frame.f_lasti, atan2_primitive)
                else:
                    records += (y_value, x_value, y_id, x_id, identity, *site, atan2_primitive)
                return out
            if y_id == 0:
                y_id = name_tensor(y)
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (y_id, x_id, identity, frame.f_code, frame.f_lasti, atan2_primitive)
            else:
                ring += (y_id, x_id, identity, *site, atan2_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(atan2_primitive, (y, x, ), {})


def atan2_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
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
        factor = atan2_d_a(a, b)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        factor = atan2_d_b(a, b)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def floor(x: TensorLike, name: str | None = None) -> Tensor:
    """The next whole number below, elementwise.

    >>> tf.floor([1.5, -1.5]).numpy()
    array([ 1., -2.], dtype=float32)
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
            if x_value.dtype not in floor_dtypes:
                raise TypeError('floor')
            out.value = result = floor_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, floor_primitive)
            else:
                ring += (x_id, identity, *site, floor_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(floor_primitive, (x, ), {})


def ceil(x: TensorLike, name: str | None = None) -> Tensor:
    """The next whole number above, elementwise.

    >>> tf.math.ceil([1.5, -1.5]).numpy()
    array([ 2., -1.], dtype=float32)
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
            if x_value.dtype not in ceil_dtypes:
                raise TypeError('ceil')
            out.value = result = ceil_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, ceil_primitive)
            else:
                ring += (x_id, identity, *site, ceil_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ceil_primitive, (x, ), {})


def rint(x: TensorLike, name: str | None = None) -> Tensor:
    """The nearest whole number, the even one of two, elementwise.

    >>> tf.math.rint([0.5, 1.5, 2.6]).numpy()
    array([0., 2., 3.], dtype=float32)
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
            if x_value.dtype not in rint_dtypes:
                raise TypeError('rint')
            out.value = result = rint_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, rint_primitive)
            else:
                ring += (x_id, identity, *site, rint_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rint_primitive, (x, ), {})


def round(x: TensorLike, name: str | None = None) -> Tensor:
    """The nearest whole number, the even one of two, elementwise.

    >>> tf.round([0.5, 1.5, 2.6]).numpy()
    array([0., 2., 3.], dtype=float32)
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
            if x_value.dtype not in round_dtypes:
                raise TypeError('round')
            out.value = result = round_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, round_primitive)
            else:
                ring += (x_id, identity, *site, round_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(round_primitive, (x, ), {})


def maximum(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The larger of x and y, elementwise; where they are equal the gradient goes to x.

    >>> tf.maximum([1.0, 3.0], 2.0).numpy()
    array([2., 3.], dtype=float32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in maximum_dtypes:
                raise TypeError('maximum')
            out.value = result = maximum_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, maximum_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, maximum_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, maximum_primitive)
            else:
                ring += (x_id, y_id, identity, *site, maximum_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(maximum_primitive, (x, y, ), {})


def maximum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
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
        step = select(maximum_d_a(a, b), g, 0.0)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = select(maximum_d_b(a, b), g, 0.0)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def minimum(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The smaller of x and y, elementwise; where they are equal the gradient goes to x.

    >>> tf.minimum([1.0, 3.0], 2.0).numpy()
    array([1., 2.], dtype=float32)
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
            if (x_value if x_id != NUMBER else y_value).dtype not in minimum_dtypes:
                raise TypeError('minimum')
            out.value = result = minimum_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, minimum_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, minimum_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, minimum_primitive)
            else:
                ring += (x_id, y_id, identity, *site, minimum_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(minimum_primitive, (x, y, ), {})


def minimum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
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
        step = select(minimum_d_a(a, b), g, 0.0)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = select(minimum_d_b(a, b), g, 0.0)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def clip_by_value(t: TensorLike, clip_value_min: TensorLike, clip_value_max: TensorLike, name: str | None = None) -> Tensor:
    """t held between two limits, which broadcast to its shape; at a limit the gradient goes to t.

    Raises:
        ValueError: limits that would make the result larger than t.
        TypeError: float limits for integers.

    >>> tf.clip_by_value([-1.0, 0.5, 3.0], 0.0, 2.0).numpy()
    array([0. , 0.5, 2. ], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(t) is Tensor:
                t_value = t.value
                t_id = t.id
            else:
                form = type(t)
                if form is Variable:
                    t_value = t.value_
                    t_id = 0 if tape is None else t.read_id if t.reader == tape.serial else tape.read(t)
                elif form is float or form is int:
                    t_value = t
                    t_id = NUMBER
                else:
                    raise TypeError('t')
            if type(clip_value_min) is Tensor:
                clip_value_min_value = clip_value_min.value
                clip_value_min_id = clip_value_min.id
            else:
                form = type(clip_value_min)
                if form is Variable:
                    clip_value_min_value = clip_value_min.value_
                    clip_value_min_id = 0 if tape is None else clip_value_min.read_id if clip_value_min.reader == tape.serial else tape.read(clip_value_min)
                elif form is float or form is int:
                    clip_value_min_value = clip_value_min
                    clip_value_min_id = NUMBER
                else:
                    raise TypeError('clip_value_min')
            if type(clip_value_max) is Tensor:
                clip_value_max_value = clip_value_max.value
                clip_value_max_id = clip_value_max.id
            else:
                form = type(clip_value_max)
                if form is Variable:
                    clip_value_max_value = clip_value_max.value_
                    clip_value_max_id = 0 if tape is None else clip_value_max.read_id if clip_value_max.reader == tape.serial else tape.read(clip_value_max)
                elif form is float or form is int:
                    clip_value_max_value = clip_value_max
                    clip_value_max_id = NUMBER
                    if t_id == NUMBER and clip_value_min_id == NUMBER:
                        raise TypeError('clip_value_max')
                else:
                    raise TypeError('clip_value_max')
            out = Tensor()
            if (t_value if t_id != NUMBER else clip_value_min_value if clip_value_min_id != NUMBER else clip_value_max_value).dtype not in clip_by_value_dtypes:
                raise TypeError('clip_by_value')
            out.value = result = clip_by_value_kernel(t_value, clip_value_min_value, clip_value_max_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if t_id in tracked or clip_value_min_id in tracked or clip_value_max_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (t_value, clip_value_min_value, clip_value_max_value, t_id, clip_value_min_id, clip_value_max_id, identity, frame.f_code, frame.f_lasti, clip_by_value_primitive)
                else:
                    records += (t_value, clip_value_min_value, clip_value_max_value, t_id, clip_value_min_id, clip_value_max_id, identity, *site, clip_by_value_primitive)
                return out
            if t_id == 0:
                t_id = name_tensor(t)
            if clip_value_min_id == 0:
                clip_value_min_id = name_tensor(clip_value_min)
            if clip_value_max_id == 0:
                clip_value_max_id = name_tensor(clip_value_max)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (t_id, clip_value_min_id, clip_value_max_id, identity, frame.f_code, frame.f_lasti, clip_by_value_primitive)
            else:
                ring += (t_id, clip_value_min_id, clip_value_max_id, identity, *site, clip_by_value_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(clip_by_value_primitive, (t, clip_value_min, clip_value_max, ), {})


def clip_by_value_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, low, high, a_id, low_id, high_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    low_shape = low.shape if type(low) is ndarray else getattr(low, 'dims', None)
    high_shape = high.shape if type(high) is ndarray else getattr(high, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(low) is ndarray:
        array = low
        low = Tensor()
        low.value = array
        low.id = low_id
    if type(high) is ndarray:
        array = high
        high = Tensor()
        high.value = array
        high.id = high_id
    if a_id in tracked:
        step = select(clip_by_value_d_a(a, low, high), g, 0.0)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if low_id in tracked:
        step = select(clip_by_value_d_low(a, low, high), g, 0.0)
        if step.dims != low_shape:
            step = sum_to(step, low_shape)
        grads[low_id] = accumulate(grads[low_id], step) if low_id in grads else step
    if high_id in tracked:
        step = select(clip_by_value_d_high(a, low, high), g, 0.0)
        if step.dims != high_shape:
            step = sum_to(step, high_shape)
        grads[high_id] = accumulate(grads[high_id], step) if high_id in grads else step


def add_all(*inputs: TensorLike, name: str | None = None) -> Tensor:
    """The sum of tensors of one shape and dtype (`tf.add_n` takes them as a list)."""
    return careful(add_all_primitive, inputs, {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
