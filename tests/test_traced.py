"""Every operation of the database as a graph: values and gradients through the reference executor are the eager ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.shapes import Dim, Spec
from gradtape.exec.reference import compile_graph
from gradtape.graph.ir import verify
from gradtape.graph.passes import simplified
from gradtape.graph.sizes import sizes_of, substitute
from gradtape.graph.trace import record

from .opdb._record import Op, S
from .test_ops import cases, results, tensors

LOOPS = ("ctc_loss", "ctc_occupancy")  # their Python loops over the frames, whose number must be known


def program(op: Op, sample: S, args: list[Any]) -> Callable:
    """The results, and the gradients of a weighted sum of them."""

    def run(*xs: Any) -> list[Any]:
        given = iter(xs)
        values = [next(given) if isinstance(a, tf.Tensor) else a for a in args]
        sources = [x for x in xs if x.dtype.is_floating or x.dtype.is_complex]
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(sources)
            ys = results(op, values, sample.params)
        targets = [y for y in ys if y.dtype.is_floating or y.dtype.is_complex]
        if not (op.grad and targets and sources):
            return ys
        gradients = tape.gradient(targets, sources)
        return [*ys, *(tf.convert_to_tensor(g) for g in gradients if g is not None)]

    return run


def spec_of(x: Any, extent: Callable) -> Spec:
    return Spec(tuple(map(extent, x.shape)), x.dtype.numpy_dtype)


def compare(op: Op, sample: S, extent: Callable) -> None:
    args = tensors(op, sample)
    values = [a for a in args if isinstance(a, tf.Tensor)]
    run = program(op, sample, args)
    traced = record(run, [spec_of(x, extent) for x in values]).graph
    arrays = [x.numpy() if x.ndim else np.asarray(x) for x in values]
    sized = verify(substitute(traced, sizes_of([v.spec for v in traced.inputs], [a.shape for a in arrays])))
    sized = verify(simplified(sized))
    captured = [np.asarray(source) for _, source in sized.captured]
    found = compile_graph(sized)([*arrays, *captured], [None] * len(sized.outputs))
    for have, want in zip(found[: len(sized.results)], run(*values), strict=True):
        assert have.dtype == np.asarray(want).dtype and have.shape == tuple(want.shape)
        np.testing.assert_allclose(have, want.numpy(), rtol=1e-11, atol=1e-14)


def renamed(n: int) -> Any:
    return n if n < 2 else Dim(f"n{n}")


FIRST = [c for c in cases(lambda op: op.symbolic) if c.values[1] is c.values[0].samples[0]]


@pytest.mark.parametrize("op, sample", FIRST)
def test_graph_equals_eager(op: Op, sample: S) -> None:
    compare(op, sample, int)


@pytest.mark.parametrize("op, sample", cases(lambda op: op.symbolic and op.name not in LOOPS))
def test_graph_with_unknown_extents_equals_eager(op: Op, sample: S) -> None:
    compare(op, sample, renamed)
