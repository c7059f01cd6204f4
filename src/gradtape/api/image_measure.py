"""tf.image: edges, gradients and total variation."""

from __future__ import annotations

from typing import Any

from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor
from ..ops._arguments import operand
from ..ops.array import pad, stack
from ..ops.basic import add, multiply, reduce_sum, subtract
from ..ops.math import abs as magnitude


@library
def sobel_edges(image: Any) -> Tensor:
    """Sobel's differences by height and by width in a last axis of 2, of images (batch, height, width, channels), mirrored at the border.

    Raises:
        InvalidArgumentError: another rank than 4, images that are not floats.

    >>> tf.image.sobel_edges(tf.reshape(tf.range(9.0), [1, 3, 3, 1])).numpy()[0, 1, 1, 0]
    array([24.,  8.], dtype=float32)
    """
    x = operand(image)
    if x.ndim != 4:
        raise invalid(
            "sobel_edges", f"sobel_edges: image must have the shape (batch, height, width, channels), not {list(x.dims)}"
        )
    if not x.dtype.is_floating:
        raise invalid("sobel_edges", f"sobel_edges: image must be floats, got {x.dtype.name}: write tf.cast(image, tf.float32)")
    p = pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], "REFLECT")
    across = smoothed(p[:, :, :-2], p[:, :, 1:-1], p[:, :, 2:])
    down = smoothed(p[:, :-2], p[:, 1:-1], p[:, 2:])
    return stack([subtract(across[:, 2:], across[:, :-2]), subtract(down[:, :, 2:], down[:, :, :-2])], -1)


def smoothed(a: Any, b: Any, c: Any) -> Any:
    return add(add(a, c), multiply(b, 2.0))


@library
def image_gradients(image: Any) -> tuple[Tensor, Tensor]:
    """(dy, dx): differences to the next pixel below and to the right, 0 in the last row and column.

    Raises:
        ValueError: another rank than 4.

    >>> dy, dx = tf.image.image_gradients(tf.reshape(tf.range(4.0), [1, 2, 2, 1]))
    >>> dy.numpy().ravel(), dx.numpy().ravel()
    (array([2., 2., 0., 0.], dtype=float32), array([1., 0., 1., 0.], dtype=float32))
    """
    x = operand(image)
    if x.ndim != 4:
        raise ValueError(f"image_gradients expects a 4D tensor [batch_size, h, w, d], not {tuple(x.dims)}.")
    dy, dx = subtract(x[:, 1:], x[:, :-1]), subtract(x[:, :, 1:], x[:, :, :-1])
    return pad(dy, [[0, 0], [0, 1], [0, 0], [0, 0]]), pad(dx, [[0, 0], [0, 0], [0, 1], [0, 0]])


@library
def total_variation(images: Any, name: str | None = None) -> Tensor:
    """The sum of absolute differences of neighbouring pixels, for each image.

    Raises:
        ValueError: a rank other than 3 and 4.

    >>> tf.image.total_variation(tf.reshape(tf.range(4.0), [2, 2, 1])).numpy()
    np.float32(6.0)
    """
    x = operand(images)
    if x.ndim not in (3, 4):
        raise ValueError(f"total_variation: 'images' must be either 3 or 4-dimensional, not of the shape {list(x.dims)}.")
    rows = subtract(x[..., 1:, :, :], x[..., :-1, :, :])
    columns = subtract(x[..., 1:, :], x[..., :-1, :])
    return add(reduce_sum(magnitude(rows), (-3, -2, -1)), reduce_sum(magnitude(columns), (-3, -2, -1)))
