"""TextLineDataset, TFRecordDataset, FixedLengthRecordDataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from . import files
from .dataset import Dataset, node_of
from .mapping import scalar
from .node import Node


def reading(filenames: Any, read: Callable[[str], Iterator[bytes]], parallel: Any) -> Node:
    """One file after the other, or `parallel` of them in turn."""
    if parallel is not None:
        names = filenames if isinstance(filenames, Dataset) else Dataset.from_tensor_slices(files.names_in(filenames))
        return names.interleave(lambda name: Dataset(files.of_files(name, read)), cycle_length=parallel)._node
    if isinstance(filenames, Dataset):
        node = node_of(filenames)
        return files.of_files(lambda: (name for row in node.rows() for name in files.names_in(row[0])), read)
    return files.of_files(filenames, read)


class TextLineDataset(Dataset):
    """The lines of text files, as strings without their ends.

    Args:
        filenames: one or several names, or a dataset of them.
        compression_type: "", "GZIP" or "ZLIB".
        num_parallel_reads: so many files in turn.

    Raises:
        NotFoundError: when it comes to a file that is not there.

    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a.txt")
    >>> with open(path, "w") as file:
    ...     _ = file.write("one\\ntwo\\n")
    >>> [line.numpy() for line in tf.data.TextLineDataset(path)]
    [b'one', b'two']
    """

    __slots__ = ()

    def __init__(
        self,
        filenames: Any,
        compression_type: Any = None,
        buffer_size: Any = None,
        num_parallel_reads: Any = None,
        name: str | None = None,
    ):
        super().__init__(reading(filenames, files.lines(compression_type), num_parallel_reads))


class TFRecordDataset(Dataset):
    """The records of TFRecord files, as strings.

    Args:
        filenames: one or several names, or a dataset of them.
        compression_type: "", "GZIP" or "ZLIB".
        num_parallel_reads: so many files in turn.

    Raises:
        NotFoundError: when it comes to a file that is not there.
        DataLossError: when it comes to a broken record; the message has the file's name and the offset.
    """

    __slots__ = ()

    def __init__(
        self,
        filenames: Any,
        compression_type: Any = None,
        buffer_size: Any = None,
        num_parallel_reads: Any = None,
        name: str | None = None,
    ):
        super().__init__(reading(filenames, files.records(compression_type), num_parallel_reads))


class FixedLengthRecordDataset(Dataset):
    """Blocks of `record_bytes` bytes of binary files, after a header and before a footer.

    Raises:
        InvalidArgumentError: what is between header and footer is no whole number of blocks.
    """

    __slots__ = ()

    def __init__(
        self,
        filenames: Any,
        record_bytes: Any,
        header_bytes: Any = None,
        footer_bytes: Any = None,
        buffer_size: Any = None,
        compression_type: Any = None,
        num_parallel_reads: Any = None,
        name: str | None = None,
    ):
        size, header, footer = [0 if n is None else scalar(n, "bytes") for n in (record_bytes, header_bytes, footer_bytes)]
        super().__init__(reading(filenames, files.blocks(size, header, footer, compression_type), num_parallel_reads))
