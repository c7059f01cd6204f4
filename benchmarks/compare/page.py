"""The table and the plot of the documentation, from the figures measured."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from .rows import CONTENDERS, ROWS, Row

DOCS = Path(__file__).resolve().parents[2] / "docs"
FIGURES = DOCS / "benchmarks" / "figures.json"
PAGE = DOCS / "benchmarks" / "index.md"
PICTURE = DOCS / "benchmarks" / "compare"
PEERS = [who for who in CONTENDERS if not who.startswith("gradtape")]
STYLE = {
    "gradtape function": ("D", "#c2410c"), "gradtape eager": ("o", "#fb923c"),
    "TensorFlow eager": ("o", "#93c5fd"), "TensorFlow function": ("s", "#3b82f6"), "TensorFlow XLA": ("^", "#1e40af"),
    "PyTorch eager": ("o", "#86efac"), "PyTorch compile": ("s", "#15803d"), "JAX jit": ("v", "#7c3aed"),
}  # fmt: skip


def figures() -> dict[str, dict]:
    return json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}


def keep(name: str, found: dict) -> None:
    FIGURES.parent.mkdir(exist_ok=True)
    every = figures()
    before = every.get(name, {})
    every[name] = found if name == "machine" else joined(before, found)
    FIGURES.write_text(json.dumps({k: every[k] for k in ["machine", *ROWS] if k in every}, indent=1) + "\n", encoding="utf-8")


def joined(before: dict, found: dict) -> dict:
    """Figures of contenders that were measured in several runs: `runs` says which ones took turns."""
    out = {what: before.get(what, {}) | x for what, x in found.items()}
    now = list(found["seconds"])
    earlier = [[who for who in run if who not in now] for run in before.get("runs", [list(before.get("seconds", {}))])]
    runs = [run for run in [*earlier, now] if run]
    return out | ({"runs": runs} if len(runs) > 1 else {})


def write() -> None:
    found = figures()
    rows = [(ROWS[name](), found[name]) for name in ROWS if name in found]
    PAGE.write_text(text(rows, found.get("machine", {})), encoding="utf-8")
    draw(rows)


def micro(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    us = seconds * 1e6
    return f"{us:.1f}" if us < 100 else f"{us:,.0f}"


def table(head: list[str], lines: list[list[str]]) -> str:
    return "\n".join(["| " + " | ".join(line) + " |" for line in [head, ["---"] + ["---:"] * (len(head) - 1), *lines]])


def fastest(seconds: dict[str, float]) -> tuple[float, str]:
    return min((seconds[who], who) for who in PEERS if who in seconds)


def times(rows: list[tuple[Row, dict]]) -> str:
    lines = []
    for row, found in rows:
        seconds = found["seconds"]
        best, who = fastest(seconds)
        ratio = seconds["gradtape function"] / best
        lines.append([row.title, *(micro(seconds.get(c)) for c in CONTENDERS), who, f"{ratio:.2f}", f"{row.goal}"])
    return table(["µs a step", *CONTENDERS, "fastest peer", "ratio to it", "goal"], lines)


def apart(rows: list[tuple[Row, dict]]) -> str:
    """Which figures of a row did not take turns with the others."""
    lines = [f"- {row.title}: " + "; ".join(", ".join(run) for run in found["runs"]) for row, found in rows if "runs" in found]
    return (
        "\n".join(
            [
                "",
                "These rows were measured in several runs, so ratios between the runs also hold what the machine did meanwhile:",
                "",
                *lines,
                "",
            ]
        )
        if lines
        else ""
    )


def eager(rows: list[tuple[Row, dict]]) -> str:
    lines = []
    for row, found in rows:
        ours, seconds = found["seconds"]["gradtape eager"], found["seconds"]
        ratios = [f"{ours / seconds[who]:.2f}" if who in seconds else "-" for who in ("PyTorch eager", "TensorFlow eager")]
        lines.append([row.title, *ratios])
    return table(["gradtape eager to", "PyTorch eager", "TensorFlow eager"], lines)


def memory(rows: list[tuple[Row, dict]]) -> str:
    lines = []
    for row, found in rows:
        if "memory" in found:
            used = found["memory"]
            least = min(used[who][0] for who in PEERS if who in used)
            lines.append([row.title, *("-" if c not in used else f"{used[c][0]:.0f} ({used[c][1]:.0f})" for c in CONTENDERS),
                          f"{used['gradtape function'][0] / least:.2f}"])  # fmt: skip
    return table(["MiB at most", *CONTENDERS, "ratio to the smallest peer"], lines)


def text(rows: list[tuple[Row, dict]], machine: dict[str, str]) -> str:
    about = " ".join(f"{what} {value}" for what, value in machine.items())
    return f"""# Beside the other frameworks

One training step (or derivative), each contender in a process of its own, taking turns; medians of 7 rounds of about a quarter of a
second. gradtape and TensorFlow run the same text. `make bench` measures all of it anew.

{about}

![Time a step, as a multiple of gradtape's compiled step](compare.png)

## Time

{times(rows)}

The last columns: gradtape's compiled step as a share of the fastest peer's, and the share that it is meant to reach at most. PyTorch
does not compile second derivatives.
{apart(rows)}{"".join(f"{chr(10)}{row.title}: {found['note']}{chr(10)}" for row, found in rows if "note" in found)}
## Eager

{eager(rows)}

## Memory

{memory(rows)}

Resident memory at most during five steps, beside what the process held before the first one, with its libraries, data and weights loaded;
in brackets the most since then, compiling included.
"""


def draw(rows: list[tuple[Row, dict]]) -> None:
    figure, axes = plt.subplots(figsize=(9.5, 0.52 * len(rows) + 1.9), layout="constrained")
    for y, (_, found) in enumerate(rows):
        seconds = found["seconds"]
        ours = seconds["gradtape function"]
        axes.plot([min(seconds.values()) / ours, max(seconds.values()) / ours], [y, y], color="#e5e7eb", linewidth=2, zorder=1)
        for who, (marker, colour) in reversed(STYLE.items()):  # ours on top
            if who in seconds:
                size = 62 if who == "gradtape function" else 42
                axes.scatter(
                    seconds[who] / ours, y, s=size, marker=marker, color=colour, zorder=3, edgecolors="white", linewidths=0.6
                )
    for who, (marker, colour) in STYLE.items():
        axes.scatter([], [], s=46, marker=marker, color=colour, label=who)
    axes.set_xscale("log")
    axes.axvline(1, color=STYLE["gradtape function"][1], linewidth=1, zorder=0)
    ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500) if axes.get_xlim()[0] <= t <= axes.get_xlim()[1]]
    axes.set_xticks(ticks, [f"{t:g} x" for t in ticks])
    axes.minorticks_off()
    axes.set_yticks(range(len(rows)), [row.title for row, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="x", color="#f3f4f6")
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("time a step, as a multiple of gradtape's compiled step (logarithmic; further left is faster)")
    figure.legend(loc="outside upper center", ncols=4, frameon=False, fontsize=9)
    for kind in ("png", "svg"):
        metadata = {"Date": None} if kind == "svg" else None
        figure.savefig(PICTURE.with_suffix(f".{kind}"), dpi=160, metadata=metadata)
    plt.close(figure)
