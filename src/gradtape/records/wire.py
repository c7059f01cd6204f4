"""Reading protobuf messages without their classes: the few that TensorFlow's checkpoints hold."""

from __future__ import annotations

from typing import Any

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def varint(data: bytes, place: int) -> tuple[int, int]:
    """A number and the place behind it.

    Raises:
        ValueError: the data ends first.
    """
    value = shift = 0
    while True:
        if place >= len(data) or shift > 63:
            raise ValueError(f"a number is broken at {place}")
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7


def fields(data: bytes) -> dict[int, list[Any]]:
    """The values of every field by its number: integers, and bytes for all that has a length.

    Raises:
        ValueError: no message.
    """
    out: dict[int, list[Any]] = {}
    place = 0
    while place < len(data):
        tag, place = varint(data, place)
        kind = tag & 7
        if kind == VARINT:
            value, place = varint(data, place)
        elif kind in (BYTES, FIXED32, FIXED64):
            size, place = varint(data, place) if kind == BYTES else (4 if kind == FIXED32 else 8, place)
            if place + size > len(data):
                raise ValueError(f"a field is cut off at {place}")
            raw = data[place : place + size]
            value, place = raw if kind == BYTES else int.from_bytes(raw, "little"), place + size
        else:
            raise ValueError(f"an unknown kind of field at {place}")
        out.setdefault(tag >> 3, []).append(value)
    return out


def signed(value: int) -> int:
    """A varint as the int64 that it stands for."""
    return value - (1 << 64) if value >> 63 else value


def one(message: dict[int, list[Any]], number: int, default: Any) -> Any:
    """The last value of a field that is there once."""
    return message[number][-1] if number in message else default
