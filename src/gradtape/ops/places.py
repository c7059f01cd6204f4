"""Layer 2: where values fall: searchsorted, histograms, flat indices taken apart.  Nothing here has a derivative."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import dtype_of
from ..core.dtypes import as_dtype, int32
from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor, to_tensor
from ._arguments import index_dtype, integers, operand, operands, rank_of, whole_number
from ._declare import INTEGERS, REALS, primitive, publish
from .basic import broadcast_to, reshape
from .pieces import move_axis


@primitive(differentiable=False, dtypes=REALS, same=("rows", "values"))
def search(rows, values, *, side, dtype):
    """Where each value would be put into the sorted row (the last axis) of its own."""
    if rows.ndim == 1:
        return np.searchsorted(rows, values, side).astype(dtype)
    flat = rows.reshape(-1, rows.shape[-1])
    wanted = values.reshape(len(flat), values.shape[-1])
    found = [np.searchsorted(row, v, side) for row, v in zip(flat, wanted, strict=True)]
    return np.array(found, dtype).reshape(values.shape)


@search.shape
def search_shape(rows, values, *, side, dtype):
    return Spec(values.shape, dtype)


@search.batch
def search_batch(size, batched, rows, values, *, side, dtype):
    lifted = [x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip((rows, values), batched, strict=True)]
    return search(*lifted, side=side, dtype=dtype)


@primitive(differentiable=False, dtypes=REALS, same=("values", "bounds"))
def bins(values, bounds, *, nbins, dtype):
    """In which of `nbins` equal parts of the range each value falls; those outside count to the outermost."""
    low, high = bounds[..., :1], bounds[..., 1:2]
    lift = (*bounds.shape[:-1], *(1,) * (values.ndim - bounds.ndim + 1))
    low, high = low.reshape(lift), high.reshape(lift)
    scaled = (values - low) / (high - low) * values.dtype.type(nbins)  # in the values' own precision, as TensorFlow does
    scaled = np.where(np.isnan(scaled), 0, scaled)
    return np.floor(np.clip(scaled, 0, nbins - 1)).astype(dtype)


@bins.shape
def bins_shape(values, bounds, *, nbins, dtype):
    return Spec(values.shape, dtype)


@bins.batch
def bins_batch(size, batched, values, bounds, *, nbins, dtype):
    if batched[1] and not batched[0]:
        values = broadcast_to(values, (size, *values.dims))
    return bins(values, bounds, nbins=nbins, dtype=dtype)


@primitive(differentiable=False, dtypes=INTEGERS)
def tally(numbers, *, nbins):
    """How often each of 0 ... nbins - 1 comes along the last axis."""
    out = np.zeros((*numbers.shape[:-1], nbins), numbers.dtype)
    for lead in np.ndindex(numbers.shape[:-1]):
        out[lead] = np.bincount(numbers[lead], minlength=nbins)
    return out


@tally.shape
def tally_shape(numbers, *, nbins):
    return Spec((*numbers.shape[:-1], nbins), numbers.dtype)


@tally.batch
def tally_batch(size, batched, numbers, *, nbins):
    return tally(numbers, nbins=nbins)


@primitive(differentiable=False, dtypes=INTEGERS)
def unravel(indices, *, dims):
    """The index vectors (along the first axis) of these row numbers."""
    outside = (indices < 0) | (indices >= np.prod(dims))
    if outside.any():
        raise invalid("unravel_index", f"unravel_index: index {indices[outside][0]} is out of bound as with dims {list(dims)}")
    rest, out = indices, []
    for n in dims[:0:-1]:
        out.append(rest % n)
        rest = rest // n
    return np.array([rest, *out[::-1]], indices.dtype).reshape(len(dims), *indices.shape)


@unravel.shape
def unravel_shape(indices, *, dims):
    return Spec((len(dims), *indices.shape), indices.dtype)


@unravel.batch
def unravel_batch(size, batched, indices, *, dims):
    return move_axis(unravel(indices, dims=dims), 1, 0)


publish(globals())


@library
def searchsorted(sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = int32, name: str | None = None) -> Tensor:
    """Where each value would be put into its sorted row (the last axis): before ("left") or after ("right") equal ones.

    Raises:
        ValueError: another side.
        InvalidArgumentError: leading axes that differ, different dtypes.

    >>> tf.searchsorted([1.0, 3.0, 5.0], [3.0, 4.0]).numpy()
    array([1, 2], dtype=int32)
    """
    if side not in ("left", "right"):
        raise ValueError(f"searchsorted: side must be either 'right' or 'left', got {side!r}")
    rows, wanted = operands((sorted_sequence, values))
    if not rows.ndim or not wanted.ndim or rows.dims[:-1] != wanted.dims[:-1]:
        raise invalid(
            "searchsorted",
            "searchsorted: Leading dim_size of both tensors must match, and both need a last axis: "
            f"{list(rows.dims)} and {list(wanted.dims)}",
        )
    return search(rows, wanted, side=side, dtype=index_dtype(out_type, "searchsorted"))


@library
def histogram_fixed_width_bins(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = int32, name: str | None = None
) -> Tensor:
    """In which of `nbins` equal parts of the range each value falls; those outside count to the outermost.

    Raises:
        InvalidArgumentError: nbins < 1, a range that is not increasing, NaN among the values.

    >>> tf.histogram_fixed_width_bins([-1.0, 0.5, 9.0], [0.0, 1.0], nbins=4).numpy()
    array([0, 2, 3], dtype=int32)
    """
    x = operand(values)
    count = whole_number(nbins, "histogram_fixed_width", "nbins")
    if count < 1:
        raise invalid("histogram_fixed_width", f"histogram_fixed_width: nbins should be a positive number, but got {count}")
    bounds = value_range if isinstance(value_range, Tensor) else to_tensor(value_range, dtype_of(x))
    if bounds.ndim != 1 or (not isinstance(bounds.dims[0], Dim) and bounds.dims[0] < 2):
        raise invalid(
            "histogram_fixed_width", f"histogram_fixed_width: value_range must hold two numbers, its shape is {list(bounds.dims)}"
        )
    if type(bounds) is Tensor and not bounds.value[0] < bounds.value[1]:
        raise invalid(
            "histogram_fixed_width",
            f"histogram_fixed_width: value_range should satisfy value_range[0] < value_range[1], but got {bounds.value.tolist()}",
        )
    if type(x) is Tensor and x.kind == "f" and np.isnan(x.value).any():
        raise invalid("histogram_fixed_width", "histogram_fixed_width: values must not contain NaN")
    return bins(x, bounds, nbins=count, dtype=as_dtype(dtype).numpy_dtype)


@library
def histogram_fixed_width(values: Any, value_range: Any, nbins: Any = 100, dtype: Any = int32, name: str | None = None) -> Tensor:
    """How many values fall into each of `nbins` equal parts of the range; those outside count to the outermost.

    >>> tf.histogram_fixed_width([-1.0, 0.5, 9.0], [0.0, 1.0], nbins=4).numpy()
    array([1, 0, 1, 1], dtype=int32)
    """
    numbers = histogram_fixed_width_bins(values, value_range, nbins, dtype)
    return tally(reshape(numbers, (-1,)), nbins=whole_number(nbins, "histogram_fixed_width", "nbins"))


@library
def unravel_index(indices: Any, dims: Any, name: str | None = None) -> Tensor:
    """The coordinates, along a new first axis, of flat indices into an array of these extents.

    Raises:
        InvalidArgumentError: an index outside, extents of 0, indices of rank 2 or more.

    >>> tf.unravel_index([2, 5], [3, 3]).numpy()
    array([[0, 1],
           [2, 2]], dtype=int32)
    """
    i = to_tensor(indices, dtype_of(dims) if isinstance(dims, Tensor) else None)
    if i.ndim > 1:
        raise invalid("unravel_index", f"unravel_index: The indices can only be scalar or vector, got the shape {list(i.dims)}")
    if not rank_of(dims):
        raise invalid("unravel_index", f"unravel_index: dims must be 1-D, got {dims!r}")
    sizes = integers(dims, "unravel_index", "dims")
    if 0 in sizes:
        raise invalid("unravel_index", f"unravel_index: Input dims cannot contain a dim of zero, but got {list(sizes)}")
    return unravel(i, dims=sizes)


__all__ = ["histogram_fixed_width", "histogram_fixed_width_bins", "searchsorted", "unravel_index"]
