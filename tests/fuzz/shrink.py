"""Makes a failing program small: takes out whatever it fails without."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

import gradtape as tf

from .program import NAME, Program, Statement, pruned

COUNTING = "c += 1"  # a while loop without this line never ends
SECONDS = 60.0


def shrunk(p: Program, fails: Callable[[Program], bool]) -> Program:
    """The smallest program found that still fails; `fails` is asked some hundred times at most, and for a minute."""
    end = time.monotonic() + SECONDS
    p = pruned(p) if fails(pruned(p)) else p
    left = 400
    searching = True
    while searching and left > 0:
        searching = False
        for smaller in candidates(p):
            left = left - 1 if time.monotonic() < end else 0
            if fails(smaller):
                p, searching = smaller, True
                break
            if left == 0:
                break
    return p


def candidates(p: Program) -> Iterator[Program]:
    """Programs with one thing less: a result, the derivative, a statement, a line of a branch or loop, elements of an input."""
    read = {name for s in p.statements for name in s.reads} | set(p.results)
    for s in p.statements:
        if p.results != (s.name,):
            yield pruned(replace(p, results=(s.name,)))
        if s.name not in read:
            yield replace(p, statements=tuple(t for t in p.statements if t is not s))
    for name in p.results:
        if len(p.results) > 1:
            yield pruned(replace(p, results=tuple(n for n in p.results if n != name)))
    for mode in {"second": ["plain", "gradient"], "outside": ["plain", "gradient"], "gradient": ["plain"]}.get(p.mode, []):
        yield replace(p, mode=mode)
    for s in p.statements:
        yield from without(p, s)
    for k, s in enumerate(p.statements):
        lines = s.text.split("\n")
        for n in range(len(lines)):
            if len(lines) > 1 and lines[n].strip() != COUNTING:
                fewer = Statement(s.name, "\n".join(lines[:n] + lines[n + 1 :]))
                yield replace(p, statements=(*p.statements[:k], fewer, *p.statements[k + 1 :]))
    for name, x in p.inputs.items():
        for simple in (np.ones_like(x), x[:1] if x.ndim and len(x) > 1 else x, x[: len(x) // 2] if x.ndim else x):
            if simple.size and (simple.shape != x.shape or (simple != x).any()):
                yield replace(p, inputs={**p.inputs, name: simple})


def without(p: Program, s: Statement) -> Iterator[Program]:
    """An operand in the place of its result; its value as an input."""
    rest = [t for t in p.statements if t is not s]
    value = p.values.get(s.name)
    if not isinstance(value, tf.Tensor):
        return
    for operand in sorted(s.reads):
        x = p.values.get(operand)
        if isinstance(x, tf.Tensor) and x.dtype == value.dtype and x.shape == value.shape:
            renamed = [Statement(t.name, NAME.sub(lambda m, to=operand: to if m[0] == s.name else m[0], t.text)) for t in rest]
            results = tuple(dict.fromkeys(operand if n == s.name else n for n in p.results))
            if all(n not in p.inputs for n in results):
                yield pruned(replace(p, statements=tuple(renamed), results=results))
    if s.name in p.results:
        return
    yield pruned(replace(p, inputs={**p.inputs, s.name: value.numpy()}, statements=tuple(rest)))
