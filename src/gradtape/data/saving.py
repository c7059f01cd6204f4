"""Rows in files: the file cache, snapshots, save and load.

A file holds one record (length, data and their checksums) a row: a JSON header with dtypes and shapes, then the bytes.
Nothing in it is ever run.  A file is written beside its place and renamed when it is complete.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import numpy as np

from ..core.dtypes import OF_NUMPY, as_dtype
from ..core.errors import DataLossError, NotFoundError
from ..core.shapes import TensorShape
from ..core.tensor_spec import TensorSpec
from ..records.files import TFRecordWriter, read_records
from .node import Made, Node, Step
from .structure import Row, describe, described

SIZE = struct.Struct("<Q")
SERIAL = count()
ROWS, ABOUT = "rows.tfrecord", "dataset.json"


# -- one row ------------------------------------------------------------------------------------------------------
def encoded(row: Row) -> bytes:
    header, parts = [], []
    for x in row:
        if not isinstance(x, np.ndarray):
            raise TypeError(f"a dataset whose elements hold a {type(x).__name__} cannot be kept in a file")
        data = b"".join(framed_strings(x)) if x.dtype.kind == "O" else np.ascontiguousarray(x).tobytes()
        header.append([OF_NUMPY[x.dtype].name, list(x.shape), len(data)])
        parts.append(data)
    head = json.dumps(header).encode()
    return b"".join((SIZE.pack(len(head)), head, *parts))


def framed_strings(array: np.ndarray) -> Iterator[bytes]:
    for text in array.reshape(-1).tolist():
        yield SIZE.pack(len(text))
        yield text


def decoded(record: bytes) -> Row:
    (size,) = SIZE.unpack_from(record)
    start, row = SIZE.size + size, []
    for name, shape, length in json.loads(record[SIZE.size : start]):
        dtype = as_dtype(name).numpy_dtype
        data = record[start : start + length]
        row.append(strings(data, shape) if dtype.kind == "O" else np.frombuffer(bytearray(data), dtype).reshape(shape))
        start += length
    return tuple(row)


def strings(data: bytes, shape: list[int]) -> np.ndarray:
    out, start = np.empty(int(np.prod(shape, dtype=np.int64)), object), 0
    for i in range(len(out)):
        (length,) = SIZE.unpack_from(data, start)
        start += SIZE.size
        out[i] = data[start : start + length]
        start += length
    return out.reshape(shape)


# -- files of rows ------------------------------------------------------------------------------------------------
def write_while_reading(rows: Iterator[Row], path: str, compression: str) -> Iterator[Row]:
    """The rows; the file is there once the last one was asked for, and never in part."""
    temporary = f"{path}.{os.getpid()}-{next(SERIAL)}.tmp"
    try:
        with TFRecordWriter(temporary, compression) as writer:
            for row in rows:
                writer.write(encoded(row))
                yield row
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(temporary)


def read_rows(path: str, compression: str) -> Iterator[Row]:
    return map(decoded, read_records(path, compression))


class FileCached(Step):
    """cache in a file, and snapshot: the first complete iteration writes, all later ones read."""

    def __init__(self, source: Node, path: str, compression: str = ""):
        super().__init__(source)
        self.path, self.compression = path, compression

    def rows(self) -> Iterator[Row]:
        if os.path.exists(self.path):
            return read_rows(self.path, self.compression)
        os.makedirs(os.path.dirname(self.path) or ".", exist_ok=True)
        return write_while_reading(self.source.rows(), self.path, self.compression)


def save(node: Node, path: str, compression: str) -> None:
    """The whole dataset in the folder `path`: rows first, what they are last."""
    os.makedirs(path, exist_ok=True)
    total = sum(1 for _ in write_while_reading(node.rows(), os.path.join(path, ROWS), compression))
    about = {
        "format": "gradtape dataset 1",
        "elements": total,
        "compression": compression,
        "structure": describe(node.structure),
        "specs": [[s.dtype.name, None if s.shape.rank is None else list(s.shape)] for s in node.specs],
    }
    temporary = os.path.join(path, f"{ABOUT}.{os.getpid()}-{next(SERIAL)}.tmp")
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(about, file)
    os.replace(temporary, os.path.join(path, ABOUT))


def load(path: str, compression: str | None) -> Made:
    """What `save` wrote.

    Raises:
        NotFoundError: no saved dataset there.
        DataLossError: it is broken.
    """
    file = os.path.join(path, ABOUT)
    try:
        with open(file, encoding="utf-8") as stream:
            about = json.load(stream)
    except FileNotFoundError:
        raise NotFoundError(None, None, f"Could not find a saved dataset at {path}: it has no {ABOUT}") from None
    except ValueError as error:
        raise DataLossError(None, None, f"{file}: {error}") from None
    kind = about["compression"] if compression is None else compression
    specs = tuple([TensorSpec(TensorShape(shape), dtype) for dtype, shape in about["specs"]])
    return Made(lambda: read_rows(os.path.join(path, ROWS), kind), described(about["structure"]), specs, about["elements"])


def fingerprint(node: Node) -> int:
    """A number that two pipelines of the same steps and specs share."""
    return zlib.crc32(repr((shape_of(node), node.structure, node.specs)).encode())


def shape_of(node: Node) -> Any:
    return (type(node).__name__, node.cardinality, [shape_of(source) for source in node.inputs])
