"""tf.image: colour spaces and the dtypes of intensities."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype
from ..core.errors import FailedPreconditionError, invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor, tensor
from ..ops._arguments import operand
from ..ops.arithmetic import clip_by_value, divide_no_nan, floordiv, floormod, maximum, minimum
from ..ops.array import concat, stack, unstack
from ..ops.basic import add, cast, equal, greater, multiply, select, subtract
from ..ops.linalg import tensordot
from ..ops.math import abs as magnitude
from .elementwise import saturate_cast

LUMA = ((0.2989,), (0.5870,), (0.1140,))  # ITU-R BT.601
RGB_TO_YIQ = ((0.299, 0.59590059, 0.2115), (0.587, -0.27455667, -0.52273617), (0.114, -0.32134392, 0.31119955))
YIQ_TO_RGB = ((1.0, 1.0, 1.0), (0.95598634, -0.27201283, -1.10674021), (0.6208248, -0.64720424, 1.70423049))
RGB_TO_YUV = ((0.299, -0.14714119, 0.61497538), (0.587, -0.28886916, -0.51496512), (0.114, 0.43601035, -0.10001026))
YUV_TO_RGB = ((1.0, 1.0, 1.0), (0.0, -0.394642334, 2.03206185), (1.13988303, -0.58062185, 0.0))


# -- dtypes ---------------------------------------------------------------------------------------------------------
@library
def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: str | None = None) -> Tensor:
    """Intensities in another dtype: floats from 0 to 1, integers from 0 to their largest number.

    Args:
        saturate: hold what does not fit at the nearest value that does.

    Raises:
        TypeError: a dtype that is neither floating nor an integer.

    >>> tf.image.convert_image_dtype(tf.constant([0, 128, 255], tf.uint8), tf.float32).numpy().round(3)
    array([0.   , 0.502, 1.   ], dtype=float32)
    """
    x, wanted = operand(image), as_dtype(dtype)
    if not (wanted.is_floating or wanted.is_integer):
        raise TypeError(f"convert_image_dtype: dtype must be either floating point or integer, not {wanted.name}")
    have = x.dtype
    if have is wanted:
        return cast(x, wanted)
    if have.is_integer and wanted.is_integer:
        return between_integers(x, wanted, saturate)
    if have.is_integer:
        return multiply(cast(x, wanted), 1.0 / have.max)
    if wanted.is_floating:
        return cast(x, wanted)
    return fitted(multiply(x, wanted.max + 0.5), wanted, saturate)


def between_integers(x: Any, wanted: Any, saturate: bool) -> Any:
    have = x.dtype
    if have.max > wanted.max:
        return fitted(floordiv(x, (have.max + 1) // (wanted.max + 1)), wanted, saturate)
    return multiply(fitted(x, wanted, saturate), (wanted.max + 1) // (have.max + 1))


def fitted(x: Any, wanted: Any, saturate: bool) -> Any:
    return saturate_cast(x, wanted) if saturate else cast(x, wanted)


def in_floats(x: Any) -> Any:
    """Intensities as floats: floats as they are, integers as float32 from 0 to 1."""
    return x if x.dtype.is_floating else convert_image_dtype(x, np.float32)


# -- grey -----------------------------------------------------------------------------------------------------------
@library
def rgb_to_grayscale(images: Any, name: str | None = None) -> Tensor:
    """The luma 0.2989 R + 0.587 G + 0.114 B, in a last axis of 1.

    >>> tf.image.rgb_to_grayscale(tf.constant([[[255, 0, 0]]], tf.uint8)).numpy()
    array([[[76]]], dtype=uint8)
    """
    return convert_image_dtype(mixed("rgb_to_grayscale", in_floats(operand(images)), LUMA), operand(images).dtype)


@library
def grayscale_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """The last axis of 1 three times.

    Raises:
        ValueError: a rank below 2, a last axis that is not 1.

    >>> tf.image.grayscale_to_rgb(tf.constant([[[7.0]]])).numpy()
    array([[[7., 7., 7.]]], dtype=float32)
    """
    x = operand(images)
    if x.ndim < 2:
        raise ValueError(f"grayscale_to_rgb: A grayscale image (shape {tuple(x.dims)}) must be at least two-dimensional.")
    if not isinstance(x.dims[-1], Dim) and x.dims[-1] != 1:
        raise ValueError(f"grayscale_to_rgb: Last dimension of a grayscale image should be size 1, not {x.dims[-1]}.")
    return concat([x, x, x], -1)


# -- linear spaces ------------------------------------------------------------------------------------------------------
@library
def rgb_to_yiq(images: Any) -> Tensor:
    """NTSC's luma and two differences of colour.

    >>> tf.image.rgb_to_yiq(tf.ones([1, 1, 3])).numpy().round(3) + 0.0
    array([[[1., 0., 0.]]], dtype=float32)
    """
    return mixed("rgb_to_yiq", operand(images), RGB_TO_YIQ)


@library
def yiq_to_rgb(images: Any) -> Tensor:
    """The inverse of `tf.image.rgb_to_yiq`.

    >>> tf.image.yiq_to_rgb(tf.constant([1.0, 0.0, 0.0])).numpy()
    array([1., 1., 1.], dtype=float32)
    """
    return mixed("yiq_to_rgb", operand(images), YIQ_TO_RGB)


@library
def rgb_to_yuv(images: Any) -> Tensor:
    """PAL's luma and two differences of colour.

    >>> tf.image.rgb_to_yuv(tf.ones([3])).numpy().round(3) + 0.0
    array([1., 0., 0.], dtype=float32)
    """
    return mixed("rgb_to_yuv", operand(images), RGB_TO_YUV)


@library
def yuv_to_rgb(images: Any) -> Tensor:
    """The inverse of `tf.image.rgb_to_yuv`.

    >>> tf.image.yuv_to_rgb(tf.constant([1.0, 0.0, 0.0])).numpy()
    array([1., 1., 1.], dtype=float32)
    """
    return mixed("yuv_to_rgb", operand(images), YUV_TO_RGB)


def mixed(op: str, x: Any, kernel: tuple[Any, ...]) -> Any:
    """Other channels as weighted sums of three."""
    if not x.dtype.is_floating:
        raise TypeError(
            f"{op}: images must be floats, got {x.dtype.name}: write tf.image.convert_image_dtype(images, tf.float32)"
        )
    if not x.ndim:
        raise IndexError(f"{op}: images need a last axis of 3 channels, but they are a scalar")
    return tensordot(x, tensor(np.array(kernel, x.dtype.numpy_dtype)), [[-1], [0]])


# -- hue, saturation, value ------------------------------------------------------------------------------------------------
@library
def rgb_to_hsv(images: Any, name: str | None = None) -> Tensor:
    """Hue, saturation and value, all from 0 to 1, of colours from 0 to 1 in the last axis of 3.

    Raises:
        InvalidArgumentError: images that are not floats, or a scalar.
        FailedPreconditionError: not 3 channels.

    >>> tf.image.rgb_to_hsv(tf.constant([0.0, 0.5, 1.0])).numpy().round(3)
    array([0.583, 1.   , 1.   ], dtype=float32)
    """
    r, g, b = channels("rgb_to_hsv", images)
    hue, low, value = hue_range(r, g, b)
    share = select(greater(value, 0.0), divide_no_nan(subtract(value, low), value), 0.0)
    return stack([hue, share, value], -1)


@library
def hsv_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """The inverse of `tf.image.rgb_to_hsv`.

    >>> tf.image.hsv_to_rgb(tf.constant([0.5, 1.0, 1.0])).numpy()
    array([0., 1., 1.], dtype=float32)
    """
    hue, share, value = channels("hsv_to_rgb", images)
    return stack([multiply(value, add(subtract(1.0, share), multiply(share, d))) for d in pure_colour(hue)], -1)


def channels(op: str, images: Any) -> list[Any]:
    x = operand(images)
    if not x.dtype.is_floating:
        raise invalid(
            op, f"{op}: images must be floats, got {x.dtype.name}: write tf.image.convert_image_dtype(images, tf.float32)"
        )
    if not x.ndim:
        raise invalid(op, f"{op}: input must be at least 1D, not a scalar")
    if not isinstance(x.dims[-1], Dim) and x.dims[-1] != 3:
        raise FailedPreconditionError(
            None, None, f"{op}: input must have 3 channels but input only has {x.dims[-1]} channels. [Op:{op}]"
        )
    return unstack(x, 3, -1)


def hue_range(r: Any, g: Any, b: Any) -> tuple[Any, Any, Any]:
    """The hue, and the least and largest channel."""
    value = maximum(r, maximum(g, b))
    low = minimum(r, minimum(g, b))
    span = multiply(subtract(value, low), 6.0)
    red = divide_no_nan(subtract(g, b), span)
    green = add(divide_no_nan(subtract(b, r), span), 2.0 / 6.0)
    blue = add(divide_no_nan(subtract(r, g), span), 4.0 / 6.0)
    turned = select(equal(r, value), red, select(equal(g, value), green, blue))
    turned = select(greater(span, 0.0), turned, 0.0)
    return select(greater(0.0, turned), add(turned, 1.0), turned), low, value


def pure_colour(hue: Any) -> list[Any]:
    """Red, green and blue of the saturated colour of a hue."""
    h = multiply(hue, 6.0)
    bumps = [
        subtract(magnitude(subtract(h, 3.0)), 1.0),
        subtract(2.0, magnitude(subtract(h, 2.0))),
        subtract(2.0, magnitude(subtract(h, 4.0))),
    ]
    return [clip_by_value(bump, 0.0, 1.0) for bump in bumps]


def with_hue(x: Any, delta: Any) -> Any:
    hue, low, value = hue_range(*unstack(x, 3, -1))
    turned = floormod(add(hue, delta), 1.0)
    span = subtract(value, low)
    return stack([add(low, multiply(span, d)) for d in pure_colour(turned)], -1)
