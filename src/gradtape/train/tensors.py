"""Files of the safetensors format: 8 bytes of length, a JSON header, the bytes of the tensors; a checkpoint is one.

https://huggingface.co/docs/safetensors describes it; every program that reads safetensors reads these.  In a checkpoint the
header's `__metadata__` holds the object graph, a checksum of each tensor, and the dtypes that the format lacks (complex128 is stored
as pairs of float64, strings as bytes).  Nothing in the file is ever run.  A file is written beside its place, flushed to the
disk and renamed, so that what bears its name is always complete.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from contextlib import suppress
from itertools import accumulate, count, pairwise
from typing import Any, NamedTuple

import numpy as np

from ..core.dtypes import OF_NUMPY, DType, as_dtype
from ..core.errors import DataLossError, NotFoundError
from .objects import ObjectNode, from_plain, to_plain

SUFFIX = ".safetensors"
FORMAT = "gradtape checkpoint 1"
LENGTH = struct.Struct("<Q")
LONGEST_HEADER = 100_000_000
ALIGNMENT = 8
SERIAL = count()
CODES = {
    "bool": "BOOL", "uint8": "U8", "int8": "I8", "int16": "I16", "uint16": "U16", "float16": "F16", "bfloat16": "BF16", "int32": "I32",
    "uint32": "U32", "float32": "F32", "float64": "F64", "int64": "I64", "uint64": "U64", "complex64": "C64",
    "float8_e5m2": "F8_E5M2", "float8_e4m3fn": "F8_E4M3",
}  # fmt: skip


# -- writing ----------------------------------------------------------------------------------------------------------
def write(prefix: str, values: dict[str, np.ndarray], nodes: list[ObjectNode]) -> None:
    """Put a checkpoint in place: either the old file or the whole new one is there, whenever the process ends."""
    rows = {key: stored(array) for key, array in values.items()}
    header = header_of(rows)
    about = {
        "format": FORMAT,
        "objects": to_plain(nodes),
        "sums": {key: zlib.crc32(row.data) for key, row in rows.items()},
        "kinds": {key: row.kind for key, row in rows.items() if row.kind},
        "header": zlib.crc32(json.dumps(header).encode()),
    }
    text = json.dumps(about)
    write_rows(prefix + SUFFIX, rows, header, {"gradtape": text, "crc32": str(zlib.crc32(text.encode()))})


class Row(NamedTuple):
    """A tensor as it stands in a file."""

    code: str
    shape: list[int]
    data: bytes
    kind: Any = None  # what the code does not say


def header_of(rows: dict[str, Row]) -> dict[str, Any]:
    ends = list(accumulate((len(row.data) for row in rows.values()), initial=0))
    return {
        key: {"dtype": row.code, "shape": row.shape, "data_offsets": [begin, end]}
        for (key, row), (begin, end) in zip(rows.items(), pairwise(ends), strict=True)
    }


def write_rows(path: str, rows: dict[str, Row], header: dict[str, Any], metadata: dict[str, str] | None) -> None:
    head = json.dumps({**header, "__metadata__": metadata} if metadata else header).encode()
    head += b" " * (-len(head) % ALIGNMENT)
    replace_file(path, [LENGTH.pack(len(head)), head, *(row.data for row in rows.values())])


def stored(array: np.ndarray) -> Row:
    name = OF_NUMPY[array.dtype].name
    if name == "string":
        texts = array.reshape(-1).tolist()
        return Row("U8", [sum(map(len, texts))], b"".join(texts), ["string", list(array.shape), [len(t) for t in texts]])
    data = np.ascontiguousarray(array).tobytes()
    if name == "complex128":
        return Row("F64", [*array.shape, 2], data, ["complex128", list(array.shape)])
    return Row(CODES[name], list(array.shape), data)


def replace_file(path: str, parts: list[bytes]) -> None:
    folder = os.path.dirname(path) or "."
    os.makedirs(folder, exist_ok=True)
    temporary = f"{path}.{os.getpid()}-{next(SERIAL)}.tmp"
    try:
        with open(temporary, "wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.remove(temporary)
        raise


# -- reading ----------------------------------------------------------------------------------------------------------
class TensorFile:
    """The tensors of a checkpoint that gradtape wrote, or of any other safetensors file; read when they are asked for.

    Raises:
        NotFoundError: no such file.
        DataLossError: a broken file; the message has its name and the offset.
    """

    def __init__(self, path: str):
        self.path = path
        try:
            with open(self.path, "rb") as file:
                self.size = os.fstat(file.fileno()).st_size
                self.header, self.start = self.read_header(file)
        except FileNotFoundError:
            raise NotFoundError(None, None, f"{self.path}: no such file") from None
        self.about = self.read_about(self.header.pop("__metadata__", {}))
        for key, entry in self.header.items():
            self.check_entry(key, entry)

    def lost(self, offset: int, why: str) -> DataLossError:
        return DataLossError(None, None, f"{self.path}: broken at {offset}: {why}")

    def read_header(self, file: Any) -> tuple[dict[str, Any], int]:
        first = file.read(LENGTH.size)
        length = LENGTH.unpack(first)[0] if len(first) == LENGTH.size else LONGEST_HEADER + 1
        if length > min(LONGEST_HEADER, self.size):
            raise self.lost(0, "the length of the header is impossible")
        text = file.read(length)
        if len(text) < length:
            raise self.lost(LENGTH.size, "the file ends inside the header")
        try:
            header = json.loads(text)
        except ValueError as error:
            raise self.lost(LENGTH.size + getattr(error, "pos", 0), f"the header is no JSON ({error})") from None
        if not isinstance(header, dict):
            raise self.lost(LENGTH.size, "the header is no JSON object")
        return header, LENGTH.size + length

    def read_about(self, metadata: Any) -> dict[str, Any]:
        empty = {"objects": [], "sums": {}, "kinds": {}}
        text = metadata.get("gradtape") if isinstance(metadata, dict) else None
        if text is None and "crc32" not in metadata:
            return empty
        if metadata.get("crc32") != str(zlib.crc32(str(text).encode())):
            raise self.lost(LENGTH.size, "the checksum of the metadata does not fit")
        about = {**empty, **json.loads(str(text))}
        if about["header"] != zlib.crc32(json.dumps(self.header).encode()):
            raise self.lost(LENGTH.size, "the checksum of the header does not fit")
        return about

    def check_entry(self, key: str, entry: Any) -> None:
        try:
            begin, end = entry["data_offsets"]
            count = int(np.prod([int(d) for d in entry["shape"]], dtype=np.int64))
            fits = 0 <= begin <= end and end - begin == count * dtype_of(entry["dtype"]).numpy_dtype.itemsize
        except (KeyError, TypeError, ValueError):
            fits, end = False, 0
        if not fits:
            raise self.lost(LENGTH.size, f"the header's entry for {key!r} makes no sense: {entry!r:.200}")
        if self.start + end > self.size:
            raise self.lost(self.size, f"the file ends before the values of {key!r}, which reach to {self.start + end}")

    def names(self) -> list[str]:
        return list(self.header)

    def spec(self, key: str) -> tuple[tuple[int, ...], DType]:
        kind = self.about["kinds"].get(key)
        if kind:
            return tuple(kind[1]), as_dtype(kind[0])
        entry = self.header[key]
        return tuple(entry["shape"]), dtype_of(entry["dtype"])

    def tensor(self, key: str) -> np.ndarray:
        begin, end = self.header[key]["data_offsets"]
        with open(self.path, "rb") as file:
            file.seek(self.start + begin)
            data = bytearray(file.read(end - begin))
        expected = self.about["sums"].get(key)
        if len(data) < end - begin or (expected is not None and zlib.crc32(data) != expected):
            raise self.lost(self.start + begin, f"the checksum of {key!r} ({end - begin} bytes) does not fit")
        shape, dtype = self.spec(key)
        if dtype.name == "string":
            return strings(bytes(data), shape, self.about["kinds"][key][2])
        return np.frombuffer(data, dtype.numpy_dtype).reshape(shape)

    def nodes(self) -> list[ObjectNode]:
        return from_plain(self.about["objects"])


def dtype_of(code: str) -> DType:
    names = {code: name for name, code in CODES.items()}
    return as_dtype(names[code])


def strings(data: bytes, shape: tuple[int, ...], lengths: list[int]) -> np.ndarray:
    out, start = np.empty(len(lengths), object), 0
    for i, length in enumerate(lengths):
        out[i] = data[start : start + length]
        start += length
    return out.reshape(shape)
