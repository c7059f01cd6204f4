"""Errors of the operating system in TensorFlow's classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..core.errors import (
    AlreadyExistsError,
    FailedPreconditionError,
    InternalError,
    NotFoundError,
    PermissionDeniedError,
)

CLASSES: tuple[tuple[type[OSError], Any], ...] = (
    (FileNotFoundError, NotFoundError),
    (FileExistsError, AlreadyExistsError),
    (PermissionError, PermissionDeniedError),
    (IsADirectoryError, FailedPreconditionError),
    (NotADirectoryError, FailedPreconditionError),
)


@contextmanager
def named_errors(op: str, path: Any) -> Iterator[None]:
    """Inside, an error of the operating system names the operation and the file."""
    try:
        yield
    except OSError as error:
        found = next((ours for theirs, ours in CLASSES if isinstance(error, theirs)), None)
        if found is None:  # a folder that is not empty, a full disk
            found = FailedPreconditionError if "not empty" in str(error) else InternalError
        raise found(None, None, f"{op}: {path}; {error.strerror or error}") from None
