"""Layer 2: sorting, the k largest, counts and segments."""

import numpy as np

import gradtape as tf
from gradtape.ops import counting, reduce, segment, sorting

from ._record import Op, S, bools, cplx, f, ints, pos

INVALID = tf.errors.InvalidArgumentError
TIES = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
ZEROS = np.array([[0.0, 2.0], [3.0, 0.0], [0.0, 0.0], [4.0, 5.0], [2.0, 1.0]])
SORTED = np.array([0, 0, 1, 3, 3], np.int32)


def order(x, axis=-1, direction="ASCENDING"):
    return np.argsort(x if direction == "ASCENDING" else -x, axis, kind="stable").astype(np.int32)


def sorted_values(x, axis=-1, direction="ASCENDING"):
    return np.take_along_axis(x, order(x, axis, direction), axis)


def largest(x, k=1):
    at = order(x, -1, "DESCENDING")[..., :k]
    return np.take_along_axis(x, at, -1), at


def permutations(rows, n, dtype=np.int32):
    return lambda rng: np.stack([rng.permutation(n)[:2] for _ in range(rows)]).astype(dtype)


def put(x, indices, size, axis):
    out = np.zeros((*x.shape[:axis], size, *x.shape[axis + 1 :]), x.dtype)
    np.put_along_axis(out, indices, x, axis)
    return out


def by_id(ref, empty):
    """Segments against the loop that defines them."""

    def call(data, ids, num=None):
        rows = data.reshape(ids.size, *data.shape[ids.ndim :])
        out = []
        for k in range(ids[-1] + 1 if num is None else num):
            chosen = rows[ids.reshape(-1) == k]
            out.append(ref(chosen) if len(chosen) else np.full(rows.shape[1:], empty, rows.dtype))
        return np.stack(out)

    return call


MEANS = {"sum": lambda r: r.sum(0), "mean": lambda r: r.mean(0), "max": lambda r: r.max(0), "min": lambda r: r.min(0),
         "prod": lambda r: r.prod(0), "sqrt_n": lambda r: r.sum(0) / np.sqrt(len(r))}  # fmt: skip


def of_sorted(kind):
    """The ids are given, so that they stay sorted in every sample of a map."""
    samples = [S(f(5), SORTED), S(f(5, 2), SORTED), S(ZEROS, SORTED)][: 2 if kind in ("max", "min") else 3]
    bad = [(S(f(3), np.array([0, 2, 1], np.int32)), INVALID), (S(f(3), np.array([-1, 0, 1], np.int32)), INVALID),
           (S(f(3), np.array([0, 1], np.int32)), INVALID), (S(f(3, 2), np.zeros((3, 2), np.int32)), INVALID),
           (S(f(3), np.zeros(3)), INVALID), (S(bools(3), np.zeros(3, np.int32)), INVALID)]  # fmt: skip
    ref = by_id(MEANS[kind], 1 if kind == "prod" else 0)
    return Op(f"segment_{kind}", getattr(segment, f"segment_{kind}"), ref=ref, samples=samples, bad=bad, symbolic=False)


def of_any(kind, limit=0):
    def call(data, ids, num):
        return getattr(segment, f"unsorted_segment_{kind}")(data, ids, num)

    samples = [S(f(6), ints(-1, 3, (6,)), num=3), S(f(2, 3, 2), ints(-1, 4, (2, 3)), num=4), S(f(3), ints(0, 2), num=2),
               S(f(5, 2) if abs(limit) > 1 else ZEROS, np.array([2, 0, 0, 2, -1], np.int64), num=4), S(f(0, 2), ints(0, 1, (0,)), num=2)]  # fmt: skip
    bad = [(S(f(3), np.array([0, 1, 3], np.int32), num=3), INVALID), (S(f(3), np.array([0, 1], np.int32), num=3), INVALID),
           (S(f(3), np.array([0, 1, 2], np.int32), num=-1), INVALID), (S(f(3), np.zeros(3), num=1), INVALID)]  # fmt: skip
    return Op(
        f"unsorted_segment_{kind}",
        call,
        ref=by_id(MEANS[kind], limit),
        samples=samples,
        bad=bad,
        covers=(f"segments_{kind}",),
        f32=abs(limit) < 2,
    )


