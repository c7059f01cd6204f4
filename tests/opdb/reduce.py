"""Layer 2: reductions and scans."""

import numpy as np

import gradtape as tf
from gradtape.ops import reduce, scan

from ._record import Op, S, binary, bools, cplx, f, ints, pos, unary

INVALID = tf.errors.InvalidArgumentError
GONE = [(S(f(2, 3), axis=2), INVALID), (S(f(2, 3), axis=[0, -2]), INVALID), (S(f(), axis=0), INVALID)]
AXES = [
    S(f(2, 3)),
    S(f(2, 3), axis=-1),
    S(f(2, 3, 2), axis=[0, 2]),
    S(f(2, 3), axis=0, keepdims=True),
    S(f(30)),
    S(f()),
    S(f(2, 2), axis=()),
]
ZEROS = np.array([[0.0, 2.0, 3.0], [0.0, 0.0, 4.0], [1.0, 2.0, 0.0]])
TIES = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
FLAT = np.array([[2.0, 2.0], [3.0, 5.0]])


def reduction(name, ref, samples=AXES, bad=(), **facts):
    def call(x, axis=None, keepdims=False):
        axis = tuple(axis) if isinstance(axis, list) else axis
        return ref(x, axis=axis, keepdims=keepdims)

    return Op(name, getattr(reduce, name), ref=call, samples=samples, bad=[*GONE, *bad], **facts)


def running(name, ref, samples=(), **facts):
    """A scan against the loop that defines it."""

    def call(x, axis=0, exclusive=False, reverse=False):
        x = np.moveaxis(x, axis, 0)
        x = x[::-1] if reverse else x
        out = np.stack([ref(x[: k + (not exclusive)]) for k in range(len(x))]) if len(x) else x
        return np.moveaxis(out[::-1] if reverse else out, 0, axis)

    flags = [S(f(4), exclusive=e, reverse=r) for e in (False, True) for r in (False, True)]
    bad = [(S(f(3), axis=1), INVALID), (S(f()), INVALID)]
    return Op(
        name,
        getattr(scan, name),
        ref=call,
        samples=[*flags, S(f(2, 3, 2), axis=1), S(f(3, 12)), S(f(0, 2)), *samples],
        bad=bad,
        **facts,
    )


def logsumexp(x, axis=None, keepdims=False):
    return np.log(np.sum(np.exp(x), axis=axis, keepdims=keepdims))


def norm(x, axis=None, keepdims=False):
    return np.sqrt(np.sum(np.abs(x) ** 2, axis=axis, keepdims=keepdims)).astype(x.dtype)


def recurrence(a, b, axis=0, reverse=False):
    a, b = (np.moveaxis(v, axis, 0)[:: -1 if reverse else 1] for v in (a, b))
    y = [b[0]]
    for k in range(1, len(b)):
        y.append(a[k] * y[-1] + b[k])
    return np.moveaxis(np.stack(y)[:: -1 if reverse else 1], 0, axis)


def exponential(y):
    """So that the first exclusive result, -inf, does not stand in the way of differences."""
    return scan.exp_difference(y, tf.constant(0.0, y.dtype))


