"""Layer 3: products.  Each is linear in each factor, so that the rules are products again:

<g, a b> = <g bᴴ, a> = <aᴴ g, b>        matmul, with its transposes as parameters
<g, contraction of a and b> = <contraction of g and conj(b), a>        einsum, tensordot, matvec
<g, cross(a, b)> = <cross(b, g), a> = <cross(g, a), b>        cross
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core import large
from ..core.context import library
from ..core.dispatch import dtype_of, has_dtype
from ..core.dtypes import as_dtype
from ..core.errors import FailedPreconditionError, invalid
from ..core.shapes import Spec, broadcast_shapes, is_one
from ..core.tensor import Tensor, to_tensor
from ._arguments import static
from ._contract import (
    LETTERS,
    canonical_equation,
    contraction_order,
    fresh_label,
    is_small_float,
    label_extents,
    multiply_pair,
    rearranged,
    split,
    unique,
)
from ._declare import ANY, NUMBERS, REALS, primitive, publish
from .basic import align, broadcast_to, conj, negative, reshape, sum_to


# -- the transpose of the last two axes -------------------------------------------------------------------------
@primitive(linear="all", dtypes=ANY, batch="leading")
def swap(x, *, conjugate=False):
    """Rows and columns exchanged, and complex elements conjugated where asked."""
    y = x.swapaxes(-1, -2)
    return y.conj() if conjugate else y


@swap.shape
def swap_shape(x, *, conjugate):
    need_matrix(x, "matrix_transpose")
    return Spec((*x.shape[:-2], x.shape[-1], x.shape[-2]), x.dtype)


@swap.vjp("x")
def swap_vjp(g, conjugate):
    return swap(g, conjugate)


# -- matmul -----------------------------------------------------------------------------------------------------
@primitive(linear="each", same=("a", "b"), dtypes=NUMBERS)
def matmul(
    a,
    b,
    *,
    transpose_a=False,
    transpose_b=False,
    adjoint_a=False,
    adjoint_b=False,
    a_is_sparse=False,
    b_is_sparse=False,
    output_type=None,
    grad_a=False,
    grad_b=False,
):
    """The product of the matrices in the last two axes of a and b; the axes before them broadcast.

    Either factor may be transposed, or transposed and conjugated (`adjoint_a`), first. The hints `a_is_sparse`,
    `b_is_sparse`, `grad_a` and `grad_b` change nothing. `output_type=tf.int32` sums products of int8 without overflow.
    Products of 16-bit floats are summed in float32.

    Raises:
        InvalidArgumentError: a rank below 2, inner extents or batch extents that do not fit, two dtypes.
        ValueError: `transpose_a` together with `adjoint_a` (the same for b).

    >>> tf.matmul(tf.constant([[1.0, 2.0]]), tf.constant([[3.0], [4.0]])).numpy()
    array([[11.]], dtype=float32)
    """
    if a.ndim == 2 == b.ndim and a.dtype is b.dtype and a.itemsize > 2 and output_type is None:
        if not (transpose_a or transpose_b or adjoint_a or adjoint_b):
            return large_product(a, b) if large.products_too else a.dot(b)
        a, b = flipped(a, transpose_a, adjoint_a), flipped(b, transpose_b, adjoint_b)
        return large_product(a, b) if large.products_too else a.dot(b)
    return stacked_product(flipped(a, transpose_a, adjoint_a), flipped(b, transpose_b, adjoint_b), output_type)


def large_product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    found = large.attempt("product", a, b) if a.size * b.shape[-1] >= large.LARGE_PRODUCT and a.shape[1] == b.shape[0] else None
    return a.dot(b) if found is None else found


def flipped(x: np.ndarray, transpose: bool, adjoint: bool) -> np.ndarray:
    if not (transpose or adjoint):
        return x
    if transpose and adjoint:
        raise ValueError("both a transpose and an adjoint")
    return x.swapaxes(-1, -2).conj() if adjoint else x.swapaxes(-1, -2)


def stacked_product(a: np.ndarray, b: np.ndarray, output_type: Any) -> np.ndarray:
    if a.ndim < 2 or b.ndim < 2:
        raise ValueError("a vector is no matrix")
    if a.dtype != b.dtype:
        raise TypeError("two dtypes")
    small = is_small_float(a.dtype)
    if output_type is not None:
        a, b = a.astype(summed_dtype(a.dtype, output_type)), b.astype(summed_dtype(b.dtype, output_type))
    elif small:
        a, b = a.astype(np.float32), b.astype(np.float32)
    if b.ndim == 2 and a.ndim > 2:  # one large product instead of many small ones
        out = a.reshape(-1, a.shape[-1]).dot(b).reshape(*a.shape[:-1], b.shape[1]) if a.size else np.matmul(a, b)
    else:
        out = np.matmul(a, b)
    return out.astype(small) if small else out


def summed_dtype(dtype: np.dtype, output_type: Any) -> np.dtype:
    wanted = as_dtype(output_type).numpy_dtype
    if wanted != dtype and not (dtype.itemsize == 1 and wanted == np.int32):
        raise TypeError("output_type")
    return wanted


@matmul.shape
def matmul_shape(a, b, *, transpose_a, transpose_b, adjoint_a, adjoint_b, output_type, **hints):
    for name, transpose, adjoint in (("a", transpose_a, adjoint_a), ("b", transpose_b, adjoint_b)):
        if transpose and adjoint:
            raise ValueError(
                f"Only one of `transpose_{name}` and `adjoint_{name}` can be True. Received `transpose_{name}`={transpose}, "
                f"`adjoint_{name}`={adjoint}."
            )
    for i, x in enumerate((a, b)):
        if len(x.shape) < 2:
            raise invalid(
                "MatMul",
                f"matmul: In[{i}] ndims must be >= 2, but its shape is {list(x.shape)}. Use tf.linalg.matvec for a "
                "vector, or give it an axis with tf.newaxis",
            )
    rows, inner_a = a.shape[-2:] if not (transpose_a or adjoint_a) else a.shape[:-3:-1]
    inner_b, columns = b.shape[-2:] if not (transpose_b or adjoint_b) else b.shape[:-3:-1]
    if inner_a != inner_b:
        raise invalid(
            "MatMul",
            f"matmul: Matrix size-incompatible: In[0]: {list(a.shape)}, In[1]: {list(b.shape)}"
            f"{flip_text('a', transpose_a, adjoint_a)}{flip_text('b', transpose_b, adjoint_b)}: the inner extents are "
            f"{inner_a} and {inner_b}, and must be equal",
        )
    lead = broadcast_shapes(a.shape[:-2], b.shape[:-2], op="matmul")
    return Spec((*lead, rows, columns), product_dtype(a.dtype, output_type))


def product_dtype(dtype: np.dtype, output_type: Any) -> np.dtype:
    if output_type is None:
        return dtype
    wanted = as_dtype(output_type)
    try:
        return summed_dtype(dtype, wanted)
    except TypeError:
        raise invalid(
            "MatMul",
            f"matmul: output_type {wanted.name} is not possible for factors of dtype {dtype.name}: it may be int32 for "
            "factors of 8 bits. Write tf.cast(a, output_type) and the same for b",
        ) from None


def flip_text(name: str, transpose: bool, adjoint: bool) -> str:
    return f", {'transpose' if transpose else 'adjoint'}_{name}=True" if transpose or adjoint else ""


@matmul.vjp("a")
def matmul_vjp_a(g, a, b, transpose_a, transpose_b, adjoint_a, adjoint_b):
    if transpose_a or adjoint_a:
        out = matmul(b, g, transpose_a=transpose_b, adjoint_a=adjoint_b, adjoint_b=True)
        return sum_to(conj_if_complex(out) if transpose_a else out, a.dims)
    if adjoint_b:
        out = matmul(g, b)
    elif transpose_b:
        out = matmul(g, conj_if_complex(b))
    else:
        out = matmul(g, b, adjoint_b=True)
    return out if out.dims == a.dims else sum_to(out, a.dims)


@matmul.vjp("b")
def matmul_vjp_b(g, a, b, transpose_a, transpose_b, adjoint_a, adjoint_b):
    if transpose_b or adjoint_b:
        out = matmul(g, a, adjoint_a=True, transpose_b=transpose_a, adjoint_b=adjoint_a)
        return sum_to(conj_if_complex(out) if transpose_b else out, b.dims)
    if adjoint_a:
        out = matmul(a, g)
    elif transpose_a:
        out = matmul(conj_if_complex(a), g)
    elif b.ndim == 2 < a.ndim:
        out = matmul(flat_rows(a), flat_rows(g), adjoint_a=True)
    else:
        out = matmul(a, g, adjoint_a=True)
    return out if out.dims == b.dims else sum_to(out, b.dims)


@matmul.batch
def matmul_batch(size, batched, a, b, **params):
    return matmul(*align(batched, (a, b)), **params)


def conj_if_complex(x: Any) -> Any:
    return conj(x) if x.kind == "c" else x


def flat_rows(x: Any) -> Any:
    """All rows of all matrices below each other."""
    return reshape(x, (-1, x.dims[-1]))


# -- einsum: contractions of one and of two operands --------------------------------------------------------------
@primitive(linear="all", dtypes=NUMBERS)
def einsum_single(x, *, equation):
    """Diagonals, sums and permutations of one operand, by a canonical equation."""
    return rearranged(x, equation)


@einsum_single.shape
def einsum_single_shape(x, *, equation):
    labels, output = split(equation)
    extents = label_extents(labels, [x.shape])
    return Spec(tuple(extents[c] for c in output), x.dtype)


@einsum_single.vjp("x")
def einsum_single_vjp(g, x_shape, equation):
    (labels,), output = split(equation)
    kept = "".join(c for c in unique(labels) if c in output)
    return spread(einsum_single(g, f"{output}->{kept}"), kept, labels, x_shape)


@einsum_single.batch
def einsum_single_batch(size, batched, x, *, equation):
    (labels,), output = split(equation)
    c = fresh_label(equation)
    return einsum_single(x, f"{c}{labels}->{c}{output}")


@primitive(linear="each", same=("a", "b"), dtypes=NUMBERS)
def einsum_pair(a, b, *, equation):
    """The contraction of two operands, by a canonical equation."""
    return multiply_pair(a, b, equation)


@einsum_pair.shape
def einsum_pair_shape(a, b, *, equation):
    labels, output = split(equation)
    extents = label_extents(labels, [a.shape, b.shape])
    return Spec(tuple(extents[c] for c in output), a.dtype)


@einsum_pair.vjp("a")
def einsum_pair_vjp_a(g, a_shape, b, equation):
    (left, right), output = split(equation)
    return cotangent(g, output, b, right, left, a_shape)


@einsum_pair.vjp("b")
def einsum_pair_vjp_b(g, a, b_shape, equation):
    (left, right), output = split(equation)
    return cotangent(g, output, a, left, right, b_shape)


@einsum_pair.batch
def einsum_pair_batch(size, batched, a, b, *, equation):
    labels, output = split(equation)
    c = fresh_label(equation)
    left, right = (c + names if is_batched else names for names, is_batched in zip(labels, batched, strict=True))
    return einsum_pair(a, b, f"{left},{right}->{c}{output}")


def cotangent(g: Any, output: str, other: Any, other_labels: str, labels: str, shape: tuple[Any, ...]) -> Any:
    """The cotangent of one factor: g meets the conjugate of the other one."""
    extents = dict(zip(labels, shape, strict=True))
    stretched = {c for c in labels if c.isdigit() and is_one(extents[c])}
    kept = "".join(c for c in unique(labels) if c not in stretched and (c in output or c in other_labels))
    return spread(einsum_pair(g, conj_if_complex(other), f"{output},{other_labels}->{kept}"), kept, labels, shape)


def spread(x: Any, kept: str, labels: str, shape: tuple[Any, ...]) -> Any:
    """x, whose axes are `kept`, as a cotangent with axes `labels`: repeated along what is missing, on diagonals."""
    names = unique(labels)
    extents = dict(zip(labels, shape, strict=True))
    if kept != names:
        x = reshape(x, tuple(extents[c] if c in kept else 1 for c in names))
        x = broadcast_to(x, tuple(extents[c] for c in names))
    return x if names == labels else einsum_single(x, f"{names}->{labels}")


AHEAD, BEHIND = [1, 2, 0], [2, 0, 1]


# -- cross ----------------------------------------------------------------------------------------------------------
@primitive(linear="each", same=("a", "b"), dtypes=REALS)
def cross(a, b):
    """The cross product of the 3-vectors in the last axis.

    Raises:
        InvalidArgumentError: two shapes, or rank 0.
        FailedPreconditionError: a last axis whose extent is not 3.

    >>> tf.linalg.cross(tf.constant([1.0, 0.0, 0.0]), tf.constant([0.0, 1.0, 0.0])).numpy()
    array([0., 0., 1.], dtype=float32)
    """
    if a.shape != b.shape or not a.ndim or a.shape[-1] != 3 or a.dtype != b.dtype:
        raise ValueError("cross")
    return a[..., AHEAD] * b[..., BEHIND] - a[..., BEHIND] * b[..., AHEAD]


@cross.shape
def cross_shape(a, b):
    if not (len(a.shape) == len(b.shape) and all(m == n for m, n in zip(a.shape, b.shape, strict=True))):
        raise invalid("Cross", f"cross: Both inputs must be of same shape: {list(a.shape)} vs. {list(b.shape)}")
    if not a.shape:
        raise invalid("Cross", "cross: Input must be at least 1D, but both are scalars")
    if a.shape[-1] != 3:
        message = (
            f"cross: Cross-products are only defined for 3-element vectors, not for the last axis of {list(a.shape)} [Op:Cross]"
        )
        raise FailedPreconditionError(None, None, message)
    return Spec(a.shape, a.dtype)


@cross.vjp("a")
def cross_vjp_a(g, b):
    return cross(b, g)


@cross.vjp("b")
def cross_vjp_b(g, a):
    return cross(g, a)


@cross.batch
def cross_batch(size, batched, a, b):
    return cross(*(x if is_batched else broadcast_to(x, (size, *x.dims)) for x, is_batched in zip((a, b), batched, strict=True)))


def need_matrix(x: Any, op: str) -> None:
    if len(x.shape) < 2:
        raise invalid(op, f"{op}: Input tensor 0 must have rank >= 2, got {len(x.shape)} (shape {list(x.shape)})")


publish(globals())


# -- in terms of the above --------------------------------------------------------------------------------------------
@library
def matrix_transpose(a: Any, name: str | None = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """Rows and columns of each matrix exchanged, and complex elements conjugated where asked.

    Raises:
        ValueError: a rank below 2.

    >>> tf.linalg.matrix_transpose(tf.constant([[1, 2], [3, 4]])).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    (x,) = same_dtype((a,))
    if x.ndim < 2:
        raise ValueError(f"Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` with shape: {list(x.dims)}")
    return swap(x, bool(conjugate))


