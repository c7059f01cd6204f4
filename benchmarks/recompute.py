"""A residual MLP of 100 layers under a budget of bytes: what the tape holds at most, and the time of a step."""

from __future__ import annotations

import tracemalloc

import numpy as np
from _peer import seconds

import gradtape as tf

LAYERS, WIDTH, BATCH = 100, 256, 512
SHARE = 0.75  # of what all layers keep without a budget


def main() -> None:
    rng = np.random.default_rng(0)
    weights = [
        [tf.Variable(rng.normal(size=(WIDTH, WIDTH)).astype("f4") / WIDTH**0.5 / 4) for _ in range(2)] for _ in range(LAYERS)
    ]
    flat = [w for pair in weights for w in pair]
    x = tf.constant(rng.normal(size=(BATCH, WIDTH)).astype("f4"))

    def layer(h: tf.Tensor, w: tf.Variable, v: tf.Variable) -> tf.Tensor:
        return h + tf.matmul(tf.tanh(tf.matmul(h, w)), v)

    def step(one=layer):
        with tf.GradientTape() as tape:
            h = x
            for w, v in weights:
                h = one(h, w, v)
            loss = tf.reduce_sum(h * h)
            del h
        for w in flat:  # what a gradient gives to its optimizer it need not hold
            tape.add_hook(w, lambda g: None, consume=True)
        tape.gradient(loss, flat)

    def peak(one=layer) -> int:
        step(one)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        step(one)
        found = tracemalloc.get_traced_memory()[1] - before
        tracemalloc.stop()
        return found

    without = peak()
    limit = int(SHARE * without)
    policy = tf.autodiff.save_budget(limit)
    budgeted = tf.recompute_grad(layer, policy=policy)
    held = peak(budgeted)
    nothing = tf.recompute_grad(layer)
    least = peak(nothing)
    for _ in range(2):
        step(), step(budgeted), step(nothing)
    rounds = [(seconds(step, 1), seconds(lambda: step(budgeted), 1), seconds(lambda: step(nothing), 1)) for _ in range(9)]
    plain, some, none = np.median(np.array(rounds), axis=0)
    print(f"without: peak {without / 2**20:.1f} MiB, {plain * 1e3:.1f} ms")
    print(f"budget {limit / 2**20:.1f} MiB: peak {held / 2**20:.1f} MiB ({held / limit:.3f} of it), {some * 1e3:.1f} ms "
          f"({some / plain:.3f} of the time without; budgets 1.05 and 1.35); {policy.report}")  # fmt: skip
    print(f"save_nothing: peak {least / 2**20:.1f} MiB, {none * 1e3:.1f} ms ({none / plain:.3f})")


if __name__ == "__main__":
    main()
