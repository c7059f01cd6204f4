"""Records TensorFlow's values and gradients of tests/data/conv_cases.py: run in an environment that has TensorFlow 2.21.

    python tests/data/make_conv.py

A gradient is that of sum(y * cos(0, 1, 2, …)) over the float results. What TensorFlow's CPU kernels lack in float64 is recorded in
float32; what they lack altogether (gradients of grouped and dilated convolutions, channels first) is left out and printed.
"""

import os
from functools import reduce
from pathlib import Path

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # its kernels skip checks and have no float64
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from conv_cases import CASES, arrays


def weights(shape):
    return np.cos(np.arange(np.prod(shape))).reshape(shape)


def run(function, values, arguments):
    f = reduce(getattr, function.split("."), tf)
    names = {
        "nn.depthwise_conv2d_backprop_input": ("filter", "out_backprop"),
        "nn.depthwise_conv2d_backprop_filter": ("input", "out_backprop"),
    }
    if function in names:
        return f(**dict(zip(names[function], values, strict=True)), **arguments)
    return f(*values, **arguments)


def record(name, case, dtype, out):
    function, shapes, arguments = case
    values = [tf.constant(a, dtype) for a in arrays(name, shapes)]
    with tf.GradientTape() as tape:
        tape.watch(values)
        ys = tf.nest.flatten(run(function, values, arguments))
        total = sum(tf.reduce_sum(y * tf.constant(weights(y.shape), dtype)) for y in ys if y.dtype.is_floating)
    for k, y in enumerate(ys):
        out[f"{name}|y{k}"] = y.numpy()
    for k, g in enumerate(tape.gradient(total, values)):
        out[f"{name}|g{k}"] = g.numpy()


def main():
    found = {}
    for name, case in CASES.items():
        for dtype in ("float64", "float32"):
            part = {}
            try:
                record(name, case, dtype, part)
            except (tf.errors.OpError, LookupError, ValueError) as error:
                print(f"{name}, {dtype}: {'gradients' if part else 'everything'} missing: {str(error)[:160]}")
            if part:
                found.update(part)
                break
    np.savez_compressed(Path(__file__).with_name("conv.npz"), **found)


main()
