"""Images: sizes, colours, transforms, filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src.backend.common import dtypes
from keras.src.backend.config import standardize_data_format
from keras.src.random.seed_generator import draw_seed

import gradtape as tf

from . import warping
from .conversion import cast, tensor, tensor_pair

__all__ = [
    "affine_transform", "compute_homography_matrix", "elastic_transform", "gaussian_blur", "hsv_to_rgb", "map_coordinates",
    "perspective_transform", "resize", "rgb_to_grayscale", "rgb_to_hsv", "scale_and_translate", "sobel_edges",
]  # fmt: skip

LUMA = (0.2989, 0.5870, 0.1140)  # ITU-R BT.601, as TensorFlow rounds it
RESIZE_METHODS = ("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area")
INTERPOLATIONS = ("nearest", "bilinear")
FILL_MODES = ("constant", "nearest", "wrap", "mirror", "reflect")


# -- what all take ----------------------------------------------------------------------------------------------
def image_tensor(images: Any) -> Any:
    x = tensor(images)
    if len(x.shape) not in (3, 4):
        raise ValueError(
            "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
            f"Received input with shape: images.shape={tuple(x.shape)}"
        )
    return x


def one_of(argument: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"Invalid value for argument `{argument}`. Expected of one {allowed}. Received: {argument}={value}")


def moved(x: Any, source: int, target: int) -> Any:
    order = [axis for axis in range(len(x.shape)) if axis != source % len(x.shape)]
    order.insert(target % len(x.shape), source % len(x.shape))
    return tf.transpose(x, order)


def on_channels_last(images: Any, data_format: str | None, function: Callable, batch: bool = True) -> Any:
    """A function of images with the channels last (and, with `batch`, the batch first) for images laid out in any way."""
    first = standardize_data_format(data_format) == "channels_first"
    x = moved(images, -3, -1) if first else images
    single = batch and len(x.shape) == 3
    y = function(tf.expand_dims(x, 0) if single else x)
    y = y[0] if single else y
    return moved(y, -1, -3) if first else y


# -- colours ----------------------------------------------------------------------------------------------------
def rgb_to_grayscale(images: Any, data_format: str | None = None) -> Any:
    images = image_tensor(images)
    axis = len(images.shape) - (1 if standardize_data_format(data_format) == "channels_last" else 3)
    if images.shape[axis] == 1:
        return tf.identity(images)
    if images.shape[axis] != 3:
        raise ValueError(
            "Invalid channel size: expected 3 (RGB) or 1 (Grayscale). "
            f"Received input with shape: images.shape={tuple(images.shape)}"
        )
    work = dtypes.result_type(images.dtype.name, float)
    weights = tf.reshape(tf.constant(LUMA, work), [3 if k == axis else 1 for k in range(len(images.shape))])
    return tf.cast(tf.reduce_sum(tf.cast(images, work) * weights, axis, True), images.dtype)


def rgb_to_hsv(images: Any, data_format: str | None = None) -> Any:
    return on_channels_last(float_images(images), data_format, tf.image.rgb_to_hsv, batch=False)


def hsv_to_rgb(images: Any, data_format: str | None = None) -> Any:
    return on_channels_last(float_images(images), data_format, tf.image.hsv_to_rgb, batch=False)


def float_images(images: Any) -> Any:
    images = image_tensor(images)
    if not images.dtype.is_floating:
        raise ValueError(f"Invalid images dtype: expected float dtype. Received: images.dtype={images.dtype.name}")
    return images


# -- sizes --------------------------------------------------------------------------------------------------------
def resize(
    images: Any, size: Any, interpolation: str = "bilinear", antialias: bool = False, crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False, fill_mode: str = "constant", fill_value: float = 0.0, data_format: str | None = None,
) -> Any:  # fmt: skip
    one_of("interpolation", interpolation, RESIZE_METHODS)
    if fill_mode != "constant":
        raise ValueError(
            f"Invalid value for argument `fill_mode`. Only `'constant'` is supported. Received: fill_mode={fill_mode}"
        )
    if pad_to_aspect_ratio and crop_to_aspect_ratio:
        raise ValueError("Only one of `pad_to_aspect_ratio` & `crop_to_aspect_ratio` can be `True`.")
    if len(size) != 2:
        raise ValueError(f"Argument `size` must be a tuple of two elements (height, width). Received: size={size}")
    height, width = size

    def resized(x: Any) -> Any:
        if crop_to_aspect_ratio:
            x = cropped_to_aspect(x, height, width)
        elif pad_to_aspect_ratio:
            x = padded_to_aspect(x, height, width, fill_value)
        return tf.image.resize(x, (height, width), interpolation, antialias=antialias)

    return on_channels_last(image_tensor(images), data_format, resized, batch=False)


def ratio(a: Any, b: Any, c: Any) -> int:
    return int(np.float32(a * b) / np.float32(c))


def cropped_to_aspect(x: Any, target_height: int, target_width: int) -> Any:
    height, width = x.shape[-3:-1]
    new_height = max(min(height, ratio(width, target_height, target_width)), 1)
    new_width = max(min(width, ratio(height, target_width, target_height)), 1)
    top, left = (height - new_height) // 2, (width - new_width) // 2
    return x[..., top : top + new_height, left : left + new_width, :]


def padded_to_aspect(x: Any, target_height: int, target_width: int, fill_value: float) -> Any:
    height, width = x.shape[-3:-1]
    rows = (max(height, ratio(width, target_height, target_width)) - height) // 2
    columns = (max(width, ratio(height, target_width, target_height)) - width) // 2
    paddings = [[0, 0]] * (len(x.shape) - 3) + [[rows, rows], [columns, columns], [0, 0]]
    return tf.pad(x, paddings, constant_values=cast(fill_value, x.dtype))


# -- transforms -----------------------------------------------------------------------------------------------------
def affine_transform(
    images: Any, transform: Any, interpolation: str = "bilinear", fill_mode: str = "constant", fill_value: float = 0,
    data_format: str | None = None,
) -> Any:  # fmt: skip
    one_of("interpolation", interpolation, INTERPOLATIONS)
    one_of("fill_mode", fill_mode, FILL_MODES)
    images, transform = image_tensor(images), cast(transform, "float32")
    if len(transform.shape) not in (1, 2):
        raise ValueError(
            "Invalid transform rank: expected rank 1 (single transform) or rank 2 (batch of transforms). "
            f"Received input with shape: transform.shape={tuple(transform.shape)}"
        )
    if transform.shape[-1] != 8:
        raise ValueError(
            f"Invalid transform shape: expected the last dimension to be 8. Received: transform.shape={tuple(transform.shape)}"
        )
    numbers = tf.reshape(transform, (-1, 8))
    return on_channels_last(images, data_format, lambda x: warping.projected(x, numbers, interpolation, fill_mode, fill_value))


def perspective_transform(
    images: Any, start_points: Any, end_points: Any, interpolation: str = "bilinear", fill_value: float = 0,
    data_format: str | None = None,
) -> Any:  # fmt: skip
    one_of("interpolation", interpolation, INTERPOLATIONS)
    images = image_tensor(images)
    start, end = cast(start_points, "float32"), cast(end_points, "float32")
    for name, points in (("start_points", start), ("end_points", end)):
        if len(points.shape) not in (2, 3) or tuple(points.shape[-2:]) != (4, 2):
            raise ValueError(
                f"Invalid {name} shape: expected (4,2) for a single image or (N,4,2) for a batch. "
                f"Received shape: {tuple(points.shape)}"
            )
    if tuple(start.shape) != tuple(end.shape):
        raise ValueError(
            "start_points and end_points must have the same shape. "
            f"Received start_points.shape={tuple(start.shape)}, end_points.shape={tuple(end.shape)}"
        )
    numbers = tf.reshape(compute_homography_matrix(start, end), (-1, 8))
    return on_channels_last(images, data_format, lambda x: warping.projected(x, numbers, interpolation, "constant", fill_value))


def compute_homography_matrix(start_points: Any, end_points: Any) -> Any:
    """The eight numbers that map four end points to four start points: two linear equations a point."""
    start, end = (cast(p, "float32") for p in tensor_pair(start_points, end_points))
    (x, y), (u, v) = (tf.unstack(p, 2, -1) for p in (end, start))
    zero, one = tf.zeros_like(x), tf.ones_like(x)
    first = tf.stack([x, y, one, zero, zero, zero, -u * x, -u * y], -1)
    second = tf.stack([zero, zero, zero, x, y, one, -v * x, -v * y], -1)
    equations = tf.concat([first, second], -2)
    right = tf.concat([u, v], -1)
    return tf.squeeze(tf.linalg.solve(equations, tf.expand_dims(right, -1)), [-1])


def map_coordinates(inputs: Any, coordinates: Any, order: int, fill_mode: str = "constant", fill_value: float = 0.0) -> Any:
    inputs, coordinates = tensor(inputs), tensor(coordinates)
    if coordinates.shape[0] != len(inputs.shape):
        raise ValueError(
            "First dim of `coordinates` must be the same as the rank of `inputs`. "
            f"Received inputs with shape: {tuple(inputs.shape)} and coordinate leading dim of {coordinates.shape[0]}"
        )
    if len(coordinates.shape) < 2:
        raise ValueError(
            f"Invalid coordinates rank: expected at least rank 2. Received input with shape: {tuple(coordinates.shape)}"
        )
    one_of("fill_mode", fill_mode, FILL_MODES)
    if order not in (0, 1):
        raise NotImplementedError("map_coordinates currently requires order<=1")
    return warping.map_coordinates(inputs, tf.unstack(coordinates, axis=0), order, fill_mode, fill_value)


def elastic_transform(
    images: Any, alpha: float = 20.0, sigma: float = 5.0, interpolation: str = "bilinear", fill_mode: str = "reflect",
    fill_value: float = 0.0, seed: Any = None, data_format: str | None = None,
) -> Any:  # fmt: skip
    one_of("interpolation", interpolation, INTERPOLATIONS)
    one_of("fill_mode", fill_mode, FILL_MODES)
    images = image_tensor(images)
    work = images.dtype if images.dtype.is_floating else tf.float32
    seed, size = draw_seed(seed), 6 * int(sigma) | 1

    def shifts(shape: Any) -> Any:
        drawn = tf.random.stateless_normal(shape, seed, dtype=work) * cast(sigma, work)
        blurred = gaussian_blur(tf.expand_dims(drawn, -1), (size, size), (sigma, sigma), "channels_last")
        return cast(alpha, work) * blurred[..., 0]

    def transformed(x: Any) -> Any:
        n, height, width, _ = x.shape
        rows, columns = tf.meshgrid(tf.range(height), tf.range(width), indexing="ij")
        shift = shifts((n, height, width))
        places = [tf.broadcast_to(v, (n, height, width)) for v in (tf.cast(rows, work) + shift, tf.cast(columns, work) + shift)]
        numbers = tf.reshape(tf.cast(tf.range(n), work), (n, 1, 1)) + tf.zeros_like(places[0])
        read = [
            warping.map_coordinates(x[..., k], [numbers, *places], INTERPOLATIONS.index(interpolation), fill_mode, fill_value)
            for k in range(x.shape[-1])
        ]
        return tf.stack(read, -1)

    return on_channels_last(images, data_format, transformed)


def scale_and_translate(
    images: Any, output_shape: Any, scale: Any, translation: Any, spatial_dims: Any, method: str, antialias: bool = True
) -> Any:
    methods = ("linear", "bilinear", "trilinear", "cubic", "bicubic", "tricubic", "lanczos3", "lanczos5")
    one_of("method", method, methods)
    kernel = {"linear": triangle, "cubic": cubic}.get(method.removeprefix("bi").removeprefix("tri"))
    kernel = kernel or lanczos(float(method[-1]))
    x = tensor(images)
    scale, translation = tensor_pair(scale, translation)
    out = tf.cast(x, "float32") if x.dtype.is_integer else x
    for i, axis in enumerate(d % len(x.shape) for d in spatial_dims):
        weights = weight_matrix(x.shape[axis], output_shape[axis], scale[i], translation[i], kernel, antialias)
        out = moved(tf.tensordot(out, tf.cast(weights, out.dtype), [[axis], [0]]), -1, axis)
    if x.dtype.is_integer:
        low, high = (tf.cast(f(x), "float32") for f in (tf.reduce_min, tf.reduce_max))
        out = tf.clip_by_value(tf.round(out), low, high)
    return tf.cast(out, x.dtype)


def weight_matrix(source: int, target: int, scale: Any, translation: Any, kernel: Callable, antialias: bool) -> Any:
    """What each input place gives to each output place, [source, target]; outputs from outside the input are 0."""
    step = 1.0 / scale
    width = tf.maximum(step, 1.0) if antialias else 1.0
    at = (tf.cast(tf.range(target), scale.dtype) + 0.5) * step - translation * step - 0.5
    distance = tf.abs(at[None, :] - tf.cast(tf.range(source), scale.dtype)[:, None]) / width
    weights = kernel(distance)
    total = tf.reduce_sum(weights, 0, True)
    enough = tf.abs(total) > 1000.0 * float(np.finfo(np.float32).eps)
    weights = tf.where(enough, tf.math.divide_no_nan(weights, total), 0.0)
    return tf.where(((at >= -0.5) & (at <= source - 0.5))[None, :], weights, 0.0)


def triangle(x: Any) -> Any:
    return tf.maximum(1.0 - x, 0.0)


def cubic(x: Any) -> Any:
    """Keys, IEEE Trans. ASSP 29, 1981."""
    near, far = (1.5 * x - 2.5) * x * x + 1.0, ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    return tf.where(x < 1.0, near, tf.where(x < 2.0, far, 0.0))


def lanczos(radius: float) -> Callable:
    def kernel(x: Any) -> Any:
        t = np.pi * tf.maximum(x, 1e-3)
        wave = radius * tf.sin(t) * tf.sin(t / radius) / (t * t)
        return tf.where(x > radius, 0.0, tf.where(x > 1e-3, wave, 1.0))

    return kernel


# -- filters -----------------------------------------------------------------------------------------------------------
def gaussian_blur(images: Any, kernel_size: Any = (3, 3), sigma: Any = (1.0, 1.0), data_format: str | None = None) -> Any:
    images = image_tensor(images)
    column, row = (bell(int(n), s, images.dtype) for n, s in zip(kernel_size, sigma, strict=True))
    kernel = tf.reshape(column, (-1, 1, 1, 1)) * tf.reshape(row, (1, -1, 1, 1))

    def blurred(x: Any) -> Any:
        return tf.nn.depthwise_conv2d(x, tf.tile(kernel, [1, 1, x.shape[-1], 1]), [1, 1, 1, 1], "SAME")

    return on_channels_last(images, data_format, blurred)


def bell(size: int, sigma: Any, dtype: Any) -> Any:
    x = tf.cast(tf.range(size), dtype) - (size - 1) / 2
    values = tf.exp(-0.5 * tf.square(x / cast(sigma, dtype)))
    return values / tf.reduce_sum(values)


def sobel_edges(images: Any, data_format: str | None = None) -> Any:
    x = tensor(images)
    if standardize_data_format(data_format) == "channels_first":
        return tf.transpose(tf.image.sobel_edges(tf.transpose(x, (0, 2, 3, 1))), (0, 3, 1, 2, 4))
    return tf.image.sobel_edges(x)
