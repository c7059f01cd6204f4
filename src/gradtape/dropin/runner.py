"""`python -m gradtape run SCRIPT`: a program written for TensorFlow, as `python SCRIPT` would run it, on gradtape.

`path/` beside this file holds a package `tensorflow` that hands over to gradtape. It stands behind the script's own
folder on sys.path and on PYTHONPATH, so the program's child processes and importlib.util.find_spec see it as well.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, TracebackType

from .. import version
from . import keras_seam
from .tensorflow_face import MissingModule, hide_from_tensorboard

PACKAGE = str(Path(__file__).resolve().parents[1])
INSIDE = (PACKAGE + os.sep, "<gradtape.")  # files of gradtape, and functions that it generates
FULL_TRACEBACKS = "GRADTAPE_FULL_TRACEBACKS"


def run(script: str, arguments: Sequence[str]) -> None:
    """Runs a script with its arguments; its exceptions and its SystemExit leave this function as they are."""
    path = os.path.join(os.getcwd(), script)
    if not os.path.isfile(path):
        sys.stderr.write(f"gradtape run: can't open file '{path}': no such file.\n")
        raise SystemExit(2)
    announce(script)
    set_paths(os.path.dirname(os.path.realpath(path)))
    hide_from_tensorboard()
    sys.argv[:] = [script, *arguments]
    with UserTracebacks():
        exec(read_code(path), vars(main_module(path)))


def announce(script: str) -> None:
    sys.stderr.write(
        f"gradtape {version.RELEASE} runs {script}: `import tensorflow` gives gradtape (it follows TensorFlow {version.VERSION}),"
        " not TensorFlow.\n"
    )


def set_paths(script_folder: str) -> None:
    """sys.path as for `PYTHONPATH=path python SCRIPT`, and the same PYTHONPATH for child processes."""
    if not sys.flags.safe_path:
        sys.path[0] = script_folder
    sys.path.insert(0 if sys.flags.safe_path else 1, keras_seam.FOLDER)
    exported = [keras_seam.FOLDER]
    root = os.path.dirname(PACKAGE)
    if root not in map(os.path.realpath, sys.path):
        sys.path.append(root)
        exported.append(root)
    inherited = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([*exported, inherited] if inherited else exported)


def read_code(path: str) -> CodeType:
    with io.open_code(path) as file:
        return compile(file.read(), path, "exec", dont_inherit=True)


def main_module(path: str) -> ModuleType:
    """A fresh `__main__` with the attributes that a script has; multiprocessing finds the script by its `__file__`."""
    module = ModuleType("__main__")
    vars(module).update(__file__=path, __cached__=None, __loader__=SourceFileLoader("__main__", path), __annotations__={})
    sys.modules["__main__"] = module
    return module


class UserTracebacks:
    """Tracebacks of an uncaught exception show the user's frames, not those of this runner or inside gradtape.

    The program's own sys.excepthook, if it sets one, is called with what is left.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, SystemExit) or os.environ.get(FULL_TRACEBACKS):
            return
        keep_users_part(error, trace)
        hook, kept = sys.excepthook, error.__traceback__

        def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if isinstance(error, MissingModule):
                sys.stderr.write(f"{error}\n")
            else:
                hook(kind, error.with_traceback(kept), kept)

        sys.excepthook = show


def keep_users_part(error: BaseException, trace: TracebackType | None) -> None:
    """Leaves the user's frames in an exception's traceback, and of the exceptions it came from those that have any."""
    error.__traceback__ = users_part(trace)
    origin = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if origin is not None:
        keep_users_part(origin, origin.__traceback__)
        if origin.__traceback__ is None:
            error.__cause__ = error.__context__ = None


def users_part(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames of files inside gradtape."""
    kept = None
    for part in reversed(list(parts(trace))):
        if not part.tb_frame.f_code.co_filename.startswith(INSIDE):
            kept = TracebackType(kept, part.tb_frame, part.tb_lasti, part.tb_lineno)
    return kept


def parts(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next
