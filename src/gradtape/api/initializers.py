"""tf.*_initializer: functions of a shape that make first values."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.dtypes import as_dtype, float32
from ..core.tensor import Tensor, constant
from ..ops._arguments import extents
from .random import normal, uniform


def checked(kwargs: dict, op: str) -> None:
    unknown = set(kwargs) - {"partition_shape", "partition_offset", "layout"}
    if unknown:
        raise TypeError(f"{op}: Unknown keyword arguments: {', '.join(sorted(unknown))}.")


class Initializer:
    """Called with a shape and a dtype, returns a tensor of first values."""

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        raise TypeError("Initializer is the common base: use one that says how values are made, such as tf.zeros_initializer")

    def get_config(self) -> dict:
        return {}

    @classmethod
    def from_config(cls, config: dict) -> Any:
        return cls(**{k: v for k, v in config.items() if k != "dtype"})


class zeros_initializer(Initializer):
    """Zeros.

    >>> tf.zeros_initializer()([2]).numpy()
    array([0., 0.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        checked(kwargs, "zeros_initializer")
        return constant(np.zeros(extents(shape, "zeros_initializer"), as_dtype(dtype).numpy_dtype))


class ones_initializer(Initializer):
    """Ones.

    >>> tf.ones_initializer()([2]).numpy()
    array([1., 1.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        checked(kwargs, "ones_initializer")
        return constant(np.ones(extents(shape, "ones_initializer"), as_dtype(dtype).numpy_dtype))


class constant_initializer(Initializer):
    """A given value in every place, or given values.

    >>> tf.constant_initializer(3.0)([2]).numpy()
    array([3., 3.], dtype=float32)
    """

    def __init__(self, value: Any = 0, support_partition: bool = False):
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(f"Invalid type for initial value: {type(value).__name__}. Expected Python scalar, list or tuple of values, "
                            "or numpy.ndarray.")
        self.value = value

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Tensor:
        checked(kwargs, "constant_initializer")
        return constant(self.value, dtype=dtype, shape=extents(shape, "constant_initializer"))

    def get_config(self) -> dict:
        return {"value": self.value}


class random_normal_initializer(Initializer):
    """Normal values.

    >>> tf.random_normal_initializer(stddev=0.0)([2]).numpy()
    array([0., 0.], dtype=float32)
    """

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None):
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        checked(kwargs, "random_normal_initializer")
        return normal(shape, self.mean, self.stddev, dtype, self.seed)

    def get_config(self) -> dict:
        return {"mean": self.mean, "stddev": self.stddev, "seed": self.seed}


class random_uniform_initializer(Initializer):
    """Uniform values in [minval, maxval).

    >>> float(tf.random_uniform_initializer(2.0, 2.5)([])) >= 2.0
    True
    """

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None):
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        checked(kwargs, "random_uniform_initializer")
        return uniform(shape, self.minval, self.maxval, dtype, self.seed)

    def get_config(self) -> dict:
        return {"minval": self.minval, "maxval": self.maxval, "seed": self.seed}
