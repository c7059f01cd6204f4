"""Written by `make calls` from the declarations of the growing family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def room(x: TensorLike, at: Any, name: str | None = None) -> Tensor:
    """An array without elements whose first extent is the element `at` of x: in a graph, the extent that data gives."""
    return careful(room_primitive, (x, ), {"at": at})


def grown(x: TensorLike, at: TensorLike, name: str | None = None) -> Tensor:
    """x with zeros behind it, so that there is a row `at` (or each of several); its length doubles, as often as needed."""
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
            if type(at) is Tensor:
                at_value = at.value
                at_id = at.id
            else:
                form = type(at)
                if form is Variable:
                    at_value = at.value_
                    at_id = 0 if tape is None else at.read_id if at.reader == tape.serial else tape.read(at)
                else:
                    raise TypeError('at')
            out = Tensor()
            out.value = result = grown_kernel(x_value, at_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or at_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value.shape, x_id, at_id, identity, frame.f_code, frame.f_lasti, grown_primitive)
                else:
                    records += (x_value.shape, x_id, at_id, identity, *site, grown_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if at_id == 0:
                at_id = name_tensor(at)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, at_id, identity, frame.f_code, frame.f_lasti, grown_primitive)
            else:
                ring += (x_id, at_id, identity, *site, grown_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(grown_primitive, (x, at, ), {})


def grown_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, x_id, at_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = grown_vjp_x(g, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def leading_rows(x: TensorLike, count: TensorLike, name: str | None = None) -> Tensor:
    """The first `count` rows of x; several counts must be equal."""
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
            if type(count) is Tensor:
                count_value = count.value
                count_id = count.id
            else:
                form = type(count)
                if form is Variable:
                    count_value = count.value_
                    count_id = 0 if tape is None else count.read_id if count.reader == tape.serial else tape.read(count)
                else:
                    raise TypeError('count')
            out = Tensor()
            out.value = result = leading_rows_kernel(x_value, count_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or count_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value.shape, x_id, count_id, identity, frame.f_code, frame.f_lasti, leading_rows_primitive)
                else:
                    records += (x_value.shape, x_id, count_id, identity, *site, leading_rows_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if count_id == 0:
                count_id = name_tensor(count)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, count_id, identity, frame.f_code, frame.f_lasti, leading_rows_primitive)
            else:
                ring += (x_id, count_id, identity, *site, leading_rows_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(leading_rows_primitive, (x, count, ), {})


def leading_rows_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, x_id, count_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = leading_rows_vjp_x(g, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def shaped_like(x: TensorLike, like: TensorLike, name: str | None = None) -> Tensor:
    """x in the shape of `like`, which has the same rank: what has no place is left out, zeros stand where nothing was."""
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
            if type(like) is Tensor:
                like_value = like.value
                like_id = like.id
            else:
                form = type(like)
                if form is Variable:
                    like_value = like.value_
                    like_id = 0 if tape is None else like.read_id if like.reader == tape.serial else tape.read(like)
                else:
                    raise TypeError('like')
            out = Tensor()
            out.value = result = shaped_like_kernel(x_value, like_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or like_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, x_id, like_id, identity, frame.f_code, frame.f_lasti, shaped_like_primitive)
                else:
                    records += (x_value, x_id, like_id, identity, *site, shaped_like_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if like_id == 0:
                like_id = name_tensor(like)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, like_id, identity, frame.f_code, frame.f_lasti, shaped_like_primitive)
            else:
                ring += (x_id, like_id, identity, *site, shaped_like_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(shaped_like_primitive, (x, like, ), {})


def shaped_like_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, x_id, like_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = shaped_like_vjp_x(g, x)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
