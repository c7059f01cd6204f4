"""Layer 2: making tensors and asking for shapes: fill, range, linspace, one_hot, sequence_mask, shape, size."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import dtype_of
from ..core.dtypes import DType, as_dtype, float32, float64, int32, int64
from ..core.dtypes import bool_ as bool_dtype
from ..core.errors import exhausted, invalid
from ..core.shapes import Dim, Spec, TensorShape, broadcast_shapes, normalize_axis, unnamed
from ..core.tensor import Tensor, announced, constant, tensor, to_tensor
from ..core.variable import Variable
from ._arguments import extent, extents, index_dtype, integers, is_open, operand, static
from ._declare import ANY, INTEGERS, REALS, primitive, publish
from .basic import add, broadcast_to, cast, divide, identity, less, multiply, select, subtract
from .pieces import concatenate, expand_axis, index
from .reduce import reduce_max


# -- primitives without a derivative ------------------------------------------------------------------------------
@primitive(differentiable=False, dtypes=INTEGERS)
def hot(indices, *, depth, axis):
    """True at each index along a new axis of extent `depth`, False elsewhere (everywhere, for an index outside)."""
    return np.moveaxis(indices[..., None] == np.arange(depth), -1, axis)


@hot.shape
def hot_shape(indices, *, depth, axis):
    return Spec((*indices.shape[:axis], depth, *indices.shape[axis:]), np.dtype(bool))


@hot.batch
def hot_batch(size, batched, indices, *, depth, axis):
    return hot(indices, depth=depth, axis=axis + 1)


@primitive(differentiable=False, dtypes=ANY)
def extents_of(x, *, dtype):
    """The shape as a tensor."""
    return np.array(x.shape, dtype)


@extents_of.shape
def extents_of_shape(x, *, dtype):
    return Spec((len(x.shape),), dtype)


@extents_of.batch
def extents_of_batch(size, batched, x, *, dtype):
    return broadcast_to(index(extents_of(x, dtype=dtype), ((1, None, 1),)), (size, x.ndim - 1))


@primitive(differentiable=False, dtypes=ANY)
def filled_like(x, *, value, dtype):
    """One value everywhere, in the shape of x."""
    return np.full(x.shape, value, dtype)


@filled_like.shape
def filled_like_shape(x, *, value, dtype):
    return Spec(x.shape, dtype)


@filled_like.batch
def filled_like_batch(size, batched, x, *, value, dtype):
    return filled_like(x, value=value, dtype=dtype)


@primitive(differentiable=False, dtypes=INTEGERS)
def counted(start, *, length):
    """start, start + 1, ... along a new last axis."""
    return start[..., None] + np.arange(length, dtype=start.dtype)


@counted.shape
def counted_shape(start, *, length):
    return Spec((*start.shape, length), start.dtype)


@counted.batch
def counted_batch(size, batched, start, *, length):
    return counted(start, length=length)


@primitive(ordered=True, differentiable=False, dtypes=REALS, same=("start", "limit", "delta"))
def range_of_data(start, limit, delta):
    """tf.range of tensors that are not known when a function is traced."""
    return numbers_before(start[()], limit[()], delta[()], start.dtype)


@range_of_data.shape
def range_of_data_shape(start, limit, delta):
    return Spec((Dim(f"range{unnamed()}"),), start.dtype)


@range_of_data.batch
def range_of_data_batch(size, batched, start, limit, delta):
    raise invalid("range", "tf.range inside vectorized_map: its limits must not depend on the element, or lengths could differ")


publish(globals())


# -- constants ------------------------------------------------------------------------------------------------------
def dims_of(shape: Any, op: str) -> tuple[Any, ...]:
    if isinstance(shape, str):
        raise TypeError(f"{op}: shape must hold integers, got {shape!r}")
    dims = extents(shape, op, "shape")
    if any(not isinstance(n, Dim) and n < 0 for n in dims):
        raise invalid(op, f"{op}: Dimension {min(n for n in dims if not isinstance(n, Dim))} must be >= 0 in shape {list(dims)}")
    return dims


def filled(dims: tuple[Any, ...], number: int, dtype: Any, op: str) -> Tensor:
    wanted = as_dtype(dtype).numpy_dtype
    try:
        if any(isinstance(n, Dim) for n in dims):
            return broadcast_to(tensor(np.full((), number, wanted)), dims)
        if wanted.kind == "O":
            return announced(np.full(dims, empty_string(number, op), wanted))
        return announced(np.full(dims, number, wanted) if number else np.zeros(dims, wanted))
    except MemoryError as error:
        raise exhausted(op, error) from None


def empty_string(number: int, op: str) -> bytes:
    if number:
        raise TypeError(f"{op}: Cannot convert 1 to EagerTensor of dtype string")
    return b""


def filled_as(x: Any, number: int, dtype: Any, op: str) -> Tensor:
    """A constant where the extents are known, else an operation on x."""
    wanted = x.dtype if dtype is None else dtype
    if any(isinstance(n, Dim) for n in x.dims):
        return filled_like(x, value=number, dtype=as_dtype(wanted).numpy_dtype)
    return filled(tuple(x.dims), number, wanted, op)


def zeros(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of zeros (False, for booleans).

    Raises:
        InvalidArgumentError, TypeError: a shape with negative numbers, or with what is no integer.

    >>> tf.zeros([2, 2], tf.int32).numpy()
    array([[0, 0],
           [0, 0]], dtype=int32)
    """
    return filled(dims_of(shape, "zeros"), 0, dtype, "zeros")


