"""Memory for native code: aligned buffers, and freed memory that stays with the process.

By default glibc gives large freed blocks back to the system at once, and the next result of that size costs a page fault every
4 KiB: a tenth of an eager training step of a small CNN.
"""

from __future__ import annotations

import ctypes
import os
import sys

import numpy as np

ALIGNED = 64
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # mallopt's numbers (malloc.h)
KEPT = 1 << 28  # bytes that may lie free at the end of the heap
LARGEST = 1 << 25  # the largest block that glibc lets lie in the heap


def rounded(nbytes: int) -> int:
    return -(-nbytes // ALIGNED) * ALIGNED


def aligned(nbytes: int) -> np.ndarray:
    """Bytes that begin where a cache line does."""
    block = np.empty(nbytes + ALIGNED, np.uint8)
    start = -block.ctypes.data % ALIGNED
    return block[start : start + nbytes]


def keep_freed() -> bool:
    """Lets glibc keep what is freed, unless the user has settled it (MALLOC_TRIM_THRESHOLD_, GRADTAPE_KEEP_MEMORY=0)."""
    settled = any(name in os.environ for name in ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"))
    if settled or os.environ.get("GRADTAPE_KEEP_MEMORY") == "0" or not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:  # another C library
        return False
    return bool(mallopt(MMAP_THRESHOLD, LARGEST)) and bool(mallopt(TRIM_THRESHOLD, KEPT))
