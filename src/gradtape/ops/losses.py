"""Layer 4: the losses of tf.nn.  Each has its exact gradient for every input, labels included.

The two softmax losses have their backward pass as an operation of its own, u (p sum(z) - z) with p = softmax(logits): linear in u and
in the labels z, and as softmax in the logits.  TensorFlow takes sum(z) for 1 and the labels for constants there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Spec, TensorShape, normalize_axis
from ..core.tensor import Tensor, to_tensor
from . import _softmax_kernels as kernels
from ._declare import FLOATS, INTEGERS, Partial, binary, bounded, primitive, publish
from ._math_kernels import rounded_once
from .arithmetic import divide_no_nan, xlogy
from .basic import add, cast, multiply, negative, reduce_sum, reshape, select, subtract, zmul
from .create import hot, shape, zeros_like
from .logic import logical_and
from .math import exp, log, sigmoid, softplus
from .pieces import expand_axis, index, lifted, move_axis
from .softmax import both_terms, log_softmax, softmax, softmax_gradient


def fit(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    """May two shapes be the same?  An unknown extent may be any."""
    return TensorShape.of(a).is_compatible_with(TensorShape.of(b))


def rows_dot(a: Any, b: Any) -> Any:
    """The inner products of the last axis."""
    return reduce_sum(zmul(a, b), -1)


# -- sigmoid --------------------------------------------------------------------------------------------------
def sigmoid_loss_kernel(z: Any, x: Any) -> np.ndarray:
    """max(x, 0) - x z + log(1 + exp(-|x|))."""
    if z.dtype != x.dtype:
        raise TypeError("labels and logits must share a dtype")
    narrow = x.dtype
    z, x = kernels.wide(z), kernels.wide(x)
    y = np.abs(x, out=...)
    np.negative(y, out=y)
    np.exp(y, out=y)
    np.log1p(y, out=y)
    y += np.maximum(x, x.dtype.type(0))
    return kernels.narrow(np.subtract(y, x * z, out=...), narrow)


sigmoid_loss = binary(
    "sigmoid_loss",
    sigmoid_loss_kernel,
    a=Partial(lambda b: negative(b)),
    b=bounded(lambda a, b: subtract(sigmoid(b), a)),
    public=("labels", "logits"),
    numbers=(),
    same=("a", "b"),
    dtypes=FLOATS,
    depth=2,
    doc="The cross entropy of labels and sigmoid(logits), elementwise.",
)


# -- softmax: the last axis holds the classes ---------------------------------------------------------------------
def softmax_loss_adapt(labels: Any, logits: Any) -> tuple[Any, ...]:
    """Labels in the dtype of the logits."""
    if not logits.dtype.is_floating or not logits.ndim:
        raise invalid("softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits: logits must be floats with an axis of "
                      f"classes, got {logits.dtype.name} of shape {list(logits.shape)}")  # fmt: skip
    return cast(labels, logits.dtype), logits


def mismatch(labels: Any, logits: Any) -> Exception:
    return invalid("softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits: logits and labels must have the same shape: "
                   f"logits_size={list(logits)} labels_size={list(labels)}")  # fmt: skip


@primitive(public=("labels", "logits"), dtypes=FLOATS, adapt=softmax_loss_adapt, depth=2)
def softmax_loss(labels, logits):
    """-sum(labels * log_softmax(logits)) over the last axis."""
    if labels.dtype != logits.dtype or labels.shape != logits.shape:
        raise TypeError("labels and logits must share dtype and shape")
    return kernels.softmax_loss(labels, logits)


@softmax_loss.shape
def softmax_loss_shape(labels, logits):
    if not fit(labels.shape, logits.shape):
        raise mismatch(labels.shape, logits.shape)
    return Spec(logits.shape[:-1], logits.dtype)


@softmax_loss.vjp("labels")
def softmax_loss_vjp_labels(g, logits):
    return negative(zmul(expand_axis(g, g.ndim), log_softmax(logits)))


@softmax_loss.vjp("logits")
def softmax_loss_vjp_logits(g, labels, logits):
    return softmax_loss_gradient(g, labels, logits)


@softmax_loss.jvp
def softmax_loss_jvp(y, ts, labels, logits):
    return both_terms(
        None if ts[0] is None else negative(rows_dot(ts[0], log_softmax(logits))),
        None if ts[1] is None else rows_dot(ts[1], excess(labels, logits)),
    )


@softmax_loss.batch
def softmax_loss_batch(size, batched, labels, logits):
    return softmax_loss(*lifted(size, batched, (labels, logits)))


def excess(labels: Any, logits: Any) -> Any:
    """softmax(logits) sum(labels) - labels."""
    return subtract(multiply(softmax(logits), reduce_sum(labels, -1, True)), labels)


@primitive(dtypes=FLOATS, same=("u", "labels", "logits"))
def softmax_loss_gradient(u, labels, logits):
    """u (softmax(logits) sum(labels) - labels), with one u a row."""
    return kernels.softmax_loss_gradient(u, labels, logits)


@softmax_loss_gradient.shape
def softmax_loss_gradient_shape(u, labels, logits):
    return Spec(logits.shape, logits.dtype)


@softmax_loss_gradient.vjp("u")
def softmax_loss_gradient_vjp_u(g, labels, logits):
    return rows_dot(g, excess(labels, logits))


@softmax_loss_gradient.vjp("labels")
def softmax_loss_gradient_vjp_labels(g, u, logits):
    return zmul(expand_axis(u, u.ndim), subtract(reduce_sum(zmul(g, softmax(logits)), -1, True), g))


@softmax_loss_gradient.vjp("logits")
def softmax_loss_gradient_vjp_logits(g, u, labels, logits):
    return zmul(mass(u, labels), softmax_gradient(g, softmax(logits)))


def mass(u: Any, labels: Any) -> Any:
    return expand_axis(multiply(u, reduce_sum(labels, -1)), u.ndim)


@softmax_loss_gradient.jvp
def softmax_loss_gradient_jvp(y, ts, u, labels, logits):
    by_u = None if ts[0] is None else softmax_loss_gradient(ts[0], labels, logits)
    by_labels = None if ts[1] is None else softmax_loss_gradient(u, ts[1], logits)
    by_logits = None if ts[2] is None else zmul(mass(u, labels), softmax_gradient(ts[2], softmax(logits)))
    return both_terms(both_terms(by_u, by_labels), by_logits)


@softmax_loss_gradient.batch
def softmax_loss_gradient_batch(size, batched, u, labels, logits):
    return softmax_loss_gradient(*lifted(size, batched, (u, labels, logits)))


# -- softmax with class numbers -------------------------------------------------------------------------------------
SPARSE = "sparse_softmax_cross_entropy_with_logits"
UNSIGNED = {n: np.dtype(f"u{n}") for n in (1, 2, 4, 8)}


@primitive(public=("labels", "logits"), dtypes=INTEGERS)
def sparse_softmax_cross_entropy_with_logits(labels, logits):
    """-log_softmax(logits)[label] for each row of logits.

    Raises:
        ValueError: labels whose shape is not that of logits without the classes.
        InvalidArgumentError: a label outside, labels that are no integers, logits that are no floats.

    >>> tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=[[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    if logits.dtype not in FLOATS or not logits.ndim or labels.shape != logits.shape[:-1]:
        raise TypeError(f"logits must be floats, got {logits.dtype}")
    check_labels(labels, logits.shape[-1])
    return kernels.sparse_softmax_loss(labels, logits)


def check_labels(labels: np.ndarray, classes: int) -> None:
    if not classes:
        raise invalid(SPARSE, f"{SPARSE}: Must have at least one class, but got logits whose last extent is 0")
    bits = labels.view(UNSIGNED[labels.dtype.itemsize])  # what is negative is too large then
    if np.maximum.reduce(bits, axis=None, initial=0) >= classes:
        wrong = labels[bits >= classes].flat[0]
        raise invalid(
            SPARSE,
            f"{SPARSE}: Received a label value of {wrong} which is outside the valid range of [0, {classes}). "
            f"Label values: {' '.join(map(str, labels.reshape(-1)[:20]))}",
        )


@sparse_softmax_cross_entropy_with_logits.shape
def sparse_shape(labels, logits):
    if not logits.shape:
        raise ValueError(f"{SPARSE}: Logits cannot be scalars - received shape ().")
    if not fit(labels.shape, logits.shape[:-1]):
        raise ValueError(
            f"{SPARSE}: `labels.shape` must equal `logits.shape` except for the last dimension. Received: "
            f"labels.shape={labels.shape} and logits.shape={logits.shape}"
        )
    return Spec(labels.shape, logits.dtype)


@sparse_softmax_cross_entropy_with_logits.vjp("logits")
def sparse_vjp(g, labels, logits):
    return sparse_softmax_loss_gradient(g, labels, logits)


@sparse_softmax_cross_entropy_with_logits.jvp
def sparse_jvp(y, ts, labels, logits):
    return rows_dot(ts[1], sparse_excess(labels, logits))


@sparse_softmax_cross_entropy_with_logits.batch
def sparse_batch(size, batched, labels, logits):
    return sparse_softmax_cross_entropy_with_logits(*lifted(size, batched, (labels, logits)))


def sparse_excess(labels: Any, logits: Any) -> Any:
    """softmax(logits) - one_hot(labels)."""
    p = softmax(logits)
    return select(hot(labels, depth=logits.dims[-1], axis=labels.ndim), subtract(p, 1.0), p)


@primitive(dtypes=FLOATS)
def sparse_softmax_loss_gradient(u, labels, logits):
    """u (softmax(logits) - one_hot(labels)), with one u a row."""
    return kernels.sparse_softmax_loss_gradient(u, labels, logits)


@sparse_softmax_loss_gradient.shape
def sparse_softmax_loss_gradient_shape(u, labels, logits):
    return Spec(logits.shape, logits.dtype)


@sparse_softmax_loss_gradient.vjp("u")
def sparse_softmax_loss_gradient_vjp_u(g, labels, logits):
    return rows_dot(g, sparse_excess(labels, logits))


@sparse_softmax_loss_gradient.vjp("logits")
def sparse_softmax_loss_gradient_vjp_logits(g, u, logits):
    return zmul(expand_axis(u, u.ndim), softmax_gradient(g, softmax(logits)))


@sparse_softmax_loss_gradient.jvp
def sparse_softmax_loss_gradient_jvp(y, ts, u, labels, logits):
    by_u = None if ts[0] is None else sparse_softmax_loss_gradient(ts[0], labels, logits)
    by_logits = None if ts[2] is None else zmul(expand_axis(u, u.ndim), softmax_gradient(ts[2], softmax(logits)))
    return both_terms(by_u, by_logits)


@sparse_softmax_loss_gradient.batch
def sparse_softmax_loss_gradient_batch(size, batched, u, labels, logits):
    return sparse_softmax_loss_gradient(*lifted(size, batched, (u, labels, logits)))


# -- squares ------------------------------------------------------------------------------------------------------
@rounded_once
def half_square_sum(x: np.ndarray) -> np.ndarray:
    return np.multiply(np.add.reduce(np.square(x), axis=None), x.dtype.type(0.5), out=...)


@primitive(public=("t",), dtypes=FLOATS)
def l2_loss(x):
    """sum(t ** 2) / 2.

    >>> float(tf.nn.l2_loss(tf.constant([3.0, 4.0])))
    12.5
    """
    return half_square_sum(x)


@l2_loss.shape
def l2_loss_shape(x):
    return Spec((), x.dtype)


@l2_loss.vjp("x")
def l2_loss_vjp(g, x):
    return zmul(g, x)


@l2_loss.jvp
def l2_loss_jvp(y, ts, x):
    return reduce_sum(zmul(ts[0], x))


@l2_loss.batch
def l2_loss_batch(size, batched, x):
    return multiply(reduce_sum(multiply(x, x), tuple(range(1, x.ndim))), 0.5)


publish(globals())


# -- TensorFlow's functions -----------------------------------------------------------------------------------
def as_pair(op: str, labels: Any, logits: Any, name: str = "labels") -> tuple[Tensor, Tensor]:
    """Both as tensors of one shape; Python values take the dtype of the logits."""
    for given, what in ((labels, name), (logits, "logits")):
        if given is None:
            raise ValueError(f"{op}: Argument `{what}` must not be None")
    logits = to_tensor(logits)
    labels = to_tensor(labels, logits.dtype.numpy_dtype)
    if not fit(labels.dims, logits.dims):
        raise ValueError(f"{op}: `logits` and `{name}` must have the same shape, received ({logits.shape} vs {labels.shape}).")
    return labels, logits


def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Tensor:
    """The cross entropy of labels and sigmoid(logits), elementwise, stable for large logits.

    Raises:
        ValueError: labels and logits of different shapes.

    >>> tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[0.0]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    if type(labels) is Tensor and type(logits) is Tensor and labels.dims == logits.dims:
        return sigmoid_loss(labels, logits)
    return paired_sigmoid_loss(labels, logits)


def paired_sigmoid_loss(labels: Any, logits: Any) -> Tensor:
    return sigmoid_loss(*as_pair("sigmoid_cross_entropy_with_logits", labels, logits))


paired_sigmoid_loss = library(paired_sigmoid_loss, 2)


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: int = -1, name: str | None = None) -> Tensor:
    """The cross entropy of labels and softmax(logits) along an axis; gradients flow into both.

    Labels that do not sum to 1 count as they are, in the gradient too.

    Raises:
        InvalidArgumentError: shapes that do not fit, no such axis, logits that are no floats.

    >>> tf.nn.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0]], logits=[[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    if type(axis) is int and axis == -1:
        return softmax_loss(labels, logits)
    return softmax_loss_along(labels, logits, axis)


def softmax_loss_along(labels: Any, logits: Any, axis: Any) -> Tensor:
    labels, logits = to_tensor(labels), to_tensor(logits)
    if labels.ndim != logits.ndim:
        raise mismatch(labels.shape, logits.shape)
    place = normalize_axis(axis, logits.ndim, "softmax_cross_entropy_with_logits")
    last = logits.ndim - 1
    return softmax_loss(move_axis(labels, place, last), move_axis(logits, place, last))


softmax_loss_along = library(softmax_loss_along, 2)


@library
def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: str | None = None) -> Tensor:
    """The sigmoid cross entropy with positives weighted by pos_weight, which broadcasts.

    (1 - z) x + (1 + (q - 1) z) softplus(-x) for labels z, logits x, weight q.

    Raises:
        ValueError: labels and logits of different shapes.

    >>> tf.nn.weighted_cross_entropy_with_logits([1.0], [0.0], 2.0).numpy().round(4)
    array([1.3863], dtype=float32)
    """
    z, x = as_pair("weighted_cross_entropy_with_logits", labels, logits)
    if pos_weight is None:
        raise TypeError("weighted_cross_entropy_with_logits: `pos_weight` must be a number or tensor, got None")
    weight = add(multiply(z, subtract(to_tensor(pos_weight, x.dtype.numpy_dtype), 1.0)), 1.0)
    return add(multiply(subtract(1.0, z), x), multiply(weight, softplus(negative(x))))


@library
def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: bool = False, name: str | None = None) -> Tensor:
    """exp(log_input) - targets * log_input, plus Stirling's approximation of log(targets!) where asked (targets > 1).

    Raises:
        ValueError: targets and log_input of different shapes.

    >>> tf.nn.log_poisson_loss([2.0], [0.0]).numpy()
    array([1.], dtype=float32)
    """
    targets, log_input = as_pair("log_poisson_loss", targets, log_input, "targets")
    loss = subtract(exp(log_input), multiply(log_input, targets))
    if not compute_full_loss:
        return loss
    stirling = add(subtract(xlogy(targets, targets), targets), multiply(log(multiply(targets, 2 * np.pi)), 0.5))
    low = logical_and(targets >= 0.0, targets <= 1.0)
    return add(loss, select(low, zeros_like(targets), stirling))


