"""Generic tests over all records: values, derivatives, batching, shapes, bad input."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.shapes import Dim, Spec
from gradtape.core.structures import leaves
from gradtape.graph.trace import eval_shape

from .opdb import records
from .opdb._record import Op, S

RECORDS = records()
CASES = [pytest.param(op, s, id=f"{op.name}-{k}") for op in RECORDS for k, s in enumerate(op.samples)]


def cases(wanted: Any) -> list:
    return [c for c in CASES if wanted(c.values[0])]


def results(op: Op, args: list, params: dict) -> list:
    return [y for y in leaves(op.fn(*args, **params)) if y is not None]


def tensors(op: Op, sample: S, dtype: Any = None) -> list:
    return [tf.constant(cast_float(a, dtype)) if isinstance(a, np.ndarray) else a for a in sample.arrays(op.seed)]


def cast_float(a: np.ndarray, dtype: Any) -> np.ndarray:
    if dtype is None or a.dtype.kind not in "fc":
        return a
    return a.astype({"f": np.float32, "c": np.complex64}[a.dtype.kind])


@pytest.mark.parametrize("op, sample", cases(lambda op: op.ref is not None))
def test_value(op: Op, sample: S) -> None:
    args = sample.arrays(op.seed)
    with np.errstate(all="ignore"):
        expected = leaves(op.ref(*args, **sample.params))
    for y, e in zip(results(op, tensors(op, sample), sample.params), expected, strict=True):
        assert tuple(y.shape) == np.shape(e)
        np.testing.assert_allclose(y.numpy(), e, rtol=op.rtol, atol=op.rtol * 1e-2)


@pytest.mark.parametrize("op, sample", cases(lambda op: op.f32))
def test_float32_stays_float32(op: Op, sample: S) -> None:
    wide = results(op, tensors(op, sample), sample.params)
    narrow = results(op, tensors(op, sample, np.float32), sample.params)
    for w, n in zip(wide, narrow, strict=True):
        expected = {"float64": "float32", "complex128": "complex64"}.get(w.dtype.name, w.dtype.name)
        assert n.dtype.name in (expected, w.dtype.name if not floats(op, sample) else expected)
        if w.dtype.is_floating or w.dtype.is_complex:
            np.testing.assert_allclose(n.numpy(), w.numpy(), rtol=2e-3, atol=2e-4)


def floats(op: Op, sample: S) -> list:
    return [a for a in sample.arrays(op.seed) if isinstance(a, np.ndarray) and a.dtype.kind in "fc"]


@pytest.mark.parametrize("op, sample", cases(lambda op: op.grad))
def test_derivatives(op: Op, sample: S) -> None:
    args = tensors(op, sample)
    values = [a for a in args if isinstance(a, tf.Tensor)]
    if not any(v.dtype.is_floating or v.dtype.is_complex for v in values):
        return

    def call(*xs: Any) -> Any:
        given = iter(xs)
        return op.fn(*[next(given) if isinstance(a, tf.Tensor) else a for a in args], **sample.params)

    tf.test.check_grads(call, values, op.order, op.modes, eps=op.eps, atol=op.gtol, rtol=op.gtol, seed=op.seed)


@pytest.mark.parametrize("op, sample", cases(lambda op: op.batch))
def test_batched_equals_loop(op: Op, sample: S) -> None:
    args = tensors(op, sample)
    places = [i for i, a in enumerate(args) if isinstance(a, tf.Tensor)]
    stacks = {i: np.stack([tensors_at(op, sample, i, k) for k in range(3)]) for i in places}
    for n in range(1, len(places) + 1):
        for chosen in itertools.combinations(places, n):
            check_batched(op, sample, args, stacks, chosen)


def tensors_at(op: Op, sample: S, place: int, k: int) -> np.ndarray:
    """Another value for one argument; given arrays stay the same."""
    return np.asarray(sample.arrays(op.seed + k)[place])


def check_batched(op: Op, sample: S, args: list, stacks: dict, chosen: tuple) -> None:
    def merged(bs: list) -> list:
        values = list(args)
        for place, b in zip(chosen, bs, strict=True):
            values[place] = b
        return results(op, values, sample.params)

    together = tf.vectorized_map(merged, [tf.constant(stacks[i]) for i in chosen])
    loop = [merged([tf.constant(stacks[i][k]) for i in chosen]) for k in range(3)]
    for column, whole in enumerate(together):
        rows = np.stack([row[column].numpy() for row in loop])
        np.testing.assert_allclose(whole.numpy(), rows, rtol=1e-6, atol=1e-9, err_msg=f"batched: {chosen}")


@pytest.mark.parametrize("op, sample", cases(lambda op: op.symbolic))
def test_shape_rule(op: Op, sample: S) -> None:
    args = tensors(op, sample)
    values = [a for a in args if isinstance(a, tf.Tensor)]

    def call(*xs: Any) -> Any:
        given = iter(xs)
        return results(op, [next(given) if isinstance(a, tf.Tensor) else a for a in args], sample.params)

    actual = [Spec(tuple(y.shape), y.dtype.numpy_dtype) for y in call(*values)]
    known = eval_shape(call, *[Spec(tuple(v.shape), v.dtype.numpy_dtype) for v in values])
    assert known == actual
    unknown = eval_shape(call, *[Spec(tuple(map(renamed, v.shape)), v.dtype.numpy_dtype) for v in values])
    sizes = {f"n{n}": n for v in values for n in v.shape}
    for spec, expected in zip(unknown, actual, strict=True):
        filled = tuple(d.substitute(sizes) if isinstance(d, Dim) else d for d in spec.shape)
        assert Spec(filled, spec.dtype) == expected


def renamed(n: int) -> Any:
    return n if n < 2 else Dim(f"n{n}")


BAD = [pytest.param(op, s, error, id=f"{op.name}-{k}") for op in RECORDS for k, (s, error) in enumerate(op.bad)]


@pytest.mark.parametrize("op, sample, error", BAD)
def test_bad_input(op: Op, sample: S, error: Any) -> None:
    with pytest.raises(error) as info:
        op.fn(*tensors(op, sample), **sample.params)
    assert len(str(info.value)) > 15, "the message must say what was wrong"
