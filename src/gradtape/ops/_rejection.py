"""Gamma, Poisson and binomial draws from a Philox stream, by rejection.

Every value has 256 blocks of its own, so it does not depend on how many attempts the values before it took.  They are
drawn side by side: in each turn all values that are still open make one attempt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ._distributions import normal64, uniform64
from ._philox import CHUNK, Philox, blocks_at

VALUE_BLOCKS = 256  # blocks reserved for one value


class Feed:
    """Two values a block for many streams; of each block the last value is given first."""

    def __init__(self, convert: Callable, count: int):
        self.convert = convert
        self.buffer = np.empty((count, 2))
        self.left = np.zeros(count, np.intp)

    def take(self, rows: np.ndarray, source: Source) -> np.ndarray:
        """The next value of each of these streams."""
        empty = rows[self.left[rows] == 0]
        self.buffer[empty] = self.convert(source.next_blocks(empty)).reshape(-1, 2)
        self.left[empty] = 2
        self.left[rows] -= 1
        return self.buffer[rows, self.left[rows]]


class Source:
    """The blocks of the values first, first + 1, ...: each value reads its own, one after the other."""

    def __init__(self, stream: Philox, first: int, count: int, reserved: int = VALUE_BLOCKS):
        self.stream = stream
        self.place = (np.arange(count, dtype=np.uint64) + np.uint64(first)) * np.uint64(reserved)
        self.uniforms = Feed(uniform64, count)
        self.normals = Feed(normal64, count)

    def next_blocks(self, rows: np.ndarray) -> np.ndarray:
        words = blocks_at(self.stream, self.place[rows])
        self.place[rows] += np.uint64(1)
        return words

    def uniform(self, rows: np.ndarray) -> np.ndarray:
        return self.uniforms.take(rows, self)

    def normal(self, rows: np.ndarray) -> np.ndarray:
        return self.normals.take(rows, self)


def each(stream: Philox, parameters: Sequence[np.ndarray], samples: int, attempt: Callable) -> np.ndarray:
    """`samples` float64 draws for each set of (flat) parameters: [samples, sets].

    Value number i * samples + j is draw j of set i.
    """
    sets = parameters[0].size
    out = np.empty(sets * samples)
    for first in range(0, out.size, CHUNK):
        index = np.arange(first, min(out.size, first + CHUNK))
        out[index] = attempt(partial(Source, stream, first, index.size), *(p[index // samples] for p in parameters))
    return out.reshape(sets, samples).T


def cast(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """From float64; halves are rounded by way of float32, as in TensorFlow."""
    return values.astype(np.float32).astype(dtype) if dtype.itemsize == 2 else values.astype(dtype)


# -- gamma ------------------------------------------------------------------------------------------------------
def gamma(stream: Philox, alpha: np.ndarray, samples: int) -> np.ndarray:
    """Standard gamma draws, [samples, alphas]; NaN where alpha is negative or NaN."""
    return cast(each(stream, [alpha.reshape(-1).astype(np.float64)], samples, gamma_values), alpha.dtype)


def gamma_values(source_of: Callable, alpha: np.ndarray) -> np.ndarray:
    source, out = source_of(), np.full(alpha.size, np.nan)
    exponential = np.flatnonzero(alpha == 1)
    if exponential.size:
        out[exponential] = -np.log1p(-source.uniform(exponential))
    marsaglia_tsang(source, alpha, np.flatnonzero((alpha >= 0) & (alpha != 1)), out)
    return out


def marsaglia_tsang(source: Source, alpha: np.ndarray, rows: np.ndarray, out: np.ndarray) -> None:
    """Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; alpha < 1 by way of alpha + 1."""
    small = alpha < 1
    d = alpha + np.where(small, 2.0 / 3, -1.0 / 3)
    c = 1.0 / 3 / np.sqrt(d)
    while rows.size:
        x = source.normal(rows)
        v = 1 + c[rows] * x
        inside = np.flatnonzero(v > 0)
        tried, x, v = rows[inside], x[inside], v[inside] ** 3
        u = source.uniform(tried)
        square, dv = x * x, d[tried] * v
        accept = u < 1 - 0.0331 * square * square
        accept |= np.log(u) < 0.5 * square + d[tried] * (1 - v + np.log(v))
        done = tried[accept]
        out[done] = dv[accept]
        rejected = np.ones(rows.size, bool)
        rejected[inside[accept]] = False
        rows = rows[rejected]
        scaled = done[small[done]]
        if scaled.size:
            out[scaled] *= source.uniform(scaled) ** (1 / alpha[scaled])


# -- poisson ----------------------------------------------------------------------------------------------------
def poisson(stream: Philox, rate: np.ndarray, samples: int, dtype: np.dtype, log_gamma: Callable) -> np.ndarray:
    """Poisson draws, [samples, rates]; a negative rate gives 0, NaN gives NaN (0 for integers), too large a one the limit."""
    limit = largest(dtype)
    values = each(stream, [rate.reshape(-1).astype(np.float64)], samples, lambda s, r: poisson_values(s, r, limit, log_gamma))
    return cast(np.nan_to_num(values, posinf=limit) if dtype.kind == "i" else values, dtype)


def largest(dtype: np.dtype) -> float:
    """The largest value of a dtype that is a float64 as well."""
    return float(min(np.iinfo(dtype).max, (1 << 63) - 1024) if dtype.kind == "i" else np.finfo(dtype).max)


def poisson_values(source_of: Callable, rate: np.ndarray, limit: float, log_gamma: Callable) -> np.ndarray:
    source = source_of()
    out = np.where(rate > limit, np.inf, np.nan)
    knuth(source, rate, np.flatnonzero(rate < 10), out)
    hormann(source, rate, np.flatnonzero((rate >= 10) & (rate <= limit)), limit, log_gamma, out)
    return out


def knuth(source: Source, rate: np.ndarray, rows: np.ndarray, out: np.ndarray) -> None:
    """Multiply uniforms until the product is at most exp(-rate) (Knuth, Seminumerical Algorithms)."""
    bound, product, count = np.exp(-rate), np.ones(rate.size), 0
    while rows.size:
        product[rows] *= source.uniform(rows)
        done = product[rows] <= bound[rows]
        out[rows[done]] = count
        rows, count = rows[~done], count + 1


def hormann(source: Source, rate: np.ndarray, rows: np.ndarray, limit: float, log_gamma: Callable, out: np.ndarray) -> None:
    """Transformed rejection (Hormann, "The transformed rejection method for generating Poisson random variables", 1993)."""
    log_rate = np.log(rate)
    b = 0.931 + 2.53 * np.sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    box = 0.9277 - 3.6224 / (b - 2)
    while rows.size:
        u = source.uniform(rows) - 0.5
        v = source.uniform(rows)
        shifted = 0.5 - np.abs(u)
        ar, br = a[rows], b[rows]
        k = np.floor((2 * ar / shifted + br) * u + rate[rows] + 0.43)
        score = np.log(v * inverse_alpha[rows] / (ar / (shifted * shifted) + br))
        accept = ~((k < 0) | ((shifted < 0.013) & (v > shifted)))
        accept &= score <= -rate[rows] + k * log_rate[rows] - log_gamma(k + 1)
        accept |= (shifted >= 0.07) & (v <= box[rows])
        accept &= k <= limit
        out[rows[accept]] = k[accept]
        rows = rows[~accept]


# -- binomial ---------------------------------------------------------------------------------------------------
INVERSION_BLOCKS = 42  # blocks reserved where the mean is below 10
TAIL = np.array(  # log k! minus Stirling's formula, k = 0 ... 9
    [
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ]
)  # fmt: skip


def binomial(stream: Philox, count: np.ndarray, prob: np.ndarray, samples: int, dtype: np.dtype) -> np.ndarray:
    """Binomial draws, [samples, sets]; NaN (0 for integers) where a parameter is NaN or the count infinite."""
    few = np.where(prob <= 0.5, prob, 1 - prob) * count < 10  # in the parameters' own dtype
    parameters = [p.reshape(-1) for p in (count.astype(np.float64), prob.astype(np.float64), few)]
    values = each(stream, parameters, samples, binomial_values)
    return cast(np.nan_to_num(values) if dtype.kind == "i" else values, dtype)


def binomial_values(source_of: Callable, count: np.ndarray, prob: np.ndarray, few: np.ndarray) -> np.ndarray:
    """The rarer of the two outcomes is drawn, by inversion where its mean is below 10."""
    out = np.where(prob >= 1, count, 0.0)
    out[np.isnan(prob) | ~np.isfinite(count)] = np.nan
    out[(count <= 0) | (prob <= 0)] = 0.0
    inside = (count > 0) & np.isfinite(count) & (prob > 0) & (prob < 1)
    rare = np.where(prob <= 0.5, prob, 1 - prob)
    geometric(source_of(INVERSION_BLOCKS), count, rare, np.flatnonzero(inside & few), out)
    btrs(source_of(), count, rare, np.flatnonzero(inside & ~few), out)
    return np.where(inside & (prob > 0.5), count - out, out)


def geometric(source: Source, count: np.ndarray, prob: np.ndarray, rows: np.ndarray, out: np.ndarray) -> None:
    """How many geometric waiting times fit into the count."""
    total, hits = np.zeros(count.size), 0
    while rows.size:
        total[rows] += np.ceil(np.log(source.uniform(rows)) / np.log1p(-prob[rows]))
        done = total[rows] > count[rows]
        out[rows[done]] = hits
        rows, hits = rows[~done], hits + 1


def btrs(source: Source, count: np.ndarray, prob: np.ndarray, rows: np.ndarray, out: np.ndarray) -> None:
    """Transformed rejection (Hormann, "The generation of binomial random variates", 1993, algorithm BTRS)."""
    deviation = np.sqrt(count * prob * (1 - prob))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * prob
    center, box, odds = count * prob + 0.5, 0.92 - 4.2 / b, prob / (1 - prob)
    alpha, mode = (2.83 + 5.1 / b) * deviation, np.floor((count + 1) * prob)
    while rows.size:
        u, v = source.uniform(rows), source.uniform(rows)
        u = u - 0.5
        shifted = 0.5 - np.abs(u)
        k = np.floor((2 * a[rows] / shifted + b[rows]) * u + center[rows])
        possible = (k >= 0) & (k <= count[rows])
        score = np.log(v * alpha[rows] / (a[rows] / (shifted * shifted) + b[rows]))
        accept = possible & (score <= log_ratio(count[rows], odds[rows], mode[rows], np.where(possible, k, 0.0)))
        accept |= (shifted >= 0.07) & (v <= box[rows])
        out[rows[accept]] = k[accept]
        rows = rows[~accept]


def log_ratio(n: np.ndarray, odds: np.ndarray, m: np.ndarray, k: np.ndarray) -> np.ndarray:
    """log of the probability of k over that of m."""
    return (
        (m + 0.5) * np.log((m + 1) / (odds * (n - m + 1)))
        + (n + 1) * np.log((n - m + 1) / (n - k + 1))
        + (k + 0.5) * np.log(odds * (n - k + 1) / (k + 1))
        + stirling_tail(m) + stirling_tail(n - m) - stirling_tail(k) - stirling_tail(n - k)
    )  # fmt: skip


def stirling_tail(k: np.ndarray) -> np.ndarray:
    square = (k + 1) * (k + 1)
    return np.where(k <= 9, TAIL[np.clip(k, 0, 9).astype(np.intp)], (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1))
