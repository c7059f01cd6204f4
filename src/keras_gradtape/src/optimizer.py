"""An optimizer's update, recorded once for each set of variables and replayed: Keras's numbers without Keras's Python.

Keras's own optimizers are recorded, others run as they are written. What an update depends on besides its variables and
gradients are the optimizer's attributes: setting one forgets what was recorded. Where a tape or a map listens, in a
stateless scope, for sparse gradients and inside `function` Keras's own code runs.
"""

from __future__ import annotations

import copy
import sys
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from keras.src import optimizers
from keras.src.backend.common.stateless_scope import in_stateless_scope
from keras.src.optimizers import optimizer as seam
from keras.src.optimizers.schedules.learning_rate_schedule import LearningRateSchedule

import gradtape as tf

from .ops.conversion import NUMBERS, cast, tensor
from .sparse_updates import SparseUpdates
from .variable import Variable

OWN = "keras.src.optimizers."
REFUSALS = (AttributeError, TypeError, ValueError, NotImplementedError, tf.errors.OpError)  # of functions that cannot be recorded
ATTRIBUTE = "_recordings"


class Recordings:
    """What was recorded of one optimizer; copies of the optimizer, and its pickles, begin anew."""

    def __init__(self) -> None:
        self.replays: dict[Any, Any] = {}  # the case and its variables -> a Replay, None where there can be none
        self.schedule: Any = None  # the facts of the learning rate's schedule, if it is part of the recordings

    def __deepcopy__(self, memo: dict) -> Recordings:
        return Recordings()

    def __reduce__(self) -> tuple:
        return Recordings, ()


class Recording:
    """An update is being recorded; `rate` stands for its learning rate, where that comes from outside."""

    def __init__(self, rate: Any = None):
        self.rate = rate


present: ContextVar[Recording | None] = ContextVar("gradtape_keras_recording", default=None)


class BackendOptimizer(SparseUpdates):
    """What every Keras optimizer inherits from this back end."""

    def _backend_apply_gradients(self, grads: Any, trainable_variables: Any) -> None:
        dense = all(type(g) is tf.Tensor for g in grads)
        if not dense or in_stateless_scope() or not replayed(self, grads, trainable_variables):
            super()._backend_apply_gradients(grads, trainable_variables)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name != "learning_rate":  # a variable takes it; where it is another kind of rate, that is set under another name
            self.__dict__.pop(ATTRIBUTE, None)

    def assign_add(self, variable: Any, value: Any) -> None:
        if present.get() is None:
            variable.assign_add(value)
        else:
            variable.assign(variable + value)

    def assign_sub(self, variable: Any, value: Any) -> None:
        if present.get() is None:
            variable.assign_sub(value)
        else:
            variable.assign(variable - value)

    def _get_current_learning_rate(self) -> Any:
        recording = present.get()
        if recording is None or recording.rate is None:
            return super()._get_current_learning_rate()
        return recording.rate


def install() -> None:
    """Keras's optimizers inherit from an empty class that stands in a back end's place; that class inherits from ours."""
    bases = seam.BackendOptimizer.__bases__
    if BackendOptimizer not in bases:
        seam.BackendOptimizer.__bases__ = (BackendOptimizer, *bases)
    for name in TORCH_HAS:
        module = ModuleType(f"keras.src.backend.torch.optimizers.torch_{name.lower()}")
        vars(module)[name] = getattr(optimizers, name)
        sys.modules[module.__name__] = module


# The torch back end saves its own classes' names with a model; here they mean the optimizers that these classes stand for.
TORCH_HAS = ["Adadelta", "Adagrad", "Adam", "Adamax", "AdamW", "Lion", "Nadam", "RMSprop", "SGD"]


