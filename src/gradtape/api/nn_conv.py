"""tf.nn's convolutions.

All of them are `ops.conv` and its two transposes, with the arguments, layouts and batch axes that TensorFlow gives them. What
TensorFlow's CPU kernels lack works here: channels first, groups at 1 to 3 axes, strides together with dilations, explicit
padding everywhere, and gradients of all of these at every order.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import converted
from ..core.errors import invalid
from ..core.shapes import Dim, Extent, product
from ..core.tensor import Tensor
from ..ops._arguments import extents
from ..ops.basic import reshape
from ..ops.conv import conv, conv_filter, conv_input
from ._sliding import Sliding, channels_last, over_examples, sliding


# -- convolution --------------------------------------------------------------------------------------------
@library
def conv1d(
    input: Any, filters: Any, stride: Any, padding: Any, data_format: str | None = "NWC", dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Convolution along one axis.

    `input` is (*batch, width, channels), or (*batch, channels, width) where `data_format` is "NCW"; `filters` is (kernel width,
    channels / groups, output channels). `padding` is "SAME", "VALID" or a list of pairs, one an axis.

    Raises:
        ValueError: `stride`, `dilations` or an explicit padding of the wrong length, an unknown `data_format`.
        InvalidArgumentError: shapes or dtypes that do not fit, another padding string, a stride below 1.

    >>> x = tf.reshape(tf.constant([1.0, 2.0, 3.0, 4.0]), [1, 4, 1])
    >>> tf.nn.conv1d(x, tf.ones([2, 1, 1]), stride=1, padding="VALID").numpy().ravel()
    array([3., 5., 7.], dtype=float32)
    """
    return convolved("conv1d", input, filters, sliding("conv1d", 1, stride, padding, data_format, dilations))


@library
def conv2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: str | None = "NHWC", dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Convolution over two axes.

    `input` is (*batch, height, width, channels), or (*batch, channels, height, width) where `data_format` is "NCHW"; `filters` is
    (kernel height, kernel width, channels / groups, output channels). `padding` is "SAME", "VALID" or a list of pairs, one an axis.

    Raises:
        ValueError: `strides`, `dilations` or an explicit padding of the wrong length.
        InvalidArgumentError: shapes or dtypes that do not fit, an unknown padding or `data_format`, a stride below 1.
        UnimplementedError: strides or dilations over the batch or the channels.

    >>> x = tf.ones([1, 4, 4, 1])
    >>> tf.nn.conv2d(x, tf.ones([3, 3, 1, 1]), strides=2, padding="SAME").numpy()[0, :, :, 0]
    array([[9., 6.],
           [6., 4.]], dtype=float32)
    """
    return convolved("conv2d", input, filters, sliding("conv2d", 2, strides, padding, data_format, dilations))


@library
def conv3d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: str | None = "NDHWC", dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Convolution over three axes: as `tf.nn.conv2d`, with a depth axis before height and width.

    >>> tf.nn.conv3d(tf.ones([1, 3, 3, 3, 2]), tf.ones([2, 2, 2, 2, 4]), [1, 1, 1, 1, 1], "VALID").shape
    TensorShape([1, 2, 2, 2, 4])
    """
    return convolved("conv3d", input, filters, sliding("conv3d", 3, strides, padding, data_format, dilations))


