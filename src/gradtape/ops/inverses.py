"""Layer 3: least squares and what rests on decompositions.

The pseudoinverse y of x has (Golub & Pereyra 1973, for matrices of constant rank)
    dy = -y dx y + y yᴴ dxᴴ (1 - x y) + (1 - y x) dxᴴ yᴴ y
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.shapes import Spec
from ..core.tensor import Tensor, tensor, to_tensor
from . import _lapack
from ._declare import primitive, publish
from .basic import add, broadcast_to, cast, greater, lift, multiply, reduce_sum, subtract
from .decompositions import cholesky, column, like, lu_factors, lu_lower, permute_rows, qr_factors, singular_values, svd_factors
from .diagonals import band_part, filled, matrix_diag
from .linalg import adjoint, matmul, need_matrix, same_dtype
from .pieces import index
from .solves import FULL_PRECISION, cholesky_solve, triangular_solve


# -- pseudoinverse ----------------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION)
def pseudo_inverse(x, rcond):
    """The pseudoinverse; singular values up to rcond times the largest count as 0."""
    if rcond.dtype.kind != "f":
        raise TypeError("rcond")
    s, u, v = _lapack.svd(x, False)
    cutoff = rcond[..., None] * s.max(-1, initial=0, keepdims=True)
    kept = ~(s <= cutoff)  # NaN stays NaN
    inverse = np.where(kept, 1 / np.where(kept, s, 1), 0).astype(s.dtype)
    return np.matmul(v * inverse[..., None, :], u.conj().swapaxes(-1, -2))


@pseudo_inverse.shape
def pseudo_inverse_shape(x, rcond):
    need_matrix(x, "pinv")
    return Spec((*x.shape[:-2], x.shape[-1], x.shape[-2]), x.dtype)


@pseudo_inverse.vjp("x")
def pseudo_inverse_vjp(g, y, x):
    gy = matmul(g, y, adjoint_a=True)
    left = matmul(gy, y, adjoint_b=True)
    right = matmul(y, matmul(y, g, adjoint_b=True), adjoint_a=True)
    outside = add(subtract(left, matmul(x, matmul(y, left))), subtract(right, matmul(matmul(right, y), x)))
    return subtract(outside, matmul(matmul(y, g, adjoint_a=True), y, adjoint_b=True))


@pseudo_inverse.jvp
def pseudo_inverse_jvp(y, ts, x, rcond):
    t = adjoint(ts[0])
    left = matmul(matmul(y, y, adjoint_b=True), t)
    right = matmul(t, matmul(y, y, adjoint_a=True))
    outside = add(subtract(left, matmul(matmul(left, x), y)), subtract(right, matmul(y, matmul(x, right))))
    return subtract(outside, matmul(matmul(y, ts[0]), y))


@pseudo_inverse.batch
def pseudo_inverse_batch(size, batched, x, rcond):
    axes = max(x.ndim - 2 - batched[0], rcond.ndim - batched[1])
    x = lift(x, axes + 2) if batched[0] else x
    return pseudo_inverse(x, lift(rcond, axes) if batched[1] else rcond)


publish(globals())


# -- in terms of the above: TensorFlow's functions ------------------------------------------------------------------------
def real_matrices(a: Any, op: str) -> Any:
    """a as matrices of floats (or complex numbers), as TensorFlow asks for them."""
    (x,) = same_dtype((a,))
    if x.kind not in "fcV":
        raise TypeError(f"{op}: Input `a` must have `float`-like `dtype` (saw {x.dtype.name}).")
    if x.ndim < 2:
        raise ValueError(f"{op}: Input `a` must have at least 2 dimensions (saw: {x.ndim}).")
    return x


@library
def pinv(a: Any, rcond: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The Moore-Penrose pseudoinverse of each matrix.

    Singular values up to `rcond` times the largest one count as 0; the default is 10 max(rows, columns) eps. `rcond` may
    differ between the matrices of a batch.

    Raises:
        TypeError: a dtype that is no float dtype.
        ValueError: a rank below 2.

    >>> tf.linalg.pinv(tf.constant([[2.0, 0.0], [0.0, 4.0], [0.0, 0.0]])).numpy()
    array([[0.5 , 0.  , 0.  ],
           [0.  , 0.25, 0.  ]], dtype=float32)
    """
    x = real_matrices(a, "pinv")
    real = x.dtype.real_dtype.numpy_dtype
    if rcond is None:
        rcond = tensor(np.asarray(10 * max(x.dims[-2:]) * np.finfo(real).eps, real))
    return pseudo_inverse(x, to_tensor(rcond, real))


