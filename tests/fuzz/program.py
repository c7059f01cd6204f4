"""Random programs as text: a seed stands for one, it prints as code that runs, and its statements can be taken out one by one."""

from __future__ import annotations

import itertools
import linecache
import math
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

import gradtape as tf

from .forms import BLOCKS, EVERY, EVERY_LARGE

SMALL = [
    (),
    (1,),
    (4,),
    (3, 4),
    (4, 3),
    (1, 4),
    (2, 3, 4),
    (3, 1),
    (5, 17),
    (17,),
    (2, 32),
    (40, 12),
    (4, 4),
    (1, 1, 3),
    (2, 1, 3, 2),
]
LARGE = [(3, 5000), (5000, 3), (70, 1000), (64, 33, 40), (200000,), (70, 1), (1000,), (300, 300)]
FLOATS = ["float32"] * 6 + ["float64"] * 4 + ["float16", "bfloat16"]
WHOLES = ["int32", "int64"]
MODES = ["plain", "gradient", "gradient", "gradient", "second", "outside"]
W = np.cos(np.arange(12, dtype="f4")).reshape(3, 4)  # what the variable w begins with
PYTHON_FLOW = re.compile(r"^ *(if|for|while) ", re.MULTILINE)
DATA_SIZED = re.compile(r"segment_mean|boolean_mask")  # sizes that depend on data: in a trace they cannot be compared
NAME = re.compile(r"\b[av]\d+\b")
REFUSED = (ValueError, TypeError, IndexError, ZeroDivisionError, tf.errors.OpError, np.linalg.LinAlgError)


@dataclass(frozen=True)
class Statement:
    name: str
    text: str

    @property
    def reads(self) -> set[str]:
        return set(NAME.findall(self.text)) - {self.name}


@dataclass(frozen=True)
class Program:
    """`inputs`: arrays by name; `results`: names of what is returned; `mode`: which derivatives are taken, and where."""

    inputs: dict[str, np.ndarray]
    statements: tuple[Statement, ...]
    results: tuple[str, ...]
    mode: str
    values: dict[str, Any] = field(default_factory=dict, compare=False)  # what each name was when the program was made

    def text(self, wrap: Callable[[str], str] = str) -> str:
        """The functions `program` and `step`."""
        lines = [f"def program({', '.join(self.inputs)}):"]
        lines += [f"    {name} = {wrap(name)}" for name in self.inputs if wrap("") != ""]
        for s in self.statements:
            lines += [f"    {assigned(line, wrap)}" for line in s.text.replace("NEW", s.name).split("\n")]
        names = ", ".join(self.inputs)
        sources = ", ".join([name for name, x in self.inputs.items() if is_float(x)] + ["w"] * self.uses_variable)
        return "\n".join([*lines, f"    return [{', '.join(self.results)}]", "", "", *STEP[self.mode](names, sources)])

    @property
    def uses_variable(self) -> bool:
        return any(re.search(r"\bw\b", s.text) for s in self.statements)

    def __str__(self) -> str:
        given = [f"{name} = tf.constant({literal(x)})" for name, x in self.inputs.items()]
        call = f"step({', '.join(self.inputs)})"
        lines = [
            "import numpy as np",
            "",
            "import gradtape as tf",
            "",
            HELPERS,
            "w = tf.Variable(np.cos(np.arange(12, dtype='f4')).reshape(3, 4))",
            *given,
            "",
            "",
        ]
        return "\n".join([*lines, self.text(), "", "", f"print({call})", "w.assign(np.cos(np.arange(12, dtype='f4')).reshape(3, 4))",
                          f"{'program' if self.mode == 'outside' else 'step'} = tf.function({'program' if self.mode == 'outside' else 'step'})", f"print({call})"])  # fmt: skip


HELPERS = """
def score(values):
    return tf.add_n([tf.cast(tf.reduce_sum(tf.sin(y)), tf.float64) for y in values if y.dtype.is_floating] + [tf.zeros([], tf.float64)])


def slopes(tape, target, sources):
    found = tape.gradient(target, sources, unconnected_gradients="zero")
    return [tf.convert_to_tensor(g) for g in found]

def fit(x, like):
    x = tf.cast(x, like.dtype)
    return tf.tanh(like * 0.7 + (x if x.shape == like.shape else tf.reduce_mean(x)))
"""


