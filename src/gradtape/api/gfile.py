"""tf.io.gfile: files and folders of this machine."""

from __future__ import annotations

import glob as patterns
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..core.errors import AlreadyExistsError, NotFoundError, PermissionDeniedError, invalid
from ..core.tensor import Tensor
from ._files import named_errors

MODES = ("r", "w", "a", "r+", "w+", "a+")


def text(path: Any) -> str:
    """A path as text: str, bytes, PathLike, or a string tensor."""
    value = path.numpy() if isinstance(path, Tensor) else path
    return os.fsdecode(os.fspath(value))


# -- an open file -----------------------------------------------------------------------------------------------------
class GFile:
    """A file, opened when it is first used; text in UTF-8, or bytes where the mode ends in "b".

    >>> import os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), "a.txt")
    >>> with tf.io.gfile.GFile(path, "w") as f:
    ...     f.write("one\\ntwo\\n")
    >>> tf.io.gfile.GFile(path).readlines()
    ['one\\n', 'two\\n']
    """

    def __init__(self, name: Any, mode: str = "r"):
        self.file: Any = None
        if not isinstance(mode, str) or mode.replace("b", "") not in MODES:
            raise invalid(
                "GFile", f"GFile: mode is not 'r' or 'w' or 'a' or 'r+' or 'w+' or 'a+' (with or without 'b'): {mode!r}"
            )
        self.__name, self.__mode = text(name), mode

    @property
    def name(self) -> str:
        """The file's name."""
        return self.__name

    @property
    def mode(self) -> str:
        """How it is opened."""
        return self.__mode

    def opened(self, purpose: str) -> Any:
        mode = self.__mode
        if (purpose == "reading" and mode.replace("b", "") in ("w", "a")) or (
            purpose == "writing" and mode.replace("b", "") == "r"
        ):
            raise PermissionDeniedError(None, None, f"GFile: {self.__name} isn't open for {purpose}: its mode is {mode!r}")
        if self.file is None:
            encoding, newline = (None, None) if "b" in mode else ("utf-8", "")
            with named_errors("GFile", self.__name):
                self.file = open(self.__name, mode, encoding=encoding, newline=newline)  # noqa: SIM115
        return self.file

    def size(self) -> int:
        """Its bytes on the disk."""
        return stat(self.__name).length

    def read(self, n: int = -1) -> Any:
        """The next n characters or bytes; all by default."""
        return self.opened("reading").read(n)

    def readline(self) -> Any:
        """The next line, with its end."""
        return self.opened("reading").readline()

    def readlines(self) -> list[Any]:
        """The lines that are left."""
        return self.opened("reading").readlines()

    def write(self, file_content: Any) -> None:
        """Write text or bytes."""
        value = file_content.numpy() if isinstance(file_content, Tensor) else file_content
        binary = "b" in self.__mode
        self.opened("writing").write(
            os.fsencode(value) if binary and isinstance(value, str) else os.fsdecode(value) if not binary else value
        )

    def seek(self, offset: int | None = None, whence: int = 0, position: int | None = None) -> None:
        """Go on at another place."""
        self.opened("seeking").seek(position if offset is None else offset, whence)

    def seekable(self) -> bool:
        """Can `seek` be called? Always."""
        return True

    def tell(self) -> int:
        """Where it goes on."""
        return self.opened("seeking").tell()

    def flush(self) -> None:
        """Hand what was written to the operating system."""
        if self.file is not None:
            self.file.flush()

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()
        elif self.__mode.startswith("w"):  # TensorFlow makes the empty file too
            self.opened("writing").close()
        self.file = None

    def __del__(self) -> None:
        if self.file is not None:
            self.file.close()

    def next(self) -> Any:
        """The next line."""
        return self.__next__()

    def __iter__(self) -> GFile:
        return self

    def __next__(self) -> Any:
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self) -> GFile:
        return self

    def __exit__(self, *reason: Any) -> None:
        self.close()


# -- files and folders --------------------------------------------------------------------------------------------------
class FileStatistics(NamedTuple):
    """What `tf.io.gfile.stat` gives."""

    length: int
    mtime_nsec: int
    is_directory: bool


def exists(path: Any) -> bool:
    """Is there a file or folder?

    >>> tf.io.gfile.exists("/nothing/here")
    False
    """
    return os.path.exists(text(path))


def isdir(path: Any) -> bool:
    """Is there a folder?

    >>> tf.io.gfile.isdir("/nothing/here")
    False
    """
    return os.path.isdir(text(path))


