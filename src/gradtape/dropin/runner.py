"""`python -m gradtape run SCRIPT`: a program written for TensorFlow, as `python SCRIPT` would run it, on gradtape.

`path/` beside this file holds a package `tensorflow` that hands over to gradtape. It stands behind the script's own
folder on sys.path and on PYTHONPATH, so the program's child processes and importlib.util.find_spec see it as well.
"""

from __future__ import annotations

import io
import os
import runpy
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, TracebackType

from .. import version
from . import install
from .offline import NoDownload
from .packages import MissingModule
from .tensorflow_face import hide_from_tensorboard

PACKAGE = str(Path(__file__).resolve().parents[1])
INSIDE = (PACKAGE + os.sep, "<gradtape.", "<frozen runpy>")  # files of gradtape, and functions that it generates
FULL_TRACEBACKS = "GRADTAPE_FULL_TRACEBACKS"


def run(script: str, arguments: Sequence[str], keras2_spellings: bool = True) -> None:
    """Runs a script with its arguments; its exceptions and its SystemExit leave this function as they are."""
    path = os.path.join(os.getcwd(), script)
    if not os.path.isfile(path):
        sys.stderr.write(f"gradtape run: can't open file '{path}': no such file.\n")
        raise SystemExit(2)
    announce(script)
    set_paths(os.path.dirname(os.path.realpath(path)), keras2_spellings)
    sys.argv[:] = [script, *arguments]
    with UserTracebacks():
        exec(read_code(path), vars(main_module(path)))


def run_module(name: str, arguments: Sequence[str], keras2_spellings: bool = True) -> None:
    """Runs a module as `python -m NAME ARGS` does."""
    announce(f"-m {name}")
    set_paths(os.getcwd(), keras2_spellings)
    sys.argv[:] = [name, *arguments]
    with UserTracebacks():
        runpy.run_module(name, run_name="__main__", alter_sys=True)


def announce(script: str) -> None:
    sys.stderr.write(f"gradtape {version.RELEASE} runs {script}: {install.MEANING}\n")


def set_paths(first: str, keras2_spellings: bool) -> None:
    """sys.path as for `PYTHONPATH=path python SCRIPT`, and the same PYTHONPATH for child processes."""
    if not sys.flags.safe_path:
        sys.path[0] = first
    install.prepare(0 if sys.flags.safe_path else 1, keras2_spellings)
    hide_from_tensorboard()


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
            if isinstance(error, MissingModule | NoDownload):
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