@library
def compute_average_loss(per_example_loss: Any, sample_weight: Any = None, global_batch_size: Any = None) -> Tensor:
    """sum(per_example_loss * sample_weight) / batch size; 0 where the batch is empty.

    Raises:
        ValueError: a scalar per_example_loss, a global_batch_size that is no scalar.
        TypeError: a global_batch_size that is no integer. InvalidArgumentError: a negative one.

    >>> float(tf.nn.compute_average_loss(tf.constant([1.0, 3.0])))
    2.0
    """
    losses = to_tensor(per_example_loss)
    if global_batch_size is None and not losses.ndim:
        raise ValueError("Invalid value passed for `per_example_loss`. Expected a tensor with at least rank 1.")
    size = index(shape(losses), (0,)) if global_batch_size is None else checked_size(global_batch_size)
    if sample_weight is not None:
        losses = weighted(losses, to_tensor(sample_weight))
    total = reduce_sum(losses)
    return divide_no_nan(total, cast(size, total.dtype))


def checked_size(size: Any) -> Tensor:
    size = to_tensor(size)
    if size.ndim:
        raise ValueError(f"compute_average_loss: global_batch_size must be scalar, got shape {size.shape}.")
    if not size.dtype.is_integer:
        raise TypeError(f"compute_average_loss: global_batch_size must be an integer, got {size.dtype.name}.")
    if type(size) is Tensor and size.value < 0:
        raise invalid("compute_average_loss", f"compute_average_loss: global_batch_size must be non-negative, got {size.value}")
    return size


def weighted(losses: Tensor, weight: Tensor) -> Tensor:
    """The losses times a weight each; one trailing axis may be missing in either."""
    weight = cast(weight, losses.dtype)
    if weight.ndim and weight.ndim == losses.ndim + 1:
        if weight.dims[-1] != 1:
            raise invalid(
                "compute_average_loss",
                f"compute_average_loss: sample_weight of shape {list(weight.shape)} does not fit losses of "
                f"shape {list(losses.shape)}: its last extent must be 1",
            )
        weight = reshape(weight, weight.dims[:-1])
    elif weight.ndim and weight.ndim == losses.ndim - 1:
        weight = expand_axis(weight, weight.ndim)
    return multiply(losses, weight)


@library
def scale_regularization_loss(regularization_loss: Any) -> Tensor:
    """The sum of the losses; one replica, so nothing to divide by.

    >>> float(tf.nn.scale_regularization_loss(tf.constant([1.0, 2.0])))
    3.0
    """
    return reduce_sum(regularization_loss)
