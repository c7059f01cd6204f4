"""Packages that need TensorFlow itself: where one is not installed, one sentence names the substitute."""

from __future__ import annotations

import linecache
import sys
from importlib.machinery import ModuleSpec
from types import FrameType
from typing import Any

from . import explain_names


class MissingModule(ModuleNotFoundError):
    """A program asks for a module of TensorFlow, or beside TensorFlow, that gradtape does not have."""


class AbsentPackages:
    """Stands after every other finder, so that it is asked for what is not installed."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        sentence = explain_names.sentence_for(fullname) if fullname.startswith(("tensorflow_", "tf_")) else None
        frame = asking_frame(sys._getframe(1), (__file__,)) if sentence else None
        if frame is not None:
            raise MissingModule(f"{place(frame)}: {fullname} is not installed. {sentence}", name=fullname)
        return None


def install() -> None:
    if not any(isinstance(finder, AbsentPackages) for finder in sys.meta_path):
        finder: Any = AbsentPackages()
        sys.meta_path.append(finder)


def uninstall() -> None:
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, AbsentPackages)]


def place(frame: FrameType) -> str:
    return f"{frame.f_code.co_filename}, line {frame.f_lineno}"


def statement(frame: FrameType) -> str:
    return linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()


def asking_frame(frame: FrameType | None, passed_over: tuple[str, ...]) -> FrameType | None:
    """The frame of the import statement, or None for importlib.util.find_spec and its kin."""
    while frame is not None:
        module = frame.f_globals.get("__name__") or ""
        if module == "importlib.util":
            return None
        if frame.f_code.co_filename not in passed_over and "importlib" not in module.partition(".")[0]:
            return frame
        frame = frame.f_back
    return None
