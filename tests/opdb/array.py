"""Shapes, slicing, gathering, scattering.  References are NumPy; what NumPy lacks is written out below."""

import numpy as np

import gradtape as tf
from gradtape.ops import array, create, gathering, indexing, moves, pieces, places, scattering

from ._record import Op, S, bools, cplx, f, ints

BAD = tf.errors.InvalidArgumentError


def padded(x, paddings, mode="CONSTANT", constant_values=0.0):
    if not x.ndim:
        return x
    if mode == "CONSTANT":
        return np.pad(x, paddings, constant_values=constant_values)
    return np.pad(x, paddings, mode.lower())


def scattered(indices, updates, shape):
    out = np.zeros(shape, updates.dtype)
    np.add.at(out, tuple(np.moveaxis(indices, -1, 0)), updates)
    return out


def scattered_by(at):
    def ref(x, indices, updates):
        out = x.copy()
        at(out, tuple(np.moveaxis(indices, -1, 0)), updates)
        return out

    return ref


def put(out, places, values):
    for k in np.ndindex(places[0].shape):
        out[tuple(p[k] for p in places)] = values[k]


def row_put(at):
    def ref(x, indices, values):
        out = x.copy()
        at(out, (indices,), values)
        return out

    return ref


def hot_ref(i, depth, axis=-1, on_value=1.0, off_value=0.0):
    return np.moveaxis(np.where(i[..., None] == np.arange(depth), on_value, off_value), -1, axis).astype(np.float32)


def reversed_ref(x, lengths, seq_axis, batch_axis=0):
    out = np.moveaxis(x.copy(), (batch_axis, seq_axis), (0, 1))
    for k, n in enumerate(lengths):
        out[k, :n] = out[k, :n][::-1].copy()
    return np.moveaxis(out, (0, 1), (batch_axis, seq_axis))


def gathered(x, i, axis, batch_dims):
    out = [np.take(a, b, axis - batch_dims) for a, b in zip(x.reshape(-1, *x.shape[batch_dims:]), i.reshape(-1, *i.shape[batch_dims:]), strict=True)]
    return np.reshape(out, (*x.shape[:batch_dims], *out[0].shape))


def stitched(i, j, x, y):
    out = np.zeros((max(i.max(), j.max()) + 1, *x.shape[1:]))
    out[i], out[j] = x, y
    return out


PERM = np.array([2, 0, 3, 1], np.int32)
SOME = np.array([[0, 2], [1, 0], [0, 2]], np.int32)  # index vectors, one of them twice
ROWS = np.array([2, 0, 2], np.int32)
LENGTHS = np.array([1, 3], np.int32)
SORTED = np.array([[0.0, 1.0, 1.0, 2.5], [-1.0, 0.0, 3.0, 4.0]])

