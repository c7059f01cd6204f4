"""tf.signal: frames, short-time Fourier transforms, cosine transforms, mel scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype, float32
from ..core.errors import invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._arguments import axis_for, operand, whole_number
from ..ops.array import concat, pad, reverse
from ..ops.array import split as parts
from ..ops.basic import divide, multiply, negative, permute, reduce_sum, reshape, subtract
from ..ops.math import square
from ..ops.moves import tile
from ..ops.pieces import move_axis
from ..ops.signal import cosine, frames, inverse_real_fourier, overlapped, real_fourier
from .signal_fft import complex_input, resized
from .signal_windows import hann_window, vorbis_window

KEPT_NORMS = (None, "ortho")


# -- frames ---------------------------------------------------------------------------------------------------------
@library
def frame(
    signal: Any,
    frame_length: Any,
    frame_step: Any,
    pad_end: bool = False,
    pad_value: Any = 0,
    axis: Any = -1,
    name: str | None = None,
) -> Tensor:
    """Windows of `frame_length` values, `frame_step` apart, along an axis, which becomes two: frames and places.

    Args:
        pad_end: also the windows that begin inside and end outside, filled up with `pad_value`.

    Raises:
        ValueError: a signal without axes.
        InvalidArgumentError: a length below 0, a step below 1, an axis outside.

    >>> tf.signal.frame(tf.range(5), 3, 2).numpy()
    array([[0, 1, 2],
           [2, 3, 4]], dtype=int32)
    """
    op = "frame"
    x = operand(signal)
    if not x.ndim:
        raise ValueError("frame: the signal's shape () must have rank at least 1")
    length, step = positive(op, "frame_length", frame_length, 0), positive(op, "frame_step", frame_step, 1)
    place = axis_for(axis, x.ndim, op)
    last = move_axis(x, place, x.ndim - 1)
    if pad_end:
        last = filled_up(last, length, step, pad_value)
    out = frames(last, length=length, step=step)
    order = [*range(place), out.ndim - 2, out.ndim - 1, *range(place, out.ndim - 2)]
    return permute(out, tuple(order)) if place < x.ndim - 1 else out


def filled_up(x: Any, length: int, step: int, value: Any) -> Any:
    """x with enough values behind that a window begins at every `step`-th place."""
    n = x.dims[-1]
    missing = (-(-n // step) - 1) * step + length - n
    if not isinstance(missing, Dim) and missing <= 0:
        return x
    return pad(x, [[0, 0]] * (x.ndim - 1) + [[0, missing]], constant_values=value)


def positive(op: str, argument: str, value: Any, least: int) -> int:
    n = whole_number(value, op, argument)
    if n < least:
        raise invalid(op, f"{op}: {argument} must be at least {least}, got {n}")
    return n


@library
def overlap_and_add(signal: Any, frame_step: Any, name: str | None = None) -> Tensor:
    """A signal from its frames (..., frames, frame_length), added up `frame_step` apart: the transpose of `tf.signal.frame`.

    Raises:
        ValueError: a rank below 2.
        InvalidArgumentError: a step below 1.

    >>> tf.signal.overlap_and_add(tf.ones([2, 3]), 2).numpy()
    array([1., 1., 2., 1., 1.], dtype=float32)
    """
    x = operand(signal)
    if x.ndim < 2:
        raise ValueError(f"overlap_and_add: the signal's shape {tuple(x.dims)} must have rank at least 2: (frames, frame_length)")
    step = positive("overlap_and_add", "frame_step", frame_step, 1)
    return overlapped(x, size=(x.dims[-2] - 1) * step + x.dims[-1], step=step)


# -- short-time Fourier transforms --------------------------------------------------------------------------------------
@library
def stft(
    signals: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Callable | None = hann_window,
    pad_end: bool = False,
    name: str | None = None,
) -> Tensor:
    """The Fourier transforms of windowed frames: (..., frames, fft_length // 2 + 1).

    Args:
        fft_length: each frame is cropped or padded to so many values; by default the next power of two.
        window_fn: a function (length, dtype) that makes the window, or None.

    >>> tf.signal.stft(tf.ones([10]), 4, 2).shape
    TensorShape([4, 3])
    """
    length = positive("stft", "frame_length", frame_length, 1)
    windowed = frame(signals, length, frame_step, pad_end)
    if window_fn is not None:
        windowed = multiply(windowed, window_fn(length, dtype=windowed.dtype))
    return real_fourier(resized(windowed, {-1: transform_length(fft_length, length)}), axes=(-1,))


def transform_length(fft_length: Any, frame_length: int) -> int:
    return 1 << (frame_length - 1).bit_length() if fft_length is None else positive("stft", "fft_length", fft_length, 1)


@library
def inverse_stft(
    stfts: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Callable | None = hann_window,
    name: str | None = None,
) -> Tensor:
    """The signal of `tf.signal.stft`, but for its ends, where `window_fn` is `tf.signal.inverse_stft_window_fn(frame_step)`.

    Raises:
        ValueError: a rank below 2, transforms that are not complex.

    >>> x = tf.range(16.0)
    >>> window = tf.signal.inverse_stft_window_fn(2)
    >>> tf.signal.inverse_stft(tf.signal.stft(x, 4, 2), 4, 2, window_fn=window).numpy()[2:6].round(4)
    array([2., 3., 4., 5.], dtype=float32)
    """
    x = operand(stfts)
    complex_input("inverse_stft", x)
    if x.ndim < 2:
        raise ValueError(f"inverse_stft: the shape {tuple(x.dims)} of stfts must have rank at least 2: (frames, frequencies)")
    length = positive("inverse_stft", "frame_length", frame_length, 1)
    n = transform_length(fft_length, length)
    real = resized(inverse_real_fourier(resized(x, {-1: n // 2 + 1}), n=n, axes=(-1,)), {-1: length})
    if window_fn is not None:
        real = multiply(real, window_fn(length, dtype=real.dtype))
    return overlap_and_add(real, frame_step)


def inverse_stft_window_fn(frame_step: Any, forward_window_fn: Callable = hann_window, name: str | None = None) -> Callable:
    """The window with which `tf.signal.inverse_stft` undoes `tf.signal.stft`: the forward one over the sum of its shifted squares.

    >>> tf.signal.inverse_stft_window_fn(2)(4, tf.float32).numpy().round(4)
    array([0., 1., 1., 1.], dtype=float32)
    """
    step = positive("inverse_stft_window_fn", "frame_step", frame_step, 1)

    def inverse_window(frame_length: Any, dtype: Any) -> Tensor:
        length = positive("inverse_stft_window_fn", "frame_length", frame_length, 0)
        window = forward_window_fn(length, dtype=dtype)
        overlaps = -(-length // step)
        squares = resized(square(window), {-1: overlaps * step})
        sums = reduce_sum(reshape(squares, (overlaps, step)), 0)
        return divide(window, tile(sums, [overlaps])[:length])

    return inverse_window


# -- cosine transforms -----------------------------------------------------------------------------------------------------
@library
def dct(input: Any, type: int = 2, n: Any = None, axis: int = -1, norm: str | None = None, name: str | None = None) -> Tensor:
    """The discrete cosine transform of type 1 to 4 along the last axis, in the scale of `scipy.fft.dct`.

    Args:
        n: the values are cropped or padded with zeros to so many.
        norm: None, or "ortho" for an orthogonal transform (types 2 to 4).

    Raises:
        ValueError: another type, norm or n; type 1 of a single value.
        ValueError: another axis than the last.

    >>> tf.signal.dct(tf.constant([1.0, 3.0]), norm="ortho").numpy().round(3)
    array([ 2.828, -1.414], dtype=float32)
    """
    x = checked_cosine("dct", input, type, n, axis, norm)
    return cosine(x, kind=type, ortho=norm == "ortho")


INVERSE = {1: 1, 2: 3, 3: 2, 4: 4}


@library
def idct(input: Any, type: int = 2, n: Any = None, axis: int = -1, norm: str | None = None, name: str | None = None) -> Tensor:
    """The inverse of `tf.signal.dct` of a type; without `norm` in the scale of the other transform, 2 n (type 1: 2 (n - 1)) too large.

    >>> x = tf.constant([1.0, 2.0, 3.0])
    >>> tf.signal.idct(tf.signal.dct(x, norm="ortho"), norm="ortho").numpy().round(4)
    array([1., 2., 3.], dtype=float32)
    """
    x = checked_cosine("idct", input, INVERSE.get(type, type), n, axis, norm)
    return cosine(x, kind=INVERSE[type], ortho=norm == "ortho")


def checked_cosine(op: str, value: Any, kind: Any, n: Any, axis: Any, norm: Any) -> Any:
    if kind not in (1, 2, 3, 4):
        raise ValueError(f"{op}: Types I, II, III and IV (I)DCT are supported, not {kind!r}: type must be 1, 2, 3 or 4")
    if axis not in (-1,):
        raise ValueError(f"{op}: axis must be -1. Got: {axis}. Move the axis to the end with tf.transpose first")
    if norm not in KEPT_NORMS:
        raise ValueError(f"{op}: Unknown normalization. Expected None or 'ortho', got: {norm}")
    if kind == 1 and norm == "ortho":
        raise ValueError(f"{op}: Normalization is not supported for the Type-I DCT. Leave norm out")
    x = operand(value)
    if n is not None:
        n = whole_number(n, op, "n")
        if n < 1:
            raise ValueError(f"{op}: n should be a positive integer or None, got {n}")
        x = resized(x, {-1: n})
    if kind == 1 and x.ndim and not isinstance(x.dims[-1], Dim) and x.dims[-1] < 2:
        raise ValueError(f"{op}: Type-I DCT requires the dimension to be greater than one, but the shape is {list(x.dims)}")
    return to_tensor(x)


# -- the modified cosine transform -------------------------------------------------------------------------------------------
@library
def mdct(
    signals: Any,
    frame_length: Any,
    window_fn: Callable | None = vorbis_window,
    pad_end: bool = False,
    norm: str | None = None,
    name: str | None = None,
) -> Tensor:
    """The modified discrete cosine transform: (..., frames, frame_length // 2) of frames that overlap by half.

    Each frame (a, b, c, d), in quarters, is windowed and folded to (-c' - d, a - b') before a cosine transform of type 4,
    where ' reverses (Princen, Johnson, Bradley, ICASSP 1987).

    Raises:
        ValueError: a frame_length that 4 does not divide, another norm than None and "ortho".

    >>> tf.signal.mdct(tf.ones([16]), 8).shape
    TensorShape([3, 4])
    """
    length = checked_mdct("mdct", whole_number(frame_length, "mdct", "frame_length"), norm)
    x = frame(signals, length, length // 2, pad_end)
    if window_fn is not None:
        x = multiply(x, window_fn(length, dtype=x.dtype))
    a, b, c, d = parts(x, 4, -1)
    folded = concat([subtract(negative(reverse(c, [-1])), d), subtract(a, reverse(b, [-1]))], -1)
    return cosine(folded, kind=4, ortho=norm == "ortho")


@library
def inverse_mdct(
    mdcts: Any, window_fn: Callable | None = vorbis_window, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The signal of `tf.signal.mdct` with the same window, but for its ends.

    >>> x = tf.range(24.0)
    >>> tf.signal.inverse_mdct(tf.signal.mdct(x, 8)).numpy()[4:8].round(4)
    array([4., 5., 6., 7.], dtype=float32)
    """
    x = operand(mdcts)
    half = x.dims[-1]
    length = checked_mdct("inverse_mdct", 2 * half, norm)
    y = cosine(x, kind=4, ortho=norm == "ortho")
    if norm is None:
        y = divide(y, float(length))
    first, second = parts(y, 2, -1)
    back = reverse(second, [-1])
    out = concat([second, negative(back), negative(reverse(first, [-1])), negative(first)], -1)
    if window_fn is not None:
        out = multiply(out, window_fn(length, dtype=out.dtype))
    return overlap_and_add(out, half)


def checked_mdct(op: str, length: Any, norm: Any) -> Any:
    if norm not in KEPT_NORMS:
        raise ValueError(f"{op}: Unknown normalization. Expected None or 'ortho', got: {norm}")
    if length < 4 or length % 4:
        raise ValueError(f"{op}: The frame length must be a multiple of 4, got {length}.")
    return length


# -- the mel scale --------------------------------------------------------------------------------------------------------------
def mel(hertz: Any) -> Any:
    """O'Shaughnessy, "Speech communication: human and machine", 1987."""
    return 1127.0 * np.log1p(np.asarray(hertz) / 700.0)


@library
def linear_to_mel_weight_matrix(
    num_mel_bins: Any = 20,
    num_spectrogram_bins: Any = 129,
    sample_rate: Any = 8000,
    lower_edge_hertz: Any = 125.0,
    upper_edge_hertz: Any = 3800.0,
    dtype: Any = float32,
    name: str | None = None,
) -> Tensor:
    """The matrix [spectrogram bins, mel bins] of triangles, equally wide in mel, that sums a spectrum in mel bands.

    Raises:
        ValueError: a number of bins or rate below 1, edges below 0, in the wrong order or above half the rate, an integer dtype.

    >>> tf.signal.linear_to_mel_weight_matrix(3, 5).numpy()[1:3].round(3)
    array([[0.295, 0.705, 0.   ],
           [0.   , 0.204, 0.796]], dtype=float32)
    """
    low, high, rate = (float(v) for v in (lower_edge_hertz, upper_edge_hertz, sample_rate))
    bins = whole_number(num_mel_bins, "linear_to_mel_weight_matrix", "num_mel_bins")
    lines = whole_number(num_spectrogram_bins, "linear_to_mel_weight_matrix", "num_spectrogram_bins")
    wanted = as_dtype(dtype)
    check_mel(bins, low, high, rate, wanted)
    at = mel(np.linspace(0.0, rate / 2.0, lines))[1:, None]  # the constant part belongs to no band
    edges = np.linspace(mel(low), mel(high), bins + 2)
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.maximum(0.0, np.minimum((at - left) / (centre - left), (right - at) / (right - centre)))
    return tensor(np.pad(triangles, [(1, 0), (0, 0)]).astype(wanted.numpy_dtype))


def check_mel(bins: int, low: float, high: float, rate: float, dtype: Any) -> None:
    if bins < 1:
        raise ValueError(f"num_mel_bins must be positive. Got: {bins}")
    if low < 0.0:
        raise ValueError(f"lower_edge_hertz must be non-negative. Got: {low}")
    if low >= high:
        raise ValueError(f"lower_edge_hertz {low:.1f} >= upper_edge_hertz {high:.1f}")
    if rate <= 0.0:
        raise ValueError(f"sample_rate must be positive. Got: {rate}")
    if high > rate / 2:
        raise ValueError(
            f"upper_edge_hertz must not be larger than the Nyquist frequency (sample_rate / 2). Got {high} for sample_rate: {rate}"
        )
    if not dtype.is_floating:
        raise ValueError(f"dtype must be a floating point type. Got: {dtype!r}")


@library
def mfccs_from_log_mel_spectrograms(log_mel_spectrograms: Any, name: str | None = None) -> Tensor:
    """Mel-frequency cepstral coefficients: the cosine transform (type 2) of logarithmic mel spectra, over sqrt(2 n).

    Raises:
        ValueError: no mel bins.

    >>> tf.signal.mfccs_from_log_mel_spectrograms(tf.ones([1, 4])).numpy().round(4)
    array([[2.8284, 0.    , 0.    , 0.    ]], dtype=float32)
    """
    x = operand(log_mel_spectrograms)
    n = x.dims[-1] if x.ndim else 0
    if not isinstance(n, Dim) and n < 1:
        raise ValueError(f"num_mel_bins must be positive, but log_mel_spectrograms has the shape {list(x.dims)}")
    return multiply(cosine(x, kind=2), float(1.0 / np.sqrt(2.0 * n)))