def bincount(arr, weights=None, size=4):
    rows = arr.reshape(int(np.prod(arr.shape[:-1])), arr.shape[-1])
    terms = [None] * len(rows) if weights is None else weights.reshape(rows.shape)
    out = np.stack([np.bincount(row, term, size)[:size] for row, term in zip(rows, terms, strict=True)])
    return out.reshape(*arr.shape[:-1], size).astype("i4" if weights is None else weights.dtype)


def matrix(labels, predictions, n=4, weights=None):
    out = np.zeros((n, n), np.int32 if weights is None else weights.dtype)
    np.add.at(out, (labels, predictions), 1 if weights is None else weights)
    return out


FIXED = {"minlength": 4, "maxlength": 4}
BIGGEST = float(np.finfo(np.float64).max)

RECORDS = [
    Op("take_along", lambda x, i, axis: sorting.take_along(x, i, axis=axis), ref=np.take_along_axis,
       samples=[S(f(3, 4), ints(0, 4, (3, 2)), axis=1), S(f(3, 4), ints(0, 3, (3, 4)), axis=0)], grad=False),
    Op("put_along", lambda x, i, **p: sorting.put_along(x, i, **p), ref=put,
       samples=[S(f(3, 2), permutations(3, 4), size=4, axis=1), S(f(2, 2), permutations(2, 2), size=5, axis=1)]),
    Op("sort", sorting.sort, ref=sorted_values, samples=[S(f(5)), S(f(3, 4), axis=0), S(f(3, 4), direction="DESCENDING"), S(ints(0, 9, (7,)))],
       bad=[(S(f(3), axis=1), INVALID), (S(f()), INVALID), (S(f(3), direction="UP"), ValueError), (S(f(3), axis=None), ValueError),
            (S(bools(3)), INVALID)], covers=("sort_along",)),
    Op("argsort", sorting.argsort, ref=order, samples=[S(f(5)), S(f(3, 4), axis=0), S(TIES), S(TIES, direction="DESCENDING")], grad=False,
       bad=[(S(f(3), axis=-2), INVALID), (S(f(3), direction="UP"), ValueError), (S(f(3), axis=None), ValueError)], covers=("argsort_along",)),
    Op("top_k", lambda x, **p: sorting.top_k(x, **p), ref=largest,
       samples=[S(f(5), k=2), S(f(2, 3, 4)), S(f(3), k=0), S(f(2, 300), k=3), S(ints(0, 5, (2, 300)), k=3), S(TIES, k=2)][:5],
       bad=[(S(f(3), k=4), INVALID), (S(f(3), k=-1), INVALID), (S(f()), INVALID), (S(f(3), index_type="float32"), INVALID)],
       covers=("largest",)),
    Op("top_k_of_ties", lambda x, **p: sorting.top_k(x, **p), ref=largest, samples=[S(TIES, k=2), S(ints(0, 3, (300,)), k=5)], grad=False),
    Op("approx_max_k", lambda x, **p: sorting.approx_max_k(x, **p), ref=lambda x, k, **p: [v.T for v in largest(x.T, k)],
       samples=[S(f(5, 2), k=2, reduction_dimension=0)], bad=[(S(f(3), k=4), INVALID), (S(f(3), k=1, reduction_dimension=1), INVALID)]),
    Op("approx_min_k", lambda x, **p: sorting.approx_min_k(x, **p), ref=lambda x, k: [-largest(-x, k)[0], largest(-x, k)[1]],
       samples=[S(f(2, 5), k=2)], bad=[(S(f(3), k=4), INVALID)]),
    Op("in_top_k", lambda x, t, k: sorting.in_top_k(t, x, k), samples=[S(f(3, 4), ints(-1, 5, (3,)), k=2)], grad=False,
       ref=lambda x, t, k: np.array([0 <= i < 4 and (row > row[i]).sum() < k for row, i in zip(x, t, strict=True)]),
       bad=[(S(f(3), ints(0, 2), k=1), INVALID), (S(f(2, 3), ints(0, 2, (3,)), k=1), INVALID), (S(f(2, 3), f(2), k=1), INVALID)],
       covers=("among_largest",)),
    Op("nth_element", sorting.nth_element, ref=lambda x, n, reverse=False: np.sort(x)[..., -1 - n if reverse else n],
       samples=[S(f(2, 5), n=1), S(f(5), n=0, reverse=True)], bad=[(S(f(3), n=3), INVALID), (S(f(), n=0), INVALID)]),
    Op("unique", lambda x: sorting.unique_with_counts(x), samples=[S(np.array([3.0, 1.0, 3.0, 2.0, 1.0])), S(np.zeros(0))],
       ref=lambda x: [np.array([3.0, 1.0, 2.0])[: len(x)], np.array([0, 1, 0, 2, 1], "i4")[: len(x)], np.array([2, 2, 1], "i4")[: len(x)]],
       grad=False, batch=False, symbolic=False, covers=("distinct",), bad=[(S(f(2, 2)), INVALID), (S(f()), INVALID)]),
    Op("unique_of_different", lambda x: sorting.unique(x).y, ref=lambda x: x, samples=[S(f(4))], batch=False, symbolic=False),
    Op("bincount", lambda a, **p: counting.bincount(a, **FIXED, **p), ref=lambda a, axis=None: bincount(a if axis else a.reshape(-1)),
       samples=[S(ints(0, 6, (7,))), S(ints(0, 6, (2, 3))), S(ints(0, 6, (2, 3)), axis=-1), S(ints(0, 1, (0,)))], covers=("count_bins",),
       bad=[(S(np.array([-1], "i4")), INVALID), (S(ints(0, 3, (2, 2, 2)), axis=-1), INVALID), (S(ints(0, 3, (2, 2)), axis=1), ValueError),
            (S(ints(0, 3, (2,)), dtype="int8"), INVALID)]),
    Op("bincount_weights", lambda w, a, **p: counting.bincount(a, w, **FIXED, **p),
       ref=lambda w, a, axis=None: bincount(a if axis else a.reshape(-1), w),
       samples=[S(f(7), ints(0, 6, (7,))), S(f(2, 3), ints(0, 6, (2, 3))), S(f(2, 3), ints(0, 6, (2, 3)), axis=-1)],
       covers=("weigh_bins",), bad=[(S(f(2), ints(0, 3, (3,))), INVALID), (S(f(2), ints(0, 2, (2,)), binary_output=True), ValueError)]),
    Op("pick_bins", lambda x, i: counting.pick_bins(x, i), ref=lambda x, i: np.append(x, 0.0)[np.minimum(i, 3)],
       samples=[S(f(3), ints(0, 6, (5,)))]),
    Op("confusion_matrix", lambda a, b: counting.confusion_matrix(a, b, 4), ref=matrix, samples=[S(ints(0, 4, (6,)), ints(0, 4, (6,)))],
       bad=[(S(ints(0, 2, (3,)), ints(0, 2, (2,))), INVALID), (S(np.array([4]), np.array([0])), INVALID),
            (S(np.array([0]), np.array([-1])), INVALID)]),
    Op("confusion_matrix_weights", lambda w, a, b: counting.confusion_matrix(a, b, 4, w, dtype=w.dtype), ref=lambda w, a, b: matrix(a, b, 4, w),
       samples=[S(f(6), ints(0, 4, (6,)), ints(0, 4, (6,)))], bad=[(S(f(1), ints(0, 2, (2,)), ints(0, 2, (2,))), ValueError)]),
    *[of_sorted(kind) for kind in ("sum", "mean", "max", "min", "prod")],
    of_any("sum"), of_any("mean"), of_any("sqrt_n"), of_any("max", -BIGGEST), of_any("min", BIGGEST), of_any("prod", 1.0),
    Op("segment_sum_complex", segment.segment_sum, ref=by_id(MEANS["sum"], 0), samples=[S(cplx(5), SORTED)], symbolic=False),
    Op("segment_prod_complex", segment.segment_prod, ref=by_id(MEANS["prod"], 1), samples=[S(cplx(5), SORTED)], symbolic=False),
    Op("rows_of_segments", lambda x, i: segment.rows_of_segments(x, i), ref=lambda x, i: np.append(x, np.zeros((1, 2)), 0)[i],
       samples=[S(f(3, 2), ints(-1, 3, (2, 2)))], covers=("segment_sizes",)),
    Op("matches", reduce.matches, ref=np.equal, samples=[S(pos(3), pos(3)), S(TIES, pos(3))], grad=False),
]  # fmt: skip
