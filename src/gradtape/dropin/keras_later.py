"""Packages that a few modules of Keras import for one function each, and that take longer to import than Keras: on first use.

SciPy's signal processing, Matplotlib and IPython are half of the time of `import keras` where they are installed. While one of
these modules of Keras runs, its import of such a package finds a stand-in, which imports the package when it is used.
Other modules wait themselves until one of their names is asked for.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

LATER = {
    "keras.src.utils.audio_dataset_utils": ("scipy.signal", "scipy.io", "scipy.io.wavfile"),
    "keras.src.visualization.plot_image_gallery": ("matplotlib", "matplotlib.pyplot"),
    "keras.src.visualization.plot_bounding_box_gallery": ("matplotlib", "matplotlib.patches"),
    "keras.src.callbacks.remote_monitor": ("requests",),
    "keras.src.saving.file_editor": ("IPython", "rich", "rich.console"),
    "keras.src.saving.saving_lib": ("psutil",),
    "keras.src.utils.summary_utils": ("rich", "rich.console", "rich.markup", "rich.table"),
}
WHOLE = ("keras.wrappers",)  # for scikit-learn, which brings half of SciPy


class Later(ModuleType):
    """Stands for a module and imports it when one of its attributes is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def postponed(names: tuple[str, ...]) -> Iterator[None]:
    """Imports of these modules find stand-ins, unless they are loaded already or not installed."""
    stand_ins = {name: Later(name) for name in names if name not in sys.modules and is_installed(name.partition(".")[0])}
    for name, module in stand_ins.items():
        parent, _, last = name.rpartition(".")
        if parent in stand_ins:
            vars(stand_ins[parent])[last] = module
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def is_installed(package: str) -> bool:
    return package in sys.modules or importlib.util.find_spec(package) is not None
