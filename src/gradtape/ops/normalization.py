"""Layer 4: moments and normalisations, in ordinary operations: their derivatives are exact at every order."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, normalize_axes
from ..core.tensor import Tensor, tensor, to_tensor
from .arithmetic import maximum
from .basic import add, cast, conj, divide, multiply, reduce_sum, reshape, subtract
from .basic import reduced_shape as reduced
from .math import pow, rsqrt, square, squared_difference
from .pieces import concatenate, index, zeros_for
from .reduce import reduce_mean


def half_to_single(x: Tensor) -> tuple[Tensor, Any]:
    """Statistics of 16-bit floats are computed in float32."""
    dtype = x.dtype
    return (cast(x, "float32"), dtype) if dtype.size == 2 else (x, None)


@library
def moments(x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None) -> tuple[Tensor, Tensor]:
    """The mean and variance of x over the given axes.

    The variance's derivatives are exact at every order (TensorFlow stops the gradient of the mean, which makes its Hessian
    wrong).

    >>> mean, variance = tf.nn.moments(tf.constant([1.0, 2.0, 3.0]), axes=[0])
    >>> float(mean), round(float(variance), 4)
    (2.0, 0.6667)
    """
    x, narrow = half_to_single(to_tensor(x))
    axis = normalize_axes(axes, x.ndim, "moments")
    mean = reduce_mean(x, axis, True)
    variance = reduce_mean(squared_difference(x, mean), axis, keepdims)
    if not keepdims:
        mean = reshape(mean, reduced(x.dims, axis, False))
    return (cast(mean, narrow), cast(variance, narrow)) if narrow else (mean, variance)


@library
def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The mean and variance of x over the given axes, each value counted with its weight.

    >>> mean, variance = tf.nn.weighted_moments(tf.constant([1.0, 5.0]), [0], tf.constant([3.0, 1.0]))
    >>> float(mean), float(variance)
    (2.0, 3.0)
    """
    x, narrow = half_to_single(to_tensor(x))
    weights = cast(to_tensor(frequency_weights), x.dtype)
    axis = normalize_axes(axes, x.ndim, "weighted_moments")
    weights = multiply(weights, add(zeros_for(x), 1.0))
    total = reduce_sum(weights, axis, True)
    mean = divide(reduce_sum(multiply(weights, x), axis, True), total)
    variance = divide(reduce_sum(multiply(weights, squared_difference(x, mean)), axis, True), total)
    if not keepdims:
        shape = reduced(x.dims, axis, False)
        mean, variance = reshape(mean, shape), reshape(variance, shape)
    return (cast(mean, narrow), cast(variance, narrow)) if narrow else (mean, variance)


