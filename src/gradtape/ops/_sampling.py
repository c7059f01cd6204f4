"""How a public random function gets from its arguments to a draw: shapes, dtypes, seeds, and what a map does."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from operator import index
from typing import Any

import numpy as np

from ..core.context import levels
from ..core.dtypes import DType, as_dtype
from ..core.errors import invalid
from ..core.shapes import Dim, product
from ..core.tensor import Tensor, convert_to_tensor, to_tensor
from ._streams import VALUE_BLOCKS, Source, noted, replayed, truncated
from .basic import add, multiply, reshape
from .pieces import stack_values
from .random import AUTO_SELECT, PHILOX, THREEFRY, rng_reserve, rng_skip, rng_state

INDEX_LIMIT = 2**31


class Algorithm(Enum):
    """The generators that random functions may use; PHILOX is what AUTO_SELECT selects."""

    PHILOX = PHILOX
    THREEFRY = THREEFRY
    AUTO_SELECT = AUTO_SELECT


NAMES = {"philox": PHILOX, "threefry": THREEFRY, "autoselect": AUTO_SELECT}


def algorithm_number(alg: Any) -> int:
    """The number of an algorithm given by number, name or `Algorithm`; None selects one."""
    if alg is None:
        return AUTO_SELECT
    if isinstance(alg, Algorithm):
        return alg.value
    if isinstance(alg, str):
        number = NAMES.get(alg.strip().lower().replace("-", "").replace("_", ""))
    elif isinstance(alg, (int, np.integer, Tensor)):
        number = int(alg)
    else:
        raise TypeError(f"Can't convert argument `alg` (of value {alg} and type {type(alg)}) to int.")
    if number not in (PHILOX, THREEFRY, AUTO_SELECT):
        raise ValueError(
            f"Argument `alg` got unsupported value {alg}. Supported values are 1 or 'philox' for the Philox algorithm, "
            "2 or 'threefry' for the ThreeFry algorithm, and 3 or 'auto_select' for auto-selection."
        )
    return number


# -- arguments ------------------------------------------------------------------------------------------------------
def draw_shape(shape: Any, op: str) -> tuple[tuple[Any, ...], str]:
    """A shape as a tuple, and the dtype that TensorFlow gives it (part of what makes two operations equal)."""
    if isinstance(shape, (list, tuple)):  # a TensorShape is a tuple
        dims = tuple([extent(d, op) for d in shape])
        return checked(dims, op), "int64" if any(type(d) is int and d >= INDEX_LIMIT for d in dims) else "int32"
    given = to_tensor(shape)
    if given.dtype.name not in ("int32", "int64"):
        raise invalid(op, f"{op}: shape must be a vector of int32 or int64, got dtype {given.dtype.name}")
    if given.ndim != 1:
        raise invalid(op, f"{op}: shape must be a vector of {{int32,int64}}, got shape {list(given.dims)}. Write [{shape!r}].")
    return checked(tuple(given.extents()), op), given.dtype.name


def extent(value: Any, op: str) -> Any:
    if value is None:
        raise ValueError(f"{op}: shape must hold integers, got None: that extent is unknown")
    try:
        value = value.extents() if isinstance(value, Tensor) and not value.ndim else value
        return value if isinstance(value, Dim) else index(value)
    except TypeError:
        raise invalid(op, f"{op}: shape must be a vector of int32 or int64, got {value!r} in it") from None


def checked(dims: tuple[Any, ...], op: str) -> tuple[Any, ...]:
    for d in dims:
        if type(d) is int and d < 0:
            raise invalid(op, f"{op}: Dimension {d} must be >= 0 in shape {list(dims)}")
    return dims


def float_dtype(dtype: Any, allowed: frozenset, op: str) -> DType:
    """The dtype of a float draw."""
    found = as_dtype(dtype)
    if found.numpy_dtype in allowed:
        return found
    listed = ", ".join(sorted(as_dtype(d).name for d in allowed))
    message = f"{op}: dtype must be one of {listed}, not {found.name}"
    raise invalid(op, message) if found.is_floating or found.is_complex else TypeError(message)


def seed_state(seed: Any, alg: Any) -> Any:
    """The state that the two numbers of a stateless seed stand for."""
    if isinstance(seed, (list, tuple)) and any(isinstance(part, Tensor) for part in seed):
        seed = stack_values([to_tensor(part) for part in seed])
    return rng_state(seed, algorithm_number(alg))


# -- draws that go on from call to call ---------------------------------------------------------------------------------
def maps() -> list[Any]:
    """The vectorized maps that run now, outermost first: each of their elements draws its own numbers."""
    return [level for level in levels() if level.size is not None]


def source_of(op: str, attributes: tuple[Any, ...], seed: Any) -> Source:
    return Source((op, *attributes), None if seed is None else truncated(seed))


def next_state(source: Source, blocks: Any) -> Any:
    """The state from which so many blocks may be read; the one of the first run where a function runs again."""
    journal = replayed()
    return noted(rng_reserve(source, blocks) if journal is None else journal.state())


def fresh_draw(primitive: Callable, source: Source, shape: tuple[Any, ...], *params: Any) -> Any:
    """A draw with the next numbers of a stream; within maps one draw serves all elements."""
    around = maps()
    whole = (*(level.size for level in around), *shape)
    out = primitive(next_state(source, product(whole) * VALUE_BLOCKS), whole, *params)
    for level in around:
        out = level.wrap(out)
    return out


def fresh_state(source: Source, blocks: Any) -> Any:
    """A state from which so many blocks may be read; within maps one for each element."""
    around = maps()
    count = product(tuple(level.size for level in around))
    return spread(next_state(source, blocks * count), blocks, PHILOX)


def spread(state: Any, blocks: int, alg: int) -> Any:
    """The state itself; within maps, states so many blocks apart, one for each element."""
    around = maps()
    if not around:
        return state
    sizes = tuple(level.size for level in around)
    states = stack_values([rng_skip(state, k * blocks, alg) for k in range(product(sizes))])
    states = reshape(states, (*sizes, *state.dims))
    for level in around:
        states = level.wrap(states)
    return states


def scaled(draws: Any, mean: Any, stddev: Any) -> Any:
    """draws * stddev + mean."""
    numbers = type(mean) in (int, float) and type(stddev) in (int, float)
    if numbers and mean == 0 and stddev == 1:
        return draws
    return add(multiply(draws, stddev), mean)


def parameter(value: Any, dtype: DType, name: str) -> Any:
    """A parameter of a distribution: a Python number stays one."""
    if type(value) in (int, float) and dtype.is_floating:
        return value
    try:
        return convert_to_tensor(value, dtype)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None
