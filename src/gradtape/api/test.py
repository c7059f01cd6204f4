"""tf.test: derivatives are checked, tests are written, and what the machine has is asked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..autodiff.compute_gradient import compute_gradient as compute_gradient
from ..autodiff.gradcheck import check_grads as check_grads

if TYPE_CHECKING:
    from .test_case import TestCase as TestCase


def is_gpu_available(cuda_only: bool = False, min_cuda_compute_capability: Any = None) -> bool:
    """False.

    >>> tf.test.is_gpu_available()
    False
    """
    return False


def gpu_device_name() -> str:
    """The empty string: there is no GPU.

    >>> tf.test.gpu_device_name()
    ''
    """
    return ""


def is_built_with_cuda() -> bool:
    """False."""
    return False


def is_built_with_rocm() -> bool:
    """False."""
    return False


def is_built_with_gpu_support() -> bool:
    """False."""
    return False


def is_built_with_xla() -> bool:
    """False."""
    return False


def is_cpu_target_available(target: str) -> bool:
    """Raises ValueError: gradtape compiles for the processor it runs on, without named targets."""
    raise ValueError(f"tf.test.is_cpu_target_available({target!r}): there are no targets to choose from.")


def main(argv: list[str] | None = None) -> None:
    """Runs the tests of the script, as `unittest.main` does."""
    import_module("unittest").main(module="__main__", argv=argv)


def __getattr__(name: str) -> Any:
    if name != "TestCase":
        raise AttributeError(f"module 'gradtape.test' has no attribute '{name}'")
    return import_module("gradtape.api.test_case").TestCase  # unittest loads on first use


def __dir__() -> list[str]:
    probes = ["gpu_device_name", "is_built_with_cuda", "is_built_with_gpu_support", "is_built_with_rocm", "is_built_with_xla"]
    return sorted(["TestCase", "check_grads", "compute_gradient", "is_cpu_target_available", "is_gpu_available", "main", *probes])
