"""What stands before every operation: values become tensors, and dtypes meet by Keras's (JAX-like) rules.

gradtape's own rule is TensorFlow's: dtypes must agree. So each function of this back end brings its arguments to one
dtype here, then calls gradtape. Variables stay variables: gradtape's functions read them, which costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src.backend.common import KerasVariable, dtypes, standardize_dtype
from keras.src.backend.config import floatx

import gradtape as tf

NATIVE = (tf.Tensor, tf.Variable)
NUMBERS = (float, int)
PLAIN = (float, int, bool, complex, np.ndarray, np.generic)


# -- to a tensor ------------------------------------------------------------------------------------------
def native(x: Any) -> Any:
    """x as a tensor, or as the variable that it is."""
    kind = type(x)
    if kind is tf.Tensor or kind is tf.Variable:
        return x
    if isinstance(x, KerasVariable):
        return x.value
    return x if isinstance(x, NATIVE) else converted(x)


def converted(x: Any) -> tf.Tensor:
    """A tensor of something that is none; tensors inside lists stay on the tape."""
    if holds_tensor(x):
        parts = [native(v) for v in x]
        return tf.stack(same_dtype(parts))
    return tf.convert_to_tensor(x)


def holds_tensor(x: Any) -> bool:
    return isinstance(x, (list, tuple)) and any(isinstance(v, (*NATIVE, KerasVariable)) or holds_tensor(v) for v in x)


def tensor(x: Any) -> tf.Tensor:
    """x as a tensor; a variable is read."""
    x = native(x)
    return x.read_value() if isinstance(x, tf.Variable) else x


def tensors(xs: Any) -> list[tf.Tensor]:
    """Several values as tensors of one dtype."""
    return same_dtype([tensor(x) for x in xs])


def convert_to_tensor(x: Any, dtype: Any = None, sparse: bool | None = None, ragged: bool | None = None) -> tf.Tensor:
    """x as a tensor of this dtype; values of any kind are cast to it."""
    if type(x) is tf.Tensor and (dtype is None or x.dtype.name == dtype) and not (sparse or ragged):
        return x
    if sparse:
        raise ValueError("`sparse=True` is not supported with the gradtape backend; convert to a dense tensor.")
    if ragged:
        raise ValueError("`ragged=True` is not supported with the gradtape backend; pad to a dense tensor.")
    return tensor(x) if dtype is None else tensor(cast(x, dtype))


# -- extents ------------------------------------------------------------------------------------------------
def extents(x: Any) -> tuple:
    """The shape of a tensor; an extent that is not known while a function is traced is a symbolic tensor."""
    dims = tuple(x.shape)
    if None not in dims:
        return dims
    unknown = tf.shape(x)
    return tuple([unknown[axis] if n is None else n for axis, n in enumerate(dims)])


def extent(n: Any) -> Any:
    """A number among static arguments as an int, or as the symbolic tensor that it is."""
    return n if type(n) is int or tf.is_symbolic_tensor(n) else int(n)


# -- to a dtype -------------------------------------------------------------------------------------------
def cast(x: Any, dtype: Any) -> Any:
    """x as a tensor with this dtype."""
    dtype = dtype.name if type(dtype) is tf.DType else standardize_dtype(dtype)
    if dtype != "string" and (isinstance(x, PLAIN) or (isinstance(x, (list, tuple)) and not holds_tensor(x))):
        return cast_plain(x, dtype)
    return cast_native(native(x), dtype)


def cast_plain(x: Any, dtype: str) -> tf.Tensor:
    """Python and NumPy values by NumPy's casts, which lose no digits on the way: a float64 0.1 is exact to the last."""
    values = np.asarray(x)
    if values.dtype.kind == "f" and dtype not in INEXACT:
        return tf.cast(tf.constant(values), dtype)  # NaN has no integer: NumPy would warn
    return tf.constant(values.astype(dtype, copy=False))