@library
def adjoint(matrix: Any, name: str | None = None) -> Tensor:
    """Rows and columns of each matrix exchanged, and complex elements conjugated.

    Raises:
        ValueError: a rank below 2.

    >>> tf.linalg.adjoint(tf.constant([[1 + 1j, 2.0]])).numpy()
    array([[1.-1.j],
           [2.-0.j]])
    """
    return matrix_transpose(matrix, conjugate=True)


OPTIMIZERS = {"greedy": "greedy", "optimal": "optimal", "branch-2": "optimal", "branch-all": "optimal", "auto": "greedy"}


@library
def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Tensor:
    """Sums of products over named axes.

    The equation names the axes of each input, then, after `->`, those of the result: axes that are missing there are
    summed, an axis named twice in one input is its diagonal, `...` stands for any further axes, which broadcast.
    Without `->` the result has the labels that occur once, in alphabetical order. More than two inputs are multiplied
    in pairs, in an order found by `optimize` ('greedy', 'optimal', 'branch-2', 'branch-all', 'auto').

    Raises:
        ValueError: an equation that is no equation, or one for another number of inputs.
        InvalidArgumentError: extents or ranks that do not fit the equation.
        TypeError: a keyword other than `name` and `optimize`.

    >>> m = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    >>> tf.einsum("ij,jk->ik", m, m).numpy()
    array([[ 7., 10.],
           [15., 22.]], dtype=float32)
    >>> tf.einsum("ii->i", m).numpy()
    array([1., 4.], dtype=float32)
    """
    optimize = kwargs.pop("optimize", "greedy")
    kwargs.pop("name", None)
    if kwargs:
        raise TypeError(f"Invalid keyword arguments for einsum: {', '.join(kwargs)}. Valid arguments: name, optimize, greedy.")
    tensors = same_dtype(inputs)
    return contracted(canonical_equation(str(equation), tuple(x.ndim for x in tensors)), tensors, optimize)


