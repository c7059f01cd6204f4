"""Files of records in TensorFlow's format.

A record is its length (8 bytes), the length's checksum (4), the data, the data's checksum (4), little-endian; the whole file
may be compressed by gzip or zlib.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any, BinaryIO, ClassVar

from ..core.errors import DataLossError, InvalidArgumentError, NotFoundError
from .checksum import masked

LENGTH, CHECK = struct.Struct("<Q"), struct.Struct("<I")
HEADER = LENGTH.size + CHECK.size
CHUNK, LARGE = 256 * 1024, 64 * 1024 * 1024
WINDOW_BITS = {"GZIP": 31, "ZLIB": 15}
KINDS = {"": "", "NONE": "", "GZIP": "GZIP", "ZLIB": "ZLIB", None: "", 0: "", 1: "ZLIB", 2: "GZIP"}


def compression(kind: Any) -> str:
    """GZIP, ZLIB or nothing.

    Raises:
        InvalidArgumentError: another word.
    """
    if kind not in KINDS:
        raise InvalidArgumentError(None, None, f"Unsupported compression_type: {kind}. It may be '', 'GZIP' or 'ZLIB'.")
    return KINDS[kind]


def opened(path: Any) -> BinaryIO:
    try:
        return open(path, "rb")
    except FileNotFoundError:
        raise NotFoundError(None, None, f"{text_path(path)}; No such file or directory") from None


def text_path(path: Any) -> str:
    return os.fsdecode(path)


class Reader:
    """A file's bytes, decompressed on the way; `offset` counts what was read."""

    def __init__(self, path: Any, kind: Any = None):
        self.path = text_path(path)
        self.file = opened(self.path)
        kind = compression(kind)
        self.inflate = zlib.decompressobj(WINDOW_BITS[kind]) if kind else None
        self.rest = b""
        self.fed = False  # did the decompressor get anything?
        self.offset = 0

    def read(self, count: int) -> bytes:
        """`count` bytes, fewer at the end of the file."""
        data = self.plain(count) if self.inflate is None else self.inflated(count)
        self.offset += len(data)
        return data

    def plain(self, count: int) -> bytes:
        """A broken length may ask for more than there is memory: what is large is read in pieces."""
        if count <= LARGE:
            return self.file.read(count)
        parts, need = [], count
        while need and (part := self.file.read(min(need, LARGE))):
            parts.append(part)
            need -= len(part)
        return b"".join(parts)

    def inflated(self, count: int) -> bytes:
        parts, need = [self.rest], count - len(self.rest)
        while need > 0:
            raw = self.file.read(CHUNK)
            if not raw:
                if self.fed and not self.inflate.eof:  # type: ignore[union-attr]
                    raise lost(self.path, self.offset, "the compressed file ends early")
                break
            self.fed = True
            parts.append(self.decompress(raw))
            need -= len(parts[-1])
        whole = b"".join(parts)
        self.rest = whole[count:]
        return whole[:count]

    def decompress(self, raw: bytes) -> bytes:
        assert self.inflate is not None
        try:
            out = self.inflate.decompress(raw)
            while self.inflate.eof and self.inflate.unused_data:  # gzip files may stand one behind the other
                rest = self.inflate.unused_data
                self.inflate = zlib.decompressobj(WINDOW_BITS["GZIP"])
                out += self.inflate.decompress(rest)
        except zlib.error as error:
            raise lost(self.path, self.offset, f"the compressed data is broken ({error})") from None
        return out

    def chunks(self) -> Iterator[bytes]:
        while data := self.read(CHUNK):
            yield data

    def close(self) -> None:
        self.file.close()


def lost(path: str, offset: int, why: str) -> DataLossError:
    return DataLossError(None, None, f"{path}: corrupted record at {offset}: {why}")


def read_records(path: Any, compression_type: Any = None) -> Iterator[bytes]:
    """The records of a file one by one.

    Raises:
        NotFoundError: no such file.
        DataLossError: a broken record; the message has the file's name and the record's offset.
    """
    reader = Reader(path, compression_type)
    try:
        while True:
            start = reader.offset
            header = reader.read(HEADER)
            if not header:
                return
            yield one_record(reader, header, start)
    finally:
        reader.close()


