"""tf.image: brightness, contrast, gamma, hue, saturation, standardization.

Integers are adjusted as floats from 0 to 1, then scaled back and held inside their range.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor
from ..ops._arguments import operand, static
from ..ops.arithmetic import clip_by_value, maximum
from ..ops.array import stack, unstack
from ..ops.basic import add, cast, divide, multiply, subtract
from ..ops.math import pow as power
from ..ops.reduce import reduce_mean, reduce_std
from ._image_checks import at_least_3d, demand, three_channels
from .image_color import convert_image_dtype, hsv_to_rgb, in_floats, rgb_to_hsv, with_hue


def back(adjusted: Any, like: Any) -> Any:
    return convert_image_dtype(adjusted, like.dtype, saturate=True)


@library
def adjust_brightness(image: Any, delta: Any) -> Tensor:
    """Intensities plus `delta` (in floats from 0 to 1, whatever the dtype).

    >>> tf.image.adjust_brightness(tf.constant([10, 250], tf.uint8), 0.1).numpy()
    array([ 35, 255], dtype=uint8)
    """
    x = operand(image)
    work = in_floats(x)
    return back(add(work, cast(delta, work.dtype)), x)


@library
def adjust_contrast(images: Any, contrast_factor: Any) -> Tensor:
    """Differences from the mean of each channel of each image times a factor.

    Raises:
        InvalidArgumentError: a rank below 3.

    >>> tf.image.adjust_contrast(tf.constant([[[1.0], [3.0]]]), 2.0).numpy().ravel()
    array([0., 4.], dtype=float32)
    """
    x = operand(images)
    if x.ndim < 3:
        raise invalid("adjust_contrast", f"adjust_contrast: input must be at least 3-D, got shape {list(x.dims)}")
    work = in_floats(x)
    mean = reduce_mean(work, (-3, -2), True)
    return back(add(multiply(subtract(work, mean), cast(contrast_factor, work.dtype)), mean), x)


@library
def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Tensor:
    """gain * intensity ** gamma.

    Raises:
        ValueError: a negative gamma.

    >>> tf.image.adjust_gamma(tf.constant([0.25, 1.0]), 0.5).numpy()
    array([0.5, 1. ], dtype=float32)
    """
    x = operand(image)
    demand(not np.any(np.less(static(gamma), 0)), f"adjust_gamma: Gamma should be a non-negative real number, got {gamma}.")
    work = in_floats(x)
    return back(multiply(power(work, cast(gamma, work.dtype)), cast(gain, work.dtype)), x)


@library
def adjust_hue(image: Any, delta: Any, name: str | None = None) -> Tensor:
    """Colours with their hue turned by `delta` of a full turn.

    Raises:
        ValueError: a delta outside [-1, 1].
        InvalidArgumentError: not three channels, a rank below 3.

    >>> tf.image.adjust_hue(tf.constant([[[1.0, 0.0, 0.0]]]), 0.5).numpy().round(4)
    array([[[0., 1., 1.]]], dtype=float32)
    """
    demand(bool(np.all(np.abs(static(delta)) <= 1)), f"adjust_hue: delta must be in the interval [-1, 1], got {delta}")
    x = three_channels("adjust_hue", image)
    work = in_floats(x)
    return back(with_hue(work, cast(delta, work.dtype)), x)


@library
def adjust_saturation(image: Any, saturation_factor: Any, name: str | None = None) -> Tensor:
    """Colours with their saturation times a factor, held in [0, 1].

    Raises:
        InvalidArgumentError: not three channels, a rank below 3.

    >>> tf.image.adjust_saturation(tf.constant([[[1.0, 0.5, 0.5]]]), 2.0).numpy().round(4)
    array([[[1., 0., 0.]]], dtype=float32)
    """
    x = three_channels("adjust_saturation", image)
    work = in_floats(x)
    hue, share, value = unstack(rgb_to_hsv(work), 3, -1)
    held = clip_by_value(multiply(share, cast(saturation_factor, work.dtype)), 0.0, 1.0)
    return back(hsv_to_rgb(stack([hue, held, value], -1)), x)


@library
def per_image_standardization(image: Any) -> Tensor:
    """Each image minus its mean, over its standard deviation or, if that is larger, 1 / sqrt(number of values); float32.

    Raises:
        ValueError: a rank below 3, empty images.

    >>> tf.image.per_image_standardization(tf.constant([[[1.0], [3.0]]])).numpy().ravel()
    array([-1.,  1.], dtype=float32)
    """
    x = cast(at_least_3d("per_image_standardization", image), np.float32)
    height, width, channels = x.dims[-3:]
    least = float(1.0 / np.sqrt(height * width * channels))
    deviation = maximum(reduce_std(x, (-3, -2, -1), True), least)
    return divide(subtract(x, reduce_mean(x, (-3, -2, -1), True)), deviation)
