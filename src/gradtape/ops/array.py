"""Layer 2: TensorFlow's functions that move values about: pad, reverse, repeat, stack, split, concat and their like.

All are composites of `basic`, `pieces` and `moves`.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, is_one
from ..core.tensor import Tensor, tensor, to_tensor
from ._arguments import axis_for, axis_within, extents, integers, operand, operands, rank_of, static
from .basic import broadcast_to, conj, identity, permute, reshape, select
from .moves import inverse_order, mirror_pad, padded_shape, split_at, unpack
from .pieces import FULL, concatenate, embed, gather_axis, index, pack, to_slices


# -- padding ------------------------------------------------------------------------------------------------------
@library
def pad(tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0, name: str | None = None) -> Tensor:
    """The tensor with `paddings[i] = (before, after)` more elements at both ends of axis i.

    Args:
        mode: "CONSTANT" (they are `constant_values`), "REFLECT" (mirrored, without the outermost), "SYMMETRIC" (mirrored).

    Raises:
        ValueError: another mode.
        InvalidArgumentError: not one pair an axis, negative numbers, borders larger than what they mirror.

    >>> tf.pad(tf.constant([1, 2, 3]), [[2, 1]]).numpy()
    array([0, 0, 1, 2, 3, 0], dtype=int32)
    >>> tf.pad(tf.constant([1, 2, 3]), [[2, 1]], "REFLECT").numpy()
    array([3, 2, 1, 2, 3, 2], dtype=int32)
    """
    x = operand(tensor)
    pairs = padding_pairs(paddings, x.ndim)
    kind = str(mode).upper()
    if kind in ("REFLECT", "SYMMETRIC"):
        return mirror_pad(x, paddings=pairs, skip=int(kind == "REFLECT"))
    if kind != "CONSTANT":
        raise ValueError(f'pad: mode must be "CONSTANT", "REFLECT" or "SYMMETRIC", got {mode!r}')
    key = tuple([(before, -after if after else None, 1) for before, after in pairs])
    out = embed(x, key=key, shape=padded_shape(x.dims, pairs))
    if type(constant_values) in (int, float) and constant_values == 0 and x.dtype.numpy_dtype.kind != "O":
        return out
    if x.dtype.numpy_dtype.kind == "O" and type(constant_values) is int:
        constant_values = ""
    return select(block_mask(out.dims, key), out, constant_values)


def block_mask(dims: tuple[Any, ...], key: tuple[Any, ...]) -> Tensor:
    """Where a block lies in a larger array."""
    inside = np.zeros(dims, bool)
    inside[to_slices(key)] = True
    return tensor(inside)


def padding_pairs(paddings: Any, rank: int) -> tuple[Any, ...]:
    rows = [
        r if isinstance(r, (list, tuple)) else static(r)
        for r in (paddings if isinstance(paddings, (list, tuple)) else static(paddings))
    ]
    if any(rank_of(r) != 1 or len(r) != 2 for r in rows) or (not rows and np.shape(paddings) != (0, 2)):
        raise invalid("pad", f"pad: paddings must be a matrix with 2 columns, got {paddings!r}")
    pairs = tuple([integers(r, "pad", "paddings") for r in rows])
    if len(pairs) != rank:
        raise invalid(
            "pad", f"pad: The first dimension of paddings must be the rank of inputs: {len(pairs)} pairs for rank {rank}"
        )
    if any(not isinstance(n, Dim) and n < 0 for pair in pairs for n in pair):
        raise invalid("pad", f"pad: Paddings must be non-negative: {[list(p) for p in pairs]}")
    return pairs


# -- reversing, repeating ---------------------------------------------------------------------------------------------
@library
def reverse(tensor: Any, axis: Any, name: str | None = None) -> Tensor:
    """The tensor with the order along the given axes turned round.

    Raises:
        InvalidArgumentError: axes that are no list, that the tensor does not have, or named twice.

    >>> tf.reverse(tf.constant([[1, 2], [3, 4]]), [0]).numpy()
    array([[3, 4],
           [1, 2]], dtype=int32)
    """
    x = operand(tensor)
    if not rank_of(axis):
        raise invalid("reverse", f"reverse: axis must be a list of axes, not the single {axis!r}")
    axes = [axis_within(i, x.ndim, "reverse") for i in integers(axis, "reverse", "axis")]
    for i in axes:
        if axes.count(i) > 1:
            raise invalid("reverse", f"reverse: axis {i} specified more than once.")
    return index(x, tuple([(None, None, -1) if i in axes else FULL for i in range(x.ndim)]))


@library
def repeat(input: Any, repeats: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """Each element `repeats` times (one number, or one for each place along the axis); without an axis, of the flat tensor.

    Raises:
        ValueError: as many repeats as there are places are not given; an axis that the tensor does not have.
        InvalidArgumentError: a negative number of repeats.

    >>> tf.repeat(tf.constant([[1, 2], [3, 4]]), [1, 2], axis=0).numpy()
    array([[1, 2],
           [3, 4],
           [3, 4]], dtype=int32)
    """
    x = operand(input)
    if axis is None:
        x, axis = reshape(x, (-1,)), 0
    rank = x.ndim
    axis = operator.index(axis)
    if not -rank <= axis < rank:
        raise ValueError(f"repeat: axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
    axis %= rank
    counts = integers(repeats, "repeat", "repeats")
    if any(not isinstance(n, Dim) and n < 0 for n in counts):
        raise invalid("repeat", f"repeat: Expected repeats >= 0, but got {list(counts)}")
    if len(counts) == 1:
        return repeated(x, counts[0], axis)
    n = x.dims[axis]
    if len(counts) != n:
        raise ValueError(
            f"repeat: Dimensions {n} and {len(counts)} are not compatible: repeats needs one number for each of the {n} places "
            f"along axis {axis}"
        )
    places = tensor(np.repeat(np.arange(n), counts))
    return gather_axis(reshape(x, x.dims), places, axis)  # through reshape, so that a variable's gradient is dense


def repeated(x: Any, count: Any, axis: int) -> Tensor:
    dims = x.dims
    spread = broadcast_to(reshape(x, (*dims[: axis + 1], 1, *dims[axis + 1 :])), (*dims[: axis + 1], count, *dims[axis + 1 :]))
    return reshape(spread, (*dims[:axis], dims[axis] * count, *dims[axis + 1 :]))


# -- axes ---------------------------------------------------------------------------------------------------------
@library
def expand_dims(input: Any, axis: Any, name: str | None = None) -> Tensor:
    """The input with a new axis of extent 1 at `axis`.

    Raises:
        InvalidArgumentError: an axis outside [-rank - 1, rank].

    >>> tf.expand_dims(tf.constant([1, 2]), -1).shape
    TensorShape([2, 1])
    """
    x = operand(input)
    rank = x.ndim
    if type(axis) is not int:
        axis = single_axis(axis)
    if not -rank - 1 <= axis <= rank:
        raise invalid("expand_dims", f"expand_dims: Tried to expand dim index {axis} for tensor with {rank} dimensions.")
    place = axis + rank + 1 if axis < 0 else axis
    return reshape(x, (*x.dims[:place], 1, *x.dims[place:]))


def single_axis(axis: Any) -> int:
    if axis is None:
        raise ValueError("expand_dims: axis must be given (got None)")
    found = extents(axis, "expand_dims", "axis")
    if len(found) != 1:
        raise invalid("expand_dims", f"expand_dims: axis must be a single value, got {axis!r}")
    return found[0]


@library
def squeeze(input: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """The input without its axes of extent 1, or without those named.

    Raises:
        InvalidArgumentError: a named axis whose extent is not 1, or that does not exist.

    >>> tf.squeeze(tf.ones([1, 2, 1]), 0).shape
    TensorShape([2, 1])
    """
    x = operand(input)
    dims = x.dims
    named = () if axis is None else integers(axis, "squeeze", "axis")
    for i in named:
        if not -len(dims) <= i < len(dims):
            raise invalid("squeeze", f"squeeze: Tried to squeeze dim index {i} for tensor with {len(dims)} dimensions.")
        if not is_one(dims[i]):
            raise invalid("squeeze", f"squeeze: Can not squeeze dim[{i}], expected a dimension of 1, got {dims[i]}")
    gone = {i % len(dims) for i in named} if named else {i for i, n in enumerate(dims) if is_one(n)}
    return reshape(x, tuple([n for i, n in enumerate(dims) if i not in gone]))


@library
def transpose(a: Any, perm: Any = None, conjugate: bool = False, name: str | None = "transpose") -> Tensor:
    """The axes in the order `perm` (reversed, where none is given); complex values conjugated where asked.

    Raises:
        InvalidArgumentError: perm is no permutation of the axes.

    >>> tf.transpose(tf.constant([[1, 2, 3], [4, 5, 6]])).numpy()
    array([[1, 4],
           [2, 5],
           [3, 6]], dtype=int32)
    """
    out = permute(a, perm)
    return conj(out) if conjugate and out.kind == "c" else out


# -- putting together, taking apart -----------------------------------------------------------------------------------
@library
def stack(values: Any, axis: int = 0, name: str | None = "stack") -> Tensor:
    """The values side by side along a new axis.

    Raises:
        ValueError: an axis outside [-rank - 1, rank].
        InvalidArgumentError: different shapes or dtypes.

    >>> tf.stack([tf.constant([1, 2]), tf.constant([3, 4])], axis=1).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    if isinstance(values, Tensor):
        if axis == 0:
            return values
        values = unstack(values)
    entries = operands(values)
    return pack(*entries, axis=place_of(axis, entries[0].ndim + 1)) if entries else to_tensor([])


