"""Written by `make calls` from the declarations of the signal family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def fourier(input: TensorLike, axes: Any = (-1,), inverse: Any = False, norm: Any = 'backward', name: str | None = None) -> Tensor:
    """The discrete Fourier transform over some axes: sum over j of x_j exp(-2 pi i j k / n), or its inverse.

    `norm` says which direction is divided by n: "backward", "forward", or "ortho": both by its square root.
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
            if input_value.dtype not in fourier_dtypes:
                raise TypeError('fourier')
            out.value = result = fourier_kernel(input_value, axes=axes, inverse=inverse, norm=norm)
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
                    records += (axes, inverse, norm, input_id, identity, frame.f_code, frame.f_lasti, fourier_primitive)
                else:
                    records += (axes, inverse, norm, input_id, identity, *site, fourier_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, fourier_primitive)
            else:
                ring += (input_id, identity, *site, fourier_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(fourier_primitive, (input, ), {"axes": axes, "inverse": inverse, "norm": norm})


def fourier_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    axes, inverse, norm, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = fourier_vjp_x(g, axes, inverse, norm)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def real_fourier(input: TensorLike, axes: Any = (-1,), norm: Any = 'backward', doubled: Any = False, name: str | None = None) -> Tensor:
    """The Fourier transform of real numbers: along the last of the axes only the first n // 2 + 1 of n frequencies.

    With `doubled`, a frequency that stands for two, itself and its conjugate, counts twice.
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
            if input_value.dtype not in real_fourier_dtypes:
                raise TypeError('real_fourier')
            out.value = result = real_fourier_kernel(input_value, axes=axes, norm=norm, doubled=doubled)
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
                    records += (input_value.shape, axes, norm, doubled, input_id, identity, frame.f_code, frame.f_lasti, real_fourier_primitive)
                else:
                    records += (input_value.shape, axes, norm, doubled, input_id, identity, *site, real_fourier_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, real_fourier_primitive)
            else:
                ring += (input_id, identity, *site, real_fourier_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(real_fourier_primitive, (input, ), {"axes": axes, "norm": norm, "doubled": doubled})


def real_fourier_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, axes, norm, doubled, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = real_fourier_vjp_x(g, x_shape, axes, norm, doubled)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def inverse_real_fourier(input: TensorLike, n: Any, axes: Any = (-1,), norm: Any = 'backward', halved: Any = False, name: str | None = None) -> Tensor:
    """The inverse of real_fourier: `n` real numbers along the last of the axes, from their first n // 2 + 1 frequencies.

    With `halved`, a frequency that stands for two counts half.
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
            if input_value.dtype not in inverse_real_fourier_dtypes:
                raise TypeError('inverse_real_fourier')
            out.value = result = inverse_real_fourier_kernel(input_value, n=n, axes=axes, norm=norm, halved=halved)
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
                    records += (axes, norm, halved, input_id, identity, frame.f_code, frame.f_lasti, inverse_real_fourier_primitive)
                else:
                    records += (axes, norm, halved, input_id, identity, *site, inverse_real_fourier_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, inverse_real_fourier_primitive)
            else:
                ring += (input_id, identity, *site, inverse_real_fourier_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(inverse_real_fourier_primitive, (input, ), {"n": n, "axes": axes, "norm": norm, "halved": halved})


def inverse_real_fourier_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    axes, norm, halved, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = inverse_real_fourier_vjp_x(g, axes, norm, halved)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def cosine(input: TensorLike, kind: Any = 2, ortho: Any = False, transposed: Any = False, name: str | None = None) -> Tensor:
    """The discrete cosine transform of a type 1 to 4 along the last axis, in SciPy's scale; or its transpose.

    Type 2 is 2 * sum over j of x_j cos(pi k (2 j + 1) / (2 n)); `ortho` makes types 2 to 4 orthogonal.
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
            if input_value.dtype not in cosine_dtypes:
                raise TypeError('cosine')
            out.value = result = cosine_kernel(input_value, kind=kind, ortho=ortho, transposed=transposed)
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
                    records += (kind, ortho, transposed, input_id, identity, frame.f_code, frame.f_lasti, cosine_primitive)
                else:
                    records += (kind, ortho, transposed, input_id, identity, *site, cosine_primitive)
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, cosine_primitive)
            else:
                ring += (input_id, identity, *site, cosine_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(cosine_primitive, (input, ), {"kind": kind, "ortho": ortho, "transposed": transposed})


def cosine_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    kind, ortho, transposed, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = cosine_vjp_x(g, kind, ortho, transposed)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def frames(signal: TensorLike, length: Any, step: Any, name: str | None = None) -> Tensor:
    """Every `step`-th window of `length` values along the last axis: (..., n) becomes (..., frames, length)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(signal) is Tensor:
                signal_value = signal.value
                signal_id = signal.id
            else:
                form = type(signal)
                if form is Variable:
                    signal_value = signal.value_
                    signal_id = 0 if tape is None else signal.read_id if signal.reader == tape.serial else tape.read(signal)
                else:
                    raise TypeError('signal')
            out = Tensor()
            if signal_value.dtype not in frames_dtypes:
                raise TypeError('frames')
            out.value = result = frames_kernel(signal_value, length=length, step=step)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if signal_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (signal_value.shape, step, signal_id, identity, frame.f_code, frame.f_lasti, frames_primitive)
                else:
                    records += (signal_value.shape, step, signal_id, identity, *site, frames_primitive)
                return out
            if signal_id == 0:
                signal_id = name_tensor(signal)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (signal_id, identity, frame.f_code, frame.f_lasti, frames_primitive)
            else:
                ring += (signal_id, identity, *site, frames_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(frames_primitive, (signal, ), {"length": length, "step": step})


def frames_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, step, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = frames_vjp_x(g, x_shape, step)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def overlapped(signal: TensorLike, size: Any, step: Any, name: str | None = None) -> Tensor:
    """Frames added up where they stand in a signal of `size` values: (..., frames, length) becomes (..., size)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(signal) is Tensor:
                signal_value = signal.value
                signal_id = signal.id
            else:
                form = type(signal)
                if form is Variable:
                    signal_value = signal.value_
                    signal_id = 0 if tape is None else signal.read_id if signal.reader == tape.serial else tape.read(signal)
                else:
                    raise TypeError('signal')
            out = Tensor()
            if signal_value.dtype not in overlapped_dtypes:
                raise TypeError('overlapped')
            out.value = result = overlapped_kernel(signal_value, size=size, step=step)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if signal_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (signal_value.shape, step, signal_id, identity, frame.f_code, frame.f_lasti, overlapped_primitive)
                else:
                    records += (signal_value.shape, step, signal_id, identity, *site, overlapped_primitive)
                return out
            if signal_id == 0:
                signal_id = name_tensor(signal)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (signal_id, identity, frame.f_code, frame.f_lasti, overlapped_primitive)
            else:
                ring += (signal_id, identity, *site, overlapped_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(overlapped_primitive, (signal, ), {"size": size, "step": step})


def overlapped_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, step, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = overlapped_vjp_x(g, x_shape, step)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