def one_record(reader: Reader, header: bytes, start: int) -> bytes:
    if len(header) < HEADER:
        raise lost(reader.path, start, "the file ends inside a header")
    if CHECK.unpack_from(header, LENGTH.size)[0] != masked(header[: LENGTH.size]):
        raise lost(
            reader.path, start, "the checksum of the length does not fit; is it a file of records, and of this compression?"
        )
    (length,) = LENGTH.unpack_from(header)
    body = reader.read(length + CHECK.size)
    if len(body) < length + CHECK.size:
        raise lost(reader.path, start, f"the file ends inside a record of {length} bytes")
    data = body[:length]
    if CHECK.unpack_from(body, length)[0] != masked(data):
        raise lost(reader.path, start, f"the checksum of a record of {length} bytes does not fit")
    return data


def framed(data: bytes) -> bytes:
    """A record as it stands in a file."""
    length = LENGTH.pack(len(data))
    return b"".join((length, CHECK.pack(masked(length)), data, CHECK.pack(masked(data))))


class TFRecordOptions:
    """How a file of records is compressed.

    Args:
        compression_type: "GZIP", "ZLIB", or "" or None for no compression.
        compression_level: 0 (none) to 9 (smallest).

    The other arguments are TensorFlow's settings of zlib; they change speed and size, never what is read.

    >>> tf.io.TFRecordOptions("GZIP").compression_type
    'GZIP'
    """

    compression_type_map: ClassVar[dict[int, str]] = {0: "", 1: "ZLIB", 2: "GZIP"}

    @classmethod
    def get_compression_type_string(cls, options: Any) -> str:
        """The compression of options, or of the word alone."""
        return compression(options.compression_type if isinstance(options, TFRecordOptions) else options)

    input_buffer_size: int | None
    output_buffer_size: int | None
    window_bits: int | None
    compression_level: int | None
    compression_method: int | None
    mem_level: int | None
    compression_strategy: int | None

    def __init__(
        self,
        compression_type: Any = None,
        flush_mode: int | None = None,
        input_buffer_size: int | None = None,
        output_buffer_size: int | None = None,
        window_bits: int | None = None,
        compression_level: int | None = None,
        compression_method: int | None = None,
        mem_level: int | None = None,
        compression_strategy: int | None = None,
    ):
        compression(compression_type)
        self.compression_type = compression_type
        self.flush_mode = flush_mode
        self.input_buffer_size, self.output_buffer_size = input_buffer_size, output_buffer_size
        self.window_bits, self.compression_level, self.compression_method = window_bits, compression_level, compression_method
        self.mem_level, self.compression_strategy = mem_level, compression_strategy


class TFRecordWriter:
    """Writes records to a file.

    Args:
        path: of the file; what is there is overwritten.
        options: a `tf.io.TFRecordOptions`, or its compression_type alone.

    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a.tfrecord")
    >>> with tf.io.TFRecordWriter(path) as writer:
    ...     writer.write(b"one")
    ...     writer.write(b"two")
    >>> list(tf.data.TFRecordDataset(path).as_numpy_iterator())
    [b'one', b'two']
    """

    def __init__(self, path: Any, options: Any = None):
        if not isinstance(options, TFRecordOptions):
            options = TFRecordOptions(options)
        kind = compression(options.compression_type)
        try:
            self._file: BinaryIO | None = open(path, "wb")  # noqa: SIM115  # close() is the user's
        except FileNotFoundError:
            raise NotFoundError(None, None, f"{text_path(path)}; No such file or directory") from None
        level = -1 if options.compression_level is None else options.compression_level
        self._deflate = zlib.compressobj(level, wbits=WINDOW_BITS[kind]) if kind else None

    def write(self, record: bytes) -> None:
        """Append one record: bytes.

        Raises:
            TypeError: not bytes.
        """
        if isinstance(record, str):
            record = record.encode()
        if not isinstance(record, (bytes, bytearray, memoryview)):
            raise TypeError(f"TFRecordWriter.write: a record must be bytes, got {type(record).__name__}")
        self._put(framed(bytes(record)))

    def _put(self, data: bytes) -> None:
        if self._file is None:
            raise RuntimeError("TFRecordWriter.write: the file is closed")
        self._file.write(data if self._deflate is None else self._deflate.compress(data))

    def flush(self) -> None:
        """Hand everything over to the operating system."""
        if self._file is not None:
            if self._deflate is not None:
                self._file.write(self._deflate.flush(zlib.Z_SYNC_FLUSH))
            self._file.flush()

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            if self._deflate is not None:
                self._file.write(self._deflate.flush())
            self._file.close()
            self._file = None

    def __enter__(self) -> TFRecordWriter:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
