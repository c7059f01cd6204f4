"""tf.image: sizes: resizing, crops, padding."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor
from ..ops._arguments import operand, static
from ..ops._resampling import KERNELS, nearest
from ..ops.basic import cast
from ..ops.gathering import gather
from ..ops.image import resample


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
