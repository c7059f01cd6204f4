"""What every Keras layer inherits from this back end: its name in drawings and summaries of a tape."""

from __future__ import annotations

from typing import Any

import gradtape as tf


class BackendLayer:
    """Tapes see a layer's operations and variables by themselves; a region tells them where the layer begins and ends."""

    name: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with tf.debugging.region(self.name):
            return super().__call__(*args, **kwargs)  # type: ignore[misc]  # keras.Operation's
