"""Written by `make calls` from the declarations of the basic family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def add(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x + y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(add_primitive, (x, y, ), {})
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
        return careful(add_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(add_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(add_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = add_kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is BOOL:
            raise TypeError('add')
    except MISFIT:
        return careful(add_primitive, (x, y, ), {})
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
        records += (x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, x_id, y_id, identity, code, offset, add_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, add_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def add_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a_shape, b_shape, a_id, b_id, y_id, code, offset, primitive = record
    if a_id in tracked:
        step = g
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = g
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def subtract(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x - y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(subtract_primitive, (x, y, ), {})
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
        return careful(subtract_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(subtract_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(subtract_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = subtract_kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is OBJECT:
            raise TypeError('subtract')
    except MISFIT:
        return careful(subtract_primitive, (x, y, ), {})
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
        records += (x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, x_id, y_id, identity, code, offset, subtract_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, subtract_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def subtract_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a_shape, b_shape, a_id, b_id, y_id, code, offset, primitive = record
    if a_id in tracked:
        step = g
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = negative(g)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def negative(x: TensorLike, name: str | None = None) -> Tensor:
    """-x, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(negative_primitive, (x, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(negative_primitive, (x, ), {})
    out = Tensor()
    try:
        out.value = result = negative_kernel(x_value, out=..., casting='no')
    except MISFIT:
        return careful(negative_primitive, (x, ), {})
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
        records += (x_id, identity, code, offset, negative_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, negative_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def negative_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = negative(g)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def multiply(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x * y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(multiply_primitive, (x, y, ), {})
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
        return careful(multiply_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(multiply_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(multiply_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = multiply_kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is BOOL or dtype is OBJECT:
            raise TypeError('multiply')
    except MISFIT:
        return careful(multiply_primitive, (x, y, ), {})
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
        records += (x_value, y_value, x_id, y_id, identity, code, offset, multiply_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, multiply_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def multiply_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = multiply_d_a(b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = multiply_d_b(a)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def divide(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x / y, elementwise; integers divide as floats."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(divide_primitive, (x, y, ), {})
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
        return careful(divide_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(divide_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(divide_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = divide_kernel(x_value, y_value, out=..., casting='no')
        dtype = result.dtype
        if dtype is OBJECT:
            raise TypeError('divide')
    except MISFIT:
        return careful(divide_primitive, (x, y, ), {})
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
        records += (y_value, x_value.shape if x_id != NUMBER else None, result, x_id, y_id, identity, code, offset, divide_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, divide_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def divide_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    b, a_shape, y, a_id, b_id, y_id, code, offset, primitive = record
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(b) is ndarray:
        array = b
        b = Tensor()
        b.value = array
        b.id = b_id
    if a_id in tracked:
        factor = divide_d_a(b)
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
        factor = divide_d_b(y, b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def zmul(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """g * d where a zero of g wins."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(zmul_primitive, (x, y, ), {})
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
        return careful(zmul_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(zmul_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(zmul_primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in zmul_dtypes:
            raise TypeError('zmul')
        out.value = result = zmul_kernel(x_value, y_value)
    except MISFIT:
        return careful(zmul_primitive, (x, y, ), {})
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
        records += (x_value, y_value, x_id, y_id, identity, code, offset, zmul_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, zmul_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def zmul_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = zmul_d_a(b)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(a) is ndarray:
            array = a
            a = Tensor()
            a.value = array
            a.id = a_id
        factor = zmul_d_b(a)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zzmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def zzmul(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """a * b where a zero of either wins."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(zzmul_primitive, (x, y, ), {})
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
        return careful(zzmul_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(zzmul_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(zzmul_primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in zzmul_dtypes:
            raise TypeError('zzmul')
        out.value = result = zzmul_kernel(x_value, y_value)
    except MISFIT:
        return careful(zzmul_primitive, (x, y, ), {})
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
        records += (x_value, y_value, x_id, y_id, identity, code, offset, zzmul_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, zzmul_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def zzmul_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if a_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = zzmul_d_a(b)
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
        factor = zzmul_d_b(a)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zzmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x == y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(equal_primitive, (x, y, ), {})
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
        return careful(equal_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(equal_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(equal_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = equal_kernel(x_value, y_value, out=..., casting='no')
    except MISFIT:
        return careful(equal_primitive, (x, y, ), {})
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
    ring += (x_id, y_id, identity, code, offset, equal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def not_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x != y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(not_equal_primitive, (x, y, ), {})
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
        return careful(not_equal_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(not_equal_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(not_equal_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = not_equal_kernel(x_value, y_value, out=..., casting='no')
    except MISFIT:
        return careful(not_equal_primitive, (x, y, ), {})
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
    ring += (x_id, y_id, identity, code, offset, not_equal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def greater(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x > y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(greater_primitive, (x, y, ), {})
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
        return careful(greater_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(greater_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(greater_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = greater_kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in greater_dtypes:
            raise TypeError('greater')
    except MISFIT:
        return careful(greater_primitive, (x, y, ), {})
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
    ring += (x_id, y_id, identity, code, offset, greater_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def greater_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x >= y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(greater_equal_primitive, (x, y, ), {})
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
        return careful(greater_equal_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(greater_equal_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(greater_equal_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = greater_equal_kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in greater_equal_dtypes:
            raise TypeError('greater_equal')
    except MISFIT:
        return careful(greater_equal_primitive, (x, y, ), {})
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
    ring += (x_id, y_id, identity, code, offset, greater_equal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def less(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x < y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(less_primitive, (x, y, ), {})
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
        return careful(less_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(less_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(less_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = less_kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in less_dtypes:
            raise TypeError('less')
    except MISFIT:
        return careful(less_primitive, (x, y, ), {})
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
    ring += (x_id, y_id, identity, code, offset, less_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def less_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x <= y, elementwise."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(less_equal_primitive, (x, y, ), {})
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
        return careful(less_equal_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(less_equal_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(less_equal_primitive, (x, y, ), {})
    out = Tensor()
    try:
        out.value = result = less_equal_kernel(x_value, y_value, out=..., casting='no')
        if (x_value if x_id != NUMBER else y_value).dtype not in less_equal_dtypes:
            raise TypeError('less_equal')
    except MISFIT:
        return careful(less_equal_primitive, (x, y, ), {})
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
    ring += (x_id, y_id, identity, code, offset, less_equal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def select(condition: TensorLike, x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x where the condition holds, y elsewhere; all three broadcast."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(select_primitive, (condition, x, y, ), {})
    kind = type(condition)
    if kind is Tensor:
        condition_value = condition.value
        condition_id = condition.id
    elif kind is Variable:
        condition_value = condition.value_
        condition_id = 0 if tape is None else condition.read_id if condition.reader == tape.serial else tape.read(condition)
    else:
        return careful(select_primitive, (condition, x, y, ), {})
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
        return careful(select_primitive, (condition, x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(select_primitive, (condition, x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(select_primitive, (condition, x, y, ), {})
    out = Tensor()
    try:
        if condition_value.dtype not in select_dtypes:
            raise TypeError('select')
        out.value = result = select_kernel(condition_value, x_value, y_value)
    except MISFIT:
        return careful(select_primitive, (condition, x, y, ), {})
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
    if condition_id in tracked or x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (condition_value, x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, condition_id, x_id, y_id, identity, code, offset, select_primitive)
        return out
    if condition_id == 0:
        condition_id = name_tensor(condition)
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (condition_id, x_id, y_id, identity, code, offset, select_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def select_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    c, a_shape, b_shape, c_id, a_id, b_id, y_id, code, offset, primitive = record
    if type(c) is ndarray:
        array = c
        c = Tensor()
        c.value = array
        c.id = c_id
    if a_id in tracked:
        step = select_vjp_a(g, c, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        step = select_vjp_b(g, c, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


def cast_inexact(x: TensorLike, dtype: Any, name: str | None = None) -> Tensor:
    """x as floats or complex numbers."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(cast_inexact_primitive, (x, ), {"dtype": dtype})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(cast_inexact_primitive, (x, ), {"dtype": dtype})
    out = Tensor()
    try:
        out.value = result = cast_inexact_kernel(x_value, dtype=dtype)
    except MISFIT:
        return careful(cast_inexact_primitive, (x, ), {"dtype": dtype})
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
        records += (x_value.dtype, x_id, identity, code, offset, cast_inexact_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, cast_inexact_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def cast_inexact_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_dtype, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = cast_inexact_vjp_x(g, x_dtype)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cast_discrete(x: TensorLike, dtype: Any, name: str | None = None) -> Tensor:
    """x as integers or booleans."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(cast_discrete_primitive, (x, ), {"dtype": dtype})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(cast_discrete_primitive, (x, ), {"dtype": dtype})
    out = Tensor()
    try:
        out.value = result = cast_discrete_kernel(x_value, dtype=dtype)
    except MISFIT:
        return careful(cast_discrete_primitive, (x, ), {"dtype": dtype})
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
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, cast_discrete_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def identity(input: TensorLike, name: str | None = None) -> Tensor:
    """x itself, as a new tensor to the tape.

    >>> tf.identity(tf.constant([1.0, 2.0])).numpy()
    array([1., 2.], dtype=float32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(identity_primitive, (input, ), {})
    kind = type(input)
    if kind is Tensor:
        input_value = input.value
        input_id = input.id
    elif kind is Variable:
        input_value = input.value_
        input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
    else:
        return careful(identity_primitive, (input, ), {})
    out = Tensor()
    try:
        out.value = result = identity_kernel(input_value)
    except MISFIT:
        return careful(identity_primitive, (input, ), {})
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
    if input_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (input_id, identity, code, offset, identity_primitive)
        return out
    if input_id == 0:
        input_id = name_tensor(input)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (input_id, identity, code, offset, identity_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def identity_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = identity_vjp_x(g)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def stop_gradient(input: TensorLike, name: str | None = None) -> Tensor:
    """x, and no gradient flows through it.

    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * tf.stop_gradient(x)
    >>> float(tape.gradient(y, x))
    3.0
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(stop_gradient_primitive, (input, ), {})
    kind = type(input)
    if kind is Tensor:
        input_value = input.value
        input_id = input.id
    elif kind is Variable:
        input_value = input.value_
        input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
    else:
        return careful(stop_gradient_primitive, (input, ), {})
    out = Tensor()
    try:
        out.value = result = stop_gradient_kernel(input_value)
    except MISFIT:
        return careful(stop_gradient_primitive, (input, ), {})
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
    if input_id == 0:
        input_id = name_tensor(input)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (input_id, identity, code, offset, stop_gradient_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def conj(x: TensorLike, name: str | None = None) -> Tensor:
    """The complex conjugate; real values as they are."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(conj_primitive, (x, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    else:
        return careful(conj_primitive, (x, ), {})
    out = Tensor()
    try:
        out.value = result = conj_kernel(x_value, out=..., casting='no')
    except MISFIT:
        return careful(conj_primitive, (x, ), {})
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
        records += (x_id, identity, code, offset, conj_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, identity, code, offset, conj_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def conj_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = conj_vjp_x(g)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reshape(tensor: TensorLike, shape: Any, name: str | None = None) -> Tensor:
    """The same values in another shape; one extent may be -1.

    >>> tf.reshape(tf.range(6), [2, -1]).numpy()
    array([[0, 1, 2],
           [3, 4, 5]], dtype=int32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(reshape_primitive, (tensor, ), {"shape": shape})
    kind = type(tensor)
    if kind is Tensor:
        tensor_value = tensor.value
        tensor_id = tensor.id
    elif kind is Variable:
        tensor_value = tensor.value_
        tensor_id = 0 if tape is None else tensor.read_id if tensor.reader == tape.serial else tape.read(tensor)
    else:
        return careful(reshape_primitive, (tensor, ), {"shape": shape})
    out = Tensor()
    try:
        params = reshape_canonical(tensor_value, shape=shape)
        shape = params['shape']
        out.value = result = reshape_kernel(tensor_value, shape=shape)
    except MISFIT:
        return careful(reshape_primitive, (tensor, ), {"shape": shape})
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
    if tensor_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (tensor_value.shape, tensor_id, identity, code, offset, reshape_primitive)
        return out
    if tensor_id == 0:
        tensor_id = name_tensor(tensor)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (tensor_id, identity, code, offset, reshape_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def reshape_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = reshape_vjp_x(g, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def permute(a: TensorLike, perm: Any, name: str | None = None) -> Tensor:
    """The axes in another order (`tf.transpose` also conjugates where asked)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(permute_primitive, (a, ), {"perm": perm})
    kind = type(a)
    if kind is Tensor:
        a_value = a.value
        a_id = a.id
    elif kind is Variable:
        a_value = a.value_
        a_id = 0 if tape is None else a.read_id if a.reader == tape.serial else tape.read(a)
    else:
        return careful(permute_primitive, (a, ), {"perm": perm})
    out = Tensor()
    try:
        params = permute_canonical(a_value, perm=perm)
        perm = params['perm']
        out.value = result = permute_kernel(a_value, perm=perm)
    except MISFIT:
        return careful(permute_primitive, (a, ), {"perm": perm})
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
    if a_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (perm, a_id, identity, code, offset, permute_primitive)
        return out
    if a_id == 0:
        a_id = name_tensor(a)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (a_id, identity, code, offset, permute_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def permute_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    perm, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = permute_vjp_x(g, perm)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def broadcast_to(input: TensorLike, shape: Any, name: str | None = None) -> Tensor:
    """x repeated along new and one-sized axes until it has this shape.

    >>> tf.broadcast_to(tf.constant([1, 2]), [2, 2]).numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(broadcast_to_primitive, (input, ), {"shape": shape})
    kind = type(input)
    if kind is Tensor:
        input_value = input.value
        input_id = input.id
    elif kind is Variable:
        input_value = input.value_
        input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
    else:
        return careful(broadcast_to_primitive, (input, ), {"shape": shape})
    out = Tensor()
    try:
        params = broadcast_to_canonical(input_value, shape=shape)
        shape = params['shape']
        out.value = result = broadcast_to_kernel(input_value, shape=shape)
    except MISFIT:
        return careful(broadcast_to_primitive, (input, ), {"shape": shape})
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
    if input_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (input_value.shape, input_id, identity, code, offset, broadcast_to_primitive)
        return out
    if input_id == 0:
        input_id = name_tensor(input)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (input_id, identity, code, offset, broadcast_to_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def broadcast_to_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = broadcast_to_vjp_x(g, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_sum(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The sum over the given axes (all, where none is given).

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_sum(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([4., 6.], dtype=float32)
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(reduce_sum_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})
    kind = type(input_tensor)
    if kind is Tensor:
        input_tensor_value = input_tensor.value
        input_tensor_id = input_tensor.id
    elif kind is Variable:
        input_tensor_value = input_tensor.value_
        input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
    else:
        return careful(reduce_sum_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})
    out = Tensor()
    try:
        if axis is not None or keepdims is not False:
            params = reduce_sum_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
            axis = params['axis']
            keepdims = params['keepdims']
        if input_tensor_value.dtype not in reduce_sum_dtypes:
            raise TypeError('reduce_sum')
        out.value = result = reduce_sum_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
    except MISFIT:
        return careful(reduce_sum_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})
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
    if input_tensor_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (input_tensor_value.shape, axis, input_tensor_id, identity, code, offset, reduce_sum_primitive)
        return out
    if input_tensor_id == 0:
        input_tensor_id = name_tensor(input_tensor)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (input_tensor_id, identity, code, offset, reduce_sum_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def reduce_sum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = reduce_sum_vjp_x(g, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
