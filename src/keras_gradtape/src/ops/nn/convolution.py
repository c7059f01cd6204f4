"""Convolutions and pooling, and the moves of pixels between space and channels."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from keras.src.backend.common.backend_utils import (
    check_conv_input_channels,
    check_conv_transpose_input_channels,
    compute_conv_transpose_output_shape,
)
from keras.src.backend.config import standardize_data_format

import gradtape as tf

from ..conversion import native, tensor_pair

__all__ = [
    "adaptive_average_pool", "adaptive_max_pool", "average_pool", "conv", "conv_transpose", "depth_to_space", "depthwise_conv",
    "fold", "max_pool", "separable_conv", "space_to_depth", "unfold",
]  # fmt: skip

LAYOUTS = {
    ("channels_last", 3): "NWC",
    ("channels_last", 4): "NHWC",
    ("channels_last", 5): "NDHWC",
    ("channels_first", 3): "NCW",
    ("channels_first", 4): "NCHW",
    ("channels_first", 5): "NCDHW",
}


def layout(data_format: str | None, x: Any) -> tuple[str, str]:
    """Keras's word for the order of axes, and TensorFlow's."""
    order = standardize_data_format(data_format)
    if (order, len(x.shape)) not in LAYOUTS:
        raise ValueError(f"Expected an input with 1 to 3 spatial axes. Received: inputs.shape={tuple(x.shape)}")
    return order, LAYOUTS[order, len(x.shape)]


# -- convolution ------------------------------------------------------------------------------------------
def conv(
    inputs: Any, kernel: Any, strides: Any = 1, padding: str = "valid", data_format: str | None = None, dilation_rate: Any = 1
) -> Any:
    """The kernel's share of the input channels says how many groups there are."""
    inputs, kernel = tensor_pair(inputs, kernel)
    order, axes = layout(data_format, inputs)
    channels = int(inputs.shape[-1] if order == "channels_last" else inputs.shape[1])
    if channels % int(kernel.shape[-2]):
        raise ValueError(
            "The number of input channels must be evenly divisible by kernel's in_channels. Received input channels "
            f"{channels} and kernel in_channels {int(kernel.shape[-2])}."
        )
    return tf.nn.convolution(inputs, kernel, strides, padding.upper(), axes, dilation_rate)


def depthwise_conv(
    inputs: Any, kernel: Any, strides: Any = 1, padding: str = "valid", data_format: str | None = None, dilation_rate: Any = 1
) -> Any:
    """A convolution with one group a channel."""
    inputs, kernel = tensor_pair(inputs, kernel)
    check_conv_input_channels(inputs, kernel, standardize_data_format(data_format))
    *window, channels, multiplier = (int(n) for n in kernel.shape)
    return conv(inputs, tf.reshape(kernel, [*window, 1, channels * multiplier]), strides, padding, data_format, dilation_rate)


def separable_conv(
    inputs: Any,
    depthwise_kernel: Any,
    pointwise_kernel: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: str | None = None,
    dilation_rate: Any = 1,
) -> Any:
    between = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    return conv(between, pointwise_kernel, 1, "valid", data_format)


def conv_transpose(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: str = "valid",
    output_padding: Any = None,
    data_format: str | None = None,
    dilation_rate: Any = 1,
) -> Any:
    inputs, kernel = tensor_pair(inputs, kernel)
    order, axes = layout(data_format, inputs)
    check_conv_transpose_input_channels(inputs, kernel, order)
    sizes = [int(n) for n in inputs.shape]
    window, filters = [int(n) for n in kernel.shape[:-2]], int(kernel.shape[-2])
    shape = compute_conv_transpose_output_shape(sizes, window, filters, strides, padding, output_padding, order, dilation_rate)
    return tf.nn.conv_transpose(inputs, kernel, shape, strides, padding.upper(), axes, dilation_rate)


# -- pooling ----------------------------------------------------------------------------------------------
def max_pool(inputs: Any, pool_size: Any, strides: Any = None, padding: str = "valid", data_format: str | None = None) -> Any:
    return pooled(tf.nn.max_pool, inputs, pool_size, strides, padding, data_format)


def average_pool(inputs: Any, pool_size: Any, strides: Any = None, padding: str = "valid", data_format: str | None = None) -> Any:
    return pooled(tf.nn.avg_pool, inputs, pool_size, strides, padding, data_format)


