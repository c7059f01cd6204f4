"""Layer 3: random draws.  Their values are compared with TensorFlow's in tests/unit/test_random.py, and so are the derivatives of gamma
and bounded draws: differences of a draw by rejection say nothing about them."""

import numpy as np
from scipy import stats

import gradtape as tf
from gradtape.ops import random as rng

from ._record import Op, S, binary, f, ints, pos

SEED = ints(-99, 99, (2,))
STATE = ints(-99, 99, (3,), np.int64)
INVALID = tf.errors.InvalidArgumentError
BAD_SEEDS = [(S(ints(-9, 9, (3,))), INVALID), (S(ints(-9, 9)), INVALID), (S(f(2)), INVALID)]


def draw(name, fn, **facts):
    """A function of a seed alone."""
    return Op(name, fn, samples=[S(SEED)], bad=BAD_SEEDS, grad=False, **facts)


RECORDS = [
    draw("rng_state", lambda seed: rng.rng_state(seed, 2)),
    draw("rng_uniform", lambda seed: tf.random.stateless_uniform([2, 3], seed)),
    draw("rng_uniform_threefry", lambda seed: tf.random.stateless_uniform([2, 3], seed, alg="threefry")),
    draw("rng_normal", lambda seed: tf.random.stateless_normal([2, 3], seed)),
    draw("rng_truncated_normal", lambda seed: tf.random.stateless_truncated_normal([2, 3], seed)),
    draw("rng_full_int", lambda seed: tf.random.stateless_uniform([3], seed, None, None, "uint32")),
    Op("rng_skip", lambda state: rng.rng_skip(state, 1 << 70, 1), samples=[S(STATE)], grad=False),
    Op("rng_uniform_int", lambda state, low, high: rng.rng_uniform_int(state, low, high, (5,), 1),
       samples=[S(STATE, ints(-9, 0), ints(1, 9))],
       bad=[(S(STATE, ints(5, 9), ints(1, 5)), INVALID), (S(STATE, ints(0, 1, (2,)), ints(1, 9)), INVALID)], grad=False),
    Op("rng_reserve", lambda: tf.random.Generator.from_seed(1).uniform([3]), samples=[S()], grad=False, batch=False),
    Op("rng_permute", lambda x, seed: tf.random.experimental.stateless_shuffle(x, seed),
       samples=[S(f(5, 2), SEED), S(f(), SEED), S(f(0, 2), SEED)], grad=False),
    Op("rng_categorical", lambda x, seed: tf.random.stateless_categorical(x, 4, seed), samples=[S(f(3, 5), SEED)],
       bad=[(S(f(3), SEED), INVALID), (S(f(3, 0), SEED), INVALID), (S(ints(0, 9, (2, 3)), SEED), INVALID)], grad=False),
    Op("rng_poisson", lambda rate, seed: tf.random.stateless_poisson([4, 3], seed, rate), samples=[S(pos(3), SEED), S(pos(), SEED)],
       bad=[(S(pos(2), SEED), INVALID)], grad=False, symbolic=False),
    Op("rng_binomial", lambda n, p, seed: tf.random.stateless_binomial([4, 3], seed, n, p), samples=[S(f(3, low=1, high=99), f(low=0, high=1), SEED)],
       bad=[(S(f(2, low=1, high=99), f(low=0, high=1), SEED), INVALID)], grad=False, symbolic=False),
    Op("rng_gamma", lambda a, seed: tf.random.stateless_gamma([4, 3], seed, a, dtype=a.dtype), samples=[S(pos(3), SEED), S(pos(), SEED)],
       bad=[(S(pos(2), SEED), INVALID)], grad=False, symbolic=False),
    Op("rng_bounded_normal", lambda m, s, low, seed: tf.random.stateless_parameterized_truncated_normal([4, 3], seed, m, s, low, 9.0),
       samples=[S(f(3), pos(1), f(), SEED)], bad=[(S(f(2), pos(1), f(), SEED), INVALID), (S(f(3), f(low=-2, high=-1), f(), SEED), INVALID)],
       grad=False, symbolic=False, f32=False),
    binary("truncation_hazard", lambda a, b: stats.norm.pdf(a) / (stats.norm.cdf(b) - stats.norm.cdf(a)), low=-2, high=0.5, low2=1, high2=3,
           fn=rng.truncation_hazard),
]  # fmt: skip
