"""tf.experimental."""

from importlib import import_module
from typing import Any

from ..exec.replay import Replay as Replay
from . import experimental_dlpack, experimental_safetensors
from .experimental_shapes import eval_shape as eval_shape

dlpack = experimental_dlpack
safetensors = experimental_safetensors


def __getattr__(name: str) -> Any:  # three hundred functions, of which most programs use none
    if name != "numpy":
        raise AttributeError(f"module 'gradtape.experimental' has no attribute {name!r}", name=name)
    globals()["numpy"] = found = import_module("gradtape.api.experimental_numpy")
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), "numpy"})