RECORDS = [
    reduction("reduce_mean", np.mean, [*AXES, S(cplx(2, 3), axis=1), S(f(100, 50), axis=1)], [(S(bools(3)), INVALID)], covers=("spread_mean",)),
    Op("reduce_mean_int", lambda x: reduce.reduce_mean(x, axis=0), ref=lambda x: np.trunc(x.mean(0)).astype("i4"),
       samples=[S(ints(-9, 9, (5, 7)))]),
    reduction("reduce_max", np.max, [*AXES, S(TIES[:, :2], axis=0)], [(S(bools(3)), INVALID), (S(cplx(3)), INVALID)],
              covers=("share_of_extreme",)),
    reduction("reduce_min", np.min),
    reduction("reduce_prod", np.prod, [*AXES, S(ZEROS), S(ZEROS, axis=1), S(ZEROS, axis=0), S(cplx(2, 3), axis=0), S(f(0, 2), axis=0)]),
    reduction("reduce_variance", np.var, [*AXES[:4], S(f(30)), S(FLAT, axis=0), S(cplx(4))], [(S(ints(0, 3, (3,))), INVALID)]),
    reduction("reduce_std", np.std, [*AXES[:4], S(f(30)), S(cplx(4))], [(S(ints(0, 3, (3,))), INVALID)]),
    reduction("reduce_euclidean_norm", norm, [*AXES[:4], S(pos(2)), S(cplx(2, 3), axis=1)]),
    unary("inverse_or_zero", np.reciprocal, 0.5, 2.0, reduce.inverse_or_zero),
    reduction("reduce_logsumexp", logsumexp, bad=[(S(ints(0, 3, (3,))), INVALID)]),
    reduction("reduce_any", np.any, [S(bools(2, 3)), S(bools(2, 3), axis=1)], [(S(f(3)), INVALID)]),
    reduction("reduce_all", np.all, [S(bools(2, 3)), S(bools(2, 3), axis=1)], [(S(f(3)), INVALID)]),
    Op("count_nonzero", lambda x, **p: reduce.count_nonzero(x, **p), ref=lambda x, **p: np.count_nonzero(x, **p),
       samples=[S(ints(0, 2, (3, 4))), S(ints(0, 2, (3, 4)), axis=1, keepdims=True), S(bools(5)), S(ZEROS, axis=0)], grad=False,
       f32=False, covers=("is_nonzero",)),
    Op("zero_fraction", lambda x: reduce.zero_fraction(x), ref=lambda x: np.float32(np.mean(x == 0)), samples=[S(ZEROS), S(ints(0, 2, (9,)))],
       grad=False, f32=False),
    Op("argmax", lambda x, **p: reduce.argmax(x, **p), ref=lambda x, axis=0: np.argmax(x, axis=axis),
       samples=[S(f(3, 4)), S(TIES, axis=1), S(TIES, axis=-2), S(bools(3)), S(ints(0, 9, (3,)))], grad=False, covers=("index_of_max",),
       bad=[(S(f(3), axis=1), INVALID), (S(f()), INVALID), (S(np.zeros((0, 3))), INVALID), (S(cplx(3)), INVALID),
            (S(f(3), output_type=tf.as_dtype("float32")), INVALID)]),
    Op("argmin", lambda x, **p: reduce.argmin(x, **p), ref=lambda x, axis=0: np.argmin(x, axis=axis),
       samples=[S(f(3, 4)), S(TIES, axis=1), S(bools(3))], grad=False, covers=("index_of_min",),
       bad=[(S(f(3), axis=1), INVALID), (S(f(3), output_type="int16"), INVALID)]),
    running("cumsum", lambda x: x.sum(0), [S(cplx(3))]),
    running("cumprod", lambda x: x.prod(0), [S(cplx(3)), S(ZEROS, axis=1), S(ZEROS, axis=0, exclusive=True), S(ZEROS, axis=1, reverse=True)]),
    running("cumulative_logsumexp", lambda x: np.log(np.exp(x).sum(0)), grad=False),
    Op("running_logsumexp", lambda x, **p: exponential(scan.cumulative_logsumexp(x, **p)),
       samples=[S(f(4), exclusive=e, reverse=r) for e in (False, True) for r in (False, True)] + [S(f(2, 3, 2), axis=1), S(f(3, 12))]),
    binary("exp_difference", lambda a, b: np.exp(a - b), fn=scan.exp_difference),
    Op("shift", lambda x, **p: scan.shift(x, **p), samples=[S(f(3), axis=0), S(f(2, 3), axis=1, back=True, fill=2.0), S(f(0), axis=0)]),
    Op("linear_scan", lambda a, b, **p: scan.linear_scan(a, b, **p), ref=recurrence,
       samples=[S(f(4), f(4), axis=0), S(f(2, 4), f(2, 4), axis=1, reverse=True), S(f(3, 12), f(3, 12), axis=0), S(cplx(3), cplx(3), axis=0),
                S(np.array([0.0, 2.0, 0.0]), f(3), axis=0)]),
]  # fmt: skip
