"""CheckpointManager: keeps the newest checkpoints of a folder."""

from __future__ import annotations

import glob
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from . import bundle, tensors
from .checkpoint import Checkpoint
from .reader import CheckpointState, exists, get_checkpoint_state, latest_checkpoint, put_state

HOUR = 3600.0


class CheckpointManager:
    """Saves checkpoints to a folder and deletes all but the newest.

    Args:
        checkpoint: the tf.train.Checkpoint.
        directory: the folder.
        max_to_keep: how many stay; None keeps all.
        keep_checkpoint_every_n_hours: one in so many hours stays besides.
        checkpoint_name: of the files.
        step_counter: with `checkpoint_interval`: a variable; `save` does nothing before it has grown by that much.
        init_fn: called by `restore_or_initialize` where there is no checkpoint.

    >>> import tempfile
    >>> step = tf.Variable(0)
    >>> manager = tf.train.CheckpointManager(tf.train.Checkpoint(step=step), tempfile.mkdtemp(), max_to_keep=2)
    >>> for _ in range(3):
    ...     _ = step.assign_add(1), manager.save()
    >>> [path[-6:] for path in manager.checkpoints]
    ['ckpt-2', 'ckpt-3']
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        directory: Any,
        max_to_keep: int | None,
        keep_checkpoint_every_n_hours: float | None = None,
        checkpoint_name: str = "ckpt",
        step_counter: Any = None,
        checkpoint_interval: int | None = None,
        init_fn: Callable | None = None,
        last_checkpoint_step: int | None = None,
    ):
        if max_to_keep is not None and max_to_keep <= 0:
            raise ValueError(f"Expected a positive integer or `None` for `max_to_keep`, got {max_to_keep}.")
        if checkpoint_interval is not None and step_counter is None:
            raise ValueError("`step_counter` should be passed if `checkpoint_interval` is not None.")
        self._checkpoint, self._directory, self._name = checkpoint, os.fspath(directory), checkpoint_name
        self._max, self._hours = max_to_keep, keep_checkpoint_every_n_hours
        self._counter, self._interval, self._init = step_counter, checkpoint_interval, init_fn
        self._last_step = last_checkpoint_step
        self._times: OrderedDict[str, float] = OrderedDict()  # checkpoints that may be deleted, and when they were made
        self._latest: str | None = None
        self._preserved = time.time()
        remove_litter(self._directory, checkpoint_name)
        self._take_over(get_checkpoint_state(self._directory))

    def _take_over(self, state: CheckpointState | None) -> None:
        """Go on with what another manager left in the folder."""
        if state is None:
            return
        times = state.all_model_checkpoint_timestamps
        known = (
            times
            if len(times) == len(state.all_model_checkpoint_paths)
            else [time.time()] * len(state.all_model_checkpoint_paths)
        )
        self._times.update({path: t for path, t in zip(state.all_model_checkpoint_paths, known, strict=True) if exists(path)})
        self._latest = state.model_checkpoint_path if exists(state.model_checkpoint_path) else None
        self._preserved = state.last_preserved_timestamp or self._preserved

    @property
    def directory(self) -> str:
        return self._directory

    @property
    def checkpoint(self) -> Checkpoint:
        return self._checkpoint

    @property
    def checkpoint_interval(self) -> int | None:
        return self._interval

    @property
    def latest_checkpoint(self) -> str | None:
        """The prefix of the newest one, for `restore`; None where there is none."""
        return self._latest

    @property
    def checkpoints(self) -> list[str]:
        """The prefixes of those that are kept, oldest first (without those that `keep_checkpoint_every_n_hours` preserved)."""
        return list(self._times)

    def save(self, checkpoint_number: Any = None, check_interval: bool = True, options: Any = None) -> str | None:
        """Save, and delete what is too old; gives the path, or None where it is not time yet.

        The new one is complete, and noted as the latest, before any old one is deleted.
        """
        if not self._is_time(check_interval):
            return None
        if checkpoint_number is None:
            number = int(self._checkpoint.save_counter.assign_add(1).numpy())  # type: ignore[union-attr]
        else:
            number = int(np.asarray(checkpoint_number))
            self._checkpoint.save_counter.assign_add(1)
        path = self._checkpoint.write(os.path.join(self._directory, f"{self._name}-{number}"))
        self._times.pop(path, None)
        self._times[path] = time.time()
        self._latest = path
        gone = self._sweep()
        put_state(self._directory, CheckpointState(path, list(self._times), list(self._times.values()), self._preserved))
        for old in gone:
            delete(old)
        return path

    def _is_time(self, check_interval: bool) -> bool:
        if self._interval is None or self._counter is None:
            return True
        step = int(np.asarray(self._counter))
        if check_interval and self._last_step is not None and step < self._last_step + self._interval:
            return False
        self._last_step = step
        return True

    def _sweep(self) -> list[str]:
        """Take the oldest out of the books; those that are to be deleted."""
        gone = []
        while self._max is not None and len(self._times) > self._max:
            path, made = self._times.popitem(last=False)
            if self._hours is not None and made - self._hours * HOUR >= self._preserved:
                self._preserved = made
            else:
                gone.append(path)
        return gone

    def restore_or_initialize(self) -> str | None:
        """Restore the latest checkpoint and give its path; call init_fn where there is none."""
        if self._latest is not None:
            self._checkpoint.restore(self._latest)
            if self._counter is not None:
                self._last_step = int(np.asarray(self._counter))
            return self._latest
        if self._init is not None:
            self._init()
        return None

    def sync(self) -> None:
        """Saving ends before `save` returns: there is nothing to wait for."""


def delete(prefix: str) -> None:
    """Remove the files of a checkpoint, ours or TensorFlow's."""
    folder, name = os.path.split(prefix)
    for file in os.listdir(folder or "."):
        if file in (name + tensors.SUFFIX, name + bundle.INDEX) or file.startswith(f"{name}.data-"):
            with suppress(FileNotFoundError):
                os.remove(os.path.join(folder, file))


def remove_litter(folder: str, name: str) -> None:
    """What processes that were killed while they wrote left behind, an hour ago or earlier: it may be in use until then."""
    for path in glob.glob(os.path.join(glob.escape(folder), f"{glob.escape(name)}-*.tmp")):
        with suppress(OSError):
            if time.time() - os.path.getmtime(path) > HOUR:
                os.remove(path)


def checkpoints_iterator(
    checkpoint_dir: Any, min_interval_secs: float = 0, timeout: float | None = None, timeout_fn: Callable | None = None
) -> Iterator[str]:
    """The path of every new latest checkpoint of a folder, as another process writes them.

    Args:
        min_interval_secs: at least so long between two.
        timeout: so long it waits for a new one; then it ends, unless timeout_fn() says False.
    """
    last: str | None = None
    while True:
        began = time.monotonic()
        found = latest_checkpoint(checkpoint_dir)
        while found is None or found == last:
            if timeout is not None and time.monotonic() - began > timeout:
                break
            time.sleep(min(1.0, timeout / 10 if timeout else 1.0))
            found = latest_checkpoint(checkpoint_dir)
        if found is None or found == last:
            if timeout_fn is None or timeout_fn():
                return
            continue
        last = found
        yield found
        time.sleep(max(0.0, min_interval_secs - (time.monotonic() - began)))
