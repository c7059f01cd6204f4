"""tf.signal: the Fourier family."""

from __future__ import annotations

from typing import Any

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor
from ..ops._arguments import axis_within, extents, operand, static
from ..ops.array import pad
from ..ops.moves import roll
from ..ops.signal import fourier, inverse_real_fourier, real_fourier

NORMS = ("backward", "forward", "ortho")


# -- complex transforms ---------------------------------------------------------------------------------------------
@library
def fft(input: Any, name: str | None = None) -> Tensor:
    """The discrete Fourier transform along the last axis: y_k = sum over j of x_j exp(-2 pi i j k / n).

    Raises:
        InvalidArgumentError: an input that is not complex, has no axis, or is empty.

    >>> tf.signal.fft(tf.constant([1.0, 0.0, -1.0, 0.0], tf.complex64)).numpy()
    array([0.+0.j, 2.+0.j, 0.+0.j, 2.+0.j], dtype=complex64)
    """
    return fourier(input, axes=(-1,))


@library
def ifft(input: Any, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.fft`: x_j = 1/n sum over k of y_k exp(2 pi i j k / n).

    >>> tf.signal.ifft(tf.constant([0.0, 2.0, 0.0, 2.0], tf.complex64)).numpy().real
    array([ 1.,  0., -1.,  0.], dtype=float32)
    """
    return fourier(input, axes=(-1,), inverse=True)


@library
def fft2d(input: Any, name: str | None = None) -> Tensor:
    """The Fourier transform over the last two axes.

    >>> tf.signal.fft2d(tf.ones([2, 2], tf.complex64)).numpy().real
    array([[4., 0.],
           [0., 0.]], dtype=float32)
    """
    return fourier(input, axes=(-2, -1))


@library
def ifft2d(input: Any, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.fft2d`.

    >>> tf.signal.ifft2d(tf.ones([2, 2], tf.complex64)).numpy().real
    array([[1., 0.],
           [0., 0.]], dtype=float32)
    """
    return fourier(input, axes=(-2, -1), inverse=True)


@library
def fft3d(input: Any, name: str | None = None) -> Tensor:
    """The Fourier transform over the last three axes.

    >>> tf.signal.fft3d(tf.ones([1, 2, 2], tf.complex64)).numpy()[0, 0].real
    array([4., 0.], dtype=float32)
    """
    return fourier(input, axes=(-3, -2, -1))


@library
def ifft3d(input: Any, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.fft3d`.

    >>> tf.signal.ifft3d(tf.ones([1, 2, 2], tf.complex64)).numpy()[0, 0].real
    array([1., 0.], dtype=float32)
    """
    return fourier(input, axes=(-3, -2, -1), inverse=True)


@library
def fftnd(
    input_tensor: Any, fft_length: Any = None, axes: Any = None, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The Fourier transform over any axes (all of them by default), each cropped or padded with zeros to `fft_length`.

    `norm` says what is divided by the number of values: "backward" (the default) the inverse, "forward" this, "ortho" both by its root.

    Raises:
        InvalidArgumentError: lengths and axes of different number, an axis twice or outside, an unknown norm.

    >>> tf.signal.fftnd(tf.ones([2, 3], tf.complex64), axes=[0], norm="ortho").numpy()[:, 0].real.round(3)
    array([1.414, 0.   ], dtype=float32)
    """
    x, axes = fitted("FFTND", input_tensor, fft_length, axes)
    return fourier(x, axes=axes, norm=known_norm("FFTND", norm))


@library
def ifftnd(
    input_tensor: Any, fft_length: Any = None, axes: Any = None, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The inverse of `tf.signal.fftnd`.

    >>> tf.signal.ifftnd(tf.ones([2, 2], tf.complex64)).numpy()[0].real
    array([1., 0.], dtype=float32)
    """
    x, axes = fitted("IFFTND", input_tensor, fft_length, axes)
    return fourier(x, axes=axes, inverse=True, norm=known_norm("IFFTND", norm))


# -- transforms of real numbers ----------------------------------------------------------------------------------------
@library
def rfft(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """The Fourier transform of real numbers along the last axis: its first n // 2 + 1 frequencies.

    Args:
        fft_length: [n]: the values are cropped or padded with zeros to so many.

    Raises:
        ValueError: an input that is not float32 or float64.
        InvalidArgumentError: a length below 1, no axis, or an empty one.

    >>> tf.signal.rfft(tf.constant([1.0, 0.0, -1.0, 0.0])).numpy()
    array([0.+0.j, 2.+0.j, 0.+0.j], dtype=complex64)
    """
    return forward_real("RFFT", input_tensor, fft_length, 1)


@library
def irfft(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.rfft`: real numbers, 2 (frequencies - 1) of them or as many as `fft_length` says.

    Raises:
        ValueError: an input that is not complex.
        InvalidArgumentError: a length below 1, no axis, or an empty one.

    >>> tf.signal.irfft(tf.constant([0.0, 2.0, 0.0], tf.complex64)).numpy()
    array([ 1.,  0., -1.,  0.], dtype=float32)
    """
    return backward_real("IRFFT", input_tensor, fft_length, 1)


@library
def rfft2d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """The Fourier transform of real numbers over the last two axes.

    >>> tf.signal.rfft2d(tf.ones([2, 4])).numpy().real
    array([[8., 0., 0.],
           [0., 0., 0.]], dtype=float32)
    """
    return forward_real("RFFT2D", input_tensor, fft_length, 2)


@library
def irfft2d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.rfft2d`.

    >>> tf.signal.irfft2d(tf.constant([[8.0, 0.0, 0.0], [0.0, 0.0, 0.0]], tf.complex64)).numpy()[0]
    array([1., 1., 1., 1.], dtype=float32)
    """
    return backward_real("IRFFT2D", input_tensor, fft_length, 2)


@library
def rfft3d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """The Fourier transform of real numbers over the last three axes.

    >>> tf.signal.rfft3d(tf.ones([2, 2, 2])).shape
    TensorShape([2, 2, 2])
    """
    return forward_real("RFFT3D", input_tensor, fft_length, 3)


@library
def irfft3d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.rfft3d`.

    >>> tf.signal.irfft3d(tf.signal.rfft3d(tf.ones([2, 2, 2]))).numpy()[0, 0]
    array([1., 1.], dtype=float32)
    """
    return backward_real("IRFFT3D", input_tensor, fft_length, 3)


@library
def rfftnd(
    input_tensor: Any, fft_length: Any = None, axes: Any = None, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The Fourier transform of real numbers over any axes; the last of them holds the first n // 2 + 1 frequencies.

    >>> tf.signal.rfftnd(tf.ones([2, 4]), axes=[0]).shape
    TensorShape([2, 4])
    """
    real_input("RFFTND", input_tensor)
    x, axes = fitted("RFFTND", input_tensor, fft_length, axes)
    return real_fourier(x, axes=axes, norm=known_norm("RFFTND", norm))


@library
def irfftnd(
    input_tensor: Any, fft_length: Any = None, axes: Any = None, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The inverse of `tf.signal.rfftnd`.

    >>> tf.signal.irfftnd(tf.signal.rfftnd(tf.ones([2, 4]))).numpy()[0]
    array([1., 1., 1., 1.], dtype=float32)
    """
    complex_input("IRFFTND", input_tensor)
    x, axes, n = fitted_frequencies("IRFFTND", input_tensor, fft_length, axes)
    return inverse_real_fourier(x, n=n, axes=axes, norm=known_norm("IRFFTND", norm))


def forward_real(op: str, value: Any, fft_length: Any, rank: int) -> Tensor:
    real_input(op, value)
    x, axes = fitted(op, value, fft_length, tuple(range(-rank, 0)))
    return real_fourier(x, axes=axes)


def backward_real(op: str, value: Any, fft_length: Any, rank: int) -> Tensor:
    complex_input(op, value)
    x, axes, n = fitted_frequencies(op, value, fft_length, tuple(range(-rank, 0)))
    return inverse_real_fourier(x, n=n, axes=axes)


def real_input(op: str, value: Any) -> None:
    if operand(value).dtype.name not in ("float32", "float64"):
        raise ValueError(f"{op} requires tf.float32 or tf.float64 inputs, got: {value}. Write tf.cast(x, tf.float32)")


def complex_input(op: str, value: Any) -> None:
    if not operand(value).dtype.is_complex:
        raise ValueError(f"{op} requires tf.complex64 or tf.complex128 inputs, got: {value}. Write tf.cast(x, tf.complex64)")


# -- lengths and axes --------------------------------------------------------------------------------------------------
def fitted(op: str, value: Any, fft_length: Any, axes: Any) -> tuple[Any, tuple[int, ...]]:
    """The input with the extents that are asked for, and its axes, counted from the end."""
    x = operand(value)
    axes, lengths = places(op, x, fft_length, axes)
    return (x if lengths is None else resized(x, dict(zip(axes, lengths, strict=True)))), axes


def fitted_frequencies(op: str, value: Any, fft_length: Any, axes: Any) -> tuple[Any, tuple[int, ...], Any]:
    """The same of an input that holds half a spectrum along the last of the axes, and how many real numbers it stands for."""
    x = operand(value)
    axes, lengths = places(op, x, fft_length, axes)
    if lengths is None:
        n = 2 * (x.dims[axes[-1]] - 1)
        if not isinstance(n, Dim) and n < 1:
            raise invalid(op, f"{op}: {x.dims[axes[-1]]} frequencies stand for {n} real numbers; give fft_length")
        return x, axes, n
    wanted = dict(zip(axes, lengths, strict=True))
    return resized(x, {**wanted, axes[-1]: lengths[-1] // 2 + 1}), axes, lengths[-1]


def places(op: str, x: Any, fft_length: Any, axes: Any) -> tuple[tuple[int, ...], Any]:
    lengths = None if fft_length is None else extents(listed(fft_length), op, "fft_length")
    if axes is None:
        axes = range(-len(lengths or x.dims), 0)
    axes = extents(axes, op, "axes")
    if not axes or len(x.dims) < len(axes):
        raise invalid(op, f"{op}: Input must have rank of at least {max(len(axes), 1)} but got: {list(x.dims)}")
    axes = tuple(axis_within(a, x.ndim, op) - x.ndim for a in axes)
    if len(set(axes)) < len(axes):
        raise invalid(op, f"{op}: axes {list(axes)} name an axis twice")
    if lengths is not None and len(lengths) != len(axes):
        raise invalid(op, f"{op}: fft_length must have shape [{len(axes)}], got {list(lengths)}")
    if lengths is not None and any(not isinstance(n, Dim) and n < 1 for n in lengths):
        raise invalid(op, f"{op}: fft_length must hold positive numbers, got {list(lengths)}")
    return axes, lengths


def listed(fft_length: Any) -> Any:
    value = static(fft_length)
    if isinstance(value, int):
        raise TypeError(f"fft_length must be a list of integers, one an axis, not {value}: write [{value}]")
    return value


def resized(x: Any, wanted: dict[int, Any]) -> Any:
    """x cropped or padded with zeros, behind, to these extents."""
    sizes = [wanted.get(i - x.ndim, n) for i, n in enumerate(x.dims)]
    if tuple(sizes) == tuple(x.dims):
        return x
    kept = x[tuple(slice(min(a, b)) for a, b in zip(sizes, x.dims, strict=True))]
    missing = [[0, n - m] for n, m in zip(sizes, kept.dims, strict=True)]
    return pad(kept, missing) if any(after for _, after in missing) else kept


def known_norm(op: str, norm: str | None) -> str:
    if norm not in (None, *NORMS):
        raise invalid(op, f"{op}: norm must be one of 'backward', 'forward', 'ortho', got {norm!r}")
    return norm or "backward"


# -- the order of frequencies ------------------------------------------------------------------------------------------
@library
def fftshift(x: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """The frequency 0 moved from the front to the middle of the given axes (all by default).

    >>> tf.signal.fftshift(tf.constant([0, 1, 2, -2, -1])).numpy()
    array([-2, -1,  0,  1,  2], dtype=int32)
    """
    x = operand(x)
    axes = shifted_axes("fftshift", x, axes)
    return roll(x, tuple(x.dims[a] // 2 for a in axes), axes)


@library
def ifftshift(x: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.fftshift`.

    >>> tf.signal.ifftshift(tf.constant([-2, -1, 0, 1, 2])).numpy()
    array([ 0,  1,  2, -2, -1], dtype=int32)
    """
    x = operand(x)
    axes = shifted_axes("ifftshift", x, axes)
    return roll(x, tuple(-(x.dims[a] // 2) for a in axes), axes)


def shifted_axes(op: str, x: Any, axes: Any) -> tuple[int, ...]:
    if axes is None:
        return tuple(range(x.ndim))
    return tuple(axis_within(a, x.ndim, op) for a in extents(axes, op, "axes"))
