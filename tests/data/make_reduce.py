"""Records TensorFlow's values, gradients and exceptions of tests/data/reduce_cases.py: run it where TensorFlow 2.21 is installed.

    python tests/data/make_reduce.py

A gradient is that of `loss` over the results that are floating or complex. bfloat16 is stored as float32.
"""

import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from reduce_cases import CASES, REFUSED, VALUES_ONLY


class Names:
    """tf.math and tf as one."""

    def __getattr__(self, name):
        return getattr(tf.math, name) if hasattr(tf.math, name) else getattr(tf, name)


def loss(ys):
    """sum(y * cos(0, 1, 2, …)) of the real parts."""
    total = tf.constant(0.0, tf.float64)
    for y in ys:
        weights = np.cos(np.arange(np.prod(y.shape))).reshape(y.shape)
        y = tf.math.real(y) if y.dtype.is_complex else y
        total += tf.reduce_sum(tf.cast(y, tf.float64) * weights)
    return total


def stored(y):
    return y.numpy().astype("f4") if y.dtype == tf.bfloat16 else y.numpy()


def record(name, out):
    function, arrays = CASES[name]
    args = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as tape:
        tape.watch([a for a in args if a.dtype.is_floating or a.dtype.is_complex])
        ys = tf.nest.flatten(function(Names(), *args))
        total = loss([y for y in ys if y.dtype.is_floating or y.dtype.is_complex])
    for k, y in enumerate(ys):
        out[f"{name}|y{k}"] = stored(y)
    try:
        gs = tape.gradient(total, args)
    except (
        LookupError,
        tf.errors.InvalidArgumentError,
    ):  # none for bincount and unique; a wrong one for top_k with int64 indices
        return
    for k, g in enumerate([] if name.startswith(VALUES_ONLY) else gs):
        if g is not None and np.isfinite(stored(g)).all():
            out[f"{name}|g{k}"] = stored(g)


def error_of(call):
    try:
        call(Names())
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    return "none"


if __name__ == "__main__":
    found = {}
    for case in CASES:
        record(case, found)
    for case, call in REFUSED.items():
        found[f"{case}|error"] = np.array(error_of(call))
    np.savez_compressed(Path(__file__).with_name("reduce.npz"), **found)
