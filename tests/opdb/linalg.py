"""Layer 3: products, diagonals, equations, decompositions, functions of matrices.

Decompositions are tried through what does not depend on signs, phases or bases of null spaces, wherever these are free.
"""

import numpy as np
import scipy.linalg

import gradtape as tf
from gradtape.api import linalg as L
from gradtape.ops import decompositions, determinants, diagonals
from gradtape.ops import linalg as products
from gradtape.ops.linalg import matmul, swap
from gradtape.ops.pieces import index

from ._record import Op, S, cplx, f, ints, pos

InvalidArgument = tf.errors.InvalidArgumentError


def dominant(*lead, n=3):
    """Well-conditioned matrices."""
    return lambda rng: rng.normal(size=(*lead, n, n)) + 3 * np.eye(n)


def dominant_c(*lead, n=3):
    return lambda rng: rng.normal(size=(*lead, n, n)) + 1j * rng.normal(size=(*lead, n, n)) + 4 * np.eye(n)


def spread_out(*lead, n=3):
    """Matrices whose eigenvalues and singular values lie apart."""
    return lambda rng: rng.normal(size=(*lead, n, n)) * 0.3 + np.diag(2.0 ** np.arange(n))


def spread_out_c(*lead, n=3):
    return lambda rng: spread_out(*lead, n=n)(rng) + 0.3j * rng.normal(size=(*lead, n, n))


def rank_one(rng):
    return np.outer(rng.normal(size=3), rng.normal(size=3))


def h(x):
    return x.conj().swapaxes(-1, -2)


def definite(x):
    """A Hermitian positive definite matrix."""
    gram = matmul(x, x, adjoint_b=True)
    return gram + L.band_part(gram, 0, 0)


def definite_ref(x):
    gram = x @ h(x)
    return gram + gram * np.eye(x.shape[-1])


def symmetric(x):
    return x + swap(x, True)


def project(u):
    return matmul(u, u, adjoint_b=True)


def norm_of(x):
    """|x|² for real and complex x, elementwise."""
    return tf.cast(x * products.conj_if_complex(x), x.dtype.real_dtype)


def norm_ref(x, ord="euclidean", axis=None, keepdims=False):
    axis = tuple(axis) if isinstance(axis, list) else axis
    if axis is None:
        x, axis = x.reshape(-1), 0
    if isinstance(ord, str):
        ord = None
    return np.asarray(np.linalg.norm(x, ord, axis, keepdims))


def graded(u):
    """u diag(1, 2, ...) uᴴ: what is left of vectors without their phases."""
    return matmul(u * tf.cast(tf.constant(np.arange(1.0, u.shape[-1] + 1)), u.dtype), u, adjoint_b=True)


def split_columns(u, p):
    """The first p columns, and the projector on the others."""
    k = ((None, None, 1),)
    return index(u, key=(*k, (None, p, 1))), project(index(u, key=(*k, (p, None, 1))))


def full_qr(x):
    q, r = L.qr(x, full_matrices=True)
    return *split_columns(q, min(x.shape)), r


def full_svd(x):
    s, u, v = L.svd(x, full_matrices=True)
    u, u_rest = split_columns(u, min(x.shape))
    v, v_rest = split_columns(v, min(x.shape))
    return s, u_rest, v_rest, norm_of(u), norm_of(v), matmul(u, v, adjoint_b=True)


def invariants(e, v):
    return e, norm_of(v), graded(v)


def svd_invariants(s, u, v):
    return s, norm_of(u), norm_of(v), graded(u), graded(v), matmul(u, v, adjoint_b=True)


TURNING = np.array([[1.0, 2.0], [-3.0, 0.5]])  # complex eigenvalues

