"""Activations, softmax, losses, normalisations, dropout, embeddings, isotonic regression, fractional pooling, CTC."""

import itertools

import numpy as np
import scipy.special as sp

import gradtape as tf
from gradtape.ops import activations, clip, ctc, dropout, embedding, isotonic, losses, normalization, softmax

from ._record import Op, S, f, ints, pos, unary


def soft(x, axis=-1):
    return sp.softmax(x, axis)


def sparse_loss(labels, logits):
    return -np.take_along_axis(sp.log_softmax(logits, -1), labels[..., None], -1)[..., 0]


def sigmoid_loss(z, x):
    return np.maximum(x, 0) - x * z + np.log1p(np.exp(-np.abs(x)))


def normalized(x, mean, variance, offset, scale):
    return scale * (x - mean) / np.sqrt(variance + 1e-3) + offset


def weighted_moments(x, w, axes):
    w = w + np.zeros_like(x)
    mean = np.average(x, tuple(axes), w)
    return mean, np.average((x - mean) ** 2, tuple(axes), w)


def clip_by_norm(x, axis):
    return x / np.maximum(np.sqrt((x * x).sum(axis, keepdims=True)), 1.0)


def softmax_pull(u, p):
    return (u - (u * p).sum(-1, keepdims=True)) * p


def softmax_loss_pull(u, z, x):
    return u[..., None] * (soft(x) * z.sum(-1, keepdims=True) - z)


def sparse_loss_pull(u, labels, x):
    return u[..., None] * (soft(x) - np.eye(x.shape[-1])[labels])


def ctc_loss(labels, log_p, label_length, logit_length):
    """-log of the sum over all paths: of 4 classes, 0 is the blank."""
    out = []
    for row, length, frames, example in zip(labels, label_length, logit_length, log_p.transpose(1, 0, 2), strict=True):
        paths = itertools.product(range(example.shape[1]), repeat=int(frames))
        wanted = row[:length].tolist()
        fitting = [p for p in paths if [k for k, _ in itertools.groupby(p) if k] == wanted]
        out.append(-sp.logsumexp([sum(example[t, k] for t, k in enumerate(p)) for p in fitting]))
    return np.array(out)


def ctc_of_logits(labels, x, label_length, logit_length):
    return ctc_loss(labels, sp.log_softmax(x, -1), label_length, logit_length)


LABELS = np.array([[1, 2], [3, 3], [2, 0]], np.int32)
LENGTHS, FRAMES = np.array([2, 2, 1], np.int32), np.array([4, 3, 2], np.int32)


def non_increasing(x):
    """Max-min formula: the least of the means up to i of the largest of the means from there."""
    n = len(x)
    return np.array([min(max(x[a : b + 1].mean() for b in range(i, n)) for a in range(i + 1)) for i in range(n)])


def blocks(x, axis):
    """The numbers of the blocks of equal values."""
    y = np.moveaxis(np.apply_along_axis(non_increasing, axis, x), axis, -1)
    steps = np.diff(y, axis=-1, prepend=y[..., :1]) < -1e-12
    return np.moveaxis(np.cumsum(steps, -1), -1, axis)


def uniform(shape, dtype):
    """Not random: what is kept does not depend on the mode."""
    return tf.constant(np.linspace(0.0, 0.9, int(np.prod(shape))).reshape(shape), dtype)


INVALID = tf.errors.InvalidArgumentError