def place_of(axis: Any, places: int) -> int:
    place = operator.index(axis)
    if not -places <= place < places:
        raise ValueError(f"Argument `axis` = {place} not in range [{-places}, {places})")
    return place % places


@library
def unstack(value: Any, num: int | None = None, axis: int = 0, name: str | None = "unstack") -> list[Tensor]:
    """The slices of the value along an axis, as a list.

    Raises:
        ValueError: an axis that the value does not have; an extent that is not known yet, and `num` not given.
        InvalidArgumentError: `num` is not the extent.

    >>> [t.numpy().tolist() for t in tf.unstack(tf.constant([[1, 2], [3, 4]]))]
    [[1, 2], [3, 4]]
    """
    x = operand(value)
    rank = x.ndim
    if not -rank <= axis < rank:
        raise ValueError(f"unstack: Argument `axis` = {axis} not in range [{-rank}, {rank})")
    n = x.dims[axis]
    if num is None and isinstance(n, Dim):
        raise ValueError(f"unstack: the extent of axis {axis} is not known yet; give num")
    if num is not None and not isinstance(n, Dim) and num != n:
        raise invalid("unstack", f"unstack: Input shape axis {axis} must equal {num}, got shape {list(x.dims)}")
    return list(unpack(x, count=n if num is None else num, axis=axis % rank))