PRODUCTS = [
    Op("matmul", lambda a, b, **p: products.matmul(a, b, **p), ref=lambda a, b, **p: flip(a, p, "a") @ flip(b, p, "b"),
       samples=[S(f(2, 3), f(3, 4)), S(f(5, 2, 3), f(3, 4)), S(f(2, 3), f(5, 3, 4)), S(f(5, 1, 2, 3), f(4, 3, 2)), S(f(2, 0), f(0, 3)),
                S(f(0, 2, 3), f(3, 2)), S(f(3, 2), f(3, 4), transpose_a=True), S(f(2, 3), f(4, 3), transpose_b=True),
                S(f(3, 2), f(4, 3), transpose_a=True, adjoint_b=True), S(cplx(2, 3), cplx(3, 2)), S(cplx(3, 2), cplx(4, 3), transpose_a=True,
                transpose_b=True), S(cplx(3, 2), cplx(4, 3), adjoint_a=True, adjoint_b=True), S(cplx(2, 2, 3), cplx(3, 4)),
                S(cplx(5, 3, 2), cplx(3, 4), transpose_a=True), S(cplx(2, 3), cplx(4, 3), transpose_b=True),
                S(cplx(3, 2), cplx(2, 3, 4), adjoint_a=True), S(cplx(2, 3), cplx(2, 4, 3), adjoint_b=True)],
       bad=[(S(f(2, 3), f(2, 3)), InvalidArgument), (S(f(3), f(3, 2)), InvalidArgument), (S(f(3, 2), f(2)), InvalidArgument),
            (S(f(2, 2, 3), f(3, 3, 2)), InvalidArgument), (S(f(2, 3), f(3, 2), transpose_a=True, adjoint_a=True), ValueError),
            (S(f(2, 3), cplx(3, 2)), InvalidArgument), (S(f(2, 3), f(3, 2), output_type="int32"), InvalidArgument)]),
    Op("swap", lambda x, **p: products.swap(x, **p), ref=lambda x, conjugate=False: h(x) if conjugate else x.swapaxes(-1, -2),
       samples=[S(f(2, 3)), S(f(4, 2, 3)), S(cplx(2, 3), conjugate=True)]),
    Op("einsum", lambda *xs, eq: L.einsum(eq, *xs), ref=lambda *xs, eq: np.asarray(np.einsum(eq, *xs)),
       samples=[S(f(2, 3), f(3, 4), eq="ij,jk->ik"), S(f(3, 3), eq="ii"), S(f(3, 3), eq="ii->i"), S(f(2, 3, 3), eq="bii->b"),
                S(f(2, 3, 3), eq="bii->bi"), S(f(2, 3, 3), eq="...ii->...i"), S(f(5, 2, 3), f(1, 3, 4), eq="...ij,...jk->...ik"),
                S(f(5, 2, 3), f(3, 4), eq="...ij,jk"), S(f(2, 3, 4), eq="i...->...i"), S(f(2), f(3), f(4), eq="i,j,k->ijk"),
                S(f(2, 3), f(3, 4), f(4, 2), eq="ij,jk,kl->li"), S(f(2, 3), f(2, 3), eq="ij,ij->"), S(f(2, 3, 4), eq="ijk->k"),
                S(f(2, 4, 2, 3), f(2, 5, 2, 3), eq="bqhd,bkhd->bhqk"), S(f(3, 2, 3), f(4), eq="iji,k->j"), S(f(), f(), eq=",->"),
                S(f(3, 2), f(2, 3), eq="ab,ba->ab"), S(cplx(2, 3), cplx(3, 2), eq="ij,jk->ik"), S(cplx(3, 3), cplx(3), eq="ii,i->i")],
       covers=("einsum_single", "einsum_pair"),
       bad=[(S(f(2, 3), f(4, 5), eq="ij,jk->ik"), InvalidArgument), (S(f(2, 3), f(3, 4), eq="ij,jk->il"), ValueError),
            (S(f(2, 3), eq="ij,jk->ik"), ValueError), (S(f(2, 3, 4), f(3, 4), eq="ij,jk->ik"), InvalidArgument),
            (S(f(3), eq="i->ii"), ValueError), (S(f(2, 3), eq="a1->a"), ValueError), (S(f(2, 3), eq="...->"), InvalidArgument),
            (S(f(2, 3), eq="ii->i"), InvalidArgument), (S(f(2, 3), f(3), eq="ij,j->i->i"), ValueError),
            (S(f(2, 1), f(4, 5), eq="ij,jk->ik"), InvalidArgument)]),
    Op("einsum_spread", lambda x: products.einsum_single(x, "ij->iji"), samples=[S(f(2, 3))]),
    Op("tensordot", lambda a, b, axes: L.tensordot(a, b, axes), ref=lambda a, b, axes: np.asarray(np.tensordot(a, b, axes)),
       samples=[S(f(2, 3), f(3, 4), axes=1), S(f(2, 3), f(4, 5), axes=0), S(f(2, 3, 4), f(4, 3, 2), axes=[[1, 2], [1, 0]]),
                S(f(3), f(3), axes=1), S(f(2, 3), f(2, 4), axes=[0, 0]), S(cplx(2, 3), cplx(3, 2), axes=[[-1], [0]])],
       bad=[(S(f(2, 3), f(4, 5), axes=1), InvalidArgument), (S(f(2, 3), f(3, 4), axes=-1), ValueError), (S(f(2, 3), f(3, 4), axes=3), ValueError),
            (S(f(3, 3), f(3, 3), axes=[[0], [0, 1]]), ValueError), (S(f(2, 3), f(3, 4), axes=[[3], [0]]), IndexError)]),
    Op("matvec", lambda a, b, **p: L.matvec(a, b, **p), ref=lambda a, b, **p: (flip(a, p, "a") @ b[..., None])[..., 0],
       samples=[S(f(2, 3), f(3)), S(f(4, 2, 3), f(3)), S(f(3, 2), f(3), transpose_a=True), S(cplx(3, 2), cplx(3), adjoint_a=True)],
       bad=[(S(f(2, 3), f(4)), InvalidArgument), (S(f(3), f(3)), InvalidArgument), (S(f(2, 3), f()), InvalidArgument)]),
    Op("vecdot", lambda a, b: products.vecdot(a, b), ref=lambda a, b: np.asarray(np.sum(a * b, -1)), samples=[S(f(2, 3), f(3)), S(f(3), f(3))]),
    Op("inner", lambda a, b: products.inner(a, b), ref=lambda a, b: np.asarray(np.inner(a, b)), samples=[S(f(2, 3), f(4, 3)), S(f(), f(3))]),
    Op("outer", lambda a, b: products.outer(a, b), ref=np.outer, samples=[S(f(2), f(3)), S(f(2, 2), f(3))]),
    Op("cross", lambda a, b: L.cross(a, b), ref=np.cross, samples=[S(f(3), f(3)), S(f(2, 3), f(2, 3)), S(f(0, 3), f(0, 3))], symbolic=False,
       bad=[(S(f(2, 3), f(3)), InvalidArgument), (S(f(2), f(2)), tf.errors.FailedPreconditionError), (S(f(), f()), InvalidArgument),
            (S(cplx(3), cplx(3)), InvalidArgument)]),
]


