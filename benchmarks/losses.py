"""Activations and losses on (32, 10) float32, forward and backward on a tape, beside PyTorch eager and TensorFlow eager."""

from __future__ import annotations

import numpy as np
from _peer import Peer, report, side_by_side

import gradtape as tf

TORCH = """
import torch, torch.nn.functional as F
torch.set_num_threads(1)
x = torch.randn({rows}, {classes}).requires_grad_()
labels = torch.randint(0, {classes}, ({rows},))
one_hot = F.one_hot(labels, {classes}).float()
def step():
    y = {call}
    torch.autograd.grad(y, x, torch.ones_like(y))
"""
TENSORFLOW = """
import tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads(1)
x = tf.random.normal([{rows}, {classes}])
labels = tf.random.uniform([{rows}], maxval={classes}, dtype=tf.int32)
one_hot = tf.one_hot(labels, {classes})
def step():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = {call}
    tape.gradient(y, x)
"""
ROWS = {  # what it is called in tf, and in PyTorch
    "relu": ("tf.nn.relu(x)", "F.relu(x)"),
    "softmax": ("tf.nn.softmax(x)", "F.softmax(x, -1)"),
    "log_softmax": ("tf.nn.log_softmax(x)", "F.log_softmax(x, -1)"),
    "sparse_softmax_cross_entropy": (
        "tf.nn.sparse_softmax_cross_entropy_with_logits(labels, x)",
        "F.cross_entropy(x, labels, reduction='none')",
    ),
    "softmax_cross_entropy": (
        "tf.nn.softmax_cross_entropy_with_logits(one_hot, x)",
        "F.cross_entropy(x, one_hot, reduction='none')",
    ),
    "sigmoid_cross_entropy": (
        "tf.nn.sigmoid_cross_entropy_with_logits(one_hot, x)",
        "F.binary_cross_entropy_with_logits(x, one_hot, reduction='none')",
    ),
}


def stepper(call: str, rows: int, classes: int):
    rng = np.random.default_rng(0)
    labels = tf.constant(rng.integers(0, classes, rows).astype("i4"))
    x = tf.constant(rng.normal(size=(rows, classes)).astype("f4"))
    space = {"tf": tf, "x": x, "labels": labels, "one_hot": tf.one_hot(labels, classes)}
    run = eval(f"lambda: {call}", space)

    def step():
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = run()
        return tape.gradient(y, x)

    return step


def main(rows: int = 32, classes: int = 10) -> None:
    for name, (ours, theirs) in ROWS.items():
        peers = {
            "PyTorch eager": Peer(TORCH.format(call=theirs, rows=rows, classes=classes)),
            "TensorFlow eager": Peer(TENSORFLOW.format(call=ours, rows=rows, classes=classes)),
        }
        report(f"{name}, ({rows}, {classes})", side_by_side(stepper(ours, rows, classes), peers, n=200))


if __name__ == "__main__":
    main()