def plain(names: str, sources: str) -> list[str]:
    return [f"def step({names}):", f"    return program({names})"]


def gradient(names: str, sources: str) -> list[str]:
    return [f"def step({names}):", "    with tf.GradientTape() as tape:", f"        tape.watch([{sources}])",
            f"        out = program({names})", "        target = score(out)", f"    return out + slopes(tape, target, [{sources}])"]  # fmt: skip


def second(names: str, sources: str) -> list[str]:
    return [f"def step({names}):", "    with tf.GradientTape() as outer:", f"        outer.watch([{sources}])",
            "        with tf.GradientTape() as tape:", f"            tape.watch([{sources}])", f"            target = score(program({names}))",
            f"        first = slopes(tape, target, [{sources}])", "        target = score(first)", f"    return first + slopes(outer, target, [{sources}])"]  # fmt: skip


STEP = {"plain": plain, "gradient": gradient, "second": second, "outside": gradient}


def assigned(line: str, wrap: Callable[[str], str]) -> str:
    found = re.fullmatch(r"(\s*\w+) = (.*)", line)
    return f"{found[1]} = {wrap(found[2])}" if found else line


def is_float(x: Any) -> bool:
    return np.dtype(x.dtype).name in FLOATS


def literal(x: np.ndarray) -> str:
    if x.size <= 64:
        return f"{x.tolist()}, tf.{x.dtype.name}, {list(x.shape)}".replace("nan", "np.nan").replace("inf", "np.inf")
    return f"np.random.default_rng(0).normal(size={list(x.shape)}), tf.{x.dtype.name}"


# -- running --------------------------------------------------------------------------------------------------------------
NUMBERS = itertools.count()


def load(text: str, **names: Any) -> dict[str, Any]:
    """The functions of a text that inspect can show, as AutoGraph needs it."""
    file = f"<program {next(NUMBERS)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    space = {"tf": tf, "np": np, "__name__": "program", **names}
    exec(compile(text, file, "exec"), space)
    return space