def flip(x, params, name):
    if params.get(f"adjoint_{name}"):
        return h(x)
    return x.swapaxes(-1, -2) if params.get(f"transpose_{name}") else x


DIAGONALS = [
    Op("band_part", lambda x, low, up: L.band_part(x, low, up), ref=lambda x, low, up: np.triu(np.tril(x, up if up >= 0 else 9), -low if low >= 0 else -9),
       samples=[S(f(3, 4), low=-1, up=0), S(f(2, 4, 3), low=1, up=-1), S(f(3, 3), low=0, up=1), S(cplx(2, 2), low=-1, up=-1), S(f(0, 2), low=0, up=0)],
       bad=[(S(f(3), low=0, up=0), InvalidArgument), (S(f(3, 3), low=5, up=0), InvalidArgument), (S(f(3, 3), low=1.0, up=0), TypeError)]),
    Op("corner", lambda x, r, c: diagonals.corner(x, r, c), samples=[S(f(2, 3), r=3, c=2), S(f(4, 2, 3), r=1, c=5), S(f(2, 2), r=2, c=2)]),
    Op("diag", lambda x, **p: L.diag(x, **p), ref=lambda x, k=0, **p: np.stack([np.diag(row, k) for row in x]) if x.ndim == 2 else np.diag(x, k),
       samples=[S(f(3)), S(f(2, 3)), S(f(3), k=1), S(f(2, 3), k=-2), S(cplx(2)), S(f(0))], covers=("matrix_diag",),
       bad=[(S(f()), InvalidArgument), (S(f(2), num_rows=1), InvalidArgument), (S(f(2), num_rows=3, num_cols=4), InvalidArgument),
            (S(f(2), k=(2, 1)), InvalidArgument), (S(f(1, 2), k=(0, 1)), InvalidArgument), (S(f(2), align="LEFT"), InvalidArgument)]),
    Op("diag_band", lambda x, **p: L.diag(x, **p),
       samples=[S(f(4, 3), k=(-2, 1), align=a, num_rows=3, padding_value=7.0) for a in diagonals.ALIGNMENTS] + [S(f(2, 2, 3), k=(0, 1)),
                S(f(3), num_rows=4), S(f(3), padding_value=2.0)], symbolic=False),
    Op("diag_part", lambda x, **p: L.diag_part(x, **p), ref=lambda x, k=0: np.diagonal(x, k, -2, -1),
       samples=[S(f(3, 3)), S(f(2, 4, 4)), S(f(4, 3), k=-1), S(f(3, 4), k=2), S(cplx(2, 2))], covers=("matrix_diag_part",), symbolic=False,
       bad=[(S(f(3)), InvalidArgument), (S(f(3, 3), k=5), InvalidArgument), (S(f(3, 3), k=(1, 0)), InvalidArgument),
            (S(f(3, 3), align="X"), InvalidArgument), (S(f(3, 3), k=(0, 1, 2)), InvalidArgument)]),
    Op("diag_part_square", lambda x: L.diag_part(x, k=(0, 1)), samples=[S(f(3, 3)), S(f(2, 4, 4))]),
    Op("diag_part_band", lambda x, **p: L.diag_part(x, **p),
       samples=[S(f(3, 4), k=(-2, 2), align=a, padding_value=9.0) for a in diagonals.ALIGNMENTS] + [S(f(2, 4, 3), k=(-1, 0))], symbolic=False),
    Op("set_diag", lambda x, d, **p: L.set_diag(x, d, **p), ref=lambda x, d: np.where(np.eye(*x.shape[-2:], dtype=bool), d[..., None], x),
       samples=[S(f(3, 3), f(3)), S(f(2, 3, 3), f(2, 3)), S(cplx(2, 2), cplx(2))], covers=("matrix_set_diag",),
       bad=[(S(f(3, 3), f(2)), InvalidArgument), (S(f(3, 3), f(2, 3)), InvalidArgument), (S(f(3), f(3)), InvalidArgument)]),
    Op("set_diag_band", lambda x, d, **p: L.set_diag(x, d, **p), samples=[S(f(3, 4), f(4, 3), k=(-2, 1), align=a) for a in diagonals.ALIGNMENTS],
       symbolic=False),
    Op("tensor_diag", lambda x: L.tensor_diag(x), samples=[S(f(3)), S(f(2, 3))], bad=[(S(f()), InvalidArgument)]),
    Op("tensor_diag_part", lambda x: L.tensor_diag_part(x), samples=[S(f(3, 3)), S(f(2, 3, 2, 3))],
       bad=[(S(f(2, 3)), InvalidArgument), (S(f(2, 3, 2)), InvalidArgument), (S(f()), InvalidArgument)]),
    Op("trace", lambda x: L.trace(x), ref=lambda x: np.asarray(np.trace(x, axis1=-2, axis2=-1)), samples=[S(f(3, 3)), S(f(2, 3, 3)), S(cplx(2, 2))],
       bad=[(S(f(3)), InvalidArgument)]),
]