def pooled(op: Callable, inputs: Any, pool_size: Any, strides: Any, padding: str, data_format: str | None) -> Any:
    inputs = native(inputs)
    _, axes = layout(data_format, inputs)
    return op(inputs, pool_size, pool_size if strides is None else strides, padding.upper(), axes)


def adaptive_average_pool(inputs: Any, output_size: Any, data_format: str | None = None) -> Any:
    """Window i of an axis of n reaches from floor(i n / size) to ceil((i + 1) n / size)."""
    return over_windows(averaged, inputs, output_size, data_format)


def adaptive_max_pool(inputs: Any, output_size: Any, data_format: str | None = None) -> Any:
    return over_windows(largest, inputs, output_size, data_format)


def over_windows(op: Callable, inputs: Any, output_size: Any, data_format: str | None) -> Any:
    x = native(inputs)
    order = standardize_data_format(data_format)
    first = 1 if order == "channels_last" else 2
    spatial = len(x.shape) - 2
    sizes = (output_size,) * spatial if isinstance(output_size, int) else output_size
    for axis, size in enumerate(sizes, first):
        x = op(x, axis, windows(int(x.shape[axis]), size))
    return x


def windows(n: int, size: int) -> list[range]:
    return [range(i * n // size, -(-(i + 1) * n // size)) for i in range(size)]


def averaged(x: Any, axis: int, places: list[range]) -> Any:
    weights = np.zeros((len(places), int(x.shape[axis])))
    for i, window in enumerate(places):
        weights[i, window] = 1 / len(window)
    moved = tf.tensordot(x, tf.cast(tf.constant(weights), x.dtype), [[axis], [1]])
    rank = len(x.shape)
    return tf.transpose(moved, [*range(axis), rank - 1, *range(axis, rank - 1)])


def largest(x: Any, axis: int, places: list[range]) -> Any:
    """Shorter windows name their last place again, which changes no maximum."""
    width = max(len(window) for window in places)
    indices = np.array([[window[min(k, len(window) - 1)] for k in range(width)] for window in places], np.int32)
    return tf.reduce_max(tf.gather(x, indices, axis=axis), axis + 1)


# -- pixels and channels ------------------------------------------------------------------------------------
def depth_to_space(x: Any, block_size: int, data_format: str = "channels_last") -> Any:
    return tf.nn.depth_to_space(native(x), block_size, LAYOUTS[data_format, 4])


def space_to_depth(x: Any, block_size: int, data_format: str = "channels_last") -> Any:
    return tf.nn.space_to_depth(native(x), block_size, LAYOUTS[data_format, 4])


def both(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


def block_places(sizes: Sequence[int], kernel_size: Any, dilation: Any, stride: Any) -> tuple[np.ndarray, int]:
    """For each place in the window and each position of it, where it stands in the flattened (padded) image."""
    axes = []
    for n, k, d, s in zip(sizes, both(kernel_size), both(dilation), both(stride), strict=True):
        count = (n - d * (k - 1) - 1) // s + 1
        axes.append(np.arange(k)[:, None] * d + np.arange(count) * s)
    rows, columns = axes
    places = rows[:, None, :, None] * sizes[1] + columns[None, :, None, :]
    positions = rows.shape[1] * columns.shape[1]
    return places.reshape(-1, positions).astype(np.int32), positions


def unfold(input: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Any:
    """Blocks under a sliding window of images (batch, channels, height, width), as columns."""
    x = native(input)
    p, q = both(padding)
    x = tf.pad(x, [[0, 0], [0, 0], [p, p], [q, q]])
    batch, channels, *sizes = (int(n) for n in x.shape)
    places, positions = block_places(sizes, kernel_size, dilation, stride)
    blocks = tf.gather(tf.reshape(x, [batch, channels, -1]), places, axis=2)
    return tf.reshape(blocks, [batch, channels * len(places), positions])


def fold(x: Any, output_size: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Any:
    """The transpose of unfold: columns added up where their blocks overlap."""
    x = native(x)
    (height, width), (p, q) = both(output_size), both(padding)
    sizes = (height + 2 * p, width + 2 * q)
    places, positions = block_places(sizes, kernel_size, dilation, stride)
    batch, rows = int(x.shape[0]), int(x.shape[1])
    columns = tf.reshape(x, [batch * rows // len(places), len(places) * positions])
    sums = tf.math.unsorted_segment_sum(tf.transpose(columns), places.reshape(-1), math.prod(sizes))
    images = tf.reshape(tf.transpose(sums), [batch, rows // len(places), *sizes])
    return images[:, :, p : p + height, q : q + width]
