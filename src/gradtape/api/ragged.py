"""tf.ragged: rows of different lengths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..composites.ragged import RaggedTensor, of_lengths, take_values
from ..composites.ragged_make import ragged_constant as constant
from ..composites.ragged_operations import masked, stack_rows
from ..composites.rows import index_array, known, required, row_numbers, split_dtype, splits_of
from ..core.context import library
from ..core.dtypes import as_dtype, int64, string
from ..core.errors import invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ..ops._arguments import static
from ..ops.basic import reduce_sum, reshape
from ..ops.pieces import concatenate, gather_axis
from ._crosses import as_hash, as_text, crossed_rows
from ._each_string import of_objects


def map_flat_values(op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """op of the innermost values of ragged tensors that have the same rows; the result has these rows too.

    Raises:
        ValueError: a result with another number of values. InvalidArgumentError: ragged tensors with different rows.

    >>> tf.ragged.map_flat_values(tf.square, tf.ragged.constant([[1, 2], [], [3]]))
    <tf.RaggedTensor [[1, 4], [], [9]]>
    """
    found = [a for a in (*args, *kwargs.values()) if isinstance(a, RaggedTensor)]
    if not found:
        return op(*args, **kwargs)
    first = found[0]
    for other in found[1:]:
        same = len(first.nested_row_splits) == len(other.nested_row_splits) and all(
            np.array_equal(known(a), known(b)) for a, b in zip(first.nested_row_splits, other.nested_row_splits, strict=True)
        )
        if not same:
            raise invalid("map_flat_values", "map_flat_values: the ragged tensors have incompatible row_splits")
    flat = [a.flat_values if isinstance(a, RaggedTensor) else a for a in args]
    named = {k: a.flat_values if isinstance(a, RaggedTensor) else a for k, a in kwargs.items()}
    out = op(*flat, **named)
    held = out if isinstance(out, RaggedTensor) else convert_to_tensor(out)
    count = first.flat_values.dims[0]
    if not held.shape.rank or held.shape[0] != count:
        raise ValueError(
            "tf.ragged.map_flat_values requires that the output of `op` have the same outer-dimension size as flat_values of any "
            f"ragged inputs. (output shape: {held.shape}; expected outer dimension size: {count})"
        )
    return first.recomposed([held, *first.nested_row_splits])


def range(
    starts: Any, limits: Any = None, deltas: Any = 1, dtype: Any = None, name: str | None = None, row_splits_dtype: Any = int64
) -> RaggedTensor:
    """A row of numbers from each start to (not including) its limit; one argument alone is the limits.

    Raises:
        InvalidArgumentError: a delta of 0, arguments of different lengths.

    >>> tf.ragged.range([3, 0, 2])
    <tf.RaggedTensor [[0, 1, 2], [], [0, 1]]>
    >>> tf.ragged.range([0, 5], [6, 3], [2, -1])
    <tf.RaggedTensor [[0, 2, 4], [5, 4]]>
    """
    op = "RaggedRange"
    if limits is None:
        starts, limits = 0, starts
    given = [known(convert_to_tensor(v, None if dtype is None else as_dtype(dtype))) for v in (starts, limits, deltas)]
    kind = np.result_type(*[a.dtype for a in given])
    if any(a.ndim > 1 for a in given):
        raise invalid(op, f"{op}: starts, limits and deltas must be numbers or vectors")
    sizes = {len(a) for a in given if a.ndim}
    if len(sizes) > 1:
        raise invalid(op, f"{op}: starts, limits, and deltas must have the same shape")
    first, last, step = np.broadcast_arrays(*[np.atleast_1d(a.astype(kind)) for a in given])
    required((step != 0).all(), "Requires delta != 0")
    rows = [np.arange(a, b, d, dtype=kind) for a, b, d in zip(first, last, step, strict=True)]
    lengths = np.array([len(row) for row in rows], split_dtype(row_splits_dtype))
    return of_lengths(tensor(np.concatenate([np.zeros(0, kind), *rows])), lengths)


@library
def stack(values: Any, axis: Any = 0, name: str | None = None) -> Any:
    """The values, whose lengths may differ, as the rows of a ragged tensor.

    >>> tf.ragged.stack([[1, 2], [3]])
    <tf.RaggedTensor [[1, 2], [3]]>
    """
    parts = list(values) if isinstance(values, (list, tuple)) else [values]
    if not parts:
        raise ValueError("rt_inputs may not be empty.")
    held = [p if isinstance(p, RaggedTensor) else convert_to_tensor(p) for p in parts]
    return stack_rows(held, int(static(axis)))


@library
def stack_dynamic_partitions(data: Any, partitions: Any, num_partitions: Any, name: str | None = None) -> Any:
    """Row i holds the parts of data whose partition is i.

    Raises:
        InvalidArgumentError: a partition outside [0, num_partitions).

    >>> tf.ragged.stack_dynamic_partitions([1, 2, 3, 4], [0, 2, 0, 2], 4)
    <tf.RaggedTensor [[1, 3], [], [2, 4], []]>
    """
    if isinstance(partitions, RaggedTensor):
        data, partitions = data.flat_values, partitions.flat_values
    x = data if isinstance(data, RaggedTensor) else convert_to_tensor(data)
    numbers, count = known(convert_to_tensor(partitions)), int(static(num_partitions))
    if not numbers.ndim:
        raise ValueError("partitions must have rank 1 or more")
    if numbers.ndim > 1:
        x = (
            x.merge_dims(0, numbers.ndim - 1)
            if isinstance(x, RaggedTensor)
            else reshape(x, (numbers.size, *x.dims[numbers.ndim :]))
        )
    flat = numbers.ravel()
    required(((flat >= 0) & (flat < count)).all(), f"stack_dynamic_partitions: partitions must lie in [0, {count})")
    order = np.argsort(flat, kind="stable")
    index = np.int64 if isinstance(x, RaggedTensor) else np.int32
    return of_lengths(take_values(x, order), np.bincount(flat, minlength=count).astype(index))


@library
def boolean_mask(data: Any, mask: Any, name: str | None = None) -> Any:
    """The values where the mask holds; of a mask with rows the rows remain, shorter.

    >>> tf.ragged.boolean_mask([[1, 2], [3, 4]], [[True, False], [False, False]])
    <tf.RaggedTensor [[1], []]>
    """
    return masked(data, mask)


def row_splits_to_segment_ids(splits: Any, name: str | None = None, out_type: Any = None) -> Tensor:
    """The number of the row of each value.

    >>> tf.ragged.row_splits_to_segment_ids([0, 2, 2, 3]).numpy()
    array([0, 0, 2])
    """
    array = index_array(splits, "splits")
    if not len(array):
        raise ValueError("Invalid row_splits: they must hold one number at least")
    wanted = array.dtype if out_type is None else split_dtype(out_type)
    return tensor(row_numbers(array).astype(wanted))


def segment_ids_to_row_splits(
    segment_ids: Any, num_segments: Any = None, out_type: Any = None, name: str | None = None
) -> Tensor:
    """Where each row begins and ends.

    >>> tf.ragged.segment_ids_to_row_splits([0, 0, 2]).numpy()
    array([0, 2, 2, 3])
    """
    numbers = index_array(segment_ids, "segment_ids")
    lengths = np.bincount(numbers, minlength=0 if num_segments is None else int(static(num_segments)))
    wanted = numbers.dtype if out_type is None else split_dtype(out_type)
    return tensor(splits_of(lengths.astype(wanted)))


# -- crosses -------------------------------------------------------------------------------------------------------------------------
def cross(inputs: Any, name: str | None = None) -> RaggedTensor:
    """Every choice of one value from each input, row by row, as strings joined by "_X_".

    >>> tf.ragged.cross([tf.ragged.constant([["a"], ["b", "c"]]), tf.ragged.constant([["d"], ["e"]])])
    <tf.RaggedTensor [[b'a_X_d'], [b'b_X_e', b'c_X_e']]>
    """
    rows = crossed_rows([column(x) for x in inputs], as_text(b"_X_"))
    flat = [v for row in rows for v in row]
    return of_lengths(tensor(of_objects(flat, len(flat))), np.array([len(row) for row in rows], np.int64))


def cross_hashed(inputs: Any, num_buckets: int = 0, hash_key: Any = None, name: str | None = None) -> RaggedTensor:
    """Every choice of one value from each input, row by row, as hashes (below num_buckets where it is not 0).

    >>> tf.ragged.cross_hashed([tf.ragged.constant([["a"], ["b", "c"]]), tf.ragged.constant([["d"], ["e"]])], num_buckets=100)
    <tf.RaggedTensor [[82], [61, 41]]>
    """
    if num_buckets < 0:
        raise ValueError(f"num_buckets must be non-negative, got {num_buckets}")
    rows = crossed_rows([column(x) for x in inputs], as_hash(num_buckets, hash_key))
    flat = np.array([v for row in rows for v in row], np.int64)
    return of_lengths(tensor(flat), np.array([len(row) for row in rows], np.int64))


def column(x: Any) -> Sequence[list[Any]]:
    """The values of an input, row by row."""
    if isinstance(x, RaggedTensor):
        if x.ndim != 2:
            raise ValueError(f"tf.ragged.cross only supports inputs with rank=2, got rank {x.ndim}")
        found = x
    else:
        found = convert_to_tensor(x)
        if found.ndim != 2:
            raise ValueError(f"tf.ragged.cross only supports inputs with rank=2, got rank {found.ndim}")
    if not (found.dtype.is_integer or found.dtype is string):
        raise ValueError(f"tf.ragged.cross: inputs must hold integers or strings, got {found.dtype.name}")
    return found.to_list() if isinstance(found, RaggedTensor) else found.numpy().tolist()


# -- rows that are empty -----------------------------------------------------------------------------------------------------------------
class RaggedFillEmptyRows(NamedTuple):
    output_value_rowids: Tensor
    output_values: Tensor
    empty_row_indicator: Tensor
    reverse_index_map: Tensor


class RaggedFillEmptyRowsGrad(NamedTuple):
    d_values: Tensor
    d_default_value: Tensor


@library
def ragged_fill_empty_rows(
    value_rowids: Any, values: Any, nrows: Any, default_value: Any, name: str | None = None
) -> RaggedFillEmptyRows:
    """The values with a default one in each row that has none, and where each value went.

    >>> tf.ragged_fill_empty_rows([0, 0, 2], [1, 2, 3], 3, 9).output_values.numpy()
    array([1, 2, 9, 3], dtype=int32)
    """
    rows, x, count = index_array(value_rowids, "value_rowids"), convert_to_tensor(values), int(static(nrows))
    rows = rows.astype(np.int64)
    empty = np.bincount(rows, minlength=count) == 0
    missing = np.flatnonzero(empty)
    both = np.concatenate([rows, missing])
    order = np.argsort(both, kind="stable")
    default = reshape(convert_to_tensor(default_value, x.dtype), (1,))
    source = np.where(order < len(rows), order, len(rows))
    places = np.empty(len(both), np.int64)
    places[order] = np.arange(len(both))
    filled = gather_axis(concatenate(x, default, axis=0), tensor(source))
    return RaggedFillEmptyRows(tensor(both[order]), filled, tensor(empty), tensor(places[: len(rows)]))


def ragged_fill_empty_rows_grad(reverse_index_map: Any, grad_values: Any, name: str | None = None) -> RaggedFillEmptyRowsGrad:
    """The gradients of the values and of the default, of those of what `ragged_fill_empty_rows` gave."""
    places, g = index_array(reverse_index_map, "reverse_index_map"), convert_to_tensor(grad_values)
    mine = gather_axis(g, tensor(places))
    others = np.delete(np.arange(g.dims[0]), places)
    return RaggedFillEmptyRowsGrad(mine, reduce_sum(gather_axis(g, tensor(others))))


__all__ = [
    "boolean_mask",
    "constant",
    "cross",
    "cross_hashed",
    "map_flat_values",
    "range",
    "row_splits_to_segment_ids",
    "segment_ids_to_row_splits",
    "stack",
    "stack_dynamic_partitions",
]
