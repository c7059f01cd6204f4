"""Resident memory over 20,000 steps of the digits loop (examples/digits.py's step), with the cycle collector on and off."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
import digits

import gradtape as tf

WARM, STEPS = 2000, 20_000


def resident() -> float:
    """MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


def main() -> None:
    rng = np.random.default_rng(0)
    images = rng.random((320, 64), dtype=np.float32)
    labels = rng.integers(0, 10, 320)
    model, optimizer = digits.Classifier(64), tf.keras.optimizers.Adam(1e-3)

    def run(steps: int) -> None:
        for k in range(steps):
            rows = slice(32 * (k % 10), 32 * (k % 10) + 32)
            digits.train_step(model, optimizer, images[rows], labels[rows])

    for collector in ("on", "off"):
        (gc.enable if collector == "on" else gc.disable)()
        run(WARM)
        before = resident()
        run(STEPS)
        print(
            f"{STEPS} steps, cycle collector {collector}: {resident() - before:+.2f} MiB on {before:.0f} MiB (budget +- 2)",
            flush=True,
        )


if __name__ == "__main__":
    main()
