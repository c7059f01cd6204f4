"""Recurrence as a loop over time; fused kernels for LSTM and GRU come with native execution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keras.src import tree

import gradtape as tf

from .ops.conversion import absent, cast, tensor

__all__ = ["bidirectional_gru", "bidirectional_lstm", "cudnn_ok", "gru", "lstm", "rnn"]


def rnn(
    step_function: Callable,
    inputs: Any,
    initial_states: Any,
    go_backwards: bool = False,
    mask: Any = None,
    constants: Any = None,
    unroll: bool = False,
    input_length: Any = None,
    time_major: bool = False,
    zero_output_for_mask: bool = False,
    return_all_outputs: bool = True,
) -> tuple:
    """`output, states = step_function(input, states + constants)` for each time step: (last output, outputs, last states).

    Where the mask is false, output and states of the step before stay (or the output is zero, where asked).
    """
    flat = [over_time(tensor(x), time_major, go_backwards) for x in tree.flatten(inputs)]
    allowed = masks(mask, input_length, len(flat[0]), time_major, go_backwards)
    states, constants = tuple(initial_states), tuple(constants or ())
    outputs: list = []
    for t, keep in enumerate(allowed):
        step = tree.pack_sequence_as(inputs, [x[t] for x in flat])
        output, new_states = step_function(step, states + constants)
        if keep is not None:
            before = outputs[-1] if outputs and not zero_output_for_mask else tree.map_structure(tf.zeros_like, output)
            output, new_states = chosen(keep, output, before), chosen(keep, tuple(new_states), states)
        states = tuple(new_states)
        outputs.append(output)
    outputs = outputs if return_all_outputs else outputs[-1:]
    together = tree.map_structure(lambda *parts: tf.stack(list(parts), 0 if time_major else 1), *outputs)
    return outputs[-1], together, list(states)


def over_time(x: Any, time_major: bool, go_backwards: bool) -> list:
    """One tensor for each time step, in the order of the loop."""
    if len(x.shape) < 3 - time_major:
        raise ValueError(f"Inputs of a recurrence have shape (batch, time, ...). Received: shape={tuple(x.shape)}")
    parts = tf.unstack(x, axis=0 if time_major else 1)
    return parts[::-1] if go_backwards else parts


def masks(mask: Any, input_length: Any, length: int, time_major: bool, go_backwards: bool) -> list:
    """For each step which samples take part; None where all do."""
    if mask is not None:
        mask = cast(mask, "bool")
        mask = tf.expand_dims(mask, -1) if len(mask.shape) == 2 else mask
        parts = tf.unstack(mask, axis=0 if time_major else 1)
    elif isinstance(input_length, (tf.Tensor, tf.Variable)) and len(input_length.shape):
        parts = [tf.expand_dims(tf.greater(input_length, t), -1) for t in range(length)]
    else:
        return [None] * length
    return parts[::-1] if go_backwards else parts


def chosen(keep: Any, new: Any, old: Any) -> Any:
    """New values for the samples that take part, old ones for the others."""

    def one(a: Any, b: Any) -> Any:
        condition = tf.reshape(keep, [*keep.shape, *[1] * (len(a.shape) - len(keep.shape))])
        return tf.where(condition, a, b)

    return tree.map_structure(one, new, old)


def cudnn_ok(*args: Any, **kwargs: Any) -> bool:
    return False


NEAREST = "Keras uses its own cells instead, which give the same numbers."
lstm = absent("lstm", NEAREST)
gru = absent("gru", NEAREST)
bidirectional_lstm = absent("bidirectional_lstm", NEAREST)
bidirectional_gru = absent("bidirectional_gru", NEAREST)
