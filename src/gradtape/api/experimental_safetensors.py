"""tf.experimental.safetensors: variables in the format that the field exchanges weights in; a file holds numbers only, no code."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from ..core.tensor import Tensor, convert_to_tensor


@cache
def library() -> Any:
    """The package safetensors, loaded by the first file."""
    try:
        import safetensors.numpy
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "tf.experimental.safetensors needs the package safetensors: pip install 'gradtape[safetensors]'", name="safetensors"
        ) from None
    return safetensors


def save_file(target: Any, filename: str | os.PathLike[str], metadata: Mapping[str, str] | None = None) -> None:
    """Write the weights of a Keras model or layer, the variables of a `tf.Module`, or a dict of tensors and variables.

    Raises:
        ValueError: where two variables have one path (give a dict then), or a dtype has no place in the format.
    """
    arrays = {name: np.ascontiguousarray(np.asarray(value)) for name, value in named(target).items()}
    for name, array in arrays.items():
        if array.dtype.kind in "OSU":
            raise ValueError(f"safetensors.save_file: '{name}' has dtype {array.dtype}, which the format does not have.")
    library().numpy.save_file(arrays, os.fspath(filename), None if metadata is None else dict(metadata))


def load_file(filename: str | os.PathLike[str]) -> dict[str, Tensor]:
    """The tensors of a file by name.

    Raises:
        ValueError: where this is no such file.
        FileNotFoundError: where there is none.
    """
    parts = library()
    try:
        return {name: convert_to_tensor(array) for name, array in parts.numpy.load_file(os.fspath(filename)).items()}
    except parts.SafetensorError as error:
        raise ValueError(f"safetensors.load_file: {os.fspath(filename)} cannot be read: {error}") from None


def load_into(target: Any, filename: str | os.PathLike[str]) -> None:
    """Assign what `save_file` wrote of the same target; nothing is assigned where something does not fit.

    Raises:
        ValueError: where names or shapes differ.
    """
    variables, values = named(target), load_file(filename)
    missing, unknown = sorted(variables.keys() - values.keys()), sorted(values.keys() - variables.keys())
    if missing or unknown:
        raise ValueError(f"safetensors.load_into: the file lacks {missing} and has {unknown}, which the target does not have.")
    for name, variable in variables.items():
        if tuple(variable.shape) != tuple(values[name].shape):
            raise ValueError(f"safetensors.load_into: '{name}' has shape {variable.shape}, in the file {values[name].shape}.")
    for name, variable in variables.items():
        variable.assign(values[name])


def named(target: Any) -> dict[str, Any]:
    """What is saved, by name: a variable's is its path."""
    if isinstance(target, Mapping):
        return dict(target)
    variables = list(getattr(target, "weights", None) or target.variables)
    out = {v.path: v for v in variables}
    if len(out) < len(variables):
        twice = sorted(path for path, count in Counter(v.path for v in variables).items() if count > 1)
        raise ValueError(f"safetensors: several variables are called {twice}; give a dict with a name for each.")
    return out
