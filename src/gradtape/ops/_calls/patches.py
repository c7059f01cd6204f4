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
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(images) is Tensor:
                images_value = images.value
                images_id = images.id
            else:
                form = type(images)
                if form is Variable:
                    images_value = images.value_
                    images_id = 0 if tape is None else images.read_id if images.reader == tape.serial else tape.read(images)
                else:
                    raise TypeError('images')
            out = Tensor()
            if images_value.dtype not in extract_patches_dtypes:
                raise TypeError('extract_patches')
            out.value = result = extract_patches_kernel(images_value, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if images_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (images_value.shape, over, images_id, identity, frame.f_code, frame.f_lasti, extract_patches_primitive)
                else:
                    records += (images_value.shape, over, images_id, identity, *site, extract_patches_primitive)
                return out
            if images_id == 0:
                images_id = name_tensor(images)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (images_id, identity, frame.f_code, frame.f_lasti, extract_patches_primitive)
            else:
                ring += (images_id, identity, *site, extract_patches_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(extract_patches_primitive, (images, ), {"over": over})


def extract_patches_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, over, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = extract_patches_vjp_x(g, x_shape, over)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def add_patches(u: TensorLike, sizes: Any, over: Any, name: str | None = None) -> Tensor:
    """Patches added up where they come from, in zeros with the spatial extents `sizes`."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(u) is Tensor:
                u_value = u.value
                u_id = u.id
            else:
                form = type(u)
                if form is Variable:
                    u_value = u.value_
                    u_id = 0 if tape is None else u.read_id if u.reader == tape.serial else tape.read(u)
                else:
                    raise TypeError('u')
            out = Tensor()
            if u_value.dtype not in add_patches_dtypes:
                raise TypeError('add_patches')
            out.value = result = add_patches_kernel(u_value, sizes=sizes, over=over)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if u_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (over, u_id, identity, frame.f_code, frame.f_lasti, add_patches_primitive)
                else:
                    records += (over, u_id, identity, *site, add_patches_primitive)
                return out
            if u_id == 0:
                u_id = name_tensor(u)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (u_id, identity, frame.f_code, frame.f_lasti, add_patches_primitive)
            else:
                ring += (u_id, identity, *site, add_patches_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(add_patches_primitive, (u, ), {"sizes": sizes, "over": over})


def add_patches_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    over, u_id, y_id, code, offset, primitive = record
    if u_id in tracked:
        step = add_patches_vjp_u(g, over)
        grads[u_id] = accumulate(grads[u_id], step) if u_id in grads else step


def space_to_batch(input: TensorLike, block: Any, paddings: Any, name: str | None = None) -> Tensor:
    """x padded with zeros, every `block`-th place of its spatial axes (those after the first) an example of its own."""
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
            if input_value.dtype not in space_to_batch_dtypes:
                raise TypeError('space_to_batch')
            out.value = result = space_to_batch_kernel(input_value, block=block, paddings=paddings)
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
                    records += (block, paddings, input_id, identity, frame.f_code, frame.f_lasti, space_to_batch_primitive)
                else:
                    records += (block, paddings, input_id, identity, *site, space_to_batch_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, space_to_batch_primitive)
            else:
                ring += (input_id, identity, *site, space_to_batch_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(space_to_batch_primitive, (input, ), {"block": block, "paddings": paddings})


def space_to_batch_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    block, paddings, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = space_to_batch_vjp_x(g, block, paddings)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def batch_to_space(input: TensorLike, block: Any, crops: Any, name: str | None = None) -> Tensor:
    """The inverse: examples interleaved as places of the spatial axes, which are then cropped."""
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
            if input_value.dtype not in batch_to_space_dtypes:
                raise TypeError('batch_to_space')
            out.value = result = batch_to_space_kernel(input_value, block=block, crops=crops)
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
                    records += (block, crops, input_id, identity, frame.f_code, frame.f_lasti, batch_to_space_primitive)
                else:
                    records += (block, crops, input_id, identity, *site, batch_to_space_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, batch_to_space_primitive)
            else:
                ring += (input_id, identity, *site, batch_to_space_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(batch_to_space_primitive, (input, ), {"block": block, "crops": crops})


def batch_to_space_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    block, crops, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = batch_to_space_vjp_x(g, block, crops)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
