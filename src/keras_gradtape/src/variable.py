"""A Keras variable is a gradtape variable, to every tape, accumulator and optimizer."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras.src.backend.common import KerasVariable, global_state, is_float_dtype, is_int_dtype
from keras.src.backend.common.stateless_scope import in_stateless_scope

import gradtape as tf

from .ops.conversion import NUMBERS, cast, cast_native, convert_to_tensor, tensor


class Variable(KerasVariable):
    """keras.Variable around a tf.Variable, whose buffer it shares; `Variable(tf_variable)` wraps that very one."""

    _value: Any

    # -- what it holds --------------------------------------------------------------------------------------
    def _initialize(self, value: Any) -> None:
        if not isinstance(value, tf.Variable):
            value = tf.Variable(cast_native(value, self._dtype), trainable=self._trainable, name=self._name)
        self._value = value

    def _convert_to_tensor(self, value: Any, dtype: Any = None) -> Any:
        if isinstance(value, tf.Variable) and self._is_new() and dtype in (None, value.dtype.name):
            return value
        return convert_to_tensor(value, dtype)

    def _is_new(self) -> bool:
        """Does the constructor still run?  What it is given may be a variable to wrap; later, a value to copy."""
        return "_value" not in vars(self)

    @property
    def __gradtape_variable__(self) -> tf.Variable:
        return self._value

    @property
    def trainable(self) -> bool:
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        if self._value is not None:
            self._value._trainable = self._trainable  # tapes ask the inner one

    # -- writing --------------------------------------------------------------------------------------------
    def _direct_assign(self, value: Any) -> None:
        self._value.assign(cast_native(value, self._dtype))

    def assign_add(self, value: Any) -> Any:
        fitting = self._in_place(value)
        if fitting is None:
            return super().assign_add(value)
        return self._value.assign_add(fitting).read_value()

    def assign_sub(self, value: Any) -> Any:
        fitting = self._in_place(value)
        if fitting is None:
            return super().assign_sub(value)
        return self._value.assign_sub(fitting).read_value()

    def _in_place(self, value: Any) -> Any:
        """The value as a tensor that an update in place takes as it is, or None."""
        if in_stateless_scope():
            return None
        if type(value) in NUMBERS:
            return cast(value, self._dtype) if self._ndim == 0 and self._adopts(value) else None
        if not isinstance(value, (tf.Tensor, Variable)):
            return None
        value = tensor(value)
        return value if value.dtype.name == self._dtype and tuple(value.shape) == self._shape else None

    def _adopts(self, number: float) -> bool:
        """Does a Python number keep its value in this variable's dtype?"""
        return is_float_dtype(self._dtype) or (type(number) is int and is_int_dtype(self._dtype))

    # -- reading --------------------------------------------------------------------------------------------
    @property
    def value(self) -> Any:
        scopes = vars(global_state.GLOBAL_STATE_TRACKER)  # of this thread; every reading asks, so by the shortest way
        if scopes.get("stateless_scope") is None and scopes.get("autocast_scope") is None and self._value is not None:
            return self._value
        return super().value

    def numpy(self) -> Any:
        return self.value.numpy()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self.value.__array__(dtype, copy)

    def __gradtape_tensor__(self) -> tf.Tensor:
        return convert_to_tensor(self)
