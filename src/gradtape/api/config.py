"""tf.config: how gradtape behaves, and the devices that programs ask for.

`unconnected` says what happens where `GradientTape.gradient` has no gradient for a source: "warn" (once a line, with the
reason), "silent" (as TensorFlow), or "raise".
"""

from __future__ import annotations

import sys
from types import ModuleType

from ..autodiff.unconnected import Reports
from ..function import functions_run_eagerly as functions_run_eagerly
from ..function import run_functions_eagerly as run_functions_eagerly
from . import config_experimental, config_optimizer, config_threading
from .config_devices import LogicalDevice as LogicalDevice
from .config_devices import LogicalDeviceConfiguration as LogicalDeviceConfiguration
from .config_devices import PhysicalDevice as PhysicalDevice
from .config_devices import experimental_connect_to_cluster as experimental_connect_to_cluster
from .config_devices import experimental_connect_to_host as experimental_connect_to_host
from .config_devices import get_logical_device_configuration as get_logical_device_configuration
from .config_devices import get_soft_device_placement as get_soft_device_placement
from .config_devices import get_visible_devices as get_visible_devices
from .config_devices import list_logical_devices as list_logical_devices
from .config_devices import list_physical_devices as list_physical_devices
from .config_devices import set_logical_device_configuration as set_logical_device_configuration
from .config_devices import set_soft_device_placement as set_soft_device_placement
from .config_devices import set_visible_devices as set_visible_devices

experimental = config_experimental
optimizer = config_optimizer
threading = config_threading
experimental_functions_run_eagerly = functions_run_eagerly
experimental_run_functions_eagerly = run_functions_eagerly

MODES = ("silent", "warn", "raise")
INTERNAL = {"annotations", "sys", "config_experimental", "config_optimizer", "config_threading"}


class Config(ModuleType):
    """A module with settings that are checked when they are made."""

    @property
    def unconnected(self) -> str:
        return Reports.unconnected

    @unconnected.setter
    def unconnected(self, mode: str) -> None:
        if mode not in MODES:
            raise ValueError(f"gradtape.config.unconnected is 'silent', 'warn' or 'raise', not {mode!r}")
        Reports.unconnected = mode

    def __dir__(self) -> list[str]:
        return sorted(["unconnected", *(n for n in vars(self) if n in PUBLIC)])


PUBLIC = {
    n for n in globals() if not n.startswith("_") and n not in INTERNAL | {"Config", "MODES", "ModuleType", "Reports", "INTERNAL"}
}
sys.modules[__name__].__class__ = Config
