"""Conversion, shapes, slices and scatters, derivatives: what Keras calls its core."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from keras.src import tree
from keras.src.backend.common.backend_utils import standardize_argnums
from keras.src.backend.common.name_scope import name_scope

import gradtape as tf

from ..variable import Variable
from .control import associative_scan, cond, fori_loop, map, scan, switch, vectorized_map, while_loop
from .conversion import NATIVE, cast, convert_to_tensor, extent, extents, native, tensor, tensor_pair
from .spec import compute_output_spec

__all__ = [
    "Variable", "associative_scan", "cast", "compute_output_spec", "cond", "convert_to_numpy", "convert_to_tensor",
    "custom_gradient", "device_scope", "fori_loop", "grad", "is_tensor", "map", "name_scope", "random_seed_dtype", "remat", "scan",
    "scatter", "scatter_update", "shape", "slice", "slice_update", "stop_gradient", "switch", "unstack", "vectorized_map",
    "while_loop",
]  # fmt: skip


# -- values -----------------------------------------------------------------------------------------------
def convert_to_numpy(x: Any) -> np.ndarray:
    return np.array(x)


def is_tensor(x: Any) -> bool:
    return isinstance(x, NATIVE)


def shape(x: Any) -> tuple:
    """Also of values of other libraries, which bear their shape."""
    if tf.is_symbolic_tensor(x):
        return extents(x)
    dims = getattr(x, "shape", None)
    return tuple(native(x).shape if dims is None else dims)


def unstack(x: Any, num: int | None = None, axis: int = 0) -> list:
    return tf.unstack(native(x), num, axis)


def device_scope(device_name: str) -> Any:
    """There is one device; the name is checked and changes nothing."""
    if not isinstance(device_name, str):
        raise ValueError(f"Invalid value for argument `device_name`. Expected a string like 'cpu:0'. Received: {device_name!r}")
    return contextlib.nullcontext()


def random_seed_dtype() -> str:
    """As on the TensorFlow back end, whose draws these are: equal seeds give equal numbers."""
    return "int64"


# -- pieces -----------------------------------------------------------------------------------------------
def integers(values: Any) -> list[int]:
    """Static positions, which may come as a tensor or as a list that holds some."""
    return [extent(v) for v in (native(values).numpy() if is_tensor(values) else values)]


def slice(inputs: Any, start_indices: Any, shape: Any) -> Any:
    return tf.slice(native(inputs), integers(start_indices), integers(shape))


def slice_update(inputs: Any, start_indices: Any, updates: Any) -> Any:
    """`inputs` with `updates` from `start_indices` on; a block that would stick out is moved inside."""
    inputs, updates = tensor_pair(inputs, updates)
    sizes = [int(n) for n in updates.shape]
    starts = [min(max(s, 0), n - k) for s, n, k in zip(integers(start_indices), inputs.shape, sizes, strict=True)]
    margins = [(s, n - s - k) for s, n, k in zip(starts, inputs.shape, sizes, strict=True)]
    inside = np.pad(np.ones(sizes, bool), margins)
    return tf.where(inside, tf.pad(updates, margins), inputs)


def scatter(indices: Any, values: Any, shape: Any) -> Any:
    return tf.scatter_nd(native(indices), native(values), integers(shape))


def scatter_update(inputs: Any, indices: Any, updates: Any, reduction: str | None = None) -> Any:
    inputs, updates = tensor_pair(inputs, updates)
    indices = native(indices)
    if reduction == "mul":
        return inputs * factors(inputs, indices, updates)
    if reduction not in UPDATES:
        raise ValueError(f"Unsupported reduction: {reduction}")
    return UPDATES[reduction](inputs, indices, updates)


UPDATES: dict[str | None, Callable] = {
    None: tf.tensor_scatter_nd_update,
    "add": tf.tensor_scatter_nd_add,
    "max": tf.tensor_scatter_nd_max,
    "min": tf.tensor_scatter_nd_min,
}


def factors(inputs: Any, indices: Any, updates: Any) -> Any:
    """The product of the updates at each place of `inputs`, 1 where there are none."""
    depth = int(indices.shape[-1])
    outer, inner = [int(n) for n in inputs.shape[:depth]], [int(n) for n in inputs.shape[depth:]]
    strides = [math.prod(outer[k + 1 :]) for k in range(depth)]
    places = tf.reduce_sum(indices * tf.constant(strides, indices.dtype), axis=-1)
    rows = tf.reshape(updates, [-1, *inner])
    products = tf.math.unsorted_segment_prod(rows, tf.reshape(places, [-1]), math.prod(outer))
    return tf.reshape(products, inputs.shape)


# -- derivatives ------------------------------------------------------------------------------------------
def stop_gradient(variable: Any) -> Any:
    return tf.stop_gradient(native(variable))


def custom_gradient(fun: Callable) -> Callable:
    return tf.custom_gradient(fun)


def remat(f: Callable) -> Callable:
    return tf.recompute_grad(f)


def grad(f: Callable, argnums: Any = 0) -> Callable:
    """The gradient of f with respect to the arguments at these positions; zeros where f does not depend on one."""

    def gradient(*args: Any, **kwargs: Any) -> Any:
        positions = standardize_argnums(argnums, len(args))
        values = list(args)
        for i in positions:
            values[i] = tree.map_structure(tensor, values[i])
        inputs = [values[i] for i in positions]
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(inputs)
            output = f(*values, **kwargs)
        found = tape.gradient(output, inputs, unconnected_gradients="zero")
        return found[0] if isinstance(argnums, int) else tuple(found)

    return gradient
