"""A step of training of an LSTM (64 steps of time, 128 inputs, 128 units, batch 32, plain descent), written in four ways, beside the peers.

scan: tf.scan · while: tf.while_loop with TensorArrays · unrolled: a Python loop · keras: keras.layers.LSTM in a compiled step.
The peers run torch.nn.LSTM, jax.lax.scan, and the same tf.while_loop in a tf.function with and without XLA.

THREADS=1 holds every process to one processor and counts processor time, as in compiled.py. Names of rows or peers as arguments choose.
"""

from __future__ import annotations

import os
import sys

THREADS = int(os.environ.get("THREADS", "2"))
if THREADS == 1:
    os.environ["GRADTAPE_CLOCK"] = "process_time"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ.setdefault("OMP_NUM_THREADS", str(THREADS))

import numpy as np  # noqa: E402, F401
from _peer import Peer, report, side_by_side  # noqa: E402

import gradtape  # noqa: E402

PIN = f"import os; os.sched_setaffinity(0, {set(os.sched_getaffinity(0))})\n" if THREADS == 1 else ""
ROUNDS, STEPS = int(os.environ.get("ROUNDS", "9")), 3

DATA = """
import numpy as np
T, BATCH, INPUTS, UNITS, RATE = 64, 32, 128, 128, 0.01
r = np.random.default_rng(0)
def n(*s, k=1.0): return (r.normal(size=s) * k).astype("f4")
weights = [n(INPUTS, 4 * UNITS, k=.08), n(UNITS, 4 * UNITS, k=.08), n(4 * UNITS, k=.1), n(UNITS, 10, k=.1)]
sequence, labels = n(T, BATCH, INPUTS), r.integers(0, 10, BATCH)
"""

CELL = """
W = [tf.Variable(v) for v in weights]
sequence, labels = tf.constant(sequence), tf.constant(labels)
def cell(h, c, x):
    i, f, g, o = tf.split(tf.matmul(x, W[0]) + tf.matmul(h, W[1]) + W[2], 4, axis=1)
    c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
    return tf.sigmoid(o) * tf.tanh(c), c
@tf.function(jit_compile=JIT)
def run(sequence, labels):
    with tf.GradientTape() as tape:
        logits = tf.matmul(last_state(sequence), W[3])
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    for v, g in zip(W, tape.gradient(loss, W)): v.assign_sub(RATE * g)
    return loss
def step(): return run(sequence, labels)
"""
LOOPS = {
    "scan": """
def last_state(sequence):
    zeros = tf.zeros([BATCH, UNITS])
    return tf.scan(lambda s, x: cell(s[0], s[1], x), sequence, (zeros, zeros))[0][-1]
""",
    "while": """
def last_state(sequence):
    zeros = tf.zeros([BATCH, UNITS])
    out = tf.TensorArray(tf.float32, T)
    def body(t, h, c, out):
        h, c = cell(h, c, sequence[t])
        return t + 1, h, c, out.write(t, h)
    return tf.while_loop(lambda t, *_: t < T, body, (0, zeros, zeros, out), maximum_iterations=T)[3].stack()[-1]
""",
    "unrolled": """
def last_state(sequence):
    h = c = tf.zeros([BATCH, UNITS])
    for t in range(T): h, c = cell(h, c, sequence[t])
    return h
""",
}
KERAS = """
import os
os.environ["KERAS_BACKEND"] = "gradtape"
layer = tf.keras.layers.LSTM(UNITS)
output = tf.keras.layers.Dense(10, use_bias=False)
sequence, labels = tf.constant(np.moveaxis(sequence, 0, 1)), tf.constant(labels)
output(layer(sequence))
layer.set_weights(weights[:3])
output.set_weights(weights[3:])
W = [v.value for v in layer.trainable_variables + output.trainable_variables]
@tf.function
def run(sequence, labels):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, output(layer(sequence))))
    for v, g in zip(W, tape.gradient(loss, W)): v.assign_sub(RATE * g)
    return loss
def step(): return run(sequence, labels)
"""
TASKS = {**{name: text + CELL for name, text in LOOPS.items()}, "keras": KERAS}

JAX = """
import jax, jax.numpy as jnp
from functools import partial
W = [jnp.asarray(v) for v in weights]
sequence, labels = jnp.asarray(sequence), jnp.asarray(labels)
def loss_of(W, xs, labels):
    def cell(state, x):
        h, c = state
        i, f, g, o = jnp.split(x @ W[0] + h @ W[1] + W[2], 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h
    zeros = jnp.zeros((BATCH, UNITS))
    h = jax.lax.scan(cell, (zeros, zeros), xs)[1][-1]
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(h @ W[3]), labels[:, None], 1))
@partial(jax.jit, donate_argnums=0)
def run(W, xs, labels):
    loss, g = jax.value_and_grad(loss_of)(W, xs, labels)
    return [v - RATE * d for v, d in zip(W, g)], loss
def step():
    global W
    W, loss = run(W, sequence, labels); loss.block_until_ready()
"""
TORCH = """
import torch
torch.set_num_threads(THREADS)
layer, output = torch.nn.LSTM(INPUTS, UNITS), torch.nn.Linear(UNITS, 10, bias=False)
with torch.no_grad():
    layer.weight_ih_l0.copy_(torch.tensor(weights[0].T)); layer.weight_hh_l0.copy_(torch.tensor(weights[1].T))
    layer.bias_ih_l0.copy_(torch.tensor(weights[2])); layer.bias_hh_l0.zero_(); output.weight.copy_(torch.tensor(weights[3].T))
layer.bias_hh_l0.requires_grad_(False)
optimizer = torch.optim.SGD([p for p in (*layer.parameters(), *output.parameters()) if p.requires_grad], RATE, foreach=True)
sequence, labels = torch.tensor(sequence), torch.tensor(labels)
def step():
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(output(layer(sequence)[0][-1]), labels).backward()
    optimizer.step()
"""
TF = "import tensorflow as tf\ntf.config.threading.set_intra_op_parallelism_threads(THREADS)\n"
PEERS = {
    "torch": TORCH,
    "jax": JAX,
    "tf function": f"{TF}JIT = False\n{TASKS['while']}",
    "tf xla": f"{TF}JIT = True\n{TASKS['while']}",
}


def ours(row: str) -> dict[str, object]:
    space: dict[str, object] = {"tf": gradtape, "JIT": None, "THREADS": THREADS}
    exec(DATA + TASKS[row], space)
    return space


def main(arguments: list[str]) -> None:
    rows = [r for r in TASKS if r in arguments] or list(TASKS)
    peers = [p for p in PEERS if p in arguments] or list(PEERS)
    for row in rows:
        space = ours(row)
        running = {name: Peer(f"{PIN}THREADS = {THREADS}\n{DATA}{PEERS[name]}", warm=3) for name in peers}
        report(row, side_by_side(space["step"], running, STEPS, ROUNDS))  # type: ignore[arg-type]


main(sys.argv[1:])
