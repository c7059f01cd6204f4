"""Each part of the native executor switched off: the same results."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradtape.exec.native import missing

if missing() is not None:
    pytest.skip(str(missing()), allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
import numpy as np
import gradtape as tf
from gradtape.core.shapes import Spec
from gradtape.exec import native, reference
from gradtape.graph.trace import record
assert "llvmlite" not in sys.modules

def step(x, w):
    with tf.GradientTape() as tape:
        tape.watch(w)
        h = tf.nn.gelu(x @ w)
        p = tf.nn.softmax(tf.tanh(h) * tf.exp(-h * h) + tf.math.log1p(tf.abs(h)))
        loss = tf.reduce_mean(tf.math.erf(p)) + tf.reduce_sum(tf.abs(tf.sin(h)) ** 2.5 * 1e-3 + tf.sigmoid(h))
    return [loss, tape.gradient(loss, w), tf.reduce_sum(tf.exp(x))]

r = np.random.default_rng(0)
for dtype, tolerance in (("f4", 1e-5), ("f8", 1e-12)):
    x, w = r.normal(size=(300, 70)).astype(dtype), (r.normal(size=(70, 90)) / 8).astype(dtype)
    graph = record(step, [Spec(a.shape, a.dtype) for a in (x, w)]).graph
    plan = native.compile_graph(graph)
    for have, want in zip(plan([x, w], [None] * 3), reference.compile_graph(graph)([x, w], [None] * 3)):
        np.testing.assert_allclose(have, want, rtol=tolerance, atol=tolerance * abs(want).max())
print(type(plan).__module__, "llvmlite" in sys.modules)
"""


@pytest.mark.parametrize("switch", ["GRADTAPE_LIBMVEC", "GRADTAPE_GOMP", "GRADTAPE_ONEDNN", "GRADTAPE_CACHE", "GRADTAPE_NATIVE"])
def test_switched_off(switch: str) -> None:
    env = {**os.environ, switch: "0"}
    out = subprocess.run([sys.executable, "-W", "ignore", "-c", SCRIPT], capture_output=True, text=True, env=env, cwd=ROOT)
    assert out.returncode == 0, out.stderr
    native = switch != "GRADTAPE_NATIVE"
    assert out.stdout.split() == ["gradtape.exec.native.plan" if native else "gradtape.exec.reference", str(native)]
