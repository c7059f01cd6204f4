"""What tests/data/make_linalg.py records from TensorFlow and tests/unit/test_linalg.py compares with.

A case is a function of the module (TensorFlow's or ours) and of its arguments, and the arguments as arrays.  Where signs or
phases are free, the function does not depend on them.  REFUSED holds calls that TensorFlow refuses.
"""

import zlib

import numpy as np


def draw(name, *shape, dtype="float64"):
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    x = rng.normal(size=shape)
    if np.dtype(dtype).kind == "c":
        x = x + 1j * rng.normal(size=shape)
    return x.astype(dtype)


def apart(name, *lead, n=3, dtype="float64"):
    """Matrices whose eigenvalues and singular values lie apart."""
    return (0.3 * draw(name, *lead, n, n, dtype=dtype) + np.diag(2.0 ** np.arange(n))).astype(dtype)


def definite(name, *lead, n=3, dtype="float64"):
    x = draw(name, *lead, n, n, dtype=dtype)
    return x @ x.conj().swapaxes(-1, -2) + np.eye(n, dtype=dtype)


def squares(tf, x):
    return tf.math.real(x) ** 2 + tf.math.imag(x) ** 2 if x.dtype.is_complex else x**2


def vectors(tf, e, v):
    """Eigenvalues and what is left of eigenvectors without their phases."""
    return e, squares(tf, v)


PRODUCTS = {
    "matmul": (lambda tf, a, b: tf.matmul(a, b), [draw("a", 2, 3), draw("b", 3, 4)]),
    "matmul float32": (lambda tf, a, b: tf.matmul(a, b), [draw("a", 20, 30, dtype="float32"), draw("b", 30, 4, dtype="float32")]),
    "matmul broadcast": (lambda tf, a, b: tf.matmul(a, b), [draw("a", 2, 1, 2, 3), draw("b", 3, 3, 2)]),
    "matmul matrix on the right": (lambda tf, a, b: tf.matmul(a, b), [draw("a", 5, 2, 3), draw("b", 3, 2)]),
    "matmul transposed": (lambda tf, a, b: tf.matmul(a, b, transpose_a=True, transpose_b=True), [draw("a", 3, 2), draw("b", 4, 3)]),
    "matmul complex": (lambda tf, a, b: tf.matmul(a, b, adjoint_a=True, transpose_b=True), [draw("a", 3, 2, dtype="complex128"),
                                                                                          draw("b", 4, 3, dtype="complex128")]),
    "matmul float16": (lambda tf, a, b: tf.matmul(a, b), [np.ones((1, 300), "float16"), np.ones((300, 2), "float16")]),
    "matmul bfloat16": (lambda tf, a, b: tf.cast(tf.matmul(tf.cast(a, "bfloat16"), tf.cast(b, "bfloat16")), "float32"),
                        [draw("a", 3, 40, dtype="float32"), draw("b", 40, 2, dtype="float32")]),
    "matmul int": (lambda tf, a, b: tf.matmul(a, b), [np.arange(6).reshape(2, 3), np.arange(6).reshape(3, 2)]),
    "matmul int8 to int32": (lambda tf, a, b: tf.matmul(a, b, output_type="int32"), [np.full((1, 9), 100, "int8"), np.full((9, 1), 100, "int8")]),
    "matmul empty": (lambda tf, a, b: tf.matmul(a, b), [np.zeros((2, 0)), np.zeros((0, 3))]),
    "matvec": (lambda tf, a, b: tf.linalg.matvec(a, b, adjoint_a=True), [draw("a", 2, 3, 2, dtype="complex64"), draw("b", 2, 3, dtype="complex64")]),
    "einsum attention": (lambda tf, a, b: tf.einsum("bqhd,bkhd->bhqk", a, b), [draw("a", 2, 3, 2, 4), draw("b", 2, 5, 2, 4)]),
    "einsum three": (lambda tf, a, b, c: tf.einsum("ij,jk,kl->li", a, b, c), [draw("a", 2, 3), draw("b", 3, 4), draw("c", 4, 5)]),
    "einsum diagonal": (lambda tf, a: tf.einsum("...ii->...i", a), [draw("a", 2, 3, 3)]),
    "einsum trace": (lambda tf, a: tf.einsum("bii->b", a), [draw("a", 2, 3, 3)]),
    "einsum broadcast": (lambda tf, a, b: tf.einsum("...ij,...jk->...ik", a, b), [draw("a", 5, 2, 3), draw("b", 1, 3, 4)]),
    "einsum implicit": (lambda tf, a, b: tf.einsum("jb,ba", a, b), [draw("a", 2, 3), draw("b", 3, 4)]),
    "einsum complex": (lambda tf, a, b: tf.einsum("ij,jk->ki", a, b), [draw("a", 2, 3, dtype="complex128"), draw("b", 3, 2, dtype="complex128")]),
    "einsum sum": (lambda tf, a, b: tf.einsum("ijk,l->k", a, b), [draw("a", 2, 3, 4), draw("b", 2)]),
    "einsum bfloat16": (lambda tf, a, b: tf.cast(tf.einsum("ij,jk->ki", tf.cast(a, "bfloat16"), tf.cast(b, "bfloat16")), "float32"),
                        [draw("a", 3, 40, dtype="float32"), draw("b", 40, 2, dtype="float32")]),
    "tensordot": (lambda tf, a, b: tf.tensordot(a, b, [[1, 2], [1, 0]]), [draw("a", 2, 3, 4), draw("b", 4, 3, 5)]),
    "tensordot number": (lambda tf, a, b: tf.tensordot(a, b, 1), [draw("a", 2, 3), draw("b", 3, 4)]),
    "tensordot outer": (lambda tf, a, b: tf.tensordot(a, b, 0), [draw("a", 2), draw("b", 3, 2)]),
    "cross": (lambda tf, a, b: tf.linalg.cross(a, b), [draw("a", 2, 3), draw("b", 2, 3)]),
}  # fmt: skip

