"""Layer 4: moments and normalisations, in ordinary operations: their derivatives are exact at every order."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, Spec, normalize_axes
from ..core.tensor import Tensor, to_tensor
from ._declare import FLOATS, primitive, publish
from .arithmetic import divide_no_nan, maximum
from .basic import add, cast, conj, divide, multiply, reduce_sum, reshape, subtract
from .basic import reduced_shape as reduced
from .create import ones_like, shape
from .math import pow, rsqrt, square, squared_difference
from .pieces import index
from .reduce import reduce_mean


# -- sums over neighbours -------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=FLOATS)
def window_sum(x, *, radius):
    """Sums over 2 * radius + 1 neighbours on the last axis, as far as they exist: the operation is its own adjoint."""
    out = x.astype(np.float32) if x.dtype.itemsize == 2 else x.copy()
    for k in range(1, min(radius, x.shape[-1] - 1) + 1):
        out[..., k:] += x[..., :-k]
        out[..., :-k] += x[..., k:]
    return out.astype(x.dtype, copy=False)


@window_sum.shape
def window_sum_shape(x, *, radius):
    return Spec(x.shape, x.dtype)


@window_sum.vjp("x")
def window_sum_vjp(g, radius):
    return window_sum(g, radius)


@window_sum.batch
def window_sum_batch(size, batched, x, *, radius):
    return window_sum(x, radius)


publish(globals())


# -- moments ------------------------------------------------------------------------------------------------
def half_to_single(x: Tensor) -> tuple[Tensor, Any]:
    """Statistics of 16-bit floats are computed in float32."""
    dtype = x.dtype
    return (cast(x, "float32"), dtype) if dtype.size == 2 else (x, None)


def squeezed(
    values: tuple[Any, ...], dims: tuple[Any, ...], axis: tuple[Any, ...], keepdims: bool, narrow: Any
) -> tuple[Any, ...]:
    """Statistics that were computed with their axes kept, as they were asked for."""
    if not keepdims:
        values = tuple(reshape(v, reduced(dims, axis, False)) for v in values)
    return tuple(cast(v, narrow) for v in values) if narrow else values


@library
def moments(x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None) -> tuple[Tensor, Tensor]:
    """The mean and variance of x over the given axes.

    The variance's derivatives are exact at every order (TensorFlow stops the gradient of the mean, which makes its Hessian
    wrong). `shift` is taken for TensorFlow's sake and changes nothing.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> mean, variance = tf.nn.moments(tf.constant([1.0, 2.0, 3.0]), axes=[0])
    >>> float(mean), round(float(variance), 4)
    (2.0, 0.6667)
    """
    x, narrow = half_to_single(to_tensor(x))
    axis = normalize_axes(axes, x.ndim, "moments")
    mean = reduce_mean(x, axis, True)
    variance = reduce_mean(squared_difference(x, mean), axis, True)
    return squeezed((mean, variance), x.dims, axis, keepdims, narrow)


@library
def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The mean and variance of x over the given axes, each value counted with its weight; 0 where all weights are 0.

    >>> mean, variance = tf.nn.weighted_moments(tf.constant([1.0, 5.0]), [0], tf.constant([3.0, 1.0]))
    >>> float(mean), float(variance)
    (2.0, 3.0)
    """
    x, narrow = half_to_single(to_tensor(x))
    axis = normalize_axes(axes, x.ndim, "weighted_moments")
    weights = multiply(cast(to_tensor(frequency_weights), x.dtype), ones_like(x))
    total = reduce_sum(weights, axis, True)
    mean = divide_no_nan(reduce_sum(multiply(weights, x), axis, True), total)
    variance = divide_no_nan(reduce_sum(multiply(weights, squared_difference(x, mean)), axis, True), total)
    return squeezed((mean, variance), x.dims, axis, keepdims, narrow)


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
    shift = None if shift is None else to_tensor(shift, x.dtype.numpy_dtype)
    moved = x if shift is None else subtract(x, shift)
    squares = square(x) if shift is None else squared_difference(x, shift)
    return count_of(x, axis), reduce_sum(moved, axis, keepdims), reduce_sum(squares, axis, keepdims), shift


def count_of(x: Tensor, axis: tuple[int, ...]) -> Tensor:
    """How many elements lie along these axes, in the dtype of x."""
    extents = shape(x)
    chosen = [cast(index(extents, (i,)), x.dtype) for i in axis]
    out = cast(to_tensor(1), x.dtype)
    for extent in chosen:
        out = multiply(out, extent)
    return out