MOVES = [
    Op("pad", lambda x, **p: tf.pad(x, **p), ref=padded,
       samples=[S(f(2, 3), paddings=[[1, 2], [0, 1]]), S(f(2, 3), paddings=[[1, 2], [0, 1]], constant_values=2.5), S(f(), paddings=np.zeros((0, 2), int)),
                S(f(0, 2), paddings=[[1, 1], [0, 0]]), S(f(3, 4), paddings=[[2, 1], [3, 0]], mode="REFLECT"),
                S(f(3, 4), paddings=[[3, 1], [0, 4]], mode="SYMMETRIC"), S(f(3), paddings=[[2, 2]], mode="reflect")],
       bad=[(S(f(3), paddings=[[3, 0]], mode="REFLECT"), BAD), (S(f(3), paddings=[[4, 0]], mode="SYMMETRIC"), BAD),
            (S(f(3), paddings=[[-1, 0]]), BAD), (S(f(3), paddings=[[1, 0], [1, 0]]), BAD), (S(f(3), paddings=[1, 2]), BAD),
            (S(f(3), paddings=[[1, 2]], mode="wrap"), ValueError), (S(f(3), paddings=[[1.5, 2]]), BAD)],
       covers=("mirror_pad",), symbolic=False),
    Op("pad_unknown", lambda x: tf.pad(x, [[1, 2], [0, 1]]), ref=lambda x: np.pad(x, [[1, 2], [0, 1]]), samples=[S(f(2, 3))]),
    Op("mirror_pad", lambda x: moves.mirror_pad(x, paddings=((1, 2), (0, 1)), skip=0), ref=lambda x: np.pad(x, [[1, 2], [0, 1]], "symmetric"),
       samples=[S(f(2, 3))]),
    Op("mirror_unpad", lambda x: moves.mirror_unpad(x, paddings=((1, 2), (0, 1)), skip=1),
       samples=[S(f(6, 4)), S(f(7, 3))], covers=("mirror_unpad",)),
    Op("pad_value", lambda x, c: tf.pad(x, [[1, 1]], constant_values=c), ref=lambda x, c: np.pad(x, 1, constant_values=c),
       samples=[S(f(3), f())], symbolic=False),
    Op("roll", lambda x, **p: tf.roll(x, **p), ref=lambda x, shift, axis: np.roll(x, shift, axis),
       samples=[S(f(4), shift=1, axis=0), S(f(3, 4), shift=[-1, 2], axis=[0, 1]), S(f(3, 4), shift=[5, 1], axis=[-1, -1]), S(f(0), shift=1, axis=0)],
       bad=[(S(f(4), shift=1, axis=1), BAD), (S(f(), shift=1, axis=0), BAD), (S(f(4), shift=[1], axis=0), BAD), (S(f(4), shift=1.5, axis=0), BAD),
            (S(f(4, 4), shift=[1, 2, 3], axis=[0, 1]), BAD)]),
    Op("tile", lambda x, **p: tf.tile(x, **p), ref=lambda x, multiples: np.tile(x, multiples),
       samples=[S(f(2, 3), multiples=[2, 3]), S(f(2, 3), multiples=[1, 0]), S(f(), multiples=[]), S(f(2, 1), multiples=[1, 1])],
       bad=[(S(f(2, 3), multiples=[2]), BAD), (S(f(3), multiples=2), BAD), (S(f(3), multiples=[-1]), BAD), (S(f(3), multiples=[1.5]), BAD)]),
    Op("repeat", lambda x, **p: tf.repeat(x, **p), ref=lambda x, repeats, axis=None: np.repeat(x, repeats, axis),
       samples=[S(f(2, 3), repeats=2), S(f(2, 3), repeats=[1, 3], axis=0), S(f(2, 3), repeats=[0, 2, 1], axis=-1), S(f(2, 3), repeats=[2], axis=1),
                S(f(), repeats=3)],
       bad=[(S(f(2, 3), repeats=[1, 2], axis=1), ValueError), (S(f(2, 3), repeats=1, axis=2), ValueError), (S(f(3), repeats=-1), BAD)], symbolic=False),
    Op("repeat_each", lambda x: tf.repeat(x, 2, axis=1), ref=lambda x: np.repeat(x, 2, 1), samples=[S(f(2, 3))]),
    Op("reverse", lambda x, **p: tf.reverse(x, **p), ref=lambda x, axis: np.flip(x, tuple(axis)),
       samples=[S(f(2, 3), axis=[0]), S(f(2, 3, 4), axis=[-1, 0]), S(f(2), axis=[])],
       bad=[(S(f(2, 3), axis=0), BAD), (S(f(2, 3), axis=[2]), BAD), (S(f(2, 3), axis=[0, 0]), BAD), (S(f(2, 3), axis=[0, -2]), BAD)]),
    Op("expand_dims", lambda x, **p: tf.expand_dims(x, **p), ref=lambda x, axis: np.expand_dims(x, axis),
       samples=[S(f(2, 3), axis=0), S(f(2, 3), axis=-1), S(f(2, 3), axis=1), S(f(), axis=-1), S(f(), axis=0)],
       bad=[(S(f(3), axis=2), BAD), (S(f(3), axis=-3), BAD), (S(f(3), axis=[0, 1]), BAD), (S(f(3), axis=1.0), TypeError), (S(f(3), axis=None), ValueError)]),
    Op("squeeze", lambda x, **p: tf.squeeze(x, **p), ref=lambda x, axis=None: np.squeeze(x, axis),
       samples=[S(f(1, 2, 1)), S(f(1, 2, 1), axis=0), S(f(1, 2, 1), axis=(-1,)), S(f(1, 2, 1), axis=(0, 2)), S(f(2, 3))],
       bad=[(S(f(1, 2), axis=1), BAD), (S(f(1, 2), axis=2), BAD), (S(f(1, 2), axis=-3), BAD)]),
    Op("transpose", lambda x, **p: tf.transpose(x, **p), ref=lambda x, perm=None, conjugate=False: np.transpose(x, perm),
       samples=[S(f(2, 3)), S(f(2, 3, 4), perm=[1, 2, 0]), S(f()), S(f(3), conjugate=True)],
       bad=[(S(f(2, 3), perm=[0]), BAD), (S(f(2, 3), perm=[0, 0]), BAD), (S(f(2, 3), perm=[0, 2]), BAD)]),
    Op("transpose_conjugate", lambda x: tf.transpose(x, conjugate=True), ref=lambda x: x.conj().T, samples=[S(cplx(2, 3))]),
    Op("stack", lambda *xs, axis=0: tf.stack(list(xs), axis=axis), ref=lambda *xs, axis=0: np.stack(xs, axis),
       samples=[S(f(2, 3), f(2, 3)), S(f(2, 3), f(2, 3), f(2, 3), axis=1), S(f(2, 3), f(2, 3), axis=-1), S(f(), f())],
       bad=[(S(f(3), f(2)), BAD), (S(f(3), f(3), axis=2), ValueError), (S(f(3), f(3), axis=-3), ValueError), (S(f(3), ints(0, 2, (3,))), BAD)],
       covers=("pack",)),
    Op("parallel_stack", lambda *xs: tf.parallel_stack(xs), ref=lambda *xs: np.stack(xs), samples=[S(f(2), f(2))]),
    Op("unstack", lambda x, **p: tf.unstack(x, **p), ref=lambda x, num=None, axis=0: list(np.moveaxis(x, axis, 0)),
       samples=[S(f(2, 3)), S(f(2, 3), axis=-1), S(f(2, 3), axis=1, num=3)],
       bad=[(S(f(2, 3), num=3), BAD), (S(f(2, 3), axis=2), ValueError), (S(f()), ValueError)], covers=("unpack",), symbolic=False),
    Op("unstack_some", lambda x: tf.unstack(x)[1:], ref=lambda x: list(x)[1:], samples=[S(f(3, 2))], symbolic=False),
    Op("split", lambda x, **p: tf.split(x, **p), ref=lambda x, num_or_size_splits, axis=0: np.split(
        x, num_or_size_splits if isinstance(num_or_size_splits, int) else np.cumsum(num_or_size_splits)[:-1], axis),
       samples=[S(f(4, 3), num_or_size_splits=2), S(f(4, 3), num_or_size_splits=[1, 2], axis=1), S(f(4), num_or_size_splits=[1, 0, 3], axis=-1)],
       bad=[(S(f(3), num_or_size_splits=2), BAD), (S(f(3), num_or_size_splits=[1, 1]), BAD), (S(f(3), num_or_size_splits=[-1, -1]), BAD),
            (S(f(3), num_or_size_splits=1, axis=1), BAD), (S(f(3), num_or_size_splits=0), BAD), (S(f(3), num_or_size_splits=1.5), ValueError),
            (S(f(3), num_or_size_splits=[1, 2], num=3), BAD), (S(f(3), num_or_size_splits=[1, 3, -1]), BAD)], covers=("split_at",)),
    Op("split_rest", lambda x: tf.split(x, [1, -1])[1], ref=lambda x: x[1:], samples=[S(f(4, 3))]),
    Op("concat", lambda *xs, axis: tf.concat(list(xs), axis), ref=lambda *xs, axis: np.concatenate(xs, axis),
       samples=[S(f(2, 3), f(1, 3), axis=0), S(f(2, 3), f(2, 1), f(2, 3), axis=-1), S(f(2), axis=0), S(f(0, 3), f(2, 3), axis=0)],
       bad=[(S(f(3), f(3), axis=1), BAD), (S(f(3), f(2, 3), axis=0), BAD), (S(f(3), ints(0, 2, (3,)), axis=0), BAD), (S(f(), f(), axis=0), BAD),
            (S(f(2, 3), f(2, 4), axis=0), BAD), (S(axis=0), BAD)]),
    Op("meshgrid", lambda *xs, **p: tf.meshgrid(*xs, **p), ref=lambda *xs, **p: list(np.meshgrid(*xs, **p)),
       samples=[S(f(2), f(3)), S(f(2), f(3), f(4), indexing="ij"), S(f(2), f(3), f(4)), S(f(3)), S(f(2), f())],
       bad=[(S(f(2), f(3), indexing="yx"), ValueError)]),
    Op("reverse_sequence", lambda x, n, **p: tf.reverse_sequence(x, n, **p), ref=reversed_ref,
       samples=[S(f(2, 3), LENGTHS, seq_axis=1), S(f(3, 2, 2), ints(0, 3, (2,)), seq_axis=0, batch_axis=2),
                S(f(2, 4, 3), ints(0, 4, (3,)), seq_axis=1, batch_axis=2)],
       bad=[(S(f(2, 3), LENGTHS, seq_axis=0, batch_axis=0), BAD), (S(f(2, 3), LENGTHS, seq_axis=2), BAD), (S(f(2, 2), LENGTHS, seq_axis=1), BAD),
            (S(f(2, 3), LENGTHS), TypeError), (S(f(2, 3), ROWS, seq_axis=1), BAD), (S(f(2, 3), -LENGTHS, seq_axis=1), BAD),
            (S(f(2, 3), f(2), seq_axis=1), BAD)]),
    Op("invert_permutation", lambda x: array.invert_permutation(x), ref=np.argsort, samples=[S(PERM)], covers=("inverse_order",),
       bad=[(S(np.array([0, 0])), BAD), (S(np.array([1, 2])), BAD), (S(np.array([[0]])), BAD), (S(f(2)), BAD)]),
]

