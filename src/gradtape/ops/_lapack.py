"""Array kernels of the solvers and decompositions: NumPy's where it has them, SciPy's (loaded on first use) elsewhere.

Every function takes stacks of matrices in the last two axes.  Shapes that do not fit raise ValueError; data that have no
result raise InvalidArgumentError, as in TensorFlow.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
from numpy.linalg import LinAlgError

from ..core.errors import invalid

COMPLEX = {
    np.dtype("f4"): np.dtype("c8"),
    np.dtype("f8"): np.dtype("c16"),
    np.dtype("c8"): np.dtype("c8"),
    np.dtype("c16"): np.dtype("c16"),
}


def scipy_linalg() -> Any:
    import scipy.linalg

    return scipy.linalg


# -- checks -----------------------------------------------------------------------------------------------------
def need_square(a: np.ndarray) -> None:
    if a.ndim < 2 or a.shape[-1] != a.shape[-2]:
        raise ValueError("a square matrix is needed")


def need_rows(a: np.ndarray, b: np.ndarray) -> None:
    """Are these the two sides of linear equations?"""
    need_square(a)
    if b.ndim < 2 or b.shape[-2] != a.shape[-1]:
        raise ValueError("the right-hand side does not fit")
    if a.dtype != b.dtype:
        raise TypeError("two dtypes")


def culprit(a: np.ndarray, fails: Callable[[np.ndarray], bool]) -> str:
    """Which matrix of a batch failed, in words."""
    if a.ndim == 2:
        return ""
    for where in np.ndindex(a.shape[:-2]):
        if fails(a[where]):
            return f" (matrix {list(where)} of the batch)"
    return ""


def raises(kernel: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], bool]:
    def fails(a: np.ndarray) -> bool:
        try:
            kernel(a)
        except LinAlgError:
            return True
        return bool(np.isnan(a).any())

    return fails


def guarded(kernel: Callable[[np.ndarray], Any], a: np.ndarray, op: str, message: str) -> Any:
    """kernel(a); an error with this message where it has no result or `a` holds NaN."""
    try:
        out = kernel(a)
    except LinAlgError:
        out = None
    if out is None or np.isnan(a).any():
        raise invalid(op, f"{message}{culprit(a, raises(kernel))}")
    return out


# -- solving ----------------------------------------------------------------------------------------------------
def inverse(a: np.ndarray) -> np.ndarray:
    need_square(a)
    return guarded(np.linalg.inv, a, "MatrixInverse", "inv: Input is not invertible.")


def solve(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    need_rows(a, b)
    try:
        out = np.linalg.solve(a, b)
    except LinAlgError:
        out = None
    if out is None or np.isnan(a).any():
        raise invalid("MatrixSolve", f"solve: Input matrix is not invertible.{culprit(a, raises(np.linalg.inv))}")
    return out


def triangular(a: np.ndarray, b: np.ndarray, lower: bool, adjoint: bool) -> np.ndarray:
    """x with a x = b (or aᴴ x = b), where only one triangle of a counts; infinite or NaN where its diagonal holds zeros."""
    need_rows(a, b)
    lead = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    n, k = b.shape[-2:]
    if not n or not k or 0 in lead:
        return np.zeros((*lead, n, k), a.dtype)
    if a.ndim == 2:
        if b.ndim == 2:
            return blas_triangular(a, b, lower, adjoint)
        columns = np.moveaxis(b, -2, 0)  # one matrix for all: all right-hand sides side by side
        return np.moveaxis(blas_triangular(a, columns.reshape(n, -1), lower, adjoint).reshape(columns.shape), 0, -2)
    if prod(lead) > n:
        return substituted(a, b, lead, lower, adjoint)
    return each(lambda x, y: blas_triangular(x, y, lower, adjoint), lead, a, b)


def each(kernel: Callable, lead: tuple[int, ...], *stacks: np.ndarray) -> np.ndarray:
    """The kernel for each matrix (two axes) of broadcasting stacks."""
    wide = [np.broadcast_to(x, (*lead, *x.shape[-2:])) for x in stacks]
    return np.stack([kernel(*(x[where] for x in wide)) for where in np.ndindex(lead)]).reshape(*lead, *stacks[-1].shape[-2:])


def blas_triangular(a: np.ndarray, b: np.ndarray, lower: bool, adjoint: bool) -> np.ndarray:
    """Solved as xᵀ aᵀ = bᵀ, because the transposes of C-ordered arrays are what Fortran takes without a copy."""
    (trsm,) = scipy_linalg().get_blas_funcs(("trsm",), (a, b))
    return trsm(1, a.T, b.T, side=1, lower=not lower, trans_a=2 if adjoint else 0).T


def substituted(a: np.ndarray, b: np.ndarray, lead: tuple[int, ...], lower: bool, adjoint: bool) -> np.ndarray:
    """Row by row, for many small matrices at once."""
    if adjoint:
        a, lower = a.swapaxes(-1, -2).conj(), not lower
    n = a.shape[-1]
    x = np.empty((*lead, *b.shape[-2:]), a.dtype)
    x[...] = b
    for i in range(n) if lower else reversed(range(n)):
        known = slice(0, i) if lower else slice(i + 1, n)
        row = a[..., i : i + 1, :]
        x[..., i : i + 1, :] -= np.matmul(row[..., known], x[..., known, :])
        x[..., i, :] /= row[..., i]
    return x


def banded(bands: np.ndarray, b: np.ndarray, lower: bool, adjoint: bool) -> np.ndarray:
    """x with A x = b (or Aᴴ x = b); bands[k, i] is A[i, i - k] (lower) or A[i, i + k] with the last band k = 0 (upper)."""
    n = bands.shape[-1]
    if bands.ndim < 2 or b.ndim < 2 or b.shape[-2] != n or not bands.shape[-2]:
        raise ValueError("bands and right-hand side do not fit")
    if bands.dtype != b.dtype:
        raise TypeError("two dtypes")
    lead = np.broadcast_shapes(bands.shape[:-2], b.shape[:-2])
    if not b.size or 0 in lead:
        return np.zeros((*lead, *b.shape[-2:]), b.dtype)
    (tbtrs,) = scipy_linalg().get_lapack_funcs(("tbtrs",), (bands, b))
    trans = "C" if adjoint else "N"

    def one(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
        x, info = tbtrs(columns_of_bands(rows, lower), right, uplo="L" if lower else "U", trans=trans)
        if info > 0:
            raise invalid(
                "BandedTriangularSolve",
                f"banded_triangular_solve: Input matrix is not invertible: element {info - 1} of its main diagonal is zero.",
            )
        return x

    return each(one, lead, bands, b)


def columns_of_bands(rows: np.ndarray, lower: bool) -> np.ndarray:
    """From row-aligned bands to LAPACK's, which are aligned by column."""
    rows = rows[: rows.shape[1]] if lower else rows[-rows.shape[1] :]
    out = np.zeros_like(rows)
    n = rows.shape[1]
    for i, band in enumerate(rows):
        k = i if lower else len(rows) - 1 - i
        if lower:
            out[i, : n - k] = band[k:]
        else:
            out[i, k:] = band[: n - k]
    return out


