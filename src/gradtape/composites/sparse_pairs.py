"""Two sparse tensors, or a sparse and a dense one: sums, the larger and the smaller, products."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.primitive import REGISTRY
from ..core.tensor import Tensor, convert_to_tensor, tensor, to_tensor
from ..ops import basic, gathering, linalg, segment
from ..ops.basic import cast, reshape
from ..ops.math import conj
from ..ops.pieces import concatenate, gather_axis, scatter_rows
from .rows import known
from .sparse import SparseTensor, as_sparse, raveled, sparse, unraveled
from .sparse_operations import chosen


@library
def add(a: Any, b: Any, threshold: Any = 0) -> Any:
    """The sum of two sparse tensors, or of a sparse and a dense one (which is dense).

    Args:
        threshold: of two sparse ones: sums whose magnitude is less are left away; 0 keeps all.

    >>> x = tf.SparseTensor([[0], [2]], [1.0, 2.0], [3])
    >>> tf.sparse.add(x, x).values.numpy(), tf.sparse.add(x, [1.0, 1.0, 1.0]).numpy()
    (array([2., 4.], dtype=float32), array([2., 1., 3.], dtype=float32))
    """
    if not isinstance(a, SparseTensor) and not isinstance(b, SparseTensor):
        raise TypeError("add: at least one input should be SparseTensor; do you mean to use tf.add()?")
    if not (isinstance(a, SparseTensor) and isinstance(b, SparseTensor)):
        x, other = (a, b) if isinstance(a, SparseTensor) else (b, a)
        return to_tensor(other, x.dtype.numpy_dtype) + at_places(x)
    out = united(a, b, segment.unsorted_segment_sum, "SparseAdd")
    limit = known(convert_to_tensor(threshold))
    return out if limit == 0 else chosen(out, np.flatnonzero(np.abs(known(out.values)) >= limit))


def at_places(x: SparseTensor) -> Tensor:
    """Dense, with equal indices added up."""
    size = int(np.prod(x.extents, dtype=np.int64))
    return reshape(scatter_rows(x.values, tensor(raveled(x, "sparse")), size=size), x.extents)


def united(a: SparseTensor, b: SparseTensor, function: Callable[..., Any], op: str) -> SparseTensor:
    """All elements of both; where both have one, the function of the two."""
    if a.dtype is not b.dtype:
        raise invalid(op, f"{op}: a is {a.dtype.name} and b is {b.dtype.name}")
    if a.extents != b.extents:
        raise invalid(op, f"{op}: Operands do not have the same shapes: {list(a.extents)} vs. {list(b.extents)}")
    both = np.concatenate([raveled(a, op), raveled(b, op)])
    numbers, groups = np.unique(both, return_inverse=True)
    values = function(concatenate(a.values, b.values, axis=0), tensor(groups.reshape(-1)), len(numbers))
    return sparse(unraveled(numbers, a.extents), values, a.extents)


@library
def maximum(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """The larger of two, element by element; what is not there is 0.

    >>> a, b = tf.SparseTensor([[0]], [-7], [2]), tf.SparseTensor([[1]], [9], [2])
    >>> tf.sparse.maximum(a, b).values.numpy()
    array([0, 9], dtype=int32)
    """
    return extreme(sp_a, sp_b, "maximum")


@library
def minimum(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """The smaller of two, element by element; what is not there is 0.

    >>> a, b = tf.SparseTensor([[0]], [-7], [2]), tf.SparseTensor([[1]], [9], [2])
    >>> tf.sparse.minimum(a, b).values.numpy()
    array([-7,  0], dtype=int32)
    """
    return extreme(sp_a, sp_b, "minimum")


def extreme(sp_a: Any, sp_b: Any, name: str) -> SparseTensor:
    a, b = as_sparse(sp_a, name), as_sparse(sp_b, name)
    merged = united(a, b, segment.unsorted_segment_sum, name)
    numbers = raveled(merged, name)
    first, second = (values_at(x, numbers, name) for x in (a, b))
    return merged.with_values(REGISTRY[name].function(first, second))


def values_at(x: SparseTensor, numbers: np.ndarray, op: str) -> Tensor:
    """The elements at these numbers, 0 where there is none."""
    mine = raveled(x, op)
    order = np.argsort(mine, kind="stable")
    at = np.searchsorted(mine[order], numbers)
    found = np.minimum(at, max(len(mine) - 1, 0))
    there = (mine[order][found] == numbers) if len(mine) else np.zeros(len(numbers), bool)
    source = np.where(there, order[found] if len(mine) else 0, len(mine))
    zero = tensor(np.zeros(1, x.dtype.numpy_dtype))
    return gather_axis(concatenate(x.values, zero, axis=0), tensor(source.astype(np.int64)))


@library
def sparse_dense_matmul(sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: str | None = None) -> Tensor:
    """The product of a sparse and a dense matrix (or of a dense and a sparse one).

    Its cost follows the number of elements that are there; gradients reach their values and the dense matrix.

    Raises:
        InvalidArgumentError: no matrices, or extents that do not fit.

    >>> a = tf.SparseTensor([[0, 1], [1, 0]], [2.0, 3.0], [2, 2])
    >>> tf.sparse.sparse_dense_matmul(a, [[1.0, 10.0], [2.0, 20.0]]).numpy()
    array([[ 4., 40.],
           [ 3., 30.]], dtype=float32)
    """
    if isinstance(b, SparseTensor) and not isinstance(sp_a, SparseTensor):
        turned = sparse_dense_matmul(b, conj_transpose(sp_a) if not adjoint_a else sp_a, not adjoint_b, False)
        return conj_transpose(turned)
    x, op = as_sparse(sp_a, "sparse_dense_matmul"), "SparseTensorDenseMatMul"
    dense = to_tensor(b, x.dtype.numpy_dtype)
    if x.ndim != 2 or dense.ndim != 2:
        raise invalid(op, f"{op}: Tensors 'a' and 'b' must be matrices, got {list(x.extents)} and {list(dense.dims)}")
    if dense.dtype is not x.dtype:
        raise invalid(op, f"{op}: a is {x.dtype.name} and b is {dense.dtype.name}; write tf.cast(b, tf.{x.dtype.name})")
    raveled(x, op)
    rows, columns = x.places.T[::-1] if adjoint_a else x.places.T
    count, inner = x.extents[::-1] if adjoint_a else x.extents
    right = conj_transpose(dense) if adjoint_b else dense
    if right.dims[0] != inner:
        raise invalid(op, f"{op}: Cannot multiply A and B because inner dimension does not match: {inner} vs. {right.dims[0]}")
    values = conj(x.values) if adjoint_a and x.dtype.is_complex else x.values
    return product(values, right, np.ascontiguousarray(rows), np.ascontiguousarray(columns), count)


def product(values: Tensor, dense: Any, rows: np.ndarray, columns: np.ndarray, count: int) -> Tensor:
    rows_used = gather_axis(reshape(dense, dense.dims), tensor(columns))  # through reshape: a variable's gradient is dense
    parts = reshape(values, (-1, 1)) * rows_used
    return scatter_rows(parts, tensor(rows), size=count)


def conj_transpose(x: Any) -> Any:
    dense = convert_to_tensor(x)
    turned = basic.permute(dense, (1, 0))
    return conj(turned) if dense.dtype.is_complex else turned


@library
def sampled_addmm(
    indices: Any,
    values: Any,
    dense_shape: Any,
    mat1: Any,
    mat2: Any,
    beta: Any = 1.0,
    alpha: Any = 1.0,
    output_type: Any = "float32",
) -> tuple[Any, Tensor, Any]:
    """alpha * mat1 @ mat2 at the indices, plus beta * values: (indices, values, dense_shape).

    >>> i, v, s = tf.sparse.sampled_addmm([[0, 0]], [1.0], [1, 1], [[2.0, 3.0]], [[4.0], [5.0]])
    >>> v.numpy()
    array([24.], dtype=float32)
    """
    at = convert_to_tensor(indices)
    whole = linalg.matmul(cast(mat1, output_type), cast(mat2, output_type))
    picked = gathering.gather_nd(whole, at)
    return indices, alpha * picked + beta * cast(convert_to_tensor(values), output_type), dense_shape
