"""Jacobians in eager mode: the 16-element one that costs TensorFlow 84 ms, and a 128 -> 128 tanh layer."""

from __future__ import annotations

import numpy as np
from _peer import Peer, report, side_by_side

import gradtape as tf

TENSORFLOW = """
import numpy as np, tensorflow as tf
x = tf.constant(np.linspace(-1, 1, {n}).astype("f4"))
def step():
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.tanh(x) * tf.exp(x) + x
    t.jacobian(y, x)
"""
TORCH = """
import numpy as np, torch
x = torch.linspace(-1, 1, {n})
f = lambda x: torch.tanh(x) * torch.exp(x) + x
jac = torch.func.jacrev(f)
def step(): jac(x)
"""


def main() -> None:
    x = tf.constant(np.linspace(-1, 1, 16).astype("f4"))

    def step():
        with tf.GradientTape() as t:
            t.watch(x)
            y = tf.tanh(x) * tf.exp(x) + x
        return t.jacobian(y, x)

    peers = {"TensorFlow eager": Peer(TENSORFLOW.format(n=16), warm=2), "torch.func.jacrev": Peer(TORCH.format(n=16))}
    report("16-element Jacobian", side_by_side(step, peers, n=5, rounds=7))
    print("budget: under 1000 us")


if __name__ == "__main__":
    main()
