"""A step of training of an embedding table (1M x 64, of which a step reads 4,096 rows), beside the peers.

sgd: plain descent · adagrad: rows and their accumulators · adam: moments of the rows that a step reads, as torch.optim.SparseAdam has it.
JAX's arrays are given away (donated), so that it may write into them; torch.nn.Embedding has sparse=True.

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
ROUNDS, STEPS = int(os.environ.get("ROUNDS", "9")), 10

DATA = """
import numpy as np
ROWS, WIDTH, COUNT, RATE = 1_000_000, 64, 4096, 0.1
r = np.random.default_rng(0)
table = r.normal(size=(ROWS, WIDTH)).astype("f4") * np.float32(0.1)
all_ids = r.integers(0, ROWS, (16, COUNT))
w, t = r.normal(size=(WIDTH, 1)).astype("f4"), r.normal(size=(COUNT, 1)).astype("f4")
turn = 0
def ids():
    global turn
    turn += 1
    return all_ids[turn % 16]
"""

HEAD = """
table, w, t = tf.Variable(table), tf.Variable(w), tf.constant(t)
all_ids = [tf.constant(k) for k in all_ids]
def gradients(ids, t):
    with tf.GradientTape() as tape:
        y = tf.matmul(tf.tanh(tf.gather(table, ids)), w)
        loss = tf.reduce_mean(tf.square(y - t))
    return loss, tape.gradient(loss, (table, w))
"""
TAIL = "\ndef step(): return run(ids(), t)\n"
TENSORFLOW = {
    "sgd": """
@tf.function(jit_compile=JIT)
def run(ids, t):
    loss, (g, gw) = gradients(ids, t)
    table.scatter_sub(tf.IndexedSlices(RATE * g.values, g.indices))
    w.assign_sub(RATE * gw)
    return loss
""",
    "adagrad": """
sums = tf.Variable(tf.fill([ROWS, WIDTH], 0.1))
@tf.function(jit_compile=JIT)
def run(ids, t):
    loss, (g, gw) = gradients(ids, t)
    sums.scatter_add(tf.IndexedSlices(tf.square(g.values), g.indices))
    scale = tf.sqrt(tf.gather(sums, g.indices)) + 1e-7
    table.scatter_sub(tf.IndexedSlices(RATE * g.values / scale, g.indices))
    w.assign_sub(RATE * gw)
    return loss
""",
    "keras": """
optimizer = tf.keras.optimizers.SGD(RATE)
@tf.function(jit_compile=JIT)
def run(ids, t):
    loss, (g, gw) = gradients(ids, t)
    optimizer.apply_gradients([(g, table), (gw, w)])
    return loss
""",
}
JAX_HEAD = """
import jax, jax.numpy as jnp
from functools import partial
table, w, t = jnp.asarray(table), jnp.asarray(w), jnp.asarray(t)
all_ids = [jnp.asarray(k) for k in all_ids]
def loss_of(rows, w, t): return jnp.mean((jnp.tanh(rows) @ w - t) ** 2)
def gradients(table, w, ids, t): return jax.value_and_grad(loss_of, (0, 1))(table[ids], w, t)
"""
JAX = {
    "sgd": """
@partial(jax.jit, donate_argnums=(0, 1))
def run(table, w, ids, t):
    loss, (g, gw) = gradients(table, w, ids, t)
    return table.at[ids].add(-RATE * g), w - RATE * gw, loss
def step():
    global table, w
    table, w, loss = run(table, w, ids(), t); loss.block_until_ready()
""",
    "adagrad": """
sums = jnp.full((ROWS, WIDTH), 0.1)
@partial(jax.jit, donate_argnums=(0, 1, 2))
def run(table, w, sums, ids, t):
    loss, (g, gw) = gradients(table, w, ids, t)
    sums = sums.at[ids].add(g * g)
    return table.at[ids].add(-RATE * g / (jnp.sqrt(sums[ids]) + 1e-7)), w - RATE * gw, sums, loss
def step():
    global table, w, sums
    table, w, sums, loss = run(table, w, sums, ids(), t); loss.block_until_ready()
""",
}
JAX["keras"] = JAX["sgd"]
TORCH_HEAD = """
import torch
torch.set_num_threads(THREADS)
layer = torch.nn.Embedding(ROWS, WIDTH, sparse=True)
with torch.no_grad(): layer.weight.copy_(torch.tensor(table))
w, t = torch.nn.Parameter(torch.tensor(w)), torch.tensor(t)
all_ids = [torch.tensor(k) for k in all_ids]
"""
TORCH_TAIL = """
def step():
    optimizer.zero_grad()
    torch.mean((torch.tanh(layer(ids())) @ w - t) ** 2).backward()
    optimizer.step()
"""
TORCH = {
    "sgd": f"optimizer = torch.optim.SGD([layer.weight, w], RATE, foreach=False){TORCH_TAIL}",
    "adagrad": f"optimizer = torch.optim.Adagrad([layer.weight, w], RATE, initial_accumulator_value=0.1){TORCH_TAIL}",
}
TORCH["keras"] = TORCH["sgd"]
TF = "import tensorflow as tf\ntf.config.threading.set_intra_op_parallelism_threads(THREADS)\n"


def peers_of(row: str) -> dict[str, str]:
    return {
        "torch": TORCH_HEAD + TORCH[row],
        "jax": JAX_HEAD + JAX[row],
        "tf function": TF + "JIT = False\n" + HEAD + TENSORFLOW[row] + TAIL,
        "tf xla": TF + "JIT = True\n" + HEAD + TENSORFLOW[row] + TAIL,
    }


def main(arguments: list[str]) -> None:
    for row in [r for r in TENSORFLOW if r in arguments] or list(TENSORFLOW):
        space: dict[str, object] = {"tf": gradtape, "JIT": None}
        exec(DATA + HEAD + TENSORFLOW[row] + TAIL, space)
        peers = peers_of(row)
        names = [p for p in peers if p in arguments] or list(peers)
        running = {name: Peer(f"{PIN}THREADS = {THREADS}\n{DATA}{peers[name]}", warm=3) for name in names}
        report(row, side_by_side(space["step"], running, STEPS, ROUNDS))  # type: ignore[arg-type]


main(sys.argv[1:])