def same_dtype(inputs: Any) -> list[Any]:
    """Tensors; arrays and Python numbers among them take the dtype of the first tensor or variable."""
    if all(type(x) is Tensor for x in inputs):
        return list(inputs)
    like = next((dtype_of(x) for x in inputs if has_dtype(x)), None)
    return [to_tensor(x, like) for x in inputs]


def contracted(equation: str, tensors: list[Any], optimize: Any = "greedy") -> Any:
    """The contraction by a canonical equation, in pairs."""
    if len(tensors) == 1:
        return einsum_single(tensors[0], equation)
    if len(tensors) == 2:
        return einsum_pair(*tensors, equation)
    labels, output = split(equation)
    label_extents(labels, [x.dims for x in tensors])  # says what does not fit in the terms of the whole equation
    for i, j in contraction_order(equation, tuple(x.dims for x in tensors), OPTIMIZERS.get(optimize, "greedy")):
        right, left = labels.pop(j), labels.pop(i)
        b, a = tensors.pop(j), tensors.pop(i)
        names = output if not labels else "".join(c for c in unique(left + right) if c in output + "".join(labels))
        labels.append(names)
        tensors.append(einsum_pair(a, b, f"{left},{right}->{names}"))
    return tensors[0]


@library
def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Tensor:
    """The sum of products over pairs of axes of a and b; what remains of a comes first, then of b.

    `axes` is a number n (the last n axes of a meet the first n of b) or two lists of axes.

    Raises:
        ValueError: lists of different lengths, a negative number, or one above the rank.
        IndexError: an axis that a tensor does not have.
        InvalidArgumentError: a pair of axes with different extents.

    >>> tf.tensordot(tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0]), 1).numpy()
    np.float32(11.0)
    """
    a, b = same_dtype((a, b))
    axes_a, axes_b = paired_axes(axes, a.ndim, b.ndim)
    for i, j in zip(axes_a, axes_b, strict=True):
        if a.dims[i] != b.dims[j]:
            raise invalid(
                "tensordot",
                f"tensordot: Matrix size-incompatible: In[0]: {list(a.dims)}, In[1]: {list(b.dims)}: axis {i} of a has "
                f"extent {a.dims[i]}, axis {j} of b has extent {b.dims[j]}",
            )
    left, right = LETTERS[: a.ndim], list(LETTERS[a.ndim : a.ndim + b.ndim])
    for i, j in zip(axes_a, axes_b, strict=True):
        right[j] = left[i]
    output = [c for i, c in enumerate(left) if i not in axes_a] + [c for j, c in enumerate(right) if j not in axes_b]
    return einsum_pair(a, b, f"{left},{''.join(right)}->{''.join(output)}")


