"""Layer 2: running sums, products and log-sums along one axis, and the recurrence that their rules are made of.

    y = linear_scan(a, b):   y[k] = a[k] y[k-1] + b[k]

The tangent of a running product obeys such a recurrence, and the transpose of a recurrence is one that runs the other
way. So the rules divide by nothing: they hold at zeros, at every order.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.shapes import Spec, normalize_axis
from ._declare import ANY, FLOATS, FLOATS_COMPLEX, NUMBERS, Partial, binary, primitive, publish
from .basic import add, all_finite, broadcast_to, conj, multiply, negative, zmul

# -- what kernels share ---------------------------------------------------------------------------------------


def wide_dtype(dtype: np.dtype) -> np.dtype:
    """What sums and products of this dtype are kept in on the way: halves in float32."""
    return np.dtype(np.float32) if dtype.itemsize == 2 and dtype.kind in "fV" else dtype


def widened(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32) if x.dtype.itemsize == 2 and x.dtype.kind in "fV" else x


def narrowed(x: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return x if x.dtype == dtype else x.astype(dtype)


def along(axis: int, start: int | None, stop: int | None) -> tuple[Any, ...]:
    """The key of a slice of one axis."""
    return (slice(None),) * axis + (slice(start, stop),)


def shifted(x: np.ndarray, axis: int, back: bool, fill: Any) -> np.ndarray:
    out = np.full(x.shape, fill, x.dtype)
    first, last = along(axis, 1, None), along(axis, None, -1)
    out[last if back else first] = x[first if back else last]
    return out


def running(accumulate: Any, x: np.ndarray, axis: int, exclusive: bool, reverse: bool, start: float) -> np.ndarray:
    """ufunc.accumulate in either direction, of what comes before (exclusive) or up to each element."""
    forward = np.flip(x, axis) if reverse else x
    out = narrowed(accumulate(forward, axis=axis, dtype=wide_dtype(x.dtype)), x.dtype)
    if exclusive:
        out = shifted(out, axis, False, start)
    return np.ascontiguousarray(np.flip(out, axis)) if reverse else out


def scan_canonical(name: str) -> Any:
    def canonical(x: Any, *, axis: Any, exclusive: Any, reverse: Any) -> dict[Any, Any]:
        return {"axis": normalize_axis(axis, x.ndim, name), "exclusive": bool(exclusive), "reverse": bool(reverse)}

    return canonical


# -- one place along an axis ----------------------------------------------------------------------------------
@primitive(dtypes=ANY)
def shift(x, *, axis, back=False, fill=0.0):
    """Each element one place further along an axis (`back`: one place nearer); the free place takes `fill`."""
    return shifted(x, axis, back, fill)


@shift.shape
def shift_shape(x, *, axis, back, fill):
    return Spec(x.shape, x.dtype)


@shift.vjp("x")
def shift_vjp(g, axis, back):
    return shift(g, axis, not back)


@shift.jvp
def shift_jvp(y, ts, x, *, axis, back, fill):
    return shift(ts[0], axis, back)


@shift.batch
def shift_batch(size, batched, x, *, axis, back, fill):
    return shift(x, axis + 1, back, fill)


# -- the recurrence -------------------------------------------------------------------------------------------
@primitive(dtypes=FLOATS_COMPLEX, same=("a", "b"))
def linear_scan(a, b, *, axis, reverse=False):
    """y with y[k] = a[k] y[k-1] + b[k] along an axis; `reverse` runs from the end. The first a counts for nothing."""
    if a.shape != b.shape:
        raise ValueError("a and b need one shape")
    rows_a, rows_b = (widened(np.flip(np.moveaxis(v, axis, 0), 0) if reverse else np.moveaxis(v, axis, 0)) for v in (a, b))
    rows = scan_rows if rows_b[:1].size > 8 else scan_numbers
    y = np.moveaxis(narrowed(rows(rows_a, rows_b), b.dtype), 0, axis)
    return np.ascontiguousarray(np.flip(y, axis) if reverse else y)


def scan_rows(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    y = np.array(b)
    for k in range(1, len(y)):
        y[k] += a[k] * y[k - 1]
    return y


def scan_numbers(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Few columns: Python's numbers are faster than NumPy's calls."""
    y = np.empty(b.shape, b.dtype)
    for column in np.ndindex(b.shape[1:]):
        key = (slice(None), *column)
        y[key] = list(recurrence(a[key].tolist(), b[key].tolist()))
    return y


