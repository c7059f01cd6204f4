"""Convolutions that TensorFlow exports under the names of its kernels: tf.conv and two gradients."""

from __future__ import annotations

from typing import Any

from ..core.context import library
from ..core.dispatch import converted
from ..core.errors import invalid
from ..core.tensor import Tensor, to_tensor
from ..ops._calls.conv import conv as conv_operation
from ..ops.conv import conv_filter
from ._sliding import FORMATS, Sliding, channels_last, sliding
from .nn_conv import check_ranks, convolved, groups_of, transposed

LAYOUTS = {"CHANNELS_LAST": 0, "CHANNELS_FIRST": 1}


@library
def conv(
    input: Any, filter: Any, strides: Any, padding: str, explicit_paddings: Any = (), data_format: str = "CHANNELS_LAST",
    dilations: Any = (), batch_dims: int = 1, groups: int = 1, name: str | None = None,
) -> Tensor:  # fmt: skip
    """Convolution over 1 to 3 axes, with the arguments of TensorFlow's newest kernel.

    `strides` and `dilations` hold a number for each axis of an input with one batch axis; `explicit_paddings` (before, after, before,
    ...) are used where `padding` is "EXPLICIT".

    Raises:
        InvalidArgumentError: `batch_dims` or `groups` that do not fit the shapes, an unknown layout.

    >>> tf.conv(tf.ones([1, 4, 1]), tf.ones([2, 1, 3]), [1, 1, 1], "VALID").shape
    TensorShape([1, 3, 3])
    """
    x, w = converted(conv_operation.primitive, (input, filter))
    spatial = w.ndim - 2
    if spatial not in (1, 2, 3) or x.ndim != batch_dims + spatial + 1:
        raise invalid(
            "conv",
            f"conv: filter must have rank 3, 4 or 5 and input the rank batch_dims + rank of filter - 1; "
            f"batch_dims={batch_dims}, input {list(x.dims)}, filter {list(w.dims)}",
        )
    if data_format not in LAYOUTS:
        raise invalid("conv", f"conv: data_format must be 'CHANNELS_LAST' or 'CHANNELS_FIRST', got {data_format!r}")
    layout = FORMATS[spatial][LAYOUTS[data_format]]
    how = sliding("conv", spatial, strides, with_explicit(padding, explicit_paddings), layout, dilations or None)
    channels = x.dims[-spatial - 1 if how.channels_first else -1]
    if groups_of("conv", channels, w.dims[-2]) != groups:
        raise invalid(
            "conv",
            f"conv: groups={groups}, but {channels} input channels and filters of shape {list(w.dims)} make another "
            f"number of groups",
        )
    return convolved("conv", x, w, how)


def with_explicit(padding: Any, explicit: Any) -> Any:
    """The two arguments of the kernels as one."""
    if padding != "EXPLICIT":
        return padding
    flat = list(explicit)
    return list(zip(flat[::2], flat[1::2], strict=False))


def gradient_arguments(op: str, strides: Any, padding: Any, explicit_paddings: Any, data_format: str, dilations: Any) -> Sliding:
    return sliding(op, 2, strides, with_explicit(padding, explicit_paddings), data_format, dilations)


@library
def conv2d_backprop_input_v2(
    input: Any, filter: Any, out_backprop: Any, strides: Any, padding: str, use_cudnn_on_gpu: bool = True,
    explicit_paddings: Any = (), data_format: str = "NHWC", dilations: Any = (1, 1, 1, 1), name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of `tf.nn.conv2d` with respect to its input, of the shape of `input`.

    >>> x, w = tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1])
    >>> tf.conv2d_backprop_input_v2(x, w, tf.ones([1, 2, 2, 1]), [1, 1, 1, 1], "VALID").numpy()[0, :, :, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]], dtype=float32)
    """
    op = "conv2d_backprop_input"
    how = gradient_arguments(op, strides, padding, explicit_paddings, data_format, dilations)
    return transposed(op, out_backprop, filter, to_tensor(input).dims, how)


@library
def conv2d_backprop_filter_v2(
    input: Any, filter: Any, out_backprop: Any, strides: Any, padding: str, use_cudnn_on_gpu: bool = True,
    explicit_paddings: Any = (), data_format: str = "NHWC", dilations: Any = (1, 1, 1, 1), name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of `tf.nn.conv2d` with respect to its filters, of the shape of `filter`.

    >>> x, w = tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1])
    >>> tf.conv2d_backprop_filter_v2(x, w, tf.ones([1, 2, 2, 1]), [1, 1, 1, 1], "VALID").numpy().ravel()
    array([4., 4., 4., 4.], dtype=float32)
    """
    op = "conv2d_backprop_filter"
    how = gradient_arguments(op, strides, padding, explicit_paddings, data_format, dilations)
    x, u = converted(conv_filter.primitive, (input, out_backprop))
    w = to_tensor(filter)
    check_ranks(op, x, w, 2)
    if how.channels_first:
        x, u = channels_last(x), channels_last(u)
    groups = groups_of(op, x.dims[-1], w.dims[2])
    return conv_filter(x, u, w.dims[:2], how.strides, how.padding, how.dilations, groups)
