"""tf.image: boxes: crops at boxes, glimpses, outlines, random crops."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype
from ..core.errors import OutOfRangeError, invalid
from ..core.shapes import Dim
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._arguments import extents, operand, static
from ..ops._data import known_array
from ..ops._sampling import fresh_state, seed_state, source_of
from ..ops.arithmetic import clip_by_value, floor
from ..ops.array import concat, expand_dims, pad, stack, unstack
from ..ops.basic import add, cast, divide, greater_equal, less_equal, multiply, reshape, select, subtract
from ..ops.detection import box_outlines, distorted_crop
from ..ops.gathering import gather
from ..ops.logic import logical_and
from ..ops.math import abs as magnitude
from ..ops.math import sign
from ..ops.reduce import reduce_max, reduce_mean, reduce_min, reduce_std
from .random import normal, uniform


# -- crops at boxes -----------------------------------------------------------------------------------------------------
@library
def crop_and_resize(
    image: Any,
    boxes: Any,
    box_indices: Any,
    crop_size: Any,
    method: str = "bilinear",
    extrapolation_value: float = 0.0,
    name: str | None = None,
) -> Tensor:
    """Crops of images (batch, height, width, channels) at boxes, resized to `crop_size`: (boxes, *crop_size, channels), float32.

    Boxes are [y1, x1, y2, x2], 0 and 1 the centres of the outermost pixels; a box may be mirrored (y1 > y2), and reach outside,
    where `extrapolation_value` stands. Both the image and, with "bilinear", the boxes have a gradient.

    Raises:
        InvalidArgumentError: shapes that do not fit, a size below 1, an unknown method.
        OutOfRangeError: box_indices outside the batch.

    >>> x = tf.reshape(tf.range(4.0), [1, 2, 2, 1])
    >>> tf.image.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0]], [0], [1, 3]).numpy().ravel()
    array([1. , 1.5, 2. ], dtype=float32)
    """
    op = "crop_and_resize"
    x, where, numbers = (
        cast(operand(image), np.float32),
        cast(to_tensor(boxes), np.float32),
        cast(to_tensor(box_indices), np.int32),
    )
    rows, columns = checked_crop(op, x, where, numbers, crop_size, method)
    y1, x1, y2, x2 = unstack(where, 4, 1)
    at_y, at_x = places(y1, y2, x.dims[1], rows), places(x1, x2, x.dims[2], columns)
    if method == "nearest":
        found = at_corner(x, numbers, half_away(at_y), half_away(at_x))
    else:
        found = between_corners(x, numbers, at_y, at_x)
    inside = logical_and(expand_dims(within(at_y, x.dims[1]), 2), expand_dims(within(at_x, x.dims[2]), 1))
    return select(expand_dims(inside, 3), found, float(extrapolation_value))


def checked_crop(op: str, x: Any, boxes: Any, numbers: Any, crop_size: Any, method: str) -> tuple[int, int]:
    if x.ndim != 4:
        raise invalid(op, f"{op}: input image must be 4-D, got {list(x.dims)}")
    if boxes.ndim != 2 or boxes.dims[1] != 4:
        raise invalid(op, f"{op}: boxes must have 4 columns, got the shape {list(boxes.dims)}")
    if numbers.dims != boxes.dims[:1]:
        raise invalid(op, f"{op}: box_index has incompatible shape {list(numbers.dims)} with {boxes.dims[0]} boxes")
    size = extents(crop_size, op, "crop_size")
    if len(size) != 2 or min(size) < 1:
        raise invalid(op, f"{op}: crop dimensions must be two positive numbers, got {list(size)}")
    if method not in ("bilinear", "nearest"):
        raise invalid(op, f"{op}: method must be 'bilinear' or 'nearest', got {method!r}")
    known = known_array(numbers)
    if known is not None and not isinstance(x.dims[0], Dim) and np.any((known < 0) | (known >= x.dims[0])):
        raise OutOfRangeError(None, None, f"{op}: box_index has values outside [0, {x.dims[0]}) [Op:{op}]")
    return size[0], size[1]


def places(first: Any, last: Any, pixels: Any, count: int) -> Any:
    """(boxes, count): where the pixels of the crops lie along one axis."""
    top = float(pixels - 1)
    if count == 1:
        return expand_dims(multiply(add(first, last), 0.5 * top), 1)
    step = multiply(subtract(last, first), top / (count - 1))
    return add(expand_dims(multiply(first, top), 1), multiply(expand_dims(step, 1), tensor(np.arange(count, dtype=np.float32))))


def within(at: Any, pixels: Any) -> Any:
    return logical_and(greater_equal(at, 0.0), less_equal(at, float(pixels - 1)))


def half_away(at: Any) -> Any:
    """The nearest whole number, halves away from zero."""
    return multiply(sign(at), floor(add(magnitude(at), 0.5)))


def at_corner(x: Any, numbers: Any, y: Any, column: Any) -> Any:
    """(boxes, rows, columns, channels): the pixels at whole coordinates, which are held inside the image."""
    _, height, width, channels = x.dims
    y, column = (cast(clip_by_value(v, 0.0, float(n - 1)), np.int32) for v, n in ((y, height), (column, width)))
    rows = add(multiply(expand_dims(numbers, 1), height), y)
    flat = add(multiply(expand_dims(rows, 2), width), expand_dims(column, 1))
    return gather(reshape(x, (-1, channels)), flat)


def between_corners(x: Any, numbers: Any, at_y: Any, at_x: Any) -> Any:
    top, left = floor(at_y), floor(at_x)
    down, right = (
        reshape(subtract(at_y, top), (*at_y.dims, 1, 1)),
        reshape(subtract(at_x, left), (at_x.dims[0], 1, at_x.dims[1], 1)),
    )
    total = 0.0
    for dy, dx in itertools.product((0.0, 1.0), (0.0, 1.0)):
        weight = multiply(down if dy else subtract(1.0, down), right if dx else subtract(1.0, right))
        total = add(multiply(weight, at_corner(x, numbers, add(top, dy), add(left, dx))), total)
    return total


# -- glimpses ---------------------------------------------------------------------------------------------------------------
@library
def extract_glimpse(
    input: Any,
    size: Any,
    offsets: Any,
    centered: bool = True,
    normalized: bool = True,
    noise: str = "uniform",
    name: str | None = None,
) -> Tensor:
    """Windows of `size` from images (batch, height, width, channels), one each; what lies outside the image is noise.

    Args:
        offsets: (batch, 2), y and x: with `centered` and `normalized` from -1 to 1, the window's middle; with `normalized` alone
            shares of the extents, with `centered` alone pixels from the image's middle, with neither pixels: the window's first pixel.
        noise: "uniform" (between the image's extremes), "gaussian" (with the image's mean and deviation), or "zero".

    Raises:
        InvalidArgumentError: shapes that do not fit, an unknown noise.

    >>> tf.image.extract_glimpse(tf.reshape(tf.range(9.0), [1, 3, 3, 1]), [1, 2], [[0.0, 0.0]]).numpy().ravel()
    array([3., 4.], dtype=float32)
    """
    op = "extract_glimpse"
    x = operand(input)
    height, width = extents(size, op, "size")
    shifts = np.asarray(static(offsets), np.float32)
    if x.ndim != 4:
        raise invalid(op, f"{op}: input must be 4-dimensional, got {list(x.dims)}")
    if shifts.ndim != 2 or shifts.shape[1] != 2 or shifts.shape[0] != x.dims[0]:
        raise invalid(op, f"{op}: offsets must have the shape [{x.dims[0]}, 2] (y, x), got {list(shifts.shape)}")
    if noise not in ("uniform", "gaussian", "zero"):
        raise invalid(op, f"{op}: The noise could only be uniform, gaussian, or zero, got {noise!r}")
    starts = [
        [first_pixel(s, n, m, centered, normalized) for s, n, m in zip(row, x.dims[1:3], (height, width), strict=True)]
        for row in shifts
    ]
    windows = [glimpse(picture, y, c, height, width, noise) for picture, (y, c) in zip(unstack(x, axis=0), starts, strict=True)]
    return stack(windows, 0)


def first_pixel(offset: Any, pixels: int, window: int, centered: bool, normalized: bool) -> int:
    if normalized and centered:
        return int((1.0 + offset) * pixels / 2.0 - window / 2.0)
    if normalized:
        return int(offset * pixels)
    return int(offset + pixels / 2.0) if centered else int(offset)


def glimpse(picture: Any, top: int, left: int, height: int, width: int, noise: str) -> Any:
    """One window of one picture."""
    have_height, have_width = picture.dims[:2]
    rows = slice(min(max(top, 0), have_height), max(min(top + height, have_height), 0))
    columns = slice(min(max(left, 0), have_width), max(min(left + width, have_width), 0))
    rows, columns = (slice(s.start, max(s.start, s.stop)) for s in (rows, columns))
    inside = picture[rows, columns]
    missing = [(height, inside.dims[0], max(-top, 0)), (width, inside.dims[1], max(-left, 0))]
    paddings = [[min(before, n - m), n - m - min(before, n - m)] for n, m, before in missing]
    out = pad(inside, [*paddings, [0, 0]])
    if noise == "zero" or inside.dims[:2] == (height, width):
        return out
    seen = np.pad(np.ones(inside.dims[:2], bool), paddings)[..., None]
    return select(tensor(seen), out, noise_like(picture, out.dims, noise))


def noise_like(picture: Any, dims: tuple[Any, ...], noise: str) -> Any:
    work = cast(picture, np.float32)
    if noise == "uniform":
        low, high = reduce_min(work), reduce_max(work)
        drawn = add(multiply(uniform(dims), subtract(high, low)), low)
    else:
        drawn = add(multiply(normal(dims), reduce_std(work)), reduce_mean(work))
    return cast(drawn, picture.dtype)


# -- outlines -----------------------------------------------------------------------------------------------------------------
TABLE = (
    (1, 1, 0, 1), (0, 0, 1, 1), (1, 0, 0, 1), (0, 1, 0, 1), (0.5, 0, 0.5, 1),
    (0.5, 0.5, 0, 1), (0.5, 0, 0, 1), (0, 0, 0.5, 1), (0, 1, 1, 1), (1, 0, 1, 1),
)  # fmt: skip


@library
def draw_bounding_boxes(images: Any, boxes: Any, colors: Any, name: str | None = None) -> Tensor:
    """Images (batch, height, width, channels) with the outlines of boxes (batch, n, [y1, x1, y2, x2]), shares of the extents.

    Args:
        colors: (m, channels), taken in turn; None: ten of TensorFlow's.

    Raises:
        InvalidArgumentError: shapes that do not fit, other channels than 1, 3 and 4, images that are not float16 or float32.

    >>> tf.image.draw_bounding_boxes(tf.zeros([1, 3, 3, 1]), [[[0.0, 0.0, 1.0, 0.5]]], [[1.0]]).numpy()[0, ..., 0]
    array([[1., 1., 0.],
           [1., 1., 0.],
           [1., 1., 0.]], dtype=float32)
    """
    op = "draw_bounding_boxes"
    x, where = operand(images), cast(to_tensor(boxes), np.float32)
    check_drawing(op, x, where)
    channels = x.dims[3]
    palette = default_palette(channels) if colors is None else cast(to_tensor(colors), np.float32)
    if palette.ndim != 2 or palette.dims[1] < channels:
        raise invalid(op, f"{op}: colors must have the shape [m, {channels}], got {list(palette.dims)}")
    numbers = box_outlines(where, height=x.dims[1], width=x.dims[2])
    covered = expand_dims(greater_equal(numbers, 0), 3)
    shades = gather(cast(palette[:, :channels], x.dtype), numbers % max(palette.dims[0], 1))
    return select(covered, shades, x)


def check_drawing(op: str, x: Any, boxes: Any) -> None:
    if x.dtype.name not in ("float16", "float32"):
        raise invalid(
            op, f"{op}: images must be float16 or float32, got {x.dtype.name}: write tf.image.convert_image_dtype(x, tf.float32)"
        )
    if x.ndim != 4:
        raise invalid(op, f"{op}: The rank of the images should be 4, got the shape {list(x.dims)}")
    if boxes.ndim != 3 or boxes.dims[2] != 4:
        raise invalid(op, f"{op}: boxes must have the shape [batch, n, 4], got {list(boxes.dims)}")
    if boxes.dims[0] != x.dims[0]:
        raise invalid(op, f"{op}: The batch sizes should be the same, got {x.dims[0]} images and boxes for {boxes.dims[0]}")
    if x.dims[3] not in (1, 3, 4):
        raise invalid(op, f"{op}: Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA), got {x.dims[3]}")


def default_palette(channels: int) -> Any:
    table = np.array(TABLE, np.float32)
    if channels == 1:
        table[:, 0] = 1.0
    return tensor(table)


# -- random crops ---------------------------------------------------------------------------------------------------------------
class SampleDistortedBoundingBox(NamedTuple):
    """What `tf.image.sample_distorted_bounding_box` gives: where `tf.slice` begins, how much it takes, the crop as a box."""

    begin: Any
    size: Any
    bboxes: Any


@library
def sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: Any = 0,
    min_object_covered: Any = 0.1,
    aspect_ratio_range: Any = None,
    area_range: Any = None,
    max_attempts: Any = None,
    use_image_if_no_bounding_boxes: Any = None,
    name: str | None = None,
) -> SampleDistortedBoundingBox:
    """A random crop that covers a share of one of the boxes at least; the whole image where none was found.

    Args:
        image_size: [height, width, channels].
        bounding_boxes: (batch, n, [y1, x1, y2, x2]), shares of the extents.
        seed: of this operation; see `tf.random.set_seed`.
        min_object_covered: the share of a box that the crop must cover.
        aspect_ratio_range: of width to height, [0.75, 1.33] by default.
        area_range: of the crop, as shares of the image, [0.05, 1] by default.
        max_attempts: 100 by default.
        use_image_if_no_bounding_boxes: without boxes, take the whole image for one.

    Raises:
        InvalidArgumentError: shapes that do not fit, boxes outside [0, 1] or none, a wrong range.

    >>> tf.image.sample_distorted_bounding_box([10, 20, 3], [[[0.1, 0.2, 0.8, 0.9]]], seed=1).bboxes.shape
    TensorShape([1, 1, 4])
    """
    op = "sample_distorted_bounding_box"
    how = crop_limits(op, min_object_covered, aspect_ratio_range, area_range, max_attempts)
    stream = source_of("SampleDistortedBoundingBoxV2", tuple(how.items()), seed or None)
    return sampled_crop(op, image_size, bounding_boxes, use_image_if_no_bounding_boxes, fresh_state(stream, how["attempts"]), how)


@library
def stateless_sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: Any,
    min_object_covered: Any = 0.1,
    aspect_ratio_range: Any = None,
    area_range: Any = None,
    max_attempts: Any = None,
    use_image_if_no_bounding_boxes: Any = None,
    name: str | None = None,
) -> SampleDistortedBoundingBox:
    """`tf.image.sample_distorted_bounding_box` with a seed of two integers, which alone decides.

    >>> tf.image.stateless_sample_distorted_bounding_box([10, 20, 3], [[[0.1, 0.2, 0.8, 0.9]]], seed=[3, 4]).size.numpy()
    array([10, 12, -1], dtype=int32)
    """
    op = "stateless_sample_distorted_bounding_box"
    how = crop_limits(op, min_object_covered, aspect_ratio_range, area_range, max_attempts)
    state = seed_state(seed, "auto_select")
    return sampled_crop(op, image_size, bounding_boxes, use_image_if_no_bounding_boxes, state, how)


def crop_limits(op: str, covered: Any, ratios: Any, areas: Any, attempts: Any) -> dict[str, Any]:
    ratios = tuple(static(ratios) if ratios is not None else (0.75, 1.33))
    areas = tuple(static(areas) if areas is not None else (0.05, 1.0))
    attempts = 100 if attempts is None else int(attempts)
    for name, pair in (("Aspect ratio", ratios), ("Area", areas)):
        if len(pair) != 2 or min(pair) <= 0:
            raise invalid(op, f"{op}: {name} range must hold two positive numbers, got {list(pair)}")
    if max(areas) > 1:
        raise invalid(op, f"{op}: Area range must be less then or equal to 1.0: {list(areas)}")
    if attempts < 1:
        raise invalid(op, f"{op}: Max attempts must be positive: {attempts}")
    if float(static(covered)) < 0:
        raise invalid(op, f"{op}: Min object covered must be non-negative: {covered}")
    return {"covered": float(static(covered)), "ratios": ratios, "areas": areas, "attempts": attempts}


def sampled_crop(op: str, image_size: Any, boxes: Any, whole: Any, state: Any, how: dict[str, Any]) -> SampleDistortedBoundingBox:
    sizes = operand(image_size)
    dtype = as_dtype(sizes.dtype)
    extent = extents(sizes, op, "image_size")
    if len(extent) != 3:
        raise invalid(op, f"{op}: image_size must contain 3 elements, got {list(extent)}")
    height, width, _ = extent
    objects = objects_in(op, boxes, height, width, bool(static(whole)))
    crop = distorted_crop(tensor(objects), state, height=height, width=width, **how)
    begin, end = cast(crop[:2], dtype), cast(crop[2:], dtype)
    size = concat([subtract(end, begin), cast(tensor(np.array([-1], np.int32)), dtype)], 0)
    share = divide(cast(crop, np.float32), tensor(np.array([height, width] * 2, np.float32)))
    return SampleDistortedBoundingBox(
        concat([begin, cast(tensor(np.zeros(1, np.int32)), dtype)], 0), size, reshape(share, (1, 1, 4))
    )


def objects_in(op: str, boxes: Any, height: int, width: int, whole: bool) -> np.ndarray:
    """The boxes in pixels."""
    values = np.asarray(to_tensor(boxes).numpy(), np.float32)
    if values.ndim != 3 or values.shape[2] != 4:
        raise invalid(op, f"{op}: bounding_boxes must have the shape [batch, n, 4], got {list(values.shape)}")
    outside = values[(values < 0) | (values > 1)]
    if outside.size:
        raise invalid(op, f"{op}: All bounding box coordinates must be in [0.0, 1.0]: {outside[0]}")
    flat = values.reshape(-1, 4)
    if not len(flat):
        if not whole:
            raise invalid(
                op,
                f"{op}: No bounding boxes provided as input. Set use_image_if_no_bounding_boxes=True if you wish to provide none.",
            )
        return np.array([[0, 0, height, width]], np.int32)
    return (flat * np.array([height, width] * 2, np.float32)).astype(np.int32)
