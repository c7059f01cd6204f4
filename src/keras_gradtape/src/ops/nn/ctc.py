"""Connectionist temporal classification: the loss, and reading labels off the scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras.src.backend.common import dtypes

import gradtape as tf

from ..conversion import cast, cast_native, floating

__all__ = ["ctc_decode", "ctc_loss"]

PADDING = -1


def ctc_loss(target: Any, output: Any, target_length: Any, output_length: Any, mask_index: int = 0) -> Any:
    output = scores(output)
    lengths = (cast(target_length, "int32"), cast(output_length, "int32"))
    return tf.nn.ctc_loss(cast(target, "int32"), output, *lengths, logits_time_major=False, blank_index=mask_index)


def scores(x: Any) -> Any:
    """Floats of at least 32 bits."""
    x = floating(x)
    return cast_native(x, dtypes.result_type(x.dtype.name, "float32"))


def ctc_decode(
    inputs: Any,
    sequence_lengths: Any,
    strategy: str = "greedy",
    beam_width: int = 100,
    top_paths: int = 1,
    merge_repeated: bool = True,
    mask_index: int | None = 0,
) -> tuple:
    """Labels read off the scores of (batch, time, classes), padded with -1, and how likely each reading is."""
    inputs = scores(inputs)
    classes = int(inputs.shape[2])
    blank = classes - 1 if mask_index is None else mask_index % classes
    lengths = cast(sequence_lengths, "int32").numpy()
    if strategy == "greedy":
        return greedy(inputs, lengths, blank, merge_repeated)
    if strategy == "beam_search":
        return beam_search(inputs, lengths, blank, beam_width, top_paths)
    raise ValueError(f"Invalid strategy {strategy}. Supported values are 'greedy' and 'beam_search'.")


# -- the best label of each step ----------------------------------------------------------------------------
def greedy(inputs: Any, lengths: np.ndarray, blank: int, merge_repeated: bool) -> tuple:
    """The score is minus the sum of the largest inputs."""
    steps = int(inputs.shape[1])
    best = tf.argmax(inputs, -1).numpy()
    labels = [padded(read_labels(row[:n], blank, merge_repeated), steps) for row, n in zip(best, lengths, strict=True)]
    inside = np.arange(steps) < lengths[:, None]
    highest = tf.where(inside, tf.reduce_max(inputs, -1), cast(0.0, inputs.dtype))
    return tf.constant(np.array(labels, np.int32)[None]), -tf.reduce_sum(highest, -1, True)


def read_labels(best: Any, blank: int, merge_repeated: bool) -> list[int]:
    """Runs of one label count once; blanks go."""
    starts = np.append(True, best[1:] != best[:-1]) if merge_repeated else np.ones(len(best), bool)
    return [int(label) for label, first in zip(best, starts, strict=False) if first and label != blank]


def padded(labels: Any, steps: int) -> list[int]:
    return [*labels, *[PADDING] * (steps - len(labels))]


# -- the likeliest readings -----------------------------------------------------------------------------------
def beam_search(inputs: Any, lengths: np.ndarray, blank: int, beam_width: int, top_paths: int) -> tuple:
    """The score is the logarithm of the probability of all alignments that were followed."""
    logs = tf.nn.log_softmax(inputs).numpy()
    found = [readings(row[:n], blank, beam_width, top_paths) for row, n in zip(logs, lengths, strict=True)]
    labels = [[padded(prefix, logs.shape[1]) for prefix in prefixes] for prefixes, _ in found]
    likely = np.array([totals for _, totals in found], logs.dtype)
    return tf.constant(np.array(labels, np.int32).transpose(1, 0, 2)), tf.constant(likely)


def readings(logs: np.ndarray, blank: int, beam_width: int, top_paths: int) -> tuple[list[tuple], list[float]]:
    """Prefix beam search (Graves and Jaitly, 2014) over the log-probabilities of (time, classes).

    Each prefix of a reading carries the log-probability of its alignments that end in a blank, and of those that end in
    its last label: only after a blank does the same label again make a longer reading.
    """
    prefixes: list[tuple] = [()]
    ended, open_ = np.zeros(1), np.full(1, -np.inf)
    for step in logs:
        prefixes, ended, open_ = extended(prefixes, ended, open_, step, blank, beam_width)
    totals = np.logaddexp(ended, open_)
    order = np.argsort(-totals, kind="stable")[:top_paths]
    missing = top_paths - len(order)
    return [prefixes[i] for i in order] + [()] * missing, [*totals[order], *[-np.inf] * missing]


def extended(
    prefixes: list[tuple], ended: np.ndarray, open_: np.ndarray, step: np.ndarray, blank: int, beam_width: int
) -> tuple[list[tuple], np.ndarray, np.ndarray]:
    """The likeliest prefixes one time step later: the old ones, and each with one label more."""
    total = np.logaddexp(ended, open_)
    longer = total[:, None] + step
    longer[:, blank] = -np.inf
    stay_ended, stay_open = total + step[blank], np.full(len(prefixes), -np.inf)
    place = {prefix: i for i, prefix in enumerate(prefixes)}
    for i, prefix in enumerate(prefixes):
        if prefix:
            longer[i, prefix[-1]] = ended[i] + step[prefix[-1]]
            stay_open[i] = open_[i] + step[prefix[-1]]
    for i, prefix in enumerate(prefixes):
        parent = place.get(prefix[:-1]) if prefix else None
        if parent is not None:  # the parent with this label is this prefix
            stay_open[i] = np.logaddexp(stay_open[i], longer[parent, prefix[-1]])
            longer[parent, prefix[-1]] = -np.inf
    ended = np.concatenate([stay_ended, np.full(longer.size, -np.inf)])
    open_ = np.concatenate([stay_open, longer.ravel()])
    total = np.logaddexp(ended, open_)
    kept = [int(i) for i in np.argsort(-total, kind="stable")[:beam_width] if total[i] > -np.inf]
    old, classes = len(prefixes), len(step)
    chosen = [prefixes[i] if i < old else (*prefixes[(i - old) // classes], (i - old) % classes) for i in kept]
    return chosen, ended[kept], open_[kept]