RECORDS = [
    unary("relu", lambda x: np.maximum(x, 0), fn=lambda x: activations.relu(x)),
    Op("relu_gradient", lambda u, y: activations.relu_gradient(u, y), ref=lambda u, y: u * (y > 0), samples=[S(f(2, 3), f(2, 3))]),
    unary("relu6", lambda x: np.clip(x, 0, 6), low=-4.0, high=9.0, fn=lambda x: activations.relu6(x)),
    unary("elu", lambda x: np.where(x < 0, np.expm1(x), x), fn=lambda x: activations.elu(x)),
    unary("selu", lambda x: 1.0507009873554805 * np.where(x < 0, 1.6732632423543772 * np.expm1(x), x), fn=lambda x: activations.selu(x)),
    unary("leaky_relu", lambda x: np.where(x < 0, 0.2 * x, x), fn=lambda x: activations.leaky_relu(x), bad=[(S(np.ones(2, bool)), INVALID)]),
    unary("leaky_relu_steep", lambda x: np.where(x < 0, 1.5 * x, x), fn=lambda x: activations.leaky_relu(x, alpha=1.5)),
    unary("gelu", lambda x: x * sp.ndtr(x), fn=lambda x: activations.gelu(x), bad=[(S(ints(0, 3, (2,))), ValueError)]),
    unary("gelu_tanh", lambda x: 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))), fn=lambda x: activations.gelu(x, True)),
    unary("silu", lambda x: x * sp.expit(x), fn=lambda x: activations.silu(x)),
    Op("silu_beta", lambda x, b: activations.silu(x, b), ref=lambda x, b: x * sp.expit(b * x), samples=[S(f(2, 3), f()), S(f(2, 3), pos(3))]),
    Op("crelu", lambda x, axis: activations.crelu(x, axis), ref=lambda x, axis: np.maximum(np.concatenate([x, -x], axis), 0),
       samples=[S(f(2, 3), axis=-1), S(f(2, 3), axis=0)]),
    Op("softmax", lambda x, axis: softmax.softmax(x, axis), ref=soft,
       samples=[S(f(2, 3), axis=-1), S(f(3, 2, 4), axis=1), S(f(4), axis=0), S(f(2, 40), axis=1), S(f(2, 3, low=-90.0, high=90.0), axis=-1)],
       bad=[(S(f(2, 3), axis=2), INVALID), (S(ints(0, 3, (2,)), axis=0), INVALID), (S(f(), axis=-1), INVALID)], eps=1e-4, gtol=1e-4),
    Op("log_softmax", lambda x, axis: softmax.log_softmax(x, axis), ref=lambda x, axis: sp.log_softmax(x, axis),
       samples=[S(f(2, 3), axis=-1), S(f(3, 2, 4), axis=1), S(f(4), axis=None), S(f(2, 140), axis=1)], bad=[(S(f(2, 3), axis=-3), INVALID)]),
    Op("softmax_gradient", lambda u, p: softmax.softmax_gradient(u, p), ref=softmax_pull, samples=[S(f(2, 3), pos(2, 3))]),
    Op("log_softmax_gradient", lambda u, y: softmax.log_softmax_gradient(u, y), ref=lambda u, y: u - np.exp(y) * u.sum(-1, keepdims=True),
       samples=[S(f(2, 3), f(2, 3))]),
    Op("sigmoid_loss", lambda z, x: losses.sigmoid_cross_entropy_with_logits(z, x), ref=sigmoid_loss,
       samples=[S(f(2, 3, low=0.0, high=1.0), f(2, 3)), S(f(low=0.0, high=1.0), f())],
       bad=[(S(f(2, 3), f(2, 2)), ValueError)]),
    Op("softmax_loss", lambda z, x, axis=-1: losses.softmax_cross_entropy_with_logits(z, x, axis),
       ref=lambda z, x, axis=-1: -np.sum(z * sp.log_softmax(x, axis), axis),
       samples=[S(f(2, 3, low=0.0, high=1.0), f(2, 3)), S(f(2, 3, 2, low=0.0, high=1.0), f(2, 3, 2), axis=1), S(pos(4), f(4))],
       bad=[(S(f(2, 3), f(2, 2)), INVALID), (S(f(2, 3), f(2, 3), axis=2), INVALID), (S(f(), f()), INVALID)]),
    Op("softmax_loss_gradient", lambda u, z, x: losses.softmax_loss_gradient(u, z, x), ref=softmax_loss_pull, samples=[S(f(2), pos(2, 3), f(2, 3))]),
    Op("sparse_softmax_loss", lambda z, x: losses.sparse_softmax_cross_entropy_with_logits(z, x), ref=sparse_loss,
       samples=[S(ints(0, 4, (3,)), f(3, 4)), S(ints(0, 4, (3, 2)), f(3, 2, 4)), S(ints(0, 4), f(4))],
       bad=[(S(np.array([4], np.int32), f(1, 4)), INVALID), (S(np.array([-1], np.int32), f(1, 4)), INVALID), (S(ints(0, 4, (2,)), f(3, 4)), ValueError),
            (S(ints(0, 4, (2,)), f(1, 4)), ValueError), (S(f(2), f(2, 4)), INVALID), (S(ints(0, 4), f()), ValueError)]),
    Op("sparse_softmax_loss_gradient", lambda u, z, x: losses.sparse_softmax_loss_gradient(u, z, x), ref=sparse_loss_pull,
       samples=[S(f(3), ints(0, 4, (3,)), f(3, 4))]),
    Op("weighted_cross_entropy", lambda z, x, q: losses.weighted_cross_entropy_with_logits(z, x, q),
       ref=lambda z, x, q: (1 - z) * x + (1 + (q - 1) * z) * np.logaddexp(0, -x),
       samples=[S(f(2, 3, low=0.0, high=1.0), f(2, 3), f(low=1.0, high=2.0))], bad=[(S(f(2), f(3), f()), ValueError)]),
    Op("log_poisson_loss", lambda z, x: losses.log_poisson_loss(z, x, True),
       ref=lambda z, x: np.exp(x) - z * x + np.where(z > 1, z * np.log(z) - z + 0.5 * np.log(2 * np.pi * z), 0),
       samples=[S(f(5, low=1.5, high=4.0), f(5)), S(f(5, low=0.1, high=0.9), f(5))], bad=[(S(f(2), f(3)), ValueError)]),
    Op("l2_loss", lambda x: losses.l2_loss(x), ref=lambda x: np.sum(x * x) / 2, samples=[S(f(2, 3)), S(f())], bad=[(S(ints(0, 3, (2,))), INVALID)]),
    Op("compute_average_loss", lambda x, w: losses.compute_average_loss(x, w), ref=lambda x, w: np.sum(x.T * w) / len(x),
       samples=[S(f(3), pos(3)), S(f(3, 2), pos(3))], bad=[(S(f(), f()), ValueError), (S(f(2), f(2, 2)), INVALID)]),
    Op("moments", lambda x, axes, keepdims: normalization.moments(x, axes, keepdims=keepdims),
       ref=lambda x, axes, keepdims: (x.mean(tuple(axes), keepdims=keepdims), x.var(tuple(axes), keepdims=keepdims)),
       samples=[S(f(2, 3), axes=[0], keepdims=False), S(f(2, 3, 2), axes=[0, 1], keepdims=True)], bad=[(S(f(2), axes=[1], keepdims=False), INVALID)]),
    Op("weighted_moments", lambda x, w, axes: normalization.weighted_moments(x, axes, w), ref=weighted_moments,
       samples=[S(f(4, 3), pos(4, 1), axes=[0]), S(f(4, 3), pos(3), axes=[0, 1])]),
    Op("sufficient_statistics", lambda x: normalization.sufficient_statistics(x, [0], shift=2.0)[:3],
       ref=lambda x: (np.float64(len(x)), (x - 2).sum(0), ((x - 2) ** 2).sum(0)), samples=[S(f(4, 3))]),
    Op("normalize_moments", lambda m, v: normalization.normalize_moments(4.0, m, v, 0.5),
       ref=lambda m, v: (m / 4 + 0.5, v / 4 - (m / 4) ** 2), samples=[S(f(3), pos(3))]),
    Op("batch_normalization", lambda x, m, v, o, s: normalization.batch_normalization(x, m, v, o, s, 1e-3), ref=normalized,
       samples=[S(f(4, 3), f(3), pos(3), f(3), f(3))]),
    Op("batch_norm_with_global_normalization",
       lambda x, m, v, o, s: normalization.batch_norm_with_global_normalization(x, m, v, o, s, 1e-3, True), ref=normalized,
       samples=[S(f(4, 3), f(3), pos(3), f(3), f(3))]),
    Op("l2_normalize", lambda x, axis: normalization.l2_normalize(x, axis), ref=lambda x, axis: x / np.sqrt((x * x).sum(axis, keepdims=True)),
       samples=[S(f(2, 3), axis=1), S(f(2, 3), axis=0)], bad=[(S(f(2, 3), axis=2), INVALID)]),
    Op("local_response_normalization", lambda x: normalization.local_response_normalization(x, 1, 1.5, 0.5, 0.75),
       ref=lambda x: x / (1.5 + 0.5 * np.stack([(x[..., max(0, c - 1):c + 2] ** 2).sum(-1) for c in range(4)], -1)) ** 0.75,
       samples=[S(f(1, 2, 1, 4))], bad=[(S(f(2, 3)), INVALID)]),
    Op("window_sum", lambda x, radius: normalization.window_sum(x, radius),
       ref=lambda x, radius: np.stack([x[..., max(0, c - radius):c + radius + 1].sum(-1) for c in range(4)], -1),
       samples=[S(f(2, 4), radius=1), S(f(2, 4), radius=9), S(f(4), radius=0)]),
    Op("bias_add", lambda x, b, form: normalization.bias_add(x, b, form), ref=lambda x, b, form: x + (b if form == "NHWC" else b[:, None, None]),
       samples=[S(f(2, 3, 3, 4), f(4), form="NHWC"), S(f(2, 4, 3, 3), f(4), form="NCHW")],
       bad=[(S(f(2, 3), f(2), form="NHWC"), INVALID), (S(f(2, 3), f(3), form="XX"), ValueError), (S(f(2, 3), f(1, 3), form=None), INVALID)]),
    Op("clip_by_norm", lambda x, axis: clip.clip_by_norm(x, 1.0, axis), ref=clip_by_norm, samples=[S(f(2, 3), axis=1), S(f(2, 3), axis=0)],
       bad=[(S(ints(0, 3, (2,)), axis=None), INVALID), (S(f(2), axis=1), INVALID)]),
    Op("clip_by_global_norm", lambda x, y: clip.clip_by_global_norm([x, y], 1.0), samples=[S(f(2, 3), f(3))]),
    Op("global_norm", lambda x, y: clip.global_norm([x, y]), ref=lambda x, y: np.sqrt((x * x).sum() + (y * y).sum()), samples=[S(f(2, 3), f(3))]),
    Op("dropout", lambda x, rate: dropout.general_dropout(x, rate, uniform, [2, 1]),
       ref=lambda x, rate: x * (np.linspace(0.0, 0.9, 2)[:, None] >= rate) / (1 - rate), samples=[S(f(2, 3), f(low=0.3, high=0.5))],
       bad=[(S(f(2, 3), f(2)), ValueError), (S(f(2, 3), 1.0), ValueError), (S(ints(0, 3, (2, 3)), 0.5), ValueError)], symbolic=False),
    Op("embedding_lookup", lambda p, i: embedding.embedding_lookup(p, i), ref=lambda p, i: p[i], samples=[S(f(5, 2), ints(0, 5, (2, 3))), S(f(5), ints(0, 5))],
       bad=[(S(f(5, 2), np.array([5], np.int32)), INVALID), (S(f(5, 2), f(2)), INVALID)]),
    Op("embedding_lookup_in_shards", lambda a, b, c: embedding.embedding_lookup([a, b, c], [[0, 6], [3, 4]], max_norm=1.0),
       ref=lambda a, b, c: clip_by_norm(np.concatenate([a, b, c])[[[0, 6], [3, 4]]], -1), samples=[S(f(3, 2), f(2, 2), f(2, 2))], symbolic=False),
    Op("isotonic_regression", lambda x, axis: isotonic.isotonic_regression(x, axis=axis),
       ref=lambda x, axis: (np.apply_along_axis(non_increasing, axis, x), blocks(x, axis)), samples=[S(f(6), axis=-1), S(f(2, 5), axis=1), S(f(5, 2), axis=0)],
       bad=[(S(f(5), axis=1), INVALID)]),
    Op("isotonic_regression_increasing", lambda x: isotonic.isotonic_regression(x, decreasing=False)[0],
       ref=lambda x: -non_increasing(-x), samples=[S(f(6))]),
    Op("pick_places", lambda x, i: ctc.pick_places(x, i, axis=1), ref=lambda x, i: np.take_along_axis(x, i, 1), samples=[S(f(2, 3), ints(0, 3, (2, 4), int))]),
    Op("add_places", lambda u, i: ctc.add_places(u, i, size=3, axis=1), samples=[S(f(2, 4), ints(0, 3, (2, 4), int))],
       ref=lambda u, i: (u[..., None] * np.eye(3)[i]).sum(1)),
    Op("log_add", lambda a, b: ctc.log_add(a, b), ref=np.logaddexp, samples=[S(f(2, 3), f(3))]),
    Op("share", lambda a, b: ctc.share(a, b), ref=lambda a, b: np.exp(a - b), samples=[S(f(2, 3), f(3))]),
    Op("ctc_loss", lambda z, x, n, t: ctc.ctc_loss(z, x, n, t), ref=ctc_of_logits, samples=[S(LABELS, f(4, 3, 4), LENGTHS, FRAMES)],
       bad=[(S(LABELS, f(4, 2, 4), LENGTHS, FRAMES), INVALID), (S(LABELS, f(3, 4), LENGTHS, FRAMES), INVALID), (S(LABELS, f(4, 3, 3), LENGTHS, FRAMES), INVALID),
            (S(LABELS, f(4, 3, 4), LENGTHS + 1, FRAMES), INVALID), (S(LABELS, f(4, 3, 4), LENGTHS, FRAMES + 1), INVALID)]),
    Op("ctc_occupancy", lambda x, z, n, t: ctc.ctc_occupancy(x, z, n, t, blank=0), samples=[S(f(4, 3, 4), LABELS, LENGTHS, FRAMES)],
       symbolic=False),  # a loop over the frames, whose number must be known
    Op("ctc_states", lambda z, n: ctc.ctc_states(z, n, blank=0), ref=lambda z, n: np.array([[0, 1, 0, 2, 0], [0, 3, 0, 3, 0], [0, 2, 0, 0, 0]]), samples=[S(LABELS, LENGTHS)]),
    Op("ctc_skips", lambda s: ctc.ctc_skips(s), ref=lambda s: np.array([[False] * 3 + [True, False], [False] * 5]),
       samples=[S(np.array([[0, 1, 0, 2, 0], [0, 3, 0, 3, 0]]))]),
    Op("ctc_ends", lambda n: ctc.ctc_ends(n, states=5), ref=lambda n: np.log([[0, 0, 0, 1, 1], [0, 0, 0, 1, 1], [0, 1, 1, 0, 0]]), samples=[S(LENGTHS)]),
    Op("ctc_unique", lambda z: ctc.ctc_unique_labels(z), ref=lambda z: (np.array([[1, 2], [3, 0], [2, 0]]), np.array([[0, 1], [0, 0], [0, 1]])), samples=[S(LABELS)],
       bad=[(S(ints(0, 3, (2,))), INVALID)]),
]