def join(path: Any, *paths: Any) -> Any:
    """Parts of a path joined.

    >>> tf.io.gfile.join("folder", "file").replace("\\\\", "/")
    'folder/file'
    """
    return os.path.join(os.fspath(path), *map(os.fspath, paths))


def stat(path: Any) -> FileStatistics:
    """A file's length, time and kind.

    Raises:
        NotFoundError: nothing is there.

    >>> tf.io.gfile.stat(".").is_directory
    True
    """
    with named_errors("stat", text(path)):
        found = os.stat(text(path))
    return FileStatistics(found.st_size, found.st_mtime_ns, os.path.isdir(text(path)))


def listdir(path: Any) -> list[str]:
    """The names in a folder.

    Raises:
        NotFoundError: there is no such folder.

    >>> tf.io.gfile.listdir("/nothing/here")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: Could not find directory /nothing/here
    """
    if not isdir(path):
        raise NotFoundError(None, None, f"Could not find directory {text(path)}")
    with named_errors("listdir", text(path)):
        return os.listdir(text(path))


def glob(pattern: Any) -> list[str]:
    """The paths that fit a pattern, or one of several, in order.

    >>> tf.io.gfile.glob("/nothing/*")
    []
    """
    every = pattern if isinstance(pattern, (list, tuple)) else [pattern]
    return [path for one in every for path in sorted(patterns.glob(text(one)))]


def walk(top: Any, topdown: bool = True, onerror: Callable | None = None) -> Iterator[tuple[str, list[str], list[str]]]:
    """(folder, its folders, its files) of everything below `top`.

    >>> list(tf.io.gfile.walk("/nothing/here"))
    []
    """
    yield from os.walk(text(top), topdown, onerror)


def mkdir(path: Any) -> None:
    """Make a folder in one that exists; nothing where it exists already.

    Raises:
        NotFoundError: the folder around it does not exist.

    >>> tf.io.gfile.mkdir("/nothing/here")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: mkdir: /nothing/here; No such file or directory
    """
    if not isdir(path):
        with named_errors("mkdir", text(path)):
            os.mkdir(text(path))


def makedirs(path: Any) -> None:
    """Make a folder and those around it; nothing where it exists already.

    >>> import os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), "a", "b")
    >>> tf.io.gfile.makedirs(path)
    >>> tf.io.gfile.isdir(path)
    True
    """
    with named_errors("makedirs", text(path)):
        os.makedirs(text(path), exist_ok=True)


def copy(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Copy a file.

    Raises:
        NotFoundError: nothing to copy. AlreadyExistsError: the target exists, and `overwrite` is False.

    >>> tf.io.gfile.copy("/nothing/here", "/nothing/there")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: copy: /nothing/here; No such file or directory
    """
    refuse_existing("copy", dst, overwrite)
    with named_errors("copy", text(src)):
        shutil.copyfile(text(src), text(dst))


def rename(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Rename or move a file or folder.

    Raises:
        NotFoundError: nothing to move. AlreadyExistsError: the target exists, and `overwrite` is False.

    >>> tf.io.gfile.rename("/nothing/here", "/nothing/there")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: rename: /nothing/here; No such file or directory
    """
    refuse_existing("rename", dst, overwrite)
    with named_errors("rename", text(src)):
        os.replace(text(src), text(dst))


def refuse_existing(op: str, dst: Any, overwrite: bool) -> None:
    if not overwrite and exists(dst):
        raise AlreadyExistsError(None, None, f"{op}: file already exists: {text(dst)}; say overwrite=True to replace it")


def remove(path: Any) -> None:
    """Remove a file.

    Raises:
        NotFoundError: nothing is there.

    >>> tf.io.gfile.remove("/nothing/here")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: remove: /nothing/here; No such file or directory
    """
    with named_errors("remove", text(path)):
        os.remove(text(path))


def rmtree(path: Any) -> None:
    """Remove a folder with everything in it.

    Raises:
        NotFoundError: nothing is there.

    >>> tf.io.gfile.rmtree("/nothing/here")
    Traceback (most recent call last):
    gradtape.core.errors.NotFoundError: rmtree: /nothing/here; No such file or directory
    """
    with named_errors("rmtree", text(path)):
        shutil.rmtree(text(path))


def get_registered_schemes() -> list[str]:
    """The kinds of paths that are understood: files of this machine.

    >>> tf.io.gfile.get_registered_schemes()
    ['', 'file']
    """
    return ["", "file"]
