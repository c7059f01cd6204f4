"""Kernels for large arrays against NumPy's, on small ones too; and when they are asked."""

import os
import subprocess
import sys
import threading

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradtape as tf
from gradtape.core import large
from gradtape.exec.native import eager
from gradtape.ops import _conv_kernels, _pool_kernels
from gradtape.ops._windows import window

PADS = st.sampled_from(["SAME", "VALID", "uneven"])


@pytest.fixture
def numpy_only(monkeypatch):
    monkeypatch.setattr(_conv_kernels, "LARGE", 1 << 60)
    monkeypatch.setattr(_pool_kernels, "LARGE", 1 << 60)


@st.composite
def windows(draw, dilated=True):
    """A window over one to three axes that has at least one place."""
    rank = draw(st.integers(1, 3))
    draws = lambda low, high: tuple(draw(st.integers(low, high)) for _ in range(rank))  # noqa: E731
    kernel, strides = draws(1, 4), draws(1, 3)
    dilations = draws(1, 2) if dilated else (1,) * rank
    sizes = tuple(draw(st.integers((k - 1) * d + 1, 9)) for k, d in zip(kernel, dilations, strict=True))
    pads = draw(PADS)
    if pads == "uneven":
        pads = tuple((draw(st.integers(0, k - 1)), draw(st.integers(0, k - 1))) for k in kernel)
    return window("test", sizes, kernel, strides, dilations, pads)


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def close(found, expected, tolerance=2e-5):
    assert found is not None and found.dtype == expected.dtype and found.shape == expected.shape
    scale = np.abs(expected.astype("f8")).max(initial=1)
    np.testing.assert_allclose(found.astype("f8"), expected.astype("f8"), atol=tolerance * scale)


@pytest.mark.usefixtures("dnnl", "numpy_only")
class TestAgainstNumPy:
    @settings(max_examples=60, deadline=None)
    @given(windows(), st.integers(1, 3), st.sampled_from([(1, 3, 5), (1, 16, 16), (3, 1, 1), (2, 1, 2), (4, 2, 3)]))
    def test_convolutions(self, win, n, channels):
        groups, c, m = channels
        x, w = normal(n, *win.sizes, groups * c), normal(*win.kernel, c, groups * m, seed=1)
        y = _conv_kernels.convolve(x, w, win, groups)
        close(eager.convolve(x, w, win, groups), y)
        u = normal(*y.shape, seed=2)
        close(eager.convolve_input(u, w, win, groups), _conv_kernels.convolve_input(u, w, win, groups))
        close(eager.convolve_filter(x, u, win, groups), _conv_kernels.convolve_filter(x, u, win, groups))

    @settings(max_examples=60, deadline=None)
    @given(windows(dilated=False), st.integers(1, 3), st.integers(1, 20))
    def test_pools_with_ties(self, win, n, channels):
        x = np.random.default_rng(0).integers(-2, 3, (n, *win.sizes, channels)).astype(np.float32)
        y = _pool_kernels.largest(x, win)
        tap = _pool_kernels.chosen_tap(x, y, win, dtype=np.uint8)
        u = normal(*y.shape)
        found = eager.largest(x, win), eager.chosen_tap(x, win), eager.spread_chosen(u, tap, win)
        expected = y, tap, _pool_kernels.spread_chosen(u, tap, win)
        for one, other in zip(found, expected, strict=True):
            if one is not None:
                close(one, other, 1e-6)
        for name, args in (("window_means", (x, win)), ("spread_means", (u, win))):
            if (one := getattr(eager, name)(*args)) is not None:
                close(one, getattr(_pool_kernels, name)(*args), 1e-6)

    def test_ordinary_pools_are_served(self):
        win = window("test", (8, 8), (2, 2), (2, 2), (1, 1), "VALID")
        x = normal(2, 8, 8, 32)
        assert eager.largest(x, win) is not None and eager.window_means(x, win) is not None

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    def test_a_pool_of_what_is_not_finite_is_left_to_numpy(self, value):
        win = window("test", (8, 8), (2, 2), (2, 2), (1, 1), "VALID")
        x = normal(2, 8, 8, 32)
        x[1, 2:4, 2:4, 5] = value
        assert eager.largest(x, win) is None and eager.chosen_tap(x, win) is None

    @pytest.mark.parametrize("dtype", [ml_dtypes.bfloat16, np.float16])
    def test_16_bits(self, dtype):
        win = window("test", (8, 8), (3, 3), (1, 1), (1, 1), "SAME")
        x, w = normal(2, 8, 8, 16).astype(dtype), normal(3, 3, 16, 16, seed=1).astype(dtype)
        found = eager.convolve(x, w, win, 1)
        if found is not None:  # else this processor has no instructions for it
            close(found, _conv_kernels.convolve(x, w, win, 1), 2**-7)

    def test_strided_arrays(self):
        win = window("test", (8, 8), (3, 3), (1, 1), (1, 1), "SAME")
        x, w = normal(2, 16, 8, 32)[:, ::2, :, ::2], normal(3, 3, 16, 16, seed=1)
        close(eager.convolve(x, w, win, 1), _conv_kernels.convolve(np.ascontiguousarray(x), w, win, 1))

    def test_many_threads_at_once(self):
        win = window("test", (14, 14), (3, 3), (1, 1), (1, 1), "SAME")
        w = normal(3, 3, 16, 32, seed=1)
        inputs = [normal(4, 14, 14, 16, seed=i) for i in range(4)]
        expected = [eager.convolve(x, w, win, 1) for x in inputs]
        wrong = []

        def work(i):
            for _ in range(20):
                if not np.array_equal(eager.convolve(inputs[i], w, win, 1), expected[i]):
                    wrong.append(i)

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong


