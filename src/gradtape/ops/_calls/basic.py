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
            out.value = result = add_kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('add')
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
                out.value = result = add_kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('add')
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
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, add_primitive)
                    else:
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, add_primitive)
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, add_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, add_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(add_primitive, (x, y, ), {})


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
            out.value = result = subtract_kernel(x_array, y_array, out=..., casting='no')
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
                out.value = result = subtract_kernel(x_array, y_array, out=..., casting='no')
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
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, frame.f_code, frame.f_lasti, subtract_primitive)
                    else:
                        records += (x_value.shape if x_id in tracked else None, y_value.shape if y_id in tracked else None, x_id, y_id, identity, *site, subtract_primitive)
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, subtract_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, subtract_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(subtract_primitive, (x, y, ), {})


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
            out.value = result = negative_kernel(x_value, out=..., casting='no')
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
                out.value = result = negative_kernel(x_value, out=..., casting='no')
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
                        records += (x_id, identity, frame.f_code, frame.f_lasti, negative_primitive)
                    else:
                        records += (x_id, identity, *site, negative_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, negative_primitive)
                else:
                    ring += (x_id, identity, *site, negative_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(negative_primitive, (x, ), {})


def negative_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = negative(g)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def multiply(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            out.value = result = multiply_kernel(x_array, y_array, out=..., casting='no')
            if result.dtype is BOOL:
                raise TypeError('multiply')
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
                out.value = result = multiply_kernel(x_array, y_array, out=..., casting='no')
                if result.dtype is BOOL:
                    raise TypeError('multiply')
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
                        records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, multiply_primitive)
                    else:
                        records += (x_value, y_value, x_id, y_id, identity, *site, multiply_primitive)
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, multiply_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, multiply_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(multiply_primitive, (x, y, ), {})


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
            out.value = result = divide_kernel(x_array, y_array, out=..., casting='no')
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
                out.value = result = divide_kernel(x_array, y_array, out=..., casting='no')
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
                        records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, divide_primitive)
                    else:
                        records += (y_value, x_value.shape if x_id in tracked else None, result, x_id, y_id, identity, *site, divide_primitive)
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, divide_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, divide_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(divide_primitive, (x, y, ), {})


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
            if (x_value if x_id != NUMBER else y_value).dtype not in zmul_dtypes:
                raise TypeError('zmul')
            out.value = result = zmul_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, zmul_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, zmul_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, zmul_primitive)
            else:
                ring += (x_id, y_id, identity, *site, zmul_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(zmul_primitive, (x, y, ), {})


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
            if (x_value if x_id != NUMBER else y_value).dtype not in zzmul_dtypes:
                raise TypeError('zzmul')
            out.value = result = zzmul_kernel(x_value, y_value)
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
                    records += (x_value, y_value, x_id, y_id, identity, frame.f_code, frame.f_lasti, zzmul_primitive)
                else:
                    records += (x_value, y_value, x_id, y_id, identity, *site, zzmul_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, zzmul_primitive)
            else:
                ring += (x_id, y_id, identity, *site, zzmul_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(zzmul_primitive, (x, y, ), {})


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
            out.value = result = equal_kernel(x_array, y_array, out=..., casting='no')
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
                out.value = result = equal_kernel(x_array, y_array, out=..., casting='no')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, equal_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, equal_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(equal_primitive, (x, y, ), {})


def not_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            out.value = result = not_equal_kernel(x_array, y_array, out=..., casting='no')
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
                out.value = result = not_equal_kernel(x_array, y_array, out=..., casting='no')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, not_equal_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, not_equal_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(not_equal_primitive, (x, y, ), {})


def greater(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            out.value = result = greater_kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in greater_dtypes:
                raise TypeError('greater')
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
                out.value = result = greater_kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in greater_dtypes:
                    raise TypeError('greater')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, greater_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, greater_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(greater_primitive, (x, y, ), {})


def greater_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            out.value = result = greater_equal_kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in greater_equal_dtypes:
                raise TypeError('greater_equal')
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
                out.value = result = greater_equal_kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in greater_equal_dtypes:
                    raise TypeError('greater_equal')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, greater_equal_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, greater_equal_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(greater_equal_primitive, (x, y, ), {})


def less(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            out.value = result = less_kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in less_dtypes:
                raise TypeError('less')
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
                out.value = result = less_kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in less_dtypes:
                    raise TypeError('less')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, less_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, less_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(less_primitive, (x, y, ), {})


def less_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
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
            out.value = result = less_equal_kernel(x_array, y_array, out=..., casting='no')
            if x_array.dtype not in less_equal_dtypes:
                raise TypeError('less_equal')
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
                out.value = result = less_equal_kernel(x_array, y_array, out=..., casting='no')
                if x_array.dtype not in less_equal_dtypes:
                    raise TypeError('less_equal')
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
                    ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, less_equal_primitive)
                else:
                    ring += (x_id, y_id, identity, *site, less_equal_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(less_equal_primitive, (x, y, ), {})


def select(condition: TensorLike, x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x where the condition holds, y elsewhere; all three broadcast."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(condition) is Tensor:
                condition_value = condition.value
                condition_id = condition.id
            else:
                form = type(condition)
                if form is Variable:
                    condition_value = condition.value_
                    condition_id = 0 if tape is None else condition.read_id if condition.reader == tape.serial else tape.read(condition)
                else:
                    raise TypeError('condition')
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
            if condition_value.dtype not in select_dtypes:
                raise TypeError('select')
            out.value = result = select_kernel(condition_value, x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if condition_id in tracked or x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (condition_value, x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, condition_id, x_id, y_id, identity, frame.f_code, frame.f_lasti, select_primitive)
                else:
                    records += (condition_value, x_value.shape if x_id != NUMBER else None, y_value.shape if y_id != NUMBER else None, condition_id, x_id, y_id, identity, *site, select_primitive)
                return out
            if condition_id == 0:
                condition_id = name_tensor(condition)
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (condition_id, x_id, y_id, identity, frame.f_code, frame.f_lasti, select_primitive)
            else:
                ring += (condition_id, x_id, y_id, identity, *site, select_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(select_primitive, (condition, x, y, ), {})


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
            out.value = result = cast_inexact_kernel(x_value, dtype=dtype)
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
                    records += (x_value.dtype, x_id, identity, frame.f_code, frame.f_lasti, cast_inexact_primitive)
                else:
                    records += (x_value.dtype, x_id, identity, *site, cast_inexact_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, cast_inexact_primitive)
            else:
                ring += (x_id, identity, *site, cast_inexact_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cast_inexact_primitive, (x, ), {"dtype": dtype})


def cast_inexact_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_dtype, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = cast_inexact_vjp_x(g, x_dtype)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cast_discrete(x: TensorLike, dtype: Any, name: str | None = None) -> Tensor:
    """x as integers or booleans."""
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
            out.value = result = cast_discrete_kernel(x_value, dtype=dtype)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, cast_discrete_primitive)
            else:
                ring += (x_id, identity, *site, cast_discrete_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cast_discrete_primitive, (x, ), {"dtype": dtype})


def identity(input: TensorLike, name: str | None = None) -> Tensor:
    """x itself, as a new tensor to the tape.

    >>> tf.identity(tf.constant([1.0, 2.0])).numpy()
    array([1., 2.], dtype=float32)
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
            out.value = result = identity_kernel(input_value)
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
                    records += (input_id, identity, frame.f_code, frame.f_lasti, identity_primitive)
                else:
                    records += (input_id, identity, *site, identity_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, identity_primitive)
            else:
                ring += (input_id, identity, *site, identity_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(identity_primitive, (input, ), {})


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
            out.value = result = stop_gradient_kernel(input_value)
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
                ring += (input_id, identity, frame.f_code, frame.f_lasti, stop_gradient_primitive)
            else:
                ring += (input_id, identity, *site, stop_gradient_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(stop_gradient_primitive, (input, ), {})


def conj(x: TensorLike, name: str | None = None) -> Tensor:
    """The complex conjugate; real values as they are."""
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
            out.value = result = conj_kernel(x_value, out=..., casting='no')
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
                out.value = result = conj_kernel(x_value, out=..., casting='no')
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
                        records += (x_id, identity, frame.f_code, frame.f_lasti, conj_primitive)
                    else:
                        records += (x_id, identity, *site, conj_primitive)
                    return out
                if x_id == 0:
                    x_id = name_tensor(x)
                out.id = identity = -new_id()
                ring = tape.ring
                site = context.site
                if site is None:
                    frame = getframe(1)
                    ring += (x_id, identity, frame.f_code, frame.f_lasti, conj_primitive)
                else:
                    ring += (x_id, identity, *site, conj_primitive)
                if len(ring) > RING:
                    del ring[: RING // 2]
                return out
    return careful(conj_primitive, (x, ), {})


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
            params = reshape_canonical(tensor_value, shape=shape)
            shape = params['shape']
            out.value = result = reshape_kernel(tensor_value, shape=shape)
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
                    records += (tensor_value.shape, tensor_id, identity, frame.f_code, frame.f_lasti, reshape_primitive)
                else:
                    records += (tensor_value.shape, tensor_id, identity, *site, reshape_primitive)
                return out
            if tensor_id == 0:
                tensor_id = name_tensor(tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (tensor_id, identity, frame.f_code, frame.f_lasti, reshape_primitive)
            else:
                ring += (tensor_id, identity, *site, reshape_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reshape_primitive, (tensor, ), {"shape": shape})


def reshape_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = reshape_vjp_x(g, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def permute(a: TensorLike, perm: Any, name: str | None = None) -> Tensor:
    """The axes in another order (`tf.transpose` also conjugates where asked)."""
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
            out = Tensor()
            params = permute_canonical(a_value, perm=perm)
            perm = params['perm']
            out.value = result = permute_kernel(a_value, perm=perm)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if a_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (perm, a_id, identity, frame.f_code, frame.f_lasti, permute_primitive)
                else:
                    records += (perm, a_id, identity, *site, permute_primitive)
                return out
            if a_id == 0:
                a_id = name_tensor(a)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (a_id, identity, frame.f_code, frame.f_lasti, permute_primitive)
            else:
                ring += (a_id, identity, *site, permute_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(permute_primitive, (a, ), {"perm": perm})


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
            params = broadcast_to_canonical(input_value, shape=shape)
            shape = params['shape']
            out.value = result = broadcast_to_kernel(input_value, shape=shape)
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
                    records += (input_value.shape, input_id, identity, frame.f_code, frame.f_lasti, broadcast_to_primitive)
                else:
                    records += (input_value.shape, input_id, identity, *site, broadcast_to_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, broadcast_to_primitive)
            else:
                ring += (input_id, identity, *site, broadcast_to_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(broadcast_to_primitive, (input, ), {"shape": shape})


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
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_sum_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_sum_dtypes:
                raise TypeError('reduce_sum')
            out.value = result = reduce_sum_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value.shape, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_sum_primitive)
                else:
                    records += (input_tensor_value.shape, axis, input_tensor_id, identity, *site, reduce_sum_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_sum_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_sum_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_sum_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_sum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = reduce_sum_vjp_x(g, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
