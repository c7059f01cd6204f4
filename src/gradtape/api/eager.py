"""The names of tf.* that are about running: in eager mode most have little to do."""

from __future__ import annotations

import builtins
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import numpy as np

from ..autodiff.sources import plain
from ..autodiff.unconnected import UnconnectedGradients
from ..core.context import current_context, replace_levels
from ..core.names import current_scope
from ..core.tensor import CONVERTERS, Tensor, constant, convert_to_tensor
from ..core.variable import VariableAggregation as VariableAggregation
from ..core.variable import VariableSynchronization as VariableSynchronization
from ..graph.afterwards import gradients_of_trace, hessian_of_trace, present_trace
from ..graph.symbol import Symbol
from ..ops.basic import identity


class AggregationMethod:
    """How several gradients of one value would be summed; here always one after the other."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


def executing_eagerly() -> bool:
    """Do operations run at once?

    >>> tf.executing_eagerly()
    True
    """
    return not inside_function()


def inside_function() -> bool:
    """Is a function being traced?"""
    return present_trace() is not None


def is_symbolic_tensor(tensor: Any) -> bool:
    """Is it a value of a traced function, without numbers?"""
    return isinstance(tensor, Symbol)


def get_static_value(tensor: Any, partial: bool = False) -> Any:
    """The value as an array, or None where it is not known yet.

    >>> tf.get_static_value(tf.constant([1, 2]))
    array([1, 2], dtype=int32)
    """
    return None if isinstance(tensor, Symbol) else np.asarray(convert_to_tensor(tensor))


@contextmanager
def init_scope() -> Iterator[None]:
    """Nothing inside is recorded or traced."""
    token = replace_levels(())
    try:
        yield
    finally:
        current_context.reset(token)


def device(device_name: Any) -> AbstractContextManager[Any]:
    """Everything runs on the CPU; the name is accepted and has no effect."""
    return nullcontext()


def control_dependencies(control_inputs: Any) -> AbstractContextManager[Any]:
    """Eager operations run in the order in which they stand; functions called in `control_inputs` run now."""
    for x in control_inputs or ():
        if callable(x) and not isinstance(x, Tensor):
            x()
    return nullcontext()


def group(*inputs: Any, **kwargs: Any) -> None:
    """Eager operations have run already."""


def no_op(name: str | None = None) -> None:
    """Does nothing."""


def tuple(tensors: Any, control_inputs: Any = None, name: str | None = None) -> list[Any]:
    """The tensors as new ones, in a list."""
    return [t if t is None else identity(t) for t in tensors]


def identity_n(input: Any, name: str | None = None) -> list[Any]:
    """The tensors as new ones."""
    return [identity(x) for x in input]


def guarantee_const(input: Any, name: str | None = None) -> Tensor:
    """The input."""
    return identity(input)


def timestamp(name: str | None = None) -> Tensor:
    """Seconds since 1970, as a float64 tensor."""
    return constant(np.float64(time.time()))


def get_current_name_scope() -> str:
    """The name scope that is open, without the last slash.

    >>> with tf.name_scope("a"), tf.name_scope("b"):
    ...     tf.get_current_name_scope()
    'a/b'
    """
    return current_scope.get().rstrip("/")


def register_tensor_conversion_function(base_type: Any, conversion_func: Callable, priority: int = 100) -> None:
    """Values of `base_type` become tensors by `conversion_func(value, dtype, name, as_ref)`."""
    for kind in base_type if isinstance(base_type, builtins.tuple | list) else [base_type]:
        if not isinstance(kind, type):
            raise TypeError(f"base_type must be a type or a tuple of types, got {base_type!r}")
        CONVERTERS[kind] = lambda value: conversion_func(value, dtype=None, name=None, as_ref=False)


def as_list(x: Any) -> list[Any]:
    return list(x) if isinstance(x, (list, builtins.tuple)) else [x]


def gradients(
    ys: Any, xs: Any, grad_ys: Any = None, name: str = "gradients", gate_gradients: bool = False, aggregation_method: Any = None,
    stop_gradients: Any = None, unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> list[Any]:  # fmt: skip
    """Inside a `tf.function`: the gradients of the sum of ys with respect to each of xs, after the fact.

    Args:
        grad_ys: what the gradients of ys are multiplied with; ones where nothing is given.
        stop_gradients: tensors that count as constants.

    Raises:
        RuntimeError: outside a function, where there is no graph to differentiate afterwards.

    >>> @tf.function
    ... def slope(x):
    ...     return tf.gradients(x**3, x)
    >>> slope(tf.constant(2.0))[0].numpy()
    np.float32(12.0)
    """
    trace = present_trace()
    if trace is None:
        raise RuntimeError(
            "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead: "
            "with tf.GradientTape() as tape: (compute ys from xs); tape.gradient(ys, xs)"
        )
    zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
    cotangents = None if grad_ys is None else as_list(grad_ys)
    stops = [] if stop_gradients is None else as_list(stop_gradients)
    return gradients_of_trace(trace, as_list(ys), [plain(x) for x in as_list(xs)], cotangents, stops, zero)


def hessians(ys: Any, xs: Any, gate_gradients: bool = False, aggregation_method: Any = None, name: str = "hessians") -> list[Any]:
    """Inside a `tf.function`: the second derivatives of the sum of ys with respect to each of xs.

    Raises:
        RuntimeError: outside a function: nest two tapes there.
    """
    trace = present_trace()
    if trace is None:
        raise RuntimeError(
            "tf.hessians is not supported when eager execution is enabled. Use two nested tf.GradientTapes: take the "
            "gradient inside the outer one, then outer.jacobian(gradient, x)"
        )
    return [hessian_of_trace(trace, as_list(ys), plain(x)) for x in as_list(xs)]


def no_gradient(op_type: str) -> None:
    """Kernels are not registered by users here: use tf.stop_gradient or tf.custom_gradient for your own functions."""
    raise RuntimeError(
        f"tf.no_gradient({op_type!r}): operations have their rules built in; write tf.stop_gradient(x) around the result "
        "of your own function instead"
    )
