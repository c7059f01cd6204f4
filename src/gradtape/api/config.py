"""tf.config: how gradtape behaves.

`unconnected` says what happens where `GradientTape.gradient` has no gradient for a source: "warn" (once a line, with the
reason), "silent" (as TensorFlow), or "raise".
"""

from __future__ import annotations

import sys
from types import ModuleType

from ..autodiff.unconnected import Reports
from ..function import functions_run_eagerly as functions_run_eagerly
from ..function import run_functions_eagerly as run_functions_eagerly

MODES = ("silent", "warn", "raise")


class Config(ModuleType):
    """A module with settings that are checked when they are made."""

    @property
    def unconnected(self) -> str:
        return Reports.unconnected

    @unconnected.setter
    def unconnected(self, mode: str) -> None:
        if mode not in MODES:
            raise ValueError(f"gradtape.config.unconnected is 'silent', 'warn' or 'raise', not {mode!r}")
        Reports.unconnected = mode

    def __dir__(self) -> list[str]:
        return ["functions_run_eagerly", "run_functions_eagerly", "unconnected"]


sys.modules[__name__].__class__ = Config