INDEXING = [
    Op("getitem", lambda x, key: x[key], ref=lambda x, key: x[key],
       samples=[S(f(4, 3, 5), key=k) for k in (1, (..., 0), (None, slice(None, None, -2)), (slice(1, 3), 1, ..., None), (), slice(-2, None))]
       + [S(f(2, 3), key=np.array([[True, False, True], [False, False, True]])), S(f(3, 2), key=np.array([True, False, True]))],
       bad=[(S(f(3), key=3), BAD), (S(f(3), key=-4), BAD), (S(f(3), key=(0, 0)), BAD), (S(f(3), key=(..., ...)), BAD), (S(f(3), key=slice(None, None, 0)), BAD),
            (S(f(), key=0), BAD), (S(f(3), key=1.0), TypeError), (S(f(3), key="a"), TypeError), (S(f(3), key=np.array([0, 1])), TypeError),
            (S(f(3), key=True), ValueError), (S(f(3), key=np.array([True, False])), ValueError), (S(f(3), key=[True, False, True]), BAD)],
       symbolic=False),
    Op("getitem_unknown", lambda x: x[..., 1:, ::-1][-1], ref=lambda x: x[..., 1:, ::-1][-1], samples=[S(f(3, 4, 5))]),
    Op("slice", lambda x, **p: tf.slice(x, **p), ref=lambda x, begin, size: x[tuple(slice(b, None if n < 0 else b + n) for b, n in zip(begin, size, strict=True))],
       samples=[S(f(3, 4), begin=[0, 1], size=[2, -1]), S(f(3, 4), begin=[3, 1], size=[0, 3]), S(f(), begin=[], size=[])],
       bad=[(S(f(2, 3), begin=[0, 1], size=[2, 3]), BAD), (S(f(2, 3), begin=[0, 4], size=[1, 0]), BAD), (S(f(2, 3), begin=[0, -1], size=[1, 1]), BAD),
            (S(f(2, 3), begin=[0], size=[1]), BAD), (S(f(2, 3), begin=[0, 0.5], size=[1, 1]), BAD), (S(f(2, 3), begin=[0, 1], size=[1, -2]), BAD)]),
    Op("strided_slice", lambda x, **p: tf.strided_slice(x, **p), ref=lambda x, **p: x[::-1, 0] if p["shrink_axis_mask"] else x[None, 1:, ::2],
       samples=[S(f(3, 4), begin=[2, 0], end=[0, 9], strides=[-1, 1], end_mask=1, shrink_axis_mask=2),
                S(f(3, 4), begin=[0, 1, 0], end=[0, 3, 4], strides=[1, 1, 2], new_axis_mask=1, shrink_axis_mask=0)],
       bad=[(S(f(3), begin=[0], end=[1, 2]), BAD), (S(f(3), begin=[0], end=[1], strides=[0]), BAD),
            (S(f(3), begin=[0, 0], end=[1, 1], ellipsis_mask=3), BAD), (S(f(3), begin=[7], end=[1], shrink_axis_mask=1), BAD)], symbolic=False),
    Op("slice_update", lambda x, v: indexing.slice_update(x, v, key=((1, None, 1), 0)), ref=lambda x, v: np.concatenate(
        [x[:1], np.concatenate([np.broadcast_to(v, (len(x) - 1,))[:, None], x[1:, 1:]], 1)]), samples=[S(f(3, 4), f(2)), S(f(3, 4), f()), S(f(3, 4), f(1))],
       symbolic=False),
    Op("boolean_mask", lambda x, m, **p: tf.boolean_mask(x, np.asarray(m), **p), ref=lambda x, m, axis=None: np.compress(m, x, axis or 0) if m.ndim < 2 else x[m],
       samples=[S(f(3, 2), bools(3)), S(f(2, 3), bools(3), axis=1), S(f(2, 3, 2), bools(2, 3))], batch=False, symbolic=False,
       bad=[(S(f(3), bools(2)), ValueError), (S(f(3), bools()), ValueError), (S(f(3), bools(3), axis=1), ValueError)]),
    Op("masked_batch", lambda x: x[np.array([True, False, True])], ref=lambda x: x[[0, 2]], samples=[S(f(3, 2))], symbolic=False),
    Op("where", lambda c, x, y: tf.where(c, x, y), ref=np.where, samples=[S(bools(2, 3), f(2, 3), f(3)), S(bools(3), f(2, 1), f())],
       bad=[(S(bools(3), f(2), f(2)), BAD), (S(ints(0, 1, (2,)), f(2), f(2)), BAD), (S(bools(2), f(2), ints(0, 1, (2,))), BAD)]),
    Op("where_number", lambda c, x: tf.where(c, x * x, 1.5), ref=lambda c, x: np.where(c, x * x, 1.5), samples=[S(bools(3), f(3))]),
    Op("nonzero", lambda c: tf.where(c), ref=np.argwhere, samples=[S(bools(2, 3)), S(ints(0, 2, (4,)))], batch=False, symbolic=False,
       bad=[(S(bools()), BAD)]),
    Op("where_half", lambda c, x: tf.where(c, x), bad=[(S(bools(2), f(2)), ValueError)]),
]