def paired_axes(axes: Any, rank_a: int, rank_b: int) -> tuple[list[int], list[int]]:
    axes = static(axes)
    if isinstance(axes, int):
        if axes < 0:
            raise ValueError(f"tensordot: `axes` must be at least 0. Received: {axes}.")
        if axes > min(rank_a, rank_b):
            raise ValueError(
                f"tensordot: `axes` must not be larger than the number of dimensions of each tensor, {rank_a} and {rank_b}. "
                f"Received: {axes}."
            )
        return list(range(rank_a - axes, rank_a)), list(range(axes))
    if not isinstance(axes, (list, tuple)) or len(axes) != 2:
        raise ValueError(f"tensordot: `axes` must be an integer or have length 2. Received {axes!r}.")
    first, second = ([x] if isinstance(x, int) else list(static(x)) for x in axes)
    if len(first) != len(second):
        raise ValueError(f"tensordot: Different number of contraction axes `a` and `b`, {len(first)} != {len(second)}.")
    return own_axes(first, rank_a, "a"), own_axes(second, rank_b, "b")


def own_axes(axes: list[Any], rank: int, name: str) -> list[int]:
    for axis in axes:
        if not -rank <= axis < rank:
            raise IndexError(f"tensordot: axis {axis} is not one of the {rank} axes of {name}")
    return [axis % rank for axis in axes]


