"""Layer 3: decompositions.  Sources of the rules: Giles, "Collected matrix derivative results" (2008); Murray,
"Differentiation of the Cholesky decomposition" (2016); Walter & Lehmann, "Algorithmic differentiation of linear algebra
functions" (2010).

Where eigenvalues (or singular values) are equal, the derivative of their vectors has no finite value; the factors
1 / (e_j - e_i) are then taken as 0, as TensorFlow does.  Freedom that the results keep (signs, phases, the basis of a null
space) is taken to stand still: gradients are right for every function that does not depend on it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Spec, broadcast_shapes
from . import _lapack
from ._arguments import static
from ._declare import ANY, primitive, publish
from .basic import add, cast, conj, lift, multiply, reshape, subtract, sum_to
from .diagonals import band_part, corner, filled, matrix_diag, matrix_diag_part, smaller, zeros_of
from .linalg import adjoint, conj_if_complex, matmul, need_matrix, same_dtype
from .pieces import expand_axis, index
from .reduce import inverse_or_zero
from .solves import FULL_PRECISION, WITH_HALF, matrix_solve, square_spec, triangular_solve


# -- tools of the rules -------------------------------------------------------------------------------------------
def given(g: Any, y: Any) -> Any:
    """The cotangent of a result; zeros where nobody used it."""
    return zeros_of(y, y.dims) if g is None else g


def half_lower(x: Any) -> Any:
    """The lower triangle with half the diagonal."""
    return subtract(band_part(x, -1, 0), multiply(band_part(x, 0, 0), 0.5))


def column(x: Any) -> Any:
    return expand_axis(x, x.ndim)


def row(x: Any) -> Any:
    return expand_axis(x, x.ndim - 1)


def gaps(e: Any) -> Any:
    """1 / (e_j - e_i) at (i, j); 0 where both are equal."""
    return inverse_or_zero(subtract(row(e), column(e)))


def diagonal(x: Any) -> Any:
    return matrix_diag(x, (0, 0), x.dims[-1], x.dims[-1])


def like(x: Any, other: Any) -> Any:
    """x in the dtype of the other: real numbers become complex, or complex ones lose their imaginary part."""
    return cast(x, other.dtype)


# -- cholesky -----------------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, public=("input",), batch="leading")
def cholesky(x):
    """The lower triangular L with L Lᴴ = input, for each Hermitian positive definite matrix.

    Only the lower triangle of the input is read, and its gradient is Hermitian. A matrix that is not positive definite
    gives NaN.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.cholesky(tf.constant([[4.0, 2.0], [2.0, 5.0]])).numpy()
    array([[2., 0.],
           [1., 2.]], dtype=float32)
    """
    return _lapack.cholesky(x)


@cholesky.shape
def cholesky_shape(x):
    return square_spec(x, "Cholesky")


@cholesky.vjp("x")
def cholesky_vjp(g, y):
    inner = triangular_solve(y, half_lower(matmul(y, g, adjoint_a=True)), True, True)
    whole = adjoint(triangular_solve(y, adjoint(inner), True, True))
    return multiply(add(whole, adjoint(whole)), 0.5)


@cholesky.jvp
def cholesky_jvp(y, ts, x):
    t = multiply(add(ts[0], adjoint(ts[0])), 0.5)
    inner = adjoint(triangular_solve(y, adjoint(triangular_solve(y, t))))
    return matmul(y, half_lower(inner))


# -- lu -------------------------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, results=("packed", "order"), batch="leading")
def lu_factors(x, *, index_dtype):
    """L (below the diagonal, where it has ones) and U in one matrix; the rows of x in this order are L U."""
    return _lapack.lu(x, index_dtype)


@lu_factors.shape
def lu_factors_shape(x, *, index_dtype):
    spec = square_spec(x, "Lu")
    return spec, Spec(x.shape[:-1], index_dtype)


@lu_factors.vjp("x")
def lu_factors_vjp(g, packed, order):
    # With P x = L U:  L⁻¹ P dx U⁻¹ = L⁻¹ dL + dU U⁻¹, and the first term is strictly lower, the second upper triangular.
    g = given(g[0], packed)
    unit, upper = lu_lower(packed), band_part(packed, 0, -1)
    of_lower = strictly_lower(matmul(unit, strictly_lower(g), adjoint_a=True))
    of_upper = band_part(matmul(band_part(g, 0, -1), upper, adjoint_b=True), 0, -1)
    inner = triangular_solve(unit, add(of_lower, of_upper), True, True)
    return permute_rows(adjoint(triangular_solve(upper, adjoint(inner), False)), order, True)


@lu_factors.jvp
def lu_factors_jvp(y, ts, x, *, index_dtype):
    packed, order = y
    unit, upper = lu_lower(packed), band_part(packed, 0, -1)
    inner = triangular_solve(unit, permute_rows(ts[0], order))
    inner = adjoint(triangular_solve(upper, adjoint(inner), False, True))
    return add(matmul(unit, strictly_lower(inner)), matmul(band_part(inner, 0, -1), upper)), None


def strictly_lower(x: Any) -> Any:
    return subtract(band_part(x, -1, 0), band_part(x, 0, 0))


def lu_lower(packed: Any) -> Any:
    """L of packed factors, with its ones."""
    return add(strictly_lower(packed), diagonal(filled(packed, packed.dims[:-1], 1)))


@primitive(dtypes=ANY)
def permute_rows(x, order, *, inverse=False):
    """The rows of each matrix in the given order (`order` holds permutations), or back from it."""
    if order.dtype.kind not in "iu" or x.ndim < 2 or not order.ndim or order.shape[-1] != x.shape[-2]:
        raise ValueError("order does not fit")
    lead = np.broadcast_shapes(x.shape[:-2], order.shape[:-1])
    rows = np.broadcast_to(order.argsort(-1) if inverse else order, (*lead, order.shape[-1]))
    return np.take_along_axis(np.broadcast_to(x, (*lead, *x.shape[-2:])), rows[..., None], -2)


@permute_rows.shape
def permute_rows_shape(x, order, *, inverse):
    need_matrix(x, "permute_rows")
    if not (order.shape and order.shape[-1] == x.shape[-2]):
        raise invalid(
            "permute_rows", f"a permutation of shape {list(order.shape)} does not fit the rows of shape {list(x.shape)}"
        )
    return Spec((*broadcast_shapes(x.shape[:-2], order.shape[:-1]), *x.shape[-2:]), x.dtype)


@permute_rows.vjp("x")
def permute_rows_vjp(g, order, x_shape, inverse):
    return sum_to(permute_rows(g, order, not inverse), x_shape)


@permute_rows.jvp
def permute_rows_jvp(y, ts, x, order, *, inverse):
    return permute_rows(ts[0], order, inverse)


@permute_rows.batch
def permute_rows_batch(size, batched, x, order, *, inverse):
    axes = max(x.ndim - 2 - batched[0], order.ndim - 1 - batched[1])
    x = lift(x, axes + 2) if batched[0] else x
    order = lift(order, axes + 1) if batched[1] else order
    return permute_rows(x, order, inverse)


# -- qr -------------------------------------------------------------------------------------------------------------
@primitive(dtypes=WITH_HALF, results=("q", "r"), batch="leading", jvp="transpose")
def qr_factors(x, *, full_matrices=False):
    """q with orthonormal columns and r upper triangular: x = q r."""
    if x.ndim < 2:
        raise ValueError("a matrix is needed")
    mode = "complete" if full_matrices else "reduced"
    if x.itemsize > 2:
        return tuple(np.linalg.qr(x, mode))
    return tuple(part.astype(x.dtype) for part in np.linalg.qr(x.astype(np.float32), mode))


@qr_factors.shape
def qr_factors_shape(x, *, full_matrices):
    need_matrix(x, "Qr")
    lead, (m, n) = x.shape[:-2], x.shape[-2:]
    k = m if full_matrices else smaller(m, n)
    return Spec((*lead, m, k), x.dtype), Spec((*lead, k, n), x.dtype)


def solved(r, rhs):
    """r⁻¹ rhs for an upper triangle, of 16-bit floats in float32."""
    dtype = r.dtype
    if dtype.size > 2:
        return triangular_solve(r, rhs, False)
    return cast(triangular_solve(cast(r, np.float32), cast(rhs, np.float32), False), dtype)


@qr_factors.vjp("x")
def qr_factors_vjp(g, q, r, x_shape):
    # In columns: qᴴ dx = W r + dr with W = qᴴ dq skew; its lower triangle is that of (qᴴ dx)[:, :p] r[:p, :p]⁻¹.
    gq, gr = given(g[0], q), given(g[1], r)
    m, n = x_shape[-2:]
    p = smaller(m, n)
    k = r.dims[-2]
    w = subtract(matmul(q, gq, adjoint_a=True), matmul(gr, r, adjoint_b=True))
    first = matmul(q, corner(half_lower(subtract(w, adjoint(w))), k, p))
    if k != m:  # the columns of q do not span everything: what dx adds outside
        first = add(first, subtract(gq, matmul(q, matmul(q, gq, adjoint_a=True))))
    first = adjoint(solved(corner(r, p, p), adjoint(first)))
    return add(matmul(q, gr), corner(first, m, n))


# -- svd ------------------------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, results=("s", "u", "v"), batch="leading", jvp="transpose")
def svd_factors(x, *, full_matrices=False):
    """x = u diag(s) vᴴ with s descending."""
    return _lapack.svd(x, full_matrices)


@svd_factors.shape
def svd_factors_shape(x, *, full_matrices):
    need_matrix(x, "Svd")
    lead, (m, n) = x.shape[:-2], x.shape[-2:]
    p = smaller(m, n)
    ku, kv = (m, n) if full_matrices else (p, p)
    return Spec((*lead, p), real_dtype(x.dtype)), Spec((*lead, m, ku), x.dtype), Spec((*lead, n, kv), x.dtype)


def real_dtype(dtype: np.dtype) -> np.dtype:
    return dtype.type(0).real.dtype


@svd_factors.vjp("x")
def svd_factors_vjp(g, s, u, v):
    # In the bases u and v:  uᴴ dx v = A Σ + dΣ - Σ B with A = uᴴ du and B = vᴴ dv skew, so that off the diagonal
    # A = F (M Σᴴ + Σ Mᴴ) and B = F (Σᴴ M + Mᴴ Σ) with F = 1 / (s_j² - s_i²); missing singular values count as 0.
    gs, gu, gv = g
    ku, kv = u.dims[-1], v.dims[-1]
    sigma = matrix_diag(like(s, u), (0, 0), ku, kv)
    inner = zeros_of(u, sigma.dims) if gs is None else matrix_diag(like(gs, u), (0, 0), ku, kv)
    if gu is not None:
        w = matmul(u, gu, adjoint_a=True)
        inner = add(inner, matmul(rotation(w, s), sigma))
        if u.kind == "c":
            inner = add(inner, phases(w, s, ku, kv))
    if gv is not None:
        inner = add(inner, matmul(sigma, rotation(matmul(v, gv, adjoint_a=True), s)))
    out = matmul(matmul(u, inner), v, adjoint_b=True)
    scale = row(like(inverse_or_zero(s), u))
    if gu is not None and ku != u.dims[-2]:
        out = add(out, matmul(multiply(outside(u, gu), scale), v, adjoint_b=True))
    if gv is not None and kv != v.dims[-2]:
        out = add(out, matmul(multiply(u, scale), outside(v, gv), adjoint_b=True))
    return out


def rotation(w: Any, s: Any) -> Any:
    """F w + (F w)ᴴ, where F = 1 / (s_j² - s_i²) with s continued by zeros."""
    s = reshape(corner(column(s), w.dims[-1], 1), w.dims[:-1])
    factor = multiply(gaps(s), inverse_or_zero(add(row(s), column(s))))
    x = multiply(like(factor, w), w)
    return add(x, adjoint(x))


def phases(w: Any, s: Any, ku: Any, kv: Any) -> Any:
    """The imaginary diagonal of w over s: how the phases of complex singular vectors turn."""
    d = matrix_diag_part(corner(w, s.dims[-1], s.dims[-1]))
    imaginary = subtract(d, cast(cast(d, s.dtype), d.dtype))
    return matrix_diag(multiply(imaginary, like(inverse_or_zero(s), d)), (0, 0), ku, kv)


def outside(u: Any, x: Any) -> Any:
    """x without what lies in the space that the columns of u span."""
    return subtract(x, matmul(u, matmul(u, x, adjoint_a=True)))


@primitive(dtypes=FULL_PRECISION, batch="leading", jvp="transpose")
def singular_values(x):
    """The singular values of each matrix, descending."""
    return _lapack.singular_values(x)


@singular_values.shape
def singular_values_shape(x):
    need_matrix(x, "Svd")
    return Spec((*x.shape[:-2], smaller(*x.shape[-2:])), real_dtype(x.dtype))


@singular_values.vjp("x")
def singular_values_vjp(g, x):
    _, u, v = svd_factors(x)
    return matmul(multiply(u, row(like(g, u))), v, adjoint_b=True)


# -- eigenvalues of Hermitian matrices ----------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, results=("e", "v"), public=("tensor",), batch="leading")
def eigh(x):
    """Eigenvalues (ascending) and eigenvectors (columns) of each Hermitian matrix, of which only the lower triangle is read.

    The gradient stands in the lower triangle too. Equal eigenvalues give no gradient through their vectors.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> e, v = tf.linalg.eigh(tf.constant([[2.0, 0.0], [0.0, 1.0]]))
    >>> e.numpy()
    array([1., 2.], dtype=float32)
    """
    return _lapack.eigh(x)


@eigh.shape
def eigh_shape(x):
    spec = square_spec(x, "SelfAdjointEigV2")
    return Spec(x.shape[:-1], x.dtype), spec


@eigh.vjp("x")
def eigh_vjp(g, e, v):
    ge, gv = g
    inner = zeros_of(v, v.dims) if ge is None else diagonal(ge)
    if gv is not None:
        inner = add(inner, multiply(gaps(e), matmul(v, gv, adjoint_a=True)))
    return hermitian_cotangent(matmul(matmul(v, inner), v, adjoint_b=True))


@eigh.jvp
def eigh_jvp(y, ts, x):
    _, v = y
    inner = in_basis(v, ts[0])
    return matrix_diag_part(inner), matmul(v, multiply(gaps(y[0]), inner))


def hermitian_cotangent(g: Any) -> Any:
    """The cotangent of a matrix of which only the lower triangle was read."""
    return half_lower(add(g, adjoint(g)))


def in_basis(v: Any, t: Any) -> Any:
    """vᴴ t v, where t is the Hermitian matrix with the lower triangle that is given."""
    below = half_lower(t)
    return matmul(matmul(v, add(below, adjoint(below)), adjoint_a=True), v)


@primitive(dtypes=FULL_PRECISION, public=("tensor",), batch="leading")
def eigvalsh(x):
    """The eigenvalues (ascending) of each Hermitian matrix, of which only the lower triangle is read.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> tf.linalg.eigvalsh(tf.constant([[2.0, 0.0], [0.0, 1.0]])).numpy()
    array([1., 2.], dtype=float32)
    """
    return _lapack.eigvalsh(x)


@eigvalsh.shape
def eigvalsh_shape(x):
    square_spec(x, "SelfAdjointEigV2")
    return Spec(x.shape[:-1], x.dtype)


@eigvalsh.vjp("x")
def eigvalsh_vjp(g, x):
    _, v = eigh(x)
    return hermitian_cotangent(matmul(multiply(v, row(g)), v, adjoint_b=True))


@eigvalsh.jvp
def eigvalsh_jvp(y, ts, x):
    _, v = eigh(x)
    return matrix_diag_part(in_basis(v, ts[0]))


# -- eigenvalues of any matrices --------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, results=("e", "v"), public=("tensor",), batch="leading", jvp="transpose")
def eig(x):
    """Complex eigenvalues and eigenvectors (columns of length 1) of each square matrix, in no particular order.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> e, v = tf.linalg.eig(tf.constant([[0.0, 2.0], [-2.0, 0.0]]))
    >>> e.numpy()
    array([0.+2.j, 0.-2.j], dtype=complex64)
    """
    return _lapack.eig(x)


@eig.shape
def eig_shape(x):
    spec = square_spec(x, "Eig")
    dtype = _lapack.COMPLEX[x.dtype]
    return Spec(x.shape[:-1], dtype), Spec(spec.shape, dtype)


@eig.vjp("x")
def eig_vjp(g, e, v, x_dtype):
    # v⁻¹ dx v = dΛ + C Λ - Λ C with C = v⁻¹ dv; the diagonal of C keeps the columns of v at length 1.
    ge, gv = g
    inner = zeros_of(v, v.dims) if ge is None else diagonal(ge)
    if gv is not None:
        w = matmul(v, gv, adjoint_a=True)
        lengths = cast(cast(matrix_diag_part(w), real_dtype(v.dtype.numpy_dtype)), v.dtype)
        free = subtract(w, multiply(matmul(v, v, adjoint_a=True), row(lengths)))
        inner = add(inner, multiply(conj(gaps(e)), free))
    return cast(similarity(v, inner), x_dtype)


def similarity(v: Any, inner: Any) -> Any:
    """v⁻ᴴ inner vᴴ."""
    return matrix_solve(adjoint(v), matmul(inner, v, adjoint_b=True))


@primitive(dtypes=FULL_PRECISION, public=("tensor",), batch="leading", jvp="transpose")
def eigvals(x):
    """The complex eigenvalues of each square matrix, in no particular order.

    Raises:
        InvalidArgumentError: a matrix that is not square, or that holds NaN.

    >>> tf.linalg.eigvals(tf.constant([[0.0, 2.0], [-2.0, 0.0]])).numpy()
    array([0.+2.j, 0.-2.j], dtype=complex64)
    """
    return _lapack.eigvals(x)


@eigvals.shape
def eigvals_shape(x):
    square_spec(x, "Eig")
    return Spec(x.shape[:-1], _lapack.COMPLEX[x.dtype])


@eigvals.vjp("x")
def eigvals_vjp(g, x, x_dtype):
    _, v = eig(x)
    return cast(similarity(v, diagonal(g)), x_dtype)


publish(globals())


# -- in terms of the above: TensorFlow's function -------------------------------------------------------------------------
@library
def eigh_tridiagonal(
    alpha: Any, beta: Any, eigvals_only: bool = True, select: str = "a", select_range: Any = None, tol: Any = None, name: str | None = None
) -> Any:  # fmt: skip
    """Eigenvalues (ascending, real) of the Hermitian tridiagonal matrix with diagonal alpha and superdiagonal beta.

    `select` takes all ('a'), those in the half-open interval `select_range` = (low, high] ('v'), or those from index
    `select_range[0]` to `select_range[1]`, both included ('i'). Without `eigvals_only`, eigenvectors come too, as columns.

    Raises:
        ValueError: an unknown `select`, a range that does not fit it, or a beta that is not one shorter than alpha.

    >>> tf.linalg.eigh_tridiagonal(tf.constant([2.0, 2.0]), tf.constant([1.0])).numpy()
    array([1., 3.], dtype=float32)
    """
    alpha, beta = same_dtype((alpha, beta))
    if not (alpha.ndim and beta.ndim and beta.dims[-1] + 1 == alpha.dims[-1]):
        raise ValueError(
            f"eigh_tridiagonal: beta must be one shorter than alpha, but their shapes are {list(beta.dims)} and "
            f"{list(alpha.dims)}"
        )
    if select not in ("a", "i", "v"):
        raise ValueError(f"eigh_tridiagonal: select must have a value in {{'a', 'i', 'v'}}, not {select!r}.")
    n = alpha.dims[-1]
    below = matrix_diag(conj_if_complex(beta), (-1, -1), n, n)  # the upper triangle is never read
    e, v = eigh(add(diagonal(alpha), below))
    e = cast(e, e.dtype.real_dtype)
    low, high = selected_range(e, select, select_range)
    e = index(e, key=(*((None, None, 1),) * (e.ndim - 1), (low, high, 1)))
    return e if eigvals_only else (e, index(v, key=(*((None, None, 1),) * (v.ndim - 1), (low, high, 1))))


def selected_range(e: Any, select: str, select_range: Any) -> tuple[int, int]:
    """The first eigenvalue that is wanted, and the one after the last."""
    n = e.dims[-1]
    if select == "a":
        return 0, n
    low, high = (1, 0) if select_range is None else static(select_range)
    if low > high:
        raise ValueError(
            f"eigh_tridiagonal: select={select!r} needs select_range=(low, high) with low <= high, got {select_range}."
        )
    if select == "v":
        if e.ndim > 1:
            raise ValueError(
                "eigh_tridiagonal: select='v' takes one matrix, because the number of results would differ in a batch."
            )
        values = e.numpy()
        return int((values <= low).sum()), int((values <= high).sum())
    if low < 0 or high >= n:
        raise ValueError(f"eigh_tridiagonal: select_range {select_range} is not within the indices 0 to {n - 1}.")
    return int(low), int(high) + 1


__all__ = ["cholesky", "column", "eig", "eigh", "eigh_tridiagonal", "eigvals", "eigvalsh", "like", "lu_factors", "lu_lower", "permute_rows", "qr_factors",
           "real_dtype", "row", "singular_values", "svd_factors"]  # fmt: skip
