"""Images read at other places: coordinates mapped into the image, then the nearest pixels or the mean of four."""

from __future__ import annotations

import itertools
from typing import Any

import gradtape as tf

BY_NODES = ("wrap", "mirror")  # here each of the four pixels is mapped into the image, as on the JAX and torch back ends


# -- coordinates outside ----------------------------------------------------------------------------------------
def inside(c: Any, size: int, fill_mode: str) -> Any:
    """Coordinates (floats) with those outside [0, size - 1] mapped as TensorFlow's image transforms map them."""
    last = float(size - 1)
    if fill_mode in ("constant", *BY_NODES):
        return c
    if fill_mode == "nearest" or size <= 1:
        return tf.clip_by_value(c, 0.0, last)
    folded = tf.math.floormod(c, 2.0 * size)
    folded = tf.where(folded >= float(size), 2.0 * size - 1.0 - folded, folded)
    return tf.clip_by_value(tf.where((c < 0.0) | (c > last), folded, c), 0.0, last)


# -- reading ------------------------------------------------------------------------------------------------------
def read(flat: Any, y: Any, x: Any, height: int, width: int, fill_mode: str, fill_value: Any) -> Any:
    """Pixels of flat images (n, height * width, channels) at whole coordinates (n, places); `fill_value` outside."""
    if fill_mode in BY_NODES:
        y, x = (whole_places(tf.cast(c, "int32"), n, fill_mode) for c, n in ((y, height), (x, width)))
        return tf.gather(flat, y * width + x, axis=1, batch_dims=1)
    valid = (y >= 0.0) & (y <= height - 1.0) & (x >= 0.0) & (x <= width - 1.0)
    row, column = (tf.cast(tf.clip_by_value(c, 0.0, n - 1.0), "int32") for c, n in ((y, height), (x, width)))
    values = tf.gather(flat, row * width + column, axis=1, batch_dims=1)
    return tf.where(tf.expand_dims(valid, -1), values, tf.cast(fill_value, flat.dtype))


def half_away(c: Any) -> Any:
    """The nearest whole number, halves away from zero."""
    return tf.sign(c) * tf.floor(tf.abs(c) + 0.5)


def sampled(images: Any, y: Any, x: Any, interpolation: str, fill_mode: str, fill_value: Any) -> Any:
    """Images (n, height, width, channels) at float coordinates (n, places)."""
    n, height, width, channels = images.shape
    flat = tf.reshape(images, (n, height * width, channels))
    y, x = inside(y, height, fill_mode), inside(x, width, fill_mode)
    if interpolation == "nearest":
        return read(flat, half_away(y), half_away(x), height, width, fill_mode, fill_value)
    flat = flat if flat.dtype.is_floating else tf.cast(flat, "float32")
    top, left = tf.floor(y), tf.floor(x)
    down, right = (tf.expand_dims(tf.cast(c, flat.dtype), -1) for c in (y - top, x - left))
    total = 0.0
    for dy, dx in itertools.product((0.0, 1.0), (0.0, 1.0)):
        weight = (down if dy else 1.0 - down) * (right if dx else 1.0 - right)
        total = total + weight * read(flat, top + dy, left + dx, height, width, fill_mode, fill_value)
    return total


def projected(images: Any, transforms: Any, interpolation: str, fill_mode: str, fill_value: Any) -> Any:
    """Images (n, height, width, channels) by eight numbers each, which map a place of the output to one of the input."""
    n, height, width, channels = images.shape
    a0, a1, a2, b0, b1, b2, c0, c1 = tf.unstack(tf.expand_dims(tf.cast(transforms, "float32"), -1), 8, 1)
    y, x = (tf.reshape(v, (1, -1)) for v in tf.meshgrid(tf.range(float(height)), tf.range(float(width)), indexing="ij"))
    depth = c0 * x + c1 * y + 1.0
    at_x, at_y = (a0 * x + a1 * y + a2) / depth, (b0 * x + b1 * y + b2) / depth
    seen = tf.not_equal(depth, 0.0)
    at_x, at_y = (tf.broadcast_to(tf.where(seen, c, -2.0), (n, height * width)) for c in (at_x, at_y))
    out = sampled(images, at_y, at_x, interpolation, fill_mode, fill_value)
    out = tf.where(tf.expand_dims(seen, -1), out, tf.cast(fill_value, out.dtype))
    return tf.cast(tf.reshape(out, (n, height, width, channels)), images.dtype)


# -- any number of axes ---------------------------------------------------------------------------------------------
def whole_places(index: Any, size: int, fill_mode: str) -> Any:
    """Whole coordinates inside an axis."""
    if fill_mode == "wrap":
        return tf.math.floormod(index, size)
    if fill_mode == "mirror" and size > 1:
        period = 2 * (size - 1)
        return size - 1 - tf.abs(tf.math.floormod(index, period) - (size - 1))
    if fill_mode == "reflect":
        folded = tf.math.floormod(index, 2 * size)
        return tf.where(folded >= size, 2 * size - 1 - folded, folded)
    return tf.clip_by_value(index, 0, size - 1)


def map_coordinates(values: Any, coordinates: list[Any], order: int, fill_mode: str, fill_value: Any) -> Any:
    """Values of any rank at coordinates, one tensor an axis: the nearest (order 0) or multilinear (order 1)."""
    nodes = [nodes_of(c, size, order, fill_mode) for c, size in zip(coordinates, values.shape, strict=True)]
    work = coordinates[0].dtype if coordinates[0].dtype.is_floating else tf.float32
    total = 0.0
    for corner in itertools.product(*nodes):
        places, valid, weights = zip(*corner, strict=True)
        found = tf.cast(tf.gather_nd(values, tf.stack(places, -1)), work)
        if fill_mode == "constant":
            found = tf.where(tf.reduce_all(tf.stack(valid), 0), found, tf.cast(fill_value, work))
        for weight in weights:
            found = found if weight is None else found * weight
        total = total + found
    total = tf.round(total) if values.dtype.is_integer else total
    return tf.cast(total, values.dtype)


def nodes_of(c: Any, size: int, order: int, fill_mode: str) -> list[tuple[Any, Any, Any]]:
    """(place, is it inside?, weight) of the places that count at each coordinate."""
    if order == 0:
        index = tf.cast(tf.round(c), "int32")
        return [(whole_places(index, size, fill_mode), (index >= 0) & (index < size), None)]
    low = tf.floor(c)
    share = c - low
    index = tf.cast(low, "int32")
    return [
        (whole_places(i, size, fill_mode), (i >= 0) & (i < size), weight)
        for i, weight in ((index, 1.0 - share), (index + 1, share))
    ]