SOLVES = [
    Op("inv", lambda x, **p: L.inv(x, **p), ref=lambda x, adjoint=False: np.linalg.inv(h(x) if adjoint else x),
       samples=[S(dominant()), S(dominant(2)), S(dominant_c()), S(dominant_c(), adjoint=True), S(f(0, 0)), S(f(0, 3, 3))],
       covers=("matrix_inverse",), bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument), (S(np.ones((3, 3))), InvalidArgument),
                                        (S(np.zeros((2, 3, 3))), InvalidArgument), (S(np.full((2, 2), np.nan)), InvalidArgument)]),
    Op("solve", lambda a, b, **p: L.solve(a, b, **p), ref=lambda a, b, adjoint=False: np.linalg.solve(h(a) if adjoint else a, b),
       samples=[S(dominant(), f(3, 2)), S(dominant(2), f(2, 3, 1)), S(dominant(), f(2, 3, 2)), S(dominant_c(), cplx(3, 2)),
                S(dominant_c(), cplx(3, 2), adjoint=True), S(f(0, 0), f(0, 2)), S(dominant(), f(3, 0))], covers=("matrix_solve",),
       bad=[(S(dominant(), f(2, 3)), InvalidArgument), (S(dominant(), f(3)), InvalidArgument), (S(np.ones((3, 3)), f(3, 2)), InvalidArgument),
            (S(f(2, 3), f(2, 3)), InvalidArgument)]),
    Op("triangular_solve", lambda a, b, **p: L.triangular_solve(a, b, **p), ref=lambda a, b, lower=True, adjoint=False: triangular_ref(a, b, lower, adjoint),
       samples=[S(dominant(), f(3, 2)), S(dominant(), f(3, 2), lower=False), S(dominant(), f(3, 2), adjoint=True), S(dominant(2), f(3, 2)),
                S(dominant(), f(2, 3, 2)), S(dominant(4, n=2), f(4, 2, 2)), S(dominant_c(), cplx(3, 2), adjoint=True),
                S(dominant_c(5, n=2), cplx(2, 2), lower=False, adjoint=True), S(dominant_c(), cplx(3, 1)), S(f(0, 0), f(0, 2))],
       bad=[(S(dominant(), f(2, 3)), InvalidArgument), (S(f(2, 3), f(2, 3)), InvalidArgument), (S(dominant(), f(3)), InvalidArgument)]),
    Op("cholesky_solve", lambda x, b: L.cholesky_solve(L.cholesky(definite(x)), b), ref=lambda x, b: np.linalg.solve(definite_ref(x), b),
       samples=[S(f(3, 3), f(3, 2)), S(cplx(3, 3), cplx(3, 1)), S(f(2, 3, 3), f(2, 3, 2))],
       bad=[(S(f(3, 3), f(2, 3)), InvalidArgument)]),
    Op("banded_triangular_solve", lambda a, b, **p: L.banded_triangular_solve(a, b, **p),
       samples=[S(pos(2, 4), f(4, 2)), S(pos(3, 4), f(4, 1), lower=False), S(pos(2, 4), f(4, 2), adjoint=True), S(pos(2, 2, 3), f(3, 2)),
                S(pos(1, 3), f(3, 2)), S(lambda r: pos(2, 3)(r) + 0.2j * r.normal(size=(2, 3)), cplx(3, 2), lower=False, adjoint=True)],
       symbolic=False, bad=[(S(pos(2, 3), f(2, 2)), InvalidArgument), (S(np.zeros((2, 3)), f(3, 1)), InvalidArgument), (S(pos(3), f(3, 1)), InvalidArgument)]),
    Op("tridiagonal_solve", lambda d, b, **p: L.tridiagonal_solve(far_from_singular(d), b, **p),
       samples=[S(f(3, 4), f(4, 2)), S(f(3, 4), f(4)), S(f(3, 4), f(2, 4), transpose_rhs=True), S(cplx(3, 4), cplx(4, 2), conjugate_rhs=True),
                S(f(2, 3, 4), f(2, 4, 1)), S(f(3, 1), f(1, 2)), S(f(3, 4), f(2, 4, 3))], symbolic=False, covers=("tridiagonal_system",),
       bad=[(S(f(3, 4), f(3, 2)), ValueError), (S(f(3, 4), f(4, 2), diagonals_format="x"), ValueError)]),
    Op("tridiagonal_three", lambda d, b: L.tridiagonal_solve(d, b), bad=[(S(f(2, 4), f(4, 2)), ValueError)]),
    Op("tridiagonal_matmul", lambda d, b, **p: L.tridiagonal_matmul(d, b, **p),
       samples=[S(f(3, 4), f(4, 2)), S(f(2, 3, 4), f(2, 4, 1)), S(f(4, 4), f(4, 2), diagonals_format="matrix"), S(cplx(3, 4), cplx(4, 2))], symbolic=False,
       bad=[(S(f(3, 4), f(3, 2)), InvalidArgument), (S(f(3, 4), f(4, 2), diagonals_format="x"), ValueError),
            (S(f(2, 3), f(3, 2), diagonals_format="matrix"), ValueError)]),
]


