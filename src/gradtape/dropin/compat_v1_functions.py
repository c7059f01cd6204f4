"""The functions of TensorFlow 1 whose arguments TensorFlow 2 has changed, on TensorFlow 2's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NoReturn

import numpy as np

import gradtape as tf

from . import explain_names


# -- arguments ----------------------------------------------------------------------------------------------------
def one_of(new: Any, old: Any, name: str) -> Any:
    """The value of an argument that has two names."""
    if new is not None and old is not None:
        raise ValueError(f"Only one of '{name}' and its old name may be given")
    return old if new is None else new


def reduction(operation: Callable[..., Any]) -> Callable[..., Any]:
    def function(
        input_tensor: Any,
        axis: Any = None,
        keepdims: Any = None,
        name: Any = None,
        reduction_indices: Any = None,
        keep_dims: Any = None,
    ) -> Any:
        kept = one_of(keepdims, keep_dims, "keepdims")
        return operation(input_tensor, one_of(axis, reduction_indices, "axis"), bool(kept))

    return function


def extreme(operation: Callable[..., Any]) -> Callable[..., Any]:
    def function(input: Any, axis: Any = None, name: Any = None, dimension: Any = None, output_type: Any = tf.int64) -> Any:
        place = one_of(axis, dimension, "axis")
        return operation(input, 0 if place is None else place, output_type)

    return function


def assertion(operation: Callable[..., Any]) -> Callable[..., Any]:
    def function(x: Any, y: Any, data: Any = None, summarize: Any = None, message: Any = None, name: Any = None) -> Any:
        return operation(x, y, message=message, summarize=summarize)

    return function


def sign_assertion(operation: Callable[..., Any]) -> Callable[..., Any]:
    def function(x: Any, data: Any = None, summarize: Any = None, message: Any = None, name: Any = None) -> Any:
        return operation(x, message=message, summarize=summarize)

    return function


def caster(dtype: Any) -> Callable[..., Any]:
    def function(x: Any, name: Any = None) -> Any:
        return tf.cast(x, dtype)

    return function


def softmax_kind(operation: Callable[..., Any]) -> Callable[..., Any]:
    def function(logits: Any, axis: Any = None, name: Any = None, dim: Any = None) -> Any:
        place = one_of(axis, dim, "axis")
        return operation(logits, -1 if place is None else place)

    return function


# -- arrays -------------------------------------------------------------------------------------------------------
def where(condition: Any, x: Any = None, y: Any = None, name: Any = None) -> Any:
    """tf.where, and a condition of rank 1 chooses rows."""
    if x is not None and y is not None:
        condition = tf.convert_to_tensor(condition)
        rank = len(np.shape(x))
        if condition.ndim == 1 and rank > 1:
            condition = tf.reshape(condition, [-1] + [1] * (rank - 1))
    return tf.where(condition, x, y)


def expand_dims(input: Any, axis: Any = None, name: Any = None, dim: Any = None) -> Any:
    return tf.expand_dims(input, one_of(axis, dim, "axis"))


def squeeze(input: Any, axis: Any = None, name: Any = None, squeeze_dims: Any = None) -> Any:
    return tf.squeeze(input, one_of(axis, squeeze_dims, "axis"))


def transpose(a: Any, perm: Any = None, name: Any = None, conjugate: bool = False) -> Any:
    return tf.transpose(a, perm, conjugate)


def shape(input: Any, name: Any = None, out_type: Any = tf.int32) -> Any:
    return tf.shape(input, out_type)


def size(input: Any, name: Any = None, out_type: Any = tf.int32) -> Any:
    return tf.size(input, out_type)


def zeros_like(tensor: Any, dtype: Any = None, name: Any = None, optimize: bool = True) -> Any:
    return tf.zeros_like(tensor, dtype)


def ones_like(tensor: Any, dtype: Any = None, name: Any = None, optimize: bool = True) -> Any:
    return tf.ones_like(tensor, dtype)


def pad(tensor: Any, paddings: Any, mode: str = "CONSTANT", name: Any = None, constant_values: Any = 0) -> Any:
    return tf.pad(tensor, paddings, mode, constant_values)


def gather(
    params: Any, indices: Any, validate_indices: Any = None, name: Any = None, axis: Any = None, batch_dims: int = 0
) -> Any:
    return tf.gather(params, indices, axis=axis, batch_dims=batch_dims)


def gather_nd(params: Any, indices: Any, name: Any = None, batch_dims: int = 0) -> Any:
    return tf.gather_nd(params, indices, batch_dims)


def boolean_mask(tensor: Any, mask: Any, name: str = "boolean_mask", axis: Any = None) -> Any:
    return tf.boolean_mask(tensor, mask, axis)


def convert_to_tensor(
    value: Any, dtype: Any = None, name: Any = None, preferred_dtype: Any = None, dtype_hint: Any = None
) -> Any:
    return tf.convert_to_tensor(value, dtype, dtype_hint=one_of(dtype_hint, preferred_dtype, "dtype_hint"))


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const", verify_shape: bool = False) -> Any:
    return tf.constant(value, dtype, shape)


def div(x: Any, y: Any, name: Any = None) -> Any:
    """Division as Python 2's: whole numbers give whole numbers, rounded toward minus infinity."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y, dtype_hint=getattr(x, "dtype", None))
    return x // y if x.dtype.is_integer else x / y


