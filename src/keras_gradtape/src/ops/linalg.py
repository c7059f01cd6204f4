"""Decompositions, solutions, norms."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras.src import tree

import gradtape as tf

from .conversion import cast, floating, native, tensor, tensor_pair
from .numpy.shaping import expand_dims, moveaxis

__all__ = [
    "cholesky", "cholesky_inverse", "det", "eig", "eigh", "inv", "jvp", "lstsq", "lu_factor", "matrix_power", "matrix_rank",
    "norm", "pinv", "qr", "solve", "solve_triangular", "svd",
]  # fmt: skip

INF = float("inf")


# -- decompositions ---------------------------------------------------------------------------------------
def cholesky(a: Any, upper: bool = False) -> Any:
    factor = tf.linalg.cholesky(floating(a))
    if tf.reduce_any(tf.math.is_nan(tf.math.real(factor))):
        raise ValueError("Cholesky decomposition failed. The input might not be a valid positive definite matrix.")
    return tf.linalg.adjoint(factor) if upper else factor


def cholesky_inverse(a: Any, upper: bool = False) -> Any:
    """The inverse of the matrix whose Cholesky factor this is."""
    a = floating(a)
    inverse = tf.linalg.triangular_solve(a, tf.eye(int(a.shape[-1]), dtype=a.dtype), lower=not upper)
    return tf.matmul(inverse, inverse, adjoint_b=True) if upper else tf.matmul(inverse, inverse, adjoint_a=True)


def eig(a: Any) -> tuple:
    return tuple(tf.linalg.eig(floating(a)))


def eigh(a: Any) -> tuple:
    return tuple(tf.linalg.eigh(floating(a)))


def lu_factor(a: Any) -> tuple:
    """The packed factors, and for each step the row that it swapped with its own, as LAPACK has it."""
    a = floating(a)
    rows, columns = (int(n) for n in a.shape[-2:])
    lu, permutation = tf.linalg.lu(a) if rows == columns else oblong_lu(a)
    swaps = np.apply_along_axis(lambda order: swaps_of(list(order), min(rows, columns)), -1, np.asarray(permutation))
    return lu, tf.constant(swaps.astype(np.int32))


def oblong_lu(a: Any) -> tuple:
    """The packed factors of matrices that are not square, and the order of their rows: a square corner, and what solves with it."""
    from scipy.linalg import lu

    size = min(int(n) for n in a.shape[-2:])
    order = np.argsort(lu(cast(a, "float64" if a.dtype.is_floating else "complex128").numpy(), p_indices=True)[0], -1)
    rows = tf.gather(a, tf.constant(order), axis=-2, batch_dims=len(a.shape) - 2)
    corner, _ = tf.linalg.lu(rows[..., :size, :size])
    upper = tf.linalg.band_part(corner, 0, -1)
    lower = corner - upper + tf.eye(size, dtype=a.dtype)
    if size < rows.shape[-1]:
        return tf.concat([corner, tf.linalg.triangular_solve(lower, rows[..., :size, size:])], -1), order
    below = tf.linalg.triangular_solve(upper, tf.linalg.adjoint(rows[..., size:, :]), lower=False, adjoint=True)
    return tf.concat([corner, tf.linalg.adjoint(below)], -2), order


def swaps_of(order: list, steps: int) -> list:
    """The swaps that bring rows into this order, one a step."""
    rows, swaps = list(range(len(order))), []
    for step in range(steps):
        found = rows.index(order[step])
        rows[step], rows[found] = rows[found], rows[step]
        swaps.append(found)
    return swaps


def qr(x: Any, mode: str = "reduced") -> tuple:
    if mode not in ("reduced", "complete"):
        raise ValueError(f"`mode` argument value not supported. Expected one of {{'reduced', 'complete'}}. Received: mode={mode}")
    return tuple(tf.linalg.qr(floating(x), full_matrices=mode == "complete"))


def svd(x: Any, full_matrices: bool = True, compute_uv: bool = True) -> Any:
    if not compute_uv:
        return tf.linalg.svd(floating(x), compute_uv=False)
    s, u, v = tf.linalg.svd(floating(x), full_matrices=full_matrices)
    return u, s, tf.linalg.adjoint(v)


# -- inverses and solutions -------------------------------------------------------------------------------
def det(a: Any) -> Any:
    return tf.linalg.det(floating(a))


def inv(a: Any) -> Any:
    return tf.linalg.inv(floating(a))


def pinv(x: Any, rcond: Any = None) -> Any:
    return tf.linalg.pinv(checked_matrix(x), rcond)


def matrix_rank(x: Any, tol: Any = None) -> Any:
    return tf.cast(tf.linalg.matrix_rank(checked_matrix(x), tol), "int32")


def checked_matrix(x: Any) -> Any:
    x = floating(x)
    if len(x.shape) < 2:
        raise ValueError(f"Expected input to have rank >= 2. Received input with shape {tuple(x.shape)}.")
    return x


def matrix_power(a: Any, n: int) -> Any:
    """By repeated squaring."""
    a = native(a)
    base = tf.linalg.inv(floating(a)) if n < 0 else a
    out = tf.eye(int(a.shape[-1]), batch_shape=list(a.shape[:-2]), dtype=base.dtype)
    rest = abs(n)
    while rest:
        out = tf.matmul(out, base) if rest % 2 else out
        rest //= 2
        base = tf.matmul(base, base) if rest else base
    return out


def solve(a: Any, b: Any) -> Any:
    return with_column(tf.linalg.solve, a, b)


def solve_triangular(a: Any, b: Any, lower: bool = False) -> Any:
    return with_column(lambda a, b: tf.linalg.triangular_solve(a, b, lower=lower), a, b)


def with_column(op: Any, a: Any, b: Any) -> Any:
    """A right side that is one vector less stands as one column."""
    a, b = (floating(x) for x in tensor_pair(a, b))
    if len(b.shape) == len(a.shape) - 1:
        return tf.squeeze(op(a, tf.expand_dims(b, -1)), [-1])
    return op(a, b)


def lstsq(a: Any, b: Any, rcond: float | None = None) -> Any:
    """The shortest of all vectors that solve a x = b best, singular values below rcond times the largest taken for 0."""
    a, b = (floating(x) for x in tensor_pair(a, b))
    check_lstsq(a, b)
    columns = tf.expand_dims(b, -1) if len(b.shape) == 1 else b
    s, u, v = tf.linalg.svd(a)
    precision = float(np.finfo(a.dtype.as_numpy_dtype).eps)
    limit = precision * max(a.shape) if rcond is None else rcond if rcond >= 0 else precision
    kept = tf.greater_equal(s, s[0] * limit)
    inverse = tf.where(kept, 1.0 / tf.where(kept, s, tf.ones_like(s)), tf.zeros_like(s))
    x = tf.matmul(v, tf.expand_dims(tf.cast(inverse, a.dtype), -1) * tf.matmul(u, columns, adjoint_a=True))
    return tf.reshape(x, [-1]) if len(b.shape) == 1 else x


def check_lstsq(a: Any, b: Any) -> None:
    if len(a.shape) != 2:
        raise TypeError(f"{len(a.shape)}-dimensional array given. Array must be two-dimensional")
    if len(b.shape) not in (1, 2):
        raise TypeError(f"{len(b.shape)}-dimensional array given. Array must be one or two-dimensional")
    if a.shape[0] != b.shape[0]:
        raise ValueError("Leading dimensions of input arrays must match")


# -- norms ------------------------------------------------------------------------------------------------
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    x = floating(x)
    rank = len(x.shape)
    axes = list(range(rank)) if axis is None else [axis] if isinstance(axis, int) else list(axis)
    if any(not -rank <= a < rank for a in axes):
        raise ValueError(
            f"All `axis` values must be in the range [-ndim, ndim). Received inputs with ndim={rank}, while axis={axis}"
        )
    axes = [a % rank for a in axes]
    if len(axes) == 1:
        return vector_norm(x, 2 if ord is None else ord, axes[0], keepdims)
    if ord is None or (len(axes) == 2 and ord == "fro"):
        return tf.norm(x, axis=None, keepdims=keepdims) if len(axes) == rank and not keepdims else euclidean(x, axes, keepdims)
    if len(axes) == 2:
        return matrix_norm(x, ord, axes, keepdims)
    raise ValueError(f"Invalid axis values. Received: axis={axis}")


def euclidean(x: Any, axes: list[int], keepdims: bool) -> Any:
    return tf.math.reduce_euclidean_norm(tf.abs(x), axes, keepdims)


def vector_norm(x: Any, ord: Any, axis: int, keepdims: bool) -> Any:
    if isinstance(ord, str):
        raise ValueError(f"Invalid `ord` argument for vector norm. Received: ord={ord}")
    size = tf.abs(x)
    if ord == 2:
        return euclidean(x, [axis], keepdims)
    if ord == INF:
        return tf.reduce_max(size, axis, keepdims)
    if ord == -INF:
        return tf.reduce_min(size, axis, keepdims)
    if ord == 0:
        return tf.reduce_sum(tf.cast(tf.not_equal(size, 0.0), size.dtype), axis, keepdims)
    return tf.pow(tf.reduce_sum(tf.pow(size, float(ord)), axis, keepdims), 1.0 / ord)


def matrix_norm(x: Any, ord: Any, axes: list[int], keepdims: bool) -> Any:
    x = moveaxis(x, axes, (-2, -1))
    out = of_matrices(x, ord)
    return expand_dims(out, axes) if keepdims else out


def of_matrices(x: Any, ord: Any) -> Any:
    if ord in (1, -1, INF, -INF):
        sums = tf.reduce_sum(tf.abs(x), -2 if ord in (1, -1) else -1)
        return tf.reduce_max(sums, -1) if ord > 0 else tf.reduce_min(sums, -1)
    if ord not in ("nuc", 2, -2):
        raise ValueError(f"Invalid `ord` argument for matrix norm. Received: ord={ord}")
    s = tf.linalg.svd(x, compute_uv=False)
    if ord == "nuc":
        return tf.reduce_sum(s, -1)
    return tf.reduce_max(s, -1) if ord == 2 else tf.reduce_min(s, -1)


# -- forward mode -----------------------------------------------------------------------------------------
def jvp(fun: Any, primals: Any, tangents: Any, has_aux: bool = False) -> tuple:
    """fun's value and its derivative in the direction of the tangents."""
    primals = tree.map_structure(tensor, tuple(primals))
    tangents = tree.map_structure(tensor, tuple(tangents))
    with tf.autodiff.ForwardAccumulator(primals, tangents) as accumulator:
        out = fun(*primals)
        value, *rest = out if has_aux else (out,)
    tangent = tree.map_structure(lambda y: accumulator.jvp(y, unconnected_gradients="zero"), value)
    return (value, tangent, *rest)
