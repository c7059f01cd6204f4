"""tf.image: flips and quarter turns."""

from __future__ import annotations

from typing import Any

from ..core.context import library
from ..core.tensor import Tensor
from ..ops._arguments import whole_number
from ..ops.array import reverse
from ..ops.basic import permute
from ._image_checks import at_least_3d, three_or_four


@library
def flip_left_right(image: Any) -> Tensor:
    """Images ([batch,] height, width, channels) with their columns in reverse order.

    Raises:
        ValueError: a rank other than 3 and 4, empty images.

    >>> tf.image.flip_left_right(tf.reshape(tf.range(3), [1, 3, 1])).numpy().ravel()
    array([2, 1, 0], dtype=int32)
    """
    return flipped("flip_left_right", image, -2)


@library
def flip_up_down(image: Any) -> Tensor:
    """Images ([batch,] height, width, channels) with their rows in reverse order.

    >>> tf.image.flip_up_down(tf.reshape(tf.range(3), [3, 1, 1])).numpy().ravel()
    array([2, 1, 0], dtype=int32)
    """
    return flipped("flip_up_down", image, -3)


def flipped(op: str, image: Any, axis: int) -> Any:
    x = three_or_four(op, at_least_3d(op, image))
    return reverse(x, [x.ndim + axis])


@library
def transpose(image: Any, name: str | None = None) -> Tensor:
    """Images ([batch,] height, width, channels) with height and width exchanged.

    >>> tf.image.transpose(tf.ones([2, 3, 1])).shape
    TensorShape([3, 2, 1])
    """
    return exchanged(three_or_four("transpose", at_least_3d("transpose", image)))


def exchanged(x: Any) -> Any:
    return permute(x, (*range(x.ndim - 3), x.ndim - 2, x.ndim - 3, x.ndim - 1))


@library
def rot90(image: Any, k: Any = 1, name: str | None = None) -> Tensor:
    """Images ([batch,] height, width, channels) turned k times by a quarter, counter-clockwise.

    >>> tf.image.rot90(tf.reshape(tf.range(4), [2, 2, 1])).numpy()[..., 0]
    array([[1, 3],
           [0, 2]], dtype=int32)
    """
    x = three_or_four("rot90", at_least_3d("rot90", image))
    turns = whole_number(k, "rot90", "k") % 4
    rows, columns = x.ndim - 3, x.ndim - 2
    if turns == 1:
        return exchanged(reverse(x, [columns]))
    if turns == 2:
        return reverse(x, [rows, columns])
    return reverse(exchanged(x), [columns]) if turns == 3 else x
