"""Moments, normalisation, attention."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras.src.backend.common import dtypes

import gradtape as tf

from ..conversion import cast, cast_native, native, same_dtype, tensor
from ..numpy.reduction import precise

__all__ = ["batch_normalization", "dot_product_attention", "moments"]


def moments(x: Any, axes: Any, keepdims: bool = False, synchronized: bool = False) -> tuple:
    """Mean and variance, in 32 bits at least; they stay within the dtype of x."""
    if synchronized:
        raise NotImplementedError("Argument synchronized=True is not supported with the gradtape backend: there is one replica.")
    x, dtype = precise(x)
    mean, variance = tf.nn.moments(x, axes, keepdims=keepdims)
    return held(mean, dtype), held(variance, dtype)


def held(x: Any, dtype: str) -> Any:
    """A moment in the dtype of the values, its overflow kept finite."""
    if dtype != "float16" or x.dtype.name == dtype:
        return cast_native(x, dtype)
    limit = float(tf.float16.max)
    return tf.cast(tf.clip_by_value(x, cast(-limit, x.dtype), cast(limit, x.dtype)), dtype)


def batch_normalization(
    x: Any, mean: Any, variance: Any, axis: Any, offset: Any = None, scale: Any = None, epsilon: float = 1e-3
) -> Any:
    x = native(x)
    axes = [a % len(x.shape) for a in ([axis] if isinstance(axis, int) else axis)]
    shape = [n if k in axes else 1 for k, n in enumerate(x.shape)]
    mean, variance, offset, scale = (
        None if v is None else tf.reshape(cast(v, x.dtype), shape) for v in (mean, variance, offset, scale)
    )
    return tf.nn.batch_normalization(x, mean, variance, offset, scale, epsilon)


# -- attention --------------------------------------------------------------------------------------------
def dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    bias: Any = None,
    mask: Any = None,
    scale: float | None = None,
    is_causal: bool = False,
    flash_attention: bool | None = None,
    attn_logits_soft_cap: float | None = None,
) -> Any:
    """softmax(query key^T * scale + bias) value for tensors of shape (batch, time, heads, width)."""
    if flash_attention:
        raise ValueError("Flash attention is not supported with the gradtape backend; leave `flash_attention` out.")
    query, key, value = same_dtype([tensor(x) for x in (query, key, value)])
    if len(query.shape) != 4:
        raise ValueError(
            "`dot_product_attention` only supports 4D inputs. Received: "
            f"query.shape={tuple(query.shape)}, key.shape={tuple(key.shape)}, value.shape={tuple(value.shape)}."
        )
    key, value = (shared_heads(x, int(query.shape[2])) for x in (key, value))
    scale = int(key.shape[-1]) ** -0.5 if scale is None else scale
    logits = tf.einsum("btnh,bsnh->bnts", query, key)
    wide = dtypes.result_type(query.dtype.name, "float32")
    logits = cast_native(logits, wide) * tf.cast(scale, wide)
    if attn_logits_soft_cap is not None:
        logits = tf.tanh(logits / attn_logits_soft_cap) * attn_logits_soft_cap
    if bias is not None:
        logits = logits + cast(bias, wide)
    weights = tf.nn.softmax(masked(logits, mask, is_causal), -1)
    return tf.einsum("bnts,bsnh->btnh", cast_native(weights, key.dtype.name), value)


def shared_heads(x: Any, heads: int) -> Any:
    """Keys or values of grouped heads, once for each head of the query."""
    own = int(x.shape[2])
    return tf.repeat(x, heads // own, 2) if 1 < own < heads else x


def masked(logits: Any, mask: Any, is_causal: bool) -> Any:
    """Logits so low where attention is not allowed that its weight is zero."""
    allowed = None if mask is None else cast(mask, "bool")
    if is_causal:
        past = np.tri(int(logits.shape[-2]), int(logits.shape[-1]), dtype=bool)
        allowed = past if allowed is None else tf.logical_and(allowed, past)
    if allowed is None:
        return logits
    return tf.where(allowed, logits, cast(0.7 * float(logits.dtype.min), logits.dtype))
