"""Writers of event files, and the one that writes nothing."""

from __future__ import annotations

import os
import time
import weakref
from pathlib import Path
from typing import Any

import numpy as np

from ..core.dtypes import OF_NUMPY, string
from ..core.errors import FailedPreconditionError, NotFoundError, PermissionDeniedError, invalid
from ..core.tensor import convert_to_tensor, is_tensor
from ..graph.symbol import Symbol
from . import board
from .state import STATE, change

QUEUE, INTERVAL, SUFFIX = 10, 120_000, ".v2"  # TensorFlow's


class SummaryWriter:
    """What `create_file_writer` and `create_noop_writer` give."""

    def as_default(self, step: Any = None) -> Any:
        """A context: summaries inside go to this writer, with `step` where one is given and they give none."""
        return AsDefault(self, step)

    def set_as_default(self, step: Any = None) -> None:
        """From here on summaries of this thread go to this writer."""
        self.as_default(step).__enter__()

    def init(self) -> None:
        """Nothing: a writer is ready when it is made."""
        raise NotImplementedError

    def flush(self) -> None:
        """Put what is waiting into the file."""
        raise NotImplementedError

    def close(self) -> None:
        """Put what is waiting into the file and close it."""
        raise NotImplementedError


class AsDefault:
    """The context in which a writer is the default."""

    def __init__(self, writer: SummaryWriter, step: Any):
        self.writer, self.step = writer, step
        self.before: list[tuple[Any, Any]] = []

    def __enter__(self) -> SummaryWriter:
        before = change("writer", self.writer)
        self.before.append((before, None if self.step is None else change("step", self.step)))
        return self.writer

    def __exit__(self, *error: Any) -> None:
        self.writer.flush()
        writer, step = self.before.pop()
        change("writer", writer)
        if self.step is not None:
            change("step", step)


class FileWriter(SummaryWriter):
    """Writes one event file."""

    def __init__(self, logdir: str, max_queue: int, flush_millis: int, filename_suffix: str):
        self.logdir = logdir
        make_folder(logdir)
        self.events = board.event_file_writer()(logdir, max_queue, flush_millis / 1000, filename_suffix)
        self.finish = weakref.finalize(self, self.events.close)  # also when the program ends

    @property
    def closed(self) -> bool:
        return not self.finish.alive

    def as_default(self, step: Any = None) -> AsDefault:
        self.refuse_closed()
        return AsDefault(self, step)

    def init(self) -> None:
        self.refuse_closed()

    def flush(self) -> None:
        if not self.closed:
            self.events.flush()

    def close(self) -> None:
        self.finish()

    def refuse_closed(self) -> None:
        if self.closed:
            raise RuntimeError(f"SummaryWriter of {self.logdir!r} is already closed: make another one")

    def add(self, tag: str, step: int, values: np.ndarray, metadata: bytes) -> None:
        """Write a tensor; `metadata` is a SummaryMetadata in bytes."""
        summary = board.protos().Summary()
        put_value(summary, tag, values, metadata)
        self.add_summary(summary, step)

    def add_summary(self, summary: Any, step: int) -> None:
        self.add_event(step=step, summary=summary)

    def add_event(self, **fields: Any) -> None:
        if self.closed:
            raise NotFoundError(None, None, f"the writer of {self.logdir!r} is closed: make another one before it writes")
        self.events.add_event(board.protos().Event(wall_time=time.time(), **fields))

    def __repr__(self) -> str:
        return f"<SummaryWriter of {self.logdir!r}{', closed' if self.closed else ''}>"


def put_value(summary: Any, tag: str, values: np.ndarray, metadata: bytes) -> None:
    """Into a Summary message, which may hold several values."""
    value = summary.value.add(tag=tag, tensor=tensor_proto(values))
    try:
        value.metadata.ParseFromString(metadata)
    except board.protos().DecodeError:
        raise invalid("write", f"tf.summary.write: metadata is no serialized SummaryMetadata: {metadata!r}") from None


def tensor_proto(values: np.ndarray) -> Any:
    """An array as TensorFlow serializes it."""
    dtype = OF_NUMPY[values.dtype]
    proto = board.protos().TensorProto(dtype=dtype.enum)
    for extent in values.shape:
        proto.tensor_shape.dim.add(size=extent)
    if dtype is string:
        proto.string_val.extend(values.ravel().tolist())
    else:
        proto.tensor_content = np.ascontiguousarray(values).tobytes()
    return proto


