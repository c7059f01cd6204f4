"""Ragged tensors from rows, tensors, sparse tensors and nested lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, constant, convert_to_tensor, tensor
from ..ops.basic import reshape
from .ragged import RaggedTensor, ragged, take_values
from .rows import index_array, known, required, spans, split_dtype, splits_of
from .sparse import SparseTensor


def rows_of(values: Any, op: str) -> Any:
    """The values that shall be cut into rows."""
    found = values if isinstance(values, RaggedTensor) else convert_to_tensor(values)
    if not found.shape.rank:
        raise invalid(op, f"{op}: values must be at least a vector, got the shape {found.shape}")
    return found


def from_row_splits(values: Any, row_splits: Any, name: str | None = None, validate: bool = True) -> RaggedTensor:
    """Row i is values[row_splits[i]:row_splits[i + 1]].

    Raises:
        ValueError: no splits, or splits that are no vector.
        InvalidArgumentError: splits that do not begin with 0, do not grow, or do not end with the number of values.

    >>> tf.RaggedTensor.from_row_splits([3, 1, 4, 1], [0, 2, 2, 4])
    <tf.RaggedTensor [[3, 1], [], [4, 1]]>
    """
    held, splits = rows_of(values, "from_row_splits"), index_array(row_splits, "row_splits")
    if not len(splits):
        raise ValueError("row_splits tensor may not be empty.")
    if validate:
        required(splits[0] == 0, "Arguments to from_row_splits do not form a valid RaggedTensor: row_splits must begin with 0")
        required(
            (np.diff(splits) >= 0).all(), "Arguments to from_row_splits do not form a valid RaggedTensor: row_splits must grow"
        )
        fits_values(splits[-1], held, "from_row_splits")
    return ragged(held, tensor(splits))


def fits_values(end: Any, values: Any, op: str) -> None:
    count = values.shape[0]
    required(
        end == count,
        f"Arguments to {op} do not form a valid RaggedTensor: the rows hold {end} values, but there are {count}",
    )


def from_row_lengths(values: Any, row_lengths: Any, name: str | None = None, validate: bool = True) -> RaggedTensor:
    """Rows of these lengths.

    Raises:
        InvalidArgumentError: negative lengths, or lengths whose sum is not the number of values.

    >>> tf.RaggedTensor.from_row_lengths([3, 1, 4, 1], [2, 0, 2])
    <tf.RaggedTensor [[3, 1], [], [4, 1]]>
    """
    held, lengths = rows_of(values, "from_row_lengths"), index_array(row_lengths, "row_lengths")
    if validate:
        required(
            (lengths >= 0).all(),
            "Arguments to from_row_lengths do not form a valid RaggedTensor: row_lengths must not be negative",
        )
        fits_values(lengths.sum(), held, "from_row_lengths")
    return ragged(held, tensor(splits_of(lengths)))


def from_row_starts(values: Any, row_starts: Any, name: str | None = None, validate: bool = True) -> RaggedTensor:
    """Rows that begin at these places.

    >>> tf.RaggedTensor.from_row_starts([3, 1, 4, 1], [0, 2, 2])
    <tf.RaggedTensor [[3, 1], [], [4, 1]]>
    """
    held, starts = rows_of(values, "from_row_starts"), index_array(row_starts, "row_starts")
    return from_row_splits(held, np.append(starts, starts.dtype.type(held.shape[0])), validate=validate)


def from_row_limits(values: Any, row_limits: Any, name: str | None = None, validate: bool = True) -> RaggedTensor:
    """Rows that end at these places.

    >>> tf.RaggedTensor.from_row_limits([3, 1, 4, 1], [2, 2, 4])
    <tf.RaggedTensor [[3, 1], [], [4, 1]]>
    """
    limits = index_array(row_limits, "row_limits")
    return from_row_splits(values, np.concatenate([np.zeros(1, limits.dtype), limits]), validate=validate)


def from_value_rowids(
    values: Any, value_rowids: Any, nrows: Any = None, name: str | None = None, validate: bool = True
) -> RaggedTensor:
    """value_rowids says for each value in which row it is.

    Args:
        nrows: how many rows; without it as many as the last number says.

    Raises:
        InvalidArgumentError: numbers that fall, are negative, or are nrows and more.

    >>> tf.RaggedTensor.from_value_rowids([3, 1, 4, 1], [0, 0, 2, 2], nrows=4)
    <tf.RaggedTensor [[3, 1], [], [4, 1], []]>
    """
    held, numbers = rows_of(values, "from_value_rowids"), index_array(value_rowids, "value_rowids")
    count = int(numbers[-1]) + 1 if nrows is None and len(numbers) else int(nrows or 0)
    if count < 0:
        raise ValueError(f"Argument `nrows` must be nonnegative. Received nrows = {count}.")
    if validate:
        what = "Arguments to from_value_rowids do not form a valid RaggedTensor"
        required(len(numbers) == held.shape[0], f"{what}: {len(numbers)} value_rowids for {held.shape[0]} values")
        required((np.diff(numbers) >= 0).all() and (numbers >= 0).all(), f"{what}: value_rowids must not fall or be negative")
        required((numbers < count).all(), f"{what}: value_rowids must be less than nrows, {count}")
    lengths = np.bincount(numbers, minlength=count).astype(numbers.dtype) if count else np.zeros(0, numbers.dtype)
    return ragged(held, tensor(splits_of(lengths)))


def from_uniform_row_length(
    values: Any, uniform_row_length: Any, nrows: Any = None, validate: bool = True, name: str | None = None
) -> RaggedTensor:
    """Rows that all have one length.

    Raises:
        InvalidArgumentError: a length that does not divide the number of values.

    >>> tf.RaggedTensor.from_uniform_row_length([3, 1, 4, 1], 2).shape
    TensorShape([2, 2])
    """
    held, length = rows_of(values, "from_uniform_row_length"), int(uniform_row_length)
    if length < 0:
        raise ValueError(f"uniform_row_length must not be negative, got {length}")
    count = (held.shape[0] // length if length else 0) if nrows is None else int(nrows)
    if validate:
        fits_values(count * length, held, "from_uniform_row_length")
    return ragged(held, tensor(np.arange(count + 1, dtype=np.int64) * length), length)


def nested(make: Callable[..., RaggedTensor], values: Any, parts: Any, name: str, validate: bool, rows: Any = None) -> Any:
    if isinstance(parts, Tensor):
        raise TypeError(f"Argument `{name}` must be a list of tensors, got {parts!r:.80}.")
    extra = [{}] * len(parts) if rows is None else [{"nrows": n} for n in rows]
    for part, settings in zip(reversed(parts), reversed(extra), strict=True):
        values = make(values, part, validate=validate, **settings)
    return values


def from_nested_row_splits(flat_values: Any, nested_row_splits: Any, name: str | None = None, validate: bool = True) -> Any:
    """Rows of rows: the splits of each ragged axis, the outermost first.

    >>> tf.RaggedTensor.from_nested_row_splits([3, 1, 4], [[0, 2], [0, 2, 3]])
    <tf.RaggedTensor [[[3, 1], [4]]]>
    """
    return nested(from_row_splits, flat_values, nested_row_splits, "nested_row_splits", validate)


def from_nested_row_lengths(flat_values: Any, nested_row_lengths: Any, name: str | None = None, validate: bool = True) -> Any:
    """Rows of rows: the lengths along each ragged axis, the outermost first.

    >>> tf.RaggedTensor.from_nested_row_lengths([3, 1, 4], [[2], [2, 1]])
    <tf.RaggedTensor [[[3, 1], [4]]]>
    """
    return nested(from_row_lengths, flat_values, nested_row_lengths, "nested_row_lengths", validate)


def from_nested_value_rowids(
    flat_values: Any, nested_value_rowids: Any, nested_nrows: Any = None, name: str | None = None, validate: bool = True
) -> Any:
    """Rows of rows: the row of each value along each ragged axis, the outermost first.

    >>> tf.RaggedTensor.from_nested_value_rowids([3, 1, 4], [[0, 0], [0, 0, 1]])
    <tf.RaggedTensor [[[3, 1], [4]]]>
    """
    if nested_nrows is not None and len(nested_nrows) != len(nested_value_rowids):
        raise ValueError("Argument `nested_nrows` must have the same length as argument `nested_value_rowids`.")
    return nested(from_value_rowids, flat_values, nested_value_rowids, "nested_value_rowids", validate, nested_nrows)


def from_tensor(
    tensor: Any,  # TensorFlow's name
    lengths: Any = None,
    padding: Any = None,
    ragged_rank: Any = 1,
    name: str | None = None,
    row_splits_dtype: Any = "int64",
) -> Any:
    """A tensor as rows, without what pads them.

    Args:
        lengths: of the rows; or a list of them, one for each ragged axis.
        padding: the value that pads; it goes from the ends of rows.
        ragged_rank: how many axes become ragged.

    >>> tf.RaggedTensor.from_tensor([[5, 7, 0], [0, 3, 0]], padding=0)
    <tf.RaggedTensor [[5, 7], [0, 3]]>
    """
    x, dtype = convert_to_tensor(tensor), split_dtype(row_splits_dtype)
    if lengths is not None and padding is not None:
        raise ValueError("Specify argument `lengths` or `padding`, but not both.")
    if isinstance(ragged_rank, bool) or not isinstance(ragged_rank, (int, np.integer)):
        raise TypeError(f"Argument `ragged_rank` must be an int. Received {ragged_rank}.")
    ragged_rank = int(ragged_rank)
    if ragged_rank <= 0 or x.ndim <= ragged_rank:
        raise ValueError(f"Argument `ragged_rank` must be greater than 0 and less than the rank {x.ndim}; got {ragged_rank}.")
    if lengths is not None and isinstance(lengths, (list, tuple)) and lengths and np.ndim(lengths[0]):
        return of_nested_lengths(x, lengths, dtype)
    if ragged_rank > 1:
        if lengths is not None or padding is not None:
            inner = from_tensor(merged_front(x, ragged_rank - 1), lengths, padding, 1, None, row_splits_dtype)
            return uniform_rows(inner, x.dims[:ragged_rank], dtype)
        return uniform_rows(merged_front(x, ragged_rank), x.dims[: ragged_rank + 1], dtype)
    if padding is not None:
        found = unpadded_lengths(x, padding, dtype)
    elif lengths is not None:
        found = np.clip(index_array(lengths, "lengths").astype(dtype), 0, x.dims[1])
        required(len(found) == x.dims[0], f"from_tensor: {len(found)} lengths for {x.dims[0]} rows")
    else:
        return uniform_rows(merged_front(x, 1), x.dims[:2], dtype)
    starts = np.arange(x.dims[0], dtype=dtype) * x.dims[1]
    values = take_values(merged_front(x, 1), spans(starts, found))
    return ragged(values, tensor_of(splits_of(found)))


def tensor_of(array: np.ndarray) -> Tensor:
    return tensor(array)


def merged_front(x: Any, count: int) -> Any:
    """The first count + 1 axes as one."""
    return reshape(x, (int(np.prod(x.dims[: count + 1], dtype=np.int64)), *x.dims[count + 1 :]))


def uniform_rows(values: Any, dims: Sequence[int], dtype: np.dtype) -> Any:
    """Values as rows of rows of these extents."""
    for k in range(len(dims) - 1, 0, -1):
        rows = int(np.prod(dims[:k], dtype=np.int64))
        values = ragged(values, tensor(np.arange(rows + 1, dtype=dtype) * dims[k]), dims[k])
    return values


def unpadded_lengths(x: Tensor, padding: Any, dtype: np.dtype) -> np.ndarray:
    pad = known(convert_to_tensor(padding, x.dtype))
    same = known(x) == pad
    if same.ndim > 2:
        same = same.all(axis=tuple(range(2, same.ndim)))
    other = ~same[:, ::-1]
    return (
        np.where(other.any(1), other.shape[1] - other.argmax(1), 0).astype(dtype)
        if other.shape[1]
        else np.zeros(len(other), dtype)
    )


def of_nested_lengths(x: Tensor, lengths: Sequence[Any], dtype: np.dtype) -> RaggedTensor:
    """Rows of rows: the lengths of those rows that are left, axis by axis."""
    numbers = np.arange(x.dims[0], dtype=dtype)
    flat, splits = x, []
    for each in lengths:
        found = np.clip(index_array(each, "lengths").astype(dtype), 0, flat.dims[1])
        required(len(found) == len(numbers), f"from_tensor: {len(found)} lengths for {len(numbers)} rows")
        splits.append(tensor(splits_of(found)))
        numbers = spans(numbers * flat.dims[1], found)
        flat = merged_front(flat, 1)
    return from_nested_row_splits(take_values(flat, numbers), splits)


def from_sparse(st_input: Any, name: str | None = None, row_splits_dtype: Any = "int64") -> RaggedTensor:
    """A sparse matrix whose rows are filled from the left.

    Raises:
        TypeError: no SparseTensor.
        ValueError: not of rank 2.
        InvalidArgumentError: gaps in a row.

    >>> tf.RaggedTensor.from_sparse(tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [5, 6, 7], [3, 2]))
    <tf.RaggedTensor [[5, 6], [], [7]]>
    """
    if not isinstance(st_input, SparseTensor):
        raise TypeError(f"Argument `st_input` must be of type SparseTensor, got {type(st_input).__name__}")
    if st_input.ndim != 2:
        raise ValueError(f"rank(st_input) must be 2, got {st_input.ndim}")
    rows, columns = st_input.places.T
    lengths = np.bincount(rows, minlength=st_input.extents[0]).astype(split_dtype(row_splits_dtype))
    right = np.array_equal(columns, spans(np.zeros_like(lengths), lengths)) and (np.diff(rows) >= 0).all()
    required(right, "SparseTensor is not right-ragged: the values of a row must stand at 0, 1, 2, …, row after row")
    return ragged(st_input.values, tensor(splits_of(lengths)))


MAKERS: tuple[Any, ...] = (
    from_row_splits, from_row_lengths, from_row_starts, from_row_limits, from_value_rowids, from_uniform_row_length,
    from_nested_row_splits, from_nested_row_lengths, from_nested_value_rowids, from_tensor, from_sparse,
)  # fmt: skip
for maker in MAKERS:
    setattr(RaggedTensor, maker.__name__, staticmethod(maker))


# -- tf.ragged.constant ------------------------------------------------------------------------------------------------------------
def ragged_constant(
    pylist: Any,
    dtype: Any = None,
    ragged_rank: Any = None,
    inner_shape: Any = None,
    name: str | None = None,
    row_splits_dtype: Any = "int64",
) -> Any:
    """A ragged tensor of nested lists.

    Args:
        ragged_rank: how many axes are ragged; one less than the nesting is deep, or what inner_shape leaves.
        inner_shape: of the uniform inner axes.

    Raises:
        ValueError: values at different depths, inner values of different shapes.

    >>> tf.ragged.constant([[1, 2], [], [3]])
    <tf.RaggedTensor [[1, 2], [], [3]]>
    """
    wanted, index = None if dtype is None else as_dtype(dtype), split_dtype(row_splits_dtype)
    rows = listed(pylist)
    if not isinstance(rows, list):
        if ragged_rank:
            raise ValueError(f"Invalid pylist={pylist!r}: incompatible with ragged_rank={ragged_rank}")
        if inner_shape:
            raise ValueError(f"Invalid pylist={pylist!r}: incompatible with dim(inner_shape)={len(inner_shape)}")
        return constant(rows, wanted)
    if ragged_rank is not None and ragged_rank < 0:
        raise ValueError(f"Invalid argument `ragged_rank`: must be nonnegative, got {ragged_rank}.")
    deepest, leaf = depths(rows)
    if leaf is not None and deepest is not None and leaf != deepest:
        raise ValueError(f"Invalid pylist={pylist!r:.200}: empty list nesting is greater than scalar value nesting")
    depth = max(leaf or 0, deepest or 0, list_depth(rows))
    inner_rank = None if inner_shape is None else len(tuple(inner_shape))
    if ragged_rank is None:
        ragged_rank = max(depth - 1, 0) if inner_rank is None else max(depth - 1 - inner_rank, 0)
    if leaf is not None and ragged_rank >= leaf:
        raise ValueError(f"Invalid pylist={pylist!r:.200}: pylist has scalar values depth {leaf}, but ragged_rank={ragged_rank}")
    splits = []
    for _ in range(ragged_rank):
        splits.append(tensor(splits_of(np.array([len(row) for row in rows], index))))
        rows = [x for row in rows for x in row]
    flat = flat_constant(rows, wanted, inner_shape, depth - ragged_rank - 1)
    return from_nested_row_splits(flat, splits, validate=False) if splits else flat


def flat_constant(rows: list[Any], dtype: Any, inner_shape: Any, inner_rank: int) -> Tensor:
    shape = None if inner_shape is None else (len(rows), *TensorShape(inner_shape))
    if not rows:
        return constant(np.zeros(shape or (0, *[0] * max(inner_rank, 0)), "float32" if dtype is None else dtype.numpy_dtype))
    out = constant(rows, dtype)
    if shape is not None and out.dims != shape:
        raise ValueError(f"Invalid pylist: the inner values have the shape {out.dims[1:]}, not inner_shape={inner_shape}")
    return out


def listed(value: Any) -> Any:
    """Lists all through: tuples and arrays become lists."""
    if isinstance(value, np.ndarray):
        return [listed(v) for v in value] if value.ndim else value[()]
    if isinstance(value, (list, tuple)):
        return [listed(v) for v in value]
    return value


def depths(value: Any) -> tuple[int | None, int | None]:
    """(the depth of the deepest value if values lie at several, else of all; the depth of the shallowest)."""
    found = sorted(set(leaf_depths(value, 0)))
    return (found[-1], found[0]) if found else (None, None)


def leaf_depths(value: Any, depth: int) -> list[int]:
    if not isinstance(value, list):
        return [depth]
    return [d for v in value for d in leaf_depths(v, depth + 1)]


def list_depth(value: Any) -> int:
    return 1 + max([list_depth(v) for v in value], default=0) if isinstance(value, list) else 0


__all__ = ["ragged_constant"]
