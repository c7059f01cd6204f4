"""Shapes of what Keras code returns for symbolic arguments.

The code runs on zeros, with sizes put in for unknown extents, and what changes with the sizes is unknown in the result.
Until gradtape traces programs there is no other way to follow arbitrary Python; then the shape facets answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keras.src import tree
from keras.src.backend.common import KerasTensor, StatelessScope, SymbolicScope

import gradtape as tf

from .conversion import NATIVE

# Two sizes for an unknown batch (few, it costs time) and for any other unknown extent (divisible often, as strides want).
SIZES = ((4, 64), (6, 96))


def compute_output_spec(fn: Callable, *args: Any, **kwargs: Any) -> Any:
    """What fn returns, with KerasTensors in place of tensors."""
    with StatelessScope(), SymbolicScope():
        known = all(None not in x.shape for x in tree.flatten((args, kwargs)) if isinstance(x, KerasTensor))
        first = evaluated(fn, args, kwargs, SIZES[0])
        second = first if known else evaluated(fn, args, kwargs, SIZES[1])
        return tree.map_structure(spec_of, first, second)


def evaluated(fn: Callable, args: tuple, kwargs: dict, sizes: tuple[int, int]) -> Any:
    given: Any = tree.map_structure(lambda x: zeros(x, sizes) if isinstance(x, KerasTensor) else x, (args, kwargs))
    args, kwargs = given
    return fn(*args, **kwargs)


def zeros(x: KerasTensor, sizes: tuple[int, int]) -> tf.Tensor:
    dims = [(sizes[0] if axis == 0 else sizes[1]) if n is None else n for axis, n in enumerate(x.shape)]
    return tf.zeros(dims, x.dtype)


def spec_of(x: Any, again: Any) -> Any:
    if not isinstance(x, NATIVE):
        return x
    dims = [n if n == m else None for n, m in zip(x.shape, again.shape, strict=True)]
    return KerasTensor(dims, x.dtype.name)
