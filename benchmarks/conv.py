"""The convolutional part of a small CNN: 28 x 28 images, conv32 - pool - conv64 - pool, batch 128, forward and backward.

OPENBLAS_NUM_THREADS=1 gives each side one thread: what to use on a machine that does other work, where threads wait for each other.
"""

from __future__ import annotations

import os

import numpy as np
from _peer import Peer, report, side_by_side

import gradtape as tf

THREADS = os.environ.get("OPENBLAS_NUM_THREADS", "2")

TORCH = """
import torch, torch.nn.functional as F
torch.set_num_threads({threads})
x = torch.randn(128, 1, 28, 28)
w1 = torch.randn(32, 1, 3, 3).mul_(0.3).requires_grad_(); w2 = torch.randn(64, 32, 3, 3).mul_(0.06).requires_grad_()
between = torch.randn(128, 32, 14, 14).requires_grad_()
def first(): return F.conv2d(x, w1, padding=1)
def second(): return F.conv2d(between, w2, padding=1)
def pool(): return F.max_pool2d(images, 2)
def trunk(): return F.max_pool2d(F.relu(F.conv2d(F.max_pool2d(F.relu(first()), 2), w2, padding=1)), 2)
images = torch.randn(128, 32, 28, 28).requires_grad_()
def forward(f):
    with torch.no_grad(): f()
def both(f, *sources):
    y = f()
    torch.autograd.grad(y, sources, torch.ones_like(y))
def step(): {step}
"""
TENSORFLOW = """
import tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads({threads})
x = tf.random.normal([128, 28, 28, 1])
w1 = tf.random.normal([3, 3, 1, 32]) * 0.3; w2 = tf.random.normal([3, 3, 32, 64]) * 0.06
between = tf.random.normal([128, 14, 14, 32]); images = tf.random.normal([128, 28, 28, 32])
def first(): return tf.nn.conv2d(x, w1, 1, "SAME")
def second(): return tf.nn.conv2d(between, w2, 1, "SAME")
def pool(): return tf.nn.max_pool2d(images, 2, 2, "VALID")
def trunk():
    y = tf.nn.max_pool2d(tf.nn.relu(first()), 2, 2, "VALID")
    return tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(y, w2, 1, "SAME")), 2, 2, "VALID")
def forward(f): f()
def both(f, *sources):
    with tf.GradientTape() as tape:
        tape.watch(sources)
        y = f()
    tape.gradient(y, sources)
def step(): {step}
"""


def normal(*shape: int) -> tf.Tensor:
    return tf.constant(np.random.default_rng(0).normal(size=shape).astype("f4"))


x, between, images = normal(128, 28, 28, 1), normal(128, 14, 14, 32), normal(128, 28, 28, 32)
w1, w2 = normal(3, 3, 1, 32) * 0.3, normal(3, 3, 32, 64) * 0.06


def first():
    return tf.nn.conv2d(x, w1, 1, "SAME")


def second():
    return tf.nn.conv2d(between, w2, 1, "SAME")


def pool():
    return tf.nn.max_pool2d(images, 2, 2, "VALID")


def trunk():
    y = tf.nn.max_pool2d(tf.nn.relu(first()), 2, 2, "VALID")
    return tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(y, w2, 1, "SAME")), 2, 2, "VALID")


def forward(f):
    f()


def both(f, *sources):
    with tf.GradientTape() as tape:
        tape.watch(sources)
        y = f()
    tape.gradient(y, sources)


ROWS = {
    "first convolution, forward": "forward(first)",
    "first convolution, forward and backward (filters)": "both(first, w1)",
    "second convolution, forward": "forward(second)",
    "second convolution, forward and backward (both)": "both(second, between, w2)",
    "max pooling, forward": "forward(pool)",
    "max pooling, forward and backward": "both(pool, images)",
    "all four and relu, forward": "forward(trunk)",
    "all four and relu, forward and backward": "both(trunk, w1, w2)",
}


def main() -> None:
    for what, step in ROWS.items():
        peers = {
            "PyTorch eager": Peer(TORCH.format(step=step, threads=THREADS), warm=3),
            "TensorFlow eager": Peer(TENSORFLOW.format(step=step, threads=THREADS), warm=3),
        }
        ours = compile(step, "<step>", "eval")
        report(what, side_by_side(lambda code=ours: eval(code), peers, n=3, rounds=9))


if __name__ == "__main__":
    main()
