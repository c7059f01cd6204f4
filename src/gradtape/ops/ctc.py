"""Layer 4: connectionist temporal classification (Graves, Fernandez, Gomez, Schmidhuber, ICML 2006).

A label sequence of length L becomes 2 L + 1 states, blank, label, blank, ..., blank; a path moves on by 0, 1, or, between different
labels, 2 states a frame. Everything is computed with logarithms of probabilities, in float64. The derivative of -loss by the log
probability of a class at a frame is the share of the paths that are there (`ctc_occupancy`), so that is an operation too, and its
meaning is stated in ordinary operations: log_add and share keep -inf out of all derivatives.
"""

from __future__ import annotations

import operator
from math import prod
from typing import Any

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor, tensor, to_tensor
from ._declare import FLOATS, INTEGERS, binary, bounded, fused, primitive, publish
from .basic import add, broadcast_to, cast, greater, multiply, negative, permute, reduce_sum, reshape, select
from .create import zeros_like
from .pieces import expand_axis, index, lifted, pack
from .scan import shift
from .softmax import log_softmax

OP = "ctc_loss"
NEVER = float("-inf")


# -- sums of probabilities ------------------------------------------------------------------------------------
def share_kernel(a: Any, b: Any) -> np.ndarray:
    with_mass = np.where(np.isneginf(a), a, a - b)
    return np.exp(with_mass, out=...)


share = binary(
    "share",
    share_kernel,
    a=bounded(lambda y: y),
    b=bounded(lambda y: negative(y)),
    dtypes=FLOATS,
    doc="exp(x - y), elementwise, and 0 where x is -inf.",
)
log_add = binary(
    "log_add",
    np.logaddexp,
    a=bounded(lambda a, y: share(a, y)),
    b=bounded(lambda b, y: share(b, y)),
    dtypes=FLOATS,
    doc="log(exp(x) + exp(y)), elementwise; where both are -inf, neither has a slope.",
)


def onward(x: Any) -> Any:
    """Each state's value one state further on."""
    return shift(x, x.ndim - 1, False, NEVER)


def back(x: Any) -> Any:
    """Each state's value one state before."""
    return shift(x, x.ndim - 1, True, NEVER)


# -- values at places, which may come more than once ----------------------------------------------------------------
@primitive(linear="each", dtypes=FLOATS)
def pick_places(x, at, *, axis):
    """x at the places `at` along the axis."""
    return np.take_along_axis(x, at, axis)


@pick_places.shape
def pick_places_shape(x, at, *, axis):
    return Spec(at.shape, x.dtype)


@pick_places.vjp("x")
def pick_places_vjp(g, at, x_shape, axis):
    return add_places(g, at, size=x_shape[axis], axis=axis)


@pick_places.batch
def pick_places_batch(size, batched, x, at, *, axis):
    return pick_places(*lifted(size, batched, (x, at)), axis=axis + 1)


@primitive(linear="each", dtypes=FLOATS)
def add_places(u, at, *, size, axis):
    """Zeros with `size` places along the axis, to which u is added at the places `at`."""
    out = np.zeros((*u.shape[:axis], size, *u.shape[axis + 1 :]), u.dtype)
    index = list(np.ogrid[tuple(map(slice, at.shape))])
    index[axis] = at
    np.add.at(out, tuple(index), u)
    return out


@add_places.shape
def add_places_shape(u, at, *, size, axis):
    return Spec((*u.shape[:axis], size, *u.shape[axis + 1 :]), u.dtype)


@add_places.vjp("u")
def add_places_vjp(g, at, axis):
    return pick_places(g, at, axis=axis)


@add_places.batch
def add_places_batch(batch, batched, u, at, *, size, axis):
    return add_places(*lifted(batch, batched, (u, at)), size=size, axis=axis + 1)


# -- the states of a label sequence ---------------------------------------------------------------------------------
def state_classes(labels: np.ndarray, label_length: np.ndarray, blank: int) -> np.ndarray:
    """The class that each state emits; states past the end of the labels emit blanks."""
    within = np.arange(labels.shape[-1]) < label_length[..., None]
    out = np.full((*labels.shape[:-1], 2 * labels.shape[-1] + 1), blank, np.int64)
    out[..., 1::2] = np.where(within, labels, blank)
    return out


def skippable(states: np.ndarray) -> np.ndarray:
    """Which states may be reached from two states before: labels that differ from the label before."""
    out = np.zeros(states.shape, bool)
    out[..., 3::2] = states[..., 3::2] != states[..., 1:-2:2]
    return out


def ends(label_length: np.ndarray, states: int) -> np.ndarray:
    """log 1 for the states in which a path may end, the last label and the blank after it; else log 0."""
    last = 2 * label_length[..., None]
    number = np.arange(states)
    return np.where((number == last) | (number == last - 1), 0.0, NEVER)


