"""f.explain(): graphs and plans as text, and as a page that stands by itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..graph.ir import Graph, spec_text
from .concrete import Concrete, Sized

RUNS = 5  # of a plan, to say how long it takes


def escape(text: str) -> str:
    """For HTML, quotes too."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#x27")):
        text = text.replace(sign, f"&{name};")
    return text


class Traced(NamedTuple):
    """One signature of a function."""

    concrete: Concrete
    parameters: Sequence[str]


class Report:
    """What a function has become."""

    def __init__(self, name: str, traces: Sequence[Traced]):
        self.name, self.traces = name, traces

    def text(self) -> str:
        count = len(self.traces)
        parts = [f"{self.name}: {count} trace{'' if count == 1 else 's'}"]
        for trace in self.traces:
            parts.append(f"{self.head(trace)}\n{trace.concrete.graph}")
            parts += [self.plan_text(shapes, sized) for shapes, sized in trace.concrete.sizes.items()]
        return "\n\n".join(parts)

    def head(self, trace: Traced) -> str:
        names = [
            line.split(" ")[2] for line in trace.parameters if line.startswith("  ") and "TensorSpec" in line and "(" in line
        ]
        specs = [spec_text(v.spec) for v in trace.concrete.graph.inputs]
        known = len(names) >= len(specs)
        given = [f"{n}: {s}" for n, s in zip(names, specs, strict=False)] if known else specs
        return f"{self.name}({', '.join(given)})"

    def plan_text(self, shapes: Any, sized: Sized) -> str:
        plan = sized.plan.describe()
        taken = measured(sized)
        head = f"plan for {list(map(list, shapes))}: {plan.native} steps in machine code, {plan.kernels} in NumPy, {plan.arena} bytes"
        times = [] if taken is None else [f"  {taken * 1e6:.1f} microseconds a call"]
        return "\n".join([head, *times, *(f"  {step}" for step in plan.steps)])

    def page(self) -> str:
        """HTML: a bar for each step, as long as its output is large."""
        rows = []
        for trace in self.traces:
            rows.append(f"<h2>{escape(self.head(trace))}</h2><pre>{escape(str(trace.concrete.graph))}</pre>")
            for shapes, sized in trace.concrete.sizes.items():
                plan = sized.plan.describe()
                rows.append(f"<h3>{escape(self.plan_text(shapes, sized).splitlines()[0])}</h3>")
                rows.append(bars(plan.steps, sized.graph))
        return PAGE.format(title=escape(self.name), body="\n".join(rows))


def bars(steps: Sequence[str], graph: Graph) -> str:
    sizes = {
        str(v): v.spec.size * v.spec.dtype.itemsize for node in graph.nodes for v in node.outputs if type(v.spec.size) is int
    }
    largest = max(sizes.values(), default=1) or 1
    lines = []
    for step in steps:
        width = 100 * max((n for name, n in sizes.items() if step.startswith(f"{name}:")), default=0) / largest
        lines.append(f'<div class="step" style="--w:{width:.1f}%">{escape(step)}</div>')
    return "\n".join(lines)


def measured(sized: Sized) -> float | None:
    """Seconds of a call on zeros, the best of a few; None where it would do more than compute."""
    if sized.written or any(node.primitive.ordered for node in sized.graph.nodes):
        return None
    arrays = [np.zeros(v.spec.shape, v.spec.dtype) for v in sized.graph.arguments]
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        sized.plan(arrays, [None] * len(sized.graph.outputs))
        best = min(best, time.perf_counter() - start)
    return best


PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 14px/1.5 system-ui, sans-serif; margin: 2em; max-width: 80em; color: #222; background: #fff }}
pre, .step {{ font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap }}
pre {{ background: #f6f6f4; padding: 1em; border-radius: 6px }}
.step {{ background: linear-gradient(90deg, #cfe3f5 var(--w), transparent var(--w)); padding: 2px 6px; margin: 2px 0 }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #ddd; background: #1b1b1b }} pre {{ background: #262626 }}
  .step {{ background: linear-gradient(90deg, #274a68 var(--w), transparent var(--w)) }}
}}
</style>
<h1>{title}</h1>
{body}
"""
