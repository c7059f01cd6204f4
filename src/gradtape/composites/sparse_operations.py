"""The functions of tf.sparse, and what operations mean on sparse tensors.

Where the elements lie is computed at once on arrays; their values go through operations, so gradients reach them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.composite import CompositeTensor, no_tensor
from ..core.context import library
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import REGISTRY, Primitive
from ..core.tensor import Tensor, convert_to_tensor, tensor, to_tensor
from ..ops import basic, gathering, segment
from ..ops._arguments import axis_within, permutation, resolved_shape, static
from ..ops.basic import broadcast_to, cast, reshape
from ..ops.pieces import concatenate, gather_axis
from .rows import known
from .sparse import SparseTensor, as_sparse, raveled, raveled_places, sparse, unraveled

# -- elementwise ---------------------------------------------------------------------------------------------------------------------
KEEPS_ZERO = {
    "negative", "abs", "sign", "square", "sqrt", "sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "expm1", "log1p", "erf",
    "floor", "ceil", "round", "rint", "cast_inexact", "cast_discrete", "relu", "identity", "stop_gradient", "real", "imag", "conj",
}  # fmt: skip


def applied(primitive: Primitive, args: Sequence[Any], params: dict[str, Any]) -> Any:
    """An operation on sparse arguments: those that keep zeros zero, and products and quotients by dense tensors."""
    name = primitive.name
    if len(args) == 1 and name in KEEPS_ZERO:
        return args[0].with_values(primitive.function(args[0].values, **params))
    if name in ("multiply", "divide") and isinstance(args[0], SparseTensor) and not isinstance(args[1], CompositeTensor):
        return by_dense(primitive, args[0], args[1])
    if name == "multiply" and isinstance(args[1], SparseTensor) and not isinstance(args[0], CompositeTensor):
        return by_dense(primitive, args[1], args[0])
    if name == "reduce_sum":
        return reduce_sum(args[0], params.get("axis"), params.get("keepdims"))
    raise no_tensor(args, primitive.label)


def by_dense(primitive: Primitive, x: SparseTensor, other: Any) -> SparseTensor:
    """The elements that are there, each with its element of the dense tensor."""
    dense = to_tensor(other, x.dtype.numpy_dtype)
    if not dense.ndim:
        return x.with_values(primitive.function(x.values, dense))
    extents = x.extents
    if dense.ndim > len(extents) or any(n not in (1, m) for n, m in zip(dense.dims[::-1], extents[::-1], strict=False)):
        raise invalid(
            primitive.label,
            f"{primitive.label}: only a dense tensor that broadcasts to the sparse one will do: {list(dense.dims)} vs. {list(extents)}",
        )
    return x.with_values(primitive.function(x.values, gathering.gather_nd(broadcast_to(dense, extents), x.indices)))


SparseTensor.applied = staticmethod(applied)


# -- dense and back --------------------------------------------------------------------------------------------------------------------
@library
def from_dense(tensor: Any, name: str | None = None) -> SparseTensor:
    """The elements that are not zero (or not the empty string), in order.

    >>> tf.sparse.from_dense([[0, 3], [4, 0]]).indices.numpy().tolist()
    [[0, 1], [1, 0]]
    """
    x = convert_to_tensor(tensor)
    array = known(x)
    places = np.argwhere(array != b"" if array.dtype == object else array)
    numbers = raveled_places(places, array.shape, "from_dense")
    return sparse(places, gather_axis(reshape(x, (-1,)), tensor_of(numbers)), array.shape)


def tensor_of(array: np.ndarray) -> Tensor:
    return tensor(array)


@library
def to_dense(sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: str | None = None) -> Tensor:
    """The tensor with every element: those that are not there are `default_value` (0, or the empty string).

    Raises:
        InvalidArgumentError: with validate_indices, indices that are out of order, occur twice or lie outside.

    >>> tf.sparse.to_dense(tf.SparseTensor([[0, 1]], [5], [2, 2]), default_value=-1).numpy()
    array([[-1,  5],
           [-1, -1]], dtype=int32)
    """
    x = as_sparse(sp_input, "to_dense")
    if validate_indices:
        in_order(x, "SparseToDense")
    numbers = raveled(x, "SparseToDense")
    return spread(x.values, numbers, default_value, x.extents)


def spread(values: Tensor, numbers: np.ndarray, default: Any, extents: Sequence[int]) -> Tensor:
    """Values at their numbers in a flat tensor, the default everywhere else, in this shape; the last of equal numbers stays."""
    size = int(np.prod(extents, dtype=np.int64))
    kind = values.dtype.numpy_dtype
    fill = tensor(np.array(b"" if kind.kind == "O" else 0, kind)) if default is None else convert_to_tensor(default, values.dtype)
    source = np.full(size, values.dims[0], np.int64)
    source[numbers] = np.arange(len(numbers))
    rows = concatenate(values, reshape(fill, (1,)), axis=0)
    return reshape(gather_axis(rows, tensor(source)), tuple(extents))


def in_order(x: SparseTensor, op: str) -> np.ndarray:
    """The numbers of the elements.

    Raises:
        InvalidArgumentError: they do not grow.
    """
    numbers = raveled(x, op)
    falls = np.flatnonzero(np.diff(numbers) <= 0)
    if len(falls):
        k = int(falls[0]) + 1
        what = (
            "is repeated"
            if numbers[k] == numbers[k - 1]
            else "is out of order. Many sparse ops require sorted indices. Use `tf.sparse.reorder` to create a correctly ordered copy."
        )
        raise invalid(op, f"{op}: indices[{k}] = {x.places[k].tolist()} {what}")
    return numbers


@library
def reorder(sp_input: Any, name: str | None = None) -> SparseTensor:
    """The elements in the order of their indices.

    >>> tf.sparse.reorder(tf.SparseTensor([[1, 0], [0, 1]], [7, 8], [2, 2])).values.numpy()
    array([8, 7], dtype=int32)
    """
    x = as_sparse(sp_input, "reorder")
    order = np.argsort(raveled(x, "SparseReorder"), kind="stable")
    return chosen(x, order)


def chosen(x: SparseTensor, numbers: np.ndarray, places: np.ndarray | None = None, extents: Any = None) -> SparseTensor:
    """Some elements, at other places where they are given."""
    at = x.places[numbers] if places is None else places
    return sparse(at, gather_axis(x.values, tensor(numbers)), x.extents if extents is None else extents)


# -- shapes ------------------------------------------------------------------------------------------------------------------------------
@library
def reshape_sparse(sp_input: Any, shape: Any, name: str | None = None) -> SparseTensor:
    """The elements at the places that they have in this shape.

    >>> tf.sparse.reshape(tf.SparseTensor([[0, 1], [1, 2]], [1, 2], [2, 3]), [3, -1]).indices.numpy().tolist()
    [[0, 1], [2, 1]]
    """
    x = as_sparse(sp_input, "reshape")
    extents = resolved_shape(shape, x.extents, "SparseReshape")
    return sparse(unraveled(raveled(x, "SparseReshape"), extents), x.values, extents)


@library
def transpose(sp_input: Any, perm: Any = None, name: str | None = None) -> SparseTensor:
    """The axes in the order `perm` (reversed, where none is given), the elements in order again.

    >>> tf.sparse.transpose(tf.SparseTensor([[0, 1]], [5], [2, 3])).indices.numpy().tolist()
    [[1, 0]]
    """
    x = as_sparse(sp_input, "transpose")
    order = permutation(perm, x.ndim, "transpose")
    return reorder(sparse(x.places[:, list(order)], x.values, [x.extents[a] for a in order]))


@library
def expand_dims(sp_input: Any, axis: Any = None, name: str | None = None) -> SparseTensor:
    """A new axis of extent 1, the last where none is given.

    >>> tf.sparse.expand_dims(tf.SparseTensor([[1]], [5], [3]), 0).shape
    TensorShape([1, 3])
    """
    x = as_sparse(sp_input, "expand_dims")
    rank = x.ndim
    place = -1 if axis is None else int(static(axis))
    if not -rank - 1 <= place <= rank:
        raise ValueError(f"expand_dims: axis {place} is out of range: it must be in [{-rank - 1}, {rank}]")
    place = place + rank + 1 if place < 0 else place
    extents = (*x.extents[:place], 1, *x.extents[place:])
    return sparse(np.insert(x.places, place, 0, axis=1), x.values, extents)


@library
def reset_shape(sp_input: Any, new_shape: Any = None) -> SparseTensor:
    """The same elements in a larger tensor, or in the smallest that holds them.

    Raises:
        ValueError: another rank. InvalidArgumentError: a smaller extent.

    >>> tf.sparse.reset_shape(tf.SparseTensor([[0, 1], [1, 0]], [1, 2], [5, 5])).shape
    TensorShape([2, 2])
    """
    x = as_sparse(sp_input, "reset_shape")
    if new_shape is None:
        extents = (x.places.max(0) + 1).tolist() if len(x.places) else [0] * x.ndim
        return sparse(x.places, x.values, extents)
    wanted = [int(n) for n in static(new_shape)]
    if len(wanted) != x.ndim:
        raise ValueError(f"reset_shape: new_shape {wanted} has another rank than the shape {list(x.extents)}")
    if any(n < m for n, m in zip(wanted, x.extents, strict=True)):
        raise invalid("reset_shape", f"reset_shape: new_shape {wanted} is smaller than the shape {list(x.extents)}")
    return sparse(x.places, x.values, wanted)


# -- parts ----------------------------------------------------------------------------------------------------------------------------------
@library
def slice_sparse(sp_input: Any, start: Any, size: Any, name: str | None = None) -> SparseTensor:
    """The block of this size that begins at `start`; what would lie outside is left away.

    >>> tf.sparse.slice(tf.SparseTensor([[0, 1], [1, 2]], [1, 2], [2, 3]), [0, 1], [2, 2]).indices.numpy().tolist()
    [[0, 0], [1, 1]]
    """
    x = as_sparse(sp_input, "slice")
    first, count = (np.array(static(v), np.int64).reshape(-1) for v in (start, size))
    if len(first) != x.ndim or len(count) != x.ndim:
        raise invalid(
            "SparseSlice", f"SparseSlice: start and size need {x.ndim} numbers, got {first.tolist()} and {count.tolist()}"
        )
    extents = np.maximum(np.minimum(count, np.array(x.extents) - first), 0)
    inside = ((x.places >= first) & (x.places < first + extents)).all(1)
    numbers = np.flatnonzero(inside)
    return chosen(x, numbers, x.places[numbers] - first, extents.tolist())


@library
def split(sp_input: Any = None, num_split: Any = None, axis: Any = None, name: str | None = None) -> list[SparseTensor]:
    """Blocks along an axis, the first ones larger by one where the extent does not divide.

    >>> [p.shape for p in tf.sparse.split(tf.SparseTensor([[0, 1]], [5], [2, 7]), num_split=2, axis=1)]
    [TensorShape([2, 4]), TensorShape([2, 3])]
    """
    if sp_input is None or num_split is None or axis is None:
        raise ValueError("split: sp_input, num_split and axis are required")
    x, count = as_sparse(sp_input, "split"), int(static(num_split))
    place = axis_within(int(static(axis)), x.ndim, "SparseSplit")
    extent = x.extents[place]
    if not 1 <= count <= extent:
        raise invalid("SparseSplit", f"SparseSplit: num_split must be between 1 and {extent}, got {count}")
    sizes = [extent // count + (k < extent % count) for k in range(count)]
    out, start = [], 0
    for size in sizes:
        first, whole = [0] * x.ndim, list(x.extents)
        first[place], whole[place] = start, size
        out.append(slice_sparse(x, first, whole))
        start += size
    return out


@library
def concat(axis: Any, sp_inputs: Any, expand_nonconcat_dims: bool = False, name: str | None = None) -> SparseTensor:
    """Sparse tensors end to end along an axis.

    Args:
        expand_nonconcat_dims: may the other extents differ?  Then the largest are taken.

    >>> x = tf.SparseTensor([[0, 1]], [5], [1, 2])
    >>> tf.sparse.concat(0, [x, x]).indices.numpy().tolist()
    [[0, 1], [1, 1]]
    """
    parts = [as_sparse(x, "concat") for x in (sp_inputs if isinstance(sp_inputs, (list, tuple)) else [sp_inputs])]
    if len(parts) == 1:
        return parts[0]
    if len({p.ndim for p in parts}) > 1:
        raise invalid("SparseConcat", f"SparseConcat: the ranks differ: {[p.ndim for p in parts]}")
    place = axis_within(int(static(axis)), parts[0].ndim, "SparseConcat")
    extents = [max(p.extents[k] for p in parts) for k in range(parts[0].ndim)]
    others = [k for k in range(len(extents)) if k != place]
    if not expand_nonconcat_dims and any(p.extents[k] != extents[k] for p in parts for k in others):
        raise invalid("SparseConcat", f"SparseConcat: the shapes differ beside axis {place}: {[list(p.extents) for p in parts]}")
    starts = np.cumsum([0, *[p.extents[place] for p in parts]])
    places = [p.places + np.eye(1, len(extents), place, dtype=np.int64) * s for p, s in zip(parts, starts[:-1], strict=True)]
    extents[place] = int(starts[-1])
    values = concatenate(*[p.values for p in parts], axis=0)
    return reorder(sparse(np.concatenate(places), values, extents))


@library
def retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """The elements where to_retain is true.

    >>> tf.sparse.retain(tf.SparseTensor([[0], [2]], [1, 2], [3]), [False, True]).values.numpy()
    array([2], dtype=int32)
    """
    x, kept = as_sparse(sp_input, "retain"), known(convert_to_tensor(to_retain))
    if kept.shape != (len(x.places),):
        raise ValueError(
            f"retain: to_retain must have one value for each of {len(x.places)} elements, got the shape {kept.shape}"
        )
    return chosen(x, np.flatnonzero(kept))


def mask(a: Any, mask_indices: Any, name: str | None = None) -> Any:
    """IndexedSlices without the rows of these numbers.

    >>> s = tf.IndexedSlices(tf.constant([[1.0], [2.0]]), tf.constant([3, 5]), tf.constant([9, 1]))
    >>> tf.sparse.mask(s, [3]).indices.numpy()
    array([5], dtype=int32)
    """
    if not isinstance(a, IndexedSlices):
        raise TypeError(f"sparse.mask: a must be a tf.IndexedSlices, got {type(a).__name__}.")
    numbers = np.flatnonzero(~np.isin(known(a.indices), known(convert_to_tensor(mask_indices))))
    return type(a)(gather_axis(a.values, tensor(numbers)), gather_axis(a.indices, tensor(numbers)), a.dense_shape)


@library
def fill_empty_rows(sp_input: Any, default_value: Any, name: str | None = None) -> tuple[SparseTensor, Tensor]:
    """An element `default_value` at the beginning of each row that has none, and which rows these are.

    >>> filled, empty = tf.sparse.fill_empty_rows(tf.SparseTensor([[1, 0]], [5], [2, 3]), 9)
    >>> filled.values.numpy(), empty.numpy()
    (array([9, 5], dtype=int32), array([ True, False]))
    """
    x = as_sparse(sp_input, "fill_empty_rows")
    there = np.zeros(x.extents[0], bool)
    there[x.places[:, 0]] = True
    missing = np.flatnonzero(~there)
    added = np.zeros((len(missing), x.ndim), np.int64)
    added[:, 0] = missing
    default = broadcast_to(convert_to_tensor(default_value, x.dtype), (len(missing),))
    order = np.argsort(np.concatenate([x.places[:, 0], missing]), kind="stable")
    values = gather_axis(concatenate(x.values, default, axis=0), tensor(order))
    return sparse(np.concatenate([x.places, added])[order], values, x.extents), tensor(~there)


# -- values -----------------------------------------------------------------------------------------------------------------------------------
def map_values(op: Callable[..., Any], *args: Any, **kwargs: Any) -> SparseTensor:
    """op of the values of sparse tensors that have the same indices.

    >>> tf.sparse.map_values(tf.add, tf.SparseTensor([[1]], [5], [3]), 2).values.numpy()
    array([7], dtype=int32)
    """
    found = [a for a in (*args, *kwargs.values()) if isinstance(a, SparseTensor)]
    if not found:
        raise ValueError("No SparseTensor in argument list of map_values")
    first = found[0]
    for other in found[1:]:
        if not (np.array_equal(first.places, other.places) and first.extents == other.extents):
            raise invalid("map_values", "map_values: the sparse tensors have different indices or shapes")
    plain = [a.values if isinstance(a, SparseTensor) else a for a in args]
    named = {k: a.values if isinstance(a, SparseTensor) else a for k, a in kwargs.items()}
    return first.with_values(op(*plain, **named))


@library
def softmax(sp_input: Any, name: str | None = None) -> SparseTensor:
    """The softmax of each row's elements along the last axis; what is not there takes no part.

    >>> tf.sparse.softmax(tf.SparseTensor([[0, 0], [0, 2]], [1.0, 1.0], [1, 3])).values.numpy()
    array([0.5, 0.5], dtype=float32)
    """
    x = as_sparse(sp_input, "softmax")
    if x.ndim < 2:
        raise invalid("SparseSoftmax", "SparseSoftmax: Input should have rank >= 2")
    rows, count = rows_of(x)
    largest = basic.stop_gradient(segment.unsorted_segment_max(x.values, rows, count))
    raised = REGISTRY["exp"].function(x.values - gather_axis(largest, rows))
    return x.with_values(raised / gather_axis(segment.unsorted_segment_sum(raised, rows, count), rows))


def rows_of(x: SparseTensor) -> tuple[Tensor, int]:
    """The number of the row (all axes but the last) of each element, and how many rows there are."""
    lead = x.extents[:-1]
    return tensor(raveled_places(x.places[:, :-1], lead, "sparse")), int(np.prod(lead, dtype=np.int64))


@library
def reduce_sum(
    sp_input: Any, axis: Any = None, keepdims: bool | None = None, output_is_sparse: bool = False, name: str | None = None
) -> Any:
    """The sum over the given axes (all, where none is given).

    >>> tf.sparse.reduce_sum(tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [1, 2, 3], [2, 3]), axis=1).numpy()
    array([1, 5], dtype=int32)
    """
    return reduced(segment.unsorted_segment_sum, sp_input, axis, keepdims, output_is_sparse)


@library
def reduce_max(
    sp_input: Any, axis: Any = None, keepdims: bool | None = None, output_is_sparse: bool = False, name: str | None = None
) -> Any:
    """The largest of the elements that are there, over the given axes; 0 where there are none.

    >>> tf.sparse.reduce_max(tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [-1, 2, 3], [2, 3]), axis=1).numpy()
    array([-1,  3], dtype=int32)
    """
    return reduced(segment.unsorted_segment_max, sp_input, axis, keepdims, output_is_sparse)


def reduced(function: Callable[..., Any], sp_input: Any, axis: Any, keepdims: Any, output_is_sparse: bool) -> Any:
    x = as_sparse(sp_input, "reduce")
    axes = static(axis)
    axes = range(x.ndim) if axes is None else axes if isinstance(axes, (list, tuple)) else [axes]
    gone = {axis_within(int(a), x.ndim, "SparseReduce") for a in axes}
    kept = [k for k in range(x.ndim) if k not in gone]
    extents = [x.extents[k] for k in kept]
    numbers, groups = np.unique(raveled_places(x.places[:, kept], extents, "SparseReduce"), return_inverse=True)
    sums = function(x.values, tensor(groups.reshape(-1)), len(numbers))
    shape = [1 if k in gone else n for k, n in enumerate(x.extents)] if keepdims else extents
    if output_is_sparse:
        return sparse(unraveled(numbers, shape), sums, shape)
    return spread(sums, numbers, None, shape)


# -- made ------------------------------------------------------------------------------------------------------------------------------------------
def eye(num_rows: Any, num_columns: Any = None, dtype: Any = "float32", name: str | None = None) -> SparseTensor:
    """The identity matrix.

    >>> tf.sparse.eye(2, 3).indices.numpy().tolist()
    [[0, 0], [1, 1]]
    """
    rows = int(static(num_rows))
    columns = rows if num_columns is None else int(static(num_columns))
    n = min(rows, columns)
    return sparse(np.stack([np.arange(n)] * 2, 1), cast(tensor(np.ones(n, np.float32)), dtype), (rows, columns))


def to_indicator(sp_input: Any, vocab_size: Any, name: str | None = None) -> Tensor:
    """Booleans: which of the numbers 0 … vocab_size - 1 stand among the values of each row.

    >>> tf.sparse.to_indicator(tf.SparseTensor([[0, 0], [0, 1]], tf.constant([2, 0], tf.int64), [1, 2]), 3).numpy()
    array([[ True, False,  True]])
    """
    x = as_sparse(sp_input, "to_indicator")
    rows, count = rows_of(x)
    numbers, size = known(x.values), int(static(vocab_size))
    if ((numbers < 0) | (numbers >= size)).any():
        raise invalid("to_indicator", f"to_indicator: the values must lie in [0, {size}), got {numbers.tolist()}")
    out = np.zeros((count, size), bool)
    out[known(rows), numbers] = True
    return tensor(out.reshape(*x.extents[:-1], size))


def rows_at(x: SparseTensor, numbers: np.ndarray) -> SparseTensor:
    """Some rows, by their numbers."""
    return rows_stacked([row_of(x, int(k)) for k in numbers])


def rows_stacked(parts: Sequence[SparseTensor]) -> SparseTensor:
    """Sparse tensors of one shape as the rows of one of a rank more."""
    extents = parts[0].extents
    for other in parts:
        if other.extents != extents:
            raise invalid(
                "IteratorGetNext", f"Cannot batch sparse tensors of different shapes: {list(extents)} and {list(other.extents)}"
            )
    places = [np.insert(p.places, 0, k, axis=1) for k, p in enumerate(parts)]
    return sparse(np.concatenate(places), concatenate(*[p.values for p in parts], axis=0), (len(parts), *extents))


def row_of(x: SparseTensor, k: int) -> SparseTensor:
    numbers = np.flatnonzero(x.places[:, 0] == k)
    return chosen(x, numbers, x.places[numbers, 1:], x.extents[1:])


SparseTensor.row_at = row_of  # type: ignore[method-assign, assignment]
SparseTensor.rows_at = rows_at  # type: ignore[method-assign, assignment]
SparseTensor.stacked = staticmethod(rows_stacked)
