"""tf.image: how much two images differ: PSNR, SSIM, multiscale SSIM.

Wang, Bovik, Sheikh, Simoncelli, IEEE Trans. Image Processing 13, 2004; Wang, Simoncelli, Bovik, Asilomar 2003.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, broadcast_shapes
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._arguments import operand, whole_number
from ..ops.activations import relu
from ..ops.array import pad, stack
from ..ops.basic import add, broadcast_to, cast, divide, multiply, reshape, subtract
from ..ops.math import log, square, squared_difference
from ..ops.math import pow as power
from ..ops.reduce import reduce_mean, reduce_prod
from .image_color import convert_image_dtype
from .nn_conv import depthwise_conv2d
from .nn_pool import avg_pool2d

POWER_FACTORS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # Wang, Simoncelli, Bovik


@library
def psnr(a: Any, b: Any, max_val: Any, name: str | None = None) -> Tensor:
    """The peak signal-to-noise ratio in decibels, 10 log10(max_val² / mean((a - b)²)), of images in the last three axes.

    Raises:
        InvalidArgumentError: shapes that do not broadcast, a rank below 3.

    >>> tf.image.psnr(tf.zeros([2, 2, 1]), tf.ones([2, 2, 1]) * 0.1, 1.0).numpy().round(3)
    np.float32(20.0)
    """
    a, b = operand(a), operand(b)
    top = in_float32(cast(to_tensor(max_val), a.dtype))
    error = reduce_mean(squared_difference(in_float32(a), in_float32(b)), (-3, -2, -1))
    decade = float(np.log(10.0))
    return subtract(multiply(log(top), 20.0 / decade), multiply(log(error), 10.0 / decade))


def in_float32(x: Any) -> Any:
    return convert_image_dtype(x, np.float32)


# -- structural similarity ----------------------------------------------------------------------------------------------
@library
def ssim(
    img1: Any,
    img2: Any,
    max_val: Any,
    filter_size: Any = 11,
    filter_sigma: Any = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
    return_index_map: bool = False,
) -> Tensor:
    """The structural similarity of images in the last three axes, the mean over places and channels: 1 where they are equal.

    Args:
        return_index_map: the similarity at each place instead of the mean.

    Raises:
        ValueError: a rank below 3, shapes that do not broadcast.
        InvalidArgumentError: images smaller than the filter.

    >>> x = tf.random.stateless_uniform([12, 12, 1], [1, 2])
    >>> tf.image.ssim(x, x, max_val=1.0).numpy().round(4)
    np.float32(1.0)
    """
    x, y, top = prepared("ssim", img1, img2, max_val)
    size = checked_filter("ssim", x, filter_size)
    both, _ = similarity(x, y, top, bell(size, filter_sigma), k1, k2)
    return reduce_mean(both, (-1,)) if return_index_map else reduce_mean(reduce_mean(both, (-3, -2)), (-1,))


@library
def ssim_multiscale(
    img1: Any,
    img2: Any,
    max_val: Any,
    power_factors: Sequence[float] = POWER_FACTORS,
    filter_size: Any = 11,
    filter_sigma: Any = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
) -> Tensor:
    """The product over scales, each half the one before, of contrast-structure similarities to powers; the last one is full SSIM.

    Raises:
        ValueError: a rank below 3, shapes that do not broadcast.
        InvalidArgumentError: images that are smaller than the filter at the smallest scale.

    >>> x = tf.random.stateless_uniform([1, 64, 64, 1], [1, 2])
    >>> tf.image.ssim_multiscale(x, x, 1.0, filter_size=4).numpy().round(4)
    array([1.], dtype=float32)
    """
    op = "ssim_multiscale"
    x, y, top = prepared(op, img1, img2, max_val)
    lead = x.dims[:-3]
    x, y = (reshape(v, (-1, *v.dims[-3:])) for v in (x, y))
    levels = []
    for level in range(len(power_factors)):
        if level:
            x, y = halved(x), halved(y)
        both, contrast = similarity(x, y, top, bell(checked_filter(op, x, filter_size), filter_sigma), k1, k2)
        last = level == len(power_factors) - 1
        levels.append(relu(reduce_mean(both if last else contrast, (-3, -2))))
    weights = tensor(np.array(power_factors, np.float32))
    total = reduce_mean(reduce_prod(power(stack(levels, -1), weights), (-1,)), (-1,))
    return reshape(total, lead)


def prepared(op: str, img1: Any, img2: Any, max_val: Any) -> tuple[Any, Any, Any]:
    """Both images and the largest intensity in float32, the images of one shape."""
    a, b = operand(img1), operand(img2)
    if min(a.ndim, b.ndim) < 3:
        raise ValueError(f"{op}: images must have at least three axes, got the shapes {list(a.dims)} and {list(b.dims)}")
    top = in_float32(cast(to_tensor(max_val), a.dtype))
    x, y = in_float32(a), in_float32(b)
    if x.dims != y.dims:
        if x.dims[-3:] != y.dims[-3:]:
            raise ValueError(f"{op}: Two images are not compatible. Shapes: {list(a.dims)} and {list(b.dims)}")
        shape = broadcast_shapes(x.dims, y.dims, op=op)
        x, y = broadcast_to(x, shape), broadcast_to(y, shape)
    return x, y, top


def checked_filter(op: str, x: Any, filter_size: Any) -> int:
    size = whole_number(filter_size, op, "filter_size")
    if any(not isinstance(n, Dim) and n < size for n in x.dims[-3:-1]):
        raise invalid(op, f"{op}: filter_size {size} is larger than the images at some scale, whose shape is {list(x.dims)}")
    return size


def bell(size: int, sigma: Any) -> np.ndarray:
    """A Gaussian of a whole number of places, its sum 1."""
    x = np.arange(size) - (size - 1) / 2.0
    weights = np.exp(-0.5 * (x / float(sigma)) ** 2)
    return (weights / weights.sum()).astype(np.float32)


def similarity(x: Any, y: Any, top: Any, kernel: np.ndarray, k1: float, k2: float) -> tuple[Any, Any]:
    """Luminance times contrast and structure, and the latter two alone, at each place."""
    mean: Callable = smoother(kernel, x.dims)
    c1, c2 = (square(multiply(top, k)) for k in (k1, k2))
    mx, my = mean(x), mean(y)
    product, squares = multiply(multiply(mx, my), 2.0), add(square(mx), square(my))
    luminance = divide(add(product, c1), add(squares, c1))
    mixed, alone = multiply(mean(multiply(x, y)), 2.0), mean(add(square(x), square(y)))
    contrast = divide(add(subtract(mixed, product), c2), add(subtract(alone, squares), c2))
    return multiply(luminance, contrast), contrast


def smoother(kernel: np.ndarray, dims: tuple[Any, ...]) -> Callable:
    """Weighted means over a window, as two filters of one axis each."""
    channels = dims[-1]
    filters = [np.tile(kernel.reshape(shape), (1, 1, channels, 1)) for shape in ((-1, 1, 1, 1), (1, -1, 1, 1))]

    def mean(x: Any) -> Any:
        out = reshape(x, (-1, *x.dims[-3:]))
        for weights in filters:
            out = depthwise_conv2d(out, tensor(weights), [1, 1, 1, 1], "VALID")
        return reshape(out, (*dims[:-3], *out.dims[1:]))

    return mean


def halved(x: Any) -> Any:
    """Means of two by two pixels, the last row and column twice where their number is odd."""
    odd = [n % 2 for n in x.dims[1:3]]
    if any(odd):
        x = pad(x, [[0, 0], [0, odd[0]], [0, odd[1]], [0, 0]], "SYMMETRIC")
    return avg_pool2d(x, 2, 2, "VALID")