@library
def matvec(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    adjoint_a: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    name: str | None = None,
) -> Tensor:
    """The product of the matrices in the last two axes of a with the vectors in the last axis of b.

    Raises:
        InvalidArgumentError: a of rank below 2, b of rank 0, or extents that do not fit.

    >>> tf.linalg.matvec(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([1.0, 1.0])).numpy()
    array([3., 7.], dtype=float32)
    """
    a, b = same_dtype((a, b))
    if not b.ndim:
        raise invalid("MatMul", "matvec: b must be at least a vector, but it is a scalar")
    product = matmul(a, reshape(b, (*b.dims, 1)), transpose_a=transpose_a, adjoint_a=adjoint_a)
    return reshape(product, product.dims[:-1])


def vecdot(a: Any, b: Any) -> Any:
    """The sum of a * b over the last axis; the axes before it broadcast."""
    a, b = same_dtype((a, b))
    return contracted(canonical_equation("...i,...i->...", (a.ndim, b.ndim)), [a, b])


def inner(a: Any, b: Any) -> Any:
    """The sum of products over the last axes of both."""
    a, b = same_dtype((a, b))
    return tensordot(a, b, [[-1], [-1]]) if a.ndim and b.ndim else tensordot(a, b, 0)


def outer(a: Any, b: Any) -> Any:
    """Every element of a times every element of b, both flattened."""
    a, b = same_dtype((a, b))
    return tensordot(reshape(a, (-1,)), reshape(b, (-1,)), 0)


def negated_product(a: Any, b: Any, **flips: bool) -> Any:
    return negative(matmul(a, b, **flips))


__all__ = ["adjoint", "conj_if_complex", "contracted", "cross", "einsum", "einsum_pair", "einsum_single", "inner", "matmul", "matrix_transpose", "matvec",
           "need_matrix", "negated_product", "outer", "same_dtype", "swap", "tensordot", "vecdot"]  # fmt: skip
