"""The reference step: linear regression of two scalars, raw tape and assign_sub; then with Keras's SGD."""

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


TORCH_SGD = """
import torch
w = torch.zeros((), requires_grad=True); b = torch.zeros((), requires_grad=True)
x = torch.tensor([1., 2., 3.]); y = torch.tensor([1., 2., 4.])
optimizer = torch.optim.SGD([w, b], lr=0.01)
def step():
    optimizer.zero_grad()
    torch.mean(torch.square(y - (w * x + b))).backward()
    optimizer.step()
"""
TENSORFLOW_SGD = """
import tensorflow as tf
w, b = tf.Variable(0.0), tf.Variable(0.0)
x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 2.0, 4.0])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - (w * x + b)))
    optimizer.apply_gradients(zip(tape.gradient(loss, [w, b]), [w, b]))
"""


def make_sgd_step():
    w, b = tf.Variable(0.0), tf.Variable(0.0)
    x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 2.0, 4.0])
    optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - (w * x + b)))
        optimizer.apply_gradients(zip(tape.gradient(loss, [w, b]), [w, b], strict=True))

    return step


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
    peers = {"PyTorch eager, torch.optim.SGD": Peer(TORCH_SGD), "TensorFlow eager, Keras SGD": Peer(TENSORFLOW_SGD)}
    report("reference step with Keras SGD", side_by_side(make_sgd_step(), peers, n=100, rounds=15))
    print("budget of the raw step: 0.55 of PyTorch eager, 0.05 of TensorFlow eager")


if __name__ == "__main__":
    main()
