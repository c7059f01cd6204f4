"""tf.experimental.numpy.random: NumPy's old names over gradtape's generators."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..ops import basic
from . import random as draws
from ._tnp_values import as_tensor, float_type, numpy_dtype


def seed(s: Any) -> None:
    """Starts the sequence of all random numbers anew: tf.random.set_seed.

    Raises:
        ValueError: s is no integer.
    """
    try:
        draws.set_seed(int(s))
    except TypeError:
        raise ValueError(f"tf.experimental.numpy.random.seed takes an integer, not {s!r}.") from None


def dims_of(size: Any) -> Any:
    return () if size is None else [size] if isinstance(size, (int, np.integer)) else size


@library
def randn(*args: Any) -> Any:
    """Numbers of the standard normal distribution, in the shape that the arguments are."""
    return standard_normal(args)


@library
def standard_normal(size: Any = None) -> Any:
    """Numbers of the standard normal distribution."""
    return draws.normal(dims_of(size), dtype=float_type())


@library
def uniform(low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
    """Numbers between low and high, in their common shape where no size is given."""
    first, last = (basic.cast(as_tensor(v), float_type()) for v in (low, high))
    dims = np.broadcast_shapes(tuple(first.dims), tuple(last.dims)) if size is None else dims_of(size)
    return first + draws.uniform(dims, dtype=float_type()) * (last - first)


@library
def random(size: Any = None) -> Any:
    """Numbers between 0 and 1."""
    return uniform(0.0, 1.0, size)


@library
def rand(*size: Any) -> Any:
    """Numbers between 0 and 1, in the shape that the arguments are."""
    return uniform(0.0, 1.0, size)


@library
def randint(low: Any, high: Any = None, size: Any = None, dtype: Any = np.int64) -> Any:
    """Integers from low (0 where only one bound is given) up to, without, high.

    Raises:
        ValueError: a dtype other than int32 and int64.
    """
    wanted = np.dtype(np.int64) if dtype is int else numpy_dtype(dtype)
    if wanted not in (np.int32, np.int64):
        raise ValueError(f"tf.experimental.numpy.random.randint: dtype is {wanted.name}; it takes int32 and int64.")
    first, last = (0, low) if high is None else (low, high)
    return draws.uniform(dims_of(size), first, last, dtype=wanted)


@library
def poisson(lam: Any = 1.0, size: Any = None) -> Any:
    """Numbers of events at a rate, as integers."""
    rate = as_tensor(lam)
    dims = tuple(rate.dims) if size is None else tuple(dims_of(size))
    rate = basic.broadcast_to(basic.cast(rate, np.float64), dims)
    return draws.poisson([], rate, dtype=np.int64)
