"""What optimizers do with IndexedSlices, the gradients of embedding tables: Keras's own update, on rows.

A rule that treats every element alone gives the same numbers on any rows that are laid beside each other. So the rows that
a gradient touches, or blocks of a few thousand rows one after another, are taken out of the variable and of the
optimizer's slots, Keras's `update_step` runs on them as on a small variable, and they are written back in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from keras.src.backend.common.stateless_scope import in_stateless_scope
from keras.src.optimizers.adadelta import Adadelta
from keras.src.optimizers.adagrad import Adagrad
from keras.src.optimizers.adam import Adam
from keras.src.optimizers.adamax import Adamax
from keras.src.optimizers.base_optimizer import BaseOptimizer
from keras.src.optimizers.ftrl import Ftrl
from keras.src.optimizers.lion import Lion
from keras.src.optimizers.nadam import Nadam
from keras.src.optimizers.rmsprop import RMSprop
from keras.src.optimizers.sgd import SGD

import gradtape as tf

from .ops.conversion import cast
from .variable import Variable

ROWWISE = {rule.update_step for rule in (SGD, Adagrad, Ftrl, Adam, Adamax, Nadam, Adadelta, RMSprop, Lion)}
BLOCK = 1 << 18  # elements of a block: a few of them fit a processor's cache
WAYS = ("exact", "lazy")


class SparseUpdates(BaseOptimizer):
    """What the optimizers of this back end do with slices.

    SGD without momentum, Adagrad and Ftrl change the rows of the gradient alone. Rules that move every row (momentum, Adam,
    RMSprop …) take one pass over the variable, block by block. `optimizer.sparse_updates = "lazy"` makes them change the
    rows of the gradient alone too: an approximation, in which the moments of a row stand still while it is not used.
    """

    sparse_updates = "exact"

    def _backend_apply_gradients(self, grads: Any, trainable_variables: Any) -> None:
        if any(isinstance(g, tf.IndexedSlices) for g in grads):
            in_graph = not tf.executing_eagerly() and not fits_a_graph(self)
            whole = self.gradient_accumulation_steps or in_stateless_scope() or in_graph
            grads = [settled(g, whole) for g in grads]
        super()._backend_apply_gradients(grads, trainable_variables)

    def _clip_gradients(self, grads: Any) -> Any:
        """Rows that are not there are zeros, which clipping leaves: what holds for the tensor holds for its rows."""
        rows = [g.values if isinstance(g, tf.IndexedSlices) else g for g in grads]
        clipped = super()._clip_gradients(rows)
        return [like(g, c) for g, c in zip(grads, clipped, strict=True)]

    def update_step_of_slices(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        way = way_of(self)
        if way == "dense":
            self.update_step(tf.convert_to_tensor(gradient), variable, learning_rate)
        elif way == "rows":
            update_rows(self, gradient, variable, learning_rate)
        else:
            update_blocks(self, gradient, variable, learning_rate)

    def _backend_update_step(self, grads: Any, trainable_variables: Any, learning_rate: Any) -> None:
        if not any(isinstance(g, tf.IndexedSlices) for g in grads):
            super()._backend_update_step(grads, trainable_variables, learning_rate)
            return
        for g, v in zip(grads, trainable_variables, strict=True):
            step = self.update_step_of_slices if isinstance(g, tf.IndexedSlices) else self.update_step
            step(g, v, learning_rate)


# -- gradients --------------------------------------------------------------------------------------------------
def settled(g: Any, whole: Any) -> Any:
    """Slices in which each row stands once, in order; a tensor where one is needed."""
    if not isinstance(g, tf.IndexedSlices):
        return g
    return tf.convert_to_tensor(g) if whole else g.coalesce() if tf.executing_eagerly() else with_totals(g)


def with_totals(g: Any) -> Any:
    """Slices in order, each with the sum over all that have its index: so a graph, which has no place for a number of rows that it does
    not know, writes a row that comes twice twice, with the same values."""
    order = tf.argsort(g.indices, stable=True)
    indices = tf.gather(g.indices, order)
    is_new = tf.cast(tf.not_equal(indices[1:], indices[:-1]), tf.int32)
    places = tf.concat([tf.zeros([1], tf.int32), tf.cumsum(is_new)], 0)
    totals = tf.scatter_nd(places[:, None], tf.gather(g.values, order), tf.shape(g.values))
    return tf.IndexedSlices(tf.gather(totals, places), indices, g.dense_shape)


def like(gradient: Any, values: Any) -> Any:
    if not isinstance(gradient, tf.IndexedSlices):
        return values
    return tf.IndexedSlices(values, gradient.indices, gradient.dense_shape)


# -- which way ----------------------------------------------------------------------------------------------------
def way_of(optimizer: Any) -> str:
    """rows | blocks | dense, by what the rule does to a row whose gradient is zero."""
    if optimizer.sparse_updates not in WAYS:
        raise ValueError(f"optimizer.sparse_updates must be one of {WAYS}, got {optimizer.sparse_updates!r}")
    if type(optimizer).update_step not in ROWWISE:
        return "dense"  # norms and means over the whole variable, or a rule that we do not know
    return "rows" if optimizer.sparse_updates == "lazy" or leaves_other_rows(optimizer) else "blocks"


def fits_a_graph(optimizer: Any) -> bool:
    """Blocks have sizes that depend on the rows, and a norm counts each row once."""
    return way_of(optimizer) == "rows" and not (optimizer.clipnorm or optimizer.global_clipnorm)


def leaves_other_rows(optimizer: Any) -> bool:
    """(Ftrl works out every row from its sums; a row that never had a gradient keeps its first value, as in TensorFlow.)"""
    if isinstance(optimizer, SGD):
        return not optimizer.momentum
    if isinstance(optimizer, Ftrl):
        return not optimizer.l2_shrinkage_regularization_strength
    return isinstance(optimizer, Adagrad)


# -- updating -----------------------------------------------------------------------------------------------------
def update_rows(optimizer: Any, gradient: Any, variable: Any, learning_rate: Any) -> None:
    indices = gradient.indices
    slots = slots_of(optimizer, variable)
    parts = [Rows(tf.gather(native(v), indices)) for v in slots.values()]
    step_on(optimizer, dict(zip(slots, parts, strict=True)), gradient.values, learning_rate)
    for whole, part in zip(slots.values(), parts, strict=True):
        native(whole).scatter_update(tf.IndexedSlices(part.value, indices))


class Rows(Variable):
    """A few rows in the place of a variable: assigning gives it another tensor."""

    def __init__(self, rows: Any):
        self._value, self._dtype, self._shape, self._ndim = rows, rows.dtype.name, tuple(rows.shape), rows.ndim
        self._trainable, self._autocast = True, False

    @property
    def value(self) -> Any:
        return self._value

    def assign(self, value: Any) -> Any:
        self._value = cast(value, self._dtype)
        return self._value

    def assign_add(self, value: Any) -> Any:
        return self.assign(self._value + cast(value, self._dtype))

    def assign_sub(self, value: Any) -> Any:
        return self.assign(self._value - cast(value, self._dtype))


def update_blocks(optimizer: Any, gradient: Any, variable: Any, learning_rate: Any) -> None:
    slots = slots_of(optimizer, variable)
    for start, stop, block in blocks(gradient):
        parts = [Variable(tf.Variable(native(v)[start:stop])) for v in slots.values()]
        step_on(optimizer, dict(zip(slots, parts, strict=True)), block, learning_rate)
        for whole, part in zip(slots.values(), parts, strict=True):
            native(whole)[start:stop].assign(part.value.value())


def blocks(gradient: Any) -> Iterator[tuple[int, int, Any]]:
    """(first row, end, gradient of these rows) for one block after another."""
    size, *row = (int(n) for n in gradient.dense_shape.numpy())
    rows, values = np.asarray(gradient.indices), gradient.values
    length = max(1, BLOCK // max(1, int(np.prod(row))))
    for start in range(0, size, length):
        stop = min(start + length, size)
        first, end = np.searchsorted(rows, [start, stop])
        block = tf.IndexedSlices(values[first:end], rows[first:end] - start, (stop - start, *row))
        yield start, stop, tf.convert_to_tensor(block)


def slots_of(optimizer: Any, variable: Any) -> dict[Any, Any]:
    """The variable under None, and what the optimizer keeps for it under the name of the list that holds it."""
    place = optimizer._get_variable_index(variable)
    slots = {None: variable}
    for name, held in vars(optimizer).items():
        if isinstance(held, list) and len(held) == len(optimizer._trainable_variables) and name not in BOOKS:
            slot = held[place]
            if isinstance(slot, Variable) and slot is not variable and slot.shape == variable.shape:
                slots[name] = slot
    return slots


BOOKS = ("_variables", "_trainable_variables", "_model_variables_moving_average", "_accumulated_gradients")


def step_on(optimizer: Any, parts: dict[Any, Any], gradient: Any, learning_rate: Any) -> None:
    """Keras's rule on a few rows: an optimizer that has these rows for variable and slots."""
    stand_in = object.__new__(type(optimizer))
    vars(stand_in).update(vars(optimizer))
    vars(stand_in).update({name: [part] for name, part in parts.items() if name is not None})
    vars(stand_in)["_get_variable_index"] = lambda variable: 0
    stand_in.update_step(gradient, parts[None], learning_rate)


def native(variable: Any) -> Any:
    return variable.value if isinstance(variable, Variable) else variable
