"""Softmax, its logarithm, the losses on them and their backward passes, on arrays.

`axis` is an axis number, or None for the last axis, which most calls mean.  16-bit floats are computed in float32 and rounded once.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .basic import all_finite

NARROW_MAXIMUM = 32  # rows this short reduce faster when they are copied to columns first
NARROW_SUM = 128  # rows this short are summed by a product with ones; longer ones need NumPy's pairwise sum
TAME = 1e-3, 1e30  # between these a sum of exponentials lost nothing to overflow or underflow, also in float32


def wide(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32) if x.dtype.itemsize == 2 else x


def narrow(x: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return x if x.dtype == dtype else x.astype(dtype)


@lru_cache(256)
def column_of_ones(n: int, dtype: np.dtype) -> np.ndarray:
    return np.ones((n, 1), dtype)


def sums(x: np.ndarray, axis: int | None) -> np.ndarray:
    """Sums along an axis, which stays with extent 1."""
    if axis is None:
        n = x.shape[-1]
        if n < NARROW_SUM:
            return np.matmul(x, column_of_ones(n, x.dtype))
        axis = -1
    return np.add.reduce(x, axis=axis, keepdims=True)


def maxima(x: np.ndarray, axis: int | None) -> np.ndarray:
    """Maxima along an axis, which stays with extent 1; -inf where there is nothing."""
    if axis is None:
        n = x.shape[-1]
        if 0 < n <= NARROW_MAXIMUM and x.ndim > 1:
            return np.maximum.reduce(x.reshape(-1, n).T.copy(), axis=0).reshape(*x.shape[:-1], 1)
        axis = -1
    return np.maximum.reduce(x, axis=axis, keepdims=True, initial=-np.inf)


def tame(totals: np.ndarray) -> bool:
    """Are these sums of exponentials good as they are?  Not where one is NaN."""
    low, high = TAME
    return totals.size > 0 and np.minimum.reduce(totals, axis=None) >= low and np.maximum.reduce(totals, axis=None) <= high


# -- softmax ------------------------------------------------------------------------------------------------
def softmax(x: np.ndarray, axis: int | None) -> np.ndarray:
    return narrow(probabilities(wide(x), axis), x.dtype)


def probabilities(x: np.ndarray, axis: int | None = None) -> np.ndarray:
    """A new array with exp(x) / sum(exp(x))."""
    e = np.exp(x, out=...)
    total = sums(e, axis)
    if not tame(total):
        e = np.exp(x - maxima(x, axis), out=e)
        total = sums(e, axis)
    return np.divide(e, total, out=e)


def log_softmax(x: np.ndarray, axis: int | None) -> np.ndarray:
    y, total = shifted(wide(x), axis)
    return narrow(np.subtract(y, total, out=y), x.dtype)


def shifted(x: np.ndarray, axis: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """x minus its maximum (a new array), and the logarithm of the sum of the exponentials of that."""
    y = np.subtract(x, maxima(x, axis), out=...)
    total = sums(np.exp(y, out=...), axis)
    return y, np.log(total, out=total)


def softmax_gradient(u: np.ndarray, p: np.ndarray, axis: int | None) -> np.ndarray:
    """(u - sum(u p)) p, where a zero of a cotangent wins over a NaN in p."""
    g, q = wide(u), wide(p)
    product = np.multiply(g, q, out=...)
    total = sums(product, axis)
    if not all_finite(total):
        total = sums(np.where(g == 0, 0, product), axis)
        rest = g - total
        return narrow(np.where(rest == 0, q.dtype.type(0), rest * q), u.dtype)
    out = np.subtract(g, total, out=product)
    return narrow(np.multiply(out, q, out=out), u.dtype)


def log_softmax_gradient(u: np.ndarray, y: np.ndarray, axis: int | None) -> np.ndarray:
    """u - exp(y) sum(u), where a sum of zero wins over a NaN in y."""
    g = wide(u)
    out = np.exp(wide(y), out=...)
    total = sums(g, axis)
    np.multiply(out, total, out=out)
    if not all_finite(out):
        out = np.where(total == 0, out.dtype.type(0), out)
    return narrow(np.subtract(g, out, out=out), u.dtype)


# -- losses on the last axis ----------------------------------------------------------------------------------
def softmax_loss(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """-sum(labels log_softmax(logits)); a label of 0 wins over a probability of 0."""
    z = wide(labels)
    y, total = shifted(wide(logits))
    out = np.multiply(sums(z, None), total, out=total)[..., 0]
    out = np.subtract(out, np.vecdot(z, y), out=...)
    if not all_finite(out):
        y, total = shifted(wide(logits))
        out = np.add.reduce(np.where(z == 0, z.dtype.type(0), z * (total - y)), axis=-1, out=...)
    return narrow(out, logits.dtype)


def softmax_loss_gradient(u: np.ndarray, labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """u (softmax(logits) sum(labels) - labels), with one u a row."""
    z = wide(labels)
    out = probabilities(wide(logits))
    np.multiply(out, sums(z, None), out=out)
    np.subtract(out, z, out=out)
    return narrow(scaled_rows(wide(u), out), logits.dtype)


def scaled_rows(u: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """u times the rows, in place; a row of which u is 0 becomes 0."""
    u = u[..., None]
    np.multiply(rows, u, out=rows)
    if not all_finite(rows):
        np.copyto(rows, 0, where=u == 0)
    return rows


def sparse_softmax_loss(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """-log_softmax(logits)[label] for each row."""
    y, total = shifted(np.ascontiguousarray(wide(logits)))
    chosen = y.reshape(-1).take(places(labels, y)).reshape(labels.shape)
    return narrow(np.subtract(total[..., 0], chosen, out=...), logits.dtype)


def sparse_softmax_loss_gradient(u: np.ndarray, labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """u (softmax(logits) - one_hot(labels)), with one u a row."""
    out = probabilities(np.ascontiguousarray(wide(logits)))
    out.reshape(-1)[places(labels, out)] -= 1
    return narrow(scaled_rows(wide(u), out), logits.dtype)


def places(labels: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Where the labelled elements stand in the flat array."""
    return np.add(np.arange(labels.size) * rows.shape[-1], labels.reshape(-1), dtype=np.intp, casting="unsafe")