@primitive(differentiable=False, dtypes=INTEGERS)
def ctc_states(labels, label_length, *, blank):
    """The class that each state emits."""
    return state_classes(labels, label_length, blank)


@ctc_states.shape
def ctc_states_shape(labels, label_length, *, blank):
    return Spec((*labels.shape[:-1], 2 * labels.shape[-1] + 1), np.int64)


@ctc_states.batch
def ctc_states_batch(size, batched, labels, label_length, *, blank):
    return ctc_states(*lifted(size, batched, (labels, label_length)), blank=blank)


@primitive(differentiable=False, dtypes=INTEGERS)
def ctc_skips(states):
    """Which states may be reached from two states before."""
    return skippable(states)


@ctc_skips.shape
def ctc_skips_shape(states):
    return Spec(states.shape, np.dtype(bool))


@primitive(differentiable=False, dtypes=INTEGERS)
def ctc_ends(label_length, *, states):
    """log 1 for the states in which a path may end, else log 0."""
    return ends(label_length, states)


@ctc_ends.shape
def ctc_ends_shape(label_length, *, states):
    return Spec((*label_length.shape, states), np.float64)


@ctc_skips.batch
def ctc_skips_batch(size, batched, states):
    return ctc_skips(states)


@ctc_ends.batch
def ctc_ends_batch(size, batched, label_length, *, states):
    return ctc_ends(label_length, states=states)


# -- the loss ---------------------------------------------------------------------------------------------------
@primitive(dtypes=FLOATS)
def ctc(log_p, labels, label_length, logit_length, *, blank):
    """-log of the probability of each label sequence, from log probabilities [frames, batch, classes]."""
    check_values(labels, label_length, logit_length, log_p.shape, blank)
    states = state_classes(labels, label_length, blank)
    skip = skippable(states)
    mass = np.full(states.shape, NEVER)
    mass[..., :1] = 0.0  # a path begins as if it came from the first blank
    for t, frame in enumerate(log_p):
        moved = np.logaddexp(mass, shifted(mass, 1))
        moved = np.logaddexp(moved, np.where(skip, shifted(mass, 2), NEVER))
        moved += np.take_along_axis(frame, states, -1)
        mass = np.where((t < logit_length)[..., None], moved, mass)
    total = np.logaddexp.reduce(mass + ends(label_length, states.shape[-1]), axis=-1)
    return np.negative(total, out=...).astype(log_p.dtype, copy=False)


def shifted(x: np.ndarray, by: int) -> np.ndarray:
    out = np.full_like(x, NEVER)
    out[..., by:] = x[..., :-by]
    return out


def check_values(
    labels: np.ndarray, label_length: np.ndarray, logit_length: np.ndarray, shape: tuple[Any, ...], blank: int
) -> None:
    frames, _, classes = shape
    outside(logit_length, frames, "logit_length", "the number of frames")
    outside(label_length, labels.shape[-1], "label_length", "the width of labels")
    used = labels[np.arange(labels.shape[-1]) < label_length[..., None]]
    if used.size and (used.min() < 0 or used.max() >= classes):
        wrong = used[(used < 0) | (used >= classes)][0]
        raise invalid(OP, f"{OP}: labels holds {wrong}, which is no class: it must be in [0, {classes})")


def outside(lengths: np.ndarray, limit: int, name: str, what: str) -> None:
    if lengths.size and (lengths.min() < 0 or lengths.max() > limit):
        wrong = lengths[(lengths < 0) | (lengths > limit)][0]
        raise invalid(OP, f"{OP}: {name} holds {wrong}, which is not in [0, {limit}], {what}")


@ctc.shape
def ctc_shape(log_p, labels, label_length, logit_length, *, blank):
    return Spec((log_p.shape[1],), log_p.dtype)


@ctc.vjp("log_p")
def ctc_vjp(g, log_p, labels, label_length, logit_length, blank):
    there = ctc_occupancy(log_p, labels, label_length, logit_length, blank=blank)
    return negative(multiply(reshape(g, (1, g.dims[0], 1)), there))


@ctc.jvp
def ctc_jvp(y, ts, log_p, labels, label_length, logit_length, *, blank):
    there = ctc_occupancy(log_p, labels, label_length, logit_length, blank=blank)
    return negative(reduce_sum(multiply(ts[0], there), (0, 2)))


@ctc.batch
def ctc_batch(size, batched, log_p, labels, label_length, logit_length, *, blank):
    """The batch as more examples."""
    log_p, labels, label_length, logit_length = lifted(size, batched, (log_p, labels, label_length, logit_length))
    _, frames, examples, classes = log_p.dims
    many = size * examples
    merged = reshape(permute(log_p, (1, 0, 2, 3)), (frames, many, classes))
    lengths = [reshape(n, (many,)) for n in (label_length, logit_length)]
    return reshape(ctc(merged, reshape(labels, (many, labels.dims[-1])), *lengths, blank=blank), (size, examples))


