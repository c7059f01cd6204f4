"""Cross-entropies, one-hot codes, and measures of images."""

from __future__ import annotations

from typing import Any

from keras.src.backend.common import standardize_dtype
from keras.src.backend.config import epsilon

import gradtape as tf

from ..conversion import cast, floating, native, tensor_pair
from ..numpy.reduction import max
from ..numpy.shaping import moveaxis

__all__ = [
    "binary_crossentropy", "categorical_crossentropy", "multi_hot", "one_hot", "psnr", "sparse_categorical_crossentropy",
]  # fmt: skip


def check_shapes(target: Any, output: Any) -> None:
    if tuple(target.shape) != tuple(output.shape):
        raise ValueError(
            "Arguments `target` and `output` must have the same shape. Received: "
            f"target.shape={tuple(target.shape)}, output.shape={tuple(output.shape)}"
        )


def check_rank(output: Any) -> None:
    if not len(output.shape):
        raise ValueError(f"Argument `output` must be at least rank 1. Received: output.shape={tuple(output.shape)}")


def log_probabilities(output: Any, from_logits: bool, axis: int) -> Any:
    if from_logits:
        return tf.nn.log_softmax(output, axis)
    shares = output / tf.reduce_sum(output, axis, True)
    return tf.math.log(limited(shares))


def limited(p: Any) -> Any:
    """Probabilities kept away from 0 and 1, where their logarithms are not finite."""
    return tf.clip_by_value(p, cast(epsilon(), p.dtype), cast(1.0 - epsilon(), p.dtype))


def binary_crossentropy(target: Any, output: Any, from_logits: bool = False) -> Any:
    output = floating(output)
    target = cast(target, output.dtype)
    check_shapes(target, output)
    if from_logits:
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits=output)
    p = limited(output)
    return -(target * tf.math.log(p) + (1.0 - target) * tf.math.log(1.0 - p))


def categorical_crossentropy(target: Any, output: Any, from_logits: bool = False, axis: int = -1) -> Any:
    output = floating(output)
    target = cast(target, output.dtype)
    check_shapes(target, output)
    check_rank(output)
    if from_logits:
        return tf.nn.softmax_cross_entropy_with_logits(labels=target, logits=output, axis=axis)
    return -tf.reduce_sum(target * log_probabilities(output, False, axis), axis)


def sparse_categorical_crossentropy(target: Any, output: Any, from_logits: bool = False, axis: int = -1) -> Any:
    output = floating(output)
    check_rank(output)
    target = cast(target, "int64")
    if len(target.shape) == len(output.shape) and target.shape[-1] == 1:
        target = tf.squeeze(target, [-1])
    output = moveaxis(output, axis, -1)
    if tuple(target.shape) != tuple(output.shape)[:-1]:
        raise ValueError(
            "Arguments `target` and `output` must have the same shape up until the last dimension: "
            f"target.shape={tuple(target.shape)}, output.shape={tuple(output.shape)}"
        )
    logits = output if from_logits else log_probabilities(output, False, -1)
    if from_logits:
        return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target, logits=logits)
    return -tf.squeeze(tf.gather(logits, tf.expand_dims(target, -1), axis=-1, batch_dims=len(target.shape)), [-1])


# -- codes ------------------------------------------------------------------------------------------------
def one_hot(x: Any, num_classes: int, axis: int = -1, dtype: Any = None, sparse: bool = False) -> Any:
    """1 at the place that x names, 0 elsewhere and for places that do not exist."""
    if sparse:
        raise ValueError("`sparse=True` is not supported with the gradtape backend; leave it out.")
    dtype = standardize_dtype(dtype)
    made = "int8" if dtype == "bool" else dtype
    return cast(tf.one_hot(cast(x, "int64"), num_classes, axis=axis, dtype=made), dtype)


def multi_hot(x: Any, num_classes: int, axis: int = -1, dtype: Any = None, sparse: bool = False) -> Any:
    """1 at every place that one of the entries names."""
    rank = len(native(x).shape)
    return max(one_hot(x, num_classes, axis, dtype, sparse), 1 if rank > 1 else 0)


def psnr(x1: Any, x2: Any, max_val: float) -> Any:
    """The peak signal-to-noise ratio in decibels."""
    x1, x2 = tensor_pair(x1, x2)
    if tuple(x1.shape) != tuple(x2.shape):
        raise ValueError(f"Input shapes {tuple(x1.shape)} and {tuple(x2.shape)} must match for PSNR calculation.")
    error = tf.reduce_mean(tf.square(x1 - x2))
    peak = cast(max_val, x2.dtype)
    return (tf.math.log(tf.square(peak)) - tf.math.log(error)) * (10 / 2.302585092994046)
