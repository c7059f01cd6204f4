"""tf.image and tf.io: pictures decoded and encoded, by Pillow."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops._arguments import extents, operand
from ..ops.basic import cast
from ._codecs import encoded, kind_of, opened, own_channels, pixels
from ._strings import one_string, string_tensor, strings_of
from .image_color import convert_image_dtype

ALL_KINDS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
STILL = ("JPEG", "PNG", "GIF")  # what decode_jpeg and decode_png take


# -- decoding ---------------------------------------------------------------------------------------------------------
@library
def decode_image(
    contents: Any, channels: Any = None, dtype: Any = np.uint8, name: str | None = None, expand_animations: bool = True
) -> Tensor:
    """A JPEG, PNG, GIF, BMP or WebP file as pixels (height, width, channels); a GIF as (frames, height, width, 3).

    Args:
        contents: the file's bytes, a string.
        channels: 0 or None (as in the file), 1, 3 or 4.
        dtype: intensities are scaled to it as by `tf.image.convert_image_dtype`.
        expand_animations: False: only the first frame of a GIF, without the axis of frames.

    Raises:
        InvalidArgumentError: another format, a corrupt file, channels that the format does not have.

    >>> tf.io.decode_image(tf.io.encode_png(tf.zeros([2, 3, 1], tf.uint8))).shape
    TensorShape([2, 3, 1])
    """
    op = "decode_image"
    data = one_string(op, "contents", contents)
    if not data:
        raise invalid(op, f"{op}: Input is empty.")
    wanted = checked_channels(op, channels or 0)
    kind = kind_of(data)
    if kind in ("GIF", "WEBP"):
        if kind == "GIF" and wanted not in (0, 3):
            raise invalid(op, f"{op}: channels must be 0 or 3 for GIF, got {wanted}")
        frames = animation(op, data, wanted or 3)
        values = frames if expand_animations else frames[0]
    else:
        depth = np.uint16 if as_dtype(dtype).name == "uint16" else np.uint8
        values = still(op, data, ALL_KINDS, wanted, depth)
    return convert_image_dtype(tensor(values), dtype)


@library
def decode_png(contents: Any, channels: int = 0, dtype: Any = np.uint8, name: str | None = None) -> Tensor:
    """A PNG file (or JPEG, or the first frame of a GIF) as pixels (height, width, channels) of uint8 or uint16.

    Raises:
        InvalidArgumentError: another format, a corrupt file, channels other than 0, 1, 3 and 4, another dtype.

    >>> tf.io.decode_png(tf.io.encode_png(tf.constant([[[7]]], tf.uint8))).numpy()
    array([[[7]]], dtype=uint8)
    """
    op = "decode_png"
    wanted = as_dtype(dtype)
    if wanted.name not in ("uint8", "uint16"):
        raise invalid(op, f"{op}: dtype must be uint8 or uint16, got {wanted.name}")
    data = one_string(op, "contents", contents)
    return tensor(still(op, data, STILL, checked_channels(op, channels), wanted.numpy_dtype.type))


@library
def decode_jpeg(
    contents: Any,
    channels: int = 0,
    ratio: int = 1,
    fancy_upscaling: bool = True,
    try_recover_truncated: bool = False,
    acceptable_fraction: float = 1,
    dct_method: str = "",
    name: str | None = None,
) -> Tensor:
    """A JPEG file (or PNG, or the first frame of a GIF) as pixels (height, width, channels) of uint8.

    The accurate integer transform is used, whatever `dct_method` says; TensorFlow's default is a fast one that differs by a few units.

    Args:
        ratio: 1, 2, 4 or 8: decode to height and width divided by it.

    Raises:
        InvalidArgumentError: another format, a corrupt file, channels other than 0, 1 and 3, another ratio.

    >>> tf.io.decode_jpeg(tf.io.encode_jpeg(tf.zeros([8, 8, 3], tf.uint8))).shape
    TensorShape([8, 8, 3])
    """
    op = "decode_jpeg"
    if ratio not in (1, 2, 4, 8):
        raise invalid(op, f"{op}: ratio must be 1, 2, 4, or 8, got {ratio}")
    data = one_string(op, "contents", contents)
    return tensor(still(op, data, STILL, checked_channels(op, channels), np.uint8, ratio, try_recover_truncated))


@library
def decode_and_crop_jpeg(
    contents: Any,
    crop_window: Any,
    channels: int = 0,
    ratio: int = 1,
    fancy_upscaling: bool = True,
    try_recover_truncated: bool = False,
    acceptable_fraction: float = 1,
    dct_method: str = "",
    name: str | None = None,
) -> Tensor:
    """The part of a JPEG file's pixels that `crop_window` = [top, left, height, width] says.

    Raises:
        InvalidArgumentError: as `tf.io.decode_jpeg`, and a window that reaches outside.

    >>> tf.io.decode_and_crop_jpeg(tf.io.encode_jpeg(tf.zeros([8, 8, 1], tf.uint8)), [1, 2, 3, 4]).shape
    TensorShape([3, 4, 1])
    """
    op = "decode_and_crop_jpeg"
    whole = decode_jpeg(contents, channels, ratio, try_recover_truncated=try_recover_truncated)
    window = extents(crop_window, op, "crop_window")
    if len(window) != 4:
        raise invalid(op, f"{op}: crop_window must have four values, [top, left, height, width], got {list(window)}")
    top, left, height, width = window
    have_height, have_width = whole.shape[:2]
    if min(top, left) < 0 or min(height, width) < 1 or top + height > have_height or left + width > have_width:
        raise invalid(op, f"{op}: Invalid crop window {list(window)} for an image of {have_height} x {have_width}")
    return whole[top : top + height, left : left + width]


@library
def decode_gif(contents: Any, name: str | None = None) -> Tensor:
    """The frames of a GIF file as pixels (frames, height, width, 3); a PNG, JPEG or BMP file is one frame.

    Raises:
        InvalidArgumentError: another format, a corrupt file.

    >>> tf.io.decode_gif(tf.io.encode_png(tf.zeros([2, 3, 3], tf.uint8))).shape
    TensorShape([1, 2, 3, 3])
    """
    return tensor(animation("decode_gif", one_string("decode_gif", "contents", contents), 3, (*STILL, "BMP")))


@library
def decode_bmp(contents: Any, channels: int = 0, name: str | None = None) -> Tensor:
    """A BMP file as pixels (height, width, channels).

    Raises:
        InvalidArgumentError: another format, a corrupt file, channels that it does not have.

    >>> tf.io.decode_bmp(b"no picture")
    Traceback (most recent call last):
    gradtape.core.errors.InvalidArgumentError: decode_bmp: Unknown image file format. One of BMP required, ...
    """
    op = "decode_bmp"
    picture = opened(op, one_string(op, "contents", contents), ("BMP",))
    wanted = checked_channels(op, channels)
    if wanted and wanted != own_channels(picture):
        raise invalid(
            op, f"{op}: channels attribute {wanted} does not match bits per pixel from file, {own_channels(picture)} channels"
        )
    return tensor(pixels(picture, wanted))


@library
def decode_webp(contents: Any, channels: int = 0, dtype: Any = np.uint8, name: str | None = None) -> Tensor:
    """The frames of a WebP file as pixels (frames, height, width, channels), 3 or 4 of them.

    Raises:
        InvalidArgumentError: another format, a corrupt file, other channels.

    >>> tf.io.decode_webp(b"no picture")
    Traceback (most recent call last):
    gradtape.core.errors.InvalidArgumentError: decode_webp: Unknown image file format. One of WebP required, ...
    """
    op = "decode_webp"
    wanted = checked_channels(op, channels)
    return tensor(animation(op, one_string(op, "contents", contents), wanted or 3, ("WEBP",)))


def checked_channels(op: str, channels: Any) -> int:
    if channels not in (0, 1, 3, 4):
        raise invalid(op, f"{op}: `channels` must be 0, 1, 3 or 4 but got {channels}")
    return int(channels)


def still(
    op: str, data: bytes, kinds: tuple[str, ...], channels: int, depth: Any, ratio: int = 1, lenient: bool = False
) -> np.ndarray:
    """One picture as pixels of 8 or 16 bits."""
    picture = opened(op, data, kinds, ratio, lenient, grey=channels == 1)
    if kind_of(data) == "JPEG" and channels == 4:
        raise invalid(op, f"{op}: JPEG does not support 4 channels")
    values = pixels(picture, channels or (3 if kind_of(data) == "GIF" else 0))
    if values.dtype == depth:
        return values
    return values.astype(np.uint16) * np.uint16(257) if depth == np.uint16 else (values >> 8).astype(np.uint8)


def animation(op: str, data: bytes, channels: int, kinds: tuple[str, ...] = ("GIF", "WEBP")) -> np.ndarray:
    picture = opened(op, data, kinds)
    frames = []
    for index in range(getattr(picture, "n_frames", 1)):
        try:
            picture.seek(index)
            frames.append(pixels(picture, channels))
        except (OSError, EOFError, ValueError) as error:
            raise invalid(op, f"{op}: frame {index} of {len(data)} bytes is corrupt: {error}") from None
    return np.stack(frames)


# -- encoding ---------------------------------------------------------------------------------------------------------
@library
def encode_png(image: Any, compression: int = -1, name: str | None = None) -> Tensor:
    """Pixels (..., height, width, channels) of uint8 or uint16 as PNG files, strings of the leading axes' shape.

    Args:
        compression: from 0 (fast) to 9 (small); -1: the library's own.

    Raises:
        InvalidArgumentError: a rank below 3, other channels than 1 to 4, another dtype or compression, empty pictures.

    >>> tf.io.encode_png(tf.zeros([1, 1, 3], tf.uint8)).numpy()[:4]
    b'\\x89PNG'
    """
    op = "encode_png"
    x = operand(image)
    if x.dtype.name not in ("uint8", "uint16"):
        raise invalid(
            op, f"{op}: image must be uint8 or uint16, got {x.dtype.name}: write tf.image.convert_image_dtype(x, tf.uint8)"
        )
    if x.ndim < 3:
        raise invalid(op, f"{op}: images must be at least rank 3, got the shape {list(x.dims)}")
    if x.dims[-1] not in (1, 2, 3, 4) or 0 in x.dims:
        raise invalid(op, f"{op}: image must have 1, 2, 3, or 4 channels and pixels, got the shape {list(x.dims)}")
    if compression not in range(-1, 10):
        raise invalid(op, f"{op}: compression should be in [-1,9], got {compression}")
    values = x.numpy()
    if values.dtype == np.uint16 and values.shape[-1] != 1:
        raise invalid(op, f"{op}: uint16 images must have 1 channel to be written, got {values.shape[-1]}: convert them to uint8")
    settings = {} if compression < 0 else {"compress_level": int(compression)}
    flat = values.reshape(-1, *values.shape[-3:])
    return string_tensor([encoded(op, picture, "PNG", **settings) for picture in flat], values.shape[:-3])


@library
def encode_jpeg(
    image: Any,
    format: str = "",
    quality: Any = 95,
    progressive: bool = False,
    optimize_size: bool = False,
    chroma_downsampling: bool = True,
    density_unit: str = "in",
    x_density: int = 300,
    y_density: int = 300,
    xmp_metadata: str = "",
    name: str | None = None,
) -> Tensor:
    """Pixels (height, width, channels) of uint8 as a JPEG file, a string.

    Raises:
        InvalidArgumentError: another rank or dtype, channels that the format does not take, a quality outside [0, 100].

    >>> tf.io.is_jpeg(tf.io.encode_jpeg(tf.zeros([8, 8, 3], tf.uint8))).numpy()
    np.True_
    """
    op = "encode_jpeg"
    values = jpeg_pixels(op, image, format)
    if not 0 <= quality <= 100:
        raise invalid(op, f"{op}: quality must be in [0,100], got {quality}")
    sampling = {} if values.shape[-1] == 1 else {"subsampling": 2 if chroma_downsampling else 0}
    scale = 1.0 if density_unit == "in" else 2.54
    data = encoded(
        op, values, "JPEG", quality=int(quality), progressive=progressive, optimize=optimize_size,
        dpi=(int(x_density * scale), int(y_density * scale)), **sampling,
    )  # fmt: skip
    return string_tensor([data], ())


def jpeg_pixels(op: str, image: Any, format: str) -> np.ndarray:
    x = operand(image)
    if x.dtype.name != "uint8":
        raise invalid(op, f"{op}: image must be uint8, got {x.dtype.name}: write tf.image.convert_image_dtype(x, tf.uint8)")
    if x.ndim != 3:
        raise invalid(op, f"{op}: image must be 3-dimensional, got the shape {list(x.dims)}")
    if format not in ("", "grayscale", "rgb"):
        raise invalid(op, f"{op}: format must be '', 'grayscale' or 'rgb', got {format!r}")
    allowed = {"": (1, 3), "grayscale": (1,), "rgb": (3,)}[format]
    if x.dims[-1] not in allowed or 0 in x.dims:
        raise invalid(op, f"{op}: image must have {' or '.join(map(str, allowed))} channels and pixels, got {list(x.dims)}")
    return x.numpy()


@library
def adjust_jpeg_quality(image: Any, jpeg_quality: Any, dct_method: str = "", name: str | None = None) -> Tensor:
    """An image (height, width, channels) as it looks after JPEG with a quality from 0 to 100; no gradient flows through it.

    Raises:
        InvalidArgumentError: another rank, other channels than 1 and 3, a quality outside [0, 100].

    >>> tf.image.adjust_jpeg_quality(tf.ones([8, 8, 3]), 75).numpy().max().round(2)
    np.float32(1.0)
    """
    x = operand(image)
    pixels8 = convert_image_dtype(x, np.uint8, saturate=True)
    quality = int(to_tensor(jpeg_quality).numpy())
    decoded = decode_jpeg(encode_jpeg(pixels8, quality=quality))
    return convert_image_dtype(decoded, x.dtype, saturate=True)


# -- facts -------------------------------------------------------------------------------------------------------------
@library
def is_jpeg(contents: Any, name: str | None = None) -> Tensor:
    """Does a string begin as JPEG files do?

    >>> tf.io.is_jpeg(b"GIF89a").numpy()
    np.False_
    """
    found = [kind_of(data) == "JPEG" for data in strings_of("is_jpeg", contents).ravel()]
    return tensor(np.array(found, bool).reshape(operand(contents).dims))


@library
def extract_jpeg_shape(contents: Any, output_type: Any = np.int32, name: str | None = None) -> Tensor:
    """[height, width, channels] of a JPEG file, without decoding its pixels.

    Raises:
        InvalidArgumentError: no JPEG file.

    >>> tf.io.extract_jpeg_shape(tf.io.encode_jpeg(tf.zeros([8, 16, 3], tf.uint8))).numpy()
    array([ 8, 16,  3], dtype=int32)
    """
    op = "extract_jpeg_shape"
    picture = opened(op, one_string(op, "contents", contents), ("JPEG",), load=False)
    return cast(tensor(np.array([picture.height, picture.width, len(picture.getbands())], np.int32)), output_type)
