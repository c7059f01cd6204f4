"""TensorFlow's own checkpoints, for reading: PREFIX.index, a sorted table of entries, and PREFIX.data-00000-of-00001.

The table is LevelDB's (https://github.com/google/leveldb/blob/main/doc/table_format.md), its values are the messages of
tensor_bundle.proto.
"""

from __future__ import annotations

import os
import struct
from typing import Any

import numpy as np

from ..core.dtypes import NUMBERED, DType
from ..core.errors import DataLossError, NotFoundError, UnimplementedError
from ..records.checksum import crc32c, mask, masked
from ..records.wire import fields, one, signed, varint
from .objects import GRAPH_KEY, ObjectNode, from_proto

INDEX = ".index"
MAGIC = 0xDB4775248B80FB57
FOOTER, TRAILER = 48, 5
UINT32 = struct.Struct("<I")
UINT64 = struct.Struct("<Q")


class Bundle:
    """The tensors of a checkpoint of TensorFlow, read when they are asked for.

    Raises:
        NotFoundError: a file is not there.
        DataLossError: a broken file; the message has its name and the offset.
    """

    def __init__(self, prefix: str):
        self.prefix, self.path = prefix, prefix + INDEX
        self.entries: dict[str, dict[int, list[Any]]] = {}
        header: dict[int, list[Any]] = {}
        for key, value in self.table(self.whole(self.path)):
            if key:
                self.entries[key.decode()] = self.message(value, 0)
            else:
                header = self.message(value, 0)
        if one(header, 2, 0):
            raise UnimplementedError(None, None, f"{self.path}: a checkpoint of a big-endian machine cannot be read")
        self.shards = one(header, 1, 1)

    def lost(self, path: str, offset: int, why: str) -> DataLossError:
        return DataLossError(None, None, f"{path}: broken at {offset}: {why}")

    def message(self, data: bytes, offset: int) -> dict[int, list[Any]]:
        try:
            return fields(data)
        except ValueError as error:
            raise self.lost(self.path, offset, str(error)) from None

    def whole(self, path: str) -> bytes:
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            raise NotFoundError(None, None, f"{path}: no such checkpoint") from None

    # -- the table ------------------------------------------------------------------------------------------------------
    def table(self, data: bytes) -> Any:
        """The pairs of key and value, in order."""
        if len(data) < FOOTER or UINT64.unpack_from(data, len(data) - 8)[0] != MAGIC:
            raise self.lost(self.path, max(len(data) - 8, 0), "it does not end as an index of a checkpoint does")
        try:
            _, place = self.handle(data, len(data) - FOOTER)
            index, _ = self.handle(data, place)
            for _, where in self.block(data, index):
                block, _ = self.handle(where, 0)
                yield from self.block(data, block)
        except ValueError as error:
            raise self.lost(self.path, len(data) - FOOTER, str(error)) from None

    def handle(self, data: bytes, place: int) -> tuple[tuple[int, int], int]:
        offset, place = varint(data, place)
        size, place = varint(data, place)
        return (offset, size), place

    def block(self, data: bytes, handle: tuple[int, int]) -> Any:
        offset, size = handle
        end = offset + size
        if end + TRAILER > len(data):
            raise self.lost(self.path, offset, f"a block of {size} bytes reaches over the end of the file")
        if UINT32.unpack_from(data, end + 1)[0] != masked(data[offset : end + 1]):
            raise self.lost(self.path, offset, f"the checksum of a block of {size} bytes does not fit")
        if data[end]:
            raise UnimplementedError(None, None, f"{self.path}: the block at {offset} is compressed, which cannot be read")
        (restarts,) = UINT32.unpack_from(data, end - 4)
        return self.pairs(data[offset : end - 4 * (restarts + 1)])

    def pairs(self, block: bytes) -> Any:
        """A key is written as the length that it shares with the one before, and the rest."""
        place, key = 0, b""
        while place < len(block):
            shared, place = varint(block, place)
            own, place = varint(block, place)
            size, place = varint(block, place)
            key = key[:shared] + block[place : place + own]
            place += own
            yield key, block[place : place + size]
            place += size

    # -- the tensors ----------------------------------------------------------------------------------------------------
    def names(self) -> list[str]:
        return list(self.entries)

    def spec(self, key: str) -> tuple[tuple[int, ...], DType]:
        entry = self.entries[key]
        shape = self.message(one(entry, 2, b""), 0)
        dims = [signed(one(self.message(dim, 0), 1, 0)) for dim in shape.get(2, [])]
        return tuple(dims), NUMBERED[one(entry, 1, 0)]

    def tensor(self, key: str) -> np.ndarray:
        entry = self.entries[key]
        if 7 in entry:
            raise UnimplementedError(None, None, f"{self.path}: {key!r} is a partitioned variable, which cannot be read")
        shape, dtype = self.spec(key)
        path = f"{self.prefix}.data-{one(entry, 3, 0):05d}-of-{self.shards:05d}"
        offset, size = one(entry, 4, 0), one(entry, 5, 0)
        data = self.part(path, offset, size)
        count = int(np.prod(shape, dtype=np.int64))
        if dtype.name == "string":
            return self.strings(path, offset, data, count, one(entry, 6, 0)).reshape(shape)
        if masked(data) != one(entry, 6, 0) or size != count * dtype.numpy_dtype.itemsize:
            raise self.lost(path, offset, f"the checksum of {key!r} ({size} bytes) does not fit")
        return np.frombuffer(bytearray(data), dtype.numpy_dtype).reshape(shape)

    def part(self, path: str, offset: int, size: int) -> bytes:
        try:
            with open(path, "rb") as file:
                if offset + size > os.fstat(file.fileno()).st_size:
                    raise self.lost(path, offset, f"the file ends inside {size} bytes that belong there")
                file.seek(offset)
                return file.read(size)
        except FileNotFoundError:
            raise NotFoundError(None, None, f"{path}: no such file, although {self.path} names it") from None

    def strings(self, path: str, offset: int, data: bytes, count: int, expected: int) -> np.ndarray:
        """All lengths, their checksum, then the strings; the entry's checksum takes lengths as 4 bytes each."""
        out, lengths, place = np.empty(count, object), [], 0
        try:
            for _ in range(count):
                length, place = varint(data, place)
                lengths.append(length)
        except ValueError as error:
            raise self.lost(path, offset, str(error)) from None
        plain = b"".join([(UINT32 if n <= 0xFFFFFFFF else UINT64).pack(n) for n in lengths])
        if data[place : place + 4] != UINT32.pack(masked(plain)) or mask(crc32c()(plain + data[place:])) != expected:
            raise self.lost(path, offset, f"the checksum of {count} strings does not fit")
        place += 4
        for i, length in enumerate(lengths):
            out[i] = data[place : place + length]
            place += length
        return out

    def nodes(self) -> list[ObjectNode]:
        if GRAPH_KEY not in self.entries:
            return []
        try:
            return from_proto(self.tensor(GRAPH_KEY).item())
        except ValueError as error:
            raise self.lost(self.path, 0, f"the object graph is broken ({error})") from None
