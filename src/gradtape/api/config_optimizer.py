"""tf.config.optimizer: settings of TensorFlow's graph optimizer and of XLA; kept, without effect."""

from __future__ import annotations

from typing import Any

KEPT: dict[str, Any] = {}
JIT: dict[Any, Any] = {False: "", True: "autoclustering", "autoclustering": "autoclustering"}


def get_jit() -> str:
    """What `set_jit` was told: "" or "autoclustering".

    >>> tf.config.optimizer.get_jit()
    ''
    """
    return KEPT.get("jit", "")


def set_jit(enabled: bool | str) -> None:
    """Kept: XLA is not here.

    Raises:
        ValueError: neither True, False nor "autoclustering".
    """
    if enabled not in JIT:
        raise ValueError(f"enabled must be True, False or 'autoclustering', got {enabled!r}")
    KEPT["jit"] = JIT[enabled]


def get_experimental_options() -> dict[str, Any]:
    """What `set_experimental_options` was told."""
    return dict(KEPT.get("options", {}))


def set_experimental_options(options: dict[str, Any]) -> None:
    """Kept, without effect."""
    KEPT["options"] = {**KEPT.get("options", {}), **options}
