"""Gives the tape its readers, and `gradient` its voice."""

from __future__ import annotations

from ..autodiff.tape import GradientTape
from ..autodiff.unconnected import Reports
from .anomaly import suspected
from .draw import draw, repr_html
from .explain import explain
from .memory import memory
from .outline import summary
from .voice import tell_hidden, tell_unconnected

GradientTape.explain = explain  # type: ignore[attr-defined]
GradientTape.memory = memory  # type: ignore[attr-defined]
GradientTape.draw = draw  # type: ignore[attr-defined]
GradientTape.summary = summary  # type: ignore[attr-defined]
GradientTape._repr_html_ = repr_html  # type: ignore[attr-defined]
Reports.explain = tell_unconnected
Reports.suspect = suspected
Reports.hidden = tell_hidden
