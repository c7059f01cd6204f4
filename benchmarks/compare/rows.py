"""Who is measured, and on what: a row gives each library one text that defines step()."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from _peer import Peer

from . import networks, sequences, small

THREADS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
ROUNDS = 7
SECONDS = 0.25  # a round of one contender takes about so long

TF = f"import tensorflow as tf\ntf.config.threading.set_intra_op_parallelism_threads({THREADS})\n"
TORCH = f"import torch, torch.nn.functional as F\ntorch.set_num_threads({THREADS})\n"


class Contender(NamedTuple):
    head: str
    text: int  # which of a row's texts it runs: TensorFlow's, PyTorch's, JAX's
    own: bool = False


CONTENDERS = {
    "gradtape function": Contender("import gradtape as tf\ncompiled = tf.function\n", 0, True),
    "gradtape eager": Contender("import gradtape as tf\ncompiled = lambda f: f\n", 0, True),
    "TensorFlow eager": Contender(TF + "compiled = lambda f: f\n", 0),
    "TensorFlow function": Contender(TF + "compiled = tf.function\n", 0),
    "TensorFlow XLA": Contender(TF + "compiled = tf.function(jit_compile=True)\n", 0),
    "PyTorch eager": Contender(TORCH + "compiled = lambda f: f\n", 1),
    "PyTorch compile": Contender(TORCH + "compiled = torch.compile\n", 1),
    "JAX jit": Contender("import jax, jax.numpy as jnp\nfrom jax import lax\nfrom functools import partial\n", 2),
}


class Row(NamedTuple):
    title: str
    texts: tuple[str, str, str]
    goal: float  # of gradtape's compiled step to the fastest peer's
    memory: bool = False
    left_out: tuple[str, ...] = ()


def of_small(task: str, batch: int = 1) -> tuple[str, str, str]:
    start = f"BATCH = {batch}\n{small.DATA}"
    return start + small.TENSORFLOW[task], start + small.TORCH[task], start + small.JAX[task]


ROWS: dict[str, Callable[[], Row]] = {
    "linear": lambda: Row("linear regression, 2 scalars", of_small("linear"), 0.35),
    "mlp32": lambda: Row("MLP 784-128-10, Adam, batch 32", of_small("mlp", 32), 0.5),
    "mlp256": lambda: Row("MLP 784-128-10, Adam, batch 256", of_small("mlp", 256), 0.55),
    "cnn32": lambda: Row("CNN on 28 x 28, batch 32", networks.cnn(32), 0.7),
    "cnn128": lambda: Row("CNN on 28 x 28, batch 128", networks.cnn(128), 0.65, memory=True),
    "transformer": lambda: Row("transformer, 2 layers", networks.transformer(), 0.65, memory=True),
    "hvp": lambda: Row("Hessian-vector product, 256", of_small("hvp"), 0.7, left_out=("PyTorch compile",)),
    "fused": lambda: Row("gradient of a formula, 1M elements", of_small("fused"), 0.75),
    "lstm": lambda: Row("LSTM, 64 steps, 128 units, batch 32", sequences.lstm(), 0.7),
    "embedding": lambda: Row("embedding 1M x 64, 4,096 rows", sequences.embedding(), 0.6),
}


def measured(name: str, chosen: Sequence[str]) -> dict[str, dict[str, object]]:
    """Medians of interleaved rounds in seconds a step, and where the row wants it memory in MiB, by contender."""
    row = ROWS[name]()
    present = {who: c for who, c in CONTENDERS.items() if who in chosen and who not in row.left_out}
    peers = {who: Peer(c.head + row.texts[c.text], warm=3, own=c.own) for who, c in present.items()}
    counts: dict[str, int] = {}
    for who, peer in peers.items():
        first = min(peer.seconds(2), peer.seconds(3))
        counts[who] = max(1, min(2000, round(SECONDS / first)))
    times: dict[str, list[float]] = {who: [] for who in peers}
    for _ in range(ROUNDS):
        for who, peer in peers.items():
            times[who].append(peer.seconds(counts[who]))
    out: dict[str, dict[str, object]] = {"seconds": {who: statistics.median(t) for who, t in times.items()}}
    if row.memory:
        out["memory"] = {who: peer.memory() for who, peer in peers.items()}
    for peer in peers.values():
        peer.close()
    return out
