"""Layer 4: the losses of tf.nn.  Each has its exact gradient for every input, labels included."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Spec, normalize_axis
from ..core.tensor import tensor, to_tensor
from ._declare import FLOATS, Partial, binary, bounded, primitive, publish
from .activations import exponentials, log_softmax, softmax, wide
from .arithmetic import xlogy
from .basic import add, broadcast_to, divide, equal, multiply, negative, reduce_sum, reshape, select, subtract
from .math import exp, log, sigmoid, softplus, square
from .pieces import expand_axis, move_axis, zeros_for


# -- sigmoid --------------------------------------------------------------------------------------------------
def sigmoid_loss_kernel(z: Any, x: Any) -> np.ndarray:
    """max(x, 0) - x z + log(1 + exp(-|x|))."""
    out = np.log1p(np.exp(-np.abs(x)))
    out += np.maximum(x, x.dtype.type(0))
    return out - x * z


sigmoid_loss = binary(
    "sigmoid_loss",
    sigmoid_loss_kernel,
    a=Partial(lambda b: negative(b)),
    b=bounded(lambda a, b: subtract(sigmoid(b), a)),
    public=("labels", "logits"),
    numbers=(),
    same=("a", "b"),
    dtypes=FLOATS,
    doc="The cross entropy of labels and sigmoid(logits), elementwise.",
)


# -- softmax: the last axis holds the classes ---------------------------------------------------------------------
@primitive(public=("labels", "logits"), same=("labels", "logits"), dtypes=FLOATS)
def softmax_loss(labels, logits):
    """-sum(labels * log_softmax(logits)) over the last axis."""
    x = wide(logits)
    shifted, e = exponentials(x, -1)
    total = np.log(np.add.reduce(e, axis=-1, keepdims=True))
    with_mass = np.where(labels == 0, x.dtype.type(0), wide(labels) * (total - shifted))
    return np.add.reduce(with_mass, axis=-1, out=...).astype(logits.dtype, copy=False)


@softmax_loss.shape
def softmax_loss_shape(labels, logits):
    if len(labels.shape) != len(logits.shape) or any(a != b for a, b in zip(labels.shape, logits.shape, strict=True)):
        raise invalid("softmax_cross_entropy_with_logits", f"logits and labels must be broadcastable: logits_size="
                      f"{list(logits.shape)} labels_size={list(labels.shape)}")
    return Spec(logits.shape[:-1], logits.dtype)


@softmax_loss.vjp("labels")
def softmax_loss_vjp_labels(g, logits):
    return negative(multiply(expand_axis(g, g.ndim), log_softmax(logits)))


@softmax_loss.vjp("logits")
def softmax_loss_vjp_logits(g, labels, logits):
    excess = subtract(multiply(softmax(logits), reduce_sum(labels, -1, True)), labels)
    return multiply(expand_axis(g, g.ndim), excess)


@softmax_loss.jvp
def softmax_loss_jvp(y, ts, labels, logits):
    t_labels, t_logits = ts
    out = None
    if t_labels is not None:
        out = negative(reduce_sum(multiply(t_labels, log_softmax(logits)), -1))
    if t_logits is not None:
        excess = subtract(multiply(softmax(logits), reduce_sum(labels, -1, True)), labels)
        term = reduce_sum(multiply(t_logits, excess), -1)
        out = term if out is None else add(out, term)
    return out


@softmax_loss.batch
def softmax_loss_batch(size, batched, labels, logits):
    return softmax_loss(*(x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip((labels, logits), batched, strict=True)))


@primitive(public=("labels", "logits"))
def sparse_softmax_loss(labels, logits):
    """-log_softmax(logits)[label] for each row."""
    if labels.dtype.kind not in "iu" or logits.dtype not in FLOATS:
        raise TypeError("labels must be integers, logits floats")
    check_labels(labels, logits.shape[-1])
    x = wide(logits)
    shifted, e = exponentials(x, -1)
    picked = np.take_along_axis(shifted, labels[..., None].astype(np.intp), -1)[..., 0]
    out = np.log(np.add.reduce(e, axis=-1, out=...)) - picked
    return np.asarray(out, logits.dtype)


def check_labels(labels: np.ndarray, classes: int) -> None:
    wrong = labels[(labels < 0) | (labels >= classes)]
    if wrong.size:
        raise invalid("sparse_softmax_cross_entropy_with_logits", f"Received a label value of {wrong.flat[0]} which is outside the valid "
                      f"range of [0, {classes}). Label values: {' '.join(map(str, labels.reshape(-1)[:20]))}")


@sparse_softmax_loss.shape
def sparse_softmax_loss_shape(labels, logits):
    if len(logits.shape) != len(labels.shape) + 1 or any(a != b for a, b in zip(labels.shape, logits.shape[:-1], strict=True)):
        raise ValueError(f"sparse_softmax_cross_entropy_with_logits: `labels.shape` must equal `logits.shape` except for the last dimension. "
                         f"Received: labels.shape={labels.shape} and logits.shape={logits.shape}")
    return Spec(labels.shape, logits.dtype)


def excess_mass(labels: Any, logits: Any) -> Any:
    """softmax(logits) - one_hot(labels)."""
    classes = tensor(np.arange(logits.dims[-1], dtype=labels.dtype.numpy_dtype))
    hit = equal(expand_axis(labels, labels.ndim), classes)
    p = softmax(logits)
    return select(hit, subtract(p, 1.0), p)


@sparse_softmax_loss.vjp("logits")
def sparse_softmax_loss_vjp(g, labels, logits):
    return multiply(expand_axis(g, g.ndim), excess_mass(labels, logits))


@sparse_softmax_loss.jvp
def sparse_softmax_loss_jvp(y, ts, labels, logits):
    return reduce_sum(multiply(ts[1], excess_mass(labels, logits)), -1)


@sparse_softmax_loss.batch
def sparse_softmax_loss_batch(size, batched, labels, logits):
    return sparse_softmax_loss(*(x if b else broadcast_to(x, (size, *x.dims)) for x, b in zip((labels, logits), batched, strict=True)))


publish(globals())


# -- TensorFlow's functions -----------------------------------------------------------------------------------
def both_given(op: str, **given: Any) -> None:
    for name, value in given.items():
        if value is None:
            raise ValueError(f"{op}: Argument `{name}` must be given, got None")


@library
def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Any:
    """The cross entropy of labels and sigmoid(logits), elementwise, stable for large logits.

    Raises:
        ValueError: labels and logits of different shapes.

    >>> tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[0.0]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    both_given("sigmoid_cross_entropy_with_logits", labels=labels, logits=logits)
    labels, logits = as_pair(labels, logits)
    if labels.dims != logits.dims:
        raise ValueError(f"`logits` and `labels` must have the same shape, received ({logits.shape} vs {labels.shape}).")
    return sigmoid_loss(labels, logits)


