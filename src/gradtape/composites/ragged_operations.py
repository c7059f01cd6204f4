"""What operations mean on ragged tensors: elementwise ones, reductions, and TensorFlow's functions on rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.composite import no_tensor
from ..core.context import COMPOSITE
from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.primitive import REGISTRY, Primitive
from ..core.tensor import Tensor, convert_to_tensor, tensor, to_tensor
from ..ops import arithmetic, array, basic, counting, create, embedding, gathering, indexing, reduce, segment
from ..ops._arguments import axis_for, static
from ..ops.basic import cast
from ..ops.pieces import gather_axis
from .broadcast import elementwise
from .ragged import RaggedTensor, axis_of, of_lengths, ragged, take_rows, take_values
from .ragged_make import uniform_rows
from .rows import known, places_in_rows, row_numbers, spans, splits_of


def applied(primitive: Primitive, args: Sequence[Any], params: dict[str, Any]) -> Any:
    """An operation on ragged arguments."""
    name = primitive.name
    if name in REDUCTIONS:
        return reduced(name, args[0], params.get("axis"), params.get("keepdims", False))
    if name in FUNCTIONS:
        return FUNCTIONS[name](*args, **params)
    if primitive.elementwise or name in MAPPED:
        return elementwise(primitive.label, lambda *flat: primitive.function(*flat, **params), args)
    raise no_tensor(args, primitive.label)


MAPPED = {
    "select",
    "cast_inexact",
    "cast_discrete",
    "identity",
    "stop_gradient",
    "relu",
    "elu",
    "selu",
    "gelu",
    "softplus",
    "zmul",
}


# -- reductions --------------------------------------------------------------------------------------------------------------------
def least(x: Any, ids: Any, count: int) -> Any:
    return segment.unsorted_segment_min(x, ids, count)


def every(x: Any, ids: Any, count: int) -> Any:
    return cast(segment.unsorted_segment_min(cast(x, "int32"), ids, count), "bool")


def some(x: Any, ids: Any, count: int) -> Any:
    return basic.greater(segment.unsorted_segment_sum(cast(x, "int32"), ids, count), 0)


REDUCTIONS: dict[str, Callable[..., Any]] = {
    "reduce_sum": segment.unsorted_segment_sum,
    "reduce_prod": segment.unsorted_segment_prod,
    "reduce_max": segment.unsorted_segment_max,
    "reduce_min": least,
    "reduce_all": every,
    "reduce_any": some,
    "reduce_mean": None,  # type: ignore[dict-item]  # a quotient of sums
}


def reduced(name: str, x: RaggedTensor, axis: Any, keepdims: bool) -> Any:
    """A reduction over some axes, or all."""
    places = axes_of(axis, x.ndim, name)
    if name == "reduce_mean":
        return quotient(x, places, keepdims)
    if len(places) == x.ndim:
        return REGISTRY[name].function(x.flat_values, None, keepdims)
    return along(name, x, places, keepdims)


def axes_of(axis: Any, rank: int, op: str) -> list[int]:
    axis = static(axis)
    if axis is None:
        return list(range(rank))
    return sorted({axis_of(a, rank, op) for a in (axis if isinstance(axis, (list, tuple)) else [axis])})


def along(name: str, x: Any, places: Sequence[int], keepdims: bool) -> Any:
    """One axis after the other, the innermost first, so that the others keep their numbers."""
    for place in reversed(places):
        x = one_axis(name, x, place)
        if keepdims:
            x = array.expand_dims(x, place)
    return x


def one_axis(name: str, x: Any, axis: int) -> Any:
    if not isinstance(x, RaggedTensor):
        return REGISTRY[name].function(x, axis)
    rank = x.ragged_rank
    if axis > rank:
        return x.with_flat_values(REGISTRY[name].function(x.flat_values, axis - rank))
    if axis > 1:
        return x.with_values(one_axis(name, x.values, axis - 1))
    reduce_rows = REDUCTIONS[name]
    if axis == 1:
        if isinstance(x.values, RaggedTensor):
            return across(reduce_rows, x.values, row_numbers(x.splits), x.row_count)
        return reduce_rows(x.values, tensor(row_numbers(x.splits)), x.row_count)
    longest = int(np.diff(x.splits).max(initial=0))
    places = places_in_rows(x.splits)
    if isinstance(x.values, RaggedTensor):
        return across(reduce_rows, x.values, places, longest)
    return reduce_rows(x.values, tensor(places), longest)


def across(reduce_rows: Callable[..., Any], x: RaggedTensor, groups: np.ndarray, count: int) -> Any:
    """Rows of equal group on top of each other: the result has the length of the longest of each group."""
    splits = x.splits
    longest = np.zeros(count, splits.dtype)
    np.maximum.at(longest, groups, np.diff(splits))
    starts = splits_of(longest)
    inner = starts[:-1][groups][row_numbers(splits)] + places_in_rows(splits)
    total = int(starts[-1])
    if isinstance(x.values, RaggedTensor):
        return of_lengths(across(reduce_rows, x.values, inner, total), longest)
    return of_lengths(reduce_rows(x.values, tensor(inner), total), longest)


def quotient(x: RaggedTensor, places: Sequence[int], keepdims: bool) -> Any:
    """The mean: the sum by the number of values."""
    if len(places) == x.ndim:
        return reduce.reduce_mean(x.flat_values, None, keepdims)
    ones = x.with_flat_values(create.ones_like(x.flat_values))
    return basic.divide(along("reduce_sum", x, places, keepdims), along("reduce_sum", ones, places, keepdims))


def variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    x = input_tensor
    if axis is None:
        return reduce.reduce_variance(x.flat_values, None, keepdims)
    away = x - REGISTRY["reduce_mean"].function(x, axis, True)
    return REGISTRY["reduce_mean"].function(away * away, axis, keepdims)


def deviation(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    return REGISTRY["sqrt"].function(variance(input_tensor, axis, keepdims))


# -- putting together -----------------------------------------------------------------------------------------------------------------
def as_ragged(x: Any, rank: int) -> RaggedTensor:
    """With at least so many ragged axes."""
    if not isinstance(x, RaggedTensor):
        x = to_tensor(x)
        return RaggedTensor.from_tensor(x, ragged_rank=rank)
    if x.ragged_rank < rank:
        inner = x.flat_values
        return x.with_flat_values(as_ragged(inner, rank - x.ragged_rank))
    return x


def concat(values: Any, axis: Any, name: str | None = "concat") -> Any:
    """Ragged tensors end to end along an axis."""
    parts = list(values)
    rank = max([p.ndim for p in parts if isinstance(p, RaggedTensor)])
    like = next(p for p in parts if isinstance(p, RaggedTensor)).dtype
    parts = [p if isinstance(p, RaggedTensor) else convert_to_tensor(p, dtype_hint=like) for p in parts]
    if any([len(p.shape) != rank for p in parts]):
        raise ValueError(f"concat: the ranks differ: {[len(p.shape) for p in parts]}")
    return concatenated(parts, axis_of(static(axis), rank, "concat"))


def concatenated(parts: list[Any], axis: int) -> Any:
    if not any([isinstance(p, RaggedTensor) for p in parts]):
        return array.concat(parts, axis)
    depth = max([p.ragged_rank for p in parts if isinstance(p, RaggedTensor)])
    rows = [as_ragged(p, max(depth, 1)) for p in parts]
    values = concatenated([r.values for r in rows], 0)
    if axis == 0:
        return of_lengths(values, np.concatenate([np.diff(r.splits) for r in rows]))
    counts = {r.row_count for r in rows}
    if len(counts) > 1:
        raise invalid("concat", f"concat: Input tensors have incompatible shapes: {sorted(counts)} rows")
    if axis == 1:
        starts = np.cumsum([0, *[r.values.shape[0] for r in rows[:-1]]])
        lengths = np.stack([np.diff(r.splits) for r in rows], 1)
        firsts = np.stack([r.splits[:-1] + s for r, s in zip(rows, starts, strict=True)], 1)
        return of_lengths(take_values(values, spans(firsts.ravel(), lengths.ravel())), lengths.sum(1))
    if any([not np.array_equal(r.splits, rows[0].splits) for r in rows]):
        raise invalid("concat", "concat: the rows of the tensors have different lengths")
    return rows[0].with_values(concatenated([r.values for r in rows], axis - 1))


def stack(values: Any, axis: int = 0, name: str | None = "stack") -> Any:
    """Ragged tensors as the rows of another."""
    if isinstance(values, RaggedTensor):
        return values if axis == 0 else stack(list(values), axis)
    return stack_rows([v if isinstance(v, RaggedTensor) else convert_to_tensor(v) for v in values], axis)


def stack_rows(parts: list[Any], axis: int) -> Any:
    """Tensors and ragged ones beside each other along a new axis; their lengths may differ."""
    rank = len(parts[0].shape)
    if any([len(p.shape) != rank for p in parts]):
        raise ValueError(f"stack: the ranks differ: {[len(p.shape) for p in parts]}")
    place = axis_of(axis, rank + 1, "stack")
    if not rank or (place and not any([isinstance(p, RaggedTensor) for p in parts])):
        return array.stack(parts, place)
    if place == 0:
        index = np.int64 if any([isinstance(p, RaggedTensor) for p in parts]) else np.int32
        return of_lengths(concatenated(parts, 0), np.array([p.shape[0] for p in parts], index))
    return concatenated([expand_dims(p, place) for p in parts], place)


def expand_dims(input: Any, axis: Any, name: str | None = None) -> Any:
    x, place = input, axis_of(static(axis), len(input.shape) + 1, "expand_dims")
    if not isinstance(x, RaggedTensor):
        return array.expand_dims(x, place)
    if place == 0:
        return ragged(x, tensor(np.array([0, x.row_count], x.splits.dtype)), x.row_count)
    if place == 1:
        return ragged(x, tensor(np.arange(x.row_count + 1, dtype=x.splits.dtype)), 1)
    return x.with_values(expand_dims(x.values, place - 1))


def squeeze(input: Any, axis: Any = None, name: str | None = None) -> Any:
    if axis is None:
        raise ValueError("squeeze: a ragged tensor needs the axis")
    x, places = input, axes_of(axis, len(input.shape), "squeeze")
    for place in reversed(places):
        x = squeezed(x, place)
    return x


def squeezed(x: Any, place: int) -> Any:
    if not isinstance(x, RaggedTensor):
        return array.squeeze(x, place)
    if place == 0:
        if x.row_count != 1:
            raise invalid("squeeze", f"squeeze: Can not squeeze dim[0], expected a dimension of 1, got {x.row_count}")
        return x.values
    if place == 1:
        if not (np.diff(x.splits) == 1).all():
            raise invalid("squeeze", "squeeze: Can not squeeze dim[1], expected rows of one value each")
        return x.values
    return x.with_values(squeezed(x.values, place - 1))


def tile(input: Any, multiples: Any, **_: Any) -> Any:
    x = input
    for axis, count in enumerate(static(multiples)):
        if count != 1:
            x = concatenated([x] * count, axis) if count else empty_along(x, axis)
    return x


def empty_along(x: Any, axis: int) -> Any:
    return x[(*[slice(None)] * axis, slice(0, 0))]


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Any:
    x = tensor
    for place in axes_of(axis, x.ndim, "reverse"):
        x = x[(*[slice(None)] * place, slice(None, None, -1))]
    return x


# -- picking out -------------------------------------------------------------------------------------------------------------------------
def gather(
    params: Any,
    indices: Any,
    validate_indices: bool | None = None,
    axis: Any = None,
    batch_dims: int = 0,
    name: str | None = None,
) -> Any:
    """Rows of a tensor or ragged tensor by number; with ragged indices the result is ragged in the same way."""
    if isinstance(indices, RaggedTensor) and not batch_dims:
        flat = indices.flat_values
        return indices.with_flat_values(gather(params, flat, axis=axis))
    if not isinstance(params, RaggedTensor) and not isinstance(indices, RaggedTensor):
        return gathering.gather(params, indices, axis=axis, batch_dims=batch_dims)
    if batch_dims:
        return gather_in_rows(params, indices, int(batch_dims))
    place = 0 if axis is None else axis_for(axis, params.ndim, "gather")
    numbers = convert_to_tensor(indices)
    if place:
        return params.with_values(gather(params.values, indices, axis=place - 1)) if place > 1 else each_row(params, numbers)
    picked = known(numbers)
    count = params.row_count
    if picked.size and (picked.min() < 0 or picked.max() >= count):
        bad = picked[(picked < 0) | (picked >= count)][0]
        raise invalid("gather", f"gather: indices hold {bad}, which is not in [0, {count})")
    if picked.ndim == 0:
        return params[int(picked)]
    rows = take_rows(params, picked.ravel())
    return uniform_rows(rows, picked.shape, params.splits.dtype)


def each_row(params: RaggedTensor, numbers: Tensor) -> Any:
    """The same places of each row."""
    chosen = np.broadcast_to(known(numbers).ravel(), (params.row_count, known(numbers).size))
    return gather_in_rows(params, tensor(np.ascontiguousarray(chosen)), 1)


def gather_in_rows(params: Any, indices: Any, batch: int) -> Any:
    """Of each row the places that its own row of indices says."""
    if batch > 1:
        x, i = as_ragged(params, batch), as_ragged(indices, batch - 1)
        return i.with_values(gather_in_rows(x.values, i.values, batch - 1))
    x, i = as_ragged(params, 1), as_ragged(indices, 1)
    flat = known(i.values).astype(np.int64)
    rows = row_numbers(i.splits)
    lengths = np.diff(x.splits)[rows]
    if ((flat < 0) | (flat >= lengths)).any():
        bad = int(flat[(flat < 0) | (flat >= lengths)][0])
        raise invalid("gather", f"gather: indices hold {bad}, which is outside its row")
    return i.with_values(take_values(x.values, x.splits[:-1][rows] + flat))


def gather_nd(params: Any, indices: Any, batch_dims: int = 0, name: str | None = None, bad_indices_policy: str = "") -> Any:
    if isinstance(indices, RaggedTensor):
        return indices.with_flat_values(gather_nd(params, indices.flat_values, batch_dims))
    if batch_dims:
        raise ValueError("gather_nd: batch_dims is not for ragged params; write tf.gather with batch_dims")
    vectors = known(convert_to_tensor(indices))
    picked = [params[tuple(v)] for v in vectors.reshape(-1, vectors.shape[-1]).tolist()]
    if not any([isinstance(p, RaggedTensor) or p.ndim for p in picked]):
        return array.stack(picked)
    return stack(picked).with_row_splits_dtype(params.row_splits.dtype)


def boolean_mask(tensor: Any, mask: Any, axis: Any = None, name: str = "boolean_mask") -> Any:
    return masked(tensor, mask)


def masked(data: Any, mask: Any) -> Any:
    """The values where the mask holds; the rows that the mask has remain."""
    m: Any = mask if isinstance(mask, RaggedTensor) else convert_to_tensor(mask)
    if m.dtype.name != "bool":
        raise TypeError(f"boolean_mask: mask must have dtype bool, got {m.dtype.name}")
    if not isinstance(data, RaggedTensor):
        data = convert_to_tensor(data)
    rank = len(m.shape)
    if not rank:
        raise ValueError("mask cannot be scalar.")
    if rank == 1:
        numbers = np.flatnonzero(known(m))
        if len(known(m)) != data.shape[0]:
            raise invalid("boolean_mask", f"boolean_mask: the mask has {m.shape[0]} entries for {data.shape[0]} rows")
        return take_values(data, numbers)
    rows, marks = as_ragged(data, rank - 1), as_ragged(m, rank - 1)
    if not np.array_equal(rows.splits, marks.splits):
        raise invalid("boolean_mask", "boolean_mask: data and mask have rows of different lengths")
    kept = masked(rows.values, marks.values)
    if isinstance(marks.values, RaggedTensor):
        return rows.with_values(kept)
    held = np.zeros(rows.row_count, rows.splits.dtype)
    np.add.at(held, row_numbers(rows.splits), known(marks.values).astype(held.dtype))
    return of_lengths(kept, held)


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Any:
    if x is None and y is None:
        marks = known(condition.flat_values)
        places = condition.with_flat_values(tensor(np.arange(len(marks)))).to_sparse()
        return gather_axis(places.indices, tensor(np.flatnonzero(marks)))
    return elementwise("where", indexing.where, (condition, x, y))


def one_hot(indices: Any, *args: Any, **kwargs: Any) -> Any:
    return indices.with_flat_values(create.one_hot(indices.flat_values, *args, **kwargs))


def embedded(params: Any, ids: Any, max_norm: Any = None, name: str | None = None) -> Any:
    return ids.with_flat_values(embedding.embedding_lookup(params, ids.flat_values, max_norm))


def likes(function: Callable[..., Any]) -> Callable[..., Any]:
    def like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Any:
        return input.with_flat_values(function(input.flat_values, dtype))

    return like


def size(input: Any, out_type: Any = None, name: str | None = None) -> Any:
    return create.size(input.flat_values, out_type)


def rank(input: Any, name: str | None = None) -> Any:
    return tensor(np.array(input.ndim, np.int32))


def cast_ragged(x: Any, dtype: Any, name: str | None = None) -> Any:
    return x.with_differentiated(cast(x.differentiated, as_dtype(dtype)))


def unstack(value: Any, num: int | None = None, axis: int = 0, name: str | None = "unstack") -> list[Any]:
    if axis:
        raise ValueError("unstack: a ragged tensor is taken apart along axis 0")
    return list(value)


def ragged_softmax(logits: Any, axis: Any = None, name: str | None = None) -> Any:
    x = logits
    if axis is not None and axis_of(axis, x.ndim, "softmax") != x.ndim - 1:
        raise ValueError("softmax: of a ragged tensor along the last axis only")
    shifted = REGISTRY["exp"].function(x - basic.stop_gradient(reduced("reduce_max", x, -1, True)))
    return shifted / reduced("reduce_sum", shifted, -1, True)


def bincount(
    arr: Any,
    weights: Any = None,
    minlength: Any = None,
    maxlength: Any = None,
    dtype: Any = "int32",
    name: str | None = None,
    axis: int | None = None,
    binary_output: bool = False,
) -> Any:
    if axis != -1:
        flat = None if weights is None else weights.flat_values
        return counting.bincount(arr.flat_values, flat, minlength, maxlength, dtype, axis=axis, binary_output=binary_output)
    numbers, rows = known(arr.values, "bincount").astype(np.int64), row_numbers(arr.splits)
    if (numbers < 0).any():
        raise invalid("bincount", "bincount: Input must be non-negative")
    extent = max(int(numbers.max(initial=-1)) + 1, int(static(minlength) or 0))
    extent = extent if maxlength is None else min(extent, int(static(maxlength)))
    kept = np.flatnonzero(numbers < extent)
    places = tensor(rows[kept] * extent + numbers[kept])
    amounts = create.ones_like(arr.values, as_dtype(dtype)) if weights is None else weights.values
    total = segment.unsorted_segment_sum(gather_axis(amounts, tensor(kept)), places, arr.row_count * extent)
    out = basic.reshape(total, (arr.row_count, extent))
    return arithmetic.minimum(out, 1) if binary_output else out


def restacked(function: Callable[..., Any]) -> Callable[..., Any]:
    """A segment function of ragged data is that of rows on top of each other."""

    def segments(data: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None) -> Any:
        ids = segment_ids.flat_values if isinstance(segment_ids, RaggedTensor) else segment_ids
        if isinstance(segment_ids, RaggedTensor):
            return function(data.flat_values, ids, num_segments)
        return across(function, data, known(convert_to_tensor(ids)), int(num_segments))

    return segments


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "tile": tile,
    "softmax": ragged_softmax,
    "reduce_variance": variance,
    "reduce_std": deviation,
}
BY_NAME = {
    array.concat: concat, array.stack: stack, array.expand_dims: expand_dims, array.squeeze: squeeze, array.reverse: reverse,
    array.unstack: unstack, gathering.gather: gather, gathering.gather_nd: gather_nd, indexing.boolean_mask: boolean_mask,
    indexing.where: where, create.one_hot: one_hot, create.size: size, create.rank: rank, embedding.embedding_lookup: embedded,
    counting.bincount: bincount, create.zeros_like: likes(create.zeros_like), create.ones_like: likes(create.ones_like), basic.cast: cast_ragged,
    segment.unsorted_segment_sum: restacked(segment.unsorted_segment_sum),
    segment.unsorted_segment_mean: restacked(segment.unsorted_segment_mean), segment.unsorted_segment_max:
    restacked(segment.unsorted_segment_max), segment.unsorted_segment_min: restacked(segment.unsorted_segment_min),
}  # fmt: skip
COMPOSITE.update({function.__wrapped__: meaning for function, meaning in BY_NAME.items()})
RaggedTensor.applied = staticmethod(applied)
RaggedTensor.stacked = staticmethod(lambda parts: stack_rows(list(parts), 0))
__all__ = ["REDUCTIONS", "applied", "concatenated", "masked", "ragged_softmax", "stack", "stack_rows"]
