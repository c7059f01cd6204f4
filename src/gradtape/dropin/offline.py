"""Downloads by Keras (tf.keras.datasets, get_file, pretrained weights) where there is no network: one sentence says what to do."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType
from typing import Any


class NoDownload(ConnectionError):
    """A file could not be fetched; the text names its address and the place to put it."""


def retrieve(url: str, filename: str | None = None, *rest: Any) -> Any:
    """urllib's urlretrieve, whose failures say what to do."""
    request, errors = import_module("urllib.request"), import_module("urllib.error")  # slow to import
    try:
        return request.urlretrieve(url, filename, *rest)
    except (errors.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        folder, name = os.path.split(filename or "")
        raise NoDownload(
            f"Could not download {url} ({reason}). Fetch it where there is a network, and put it into {folder} as {name};"
            " it is found there from then on."
        ) from None


def change_downloads(module: ModuleType) -> None:
    """Keras's file utilities fetch by the name urlretrieve."""
    vars(module)["urlretrieve"] = retrieve
