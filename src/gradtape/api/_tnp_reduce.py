"""tf.experimental.numpy: reductions, cumulative sums, sorting and products."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.context import library
from ..core.tensor import Tensor, constant
from ..ops import array, basic, indexing, linalg, logic, reduce, scan, sorting
from ._tnp_elementwise import nan_of
from ._tnp_values import as_tensor, inexact, is_inexact, promoted, typed


def summable(a: Any, dtype: Any) -> Tensor:
    """Sums of small integers and booleans are int64 (uint64 where there is no sign), as NumPy has it."""
    value = typed(a, dtype)
    if dtype is not None or is_inexact(value):
        return value
    return basic.cast(value, np.uint64 if value.dtype.is_unsigned else np.int64)


def no_out(out: Any, name: str) -> None:
    if out is not None:
        raise ValueError(f"tf.experimental.numpy.{name}: out= is not supported, a tensor cannot be written into; use the result.")


def axes(axis: Any) -> Any:
    return list(axis) if isinstance(axis, tuple) else axis


@library
def sum(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = None) -> Any:
    """The sum over one axis, several or all."""
    return basic.reduce_sum(summable(a, dtype), axes(axis), bool(keepdims))


@library
def prod(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = None) -> Any:
    """The product over one axis, several or all."""
    return reduce.reduce_prod(summable(a, dtype), axes(axis), bool(keepdims))


def averaged(a: Any, dtype: Any) -> Tensor:
    return inexact(a) if dtype is None else typed(a, dtype)


@library
def mean(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = None) -> Any:
    """The mean over one axis, several or all; of integers a float."""
    no_out(out, "mean")
    return reduce.reduce_mean(averaged(a, dtype), axes(axis), bool(keepdims))


@library
def var(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = None) -> Any:
    """The variance, divided by n - ddof; real for complex values."""
    no_out(out, "var")
    value = averaged(a, dtype)
    spread = reduce.reduce_variance(value, axes(axis), bool(keepdims))
    if not ddof:
        return spread
    whole = tuple(value.dims) if axis is None else [value.dims[i] for i in np.atleast_1d(axis)]
    n = float(np.prod(whole))
    return spread * (n / (n - ddof))


@library
def std(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """The standard deviation."""
    return reduce.reduce_std(inexact(a), axes(axis), bool(keepdims))


def extreme(numbers: Callable[..., Any], booleans: Callable[..., Any], name: str) -> Callable[..., Any]:
    def function(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
        value = as_tensor(a)
        return (booleans if value.dtype.is_bool else numbers)(value, axes(axis), bool(keepdims))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"NumPy's `{name}` on tensors, differentiable. See `numpy.{name}`."
    return library(function)


max: Callable[..., Any] = extreme(reduce.reduce_max, reduce.reduce_any, "max")
min: Callable[..., Any] = extreme(reduce.reduce_min, reduce.reduce_all, "min")


@library
def amax(a: Any, axis: Any = None, out: Any = None, keepdims: Any = None) -> Any:
    """The largest element."""
    no_out(out, "amax")
    return max(a, axis, keepdims)


@library
def amin(a: Any, axis: Any = None, out: Any = None, keepdims: Any = None) -> Any:
    """The smallest element."""
    no_out(out, "amin")
    return min(a, axis, keepdims)


@library
def ptp(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """The largest less the smallest element."""
    return basic.subtract(max(a, axis, keepdims), min(a, axis, keepdims))


@library
def all(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """Whether every element is other than 0."""
    return reduce.reduce_all(basic.cast(as_tensor(a), bool), axes(axis), bool(keepdims))


@library
def any(a: Any, axis: Any = None, keepdims: Any = None) -> Any:
    """Whether an element is other than 0."""
    return reduce.reduce_any(basic.cast(as_tensor(a), bool), axes(axis), bool(keepdims))


@library
def count_nonzero(a: Any, axis: Any = None) -> Any:
    """How many elements are other than 0, as int64."""
    return reduce.count_nonzero(as_tensor(a), axes(axis))


# -- without NaN ---------------------------------------------------------------------------------------------------------
def without_nan(value: Tensor, instead: int) -> Tensor:
    return indexing.where(nan_of(value), constant(instead, value.dtype), value) if is_inexact(value) else value


@library
def nansum(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = False) -> Any:
    """The sum of what is not NaN."""
    return sum(without_nan(as_tensor(a), 0), axis, dtype, keepdims)


@library
def nanprod(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = False) -> Any:
    """The product of what is not NaN."""
    return prod(without_nan(as_tensor(a), 1), axis, dtype, keepdims)


@library
def nanmean(a: Any, axis: Any = None, dtype: Any = None, keepdims: Any = None) -> Any:
    """The mean of what is not NaN; NaN where nothing is left."""
    value = averaged(a, dtype)
    number = basic.reduce_sum(basic.cast(logic.logical_not(nan_of(value)), value.dtype), axes(axis), bool(keepdims))
    return basic.divide(nansum(value, axis, None, keepdims), number)


@library
def average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False) -> Any:
    """The weighted mean; with `returned` also the sums of the weights.

    Raises:
        ValueError: the weights have another shape than `a`, and are not those of one axis.
    """
    if weights is None:
        value = inexact(a)
        result = reduce.reduce_mean(value, axes(axis))
        total = basic.reduce_sum(array_of_ones(value), axes(axis))
        return (result, total) if returned else result
    value, w = promoted(inexact(a), weights)
    if tuple(w.dims) != tuple(value.dims):
        if w.ndim != 1 or not isinstance(axis, (int, np.integer)):
            raise ValueError(
                f"tf.experimental.numpy.average: weights of shape {w.shape} do not fit a of shape {value.shape}: give one weight for"
                " each element, or one for each place of a single axis."
            )
        w = basic.reshape(w, [-1 if i == int(axis) % value.ndim else 1 for i in range(value.ndim)])
        w = basic.broadcast_to(w, tuple(value.dims))
    total = basic.reduce_sum(w, axes(axis))
    result = basic.divide(basic.reduce_sum(basic.multiply(value, w), axes(axis)), total)
    return (result, total) if returned else result


def array_of_ones(value: Tensor) -> Tensor:
    return basic.broadcast_to(constant(1, value.dtype), tuple(value.dims))


# -- cumulative, sorting, places ------------------------------------------------------------------------------------
def along(operation: Callable[[Tensor, int], Any], value: Tensor, axis: Any) -> Any:
    return operation(flat(value), 0) if axis is None else operation(value, int(axis))


def flat(value: Tensor) -> Tensor:
    return basic.reshape(value, (-1,))


def accumulable(a: Any, dtype: Any) -> Tensor:
    value = typed(a, dtype)
    return value if dtype is not None or is_inexact(value) else basic.cast(value, np.int64)


@library
def cumsum(a: Any, axis: Any = None, dtype: Any = None) -> Any:
    """Sums up to each place, of the flattened array without an axis."""
    return along(scan.cumsum, accumulable(a, dtype), axis)


@library
def cumprod(a: Any, axis: Any = None, dtype: Any = None) -> Any:
    """Products up to each place, of the flattened array without an axis."""
    return along(scan.cumprod, accumulable(a, dtype), axis)


@library
def argmax(a: Any, axis: Any = None) -> Any:
    """The place of the largest element, the first of equals."""
    return along(reduce.argmax, as_tensor(a), axis)


@library
def argmin(a: Any, axis: Any = None) -> Any:
    """The place of the smallest element, the first of equals."""
    return along(reduce.argmin, as_tensor(a), axis)


def known_kind(kind: Any, order: Any, name: str, known: tuple[str, ...]) -> None:
    if kind not in known:
        raise ValueError(f"tf.experimental.numpy.{name}: kind is {kind!r}; it takes {' or '.join(map(repr, known))}.")
    if order is not None:
        raise ValueError(f"tf.experimental.numpy.{name}: order= names fields, which tensors do not have; leave it out.")


@library
def sort(a: Any, axis: Any = -1, kind: Any = "quicksort", order: Any = None) -> Any:
    """The elements in ascending order along an axis, of the flattened array where that is None."""
    known_kind(kind, order, "sort", ("quicksort",))
    return along(sorting.sort, as_tensor(a), axis)


@library
def argsort(a: Any, axis: Any = -1, kind: Any = "quicksort", order: Any = None) -> Any:
    """The places of the elements in ascending order, as int64."""
    known_kind(kind, order, "argsort", ("quicksort", "stable"))
    stable = kind == "stable"
    return basic.cast(along(lambda x, i: sorting.argsort(x, i, stable=stable), as_tensor(a), axis), np.int64)


# -- products ---------------------------------------------------------------------------------------------------------
@library
def matmul(x1: Any, x2: Any) -> Any:
    """The product of matrices; a vector is a row on the left and a column on the right.

    Raises:
        ValueError: an operand is a scalar.
    """
    a, b = promoted(x1, x2)
    if not a.ndim or not b.ndim:
        raise ValueError("tf.experimental.numpy.matmul: an operand is a scalar; use multiply.")
    if b.ndim == 1:
        return linalg.tensordot(a, b, 1)
    if a.ndim == 1:
        return array.squeeze(linalg.matmul(array.expand_dims(a, 0), b), [-2])
    return linalg.matmul(a, b)


@library
def dot(a: Any, b: Any) -> Any:
    """The product over the last axis of a and the last but one of b."""
    x, y = promoted(a, b)
    if not x.ndim or not y.ndim:
        return basic.multiply(x, y)
    return linalg.tensordot(x, y, [[x.ndim - 1], [y.ndim - 2 if y.ndim > 1 else 0]])


@library
def inner(a: Any, b: Any) -> Any:
    """The product over the last axes."""
    x, y = promoted(a, b)
    if not x.ndim or not y.ndim:
        return basic.multiply(x, y)
    return linalg.tensordot(x, y, [[x.ndim - 1], [y.ndim - 1]])


@library
def outer(a: Any, b: Any) -> Any:
    """Every product of an element of a and one of b, as a matrix."""
    x, y = promoted(a, b)
    return basic.multiply(basic.reshape(x, (-1, 1)), basic.reshape(y, (1, -1)))


@library
def vdot(a: Any, b: Any) -> Any:
    """The sum of products of the elements, a's conjugated."""
    x, y = promoted(a, b)
    return basic.reduce_sum(basic.multiply(flat(basic.conj(x) if x.dtype.is_complex else x), flat(y)))


