"""gradtape's own `__getattr__`: namespaces that load when they are first asked for, and what to write for names that are absent."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from . import explain_names, keras_face

NAMESPACES = {
    name: f"gradtape.api.{name}" for name in ("audio", "image", "io", "lookup", "ragged", "sets", "signal", "sparse", "strings")
}
NAMESPACES |= {name: f"gradtape.{name}" for name in ("data", "summary", "train")}
NAMESPACES["compat"] = "gradtape.dropin.compat"
NAMES: dict[str, str] = dict.fromkeys(("RaggedTensor", "RaggedTensorSpec"), "gradtape.composites.ragged")
NAMES |= dict.fromkeys(("SparseTensor", "SparseTensorSpec"), "gradtape.composites.sparse")
NAMES |= dict.fromkeys(("ragged_fill_empty_rows", "ragged_fill_empty_rows_grad"), "gradtape.api.ragged")
NAMES["as_string"] = "gradtape.api.strings"
NAMES["edit_distance"] = "gradtape.api.sparse_embedding"
KERAS_NAMES = frozenset({"activations", "callbacks", "initializers", "losses", "metrics", "optimizers", "regularizers"})


def attribute(name: str) -> Any:
    """A namespace that is not loaded yet; tf.keras and Keras's own at the top among them."""
    package = sys.modules["gradtape"]
    if name in NAMESPACES:
        found = import_module(NAMESPACES[name])
    elif name in NAMES:
        found = getattr(import_module(NAMES[name]), name)
    elif name == "keras":
        found = keras_face.load()
    elif name in KERAS_NAMES:
        found = getattr(package.keras, name)
    else:
        raise AttributeError(explain_names.no_attribute("gradtape", name), name=name, obj=package)
    vars(package)[name] = found
    return found


def names() -> list[str]:
    """What `dir(gradtape)` shows."""
    return sorted({*vars(sys.modules["gradtape"]), *NAMESPACES, *NAMES, *KERAS_NAMES, "keras"})
