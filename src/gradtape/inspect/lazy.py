"""The readers load when they are asked for: `import gradtape` does not wait for them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def load(name: str) -> ModuleType:
    """A module of this folder."""
    return import_module(f"gradtape.inspect.{name}")
