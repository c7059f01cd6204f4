"""tf.nn's fractional pooling (Graham, "Fractional Max-Pooling", 2015, arXiv 1412.6071).

Rows and columns are cut into regions of two neighbouring sizes at random places. With the same seeds the cuts are TensorFlow's:
Philox words, taken in the order of its kernel. The regions are laid out side by side and pooled by an ordinary window.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from math import ceil, floor
from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor, constant, tensor, to_tensor
from ..ops import _philox
from ..ops._philox import Philox
from ..ops._streams import SEED, unpredictable
from ..ops.basic import multiply
from ..ops.pieces import gather_axis
from ..ops.pool import Over, avg_pool, max_pool
from ._sliding import frozen


class FractionalMaxPool(NamedTuple):
    output: Tensor
    row_pooling_sequence: Tensor
    col_pooling_sequence: Tensor


class FractionalAvgPool(NamedTuple):
    output: Tensor
    row_pooling_sequence: Tensor
    col_pooling_sequence: Tensor


@library
def fractional_max_pool(
    value: Any,
    pooling_ratio: Any,
    pseudo_random: bool = False,
    overlapping: bool = False,
    seed: int = 0,
    name: str | None = None,
) -> FractionalMaxPool:
    """The maximum over regions that are cut at random, so that each axis shrinks by any factor from 1 on.

    `value` is (batch, height, width, channels); `pooling_ratio` is a number, [rows, columns] or [1.0, rows, columns, 1.0]. Regions
    share their border rows and columns where `overlapping`. A `seed` other than 0 makes the cuts repeatable.

    Raises:
        ValueError: a ratio below 1, or over the batch or the channels.

    >>> y, rows, columns = tf.nn.fractional_max_pool(tf.ones([1, 9, 11, 1]), 1.5, seed=3)
    >>> rows.numpy()
    array([0, 1, 2, 4, 6, 7, 9])
    """
    cuts = cut("fractional_max_pool", value, pooling_ratio, pseudo_random, overlapping, seed)
    return FractionalMaxPool(max_pool(side_by_side(cuts), cuts.over), *cuts.sequences)


@library
def fractional_avg_pool(
    value: Any,
    pooling_ratio: Any,
    pseudo_random: bool = False,
    overlapping: bool = False,
    seed: int = 0,
    name: str | None = None,
) -> FractionalAvgPool:
    """The mean over regions that are cut at random; arguments as for `tf.nn.fractional_max_pool`.

    >>> y, rows, columns = tf.nn.fractional_avg_pool(tf.ones([1, 9, 11, 1]), [1.0, 1.5, 1.5, 1.0], seed=3)
    >>> y.shape
    TensorShape([1, 6, 7, 1])
    """
    cuts = cut("fractional_avg_pool", value, pooling_ratio, pseudo_random, overlapping, seed)
    rows, columns = (axis.shares() for axis in cuts.axes)
    share = constant((rows[:, None] * columns)[None, :, :, None], cuts.x.dtype)
    return FractionalAvgPool(avg_pool(multiply(side_by_side(cuts), share), cuts.over), *cuts.sequences)


# -- the regions ------------------------------------------------------------------------------------------------
class Axis(NamedTuple):
    """The regions of one axis."""

    cuts: np.ndarray  # where each region begins, and where the last one ends
    ends: np.ndarray  # where each region ends
    longest: int

    def reads(self) -> np.ndarray:
        """The places of each region, its last one again where it is shorter than the longest."""
        places = self.cuts[:-1, None] + np.arange(self.longest)
        return np.minimum(places, self.ends[:, None] - 1).ravel().astype(np.int32)

    def shares(self) -> np.ndarray:
        """The weight of each of these places: 0 for a repeated one; the mean over the longest becomes that over the region."""
        sizes = (self.ends - self.cuts[:-1])[:, None]
        return np.where(np.arange(self.longest) < sizes, self.longest / sizes, 0.0).ravel()


class Cuts(NamedTuple):
    x: Any
    axes: tuple[Axis, Axis]

    @property
    def over(self) -> Over:
        window = tuple(axis.longest for axis in self.axes)
        return Over(window, window, "VALID", (1, 1))

    @property
    def sequences(self) -> tuple[Tensor, Tensor]:
        rows, columns = (constant(axis.cuts) for axis in self.axes)
        return rows, columns


def side_by_side(cuts: Cuts) -> Any:
    rows, columns = (tensor(axis.reads()) for axis in cuts.axes)
    return gather_axis(gather_axis(cuts.x, rows, 1), columns, 2)


def cut(op: str, value: Any, pooling_ratio: Any, pseudo_random: bool, overlapping: bool, seed: int) -> Cuts:
    ratios = spatial_ratios(op, pooling_ratio)
    x = to_tensor(value)
    if x.ndim != 4:
        raise invalid(op, f"{op}: value must be 4-dimensional (batch, height, width, channels), got shape {list(x.dims)}")
    place = _philox.from_seeds(*(seeds_of(seed)))
    make = pseudo_random_cuts if pseudo_random else random_cuts
    axes = []
    for size, ratio in zip(x.dims[1:3], ratios, strict=True):
        axis, place = axis_of(op, operator.index(size), ratio, make, overlapping, place)
        axes.append(axis)
    return Cuts(x, (axes[0], axes[1]))


def seeds_of(seed: int) -> tuple[int, int]:
    first, second = (SEED.pair(seed) if seed else None) or unpredictable(2)
    return first, second


def spatial_ratios(op: str, pooling_ratio: Any) -> tuple[float, float]:
    given = frozen(pooling_ratio)
    given = given if isinstance(given, tuple) else (given,)
    if len(given) not in (1, 2, 4) or not all(isinstance(r, (int, float)) for r in given):
        raise ValueError(f"{op}: `pooling_ratio` should be a number or a list of 1, 2 or 4 numbers. Received: {pooling_ratio!r}")
    if min(given) < 1.0:
        raise ValueError(f"{op}: `pooling_ratio` should be >= 1.0. Received: pooling_ratio={pooling_ratio}")
    if len(given) == 4 and (given[0] != 1.0 or given[3] != 1.0):
        raise ValueError(f"{op}: `pooling_ratio` should have first and last elements with value 1.0. Received: {pooling_ratio}")
    rows, columns = given[1:3] if len(given) == 4 else (given * 2)[:2] if len(given) == 1 else given
    return rows, columns


def axis_of(op: str, size: int, ratio: float, make: Callable, overlapping: bool, place: Philox) -> tuple[Axis, Philox]:
    count = floor(size / ratio)
    if count < 1:
        raise invalid(op, f"{op}: an axis of {size} places cannot be pooled by the ratio {ratio}")
    cuts, place = make(size, count, place)
    starts = np.array(cuts, np.int64)
    ends = np.minimum(starts[1:] + 1, size) if overlapping else starts[1:]
    return Axis(starts, ends, int((ends - starts[:-1]).max())), place


# -- where to cut -----------------------------------------------------------------------------------------------
def words(place: Philox, count: int) -> tuple[list[int], Philox]:
    """The next words of a stream; what is left of the last block is not used."""
    blocks = -(-count // 4)
    return _philox.few_blocks(place, list(range(blocks))).ravel().tolist(), place.skip(blocks)


def random_cuts(size: int, count: int, place: Philox) -> tuple[list[int], Philox]:
    """Regions of size // count places, and the surplus one more, in random order (a shuffle by Fisher and Yates)."""
    least, surplus = divmod(size, count)
    sizes = [least + 1] * surplus + [least] * (count - surplus)
    drawn, place = words(place, count)
    for i in range(count - 1):
        j = i + drawn[i] % (count - i)
        sizes[i], sizes[j] = sizes[j], sizes[i]
    return np.cumsum([0, *sizes]).tolist(), place


def pseudo_random_cuts(size: int, count: int, place: Philox) -> tuple[list[int], Philox]:
    """Graham's sequence ceil(alpha * (i + u)) with one random u, bounded so that no region has more than two sizes."""
    alpha = size / count
    least = size // count
    bound = min((least + 2) / alpha - 1, (size + 1 - least) / alpha - (count - 1))
    (high, low, *_), place = words(place, 2)
    u = ((high & 0xFFFFF) << 32 | low) * 2.0**-52 * bound
    return [0, *(ceil(alpha * (i + u)) - 1 for i in range(1, count)), size], place
