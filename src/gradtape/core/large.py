"""Kernels for large arrays, which the native executor has: found by name, loaded when the first large array comes.

A kernel in ops/ asks for one above a measured size, and goes its own way where there is none or it returns None.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

MODULE = "gradtape.exec.native.eager"


@lru_cache
def kernel(name: str) -> Callable:
    """The kernel of this name: it returns None for what it cannot do."""
    return getattr(import_module(MODULE), name)
