"""tf.image: adjustments by random amounts: `random_*` draw on the global seed's streams, `stateless_random_*` on a seed of two numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor
from ..graph.symbol import Symbol
from ..ops._arguments import extents, operand
from ..ops.arithmetic import floormod
from ..ops.array import reverse
from ..ops.basic import add, greater, less, reshape, select
from ..ops.gathering import gather
from ._image_checks import at_least_3d, demand, three_or_four
from .image_adjust import adjust_brightness, adjust_contrast, adjust_hue, adjust_saturation
from .image_codec import adjust_jpeg_quality
from .random import stateless_uniform, uniform


# -- the draws ------------------------------------------------------------------------------------------------------
def stateful(seed: Any) -> Callable:
    return partial(uniform, seed=seed)


def stateless(seed: Any) -> Callable:
    return partial(stateless_uniform, seed=seed)


def around_zero(op: str, draw: Callable, max_delta: Any, limit: float | None = None) -> Any:
    demand(max_delta >= 0, f"{op}: max_delta must be non-negative, got {max_delta}.")
    demand(limit is None or max_delta <= limit, f"{op}: max_delta must be <= {limit}, got {max_delta}.")
    return draw([], minval=-max_delta, maxval=max_delta)


def between(op: str, draw: Callable, lower: Any, upper: Any) -> Any:
    demand(upper > lower, f"{op}: upper must be > lower, got {lower} and {upper}.")
    demand(lower >= 0, f"{op}: lower must be non-negative, got {lower}.")
    return draw([], minval=lower, maxval=upper)


def maybe_reversed(op: str, draw: Callable, image: Any, axis: int) -> Any:
    """A single image reversed or not; of a batch each image for itself."""
    x = three_or_four(op, at_least_3d(op, image))
    other = reverse(x, [x.ndim + axis])
    if x.ndim == 3:
        return select(less(draw([]), 0.5), other, x)
    return select(greater(reshape(draw([x.dims[0]]), (-1, 1, 1, 1)), 0.5), other, x)


def cut(op: str, draw: Callable, value: Any, size: Any) -> Any:
    """A block of `size` somewhere in the value."""
    x, wanted = operand(value), extents(size, op, "size")
    if len(wanted) != x.ndim or any(n > have for n, have in zip(wanted, x.dims, strict=True)):
        raise invalid(op, f"{op}: Need value.shape >= size, got {list(x.dims)} and {list(wanted)}")
    numbers = draw([x.ndim], minval=0, maxval=np.iinfo(np.int32).max, dtype=np.int32)
    if isinstance(numbers, Symbol):
        return cut_while_traced(x, wanted, numbers)
    starts = [int(k) % (have - n + 1) for k, n, have in zip(numbers.numpy(), wanted, x.dims, strict=True)]
    return x[tuple(slice(start, start + n) for start, n in zip(starts, wanted, strict=True))]


def cut_while_traced(x: Any, wanted: tuple[int, ...], numbers: Any) -> Any:
    """The same block, where the numbers are not known yet: rows by their places."""
    for axis, (n, have) in enumerate(zip(wanted, x.dims, strict=True)):
        if n != have:
            start = floormod(numbers[axis], tensor(np.array(have - n + 1, np.int32)))
            x = gather(x, add(start, tensor(np.arange(n, dtype=np.int32))), axis=axis)
    return x


def quality_of(op: str, draw: Callable, lowest: Any, highest: Any) -> Any:
    demand(0 <= lowest <= 100 and 0 <= highest <= 100, f"{op}: jpeg encoding range must be between 0 and 100.")
    demand(lowest < highest, f"{op}: min_jpeg_quality must be less than max_jpeg_quality, got {lowest} and {highest}.")
    return draw([], minval=lowest, maxval=highest, dtype=np.int32)


@library
def random_flip_left_right(image: Any, seed: Any = None) -> Tensor:
    """Images with their columns in reverse order, or not, each half of the time.

    Raises:
        ValueError: a rank other than 3 and 4, empty images.

    >>> tf.image.random_flip_left_right(tf.ones([2, 2, 3]), seed=1).shape
    TensorShape([2, 2, 3])
    """
    return maybe_reversed("random_flip_left_right", stateful(seed), image, -2)


@library
def stateless_random_flip_left_right(image: Any, seed: Any) -> Tensor:
    """Images with their columns in reverse order, or not, each half of the time. The two numbers of `seed` decide.

    Raises:
        ValueError: a rank other than 3 and 4, empty images.

    >>> tf.image.stateless_random_flip_left_right(tf.ones([2, 2, 3]), seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return maybe_reversed("stateless_random_flip_left_right", stateless(seed), image, -2)


@library
def random_flip_up_down(image: Any, seed: Any = None) -> Tensor:
    """Images with their rows in reverse order, or not, each half of the time.

    Raises:
        ValueError: a rank other than 3 and 4, empty images.

    >>> tf.image.random_flip_up_down(tf.ones([2, 2, 3]), seed=1).shape
    TensorShape([2, 2, 3])
    """
    return maybe_reversed("random_flip_up_down", stateful(seed), image, -3)


@library
def stateless_random_flip_up_down(image: Any, seed: Any) -> Tensor:
    """Images with their rows in reverse order, or not, each half of the time. The two numbers of `seed` decide.

    Raises:
        ValueError: a rank other than 3 and 4, empty images.

    >>> tf.image.stateless_random_flip_up_down(tf.ones([2, 2, 3]), seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return maybe_reversed("stateless_random_flip_up_down", stateless(seed), image, -3)


@library
def random_brightness(image: Any, max_delta: Any, seed: Any = None) -> Tensor:
    """`tf.image.adjust_brightness` by a number from [-max_delta, max_delta).

    Raises:
        ValueError: a max_delta below 0.

    >>> tf.image.random_brightness(tf.ones([2, 2, 3]), 0.2, seed=1).shape
    TensorShape([2, 2, 3])
    """
    return adjust_brightness(image, around_zero("random_brightness", stateful(seed), max_delta))


@library
def stateless_random_brightness(image: Any, max_delta: Any, seed: Any) -> Tensor:
    """`tf.image.adjust_brightness` by a number from [-max_delta, max_delta). The two numbers of `seed` decide.

    Raises:
        ValueError: a max_delta below 0.

    >>> tf.image.stateless_random_brightness(tf.ones([2, 2, 3]), 0.2, seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return adjust_brightness(image, around_zero("stateless_random_brightness", stateless(seed), max_delta))


@library
def random_contrast(image: Any, lower: Any, upper: Any, seed: Any = None) -> Tensor:
    """`tf.image.adjust_contrast` by a factor from [lower, upper).

    Raises:
        ValueError: upper <= lower, or lower below 0.

    >>> tf.image.random_contrast(tf.ones([2, 2, 3]), 0.5, 1.5, seed=1).shape
    TensorShape([2, 2, 3])
    """
    return adjust_contrast(image, between("random_contrast", stateful(seed), lower, upper))


@library
def stateless_random_contrast(image: Any, lower: Any, upper: Any, seed: Any) -> Tensor:
    """`tf.image.adjust_contrast` by a factor from [lower, upper). The two numbers of `seed` decide.

    Raises:
        ValueError: upper <= lower, or lower below 0.

    >>> tf.image.stateless_random_contrast(tf.ones([2, 2, 3]), 0.5, 1.5, seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return adjust_contrast(image, between("stateless_random_contrast", stateless(seed), lower, upper))


@library
def random_hue(image: Any, max_delta: Any, seed: Any = None) -> Tensor:
    """`tf.image.adjust_hue` by a number from [-max_delta, max_delta).

    Raises:
        ValueError: a max_delta outside [0, 0.5].

    >>> tf.image.random_hue(tf.ones([2, 2, 3]), 0.2, seed=1).shape
    TensorShape([2, 2, 3])
    """
    return adjust_hue(image, around_zero("random_hue", stateful(seed), max_delta, 0.5))


@library
def stateless_random_hue(image: Any, max_delta: Any, seed: Any) -> Tensor:
    """`tf.image.adjust_hue` by a number from [-max_delta, max_delta). The two numbers of `seed` decide.

    Raises:
        ValueError: a max_delta outside [0, 0.5].

    >>> tf.image.stateless_random_hue(tf.ones([2, 2, 3]), 0.2, seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return adjust_hue(image, around_zero("stateless_random_hue", stateless(seed), max_delta, 0.5))


@library
def random_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Tensor:
    """`tf.image.adjust_saturation` by a factor from [lower, upper).

    Raises:
        ValueError: upper <= lower, or lower below 0.

    >>> tf.image.random_saturation(tf.ones([2, 2, 3]), 0.5, 1.5, seed=1).shape
    TensorShape([2, 2, 3])
    """
    return adjust_saturation(image, between("random_saturation", stateful(seed), lower, upper))


@library
def stateless_random_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Tensor:
    """`tf.image.adjust_saturation` by a factor from [lower, upper). The two numbers of `seed` decide.

    Raises:
        ValueError: upper <= lower, or lower below 0.

    >>> tf.image.stateless_random_saturation(tf.ones([2, 2, 3]), 0.5, 1.5, seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return adjust_saturation(image, between("stateless_random_saturation", stateless(seed), lower, upper))


@library
def random_jpeg_quality(image: Any, min_jpeg_quality: Any, max_jpeg_quality: Any, seed: Any = None) -> Tensor:
    """`tf.image.adjust_jpeg_quality` with a quality from [min_jpeg_quality, max_jpeg_quality).

    Raises:
        ValueError: qualities outside [0, 100], or in the wrong order.

    >>> tf.image.random_jpeg_quality(tf.ones([2, 2, 3]), 50, 95, seed=1).shape
    TensorShape([2, 2, 3])
    """
    return adjust_jpeg_quality(image, quality_of("random_jpeg_quality", stateful(seed), min_jpeg_quality, max_jpeg_quality))


@library
def stateless_random_jpeg_quality(image: Any, min_jpeg_quality: Any, max_jpeg_quality: Any, seed: Any) -> Tensor:
    """`tf.image.adjust_jpeg_quality` with a quality from [min_jpeg_quality, max_jpeg_quality). The two numbers of `seed` decide.

    Raises:
        ValueError: qualities outside [0, 100], or in the wrong order.

    >>> tf.image.stateless_random_jpeg_quality(tf.ones([2, 2, 3]), 50, 95, seed=[1, 2]).shape
    TensorShape([2, 2, 3])
    """
    return adjust_jpeg_quality(
        image, quality_of("stateless_random_jpeg_quality", stateless(seed), min_jpeg_quality, max_jpeg_quality)
    )


@library
def random_crop(value: Any, size: Any, seed: Any = None, name: str | None = None) -> Tensor:
    """A block of `size` somewhere in `value`, every place as likely as any other.

    Raises:
        InvalidArgumentError: a size that does not fit.

    >>> tf.image.random_crop(tf.ones([2, 4, 3]), [1, 2, 3], seed=1).shape
    TensorShape([1, 2, 3])
    """
    return cut("random_crop", stateful(seed), value, size)


@library
def stateless_random_crop(value: Any, size: Any, seed: Any, name: str | None = None) -> Tensor:
    """A block of `size` somewhere in `value`, every place as likely as any other. The two numbers of `seed` decide.

    Raises:
        InvalidArgumentError: a size that does not fit.

    >>> tf.image.stateless_random_crop(tf.ones([2, 4, 3]), [1, 2, 3], seed=[1, 2]).shape
    TensorShape([1, 2, 3])
    """
    return cut("stateless_random_crop", stateless(seed), value, size)
