"""gradtape as Keras sees it where Keras asks for TensorFlow itself (its legacy `K.*` functions, seeds, TensorShape).

Keras tests values against some types that gradtape does not have; nothing is an instance of them.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import gradtape

from ..core.composite import CompositeTensor
from ..version import VERSION as __version__  # noqa: F401


class NoValue:
    """A type of TensorFlow that gradtape does not have."""


ABSENT: dict[str, Any] = {
    "TypeSpec": NoValue,
    "__internal__": SimpleNamespace(CompositeTensor=CompositeTensor),
}


def __getattr__(name: str) -> Any:
    missing = object()
    value = getattr(gradtape, name, missing)
    if value is missing and name not in ABSENT:
        raise AttributeError(
            f"Keras asks for tf.{name} here, which gradtape does not have: pip install tensorflow (any back end needs it here)."
        )
    return ABSENT[name] if value is missing else value
