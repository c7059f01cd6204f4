"""Space moved into the batch or the channels and back; patches of images: tf.space_to_batch, tf.nn.depth_to_space, …"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import OutOfRangeError, invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor, to_tensor
from ..ops import patches
from ..ops._arguments import extents, static
from ..ops.basic import permute, reshape
from ..ops.pool import Over
from ._sliding import FORMATS, channels_last, channels_second, frozen, numbers, sliding, spatial_numbers


# -- batch ----------------------------------------------------------------------------------------------------
@library
def space_to_batch(input: Any, block_shape: Any, paddings: Any, name: str | None = None) -> Tensor:
    """Every `block_shape`-th place of the spatial axes as an example of its own.

    `input` is (batch, *spatial, *rest); it is first padded with zeros by `paddings`, a pair for each entry of `block_shape`.

    Raises:
        InvalidArgumentError: blocks that do not divide the padded extents, paddings of the wrong shape or below 0.

    >>> tf.space_to_batch(tf.reshape(tf.range(4), [1, 4, 1]), [2], [[0, 0]]).numpy()[:, :, 0]
    array([[0, 2],
           [1, 3]], dtype=int32)
    """
    op = "space_to_batch"
    if np.ndim(static(block_shape)) != 1:
        raise invalid(op, f"{op}: block_shape must be a list of numbers, one a spatial axis, got {block_shape!r}")
    block = extents(block_shape, op, "block_shape")
    return patches.space_to_batch(input, block, pairs(op, "paddings", paddings, len(block)))


@library
def space_to_batch_nd(input: Any, block_shape: Any, paddings: Any, name: str | None = None) -> Tensor:
    """`tf.space_to_batch` under the name of TensorFlow's kernel.

    >>> tf.space_to_batch_nd(tf.ones([1, 4, 4, 1]), [2, 2], [[0, 0], [0, 0]]).shape
    TensorShape([4, 2, 2, 1])
    """
    return space_to_batch(input, block_shape, paddings)


@library
def batch_to_space(input: Any, block_shape: Any, crops: Any, name: str | None = None) -> Tensor:
    """The inverse of `tf.space_to_batch`: examples interleaved as places, then cropped.

    Raises:
        InvalidArgumentError: a batch that the blocks do not divide, crops of the wrong shape, below 0 or larger than the result.

    >>> tf.batch_to_space(tf.reshape(tf.constant([0, 2, 1, 3]), [2, 2, 1]), [2], [[0, 1]]).numpy().ravel()
    array([0, 1, 2], dtype=int32)
    """
    op = "batch_to_space"
    block = extents(block_shape, op, "block_shape")
    if np.ndim(static(block_shape)) == 0:
        block = block * 2  # a number is meant for height and width
    return patches.batch_to_space(input, block, pairs(op, "crops", crops, len(block)))


def pairs(op: str, argument: str, value: Any, count: int) -> tuple[Any, ...]:
    rows = frozen(value)
    if not isinstance(rows, tuple) or len(rows) != count or any(not isinstance(r, tuple) or len(r) != 2 for r in rows):
        raise invalid(op, f"{op}: {argument} should have shape [{count}, 2], got {value!r}")
    return tuple(numbers(op, argument, r) for r in rows)


# -- channels -------------------------------------------------------------------------------------------------
@library
def space_to_depth(input: Any, block_size: int, data_format: str = "NHWC", name: str | None = None) -> Tensor:
    """Blocks of `block_size` x `block_size` places as channels of one.

    Raises:
        InvalidArgumentError: a block_size below 2, or one that does not divide height and width.

    >>> tf.nn.space_to_depth(tf.reshape(tf.range(4), [1, 2, 2, 1]), 2).numpy().ravel()
    array([0, 1, 2, 3], dtype=int32)
    """
    op = "space_to_depth"
    x, b = image(op, input, block_size, data_format)
    n, h, w, c = x.dims
    if any(not isinstance(size, Dim) and size % b for size in (h, w)):
        raise invalid(op, f"{op}: Image width {w} and height {h} should be divisible by block_size: {b}")
    blocks = patches.space_to_batch(x, (b, b), ((0, 0), (0, 0)))
    split = permute(reshape(blocks, (b * b, n, h // b, w // b, c)), (1, 2, 3, 0, 4))
    return laid_out(reshape(split, (n, h // b, w // b, c * (b * b))), data_format)


@library
def depth_to_space(input: Any, block_size: int, data_format: str = "NHWC", name: str | None = None) -> Tensor:
    """Channels as blocks of `block_size` x `block_size` places: the inverse of `tf.nn.space_to_depth`.

    Raises:
        InvalidArgumentError: a block_size below 2, or one whose square does not divide the channels.

    >>> tf.nn.depth_to_space(tf.reshape(tf.range(4), [1, 1, 1, 4]), 2).numpy()[0, :, :, 0]
    array([[0, 1],
           [2, 3]], dtype=int32)
    """
    op = "depth_to_space"
    x, b = image(op, input, block_size, data_format)
    n, h, w, c = x.dims
    if not isinstance(c, Dim) and c % (b * b):
        raise invalid(op, f"{op}: Input depth dimension {c} should be divisible by: {b * b}")
    split = permute(reshape(x, (n, h, w, b * b, c // (b * b))), (3, 0, 1, 2, 4))
    blocks = reshape(split, (n * (b * b), h, w, c // (b * b)))
    return laid_out(patches.batch_to_space(blocks, (b, b), ((0, 0), (0, 0))), data_format)


def image(op: str, input: Any, block_size: Any, data_format: Any) -> tuple[Any, int]:
    """The input with channels last, and the checked block size."""
    (b,) = numbers(op, "block_size", block_size)
    if b < 2:
        raise invalid(op, f"{op}: block_size must be at least 2, got {b}")
    if data_format not in FORMATS[2]:
        raise invalid(op, f"{op}: data_format must be 'NHWC' or 'NCHW', got {data_format!r}")
    x = to_tensor(input)
    if x.ndim != 4:
        raise invalid(op, f"{op}: Input rank should be 4 instead of {x.ndim}")
    return (channels_last(x) if data_format == "NCHW" else x), b


def laid_out(x: Any, data_format: str) -> Any:
    return channels_second(x) if data_format == "NCHW" else x


# -- patches --------------------------------------------------------------------------------------------------
@library
def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: str, name: str | None = None) -> Tensor:
    """Patches of images (batch, height, width, channels), each flattened into the last axis: TensorFlow's `tf.image.extract_patches`.

    `sizes`, `strides` and `rates` are [1, rows, columns, 1]: of the patches, between them, and between the places of one.

    Raises:
        InvalidArgumentError: a padding other than "SAME" and "VALID", sizes or strides below 1.
        UnimplementedError: sizes, strides or rates over the batch or the channels.

    >>> from gradtape.api.nn_space import extract_patches
    >>> x = tf.reshape(tf.range(9), [1, 3, 3, 1])
    >>> extract_patches(x, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID").numpy()[0, 0]
    array([[0, 1, 3, 4],
           [1, 2, 4, 5]], dtype=int32)
    """
    return patched("extract_patches", 2, images, sizes, strides, rates, padding)


@library
def extract_volume_patches(input: Any, ksizes: Any, strides: Any, padding: str, name: str | None = None) -> Tensor:
    """Patches of volumes (batch, depth, height, width, channels), each flattened into the last axis.

    >>> tf.extract_volume_patches(tf.ones([1, 3, 3, 3, 2]), [1, 2, 2, 2, 1], [1, 1, 1, 1, 1], "VALID").shape
    TensorShape([1, 2, 2, 2, 16])
    """
    op = "extract_volume_patches"
    if any(n < 1 for value in (ksizes, strides) for n in numbers(op, "ksizes and strides", frozen(value))):
        raise OutOfRangeError(None, None, f"{op}: ksizes and strides must be positive, got {ksizes} and {strides} [Op:{op}]")
    return patched(op, 3, input, ksizes, strides, 1, padding)


def patched(op: str, spatial: int, images: Any, sizes: Any, strides: Any, rates: Any, padding: Any) -> Tensor:
    if not isinstance(padding, str) or padding == "EXPLICIT":
        raise invalid(op, f"{op}: padding {padding!r} is not in the list of allowed values: 'SAME', 'VALID'")
    how = sliding(op, spatial, strides, padding, None, rates)
    window = spatial_numbers(op, "sizes", frozen(sizes), spatial, False, "sizes must be positive, but got")
    return patches.extract_patches(images, Over(window, how.strides, how.padding, how.dilations))
