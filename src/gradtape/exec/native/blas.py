"""NumPy's OpenBLAS, held to one thread while a plan that has threads of its own runs products in it.

Its threads go on looking for work after a product, and so do libgomp's: taking turns they cost more than the sum of both.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable
from functools import lru_cache
from types import TracebackType

import numpy as np


@lru_cache(1)
def interface() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """How many threads it has, and what sets that; None where NumPy has another BLAS."""
    try:
        library = ctypes.CDLL(np._core._multiarray_umath.__file__)  # type: ignore[attr-defined]  # symbols of what it is linked with
    except (AttributeError, OSError, TypeError):
        return None
    for prefix, suffix in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
        try:
            return library[f"{prefix}openblas_get_num_threads{suffix}"], library[f"{prefix}openblas_set_num_threads{suffix}"]
        except AttributeError:
            continue
    return None


class Hold:
    """One for all plans: the first that enters takes the threads, the last that leaves gives them back."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inside = 0
        self.before = 1

    def __enter__(self) -> None:
        found = interface()
        if found is not None:
            with self.lock:
                self.inside += 1
                if self.inside == 1:
                    self.before = found[0]()
                    found[1](1)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        found = interface()
        if found is not None:
            with self.lock:
                self.inside -= 1
                if not self.inside:
                    found[1](self.before)


HOLD = Hold()


@lru_cache(1)
def hold_for_good() -> bool:
    """From the first eager convolution on: two sets of threads would take turns, and large products go to oneDNN. Is it so?"""
    if "OPENBLAS_NUM_THREADS" in os.environ or interface() is None:  # who names a number gets it
        return False
    HOLD.__enter__()
    return True


PRODUCTS = frozenset({"matmul", "einsum_pair", "einsum_single", "conv", "conv_input", "conv_filter"})