def norm(
    tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: Any = None, name: Any = None, keep_dims: Any = None
) -> Any:
    return tf.norm(tensor, ord, axis, bool(one_of(keepdims, keep_dims, "keepdims")))


def scalar_mul(scalar: Any, x: Any, name: Any = None) -> Any:
    return tf.math.scalar_mul(scalar, x)


def multinomial(logits: Any, num_samples: Any, seed: Any = None, name: Any = None, output_dtype: Any = None) -> Any:
    return tf.random.categorical(logits, num_samples, output_dtype or tf.int64, seed)


# -- variables ----------------------------------------------------------------------------------------------------
def variable(
    initial_value: Any = None, trainable: Any = None, collections: Any = None, validate_shape: bool = True, caching_device: Any = None,
    name: Any = None, variable_def: Any = None, dtype: Any = None, **rest: Any,
) -> Any:  # fmt: skip
    """tf.Variable, in TensorFlow 1's order of arguments."""
    return tf.Variable(initial_value, trainable=trainable, name=name, dtype=dtype, **rest)


def get_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: Any = None,
    **rest: Any,
) -> Any:
    """A new variable: in eager mode none is shared by its name."""
    dtype = tf.as_dtype(dtype or tf.float32)
    if initializer is None:
        initializer = tf.keras.initializers.GlorotUniform() if dtype.is_floating else tf.zeros_initializer()
    if isinstance(initializer, type):
        initializer = initializer()
    value = initializer(shape, dtype=dtype) if callable(initializer) else initializer
    return tf.Variable(value, trainable=trainable, name=name, dtype=None if not callable(initializer) else dtype)


def assign(ref: Any, value: Any, validate_shape: Any = None, use_locking: Any = None, name: Any = None) -> Any:
    return ref.assign(value)


def assign_add(ref: Any, value: Any, use_locking: Any = None, name: Any = None) -> Any:
    return ref.assign_add(value)


def assign_sub(ref: Any, value: Any, use_locking: Any = None, name: Any = None) -> Any:
    return ref.assign_sub(value)


def nothing_to_do(*args: Any, **kwargs: Any) -> None:
    """Variables have their values when they are made."""


@contextmanager
def name_scope(name: Any, default_name: Any = None, values: Any = None) -> Iterator[str]:
    with tf.name_scope(name or default_name or "scope") as scope:
        yield scope


@contextmanager
def variable_scope(name_or_scope: Any, default_name: Any = None, values: Any = None, **rest: Any) -> Iterator[str]:
    with tf.name_scope(name_or_scope or default_name or "scope") as scope:
        yield scope


# -- neural networks ----------------------------------------------------------------------------------------------
def dropout(x: Any, keep_prob: Any = None, noise_shape: Any = None, seed: Any = None, name: Any = None, rate: Any = None) -> Any:
    if (keep_prob is None) == (rate is None):
        raise ValueError("nn.dropout takes one of rate and keep_prob")
    return tf.nn.dropout(x, 1 - keep_prob if rate is None else rate, noise_shape, seed)


def moments(x: Any, axes: Any, shift: Any = None, name: Any = None, keep_dims: Any = None, keepdims: Any = None) -> Any:
    return tf.nn.moments(x, axes, keepdims=bool(one_of(keepdims, keep_dims, "keepdims")))


def conv2d(
    input: Any, filter: Any = None, strides: Any = None, padding: Any = None, use_cudnn_on_gpu: bool = True, data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1), name: Any = None, filters: Any = None,
) -> Any:  # fmt: skip
    return tf.nn.conv2d(input, one_of(filters, filter, "filters"), strides, padding, data_format, list(dilations))


def pooling(operation: Callable[..., Any]) -> Callable[..., Any]:
    def function(
        value: Any = None,
        ksize: Any = None,
        strides: Any = None,
        padding: Any = None,
        data_format: str = "NHWC",
        name: Any = None,
        input: Any = None,
    ) -> Any:
        return operation(one_of(input, value, "input"), ksize, strides, padding, data_format)

    return function


