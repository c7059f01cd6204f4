"""Layer 2: how often each number occurs.

weigh_bins (sums of the weights of equal numbers) and pick_bins (what stands at each number) are each other's adjoints.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import DType, as_dtype, int32
from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor, to_tensor
from ._arguments import extent
from ._data import known_array, unknown_extent
from ._declare import INTEGERS, NUMBERS, primitive, publish
from .basic import add, cast, equal, multiply, reshape
from .pieces import scatter_rows
from .sorting import repeated

INDICES = frozenset(np.dtype(t) for t in ("i4", "i8"))


# -- numbers in bins: the last axis is counted, those before it stay ------------------------------------------------
def bins(numbers: np.ndarray, minlength: int | None, maxlength: int | None) -> int:
    """How many bins there are."""
    if numbers.dtype not in INDICES:
        raise TypeError(f"arr must be int32 or int64, got {numbers.dtype}")
    if numbers.size and numbers.min() < 0:
        raise ValueError(f"Input arr must be non-negative! It holds {numbers.min()}")
    size = max(int(numbers.max()) + 1 if numbers.size else 0, minlength or 0)
    return size if maxlength is None else min(size, maxlength)


def numbered(numbers: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Which numbers have a bin, and those bins where the bins of all rows lie end to end."""
    rows = numbers.reshape(prod(numbers.shape[:-1]), numbers.shape[-1])
    kept = rows < size
    return kept, (rows + size * np.arange(len(rows))[:, None])[kept]


def bins_extent(shape: tuple[Any, ...], minlength: int | None, maxlength: int | None) -> tuple[Any, ...]:
    known = minlength is not None and minlength == maxlength
    return (*shape[:-1], minlength if known else unknown_extent("bins"))


@primitive(differentiable=False, dtypes=INTEGERS, public=("arr",))
def count_bins(x, *, minlength, maxlength, dtype, binary):
    """How often each number from 0 on occurs along the last axis (`binary`: whether it does)."""
    size = bins(x, minlength, maxlength)
    _, places = numbered(x, size)
    total = np.bincount(places, minlength=prod(x.shape[:-1]) * size)
    return (total > 0 if binary else total).astype(dtype).reshape(*x.shape[:-1], size)


@count_bins.shape
def count_bins_shape(x, *, minlength, maxlength, dtype, binary):
    return Spec(bins_extent(x.shape, minlength, maxlength), dtype)


@count_bins.batch
def count_bins_batch(size, batched, x, *, minlength, maxlength, dtype, binary):
    return count_bins(x, minlength, maxlength, dtype, binary)


@primitive(dtypes=NUMBERS, public=("weights", "arr"))
def weigh_bins(weights, numbers, *, minlength, maxlength):
    """The sum of the weights of each number from 0 on, along the last axis."""
    if weights.shape != numbers.shape:
        raise ValueError("weights and arr need one shape")
    size = bins(numbers, minlength, maxlength)
    kept, places = numbered(numbers, size)
    out = np.zeros((*numbers.shape[:-1], size), weights.dtype)
    np.add.at(out.reshape(-1), places, weights.reshape(kept.shape)[kept])
    return out


@weigh_bins.shape
def weigh_bins_shape(weights, numbers, *, minlength, maxlength):
    if weights.shape != numbers.shape:
        raise invalid(
            "bincount", f"bincount: weights must have the shape of arr, {list(numbers.shape)}, got {list(weights.shape)}"
        )
    return Spec(bins_extent(numbers.shape, minlength, maxlength), weights.dtype)


@weigh_bins.vjp("weights")
def weigh_bins_vjp(g, numbers):
    return pick_bins(g, numbers)


@weigh_bins.jvp
def weigh_bins_jvp(y, ts, weights, numbers, *, minlength, maxlength):
    return weigh_bins(ts[0], numbers, minlength, maxlength)