def triangular_ref(a, b, lower, adjoint):
    a = np.tril(a) if lower else np.triu(a)
    return np.linalg.solve(h(a) if adjoint else a, b)


def far_from_singular(d):
    n = d.shape[-1]
    return d + tf.cast(tf.constant(np.array([[0.0], [5.0], [0.0]]) * np.ones(n)), d.dtype)


DECOMPOSITIONS = [
    Op("cholesky", lambda x: L.cholesky(definite(x)), ref=lambda x: np.linalg.cholesky(definite_ref(x)),
       samples=[S(f(3, 3)), S(f(2, 3, 3)), S(cplx(3, 3)), S(f(0, 0)), S(f(1, 1))]),
    Op("cholesky_shapes", lambda x: L.cholesky(x), samples=[S(np.eye(3)), S(np.zeros((0, 2, 2)))], grad=False,
       bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument), (S(ints(0, 3, (2, 2))), InvalidArgument)]),
    Op("lu", lambda x: L.lu(x)[0], samples=[S(dominant()), S(dominant(2)), S(dominant_c())], covers=("lu_factors",),
       bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument), (S(np.zeros((2, 2))), InvalidArgument)]),
    Op("permute_rows", lambda x, i, **p: decompositions.permute_rows(x, i, **p),
       samples=[S(f(3, 2), np.array([2, 0, 1])), S(f(4, 3, 2), np.array([2, 0, 1]), inverse=True), S(f(3, 2), np.array([[2, 0, 1], [0, 2, 1]]))],
       bad=[(S(f(2, 2), np.array([0, 2, 1])), InvalidArgument)]),
    Op("lu_solve", lambda x, b: L.lu_solve(*L.lu(x), b), ref=np.linalg.solve, samples=[S(dominant(), f(3, 2)), S(dominant_c(2), cplx(2, 3, 1)),
                                                                                    S(dominant(), f(2, 3, 1))],
       bad=[(S(dominant(), f(2, 2)), ValueError), (S(dominant(), f(3)), ValueError)]),
    Op("lu_matrix_inverse", lambda x: L.lu_matrix_inverse(*L.lu(x)), ref=np.linalg.inv, samples=[S(dominant()), S(dominant(2))]),
    Op("filled", lambda x: diagonals.filled(x, (2, 3), 1), ref=lambda x: np.ones((2, 3)), samples=[S(f(2)), S(f())], grad=False),
    Op("lu_reconstruct", lambda x: L.lu_reconstruct(*L.lu(x)), ref=lambda x: x, samples=[S(dominant()), S(dominant_c(2))]),
    Op("qr", lambda x: tuple(L.qr(x)), samples=[S(spread_out()), S(spread_out(2))], covers=("qr_factors",), bad=[(S(f(3)), InvalidArgument)]),
    Op("qr_tall_wide", lambda x: tuple(L.qr(x)), samples=[S(f(4, 2)), S(f(2, 4)), S(f(2, 3, 2)), S(f(3, 0)), S(f(0, 3))], symbolic=False),
    Op("qr_complex", lambda x: tuple(L.qr(x)), samples=[S(cplx(3, 3)), S(cplx(4, 2)), S(cplx(2, 4))], symbolic=False),
    Op("qr_full", lambda x: full_qr(x), samples=[S(f(4, 2)), S(f(3, 2)), S(f(2, 4)), S(f(5, 2)), S(cplx(4, 2))], symbolic=False),
    Op("svd", lambda x: L.svd(x), samples=[S(spread_out()), S(spread_out(2)), S(f(1, 1))], covers=("svd_factors",), gtol=1e-4, bad=[(S(f(3)), InvalidArgument)]),
    Op("svd_tall_wide", lambda x: L.svd(x), samples=[S(f(4, 2)), S(f(2, 4)), S(f(2, 3, 2)), S(f(0, 3)), S(f(3, 0))], symbolic=False, gtol=1e-4),
    Op("svd_complex", lambda x: svd_invariants(*L.svd(x)), samples=[S(spread_out_c()), S(cplx(4, 2)), S(cplx(2, 4))], symbolic=False, gtol=1e-4),
    Op("svd_full", lambda x: full_svd(x), samples=[S(f(4, 2)), S(f(5, 2)), S(f(2, 5)), S(cplx(4, 2)), S(spread_out())], symbolic=False, gtol=1e-4),
    Op("svd_values", lambda x: L.svd(x, compute_uv=False), ref=lambda x: np.linalg.svd(x, compute_uv=False),
       samples=[S(spread_out()), S(f(2, 4, 2)), S(cplx(2, 3))], covers=("singular_values",), symbolic=False),
    Op("eigh", lambda x: L.eigh(x), samples=[S(spread_out()), S(spread_out(2)), S(f(1, 1))], gtol=1e-4,
       bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument), (S(np.full((2, 2), np.nan)), InvalidArgument)]),
    Op("eigh_complex", lambda x: invariants(*L.eigh(symmetric(x))), samples=[S(spread_out_c())], gtol=1e-4, symbolic=False),
    Op("eigvalsh", lambda x: L.eigvalsh(x), ref=np.linalg.eigvalsh, samples=[S(spread_out()), S(spread_out(2)), S(f(0, 0))], gtol=1e-4,
       bad=[(S(f(2, 3)), InvalidArgument)]),
    Op("eigvalsh_complex", lambda x: L.eigvalsh(symmetric(x)), ref=lambda x: np.linalg.eigvalsh(x + h(x)).astype(complex), samples=[S(spread_out_c())],
       gtol=1e-4),
    Op("eig", lambda x: invariants(*L.eig(x)), samples=[S(spread_out()), S(spread_out(2)), S(spread_out_c()), S(TURNING)], gtol=1e-4, symbolic=False,
       bad=[(S(f(2, 3)), InvalidArgument), (S(np.full((2, 2), np.nan)), InvalidArgument)]),
    Op("eigvals", lambda x: L.eigvals(x), ref=lambda x: np.linalg.eigvals(x).astype(complex), samples=[S(spread_out()), S(spread_out(2)), S(spread_out_c()),
       S(TURNING)], gtol=1e-4, bad=[(S(f(2, 3)), InvalidArgument)]),
]

