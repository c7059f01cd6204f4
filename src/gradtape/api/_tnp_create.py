"""tf.experimental.numpy: making arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.tensor import Tensor, constant
from ..ops import array as pieces
from ..ops import basic, indexing
from ..ops.create import range_of
from ._tnp_arrays import dims_of, moveaxis
from ._tnp_values import as_tensor, numpy_dtype, promoted, promotion, typed

DEFAULT = float


def array(val: Any, dtype: Any = None, copy: Any = True, ndmin: int = 0) -> Any:
    """A tensor of a value, with at least `ndmin` axes. Tensors never change, so there is nothing to copy."""
    value = typed(val, dtype)
    return basic.reshape(value, (*(1,) * (ndmin - value.ndim), *value.dims)) if value.ndim < ndmin else basic.identity(value)


@library
def asarray(a: Any, dtype: Any = None) -> Any:
    """A tensor of a value: itself where it is one of that dtype."""
    return typed(a, dtype)


@library
def asanyarray(a: Any, dtype: Any = None) -> Any:
    """As `asarray`."""
    return typed(a, dtype)


@library
def ascontiguousarray(a: Any, dtype: Any = None) -> Any:
    """As `asarray`, with at least one axis."""
    return array(a, dtype, ndmin=1)


@library
def copy(a: Any) -> Any:
    """The same values."""
    return basic.identity(as_tensor(a))


def filled(shape: Any, value: Any, dtype: Any) -> Tensor:
    return basic.broadcast_to(constant(np.asarray(value, numpy_dtype(dtype))), dims_of(shape))


@library
def zeros(shape: Any, dtype: Any = DEFAULT) -> Any:
    """Zeros, float64 unless said otherwise."""
    return filled(shape, 0, dtype)


@library
def ones(shape: Any, dtype: Any = DEFAULT) -> Any:
    """Ones, float64 unless said otherwise."""
    return filled(shape, 1, dtype)


@library
def empty(shape: Any, dtype: Any = DEFAULT) -> Any:
    """Zeros: a tensor cannot be filled later."""
    return filled(shape, 0, dtype)


@library
def full(shape: Any, fill_value: Any, dtype: Any = None) -> Any:
    """One value everywhere."""
    return basic.broadcast_to(typed(fill_value, dtype), dims_of(shape))


def like(a: Any, value: int, dtype: Any) -> Tensor:
    model = as_tensor(a)
    return basic.broadcast_to(constant(np.asarray(value, numpy_dtype(dtype or model.dtype))), tuple(model.dims))


@library
def zeros_like(a: Any, dtype: Any = None) -> Any:
    """Zeros in the shape of a."""
    return like(a, 0, dtype)


@library
def ones_like(a: Any, dtype: Any = None) -> Any:
    """Ones in the shape of a."""
    return like(a, 1, dtype)


@library
def empty_like(a: Any, dtype: Any = None) -> Any:
    """Zeros in the shape of a."""
    return like(a, 0, dtype)


@library
def full_like(a: Any, fill_value: Any, dtype: Any = None, order: Any = "K", subok: Any = True, shape: Any = None) -> Any:
    """One value in the shape of a, or in another.

    Raises:
        ValueError: an order or subok other than NumPy's defaults: tensors have neither.
    """
    if order != "K" or not subok:
        raise ValueError("tf.experimental.numpy.full_like: order and subok are not supported; leave them out.")
    model = as_tensor(a)
    return basic.broadcast_to(typed(fill_value, dtype or model.dtype), tuple(model.dims) if shape is None else dims_of(shape))


@library
def eye(N: int, M: Any = None, k: int = 0, dtype: Any = DEFAULT) -> Any:
    """Ones on a diagonal."""
    return constant(np.eye(N, M, k, dtype=numpy_dtype(dtype)))


@library
def identity(n: int, dtype: Any = DEFAULT) -> Any:
    """The identity matrix."""
    return eye(n, dtype=dtype)


@library
def tri(N: int, M: Any = None, k: int = 0, dtype: Any = None) -> Any:
    """Ones on and below a diagonal."""
    return constant(np.tri(N, M, k, dtype=numpy_dtype(dtype or float)))


@library
def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None) -> Any:
    """Numbers from start (0 where only one is given) up to, without, stop.

    Raises:
        ValueError: a step of 0.
    """
    if isinstance(step, (int, float)) and not step:
        raise ValueError("tf.experimental.numpy.arange: step must not be 0.")
    wanted = promotion(start, step, *([] if stop is None else [stop])) if dtype is None else numpy_dtype(dtype)
    wanted = np.dtype(np.result_type(wanted)) if isinstance(wanted, np.dtype) else wanted
    first, last = (0, start) if stop is None else (start, stop)
    values = [basic.cast(as_tensor(v), wanted) for v in (first, last, step)]
    return range_of(*values)


@library
def linspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, retstep: bool = False, dtype: Any = DEFAULT, axis: int = 0
) -> Any:
    """`num` equal steps from start to stop; with `retstep` also the step."""
    kind = numpy_dtype(dtype)
    first, last = promoted(as_float(start), as_float(stop))
    n = num - 1 if endpoint else num
    step = (last - first) / np.maximum(n, 1)
    rank = first.ndim if first.ndim >= last.ndim else last.ndim
    places = constant(np.arange(num, dtype=first.dtype.numpy_dtype).reshape((-1, *(1,) * rank)))
    values = first + places * step
    if endpoint and num > 1:  # the last one is exactly stop
        values = indexing.where(constant(places.numpy() == num - 1), last, values)
    out = basic.cast(values, kind)
    out = moveaxis(out, 0, axis) if axis and rank else out
    return (out, step) if retstep else out


def as_float(x: Any) -> Tensor:
    value = as_tensor(x)
    return value if value.dtype.is_floating or value.dtype.is_complex else basic.cast(value, np.float64)


@library
def logspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, base: float = 10.0, dtype: Any = None, axis: int = 0
) -> Any:
    """Powers of `base`, their exponents in equal steps."""
    exponents = linspace(start, stop, num, endpoint, dtype=numpy_dtype(dtype or float), axis=axis)
    return basic.cast(constant(base, exponents.dtype) ** exponents, numpy_dtype(dtype or float))


@library
def geomspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, dtype: Any = None, axis: int = 0) -> Any:
    """Numbers with equal ratios from start to stop, both of one sign."""
    first, last = (basic.cast(as_tensor(v), np.float64) for v in (start, stop))
    ratio = last / first
    exponents = linspace(0.0, 1.0, num, endpoint, axis=0)
    exponents = basic.reshape(exponents, (-1, *(1,) * ratio.ndim))
    out = basic.cast(first * ratio**exponents, numpy_dtype(dtype or float))
    return moveaxis(out, 0, axis) if axis and ratio.ndim else out


@library
def vander(x: Any, N: Any = None, increasing: bool = False) -> Any:
    """The powers of each element in a row, the highest first unless `increasing`."""
    value = as_tensor(x)
    if value.ndim != 1:
        raise ValueError(f"tf.experimental.numpy.vander: x must be a vector, and its shape is {value.shape}.")
    n = value.dims[0] if N is None else N
    powers = [pieces.expand_dims(ones_like(value), 1)]
    for _ in range(n - 1):
        powers.append(powers[-1] * pieces.expand_dims(value, 1))
    ordered = powers[:n] if increasing else powers[:n][::-1]
    return pieces.concat(ordered, 1)
