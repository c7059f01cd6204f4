"""`python -m gradtape run notebook.ipynb`: executes a notebook in a kernel of this Python, with gradtape in TensorFlow's place."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from . import runner

NEEDED = "gradtape run: notebooks need nbclient and ipykernel: pip install 'gradtape[notebook]'.\n"
KERNEL = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]


def run(path: str, output: str | None, keras2_spellings: bool) -> int:
    """Runs the cells in order and prints what they print; 1 after a cell that failed, 2 for a file that is no notebook.

    The executed copy is written to `output`, up to the cell that failed.
    """
    try:
        nbformat, nbclient = import_module("nbformat"), import_module("nbclient")
        import_module("ipykernel")
    except ModuleNotFoundError:
        sys.stderr.write(NEEDED)
        return 2
    try:
        notebook = read(nbformat, path)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"gradtape run: cannot read {path}: {error}\n")
        return 2
    runner.announce(path)
    runner.set_paths(os.path.dirname(os.path.realpath(path)), keras2_spellings)
    try:
        return execute(nbclient, notebook, os.path.dirname(os.path.realpath(path)))
    finally:
        if output is not None:
            nbformat.write(notebook, output)


def read(nbformat: ModuleType, path: str) -> Any:
    """The notebook of a file.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no notebook; the text tells where it stops being one.
    """
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON from character {error.pos} (line {error.lineno}) on: {error.msg}") from None
    if not isinstance(content, dict) or not isinstance(content.get("nbformat"), int):
        raise ValueError("it is JSON, but no notebook: the field nbformat is missing")
    try:
        return nbformat.reads(text, as_version=4)
    except (AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise ValueError(f"it is no valid notebook: {error}") from None


def execute(nbclient: ModuleType, notebook: Any, folder: str) -> int:
    shown = Shown(notebook)
    try:
        client(nbclient, notebook, folder, on_cell_executed=shown.cell, on_cell_error=shown.error).execute(cleanup_kc=True)
    except nbclient.exceptions.CellExecutionError:
        return 1
    return 0


def client(nbclient: ModuleType, notebook: Any, folder: str, python: str = sys.executable, **options: Any) -> Any:
    """nbclient's client for a notebook, in a kernel of this Python (or another), whatever kernels are registered."""
    manager = import_module("jupyter_client.manager").AsyncKernelManager()
    manager.kernel_spec_manager.ensure_native_kernel = True
    spec = manager.kernel_spec_manager.get_kernel_spec("python3")
    spec.argv = [python, *KERNEL]
    manager._kernel_spec = spec
    chosen = {"timeout": None, "resources": {"metadata": {"path": folder}}, **options}
    return nbclient.NotebookClient(notebook, km=manager, **chosen)


class Shown:
    """Prints what the cells print."""

    def __init__(self, notebook: Any):
        self.notebook = notebook

    def cell(self, cell: Any, cell_index: int, **rest: Any) -> None:
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                (sys.stderr if output.name == "stderr" else sys.stdout).write(output.text)
            elif "data" in output and "text/plain" in output.data:
                print(output.data["text/plain"])
        sys.stdout.flush()

    def error(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        content = execute_reply["content"]
        sys.stderr.write("\n".join([f"cell {cell_index + 1}:", *content.get("traceback", ())]) + "\n")
