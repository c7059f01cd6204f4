"""Compiled by tf.function: Python loops and branches on tensors, an input signature, and a gradient through a Newton iteration."""

import numpy as np
import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([], tf.int32)])
def roots(a, steps):
    """Square roots by Newton's method, in a loop whose length is a tensor."""
    x = tf.ones_like(a)
    for _ in tf.range(steps):
        x = 0.5 * (x + a / x)
    return x


@tf.function
def collatz(n):
    count = tf.constant(0)
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        count += 1
    return count


@tf.function
def clipped_sum(values, limit):
    total = tf.constant(0.0)
    for v in values:
        if total + v > limit:
            break
        total += v
    return total


a = tf.constant([2.0, 9.0, 0.25])
with tf.GradientTape() as tape:
    tape.watch(a)
    y = roots(a, tf.constant(8))
print(y.numpy().round(5).tolist(), tape.gradient(y, a).numpy().round(5).tolist())
print([int(collatz(tf.constant(n))) for n in (1, 6, 27)])
print(float(clipped_sum(tf.constant([1.0, 2.0, 3.0, 4.0]), tf.constant(6.5))))


@tf.function
def powers(x):
    rows = tf.TensorArray(tf.float32, size=5)
    value = tf.ones_like(x)
    for k in range(5):
        rows = rows.write(k, value)
        value = value * x
    return rows.stack()


print(powers(tf.constant([2.0, 3.0])).numpy().tolist())
traces = []


@tf.function
def traced(x):
    traces.append(x.shape)
    return tf.reduce_sum(x)


print([float(traced(tf.ones(n))) for n in (2, 3, 2)], len(traces), np.allclose(tf.autograph.to_graph(lambda v: v + 1)(1), 2))
