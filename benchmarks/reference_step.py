"""The reference step: linear regression of two scalars, raw tape and assign_sub, no optimizer."""

from __future__ import annotations

from _peer import Peer, report, side_by_side

import gradtape as tf

TORCH = """
import torch
w = torch.zeros((), requires_grad=True); b = torch.zeros((), requires_grad=True)
x = torch.tensor([1., 2., 3.]); y = torch.tensor([1., 2., 4.])
def step():
    loss = torch.mean(torch.square(y - (w * x + b)))
    gw, gb = torch.autograd.grad(loss, (w, b))
    with torch.no_grad():
        w.sub_(0.01 * gw); b.sub_(0.01 * gb)
"""
TENSORFLOW = """
import tensorflow as tf
w, b = tf.Variable(0.0), tf.Variable(0.0)
x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 2.0, 4.0])
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - (w * x + b)))
    gw, gb = tape.gradient(loss, [w, b])
    w.assign_sub(0.01 * gw)
    b.assign_sub(0.01 * gb)
"""


def make_step():
    w, b = tf.Variable(0.0), tf.Variable(0.0)
    x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 2.0, 4.0])

    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - (w * x + b)))
        gw, gb = tape.gradient(loss, [w, b])
        w.assign_sub(0.01 * gw)
        b.assign_sub(0.01 * gb)

    return step


def main() -> None:
    peers = {"PyTorch eager": Peer(TORCH), "TensorFlow eager": Peer(TENSORFLOW)}
    report("reference step", side_by_side(make_step(), peers, n=200, rounds=25))
    print("budget: 0.55 of PyTorch eager, 0.05 of TensorFlow eager")


if __name__ == "__main__":
    main()
