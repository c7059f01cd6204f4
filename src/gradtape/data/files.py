"""Datasets of what stands in files: lines, records, blocks of a fixed length, and the names of files."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import numpy as np

from ..core.errors import InvalidArgumentError
from ..core.tensor import convert_to_tensor
from ..core.tensor_spec import TensorSpec
from ..records.files import Reader, compression, read_records
from .node import Made
from .structure import COMPONENT, Row

STRINGS = (TensorSpec([], "string"),)


def names_in(filenames: Any) -> list[str]:
    """File names from a string, a path, a list of these or a string tensor."""
    if isinstance(filenames, os.PathLike):
        filenames = os.fspath(filenames)
    if isinstance(filenames, (list, tuple)):
        filenames = [os.fspath(name) if isinstance(name, os.PathLike) else name for name in filenames]
        if not filenames:
            return []
    array = convert_to_tensor(filenames).value
    if array.dtype != object:
        raise TypeError(f"The `filenames` argument must contain strings. Got one of type {array.dtype}.")
    if array.ndim > 1:
        raise ValueError(f"The `filenames` argument must be a scalar or a vector, got the shape {array.shape}.")
    return [os.fsdecode(name) for name in array.reshape(-1).tolist()]


def path_of(path: Any) -> str:
    """One path: a string, bytes, an object for paths, or a string tensor of rank 0."""
    names = names_in(path)
    if len(names) != 1:
        raise ValueError(f"one path is needed, got {len(names)}")
    return names[0]


def of_files(filenames: Any, read: Callable[[str], Iterator[bytes]]) -> Made:
    """The strings that `read` finds in one file after the other; the names may be a dataset themselves."""

    def rows() -> Iterator[Row]:
        names: Any = filenames() if callable(filenames) else names_in(filenames)
        return map(as_row, chain.from_iterable(map(read, names)))

    if not callable(filenames):
        names_in(filenames)  # what is wrong is said now
    return Made(rows, COMPONENT, STRINGS)


def as_row(text: bytes) -> Row:
    out = np.empty((), object)
    out[()] = text
    return (out,)


def lines(kind: Any) -> Callable[[str], Iterator[bytes]]:
    compression(kind)

    def read(name: str) -> Iterator[bytes]:
        reader, rest = Reader(name, kind), b""
        try:
            for chunk in reader.chunks():
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    yield line.replace(b"\r", b"")
            if rest:
                yield rest.replace(b"\r", b"")
        finally:
            reader.close()

    return read


def records(kind: Any) -> Callable[[str], Iterator[bytes]]:
    compression(kind)
    return lambda name: read_records(name, kind)


def blocks(size: int, header: int, footer: int, kind: Any) -> Callable[[str], Iterator[bytes]]:
    compression(kind)
    if size <= 0:
        raise InvalidArgumentError(None, None, f"`record_bytes` must be > 0, got {size}")

    def read(name: str) -> Iterator[bytes]:
        reader = Reader(name, kind)
        try:
            reader.read(header)
            ahead = b""
            for chunk in reader.chunks():
                ahead += chunk
                ready = max(len(ahead) - footer, 0) // size * size
                for start in range(0, ready, size):
                    yield ahead[start : start + size]
                ahead = ahead[ready:]
            if len(ahead) != footer:
                raise InvalidArgumentError(
                    None,
                    None,
                    f"Excess of {len(ahead) - footer} bytes in body of file {name}: {header} bytes of header and {footer} of "
                    f"footer leave no whole number of records of {size} bytes, at {reader.offset}",
                )
        finally:
            reader.close()

    return read


def matching(pattern: Any) -> list[bytes]:
    """The names of the files that match, sorted.

    Raises:
        InvalidArgumentError: none does.
    """
    patterns = names_in(pattern)
    found = sorted({os.fsencode(name) for p in patterns for name in glob.glob(p)})
    if not found:
        raise InvalidArgumentError(None, None, f"No files matched pattern: {', '.join(patterns)}")
    return found
