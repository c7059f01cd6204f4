"""Records TensorFlow's values, gradients and exceptions of tests/data/linalg_cases.py: run it where TensorFlow 2.21 is installed.

    python tests/data/make_linalg.py

A gradient is that of `loss` over the results that are not integers; a second gradient is that of `loss` over the gradients.
"""

import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from linalg_cases import CASES, REFUSED, SECOND

ERRORS = (tf.errors.OpError, LookupError, ValueError, TypeError, AttributeError, NotImplementedError)


def loss(values):
    """sum(y * cos(0, 1, 2, …)), and sin for imaginary parts."""
    total = 0.0
    for y in values:
        k = np.arange(np.prod(y.shape)).reshape(y.shape)
        if y.dtype.is_complex:
            total += tf.cast(tf.reduce_sum(tf.math.real(y) * np.cos(k) + tf.math.imag(y) * np.sin(k)), tf.float64)
        else:
            total += tf.cast(tf.reduce_sum(y * tf.cast(np.cos(k), y.dtype)), tf.float64)
    return total


def continuous(values):
    return [y for y in values if y is not None and (y.dtype.is_floating or y.dtype.is_complex)]


def record(name, out):
    function, arrays = CASES[name]
    args = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as outer:
        outer.watch(args)
        with tf.GradientTape() as inner:
            inner.watch(args)
            ys = tf.nest.flatten(function(tf, *args))
            values = continuous(ys)
            total = loss(values)
        for k, y in enumerate(ys):
            out[f"{name}|y{k}"] = y.numpy()
        gs = inner.gradient(total, args) if values else []
        total = loss(continuous(gs)) if name in SECOND else None
    for k, g in enumerate(gs):
        if g is not None:
            out[f"{name}|g{k}"] = g.numpy()
    if total is not None:
        for k, h in enumerate(outer.gradient(total, args)):
            out[f"{name}|h{k}"] = h.numpy()


def error_of(call):
    try:
        call(tf)
    except ERRORS as error:
        return type(error).__name__
    return "none"


def main():
    found = {}
    for name in CASES:
        try:
            record(name, found)
        except ERRORS as error:
            print(f"{name}: {type(error).__name__} {str(error)[:160]}")
    for name, call in REFUSED.items():
        found[f"{name}|error"] = np.array(error_of(call))
        if str(found[f"{name}|error"]) == "none":
            print(f"{name}: TensorFlow does not refuse this")
    np.savez_compressed(Path(__file__).with_name("linalg.npz"), **found)


if __name__ == "__main__":
    main()
