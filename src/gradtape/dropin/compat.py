"""tf.compat: text and bytes, the name of TensorFlow 2 for itself, and what TensorFlow 1's names still mean."""

from __future__ import annotations

import numbers
import os
from typing import Any

import gradtape

from .compat_v1 import v1 as v1

v2 = gradtape
bytes_or_text_types = (bytes, str)
complex_types = (numbers.Complex,)
integral_types = (numbers.Integral,)
real_types = (numbers.Real,)


def as_bytes(bytes_or_text: Any, encoding: str = "utf-8") -> bytes:
    """Text as bytes.

    >>> tf.compat.as_bytes("a")
    b'a'
    """
    if isinstance(bytes_or_text, bytearray):
        return bytes(bytes_or_text)
    if not isinstance(bytes_or_text, bytes | str):
        raise TypeError(f"Expected binary or unicode string, got {bytes_or_text!r}")
    return bytes_or_text.encode(encoding) if isinstance(bytes_or_text, str) else bytes_or_text


def as_text(bytes_or_text: Any, encoding: str = "utf-8") -> str:
    """Bytes as text.

    >>> tf.compat.as_text(b"a")
    'a'
    """
    if not isinstance(bytes_or_text, bytes | str):
        raise TypeError(f"Expected binary or unicode string, got {bytes_or_text!r}")
    return bytes_or_text.decode(encoding) if isinstance(bytes_or_text, bytes) else bytes_or_text


as_str = as_text


def as_str_any(value: Any, encoding: str = "utf-8") -> str:
    """Bytes as text, anything else by str."""
    return as_text(value, encoding) if isinstance(value, bytes) else str(value)


def path_to_str(path: Any) -> Any:
    """A path as text; what is none is given back."""
    return as_text(os.fspath(path)) if isinstance(path, os.PathLike) else path


def dimension_value(dimension: Any) -> Any:
    """A dimension is an int or None already."""
    return dimension


def dimension_at_index(shape: Any, index: int) -> Any:
    """One extent of a shape, None where it is unknown."""
    return None if shape.rank is None else shape[index]


def forward_compatible(year: int, month: int, day: int) -> bool:
    """True: nothing waits for older programs."""
    return True


def __dir__() -> list[str]:
    hidden = {"annotations", "numbers", "os", "Any", "gradtape"}
    return sorted(n for n in globals() if not n.startswith("_") and n not in hidden)
