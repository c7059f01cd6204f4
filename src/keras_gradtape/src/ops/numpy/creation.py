"""New tensors: filled ones, ranges, windows, matrices with a pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src.backend.common import dtypes, standardize_dtype
from keras.src.backend.config import floatx

import gradtape as tf

from ..conversion import cast, cast_native, convert_to_tensor, native
from .shaping import static

__all__ = [
    "arange", "array", "bartlett", "blackman", "diag", "diagflat", "empty", "empty_like", "eye", "full", "full_like", "geomspace",
    "hamming", "hanning", "identity", "kaiser", "linspace", "logspace", "ones", "ones_like", "tri", "tril", "triu", "vander",
    "zeros", "zeros_like",
]  # fmt: skip


def array(x: Any, dtype: Any = None) -> Any:
    return convert_to_tensor(x, dtype)


# -- filled -----------------------------------------------------------------------------------------------
def dims(shape: Any) -> list[int]:
    shape = static(shape)
    return [shape] if isinstance(shape, int) else list(shape)


def zeros(shape: Any, dtype: Any = None) -> Any:
    return tf.zeros(dims(shape), standardize_dtype(dtype))


def ones(shape: Any, dtype: Any = None) -> Any:
    return tf.ones(dims(shape), standardize_dtype(dtype))


empty = zeros


def full(shape: Any, fill_value: Any, dtype: Any = None) -> Any:
    return tf.broadcast_to(cast(fill_value, dtype), dims(shape))


def zeros_like(x: Any, dtype: Any = None) -> Any:
    return tf.zeros_like(native(x), dtype and standardize_dtype(dtype))


def ones_like(x: Any, dtype: Any = None) -> Any:
    return tf.ones_like(native(x), dtype and standardize_dtype(dtype))


empty_like = zeros_like


def full_like(x: Any, fill_value: Any, dtype: Any = None) -> Any:
    x = native(x)
    return tf.broadcast_to(cast(fill_value, dtype or x.dtype), x.shape)


# -- ranges -----------------------------------------------------------------------------------------------
def arange(start: Any, stop: Any = None, step: Any = None, dtype: Any = None) -> Any:
    if any(tf.is_symbolic_tensor(x) for x in (start, stop, step)):
        start, stop = (0, start) if stop is None else (start, stop)
        return tf.range(start, stop, 1 if step is None else step, standardize_dtype(dtype or "int32"))
    start, stop, step = (x.numpy().item() if isinstance(x, (tf.Tensor, tf.Variable)) else x for x in (start, stop, step))
    if dtype is None:
        dtype = dtypes.result_type(*(getattr(x, "dtype", type(x)) for x in (start, stop, step) if x is not None))
    dtype = standardize_dtype(dtype)
    values = np.arange(start, stop, step) if stop is not None else np.arange(0, start, step)
    return cast(values, dtype)


def linspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, retstep: bool = False, dtype: Any = None, axis: int = 0
) -> Any:
    start, stop, num = cast_float(start), cast_float(stop), int(num)
    steps = num - 1 if endpoint else num
    place = np.arange(num, dtype=np.float64) / max(steps, 1)
    fractions = tf.cast(tf.constant(place), start.dtype)
    points = tf.expand_dims(start, -1) * (1.0 - fractions) + tf.expand_dims(stop, -1) * fractions
    points = moved(points, axis)
    if dtype is not None:
        whole = standardize_dtype(dtype)
        points = tf.cast(tf.floor(points) if "int" in whole else points, whole)
    if not retstep:
        return points
    return points, (stop - start) / steps if steps else tf.fill(start.shape, tf.constant(np.nan, start.dtype))


def cast_float(x: Any) -> Any:
    """A limit of a range as a float tensor."""
    kind = getattr(x, "dtype", type(x))
    return cast(x, dtypes.result_type(kind, float))


def moved(points: Any, axis: int) -> Any:
    """The last axis at this place."""
    rank = len(points.shape)
    place = axis % rank
    order = list(range(rank - 1))
    order.insert(place, rank - 1)
    return tf.transpose(points, order)


def logspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, base: Any = 10, dtype: Any = None, axis: int = 0
) -> Any:
    exponents = linspace(start, stop, num, endpoint, axis=axis)
    return typed(tf.pow(tf.cast(cast_float(base), exponents.dtype), exponents), dtype)


def geomspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, dtype: Any = None, axis: int = 0) -> Any:
    """Equal ratios, by equal steps of the logarithm; both ends negative count as positive."""
    start, stop = (cast_float(x) for x in (start, stop))
    sign = tf.sign(start)
    exponents = linspace(tf.math.log(tf.abs(start)), tf.math.log(tf.abs(stop)), num, endpoint, axis=axis)
    return typed(tf.exp(exponents) * sign, dtype)


def typed(x: Any, dtype: Any) -> Any:
    return x if dtype is None else cast_native(x, standardize_dtype(dtype))


# -- windows ----------------------------------------------------------------------------------------------
def window(make: Callable) -> Callable:
    """A window of this many points."""

    def function(x: Any) -> Any:
        return cast(make(int(native(x).numpy())), floatx())

    return function


bartlett = window(np.bartlett)
blackman = window(np.blackman)
hamming = window(np.hamming)
hanning = window(np.hanning)


def kaiser(x: Any, beta: Any) -> Any:
    return cast(np.kaiser(int(native(x).numpy()), float(native(beta).numpy())), floatx())


# -- matrices ---------------------------------------------------------------------------------------------
def tri(N: int, M: int | None = None, k: int = 0, dtype: Any = None) -> Any:
    return tf.convert_to_tensor(np.tri(N, M, k, tf.as_dtype(standardize_dtype(dtype)).as_numpy_dtype))


def eye(N: int, M: int | None = None, k: int = 0, dtype: Any = None) -> Any:
    return tf.convert_to_tensor(np.eye(N, M, k, tf.as_dtype(standardize_dtype(dtype)).as_numpy_dtype))


def identity(n: int, dtype: Any = None) -> Any:
    return eye(n, dtype=dtype)


def tril(x: Any, k: int = 0) -> Any:
    return kept(x, lambda rows, columns: np.tri(rows, columns, k, dtype=bool))


def triu(x: Any, k: int = 0) -> Any:
    return kept(x, lambda rows, columns: ~np.tri(rows, columns, k - 1, dtype=bool))


def kept(x: Any, mask: Callable) -> Any:
    x = native(x)
    return tf.where(mask(int(x.shape[-2]), int(x.shape[-1])), x, tf.zeros_like(x))


def diag(x: Any, k: int = 0) -> Any:
    """A matrix with x on a diagonal, or the diagonal of a matrix."""
    x = native(x)
    if len(x.shape) == 1:
        return tf.linalg.diag(x, k=k)
    if len(x.shape) == 2:
        return tf.linalg.diag_part(x, k=k)
    raise ValueError(f"`x` must be 1d or 2d. Received: x.shape={tuple(x.shape)}")


def diagflat(x: Any, k: int = 0) -> Any:
    return tf.linalg.diag(tf.reshape(native(x), [-1]), k=k)


def vander(x: Any, N: int | None = None, increasing: bool = False) -> Any:
    x = native(x)
    n = int(x.shape[0]) if N is None else N
    powers = np.arange(n)[:: 1 if increasing else -1]
    return tf.pow(tf.expand_dims(x, -1), tf.cast(tf.constant(powers), x.dtype))
