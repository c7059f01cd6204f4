"""Segments, top-k, special functions, the Fourier family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import gradtape as tf

from .conversion import cast, float_pair, floating, highest, in_floats, native, tensor, tensor_pair
from .numpy.products import slogdet

__all__ = [
    "_get_complex_tensor_from_tuple", "cdist", "erf", "erfc", "erfinv", "extract_sequences", "fft", "fft2", "gammainc", "ifft2",
    "in_top_k", "irfft", "istft", "lgamma", "logdet", "logsumexp", "rfft", "rsqrt", "segment_max", "segment_min", "segment_prod",
    "segment_sum", "stft", "top_k",
]  # fmt: skip


# -- segments ---------------------------------------------------------------------------------------------
def segment(op: Callable, empty: float | None = None) -> Callable:
    """A reduction of the rows that bear one number; ids below 0 belong to no segment.

    `empty` is what a segment without rows gets in floats, where gradtape has the largest or smallest finite number.
    """

    def function(data: Any, segment_ids: Any, num_segments: int | None = None, sorted: bool = False) -> Any:
        ids = cast(segment_ids, "int32")
        if num_segments is None:
            num_segments = highest(ids, "segment reduction", "Give num_segments.") + 1
        out = op(native(data), ids, num_segments)
        if empty is None or not out.dtype.is_floating:
            return out
        finite = cast(float(out.dtype.min if empty < 0 else out.dtype.max), out.dtype)
        return tf.where(tf.equal(out, finite), cast(empty, out.dtype), out)

    return function


segment_sum = segment(tf.math.unsorted_segment_sum)
segment_max = segment(tf.math.unsorted_segment_max, -np.inf)
segment_min = segment(tf.math.unsorted_segment_min, np.inf)
segment_prod = segment(tf.math.unsorted_segment_prod)


# -- order and sums ---------------------------------------------------------------------------------------
def top_k(x: Any, k: int, sorted: bool = True, is_stable: bool = True) -> Any:
    return tf.math.top_k(native(x), k, sorted)


def in_top_k(targets: Any, predictions: Any, k: int) -> Any:
    """Is the target among the k largest? (Ties count for it.)"""
    targets, predictions = cast(targets, "int32"), native(predictions)
    own = tf.gather(predictions, tf.expand_dims(targets, -1), axis=-1, batch_dims=len(targets.shape))
    larger = tf.reduce_sum(tf.cast(tf.greater(predictions, own), "int32"), -1)
    comparable = tf.logical_not(tf.reduce_any(tf.math.is_nan(own), -1))
    return tf.logical_and(tf.less(larger, k), comparable)


def logsumexp(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return tf.reduce_logsumexp(floating(x), axis, keepdims)


def cdist(x: Any, y: Any) -> Any:
    """Distances of all pairs of rows."""
    x, y = (floating(v) for v in tensor_pair(x, y))
    if len(x.shape) < 2 or len(y.shape) < 2:
        raise ValueError("`cdist` inputs must have rank >= 2")
    if x.shape[-1] != y.shape[-1]:
        raise ValueError("Last dimension of inputs to `cdist` must match")
    return tf.norm(tf.expand_dims(x, -2) - tf.expand_dims(y, -3), axis=-1)


def extract_sequences(x: Any, sequence_length: int, sequence_stride: int) -> Any:
    x = native(x)
    starts = np.arange(0, int(x.shape[-1]) - sequence_length + 1, sequence_stride)
    return tf.gather(x, (starts[:, None] + np.arange(sequence_length)).astype(np.int32), axis=-1)


# -- special functions ------------------------------------------------------------------------------------
rsqrt = in_floats(tf.math.rsqrt)
erf = in_floats(tf.math.erf)
erfc = in_floats(tf.math.erfc)
erfinv = in_floats(tf.math.erfinv)
lgamma = in_floats(tf.math.lgamma)


def gammainc(x1: Any, x2: Any) -> Any:
    return tf.math.igamma(*float_pair(x1, x2))


def logdet(x: Any) -> Any:
    return slogdet(x)[1]


# -- the Fourier family -----------------------------------------------------------------------------------
def _get_complex_tensor_from_tuple(x: Any) -> Any:
    if not isinstance(x, (tuple, list)) or len(x) != 2:
        raise ValueError(f"Input `x` should be a tuple of two tensors - real and imaginary. Received: x={x}")
    real, imag = (native(v) for v in x)
    if tuple(real.shape) != tuple(imag.shape):
        raise ValueError(
            "Input `x` should be a tuple of two tensors - real and imaginary. Both the real and imaginary parts should have the "
            f"same shape. Received: x[0].shape = {tuple(real.shape)}, x[1].shape = {tuple(imag.shape)}"
        )
    if not (real.dtype.is_floating and imag.dtype.is_floating):
        raise ValueError(f"At least one tensor in input `x` is not of type float. Received: x={x}.")
    return tf.complex(*tensor_pair(real, imag))


def parts(z: Any) -> tuple[Any, Any]:
    return tf.math.real(z), tf.math.imag(z)


def fft(x: Any) -> tuple[Any, Any]:
    return parts(tf.signal.fft(_get_complex_tensor_from_tuple(x)))


def fft2(x: Any) -> tuple[Any, Any]:
    return parts(tf.signal.fft2d(_get_complex_tensor_from_tuple(x)))


def ifft2(x: Any) -> tuple[Any, Any]:
    return parts(tf.signal.ifft2d(_get_complex_tensor_from_tuple(x)))


def rfft(x: Any, fft_length: int | None = None) -> tuple[Any, Any]:
    return parts(tf.signal.rfft(native(x), None if fft_length is None else [fft_length]))


def irfft(x: Any, fft_length: int | None = None) -> Any:
    return tf.signal.irfft(_get_complex_tensor_from_tuple(x), None if fft_length is None else [fft_length])


def stft(
    x: Any, sequence_length: int, sequence_stride: int, fft_length: int, window: Any = "hann", center: bool = True
) -> tuple[Any, Any]:
    x = tensor(x)
    if x.dtype.name not in ("float32", "float64"):
        raise TypeError(f"Invalid input type. Expected `float32` or `float64`. Received: input type={x.dtype.name}")
    if fft_length < sequence_length:
        raise ValueError(
            "`fft_length` must equal or larger than `sequence_length`. "
            f"Received: sequence_length={sequence_length}, fft_length={fft_length}"
        )
    if center:
        half = fft_length // 2
        x = tf.pad(x, [[0, 0]] * (len(x.shape) - 1) + [[half, half]], mode="REFLECT")
    whole = padded_window(window, sequence_length, fft_length, x.dtype)
    window_fn = None if whole is None else lambda length, dtype: whole
    return parts(tf.signal.stft(x, fft_length, sequence_stride, fft_length, window_fn))


def istft(
    x: Any,
    sequence_length: int,
    sequence_stride: int,
    fft_length: int,
    length: int | None = None,
    window: Any = "hann",
    center: bool = True,
) -> Any:
    z = _get_complex_tensor_from_tuple(x)
    whole = padded_window(window, sequence_length, fft_length, z.dtype.real_dtype)
    window_fn = None if whole is None else tf.signal.inverse_stft_window_fn(sequence_stride, lambda length, dtype: whole)
    y = tf.signal.inverse_stft(z, fft_length, sequence_stride, fft_length, window_fn)
    start = fft_length // 2 if center else 0
    end = y.shape[-1] - start if length is None else start + length
    return y[..., start:end]


def padded_window(window: Any, sequence_length: int, fft_length: int, dtype: Any) -> Any:
    """The window in the middle of a frame of `fft_length`, None where there is none."""
    if window is None:
        return None
    if isinstance(window, str):
        if window not in ("hann", "hamming"):
            raise ValueError(
                f'If a string is passed to `window`, it must be one of `"hann"`, `"hamming"`. Received: window={window}'
            )
        make = tf.signal.hann_window if window == "hann" else tf.signal.hamming_window
        values = make(sequence_length, dtype=dtype)
    else:
        values = cast(window, dtype)
    if tuple(values.shape) != (sequence_length,):
        raise ValueError(
            f"The shape of `window` must be equal to [sequence_length]. Received: window shape={tuple(values.shape)}"
        )
    before = (fft_length - sequence_length) // 2
    return tf.pad(values, [[before, fft_length - sequence_length - before]])
