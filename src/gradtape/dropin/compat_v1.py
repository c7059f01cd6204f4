"""tf.compat.v1: the names of TensorFlow 1 that mean the same when operations run at once; the others say what to write."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import gradtape

from . import compat_v1_functions, explain_names

SAME_FUNCTIONS = ("math.", "errors.", "linalg.", "debugging.assert_shapes", "nn.", "image.", "gfile.", "device", "constant")
KERAS = "keras"


class V1(ModuleType):
    """tf.compat.v1, or a namespace in it."""

    def __init__(self, prefix: str = ""):
        super().__init__(f"gradtape.compat.v1.{prefix}".rstrip("."), self.__doc__)
        vars(self).update(prefix=prefix, __path__=[])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = look_up(self.prefix + name)
        vars(self)[name] = found
        return found

    def __dir__(self) -> list[str]:
        below = [path[len(self.prefix) :] for path in known() if path.startswith(self.prefix)]
        return sorted({path.partition(".")[0] for path in below})


def look_up(path: str) -> Any:
    """The value of a name below tf.compat.v1.

    Raises:
        AttributeError: it belongs to graphs and sessions; the text says what to write.
    """
    own = compat_v1_functions.OWN.get(path)
    if own is not None:
        return own
    if path == KERAS or (path in known() and same_today(path)):
        return attribute(gradtape, today(path))
    if any(entry.startswith(path + ".") for entry in known()):
        return V1(path + ".")
    parent, _, name = path.rpartition(".")
    raise AttributeError(explain_names.no_attribute(f"tensorflow.compat.v1.{parent}".rstrip("."), name))


def today(path: str) -> str:
    target = explain_names.table("v1_names.tsv").get(path, "-")
    return path if target == "-" else target


def same_today(path: str) -> bool:
    """Does TensorFlow 2's name do the same? Functions whose arguments changed stand in compat_v1_functions."""
    target = explain_names.table("v1_names.tsv")[path]
    same = target != "-" or (path.startswith(SAME_FUNCTIONS) and path not in compat_v1_functions.CHANGED)
    return same and attribute(gradtape, today(path), None) is not None


def attribute(value: Any, path: str, *default: Any) -> Any:
    for part in path.split("."):
        value = getattr(value, part, *default)
    return value


@cache
def known() -> frozenset[str]:
    return frozenset(explain_names.table("v1_names.tsv")) | frozenset(compat_v1_functions.OWN)


v1 = V1()
