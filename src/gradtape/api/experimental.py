"""tf.experimental."""

from importlib import import_module
from typing import Any

from ..exec.replay import Replay as Replay
from . import experimental_dlpack
from .experimental_shapes import eval_shape as eval_shape

dlpack = experimental_dlpack
ON_FIRST_USE = {"numpy": "gradtape.api.experimental_numpy", "safetensors": "gradtape.api.experimental_safetensors"}


def __getattr__(name: str) -> Any:
    if name not in ON_FIRST_USE:
        raise AttributeError(f"module 'gradtape.experimental' has no attribute {name!r}", name=name)
    globals()[name] = found = import_module(ON_FIRST_USE[name])
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *ON_FIRST_USE})
