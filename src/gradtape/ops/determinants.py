"""Layer 3: determinants.  The gradient of det is the matrix of cofactors, and a derivative of cofactors is cofactors again
(with one more direction), at every order and for singular matrices too: F(A; X...) is symmetric and linear in its
directions X, its derivative in A along Y is F(A; X..., Y), and <F(A; X...), Y> is symmetric in all of X..., Y.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..core.context import library
from ..core.shapes import Spec, broadcast_shapes
from ..core.tensor import Tensor
from . import _lapack
from ._cofactors import cofactors as cofactor_kernel
from ._declare import primitive, publish
from .basic import add, align, cast, conj, multiply, reduce_sum, subtract, sum_to
from .decompositions import cholesky, column, real_dtype
from .diagonals import matrix_diag_part
from .linalg import conj_if_complex, swap
from .math import log
from .solves import FULL_PRECISION, matrix_inverse, square_spec


# -- det and its derivatives ----------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, public=("input",), batch="leading")
def det(x):
    """The determinant of each square matrix.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.det(tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy()
    np.float32(-2.0)
    """
    return _lapack.det(x)


@det.shape
def det_shape(x):
    return Spec(square_spec(x, "MatrixDeterminant").shape[:-2], x.dtype)


@det.vjp("x")
def det_vjp(g, x):
    return multiply(scalar_matrix(g), conj_if_complex(cofactors(x)))


@det.jvp
def det_jvp(y, ts, x):
    return inner_product(cofactors(x), ts[0])


def scalar_matrix(x: Any) -> Any:
    return column(column(x))


def inner_product(a: Any, b: Any) -> Any:
    """The sum of a * b over the last two axes."""
    return reduce_sum(multiply(a, b), (-2, -1))


@primitive(variadic=True, same=("matrices",), dtypes=FULL_PRECISION)
def cofactors(*matrices):
    """The gradient, in the first matrix, of the derivative of its determinant along the others."""
    return cofactor_kernel(matrices[0], matrices[1:])


@cofactors.shape
def cofactors_shape(*matrices):
    spec = square_spec(matrices[0], "cofactors")
    return Spec((*broadcast_shapes(*(m.shape[:-2] for m in matrices)), *spec.shape[-2:]), spec.dtype)


@cofactors.vjp()
def cofactors_vjp(g, matrices):
    x, *directions = matrices
    g = conj_if_complex(g)
    out = [cofactors(x, *directions, g)]
    out += [cofactors(x, *directions[:i], *directions[i + 1 :], g) for i in range(len(directions))]
    return [sum_to(conj_if_complex(c), m.dims) for c, m in zip(out, matrices, strict=True)]


@cofactors.jvp
def cofactors_jvp(y, ts, *matrices):
    x, *directions = matrices
    terms = [] if ts[0] is None else [cofactors(x, *directions, ts[0])]
    for i, t in enumerate(ts[1:]):
        if t is not None:
            terms.append(cofactors(x, *directions[:i], t, *directions[i + 1 :]))
    out = terms[0]
    for term in terms[1:]:
        out = add(out, term)
    return out


@cofactors.batch
def cofactors_batch(size, batched, *matrices):
    return cofactors(*align(batched, matrices))


# -- sign and logarithm ---------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, results=("sign", "log"), batch="leading")
def sign_and_log_det(x):
    """sign and log(|det|) of each matrix."""
    return _lapack.sign_and_log_det(x)


@sign_and_log_det.shape
def sign_and_log_det_shape(x):
    spec = square_spec(x, "LogMatrixDeterminant")
    out = Spec(spec.shape[:-2], spec.dtype)
    return out, out


@sign_and_log_det.vjp("x")
def sign_and_log_det_vjp(g, sign, x):
    # With t = tr(x⁻¹ dx):  dlog = Re t and dsign = i Im(t) sign; the sign of real matrices stands still.
    g_sign, g_log = g
    if x.kind != "c":
        factor = g_log
    else:
        factor = None if g_log is None else real_part(g_log)
        if g_sign is not None:
            turned = imaginary_part(multiply(g_sign, conj(sign)))
            factor = turned if factor is None else add(factor, turned)
    return None if factor is None else multiply(scalar_matrix(factor), swap(matrix_inverse(x), True))


@sign_and_log_det.jvp
def sign_and_log_det_jvp(y, ts, x):
    t = inner_product(swap(matrix_inverse(x)), ts[0])
    return multiply(imaginary_part(t), y[0]), real_part(t)


def real_part(z: Any) -> Any:
    """Re(z), in the dtype of z."""
    return cast(cast(z, real_dtype(z.dtype.numpy_dtype)), z.dtype) if z.kind == "c" else z


def imaginary_part(z: Any) -> Any:
    """i Im(z)."""
    return subtract(z, real_part(z))


publish(globals())


class LogMatrixDeterminant(NamedTuple):
    sign: Any
    log_abs_determinant: Any


@library
def slogdet(input: Any, name: str | None = None) -> LogMatrixDeterminant:
    """The sign of the determinant of each square matrix and the logarithm of its absolute value.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> sign, log = tf.linalg.slogdet(tf.constant([[-2.0, 0.0], [0.0, 1.0]]))
    >>> sign.numpy(), log.numpy()
    (np.float32(-1.0), np.float32(0.6931472))
    """
    return LogMatrixDeterminant(*sign_and_log_det(input))


@library
def logdet(matrix: Any, name: str | None = None) -> Tensor:
    """log(det) of each Hermitian positive definite matrix, by its Cholesky factor; NaN for other matrices.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.logdet(tf.constant([[4.0, 0.0], [0.0, 1.0]])).numpy()
    np.float32(1.3862944)
    """
    d = matrix_diag_part(cholesky(matrix))
    return multiply(reduce_sum(log(cast(d, d.dtype.real_dtype)), -1), 2.0)


__all__ = ["LogMatrixDeterminant", "cofactors", "det", "logdet", "sign_and_log_det", "slogdet"]
