"""Images: what is plain arithmetic on channels; resizing and warping come with gradtape's image family."""

from __future__ import annotations

from typing import Any

from keras.src.backend.config import standardize_data_format

import gradtape as tf

from .conversion import absent, cast, native, tensor_pair

__all__ = [
    "affine_transform", "compute_homography_matrix", "elastic_transform", "gaussian_blur", "hsv_to_rgb", "map_coordinates",
    "perspective_transform", "resize", "rgb_to_grayscale", "rgb_to_hsv", "scale_and_translate", "sobel_edges",
]  # fmt: skip

LUMA = (0.2989, 0.5870, 0.1140)  # ITU-R BT.601, as TensorFlow rounds it


def rgb_to_grayscale(images: Any, data_format: str | None = None) -> Any:
    images = native(images)
    order = standardize_data_format(data_format)
    rank = len(images.shape)
    if rank not in (3, 4):
        raise ValueError(f"Invalid images rank: expected rank 3 or rank 4. Received images with shape: {tuple(images.shape)}")
    axis = rank - 1 if order == "channels_last" else rank - 3
    weights = tf.reshape(tf.constant(LUMA), [3 if k == axis else 1 for k in range(rank)])
    gray = tf.reduce_sum(tf.cast(images, "float32") * weights, axis, True)
    return tf.cast(gray if images.dtype.is_floating else tf.round(gray), images.dtype)


def compute_homography_matrix(start_points: Any, end_points: Any) -> Any:
    """The eight numbers that map four end points to four start points: two linear equations a point."""
    start, end = (cast(p, "float32") for p in tensor_pair(start_points, end_points))
    (x, y), (u, v) = (tf.unstack(p, 2, -1) for p in (end, start))
    zero, one = tf.zeros_like(x), tf.ones_like(x)
    first = tf.stack([x, y, one, zero, zero, zero, -u * x, -u * y], -1)
    second = tf.stack([zero, zero, zero, x, y, one, -v * x, -v * y], -1)
    equations = tf.concat([first, second], -2)
    right = tf.concat([u, v], -1)
    numbers = tf.squeeze(tf.linalg.solve(equations, tf.expand_dims(right, -1)), [-1])
    return numbers


NEAREST = "The nearest is to prepare images before training, with Pillow or SciPy on arrays."
affine_transform = absent("affine_transform", NEAREST)
elastic_transform = absent("elastic_transform", NEAREST)
gaussian_blur = absent("gaussian_blur", "The nearest is keras.ops.depthwise_conv with a kernel of your own.")
hsv_to_rgb = absent("hsv_to_rgb", NEAREST)
map_coordinates = absent("map_coordinates", NEAREST)
perspective_transform = absent("perspective_transform", NEAREST)
resize = absent("resize", "The nearest is keras.ops.repeat for whole factors, or keras.ops.average_pool to shrink.")
rgb_to_hsv = absent("rgb_to_hsv", NEAREST)
scale_and_translate = absent("scale_and_translate", NEAREST)
sobel_edges = absent("sobel_edges", "The nearest is keras.ops.depthwise_conv with Sobel's kernels.")
