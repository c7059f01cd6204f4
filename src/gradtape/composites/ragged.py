"""RaggedTensor: rows of different lengths, as one tensor of values and the places where the rows end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ..core.composite import CompositeTensor
from ..core.context import library
from ..core.dtypes import DType, as_dtype
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ..core.tensor_spec import TensorSpec
from ..ops.basic import broadcast_to, reshape
from ..ops.pieces import concatenate, gather_axis
from .rows import known, places_in_rows, row_numbers, spans, split_dtype
from .sparse import SparseTensor


class RaggedTensor(CompositeTensor):
    """Rows of different lengths: `values` end to end, and `row_splits`, which say where each row begins and ends.

    Made by `tf.ragged.constant`, `tf.RaggedTensor.from_row_lengths` and their like. With ragged values the rows hold rows.
    Elementwise operations, reductions, `tf.concat`, `tf.gather` and others take them; gradients are ragged alike.

    >>> x = tf.ragged.constant([[1.0, 2.0], [], [3.0]])
    >>> x.values.numpy(), x.row_splits.numpy()
    (array([1., 2., 3.], dtype=float32), array([0, 2, 2, 3]))
    >>> tf.reduce_sum(x * 2.0, axis=1).numpy()
    array([6., 0., 6.], dtype=float32)
    """

    __slots__ = ("_splits", "_uniform", "_values")
    _values: Any
    _splits: Tensor
    _uniform: int | None

    def __init__(self, values: Any, row_partition: Any, internal: bool = False):
        raise ValueError(
            "RaggedTensor constructor is private; please use one of the factory methods instead "
            "(tf.RaggedTensor.from_row_lengths, from_row_splits, from_tensor, …, or tf.ragged.constant)."
        )

    # -- what it is made of ------------------------------------------------------------------------------------------
    @property
    def values(self) -> Any:
        """All rows end to end: a tensor, or a ragged one."""
        return self._values

    @property
    def flat_values(self) -> Tensor:
        """The innermost values."""
        return self._values.flat_values if isinstance(self._values, RaggedTensor) else self._values

    @property
    def row_splits(self) -> Tensor:
        return self._splits

    @property
    def splits(self) -> np.ndarray:
        return known(self._splits)

    @property
    def nested_row_splits(self) -> tuple[Tensor, ...]:
        """The splits of each ragged axis, the outermost first."""
        inner = self._values.nested_row_splits if isinstance(self._values, RaggedTensor) else ()
        return (self._splits, *inner)

    @property
    def ragged_rank(self) -> int:
        return len(self.nested_row_splits)

    @property
    def uniform_row_length(self) -> Tensor | None:
        return None if self._uniform is None else tensor(np.array(self._uniform, self.splits.dtype))

    @property
    def dtype(self) -> DType:
        return self._values.dtype

    @property
    def shape(self) -> TensorShape:
        """Of each axis the extent, None where rows differ."""
        return TensorShape([self.row_count, self._uniform, *self._values.shape[1:]])

    def get_shape(self) -> TensorShape:
        return self.shape

    @property
    def ndim(self) -> int:
        return 1 + len(self._values.shape)

    @property
    def row_count(self) -> int:
        return self._splits.dims[0] - 1

    @property
    def differentiated(self) -> Tensor:
        return self.flat_values

    def with_differentiated(self, values: Any) -> Any:
        return None if values is None else self.with_flat_values(convert_to_tensor(values))

    def components(self) -> list[Any]:
        return [self.flat_values, *self.nested_row_splits]

    def recomposed(self, components: Sequence[Any]) -> RaggedTensor:
        out, *splits = components
        for each in reversed(splits):
            out = ragged(out, each)
        return out

    @property
    def _type_spec(self) -> Any:
        return RaggedTensorSpec.from_value(self)

    # -- rows ----------------------------------------------------------------------------------------------------------
    def nrows(self, out_type: Any = None, name: str | None = None) -> Tensor:
        """How many rows there are."""
        return tensor(np.array(self.row_count, split_dtype(out_type or self._splits.dtype)))

    def row_starts(self, name: str | None = None) -> Tensor:
        return tensor(self.splits[:-1])

    def row_limits(self, name: str | None = None) -> Tensor:
        return tensor(self.splits[1:])

    def row_lengths(self, axis: Any = 1, name: str | None = None) -> Any:
        """The lengths of the rows along a ragged axis; ragged themselves where the axis lies deeper.

        >>> tf.ragged.constant([[1, 2], [], [3]]).row_lengths().numpy()
        array([2, 0, 1])
        """
        place = axis_of(axis, self.ndim, "row_lengths")
        if place == 0:
            return self.nrows()
        if place == 1:
            return tensor(np.diff(self.splits))
        if isinstance(self._values, RaggedTensor):
            return self.with_values(self._values.row_lengths(place - 1))
        extent = self._values.dims[place - 1]
        return self.with_values(tensor(np.full(self._values.dims[: place - 1], extent, self.splits.dtype)))

    def value_rowids(self, name: str | None = None) -> Tensor:
        """The number of the row of each value."""
        return tensor(row_numbers(self.splits))

    def nested_row_lengths(self, name: str | None = None) -> tuple[Tensor, ...]:
        return tuple([tensor(np.diff(known(s))) for s in self.nested_row_splits])

    def nested_value_rowids(self, name: str | None = None) -> tuple[Tensor, ...]:
        return tuple([tensor(row_numbers(known(s))) for s in self.nested_row_splits])

    def bounding_shape(self, axis: Any = None, name: str | None = None, out_type: Any = None) -> Tensor:
        """The shape of the tensor that `to_tensor` makes.

        >>> tf.ragged.constant([[1, 2], [3]]).bounding_shape().numpy()
        array([2, 2])
        """
        dims = np.array(self.bounds(), split_dtype(out_type or self._splits.dtype))
        return tensor(dims if axis is None else np.asarray(dims[np.asarray(axis)]))

    def bounds(self) -> list[int]:
        lengths = np.diff(self.splits)
        longest = int(lengths.max()) if len(lengths) else 0
        if self._uniform is not None:
            longest = self._uniform
        inner = self._values.bounds()[1:] if isinstance(self._values, RaggedTensor) else list(self._values.dims[1:])
        return [self.row_count, longest, *inner]

    # -- the same with something else --------------------------------------------------------------------------------------
    def with_values(self, new_values: Any) -> RaggedTensor:
        """The same rows of other values.

        Raises:
            ValueError: another number of values.
        """
        values = new_values if isinstance(new_values, RaggedTensor) else convert_to_tensor(new_values)
        if not values.shape.rank or values.shape[0] != self._values.shape[0]:
            raise ValueError(
                f"with_values: the rows hold {self._values.shape[0]} values, but new_values has the shape {values.shape}"
            )
        return ragged(values, self._splits, self._uniform)

    def with_flat_values(self, new_values: Any) -> RaggedTensor:
        """The same rows of other innermost values."""
        if isinstance(self._values, RaggedTensor):
            return ragged(self._values.with_flat_values(new_values), self._splits, self._uniform)
        return self.with_values(new_values)

    def with_row_splits_dtype(self, dtype: Any) -> RaggedTensor:
        """The same with splits of int32 or int64."""
        values = self._values.with_row_splits_dtype(dtype) if isinstance(self._values, RaggedTensor) else self._values
        return ragged(values, tensor(self.splits.astype(split_dtype(dtype))), self._uniform)

    @library
    def to_tensor(self, default_value: Any = None, name: str | None = None, shape: Any = None) -> Tensor:
        """A tensor with every row filled up to the longest.

        Args:
            default_value: what fills; 0 or the empty string.
            shape: cut or fill the axes to these extents, where they are not None.

        >>> tf.ragged.constant([[1, 2, 3], [4]]).to_tensor(-1).numpy()
        array([[ 1,  2,  3],
               [ 4, -1, -1]], dtype=int32)
        """
        return padded(self, default_value, None if shape is None else TensorShape(shape))

    def to_sparse(self, name: str | None = None) -> Any:
        """A SparseTensor with an index for each value.

        >>> tf.ragged.constant([[1, 2], [3]]).to_sparse().indices.numpy().tolist()
        [[0, 0], [0, 1], [1, 0]]
        """
        rank = self.ragged_rank
        bounds = self.bounds()
        if len(bounds) > rank + 1:
            raise ValueError("to_sparse: the inner values must be single numbers, not rows; merge_dims first")
        places, _ = places_of_values(self, bounds)
        indices = np.stack(np.unravel_index(places, bounds), 1).astype(np.int64)
        return SparseTensor(tensor(indices), self.flat_values, tensor(np.array(bounds, np.int64)))

    def merge_dims(self, outer_axis: Any, inner_axis: Any) -> Any:
        """The axes from `outer_axis` to `inner_axis` as one.

        >>> tf.ragged.constant([[[1, 2], [3]], [[4]]]).merge_dims(1, 2)
        <tf.RaggedTensor [[1, 2, 3], [4]]>
        """
        outer, inner = (axis_of(a, self.ndim, "merge_dims") for a in (outer_axis, inner_axis))
        if outer >= inner:
            if outer > inner:
                raise ValueError(f"Expected outer_axis ({outer_axis}) to be less than or equal to inner_axis ({inner_axis}).")
            return self
        return merged(self, outer, inner)

    def numpy(self) -> np.ndarray:
        """Arrays of rows, as an array of objects where their lengths differ."""
        values, limits = self._values.numpy(), self.splits.tolist()
        rows = [values[a:b] for a, b in pairwise(limits)]
        if len({len(row) for row in rows}) == 1:
            return np.stack(rows)
        out = np.empty(len(rows), object if rows else values.dtype)
        out[:] = rows
        return out

    def to_list(self) -> list[Any]:
        """Nested lists of Python values.

        >>> tf.ragged.constant([[1, 2], [], [3]]).to_list()
        [[1, 2], [], [3]]
        """
        values = self._values.to_list() if isinstance(self._values, RaggedTensor) else self._values.numpy().tolist()
        limits = self.splits.tolist()
        return [values[a:b] for a, b in pairwise(limits)]

    def consumers(self) -> list[Any]:
        return []

    # -- rows, as datasets take them -------------------------------------------------------------------------------------------
    def row_at(self, k: int) -> Any:
        start, stop = self.splits[k : k + 2].tolist()
        row = self._values[start:stop]
        return row if isinstance(row, RaggedTensor) else known(row)

    def rows_at(self, numbers: np.ndarray) -> RaggedTensor:
        return take_rows(self, numbers)

    # -- as Python uses it ---------------------------------------------------------------------------------------------------
    def __len__(self) -> int:
        return self.row_count

    def __iter__(self) -> Iterator[Any]:
        limits = self.splits.tolist()
        return (self._values[a:b] for a, b in pairwise(limits))

    def __repr__(self) -> str:
        if any(type(s.value) is not np.ndarray for s in self.components()):
            return f"<tf.RaggedTensor of values {self.flat_values!r}>"
        with np.printoptions(formatter={"all": text_of}):
            return f"<tf.RaggedTensor {text_of(self.numpy())}>"

    __str__ = __repr__

    def __reduce__(self) -> Any:
        return recomposed_ragged, (self.components(),)

    if TYPE_CHECKING:  # `ragged_index`, `ragged_operations` and `ragged_make` give these their meaning
        from_row_splits: Callable[..., RaggedTensor]
        from_row_lengths: Callable[..., RaggedTensor]
        from_row_starts: Callable[..., RaggedTensor]
        from_row_limits: Callable[..., RaggedTensor]
        from_value_rowids: Callable[..., RaggedTensor]
        from_uniform_row_length: Callable[..., RaggedTensor]
        from_nested_row_splits: Callable[..., RaggedTensor]
        from_nested_row_lengths: Callable[..., RaggedTensor]
        from_nested_value_rowids: Callable[..., RaggedTensor]
        from_tensor: Callable[..., RaggedTensor]
        from_sparse: Callable[..., RaggedTensor]


def ragged(values: Any, splits: Tensor, uniform: int | None = None) -> RaggedTensor:
    out = object.__new__(RaggedTensor)
    out._values, out._splits, out._uniform = values, splits, uniform
    return out


def recomposed_ragged(components: Sequence[Any]) -> RaggedTensor:
    return RaggedTensor.recomposed(object.__new__(RaggedTensor), components)


def axis_of(axis: Any, rank: int, op: str) -> int:
    place = int(axis)
    if not -rank <= place < rank:
        raise ValueError(f"{op}: axis={place} out of bounds: expected {-rank}<=axis<{rank}")
    return place % rank


def text_of(x: Any) -> str:
    """An array of rows as nested lists, as TensorFlow shows it."""
    if not isinstance(x, np.ndarray):
        return str(x)
    return np.array2string(x, separator=", ") if x.size else repr(x.tolist())


# -- rows picked out, filled up, merged -----------------------------------------------------------------------------------------
def take_rows(x: RaggedTensor, numbers: np.ndarray) -> RaggedTensor:
    """The rows of these numbers."""
    splits = x.splits
    starts, lengths = splits[:-1][numbers], np.diff(splits)[numbers]
    return of_lengths(take_values(x.values, spans(starts, lengths)), lengths)


def take_values(values: Any, places: np.ndarray) -> Any:
    return take_rows(values, places) if isinstance(values, RaggedTensor) else gather_axis(values, tensor(places))


def of_lengths(values: Any, lengths: np.ndarray, uniform: int | None = None) -> RaggedTensor:
    splits = np.zeros(len(lengths) + 1, lengths.dtype)
    np.cumsum(lengths, out=splits[1:])
    return ragged(values, tensor(splits), uniform)


def padded(x: RaggedTensor, default: Any, shape: TensorShape | None) -> Tensor:
    """Rows scattered into a tensor that is full of the default."""
    bounds = x.bounds()
    if shape is not None and shape.rank is not None:
        if shape.rank != len(bounds):
            raise ValueError(f"to_tensor: the shape {shape} has rank {shape.rank}, the ragged tensor {len(bounds)}")
        bounds = [b if n is None else n for b, n in zip(bounds, shape, strict=True)]
    rank = x.ragged_rank
    flat = x.flat_values
    if tuple(bounds[rank + 1 :]) != flat.dims[1:]:
        raise ValueError(f"to_tensor: the inner dimensions {list(flat.dims[1:])} cannot become {bounds[rank + 1 :]}")
    fill = filler(default, flat)
    places, kept = places_of_values(x, bounds[: rank + 1])
    total = int(np.prod(bounds[: rank + 1], dtype=np.int64))
    source = np.full(total, -1, np.int64)
    source[places] = kept
    extended = concatenate(flat, broadcast_to(fill, (1, *flat.dims[1:])), axis=0)
    source[source < 0] = flat.dims[0]
    return reshape(gather_axis(extended, tensor(source)), tuple(bounds))


def filler(default: Any, flat: Tensor) -> Tensor:
    if default is None:
        return tensor(np.array(b"" if flat.dtype.name == "string" else 0, flat.dtype.numpy_dtype))
    return convert_to_tensor(default, flat.dtype)


def places_of_values(x: RaggedTensor, bounds: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Where in a tensor of these outer extents each value lies, and which values lie inside."""
    parent = np.arange(x.row_count, dtype=np.int64)
    inside = parent < bounds[0]
    for splits, extent in zip(x.nested_row_splits, bounds[1:], strict=True):
        array = known(splits).astype(np.int64)
        rows, place = row_numbers(array), places_in_rows(array)
        parent, inside = parent[rows] * extent + place, inside[rows] & (place < extent)
    numbers = np.flatnonzero(inside)
    return parent[numbers], numbers