def recurrence(a: list[Any], b: list[Any]) -> Any:
    state = None
    for factor, term in zip(a, b, strict=True):
        state = term if state is None else factor * state + term
        yield state


@linear_scan.shape
def linear_scan_shape(a, b, *, axis, reverse):
    return Spec(b.shape, b.dtype)


@linear_scan.vjp("a")
def linear_scan_vjp_a(g, a, y, axis, reverse):
    return zmul(scan_back(g, a, axis, reverse), conjugate(shift(y, axis, reverse)))


@linear_scan.vjp("b")
def linear_scan_vjp_b(g, a, axis, reverse):
    return scan_back(g, a, axis, reverse)


@linear_scan.jvp
def linear_scan_jvp(y, ts, a, b, *, axis, reverse):
    ta, tb = ts
    if ta is None:
        return linear_scan(a, tb, axis, reverse)
    term = zmul(shift(y, axis, reverse), ta)
    return linear_scan(a, term if tb is None else add(term, tb), axis, reverse)


@linear_scan.batch
def linear_scan_batch(size, batched, a, b, *, axis, reverse):
    a, b = (v if is_batched else broadcast_to(v, (size, *v.dims)) for v, is_batched in zip((a, b), batched, strict=True))
    return linear_scan(a, b, axis + 1, reverse)


# -- sums -----------------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=NUMBERS)
def cumsum(x, *, axis=0, exclusive=False, reverse=False):
    """Running sums along an axis; `exclusive` leaves each element out of its own sum, `reverse` runs from the end.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.cumsum(tf.constant([1, 2, 3])).numpy()
    array([1, 3, 6], dtype=int32)
    >>> tf.cumsum(tf.constant([1, 2, 3]), exclusive=True, reverse=True).numpy()
    array([5, 3, 0], dtype=int32)
    """
    return running(np.add.accumulate, x, axis, exclusive, reverse, 0)


cumsum.canonical(scan_canonical("cumsum"))


@cumsum.shape
def cumsum_shape(x, *, axis, exclusive, reverse):
    return Spec(x.shape, x.dtype)


@cumsum.vjp("x")
def cumsum_vjp(g, axis, exclusive, reverse):
    return cumsum(g, axis, exclusive, not reverse)


@cumsum.batch
def cumsum_batch(size, batched, x, *, axis, exclusive, reverse):
    return cumsum(x, axis + 1, exclusive, reverse)


# -- products -------------------------------------------------------------------------------------------------
@primitive(dtypes=NUMBERS)
def cumprod(x, *, axis=0, exclusive=False, reverse=False):
    """Running products along an axis; `exclusive` leaves each element out of its own product, `reverse` runs from the end.

    The gradient is right at zeros, too.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.math.cumprod(tf.constant([2.0, 3.0, 4.0])).numpy()
    array([ 2.,  6., 24.], dtype=float32)
    >>> x = tf.constant([0.0, 2.0, 3.0])
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.math.cumprod(x)
    >>> tape.gradient(y, x).numpy()
    array([9., 0., 0.], dtype=float32)
    """
    return running(np.multiply.accumulate, x, axis, exclusive, reverse, 1)


cumprod.canonical(scan_canonical("cumprod"))


@cumprod.shape
def cumprod_shape(x, *, axis, exclusive, reverse):
    return Spec(x.shape, x.dtype)


@cumprod.vjp("x")
def cumprod_vjp(g, x, axis, exclusive, reverse):
    before = cumprod(x, axis, True, reverse)
    seen = shift(g, axis, not reverse) if exclusive else g
    return zmul(scan_back(seen, x, axis, reverse), conjugate(before))


