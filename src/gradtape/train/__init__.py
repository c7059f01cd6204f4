"""tf.train: checkpoints, examples, moving averages. Loads on first use."""

from __future__ import annotations

from typing import Any

from ..records import protos as _protos
from .averages import ExponentialMovingAverage as ExponentialMovingAverage
from .checkpoint import Checkpoint as Checkpoint
from .manager import CheckpointManager as CheckpointManager
from .manager import checkpoints_iterator as checkpoints_iterator
from .options import CheckpointOptions as CheckpointOptions
from .reader import CheckpointReader as CheckpointReader
from .reader import get_checkpoint_state as get_checkpoint_state
from .reader import latest_checkpoint as latest_checkpoint
from .reader import list_variables as list_variables
from .reader import load_checkpoint as load_checkpoint
from .reader import load_variable as load_variable


def __getattr__(name: str) -> Any:
    """Example and its parts are protobuf messages, made on first use."""
    if name not in _protos.NAMES:
        raise AttributeError(f"module 'gradtape.train' has no attribute '{name}'")
    return _protos.messages()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *_protos.NAMES})
