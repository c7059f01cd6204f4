"""Every name that `gradtape` and its namespaces give users must have a full type: `pyright --verifytypes`, read name by name.

What pyright counts as public includes the inner modules' own names; here only the faces and the classes they re-export count.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import gradtape.api

NO_PROBLEM = "No docstring"


def faces() -> list[ModuleType]:
    inner = pkgutil.iter_modules(gradtape.api.__path__)
    return [gradtape, *(importlib.import_module(f"gradtape.api.{m.name}") for m in inner if not m.name.startswith("_"))]


def public_names() -> set[str]:
    """As pyright spells them: what a face exports, and where the classes among it come from."""
    names = set()
    for face in faces():
        for name, value in vars(face).items():
            if name.startswith("_") or isinstance(value, ModuleType):
                continue
            names.add(f"{face.__name__}.{name}")
            home = getattr(value, "__module__", None) or ""
            if isinstance(value, type) and home.startswith("gradtape."):
                names.add(f"{home}.{value.__qualname__}")
    return names


def report() -> dict[str, Any]:
    command = [sys.executable, "-m", "pyright", "--verifytypes", "gradtape", "--ignoreexternal", "--outputjson"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # pyright asks the first python on it
    found = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": path})
    return json.loads(found.stdout)["typeCompleteness"]


def untyped(symbols: list[dict[str, Any]], names: set[str]) -> Iterator[tuple[str, str]]:
    for symbol in symbols:
        name = symbol["name"]
        public = name in names or name.rpartition(".")[0] in names
        if public and not symbol["isTypeKnown"] and not name.rpartition(".")[2].startswith("_"):
            yield from ((name, d["message"]) for d in symbol["diagnostics"] if NO_PROBLEM not in d["message"])


def main() -> int:
    found = report()
    if not found["symbols"]:
        print("pyright found no package gradtape")
        return 2
    names = public_names()
    problems = list(untyped(found["symbols"], names))
    for name, message in problems:
        print(name, "-", " ".join(message.split()))
    print(f"{len(names)} public names, {len(problems)} without a full type")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
