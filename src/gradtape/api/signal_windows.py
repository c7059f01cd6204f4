"""tf.signal: windows, computed in float64 and rounded once."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype, float32
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._arguments import static
from ..ops.array import concat, reverse
from ..ops.basic import cast, divide, multiply
from ..ops.bessel import bessel_i0
from ..ops.math import sqrt
from ..ops.scan import cumsum


@library
def hann_window(window_length: Any, periodic: bool = True, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Hann's window: 1/2 - 1/2 cos(2 pi k / n).

    Args:
        periodic: an even length is one period of the cosine, as a Fourier transform takes it; else it is symmetric.

    Raises:
        ValueError: a dtype that is not floating, a length that is no number.
        InvalidArgumentError: a length below 0.

    >>> tf.signal.hann_window(4).numpy()
    array([0. , 0.5, 1. , 0.5], dtype=float32)
    """
    return raised_cosine("hann_window", window_length, periodic, dtype, 0.5, 0.5)


@library
def hamming_window(window_length: Any, periodic: bool = True, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Hamming's window: 0.54 - 0.46 cos(2 pi k / n).

    >>> tf.signal.hamming_window(4).numpy()
    array([0.08, 0.54, 1.  , 0.54], dtype=float32)
    """
    return raised_cosine("hamming_window", window_length, periodic, dtype, 0.54, 0.46)


def raised_cosine(op: str, window_length: Any, periodic: Any, dtype: Any, a: float, b: float) -> Tensor:
    n, dtype = checked(op, window_length, dtype)
    if n == 1:
        return tensor(np.ones(1, dtype))
    period = n if static(periodic) and n % 2 == 0 else n - 1
    return tensor((a - b * np.cos(2 * np.pi * np.arange(n) / period)).astype(dtype))


@library
def kaiser_window(window_length: Any, beta: Any = 12.0, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Kaiser's window: I0(beta sqrt(1 - t²)) / I0(beta) for t from -1 to 1.  `beta` may be a tensor that is differentiated.

    >>> tf.signal.kaiser_window(3, beta=2.0).numpy().round(4)
    array([0.4387, 1.    , 0.4387], dtype=float32)
    """
    n, dtype = checked("kaiser_window", window_length, dtype)
    return kaiser(n, beta, dtype)


@library
def kaiser_bessel_derived_window(window_length: Any, beta: Any = 12.0, dtype: Any = float32, name: str | None = None) -> Tensor:
    """The Kaiser-Bessel derived window, whose halves add up to one in squares: for `tf.signal.mdct`.

    >>> tf.signal.kaiser_bessel_derived_window(4, beta=2.0).numpy().round(4)
    array([0.4834, 0.8754, 0.8754, 0.4834], dtype=float32)
    """
    n, dtype = checked("kaiser_bessel_derived_window", window_length, dtype)
    sums = cumsum(kaiser(n // 2 + 1, beta, np.dtype(np.float64)), 0)
    half = cast(sqrt(divide(sums[:-1], sums[-1])), dtype)
    return concat([half, reverse(half, [0])], 0)


def kaiser(n: int, beta: Any, dtype: np.dtype) -> Any:
    if n == 1:
        return tensor(np.ones(1, dtype))
    t = np.linspace(-1.0, 1.0, n)
    beta = cast(to_tensor(beta), np.float64)
    shape = tensor(np.sqrt(np.maximum(1.0 - t * t, 0.0)))
    return cast(divide(bessel_i0(multiply(beta, shape)), bessel_i0(beta)), dtype)


@library
def vorbis_window(window_length: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Vorbis's window: sin(pi/2 sin²(pi (k + 1/2) / n)).

    >>> tf.signal.vorbis_window(4).numpy().round(4)
    array([0.228 , 0.9737, 0.9737, 0.228 ], dtype=float32)
    """
    n, dtype = checked("vorbis_window", window_length, dtype)
    return tensor(np.sin(np.pi / 2 * np.sin(np.pi * (np.arange(n) + 0.5) / max(n, 1)) ** 2).astype(dtype))


def checked(op: str, window_length: Any, dtype: Any) -> tuple[int, np.dtype]:
    wanted = as_dtype(dtype)
    if not wanted.is_floating:
        raise ValueError(f"{op}: dtype must be a floating point type. Found {wanted!r}")
    n = static(window_length)
    if np.ndim(n):
        raise ValueError(f"{op}: window_length must be a single number, got {n!r}")
    if not isinstance(n, (int, np.integer)) or isinstance(n, bool):
        raise TypeError(f"{op}: window_length must be an integer, got {n!r} of type {type(n).__name__}")
    if n < 0:
        raise invalid(op, f"{op}: window_length must be 0 or more, got {n}")
    return int(n), wanted.numpy_dtype
