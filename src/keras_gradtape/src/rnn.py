"""Recurrence as a loop over time: Python's, and in a compiled function one operation, whose products over all steps are one."""

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
    states, constants = tuple(initial_states), tuple(constants or ())
    if is_one_operation(inputs, mask, input_length, time_major, unroll):
        return looped(step_function, inputs, states, constants, go_backwards, time_major, return_all_outputs)
    flat = [over_time(tensor(x), time_major, go_backwards) for x in tree.flatten(inputs)]
    allowed = masks(mask, input_length, len(flat[0]), time_major, go_backwards)
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


SHORT = 4  # steps that are as well written out


def is_one_operation(inputs: Any, mask: Any, input_length: Any, time_major: bool, unroll: bool) -> bool:
    """In a compiled function, for more than a few steps in which all samples take part."""
    if (
        tf.executing_eagerly()
        or unroll
        or mask is not None
        or (isinstance(input_length, (tf.Tensor, tf.Variable)) and input_length.ndim)
    ):
        return False
    lengths = [tensor(x).shape[0 if time_major else 1] for x in tree.flatten(inputs)]
    return all(n is not None and n > SHORT for n in lengths)


def looped(
    step_function: Callable, inputs: Any, states: tuple, constants: tuple, go_backwards: bool, time_major: bool, all_outputs: bool
) -> tuple:
    """The first step, which says what an output is, and a loop over the others."""
    flat = [time_first(tensor(x), time_major, go_backwards) for x in tree.flatten(inputs)]
    count = flat[0].shape[0]

    def step(t: Any, states: tuple) -> tuple[Any, tuple]:
        output, new = step_function(tree.pack_sequence_as(inputs, [x[t] for x in flat]), (*states, *constants))
        return output, tuple(new)

    def body(t: Any, last: Any, states: tuple, arrays: list) -> tuple:
        last, states = step(t, states)
        return t + 1, last, states, [a.write(t - 1, x) for a, x in zip(arrays, tree.flatten(last), strict=False)]

    first, states = step(0, states)
    parts = tree.flatten(first) if all_outputs else []
    arrays = [tf.TensorArray(x.dtype, count - 1, element_shape=x.shape) for x in parts]
    _, last, states, arrays = tf.while_loop(lambda t, *_: t < count, body, (tf.constant(1), first, states, arrays))
    if not all_outputs:
        return last, tree.map_structure(lambda x: tf.expand_dims(x, 0 if time_major else 1), last), list(states)
    together = [tf.concat([tf.expand_dims(x, 0), a.stack()], 0) for x, a in zip(parts, arrays, strict=True)]
    together = together if time_major else [swapped(x) for x in together]
    return last, tree.pack_sequence_as(first, together), list(states)


def time_first(x: Any, time_major: bool, go_backwards: bool) -> Any:
    x = x if time_major else swapped(x)
    return tf.reverse(x, [0]) if go_backwards else x


def swapped(x: Any) -> Any:
    """Batch and time in each other's place."""
    return tf.transpose(x, [1, 0, *range(2, x.ndim)])


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