# -- where the paths are --------------------------------------------------------------------------------------
@fused(dtypes=FLOATS)
def ctc_occupancy(log_p, labels, label_length, logit_length, *, blank):
    """The share of the paths that emit each class at each frame, by forward and backward sums: [frames, batch, classes]."""
    frames, examples, classes = log_p.dims
    if not frames:
        return zeros_like(log_p)
    states = ctc_states(labels, label_length, blank=blank)
    number = states.dims[-1]
    places = broadcast_to(states, (frames, examples, number))
    emitted = pick_places(log_p, places, axis=2)
    lattice = Lattice(emitted, ctc_skips(states), logit_length)
    after, total = lattice.backward(cast(ctc_ends(label_length, states=number), log_p.dtype))
    before = lattice.forward(number)
    shares = [
        lattice.masked(t, share(add(a, b), expand_axis(total, 1))) for t, (a, b) in enumerate(zip(before, after, strict=True))
    ]
    return add_places(pack(*shares, axis=0), places, size=classes, axis=2)


class Lattice:
    """The moves of a path between the states, in ordinary operations."""

    def __init__(self, emitted: Any, skip: Any, logit_length: Any):
        frames = emitted.dims[0]
        self.emitted = [index(emitted, key=(t,)) for t in range(frames)]
        self.active = [expand_axis(greater(logit_length, t), 1) for t in range(frames)]
        self.skip = skip

    def masked(self, t: int, x: Any) -> Any:
        """x for the examples that have a frame t."""
        return select(self.active[t], x, 0.0)

    def forward(self, states: int) -> list[Any]:
        """log probabilities of all beginnings that are in each state after each frame."""
        first = np.full(states, NEVER)
        first[0] = 0.0
        start = cast(tensor(first), self.emitted[0].dtype)
        mass = broadcast_to(start, (*self.skip.dims[:-1], states))
        out = []
        for t, emitted in enumerate(self.emitted):
            one = onward(mass)
            two = select(self.skip, onward(one), NEVER)
            moved = add(log_add(log_add(mass, one), two), emitted)
            mass = select(self.active[t], moved, mass)
            out.append(mass)
        return out

    def backward(self, last: Any) -> tuple[list[Any], Any]:
        """log probabilities of all continuations from each state after each frame; and of all paths."""
        mass, out = last, []
        for t in reversed(range(len(self.emitted))):
            out.append(mass)
            taken = add(mass, self.emitted[t])
            two = back(back(select(self.skip, taken, NEVER)))
            moved = log_add(log_add(taken, back(taken)), two)
            mass = select(self.active[t], moved, mass)
        return out[::-1], index(mass, key=((None, None, 1), 0))


@ctc_occupancy.shape
def ctc_occupancy_shape(log_p, labels, label_length, logit_length, *, blank):
    return Spec(log_p.shape, log_p.dtype)


# -- unique labels ----------------------------------------------------------------------------------------------
@primitive(results=("labels", "places"), differentiable=False)
def ctc_unique(x):
    """The different labels of each row, in order of appearance and padded with 0, and which of them each label is."""
    rows = x.reshape(prod(x.shape[:-1]), x.shape[-1])
    unique, places = np.zeros(rows.shape, np.int64), np.zeros(rows.shape, np.int32)
    for i, row in enumerate(rows.tolist()):
        numbers = {value: n for n, value in enumerate(dict.fromkeys(row))}
        unique[i, : len(numbers)] = list(numbers)
        places[i] = [numbers[value] for value in row]
    return unique.reshape(x.shape), places.reshape(x.shape)


@ctc_unique.shape
def ctc_unique_shape(x):
    return Spec(x.shape, np.int64), Spec(x.shape, np.int32)


@ctc_unique.batch
def ctc_unique_batch(size, batched, x):
    return ctc_unique(x)


publish(globals())


