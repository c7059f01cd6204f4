"""The one place where gradtape touches Keras's import: its back end becomes one that Keras accepts.

Keras keeps a closed list of the back ends that other packages may provide, and three of its modules copy that list
when they load, two of them while the module that holds it still runs (it imports them at its end). So the hook adds
`gradtape` to the list before each of these two, and after the module itself. To be dropped when Keras opens the list.

Keras asks for TensorFlow itself in two roles, whatever the back end. Where it computes or describes values (`K.*`, seeds,
serialization), it gets gradtape. In its data pipelines and lookup layers it gets the TensorFlow that is installed, as on
every back end, and gradtape where there is none.

Without KERAS_BACKEND in the environment the back end is gradtape, since gradtape was imported before Keras. While a
program written for TensorFlow runs under `python -m gradtape run`, `tensorflow` means gradtape here too.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from . import keras2, offline
from .keras_later import LATER, WHOLE, postponed

NAME = "gradtape"
NEEDED = "keras-nightly==3.16.0.dev2026102704"
FOLDER = os.path.join(os.path.dirname(os.path.realpath(__file__)), "path")
CONFIG = "keras.src.backend.config"
LAZY_MODULES = "keras.src.utils.module_utils"
FILES = "keras.src.utils.file_utils"
BOARD = "keras.src.callbacks.tensorboard"
VIEW = "gradtape.dropin.keras_view"
OTHER_BACKEND = "keras.src.backend.tensorflow"
COMPUTING = (
    "keras.src.legacy.backend",
    "keras.src.legacy.layers",
    "keras.src.legacy.saving.json_utils",
    "keras.src.saving.serialization_lib",
    "keras.src.utils.rng_utils",
)
CHANGED = (CONFIG, LAZY_MODULES, "keras.src.utils.backend_utils", FILES, BOARD, *keras2.CHANGES, *COMPUTING, *LATER)


def install() -> None:
    """Lets Keras, when it is imported later, know the back end gradtape; does nothing the second time."""
    if not any(isinstance(finder, KerasFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, KerasFinder())


def replaces_tensorflow() -> bool:
    """Whether `import tensorflow` means gradtape in this process."""
    return FOLDER in sys.path


class KerasFinder:
    """Finds the modules of Keras that are changed, where Python would find them, and wraps their loaders."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname == OTHER_BACKEND and computes() and stands_for_tensorflow():
            ours: Any = OurBackend()
            return ModuleSpec(fullname, ours)
        if fullname not in CHANGED and fullname not in WHOLE:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is None or spec.loader is None:
            return spec
        if fullname in WHOLE:
            spec.loader = importlib.util.LazyLoader(spec.loader) if os.environ.get("KERAS_BACKEND") == NAME else spec.loader
        else:
            mended: Any = Mended(spec.loader)
            spec.loader = mended
        return spec


class Mended:
    """Runs a module of Keras as its own loader does, with one change before or after."""

    def __init__(self, loader: Any):
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__loader__ = module.__spec__.loader = self.loader
        if module.__name__ in LATER:
            self.exec_slim(module)
        elif module.__name__ == CONFIG:
            choose_backend()
            self.loader.exec_module(module)
            admit()
        else:
            admit()
            self.loader.exec_module(module)
        if module.__name__ == LAZY_MODULES:
            point_at_gradtape(module)
        elif module.__name__ == FILES:
            offline.change_downloads(module)
        elif module.__name__ == BOARD:
            write_summaries_with_gradtape(module)
        elif module.__name__ in keras2.CHANGES and keras2.enabled():
            keras2.CHANGES[module.__name__](module)
        elif module.__name__ in COMPUTING:
            compute_with_gradtape(module)

    def exec_slim(self, module: ModuleType) -> None:
        """Without the packages that it imports for a single function, where Keras runs on gradtape."""
        if os.environ.get("KERAS_BACKEND") != NAME:
            return self.loader.exec_module(module)
        with postponed(LATER[module.__name__]):
            self.loader.exec_module(module)


class OurBackend:
    """Keras's lookup layers compute with its TensorFlow back end by name; where gradtape stands for TensorFlow they get gradtape's."""

    def create_module(self, spec: ModuleSpec) -> None:
        pass

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(
            {k: v for k, v in vars(importlib.import_module("keras_gradtape.src")).items() if not k.startswith("__")}
        )


def stands_for_tensorflow() -> bool:
    """Is gradtape what Keras's own `tensorflow` means?"""
    return replaces_tensorflow() or not installed("tensorflow")


def choose_backend() -> None:
    """Decides through the environment, so that child processes agree."""
    chosen = os.environ.get("KERAS_BACKEND", "")
    if not chosen or (chosen == "tensorflow" and replaces_tensorflow()):
        os.environ["KERAS_BACKEND"] = NAME


def admit() -> None:
    """Adds gradtape to the back ends that Keras takes from other packages."""
    config = vars(sys.modules[CONFIG])
    if "PLUGGABLE_BACKENDS" in config:
        config["PLUGGABLE_BACKENDS"] |= {NAME}
    elif config["backend"]() == NAME:
        raise ImportError(f"This Keras has no pluggable back ends; gradtape needs 3.16: pip install '{NEEDED}'.")


def point_at_gradtape(lazy_modules: ModuleType) -> None:
    """Points Keras's own `tensorflow` at gradtape where there is no other, and away from it where it does not compute."""
    tensorflow = vars(lazy_modules)["tensorflow"]
    if computes():
        if stands_for_tensorflow():
            tensorflow.name = VIEW
    elif replaces_tensorflow():
        backend = vars(sys.modules[CONFIG])["backend"]()
        tensorflow.name = "gradtape.dropin.no_tensorflow"
        tensorflow.import_error_msg = f"Keras runs on {backend} and asks for TensorFlow, which `python -m gradtape run` hides."


def compute_with_gradtape(module: ModuleType) -> None:
    if computes():
        vars(module)["tf"] = vars(sys.modules[LAZY_MODULES])["LazyModule"](VIEW)


def write_summaries_with_gradtape(module: ModuleType) -> None:
    if computes() or replaces_tensorflow():
        importlib.import_module("gradtape.dropin.keras_board").change(module)


def computes() -> bool:
    """Whether Keras runs on gradtape."""
    return vars(sys.modules[CONFIG])["backend"]() == NAME


def installed(package: str) -> bool:
    return PathFinder.find_spec(package, [entry for entry in sys.path if entry != FOLDER]) is not None


def load_keras(stand_in: str) -> None:
    """Puts the installed Keras in the place of the package that stands for it on the path of `run`.

    A child process may import Keras before it imports gradtape; the stand-in's only purpose is to install the hook.
    """
    install()
    others = [entry for entry in sys.path if entry != FOLDER]
    spec = PathFinder.find_spec(stand_in, others)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named '{stand_in}'; Keras comes with: pip install 'gradtape[keras]'", name=stand_in)
    module = importlib.util.module_from_spec(spec)
    sys.modules[stand_in] = module
    spec.loader.exec_module(module)
