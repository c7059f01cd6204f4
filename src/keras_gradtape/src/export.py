"""Exports of the SavedModel kind need TensorFlow's graphs, which this back end does not make."""

from __future__ import annotations

from typing import Any

from keras.src.export.saved_model_export_archive import BaseSavedModelExportArchive


class SavedModelExportArchive(BaseSavedModelExportArchive):
    """Says what to use instead."""

    def __init__(self, *args: Any, **kwargs: Any):
        raise NotImplementedError(
            "Exporting a SavedModel is not supported with the gradtape backend. Save the model with model.save('model.keras') "
            "and export it with Keras on the TensorFlow backend, which reads that file."
        )
