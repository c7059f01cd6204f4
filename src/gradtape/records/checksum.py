"""crc32c, the checksum of TensorFlow's files, and the masked form in which they store it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

POLYNOMIAL = 0x82F63B78  # Castagnoli's, reversed (RFC 3720, B.4)
DELTA = 0xA282EAD8


@cache
def crc32c() -> Callable[[bytes], int]:
    """The function: google-crc32c's where it is installed, else one in Python, a thousand times slower."""
    try:
        value = import_module("google_crc32c").value
    except ImportError:
        return in_python
    return lambda data: value(bytes(data))


@cache
def table() -> list[int]:
    out = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ POLYNOMIAL if byte & 1 else byte >> 1
        out.append(byte)
    return out


def in_python(data: bytes) -> int:
    steps, crc = table(), 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ steps[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def masked(data: bytes) -> int:
    """The checksum as it stands in a file: rotated and shifted, for checksums of checksums are weak."""
    return mask(crc32c()(data))


def mask(crc: int) -> int:
    return ((crc >> 15 | crc << 17) + DELTA) & 0xFFFFFFFF


def unmask(crc: int) -> int:
    rotated = (crc - DELTA) & 0xFFFFFFFF
    return (rotated >> 17 | rotated << 15) & 0xFFFFFFFF
