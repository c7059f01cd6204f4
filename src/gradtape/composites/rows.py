"""Rows of different lengths as plain arrays: splits, lengths, row numbers, and the places that a choice of rows takes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.dtypes import as_dtype
from ..core.errors import InvalidArgumentError, NotTraceable
from ..core.tensor import Tensor, convert_to_tensor

INDEX = (np.dtype(np.int32), np.dtype(np.int64))


def index_array(value: Any, what: str, rank: int = 1) -> np.ndarray:
    """Integers that say where rows lie: int64, or int32 where they were so."""
    array = known(convert_to_tensor(value, dtype_hint="int64"), what)
    if array.dtype not in INDEX:
        if array.size:
            raise TypeError(f"{what} must have dtype int32 or int64, got {array.dtype}")
        array = array.astype(np.int64)
    if array.ndim != rank:
        raise ValueError(f"{what} must have rank {rank}, got the shape {list(array.shape)}")
    return array


def known(x: Tensor, what: str = "this tensor") -> np.ndarray:
    """The array of a tensor that says where values lie, for reading.

    Raises:
        NotTraceable: while a function is traced.
    """
    if type(x.value) is not np.ndarray:
        raise NotTraceable(
            f"{what} says where or how many values there are, which is not known while a function is traced or mapped"
        )
    return x.value


def split_dtype(dtype: Any) -> np.dtype:
    found = as_dtype(dtype).numpy_dtype
    if found not in INDEX:
        raise ValueError(f"Argument `row_splits_dtype` must be int32 or int64, got {as_dtype(dtype).name}")
    return found


def required(condition: Any, message: str) -> None:
    if not condition:
        raise InvalidArgumentError(None, None, message)


def splits_of(lengths: np.ndarray) -> np.ndarray:
    out = np.zeros(len(lengths) + 1, lengths.dtype)
    np.cumsum(lengths, out=out[1:])
    return out


def row_numbers(splits: np.ndarray) -> np.ndarray:
    """The number of the row of each value."""
    return np.repeat(np.arange(len(splits) - 1, dtype=splits.dtype), np.diff(splits))


def spans(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """start, start + 1, … for each of several starts, end to end."""
    total = int(lengths.sum())
    ends = np.cumsum(lengths)
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total, dtype=starts.dtype)


def places_in_rows(splits: np.ndarray) -> np.ndarray:
    """The place of each value in its row."""
    return spans(np.zeros(len(splits) - 1, splits.dtype), np.diff(splits))
