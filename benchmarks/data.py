"""Elements a second of data pipelines, one whole pass a step, beside TensorFlow's tf.data."""

from __future__ import annotations

from _peer import Peer, report, side_by_side

import gradtape as tf

SETUP = """
import numpy as np
rng = np.random.default_rng(0)
images = rng.integers(0, 255, ({count}, 28, 28)).astype("u1")
labels = rng.integers(0, 10, {count})
numbers = np.arange({count})
def scaled(x, y):
    return tf.cast(x, tf.float32) / 255.0, y
def through_python(x, y):
    opaque.append(0)
    opaque.pop()
    return tf.cast(x, tf.float32) / 255.0, y
opaque = []
dataset = {pipeline}
def step():
    for batch in dataset:
        pass
"""
SLICES = "tf.data.Dataset.from_tensor_slices((images, labels))"
PIPELINES = {  # what it is, and how many elements it has
    "slices, shuffle, map, batch, prefetch": (SLICES + ".shuffle(10000).map(scaled).batch(128).prefetch(2)", 60000),
    "the same, parallel map": (
        SLICES + ".shuffle(10000).map(scaled, num_parallel_calls=tf.data.AUTOTUNE).batch(128).prefetch(tf.data.AUTOTUNE)",
        60000,
    ),
    "slices, shuffle, batch": (SLICES + ".shuffle(60000).batch(128)", 60000),
    "slices, map, batch; the map once an element": (SLICES + ".map(through_python).batch(128)", 20000),
    "range, map, filter, one by one": (
        "tf.data.Dataset.from_tensor_slices(numbers).map(lambda x: x + 1).filter(lambda x: x % 2 == 0)",
        20000,
    ),
    "slices one by one": ("tf.data.Dataset.from_tensor_slices(numbers)", 20000),
    "generator, batch": (
        "tf.data.Dataset.from_generator(lambda: iter(numbers), output_signature=tf.TensorSpec([], tf.int64)).batch(32)",
        5000,
    ),
    "slices, cache, shuffle, batch": ("tf.data.Dataset.from_tensor_slices(numbers).cache().shuffle(1000).batch(32)", 20000),
}


def main() -> None:
    for name, (pipeline, count) in PIPELINES.items():
        setup = SETUP.format(pipeline=pipeline, count=count)
        space = {"tf": tf}
        exec(setup, space)
        peer = Peer("import tensorflow as tf\n" + setup, warm=1)
        medians = side_by_side(space["step"], {"TensorFlow": peer}, n=1, rounds=3)
        report(f"{name}, {count} elements", medians)
        print("  elements a second: " + ", ".join(f"{who} {count / t:,.0f}" for who, t in medians.items()))


if __name__ == "__main__":
    main()
