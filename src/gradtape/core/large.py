"""Kernels for large arrays, which the native executor has: found by name, loaded when the first large array comes.

A kernel in ops/ asks for one above a measured size, and goes its own way where the answer is None.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

MODULE = "gradtape.exec.native.eager"
FLOATS = frozenset("feE")  # dtype.char of float32, float16, bfloat16


LARGE_PRODUCT = 1 << 22  # multiplications from which a product is worth the executor's threads
products_too = False  # are the executor's threads at work in eager code? BLAS then has one, and large products go to the executor


@lru_cache(1)
def kernels() -> ModuleType:
    return import_module(MODULE)


def attempt(name: str, x: np.ndarray, *args: Any) -> np.ndarray | None:
    """The result of the kernel of this name, None where it has no better way."""
    if x.dtype.char not in FLOATS:
        return None
    return getattr(kernels(), name)(x, *args)