def softmax_cross_entropy(labels: Any = None, logits: Any = None, axis: Any = None, name: Any = None, dim: Any = None) -> Any:
    place = one_of(axis, dim, "axis")
    return tf.nn.softmax_cross_entropy_with_logits(labels, logits, -1 if place is None else place)


def softmax_cross_entropy_of_logits_alone(
    _sentinel: Any = None, labels: Any = None, logits: Any = None, dim: int = -1, name: Any = None, axis: Any = None
) -> Any:
    return softmax_cross_entropy(tf.stop_gradient(labels), logits, axis if axis is not None else dim)


def sigmoid_cross_entropy(_sentinel: Any = None, labels: Any = None, logits: Any = None, name: Any = None) -> Any:
    return tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)


def sparse_softmax_cross_entropy(_sentinel: Any = None, labels: Any = None, logits: Any = None, name: Any = None) -> Any:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)


def xw_plus_b(x: Any, weights: Any, biases: Any, name: Any = None) -> Any:
    return tf.matmul(x, weights) + biases


# -- settings -----------------------------------------------------------------------------------------------------
def executing_eagerly() -> bool:
    return tf.executing_eagerly()


def refused(name: str) -> Callable[..., NoReturn]:
    def function(*args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError(
            f"tf.compat.v1.{name} is not compatible with eager execution. {explain_names.substitute('tf.compat.v1.' + name)}"
        )

    return function


class Settings(SimpleNamespace):
    """Settings for a session: kept, without effect."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = vars(self)[name] = Settings()
        return value


class Dimension:
    """TensorFlow 1's extent of a shape; extents are ints, and nothing is an instance of it."""


class Session:
    """Opens for programs that only set the memory of a GPU; `run` says what to write."""

    def __init__(self, target: str = "", graph: Any = None, config: Any = None):
        self.config = config

    run = staticmethod(refused("Session"))

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def close(self) -> None:
        """Nothing is open."""


def logger_method(name: str) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        return getattr(tf.get_logger(), name)(*args, **kwargs)

    return function


def set_verbosity(v: Any) -> None:
    tf.get_logger().setLevel(v)


def get_verbosity() -> int:
    return tf.get_logger().getEffectiveLevel()


def run_app(main: Callable[..., Any] | None = None, argv: list[str] | None = None) -> NoReturn:
    """Calls `main(argv)` and ends the program with what it returns."""
    words = sys.argv if argv is None else argv
    sys.exit((main or vars(sys.modules["__main__"])["main"])(words))


ASSERTIONS = ("assert_equal", "assert_greater", "assert_greater_equal", "assert_less", "assert_less_equal", "assert_none_equal")
SIGNS = ("assert_negative", "assert_non_negative", "assert_non_positive", "assert_positive")
REDUCTIONS = (
    "reduce_all",
    "reduce_any",
    "reduce_logsumexp",
    "reduce_max",
    "reduce_mean",
    "reduce_min",
    "reduce_prod",
    "reduce_sum",
)
DEBUGGING = tf.debugging


def both(names: dict[str, Any], space: str) -> dict[str, Any]:
    """The same at the top and in a namespace."""
    return names | {f"{space}.{name}": value for name, value in names.items()}


OWN: dict[str, Any] = {
    **both({name: reduction(getattr(tf, name)) for name in REDUCTIONS}, "math"),
    **both({"argmax": extreme(tf.argmax), "argmin": extreme(tf.argmin)}, "math"),
    **both({name: assertion(getattr(DEBUGGING, name)) for name in ASSERTIONS}, "debugging"),
    **both({name: sign_assertion(getattr(DEBUGGING, name)) for name in SIGNS}, "debugging"),
    "to_float": caster(tf.float32), "to_double": caster(tf.float64), "to_int32": caster(tf.int32), "to_int64": caster(tf.int64),
    "to_bfloat16": caster(tf.bfloat16), "to_complex64": caster(tf.complex64), "to_complex128": caster(tf.complex128),
    "where": where, "expand_dims": expand_dims, "squeeze": squeeze, "transpose": transpose, "shape": shape, "size": size,
    "zeros_like": zeros_like, "ones_like": ones_like, "pad": pad, "gather": gather, "gather_nd": gather_nd, "boolean_mask": boolean_mask,
    "convert_to_tensor": convert_to_tensor, "constant": constant, "div": div, "floor_div": tf.math.floordiv, "norm": norm, "linalg.norm": norm,
    "scalar_mul": scalar_mul, "math.scalar_mul": scalar_mul, "multinomial": multinomial, "random.multinomial": multinomial,
    "Variable": variable, "get_variable": get_variable, "assign": assign, "assign_add": assign_add, "assign_sub": assign_sub,
    "global_variables_initializer": nothing_to_do, "local_variables_initializer": nothing_to_do, "tables_initializer": nothing_to_do,
    "initialize_all_variables": nothing_to_do, "variables_initializer": nothing_to_do, "name_scope": name_scope, "variable_scope": variable_scope,
    "nn.dropout": dropout, "nn.moments": moments, "nn.conv2d": conv2d, "nn.softmax": softmax_kind(tf.nn.softmax), "math.softmax": softmax_kind(tf.nn.softmax),
    "nn.log_softmax": softmax_kind(tf.nn.log_softmax), "math.log_softmax": softmax_kind(tf.nn.log_softmax),
    "nn.max_pool": pooling(tf.nn.max_pool2d), "nn.avg_pool": pooling(tf.nn.avg_pool2d), "nn.avg_pool2d": pooling(tf.nn.avg_pool2d),
    "nn.softmax_cross_entropy_with_logits_v2": softmax_cross_entropy, "nn.softmax_cross_entropy_with_logits": softmax_cross_entropy_of_logits_alone,
    "nn.sigmoid_cross_entropy_with_logits": sigmoid_cross_entropy, "nn.sparse_softmax_cross_entropy_with_logits": sparse_softmax_cross_entropy,
    "nn.xw_plus_b": xw_plus_b, "nn.relu6": tf.nn.relu6, "nn.leaky_relu": tf.nn.leaky_relu, "nn.tanh": tf.nn.tanh, "nn.softplus": tf.nn.softplus,
    "set_random_seed": tf.random.set_seed, "random.set_random_seed": tf.random.set_seed, "executing_eagerly": executing_eagerly,
    "executing_eagerly_outside_functions": executing_eagerly, "device": tf.device, "tuple": tf.tuple, "py_func": tf.numpy_function,
    "enable_eager_execution": nothing_to_do, "enable_v2_behavior": nothing_to_do, "enable_v2_tensorshape": nothing_to_do,
    "enable_resource_variables": nothing_to_do, "enable_control_flow_v2": nothing_to_do, "enable_tensor_equality": nothing_to_do,
    "disable_eager_execution": refused("disable_eager_execution"), "disable_v2_behavior": refused("disable_v2_behavior"),
    "placeholder": refused("placeholder"), "placeholder_with_default": refused("placeholder_with_default"), "gradients": tf.gradients,
    "hessians": tf.hessians, "get_default_graph": refused("get_default_graph"), "reset_default_graph": nothing_to_do,
    "Dimension": Dimension, "ConfigProto": Settings, "GPUOptions": Settings, "GraphOptions": Settings, "OptimizerOptions": Settings, "Session": Session,
    "InteractiveSession": Session, "app.run": run_app, "logging.set_verbosity": set_verbosity, "logging.get_verbosity": get_verbosity,
    "logging.DEBUG": 10, "logging.INFO": 20, "logging.WARN": 30, "logging.ERROR": 40, "logging.FATAL": 50,
    **{f"logging.{name}": logger_method(name) for name in ("debug", "info", "warning", "error", "fatal", "log")},
    "logging.warn": logger_method("warning"), "ones_initializer": tf.ones_initializer, "zeros_initializer": tf.zeros_initializer,
    "constant_initializer": tf.constant_initializer, "random_normal_initializer": tf.random_normal_initializer,
    "random_uniform_initializer": tf.random_uniform_initializer,
}  # fmt: skip
# what takes other arguments in TensorFlow 2, or means something else there, and is not written above
CHANGED = frozenset({
    "math.bincount", "math.confusion_matrix", "math.count_nonzero", "math.in_top_k", "math.reduce_euclidean_norm", "math.reduce_std",
    "math.reduce_variance", "linalg.diag_part", "nn.conv1d", "nn.conv2d_backprop_filter", "nn.conv2d_backprop_input", "nn.conv2d_transpose",
    "nn.conv3d", "nn.conv3d_transpose", "nn.convolution", "nn.crelu", "nn.ctc_loss", "nn.ctc_loss_v2", "nn.depthwise_conv2d", "nn.dilation2d",
    "nn.embedding_lookup", "nn.erosion2d", "nn.fractional_avg_pool", "nn.fractional_max_pool", "nn.fused_batch_norm", "nn.in_top_k",
    "nn.max_pool_with_argmax", "nn.pool", "nn.separable_conv2d", "nn.sufficient_statistics", "nn.weighted_cross_entropy_with_logits",
    "nn.weighted_moments", "image.crop_and_resize", "image.draw_bounding_boxes", "image.extract_patches", "image.resize",
    "image.sample_distorted_bounding_box", "image.extract_glimpse", "nn.space_to_batch",
})  # fmt: skip
