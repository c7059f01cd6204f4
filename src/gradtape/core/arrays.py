"""NumPy arrays from Python and NumPy values, with the dtypes that TensorFlow gives them.  Knows no tensor."""

from __future__ import annotations

from typing import Any

import numpy as np

from .dtypes import OF_NUMPY

BOOL, F32, I32, I64, F64, C128 = (np.dtype(t) for t in ("?", "f4", "i4", "i8", "f8", "c16"))
STRING = np.dtype(object)
TAKES_BOOL = frozenset(
    map(np.dtype, ("?", "f2", "f4", "f8", "c16", "i4", "i8", "u8"))
)  # as TensorFlow: no other dtype takes a Python bool
FITTING = {"b": "b", "i": "iufc", "f": "fc", "c": "c", "s": "O"}  # kind of a Python value -> kinds of dtype that it may become
EMPTY = object()


def array_of(value: Any, dtype: np.dtype | None) -> np.ndarray:
    """A fresh array; Python values become `dtype` where nothing is lost in kind or range, NumPy's are cast.

    Raises:
        TypeError: a value that the dtype cannot hold.
        ValueError: what is no array at all: ragged or mixed lists, None, foreign objects, numbers out of every range.
    """
    kind = type(value)
    if kind is float or kind is int or kind is bool or kind is complex:
        return number(value, dtype)
    if isinstance(value, (np.ndarray, np.generic)):
        return from_numpy(np.array(value), dtype)
    if isinstance(value, (str, bytes)):
        return strings(np.array(value, object), value, dtype)
    if isinstance(value, (list, tuple, range, bytearray, memoryview)):
        return from_sequence(value if isinstance(value, (list, tuple)) else list(value), dtype)
    if isinstance(value, (float, int, complex)):  # subclasses: IntEnum ...
        return number(value, dtype)
    return from_foreign(value, dtype)


def from_foreign(value: Any, dtype: np.dtype | None) -> np.ndarray:
    """An object that knows how to become an array: of another package, or a sequence of its own kind."""
    array = None if value is None else np.array(value)
    if array is None or (array.dtype == object and array.ndim == 0):
        raise ValueError(f"Attempt to convert a value ({value!r:.80}) with an unsupported type ({type(value)}) to a Tensor.")
    return from_numpy(array, dtype)


def refused(value: Any, dtype: np.dtype, why: str = "") -> TypeError:
    return TypeError(f"Cannot convert {value!r:.80} to EagerTensor of dtype {OF_NUMPY[dtype].name}{why}")


# -- Python numbers -------------------------------------------------------------------------------------------
def number(value: Any, dtype: np.dtype | None) -> np.ndarray:
    kind = kind_of(value)
    try:
        if dtype is None:
            return default(np.array(value), kind)
        check_kind(value, kind, dtype)
        if dtype.kind in "iu":
            return in_range(np.array(value), value, dtype)
        return np.array(value, dtype)
    except OverflowError:
        raise ValueError(
            f"Can't convert Python number {value!r:.40} to a Tensor: it is out of the range of every dtype"
        ) from None


def kind_of(leaf: Any) -> str:
    """b, i, f, c or s, as the first leaf of a nested list decides it; ? for anything else."""
    if isinstance(leaf, (bool, np.bool_)):
        return "b"
    if isinstance(leaf, (int, np.integer)):
        return "i"
    if isinstance(leaf, (float, np.floating)):
        return "f"
    if isinstance(leaf, (complex, np.complexfloating)):
        return "c"
    return "s" if isinstance(leaf, (str, bytes)) else "?"


def check_kind(value: Any, kind: str, dtype: np.dtype) -> None:
    want = "f" if dtype.kind == "V" else dtype.kind
    if want not in FITTING[kind] and not (kind == "b" and dtype in TAKES_BOOL):
        raise refused(value, dtype)


def in_range(array: np.ndarray, value: Any, dtype: np.dtype) -> np.ndarray:
    """TensorFlow wraps numbers that do not fit around, in silence; here they are refused."""
    if array.dtype.kind == "O":
        raise OverflowError
    if not fits(array, dtype):
        raise refused(value, dtype, ": out of its range")
    return array.astype(dtype)


def fits(array: np.ndarray, dtype: np.dtype) -> bool:
    limits = np.iinfo(dtype)
    return array.dtype.kind == "b" or array.size == 0 or (int(array.min()) >= limits.min and int(array.max()) <= limits.max)


def default(array: np.ndarray, kind: str) -> np.ndarray:
    """Without a wish: float32, int32 (int64 where they do not fit), bool, complex128."""
    if kind == "f":
        out = array.astype(F32)
        if not np.array_equal(np.isinf(out), np.isinf(array)):
            raise ValueError(
                "Can't convert a Python float to a Tensor of float32, the default: it is out of range; say dtype=tf.float64"
            )
        return out
    if kind == "i":
        if array.dtype.kind != "i":
            raise OverflowError
        return array.astype(I32 if fits(array, I32) else I64)
    return array.astype(BOOL if kind == "b" else C128)


