"""tf.debugging: checks that raise where something does not hold, and return None where it does.

Static facts (rank, dtype, shape) raise ValueError or TypeError; values raise InvalidArgumentError and show the first of them.
"""

from __future__ import annotations

import collections.abc
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import ml_dtypes
import numpy as np

from ..core.context import library
from ..core.dtypes import DType, as_dtype, float32
from ..core.indexed_slices import IndexedSlices
from ..core.tensor import Tensor, is_tensor, to_tensor
from ..inspect.anomaly import AnomalyError, detect_anomaly, disable_check_numerics, enable_check_numerics
from ..inspect.region import region
from ..ops._text import entries_shown
from ..ops.effects import check_near, check_numerics, check_relation, check_sign, require

if TYPE_CHECKING:
    from ..summary.watcher import Watcher


def opened(message: str | None) -> str:
    """A message in front of the fact, as TensorFlow joins them."""
    return f"{message}.  " if message else ""


# -- any condition ----------------------------------------------------------------------------------------------------------
@library
def Assert(condition: Any, data: Sequence[Any], summarize: int | None = None, name: str | None = None) -> None:
    """Raise where the condition is not true (of a tensor: everywhere).

    Args:
        data: what to show: a list of tensors and values.
        summarize: how many entries of each to show, 3 where nothing is said; -1: all.

    Raises:
        InvalidArgumentError: the condition does not hold.
        TypeError: data that is no sequence.

    >>> tf.debugging.Assert(tf.constant(True), ["never shown"])
    """
    if is_tensor(data) or not isinstance(data, collections.abc.Sequence):
        raise TypeError(f"Assert: data must be a list of values to show, got {type(data).__name__}")
    require(to_tensor(condition), *map(to_tensor, data), shown=str(condition), summarize=entries_shown(summarize))


