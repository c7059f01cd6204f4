"""Machine code on disk, by content.

A module's object file lies under the hash of all that went into it; each kernel has a small file that names the module which holds
it. Every file begins with a checksum of the rest. The folder belongs to the user alone; what has another owner is not read. Files
appear by an atomic rename, so that processes may race. GRADTAPE_CACHE=0 switches it off, GRADTAPE_CACHE_DIR names the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

LIMIT = 256 << 20  # bytes; the oldest files go first
CHECK = 32  # bytes of the checksum


def folder() -> Path | None:
    """Where the files lie; None where the cache is off."""
    if os.environ.get("GRADTAPE_CACHE", "1") in ("", "0"):
        return None
    named = os.environ.get("GRADTAPE_CACHE_DIR")
    if named:
        return Path(named)
    base = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}.get(sys.platform)
    base = base or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "gradtape" / "native"


class Cache:
    """Modules and the kernels in them, for one machine (`machine` names LLVM, processor, vector library and generator)."""

    def __init__(self, machine: str):
        self.machine = machine

    def path(self, kind: str, name: str) -> Path | None:
        home = folder()
        key = hashlib.sha256(f"{self.machine}|{name}".encode()).hexdigest()[:40]
        return None if home is None else home / f"{kind}-{key}"

    def find(self, kernels: Iterable[str]) -> dict[str, bytes]:
        """Object files that hold the kernels which are there: name of the module -> its bytes."""
        out: dict[str, bytes] = {}
        for kernel in kernels:
            module = read(self.path("kernel", kernel))
            if module is None:
                continue
            name = module.decode("ascii", "replace")
            if name not in out:
                code = read(self.path("module", name))
                if code is not None:
                    out[name] = code
        return out

    def put(self, module: str, kernels: Iterable[str], code: bytes) -> None:
        if not write(self.path("module", module), code):
            return
        for kernel in kernels:
            write(self.path("kernel", kernel), module.encode())
        trim(folder())


def read(path: Path | None) -> bytes | None:
    """The contents, if they are whole and ours."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            if not ours(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    body = data[CHECK:]
    return body if data[:CHECK] == checksum(path, body) else None


def checksum(path: Path, body: bytes) -> bytes:
    """It covers the name, so that a file that was swapped for another is refused."""
    return hashlib.sha256(path.name.encode() + b"\0" + body).digest()


def ours(status: os.stat_result) -> bool:
    user = getattr(os, "getuid", None)
    if user is None:
        return True
    return status.st_uid == user() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def write(path: Path | None, body: bytes) -> bool:
    if path is None:
        return False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.parent.stat()
        if not ours(status):
            return False
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(checksum(path, body) + body)
            os.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            return False
    except OSError:
        return False
    return True


def trim(home: Path | None) -> None:
    """Remove the files that were written longest ago while all together are too large."""
    if home is None:
        return
    try:
        found = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(home) if entry.is_file()]
    except OSError:
        return
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= LIMIT:
            return
        with contextlib.suppress(OSError):
            os.unlink(path)
        total -= size