@library
def normalize_moments(counts: Any, mean_ss: Any, variance_ss: Any, shift: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Mean and variance from the sums that `sufficient_statistics` gives.

    >>> mean, variance = tf.nn.normalize_moments(tf.constant(2.0), tf.constant(3.0), tf.constant(5.0), None)
    >>> float(mean), float(variance)
    (1.5, 0.25)
    """
    mean_ss = to_tensor(mean_ss)
    divisor = divide(1.0, cast(to_tensor(counts), mean_ss.dtype))
    shifted = multiply(mean_ss, divisor)
    mean = shifted if shift is None else add(shifted, shift)
    return mean, subtract(multiply(variance_ss, divisor), square(shifted))


# -- normalisations -------------------------------------------------------------------------------------------
@library
def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: str | None = None
) -> Tensor:
    """scale * (x - mean) / sqrt(variance + epsilon) + offset (Ioffe and Szegedy 2015).

    Statistics wider than x, such as float32 for a float16 x, are used as they are; the result has the dtype of x.

    >>> tf.nn.batch_normalization(tf.constant([1.0, 3.0]), 2.0, 1.0, None, None, 0.0).numpy()
    array([-1.,  1.], dtype=float32)
    """
    x = to_tensor(x)
    variance = to_tensor(variance, x.dtype.numpy_dtype)
    narrow = x.dtype
    if variance.dtype.size > narrow.size:
        x = cast(x, variance.dtype)
    factor = rsqrt(add(variance, variance_epsilon))
    if scale is not None:
        factor = multiply(factor, scale)
    out = multiply(subtract(x, mean), factor)
    return cast(out if offset is None else add(out, offset), narrow)


@library
def batch_norm_with_global_normalization(
    input: Any,
    mean: Any,
    variance: Any,
    beta: Any,
    gamma: Any,
    variance_epsilon: Any,
    scale_after_normalization: bool,
    name: str | None = None,
) -> Tensor:
    """batch_normalization with offset beta, and scale gamma where scale_after_normalization says so.

    >>> tf.nn.batch_norm_with_global_normalization(tf.constant([1.0, 3.0]), 2.0, 1.0, 0.5, None, 0.0, False).numpy()
    array([-0.5,  1.5], dtype=float32)
    """
    return batch_normalization(input, mean, variance, beta, gamma if scale_after_normalization else None, variance_epsilon)


@library
def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: str | None = None, dim: Any = None) -> Tensor:
    """x / sqrt(max(sum(x ** 2), epsilon)) along the given axes (`dim` is their old name).

    Raises:
        ValueError: both axis and dim.

    >>> tf.nn.l2_normalize(tf.constant([3.0, 4.0])).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    if axis is not None and dim is not None:
        raise ValueError("l2_normalize: Cannot specify both 'dim' and 'axis': write axis")
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
    """input / (bias + alpha * sum of squares over 2 * depth_radius + 1 channels) ** beta (Krizhevsky 2012, 3.3).

    Raises:
        InvalidArgumentError: an input that is not 4-dimensional, a negative depth_radius.

    >>> tf.nn.local_response_normalization(tf.ones([1, 1, 1, 3]), depth_radius=1).numpy().round(4)
    array([[[[0.5774, 0.5   , 0.5774]]]], dtype=float32)
    """
    x = to_tensor(input)
    if x.ndim != 4:
        raise invalid(
            "local_response_normalization",
            f"local_response_normalization: input must be 4-dimensional, got shape {list(x.shape)}",
        )
    radius = int(depth_radius)
    if radius < 0:
        raise invalid(
            "local_response_normalization", f"local_response_normalization: depth_radius must not be negative, got {depth_radius}"
        )
    total = add(multiply(window_sum(square(x), radius), float(alpha)), float(bias))
    return multiply(x, pow(total, -float(beta)))


lrn = local_response_normalization


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
    layout = "N...C" if data_format is None else str(data_format)
    first = layout.startswith("NC")
    if not (first or (layout.startswith("N") and layout.endswith("C"))):
        raise ValueError(f"bias_add: `data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}")
    if value.ndim < 2:
        raise invalid("bias_add", f"bias_add: Input tensor must be at least 2D: {list(value.shape)}")
    if bias.ndim != 1:
        raise invalid("bias_add", f"bias_add: Biases must be 1D: {list(bias.shape)}")
    channels, length = value.dims[1 if first else -1], bias.dims[0]
    if not isinstance(channels, Dim) and not isinstance(length, Dim) and channels != length:
        raise invalid("bias_add", "bias_add: Must provide as many biases as the channel dimension of the input tensor: "
                      f"{list(bias.shape)} vs. {channels} in {list(value.shape)}")  # fmt: skip
    return add(value, reshape(bias, (length, *(1,) * (value.ndim - 2))) if first else bias)


__all__ = [
    "batch_norm_with_global_normalization", "batch_normalization", "bias_add", "l2_normalize", "local_response_normalization", "lrn",
    "moments", "normalize_moments", "sufficient_statistics", "weighted_moments",
]  # fmt: skip
