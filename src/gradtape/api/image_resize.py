"""tf.image: sizes: resizing, crops, padding."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor
from ..ops._arguments import operand, static, whole_number
from ..ops._resampling import KERNELS, nearest
from ..ops.array import pad
from ..ops.basic import cast
from ..ops.gathering import gather
from ..ops.image import resample
from ._image_checks import at_least_3d, demand, three_or_four


class ResizeMethod:
    """The methods of `tf.image.resize`.

    >>> tf.image.ResizeMethod.BICUBIC
    'bicubic'
    """

    BILINEAR = "bilinear"
    NEAREST_NEIGHBOR = "nearest"
    BICUBIC = "bicubic"
    AREA = "area"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    GAUSSIAN = "gaussian"
    MITCHELLCUBIC = "mitchellcubic"


METHODS = frozenset({"nearest", "area", *KERNELS})
NUMERIC = frozenset({"int8", "uint8", "int16", "uint16", "int32", "int64", "bfloat16", "float16", "float32", "float64"})


# -- resizing -------------------------------------------------------------------------------------------------------
@library
def resize(
    images: Any,
    size: Any,
    method: str = ResizeMethod.BILINEAR,
    preserve_aspect_ratio: bool = False,
    antialias: bool = False,
    name: str | None = None,
) -> Tensor:
    """Images ([batch,] height, width, channels) of another size: float32, or of their own dtype where the method is "nearest".

    Args:
        size: [height, width].
        method: one of `tf.image.ResizeMethod`. The centres of the outermost pixels stay half a pixel inside.
        preserve_aspect_ratio: the largest size within `size` that has the images' aspect ratio.
        antialias: average over all pixels that a smaller image's pixel covers (not for "nearest" and "area").

    Raises:
        ValueError: a rank other than 3 and 4, a size that is not two integers, an unknown method.
        InvalidArgumentError: a size below 1, empty images, a dtype that is not real.

    >>> tf.image.resize(tf.constant([[[0.0], [4.0]]]), [1, 4]).numpy().ravel()
    array([0., 1., 3., 4.], dtype=float32)
    """
    x = operand(images)
    if x.ndim not in (3, 4):
        raise ValueError(f"resize: 'images' must have either 3 or 4 dimensions, not the shape {list(x.dims)}")
    if method not in METHODS:
        raise ValueError(f"Resize method is not implemented: {method}. It may be {', '.join(sorted(METHODS))}")
    if x.dtype.name not in NUMERIC:
        raise invalid(
            "resize", f"resize: images of dtype {x.dtype.name} cannot be resized: cast them to one of {sorted(NUMERIC)}"
        )
    height, width = wanted_size(size)
    if preserve_aspect_ratio:
        height, width = within(height, width, *x.dims[-3:-1])
    check_sizes(x, (height, width))
    return resized(x, height, width, method, antialias)


def resized(x: Any, height: Any, width: Any, method: str, antialias: bool = False) -> Any:
    """Along the two axes before the last."""
    places = zip((x.ndim - 3, x.ndim - 2), (height, width), strict=True)
    if method == "nearest":
        for axis, target in places:
            x = gather(x, nearest(x.dims[axis], target), axis=axis)
        return x
    x = cast(x, np.float32)
    kept = antialias and method != "area"
    for axis, target in places:
        source = x.dims[axis]
        if isinstance(source, Dim) or source != target or method == "mitchellcubic" or method == "gaussian":
            x = resample(x, axis=axis, source=source, target=target, method=method, antialias=kept)
    return x


def wanted_size(size: Any) -> tuple[int, int]:
    value = static(size)
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise ValueError(f"resize: 'size' must be a 1-D Tensor of 2 elements: new_height, new_width, got {size!r}")
    numbers = [static(v) for v in value]
    if not all(isinstance(v, (int, np.integer)) for v in numbers):
        raise ValueError(f"resize: 'size' must be a 1-D int32 Tensor, got {size!r}")
    return int(numbers[0]), int(numbers[1])


def within(height: int, width: int, have_height: Any, have_width: Any) -> tuple[int, int]:
    """The largest size inside height x width with the aspect ratio of what is there."""
    scale = min(np.float32(height) / np.float32(have_height), np.float32(width) / np.float32(have_width))
    return round(float(np.float32(scale) * have_height)), round(float(np.float32(scale) * have_width))


def check_sizes(x: Any, size: tuple[int, int]) -> None:
    if min(size) < 1:
        raise invalid("resize", f"resize: output dimensions must be positive, got {list(size)}")
    if any(not isinstance(n, Dim) and n == 0 for n in x.dims[-3:-1]):
        raise invalid("resize", f"resize: input image must be of non-zero size, not of the shape {list(x.dims)}")


@library
def resize_with_pad(
    image: Any, target_height: Any, target_width: Any, method: str = ResizeMethod.BILINEAR, antialias: bool = False
) -> Tensor:
    """The image as large as it fits into the size with its own aspect ratio, in the middle of zeros.

    Raises:
        ValueError: a rank other than 3 and 4, a size below 1.

    >>> tf.image.resize_with_pad(tf.ones([2, 2, 1]), 2, 4).numpy()[0, :, 0]
    array([0., 1., 1., 0.], dtype=float32)
    """
    op = "resize_with_pad"
    x = three_or_four(op, image)
    height, width = target_size(op, target_height, target_width)
    have_height, have_width = (np.float32(n) for n in x.dims[-3:-1])
    ratio = max(have_width / np.float32(width), have_height / np.float32(height))
    inner_height, inner_width = have_height / ratio, have_width / ratio
    top, left = (max(0, math.floor((n - m) / 2)) for n, m in ((height, inner_height), (width, inner_width)))
    out = resize(x, [int(inner_height), int(inner_width)], method, antialias=antialias)
    return pad_to_bounding_box(out, top, left, height, width)


# -- crops and padding --------------------------------------------------------------------------------------------------
@library
def crop_to_bounding_box(image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any) -> Tensor:
    """The part of an image that begins at the offsets and has the target's size.

    Raises:
        ValueError: a rank other than 3 and 4, offsets below 0, a size below 1, a part that reaches outside.

    >>> tf.image.crop_to_bounding_box(tf.reshape(tf.range(9), [3, 3, 1]), 1, 1, 1, 2).numpy().ravel()
    array([4, 5], dtype=int32)
    """
    op = "crop_to_bounding_box"
    x = three_or_four(op, image)
    height, width = target_size(op, target_height, target_width)
    top, left = offsets(op, offset_height, offset_width)
    have_height, have_width = x.dims[-3:-1]
    for name, have, need in (("height", have_height, height + top), ("width", have_width, width + left)):
        demand(isinstance(have, Dim) or have >= need, f"{op}: {name} must be >= target + offset, but {have} is below {need}.")
    return x[..., top : top + height, left : left + width, :]


@library
def pad_to_bounding_box(image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any) -> Tensor:
    """Zeros around an image: `offset_height` rows above, `offset_width` columns to the left, the rest below and to the right.

    Raises:
        ValueError: a rank other than 3 and 4, offsets below 0, an image that does not fit.

    >>> tf.image.pad_to_bounding_box(tf.ones([1, 1, 1]), 0, 1, 1, 3).numpy().ravel()
    array([0., 1., 0.], dtype=float32)
    """
    op = "pad_to_bounding_box"
    x = three_or_four(op, image)
    top, left = offsets(op, offset_height, offset_width)
    height, width = (whole_number(n, op, "target") for n in (target_height, target_width))
    below, right = height - top - x.dims[-3], width - left - x.dims[-2]
    for name, rest in (("height", below), ("width", right)):
        demand(isinstance(rest, Dim) or rest >= 0, f"{op}: {name} must be <= target - offset, but is {-rest} above.")
    return pad(x, [[0, 0]] * (x.ndim - 3) + [[top, below], [left, right], [0, 0]])


@library
def resize_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> Tensor:
    """The middle of an image, with zeros around it where the target is larger.

    Raises:
        ValueError: a rank other than 3 and 4, a size below 1.

    >>> tf.image.resize_with_crop_or_pad(tf.ones([2, 3, 1]), 1, 5).numpy().ravel()
    array([0., 1., 1., 1., 0.], dtype=float32)
    """
    op = "resize_with_crop_or_pad"
    x = three_or_four(op, image)
    height, width = target_size(op, target_height, target_width)
    have_height, have_width = x.dims[-3:-1]
    crop_top, crop_left = max((have_height - height) // 2, 0), max((have_width - width) // 2, 0)
    inner = crop_to_bounding_box(x, crop_top, crop_left, min(height, have_height), min(width, have_width))
    return pad_to_bounding_box(inner, max((height - have_height) // 2, 0), max((width - have_width) // 2, 0), height, width)


@library
def central_crop(image: Any, central_fraction: Any) -> Tensor:
    """The middle of an image, this share of its height and width.

    Raises:
        ValueError: a fraction outside (0, 1], a rank other than 3 and 4.

    >>> tf.image.central_crop(tf.reshape(tf.range(16), [4, 4, 1]), 0.5).numpy().ravel()
    array([ 5,  6,  9, 10], dtype=int32)
    """
    op = "central_crop"
    fraction = float(static(central_fraction))
    demand(0.0 < fraction <= 1.0, f"{op}: central_fraction must be within (0, 1], got {fraction}")
    x = at_least_3d(op, image)
    three_or_four(op, x)
    if fraction == 1.0:
        return cast(x, x.dtype)
    height, width = x.dims[-3:-1]
    top, left = (int((n - n * fraction) / 2) for n in (height, width))
    return x[..., top : height - top, left : width - left, :]


def target_size(op: str, height: Any, width: Any) -> tuple[int, int]:
    found = whole_number(height, op, "target_height"), whole_number(width, op, "target_width")
    for name, n in zip(("target_height", "target_width"), found, strict=True):
        demand(n > 0, f"{op}: {name} must be > 0, got {n}.")
    return found


def offsets(op: str, height: Any, width: Any) -> tuple[int, int]:
    found = whole_number(height, op, "offset_height"), whole_number(width, op, "offset_width")
    for name, n in zip(("offset_height", "offset_width"), found, strict=True):
        demand(n >= 0, f"{op}: {name} must be >= 0, got {n}.")
    return found
