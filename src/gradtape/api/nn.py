"""tf.nn."""

from importlib import import_module as _import_module
from typing import Any as _Any

from ..api.nn_conv import atrous_conv2d as atrous_conv2d
from ..api.nn_conv import atrous_conv2d_transpose as atrous_conv2d_transpose
from ..api.nn_conv import conv1d as conv1d
from ..api.nn_conv import conv1d_transpose as conv1d_transpose
from ..api.nn_conv import conv2d as conv2d
from ..api.nn_conv import conv2d_transpose as conv2d_transpose
from ..api.nn_conv import conv3d as conv3d
from ..api.nn_conv import conv3d_transpose as conv3d_transpose
from ..api.nn_conv import conv_transpose as conv_transpose
from ..api.nn_conv import convolution as convolution
from ..api.nn_conv import depthwise_conv2d as depthwise_conv2d
from ..api.nn_conv import depthwise_conv2d_backprop_filter as depthwise_conv2d_backprop_filter
from ..api.nn_conv import depthwise_conv2d_backprop_input as depthwise_conv2d_backprop_input
from ..api.nn_conv import separable_conv2d as separable_conv2d
from ..api.nn_fractional import fractional_avg_pool as fractional_avg_pool
from ..api.nn_fractional import fractional_max_pool as fractional_max_pool
from ..api.nn_pool import avg_pool as avg_pool
from ..api.nn_pool import avg_pool1d as avg_pool1d
from ..api.nn_pool import avg_pool2d as avg_pool2d
from ..api.nn_pool import avg_pool3d as avg_pool3d
from ..api.nn_pool import dilation2d as dilation2d
from ..api.nn_pool import erosion2d as erosion2d
from ..api.nn_pool import max_pool as max_pool
from ..api.nn_pool import max_pool1d as max_pool1d
from ..api.nn_pool import max_pool2d as max_pool2d
from ..api.nn_pool import max_pool3d as max_pool3d
from ..api.nn_pool import max_pool_with_argmax as max_pool_with_argmax
from ..api.nn_pool import pool as pool
from ..api.nn_space import depth_to_space as depth_to_space
from ..api.nn_space import space_to_batch as space_to_batch
from ..api.nn_space import space_to_depth as space_to_depth
from ..ops._calls.activations import elu as elu
from ..ops._calls.activations import leaky_relu as leaky_relu
from ..ops._calls.activations import relu as relu
from ..ops._calls.activations import relu6 as relu6
from ..ops._calls.activations import selu as selu
from ..ops._calls.losses import l2_loss as l2_loss
from ..ops._calls.losses import sparse_softmax_cross_entropy_with_logits as sparse_softmax_cross_entropy_with_logits
from ..ops._calls.math import sigmoid as sigmoid
from ..ops._calls.math import softplus as softplus
from ..ops._calls.math import softsign as softsign
from ..ops._calls.math import tanh as tanh
from ..ops._calls.softmax import log_softmax as log_softmax
from ..ops._calls.softmax import softmax as softmax
from ..ops.activations import crelu as crelu
from ..ops.activations import gelu as gelu
from ..ops.activations import silu as silu
from ..ops.ctc import collapse_repeated as collapse_repeated
from ..ops.ctc import ctc_loss as ctc_loss
from ..ops.ctc import ctc_unique_labels as ctc_unique_labels
from ..ops.dropout import dropout as dropout
from ..ops.embedding import embedding_lookup as embedding_lookup
from ..ops.isotonic import isotonic_regression as isotonic_regression
from ..ops.losses import compute_average_loss as compute_average_loss
from ..ops.losses import log_poisson_loss as log_poisson_loss
from ..ops.losses import scale_regularization_loss as scale_regularization_loss
from ..ops.losses import sigmoid_cross_entropy_with_logits as sigmoid_cross_entropy_with_logits
from ..ops.losses import softmax_cross_entropy_with_logits as softmax_cross_entropy_with_logits
from ..ops.losses import weighted_cross_entropy_with_logits as weighted_cross_entropy_with_logits
from ..ops.normalization import batch_norm_with_global_normalization as batch_norm_with_global_normalization
from ..ops.normalization import batch_normalization as batch_normalization
from ..ops.normalization import bias_add as bias_add
from ..ops.normalization import l2_normalize as l2_normalize
from ..ops.normalization import local_response_normalization as local_response_normalization
from ..ops.normalization import lrn as lrn
from ..ops.normalization import moments as moments
from ..ops.normalization import normalize_moments as normalize_moments
from ..ops.normalization import sufficient_statistics as sufficient_statistics
from ..ops.normalization import weighted_moments as weighted_moments
from ..ops.reduce import zero_fraction as zero_fraction
from ..ops.sorting import approx_max_k as approx_max_k
from ..ops.sorting import approx_min_k as approx_min_k
from ..ops.sorting import in_top_k as in_top_k
from ..ops.sorting import top_k as top_k
from . import nn_experimental

experimental = nn_experimental
swish = silu

_LATER = dict.fromkeys(("embedding_lookup_sparse", "safe_embedding_lookup_sparse"), "gradtape.api.sparse_embedding")


def __getattr__(name: str) -> _Any:
    """Functions of sparse tensors, which load on first use."""
    if name not in _LATER:
        raise AttributeError(f"module 'gradtape.api.nn' has no attribute {name!r}")
    found = globals()[name] = getattr(_import_module(_LATER[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