DIAGONALS = {
    **{f"diag {a}": (lambda tf, x, a=a: tf.linalg.diag(x, k=(-2, 1), num_rows=3, padding_value=9.0, align=a), [draw("x", 4, 3)])
       for a in ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")},
    **{f"diag_part {a}": (lambda tf, x, a=a: tf.linalg.diag_part(x, k=(-2, 2), padding_value=9.0, align=a), [draw("x", 2, 3, 4)])
       for a in ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")},
    **{f"set_diag {a}": (lambda tf, x, d, a=a: tf.linalg.set_diag(x, d, k=(-2, 1), align=a), [draw("x", 3, 4), draw("d", 4, 3)])
       for a in ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")},
    "diag": (lambda tf, x: tf.linalg.diag(x, k=1), [draw("x", 2, 3)]),
    "diag rows": (lambda tf, x: tf.linalg.diag(x, num_rows=4), [draw("x", 2)]),
    "diag_part": (lambda tf, x: tf.linalg.diag_part(x), [draw("x", 2, 3, 4)]),
    "diag_part one": (lambda tf, x: tf.linalg.diag_part(x, k=(1, 1)), [draw("x", 3, 4)]),
    "set_diag": (lambda tf, x, d: tf.linalg.set_diag(x, d), [draw("x", 2, 3, 4), draw("d", 2, 3)]),
    "band_part": (lambda tf, x: tf.linalg.band_part(x, 1, -1), [draw("x", 2, 4, 3)]),
    "tensor_diag": (lambda tf, x: tf.linalg.tensor_diag(x), [draw("x", 2, 3)]),
    "tensor_diag_part": (lambda tf, x: tf.linalg.tensor_diag_part(x), [draw("x", 2, 3, 2, 3)]),
    "trace": (lambda tf, x: tf.linalg.trace(x), [draw("x", 2, 3, 4)]),
    "eye": (lambda tf: tf.eye(2, 3, batch_shape=[2], dtype="int32"), []),
    "adjoint": (lambda tf, x: tf.linalg.adjoint(x), [draw("x", 2, 3, dtype="complex64")]),
    "matrix_transpose": (lambda tf, x: tf.linalg.matrix_transpose(x), [draw("x", 2, 3, dtype="complex64")]),
}  # fmt: skip

BANDS = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])

SOLVES = {
    "inv": (lambda tf, x: tf.linalg.inv(x), [definite("x", 2)]),
    "inv adjoint": (lambda tf, x: tf.linalg.inv(x, adjoint=True), [apart("x", dtype="complex128")]),
    "inv float16": (lambda tf, x: tf.linalg.inv(x), [np.diag([2.0, 4.0]).astype("float16")]),
    "solve": (lambda tf, a, b: tf.linalg.solve(a, b), [apart("a", 2), draw("b", 2, 3, 2)]),
    "solve adjoint": (lambda tf, a, b: tf.linalg.solve(a, b, adjoint=True), [apart("a", dtype="complex128"), draw("b", 3, 2, dtype="complex128")]),
    "triangular_solve": (lambda tf, a, b: tf.linalg.triangular_solve(a, b), [apart("a"), draw("b", 3, 2)]),
    "triangular_solve broadcast": (lambda tf, a, b: tf.linalg.triangular_solve(a, b, lower=False), [apart("a", 2), draw("b", 3, 2)]),
    "triangular_solve adjoint": (lambda tf, a, b: tf.linalg.triangular_solve(a, b, adjoint=True), [apart("a", dtype="complex128"),
                                                                                                   draw("b", 3, 2, dtype="complex128")]),
    "triangular_solve singular": (lambda tf, a, b: tf.linalg.triangular_solve(a, b), [np.diag([1.0, 0.0]), np.ones((2, 1))]),
    "cholesky_solve": (lambda tf, a, b: tf.linalg.cholesky_solve(a, b), [np.linalg.cholesky(definite("a")), draw("b", 3, 2)]),
    "banded lower": (lambda tf, a, b: tf.linalg.banded_triangular_solve(a, b), [BANDS, draw("b", 3, 2)]),
    "banded upper": (lambda tf, a, b: tf.linalg.banded_triangular_solve(a, b, lower=False), [BANDS[1:], draw("b", 3, 2)]),
    "banded adjoint": (lambda tf, a, b: tf.linalg.banded_triangular_solve(a, b, adjoint=True), [BANDS[:2], draw("b", 3, 2)]),
    "banded more than rows": (lambda tf, a, b: tf.linalg.banded_triangular_solve(a, b), [draw("a", 4, 3), draw("b", 3, 1)]),
    "tridiagonal_solve": (lambda tf, d, b: tf.linalg.tridiagonal_solve(d, b), [draw("d", 3, 4), draw("b", 4, 2)]),
    "tridiagonal_solve vector": (lambda tf, d, b: tf.linalg.tridiagonal_solve(d, b), [draw("d", 2, 3, 4), draw("b", 2, 4)]),
    "tridiagonal_solve matrix": (lambda tf, d, b: tf.linalg.tridiagonal_solve(d, b, diagonals_format="matrix"), [draw("d", 4, 4), draw("b", 4, 2)]),
    "tridiagonal_solve sequence": (lambda tf, a, d, c, b: tf.linalg.tridiagonal_solve([a, d, c], b, diagonals_format="sequence"),
                                   [draw("a", 3), draw("d", 4), draw("c", 3), draw("b", 4, 2)]),
    "tridiagonal_solve transposed": (lambda tf, d, b: tf.linalg.tridiagonal_solve(d, b, transpose_rhs=True, conjugate_rhs=True),
                                     [draw("d", 3, 4, dtype="complex128"), draw("b", 2, 4, dtype="complex128")]),
    "tridiagonal_matmul": (lambda tf, d, b: tf.linalg.tridiagonal_matmul(d, b), [draw("d", 2, 3, 4), draw("b", 2, 4, 2)]),
    "tridiagonal_matmul matrix": (lambda tf, d, b: tf.linalg.tridiagonal_matmul(d, b, diagonals_format="matrix"), [draw("d", 4, 4), draw("b", 4, 2)]),
    "tridiagonal_matmul sequence": (lambda tf, a, d, c, b: tf.linalg.tridiagonal_matmul([a, d, c], b, diagonals_format="sequence"),
                                    [draw("a", 4), draw("d", 4), draw("c", 4), draw("b", 4, 2)]),
    "lstsq": (lambda tf, a, b: tf.linalg.lstsq(a, b), [draw("a", 2, 4, 3), draw("b", 2, 4, 2)]),
    "lstsq wide": (lambda tf, a, b: tf.linalg.lstsq(a, b), [draw("a", 2, 4), draw("b", 2, 1)]),
    "lstsq l2": (lambda tf, a, b, l2: tf.linalg.lstsq(a, b, l2), [draw("a", 4, 2), draw("b", 4, 1), np.array(0.5)]),
    "lstsq wide l2": (lambda tf, a, b, l2: tf.linalg.lstsq(a, b, l2), [draw("a", 2, 4), draw("b", 2, 1), np.array(0.5)]),
    "lstsq complex": (lambda tf, a, b: tf.linalg.lstsq(a, b), [draw("a", 4, 2, dtype="complex128"), draw("b", 4, 1, dtype="complex128")]),
    "lstsq slow": (lambda tf, a, b: tf.linalg.lstsq(a, b, fast=False), [draw("a", 4, 2), draw("b", 4, 1)]),
    "lstsq any rank": (lambda tf, a, b: tf.linalg.lstsq(a, b, fast=False), [np.ones((3, 2)), draw("b", 3, 1)]),
    "pinv": (lambda tf, a: tf.linalg.pinv(a), [draw("a", 2, 4, 3)]),
    "pinv wide": (lambda tf, a: tf.linalg.pinv(a), [draw("a", 2, 4)]),
    "pinv rcond": (lambda tf, a: tf.linalg.pinv(a, rcond=[1e-2, 1e-4]), [np.stack([np.diag([1.0, 1e-3])] * 2)]),
    "matrix_rank": (lambda tf, a: tf.linalg.matrix_rank(a), [np.stack([np.ones((3, 3)), np.eye(3), np.zeros((3, 3))])]),
    "matrix_rank tol": (lambda tf, a: tf.linalg.matrix_rank(a, tol=0.5), [np.diag([1.0, 0.4, 0.6])]),
}  # fmt: skip

DECOMPOSITIONS = {
    "cholesky": (lambda tf, x: tf.linalg.cholesky(x), [definite("x", 2)]),
    "cholesky float32": (lambda tf, x: tf.linalg.cholesky(x), [definite("x", dtype="float32")]),
    "cholesky complex": (lambda tf, x: tf.linalg.cholesky(x), [definite("x", dtype="complex128")]),
    "lu": (lambda tf, x: tuple(tf.linalg.lu(x)), [apart("x", 2)]),
    "lu int64": (lambda tf, x: tuple(tf.linalg.lu(x, output_idx_type="int64")), [draw("x", 4, 4)]),
    "lu_solve": (lambda tf, x, b: tf.linalg.lu_solve(x, np.array([2, 0, 1]), b), [apart("x"), draw("b", 3, 2)]),
    "lu_matrix_inverse": (lambda tf, x: tf.linalg.lu_matrix_inverse(x, np.array([2, 0, 1])), [apart("x")]),
    "lu_reconstruct": (lambda tf, x: tf.linalg.lu_reconstruct(x, np.array([[2, 0, 1], [0, 1, 2]])), [apart("x", 2)]),
    "qr": (lambda tf, x: tuple(tf.linalg.qr(x)), [draw("x", 2, 3, 3)]),
    "qr tall": (lambda tf, x: tuple(tf.linalg.qr(x)), [draw("x", 4, 2)]),
    "qr wide": (lambda tf, x: tuple(tf.linalg.qr(x)), [draw("x", 2, 4)]),
    "qr wide full": (lambda tf, x: tuple(tf.linalg.qr(x, full_matrices=True)), [draw("x", 2, 4)]),
    "qr complex": (lambda tf, x: tuple(tf.linalg.qr(x)), [draw("x", 3, 3, dtype="complex128")]),
    "qr full": (lambda tf, x: (lambda q, r: (abs(q[:, :2]), r))(*tf.linalg.qr(tf.stop_gradient(x), full_matrices=True)), [draw("x", 5, 2)]),
    "svd": (lambda tf, x: (lambda s, u, v: (s, u**2, v**2, u @ tf.linalg.adjoint(v)))(*tf.linalg.svd(x)), [apart("x", 2)]),
    "svd tall": (lambda tf, x: (lambda s, u, v: (s, u**2, v**2, u @ tf.linalg.adjoint(v)))(*tf.linalg.svd(x)), [draw("x", 4, 2)]),
    "svd wide full": (lambda tf, x: (lambda s, u, v: (s, u**2, v**2))(*tf.linalg.svd(x, full_matrices=True)), [draw("x", 2, 3)]),
    "svd complex": (lambda tf, x: (lambda s, u, v: (s, squares(tf, u), squares(tf, v), u @ tf.linalg.adjoint(v)))(*tf.linalg.svd(x)),
                    [apart("x", dtype="complex128")]),
    "svd values": (lambda tf, x: tf.linalg.svd(x, compute_uv=False), [draw("x", 2, 4, 3)]),
    "svd equal values": (lambda tf, x: (lambda s, u, v: (s, u**3, v**3))(*tf.linalg.svd(x)), [np.eye(3)]),
    "eigh": (lambda tf, x: vectors(tf, *tf.linalg.eigh(x)), [apart("x", 2)]),
    "eigh complex": (lambda tf, x: vectors(tf, *tf.linalg.eigh(x)), [definite("x", dtype="complex128")]),
    "eigh equal values": (lambda tf, x: (lambda e, v: (e, v**3))(*tf.linalg.eigh(x)), [np.eye(3)]),
    "eigvalsh": (lambda tf, x: tf.linalg.eigvalsh(x), [apart("x", 2)]),
    "eig": (lambda tf, x: vectors(tf, *tf.linalg.eig(x)), [apart("x", 2)]),
    "eig turning": (lambda tf, x: vectors(tf, *tf.linalg.eig(x)), [np.array([[1.0, 2.0], [-3.0, 0.5]])]),
    "eigvals": (lambda tf, x: tf.linalg.eigvals(x), [apart("x")]),
    "eigh_tridiagonal": (lambda tf, a, b: tf.linalg.eigh_tridiagonal(a, b), [draw("a", 4), draw("b", 3)]),
    "eigh_tridiagonal index": (lambda tf, a, b: tf.linalg.eigh_tridiagonal(tf.stop_gradient(a), tf.stop_gradient(b), select="i", select_range=(1, 2)),
                               [draw("a", 4), draw("b", 3)]),
    "eigh_tridiagonal value": (lambda tf, a, b: tf.linalg.eigh_tridiagonal(tf.stop_gradient(a), tf.stop_gradient(b), select="v",
                                                                           select_range=(-0.5, 9.0)), [draw("a", 4), draw("b", 3)]),
    "det": (lambda tf, x: tf.linalg.det(x), [draw("x", 2, 3, 3)]),
    "det complex": (lambda tf, x: tf.linalg.det(x), [draw("x", 3, 3, dtype="complex128")]),
    "slogdet": (lambda tf, x: tuple(tf.linalg.slogdet(x)), [draw("x", 2, 3, 3)]),
    "slogdet complex": (lambda tf, x: tf.linalg.slogdet(x)[1], [draw("x", 3, 3, dtype="complex128")]),
    "slogdet singular": (lambda tf, x: [tf.stop_gradient(y) for y in tf.linalg.slogdet(x)], [np.zeros((2, 2))]),
    "logdet": (lambda tf, x: tf.linalg.logdet(x), [definite("x", 2)]),
    "logdet complex": (lambda tf, x: tf.linalg.logdet(x), [definite("x", dtype="complex128")]),
    "expm": (lambda tf, x: tf.linalg.expm(x), [draw("x", 2, 3, 3)]),
    "expm complex": (lambda tf, x: tf.linalg.expm(x), [draw("x", 3, 3, dtype="complex128")]),
    "logm": (lambda tf, x: tf.linalg.logm(tf.stop_gradient(x)), [apart("x", dtype="complex128")]),
    "logm negative": (lambda tf, x: tf.linalg.logm(tf.stop_gradient(x)), [np.diag([-1.0 + 0j, 1.0])]),
    "sqrtm": (lambda tf, x: tf.linalg.sqrtm(x), [definite("x")]),
    "sqrtm turning": (lambda tf, x: tf.linalg.sqrtm(x), [np.array([[0.0, 1.0], [-1.0, 0.0]])]),
    "sqrtm complex": (lambda tf, x: tf.linalg.sqrtm(x), [apart("x", dtype="complex128")]),
    "sqrtm of no root": (lambda tf, x: tf.linalg.sqrtm(tf.stop_gradient(x)), [np.diag([-1.0, 1.0])]),
}  # fmt: skip

NORMS = {
    **{f"norm {ord}": (lambda tf, x, ord=ord: tf.norm(x, ord=ord), [draw("x", 2, 3)]) for ord in ("euclidean", 1, 2, np.inf, 3, 0.5)},
    **{f"norm of matrices {ord}": (lambda tf, x, ord=ord: tf.norm(x, ord=ord, axis=(-2, -1)), [draw("x", 2, 3, 4)])
       for ord in ("euclidean", "fro", 1, 2, np.inf)},
    "norm axis": (lambda tf, x: tf.norm(x, axis=1, keepdims=True), [draw("x", 2, 3)]),
    "norm matrix order": (lambda tf, x: tf.norm(x, ord=1, axis=[2, 0], keepdims=True), [draw("x", 2, 3, 4)]),
    "norm complex": (lambda tf, x: tf.norm(x), [draw("x", 2, 3, dtype="complex128")]),
    "norm complex 1": (lambda tf, x: tf.norm(x, ord=1, axis=0), [draw("x", 2, 3, dtype="complex128")]),
    "norm int": (lambda tf, x: tf.norm(x, ord=1), [np.array([1, -2])]),
    "norm float16": (lambda tf, x: tf.norm(x), [np.array([3.0, 4.0], "float16")]),
    "normalize": (lambda tf, x: tf.linalg.normalize(x, axis=1), [draw("x", 2, 3)]),
    "normalize matrices": (lambda tf, x: tf.linalg.normalize(x, ord=2, axis=[-2, -1]), [draw("x", 2, 3, 2)]),
    "global_norm": (lambda tf, x, y: tf.linalg.global_norm([x, None, y]), [draw("x", 2, 3), draw("y", 2)]),
    "l2_normalize": (lambda tf, x: tf.linalg.l2_normalize(x, axis=1), [draw("x", 2, 3)]),
}  # fmt: skip


def all_of(op, x):
    """What a square, regular operator can do."""
    made = (op, op.adjoint(), op.inverse(), op @ op.adjoint())
    numbers = (op.determinant(), op.log_abs_determinant(), op.diag_part(), op.trace(), op.cond())
    products = (op.matmul(x), op.matmul(x, adjoint=True), op.matvec(x[..., 0]), op.add_to_tensor(op.to_dense()))
    solutions = (op.solve(x), op.solve(x, adjoint=True), op.solvevec(x[..., 0]))
    return [*(o.to_dense() for o in made), *(o.solve(x) for o in made), *numbers, *products, *solutions]


def self_adjoint(op, x):
    return [*all_of(op, x), op.cholesky().to_dense(), op.eigvals()]


def solved(state):
    return state.i, state.x


OPERATORS = {
    "operator full": (lambda tf, a, x: all_of(tf.linalg.LinearOperatorFullMatrix(a), x), [apart("a", 2), draw("x", 2, 3, 2)]),
    "operator full complex": (lambda tf, a, x: all_of(tf.linalg.LinearOperatorFullMatrix(a), x), [apart("a", dtype="complex128"),
                                                                                            draw("x", 3, 2, dtype="complex128")]),
    "operator full definite": (lambda tf, a, x: self_adjoint(tf.linalg.LinearOperatorFullMatrix(
        a, is_self_adjoint=True, is_positive_definite=True), x), [definite("a"), draw("x", 3, 2)]),
    "operator full wide": (lambda tf, a, x: [(o := tf.linalg.LinearOperatorFullMatrix(a)).matmul(x), o.matmul(x, adjoint_arg=True), o.to_dense()],
                           [draw("a", 3, 3), draw("x", 3, 3)]),
    "operator diag": (lambda tf, d, x: all_of(tf.linalg.LinearOperatorDiag(d), x), [1 + draw("d", 2, 3) ** 2, draw("x", 2, 3, 2)]),
    "operator diag complex": (lambda tf, d, x: all_of(tf.linalg.LinearOperatorDiag(d), x), [draw("d", 3, dtype="complex128"),
                                                                                      draw("x", 3, 2, dtype="complex128")]),
    "operator diag definite": (lambda tf, d, x: self_adjoint(tf.linalg.LinearOperatorDiag(d, is_positive_definite=True), x),
                               [1 + draw("d", 3) ** 2, draw("x", 3, 2)]),
    "operator scaled": (lambda tf, c, x: all_of(tf.linalg.LinearOperatorScaledIdentity(3, c), x), [np.array([2.0, -3.0]), draw("x", 2, 3, 2)]),
    "operator identity": (lambda tf, x: [y for k, y in enumerate(all_of(tf.linalg.LinearOperatorIdentity(3, dtype="float64"), x)) if k != 12],
                          [draw("x", 3, 2)]),
    "operator triangle": (lambda tf, a, x: all_of(tf.linalg.LinearOperatorLowerTriangular(a), x), [apart("a", 2), draw("x", 2, 3, 2)]),
    "operator product": (lambda tf, a, d, x: all_of(tf.linalg.LinearOperatorComposition(
        [tf.linalg.LinearOperatorFullMatrix(a, is_non_singular=True), tf.linalg.LinearOperatorDiag(d, is_non_singular=True)]), x),
        [apart("a"), draw("d", 3), draw("x", 3, 2)]),
    "conjugate_gradient": (lambda tf, a, b: solved(tf.linalg.experimental.conjugate_gradient(
        tf.linalg.LinearOperatorFullMatrix(a, is_self_adjoint=True, is_positive_definite=True), b, tol=1e-12)), [definite("a", n=4), draw("b", 2, 4)]),
    "conjugate_gradient started": (lambda tf, a, d, b, x: solved(tf.linalg.experimental.conjugate_gradient(
        tf.linalg.LinearOperatorFullMatrix(a, is_self_adjoint=True, is_positive_definite=True), b,
        tf.linalg.LinearOperatorDiag(d, is_positive_definite=True), x, max_iter=2)),
        [definite("a", n=4), 1 + draw("d", 4) ** 2, draw("b", 4), draw("x", 4)]),
}  # fmt: skip

CASES = {**PRODUCTS, **DIAGONALS, **SOLVES, **DECOMPOSITIONS, **NORMS, **OPERATORS}

# Cases whose gradients' gradients are recorded too.
SECOND = (
    "matmul", "matmul complex", "einsum attention", "inv", "solve", "triangular_solve adjoint", "cholesky", "cholesky complex", "qr", "svd", "svd tall",
    "svd values", "eigh", "eigvalsh", "eig", "det", "slogdet", "logdet", "expm", "lstsq", "pinv", "norm euclidean", "norm 3", "svd equal values",
    "eigh equal values",
)  # fmt: skip

ZERO = np.zeros((2, 2), "float32")
F = np.float32

REFUSED = {
    "matmul of a vector": lambda tf: tf.matmul(np.ones(3, F), np.ones((3, 3), F)),
    "matmul extents": lambda tf: tf.matmul(np.ones((2, 3), F), np.ones((4, 5), F)),
    "matmul batches": lambda tf: tf.matmul(np.ones((2, 2, 3), F), np.ones((3, 3, 5), F)),
    "matmul dtypes": lambda tf: tf.matmul(tf.constant(np.ones((2, 3), F)), tf.constant(np.ones((3, 2)))),
    "matmul of booleans": lambda tf: tf.matmul(tf.constant([[True]]), tf.constant([[True]])),
    "matmul flips": lambda tf: tf.matmul(ZERO, ZERO, transpose_a=True, adjoint_a=True),
    "matvec extents": lambda tf: tf.linalg.matvec(np.ones((2, 3), F), np.ones(4, F)),
    "einsum label": lambda tf: tf.einsum("ij,jk->il", ZERO, ZERO),
    "einsum repeated output": lambda tf: tf.einsum("i->ii", np.ones(3, F)),
    "einsum count": lambda tf: tf.einsum("ij,jk->ik", ZERO),
    "einsum format": lambda tf: tf.einsum("i1->i", ZERO),
    "einsum rank": lambda tf: tf.einsum("ij,jk->ik", np.ones((2, 2, 2), F), ZERO),
    "einsum extents": lambda tf: tf.einsum("ij,jk->ik", np.ones((2, 3), F), np.ones((4, 5), F)),
    "einsum keyword": lambda tf: tf.einsum("ij->ji", ZERO, foo=1),
    "tensordot extents": lambda tf: tf.tensordot(np.ones((2, 3), F), np.ones((4, 5), F), 1),
    "tensordot negative": lambda tf: tf.tensordot(ZERO, ZERO, -1),
    "tensordot lengths": lambda tf: tf.tensordot(ZERO, ZERO, [[0], [0, 1]]),
    "tensordot axis": lambda tf: tf.tensordot(ZERO, ZERO, [[3], [0]]),
    "cross shapes": lambda tf: tf.linalg.cross(np.ones((2, 3), F), np.ones(3, F)),
    "cross of two": lambda tf: tf.linalg.cross(ZERO, ZERO),
    "band_part of a vector": lambda tf: tf.linalg.band_part(np.ones(3, F), 0, 0),
    "band_part too many": lambda tf: tf.linalg.band_part(ZERO, 5, 0),
    "band_part of floats": lambda tf: tf.linalg.band_part(ZERO, 1.0, 0),
    "diag of a scalar": lambda tf: tf.linalg.diag(1.0),
    "diag rows": lambda tf: tf.linalg.diag(np.ones(2, F), num_rows=1),
    "diag extents": lambda tf: tf.linalg.diag(np.ones(2, F), num_rows=3, num_cols=4),
    "diag k": lambda tf: tf.linalg.diag(np.ones(2, F), k=(2, 1)),
    "diag_part k": lambda tf: tf.linalg.diag_part(ZERO, k=5),
    "diag_part of a vector": lambda tf: tf.linalg.diag_part(np.ones(3, F)),
    "diag_part align": lambda tf: tf.linalg.diag_part(ZERO, align="LEFT"),
    "set_diag extent": lambda tf: tf.linalg.set_diag(ZERO, np.ones(3, F)),
    "tensor_diag of a scalar": lambda tf: tf.linalg.tensor_diag(1.0),
    "tensor_diag_part": lambda tf: tf.linalg.tensor_diag_part(np.ones((2, 3), F)),
    "eye negative": lambda tf: tf.eye(-1),
    "eye of a float": lambda tf: tf.eye(2.5),
    "adjoint of a vector": lambda tf: tf.linalg.adjoint(np.ones(3, F)),
    "inv singular": lambda tf: tf.linalg.inv(ZERO),
    "inv of a batch": lambda tf: tf.linalg.inv(np.stack([np.eye(2), np.zeros((2, 2))])),
    "inv not square": lambda tf: tf.linalg.inv(np.ones((2, 3), F)),
    "inv of a vector": lambda tf: tf.linalg.inv(np.ones(3, F)),
    "inv of integers": lambda tf: tf.linalg.inv(np.eye(2, dtype="int32")),
    "inv of NaN": lambda tf: tf.linalg.inv(np.full((2, 2), np.nan)),
    "solve singular": lambda tf: tf.linalg.solve(ZERO, ZERO),
    "solve extents": lambda tf: tf.linalg.solve(np.eye(3), np.ones((2, 3))),
    "solve of a vector": lambda tf: tf.linalg.solve(np.eye(3), np.ones(3)),
    "triangular_solve extents": lambda tf: tf.linalg.triangular_solve(np.eye(3), np.ones((2, 3))),
    "cholesky_solve extents": lambda tf: tf.linalg.cholesky_solve(np.eye(3), np.ones((2, 3))),
    "banded extents": lambda tf: tf.linalg.banded_triangular_solve(np.ones((2, 3)), np.ones((2, 2))),
    "banded singular": lambda tf: tf.linalg.banded_triangular_solve(np.zeros((2, 3)), np.ones((3, 2))),
    "tridiagonal_solve extents": lambda tf: tf.linalg.tridiagonal_solve(tf.constant(BANDS), tf.constant(np.ones((4, 2)))),
    "tridiagonal_solve format": lambda tf: tf.linalg.tridiagonal_solve(
        tf.constant(BANDS), tf.constant(np.ones((3, 2))), diagonals_format="x"
    ),
    "tridiagonal_matmul extents": lambda tf: tf.linalg.tridiagonal_matmul(tf.constant(BANDS), tf.constant(np.ones((4, 2)))),
    "tridiagonal_matmul format": lambda tf: tf.linalg.tridiagonal_matmul(
        tf.constant(BANDS), tf.constant(np.ones((3, 2))), diagonals_format="x"
    ),
    "lstsq extents": lambda tf: tf.linalg.lstsq(np.ones((3, 2)), np.ones((4, 2))),
    "pinv of integers": lambda tf: tf.linalg.pinv(np.eye(2, dtype="int32")),
    "pinv of a vector": lambda tf: tf.linalg.pinv(np.ones(3)),
    "matrix_rank of integers": lambda tf: tf.linalg.matrix_rank(tf.constant([[1, 0], [0, 1]])),
    "cholesky not square": lambda tf: tf.linalg.cholesky(np.ones((2, 3))),
    "cholesky of a vector": lambda tf: tf.linalg.cholesky(np.ones(3)),
    "cholesky of integers": lambda tf: tf.linalg.cholesky(np.eye(2, dtype="int32")),
    "lu singular": lambda tf: tf.linalg.lu(ZERO),
    "lu not square": lambda tf: tf.linalg.lu(np.ones((2, 3))),
    "lu_solve extents": lambda tf: tf.linalg.lu_solve(np.eye(3), np.arange(3), np.ones((2, 2))),
    "lu_solve of a vector": lambda tf: tf.linalg.lu_solve(np.eye(3), np.arange(3), np.ones(3)),
    "qr of a vector": lambda tf: tf.linalg.qr(np.ones(3)),
    "svd of a vector": lambda tf: tf.linalg.svd(np.ones(3)),
    "eigh not square": lambda tf: tf.linalg.eigh(np.ones((2, 3))),
    "eigh of NaN": lambda tf: tf.linalg.eigh(np.full((2, 2), np.nan)),
    "eig not square": lambda tf: tf.linalg.eig(np.ones((2, 3))),
    "eig of NaN": lambda tf: tf.linalg.eig(np.full((2, 2), np.nan)),
    "eigh_tridiagonal select": lambda tf: tf.linalg.eigh_tridiagonal(np.ones(3), np.ones(2), select="x"),
    "det not square": lambda tf: tf.linalg.det(np.ones((2, 3))),
    "slogdet of a vector": lambda tf: tf.linalg.slogdet(np.ones(3)),
    "logdet not square": lambda tf: tf.linalg.logdet(np.ones((2, 3))),
    "expm of integers": lambda tf: tf.linalg.expm(np.eye(2, dtype="int32")),
    "logm of real numbers": lambda tf: tf.linalg.logm(np.eye(2)),
    "sqrtm not square": lambda tf: tf.linalg.sqrtm(np.ones((2, 3))),
    "norm order": lambda tf: tf.norm(ZERO, ord="fro"),
    "norm negative order": lambda tf: tf.norm(ZERO, ord=-1),
    "norm matrix order": lambda tf: tf.norm(ZERO, ord=3, axis=[0, 1]),
    "norm same axes": lambda tf: tf.norm(ZERO, axis=[0, 0]),
    "norm three axes": lambda tf: tf.norm(np.ones((2, 2, 2)), axis=[0, 1, 2]),
    "norm axis": lambda tf: tf.norm(ZERO, axis=2),
    "norm of integers": lambda tf: tf.norm(np.array([1, 2])),
    "global_norm of a tensor": lambda tf: tf.linalg.global_norm(tf.constant(1.0)),
    "operator hints": lambda tf: tf.linalg.LinearOperatorFullMatrix(ZERO, is_positive_definite=True, is_non_singular=False),
    "operator not square": lambda tf: tf.linalg.LinearOperatorFullMatrix(
        np.ones((2, 3), F), is_self_adjoint=True, is_square=False
    ),
    "operator of a vector": lambda tf: tf.linalg.LinearOperatorFullMatrix(np.ones(3, F)),
    "operator extents": lambda tf: tf.linalg.LinearOperatorFullMatrix(ZERO).matmul(np.ones((3, 2), F)),
    "operator solve wide": lambda tf: tf.linalg.LinearOperatorFullMatrix(np.ones((2, 3), F)).solve(ZERO),
    "operator singular": lambda tf: tf.linalg.LinearOperatorFullMatrix(ZERO, is_non_singular=False).solve(ZERO),
    "operator cholesky": lambda tf: tf.linalg.LinearOperatorFullMatrix(ZERO).cholesky(),
    "operator eigvals": lambda tf: tf.linalg.LinearOperatorFullMatrix(ZERO).eigvals(),
    "operator identity hints": lambda tf: tf.linalg.LinearOperatorIdentity(2, is_self_adjoint=False),
    "operator diag hints": lambda tf: tf.linalg.LinearOperatorDiag(np.ones(2, F), is_self_adjoint=False),
    "operator composition of nothing": lambda tf: tf.linalg.LinearOperatorComposition([]),
    "operator composition extents": lambda tf: tf.linalg.LinearOperatorFullMatrix(ZERO).matmul(
        tf.linalg.LinearOperatorFullMatrix(np.ones((3, 2), F))
    ),
    "conjugate_gradient hints": lambda tf: tf.linalg.experimental.conjugate_gradient(
        tf.linalg.LinearOperatorFullMatrix(ZERO), np.ones(2, F)
    ),
    "global_norm of integers": lambda tf: tf.linalg.global_norm([tf.constant(3)]),
}
