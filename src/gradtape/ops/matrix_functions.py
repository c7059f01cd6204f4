"""Layer 3: functions of matrices.  For every f, with L(a, e) the derivative of f at a along e (Mathias 1996, Theorem 2.1):

    f([[a, e], [0, a]]) = [[f(a), L(a, e)], [0, f(a)]]

and the adjoint of L(a, .) is L(aᴴ, .).  So each rule is the function itself, on matrices of twice the size.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import COMPLEX
from ..core.tensor import Tensor
from . import _lapack
from ._declare import primitive, publish
from .diagonals import zeros_of
from .linalg import adjoint, same_dtype
from .pieces import concatenate, index
from .solves import FULL_PRECISION, square_spec


def derivative(f: Callable, a: Any, e: Any) -> Any:
    """L(a, e) of f."""
    rows = a.ndim - 2
    n = a.dims[-1]
    above = concatenate(a, e, axis=rows + 1)
    below = concatenate(zeros_of(a, a.dims), a, axis=rows + 1)
    whole = f(concatenate(above, below, axis=rows))
    return index(whole, key=(*((None, None, 1),) * rows, (None, n, 1), (n, None, 1)))


# -- exponential ------------------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, batch="leading")
def matrix_exponential(x):
    """exp of each matrix, by scaling, Padé's approximant and squaring."""
    _lapack.need_square(x)
    with np.errstate(all="ignore"):  # SciPy's code is Python in part, and warns
        return _lapack.scipy_linalg().expm(x)


@matrix_exponential.shape
def matrix_exponential_shape(x):
    return square_spec(x, "MatrixExponential")


@matrix_exponential.vjp("x")
def matrix_exponential_vjp(g, x):
    return derivative(matrix_exponential, adjoint(x), g)


@matrix_exponential.jvp
def matrix_exponential_jvp(y, ts, x):
    return derivative(matrix_exponential, x, ts[0])


# -- logarithm --------------------------------------------------------------------------------------------------------
LOG_RADIUS, MOST_ROOTS = 0.25, 100


@cache
def quadrature() -> tuple[np.ndarray, np.ndarray]:
    """Gauss and Legendre's nodes and weights."""
    return np.polynomial.legendre.leggauss(8)


def logarithm_of_one(a: np.ndarray) -> np.ndarray:
    """The principal logarithm: roots until the matrix is near 1, Padé's approximant there, doubled back; NaN where singular."""
    linalg = _lapack.scipy_linalg()
    triangle, basis = linalg.schur(a.astype(np.complex128), "complex")
    one = np.eye(len(a))
    roots = 0
    while np.abs(triangle - one).sum(0).max() > LOG_RADIUS and roots < MOST_ROOTS:
        with np.errstate(all="ignore"):
            triangle = linalg.sqrtm(triangle)
        roots += 1
    x = triangle - one
    log = sum(w / 2 * np.linalg.solve(one + (t + 1) / 2 * x, x) for t, w in zip(*quadrature(), strict=True))
    return basis @ (log * 2.0**roots) @ basis.conj().T


@primitive(dtypes=COMPLEX, public=("input",), batch="leading")
def logm(x):
    """The principal logarithm of each complex matrix: expm(logm(x)) = x; NaN for singular matrices.

    Raises:
        InvalidArgumentError: a matrix that is not square, or not complex.

    >>> tf.linalg.logm(tf.constant([[1.0 + 0j, 0.0], [0.0, 1.0]])).numpy()
    array([[0.+0.j, 0.+0.j],
           [0.+0.j, 0.+0.j]])
    """
    _lapack.need_square(x)
    out = np.full(x.shape, np.nan, x.dtype)
    for where in np.ndindex(x.shape[:-2]):
        a = x[where]
        if a.size and np.isfinite(a).all() and np.linalg.slogdet(a)[0]:
            out[where] = logarithm_of_one(a)
    return out


@logm.shape
def logm_shape(x):
    return square_spec(x, "MatrixLogarithm")


@logm.vjp("x")
def logm_vjp(g, x):
    return derivative(logm, adjoint(x), g)


@logm.jvp
def logm_jvp(y, ts, x):
    return derivative(logm, x, ts[0])


# -- square root --------------------------------------------------------------------------------------------------------
@primitive(dtypes=FULL_PRECISION, public=("input",), batch="leading")
def sqrtm(x):
    """The principal square root of each matrix: sqrtm(x) sqrtm(x) = x; NaN for a real matrix without a real root.

    Raises:
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.sqrtm(tf.constant([[4.0, 0.0], [0.0, 9.0]])).numpy()
    array([[2., 0.],
           [0., 3.]], dtype=float32)
    """
    _lapack.need_square(x)
    out = np.empty(x.shape, x.dtype)
    for where in np.ndindex(x.shape[:-2]):
        out[where] = root_of_one(x[where])
    return out


def root_of_one(a: np.ndarray) -> np.ndarray:
    if not np.isfinite(a).all():
        return np.full_like(a, np.nan)
    with warnings.catch_warnings():  # SciPy warns of singular matrices
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            root = _lapack.scipy_linalg().sqrtm(a)
    if a.dtype.kind != "c" and root.dtype.kind == "c":
        return np.full_like(a, np.nan)
    return root


@sqrtm.shape
def sqrtm_shape(x):
    return square_spec(x, "MatrixSquareRoot")


@sqrtm.vjp("x")
def sqrtm_vjp(g, x):
    return derivative(sqrtm, adjoint(x), g)


@sqrtm.jvp
def sqrtm_jvp(y, ts, x):
    return derivative(sqrtm, x, ts[0])


publish(globals())


@library
def expm(input: Any, name: str | None = None) -> Tensor:
    """The exponential of each square matrix: the sum of its powers over factorials.

    Raises:
        ValueError: a dtype other than float32, float64, complex64 or complex128.
        InvalidArgumentError: a matrix that is not square.

    >>> tf.linalg.expm(tf.constant([[0.0, 1.0], [0.0, 0.0]])).numpy()
    array([[1., 1.],
           [0., 1.]], dtype=float32)
    """
    (x,) = same_dtype((input,))
    if x.dtype.numpy_dtype not in FULL_PRECISION:
        raise ValueError(f"tf.linalg.expm does not support matrices of type {x.dtype}; write tf.cast(x, tf.float32)")
    return matrix_exponential(x)


__all__ = ["expm", "logm", "matrix_exponential", "sqrtm"]
