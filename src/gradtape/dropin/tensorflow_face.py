"""What `import tensorflow` gives: gradtape's public names, and one sentence for a module that gradtape does not have."""

from __future__ import annotations

import sys
from types import ModuleType

import gradtape

from .. import version
from . import explain_names, namespaces, packages

INTERNAL = frozenset(
    {"api", "batching", "control", "core", "dropin", "exec", "functions", "graph", "inspect", "keras_gradtape", "ops", "records"}
)


def take_the_name(name: str, folder: list[str]) -> None:
    """Makes the module `name` (tensorflow) show gradtape; `folder` is the `__path__` of the package that calls."""
    spec = sys.modules[name].__spec__
    module = namespaces.namespace(name, [gradtape], INTERNAL)
    versions = {"__version__": version.VERSION, "__gradtape__": version.RELEASE}
    vars(module).update(__spec__=spec, __path__=folder, __file__=spec and spec.origin, **versions)
    sys.modules[name] = module
    namespaces.install(namespaces.Finder(name, missing_module))
    packages.install()
    hide_from_tensorboard()


def hide_from_tensorboard() -> None:
    """TensorBoard works without TensorFlow where this module exists, and must not take gradtape for TensorFlow."""
    sys.modules.setdefault("tensorboard.compat.notf", ModuleType("tensorboard.compat.notf"))


def missing_module(name: str) -> None:
    """Raises with the module and the line that asks for it, unless somebody only asks whether it is there."""
    frame = packages.asking_frame(sys._getframe(1), (__file__, namespaces.__file__))
    if frame is None:
        return
    source = packages.statement(frame)
    sentence = f"{packages.place(frame)}: gradtape has no module {name}" + (f" (`{source}`)." if source else ".")
    mend = explain_names.substitute(explain_names.tf_name(name))
    # `from tensorflow import x` swallows the error, and with it the sentence, when it bears the name tensorflow.x
    raise packages.MissingModule(f"{sentence} {mend}" if mend else sentence, name="tensorflow")
