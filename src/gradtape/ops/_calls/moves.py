"""Written by `make calls` from the declarations of the moves family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def mirror_pad(x: TensorLike, paddings: Any, skip: Any, name: str | None = None) -> Tensor:
    """x with borders that mirror it; `skip` is 1 where the outermost values are not repeated, else 0."""
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
            out.value = result = mirror_pad_kernel(x_value, paddings=paddings, skip=skip)
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
                    records += (paddings, skip, x_id, identity, frame.f_code, frame.f_lasti, mirror_pad_primitive)
                else:
                    records += (paddings, skip, x_id, identity, *site, mirror_pad_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, mirror_pad_primitive)
            else:
                ring += (x_id, identity, *site, mirror_pad_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(mirror_pad_primitive, (x, ), {"paddings": paddings, "skip": skip})


def mirror_pad_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    paddings, skip, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = mirror_pad_vjp_x(g, paddings, skip)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def mirror_unpad(x: TensorLike, paddings: Any, skip: Any, name: str | None = None) -> Tensor:
    """The inner part of x, to which the borders are added where they came from."""
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
            if x_value.dtype not in mirror_unpad_dtypes:
                raise TypeError('mirror_unpad')
            out.value = result = mirror_unpad_kernel(x_value, paddings=paddings, skip=skip)
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
                    records += (paddings, skip, x_id, identity, frame.f_code, frame.f_lasti, mirror_unpad_primitive)
                else:
                    records += (paddings, skip, x_id, identity, *site, mirror_unpad_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, mirror_unpad_primitive)
            else:
                ring += (x_id, identity, *site, mirror_unpad_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(mirror_unpad_primitive, (x, ), {"paddings": paddings, "skip": skip})


def mirror_unpad_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    paddings, skip, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = mirror_unpad_vjp_x(g, paddings, skip)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def roll(input: TensorLike, shift: Any, axis: Any, name: str | None = None) -> Tensor:
    """The elements moved by `shift` places along each axis, those that fall off coming in again at the other end.

    Raises:
        InvalidArgumentError: an axis that the input does not have, as many shifts as axes not given.

    >>> tf.roll(tf.constant([1, 2, 3, 4]), shift=1, axis=0).numpy()
    array([4, 1, 2, 3], dtype=int32)
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
            params = roll_canonical(input_value, shift=shift, axis=axis)
            shift = params['shift']
            axis = params['axis']
            out.value = result = roll_kernel(input_value, shift=shift, axis=axis)
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
                    records += (shift, axis, input_id, identity, frame.f_code, frame.f_lasti, roll_primitive)
                else:
                    records += (shift, axis, input_id, identity, *site, roll_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, roll_primitive)
            else:
                ring += (input_id, identity, *site, roll_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(roll_primitive, (input, ), {"shift": shift, "axis": axis})


def roll_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    shift, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = roll_vjp_x(g, shift, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def tile(input: TensorLike, multiples: Any, name: str | None = None) -> Tensor:
    """The input repeated `multiples[i]` times along axis i.

    Raises:
        InvalidArgumentError: not one number an axis, or a negative one.

    >>> tf.tile(tf.constant([[1, 2]]), [2, 2]).numpy()
    array([[1, 2, 1, 2],
           [1, 2, 1, 2]], dtype=int32)
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
            params = tile_canonical(input_value, multiples=multiples)
            multiples = params['multiples']
            out.value = result = tile_kernel(input_value, multiples=multiples)
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
                    records += (input_value.shape, multiples, input_id, identity, frame.f_code, frame.f_lasti, tile_primitive)
                else:
                    records += (input_value.shape, multiples, input_id, identity, *site, tile_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, tile_primitive)
            else:
                ring += (input_id, identity, *site, tile_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(tile_primitive, (input, ), {"multiples": multiples})


def tile_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, multiples, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = tile_vjp_x(g, x_shape, multiples)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def split_at(value: TensorLike, sizes: Any, axis: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Consecutive pieces of these sizes along an axis."""
    return careful(split_at_primitive, (value, ), {"sizes": sizes, "axis": axis})


def unpack(value: TensorLike, count: Any, axis: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Each slice along an axis."""
    return careful(unpack_primitive, (value, ), {"count": count, "axis": axis})


def reverse_sequence(input: TensorLike, seq_lengths: TensorLike, seq_axis: Any = None, batch_axis: Any = None, name: str | None = None) -> Tensor:
    """The input with the first `seq_lengths[i]` elements along `seq_axis` reversed, in each slice i along `batch_axis` (0).

    Raises:
        TypeError: no seq_axis.
        InvalidArgumentError: a length that is negative or more than there is, or not one length a slice.

    >>> tf.reverse_sequence(tf.constant([[1, 2, 3], [4, 5, 6]]), [2, 3], seq_axis=1).numpy()
    array([[2, 1, 3],
           [6, 5, 4]], dtype=int32)
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
            if type(seq_lengths) is Tensor:
                seq_lengths_value = seq_lengths.value
                seq_lengths_id = seq_lengths.id
            else:
                form = type(seq_lengths)
                if form is Variable:
                    seq_lengths_value = seq_lengths.value_
                    seq_lengths_id = 0 if tape is None else seq_lengths.read_id if seq_lengths.reader == tape.serial else tape.read(seq_lengths)
                else:
                    raise TypeError('seq_lengths')
            out = Tensor()
            if seq_axis is not None or batch_axis is not None:
                params = reverse_sequence_canonical(input_value, seq_lengths_value, seq_axis=seq_axis, batch_axis=batch_axis)
                seq_axis = params['seq_axis']
                batch_axis = params['batch_axis']
            out.value = result = reverse_sequence_kernel(input_value, seq_lengths_value, seq_axis=seq_axis, batch_axis=batch_axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_id in tracked or seq_lengths_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (seq_lengths_value, seq_axis, batch_axis, input_id, seq_lengths_id, identity, frame.f_code, frame.f_lasti, reverse_sequence_primitive)
                else:
                    records += (seq_lengths_value, seq_axis, batch_axis, input_id, seq_lengths_id, identity, *site, reverse_sequence_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            if seq_lengths_id == 0:
                seq_lengths_id = name_tensor(seq_lengths)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, seq_lengths_id, identity, frame.f_code, frame.f_lasti, reverse_sequence_primitive)
            else:
                ring += (input_id, seq_lengths_id, identity, *site, reverse_sequence_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reverse_sequence_primitive, (input, seq_lengths, ), {"seq_axis": seq_axis, "batch_axis": batch_axis})


def reverse_sequence_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    lengths, seq_axis, batch_axis, x_id, lengths_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(lengths) is ndarray:
            array = lengths
            lengths = Tensor()
            lengths.value = array
            lengths.id = lengths_id
        step = reverse_sequence_vjp_x(g, lengths, seq_axis, batch_axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def inverse_order(x: TensorLike, name: str | None = None) -> Tensor:
    """The permutation (along the last axis) that undoes x."""
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
            if x_value.dtype not in inverse_order_dtypes:
                raise TypeError('inverse_order')
            out.value = result = inverse_order_kernel(x_value)
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
                ring += (x_id, identity, frame.f_code, frame.f_lasti, inverse_order_primitive)
            else:
                ring += (x_id, identity, *site, inverse_order_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(inverse_order_primitive, (x, ), {})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
