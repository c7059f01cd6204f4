"""tf.nn's pooling, and grayscale dilation and erosion.

Padding never takes part: not in a maximum, and not in the count of a mean. A window that holds NaN has the maximum NaN, as in
NumPy, PyTorch and JAX (TensorFlow's eager kernels pass over NaN).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..core.context import library
from ..core.dispatch import converted
from ..core.dtypes import as_dtype, int64
from ..core.errors import UnimplementedError, invalid
from ..core.shapes import Dim, product
from ..core.tensor import Tensor, to_tensor
from ..ops._calls.pool import avg_pool as mean_pool
from ..ops._calls.pool import max_pool as maximum_pool
from ..ops.basic import negative, reshape
from ..ops.pieces import index
from ..ops.pool import Over, dilation, max_pool_tap, tap_position
from ._sliding import Sliding, frozen, numbers, over_examples, sliding, spatial_numbers


# -- maximum ------------------------------------------------------------------------------------------------
@library
def max_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = None, name: str | None = None
) -> Tensor:
    """The maximum over each window, over 1 to 3 axes: two fewer than `input` has.

    `input` is (batch, *spatial, channels), or (batch, channels, *spatial) where `data_format` starts with "NC". `ksize` and `strides`
    are a number, one a spatial axis, or one an axis. `padding` is "SAME", "VALID" or a list of pairs, one an axis.

    Raises:
        ValueError: an input of another rank, lists of the wrong length.
        InvalidArgumentError: sizes or strides below 1, an unknown padding, padding as large as the window.

    >>> x = tf.reshape(tf.constant([1.0, 3.0, 2.0, 5.0, 4.0]), [1, 5, 1])
    >>> tf.nn.max_pool(x, 2, 2, "SAME").numpy().ravel()
    array([3., 5., 4.], dtype=float32)
    """
    x = to_tensor(input)
    return pooled("max_pool", maximum_pool, x, spatial_rank("max_pool", x), ksize, strides, padding, data_format)


@library
def max_pool1d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NWC", name: str | None = None
) -> Tensor:
    """`tf.nn.max_pool` of an input (batch, width, channels).

    >>> tf.nn.max_pool1d(tf.reshape(tf.constant([1.0, 3.0, 2.0]), [1, 3, 1]), 2, 1, "VALID").numpy().ravel()
    array([3., 3.], dtype=float32)
    """
    return pooled("max_pool1d", maximum_pool, to_tensor(input), 1, ksize, strides, padding, data_format)


@library
def max_pool2d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NHWC", name: str | None = None
) -> Tensor:
    """`tf.nn.max_pool` of an input (batch, height, width, channels).

    >>> tf.nn.max_pool2d(tf.reshape(tf.range(16.0), [1, 4, 4, 1]), 2, 2, "VALID").numpy()[0, :, :, 0]
    array([[ 5.,  7.],
           [13., 15.]], dtype=float32)
    """
    return pooled("max_pool2d", maximum_pool, to_tensor(input), 2, ksize, strides, padding, data_format)


@library
def max_pool3d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NDHWC", name: str | None = None
) -> Tensor:
    """`tf.nn.max_pool` of an input (batch, depth, height, width, channels).

    >>> tf.nn.max_pool3d(tf.ones([1, 4, 4, 4, 2]), 2, 2, "VALID").shape
    TensorShape([1, 2, 2, 2, 2])
    """
    return pooled("max_pool3d", maximum_pool, to_tensor(input), 3, ksize, strides, padding, data_format)


@library
def max_pool_with_argmax(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str = "NHWC", output_dtype: Any = int64,
    include_batch_in_index: bool = False, name: str | None = None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The maximum over each window and where it was found (the first of several).

    The place [b, y, x, c] is the number (y * width + x) * channels + c, or, with `include_batch_in_index`,
    ((b * height + y) * width + x) * channels + c.

    Raises:
        ValueError: another `data_format` than "NHWC".
        InvalidArgumentError: an `output_dtype` other than int32 and int64.

    >>> y, place = tf.nn.max_pool_with_argmax(tf.reshape(tf.range(16.0), [1, 4, 4, 1]), 2, 2, "VALID")
    >>> place.numpy().ravel()
    array([ 5,  7, 13, 15])
    """
    op = "max_pool_with_argmax"
    check_channels_last(op, data_format)
    dtype = as_dtype(output_dtype)
    if dtype.name not in ("int32", "int64"):
        raise invalid(op, f"{op}: output_dtype must be tf.int32 or tf.int64, got {dtype.name}")
    x = to_tensor(input)
    check_rank(op, x, 2)
    over = window_over(op, ksize, sliding(op, 2, strides, padding), 2)
    y = maximum_pool(x, over)
    where = tap_position(max_pool_tap(x, y, over), x.dims[1:-1], over, bool(include_batch_in_index), dtype.numpy_dtype)
    return y, where


