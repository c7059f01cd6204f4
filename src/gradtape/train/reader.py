"""Checkpoints as tables of tensors: gradtape's and TensorFlow's."""

from __future__ import annotations

import os
import re
from typing import Any, NamedTuple

import numpy as np

from ..core.dtypes import DType
from ..core.errors import NotFoundError
from . import bundle, tensors
from .restoring import Reader, every_key

STATE = "checkpoint"


def exists(prefix: str) -> bool:
    return os.path.exists(prefix + tensors.SUFFIX) or os.path.exists(prefix + bundle.INDEX)


def opened(prefix: str) -> Reader:
    """The checkpoint with this prefix, ours or TensorFlow's.

    Raises:
        NotFoundError: neither is there.
    """
    for suffix in (tensors.SUFFIX, bundle.INDEX):
        if prefix.endswith(suffix):
            prefix = prefix.removesuffix(suffix)
    if os.path.exists(prefix + tensors.SUFFIX):
        return tensors.TensorFile(prefix + tensors.SUFFIX)
    if os.path.exists(prefix + bundle.INDEX):
        return bundle.Bundle(prefix)
    raise NotFoundError(
        None,
        None,
        f"Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {prefix}: neither "
        f"{prefix}{tensors.SUFFIX} nor {prefix}{bundle.INDEX} is there",
    )


# -- the file `checkpoint` ----------------------------------------------------------------------------------------------
class CheckpointState(NamedTuple):
    """Which checkpoints a folder holds."""

    model_checkpoint_path: str
    all_model_checkpoint_paths: list[str]
    all_model_checkpoint_timestamps: list[float]
    last_preserved_timestamp: float = 0.0


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> CheckpointState | None:
    """What the file `checkpoint` of a folder says; None where there is none."""
    folder = os.fspath(checkpoint_dir)
    try:
        with open(os.path.join(folder, latest_filename or STATE), encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return None
    found = {name: re.findall(rf'^{name}: "?([^"\n]*)"?$', text, re.MULTILINE) for name in CheckpointState._fields}
    if not found["model_checkpoint_path"]:
        return None
    inside = [os.path.join(folder, unescaped(path)) for path in found["all_model_checkpoint_paths"]]
    latest = os.path.join(folder, unescaped(found["model_checkpoint_path"][-1]))
    times = [float(t) for t in found["all_model_checkpoint_timestamps"]]
    kept = found["last_preserved_timestamp"]
    return CheckpointState(latest, inside or [latest], times, float(kept[-1]) if kept else 0.0)


def unescaped(path: str) -> str:
    return path.replace("\\\\", "\\")


def put_state(folder: str, state: CheckpointState) -> None:
    """Write the file `checkpoint`, in TensorFlow's form: paths inside the folder are relative to it."""

    def line(name: str, path: str) -> str:
        inside = os.path.relpath(path, folder) if os.path.dirname(path) == folder else path
        return f'{name}: "{inside.replace(chr(92), chr(92) * 2)}"\n'

    text = line("model_checkpoint_path", state.model_checkpoint_path)
    text += "".join([line("all_model_checkpoint_paths", path) for path in state.all_model_checkpoint_paths])
    text += "".join([f"all_model_checkpoint_timestamps: {t}\n" for t in state.all_model_checkpoint_timestamps])
    if state.last_preserved_timestamp:
        text += f"last_preserved_timestamp: {state.last_preserved_timestamp}\n"
    tensors.replace_file(os.path.join(folder, STATE), [text.encode()])


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """The prefix of the newest checkpoint in a folder, ours or TensorFlow's; None where there is none.

    >>> tf.train.latest_checkpoint("/nowhere") is None
    True
    """
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    return state.model_checkpoint_path if state is not None and exists(state.model_checkpoint_path) else None


# -- tables -------------------------------------------------------------------------------------------------------------
class CheckpointReader:
    """The tensors of a checkpoint by name.

    Raises:
        NotFoundError: no such checkpoint, or no such tensor in it.
        DataLossError: a broken file; the message has its name and the offset.
    """

    def __init__(self, filename: Any):
        self._reader = opened(os.fspath(filename))

    def has_tensor(self, tensor_str: str) -> bool:
        return tensor_str in self._reader.names()

    def get_tensor(self, tensor_str: str) -> Any:
        """The value as an array."""
        if not self.has_tensor(tensor_str):
            raise NotFoundError(None, None, f"Key {tensor_str} not found in checkpoint {self._reader.path}")
        value = self._reader.tensor(tensor_str)
        return value if value.ndim or value.dtype != np.dtype(object) else value.item()

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        return {key: list(self._reader.spec(key)[0]) for key in self._reader.names()}

    def get_variable_to_dtype_map(self) -> dict[str, DType]:
        return {key: self._reader.spec(key)[1] for key in self._reader.names()}

    def debug_string(self) -> bytes:
        specs = [(key, *self._reader.spec(key)) for key in every_key(self._reader)]
        return "\n".join([f"{key} ({dtype.name}) {list(shape)}" for key, shape, dtype in specs]).encode()


def load_checkpoint(ckpt_dir_or_file: Any) -> CheckpointReader:
    """A reader of a checkpoint, or of the newest one in a folder.

    Raises:
        ValueError: a folder without a checkpoint; NotFoundError: no such checkpoint.
    """
    path = os.fspath(ckpt_dir_or_file)
    if os.path.isdir(path):
        found = latest_checkpoint(path)
        if found is None:
            raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
        path = found
    return CheckpointReader(path)


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """(name, shape) of every value in a checkpoint, sorted by name."""
    shapes = load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map()
    return sorted(shapes.items())


def load_variable(ckpt_dir_or_file: Any, name: str) -> Any:
    """One value of a checkpoint."""
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))
