"""tf.get_logger: the logger that TensorFlow's programs set to be quiet."""

from __future__ import annotations

from typing import Any


def get_logger() -> Any:
    """Python's logger "tensorflow".

    >>> tf.get_logger().setLevel("ERROR")
    """
    import logging

    return logging.getLogger("tensorflow")
