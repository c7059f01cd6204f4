"""Peak memory of the backward pass of a 50-layer MLP (512 wide, batch 512), a tape that is not persistent, against PyTorch."""

from __future__ import annotations

import os
import subprocess
import sys

OURS = """
import resource
import numpy as np
import gradtape as tf
rng = np.random.default_rng(0)
ws = [tf.Variable((rng.normal(size=(512, 512)) / 23).astype("f4")) for _ in range(50)]
x = tf.constant(rng.normal(size=(512, 512)).astype("f4"))
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with tf.GradientTape() as t:
    h = x
    for w in ws:
        h = tf.tanh(tf.matmul(h, w))
    loss = tf.reduce_mean(h * h)
del h
t.gradient(loss, ws)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)
"""
TORCH = """
import resource
import numpy as np, torch
rng = np.random.default_rng(0)
ws = [torch.tensor((rng.normal(size=(512, 512)) / 23).astype("f4"), requires_grad=True) for _ in range(50)]
x = torch.tensor(rng.normal(size=(512, 512)).astype("f4"))
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
h = x
for w in ws:
    h = torch.tanh(torch.matmul(h, w))
loss = torch.mean(h * h)
del h
g = torch.autograd.grad(loss, ws)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)
"""


def peak(python: str, code: str, **environment: str) -> int:
    """Growth of the largest resident size in KiB, the least of three runs."""
    env = {**os.environ, **environment}
    runs = [subprocess.run([python, "-c", code], env=env, capture_output=True, text=True, check=True).stdout for _ in range(3)]
    return min(int(r) for r in runs)


def main() -> None:
    ours = peak(sys.executable, OURS)
    theirs = peak(os.environ["GRADTAPE_PEERS"], TORCH, PYTHONPATH="")
    print(
        f"peak of the 50-layer MLP: gradtape {ours / 1024:.0f} MiB, PyTorch {theirs / 1024:.0f} MiB, ratio {ours / theirs:.2f} (budget 1.1)"
    )


if __name__ == "__main__":
    main()