# -- TensorFlow's functions ---------------------------------------------------------------------------------------
@library
def ctc_loss(
    labels: Any,
    logits: Any,
    label_length: Any,
    logit_length: Any,
    logits_time_major: bool = True,
    unique: Any = None,
    blank_index: int | None = None,
    name: str | None = None,
) -> Tensor:
    """-log of the probability that the frames spell the labels, over all ways to spread them: one number for each example.

    Args:
        labels: integers [batch, width]; what stands past an example's label_length does not count.
        logits: floats [frames, batch, classes], or [batch, frames, classes] where logits_time_major is False.
        label_length, logit_length: integers [batch].
        unique: what `tf.nn.ctc_unique_labels` gives; not needed here.
        blank_index: the class that stands for no label; 0 where nothing is said, negative ones count from the end.

    Labels that do not fit into the frames have probability 0: a loss of infinity (TensorFlow: about 708) and a gradient of 0. The
    gradient is exact at every order.

    Raises:
        InvalidArgumentError: shapes that do not fit, a length or label outside, labels that are no integers, logits that are no floats.

    >>> logits = tf.math.log(tf.constant([[[0.5, 0.5]], [[0.25, 0.75]]]))
    >>> loss = tf.nn.ctc_loss([[1]], logits, label_length=[1], logit_length=[2])
    >>> (1 - tf.exp(-loss)).numpy().round(4)
    array([0.125], dtype=float32)
    """
    labels, logits, label_length, logit_length = map(to_tensor, (labels, logits, label_length, logit_length))
    if not logits_time_major and logits.ndim == 3:
        logits = permute(logits, (1, 0, 2))
    check_arguments(labels, logits, label_length, logit_length)
    blank = class_number(blank_index, logits.dims[2])
    log_p = log_softmax(cast(logits, "float64"))
    return cast(ctc(log_p, labels, label_length, logit_length, blank=blank), logits.dtype)


def check_arguments(labels: Tensor, logits: Tensor, label_length: Tensor, logit_length: Tensor) -> None:
    if logits.ndim != 3 or not logits.dtype.is_floating:
        raise invalid(
            OP,
            f"{OP}: logits must be floats of rank 3, [frames, batch, classes], got {logits.dtype.name} of shape {list(logits.shape)}",
        )
    integers = {"labels": (labels, 2), "label_length": (label_length, 1), "logit_length": (logit_length, 1)}
    for name, (x, rank) in integers.items():
        if x.ndim != rank or not x.dtype.is_integer:
            raise invalid(OP, f"{OP}: {name} must be integers of rank {rank}, got {x.dtype.name} of shape {list(x.shape)}")
        if not x.shape[:1].is_compatible_with(logits.shape[1:2]):
            raise invalid(
                OP, f"{OP}: {name} has {x.shape[0]} examples, logits have {logits.shape[1]} (shape {list(logits.shape)})"
            )


def class_number(blank_index: int | None, classes: Any) -> int:
    """The blank as a class from 0."""
    blank = 0 if blank_index is None else operator.index(blank_index)
    if isinstance(classes, Dim):
        return blank if blank >= 0 else int(classes)  # which says what is not known yet
    if not -classes <= blank < classes:
        raise invalid(OP, f"{OP}: blank_index {blank} is no class: it must be in [{-classes}, {classes})")
    return blank % classes


@library
def ctc_unique_labels(labels: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """The different labels of each row (int64, in order of appearance, padded with 0), and which of them each label is (int32).

    Raises:
        InvalidArgumentError: labels that are no matrix.

    >>> [t.numpy().tolist() for t in tf.nn.ctc_unique_labels([[3, 4, 4, 3]])]
    [[[3, 4, 0, 0]], [[0, 1, 1, 0]]]
    """
    x = to_tensor(labels)
    if x.ndim != 2:
        raise invalid("ctc_unique_labels", f"ctc_unique_labels: labels must be [batch, width], got shape {list(x.shape)}")
    return ctc_unique(x)


@library
def collapse_repeated(labels: Any, seq_length: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """The labels [batch, width] with runs of equal ones made one and padded with 0, and their new lengths.

    Args:
        seq_length: how many labels of each row count.

    Raises:
        InvalidArgumentError: labels that are no matrix. ValueError: not one length a row.

    >>> [t.numpy().tolist() for t in tf.nn.collapse_repeated([[1, 1, 2, 2, 1], [1, 2, 3, 4, 5]], [5, 5])]
    [[[1, 2, 1, 0, 0], [1, 2, 3, 4, 5]], [3, 5]]
    """
    x, lengths = to_tensor(labels), to_tensor(seq_length)
    if x.ndim != 2:
        raise invalid("collapse_repeated", f"collapse_repeated: labels must be [batch, width], got shape {list(x.shape)}")
    if lengths.dims != x.dims[:1]:
        raise ValueError(
            f"collapse_repeated: Shapes {lengths.shape} and {x.shape[:1]} are incompatible: seq_length needs one number a row"
        )
    values, counts = np.asarray(x), np.asarray(lengths)
    keep = np.arange(values.shape[1]) < counts[:, None]
    keep[:, 1:] &= values[:, 1:] != values[:, :-1]
    rows = [row[k] for row, k in zip(values, keep, strict=True)]
    width = max(map(len, rows), default=0)
    out = np.full((len(rows), width), b"" if values.dtype.kind == "O" else 0, values.dtype)
    for target, row in zip(out, rows, strict=True):
        target[: len(row)] = row
    return tensor(out), tensor(keep.sum(1).astype(counts.dtype))


__all__ = ["collapse_repeated", "ctc_loss", "ctc_unique_labels"]
