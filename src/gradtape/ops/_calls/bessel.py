"""Written by `make calls` from the declarations of the bessel family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def bessel_i(x: TensorLike, n: Any, name: str | None = None) -> Tensor:
    """The modified Bessel function I_n of whole order n, elementwise."""
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
            if x_value.dtype not in bessel_i_dtypes:
                raise TypeError('bessel_i')
            out.value = result = bessel_i_kernel(x_value, n=n)
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
                    records += (x_value, n, x_id, identity, frame.f_code, frame.f_lasti, bessel_i_primitive)
                else:
                    records += (x_value, n, x_id, identity, *site, bessel_i_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, bessel_i_primitive)
            else:
                ring += (x_id, identity, *site, bessel_i_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bessel_i_primitive, (x, ), {"n": n})


def bessel_i_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, n, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = bessel_i_d_x(x, n)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def bessel_ie(x: TensorLike, n: Any, name: str | None = None) -> Tensor:
    """exp(-|x|) times the modified Bessel function I_n, elementwise."""
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
            if x_value.dtype not in bessel_ie_dtypes:
                raise TypeError('bessel_ie')
            out.value = result = bessel_ie_kernel(x_value, n=n)
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
                    records += (x_value, result, n, x_id, identity, frame.f_code, frame.f_lasti, bessel_ie_primitive)
                else:
                    records += (x_value, result, n, x_id, identity, *site, bessel_ie_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, bessel_ie_primitive)
            else:
                ring += (x_id, identity, *site, bessel_ie_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bessel_ie_primitive, (x, ), {"n": n})


def bessel_ie_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, n, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = bessel_ie_d_x(x, y, n)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def bessel_j(x: TensorLike, n: Any, name: str | None = None) -> Tensor:
    """The Bessel function J_n of whole order n, elementwise."""
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
            if x_value.dtype not in bessel_j_dtypes:
                raise TypeError('bessel_j')
            out.value = result = bessel_j_kernel(x_value, n=n)
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
                    records += (x_value, n, x_id, identity, frame.f_code, frame.f_lasti, bessel_j_primitive)
                else:
                    records += (x_value, n, x_id, identity, *site, bessel_j_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, bessel_j_primitive)
            else:
                ring += (x_id, identity, *site, bessel_j_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bessel_j_primitive, (x, ), {"n": n})


def bessel_j_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, n, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = bessel_j_d_x(x, n)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def bessel_y(x: TensorLike, n: Any, name: str | None = None) -> Tensor:
    """The Bessel function Y_n of the second kind of whole order n, elementwise; x > 0."""
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
            if x_value.dtype not in bessel_y_dtypes:
                raise TypeError('bessel_y')
            out.value = result = bessel_y_kernel(x_value, n=n)
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
                    records += (x_value, n, x_id, identity, frame.f_code, frame.f_lasti, bessel_y_primitive)
                else:
                    records += (x_value, n, x_id, identity, *site, bessel_y_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, bessel_y_primitive)
            else:
                ring += (x_id, identity, *site, bessel_y_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bessel_y_primitive, (x, ), {"n": n})


def bessel_y_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, n, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = bessel_y_d_x(x, n)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def bessel_k(x: TensorLike, n: Any, name: str | None = None) -> Tensor:
    """The modified Bessel function K_n of the second kind of whole order n, elementwise; x > 0."""
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
            if x_value.dtype not in bessel_k_dtypes:
                raise TypeError('bessel_k')
            out.value = result = bessel_k_kernel(x_value, n=n)
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
                    records += (x_value, n, x_id, identity, frame.f_code, frame.f_lasti, bessel_k_primitive)
                else:
                    records += (x_value, n, x_id, identity, *site, bessel_k_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, bessel_k_primitive)
            else:
                ring += (x_id, identity, *site, bessel_k_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bessel_k_primitive, (x, ), {"n": n})


def bessel_k_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, n, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        factor = bessel_k_d_x(x, n)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def bessel_ke(x: TensorLike, n: Any, name: str | None = None) -> Tensor:
    """exp(x) times the modified Bessel function K_n of the second kind, elementwise; x > 0."""
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
            if x_value.dtype not in bessel_ke_dtypes:
                raise TypeError('bessel_ke')
            out.value = result = bessel_ke_kernel(x_value, n=n)
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
                    records += (x_value, result, n, x_id, identity, frame.f_code, frame.f_lasti, bessel_ke_primitive)
                else:
                    records += (x_value, result, n, x_id, identity, *site, bessel_ke_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, bessel_ke_primitive)
            else:
                ring += (x_id, identity, *site, bessel_ke_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bessel_ke_primitive, (x, ), {"n": n})


def bessel_ke_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, n, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = bessel_ke_d_x(x, y, n)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
