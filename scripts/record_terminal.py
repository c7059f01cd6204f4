"""Records `check` and `compare` in a terminal: docs/pictures/check_and_compare.cast (asciinema) and .svg.

    GRADTAPE_PEERS=/path/to/python-with-tensorflow python scripts/record_terminal.py

The commands really run; the times are theirs, except that typing is drawn. The SVG shows the last screen, by rich.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.text import Text

from gradtape.dropin import compare

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT, TYPING, THINKING = 112, 34, 0.045, 0.8
PROMPT = "\x1b[32m$\x1b[0m "
# The program that the commands are shown on: one spelling of Keras 2, one name that is absent, and a loop that prints.
PROGRAM = """import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 3)).astype("float32")
y = tf.constant(x @ [[1.0], [-2.0], [0.5]], tf.float32)
layer = tf.keras.layers.Dense(1, kernel_initializer="zeros", input_dim=3)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.1)
for step in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(layer(x) - y))
    gradients = tape.gradient(loss, layer.trainable_variables)
    optimizer.apply_gradients(zip(gradients, layer.trainable_variables))
    if step % 20 == 19:
        print(f"step {step + 1}: loss = {loss.numpy():.6f}")
"""
EXPORT = (
    PROGRAM
    + '\nif __name__ == "__main__" and "--export" in __import__("sys").argv:\n    tf.lite.TFLiteConverter.from_keras_model(layer)\n'
)


class Screen:
    """The events of an asciinema recording, version 2."""

    def __init__(self) -> None:
        self.clock, self.events = 0.0, []

    def show(self, text: str, after: float) -> None:
        self.clock += after
        self.events.append([round(self.clock, 3), "o", text.replace("\n", "\r\n")])

    def type(self, command: str) -> None:
        self.show(PROMPT, THINKING)
        for letter in command:
            self.show(letter, TYPING)
        self.show("\n", TYPING * 4)

    def text(self) -> str:
        return "".join(event[2] for event in self.events).replace("\r\n", "\n")


def main() -> None:
    screen = Screen()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "train.py").write_text(EXPORT, encoding="utf-8")
        for words in (["check", "train.py"], ["compare", "train.py"]):
            screen.type(f"python -m gradtape {' '.join(words)}")
            run(screen, [sys.executable, "-m", "gradtape", *words], folder)
    screen.show(PROMPT, THINKING)
    PICTURES.mkdir(parents=True, exist_ok=True)
    write_cast(screen, PICTURES / "check_and_compare.cast")
    write_svg(screen, PICTURES / "check_and_compare.svg")
    print(screen.text())


def run(screen: Screen, command: list[str], folder: str) -> None:
    """What a command prints, when it prints it."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    assert process.stdout is not None
    for line in process.stdout:
        now = time.perf_counter()
        screen.show(line.replace(os.environ.get(compare.PEERS, "\0"), "/tensorflow/bin/python"), now - begin)
        begin = now
    process.wait()


def write_cast(screen: Screen, path: Path) -> None:
    header = {
        "version": 2,
        "width": WIDTH,
        "height": HEIGHT,
        "title": "gradtape: check and compare",
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(header), *(json.dumps(event, ensure_ascii=False) for event in screen.events)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_svg(screen: Screen, path: Path) -> None:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(screen.text().rstrip("\n")), soft_wrap=False)
    picture = console.export_svg(title="gradtape", unique_id="gradtape")
    path.write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL), encoding="utf-8")  # no fonts from the network


if __name__ == "__main__":
    main()