def test_small_arrays_do_not_ask(monkeypatch):
    monkeypatch.setattr(large, "kernels", lambda: pytest.fail("asked"))
    x = tf.constant(normal(1, 8, 8, 3))
    tf.nn.max_pool2d(tf.nn.conv2d(x, tf.constant(normal(3, 3, 3, 8)), 1, "SAME"), 2, 2, "VALID")


def step(x, w):
    with tf.GradientTape() as tape:
        tape.watch([x, w])
        y = tf.nn.max_pool2d(tf.nn.conv2d(x, w, 1, "SAME"), 2, 2, "VALID")
        z = tf.nn.avg_pool2d(y, 2, 2, "SAME")
        loss = tf.reduce_sum(z * z) * 1e-3
    return [loss, *tape.gradient(loss, [x, w])]


def test_large_arrays_give_the_same_with_and_without(monkeypatch):
    x, w = tf.constant(normal(16, 32, 32, 8)), tf.constant(normal(3, 3, 8, 32, seed=1) * np.float32(0.3))
    with_it = step(x, w)
    monkeypatch.setattr(_conv_kernels, "LARGE", 1 << 60)
    monkeypatch.setattr(_pool_kernels, "LARGE", 1 << 60)
    for one, other in zip(with_it, step(x, w), strict=True):
        close(one.numpy(), other.numpy(), 1e-4)


PROGRAM = """
import sys, numpy as np, gradtape as tf
assert not any("libdnnl" in line for line in open("/proc/self/maps")) if sys.platform == "linux" else True
x, w = tf.ones([16, 32, 32, 8]), tf.ones([3, 3, 8, 32])
y = tf.nn.max_pool2d(tf.nn.conv2d(x, w, 1, "SAME"), 2, 2, "VALID")
print(float(tf.reduce_max(y)), "llvmlite" in sys.modules)
"""


def output(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_import_loads_no_library_and_a_large_array_no_compiler():
    assert output() == ["72.0", "False"]


def test_switched_off():
    assert output(GRADTAPE_ONEDNN="0") == ["72.0", "False"]
