"""Namespaces made of other namespaces, and imports that walk them.

`tf.keras` is a union of two of Keras's namespaces, and `tensorflow` shows gradtape's. Both are plain modules that look
their names up in their sources on first use, so `tf.keras.layers` costs nothing before it is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from . import explain_names

MISSING = object()


def namespace(name: str, sources: Sequence[ModuleType], hidden: frozenset[str] = frozenset()) -> ModuleType:
    """A module that shows the public names of `sources`, the first that has a name winning."""
    module = ModuleType(name, sources[0].__doc__)

    def look_up(attribute: str) -> Any:
        if attribute == "__all__":
            return list_names()
        found = MISSING if is_private(attribute) or attribute in hidden else find(name, sources, attribute)
        if found is MISSING:
            raise AttributeError(explain_names.no_attribute(name, attribute), name=attribute, obj=module)
        setattr(module, attribute, found)
        return found

    def list_names() -> list[str]:
        names = {n for source in sources for n in dir(source)}
        return sorted(n for n in names if not is_private(n) and n not in hidden)

    vars(module).update(__getattr__=look_up, __dir__=list_names, __path__=[], __spec__=ModuleSpec(name, None, is_package=True))
    return module


def find(name: str, sources: Sequence[ModuleType], attribute: str) -> Any:
    """The value of an attribute in the first source that has it; of modules the union over all that have it.

    A module with settings of its own (a class of its own) is shown as it is, so that setting them has its effect.
    """
    values = [v for v in (getattr(source, attribute, MISSING) for source in sources) if v is not MISSING]
    if not values or not isinstance(values[0], ModuleType) or has_settings(values[0]):
        return values[0] if values else MISSING
    return namespace(f"{name}.{attribute}", [v for v in values if isinstance(v, ModuleType)])


def has_settings(module: ModuleType) -> bool:
    return any(isinstance(value, property) for value in vars(type(module)).values())


def is_private(name: str) -> bool:
    return name.startswith("_")


class Finder:
    """Makes `import root.a.b` mean the module found as attribute b of attribute a of the package `root`.

    `missing(name)` is called for a name that leads to no module; it may raise with a sentence, or return.
    """

    def __init__(self, root: str, missing: Callable[[str], None] | None = None):
        self.prefix = root + "."
        self.missing = missing

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if not fullname.startswith(self.prefix):
            return None
        parent, _, leaf = fullname.rpartition(".")
        module = getattr(sys.modules[parent], leaf, None)
        if isinstance(module, ModuleType):
            loader: Any = HandOver(module)
            return ModuleSpec(fullname, loader, is_package=True)
        if self.missing is not None:
            self.missing(fullname)
        return None


class HandOver:
    """Loads a module that exists already: the import system takes what stands in sys.modules after exec_module."""

    def __init__(self, module: ModuleType):
        self.module = module

    def create_module(self, spec: ModuleSpec) -> None:
        pass

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = self.module


def install(finder: Finder) -> None:
    """Asks `finder` after every finder that is already there, once for each root."""
    present = {f.prefix for f in sys.meta_path if isinstance(f, Finder)}
    if finder.prefix not in present:
        sys.meta_path.append(finder)
