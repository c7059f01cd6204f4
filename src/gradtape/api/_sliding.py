"""The arguments that TensorFlow's convolutions and poolings share, in one spelling: strides, padding, data_format."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from ..core.errors import UnimplementedError, invalid
from ..core.shapes import product
from ..ops._arguments import static
from ..ops.basic import permute, reshape

FORMATS = {1: ("NWC", "NCW"), 2: ("NHWC", "NCHW"), 3: ("NDHWC", "NCDHW")}


class Sliding(NamedTuple):
    """How something slides over spatial axes; one number for each of them."""

    channels_first: bool
    strides: tuple[int, ...]
    padding: Any  # "SAME", "VALID" or ((before, after), ...)
    dilations: tuple[int, ...]


def sliding(op: str, spatial: int, strides: Any, padding: Any, data_format: Any = None, dilations: Any = None) -> Sliding:
    """The arguments checked and reduced to the spatial axes."""
    return reduced(op, spatial, frozen(strides), frozen(padding), frozen(data_format), frozen(dilations))


def frozen(value: Any) -> Any:
    """Lists (of lists), arrays and tensors as tuples."""
    value = static(value)
    return tuple(map(frozen, value)) if isinstance(value, (list, tuple)) else value


@lru_cache(maxsize=1024)
def reduced(op: str, spatial: int, strides: Any, padding: Any, data_format: Any, dilations: Any) -> Sliding:
    first = is_channels_first(op, spatial, data_format)
    return Sliding(
        first,
        spatial_numbers(op, "strides", strides, spatial, first, "Stride must be > 0, but got"),
        spatial_padding(op, padding, spatial, first),
        spatial_numbers(op, "dilations", dilations, spatial, first, "Dilated rates should be larger than 0, but got"),
    )


def is_channels_first(op: str, spatial: int, data_format: Any) -> bool:
    if data_format is None:
        return False
    names = FORMATS[spatial] + (FORMATS[2] if spatial == 1 else ())
    if data_format not in names:
        listed = " or ".join(f"'{name}'" for name in FORMATS[spatial])
        message = f"{op}: `data_format` must be {listed}. Received: data_format={data_format!r}"
        raise ValueError(message) if spatial == 1 else invalid(op, message)
    return data_format.startswith("NC")


def spatial_numbers(op: str, name: str, value: Any, spatial: int, channels_first: bool, too_small: str) -> tuple[int, ...]:
    """One number, one a spatial axis, or one an axis, as one a spatial axis."""
    given = numbers(op, name, value)
    if len(given) == spatial + 2:
        others, given = (given[:2], given[2:]) if channels_first else ((given[0], given[-1]), given[1:-1])
        if others != (1, 1):
            raise UnimplementedError(
                None, None, f"{op}: {name}={value} slides over the batch or the channels, whose entries must be 1 [Op:{op}]"
            )
    elif len(given) == 1:
        given = given * spatial
    elif len(given) != spatial:
        raise ValueError(
            f"{op}: {name} should be of length 1, {spatial} or {spatial + 2}. "
            f"Received: {name}={list(given)} of length {len(given)}"
        )
    if min(given) < 1:
        raise invalid(op, f"{op}: {too_small} {min(given)} in {name}={value}")
    return given


def numbers(op: str, name: str, value: Any) -> tuple[int, ...]:
    if value is None:
        return (1,)
    try:
        return tuple(map(operator.index, value if isinstance(value, tuple) else (value,)))
    except TypeError:
        raise TypeError(f"{op}: {name} must be an integer or a list of integers, got {value!r}") from None


def spatial_padding(op: str, padding: Any, spatial: int, channels_first: bool) -> Any:
    """SAME, VALID, or pairs for each axis as pairs for the spatial ones."""
    if isinstance(padding, tuple):
        return explicit_padding(op, padding, spatial, channels_first)
    if not isinstance(padding, str):
        raise TypeError(f"{op}: padding must be 'SAME', 'VALID' or a list of pairs, not {padding!r}")
    if padding == "EXPLICIT":
        raise ValueError(
            f"{op}: 'EXPLICIT' is not a valid value for `padding`. To use explicit padding, `padding` must be a list."
        )
    if padding not in ("SAME", "VALID"):
        raise invalid(op, f"{op}: padding {padding!r} is not in the list of allowed values: 'SAME', 'VALID', or a list of pairs")
    return padding


def explicit_padding(op: str, padding: tuple[Any, ...], spatial: int, channels_first: bool) -> tuple[Any, ...]:
    for i, pair in enumerate(padding):
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise ValueError(
                f"{op}: When `padding` is a list, each element of `padding` must be a list/tuple of size 2. "
                f"Received: padding={padding} with {pair!r} at index {i}"
            )
    if len(padding) != spatial + 2:
        raise ValueError(
            f"{op}: When padding is a list, it must be of size {spatial + 2}. Received: padding={padding} of size {len(padding)}"
        )
    pairs = tuple(numbers(op, "padding", pair) for pair in padding)
    if min(map(min, pairs)) < 0:
        raise invalid(op, f"{op}: All elements of explicit padding must be nonnegative, got padding={padding}")
    others, inner = (pairs[:2], pairs[2:]) if channels_first else ((pairs[0], pairs[-1]), pairs[1:-1])
    if any(map(any, others)):
        raise invalid(op, f"{op}: Nonzero explicit padding in the batch or depth dimensions is not supported: padding={padding}")
    return inner


# -- the layout of the data ---------------------------------------------------------------------------------
def channels_last(x: Any) -> Any:
    return permute(x, (0, *range(2, x.ndim), 1))


def channels_second(x: Any) -> Any:
    return permute(x, (0, x.ndim - 1, *range(1, x.ndim - 1)))


def over_examples(fn: Callable, x: Any, spatial: int, channels_first: bool) -> Any:
    """fn of x as (batch, *spatial, channels); its result in the layout of x, with all of x's batch axes."""
    lead = x.dims[: x.ndim - spatial - 1]
    if len(lead) != 1:
        x = reshape(x, (product(lead), *x.dims[len(lead) :]))
    y = channels_second(fn(channels_last(x))) if channels_first else fn(x)
    return y if len(lead) == 1 else reshape(y, (*lead, *y.dims[1:]))
