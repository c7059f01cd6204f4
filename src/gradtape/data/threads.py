"""Threads of a pipeline: reading ahead, and several calls at a time.

A thread never holds the iterator that it works for: when the user drops that, the thread is told to stop, and an iterator
that is abandoned anywhere leaves nothing behind.  At the exit of the interpreter all are told to stop first.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any
from weakref import WeakSet

from ..core.context import under

SLOW = 3e-4  # seconds: a call that takes longer is worth another thread
AUTO_DEPTH = 8
PATIENCE = 1.0  # seconds that the exit of the interpreter waits for a thread
END = object()


class Failure:
    """An exception on its way from one thread to another."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException):
        self.error = error


class Ahead:
    """What the thread and its iterator share: a bounded buffer.  A deque's ends are safe; the condition is for waiting only."""

    def __init__(self, depth: int):
        self.depth = depth
        self.buffer: deque[Any] = deque()
        self.condition = threading.Condition()
        self.closed = False
        self.hungry = False  # the reader waits
        self.full = False  # the thread waits
        self.thread: threading.Thread | None = None
        self.left_behind = False  # this process was forked; the thread lives in the parent

    def put(self, item: Any) -> bool:
        """Hand over an item; False: nobody reads any more."""
        self.buffer.append(item)
        if self.hungry or len(self.buffer) >= self.depth:
            with self.condition:
                self.condition.notify_all()
                self.full = True  # before the look at the buffer: the reader then wakes us
                while len(self.buffer) >= self.depth and not self.closed:
                    self.condition.wait()
                self.full = False
        return not self.closed

    def get(self) -> Any:
        if not self.buffer:
            with self.condition:
                self.hungry = True  # before the look at the buffer: the thread then wakes us
                while not self.buffer:
                    if self.left_behind:
                        raise RuntimeError(FORKED)
                    self.condition.wait()
                self.hungry = False
        item = self.buffer.popleft()
        if self.full and len(self.buffer) <= self.depth // 2:
            with self.condition:
                self.condition.notify_all()
        return item

    def close(self) -> None:
        self.closed = True
        with self.condition:
            self.buffer.clear()
            self.condition.notify_all()

    def forked(self) -> None:
        """In a forked child: the thread is not here, and the lock may have been held by it."""
        self.condition = threading.Condition()
        self.left_behind, self.full = True, False


ALIVE: WeakSet[Ahead] = WeakSet()
FORKED = (
    "this dataset's iterator reads ahead in a thread of the parent process, which a forked child does not have; "
    "begin a new iteration in the child: iter(dataset)."
)


def after_fork() -> None:
    for one in list(ALIVE):
        one.forked()


if sys.platform != "win32":  # which has no fork
    os.register_at_fork(after_in_child=after_fork)


def work(shared: Ahead, start: Callable[[], Iterator[Any]]) -> None:
    """The life of a thread: hand over every item, exceptions too, then the end."""
    try:
        items = start()
    except BaseException as error:  # noqa: BLE001  # whatever it is, the reader's thread raises it
        shared.put(Failure(error))
        shared.put(END)
        return
    while not shared.closed:
        try:
            item = next(items, END)
        except BaseException as error:  # noqa: BLE001
            item = Failure(error)
        if not shared.put(item) or item is END:
            return


class Prefetched:
    """The items of `start()`, read ahead in a thread of its own that begins at the first `next`."""

    def __init__(self, start: Callable[[], Iterator[Any]], depth: int):
        self.start, self.shared, self.done = start, Ahead(depth), False

    def __iter__(self) -> Prefetched:
        return self

    def __next__(self) -> Any:
        if self.shared.thread is None:
            self.begin()
        if self.done:
            raise StopIteration
        item = self.shared.get()
        if item is END:
            self.done = True
            raise StopIteration
        if type(item) is Failure:
            raise item.error
        return item

    def begin(self) -> None:
        thread = threading.Thread(target=under, args=((), None, work, self.shared, self.start), daemon=True)
        self.shared.thread = thread
        ALIVE.add(self.shared)
        thread.start()

    def __del__(self) -> None:
        self.shared.close()


def stop_all() -> None:
    """Tells every thread to stop, and waits a moment for each."""
    shared = list(ALIVE)
    for one in shared:
        one.close()
    for one in shared:
        if one.thread is not None and one.thread is not threading.current_thread():
            one.thread.join(PATIENCE)


atexit.register(stop_all)


# -- several calls at a time ---------------------------------------------------------------------------------------
def parallel_map(call: Callable[[int, Any], Any], items: Iterator[Any], workers: int | None) -> Iterator[Any]:
    """call(number, item) of each item, in order.

    Threads start once a call turns out to be slow: handing over a quick one costs more than the call.
    """
    numbered = enumerate(items)
    for number, item in numbered:
        began = perf_counter()
        result = call(number, item)
        slow = perf_counter() - began > SLOW
        yield result
        if slow:
            break
    yield from pooled_map(call, numbered, workers or os.cpu_count() or 1)


def pooled_map(call: Callable[[int, Any], Any], numbered: Iterator[tuple[int, Any]], workers: int) -> Iterator[Any]:
    pool, home = ThreadPoolExecutor(workers, thread_name_prefix="gradtape-map"), os.getpid()
    waiting: deque[Any] = deque()
    try:
        for number, item in numbered:
            if os.getpid() != home:
                raise RuntimeError(FORKED)
            waiting.append(pool.submit(call, number, item))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            if os.getpid() != home:
                raise RuntimeError(FORKED)
            yield waiting.popleft().result()
    finally:
        if os.getpid() == home:
            pool.shutdown(wait=False, cancel_futures=True)
