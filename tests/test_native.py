"""Every operation of the database in machine code: values and gradients are those of NumPy's kernels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.shapes import Spec
from gradtape.exec import reference
from gradtape.exec.native import compile_graph, missing
from gradtape.graph.trace import record

from .opdb._record import Op, S
from .test_ops import cases, tensors
from .test_traced import program

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def same(have: np.ndarray, want: np.ndarray) -> None:
    assert have.dtype == want.dtype and have.shape == want.shape
    if have.dtype.kind in "fcV":
        bits = {"float64": 1e-12, "complex128": 1e-12, "float32": 3e-5, "complex64": 3e-5}.get(have.dtype.name, 3e-2)
        wide = np.complex128 if have.dtype.kind == "c" else np.float64
        scale = np.abs(want[np.isfinite(want)].astype(wide)).max(initial=0)
        np.testing.assert_allclose(have.astype(wide), want.astype(wide), rtol=bits, atol=bits * float(max(scale, 0.1)))
    else:
        np.testing.assert_array_equal(have, want)


def check(op: Op, sample: S, dtype: Any) -> None:
    args = tensors(op, sample, dtype)
    values = [a for a in args if isinstance(a, tf.Tensor)]
    graph = record(program(op, sample, args), [Spec(tuple(x.shape), x.dtype.numpy_dtype) for x in values]).graph
    arrays = [np.array(x.numpy()) for x in values] + [np.asarray(source) for _, source in graph.captured]
    none = [None] * len(graph.outputs)
    wanted = reference.compile_graph(graph)([a.copy() for a in arrays], none)
    found = compile_graph(graph)(arrays, none)
    for have, want in zip(found, wanted, strict=True):
        same(have, want)


@pytest.mark.parametrize("op, sample", cases(lambda op: op.symbolic))
def test_native_equals_reference(op: Op, sample: S) -> None:
    check(op, sample, np.float32 if op.f32 else None)
