"""tf.strings: case, length, pieces, numbers, and strings put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..composites.broadcast import elementwise
from ..composites.ragged import RaggedTensor, axis_of
from ..composites.rows import known, row_numbers
from ..core.dtypes import as_dtype, float32, int32, string
from ..core.errors import OutOfRangeError, invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ..ops._arguments import static
from ..ops._text import tensor_text
from ._each_string import each, of_objects, one_of, strings_in, text_of, whole

UNITS = ("BYTE", "UTF8_CHAR")
BLANK = b" \t\n\v\f\r"


# -- case, ends, length ------------------------------------------------------------------------------------------------------------
def lower(input: Any, encoding: str = "", name: str | None = None) -> Any:
    """In lower case: the letters a to z, or with encoding "utf-8" all letters.

    >>> tf.strings.lower("CamelCase").numpy()
    b'camelcase'
    """
    return each("StringLower", input, bytes.lower if plain(encoding, "StringLower") else changed(str.lower))


def upper(input: Any, encoding: str = "", name: str | None = None) -> Any:
    """In upper case: the letters a to z, or with encoding "utf-8" all letters.

    >>> tf.strings.upper(["ab", "ß"], encoding="utf-8").numpy()
    array([b'AB', b'SS'], dtype=object)
    """
    return each("StringUpper", input, bytes.upper if plain(encoding, "StringUpper") else changed(str.upper))


def plain(encoding: Any, op: str) -> bool:
    """Bytes, or characters?"""
    if encoding not in ("", "utf-8"):
        raise invalid(op, f"only utf-8 or '' (no encoding) is supported, received {encoding}")
    return not encoding


def changed(function: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lambda s: function(s.decode("utf-8", "replace")).encode()


def strip(input: Any, name: str | None = None) -> Any:
    """Without the white space at both ends.

    >>> tf.strings.strip(["  a b ", "c\\n"]).numpy()
    array([b'a b', b'c'], dtype=object)
    """
    return each("StringStrip", input, lambda s: s.strip(BLANK))


def length(input: Any, unit: str = "BYTE", name: str | None = None) -> Any:
    """How many bytes (or, with unit "UTF8_CHAR", characters) each string has.

    >>> tf.strings.length(["ab", "ä"]).numpy(), tf.strings.length("ä", unit="UTF8_CHAR").numpy()
    (array([2, 2], dtype=int32), np.int32(1))
    """
    of_bytes = one_of("StringLength", "unit", unit, UNITS) == "BYTE"
    return each("StringLength", input, len if of_bytes else characters, int32)


def characters(s: bytes) -> int:
    """Bytes that do not continue a character."""
    return sum((b & 0xC0) != 0x80 for b in s)


# -- pieces ---------------------------------------------------------------------------------------------------------------------------
def substr(input: Any, pos: Any, len: Any, unit: str = "BYTE", name: str | None = None) -> Any:
    """The piece of `len` bytes (or characters) that begins at `pos`; a negative `pos` counts from the end.

    Args:
        pos: one number, or one for each string.

    Raises:
        InvalidArgumentError: a `pos` outside the string, pos and len of different shapes.

    >>> tf.strings.substr(["hello", "world"], 1, 3).numpy()
    array([b'ell', b'orl'], dtype=object)
    """
    op = "Substr"
    unit = one_of(op, "unit", unit, UNITS)
    x = strings_in(input, op)
    if isinstance(x, RaggedTensor):
        return elementwise(op, lambda s, p, n: substr(s, p, n, unit), [x, pos, len])
    starts, counts = convert_to_tensor(pos), convert_to_tensor(len)
    if starts.dims != counts.dims:
        raise invalid(op, f"pos and len should have the same shape, got: {list(starts.dims)} vs. {list(counts.dims)}")
    shape = np.broadcast_shapes(x.dims, starts.dims)
    take = pieces_of_bytes if unit == "BYTE" else pieces_of_characters

    def kernel(texts: np.ndarray, firsts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
        triples = [np.broadcast_to(a, shape).ravel().tolist() for a in (texts, firsts, sizes)]
        return of_objects([take(s, p, n, k) for k, (s, p, n) in enumerate(zip(*triples, strict=True))], shape)

    return whole(op, [x, starts, counts], kernel, string, shape)


def pieces_of_bytes(s: bytes, start: int, count: int, which: int) -> bytes:
    first = begin(len(s), start, s, which)
    return s[first : first + count] if count >= 0 else s[first:]


def pieces_of_characters(s: bytes, start: int, count: int, which: int) -> bytes:
    places = [k for k, b in enumerate(s) if (b & 0xC0) != 0x80] + [len(s)]
    first = begin(len(places) - 1, start, s, which)
    last = len(places) - 1 if count < 0 else min(first + count, len(places) - 1)
    return s[places[first] : places[last]]


def begin(size: int, start: int, s: bytes, which: int) -> int:
    if not -size <= start <= size:
        raise invalid("Substr", f"pos {start} out of range for string {s!r} at index {which}")
    return start + size if start < 0 else start


# -- numbers ------------------------------------------------------------------------------------------------------------------------------
NUMBER = re.compile(rb"\s*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)\s*", re.IGNORECASE)
WHOLE = re.compile(rb"\s*[-+]?\d+\s*")
HEXADECIMAL = re.compile(rb"\s*[-+]?0x[0-9a-f]*\.?[0-9a-f]+(?:p[-+]?\d+)?\s*", re.IGNORECASE)


def to_number(input: Any, out_type: Any = float32, name: str | None = None) -> Any:
    """The numbers that the strings write.

    Args:
        out_type: float32, float64, int32, int64, uint32 or uint64.

    Raises:
        InvalidArgumentError: a string that is no such number.

    >>> tf.strings.to_number(["1.5", "-2e3"]).numpy()
    array([ 1.5e+00, -2.0e+03], dtype=float32)
    """
    op, dtype = "StringToNumber", as_dtype(out_type)
    if dtype.name not in ("float32", "float64", "int32", "int64", "uint32", "uint64"):
        raise invalid(op, f"{op}: out_type must be float32, float64, int32, int64, uint32 or uint64, not {dtype.name}")
    return each(op, input, number_in(dtype), dtype)


def number_in(dtype: Any) -> Callable[[bytes], Any]:
    limits = None if dtype.is_floating else np.iinfo(dtype.numpy_dtype)

    def convert(s: bytes) -> Any:
        if limits is None:
            if NUMBER.fullmatch(s):
                return float(s)
            if HEXADECIMAL.fullmatch(s):
                return float.fromhex(s.decode())
        elif WHOLE.fullmatch(s) and limits.min <= int(s) <= limits.max:
            return int(s)
        raise invalid("StringToNumber", f"StringToNumberOp could not correctly convert string: {s.decode('utf-8', 'replace')}")

    return convert


def as_string(
    input: Any,
    precision: int = -1,
    scientific: bool = False,
    shortest: bool = False,
    width: int = -1,
    fill: str = "",
    name: str | None = None,
) -> Any:
    """Numbers as strings, as C's printf writes them.

    Args:
        precision: digits behind the point of floats; 6 where it is negative.
        scientific: with an exponent; shortest: with or without, whichever is shorter.
        width: at least so many characters; `fill` says with what: "" or " " blanks, "0" zeros, "-" blanks behind, "+" a sign.

    Raises:
        InvalidArgumentError: a precision of integers, both notations, a longer `fill`.

    >>> tf.strings.as_string([3.14159, 2.0], precision=2).numpy()
    array([b'3.14', b'2.00'], dtype=object)
    """
    if isinstance(input, RaggedTensor):
        settings = (precision, scientific, shortest, width, fill)
        return input.with_flat_values(as_string(input.flat_values, *settings))
    op, x = "AsString", convert_to_tensor(input)
    if x.dtype is string:
        return x
    write = writer(op, x.dtype, (precision, scientific, shortest, width, fill))
    return whole(op, [x], lambda a: of_objects([write(v).encode() for v in a.ravel().tolist()], a.shape), string, x.dims)


def writer(op: str, dtype: Any, settings: tuple[int, bool, bool, int, str]) -> Callable[[Any], str]:
    precision, scientific, shortest, width, fill = settings
    inexact = dtype.is_floating or dtype.is_complex
    if scientific and shortest:
        raise invalid(op, "Cannot select both scientific and shortest notation")
    if not inexact and (precision >= 0 or scientific or shortest):
        what = "precision" if precision >= 0 else "scientific and shortest format"
        raise invalid(op, f"{what} not supported for datatype {dtype.name}")
    if len(fill) > 1:
        raise invalid(op, "Fill string must be one or fewer characters")
    if fill not in ("", " ", "-", "0", "+", "#"):
        raise invalid(op, f'Fill argument not supported: "{fill}"')
    if dtype.is_bool:
        return lambda v: "true" if v else "false"
    form = f"%{fill}{width if width > 0 else ''}"
    if not inexact:
        return lambda v: f"{form}d" % v
    form += f"{f'.{precision}' if precision >= 0 else ''}{'e' if scientific else 'g' if shortest else 'f'}"
    if dtype.is_complex:
        return lambda v: f"({form % v.real},{form % v.imag})"
    quiet = form.replace("%0", "%", 1)  # infinities and NaN are never filled with zeros
    return lambda v: (form if np.isfinite(v) else quiet) % v


# -- put together ----------------------------------------------------------------------------------------------------------------------------
def join(inputs: Any, separator: str = "", name: str | None = None) -> Any:
    """Strings end to end: the first of each input, the second of each, …; a single string goes with all.

    Raises:
        InvalidArgumentError: inputs of different shapes.

    >>> tf.strings.join([["a", "b"], "c"], separator="-").numpy()
    array([b'a-c', b'b-c'], dtype=object)
    """
    op, between = "StringJoin", text_of(separator, "StringJoin", "separator")
    parts = [
        strings_in(x, op) for x in (list(inputs) if not isinstance(inputs, Tensor) else [inputs[k] for k in range(len(inputs))])
    ]
    if not parts:
        return tensor(of_objects([b""], ()))
    if any([isinstance(x, RaggedTensor) for x in parts]):
        return elementwise(op, lambda *flat: joined(op, list(flat), between), parts)
    return joined(op, parts, between)


def joined(op: str, parts: list[Tensor], between: bytes) -> Tensor:
    parts = [convert_to_tensor(p) for p in parts]
    shape = next((p.dims for p in parts if p.ndim), ())
    for p in parts:
        if p.ndim and p.dims != shape:
            raise invalid(op, f"Input shapes do not match: {list(shape)} vs. {list(p.dims)}")

    def kernel(*arrays: np.ndarray) -> np.ndarray:
        columns = [np.broadcast_to(a, shape).ravel().tolist() for a in arrays]
        return of_objects([between.join(row) for row in zip(*columns, strict=True)], shape)

    return whole(op, parts, kernel, string, shape)


def reduce_join(inputs: Any, axis: Any = None, keepdims: bool = False, separator: Any = "", name: str | None = None) -> Any:
    """The strings along the given axes (all, where none is given) end to end, those along the axis that is named first beside each other.

    Raises:
        OutOfRangeError: an axis that the input does not have.

    >>> tf.strings.reduce_join([["a", "b"], ["c", "d"]], axis=1, separator="+").numpy()
    array([b'a+b', b'c+d'], dtype=object)
    """
    op, between = "ReduceJoin", text_of(separator, "ReduceJoin", "separator")
    x = strings_in(inputs, op)
    if isinstance(x, RaggedTensor):
        return joined_rows(x, axis, keepdims, between)
    rank = x.ndim
    given = static(axis)
    axes = list(range(rank))[::-1] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]
    for a in axes:
        if not -rank <= a < rank:
            raise OutOfRangeError(None, None, f"Invalid reduction dimension {a} for input with {rank} dimension(s) [Op:{op}]")
    axes = [a % rank for a in axes]
    if len(set(axes)) < len(axes):
        raise invalid(op, f"Duplicate reduction dimension in {axes}")
    if not axes:
        return x
    kept = [k for k in range(rank) if k not in axes]
    shape = tuple([1 if k in axes else x.dims[k] for k in range(rank)]) if keepdims else tuple([x.dims[k] for k in kept])

    def kernel(array: np.ndarray) -> np.ndarray:
        lead = [array.shape[k] for k in kept]
        rows = array.transpose(*kept, *axes[::-1]).reshape(*lead, -1).reshape(int(np.prod(lead, dtype=np.int64)), -1)
        return of_objects([between.join(row) for row in rows.tolist()], shape)

    return whole(op, [x], kernel, string, shape)


def joined_rows(x: RaggedTensor, axis: Any, keepdims: bool, between: bytes) -> Any:
    """reduce_join of rows."""
    if axis is None:
        return reduce_join(x.flat_values, None, keepdims, between)
    place = axis_of(static(axis) if not isinstance(axis, (list, tuple)) else axis[-1], x.ndim, "reduce_join")
    if isinstance(axis, (list, tuple)) and len(axis) > 1:
        return joined_rows(joined_rows(x, axis[-1], False, between), list(axis[:-1]), keepdims, between)
    if place > 1:
        out = x.with_values(reduce_join(x.values, place - 1, keepdims, between))
        return out
    if isinstance(x.values, RaggedTensor) or x.values.ndim > 1:
        raise ValueError("reduce_join: of rows of rows along the last axis only")
    flat, splits = known(x.values).tolist(), x.splits
    if place == 1:
        texts = [between.join(flat[a:b]) for a, b in zip(splits[:-1].tolist(), splits[1:].tolist(), strict=True)]
        return tensor(of_objects(texts, (len(texts), 1) if keepdims else (len(texts),)))
    columns: list[list[bytes]] = [[] for _ in range(int(np.diff(splits).max(initial=0)))]
    rows = row_numbers(splits)
    for k, text in enumerate(flat):
        columns[k - int(splits[rows[k]])].append(text)
    return tensor(of_objects([between.join(c) for c in columns], (1, len(columns)) if keepdims else (len(columns),)))


def unsorted_segment_join(
    inputs: Any, segment_ids: Any, num_segments: Any, separator: str = "", name: str | None = None
) -> Tensor:
    """The strings of each segment end to end.

    Raises:
        InvalidArgumentError: a segment number that is negative or too large.

    >>> tf.strings.unsorted_segment_join(["a", "b", "c"], [1, 0, 1], 2, separator=":").numpy()
    array([b'b', b'a:c'], dtype=object)
    """
    op, between = "UnsortedSegmentJoin", text_of(separator, "UnsortedSegmentJoin", "separator")
    x, ids, count = strings_in(inputs, op), convert_to_tensor(segment_ids), int(static(num_segments))
    if ids.dims != x.dims[: ids.ndim]:
        raise invalid(op, f"{op}: segment_ids of shape {list(ids.dims)} is no beginning of the shape {list(x.dims)}")
    shape = (count, *x.dims[ids.ndim :])

    def kernel(array: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        if ((numbers < 0) | (numbers >= count)).any():
            raise invalid(op, "segment_ids are not allowed to exceed num_segments or to have negative values.")
        rows = array.reshape(numbers.size, -1)
        held: list[list[list[bytes]]] = [[[] for _ in range(rows.shape[1])] for _ in range(count)]
        for number, row in zip(numbers.ravel().tolist(), rows.tolist(), strict=True):
            for cell, text in zip(held[number], row, strict=True):
                cell.append(text)
        return of_objects([between.join(cell) for row in held for cell in row], shape)

    return whole(op, [x, ids], kernel, string, shape)


def format(template: str, inputs: Any, placeholder: str = "{}", summarize: int = 3, name: str | None = None) -> Tensor:
    """The template with the placeholders filled by tensors, which are shown with `summarize` elements at each end.

    Raises:
        ValueError: another number of inputs than placeholders.

    >>> tf.strings.format("x: {}, y: {}", (tf.constant([1, 2]), tf.constant(0.5))).numpy()
    b'x: [1 2], y: 0.5'
    """
    values = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    for what, text in (("template", template), ("placeholder", placeholder)):
        if not isinstance(text, str) or (what == "placeholder" and not text):
            raise TypeError(f"strings.format: Expected string for argument '{what}' not {text!r:.100}.")
    pieces = template.split(placeholder)
    if len(pieces) - 1 != len(values):
        raise ValueError(
            f"The template expects {len(pieces) - 1} tensors, but the inputs only has {len(values)}. Please ensure the number of "
            "placeholders in template matches inputs length."
        )
    xs = [convert_to_tensor(v) for v in values]

    def kernel(*arrays: np.ndarray) -> np.ndarray:
        texts = [shown(a, summarize) for a in arrays]
        return of_objects(["".join(interleaved(pieces, texts)).encode()], ())

    return whole("StringFormat", xs, kernel, string, ()) if xs else tensor(of_objects([template.encode()], ()))


def shown(array: np.ndarray, summarize: int) -> str:
    if array.dtype == bool:
        array = array.astype(np.int32)
    return tensor_text(array, summarize, True)


def interleaved(pieces: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [part for pair in zip(pieces, [*texts, ""], strict=True) for part in pair]


__all__ = [
    "as_string",
    "format",
    "join",
    "length",
    "lower",
    "reduce_join",
    "strip",
    "substr",
    "to_number",
    "unsorted_segment_join",
    "upper",
]
