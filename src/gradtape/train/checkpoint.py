"""Checkpoint: saves the variables of a graph of objects, and gives them back."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np

from ..core import module
from ..core.dtypes import int64
from ..core.variable import Variable
from . import tensors
from .objects import Trackable, children_of, explored, is_trackable, variable_in
from .reader import CheckpointState, opened, put_state
from .restoring import NoCheckpoint, Status, restore, settle_all

INTERNAL = frozenset({"_root", "_save_counter"})


class Checkpoint(Trackable):
    """The variables that are reached from `root` and from the keywords, by their names.

    Modules, Keras models and optimizers, lists and dicts are followed. The file is safetensors with the graph of objects;
    TensorFlow's own checkpoints can be read too. Nothing in a checkpoint is ever run.

    >>> import tempfile, os
    >>> prefix = os.path.join(tempfile.mkdtemp(), "ckpt")
    >>> step = tf.Variable(3)
    >>> path = tf.train.Checkpoint(step=step).save(prefix)
    >>> step.assign(0).numpy()
    np.int32(0)
    >>> _ = tf.train.Checkpoint(step=step).restore(path).assert_consumed()
    >>> step.numpy()
    np.int32(3)
    """

    def __init__(self, root: Any = None, **kwargs: Any):
        for name, value in kwargs.items():
            if not (
                variable_in(value) is not None or is_trackable(value) or isinstance(value, (list, tuple, dict)) or callable(value)
            ):
                raise ValueError(
                    f"`Checkpoint` was expecting {name} to be a trackable object (a variable, a tf.Module, a Keras object, a list "
                    f"or a dict), got {value!r:.80}."
                )
        self._root = root
        self._save_counter: Variable | None = None
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        for tell in module.ATTACHED:
            tell(self)

    def _children(self) -> dict[str, Any]:
        own = {name: value for name, value in vars(self).items() if name not in INTERNAL}
        counter = {} if self._save_counter is None else {"save_counter": self._save_counter}
        return {**({} if self._root is None else children_of(self._root)), **own, **counter}

    @property
    def save_counter(self) -> Variable:
        """How often `save` was called: an int64 variable, which is saved too."""
        if self._save_counter is None:
            self._save_counter = Variable(np.int64(0), trainable=False, dtype=int64, name="save_counter")
        return self._save_counter

    # -- saving -------------------------------------------------------------------------------------------------------
    def write(self, file_prefix: Any, options: Any = None) -> str:
        """Save under exactly this prefix; gives the prefix back.

        The file has the prefix's name with .safetensors. It is complete or not there, whenever the process ends.
        """
        prefix = os.fspath(file_prefix)
        settle_all()
        found = explored(self)
        values = {key: np.asarray(variable.read_value()) for key, variable in found.variables.items()}
        tensors.write(prefix, values, found.nodes)
        return prefix

    def save(self, file_prefix: Any, options: Any = None) -> str:
        """Save under the prefix with the number of this saving, and note it as the folder's latest; gives that path.

        `restore`, `tf.train.latest_checkpoint` and `CheckpointManager` take it.
        """
        self.save_counter.assign_add(1)
        path = self.write(f"{os.fspath(file_prefix)}-{int(self.save_counter.numpy())}")
        put_state(os.path.dirname(path), CheckpointState(path, [path], [time.time()]))
        return path

    # -- restoring ----------------------------------------------------------------------------------------------------
    def read(self, save_path: Any, options: Any = None) -> Status:
        """Give the values of a checkpoint to the variables; those that are made later get theirs when they are.

        Raises:
            NotFoundError: no such checkpoint.
            DataLossError: a broken one; the message has the file's name and the offset.
            ValueError: a value of another shape or dtype.
        """
        reader = opened(os.fspath(save_path))
        nodes = reader.nodes()
        if nodes and "save_counter" in nodes[0].children:
            _ = self.save_counter
        return Status(restore(reader, self), self)

    def restore(self, save_path: Any, options: Any = None) -> Status | NoCheckpoint:
        """As `read`; None, where there is no checkpoint yet, does nothing.

        >>> tf.train.Checkpoint().restore(tf.train.latest_checkpoint("/nowhere")).expect_partial() is not None
        True
        """
        if save_path is None:
            return NoCheckpoint()
        return self.read(save_path, options)

    def sync(self) -> None:
        """Saving ends before `save` returns: there is nothing to wait for."""