@library
def matrix_rank(a: Any, tol: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """How many singular values of each matrix are above `tol` (the default: max(rows, columns) eps times the largest).

    Raises:
        TypeError: a dtype that is no float dtype.
        ValueError: a rank below 2.

    >>> tf.linalg.matrix_rank(tf.constant([[1.0, 2.0], [2.0, 4.0]])).numpy()
    np.int32(1)
    """
    x = real_matrices(a, "matrix_rank")
    s = singular_values(x)
    if tol is None:
        largest = index(s, key=(*((None, None, 1),) * (s.ndim - 1), (0, 1, 1)))
        tol = multiply(largest, float(max(x.dims[-2:]) * np.finfo(s.dtype.numpy_dtype).eps))
    else:
        tol = column(to_tensor(tol, s.dtype.numpy_dtype))
    return reduce_sum(cast(greater(s, tol), "int32"), -1)


# -- least squares ----------------------------------------------------------------------------------------------------------
@library
def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: bool = True, name: str | None = None) -> Tensor:
    """x that makes |matrix x - rhs|² + l2_regularizer |x|² smallest, for each matrix.

    `fast` solves the normal equations with a Cholesky factor: matrices must have full rank, and NaN comes out where they
    have not. Without `fast`, the x of smallest norm is found for any rank, and `l2_regularizer` is ignored.

    Raises:
        InvalidArgumentError: extents that do not fit.

    >>> tf.linalg.lstsq(tf.constant([[2.0], [0.0]]), tf.constant([[4.0], [3.0]])).numpy()
    array([[2.]], dtype=float32)
    """
    a, b = same_dtype((matrix, rhs))
    for x in (a, b):
        need_matrix(x, "MatrixSolveLs")
    if a.dims[-2] != b.dims[-2]:
        raise invalid(
            "MatrixSolveLs",
            f"lstsq: Matrix size-incompatible: In[0]: {list(a.dims)}, In[1]: {list(b.dims)}: matrix and rhs need "
            "equally many rows",
        )
    if not fast:
        return matmul(pinv(a), b)
    if a.dims[-2] >= a.dims[-1]:
        return cholesky_solve(gram_factor(a, l2_regularizer, True), matmul(a, b, adjoint_a=True))
    return matmul(a, cholesky_solve(gram_factor(a, l2_regularizer, False), b), adjoint_a=True)


def gram_factor(a: Any, l2_regularizer: Any, columns: bool) -> Any:
    """The Cholesky factor of aᴴ a + l2 (or a aᴴ + l2)."""
    gram = matmul(a, a, adjoint_a=True) if columns else matmul(a, a, adjoint_b=True)
    if not (isinstance(l2_regularizer, (int, float)) and l2_regularizer == 0):
        l2 = like(to_tensor(l2_regularizer, a.dtype.real_dtype.numpy_dtype), a)
        n = gram.dims[-1]
        gram = add(gram, matrix_diag(broadcast_to(l2, (n,)), (0, 0), n, n))
    return cholesky(gram)


# -- the three factorizations -------------------------------------------------------------------------------------------------
class Lu(NamedTuple):
    lu: Any
    p: Any


class Qr(NamedTuple):
    q: Any
    r: Any


@library
def lu(input: Any, output_idx_type: Any = "int32", name: str | None = None) -> Lu:
    """L and U in one matrix (L without its diagonal of ones), and the row permutation p: the rows p of the input are L U.

    Raises:
        InvalidArgumentError: a matrix that is not square or not invertible.

    >>> lu, p = tf.linalg.lu(tf.constant([[1.0, 2.0], [4.0, 4.0]]))
    >>> lu.numpy(), p.numpy()
    (array([[4.  , 4.  ],
           [0.25, 1.  ]], dtype=float32), array([1, 0], dtype=int32))
    """
    return Lu(*lu_factors(input, as_dtype(output_idx_type).numpy_dtype))


def checked_factors(lower_upper: Any, perm: Any) -> tuple[Any, Any]:
    (packed,) = same_dtype((lower_upper,))
    order = to_tensor(perm)
    if packed.ndim < 2:
        raise ValueError("Input `lower_upper` must have at least 2 dimensions.")
    if order.ndim < 1:
        raise ValueError("Input `perm` must have at least 1 dimension.")
    if packed.dims[-1] != packed.dims[-2]:
        raise ValueError(f"Input `lower_upper` must be square, but its shape is {list(packed.dims)}.")
    if packed.dims[-1] != order.dims[-1]:
        raise ValueError(f"`lower_upper.shape[-1]` must equal `perm.shape[-1]`, not {packed.dims[-1]} and {order.dims[-1]}.")
    return packed, order


