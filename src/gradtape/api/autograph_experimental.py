"""tf.autograph.experimental."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..autograph.convert import Feature, do_not_convert, loop_options

if TYPE_CHECKING:

    def set_loop_options(
        parallel_iterations: Any = None, swap_memory: Any = None, maximum_iterations: Any = None, shape_invariants: Any = None
    ) -> None: ...


def __getattr__(name: str) -> Any:
    if name == "set_loop_options":
        return loop_options()  # the converter knows it by itself: it loads on first use
    raise AttributeError(f"module 'tf.autograph.experimental' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


__all__ = ["Feature", "do_not_convert", "set_loop_options"]  # pyright: ignore[reportUnsupportedDunderAll]
