"""`gradtape.install()` and `%load_ext gradtape`: `import tensorflow` gives gradtape from here on, in child processes too.

A folder that holds a package `tensorflow` stands on sys.path and PYTHONPATH. Entries in sys.modules alone would not reach
child processes, nor importlib.util.find_spec.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from .. import version
from . import keras2, keras_seam, packages

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
ROOT = os.path.dirname(PACKAGE)
SITE = ("site-packages", "dist-packages")
MEANING = f"`import tensorflow` gives gradtape (it follows TensorFlow {version.VERSION}), not TensorFlow."


def install(keras2_spellings: bool = True) -> None:
    """From here on `import tensorflow` gives gradtape, in this process and in those that it starts; one line on stderr says so.

    `keras2_spellings=False` refuses what Keras 3 refuses. TensorFlow, where it is installed, is back after `uninstall`.

    Raises:
        RuntimeError: TensorFlow itself is imported already.
    """
    loaded = sys.modules.get("tensorflow")
    if loaded is not None and not is_ours(loaded):
        raise RuntimeError(
            "TensorFlow is imported already: call gradtape.install() before `import tensorflow`, in a new process."
        )
    first = keras_seam.FOLDER not in sys.path
    prepare(0, keras2_spellings)
    if first:
        sys.stderr.write(f"gradtape {version.RELEASE}: {MEANING}\n")


def prepare(place: int, keras2_spellings: bool) -> None:
    """Puts the folder at a place of sys.path, and first on the PYTHONPATH of child processes."""
    if keras_seam.FOLDER not in sys.path:
        sys.path.insert(place, keras_seam.FOLDER)
    if ROOT not in map(os.path.realpath, sys.path):
        sys.path.append(ROOT)
    export()
    keras2.choose(keras2_spellings)
    packages.install()
    importlib.invalidate_caches()


def export() -> None:
    inherited = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    ours = [keras_seam.FOLDER] if os.path.basename(ROOT) in SITE else [keras_seam.FOLDER, ROOT]
    os.environ["PYTHONPATH"] = os.pathsep.join([*ours, *(entry for entry in inherited if entry not in ours)])


def uninstall() -> None:
    """Takes `install` back: `import tensorflow` gives TensorFlow itself where it is installed, here and in child processes.

    What was imported before stays gradtape.
    """
    sys.path[:] = [entry for entry in sys.path if entry != keras_seam.FOLDER]
    kept = [e for e in os.environ.get("PYTHONPATH", "").split(os.pathsep) if e and e != keras_seam.FOLDER]
    os.environ["PYTHONPATH"] = os.pathsep.join(kept)
    loaded = sys.modules.get("tensorflow")
    if loaded is not None and is_ours(loaded):
        for name in [n for n in sys.modules if n == "tensorflow" or n.startswith("tensorflow.")]:
            del sys.modules[name]
    sys.meta_path[:] = [f for f in sys.meta_path if getattr(f, "prefix", None) != "tensorflow."]
    packages.uninstall()
    keras2.choose(False)
    importlib.invalidate_caches()


def is_ours(module: Any) -> bool:
    return (getattr(module, "__file__", None) or "").startswith(keras_seam.FOLDER)


def load_ipython_extension(ipython: Any) -> None:
    """`%load_ext gradtape`."""
    install()


def unload_ipython_extension(ipython: Any) -> None:
    """`%unload_ext gradtape`."""
    uninstall()
