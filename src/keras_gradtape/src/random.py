"""Random numbers: as on Keras's TensorFlow back end, so that equal seeds give equal weights."""

from __future__ import annotations

from typing import Any

from keras.src.backend.common import standardize_dtype
from keras.src.random.seed_generator import SeedGenerator, draw_seed, make_default_seed

import gradtape as tf

from .ops.conversion import cast, extent, extents, native

__all__ = [
    "SeedGenerator", "beta", "binomial", "categorical", "draw_seed", "dropout", "gamma", "make_default_seed", "normal", "randint",
    "shuffle", "truncated_normal", "uniform",
]  # fmt: skip

LARGEST = 2**31 - 2  # seeds are brought into this range, as the TensorFlow back end does


def drawn(seed: Any) -> tf.Tensor:
    """The pair of integers that a draw starts from."""
    state = draw_seed(seed)
    return tf.cast(tf.math.floormod(state, tf.cast(LARGEST, state.dtype)), "int32")


def dims(shape: Any) -> list:
    return list(map(extent, shape))


# -- continuous -------------------------------------------------------------------------------------------
def uniform(shape: Any, minval: Any = 0.0, maxval: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
    dtype = standardize_dtype(dtype)
    low, high = cast(minval, dtype), cast(maxval, dtype)
    return tf.random.stateless_uniform(dims(shape), drawn(seed), low, high, dtype)


def normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
    return tf.random.stateless_normal(dims(shape), drawn(seed), mean, stddev, standardize_dtype(dtype))


def truncated_normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
    return tf.random.stateless_truncated_normal(dims(shape), drawn(seed), mean, stddev, standardize_dtype(dtype))


def gamma(shape: Any, alpha: Any, dtype: Any = None, seed: Any = None) -> Any:
    return gamma_of(dims(shape), alpha, standardize_dtype(dtype), drawn(seed))


def gamma_of(shape: list[int], alpha: Any, dtype: str, seed: Any) -> Any:
    made = "float32" if dtype == "bfloat16" else dtype
    return tf.cast(tf.random.stateless_gamma(shape, seed, tf.broadcast_to(cast(alpha, made), shape), dtype=made), dtype)


def beta(shape: Any, alpha: Any, beta: Any, dtype: Any = None, seed: Any = None) -> Any:
    """a / (a + b) for gamma-distributed a and b."""
    dtype, first = standardize_dtype(dtype), drawn(seed)
    a = gamma_of(dims(shape), alpha, dtype, first)
    b = gamma_of(dims(shape), beta, dtype, first + 12)
    return a / (a + b)


# -- discrete ---------------------------------------------------------------------------------------------
def randint(shape: Any, minval: Any, maxval: Any, dtype: Any = "int32", seed: Any = None) -> Any:
    dtype = standardize_dtype(dtype)
    made = dtype if dtype in ("int32", "int64") else "int64"
    low, high = cast(minval, made), cast(maxval, made)
    return tf.cast(tf.random.stateless_uniform(dims(shape), drawn(seed), low, high, made), dtype)


def categorical(logits: Any, num_samples: int, dtype: Any = "int64", seed: Any = None) -> Any:
    return tf.cast(tf.random.stateless_categorical(native(logits), num_samples, drawn(seed)), standardize_dtype(dtype))


def binomial(shape: Any, counts: Any, probabilities: Any, dtype: Any = None, seed: Any = None) -> Any:
    dtype = standardize_dtype(dtype)
    made = "float32" if dtype == "bfloat16" else dtype
    counts, probabilities = native(counts), native(probabilities)
    return tf.cast(tf.random.stateless_binomial(dims(shape), drawn(seed), counts, probabilities, made), dtype)


# -- of given values --------------------------------------------------------------------------------------
def shuffle(x: Any, axis: int = 0, seed: Any = None) -> Any:
    x = native(x)
    keys = tf.random.stateless_uniform([extents(x)[axis]], drawn(seed))
    return tf.gather(x, tf.argsort(keys), axis=axis)


def dropout(inputs: Any, rate: float, noise_shape: Any = None, seed: Any = None) -> Any:
    inputs = native(inputs)
    if rate == 0.0:
        return inputs
    if rate == 1.0:
        return tf.zeros_like(inputs)
    shape = extents(inputs)
    if noise_shape is not None:
        shape = [n if given is None else extent(given) for n, given in zip(shape, noise_shape, strict=True)]
    keep = tf.random.stateless_uniform(shape, drawn(seed), dtype=inputs.dtype) >= rate
    return tf.where(keep, inputs * (1.0 / (1.0 - rate)), tf.zeros_like(inputs))