@library
def convolution(
    input: Any, filters: Any, strides: Any = None, padding: Any = "VALID", data_format: str | None = None, dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Convolution over as many axes (1 to 3) as the filters have.

    Raises:
        ValueError: filters of another rank than 3, 4 or 5; strides or dilations of the wrong length.

    >>> tf.nn.convolution(tf.ones([1, 5, 5, 1]), tf.ones([3, 3, 1, 2]), dilations=2).shape
    TensorShape([1, 1, 1, 2])
    """
    x, w = converted(conv.primitive, (input, filters))
    spatial = w.ndim - 2
    if spatial not in (1, 2, 3):
        raise ValueError(f"convolution: filters must have rank 3, 4 or 5 (`num_spatial_dims` must be 1, 2, or 3). "
                         f"Received: filters.shape={w.shape}")  # fmt: skip
    return convolved("convolution", x, w, sliding("convolution", spatial, strides, padding, data_format, dilations))


def convolved(op: str, input: Any, filters: Any, how: Sliding) -> Tensor:
    x, w = converted(conv.primitive, (input, filters))
    spatial = len(how.strides)
    check_ranks(op, x, w, spatial)
    groups = groups_of(op, x.dims[-spatial - 1 if how.channels_first else -1], w.dims[-2])
    return over_examples(lambda v: conv(v, w, how.strides, how.padding, how.dilations, groups), x, spatial, how.channels_first)


def check_ranks(op: str, x: Any, w: Any, spatial: int) -> None:
    if w.ndim != spatial + 2:
        raise invalid(
            op,
            f"{op}: filter must be {spatial + 2}-dimensional ({spatial} kernel extents, input channels, output channels): "
            f"{list(w.dims)}",
        )
    if x.ndim < spatial + 2:
        raise invalid(
            op,
            f"{op}: input must be at least {spatial + 2}-dimensional (batch, {spatial} spatial axes, channels): "
            f"{list(x.dims)}. Add a batch axis with input[tf.newaxis]",
        )


def groups_of(op: str, channels: Extent, each: Extent) -> int:
    """How many groups these channels form for filters that read `each` of them; 1 where they are not known."""
    if isinstance(channels, Dim) or isinstance(each, Dim):
        return 1
    if channels == each:
        return 1
    if each == 0 or channels % each:
        raise invalid(op, f"{op}: input depth must be evenly divisible by filter depth: {channels} vs {each}")
    return max(channels // each, 1)


# -- transposes ---------------------------------------------------------------------------------------------
@library
def conv1d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = "NWC",
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transpose (gradient) of `tf.nn.conv1d`: an input of shape `output_shape` from a result of it.

    >>> x = tf.reshape(tf.constant([1.0, 2.0]), [1, 2, 1])
    >>> tf.nn.conv1d_transpose(x, tf.ones([3, 1, 1]), [1, 4, 1], strides=2).numpy().ravel()
    array([1., 1., 3., 2.], dtype=float32)
    """
    how = sliding("conv1d_transpose", 1, strides, padding, data_format, dilations)
    return transposed("conv1d_transpose", input, filters, output_shape, how)


@library
def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = "NHWC",
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transpose (gradient) of `tf.nn.conv2d`: an input of shape `output_shape` from a result of it.

    `filters` is (kernel height, kernel width, output channels, input channels); `output_shape` is that of the whole result, or its
    height and width.

    Raises:
        InvalidArgumentError: an `output_shape` from which conv2d would not give the shape of `input`.

    >>> tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 3, 1]), [1, 4, 4, 3], strides=2).shape
    TensorShape([1, 4, 4, 3])
    """
    how = sliding("conv2d_transpose", 2, strides, padding, data_format, dilations)
    return transposed("conv2d_transpose", input, filters, output_shape, how)


@library
def conv3d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = "NDHWC",
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transpose (gradient) of `tf.nn.conv3d`.

    >>> tf.nn.conv3d_transpose(tf.ones([1, 1, 1, 1, 1]), tf.ones([2, 2, 2, 3, 1]), [1, 2, 2, 2, 3], strides=2).shape
    TensorShape([1, 2, 2, 2, 3])
    """
    how = sliding("conv3d_transpose", 3, strides, padding, data_format, dilations)
    return transposed("conv3d_transpose", input, filters, output_shape, how)