# -- mean ---------------------------------------------------------------------------------------------------
@library
def avg_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = None, name: str | None = None
) -> Tensor:
    """The mean over each window, over 1 to 3 axes; places outside the input do not count.  Arguments: as `tf.nn.max_pool`.

    >>> x = tf.reshape(tf.constant([1.0, 2.0, 3.0, 4.0, 5.0]), [1, 5, 1])
    >>> tf.nn.avg_pool(x, 3, 2, "SAME").numpy().ravel()
    array([1.5, 3. , 4.5], dtype=float32)
    """
    x = to_tensor(input)
    return pooled("avg_pool", mean_pool, x, spatial_rank("avg_pool", x), ksize, strides, padding, data_format)


@library
def avg_pool1d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NWC", name: str | None = None
) -> Tensor:
    """`tf.nn.avg_pool` of an input (batch, width, channels).

    >>> tf.nn.avg_pool1d(tf.reshape(tf.constant([1.0, 3.0, 2.0]), [1, 3, 1]), 2, 1, "VALID").numpy().ravel()
    array([2. , 2.5], dtype=float32)
    """
    return pooled("avg_pool1d", mean_pool, to_tensor(input), 1, ksize, strides, padding, data_format)


@library
def avg_pool2d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NHWC", name: str | None = None
) -> Tensor:
    """`tf.nn.avg_pool` of an input (batch, height, width, channels).

    >>> tf.nn.avg_pool2d(tf.reshape(tf.range(16.0), [1, 4, 4, 1]), 2, 2, "VALID").numpy()[0, :, :, 0]
    array([[ 2.5,  4.5],
           [10.5, 12.5]], dtype=float32)
    """
    return pooled("avg_pool2d", mean_pool, to_tensor(input), 2, ksize, strides, padding, data_format)


@library
def avg_pool3d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NDHWC", name: str | None = None
) -> Tensor:
    """`tf.nn.avg_pool` of an input (batch, depth, height, width, channels).

    >>> tf.nn.avg_pool3d(tf.ones([1, 4, 4, 4, 2]), 2, 2, "VALID").shape
    TensorShape([1, 2, 2, 2, 2])
    """
    return pooled("avg_pool3d", mean_pool, to_tensor(input), 3, ksize, strides, padding, data_format)


