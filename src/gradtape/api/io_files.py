"""tf.io: whole files as strings."""

from __future__ import annotations

import os
from typing import Any

from ..core.tensor import Tensor
from . import gfile
from ._files import named_errors
from ._strings import one_string, string_tensor, strings_of


def read_file(filename: Any, name: str | None = None) -> Tensor:
    """A file's bytes, a string tensor.

    Raises:
        NotFoundError: there is no such file. InvalidArgumentError: several names.

    >>> tf.io.read_file("/nothing/here")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: read_file: /nothing/here; No such file or directory
    """
    path = os.fsdecode(one_string("read_file", "filename", filename))
    with named_errors("read_file", path), open(path, "rb") as file:
        return string_tensor([file.read()], ())


def write_file(filename: Any, contents: Any, name: str | None = None) -> None:
    """Write a string as a file, and make the folders around it.

    >>> import os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), "a", "b")
    >>> tf.io.write_file(path, b"abc")
    >>> tf.io.read_file(path).numpy()
    b'abc'
    """
    path = os.fsdecode(one_string("write_file", "filename", filename))
    data = one_string("write_file", "contents", contents)
    gfile.makedirs(os.path.dirname(path) or ".")
    with named_errors("write_file", path), open(path, "wb") as file:
        file.write(data)


def matching_files(pattern: Any, name: str | None = None) -> Tensor:
    """The paths that fit a pattern, or one of several, as a string tensor in order.

    >>> tf.io.matching_files("/nothing/*").shape
    TensorShape([0])
    """
    found = {path for one in strings_of("matching_files", pattern, "pattern").ravel() for path in gfile.glob(one)}
    return string_tensor([os.fsencode(path) for path in sorted(found)], (len(found),))


def match_filenames_once(pattern: Any, name: str | None = None) -> Tensor:
    """`tf.io.matching_files`; eagerly, the pattern is looked up at every call.

    >>> tf.io.match_filenames_once("/nothing/*").shape
    TensorShape([0])
    """
    return matching_files(pattern)
