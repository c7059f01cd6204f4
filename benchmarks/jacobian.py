"""Jacobians and Hessian-vector products in eager mode, and `explain` on a long tape."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
from _peer import Peer, report, side_by_side

import gradtape as tf

ELEMENTWISE = {
    "TensorFlow eager": """
import numpy as np, tensorflow as tf
x = tf.constant(np.linspace(-1, 1, 16).astype("f4"))
def step():
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.tanh(x) * tf.exp(x) + x
    t.jacobian(y, x)
""",
    "torch.func.jacrev": """
import torch
x = torch.linspace(-1, 1, 16)
jac = torch.func.jacrev(lambda x: torch.tanh(x) * torch.exp(x) + x)
def step(): jac(x)
""",
}
LAYER = {
    "TensorFlow eager": """
import numpy as np, tensorflow as tf
rng = np.random.default_rng(0)
w, x = tf.constant(rng.normal(size=(128, 128)).astype("f4") / 11), tf.constant(rng.normal(size=(1, 128)).astype("f4"))
def step():
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.tanh(x @ w)
    t.jacobian(y, x)
""",
    "torch.func.jacrev": """
import torch
w, x = torch.randn(128, 128) / 11, torch.randn(1, 128)
jac = torch.func.jacrev(lambda x: torch.tanh(x @ w))
def step(): jac(x)
""",
}
PRODUCT = {
    "PyTorch eager": """
import torch
a, b = torch.randn(256, 256) / 16, torch.randn(256, 256) / 16
x, v = torch.randn(1, 256, requires_grad=True), torch.randn(1, 256)
def step():
    y = (torch.tanh(x @ a) @ b).square().sum()
    g, = torch.autograd.grad(y, x, create_graph=True)
    torch.autograd.grad((g * v).sum(), x)
""",
    "TensorFlow eager": """
import numpy as np, tensorflow as tf
rng = np.random.default_rng(0)
a, b = (tf.constant(rng.normal(size=(256, 256)).astype("f4") / 16) for _ in range(2))
x, v = (tf.constant(rng.normal(size=(1, 256)).astype("f4")) for _ in range(2))
def step():
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(tf.square(tf.tanh(x @ a) @ b))
        s = tf.reduce_sum(inner.gradient(y, x) * v)
    outer.gradient(s, x)
""",
}


def peers(setups: dict[str, str]) -> dict[str, Peer]:
    return {name: Peer(setup, warm=2) for name, setup in setups.items()}


def jacobian_of(f: Callable, x: tf.Tensor) -> Callable:
    def step() -> tf.Tensor:
        with tf.GradientTape() as t:
            t.watch(x)
            y = f(x)
        return t.jacobian(y, x)

    return step


def random(*shape: int) -> tf.Tensor:
    return tf.constant(np.random.default_rng(0).normal(size=shape).astype("f4") / shape[0] ** 0.5)


def reverse_over_reverse(f: Callable, x: tf.Tensor, v: tf.Tensor) -> Callable:
    def step() -> tf.Tensor:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = f(x)
            s = tf.reduce_sum(inner.gradient(y, x) * v)
        return outer.gradient(s, x)

    return step


def forward_over_reverse(f: Callable, x: tf.Tensor, v: tf.Tensor) -> Callable:
    def step() -> tf.Tensor:
        with tf.autodiff.ForwardAccumulator(x, v) as acc:
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = f(x)
            g = tape.gradient(y, x)
        return acc.jvp(g)

    return step


def explained(n: int) -> float:
    x = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = x
        for _ in range(n):
            y = y * 1.0
        z = tf.round(y) * 2.0
    start = perf_counter()
    assert tape.explain(y, x).connected and tape.explain(z, x).cause == "round"
    return (perf_counter() - start) / 2


def main() -> None:
    step = jacobian_of(lambda x: tf.tanh(x) * tf.exp(x) + x, tf.constant(np.linspace(-1, 1, 16).astype("f4")))
    report("16-element Jacobian", side_by_side(step, peers(ELEMENTWISE), n=5, rounds=7))
    w = random(128, 128)
    report(
        "128 -> 128 tanh layer", side_by_side(jacobian_of(lambda x: tf.tanh(x @ w), random(1, 128)), peers(LAYER), n=5, rounds=7)
    )
    print("budgets: 0.5 of torch.func.jacrev, 0.02 of TensorFlow eager")
    a, b, x, v = random(256, 256), random(256, 256), random(1, 256), random(1, 256)

    def f(x: tf.Tensor) -> tf.Tensor:
        return tf.reduce_sum(tf.square(tf.tanh(x @ a) @ b))

    for name, way in (("reverse over reverse", reverse_over_reverse), ("forward over reverse", forward_over_reverse)):
        report(f"Hessian-vector product, {name}", side_by_side(way(f, x, v), peers(PRODUCT), n=20, rounds=9))
    print("budget: 0.8 of PyTorch eager")
    print(f"explain on a tape of 100,000 operations: {explained(100_000):.3f} s (budget: 1 s)")


if __name__ == "__main__":
    main()
