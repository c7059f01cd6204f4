"""tf.train: checkpoints, examples, moving averages. Loads on first use."""

from __future__ import annotations

from typing import Any

from ..io import protos as _protos


def __getattr__(name: str) -> Any:
    """Example and its parts are protobuf messages, made on first use."""
    if name not in _protos.NAMES:
        raise AttributeError(f"module 'gradtape.train' has no attribute '{name}'")
    return _protos.messages()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *_protos.NAMES})
