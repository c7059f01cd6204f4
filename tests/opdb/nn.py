"""Activations, softmax, losses, normalisations."""

import numpy as np
import scipy.special as sp

import gradtape as tf
from gradtape.ops import activations, losses, normalization

from ._record import Op, S, f, ints, pos, unary


def soft(x, axis=-1):
    return sp.softmax(x, axis)


def sparse_loss(labels, logits):
    return -np.take_along_axis(sp.log_softmax(logits, -1), labels[..., None], -1)[..., 0]


def sigmoid_loss(z, x):
    return np.maximum(x, 0) - x * z + np.log1p(np.exp(-np.abs(x)))


def normalized(x, mean, variance, offset, scale):
    return scale * (x - mean) / np.sqrt(variance + 1e-3) + offset


RECORDS = [
    unary("relu", lambda x: np.maximum(x, 0), fn=lambda x: activations.relu(x)),
    unary("relu6", lambda x: np.clip(x, 0, 6), low=-4.0, high=9.0, fn=lambda x: activations.relu6(x)),
    unary("elu", lambda x: np.where(x < 0, np.expm1(x), x), fn=lambda x: activations.elu(x)),
    unary("selu", lambda x: 1.0507009873554805 * np.where(x < 0, 1.6732632423543772 * np.expm1(x), x), fn=lambda x: activations.selu(x)),
    unary("leaky", lambda x: np.where(x < 0, 0.2 * x, x), fn=lambda x: activations.leaky_relu(x)),
    unary("gelu", lambda x: x * sp.ndtr(x), fn=lambda x: activations.gelu(x)),
    unary("gelu_tanh", lambda x: 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))), fn=lambda x: activations.gelu(x, True)),
    unary("silu", lambda x: x * sp.expit(x), fn=lambda x: activations.silu(x)),
    Op("crelu", lambda x: activations.crelu(x), ref=lambda x: np.maximum(np.concatenate([x, -x], -1), 0), samples=[S(f(2, 3))]),
    Op("softmax", lambda x, axis: activations.softmax(x, axis), ref=soft, samples=[S(f(2, 3), axis=-1), S(f(3, 2, 4), axis=1)],
       bad=[(S(f(2, 3), axis=2), tf.errors.InvalidArgumentError), (S(ints(0, 3, (2,)), axis=0), tf.errors.InvalidArgumentError)]),
    Op("log_softmax", lambda x, axis: activations.log_softmax(x, axis), ref=lambda x, axis: sp.log_softmax(x, axis),
       samples=[S(f(2, 3), axis=-1), S(f(3, 2, 4), axis=1)]),
    Op("sigmoid_loss", lambda z, x: losses.sigmoid_cross_entropy_with_logits(z, x), ref=sigmoid_loss,
       samples=[S(f(2, 3, low=0.0, high=1.0), f(2, 3))],
       bad=[(S(f(2, 3), f(2, 2)), ValueError)], symbolic=False),
    Op("softmax_loss", lambda z, x, axis=-1: losses.softmax_cross_entropy_with_logits(z, x, axis),
       ref=lambda z, x, axis=-1: -np.sum(z * sp.log_softmax(x, axis), axis),
       samples=[S(f(2, 3, low=0.0, high=1.0), f(2, 3)), S(f(2, 3, 2, low=0.0, high=1.0), f(2, 3, 2), axis=1)],
       bad=[(S(f(2, 3), f(2, 2)), tf.errors.InvalidArgumentError)]),
    Op("sparse_softmax_loss", lambda z, x: losses.sparse_softmax_cross_entropy_with_logits(z, x), ref=sparse_loss,
       samples=[S(ints(0, 4, (3,)), f(3, 4)), S(ints(0, 4, (3, 2)), f(3, 2, 4)), S(ints(0, 4), f(4))],
       bad=[(S(np.array([4], np.int32), f(1, 4)), tf.errors.InvalidArgumentError), (S(ints(0, 4, (2,)), f(3, 4)), ValueError)], symbolic=False),
    Op("weighted_cross_entropy", lambda z, x, q: losses.weighted_cross_entropy_with_logits(z, x, q),
       ref=lambda z, x, q: (1 - z) * x + (1 + (q - 1) * z) * np.logaddexp(0, -x),
       samples=[S(f(2, 3, low=0.0, high=1.0), f(2, 3), f(low=1.0, high=2.0))], bad=[(S(f(2), f(3), f()), ValueError)], symbolic=False),
    Op("log_poisson_loss", lambda z, x: losses.log_poisson_loss(z, x, True),
       ref=lambda z, x: np.exp(x) - z * x + np.where(z > 1, z * np.log(z) - z + 0.5 * np.log(2 * np.pi * z), 0),
       samples=[S(f(5, low=1.5, high=4.0), f(5))], symbolic=False),
    Op("l2_loss", lambda x: losses.l2_loss(x), ref=lambda x: np.sum(x * x) / 2, samples=[S(f(2, 3)), S(f())]),
    Op("moments", lambda x, axes, keepdims: normalization.moments(x, axes, keepdims=keepdims),
       ref=lambda x, axes, keepdims: (x.mean(tuple(axes), keepdims=keepdims), x.var(tuple(axes), keepdims=keepdims)),
       samples=[S(f(2, 3), axes=[0], keepdims=False), S(f(2, 3, 2), axes=[0, 1], keepdims=True)]),
    Op("weighted_moments", lambda x, w, axes: normalization.weighted_moments(x, axes, w), samples=[S(f(4, 3), pos(4, 1), axes=[0])], symbolic=False),
    Op("sufficient_statistics", lambda x: normalization.sufficient_statistics(x, [0], shift=2.0)[1:3],
       ref=lambda x: ((x - 2).sum(0), ((x - 2) ** 2).sum(0)), samples=[S(f(4, 3))], symbolic=False),
    Op("batch_normalization", lambda x, m, v, o, s: normalization.batch_normalization(x, m, v, o, s, 1e-3), ref=normalized,
       samples=[S(f(4, 3), f(3), pos(3), f(3), f(3))]),
    Op("l2_normalize", lambda x, axis: normalization.l2_normalize(x, axis), ref=lambda x, axis: x / np.sqrt((x * x).sum(axis, keepdims=True)),
       samples=[S(f(2, 3), axis=1), S(f(2, 3), axis=0)]),
    Op("local_response_normalization", lambda x: normalization.local_response_normalization(x, 1, 1.5, 0.5, 0.75),
       ref=lambda x: x / (1.5 + 0.5 * np.stack([(x[..., max(0, c - 1):c + 2] ** 2).sum(-1) for c in range(4)], -1)) ** 0.75,
       samples=[S(f(1, 2, 1, 4))], bad=[(S(f(2, 3)), tf.errors.InvalidArgumentError)], symbolic=False),
    Op("bias_add", lambda x, b, form: normalization.bias_add(x, b, form), ref=lambda x, b, form: x + (b if form == "NHWC" else b[:, None, None]),
       samples=[S(f(2, 3, 3, 4), f(4), form="NHWC"), S(f(2, 4, 3, 3), f(4), form="NCHW")],
       bad=[(S(f(2, 3), f(2), form="NHWC"), tf.errors.InvalidArgumentError), (S(f(2, 3), f(3), form="XX"), ValueError)]),
]
