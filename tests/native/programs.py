"""Random programs: what a seed stands for is a list of steps, so that a failure prints as a program and shrinks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import gradtape as tf

SHAPES = [(), (1,), (4,), (3, 4), (4, 3), (1, 4), (2, 3, 4), (3, 1), (5, 17), (17,), (2, 32), (64,), (40, 12), (6, 4, 10)]
UNARY = ["tanh", "exp", "sigmoid", "abs", "square", "negative", "sin"]
BINARY = ["add", "subtract", "multiply", "maximum", "minimum", "math.squared_difference"]


class Program:
    """`steps` are lines of Python over the values v[0], v[1], ...; the first `inputs` of them are given."""

    def __init__(self, seed: int, length: int = 12, shapes: list[Any] = SHAPES, most: int = 6000):
        self.rng = np.random.default_rng(seed)
        self.shapes: list[tuple[int, ...]] = []
        self.steps: list[str] = []
        self.most = most
        count = int(self.rng.integers(1, 4))
        self.inputs = [self.choice(shapes) for _ in range(count)]
        self.shapes += self.inputs
        while len(self.steps) < length:
            self.extend()
        self.results = sorted({len(self.shapes) - 1, *(int(i) for i in self.rng.integers(0, len(self.shapes), 3))})
        self.gradient = bool(self.rng.random() < 0.6)

    def choice(self, options: list[Any]) -> Any:
        return options[int(self.rng.integers(len(options)))]

    def extend(self) -> None:
        makers = [
            self.unary,
            self.unary,
            self.binary,
            self.binary,
            self.binary,
            self.reduce,
            self.view,
            self.view,
            self.joined,
            self.row,
        ]
        line, shape = self.choice(makers)()
        if line and math.prod(shape) <= self.most:
            self.steps.append(line)
            self.shapes.append(shape)

    def pick(self) -> int:
        recent = len(self.shapes) - 1 - int(self.rng.integers(0, min(4, len(self.shapes))))
        return recent if self.rng.random() < 0.7 else int(self.rng.integers(len(self.shapes)))

    def unary(self) -> tuple[str, tuple[int, ...]]:
        i = self.pick()
        x = f"v[{i}]"
        line = f"tf.{self.choice(UNARY)}({x})" if self.rng.random() < 0.7 else f"{x} * {float(self.rng.normal()):.3f}"
        return (line if "exp" not in line else f"tf.exp(-tf.abs({x}))"), self.shapes[i]

    def binary(self) -> tuple[str, tuple[int, ...]]:
        i, j = self.pick(), self.pick()
        try:
            shape = np.broadcast_shapes(self.shapes[i], self.shapes[j])
        except ValueError:
            return "", ()
        if self.rng.random() < 0.15:
            return f"tf.where(v[{i}] > v[{j}], v[{i}], v[{j}] * 0.5)", shape
        return f"tf.{self.choice(BINARY)}(v[{i}], v[{j}])", shape

    def reduce(self) -> tuple[str, tuple[int, ...]]:
        i = self.pick()
        shape = self.shapes[i]
        if not shape:
            return "", ()
        axes = sorted({int(a) for a in self.rng.integers(0, len(shape), int(self.rng.integers(1, len(shape) + 1)))})
        keep = bool(self.rng.random() < 0.5)
        out = (
            tuple(1 if k in axes else n for k, n in enumerate(shape))
            if keep
            else tuple(n for k, n in enumerate(shape) if k not in axes)
        )
        name = self.choice(
            ["reduce_sum", "reduce_mean", "reduce_mean", "reduce_max", "reduce_min", "math.reduce_variance", "reduce_logsumexp"]
        )
        return f"tf.{name}(v[{i}], {axes}, keepdims={keep})", out

    def view(self) -> tuple[str, tuple[int, ...]]:
        i = self.pick()
        shape = self.shapes[i]
        kind = self.choice(["reshape", "transpose", "slice", "pad", "reverse", "tile"])
        if not shape:
            return f"tf.reshape(v[{i}], [1])", (1,)
        if kind == "reshape":
            out = self.choice([(math.prod(shape),), shape[::-1], (1, *shape), (*shape[:-1], 1, shape[-1])])
            return f"tf.reshape(v[{i}], {list(out)})", out
        if kind == "transpose":
            perm = [int(p) for p in self.rng.permutation(len(shape))]
            return f"tf.transpose(v[{i}], {perm})", tuple(shape[p] for p in perm)
        if kind == "slice" and shape[-1] > 2:
            return f"v[{i}][..., 1::2]", (*shape[:-1], len(range(1, shape[-1], 2)))
        if kind == "pad":
            return f"tf.pad(v[{i}], {[[1, 2]] + [[0, 0]] * (len(shape) - 1)})", (shape[0] + 3, *shape[1:])
        if kind == "reverse":
            return f"tf.reverse(v[{i}], [0])", shape
        return f"tf.tile(v[{i}], {[2] + [1] * (len(shape) - 1)})", (2 * shape[0], *shape[1:])

    def joined(self) -> tuple[str, tuple[int, ...]]:
        i = self.pick()
        same = [j for j, s in enumerate(self.shapes) if s == self.shapes[i]]
        j = self.choice(same)
        if not self.shapes[i]:
            return f"tf.stack([v[{i}], v[{j}]])", (2,)
        return f"tf.concat([v[{i}], v[{j}]], 0)", (2 * self.shapes[i][0], *self.shapes[i][1:])

    def row(self) -> tuple[str, tuple[int, ...]]:
        i = self.pick()
        shape = self.shapes[i]
        if len(shape) < 1:
            return "", ()
        line = self.choice(["tf.nn.softmax(v[{i}])", "tf.nn.log_softmax(v[{i}])", "tf.gather(v[{i}], [0, {n}, 0])", "v[{i}] - tf.reduce_mean(v[{i}], -1, keepdims=True)",
                            "v[{i}] * tf.cast(tf.argmax(v[{i}], 0), v[{i}].dtype)", "tf.matmul(tf.reshape(v[{i}], [1, -1]), tf.reshape(v[{i}], [-1, 1]))"])  # fmt: skip
        out = (3, *shape[1:]) if "gather" in line else (1, 1) if "matmul" in line else shape
        return line.format(i=i, n=shape[0] - 1), out

    # -- running ------------------------------------------------------------------------------------------------
    def __call__(self, *inputs: Any) -> list[Any]:
        if not self.gradient:
            return self.values(inputs)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            out = self.values(inputs)
            total = sum((tf.reduce_sum(tf.sin(y)) for y in out), tf.constant(0.0, inputs[0].dtype))
        return [*out, *(tf.convert_to_tensor(g) for g in tape.gradient(total, inputs) if g is not None)]

    def values(self, inputs: Any) -> list[Any]:
        v = list(inputs)
        for line in self.steps:
            v.append(eval(line, {"tf": tf, "v": v}))
        return [v[k] for k in self.results]

    def arrays(self, dtype: Any = np.float64) -> list[np.ndarray]:
        return [np.asarray(np.random.default_rng(k).normal(size=s), dtype) for k, s in enumerate(self.inputs)]

    def __str__(self) -> str:
        lines = [f"v = [tf.zeros(s) for s in {self.inputs}]", *(f"v.append({line})" for line in self.steps)]
        return "\n".join([*lines, f"results: {self.results}, gradient: {self.gradient}"])
