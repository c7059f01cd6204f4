"""Exports of the SavedModel kind need TensorFlow's graphs, which this back end does not make."""

from __future__ import annotations

from typing import Any

from keras.src.export.saved_model_export_archive import BaseSavedModelExportArchive


class SavedModelExportArchive(BaseSavedModelExportArchive):
    """Says what to use instead."""

    def __init__(self, *args: Any, **kwargs: Any):
        raise NotImplementedError(
            "`export_saved_model` only currently supports the tensorflow, jax and torch backends. Save the model with "
            "model.save('model.keras') and export it with Keras on one of these, which read that file."
        )