@library
def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """The sum of products over the given axes."""
    x, y = promoted(a, b)
    return linalg.tensordot(x, y, axes)


@library
def einsum(subscripts: Any, *operands: Any, **kwargs: Any) -> Any:
    """The sum of products that the subscripts describe; `casting="safe"` and `optimize` are accepted.

    Raises:
        ValueError: another keyword.
    """
    unknown = set(kwargs) - {"casting", "optimize"}
    if unknown:
        raise ValueError(
            f"tf.experimental.numpy.einsum: {', '.join(sorted(unknown))} is not supported; it takes casting and optimize."
        )
    return linalg.einsum(subscripts, *promoted(*operands))


@library
def kron(a: Any, b: Any) -> Any:
    """Every element of a times b, in blocks."""
    x, y = promoted(a, b)
    rank = np.maximum(x.ndim, y.ndim)
    x, y = (basic.reshape(v, (*(1,) * (rank - v.ndim), *v.dims)) for v in (x, y))
    wide = [n for pair in zip(x.dims, (1,) * rank, strict=True) for n in pair]
    fine = [n for pair in zip((1,) * rank, y.dims, strict=True) for n in pair]
    product = basic.multiply(basic.reshape(x, wide), basic.reshape(y, fine))
    return basic.reshape(product, [m * n for m, n in zip(x.dims, y.dims, strict=True)])


@library
def cross(a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None) -> Any:
    """The vector product of vectors of 2 or 3 elements; of two of 2 it is a number.

    Raises:
        ValueError: vectors of another length.
    """
    if axis is not None:
        axisa = axisb = axisc = axis
    x, y = promoted(a, b)
    x, y = (array.unstack(v, axis=i) for v, i in ((x, axisa), (y, axisb)))
    if {len(x), len(y)} - {2, 3}:
        raise ValueError(f"tf.experimental.numpy.cross: vectors of {len(x)} and {len(y)} elements; they have 2 or 3.")
    if len(x) == len(y) == 2:
        return x[0] * y[1] - x[1] * y[0]
    (x0, x1, *x2), (y0, y1, *y2) = x, y
    x2, y2 = x2[0] if x2 else basic.multiply(x0, 0), y2[0] if y2 else basic.multiply(y0, 0)
    return array.stack([x1 * y2 - x2 * y1, x2 * y0 - x0 * y2, x0 * y1 - x1 * y0], axis=axisc)
