"""Layer 4: dropout (Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014), with TensorFlow's draws for the same seeds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ..core.context import library
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, is_tensor, to_tensor
from ._draws import stateless_uniform, uniform
from ._streams import SEED
from .basic import divide, greater_equal, multiply, select, subtract

NUMBERS = (int, float, np.integer, np.floating)  # what a rate may be, beside a tensor


@library
def dropout(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None, name: str | None = None) -> Tensor:
    """x with elements dropped at random, and the others scaled so that the expected sum stays.

    Args:
        x: floats.
        rate: the probability that an element is dropped, a number in [0, 1) or a scalar tensor; the others are divided by 1 - rate.
        noise_shape: the shape of the draws, which broadcasts to that of x; None, as a whole or for an extent, is that of x.
        seed: of this operation; see `tf.random.set_seed`.

    Raises:
        ValueError: a rate outside [0, 1), of another dtype than x or no scalar; x that is no floats.

    >>> tf.random.set_seed(0)
    >>> tf.nn.dropout(tf.ones([5]), rate=0.5, seed=1).numpy()
    array([2., 0., 0., 2., 2.], dtype=float32)
    """
    return dropped("dropout", x, rate, noise_shape, partial(uniform, seed=seed), lambda: SEED.pair(seed))


@library
def stateless_dropout(
    x: Any, rate: Any, seed: Any, rng_alg: Any = None, noise_shape: Any = None, name: str | None = None
) -> Tensor:
    """Dropout whose draws the seed alone (two integers) determines.

    Arguments and errors as for `tf.nn.dropout`; `rng_alg` is "philox", "threefry" or "auto_select".

    >>> tf.nn.experimental.stateless_dropout(tf.ones([5]), rate=0.5, seed=[1, 0]).numpy()
    array([2., 0., 2., 0., 0.], dtype=float32)
    """
    algorithm = "auto_select" if rng_alg is None else rng_alg
    return dropped("stateless_dropout", x, rate, noise_shape, partial(stateless_uniform, seed=seed, alg=algorithm))


@library
def general_dropout(x: Any, rate: Any, uniform_sampler: Callable, noise_shape: Any = None, name: str | None = None) -> Tensor:
    """Dropout with draws from `uniform_sampler(shape=..., dtype=...)`, which are to lie in [0, 1).

    Arguments and errors as for `tf.nn.dropout`.

    >>> tf.nn.experimental.general_dropout(tf.ones([2]), 0.5, lambda shape, dtype: tf.constant([0.2, 0.7])).numpy()
    array([0., 2.], dtype=float32)
    """
    return dropped("general_dropout", x, rate, noise_shape, uniform_sampler)


def dropped(op: str, x: Any, rate: Any, noise_shape: Any, sampler: Callable, skip: Callable = lambda: None) -> Tensor:
    """`skip` is called instead of the sampler where nothing is dropped, so that later seeds do not depend on it."""
    if isinstance(rate, NUMBERS) and not 0 <= rate < 1:
        raise ValueError(f"{op}: `rate` must be a scalar tensor or a float in the range [0, 1). Received: rate={rate}")
    x = to_tensor(x)
    if not x.dtype.is_floating:
        raise ValueError(f"{op}: `x.dtype` must be a floating point tensor as `x` will be scaled. Received: x_dtype={x.dtype!r}")
    if isinstance(rate, NUMBERS) and rate == 0:
        skip()
        return x
    kept = scaled(op, x, rate)
    draws = sampler(shape=noise_dims(x, noise_shape), dtype=x.dtype)
    return select(greater_equal(draws, rate), kept, 0.0)


def scaled(op: str, x: Tensor, rate: Any) -> Tensor:
    if isinstance(rate, NUMBERS):
        return multiply(x, float(1 / (1 - rate)))
    if not is_tensor(rate):
        raise ValueError(f"{op}: `rate` must be a scalar or scalar tensor. Received: rate={rate!r}")
    if rate.ndim:
        raise ValueError(f"{op}: Shape {rate.shape} must have rank 0: `rate` is one number for all of x")
    if rate.dtype != x.dtype:
        raise ValueError(
            f"{op}: `x.dtype` must be compatible with `rate.dtype`. Received: x.dtype={x.dtype!r} and rate.dtype={rate.dtype!r}"
        )
    return divide(x, subtract(1.0, rate))


def noise_dims(x: Tensor, noise_shape: Any) -> Any:
    """The shape of the draws: what noise_shape leaves open is that of x."""
    if noise_shape is None:
        return x.dims
    try:
        wanted = TensorShape(noise_shape)
    except (TypeError, ValueError):
        return noise_shape  # a tensor, or what the draw will refuse
    if wanted.rank != x.ndim:
        return noise_shape
    return tuple(own if n is None else n for n, own in zip(wanted, x.dims, strict=True))


__all__ = ["dropout", "general_dropout", "stateless_dropout"]
