"""Layer 2: what a reduction over axes leaves: means, extremes, products, norms, log-sums, and which index is extreme.

reduce_mean and spread_mean are each other's adjoints. The other gradients are the cotangent times a local factor of the
input's shape: the share of an extreme, the product of the others, the distance from the mean, the direction, the softmax.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import DType, as_dtype, int16, int32, int64, uint16
from ..core.errors import invalid
from ..core.shapes import Spec, broadcast_shapes, normalize_axes, normalize_axis, product
from ..core.tensor import Tensor
from ._declare import ANY, BOOL, FLOATS, FLOATS_COMPLEX, NUMBERS, REALS, Partial, comparison, primitive, publish, unary
from .basic import all_finite, cast, multiply, negative, permute, reduce_sum, reduced_shape, reshape, select, subtract, zmul
from .scan import conjugate, cumprod, exp_difference, narrowed, wide_dtype, widened

REAL_OF = {np.dtype("c8"): np.dtype("f4"), np.dtype("c16"): np.dtype("f8")}
SMALL = 24  # up to here a sum in Python's numbers is faster than a call of NumPy, and more exact


# -- what all reductions share --------------------------------------------------------------------------------
def reduction_canonical(name: str) -> Any:
    def canonical(x: Any, *, axis: Any, keepdims: Any) -> dict[Any, Any]:
        if type(axis) is int and -x.ndim <= axis < x.ndim:
            return {"axis": (axis % x.ndim,), "keepdims": bool(keepdims)}
        return {"axis": None if axis is None else normalize_axes(axis, x.ndim, name), "keepdims": bool(keepdims)}

    return canonical


def reduction_shape(x: Spec, *, axis: Any, keepdims: bool) -> Spec:
    return Spec(reduced_shape(x.shape, axis, keepdims), x.dtype)


def real_shape(x: Spec, *, axis: Any, keepdims: bool) -> Spec:
    return Spec(reduced_shape(x.shape, axis, keepdims), real_dtype(x.dtype))


def reduction_batch(primitive: Any) -> Any:
    def batch(size: int, batched: tuple[Any, ...], x: Any, *, axis: Any, keepdims: bool) -> Any:
        return primitive.function(x, inner_axes(axis, x.ndim - 1), keepdims)

    return batch


def reduces(primitive: Any, shape: Any = reduction_shape) -> None:
    """The facets that all reductions have in common."""
    primitive.canonical(reduction_canonical(primitive.name))
    primitive.shape(shape)
    primitive.batch(reduction_batch(primitive))


def inner_axes(axis: tuple[Any, ...] | None, rank: int) -> tuple[Any, ...]:
    """The same axes behind a batch axis."""
    return tuple(i + 1 for i in (range(rank) if axis is None else axis))


def kept(x: Any, shape: tuple[Any, ...], axis: tuple[Any, ...] | None) -> Any:
    """A reduced value with the lost axes put back as ones."""
    wanted = reduced_shape(shape, axis, True)
    return x if x.dims == wanted else reshape(x, wanted)


def real_dtype(dtype: np.dtype) -> np.dtype:
    return REAL_OF.get(dtype, dtype)


def real_part(x: Any) -> Any:
    return cast(x, real_dtype(x.dtype.numpy_dtype)) if x.kind == "c" else x


# -- mean -----------------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=NUMBERS, public=("input_tensor",))
def reduce_mean(x, *, axis=None, keepdims=False):
    """The mean over the given axes (all, where none is given); of integers, the integer next to it towards zero.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_mean(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([2., 3.], dtype=float32)
    """
    dtype = x.dtype
    if axis is None and not keepdims and dtype.kind == "f" and x.size:
        return np.array(plain_sum(x) / x.size, dtype)
    if dtype.kind in "iu":
        return integer_mean(x, axis, keepdims)
    total = np.add.reduce(x, axis=axis, keepdims=keepdims, dtype=wide_dtype(dtype), out=...)
    return narrowed(np.divide(total, count(x, total), out=total), dtype)


def plain_sum(x: np.ndarray) -> float:
    if x.size < SMALL:
        return sum(x.tolist() if x.ndim == 1 else x.ravel().tolist())
    return float(np.add.reduce(x, axis=None, dtype=wide_dtype(x.dtype)))


def count(x: np.ndarray, reduced: np.ndarray) -> int:
    """How many elements went into each result."""
    return x.size // max(reduced.size, 1)


def integer_mean(x: np.ndarray, axis: Any, keepdims: bool) -> np.ndarray:
    total = np.add.reduce(x, axis=axis, keepdims=keepdims, dtype=np.dtype("u8" if x.dtype.kind == "u" else "i8"), out=...)
    n = max(count(x, total), 1)
    below = np.floor_divide(total, n, out=...)
    return np.add(below, (total < 0) & (below * n != total), out=...).astype(x.dtype)


reduces(reduce_mean)


@reduce_mean.vjp("x")
def reduce_mean_vjp(g, x_shape, axis):
    return spread_mean(g, shape=x_shape, axis=axis)


@primitive(linear="all", dtypes=FLOATS_COMPLEX)
def spread_mean(x, *, shape, axis):
    """What reduced to x, if every element had the same share: x / n, repeated along the axes that were reduced."""
    n = prod(shape if axis is None else [shape[i] for i in axis])
    if x.ndim == 0 and x.dtype.kind == "f":
        share = np.array(x.item() / (n or 1), x.dtype)
    else:
        share = narrowed(np.divide(widened(x.reshape(reduced_shape(shape, axis, True))), n, out=...), x.dtype)
    if n > 4096:
        return np.broadcast_to(share, shape)
    out = np.empty(shape, x.dtype)
    out[...] = share
    return out


@spread_mean.shape
def spread_mean_shape(x, *, shape, axis):
    return Spec(shape, x.dtype)


@spread_mean.vjp("x")
def spread_mean_vjp(g, x_shape, axis):
    return reshape(reduce_mean(g, axis), x_shape)


@spread_mean.batch
def spread_mean_batch(size, batched, x, *, shape, axis):
    return spread_mean(x, shape=(size, *shape), axis=inner_axes(axis, len(shape)))


# -- extremes ---------------------------------------------------------------------------------------------------
def lowest(dtype: np.dtype) -> Any:
    return np.iinfo(dtype).min if dtype.kind in "iu" else -np.inf


def highest(dtype: np.dtype) -> Any:
    return np.iinfo(dtype).max if dtype.kind in "iu" else np.inf


@primitive(dtypes=REALS, public=("input_tensor",))
def reduce_max(x, *, axis=None, keepdims=False):
    """The largest value over the given axes (all, where none is given); elements that tie share the gradient.

    Of nothing: -inf, or the lowest integer. NaN wins.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_max(tf.constant([[1.0, 5.0], [3.0, 4.0]]), axis=1).numpy()
    array([5., 4.], dtype=float32)
    """
    if not x.size:
        return np.maximum.reduce(x, axis=axis, keepdims=keepdims, initial=lowest(x.dtype), out=...)
    return np.maximum.reduce(x, axis=axis, keepdims=keepdims, out=...)


@primitive(dtypes=REALS, public=("input_tensor",))
def reduce_min(x, *, axis=None, keepdims=False):
    """The smallest value over the given axes (all, where none is given); elements that tie share the gradient.

    Of nothing: inf, or the highest integer. NaN wins.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_min(tf.constant([[1.0, 5.0], [3.0, 4.0]]), axis=1).numpy()
    array([1., 3.], dtype=float32)
    """
    if not x.size:
        return np.minimum.reduce(x, axis=axis, keepdims=keepdims, initial=highest(x.dtype), out=...)
    return np.minimum.reduce(x, axis=axis, keepdims=keepdims, out=...)


def extreme_vjp(g, x, y, axis):
    return multiply(kept(g, x.dims, axis), share_of_extreme(x, kept(y, x.dims, axis), axis=axis))


def extreme_jvp(y, ts, x, *, axis, keepdims):
    share = share_of_extreme(x, kept(y, x.dims, axis), axis=axis)
    return reduce_sum(multiply(ts[0], share), axis, keepdims)


for extreme in (reduce_max, reduce_min):
    reduces(extreme)
    extreme.vjp("x")(extreme_vjp)
    extreme.jvp(extreme_jvp)


def matches_kernel(x: np.ndarray, top: np.ndarray) -> np.ndarray:
    out = np.equal(x, top, out=..., casting="no")
    if not all_finite(top):
        out |= np.isnan(x) & np.isnan(top)
    return out


matches = comparison("matches", matches_kernel, dtypes=FLOATS, numbers=(), doc="x == y, where NaN equals NaN.")


@primitive(differentiable=False, dtypes=FLOATS)
def share_of_extreme(x, top, *, axis):
    """1/n for the n elements of x that equal top, their extreme; top has ones for the reduced axes."""
    chosen = matches_kernel(x, top)
    ties = np.add.reduce(chosen, axis=axis, keepdims=True, dtype=wide_dtype(x.dtype), out=...)
    return narrowed(np.divide(chosen, np.maximum(ties, 1), out=..., dtype=ties.dtype), x.dtype)


@share_of_extreme.shape
def share_of_extreme_shape(x, top, *, axis):
    return Spec(broadcast_shapes(x.shape, top.shape, op="share_of_extreme"), x.dtype)


@share_of_extreme.batch
def share_of_extreme_batch(size, batched, x, top, *, axis):
    return share_of_extreme(x, top, axis=inner_axes(axis, max(x.ndim, top.ndim) - 1))


# -- products -----------------------------------------------------------------------------------------------------
@primitive(dtypes=NUMBERS, public=("input_tensor",))
def reduce_prod(x, *, axis=None, keepdims=False):
    """The product over the given axes (all, where none is given); 1 of nothing. Its gradient is right at zeros, too.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_prod(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=1).numpy()
    array([ 2., 12.], dtype=float32)
    """
    total = np.multiply.reduce(x, axis=axis, keepdims=keepdims, dtype=wide_dtype(x.dtype), out=...)
    return narrowed(total, x.dtype)


reduces(reduce_prod)


@reduce_prod.vjp("x")
def reduce_prod_vjp(g, x, axis):
    return zmul(kept(g, x.dims, axis), conjugate(product_of_others(x, axis)))


@reduce_prod.jvp
def reduce_prod_jvp(y, ts, x, *, axis, keepdims):
    return reduce_sum(zmul(ts[0], product_of_others(x, axis)), axis, keepdims)


def product_of_others(x: Any, axis: tuple[Any, ...] | None) -> Any:
    """For each element the product of all others that are reduced with it: before it times after it."""
    axes = tuple(range(x.ndim)) if axis is None else axis
    if len(axes) == 1:
        return multiply(cumprod(x, axes[0], True, False), cumprod(x, axes[0], True, True))
    perm = (*(i for i in range(x.ndim) if i not in axes), *axes)
    ordered = permute(x, perm)
    rest = x.ndim - len(axes)
    flat = reshape(ordered, (*ordered.dims[:rest], product(ordered.dims[rest:])))
    return permute(reshape(product_of_others(flat, (rest,)), ordered.dims), tuple(perm.index(i) for i in range(x.ndim)))


# -- spread -------------------------------------------------------------------------------------------------------
@primitive(dtypes=FLOATS_COMPLEX, public=("input_tensor",))
def reduce_variance(x, *, axis=None, keepdims=False):
    """The mean squared distance from the mean, over the given axes (all, where none is given); real for complex x.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating or complex.

    >>> tf.math.reduce_variance(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([1., 1.], dtype=float32)
    """
    return narrowed(variance(x, axis, keepdims), real_dtype(x.dtype))


@primitive(dtypes=FLOATS_COMPLEX, public=("input_tensor",))
def reduce_std(x, *, axis=None, keepdims=False):
    """The square root of `reduce_variance`; where all values are equal its gradient is 0.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating or complex.

    >>> tf.math.reduce_std(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([1., 1.], dtype=float32)
    """
    total = variance(x, axis, keepdims)
    return narrowed(np.sqrt(total, out=total), real_dtype(x.dtype))


def variance(x: np.ndarray, axis: Any, keepdims: bool) -> np.ndarray:
    wide = widened(x)
    middle = np.add.reduce(wide, axis=axis, keepdims=True, out=...)
    n = count(x, middle)
    distance = np.subtract(wide, np.divide(middle, n, out=middle), out=...)
    total = np.add.reduce(squares(distance), axis=axis, keepdims=keepdims, out=...)
    return np.divide(total, n, out=total)


def squares(x: np.ndarray) -> np.ndarray:
    return np.square(x, out=...) if x.dtype.kind != "c" else np.square(np.real(x)) + np.square(np.imag(x))


def from_mean(x: Any, axis: tuple[Any, ...] | None) -> Any:
    return subtract(x, reduce_mean(x, axis, True))


def mean_change(t: Any, x: Any, axis: tuple[Any, ...] | None, keepdims: bool) -> Any:
    """The mean of t times the distance from the mean, of which variance and std change by a multiple."""
    return reduce_mean(real_part(multiply(conjugate(t), from_mean(x, axis))), axis, keepdims)


def spread_over(g: Any, x: Any, axis: tuple[Any, ...] | None) -> Any:
    """g / n at every element, in x's dtype."""
    return cast(spread_mean(g, shape=x.dims, axis=axis), x.dtype)


@reduce_variance.vjp("x")
def reduce_variance_vjp(g, x, axis):
    return multiply(spread_over(multiply(g, 2.0), x, axis), from_mean(x, axis))


@reduce_variance.jvp
def reduce_variance_jvp(y, ts, x, *, axis, keepdims):
    return multiply(mean_change(ts[0], x, axis, keepdims), 2.0)


@reduce_std.vjp("x")
def reduce_std_vjp(g, x, y, axis):
    return multiply(spread_over(multiply(g, inverse_or_zero(y)), x, axis), from_mean(x, axis))


@reduce_std.jvp
def reduce_std_jvp(y, ts, x, *, axis, keepdims):
    return multiply(mean_change(ts[0], x, axis, keepdims), inverse_or_zero(y))


reduces(reduce_variance, real_shape)
reduces(reduce_std, real_shape)


# -- norm -----------------------------------------------------------------------------------------------------------
def inverse_or_zero_kernel(x: np.ndarray) -> np.ndarray:
    out = np.divide(1, x, out=..., dtype=x.dtype)
    return out if all_finite(out) else np.where(x == 0, x.dtype.type(0), out)


inverse_or_zero = unary(
    "inverse_or_zero",
    inverse_or_zero_kernel,
    Partial(lambda y: negative(multiply(y, y))),
    dtypes=FLOATS_COMPLEX,
    doc="1 / x, and 0 at 0: the factor of norms, whose gradient is 0 where they are.",
)


@primitive(dtypes=NUMBERS, public=("input_tensor",))
def reduce_euclidean_norm(x, *, axis=None, keepdims=False):
    """The square root of the sum of squares over the given axes (all, where none is given); its gradient at 0 is 0.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.math.reduce_euclidean_norm(tf.constant([[3.0, 4.0], [0.0, 0.0]]), axis=1).numpy()
    array([5., 0.], dtype=float32)
    """
    wide = x.astype(np.float64) if x.dtype.kind in "iu" else widened(x)
    total = np.add.reduce(squares(wide), axis=axis, keepdims=keepdims, out=...)
    return narrowed(np.sqrt(total, out=total), x.dtype)


reduces(reduce_euclidean_norm)


@reduce_euclidean_norm.vjp("x")
def reduce_euclidean_norm_vjp(g, x, y, axis):
    factor = multiply(cast(real_part(g), g.dtype), inverse_or_zero(y))
    return multiply(kept(factor, x.dims, axis), x)


@reduce_euclidean_norm.jvp
def reduce_euclidean_norm_jvp(y, ts, x, *, axis, keepdims):
    along_x = reduce_sum(real_part(multiply(conjugate(x), ts[0])), axis, keepdims)
    return multiply(cast(along_x, y.dtype), inverse_or_zero(y))


# -- log-sum-exp ------------------------------------------------------------------------------------------------------
@primitive(dtypes=FLOATS, public=("input_tensor",))
def reduce_logsumexp(x, *, axis=None, keepdims=False):
    """log(sum(exp(x))) over the given axes (all, where none is given), without overflow.

    Where all are -inf the result is -inf and the gradient 0.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating.

    >>> tf.reduce_logsumexp(tf.constant([1000.0, 1000.0])).numpy()
    np.float32(1000.6932)
    """
    wide = widened(x)
    top = np.maximum.reduce(wide, axis=axis, keepdims=True, initial=-np.inf, out=...)
    if not all_finite(top):
        top = np.where(np.isfinite(top), top, top.dtype.type(0))
    scaled = np.subtract(wide, top, out=...)
    total = np.add.reduce(np.exp(scaled, out=scaled), axis=axis, keepdims=keepdims, out=...)
    np.log(total, out=total)
    return narrowed(np.add(total, top.reshape(total.shape), out=total), x.dtype)


reduces(reduce_logsumexp)


@reduce_logsumexp.vjp("x")
def reduce_logsumexp_vjp(g, x, y, axis):
    return multiply(kept(g, x.dims, axis), exp_difference(x, kept(y, x.dims, axis)))


@reduce_logsumexp.jvp
def reduce_logsumexp_jvp(y, ts, x, *, axis, keepdims):
    return reduce_sum(multiply(ts[0], exp_difference(x, kept(y, x.dims, axis))), axis, keepdims)


# -- booleans and counts ------------------------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=BOOL, public=("input_tensor",))
def reduce_any(x, *, axis=None, keepdims=False):
    """Is any true, over the given axes (all, where none is given)?

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not bool.

    >>> tf.reduce_any(tf.constant([[True, False], [False, False]]), axis=1).numpy()
    array([ True, False])
    """
    return np.logical_or.reduce(x, axis=axis, keepdims=keepdims, out=...)


@primitive(differentiable=False, dtypes=BOOL, public=("input_tensor",))
def reduce_all(x, *, axis=None, keepdims=False):
    """Are all true, over the given axes (all, where none is given)?

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not bool.

    >>> tf.reduce_all(tf.constant([[True, True], [False, True]]), axis=1).numpy()
    array([ True, False])
    """
    return np.logical_and.reduce(x, axis=axis, keepdims=keepdims, out=...)


reduces(reduce_any)
reduces(reduce_all)


def is_nonzero_kernel(x: np.ndarray) -> np.ndarray:
    return np.not_equal(x, b"" if x.dtype == object else 0, out=...).astype(bool)


is_nonzero = unary("is_nonzero", is_nonzero_kernel, dtypes=ANY, result_dtype=np.dtype(bool), doc="x != 0; of strings, not empty.")


# -- which one is extreme -----------------------------------------------------------------------------------------------
def arg_extreme(name: str, x: np.ndarray, axis: int, dtype: np.dtype) -> np.ndarray:
    """NaN is the last choice; the first of ties wins."""
    if x.dtype.kind in "fV" and np.isnan(np.maximum.reduce(x, axis=axis)).any():
        x = np.where(np.isnan(x), x.dtype.type(-np.inf if name == "argmax" else np.inf), x)
    return np.asarray(getattr(x, name)(axis=axis)).astype(dtype)


@primitive(differentiable=False, dtypes=REALS | BOOL, public=("input",))
def index_of_max(x, *, axis, dtype):
    """Where the largest value along an axis stands."""
    return arg_extreme("argmax", x, axis, dtype)


@primitive(differentiable=False, dtypes=REALS | BOOL, public=("input",))
def index_of_min(x, *, axis, dtype):
    """Where the smallest value along an axis stands."""
    return arg_extreme("argmin", x, axis, dtype)


def finds(primitive: Any, op: str) -> None:
    """The facets of both."""

    def canonical(x: Any, *, axis: Any, dtype: Any) -> dict[Any, Any]:
        return {"axis": normalize_axis(axis, x.ndim, op), "dtype": dtype}

    def shape(x: Spec, *, axis: int, dtype: np.dtype) -> Spec:
        if x.shape[axis] == 0:
            raise invalid(
                op, f"{op}: Reduction axis {axis} is empty in shape {list(x.shape)}; the extreme of nothing has no place"
            )
        return Spec((*x.shape[:axis], *x.shape[axis + 1 :]), dtype)

    primitive.canonical(canonical)
    primitive.shape(shape)
    primitive.batch(lambda size, batched, x, *, axis, dtype: primitive.function(x, axis + 1, dtype))


finds(index_of_max, "argmax")
finds(index_of_min, "argmin")


publish(globals())


@library
def count_nonzero(
    input: Any, axis: Any = None, keepdims: bool | None = None, dtype: Any = int64, name: str | None = None
) -> Tensor:
    """How many elements are not 0 (not empty, of strings) over the given axes (all, where none is given).

    >>> tf.math.count_nonzero(tf.constant([[0, 1], [2, 3]]), axis=1).numpy()
    array([1, 2])
    """
    return reduce_sum(cast(is_nonzero(input), dtype), axis, bool(keepdims))


@library
def argmax(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Tensor:
    """Where the largest value along an axis (0, where none is given) stands; the first, where several do.

    Raises:
        InvalidArgumentError: an axis that the input does not have, an empty one, or an output_type other than int16, uint16,
            int32 and int64.

    >>> tf.argmax(tf.constant([[1.0, 5.0], [3.0, 4.0]]), axis=1).numpy()
    array([1, 1])
    """
    return index_of_max(input, 0 if axis is None else axis, index_dtype(output_type, (int16, uint16, int32, int64), "argmax"))


@library
def argmin(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Tensor:
    """Where the smallest value along an axis (0, where none is given) stands; the first, where several do.

    Raises:
        InvalidArgumentError: an axis that the input does not have, an empty one, or an output_type other than int32 and int64.

    >>> tf.argmin(tf.constant([[1.0, 5.0], [3.0, 4.0]]), axis=1).numpy()
    array([0, 0])
    """
    return index_of_min(input, 0 if axis is None else axis, index_dtype(output_type, (int32, int64), "argmin"))


def index_dtype(dtype: Any, allowed: tuple[DType, ...], op: str, argument: str = "output_type") -> np.dtype:
    """The NumPy dtype of indices, if it is one that the operation gives."""
    found = as_dtype(dtype)
    if found not in allowed:
        raise invalid(op, f"{op}: {argument} must be one of {', '.join(d.name for d in allowed)}, got {found.name}")
    return found.numpy_dtype


@library
def zero_fraction(value: Any, name: str | None = None) -> Tensor:
    """The share of zeros in `value`, as float32; NaN of nothing.

    >>> float(tf.math.zero_fraction(tf.constant([0.0, 1.0, 0.0, 3.0])))
    0.5
    """
    return reduce_mean(select(is_nonzero(value), 0.0, 1.0))