# -- making -----------------------------------------------------------------------------------------------------------------
class Maker:
    """Adds statements that eager execution accepts."""

    def __init__(self, seed: int, shapes: Sequence[Any] = SMALL, length: int = 12, most: int = 5000):
        self.rng = np.random.default_rng(seed)
        self.shapes, self.length, self.most = shapes, length, most
        python = self.rng.random() < 0.25  # AutoGraph takes longer than all the rest
        self.blocks = [name for name, text in BLOCKS.items() if python or not PYTHON_FLOW.search(text)]
        self.space = load(HELPERS, w=tf.Variable(W))
        self.finished: dict[str, Any] = {}  # values that no further line takes
        self.forms = EVERY if most < 10_000 else EVERY_LARGE
        self.values: dict[str, Any] = {}
        self.numbers = itertools.count()

    def program(self) -> Program:
        inputs = {f"v{k}": self.array(k) for k in range(int(self.rng.integers(1, 4)))}
        self.values = {name: tf.constant(x) for name, x in inputs.items()}
        statements: list[Statement] = []
        while len(statements) < self.length:
            statement = self.block() if self.rng.random() < 0.09 else self.line()
            if statement is not None:
                statements.append(statement)
        names = [s.name for s in statements]
        results = tuple(dict.fromkeys([names[-1], *(self.pick(names) for _ in range(3))]))
        mode = self.pick(MODES)
        return Program(inputs, tuple(statements), results, mode, self.values | self.finished)

    def array(self, k: int) -> np.ndarray:
        shape = self.pick(self.shapes)
        if k and self.rng.random() < 0.2:
            return self.rng.integers(-9, 9, shape).astype(self.pick(WHOLES))
        dtype = self.pick(FLOATS)
        return np.asarray(self.rng.normal(size=shape)).astype(tf.as_dtype(dtype).numpy_dtype)

    def pick(self, options: Sequence[Any]) -> Any:
        return options[int(self.rng.integers(len(options)))]

    def line(self) -> Statement | None:
        weights = np.array([n for n, _ in self.forms], float)
        form = self.pick(self.forms[int(self.rng.choice(len(weights), p=weights / weights.sum()))][1])
        name = f"a{next(self.numbers)}"
        text = self.filled(form, self.values)
        value = None if text is None else self.value(f"{name} = {text}", name, self.values)
        if value is None:
            return None
        (self.finished if DATA_SIZED.search(text or "") else self.values)[name] = value
        return Statement(name, f"NEW = {text}")

    def block(self) -> Statement | None:
        form = BLOCKS[self.pick(self.blocks)]
        name = f"a{next(self.numbers)}"
        text = self.filled(form, self.values)
        text = None if text is None else self.with_bodies(text)
        value = None if text is None else self.value(text.replace("NEW", name), name, self.values)
        if value is None:
            return None
        self.values[name] = value
        return Statement(name, text or "")

    # -- slots ----------------------------------------------------------------------------------------------------------
    def filled(self, form: str, values: dict[str, Any]) -> str | None:
        chosen: dict[str, str] = {}
        wanted = {name for _, name, _, _ in string.Formatter().parse(form) if name}
        for kind, fits in (("f", is_float), ("r", is_float), ("i", is_whole), ("b", is_truth)):
            options = [name for name, x in values.items() if fits(x)]
            if kind in wanted or (kind == "f" and wanted & {"g", "s"}) or (kind == "i" and "j" in wanted):
                if not options:
                    return None
                chosen[kind] = (
                    options[-1 - int(self.rng.integers(min(4, len(options))))] if self.rng.random() < 0.7 else self.pick(options)
                )
        main = values[chosen.get("f") or chosen.get("i") or chosen.get("r") or next(iter(values))]
        for kind, of, fits in (("g", "f", joins), ("s", "f", alike), ("j", "i", joins)):
            if kind in wanted:
                chosen[kind] = self.pick([name for name, x in values.items() if fits(x, values[chosen[of]])])
        chosen |= {name: str(number) for name, number in self.of_shape(list(main.shape)).items() if name in wanted}
        return form.format(**chosen)

    def of_shape(self, shape: list[int]) -> dict[str, Any]:
        rank = len(shape)
        axes = sorted({int(a) for a in self.rng.integers(0, max(rank, 1), int(self.rng.integers(1, max(rank, 1) + 1)))})
        widths = [[int(n) for n in self.rng.integers(0, 3, 2)] for _ in shape]
        halved = [2, -1] if math.prod(shape) % 2 == 0 else [-1, 1]
        return {
            "axis": int(self.rng.integers(-rank, rank)) if rank else 0, "axes": axes if rank else [], "keep": bool(self.rng.random() < 0.5),
            "shape": shape, "backwards": shape[::-1], "halved": halved, "size": math.prod(shape), "widths": widths,
            "perm": [int(p) for p in self.rng.permutation(rank)], "tiles": [int(n) for n in self.rng.integers(1, 3, rank)],
            "n0": shape[0] if rank else 1, "last0": shape[0] - 1 if rank else 0, "last": shape[-1] if rank else 1, "rows": shape[-2] if rank > 1 else 1, "batches": rank - 1,
            "num": round(float(self.rng.normal()), 3), "times": int(self.rng.integers(0, 4)),
            "dtype": self.pick(FLOATS), "whole": self.pick(WHOLES),
        }  # fmt: skip

    def value(self, text: str, name: str, values: dict[str, Any]) -> Any:
        """What the text makes of `name` eagerly; None where it fails, or is of no use."""
        space = {**self.space, **values}
        self.space["w"].assign(W)
        try:
            with np.errstate(all="ignore"):
                exec(text, space)
        except REFUSED:
            return None
        x = space[name]
        return x if self.is_of_use(x) else None

    def is_of_use(self, x: Any) -> bool:
        if not isinstance(x, tf.Tensor) or x.dtype.is_complex or not 0 < math.prod(x.shape) <= self.most or x.ndim > 5:
            return False
        if is_whole(x):
            return bool(np.abs(x.numpy()).max() < 10**6)
        if not is_float(x):
            return True
        largest = np.abs(x.numpy().astype(np.float64)).max()
        return bool(largest < (200 if x.dtype.size == 2 else 1e4)) or (not np.isfinite(largest) and self.rng.random() < 0.01)

    # -- bodies of branches and loops -----------------------------------------------------------------------------------
    def with_bodies(self, text: str) -> str | None:
        """The lines of BODY(x) written out, and FIT and LAST put in their places."""
        out: list[str] = []
        last, state = "", ""
        for line in text.split("\n"):
            found = re.fullmatch(r"(\s*)BODY\((.*)\)", line)
            if found is None:
                out.append(line.replace("FIT", f"fit({last}, {state})").replace("LAST", last))
                continue
            names = found[2].split(", ")
            state = names[0]
            known = dict(self.values)
            for k, parameter in enumerate(names):
                known[parameter] = self.stand_in(parameter, k, text)
                if known[parameter] is None:
                    return None
            lines, last = self.body(known, names)
            out += [found[1] + x for x in lines]
        return "\n".join(out)

    def stand_in(self, parameter: str, k: int, text: str) -> Any:
        """A value like the one that a body's parameter will have."""
        if parameter in self.values:
            return self.values[parameter]
        over = re.search(r"tf\.(?:scan|foldl|map_fn|vectorized_map)\(\w+, ([av]\d+)", text)
        if over is not None and parameter == "x":
            rows = self.values[over[1]]
            return rows[0] if rows.ndim else None
        start = re.search(
            r"tf\.(?:scan|foldl)\(\w+, \w+, ([av]\d+)|, ([av]\d+)\)\)\[1\]|\[([av]\d+)\], maximum|NEW(?:, c)? = ([av]\d+)|\(([av]\d+)\)$",
            text,
        )
        return None if start is None else self.values[next(x for x in start.groups() if x)]

    def body(self, known: dict[str, Any], names: list[str]) -> tuple[list[str], str]:
        lines: list[str] = []
        last = names[-1]
        for k in range(int(self.rng.integers(1, 4))):
            form = self.pick(self.forms[int(self.rng.integers(len(self.forms)))][1])
            recent = {**known, last: known.pop(last)}
            text = None if DATA_SIZED.search(form) else self.filled(form, recent)
            local = f"b{k}"
            value = None if text is None else self.value(f"{local} = {text}", local, recent)
            known[last] = recent[last]
            if value is not None:
                lines.append(f"{local} = {text}")
                known[local], last = value, local
        return lines, last


