"""tf.experimental.dlpack: tensors handed to and taken from other array libraries."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.errors import invalid
from ..core.tensor import Tensor, constant


def to_dlpack(tf_tensor: Any) -> Any:
    """A DLPack capsule that shows the tensor's memory: whoever takes it must not write there.

    Raises:
        InvalidArgumentError: what is no tensor, or one of strings or bfloat16, which NumPy cannot hand out.

    >>> x = tf.constant([1.0, 2.0])
    >>> tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(x)).numpy()
    array([1., 2.], dtype=float32)
    """
    if not isinstance(tf_tensor, Tensor):
        raise invalid(
            "to_dlpack",
            f"to_dlpack: The argument must be a tf.Tensor, not {type(tf_tensor).__name__}; tf.convert_to_tensor makes one",
        )
    try:
        return tf_tensor.__dlpack__()
    except (BufferError, TypeError) as error:
        raise invalid("to_dlpack", f"to_dlpack: a tensor of dtype {tf_tensor.dtype.name} cannot be exported: {error}") from None


def from_dlpack(dlcapsule: Any) -> Tensor:
    """A tensor with a copy of what the capsule shows (or of what any object with `__dlpack__` does).

    Raises:
        InvalidArgumentError: what is no capsule, or one that was taken already.
    """
    try:
        return constant(np.from_dlpack(dlcapsule if hasattr(type(dlcapsule), "__dlpack__") else Capsule(dlcapsule)))
    except (AttributeError, BufferError, RuntimeError, TypeError, ValueError) as error:
        raise invalid(
            "from_dlpack",
            f"from_dlpack: the argument must be a DLPack capsule that nobody has taken yet, got {dlcapsule!r:.80}: {error}",
        ) from None


class Capsule:
    """NumPy asks an object for its capsule, and where its memory is."""

    def __init__(self, capsule: Any):
        self.capsule = capsule

    def __dlpack__(self, **options: Any) -> Any:
        return self.capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)


__all__ = ["from_dlpack", "to_dlpack"]
