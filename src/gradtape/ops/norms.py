"""Layer 3: norms.  At 0 their gradient is 0: of all subgradients the one that an optimizer wants."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import Spec, normalize_axes
from ..core.tensor import Tensor, tensor, to_tensor
from ._declare import FLOATS, primitive, publish
from .basic import divide, multiply, permute, reduce_sum, reduced_shape, reshape
from .inverses import singular_values
from .linalg import same_dtype
from .math import abs as absolute
from .pieces import stack_values
from .reduce import inverse_or_zero, reduce_euclidean_norm, reduce_max


# -- the p-norm of numbers that are not negative --------------------------------------------------------------------
@primitive(dtypes=FLOATS)
def power_or_zero(x, *, p):
    """x to the power p for x > 0, and 0 at 0 whatever p is."""
    zero = x == 0
    wide = np.where(zero, x.dtype.type(1), x).astype(np.promote_types(x.dtype, np.float32), copy=False)
    return np.where(zero, x.dtype.type(0), np.power(wide, wide.dtype.type(p)).astype(x.dtype))


@power_or_zero.shape
def power_or_zero_shape(x, *, p):
    return Spec(x.shape, x.dtype)


@power_or_zero.vjp("x")
def power_or_zero_vjp(g, x, p):
    return multiply(g, power_derivative(x, p))


@power_or_zero.jvp
def power_or_zero_jvp(y, ts, x, *, p):
    return multiply(ts[0], power_derivative(x, p))


@power_or_zero.batch
def power_or_zero_batch(size, batched, x, *, p):
    return power_or_zero(x, p)


def power_derivative(x: Any, p: float) -> Any:
    return multiply(power_or_zero(x, p - 1), p)


@primitive(dtypes=FLOATS)
def positive_p_norm(x, *, p, axis):
    """(sum of x to the power p) to the power 1 / p over axes that stay with extent 1; x is not negative."""
    wide = x.astype(np.promote_types(x.dtype, np.float32), copy=False)
    total = np.add.reduce(np.power(wide, wide.dtype.type(p)), axis=axis, keepdims=True, out=...)
    return np.power(total, wide.dtype.type(1 / p), out=...).astype(x.dtype, copy=False)


@positive_p_norm.shape
def positive_p_norm_shape(x, *, p, axis):
    return Spec(reduced_shape(x.shape, axis, True), x.dtype)


@positive_p_norm.vjp("x")
def positive_p_norm_vjp(g, x, y, p):
    return multiply(g, direction(x, y, p))


@positive_p_norm.jvp
def positive_p_norm_jvp(y, ts, x, *, p, axis):
    return reduce_sum(multiply(direction(x, y, p), ts[0]), axis, True)


@positive_p_norm.batch
def positive_p_norm_batch(size, batched, x, *, p, axis):
    return positive_p_norm(x, p, tuple(i + 1 for i in axis))


def direction(x: Any, y: Any, p: float) -> Any:
    """dy/dx."""
    return power_or_zero(multiply(x, inverse_or_zero(y)), p - 1)


publish(globals())


# -- in terms of the above: TensorFlow's functions --------------------------------------------------------------------
MATRIX_NORMS = ("euclidean", "fro", 1, 2, np.inf)


@library
def norm(tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: bool | None = None, name: str | None = None) -> Tensor:
    """The norm of vectors (one axis, or all elements) or of matrices (two axes).

    Vectors: 'euclidean' (= 2), 1, inf, or any p > 0. Matrices: 'euclidean' (= 'fro'), 1 (largest sum of a column), inf
    (largest sum of a row), 2 (largest singular value). The gradient is 0 where a norm is 0.

    Raises:
        ValueError: an `ord` that the kind of norm does not have, or an `axis` that is no integer and no pair of two.
        InvalidArgumentError: an axis that the tensor does not have.

    >>> tf.norm(tf.constant([[3.0, 4.0], [6.0, 8.0]]), axis=1).numpy()
    array([ 5., 10.], dtype=float32)
    """
    (x,) = same_dtype((tensor,))
    of_matrices = isinstance(axis, (tuple, list)) and len(axis) == 2
    check_axis(axis, of_matrices)
    check_order(ord, of_matrices)
    axes = None if axis is None else normalize_axes(axis, x.ndim, "norm")
    keep = bool(keepdims)
    if isinstance(ord, str) or (ord == 2 and not of_matrices):
        if x.kind not in "fcV":
            raise invalid(
                "Sqrt", f"norm: the Euclidean norm takes floats or complex numbers, not {x.dtype.name}. Write tf.cast first."
            )
        return reduce_euclidean_norm(x, axes, keep)
    if of_matrices:
        return matrix_norm(x, ord, axis, keep)
    return vector_norm(absolute(x), ord, axes, keep)


def check_axis(axis: Any, of_matrices: bool) -> None:
    given = list(axis) if of_matrices else [] if axis is None else [axis]
    if not all(map(is_integer, given)) or len(set(given)) < len(given):
        raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {axis}")


def is_integer(a: Any) -> bool:
    return isinstance(a, (int, np.integer)) and not isinstance(a, bool)


def check_order(ord: Any, of_matrices: bool) -> None:
    if of_matrices and ord not in MATRIX_NORMS:
        raise ValueError(f"'ord' must be a supported matrix norm in {list(MATRIX_NORMS)}, got {ord}")
    if not of_matrices and ord != "euclidean" and not is_positive(ord):
        raise ValueError(
            f"'ord' must be a supported vector norm, got {ord}: write 'euclidean', 1, 2, np.inf or any positive number"
        )


def is_positive(x: Any) -> bool:
    return isinstance(x, (int, float, np.number)) and not isinstance(x, bool) and bool(x > 0)


def vector_norm(size: Any, p: Any, axes: Any, keep: bool) -> Any:
    if p == 1:
        return reduce_sum(size, axes, keep)
    if p == np.inf:
        return reduce_max(size, axes, keep)
    axes = tuple(range(size.ndim)) if axes is None else axes
    y = positive_p_norm(size, float(p), axes)
    return y if keep else reshape(y, reduced_shape(size.dims, axes, False))


def matrix_norm(x: Any, p: Any, axis: Any, keep: bool) -> Any:
    """The norm that vectors induce: 1, 2 or inf."""
    axes = tuple(a % x.ndim for a in axis)
    if p == 2:
        rest = tuple(i for i in range(x.ndim) if i not in axes)
        y = reduce_max(singular_values(permute(x, (*rest, *axes))), -1)
    else:
        summed, largest = axes if p == 1 else axes[::-1]
        y = reduce_max(reduce_sum(absolute(x), summed, True), largest, True)
    wanted = reduced_shape(x.dims, axes, keep)
    return y if y.dims == wanted else reshape(y, wanted)


@library
def normalize(tensor: Any, ord: Any = "euclidean", axis: Any = None, name: str | None = None) -> tuple[Tensor, Tensor]:
    """The tensor over its norm along the axes (as for `tf.norm`), and the norm, whose axes stay with extent 1.

    Raises:
        ValueError: an `ord` or `axis` that `tf.norm` does not take.

    >>> unit, norm = tf.linalg.normalize(tf.constant([3.0, 4.0]))
    >>> unit.numpy(), norm.numpy()
    (array([0.6, 0.8], dtype=float32), array([5.], dtype=float32))
    """
    (x,) = same_dtype((tensor,))
    size = norm(x, ord, axis, True)
    return divide(x, size), size


@library
def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """The Euclidean norm of all elements of all tensors in a list; None among them counts as nothing.

    Raises:
        TypeError: no list or tuple.
        InvalidArgumentError: tensors whose dtype is no float dtype.

    >>> tf.linalg.global_norm([tf.constant([3.0]), None, tf.constant([[4.0]])]).numpy()
    np.float32(5.0)
    """
    if not isinstance(t_list, (list, tuple)):
        raise TypeError(f"`t_list` should be a sequence of tensors. Received {type(t_list)}.")
    values = [t.values if isinstance(t, IndexedSlices) else to_tensor(t) for t in t_list if t is not None]
    for v in values:
        if v.kind not in "fV":
            raise invalid(
                "L2Loss", f"global_norm takes float16, bfloat16, float32 and float64, not {v.dtype.name}. Write tf.cast first."
            )
    if not values:
        return tensor(np.zeros((), np.float32))
    return reduce_euclidean_norm(stack_values([reduce_euclidean_norm(v) for v in values]))


__all__ = ["global_norm", "norm", "normalize", "positive_p_norm", "power_or_zero"]