@library
def sufficient_statistics(
    x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """(count, sum, sum of squares, shift) of x over the given axes; both sums are of x - shift where one is given.

    >>> count, total, squares, shift = tf.nn.sufficient_statistics(tf.constant([1.0, 2.0]), [0])
    >>> float(count), float(total), float(squares), shift
    (2.0, 3.0, 5.0, None)
    """
    x = to_tensor(x)
    axis = normalize_axes(axes, x.ndim, "sufficient_statistics")
    count = 1
    for i in axis:
        count = count * x.dims[i]
    shift = None if shift is None else to_tensor(shift, x.dtype.numpy_dtype)
    moved = x if shift is None else subtract(x, shift)
    squares = square(x) if shift is None else squared_difference(x, shift)
    return cast(to_tensor(count), x.dtype), reduce_sum(moved, axis, keepdims), reduce_sum(squares, axis, keepdims), shift


@library
def normalize_moments(
    counts: Any, mean_ss: Any, variance_ss: Any, shift: Any = None, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """Mean and variance from the sums that `sufficient_statistics` gives."""
    mean_ss = to_tensor(mean_ss)
    divisor = divide(1.0, cast(to_tensor(counts), mean_ss.dtype))
    shifted = multiply(mean_ss, divisor)
    mean = shifted if shift is None else add(shifted, shift)
    return mean, subtract(multiply(variance_ss, divisor), square(shifted))


@library
def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: str | None = None
) -> Tensor:
    """scale * (x - mean) / sqrt(variance + epsilon) + offset (Ioffe and Szegedy 2015).

    >>> tf.nn.batch_normalization(tf.constant([1.0, 3.0]), 2.0, 1.0, None, None, 0.0).numpy()
    array([-1.,  1.], dtype=float32)
    """
    x = to_tensor(x)
    factor = rsqrt(add(to_tensor(variance, x.dtype.numpy_dtype), variance_epsilon))
    if scale is not None:
        factor = multiply(factor, scale)
    out = multiply(subtract(x, mean), factor)
    return out if offset is None else add(out, offset)


@library
def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: str | None = None, dim: Any = None) -> Tensor:
    """x / sqrt(max(sum(x ** 2), epsilon)) along the given axes.

    >>> tf.nn.l2_normalize(tf.constant([3.0, 4.0])).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    x = to_tensor(x)
    axis = normalize_axes(dim if axis is None else axis, x.ndim, "l2_normalize")
    if x.dtype.is_complex:
        norm = maximum(reduce_sum(cast(multiply(x, conj(x)), x.dtype.real_dtype), axis, True), epsilon)
        return multiply(x, cast(rsqrt(norm), x.dtype))
    return multiply(x, rsqrt(maximum(reduce_sum(square(x), axis, True), epsilon)))


@library
def local_response_normalization(
    input: Any, depth_radius: int = 5, bias: float = 1.0, alpha: float = 1.0, beta: float = 0.5, name: str | None = None
) -> Tensor:
    """input / (bias + alpha * sum of squares over 2 * depth_radius + 1 channels) ** beta (Krizhevsky 2012, 3.3)."""
    x = to_tensor(input)
    if x.ndim != 4:
        raise invalid("local_response_normalization", f"in must be 4-dimensional, got shape {list(x.dims)}")
    total = add(multiply(windowed_sum(square(x), int(depth_radius)), float(alpha)), float(bias))
    return multiply(x, pow(total, -float(beta)))


def windowed_sum(x: Tensor, radius: int) -> Tensor:
    """Sums over 2 * radius + 1 neighbours on the last axis."""
    margin = tensor_zeros((*x.dims[:-1], radius), x)
    padded = concatenate(margin, x, margin, axis=x.ndim - 1)
    before = ((None, None, 1),) * (x.ndim - 1)
    n = x.dims[-1]
    out = None
    for k in range(2 * radius + 1):
        part = index(padded, key=(*before, (k, k + n, 1)))
        out = part if out is None else add(out, part)
    return out


def tensor_zeros(shape: tuple, like: Tensor) -> Tensor:
    return tensor(np.zeros(shape, like.dtype.numpy_dtype))


@library
def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """value + bias, where bias belongs to the channels.

    Raises:
        ValueError: an unknown data format. InvalidArgumentError: a bias of another length.

    >>> tf.nn.bias_add(tf.zeros([1, 2]), tf.constant([1.0, 2.0])).numpy()
    array([[1., 2.]], dtype=float32)
    """
    value = to_tensor(value)
    bias = to_tensor(bias, value.dtype.numpy_dtype)
    first = data_format is not None and data_format.startswith("NC")
    if data_format is not None and not (first or (data_format.startswith("N") and data_format.endswith("C"))):
        raise ValueError(f"`data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}")
    if value.ndim < 2:
        raise invalid("bias_add", f"Input tensor must be at least 2D: {list(value.dims)}")
    if bias.ndim != 1:
        raise invalid("bias_add", f"Biases must be 1D: {list(bias.dims)}")
    channel = 1 if first else value.ndim - 1
    if not isinstance(value.dims[channel], Dim) and value.dims[channel] != bias.dims[0]:
        raise invalid("bias_add", f"Must provide as many biases as the channel dimension of the input tensor: {list(bias.dims)} vs. "
                      f"{value.dims[channel]} in {list(value.dims)}")
    if first:
        bias = reshape(bias, (bias.dims[0], *(1,) * (value.ndim - 2)))
    return add(value, bias)


__all__ = [
    "batch_normalization", "bias_add", "l2_normalize", "local_response_normalization", "moments", "normalize_moments",
    "sufficient_statistics", "weighted_moments",
]  # fmt: skip
