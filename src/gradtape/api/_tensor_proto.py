"""TensorProto, the message in which TensorFlow serializes a tensor, in protocol buffers' wire format.

Fields: 1 the dtype's number, 2 the shape (field 2 of it: a dimension, whose field 1 is its extent), 4 the bytes of all values, 8 strings;
the other numbers are lists of values of one dtype, the last of which may stand for all that follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..core.dtypes import EVERY, string
from ..core.tensor import Tensor

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
BY_NUMBER = {dtype.enum: dtype for dtype in EVERY}
FIXED = {5: "<f4", 6: "<f8", 9: "<f4", 12: "<f8"}
NUMBERS = {7: "int_val", 10: "int64_val", 11: "bool_val", 13: "half_val", 16: "uint32_val", 17: "uint64_val"}


# -- writing ----------------------------------------------------------------------------------------------------------------
def written(x: Tensor) -> bytes:
    shape = b"".join(field(2, field(1, int(n)) if n else b"") for n in x.shape)
    head = field(1, x.dtype.enum) + field(2, shape)
    values = np.asarray(x.numpy(), object if x.dtype is string else None)
    if x.dtype is string:
        return head + b"".join(field(8, item) for item in values.ravel())
    data = np.ascontiguousarray(values).tobytes()
    return head + (field(4, data) if data else b"")


def field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return varint(number << 3 | VARINT) + varint(value)
    return varint(number << 3 | BYTES) + varint(len(value)) + value


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


# -- reading ----------------------------------------------------------------------------------------------------------------
def read(data: bytes) -> tuple[Any, np.ndarray]:
    """(dtype, values)"""
    fields = list(entries(data))
    dtype = BY_NUMBER[next((value for number, value in fields if number == 1), 0)]
    shape = tuple(extents(b"".join(value for number, value in fields if number == 2)))
    if dtype is string:
        return dtype, filled(np.array([*[v for n, v in fields if n == 8], None], object)[:-1], shape)
    content = [value for number, value in fields if number == 4]
    if content:
        return dtype, np.frombuffer(content[-1], dtype.numpy_dtype).reshape(shape).copy()
    return dtype, filled(listed(fields, dtype.numpy_dtype), shape)


def listed(fields: list[tuple[int, Any]], dtype: np.dtype) -> np.ndarray:
    """The values of the lists of one dtype."""
    found: list[Any] = []
    for number, value in fields:
        if number in FIXED:
            found += np.frombuffer(value, FIXED[number]).tolist()
        elif number in NUMBERS:
            found += [value] if isinstance(value, int) else varints(value)
    half = dtype.itemsize == 2 and dtype.kind in "fV"
    values = np.array(found, np.uint64 if half or dtype.kind not in "fc" else np.float64)
    if dtype.kind == "c":
        return (values[::2] + 1j * values[1::2]).astype(dtype)
    if half:
        return values.astype(np.uint16).view(dtype)
    if dtype.kind == "i":
        return values.view(np.int64).astype(dtype)
    return values.astype(dtype)


def filled(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The last value stands for those that are missing."""
    count = int(np.prod(shape))
    missing = count - len(values)
    if missing < 0 or (missing and not len(values)):
        raise ValueError(f"{len(values)} values for the shape {list(shape)}")
    return np.concatenate([values, np.repeat(values[-1:], missing)]).reshape(shape)


def extents(data: bytes) -> Iterator[int]:
    for number, value in entries(data):
        if number == 2:
            yield next((n for k, n in entries(value) if k == 1), 0)


def entries(data: bytes) -> Iterator[tuple[int, Any]]:
    """(field number, integer or bytes) of a message."""
    at = 0
    while at < len(data):
        key, at = number_at(data, at)
        kind = key & 7
        if kind == VARINT:
            value, at = number_at(data, at)
        elif kind in (BYTES, EIGHT, FOUR):
            length = {EIGHT: 8, FOUR: 4}.get(kind)
            if length is None:
                length, at = number_at(data, at)
            value, at = data[at : at + length], at + length
            if at > len(data):
                raise ValueError(f"a field reaches {at - len(data)} bytes beyond the end")
        else:
            raise ValueError(f"no such kind of field: {kind}, at byte {at}")
        yield key >> 3, value


def number_at(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError(f"a number is cut off at byte {at}")
        value |= (data[at] & 127) << shift
        at += 1
        if data[at - 1] < 128:
            return value, at
        shift += 7


def varints(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = number_at(data, at)
        found.append(value)
    return found
