"""tf.*_initializer: functions of a shape that make first values."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.dtypes import DType, as_dtype, float32
from ..core.tensor import Tensor, constant
from ..ops._arguments import extents
from ..ops.create import ones, zeros
from .random import normal, stateless_normal, stateless_uniform, uniform

PARTITION = ("partition_shape", "partition_offset")  # of one part of a variable in several: its shape counts


class Initializer:
    """Called with a shape and a dtype, returns a tensor of first values.  `partition_shape`, where given, is the shape."""

    parts = True  # may it be asked for a part?

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        raise TypeError("Initializer is the common base: use one that says how values are made, such as tf.zeros_initializer")

    def get_config(self) -> dict[Any, Any]:
        return {}

    @classmethod
    def from_config(cls, config: dict[Any, Any]) -> Any:
        return cls(**{k: v for k, v in config.items() if k != "dtype"})

    def wanted(self, shape: Any, kwargs: dict[Any, Any]) -> Any:
        """The shape of the result."""
        name = type(self).__name__
        unknown = sorted(set(kwargs) - {*PARTITION})
        if unknown:
            raise TypeError(f"{name}: Keyword argument should be one of {list(PARTITION)}. Received: {unknown[0]}")
        if not self.parts and set(kwargs) & {*PARTITION}:
            raise ValueError(f"{name} doesn't support partition-related arguments; make it with support_partition=True")
        shape = kwargs.get("partition_shape", shape)
        if shape is None:
            raise ValueError(f"{name}: shape must be given, got None")
        return shape

    def refused(self, dtype: DType, kinds: str) -> Exception:
        return ValueError(f"{type(self).__name__}: Argument `dtype` is expected to be {kinds}. Received: {dtype!r}.")


class zeros_initializer(Initializer):
    """Zeros.

    >>> tf.zeros_initializer()([2]).numpy()
    array([0., 0.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        kind = as_dtype(dtype)
        if not (kind.is_numeric or kind.is_bool):
            raise self.refused(kind, "numeric or boolean")
        return zeros(self.wanted(shape, kwargs), kind)


class ones_initializer(Initializer):
    """Ones.

    >>> tf.ones_initializer()([2]).numpy()
    array([1., 1.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        kind = as_dtype(dtype)
        if not (kind.is_numeric or kind.is_bool):
            raise self.refused(kind, "numeric or boolean")
        return ones(self.wanted(shape, kwargs), kind)


class constant_initializer(Initializer):
    """A given value in every place, or given values.

    >>> tf.constant_initializer(3.0)([2]).numpy()
    array([3., 3.], dtype=float32)
    """

    value: Any

    def __init__(self, value: Any = 0, support_partition: bool = False):
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value: {type(value).__name__}. Expected Python scalar, list or tuple of values, "
                "or numpy.ndarray."
            )
        self.value = value
        self.parts = support_partition

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Tensor:
        return constant(self.value, dtype=dtype, shape=extents(self.wanted(shape, kwargs), "constant_initializer"))

    def get_config(self) -> dict[Any, Any]:
        return {"value": self.value}


class random_normal_initializer(Initializer):
    """Normal values.  With a seed every call gives the same; without one they follow `tf.random.set_seed`.

    >>> tf.random_normal_initializer(stddev=0.0)([2]).numpy()
    array([0., 0.], dtype=float32)
    """

    mean: float
    stddev: float
    seed: int | None

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None):
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        kind = as_dtype(dtype)
        if not kind.is_floating:
            raise self.refused(kind, "floating point")
        shape = self.wanted(shape, kwargs)
        if self.seed is None:
            return normal(shape, self.mean, self.stddev, kind)
        return stateless_normal(shape, [self.seed, 0], self.mean, self.stddev, kind)

    def get_config(self) -> dict[Any, Any]:
        return {"mean": self.mean, "stddev": self.stddev, "seed": self.seed}


class random_uniform_initializer(Initializer):
    """Uniform values in [minval, maxval).  With a seed every call gives the same; without one they follow `tf.random.set_seed`.

    >>> float(tf.random_uniform_initializer(2.0, 2.5)([])) >= 2.0
    True
    """

    minval: float
    maxval: float
    seed: int | None

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None):
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        kind = as_dtype(dtype)
        if not (kind.is_floating or kind.is_integer):
            raise self.refused(kind, "numeric")
        shape = self.wanted(shape, kwargs)
        if self.seed is None:
            return uniform(shape, self.minval, self.maxval, kind)
        return stateless_uniform(shape, [self.seed, 0], self.minval, self.maxval, kind)

    def get_config(self) -> dict[Any, Any]:
        return {"minval": self.minval, "maxval": self.maxval, "seed": self.seed}