@library
def pool(
    input: Any, window_shape: Sequence[int], pooling_type: str, strides: Any = None, padding: Any = "VALID",
    data_format: str | None = None, dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The maximum or mean ("MAX" or "AVG") over windows with holes, over as many axes as `window_shape` has numbers.

    Raises:
        TypeError: a `window_shape` that is a number.
        ValueError: another `pooling_type`, arguments for another number of axes.

    >>> x = tf.reshape(tf.range(7.0), [1, 7, 1])
    >>> tf.nn.pool(x, [2], "AVG", dilations=[2]).numpy().ravel()
    array([1., 2., 3., 4., 5.], dtype=float32)
    """
    shape = frozen(window_shape)
    if not isinstance(shape, tuple):
        raise TypeError(f"pool: window_shape must be a list of numbers, one a spatial axis, got {window_shape!r}")
    if not 1 <= len(shape) <= 3:
        raise ValueError(
            f"pool: `len(window_shape)` must be 1, 2, or 3. Received: window_shape={list(shape)} of length {len(shape)}"
        )
    if pooling_type not in ("MAX", "AVG"):
        raise ValueError(f"pool: {len(shape)}-D {pooling_type} pooling is not supported; pooling_type must be 'MAX' or 'AVG'.")
    x = to_tensor(input)
    if x.ndim != len(shape) + 2:
        raise ValueError(f"pool: Shape {x.shape} must have rank {len(shape) + 2} for window_shape={list(shape)}")
    operation = maximum_pool if pooling_type == "MAX" else mean_pool
    return pooled("pool", operation, x, len(shape), shape, strides, padding, data_format, dilations)


# -- the shared way -----------------------------------------------------------------------------------------
def spatial_rank(op: str, x: Any) -> int:
    if x.ndim not in (3, 4, 5):
        raise ValueError(f"{op}: `input.shape.rank` must be 3, 4 or 5. Received: input.shape={x.shape} of rank {x.ndim}.")
    return x.ndim - 2


def check_rank(op: str, x: Any, spatial: int) -> None:
    if x.ndim != spatial + 2:
        raise invalid(
            op,
            f"{op}: Input must be {spatial + 2}-dimensional (batch, {spatial} spatial axes, channels), got shape {list(x.dims)}",
        )


def check_channels_last(op: str, data_format: Any) -> None:
    if data_format != "NHWC":
        raise ValueError(f"{op}: `data_format` values other than 'NHWC' are not supported. Received: data_format={data_format}")


def pooled(
    op: str, operation: Callable, x: Any, spatial: int, ksize: Any, strides: Any, padding: Any, data_format: Any,
    dilations: Any = None,
) -> Tensor:  # fmt: skip
    check_rank(op, x, spatial)
    depth = depth_window(op, spatial, ksize, strides, data_format)
    if depth is not None:
        return pooled_over_depth(op, operation, x, depth, str(data_format).startswith("NC"))
    how = sliding(op, spatial, strides, padding, data_format, dilations)
    over = window_over(op, ksize, how, spatial)
    return over_examples(lambda v: operation(v, over), x, spatial, how.channels_first)


def window_over(op: str, ksize: Any, how: Sliding, spatial: int) -> Over:
    kernel = frozen(ksize)
    window = spatial_numbers(op, "ksize", kernel, spatial, how.channels_first, "Sliding window ksize must be positive, but got")
    if not isinstance(how.padding, str):
        for k, pair in zip(window, how.padding, strict=True):
            if max(pair) >= k:
                raise invalid(op, f"{op}: padding {max(pair)} needs to be smaller than the window size {k}")
    return Over(window, how.strides, how.padding, how.dilations)


def depth_window(op: str, spatial: int, ksize: Any, strides: Any, data_format: Any) -> int | None:
    """The window over the channels, where there is one (TensorFlow pools over channels or over space)."""
    kernel = frozen(ksize)
    if not isinstance(kernel, tuple) or len(kernel) != spatial + 2:
        return None
    place = 1 if str(data_format).startswith("NC") else spatial + 1
    depth = numbers(op, "ksize", kernel)[place]
    if depth == 1:
        return None
    others = [k for i, k in enumerate(kernel) if i != place]
    if any(k != 1 for k in others):
        raise UnimplementedError(
            None,
            None,
            f"{op}: a window over the channels and over other axes, ksize={list(kernel)}; pool over one "
            f"after the other [Op:{op}]",
        )
    if frozen(strides) not in (depth, kernel):
        raise UnimplementedError(
            None, None, f"{op}: pooling over channels needs strides equal to ksize={list(kernel)}, got {strides} [Op:{op}]"
        )
    return depth


def pooled_over_depth(op: str, operation: Callable, x: Any, depth: int, channels_first: bool) -> Tensor:
    """Pooling of groups of `depth` channels."""
    channels = x.dims[1 if channels_first else -1]
    if depth < 1 or (not isinstance(channels, Dim) and channels % depth):
        raise UnimplementedError(
            None, None, f"{op}: the window {depth} over the channels must divide their number {channels} [Op:{op}]"
        )

    def pool_channels(v: Any) -> Any:
        flat = reshape(v, (product(v.dims[:-1]), channels, 1))
        return reshape(operation(flat, Over((depth,), (depth,), "VALID", (1,))), (*v.dims[:-1], channels // depth))

    return over_examples(pool_channels, x, x.ndim - 2, channels_first)


# -- dilation and erosion -----------------------------------------------------------------------------------
@library
def dilation2d(
    input: Any, filters: Any, strides: Any, padding: str, data_format: str, dilations: Any, name: str | None = None
) -> Tensor:
    """Grayscale dilation: the maximum over each window of input + filters; places outside the input do not take part.

    `input` is (batch, height, width, channels), `filters` (kernel height, kernel width, channels).

    Raises:
        ValueError: another `data_format` than "NHWC".
        InvalidArgumentError: filters of another rank or depth, a padding other than "SAME" and "VALID".

    >>> x = tf.reshape(tf.constant([1.0, 4.0, 2.0]), [1, 1, 3, 1])
    >>> w = tf.reshape(tf.constant([0.0, 1.0]), [1, 2, 1])
    >>> tf.nn.dilation2d(x, w, [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]).numpy().ravel()
    array([5., 4.], dtype=float32)
    """
    x, w = converted(dilation.primitive, (input, filters))
    return dilated("dilation2d", x, w, strides, padding, data_format, dilations)


@library
def erosion2d(
    value: Any, filters: Any, strides: Any, padding: str, data_format: str, dilations: Any, name: str | None = None
) -> Tensor:
    """Grayscale erosion: the minimum over each window of value - filters, i.e. minus the dilation of -value by the mirrored filters.

    >>> x = tf.reshape(tf.constant([1.0, 4.0, 2.0]), [1, 1, 3, 1])
    >>> tf.nn.erosion2d(x, tf.zeros([1, 2, 1]), [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]).numpy().ravel()
    array([1., 2.], dtype=float32)
    """
    x, w = converted(dilation.primitive, (value, filters))
    backwards = index(w, key=((None, None, -1),) * 2) if w.ndim == 3 else w
    return negative(dilated("erosion2d", negative(x), backwards, strides, padding, data_format, dilations))


def dilated(op: str, x: Any, w: Any, strides: Any, padding: Any, data_format: Any, dilations: Any) -> Tensor:
    check_channels_last(op, data_format)
    if not isinstance(padding, str) or padding == "EXPLICIT":
        raise invalid(op, f"{op}: padding {padding!r} is not in the list of allowed values: 'SAME', 'VALID'")
    how = sliding(op, 2, strides, padding, None, dilations)
    return dilation(x, w, how.strides, how.padding, how.dilations)
