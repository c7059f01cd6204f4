"""Layer 3: Fourier and cosine transforms, frames of signals.  Each is linear, and the adjoint of another one:

<u, fourier(x)> = <fourier⁻¹(u), x>, the scales of forward and backward exchanged
<u, real_fourier(x)> = <inverse_real_fourier(u), x>, where the two halves of a spectrum that share a number weigh it
<u, cosine(x)> = <cosineᵀ(u), x>            <u, frames(x)> = <overlapped(u), x>

All work on trailing axes, which are counted from the end; the axes before them are independent.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from ._declare import COMPLEX, NUMBERS, primitive, publish

WIDE_FLOATS = frozenset(map(np.dtype, (np.float32, np.float64)))
COMPLEX_OF = {np.dtype(np.float32): np.dtype(np.complex64), np.dtype(np.float64): np.dtype(np.complex128)}
REAL_OF = {c: r for r, c in COMPLEX_OF.items()}
ADJOINT_NORM = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


def quiet() -> Any:
    """NumPy's transforms warn of NaN under a name of their own, which the families' silence does not reach."""
    return np.errstate(all="ignore")


def need_axes(op: str, shape: tuple[Any, ...], axes: tuple[int, ...]) -> None:
    """Transforms need their axes, and values along them."""
    rank = max(-a for a in axes)
    if len(shape) < rank:
        raise invalid(op, f"{op}: Input must have rank of at least {rank} but got: {list(shape)}")
    for axis in axes:
        if not isinstance(shape[axis], Dim) and shape[axis] == 0:
            raise invalid(op, f"{op}: Input must not be empty along axis {axis}, but its shape is {list(shape)}")


# -- complex to complex -----------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=COMPLEX, public=("input",), batch="leading")
def fourier(x, *, axes=(-1,), inverse=False, norm: Any = "backward"):
    """The discrete Fourier transform over some axes: sum over j of x_j exp(-2 pi i j k / n), or its inverse.

    `norm` says which direction is divided by n: "backward", "forward", or "ortho": both by its square root.
    """
    with quiet():
        return (np.fft.ifftn if inverse else np.fft.fftn)(x, axes=axes, norm=norm)


@fourier.shape
def fourier_shape(x, *, axes, inverse, norm):
    need_axes("IFFT" if inverse else "FFT", x.shape, axes)
    return Spec(x.shape, x.dtype)


@fourier.vjp("x")
def fourier_vjp(g, axes, inverse, norm):
    return fourier(g, axes=axes, inverse=not inverse, norm=ADJOINT_NORM[norm])


# -- real to complex: the half of the spectrum that determines the rest --------------------------------------------
@primitive(linear="all", dtypes=WIDE_FLOATS, public=("input",), batch="leading")
def real_fourier(x, *, axes=(-1,), norm: Any = "backward", doubled=False):
    """The Fourier transform of real numbers: along the last of the axes only the first n // 2 + 1 of n frequencies.

    With `doubled`, a frequency that stands for two, itself and its conjugate, counts twice.
    """
    with quiet():
        y = np.fft.rfftn(x, axes=axes, norm=norm)
    return weighed(y, 2.0, axes[-1], x.shape[axes[-1]]) if doubled else y


def weighed(half: np.ndarray, factor: float, axis: int, n: int) -> np.ndarray:
    """The frequencies that stand for two multiplied by a factor: all but the first, and but the last where n is even."""
    out = half.copy()
    lead = (Ellipsis, slice(1, (n + 1) // 2), *(slice(None),) * (-axis - 1))
    out[lead] *= out.dtype.type(factor)
    return out


@real_fourier.shape
def real_fourier_shape(x, *, axes, norm, doubled):
    need_axes("RFFT", x.shape, axes)
    return Spec(with_extent(x.shape, axes[-1], x.shape[axes[-1]] // 2 + 1), COMPLEX_OF[x.dtype])


def with_extent(shape: tuple[Any, ...], axis: int, extent: Any) -> tuple[Any, ...]:
    place = axis % len(shape)
    return (*shape[:place], extent, *shape[place + 1 :])


@real_fourier.vjp("x")
def real_fourier_vjp(g, x_shape, axes, norm, doubled):
    return inverse_real_fourier(g, n=x_shape[axes[-1]], axes=axes, norm=ADJOINT_NORM[norm], halved=not doubled)


@primitive(linear="all", dtypes=COMPLEX, public=("input",), batch="leading")
def inverse_real_fourier(x, *, n, axes=(-1,), norm: Any = "backward", halved=False):
    """The inverse of real_fourier: `n` real numbers along the last of the axes, from their first n // 2 + 1 frequencies.

    With `halved`, a frequency that stands for two counts half.
    """
    if x.shape[axes[-1]] != n // 2 + 1:
        raise ValueError("another number of frequencies")
    if halved:
        x = weighed(x, 0.5, axes[-1], n)
    with quiet():
        return np.fft.irfftn(x, [*[x.shape[a] for a in axes[:-1]], n], axes=axes, norm=norm)


@inverse_real_fourier.shape
def inverse_real_fourier_shape(x, *, n, axes, norm, halved):
    need_axes("IRFFT", x.shape, axes)
    have = x.shape[axes[-1]]
    if not isinstance(n, Dim) and (n < 1 or (not isinstance(have, Dim) and have != n // 2 + 1)):
        raise invalid("IRFFT", f"IRFFT: {n} real values have {n // 2 + 1} frequencies, but the input has {have}")
    return Spec(with_extent(x.shape, axes[-1], n), REAL_OF[x.dtype])


@inverse_real_fourier.vjp("x")
def inverse_real_fourier_vjp(g, axes, norm, halved):
    return real_fourier(g, axes=axes, norm=ADJOINT_NORM[norm], doubled=not halved)


# -- cosine transforms ----------------------------------------------------------------------------------------------
TRANSPOSED = {1: 1, 2: 3, 3: 2, 4: 4}


@primitive(linear="all", dtypes=WIDE_FLOATS, public=("input",), batch="leading")
def cosine(x, *, kind=2, ortho=False, transposed=False):
    """The discrete cosine transform of a type 1 to 4 along the last axis, in SciPy's scale; or its transpose.

    Type 2 is 2 * sum over j of x_j cos(pi k (2 j + 1) / (2 n)); `ortho` makes types 2 to 4 orthogonal.
    """
    from scipy import fft

    if ortho or not transposed or kind == 4:
        return fft.dct(x, TRANSPOSED[kind] if transposed else kind, norm="ortho" if ortho else None)
    if kind == 1:
        return edges(fft.dct(edges(x, 2.0), 1), 0.5)
    return first_scaled(fft.dct(x, 2), 0.5) if kind == 3 else fft.dct(first_scaled(x, 2.0), 3)


def first_scaled(x: Any, factor: float) -> np.ndarray:
    out = x.copy()
    out[..., 0] *= x.dtype.type(factor)
    return out


def edges(x: Any, factor: float) -> np.ndarray:
    out = first_scaled(x, factor)
    out[..., -1] *= x.dtype.type(factor)
    return out


@cosine.shape
def cosine_shape(x, *, kind, ortho, transposed):
    need_axes("dct", x.shape, (-1,))
    return Spec(x.shape, x.dtype)


@cosine.vjp("x")
def cosine_vjp(g, kind, ortho, transposed):
    return cosine(g, kind, ortho, not transposed)


# -- frames -------------------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=NUMBERS, public=("signal",), batch="leading")
def frames(x, *, length, step):
    """Every `step`-th window of `length` values along the last axis: (..., n) becomes (..., frames, length)."""
    count = frame_count(x.shape[-1], length, step)
    if not count or not length:
        return np.zeros((*x.shape[:-1], count, length), x.dtype)
    windows = np.lib.stride_tricks.sliding_window_view(x, length, axis=-1)
    return np.ascontiguousarray(windows[..., ::step, :])


def frame_count(n: Any, length: int, step: int) -> Any:
    count = (n - length + step) // step
    return count if isinstance(count, Dim) else max(count, 0)


@frames.shape
def frames_shape(x, *, length, step):
    return Spec((*x.shape[:-1], frame_count(x.shape[-1], length, step), length), x.dtype)


@frames.vjp("x")
def frames_vjp(g, x_shape, step):
    return overlapped(g, size=x_shape[-1], step=step)


@primitive(linear="all", dtypes=NUMBERS, public=("signal",), batch="leading")
def overlapped(x, *, size, step):
    """Frames added up where they stand in a signal of `size` values: (..., frames, length) becomes (..., size)."""
    count, length = x.shape[-2:]
    pieces = -(-length // step)
    if not count or not length:
        return np.zeros((*x.shape[:-2], size), x.dtype)
    total = np.zeros((*x.shape[:-2], count + pieces - 1, step), np.float32 if x.dtype.char in "eE" else x.dtype)
    for i in range(pieces):
        part = x[..., i * step : (i + 1) * step]
        total[..., i : i + count, : part.shape[-1]] += part
    flat = total.reshape(*x.shape[:-2], -1)[..., :size].astype(x.dtype, copy=False)
    missing = size - flat.shape[-1]
    return np.pad(flat, [(0, 0)] * (flat.ndim - 1) + [(0, missing)]) if missing > 0 else np.ascontiguousarray(flat)


@overlapped.shape
def overlapped_shape(x, *, size, step):
    return Spec((*x.shape[:-2], size), x.dtype)


@overlapped.vjp("x")
def overlapped_vjp(g, x_shape, step):
    return frames(g, length=x_shape[-1], step=step)


publish(globals())

__all__ = ["cosine", "fourier", "frame_count", "frames", "inverse_real_fourier", "overlapped", "real_fourier"]