# -- two tensors --------------------------------------------------------------------------------------------------------------
@library
def assert_equal(x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x == y everywhere (they broadcast).

    >>> tf.debugging.assert_equal(tf.constant([1, 2]), [1, 2])
    """
    check_relation(x, y, "==", message, entries_shown(summarize))


@library
def assert_none_equal(x: Any, y: Any, summarize: int | None = None, message: str | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x != y everywhere (they broadcast).

    >>> tf.debugging.assert_none_equal(tf.constant([1, 2]), [2, 1])
    """
    check_relation(x, y, "!=", message, entries_shown(summarize))


@library
def assert_less(x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x < y everywhere (they broadcast).

    >>> tf.debugging.assert_less(tf.constant([1, 2]), 3)
    """
    check_relation(x, y, "<", message, entries_shown(summarize))


@library
def assert_less_equal(x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x <= y everywhere (they broadcast).

    >>> tf.debugging.assert_less_equal(tf.constant([1, 2]), 2)
    """
    check_relation(x, y, "<=", message, entries_shown(summarize))


@library
def assert_greater(x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x > y everywhere (they broadcast).

    >>> tf.debugging.assert_greater(tf.constant([1, 2]), 0)
    """
    check_relation(x, y, ">", message, entries_shown(summarize))


@library
def assert_greater_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> None:
    """Raise an InvalidArgumentError unless x >= y everywhere (they broadcast).

    >>> tf.debugging.assert_greater_equal(tf.constant([1, 2]), 1)
    """
    check_relation(x, y, ">=", message, entries_shown(summarize))


@library
def assert_near(
    x: Any,
    y: Any,
    rtol: Any = None,
    atol: Any = None,
    message: str | None = None,
    summarize: int | None = None,
    name: str | None = None,
) -> None:
    """Raise unless |x - y| <= atol + rtol |y| everywhere; both tolerances are 10 rounding errors where nothing is said.

    Raises:
        InvalidArgumentError: values too far apart.
        ValueError: dtypes that are not floating or complex, or not the same.

    >>> tf.debugging.assert_near(tf.constant([1.0]), [1.0000001])
    """
    x = to_tensor(x)
    if not (x.dtype.is_floating or x.dtype.is_complex):
        raise ValueError(f"assert_near: x must be floating or complex, got {x.dtype.name}")
    y = to_tensor(y, x.dtype.numpy_dtype)
    if y.dtype != x.dtype:
        raise ValueError(f"assert_near: y must have x's dtype, {x.dtype.name}, got {y.dtype.name}")
    usual = 10 * float(ml_dtypes.finfo(x.dtype.real_dtype.numpy_dtype).eps)
    check_near(
        x,
        y,
        usual if rtol is None else float(rtol),
        usual if atol is None else float(atol),
        opened(message),
        entries_shown(summarize),
    )


# -- one tensor against 0 -------------------------------------------------------------------------------------------------------
@library
def assert_positive(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x > 0 everywhere.

    >>> tf.debugging.assert_positive(tf.constant([1, 2]))
    """
    check_sign(x, ">", opened(message), entries_shown(summarize))


@library
def assert_negative(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x < 0 everywhere.

    >>> tf.debugging.assert_negative(tf.constant([-1, -2]))
    """
    check_sign(x, "<", opened(message), entries_shown(summarize))


@library
def assert_non_negative(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x >= 0 everywhere.

    >>> tf.debugging.assert_non_negative(tf.constant([0, 2]))
    """
    check_sign(x, ">=", opened(message), entries_shown(summarize))


@library
def assert_non_positive(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> None:
    """Raise an InvalidArgumentError unless x <= 0 everywhere.

    >>> tf.debugging.assert_non_positive(tf.constant([0, -2]))
    """
    check_sign(x, "<=", opened(message), entries_shown(summarize))


@library
def assert_all_finite(x: Any, message: str, name: str | None = None) -> Tensor:
    """x itself; raises an InvalidArgumentError if NaN or infinity is among its elements.

    >>> tf.debugging.assert_all_finite(tf.constant([1.0]), "weights").numpy()
    array([1.], dtype=float32)
    """
    return check_numerics(x, message)


# -- dtypes -----------------------------------------------------------------------------------------------------------------------
def assert_type(tensor: Any, tf_type: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise a TypeError unless the tensor has this dtype.

    >>> tf.debugging.assert_type(tf.constant(1.0), tf.float32)
    """
    wanted, found = as_dtype(tf_type), to_tensor(tensor).dtype
    if found != wanted:
        raise TypeError(f"{opened(message)}tensor must be of type {wanted!r}; got {found!r}")


def assert_integer(x: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise a TypeError unless x has an integer dtype.

    >>> tf.debugging.assert_integer(tf.constant(1))
    """
    found = to_tensor(x).dtype
    if not found.is_integer:
        raise TypeError(f'{opened(message)}Expected "x" to be integer type.  Found: tensor of dtype {found}')


def assert_same_float_dtype(tensors: Iterable[Any] | None = None, dtype: Any = None) -> DType:
    """The floating dtype that all the tensors have (float32 where there are none).

    Raises:
        ValueError: dtypes that differ, or are not floating.

    >>> tf.debugging.assert_same_float_dtype([tf.constant(1.0), tf.constant(2.0)])
    tf.float32
    """
    given = [to_tensor(t) for t in tensors or () if t is not None]
    common = as_dtype(dtype) if dtype is not None else given[0].dtype if given else float32
    for t in given:
        if t.dtype != common:
            first = "" if dtype is not None else f" as {given[0]!s}"
            raise ValueError(f"{t!s}, type={t.dtype}, must be of the same type ({common}){first}.")
    if not common.is_floating:
        raise ValueError(f"Expected floating point type, got {common}.")
    return common


def is_numeric_tensor(tensor: Any) -> bool:
    """Is it a tensor of numbers?

    >>> tf.debugging.is_numeric_tensor(tf.constant(1)), tf.debugging.is_numeric_tensor(1)
    (True, False)
    """
    return is_tensor(tensor) and to_tensor(tensor).dtype.is_numeric


def assert_proper_iterable(values: Any) -> None:
    """Raise a TypeError unless values is iterable, and neither a tensor, an array nor a string.

    >>> tf.debugging.assert_proper_iterable([1, 2])
    """
    if is_tensor(values) or isinstance(values, (IndexedSlices, np.ndarray, bytes, str)):
        raise TypeError(f'Expected argument "values" to be a "proper" iterable.  Found: {type(values)}')
    if not isinstance(values, collections.abc.Iterable):
        raise TypeError(f'Expected argument "values" to be iterable.  Found: {type(values)}')


# -- ranks --------------------------------------------------------------------------------------------------------------------------
def rank_of(rank: Any) -> int:
    """A rank given as a number or a tensor of one."""
    given = to_tensor(rank)
    if not given.dtype.is_integer:
        raise TypeError(f"the rank must be of type tf.int32; got {given.dtype!r}")
    if given.ndim:
        raise ValueError("Rank must be a scalar.")
    return int(given)


def check_rank(x: Any, holds: bool, wanted: str, message: str | None) -> None:
    if not holds:
        raise ValueError(f"{opened(message)}Tensor must have rank {wanted}.  Received rank {x.ndim}, shape {x.shape}")


def assert_rank(x: Any, rank: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise a ValueError unless x has this rank.

    >>> tf.debugging.assert_rank(tf.constant([1, 2]), 1)
    """
    x, rank = to_tensor(x), rank_of(rank)
    check_rank(x, x.ndim == rank, str(rank), message)


def assert_rank_at_least(x: Any, rank: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise a ValueError unless x has at least this rank.

    >>> tf.debugging.assert_rank_at_least(tf.constant([[1, 2]]), 1)
    """
    x, rank = to_tensor(x), rank_of(rank)
    check_rank(x, x.ndim >= rank, f"at least {rank}", message)


def assert_rank_in(x: Any, ranks: Iterable[Any], message: str | None = None, name: str | None = None) -> None:
    """Raise a ValueError unless x has one of these ranks.

    >>> tf.debugging.assert_rank_in(tf.constant([1, 2]), (1, 2))
    """
    x, wanted = to_tensor(x), tuple(map(rank_of, ranks))
    check_rank(x, x.ndim in wanted, f"in {wanted}", message)


def assert_scalar(tensor: Any, message: str | None = None, name: str | None = None) -> Tensor:
    """The tensor itself, of rank 0.

    Raises:
        ValueError: another rank.

    >>> tf.debugging.assert_scalar(tf.constant(1)).numpy()
    np.int32(1)
    """
    x = to_tensor(tensor)
    if x.ndim:
        raise ValueError(f"{opened(message)}Expected scalar shape, saw shape: {x.shape}.")
    return x


# -- shapes -----------------------------------------------------------------------------------------------------------------------------
class Size(NamedTuple):
    """What a symbol stands for, and where that was seen first."""

    extent: int
    where: str


def assert_shapes(
    shapes: Any, data: Any = None, summarize: int | None = None, message: str | None = None, name: str | None = None
) -> None:
    """Raise a ValueError unless tensors have the shapes given, in which equal symbols stand for equal sizes.

    Args:
        shapes: pairs of a tensor and its shape, or a dict of them. An entry of a shape is a size, a symbol ("N"), None or "." for any
            size; "*" or ... in front stands for any number of axes. A string is taken letter by letter. A scalar counts as shape (1,).

    >>> x, y = tf.zeros([2, 3]), tf.zeros([2])
    >>> tf.debugging.assert_shapes([(x, ("N", "D")), (y, ("N",))])
    """
    pairs = shapes.items() if isinstance(shapes, dict) else shapes
    sizes: dict[Any, Size] = {}
    for tensor, shape in pairs:
        x = to_tensor(tensor)
        symbols, open_front = entries(x, shape, message)
        check_entries(x, symbols, open_front, sizes, message)


def title(x: Any) -> str:
    return f"Tensor shape={x.shape} dtype={x.dtype.name}"


def entries(x: Any, shape: Any, message: str | None) -> tuple[list[Any], bool]:
    """The entries of a shape, and whether more axes may stand in front of them."""
    if not isinstance(shape, collections.abc.Iterable):
        raise ValueError(
            f"{opened(message)}{title(x)}.  Specified shape must be an iterable.  An iterable has the attribute `__iter__` or "
            f"`__getitem__`.  Received specified shape: {shape}"
        )
    symbols = list(shape)
    late = [i for i, s in enumerate(symbols) if i and (s is ... or s == "*")]
    if late:
        raise ValueError(
            f"{opened(message)}{title(x)} specified shape index {late[0]}.  Symbol `...` or `*` for a variable number of "
            "unspecified dimensions is only allowed as the first entry"
        )
    open_front = bool(symbols) and (symbols[0] is ... or symbols[0] == "*")
    return symbols[1:] if open_front else symbols, open_front


def check_entries(x: Any, symbols: list[Any], open_front: bool, sizes: dict[Any, Size], message: str | None) -> None:
    rank = len(symbols)
    if rank <= 1 and not open_front:
        check_rank(x, x.ndim in (0, 1), "in (0, 1)", message)
    elif open_front:
        check_rank(x, x.ndim >= rank or rank == 1, f"at least {rank}", message)
    else:
        check_rank(x, x.ndim == rank, str(rank), message)
    dims = x.dims or (1,)
    if not symbols and not open_front:
        symbols = [1]
    for i, symbol in enumerate(symbols):
        axis = i - rank if open_front else i
        check_size(x, dims[axis], axis, symbol, sizes, message)


def check_size(x: Any, found: int, axis: int, symbol: Any, sizes: dict[Any, Size], message: str | None) -> None:
    if symbol is None or symbol == ".":
        return
    wanted = explicit(symbol)
    if wanted is None:
        wanted = sizes.setdefault(symbol, Size(found, f"Specified by {title(x).lower()} dimension {axis}"))
    if found != wanted.extent:
        raise ValueError(
            f"{opened(message)}{wanted.where}.  {title(x)} dimension {axis} must have size {wanted.extent}.  Received size "
            f"{found}, shape {x.shape}"
        )


def explicit(symbol: Any) -> Size | None:
    """A size that is a number; a symbol has none of its own."""
    try:
        return Size(int(symbol), "Specified explicitly")
    except (TypeError, ValueError):
        return None


# -- switches without an effect here -------------------------------------------------------------------------------------------------------
class Switches:
    traceback_filtering = True
    log_device_placement = False


def enable_traceback_filtering() -> None:
    """Tracebacks show only the user's frames and one of gradtape's; they are short by themselves, so nothing changes."""
    Switches.traceback_filtering = True


def disable_traceback_filtering() -> None:
    """Tracebacks show all frames; they do so always, so nothing changes."""
    Switches.traceback_filtering = False


def is_traceback_filtering_enabled() -> bool:
    """What was switched last."""
    return Switches.traceback_filtering


def set_log_device_placement(enabled: bool) -> None:
    """There is one device, so there is nothing to log."""
    Switches.log_device_placement = bool(enabled)


def get_log_device_placement() -> bool:
    """What was switched last."""
    return Switches.log_device_placement


def __getattr__(name: str) -> Any:
    """The watcher loads on first use."""
    if name != "Watcher":
        raise AttributeError(f"module 'gradtape.debugging' has no attribute '{name}'")
    globals()[name] = import_module("gradtape.summary.watcher").Watcher
    return globals()[name]


__all__ = [
    "AnomalyError", "Assert", "Watcher", "assert_all_finite", "assert_equal", "assert_greater", "assert_greater_equal", "assert_integer", "assert_less",
    "assert_less_equal", "assert_near", "assert_negative", "assert_non_negative", "assert_non_positive", "assert_none_equal",
    "assert_positive", "assert_proper_iterable", "assert_rank", "assert_rank_at_least", "assert_rank_in", "assert_same_float_dtype",
    "assert_scalar", "assert_shapes", "assert_type", "check_numerics", "detect_anomaly", "disable_check_numerics",
    "disable_traceback_filtering", "enable_check_numerics", "enable_traceback_filtering",
    "get_log_device_placement", "is_numeric_tensor", "is_traceback_filtering_enabled", "region", "set_log_device_placement",
]  # fmt: skip
