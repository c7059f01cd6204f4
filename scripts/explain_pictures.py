"""Makes the screenshots of docs/guide/explain.md in headless Chromium: python scripts/explain_pictures.py [chromium]"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import gradtape as tf

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "guide" / "pictures"


class Dense(tf.Module):
    def __init__(self, size: int, name: str):
        super().__init__()
        weights = np.random.default_rng(0).normal(size=(size, size)) / np.sqrt(size)
        self.w = tf.Variable(weights.astype(np.float32), name=f"{name}/w")
        self.b = tf.Variable(np.zeros(size, np.float32), name=f"{name}/b")

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        h = tf.matmul(x, self.w) + self.b
        return tf.nn.relu(h)


class Block(tf.Module):
    def __init__(self, size: int, name: str):
        super().__init__()
        self.first, self.second = Dense(size, f"{name}/first"), Dense(size, f"{name}/second")

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        h = x * 0.5
        h = self.second(self.first(h))
        return x + 0.01 * h


def network() -> tuple[tf.GradientTape, tf.Tensor]:
    blocks = [Block(16, f"block{k}") for k in range(222)]
    x = tf.Variable(np.ones((8, 16), np.float32), name="x")
    with tf.GradientTape(persistent=True) as tape:
        h = x
        for block in blocks:
            h = block(h)
        loss = tf.reduce_mean(tf.square(h))
    return tape, loss


def cut(folder: Path) -> Path:
    x, scale = tf.Variable([1.0, 2.0, 3.0], name="x"), tf.Variable(2.0, name="scale")
    with tf.GradientTape(persistent=True) as tape:
        hidden = tf.tanh(x * scale)
        score = tf.exp(hidden) * scale
        chosen = tf.cast(score, tf.int32)
        loss = tf.reduce_sum(tf.cast(chosen, tf.float32) * scale)
    return tape.draw(folder / "cut.html", target=loss, cut=tape.explain(loss, x))


def shoot(chromium: str, page: str, picture: str) -> None:
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1400,860"]
    subprocess.run([chromium, *flags, f"--screenshot={PICTURES / picture}", page], check=True, stderr=subprocess.DEVNULL)


def main(chromium: str = "chromium") -> None:
    folder = Path(tempfile.mkdtemp())
    tape, loss = network()
    print(len(tape.operations), "operations")
    page = tape.draw(folder / "tape.html", target=loss).as_uri()
    shoot(chromium, page, "tape.png")
    shoot(chromium, page + "#block17/second", "search.png")
    shoot(chromium, cut(folder).as_uri(), "cut.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
