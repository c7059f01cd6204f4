"""One training step of an embedding of 1,000,000 x 64 with 4,096 ids: what it costs must go with the rows, not with the table."""

from __future__ import annotations

import os

import numpy as np
from _peer import Peer, report, seconds, side_by_side

import gradtape as tf

keras = tf.keras
ROWS, WIDTH, IDS = 1_000_000, 64, 4096
RULES = {
    "SGD": ("SGD(0.1)", "torch.optim.SGD([e.weight], 0.1)"),
    "Adagrad": ("Adagrad(0.1)", "torch.optim.Adagrad([e.weight], 0.1)"),
    "Ftrl": ("Ftrl(0.1)", None),
    "Adam, exact": ("Adam(0.1)", None),
    "Adam, lazy": ("Adam(0.1)", "torch.optim.SparseAdam([e.weight], 0.1)"),
}
TORCH = f"""
import numpy as np, torch
torch.set_num_threads({os.cpu_count()})
e = torch.nn.Embedding({ROWS}, {WIDTH}, sparse=True)
optimizer = RULE
ids = torch.tensor(np.random.default_rng(0).integers(0, {ROWS}, {IDS}))
def step():
    optimizer.zero_grad()
    (e(ids) ** 2).sum().backward()
    optimizer.step()
"""
TENSORFLOW = f"""
import numpy as np, tensorflow as tf, keras
e = keras.layers.Embedding({ROWS}, {WIDTH})
optimizer = keras.optimizers.RULE
ids = tf.constant(np.random.default_rng(0).integers(0, {ROWS}, {IDS}))
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(e(ids) ** 2)
    optimizer.apply(tape.gradient(loss, e.trainable_weights), e.trainable_weights)
"""


def step_of(rule: str, rows: int, way: str = "exact"):
    table = keras.layers.Embedding(rows, WIDTH)
    optimizer = eval(f"keras.optimizers.{rule}")
    optimizer.sparse_updates = way
    ids = tf.constant(np.random.default_rng(0).integers(0, rows, IDS))

    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(table(ids) ** 2.0)
        optimizer.apply(tape.gradient(loss, table.trainable_weights), table.trainable_weights)

    step()
    return step


def main() -> None:
    for name, (rule, torch_rule) in RULES.items():
        way = "lazy" if name.endswith("lazy") else "exact"
        small = min(seconds(step_of(rule, ROWS // 100, way), 5) for _ in range(3))
        peers = (
            {}
            if way == "lazy"
            else {"TensorFlow, Keras": Peer(TENSORFLOW.replace("RULE", rule), warm=2, KERAS_BACKEND="tensorflow")}
        )
        if torch_rule:
            peers["torch, sparse=True"] = Peer(TORCH.replace("RULE", torch_rule), warm=2)
        report(name, side_by_side(step_of(rule, ROWS, way), peers, n=3, rounds=5))
        print(f"  the same with a table of {ROWS // 100:,} rows: {small * 1e6:.1f} us")


if __name__ == "__main__":
    main()
