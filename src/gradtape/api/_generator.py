"""tf.random.Generator: random numbers from a state that a variable holds."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import FLOATS, as_dtype, float32, int64, uint64
from ..core.errors import invalid
from ..core.shapes import product
from ..core.tensor import Tensor, convert_to_tensor, to_tensor
from ..core.variable import Variable
from ..ops._draws import between
from ..ops._philox import HALF
from ..ops._sampling import algorithm_number, draw_shape, float_dtype, maps, parameter, scaled, spread
from ..ops._streams import VALUE_BLOCKS, unpredictable
from ..ops.basic import cast, reshape
from ..ops.pieces import concatenate, index, pick, stack_values
from ..ops.random import (
    PHILOX,
    STATE_SIZES,
    WHOLE_NUMBERS,
    rng_full_int,
    rng_normal,
    rng_skip,
    rng_truncated_normal,
    rng_uniform,
    rng_uniform_int,
)

ADVANCING = Lock()  # two threads never get the same state


def signed(number: int) -> int:
    """An integer below 2**64 as the int64 with its bits."""
    return number - (1 << 64) if number > HALF >> 1 else number


def words_of(value: Any) -> Any:
    """Integers beyond int64 wrapped, in any nesting."""
    if isinstance(value, (list, tuple)):
        return [words_of(v) for v in value]
    return signed(value) if isinstance(value, int) else value


def state_tensor(value: Any) -> Tensor:
    if isinstance(value, (list, tuple)) and any(isinstance(v, Tensor) for v in value):
        return stack_values([state_tensor(v) for v in value])
    return cast(to_tensor(words_of(value)), int64)


@library
def create_rng_state(seed: Any, alg: Any) -> Tensor:
    """The state that a seed, an integer of any size or a vector, gives a generator.

    >>> tf.random.create_rng_state(1234, "philox").numpy()
    array([1234,    0,    0])
    >>> tf.random.create_rng_state([12, 34], "threefry").numpy()
    array([12, 34])
    """
    size = STATE_SIZES[algorithm_number(alg)]
    if isinstance(seed, int):
        seed = [(seed >> 64 * k) & HALF for k in range(size)]
    words = reshape(state_tensor(seed), (-1,))
    if words.dims[0] >= size:
        return index(words, key=((0, size, 1),))
    return concatenate(to_tensor(np.zeros(size - words.dims[0], np.int64)), words, axis=0)


def fitting(state: Any, shape: tuple[Any, ...], what: str) -> Tensor:
    found = state_tensor(state)
    if found.dims != shape:
        raise ValueError(f"{what}: Shapes {found.dims} and {list(shape)} are incompatible")
    return found


class Generator:
    """A random-number generator whose state is a variable: it goes on from draw to draw.

    Made by `from_seed`, `from_state`, `from_key_counter`, `from_non_deterministic_state`, or as a copy of another.

    Args:
        copy_from: a generator to copy.
        state: a vector of int64, or a variable to be used as it is.
        alg: "philox" or "threefry" (see `tf.random.Algorithm`).

    Raises:
        ValueError: neither copy_from nor state and alg, or both (TensorFlow: an AssertionError).
        TypeError: a copy_from that is no Generator.
        ValueError: a state of another size, or an unknown algorithm.

    >>> g = tf.random.Generator.from_seed(1234)
    >>> g.normal([2]).numpy().round(4)
    array([0.9357, 1.0854], dtype=float32)
    >>> g.state.numpy()
    array([1746,    0,    0])
    """

    def __init__(self, copy_from: Generator | None = None, state: Any = None, alg: Any = None):
        if copy_from is not None:
            if alg is not None or state is not None:
                raise ValueError("Generator: where copy_from is given, state and alg must not be")
            if not isinstance(copy_from, Generator):
                raise TypeError(f"Generator: copy_from must be a tf.random.Generator, got {type(copy_from).__name__}")
            state, alg = copy_from.state.read_value(), copy_from.algorithm
        if alg is None or state is None:
            raise ValueError("Generator: give copy_from, or both state and alg; or use Generator.from_seed")
        self._alg = algorithm_number(alg)
        if not isinstance(state, Variable):
            state = Variable(fitting(state, self._shape(), "Generator"), trainable=False, dtype=int64, name="StateVar")
        elif state.dims != self._shape():
            raise ValueError(f"Generator: Shapes {state.dims} and {list(self._shape())} are incompatible")
        self._state_var = state

    def _shape(self) -> tuple[Any, ...]:
        return (STATE_SIZES[self._alg],)

    # -- ways to make one -----------------------------------------------------------------------------------
    @classmethod
    def from_seed(cls, seed: Any, alg: Any = None) -> Generator:
        """A generator from an integer of any size or a vector of integers."""
        number = PHILOX if alg is None else algorithm_number(alg)
        return cls(state=create_rng_state(seed, number), alg=number)

    @classmethod
    def from_state(cls, state: Any, alg: Any) -> Generator:
        """A generator from a state: the counter, then the key."""
        return cls(state=state, alg=alg)

    @classmethod
    def from_key_counter(cls, key: Any, counter: Any, alg: Any) -> Generator:
        """A generator from a key (a scalar) and a counter (two words for Philox, one for ThreeFry)."""
        number = algorithm_number(alg)
        return cls(state=joined_state(key, counter, number), alg=number)

    @classmethod
    def from_non_deterministic_state(cls, alg: Any = None) -> Generator:
        """A generator that nobody can predict."""
        number = PHILOX if alg is None else algorithm_number(alg)
        return cls(state=unpredictable(STATE_SIZES[number]), alg=number)

    # -- its state --------------------------------------------------------------------------------------------
    @property
    def state(self) -> Variable:
        """The variable that holds the state."""
        return self._state_var

    @property
    def algorithm(self) -> int:
        """The number of the algorithm (see `tf.random.Algorithm`)."""
        return self._alg

    @property
    def key(self) -> Tensor:
        """The last word of the state."""
        return pick(self._state_var.read_value(), -1)

    def reset(self, state: Any) -> None:
        """Go on from this state."""
        self._state_var.assign(fitting(state, self._shape(), "Generator.reset"))

    def reset_from_seed(self, seed: Any) -> None:
        """Go on as `from_seed` begins."""
        self._state_var.assign(create_rng_state(seed, self._alg))

    def reset_from_key_counter(self, key: Any, counter: Any) -> None:
        """Go on as `from_key_counter` begins."""
        self._state_var.assign(joined_state(key, counter, self._alg))

    @library
    def skip(self, delta: Any) -> Tensor:
        """Move on as a draw of `delta` values does; returns the state before."""
        steps = to_tensor(delta)
        if steps.ndim:
            raise invalid("skip", f"Generator.skip: delta must have shape [], not {list(steps.dims)}")
        return self._advance(int(steps))

    def _advance(self, values: int) -> Any:
        """The state before, and the variable moves on; within maps, one state for each element."""
        blocks = values * VALUE_BLOCKS
        elements = product(tuple(level.size for level in maps()))
        with ADVANCING:
            state = self._state_var.read_value()
            self._state_var.assign(rng_skip(state, blocks * elements, self._alg))
        return spread(state, blocks, self._alg)

    # -- draws --------------------------------------------------------------------------------------------------
    @library
    def normal(self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, name: str | None = None) -> Tensor:
        """Draws from a normal distribution; arguments and errors as for `tf.random.normal`."""
        return self._scaled(rng_normal, shape, mean, stddev, dtype)

    @library
    def truncated_normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, name: str | None = None
    ) -> Tensor:
        """Draws from a normal distribution; those further than two deviations from the mean are drawn again."""
        return self._scaled(rng_truncated_normal, shape, mean, stddev, dtype)

    def _scaled(self, primitive: Any, shape: Any, mean: Any, stddev: Any, dtype: Any) -> Tensor:
        dims, _ = draw_shape(shape, "Generator")
        kind = float_dtype(dtype, FLOATS, "Generator")
        mean, stddev = parameter(mean, kind, "mean"), parameter(stddev, kind, "stddev")
        draws = primitive(self._advance(product(dims)), dims, kind.numpy_dtype, self._alg)
        return scaled(draws, mean, stddev)

    @library
    def uniform(self, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, name: str | None = None) -> Tensor:
        """Draws from [minval, maxval); arguments and errors as for `tf.random.stateless_uniform`."""
        kind = as_dtype(dtype)
        if kind.is_integer and (minval is None) != (maxval is None):
            raise ValueError(
                f"For integer dtype {kind}, minval and maxval must be both `None` or both non-`None`; "
                f"got minval={minval} and maxval={maxval}"
            )
        if kind.is_integer and minval is None:
            return self.uniform_full_int(shape, kind)
        dims, _ = draw_shape(shape, "Generator.uniform")
        if kind.is_integer:
            check_whole(kind, "Generator.uniform")
            bounds = convert_to_tensor(minval, kind), convert_to_tensor(maxval, kind)
            return rng_uniform_int(self._advance(product(dims)), *bounds, dims, self._alg)
        float_dtype(kind, FLOATS, "Generator.uniform")
        low, high = parameter(minval, kind, "minval"), parameter(1 if maxval is None else maxval, kind, "maxval")
        draws = rng_uniform(self._advance(product(dims)), dims, kind.numpy_dtype, self._alg)
        return between(draws, low, high, kind)

    @library
    def uniform_full_int(self, shape: Any, dtype: Any = uint64, name: str | None = None) -> Tensor:
        """Integers over the whole range of int32, int64, uint32 or uint64."""
        kind = as_dtype(dtype)
        check_whole(kind, "Generator.uniform_full_int")
        dims, _ = draw_shape(shape, "Generator.uniform_full_int")
        return rng_full_int(self._advance(product(dims)), dims, kind.numpy_dtype, self._alg)

    @library
    def make_seeds(self, count: Any = 1) -> Tensor:
        """Seeds for stateless functions, [2, count]: `seeds[:, i]` is one.

        >>> tf.random.Generator.from_seed(1).make_seeds(3).shape
        TensorShape([2, 3])
        """
        keys = self.uniform_full_int([count], int64)
        return stack_values([keys, to_tensor(np.zeros(keys.dims, np.int64))])

    @library
    def split(self, count: Any = 1) -> list[Generator]:
        """New generators, independent of each other and of this one, which moves on."""
        zeros = [0] * (STATE_SIZES[self._alg] - 1)
        keys = self.uniform_full_int([count], int64)
        return [Generator(state=[*zeros, pick(keys, k)], alg=self._alg) for k in range(keys.dims[0])]


def check_whole(kind: Any, op: str) -> None:
    if kind.numpy_dtype not in WHOLE_NUMBERS:
        raise invalid(op, f"{op}: dtype must be one of int32, int64, uint32 and uint64, not {kind.name}")


def joined_state(key: Any, counter: Any, number: int) -> Tensor:
    counter = fitting(counter, (STATE_SIZES[number] - 1,), "counter")
    key = fitting(key, (), "key")
    return concatenate(counter, reshape(key, (1,)), axis=0)


# -- the global generator -------------------------------------------------------------------------------------------
GLOBAL: list[Generator] = []


def get_global_generator() -> Generator:
    """The generator that the program shares; unpredictable unless `set_global_generator` has put another in place."""
    if not GLOBAL:
        GLOBAL.append(Generator.from_non_deterministic_state())
    return GLOBAL[0]


def set_global_generator(generator: Generator) -> None:
    """Put a generator in place of the global one.

    >>> tf.random.set_global_generator(tf.random.Generator.from_seed(1))
    >>> tf.random.get_global_generator().uniform([1]).shape
    TensorShape([1])
    """
    GLOBAL[:] = [generator]