@library
def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str | None = "split") -> list[Tensor]:
    """The value cut along an axis: into so many equal pieces, or into pieces of these sizes (one may be -1: the rest).

    Raises:
        InvalidArgumentError: an extent that does not divide evenly, sizes that do not add up, no such axis.
        ValueError: what is neither a number nor a list of sizes.

    >>> [t.numpy().tolist() for t in tf.split(tf.constant([1, 2, 3, 4]), [1, -1])]
    [[1], [2, 3, 4]]
    """
    x = operand(value)
    axis = axis_for(axis, x.ndim, "split")
    n = x.dims[axis]
    given = static(num_or_size_splits)
    if isinstance(given, (int, np.integer)):
        return list(split_at(x, sizes=equal_sizes(n, int(given), axis), axis=axis))
    if not isinstance(given, (list, tuple)):
        raise ValueError(f"split: num_or_size_splits must be an integer or a list of sizes, got {num_or_size_splits!r}")
    return list(split_at(x, sizes=listed_sizes(n, integers(given, "split", "num_or_size_splits"), axis, num), axis=axis))


def equal_sizes(n: Any, count: int, axis: int) -> tuple[Any, ...]:
    if count < 1:
        raise invalid("split", f"split: num_or_size_splits must be at least 1, got {count}")
    if not isinstance(n, Dim) and n % count:
        raise invalid(
            "split",
            f"split: Number of ways to split should evenly divide the split dimension, but axis {axis} has the extent {n} "
            f"and num_split is {count}",
        )
    return (n // count,) * count


def listed_sizes(n: Any, sizes: tuple[Any, ...], axis: int, num: int | None) -> tuple[Any, ...]:
    if num is not None and num != len(sizes):
        raise invalid(
            "split",
            f"split: size of the split_tensor must be 1-D and have the same elements as outputs, got {len(sizes)} sizes and "
            f"num={num}",
        )
    rest = [i for i, s in enumerate(sizes) if not isinstance(s, Dim) and s == -1]
    if len(rest) > 1:
        raise invalid("split", "split: There can only be one -1 in the input.")
    total = sum([s for i, s in enumerate(sizes) if i not in rest])
    known = not isinstance(n, Dim) and not isinstance(total, Dim)
    if any(not isinstance(s, Dim) and s < -1 for s in sizes) or (known and (total > n if rest else total != n)):
        raise invalid(
            "split",
            f"split: Determined shape must either match input shape along split_dim exactly if fully specified, or be less "
            f"than it if not: the sizes {list(sizes)} for axis {axis} of extent {n}",
        )
    return tuple([n - total if i in rest else s for i, s in enumerate(sizes)])


@library
def concat(values: Any, axis: Any, name: str | None = "concat") -> Tensor:
    """The values end to end along an existing axis.

    Raises:
        InvalidArgumentError: shapes that differ elsewhere, different dtypes, scalars, no such axis.

    >>> tf.concat([tf.constant([[1, 2]]), tf.constant([[3, 4]])], axis=0).numpy()
    array([[1, 2],
           [3, 4]], dtype=int32)
    """
    if not isinstance(values, (list, tuple)):
        return identity(values)
    if len(values) == 1:
        return identity(values[0])
    if not values:
        raise invalid("concat", "concat: values must hold at least one tensor")
    entries = operands(values, as_one_list=False)
    ranks = [x.ndim for x in entries]
    if not ranks[0]:
        raise invalid("concat", "concat: Can't concatenate scalars (use tf.stack instead)")
    if ranks.count(ranks[0]) < len(ranks):
        raise invalid("concat", f"concat: Ranks of all input tensors should match, got {ranks}")
    return concatenate(*entries, axis=axis_for(axis, ranks[0], "concat"))


@library
def parallel_stack(values: Any, name: str | None = "parallel_stack") -> Tensor:
    """The values side by side along a new first axis, as tf.stack.

    >>> tf.parallel_stack([tf.constant(1), tf.constant(2)]).numpy()
    array([1, 2], dtype=int32)
    """
    return stack(values)


@library
def meshgrid(*args: Any, indexing: str = "xy", name: str | None = None) -> list[Tensor]:
    """The coordinates of a grid with these values along its axes ("xy": the first runs along axis 1; "ij": along axis 0).

    Raises:
        ValueError: another `indexing`.

    >>> [t.numpy().tolist() for t in tf.meshgrid([1, 2, 3], [4, 5])]
    [[[1, 2, 3], [1, 2, 3]], [[4, 4, 4], [5, 5, 5]]]
    """
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got {indexing!r}")
    flat = [reshape(x, (-1,)) for x in map(operand, args)]
    order = list(range(len(flat)))
    if indexing == "xy" and len(flat) > 1:
        order[0], order[1] = 1, 0
    shape = [x.dims[0] for x in flat]
    grid = tuple([shape[i] for i in order])
    out = []
    for i, x in enumerate(flat):
        place = order.index(i)
        out.append(broadcast_to(reshape(x, (*(1,) * place, shape[i], *(1,) * (len(flat) - place - 1))), grid))
    return out


@library
def invert_permutation(x: Any, name: str | None = None) -> Tensor:
    """The permutation that undoes x: `result[x[i]] = i`.

    Raises:
        InvalidArgumentError: x is no permutation of 0 ... n - 1.

    >>> tf.math.invert_permutation(tf.constant([2, 0, 1])).numpy()
    array([1, 2, 0], dtype=int32)
    """
    order = operand(x)
    if order.ndim != 1:
        raise invalid("invert_permutation", f"invert_permutation expects a 1D vector, got the shape {list(order.dims)}")
    return inverse_order(order)


__all__ = [
    "concat",
    "expand_dims",
    "invert_permutation",
    "meshgrid",
    "pad",
    "parallel_stack",
    "repeat",
    "reverse",
    "split",
    "squeeze",
    "stack",
    "transpose",
    "unstack",
]
