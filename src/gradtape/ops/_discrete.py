"""Categorical draws, permutations and bounded normals from a Philox stream: kernels that read one stream from end to end.

TensorFlow divides large draws of these kinds among its threads, each with a stream of its own, so there its numbers
depend on the machine; here they are those that one thread draws.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ._distributions import UNIFORM, normal32, normal64, uniform
from ._philox import Philox, chunks

MOST_ATTEMPTS = 1000  # for one value of a bounded normal
LOOP = 1000  # shuffles below are fastest in a loop
NORMAL_REACH = 1.3  # propose from the whole normal where the bounds reach that far on one side of the mean


# -- categorical ------------------------------------------------------------------------------------------------
def categorical(stream: Philox, logits: np.ndarray, samples: int) -> np.ndarray:
    """Class indices, int64[rows, samples], by inversion of the cumulated probabilities (in float64).

    A logit that is not finite has probability 0; where all have, the result is the number of classes, as in TensorFlow.
    """
    finite = np.isfinite(logits)
    wide = logits.astype(np.float64)
    top = np.max(wide, axis=1, keepdims=True, where=finite, initial=-np.inf)
    cumulated = np.cumsum(np.where(finite, np.exp(wide - top), 0.0), axis=1)
    wanted = uniform(stream, (len(logits), samples), np.dtype(np.float64)) * cumulated[:, -1:]
    if samples < 8:
        return (cumulated[:, None, :] <= wanted[:, :, None]).sum(axis=2)
    out = np.empty(wanted.shape, np.int64)
    for row in range(len(logits)):
        out[row] = np.searchsorted(cumulated[row], wanted[row], side="right")
    return out


# -- permutation --------------------------------------------------------------------------------------------------
def permutation(stream: Philox, size: int) -> np.ndarray:
    """The order into which size - 1 draws shuffle range(size) (Fisher and Yates, from the front)."""
    if size < 2:
        return np.arange(size)
    words = np.concatenate([w for _, w in chunks(stream, -(-(size - 1) // 4))]).reshape(-1)[: size - 1]
    steps = np.arange(size - 1)
    targets = steps + words % (size - steps).astype(np.uint32)
    return swapped(targets) if size < LOOP else swapped_at_once(targets)


def swapped(targets: np.ndarray) -> np.ndarray:
    """The outcome of swapping place i with targets[i], for i = 0, 1, ..."""
    order = list(range(targets.size + 1))
    for i, j in enumerate(targets.tolist()):
        order[i], order[j] = order[j], order[i]
    return np.array(order)


def swapped_at_once(targets: np.ndarray) -> np.ndarray:
    """The same for long arrays.

    Before step i, place j > i holds what the last step with that target took away from its own place, and place i holds
    what the last step before with target i took away from its: chains, which are followed for all places together.
    """
    places = np.arange(targets.size + 1)
    order = np.argsort(targets, kind="stable")
    grouped = targets[order]
    again = grouped[1:] == grouped[:-1]
    before = np.full(targets.size, -1)  # the last step before with the same target
    before[order[1:][again]] = order[:-1][again]
    last = np.append(~again, True)
    origin = places.copy()  # of what a place holds when its turn comes
    origin[grouped[last]] = order[last]
    own = np.flatnonzero(targets == places[:-1])
    origin[own] = np.where(before[own] < 0, own, before[own])
    while not np.array_equal(further := origin[origin], origin):
        origin = further
    taken = np.where(before < 0, targets, origin[before])
    taken[own] = origin[own]
    return np.append(taken, origin[-1])


# -- normal between bounds --------------------------------------------------------------------------------------------
class Bounds(NamedTuple):
    """A normal of this mean and deviation between low and high, both in deviations from the mean.  Scalars of one dtype.

    A negative deviation says that everything is reflected, so that a lone bound is the lower one.
    """

    mean: np.floating
    deviation: np.floating
    low: np.floating
    high: np.floating


def bounded_normal(stream: Philox, samples: int, *parameters: np.ndarray) -> np.ndarray:
    """`samples` draws for each mean, deviation, minimum and maximum (broadcast, flat): [samples, parameters].

    Raises:
        ValueError: where a deviation is not positive, a minimum not below its maximum, or both bounds are infinite.
        ArithmeticError: where no proposal is accepted in 1000.
    """
    mean, deviation, low, high = parameters
    if not np.all((deviation > 0) & (low < high) & (np.isfinite(low) | np.isfinite(high))):
        raise ValueError("Invalid parameters: stddevs must be positive, minvals < maxvals, and one of the two finite")
    out = np.empty((mean.size, samples), mean.dtype)
    for row, bounds in zip(out, map(normalized, *parameters), strict=True):
        stream = fill_row(stream, bounds, row)
    return out.T


def normalized(mean: Any, deviation: Any, low: Any, high: Any) -> Bounds:
    if (np.isinf(low) and low < 0) or high < mean:
        low, high, deviation = high, low, -deviation
    return Bounds(mean, deviation, (low - mean) / deviation, (high - mean) / deviation)


def fill_row(stream: Philox, bounds: Bounds, row: np.ndarray) -> Philox:
    """Fill a row with accepted proposals; returns the place behind the last block that was needed."""
    propose, blocks = proposal(bounds)
    filled = barren = 0  # barren: proposals rejected in a row
    while filled < row.size:
        turns = (row.size - filled) // 2 + 4
        words = np.concatenate([w for _, w in chunks(stream, turns * blocks)])
        values, accept = propose(bounds, words)
        hits = np.flatnonzero(accept)[: row.size - filled]
        row[filled : filled + hits.size] = values.reshape(-1)[hits] * bounds.deviation + bounds.mean
        filled += hits.size
        barren = accept.size - 1 - hits[-1] if hits.size else barren + accept.size
        if filled < row.size and barren >= MOST_ATTEMPTS:
            raise ArithmeticError("no proposal was accepted in 1000")
        used = turns if filled < row.size else int(hits[-1]) // (values.size // turns) + 1
        stream = stream.skip(used * blocks)
    return stream


def proposal(bounds: Bounds) -> tuple[Any, ...]:
    """How to propose values, and the blocks a turn takes (Robert, "Simulation of truncated normal variables", 1995)."""
    low, high = bounds.low, bounds.high
    if (low < -low.dtype.type(NORMAL_REACH) and high >= 0) or (high > low.dtype.type(NORMAL_REACH) and low <= 0):
        return propose_normal, 1
    root = np.sqrt(low * low + 4)
    if high - low < 2 * np.exp((low * (low - root)) / 4 + low.dtype.type(0.5)) / (low + root):
        return propose_uniform, 2
    return propose_exponential, 1


def propose_normal(bounds: Bounds, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values = (normal64 if bounds.low.dtype == np.float64 else normal32)(words).reshape(-1).astype(bounds.low.dtype)
    return values, (values >= bounds.low) & (values <= bounds.high)


def propose_uniform(bounds: Bounds, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Uniform between the bounds; the second block of a turn decides."""
    draws = UNIFORM[bounds.low.dtype](words)
    values = draws[0::2] * (bounds.high - bounds.low) + bounds.low
    bonus = bounds.low * bounds.low if bounds.low >= 0 else bounds.low.dtype.type(0)
    return values, draws[1::2] <= np.exp((bonus - values * values) / 2)


def propose_exponential(bounds: Bounds, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exponential from the lower bound on; the second draw of a pair decides."""
    draws = UNIFORM[bounds.low.dtype](words)
    low = bounds.low
    rate = (low + np.sqrt(low * low + 4)) / 2
    values = -np.log(draws[:, 0::2]) / rate + low
    x = rate - values if low < rate else low - rate
    return values, (draws[:, 1::2] <= np.exp(-x * x / 2)) & (values < bounds.high)
