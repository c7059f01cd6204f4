"""Odd lifetimes, threads, tasks, levels in every order: each ends with the right numbers and a clean context."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import itertools
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.context import current

ForwardAccumulator = tf.autodiff.ForwardAccumulator


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    assert current() is None
    yield
    assert current() is None


def at(x: float) -> Any:
    return tf.constant(np.float64(x))


# -- levels in every order ------------------------------------------------------------------------------------------
def by_tape(f: Callable) -> Callable:
    def derivative(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return tape.gradient(y, x)

    return derivative


def by_accumulator(f: Callable) -> Callable:
    def derivative(x: Any) -> Any:
        with ForwardAccumulator(x, tf.ones_like(x)) as acc:
            y = f(x)
        return acc.jvp(y)

    return derivative


def by_map(f: Callable) -> Callable:
    """The same function, of one of two equal elements."""

    def through(x: Any) -> Any:
        return tf.vectorized_map(f, tf.stack([x, x]))[1]

    return through


LEVELS = {"tape": by_tape, "accumulator": by_accumulator, "map": by_map}


@pytest.mark.parametrize("order", [o for n in (1, 2, 3, 4) for o in itertools.product(LEVELS, repeat=n)], ids="-".join)
def test_levels_in_every_order(order: tuple[str, ...]) -> None:
    v = tf.Variable(np.float64(2.0))
    f: Callable = lambda x: tf.sin(x * v) * tf.exp(x)  # noqa: E731  # wrapped below, level by level
    degree = 0
    for name in order:
        f = LEVELS[name](f)
        degree += name != "map"
    expected = ((1 + 2j) ** degree * np.exp((1 + 2j) * 0.3)).imag
    np.testing.assert_allclose(float(f(at(0.3))), expected, rtol=1e-12)


def test_twenty_tapes() -> None:
    def nested(depth: int, x: Any) -> Any:
        if not depth:
            return tf.exp(x * 0.5)
        return by_tape(lambda z: nested(depth - 1, z))(x)

    np.testing.assert_allclose(float(nested(20, at(1.0))), 0.5**20 * np.exp(0.5), rtol=1e-12)
    x, tapes = at(3.0), [tf.GradientTape() for _ in range(20)]
    for tape in tapes:
        tape.__enter__()
        tape.watch(x)
    y = x * x
    for tape in tapes[::2] + tapes[1::2]:
        tape.__exit__(None, None, None)
    assert [float(tape.gradient(y, x)) for tape in tapes] == [6.0] * 20


# -- lifetimes ------------------------------------------------------------------------------------------------------
def test_errors_inside_leave_a_clean_context() -> None:
    x = at(2.0)

    @tf.custom_gradient
    def fails_back(z: Any) -> Any:
        def grad(g: Any) -> Any:
            raise KeyError("back")

        return z * 1.0, grad

    def raising(z: Any) -> Any:
        raise KeyError("forth")

    for level in (lambda: tf.GradientTape(), lambda: ForwardAccumulator(x, x)):
        with pytest.raises(KeyError), level():
            raising(x)
        assert current() is None
    with pytest.raises(KeyError):
        tf.vectorized_map(raising, tf.constant([1.0, 2.0]))
    for wrapped in (tf.recompute_grad(raising), tf.custom_gradient(raising)):
        with pytest.raises(KeyError):
            wrapped(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = fails_back(x)
        with pytest.raises(KeyError), tape.stop_recording():
            raising(x)
        z = x * 3.0
        with pytest.raises(KeyError):
            tape.gradient(y, x)
    with pytest.raises(KeyError):
        tape.jacobian(y, x)
    assert float(tape.gradient(z, x)) == 3.0


def test_generators_keep_their_tapes_apart() -> None:
    def steps(n: float) -> Iterator[float]:
        x = at(n)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = x
            for _ in range(3):
                y = y * x
                yield float(tape.gradient(y, x))

    found = list(zip(steps(2.0), steps(3.0), strict=True))
    assert found == [(4.0, 6.0), (12.0, 27.0), (32.0, 108.0)]


def test_an_abandoned_generator_does_not_record_for_ever() -> None:
    x = at(2.0)

    def abandoned() -> Iterator[None]:
        with tf.GradientTape() as tape:
            tape.watch(x)
            yield

    g = abandoned()
    next(g)
    g.close()
    assert current() is None


def test_copied_contexts() -> None:
    x = at(3.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        copied = contextvars.copy_context()
        y = copied.run(lambda: x * x)
    z = copied.run(lambda: y * x)  # there the tape is still open
    outside = y * x
    assert float(tape.gradient(y, x)) == 6.0
    assert float(tape.gradient(z, x)) == 27.0
    assert tape.gradient(outside, x) is None
    with contextvars.copy_context().run(lambda: tf.GradientTape()) as tape:
        tape.watch(x)
        y = x * x
    assert float(tape.gradient(y, x)) == 6.0


def test_tasks_that_start_under_a_tape_record_on_it() -> None:
    x = at(2.0)

    async def part(n: float) -> Any:
        await asyncio.sleep(0)
        return x**n

    async def main() -> tuple:
        with tf.GradientTape() as tape:
            tape.watch(x)
            parts = await asyncio.gather(part(2.0), part(3.0))
            y = parts[0] + parts[1]
        return tape.gradient(y, x), current()

    gradient, left = asyncio.run(main())
    assert (float(gradient), left) == (16.0, None)


def test_a_tape_that_another_thread_finishes() -> None:
    x, results = at(2.0), {}
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x

    def work() -> None:
        results["gradient"] = float(tape.gradient(y, x))
        with tape:
            z = x * x * x
        results["again"] = float(tape.gradient(z, x))
        results["other"] = (x * x).numpy()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert results == {"gradient": 4.0, "again": 12.0, "other": 4.0}


def test_persistent_tapes_across_with_blocks() -> None:
    x, v = at(2.0), tf.Variable(np.float64(3.0))
    tape = tf.GradientTape(persistent=True)
    with tape:
        tape.watch(x)
        y = x * v
    unseen = y * x
    with tape:
        z = y * y
    assert float(tape.gradient(z, x)) == 2 * 6 * 3
    assert float(tape.gradient(z, v)) == 2 * 6 * 2
    assert tape.gradient(unseen, x) is None
    assert [float(g) for g in tape.gradient(z, [x, x, y])] == [36.0, 36.0, 12.0]


def test_tapes_and_accumulators_leave_no_cycle() -> None:
    def build() -> list:
        x, v = at(2.0), tf.Variable(np.float64(1.0))
        with ForwardAccumulator(x, x) as acc, tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = tf.recompute_grad(lambda z: tf.tanh(z * v))(x)
        acc.jvp(y)
        tape.jacobian(y, [x, v])
        tape.gradient(y, x)
        return [weakref.ref(acc), weakref.ref(tape)]

    build()  # the first call fills caches
    gc.collect()
    gc.disable()
    try:
        assert [r() for r in build()] == [None, None]
    finally:
        gc.enable()


# -- threads that assign --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [1, 100_000])
def test_threads_that_assign_lose_nothing(size: int) -> None:
    v, one = tf.Variable(np.zeros(size)), tf.ones([size], tf.float64)
    rows = tf.IndexedSlices(tf.ones([1], tf.float64), tf.constant([0]), tf.constant([size]))

    def work() -> None:
        for _ in range(100):
            v.assign_add(one)
            v.scatter_add(rows)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert float(v[0]) == 800.0
    assert size == 1 or float(v[-1]) == 400.0


# -- unusual values -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_every_float(dtype: str) -> None:
    x, v = tf.constant([1.0, 2.0], dtype), tf.Variable([0.5, 0.25], dtype=dtype)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.reduce_sum(tf.tanh(x * v) * 2.0 + x / 4 - 1)
    for g, s in zip(tape.gradient(y, [x, v]), [x, v], strict=True):
        assert g.dtype == s.dtype
    slope = 1 - np.tanh(np.array([0.5, 0.5])) ** 2
    np.testing.assert_allclose(np.asarray(tape.gradient(y, v), float), 2 * slope * [1.0, 2.0], rtol=0.03)
    assert tape.jacobian(x * v, v) is None
    v.assign_sub(0.5 * tape.gradient(y, v))
    assert v.dtype == dtype


def test_nothing_at_all() -> None:
    x = tf.zeros([0, 3], tf.float64)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.tanh(x) * x
        z = tf.reduce_sum(y)
    assert tape.gradient(z, x).shape == (0, 3)
    assert tape.jacobian(y, x).shape == (0, 3, 0, 3)
    assert tape.batch_jacobian(y, x).shape == (0, 3, 3)
    with ForwardAccumulator(x, x) as acc:
        y = tf.tanh(x) * x
    assert acc.jvp(y).shape == (0, 3)


def test_variables_of_other_packages() -> None:
    class Held:
        """Like keras.Variable: hashable or not, a variable inside."""

        __hash__ = None  # type: ignore[assignment]

        def __init__(self, value: float):
            self.__gradtape_variable__ = tf.Variable(np.float64(value))

        __gradtape_variable__: Any = None

        def __eq__(self, other: object) -> bool:
            raise TypeError("compares elements")

    h, x = Held(3.0), at(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, h])
        y = tf.multiply(h, x) * tf.convert_to_tensor(h)
    assert [float(g) for g in tape.gradient(y, [h, x])] == [12.0, 9.0]
    assert float(tape.gradient(y, h)) == 12.0
    assert float(tape.gradient(y, {"a": (h,)})["a"][0]) == 12.0
    assert float(tape.jacobian(y, h)) == 12.0
    with ForwardAccumulator(h, at(1.0)) as acc:
        y = tf.multiply(h, x) * tf.convert_to_tensor(h)
    assert float(acc.jvp(y)) == 12.0


def test_a_value_of_an_ended_map_is_refused() -> None:
    kept: list = []
    tf.vectorized_map(lambda x: (kept.append(x), x)[1], tf.constant([1.0, 2.0]))
    for use in (lambda: kept[0] + 1.0, lambda: tf.exp(kept[0]), lambda: tf.concat([kept[0], kept[0]], 0)):
        with pytest.raises(tf.errors.InvalidArgumentError):
            use()


def test_maps_over_nothing_and_over_what_does_not_fit() -> None:
    for wrong in (tf.constant(1.0), [], [tf.ones([2]), tf.ones([3])]):
        with pytest.raises(ValueError, match="vectorized_map"):
            tf.vectorized_map(lambda x: x, wrong)
    out = tf.vectorized_map(lambda x: (x * 2.0, None, {"k": tf.constant(3.0)}), tf.zeros([0, 2]))
    assert (out[0].shape, out[1], out[2]["k"].shape) == ((0, 2), None, (0,))