@library
def lu_solve(lower_upper: Any, perm: Any, rhs: Any, validate_args: bool = False, name: str | None = None) -> Tensor:
    """x with A x = rhs, where `tf.linalg.lu(A)` gave `lower_upper` and `perm`.

    Raises:
        ValueError: ranks or extents that do not fit.

    >>> lu, p = tf.linalg.lu(tf.constant([[1.0, 2.0], [4.0, 4.0]]))
    >>> tf.linalg.lu_solve(lu, p, tf.constant([[3.0], [8.0]])).numpy()
    array([[1.],
           [1.]], dtype=float32)
    """
    packed, order = checked_factors(lower_upper, perm)
    packed, b = same_dtype((packed, rhs))
    if b.ndim < 2:
        raise ValueError("Input `rhs` must have at least 2 dimensions.")
    if packed.dims[-1] != b.dims[-2]:
        raise ValueError(f"`lower_upper.shape[-1]` must equal `rhs.shape[-2]`, not {packed.dims[-1]} and {b.dims[-2]}.")
    return triangular_solve(packed, triangular_solve(lu_lower(packed), permute_rows(b, order)), False)


@library
def lu_matrix_inverse(lower_upper: Any, perm: Any, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The inverse of A, where `tf.linalg.lu(A)` gave `lower_upper` and `perm`.

    Raises:
        ValueError: ranks or extents that do not fit.

    >>> lu, p = tf.linalg.lu(tf.constant([[2.0, 0.0], [0.0, 4.0]]))
    >>> tf.linalg.lu_matrix_inverse(lu, p).numpy()
    array([[0.5 , 0.  ],
           [0.  , 0.25]], dtype=float32)
    """
    packed, order = checked_factors(lower_upper, perm)
    n = packed.dims[-1]
    return lu_solve(packed, order, matrix_diag(filled(packed, packed.dims[:-1], 1), (0, 0), n, n))


@library
def lu_reconstruct(lower_upper: Any, perm: Any, validate_args: bool = False, name: str | None = None) -> Tensor:
    """A, where `tf.linalg.lu(A)` gave `lower_upper` and `perm`.

    Raises:
        ValueError: ranks or extents that do not fit.

    >>> lu, p = tf.linalg.lu(tf.constant([[1.0, 2.0], [4.0, 4.0]]))
    >>> tf.linalg.lu_reconstruct(lu, p).numpy()
    array([[1., 2.],
           [4., 4.]], dtype=float32)
    """
    packed, order = checked_factors(lower_upper, perm)
    return permute_rows(matmul(lu_lower(packed), band_part(packed, 0, -1)), order, True)


@library
def qr(input: Any, full_matrices: bool = False, name: str | None = None) -> Qr:
    """q with orthonormal columns and r upper triangular: input = q r, for each matrix.

    `full_matrices` makes q square; its further columns have derivatives as if their basis stood still.

    Raises:
        InvalidArgumentError: a rank below 2.

    >>> q, r = tf.linalg.qr(tf.constant([[0.0, 2.0], [1.0, 3.0]]))
    >>> np.abs(r.numpy())
    array([[1., 3.],
           [0., 2.]], dtype=float32)
    """
    return Qr(*qr_factors(input, bool(full_matrices)))


@library
def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None) -> Any:
    """s (descending), u and v with tensor = u diag(s) vᴴ, for each matrix; only s without `compute_uv`.

    `full_matrices` makes u and v square; their further columns have derivatives as if their basis stood still. Equal
    singular values give no gradient through their vectors.

    Raises:
        InvalidArgumentError: a rank below 2.

    >>> tf.linalg.svd(tf.constant([[3.0, 0.0], [0.0, 4.0]]), compute_uv=False).numpy()
    array([4., 3.], dtype=float32)
    """
    return svd_factors(tensor, bool(full_matrices)) if compute_uv else singular_values(tensor)


__all__ = ["lstsq", "lu", "lu_matrix_inverse", "lu_reconstruct", "lu_solve", "matrix_rank", "pinv", "pseudo_inverse", "qr", "svd"]