def make_folder(logdir: str) -> None:
    """The folder of an event file.

    Raises:
        FailedPreconditionError: a file stands in its place.
        NotFoundError, PermissionDeniedError: it cannot be made.
    """
    try:
        os.makedirs(logdir, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FailedPreconditionError(None, None, f"create_file_writer: {logdir!r} is no folder: {error.strerror}") from None
    except PermissionError as error:
        raise PermissionDeniedError(None, None, f"create_file_writer: {logdir!r}: {error.strerror}") from None
    except OSError as error:
        raise NotFoundError(None, None, f"create_file_writer: {logdir!r} cannot be made: {error.strerror}") from None


class NoWriter(SummaryWriter):
    """Writes nothing, and leaves the default writer as it is."""

    def as_default(self, step: Any = None) -> NoContext:
        return NoContext()

    def set_as_default(self, step: Any = None) -> None:
        pass

    def init(self) -> None:
        pass

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class NoContext:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *error: Any) -> None:
        pass


def create_file_writer(
    logdir: Any,
    max_queue: Any = None,
    flush_millis: Any = None,
    filename_suffix: Any = None,
    name: str | None = None,
    experimental_trackable: bool = False,
    experimental_mesh: Any = None,
) -> SummaryWriter:
    """A writer of a new event file in the folder `logdir`, which is made where it is missing.

    Args:
        logdir: a path.
        max_queue: how many summaries wait at most before they are written, 10 where nothing is said.
        flush_millis: how long they wait at most, 120,000 where nothing is said.
        filename_suffix: the end of the file's name, ".v2" where nothing is said.

    Raises:
        ValueError: logdir is None, or a tensor of a traced function.
        FailedPreconditionError, NotFoundError, PermissionDeniedError: there can be no such folder.
        ModuleNotFoundError: TensorBoard is not installed.

    >>> import tempfile
    >>> writer = tf.summary.create_file_writer(tempfile.mkdtemp())
    >>> with writer.as_default(step=1):
    ...     print(tf.summary.scalar("loss", 0.25).numpy())
    True
    >>> writer.close()
    """
    given = {"logdir": logdir, "max_queue": max_queue, "flush_millis": flush_millis, "filename_suffix": filename_suffix}
    if logdir is None:
        raise ValueError("create_file_writer: Argument `logdir` cannot be None")
    for key, value in given.items():
        if isinstance(value, Symbol):
            raise ValueError(f"create_file_writer: {key} is a tensor of a traced function, and the writer is made outside of it")
    return FileWriter(
        text_of("logdir", logdir),
        QUEUE if max_queue is None else int(max_queue),
        INTERVAL if flush_millis is None else int(flush_millis),
        SUFFIX if filename_suffix is None else text_of("filename_suffix", filename_suffix),
    )


def text_of(argument: str, value: Any) -> str:
    """A path, a string or a string tensor as a string."""
    if isinstance(value, Path):
        return str(value)
    if is_tensor(value):
        value = convert_to_tensor(value).numpy()
    if isinstance(value, (str, bytes, os.PathLike)):
        return os.fsdecode(value)
    raise TypeError(f"create_file_writer: {argument} must be a string, got {value!r}")


def create_noop_writer() -> SummaryWriter:
    """A writer that writes nothing, for programs that need one.

    >>> with tf.summary.create_noop_writer().as_default():
    ...     print(tf.summary.scalar("loss", 0.25, step=1).numpy())
    False
    """
    return NoWriter()


def flush(writer: Any = None, name: str | None = None) -> None:
    """Put what is waiting into the file: of this writer, or of the default one.

    Raises:
        ValueError: no writer.
    """
    writer = STATE.get().writer if writer is None else writer
    if writer is None:
        return
    if not isinstance(writer, SummaryWriter):
        raise ValueError(f"Invalid argument to flush(): {writer!r}")
    writer.flush()


__all__ = ["FileWriter", "NoWriter", "SummaryWriter", "create_file_writer", "create_noop_writer", "flush"]
