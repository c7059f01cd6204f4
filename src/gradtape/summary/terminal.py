"""The watcher's table, by rich, which loads on first use."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

MISSING = "The watcher's table is shown by rich, which is not installed: pip install 'gradtape[summary]'"
BLOCKS = "▁▂▃▄▅▆▇█"
SLOW, FAST = 1e-5, 1e-1  # update-to-weight ratios outside are shown in colour; about 1e-3 is common
STYLES = {"low": "yellow", "high": "bold red", "": ""}


def part(name: str) -> Any:
    """A module of rich.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    try:
        return import_module(f"rich.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "rich":
            raise
        raise ModuleNotFoundError(MISSING, name="rich") from None


def table(rows: Sequence[Any], step: int | None) -> Any:
    """One line a variable."""
    text = part("text").Text
    made = part("table").Table(title=None if step is None else f"step {step:,}", title_justify="left", pad_edge=False)
    made.add_column("variable", overflow="fold")
    made.add_column("shape", no_wrap=True)
    for name in ("|w|", "|g|", "|Δw|/|w|", "dead"):
        made.add_column(name, justify="right", no_wrap=True)
    made.add_column("|g| over time", no_wrap=True)
    for row in rows:
        bad = f"{row.bad} NaN or Inf" if row.bad else number(row.gradient)
        made.add_row(
            row.name,
            " x ".join(map(str, row.shape)),
            number(row.weight),
            text(bad, style="bold red" if row.bad else ""),
            text(number(row.ratio), style=STYLES[judged(row.ratio)]),
            text("" if row.dead is None else f"{row.dead:.0%}", style="yellow" if row.dead else ""),
            trend(row.trend),
        )
    return made


def number(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.3g}"


def judged(ratio: float | None) -> str:
    if ratio is None or SLOW <= ratio <= FAST:
        return ""
    return "low" if ratio < SLOW else "high"


def trend(values: Iterable[float]) -> str:
    """Bars from 0 to the largest value."""
    finite = [v if math.isfinite(v) else 0.0 for v in values]
    top = max(finite, default=0.0)
    return "".join(BLOCKS[min(int(v / top * len(BLOCKS)), len(BLOCKS) - 1)] if top else BLOCKS[0] for v in finite)


def save_svg(shown: Any, file: str | os.PathLike) -> None:
    console = part("console").Console(record=True, width=84, file=io.StringIO())
    console.print(shown)
    console.save_svg(os.fspath(file), title="tf.debugging.Watcher")


class Live:
    """A table that stays where it is and changes."""

    def __init__(self) -> None:
        self.live = part("live").Live(auto_refresh=False)
        self.started = False

    def show(self, rows: Sequence[Any], step: int | None) -> None:
        if not self.started:
            self.started = True
            self.live.start()
        self.live.update(table(rows, step), refresh=True)

    def stop(self) -> None:
        if self.started:
            self.live.stop()