@library
def conv_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = None,
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transpose of `tf.nn.convolution`, over 1 to 3 axes: two fewer than `output_shape` has entries.

    Raises:
        ValueError: an `output_shape` of another length than 3, 4 or 5.

    >>> tf.nn.conv_transpose(tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 3, 1]), [1, 4, 4, 3], strides=2).shape
    TensorShape([1, 4, 4, 3])
    """
    if np.ndim(output_shape) == 0 and not isinstance(output_shape, Tensor):
        raise ValueError(f"`output_shape` must be a tensor or sized collection. Received: output_shape={output_shape}")
    shape = extents(output_shape, "conv_transpose", "output_shape")
    spatial = len(shape) - 2
    if not 1 <= spatial <= 3:
        raise ValueError(
            f"`output_shape` must be of length 3, 4 or 5. Received: output_shape={list(shape)} of length {len(shape)}."
        )
    how = sliding("conv_transpose", spatial, strides, padding, data_format, dilations)
    return transposed("conv_transpose", input, filters, shape, how)


def transposed(op: str, input: Any, filters: Any, output_shape: Any, how: Sliding) -> Tensor:
    u, w = converted(conv_input.primitive, (input, filters))
    spatial = len(how.strides)
    check_ranks(op, u, w, spatial)
    if u.ndim != spatial + 2:
        raise invalid(op, f"{op}: input must be {spatial + 2}-dimensional: {list(u.dims)}")
    sizes, channels = target_sizes(op, output_shape, u, w, how)
    groups = groups_of(op, channels, w.dims[-2])
    return over_examples(
        lambda v: conv_input(v, w, sizes, how.strides, how.padding, how.dilations, groups), u, spatial, how.channels_first
    )


def target_sizes(op: str, output_shape: Any, u: Any, w: Any, how: Sliding) -> tuple[tuple[Any, ...], Extent]:
    """The spatial extents and the channels that `output_shape` asks for."""
    shape, spatial = extents(output_shape, op, "output_shape"), len(how.strides)
    if len(shape) == spatial:
        return shape, w.dims[-2]
    if len(shape) != spatial + 2:
        raise invalid(
            op, f"{op}: output_shape must have {spatial + 2} entries (or {spatial}, the spatial ones), got {list(shape)}"
        )
    if min((n for n in shape if not isinstance(n, Dim)), default=0) < 0:
        raise invalid(op, f"{op}: output_shape {list(shape)} holds a negative extent")
    if not shape[0] == u.dims[0]:
        raise invalid(op, f"{op}: output_shape {list(shape)} has the batch size {shape[0]}, but input has shape {list(u.dims)}")
    return (shape[2:], shape[1]) if how.channels_first else (shape[1:-1], shape[-1])


# -- depthwise and separable --------------------------------------------------------------------------------
@library
def depthwise_conv2d(
    input: Any, filter: Any, strides: Any, padding: Any, data_format: str | None = None, dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Convolution of each channel with its own filters.

    `filter` is (kernel height, kernel width, channels, multiplier): channel c gives the output channels c * multiplier, ...

    Raises:
        InvalidArgumentError: a `filter` for another number of channels.

    >>> tf.nn.depthwise_conv2d(tf.ones([1, 3, 3, 2]), tf.ones([2, 2, 2, 3]), [1, 1, 1, 1], "VALID").shape
    TensorShape([1, 2, 2, 6])
    """
    op = "depthwise_conv2d"
    x, w = converted(conv.primitive, (input, filter))
    how = sliding(op, 2, strides, padding, data_format, dilations)
    check_ranks(op, x, w, 2)
    check_channels(op, x.dims[-3 if how.channels_first else -1], w.dims[2])
    folded = as_groups(w)
    return over_examples(lambda v: conv(v, folded, how.strides, how.padding, how.dilations, w.dims[2]), x, 2, how.channels_first)


