"""Random draws as functions of a generator's state.

A state is an int64 vector, laid out as TensorFlow's: the counter (two words for Philox, one for ThreeFry), then the key.
Every draw is a pure function of the state it is given; only `rng_reserve` changes something, the stream it takes its
state from.  So the numbers of a draw do not depend on threads, batches or the order of evaluation.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from ..core.errors import InternalError, invalid
from ..core.shapes import Spec, broadcast_shapes, product
from . import _discrete, _distributions, _philox, _rejection, _threefry
from ._declare import ANY, FLOATS, Partial, binary, primitive, publish
from ._philox import HALF, Philox
from ._special_kernels import in_float64, scipy_special
from ._threefry import ThreeFry
from .basic import add, cast, divide, negative, subtract, sum_to, zmul
from .special import gamma_density, igamma_grad_a

PHILOX, THREEFRY, AUTO_SELECT = 1, 2, 3
STATE_SIZES = {PHILOX: 3, THREEFRY: 2, AUTO_SELECT: 3}
SEED_DTYPES = frozenset(map(np.dtype, (np.int32, np.int64)))
STATE = frozenset({np.dtype(np.int64)})
WHOLE_NUMBERS = frozenset(map(np.dtype, (np.int32, np.int64, np.uint32, np.uint64)))
IEEE_FLOATS = frozenset(map(np.dtype, (np.float16, np.float32, np.float64)))
RATES = IEEE_FLOATS | SEED_DTYPES


# -- states -----------------------------------------------------------------------------------------------------
def place_of(state: np.ndarray, alg: int) -> Any:
    """The place in a stream that a state describes."""
    words = [int(w) & HALF for w in state]
    if alg == THREEFRY:
        counter, key = words
        return ThreeFry(key, counter)
    low, high, key = words
    return Philox(key, low | high << 64)


def state_of(place: Any) -> np.ndarray:
    counter = [place.counter] if isinstance(place, ThreeFry) else [place.counter & HALF, place.counter >> 64]
    return np.array([*counter, place.key], np.uint64).view(np.int64)


def draws_of(alg: int) -> Any:
    """The module that holds the distributions on this algorithm."""
    return _threefry if alg == THREEFRY else _distributions


@primitive(differentiable=False, dtypes=SEED_DTYPES, public=("seed",), batch="loop")
def rng_state(seed, *, alg):
    """The state that the two numbers of a seed stand for."""
    if seed.shape != (2,):
        raise ValueError(f"seed must have shape [2], not {list(seed.shape)}")
    return state_of((_threefry if alg == THREEFRY else _philox).from_seed_pair(*map(int, seed)))


@rng_state.shape
def rng_state_shape(seed, *, alg):
    if len(seed.shape) != 1 or (isinstance(seed.shape[0], int) and seed.shape[0] != 2):
        raise invalid("rng_state", f"seed must have shape [2], not {list(seed.shape)}: two integers")
    return Spec((STATE_SIZES[alg],), np.dtype(np.int64))


@primitive(differentiable=False, ordered=True)
def rng_reserve(*, stream, blocks):
    """The Philox state at the place where a stream stands; the stream moves on by so many blocks."""
    return state_of(stream.reserve(blocks))


@rng_reserve.shape
def rng_reserve_shape(*, stream, blocks):
    return Spec((STATE_SIZES[PHILOX],), np.dtype(np.int64))


@primitive(differentiable=False, dtypes=STATE, public=("state",), batch="loop")
def rng_skip(state, *, blocks, alg):
    """The state so many blocks further on."""
    return state_of(place_of(state, alg).skip(blocks & HALF))


@rng_skip.shape
def rng_skip_shape(state, *, blocks, alg):
    return Spec(state.shape, state.dtype)


# -- uniform and normal ---------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=STATE, public=("state",), batch="loop")
def rng_uniform(state, *, shape, dtype, alg):
    """Floats in [0, 1)."""
    return draws_of(alg).uniform(place_of(state, alg), shape, dtype)


@primitive(differentiable=False, dtypes=STATE, public=("state",), batch="loop")
def rng_normal(state, *, shape, dtype, alg):
    """Standard normals."""
    return draws_of(alg).normal(place_of(state, alg), shape, dtype)


@primitive(differentiable=False, dtypes=STATE, public=("state",), batch="loop")
def rng_truncated_normal(state, *, shape, dtype, alg):
    """Standard normals of magnitude below 2."""
    place = place_of(state, alg)
    if alg == THREEFRY:
        special = scipy_special()
        return _threefry.truncated_normal(place, shape, dtype, special.erf, special.erfinv)
    return _distributions.truncated_normal(place, shape, dtype)


@primitive(differentiable=False, dtypes=STATE, public=("state",), batch="loop")
def rng_full_int(state, *, shape, dtype, alg):
    """Integers over the whole range of the dtype."""
    return draws_of(alg).full_int(place_of(state, alg), shape, dtype)


@rng_uniform.shape
@rng_normal.shape
@rng_truncated_normal.shape
@rng_full_int.shape
def rng_draw_shape(state, *, shape, dtype, alg):
    return Spec(shape, dtype)


@primitive(differentiable=False, dtypes=STATE, public=("state", "minval", "maxval"), same=("low", "high"), batch="loop")
def rng_uniform_int(state, low, high, *, shape, alg):
    """Integers in [minval, maxval)."""
    for name, bound in (("minval", low), ("maxval", high)):
        if bound.ndim:
            raise invalid("uniform", f"{name} must be 0-D where integers are drawn, got shape {list(bound.shape)}")
    if 0 in shape:
        return np.empty(shape, low.dtype)
    if low >= high:
        raise invalid("uniform", f"Need minval < maxval, got {low} >= {high}")
    return draws_of(alg).uniform_int(place_of(state, alg), shape, low, high)


@rng_uniform_int.shape
def rng_uniform_int_shape(state, low, high, *, shape, alg):
    return Spec(shape, low.dtype)


# -- shuffled and categorical ------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=ANY, public=("value", "state"), batch="loop")
def rng_permute(value, state, *, alg):
    """value with the slices of its first axis in another order."""
    if value.ndim == 0 or value.shape[0] < 2:
        return value
    return value[_discrete.permutation(place_of(state, alg), value.shape[0])]


@rng_permute.shape
def rng_permute_shape(value, state, *, alg):
    return Spec(value.shape, value.dtype)


@primitive(differentiable=False, dtypes=FLOATS, public=("logits", "state"), batch="loop")
def rng_categorical(logits, state, *, num_samples, dtype):
    """Class indices, [rows, num_samples], from unnormalised log probabilities."""
    if logits.ndim != 2:
        raise ValueError(f"logits should be a matrix, got shape {list(logits.shape)}")
    if logits.shape[1] == 0:
        raise invalid("categorical", f"num_classes should be positive, got logits of shape {list(logits.shape)}")
    return _discrete.categorical(place_of(state, PHILOX), logits, num_samples).astype(dtype)


@rng_categorical.shape
def rng_categorical_shape(logits, state, *, num_samples, dtype):
    if len(logits.shape) != 2:
        raise invalid("categorical", f"logits should be a matrix, got shape {list(logits.shape)}")
    return Spec((logits.shape[0], num_samples), dtype)


# -- poisson and gamma -------------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=RATES, public=("rate", "state"), batch="loop")
def rng_poisson(rate, state, *, shape, dtype):
    """`shape` Poisson draws for each rate: shape + the rate's shape."""
    whole = (*shape, *rate.shape)
    if 0 in whole:
        return np.empty(whole, dtype)
    special = scipy_special()
    return _rejection.poisson(place_of(state, PHILOX), rate, product(shape), dtype, special.gammaln).reshape(whole)