def is_whole(x: Any) -> bool:
    return np.dtype(x.dtype.name if isinstance(x, tf.Tensor) else x.dtype).name in WHOLES


def is_truth(x: Any) -> bool:
    return x.dtype == tf.bool


def alike(x: Any, y: Any) -> bool:
    return x.dtype == y.dtype and tuple(x.shape) == tuple(y.shape)


def joins(x: Any, y: Any) -> bool:
    if x.dtype != y.dtype:
        return False
    try:
        np.broadcast_shapes(tuple(x.shape), tuple(y.shape))
    except ValueError:
        return False
    return True


def made(seed: int) -> Program:
    """Every 25th program is of large arrays."""
    if seed % 25 == 24:
        return Maker(seed, LARGE, 8, 400_000).program()
    return Maker(seed).program()


def pruned(p: Program) -> Program:
    """Without statements and inputs that no result needs; those that write the variable stay."""
    needed = set(p.results)
    kept: list[Statement] = []
    for s in reversed(p.statements):
        if s.name in needed or "w." in s.text:
            kept.append(s)
            needed |= s.reads
    inputs = {name: x for name, x in p.inputs.items() if name in needed} or dict(list(p.inputs.items())[:1])
    return replace(p, inputs=inputs, statements=tuple(reversed(kept)))
