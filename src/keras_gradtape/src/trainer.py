"""fit, evaluate and predict, step by step on a GradientTape."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src import callbacks as callbacks_module
from keras.src import optimizers as optimizers_module
from keras.src import tree
from keras.src.backend import config
from keras.src.trainers.data_adapters import array_slicing, data_adapter_utils
from keras.src.trainers.epoch_iterator import EpochIterator
from keras.src.trainers.trainer import BaseTrainer
from keras.src.utils import traceback_utils
from keras.src.utils.python_utils import pythonify_logs

import gradtape as tf

from .data import adapted
from .ops.conversion import tensor
from .ops.core import is_tensor
from .optimizer import install

unpack = data_adapter_utils.unpack_x_y_sample_weight


class Trainer(BaseTrainer):
    """What keras.Model inherits to be trained."""

    __call__: Callable  # the model's own, as the attributes here
    trainable_weights: list
    history: Any
    optimizer: Any
    _call_has_training_arg: bool
    _loss_tracker: Any

    def __init__(self) -> None:
        super().__init__()
        self.train_function: Any = None
        self.test_function: Any = None
        self.predict_function: Any = None
        self._eval_epoch_iterator: Any = None

    # -- one batch ------------------------------------------------------------------------------------------
    def train_step(self, data: Any) -> Any:
        x, y, sample_weight = unpack(data)
        with tf.GradientTape() as tape:
            y_pred = self._predicted(x, training=True)
            loss = self._compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight, training=True)
            self._track_loss(loss, x)
            if self.optimizer is not None:
                loss = self.optimizer.scale_loss(loss)
        weights = self.trainable_weights
        optimizer: Any = self.optimizer
        if weights:
            apply_explained(optimizer, tape, loss, weights)
        else:
            warnings.warn("The model does not have any trainable weights.", stacklevel=2)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def test_step(self, data: Any) -> Any:
        x, y, sample_weight = unpack(data)
        y_pred = self._predicted(x, training=False)
        loss = self._compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight, training=False)
        self._track_loss(loss, x)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def predict_step(self, data: Any) -> Any:
        x, _, _ = unpack(data)
        return self._predicted(x, training=False)

    def _predicted(self, x: Any, training: bool) -> Any:
        return self(x, training=training) if self._call_has_training_arg else self(x)

    def _track_loss(self, loss: Any, x: Any) -> None:
        """The mean loss over all samples; what it adds up is no part of the gradient."""
        size = next(v.shape[0] for v in tree.flatten(x) if v is not None)
        self._loss_tracker.update_state(tf.stop_gradient(tensor(loss)), sample_weight=size)

    # -- several batches ------------------------------------------------------------------------------------
    def make_train_function(self, force: bool = False) -> Any:
        if self.train_function is None or force:
            self.train_function = last_of_each(self.train_step)
        return self.train_function

    def make_test_function(self, force: bool = False) -> Any:
        if self.test_function is None or force:
            self.test_function = last_of_each(self.test_step)
        return self.test_function

    def make_predict_function(self, force: bool = False) -> Any:
        if self.predict_function is None or force:
            self.predict_function = joined_outputs(self.predict_step)
        return self.predict_function

    # -- whole data sets ------------------------------------------------------------------------------------
    @traceback_utils.filter_traceback
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: Any = "auto",
        callbacks: Any = None,
        validation_split: float = 0.0,
        validation_data: Any = None,
        shuffle: bool = True,
        class_weight: Any = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        steps_per_epoch: int | None = None,
        validation_steps: int | None = None,
        validation_batch_size: int | None = None,
        validation_freq: Any = 1,
    ) -> Any:
        self._assert_compile_called("fit")
        epochs = capped(epochs)
        x, y, sample_weight = on_host((x, y, sample_weight))
        self._eval_epoch_iterator = None
        if validation_split and validation_data is None:
            parts: Any = array_slicing.train_validation_split((x, y, sample_weight), validation_split=validation_split)
            (x, y, sample_weight), validation_data = parts
        batches = EpochIterator(
            x=adapted(x, y, sample_weight, class_weight),
            y=y,
            sample_weight=sample_weight,
            batch_size=batch_size,
            steps_per_epoch=steps_per_epoch,
            shuffle=shuffle,
            class_weight=class_weight,
            steps_per_execution=self.steps_per_execution,
        )
        self._symbolic_build(iterator=batches)
        batches.reset()
        callbacks = self._listeners(callbacks, batches, verbose, epochs, add_history=True)
        validate = self._validation(
            validation_data, validation_batch_size or batch_size, validation_steps, validation_freq, callbacks
        )
        self.make_train_function()
        self.stop_training = False
        callbacks.on_train_begin()
        logs: dict = {}
        for epoch in range(self._initial_epoch or initial_epoch, epochs):
            callbacks.on_epoch_begin(epoch)
            logs = {**self._train_epoch(batches, callbacks), **validate(epoch)}
            callbacks.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        if isinstance(self.optimizer, optimizers_module.Optimizer) and epochs > 0:
            self.optimizer.finalize_variable_values(self.trainable_weights)
        self._eval_epoch_iterator = None
        callbacks.on_train_end(logs=logs)
        return self.history

    def _train_epoch(self, batches: Any, callbacks: Any) -> dict:
        self.reset_metrics()
        logs: Any = {}
        for first, last, data in batches:
            callbacks.on_train_batch_begin(first)
            logs = self.train_function(data)
            callbacks.on_train_batch_end(last, logs)
            if self.stop_training:
                break
        return dict(pythonify_logs(self._get_metrics_result_or_logs(logs)))

    def _validation(self, data: Any, batch_size: Any, steps: Any, frequency: Any, callbacks: Any) -> Callable:
        """What fit runs after an epoch: it gives the logs of the validation data, where it is their turn."""
        if data is None:
            return lambda epoch: {}
        x, y, sample_weight = on_host(unpack(data))

        def validate(epoch: int) -> dict:
            if not self._should_eval(epoch, frequency):
                return {}
            if self._eval_epoch_iterator is None:
                self._eval_epoch_iterator = self._eval_batches(x, y, sample_weight, batch_size, steps)
            logs = self.evaluate(x, y, callbacks=callbacks, return_dict=True, _use_cached_eval_dataset=True)
            return {f"val_{name}": value for name, value in logs.items()}

        return validate

    @traceback_utils.filter_traceback
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        steps: int | None = None,
        callbacks: Any = None,
        return_dict: bool = False,
        **kwargs: Any,
    ) -> Any:
        self._assert_compile_called("evaluate")
        cached = kwargs.pop("_use_cached_eval_dataset", False)
        if kwargs:
            raise ValueError(f"Arguments not recognized: {kwargs}")
        batches = self._eval_epoch_iterator if cached else self._eval_batches(x, y, sample_weight, batch_size, steps)
        self._symbolic_build(iterator=batches)
        batches.reset()
        callbacks = self._listeners(callbacks, batches, verbose)
        self.make_test_function()
        self.stop_evaluating = False
        callbacks.on_test_begin()
        self.reset_metrics()
        logs: Any = {}
        for first, last, data in batches:
            callbacks.on_test_batch_begin(first)
            logs = self.test_function(data)
            callbacks.on_test_batch_end(last, logs)
            if self.stop_evaluating:
                break
        logs = pythonify_logs(self._get_metrics_result_or_logs(logs))
        callbacks.on_test_end(logs)
        return logs if return_dict else self._flatten_metrics_in_order(logs)

    def _eval_batches(self, x: Any, y: Any, sample_weight: Any, batch_size: Any, steps: Any) -> EpochIterator:
        x, y, sample_weight = on_host((x, y, sample_weight))
        return EpochIterator(
            x=adapted(x, y, sample_weight),
            y=y,
            sample_weight=sample_weight,
            batch_size=batch_size,
            steps_per_epoch=steps,
            shuffle=False,
            steps_per_execution=self.steps_per_execution,
        )

    @traceback_utils.filter_traceback
    def predict(
        self, x: Any, batch_size: int | None = None, verbose: Any = "auto", steps: int | None = None, callbacks: Any = None
    ) -> Any:
        batches = self._eval_batches(x, None, None, batch_size, steps)
        callbacks = self._listeners(callbacks, batches, verbose)
        self.make_predict_function()
        self.stop_predicting = False
        callbacks.on_predict_begin()
        outputs: list = []
        for first, last, data in batches:
            callbacks.on_predict_batch_begin(first)
            outputs.append(self.predict_function(data))
            callbacks.on_predict_batch_end(last, {"outputs": outputs[-1]})
            if self.stop_predicting:
                break
        callbacks.on_predict_end()
        return tree.map_structure(lambda *parts: np.concatenate([np.asarray(p) for p in parts], 0), *outputs)

    def _listeners(self, callbacks: Any, batches: Any, verbose: Any, epochs: int = 1, add_history: bool = False) -> Any:
        if isinstance(callbacks, callbacks_module.CallbackList):
            return callbacks
        return callbacks_module.CallbackList(
            callbacks,
            add_history=add_history,
            add_progbar=verbose != 0,
            verbose=verbose,
            epochs=epochs,
            steps=batches.num_batches,
            model=self,
        )

    # -- a single batch, from outside -------------------------------------------------------------------------
    def train_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, class_weight: Any = None, return_dict: bool = False
    ) -> Any:
        self._assert_compile_called("train_on_batch")
        if class_weight is not None:
            if sample_weight is not None:
                raise ValueError(
                    "Arguments `sample_weight` and `class_weight` cannot be specified at the same time. "
                    f"Received: sample_weight={sample_weight}, class_weight={class_weight}"
                )
            sample_weight = data_adapter_utils.class_weight_to_sample_weights(y, class_weight)
        data = (x, y, sample_weight)
        self._symbolic_build(data_batch=data)
        self.reset_metrics()
        return self._reported(self.make_train_function()([data]), return_dict)

    def test_on_batch(self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False) -> Any:
        self._assert_compile_called("test_on_batch")
        data = (x, y, sample_weight)
        self._symbolic_build(data_batch=data)
        self.reset_metrics()
        return self._reported(self.make_test_function()([data]), return_dict)

    def predict_on_batch(self, x: Any) -> Any:
        return tree.map_structure(np.asarray, self.make_predict_function()([(x,)]))

    def _reported(self, logs: Any, return_dict: bool) -> Any:
        logs = pythonify_logs(logs)
        return logs if return_dict else self._flatten_metrics_in_order(logs)


# -- from one batch to the batches of one execution -----------------------------------------------------------------
def apply_explained(optimizer: Any, tape: Any, loss: Any, weights: list) -> None:
    """Apply the gradients; where there is none at all, Keras's error says why."""
    gradients = tape.gradient(loss, weights)
    try:
        optimizer.apply(gradients, weights)
    except ValueError as error:
        if any(g is not None for g in gradients):
            raise
        raise ValueError(f"{error} {tape.explain(loss, weights[0])}") from error