def tridiagonal(diagonals: np.ndarray, b: np.ndarray) -> np.ndarray:
    """x with A x = b; diagonals[0, i] is A[i, i + 1], diagonals[1, i] is A[i, i], diagonals[2, i] is A[i, i - 1].  NaN for a singular A."""
    if diagonals.ndim < 2 or diagonals.shape[-2] != 3 or b.ndim < 2 or b.shape[-2] != diagonals.shape[-1]:
        raise ValueError("diagonals and right-hand side do not fit")
    if diagonals.dtype != b.dtype:
        raise TypeError("two dtypes")
    lead = np.broadcast_shapes(diagonals.shape[:-2], b.shape[:-2])
    if not b.size or 0 in lead:
        return np.zeros((*lead, *b.shape[-2:]), b.dtype)
    (gtsv,) = scipy_linalg().get_lapack_funcs(("gtsv",), (diagonals, b))

    def one(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
        if rows.shape[1] == 1:
            return right / rows[1]
        *_, x, info = gtsv(rows[2, 1:], rows[1], rows[0, :-1], right)
        return np.full_like(right, np.nan) if info > 0 else x

    return each(one, lead, diagonals, b)


# -- determinants: what NumPy computes without silencing its warnings ------------------------------------------------
def det(a: np.ndarray) -> np.ndarray:
    need_square(a)
    with np.errstate(all="ignore"):
        return np.asarray(np.linalg.det(a))


def sign_and_log_det(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    need_square(a)
    with np.errstate(all="ignore"):
        sign, log = np.linalg.slogdet(a)
    return np.asarray(sign), np.asarray(log, a.dtype)


# -- decompositions -----------------------------------------------------------------------------------------------
def cholesky(a: np.ndarray) -> np.ndarray:
    """The lower factor; NaN in the triangle of a matrix that is not positive definite."""
    need_square(a)
    try:
        return np.linalg.cholesky(a)
    except LinAlgError:
        out = np.empty_like(a)
        for where in np.ndindex(a.shape[:-2]):
            try:
                out[where] = np.linalg.cholesky(a[where])
            except LinAlgError:
                out[where] = np.tril(np.full(a.shape[-2:], np.nan, a.dtype))
        return out


def lu(a: np.ndarray, index_dtype: np.dtype) -> tuple[np.ndarray, np.ndarray]:
    """Both factors in one matrix, and the rows of a in the order that they stand for."""
    need_square(a)
    lead, n = a.shape[:-2], a.shape[-1]
    out, order = np.empty_like(a, order="C"), np.empty((*lead, n), index_dtype)
    if not a.size:
        return out, order
    (getrf,) = scipy_linalg().get_lapack_funcs(("getrf",), (a,))
    for where in np.ndindex(lead):
        packed, swaps, info = getrf(a[where])
        if info > 0 or np.isnan(packed).any():
            at = f" (matrix {list(where)} of the batch)" if lead else ""
            raise invalid("Lu", f"lu: Input is not invertible.{at}")
        out[where] = packed
        order[where] = rows_after(swaps)
    return out, order


def rows_after(swaps: np.ndarray) -> list[int]:
    rows = list(range(len(swaps)))
    for i, j in enumerate(swaps):
        rows[i], rows[j] = rows[j], rows[i]
    return rows


def svd(a: np.ndarray, full: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """s, u, v with a = u diag(s) vᴴ; NaN where a holds NaN or infinities."""
    if a.ndim < 2:
        raise ValueError("a matrix is needed")
    try:
        u, s, vh = np.linalg.svd(checked(a), full_matrices=full)
    except LinAlgError:
        u, s, vh = (np.stack(part).reshape(*a.shape[:-2], *part[0].shape) for part in zip(*svd_each(a, full), strict=True))
    return s, u, vh.swapaxes(-1, -2).conj()


def checked(a: np.ndarray) -> np.ndarray:
    """a, if all of it is finite: LAPACK's divide and conquer may never come back from infinities."""
    if not np.isfinite(a).all():
        raise LinAlgError("not finite")
    return a


def svd_each(a: np.ndarray, full: bool) -> Any:
    for where in np.ndindex(a.shape[:-2]):
        finite = np.isfinite(a[where]).all()
        parts = np.linalg.svd(a[where] if finite else np.zeros_like(a[where]), full_matrices=full)
        yield parts if finite else tuple(np.full_like(part, np.nan) for part in parts)


def singular_values(a: np.ndarray) -> np.ndarray:
    if a.ndim < 2:
        raise ValueError("a matrix is needed")
    try:
        return np.linalg.svd(checked(a), compute_uv=False)
    except LinAlgError:
        return svd(a, False)[0]


def eigh(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    need_square(a)
    message = "eigh: Self-adjoint eigen decomposition was not successful. The input might not be valid."
    e, v = guarded(np.linalg.eigh, a, "SelfAdjointEigV2", message)
    return e.astype(a.dtype, copy=False), v


def eigvalsh(a: np.ndarray) -> np.ndarray:
    need_square(a)
    message = "eigvalsh: Self-adjoint eigen decomposition was not successful. The input might not be valid."
    return guarded(np.linalg.eigvalsh, a, "SelfAdjointEigV2", message).astype(a.dtype, copy=False)


def eig(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    need_square(a)
    e, v = guarded(np.linalg.eig, a, "Eig", "eig: Eigen decomposition was not successful. The input might not be valid.")
    return e.astype(COMPLEX[a.dtype], copy=False), v.astype(COMPLEX[a.dtype], copy=False)


def eigvals(a: np.ndarray) -> np.ndarray:
    need_square(a)
    message = "eigvals: Eigen decomposition was not successful. The input might not be valid."
    return guarded(np.linalg.eigvals, a, "Eig", message).astype(COMPLEX[a.dtype], copy=False)


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