INEXACT = frozenset((*dtypes.FLOAT_TYPES, *dtypes.FLOAT8_TYPES, *dtypes.COMPLEX_TYPES))


def cast_native(x: Any, dtype: str) -> Any:
    """A tensor or variable with this dtype; itself where it has it."""
    return x if x.dtype.name == dtype else tf.cast(x, dtype)


def floating(x: Any) -> Any:
    """x with a float or complex dtype: integers and booleans become floatx."""
    x = native(x)
    dtype = x.dtype
    return x if dtype.is_floating or dtype.is_complex else tf.cast(x, floatx())


def counted(x: Any) -> Any:
    """x with a dtype that can count: booleans become integers."""
    x = native(x)
    return tf.cast(x, "int32") if x.dtype.is_bool else x


def same_dtype(xs: list) -> list:
    """Tensors brought to the dtype that they have in common."""
    names = {x.dtype.name for x in xs}
    if len(names) < 2:
        return xs
    wanted = dtypes.result_type(*names)
    return [cast_native(x, wanted) for x in xs]


# -- two operands that meet --------------------------------------------------------------------------------
def pair(x1: Any, x2: Any) -> tuple[Any, Any]:
    """Two operands of one dtype; one of them may stay a Python number, which adopts the other's."""
    number1, number2 = type(x1) in NUMBERS, type(x2) in NUMBERS
    if number2 and not number1:
        return beside(native(x1), type(x2)), x2
    if number1 and not number2:
        return x1, beside(native(x2), type(x1))
    if number1 and number2:
        wanted = dtypes.result_type(type(x1), type(x2))
        return cast(x1, wanted), cast(x2, wanted)
    x1, x2 = native(x1), native(x2)
    if x1.dtype is x2.dtype:
        return x1, x2
    wanted = dtypes.result_type(x1.dtype.name, x2.dtype.name)
    return cast_native(x1, wanted), cast_native(x2, wanted)


def beside(x: Any, number: type) -> Any:
    """The tensor x with the dtype that it has next to a Python number of this type."""
    dtype = x.dtype
    if dtype.is_floating or dtype.is_complex or (number is int and dtype.is_integer):
        return x
    return tf.cast(x, dtypes.result_type(dtype.name, number))


def tensor_pair(x1: Any, x2: Any) -> tuple[Any, Any]:
    """Two operands of one dtype, both tensors, for functions that take no numbers."""
    x1, x2 = pair(x1, x2)
    if type(x1) in NUMBERS:
        return cast(x1, x2.dtype.name), x2
    return (x1, cast(x2, x1.dtype.name)) if type(x2) in NUMBERS else (x1, x2)


def float_pair(x1: Any, x2: Any) -> tuple[Any, Any]:
    """Two operands of one float or complex dtype."""
    x1, x2 = tensor_pair(x1, x2)
    return floating(x1), floating(x2)


def in_floats(op: Callable) -> Callable:
    """A function of floats as a function of any numbers: integers become floatx first."""

    def function(x: Any) -> Any:
        return op(floating(x))

    return function


# -- what this back end does not have --------------------------------------------------------------------------
def highest(x: Any, what: str, nearest: str) -> int:
    """The largest of some numbers, which decides the extent of a result; -1 where there are none."""
    if tf.is_symbolic_tensor(x):
        raise NotImplementedError(
            f"A {what} whose extent depends on values does not exist on the gradtape backend while a model is built or a function "
            f"is traced, when there are no values yet. {nearest}"
        )
    return int(tf.reduce_max(x)) if 0 not in x.shape else -1


def absent(name: str, nearest: str) -> Callable:
    """A function of Keras's contract without a counterpart in gradtape so far: it says so, and what to use instead."""

    def missing(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"{name} does not exist on the gradtape backend. {nearest}")

    missing.__name__ = missing.__qualname__ = name.rpartition(".")[2]
    return missing
