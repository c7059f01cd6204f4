"""Random numbers: TensorFlow's, bit for bit where they are uniform or integers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special, stats

import gradtape as tf
from gradtape.ops._streams import SEED

from ..data import make_random as recorded

TOLERANCE = {"float16": 2e-3, "float32": 2e-6, "float64": 1e-12}  # absolute, up to size 1; bfloat16 is kept as float32
EXACT = ("uniform", "poisson", "binomial", "categorical", "shuffle", "split", "create_rng_state", "alg")
DATA = np.load(recorded.FILE)


def plain(function: Callable) -> Any:
    return function()


@pytest.mark.parametrize("name", recorded.CASES)
def test_as_recorded(name: str) -> None:
    values = recorded.results(tf, name, plain)
    for k, (x, y) in enumerate(zip(values, recorded.unpacked(DATA, name), strict=True)):
        assert (x.dtype, x.shape) == (y.dtype, y.shape), k
        if y.dtype.kind != "f" or any(word in name for word in EXACT):
            np.testing.assert_array_equal(x, y, err_msg=str(k))
        else:
            tolerance = 1e-5 if "gradient" in name else 2.0**-7 if is_bfloat16(y) else TOLERANCE[y.dtype.name]
            np.testing.assert_allclose(x.astype(float), y.astype(float), rtol=tolerance, atol=tolerance, err_msg=str(k))


def is_bfloat16(x: np.ndarray) -> bool:
    return bool(x.dtype == np.float32 and x.size and not (np.ascontiguousarray(x).view(np.uint32) & 0xFFFF).any())


# -- streams ----------------------------------------------------------------------------------------------------------
def test_without_a_seed_nothing_repeats() -> None:
    tf.random.set_seed(None)
    a, b = (tf.random.normal([4]).numpy() for _ in range(2))
    assert not np.array_equal(a, b)
    assert not np.array_equal(tf.random.Generator.from_non_deterministic_state().normal([4]).numpy(), a)


def test_a_global_seed_keeps_no_stream_for_each_call() -> None:
    tf.random.set_seed(3)
    for _ in range(100):
        tf.random.uniform([1])
    assert not SEED.streams
    tf.random.uniform([1], seed=1)
    assert len(SEED.streams) == 1


def test_threads_never_share_numbers() -> None:
    tf.random.set_seed(3)
    generator = tf.random.Generator.from_seed(1)
    found: list[bytes] = []

    def work() -> None:
        for _ in range(20):
            found.extend([generator.normal([4]).numpy().tobytes(), tf.random.normal([4], seed=1).numpy().tobytes()])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == len(found) == 160
    assert generator.state.numpy()[0] == 1 + 80 * 4 * 256


def test_large_draws_are_prefixes_of_larger_ones() -> None:
    for draw in (tf.random.stateless_uniform, tf.random.stateless_truncated_normal):
        whole = draw([200_000], [1, 2]).numpy()
        np.testing.assert_array_equal(draw([65_540], [1, 2]).numpy(), whole[:65_540])


def test_a_counter_carries_into_its_second_word() -> None:
    low = tf.random.Generator.from_key_counter(7, [2**64 - 1, 4], "philox").uniform_full_int([40], "uint32").numpy()
    high = tf.random.Generator.from_key_counter(7, [0, 5], "philox").uniform_full_int([36], "uint32").numpy()
    np.testing.assert_array_equal(low[4:], high)
    long = tf.random.Generator.from_key_counter(7, [2**64 - 1, 4], "philox").uniform_full_int([400], "uint32").numpy()
    np.testing.assert_array_equal(long[:40], low)


# -- distributions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "draws, law",
    [
        (lambda: tf.random.stateless_normal([20000], [1, 2]), stats.norm),
        (lambda: tf.random.stateless_truncated_normal([20000], [1, 2]), stats.truncnorm(-2, 2)),
        (lambda: tf.random.stateless_normal([20000], [1, 2], alg="threefry"), stats.norm),
        (lambda: tf.random.stateless_truncated_normal([20000], [1, 2], alg="threefry"), stats.truncnorm(-2, 2)),
        (lambda: tf.random.stateless_uniform([20000], [1, 2], 2.0, 5.0), stats.uniform(2, 3)),
        (lambda: tf.random.stateless_gamma([20000], [1, 2], 0.3), stats.gamma(0.3)),
        (lambda: tf.random.stateless_gamma([20000], [1, 2], 5.0, 2.0), stats.gamma(5, scale=0.5)),
        (
            lambda: tf.random.stateless_parameterized_truncated_normal([9000], [1, 2], 0.0, 1.0, 2.0, np.inf),
            stats.truncnorm(2, np.inf),
        ),
        (
            lambda: tf.random.stateless_parameterized_truncated_normal([9000], [1, 2], 0.0, 1.0, 0.1, 0.5),
            stats.truncnorm(0.1, 0.5),
        ),
    ],
)
def test_follows_its_distribution(draws: Callable, law: Any) -> None:
    assert stats.kstest(draws().numpy().astype(float), law.cdf).pvalue > 1e-3


@pytest.mark.parametrize("rate", [0.5, 9.0, 30.0])
def test_poisson_moments(rate: float) -> None:
    x = tf.random.stateless_poisson([20000], [1, 2], rate).numpy()
    np.testing.assert_allclose([x.mean(), x.var()], rate, rtol=0.05)


@pytest.mark.parametrize("count, prob", [(5, 0.2), (60, 0.9), (1000, 0.3)])
def test_binomial_moments(count: int, prob: float) -> None:
    x = tf.random.stateless_binomial([20000], [1, 2], float(count), prob).numpy()
    np.testing.assert_allclose([x.mean(), x.var()], [count * prob, count * prob * (1 - prob)], rtol=0.05)


def test_odd_parameters_never_hang() -> None:
    odd = np.array([np.nan, np.inf, -1.0, 1e30], np.float32)
    np.testing.assert_array_equal(
        tf.random.stateless_poisson([4], [1, 2], odd, "float32").numpy(), [np.nan, np.inf, 0, np.float32(1e30)]
    )
    assert tf.random.stateless_poisson([4], [1, 2], odd, "int32").numpy().tolist() == [0, 2**31 - 1, 0, 2**31 - 1]
    binomial = tf.random.stateless_binomial([4], [1, 2], odd, 0.5, "float32").numpy()
    np.testing.assert_array_equal(binomial[:3], [np.nan, np.nan, 0])
    assert tf.random.stateless_binomial([2], [1, 2], 5.0, [np.nan, 2.0]).numpy().tolist() == [0, 5]
    gamma = tf.random.stateless_gamma([4], [1, 2], np.array([np.nan, np.inf, -0.5, 0.0], np.float32)).numpy()
    np.testing.assert_array_equal(gamma, [np.nan, np.inf, np.nan, np.finfo(np.float32).tiny])


# -- derivatives --------------------------------------------------------------------------------------------------------------
def gamma_quantile(alpha: np.ndarray, like: np.ndarray) -> Callable:
    place = special.gammainc(alpha, like)
    return lambda a: special.gammaincinv(a, place)


def test_gamma_draws_keep_their_place() -> None:
    alpha = np.array([0.05, 0.7, 1.0, 3.0, 40.0])
    a = tf.constant(alpha)
    with tf.GradientTape() as outer:
        outer.watch(a)
        with tf.GradientTape() as inner:
            inner.watch(a)
            x = tf.random.stateless_gamma([5], [1, 2], a, dtype="float64")
        slope = inner.gradient(x, a)
    curve = outer.gradient(slope, a)
    quantile, h = gamma_quantile(alpha, x.numpy()), 1e-4 * alpha
    np.testing.assert_allclose(slope.numpy(), (quantile(alpha + h) - quantile(alpha - h)) / (2 * h), rtol=1e-5)
    second = (quantile(alpha + 9 * h) - 2 * quantile(alpha) + quantile(alpha - 9 * h)) / (9 * h) ** 2
    np.testing.assert_allclose(curve.numpy(), second, rtol=1e-3, atol=1e-4)


def test_gamma_gradients_flow_to_beta_and_sum_over_draws() -> None:
    alpha, beta = tf.constant([0.5, 2.0]), tf.constant([[1.0], [3.0]])
    tf.random.set_seed(1)
    with tf.GradientTape() as tape:
        tape.watch([alpha, beta])
        x = tf.random.gamma([7], alpha, beta)
    by_alpha, by_beta = tape.gradient(x, [alpha, beta])
    assert x.shape == (7, 2, 2) and by_alpha.shape == (2,) and by_beta.shape == (2, 1)
    np.testing.assert_allclose(by_beta.numpy(), -(x / beta).numpy().sum(axis=(0, 2))[:, None], rtol=1e-5)


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_gamma_gradient_of_tiny_draws(dtype: str) -> None:
    alpha = tf.constant([1e-3, 0.02, 0.5], dtype)
    with tf.GradientTape() as tape:
        tape.watch(alpha)
        x = tf.random.stateless_gamma([50, 3], [1, 2], alpha, dtype=dtype)
    assert np.isfinite(tape.gradient(x, alpha).numpy().astype(float)).all()


BOUNDED = [
    (0.0, 1.0, -2.0, 2.0),
    (0.5, 2.0, -1.0, 0.3),
    (0.0, 1.0, 1.0, np.inf),
    (0.3, 1.5, -np.inf, -1.0),
    (0.0, 1.0, 9.0, 12.0),
    (1.0, 1.0, -30.0, -20.0),
]


@pytest.mark.parametrize("parameters", BOUNDED)
def test_bounded_draws_keep_their_place(parameters: tuple) -> None:
    values = [tf.constant(p, "float64") for p in parameters]
    with tf.GradientTape() as tape:
        tape.watch(values)
        x = tf.random.stateless_parameterized_truncated_normal([], [3, 4], *values)
    slopes = [float(g) for g in tape.gradient(x, values)]
    for k, slope in enumerate(slopes):
        if np.isinf(parameters[k]):
            assert slope == 0
            continue
        h = 1e-5
        up, down = (bounded_quantile(shifted(parameters, k, d), parameters, float(x)) for d in (h, -h))
        np.testing.assert_allclose(slope, (up - down) / (2 * h), rtol=1e-4, atol=1e-6)


def shifted(parameters: tuple, k: int, d: float) -> tuple:
    return tuple(p + d * (i == k) for i, p in enumerate(parameters))


def bounded_quantile(new: tuple, old: tuple, x: float) -> float:
    """The draw that stands in the new distribution where x stands in the old one."""
    mean, deviation, low, high = old
    law = stats.truncnorm((low - mean) / deviation, (high - mean) / deviation, mean, deviation)
    mean, deviation, low, high = new
    return float(stats.truncnorm((low - mean) / deviation, (high - mean) / deviation, mean, deviation).ppf(law.cdf(x)))


def test_forward_mode_agrees_with_reverse_mode() -> None:
    def gamma(a: Any) -> Any:
        return tf.random.stateless_gamma([3, 2], [1, 2], a, dtype="float64")

    def bounded(a: Any) -> Any:
        return tf.random.stateless_parameterized_truncated_normal([3, 2], [1, 2], a, a * a + 1.0, a - 2.0, a + 3.0)

    for function in (gamma, bounded):
        a, t = tf.constant([0.5, 2.0], "float64"), tf.constant([0.3, -0.7], "float64")
        with tf.GradientTape() as tape:
            tape.watch(a)
            y = function(a)
        with tf.autodiff.ForwardAccumulator(a, t) as accumulator:
            z = function(a)
        np.testing.assert_allclose(accumulator.jvp(z).numpy().sum(), float(tf.reduce_sum(tape.gradient(y, a) * t)), rtol=1e-9)


def test_only_gamma_bounds_and_scales_have_gradients() -> None:
    x, rate = tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, rate])
        ys = [
            tf.random.shuffle(x, seed=1),
            tf.random.stateless_poisson([2], [1, 2], rate),
            tf.random.categorical(x[None], 2),
            tf.random.normal([2], x, rate, seed=1),
        ]
    assert [tape.gradient(y, [x, rate]) for y in ys[:3]] == [[None, None]] * 3
    mean, stddev = tape.gradient(ys[3], [x, rate])
    np.testing.assert_array_equal(mean.numpy(), [1, 1])
    np.testing.assert_allclose(stddev.numpy(), ((ys[3] - x) / rate).numpy(), rtol=1e-5)


# -- maps ---------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "draw",
    [
        lambda i: tf.random.normal([2]) + 0.0 * i,
        lambda i: tf.random.uniform([2], 0, 1000000, "int32"),
        lambda i: tf.random.gamma([2], 1.0 + i * 0.0),
        lambda i: tf.random.gamma([2], 1.0),
        lambda i: tf.random.poisson([2], 1e6 + i * 0.0),
        lambda i: tf.random.shuffle(np.arange(1000)),
        lambda i: tf.random.categorical(np.zeros((1, 10000), "f4"), 2),
        lambda i: tf.random.Generator.from_seed(1).normal([2]) + i,
    ],
)
def test_elements_of_a_map_draw_for_themselves(draw: Callable) -> None:
    rows = tf.vectorized_map(draw, tf.constant([0.0, 0.0, 0.0])).numpy()
    assert len({row.tobytes() for row in rows}) == 3


def test_a_generator_in_a_map_goes_on_as_in_a_loop() -> None:
    a, b = (tf.random.Generator.from_seed(5) for _ in range(2))
    together = tf.vectorized_map(lambda i: a.uniform([3]) + i, tf.constant([0.0, 10.0]))
    loop = np.stack([b.uniform([3]).numpy() + i for i in (np.float32(0), np.float32(10))])
    np.testing.assert_array_equal(together.numpy(), loop)
    np.testing.assert_array_equal(a.state.numpy(), b.state.numpy())


def test_nested_maps_draw_for_each_pair() -> None:
    x = tf.constant([[0.0, 0.0], [0.0, 0.0]])
    rows = tf.vectorized_map(lambda r: tf.vectorized_map(lambda i: tf.random.uniform([]) + i, r), x).numpy()
    assert len(set(rows.ravel().tolist())) == 4


def test_seeds_may_be_made_of_elements() -> None:
    together = tf.vectorized_map(lambda i: tf.random.stateless_normal([2], [i, 4]), tf.constant([3, 5]))
    np.testing.assert_array_equal(together[1].numpy(), tf.random.stateless_normal([2], [5, 4]).numpy())


# -- bad input ----------------------------------------------------------------------------------------------------------------
INVALID = tf.errors.InvalidArgumentError
R = tf.random


def generator(alg: Any = None) -> Any:
    return R.Generator.from_seed(1, alg)


BAD: list[tuple[Callable, Any]] = [
    (lambda: R.normal([-1]), INVALID),
    (lambda: R.normal(3), INVALID),
    (lambda: R.normal([[1, 2]]), INVALID),
    (lambda: R.normal([1.5]), INVALID),
    (lambda: R.normal("a"), INVALID),
    (lambda: R.normal(None), ValueError),
    (lambda: R.normal([2, None]), ValueError),
    (lambda: R.normal([2], dtype="int32"), TypeError),
    (lambda: R.normal([2], dtype="string"), TypeError),
    (lambda: R.normal([2], dtype="complex64"), INVALID),
    (lambda: R.normal([2], mean="a"), TypeError),
    (lambda: R.normal([2], mean=[1.0, 2.0, 3.0]), INVALID),
    (lambda: R.normal([2], mean=tf.constant(1.0, "float64")), ValueError),
    (lambda: R.normal([2], seed="a"), TypeError),
    (lambda: R.normal([2], seed=[1, 2]), TypeError),
    (lambda: R.uniform([2], dtype="int32"), ValueError),
    (lambda: R.uniform([2], maxval=3, dtype="uint32"), ValueError),
    (lambda: R.uniform([2], 5, 5, "int32"), INVALID),
    (lambda: R.uniform([2], [1, 2], [3, 4], "int32"), INVALID),
    (lambda: R.uniform([2], 0.5, 3, "int32"), TypeError),
    (lambda: R.uniform([2], None, 3.0), ValueError),
    (lambda: R.truncated_normal([2], dtype="int64"), TypeError),
    (lambda: R.gamma([-2], 1.0), INVALID),
    (lambda: R.gamma(2, 1.0), INVALID),
    (lambda: R.gamma([2], 1.0, dtype="int32"), TypeError),
    (lambda: R.gamma([2], tf.constant(1.0, "float64")), ValueError),
    (lambda: R.gamma([2], [1.0, 2.0], [1.0, 2.0, 3.0]), INVALID),
    (lambda: R.poisson(2, 1.0), INVALID),
    (lambda: R.poisson([2], tf.constant(1, "uint8")), INVALID),
    (lambda: R.poisson([2], 1.0, "bfloat16"), INVALID),
    (lambda: R.categorical([1.0, 2.0], 3), INVALID),
    (lambda: R.categorical([[1.0, 2.0]], -3), INVALID),
    (lambda: R.categorical([[1.0, 2.0]], [3]), INVALID),
    (lambda: R.categorical([[1.0, 2.0]], 3.5), TypeError),
    (lambda: R.categorical([[1.0, 2.0]], 3, "float32"), ValueError),
    (lambda: R.categorical([[1, 2]], 3), INVALID),
    (lambda: R.categorical(np.zeros((2, 0)), 3), INVALID),
    (lambda: R.shuffle(None), ValueError),
    (lambda: R.stateless_uniform([2], [1]), INVALID),
    (lambda: R.stateless_uniform([2], 1), INVALID),
    (lambda: R.stateless_uniform([2], [1.0, 2.0]), INVALID),
    (lambda: R.stateless_uniform([2], [[1, 2]]), INVALID),
    (lambda: R.stateless_uniform([2], None), ValueError),
    (lambda: R.stateless_uniform([2], tf.constant([1, 2], "uint32")), INVALID),
    (lambda: R.stateless_uniform([2], [1, 2], dtype="int32"), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], None, 3, "int32"), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], maxval=3, dtype="uint32"), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], maxval=0, dtype="int32"), INVALID),
    (lambda: R.stateless_uniform([2], [1, 2], None, None, "int8"), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], None, None), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], alg="bogus"), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], alg=7), ValueError),
    (lambda: R.stateless_uniform([2], [1, 2], alg=2.5), TypeError),
    (lambda: R.stateless_normal([2], [1, 2], dtype="bogus"), TypeError),
    (lambda: R.stateless_gamma([3, 2], [1, 2], [1.0, 2.0, 3.0]), INVALID),
    (lambda: R.stateless_gamma([2], [1], 1.0), INVALID),
    (lambda: R.stateless_gamma([2], [1, 2], 1.0, dtype="bfloat16"), INVALID),
    (lambda: R.stateless_poisson([2], [1, 2], [1.0, 2.0, 3.0]), INVALID),
    (lambda: R.stateless_binomial([2], [1, 2], [1.0, 2.0, 3.0], 0.5), INVALID),
    (lambda: R.stateless_binomial([2], [1, 2], tf.constant(3), tf.constant(0.5)), INVALID),
    (lambda: R.stateless_binomial([2], [1, 2], 3.0, 0.5, "int8"), INVALID),
    (lambda: R.stateless_categorical([[1.0, 2.0]], 3, [1]), INVALID),
    (lambda: R.stateless_categorical([[1.0, 2.0]], 3, [1, 2], "int8"), ValueError),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], 0.0, -1.0), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], 0.0, 1.0, 2.0, 1.0), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], 0.0, 1.0, -np.inf, np.inf), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], [0.0, 1.0, 2.0]), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], [0.0, 1.0], [1.0, 1.0, 1.0]), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], 0, 1, -2, 2), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal(2, [1, 2]), INVALID),
    (lambda: R.stateless_parameterized_truncated_normal([2], [1, 2], tf.constant(0.0, "float64"), tf.constant(1.0)), INVALID),
    (lambda: R.experimental.stateless_shuffle([1, 2], [1]), INVALID),
    (lambda: R.experimental.stateless_shuffle([1, 2], [1, 2], "threefry"), INVALID),
    (lambda: R.split([1, 2], -1), INVALID),
    (lambda: R.split([1.0, 2.0]), ValueError),
    (lambda: R.fold_in([1, 2], [3]), INVALID),
    (lambda: R.fold_in([1, 2], 3.0), ValueError),
    (lambda: R.create_rng_state(1, "bogus"), ValueError),
    (lambda: R.Generator(), ValueError),
    (lambda: R.Generator(copy_from=generator(), alg=1), ValueError),
    (lambda: R.Generator(state=[1, 2], alg=1), ValueError),
    (lambda: R.Generator.from_state([1, 2, 3, 4], "philox"), ValueError),
    (lambda: R.Generator.from_key_counter([1], [2, 3], "philox"), ValueError),
    (lambda: R.Generator.from_key_counter(1, [2], "philox"), ValueError),
    (lambda: generator("bogus"), ValueError),
    (lambda: generator().reset([1, 2]), ValueError),
    (lambda: generator().normal(3), INVALID),
    (lambda: generator().normal([], dtype="int32"), TypeError),
    (lambda: generator().uniform([2], dtype="int32"), ValueError),
    (lambda: generator().uniform([2], 3, 1, "int32"), INVALID),
    (lambda: generator().uniform([2], maxval=3, dtype="int8"), INVALID),
    (lambda: generator().uniform_full_int([2], "float32"), INVALID),
    (lambda: generator().make_seeds(-1), INVALID),
    (lambda: generator().split(-1), INVALID),
    (lambda: generator().skip([1, 2]), INVALID),
    (lambda: R.set_seed([1]), TypeError),
]


@pytest.mark.parametrize("call, error", BAD)
def test_bad_input(call: Callable, error: Any) -> None:
    with pytest.raises(error) as info:
        call()
    assert info.type.__name__ == error.__name__, info.value
    assert len(str(info.value)) > 15


def test_a_refused_draw_moves_no_state() -> None:
    g = generator()
    with pytest.raises(INVALID):
        g.normal([-1])
    assert g.state.numpy()[0] == 1


def test_nothing_is_drawn_where_the_result_is_empty() -> None:
    assert R.uniform([0], 5, 5, "int32").shape == (0,)
    assert R.stateless_gamma([2, 0], [1, 2], np.zeros(0, "f4")).shape == (2, 0)
    assert R.categorical(np.zeros((0, 2)), 3).shape == (0, 3)
    assert R.stateless_parameterized_truncated_normal([0], [1, 2]).shape == (0,)


# -- recompute_grad draws the same numbers again -----------------------------------------------------------------
def dropped(x: tf.Tensor) -> tf.Tensor:
    return tf.nn.dropout(x, 0.5) * tf.random.normal([64]) * x


GENERATOR = tf.random.Generator.from_seed(5)


@pytest.mark.parametrize("seed", [None, 3])
@pytest.mark.parametrize(
    "draw", [dropped, lambda x: GENERATOR.normal([64]) * x * x, lambda x: tf.random.uniform([64], seed=7) * x * x]
)
def test_recompute_grad_draws_the_same_numbers_again(draw, seed) -> None:
    tf.random.set_seed(seed)
    x = tf.ones([64])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.recompute_grad(draw)(x)
    after = tf.random.uniform([4], seed=1) if seed is None else tf.random.uniform([4])
    np.testing.assert_allclose(tape.gradient(y, x).numpy(), 2 * y.numpy(), rtol=1e-5)
    assert np.any(y.numpy() != 0)
    if seed is not None:  # and the second run moves nothing on
        following = tf.random.uniform([4])
        tf.random.set_seed(seed)
        draw(x)
        np.testing.assert_array_equal(tf.random.uniform([4]).numpy(), after.numpy())
        np.testing.assert_array_equal(tf.random.uniform([4]).numpy(), following.numpy())


def test_recompute_grad_inside_recompute_grad_draws_the_same_numbers_again() -> None:
    tf.random.set_seed(11)
    inner = tf.recompute_grad(dropped)
    outer = tf.recompute_grad(lambda x: inner(x) * tf.random.normal([64]))
    x = tf.ones([64])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = outer(x)
    np.testing.assert_allclose(tape.gradient(y, x).numpy(), 2 * y.numpy(), rtol=1e-5)