@weigh_bins.batch
def weigh_bins_batch(size, batched, weights, numbers, *, minlength, maxlength):
    return weigh_bins(*repeated(size, batched, weights, numbers), minlength, maxlength)


@primitive(dtypes=NUMBERS)
def pick_bins(x, numbers):
    """What stands in the bin of each number; 0 for numbers beyond the last."""
    size = x.shape[-1]
    found = np.take_along_axis(x, np.minimum(numbers, max(size - 1, 0)), -1) if size else np.zeros(numbers.shape, x.dtype)
    return np.where(numbers < size, found, x.dtype.type(0))


@pick_bins.shape
def pick_bins_shape(x, numbers):
    return Spec(numbers.shape, x.dtype)


@pick_bins.vjp("x")
def pick_bins_vjp(g, numbers, x_shape):
    return weigh_bins(g, numbers, x_shape[-1], x_shape[-1])


@pick_bins.jvp
def pick_bins_jvp(y, ts, x, numbers):
    return pick_bins(ts[0], numbers)


@pick_bins.batch
def pick_bins_batch(size, batched, x, numbers):
    return pick_bins(*repeated(size, batched, x, numbers))


publish(globals())


# -- TensorFlow's functions -------------------------------------------------------------------------------------------
def length(value: Any, argument: str) -> Any:
    if value is None:
        return None
    value = extent(value, "bincount", argument)
    if argument == "maxlength" and not isinstance(value, Dim) and value < 0:
        raise invalid("bincount", f"bincount: maxlength ({value}) must be non-negative")
    return value


