"""Layer 3: linear equations.  With y = a⁻¹ b:  dy = a⁻¹ (db - da y), so the cotangents are  gb = a⁻ᴴ g  and  ga = -gb yᴴ."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, Spec, broadcast_shapes
from ..core.tensor import Tensor
from . import _lapack
from ._declare import FLOATS_COMPLEX, primitive, publish
from .basic import add, conj, multiply, negative, reduce_sum, reshape, subtract, sum_to
from .diagonals import band_part, matrix_diag_part
from .linalg import adjoint, conj_if_complex, matmul, need_matrix, negated_product, same_dtype, swap
from .pieces import concatenate, embed, expand_axis, index

FULL_PRECISION = frozenset(d for d in FLOATS_COMPLEX if d.itemsize > 2)  # what LAPACK takes
WITH_HALF = FULL_PRECISION | {np.dtype(np.float16)}


def square_spec(x: Any, op: str) -> Spec:
    """The spec itself, if it is one of square matrices."""
    need_matrix(x, op)
    if x.shape[-1] != x.shape[-2]:
        raise invalid(op, f"{op}: Input matrix must be square, but its shape is {list(x.shape)}.")
    return Spec(x.shape, x.dtype)


def sides_spec(a: Any, b: Any, op: str) -> Spec:
    """The solution of equations with these two sides."""
    square_spec(a, op)
    if len(b.shape) < 2:
        raise invalid(
            op,
            f"{op}: All input tensors must have the same rank: the right-hand side of shape {list(b.shape)} must be a matrix, "
            "one column for each system. Give a vector an axis with tf.newaxis",
        )
    if a.shape[-1] != b.shape[-2]:
        raise invalid(
            op,
            f"{op}: Input matrix and rhs are incompatible: In[0] mismatch In[1] shape: {a.shape[-1]} vs. {b.shape[-2]}: "
            f"{list(a.shape)} {list(b.shape)}",
        )
    lead = broadcast_shapes(a.shape[:-2], b.shape[:-2], op=op)
    return Spec((*lead, *b.shape[-2:]), b.dtype)


# -- general matrices -------------------------------------------------------------------------------------------
@primitive(dtypes=WITH_HALF, batch="leading")
def matrix_inverse(x):
    """The inverse of each matrix."""
    return _lapack.inverse(x.astype(np.float32)).astype(x.dtype) if x.itemsize == 2 else _lapack.inverse(x)


@matrix_inverse.shape
def matrix_inverse_shape(x):
    return square_spec(x, "MatrixInverse")


@matrix_inverse.vjp("x")
def matrix_inverse_vjp(g, y):
    return negated_product(matmul(y, g, adjoint_a=True), y, adjoint_b=True)


@matrix_inverse.jvp
def matrix_inverse_jvp(y, ts, x):
    return negated_product(matmul(y, ts[0]), y)


@primitive(same=("a", "b"), dtypes=FULL_PRECISION, batch="leading")
def matrix_solve(a, b):
    """x with a x = b."""
    return _lapack.solve(a, b)


@matrix_solve.shape
def matrix_solve_shape(a, b):
    return sides_spec(a, b, "MatrixSolve")


@matrix_solve.vjp()
def matrix_solve_vjp(g, y, a, b_shape):
    gb = matrix_solve(adjoint(a), g)
    return sum_to(negated_product(gb, y, adjoint_b=True), a.dims), sum_to(gb, b_shape)


@matrix_solve.jvp
def matrix_solve_jvp(y, ts, a, b):
    return matrix_solve(a, moved_side(ts, y, lambda ta: ta))


def moved_side(ts: tuple[Any, ...], y: Any, matrix: Any) -> Any:
    """db - da y, where either may be missing."""
    ta, tb = ts
    if ta is None:
        return tb
    moved = matmul(matrix(ta), y)
    return negative(moved) if tb is None else subtract(tb, moved)


# -- triangular matrices ----------------------------------------------------------------------------------------
@primitive(same=("a", "b"), dtypes=FULL_PRECISION, public=("matrix", "rhs"), batch="leading")
def triangular_solve(a, b, *, lower=True, adjoint=False):
    """x with matrix x = rhs, or matrixᴴ x = rhs where `adjoint`; only the lower (or upper) triangle of the matrix counts.

    Leading axes broadcast. Zeros on the diagonal give infinities or NaN.

    Raises:
        InvalidArgumentError: a matrix that is not square, or a right-hand side that does not fit it.

    >>> tf.linalg.triangular_solve(tf.constant([[2.0, 9.0], [1.0, 1.0]]), tf.constant([[2.0], [3.0]])).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    return _lapack.triangular(a, b, lower, adjoint)


@triangular_solve.shape
def triangular_solve_shape(a, b, *, lower, adjoint):
    return sides_spec(a, b, "MatrixTriangularSolve")


