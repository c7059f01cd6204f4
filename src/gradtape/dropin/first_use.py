"""gradtape's own `__getattr__`: namespaces that load when they are first asked for."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from . import keras_face

NAMESPACES = {name: f"gradtape.api.{name}" for name in ("audio", "image", "io", "signal")}
NAMESPACES |= {name: f"gradtape.{name}" for name in ("data", "train")}


def attribute(name: str) -> Any:
    """A namespace that is not loaded yet; tf.keras among them."""
    if name not in NAMESPACES:
        return keras_face.attribute(name)
    found = import_module(NAMESPACES[name])
    vars(sys.modules["gradtape"])[name] = found
    return found


def names() -> list[str]:
    """What `dir(gradtape)` shows."""
    return sorted({*vars(sys.modules["gradtape"]), *NAMESPACES, "keras"})