GATHERING = [
    Op("gather", lambda x, i, **p: tf.gather(x, i, **p), ref=lambda x, i, axis=0: np.take(x, i, axis),
       samples=[S(f(3, 4), ROWS), S(f(2, 3, 2), ROWS, axis=1), S(f(3, 2), ints(0, 2, (2, 2)), axis=-1), S(f(3), ints(0, 3)), S(f(3), np.zeros(0, np.int32))],
       bad=[(S(f(3), np.array([3])), BAD), (S(f(3), np.array([-1])), BAD), (S(f(3), ROWS, axis=1), BAD), (S(f(3), f(2)), BAD), (S(f(), np.array(0)), BAD),
            (S(f(3), ROWS, axis=1.5), BAD), (S(f(2, 3), ROWS, axis=1, batch_dims=1), BAD), (S(f(3, 3), ROWS, axis=0, batch_dims=1), BAD),
            (S(f(3, 3), ROWS, batch_dims=2), BAD)]),
    Op("gather_batch_dims", lambda x, i, **p: tf.gather(x, i, **p), ref=gathered,
       samples=[S(f(2, 3), ints(0, 3, (2, 2)), axis=1, batch_dims=1), S(f(2, 2, 4, 3), ints(0, 3, (2, 2)), axis=3, batch_dims=1),
                S(f(2, 2, 3), ints(0, 3, (2, 2, 2)), axis=2, batch_dims=2), S(f(2, 3, 2), ints(0, 3, (2,)), axis=1, batch_dims=1)],
       bad=[(S(f(2, 3), np.array([[0], [3]]), axis=1, batch_dims=1), BAD)]),
    Op("gather_nd", lambda x, i, **p: tf.gather_nd(x, i, **p), ref=lambda x, i: x[tuple(np.moveaxis(i, -1, 0))],
       samples=[S(f(2, 3), SOME), S(f(2, 3, 2), SOME), S(f(3, 2), ROWS[:, None]), S(f(2, 3), np.array([1, 2]))],
       bad=[(S(f(2, 3), np.array([[0, 3]])), BAD), (S(f(2, 3), np.array([[0, 0, 0]])), BAD), (S(f(2, 3), np.array(0)), BAD), (S(f(2, 3), f(2, 2)), BAD),
            (S(f(2, 3), SOME, batch_dims=2), ValueError), (S(f(2, 3), SOME, batch_dims=1), BAD)], covers=("ravel_index",), symbolic=False),
    Op("gather_nd_batch", lambda x, i: tf.gather_nd(x, i, batch_dims=1), ref=lambda x, i: np.stack([a[tuple(np.moveaxis(b, -1, 0))] for a, b in zip(x, i, strict=True)]),
       samples=[S(f(2, 2, 3), ints(0, 2, (2, 4, 2))), S(f(2, 3, 2), ints(0, 3, (2, 1)))], symbolic=False),
    Op("gather_nd_whole", lambda x: tf.gather_nd(x, np.zeros((2, 0), np.int32)), ref=lambda x: np.stack([x, x]), samples=[S(f(2, 3))]),
    Op("gather_nd_unknown", lambda x, i: tf.gather_nd(x, i), ref=lambda x, i: x[i[:, 0]], samples=[S(f(3, 2), ROWS[:, None])]),
    Op("gather_nd_lenient", lambda x, i: tf.gather_nd(x, i, bad_indices_policy="IGNORE"), ref=lambda x, i: np.where((i >= 3).any(-1), 0, x[tuple(
        np.moveaxis(np.minimum(i, 2), -1, 0))]), samples=[S(f(3, 3), ints(0, 5, (4, 2)))], symbolic=False),
    Op("row_numbers", lambda i: pieces.row_numbers(i, rows=4), ref=lambda i: i + 4 * np.arange(len(i))[:, None], samples=[S(ints(0, 4, (3, 2)))],
       bad=[(S(np.array([4])), BAD)]),
    Op("scatter_nd", lambda i, u, **p: tf.scatter_nd(i, u, **p), ref=scattered,
       samples=[S(SOME, f(3), shape=[2, 3]), S(ROWS[:, None], f(3, 2), shape=[4, 2]), S(SOME, f(3, 2), shape=[2, 3, 2])],
       bad=[(S(np.array([[5]]), f(1), shape=[4]), BAD), (S(np.array([[-1]]), f(1), shape=[4]), BAD), (S(np.array([[0]]), f(2), shape=[4]), BAD),
            (S(np.array([[0, 0]]), f(1), shape=[4]), BAD), (S(np.array([[0]]), f(1), shape=[-1]), BAD), (S(f(1, 1), f(1), shape=[4]), BAD),
            (S(np.array([0]), f(), shape=[4]), BAD)], symbolic=False),
    Op("scatter_nd_unknown", lambda i, u: tf.scatter_nd(i, u, [4]), ref=lambda i, u: scattered(i, u, [4]), samples=[S(ROWS[:, None], f(3))]),
    Op("scatter_nd_lenient", lambda i, u: tf.scatter_nd(i, u, [3], bad_indices_policy="IGNORE"), ref=lambda i, u: scattered(i, u, [9])[:3],
       samples=[S(ints(0, 6, (5, 1)), f(5))]),
    Op("scatter_nd_bool", lambda i, u: tf.scatter_nd(i, u, [4]), ref=lambda i, u: scattered(i, u.astype(int), [4]) > 0, samples=[S(ROWS[:, None], bools(3))],
       grad=False),
    Op("tensor_scatter_nd_add", lambda *a: tf.tensor_scatter_nd_add(*a), ref=scattered_by(np.add.at), samples=[S(f(2, 3), SOME, f(3)), S(f(3, 2), ROWS[:, None], f(3, 2))],
       bad=[(S(f(2, 3), SOME, f(2)), BAD), (S(f(2, 2), SOME, f(3)), BAD), (S(f(2, 3), SOME, ints(0, 2, (3,))), BAD), (S(f(2, 3), SOME, f()), BAD)], symbolic=False),
    Op("tensor_scatter_nd_sub", lambda *a: tf.tensor_scatter_nd_sub(*a), ref=scattered_by(np.subtract.at), samples=[S(f(2, 3), SOME, f(3))], symbolic=False),
    Op("tensor_scatter_nd_update", lambda *a: tf.tensor_scatter_nd_update(*a), ref=scattered_by(put),
       samples=[S(f(2, 3), SOME, f(3)), S(f(3, 2), ROWS[:, None], f(3, 2))], symbolic=False,
       bad=[(S(f(3, 2), ROWS[:, None], f(2)), BAD), (S(f(3), ROWS[:, None] + 1, f(3)), BAD)]),
    Op("tensor_scatter_nd_max", lambda *a: tf.tensor_scatter_nd_max(*a), ref=scattered_by(np.maximum.at), samples=[S(f(2, 3), SOME, f(3))],
       covers=("max_rows",), symbolic=False),
    Op("tensor_scatter_nd_min", lambda *a: tf.tensor_scatter_nd_min(*a), ref=scattered_by(np.minimum.at), samples=[S(f(3, 2), ROWS[:, None], f(3, 2))],
       covers=("min_rows",), symbolic=False),
    Op("tensor_scatter_lenient", lambda x, i, u: tf.tensor_scatter_nd_add(x, i, u, "IGNORE"), ref=lambda x, i, u: row_put(np.add.at)(np.append(x, 0), i[:, 0], u)[:-1],
       samples=[S(f(3), np.array([[0], [3], [1]]), f(3))], symbolic=False),
    Op("put_rows", lambda *a: scattering.put_rows(*a), ref=row_put(put), samples=[S(f(4, 2), ROWS, f(3, 2)), S(f(4), ints(0, 4, (2, 3)), f(2, 3))]),
    Op("max_rows", lambda *a: scattering.max_rows(*a), ref=row_put(np.maximum.at), samples=[S(f(4, 2), ROWS, f(3, 2))]),
    Op("min_rows", lambda *a: scattering.min_rows(*a), ref=row_put(np.minimum.at), samples=[S(f(4), ints(0, 4, (2, 3)), f(2, 3))]),
    Op("last_of_each", lambda i: scattering.last_of_each(i, size=4), ref=lambda i: np.array([v not in i[k + 1:] for k, v in enumerate(i)]),
       samples=[S(ints(0, 4, (5,)))]),
    Op("ravel_index", lambda i: gathering.ravel_index(i, dims=(2, 3)), ref=lambda i: np.ravel_multi_index(tuple(np.moveaxis(i, -1, 0)), (2, 3)),
       samples=[S(SOME)]),
    Op("dynamic_partition", lambda x: tf.dynamic_partition(x, ROWS, 4), ref=lambda x: [x[np.equal(ROWS, k)] for k in range(4)], samples=[S(f(3, 2))], symbolic=False,
       bad=[(S(f(2)), BAD)]),
    Op("dynamic_partition_bad", lambda x, p, n: tf.dynamic_partition(x, p, n), bad=[(S(f(3), ROWS, n=2), BAD), (S(f(3), ROWS, n=0), BAD)]),
    Op("dynamic_stitch", lambda x, y: tf.dynamic_stitch([ROWS, [1, 2]], [x, y]), ref=lambda x, y: stitched(ROWS, np.array([1, 2]), x, y),
       samples=[S(f(3, 2), f(2, 2))], symbolic=False, bad=[(S(f(2), f(2)), BAD)]),
]

