"""NumPy's functions on tensors: the values of NumPy, the path of the tape; what is not in the table runs on the values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradtape as tf

M = np.array([[1.0, 2.5], [3.0, 4.0]])

ON_TAPE = {
    "sum": lambda a: np.sum(a, axis=0), "sum_keepdims": lambda a: np.sum(a, axis=1, keepdims=True), "mean": np.mean, "std": np.std,
    "var": lambda a: np.var(a, axis=0), "max": np.max, "amin": np.amin, "prod": np.prod, "cumsum": np.cumsum,
    "cumsum_axis": lambda a: np.cumsum(a, axis=1), "cumprod": lambda a: np.cumprod(a, axis=0), "concatenate": lambda a: np.concatenate([a, M], axis=1),
    "concatenate_flat": lambda a: np.concatenate([a, M], axis=None), "stack": lambda a: np.stack([a, M]), "hstack": lambda a: np.hstack([a, M]),
    "hstack_1d": lambda a: np.hstack([a[0], M[0]]), "vstack": lambda a: np.vstack([a, a[0]]), "split": lambda a: np.split(a, 2)[1],
    "split_at": lambda a: np.split(a, [1], axis=1)[0], "dot": lambda a: np.dot(a, M), "dot_vectors": lambda a: np.dot(M[0], a[1]),
    "dot_number": lambda a: np.dot(a, 2.0), "matmul": lambda a: np.matmul(M, a), "outer": lambda a: np.outer(a, M),
    "inner": lambda a: np.inner(a, M), "tensordot": lambda a: np.tensordot(a, M, axes=1), "einsum": lambda a: np.einsum("ij,jk->ik", a, M),
    "clip": lambda a: np.clip(a, 1.5, 3.2), "clip_above": lambda a: np.clip(a, None, 3.2), "reshape": lambda a: np.reshape(a, (4,)),
    "ravel": np.ravel, "transpose": np.transpose, "moveaxis": lambda a: np.moveaxis(a, 0, 1), "swapaxes": lambda a: np.swapaxes(a, 0, 1),
    "flip": np.flip, "flip_axis": lambda a: np.flip(a, 0), "roll": lambda a: np.roll(a, 1), "roll_axis": lambda a: np.roll(a, 1, axis=1),
    "tile": lambda a: np.tile(a, 2), "tile_lifted": lambda a: np.tile(a, (2, 1, 2)), "take": lambda a: np.take(a, [0, -1], axis=1),
    "take_flat": lambda a: np.take(a, [0, 3]), "pad": lambda a: np.pad(a, 1), "pad_reflect": lambda a: np.pad(a, ((1, 0), (0, 1)), mode="reflect"),
    "expand_dims": lambda a: np.expand_dims(a, (0, -1)), "squeeze": np.squeeze, "repeat": lambda a: np.repeat(a, 2, axis=0),
    "broadcast_to": lambda a: np.broadcast_to(a, (3, 2, 2)), "diff": np.diff, "norm": np.linalg.norm, "norm_1": lambda a: np.linalg.norm(a, 1),
    "norm_axis": lambda a: np.linalg.norm(a, axis=1), "inv": np.linalg.inv, "det": np.linalg.det, "solve": lambda a: np.linalg.solve(a, M),
    "solve_vector": lambda a: np.linalg.solve(a, M[0]), "trace": np.trace, "sort": np.sort, "where": lambda a: np.where(M > 2, a, 0.0),
    "where_tensor": lambda a: np.where(a > 2, a, M), "array * t": lambda a: M * a, "float64 * t": lambda a: np.float64(2) * a,
    "array ** t": lambda a: M**a, "log2": np.log2, "log10": np.log10, "arctan2": lambda a: np.arctan2(a, M), "add": lambda a: np.add(a, 1),
    "add_integers": lambda a: np.add(np.array([1, 2]), a), "maximum": lambda a: np.maximum(a, 2.6), "conj": np.conj, "square": np.square,
    "power": lambda a: np.power(a, 3), "real": np.real, "floor_divide": lambda a: np.subtract(a, M / 2),
}  # fmt: skip

NO_PATH = {"argmax": np.argmax, "argsort": np.argsort, "equal": lambda a: np.equal(M, a), "isnan": np.isnan, "zeros_like": np.zeros_like,
           "ones_like": np.ones_like, "full_like": lambda a: np.full_like(a, 2), "sign": np.sign, "floor": np.floor}  # fmt: skip

ON_VALUES = {
    "nansum": np.nansum, "quantile": lambda a: np.quantile(a, 0.5), "allclose": lambda a: np.allclose(a, M), "cbrt": np.cbrt,
    "sum_dtype": lambda a: np.sum(a, dtype=np.float32), "add.reduce": lambda a: np.add.reduce(a, axis=0), "size": np.size, "copy": np.copy,
    "logical_not": np.logical_not, "argwhere": lambda a: np.argwhere(a > 2), "array": np.array, "asarray": np.asarray,
    "std_ddof": lambda a: np.std(a, ddof=1), "isclose": lambda a: np.isclose(a, M), "shape": np.shape, "ndim": np.ndim,
    "where_places": lambda a: np.where(a > 2)[1],
}  # fmt: skip


def check(call: Any, kind: type) -> Any:
    ours, theirs = call(kind(M)), call(M)
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-12)
    assert np.shape(ours) == np.shape(theirs)
    return ours


@pytest.mark.parametrize("call", ON_TAPE.values(), ids=ON_TAPE)
def test_stays_on_the_tape(call: Any) -> None:
    for kind in (tf.constant, tf.Variable):
        assert isinstance(check(call, kind), tf.Tensor)
    v = tf.Variable(M)
    with tf.GradientTape() as tape:
        y = call(v)
    theirs, numeric = tf.test.compute_gradient(lambda x: call(x), [tf.constant(M)])
    np.testing.assert_allclose(theirs[0], numeric[0], rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(tape.gradient(y, v).numpy().ravel(), theirs[0].sum(0), rtol=1e-9)


@pytest.mark.parametrize("call", NO_PATH.values(), ids=NO_PATH)
def test_tensors_without_a_path(call: Any) -> None:
    assert isinstance(check(call, tf.constant), tf.Tensor)


@pytest.mark.parametrize("call", ON_VALUES.values(), ids=ON_VALUES)
def test_the_rest_runs_on_the_values(call: Any) -> None:
    assert not isinstance(check(call, tf.constant), tf.Tensor)


def test_integers_give_what_numpy_gives_as_tensors() -> None:
    i = tf.constant([1, 4, 9])
    assert np.sqrt(i).numpy().tolist() == [1.0, 2.0, 3.0]
    assert np.sum(i).dtype == tf.int64
    assert isinstance(np.concatenate([i, i]), tf.Tensor)


def test_results_go_into_arrays() -> None:
    total = np.zeros(3, np.float32)
    total += tf.constant([1.0, 2.0, 3.0])
    assert type(total) is np.ndarray
    assert total.tolist() == [1.0, 2.0, 3.0]


def test_tensors_are_no_place_for_results() -> None:
    x = tf.constant([1.0, 2.0])
    with pytest.raises((TypeError, ValueError)):
        np.add([1.0, 1.0], [1.0, 1.0], out=x)
    with pytest.raises((TypeError, ValueError)):
        np.copyto(x, np.zeros(2, np.float32))
    assert x.numpy().tolist() == [1.0, 2.0]


def test_inside_a_map() -> None:
    rows = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    assert tf.vectorized_map(lambda x: np.sum(np.square(x)), rows).numpy().tolist() == [5.0, 25.0]
    with pytest.raises(TypeError, match="vectorized_map"):
        tf.vectorized_map(np.cbrt, rows)


def test_the_users_line_is_recorded() -> None:
    v = tf.Variable(M)
    with tf.GradientTape() as tape:
        np.mean(np.exp(v) * M)
    assert {node.site[0] for node in tape.operations} == {test_the_users_line_is_recorded.__code__}
