"""Written by `make calls` from the declarations of the patches family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def extract_patches(images: TensorLike, over: Any, name: str | None = None) -> Tensor:
    """What each window of x (batch, *spatial, channels) reads, side by side in the last axis; 0 outside x."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(extract_patches_primitive, (images, ), {"over": over})
    kind = type(images)
    if kind is Tensor:
        images_value = images.value
        images_id = images.id
    elif kind is Variable:
        images_value = images.value_
        images_id = 0 if tape is None else images.read_id if images.reader == tape.serial else tape.read(images)
    else:
        return careful(extract_patches_primitive, (images, ), {"over": over})
    out = Tensor()
    try:
        if images_value.dtype not in extract_patches_dtypes:
            raise TypeError('extract_patches')
        out.value = result = extract_patches_kernel(images_value, over=over)
    except MISFIT:
        return careful(extract_patches_primitive, (images, ), {"over": over})
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
    if images_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (images_value.shape, over, images_id, identity, code, offset, extract_patches_primitive)
        return out
    if images_id == 0:
        images_id = name_tensor(images)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (images_id, identity, code, offset, extract_patches_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def extract_patches_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, over, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = extract_patches_vjp_x(g, x_shape, over)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def add_patches(u: TensorLike, sizes: Any, over: Any, name: str | None = None) -> Tensor:
    """Patches added up where they come from, in zeros with the spatial extents `sizes`."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(add_patches_primitive, (u, ), {"sizes": sizes, "over": over})
    kind = type(u)
    if kind is Tensor:
        u_value = u.value
        u_id = u.id
    elif kind is Variable:
        u_value = u.value_
        u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
    else:
        return careful(add_patches_primitive, (u, ), {"sizes": sizes, "over": over})
    out = Tensor()
    try:
        if u_value.dtype not in add_patches_dtypes:
            raise TypeError('add_patches')
        out.value = result = add_patches_kernel(u_value, sizes=sizes, over=over)
    except MISFIT:
        return careful(add_patches_primitive, (u, ), {"sizes": sizes, "over": over})
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
    if u_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (over, u_id, identity, code, offset, add_patches_primitive)
        return out
    if u_id == 0:
        u_id = name_tensor(u)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (u_id, identity, code, offset, add_patches_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def add_patches_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    over, u_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        step = add_patches_vjp_u(g, over)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


def space_to_batch(input: TensorLike, block: Any, paddings: Any, name: str | None = None) -> Tensor:
    """x padded with zeros, every `block`-th place of its spatial axes (those after the first) an example of its own."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(space_to_batch_primitive, (input, ), {"block": block, "paddings": paddings})
    kind = type(input)
    if kind is Tensor:
        input_value = input.value
        input_id = input.id
    elif kind is Variable:
        input_value = input.value_
        input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
    else:
        return careful(space_to_batch_primitive, (input, ), {"block": block, "paddings": paddings})
    out = Tensor()
    try:
        if input_value.dtype not in space_to_batch_dtypes:
            raise TypeError('space_to_batch')
        out.value = result = space_to_batch_kernel(input_value, block=block, paddings=paddings)
    except MISFIT:
        return careful(space_to_batch_primitive, (input, ), {"block": block, "paddings": paddings})
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
        records += (block, paddings, input_id, identity, code, offset, space_to_batch_primitive)
        return out
    if input_id == 0:
        input_id = name_tensor(input)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (input_id, identity, code, offset, space_to_batch_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def space_to_batch_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    block, paddings, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = space_to_batch_vjp_x(g, block, paddings)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def batch_to_space(input: TensorLike, block: Any, crops: Any, name: str | None = None) -> Tensor:
    """The inverse: examples interleaved as places of the spatial axes, which are then cropped."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(batch_to_space_primitive, (input, ), {"block": block, "crops": crops})
    kind = type(input)
    if kind is Tensor:
        input_value = input.value
        input_id = input.id
    elif kind is Variable:
        input_value = input.value_
        input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
    else:
        return careful(batch_to_space_primitive, (input, ), {"block": block, "crops": crops})
    out = Tensor()
    try:
        if input_value.dtype not in batch_to_space_dtypes:
            raise TypeError('batch_to_space')
        out.value = result = batch_to_space_kernel(input_value, block=block, crops=crops)
    except MISFIT:
        return careful(batch_to_space_primitive, (input, ), {"block": block, "crops": crops})
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
        records += (block, crops, input_id, identity, code, offset, batch_to_space_primitive)
        return out
    if input_id == 0:
        input_id = name_tensor(input)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (input_id, identity, code, offset, batch_to_space_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def batch_to_space_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    block, crops, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = batch_to_space_vjp_x(g, block, crops)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