@triangular_solve.vjp()
def triangular_solve_vjp(g, y, a, b_shape, lower, adjoint):
    gb = triangular_solve(a, g, lower, not adjoint)
    ga = negated_product(y, gb, adjoint_b=True) if adjoint else negated_product(gb, y, adjoint_b=True)
    return sum_to(triangle(ga, lower), a.dims), sum_to(gb, b_shape)


@triangular_solve.jvp
def triangular_solve_jvp(y, ts, a, b, *, lower, adjoint):
    def matrix(ta: Any) -> Any:
        return swap(triangle(ta, lower), True) if adjoint else triangle(ta, lower)

    return triangular_solve(a, moved_side(ts, y, matrix), lower, adjoint)


def triangle(x: Any, lower: bool) -> Any:
    return band_part(x, -1, 0) if lower else band_part(x, 0, -1)


# -- banded and tridiagonal matrices ------------------------------------------------------------------------------
@primitive(same=("bands", "rhs"), dtypes=FULL_PRECISION, batch="leading")
def banded_triangular_solve(bands, rhs, *, lower=True, adjoint=False):
    """x with A x = rhs (or Aᴴ x = rhs), for a triangular A given by its bands.

    `bands[..., k, i]` is A[i, i - k] for a lower triangle; for an upper one the main diagonal is the last band, and
    `bands[..., -1 - k, i]` is A[i, i + k]. Elements that stand for places outside A are ignored.

    Raises:
        InvalidArgumentError: extents that do not fit, or a zero on the main diagonal.

    >>> tf.linalg.banded_triangular_solve(tf.constant([[1.0, 2.0], [0.0, 3.0]]), tf.constant([[1.0], [7.0]])).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    return _lapack.banded(bands, rhs, lower, adjoint)


@banded_triangular_solve.shape
def banded_triangular_solve_shape(bands, rhs, *, lower, adjoint):
    op = "BandedTriangularSolve"
    need_matrix(bands, op)
    need_matrix(rhs, op)
    if bands.shape[-1] != rhs.shape[-2]:
        raise invalid(
            op, f"{op}: In[0] mismatch In[1] shape: {bands.shape[-1]} vs. {rhs.shape[-2]}: {list(bands.shape)} {list(rhs.shape)}"
        )
    if not isinstance(bands.shape[-2], Dim) and bands.shape[-2] == 0:
        raise invalid(op, f"{op}: bands should have rank and size of at least one band, got the shape {list(bands.shape)}")
    return Spec((*broadcast_shapes(bands.shape[:-2], rhs.shape[:-2], op=op), *rhs.shape[-2:]), rhs.dtype)


@banded_triangular_solve.vjp()
def banded_triangular_solve_vjp(g, y, bands, rhs_shape, lower, adjoint):
    gb = banded_triangular_solve(bands, g, lower, not adjoint)
    ga = negated_product(y, gb, adjoint_b=True) if adjoint else negated_product(gb, y, adjoint_b=True)
    return sum_to(bands_of(ga, bands.dims[-2], lower), bands.dims), sum_to(gb, rhs_shape)


def bands_of(x: Any, count: int, lower: bool) -> Any:
    """The bands of a matrix, one row each, as `banded_triangular_solve` takes them."""
    k = (1 - count, 0) if lower else (0, count - 1)
    out = matrix_diag_part(x, k, "LEFT_RIGHT")
    return expand_axis(out, out.ndim - 1) if count == 1 else out


banded_triangular_solve.jvp("transpose")


@primitive(same=("diagonals", "rhs"), dtypes=FULL_PRECISION, batch="leading")
def tridiagonal_system(diagonals, rhs):
    """x with A x = rhs; the three diagonals of A, from above to below, are the rows of `diagonals`."""
    return _lapack.tridiagonal(diagonals, rhs)


@tridiagonal_system.shape
def tridiagonal_system_shape(diagonals, rhs):
    op = "TridiagonalSolve"
    if len(diagonals.shape) < 2 or not diagonals.shape[-2] == 3:
        raise invalid(op, f"tridiagonal_solve: Expected 3 diagonals, but the shape of diagonals is {list(diagonals.shape)}.")
    need_matrix(rhs, op)
    if diagonals.shape[-1] != rhs.shape[-2]:
        raise invalid(
            op,
            "tridiagonal_solve: The length of diagonals and the number of rows of rhs must be equal, got "
            f"{list(diagonals.shape)} and {list(rhs.shape)}.",
        )
    return Spec((*broadcast_shapes(diagonals.shape[:-2], rhs.shape[:-2], op=op), *rhs.shape[-2:]), rhs.dtype)


@tridiagonal_system.vjp()
def tridiagonal_system_vjp(g, y, diagonals, rhs_shape):
    gb = tridiagonal_system(adjoint_diagonals(diagonals), g)
    outer = [reduce_sum(multiply(negative(gb), conj_if_complex(z)), -1) for z in (shifted(y, -1), y, shifted(y, 1))]
    return sum_to(stack_rows(outer), diagonals.dims), sum_to(gb, rhs_shape)


@tridiagonal_system.jvp
def tridiagonal_system_jvp(y, ts, diagonals, rhs):
    td, tb = ts
    if td is None:
        return tridiagonal_system(diagonals, tb)
    moved = tridiagonal_product(td, y)
    return tridiagonal_system(diagonals, negative(moved) if tb is None else subtract(tb, moved))


def adjoint_diagonals(diagonals: Any) -> Any:
    above, main, below = diagonal_rows(diagonals)
    rows = [shifted_last(below, -1), main, shifted_last(above, 1)]
    return conj_if_complex(stack_rows(rows))


def diagonal_rows(diagonals: Any) -> list[Any]:
    lead = ((None, None, 1),) * (diagonals.ndim - 2)
    return [index(diagonals, key=(*lead, k)) for k in range(3)]


def stack_rows(rows: list[Any]) -> Any:
    """Vectors (in the last axis) as the rows of one matrix."""
    return concatenate(*(expand_axis(r, r.ndim - 1) for r in rows), axis=rows[0].ndim - 1)


def tridiagonal_product(diagonals: Any, x: Any) -> Any:
    """The tridiagonal matrix with these diagonals (as rows) times x."""
    parts = zip(diagonal_rows(diagonals), (shifted(x, -1), x, shifted(x, 1)), strict=True)
    above, main, below = (multiply(expand_axis(d, d.ndim), z) for d, z in parts)
    return add(add(above, main), below)


def shifted(x: Any, step: int) -> Any:
    """The rows of each matrix moved down by one (step 1) or up by one (step -1); zeros move in."""
    return swap(shifted_last(swap(x), step))


def shifted_last(x: Any, step: int) -> Any:
    lead = ((None, None, 1),) * (x.ndim - 1)
    source, target = ((None, -1, 1), (1, None, 1)) if step > 0 else ((1, None, 1), (None, -1, 1))
    return embed(index(x, key=(*lead, source)), key=(*lead, target), shape=x.dims)


publish(globals())


# -- in terms of the above: TensorFlow's functions --------------------------------------------------------------------
@library
def inv(input: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """The inverse of each square matrix, or of its conjugate transpose.

    Raises:
        InvalidArgumentError: a matrix that is not square, not invertible, or holds NaN.

    >>> tf.linalg.inv(tf.constant([[2.0, 0.0], [0.0, 4.0]])).numpy()
    array([[0.5 , 0.  ],
           [0.  , 0.25]], dtype=float32)
    """
    return matrix_inverse(swap(input, True) if adjoint else input)


@library
def solve(matrix: Any, rhs: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """x with matrix x = rhs, or matrixᴴ x = rhs where `adjoint`, for each square matrix; leading axes broadcast.

    Raises:
        InvalidArgumentError: a matrix that is not square or not invertible, or a right-hand side that does not fit it.

    >>> tf.linalg.solve(tf.constant([[2.0, 0.0], [0.0, 4.0]]), tf.constant([[2.0], [2.0]])).numpy()
    array([[1. ],
           [0.5]], dtype=float32)
    """
    matrix, rhs = same_dtype((matrix, rhs))
    return matrix_solve(swap(matrix, True) if adjoint else matrix, rhs)


@library
def cholesky_solve(chol: Any, rhs: Any, name: str | None = None) -> Tensor:
    """x with A x = rhs, where A = chol cholᴴ and `chol` is lower triangular, as `tf.linalg.cholesky` returns it.

    Raises:
        InvalidArgumentError: a factor that is not square, or a right-hand side that does not fit it.

    >>> tf.linalg.cholesky_solve(tf.constant([[2.0, 0.0], [0.0, 1.0]]), tf.constant([[4.0], [3.0]])).numpy()
    array([[1.],
           [3.]], dtype=float32)
    """
    chol, rhs = same_dtype((chol, rhs))
    return triangular_solve(chol, triangular_solve(chol, rhs), True, True)


FORMATS = ("compact", "sequence", "matrix")


def compact_diagonals(diagonals: Any, diagonals_format: str, short: bool) -> Any:
    """The three diagonals of a tridiagonal matrix as rows: above, main, below."""
    if diagonals_format not in FORMATS:
        raise ValueError(f"Unrecognized diagonals_format: {diagonals_format}. It may be one of {', '.join(FORMATS)}.")
    if diagonals_format == "compact":
        return same_dtype((diagonals,))[0]
    if diagonals_format == "matrix":
        (x,) = same_dtype((diagonals,))
        if x.ndim < 2 or not x.dims[-1] == x.dims[-2]:
            raise ValueError(f"Expected last two dimensions of diagonals to be same, got the shape {list(x.dims)}")
        return matrix_diag_part(x, (-1, 1), "LEFT_RIGHT")
    above, main, below = same_dtype(diagonals)
    if short and above.dims[-1] + 1 == main.dims[-1]:
        above = padded_last(above, main.dims, 0)
    if short and below.dims[-1] + 1 == main.dims[-1]:
        below = padded_last(below, main.dims, 1)
    for name, d in (("superdiagonal", above), ("subdiagonal", below)):
        if d.dims != main.dims:
            raise invalid(
                "TridiagonalMatMul", f"Invalid {name} shape {list(d.dims)}: the main diagonal has shape {list(main.dims)}"
            )
    return stack_rows([above, main, below])


def padded_last(x: Any, dims: tuple[Any, ...], start: int) -> Any:
    lead = ((None, None, 1),) * (x.ndim - 1)
    return embed(x, key=(*lead, (1, None, 1) if start else (None, -1, 1)), shape=dims)


@library
def tridiagonal_matmul(diagonals: Any, rhs: Any, diagonals_format: str = "compact", name: str | None = None) -> Tensor:
    """The product of a tridiagonal matrix A and `rhs`.

    The diagonals come as rows (above, main, below) of one tensor ('compact'), as three tensors ('sequence') or within
    a whole matrix ('matrix'). Row i of 'compact' holds A[i, i + 1], A[i, i], A[i, i - 1] in its columns.

    Raises:
        ValueError: an unknown format.
        InvalidArgumentError: extents that do not fit.

    >>> d = tf.constant([[1.0, 0.0], [2.0, 2.0], [0.0, 1.0]])
    >>> tf.linalg.tridiagonal_matmul(d, tf.constant([[1.0], [3.0]])).numpy()
    array([[5.],
           [7.]], dtype=float32)
    """
    compact, x = same_dtype((compact_diagonals(diagonals, diagonals_format, False), rhs))
    if compact.ndim < 2 or not compact.dims[-2] == 3:
        raise ValueError(f"Expected 3 diagonals, but the shape of diagonals is {list(compact.dims)}")
    need_matrix(x, "TridiagonalMatMul")
    if compact.dims[-1] != x.dims[-2]:
        raise invalid(
            "TridiagonalMatMul", f"Invalid superdiagonal shape: {list(compact.dims)} does not fit rhs of shape {list(x.dims)}"
        )
    return tridiagonal_product(compact, x)


@library
def tridiagonal_solve(
    diagonals: Any, rhs: Any, diagonals_format: str = "compact", transpose_rhs: bool = False, conjugate_rhs: bool = False,
    name: str | None = None, partial_pivoting: bool = True, perturb_singular: bool = False,
) -> Tensor:  # fmt: skip
    """x with A x = rhs for a tridiagonal A, given as for `tf.linalg.tridiagonal_matmul`; NaN where A is singular.

    `rhs` is a matrix or a vector, and may be transposed or conjugated first. Rows are always pivoted; a singular matrix
    is not perturbed.

    Raises:
        ValueError: an unknown format, or extents that do not fit.

    >>> d = tf.constant([[1.0, 0.0], [2.0, 2.0], [0.0, 1.0]])
    >>> tf.linalg.tridiagonal_solve(d, tf.constant([5.0, 7.0])).numpy()
    array([1., 3.], dtype=float32)
    """
    compact, x = same_dtype((compact_diagonals(diagonals, diagonals_format, True), rhs))
    if compact.ndim < 2 or not compact.dims[-2] == 3:
        raise ValueError(f"Expected 3 diagonals got the shape {list(compact.dims)}")
    if conjugate_rhs:
        x = conj(x)
    vector = x.ndim == compact.ndim - 1
    if vector:
        x = expand_axis(x, x.ndim)
    elif transpose_rhs:
        x = swap(x)
    if x.ndim < 2 or not compact.dims[-1] == x.dims[-2]:
        raise ValueError(
            "Expected number of left-hand sided and right-hand sides to be equal, got diagonals of shape "
            f"{list(compact.dims)} and rhs of shape {list(x.dims)}"
        )
    y = tridiagonal_system(compact, x)
    return reshape(y, y.dims[:-1]) if vector else y


__all__ = ["FULL_PRECISION", "WITH_HALF", "banded_triangular_solve", "cholesky_solve", "inv", "matrix_inverse", "matrix_solve", "solve",
           "square_spec", "triangular_solve", "tridiagonal_matmul", "tridiagonal_solve", "tridiagonal_system"]  # fmt: skip
