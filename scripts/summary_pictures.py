"""Makes the pictures of docs/guide/summaries.md: python scripts/summary_pictures.py [chromium]

A network for handwritten digits trains while the watcher looks on; TensorBoard shows what was written, in headless Chromium.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

import gradtape as tf

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.board import started  # noqa: E402

PICTURES = ROOT / "docs" / "guide" / "pictures"
PAGES = {
    "board_scalars": "scalars&tagFilter=loss%7Cupdate_ratio%7Cdead_units.*kernel&_smoothingWeight=0",
    "board_graph": "graphs",
    "board_histograms": "histograms",
}


class Dense(tf.Module):
    def __init__(self, rng: np.random.Generator, inputs: int, outputs: int, name: str):
        super().__init__()
        weights = rng.normal(size=(inputs, outputs)) * np.sqrt(2.0 / inputs)
        self.name_of = name
        self.kernel = tf.Variable(weights.astype("float32"), name=f"{name}/kernel")
        self.bias = tf.Variable(tf.zeros([outputs]), name=f"{name}/bias")

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        with tf.debugging.region(self.name_of):
            return tf.matmul(x, self.kernel) + self.bias


def train(folder: str) -> tf.debugging.Watcher:
    digits, rng = load_digits(), np.random.default_rng(0)
    images, labels = (digits.data / 16.0).astype("float32"), digits.target.astype("int64")
    layers = [Dense(rng, 64, 48, "first"), Dense(rng, 48, 32, "second"), Dense(rng, 32, 10, "logits")]
    layers[1].bias.assign(tf.fill([32], -1.5))  # most units of the second layer begin dead
    variables = [v for layer in layers for v in (layer.kernel, layer.bias)]
    optimizer = tf.keras.optimizers.Adam(0.005)
    writer = tf.summary.create_file_writer(folder)
    watcher = tf.debugging.Watcher(writer, every=20)
    with writer.as_default():
        for step in range(400):
            batch = rng.integers(0, len(labels), 64)
            with tf.GradientTape() as tape:
                h = tf.nn.relu(layers[0](images[batch]))
                h = tf.nn.relu(layers[1](h))
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels[batch], logits=layers[2](h))
                loss = tf.reduce_mean(losses)
            if step == 0:
                tf.summary.graph(tape)
            watcher.observe(tape, variables)
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
            if step % 20 == 0:
                tf.summary.scalar("loss", loss, step=step)
                tf.summary.image("digits", images[batch][:3].reshape(3, 8, 8, 1), step=step)
    watcher.close()
    writer.close()
    return watcher


def shoot(chromium: str, page: str, picture: str) -> None:
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1080,720"]
    flags += ["--virtual-time-budget=20000"]
    subprocess.run([chromium, *flags, f"--screenshot={PICTURES / picture}", page], check=True, stderr=subprocess.DEVNULL)


def main(chromium: str = "chromium") -> None:
    os.chdir(tempfile.mkdtemp())  # TensorBoard shows the folder's name
    train("logs/run").save_svg(PICTURES / "watcher.svg")
    with started("logs") as board:
        for name, place in PAGES.items():
            shoot(chromium, f"{board.url}#{place}", f"{name}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
