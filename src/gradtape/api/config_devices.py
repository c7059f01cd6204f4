"""tf.config's devices: one processor, no GPU. Settings that are about devices are accepted and kept."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from ..core.errors import UnavailableError


class PhysicalDevice(NamedTuple):
    """A device of this machine."""

    name: str
    device_type: str


class LogicalDevice(NamedTuple):
    """A device as operations see it."""

    name: str
    device_type: str


class LogicalDeviceConfiguration(NamedTuple):
    """How a physical device is divided; kept, without effect."""

    memory_limit: float | None = None
    experimental_priority: int | None = None
    experimental_device_ordinal: int | None = None


CPU = PhysicalDevice("/physical_device:CPU:0", "CPU")


class State:
    """What was set; nothing of it changes where operations run."""

    visible: list[PhysicalDevice] = [CPU]  # noqa: RUF012 (one state a process)
    parts: list[LogicalDeviceConfiguration] | None = None
    soft_placement = True
    growth = False


def list_physical_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The processor, if the type asked for is CPU or None; no other device.

    >>> tf.config.list_physical_devices("GPU")
    []
    >>> tf.config.list_physical_devices()
    [PhysicalDevice(name='/physical_device:CPU:0', device_type='CPU')]
    """
    return [CPU] if device_type in (None, "CPU") else []


def list_logical_devices(device_type: str | None = None) -> list[LogicalDevice]:
    """The processor, once or in as many parts as `set_logical_device_configuration` made.

    >>> tf.config.list_logical_devices("GPU")
    []
    """
    visible = State.visible if device_type in (None, "CPU") else []
    return [LogicalDevice(f"/device:CPU:{part}", "CPU") for _ in visible for part in range(len(State.parts or [None]))]


def get_visible_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The devices that were left visible."""
    return [device for device in State.visible if device_type in (None, device.device_type)]


def set_visible_devices(devices: Any, device_type: str | None = None) -> None:
    """Keeps which devices are visible; operations run on the processor either way.

    Raises:
        ValueError: a device that is not there, or not of the type named.
    """
    wanted = [devices] if isinstance(devices, PhysicalDevice) else list(devices or [])
    for device in wanted:
        check_device(device)
        if device_type not in (None, device.device_type):
            raise ValueError(f"Unrecognized device: {device!r} is not of type {device_type}")
    if device_type in (None, "CPU"):
        State.visible = wanted


def check_device(device: Any) -> None:
    if device != CPU:
        raise ValueError(f"Unrecognized device: {device!r}; this machine has {[CPU]}")


def get_logical_device_configuration(device: Any) -> list[LogicalDeviceConfiguration] | None:
    """The parts that were set for the processor, None before that."""
    check_device(device)
    return State.parts


def set_logical_device_configuration(device: Any, logical_devices: Any) -> None:
    """Keeps a division of the processor: `list_logical_devices` shows it, operations run as before."""
    check_device(device)
    State.parts = list(logical_devices)


def get_soft_device_placement() -> bool:
    """Whether an operation may run elsewhere than asked for; here it always may.

    >>> tf.config.get_soft_device_placement()
    True
    """
    return State.soft_placement


def set_soft_device_placement(enabled: bool) -> None:
    """Kept; operations run on the processor either way."""
    State.soft_placement = bool(enabled)


def experimental_connect_to_cluster(
    cluster_spec_or_resolver: Any, job_name: str = "localhost", task_index: int = 0, protocol: str | None = None,
    make_master_device_default: bool = True, cluster_device_filters: Any = None,
) -> NoReturn:  # fmt: skip
    """Raises UnavailableError: there is no cluster."""
    raise UnavailableError(
        None, None, "tf.config.experimental_connect_to_cluster: gradtape computes in this process and connects to no cluster."
    )


def experimental_connect_to_host(remote_host: Any = None, job_name: str = "worker") -> NoReturn:
    """Raises UnavailableError: there is no other host."""
    raise UnavailableError(
        None, None, "tf.config.experimental_connect_to_host: gradtape computes in this process and connects to no host."
    )
