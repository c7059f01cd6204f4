"""Resident memory stays flat, with the cycle collector off."""

from __future__ import annotations

import gc
import sys
import weakref
from pathlib import Path

import pytest

import gradtape as tf


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def small_step(w: tf.Variable, b: tf.Variable, x: tf.Tensor, y: tf.Tensor) -> tf.GradientTape:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - (w * x + b)))
    for v, g in zip((w, b), tape.gradient(loss, [w, b]), strict=True):
        v.assign_sub(g * 0.001)
    return tape


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
def test_memory_is_flat_without_the_cycle_collector() -> None:
    w, b, x, y = tf.Variable(0.0), tf.Variable(0.0), tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 2.0, 4.0])
    gc.collect()
    gc.disable()
    try:
        gone = weakref.ref(small_step(w, b, x, y))
        assert gone() is None
        for _ in range(2000):
            small_step(w, b, x, y)
        before = resident()
        for _ in range(20_000):
            small_step(w, b, x, y)
        assert resident() - before < 2**20
    finally:
        gc.enable()
    assert abs(float(w) - 1.5) < 0.2