def merged(x: Any, outer: int, inner: int) -> Any:
    if not isinstance(x, RaggedTensor):
        dims = x.dims
        return reshape(x, (*dims[:outer], int(np.prod(dims[outer : inner + 1], dtype=np.int64)), *dims[inner + 1 :]))
    if outer > 0:
        if (outer == 1 and inner > 1) or (isinstance(x.values, RaggedTensor) and outer == 1):
            return joined_rows(x, inner)
        return x.with_values(merged(x.values, outer - 1, inner - 1))
    return x.values if inner == 1 else merged(x.values, 0, inner - 1)


def joined_rows(x: RaggedTensor, inner: int) -> RaggedTensor:
    """Axis 1 and the axes after it up to `inner` as one: the rows' own rows end to end."""
    splits = x.splits
    values = x.values
    for _ in range(inner - 1):
        if isinstance(values, RaggedTensor):
            splits, values = values.splits[splits], values.values
        else:
            extent = values.dims[1]
            splits = splits * extent
            values = reshape(values, (values.dims[0] * extent, *values.dims[2:]))
    return ragged(values, tensor(np.ascontiguousarray(splits)))


# -- specs ------------------------------------------------------------------------------------------------------------------------
class RaggedTensorSpec:
    """What is known of a ragged tensor: shape (None where rows differ), dtype, number of ragged axes.

    >>> tf.RaggedTensorSpec.from_value(tf.ragged.constant([[1], []]))
    RaggedTensorSpec(TensorShape([2, None]), tf.int32, 1, tf.int64)
    """

    __slots__ = ("_dtype", "_ragged_rank", "_shape", "_split_dtype")

    def __init__(
        self,
        shape: Any = None,
        dtype: Any = "float32",
        ragged_rank: Any = None,
        row_splits_dtype: Any = "int64",
        flat_values_spec: Any = None,
    ):
        if flat_values_spec is not None and not isinstance(flat_values_spec, TensorSpec):
            raise TypeError(f"flat_values_spec should be a tf.TensorSpec, got type of {type(flat_values_spec).__name__}")
        self._shape, self._dtype = TensorShape(shape), as_dtype(dtype if flat_values_spec is None else flat_values_spec.dtype)
        rank = self._shape.rank
        if ragged_rank is None:
            if rank is None:
                raise ValueError("Must specify ragged_rank or a shape of known rank.")
            ragged_rank = next((i for i in range(rank - 1, 0, -1) if self._shape[i] is None), 0)
        elif rank is not None and ragged_rank >= max(rank, 1):
            raise ValueError(f"Argument `ragged_rank` ({ragged_rank}) must be less than rank ({rank}).")
        self._ragged_rank = int(ragged_rank)
        self._split_dtype = as_dtype(row_splits_dtype)

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @property
    def dtype(self) -> DType:
        return self._dtype

    @property
    def ragged_rank(self) -> int:
        return self._ragged_rank

    @property
    def row_splits_dtype(self) -> DType:
        return self._split_dtype

    @property
    def flat_values_spec(self) -> None:
        return None

    @property
    def value_type(self) -> type:
        return RaggedTensor if self._ragged_rank else Tensor

    @classmethod
    def from_value(cls, value: Any) -> RaggedTensorSpec:
        """The spec of a ragged tensor."""
        shape = [None if d is None else d for d in value.shape]
        return cls(shape, value.dtype, value.ragged_rank, value.row_splits.dtype)

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Could a ragged tensor be of both?"""
        other = spec_or_value._type_spec if isinstance(spec_or_value, RaggedTensor) else spec_or_value
        return (
            isinstance(other, RaggedTensorSpec)
            and (self._dtype, self._ragged_rank, self._split_dtype) == (other._dtype, other._ragged_rank, other._split_dtype)
            and self._shape.is_compatible_with(other._shape)
        )

    def batched(self, extent: int | None) -> RaggedTensorSpec:
        shape = TensorShape([extent]).concatenate(self._shape)
        return RaggedTensorSpec(shape, self._dtype, self._ragged_rank + 1, self._split_dtype)

    def loosened(self) -> RaggedTensorSpec:
        """Any extents."""
        return RaggedTensorSpec([None] * (self._shape.rank or 0), self._dtype, self._ragged_rank, self._split_dtype)

    def unbatched(self) -> RaggedTensorSpec:
        return RaggedTensorSpec(self._shape[1:], self._dtype, max(self._ragged_rank - 1, 0), self._split_dtype)

    def _key(self) -> Any:
        shape = None if self._shape.rank is None else tuple(self._shape)
        return shape, self._dtype, self._ragged_rank, self._split_dtype

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RaggedTensorSpec) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"RaggedTensorSpec({self._shape!r}, {self._dtype!r}, {self._ragged_rank}, {self._split_dtype!r})"
