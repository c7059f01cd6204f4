"""Pictures to bytes and back, through Pillow, which loads on first use."""

from __future__ import annotations

import io
from types import ModuleType
from typing import Any

import numpy as np

from ..core.errors import invalid

MISSING = "{op} needs Pillow, which is not installed: pip install 'gradtape[image]'"
KINDS = {"JPEG": "JPEG", "PNG": "PNG", "GIF": "GIF", "BMP": "BMP", "WEBP": "WebP"}
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
SIXTEEN_BITS = "I;16"


def pillow(op: str) -> ModuleType:
    try:
        from PIL import Image
    except ModuleNotFoundError:
        raise ModuleNotFoundError(MISSING.format(op=op), name="PIL") from None
    return Image


def kind_of(data: bytes) -> str | None:
    """The format by the first bytes."""
    for start, kind in ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"), (b"BM", "BMP")):
        if data.startswith(start):
            return kind
    return "WEBP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def opened(
    op: str, data: bytes, kinds: tuple[str, ...], ratio: int = 1, lenient: bool = False, load: bool = True, grey: bool = False
) -> Any:
    """Pillow's image of encoded bytes, which may be of these formats.

    `ratio` makes a JPEG smaller while it is decoded; `lenient` takes a truncated file as far as it goes; `grey` reads
    a JPEG's luma alone.
    """
    image_module = pillow(op)
    kind = kind_of(data)
    if kind not in kinds:
        expected = ", ".join(KINDS[k] for k in kinds)
        seen = f"a {KINDS[kind]} image" if kind else f"{len(data)} bytes that begin with {data[:8]!r}"
        raise invalid(op, f"{op}: Unknown image file format. One of {expected} required, but contents is {seen}")
    try:
        picture = image_module.open(io.BytesIO(data), formats=[kind])
        if kind == "JPEG" and (grey or ratio > 1):
            picture.draft("L" if grey else None, (max(picture.width // ratio, 1), max(picture.height // ratio, 1)))
        if load:
            loaded(picture, lenient)
    except (OSError, SyntaxError, ValueError, EOFError, image_module.DecompressionBombError) as error:
        raise invalid(op, f"{op}: contents is no valid {KINDS[kind]} image of {len(data)} bytes: {error}") from None
    return picture


def loaded(picture: Any, lenient: bool) -> None:
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, lenient
    try:
        picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def pixels(picture: Any, channels: int) -> np.ndarray:
    """Its pixels (height, width, channels); 0 channels: as many as it has."""
    if picture.mode in (SIXTEEN_BITS, "I;16B", "I"):
        return of_sixteen_bits(np.asarray(picture), channels)
    if not channels:
        channels = own_channels(picture)
    values = np.asarray(picture.convert(MODES[channels]))
    return values.reshape(*values.shape[:2], channels)


def own_channels(picture: Any) -> int:
    if picture.mode in ("P", "PA"):
        return 4 if picture.mode == "PA" or "transparency" in picture.info else 3
    return {"1": 1, "L": 1, "LA": 2, "RGB": 3, "RGBA": 4}.get(picture.mode, 3)


def of_sixteen_bits(values: np.ndarray, channels: int) -> np.ndarray:
    grey = values.astype(np.uint16)[..., None]
    copies = [grey] * {0: 1, 1: 1, 2: 1, 3: 3, 4: 3}[channels]
    opaque = [np.full_like(grey, 65535)] if channels in (2, 4) else []
    return np.concatenate([*copies, *opaque], -1)


def encoded(op: str, values: np.ndarray, kind: str, **settings: Any) -> bytes:
    """Pixels (height, width, channels) of 8 bits as a file of a format."""
    image_module = pillow(op)
    channels = values.shape[-1]
    grey = values[..., 0] if channels == 1 else values
    picture = image_module.fromarray(np.ascontiguousarray(grey))
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()
