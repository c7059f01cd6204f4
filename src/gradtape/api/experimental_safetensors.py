"""tf.experimental.safetensors: variables in the format that the field exchanges weights in; a file holds numbers only, no code."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..core.dtypes import OF_NUMPY
from ..core.errors import DataLossError, NotFoundError
from ..core.tensor import Tensor, convert_to_tensor
from ..train import tensors


def save_file(target: Any, filename: str | os.PathLike[str], metadata: Mapping[str, str] | None = None) -> None:
    """Write the weights of a Keras model or layer, the variables of a `tf.Module`, or a dict of tensors and variables.

    The file is complete or not there, whenever the process ends.

    Raises:
        ValueError: where two variables have one path (give a dict then), or a dtype has no place in the format.
    """
    arrays = {name: np.asarray(value) for name, value in named(target).items()}
    for name, array in arrays.items():
        if array.dtype not in OF_NUMPY or OF_NUMPY[array.dtype].name not in tensors.CODES:
            raise ValueError(f"safetensors.save_file: '{name}' has dtype {array.dtype}, which the format does not have.")
    rows = {name: tensors.stored(array) for name, array in arrays.items()}
    tensors.write_rows(os.fspath(filename), rows, tensors.header_of(rows), None if metadata is None else dict(metadata))


def load_file(filename: str | os.PathLike[str]) -> dict[str, Tensor]:
    """The tensors of a file by name.

    Raises:
        ValueError: where this is no such file.
        FileNotFoundError: where there is none.
    """
    path = os.fspath(filename)
    try:
        file = tensors.TensorFile(path)
        return {name: convert_to_tensor(file.tensor(name)) for name in file.names()}
    except NotFoundError as error:
        raise FileNotFoundError(f"safetensors.load_file: {error.message}") from None
    except DataLossError as error:
        raise ValueError(f"safetensors.load_file: {path} cannot be read: {error.message}") from None


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
