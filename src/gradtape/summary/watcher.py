"""Gradients over time: what a training loop does to its variables, in TensorBoard's event files and in a table in the terminal."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from ..autodiff.tape import GradientTape
from ..core.context import current_context, replace_levels
from ..core.indexed_slices import IndexedSlices
from ..core.tensor import to_tensor
from ..graph.afterwards import present_trace
from . import board, terminal
from .kinds import Buckets
from .writer import SummaryWriter, create_file_writer, put_value

PICKED = 10_000  # elements that a histogram is made of
REMEMBERED = 16  # samples in a trend
IN_FUNCTION = (
    "tf.debugging.Watcher.{}: what a traced function computes has no numbers yet: return the gradients from it, and call "
    "watcher.record(gradients, variables) outside"
)


class Row:
    """What one sample found of one variable.

    `name`; `shape`; `weight`, `gradient`: their norms; `ratio`: norm of the update by norm of the weight; `dead`: the share of units
    whose gradient was 0 in each of the last samples, None where that does not apply; `bad`: NaN or infinite entries of the gradient;
    `trend`: the last norms of the gradient.
    """

    __slots__ = ("bad", "dead", "gradient", "name", "ratio", "shape", "trend", "weight")

    def __init__(self, name: str, shape: tuple[int, ...]):
        self.name, self.shape = name, shape
        self.weight = self.gradient = math.nan
        self.ratio: float | None = None
        self.dead: float | None = None
        self.bad = 0
        self.trend: deque[float] = deque(maxlen=REMEMBERED)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{k}={getattr(self, k)!r}' for k in ('name', 'weight', 'gradient', 'ratio', 'dead', 'bad'))})"


class Watched:
    """A variable, its row, and what must be remembered of it from sample to sample."""

    def __init__(self, variable: Any, name: str):
        self.variable = variable
        self.row = Row(name, tuple(int(n) for n in variable.shape))
        self.before: np.ndarray | None = None  # during a sampled step
        self.silent: np.ndarray | None = None  # of each unit: in how many samples, up to the last, its gradient was 0


class Watcher:
    """Logs a custom training loop: norms and histograms of weights and gradients, update-to-weight ratios, dead units.

    Of every so many steps one is a sample; the others cost next to nothing. A step is announced in one of three ways: `observe(tape)`
    before `tape.gradient`, `record(gradients, variables)` before the update, or `attach(optimizer)` once, for a Keras optimizer in a
    loop of its own or in `fit`.

    Args:
        logdir: a folder for event files, or a writer; None writes none.
        every: how many steps apart the samples are.
        histograms: of gradients and weights; large ones are made of 10,000 elements, picked by chance.
        table: show a live table in the terminal (it needs rich).
        patience: in how many samples running a unit's gradient must be 0 for the unit to count as dead.

    Raises:
        ValueError: every or patience below 1.
        ModuleNotFoundError: TensorBoard or rich is not installed, and is needed.

    >>> w = tf.Variable([[3.0, 4.0]], name="w")
    >>> with tf.debugging.Watcher(every=1) as watcher:
    ...     for _ in range(2):
    ...         with tf.GradientTape() as tape:
    ...             loss = tf.reduce_sum(w * [[1.0, 0.0]])
    ...         sampled = watcher.observe(tape)
    ...         w = w.assign_sub(0.5 * tape.gradient(loss, w))
    >>> watcher.rows[0].gradient, round(watcher.rows[0].ratio, 4)
    (1.0, 0.106)
    """

    def __init__(
        self, logdir: Any = None, every: int = 10, histograms: bool = True, table: bool = False, patience: int = 3
    ) -> None:
        for name, value in (("every", every), ("patience", patience)):
            if value < 1:
                raise ValueError(f"tf.debugging.Watcher: {name} must be at least 1, got {value}")
        self.every, self.histograms, self.patience = every, histograms, patience
        self.writer: Any = logdir if logdir is None or isinstance(logdir, SummaryWriter) else create_file_writer(logdir)
        self.owns_writer = self.writer is not logdir
        self.live = terminal.Live() if table else None
        self.steps = 0  # that were announced
        self.sampled: int | None = None  # the step of the last sample
        self.open: list[Watched] = []  # the variables of a sample whose update is not there yet
        self.watched: dict[int, Watched] = {}
        self.message: Any = None  # what the sample writes
        self.buckets = Buckets(None)

    # -- announcing a step ------------------------------------------------------------------------------------
    def observe(self, tape: GradientTape, variables: Iterable[Any] | None = None) -> bool:
        """A step, of which this tape will give the gradients; call it before `tape.gradient`. Is it a sample?

        Args:
            variables: the ones to watch; None: all that the tape watches.
        """
        self.refuse_trace("observe")
        if not self.begins():
            return False
        chosen = list(tape.watched_variables() if variables is None else variables)

        def heard(gradients: list[Any]) -> None:
            handle.remove()  # a persistent tape may be asked again
            self.sample(gradients, chosen)

        handle: Any = GradientTape.add_hook(tape, chosen, heard)  # type: ignore[attr-defined]
        return True

    def record(self, gradients: Sequence[Any], variables: Sequence[Any]) -> bool:
        """A step with these gradients (None: there is none); call it before the variables are updated. Is it a sample?"""
        self.refuse_trace("record")
        if not self.begins():
            return False
        self.sample(list(gradients), list(variables))
        return True

    def attach(self, optimizer: Any) -> Attached:
        """From here on each update of a Keras optimizer is a step; `remove()` of what is returned ends that."""
        return Attached(self, optimizer)

    def begins(self) -> bool:
        self.finish()
        self.steps += 1
        return (self.steps - 1) % self.every == 0

    def refuse_trace(self, method: str) -> None:
        if present_trace() is not None:
            raise ValueError(IN_FUNCTION.format(method))

    # -- a sample ---------------------------------------------------------------------------------------------
    def sample(self, gradients: Sequence[Any], variables: Sequence[Any]) -> None:
        """Before the update."""
        if len(gradients) != len(variables):
            raise ValueError(f"tf.debugging.Watcher.record: {len(gradients)} gradients for {len(variables)} variables")
        self.sampled = self.steps - 1
        if self.writer is not None:
            self.message = board.protos().Summary()
        token = replace_levels(())
        try:
            for gradient, variable in zip(gradients, variables, strict=True):
                self.look(self.known(variable), gradient)
        finally:
            current_context.reset(token)
        self.write("gradient_norm/all", math.hypot(*[w.row.gradient for w in self.open if not math.isnan(w.row.gradient)]))

    def known(self, variable: Any) -> Watched:
        found = self.watched.get(id(variable))
        if found is None:
            name = getattr(variable, "path", variable.name).removesuffix(":0")
            taken = {w.row.name for w in self.watched.values()}
            number = next(k for k in range(len(taken) + 1) if (f"{name}_{k}" if k else name) not in taken)
            found = self.watched[id(variable)] = Watched(variable, f"{name}_{number}" if number else name)
        return found

    def look(self, watched: Watched, gradient: Any) -> None:
        row = watched.row
        weights = watched.before = to_tensor(watched.variable).value  # held: the update copies before it writes
        row.weight = norm(weights)
        self.open.append(watched)
        self.write(f"weight_norm/{row.name}", row.weight)
        self.draw(f"weights/{row.name}", weights)
        if gradient is None:
            row.gradient, row.dead, row.bad = math.nan, None, 0
            return
        values, whole = entries(gradient)
        row.gradient = norm(values)
        row.bad = 0 if math.isfinite(row.gradient) else int(np.size(values) - np.isfinite(values).sum())
        row.trend.append(row.gradient)
        self.write(f"gradient_norm/{row.name}", row.gradient)
        self.draw(f"gradients/{row.name}", values)
        if whole and values.ndim:
            row.dead = self.dead(watched, values)
            self.write(f"dead_units/{row.name}", row.dead)

    def dead(self, watched: Watched, gradient: np.ndarray) -> float:
        """The share of units (along the last axis) that have been silent for so many samples."""
        alive = np.asarray(gradient.any(axis=tuple(range(gradient.ndim - 1))))
        before = np.zeros(len(alive), np.int64) if watched.silent is None else watched.silent
        watched.silent = np.where(alive, 0, before + 1)
        return float(np.mean(watched.silent >= self.patience)) if len(alive) else 0.0

    def finish(self) -> None:
        """After the update, or when the next step begins."""
        if not self.open:
            return
        for watched in self.open:
            row, before = watched.row, watched.before
            assert before is not None
            moved = norm(to_tensor(watched.variable).value - before)
            row.ratio = moved / row.weight if row.weight else (0.0 if not moved else math.inf)
            watched.before = None
            self.write(f"update_ratio/{row.name}", row.ratio)
        self.open = []
        if self.writer is not None:
            self.writer.add_summary(self.message, self.sampled)
        if self.live is not None:
            self.live.show(self.rows, self.sampled)

    def write(self, tag: str, value: float) -> None:
        if self.writer is not None and math.isfinite(value):
            self.put(tag, np.array(value, np.float32), "scalar")

    def draw(self, tag: str, values: np.ndarray) -> None:
        if self.writer is not None and self.histograms:
            rows = self.buckets(picked(values))
            rows[:, 2] *= values.size / max(min(values.size, PICKED), 1)
            self.put(tag, rows, "histogram")

    def put(self, tag: str, values: np.ndarray, plugin: str) -> None:
        put_value(self.message, tag, values, board.metadata(plugin, None))

    # -- what it found ----------------------------------------------------------------------------------------
    @property
    def rows(self) -> list[Row]:
        """The last sample, a Row for each variable."""
        return [watched.row for watched in self.watched.values()]

    def table(self) -> Any:
        """The last sample as a table of rich."""
        return terminal.table(self.rows, self.sampled)

    def save_svg(self, file: Any) -> None:
        """Write the table as a picture."""
        terminal.save_svg(self.table(), file)

    def close(self) -> None:
        """Finish the last sample, end the live table, close the event file (not a writer that was given)."""
        self.finish()
        if self.live is not None:
            self.live.stop()
        if self.writer is not None:
            self.writer.close() if self.owns_writer else self.writer.flush()

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


class Attached:
    """A watcher at an optimizer: its `apply` tells the watcher what it does."""

    def __init__(self, watcher: Watcher, optimizer: Any):
        if not callable(getattr(optimizer, "apply", None)):
            raise TypeError(f"tf.debugging.Watcher.attach: {optimizer!r} is no Keras optimizer; use observe or record")
        self.watcher, self.optimizer, self.plain = watcher, optimizer, optimizer.apply
        optimizer.apply = self.apply

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None = None) -> Any:
        gradients = list(grads)
        variables = self.optimizer.trainable_variables if trainable_variables is None else list(trainable_variables)
        self.watcher.record(gradients, variables)
        done = self.plain(gradients, trainable_variables)
        self.watcher.finish()
        return done

    def remove(self) -> None:
        """The optimizer is as it was."""
        vars(self.optimizer).pop("apply", None)


# -- numbers ---------------------------------------------------------------------------------------------------------------
def norm(values: np.ndarray) -> float:
    """The Euclidean norm of all entries."""
    flat = values.ravel()
    if flat.dtype.kind == "c" or flat.dtype.itemsize < 4 or flat.dtype.kind != "f":
        flat = flat.astype(np.complex64 if flat.dtype.kind == "c" else np.float32)
    squares = float(np.vdot(flat, flat).real)
    if 0.0 < squares < math.inf or not flat.size:
        return math.sqrt(squares)
    return float(np.linalg.norm(flat.astype(np.complex128 if flat.dtype.kind == "c" else np.float64)))


def entries(gradient: Any) -> tuple[np.ndarray, bool]:
    """The numbers of a gradient, and whether they are all of it: of a sparse one, the rows that are there, each once."""
    if not isinstance(gradient, IndexedSlices):
        return to_tensor(gradient).value, True
    values, rows = gradient.values.value, gradient.indices.value
    once, inverse = np.unique(rows, return_inverse=True)
    if len(once) == len(rows):
        return values, False
    out = np.zeros((len(once), *values.shape[1:]), values.dtype)
    np.add.at(out, inverse, values)
    return out, False


def picked(values: np.ndarray) -> np.ndarray:
    """At most PICKED entries; by chance, since at regular distances they might all stand in one column."""
    return values if values.size <= PICKED else values.ravel()[places(values.size)]


@lru_cache(maxsize=64)
def places(size: int) -> np.ndarray:
    return np.sort(np.random.default_rng(size).integers(0, size, PICKED))
