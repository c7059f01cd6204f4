"""How a Keras layer is called on this back end: Keras's own way, and a shorter one for the calls that every step makes.

The shorter way is taken for one tensor of the layer's dtype, `training` or nothing beside it, on a layer that has been called
before. It does what Keras's `Layer.__call__` does for such a call (the check of the input, the call context, the name scope, the
message of an error) and leaves out what can have no effect there: conversion, binding of the signature, masks, building.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter
from typing import Any

from keras.src.backend.common import global_state
from keras.src.backend.common.name_scope import name_scope
from keras.src.utils import traceback_utils

import gradtape as tf

DISTRIBUTION = "distribution"  # the names of what Keras keeps for each thread
CALL_CONTEXT = "current_call_ctx"
AUTOCAST = "autocast_scope"
MASKS = "_keras_mask_dict"
REPLACED = ("_maybe_build", "_get_call_context", "_resolve_and_populate_arg", "_maybe_reset_call_context", "_open_name_scope")


class BackendLayer:
    """What every Keras layer inherits from this back end: the short call, and its name in drawings and summaries of a tape."""

    name: str

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if BackendLayer in cls.__bases__:  # keras.Layer itself
            layer: Any = cls
            layer.__call__ = with_short_way(layer)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with tf.debugging.region(self.name):
            return super().__call__(*args, **kwargs)  # type: ignore[misc]  # keras.Operation's


def with_short_way(base: Any) -> Callable:
    """keras.Layer's `__call__`, with a shorter way for the calls that allow it."""
    whole = base.__call__
    plans: dict[Any, Plan] = {}

    @wraps(whole)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if len(args) != 1 or type(args[0]) is not tf.Tensor or (kwargs and not only_training(kwargs)):
            return whole(self, *args, **kwargs)
        plan = plans.get(type(self))
        if plan is None:
            plan = plans[type(self)] = Plan(base, type(self))
        if plan.possible and is_plain(self, args[0]):
            return briefly(self, args[0], kwargs, plan)
        return whole(self, *args, **kwargs)

    return traceback_utils.filter_traceback(call)


def only_training(kwargs: dict) -> bool:
    return len(kwargs) == 1 and kwargs.get("training", kwargs) in (True, False, None)


class Plan:
    """What is the same for every call of the layers of a class."""

    def __init__(self, base: Any, kind: Any):
        self.possible = all(getattr(kind, name) is getattr(base, name) for name in REPLACED)
        plain = getattr(kind.compute_mask, "_is_default", False) and kind._set_mask_metadata is base._set_mask_metadata
        self.makes_masks = not plain


def is_plain(layer: Any, x: Any) -> bool:
    """Is there nothing to do but to check the input and call?"""
    facts, state = vars(layer), vars(global_state.GLOBAL_STATE_TRACKER)
    if not (facts.get("_called") and facts.get("built")) or facts["_parent_path"] is None or layer._call_context_args != TRAINING:
        return False
    dtype = layer.compute_dtype
    return (
        dtype == layer.variable_dtype
        and x.dtype.name == layer.input_dtype
        and layer.activity_regularizer is None
        and state.get(AUTOCAST) is None
        and state.get(DISTRIBUTION) is None
        and not state.get(MASKS)
        and takes_one_tensor(layer, facts)
    )


TRAINING = {"training"}


def takes_one_tensor(layer: Any, facts: dict) -> bool:
    """Can `call` be called with one tensor, and are its other arguments none that Keras fills with tensors?"""
    signature = layer._call_signature
    known = facts.get("_one_tensor")
    if known is None or known[0] is not signature:
        parameters = list(signature.parameters.values())
        fits = bool(parameters) and parameters[0].kind in POSITIONAL and all(map(is_optional, parameters[1:]))
        known = (signature, fits)
        object.__setattr__(layer, "_one_tensor", known)
    return known[1]


POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)


def is_optional(parameter: Parameter) -> bool:
    return parameter.default is None or type(parameter.default) in (bool, int, float, str)


def briefly(layer: Any, x: Any, kwargs: dict, plan: Plan) -> Any:
    layer._assert_input_compatibility(x)
    context = layer._get_call_context()
    if kwargs:
        context.set_value("training", kwargs["training"])
    else:
        training = context.get_value("training")
        kwargs = {} if training is None else {"training": training}
    if kwargs and not layer._call_has_context_arg["training"]:
        kwargs = {}
    try:
        with name_scope(layer.name, caller=layer), Told(layer, x, kwargs):
            outputs = layer._dispatch_call(x, **kwargs)
        if plan.makes_masks and layer.supports_masking:
            layer._set_mask_metadata(x, outputs, None)
        return outputs
    finally:
        layer._maybe_reset_call_context()


class Told(tf.debugging.region):
    """The layer's name in drawings of a tape, and Keras's words about its arguments in an error that leaves it."""

    __slots__ = ("layer", "x", "kwargs")

    def __init__(self, layer: Any, x: Any, kwargs: dict):
        super().__init__(layer.name)
        self.layer, self.x, self.kwargs = layer, x, kwargs

    def __exit__(self, kind: type | None, error: BaseException | None, trace: Any) -> None:
        super().__exit__(kind, error, trace)
        if not isinstance(error, Exception) or getattr(error, "_keras_call_info_injected", False):
            return
        if traceback_utils.is_traceback_filtering_enabled():
            name = f"{type(self.layer).__name__}.call()"
            raise traceback_utils.inject_argument_info_in_error(
                error, self.layer.call, (self.x,), self.kwargs, object_name=name
            ) from None
