"""Written by `make calls` from the declarations of the isotonic family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def isotonic_blocks(x: TensorLike, name: str | None = None) -> Tensor:
    """The number of the block of each element in the non-increasing solution along the last axis."""
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
            if x_value.dtype not in isotonic_blocks_dtypes:
                raise TypeError('isotonic_blocks')
            out.value = result = isotonic_blocks_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, isotonic_blocks_primitive)
            else:
                ring += (x_id, identity, *site, isotonic_blocks_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(isotonic_blocks_primitive, (x, ), {})


def block_mean(x: TensorLike, blocks: TensorLike, name: str | None = None) -> Tensor:
    """Each element replaced by the mean of its block along the last axis."""
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
            if type(blocks) is Tensor:
                blocks_value = blocks.value
                blocks_id = blocks.id
            else:
                form = type(blocks)
                if form is Variable:
                    blocks_value = blocks.value_
                    blocks_id = 0 if tape is None else blocks.read_id if blocks.reader == tape.serial else tape.read(blocks)
                else:
                    raise TypeError('blocks')
            out = Tensor()
            if x_value.dtype not in block_mean_dtypes:
                raise TypeError('block_mean')
            out.value = result = block_mean_kernel(x_value, blocks_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or blocks_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (blocks_value, x_id, blocks_id, identity, frame.f_code, frame.f_lasti, block_mean_primitive)
                else:
                    records += (blocks_value, x_id, blocks_id, identity, *site, block_mean_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if blocks_id == 0:
                blocks_id = name_tensor(blocks)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, blocks_id, identity, frame.f_code, frame.f_lasti, block_mean_primitive)
            else:
                ring += (x_id, blocks_id, identity, *site, block_mean_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(block_mean_primitive, (x, blocks, ), {})


def block_mean_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    blocks, x_id, blocks_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(blocks) is ndarray:
            array = blocks
            blocks = Tensor()
            blocks.value = array
            blocks.id = blocks_id
        step = block_mean_vjp_x(g, blocks)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