DETERMINANTS = [
    Op("det", lambda x: L.det(x), ref=lambda x: np.asarray(np.linalg.det(x)),
       samples=[S(f(3, 3)), S(f(2, 3, 3)), S(cplx(3, 3)), S(rank_one), S(np.zeros((2, 2))), S(f(0, 0)), S(f(1, 1)), S(f(4, 4))],
       bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument)]),
    Op("det_singular", lambda x: L.det(x), samples=[S(np.diag([1.0, 2.0, 0.0])), S(np.diag([1.0, 0.0, 0.0, 3.0])), S(np.zeros((3, 3)))], order=3, batch=False,
       symbolic=False, f32=False),
    Op("cofactors", lambda *xs: determinants.cofactors(*xs), samples=[S(f(3, 3), f(3, 3)), S(cplx(3, 3), cplx(3, 3)), S(rank_one, f(3, 3)), S(f(2, 2, 2), f(2, 2))]),
    Op("slogdet", lambda x: L.slogdet(x), ref=lambda x: np.linalg.slogdet(x)[::1], samples=[S(f(3, 3)), S(f(2, 3, 3)), S(f(0, 0))], covers=("sign_and_log_det",),
       bad=[(S(f(2, 3)), InvalidArgument)]),
    Op("slogdet_complex", lambda x: L.slogdet(x), samples=[S(cplx(3, 3)), S(cplx(2, 2, 2))]),
]