@cumprod.jvp
def cumprod_jvp(y, ts, x, *, axis, exclusive, reverse):
    t = linear_scan(x, zmul(ts[0], cumprod(x, axis, True, reverse)), axis, reverse)
    return shift(t, axis, reverse) if exclusive else t


@cumprod.batch
def cumprod_batch(size, batched, x, *, axis, exclusive, reverse):
    return cumprod(x, axis + 1, exclusive, reverse)


# -- logarithms of sums of exponentials -------------------------------------------------------------------------
def exp_difference_kernel(a: Any, b: Any) -> np.ndarray:
    """exp(a - b), of infinities as a share is: exp(-inf) is 0 of exp(-inf), and exp(inf) is all of exp(inf)."""
    out = np.exp(np.subtract(a, b, out=..., casting="no"), out=...)
    if all_finite(out):
        return out
    alike = np.equal(a, b) & np.isinf(a)
    return np.where(alike, np.greater(a, 0).astype(out.dtype), out)


exp_difference = binary(
    "exp_difference",
    exp_difference_kernel,
    a=Partial(lambda y: y),
    b=Partial(lambda y: negative(y)),
    dtypes=FLOATS,
    numbers=(),
    public=("a", "b"),
    doc="exp(a - b); 0 where both are -inf and 1 where both are inf.",
)


@primitive(dtypes=FLOATS)
def running_logsumexp(x, *, axis, reverse=False):
    """log(sum(exp(x))) over the elements up to each one, along an axis."""
    forward = widened(np.flip(x, axis) if reverse else x)
    out = narrowed(np.logaddexp.accumulate(forward, axis=axis), x.dtype)
    return np.ascontiguousarray(np.flip(out, axis)) if reverse else out


@running_logsumexp.canonical
def running_logsumexp_canonical(x, *, axis, reverse):
    return {"axis": normalize_axis(axis, x.ndim, "cumulative_logsumexp"), "reverse": reverse}


@running_logsumexp.shape
def running_logsumexp_shape(x, *, axis, reverse):
    return Spec(x.shape, x.dtype)


# With s[i] = sum of g[k] exp(y[i] - y[k]) over k >= i, the gradient is s[i] exp(x[i] - y[i]); no exponent is positive.
@running_logsumexp.vjp("x")
def running_logsumexp_vjp(g, x, y, axis, reverse):
    total = scan_back(g, decay(y, axis, reverse), axis, reverse)
    return multiply(total, exp_difference(x, y))


@running_logsumexp.jvp
def running_logsumexp_jvp(y, ts, x, *, axis, reverse):
    return linear_scan(decay(y, axis, reverse), multiply(ts[0], exp_difference(x, y)), axis, reverse)


@running_logsumexp.batch
def running_logsumexp_batch(size, batched, x, *, axis, reverse):
    return running_logsumexp(x, axis + 1, reverse)


publish(globals())


def conjugate(x: Any) -> Any:
    return conj(x) if x.kind == "c" else x


def scan_back(g: Any, a: Any, axis: int, reverse: bool) -> Any:
    """The transpose of b -> linear_scan(a, b)."""
    return linear_scan(conjugate(shift(a, axis, not reverse)), g, axis, not reverse)


def decay(y: Any, axis: int, reverse: bool) -> Any:
    """exp(y[k-1] - y[k]) of running log-sums."""
    return exp_difference(shift(y, axis, reverse), y)


@library
def cumulative_logsumexp(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Any:
    """Running log(sum(exp(x))) along an axis, without overflow.

    `exclusive` leaves each element out of its own sum (the first result is -inf), `reverse` runs from the end.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating.

    >>> tf.math.cumulative_logsumexp(tf.constant([0.0, 0.0, 0.0])).numpy()
    array([0.       , 0.6931472, 1.0986123], dtype=float32)
    """
    y = running_logsumexp(x, axis, bool(reverse))
    return shift(y, normalize_axis(axis, y.ndim, "cumulative_logsumexp"), bool(reverse), float("-inf")) if exclusive else y


__all__ = ["cumprod", "cumsum", "cumulative_logsumexp", "exp_difference", "linear_scan", "shift"]
