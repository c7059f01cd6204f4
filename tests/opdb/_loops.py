"""Convolution and windows by plain loops over NumPy indices: what the kernels are compared with."""

import itertools

import numpy as np


def reads(sizes, kernel, strides, dilations, padding):
    """(out sizes, {(place, tap): the index that it reads, or None in the padding}), from the definition."""
    out, before = [], []
    for axis, (n, k, s, d) in enumerate(zip(sizes, kernel, strides, dilations, strict=True)):
        reach = (k - 1) * d + 1
        if padding == "SAME":
            places = -(-n // s)
            needed = max((places - 1) * s + reach - n, 0)
            lo = needed // 2
        else:
            lo, hi = (0, 0) if padding == "VALID" else padding[axis]
            places = len(range(-lo, n + hi - reach + 1, s))
        out.append(places)
        before.append(lo)
    table = {}
    for place in np.ndindex(*out):
        for tap in np.ndindex(*kernel):
            at = tuple(p * s - b + t * d for p, s, b, t, d in zip(place, strides, before, tap, dilations, strict=True))
            table[place, tap] = at if all(0 <= a < n for a, n in zip(at, sizes, strict=True)) else None
    return tuple(out), table


def conv(x, w, strides, padding, dilations, groups):
    out, table = reads(x.shape[1:-1], w.shape[:-2], strides, dilations, padding)
    c, m = w.shape[-2], w.shape[-1] // groups
    y = np.zeros((len(x), *out, w.shape[-1]))
    for ((place, tap), at), g in itertools.product(table.items(), range(groups)):
        if at is not None:
            product = x[(slice(None), *at, slice(g * c, g * c + c))] @ w[(*tap, slice(None), slice(g * m, g * m + m))]
            y[(slice(None), *place, slice(g * m, g * m + m))] += product
    return y


def patches(x, over, fill):
    """(batch, *out, taps, channels), `fill` in the padding."""
    out, table = reads(x.shape[1:-1], over.window, over.strides, over.dilations, over.padding)
    y = np.full((len(x), *out, *over.window, x.shape[-1]), fill, x.dtype)
    for (place, tap), at in table.items():
        if at is not None:
            y[(slice(None), *place, *tap)] = x[(slice(None), *at)]
    return y.reshape(len(x), *out, int(np.prod(over.window)), x.shape[-1])


def max_pool(x, over):
    return patches(x, over, -np.inf).max(-2)


def avg_pool(x, over):
    return np.nanmean(patches(x, over, np.nan), -2)


def extract_patches(x, over):
    y = patches(x, over, 0)
    return y.reshape(*y.shape[:-2], -1)