INVERSES = [
    Op("pinv", lambda x: L.pinv(x), ref=np.linalg.pinv, samples=[S(f(3, 2)), S(f(2, 3)), S(dominant(2)), S(cplx(4, 2)), S(cplx(2, 3)), S(f(0, 2))],
       covers=("pseudo_inverse",), symbolic=False, bad=[(S(ints(0, 3, (2, 2))), TypeError), (S(f(3)), ValueError)]),
    Op("pinv_rcond", lambda x, r: L.pinv(x, r), samples=[S(f(3, 2), np.array(1e-3)), S(f(2, 3, 2), np.array([1e-3, 1e-4])), S(f(2, 3, 2), np.array(1e-3))],
       ref=lambda x, r: np.linalg.pinv(x, rcond=r), symbolic=False),
    Op("matrix_rank", lambda x, **p: L.matrix_rank(x, **p), ref=lambda x: np.asarray(np.linalg.matrix_rank(x), np.int32), grad=False,
       samples=[S(f(3, 2)), S(rank_one), S(f(2, 3, 3)), S(np.zeros((2, 2))), S(f(0, 0))], symbolic=False, f32=False,
       bad=[(S(ints(0, 3, (2, 2))), TypeError), (S(f(3)), ValueError)]),
    Op("lstsq", lambda a, b, **p: L.lstsq(a, b, **p), ref=lambda a, b, **p: np.linalg.pinv(a) @ b,
       samples=[S(f(4, 2), f(4, 1)), S(f(2, 4), f(2, 1)), S(f(2, 4, 2), f(2, 4, 3)), S(cplx(4, 2), cplx(4, 1)), S(f(4, 2), f(4, 1), fast=False),
                S(f(2, 4), f(2, 1), fast=False)], rtol=1e-5, symbolic=False,
       bad=[(S(f(3, 2), f(4, 2)), InvalidArgument), (S(f(3), f(3)), InvalidArgument)]),
    Op("lstsq_any_rank", lambda a, b: L.lstsq(a, b, fast=False), ref=lambda a, b: np.linalg.pinv(a) @ b, samples=[S(rank_one, f(3, 2))], grad=False, symbolic=False),
    Op("lstsq_l2", lambda a, b, l2: L.lstsq(a, b, l2), samples=[S(f(4, 2), f(4, 1), pos()), S(f(2, 4), f(2, 1), pos()), S(cplx(4, 2), cplx(4, 1), pos())], symbolic=False),
]

FUNCTIONS = [
    Op("expm", lambda x: L.expm(x), ref=scipy.linalg.expm, samples=[S(f(3, 3)), S(f(2, 2, 2)), S(cplx(3, 3)), S(np.zeros((2, 2))), S(f(0, 0))],
       covers=("matrix_exponential",), bad=[(S(f(2, 3)), InvalidArgument), (S(ints(0, 3, (2, 2))), ValueError), (S(f(3)), InvalidArgument)]),
    Op("logm", lambda x: L.logm(x), ref=lambda x: scipy.linalg.logm(x) if x.size else x, samples=[S(spread_out_c()), S(spread_out_c(2, n=2)), S(np.eye(2) + 0j)], gtol=1e-4,
       bad=[(S(f(2, 2)), InvalidArgument), (S(cplx(2, 3)), InvalidArgument)]),
    Op("sqrtm", lambda x: L.sqrtm(x), ref=scipy.linalg.sqrtm, samples=[S(spread_out()), S(spread_out_c()), S(spread_out(2, n=2)), S(f(0, 0))], gtol=1e-4,
       bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument)]),
]

