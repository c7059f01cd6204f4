"""The values of a feature of a tf.train.Example message."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.dtypes import as_dtype
from ..core.errors import invalid

LISTS = {"float32": "float_list", "int64": "int64_list", "string": "bytes_list"}


def values_of(op: str, key: str, dtype: Any, feature: Any) -> np.ndarray | None:
    """The values of a feature; None where it is empty or missing."""
    wanted = LISTS.get(as_dtype(dtype).name)
    if wanted is None:
        raise TypeError(f"feature {key!r}: the dtype must be tf.float32, tf.int64 or tf.string, got {dtype!r}")
    found = None if feature is None else feature.WhichOneof("kind")
    if found is None:
        return None
    if found != wanted:
        raise invalid(op, f"Key: {key}.  Data types don't match. Expected type: {as_dtype(dtype).name}, the example has {found}")
    return np.array(getattr(feature, found).value, as_dtype(dtype).numpy_dtype)


def feature_of(features: Any, key: str) -> Any:
    if key in features:  # a protobuf map makes what is asked for
        return features[key]
    return None
