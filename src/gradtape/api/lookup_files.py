"""tf.lookup: what fills tables."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from ..composites.rows import known
from ..core.dtypes import DType, as_dtype, int64, string
from ..core.errors import NotFoundError, invalid
from ..core.tensor import Tensor, convert_to_tensor
from ._each_string import of_objects

OP = "InitializeTableFromTextFileV2"


class KeyValueTensorInitializer:
    """Fills a table with these keys and values.

    >>> tf.lookup.KeyValueTensorInitializer(["a", "b"], [1, 2]).value_dtype
    tf.int32
    """

    def __init__(self, keys: Any, values: Any, key_dtype: Any = None, value_dtype: Any = None, name: str | None = None):
        self._keys, self._values = converted(keys, key_dtype), converted(values, value_dtype)
        self._key_dtype, self._value_dtype = self._keys.dtype, self._values.dtype

    @property
    def key_dtype(self) -> DType:
        return self._key_dtype

    @property
    def value_dtype(self) -> DType:
        return self._value_dtype

    def initialize(self, table: Any) -> None:
        """Fill a table."""
        table._fill(self._keys, self._values)


def converted(values: Any, dtype: Any) -> Tensor:
    return convert_to_tensor(values, None if dtype is None else as_dtype(dtype))


class TextFileIndex:
    """Stands for the whole line, and for its number, in a TextFileInitializer."""

    WHOLE_LINE = -2
    LINE_NUMBER = -1


class TextFileInitializer:
    """Fills a table from a text file: keys and values are columns, the whole line, or the number of the line.

    Args:
        key_index, value_index: a column, or one of tf.lookup.TextFileIndex.
        vocab_size: read so many lines.
        delimiter: what stands between columns, one letter.
        value_index_offset: added to line numbers that are values.

    Raises:
        ValueError: no file name, dtypes that do not fit the indices. NotFoundError, InvalidArgumentError: when a table is filled, no
            such file, a line without the column, no number where one is wanted, fewer lines than vocab_size.

    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "words.txt")
    >>> with open(path, "w") as file:
    ...     _ = file.write("emerson\\nlake\\npalmer\\n")
    >>> line, number = tf.lookup.TextFileIndex.WHOLE_LINE, tf.lookup.TextFileIndex.LINE_NUMBER
    >>> table = tf.lookup.StaticHashTable(tf.lookup.TextFileInitializer(path, tf.string, line, tf.int64, number), -1)
    >>> table.lookup(tf.constant(["palmer", "toast"])).numpy()
    array([ 2, -1])
    """

    def __init__(
        self,
        filename: Any,
        key_dtype: Any,
        key_index: int,
        value_dtype: Any,
        value_index: int,
        vocab_size: int | None = None,
        delimiter: str = "\t",
        name: str | None = None,
        value_index_offset: int = 0,
    ):
        self._path = path_of(filename)
        if not self._path:
            raise ValueError("`filename` argument required for tf.lookup.TextFileInitializer")
        self._key_dtype, self._value_dtype = as_dtype(key_dtype), as_dtype(value_dtype)
        self._indices, self._delimiter = (int(key_index), int(value_index)), delimiter
        self._size, self._offset = vocab_size, int(value_index_offset)
        if vocab_size is not None and vocab_size <= 0:
            raise ValueError(f"Invalid vocab_size {vocab_size}.")
        for what, index, dtype in (("key", key_index, self._key_dtype), ("value", value_index, self._value_dtype)):
            if index < -2:
                raise ValueError(f"Invalid {what} index {index}.")
            if index == TextFileIndex.LINE_NUMBER and dtype is not int64:
                raise ValueError(f"`{what}_dtype` must be int64 for `{what}_index` {index}, received: {dtype!r}")
            if index == TextFileIndex.WHOLE_LINE and not (dtype is string or dtype.is_integer):
                raise ValueError(f"`{what}_dtype` must be string or integer for `{what}_index` {index}, received: {dtype!r}")

    @property
    def key_dtype(self) -> DType:
        return self._key_dtype

    @property
    def value_dtype(self) -> DType:
        return self._value_dtype

    def initialize(self, table: Any) -> None:
        """Read the file into a table."""
        lines = self._lines()
        keys, values = self._indices
        number = [k + self._offset for k in range(len(lines))] if values == TextFileIndex.LINE_NUMBER else None
        table._fill(
            convert_to_tensor(self._column(lines, keys, self._key_dtype)),
            convert_to_tensor(
                np.array(number, np.int64) if number is not None else self._column(lines, values, self._value_dtype)
            ),
        )

    def _lines(self) -> list[bytes]:
        try:
            with open(self._path, "rb") as file:
                lines = file.read().splitlines()
        except FileNotFoundError:
            raise NotFoundError(None, None, f"{self._path}; No such file or directory [Op:{OP}]") from None
        if self._size is not None:
            if len(lines) < self._size:
                raise invalid(OP, f"Invalid vocab_size in {self._path}: expected {self._size} but got {len(lines)}")
            lines = lines[: self._size]
        return lines

    def _column(self, lines: list[bytes], index: int, dtype: DType) -> np.ndarray:
        if index == TextFileIndex.LINE_NUMBER:
            return np.arange(len(lines), dtype=np.int64)
        cells = lines if index == TextFileIndex.WHOLE_LINE else [self._cell(k, line, index) for k, line in enumerate(lines)]
        if dtype is string:
            return of_objects(cells, len(cells))
        return np.array([self._number(k, cell, dtype) for k, cell in enumerate(cells)], dtype.numpy_dtype)

    def _cell(self, k: int, line: bytes, index: int) -> bytes:
        cells = line.split(self._delimiter.encode())
        if index >= len(cells):
            text = line.decode("utf-8", "replace")
            raise invalid(
                OP,
                f"Invalid number of columns in {self._path} line {k} ({text}) : expected at least {index + 1} got {len(cells)}",
            )
        return cells[index]

    def _number(self, k: int, cell: bytes, dtype: DType) -> Any:
        try:
            return float(cell) if dtype.is_floating else int(cell)
        except ValueError:
            raise invalid(OP, f"Field {cell.decode('utf-8', 'replace')} in line {k} is not a valid {dtype.name}.") from None


def path_of(filename: Any) -> str:
    if isinstance(filename, Tensor):
        filename = known(filename).item()
    return os.fsdecode(filename) if filename else ""