def last_of_each(step: Callable) -> Callable:
    """Runs a step on each batch; the logs of the last one hold the state of all."""

    def function(batches: Any) -> Any:
        logs: Any = {}
        for data in batches:
            logs = step(in_tensors(data))
        return logs

    return function


def joined_outputs(step: Callable) -> Callable:
    """Runs a step on each batch; the outputs end to end."""

    def function(batches: Any) -> Any:
        outputs = [step(in_tensors(data)) for data in batches]
        if len(outputs) == 1:
            return outputs[0]
        return tree.map_structure(lambda *parts: tf.concat([tensor(p) for p in parts], 0), *outputs)

    return function


def in_tensors(data: Any) -> Any:
    """What a step sees are tensors: it may watch them, and calls their methods."""
    return tree.map_structure(lambda x: tf.constant(x) if isinstance(x, np.ndarray) and x.dtype != object else x, data)


def on_host(data: Any) -> Any:
    """Tensors as arrays, from which Keras takes batches by lists of places."""
    return tree.map_structure(lambda x: np.asarray(x) if is_tensor(x) else x, data)


def capped(epochs: int) -> int:
    """Keras may limit the epochs of a debugging run."""
    limit = config.max_epochs()
    if limit and limit < epochs:
        warnings.warn(f"Limiting epochs to {limit}", stacklevel=3)
        return limit
    return epochs


install()  # here, because Keras loads its optimizers before this module and uses none earlier
