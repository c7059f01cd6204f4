"""Every elementwise rule of the native executor at ordinary and at awkward values, in every dtype that it takes."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from gradtape.core.primitive import REGISTRY
from gradtape.core.shapes import Spec
from gradtape.exec import reference
from gradtape.exec.native import compile_graph, missing
from gradtape.graph.ir import Graph, Node, Value

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))
if missing() is None:
    from gradtape.exec.native import lower, scalar

DTYPES = [np.dtype(t) for t in ("f4", "f8", "f2", ml_dtypes.bfloat16, "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")]
TAILS = {"gelu_tanh": 24.0, "gelu_exact": 48.0}  # far out on the left they amplify the rounding of their arguments
LOOSE = {
    "asinh",
    "acosh",
    "atanh",
    "erfc",
    "gelu_exact",
    "gelu_tanh",
    "softplus",
    "log_sigmoid",
    "sigmoid_loss",
    "silu_plain",
    "elu",
    "selu",
    "sinh",
    "xlog1py",
    "xlogy",
    "truncatemod",
    "floormod",
    "sigmoid",
}  # fmt: skip  several roundings


def values(dtype: np.dtype) -> np.ndarray:
    rng = np.random.default_rng(0)
    if dtype.kind == "b":
        return np.array([True, False])
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        low = [info.min, info.min + 1] if dtype.kind == "i" else [0, 1]
        return np.array([*low, 0, 1, 2, 3, 5, 17, info.max // 2, info.max - 1, info.max], dtype)
    special = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, np.inf, -np.inf, np.nan, 1e-6, -1e-6, 30.0, -30.0, 1e4, -1e4]
    return np.concatenate([special, rng.normal(size=23), rng.uniform(-1, 1, 9)]).astype(dtype)


def names(dtype: np.dtype) -> list[str]:
    found = [p for p in REGISTRY.values() if p.elementwise and p.name in scalar.TABLE and (p.dtypes is None or dtype in p.dtypes)]
    return sorted(p.name for p in found if scalar.TYPES[dtype].kind in scalar.KINDS[p.name] and not p.params)


def graph_of(chosen: list[str], dtype: np.dtype, shape: tuple[int, ...]) -> Graph:
    inputs = tuple(Value(k, Spec(shape, dtype)) for k in range(3))
    nodes, number = [], 3
    for name in chosen:
        p = REGISTRY[name]
        given = inputs[: len(p.args)]
        out = Value(number, p.shape_rule(*(v.spec for v in given)))  # type: ignore[misc]
        nodes.append(Node(p, given, {}, (out,), None))
        number += 1
    return Graph(inputs, tuple(nodes), tuple(n.outputs[0] for n in nodes))


def grid(dtype: np.dtype) -> list[np.ndarray]:
    v = values(dtype)
    a, b = (np.ascontiguousarray(x).reshape(-1) for x in np.meshgrid(v, v))
    return [a, b, np.roll(b, 7)]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_rules(dtype: np.dtype) -> None:
    arrays = grid(dtype)
    chosen = names(dtype)
    graph = graph_of(chosen, dtype, arrays[0].shape)
    none = [None] * len(chosen)
    plan = compile_graph(graph)
    assert plan.describe().kernels == 0
    with np.errstate(all="ignore"):
        wanted = reference.compile_graph(graph)(arrays, none)
    for name, have, want in zip(chosen, plan(arrays, none), wanted, strict=True):
        close(name, have, want)


def close(name: str, have: np.ndarray, want: np.ndarray) -> None:
    assert have.dtype == want.dtype
    if have.dtype.kind not in "fV":
        np.testing.assert_array_equal(have, want, err_msg=name)
        return
    info = ml_dtypes.finfo(have.dtype)
    ulps = 4 * TAILS.get(name, 3 if name in LOOSE else 1)
    near = 1e-6 if name == "sigmoid_loss" and have.dtype.itemsize == 4 else 0.0  # a difference of large terms
    near = 1.0 if name in ("floordiv", "truncatediv") and have.dtype.itemsize == 2 else near  # quotients are rounded once less
    h, w = have.astype(np.float64), want.astype(np.float64)
    np.testing.assert_allclose(h, w, rtol=ulps * float(info.eps), atol=max(near, float(info.tiny) * 64), err_msg=name)


@pytest.mark.parametrize("source", DTYPES, ids=str)
def test_casts(source: np.dtype) -> None:
    x = values(source)
    if source.kind in "fV":
        x = x[np.isfinite(x.astype(np.float64)) & (np.abs(x.astype(np.float64)) < 100)]
    inputs = (Value(0, Spec(x.shape, source)),)
    nodes = []
    for k, target in enumerate(d for d in DTYPES if d != source):
        p = REGISTRY["cast_discrete" if target.kind in "iub" else "cast_inexact"]
        nodes.append(Node(p, inputs, {"dtype": target}, (Value(k + 1, Spec(x.shape, target)),), None))
    graph = Graph(inputs, tuple(nodes), tuple(n.outputs[0] for n in nodes))
    none = [None] * len(nodes)
    with np.errstate(all="ignore"):
        wanted = reference.compile_graph(graph)([x], none)
    for have, want in zip(compile_graph(graph)([x], none), wanted, strict=True):
        if have.dtype.kind == "u" and source.kind in "fV":  # what C leaves open: negative floats as unsigned numbers
            have, want = have[x >= 0], want[x >= 0]
        close("cast", have, want) if source.kind not in "fV" or have.dtype.itemsize > 2 else np.testing.assert_allclose(
            have.astype(np.float64), want.astype(np.float64), rtol=1e-2
        )


def test_table_knows_only_elementwise_primitives() -> None:
    """Each rule serves a primitive, or the lowering of one."""
    composed = {"identity", "order_key", "select", "relu", "relu_gradient"}
    assert set(scalar.TABLE) <= {p.name for p in REGISTRY.values() if p.elementwise} | composed
    assert set(lower.TABLE) <= set(REGISTRY)