# -- nested lists -----------------------------------------------------------------------------------------------
def from_sequence(value: Any, dtype: np.dtype | None) -> np.ndarray:
    leaf = first_leaf(value)
    kind = kind_of(leaf)
    try:
        array = np.array(value, object if kind == "s" else None)
    except ValueError:
        raise ragged(value) from None
    if leaf is EMPTY:
        return array.astype(dtype or F32)
    if kind == "s":
        return strings(array, value, dtype)
    if kind == "?":
        return from_numpy(checked_leaf(array, leaf, value), dtype)
    try:
        array, kind = uniform(array, kind, value)
        if dtype is not None:
            check_kind(value, kind, dtype)
            return in_range(array, value, dtype) if dtype.kind in "iu" else array.astype(dtype)
        if kind == "f" and isinstance(leaf, np.floating) and type(leaf) is not np.float32:
            return from_numpy(array.astype(leaf.dtype), None)
        return default(array, kind)
    except OverflowError:
        raise ValueError(
            f"Can't convert {value!r:.80} to a Tensor: it holds an integer out of the range of every dtype"
        ) from None


def first_leaf(value: Any) -> Any:
    while isinstance(value, (list, tuple, range)) or (isinstance(value, np.ndarray) and value.ndim):
        if len(value) == 0:
            return EMPTY
        value = value[0]
    return value[()] if isinstance(value, np.ndarray) else value


def ragged(value: Any) -> ValueError:
    return ValueError(f"Can't convert non-rectangular Python sequence to Tensor: {value!r:.80}")


def checked_leaf(array: np.ndarray, leaf: Any, value: Any) -> np.ndarray:
    if array.dtype == object:
        raise ValueError(f"Attempt to convert a value ({value!r:.80}) with an unsupported type ({type(leaf)}) to a Tensor.")
    return array


def uniform(array: np.ndarray, kind: str, value: Any) -> tuple[np.ndarray, str]:
    """The first leaf decides the kind: what follows may be of a lesser one, and floats may follow integers."""
    found = "i" if array.dtype.kind in "iu" else array.dtype.kind
    if found == "O" and kind == "f":
        array, found = of_large_numbers(value), "f"
    if found == "O":
        leaves = np.array(value, object).reshape(-1).tolist()
        if all(isinstance(leaf, (int, np.integer)) for leaf in leaves):
            raise OverflowError
    if (
        found == "f" and kind == "i" and np.abs(array).max() >= 2.0**63
    ):  # NumPy makes floats of integers that no dtype holds together
        raise OverflowError
    if found != kind and (kind, found) != ("i", "f"):
        raise ValueError(f"Can't convert Python sequence with mixed types to Tensor: {value!r:.80}")
    return array, found


def of_large_numbers(value: Any) -> np.ndarray:
    try:
        return np.array(value, F64)
    except (TypeError, ValueError):
        raise ValueError(f"Can't convert Python sequence with mixed types to Tensor: {value!r:.80}") from None


# -- NumPy's values and strings -----------------------------------------------------------------------------------
def from_numpy(array: np.ndarray, dtype: np.dtype | None) -> np.ndarray:
    if array.dtype.kind in "USO" and (dtype is None or dtype.kind == "O"):
        return strings(array.astype(object), array, dtype)
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.dtype not in OF_NUMPY:
        raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported object type {array.dtype}).")
    if dtype is None or array.dtype == dtype:
        return array
    if dtype.kind == "O":
        raise ValueError(f"Failed to convert a NumPy array to a Tensor of strings (Unsupported object type {array.dtype}).")
    return (np.real(array) if array.dtype.kind == "c" and dtype.kind not in "bc" else array).astype(dtype)


def adopted(array: np.ndarray, like: np.dtype) -> np.ndarray:
    """A NumPy operand in the dtype of the tensor that it meets, where its values survive; else in its own."""
    array = from_numpy(array, None)
    have, want = array.dtype.kind, like.kind
    if array.dtype == like or "O" in (have, want):
        return array
    ranks = {"b": 0, "i": 1, "u": 1, "f": 2, "V": 2, "c": 3}
    if ranks[want] >= ranks[have] and not (want in "iu" and not fits(array, like)):
        return array.astype(like)
    cast = from_numpy(array, like)
    return cast if np.array_equal(cast, array) else array


def strings(array: np.ndarray, value: Any, dtype: np.dtype | None) -> np.ndarray:
    out = np.empty(array.shape, object)
    for index, item in np.ndenumerate(array):
        if isinstance(item, (list, tuple)):
            raise ragged(value)
        if not isinstance(item, (str, bytes)):
            raise ValueError(f"Can't convert Python sequence with mixed types to Tensor: {value!r:.80}")
        out[index] = item.encode() if isinstance(item, str) else bytes(item)
    if dtype is not None and dtype.kind != "O":
        raise refused(value, dtype)
    return out


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
