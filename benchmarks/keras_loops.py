"""Keras's code on several back ends: a custom loop, fit uncompiled, the reference step with Keras's SGD, `import keras`.

Only the back end differs: an MLP 784-128-10 with Adam on batches of 32, nothing compiled.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from time import perf_counter

from _peer import Peer, report, side_by_side
from reference_step import TENSORFLOW_SGD, TORCH_SGD, make_sgd_step

BATCHES = 50
MODEL = f"""
import keras, numpy as np
keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
X, Y = rng.normal(size=({BATCHES} * 32, 784)).astype("float32"), rng.integers(0, 10, {BATCHES} * 32)
layers = keras.layers
model = keras.Sequential([keras.Input((784,)), layers.Dense(128, activation="relu"), layers.Dense(10)])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(1e-3)
"""
TAPED = """
x, y = tf.constant(X[:32]), tf.constant(Y[:32])
def step():
    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=True))
    weights = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(value, weights), weights))
"""
TORCH = """
import torch
x, y = torch.from_numpy(X[:32]), torch.from_numpy(Y[:32])
def step():
    model.zero_grad()
    loss(y, model(x, training=True)).backward()
    weights = model.trainable_variables
    with torch.no_grad():
        optimizer.apply([v.value.grad for v in weights], weights)
"""
FIT = """
model.compile(optimizer=optimizer, loss=loss, run_eagerly=True, jit_compile=False)
def step(): model.fit(X, Y, batch_size=32, epochs=1, verbose=0)
"""
LOOP = """
def epoch():
    for k in range(0, len(X), 32): step_on(tf.constant(X[k:k + 32]), tf.constant(Y[k:k + 32]))
def step_on(x, y):
    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=True))
    weights = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(value, weights), weights))
"""


def made(text: str, name: str):
    """The function `name` that a text for gradtape defines."""
    found: dict = {}
    exec("import gradtape as tf\n" + text, found)
    return found[name]


def import_seconds(python: str, backend: str) -> float:
    code = "from time import perf_counter as t; s = t(); import keras; print(t() - s)"
    env = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    if backend == "gradtape":
        code = code.replace("import keras;", "import gradtape, keras;")
    else:
        env.pop("PYTHONPATH", None)
    return float(subprocess.run([python, "-c", code], env=env, capture_output=True, text=True, check=True).stdout)


def imports(rounds: int = 5) -> dict[str, float]:
    theirs = os.environ.get("GRADTAPE_PEERS", "")
    pythons = {"gradtape": sys.executable, "torch": theirs, "tensorflow": theirs, "jax": theirs}
    times: dict[str, list[float]] = {name: [] for name in pythons}
    for _ in range(rounds):
        for name, python in pythons.items():
            times[name].append(import_seconds(python, name))
    return {name: statistics.median(t) for name, t in times.items()}


def loop_beside_fit(rounds: int = 15) -> None:
    """Our own two ways, over the same batches."""
    ways = {"custom loop": made(MODEL + LOOP, "epoch"), "fit": made(MODEL + FIT, "step")}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = perf_counter()
            way()
            times[name].append((perf_counter() - start) / BATCHES)
    loop, fit = (statistics.median(t[2:]) for t in times.values())
    print(f"gradtape: custom loop {loop * 1e6:.1f} us a step, fit {fit * 1e6:.1f} us a step (ratio {loop / fit:.3f}; budget 1.1)")


def main() -> None:
    torch, tensorflow = {"KERAS_BACKEND": "torch"}, {"KERAS_BACKEND": "tensorflow"}
    peers = {"torch": Peer(MODEL + TORCH, **torch), "TensorFlow": Peer("import tensorflow as tf" + MODEL + TAPED, **tensorflow)}
    report("custom loop", side_by_side(made(MODEL + TAPED, "step"), peers, n=50, rounds=15))
    print("budget: 0.6 of torch, 1/6 of TensorFlow")
    peers = {"torch": Peer(MODEL + FIT, warm=2, **torch), "TensorFlow": Peer(MODEL + FIT, warm=2, **tensorflow)}
    medians = side_by_side(made(MODEL + FIT, "step"), peers, n=1, rounds=11)
    report("fit, run eagerly, a step", {name: seconds / BATCHES for name, seconds in medians.items()})
    print("budget: 0.6 of torch")
    loop_beside_fit()
    peers = {"PyTorch, torch.optim.SGD": Peer(TORCH_SGD), "TensorFlow, Keras SGD": Peer(TENSORFLOW_SGD, **tensorflow)}
    report("reference step with Keras SGD", side_by_side(make_sgd_step(), peers, n=100, rounds=15))
    print("budget: PyTorch's time, 1/10 of TensorFlow's")
    report("import keras", imports())
    print("budget: 0.7 of each")


if __name__ == "__main__":
    main()
