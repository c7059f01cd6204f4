"""tf.config.experimental: settings of TensorFlow's runtime. They are accepted where they are harmless."""

from __future__ import annotations

from typing import Any

from .config_devices import LogicalDeviceConfiguration as VirtualDeviceConfiguration
from .config_devices import State, check_device
from .config_devices import get_logical_device_configuration as get_virtual_device_configuration
from .config_devices import get_visible_devices as get_visible_devices
from .config_devices import list_logical_devices as list_logical_devices
from .config_devices import list_physical_devices as list_physical_devices
from .config_devices import set_logical_device_configuration as set_virtual_device_configuration
from .config_devices import set_visible_devices as set_visible_devices

__all__ = ["VirtualDeviceConfiguration", "get_virtual_device_configuration", "set_virtual_device_configuration"]


class Settings:
    """What was set; on a processor nothing of it has an effect."""

    tensor_float_32 = True
    policy = "silent"


def set_memory_growth(device: Any, enable: bool) -> None:
    """Accepted: memory grows as it is needed.

    >>> for gpu in tf.config.list_physical_devices("GPU"):
    ...     tf.config.experimental.set_memory_growth(gpu, True)
    """
    check_device(device)
    State.growth = bool(enable)


def get_memory_growth(device: Any) -> bool:
    """What `set_memory_growth` was told, False before that."""
    check_device(device)
    return State.growth


def get_device_details(device: Any) -> dict[str, Any]:
    """Nothing is known of the processor; an empty dict, as TensorFlow gives."""
    check_device(device)
    return {}


def get_memory_info(device: str) -> dict[str, int]:
    """Raises ValueError: only GPUs count their memory. `gradtape.GradientTape.memory` tells what a tape holds."""
    raise ValueError(f"No memory statistics for device {device!r}: only accelerators have them.")


def get_memory_usage(device: str) -> int:
    """Raises ValueError, as `get_memory_info`."""
    return get_memory_info(device)["current"]


def reset_memory_stats(device: str) -> None:
    """Raises ValueError, as `get_memory_info`."""
    get_memory_info(device)


def enable_op_determinism() -> None:
    """Accepted: every operation gives the same result for the same arguments."""


def enable_tensor_float_32_execution(enabled: bool) -> None:
    """Kept: a processor computes in float32 either way."""
    Settings.tensor_float_32 = bool(enabled)


def tensor_float_32_execution_enabled() -> bool:
    """What `enable_tensor_float_32_execution` was told, True before that."""
    return Settings.tensor_float_32


def get_device_policy() -> str:
    """How copies between devices are treated; there are none."""
    return Settings.policy


def set_device_policy(device_policy: str | None) -> None:
    """Kept.

    Raises:
        ValueError: none of "silent", "silent_for_int32", "warn", "explicit".
    """
    if device_policy not in (None, "silent", "silent_for_int32", "warn", "explicit"):
        raise ValueError(f"Unrecognized device policy: {device_policy!r}")
    Settings.policy = device_policy or "silent"


def get_synchronous_execution() -> bool:
    """True: operations run at once."""
    return True


def set_synchronous_execution(enable: bool) -> None:
    """Accepted: operations run at once."""


def enable_mlir_bridge() -> None:
    """Accepted, without effect."""


def disable_mlir_bridge() -> None:
    """Accepted, without effect."""