@rng_poisson.shape
def rng_poisson_shape(rate, state, *, shape, dtype):
    return Spec((*shape, *rate.shape), dtype)


@primitive(differentiable=False, dtypes=RATES, public=("counts", "probs", "state"), same=("count", "prob"), batch="loop")
def rng_binomial(count, prob, state, *, shape, dtype):
    """Binomial draws; counts and probs broadcast together to the last axes of `shape`."""
    if count.dtype != prob.dtype:
        raise TypeError("counts and probs must have one dtype")
    count, prob = np.broadcast_arrays(count, prob)
    if shape[len(shape) - count.ndim :] != count.shape:
        raise ValueError("Shape passed in must end with broadcasted shape")
    if 0 in shape:
        return np.empty(shape, dtype)
    return _rejection.binomial(place_of(state, PHILOX), count, prob, product(shape) // count.size, dtype).reshape(shape)


@rng_binomial.shape
def rng_binomial_shape(count, prob, state, *, shape, dtype):
    whole = broadcast_shapes(count.shape, prob.shape, op="stateless_binomial")
    if len(whole) > len(shape) or not shape[len(shape) - len(whole) :] == whole:
        raise invalid(
            "stateless_binomial",
            f"Shape passed in must end with broadcasted shape: {list(shape)} does not end with {list(whole)}",
        )
    return Spec(shape, dtype)


@primitive(dtypes=IEEE_FLOATS, public=("alpha", "state"), batch="loop")
def rng_gamma(alpha, state, *, shape):
    """`shape` standard gamma draws for each alpha: shape + alpha's shape.

    They move with alpha so that each keeps its place in the distribution (Figurnov, Mohamed, Mnih, "Implicit
    reparameterization gradients", 2018): dx/dalpha = -(dP/dalpha) / p, P the distribution function and p the density.
    """
    whole = (*shape, *alpha.shape)
    if 0 in whole:
        return np.empty(whole, alpha.dtype)
    return _rejection.gamma(place_of(state, PHILOX), alpha, product(shape)).reshape(whole)


@rng_gamma.shape
def rng_gamma_shape(alpha, state, *, shape):
    return Spec((*shape, *alpha.shape), alpha.dtype)


@rng_gamma.vjp("alpha")
def rng_gamma_vjp(g, y, alpha):
    return sum_to(zmul(g, gamma_slope(alpha, y)), alpha.dims)


@rng_gamma.jvp
def rng_gamma_jvp(y, ts, alpha, state, *, shape):
    return zmul(ts[0], gamma_slope(alpha, y))


def gamma_slope(alpha: Any, x: Any) -> Any:
    """dx/dalpha of a standard gamma draw."""
    narrow = alpha.dtype
    if narrow.size == 2:  # the density of small values is beyond a float16
        return cast(gamma_slope(cast(alpha, np.float32), cast(x, np.float32)), narrow)
    return negative(divide(igamma_grad_a(alpha, x, 1), gamma_density(alpha, x, 0, 0)))


# -- normal between bounds -----------------------------------------------------------------------------------------------
@primitive(
    dtypes=IEEE_FLOATS,
    public=("means", "stddevs", "minvals", "maxvals", "state"),
    same=("mean", "deviation", "low", "high"),
    batch="loop",
)
def rng_bounded_normal(mean, deviation, low, high, state, *, shape):
    """Normals between bounds; the parameters broadcast together to the last axes of `shape`.

    A draw keeps its place in the distribution when the parameters move.  With s, a, b the draw and the bounds in
    deviations from the mean, and L = phi(a) (Phi(b) - Phi(s)) / (phi(s) (Phi(b) - Phi(a))), H its mirror image:
    dx = L dlow + H dhigh + (1 - L - H) dmean + (s - L a - H b) ddeviation.
    """
    if len({p.dtype for p in (mean, deviation, low, high)}) > 1:
        raise TypeError("means, stddevs, minvals and maxvals must have one dtype")
    parameters = np.broadcast_arrays(mean, deviation, low, high)
    whole = parameters[0].shape
    if shape[len(shape) - len(whole) :] != whole:
        raise ValueError("Shape passed in must end with broadcasted shape")
    if 0 in shape:
        return np.empty(shape, mean.dtype)
    samples = product(shape) // product(whole)
    try:
        return _discrete.bounded_normal(place_of(state, PHILOX), samples, *(p.reshape(-1) for p in parameters)).reshape(shape)
    except ArithmeticError:
        message = "stateless_parameterized_truncated_normal: no sample was accepted in 1000 attempts; the bounds are too narrow"
        raise InternalError(None, None, message) from None


@rng_bounded_normal.shape
def rng_bounded_normal_shape(mean, deviation, low, high, state, *, shape):
    op = "stateless_parameterized_truncated_normal"
    whole: tuple[Any, ...] = ()
    for parameter in (mean, deviation, low, high):
        whole = broadcast_shapes(whole, parameter.shape, op=op)
    if len(whole) > len(shape) or not shape[len(shape) - len(whole) :] == whole:
        raise invalid(op, f"Shape passed in must end with broadcasted shape: {list(shape)} does not end with {list(whole)}")
    return Spec(shape, mean.dtype)


def hazard(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """phi(low) / (Phi(high) - Phi(low)), by log Phi on the side where it loses nothing."""
    special = scipy_special()
    left = low + high < 0
    outer = special.log_ndtr(np.where(left, high, -low))
    inner = special.log_ndtr(np.where(left, low, -high))
    log_density = -0.5 * low * low - 0.5 * np.log(2 * np.pi)
    return np.where(np.isinf(low), 0.0, np.exp(log_density - outer - np.log(-np.expm1(np.minimum(inner - outer, 0.0)))))


truncation_hazard = binary(
    "truncation_hazard",
    in_float64(hazard),
    a=Partial(lambda a, y: zmul(y, subtract(y, a))),
    b=Partial(lambda a, b, y: negative(zmul(y, truncation_hazard(negative(b), negative(a))))),
    dtypes=FLOATS,
    doc="phi(low) / (Phi(high) - Phi(low)), elementwise: the density of a normal between bounds, at the lower one.",
)


@rng_bounded_normal.vjp()
def rng_bounded_normal_vjp(g, y, mean, deviation, low, high):
    slopes = bounded_slopes(y, mean, deviation, low, high)
    return *(sum_to(zmul(g, d), p.dims) for d, p in zip(slopes, (mean, deviation, low, high), strict=True)), None


@rng_bounded_normal.jvp
def rng_bounded_normal_jvp(y, ts, mean, deviation, low, high, state, *, shape):
    slopes = bounded_slopes(y, mean, deviation, low, high)
    return reduce(add, [zmul(t, d) for t, d in zip(ts[:4], slopes, strict=True) if t is not None])


def bounded_slopes(x: Any, mean: Any, deviation: Any, low: Any, high: Any) -> tuple[Any, ...]:
    """dx by the mean, the deviation and the two bounds."""
    s, a, b = (divide(subtract(v, mean), deviation) for v in (x, low, high))
    lower = divide(truncation_hazard(a, b), truncation_hazard(s, b))
    upper = divide(truncation_hazard(negative(b), negative(a)), truncation_hazard(negative(s), negative(a)))
    by_mean = subtract(subtract(1.0, lower), upper)
    by_deviation = subtract(subtract(s, zmul(lower, a)), zmul(upper, b))
    return by_mean, by_deviation, lower, upper


publish(globals())

__all__ = [
    "AUTO_SELECT", "PHILOX", "STATE_SIZES", "THREEFRY", "rng_binomial", "rng_bounded_normal", "rng_categorical", "rng_full_int", "rng_gamma", "rng_normal",
    "rng_permute", "rng_poisson", "rng_reserve", "rng_skip", "rng_state", "rng_truncated_normal", "rng_uniform", "rng_uniform_int",
]  # fmt: skip
