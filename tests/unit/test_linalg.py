"""Linear algebra against recorded TensorFlow values, and at its edges."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.structures import leaves

DATA = Path(__file__).parents[1] / "data"


def load_cases():
    spec = importlib.util.spec_from_file_location("linalg_cases", DATA / "linalg_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RECORDED = dict(np.load(DATA / "linalg.npz"))
cases = load_cases()

# TensorFlow's gradients that differences refute (ours are compared with differences in tests/opdb/linalg.py).
WRONG_IN_TENSORFLOW = {
    "det complex": "the determinant is not conjugated",
    "operator full complex": "as for det",
    "sqrtm complex": "the matrix is not conjugated",
    "tridiagonal_solve transposed": "the matrix is not conjugated",
    "eigh_tridiagonal": "d(sum of squares)/d(alpha) is 2 alpha",
}
# Exact for the truncated decomposition there; here singular values below rcond count as 0.
OTHER = {"pinv rcond"}
TOLERANCE = {"float64": 1e-9, "complex128": 1e-9, "float32": 2e-5, "complex64": 2e-5, "float16": 2e-3}


def recorded(name, kind):
    k = 0
    while f"{name}|{kind}{k}" in RECORDED:
        yield k, RECORDED[f"{name}|{kind}{k}"]
        k += 1


def close(ours, theirs):
    assert ours.dtype.name == theirs.dtype.name
    assert tuple(ours.shape) == theirs.shape
    tolerance = TOLERANCE.get(theirs.dtype.name, 0)
    np.testing.assert_allclose(ours.numpy(), theirs, rtol=10 * tolerance, atol=tolerance)


def loss(values):
    """The scalar whose gradients were recorded."""
    total = tf.constant(0.0, "float64")
    for y in values:
        k = np.arange(np.prod(y.shape, dtype=int)).reshape(y.shape)
        if y.dtype.is_complex:
            part = tf.reduce_sum(tf.math.real(y) * np.cos(k) + tf.math.imag(y) * np.sin(k))
        else:
            part = tf.reduce_sum(y * tf.constant(np.cos(k), y.dtype))
        total = total + tf.cast(part, "float64")
    return total


def continuous(values):
    return [y for y in values if y is not None and (y.dtype.is_floating or y.dtype.is_complex)]


@pytest.mark.parametrize("name", cases.CASES)
def test_values_and_gradients_are_tensorflows(name):
    function, arrays = cases.CASES[name]
    args = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as outer:
        outer.watch(args)
        with tf.GradientTape() as inner:
            inner.watch(args)
            ys = leaves(function(tf, *args))
            total = loss(continuous(ys))
        gs = inner.gradient(total, args)
        second = loss(continuous(gs)) if name in cases.SECOND else None
    for k, y in recorded(name, "y"):
        close(ys[k], y)
    if name in WRONG_IN_TENSORFLOW or name in OTHER:
        return
    for k, g in recorded(name, "g"):
        close(gs[k], g)
    if second is not None:
        for (_, h), ours in zip(recorded(name, "h"), outer.gradient(second, args), strict=True):
            close(ours, h)


@pytest.mark.parametrize("name", cases.REFUSED)
def test_what_tensorflow_refuses(name):
    theirs = str(RECORDED[f"{name}|error"])
    with pytest.raises(Exception) as info:
        cases.REFUSED[name](tf)
    assert theirs in [kind.__name__ for kind in type(info.value).__mro__]
    assert len(str(info.value)) > 20


def test_operator_is_matmul():
    a, b = np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(3, 2)
    x = tf.constant(a)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = x @ b @ x
        g = inner.gradient(y, x)
    np.testing.assert_array_equal(y.numpy(), a @ b @ a)
    assert outer.gradient(g, x).shape == (2, 3)
    np.testing.assert_array_equal((b @ x).numpy(), b @ a)
    with pytest.raises(TypeError):
        x @ object()


def test_error_names_both_shapes():
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"In\[0\]: \[2, 3\], In\[1\]: \[4, 5\]"):
        tf.matmul(np.ones((2, 3)), np.ones((4, 5)))
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"matrix \[1\] of the batch"):
        tf.linalg.inv(np.stack([np.eye(2), np.zeros((2, 2))]))


def test_python_numbers_take_the_tensors_dtype():
    x = tf.constant([[1.0, 2.0]])
    assert tf.matmul(x, [[1], [2]]).numpy() == [[5.0]]
    assert tf.linalg.solve(tf.eye(2), [[1], [2]]).dtype == "float32"


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_small_floats_are_summed_in_float32(dtype):
    ones = tf.cast(np.ones((1, 5000)), dtype)
    exact = float(np.asarray(5000, ones.dtype.as_numpy_dtype))
    assert float(tf.matmul(ones, ones, transpose_b=True)[0, 0]) == exact
    assert float(tf.einsum("ij,kj->", ones, ones)) == exact
    assert float(tf.einsum("ij->", ones)) == exact


def test_cholesky_of_a_matrix_that_is_not_definite_is_nan():
    y = tf.linalg.cholesky(np.stack([np.eye(2), -np.eye(2)])).numpy()
    np.testing.assert_array_equal(y, [[[1, 0], [0, 1]], [[np.nan, 0], [np.nan, np.nan]]])


def test_not_finite_input_does_not_crash():
    bad = np.array([[np.nan, 1.0], [1.0, np.inf]])
    for f in (
        tf.linalg.cholesky,
        tf.linalg.expm,
        tf.linalg.sqrtm,
        tf.linalg.det,
        tf.linalg.slogdet,
        tf.linalg.qr,
        tf.linalg.svd,
        tf.linalg.pinv,
        tf.norm,
    ):
        f(bad)
    assert np.isnan(tf.linalg.logm(bad + 0j).numpy()).all()
    s, _, _ = tf.linalg.svd(np.stack([np.eye(2), bad]))
    np.testing.assert_array_equal(s.numpy(), [[1, 1], [np.nan, np.nan]])
    assert int(tf.linalg.matrix_rank(bad)) == 0


@pytest.mark.parametrize("ord", ["euclidean", 1, 3, 1.5, 0.5, np.inf])
def test_gradient_of_a_norm_at_zero_is_zero(ord):
    x = tf.constant(np.zeros((2, 3)))
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.norm(x, ord=ord, axis=1)
        g = inner.gradient(y, x)
    np.testing.assert_array_equal(g.numpy(), np.zeros((2, 3)))
    assert np.isfinite(outer.gradient(g, x, unconnected_gradients="zero").numpy()).all()


def test_gradient_of_global_norm_at_zero_is_zero():
    x = tf.constant(np.zeros(3))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.linalg.global_norm([x, x])
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), np.zeros(3))


@pytest.mark.parametrize("n", [2, 5, 12])
def test_gradient_of_the_determinant_of_a_singular_matrix(n):
    rng = np.random.default_rng(n)
    q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    s = np.linspace(0.5, 1.5, n)
    s[0] = 0
    x = tf.constant(q * s)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.linalg.det(x)
    expected = np.linalg.det(q) * np.prod(s[1:]) * np.outer(q[:, 0], np.eye(n)[0])
    np.testing.assert_allclose(tape.gradient(y, x).numpy(), expected, atol=1e-12)


def test_equal_eigenvalues_give_no_gradient_through_vectors_but_through_values():
    x = tf.constant(np.eye(3))
    with tf.GradientTape() as tape:
        tape.watch(x)
        e, v = tf.linalg.eigh(x)
        y = tf.reduce_sum(e) + tf.reduce_sum(v * v * v)
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), np.eye(3))


def test_half_precision_where_tensorflow_has_it():
    x = np.array([[2.0, 1.0], [1.0, 3.0]], np.float16)
    assert tf.linalg.inv(x).dtype == tf.linalg.qr(x).q.dtype == "float16"
    with pytest.raises(tf.errors.InvalidArgumentError, match="float16"):
        tf.linalg.det(x)


def test_batches_of_none():
    assert tf.linalg.cholesky(np.zeros((0, 3, 3))).shape == (0, 3, 3)
    assert tf.linalg.lu(np.zeros((0, 3, 3))).p.shape == (0, 3)
    assert tf.linalg.triangular_solve(np.zeros((0, 3, 3)), np.zeros((3, 2))).shape == (0, 3, 2)
    assert [tuple(y.shape) for y in tf.linalg.svd(np.zeros((0, 3)), full_matrices=True)] == [(0,), (0, 0), (3, 3)]
    assert [tuple(y.shape) for y in tf.linalg.qr(np.zeros((3, 0)), full_matrices=True)] == [(3, 3), (3, 0)]
    assert float(tf.linalg.det(np.zeros((0, 0)))) == 1.0


def test_results_with_names():
    assert tf.linalg.slogdet(np.eye(2))._fields == ("sign", "log_abs_determinant")
    assert tf.linalg.lu(np.eye(2))._fields == ("lu", "p")
    assert tf.linalg.qr(np.eye(2))._fields == ("q", "r")


def test_jacobian_of_what_tensorflow_cannot_batch():
    x = tf.constant(np.arange(9.0).reshape(3, 3))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.einsum("ii->i", x * x)
    jacobian = tape.jacobian(y, x).numpy()
    expected = np.zeros((3, 3, 3))
    expected[range(3), range(3), range(3)] = [0, 8, 16]
    np.testing.assert_array_equal(jacobian, expected)


def test_einsum_of_many_is_multiplied_in_a_good_order():
    rng = np.random.default_rng(0)
    xs = [rng.normal(size=s) for s in ((40, 2), (2, 40), (40, 2), (2, 3))]
    for optimize in ("greedy", "optimal", "auto", "branch-2"):
        y = tf.einsum("ab,bc,cd,de->ae", *xs, optimize=optimize)
        np.testing.assert_allclose(y.numpy(), np.linalg.multi_dot(xs))
    assert tf.einsum("a,a,a,a->", *[np.ones(3)] * 4).numpy() == 3.0


def test_nothing_of_scipy_is_loaded_by_products():
    code = (
        "import sys, gradtape as tf; tf.matmul(tf.eye(2), tf.eye(2)); tf.linalg.inv(tf.eye(2)); assert 'scipy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_operators_follow_their_variables():
    v = tf.Variable([1.0, 2.0])
    operator = tf.linalg.LinearOperatorDiag(v)
    assert [w is v for w in operator.trainable_variables] == [True]
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(operator.matvec([1.0, 1.0]))
    np.testing.assert_array_equal(tape.gradient(y, v).numpy(), [1.0, 1.0])
    v.assign([3.0, 4.0])
    np.testing.assert_array_equal(operator.diag_part().numpy(), [3.0, 4.0])


def test_operators_of_ones_own():
    class Doubling(tf.linalg.LinearOperator):
        def _shape(self):
            return (2, 2)

        def _matmul(self, x, adjoint=False, adjoint_arg=False):
            return 2.0 * (tf.linalg.adjoint(x) if adjoint_arg else x)

    operator = Doubling("float32", is_self_adjoint=True, is_positive_definite=True)
    np.testing.assert_array_equal(operator.to_dense().numpy(), 2 * np.eye(2))
    np.testing.assert_allclose(operator.solvevec([2.0, 4.0]).numpy(), [1.0, 2.0], rtol=1e-6)
    assert float(operator.determinant()) == pytest.approx(4.0)
    state = tf.linalg.experimental.conjugate_gradient(operator, [2.0, 4.0])
    np.testing.assert_allclose(state.x.numpy(), [1.0, 2.0])


def test_operators_check_what_was_promised():
    tf.linalg.LinearOperatorIdentity(2).assert_positive_definite()
    for check in ("assert_non_singular", "assert_positive_definite", "assert_self_adjoint"):
        with pytest.raises(tf.errors.InvalidArgumentError):
            getattr(tf.linalg.LinearOperatorFullMatrix([[0.0, 1.0], [0.0, 0.0]]), check)()