@library
def depthwise_conv2d_backprop_input(
    input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str | None = "NHWC",
    dilations: Any = (1, 1, 1, 1), name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of `tf.nn.depthwise_conv2d` with respect to its input, of shape `input_sizes`.

    >>> g = tf.ones([1, 2, 2, 2])
    >>> tf.nn.depthwise_conv2d_backprop_input([1, 3, 3, 1], tf.ones([2, 2, 1, 2]), g, [1, 1, 1, 1], "VALID").numpy()[0, :, :, 0]
    array([[2., 4., 2.],
           [4., 8., 4.],
           [2., 4., 2.]], dtype=float32)
    """
    op = "depthwise_conv2d_backprop_input"
    u, w = converted(conv_input.primitive, (out_backprop, filter))
    how = sliding(op, 2, strides, padding, data_format, dilations)
    check_ranks(op, u, w, 2)
    sizes, channels = target_sizes(op, input_sizes, u, w, how)
    check_channels(op, channels, w.dims[2])
    folded = as_groups(w)
    return over_examples(
        lambda v: conv_input(v, folded, sizes, how.strides, how.padding, how.dilations, w.dims[2]), u, 2, how.channels_first
    )


@library
def depthwise_conv2d_backprop_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str | None = "NHWC",
    dilations: Any = (1, 1, 1, 1), name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of `tf.nn.depthwise_conv2d` with respect to its filter, of shape `filter_sizes`.

    >>> x, g = tf.ones([1, 3, 3, 1]), tf.ones([1, 2, 2, 2])
    >>> tf.nn.depthwise_conv2d_backprop_filter(x, [2, 2, 1, 2], g, [1, 1, 1, 1], "VALID").numpy()[:, :, 0, 1]
    array([[4., 4.],
           [4., 4.]], dtype=float32)
    """
    op = "depthwise_conv2d_backprop_filter"
    x, u = converted(conv_filter.primitive, (input, out_backprop))
    how = sliding(op, 2, strides, padding, data_format, dilations)
    shape = filter_shape(op, filter_sizes, 2)
    if how.channels_first:
        x, u = channels_last(x), channels_last(u)
    check_channels(op, x.dims[-1], shape[2])
    w = conv_filter(x, u, shape[:2], how.strides, how.padding, how.dilations, shape[2])
    return reshape(w, shape)


def check_channels(op: str, channels: Extent, wanted: Extent) -> None:
    if not channels == wanted:
        raise invalid(op, f"{op}: the filter is for {wanted} channels, the input has {channels}")


def as_groups(w: Any) -> Any:
    """Depthwise filters (*kernel, channels, multiplier) as filters of one channel a group."""
    return reshape(w, (*w.dims[:-2], 1, product(w.dims[-2:])))


def filter_shape(op: str, sizes: Any, spatial: int) -> tuple[Any, ...]:
    shape = extents(sizes, op, "filter_sizes")
    if len(shape) != spatial + 2:
        raise invalid(op, f"{op}: filter_sizes must have {spatial + 2} entries, got {list(shape)}")
    return shape


@library
def separable_conv2d(
    input: Any, depthwise_filter: Any, pointwise_filter: Any, strides: Any, padding: Any, data_format: str | None = None,
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """A depthwise convolution, then one of size 1 x 1 that mixes the channels.

    `depthwise_filter` is as for `tf.nn.depthwise_conv2d`; `pointwise_filter` is (1, 1, channels * multiplier, output channels).

    Raises:
        ValueError: a `pointwise_filter` of another kernel size than 1 x 1.

    >>> tf.nn.separable_conv2d(tf.ones([1, 3, 3, 2]), tf.ones([2, 2, 2, 3]), tf.ones([1, 1, 6, 4]), [1, 1, 1, 1], "SAME").shape
    TensorShape([1, 3, 3, 4])
    """
    between = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    _, w = converted(conv.primitive, (between, pointwise_filter))
    if w.ndim != 4 or not (w.dims[0] == 1 and w.dims[1] == 1):
        raise ValueError(
            f"separable_conv2d: pointwise_filter must have the shape (1, 1, channels, output channels), got {w.shape}"
        )
    channels = between.dims[1 if data_format == "NCHW" else 3]
    check_channels("separable_conv2d", channels, w.dims[2])
    return conv2d(between, w, 1, "VALID", data_format)


# -- dilated, under older names ---------------------------------------------------------------------------------
@library
def atrous_conv2d(value: Any, filters: Any, rate: int, padding: Any, name: str | None = None) -> Tensor:
    """Convolution with holes: `tf.nn.conv2d` with `dilations=rate` and stride 1, channels last.

    Raises:
        ValueError: a rate below 1.

    >>> tf.nn.atrous_conv2d(tf.ones([1, 5, 5, 1]), tf.ones([3, 3, 1, 1]), rate=2, padding="VALID").numpy().ravel()
    array([9.], dtype=float32)
    """
    check_rate("atrous_conv2d", rate)
    return convolved("atrous_conv2d", value, filters, sliding("atrous_conv2d", 2, 1, padding, None, rate))


@library
def atrous_conv2d_transpose(
    value: Any, filters: Any, output_shape: Any, rate: int, padding: Any, name: str | None = None
) -> Tensor:
    """The transpose (gradient) of `tf.nn.atrous_conv2d`.

    Raises:
        ValueError: a rate below 1, an `output_shape` with other channels than the filters'.

    >>> x = tf.ones([1, 1, 1, 1])
    >>> tf.nn.atrous_conv2d_transpose(x, tf.ones([2, 2, 1, 1]), [1, 3, 3, 1], rate=2, padding="VALID").numpy()[0, :, :, 0]
    array([[1., 0., 1.],
           [0., 0., 0.],
           [1., 0., 1.]], dtype=float32)
    """
    op = "atrous_conv2d_transpose"
    check_rate(op, rate)
    shape = extents(output_shape, op, "output_shape")
    u, w = converted(conv_input.primitive, (value, filters))
    if len(shape) != 4 or (w.ndim == 4 and not shape[3] == w.dims[2]):
        raise ValueError(
            f"{op}: `output_shape` must have 4 entries, the last the filters' output channels. Received: "
            f"output_shape={list(shape)} and filters.shape={w.shape}"
        )
    return transposed(op, u, w, shape, sliding(op, 2, 1, padding, None, rate))


def check_rate(op: str, rate: Any) -> None:
    if isinstance(rate, int) and rate < 1:
        raise ValueError(f"{op}: all values of `dilation_rate` must be positive. Received: rate={rate}")
