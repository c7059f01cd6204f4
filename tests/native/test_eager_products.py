"""Eager products beside eager convolutions: BLAS keeps to one thread, large products run on the convolutions' threads."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import gradtape as tf
from gradtape.core import large
from gradtape.exec.native import eager

SHARED = """
import gradtape as tf
from gradtape.core import large
from gradtape.exec.native import blas, threads
tf.nn.conv2d(tf.ones([32, 28, 28, 8]), tf.ones([3, 3, 8, 32]), 1, "SAME")
print(large.products_too, blas.interface()[0]() if blas.interface() else 1, threads.count())
"""


@pytest.mark.usefixtures("dnnl")
@pytest.mark.parametrize("turned", [(False, False), (True, False), (False, True), (True, True)])
def test_products_of_the_library(turned: tuple[bool, bool]) -> None:
    rng = np.random.default_rng(1)
    a, b = (
        rng.normal(size=shape[::-1] if t else shape).astype("f4") for shape, t in zip([(70, 300), (300, 90)], turned, strict=True)
    )
    a, b = (x.T if t else x for x, t in zip((a, b), turned, strict=True))
    found = eager.product(a, b)
    assert found is not None
    np.testing.assert_allclose(found, a @ b, rtol=1e-4, atol=1e-4)


@pytest.mark.usefixtures("dnnl")
def test_matmul_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    a, b = tf.constant(rng.normal(size=(256, 200)), tf.float32), tf.constant(rng.normal(size=(300, 200)), tf.float32)
    plain = tf.matmul(a, b, transpose_b=True)
    monkeypatch.setattr(large, "products_too", True)
    taken = []
    product = eager.product
    monkeypatch.setattr(eager, "product", lambda *xs: taken.append(product(*xs)) or taken[-1])
    np.testing.assert_allclose(tf.matmul(a, b, transpose_b=True), plain, rtol=1e-4, atol=1e-4)
    assert len(taken) == 1 and taken[0] is not None
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.matmul(a, b)


@pytest.mark.usefixtures("dnnl", "gomp")
@pytest.mark.parametrize("chosen", [False, True])
def test_blas_keeps_to_one_thread_unless_somebody_named_a_number(chosen: bool) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"} | (
        {"OPENBLAS_NUM_THREADS": "2"} if chosen else {}
    )
    done = subprocess.run([sys.executable, "-c", SHARED], capture_output=True, text=True, env=environment, check=True)
    shared, count, threads = done.stdout.split()
    assert shared == str(int(threads) > 1 and not chosen) and (shared == "False" or count == "1")