MAKING = [
    Op("fill", lambda v: tf.fill([2, 3], v), ref=lambda v: np.full((2, 3), v), samples=[S(f())]),
    Op("linspace", lambda a, b, **p: tf.linspace(a, b, **p), ref=lambda a, b, num, axis=0: np.linspace(a, b, num, axis=axis),
       samples=[S(f(), f(), num=5), S(f(2), f(2), num=4, axis=-1), S(f(2), f(), num=3), S(f(), f(), num=2), S(f(2), f(2), num=1), S(f(2), f(2), num=0)],
       bad=[(S(f(), f(), num=-1), BAD), (S(f(2), f(2), num=3, axis=2), BAD), (S(f(), f(), num=1.5), TypeError)],
       symbolic=False),
    Op("one_hot", lambda i, **p: tf.one_hot(i, **p), ref=hot_ref,
       samples=[S(ints(-1, 5, (2, 3)), depth=4), S(ints(0, 3, (2,)), depth=3, axis=0), S(ints(0, 3), depth=3), S(ints(0, 3, (2, 2)), depth=3, axis=1),
                S(ints(0, 3, (2,)), depth=3, on_value=2.5, off_value=-1.0), S(ints(0, 3, (2,)), depth=0)],
       bad=[(S(f(2), depth=3), BAD), (S(ints(0, 2, (2,)), depth=-1), BAD), (S(ints(0, 2, (2,)), depth=3, axis=2), BAD), (S(ints(0, 2, (2,)), depth=3, axis=-2), BAD),
            (S(ints(0, 2, (2,)), depth=[3]), BAD), (S(ints(0, 2, (2,)), depth=3, on_value=1, off_value=0.0), TypeError),
            (S(ints(0, 2, (2,)), depth=3, dtype="bool"), TypeError)], covers=("hot",)),
    Op("one_hot_values", lambda i, on, off: tf.one_hot(i, 3, on, off), ref=lambda i, on, off: np.where(i[:, None] == np.arange(3), on, off),
       samples=[S(ROWS, f(), f())]),
    Op("sequence_mask", lambda n: tf.sequence_mask(n, 4), ref=lambda n: np.arange(4) < n[..., None], samples=[S(ints(0, 5, (2, 3))), S(ints(0, 5))]),
    Op("shape", lambda x: tf.shape(x), ref=lambda x: np.array(x.shape), samples=[S(f(2, 3)), S(f())], grad=False, covers=("extents_of",)),
    Op("size", lambda x: tf.size(x), ref=np.size, samples=[S(f(2, 3)), S(f())], grad=False),
    Op("extents_of", lambda x: create.extents_of(x, dtype=np.dtype("i4")), ref=lambda x: np.array(x.shape), samples=[S(f(2, 3))], grad=False),
    Op("zeros_like", lambda x: tf.zeros_like(x), ref=np.zeros_like, samples=[S(f(2, 3))], grad=False, covers=("filled_like",)),
    Op("ones_like", lambda x: tf.ones_like(x), ref=np.ones_like, samples=[S(f(2, 3))], grad=False),
    Op("filled_like", lambda x: create.filled_like(x, value=2, dtype=np.dtype("i4")), ref=lambda x: np.full(x.shape, 2), samples=[S(f(2, 3))], grad=False),
    Op("ensure_shape", lambda x, **p: tf.ensure_shape(x, **p), ref=lambda x, shape: x, samples=[S(f(2, 3), shape=[2, None])],
       bad=[(S(f(2, 3), shape=[2, 2]), BAD), (S(f(2, 3), shape=[None]), BAD)]),
    Op("identity_n", lambda x, y: tf.identity_n([x, y]), ref=lambda x, y: [x, y], samples=[S(f(2), f())]),
    Op("searchsorted", lambda r, v, **p: tf.searchsorted(r, v, **p), ref=lambda r, v, side="left": np.array(
        [np.searchsorted(a, b, side) for a, b in zip(r, v, strict=True)]), samples=[S(SORTED, f(2, 3)), S(SORTED, SORTED[:, 1:3], side="right")], grad=False,
       bad=[(S(SORTED, f(3)), BAD), (S(SORTED, f(3, 2)), BAD), (S(SORTED, f(2, 2), side="mid"), ValueError), (S(SORTED, ints(0, 2, (2, 1))), BAD),
            (S(SORTED, SORTED, out_type="float32"), BAD)], covers=("search",)),
    Op("search", lambda v: places.search(SORTED[0], v, side="left", dtype=np.dtype("i4")), ref=lambda v: np.searchsorted(SORTED[0], v), samples=[S(f(4))],
       grad=False),
    Op("histogram_fixed_width", lambda x, **p: tf.histogram_fixed_width(x, [-1.0, 1.0], **p), samples=[S(f(3, 4), nbins=5), S(f(0), nbins=2)], grad=False,
       ref=lambda x, nbins: np.histogram(np.clip(x, -1, 1), nbins, (-1, 1))[0], covers=("bins", "tally"), f32=False,
       bad=[(S(f(3), nbins=0), BAD), (S(np.array([np.nan]), nbins=3), BAD)]),
    Op("histogram_range", lambda x, r: tf.histogram_fixed_width_bins(x, r, nbins=4), ref=lambda x, r: np.clip(np.floor((x - r[0]) / (r[1] - r[0]) * 4), 0, 3),
       samples=[S(f(5), lambda rng: np.sort(rng.normal(size=2)))], grad=False, f32=False, bad=[(S(f(3), np.array([1.0, 0.0])), BAD)]),
    Op("unravel_index", lambda i, **p: tf.unravel_index(i, **p), ref=lambda i, dims: np.stack(np.unravel_index(i, dims)),
       samples=[S(ints(0, 12, (5,)), dims=[2, 2, 3]), S(ints(0, 4), dims=[4])], covers=("unravel",),
       bad=[(S(np.array([12]), dims=[3, 4]), BAD), (S(np.array([[1]]), dims=[3, 4]), BAD), (S(np.array([1]), dims=[0, 4]), BAD), (S(np.array([1]), dims=4), BAD),
            (S(f(2), dims=[4]), BAD)]),
]

RECORDS = [*MOVES, *INDEXING, *GATHERING, *MAKING]
