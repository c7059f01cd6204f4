"""`tf.keras`: Keras itself, as TensorFlow shows it.

TensorFlow's `tf.keras` is Keras's namespace `_tf_keras`; Keras's plain namespace has names that it lacks, and the
other way round, and scripts use both. So `tf.keras` is their union.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from . import keras2, keras_seam, namespaces

HIDDEN = frozenset({"src"})


def load() -> ModuleType:
    """Keras on gradtape's back end, as one namespace; imports Keras when it is called first."""
    try:
        keras = importlib.import_module("keras")
    except ModuleNotFoundError as error:
        if error.name != "keras":
            raise
        raise ModuleNotFoundError(
            "tf.keras is Keras, which is not installed: pip install 'gradtape[keras]'.", name="keras"
        ) from None
    backend = keras.config.backend()
    if backend != keras_seam.NAME:
        raise ImportError(
            f"tf.keras needs Keras on the back end gradtape, but Keras runs on {backend} here: unset KERAS_BACKEND, or set it"
            " to gradtape, and import gradtape before keras."
        )
    sources = [importlib.import_module("keras._tf_keras.keras"), keras]
    if keras2.enabled():
        sources.append(keras2.old_names(keras))
    return namespaces.namespace("gradtape.keras", sources, HIDDEN)


keras_seam.install()
namespaces.install(namespaces.Finder("gradtape"))