NORMS = [
    Op("norm", lambda x, **p: L.norm(x, **p), ref=norm_ref,
       samples=[S(f(2, 3)), S(f(2, 3), axis=1), S(f(2, 3), ord=1, axis=-1), S(f(2, 3), ord=np.inf, axis=0), S(f(2, 3), ord=3), S(f(3), ord=2.5, axis=0),
                S(pos(2, 3), ord=0.5, axis=1), S(f(2, 3), ord=2, axis=1, keepdims=True), S(f(2, 3, 4), axis=(0, 2)), S(f(2, 3), ord="fro", axis=[0, 1]),
                S(f(2, 3, 4), ord=1, axis=(-2, -1)), S(f(2, 3, 4), ord=np.inf, axis=(2, 0), keepdims=True), S(f(2, 3, 4), ord=3.0, axis=-1, keepdims=True),
                S(f(), ord=1)], covers=("positive_p_norm", "power_or_zero"),
       bad=[(S(f(2, 3), ord="fro"), ValueError), (S(f(2, 3), ord=-1), ValueError), (S(f(2, 3), ord=0), ValueError), (S(f(2, 3), ord=3, axis=[0, 1]), ValueError),
            (S(f(2, 3), axis=[0, 0]), ValueError), (S(f(2, 3), axis=[0]), ValueError), (S(f(2, 3), axis=1.0), ValueError), (S(f(2, 3), axis=2), InvalidArgument),
            (S(f(2, 3), ord=None), ValueError)]),
    Op("norm_spectral", lambda x, **p: L.norm(x, ord=2, axis=(-2, -1), **p), ref=lambda x, **p: np.linalg.norm(x, 2, (-2, -1), **p),
       samples=[S(spread_out()), S(f(2, 3, 2), keepdims=True), S(cplx(2, 3))], symbolic=False),
    Op("norm_complex", lambda x, **p: L.norm(x, **p), samples=[S(cplx(2, 3)), S(cplx(2, 3), ord=1, axis=0), S(cplx(2, 3), ord=3), S(cplx(2, 3), ord=np.inf)]),
    Op("normalize", lambda x, **p: L.normalize(x, **p), ref=lambda x, axis: (x / np.linalg.norm(x, axis=axis, keepdims=True), np.linalg.norm(x, axis=axis, keepdims=True)),
       samples=[S(f(2, 3), axis=1), S(f(2, 3), axis=(0, 1))]),
    Op("global_norm", lambda *xs: L.global_norm([*xs, None]), ref=lambda *xs: np.asarray(np.sqrt(sum((x * x).sum() for x in xs))),
       samples=[S(f(2, 3), f(3)), S(f())], bad=[(S(ints(0, 3, (2,))), InvalidArgument)]),
    Op("logdet", lambda x: L.logdet(definite(x)), ref=lambda x: np.asarray(np.linalg.slogdet(definite_ref(x))[1]), samples=[S(f(3, 3)), S(f(2, 2, 2)), S(cplx(3, 3))]),
    Op("logdet_shapes", lambda x: L.logdet(x), bad=[(S(f(2, 3)), InvalidArgument), (S(f(3)), InvalidArgument)]),
    Op("eigh_tridiagonal", lambda a, b, **p: L.eigh_tridiagonal(a, b, **p), samples=[S(f(4), f(3)), S(f(4), f(3), select="i", select_range=(1, 2), eigvals_only=False)], symbolic=False, gtol=1e-4,
       bad=[(S(f(3), f(3)), ValueError), (S(f(3), f(2), select="x"), ValueError), (S(f(3), f(2), select="i", select_range=(0, 3)), ValueError)]),
    Op("matrix_transpose", lambda x, **p: L.matrix_transpose(x, **p), ref=lambda x, conjugate=False: h(x) if conjugate else x.swapaxes(-1, -2),
       samples=[S(f(2, 3)), S(cplx(2, 3), conjugate=True)], bad=[(S(f(3)), ValueError)]),
    Op("adjoint", lambda x: L.adjoint(x), ref=h, samples=[S(f(2, 3)), S(cplx(2, 3))], bad=[(S(f(3)), ValueError)]),
]

RECORDS = [*PRODUCTS, *DIAGONALS, *SOLVES, *DECOMPOSITIONS, *DETERMINANTS, *INVERSES, *FUNCTIONS, *NORMS]