# -- replaying ---------------------------------------------------------------------------------------------------
def replayed(optimizer: Any, grads: Any, variables: Any) -> bool:
    """Run the update as it was recorded, or record it first; False where Keras's own code must run."""
    recordings = vars(optimizer).get(ATTRIBUTE)
    if recordings is None or (recordings.schedule is not None and recordings.schedule != vars(optimizer._learning_rate)):
        recordings = begun(optimizer)
    case = due(optimizer)
    key = (case, *map(id, variables))
    rate = [] if rate_is_inside(optimizer, recordings) else [outer_rate(optimizer, variables)]
    replay = recordings.replays.get(key, key)
    if replay is not key:
        return replay is not None and replay(*grads, *rate)
    replay = recordings.replays[key] = recorded(optimizer, grads, variables, case, rate)
    if replay is None and recordings.schedule is not None and len(recordings.replays) == 1:
        recordings.schedule = None  # the schedule cannot be recorded; perhaps the rest can
        del recordings.replays[key]
        return replayed(optimizer, grads, variables)
    return replay is not None and replay(*grads, *rate)


def begun(optimizer: Any) -> Recordings:
    recordings = vars(optimizer)[ATTRIBUTE] = Recordings()
    rate = optimizer._learning_rate
    if isinstance(rate, LearningRateSchedule) and type(rate).__module__.startswith(OWN):
        recordings.schedule = copy.deepcopy(vars(rate))
    return recordings


def due(optimizer: Any) -> tuple[bool, bool]:
    """Do the gradients change the variables now, and do the averages overwrite them afterwards?"""
    steps, frequency = optimizer.gradient_accumulation_steps, optimizer.use_ema and optimizer.ema_overwrite_frequency
    if not (steps or frequency):
        return True, False
    count = int(optimizer._iterations.numpy())
    updates = not steps or (count + 1) % steps == 0
    return updates, bool(frequency) and (count // (steps or 1) + 1) % frequency == 0


def rate_is_inside(optimizer: Any, recordings: Recordings) -> bool:
    return recordings.schedule is not None or isinstance(optimizer._learning_rate, Variable)


def outer_rate(optimizer: Any, variables: Any) -> Any:
    """What a function or a schedule of the user's says now; a number takes the variables' dtype, or keeps all its digits."""
    rate = optimizer.learning_rate
    if type(rate) not in NUMBERS:
        return tensor(rate)
    dtypes = {tf.as_dtype(v.dtype) for v in variables}
    return cast(rate, dtypes.pop() if len(dtypes) == 1 else tf.float64)


# -- recording ---------------------------------------------------------------------------------------------------
def is_own(optimizer: Any) -> bool:
    """Is all of its code Keras's, which keeps no state outside variables?"""
    return type(optimizer).__module__.startswith(OWN)


def recorded(optimizer: Any, grads: Any, variables: Any, case: tuple[bool, bool], rate: list) -> Any:
    """A Replay of the update, None where it cannot be recorded."""
    if not is_own(optimizer):
        return None

    def run(*symbols: Any) -> None:
        token = present.set(Recording(*symbols[len(variables) :]))
        try:
            update(optimizer, list(symbols[: len(variables)]), variables, *case)
        finally:
            present.reset(token)

    try:
        return tf.experimental.Replay(run, [*grads, *rate])
    except REFUSALS:
        return None


def update(optimizer: Any, grads: list, variables: list, updates: bool, overwrites: bool) -> None:
    """The steps of Keras's `_backend_apply_gradients`, whose two conditions are decided."""
    steps = optimizer.gradient_accumulation_steps
    if steps:
        sums = [optimizer._accumulated_gradients[optimizer._get_variable_index(v)] for v in variables]
        if updates:
            grads = [(g + s) / steps for g, s in zip(grads, sums, strict=True)]
        else:
            optimizer._backend_increment_gradient_accumulators(grads, sums)
    if updates:
        grads = optimizer._clip_gradients(grads)
        optimizer._apply_weight_decay(variables)
        optimizer._backend_update_step(grads, variables, optimizer.learning_rate)
        if steps:
            optimizer._backend_reset_gradient_accumulators()
    if optimizer.use_ema:
        optimizer._update_model_variables_moving_average(optimizer._trainable_variables)
        if overwrites:
            optimizer._overwrite_model_variables_with_average_value(optimizer._trainable_variables)