def as_pair(labels: Any, logits: Any) -> tuple[Any, Any]:
    logits = to_tensor(logits)
    return to_tensor(labels, logits.dtype.numpy_dtype), logits


@library
def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: int = -1, name: str | None = None) -> Any:
    """The cross entropy of labels and softmax(logits) along an axis; gradients flow into both.

    >>> tf.nn.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0]], logits=[[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    both_given("softmax_cross_entropy_with_logits", labels=labels, logits=logits)
    labels, logits = as_pair(labels, logits)
    if not logits.ndim:
        raise invalid("softmax_cross_entropy_with_logits", "logits must have an axis of classes, got a scalar")
    axis = normalize_axis(axis, logits.ndim, "softmax_cross_entropy_with_logits")
    last = logits.ndim - 1
    if axis != last:
        labels, logits = move_axis(labels, axis, last), move_axis(logits, axis, last)
    if labels.dims != logits.dims:
        dims = tuple(max(a, b) for a, b in zip(labels.dims, logits.dims, strict=False))
        if labels.ndim == logits.ndim and all(a in (b, 1) or b == 1 for a, b in zip(labels.dims, logits.dims, strict=True)):
            labels, logits = broadcast_to(labels, dims), broadcast_to(logits, dims)
    return softmax_loss(labels, logits)


@library
def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: str | None = None) -> Any:
    """The cross entropy of class numbers and softmax(logits) over the last axis.

    Raises:
        InvalidArgumentError: a label outside [0, classes). ValueError: shapes that do not fit.

    >>> tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=[[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    both_given("sparse_softmax_cross_entropy_with_logits", labels=labels, logits=logits)
    logits, labels = to_tensor(logits), to_tensor(labels)
    if not logits.ndim:
        raise ValueError("sparse_softmax_cross_entropy_with_logits: Logits cannot be scalars - received shape ().")
    return sparse_softmax_loss(labels, logits)


@library
def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: str | None = None) -> Any:
    """The sigmoid cross entropy with positives weighted by pos_weight.

    (1 - z) x + (1 + (q - 1) z) softplus(-x) for labels z, logits x, weight q.

    >>> tf.nn.weighted_cross_entropy_with_logits([1.0], [0.0], 2.0).numpy().round(4)
    array([1.3863], dtype=float32)
    """
    labels, logits = as_pair(labels, logits)
    if labels.dims != logits.dims:
        raise ValueError(f"`logits` and `labels` must have the same shape, received ({logits.shape} vs {labels.shape}).")
    weight = add(multiply(labels, subtract(to_tensor(pos_weight, logits.dtype.numpy_dtype), 1.0)), 1.0)
    return add(multiply(subtract(1.0, labels), logits), multiply(weight, softplus(negative(logits))))


@library
def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: bool = False, name: str | None = None) -> Any:
    """exp(log_input) - targets * log_input, plus Stirling's approximation of log(targets!) where asked (targets > 1).

    >>> tf.nn.log_poisson_loss([2.0], [0.0]).numpy()
    array([1.], dtype=float32)
    """
    targets, log_input = as_pair(targets, log_input)
    if targets.dims != log_input.dims:
        raise ValueError(f"`log_input` and `targets` must have the same shape, received ({log_input.shape} vs {targets.shape}).")
    loss = subtract(exp(log_input), multiply(log_input, targets))
    if not compute_full_loss:
        return loss
    stirling = add(subtract(xlogy(targets, targets), targets), multiply(log(multiply(targets, 2 * np.pi)), 0.5))
    low = (targets >= 0.0) & (targets <= 1.0)
    return add(loss, select(low, zeros_for(targets), stirling))


@library
def l2_loss(t: Any, name: str | None = None) -> Any:
    """sum(t ** 2) / 2.

    >>> float(tf.nn.l2_loss([3.0, 4.0]))
    12.5
    """
    return divide(reduce_sum(square(t)), 2.0)


@library
def compute_average_loss(per_example_loss: Any, sample_weight: Any = None, global_batch_size: Any = None) -> Any:
    """sum(per_example_loss * sample_weight) / batch size.

    >>> float(tf.nn.compute_average_loss([1.0, 3.0]))
    2.0
    """
    losses = to_tensor(per_example_loss)
    size = losses.dims[0] if global_batch_size is None and losses.ndim else global_batch_size
    if not losses.ndim:
        raise ValueError("Invalid value passed for `per_example_loss`. Expected a tensor with at least rank 1.")
    if sample_weight is not None:
        weight = to_tensor(sample_weight, losses.dtype.numpy_dtype)
        losses = multiply(losses, reshape(weight, (*weight.dims, *(1,) * (losses.ndim - weight.ndim))))
    return divide(reduce_sum(losses), float(size))


@library
def scale_regularization_loss(regularization_loss: Any) -> Any:
    """The sum of the losses; one replica, so nothing to divide by."""
    return reduce_sum(regularization_loss)