def ones(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of ones (True, for booleans).

    >>> tf.ones([2]).numpy()
    array([1., 1.], dtype=float32)
    """
    return filled(dims_of(shape, "ones"), 1, dtype, "ones")


@library
def zeros_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Tensor:
    """Zeros of the input's shape, and its dtype where none is given.

    >>> tf.zeros_like(tf.constant([1, 2])).numpy()
    array([0, 0], dtype=int32)
    """
    return filled_as(operand(input), 0, dtype, "zeros_like")


@library
def ones_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Tensor:
    """Ones of the input's shape, and its dtype where none is given.

    >>> tf.ones_like(tf.constant([1.5, 2.5])).numpy()
    array([1., 1.], dtype=float32)
    """
    return filled_as(operand(input), 1, dtype, "ones_like")


@library
def fill(dims: Any, value: Any, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of this shape that holds one value everywhere; the value has a gradient.

    Raises:
        InvalidArgumentError: negative numbers in dims.

    >>> tf.fill([2, 2], 9).numpy()
    array([[9, 9],
           [9, 9]], dtype=int32)
    """
    shape = integers(dims, "fill", "dims")
    dims_of(shape, "fill")
    return broadcast_to(value, shape)


RANGE_TYPES = ("int32", "int64", "float16", "bfloat16", "float32", "float64")


def range_of(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str | None = "range") -> Tensor:
    """The numbers start, start + delta, ... before `limit`; `range(limit)` begins at 0.

    Raises:
        InvalidArgumentError: a step of 0, or one that leads away from the limit.
        TypeError: what is no number.

    >>> tf.range(3, 18, 5).numpy()
    array([ 3,  8, 13], dtype=int32)
    """
    if limit is None:
        start, limit = 0, start
    given = start, limit, delta
    if any(map(is_open, given)):
        return open_range(given, dtype)
    first, last, step = (number_of(v, what) for v, what in zip(given, ("start", "limit", "delta"), strict=True))
    wanted = range_dtype((first, last, step)) if dtype is None else as_dtype(dtype)
    check_range_dtype(wanted.name)
    a, b, d = (np.asarray(v).astype(wanted.numpy_dtype)[()] for v in (first, last, step))
    return announced(numbers_before(a, b, d, wanted.numpy_dtype))


def open_range(given: tuple[Any, ...], dtype: Any) -> Tensor:
    """Of tensors without values yet: the length is an extent that shapes or data give."""
    values = [to_tensor(v) for v in given]
    if any(v.ndim for v in values):
        raise TypeError(f"range: start, limit and delta must be single numbers, got {given!r}")
    known = [v.dtype for v, x in zip(values, given, strict=True) if isinstance(x, Tensor) or x != int(x)]
    wanted = as_dtype(max((d.name for d in known), key=RANGE_TYPES.index)) if dtype is None else as_dtype(dtype)
    check_range_dtype(wanted.name)
    first, last, step = [cast(v, wanted) for v in values]
    if wanted.is_integer and type(step) is Tensor and step.value and (step.value == 1 or all(map(follows_from_shapes, given))):
        length = -((extent(given[0], "range", "start") - extent(given[1], "range", "limit")) // int(step.value))
        return add(multiply(counted(tensor(np.zeros((), wanted.numpy_dtype)), length=length), step), first)
    return range_of_data(first, last, step)


def follows_from_shapes(v: Any) -> bool:
    return not is_open(v) or getattr(v, "known", None) is not None


def numbers_before(a: Any, b: Any, d: Any, dtype: np.dtype) -> np.ndarray:
    """a, a + d, ... before b."""
    if not (np.isfinite(a) and np.isfinite(b) and np.isfinite(d)):
        raise invalid("range", f"range: start, limit and delta must be finite, got {a}, {b}, {d}")
    if d == 0:
        raise invalid("range", f"range: Requires delta != 0: {d}")
    if (d > 0 and a > b) or (d < 0 and a < b):
        raise invalid(
            "range", f"range: Requires start {'<=' if d > 0 else '>='} limit when delta {'>' if d > 0 else '<'} 0: {a}/{b}"
        )
    whole = dtype.kind in "iu"
    size = -(-(int(b) - int(a)) // int(d)) if whole else int(np.ceil(abs((float(b) - float(a)) / float(d))))
    return progression(a, d, size, dtype)


def check_range_dtype(name: str) -> None:
    if name not in RANGE_TYPES:
        raise TypeError(f"range: no range of dtype {name}; it may be {', '.join(RANGE_TYPES)}")


def progression(start: Any, step: Any, size: int, dtype: np.dtype) -> np.ndarray:
    if dtype.kind == "i":
        return int(start) + np.arange(size, dtype=dtype) * dtype.type(step)
    steps = np.arange(size, dtype=dtype if dtype.itemsize > 2 else np.float32)
    return (steps.dtype.type(start) + steps * steps.dtype.type(step)).astype(dtype)


def number_of(value: Any, what: str) -> Any:
    """A number with its dtype; Python's own have none yet."""
    if type(value) in (int, float):
        return value
    array = np.asarray(value if isinstance(value, (Tensor, Variable, np.ndarray, np.generic)) else to_tensor(value))
    if array.size != 1 or array.dtype.kind not in "iufV":
        raise TypeError(f"range: {what} must be a single number, got {value!r}")
    return array.reshape(())[()]


def range_dtype(values: tuple[Any, ...]) -> DType:
    """The first dtype in TensorFlow's order that holds them all."""
    found = [as_dtype(v.dtype) if isinstance(v, np.generic) else float32 if type(v) is float else int32 for v in values]
    if any(type(v) is int and not -(2**31) <= v < 2**31 for v in values):
        found.append(int64)
    names = [d.name for d in found]
    for name in names:
        check_range_dtype(name)
    return as_dtype(max(names, key=RANGE_TYPES.index))


@library
def linspace(start: Any, stop: Any, num: Any, name: str | None = None, axis: int = 0) -> Tensor:
    """`num` values at equal distances from start to stop, both included, along a new axis; start and stop have gradients.

    Raises:
        InvalidArgumentError: a negative num, or no such axis.
        TypeError, ValueError: a num that is no integer, different dtypes.

    >>> tf.linspace(10.0, 12.0, 3).numpy()
    array([10., 11., 12.], dtype=float32)
    """
    a = to_tensor(start)
    if a.dtype.is_integer:
        a = cast(a, float64)
    b = cast(to_tensor(stop, dtype_of(a)), a.dtype) if not isinstance(stop, (Tensor, Variable)) else to_tensor(stop)
    if b.dtype != a.dtype:
        raise ValueError(f"linspace: stop has dtype {b.dtype.name}, start {a.dtype.name}; write tf.cast(stop, tf.{a.dtype.name})")
    n = extent(num, "linspace", "num")
    if n < 0:
        raise invalid("linspace", f"linspace: num must be >= 0, got {n}")
    dims = broadcast_shapes(a.dims, b.dims, op="linspace")
    a, b = broadcast_to(a, dims), broadcast_to(b, dims)
    place = normalize_axis(axis, len(dims) + 1, "linspace")
    first, last = expand_axis(a, place), expand_axis(b, place)
    if isinstance(n, Dim):
        return open_linspace(first, last, n, place)
    if n < 2:
        return first if n else broadcast_to(first, (*dims[:place], 0, *dims[place:])) if not dims else empty_along(first, place)
    return concatenate(first, *between(first, last, n, place), last, axis=place)


def open_linspace(first: Any, last: Any, n: Dim, place: int) -> Tensor:
    """Where the number of values is an extent that shapes or data give."""
    steps = counted(tensor(np.zeros((), np.int32)), length=n)
    for _ in range(first.ndim - 1 - place):
        steps = expand_axis(steps, steps.ndim)
    top = add(index(shape(steps), (0,)), -1)
    share = divide(cast(steps, first.dtype), cast(select(less(top, 1), 1, top), first.dtype))
    inside = add(first, multiply(subtract(last, first), share))
    return select(less(steps, select(less(top, 1), 1, top)), inside, last)


def between(first: Any, last: Any, n: int, place: int) -> list[Any]:
    """start + k * delta for 0 < k < n - 1: the ends are what was given, exactly."""
    if n == 2:
        return []
    dtype = first.dtype.numpy_dtype
    delta = divide(subtract(last, first), tensor(np.asarray(n - 1).astype(dtype)))
    steps = np.arange(1, n - 1).astype(dtype).reshape(-1, *(1,) * (first.ndim - 1 - place))
    return [add(first, multiply(delta, tensor(steps)))]


def empty_along(x: Any, place: int) -> Tensor:
    return index(x, (*((None, None, 1),) * place, (0, 0, 1)))


# -- masks ----------------------------------------------------------------------------------------------------------
@library
def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: str | None = None,
) -> Tensor:
    """`on_value` (1) at each index along a new axis of extent `depth`, `off_value` (0) elsewhere; an index outside has none.

    Raises:
        InvalidArgumentError: indices that are no integers, a negative depth, no such axis.
        TypeError: on_value and off_value of different dtypes, or not of the dtype given.

    >>> tf.one_hot([0, 2], 3).numpy()
    array([[1., 0., 0.],
           [0., 0., 1.]], dtype=float32)
    """
    i = operand(indices)
    sizes = static(depth)
    if np.ndim(sizes):
        raise invalid("one_hot", f"one_hot: depth must be a scalar, but got: {depth!r}")
    n = extent(sizes, "one_hot", "depth")
    if not isinstance(n, Dim) and n < 0:
        raise invalid("one_hot", f"one_hot: depth must be non-negative, got: {n}")
    place = -1 if axis is None else axis
    if not -1 <= place <= i.ndim:
        raise invalid("one_hot", f"one_hot: Expected axis to be -1 or between [0, {i.ndim + 1}). But received: {axis}")
    where = hot(i, depth=n, axis=i.ndim if place == -1 else place)
    if on_value is None and off_value is None:
        return cast(where, hot_dtype(dtype))
    on, off = hot_values(on_value, off_value, dtype)
    return select(where, on, off)


def hot_dtype(dtype: Any) -> DType:
    wanted = float32 if dtype is None else as_dtype(dtype)
    if not wanted.is_numeric:
        raise TypeError(f"one_hot: Cannot convert 1 to EagerTensor of dtype {wanted.name}; give on_value and off_value")
    return wanted


def hot_values(on_value: Any, off_value: Any, dtype: Any) -> tuple[Any, Any]:
    """Both values as tensors of one dtype."""
    wanted = None if dtype is None else as_dtype(dtype)
    given = [
        None if v is None else v if isinstance(v, (Tensor, Variable)) else constant(v, wanted) for v in (on_value, off_value)
    ]
    for v, what in zip(given, ("on_value", "off_value"), strict=True):
        if v is not None and wanted is not None and v.dtype != wanted:
            raise TypeError(f"one_hot: dtype {v.dtype.name} of {what} does not match dtype parameter {wanted.name}")
    known = next(v for v in given if v is not None).dtype
    on, off = (constant(default, known) if v is None else v for v, default in zip(given, (1, 0), strict=True))
    if on.dtype != off.dtype:
        raise TypeError(f"one_hot: dtype {on.dtype.name} of on_value does not match dtype {off.dtype.name} of off_value")
    return on, off


@library
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = bool_dtype, name: str | None = None) -> Tensor:
    """True at the first `lengths[...]` of `maxlen` places (the greatest length, where none is given) along a new last axis.

    Raises:
        ValueError: a maxlen that is no scalar.

    >>> tf.sequence_mask([1, 3], 3).numpy()
    array([[ True, False, False],
           [ True,  True,  True]])
    """
    n = operand(lengths)
    if is_open(n if maxlen is None else maxlen):
        return open_mask(n, reduce_max(n) if maxlen is None else maxlen, dtype)
    limit = np.asarray(n).max(initial=0) if maxlen is None else np.asarray(static(maxlen))
    if np.ndim(limit) or limit.dtype.kind not in "biuf" or not np.isfinite(limit):
        raise ValueError(f"sequence_mask: maxlen must be a finite scalar, received {maxlen!r} with shape {np.shape(limit)}")
    places = np.arange(int(np.ceil(limit))).astype(dtype_of(n))
    mask = less(tensor(places), expand_axis(n, n.ndim))
    return mask if as_dtype(dtype) == bool_dtype else cast(mask, dtype)


def open_mask(lengths: Any, limit: Any, dtype: Any) -> Tensor:
    """sequence_mask where a function is traced: the last extent is one that data gives."""
    places = range_of(cast(limit, dtype_of(lengths)))
    mask = less(places, expand_axis(lengths, lengths.ndim))
    return mask if as_dtype(dtype) == bool_dtype else cast(mask, dtype)


# -- shapes ---------------------------------------------------------------------------------------------------------
def known_or(x: Any, value: Any, dtype: np.dtype, op: Any) -> Tensor:
    """A constant where the extents are known, else an operation on x."""
    if any(isinstance(n, Dim) for n in x.dims):
        return op(extents_of(x, dtype=dtype))
    return announced(np.array(value(), dtype))


def shape(input: Any, out_type: Any = None, name: str | None = None) -> Tensor:
    """The shape as a tensor of int32 (or int64).

    >>> tf.shape(tf.zeros([2, 3])).numpy()
    array([2, 3], dtype=int32)
    """
    x = operand(input)
    return known_or(x, lambda: x.dims, index_dtype(out_type, "shape"), identity)


def shape_n(input: Any, out_type: Any = int32, name: str | None = None) -> list[Tensor]:
    """The shape of each tensor in a list.

    >>> [t.numpy().tolist() for t in tf.shape_n([tf.zeros([2]), tf.zeros([])])]
    [[2], []]
    """
    return [shape(x, out_type) for x in input]


@library
def size(input: Any, out_type: Any = None, name: str | None = None) -> Tensor:
    """The number of elements as a scalar of int32 (or int64).

    >>> int(tf.size(tf.zeros([2, 3])))
    6
    """
    x = operand(input)
    return known_or(x, lambda: np.prod(x.dims, dtype=np.int64), index_dtype(out_type, "size"), product_of)


def product_of(extents: Any) -> Tensor:
    out = index(extents, (0,))
    for i in range(1, extents.dims[0]):
        out = multiply(out, index(extents, (i,)))
    return out


@library
def rank(input: Any, name: str | None = None) -> Tensor:
    """The number of axes as a scalar of int32.

    >>> int(tf.rank(tf.zeros([2, 3])))
    2
    """
    return announced(np.array(operand(input).ndim, np.int32))


def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """The TensorShape that two shapes broadcast to; extents may be unknown.

    Raises:
        ValueError: where they do not.

    >>> tf.broadcast_static_shape(tf.TensorShape([2, 1]), tf.TensorShape([None]))
    TensorShape([2, None])
    """
    a, b = TensorShape(shape_x), TensorShape(shape_y)
    if a.rank is None or b.rank is None:
        return TensorShape(None)
    longer = max(a.rank, b.rank)
    pairs = zip([1] * (longer - a.rank) + list(a), [1] * (longer - b.rank) + list(b), strict=True)
    return TensorShape([broadcast_extent(m, n, a, b) for m, n in pairs])


def broadcast_extent(m: int | None, n: int | None, a: TensorShape, b: TensorShape) -> int | None:
    if m == n or n == 1:
        return m
    if m == 1:
        return n
    if m is None or n is None:
        return n if m is None else m
    raise ValueError(
        "Incompatible shapes for broadcasting. Two shapes are compatible if for each dimension pair they are either equal or one "
        f"of them is 1. Received: {a} and {b}."
    )


def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Tensor:
    """The shape, as a tensor, that two shapes given as tensors broadcast to.

    Raises:
        InvalidArgumentError: where they do not.

    >>> tf.broadcast_dynamic_shape([2, 1], [3]).numpy()
    array([2, 3], dtype=int32)
    """
    a = operand(shape_x)
    dims = broadcast_shapes(
        extents(a, "broadcast_dynamic_shape"), extents(shape_y, "broadcast_dynamic_shape"), op="broadcast_dynamic_shape"
    )
    return announced(np.array(dims, dtype_of(a)))


@library
def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Tensor:
    """x, if it has this shape (None admits any extent).

    Raises:
        InvalidArgumentError: if it has not.

    >>> tf.ensure_shape(tf.zeros([2, 3]), [None, 3]).shape
    TensorShape([2, 3])
    """
    value = operand(x)
    wanted = TensorShape([shape] if isinstance(shape, (int, np.integer)) else shape)
    if not TensorShape.of(tuple(value.dims)).is_compatible_with(wanted):
        raise invalid(
            "ensure_shape", f"ensure_shape: Shape of tensor {list(value.shape)} is not compatible with expected shape {wanted}."
        )
    return identity(value)


def required_space_to_batch_paddings(
    input_shape: Any, block_shape: Any, base_paddings: Any = None, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """(paddings, crops) that make the input's extents divisible by the blocks.

    Raises:
        ValueError: shapes of different lengths.

    >>> [t.numpy().tolist() for t in tf.required_space_to_batch_paddings([5, 7], [2, 3])]
    [[[0, 1], [0, 2]], [[0, 1], [0, 2]]]
    """
    sizes, blocks = (extents(v, "required_space_to_batch_paddings") for v in (input_shape, block_shape))
    base = (
        np.zeros((len(blocks), 2), np.int32)
        if base_paddings is None
        else np.array([extents(pair, "required_space_to_batch_paddings") for pair in static(base_paddings)])
    )
    if len(sizes) != len(blocks) or base.shape != (len(blocks), 2):
        raise ValueError(
            f"required_space_to_batch_paddings: input_shape {list(sizes)}, block_shape {list(blocks)} and base_paddings of shape "
            f"{list(base.shape)} are incompatible"
        )
    start, end = base.T
    extra = -(np.array(sizes, np.int32) + start + end) % np.array(blocks, np.int32)
    paddings = np.stack([start, end + extra], 1).astype(np.int32)
    crops = np.stack([np.zeros_like(extra), extra], 1).astype(np.int32)
    return announced(paddings), announced(crops)


__all__ = [
    "broadcast_dynamic_shape", "broadcast_static_shape", "ensure_shape", "fill", "linspace", "one_hot", "ones", "ones_like", "range_of", "rank",
    "required_space_to_batch_paddings", "sequence_mask", "shape", "shape_n", "size", "zeros", "zeros_like",
]  # fmt: skip
