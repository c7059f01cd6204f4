"""Layer 2: indices and slices whose bounds a tensor gives that has no value yet, because a function is being traced.

They become gathers along an axis: of one place, or of the places that the bounds turn out to name.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.shapes import Dim, Spec, unnamed
from ..core.tensor import to_tensor
from ._arguments import extent, is_open
from ._declare import INTEGERS, primitive, publish
from .basic import add, cast, less, select
from .create import counted, extents_of, shape
from .pieces import FULL, gather_axis, index, named_extent, pick

INT = np.dtype(np.int32)


@primitive(ordered=True, differentiable=False, dtypes=INTEGERS, same=("start", "stop", "n"))
def places(start, stop, n, *, step, ends):
    """The indices that a slice of an axis of extent n names; `ends` says which of its ends are given."""
    first, last = (int(x) if given else None for x, given in zip((start, stop), ends, strict=True))
    return np.arange(*slice(first, last, step).indices(int(n)), dtype=start.dtype)


@places.shape
def places_shape(start, stop, n, *, step, ends):
    return Spec((Dim(f"slice{unnamed()}"),), start.dtype)


@places.batch
def places_batch(size, batched, start, stop, n, *, step, ends):
    raise invalid(
        "strided_slice", "inside vectorized_map the bounds of a slice cannot depend on the element: lengths could differ"
    )


publish(globals())


def is_unknown(k: Any) -> bool:
    """Does an entry of a key name places that are not known?  Extents that follow from shapes are known."""
    if type(k) is slice:
        return is_unknown(k.start) or is_unknown(k.stop)
    return is_open(k) and not k.ndim and k.kind in "iu" and getattr(k, "known", None) is None


def open_item(x: Any, key: tuple[Any, ...]) -> Any:
    """x[key], where an entry of the key is unknown."""
    key = spread(key, x.ndim)
    known = tuple(
        [FULL if is_unknown(k) else (k.start, k.stop, 1 if k.step is None else k.step) if type(k) is slice else k for k in key]
    )
    unknown = [k if is_unknown(k) else None for k in key]
    out = x if all(k == FULL for k in known) else index(x, known)
    axis = 0
    for k, entry in zip(unknown, known, strict=True):
        if k is not None and type(k) is not slice:
            out = gather_axis(out, from_start(k, out, axis), axis)
            continue
        if k is not None:
            out = gather_axis(out, slice_places(k, out, axis), axis=axis)
        axis += entry is None or type(entry) is tuple
    return out


def spread(key: tuple[Any, ...], rank: int) -> tuple[Any, ...]:
    """The key with the axes that `...` stands for."""
    at = [i for i, k in enumerate(key) if k is ...]
    if not at:
        return key
    named = sum(k is not None for k in key) - len(at)
    return (*key[: at[0]], *[slice(None)] * (rank - named), *key[at[0] + 1 :])


def extent_tensor(x: Any, axis: int) -> Any:
    n = named_extent(tuple(x.dims), axis)
    return to_tensor(n, INT) if isinstance(n, int) else index(shape(x), (axis,))


def from_start(k: Any, x: Any, axis: int) -> Any:
    """A negative index counts from the end."""
    zero = cast(to_tensor(0), k.dtype)
    size = pick(extents_of(x, dtype=k.dtype.numpy_dtype), axis) if isinstance(x.dims[axis], Dim) else x.dims[axis]
    return select(less(k, zero), add(k, size), k)


def slice_places(k: slice, x: Any, axis: int) -> Any:
    step = 1 if k.step is None else k.step
    if is_open(step):
        raise invalid(
            "strided_slice", "the step of a slice must be known when a function is traced; write tf.gather with tf.range"
        )
    ends = k.start is not None, k.stop is not None
    start, stop = (cast(to_tensor(0 if end is None else end), INT) for end in (k.start, k.stop))
    return places(start, stop, extent_tensor(x, axis), step=int(step), ends=ends)


def open_block(x: Any, begin: list[Any], size: list[Any]) -> Any:
    """The block of x that starts at `begin` and has this size: `tf.slice` with a begin or a size that is not known."""
    for axis, (start, n) in enumerate(zip(begin, size, strict=True)):
        if not is_open(n) and n == -1:
            x = gather_axis(x, slice_places(slice(start, None), x, axis), axis=axis)
        else:
            x = gather_axis(x, counted(cast(to_tensor(start), INT), length=extent(n, "slice", "size")), axis=axis)
    return x


def elements(x: Any) -> list[Any]:
    """The numbers of a vector, each as it is known."""
    return [index(x, (i,)) for i in range(x.dims[0])] if is_open(x) else list(x)


__all__ = ["elements", "is_unknown", "open_block", "open_item", "places"]