@library
def bincount(
    arr: Any, weights: Any = None, minlength: Any = None, maxlength: Any = None, dtype: Any = int32, name: str | None = None,
    axis: int | None = None, binary_output: bool = False,
) -> Tensor:  # fmt: skip
    """How often each number from 0 on occurs in `arr`, or the sum of the weights of each.

    Args:
        arr: non-negative integers (other numbers are truncated to int32).
        weights: one for each element; the result has their dtype, and is differentiable in them.
        minlength, maxlength: the least and the largest number of bins; numbers beyond are not counted.
        dtype: of the counts, where there are no weights.
        axis: 0 (or None) counts all together, -1 each row of a matrix.
        binary_output: 1 where a number occurs, instead of how often.

    Raises:
        InvalidArgumentError: a negative number in `arr`, weights of another shape, rank above 2 with axis -1.
        ValueError: another axis, or weights with binary_output.

    >>> tf.math.bincount([1, 1, 3]).numpy()
    array([0, 2, 0, 1], dtype=int32)
    >>> tf.math.bincount([1, 1, 3], weights=[0.5, 1.0, 2.0]).numpy()
    array([0. , 1.5, 0. , 2. ], dtype=float32)
    """
    if axis not in (None, 0, -1):
        raise ValueError(f"bincount: Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    if weights is not None and binary_output:
        raise ValueError("bincount: Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.")
    numbers = to_tensor(arr)
    if not numbers.dtype.is_integer:
        numbers = cast(numbers, int32)
    if axis == -1 and numbers.ndim > 2:
        raise invalid("bincount", f"bincount: with axis=-1, arr must be at most rank 2 but has shape {list(numbers.shape)}")
    together = axis != -1 or not numbers.ndim
    low, high = length(minlength, "minlength"), length(maxlength, "maxlength")
    if weights is None:
        return count_bins(flattened(numbers) if together else numbers, low, high, count_dtype(dtype), bool(binary_output))
    weights = to_tensor(weights)
    if weights.dims != numbers.dims:
        weigh_bins(weights, numbers, low, high)  # raises in its own words
    return weigh_bins(*map(flattened, (weights, numbers)), low, high) if together else weigh_bins(weights, numbers, low, high)


def flattened(x: Any) -> Any:
    return x if x.ndim == 1 else reshape(x, (-1,))


def count_dtype(dtype: Any) -> np.dtype:
    found = as_dtype(dtype).numpy_dtype
    if found not in INDICES and found not in (np.float32, np.float64):
        raise invalid("bincount", f"bincount: dtype must be int32, int64, float32 or float64, got {as_dtype(dtype).name}")
    return found


@library
def confusion_matrix(
    labels: Any, predictions: Any, num_classes: Any = None, weights: Any = None, dtype: Any = int32, name: str | None = None
) -> Tensor:
    """How often each label (row) met each prediction (column), or the sum of the weights of those meetings.

    Args:
        labels, predictions: class numbers, of one shape (a trailing axis of 1 in one of them is dropped).
        num_classes: rows and columns; one more than the largest number where nothing is given.
        weights: one for each pair; the result is differentiable in them where dtype is floating.

    Raises:
        InvalidArgumentError: a number that is negative or not below num_classes, or different shapes.
        ValueError: weights of another shape.

    >>> tf.math.confusion_matrix([1, 2], [2, 2]).numpy()
    array([[0, 0, 0],
           [0, 0, 1],
           [0, 0, 1]], dtype=int32)
    """
    rows, columns = squeezed(cast_long(labels), cast_long(predictions))
    if rows.dims != columns.dims:
        raise invalid(
            "confusion_matrix",
            f"confusion_matrix: labels of shape {list(rows.shape)} and predictions of shape "
            f"{list(columns.shape)} must have one shape",
        )
    n = classes(rows, columns, num_classes)
    wanted = as_dtype(dtype)
    counted = int32 if wanted.is_bool else wanted
    terms = pair_weights(rows, weights, counted)
    pairs = flattened(add(multiply(rows, n), columns))
    return cast(reshape(scatter_rows(terms, pairs, size=n * n), (n, n)), wanted)


def cast_long(x: Any) -> Any:
    return cast(to_tensor(x), "int64")


def squeezed(labels: Any, predictions: Any) -> tuple[Any, Any]:
    """Drop a trailing axis of 1 that only one of them has."""
    surplus = predictions.ndim - labels.ndim
    if surplus == 1 and predictions.dims[-1] == 1:
        return labels, reshape(predictions, predictions.dims[:-1])
    if surplus == -1 and labels.dims[-1] == 1:
        return reshape(labels, labels.dims[:-1]), predictions
    return labels, predictions


def classes(labels: Any, predictions: Any, given: Any) -> Any:
    """The number of classes, once all numbers are known to be below it."""
    found = {"labels": known_array(labels), "predictions": known_array(predictions)}
    known = {argument: values for argument, values in found.items() if values is not None and values.size}
    n = extent(given, "confusion_matrix", "num_classes") if given is not None else largest_class(list(found.values()))
    for argument, values in known.items():
        check_classes(argument, values, n)
    return n


def largest_class(arrays: list[Any]) -> int:
    if any(values is None for values in arrays):
        raise ValueError("confusion_matrix: num_classes must be given where labels and predictions are not known yet")
    return 1 + max((int(values.max()) for values in arrays if values.size), default=-1)


def check_classes(argument: str, values: np.ndarray, n: Any) -> None:
    if values.min() < 0:
        raise invalid("confusion_matrix", f"confusion_matrix: `{argument}` contains negative values: {values.min()}")
    if values.max() >= n:
        raise invalid(
            "confusion_matrix", f"confusion_matrix: `{argument}` out of bound: {values.max()} is not below num_classes = {n}"
        )


def pair_weights(rows: Any, weights: Any, dtype: DType) -> Any:
    if weights is None:
        return flattened(cast(equal(rows, rows), dtype))  # ones, also of an extent not known yet
    weights = cast(to_tensor(weights), dtype)
    if weights.dims != rows.dims:
        raise ValueError(f"confusion_matrix: weights of shape {weights.shape} must have the shape of the labels, {rows.shape}")
    return flattened(weights)


__all__ = ["bincount", "confusion_matrix"]
