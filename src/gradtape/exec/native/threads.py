"""libgomp, whose one pool of threads generated loops and oneDNN share; how many threads; what a fork does to them.

A pool does not survive a fork: in the child its threads are gone, and libgomp would wait for them. So a forked child runs with
one thread, and whatever was compiled for more is made again (`generation` counts such changes).
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from .steps import Threads

SPINS = "20000"  # how often an idle thread looks for work before it sleeps: some 50 µs, about the pause between two operations


class State:
    """How many threads: `asked` by the user (0: the machine's), `forked` in a child of a process that ran native code."""

    asked = 0
    forked = False
    generation = 0
    inter = 0


class Seen(threading.local):
    """The generation that a thread has told libgomp of."""

    generation = -1


SEEN = Seen()


@lru_cache(1)
def machine_count() -> int:
    """OMP_NUM_THREADS where it is a number, else the processors that this process may use; as libgomp, asked once."""
    first = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    if first.isdigit() and int(first) > 0:
        return int(first)
    return available()


def available() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def count() -> int:
    """How many threads a parallel region should have now."""
    if State.forked or is_off():
        return 1
    return State.asked or machine_count()


@lru_cache(1)
def is_off() -> bool:
    return os.environ.get("GRADTAPE_GOMP") == "0" or isinstance(load(), str)


def set_count(n: int) -> None:
    """0 leaves it to the machine."""
    if n != State.asked:
        State.asked = n
        State.generation += 1


def after_fork() -> None:
    State.forked = True
    State.generation += 1


@lru_cache(1)
def load() -> ctypes.CDLL | str:
    """The libgomp.so.1 of this process, which is also oneDNN's, or a sentence that says why there is none."""
    if not sys.platform.startswith("linux"):
        return "libgomp is used on Linux only"
    try:
        with patience():
            found = ctypes.CDLL("libgomp.so.1")
    except OSError as error:
        return str(error)
    os.register_at_fork(after_in_child=after_fork)
    return found


def find() -> Threads | None:
    """Addresses in libgomp for generated code, None where everything runs in one thread."""
    found = load()
    if isinstance(found, str) or is_off():
        return None
    names = ("GOMP_parallel", "GOMP_barrier", "omp_get_thread_num", "omp_get_num_threads")
    return Threads(*(address(found, name) for name in names), count)  # type: ignore[arg-type]


def address(dll: ctypes.CDLL, name: str) -> int:
    return ctypes.cast(dll[name], ctypes.c_void_p).value or 0


def prepare() -> None:
    """Tells libgomp how many threads the calling thread's regions have; to be called before native code runs."""
    if SEEN.generation != State.generation:
        tell()


def tell() -> None:
    found: Any = load()
    if not isinstance(found, str):
        found.omp_set_num_threads(count())
    SEEN.generation = State.generation


@contextmanager
def patience() -> Iterator[None]:
    """While libgomp loads it reads how long idle threads look for work; unless the user said so, briefly.

    Its own default, some milliseconds, takes the processor from NumPy's threads and from Python between two operations.
    """
    chosen = {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"} & os.environ.keys()
    if chosen:
        yield
        return
    os.environ["GOMP_SPINCOUNT"] = SPINS
    try:
        yield
    finally:
        os.environ.pop("GOMP_SPINCOUNT", None)
